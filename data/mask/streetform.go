package mask

import (
	"slices"
	"strings"

	"casebinder/data"
)

// Words for a street that stand before its name with the number behind it or,
// in French, before it; and behind its name with the number before it.
var (
	streetBefore = set(`calle c avenida avda plaza paseo carretera camino rue avenue boulevard chemin impasse allée quai via viale piazza corso rua travessa
		ulica ul aleja улица ул проспект пр просп переулок пер бульвар шоссе набережная проезд`)
	streetBehind  = set(`street st avenue ave road rd lane ln boulevard blvd terrace crescent drive`)
	streetEnds    = []string{"strasse", "str", "gasse", "allee", "damm", "ufer", "weg", "straat", "laan"}
	streetSmall   = set(`de del la las los el y di da do dos das des du der den dem am an im zur zum of the e d l`)
	streetBoxes   = set(`postfach packstation apartado пя ая`)
	notBeforeRoad = set(`flash hard usb disk pen thumb test external internal floppy optical tape zip four wheel`)
)

// streets finds street lines of a sure form: each has a house number.
func (m *Masker) streets(f *folded) (hits []hit) {
	for k := 0; k < len(f.units); {
		z := f.wordEnd(k)
		if a, b, ok := f.streetAt(k, z); ok {
			hits = append(hits, f.hit(data.MaskAddress, street, a, b))
			z = max(z, b)
		}
		k = z
	}
	return hits
}

// streetAt reads a street line around the word in units [k, z).
func (f *folded) streetAt(k, z int) (a, b int, ok bool) {
	switch f.units[k].class {
	case han:
		return f.streetHan(k, z)
	case latin, cyrillic:
	case other, digit, greek, kana, hangul, arabic, hebrew, thai:
		return 0, 0, false
	}
	key := f.skeleton(k, z)
	for _, form := range []func(string, int, int) (int, int, bool){f.streetByWord, f.streetBox, f.streetByEnd} {
		if a, b, ok = form(key, k, z); ok {
			return a, b, true
		}
	}
	return 0, 0, false
}

// streetByWord reads "Calle Mayor 5" and "5 Main Street".
func (f *folded) streetByWord(key string, k, z int) (a, b int, ok bool) {
	if streetBefore.has(key) {
		if a, b, ok = f.streetNamed(k, z); ok {
			return a, b, true
		}
	}
	if streetBehind.has(key) && f.units[k].upper {
		a, ok = f.numberedName(k)
	}
	return a, z, ok
}

// streetBox reads a box at the post: "PO Box 12", "Postfach 12".
func (f *folded) streetBox(key string, k, z int) (a, b int, ok bool) {
	box := key == "box" && k >= 2 && f.skeleton(k-2, k) == "po"
	if !box && !streetBoxes.has(key) {
		return 0, 0, false
	}
	if box {
		k -= 2
	}
	b, ok = f.houseNumber(z)
	return k, b, ok
}

// streetByEnd reads "Hauptstrasse 5" and "Lange Str. 5".
func (f *folded) streetByEnd(key string, k, z int) (a, b int, ok bool) {
	if !f.units[k].upper {
		return 0, 0, false
	}
	for _, end := range streetEnds {
		if stem, found := strings.CutSuffix(key, end); found && len(stem) >= 3 {
			b, ok = f.houseNumber(z)
			return k, b, ok
		}
	}
	if (key == "strasse" || key == "str") && k > 0 {
		if p := f.wordStart(k); f.units[p].upper && f.joins(k) {
			b, ok = f.houseNumber(z)
			return p, b, ok
		}
	}
	return 0, 0, false
}

// wordStart is where the word before unit k begins.
func (f *folded) wordStart(k int) int {
	p := k - 1
	for p > 0 && k-p < 64 && f.units[p].before == 0 && f.units[p-1].class == f.units[p].class {
		p--
	}
	return p
}

// joins reports whether the gap before a unit may lie within a street line.
func (f *folded) joins(k int) bool {
	g := f.units[k].before
	if g == 0 || g&(gapLine|gapWall|gapAt) != 0 {
		return false
	}
	return strings.Trim(f.gapText(k), " \u00a0,.-/#'’º°ª") == "" && len(f.gapText(k)) <= 6
}

// houseNumber reads a house number from unit k on: up to four digits and a
// letter, and gives where it ends.
func (f *folded) houseNumber(k int) (int, bool) {
	if k >= len(f.units) || !f.joins(k) {
		return 0, false
	}
	if z := f.wordEnd(k); houseWords.has(f.skeleton(k, z)) && z < len(f.units) && (f.units[z].before == 0 || f.joins(z)) {
		k = z
	}
	n := f.digitsEnd(k, 6)
	if n == k || n-k > 4 {
		return 0, false
	}
	if n < len(f.units) && f.units[n].before == 0 && f.units[n].class != digit { // 5b
		return n + 1, f.units[n].class <= cyrillic && f.edgeBefore(n+1)
	}
	return n, !f.goesOn(n)
}

// digitsEnd is where the digits from unit k on end, after so many at most.
func (f *folded) digitsEnd(k, most int) int {
	n := k
	for n < len(f.units) && n-k < most && f.units[n].class == digit && (n == k || f.units[n].before == 0) {
		n++
	}
	return n
}

// goesOn reports that the number before unit n is a time, a date, an amount.
func (f *folded) goesOn(n int) bool {
	rest := f.src[f.units[n-1].end:]
	return len(rest) > 1 && strings.ContainsRune(":.,/", rune(rest[0])) && rest[1] >= '0' && rest[1] <= '9'
}

