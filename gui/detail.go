package gui

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/words"
)

// env is what a screen may ask of the window around it.
type env struct {
	ui          *kit.UI
	desk        Desk
	shops       func() []data.Shop // as last loaded
	shop        func() int64       // to which the window is narrowed; 0: all
	openOrder   func(id int64)     // shows an order in its tab
	openDispute func(id int64)

	openFeedback func(id int64)
	reply        func(order data.OrderRow, disputeID int64) // shows Replies with an order chosen
	importFile   func(target string)                        // opens the import sheet for "orders" or "feedback"
	chooseFiles  func(title string, then func(paths []string))
	chooseDir    func(title, from string, then func(path string))
	openPath     func(path string) // in the system's own program
	showDir      func(path string) // likewise, but says nothing where that fails
	readPicture  func() []byte     // PNG on the clipboard; nil when there is none
	documents    func() string     // where bundles go when no folder was chosen before

	statusChanged func()        // what a screen's Status says is new
	thumbs        *thumbs       // made when first asked for
	inView        data.OrderRow // the order that was looked at last
}

// undo takes back the last change and says so.
func (e *env) undo() {
	kit.Do(e.desk.Undo, func(action string, err error) {
		if err != nil {
			e.ui.Problem(err)
			return
		}
		if action != "" {
			e.ui.Toast(words.T("action.undone"), nil)
		}
	})
}

// deed does something short beside the main goroutine and says so with a toast
// that can undo it.
func (e *env) deed(said string, do func(context.Context) error) {
	kit.Do(func(ctx context.Context) (struct{}, error) { return struct{}{}, do(ctx) }, func(_ struct{}, err error) {
		if err != nil {
			e.ui.Problem(err)
			return
		}
		e.ui.Toast(said, e.undo)
	})
}

// changedStatus tells the status line that a screen shows something else.
func (e *env) changedStatus() {
	if e.statusChanged != nil {
		e.statusChanged()
	}
}

// pictures are the previews of evidence, shared by all screens.
func (e *env) pictures() *thumbs {
	if e.thumbs == nil {
		e.thumbs = newThumbs(e.desk)
	}
	return e.thumbs
}

// shownCount says how many rows a table lists; "" while that is not known.
func shownCount(key string, n int) string {
	if n < 0 {
		return ""
	}
	return words.N(key, n)
}

// newRecordTitle is the heading of a pane, cut where it is too long.
func newRecordTitle() *widget.Label {
	title := widget.NewLabelWithStyle("", fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	title.SizeName = theme.SizeNameSubHeadingText
	title.Truncation = fyne.TextTruncateEllipsis
	title.Selectable = true
	return title
}

// nothingChosen is what a pane says before a row is chosen.
func nothingChosen(titleKey, doKey string) fyne.CanvasObject {
	text := widget.NewLabelWithStyle(words.T(titleKey)+"\n"+words.T(doKey), fyne.TextAlignCenter, fyne.TextStyle{})
	text.Importance = widget.LowImportance
	text.Wrapping = fyne.TextWrapWord
	return container.NewVBox(layout.NewSpacer(), text, layout.NewSpacer())
}

// paneOf is the pane of a record: its title, what there is of it, and what can
// be done.
func paneOf(head, body, actions fyne.CanvasObject) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedLayout(0, look.Tight, 0, look.Gap),
		container.NewBorder(container.NewVBox(head, widget.NewSeparator()), actions, nil, nil, body))
}

// showOnly puts one object into a stack.
func showOnly(stack *fyne.Container, o fyne.CanvasObject) {
	if len(stack.Objects) == 1 && stack.Objects[0] == o {
		return
	}
	stack.Objects = []fyne.CanvasObject{o}
	stack.Refresh()
}

// filterBar is the line above a table: the search takes the room that the
// filters leave.
func filterBar(search fyne.CanvasObject, filters ...fyne.CanvasObject) fyne.CanvasObject {
	return kit.Inset(look.Tight, container.NewBorder(nil, nil, nil, container.NewHBox(filters...), search))
}

// roomFor gives a choice the width of its longest option, up to a limit: by
// itself it asks for next to nothing and cuts its words.
func roomFor[V comparable](c *kit.Choice[V]) fyne.CanvasObject {
	width := float32(60)
	for _, text := range c.Options {
		width = max(width, fyne.MeasureText(text, look.Text, fyne.TextStyle{}).Width)
	}
	return kit.Wide(min(width, 150)+44, c)
}

// toHits lets Enter and the arrow down in a search field go to its hits.
func toHits(s *kit.Search, focus func()) {
	s.Key = func(key fyne.KeyName) bool {
		if key != fyne.KeyDown && key != fyne.KeyReturn && key != fyne.KeyEnter {
			return false
		}
		s.Flush()
		focus()
		return true
	}
}

// keptSplit puts a list and a pane beside each other, and remembers how the
// room was shared.
func keptSplit(u *kit.UI, key string, offset float64, list, pane fyne.CanvasObject) fyne.CanvasObject {
	return keepSplit(u, key, offset, container.NewHSplit(list, pane))
}

func keepSplit(u *kit.UI, key string, offset float64, split *container.Split) fyne.CanvasObject {
	u.Kept(key, &offset)
	split.SetOffset(offset)
	split.Trailing = container.New(&splitKeeper{ui: u, key: key, split: split, last: offset}, split.Trailing)
	return split
}

// splitKeeper fills its room with one object, and keeps the split's offset when
// a drag has changed that room.
type splitKeeper struct {
	ui    *kit.UI
	key   string
	split *container.Split
	last  float64
}

// Layout is for Fyne.
func (k *splitKeeper) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Move(fyne.NewPos(0, 0)) // the split has moved it before it stood in here
		o.Resize(size)
	}
	if k.split.Offset != k.last {
		k.last = k.split.Offset
		k.ui.Keep(k.key, k.last)
	}
}

// MinSize is for Fyne.
func (k *splitKeeper) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.Size{}
	for _, o := range objects {
		size = size.Max(o.MinSize())
	}
	return size
}

// rowName names the control of a row in the trace: "proof.0.open".
func rowName(prefix string, i int, what string) string {
	return fmt.Sprintf("%s.%d.%s", prefix, i, what)
}
