package bind

import (
	"context"
	"crypto/sha256"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
	ttwidget "github.com/dweymouth/fyne-tooltip/widget"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/kit"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// Sizes of the list of exhibits.
const (
	exhibitHigh   = 64 // of an exhibit
	sectionHigh   = 24 // of a section's heading
	exhibitNumber = 30 // room of the number
	exhibitCheck  = 24 // room of the check box
	exhibitThumb  = 64 // width of the picture
	exhibitEdge   = 28 // how near to the edge a drag scrolls
)

// exhibitList lists exhibits by section. Only what is seen is drawn. It takes
// the mouse and the keys itself; what is drawn of the rows takes nothing.
type exhibitList struct {
	ttwidget.ToolTipWidget
	b      *Page
	object fyne.CanvasObject
	scroll *container.Scroll
	rows   *fyne.Container
	drop   *canvas.Rectangle // where a dragged exhibit would go
	empty  *fyne.Container
	foot   *fyne.Container // what can be done with the chosen one
	keeper kit.Keeper[[]data.Exhibit]

	list    []desk.ExhibitView
	lines   []exhibitLine
	high    float32
	slots   map[string]*exhibitSlot // by what they draw
	chosen  string                  // UID
	seen    string                  // UID of the exhibit whose page is in view
	focused bool

	dragged  string // UID; "" when none is
	target   exhibitLine
	clicks   kit.Clicks[string]
	tip      string
	hovering string
}

// exhibitLine is a heading, or an exhibit when index is not negative.
type exhibitLine struct {
	section data.Section
	index   int
	top     float32
	high    float32
}

var (
	_ fyne.Focusable    = (*exhibitList)(nil)
	_ fyne.Shortcutable = (*exhibitList)(nil)
	_ fyne.Draggable    = (*exhibitList)(nil)
	_ fyne.Scrollable   = (*exhibitList)(nil)
	_ fyne.Tappable     = (*exhibitList)(nil)
	_ desktop.Mouseable = (*exhibitList)(nil)
	_ desktop.Hoverable = (*exhibitList)(nil)
)

func newExhibitList(b *Page) *exhibitList {
	l := &exhibitList{b: b, slots: map[string]*exhibitSlot{}, rows: container.NewWithoutLayout(), drop: canvas.NewRectangle(nil), empty: container.NewStack(), foot: container.NewHBox()}
	l.keeper = kit.Keeper[[]data.Exhibit]{
		Put: func(ctx context.Context, list []data.Exhibit) error {
			return b.env.desk.ArrangeExhibits(ctx, b.id, list)
		},
		Ended: func(err error) {
			if err != nil {
				b.print = [sha256.Size]byte{} // what is stored is shown again
				b.env.UI.Problem(err)
			}
			b.Reload()
		},
	}
	l.drop.Hide()
	l.ExtendBaseWidget(l)
	l.scroll = container.NewVScroll(l)
	l.scroll.OnScrolled = func(fyne.Position) { l.draw() }
	l.object = container.NewBorder(l.bar(), container.NewVBox(widget.NewSeparator(), kit.Inset(2, l.foot)), nil, nil,
		container.New(kit.OnResize(l.draw), l.scroll, l.empty))
	kit.Trace("bind.exhibits", l.scroll)
	return l
}

// bar is what can be done with all exhibits.
func (l *exhibitList) bar() fyne.CanvasObject {
	add := kit.NewIconButton("", words.T("bind.add"), theme.ContentAddIcon(), func() {
		l.b.env.ChooseEvidence(show.Target{OrderID: l.b.view.Order.ID, DisputeID: l.b.id})
	})
	kind := kit.NewButton("bind.by_kind", words.T("bind.by_kind"), func() { l.sorted(words.T("bind.by_kind.done"), sortByKind) })
	date := kit.NewButton("bind.by_date", words.T("bind.by_date"), func() { l.sorted(words.T("bind.by_date.done"), sortByDate) })
	for _, b := range []*kit.Button{add, kind, date} {
		b.Importance = widget.LowImportance
	}
	return container.NewHBox(add, layout.NewSpacer(), kind, date)
}

func (l *exhibitList) sorted(said string, sort func([]desk.ExhibitView)) {
	before := exhibitsOf(l.list)
	sort(l.list)
	if slices.Equal(before, exhibitsOf(l.list)) {
		l.b.env.UI.Toast(words.T("bind.sorted_already"), nil)
		return
	}
	l.store()
	l.b.env.UI.Toast(said, l.b.env.Undo)
}

// set shows exhibits; what is chosen stays chosen.
func (l *exhibitList) set(list []desk.ExhibitView) {
	l.list = slices.Clone(list)
	if indexOfExhibit(l.list, l.chosen) < 0 {
		l.chosen = ""
		if len(l.list) > 0 {
			l.chosen = l.list[0].EvidenceUID
		}
	}
	l.arranged()
}

// arranged lays the lines out anew.
func (l *exhibitList) arranged() {
	l.lines, l.high = l.lines[:0], 0
	add := func(section data.Section, index int, high float32) {
		l.lines = append(l.lines, exhibitLine{section, index, l.high, high})
		l.high += high
	}
	i := 0
	for _, section := range data.ExhibitSections() {
		add(section, -1, sectionHigh)
		for ; i < len(l.list) && l.list[i].Section == section; i++ {
			add(section, i, exhibitHigh)
		}
	}
	l.empty.Objects = nil
	if len(l.list) == 0 {
		l.empty.Objects = []fyne.CanvasObject{container.NewCenter(kit.NewEmpty("bind.empty", kit.Empty{
			Text: words.T("bind.empty.title") + "\n" + words.T("bind.empty.do"), Button: words.T("evidence.add"),
			Do: func() { l.b.env.ChooseEvidence(show.Target{OrderID: l.b.view.Order.ID, DisputeID: l.b.id}) },
		}))}
	}
	if len(l.list) == 0 {
		l.scroll.Hide()
	} else {
		l.scroll.Show()
	}
	l.empty.Refresh()
	l.slots = map[string]*exhibitSlot{}
	l.scroll.Refresh()
	l.draw()
	l.drawFoot()
}

// store keeps the order as it is now, and shows it.
func (l *exhibitList) store() {
	l.b.noteEdit()
	l.arranged()
	l.reveal()
	l.keeper.Keep(exhibitsOf(l.list))
}

// CreateRenderer is for Fyne.
func (l *exhibitList) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.New(exhibitLayout{l}, l.rows, l.drop))
}

