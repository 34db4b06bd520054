package desk

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"time"

	"casebinder/data"
	"casebinder/data/bundle"
	"casebinder/data/bundle/fit"
	"casebinder/data/pdf"
	"casebinder/data/seal"
	"casebinder/data/store"
)

// plainProfile is the profile of a bundle that was made for no platform's form.
const plainProfile = "plain"

var problemUncovered = data.DefineProblem("bundle_uncovered", data.ErrRefused,
	"{original} is an exhibit beside its copy {copy}, in which parts were made unreadable.",
	"Leave the original out of the bundle, or the copy: together they show what was to be hidden. Nothing was exported.")

// uncovered refuses a bundle that holds an original beside the copy that hides a
// part of it.
func uncovered(exhibits []bundle.Exhibit) error {
	for _, x := range exhibits {
		if x.Original == nil || !x.Redacted() {
			continue
		}
		for _, other := range exhibits {
			if other.UID == x.Original.UID || other.SHA256 == x.Original.SHA256 {
				return problemUncovered.New("original", other.Name, "copy", x.Name)
			}
		}
	}
	return nil
}

// BundleRequest says how a dispute is bound.
type BundleRequest struct {
	DisputeID int64
	Dir       string          // where the PDF, the ZIP and the files to upload go
	Language  string          // of the bundle's own words: "en", "zh-CN", "zh-TW"; "" is "en"
	Reads     string          // of what the seller alone reads beside the files for a form; "" is Language
	Profile   string          // whose form it is fitted to; "" is "plain"
	Mask      []data.MaskKind // personal data that is masked in text
	TimeStamp bool            // write a time-stamp request for the ZIP
}

// BundleReport is a bundle that was written, verified and recorded.
type BundleReport struct {
	Submission    data.Submission
	PDFPath       string
	BagPath       string
	TimeStampPath string         // the request for a time stamp; "" for none
	FormDir       string         // folder with the files to upload; "" for none
	FormFiles     []string       // their paths
	Plan          fit.Plan       // how they were fitted
	Unused        []string       // names of exhibits that no claim cites, where there are claims
	Again         bool           // nothing has changed since this version, so it was written once more, byte for byte
	LeftOut       []RejectedFile // what is not shown in the PDF, in whole or in part, and what is not in the ZIP; each reason says which
}

// ExportBundle binds a dispute into one PDF and one ZIP, with the files that a
// platform's form takes beside them, reads the ZIP back, and records all as a
// submission with everything it was made of. The bundle bears the time of the
// case's last change, so that the same case gives the same bytes, today and
// later.
func (d *Desk) ExportBundle(ctx context.Context, r BundleRequest, p Progress) (BundleReport, error) {
	f, err := d.freeze(ctx, r)
	if err != nil {
		return BundleReport{}, err
	}
	if err := uncovered(f.Case.Exhibits); err != nil {
		return BundleReport{}, err
	}
	if err := madeToLast(r.Dir); err != nil {
		return BundleReport{}, err
	}
	earlier, err := d.store.Submissions(ctx, r.DisputeID)
	if err != nil {
		return BundleReport{}, err
	}
	for i := len(earlier) - 1; i >= 0; i-- {
		report, err := d.exportAgain(ctx, f, &earlier[i], r.Dir, p)
		if err != nil || report.Again {
			return report, err
		}
	}
	var changes []string
	for i := range earlier {
		f.Case.Version = max(f.Case.Version, earlier[i].Version)
	}
	f.Case.Version++
	if n := len(earlier); n > 0 {
		if before, err := d.frozenOf(ctx, &earlier[n-1]); err == nil {
			changes = changesOf(before, f)
		}
	}
	opts, err := d.bundleOptions(f, p)
	if err != nil {
		return BundleReport{}, err
	}
	var kept submitted
	done, err := d.publishBundle(ctx, f, r.Dir, opts, func(done *bundle.Result) (*submitted, error) {
		kept, err = d.submit(r, f, changes, done)
		return &kept, err
	})
	if err != nil {
		return BundleReport{}, err
	}
	report := reportOf(kept.Submission, done, false)
	if err := d.recordSubmission(ctx, &report.Submission, f.Case.Order.ID, kept.files, kept.input); err != nil {
		return report, problemUnrecorded.Wrap(err, "file", report.BagPath) // the note stays: the next start records it
	}
	kept.note.end()
	return report, nil
}

var problemUnrecorded = data.DefineProblem("bundle_unrecorded", data.ErrDamaged,
	"The bundle {file} was written, but the desk could not record it.",
	"Make sure that the desk's disk works and has room. The bundle is recorded when the desk is opened next.")

// submitted is a bundle as it is recorded.
type submitted struct {
	data.Submission
	files []store.SubmissionFile
	input []byte
	note  *pending
}

// publishBundle writes a bundle, and notes in the desk how far it is, so that one that
// is killed between getting its names and being recorded is recorded at the
// next start. submit makes what is recorded; nil where it is already: then the
// note is ended here, else by the caller.
func (d *Desk) publishBundle(ctx context.Context, f *frozen, dir string, opts bundle.Options, submit func(*bundle.Result) (*submitted, error)) (bundle.Result, error) {
	var note *pending
	opts.Note = func(work string, done *bundle.Result) (err error) {
		if work, err = filepath.Abs(work); err != nil {
			return fmt.Errorf("finding the folder: %w", err)
		}
		if done == nil {
			note, err = d.begin(escaped(work) + "*.part")
			return err
		}
		var s submitted
		made := &s
		if submit != nil {
			if made, err = submit(done); err != nil {
				return err
			}
			made.note = note
		}
		return note.publishing(work, made, done)
	}
	done, err := bundle.Export(ctx, f.Case, originals{d}, dir, opts)
	if note != nil && (err != nil || submit == nil) {
		note.end()
	}
	return done, err
}

