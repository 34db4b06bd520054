package desk

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"time"

	"casebinder/data"
	"casebinder/data/bundle"
	"casebinder/data/bundle/fit"
	"casebinder/data/store"
)

var (
	problemNotFrozen = data.DefineProblem("submission_not_frozen", data.ErrNotFound,
		"Version {version} was made before Casebinder kept what a bundle is made of.",
		"Use the files that were exported then; their fingerprints are kept here.")
	problemSubmissionErased = data.DefineProblem("submission_erased", data.ErrRefused,
		"What version {version} was made from was erased, because it contained personal data.", "The exported version can still be verified; a new bundle is made without it.")
	problemKeyGone = data.DefineProblem("submission_key_gone", data.ErrNotFound,
		"Version {version} was signed with the key {key}, which this desk no longer has.",
		"Put the file signing.key of that time back into the desk's folder, then try again.")
	problemOtherProgram = data.DefineProblem("submission_other_program", data.ErrConflict,
		"Version {version} was made by {program}; this is {this}, which prints it otherwise. All its inputs are there.",
		"Install {program} to get the same bytes, or export a new version.")
	problemOtherBytes = data.DefineProblem("submission_other_bytes", data.ErrDamaged,
		"Version {version} did not come out as it was: its fingerprint was {was}, now it is {now}.",
		"Check the desk's folder against a backup; a build of the program that was changed under the same version prints otherwise too. Nothing was written.")
	problemSentInFuture = data.DefineProblem("sent_in_future", data.ErrInvalid,
		"The time of sending {at} is in the future.", "Check the date and its time zone.")
)

// frozen is everything that a submission is made of, but for the originals.
type frozen struct {
	Case      bundle.Case  `json:"case"`
	Profile   *fit.Profile `json:"profile,omitempty"`
	TimeStamp bool         `json:"time_stamp,omitempty"`
	Signer    string       `json:"signer,omitempty"`
}

// holds reports whether a file is one of its exhibits.
func (f *frozen) holds(sha256 string) bool {
	return slices.ContainsFunc(f.Case.Exhibits, func(x bundle.Exhibit) bool { return x.SHA256 == sha256 })
}

// sameAs reports whether another version would come out the same but for its
// number, and for the language of what the seller alone reads.
func (f *frozen) sameAs(other *frozen) bool {
	a, b := *f, *other
	a.Case.Version, b.Case.Version = 0, 0
	a.Case.Reads, b.Case.Reads = "", ""
	a.Case.Anchor, b.Case.Anchor = "", "" // the journal of other cases goes on
	one, err1 := json.Marshal(a)
	two, err2 := json.Marshal(b)
	return err1 == nil && err2 == nil && bytes.Equal(one, two)
}

func (f *frozen) pack() ([]byte, error) {
	text, err := json.Marshal(f)
	if err != nil {
		return nil, fmt.Errorf("freezing a submission: %w", err)
	}
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	_, _ = z.Write(text) // into memory: cannot fail
	err = z.Close()
	return out.Bytes(), err
}

// maxFrozen bounds what a stored input unfolds to: 1 GiB.
const maxFrozen = 1 << 30

// frozenOf reads what a submission was made of.
func (d *Desk) frozenOf(ctx context.Context, s *data.Submission) (*frozen, error) {
	packed, err := d.store.SubmissionInput(ctx, s.ID)
	if err != nil {
		return nil, err
	}
	switch {
	case packed == nil:
		return nil, problemNotFrozen.New("version", s.Version)
	case len(packed) == 0:
		return nil, problemSubmissionErased.New("version", s.Version)
	}
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, fmt.Errorf("reading what version %d was made of: %w", s.Version, err)
	}
	text, err := io.ReadAll(io.LimitReader(z, maxFrozen))
	if err != nil {
		return nil, fmt.Errorf("reading what version %d was made of: %w", s.Version, err)
	}
	var f frozen
	if err := json.Unmarshal(text, &f); err != nil {
		return nil, fmt.Errorf("reading what version %d was made of: %w", s.Version, err)
	}
	return &f, nil
}

// notFrozen reports whether an error of frozenOf says that there is nothing to be read.
func notFrozen(err error) bool {
	known, ok := data.AsProblem(err)
	return ok && (known.Kind == problemNotFrozen || known.Kind == problemSubmissionErased)
}

// Rebuild makes a submission once more, byte for byte, into a folder. Where it
// cannot, the problem says which input is gone: an original (named), the
// signing key, or the version of the program. Nothing is written then.
func (d *Desk) Rebuild(ctx context.Context, uid, dir string, p Progress) (BundleReport, error) {
	s, err := d.store.Submission(ctx, uid)
	if err != nil {
		return BundleReport{}, err
	}
	f, err := d.frozenOf(ctx, &s)
	if err != nil {
		return BundleReport{}, err
	}
	if err := madeToLast(dir); err != nil {
		return BundleReport{}, err
	}
	done, err := d.rebuild(ctx, &s, f, dir, p)
	if err != nil {
		return BundleReport{}, err
	}
	return reportOf(s, done, true), nil
}

