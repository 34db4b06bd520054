package store

import (
	"context"
	"time"

	"casebinder/data"
)

const foundColumns = "uid, path, size, modified_at, sha256, kind, state, taken_as, guess, codes, found_at, decided_at, decided_by"

const foundSelect = "SELECT id, " + foundColumns + " FROM found_file "

func scanFound(row scanner) (f data.FoundFile, err error) {
	return f, row.Scan(&f.ID, &f.UID, &f.Path, &f.Size, moment{&f.ModifiedAt}, &f.SHA256, &f.Kind, &f.State, &f.TakenAs,
		jsonText{&f.Guess}, jsonText{&f.Codes}, moment{&f.FoundAt}, moment{&f.DecidedAt}, &f.DecidedBy)
}

// FoundByID gives a found file.
func (r *Reader) FoundByID(ctx context.Context, id int64) (data.FoundFile, error) {
	f, err := first(ctx, r, foundSelect+"WHERE id = ?", []any{id}, scanFound)
	return f, missing(err, "found", id)
}

// FoundIn gives found files in a state, those that were found last first.
func (r *Reader) FoundIn(ctx context.Context, state data.FoundState, limit int) ([]data.FoundFile, error) {
	return all(ctx, r, foundSelect+"WHERE state = ? ORDER BY found_at DESC, id DESC LIMIT ?", []any{string(state), limit}, scanFound)
}

// FoundUnread lists the files that wait and that nobody has looked at.
func (r *Reader) FoundUnread(ctx context.Context) ([]int64, error) {
	return all(ctx, r, "SELECT id FROM found_file WHERE state = 'waiting' AND sha256 = '' ORDER BY found_at, id", nil, scanOne[int64])
}

// FoundWaiting gives the picture or video that waits under a path; 0: none does.
func (r *Reader) FoundWaiting(ctx context.Context, path string) (int64, error) {
	ids, err := all(ctx, r, "SELECT id FROM found_file WHERE path = ? AND state = 'waiting' AND kind IN ('picture', 'video')", []any{path}, scanOne[int64])
	if err != nil || len(ids) == 0 {
		return 0, err
	}
	return ids[0], nil
}

// FoundNew gives the paths of the pictures and videos that wait and that nobody has
// looked at, in the order in which they were found; at most limit.
func (r *Reader) FoundNew(ctx context.Context, limit int) ([]string, error) {
	return all(ctx, r, "SELECT path FROM found_file WHERE state = 'waiting' AND sha256 = '' AND kind IN ('picture', 'video') ORDER BY found_at, id LIMIT ?",
		[]any{limit}, scanOne[string])
}

// FoundBySHA tells whether a file of this content waits, or was decided on, under
// another row.
func (r *Reader) FoundBySHA(ctx context.Context, sha string, but int64) (bool, error) {
	n, err := first(ctx, r, "SELECT count(*) FROM found_file WHERE sha256 = ? AND sha256 <> '' AND id <> ? AND state IN ('waiting', 'taken', 'left')",
		[]any{sha, but}, scanOne[int])
	return n > 0, err
}

// CountFound counts what waits.
func (r *Reader) CountFound(ctx context.Context) (data.FoundCount, error) {
	var c data.FoundCount
	_, err := all(ctx, r, "SELECT kind, state, sha256 = '', count(*) FROM found_file WHERE state = 'waiting' OR state = 'left' AND kind = 'other' GROUP BY 1, 2, 3",
		nil, func(row scanner) (struct{}, error) {
			var kind data.FoundKind
			var state data.FoundState
			var unread bool
			var n int
			err := row.Scan(&kind, &state, &unread, &n)
			switch kind {
			case data.FoundPicture, data.FoundVideo:
				c.Pictures += n
			case data.FoundExport:
				c.Exports += n
			case data.FoundMail:
				c.Mails += n
			case data.FoundOther:
				c.Other += n
			}
			if unread && state == data.FoundWaiting {
				c.Unread += n
			}
			return struct{}{}, err
		})
	return c, err
}

// FoundKnown is a file below a folder that is known.
type FoundKnown struct {
	Path     string
	Size     int64
	Modified time.Time
}

// FoundBelow gives the known files whose paths begin with prefix and that are not gone.
func (r *Reader) FoundBelow(ctx context.Context, prefix string) ([]FoundKnown, error) {
	return all(ctx, r, "SELECT path, size, modified_at FROM found_file WHERE path >= ? AND path < ? AND state <> 'gone'",
		[]any{prefix, prefix + "\U0010FFFF"}, func(row scanner) (k FoundKnown, err error) {
			return k, row.Scan(&k.Path, &k.Size, moment{&k.Modified})
		})
}

