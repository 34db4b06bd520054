package reply

import (
	"regexp"
	"strings"
)

// italianEighth finds an article, or a preposition with one, before the eighth or
// eleventh of a month: the two days that are said with a vowel in front.
var italianEighth = regexp.MustCompile(`\b([Ii]l|[Aa]l|[Dd]al|[Dd]el|[Nn]el|[Ss]ul) (8|11)( (?:gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre)\b|[/.-]\d)`)

// elided shortens the Italian article before a day that begins with a vowel, so
// that a text may say "entro il" before any day: "entro l'8 dicembre".
func elided(text, lang string) string {
	if base, _ := baseAndScript(lang); base != "it" {
		return text
	}
	return italianEighth.ReplaceAllStringFunc(text, func(m string) string {
		article, day, _ := strings.Cut(m, " ")
		switch article {
		case "il":
			return "l'" + day
		case "Il":
			return "L'" + day
		}
		return article + "l'" + day // al, dal, del: all', dall', dell'
	})
}
