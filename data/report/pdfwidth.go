package report

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"casebinder/data/pdf"
)

// What a column may take.
const (
	sizeLeast   = 5.2         // points; a table that is too wide at this breaks words
	sizeStep    = 0.4         // points
	wordMost    = 26          // letters of a word that is never broken
	wantMost    = 92 * pdf.MM // of words that could stand on one line
	headingMost = 30 * pdf.MM // of a heading that could
	measureMost = 6           // texts of a column that are measured: those that look widest
)

// gapOf is the room between two columns.
func gapOf(t *Table) pdf.Length {
	if len(t.Columns) > 12 {
		return pdf.Pt(1)
	}
	return pdf.Pt(4)
}

// columns gives the width of each column by what stands in it, in a size at which no
// date, no figure and no short word is broken.
func (b *press) columns(t *Table, head []string, rows [][]string) (widths []pdf.Length, size float64) {
	size = bodySize
	switch {
	case len(t.Columns) > 12:
		size = 6.5
	case len(t.Columns) > 8:
		size = 7.2
	}
	for {
		least, want := b.needs(t, head, rows, size)
		left := b.body()
		for _, w := range least {
			left -= w
		}
		if left >= 0 || size-sizeStep < sizeLeast {
			return share(least, want, left), size
		}
		size -= sizeStep
	}
}

// needs gives what each column takes at least, and what it would take on one line.
func (b *press) needs(t *Table, head []string, rows [][]string, size float64) (least, want []pdf.Length) {
	for k, c := range t.Columns {
		var texts, pieces []string
		for _, row := range rows {
			texts = append(texts, row[k])
		}
		texts = widest(texts)
		whole := max(b.widthOf(texts, size, true), pdf.Pt(2*size))
		for _, word := range strings.Fields(head[k]) {
			pieces = append(pieces, unbroken(word)...)
		}
		small := whole
		if c.Unit == Words {
			var parts []string
			for _, row := range rows {
				for _, word := range strings.Fields(row[k]) {
					parts = append(parts, unbroken(word)...)
				}
			}
			small = b.widthOf(widest(parts), size, true)
		}
		small = max(small, b.widthOf(widest(pieces), size, true))
		least = append(least, small+gapOf(t))
		heading := b.widthOf([]string{head[k]}, size, true)
		want = append(want, max(small, min(whole, wantMost), min(heading, headingMost))+gapOf(t))
	}
	if len(t.Columns) > 12 { // the hours of a week stand evenly
		most := slices.Max(least[1 : len(least)-1])
		for k := 1; k < len(least)-1; k++ {
			least[k], want[k] = most, most
		}
	}
	return least, want
}

// share gives the columns what is left, by what they would take, and all the same of
// what is left then. Columns that are too wide at any size get less each.
func share(least, want []pdf.Length, left pdf.Length) []pdf.Length {
	widths := slices.Clone(least)
	if left < 0 {
		var all pdf.Length
		for _, w := range least {
			all += w
		}
		for k := range widths {
			widths[k] = widths[k] * (all + left) / all
		}
		return widths
	}
	var asked pdf.Length
	for k := range want {
		asked += want[k] - least[k]
	}
	given := min(left, asked)
	for k := range widths {
		if asked > 0 {
			widths[k] += (want[k] - least[k]) * given / asked
		}
		widths[k] += (left - given) / pdf.Length(len(widths))
	}
	return widths
}

// widthOf is the width of the widest of some texts on one line each.
func (b *press) widthOf(texts []string, size float64, bold bool) (most pdf.Length) {
	for _, text := range texts {
		most = max(most, b.set(text, size, bold, ink, pdf.AlignLeft, 10*pdf.A4Width).Width())
	}
	return most + pdf.Pt(0.5)
}

// widest are the few texts of many that look widest.
func widest(texts []string) []string {
	texts = slices.Clone(texts)
	slices.Sort(texts)
	texts = slices.Compact(texts)
	slices.SortStableFunc(texts, func(a, b string) int { return cmp.Compare(looks(b), looks(a)) })
	return texts[:min(len(texts), measureMost)]
}

// looks is about how wide a text is: a letter of Chinese is as wide as two of others.
func looks(text string) (n int) {
	for _, r := range text {
		if n++; wide(r) {
			n++
		}
	}
	return n
}

func wide(r rune) bool {
	return r >= 0x1100 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
}

// unbroken are the parts of a word that never stand on two lines: all of it where it
// is short, its letters in twos where it is Chinese, which breaks between any two.
func unbroken(word string) []string {
	var parts []string
	part := []rune{}
	flush := func() {
		if len(part) > 0 {
			parts = append(parts, string(part[:min(len(part), wordMost)]))
			part = part[:0]
		}
	}
	for _, r := range word {
		if wide(r) && len(part) > 1 {
			flush()
		}
		part = append(part, r)
	}
	flush()
	return parts
}
