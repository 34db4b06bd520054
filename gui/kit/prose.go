package kit

import (
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	ttwidget "github.com/dweymouth/fyne-tooltip/widget"

	"casebinder/gui/look"
)

// tightBy is how much less air, above and below and at the sides, a text has
// in a dense part than elsewhere.
const tightBy = 4

// A tightener is a text that can stand with little air around it.
type tightener interface{ setTight() }

// Dense gives the texts that are in an object now little air. It does not give
// them a theme of their own: for each such theme the toolkit would load the
// fonts once more, some 30 MB, and never let go of them.
func Dense(o fyne.CanvasObject) fyne.CanvasObject {
	switch v := o.(type) {
	case tightener:
		v.setTight()
	case *container.Scroll:
		Dense(v.Content)
	case *fyne.Container:
		for _, child := range v.Objects {
			Dense(child)
		}
	}
	return o
}

// air is how much of a text's own air is drawn over by its neighbors.
type air struct{ tight bool }

func (a *air) setTight() { a.tight = true }

func (a *air) by() float32 {
	if a.tight {
		return tightBy
	}
	return 0
}

func (a *air) outer(size fyne.Size) fyne.Size { return size.AddWidthHeight(2*a.by(), 2*a.by()) }

func (a *air) inner(size fyne.Size) fyne.Size {
	return fyne.NewSize(max(size.Width-2*a.by(), 0), max(size.Height-2*a.by(), 0))
}

func (a *air) at(pos fyne.Position) fyne.Position { return pos.SubtractXY(a.by(), a.by()) }

// Line is colored text. Where it wraps and holds Chinese, or a script from the right,
// it breaks as that is broken: the toolkit breaks at spaces alone, and one beside a Latin word would
// leave half of a line empty.
type Line struct {
	widget.RichText
	air
	text   string  // as it was given
	size   float32 // of the text
	bold   bool
	broken float32 // width for which it was broken

	segment *widget.TextSegment
}

// MinSize is for Fyne.
func (l *Line) MinSize() fyne.Size { return l.inner(l.RichText.MinSize()) }

// Resize is for Fyne.
func (l *Line) Resize(size fyne.Size) {
	size = l.outer(size)
	l.breakFor(size.Width - 2*theme.InnerPadding())
	l.RichText.Resize(size)
}

// String is the text as it was given.
func (l *Line) String() string { return l.text }

// breaksItself reports whether the toolkit would break a text wrongly.
func breaksItself(text string) bool { return holdsHan(text) || HasRight(text) }

// holdsHan reports whether a text breaks as Chinese does.
func holdsHan(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

func (l *Line) breakFor(width float32) {
	if l.Wrapping != fyne.TextWrapWord || width <= 0 || l.broken == width || !breaksItself(l.text) {
		return
	}
	l.broken = width
	if text := visualLines(l.text, width, l.size, l.bold); text != l.segment.Text {
		l.segment.Text = text
		l.Refresh()
	}
}

// Move is for Fyne.
func (l *Line) Move(pos fyne.Position) { l.RichText.Move(l.at(pos)) }

// tipLine is colored text with a tooltip.
type tipLine struct {
	ttwidget.RichText
	air
}

// MouseIn is for Fyne.
func (l *tipLine) MouseIn(e *desktop.MouseEvent) {
	pointed = l
	l.RichText.MouseIn(e)
}

// MinSize is for Fyne.
func (l *tipLine) MinSize() fyne.Size { return l.inner(l.RichText.MinSize()) }

// Resize is for Fyne.
func (l *tipLine) Resize(size fyne.Size) { l.RichText.Resize(l.outer(size)) }

// Move is for Fyne.
func (l *tipLine) Move(pos fyne.Position) { l.RichText.Move(l.at(pos)) }

// Stacked puts objects under each other with a gap between them.
func Stacked(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedVBoxLayout(gap), objects...)
}

// Inset puts air around an object.
func Inset(gap float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedLayout(gap, gap, gap, gap), o)
}

// wide gives its objects at least one width.
type wide struct{ width float32 }

func (w wide) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.NewSize(w.width, 0)
	for _, o := range objects {
		size = size.Max(fyne.NewSize(w.width, o.MinSize().Height))
	}
	return size
}

