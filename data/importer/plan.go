package importer

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/pack"
)

// plan is a preset applied to one header: which column feeds what.
type plan struct {
	preset *Preset
	shop   data.Shop
	head   header
	zone   *time.Location

	texts   []textColumn
	dates   []dateColumn
	amounts []amountColumn
	sums    []sumColumn
	extras  []extraColumn
	costs   []int // columns of a list of costs that hold sums

	number, currency, dayTime, rowZone, reference     int
	lastName, quantity, price                         int
	itemID, itemSKU, itemTitle, itemVariation         int
	items, carrier, service, tracking, parcels        int
	lineID, promised                                  int
	stars, text, id, language, direction              int
	author, channel, handle, reply, at, ordered, paid int
	translation, transLang, translator                int

	rules    []rowRule
	statuses []statusRule
	payments []paymentRule
	fates    []fateRule
	fateAt   []int // columns whose words say what became of an order
	footers  []*regexp.Regexp
	numberIn *regexp.Regexp // nil: a cell of a number holds nothing else
	decimal  form           // formPoint, formComma, or formAmbiguous while it is not known
	assumed  bool           // the preset alone says so: neither a person nor the file
	short    bool           // short rows are whole
	date04   bool           // of sheets
	months   map[string]string
	days     dateOrder
	symbols  map[string]string
	stateAt  int // column of FieldStatus
	shopsAt  int // column of Preset.Shops
	minor    MinorUnits
	above    string // currency of the rows above, see Preset.CurrencyAbove
	cases    casePlan
}

type textColumn struct {
	i   int
	id  bool // an identifier: a leading apostrophe is a spreadsheet's
	set func(*data.Order) *string
}

type dateColumn struct {
	i     int
	field Field
	read  *dateReader
	loose bool // the cell may hold something else
	set   func(*data.Order) *time.Time
}

type amountColumn struct {
	i     int
	total bool
	back  bool // it went back: some platforms write that below zero
	left  bool // it is what is left of the total after refunds
	set   func(*data.Order) *data.Money
}

type sumColumn struct {
	i        int
	negative bool
}

type extraColumn struct {
	i    int
	name string
}

type rowRule struct {
	RowRule
	i     int
	words map[string]bool
	not   map[string]bool
	parts []string
}

type statusRule struct {
	i      int
	words  map[string]bool
	begins []string
	filled bool
	empty  bool
	is     data.OrderStatus
}

// orderText is a field of an order that is text.
type orderText struct {
	field Field
	id    bool
	set   func(*data.Order) *string
}

var orderTexts = []orderText{
	{FieldPaymentMethod, false, func(o *data.Order) *string { return &o.PaymentMethod }},
	{FieldPaymentRef, true, func(o *data.Order) *string { return &o.PaymentRef }},
	{FieldBuyerHandle, true, func(o *data.Order) *string { return &o.Buyer.Handle }},
	{FieldBuyerName, false, func(o *data.Order) *string { return &o.Buyer.Name }},
	{FieldBuyerEmail, false, func(o *data.Order) *string { return &o.Buyer.Email }},
	{FieldBuyerPhone, true, func(o *data.Order) *string { return &o.Buyer.Phone }},
	{FieldBuyerCountry, false, func(o *data.Order) *string { return &o.Buyer.Country }},
	{FieldLanguage, false, func(o *data.Order) *string { return &o.Buyer.Language }},
	{FieldBuyerNote, false, func(o *data.Order) *string { return &o.BuyerNote }},
	{FieldSellerNote, false, func(o *data.Order) *string { return &o.SellerNote }},
	{FieldShipName, false, func(o *data.Order) *string { return &o.ShipTo.Name }},
	{FieldShipLine1, false, func(o *data.Order) *string { return &o.ShipTo.Line1 }},
	{FieldShipLine2, false, func(o *data.Order) *string { return &o.ShipTo.Line2 }},
	{FieldShipLine3, false, func(o *data.Order) *string { return &o.ShipTo.Line3 }},
	{FieldShipCity, false, func(o *data.Order) *string { return &o.ShipTo.City }},
	{FieldShipState, false, func(o *data.Order) *string { return &o.ShipTo.State }},
	{FieldShipPostcode, true, func(o *data.Order) *string { return &o.ShipTo.Postcode }},
	{FieldShipCountry, false, func(o *data.Order) *string { return &o.ShipTo.Country }},
	{FieldShipPhone, true, func(o *data.Order) *string { return &o.ShipTo.Phone }},
}

type orderDate struct {
	field Field
	set   func(*data.Order) *time.Time
}

