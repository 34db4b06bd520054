// Package pdf writes PDF files: text in every script, photos, lines, links,
// bookmarks, and pages of other PDF files.
//
// Its one rule: it knows nothing of cases. It draws what it is told where it is
// told, streams it out, and gives the same bytes for the same calls on every
// machine: no clock, no map order, no floating point in the output.
//
// # How a document is made
//
//	fonts := pdf.NotoFonts(assets.FS)
//	ts := pdf.NewTypesetter(fonts)
//	doc := pdf.New(w, pdf.Options{Title: "...", Created: t, Fonts: fonts, Stamp: footer})
//	page := doc.AddPage()
//	text, err := ts.Layout(pdf.Block{Spans: []pdf.Span{{Text: "...", Style: style}}}, 170*pdf.MM)
//	page.DrawText(text, 20*pdf.MM, 20*pdf.MM)
//	photo, err := doc.AddImage(file)
//	doc.AddPage().DrawImage(photo, x, y, width, height)
//	err = doc.Close()
//
// Text is laid out without being drawn: a [Text] knows its lines and heights,
// so that the caller breaks it over pages ([Text.Fit], [Page.DrawLines]).
//
// What needs the number of pages ("page 3 of 40") is drawn by [Options.Stamp],
// which Close calls once for each page, in order, when the number is known. It
// only adds content to a page; it cannot add pages. Links may point forward:
// they name a destination ([Page.Link]) that is set at any time before Close
// ([Page.Dest]).
//
// # Units
//
// A [Length] is a thousandth of a point. X runs from the left edge of the page,
// y from the top edge downward.
//
// # Memory
//
// A page's content is held until the next page is begun, an image only as long
// as its bytes are copied. Of each page stays a small record until Close, and of
// each font the glyphs in use.
//
// # Hostile input
//
// Text may hold anything: invalid UTF-8 and characters without a glyph are shown
// by their code, such as [U+1F9FF]; overrides of the writing direction are shown,
// not obeyed; a word that is longer than a line breaks anywhere. Images are
// checked from end to end before a byte of them is written; see [MaxPixels].
// Annexed PDF files are read by a child process with limits; see [ReadAnnex].
package pdf
