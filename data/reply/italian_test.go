package reply

import "testing"

func TestItalianDaysAreElided(t *testing.T) {
	for _, test := range []struct{ lang, text, want string }{
		{"it", "entro il 8 dicembre 2026", "entro l'8 dicembre 2026"},
		{"it", "Il 11 luglio è partito", "L'11 luglio è partito"},
		{"it", "fino al 11/07/2026 compreso, dal 8 al 18 luglio", "fino all'11/07/2026 compreso, dal 8 al 18 luglio"},
		{"it", "dal 8 luglio al 8 agosto", "dall'8 luglio all'8 agosto"},
		{"it", "ordine del 8 marzo", "ordine dell'8 marzo"},
		{"it-CH", "il 8 marzo", "l'8 marzo"},
		{"it", "il 18 marzo, il 1 aprile, il 8 pezzi", "il 18 marzo, il 1 aprile, il 8 pezzi"},
		{"es", "del 8 de julio, al 8 marzo", "del 8 de julio, al 8 marzo"},
	} {
		if got := elided(test.text, test.lang); got != test.want {
			t.Errorf("%s %q = %q, want %q", test.lang, test.text, got, test.want)
		}
	}
}
