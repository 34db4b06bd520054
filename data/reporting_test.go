package data

import (
	"errors"
	"testing"
)

func TestRatesAreReadWithPointAndComma(t *testing.T) {
	for text, want := range map[string]string{
		"7,25": "7.25", "7.25": "7.25", " 0,145 ": "0.145", "7.250": "7.25", "1.234": "1.234", "150": "150", "007,5": "7.5", "７": "7", "7，25": "7.25", "0.00001": "0.00001",
		"1,234": "", "1,234.5": "", "0": "", "-2": "", "": "", "7.": "", ",5": "", "1e3": "", "7 25": "", "12345678901": "",
	} {
		got, err := ParseRate(text)
		if got != want || (err == nil) != (want != "") || err != nil && !errors.Is(err, ErrInvalid) {
			t.Errorf("%q gives %q (%v), want %q", text, got, err, want)
		}
	}
}

func FuzzParseRate(f *testing.F) {
	for _, s := range []string{"7,25", "1,234", "0", "９"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		value, err := ParseRate(text)
		if err != nil {
			return
		}
		if again, err := ParseRate(value); err != nil || again != value {
			t.Errorf("%q gives %q, which gives %q (%v)", text, value, again, err)
		}
		if _, ok := (Rate{"EUR", "USD", "2026-01-01", value}).Convert(Money{100, "EUR"}); !ok {
			t.Errorf("%q gives %q, which converts nothing", text, value)
		}
	})
}

func TestConvertRoundsHalvesAwayFromZero(t *testing.T) {
	for _, c := range []struct {
		rate Rate
		from Money
		want int64
	}{
		{Rate{"EUR", "USD", "", "1.1"}, Money{1005, "EUR"}, 1106}, // 11.055
		{Rate{"EUR", "USD", "", "1.1"}, Money{-1005, "EUR"}, -1106},
		{Rate{"JPY", "USD", "", "0.0065"}, Money{1000, "JPY"}, 650}, // yen have no minor unit
		{Rate{"USD", "JPY", "", "153.5"}, Money{101, "USD"}, 155},   // 155.035
		{Rate{"KWD", "USD", "", "3.25"}, Money{1500, "KWD"}, 488},   // 1.500 dinars: 4.875
	} {
		if got, ok := c.rate.Convert(c.from); !ok || got != (Money{c.want, c.rate.Target}) {
			t.Errorf("%s at %s is %v (%v), want %d", c.from, c.rate.Value, got, ok, c.want)
		}
	}
	if _, ok := (Rate{"EUR", "USD", "", "1"}).Convert(Money{1, "GBP"}); ok {
		t.Error("pounds were converted at the rate of euros")
	}
}
