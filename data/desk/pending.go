package desk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"casebinder/data"
	"casebinder/data/bag"
	"casebinder/data/bundle"
	"casebinder/data/store"
)

// pendingName is the folder of what is being written outside of the desk. Work
// that was killed is finished, or its traces are swept, at the next start.
const pendingName = "pending"

// pending is one thing that is being written outside of the desk's folder.
type pending struct {
	Parts   string                 `json:"parts"`             // pattern of the temporary files and folders
	Work    string                 `json:"work,omitempty"`    // folder of the finished files, which are about to get their names
	Targets []pendingTarget        `json:"targets,omitempty"` // in the order in which they get them
	Bundle  *data.Submission       `json:"bundle,omitempty"`  // to be recorded; nil where it is already, or is none
	Dispute int64                  `json:"dispute,omitempty"`
	Files   []store.SubmissionFile `json:"files,omitempty"`
	Input   []byte                 `json:"input,omitempty"`
	path    string                 // of the note itself
}

// pendingTarget is a file, or with no SHA-256 a folder, that gets its name.
type pendingTarget struct {
	Path   string `json:"path"`
	SHA256 string `json:"sha256,omitempty"`
}

// begin notes what is about to be written, by the pattern of its temporary
// files; the caller ends it.
func (d *Desk) begin(parts string) (*pending, error) {
	uid, err := newUID()
	if err != nil {
		return nil, err
	}
	folder := filepath.Join(d.dir, pendingName)
	if err := madeToLast(folder); err != nil {
		return nil, err
	}
	n := &pending{Parts: parts, path: filepath.Join(folder, uid+".json")}
	return n, n.keep()
}

// escaped is a path as a pattern that means it alone.
func escaped(path string) string {
	if runtime.GOOS == "windows" { // where a pattern has no escapes
		return strings.NewReplacer("*", "?", "[", "?").Replace(path)
	}
	return strings.NewReplacer(`\`, `\\`, "*", `\*`, "?", `\?`, "[", `\[`).Replace(path)
}

func (n *pending) keep() error {
	text, err := json.Marshal(n)
	if err == nil {
		err = writeWhole(n.path, text, true)
	}
	if err != nil {
		return fmt.Errorf("noting what is being written: %w", unwritable(filepath.Dir(n.path), err))
	}
	return nil
}

// end takes the note away, once it outlasts a power cut that the temporary files
// are gone. A note that stays is looked at in vain at the next start.
func (n *pending) end() {
	folders, _ := filepath.Glob(filepath.Dir(n.Parts)) // one at most, or none any more
	for _, dir := range folders {
		if bag.SyncDir(dir) != nil {
			return
		}
	}
	_ = os.Remove(n.path)
}

// publishing notes that a finished bundle is about to get its names.
func (n *pending) publishing(work string, s *submitted, done *bundle.Result) error {
	n.Work, n.Files, n.Input = work, s.files, s.input
	if s.UID != "" {
		n.Bundle, n.Dispute = &s.Submission, s.DisputeID
	}
	sums := map[string]string{done.ZIP: done.ZIPSHA256, done.PDF: done.PDFSHA256}
	for _, path := range done.Targets() {
		whole, err := filepath.Abs(path)
		if err != nil {
			return fmt.Errorf("finding the folder: %w", err)
		}
		n.Targets = append(n.Targets, pendingTarget{Path: whole, SHA256: sums[path]})
	}
	return n.keep()
}

// healPending finishes what was killed between naming a bundle and recording
// it, and sweeps what was killed before.
func (d *Desk) healPending(ctx context.Context) {
	notes, err := filepath.Glob(filepath.Join(escaped(d.dir), pendingName, "*.json"))
	if err != nil {
		return
	}
	sweepAway(filepath.Join(escaped(d.dir), pendingName, ".new-*"))
	for _, path := range notes {
		n := pending{path: path}
		text, err := os.ReadFile(path)
		if err == nil {
			err = json.Unmarshal(text, &n)
		}
		if err == nil {
			err = d.finish(ctx, &n)
		}
		if err != nil { // a folder that is not there today; it is tried again at the next start
			slog.Warn("finishing what was interrupted", "note", path, "error", err)
			continue
		}
		n.end()
	}
}

// finish gives the remaining files of a bundle their names and records it. A
// bundle of which nothing is there was never published.
func (d *Desk) finish(ctx context.Context, n *pending) error {
	if n.Work != "" {
		whole, err := n.name()
		if err != nil {
			return err
		}
		if whole && n.Bundle != nil {
			if err := d.recordOnce(ctx, n); err != nil {
				return err
			}
		}
	}
	if n.Parts != "" {
		sweepAway(n.Parts)
	}
	return nil
}

// name gives each target its name that lacks it, and reports whether all are
// there then. A first target that was not touched means that none was.
func (n *pending) name() (whole bool, err error) {
	for i, t := range n.Targets {
		same, err := t.same()
		if err != nil {
			return false, err
		}
		if same { // after a power cut the file may stand under both names
			continue
		}
		ready := filepath.Join(n.Work, filepath.Base(t.Path))
		_, unfinished := os.Lstat(ready)
		_, aside := os.Lstat(filepath.Join(n.Work, bundle.Aside(t.Path)))
		if unfinished != nil || i == 0 && aside != nil {
			return false, nil
		}
		if err := os.Rename(ready, t.Path); err != nil {
			return false, err
		}
		if same, err := t.same(); err != nil || !same {
			return false, err
		}
	}
	if len(n.Targets) > 0 {
		return true, bag.SyncDir(filepath.Dir(n.Targets[0].Path))
	}
	return false, nil
}

// same reports whether what lies under the target's name is what was written.
func (t pendingTarget) same() (bool, error) {
	file, err := os.Open(t.Path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	defer file.Close()
	if t.SHA256 == "" {
		return true, nil
	}
	hash := sha256.New()
	if _, err := io.Copy(hash, file); err != nil {
		return false, err
	}
	return hex.EncodeToString(hash.Sum(nil)) == t.SHA256, nil
}

// recordOnce records a bundle that is not recorded yet.
func (d *Desk) recordOnce(ctx context.Context, n *pending) error {
	_, err := d.store.Submission(ctx, n.Bundle.UID)
	if !errors.Is(err, data.ErrNotFound) {
		return err
	}
	s := *n.Bundle
	s.DisputeID = n.Dispute
	dispute, err := d.store.Dispute(ctx, s.DisputeID)
	if err != nil {
		return err
	}
	return d.recordSubmission(ctx, &s, dispute.OrderID, n.Files, n.Input)
}

// recordSubmission keeps a bundle as a submission. What was bound may have been
// sent: no undo takes it away.
func (d *Desk) recordSubmission(ctx context.Context, s *data.Submission, order int64, files []store.SubmissionFile, input []byte) error {
	return d.act(ctx, func(_ context.Context, tx *store.Tx) (deed, error) {
		if err := tx.InsertSubmission(s, files, input); err != nil {
			return deed{}, err
		}
		return deed{
			Change: data.Change{Action: "submission.add", Entity: data.EntitySubmission, Key: s.UID, After: s},
			effect: data.EffectAdded, rows: rowsOf(data.EntitySubmission, s.ID, order, s.DisputeID),
		}, nil
	})
}
