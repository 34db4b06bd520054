package importer

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
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

	number, currency, dayTime, rowZone, reference     int
	lastName, quantity, price                         int
	itemID, itemSKU, itemTitle, itemVariation         int
	items, carrier, service, tracking, parcels        int
	lineID                                            int
	stars, text, id, language, direction              int
	author, channel, handle, reply, at, ordered, paid int

	rules    []rowRule
	statuses []statusRule
	footers  []*regexp.Regexp
	decimal  form // formPoint, formComma, or formAmbiguous while it is not known
	short    bool // short rows are whole
	date04   bool // of sheets
	months   map[string]string
	days     dateOrder
	symbols  map[string]string
	stateAt  int // column of FieldStatus
	minor    MinorUnits
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
	i   int
	set func(*data.Order) *data.Money
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
	parts []string
}

type statusRule struct {
	i      int
	words  map[string]bool
	filled bool
	is     data.OrderStatus
}

var orderTexts = []struct {
	field Field
	id    bool
	set   func(*data.Order) *string
}{
	{FieldPaymentMethod, false, func(o *data.Order) *string { return &o.PaymentMethod }},
	{FieldPaymentRef, true, func(o *data.Order) *string { return &o.PaymentRef }},
	{FieldBuyerHandle, true, func(o *data.Order) *string { return &o.Buyer.Handle }},
	{FieldBuyerName, false, func(o *data.Order) *string { return &o.Buyer.Name }},
	{FieldBuyerEmail, false, func(o *data.Order) *string { return &o.Buyer.Email }},
	{FieldBuyerPhone, true, func(o *data.Order) *string { return &o.Buyer.Phone }},
	{FieldBuyerCountry, false, func(o *data.Order) *string { return &o.Buyer.Country }},
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
	{FieldSourceTime, func(o *data.Order) *time.Time { return &o.SourceTime }},
}

