package tongue

import (
	"strings"
	"sync"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// Code gives the BCP 47 tag of a language that stands as its tag ("es", "pt_BR") or
// as its name in English or in itself ("Spanish", "español"), as files have it; ""
// for what is none.
func Code(text string) string {
	text = strings.TrimSpace(text)
	if code, ok := languageNames()[strings.ToLower(text)]; ok {
		return code
	}
	if len(text) < 2 || len(text) > 12 {
		return ""
	}
	tag, err := language.Parse(strings.ReplaceAll(text, "_", "-"))
	if err != nil || tag == language.Und {
		return ""
	}
	return tag.String()
}

var languageNames = sync.OnceValue(func() map[string]string {
	names := map[string]string{}
	english := display.English.Languages()
	for _, code := range []string{
		"en", "es", "fr", "de", "it", "pt", "pt-BR", "pt-PT", "nl", "pl", "ru", "uk", "tr", "ja", "ko", "ar", "he", "fa", "el", "sv", "da", "nb", "fi", "cs", "sk",
		"hu", "ro", "bg", "hr", "th", "vi", "id", "ms", "zh-CN", "zh-TW",
	} {
		tag := language.MustParse(code)
		names[strings.ToLower(english.Name(tag))] = code
		names[strings.ToLower(display.Self.Name(tag))] = code
	}
	names["chinese"], names["中文"], names["simplified chinese"], names["traditional chinese"] = "zh-CN", "zh-CN", "zh-CN", "zh-TW"
	names["简体中文"], names["繁體中文"], names["繁体中文"], names["norwegian"] = "zh-CN", "zh-TW", "zh-TW", "nb"
	return names
})
