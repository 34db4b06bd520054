package paths

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/pack"
	"casebinder/data/path"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// walk is the sheet of one run.
type walk struct {
	env     *room
	view    desk.PathView
	order   data.OrderRow
	sheet   *kit.OpenSheet
	body    *fyne.Container
	answers []*kit.KeyButton // of the open question, by their keys from 1
	busy    bool             // an answer is on its way
}

func newWalk(e *room, v desk.PathView, order data.OrderRow) {
	w := &walk{env: e, order: order, body: container.NewStack()}
	w.sheet = e.UI.Open(kit.Sheet{
		Name: "path", Title: words.Join(" · ", words.Text(v.Title), v.Order.Number), Width: 960, Height: 560, Body: w.body, Cancel: words.T("action.close"),
		More: []kit.SheetExtra{{Name: "path.bin", Text: words.T("paths.bin"), Do: w.bin}},
	})
	w.show(v)
}

// bin puts the run away.
func (w *walk) bin() {
	w.env.DeedThen(words.T("paths.binned"), func(ctx context.Context) error { return w.env.desk.BinPath(ctx, w.view.Run.UID) }, w.sheet.Close)
}

// do changes the run and shows it as it stands then; what is refused is said, with
// the order as it is now.
func (w *walk) do(change func(ctx context.Context) (desk.PathView, error)) {
	if w.busy {
		return
	}
	w.busy = true
	w.sheet.ClearProblem()
	uid := w.view.Run.UID
	kit.Do(func(ctx context.Context) (desk.PathView, error) {
		v, err := change(ctx)
		if err == nil {
			return v, nil
		}
		if now, again := w.env.desk.Path(ctx, uid); again == nil {
			v = now
		}
		return v, err
	}, func(v desk.PathView, err error) {
		w.busy = false
		if v.Run.UID != "" {
			w.show(v)
		}
		if err != nil {
			w.sheet.Problem(err)
		}
		w.env.UndoChanged()
	})
}

func (w *walk) answer(id string) {
	step := w.view.State.Next.Step
	w.do(func(ctx context.Context) (desk.PathView, error) {
		return w.env.desk.AnswerPath(ctx, w.view.Run.UID, step, id)
	})
}

func (w *walk) takeBack(step string) {
	w.do(func(ctx context.Context) (desk.PathView, error) {
		return w.env.desk.TakeBackPath(ctx, w.view.Run.UID, step)
	})
}

// typed answers by the keys 1 to 9.
func (w *walk) typed(r rune) {
	if i := int(r - '1'); i >= 0 && i < len(w.answers) && !w.answers[i].Disabled() {
		w.answers[i].OnTapped()
	}
}

// pressed takes the last answer back with Backspace.
func (w *walk) pressed(key fyne.KeyName) bool {
	n := len(w.view.State.Answered)
	if key != fyne.KeyBackspace || n == 0 || !w.view.Run.EndedAt.IsZero() {
		return false
	}
	w.takeBack(w.view.State.Answered[n-1].PathAnswer.Step)
	return true
}

// button makes a button that answers to the keys of the sheet.
func (w *walk) button(name, text string, do func()) *kit.KeyButton {
	b := kit.NewKeyButton(w.env.UI, name, text, do)
	b.OnRune, b.OnKey = w.typed, w.pressed
	return b
}

// show draws the run.
func (w *walk) show(v desk.PathView) {
	w.view, w.answers = v, nil
	var stand fyne.CanvasObject
	var focus fyne.Focusable
	switch {
	case v.Gone:
		stand = kit.Prose(words.T("paths.gone", "path", v.Run.Path))
	case v.State.Next != nil && v.Run.EndedAt.IsZero():
		stand, focus = w.question()
	case v.State.End != nil:
		stand, focus = w.ending()
	default:
		stand = kit.Prose(words.T("paths.changed"))
	}
	top := container.NewVBox(kit.Soft1(w.orderLine()), w.strip(), widget.NewSeparator())
	w.body.Objects = []fyne.CanvasObject{container.NewBorder(top, nil, nil, nil, container.NewVScroll(kit.Inset(look.Tight, stand)))}
	w.body.Refresh()
	if focus != nil {
		w.env.UI.Window.Canvas().Focus(focus)
	}
	where := ""
	if v.State.Next != nil {
		where = v.State.Next.Step
	} else if v.State.End != nil {
		where = v.State.End.ID
	}
	kit.Event("path", "name", v.Run.Path, "id", where)
}

func (w *walk) orderLine() string {
	o := &w.view.Order
	title := ""
	if len(o.Items) > 0 {
		title = words.Shorten(o.Items[0].Title, 60)
	}
	return words.Join(" · ", o.Number, o.Shop.Platform.Title(), o.Shop.Name, o.Buyer.Name, words.Money(o.Total), show.StatusText(show.RowOfOrder(desk.OrderView{Order: *o})), title)
}

