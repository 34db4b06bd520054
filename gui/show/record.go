package show

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"casebinder/data"
	"casebinder/gui/kit"
	"casebinder/gui/words"
)

// A Record is the room of one record's pane. From the moment at which another
// record is asked for, nothing of the former one is on the screen: its title
// stands there alone until it is loaded. The same record, loaded again, stays.
type Record struct {
	ui     *kit.UI
	object *fyne.Container
	page   fyne.CanvasObject
	none   fyne.CanvasObject // while none is chosen
	wait   fyne.CanvasObject // while it is being loaded
	title  *kit.Para         // of what is being loaded
	note   *fyne.Container   // why it could not be
	leave  func()            // forgets what is shown of the former record

	loader kit.Loader
	asked  int64 // 0: none
	shown  int64
	then   func() // waits for what was asked for
}

// NewRecord makes the room. page shows a record that is loaded; leave forgets
// the one before, so that no key or menu does something to it.
func NewRecord(u *kit.UI, page, none fyne.CanvasObject, leave func()) *Record {
	r := &Record{ui: u, page: page, none: none, leave: leave, title: kit.NewRecordTitle(), note: container.NewVBox()}
	loading := kit.Soft(words.T("record.loading"))
	r.wait = kit.PaneOf(r.title, container.NewBorder(container.NewVBox(r.note), nil, nil, nil, container.NewVBox(loading, layout.NewSpacer())), layout.NewSpacer())
	r.object = container.NewStack(none)
	return r
}

// Content is the room.
func (r *Record) Content() fyne.CanvasObject { return r.object }

// ID is the record that was asked for last; 0 when none is.
func (r *Record) ID() int64 { return r.asked }

// Clear shows that no record is chosen.
func (r *Record) Clear() {
	r.loader.Stop()
	r.asked = 0
	r.forget()
	kit.ShowOnly(r.object, r.none)
	r.ui.Saw()
}

func (r *Record) forget() {
	r.shown, r.then = 0, nil
	r.leave()
}

// When does something with the record that was asked for last, once it is shown; with
// another one nothing is done.
func (r *Record) When(id int64, do func()) {
	switch {
	case id != r.asked:
	case id == r.shown:
		do()
	default:
		r.then = do
	}
}

// Deeds are what a list offers of a row whose record stands in this room: the keys go
// to the record first, then come its actions. Each waits for the record: the right
// button asks for it and offers what can be done with it in one.
func (r *Record) Deeds(id int64, focus func(), actions []kit.Action) kit.Deeds {
	var of func([]kit.Action) []kit.Action
	of = func(list []kit.Action) []kit.Action {
		out := make([]kit.Action, len(list))
		for i, a := range list {
			out[i] = a
			out[i].Sub = of(a.Sub)
			out[i].Do = func() { r.When(id, func() { a.Press(r.ui) }) }
			out[i].Off = func() string {
				if id != r.shown { // it is not known yet; Press looks again
					return ""
				}
				return a.Why()
			}
		}
		return out
	}
	return append(kit.Deeds{{Text: words.T("row.open"), Do: func() { r.When(id, focus) }}}, of(actions)...)
}

// LoadRecord asks for a record and has it drawn; fresh says that it is another
// one than before. title is what is known of it until then.
func LoadRecord[V any](r *Record, id int64, title string, load func(context.Context) (V, error), draw func(v V, fresh bool)) {
	r.asked = id
	if r.shown != id {
		r.forget()
		r.title.SetText(title)
		r.note.RemoveAll()
		kit.ShowOnly(r.object, r.wait)
	}
	kit.Load(&r.loader, load, func(v V, err error) {
		if err != nil {
			r.failed(err)
			return
		}
		fresh := r.shown != id
		r.shown = id
		draw(v, fresh)
		kit.ShowOnly(r.object, r.page)
		r.ui.Saw()
		if then := r.then; then != nil {
			r.then = nil
			then()
		}
	})
}

// failed says why a record cannot be shown; of one that is on the screen, why it
// was not loaded again.
func (r *Record) failed(err error) {
	r.then = nil
	if r.shown != 0 {
		r.ui.Problem(err)
		return
	}
	r.note.Objects = []fyne.CanvasObject{kit.NewProblem(r.ui, err, nil)}
	r.note.Refresh()
}

// Touched reports whether the page of one of some rows shows something else
// after changes.
func Touched(events []data.ChangeEvent, rows ...data.RowRef) bool {
	return slices.ContainsFunc(events, func(e data.ChangeEvent) bool {
		return slices.ContainsFunc(rows, func(r data.RowRef) bool { return r.ID != 0 && e.Shows(r.Entity, r.ID) })
	})
}
