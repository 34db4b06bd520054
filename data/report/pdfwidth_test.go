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

// Names beside bars are whole, on more lines where they are long, and so are the figures
// behind the bars.
func TestNamesAndFiguresOfBarsAreWhole(t *testing.T) {
	long := given()
	name := "Portable Bluetooth speaker, waterproof, 20 hours of music, with a strap and two cables, matt black"
	for i := range 3 {
		long.Cases = append(long.Cases, data.ReportCase{
			Kind: data.CaseDispute, ID: int64(90 + i), OrderID: int64(90 + i), ShopID: 1, Reason: "quality", Product: "SPK-" + strings.Repeat("9", i+1), Title: name,
			Number: "2026-1/0", At: at("2026-11-02T00:00:00Z"), Open: true, Amount: usd(1234567890),
		})
	}
	r := made(t, long)
	fonts := pdf.SharedNotoFonts(assets.FS)
	b := &press{Report: r, say: English{}, ts: pdf.NewTypesetter(fonts), doc: pdf.New(io.Discard, pdf.Options{Fonts: fonts})}
	wrapped, looked := 0, 0
	for i := range r.Tables {
		table := &r.Tables[i]
		rows := table.Rows[:min(len(table.Rows), barMost)]
		if len(table.Drawn) == 0 || len(table.Drawn) > 3 || len(rows) < 2 {
			continue
		}
		room := b.barRoom(table, rows)
		if room.long < barLeast || room.name+room.long+room.most > b.body() {
			t.Errorf("%s: %+v on %d", table.ID, room, b.body())
		}
		for k := range rows {
			looked++
			if b.barText(rowName(r, table, &rows[k], b.say), room.name).Lines() > 1 {
				wrapped++
			}
			for _, c := range table.Drawn {
				if figure := b.barFigure(table, &rows[k], c); b.barText(figure, room.most+pdf.Pt(1)).Lines() > 1 {
					t.Errorf("%s: the figure %q takes two lines", table.ID, figure)
				}
			}
		}
	}
	if wrapped == 0 || looked < 10 {
		t.Errorf("%d names were looked at, %d of them long", looked, wrapped)
	}
}