var orderDates = []orderDate{
	{FieldOrderedAt, func(o *data.Order) *time.Time { return &o.OrderedAt }},
	{FieldPaidAt, func(o *data.Order) *time.Time { return &o.PaidAt }},
	{FieldShipBy, func(o *data.Order) *time.Time { return &o.ShipBy }},
	{FieldShippedAt, func(o *data.Order) *time.Time { return &o.ShippedAt }},
	{FieldDeliveredAt, func(o *data.Order) *time.Time { return &o.DeliveredAt }},
	{FieldDeliverBy, func(o *data.Order) *time.Time { return &o.DeliverBy }},
	{FieldSourceTime, func(o *data.Order) *time.Time { return &o.SourceTime }},
	{FieldCanceledAt, func(o *data.Order) *time.Time { return &o.Fate.CanceledAt }},
	{FieldConfirmedAt, func(o *data.Order) *time.Time { return &o.Fate.ConfirmedAt }},
	{FieldTrackingToldAt, func(o *data.Order) *time.Time { return &o.Fate.TrackingToldAt }},
}

var orderAmounts = []struct {
	field Field
	set   func(*data.Order) *data.Money
}{
	{FieldTotal, func(o *data.Order) *data.Money { return &o.Total }},
	{FieldShipping, func(o *data.Order) *data.Money { return &o.Shipping }},
	{FieldRefunded, func(o *data.Order) *data.Money { return &o.Refunded }},
	{FieldLeft, func(o *data.Order) *data.Money { return &o.Refunded }}, // behind the total, from which it is taken
}

// newPlan applies a preset to a header. A required header that is missing is a
// Problem.
func newPlan(file string, h header, opt Options, p *Preset) (*plan, error) {
	if lacks := h.lacks(p); lacks != "" {
		return nil, problemMissing.New("file", file, "header", lacks, "preset", p.Title)
	}
	if names := h.lacksMoney(p); len(names) > 0 {
		return nil, problemNoMoney.New("file", file, "preset", p.Title, "headers", strings.Join(names, ", "))
	}
	l := &plan{preset: p, shop: opt.Shop, head: h, zone: opt.Shop.Location(), short: p.ShortRows, symbols: p.Symbols}
	if p.Zone != "" {
		zone, err := time.LoadLocation(p.Zone)
		if err != nil {
			return nil, pack.Fault(p.ID, "zone: "+err.Error())
		}
		l.zone = zone
	}
	l.setForms(opt)
	l.setColumns()
	l.setOrderColumns()
	l.setCaseColumns()
	return l, l.setRules()
}

// setForms says how numbers and dates are read, as far as it is known.
func (l *plan) setForms(opt Options) {
	decimal, first := l.preset.Decimal, l.preset.DayFirst
	l.assumed = true
	if opt.Decimal != "" && opt.Decimal != DecimalAuto {
		decimal, l.assumed = opt.Decimal, false
	}
	if opt.DayFirst != "" && opt.DayFirst != DayFirstAuto {
		first = opt.DayFirst
	}
	l.minor = orElseMinor(opt.MinorUnits, l.preset.MinorUnits)
	l.decimal = formAmbiguous
	switch decimal {
	case DecimalPoint:
		l.decimal = formPoint
	case DecimalComma:
		l.decimal = formComma
	}
	switch first {
	case DayFirstYes:
		l.days = dayFirst
	case DayFirstNo:
		l.days = monthFirst
	}
	if len(l.preset.Months) > 0 {
		l.months = map[string]string{}
		for word, month := range l.preset.Months {
			l.months[strings.ToLower(word)] = month
		}
	}
}

func (l *plan) column(f Field) int { return l.head.findAny(l.preset.Columns[f]) }

func (l *plan) setColumns() {
	for f, to := range map[Field]*int{
		FieldNumber: &l.number, FieldCurrency: &l.currency, FieldOrderedTime: &l.dayTime, FieldZone: &l.rowZone,
		FieldReference: &l.reference, FieldBuyerLastName: &l.lastName, FieldItemQuantity: &l.quantity, FieldItemPrice: &l.price,
		FieldItemID: &l.itemID, FieldItemSKU: &l.itemSKU, FieldItemTitle: &l.itemTitle, FieldItemVariation: &l.itemVariation,
		FieldItems: &l.items, FieldCarrier: &l.carrier, FieldService: &l.service, FieldTracking: &l.tracking, FieldLineID: &l.lineID,
		FieldParcels: &l.parcels, FieldPromisedAt: &l.promised, FieldStars: &l.stars, FieldText: &l.text, FieldID: &l.id, FieldLanguage: &l.language,
		FieldDirection: &l.direction, FieldAuthor: &l.author, FieldChannel: &l.channel, FieldTranslation: &l.translation, FieldTranslationLang: &l.transLang,
		FieldTranslator: &l.translator, FieldBuyerHandle: &l.handle,
		FieldReply: &l.reply, FieldAt: &l.at, FieldStatus: &l.stateAt, FieldOrderedAt: &l.ordered, FieldPaidAt: &l.paid,
	} {
		*to = l.column(f)
	}
}

