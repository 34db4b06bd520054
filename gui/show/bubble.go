package show

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/words"
)

// Sizes of a chat in Fyne's units.
const (
	bubblePad   = 7
	bubbleShare = 0.86 // of the room's width, at most
	chatThumb   = 84   // wide and high, of a picture that came with a message
	fileLine    = 24
)

// side is where a line of a chat stands.
type side int

const (
	sideTheirs side = iota
	sideOurs
	sideMiddle // the platform's
)

// A chatLine is one line of a chat: a message, a day, a draft. Its parts stand
// under each other.
type chatLine struct {
	widget.BaseWidget
	message data.Message // UID "" where it is none
	where   side
	faint   bool // stands on no ground: a day, a notice
	waits   bool // copied and not sent
	marked  bool // the keys stand on it
	parts   []chatPart
	back    *canvas.Rectangle
	deeds   func() kit.Deeds // of a message
	copy    func()           // so too
	ui      *kit.UI
	clicks  kit.Clicks[string]
	open    func() // what a click does beside marking; may be nil
	mark    func() // the keys come here

	forWidth, height, inner float32
	y                       float32 // in the chat
}

// A chatPart is a text, or something of a fixed size.
type chatPart struct {
	flow   *kit.Flow
	object fyne.CanvasObject
	size   fyne.Size
}

func newChatLine(where side) *chatLine {
	l := &chatLine{where: where, back: canvas.NewRectangle(nil)}
	l.back.CornerRadius = 8
	l.ExtendBaseWidget(l)
	return l
}

func (l *chatLine) text(text string, role kit.Role, size float32) {
	if text != "" {
		l.parts = append(l.parts, chatPart{flow: kit.NewFlow(text, role, size)})
	}
}

func (l *chatLine) add(o fyne.CanvasObject, size fyne.Size) {
	l.parts = append(l.parts, chatPart{object: o, size: size})
}

// heightFor lays the line out for a room's width.
func (l *chatLine) heightFor(width float32) float32 {
	if l.forWidth == width {
		return l.height
	}
	most := width*bubbleShare - 2*bubblePad
	l.inner = 0
	for _, p := range l.parts {
		if p.flow != nil {
			l.inner = max(l.inner, p.flow.WidthOf(most))
		} else {
			l.inner = max(l.inner, min(p.size.Width, most))
		}
	}
	l.forWidth, l.height = width, 2*bubblePad
	if l.faint {
		l.height = 4
	}
	for _, p := range l.parts {
		if p.flow != nil {
			l.height += p.flow.HeightFor(l.inner)
		} else {
			l.height += p.size.Height
		}
	}
	return l.height
}

// CreateRenderer is for Fyne.
func (l *chatLine) CreateRenderer() fyne.WidgetRenderer { return &chatLineRenderer{l} }

type chatLineRenderer struct{ l *chatLine }

func (r *chatLineRenderer) Destroy() {}

func (r *chatLineRenderer) MinSize() fyne.Size { return fyne.NewSize(60, r.l.height) }

func (r *chatLineRenderer) Objects() []fyne.CanvasObject {
	all := []fyne.CanvasObject{r.l.back}
	for _, p := range r.l.parts {
		if p.flow != nil {
			all = append(all, p.flow)
		} else {
			all = append(all, p.object)
		}
	}
	return all
}

func (r *chatLineRenderer) Layout(size fyne.Size) {
	l := r.l
	l.heightFor(size.Width)
	w := l.inner + 2*bubblePad
	x, y := float32(0), float32(bubblePad)
	switch l.where {
	case sideOurs:
		x = size.Width - w
	case sideMiddle:
		x = (size.Width - w) / 2
	case sideTheirs:
	}
	if l.faint {
		y = 2
	}
	l.back.Move(fyne.NewPos(x, 0))
	l.back.Resize(fyne.NewSize(w, size.Height))
	for _, p := range l.parts {
		at := fyne.NewPos(x+bubblePad, y)
		if p.flow != nil {
			h := p.flow.HeightFor(l.inner)
			p.flow.Move(at)
			p.flow.Resize(fyne.NewSize(l.inner, h))
			y += h
			continue
		}
		p.object.Move(at)
		p.object.Resize(fyne.NewSize(min(p.size.Width, l.inner), p.size.Height))
		y += p.size.Height
	}
	r.paint()
}

func (r *chatLineRenderer) paint() {
	l := r.l
	l.back.FillColor, l.back.StrokeWidth = nil, 0
	switch {
	case l.faint:
	case l.waits:
		l.back.FillColor = look.Color(look.AmbWash)
	case l.where == sideOurs:
		l.back.FillColor = look.Color(look.Ours)
	default:
		l.back.FillColor = look.Color(look.Theirs)
	}
	if l.marked {
		l.back.StrokeColor, l.back.StrokeWidth = look.Color(theme.ColorNamePrimary), 1.5
	}
}

func (r *chatLineRenderer) Refresh() {
	r.paint()
	for _, o := range r.Objects() {
		o.Refresh()
	}
	canvas.Refresh(r.l)
}

// MouseDown puts the keys on the line, and does what it does on the row of any list.
func (l *chatLine) MouseDown(e *desktop.MouseEvent) {
	if l.mark != nil {
		l.mark()
	}
	switch {
	case l.deeds == nil:
		if l.open != nil && e.Button == desktop.MouseButtonPrimary {
			l.open()
		}
	case e.Button == desktop.MouseButtonSecondary:
		l.menu(e.AbsolutePosition)
	case l.clicks.Second(l.message.UID):
		l.deeds().Open(l.ui)
	}
}

// MouseUp is for Fyne.
func (l *chatLine) MouseUp(*desktop.MouseEvent) {}

func (l *chatLine) menu(at fyne.Position) { l.deeds().Menu(l.ui, at, 1, l.copy) }

// typed does what a key stands for, and reports whether it did.
func (l *chatLine) typed(key fyne.KeyName) bool {
	return l.deeds != nil && l.deeds().Typed(l.ui, key, func() { l.menu(kit.Below(l)) })
}

// attach adds a file that came with a message: a picture with its preview, any
// with its name, which opens a copy.
func (l *chatLine) attach(e *Env, f data.Evidence, name string) {
	if IsPicture(f) {
		pic := canvas.NewImageFromImage(nil)
		pic.FillMode, pic.ScaleMode = canvas.ImageFillContain, canvas.ImageScaleSmooth
		e.Pictures().Get(f, func(img image.Image) {
			pic.Image = img
			pic.Refresh()
		})
		l.add(pic, fyne.NewSize(chatThumb, chatThumb))
	}
	link := kit.NewButton(name, "", func() { OpenEvidence(e, f) })
	link.SetText(kit.Fit("↗ "+f.Name, 240, false))
	if f.Erased() {
		link.SetText(kit.Fit(words.Join(" · ", words.T("evidence.erased.mark"), f.Name), 240, false))
		link.Disable()
	}
	link.Importance, link.Alignment = widget.LowImportance, widget.ButtonAlignLeading
	l.add(link, fyne.NewSize(260, fileLine))
}
