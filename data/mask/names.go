package mask

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"casebinder/data"
)

// word is one part of a name.
type word struct {
	units []unit
	fold  string
	cased bool // written with a capital
}

func (w word) class() class { return w.units[0].class }

// wordsOf splits a name at everything but apostrophes: "O'Brien" is one word.
func wordsOf(name string) []word {
	f := fold(name)
	var all []word
	for a := 0; a < len(f.units); {
		z := a + 1
		for z < len(f.units) && (f.units[z].before == 0 || f.apostrophe(z)) && sameWord(f.units[z-1].class, f.units[z].class) {
			z++
		}
		units := make([]unit, z-a)
		copy(units, f.units[a:z])
		for k := range units {
			units[k].before = 0
		}
		all = append(all, word{units: units, fold: f.skeleton(a, z), cased: units[0].upper})
		a = z
	}
	return all
}

func sameWord(a, b class) bool { return a == b || a == digit || b == digit }

func (f *folded) apostrophe(k int) bool {
	return f.units[k].before == gapMark && !strings.ContainsAny(f.gapText(k), ".·・。．")
}

// titles are words that stand with a name and are none.
var titles = set(`mr mrs ms miss mx dr prof sir madam madame herr frau fräulein dipl ing señor señora señorita sr sra srta don doña
	monsieur mme mlle m signor signora sig senhor senhora mister doctor professor jr ii iii iv
	von van der den de del della di da do dos das du la le los las el al bin ibn abu bint ben ter ten zu zur und y e i and the of op
	gmbh ltd llc inc co kg ag sa sl srl bv plc corp company limited
	господин госпожа г ип ооо السيد السيدة د مر`)

// firms are words in the name of a firm: its parts are no names of people.
var firms = set(`gmbh ltd llc inc kg ag bv plc corp company limited srl ооо ип trading store shop tienda sklep`)

func isFirm(name string) bool {
	for _, w := range wordsOf(name) {
		if firms.has(w.fold) {
			return true
		}
	}
	return strings.Contains(name, "公司") || strings.Contains(name, "会社")
}

// set makes a set of folded words.
func set(words string) *wordSet { return &wordSet{list: words} }

type wordSet struct {
	list string
	once sync.Once
	all  map[string]bool
}

// words gives the folded words; they are folded when they are first asked for,
// since a program start should not wait for them.
func (s *wordSet) words() map[string]bool {
	s.once.Do(func() {
		s.all = map[string]bool{}
		for _, w := range strings.Fields(s.list) {
			s.all[skeleton(w)] = true
		}
	})
	return s.all
}

func (s *wordSet) has(key string) bool { return s.words()[key] }

// least is how many units a part needs to count alone.
func least(c class) int {
	switch c {
	case han, hangul, kana:
		return 2
	case thai:
		return 4
	case other, digit, latin, greek, cyrillic, arabic, hebrew:
	}
	return 3
}

// maxNameWords bounds the words of one name that are combined with each other.
const maxNameWords = 6

// name adds a name in its usual forms.
func (b *builder) name(name string) {
	if strings.ContainsAny(name, "@＠") {
		b.mail(name)
		return
	}
	if digits(name) >= 7 && letters(name) == 0 {
		b.phone(name)
		return
	}
	if spelled := umlauts.Replace(name); spelled != name {
		b.name(spelled)
	}
	var words []word
	for _, w := range wordsOf(name) {
		if !titles.has(w.fold) && w.class() != digit {
			words = append(words, w)
		}
	}
	switch {
	case len(words) == 0:
		return
	case isFirm(name):
		b.join(words...)
		return
	case len(words) > 2*maxNameWords:
		b.all(words)
		return
	}
	b.ordered(words)
	for _, spell := range b.spellings() {
		others, changed := make([]word, len(words)), false
		for i, w := range words {
			others[i] = spell(w)
			changed = changed || others[i].fold != w.fold
		}
		if changed {
			b.ordered(others)
		}
	}
}

// ordered adds a name in the orders of its words, and its words.
func (b *builder) ordered(words []word) {
	b.order(words)
	for _, w := range words {
		b.part(w)
	}
}

// all adds a name of very many words as it is, and its words.
func (b *builder) all(words []word) {
	b.join(words...)
	for _, w := range words {
		b.part(w)
	}
}

// order adds the words of a name in the orders in which they may stand.
func (b *builder) order(words []word) {
	if len(words) == 1 {
		if c := words[0].class(); c == han || c == hangul || c == kana {
			b.join(words[0])
		}
		return
	}
	b.join(words...)
	back := make([]word, 0, len(words))
	for i := len(words) - 1; i >= 0; i-- {
		back = append(back, words[i])
	}
	b.join(back...)
	b.join(append([]word{words[len(words)-1]}, words[:len(words)-1]...)...)
	for i := range words {
		for j := range words {
			if i != j && i < maxNameWords && j < maxNameWords {
				b.join(words[i], words[j])
			}
		}
	}
}

