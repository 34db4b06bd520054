package desk

import (
	"context"
	"errors"
	"slices"
	"time"

	"casebinder/data"
	"casebinder/data/bundle"
	"casebinder/data/service"
	"casebinder/data/store"
)

var problemNoComplaint = data.DefineProblem("feedback_bundle_ground", data.ErrInvalid,
	"There is no ground for which the feedback is reported.", "Choose the ground first; the bundle names it on its first page.")

// FeedbackBundle is a complaint that was bound.
type FeedbackBundle struct {
	PDFPath, BagPath string
	Pages            int
	LeftOut          []RejectedFile
}

// ExportFeedback binds a complaint about a feedback into one PDF and one ZIP, by the
// composer of disputes: the feedback and its life, its ground, its pictures and the
// proofs kept with it, the messages, and the order. ground is used where the
// complaint is not written down yet. The same feedback gives the same bytes.
func (d *Desk) ExportFeedback(ctx context.Context, id int64, ground data.ComplaintGround, r BundleRequest, p Progress) (FeedbackBundle, error) {
	c, err := d.feedbackCase(ctx, id, ground, r)
	if err != nil {
		return FeedbackBundle{}, err
	}
	if err := madeToLast(r.Dir); err != nil {
		return FeedbackBundle{}, err
	}
	opts, err := d.bundleOptions(&frozen{Case: c}, p)
	if err != nil {
		return FeedbackBundle{}, err
	}
	opts.Replace = true // the same name is the same feedback
	done, err := d.publishBundle(ctx, &frozen{Case: c}, r.Dir, opts, nil)
	if err != nil {
		return FeedbackBundle{}, err
	}
	out := FeedbackBundle{PDFPath: done.PDF, BagPath: done.ZIP, Pages: done.Pages}
	for _, x := range append(done.Rejected, done.Missing...) {
		out.LeftOut = append(out.LeftOut, RejectedFile{Name: x.Name, Reason: x.Reason})
	}
	change := data.Change{
		Action: "feedback.bundle", Entity: entityFeedbackBundle, Key: c.Feedback.UID,
		After: map[string]string{"pdf": done.Name + ".pdf", "pdf_sha256": done.PDFSHA256, "zip": done.Name + ".zip", "zip_sha256": done.ZIPSHA256},
	}
	return out, d.record(ctx, func(context.Context, *store.Tx) (deed, error) {
		return deed{Change: change, effect: data.EffectChanged, rows: []data.RowRef{{Entity: data.EntityFeedback, ID: id}}}, nil
	})
}

// entityFeedbackBundle names the bundles of complaints in the journal, apart from the
// feedback: that one was made changes nothing in it.
const entityFeedbackBundle = "feedback_bundle"

// feedbackCase gathers what a complaint shows.
func (d *Desk) feedbackCase(ctx context.Context, id int64, ground data.ComplaintGround, r BundleRequest) (bundle.Case, error) {
	f, err := d.store.Feedback(ctx, id)
	if err != nil {
		return bundle.Case{}, err
	}
	if f.Complained.Ground == "" {
		f.Complained.Ground = ground
	}
	if !slices.Contains(data.ComplaintGrounds(), f.Complained.Ground) {
		return bundle.Case{}, problemNoComplaint.New()
	}
	if r.Language == "" {
		r.Language = "en"
	}
	c := bundle.Case{
		Language: r.Language, Program: d.program(), Prepared: f.Shop.Name, Feedback: &f, Mask: r.Mask,
		Order: data.Order{Shop: f.Shop, Number: f.OrderNumber, Buyer: data.Buyer{Handle: f.BuyerHandle}},
	}
	if f.OrderID != 0 {
		order, err := d.store.Order(ctx, f.OrderID)
		if err != nil {
			return c, err
		}
		c.Order, c.BuyerZone = *order, service.Zone(order.ShipTo)
		if c.Messages, err = d.store.Messages(ctx, f.OrderID); err != nil {
			return c, err
		}
	}
	files, err := d.store.EvidenceOfFeedback(ctx, id)
	if err != nil {
		return c, err
	}
	for _, e := range files {
		if e.ErasedAt.IsZero() {
			c.Exhibits = append(c.Exhibits, bundle.Exhibit{Evidence: e, Proves: e.Note})
		}
	}
	if c.Custody, err = d.feedbackCustody(ctx, &f, files); err != nil {
		return c, err
	}
	c.Generated = feedbackChanged(&c)
	return c, nil
}

// feedbackCustody gives the journal's entries about a feedback and its files.
func (d *Desk) feedbackCustody(ctx context.Context, f *data.Feedback, files []data.Evidence) ([]data.JournalEntry, error) {
	entries, err := d.store.JournalOf(ctx, data.EntityFeedback, f.UID)
	for _, e := range files {
		more, failed := d.store.JournalOf(ctx, data.EntityEvidence, e.UID)
		entries, err = append(entries, more...), errors.Join(err, failed)
	}
	slices.SortFunc(entries, func(a, b data.JournalEntry) int { return int(a.Seq - b.Seq) })
	return entries, err
}

// feedbackChanged is when what a complaint shows last changed: the time that its
// bundle bears.
func feedbackChanged(c *bundle.Case) time.Time {
	last := c.Feedback.LeftAt
	later := func(at time.Time) {
		if at.After(last) {
			last = at
		}
	}
	for _, e := range c.Custody {
		later(e.At)
	}
	for _, m := range c.Messages {
		later(m.SentAt)
	}
	later(c.Order.DeliveredAt)
	return last.UTC().Truncate(time.Second)
}
