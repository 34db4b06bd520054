package mask

import (
	"strings"

	"casebinder/data"
)

// dots is what a masked word becomes.
const dots = "•••"

// shape is the mask of a hit: of the same kind of look, readable, the same for
// the same value.
func shape(f *folded, h hit) string {
	switch {
	case h.role == mail:
		return f.shapeMail(h)
	case h.role == ident:
		return f.shapeEach(h, 0, 0)
	case h.kind == data.MaskPayment:
		return f.shapeEach(h, 0, 4)
	case h.kind == data.MaskPhone:
		return f.shapeEach(h, f.callingCode(h), 2)
	case h.role == post:
		return f.shapeEach(h, h.keep, 0)
	case h.kind == data.MaskAddress:
		return f.shapeStreet(h)
	}
	return f.shapeName(h)
}

// gapText is what stands before a unit in the source.
func (f *folded) gapText(k int) string {
	if f.units[k].before == 0 {
		return ""
	}
	return f.src[f.units[k-1].end:f.units[k].start]
}

// letter is a unit's own text with its marks.
func (f *folded) letter(k int) string { return f.src[f.units[k].start:f.units[k].end] }

// shapeEach puts a dot for each letter or digit but the first head and the
// last tail ones: "+34 ••• ••• •42".
func (f *folded) shapeEach(h hit, head, tail int) string {
	var b strings.Builder
	b.WriteString(f.src[h.start:f.units[h.a].start])
	for k := h.a; k < h.b; k++ {
		if k > h.a {
			b.WriteString(f.gapText(k))
		}
		switch {
		case !f.units[k].head:
		case k-h.a < head, h.b-k <= tail:
			b.WriteString(f.letter(k))
		default:
			b.WriteRune(dot)
		}
	}
	b.WriteString(f.src[f.units[h.b-1].end:h.end])
	return b.String()
}

// shapeName keeps the first letter of each word: "A••• G•••", "王••".
func (f *folded) shapeName(h hit) string {
	var b strings.Builder
	spelled := true // letter by letter
	for k := h.a + 1; k < h.b; k++ {
		spelled = spelled && f.units[k].before != 0
	}
	for a := h.a; a < h.b; {
		z := a + 1
		for z < h.b && f.units[z].before == 0 {
			z++
		}
		if a > h.a {
			b.WriteString(f.gapText(a))
		}
		b.WriteString(f.shapeWord(a, z, a == h.a || !spelled))
		a = z
	}
	return b.String()
}

// shapeWord masks one word of a name. A single letter stays as an initial,
// unless it is one of a name that is spelled letter by letter.
func (f *folded) shapeWord(a, z int, initial bool) string {
	rest := 0
	for k := a + 1; k < z; k++ {
		if f.units[k].head {
			rest++
		}
	}
	switch {
	case rest == 0 && initial:
		return f.letter(a)
	case rest == 0:
		return string(dot)
	case f.units[a].class == han, f.units[a].class == kana, f.units[a].class == hangul:
		return f.letter(a) + strings.Repeat(string(dot), min(rest, 3))
	}
	return f.letter(a) + dots
}

// shapeStreet leaves no letter: "••• ••• ••".
func (f *folded) shapeStreet(h hit) string {
	var b strings.Builder
	for a := h.a; a < h.b; {
		z, heads := a+1, 1
		for z < h.b && f.units[z].before == 0 {
			if f.units[z].head {
				heads++
			}
			z++
		}
		if a > h.a {
			b.WriteString(f.gapText(a))
		}
		b.WriteString(strings.Repeat(string(dot), min(heads, 3)))
		a = z
	}
	return b.String()
}

// shapeMail keeps the first letter and the last label: "a•••@•••.com".
func (f *folded) shapeMail(h hit) string {
	last := h.b - 1
	for last > h.a && f.units[last].before == 0 {
		last--
	}
	top := f.src[f.units[last].start:h.end]
	if last == h.a || h.b-last > 24 || h.b-last < 2 {
		top = ""
	} else {
		top = "." + top
	}
	for k := max(last, h.a); k < h.b; k++ {
		if f.units[k].class == digit {
			top = ""
		}
	}
	return f.letter(h.a) + dots + "@" + dots + top
}
