package today

import (
	"context"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/route"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// deeds are the buttons that do something with the chosen row.
type deeds struct {
	open, snooze, back         *kit.Button // of any row
	ship                       *kit.Button // of an order to be shipped
	done, reopen, edit, remove *kit.Button // of a task
}

// whyHeight is the room of the reason of a date: three lines, and one where the list
// needs the room. What is longer scrolls.
const (
	whyHeight = 62
	whyShort  = 30
)

// foot says why a date is what it is, beside what can be done with the row.
func (t *Tab) foot() fyne.CanvasObject {
	t.why = kit.Prose(words.T("today.why.pick"))
	withRow := func(do func(desk.WaitingRow)) func() {
		return func() {
			if r, ok := t.table.Selected(); ok {
				do(r)
			}
		}
	}
	button := func(name, key string, do func(desk.WaitingRow)) *kit.Button {
		return kit.NewButton("today."+name, words.T(key), withRow(do))
	}
	task := func(name, key string, do func(e *show.Env, id int64)) *kit.Button {
		return button(name, key, func(r desk.WaitingRow) { do(t.env.Env, r.ID) })
	}
	t.do = deeds{
		open: button("open", "row.open", t.openRow), snooze: button("snooze", "today.snooze", t.snoozeSheet), back: button("back", "today.back", t.bringBack),
		done: task("done", "task.do.finish", show.FinishTask), reopen: task("reopen", "task.do.reopen", show.ReopenTask),
		ship: button("ship", "order.write.shipped", t.ship), edit: task("edit", "task.do.edit", show.EditTask), remove: task("bin", "task.do.bin", show.BinTask),
	}
	head := kit.Colored(words.T("today.why"), look.Muted, fyne.TextStyle{Bold: true})
	buttons := container.NewHBox(t.do.done, t.do.reopen, t.do.edit, t.do.remove, t.do.ship, t.do.snooze, t.do.back, t.do.open)
	// Of one height, so that no button moves when a row is chosen.
	height := func(h float32) fyne.CanvasObject {
		room := canvas.NewRectangle(color.Transparent)
		room.SetMinSize(fyne.NewSize(0, h))
		return room
	}
	t.whyRoom = kit.NewYield(height(whyHeight), height(whyShort))
	why := container.NewVScroll(t.why)
	why.SetMinSize(fyne.NewSize(0, whyShort))
	row := container.NewBorder(nil, nil, container.NewVBox(head), container.NewVBox(buttons), container.NewStack(t.whyRoom.Object, why))
	return container.NewVBox(widget.NewSeparator(), kit.Aligned(look.Tight, row))
}

// buttons offers what can be done with a row.
func (t *Tab) buttons(r desk.WaitingRow, ok bool) {
	for _, one := range []struct {
		b       *kit.Button
		visible bool
		enabled bool
	}{
		{t.do.done, ok && t.can(finish, r), true},
		{t.do.reopen, ok && t.can(reopen, r), true},
		{t.do.edit, ok && t.can(edit, r), true},
		{t.do.remove, ok && t.can(edit, r), true},
		{t.do.ship, ok && t.can(ship, r), true},
		{t.do.snooze, !ok || t.can(putOff, r), ok},
		{t.do.back, ok && t.can(bringBack, r), true},
		{t.do.open, !ok || t.can(open, r), ok},
	} {
		if one.visible {
			one.b.Show()
		} else {
			one.b.Hide()
		}
		if one.enabled {
			one.b.Enable()
		} else {
			one.b.Disable()
		}
	}
}

// A deed is what can be done with a row.
type deed int

const (
	open deed = iota
	putOff
	bringBack
	finish
	ship
	reopen
	edit // or put into the bin
)

// can reports whether something can be done with a row.
func (t *Tab) can(what deed, r desk.WaitingRow) bool {
	task, done, off := r.Kind == data.TodayTask, !r.DoneAt.IsZero(), !r.Until.IsZero()
	switch what {
	case open:
		return !task || r.OrderID != 0 || r.ProductID != 0
	case putOff:
		return !done && !off
	case bringBack:
		return off
	case finish:
		return task && !done && !off
	case ship:
		return r.Kind == data.TodayShip
	case reopen:
		return done
	case edit:
		return task
	}
	return false
}

// deeds are what can be done with a row: what the buttons below do, and a new task
// about it.
func (t *Tab) deeds(r desk.WaitingRow) kit.Deeds {
	var deeds kit.Deeds
	add := func(what deed, key, keys string, do func(desk.WaitingRow)) {
		if t.can(what, r) {
			deeds = append(deeds, kit.Action{Text: words.T(key), Keys: keys, Do: func() { do(r) }})
		}
	}
	add(open, "row.open", "", t.openRow)
	tasks := show.TaskDeeds(t.env.Env, r.ID, t.can(reopen, r))
	last := len(tasks) - 1 // into the bin
	if t.can(edit, r) {
		deeds = append(deeds, tasks[:last]...)
	}
	add(ship, "order.write.shipped", kit.KeysTurn, t.ship)
	add(putOff, "today.snooze", "", t.snoozeSheet)
	add(bringBack, "today.back", "", t.bringBack)
	if t.can(edit, r) {
		return append(deeds, tasks[last])
	}
	about := data.Task{OrderID: r.OrderID, DisputeID: r.DisputeID}
	if r.Kind == data.TodayFeedback {
		about.FeedbackID = r.ID
	}
	return append(deeds, kit.Action{Text: words.T("today.task"), Rule: true, Do: func() { show.TaskSheet(t.env.Env, about) }}, kit.Stays("stays.today"))
}

// ship marks a row's order as shipped.
func (t *Tab) ship(r desk.WaitingRow) {
	t.env.Ship(t.env.desk, show.Shipping{OrderID: r.OrderID, Number: r.OrderNumber})
}

func (t *Tab) chosen(r desk.WaitingRow, ok bool) {
	t.reason.Stop()
	t.buttons(r, ok)
	switch {
	case !ok:
		t.why.SetText(words.T("today.why.pick"))
	case r.Kind == data.TodayDispute:
		t.why.SetText(words.TimeBoth(r.Due, r.Zone))
		kit.Load(&t.reason, func(ctx context.Context) (string, error) {
			why, err := t.env.desk.WhyDue(ctx, r.ID)
			if text := whyOfCase(why); text != "" {
				return words.TimeBoth(r.Due, r.Zone) + "\n" + text, err
			}
			return "", err
		}, func(text string, err error) {
			if err != nil || text == "" {
				text = whyThisDate(r.TodayRow)
			}
			t.env.UI.Problem(err)
			t.explain(text)
		})
	case !r.DoneAt.IsZero():
		t.why.SetText(words.T("task.done_at", "when", words.TimeFull(r.DoneAt, "")))
	default:
		t.explain(whyThisDate(r.TodayRow))
	}
}

// explain says where the date of the chosen row comes from.
func (t *Tab) explain(text string) {
	t.why.SetText(text)
	kit.Event("why", "what", text)
}

// openRow shows what waits in its own tab; a task that is about nothing in its
// sheet.
func (t *Tab) openRow(r desk.WaitingRow) {
	switch {
	case r.Kind == data.TodayDispute:
		t.env.Open(route.Dispute{ID: r.ID})
	case r.Kind == data.TodayFeedback:
		t.env.Open(route.Feedback{ID: r.ID})
	case r.DisputeID != 0:
		t.env.Open(route.Dispute{ID: r.DisputeID})
	case r.OrderID != 0:
		t.env.Open(route.Order{ID: r.OrderID})
	case r.ProductID != 0:
		t.env.Open(route.Products{Product: r.ProductID})
	case r.Kind == data.TodayTask:
		show.EditTask(t.env.Env, r.ID)
	}
}
