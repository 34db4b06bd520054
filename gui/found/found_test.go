package found

import (
	"context"
	"testing"
	"time"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/guitest"
	"casebinder/gui/words"
)

// few is a desk on which some files wait.
type few struct {
	Desk
	files []data.FoundFile
	fresh []string // nobody has looked at them
	took  []desk.FoundTake
	left  []int64
}

func (f *few) FoundFiles(context.Context, int) ([]data.FoundFile, error) { return f.files, nil }
func (f *few) FoundNew(context.Context, int) ([]string, error)           { return f.fresh, nil }
func (f *few) FoundCount(context.Context) (data.FoundCount, error) {
	return data.FoundCount{Pictures: len(f.files), Unread: len(f.fresh)}, nil
}

func (f *few) ReadFound(context.Context, desk.Progress) (int, error) {
	f.fresh = nil
	return 0, nil
}

func (f *few) FoundPicture(context.Context, int64, int) (desk.Picture, error) {
	return desk.Picture{}, data.ErrNotFound
}

func (f *few) TakeFound(_ context.Context, takes []desk.FoundTake, _ desk.Progress) (desk.EvidenceReport, error) {
	f.took = append(f.took, takes...)
	return desk.EvidenceReport{Added: make([]data.Evidence, len(takes))}, nil
}

func (f *few) LeaveFound(_ context.Context, ids []int64) error {
	f.left = append(f.left, ids...)
	return nil
}

func waiting() []data.FoundFile {
	at := time.Date(2025, 11, 3, 9, 0, 0, 0, time.UTC)
	sure := data.FoundGuess{Read: true, At: at, Sure: true, Orders: []data.FoundOrder{{OrderID: 7, Order: "#1001", Ground: data.GroundLabel}}}
	asked := data.FoundGuess{Read: true, At: at, Orders: []data.FoundOrder{{OrderID: 8, Order: "#1002", Ground: data.GroundTime}}}
	return []data.FoundFile{
		{ID: 1, Path: "/phone/sure.jpg", Kind: data.FoundPicture, State: data.FoundWaiting, SHA256: "aa", Guess: sure},
		{ID: 2, Path: "/phone/asked.jpg", Kind: data.FoundPicture, State: data.FoundWaiting, SHA256: "bb", Guess: asked},
		{ID: 3, Path: "/phone/new.jpg", Kind: data.FoundPicture, State: data.FoundWaiting},
	}
}

// What is sure is taken with one button; the rest is left to a person.
func TestTheSheetTakesWhatIsSure(t *testing.T) {
	for _, language := range words.Languages() {
		t.Run(language, func(t *testing.T) {
			b := guitest.New(t, language)
			d := &few{files: waiting()}
			r := New(b.Env, d, Frame{Counted: func(data.FoundCount) {}})
			r.Heard()
			b.Blank()
			r.Open()
			b.Shows(t, "sure.jpg", "asked.jpg", "new.jpg", "#1001", "#1002", words.T("found.sure"), words.T("found.ask"), words.T("found.unread"))
			b.NoKeysOf(t, "found")
			b.Press(t, words.N("found.take_sure", 1))
			if len(d.took) != 1 || d.took[0].ID != 1 || d.took[0].OrderID != 7 {
				t.Errorf("took %+v, want the first for order 7 alone", d.took)
			}
			r.sheet.leave(d.files[1])
			if len(d.left) != 1 || d.left[0] != 2 {
				t.Errorf("left %v, want the second", d.left)
			}
		})
	}
}

// New pictures go to an open session of packing, each once, and to nobody while none
// is open.
func TestNewPicturesGoToAnOpenSession(t *testing.T) {
	b := guitest.New(t, "en")
	d := &few{files: waiting(), fresh: []string{"/phone/new.jpg"}}
	var given [][]string
	open := false
	r := New(b.Env, d, Frame{Counted: func(data.FoundCount) {}, Packing: func(paths []string) bool {
		given = append(given, paths)
		return open
	}})
	r.Heard()
	if len(given) != 1 || d.fresh != nil {
		t.Fatalf("asked %d times, still new: %v", len(given), d.fresh)
	}
	open = true
	d.fresh = []string{"/phone/new.jpg", "/phone/newer.jpg"}
	r.Heard()
	d.fresh = []string{"/phone/newer.jpg", "/phone/newest.jpg"}
	r.Heard()
	if len(given) != 3 || len(given[1]) != 2 || len(given[2]) != 1 || given[2][0] != "/phone/newest.jpg" {
		t.Errorf("given %v", given)
	}
}
