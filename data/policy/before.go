package policy

import (
	"slices"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/pack"
)

// Before is a condition of a platform's, or payment service's, protection of
// sellers that is kept or lost before and while the goods are on their way.
type Before struct {
	ID     string `toml:"id"`
	Check  Check  `toml:"check"`
	Item   string `toml:"item,omitempty"` // the item of the pack whose figure and source count: its from or within
	Text   string `toml:"text"`           // what it asks for
	Do     string `toml:"do"`             // how it is kept
	Origin        // of the item, where it names one
}

// Check says how the desk sees whether a condition is kept.
type Check string

// The checks of conditions.
const (
	CheckAddress  Check = "address"   // goods go to the transaction's address
	CheckTracking Check = "tracking"  // a service that can be followed
	CheckSign     Check = "signature" // from the item's amount on
	CheckInTime   Check = "in_time"   // it leaves by its date
	CheckUpload   Check = "upload"    // the number is there before the promised date
	CheckMark     Check = "mark"      // what the service itself says of its protection
	CheckTold     Check = "told"      // nothing that the desk can see; it is told
)

// Checks lists the checks.
func Checks() []Check {
	return []Check{CheckAddress, CheckTracking, CheckSign, CheckInTime, CheckUpload, CheckMark, CheckTold}
}

// Leaving is an order before and while its goods are on their way.
type Leaving struct {
	Order   data.Order
	Differs string // how the address differs from the payment's; "": it does not, or is not known
	Now     time.Time
}

var (
	sayLeaving        = define("before", "{what}")
	sayLeavingMoved   = define("before.moved", "{what} The address was changed by hand on {when}.")
	sayLeavingDiffers = define("before.differs", "{what} The address to ship to is not the payment's: {differs}.")
	sayLeavingUntil   = define("before.until", "{what} It can still be met until {until}.")
	sayLeavingPassed  = define("before.passed", "{what} That was until {until}.")
	saySignFrom       = define("before.signature", "{what} The order has {total}, and the limit is {from}.")
	saySignOther      = define("before.signature.other", "{what} The limit is {from}; the order is in {currency}, and no rate is used.")
	sayLeavingNoDate  = define("before.no_date", "{what} Until when is not known: no file gave the date.")
	sayIneligible     = define("before.ineligible", "{what} The service says that this payment is not covered.")
	sayPartly         = define("before.partial", "{what} The service says that it covers this payment in part: goods that do not arrive.")
)

// BeforeShipping checks the conditions of the packs that speak for an order: of its
// platform, and of the service that it was paid by. What is lost is Serious, what
// lacks and can still be mended a Warning; what is kept, or only to be known, Info.
func (r *Rules) BeforeShipping(l *Leaving) []data.Finding {
	var all []data.Finding
	for _, p := range r.Packs {
		if len(p.Before) == 0 || !speaksFor(p, &l.Order) {
			continue
		}
		for i := range p.Before {
			b := &p.Before[i]
			if f, ok := l.check(p, b); ok {
				f.Rule, f.Origin = "before."+p.ID+"."+b.ID, originOf(p, b)
				all = append(all, f)
			}
		}
	}
	data.SortFindings(all)
	return all
}

// speaksFor reports whether a pack is of an order's platform or payment service.
func speaksFor(p *Pack, o *data.Order) bool {
	return p.Platform == o.Shop.Platform || p.Platform != "" && strings.Contains(strings.ToLower(o.PaymentMethod), string(p.Platform))
}

func itemOf(p *Pack, b *Before) *Item {
	if i := slices.IndexFunc(p.Items, func(i Item) bool { return i.ID == b.Item }); i >= 0 {
		return &p.Items[i]
	}
	return nil
}

func originOf(p *Pack, b *Before) data.Origin {
	if item := itemOf(p, b); item != nil {
		return item.Origin.Origin
	}
	return b.Origin.Origin
}

func (l *Leaving) check(p *Pack, b *Before) (data.Finding, bool) {
	what := pack.Text(b.Text)
	f := data.Finding{Severity: data.Info, Why: sayLeaving.With("what", what), How: pack.Text(b.Do), Where: []data.Ref{orderRef(&l.Order)}}
	switch b.Check {
	case CheckAddress:
		l.address(&f, what)
	case CheckTracking:
		if shippedAt(&l.Order).IsZero() && !tracked(&l.Order) {
			f.Severity = data.Warning
			l.until(&f, what, shipLimit(&CaseFacts{Order: l.Order}, itemOf(p, b)))
		} else if !tracked(&l.Order) {
			f.Severity = data.Serious
		}
	case CheckSign:
		return l.signature(f, what, itemOf(p, b))
	case CheckInTime:
		l.inTime(&f, what, itemOf(p, b))
	case CheckUpload:
		if !tracked(&l.Order) {
			f.Severity = data.Warning
			l.until(&f, what, l.Order.DeliverBy)
		}
	case CheckMark:
		return l.mark(f, what)
	case CheckTold:
	}
	return f, true
}

