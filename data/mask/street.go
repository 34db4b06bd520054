package mask

import (
	"strings"
	"sync"

	"casebinder/data"
)

// streetTypes are the words for a street that stand before or behind its name,
// by what they are short for.
var streetTypes = sync.OnceValue(func() map[string]string {
	types := map[string]string{}
	for _, words := range streetWords {
		for _, w := range strings.Fields(words) {
			if k := skeleton(w); types[k] == "" {
				types[k] = words
			}
		}
	}
	return types
})

// streetWords lists a word for a street with its short forms.
var streetWords = []string{
	"street st str", "avenue ave av avn", "road rd", "lane ln", "drive dr", "boulevard blvd bd bvd", "court ct", "place pl", "terrace ter", "crescent cres", "close cl",
	"square sq", "highway hwy", "parkway pkwy", "way", "strasse str", "gasse", "weg", "platz pl", "allee", "ufer", "damm", "calle c cl", "avenida avda av avd", "plaza pza pl", "paseo pso po",
	"carretera ctra", "camino cno", "ronda rda", "travesia trva", "rue", "chemin ch", "impasse imp", "quai", "route rte", "via", "viale", "piazza pza", "corso", "rua r", "travessa tv",
	"ulica ul", "aleja al", "улица ул", "проспект пр просп", "переулок пер", "бульвар бул", "шоссе ш", "площадь пл", "набережная наб", "проезд", "laan", "straat", "شارع", "רחוב",
}

// street adds a street line: whole, its parts between commas, its street
// without the house number, and the street with its words for "street" written
// short or long.
func (b *builder) street(line string) {
	if spelled := umlauts.Replace(line); spelled != line {
		b.street(spelled)
	}
	pieces := append([]string{line}, strings.FieldsFunc(line, func(r rune) bool { return strings.ContainsRune(",;，、；\n", r) })...)
	for _, piece := range pieces {
		all := splitLine(piece)
		words := b.trimRegion(all)
		if len(words) == 0 || len(words) < len(all) && !isStreet(words) {
			continue
		}
		for _, w := range words {
			if w.hasDigit() {
				b.m.house[w.fold] = true
			}
		}
		if words[0].class() == han {
			b.hanStreet(words)
			continue
		}
		if total(words) >= 6 {
			b.addStreet(words)
		}
		b.core(words)
	}
}

// isStreet reports a number or a word for a street among words; without, what
// stands before a region is a part of it: "Comunidad de".
func isStreet(words []word) bool {
	for _, w := range words {
		if w.hasDigit() || len(w.units) > 2 && streetTypes()[w.fold] != "" {
			return true
		}
		for _, end := range streetEnds {
			if strings.HasSuffix(w.fold, end) {
				return true
			}
		}
	}
	return false
}

// splitLine splits a street line at its gaps alone, so that "12b" is a word.
func splitLine(line string) []word {
	f := fold(line)
	var all []word
	for a := 0; a < len(f.units); {
		z := a + 1
		for z < len(f.units) && (f.units[z].before == 0 || f.apostrophe(z)) {
			z++
		}
		units := append([]unit{}, f.units[a:z]...)
		for k := range units {
			units[k].before = 0
		}
		all = append(all, word{units: units, fold: f.skeleton(a, z), cased: units[0].upper})
		a = z
	}
	return all
}

func (w word) hasDigit() bool {
	for _, u := range w.units {
		if u.class == digit {
			return true
		}
	}
	return false
}

func total(words []word) (n int) {
	for _, w := range words {
		n += len(w.units)
	}
	return n
}

// trimRegion drops city, region, country and postcode from the end of a line.
func (b *builder) trimRegion(words []word) []word {
	for {
		n := len(words)
		a := max(0, n-4)
		for a < n && !b.m.stays[runesOf(flat(words[a:]))] {
			a++
		}
		if a == n {
			return words
		}
		words = words[:a]
	}
}

// addStreet adds words as one street line, in each spelling of its street.
func (b *builder) addStreet(words []word) {
	b.joinStreet(words)
	for i, w := range words {
		for _, other := range strings.Fields(streetTypes()[w.fold]) {
			if u := fold(other).units; len(u) > 0 {
				b.joinStreet(append(append(append([]word{}, words[:i]...), word{units: u}), words[i+1:]...))
			}
		}
		if base, ok := strings.CutSuffix(w.fold, "strasse"); ok && base != "" {
			b.joinStreet(append(append(append([]word{}, words[:i]...), word{units: fold(base + "str").units}), words[i+1:]...))
		} else if base, ok := strings.CutSuffix(w.fold, "str"); ok && len(base) > 2 {
			b.joinStreet(append(append(append([]word{}, words[:i]...), word{units: fold(base + "strasse").units}), words[i+1:]...))
		}
	}
}

