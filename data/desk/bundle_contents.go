package desk

import (
	"context"
	"slices"
	"time"

	"casebinder/data"
	"casebinder/data/bundle"
	"casebinder/data/policy"
	"casebinder/data/service"
	"casebinder/data/store"
)

// gather collects everything that a bundle of the dispute is made of.
func (d *Desk) gather(ctx context.Context, r BundleRequest) (bundle.Case, error) {
	c, err := d.contents(ctx, r)
	if err != nil {
		return c, err
	}
	var shown []data.Evidence
	for _, x := range c.Exhibits {
		shown = append(shown, x.Evidence)
		if x.Original != nil {
			shown = append(shown, *x.Original)
		}
	}
	gone, err := d.erasedOf(ctx, &c.Dispute)
	if err != nil {
		return c, err
	}
	if c.Custody, err = d.custody(ctx, &c.Dispute, append(shown, gone...)); err != nil {
		return c, err
	}
	c.Generated, err = d.lastChange(ctx, &c)
	return c, err
}

// erasedOf is the evidence of a dispute of which the files were erased: nothing of it
// is shown, and the custody log says who erased it, when and why.
func (d *Desk) erasedOf(ctx context.Context, dispute *data.Dispute) ([]data.Evidence, error) {
	all, err := d.evidenceOf(ctx, dispute)
	return slices.DeleteFunc(all, func(e data.Evidence) bool { return e.ErasedAt.IsZero() }), err
}

// erasedFiles names them in a bundle.
func (d *Desk) erasedFiles(ctx context.Context, dispute *data.Dispute) ([]bundle.ErasedFile, error) {
	gone, err := d.erasedOf(ctx, dispute)
	if err != nil {
		return nil, err
	}
	var list []bundle.ErasedFile
	for _, e := range gone {
		f := bundle.ErasedFile{SHA256: e.SHA256, Kind: e.Kind, At: e.ErasedAt, Ground: e.ErasedFor}
		if e.ReplacedBy != "" {
			stands, err := d.store.EvidenceByUID(ctx, e.ReplacedBy)
			if err != nil {
				return nil, err
			}
			f.ReplacedBy = stands.SHA256
		}
		list = append(list, f)
	}
	return list, nil
}

// contents collects what a bundle shows, without who had it in hand and when:
// that takes a look into the journal for each exhibit.
func (d *Desk) contents(ctx context.Context, r BundleRequest) (bundle.Case, error) {
	dispute, err := d.store.Dispute(ctx, r.DisputeID)
	if err != nil {
		return bundle.Case{}, err
	}
	order, err := d.store.Order(ctx, dispute.OrderID)
	if err != nil {
		return bundle.Case{}, err
	}
	c := bundle.Case{
		Language: r.Language, Program: d.program(), Prepared: order.Shop.Name, Order: *order, Dispute: *dispute, Mask: r.Mask,
		BuyerZone: service.Zone(order.ShipTo),
	}
	written, err := d.store.OrderEvents(ctx, order.ID)
	if err != nil {
		return c, err
	}
	c.Written = policy.Untold(dispute, written)
	if c.Statement, err = d.store.Statement(ctx, r.DisputeID); err != nil {
		return c, err
	}
	c.Statement.DisputeID = 0 // not of its content
	if c.Messages, err = d.messagesOf(ctx, dispute); err != nil {
		return c, err
	}
	if c.Erased, err = d.erasedFiles(ctx, dispute); err != nil {
		return c, err
	}
	views, err := d.exhibits(ctx, dispute)
	if err != nil {
		return c, err
	}
	for _, v := range views {
		if v.Included {
			c.Exhibits = append(c.Exhibits, bundle.Exhibit{
				Evidence: v.Evidence, Title: v.Title, Proves: v.Proves, Section: v.Section, Original: v.Original,
			})
		}
	}
	return c, nil
}

// evidenceOf gives the evidence of a dispute, that of its order alone, the snapshots
// of its listings, and the papers of its products where the checklist asks for such,
// in the order in which it was captured or, where that is not known, came in.
func (d *Desk) evidenceOf(ctx context.Context, dispute *data.Dispute) ([]data.Evidence, error) {
	order, err := d.store.Order(ctx, dispute.OrderID)
	if err != nil {
		return nil, err
	}
	all, err := d.evidenceOfOrder(ctx, order)
	if err != nil {
		return nil, err
	}
	if all, err = d.addCertificates(ctx, dispute, order, all); err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(e data.Evidence) bool {
		return e.DisputeID != 0 && e.DisputeID != dispute.ID
	})
	slices.SortStableFunc(all, func(a, b data.Evidence) int { return evidenceTime(a).Compare(evidenceTime(b)) })
	return all, nil
}

func evidenceTime(e data.Evidence) time.Time {
	if e.CapturedAt.IsZero() {
		return e.AddedAt
	}
	return e.CapturedAt
}

// custody gives the journal's entries about a dispute and its evidence.
func (d *Desk) custody(ctx context.Context, dispute *data.Dispute, evidence []data.Evidence) ([]data.JournalEntry, error) {
	entries, err := d.store.JournalOf(ctx, "dispute", dispute.UID)
	if err != nil {
		return nil, err
	}
	for _, e := range evidence {
		more, err := d.store.JournalOf(ctx, "evidence", e.UID)
		if err != nil {
			return nil, err
		}
		entries = append(entries, more...)
	}
	slices.SortFunc(entries, func(a, b data.JournalEntry) int { return int(a.Seq - b.Seq) })
	// Two copies of one original have it in common.
	return slices.CompactFunc(entries, func(a, b data.JournalEntry) bool { return a.Seq == b.Seq }), nil
}

// lastChange is when the case was last changed: the time that its bundle bears.
func (d *Desk) lastChange(ctx context.Context, c *bundle.Case) (time.Time, error) {
	last := c.Dispute.OpenedAt
	later := func(at time.Time) {
		if at.After(last) {
			last = at
		}
	}
	for _, e := range c.Custody {
		later(e.At)
	}
	for _, e := range c.Dispute.Events {
		later(e.RecordedAt)
	}
	for _, e := range c.Exhibits {
		later(e.AddedAt)
	}
	later(c.Statement.UpdatedAt)
	arranged, err := d.store.JournalOf(ctx, "exhibits", c.Dispute.UID)
	if err != nil {
		return last, err
	}
	for _, e := range arranged {
		later(e.At)
	}
	for _, m := range c.Messages {
		later(m.SentAt)
	}
	changes, err := d.store.JournalOf(ctx, "order", store.OrderKey(c.Order.Shop, c.Order.Number))
	for _, e := range changes {
		later(e.At)
	}
	return last.UTC().Truncate(time.Second), err
}
