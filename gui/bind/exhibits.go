package bind

import (
	"context"
	"crypto/sha256"
	"image"
	"slices"
	"strings"
	"time"

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
	"casebinder/gui/look"
	"casebinder/gui/route"
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
	twoClicks     = 400 * time.Millisecond
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
	clicked  string
	clickAt  time.Time
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
	_ fyne.Focusable         = (*exhibitList)(nil)
	_ fyne.Shortcutable      = (*exhibitList)(nil)
	_ fyne.Draggable         = (*exhibitList)(nil)
	_ fyne.Scrollable        = (*exhibitList)(nil)
	_ fyne.Tappable          = (*exhibitList)(nil)
	_ fyne.SecondaryTappable = (*exhibitList)(nil)
	_ desktop.Mouseable      = (*exhibitList)(nil)
	_ desktop.Hoverable      = (*exhibitList)(nil)
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
	kit.Trace("binding.exhibits", l.scroll)
	return l
}

// bar is what can be done with all exhibits.
func (l *exhibitList) bar() fyne.CanvasObject {
	add := widget.NewButtonWithIcon(words.T("binding.add"), theme.ContentAddIcon(), func() {
		l.b.env.ChooseEvidence(show.Target{OrderID: l.b.view.Order.ID, DisputeID: l.b.id})
	})
	kind := kit.NewButton("binding.by_kind", words.T("binding.by_kind"), func() { l.sorted(words.T("binding.by_kind.done"), sortByKind) })
	date := kit.NewButton("binding.by_date", words.T("binding.by_date"), func() { l.sorted(words.T("binding.by_date.done"), sortByDate) })
	for _, b := range []*widget.Button{add, kind, date} {
		b.Importance = widget.LowImportance
	}
	return container.NewHBox(add, layout.NewSpacer(), kind, date)
}

