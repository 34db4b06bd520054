package desk

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"casebinder/data"
	"casebinder/data/barcode"
	"casebinder/data/store"
)

var (
	phraseSeveral = data.DefinePhrase("label.several",
		"The picture shows codes of several orders: {orders}.")
	phraseShared = data.DefinePhrase("label.shared",
		"The number {number} belongs to several orders: {orders}.")
	phraseForeign = data.DefinePhrase("label.foreign",
		"The tracking number {number} belongs to no order of this desk: it may be somebody else's parcel.")
	phraseOther = data.DefinePhrase("label.other",
		"The label says {number}, but order {order} has {known}.")
	phraseEqual = data.DefinePhrase("label.equal",
		"{number}, read on the label, is the order's.")
	phraseNone = data.DefinePhrase("label.none",
		"{number} was read on the label, but order {order} has no tracking number.")
	phraseNoneDo  = data.DefinePhrase("label.none.do", "Add it to the order if this is its parcel.")
	phraseOtherDo = data.DefinePhrase("label.other.do", "Check whether the right label is on the parcel, or correct the order's number.")
)

// LabelParcel is an order whose numbers stand in a picture.
type LabelParcel struct {
	OrderID  int64    `json:"-"`
	Order    string   `json:"order"`
	Shop     string   `json:"shop"`
	Tracking []string `json:"tracking,omitempty"` // tracking numbers that were read and are the order's, or stand beside its number
	Grounds  []string `json:"grounds"`            // the numbers by which it was found
}

// LabelMatch is what the codes of a picture say: to which order it belongs.
type LabelMatch struct {
	Parcels  []LabelParcel    `json:"parcels,omitempty"`
	Numbers  []barcode.Number `json:"numbers,omitempty"` // all whole numbers in the codes
	Foreign  []string         `json:"foreign,omitempty"` // tracking numbers whose check digit holds, of no order here
	Unsure   []data.Text      `json:"why,omitempty"`     // why a person is to say which order it is
	Findings []data.Finding   `json:"findings,omitempty"`
}

// Sure gives the one order to which a picture belongs; nil where there is none, or a
// person is to say which.
func (m *LabelMatch) Sure() *LabelParcel {
	if len(m.Parcels) != 1 || len(m.Unsure) > 0 {
		return nil
	}
	return &m.Parcels[0]
}

// MatchCodes tells to which orders the codes of a picture belong, by the whole
// numbers in them that the desk knows: numbers of orders and of parcels, over all
// shops. What is ambiguous is said, and not chosen.
func (d *Desk) MatchCodes(ctx context.Context, codes []data.ReadCode) (LabelMatch, error) {
	m := labelMatcher{d: d, codes: codes, match: LabelMatch{Numbers: barcode.Numbers(codes)}, orders: map[int64]*data.Order{}}
	if err := m.look(ctx); err != nil {
		return LabelMatch{}, err
	}
	m.choose()
	m.strangers()
	m.compare()
	return m.match, nil
}

// heldNumber is a number with the orders that have it.
type heldNumber struct {
	barcode.Number
	orders     []int64
	asTracking bool // by all of them
}

type labelMatcher struct {
	d      *Desk
	codes  []data.ReadCode
	match  LabelMatch
	held   []heldNumber
	orders map[int64]*data.Order
}

func (m *labelMatcher) look(ctx context.Context) error {
	for _, n := range m.match.Numbers {
		byNumber, err := m.d.store.OrdersByNumber(ctx, n.Text)
		if err != nil {
			return err
		}
		byTracking, err := m.d.store.OrdersByTracking(ctx, n.Text)
		if err != nil {
			return err
		}
		h := heldNumber{Number: n, orders: byNumber, asTracking: len(byNumber) == 0 && len(byTracking) > 0}
		for _, id := range byTracking {
			if !slices.Contains(h.orders, id) {
				h.orders = append(h.orders, id)
			}
		}
		for _, id := range h.orders {
			if m.orders[id] == nil {
				if m.orders[id], err = m.d.store.Order(ctx, id); err != nil {
					return err
				}
			}
		}
		m.held = append(m.held, h)
	}
	return nil
}

