// Package bundle makes of a case what a reviewer reads and a stranger can
// verify: one PDF, and one ZIP that is a BagIt bag with the PDF, every original
// and their fingerprints.
//
// Its one rule: what goes in is entities and an [Opener], what comes out is
// files; the same case gives the same bytes. It knows no database, takes no
// time from a clock, and hashes every original again as it goes out.
//
// A file that cannot be shown on a page (a corrupt photo, a locked PDF) still
// ships as it is, gets a page that says why it is not shown, and is listed in
// the result. A file that is not what was taken in stops the export.
//
// # What is in the bag
//
//	NAME/bagit.txt, bag-info.txt, manifest-sha256.txt, tagmanifest-sha256.txt
//	NAME/README-VERIFY.txt     how to check it with what Windows, macOS and Linux have
//	NAME/data/NAME.pdf         also lies beside the ZIP
//	NAME/data/index.csv, .json the exhibits: pages, files, full fingerprints
//	NAME/data/custody.csv      who did what with them
//	NAME/data/originals/NNN-...
package bundle
