package mask

import "casebinder/data"

// role says how a known value may stand in a text.
type role uint8

const (
	whole  role = iota // a name of several parts
	part               // one part of a name
	common             // one part of a name that is a common word too
	handle             // a name on a platform
	number             // a phone
	card               // a card or account
	ident              // an identity number
	mail
	street
	post  // a postcode
	guard // what must stay: the order's number and the like
)

// pattern is what a known value's last letter tells.
type pattern struct {
	kind  data.MaskKind
	role  role
	n     int    // units
	cuts  uint64 // bit k: a part begins at unit k
	from  int    // the first unit that is masked: those before are a title
	keep  int    // of a postcode: units that stay
	cased bool   // each part begins in upper case
	stem  bool   // an ending of a Russian case may follow
}

// trie holds the known values, folded.
type trie struct {
	next    map[edge]int32
	ends    map[int32][]pattern
	nodes   int32
	longest int
}

type edge struct {
	node int32
	r    rune
}

func newTrie() *trie { return &trie{next: map[edge]int32{}, ends: map[int32][]pattern{}} }

// maxUnits bounds a known value, and with it the time for each beginning.
const maxUnits = 200

// add stores a value; its gaps become the cuts between its parts.
func (t *trie) add(units []unit, p pattern) {
	if len(units) == 0 || len(units) > maxUnits {
		return
	}
	p.n = len(units)
	node := int32(0)
	for k, u := range units {
		if k > 0 && k < 64 && u.before != 0 {
			p.cuts |= 1 << k
		}
		e := edge{node, u.r}
		to, ok := t.next[e]
		if !ok {
			t.nodes++
			to = t.nodes
			t.next[e] = to
		}
		node = to
	}
	for _, q := range t.ends[node] {
		if q == p {
			return
		}
	}
	t.ends[node] = append(t.ends[node], p)
	t.longest = max(t.longest, p.n)
}

// walk looks for known values from each place where one may begin. In a
// search, what depends on the layout of a text does not count.
func (m *Masker) walk(f *folded, searching bool) (hits, guards []hit) {
	units := f.units
	for i := range units {
		if !units[i].head || !f.mayBegin(i) {
			continue
		}
		node := int32(0)
		for j := i; j < len(units) && j-i < m.known.longest; j++ {
			if j > i && units[j].before&gapWall != 0 {
				break
			}
			to, ok := m.known.next[edge{node, units[j].r}]
			if !ok {
				break
			}
			node = to
			if !units[j].tail {
				continue
			}
			for _, p := range m.known.ends[node] {
				h, ok := m.accept(f, p, i, j+1, searching)
				switch {
				case !ok:
				case p.role == guard:
					guards = append(guards, h)
				default:
					hits = append(hits, h)
				}
			}
		}
	}
	return hits, merge(f, guards)
}

// accept decides whether a value that was spelled out in units [i, j) stands
// there.
func (m *Masker) accept(f *folded, p pattern, i, j int, searching bool) (hit, bool) {
	if !m.wants(p) || !f.gapsFit(p, i, j) || !f.begins(p, i) {
		return hit{}, false
	}
	end, ok := f.ends(p, i, j)
	if !ok || p.cased && !f.cased(p, i) {
		return hit{}, false
	}
	if p.role == common && !m.standsAsName(f, i, end, searching) {
		return hit{}, false
	}
	if p.isPart() && (f.inHex(i, end) || f.betweenDigits(i, end)) {
		return hit{}, false
	}
	h := f.hit(p.kind, p.role, i+p.from, end)
	h.keep, h.known = p.keep, true
	switch p.role {
	case street:
		h = m.withHouse(f, h)
	case number:
		h.start = f.plusBefore(h.a)
	case whole, part, common, handle, card, ident, mail, post, guard:
	}
	return h, true
}

// wants reports whether a value is looked for.
func (m *Masker) wants(p pattern) bool { return p.role == guard || m.kinds[p.kind] }

// isPart reports one part of a name.
func (p pattern) isPart() bool { return p.role == part || p.role == common }

// mayBegin reports whether any value may begin at a unit.
func (f *folded) mayBegin(i int) bool {
	u := f.units[i]
	if i == 0 || u.before != 0 || f.units[i-1].class != u.class || f.camel(i) {
		return true
	}
	switch u.class {
	case digit, han, kana, hangul, thai, arabic, hebrew:
		return true
	case other, latin, greek, cyrillic:
	}
	return false
}

// camel reports a capital after a small letter.
func (f *folded) camel(i int) bool {
	return i > 0 && f.units[i].upper && !f.units[i-1].upper && f.units[i].before == 0
}

// edgeBefore reports whether a word ends before a unit.
func (f *folded) edgeBefore(i int) bool {
	return i <= 0 || i >= len(f.units) || f.units[i].before != 0 || f.units[i-1].class != f.units[i].class
}

// longNumber is from how many digits on a known number is one wherever it
// stands, even with digits beside it.
const longNumber = 9

// unedged reports whether a value stands for itself in writing of a class, though
// no word begins or ends at it.
func (p pattern) unedged(c class) bool {
	switch c {
	case digit:
		return p.n >= longNumber && p.role == number
	case han, kana:
		return p.role == whole || p.role == street
	case hangul:
		return p.role == whole && p.n >= 3 || p.role == street
	case thai:
		return true
	case arabic, hebrew, latin, greek, cyrillic, other:
	}
	return false
}

