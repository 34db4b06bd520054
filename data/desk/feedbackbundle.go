package desk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"casebinder/data"
	"casebinder/data/bundle"
	"casebinder/data/service"
	"casebinder/data/store"
)

var problemNoComplaint = data.DefineProblem("feedback_bundle_ground", data.ErrInvalid,
	"No ground was chosen for reporting the feedback.", "Choose the ground first; the bundle names it on its first page.")

// FeedbackBundle is a complaint that was bound.
type FeedbackBundle struct {
	FeedbackSubmission
	PDFPath, BagPath string
	LeftOut          []RejectedFile
	Again            bool // nothing has changed since this number was made, so it was written once more, byte for byte
}

// FeedbackSubmission is a complaint bundle as it is kept with its feedback.
type FeedbackSubmission struct {
	Version   int                  `json:"version"` // 1, 2, ... of the feedback
	PDFName   string               `json:"pdf"`
	PDFSHA256 string               `json:"pdf_sha256"`
	BagName   string               `json:"zip"`
	BagSHA256 string               `json:"zip_sha256"`
	Pages     int                  `json:"pages,omitempty"`
	Language  string               `json:"language,omitempty"`
	Mask      []data.MaskKind      `json:"mask,omitempty"`
	Ground    data.ComplaintGround `json:"ground,omitempty"`
	CreatedAt time.Time            `json:"-"` // by the journal
	CreatedBy string               `json:"-"`
}

// ExportFeedback binds a complaint about a feedback into one PDF and one ZIP, by the
// composer of disputes: the feedback and its life, its ground, its pictures and the
// proofs kept with it, the messages, and the order. ground is used where the
// complaint is not written down yet. Each that differs from those before gets the next
// number and is kept with the feedback; the same gives the same bytes and number.
func (d *Desk) ExportFeedback(ctx context.Context, id int64, ground data.ComplaintGround, r BundleRequest, p Progress) (FeedbackBundle, error) {
	c, err := d.feedbackCase(ctx, id, ground, r)
	if err != nil {
		return FeedbackBundle{}, err
	}
	if err := uncovered(c.Exhibits); err != nil {
		return FeedbackBundle{}, err
	}
	if err := madeToLast(r.Dir); err != nil {
		return FeedbackBundle{}, err
	}
	earlier, err := d.FeedbackSubmissions(ctx, c.Feedback.UID)
	if err != nil {
		return FeedbackBundle{}, err
	}
	if n := len(earlier); n > 0 {
		last := earlier[n-1]
		if last.Language == c.Language && slices.Equal(last.Mask, c.Mask) {
			c.Version = last.Version
			out, err := d.writeFeedbackBundle(ctx, &c, r.Dir, last.BagSHA256, p)
			if known, ok := data.AsProblem(err); !ok || known.Kind != bundle.ProblemUnexpected {
				out.FeedbackSubmission, out.Again = last, true
				return out, err
			}
		}
		c.Version = last.Version
	}
	c.Version++
	out, err := d.writeFeedbackBundle(ctx, &c, r.Dir, "", p)
	if err != nil {
		return FeedbackBundle{}, err
	}
	change := data.Change{Action: "feedback.bundle", Entity: entityFeedbackBundle, Key: c.Feedback.UID, After: out.FeedbackSubmission}
	return out, d.record(ctx, func(context.Context, *store.Tx) (deed, error) {
		return deed{Change: change, effect: data.EffectChanged, rows: []data.RowRef{{Entity: data.EntityFeedback, ID: id}}}, nil
	})
}

// writeFeedbackBundle writes a complaint; one that must have a sum and comes out
// otherwise is not written.
func (d *Desk) writeFeedbackBundle(ctx context.Context, c *bundle.Case, dir, expect string, p Progress) (FeedbackBundle, error) {
	opts, err := d.bundleOptions(&frozen{Case: *c}, p)
	if err != nil {
		return FeedbackBundle{}, err
	}
	opts.Replace = true // the same name is the same number of the same feedback
	opts.Expect = expect
	done, err := d.publishBundle(ctx, &frozen{Case: *c}, dir, opts, nil)
	if err != nil {
		return FeedbackBundle{}, err
	}
	out := FeedbackBundle{PDFPath: done.PDF, BagPath: done.ZIP, FeedbackSubmission: FeedbackSubmission{
		Version: c.Version, PDFName: done.Name + ".pdf", PDFSHA256: done.PDFSHA256, BagName: done.Name + ".zip", BagSHA256: done.ZIPSHA256,
		Pages: done.Pages, Language: c.Language, Mask: c.Mask, Ground: c.Feedback.Complained.Ground,
	}}
	for _, x := range append(done.Rejected, done.Missing...) {
		out.LeftOut = append(out.LeftOut, RejectedFile{Name: x.Name, Reason: x.Reason})
	}
	return out, nil
}

// FeedbackSubmissions gives the complaint bundles of a feedback by their numbers, as
// the journal keeps them.
func (d *Desk) FeedbackSubmissions(ctx context.Context, uid string) ([]FeedbackSubmission, error) {
	entries, err := d.store.JournalOf(ctx, entityFeedbackBundle, uid)
	if err != nil {
		return nil, err
	}
	var list []FeedbackSubmission
	for _, e := range entries {
		if e.Action != "feedback.bundle" || e.After == "" {
			continue
		}
		var s FeedbackSubmission
		if err := json.Unmarshal([]byte(e.After), &s); err != nil {
			return nil, fmt.Errorf("reading the journal's entry %d: %w", e.Seq, err)
		}
		s.CreatedAt, s.CreatedBy = e.At, e.Operator
		if s.Version == 0 { // from before they were numbered: the same bytes are the same one
			if n := len(list); n > 0 && list[n-1].BagSHA256 == s.BagSHA256 {
				continue
			}
			s.Version = len(list) + 1
		}
		list = append(list, s)
	}
	return list, nil
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
