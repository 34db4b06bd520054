package data

import (
	"fmt"
	"strconv"
	"strings"
)

// Money is an amount in the minor unit of its currency: 4599 USD is $45.99,
// 4599 JPY is 4,599 yen. The zero value means "no amount known".
type Money struct {
	Minor    int64  `json:"minor"`
	Currency string `json:"currency"` // ISO 4217, upper case; "" when unknown
}

// IsZero reports whether no amount is known.
func (m Money) IsZero() bool { return m == Money{} }

// Decimal writes the amount with a point and the currency's digits, without
// the currency: "45.99", "-0.50", "4599". It is the form for files.
func (m Money) Decimal() string {
	exp := CurrencyExponent(m.Currency)
	digits := strconv.FormatInt(m.Minor, 10)
	sign := ""
	if strings.HasPrefix(digits, "-") {
		sign, digits = "-", digits[1:]
	}
	if exp == 0 {
		return sign + digits
	}
	if len(digits) <= exp {
		digits = strings.Repeat("0", exp+1-len(digits)) + digits
	}
	return sign + digits[:len(digits)-exp] + "." + digits[len(digits)-exp:]
}

// String writes the currency and the amount: "USD 45.99". It is "" when no
// amount is known.
func (m Money) String() string {
	if m.IsZero() {
		return ""
	}
	if m.Currency == "" {
		return m.Decimal()
	}
	return m.Currency + " " + m.Decimal()
}

// Add sums two amounts of one currency. Adding the zero Money changes nothing.
// Two currencies give an error of kind ErrInvalid.
func (m Money) Add(other Money) (Money, error) {
	switch {
	case m.IsZero():
		return other, nil
	case other.IsZero():
		return m, nil
	case m.Currency != other.Currency:
		return Money{}, fmt.Errorf("adding %s to %s: %w", other, m, ErrInvalid)
	}
	return Money{Minor: m.Minor + other.Minor, Currency: m.Currency}, nil
}

var problemAmount = DefineProblem("amount", ErrInvalid,
	"“{value}” is not an amount of money.",
	"Write digits with at most {digits} decimals, such as 12.50, and the currency as three letters.")

// ParseDecimal reads digits with at most one decimal point ("12.5", "-3",
// "1234.50") as an amount of the currency. It reads the form that files and
// scripts use; the importer reads what platforms write. More decimals than
// the currency has, an unknown form or a number over 15 digits is a Problem.
func ParseDecimal(text, currency string) (Money, error) {
	currency = strings.ToUpper(strings.TrimSpace(currency))
	exp := CurrencyExponent(currency)
	bad := problemAmount.New("value", text, "digits", exp)
	if !IsCurrency(currency) {
		return Money{}, bad
	}
	body := Typed(text)
	negative := strings.HasPrefix(body, "-")
	body = strings.TrimPrefix(body, "-")
	whole, fraction, _ := strings.Cut(body, ".")
	if whole == "" || len(whole) > 15 || len(fraction) > exp || !allDigits(whole) || !allDigits(fraction) {
		return Money{}, bad
	}
	minor, err := strconv.ParseInt(whole+fraction+strings.Repeat("0", exp-len(fraction)), 10, 64)
	if err != nil {
		return Money{}, bad
	}
	if negative {
		minor = -minor
	}
	return Money{Minor: minor, Currency: currency}, nil
}

func allDigits(s string) bool {
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}
