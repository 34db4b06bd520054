package reply

import (
	"strings"

	"casebinder/data"

	"golang.org/x/text/language"
)

// Pick chooses a template's variant for a language (BCP 47): the same tag, else
// the same language (for Chinese, the same script first), else English, else
// the first. The bool tells whether the variant is in the language that was
// asked for; when it is false, say so before the text is sent. A template
// without variants gives the zero Variant and false.
func Pick(t data.Template, lang string) (data.Variant, bool) {
	for _, v := range t.Variants {
		if strings.EqualFold(strings.TrimSpace(lang), v.Language) {
			return v, true
		}
	}
	base, script := baseAndScript(lang)
	nearest := -1
	for i, v := range t.Variants {
		if b, s := baseAndScript(v.Language); base != "" && b == base {
			if s == script && !otherPortuguese(base, lang, v.Language) {
				return v, true
			}
			if nearest < 0 {
				nearest = i
			}
		}
	}
	if nearest >= 0 {
		return t.Variants[nearest], false
	}
	for _, v := range t.Variants {
		if b, _ := baseAndScript(v.Language); b == "en" {
			return v, false
		}
	}
	if len(t.Variants) == 0 {
		return data.Variant{}, false
	}
	return t.Variants[0], false
}

// otherPortuguese reports whether two tags are of Portuguese as Brazil and as
// Portugal write it: a reader notices at once.
func otherPortuguese(base, a, b string) bool {
	european := func(tag string) bool { return strings.Contains(strings.ToUpper(tag), "-PT") }
	return base == "pt" && european(a) != european(b)
}

// PickWording chooses a variant as Pick does among those of a wording; where the
// language has none of it, the plain one, and said is false.
func PickWording(t data.Template, lang, label string) (v data.Variant, exact, said bool) {
	v, exact = Pick(plain(t, LabelPlain), lang)
	if v.UID == "" { // a template of the seller's own may have no plain text
		v, exact = Pick(t, lang)
	}
	if label == LabelPlain || label == v.Label {
		return v, exact, true
	}
	other, same := Pick(plain(t, label), lang)
	if other.UID != "" && other.Language == v.Language {
		return other, same, true
	}
	return v, exact, false
}

// plain is the template with the variants of one wording alone.
func plain(t data.Template, label string) data.Template {
	var variants []data.Variant
	for _, v := range t.Variants {
		if v.Label == label {
			variants = append(variants, v)
		}
	}
	t.Variants = variants
	return t
}

// baseAndScript tells the language and the script in which it is written;
// both are "" for what is not a tag.
func baseAndScript(lang string) (base, script string) {
	tag, err := language.Parse(strings.TrimSpace(lang))
	if err != nil || tag == language.Und {
		return "", ""
	}
	b, _ := tag.Base()
	s, _ := tag.Script()
	return b.String(), s.String()
}
