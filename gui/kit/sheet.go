package kit

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
	fynetooltip "github.com/dweymouth/fyne-tooltip"

	"casebinder/gui/look"
	"casebinder/gui/words"
)

// A Sheet lies over the window until it is done or canceled. While a second
// one is open the first is hidden: no modal on a modal.
type Sheet struct {
	Name      string  // for the trace: "import"; its buttons are "import.do" and "import.cancel"
	Title     string  // words
	Width     float32 // at least; 0: as its body wants
	Height    float32
	Body      fyne.CanvasObject
	Do        string               // words of the main button; "" for none
	DoName    string               // for the trace instead of Name+".do"
	OnDo      func()               // the main button, or Ctrl/Cmd+Enter; it closes nothing by itself
	Cancel    string               // words; "" means "Cancel"
	OnCancel  func()               // after the sheet was closed by its Cancel button
	Leave     func() bool          // asked before the Cancel button closes the sheet: false keeps it; may be nil
	Unsaved   func() bool          // reports what would be lost beside typed text; may be nil
	Heard     func()               // something on the desk changed; of a sheet that lists rows; may be nil
	Drop      func(paths []string) // takes files that are dropped over it; nil: it takes none
	Danger    bool                 // the main button does what has no way back
	More      []SheetExtra         // further buttons, left of Cancel
	FocusedAt fyne.Focusable
}

// SheetExtra is a further button of a sheet.
type SheetExtra struct {
	Name string // for the trace
	Text string
	Do   func()
}

// OpenSheet is a sheet that lies over the window.
type OpenSheet struct {
	ui      *UI
	sheet   Sheet
	popup   *widget.PopUp
	do      *Button
	cancel  *Button
	status  *widget.Label
	problem *fyne.Container
	body    *fyne.Container
	closed  bool
	typed   bool // a person typed into one of its fields
}

// Open shows a sheet. Call it on the main goroutine.
func (u *UI) Open(s Sheet) *OpenSheet {
	o := &OpenSheet{ui: u, sheet: s, status: widget.NewLabel(""), problem: container.NewStack(), body: container.NewStack(s.Body)}
	o.status.Truncation = fyne.TextTruncateEllipsis
	o.problem.Hide()
	// A sheet that bears the words of what opened it asks no more: no dots.
	title := NewText(strings.TrimSuffix(s.Title, "…"), Plain, look.Heading, true)
	// The title stands over the words below it, which have the air of their widgets.
	head := container.New(layout.NewCustomPaddedLayout(theme.Padding(), theme.Padding(), theme.Padding()+theme.InnerPadding(), theme.Padding()), title)
	foot := container.NewBorder(nil, nil, nil, o.buttons(), o.status)
	bottom := container.NewVBox(o.problem, widget.NewSeparator(), foot)
	scroll := container.NewScroll(container.NewPadded(o.body))
	content := container.NewBorder(container.NewVBox(head, widget.NewSeparator()), bottom, nil, nil, container.New(sheetBody{u, scroll}, scroll))
	if n := len(u.sheets); n > 0 {
		u.sheets[n-1].popup.Hide()
	}
	o.popup = widget.NewModalPopUp(container.New(sheetRoom{u, s}, container.NewPadded(content)), u.Window.Canvas())
	fynetooltip.AddPopUpToolTipLayer(o.popup)
	u.sheets = append(u.sheets, o)
	o.popup.Show()
	o.focusFirst()
	Event("sheet", "name", s.Name)
	u.Saw()
	return o
}

// The air around a sheet, and what its head and foot take of its height.
const (
	sheetAir   = 60
	sheetFrame = 110
)

// sheetRoom gives a sheet the size that it wants, bounded by the window.
type sheetRoom struct {
	ui    *UI
	sheet Sheet
}

// MinSize is for Fyne.
func (r sheetRoom) MinSize(objects []fyne.CanvasObject) fyne.Size {
	room := r.ui.Window.Canvas().Size()
	return objects[0].MinSize().Max(fyne.NewSize(min(r.sheet.Width, max(room.Width-sheetAir, 0)), min(r.sheet.Height, max(room.Height-sheetAir, 0))))
}

// Layout is for Fyne.
func (sheetRoom) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Move(fyne.NewPos(0, 0))
	objects[0].Resize(size)
}

// sheetBody lets a body that is larger than the window scroll: its buttons would
// lie outside otherwise.
type sheetBody struct {
	ui     *UI
	scroll *container.Scroll
}

// MinSize is for Fyne.
func (b sheetBody) MinSize([]fyne.CanvasObject) fyne.Size {
	room := b.ui.Window.Canvas().Size()
	return b.scroll.Content.MinSize().Min(fyne.NewSize(max(room.Width-sheetAir, 0), max(room.Height-sheetAir-sheetFrame, 0)))
}

// Layout is for Fyne.
func (b sheetBody) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	b.scroll.Move(fyne.NewPos(0, 0))
	b.scroll.Resize(size)
}

