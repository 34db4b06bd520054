package importer

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"casebinder/assets"
	"casebinder/data"
	"casebinder/data/pack"
)

// A Preset says how the files of one kind are read. It is data: the built-in
// ones are assets/presets/*.toml, and a seller's own mapping is one too.
type Preset struct {
	ID         string        `toml:"id"`    // stable key, such as "ebay-orders"
	Title      string        `toml:"title"` // as a choice shows it
	Platform   data.Platform `toml:"platform,omitempty"`
	Target     Target        `toml:"target"`
	Source     string        `toml:"source,omitempty"`     // where the headers were found
	Edition    string        `toml:"edition,omitempty"`    // the date of the source
	Confidence string        `toml:"confidence,omitempty"` // "sample", "assembled", "mapping" or "own"

	// Require lists headers that a file of this kind has, Exclude those that it
	// lacks. "A|B" is either of both. Case and white space do not count.
	Require []string `toml:"require"`
	Exclude []string `toml:"exclude,omitempty"`

	Dates    []string          `toml:"dates,omitempty"`  // layouts of package time, tried before the general forms
	Months   map[string]string `toml:"months,omitempty"` // month names of another language to "Jan" ... "Dec"
	Zone     string            `toml:"zone,omitempty"`   // IANA name for times without one; "": the shop's
	DayFirst DayFirst          `toml:"day_first,omitempty"`
	Decimal  Decimal           `toml:"decimal,omitempty"`
	Currency string            `toml:"currency,omitempty"` // of amounts without one, before the shop's
	Symbols  map[string]string `toml:"symbols,omitempty"`  // what a sign of several currencies means here: "$" = "USD"

	// CurrencyAbove: a row that names no currency has that of the last row above
	// it that does.
	CurrencyAbove bool `toml:"currency_above,omitempty"`

	MinorUnits MinorUnits `toml:"minor_units,omitempty"` // of amounts without a decimal sign; "": no
	// DoubtMinor lists currencies of which it is not known whether the platform
	// counts them in hundredths: in minor units such an amount is left open.
	DoubtMinor []string `toml:"doubt_minor,omitempty"`
	// DoubtCurrency names a column with the other currency that amounts could be
	// in: where it differs from the row's, the amount is taken with a doubt.
	DoubtCurrency string `toml:"doubt_currency,omitempty"`

	Loose []Field `toml:"loose,omitempty"` // dates whose cells may hold something else, which then stays among the extras

	// NumberIn is a regular expression whose one group is the order number in a
	// cell that says more, such as "Payment for Order #123". A cell that it does
	// not fit holds no number. "": the cell is the number.
	NumberIn string `toml:"number_in,omitempty"`

	// Shops names a column with the account that an order was sold from: a file with
	// several of them is told, since all its orders go to one shop.
	Shops string `toml:"shops,omitempty"`

	Carrier string `toml:"carrier,omitempty"` // of parcels whose row names none

	Price        PriceOf  `toml:"price,omitempty"`
	TotalSum     []string `toml:"total_sum,omitempty"`    // headers whose amounts over all rows add up to the total; "-" before one takes it off, whatever its own sign
	Packed       string   `toml:"packed,omitempty"`       // form of FieldItems: "aliexpress"
	Continuation bool     `toml:"continuation,omitempty"` // a row without a number belongs to the order above it
	ShortRows    bool     `toml:"short_rows,omitempty"`   // empty cells at the end of a row may be missing

	// Sometimes lists fields, and headers of TotalSum without their sign, whose columns
	// some files of this kind never have. That such a file lacks them is told, and is
	// no doubt.
	Sometimes []Field `toml:"sometimes,omitempty"`

	Footer []string     `toml:"footer,omitempty"` // regular expressions over a row's first cell that is not empty: such a row is the platform's remark
	Rows   []RowRule    `toml:"rows,omitempty"`   // the first that fits says what a row is; none: it is taken
	Status []StatusRule `toml:"status,omitempty"` // the first that fits says the status; none: told from the dates

	Payment []PaymentRule `toml:"payment,omitempty"` // what words of columns say of the payment

	Fate []FateRule `toml:"fate,omitempty"` // what words of columns say of what became of the order

	Reasons map[data.Reason][]string `toml:"reasons,omitempty"` // the words of FieldReason
	Kinds   map[string][]string      `toml:"kinds,omitempty"`   // the words of FieldKind, by kind
	Cases   []CaseRule               `toml:"cases,omitempty"`   // what the words of other columns say of a dispute

	Stars      map[string]int            `toml:"stars,omitempty"`      // words to 1 ... 5
	Directions map[string]data.Direction `toml:"directions,omitempty"` // words to directions
	Sides      map[string]string         `toml:"sides,omitempty"`      // words of FieldSide to "received" or "given"

	// Columns lists the headers that feed a field; the first that the file has is
	// taken. "=" before one: its capitals count, since another differs in them alone.
	Columns map[Field][]string `toml:"columns"`
}

