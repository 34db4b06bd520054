package report

import (
	"math"
	"slices"

	"casebinder/data/pdf"
)

const (
	barMost  = 12          // rows that the bars show
	barSize  = 7.5         // points of what stands beside them
	barName  = 76 * pdf.MM // of a name, which else takes more lines
	barLeast = 20 * pdf.MM // of the longest bar
)

// barRoom is how the width of a page is shared: by the names, the bars, and the
// figures behind them.
type barRoom struct{ name, long, most pdf.Length }

// bars draws the drawn columns, each bar with its name and its figure.
func (b *press) bars(t *Table) {
	if len(t.Drawn) == 0 || len(t.Drawn) > 3 || len(t.Rows) < 2 {
		return
	}
	rows := t.Rows[:min(len(t.Rows), barMost)]
	most := 0.0
	for i := range rows {
		for _, k := range t.Drawn {
			if v := t.Value(&rows[i], k); !math.IsNaN(v) {
				most = math.Max(most, v)
			}
		}
	}
	if most <= 0 {
		return
	}
	room := b.barRoom(t, rows)
	high := pdf.Pt(10.5)
	for i := range rows {
		drawn := slices.DeleteFunc(slices.Clone(t.Drawn), func(k int) bool { return !(t.Value(&rows[i], k) > 0) }) // nothing has no bar
		if len(drawn) == 0 {
			continue
		}
		name := b.barText(rowName(b.Report, t, &rows[i], b.say), room.name)
		tall := max(high*pdf.Length(len(drawn)), name.Height()+pdf.Pt(1.5))
		b.room(tall)
		b.page.DrawText(name, margin, b.y)
		for n, k := range drawn {
			long := max(pdf.Length(float64(room.long)*t.Value(&rows[i], k)/most), pdf.Pt(0.5))
			b.bar(room, b.barFigure(t, &rows[i], k), b.y+high*pdf.Length(n), long, tones[slices.Index(t.Drawn, k)%len(tones)])
		}
		b.y += tall
	}
	b.y += 2 * pdf.MM
}

// barRoom gives names and figures what they take, the names up to a limit beyond which
// they wrap, and the bars the rest.
func (b *press) barRoom(t *Table, rows []Row) barRoom {
	var names, figures []string
	for i := range rows {
		names = append(names, rowName(b.Report, t, &rows[i], b.say))
		for _, k := range t.Drawn {
			figures = append(figures, b.barFigure(t, &rows[i], k))
		}
	}
	gap := 2*pdf.MM + pdf.Pt(3)
	r := barRoom{name: min(b.widthOf(widest(names), barSize, false), barName)}
	r.most = min(b.widthOf(widest(figures), barSize, false), b.body()-r.name-gap-barLeast)
	r.long = b.body() - r.name - gap - r.most
	return r
}

func (b *press) barText(text string, width pdf.Length) *pdf.Text {
	return b.set(text, barSize, false, ink, pdf.AlignLeft, width)
}

// barFigure is what stands behind a bar: of several columns with the name of its own.
func (b *press) barFigure(t *Table, r *Row, k int) string {
	text := b.Show(b.say, t, r, k)
	if len(t.Drawn) > 1 {
		text = b.say.Text(t.Columns[k].Title) + " " + text
	}
	return text
}

func (b *press) bar(room barRoom, figure string, y, long pdf.Length, tone pdf.Color) {
	x := margin + room.name + 2*pdf.MM
	b.page.FillRect(x, y+pdf.Pt(1), long, pdf.Pt(barSize), tone)
	b.page.DrawText(b.barText(figure, room.most+pdf.Pt(1)), x+long+pdf.Pt(3), y)
}
