package desk

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/picture"
	"casebinder/data/store"
	"casebinder/data/vault"
)

var (
	problemCopyOfCopy = data.DefineProblem("copy_of_copy", data.ErrRefused,
		"{file} is an edited copy itself.", "Edit its original, {original}, and make one copy with all marks.")
	problemNoMarks = data.DefineProblem("copy_without_marks", data.ErrInvalid,
		"There are no marks on {file} yet that could go into a copy.", "Draw a box, squares, an arrow, a frame or a number first.")
)

// MarkPicture burns marks into a copy of a picture, takes the copy in as
// evidence of its own, and gives it the original's place in the dispute's
// bundle. The original stays as it is and is left out of the bundle where the
// copy hides a part of it. What was hidden is searched for in the copy before
// it is taken in. It can be undone.
func (d *Desk) MarkPicture(ctx context.Context, disputeID, evidenceID int64, edits []data.Edit) (data.Evidence, error) {
	original, err := d.store.Evidence(ctx, evidenceID)
	if err != nil {
		return data.Evidence{}, err
	}
	if original.CopyOf != "" {
		first, err := d.store.EvidenceByUID(ctx, original.CopyOf)
		if err != nil {
			return data.Evidence{}, err
		}
		return data.Evidence{}, problemCopyOfCopy.New("file", original.Name, "original", first.Name)
	}
	if len(edits) == 0 {
		return data.Evidence{}, problemNoMarks.New("file", original.Name)
	}
	stored, ending, err := d.burn(ctx, &original, edits)
	if err != nil {
		return data.Evidence{}, err
	}
	made, err := d.copyOf(&original, stored, ending, edits)
	if err != nil {
		return data.Evidence{}, err
	}
	return made, d.placeCopy(ctx, disputeID, &original, &made)
}

// burn writes the marked copy, proves it, and stores it.
func (d *Desk) burn(ctx context.Context, original *data.Evidence, edits []data.Edit) (vault.Stored, string, error) {
	if original.Erased() {
		return vault.Stored{}, "", problemFileErased.New("at", data.Stamp(original.ErasedAt, time.UTC))
	}
	source, _, err := d.vault.Open(original.SHA256)
	if err != nil {
		return vault.Stored{}, "", err
	}
	defer source.Close()
	info, err := picture.Inspect(source)
	if err != nil {
		return vault.Stored{}, "", err
	}
	if _, err := source.Seek(0, io.SeekStart); err != nil {
		return vault.Stored{}, "", err
	}
	folder, err := d.temporary()
	if err != nil {
		return vault.Stored{}, "", err
	}
	file, err := os.CreateTemp(folder, "copy-*")
	if err != nil {
		return vault.Stored{}, "", err
	}
	defer os.Remove(file.Name()) //nolint:errcheck // a temporary file
	defer file.Close()
	ending, _, err := picture.Redact(ctx, source, edits, file)
	if err != nil {
		return vault.Stored{}, "", err
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return vault.Stored{}, "", err
	}
	if err := picture.Proof(ctx, file, edits, info); err != nil {
		return vault.Stored{}, "", err
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return vault.Stored{}, "", err
	}
	stored, err := d.vault.Add(ctx, file, MaxEvidenceBytes)
	return stored, ending, err
}

// copyOf describes a copy: when it was captured is known from the original;
// where and with which device is not told, nor what stood on a label.
func (d *Desk) copyOf(original *data.Evidence, stored vault.Stored, ending string, edits []data.Edit) (data.Evidence, error) {
	uid, err := newUID()
	if err != nil {
		return data.Evidence{}, err
	}
	made := data.Evidence{
		UID: uid, SHA256: stored.SHA256, Size: stored.Size, MIME: stored.MIME, Kind: original.Kind, Note: original.Note,
		OrderID: original.OrderID, DisputeID: original.DisputeID, CapturedAt: original.CapturedAt, Captured: original.Captured,
		Source: "copy", AddedAt: d.now(), AddedBy: d.Operator(), CopyOf: original.UID, Edits: edits,
	}
	word := "-marked."
	if made.Redacted() {
		word = "-redacted."
	} else {
		made.Place, made.Device, made.Label = original.Place, original.Device, original.Label
	}
	made.Name = EvidenceFile{Name: strings.TrimSuffix(original.Name, filepath.Ext(original.Name)) + word + ending}.name()
	return made, nil
}

