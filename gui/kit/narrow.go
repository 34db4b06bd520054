package kit

import (
	"cmp"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"casebinder/gui/look"
)

// Headed is the head of a record's pane or of a part: its title, and beside it its
// badges or choices, or below it where they would cut it.
func Headed(title *Para, badges fyne.CanvasObject) *fyne.Container {
	return container.New(&headRoom{title: title}, title, badges)
}

type headRoom struct {
	title *Para
	width float32 // the last that was laid out
}

// below reports whether the badges have a line of their own.
func (r *headRoom) below(badges fyne.CanvasObject) bool {
	need := textSize(r.title.Text, theme.Size(cmp.Or(r.title.SizeName, theme.SizeNameText)), true) + badges.MinSize().Width + 2*look.Gap
	return r.width > 0 && badges.MinSize().Width > 0 && need > r.width
}

// MinSize is for Fyne.
func (r *headRoom) MinSize(objects []fyne.CanvasObject) fyne.Size {
	title, badges := objects[0].MinSize(), objects[1].MinSize()
	size := fyne.NewSize(max(title.Width, badges.Width), max(title.Height, badges.Height))
	if r.below(objects[1]) {
		size.Height = title.Height + badges.Height
	}
	return size
}

// Layout is for Fyne.
func (r *headRoom) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	r.width = size.Width
	title, badges := objects[0], objects[1]
	least := badges.MinSize()
	if r.below(badges) {
		putAt(title, 0, size.Width, title.MinSize().Height)
		title.Move(fyne.NewPos(0, 0))
		badges.Resize(fyne.NewSize(size.Width, least.Height))
		badges.Move(fyne.NewPos(look.Gap, title.MinSize().Height))
		return
	}
	title.Resize(fyne.NewSize(max(size.Width-least.Width-look.Gap, 0), size.Height))
	title.Move(fyne.NewPos(0, 0))
	badges.Resize(fyne.NewSize(least.Width, size.Height))
	badges.Move(fyne.NewPos(size.Width-least.Width, 0))
}

func textSize(text string, size float32, bold bool) float32 {
	return fyne.MeasureText(text, size, fyne.TextStyle{Bold: bold}).Width
}

// tabRow puts tabs beside each other. Where there is too little room they move
// closer, and then stand in as many lines as they need: one that is out of view is
// one that nobody finds.
type tabRow struct{ width float32 }

// tabSlack is by how much the air around a tab's words can shrink.
const tabSlack = 16

// places gives each tab its place for a width, and tells the height of all.
func (r *tabRow) places(objects []fyne.CanvasObject, put func(o fyne.CanvasObject, x, y, w, h float32)) float32 {
	sum := float32(0)
	for _, o := range objects {
		sum += o.MinSize().Width
	}
	slack := float32(0)
	if r.width > 0 && sum > r.width && len(objects) > 0 {
		slack = min((sum-r.width)/float32(len(objects)), tabSlack)
	}
	x, y, line := float32(0), float32(0), float32(0)
	for _, o := range objects {
		least := o.MinSize()
		w := least.Width - slack
		if x > 0 && r.width > 0 && x+w > r.width+0.5 {
			x, y, line = 0, y+line, 0
		}
		put(o, x, y, w, least.Height)
		x, line = x+w, max(line, least.Height)
	}
	return y + line
}

// MinSize is for Fyne.
func (r *tabRow) MinSize(objects []fyne.CanvasObject) fyne.Size {
	widest := float32(0)
	for _, o := range objects {
		widest = max(widest, o.MinSize().Width)
	}
	return fyne.NewSize(widest, r.places(objects, func(fyne.CanvasObject, float32, float32, float32, float32) {}))
}

// Layout is for Fyne.
func (r *tabRow) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	r.width = size.Width
	r.places(objects, func(o fyne.CanvasObject, x, y, w, h float32) {
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(w, h))
	})
}

// Topped puts a bar over a body: a lead, which takes the room that is left beside the
// rest. Where the lead would have less than least, the rest goes to a line below it.
func Topped(least float32, lead, rest, body fyne.CanvasObject) *fyne.Container {
	return container.New(topped{least}, lead, rest, body)
}

type topped struct{ least float32 }

// height is how high the bar is in a width, and whether it has two lines.
func (l topped) height(lead, rest fyne.CanvasObject, width float32) (height float32, two bool) {
	a, b := lead.MinSize().Height, rest.MinSize().Height
	if width-rest.MinSize().Width-look.Tight < l.least {
		return a + look.Tight + b, true
	}
	return max(a, b), false
}

// MinSize is for Fyne.
func (l topped) MinSize(objects []fyne.CanvasObject) fyne.Size {
	bar, _ := l.height(objects[0], objects[1], l.least)
	body := objects[2].MinSize()
	return fyne.NewSize(max(l.least, body.Width), bar+body.Height+3*look.Tight)
}

// Layout is for Fyne.
func (l topped) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	lead, rest, body := objects[0], objects[1], objects[2]
	wide, least := size.Width-2*look.Tight, rest.MinSize()
	height, two := l.height(lead, rest, wide)
	if two {
		putAt(lead, look.Tight, wide, lead.MinSize().Height)
		putAt(rest, look.Tight, wide, least.Height)
		rest.Move(fyne.NewPos(look.Tight, 2*look.Tight+lead.MinSize().Height))
	} else {
		putAt(lead, look.Tight, wide-least.Width-look.Tight, height)
		putAt(rest, look.Tight+wide-least.Width, least.Width, height)
		rest.Move(rest.Position().AddXY(0, look.Tight))
	}
	lead.Move(fyne.NewPos(look.Tight, look.Tight))
	top := height + 2*look.Tight
	body.Move(fyne.NewPos(0, top))
	body.Resize(fyne.NewSize(size.Width, max(size.Height-top, 0)))
}

// Squeezed is a row: a lead at the left with what it asks for, and at the right the
// others, each in its usual width. Where the room is short the others share it.
func Squeezed(height float32, usual []float32, lead fyne.CanvasObject, others ...fyne.CanvasObject) *fyne.Container {
	return container.New(squeezed{height, usual}, append([]fyne.CanvasObject{lead}, others...)...)
}

type squeezed struct {
	height float32 // of the others
	usual  []float32
}

// MinSize is for Fyne.
func (l squeezed) MinSize(objects []fyne.CanvasObject) fyne.Size {
	lead := objects[0].MinSize()
	return fyne.NewSize(lead.Width, max(lead.Height, l.height+2*look.Tight))
}

// Layout is for Fyne.
func (l squeezed) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	lead := objects[0].MinSize()
	putAt(objects[0], 0, lead.Width, size.Height)
	sum := float32(0)
	for _, w := range l.usual {
		sum += w
	}
	room := size.Width - lead.Width - float32(len(l.usual)+1)*look.Tight
	part, x := max(min(room/sum, 1), 0), size.Width-look.Tight
	for i := len(l.usual); i > 0; i-- {
		w := l.usual[i-1] * part
		x -= w
		putAt(objects[i], x, w, l.height)
		objects[i].Move(fyne.NewPos(x, (size.Height-l.height)/2))
		x -= look.Tight
	}
}
