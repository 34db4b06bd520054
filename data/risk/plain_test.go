package risk

import "testing"

func TestPlainTexts(t *testing.T) {
	for text, want := range map[string]string{
		"":                           "",
		"calle mayor":                "calle mayor",
		"  Calle MAYOR,  12-B\t(3) ": "calle mayor 12 b 3",
		"...":                        "",
		"O'Neill & Sons":             "o neill sons",
		"Straße Ångström":            "strasse angstrom",
		"Calle\u00a0Mayor, 12":       "calle mayor 12",
	} {
		if got := plain(text); got != want {
			t.Errorf("%q: %q, not %q", text, got, want)
		}
	}
}

func TestClippedTexts(t *testing.T) {
	for text, want := range map[string]string{
		" one  two\tthree ": "one two three", "plain": "plain", "": "", "a b ": "a b",
		"0123456789012345678901234567890123456789012345678901234567890": "012345678901234567890123456789012345678901234567890123456789…",
	} {
		if got := clip(text); got != want {
			t.Errorf("%q: %q, not %q", text, got, want)
		}
	}
}