// strip shows what was answered; a click takes an answer back, and what followed.
func (w *walk) strip() fyne.CanvasObject {
	row := container.New(layout.NewRowWrapLayoutWithCustomPadding(2, 2))
	row.Add(widget.NewLabelWithStyle(words.Text(w.view.Title), fyne.TextAlignLeading, fyne.TextStyle{Bold: true}))
	for i := range w.view.State.Answered {
		a := &w.view.State.Answered[i]
		text := "› " + stepWords(a)
		if a.Changed {
			text = "› ! " + stepWords(a) + " " + words.T("paths.since")
		}
		b := w.button(kit.RowName("path.step", i, "back"), text, func() { w.takeBack(a.PathAnswer.Step) })
		b.Importance = widget.LowImportance
		if a.Changed {
			b.Importance = widget.WarningImportance
		}
		if !w.view.Run.EndedAt.IsZero() {
			b.Disable()
		}
		row.Add(b)
	}
	box := container.NewVBox(row)
	for i := range w.view.State.Answered {
		if a := &w.view.State.Answered[i]; a.Changed {
			box.Add(kit.Soft("! " + words.T("paths.changed_step", "question", words.Text(a.Ask), "why", words.Text(a.Told.Why))))
		}
	}
	if w.view.State.Dropped > 0 {
		box.Add(kit.Soft("! " + words.N("paths.lost", w.view.State.Dropped)))
	}
	return box
}

// stepWords is an answer in the strip: what the facts stood on says more than Yes.
func stepWords(a *path.Answered) string {
	if a.By == "" && !a.Why.IsZero() {
		return words.Join(" ", words.Text(a.Ask), words.Text(a.Text)+" ·", words.Text(a.Why))
	}
	return words.Join(" ", words.Text(a.Ask), words.Text(a.Text))
}

// question puts the open question with its answers, and beside it what each way
// costs.
func (w *walk) question() (fyne.CanvasObject, fyne.Focusable) {
	q := w.view.State.Next
	rows := []fyne.CanvasObject{kit.Section(words.Text(q.Ask))}
	switch {
	case q.Told.Value != "":
		rows = append(rows, kit.Soft(words.T("paths.told", "why", words.Text(q.Told.Why))))
	case !q.Told.Why.IsZero():
		rows = append(rows, kit.Soft(words.T("paths.untold", "why", words.Text(q.Told.Why))))
	}
	var focus fyne.Focusable
	for i, c := range q.Choices {
		text := strconv.Itoa(i+1) + "  " + words.Text(c.Text)
		if c.Told {
			text += "  " + words.T("paths.as_told")
		}
		b := w.button(kit.RowName("path.answer", i, c.ID), text, func() { w.answer(c.ID) })
		b.Alignment = widget.ButtonAlignLeading
		if c.Told {
			b.Importance = widget.HighImportance
		}
		if focus == nil || c.Told {
			focus = b
		}
		w.answers = append(w.answers, b)
		rows = append(rows, b)
		if !c.Note.IsZero() {
			rows = append(rows, kit.Soft(words.Text(c.Note)))
		}
	}
	if !q.Note.IsZero() {
		rows = append(rows, kit.Soft(words.Text(q.Note)))
	}
	rows = append(rows, kit.Soft(words.T("paths.keys")))
	left := kit.Stacked(4, rows...)
	if len(w.view.Ways) == 0 {
		return left, focus
	}
	split := container.New(&sides{left: 330}, left, w.ways())
	return split, focus
}

// ending says what the path leads to, and makes it by one press.
func (w *walk) ending() (fyne.CanvasObject, fyne.Focusable) {
	end := w.view.State.End
	rows := []fyne.CanvasObject{kit.Section(words.T("paths.end", "end", words.Text(pack.Text(end.Title))))}
	rows = append(rows, kit.Prose(words.T("paths.makes")))
	if end.Reply != "" {
		rows = append(rows, kit.Prose("• "+words.T("paths.makes.reply", "template", templateName(end.Reply))))
	}
	if end.Task != "" {
		due := w.env.UI.Now().AddDate(0, 0, end.Days)
		rows = append(rows, kit.Prose("• "+words.T("paths.makes.task", "task", words.Text(pack.Text(end.Task)), "when", words.Day(due, "", w.env.UI.Now()))))
	}
	if end.Case != "" {
		rows = append(rows, kit.Prose("• "+words.T("paths.makes."+end.Case)))
	}
	if end.Deed != "" {
		rows = append(rows, kit.Soft(words.T("paths.deed", "deed", words.T("paths.deed."+end.Deed))))
	}
	if end.Note != "" {
		rows = append(rows, kit.Soft(words.Text(pack.Text(end.Note))))
	}
	if !w.view.Run.EndedAt.IsZero() {
		when := words.Time(w.view.Run.EndedAt, "", w.env.UI.Now())
		return kit.Stacked(4, append(rows, kit.Colored(words.T("paths.ended", "when", when), theme.ColorNameForeground, fyne.TextStyle{Bold: true}))...), nil
	}
	do := w.button("path.end", words.T("paths.do"), func() { w.end(false) })
	do.Importance = widget.HighImportance
	rows = append(rows, container.NewHBox(do), kit.Soft(words.T("paths.nothing_sent")))
	return kit.Stacked(4, rows...), do
}

func templateName(uid string) string {
	if key := "template." + uid; words.Has(key) {
		return words.T(key)
	}
	return uid
}
