package report

import (
	"io"
	"strings"
	"testing"

	"casebinder/assets"
	"casebinder/data"
	"casebinder/data/pdf"
)

// No date, order number, figure or short word of a report is broken to fit its column.
func TestNoShortWordIsBroken(t *testing.T) {
	wordy := given()
	for _, name := range []string{"lampshop-international", "Produktbezeichnung", "便携式蓝牙音箱黑色", "a"} {
		wordy.Cases = append(wordy.Cases, data.ReportCase{
			Kind: data.CaseDispute, ID: 90, OrderID: 90, ShopID: 1, Reason: "quality", Product: name, Title: name + " with a long title of many words, as sellers write them",
			Carrier: name, Operator: name, Number: "2026-1/0", Lesson: "Pack the glass twice, then write fragile on each side of the parcel", At: at("2026-11-02T00:00:00Z"), Open: true, Amount: usd(123456789),
		})
	}
	looked := 0
	for name, r := range map[string]*Report{"rich": rich(t), "sold": sold(t), "wordy": made(t, wordy)} {
		fonts := pdf.SharedNotoFonts(assets.FS)
		b := &press{Report: r, say: English{}, ts: pdf.NewTypesetter(fonts), doc: pdf.New(io.Discard, pdf.Options{Fonts: fonts})}
		for i := range r.Tables {
			table := &r.Tables[i]
			head, rows := b.texts(table)
			widths, size := b.columns(table, head, rows)
			var all pdf.Length
			for _, w := range widths {
				all += w
			}
			if all > b.body()+pdf.MM {
				t.Errorf("%s, %s: %d wide on %d", name, table.ID, all, b.body())
			}
			for _, row := range append(rows, head) {
				for k, text := range row {
					words := strings.Fields(text)
					if table.Columns[k].Unit != Words && &row[0] != &head[0] {
						words = []string{text} // a figure stands on one line
					}
					for _, word := range words {
						looked++
						set := b.set(word, size, &row[0] == &head[0], ink, pdf.AlignLeft, widths[k]-gapOf(table))
						if set.Lines() > 1 && len(word) <= wordMost {
							t.Errorf("%s, %s: %q is broken in the column %s", name, table.ID, word, table.Columns[k].ID)
						}
					}
				}
			}
		}
	}
	if looked < 500 {
		t.Errorf("%d words were looked at", looked)
	}
}
