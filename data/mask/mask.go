package mask

import (
	"slices"
	"strings"
	"sync"

	"casebinder/data"
)

// Found is personal data in a text.
type Found struct {
	Kind       data.MaskKind
	Start, End int // bytes in the text
	Text       string
}

// A Masker knows the personal data of one order. It learns what it masks: a
// phone that a text gave away by the word before it is masked, and searched
// for, wherever it stands from then on. It is safe for use by several
// goroutines. A nil *Masker changes and finds nothing.
type Masker struct {
	mu      sync.Mutex
	kinds   map[data.MaskKind]bool
	known   *trie
	country string          // of the buyer, ISO 3166-1 alpha-2, "" when not known
	goods   map[string]bool // folded words of the goods, the shop and the carriers
	stays   map[string]bool // folded city, region, country and postcode
	house   map[string]bool // folded words with a digit in the street lines
	learned map[string]bool
	removed []Found
}

// New makes a masker for an order. People are further names: of the recipient,
// of who wrote messages; an e-mail or phone among them counts as such. Without
// kinds it gives nil, which masks nothing.
func New(o data.Order, people []string, kinds []data.MaskKind) *Masker {
	if len(kinds) == 0 {
		return nil
	}
	m := &Masker{
		kinds: map[data.MaskKind]bool{}, known: newTrie(), country: countryCode(o.ShipTo.Country, o.Buyer.Country),
		goods: map[string]bool{}, stays: map[string]bool{}, house: map[string]bool{}, learned: map[string]bool{},
	}
	for _, k := range kinds {
		m.kinds[k] = true
	}
	(&builder{m: m, o: o}).build(people)
	return m
}