func (l *plan) setOrderColumns() {
	used := map[int]bool{}
	for f := range l.preset.Columns {
		used[l.column(f)] = true
	}
	for _, t := range slices.Concat(orderTexts, paymentTexts) {
		if i := l.column(t.field); i >= 0 {
			l.texts = append(l.texts, textColumn{i, t.id, t.set})
		}
	}
	for _, d := range orderDates {
		if i := l.column(d.field); i >= 0 {
			loose := slices.Contains(l.preset.Loose, d.field)
			l.dates = append(l.dates, dateColumn{i, d.field, l.newDates(), loose, d.set})
		}
	}
	for _, a := range orderAmounts {
		if i := l.column(a.field); i >= 0 {
			l.amounts = append(l.amounts, amountColumn{i, a.field == FieldTotal, a.field == FieldRefunded, a.field == FieldLeft, a.set})
		}
	}
	for _, s := range l.preset.TotalSum {
		name, negative := strings.CutPrefix(s, "-")
		if i := l.head.find(name); i >= 0 {
			l.sums = append(l.sums, sumColumn{i, negative})
		}
	}
	if l.preset.Target == TargetCosts {
		for _, c := range costFields {
			if i := l.column(c.field); i >= 0 {
				l.costs = append(l.costs, i)
			}
		}
	}
	names := map[string]int{}
	for i, name := range l.head.names {
		if used[i] || normal(name) == "" {
			continue
		}
		if names[name]++; names[name] > 1 {
			name = fmt.Sprintf("%s (%d)", name, names[name])
		}
		l.extras = append(l.extras, extraColumn{i, name})
	}
}

func (l *plan) newDates() *dateReader {
	return &dateReader{layouts: l.preset.Dates, months: l.months, zone: l.zone}
}

func (l *plan) setRules() error {
	for _, r := range l.preset.Rows {
		if i := l.head.find(r.Header); i >= 0 {
			c := rowRule{RowRule: r, i: i, words: wordSet(r.Words), not: wordSet(r.Not)}
			for _, part := range r.Contains {
				c.parts = append(c.parts, strings.ToLower(part))
			}
			l.rules = append(l.rules, c)
		}
	}
	for _, r := range l.preset.Status {
		if i := l.head.find(r.Header); i >= 0 {
			c := statusRule{i: i, words: statusWords(r.Words), filled: r.Filled, empty: r.Empty, is: r.Is}
			for _, w := range r.Begins {
				c.begins = append(c.begins, statusKey(w))
			}
			l.statuses = append(l.statuses, c)
		}
	}
	l.setPayments()
	l.setFates()
	if l.shopsAt = -1; l.preset.Shops != "" {
		l.shopsAt = l.head.find(l.preset.Shops)
	}
	for _, pattern := range l.preset.Footer {
		re, err := regexp.Compile(pattern)
		if err != nil {
			return pack.Fault(l.preset.ID, "footer: "+err.Error())
		}
		l.footers = append(l.footers, re)
	}
	return l.setNumbers()
}

func statusWords(words []string) map[string]bool {
	set := make(map[string]bool, len(words))
	for _, w := range words {
		set[statusKey(w)] = true
	}
	return set
}

func wordSet(words []string) map[string]bool {
	set := make(map[string]bool, len(words))
	for _, w := range words {
		set[strings.ToLower(strings.TrimSpace(w))] = true
	}
	return set
}

// name is the header of a column, for messages.
func (l *plan) name(i int) string {
	if i < 0 || i >= len(l.head.names) {
		return ""
	}
	return strings.Join(strings.Fields(l.head.names[i]), " ")
}

// clean trims a cell and takes off what spreadsheets put around text:
// ="0123", and before identifiers an apostrophe.
func clean(text string, id bool) string {
	text = strings.TrimSpace(text)
	if len(text) > 3 && text[0] == '=' && text[1] == '"' && text[len(text)-1] == '"' {
		text = text[2 : len(text)-1]
	}
	if id && len(text) > 1 && text[0] == '\'' {
		text = strings.TrimSpace(text[1:])
	}
	return text
}

// value is clean, without the dashes that stand for nothing.
func value(text string, id bool) string {
	switch text = clean(text, id); text {
	case "-", "--", "—":
		return ""
	}
	return text
}