// PriceOf says what FieldItemPrice is the price of.
type PriceOf string

// What a price is of.
const (
	PriceOfUnit PriceOf = ""     // one unit
	PriceOfLine PriceOf = "line" // the line: quantity times unit
)

// A RowRule says what a row is, by a column of it.
type RowRule struct {
	Header   string   `toml:"header"`             // "A|B" is either
	Words    []string `toml:"words,omitempty"`    // the cell is one of these
	Contains []string `toml:"contains,omitempty"` // the cell holds one of these
	Not      []string `toml:"not,omitempty"`      // the cell is filled and none of these
	Filled   bool     `toml:"filled,omitempty"`   // the cell is not empty
	Empty    bool     `toml:"empty,omitempty"`    // the cell is empty
	Negative bool     `toml:"negative,omitempty"` // the cell is an amount below zero
	Do       RowIs    `toml:"do"`
}

// RowIs is what a row is.
type RowIs string

// What a row is.
const (
	RowOrder  RowIs = "take"
	RowLeave  RowIs = "leave"  // no order: listed as left out
	RowRefund RowIs = "refund" // adds to Refunded of the order that FieldReference names: an amount below zero went back to the buyer
	RowItem   RowIs = "item"   // an item of the order that FieldReference names; its amount is the line's price

	RowUnknown RowIs = "unknown" // no row that the preset knows: listed as such
)

// A StatusRule maps words of a column to a status. It is about the row: of the
// units of an order, the one that is least far says where the order stands.
type StatusRule struct {
	Header string           `toml:"header"`
	Words  []string         `toml:"words,omitempty"`
	Begins []string         `toml:"begins,omitempty"` // the cell begins so, as where a date follows
	Filled bool             `toml:"filled,omitempty"` // any word
	Empty  bool             `toml:"empty,omitempty"`  // the column is there, and the cell holds nothing
	Is     data.OrderStatus `toml:"is,omitempty"`     // "": the words are known, and the dates say the status
}

// presetKind is the form of a preset's file.
var presetKind = pack.Kind[Preset]{
	ID:    func(p *Preset) string { return p.ID },
	Check: (*Preset).check,
	Words: func(p *Preset) []string { return []string{p.Title} },
}

var builtIn = sync.OnceValues(func() ([]*Preset, error) { return presetKind.Load(assets.FS, "presets") })

// BuiltIn gives the presets that the program carries, by ID. They are shared:
// do not change them.
func BuiltIn() ([]*Preset, error) { return builtIn() }

// Texts lists the words of presets that a screen shows.
func Texts(all []*Preset) []data.Text { return presetKind.Texts(all) }

// DecodePreset reads a preset from TOML and checks it. Name is the file or
// setting that it comes from, for the message. A Problem names file, line and
// reason.
func DecodePreset(name string, text []byte) (*Preset, error) { return presetKind.Decode(name, text) }

// EncodePreset writes a preset as TOML, the same bytes each time.
func EncodePreset(p *Preset) ([]byte, error) {
	if err := presetKind.Verify(p.ID, nil, p); err != nil {
		return nil, err
	}
	return pack.Encode(p.ID, p)
}

