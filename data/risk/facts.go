package risk

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"casebinder/data"
)

// Facts are what a review knows of an order.
type Facts struct {
	Order    data.Order // with its items and payment
	Classes  []string   // of goods, as the shop's own product records say; none: told from titles
	Buyer    History
	Messages []string // what the buyer wrote about the order, newest first
	Shared   []Shared // what other buyers have in common with this one
	Confirms bool     // the buyer confirmed order or address from the registered mailbox, by a person's word
	Now      time.Time
}

// History is what else the desk knows of an order's buyer.
type History struct {
	Known     bool // the order names its buyer
	Earlier   int  // orders before this one
	Good      int  // of those, delivered or completed and never disputed
	Disputes  int  // of other orders
	Reversals []Past
	Row       []Past // other orders near this one in time, newest first
	RowMore   int    // further ones that Row leaves out
}

// Past is another order of a buyer.
type Past struct {
	Number string
	At     time.Time
	Total  data.Money
	Why    string // of a reversal: the dispute's reason
}

// Shared is something that other buyers have in common with the order's buyer.
type Shared struct {
	Kind      string // email phone address ip payer
	Buyers    int    // others
	Reversals int    // of their orders
}

// kind is what sort of value a fact has.
type kind int

const (
	yesNo kind = iota
	number
	word
)

// fact is a place in the list of facts.
type fact int

// The facts that a rule may ask for, in the order of factList.
const (
	factStatus fact = iota
	factState
	factECheck
	factGoods
	factAmount
	factFirst
	factGood
	factPayerOther
	factPayerScript
	factUnregistered
	factAddress
	factAddressScript
	factAddressConfirmed
	factBilling
	factShipAddress
	factCountryListed
	factRow
	factRowAmount
	factRush
	factReversals
	factDisputes
	factShared
	factSharedReversals
	factIPAccount
	factIPShip
	factAccountShip
	factJudged
	factProtection
	factUnits
	factOddQuantity
	factCurrencies
	factLooks
	factConfirmed
	factCount
)

// factInfo is how a rule names a fact.
type factInfo struct {
	name  string
	kind  kind
	words []string // that a fact of words can be; nil: any
}

var factList = [factCount]factInfo{
	factStatus:           {"status", word, nil},
	factState:            {"payment_state", word, []string{"pending", "review", "held", "cleared", "reversed", "failed"}},
	factECheck:           {"echeck", yesNo, nil},
	factGoods:            {"goods", word, []string{GoodsHigh, GoodsLow}},
	factAmount:           {"amount", word, amountWords},
	factFirst:            {"first_purchase", yesNo, nil},
	factGood:             {"good_orders", number, nil},
	factPayerOther:       {"payer_other", yesNo, nil},
	factPayerScript:      {"payer_script", yesNo, nil},
	factUnregistered:     {"payer_unregistered", yesNo, nil},
	factAddress:          {"address", word, addressWords},
	factAddressScript:    {"address_script", yesNo, nil},
	factAddressConfirmed: {"address_confirmed", yesNo, nil},
	factBilling:          {"billing", word, addressWords},
	factShipAddress:      {"ship_to", word, []string{"whole", "parts"}},
	factCountryListed:    {"country_listed", yesNo, nil},
	factRow:              {"orders_in_a_row", number, nil},
	factRowAmount:        {"row_amount", word, amountWords},
	factRush:             {"rush", yesNo, nil},
	factReversals:        {"reversals", number, nil},
	factDisputes:         {"disputes", number, nil},
	factShared:           {"shared_marks", number, nil},
	factSharedReversals:  {"shared_reversals", number, nil},
	factIPAccount:        {"ip_other_account", yesNo, nil},
	factIPShip:           {"ip_other_ship_to", yesNo, nil},
	factAccountShip:      {"account_other_ship_to", yesNo, nil},
	factJudged:           {"platform_risk", word, []string{data.JudgedLow, data.JudgedMedium, data.JudgedHigh}},
	factProtection:       {"service_protection", word, []string{data.ProtectedWhole, data.ProtectedPartly, data.ProtectedNothing}},
	factUnits:            {"units", number, nil},
	factOddQuantity:      {"odd_quantity", yesNo, nil},
	factCurrencies:       {"currencies", number, nil},
	factLooks:            {"looks", number, nil},
	factConfirmed:        {"confirmed", yesNo, nil},
}