// begins reports whether a value may begin at a unit.
func (f *folded) begins(p pattern, i int) bool {
	c := f.units[i].class
	if f.edgeBefore(i) || p.unedged(c) {
		return true
	}
	switch c {
	case digit, hangul, thai:
		return false
	case han, kana:
		return p.role == part && f.hasBefore(i, callBefore)
	case arabic, hebrew:
		return f.prefixed(i)
	case latin, greek, cyrillic, other:
	}
	return f.camel(i) && p.camels()
}

// camels reports whether a value may be told by its capital alone: three
// letters stand in any fingerprint.
func (p pattern) camels() bool { return p.role != common && (p.role != part || p.n >= 4) }

// ends reports whether a value may end before unit j, and where it does.
func (f *folded) ends(p pattern, i, j int) (int, bool) {
	if f.edgeBefore(j) || p.unedged(f.units[j].class) {
		return j, true
	}
	switch f.units[j].class {
	case digit, thai:
		return j, false
	case han, kana:
		return j, p.isPart() && f.hasAfter(j, callAfter)
	case hangul:
		return j, f.particle(j)
	case cyrillic:
		if p.stem {
			return f.ending(j)
		}
	case latin:
		if f.possessive(p, j) {
			return j + 1, true
		}
	case arabic, hebrew, greek, other:
	}
	return j, f.camel(j) && p.camels()
}

// possessive reports an s behind a part of a name: "Meyers".
func (f *folded) possessive(p pattern, j int) bool {
	return p.role == part && p.n >= 4 && f.units[j].r == 's' && f.edgeBefore(j+1)
}

// cased reports whether each part of a value begins in upper case, where the
// script has cases.
func (f *folded) cased(p pattern, i int) bool {
	for k := range p.n {
		if k < p.from || k > p.from && p.cuts>>min(k, 63)&1 == 0 {
			continue
		}
		switch u := f.units[i+k]; u.class {
		case latin, greek, cyrillic:
			if !u.upper && (k == p.from || u.before != gapHyphen) { // Min-su
				return false
			}
		case other, digit, han, kana, hangul, arabic, hebrew, thai:
		}
	}
	return true
}

// looseLetters is from how many letters on a value may have gaps anywhere.
const looseLetters = 8

// gapCount says what gaps lie inside of a value.
type gapCount struct {
	all     int
	inside  int  // within a part
	broken  int  // within a part, at the end of a line
	missing int  // parts that are written together
	at      bool // an @ or its word is among them
}

func (f *folded) countGaps(p pattern, i, j int) (n gapCount) {
	for k := i + 1; k < j; k++ {
		g := f.units[k].before
		cut := k-i < 64 && p.cuts>>(k-i)&1 == 1
		n.at = n.at || g&gapAt != 0
		switch {
		case g == 0:
			if cut && !f.camel(k) && f.units[k].class < han {
				n.missing++
			}
			continue
		case cut, g == gapMark && p.role != mail && f.units[k].class != digit:
		case g&gapLine != 0 && g&gapPunct == 0:
			n.broken++
		default:
			n.inside++
		}
		n.all++
	}
	return n
}

// gapsFit reports whether the gaps inside [i, j) are such as the value may
// have: between its parts; at the end of a line; between all letters; and
// anywhere in what is long.
func (f *folded) gapsFit(p pattern, i, j int) bool {
	n := f.countGaps(p, i, j)
	switch p.role {
	case number, card, ident, guard, post:
		return true
	case mail:
		return p.n >= 12 || n.at && n.inside == 0
	case whole, part, common, handle, street:
	}
	if f.units[i].class >= han && f.units[i].class <= hangul {
		return n.inside == 0 || p.n >= 3 || f.onlySpaces(i, j)
	}
	if p.n >= looseLetters && p.role != common {
		return true
	}
	unbroken := n.inside == 0 && n.missing == 0 && (n.broken == 0 || p.n >= 4)
	return unbroken || p.spelled(n)
}

// spelled reports whether each letter stands by itself.
func (p pattern) spelled(n gapCount) bool { return p.n >= 3 && n.all == p.n-1 && p.role != common }

// onlySpaces reports whether nothing printed lies between the units.
func (f *folded) onlySpaces(i, j int) bool {
	for k := i + 1; k < j; k++ {
		if f.units[k].before&^(gapSpace|gapLine) != 0 {
			return false
		}
	}
	return true
}

// betweenDigits reports letters with digits right before and behind, as in an
// identifier.
func (f *folded) betweenDigits(i, j int) bool {
	return i > 0 && j < len(f.units) && f.units[i].before == 0 && f.units[j].before == 0 && f.units[i-1].class == digit && f.units[j].class == digit
}

// inHex reports whether letters stand in a fingerprint or UUID: at least 8
// hexadecimal characters in a row, digits among them.
func (f *folded) inHex(i, j int) bool {
	const reach = 64
	a, b, digits := i, j, false
	near := func(k int) bool { return f.units[k].before&^gapHyphen == 0 }
	for a > 0 && i-a < reach && near(a) && isHex(f.units[a-1].r) {
		a--
		digits = digits || f.units[a].class == digit
	}
	for b < len(f.units) && b-j < reach && near(b) && isHex(f.units[b].r) {
		digits = digits || f.units[b].class == digit
		b++
	}
	if !digits || b-a < 8 {
		return false
	}
	for _, u := range f.units[i:j] {
		if !isHex(u.r) {
			return false
		}
	}
	return true
}

func isHex(r rune) bool { return '0' <= r && r <= '9' || 'a' <= r && r <= 'f' }
