package desk

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"casebinder/data"
	"casebinder/data/store"
	"casebinder/data/watch"
)

// foundBatch is how many found files are written at a time.
const foundBatch = 500

// LookAtFolders looks once at the watched folders and notes the files that are new
// and whole. It tells how many are still being written: they are noted once two
// looks, watch.Settle apart, found them alike. A folder that is not there is said in
// its status.
func (d *Desk) LookAtFolders(ctx context.Context) (moving int, err error) {
	d.watching.look.Lock()
	defer d.watching.look.Unlock()
	folders, err := d.watchFolders(ctx)
	if err != nil {
		return 0, err
	}
	for _, f := range folders {
		n, err := d.lookAt(ctx, f)
		if err != nil {
			return moving, err
		}
		moving += n
	}
	return moving, nil
}

func (d *Desk) lookAt(ctx context.Context, f data.WatchFolder) (moving int, err error) {
	looker, err := d.lookerOf(ctx, f.Path)
	if err != nil {
		return 0, err
	}
	round, err := looker.Look(ctx)
	if ctx.Err() != nil {
		return 0, ctx.Err()
	}
	status := FolderStatus{Looked: d.now(), Missing: data.Plain(err), Files: round.Files, Moving: round.Moving, Passed: round.Passed, dirs: round.Dirs}
	d.watching.mu.Lock()
	before := d.watching.status[f.Path]
	status.Silent = before.Silent
	d.watching.status[f.Path] = status
	d.watching.mu.Unlock()
	if (before.Missing == nil) != (status.Missing == nil) { // the window says that it is gone, or there again
		d.publish(data.ChangeEvent{Action: "found.folder", Entity: data.EntityFound, Key: f.Path, Effect: data.EffectMany, Rows: manyOf(data.EntityFound)})
	}
	if err != nil {
		return 0, nil //nolint:nilerr // said in its status; it may come back
	}
	return round.Moving, d.noteRound(ctx, looker, f, round)
}

// lookerOf gives a folder's looker, which knows what the desk knows.
func (d *Desk) lookerOf(ctx context.Context, path string) (*watch.Looker, error) {
	d.watching.mu.Lock()
	looker := d.watching.lookers[path]
	d.watching.mu.Unlock()
	if looker != nil {
		return looker, nil
	}
	known, err := d.store.FoundBelow(ctx, below(path))
	if err != nil {
		return nil, err
	}
	var files []watch.File
	for _, k := range known {
		files = append(files, watch.File{Path: k.Path, Size: k.Size, Modified: k.Modified})
	}
	looker = watch.NewLooker(path, files, []string{d.realDir()}, d.now)
	d.watching.mu.Lock()
	d.watching.lookers[path] = looker
	d.watching.mu.Unlock()
	return looker, nil
}

// noteRound writes down what a look found.
func (d *Desk) noteRound(ctx context.Context, looker *watch.Looker, f data.WatchFolder, r watch.Round) error {
	if len(r.Renamed)+len(r.Gone) > 0 {
		err := d.record(ctx, func(_ context.Context, tx *store.Tx) (deed, error) {
			for _, n := range r.Renamed {
				if err := tx.RenameFound(n.From, n.Path); err != nil {
					return deed{}, err
				}
			}
			for _, path := range r.Gone {
				if err := tx.GoneFound(path); err != nil {
					return deed{}, err
				}
			}
			return foundDeed("found.moved", f.Path, map[string]int{"renamed": len(r.Renamed), "gone": len(r.Gone)}), nil
		})
		if err != nil {
			return err
		}
		for _, n := range r.Renamed {
			looker.Forget(n.From)
			looker.Know(n.File)
		}
		looker.Forget(r.Gone...)
	}
	return d.noteFiles(ctx, f, r.Whole, data.FoundWaiting, looker)
}

// noteFiles writes down new files in batches. Those of no kind that the folder is
// watched for are noted as left, so that they are counted and not offered.
func (d *Desk) noteFiles(ctx context.Context, f data.WatchFolder, files []watch.File, state data.FoundState, looker *watch.Looker) error {
	for batch := range slices.Chunk(files, foundBatch) {
		err := d.record(ctx, func(_ context.Context, tx *store.Tx) (deed, error) {
			counts := map[data.FoundKind]int{}
			for _, one := range batch {
				found := data.FoundFile{Path: one.Path, Size: one.Size, ModifiedAt: one.Modified, Kind: kindOfFile(one.Path), State: state}
				if state == data.FoundWaiting && !wantsFound(f, found.Kind) {
					found.State, found.Kind = data.FoundLeft, data.FoundOther
				}
				counts[found.Kind]++
				if err := tx.AddFound(&found); err != nil {
					return deed{}, err
				}
			}
			return foundDeed("found.note", f.Path, map[string]any{"state": state, "files": counts}), nil
		})
		if err != nil {
			return err
		}
		looker.Know(batch...)
	}
	return nil
}

// wantsFound reports whether files of a kind are looked for in a folder.
func wantsFound(f data.WatchFolder, kind data.FoundKind) bool {
	switch kind {
	case data.FoundPicture, data.FoundVideo:
		return f.Pictures
	case data.FoundExport:
		return f.Exports
	case data.FoundMail:
		return f.Mails
	}
	return false
}

// notePresent notes what is in a folder when watching begins.
func (d *Desk) notePresent(ctx context.Context, path string) error {
	d.watching.look.Lock()
	defer d.watching.look.Unlock()
	looker, err := d.lookerOf(ctx, path)
	if err != nil {
		return err
	}
	present, err := looker.Present(ctx)
	if err != nil {
		return err
	}
	return d.noteFiles(ctx, data.WatchFolder{Path: path}, present, data.FoundBefore, looker)
}

// OfferPresent offers what was in a folder before watching began, and tells how many
// files that are.
func (d *Desk) OfferPresent(ctx context.Context, path string) (n int, err error) {
	folders, err := d.watchFolders(ctx)
	if err != nil {
		return 0, err
	}
	i := slices.IndexFunc(folders, func(f data.WatchFolder) bool { return f.Path == path })
	if i < 0 {
		return 0, problemWatchDir.New("folder", path)
	}
	var kinds []data.FoundKind
	for _, k := range []data.FoundKind{data.FoundPicture, data.FoundVideo, data.FoundExport, data.FoundMail} {
		if wantsFound(folders[i], k) {
			kinds = append(kinds, k)
		}
	}
	err = d.record(ctx, func(_ context.Context, tx *store.Tx) (deed, error) {
		if n, err = tx.OfferFound(below(path), kinds); err != nil {
			return deed{}, err
		}
		return foundDeed("found.offer", path, map[string]int{"files": n}), nil
	})
	return n, err
}

// endings tell what a file may be; what it is, its content tells.
var endings = map[data.FoundKind][]string{
	data.FoundPicture: {".jpg", ".jpeg", ".png", ".heic", ".heif", ".webp", ".bmp", ".gif", ".tif", ".tiff"},
	data.FoundVideo:   {".mp4", ".mov", ".m4v", ".avi", ".mkv", ".3gp", ".webm"},
	data.FoundExport:  {".csv", ".tsv", ".tab", ".txt", ".xls", ".xlsx", ".xlsm", ".xlsb", ".ods", ".zip", ".gz"},
	data.FoundMail:    {".eml", ".mbox", ".msg"},
}

func kindOfFile(path string) data.FoundKind {
	end := strings.ToLower(filepath.Ext(path))
	for kind, all := range endings {
		if slices.Contains(all, end) {
			return kind
		}
	}
	return data.FoundOther
}