// FactNames lists the facts that a rule may ask for, in their order.
func FactNames() []string {
	names := make([]string, 0, factCount)
	for _, f := range factList {
		names = append(names, f.name)
	}
	return names
}

func factOf(name string) (fact, bool) {
	i := slices.IndexFunc(factList[:], func(f factInfo) bool { return f.name == name })
	return fact(i), i >= 0
}

// value is a fact of an order; the zero value is not known.
type value struct {
	known bool
	word  string
	n     int64 // of yesNo: 0 or 1
}

func yes(b bool) value {
	if b {
		return value{known: true, n: 1}
	}
	return value{known: true}
}

func count(n int) value { return value{known: true, n: int64(n)} }

// said is a word that is known unless it is empty.
func said(w string) value { return value{known: w != "", word: w} }

// measured are the facts of an order with what a finding says of them.
type measured struct {
	f      *Facts
	values [factCount]value
	args   []any // name, value pairs for the words of findings

	worded bool // the findings are read
}

// say keeps values for the words of findings, where they are read.
func (m *measured) say(pairs func() []any) {
	if m.worded {
		m.args = append(m.args, pairs()...)
	}
}

// measure works the facts of an order out.
func (r *Rules) measure(f *Facts, worded bool) *measured {
	m := &measured{f: f, worded: worded}
	o := &f.Order
	m.say(func() []any { return []any{"number", o.Number, "total", o.Total, "country", shipCountry(o)} })
	m.values[factStatus] = said(string(o.Status))
	m.values[factState], m.values[factECheck] = said(string(o.Payment.State)), yes(o.Payment.ECheck)
	m.values[factConfirmed] = yes(f.Confirms)
	m.values[factJudged], m.values[factProtection] = said(o.Payment.Risk), said(o.Payment.Protection)
	r.measureGoods(m)
	r.measureAmount(m)
	r.measureBuyer(m)
	r.measurePayer(m)
	r.measureAddress(m)
	r.measureCountries(m)
	if r.rushed(m) {
		m.values[factRush] = yes(true)
	} else if o.BuyerNote != "" || len(f.Messages) > 0 {
		m.values[factRush] = yes(false)
	}
	return m
}

func shipCountry(o *data.Order) string {
	if o.ShipTo.Country != "" {
		return strings.ToUpper(o.ShipTo.Country)
	}
	return strings.ToUpper(o.Buyer.Country)
}

func (r *Rules) measureGoods(m *measured) {
	o := &m.f.Order
	units, odd := int64(0), ""
	for i := range o.Items {
		it := &o.Items[i]
		if it.Quantity <= 0 && odd == "" {
			odd = strconv.FormatInt(it.Quantity, 10) + " × " + clip(it.Title)
		}
		if it.Quantity > 0 && units < 1<<40 {
			units += min(it.Quantity, 1<<40)
		}
	}
	if len(o.Items) > 0 {
		m.values[factUnits], m.values[factOddQuantity] = value{known: true, n: units}, yes(odd != "")
	}
	class, by := r.goodsOf(m.f)
	m.values[factGoods] = said(class)
	m.say(func() []any { return []any{"units", units, "line", odd, "goods", by} })
}

func (r *Rules) measureAmount(m *measured) {
	o := &m.f.Order
	m.values[factAmount] = said(r.size(o.Total))
	currencies := currenciesOf(o)
	if len(currencies) > 0 {
		m.values[factCurrencies] = count(len(currencies))
	}
	m.say(func() []any {
		return []any{"currencies", strings.Join(currencies, ", "), "currency", o.Total.Currency}
	})
	if a := r.amounts[o.Total.Currency]; a != nil {
		m.say(func() []any { return []any{"large", a.Large + " " + a.Currency} })
	}
}

