package buyer

import (
	"slices"
	"strings"
	"unicode"

	"casebinder/data"
	"casebinder/data/mask"
)

// maxAddress bounds what is read of an address, in bytes.
const maxAddress = 1000

// ordinals are signs behind a number that say nothing, and become letters otherwise.
var ordinals = strings.NewReplacer("nº", " ", "Nº", " ", "n°", " ", "N°", " ", "º", " ", "ª", " ", "°", " ", "№", " ")

// What is written in several ways is made one: in streets, in boxes of a post office,
// where ü is written as ue, and in scripts without spaces.
var (
	streetSigns = strings.NewReplacer("#", " unit ", "'", "", "’", "", "пр-кт", "пр", "б-р", "бул", "no.", " ")
	postBoxes   = strings.NewReplacer("p.o. box", "pobox", "p.o.box", "pobox", "po box", "pobox", "post office box", "pobox", "p o box", "pobox")
	twoVowels   = strings.NewReplacer("ue", "u", "oe", "o", "ae", "a")
	blockSigns  = strings.NewReplacer("丁目", "-", "番地", "-", "番", "-", "号室", "室", "號", "号", "臺", "台")
	blockEnds   = strings.NewReplacer("-号", "号", "-室", "室", "-楼", "楼", "-樓", "樓")
)

// Place is an address in the form in which it is compared: the words of its street
// lines in one spelling and order, its flat, postcode and country: "12 c mayor
// u:4|28013|ES". "" where it is too little to tell one place from another.
func Place(a data.Address) string {
	lines := strings.Join([]string{a.Line1, a.Line2, a.Line3}, " \n ")
	if len(lines) > maxAddress {
		return ""
	}
	country := mask.Country(a.Country)
	street := flat(ordinals.Replace(lines))
	code, city := postcode(a.Postcode, country), strings.Join(wordsOf(flat(a.City)), " ")
	where := code
	if where == "" {
		where = city
	}
	if where == "" || country == "" {
		return ""
	}
	r := inForce()
	if strings.ContainsFunc(street, eastAsian) {
		street = eastAsianStreet(street, a)
		if len([]rune(street)) < 4 || !strings.ContainsFunc(street, unicode.IsNumber) {
			return ""
		}
		return street + "|" + where + "|" + country
	}
	words := r.streetWords(street, country)
	words = without(words, wordsOf(flat(a.City)), wordsOf(flat(a.State)), wordsOf(flat(a.Postcode)), wordsOf(flat(a.Country)))
	numbers := slices.ContainsFunc(words, func(w string) bool { return strings.ContainsFunc(w, unicode.IsNumber) })
	if len(words) < 2 || !numbers && len(words) < 3 {
		return ""
	}
	slices.Sort(words)
	return strings.Join(words, " ") + "|" + where + "|" + country
}

// postcode is a code in the form in which it is compared; of the United States its
// five first digits, as the rest is often left away.
func postcode(code, country string) string {
	code = strings.Join(wordsOf(flat(code)), "")
	if country == "US" && len(code) > 5 {
		code = code[:5]
	}
	if strings.Trim(code, "0") == "" {
		return ""
	}
	return code
}

// streetWords are the words of street lines in one spelling; the number of a flat
// stands as "u:4".
func (r *rules) streetWords(street, country string) []string {
	street = postBoxes.Replace(streetSigns.Replace(street))
	if country == "AU" || country == "NZ" {
		street = unitBefore(street)
	}
	var out []string
	words := joinLetters(wordsOf(street))
	for i := 0; i < len(words); i++ {
		w := words[i]
		if r.unit[w] && i+1 < len(words) && unitNumber(words[i+1]) {
			out = append(out, "u:"+words[i+1])
			i++
			continue
		}
		if country == "US" && w == "ste" && i+1 < len(words) && unitNumber(words[i+1]) { // a suite, and elsewhere a saint
			out = append(out, "u:"+words[i+1])
			i++
			continue
		}
		out = append(out, r.spelled(w, country)...)
	}
	return out
}

