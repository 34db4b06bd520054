package desk

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"casebinder/data"
	"casebinder/data/store"
	"casebinder/data/vault"
)

// MaxEvidenceBytes is the largest file that is taken as evidence: 16 GiB.
const MaxEvidenceBytes = 16 << 30

var (
	problemEvidenceOpen = data.DefineProblem("evidence_unreadable", data.ErrInvalid,
		"The file {file} cannot be read.", "Check that it is there, that it is a file, and that you may read it.")
	problemEvidenceEmpty = data.DefineProblem("evidence_empty", data.ErrInvalid,
		"The file {file} is empty.", "Copy it from the camera or phone again.")
	problemMismatch = data.DefineProblem("evidence_not_what_it_says", data.ErrInvalid,
		"The file {file} is not the kind of file that its name says; its content is {mime}.",
		"Open it to see what it is, then add the right file, or give it a name with the right ending.")
	problemEvidenceKind = data.DefineProblem("evidence_kind_unknown", data.ErrInvalid,
		"There is no kind of evidence “{kind}”.", "Choose one of: {kinds}.")
	problemTwice = data.DefineProblem("evidence_twice", data.ErrConflict,
		"The file {file} is already evidence in this dispute, as {name}.",
		"Edit the note of the one that is there.")
	problemCapturedInFuture = data.DefineProblem("captured_in_future", data.ErrInvalid,
		"The capture time {at} is in the future.", "Check the date and its time zone.")
)

// EvidenceFile is a file that comes in as evidence.
type EvidenceFile struct {
	Path       string            // of a file on disk; or
	Name       string            // a name, and
	Bytes      []byte            // its content, as of a pasted picture
	Kind       data.EvidenceKind // as a person chose it; "": nobody said what it shows
	Note       string
	CapturedAt time.Time // zero: taken from EXIF where there is one
	Place      string
	Slot       string          // of packing; "" none
	Tracking   string          // of the parcel that it shows
	Codes      []data.ReadCode // that were read from it
	Source     string          // how it comes in: "file", "drop", "paste", "command", "watched", "sample"

	feedbackID int64 // of the feedback that it belongs to
}

// EvidenceReport says what came in and what did not.
type EvidenceReport struct {
	Added    []data.Evidence
	Rejected []RejectedFile
}

// RejectedFile is a file that was not taken, and why.
type RejectedFile struct {
	Name   string
	Reason error // a *data.Problem where a person can act on it
}

// AddEvidence takes files into the vault as evidence of a dispute. Each file
// that cannot be taken is listed and does not keep the others out. It can be
// undone, file by file.
func (d *Desk) AddEvidence(ctx context.Context, disputeID int64, files []EvidenceFile, p Progress) (EvidenceReport, error) {
	dispute, err := d.store.Dispute(ctx, disputeID)
	if err != nil {
		return EvidenceReport{}, err
	}
	return d.addFiles(ctx, dispute.OrderID, disputeID, files, p)
}

// AddOrderEvidence takes files into the vault as evidence of an order, before
// there is any dispute.
func (d *Desk) AddOrderEvidence(ctx context.Context, orderID int64, files []EvidenceFile, p Progress) (EvidenceReport, error) {
	if _, err := d.store.Order(ctx, orderID); err != nil {
		return EvidenceReport{}, err
	}
	return d.addFiles(ctx, orderID, 0, files, p)
}

// AddFeedbackEvidence takes files into the vault that belong to a feedback: its
// pictures, and what could prove a complaint about it. They are not among the
// evidence of its order: a dispute is not argued with them by itself.
func (d *Desk) AddFeedbackEvidence(ctx context.Context, feedbackID int64, files []EvidenceFile, p Progress) (EvidenceReport, error) {
	if _, err := d.store.Feedback(ctx, feedbackID); err != nil {
		return EvidenceReport{}, err
	}
	files = slices.Clone(files)
	for i := range files {
		files[i].feedbackID = feedbackID
	}
	return d.addFiles(ctx, 0, 0, files, p)
}

func (d *Desk) addFiles(ctx context.Context, orderID, disputeID int64, files []EvidenceFile, p Progress) (EvidenceReport, error) {
	var report EvidenceReport
	for i, file := range files {
		p.tell(int64(i), int64(len(files)), "progress.hashing")
		evidence, err := d.addFile(ctx, orderID, disputeID, file)
		switch problem, ok := data.AsProblem(err); {
		case err == nil:
			report.Added = append(report.Added, evidence)
		case ctx.Err() != nil:
			return report, ctx.Err()
		case ok && !errors.Is(err, data.ErrFull) && !errors.Is(err, data.ErrReadOnly):
			report.Rejected = append(report.Rejected, RejectedFile{Name: file.name(), Reason: problem})
		default:
			return report, fmt.Errorf("adding %s: %w", file.name(), err)
		}
	}
	p.tell(int64(len(files)), int64(len(files)), "progress.hashing")
	return report, nil
}