var orderAmounts = []struct {
	field Field
	set   func(*data.Order) *data.Money
}{
	{FieldTotal, func(o *data.Order) *data.Money { return &o.Total }},
	{FieldShipping, func(o *data.Order) *data.Money { return &o.Shipping }},
	{FieldRefunded, func(o *data.Order) *data.Money { return &o.Refunded }},
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

// setForms settles how numbers and dates are read, as far as it is known.
func (l *plan) setForms(opt Options) {
	decimal, first := l.preset.Decimal, l.preset.DayFirst
	if opt.Decimal != "" && opt.Decimal != DecimalAuto {
		decimal = opt.Decimal
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
		FieldParcels: &l.parcels, FieldStars: &l.stars, FieldText: &l.text, FieldID: &l.id, FieldLanguage: &l.language,
		FieldDirection: &l.direction, FieldAuthor: &l.author, FieldChannel: &l.channel, FieldBuyerHandle: &l.handle,
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
	for _, t := range orderTexts {
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
			l.amounts = append(l.amounts, amountColumn{i, a.set})
		}
	}
	for _, s := range l.preset.TotalSum {
		name, negative := strings.CutPrefix(s, "-")
		if i := l.head.find(name); i >= 0 {
			l.sums = append(l.sums, sumColumn{i, negative})
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
			c := rowRule{RowRule: r, i: i, words: wordSet(r.Words)}
			for _, part := range r.Contains {
				c.parts = append(c.parts, strings.ToLower(part))
			}
			l.rules = append(l.rules, c)
		}
	}
	for _, r := range l.preset.Status {
		if i := l.head.find(r.Header); i >= 0 {
			l.statuses = append(l.statuses, statusRule{i, statusWords(r.Words), r.Filled, r.Is})
		}
	}
	for _, pattern := range l.preset.Footer {
		re, err := regexp.Compile(pattern)
		if err != nil {
			return pack.Fault(l.preset.ID, "footer: "+err.Error())
		}
		l.footers = append(l.footers, re)
	}
	return nil
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

// footer reports whether a row is a remark of the platform: by its first cell that
// is not empty, or by its cells as one text, since a remark may hold a comma.
func (l *plan) footer(rec *record) bool {
	if len(l.footers) == 0 {
		return false
	}
	first, whole := "", ""
	for i := 0; i < len(rec.ends) && len(whole) < 300; i++ {
		text := strings.TrimSpace(rec.cell(i))
		switch {
		case text == "":
		case first == "":
			first, whole = text, text
		default:
			whole += "," + text
		}
	}
	for _, re := range l.footers {
		if re.MatchString(first) || re.MatchString(whole) {
			return true
		}
	}
	return false
}

// sparse reports whether a row has as few cells as a remark.
func (l *plan) sparse(rec *record) bool {
	if len(rec.ends) < l.head.filled {
		return true
	}
	const most = 4
	filled, start := 0, 0
	for _, end := range rec.ends {
		if end > start {
			if filled++; filled > most {
				return false
			}
		}
		start = end + 1
	}
	return true
}

// ragged says what is wrong with the number of cells, or nil.
func (l *plan) ragged(rec *record) *data.Problem {
	columns := len(l.head.names)
	for i := columns; i < len(rec.ends); i++ {
		if strings.TrimSpace(rec.cell(i)) != "" {
			return problemManyCells.New("cells", len(rec.ends), "columns", columns)
		}
	}
	if len(rec.ends) < l.head.filled && !l.short {
		return problemFewCells.New("cells", len(rec.ends), "columns", columns)
	}
	return nil
}

// rule says what a row is, and which column says so.
func (l *plan) rule(rec *record) (RowIs, int) {
	for i := range l.rules {
		r := &l.rules[i]
		text := strings.ToLower(clean(rec.cell(r.i), false))
		if r.fits(text) {
			return r.Do, r.i
		}
	}
	return RowOrder, -1
}

func (r *rowRule) fits(text string) bool {
	if r.words[text] || r.Filled && text != "" || r.Empty && text == "" {
		return true
	}
	for _, part := range r.parts {
		if strings.Contains(text, part) {
			return true
		}
	}
	if r.Negative {
		a, ok := splitAmount(text)
		return ok && a.negative
	}
	return false
}

// orderNumber reads an order number: text, whatever it looks like. "" without
// a problem means that the cell is empty.
func (l *plan) orderNumber(rec *record, i int) (string, *data.Problem) {
	text := clean(rec.cell(i), true)
	switch {
	case text == "":
		return "", nil
	case rec.kind(i) == kindLossy:
		return "", problemRoundedNumber.New("value", text)
	case scientific(text):
		return "", problemScientific.New("value", text)
	case len(text) > 120 || strings.ContainsAny(text, "\n\r\t"):
		return "", problemLongNumber.New("header", l.name(i), "limit", 120)
	}
	return text, nil
}

// scientific reports whether text is a number such as 1.23E+17.
func scientific(text string) bool {
	e := strings.IndexAny(text, "eE")
	if e < 1 || e == len(text)-1 || len(text) > 40 {
		return false
	}
	mantissa, exponent := text[:e], strings.TrimPrefix(text[e+1:], "+")
	if strings.ContainsAny(mantissa, "eE ") || text[0] < '0' || text[0] > '9' {
		return false
	}
	signed := len(exponent) < len(text)-e-1
	if !signed && !strings.ContainsAny(mantissa, ".,") {
		return false // "12E5" may be a number that somebody made up
	}
	_, err1 := strconv.ParseFloat(strings.Replace(mantissa, ",", ".", 1), 64)
	_, err2 := strconv.ParseUint(exponent, 10, 16)
	return err1 == nil && err2 == nil
}

// date reads the date of a column; the zero time when the cell is empty.
func (l *plan) date(rec *record, i int, read *dateReader, text string) (time.Time, *data.Problem) {
	p, bad := l.when(rec, i, read, text)
	return p.time(), bad
}

// when is date with what else the text says.
func (l *plan) when(rec *record, i int, read *dateReader, text string) (parsedDate, *data.Problem) {
	if nothing(text) {
		return parsedDate{}, nil
	}
	bad := func() *data.Problem { return problemBadDate.New("value", text, "header", l.name(i)) }
	read.order, read.date04 = l.days, l.date04
	var zone *time.Location
	if name := clean(rec.cell(l.rowZone), false); l.rowZone >= 0 && name != "" {
		near, ok := read.read(text, rec.kind(i), nil)
		if !ok {
			return parsedDate{}, bad()
		}
		if zone, ok = zoneOf(name, l.zone, near.at); !ok {
			return parsedDate{}, problemBadZone.New("value", name, "header", l.name(l.rowZone))
		}
	}
	p, ok := read.read(text, rec.kind(i), zone)
	if !ok || p.ambiguous {
		return parsedDate{}, bad()
	}
	return p, nil
}

// turned doubts a time of day at which the clocks of its zone were turned.
func (l *plan) turned(p parsedDate, text string, i int) *data.Problem {
	switch p.turn {
	case turnGap:
		return problemDoubtNoHour.New("value", text, "header", l.name(i), "zone", p.zone)
	case turnTwice:
		return problemDoubtHourTwice.New("value", text, "header", l.name(i), "zone", p.zone)
	}
	return nil
}

// dateCell is the text of a date column, with its time of day where that has a
// column of its own.
func (l *plan) dateCell(rec *record, i int, field Field) string {
	text := clean(rec.cell(i), false)
	if field == FieldOrderedAt && l.dayTime >= 0 && text != "" {
		if clock := clean(rec.cell(l.dayTime), false); clock != "" {
			text += " " + clock
		}
	}
	return text
}

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
	f := a.written()
	if l.minor == MinorUnitsYes {
		if f != formPlain {
			return data.Money{}, problemBadAmount.New("value", a.text, "header", l.name(a.i))
		}
		exp = 0
	}
	switch {
	case a.exact:
		f = formPoint
	case f == formPlain:
		f = formPoint
	case f == formAmbiguous && l.decimal != formAmbiguous:
		f = l.decimal
	case f == formAmbiguous && exp == 0: // no decimals: the sign groups
		f = formPoint
		if strings.Contains(a.digits, ".") {
			f = formComma
		}
	case f == formAmbiguous || f == formBad || l.decimal != formAmbiguous && f != l.decimal:
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

// rowCurrency is what a row says of its currency: its column, else what its
// order is in, else the first amount with a sign.
func (l *plan) rowCurrency(rec *record, known string, amounts []rowAmount) (string, *data.Problem) {
	if text := clean(rec.cell(l.currency), false); l.currency >= 0 && !nothing(text) {
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
