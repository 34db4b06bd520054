package importer

import (
	"strings"

	"casebinder/data"
)

// rowAmount is an amount of a row before its currency is known.
type rowAmount struct {
	amount
	i     int
	text  string
	exact bool // a sheet's number: the point is before the decimals
}

// amountAt reads the amount of a column. ok is false when the cell is empty.
func (l *plan) amountAt(rec *record, i int) (a rowAmount, ok bool, bad *data.Problem) {
	text := clean(rec.cell(i), false)
	if i < 0 || nothing(text) {
		return a, false, nil
	}
	parts, fine := splitAmount(text)
	if !fine || scientific(text) {
		return a, false, problemBadAmount.New("value", text, "header", l.name(i))
	}
	return rowAmount{parts, i, text, rec.kind(i) == kindNumber}, true, nil
}

// currencyOf finds the currency of an amount: its own sign, else the row's,
// else the preset's, else the shop's. "" without a problem: there is none.
func (l *plan) currencyOf(a rowAmount, row string) (string, *data.Problem) {
	if a.unit == "" {
		for _, c := range []string{row, l.preset.Currency, l.shop.Currency} {
			if c != "" {
				return c, nil
			}
		}
		return "", nil
	}
	code, many := l.symbol(a.unit, row)
	switch {
	case many:
		return "", problemWhichCurrency.New("symbol", a.unit, "header", l.name(a.i))
	case code == "":
		return "", problemBadAmount.New("value", a.text, "header", l.name(a.i))
	}
	return code, nil
}

// money gives an amount in its currency.
func (l *plan) money(a rowAmount, currency string) (data.Money, *data.Problem) {
	exp := data.CurrencyExponent(currency)
	whole := l.minor == MinorUnitsYes
	if whole {
		exp = 0
	}
	f, ok := l.decimalForm(a, exp)
	if !ok || whole && a.written() != formPlain {
		return data.Money{}, problemBadAmount.New("value", a.text, "header", l.name(a.i))
	}
	n, ok := minor(a.digits, f, exp)
	if !ok {
		return data.Money{}, problemBadAmount.New("value", a.text, "header", l.name(a.i))
	}
	if a.negative {
		n = -n
	}
	return data.Money{Minor: n, Currency: currency}, nil
}

// decimalForm decides which sign of an amount stands before its decimals, in a
// currency that has so many of them.
func (l *plan) decimalForm(a rowAmount, exp int) (f form, ok bool) {
	f = a.written()
	switch {
	case a.exact, f == formPlain:
		return formPoint, true
	case f == formAmbiguous && l.assumed && l.decimal == formOfSign(a.digits) && exp < 3:
		// "45.000" where a preset says that the point stands before decimals, of which
		// the currency has two: somebody grouped the thousands. Without any it can but group.
		return otherForm(l.decimal), exp <= 0
	case f == formAmbiguous && l.decimal != formAmbiguous:
		return l.decimal, true
	case f == formAmbiguous && exp == 0: // no decimals: the sign groups
		return otherForm(formOfSign(a.digits)), true
	}
	return f, f != formAmbiguous && f != formBad && (l.decimal == formAmbiguous || f == l.decimal)
}

// formOfSign is the form in which the one sign among digits stands before
// decimals.
func formOfSign(digits string) form {
	if strings.Contains(digits, ".") {
		return formPoint
	}
	return formComma
}

func otherForm(f form) form {
	if f == formPoint {
		return formComma
	}
	return formPoint
}

// rowCurrency is what a row says of its currency: its column, else what its
// order is in, else the first amount with a sign.
func (l *plan) rowCurrency(rec *record, known string, amounts []rowAmount) (string, *data.Problem) {
	if text := l.currencyCell(rec); text != "" {
		code, many := l.symbol(strings.ReplaceAll(text, " ", ""), known)
		if upper := strings.ToUpper(text); data.IsCurrency(upper) { // a column of currencies holds codes, however they are written
			code, many = upper, false
		}
		if many || code == "" {
			return "", problemWhichCurrency.New("symbol", text, "header", l.name(l.currency))
		}
		return code, nil
	}
	if known != "" {
		return known, nil
	}
	for _, a := range amounts {
		if a.unit != "" {
			return l.currencyOf(a, "")
		}
	}
	return "", nil
}
