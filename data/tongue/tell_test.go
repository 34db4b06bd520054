package tongue

import "testing"

func TestOfPlace(t *testing.T) {
	for _, c := range []struct {
		country, state, postcode, lang string
		sure                           bool
	}{
		{"ES", "", "28013", "es", true},
		{"es", "", "", "es", true},
		{"MX", "", "", "es-MX", true},
		{"BR", "", "", "pt-BR", true},
		{"PT", "", "", "pt-PT", true},
		{"CH", "", "8001", "de", true},
		{"CH", "", "CH-1201", "fr", true},
		{"CH", "TI", "", "it", true},
		{"CH", "", "6900", "it", true},
		{"CH", "", "1700", "fr", false},
		{"CH", "", "2503", "de", false},
		{"CH", "", "3011", "de", true},
		{"BE", "", "1000", "fr", false},
		{"BE", "", "2000", "nl", true},
		{"BE", "", "B-4000", "fr", true},
		{"BE", "", "4700", "de", true},
		{"BE", "", "9000", "nl", true},
		{"BE", "", "", "nl", false},
		{"BE", "Hainaut", "", "fr", true},
		{"CA", "QC", "", "fr-CA", true},
		{"CA", "", "H2X 1Y4", "fr-CA", true},
		{"CA", "ON", "M5V 1A1", "en", true},
		{"CA", "", "g1a 0a1", "fr-CA", true},
		{"HK", "", "", "zh-HK", false},
		{"TW", "", "", "zh-TW", true},
		{"IT", "BZ", "39100", "it", false},
		{"IT", "", "00184", "it", true},
		{"XX", "", "", "", false},
		{"", "", "", "", false},
	} {
		if lang, sure := OfPlace(c.country, c.state, c.postcode); lang != c.lang || sure != c.sure {
			t.Errorf("%s %s %s: %q %v, want %q %v", c.country, c.state, c.postcode, lang, sure, c.lang, c.sure)
		}
	}
}

func TestTell(t *testing.T) {
	for _, c := range []struct {
		name   string
		facts  Facts
		lang   string
		ground Ground
		sure   bool
	}{
		{"a person's word wins", Facts{Told: "fr", ToldBy: ByPerson, Messages: []string{"wo bleibt mein paket"}, Country: "DE"}, "fr", ByPerson, true},
		{"a file's word", Facts{Told: "es-MX", ToldBy: ByFile, Country: "US"}, "es-MX", ByFile, true},
		{"a message before the country", Facts{Messages: []string{"wo bleibt mein paket"}, Country: "FR"}, "de", ByMessage, true},
		{"the newest that is sure", Facts{Messages: []string{"ok thx", "wo bleibt mein paket"}, Country: "US"}, "de", ByMessage, true},
		{"a likely one where the country reads it", Facts{Messages: []string{"llego roto"}, Country: "MX"}, "es-MX", ByMessage, true},
		{"a likely one elsewhere is no ground", Facts{Messages: []string{"ok thx"}, Country: "DE"}, "de", ByCountry, true},
		{"Portuguese of Portugal", Facts{Messages: []string{"não recebi a minha encomenda"}, Country: "PT"}, "pt-PT", ByMessage, true},
		{"Portuguese without a country", Facts{Messages: []string{"não recebi nada ainda"}}, "pt-BR", ByMessage, true},
		{"Chinese of Hong Kong", Facts{Messages: []string{"請問什麼時候出貨"}, Country: "HK"}, "zh-HK", ByMessage, true},
		{"other orders", Facts{Others: []string{"", "ru"}, Country: "DE"}, "ru", ByOthers, false},
		{"a photo tells nothing", Facts{Messages: []string{"👍", "IMG_2041.jpg"}, Country: "JP"}, "ja", ByCountry, true},
		{"nothing at all", Facts{Country: "XX"}, "", ByNothing, false},
	} {
		a := Tell(c.facts)
		if a.Language != c.lang || a.Ground != c.ground || a.Sure != c.sure {
			t.Errorf("%s: %+v", c.name, a)
		}
	}
}

func TestCode(t *testing.T) {
	for text, want := range map[string]string{
		"es": "es", "pt_BR": "pt-BR", "ES-mx": "es-MX", "Spanish": "es", "español": "es", "Deutsch": "de", "German": "de", "русский": "ru", "日本語": "ja",
		"Traditional Chinese": "zh-TW", "简体中文": "zh-CN", " fr ": "fr", "": "", "x": "", "no such tongue": "", "zz-99-!": "",
	} {
		if got := Code(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}
