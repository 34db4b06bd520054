package found

import (
	"context"
	"errors"
	"slices"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/kit"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// Desk is what the sheets ask of a desk.
type Desk interface {
	WatchedFolders(ctx context.Context) ([]desk.FolderStatus, error)
	WatchFolder(ctx context.Context, f data.WatchFolder) error
	UnwatchFolder(ctx context.Context, path string) error
	OfferPresent(ctx context.Context, path string) (int, error)
	ReadFound(ctx context.Context, p desk.Progress) (int, error)
	FoundFiles(ctx context.Context, limit int) ([]data.FoundFile, error)
	FoundNew(ctx context.Context, limit int) ([]string, error)
	FoundCount(ctx context.Context) (data.FoundCount, error)
	FoundPicture(ctx context.Context, id int64, limit int) (desk.Picture, error)
	TakeFound(ctx context.Context, takes []desk.FoundTake, p desk.Progress) (desk.EvidenceReport, error)
	LeaveFound(ctx context.Context, ids []int64) error
	OpenedFound(ctx context.Context, ids []int64) error
}

// Frame is what the room asks of the window.
type Frame struct {
	Import  func(target string, paths []string) // opens the sheet of an import
	Mails   func(paths []string)                // reads mails
	Packing func(paths []string) bool           // takes new pictures while a session of packing is open
	Counted func(data.FoundCount)               // how many files wait now
}

// Room is the window around the room, with its desk.
type Room struct {
	*show.Env
	desk  Desk
	frame Frame

	sheet        *sheet // the open one; nil: none
	counts, news kit.Loader
	count        data.FoundCount
	reading      bool
	handed       map[string]bool // pictures that a session of packing was given
	refused      int             // files that were not looked at when a person ended the reading, or that cannot be read
}

// New makes the room.
func New(shared *show.Env, d Desk, f Frame) *Room {
	return &Room{Env: shared, desk: d, frame: f, handed: map[string]bool{}}
}

// Heard brings the counts, has new files read in the background, and the open sheet
// follow. Call it at the start and when found files changed, on the main goroutine.
func (r *Room) Heard() {
	kit.Load(&r.counts, r.desk.FoundCount, func(c data.FoundCount, err error) {
		if err != nil {
			r.UI.Problem(err)
			return
		}
		r.count = c
		r.frame.Counted(c)
		if r.sheet != nil {
			r.sheet.load()
		}
		r.refused = min(r.refused, c.Unread)
		if c.Unread > r.refused {
			r.hand()
		}
	})
}

// handMost is how many new pictures a session of packing is given at once; the others
// are read as at any other time.
const handMost = 100

// hand gives new pictures to the session of packing, where one is open, and has the
// others read.
func (r *Room) hand() {
	kit.Load(&r.news, func(ctx context.Context) ([]string, error) { return r.desk.FoundNew(ctx, handMost) }, func(paths []string, err error) {
		if err != nil {
			r.UI.Problem(err)
			return
		}
		fresh := slices.DeleteFunc(paths, func(p string) bool { return r.handed[p] })
		if len(fresh) > 0 && r.frame.Packing(fresh) {
			if len(r.handed) > 100*handMost {
				clear(r.handed)
			}
			for _, p := range fresh {
				r.handed[p] = true
			}
		}
		r.read()
	})
}

// read looks at the new files as a job, which can be canceled.
func (r *Room) read() {
	if r.reading {
		return
	}
	r.reading = true
	unreadable := 0
	r.UI.Jobs.Run(words.T("found.job"), func(ctx context.Context, progress func(int64, int64, string)) (err error) {
		unreadable, err = r.desk.ReadFound(ctx, progress)
		return err
	}, func(err error) {
		r.reading = false
		if !errors.Is(err, context.Canceled) {
			r.UI.Problem(err)
		}
		kit.Load(&r.counts, r.desk.FoundCount, func(c data.FoundCount, failed error) {
			if failed != nil {
				r.UI.Problem(failed)
				return
			}
			if r.refused = unreadable; err != nil {
				r.refused = c.Unread // a person goes on with a button
			}
			r.told(c)
		})
	})
}

// told shows how it stands after the new files were read.
func (r *Room) told(c data.FoundCount) {
	r.count = c
	r.frame.Counted(c)
	kit.Event("found", "pictures", c.Pictures, "exports", c.Exports, "mails", c.Mails, "unread", c.Unread)
	switch {
	case r.sheet != nil:
		r.sheet.load()
	case c.Offered() > 0:
		r.UI.Toast(Line(c), nil)
	}
	if c.Unread > r.refused {
		r.read()
	}
}

// Line says what waits: "New: 7 pictures, 1 export"; "" where nothing does.
func Line(c data.FoundCount) string {
	var parts []string
	for _, one := range []struct {
		key string
		n   int
	}{{"found.pictures", c.Pictures}, {"found.exports", c.Exports}, {"found.mails", c.Mails}} {
		if one.n > 0 {
			parts = append(parts, words.N(one.key, one.n))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return words.T("found.waiting", "what", words.List(parts...))
}
