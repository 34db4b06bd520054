package data_test

import (
	"testing"

	"casebinder/data"
)

// What an input method types in full-width digits and marks is read as the plain one.
func TestFullWidthNumbersAreRead(t *testing.T) {
	if m, err := data.ParseDecimal("　１２．５０ ", "USD"); err != nil || m.Minor != 1250 {
		t.Errorf("an amount: %v, %v", m, err)
	}
	if f, err := data.ParseCostFigure("３０％", "USD"); err != nil || f.Share != 3000 {
		t.Errorf("a share: %v, %v", f, err)
	}
	for text, want := range map[string]string{"７．２５": "7.25", "７，２５": "7.25", "7。25": "7.25"} {
		if got, err := data.ParseRate(text); err != nil || got != want {
			t.Errorf("the rate %s: %q, %v", text, got, err)
		}
	}
}
