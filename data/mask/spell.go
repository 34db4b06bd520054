package mask

import "strings"

// umlauts spells out letters that are written with two where a keyboard lacks
// them.
var umlauts = strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "Ä", "Ae", "Ö", "Oe", "Ü", "Ue", "å", "aa", "Å", "Aa", "ø", "oe", "Ø", "Oe")

// plainVowels takes that back in folded text.
var plainVowels = strings.NewReplacer("ae", "a", "oe", "o", "ue", "u")

// fromCyrillic are the usual romanizations of folded Cyrillic: of passports,
// of BGN/PCGN, and with the letters of central Europe. Folded й is и.
var fromCyrillic = []*strings.Replacer{
	romanization("iu", "ia", "kh", "ts", "zh", "shch", "i"), romanization("yu", "ya", "kh", "ts", "zh", "shch", "i"),
	romanization("yu", "ya", "h", "ts", "zh", "sch", "i"), romanization("ju", "ja", "h", "c", "z", "sc", "i"),
	romanization("yu", "ya", "kh", "ts", "zh", "shch", "y"), romanization("yu", "ya", "h", "ts", "zh", "shch", "y"),
}

func romanization(yu, ya, kh, ts, zh, shch, short string) *strings.Replacer {
	pairs := []string{
		"еи", "e" + short, "аи", "a" + short, "ои", "o" + short, "уи", "u" + short, "ии", map[string]string{"i": "ii", "y": "iy"}[short], "ыи", "y",
		"ю", yu, "я", ya, "х", kh, "ц", ts, "ж", zh, "щ", shch, "ч", "ch", "ш", "sh", "ы", "y", "э", "e", "є", "ye", "і", "i", "ґ", "g", "ј", "j", "ђ", "dj",
		"ћ", "c", "љ", "lj", "њ", "nj", "џ", "dz",
	}
	from, to := []rune("абвгдезиклмнопрстуф"), []rune("abvgdeziklmnoprstuf")
	for i, r := range from {
		pairs = append(pairs, string(r), string(to[i]))
	}
	return strings.NewReplacer(pairs...)
}

// toCyrillic reads a folded romanization back, as far as it can be.
var toCyrillic = func() *strings.Replacer {
	pairs := []string{
		"shch", "щ", "sch", "щ", "zh", "ж", "kh", "х", "ts", "ц", "ch", "ч", "sh", "ш", "yu", "ю", "iu", "ю", "ju", "ю", "ya", "я", "ia", "ия", "ja", "я",
		"ye", "е", "yo", "е", "iy", "ии", "ey", "еи", "ay", "аи", "oy", "ои", "uy", "уи", "ii", "ии", "x", "кс", "q", "к", "w", "в", "y", "ы", "j", "и",
	}
	from, to := []rune("abcdefghiklmnoprstuvz"), []rune("абкдефгхиклмнопрстувз")
	for i, r := range from {
		pairs = append(pairs, string(r), string(to[i]))
	}
	return strings.NewReplacer(pairs...)
}()

// cyrillicLands lists the countries whose buyers may sign in Cyrillic though the
// order is in Latin letters.
var cyrillicLands = set(`RU BY KZ KG UA BG RS MK ME`)

// spellings are the ways in which a word of a name may be spelled otherwise.
func (b *builder) spellings() []func(word) word {
	as := func(c class, r *strings.Replacer) func(word) word {
		return func(w word) word {
			if w.class() != c {
				return w
			}
			units := fold(r.Replace(w.fold)).units
			if len(units) == 0 {
				return w
			}
			return word{units: units, fold: runesOf(units), cased: w.cased}
		}
	}
	all := []func(word) word{as(latin, plainVowels)}
	for _, r := range fromCyrillic {
		all = append(all, as(cyrillic, r))
	}
	if cyrillicLands.has(skeleton(b.m.country)) {
		all = append(all, as(latin, toCyrillic))
	}
	return all
}
