package desk

import (
	"context"
	"errors"
	"io"
	"slices"
	"time"

	"casebinder/data"
	"casebinder/data/bundle"
	"casebinder/data/bundle/pdf"
	"casebinder/data/store"
	"casebinder/data/vault"
)

// plainProfile is the profile of a bundle that was made for no platform's form.
const plainProfile = "plain"

// BundleRequest says how a dispute is bound.
type BundleRequest struct {
	DisputeID int64
	Dir       string // where the PDF and the ZIP go
	Language  string // of the bundle's own words: "en", "zh-CN", "zh-TW"; "" is "en"
}

// BundleReport is a bundle that was written, verified and recorded.
type BundleReport struct {
	Submission data.Submission
	PDFPath    string
	BagPath    string
	Again      bool           // nothing has changed since this version, so it was written once more, byte for byte
	LeftOut    []RejectedFile // what could not be shown in the PDF; the originals are in the ZIP all the same
}

// ExportBundle binds a dispute into one PDF and one ZIP, reads the ZIP back,
// and records both as a submission. The bundle bears the time of the case's
// last change, so that the same case gives the same bytes, today and later.
func (d *Desk) ExportBundle(ctx context.Context, r BundleRequest, p Progress) (BundleReport, error) {
	if r.Language == "" {
		r.Language = "en"
	}
	c, err := d.gather(ctx, r)
	if err != nil {
		return BundleReport{}, err
	}
	if err := makeDir(r.Dir); err != nil {
		return BundleReport{}, err
	}
	earlier, err := d.store.Submissions(ctx, r.DisputeID)
	if err != nil {
		return BundleReport{}, err
	}
	for _, s := range earlier {
		c.Version = max(c.Version, s.Version)
	}
	for _, s := range earlier {
		if s.Version == c.Version && s.Generation.Equal(c.Generated) && s.Language == r.Language {
			report, err := d.exportAgain(ctx, c, r, s, p)
			if err != nil || report.Again {
				return report, err
			}
		}
	}
	c.Version++
	done, err := d.export(ctx, c, r.Dir, false, p)
	if err != nil {
		return BundleReport{}, err
	}
	return d.record(ctx, r, c, done)
}

// exportAgain writes a version once more. Where it comes out otherwise than
// before, the program has changed since, and a new version is due.
func (d *Desk) exportAgain(ctx context.Context, c bundle.Case, r BundleRequest, s data.Submission, p Progress) (BundleReport, error) {
	done, err := d.export(ctx, c, r.Dir, true, p)
	if err != nil || done.ZIPSHA256 != s.BagSHA256 {
		return BundleReport{}, err
	}
	return BundleReport{Submission: s, PDFPath: done.PDF, BagPath: done.ZIP, Again: true, LeftOut: leftOut(done)}, nil
}

func (d *Desk) export(ctx context.Context, c bundle.Case, dir string, replace bool, p Progress) (bundle.Result, error) {
	return bundle.Export(ctx, c, originals{d.vault}, dir, bundle.Options{
		Annex:   pdf.AnnexOptions{Command: d.annex},
		Replace: replace,
		Progress: func(at bundle.Progress) {
			p.tell(at.Done, at.Total, "progress."+string(at.Step))
		},
	})
}

// originals gives a bundle the vault's files.
type originals struct{ vault *vault.Vault }

func (o originals) OpenOriginal(_ context.Context, sha256 string) (io.ReadSeekCloser, int64, error) {
	return o.vault.Open(sha256)
}

// gather collects everything that a bundle of the dispute is made of.
func (d *Desk) gather(ctx context.Context, r BundleRequest) (bundle.Case, error) {
	dispute, err := d.store.Dispute(ctx, r.DisputeID)
	if err != nil {
		return bundle.Case{}, err
	}
	order, err := d.store.Order(ctx, dispute.OrderID)
	if err != nil {
		return bundle.Case{}, err
	}
	c := bundle.Case{
		Language: r.Language, Program: "Casebinder " + d.version, Prepared: order.Shop.Name, Order: *order, Dispute: *dispute,
	}
	if c.Messages, err = d.messagesOf(ctx, dispute); err != nil {
		return c, err
	}
	evidence, err := d.evidenceOf(ctx, dispute)
	if err != nil {
		return c, err
	}
	for _, e := range evidence {
		c.Exhibits = append(c.Exhibits, bundle.Exhibit{Evidence: e})
	}
	if c.Custody, err = d.custody(ctx, dispute, evidence); err != nil {
		return c, err
	}
	c.Generated, err = d.lastChange(ctx, &c)
	return c, err
}

// evidenceOf gives the evidence of a dispute and that of its order alone, in
// the order in which it was captured or, where that is not known, came in.
func (d *Desk) evidenceOf(ctx context.Context, dispute *data.Dispute) ([]data.Evidence, error) {
	all, err := d.store.EvidenceOfOrder(ctx, dispute.OrderID)
	if err != nil {
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
	return entries, nil
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
	for _, m := range c.Messages {
		later(m.SentAt)
	}
	changes, err := d.store.JournalOf(ctx, "order", store.OrderKey(c.Order.Shop, c.Order.Number))
	for _, e := range changes {
		later(e.At)
	}
	return last.UTC().Truncate(time.Second), err
}

// record keeps the bundle as a submission.
func (d *Desk) record(ctx context.Context, r BundleRequest, c bundle.Case, done bundle.Result) (BundleReport, error) {
	uid, err := newUID()
	if err != nil {
		return BundleReport{}, err
	}
	s := data.Submission{
		UID: uid, DisputeID: r.DisputeID, Version: c.Version, Profile: plainProfile, Language: r.Language,
		CreatedAt: d.now(), CreatedBy: d.Operator(), Generation: c.Generated,
		PDFName: done.Name + ".pdf", PDFSHA256: done.PDFSHA256, BagName: done.Name + ".zip", BagSHA256: done.ZIPSHA256,
		Pages: done.Pages, Exhibits: len(done.Exhibits), Bytes: done.ZIPSize,
	}
	files := []store.SubmissionFile{
		{Name: s.PDFName, SHA256: s.PDFSHA256, Size: done.PDFSize},
		{Name: s.BagName, SHA256: s.BagSHA256, Size: done.ZIPSize},
	}
	err = d.change(ctx, func(tx *store.Tx) (data.Change, error) {
		return data.Change{Action: "submission.add", Entity: "submission", Key: s.UID, After: s}, tx.InsertSubmission(&s, files, nil)
	})
	report := BundleReport{Submission: s, PDFPath: done.PDF, BagPath: done.ZIP, LeftOut: leftOut(done)}
	if err != nil {
		return report, errors.Join(errors.New("the bundle was written but not recorded"), err)
	}
	return report, nil
}

func leftOut(done bundle.Result) []RejectedFile {
	var all []RejectedFile
	for _, r := range done.Rejected {
		all = append(all, RejectedFile{Name: r.Name, Reason: r.Reason})
	}
	return all
}