func (w wide) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Resize(size)
		o.Move(fyne.NewPos(0, 0))
	}
}

// Wide gives an object exactly a width to ask for, however much it would like.
func Wide(width float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(wide{width: width}, o)
}

// Colored is a line of text in a color of the theme.
func Colored(text string, name fyne.ThemeColorName, style fyne.TextStyle) *Line {
	return newLine(text, name, theme.SizeNameText, style)
}

func newLine(text string, color fyne.ThemeColorName, size fyne.ThemeSizeName, style fyne.TextStyle) *Line {
	l := &Line{text: text, size: look.Text, bold: style.Bold}
	if size == theme.SizeNameCaptionText {
		l.size = look.Small
	}
	l.segment = &widget.TextSegment{Text: Visual(text), Style: widget.RichTextStyle{
		ColorName: color, TextStyle: style, SizeName: size, Inline: true,
	}}
	l.Scroll = container.ScrollNone
	l.Segments = []widget.RichTextSegment{l.segment}
	l.ExtendBaseWidget(l)
	return l
}

// wrapped is text that wraps, also where scripts meet that run to each other.
func wrapped(text string, style fyne.TextStyle) *Line {
	t := Colored(text, theme.ColorNameForeground, style)
	t.Wrapping = fyne.TextWrapWord
	return t
}

// Soft is second-rate text that wraps.
func Soft(text string) *Line {
	t := Colored(text, look.Muted, fyne.TextStyle{})
	t.Wrapping = fyne.TextWrapWord
	return t
}

// Hint is small second-rate text that wraps, for below a field.
func Hint(text string) *Line {
	t := newLine(text, look.Muted, theme.SizeNameCaptionText, fyne.TextStyle{})
	t.Wrapping = fyne.TextWrapWord
	return t
}

// Prose is text that wraps and can be selected with the mouse.
func Prose(text string) *Para {
	p := newPara(text)
	p.Wrapping = fyne.TextWrapWord
	return p
}

// Section is the heading of a part of a pane.
func Section(text string) fyne.CanvasObject {
	return Colored(text, theme.ColorNameForeground, fyne.TextStyle{Bold: true})
}

// Tip is a line of text in a color of the theme, with a tooltip.
func Tip(text, tip string, name fyne.ThemeColorName) fyne.CanvasObject {
	l := &tipLine{}
	l.Scroll = container.ScrollNone
	l.Segments = []widget.RichTextSegment{&widget.TextSegment{Text: Visual(text), Style: widget.RichTextStyle{
		ColorName: name, SizeName: theme.SizeNameText, Inline: true,
	}}}
	l.ExtendBaseWidget(l)
	l.SetToolTip(tip)
	return l
}

// Soft1 is second-rate text in one line.
func Soft1(text string) *Line { return Colored(text, look.Muted, fyne.TextStyle{}) }

// WordLink is a link within a text, which stands with as much air as the text
// beside it, so that the two are on one line.
type WordLink struct {
	widget.Hyperlink
	air
}

// NewWordLink makes one with a name for the trace; "" for none.
func NewWordLink(name, text string, do func()) *WordLink {
	l := &WordLink{}
	l.Text, l.OnTapped = Visual(text), do
	l.ExtendBaseWidget(l)
	if name != "" {
		Trace(name, l)
	}
	return l
}

// TypedKey is for Fyne: Enter follows the link as the space bar does, Escape goes on
// to the sheet, F1 to the window.
func (l *WordLink) TypedKey(e *fyne.KeyEvent) {
	switch {
	case isEnter(e.Name):
		l.Hyperlink.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	case isOfAll(e.Name):
		unused(l, e)
	default:
		l.Hyperlink.TypedKey(e)
	}
}

// MinSize is for Fyne.
func (l *WordLink) MinSize() fyne.Size { return l.inner(l.Hyperlink.MinSize()) }

// Resize is for Fyne.
func (l *WordLink) Resize(size fyne.Size) { l.Hyperlink.Resize(l.outer(size)) }

// Move is for Fyne.
func (l *WordLink) Move(pos fyne.Position) { l.Hyperlink.Move(l.at(pos)) }