// Clone makes a copy that can be changed.
func (p *Preset) Clone() *Preset {
	q := *p
	q.Columns = make(map[Field][]string, len(p.Columns))
	for f, headers := range p.Columns {
		q.Columns[f] = slices.Clone(headers)
	}
	q.Require, q.Exclude, q.Footer = slices.Clone(p.Require), slices.Clone(p.Exclude), slices.Clone(p.Footer)
	q.Dates, q.TotalSum = slices.Clone(p.Dates), slices.Clone(p.TotalSum)
	q.Payment, q.Fate = slices.Clone(p.Payment), slices.Clone(p.Fate)
	q.Rows, q.Status, q.Cases = slices.Clone(p.Rows), slices.Clone(p.Status), slices.Clone(p.Cases)
	return &q
}

var presetID = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,63}$`)

// check tells what is wrong with a preset.
func (p *Preset) check(r *pack.Report) {
	bad := func(field, reason string) { r.Fail(pack.Dotted(field), "%s: %s", field, reason) }
	p.checkHead(bad)
	if _, known := targetFields[p.Target]; !known {
		bad("target", "it is none of orders, disputes, feedback, messages, shipments, products, costs")
		return
	}
	p.checkColumns(bad)
	p.checkCases(bad)
	p.checkReading(bad)
	p.checkRows(bad)
	p.checkPayment(bad)
	p.checkFate(bad)
	p.checkVocabularies(bad)
}

func (p *Preset) checkHead(bad func(field, reason string)) {
	for _, c := range []struct {
		wrong         bool
		field, reason string
	}{
		{!presetID.MatchString(p.ID), "id", "it takes small letters, digits and hyphens, at most 64"},
		{strings.TrimSpace(p.Title) == "", "title", "it is empty"},
		{len(p.Require) == 0, "require", "it lists no header"},
		{p.Currency != "" && !data.IsCurrency(p.Currency), "currency", "it is not three capital letters"},
		{p.Packed != "" && p.Packed != packedAliExpress, "packed", "it is not " + packedAliExpress},
		{p.Price != PriceOfUnit && p.Price != PriceOfLine, "price", "it is not " + string(PriceOfLine)},
		{!slices.Contains([]DayFirst{"", DayFirstAuto, DayFirstYes, DayFirstNo}, p.DayFirst), "day_first", "it is none of auto, yes, no"},
		{!slices.Contains([]Decimal{"", DecimalAuto, DecimalPoint, DecimalComma}, p.Decimal), "decimal", `it is none of auto, ".", ","`},
		{!slices.Contains([]MinorUnits{"", MinorUnitsAsk, MinorUnitsYes, MinorUnitsNo}, p.MinorUnits), "minor_units", "it is none of ask, yes, no"},
	} {
		if c.wrong {
			bad(c.field, c.reason)
		}
	}
}

func (p *Preset) checkColumns(bad func(field, reason string)) {
	for _, f := range Needed(p.Target) {
		if len(p.Columns[f]) == 0 {
			bad("columns."+string(f), "a "+string(p.Target)+" preset needs it")
		}
	}
	if p.Target == TargetCosts {
		if f := wantsCosts(func(f Field) bool { return len(p.Columns[f]) > 0 }); f != "" {
			bad("columns."+string(f), "a costs preset needs it, or another that says as much")
		}
	}
	for f, headers := range p.Columns {
		if !slices.Contains(targetFields[p.Target], f) {
			bad("columns."+string(f), "there is no such field")
		}
		if slices.ContainsFunc(headers, func(h string) bool { return normal(h) == "" }) {
			bad("columns."+string(f), "a header is empty")
		}
	}
	for _, f := range p.Loose {
		if !slices.ContainsFunc(orderDates, func(d orderDate) bool { return d.field == f }) {
			bad("loose", string(f)+" is no date of an order")
		}
	}
	for _, f := range p.Sometimes {
		if len(p.Columns[f]) == 0 && !slices.Contains(p.TotalSum, string(f)) && !slices.Contains(p.TotalSum, "-"+string(f)) {
			bad("sometimes", "no column feeds "+string(f))
		}
	}
}

// checkReading checks what says how dates, amounts and footers are read.
func (p *Preset) checkReading(bad func(field, reason string)) {
	if _, err := time.LoadLocation(p.Zone); err != nil {
		bad("zone", "it is not the name of a time zone")
	}
	for symbol, code := range p.Symbols {
		if !data.IsCurrency(code) {
			bad("symbols."+symbol, "it is not three capital letters")
		}
	}
	for word, month := range p.Months {
		if _, err := time.Parse("Jan", month); err != nil {
			bad("months."+word, "it is none of Jan to Dec")
		}
	}
	for _, layout := range p.Dates {
		stamp := time.Date(2026, 11, 22, 13, 14, 15, 0, time.UTC)
		if back, err := time.Parse(layout, stamp.Format(layout)); err != nil || back.Format("060102") != "261122" {
			bad("dates", layout+" does not hold a whole date")
		}
	}
	for _, pattern := range p.Footer {
		if _, err := regexp.Compile(pattern); err != nil {
			bad("footer", err.Error())
		}
	}
	if p.NumberIn != "" {
		if re, err := regexp.Compile(p.NumberIn); err != nil {
			bad("number_in", err.Error())
		} else if re.NumSubexp() != 1 {
			bad("number_in", "it needs one group")
		}
	}
}

// checkRows checks what says what a row is, and which status an order has.
func (p *Preset) checkRows(bad func(field, reason string)) {
	for i, r := range p.Rows {
		at := fmt.Sprintf("rows.%d", i+1)
		if normal(r.Header) == "" || len(r.Words) == 0 && len(r.Contains) == 0 && len(r.Not) == 0 && !r.Filled && !r.Empty && !r.Negative {
			bad(at, "it needs a header and one of words, contains, not, filled, empty, negative")
		}
		if !slices.Contains([]RowIs{RowOrder, RowLeave, RowRefund, RowItem, RowUnknown}, r.Do) {
			bad(at+".do", "it is none of take, leave, refund, item, unknown")
		}
	}
	for i, r := range p.Status {
		at := fmt.Sprintf("status.%d", i+1)
		if !r.asks() {
			bad(at, "it needs a header and one of words, begins, filled, empty")
		}
		if r.Is != "" && !slices.Contains(data.OrderStatuses(), r.Is) {
			bad(at+".is", "there is no such status")
		}
	}
}

// asks reports whether a rule asks for something in a column.
func (r *StatusRule) asks() bool {
	emptyWord := slices.ContainsFunc(r.Begins, func(w string) bool { return statusKey(w) == "" })
	return normal(r.Header) != "" && !emptyWord && (len(r.Words) > 0 || len(r.Begins) > 0 || r.Filled || r.Empty)
}

// checkVocabularies checks what words of a feedback or message file stand for.
func (p *Preset) checkVocabularies(bad func(field, reason string)) {
	for word, n := range p.Stars {
		if n < 1 || n > 5 {
			bad("stars."+word, "stars go from 1 to 5")
		}
	}
	for word, side := range p.Sides {
		if side != received && side != given {
			bad("sides."+word, "it is none of received, given")
		}
	}
	for word, d := range p.Directions {
		if !slices.Contains([]data.Direction{data.FromBuyer, data.ToBuyer, data.FromPlatform}, d) {
			bad("directions."+word, "it is none of in, out, platform")
		}
	}
}

// normal is a header as it is compared: without case, white space, a byte
// order mark, and with full-width signs made plain.
func normal(header string) string {
	var b strings.Builder
	for _, r := range header {
		switch {
		case r <= ' ', r == 0xA0, r == 0x3000, r == 0xFEFF, r >= 0x2000 && r <= 0x200F, r == 0x2028, r == 0x2029, r == 0x202F:
			continue
		case r >= 0xFF01 && r <= 0xFF5E:
			r -= 0xFF01 - '!'
		}
		b.WriteRune(r)
	}
	return strings.TrimRight(strings.ToLower(b.String()), "*")
}

// alternatives splits "A|B" into its normal forms.
func alternatives(headers string) []string {
	parts := strings.Split(headers, "|")
	for i, p := range parts {
		parts[i] = normal(p)
	}
	return parts
}