// rebuild writes a frozen submission, and refuses to give it its names unless it
// came out as it was.
func (d *Desk) rebuild(ctx context.Context, s *data.Submission, f *frozen, dir string, p Progress) (bundle.Result, error) {
	opts, err := d.bundleOptions(f, p)
	if err != nil {
		return bundle.Result{}, err
	}
	if f.Signer != "" && opts.Key.Fingerprint() != f.Signer {
		return bundle.Result{}, problemKeyGone.New("version", s.Version, "key", f.Signer)
	}
	opts.Replace = true
	opts.Expect = s.BagSHA256
	done, err := d.publishBundle(ctx, f, dir, opts, nil)
	if known, ok := data.AsProblem(err); ok && known.Kind == bundle.ProblemUnexpected {
		if this := d.program(); f.Case.Program != this {
			return done, problemOtherProgram.New("version", s.Version, "program", f.Case.Program, "this", this)
		}
		return done, problemOtherBytes.New("version", s.Version, "was", s.BagSHA256, "now", known.Args["now"])
	}
	return done, err
}

// SubmissionShop gives the shop of the order that a submission is about.
func (d *Desk) SubmissionShop(ctx context.Context, uid string) (data.Shop, error) {
	s, err := d.store.Submission(ctx, uid)
	if err != nil {
		return data.Shop{}, err
	}
	dispute, err := d.store.Dispute(ctx, s.DisputeID)
	if err != nil {
		return data.Shop{}, err
	}
	order, err := d.store.Order(ctx, dispute.OrderID)
	if err != nil {
		return data.Shop{}, err
	}
	return order.Shop, nil
}

// SentNote is what is known of the sending of a submission.
type SentNote struct {
	At      time.Time
	Note    string // where it was uploaded, the platform's number for it
	Receipt string // UID of the evidence that shows that it arrived: a screenshot, an e-mail
}

// MarkSent writes down when a submission was sent, by whom, and what shows that
// it arrived. The zero time takes it back. It can be undone.
func (d *Desk) MarkSent(ctx context.Context, uid string, n SentNote) (data.Submission, error) {
	before, err := d.store.Submission(ctx, uid)
	if err != nil {
		return before, err
	}
	if n.At.After(d.now()) {
		return before, problemSentInFuture.New("at", n.At.Format(time.RFC3339))
	}
	if n.Receipt != "" {
		if _, err := d.store.EvidenceByUID(ctx, n.Receipt); err != nil {
			return before, err
		}
	}
	after := before
	after.SentAt, after.SentNote, after.Receipt, after.SentBy = n.At.UTC().Truncate(time.Millisecond), n.Note, n.Receipt, d.Operator()
	if n.At.IsZero() {
		after.SentAt, after.SentBy, after.SentNote, after.Receipt = time.Time{}, "", "", ""
	}
	of := about{"submission.sent", data.EntitySubmission, uid, rowsOf(data.EntitySubmission, before.ID, 0, before.DisputeID)}
	err = d.act(ctx, swap(of, before, after, func(_ context.Context, tx *store.Tx, to data.Submission) error { return tx.PutSent(to) }))
	return after, err
}

// reportOf tells of a bundle that was written.
func reportOf(s data.Submission, done bundle.Result, again bool) BundleReport {
	report := BundleReport{
		Submission: s, PDFPath: done.PDF, BagPath: done.ZIP, TimeStampPath: done.TimeStamp, Again: again,
		Plan: done.Form.Plan, FormDir: done.Form.Dir,
	}
	for _, x := range done.Unused {
		report.Unused = append(report.Unused, x.Exhibit.Name)
	}
	for _, u := range done.Form.Files {
		report.FormFiles = append(report.FormFiles, filepath.Join(done.Form.Dir, u.Name))
	}
	for _, r := range append(slices.Clone(done.Rejected), done.Missing...) {
		report.LeftOut = append(report.LeftOut, RejectedFile{Name: r.Name, Reason: r.Reason})
	}
	return report
}

// changesOf tells what changed from one submission to the next.
func changesOf(before, after *frozen) []string {
	list := bundle.Changes(&before.Case, &after.Case)
	profile := func(f *frozen) string {
		if f.Profile == nil {
			return plainProfile
		}
		return f.Profile.ID
	}
	if to := profile(after); profile(before) != to {
		list = append(list, "profile.changed "+to)
	}
	if before.Signer != after.Signer {
		list = append(list, "signer.changed "+after.Signer)
	}
	return list
}

// ChangesSince tells what changed in a dispute since its last submission, as
// data.Submission.Changes does; none where there is no submission, or only one
// from before inputs were kept.
func (d *Desk) ChangesSince(ctx context.Context, r BundleRequest) ([]string, error) {
	earlier, err := d.store.Submissions(ctx, r.DisputeID)
	if err != nil || len(earlier) == 0 {
		return nil, err
	}
	before, err := d.frozenOf(ctx, &earlier[len(earlier)-1])
	if notFrozen(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	now, err := d.freeze(ctx, r)
	if err != nil {
		return nil, err
	}
	return changesOf(before, now), nil
}
