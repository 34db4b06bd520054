package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	ttwidget "github.com/dweymouth/fyne-tooltip/widget"

	"casebinder/gui/look"
)

// dense is the theme in use with less air around text, for running text such
// as a timeline. It asks the application each time, so that it follows a change
// between light and dark.
type dense struct{}

func (dense) base() fyne.Theme { return fyne.CurrentApp().Settings().Theme() }

func (d dense) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	return d.base().Color(name, variant)
}

func (d dense) Font(style fyne.TextStyle) fyne.Resource { return d.base().Font(style) }

func (d dense) Icon(name fyne.ThemeIconName) fyne.Resource { return d.base().Icon(name) }

func (d dense) Size(name fyne.ThemeSizeName) float32 {
	switch name {
	case theme.SizeNameInnerPadding, theme.SizeNameLineSpacing:
		return 2
	}
	return d.base().Size(name)
}

// Dense draws what is in it with little air around text. What is added to it
// later keeps the ordinary air until the returned object is refreshed.
func Dense(o fyne.CanvasObject) fyne.CanvasObject { return container.NewThemeOverride(o, dense{}) }

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
func Colored(text string, name fyne.ThemeColorName, style fyne.TextStyle) *widget.RichText {
	return widget.NewRichText(&widget.TextSegment{Text: text, Style: widget.RichTextStyle{
		ColorName: name, TextStyle: style, SizeName: theme.SizeNameText, Inline: true,
	}})
}

// Soft is second-rate text that wraps.
func Soft(text string) *widget.RichText {
	t := Colored(text, look.Muted, fyne.TextStyle{})
	t.Wrapping = fyne.TextWrapWord
	return t
}

// Hint is small second-rate text that wraps, for below a field.
func Hint(text string) *widget.RichText {
	t := widget.NewRichText(&widget.TextSegment{Text: text, Style: widget.RichTextStyle{
		ColorName: look.Muted, SizeName: theme.SizeNameCaptionText, Inline: true,
	}})
	t.Wrapping = fyne.TextWrapWord
	return t
}

// Prose is text that wraps and can be selected with the mouse.
func Prose(text string) *widget.Label {
	l := widget.NewLabel(text)
	l.Wrapping = fyne.TextWrapWord
	l.Selectable = true
	return l
}

// Section is the heading of a part of a pane.
func Section(text string) fyne.CanvasObject {
	return Colored(text, theme.ColorNameForeground, fyne.TextStyle{Bold: true})
}

// Tip is a line of text in a color of the theme, with a tooltip.
func Tip(text, tip string, name fyne.ThemeColorName) fyne.CanvasObject {
	t := ttwidget.NewRichText(&widget.TextSegment{Text: text, Style: widget.RichTextStyle{
		ColorName: name, SizeName: theme.SizeNameText, Inline: true,
	}})
	t.SetToolTip(tip)
	return t
}

// Soft1 is second-rate text in one line.
func Soft1(text string) *widget.RichText { return Colored(text, look.Muted, fyne.TextStyle{}) }