// Learn reads texts for personal data without masking them. Who masks many
// texts lets all be read first: what one of them tells is then masked in all,
// whatever their order.
func (m *Masker) Learn(texts ...string) {
	if m == nil {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, s := range texts {
		f := fold(s)
		for _, h := range m.find(f) {
			m.learn(f, h)
		}
	}
}

// Find lists the personal data in a text, in order and without overlap.
func (m *Masker) Find(s string) []Found {
	if m == nil || s == "" {
		return nil
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	return foundIn(s, m.find(fold(s)))
}

func foundIn(s string, hits []hit) []Found {
	found := make([]Found, len(hits))
	for i, h := range hits {
		found[i] = Found{Kind: h.kind, Start: h.start, End: h.end, Text: s[h.start:h.end]}
	}
	return found
}

// rounds is how often a text is read again, because masking one value can
// bring out another; two is what happens.
const rounds = 8

// Text gives a text with its personal data masked. Masking twice changes
// nothing more; bytes that are not UTF-8 become U+FFFD. A mask has at most
// twice the characters of what it hides, and the same value has the same mask.
func (m *Masker) Text(s string) string {
	if m == nil || s == "" {
		return s
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	s = strings.ToValidUTF8(s, "\uFFFD")
	for round := 0; ; round++ {
		f := fold(s)
		hits := m.find(f)
		if len(hits) == 0 {
			return s
		}
		news := false
		for _, h := range hits {
			news = m.learn(f, h) || news
		}
		if news { // it may stand here in other words too
			hits = m.find(f)
		}
		m.removed = append(m.removed, foundIn(s, hits)...)
		s = m.render(f, hits, round >= rounds)
	}
}

// render writes the text with a mask for each hit; blank leaves no letter of
// what is masked, so that nothing new can be read out of it.
func (m *Masker) render(f *folded, hits []hit, blank bool) string {
	var b strings.Builder
	b.Grow(len(f.src))
	at := 0
	for _, h := range hits {
		b.WriteString(f.src[at:h.start])
		if blank {
			b.WriteString(strings.Repeat(string(dot), min(3, h.b-h.a)))
		} else {
			b.WriteString(shape(f, h))
		}
		at = h.end
	}
	b.WriteString(f.src[at:])
	return b.String()
}

// Removed lists what was masked so far, every occurrence, in order.
func (m *Masker) Removed() []Found {
	if m == nil {
		return nil
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.removed)
}

// learn makes what was found a known value, and reports whether it was none.
func (m *Masker) learn(f *folded, h hit) bool {
	if h.known {
		return false
	}
	key := string(h.kind) + ":" + f.skeleton(h.a, h.b)
	if m.learned[key] {
		return false
	}
	m.learned[key] = true
	p := pattern{kind: h.kind, role: h.role}
	m.known.add(f.units[h.a:h.b], p)
	if f.rtl && (h.role == number || h.role == card) {
		m.known.add(reverseGroups(f.units[h.a:h.b]), p)
	}
	return true
}

// reverseGroups puts the groups of a number in the order in which the text of
// a page with right-to-left writing gives them.
func reverseGroups(units []unit) []unit {
	var all []unit
	for end := len(units); end > 0; {
		start := end - 1
		for start > 0 && units[start].before == 0 {
			start--
		}
		all = append(all, units[start:end]...)
		end = start
	}
	return all
}

// find gives what is personal in a text: known values and what its form
// betrays, in order, without overlap.
func (m *Masker) find(f *folded) []hit {
	hits, guards := m.walk(f, false)
	hits = unguarded(hits, guards)
	hits = append(hits, m.byForm(f, guards, hits)...)
	return merge(f, hits)
}

// hit is a value in a folded text.
type hit struct {
	kind       data.MaskKind
	role       role
	a, b       int // units
	start, end int // bytes
	keep       int // of a postcode: units that stay
	known      bool
}

// span makes a hit of units.
func (f *folded) hit(kind data.MaskKind, r role, a, b int) hit {
	return hit{kind: kind, role: r, a: a, b: b, start: int(f.units[a].start), end: int(f.units[b-1].end)}
}

func (f *folded) skeleton(a, b int) string {
	var s strings.Builder
	for _, u := range f.units[a:b] {
		s.WriteRune(u.r)
	}
	return s.String()
}

// merge sorts hits and joins those that overlap; the longest gives the kind.
func merge(f *folded, hits []hit) []hit {
	slices.SortStableFunc(hits, func(x, y hit) int {
		if x.a != y.a {
			return x.a - y.a
		}
		return y.b - x.b
	})
	var out []hit
	for _, h := range hits {
		if n := len(out); n > 0 && h.a < out[n-1].b {
			out[n-1] = join(f, out[n-1], h)
			continue
		}
		out = append(out, h)
	}
	return out
}

func join(f *folded, x, y hit) hit {
	if y.b <= x.b {
		return x
	}
	longer := x
	if y.b-y.a > x.b-x.a {
		longer = y
	}
	z := f.hit(longer.kind, longer.role, x.a, y.b)
	z.start = min(x.start, y.start)
	z.known = x.known && y.known
	return z
}

// unguarded drops hits that lie within what must stay, such as the order's
// number.
func unguarded(hits, guards []hit) []hit {
	if len(guards) == 0 {
		return hits
	}
	return slices.DeleteFunc(hits, func(h hit) bool { return h.role != whole && h.role != part && within(h, guards) })
}

// within reports whether a hit lies in one of the guards, which are in order.
func within(h hit, guards []hit) bool {
	i, _ := slices.BinarySearchFunc(guards, h.a, func(g hit, a int) int {
		if g.b <= a {
			return -1
		}
		return 1
	})
	return i < len(guards) && guards[i].a <= h.a && h.b <= guards[i].b
}

// touches reports whether a hit overlaps one of the hits, which are in order
// and do not overlap.
func touches(a, b int, hits []hit) bool {
	i, _ := slices.BinarySearchFunc(hits, a, func(g hit, a int) int {
		if g.b <= a {
			return -1
		}
		return 1
	})
	return i < len(hits) && hits[i].a < b
}
