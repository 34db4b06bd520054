package bind

import (
	"slices"

	"casebinder/data"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/show"
	"casebinder/gui/words"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
)

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
	l.b.env.UI.Toast(words.T("bind.moved"), l.b.env.Undo)
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

// ListsRows is for kit.Lister.
func (l *exhibitList) ListsRows() {}

// FocusGained is for Fyne.
func (l *exhibitList) FocusGained() { l.focused = true; l.draw() }

// FocusLost is for Fyne.
func (l *exhibitList) FocusLost() { l.focused = false; l.draw() }

// TypedRune is for Fyne.
func (l *exhibitList) TypedRune(rune) {}

// TypedKey moves the choice, includes, leaves out and edits.
func (l *exhibitList) TypedKey(e *fyne.KeyEvent) {
	below := func() { l.menu(kit.Below(l)) }
	if l.deeds().Typed(l.b.env.UI, e.Name, below) || l.b.env.UI.Key(e.Name) {
		return
	}
	l.ToolTipWidget.MouseOut() // it would tell of another line
	at := indexOfExhibit(l.list, l.chosen)
	page := max(int(l.scroll.Size().Height/exhibitHigh)-1, 1)
	switch e.Name {
	case fyne.KeyEscape:
		l.b.TypedKey(e.Name)
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

// TypedShortcut moves the chosen exhibit, or copies it.
func (l *exhibitList) TypedShortcut(s fyne.Shortcut) {
	custom, ok := s.(*desktop.CustomShortcut)
	by := map[fyne.KeyName]int{fyne.KeyUp: -1, fyne.KeyDown: 1}
	if !ok || by[custom.KeyName] == 0 {
		l.b.env.UI.TypedCopy(s, l.copy)
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

// lineAt is the line at a height; false when there is none.
func (l *exhibitList) lineAt(y float32) (exhibitLine, bool) {
	for _, line := range l.lines {
		if y >= line.top && y < line.top+line.high {
			return line, true
		}
	}
	return exhibitLine{}, false
}

// MouseDown chooses; the right button shows what can be done.
func (l *exhibitList) MouseDown(e *desktop.MouseEvent) {
	l.b.env.UI.Window.Canvas().Focus(l)
	line, ok := l.lineAt(e.Position.Y)
	if !ok || line.index < 0 {
		return
	}
	l.choose(l.list[line.index].EvidenceUID)
	if e.Button == desktop.MouseButtonSecondary {
		l.menu(e.AbsolutePosition)
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
	if l.clicks.Second(uid) {
		l.deeds().Open(l.b.env.UI)
	}
}

// deeds are what can be done with the chosen exhibit.
func (l *exhibitList) deeds() kit.Deeds {
	i := indexOfExhibit(l.list, l.chosen)
	if i < 0 {
		return nil
	}
	x := l.list[i]
	include := "bind.leave_out"
	if !x.Included {
		include = "bind.include"
	}
	var places []kit.Action
	for _, section := range data.ExhibitSections() {
		if section != x.Section {
			places = append(places, kit.Action{Text: words.T("bind.to_section", "section", words.Of("section", section)), Do: func() {
				placeExhibit(l.list, i, section, len(l.list))
				l.store()
				l.b.env.UI.Toast(words.T("bind.moved"), l.b.env.Undo)
			}})
		}
	}
	deeds := kit.Deeds{
		{Text: words.T("bind.edit"), Keys: kit.KeysEdit, Do: l.edit},
		{Text: words.T(include), Keys: kit.KeysTurn, Do: func() { l.toggle(i) }},
		{Text: words.T("bind.up"), Keys: "Ctrl+↑", Do: func() { l.move(-1) }},
		{Text: words.T("bind.down"), Keys: "Ctrl+↓", Do: func() { l.move(1) }},
	}
	deeds = append(deeds, places...)
	return append(deeds, kit.Action{Text: words.T("evidence.open"), Rule: true, Do: func() { l.open(x.Evidence) }},
		kit.Action{Text: words.T("bind.mark"), Do: func() { l.mark(x) }, Off: func() string {
			if show.CanMark(x.Evidence) {
				return ""
			}
			return words.T("off.no_picture")
		}}, kit.Stays("stays.exhibit"))
}

func (l *exhibitList) menu(at fyne.Position) { l.deeds().Menu(l.b.env.UI, at, 1, l.copy) }

// copy copies the chosen exhibit as text.
func (l *exhibitList) copy() {
	if i := indexOfExhibit(l.list, l.chosen); i >= 0 {
		x := l.list[i]
		l.b.env.UI.Copy(words.Join("\t", exhibitTitle(x), x.Proves, x.Evidence.Name), words.T("toast.copied"))
	}
}
