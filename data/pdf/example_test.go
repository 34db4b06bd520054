package pdf_test

import (
	"bytes"
	"fmt"
	"time"

	"casebinder/assets"
	"casebinder/data/pdf"
)

// A page with a line of text, and its number at the foot, which is known once
// all pages are.
func Example() {
	var file bytes.Buffer
	fonts := pdf.NotoFonts(assets.FS)
	typesetter := pdf.NewTypesetter(fonts)
	doc := pdf.New(&file, pdf.Options{
		Title: "Proof of delivery", Language: "en", Fonts: fonts,
		Created: time.Date(2026, time.March, 4, 0, 0, 0, 0, time.UTC),
		Stamp: func(page *pdf.Page, total int) {
			foot, err := typesetter.Layout(pdf.Plain(fmt.Sprintf("Page %d of %d", page.Number(), total), pdf.Style{Size: pdf.Pt(8)}), 170*pdf.MM)
			if err != nil {
				fmt.Println(err)
				return
			}
			page.DrawText(foot, 20*pdf.MM, 280*pdf.MM)
		},
	})
	text, err := typesetter.Layout(pdf.Plain("Delivered on March 4, 2026. 已签收", pdf.Style{Size: pdf.Pt(12)}), 170*pdf.MM)
	if err != nil {
		fmt.Println(err)
		return
	}
	doc.AddPage().DrawText(text, 20*pdf.MM, 20*pdf.MM)
	if err := doc.Close(); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(doc.Pages(), "page")
	fmt.Printf("%s\n", file.Bytes()[:5])
	fmt.Println(doc.Written() == int64(file.Len()))
	// Output:
	// 1 page
	// %PDF-
	// true
}
