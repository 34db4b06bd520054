package show

import (
	"context"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/clip"
	"casebinder/gui/kit"
	"casebinder/gui/route"
	"casebinder/gui/words"
)

// Desk is what the shared parts ask of a desk.
type Desk interface {
	OrderFirst(ctx context.Context, q data.OrderQuery, limit int) ([]data.OrderRow, error)
	AddEvidence(ctx context.Context, disputeID int64, files []desk.EvidenceFile, p desk.Progress) (desk.EvidenceReport, error)
	AddOrderEvidence(ctx context.Context, orderID int64, files []desk.EvidenceFile, p desk.Progress) (desk.EvidenceReport, error)
	AddFeedbackEvidence(ctx context.Context, feedbackID int64, files []desk.EvidenceFile, p desk.Progress) (desk.EvidenceReport, error)
	EditEvidence(ctx context.Context, id int64, edit desk.EvidenceEdit) (data.Evidence, error)
	BinEvidence(ctx context.Context, id int64) error
	EvidencePicture(ctx context.Context, id int64, size int) (desk.Picture, error)
	EvidenceCopy(ctx context.Context, id int64) (path string, err error)
	EvidenceLabel(ctx context.Context, id int64) ([]data.Finding, error)
	AssignItem(ctx context.Context, disputeID int64, item string, evidence []string) error
	Task(ctx context.Context, id int64) (data.Task, error)
	PutTask(ctx context.Context, task data.Task) (data.Task, error)
	FinishTask(ctx context.Context, id int64) error
	ReopenTask(ctx context.Context, id int64) error
	BinTask(ctx context.Context, id int64) error
	Setting(ctx context.Context, key string, into any) (bool, error)
	PutSetting(ctx context.Context, key string, value any) error
	Undo(ctx context.Context) (action string, err error)
	Redo(ctx context.Context) (action string, err error)
}

// Env is what a room may ask of the window around it.
type Env struct {
	UI    *kit.UI
	Desk  Desk
	Shops func() []data.Shop // as last loaded
	Shop  func() int64       // to which the window is narrowed; 0: all
	Open  func(route.Route)  // goes to a place of the window

	ChooseFiles func(title string, extensions []string, then func(paths []string)) // with extensions (".csv") it shows only such at first
	ChooseDir   func(title, from string, then func(path string))
	SaveFile    func(title, name string, then func(path string))
	OpenPath    func(path string)                    // in the system's own program
	ShowDir     func(path string)                    // likewise, but says nothing where that fails
	Clipboard   func(then func(clip.Content, error)) // what the clipboard holds besides text; then runs where widgets are
	Documents   func() string                        // where bundles go when no folder was chosen before

	StatusChanged func()        // what a screen's Status says is new
	UndoChanged   func()        // undo or redo was tried
	thumbs        *thumbs       // made when first asked for
	labels        *labels       // so too
	InView        data.OrderRow // the order that was looked at last
}

// Undo takes back the last change and says so.
func (e *Env) Undo() { e.turn(e.Desk.Undo, "action.undone") }

// Redo does again what Undo took back last, and says so.
func (e *Env) Redo() { e.turn(e.Desk.Redo, "action.redone") }

func (e *Env) turn(do func(context.Context) (string, error), said string) {
	kit.Do(do, func(action string, err error) {
		e.UndoChanged()
		if err != nil {
			e.UI.Problem(err)
			return
		}
		if action != "" {
			e.UI.Turned()
			e.UI.Toast(words.T(said), nil)
		}
	})
}

// Deed does something short beside the main goroutine and says so with a toast
// that can undo it.
func (e *Env) Deed(said string, do func(context.Context) error) { e.DeedThen(said, do, func() {}) }

// DeedThen is Deed with what follows when it went well, on the main goroutine.
func (e *Env) DeedThen(said string, do func(context.Context) error, then func()) {
	e.DeedAsking(said, do, func(error) bool { return false }, then)
}

// DeedAsking is DeedThen for a deed of which an error may be a question: ask puts it to
// the person, and reports whether it is one.
func (e *Env) DeedAsking(said string, do func(context.Context) error, ask func(error) bool, then func()) {
	kit.Do(func(ctx context.Context) (struct{}, error) { return struct{}{}, do(ctx) }, func(_ struct{}, err error) {
		switch {
		case err == nil:
			e.UI.ClearProblem()
			then()
			e.UI.Toast(said, e.Undo)
		case !ask(err):
			e.UI.Problem(err)
		}
	})
}

// ChangedStatus tells the status line that a screen shows something else.
func (e *Env) ChangedStatus() {
	if e.StatusChanged != nil {
		e.StatusChanged()
	}
}

// Pictures are the previews of evidence, shared by all screens.
func (e *Env) Pictures() *thumbs {
	if e.thumbs == nil {
		e.thumbs = newThumbs(e.Desk)
	}
	return e.thumbs
}

// labelsOf compares labels in pictures with their orders.
func (e *Env) labelsOf() *labels {
	if e.labels == nil {
		e.labels = &labels{desk: e.Desk}
	}
	return e.labels
}