// exhibitLayout is as high as all lines.
type exhibitLayout struct{ l *exhibitList }

// Layout is for Fyne.
func (e exhibitLayout) Layout([]fyne.CanvasObject, fyne.Size) {}

// MinSize is for Fyne.
func (e exhibitLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(220, e.l.high) }

// draw draws the lines that are seen.
func (l *exhibitList) draw() {
	top, bottom := l.scroll.Offset.Y, l.scroll.Offset.Y+l.scroll.Size().Height
	width := l.scroll.Size().Width
	shown := map[string]*exhibitSlot{}
	l.rows.Objects = l.rows.Objects[:0]
	first, _ := slices.BinarySearchFunc(l.lines, top, func(line exhibitLine, at float32) int {
		if line.top+line.high <= at {
			return -1
		}
		return 1
	})
	traced := 0
	for _, line := range l.lines[min(first, len(l.lines)):] {
		if line.top >= bottom {
			break
		}
		key := string(line.section)
		if line.index >= 0 {
			key = l.list[line.index].EvidenceUID
		}
		slot := l.slots[key]
		if slot == nil {
			slot = l.newSlot(line)
		}
		shown[key] = slot
		slot.place(l, line, width)
		l.rows.Objects = append(l.rows.Objects, slot.box)
		if line.index >= 0 && traced < 3 {
			kit.Trace(kit.RowName("bind.exhibit", traced, "row"), slot.back)
			traced++
		}
	}
	l.slots = shown
	l.rows.Refresh()
}

// reveal scrolls as little as needed to show the chosen exhibit whole.
func (l *exhibitList) reveal() {
	for _, line := range l.lines {
		if line.index < 0 || l.list[line.index].EvidenceUID != l.chosen {
			continue
		}
		top, view := l.scroll.Offset.Y, l.scroll.Size().Height
		switch {
		case line.top < top+sectionHigh:
			l.scroll.ScrollToOffset(fyne.NewPos(0, max(line.top-sectionHigh, 0)))
		case view > 0 && line.top+line.high > top+view:
			l.scroll.ScrollToOffset(fyne.NewPos(0, line.top+line.high-view))
		}
	}
	l.draw()
}

// choose selects an exhibit, scrolls to it and to its page.
func (l *exhibitList) choose(uid string) {
	i := indexOfExhibit(l.list, uid)
	if i < 0 {
		return
	}
	fresh := l.chosen != uid
	l.chosen = uid
	l.reveal()
	if fresh {
		l.drawFoot()
	}
	l.b.pages.goExhibit(l.list[i].Number)
}

// setSeen marks the exhibit whose page is in view.
func (l *exhibitList) setSeen(uid string) {
	if l.seen != uid {
		l.seen = uid
		l.draw()
	}
}