// houseWords stand before a number of a house, a floor or a door.
var houseWords = set(`n no nr num número numero núm numéro apt apto apartment flat unit piso puerta esc escalera et etage stock wohnung whg suite ste room rm bldg
	д дом кв квартира корп корпус стр подъезд этаж bis m mieszkanie lok interno int`)

// streetNamed reads the name and number behind a word for a street, or in
// front of it the number.
func (f *folded) streetNamed(k, z int) (a, b int, ok bool) {
	last := 0 // where the last word in capitals ends
	for at, words := z, 0; at < len(f.units) && words < 6 && f.nameGoesOn(at); words++ {
		end := f.wordEnd(at)
		if n, is := f.houseNumber(at); is && last > 0 {
			return k, n, true
		}
		switch {
		case f.units[at].class == digit:
			return 0, 0, false
		case f.units[at].upper:
			last = end
		case !streetSmall.has(f.skeleton(at, end)):
			return f.numberBefore(k, last)
		}
		at = end
	}
	return f.numberBefore(k, last)
}

// nameGoesOn reports whether the gap before a unit may lie within the name of a
// street.
func (f *folded) nameGoesOn(k int) bool {
	return f.joins(k) || f.units[k].before == gapPunct && f.gapText(k) == "/"
}

// numberBefore reads the number that French puts before the word for a street.
func (f *folded) numberBefore(k, last int) (a, b int, ok bool) {
	if last == 0 || k == 0 || f.units[k-1].class != digit || !f.joins(k) {
		return 0, 0, false
	}
	p := f.wordStart(k)
	return p, last, k-p <= 4 && f.edgeBefore(p)
}

// numberedName reads backward from a word for a street: its name in capitals
// and the number before it.
func (f *folded) numberedName(k int) (a int, ok bool) {
	for words := 0; words < 4 && k > 0 && f.joins(k); words++ {
		p := f.wordStart(k)
		if k-p == 1 && p > 0 && f.units[p].before == 0 && f.units[p-1].class == digit { // 221b
			p = f.wordStart(p)
		}
		if f.units[p].class == digit {
			return p, words > 0 && k-p <= 5 && (p == 0 || f.units[p].before != 0)
		}
		if !f.units[p].upper || notBeforeRoad.has(f.skeleton(p, k)) {
			return 0, false
		}
		k = p
	}
	return 0, false
}

// streetHan reads a Chinese street with its number: 科技园路12号3栋201室.
func (f *folded) streetHan(k, z int) (a, b int, ok bool) {
	last := f.units[z-1].r
	if z-k < 3 || !strings.ContainsRune("路街道巷弄", last) {
		return 0, 0, false
	}
	n := z
	for n < len(f.units) && n-z < 6 && f.units[n].class == digit && f.spaced(n) {
		n++
	}
	if n == z || n >= len(f.units) || !strings.ContainsRune("号號弄", f.units[n].r) || !f.spaced(n) {
		return 0, 0, false
	}
	for a = z - 2; a > k && z-a < 8 && !strings.ContainsRune("省市区區县縣镇鎮乡在是到寄址", f.units[a-1].r); a-- {
	}
	return a, f.houseHan(n + 1), true
}

// spaced reports whether at most spaces stand before a unit.
func (f *folded) spaced(k int) bool { return f.units[k].before&^gapSpace == 0 }

// Characters behind a number of a building, a stair, a floor or a door.
const (
	houseSigns = "号號楼樓栋棟幢单單室层層座院期门"
	houseSince = houseSigns + "元" // 单元
)

// houseHan reads on over buildings, stairs and doors in Han characters, and
// gives where they end.
func (f *folded) houseHan(b int) int {
	for part := range 5 {
		n := f.doorEnd(b)
		switch {
		case n == b && f.sign(b, "楼樓栋棟院"):
			b++
		case n == b:
			return b
		case f.sign(n, houseSince):
			for f.sign(n, houseSince) {
				n++
			}
			b = n
		case part > 0 && n-b >= 3 && f.edgeBefore(n): // the room alone
			return n
		default:
			return b
		}
	}
	return b
}

// sign reports whether one of some characters stands at a unit, with at most
// spaces before it.
func (f *folded) sign(k int, signs string) bool {
	return k < len(f.units) && strings.ContainsRune(signs, f.units[k].r) && f.spaced(k)
}

// doorEnd is where a number such as 3, A1 or 2-201 ends.
func (f *folded) doorEnd(b int) int {
	n := b
	for n < len(f.units) && n-b < 6 && (f.units[n].class == digit || f.units[n].class == latin && n-b < 2) && (f.spaced(n) || f.gapText(n) == "-") {
		n++
	}
	return n
}

// withHouse extends a known street over the house, floor and door numbers
// beside it.
func (m *Masker) withHouse(f *folded, h hit) hit {
	a, b := h.a, h.b
	if f.units[b-1].class == han {
		b = f.houseHan(b)
	}
	numbered := slices.ContainsFunc(f.units[a:b], func(u unit) bool { return u.class == digit })
	for range 4 {
		n, ok := f.houseNumber(b)
		if !ok || m.stays[f.skeleton(b, n)] || numbered && !m.house[f.skeleton(b, n)] && f.units[b].class == digit {
			break
		}
		b, numbered = n, true
	}
	a = m.houseBefore(f, a)
	if a == h.a && b == h.b {
		return h
	}
	x := f.hit(h.kind, h.role, a, b)
	x.known = true
	return x
}

// houseBefore is where the house number right before a street begins; the
// street's beginning where there is none.
func (m *Masker) houseBefore(f *folded, a int) int {
	if a > 0 && f.units[a-1].class == digit && f.joins(a) && f.units[a].class != digit {
		if p := f.wordStart(a); m.house[f.skeleton(p, a)] && f.edgeBefore(p) {
			return p
		}
	}
	return a
}
