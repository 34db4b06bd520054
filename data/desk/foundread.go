package desk

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/importer"
	"casebinder/data/pack"
	"casebinder/data/store"
	"casebinder/data/vault"
)

const (
	readBatch = 16             // found files that are read before they are written down
	clockSlip = 24 * time.Hour // a camera's clock without a zone may be off by less
	clockPast = 365 * 24 * time.Hour
)

var (
	sayFoundUnread = data.DefinePhrase("found.unreadable", "The file cannot be read now: {error}")
	sayFoundKnown  = data.DefinePhrase("found.known", "The same file is already evidence, as {name}.")
	sayFoundAgain  = data.DefinePhrase("found.again", "The same file was found under another name.")
	sayFoundFormat = data.DefinePhrase("found.format", "The file is not what its name says: it contains {mime}.")
	sayClockAhead  = data.DefinePhrase("found.clock.ahead",
		"The camera's clock is wrong: by it the picture was taken on {camera}, and the file was written on {file}.")
	sayClockOld = data.DefinePhrase("found.clock.old",
		"The camera's clock may be wrong: by it the picture was taken on {camera}, and the file was written on {file}.")
)

// ReadFound looks at the files that wait and that nobody has looked at: takes their
// sums, reads the codes on pictures and the headers of tables, and notes to which
// order each may belong. It takes nothing. It can be ended at any time and goes on
// where it was. It tells how many files cannot be read now.
func (d *Desk) ReadFound(ctx context.Context, p Progress) (unreadable int, err error) {
	r := foundReading{desk: d, progress: p, tried: map[int64]bool{}}
	for {
		ids, err := d.store.FoundUnread(ctx)
		if err != nil {
			return r.unreadable, err
		}
		ids = slices.DeleteFunc(ids, func(id int64) bool { return r.tried[id] })
		if len(ids) == 0 {
			break // those that came meanwhile were read too
		}
		if err := r.read(ctx, ids); err != nil {
			return r.unreadable, err
		}
	}
	if len(r.tried) == 0 {
		return 0, nil
	}
	return r.unreadable, d.followLabels(ctx)
}

type foundReading struct {
	desk       *Desk
	progress   Progress
	tried      map[int64]bool
	unreadable int
	batch      []data.FoundFile
}

// read reads files and writes down what they are, batch by batch, also when it is
// ended.
func (r *foundReading) read(ctx context.Context, ids []int64) error {
	for i, id := range ids {
		r.progress.tell(int64(i), int64(len(ids)), "progress.codes")
		r.tried[id] = true
		if err := r.one(ctx, id); err != nil {
			return errors.Join(err, r.note(context.WithoutCancel(ctx)))
		}
		if len(r.batch) == readBatch {
			if err := r.note(ctx); err != nil {
				return err
			}
		}
	}
	r.progress.tell(int64(len(ids)), int64(len(ids)), "progress.codes")
	return r.note(ctx)
}

func (r *foundReading) one(ctx context.Context, id int64) error {
	f, err := r.desk.store.FoundByID(ctx, id)
	if errors.Is(err, data.ErrNotFound) || err == nil && f.State != data.FoundWaiting {
		return nil // decided meanwhile
	}
	if err == nil {
		err = r.desk.readFound(ctx, &f)
	}
	if err != nil {
		return err
	}
	if f.SHA256 == "" {
		r.unreadable++
	}
	r.batch = append(r.batch, f)
	return nil
}

func (r *foundReading) note(ctx context.Context) error {
	batch := r.batch
	r.batch = nil
	return r.desk.noteRead(ctx, batch)
}

// noteRead writes down what was read, where the files still wait.
func (d *Desk) noteRead(ctx context.Context, batch []data.FoundFile) error {
	if len(batch) == 0 {
		return nil
	}
	return d.record(ctx, func(ctx context.Context, tx *store.Tx) (deed, error) {
		sure := 0
		for _, f := range batch {
			now, err := tx.FoundByID(ctx, f.ID)
			if err != nil || now.State != data.FoundWaiting {
				continue // the folder is no longer watched, or a person was faster
			}
			now.SHA256, now.Kind, now.State, now.Guess, now.Codes = f.SHA256, f.Kind, f.State, f.Guess, f.Codes
			if err := tx.PutFound(&now); err != nil {
				return deed{}, err
			}
			if f.Guess.Sure {
				sure++
			}
		}
		return foundDeed("found.read", "", map[string]int{"files": len(batch), "sure": sure}), nil
	})
}

// readFound reads one file. An error is the desk's or the context's; what is wrong
// with the file stands in the guess.
func (d *Desk) readFound(ctx context.Context, f *data.FoundFile) error {
	f.Guess = data.FoundGuess{Read: true}
	sum, mime, err := d.sumFound(ctx, f)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		f.Guess.Why = append(f.Guess.Why, sayFoundUnread.With("error", data.Plain(err)))
		return nil
	}
	f.SHA256 = sum
	if known, err := d.knownFound(ctx, f); known || err != nil {
		return err
	}
	switch f.Kind {
	case data.FoundExport:
		return d.readFoundExport(ctx, f)
	case data.FoundPicture, data.FoundVideo:
		return d.readFoundPicture(ctx, f, mime)
	}
	return nil
}