// freeze gathers all that a submission is made of, its number aside.
func (d *Desk) freeze(ctx context.Context, r BundleRequest) (*frozen, error) {
	if r.Language == "" {
		r.Language = "en"
	}
	c, err := d.gather(ctx, r)
	if err != nil {
		return nil, err
	}
	key, err := d.signingKey()
	if err != nil {
		return nil, err
	}
	head, err := d.store.JournalHead(ctx)
	if err != nil {
		return nil, err
	}
	switch {
	case head.Seq == 0:
	case len(c.Mask) > 0: // its bare hash could prove a guess at what is masked
		c.Anchor = seal.CoveredAnchorLine(head, key)
	default:
		c.Anchor = seal.AnchorLine(head)
	}
	f := &frozen{Case: c, TimeStamp: r.TimeStamp, Signer: key.Fingerprint()}
	if r.Profile != "" && r.Profile != plainProfile {
		profile, err := d.profile(ctx, r.Profile)
		if err != nil {
			return nil, err
		}
		f.Profile = &profile
		if r.Reads != r.Language {
			f.Case.Reads = r.Reads
		}
	}
	return f, nil
}

// exportAgain writes a version once more when nothing that it is made of has
// changed since. Where it comes out otherwise all the same, the program has
// changed, and a new version is due.
func (d *Desk) exportAgain(ctx context.Context, f *frozen, s *data.Submission, dir string, p Progress) (BundleReport, error) {
	before, err := d.frozenOf(ctx, s)
	if notFrozen(err) {
		return BundleReport{}, nil
	}
	if err != nil || !before.sameAs(f) {
		return BundleReport{}, err
	}
	done, err := d.rebuild(ctx, s, before, dir, p)
	if known, ok := data.AsProblem(err); ok && (known.Kind == problemOtherProgram || known.Kind == problemOtherBytes) {
		return BundleReport{}, nil
	}
	if err != nil {
		return BundleReport{}, err
	}
	return reportOf(*s, done, true), nil
}

func (d *Desk) program() string { return "Casebinder " + d.version }

// bundleOptions are the means with which a frozen submission is written.
func (d *Desk) bundleOptions(f *frozen, p Progress) (bundle.Options, error) {
	key, err := d.signingKey()
	if err != nil {
		return bundle.Options{}, err
	}
	return bundle.Options{
		Annex: pdf.AnnexOptions{Command: d.annex}, Viewer: d.viewer, CacheDir: d.cacheDir(), Profile: f.Profile, Key: &key, TimeStamp: f.TimeStamp,
		Progress: func(at bundle.Progress) { p.tell(at.Done, at.Total, "progress."+string(at.Step)) },
	}, nil
}

// originals gives a bundle the vault's files.
type originals struct{ desk *Desk }

func (o originals) OpenOriginal(ctx context.Context, sha256 string) (io.ReadSeekCloser, int64, error) {
	file, size, err := o.desk.vault.Open(sha256)
	if err == nil || !errors.Is(err, data.ErrNotFound) {
		return file, size, err
	}
	at, failed := o.desk.store.FileErased(ctx, sha256)
	switch {
	case failed != nil:
		return nil, 0, failed
	case !at.IsZero():
		return nil, 0, problemFileErased.New("at", data.Stamp(at, time.UTC))
	}
	return nil, 0, err
}

// submit makes what is recorded of a bundle.
func (d *Desk) submit(r BundleRequest, f *frozen, changes []string, done *bundle.Result) (submitted, error) {
	uid, err := newUID()
	if err != nil {
		return submitted{}, err
	}
	input, err := f.pack()
	if err != nil {
		return submitted{}, err
	}
	s := data.Submission{
		UID: uid, DisputeID: r.DisputeID, Version: f.Case.Version, Profile: plainProfile, Language: f.Case.Language,
		CreatedAt: d.now(), CreatedBy: d.Operator(), Generation: f.Case.Generated,
		PDFName: done.Name + ".pdf", PDFSHA256: done.PDFSHA256, BagName: done.Name + ".zip", BagSHA256: done.ZIPSHA256,
		Pages: done.Pages, Exhibits: len(done.Exhibits), Bytes: done.ZIPSize,
		Program: f.Case.Program, Signer: f.Signer, Mask: f.Case.Mask, Changes: changes,
	}
	if f.Profile != nil {
		s.Profile = f.Profile.ID
	}
	files := []store.SubmissionFile{
		{Name: s.PDFName, SHA256: s.PDFSHA256, Size: done.PDFSize},
		{Name: s.BagName, SHA256: s.BagSHA256, Size: done.ZIPSize},
	}
	for _, u := range done.Form.Files {
		files = append(files, store.SubmissionFile{Name: filepath.Base(done.Form.Dir) + "/" + u.Name, SHA256: u.SHA256, Size: u.Size})
	}
	return submitted{Submission: s, files: files, input: input}, nil
}
