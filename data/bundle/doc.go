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
// # How a bundle is composed
//
// A [Case] becomes an env: the exhibits numbered section by section, the
// messages by time, and where masks are asked for a masked copy of all texts.
// From it a Part is composed as a document: the whole bundle with cover and
// index, or a compact piece of it for a platform's form, whose page numbers run
// on. Sections come in the order of data.Sections; what the case itself says
// stands before the section's exhibits. Page numbers in the index and behind
// citations are drawn when all pages are (see later).
//
// Where masks are on, originals that hold what is masked stay outside, and what
// was written is opened again and searched: found means that nothing leaves.
//
// # What is written
//
//	NAME.pdf, NAME.zip         and, when asked for:
//	NAME.tsq                   a request for a time stamp of the ZIP
//	NAME-upload-PROFILE/       files for a platform's form
//
// All of them get their names together when the ZIP was read back, or none does.
//
// # What is in the bag
//
//	NAME/bagit.txt, bag-info.txt, manifest-sha256.txt, tagmanifest-sha256.txt
//	NAME/README-VERIFY.txt     how to check it with what Windows, macOS and Linux have
//	NAME/tagmanifest-sha256.txt.sig, signature/allowed_signers   of a signed bundle
//	NAME/data/NAME.pdf         also lies beside the ZIP
//	NAME/data/index.csv, .json the exhibits: pages, files, full fingerprints
//	NAME/data/custody.jsonl    who did what with them, chained by hash
//	NAME/data/custody-checkpoint.txt, custody.csv
//	NAME/data/uploads.csv      the files for a platform's form, traced to the originals
//	NAME/data/ro-crate-metadata.json
//	NAME/data/originals/NNN-...
package bundle