// placeCopy stores the copy and puts it where its original stands.
func (d *Desk) placeCopy(ctx context.Context, disputeID int64, original, made *data.Evidence) error {
	dispute, err := d.store.Dispute(ctx, disputeID)
	if err != nil {
		return err
	}
	before, err := d.store.Exhibits(ctx, disputeID)
	if err != nil {
		return err
	}
	views, err := d.exhibits(ctx, dispute)
	if err != nil {
		return err
	}
	after := replaced(views, original.UID, made.UID)
	said, err := d.store.Statement(ctx, disputeID)
	if err != nil {
		return err
	}
	pointed := d.pointedTo(said, views, original.UID, made.UID)
	p := placing{dispute: dispute, made: made, before: before, after: after, said: said, pointed: pointed}
	return d.act(ctx, p.in)
}

// placing is what changes around a copy that comes in: the places of exhibits,
// and what the claims cite.
type placing struct {
	dispute       *data.Dispute
	made          *data.Evidence
	before, after []data.Exhibit
	said, pointed data.Statement
}

// in takes the copy in, for the first time or from the bin.
func (p placing) in(ctx context.Context, tx *store.Tx) (deed, error) {
	if err := refuseTwice(ctx, tx, p.made); err != nil {
		return deed{}, err
	}
	var err error
	if p.made.ID == 0 {
		err = tx.InsertEvidence(p.made)
	} else {
		err = tx.SetBinned(data.EntityEvidence, p.made.ID, time.Time{})
	}
	if err != nil {
		return deed{}, err
	}
	return p.did(data.EffectAdded, nil, p.made, p.out), p.put(tx, p.said, p.pointed, p.after)
}

// out puts the copy into the bin, and all back into its place.
func (p placing) out(_ context.Context, tx *store.Tx) (deed, error) {
	if err := p.put(tx, p.pointed, p.said, p.before); err != nil {
		return deed{}, err
	}
	return p.did(data.EffectRemoved, p.made, nil, p.in), tx.SetBinned(data.EntityEvidence, p.made.ID, tx.Now())
}

func (placing) put(tx *store.Tx, from, to data.Statement, places []data.Exhibit) error {
	if !from.Equal(to) {
		if err := tx.PutStatement(&to); err != nil {
			return err
		}
	}
	return tx.PutExhibits(to.DisputeID, places)
}

func (p placing) did(effect data.Effect, before, after *data.Evidence, back step) deed {
	did := deed{
		Change: data.Change{Action: "evidence.copy", Entity: data.EntityEvidence, Key: p.made.UID},
		effect: effect, back: back, rows: evidenceRows(p.made),
	}
	if before != nil {
		did.Before = before
	}
	if after != nil {
		did.After = after
	}
	for _, entity := range []string{data.EntityExhibits, data.EntityStatement, data.EntityDispute} {
		did.rows = append(did.rows, data.RowRef{Entity: entity, ID: p.dispute.ID})
	}
	return did
}

// pointedTo gives a statement whose claims cite the copy where they cited its
// original or an earlier copy, which are not in the bundle any more.
func (d *Desk) pointedTo(said data.Statement, views []ExhibitView, original, made string) data.Statement {
	gone := map[string]bool{original: true}
	for i := range views {
		if views[i].Evidence.CopyOf == original {
			gone[views[i].EvidenceUID] = true
		}
	}
	to := said
	to.Claims = slices.Clone(said.Claims)
	for i, claim := range to.Claims {
		to.Claims[i].Cites = slices.Clone(claim.Cites)
		for j, cite := range claim.Cites {
			if gone[cite.Evidence] {
				to.Claims[i].Cites[j].Evidence = made
			}
		}
	}
	if !to.Equal(said) {
		to.UpdatedAt, to.UpdatedBy = d.now().Truncate(time.Millisecond), d.Operator()
	}
	return to
}

// replaced gives the exhibits with a copy in the place of its original, which
// goes behind it and is left out, as are copies that were made before.
func replaced(views []ExhibitView, original, made string) []data.Exhibit {
	var list []data.Exhibit
	for _, v := range views {
		x := v.Exhibit
		if x.EvidenceUID == original {
			in := x
			in.EvidenceUID, in.Included = made, true
			list = append(list, in)
			x.Included = false
		}
		x.Included = x.Included && v.Evidence.CopyOf != original
		list = append(list, x)
	}
	return list
}