var problemFoundChanged = data.DefineProblem("found_changed", data.ErrConflict,
	"{file} has changed since it was found.", "Wait until it is complete: it is then offered again.")

// sumFound takes the sum of a file that is as it was found.
func (d *Desk) sumFound(ctx context.Context, f *data.FoundFile) (sum, mime string, err error) {
	if err := unchanged(f); err != nil {
		return "", "", err
	}
	if sum, err = fileHash(ctx, f.Path); err != nil {
		return "", "", err
	}
	file, err := os.Open(f.Path)
	if err != nil {
		return "", "", err
	}
	defer file.Close()
	head := make([]byte, 4096)
	n, err := io.ReadFull(file, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return "", "", err
	}
	return sum, vault.Sniff(head[:n]), unchanged(f)
}

// unchanged refuses a file that is not as it was found.
func unchanged(f *data.FoundFile) error {
	info, err := os.Lstat(f.Path)
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() || info.Size() != f.Size || !info.ModTime().Truncate(time.Millisecond).Equal(f.ModifiedAt) {
		return problemFoundChanged.New("file", filepath.Base(f.Path))
	}
	return nil
}

// knownFound reports whether a file needs no look: it is evidence already, or it was
// found under another name. It is left then, and why is said.
func (d *Desk) knownFound(ctx context.Context, f *data.FoundFile) (bool, error) {
	same, err := d.store.EvidenceBySHA(ctx, f.SHA256)
	if err != nil {
		return false, err
	}
	for _, e := range same {
		if e.BinnedAt.IsZero() {
			f.State, f.Guess.Known = data.FoundLeft, e.UID
			f.Guess.Why = append(f.Guess.Why, sayFoundKnown.With("name", e.Name))
			return true, nil
		}
	}
	again, err := d.store.FoundBySHA(ctx, f.SHA256, f.ID)
	if again {
		f.State = data.FoundLeft
		f.Guess.Why = append(f.Guess.Why, sayFoundAgain.With())
	}
	return again, err
}

// exportTargets are what an export may hold, in the order in which it is tried.
var exportTargets = []importer.Target{importer.TargetOrders, importer.TargetDisputes, importer.TargetFeedback, importer.TargetShipments, importer.TargetMessages, importer.TargetProducts, importer.TargetCosts}

// readFoundExport tells by its header whether a table is an export; another one is
// left.
func (d *Desk) readFoundExport(ctx context.Context, f *data.FoundFile) error {
	for _, target := range exportTargets {
		in, src, err := d.inspect(ctx, ImportRequest{Path: f.Path, Target: string(target)})
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			continue // a table of another kind, or none
		}
		_ = src.Close() // it was only read
		if in.Preset != nil {
			f.Guess.Preset, f.Guess.Title, f.Guess.Target = in.Preset.ID, pack.Text(in.Preset.Title), string(target)
			return nil
		}
	}
	f.Kind, f.State = data.FoundOther, data.FoundLeft
	return nil
}

func (d *Desk) readFoundPicture(ctx context.Context, f *data.FoundFile, mime string) error {
	if vault.Mismatch(f.Path, mime) {
		f.Guess.Why = append(f.Guess.Why, sayFoundFormat.With("mime", mime))
	}
	d.takenWhen(f, mime)
	if f.Kind == data.FoundPicture && strings.HasPrefix(mime, "image/") {
		codes, err := d.codes.Read(ctx, f.Path)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			f.Guess.Why = append(f.Guess.Why, sayFoundUnread.With("error", err))
		}
		f.Codes = codes
	}
	return d.guessOrder(ctx, f)
}

// takenWhen tells when a picture was taken, by the camera where its clock can be
// right.
func (d *Desk) takenWhen(f *data.FoundFile, mime string) {
	f.Guess.At = f.ModifiedAt
	file, err := os.Open(f.Path)
	if err != nil {
		return
	}
	defer file.Close()
	meta, err := vault.Describe(file, mime)
	if err != nil || meta.CapturedAt.IsZero() {
		return
	}
	f.Guess.At, f.Guess.Camera = meta.CapturedAt.UTC(), true
	camera, written := meta.CapturedAt.UTC().Format(time.DateOnly), f.ModifiedAt.Format(time.DateOnly)
	switch {
	case meta.CapturedAt.After(f.ModifiedAt.Add(clockSlip)), meta.CapturedAt.After(d.now().Add(clockSlip)):
		f.Guess.Clock = true
		f.Guess.Why = append(f.Guess.Why, sayClockAhead.With("camera", camera, "file", written))
	case f.ModifiedAt.Sub(meta.CapturedAt) > clockPast:
		f.Guess.Clock = true
		f.Guess.Why = append(f.Guess.Why, sayClockOld.With("camera", camera, "file", written))
	}
}