// name is the file's own name, without its folder and at most 255 bytes long.
func (f EvidenceFile) name() string {
	name := f.Name
	if name == "" {
		name = f.Path
	}
	name = filepath.Base(strings.ReplaceAll(name, `\`, "/"))
	name = strings.ToValidUTF8(name, "\uFFFD")
	if len(name) <= 255 {
		return name
	}
	extension := filepath.Ext(name)
	if len(extension) > 16 {
		extension = ""
	}
	cut := 255 - len(extension)
	for !utf8.RuneStart(name[cut]) {
		cut--
	}
	return name[:cut] + extension
}

func (f EvidenceFile) open() (io.ReadCloser, error) {
	if f.Path == "" {
		return io.NopCloser(bytes.NewReader(f.Bytes)), nil
	}
	if err := data.CheckPath(f.Path); err != nil {
		return nil, err
	}
	info, err := os.Stat(f.Path)
	if err == nil && !info.Mode().IsRegular() {
		err = errors.New("not a regular file")
	}
	if err != nil {
		return nil, problemEvidenceOpen.Wrap(err, "file", f.name())
	}
	file, err := os.Open(f.Path)
	if err != nil {
		return nil, problemEvidenceOpen.Wrap(err, "file", f.name())
	}
	return file, nil
}

func (d *Desk) addFile(ctx context.Context, orderID, disputeID int64, f EvidenceFile) (data.Evidence, error) {
	evidence, filing, err := d.filing(ctx, orderID, disputeID, f)
	if err != nil {
		return data.Evidence{}, err
	}
	err = d.act(ctx, filing)
	return *evidence, err
}

// filing keeps a file in the vault, and gives the step that makes it evidence.
func (d *Desk) filing(ctx context.Context, orderID, disputeID int64, f EvidenceFile) (*data.Evidence, step, error) {
	if f.Kind != "" && !slices.Contains(data.EvidenceKinds(), f.Kind) {
		return nil, nil, problemEvidenceKind.New("kind", f.Kind, "kinds", joinAll(data.EvidenceKinds()))
	}
	if f.CapturedAt.After(d.now()) {
		return nil, nil, problemCapturedInFuture.New("at", data.JSONTime(f.CapturedAt))
	}
	stored, err := d.keep(ctx, f)
	if err != nil {
		return nil, nil, err
	}
	evidence, err := d.describe(f, stored)
	if err != nil {
		return nil, nil, err
	}
	evidence.OrderID, evidence.DisputeID, evidence.FeedbackID = orderID, disputeID, f.feedbackID
	return &evidence, func(ctx context.Context, tx *store.Tx) (deed, error) {
		if err := refuseTwice(ctx, tx, &evidence); err != nil {
			return deed{}, err
		}
		if err := tx.InsertEvidence(&evidence); err != nil {
			return deed{}, err
		}
		rows := evidenceRows(&evidence)
		return deed{
			Change: data.Change{Action: "evidence.add", Entity: data.EntityEvidence, Key: evidence.UID, After: evidence},
			effect: data.EffectAdded, rows: rows, back: binning(data.EntityEvidence, evidence.UID, true, rows...),
		}, nil
	}, nil
}

func evidenceRows(e *data.Evidence) []data.RowRef {
	rows := rowsOf(data.EntityEvidence, e.ID, e.OrderID, e.DisputeID)
	if e.FeedbackID != 0 {
		rows = append(rows, data.RowRef{Entity: data.EntityFeedback, ID: e.FeedbackID})
	}
	return rows
}

// keep stores the content. A file that turns out not to be what its name says
// was stored by then; it stays in the vault unreferenced until it is swept.
func (d *Desk) keep(ctx context.Context, f EvidenceFile) (vault.Stored, error) {
	r, err := f.open()
	if err != nil {
		return vault.Stored{}, err
	}
	defer r.Close()
	head := make([]byte, 4096)
	n, err := io.ReadFull(r, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return vault.Stored{}, problemEvidenceOpen.Wrap(err, "file", f.name())
	}
	head = head[:n]
	if n == 0 {
		return vault.Stored{}, problemEvidenceEmpty.New("file", f.name())
	}
	if mime := vault.Sniff(head); vault.Mismatch(f.name(), mime) {
		return vault.Stored{}, problemMismatch.New("file", f.name(), "mime", mime)
	}
	return d.vault.Add(ctx, io.MultiReader(bytes.NewReader(head), r), MaxEvidenceBytes)
}

// describe tells what can be told of a stored file.
func (d *Desk) describe(f EvidenceFile, stored vault.Stored) (data.Evidence, error) {
	uid, err := newUID()
	if err != nil {
		return data.Evidence{}, err
	}
	evidence := data.Evidence{
		UID: uid, SHA256: stored.SHA256, Size: stored.Size, MIME: stored.MIME, Name: f.name(), Kind: f.Kind, Note: f.Note,
		Place: f.Place, Slot: f.Slot, Tracking: f.Tracking, Codes: f.Codes, Source: f.Source, AddedAt: d.now(), AddedBy: d.Operator(),
	}
	if evidence.Source == "" {
		evidence.Source = "file"
	}
	if evidence.Kind == "" {
		evidence.Kind = data.KindOther // what it shows, a person says
	}
	if !f.CapturedAt.IsZero() {
		evidence.CapturedAt, evidence.Captured = f.CapturedAt, data.CapturedStated
	}
	return evidence, d.readExif(&evidence)
}

// readExif fills what the camera wrote into a picture. What a person stated
// wins; a camera's words that cannot be read are no reason to refuse the
// picture.
func (d *Desk) readExif(e *data.Evidence) error {
	if !strings.HasPrefix(e.MIME, "image/") {
		return nil
	}
	file, _, err := d.vault.Open(e.SHA256)
	if err != nil {
		return err
	}
	defer file.Close()
	meta, err := vault.Describe(file, e.MIME)
	if err != nil {
		return nil //nolint:nilerr // the picture is evidence with or without readable EXIF
	}
	e.Device = meta.Device
	if e.Captured == data.CapturedNone && !meta.CapturedAt.IsZero() && !meta.CapturedAt.After(d.now().Add(24*time.Hour)) {
		e.CapturedAt, e.Captured = meta.CapturedAt, data.CapturedExif
	}
	if e.Place == "" && meta.HasPlace {
		e.Place = fmt.Sprintf("%.5f, %.5f", meta.Lat, meta.Lon)
	}
	return nil
}

// refuseTwice refuses a file that the same dispute, or the same order without
// a dispute, has already.
func refuseTwice(ctx context.Context, tx *store.Tx, e *data.Evidence) error {
	same, err := tx.EvidenceBySHA(ctx, e.SHA256)
	if err != nil {
		return err
	}
	for _, other := range same {
		if other.BinnedAt.IsZero() && other.OrderID == e.OrderID && other.DisputeID == e.DisputeID && other.FeedbackID == e.FeedbackID {
			return problemTwice.New("file", e.Name, "name", other.Name)
		}
	}
	return nil
}

// EvidenceEdit is the description of a piece of evidence; the file itself is
// never changed.
type EvidenceEdit struct {
	Kind       data.EvidenceKind
	Note       string
	CapturedAt time.Time
	Place      string
	Label      string // what stands on a shipping label in the picture
	Slot       string // of packing; "" none
	Tracking   string // of the parcel that it shows
}

// EditEvidence describes a piece of evidence anew. It can be undone.
func (d *Desk) EditEvidence(ctx context.Context, id int64, edit EvidenceEdit) (data.Evidence, error) {
	before, err := d.store.Evidence(ctx, id)
	if err != nil {
		return before, err
	}
	if !slices.Contains(data.EvidenceKinds(), edit.Kind) {
		return before, problemEvidenceKind.New("kind", edit.Kind, "kinds", joinAll(data.EvidenceKinds()))
	}
	if edit.CapturedAt.After(d.now()) {
		return before, problemCapturedInFuture.New("at", data.JSONTime(edit.CapturedAt))
	}
	if edit.Slot != "" && !slices.Contains(data.Slots(), edit.Slot) {
		return before, problemSlot.New("slot", edit.Slot, "slots", strings.Join(data.Slots(), ", "))
	}
	after := before
	after.Slot, after.Tracking = edit.Slot, edit.Tracking
	after.Kind, after.Note, after.Place, after.Label = edit.Kind, edit.Note, edit.Place, edit.Label
	if !edit.CapturedAt.Equal(before.CapturedAt) {
		after.CapturedAt, after.Captured = edit.CapturedAt, data.CapturedStated
		if edit.CapturedAt.IsZero() {
			after.Captured = data.CapturedNone
		}
	}
	of := about{"evidence.edit", data.EntityEvidence, before.UID, evidenceRows(&before)}
	err = d.act(ctx, swap(of, before, after, func(_ context.Context, tx *store.Tx, to data.Evidence) error { return tx.EditEvidence(&to) }))
	return after, err
}

// BinEvidence puts a piece of evidence into the bin. It can be undone; the
// file stays in the vault.
func (d *Desk) BinEvidence(ctx context.Context, id int64) error {
	evidence, err := d.store.Evidence(ctx, id)
	if err != nil {
		return err
	}
	return d.act(ctx, binning(data.EntityEvidence, evidence.UID, true, evidenceRows(&evidence)...))
}

// EvidenceCopy writes a copy under its own name into a temporary folder, to be
// opened by the system's viewer, so that the original is never touched. It is
// swept at the next start.
func (d *Desk) EvidenceCopy(ctx context.Context, id int64) (path string, err error) {
	evidence, err := d.store.Evidence(ctx, id)
	if err != nil {
		return "", err
	}
	if evidence.Erased() {
		return "", problemFileErased.New("at", data.Stamp(evidence.ErasedAt, time.UTC))
	}
	folder, err := d.temporary()
	if err != nil {
		return "", err
	}
	return d.vault.CopyTo(ctx, evidence.SHA256, folder, evidence.Name)
}
