package payways

import (
	"testing"

	"casebinder/gui/guitest"
	"casebinder/gui/words"
)

// Ways to pay of the country stand with their sources, the order's own is named, and a
// country without parcels says so, in each language.
func TestWaysToPayStandBesideCarriers(t *testing.T) {
	b, d := guitest.Real(t)
	defer words.Set(words.English)
	for _, language := range words.Languages() {
		words.Set(language)
		Open(b.Env, d, "BR", "Boleto bancário")
		b.Shows(t, words.T("payways.paid", "paid", "Boleto bancário", "name", "Boleto"), words.T("payways.ship.none"), words.T("payways.pay"))
		b.NoKeysOf(t, "payways")
		for b.UI.Escape() {
			continue
		}
	}
	words.Set(words.English)
	Open(b.Env, d, "JP", "Konbini")
	b.Shows(t, words.T("payways.paid.unknown", "paid", "Konbini"))
}