func (o *OpenSheet) buttons() fyne.CanvasObject {
	row := container.NewHBox(layout.NewSpacer())
	for _, extra := range o.sheet.More {
		b := NewButton("", extra.Text, extra.Do)
		Trace(extra.Name, b)
		row.Add(b)
	}
	text := o.sheet.Cancel
	if text == "" {
		text = words.T("do.cancel")
	}
	o.cancel = NewButton("", text, o.Cancel)
	Trace(o.sheet.Name+".cancel", o.cancel)
	row.Add(o.cancel)
	if o.sheet.Do != "" {
		name := o.sheet.DoName
		if name == "" {
			name = o.sheet.Name + ".do"
		}
		o.do = NewButton(name, o.sheet.Do, o.press)
		o.do.Importance = widget.HighImportance
		if o.sheet.Danger {
			o.do.Importance = widget.DangerImportance
		}
		row.Add(o.do)
	}
	return row
}

func (o *OpenSheet) press() {
	if o.do == nil || o.do.Disabled() || o.closed || o.sheet.OnDo == nil {
		return
	}
	o.ClearProblem()
	o.sheet.OnDo()
}

// Cancel does what the Cancel button does.
func (o *OpenSheet) Cancel() {
	if o.closed || o.sheet.Leave != nil && !o.sheet.Leave() {
		return
	}
	o.Close()
	if o.sheet.OnCancel != nil {
		o.sheet.OnCancel()
	}
}

// Escape closes the sheet on top as its Cancel button does, and reports whether
// there was one. Of a sheet that holds what was typed and not saved nothing is
// lost by one key: the keys go to its Cancel button instead.
func (u *UI) Escape() bool {
	n := len(u.sheets)
	if n == 0 || !u.sheets[n-1].popup.Visible() {
		return false
	}
	o := u.sheets[n-1]
	if o.unsaved() && u.Window.Canvas().Focused() != fyne.Focusable(o.cancel) {
		o.FocusCancel()
		return true
	}
	o.Cancel()
	return true
}

// FocusCancel gives the keys to the Cancel button: the space bar presses it.
func (o *OpenSheet) FocusCancel() { o.ui.Window.Canvas().Focus(o.cancel) }

// Close takes the sheet away. The one below it, if any, is shown again.
func (o *OpenSheet) Close() {
	if o.closed {
		return
	}
	o.closed = true
	o.popup.Hide()
	fynetooltip.DestroyPopUpToolTipLayer(o.popup)
	for i, other := range o.ui.sheets {
		if other == o {
			o.ui.sheets = append(o.ui.sheets[:i], o.ui.sheets[i+1:]...)
			break
		}
	}
	Event("closed", "name", o.sheet.Name)
	if n := len(o.ui.sheets); n > 0 {
		o.ui.sheets[n-1].popup.Show()
	}
	o.ui.Saw()
}

// Heard tells the sheets that are open that something on the desk changed.
func (u *UI) Heard() {
	for _, o := range slices.Clone(u.sheets) {
		if o.sheet.Heard != nil {
			o.sheet.Heard()
		}
	}
}

// Drop hands dropped files to the sheet on top, and reports whether it takes such.
func (u *UI) Drop(paths []string) bool {
	n := len(u.sheets)
	if n == 0 || u.sheets[n-1].sheet.Drop == nil {
		return false
	}
	u.sheets[n-1].sheet.Drop(paths)
	return true
}

// Shown reports whether the sheet is open and no other lies over it.
func (o *OpenSheet) Shown() bool { return !o.closed && o.popup.Visible() }

// Closed reports whether the sheet was taken away.
func (o *OpenSheet) Closed() bool { return o.closed }

// SetBody swaps what the sheet shows.
func (o *OpenSheet) SetBody(body fyne.CanvasObject) {
	o.body.Objects = []fyne.CanvasObject{body}
	o.body.Refresh()
}

// SetStatus shows a line beside the buttons: what goes on, with words.
func (o *OpenSheet) SetStatus(text string) { o.status.SetText(Visual(text)) }

// SetDo changes the words of the main button and whether it can be pressed.
func (o *OpenSheet) SetDo(text string, enabled bool) {
	if o.do == nil {
		return
	}
	o.do.SetText(text)
	if enabled {
		o.do.Enable()
	} else {
		o.do.Disable()
	}
}

// Problem shows an error in the sheet, where it stays until the next try.
func (o *OpenSheet) Problem(err error) {
	if o.closed {
		o.ui.Problem(err)
		return
	}
	o.showProblem(err)
}

func (o *OpenSheet) showProblem(err error) {
	o.problem.Objects = []fyne.CanvasObject{NewProblem(o.ui, err, o.ClearProblem)}
	o.problem.Show()
	o.problem.Refresh()
}

// ClearProblem takes the error out of the sheet.
func (o *OpenSheet) ClearProblem() {
	if o.problem.Visible() {
		o.problem.Hide()
		o.problem.Objects = nil
	}
}

// Confirm asks before a deed that has no way back or that is probably a
// mistake, and only then.
func (u *UI) Confirm(name, title, text, do string, then func()) {
	label := wrapped(text, fyne.TextStyle{})
	var o *OpenSheet
	o = u.Open(Sheet{Name: name, Title: title, Width: 440, Body: label, Do: do, Danger: true, OnDo: func() {
		o.Close()
		then()
	}})
}
