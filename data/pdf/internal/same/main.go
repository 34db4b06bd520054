// Command same writes one document to its output: text in mixed scripts, a PNG, a
// JPEG, another PDF, links and bookmarks.
//
// Its one rule: it takes nothing from outside, so that programs built from it in
// different ways must write the same bytes.
package main

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"casebinder/assets"
	"casebinder/data/pdf"
)

const words = "The parcel № 12345 never arrived – naïve café, total $45.99. Посылка не пришла. Το δέμα δεν έφτασε. " +
	"包裹没有收到，要求退款。買家說：請核對臺灣地址。荷物がまだ届いていません。소포가 아직 도착하지 않았습니다. " +
	"لم يصل الطرد رقم 12345 حتى الآن. החבילה מספר 12345 עדיין לא הגיעה. พัสดุยังไม่มาถึง पार्सल अभी तक नहीं आया 😀👍📦 "

func main() {
	if err := run(os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// run writes the document, with a smaller one annexed to it.
func run(out io.Writer) error {
	dir, err := os.MkdirTemp("", "same-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	fonts := pdf.NotoFonts(assets.FS)
	inner, err := os.Create(filepath.Join(dir, "inner.pdf"))
	if err != nil {
		return err
	}
	defer inner.Close()
	if err := document(inner, fonts, 1, nil); err != nil {
		return err
	}
	annex, err := pdf.ReadAnnex(context.Background(), inner.Name(), pdf.AnnexOptions{TempDir: dir})
	if err != nil {
		return err
	}
	defer annex.Close()
	return document(out, fonts, 30, annex)
}

// document writes so much text, two pictures, and the pages of an annex.
func document(out io.Writer, fonts *pdf.Fonts, times int, annex *pdf.Annex) error {
	d := pdf.New(out, pdf.Options{
		Title: "Same 証拠", Creator: "same", Created: time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC), Fonts: fonts, PDFA: true, FirstPage: 7,
	})
	ts := pdf.NewTypesetter(fonts)
	text, err := ts.Layout(pdf.Block{Spans: []pdf.Span{
		{Text: strings.Repeat(words, times)}, {Text: words, Style: pdf.Style{Bold: true, Size: pdf.Pt(13.7)}, Link: "end"},
	}}, 170*pdf.MM)
	if err != nil {
		return err
	}
	for from := 0; from < text.Lines(); {
		to := text.Fit(from, 250*pdf.MM)
		d.AddPage().DrawLines(text, from, to, 20*pdf.MM, 20*pdf.MM)
		d.Bookmark(0, fmt.Sprint("Page ", d.Pages()), d.Pages()-1, 0)
		from = to
	}
	page := d.AddPage()
	page.Dest("end", 20*pdf.MM)
	for i, encode := range []func(io.Writer, image.Image) error{
		png.Encode,
		func(w io.Writer, m image.Image) error { return jpeg.Encode(w, m, nil) },
	} {
		var b bytes.Buffer
		if err := encode(&b, picture()); err != nil {
			return err
		}
		img, err := d.AddImage(bytes.NewReader(b.Bytes()))
		if err != nil {
			return err
		}
		w, h := pdf.Fit(img.Width, img.Height, 80*pdf.MM, 80*pdf.MM)
		page.DrawImage(img, 20*pdf.MM, pdf.Length(20+100*i)*pdf.MM, w, h)
	}
	if annex != nil {
		added, err := d.AddAnnex(annex)
		if err != nil {
			return err
		}
		for i, p := range annex.Pages() {
			w, h := pdf.Fit(int(p.Width), int(p.Height), 170*pdf.MM, 230*pdf.MM)
			d.AddPage().DrawAnnex(added, i, 20*pdf.MM, 20*pdf.MM, w, h)
		}
	}
	return d.Close()
}

// picture has edges, slopes and clear places.
func picture() image.Image {
	m := image.NewNRGBA(image.Rect(0, 0, 301, 203))
	for y := range 203 {
		for x := range 301 {
			m.SetNRGBA(x, y, color.NRGBA{uint8(x), uint8(y), uint8(x * y / 7), uint8(255 - x/40)})
		}
	}
	return m
}
