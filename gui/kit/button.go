package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
	ttwidget "github.com/dweymouth/fyne-tooltip/widget"

	"casebinder/gui/look"
)

// Button is all that is pressed in the window, in one look for each kind, so that
// a heading, an action, a link and a chip are told apart at a glance. Its
// importance says which: medium is an action (a box with a line around it), low a
// link (the color of links, no box), high and danger the one deed that a sheet or
// page is there for (filled, bold). A chip is a choice among others, round, and
// filled lightly while it holds.
type Button struct {
	ttwidget.Button // which may have a tooltip
	air
	chip bool
	on   bool
}

// by leaves links alone with as little air as the text that they stand in.
func (b *Button) by() float32 {
	if b.Importance != widget.LowImportance || b.chip || b.Icon != nil {
		return 0
	}
	return b.air.by()
}

// MinSize is for Fyne.
func (b *Button) MinSize() fyne.Size {
	return b.Button.MinSize().SubtractWidthHeight(2*b.by(), 2*b.by())
}

// Resize is for Fyne.
func (b *Button) Resize(size fyne.Size) { b.Button.Resize(size.AddWidthHeight(2*b.by(), 2*b.by())) }

// Move is for Fyne.
func (b *Button) Move(pos fyne.Position) { b.Button.Move(pos.SubtractXY(b.by(), b.by())) }

// NewButton is an action with a name for the trace; "" for none.
func NewButton(name, text string, do func()) *Button { return newButton(name, text, nil, do) }

// NewIconButton is an action with an icon before its words, which may be "".
func NewIconButton(name, text string, icon fyne.Resource, do func()) *Button {
	return newButton(name, text, icon, do)
}

// NewLink leads somewhere, or does something small, within a text or a line.
func NewLink(name, text string, do func()) *Button {
	b := newButton(name, text, nil, do)
	b.Importance = widget.LowImportance
	return b
}

// NewChip is a choice that holds or does not; SetOn says so.
func NewChip(name, text string, do func()) *Button {
	b := NewLink(name, text, do)
	b.chip = true
	return b
}

func newButton(name, text string, icon fyne.Resource, do func()) *Button {
	b := &Button{}
	b.Text, b.Icon, b.OnTapped = Visual(text), icon, do
	b.ExtendBaseWidget(b)
	if name != "" {
		Trace(name, b)
	}
	return b
}

// TypedKey is for Fyne: Enter presses the button as the space bar does; Escape
// goes on to the sheet, F1 to the window.
func (b *Button) TypedKey(e *fyne.KeyEvent) {
	switch {
	case isEnter(e.Name):
		b.Button.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	case isOfAll(e.Name):
		unused(b, e)
	default:
		b.Button.TypedKey(e)
	}
}

// SetOn says whether a chip holds.
func (b *Button) SetOn(on bool) {
	b.on = on
	b.Refresh()
}

// On reports whether a chip holds.
func (b *Button) On() bool { return b.on }

// CreateRenderer is for Fyne.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	r := &buttonLook{b.Button.CreateRenderer(), b}
	r.dress()
	return r
}

// buttonLook draws what the toolkit draws, in the looks of this window.
type buttonLook struct {
	fyne.WidgetRenderer
	button *Button
}

// Refresh is for Fyne.
func (r *buttonLook) Refresh() {
	r.WidgetRenderer.Refresh()
	r.dress()
}

// dress gives the toolkit's parts, the box first, their colors and weight.
func (r *buttonLook) dress() {
	for i, o := range r.Objects() {
		switch part := o.(type) {
		case *canvas.Rectangle:
			if i == 0 {
				r.dressBox(part)
			}
		case *widget.RichText:
			for _, s := range part.Segments {
				if text, ok := s.(*widget.TextSegment); ok {
					r.dressText(text)
				}
			}
			part.Refresh()
		}
	}
}

func (r *buttonLook) dressText(text *widget.TextSegment) {
	b := r.button
	filled := b.Importance == widget.HighImportance || b.Importance == widget.DangerImportance
	text.Style.TextStyle.Bold = filled
	switch {
	case b.Disabled() || filled:
	case b.chip && !b.on:
		text.Style.ColorName = theme.ColorNameForeground
	case b.chip || b.Importance == widget.LowImportance:
		text.Style.ColorName = theme.ColorNameHyperlink
	}
}

func (r *buttonLook) dressBox(box *canvas.Rectangle) {
	b := r.button
	box.StrokeWidth, box.StrokeColor = 0, nil
	switch {
	case b.chip:
		box.CornerRadius = chipRadius
		box.StrokeWidth, box.StrokeColor = 1, look.Color(theme.ColorNameInputBorder) // a hairline would be lost in the dark
		if b.on {
			box.StrokeColor = look.Color(theme.ColorNamePrimary)
			box.FillColor = look.Color(look.RowMark)
		}
	case b.Disabled() && b.Text != "": // one look for all that is grayed: a grayed link would be taken for words
		box.FillColor = look.Color(theme.ColorNameDisabledButton)
		box.StrokeWidth, box.StrokeColor = 1, look.Color(theme.ColorNameSeparator) // a hairline would be lost on a sheet
	case b.Importance == widget.MediumImportance:
		box.StrokeWidth, box.StrokeColor = 1, look.Color(theme.ColorNameInputBorder)
	}
	box.Refresh()
}

// chipRadius makes a chip's ends round.
const chipRadius = 14
