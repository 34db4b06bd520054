package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// chosen are rows that were chosen together, beside the selected one: by Ctrl or
// Shift and a click, by Shift and an arrow, or by Ctrl+A. Their ids are held, so
// that they stay chosen when the rows are loaded anew.
type chosen struct {
	ids  map[int64]struct{}
	from int // the index at which a span begins
}

// several reports whether the table's rows can be chosen together.
func (t *Table[R]) several() bool { return t.options.Several != nil }

// Chosen are the ids of the rows chosen together, in the table's order; of the
// selected row alone where no others are.
func (t *Table[R]) Chosen() []int64 {
	if len(t.chosen.ids) == 0 {
		if t.selectedAt < 0 {
			return nil
		}
		return []int64{t.selected}
	}
	var ids []int64
	for i := range t.feed.size() {
		if id := t.idAt(i); t.isChosen(id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// idAt is the id of the row at an index, 0 where there is none.
func (t *Table[R]) idAt(i int) int64 {
	switch {
	case i < 0 || i >= t.feed.size():
		return 0
	case t.feed.ids != nil:
		return int64(t.feed.ids[i])
	}
	return t.options.Source().ID(t.feed.head[i].row)
}

// ChosenCount is how many rows were chosen together.
func (t *Table[R]) ChosenCount() int { return len(t.chosen.ids) }

func (t *Table[R]) isChosen(id int64) bool {
	_, ok := t.chosen.ids[id]
	return ok
}

// chooseOnly lets go of the rows that were chosen together.
func (t *Table[R]) chooseOnly(at int) {
	t.chosen.from = at
	if len(t.chosen.ids) > 0 {
		t.chosen.ids = nil
		t.saysChosen()
	}
}

// toggle adds a row to those chosen together, or takes it out.
func (t *Table[R]) toggle(i int) {
	if len(t.chosen.ids) == 0 && t.selectedAt >= 0 {
		t.hold(t.selectedAt, t.selectedAt)
	}
	if id := t.idAt(i); t.isChosen(id) {
		delete(t.chosen.ids, id)
	} else {
		t.hold(i, i)
	}
	t.chosen.from = i
	t.saysChosen()
}

// span chooses all rows from where the last choice began to an index.
func (t *Table[R]) span(to int) {
	from := t.chosen.from
	if from < 0 || from >= t.feed.size() || (len(t.chosen.ids) == 0 && t.selectedAt >= 0) {
		from = max(t.selectedAt, 0)
		t.chosen.from = from
	}
	t.chosen.ids = nil
	t.hold(min(from, to), max(from, to))
	t.saysChosen()
}

// chooseAll chooses all rows of the list, once all are known.
func (t *Table[R]) chooseAll() {
	if t.feed.ids == nil {
		return
	}
	t.hold(0, len(t.feed.ids)-1)
	t.saysChosen()
}

func (t *Table[R]) hold(from, to int) {
	if t.chosen.ids == nil {
		t.chosen.ids = make(map[int64]struct{}, to-from+1)
	}
	for i := from; i <= to; i++ {
		t.chosen.ids[t.idAt(i)] = struct{}{}
	}
}

func (t *Table[R]) saysChosen() {
	t.view.drawRows()
	if t.several() {
		t.options.OnChosen()
	}
}

// click chooses by a click on a row, as the keys that are held say.
func (t *Table[R]) click(i int, e *desktop.MouseEvent) {
	if !t.several() {
		return
	}
	switch {
	case e.Button == desktop.MouseButtonSecondary && t.isChosen(t.idAt(i)):
	case e.Modifier&fyne.KeyModifierShift != 0:
		t.span(i)
	case e.Modifier&fyne.KeyModifierShortcutDefault != 0:
		t.toggle(i)
	default:
		t.chooseOnly(i)
	}
}

// shiftHeld reports whether a shift key is down.
func shiftHeld() bool {
	d, ok := fyne.CurrentApp().Driver().(desktop.Driver)
	return ok && d.CurrentKeyModifiers()&fyne.KeyModifierShift != 0
}
