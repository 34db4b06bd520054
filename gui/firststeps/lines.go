package firststeps

import (
	"fyne.io/fyne/v2"

	"casebinder/gui/look"
)

// lines lays the strip out: the steps and the link that hides them on one line, what
// the next step is for and its button on another. In a low window there is one line,
// without the sentence: the list below needs the room.
type lines struct{ low func() bool }

// MinSize is for Fyne.
func (l *lines) MinSize(objects []fyne.CanvasObject) fyne.Size {
	trail, how, leave, do := objects[0].MinSize(), objects[1].MinSize(), objects[2].MinSize(), objects[3].MinSize()
	if l.low() {
		return fyne.NewSize(trail.Width+leave.Width+do.Width+2*look.Gap, max(trail.Height, leave.Height, do.Height))
	}
	return fyne.NewSize(max(trail.Width+leave.Width, do.Width)+look.Gap, max(trail.Height, leave.Height)+max(how.Height, do.Height))
}

// Layout is for Fyne.
func (l *lines) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	trail, how, leave, do := objects[0], objects[1], objects[2], objects[3]
	first := max(trail.MinSize().Height, leave.MinSize().Height)
	button := do.MinSize()
	right := size.Width
	if l.low() {
		how.Hide()
		first = size.Height
		right -= button.Width
		put(do, right, (size.Height-button.Height)/2, button)
		right -= look.Gap
	} else {
		how.Show()
		put(how, 0, first, fyne.NewSize(size.Width-button.Width-look.Gap, size.Height-first))
		put(do, size.Width-button.Width, first, button)
	}
	link := leave.MinSize()
	put(leave, right-link.Width, (first-link.Height)/2, link)
	put(trail, 0, (first-trail.MinSize().Height)/2, fyne.NewSize(right-link.Width-look.Gap, trail.MinSize().Height))
}

func put(o fyne.CanvasObject, x, y float32, size fyne.Size) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(size)
}
