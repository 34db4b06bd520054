package kit

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"casebinder/gui/look"
	"casebinder/gui/words"
)

// Field is one line of a form: label left, field right, hint and error under
// the field.
type Field struct {
	Label  string
	Hint   string
	Object fyne.CanvasObject
	Check  func() error // nil, or a data.Problem that is shown under the field; may be nil
	fault  *widget.Label
}

// Form stacks fields.
type Form struct {
	Object  *fyne.Container
	fields  []*Field
	watched bool // its fields tell of their changes, since one was wrong
}

// labelWidth is the room of labels in a form.
const labelWidth = 130

// NewForm lays out fields.
func NewForm(fields ...*Field) *Form {
	f := &Form{Object: container.New(tightColumn{}), fields: fields}
	for _, one := range fields {
		f.Object.Add(one.draw())
	}
	return f
}

func (f *Field) draw() fyne.CanvasObject {
	f.fault = widget.NewLabel("")
	f.fault.Wrapping = fyne.TextWrapWord
	f.fault.Importance = widget.DangerImportance
	f.fault.Hide()
	label := wrapped(f.Label, fyne.TextStyle{})
	right := container.New(tightColumn{}, f.Object)
	if f.Hint != "" {
		right.Add(Hint(f.Hint))
	}
	right.Add(f.fault)
	right.Add(spacer(0, look.Tight))
	label.Resize(fyne.NewSize(labelWidth, label.MinSize().Height)) // it tells its height once it knows where it wraps
	left := container.NewGridWrap(fyne.NewSize(labelWidth, label.MinSize().Height), label)
	return container.NewBorder(nil, nil, container.NewVBox(left), nil, right)
}

// SetError shows an error under a field; nil takes it away.
func (f *Field) SetError(err error) {
	if err == nil {
		f.fault.Hide()
		return
	}
	what, do := words.Problem(err)
	f.fault.SetText(Visual("! " + what + " " + do))
	f.fault.Show()
}

// ScrollFields scrolls what holds fields: the bar stands beside them, not on them.
func ScrollFields(fields fyne.CanvasObject) *container.Scroll {
	return container.NewVScroll(container.New(layout.NewCustomPaddedLayout(0, 0, 0, look.Gap), fields))
}

// FormSheet is a sheet that saves a form.
type FormSheet struct {
	Name   string
	Title  string
	Width  float32 // 0: 520
	Height float32 // at least as the fields want; with a scroll bar where the window is too low
	Fields []*Field
	Save   string                             // words of the main button; "" means "Save"
	Work   func(ctx context.Context) error    // runs beside the main goroutine: read the fields in Read
	Read   func() error                       // reads the fields, on the main goroutine, before Work; may be nil
	Done   func()                             // after Work went well and the sheet was closed; may be nil
	Ask    func(err error, again func()) bool // puts an error of Work as a question, and saves again on yes; may be nil
	More   []SheetExtra
	Focus  fyne.Focusable
}

// What a sheet takes beside a form, and above and below it.
const (
	formAir   = 36
	formFrame = 96
)

// OpenForm shows a form; its main button checks the fields, reads them, works,
// and closes when all went well. An error stays in the sheet.
func (u *UI) OpenForm(s FormSheet) *OpenSheet {
	form := NewForm(s.Fields...)
	if s.Save == "" {
		s.Save = words.T("do.save")
	}
	if s.Width == 0 {
		s.Width = 520
	}
	// How high its hints are is known once they have a width.
	form.Object.Resize(fyne.NewSize(s.Width-formAir, form.Object.MinSize().Height))
	s.Height = max(s.Height, form.Object.MinSize().Height+formFrame)
	var o *OpenSheet
	var save func()
	save = func() {
		if !form.Check() {
			return
		}
		if s.Read != nil {
			if err := s.Read(); err != nil {
				o.Problem(err)
				return
			}
		}
		o.SetDo(s.Save, false)
		o.SetStatus(words.T("job.saving"))
		Do(func(ctx context.Context) (struct{}, error) { return struct{}{}, s.Work(ctx) }, func(_ struct{}, err error) {
			o.SetDo(s.Save, true)
			o.SetStatus("")
			if err != nil {
				if s.Ask == nil || !s.Ask(err, save) {
					o.Problem(err)
				}
				return
			}
			o.Close()
			if s.Done != nil {
				s.Done()
			}
		})
	}
	o = u.Open(Sheet{
		Name: s.Name, Title: s.Title, Width: s.Width, Height: s.Height, Do: s.Save, OnDo: save, More: s.More,
		Body: ScrollFields(form.Object), FocusedAt: s.Focus,
	})
	return o
}
