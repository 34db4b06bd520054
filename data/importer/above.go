package importer

// noteCurrency remembers the currency of a row for those below it that name
// none, where the preset says so.
func (l *plan) noteCurrency(rec *record) {
	if !l.preset.CurrencyAbove {
		return
	}
	if text := clean(rec.cell(l.currency), false); !nothing(text) {
		l.above = text
	}
}

// currencyCell is what a row, or one above it, says of the currency.
func (l *plan) currencyCell(rec *record) string {
	if text := clean(rec.cell(l.currency), false); !nothing(text) {
		return text
	}
	return l.above
}
