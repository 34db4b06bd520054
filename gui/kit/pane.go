package kit

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"casebinder/gui/look"
	"casebinder/gui/words"
)

// ShownCount says how many rows a table lists; "" while that is not known.
func ShownCount(key string, n int) string {
	if n < 0 {
		return ""
	}
	return words.N(key, n)
}

// NewRecordTitle is the heading of a pane, cut where it is too long.
func NewRecordTitle() *Para {
	title := newPara("")
	title.TextStyle = fyne.TextStyle{Bold: true}
	title.SizeName = theme.SizeNameSubHeadingText
	title.Truncation = fyne.TextTruncateEllipsis
	return title
}

// NewPartTitle is the heading of a part within a pane, cut where it is too long.
func NewPartTitle() *Para {
	title := NewRecordTitle()
	title.SizeName = theme.SizeNameText
	return title
}

// NothingChosen is what a pane says before a row is chosen.
func NothingChosen(titleKey, doKey string) fyne.CanvasObject {
	text := widget.NewLabelWithStyle(words.T(titleKey)+"\n"+words.T(doKey), fyne.TextAlignCenter, fyne.TextStyle{})
	text.Importance = widget.LowImportance
	text.Wrapping = fyne.TextWrapWord
	return container.NewVBox(layout.NewSpacer(), text, layout.NewSpacer())
}

// PaneOf is the pane of a record: its title, what there is of it, and what can
// be done.
func PaneOf(head, body, actions fyne.CanvasObject) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedLayout(0, look.Tight, 0, look.Gap),
		container.NewBorder(container.NewVBox(head, widget.NewSeparator()), actions, nil, nil, body))
}

// Aligned puts words above or below a list so that they begin where its cells do; air is
// above and below them.
func Aligned(air float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedLayout(air, air, cellPad-theme.InnerPadding(), look.Tight), o)
}

// ShowOnly puts one object into a stack.
func ShowOnly(stack *fyne.Container, o fyne.CanvasObject) {
	if len(stack.Objects) == 1 && stack.Objects[0] == o {
		return
	}
	stack.Objects = []fyne.CanvasObject{o}
	stack.Refresh()
}

// RoomFor gives a choice the width of its longest option, up to a limit: by
// itself it asks for next to nothing and cuts its words.
func RoomFor[V comparable](c *Choice[V]) fyne.CanvasObject {
	width := float32(60)
	for _, text := range c.Options {
		width = max(width, fyne.MeasureText(text, look.Text, fyne.TextStyle{}).Width)
	}
	return Wide(min(width, 150)+44, c)
}

// ToHits lets Enter and the arrow down in a search field go to its hits.
func ToHits(s *Search, focus func()) {
	s.Key = func(key fyne.KeyName) bool {
		if key != fyne.KeyDown && key != fyne.KeyReturn && key != fyne.KeyEnter {
			return false
		}
		s.Flush()
		focus()
		return true
	}
}

// KeptSplit puts a list and a pane beside each other, and remembers how the
// room was shared.
func KeptSplit(u *UI, key string, offset float64, list, pane fyne.CanvasObject) fyne.CanvasObject {
	return KeepSplit(u, key, offset, container.NewHSplit(list, pane))
}

func KeepSplit(u *UI, key string, offset float64, split *container.Split) fyne.CanvasObject {
	u.Kept(key, &offset)
	split.SetOffset(offset)
	split.Trailing = container.New(&splitKeeper{ui: u, key: key, split: split, last: offset}, split.Trailing)
	return split
}

// splitKeeper fills its room with one object, and keeps the split's offset when
// a drag has changed that room.
type splitKeeper struct {
	ui    *UI
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

// RowName names the control of a row in the trace: "proof.0.open".
func RowName(prefix string, i int, what string) string {
	return fmt.Sprintf("%s.%d.%s", prefix, i, what)
}
