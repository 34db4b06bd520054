// Package bag writes BagIt bags (RFC 8493) as ZIP files, and verifies them, in a
// ZIP file or as a folder.
//
// Its one rule: it knows files and their fingerprints, and nothing of cases,
// orders or databases. Every byte is hashed while it is copied, a bag stands
// under its final name only after it was read back and found intact, and a
// foreign bag is treated as hostile until it has been read to its end.
//
// # How the ZIP is written
//
// Entries come in a fixed order: bagit.txt, bag-info.txt, the payload by its
// path, other tag files by their path, the manifest, the tag manifest, and the
// signature over that, where there is one. Times are the time that the caller
// gives. Files that are compressed already are stored as
// they are; text is deflated. An entry's header is written with its sizes and
// checksum still empty and filled in afterwards, in place. So each original is
// read only once, and the ZIP needs no data descriptors, which streaming
// readers (Java's ZipInputStream among them) refuse behind stored entries.
// ZIP64 is used where a file has 4 GiB or more.
//
// # What is refused of a foreign ZIP
//
// Beside hostile names, links, encryption and bombs: a ZIP that shows different
// files to a program that reads its directory and to one that reads from the
// front. Bytes that belong to no file are named.
package bag