func (b *builder) joinStreet(words []word) {
	var units []unit
	for _, w := range words {
		for k, u := range w.units {
			if k == 0 && len(units) > 0 {
				u.before = gapSpace
			}
			units = append(units, u)
		}
	}
	p := pattern{kind: data.MaskAddress, role: street}
	b.m.known.add(units, p)
	if len(units) > 0 && (units[0].class == arabic || units[0].class == hebrew) {
		b.m.known.add(reversed(units), p)
	}
}

// core adds the street of a line: its words without the numbers around them,
// and its name with the house number.
func (b *builder) core(words []word) {
	var numbers, names, plain []word
	for _, w := range words {
		switch {
		case w.hasDigit():
			numbers = append(numbers, w)
		case len(numbers) > 0 && len(names) > 0: // behind the house number: stairs, floor
		default:
			names = append(names, w)
			if streetTypes()[w.fold] == "" && !titles.has(w.fold) {
				plain = append(plain, w)
			}
		}
	}
	if len(names) == 0 || len(plain) == 0 {
		return
	}
	if b.streetAlone(names, plain) {
		b.addStreet(names)
	}
	for _, n := range numbers[:min(1, len(numbers))] {
		for _, name := range [][]word{names, plain} {
			b.addStreet(append(append([]word{}, name...), n))
			b.addStreet(append([]word{n}, name...))
		}
	}
}

// streetAlone reports whether the words of a street are told from other words
// without a house number.
func (b *builder) streetAlone(names, plain []word) bool {
	if b.m.stays[runesOf(flat(names))] || len(plain) == 0 {
		return false
	}
	if len(names) >= 2 {
		return total(names) >= 6
	}
	w := names[0]
	if b.isCommon(w) || b.m.stays[w.fold] {
		return false
	}
	if w.class() == hangul {
		return strings.HasSuffix(w.fold, "로") || strings.HasSuffix(w.fold, "길")
	}
	return len(w.units) >= 8
}

func flat(words []word) (units []unit) {
	for _, w := range words {
		units = append(units, w.units...)
	}
	return units
}

// hanRegions end the names of regions, which stay; hanStreets those of streets.
const (
	hanRegions = "省市区區县縣州都府"
	hanStreets = "路街道巷弄里胡同大道"
)

// hanStreet adds a line in Han characters without the regions at its beginning:
// whole, up to the street, and from the street to the house.
func (b *builder) hanStreet(words []word) {
	rest := afterRegions(flat(words))
	for k := range rest {
		rest[k].before = 0
	}
	add := func(u []unit) {
		if len(u) >= 3 && !b.m.stays[runesOf(u)] {
			b.m.known.add(u, pattern{kind: data.MaskAddress, role: street})
		}
	}
	add(rest)
	for k, u := range rest {
		if strings.ContainsRune("路街巷弄道", u.r) && k >= 2 {
			add(rest[:k+1])
			break
		}
	}
	for k, u := range rest {
		if strings.ContainsRune("号號", u.r) && k >= 3 && k+1 < len(rest) {
			add(rest[:k+1])
			if len(rest)-k-1 >= 4 {
				add(rest[k+1:])
			}
			break
		}
	}
}

// afterRegions leaves out the regions at the beginning of a line.
func afterRegions(units []unit) []unit {
	start := 0
	for k := 0; k < len(units) && k < 14; k++ {
		if strings.ContainsRune(hanRegions, units[k].r) && k+1 < len(units) {
			start = k + 1
		}
		if units[k].class == digit {
			break
		}
	}
	return units[start:]
}

// postcodes says how many units of a postcode stay, in the countries where the
// rest names a few houses or one.
var postcodes = map[string]func(n int) int{
	"GB": func(n int) int { return n - 3 }, "JE": func(n int) int { return n - 3 }, "GG": func(n int) int { return n - 3 }, "IM": func(n int) int { return n - 3 },
	"CA": func(int) int { return 3 }, "IE": func(int) int { return 3 }, "NL": func(int) int { return 4 }, "BR": func(int) int { return 5 },
	"PT": func(int) int { return 4 }, "SG": func(int) int { return 3 }, "AR": func(int) int { return 5 }, "MT": func(int) int { return 3 }, "US": func(int) int { return 5 },
}

// postcode adds a postcode that names a few houses or one.
func (b *builder) postcode(code string) {
	stays, ok := postcodes[b.m.country]
	units := fold(code).units
	if !ok || len(units) <= stays(len(units)) || len(units) < 5 {
		return
	}
	b.m.known.add(units, pattern{kind: data.MaskAddress, role: post, keep: stays(len(units))})
}
