package importer

import (
	"slices"
	"strconv"
	"strings"

	"casebinder/data"
)

// orderState is where an order stands by what its rows say.
type orderState struct {
	is   data.OrderStatus // "": no row says it
	word string           // the platform's
}

// join takes what one more row says; the order of rows does not matter.
func (s orderState) join(other orderState) orderState {
	switch {
	case !s.is.Nearer(other.is) && !other.is.Nearer(s.is):
		if s.word == "" || other.word != "" && other.word < s.word {
			s.word = other.word
		}
		return s
	case other.is.Nearer(s.is):
		if other.word == "" {
			other.word = s.word
		}
		return other
	}
	if s.word == "" {
		s.word = other.word
	}
	return s
}

// addStatus takes what a row says of where the order stands.
func (r *orderReader) addStatus(o *openOrder, rec *record) data.OrderStatus {
	word := value(rec.cell(r.stateAt), false)
	is, known := r.status(rec)
	if word != "" && !r.statusWord(word) {
		r.tallyDoubt("status|"+strings.ToLower(word), rowRef{rec.line, rec.text}, problemDoubtStatus.New("value", shorten(word), "header", r.name(r.stateAt)))
		if !known || is == data.StatusToShip { // what nobody understands is never to be shipped
			is = data.StatusUnknown
		}
	}
	o.status = o.status.join(orderState{is, word})
	return is
}

// takeStatus gives an order what its rows say together.
func (r *orderReader) takeStatus(o *openOrder) {
	o.order.Status, o.order.PlatformStatus = o.status.is, o.status.word
}

// status gives what the first rule that fits says: "" where it leaves that to
// the dates. known is false when no rule fits.
func (l *plan) status(rec *record) (is data.OrderStatus, known bool) {
	for i := range l.statuses {
		r := &l.statuses[i]
		text := clean(rec.cell(r.i), false)
		if nothing(text) {
			if r.empty {
				return r.is, true
			}
			continue
		}
		if r.fits(statusKey(text)) {
			return r.is, true
		}
	}
	return "", false
}

func (r *statusRule) fits(key string) bool {
	return r.filled || r.words[key] || slices.ContainsFunc(r.begins, func(b string) bool { return strings.HasPrefix(key, b) })
}

// noteShop keeps the accounts that orders were sold from.
func (r *orderReader) noteShop(rec *record) {
	if r.shopsAt < 0 || len(r.shops) > mostShops {
		return
	}
	if name := value(rec.cell(r.shopsAt), false); name != "" && !slices.Contains(r.shops, name) {
		r.shops = append(r.shops, name)
	}
}

// mostShops is how many accounts of a file are named.
const mostShops = 10

// doubtShops tells of a file with the orders of several accounts.
func (r *orderReader) doubtShops() error {
	if len(r.shops) < 2 {
		return nil
	}
	names := r.shops
	if len(names) > mostShops {
		names = append(slices.Clone(names[:mostShops]), "…")
	}
	return r.doubt(0, "", problemDoubtShops.New("header", r.name(r.shopsAt), "shops", strings.Join(names, ", "), "shop", r.shop.Name))
}

// statusWord reports whether a rule knows a word of the status column.
func (l *plan) statusWord(word string) bool {
	key := statusKey(word)
	for i := range l.statuses {
		if r := &l.statuses[i]; r.i == l.stateAt && r.fits(key) {
			return true
		}
	}
	return false
}

// statusKey is a word of a status as it is compared.
func statusKey(word string) string { return strings.Join(strings.Fields(strings.ToLower(word)), " ") }

// canceledHeaders are the columns whose date says that an order was canceled, in
// tables that no preset knows.
const canceledHeaders = "Cancelled Time|Canceled Time|Cancelled At|Canceled At|Cancelled Date|Canceled Date|Cancelled On|Canceled On|" +
	"Cancel Time|Cancellation Time|Cancellation Date|Date Cancelled|Date Canceled|取消时间|取消時間|取消日期|取消日|Stornodatum|Storniert am|" +
	"Date d'annulation|Fecha de cancelación|Data annullamento|Waktu Pembatalan"

// commonStatus makes the rules for the status column of a table that no preset
// knows: words that mean one thing at every platform with a built-in preset.
func commonStatus(header string) ([]StatusRule, error) {
	presets, err := BuiltIn()
	if err != nil {
		return nil, err
	}
	rules := []StatusRule{{Header: canceledHeaders, Filled: true, Is: data.StatusCanceled}}
	if header == "" {
		return rules, nil
	}
	words := map[string]data.OrderStatus{}
	for _, p := range presets {
		if p.Target != TargetOrders || p.Platform == data.PayPal || p.Platform == "" { // whose words are of payments, or of no platform
			continue
		}
		for _, rule := range p.Status {
			for _, w := range rule.Words {
				if is, taken := words[statusKey(w)]; taken && is != rule.Is {
					words[statusKey(w)] = ""
				} else if !taken {
					words[statusKey(w)] = rule.Is
				}
			}
		}
	}
	for _, is := range data.OrderStatuses() {
		rule := StatusRule{Header: header, Is: is}
		for w, of := range words {
			if of == is {
				rule.Words = append(rule.Words, w)
			}
		}
		if slices.Sort(rule.Words); len(rule.Words) > 0 {
			rules = append(rules, rule)
		}
	}
	return rules, nil
}

// tally counts the rows that share one doubt.
type tally struct {
	row   rowRef
	why   *data.Problem
	count int
}

const mostTallies = 1000

// tallyDoubt counts a doubt that many rows may share; it is told once, at the end.
func (r *orderReader) tallyDoubt(key string, row rowRef, why *data.Problem) {
	t := r.tallies[key]
	if t == nil {
		if len(r.tallies) >= mostTallies {
			return
		}
		t = &tally{row: row, why: why}
		r.tallies[key] = t
	}
	t.count++
}

func (r *orderReader) giveTallies() error {
	all := make([]*tally, 0, len(r.tallies))
	for _, t := range r.tallies {
		all = append(all, t)
	}
	slices.SortFunc(all, func(a, b *tally) int { return a.row.line - b.row.line })
	for _, t := range all {
		t.why.Args["count"] = strconv.Itoa(t.count)
		if err := r.doubt(t.row.line, t.row.text, t.why); err != nil {
			return err
		}
	}
	return nil
}