func tracked(o *data.Order) bool {
	return slices.ContainsFunc(o.Shipments, func(s data.Shipment) bool { return s.Kind != data.ShipmentReturn && s.Tracking != "" })
}

func (l *Leaving) address(f *data.Finding, what data.Text) {
	if stated, ok := l.Order.Stated[data.StatedShipTo]; ok {
		f.Severity, f.Why = data.Serious, sayLeavingMoved.With("what", what, "when", data.Stamp(stated.At, l.Order.Shop.Location()))
		return
	}
	if l.Differs != "" {
		f.Severity, f.Why = data.Serious, sayLeavingDiffers.With("what", what, "differs", l.Differs)
	}
}

// until says until when a condition that lacks can be kept.
func (l *Leaving) until(f *data.Finding, what data.Text, limit time.Time) {
	loc := l.Order.Shop.Location()
	switch {
	case limit.IsZero():
		f.Why = sayLeavingNoDate.With("what", what)
	case data.Due(limit, loc).Before(l.Now):
		f.Severity, f.Why = data.Serious, sayLeavingPassed.With("what", what, "until", data.Stamp(limit, loc))
	default:
		f.Why = sayLeavingUntil.With("what", what, "until", data.Stamp(limit, loc))
	}
}

func (l *Leaving) inTime(f *data.Finding, what data.Text, item *Item) {
	limit := shipLimit(&CaseFacts{Order: l.Order}, item)
	shipped, loc := shippedAt(&l.Order), l.Order.Shop.Location()
	switch {
	case shipped.IsZero():
		l.until(f, what, limit)
	case !limit.IsZero() && data.Before(limit, shipped):
		f.Severity, f.Why = data.Serious, sayLeavingPassed.With("what", what, "until", data.Stamp(limit, loc))
	}
}

// signature asks for a signature from an amount on; below it there is nothing to
// say.
func (l *Leaving) signature(f data.Finding, what data.Text, item *Item) (data.Finding, bool) {
	if item == nil || item.From == nil {
		return f, true
	}
	limit, err := data.ParseDecimal(item.From.Amount, item.From.Currency)
	total := l.Order.Total
	switch {
	case err != nil || total.Currency == limit.Currency && total.Minor < limit.Minor:
		return f, false
	case total.Currency != limit.Currency:
		f.Why = saySignOther.With("what", what, "from", limit, "currency", total.Currency)
		return f, total.Currency != ""
	}
	f.Why = saySignFrom.With("what", what, "from", limit, "total", total)
	if !slices.ContainsFunc(l.Order.Shipments, func(s data.Shipment) bool { return s.SignedBy != "" || signed(&s) }) {
		f.Severity = data.Warning
	}
	return f, true
}

func (l *Leaving) mark(f data.Finding, what data.Text) (data.Finding, bool) {
	switch l.Order.Payment.Protection {
	case data.ProtectedNothing:
		f.Severity, f.Why = data.Serious, sayIneligible.With("what", what)
	case data.ProtectedPartly:
		f.Severity, f.Why = data.Warning, sayPartly.With("what", what)
	}
	return f, true
}

// before fails where a condition is none.
func (c *checker) before() {
	seen := map[string]bool{}
	for i := range c.p.Before {
		b := &c.p.Before[i]
		at := func(field string) pack.Place { return pack.At("before", i, field) }
		if b.ID == "" || seen[b.ID] {
			c.Fail(at("id"), "each condition before shipping needs an id of its own")
		}
		seen[b.ID] = true
		if !slices.Contains(Checks(), b.Check) {
			c.Fail(at("check"), "there is no check “%s”; the checks are %s", b.Check, list(Checks()))
		}
		if strings.TrimSpace(b.Text) == "" || strings.TrimSpace(b.Do) == "" {
			c.Fail(at("text"), "the condition “%s” needs text and do", b.ID)
		}
		switch item := itemOf(c.p, b); {
		case b.Item == "":
			c.Origin(at("source"), "the condition “"+b.ID+"”", b.Origin.Origin)
		case item == nil:
			c.Fail(at("item"), "there is no item “%s” in this pack", b.Item)
		case b.Check == CheckSign && item.From == nil:
			c.Fail(at("item"), "the item “%s” names no amount", b.Item)
		}
	}
}
