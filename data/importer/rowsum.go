package importer

import (
	"regexp"
	"strings"
)

// sumWords begin a row that sums up those above it.
var sumWords = func() map[string]bool {
	all := map[string]bool{}
	for _, w := range strings.Split("total|totals|grand total|sub total|subtotal|sub-total|sum|sums|overall|overall total|order total|totals for period|"+
		"summe|gesamt|gesamtsumme|gesamtbetrag|zwischensumme|endsumme|insgesamt|total général|total general|somme|sous-total|totale|totale complessivo|"+
		"somma|totales|suma|suma total|importe total|totais|soma|totaal|totaal generaal|som|razem|łącznie|ogółem|celkem|součet|spolu|összesen|összeg|"+
		"totalt|i alt|yhteensä|summa|toplam|genel toplam|итого|всего|сумма|усього|разом|合计|总计|小计|共计|汇总|合計|總計|小計|共計|總和|総計|総合計|"+
		"합계|총계|소계|총합|jumlah|jumlah total|total keseluruhan|tổng|tổng cộng|tổng số|cộng|รวม|ยอดรวม|รวมทั้งหมด|المجموع|الإجمالي|סה\"כ|σύνολο|ukupno|skupaj|skupno|общо|вкупно|"+
		"kopā|iš viso|kokku|samtals|барлығы|مجموع|جمع کل|कुल|योग|মোট|σ|∑", "|") {
		all[w] = true
	}
	return all
}()

// behindSum is what may stand behind such a word: a colon, a count.
var behindSum = regexp.MustCompile(`[\s:：=.]*(\([^()]*\)|（[^（）]*）|\d[\d.,\s]*\p{L}*)?[\s:：=.]*$`)

func sumWord(cell string) bool {
	cell = strings.ToLower(strings.Join(strings.Fields(cell), " "))
	if len(cell) > 60 || cell == "" || cell[0] >= '0' && cell[0] <= '9' {
		return false
	}
	if sumWords[cell] {
		return true
	}
	at := behindSum.FindStringIndex(cell)
	return at != nil && sumWords[cell[:at[0]]]
}

// sumLabel finds the word by which a row sums up those above it, "" for any
// other row: in the place of the order's number, or where the row has no date of
// its order, as its first text.
func (r *orderReader) sumLabel(rec *record) string {
	if label := clean(rec.cell(r.number), true); sumWord(label) {
		return label
	}
	if r.ordered < 0 {
		return ""
	}
	day := clean(rec.cell(r.ordered), false)
	if sumWord(day) {
		return day
	}
	if !nothing(day) {
		return ""
	}
	for i := range rec.ends {
		if text := clean(rec.cell(i), false); text != "" {
			if sumWord(text) {
				return text
			}
			return ""
		}
	}
	return ""
}
