// Package pagesum gives each page of a SQLite database a sum of its own, which
// SQLite does not have: a sector of zeros in the middle of a text is a text with
// zeros to it. A page carries its sum in its last 8 bytes, which SQLite leaves
// alone because the file's head reserves them (the file format, 1.3.4): any
// SQLite reads such a file.
//
// Its one rule: a page is summed as it is written to the database's file and
// looked at as it is read from there; everything else goes to SQLite's own file
// system as it came.
//
// A sum is the CRC-32C of the page without its last 8 bytes, followed by the
// number of the page, which is stored behind it: a page in the wrong place
// shows too. Pages in the write-ahead log have no sum yet; SQLite has its own
// for them.
//
// What it cannot tell: a page that stands as it was written before (a whole
// file or page that was exchanged for an older one), and a page that another
// program wrote, which looks like damage.
package pagesum