// unitBefore reads "4/12 High Street", flat before house.
func unitBefore(street string) string {
	flatNo, rest, ok := strings.Cut(strings.TrimSpace(street), "/")
	if !ok || !unitNumber(strings.TrimSpace(flatNo)) || rest == "" || !unicode.IsNumber([]rune(strings.TrimSpace(rest) + " ")[0]) {
		return street
	}
	return "unit " + flatNo + " " + rest
}

// unitNumber reports whether a word can be the number of a flat.
func unitNumber(w string) bool {
	return len([]rune(w)) <= 6 && (strings.ContainsFunc(w, unicode.IsNumber) || len([]rune(w)) == 1)
}

// joinLetters makes "12 a" one word, as "12a" is.
func joinLetters(words []string) []string {
	var out []string
	for i, w := range words {
		if n := len(out); n > 0 && len(w) == 1 && strings.Contains("abcdfgh", w) && strings.Trim(words[i-1], "0123456789") == "" && out[n-1] == words[i-1] {
			out[n-1] += w
			continue
		}
		out = append(out, w)
	}
	return out
}

// spelled is a word in the spelling in which it is compared; none where it says
// nothing.
func (r *rules) spelled(w, country string) []string {
	if r.skip[w] {
		return nil
	}
	if as := r.words[w]; as != "" {
		return []string{as}
	}
	for _, end := range []string{"strasse", "straat", "str"} {
		if base, ok := strings.CutSuffix(w, end); ok && len(base) >= 3 {
			return []string{umlauts(base, country), "st"}
		}
	}
	return []string{umlauts(w, country)}
}

// umlauts makes one spelling of ü and ue, where both are written.
func umlauts(w, country string) string {
	switch country {
	case "DE", "AT", "CH":
		return twoVowels.Replace(w)
	}
	return w
}

// without takes words away that stand elsewhere in the address.
func without(words []string, elsewhere ...[]string) []string {
	for _, other := range elsewhere {
		if len(other) == 0 {
			continue
		}
		for i := 0; i+len(other) <= len(words); i++ {
			if slices.Equal(words[i:i+len(other)], other) && len(words)-len(other) >= 2 && !onlyNumber(other) {
				words = slices.Delete(slices.Clone(words), i, i+len(other))
				break
			}
		}
	}
	return words
}

// onlyNumber reports whether words are one short number: a house's, not a postcode.
func onlyNumber(words []string) bool { return len(words) == 1 && len(words[0]) < 4 }

func eastAsian(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
}

// eastAsianStreet is a street of a script without spaces: in its own order, without
// separators, and without the regions that stand beside it.
func eastAsianStreet(street string, a data.Address) string {
	street = blockSigns.Replace(street)
	var b strings.Builder
	last := rune(0)
	for _, r := range street {
		switch {
		case unicode.IsLetter(r) || unicode.IsNumber(r):
			b.WriteRune(r)
			last = r
		case unicode.IsNumber(last): // 1-2-3 and 1 2 3 are not 123
			b.WriteRune('-')
			last = '-'
		}
	}
	text := strings.Trim(strings.ReplaceAll(b.String(), "--", "-"), "-")
	text = blockEnds.Replace(text)
	for _, region := range []string{a.Country, a.State, a.City} {
		region = strings.Join(wordsOf(strings.ReplaceAll(flat(region), "臺", "台")), "")
		if region != "" {
			text = strings.TrimPrefix(text, region)
		}
	}
	return strings.TrimSuffix(text, "号")
}

// Pickup reports whether an address mark is a place where strangers fetch parcels,
// or from which they are sent on.
func Pickup(mark string) bool {
	street, _, _ := strings.Cut(mark, "|")
	for _, w := range inForce().Pickup.Words {
		if strings.Contains(street, strings.Join(sortedWords(w), " ")) || holdsAll(street, sortedWords(w)) {
			return true
		}
	}
	return false
}

func sortedWords(text string) []string {
	words := wordsOf(flat(text))
	slices.Sort(words)
	return words
}

// holdsAll reports whether each word stands in a street, whose words are sorted.
func holdsAll(street string, words []string) bool {
	have := strings.Fields(street)
	for _, w := range words {
		if !slices.Contains(have, w) {
			return false
		}
	}
	return len(words) > 0
}