// CountFoundBefore counts the files below a folder that were there before watching
// began.
func (r *Reader) CountFoundBefore(ctx context.Context, prefix string) (int, error) {
	return first(ctx, r, "SELECT count(*) FROM found_file WHERE state = 'before' AND kind <> 'other' AND path >= ? AND path < ?",
		[]any{prefix, prefix + "\U0010FFFF"}, scanOne[int])
}

// ShippedNear lists the orders on their way that were shipped in a time, at most limit.
func (r *Reader) ShippedNear(ctx context.Context, from, to time.Time, limit int) ([]int64, error) {
	return all(ctx, r, "SELECT id FROM orders WHERE status = 'shipped' AND delivered_at IS NULL AND shipped_at BETWEEN ? AND ? ORDER BY shipped_at LIMIT ?",
		[]any{ms(from), ms(to), limit}, scanOne[int64])
}

// AddFound stores a file that was found. One that is known as it is stays as it is,
// unless it was gone. Under its path another one that waits is gone.
func (t *Tx) AddFound(f *data.FoundFile) error {
	if f.UID == "" {
		f.UID = newUID()
	}
	if f.FoundAt.IsZero() {
		f.FoundAt = t.now
	}
	if _, err := t.exec("UPDATE found_file SET state = 'gone' WHERE path = ? AND state IN ('waiting', 'before') AND (size <> ? OR modified_at <> ?)",
		f.Path, f.Size, ms(f.ModifiedAt)); err != nil {
		return err
	}
	_, err := t.exec(insertSQL("found_file", foundColumns)+
		" ON CONFLICT (path, size, modified_at) DO UPDATE SET state = excluded.state, found_at = excluded.found_at WHERE state = 'gone'", foundValues(f)...)
	return err
}

func foundValues(f *data.FoundFile) []any {
	guess := any("")
	if f.Guess.Read {
		guess = jsonText{f.Guess}
	}
	return []any{
		f.UID, f.Path, f.Size, f.ModifiedAt.UnixMilli(), f.SHA256, string(f.Kind), string(f.State), f.TakenAs, guess,
		jsonText{f.Codes},
		ms(f.FoundAt), ms(f.DecidedAt), f.DecidedBy,
	}
}

// PutFound writes every field of a found file, by its ID.
func (t *Tx) PutFound(f *data.FoundFile) error {
	return t.change("found", f.UID, updateSQL("found_file", foundColumns), append(foundValues(f), f.ID)...)
}

// GoneFound marks files that wait, or were there before, as gone.
func (t *Tx) GoneFound(path string) error {
	_, err := t.exec("UPDATE found_file SET state = 'gone' WHERE path = ? AND state IN ('waiting', 'before')", path)
	return err
}

// RenameFound gives the rows of a file its new path.
func (t *Tx) RenameFound(from, to string) error {
	_, err := t.exec("UPDATE OR IGNORE found_file SET path = ? WHERE path = ? AND state <> 'gone'", to, from)
	return err
}

// OfferFound offers what was in a folder before watching began, and tells how many
// files that are.
func (t *Tx) OfferFound(prefix string, kinds []data.FoundKind) (int, error) {
	args := []any{prefix, prefix + "\U0010FFFF"}
	for _, k := range kinds {
		args = append(args, string(k))
	}
	res, err := t.exec("UPDATE found_file SET state = 'waiting' WHERE path >= ? AND path < ? AND state = 'before' AND kind IN ("+marks(len(kinds))+")", args...)
	if err != nil {
		return 0, err
	}
	n, err := res.RowsAffected()
	return int(n), err
}

// TakenExport marks the export of a content as taken, and tells whether it waited.
func (t *Tx) TakenExport(sha string) (bool, error) {
	res, err := t.exec("UPDATE found_file SET state = 'taken', decided_at = ?, decided_by = ? WHERE sha256 = ? AND sha256 <> '' AND kind = 'export' AND state = 'waiting'",
		ms(t.now), t.operator, sha)
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n > 0, err
}

// DropFound forgets the files of a folder that is no longer watched, but for those
// that were taken or left by a person.
func (t *Tx) DropFound(prefix string) error {
	_, err := t.exec("DELETE FROM found_file WHERE path >= ? AND path < ? AND (state IN ('waiting', 'before', 'gone') OR state = 'left' AND kind = 'other')",
		prefix, prefix+"\U0010FFFF")
	return err
}
