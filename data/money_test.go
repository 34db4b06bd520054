package data_test

import (
	"errors"
	"testing"

	"casebinder/data"
)

func TestMoneyDecimal(t *testing.T) {
	for _, c := range []struct {
		money data.Money
		want  string
	}{
		{data.Money{Minor: 4599, Currency: "USD"}, "45.99"},
		{data.Money{Minor: -5, Currency: "EUR"}, "-0.05"},
		{data.Money{Minor: 4599, Currency: "JPY"}, "4599"},
		{data.Money{Minor: 1, Currency: "KWD"}, "0.001"},
		{data.Money{Minor: 0, Currency: "USD"}, "0.00"},
	} {
		if got := c.money.Decimal(); got != c.want {
			t.Errorf("%+v: got %s, want %s", c.money, got, c.want)
		}
	}
}

func TestParseDecimal(t *testing.T) {
	for _, c := range []struct {
		text, currency string
		want           int64
	}{
		{"12.50", "USD", 1250},
		{"12.5", "usd", 1250},
		{"-3", "EUR", -300},
		{"1234", "JPY", 1234},
		{"0.001", "KWD", 1},
		{" 7 ", "GBP", 700},
	} {
		got, err := data.ParseDecimal(c.text, c.currency)
		if err != nil || got.Minor != c.want {
			t.Errorf("%q %s: got %+v, %v, want %d", c.text, c.currency, got, err, c.want)
		}
	}
	for _, c := range [][2]string{
		{"", "USD"},
		{"12,50", "USD"},
		{"1.234", "USD"},
		{"1e3", "USD"},
		{"12.5", "JPY"},
		{"5", ""},
		{"5", "US$"},
		{"12345678901234567", "USD"},
		{"--3", "USD"},
	} {
		if got, err := data.ParseDecimal(c[0], c[1]); !errors.Is(err, data.ErrInvalid) {
			t.Errorf("%q %q: got %+v, %v, want a refusal", c[0], c[1], got, err)
		}
	}
}

func FuzzParseDecimal(f *testing.F) {
	for _, seed := range []string{"12.50", "-0.05", "", ".", "-", "99999999999999999999", "1,2"} {
		f.Add(seed, "USD")
	}
	f.Fuzz(func(t *testing.T, text, currency string) {
		money, err := data.ParseDecimal(text, currency)
		if err != nil {
			return
		}
		back, err := data.ParseDecimal(money.Decimal(), money.Currency)
		if err != nil || back != money {
			t.Errorf("%q %q reads as %+v, which reads back as %+v, %v", text, currency, money, back, err)
		}
	})
}

func TestAddRefusesTwoCurrencies(t *testing.T) {
	dollars, euros := data.Money{Minor: 100, Currency: "USD"}, data.Money{Minor: 100, Currency: "EUR"}
	if _, err := dollars.Add(euros); !errors.Is(err, data.ErrInvalid) {
		t.Errorf("adding euros to dollars: %v", err)
	}
	if sum, err := dollars.Add(dollars); err != nil || sum.Minor != 200 {
		t.Errorf("adding dollars: %+v, %v", sum, err)
	}
}

func TestUrgencyOf(t *testing.T) {
	now := at("2026-11-20T12:00:00Z")
	for due, want := range map[string]data.Urgency{
		"2026-11-20T11:59:59Z": data.UrgencyOverdue,
		"2026-11-20T12:00:00Z": data.UrgencyLastDay,
		"2026-11-21T11:59:59Z": data.UrgencyLastDay,
		"2026-11-21T12:00:00Z": data.Urgency72Hours,
		"2026-11-23T12:00:00Z": data.UrgencyWeek,
		"2026-11-27T12:00:00Z": data.UrgencyLater,
	} {
		if got := data.UrgencyOf(at(due), now); got != want {
			t.Errorf("due %s: got %s, want %s", due, got, want)
		}
	}
}

func TestProblemSaysWhatAndWhatToDo(t *testing.T) {
	_, err := data.ParseDecimal("1,5", "USD")
	problem, ok := data.AsProblem(err)
	if !ok {
		t.Fatalf("%v is no problem", err)
	}
	if want := "“1,5” is not an amount of money."; problem.What() != want {
		t.Errorf("got %q, want %q", problem.What(), want)
	}
	if want := "Write digits with at most 2 decimals, such as 12.50, and the currency as three letters."; problem.Do() != want {
		t.Errorf("got %q, want %q", problem.Do(), want)
	}
}