func (l *exhibitList) sorted(said string, sort func([]desk.ExhibitView)) {
	before := exhibitsOf(l.list)
	sort(l.list)
	if slices.Equal(before, exhibitsOf(l.list)) {
		l.b.env.UI.Toast(words.T("binding.sorted_already"), nil)
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
		l.empty.Objects = []fyne.CanvasObject{container.NewCenter(kit.NewEmpty("binding.empty", kit.Empty{
			Text: words.T("binding.empty.title") + "\n" + words.T("binding.empty.do"), Button: words.T("evidence.add"),
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
			kit.Trace(kit.RowName("binding.exhibit", traced, "row"), slot.back)
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

// lineAt is the line at a height; false when there is none.
func (l *exhibitList) lineAt(y float32) (exhibitLine, bool) {
	for _, line := range l.lines {
		if y >= line.top && y < line.top+line.high {
			return line, true
		}
	}
	return exhibitLine{}, false
}

// MouseDown chooses.
func (l *exhibitList) MouseDown(e *desktop.MouseEvent) {
	l.b.env.UI.Window.Canvas().Focus(l)
	if line, ok := l.lineAt(e.Position.Y); ok && line.index >= 0 {
		l.choose(l.list[line.index].EvidenceUID)
	}
}

// MouseUp is for Fyne.
func (l *exhibitList) MouseUp(*desktop.MouseEvent) {}

// Tapped includes or leaves out where the box is hit; the second of two quick
// clicks edits.
func (l *exhibitList) Tapped(e *fyne.PointEvent) {
	line, ok := l.lineAt(e.Position.Y)
	if !ok || line.index < 0 {
		return
	}
	uid := l.list[line.index].EvidenceUID
	if e.Position.X >= exhibitNumber && e.Position.X < exhibitNumber+exhibitCheck {
		l.toggle(line.index)
		return
	}
	now := time.Now()
	if uid == l.clicked && now.Sub(l.clickAt) < twoClicks {
		l.clicked = ""
		l.edit()
		return
	}
	l.clicked, l.clickAt = uid, now
}

// TappedSecondary shows what can be done with an exhibit.
func (l *exhibitList) TappedSecondary(e *fyne.PointEvent) {
	i := indexOfExhibit(l.list, l.chosen)
	if i < 0 {
		return
	}
	x := l.list[i]
	include := "binding.leave_out"
	if !x.Included {
		include = "binding.include"
	}
	items := []*fyne.MenuItem{
		fyne.NewMenuItem(words.T("binding.edit"), l.edit),
		fyne.NewMenuItem(words.T(include), func() { l.toggle(i) }),
	}
	for _, section := range data.ExhibitSections() {
		if section != x.Section {
			items = append(items, fyne.NewMenuItem(words.T("binding.to_section", "section", words.Of("section", section)), func() {
				placeExhibit(l.list, i, section, len(l.list))
				l.store()
			}))
		}
	}
	items = append(items, fyne.NewMenuItemSeparator(), fyne.NewMenuItem(words.T("evidence.open"), func() { l.open(x.Evidence) }))
	if show.CanMark(x.Evidence) {
		items = append(items, fyne.NewMenuItem(words.T("binding.mark"), func() { l.mark(x) }))
	}
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), l.b.env.UI.Window.Canvas(), e.AbsolutePosition)
}

// mark opens the editor of marks on the original of an exhibit.
func (l *exhibitList) mark(x desk.ExhibitView) {
	ev := x.Evidence
	if x.Original != nil {
		ev = *x.Original
	}
	l.b.env.Open(route.Marks{Dispute: l.b.id, Evidence: ev, Done: l.b.Reload})
}

func (l *exhibitList) open(ev data.Evidence) {
	kit.Do(func(ctx context.Context) (string, error) { return l.b.env.desk.EvidenceCopy(ctx, ev.ID) }, func(path string, err error) {
		if err != nil {
			l.b.env.UI.Problem(err)
			return
		}
		l.b.env.OpenPath(path)
	})
}

// toggle includes an exhibit or leaves it out.
func (l *exhibitList) toggle(i int) {
	l.list[i].Included = !l.list[i].Included
	said := "binding.left_out.done"
	if l.list[i].Included {
		said = "binding.included.done"
	}
	title := words.Shorten(exhibitTitle(l.list[i]), 40)
	renumber(l.list)
	l.store()
	l.b.env.UI.Toast(words.T(said, "title", title), l.b.env.Undo)
}

// leaveOut leaves several exhibits out.
func (l *exhibitList) leaveOut(numbers []int) {
	left := 0
	for i := range l.list {
		if n := l.list[i].Number; n > 0 && slices.Contains(numbers, n) {
			l.list[i].Included = false
			left++
		}
	}
	if left == 0 {
		return
	}
	renumber(l.list)
	l.store()
	l.b.env.UI.Toast(words.N("binding.left_out.many", left), l.b.env.Undo)
}

// drawFoot shows what can be done with the chosen exhibit.
func (l *exhibitList) drawFoot() {
	l.foot.Objects = nil
	i := indexOfExhibit(l.list, l.chosen)
	if i >= 0 {
		x := l.list[i]
		low := func(name, text string, do func()) {
			b := kit.NewButton(name, text, do)
			b.Importance = widget.LowImportance
			l.foot.Add(b)
		}
		low("binding.edit", words.T("binding.edit"), l.edit)
		low("binding.open", words.T("evidence.open"), func() { l.open(x.Evidence) })
		if show.CanMark(x.Evidence) {
			low("binding.mark", words.T("binding.mark"), func() { l.mark(x) })
		}
		up := ttwidget.NewButtonWithIcon("", theme.MoveUpIcon(), func() { l.move(-1) })
		down := ttwidget.NewButtonWithIcon("", theme.MoveDownIcon(), func() { l.move(1) })
		up.SetToolTip(words.T("binding.tip.up", "keys", kit.SystemKeys("Ctrl+↑"), "section", kit.SystemKeys("Ctrl+Shift+↑")))
		down.SetToolTip(words.T("binding.tip.down", "keys", kit.SystemKeys("Ctrl+↓"), "section", kit.SystemKeys("Ctrl+Shift+↓")))
		up.Importance, down.Importance = widget.LowImportance, widget.LowImportance
		kit.Trace("binding.up", up)
		kit.Trace("binding.down", down)
		l.foot.Add(layout.NewSpacer())
		l.foot.Add(up)
		l.foot.Add(down)
	}
	l.foot.Refresh()
}

func (l *exhibitList) move(by int) {
	if moveWithin(l.list, indexOfExhibit(l.list, l.chosen), by) {
		l.store()
	}
}

func (l *exhibitList) moveOver(by int) {
	if moveSection(l.list, indexOfExhibit(l.list, l.chosen), by) {
		l.store()
	}
}

// Dragged takes the exhibit under the mouse along.
func (l *exhibitList) Dragged(e *fyne.DragEvent) {
	if l.dragged == "" {
		start := e.Position.Subtract(fyne.NewPos(e.Dragged.DX, e.Dragged.DY))
		line, ok := l.lineAt(start.Y)
		if !ok || line.index < 0 {
			return
		}
		l.dragged = l.list[line.index].EvidenceUID
	}
	top, view := l.scroll.Offset.Y, l.scroll.Size().Height
	switch {
	case e.Position.Y < top+exhibitEdge:
		l.scroll.ScrollToOffset(fyne.NewPos(0, max(top-exhibitEdge/2, 0)))
	case e.Position.Y > top+view-exhibitEdge:
		l.scroll.ScrollToOffset(fyne.NewPos(0, min(top+exhibitEdge/2, max(l.high-view, 0))))
	}
	l.target = l.dropAt(e.Position.Y)
	l.drop.FillColor = look.Color(theme.ColorNamePrimary)
	l.drop.Move(fyne.NewPos(0, l.target.top-1))
	l.drop.Resize(fyne.NewSize(l.scroll.Size().Width, 3))
	l.drop.Show()
	l.draw()
	l.drop.Refresh()
}

// dropAt says before which exhibit, and in which section, something goes that is
// let go at a height. top is where that is drawn.
func (l *exhibitList) dropAt(y float32) exhibitLine {
	for i, line := range l.lines {
		if y >= line.top+line.high && i < len(l.lines)-1 {
			continue
		}
		if line.index < 0 {
			return exhibitLine{section: line.section, index: l.next(i), top: line.top + line.high}
		}
		if y < line.top+line.high/2 {
			return exhibitLine{section: line.section, index: line.index, top: line.top}
		}
		return exhibitLine{section: line.section, index: line.index + 1, top: line.top + line.high}
	}
	return exhibitLine{section: data.SectionOther, index: len(l.list), top: l.high}
}

// next is the index of the first exhibit behind a line.
func (l *exhibitList) next(line int) int {
	for _, after := range l.lines[line+1:] {
		if after.index >= 0 {
			return after.index
		}
	}
	return len(l.list)
}

// DragEnd puts the exhibit where it was let go.
func (l *exhibitList) DragEnd() {
	at := indexOfExhibit(l.list, l.dragged)
	l.dragged = ""
	l.drop.Hide()
	if at < 0 {
		l.draw()
		return
	}
	before := exhibitsOf(l.list)
	placeExhibit(l.list, at, l.target.section, l.target.index)
	if slices.Equal(before, exhibitsOf(l.list)) {
		l.draw()
		return
	}
	l.store()
	l.b.env.UI.Toast(words.T("binding.moved"), l.b.env.Undo)
}

// MouseIn is for Fyne.
func (l *exhibitList) MouseIn(e *desktop.MouseEvent) { l.hover(e) }

// MouseMoved is for Fyne.
func (l *exhibitList) MouseMoved(e *desktop.MouseEvent) { l.hover(e) }

// MouseOut is for Fyne.
func (l *exhibitList) MouseOut() {
	l.ToolTipWidget.MouseOut()
	l.tip, l.hovering = "", ""
	l.draw()
}

// Scrolled scrolls as fast as the tables do.
func (l *exhibitList) Scrolled(e *fyne.ScrollEvent) {
	l.ToolTipWidget.MouseOut()
	l.tip = ""
	l.scroll.Scrolled(&fyne.ScrollEvent{PointEvent: e.PointEvent, Scrolled: fyne.NewDelta(0, 2*e.Scrolled.DY)})
}

func (l *exhibitList) hover(e *desktop.MouseEvent) {
	tip, uid := "", ""
	if line, ok := l.lineAt(e.Position.Y); ok && line.index >= 0 {
		x := l.list[line.index]
		uid = x.EvidenceUID
		tip = words.Join("\n", exhibitTitle(x), x.Proves, x.Evidence.Name)
	}
	if tip != l.tip {
		l.tip = tip
		l.ToolTipWidget.MouseOut()
		l.SetToolTip(tip)
		l.ToolTipWidget.MouseIn(e)
	} else {
		l.ToolTipWidget.MouseMoved(e)
	}
	if uid != l.hovering {
		l.hovering = uid
		l.draw()
	}
}

// FocusGained is for Fyne.
func (l *exhibitList) FocusGained() { l.focused = true; l.draw() }

// FocusLost is for Fyne.
func (l *exhibitList) FocusLost() { l.focused = false; l.draw() }

// TypedRune is for Fyne.
func (l *exhibitList) TypedRune(rune) {}

// TypedKey moves the choice, includes, leaves out and edits.
func (l *exhibitList) TypedKey(e *fyne.KeyEvent) {
	if l.b.env.UI.Key(e.Name) {
		return
	}
	l.ToolTipWidget.MouseOut() // it would tell of another line
	at := indexOfExhibit(l.list, l.chosen)
	page := max(int(l.scroll.Size().Height/exhibitHigh)-1, 1)
	switch e.Name {
	case fyne.KeyEscape:
		l.b.TypedKey(e.Name)
		return
	case fyne.KeySpace:
		if at >= 0 {
			l.toggle(at)
		}
		return
	case fyne.KeyReturn, fyne.KeyEnter:
		l.edit()
		return
	case fyne.KeyUp:
		at--
	case fyne.KeyDown:
		at++
	case fyne.KeyPageUp:
		at -= page
	case fyne.KeyPageDown:
		at += page
	case fyne.KeyHome:
		at = 0
	case fyne.KeyEnd:
		at = len(l.list) - 1
	default:
		return
	}
	if len(l.list) > 0 {
		l.choose(l.list[max(0, min(at, len(l.list)-1))].EvidenceUID)
	}
}

// TypedShortcut moves the chosen exhibit.
func (l *exhibitList) TypedShortcut(s fyne.Shortcut) {
	custom, ok := s.(*desktop.CustomShortcut)
	by := map[fyne.KeyName]int{fyne.KeyUp: -1, fyne.KeyDown: 1}
	if !ok || by[custom.KeyName] == 0 {
		l.b.env.UI.Typed(s)
		return
	}
	switch custom.Modifier {
	case fyne.KeyModifierShortcutDefault:
		l.move(by[custom.KeyName])
	case fyne.KeyModifierShortcutDefault | fyne.KeyModifierShift:
		l.moveOver(by[custom.KeyName])
	default:
		l.b.env.UI.Typed(s)
	}
}

// edit opens the form of the chosen exhibit.
func (l *exhibitList) edit() {
	i := indexOfExhibit(l.list, l.chosen)
	if i < 0 {
		return
	}
	x := l.list[i]
	title, proves := kit.TextField(l.b.env.UI, x.Title, 1), kit.TextField(l.b.env.UI, x.Proves, 2)
	title.SetPlaceHolder(exhibitTitle(desk.ExhibitView{Evidence: x.Evidence}))
	proves.SetPlaceHolder(words.T("binding.proves.hint"))
	section := kit.NewChoice(kit.Options("section", data.ExhibitSections()), x.Section, nil)
	included := widget.NewCheck(words.T("binding.included"), nil)
	included.Checked = x.Included
	var edited data.Exhibit
	l.b.env.UI.OpenForm(kit.FormSheet{
		Name: "binding.exhibit", Title: words.T("binding.edit.title", "name", words.Shorten(x.Evidence.Name, 48)), Width: 560, Focus: title,
		Fields: []*kit.Field{
			{Label: words.T("binding.title"), Object: title},
			{Label: words.T("binding.proves"), Object: proves},
			kit.ChoiceRow(words.T("binding.section"), section),
			{Object: included},
		},
		Read: func() error {
			edited = x.Exhibit
			edited.Title, edited.Proves = strings.TrimSpace(title.Text), strings.TrimSpace(proves.Text)
			edited.Section, edited.Included = section.Value(), included.Checked
			return nil
		},
		Work: func(context.Context) error { return nil },
		Done: func() { l.edited(edited) },
	})
	kit.Trace("binding.exhibit.title", title)
	kit.Trace("binding.exhibit.proves", proves)
}

// edited takes in what the form says of an exhibit.
func (l *exhibitList) edited(x data.Exhibit) {
	i := indexOfExhibit(l.list, x.EvidenceUID)
	if i < 0 || l.list[i].Exhibit == x {
		return
	}
	moved := l.list[i].Section != x.Section
	x.Position = l.list[i].Position
	l.list[i].Exhibit = x
	if moved {
		placeExhibit(l.list, i, x.Section, len(l.list))
	} else {
		renumber(l.list)
	}
	l.store()
	l.b.env.UI.Toast(words.T("binding.edited"), l.b.env.Undo)
}

// exhibitSlot draws one line.
type exhibitSlot struct {
	box    *fyne.Container
	back   *canvas.Rectangle
	mark   *canvas.Rectangle // that its page is in view
	line   *canvas.Rectangle
	number *canvas.Text
	check  *canvas.Image
	thumb  *fyne.Container
	texts  [3]*canvas.Text
	badges []fyne.CanvasObject
}

func (l *exhibitList) newSlot(line exhibitLine) *exhibitSlot {
	s := &exhibitSlot{back: canvas.NewRectangle(nil), mark: canvas.NewRectangle(nil), line: canvas.NewRectangle(look.Color(look.Hairline))}
	s.box = container.NewWithoutLayout(s.back, s.line)
	if line.index < 0 {
		count := 0
		for i := range l.list {
			if l.list[i].Section == line.section {
				count++
			}
		}
		s.texts[0] = kit.NewText(words.Of("section", line.section), kit.Plain, look.Text, count > 0)
		s.texts[1] = kit.NewText("", kit.Muted, look.Small, false)
		if count == 0 {
			s.texts[0].Color, s.texts[1].Text = look.Color(look.Muted), "–"
		} else {
			s.texts[1].Text = words.Number(int64(count))
		}
		s.box.Add(s.texts[0])
		s.box.Add(s.texts[1])
		return s
	}
	x := l.list[line.index]
	s.drawExhibit(l, x)
	return s
}

// drawExhibit makes the parts of an exhibit's line.
func (s *exhibitSlot) drawExhibit(l *exhibitList, x desk.ExhibitView) {
	role, number := kit.Plain, "–"
	if x.Included {
		number = words.Number(int64(x.Number))
	} else {
		role = kit.Muted
	}
	s.number = kit.NewText(number, role, look.Text, x.Included)
	icon := theme.CheckButtonIcon()
	if x.Included {
		icon = theme.CheckButtonCheckedIcon()
	}
	s.check = canvas.NewImageFromResource(theme.NewPrimaryThemedResource(icon))
	s.thumb = container.NewStack()
	l.thumb(x.Evidence, s.thumb)
	s.texts[0] = kit.NewText(exhibitTitle(x), role, look.Text, true)
	proves := x.Proves
	if proves == "" {
		proves = words.T("binding.proves.none")
	}
	s.texts[1] = kit.NewText(proves, kit.Muted, look.Text, false)
	if x.Proves != "" {
		s.texts[1].Color = role.Ink()
	}
	about := words.Join(" · ", words.Of("evidence_kind", x.Evidence.Kind), words.Day(exhibitTime(x), l.b.view.Order.Shop.Zone, l.b.env.UI.Now()))
	s.texts[2] = kit.NewText(about, kit.Muted, look.Small, false)
	for _, o := range []fyne.CanvasObject{s.mark, s.number, s.check, s.thumb, s.texts[0], s.texts[1], s.texts[2]} {
		s.box.Add(o)
	}
	badge := func(key string, role kit.Role) {
		b := kit.NewBadge(words.T(key), role)
		s.badges = append(s.badges, b)
		s.box.Add(b)
	}
	switch {
	case !x.Included && x.Copies > 0:
		badge("binding.badge.replaced", kit.Plain)
	case !x.Included:
		badge("binding.badge.left_out", kit.Plain)
	case x.Cited == 0 && len(l.b.view.Statement.Claims) > 0:
		badge("binding.badge.uncited", kit.Warn)
	}
	if x.Original != nil {
		key := "binding.badge.marked"
		if x.Evidence.Redacted() {
			key = "binding.badge.redacted"
		}
		badge(key, kit.Good)
	}
}

// thumb puts the picture of a file into a box when it is there.
func (l *exhibitList) thumb(ev data.Evidence, box *fyne.Container) {
	back := canvas.NewRectangle(look.Color(look.Panel))
	box.Objects = []fyne.CanvasObject{back, container.NewCenter(kit.NewText(show.FileKind(ev.Name), kit.Muted, look.Small, false))}
	if !show.IsPicture(ev) {
		return
	}
	l.b.env.Pictures().Get(ev, func(img image.Image) {
		if img == nil {
			return
		}
		picture := canvas.NewImageFromImage(img)
		picture.FillMode, picture.ScaleMode = canvas.ImageFillContain, canvas.ImageScaleSmooth
		box.Objects = []fyne.CanvasObject{back, picture}
		box.Refresh()
	})
}

// place moves a line to where it stands.
func (s *exhibitSlot) place(l *exhibitList, line exhibitLine, width float32) {
	s.box.Move(fyne.NewPos(0, line.top))
	s.box.Resize(fyne.NewSize(width, line.high))
	s.back.Resize(fyne.NewSize(width, line.high))
	s.line.Move(fyne.NewPos(0, line.high-1))
	s.line.Resize(fyne.NewSize(width, 1))
	if line.index < 0 {
		s.back.FillColor = look.Color(look.Header)
		kit.Put(s.texts[0], look.Gap, (line.high-s.texts[0].MinSize().Height)/2)
		kit.Put(s.texts[1], width-s.texts[1].MinSize().Width-look.Gap-8, (line.high-s.texts[1].MinSize().Height)/2)
		return
	}
	s.placeExhibit(l, l.list[line.index].EvidenceUID, width)
}

func (s *exhibitSlot) placeExhibit(l *exhibitList, uid string, width float32) {
	s.back.FillColor = nil
	switch {
	case uid == l.chosen && l.focused:
		s.back.FillColor = look.Color(look.RowMark)
	case uid == l.chosen:
		s.back.FillColor = look.Color(look.RowDim)
	case uid == l.hovering:
		s.back.FillColor = look.Color(look.RowHover)
	}
	s.mark.FillColor = nil
	if uid == l.seen {
		s.mark.FillColor = look.Color(theme.ColorNamePrimary)
	}
	s.mark.Resize(fyne.NewSize(3, exhibitHigh-1))
	kit.Put(s.number, exhibitNumber-2-s.number.MinSize().Width, 8)
	s.check.Move(fyne.NewPos(exhibitNumber+2, 7))
	s.check.Resize(fyne.NewSize(20, 20))
	s.thumb.Move(fyne.NewPos(exhibitNumber+exhibitCheck+4, 6))
	s.thumb.Resize(fyne.NewSize(exhibitThumb, exhibitHigh-13))
	x := float32(exhibitNumber + exhibitCheck + exhibitThumb + 12)
	room := width - x - look.Gap - 6
	right := width - look.Gap - 6
	for _, b := range s.badges {
		size := b.MinSize()
		right -= size.Width
		b.Resize(size)
		b.Move(fyne.NewPos(right, exhibitHigh-size.Height-2))
		right -= look.Tight
	}
	s.cut(l, uid, room, right-x)
	for i, y := range []float32{5, 23, 42} {
		kit.Put(s.texts[i], x, y)
	}
}

// cut writes the texts of an exhibit as far as there is room.
func (s *exhibitSlot) cut(l *exhibitList, uid string, room, last float32) {
	x := l.list[indexOfExhibit(l.list, uid)]
	s.texts[0].Text = kit.Fit(exhibitTitle(x), room, true)
	proves := x.Proves
	if proves == "" {
		proves = words.T("binding.proves.none")
	}
	s.texts[1].Text = kit.Fit(proves, room, false)
	about := words.Join(" · ", words.Of("evidence_kind", x.Evidence.Kind), words.Day(exhibitTime(x), l.b.view.Order.Shop.Zone, l.b.env.UI.Now()))
	s.texts[2].Text = kit.Fit(about, last*look.Text/look.Small, false)
}
