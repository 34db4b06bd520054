// Package pages shows the pages of any PDF file, ours and hostile ones: as
// pictures, as text, and with the links inside the document.
//
// Its one rule: what reads a PDF runs elsewhere. PDFium runs as WebAssembly,
// which sees no files, no clock and no network, in a child process that has no
// more than its memory and time; this process only ever reads numbers, pixels and
// text of a known size. A file that cannot be read is a problem that a person can
// act on, never a hang or a panic.
//
//	viewer, err := pages.Start(ctx, pages.Options{Command: []string{self, "__pages"}, CacheDir: dir})
//	file, err := viewer.Open(ctx, "bundle.pdf")
//	picture, err := file.Picture(ctx, 1, 800)
//
// # The same pictures everywhere
//
// Fonts of the system are never used, since none can be seen: what a file does
// not embed is drawn in the few fonts that PDFium carries, and what they lack
// stays empty. The same file gives the same pixels for the same width wherever
// the processor is amd64 or arm64.
//
// # Hostile input
//
// Scripts are not run. A file may have [MaxPages] pages and 1 GB, a page
// [MaxText] bytes of text and [MaxLinks] links. PDFium is started anew after a
// request that it did not survive, and files that were open are opened again
// without the caller's doing.
package pages