// choose names the orders. A number of several orders is that of the one which the
// other numbers of the picture name as well.
func (m *labelMatcher) choose() {
	grounds := map[int64]int{}
	for _, h := range m.held {
		for _, id := range h.orders {
			grounds[id]++
		}
	}
	var found []int64
	for _, h := range m.held {
		ids := h.orders
		if len(ids) > 1 {
			ids = bestOf(ids, grounds)
		}
		if len(ids) > 1 {
			m.match.Unsure = append(m.match.Unsure, phraseShared.With("number", h.Text, "orders", m.names(ids)))
		}
		for _, id := range ids {
			i := slices.Index(found, id)
			if i < 0 {
				o := m.orders[id]
				i, found = len(found), append(found, id)
				m.match.Parcels = append(m.match.Parcels, LabelParcel{OrderID: id, Order: o.Number, Shop: o.Shop.Name})
			}
			p := &m.match.Parcels[i]
			p.Grounds = append(p.Grounds, h.Text)
			if h.asTracking {
				p.Tracking = append(p.Tracking, h.Text)
			}
		}
	}
	if len(found) > 1 && len(m.match.Unsure) == 0 {
		m.match.Unsure = append(m.match.Unsure, phraseSeveral.With("orders", m.names(found)))
	}
}

func bestOf(ids []int64, grounds map[int64]int) []int64 {
	most := 0
	for _, id := range ids {
		most = max(most, grounds[id])
	}
	return slices.DeleteFunc(slices.Clone(ids), func(id int64) bool { return grounds[id] < most })
}

func (m *labelMatcher) names(ids []int64) string {
	var all []string
	for _, id := range ids {
		o := m.orders[id]
		all = append(all, o.Number+" ("+o.Shop.Name+")")
	}
	return strings.Join(all, ", ")
}

// strangers looks at tracking numbers that no order has. One that stands in a code
// with an order's number is that order's; so is a single one where the order has none
// yet.
func (m *labelMatcher) strangers() {
	var unknown []barcode.Number
	for _, h := range m.held {
		if h.Proven && h.Kind == barcode.NumberTracking && len(h.orders) == 0 {
			unknown = append(unknown, h.Number)
		}
	}
	for _, n := range unknown {
		i := m.beside(n, len(unknown))
		if i < 0 {
			m.match.Foreign = append(m.match.Foreign, n.Text)
			m.match.Unsure = append(m.match.Unsure, phraseForeign.With("number", n.Text))
			continue
		}
		m.match.Parcels[i].Tracking = append(m.match.Parcels[i].Tracking, n.Text)
	}
}

// beside gives the parcel to which a number of no order belongs; -1 for none.
func (m *labelMatcher) beside(n barcode.Number, unknown int) int {
	for i, p := range m.match.Parcels {
		for _, h := range m.held {
			if h.Code == n.Code && slices.Contains(p.Grounds, h.Text) {
				return i
			}
		}
	}
	if unknown == 1 && len(m.match.Parcels) == 1 && len(m.match.Parcels[0].Tracking) == 0 {
		return 0
	}
	return -1
}

// compare sets what was read against what the orders have.
func (m *labelMatcher) compare() {
	for _, p := range m.match.Parcels {
		known := trackingOf(m.orders[p.OrderID])
		for _, read := range p.Tracking {
			f := labelFinding(p.Order, read, known)
			m.match.Findings = append(m.match.Findings, f)
			if f.Severity == data.Serious {
				m.match.Unsure = append(m.match.Unsure, f.Why)
			}
		}
	}
}

func trackingOf(o *data.Order) []string {
	var all []string
	for _, s := range o.Shipments {
		if s.Tracking != "" {
			all = append(all, s.Tracking)
		}
	}
	return all
}

// labelFinding tells how a tracking number on a label stands to those of an order.
func labelFinding(order, read string, known []string) data.Finding {
	f := data.Finding{Rule: "label.tracking", Where: []data.Ref{{Kind: "order", ID: order}, {Kind: "shipment", ID: read}}}
	same := slices.ContainsFunc(known, func(k string) bool { return strings.EqualFold(k, read) })
	switch {
	case same:
		f.Severity, f.Why = data.Info, phraseEqual.With("number", read)
	case len(known) == 0:
		f.Severity, f.Why, f.How = data.Warning, phraseNone.With("number", read, "order", order), phraseNoneDo.With()
		f.Mend = data.Mend{Deed: "shipment.add", Ref: data.Ref{Kind: "shipment", ID: read}}
	default:
		f.Severity, f.How = data.Serious, phraseOtherDo.With()
		f.Mend = data.Mend{Deed: "evidence.add", Ref: data.Ref{Kind: "slot", ID: data.SlotLabel}}
		f.Why = phraseOther.With("number", read, "order", order, "known", strings.Join(known, ", "))
	}
	return f
}