// join adds words as one name.
func (b *builder) join(words ...word) {
	units := joined(words)
	plain := !slices.ContainsFunc(words, func(w word) bool { return len(w.units) >= least(w.class()) && !b.isCommon(w) }) // only short and common words
	if len(units) < 2 || len(words) > 1 && units[0].class < han && len(units) < 4 {
		return
	}
	p := pattern{kind: data.MaskName, role: whole, cased: plain && units[0].class < han}
	if len(words) == 1 && plain && len(units) == 2 {
		p.role = common
	}
	b.m.known.add(units, p)
	if c := units[0].class; c == arabic || c == hebrew {
		b.m.known.add(reversed(units), p)
	}
}

// joined gives the units of words with a space between them.
func joined(words []word) (units []unit) {
	for _, w := range words {
		at := len(units)
		units = append(units, w.units...)
		if at > 0 {
			units[at].before = gapSpace
		}
	}
	return units
}

// reversed gives units in the order in which some programs read
// right-to-left writing from a page.
func reversed(units []unit) []unit {
	n := len(units)
	back := make([]unit, n)
	for k, u := range units {
		back[n-1-k] = u
		back[n-1-k].before = 0
		if k < n-1 {
			back[n-1-k].before = units[k+1].before
		}
	}
	return back
}

// part adds one word of a name where it may stand alone.
func (b *builder) part(w word) {
	n := len(w.units)
	if n < least(w.class()) {
		b.titled(w)
		return
	}
	p := pattern{kind: data.MaskName, role: part}
	if b.isCommon(w) {
		p.role, p.cased = common, true
	}
	units := w.units
	switch w.class() {
	case han:
		b.hanParts(w)
		return
	case hangul:
		if n >= 3 {
			b.m.known.add(units, pattern{kind: data.MaskName, role: part})
			b.m.known.add(units[1:], pattern{kind: data.MaskName, role: part})
			return
		}
	case cyrillic:
		if p.role == part {
			b.m.known.add(stem(units), pattern{kind: data.MaskName, role: part, stem: true})
		}
	case arabic, hebrew:
		b.m.known.add(reversed(units), p)
		if c := w.fold; strings.HasPrefix(c, "ال") && utf8.RuneCountInString(c) > 4 {
			b.m.known.add(units[2:], p)
		}
	case other, digit, latin, greek, kana, thai:
	}
	b.m.known.add(units, p)
}

// titled adds a short part behind a title: "Mr. Li".
func (b *builder) titled(w word) {
	if len(w.units) != 2 || w.class() != latin {
		return
	}
	for t := range callTitles.words() {
		lead := fold(t).units
		units := append(append([]unit{}, lead...), w.units...)
		units[len(lead)].before = gapSpace
		b.m.known.add(units, pattern{kind: data.MaskName, role: whole, from: len(lead), cased: true})
	}
}

// compound are the Chinese family names of two characters.
var compound = set(`欧阳 歐陽 司马 司馬 上官 诸葛 諸葛 夏侯 司徒 东方 東方 皇甫 尉迟 公孙 慕容 令狐 宇文 长孙 司空 端木 南宫 独孤 西门 轩辕`)

// hanParts adds the given and family name of a name in Han characters. Where
// one ends and the other begins is not written: each cut that leaves two
// characters counts.
func (b *builder) hanParts(w word) {
	add := func(units []unit) {
		p := pattern{kind: data.MaskName, role: part}
		if b.isCommon(word{units: units, fold: runesOf(units)}) {
			p.role = common
		}
		b.m.known.add(units, p)
	}
	n := len(w.units)
	add(w.units)
	switch {
	case n == 3:
		if b.m.country == "JP" || compound.has(runesOf(w.units[:2])) {
			add(w.units[:2])
		}
		if !compound.has(runesOf(w.units[:2])) {
			add(w.units[1:])
		}
	case n >= 4:
		add(w.units[:2])
		add(w.units[2:])
		add(w.units[n-2:])
	}
}

func runesOf(units []unit) string {
	var b strings.Builder
	for _, u := range units {
		b.WriteRune(u.r)
	}
	return b.String()
}

// isCommon reports whether a part of a name is a common word too, or a word of
// the order's goods and shop.
func (b *builder) isCommon(w word) bool { return commonWords.has(w.fold) || b.m.goods[w.fold] }

// handle adds a name on the platform when a person's name is in it.
func (b *builder) handle(name string, names []string) {
	if strings.ContainsAny(name, "@＠") {
		b.mail(name)
		return
	}
	f := fold(name)
	key := f.skeleton(0, len(f.units))
	for _, person := range names {
		for _, w := range wordsOf(person) {
			if len(w.units) >= 3 && !titles.has(w.fold) && strings.Contains(key, w.fold) && key != w.fold {
				b.m.known.add(f.units, pattern{kind: data.MaskName, role: handle})
				return
			}
		}
	}
}

// stem drops what a Russian name changes in its cases.
func stem(units []unit) []unit {
	n := len(units)
	if s := runesOf(units); n > 5 && (strings.HasSuffix(s, "ии") || strings.HasSuffix(s, "ая") || strings.HasSuffix(s, "ыи") || strings.HasSuffix(s, "ои")) {
		return units[:n-2]
	}
	if n > 3 && strings.ContainsRune("аяиоеы", units[n-1].r) {
		return units[:n-1]
	}
	return units
}

func digits(s string) (n int) {
	for _, r := range s {
		if unicode.Is(unicode.Nd, r) {
			n++
		}
	}
	return n
}

func letters(s string) (n int) {
	for _, r := range s {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}