// currenciesOf lists the currencies of an order's amounts that are not zero.
func currenciesOf(o *data.Order) (all []string) {
	add := func(amount data.Money) {
		if amount.Currency != "" && amount.Minor != 0 && !slices.Contains(all, amount.Currency) {
			all = append(all, amount.Currency)
		}
	}
	add(o.Total)
	add(o.Shipping)
	for i := range o.Items {
		add(o.Items[i].Price)
	}
	return all
}

func (r *Rules) measureBuyer(m *measured) {
	h := &m.f.Buyer
	if !h.Known {
		return
	}
	m.values[factFirst], m.values[factGood] = yes(h.Earlier == 0), count(h.Good)
	m.values[factReversals], m.values[factDisputes] = count(len(h.Reversals)), count(h.Disputes)
	row := len(h.Row) + h.RowMore
	m.values[factRow] = count(row)
	others, reversals, kinds := 0, 0, []string{}
	for _, s := range m.f.Shared {
		others, reversals = max(others, s.Buyers), max(reversals, s.Reversals)
		if s.Buyers > 0 {
			kinds = append(kinds, s.Kind)
		}
	}
	m.values[factShared], m.values[factSharedReversals] = count(others), count(reversals)
	m.say(func() []any {
		return []any{
			"earlier", h.Earlier, "good", h.Good, "disputes", h.Disputes, "reversals", len(h.Reversals), "row", row + 1,
			"others", others, "shared", strings.Join(kinds, ", "), "shared_reversals", reversals,
		}
	})
	if row > 0 {
		r.measureRow(m)
	}
}

// measureRow adds up the orders in a row. Amounts of other currencies are not
// turned into each other: the largest of the sums counts.
func (r *Rules) measureRow(m *measured) {
	sums := map[string]int64{}
	var order []string
	add := func(amount data.Money) {
		if amount.Currency == "" || amount.Minor <= 0 {
			return
		}
		if _, seen := sums[amount.Currency]; !seen {
			order = append(order, amount.Currency)
		}
		if sum := sums[amount.Currency] + amount.Minor; sum > 0 { // no overflow
			sums[amount.Currency] = sum
		}
	}
	add(m.f.Order.Total)
	for _, past := range m.f.Buyer.Row {
		add(past.Total)
	}
	size, told := "", make([]string, 0, len(order))
	for _, currency := range order {
		sum := data.Money{Minor: sums[currency], Currency: currency}
		told = append(told, sum.String())
		if s := r.size(sum); slices.Index(amountWords, s) > slices.Index(amountWords, size) {
			size = s
		}
	}
	m.values[factRowAmount] = said(size)
	m.say(func() []any { return []any{"sum", strings.Join(told, " + ")} })
}

func (r *Rules) measureCountries(m *measured) {
	p, ship := &m.f.Order.Payment, shipCountry(&m.f.Order)
	if len(r.countries) > 0 && ship != "" {
		m.values[factCountryListed] = yes(r.countries[ship])
	}
	ip, account := strings.ToUpper(p.IPCountry), strings.ToUpper(p.AccountCountry)
	differ := func(a, b string) value {
		if a == "" || b == "" {
			return value{}
		}
		return yes(a != b)
	}
	m.values[factIPAccount], m.values[factIPShip], m.values[factAccountShip] = differ(ip, account), differ(ip, ship), differ(account, ship)
	m.say(func() []any { return []any{"ip", ip, "account", account} })
}

// clip shortens a text for a finding.
func clip(s string) string {
	const most = 60
	if len(s) <= most && isASCII(s) && !strings.ContainsAny(s, "\t\n\v\f\r") && !strings.Contains(s, "  ") {
		return strings.TrimSpace(s)
	}
	runes := []rune(strings.Join(strings.Fields(s), " "))
	if len(runes) <= most {
		return string(runes)
	}
	return string(runes[:most]) + "…"
}