// LabelRead is a picture with what was read from it.
type LabelRead struct {
	Path  string
	Codes []data.ReadCode
	Match LabelMatch
	Err   error // why it could not be read, a *data.Problem where a person can act on it
}

// ReadLabels reads the codes of pictures and tells to which orders they belong. It
// keeps nothing. A picture that cannot be read is said in its Err and does not keep
// the others out.
func (d *Desk) ReadLabels(ctx context.Context, paths []string, p Progress) ([]LabelRead, error) {
	reads := make([]LabelRead, 0, len(paths))
	for i, path := range paths {
		p.tell(int64(i), int64(len(paths)), "progress.codes")
		read := LabelRead{Path: path}
		read.Codes, read.Err = d.codes.Read(ctx, path)
		if ctx.Err() != nil {
			return reads, ctx.Err()
		}
		if read.Err == nil {
			var err error
			if read.Match, err = d.MatchCodes(ctx, read.Codes); err != nil {
				return reads, err
			}
		}
		reads = append(reads, read)
	}
	p.tell(int64(len(paths)), int64(len(paths)), "progress.codes")
	return reads, nil
}

// TakeLabels takes pictures as evidence of packing of the order to which each surely
// belongs; the others are left. Each can be undone.
func (d *Desk) TakeLabels(ctx context.Context, reads []LabelRead, source string) (EvidenceReport, error) {
	var all EvidenceReport
	for _, r := range reads {
		parcel := r.Match.Sure()
		if r.Err != nil || parcel == nil {
			continue
		}
		tracking := ""
		if len(parcel.Tracking) == 1 {
			tracking = parcel.Tracking[0]
		}
		report, err := d.AddOrderEvidence(ctx, parcel.OrderID, []EvidenceFile{{
			Path: r.Path, Kind: data.KindPacking, Slot: data.SlotLabel, Tracking: tracking, Codes: r.Codes, Source: source,
		}}, nil)
		all.Added, all.Rejected = append(all.Added, report.Added...), append(all.Rejected, report.Rejected...)
		if err != nil {
			return all, err
		}
	}
	return all, nil
}

// EvidenceLabel compares the tracking numbers on a label in a picture of an order's
// evidence with the order's. It gives nothing where no number of a parcel was read.
// The picture is read where nobody read it before, which takes its time; what stands in
// it is kept.
func (d *Desk) EvidenceLabel(ctx context.Context, id int64) ([]data.Finding, error) {
	evidence, err := d.store.Evidence(ctx, id)
	if err != nil || !strings.HasPrefix(evidence.MIME, "image/") {
		return nil, err
	}
	order, err := d.store.Order(ctx, evidence.OrderID)
	if err != nil {
		return nil, err
	}
	if evidence.Codes == nil {
		if evidence.Codes, err = d.readEvidence(ctx, id); err != nil {
			return nil, err
		}
	}
	known := trackingOf(order)
	var all []data.Finding
	for _, number := range numbersOf(&evidence, known) {
		all = append(all, labelFinding(order.Number, number, known))
	}
	return all, nil
}

func (d *Desk) readEvidence(ctx context.Context, id int64) ([]data.ReadCode, error) {
	path, err := d.EvidenceCopy(ctx, id)
	if err != nil {
		return nil, err
	}
	codes, err := d.codes.Read(ctx, path)
	if err = errors.Join(err, os.RemoveAll(filepath.Dir(path))); err != nil || d.readOnly { // the copy has a folder of its own
		return codes, err
	}
	if codes == nil {
		codes = []data.ReadCode{} // it was read, and shows none
	}
	// Nobody did anything: it can be read from the file at any time.
	return codes, d.store.Update(ctx, func(tx *store.Tx) error { return tx.SetCodes(id, codes) })
}
