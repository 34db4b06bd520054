package redact

import (
	"context"
	"errors"
	"fmt"
	"image"
	"math"
	"runtime/debug"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// markPixels is how large the picture is at most on which marks are drawn: what
// cameras of phones make comes whole.
const markPixels = 4096

// A editor is the sheet on which marks are drawn that are burned into a copy
// of a picture.
type editor struct {
	env     *env
	dispute int64
	ev      data.Evidence // the original
	done    func()

	sheet  *kit.OpenSheet
	marks  *marks // nil until the picture is there
	canvas *markCanvas
	start  []data.Edit    // the marks that were there when it was opened
	from   *data.Evidence // the copy that they are of
	burn   func()         // cancels what burns; nil while nothing does

	tools  map[data.EditKind]*kit.Button
	undoB  *kit.Button
	redoB  *kit.Button
	remove *kit.Button
	zoomed *kit.Button
	chosen *fyne.Container
	shown  string // what the side says of the choice
}

// Open opens the editor on a picture of a dispute, and calls done when a copy
// was made. Of an edited copy it opens the original with the copy's marks; where
// there is a copy already, its marks are there to go on with.
func Open(shared *show.Env, d Desk, disputeID int64, ev data.Evidence, done func()) *editor {
	e := &env{shared, d}
	r := &editor{env: e, dispute: disputeID, ev: ev, done: done, tools: map[data.EditKind]*kit.Button{}}
	room := e.UI.Window.Canvas().Size()
	r.sheet = e.UI.Open(kit.Sheet{
		Name: "redact", Title: words.T("redact.title", "name", words.Shorten(ev.Name, 64)), Width: 1400, Height: room.Height - 40,
		Body: container.NewCenter(kit.Soft1(words.T("redact.loading"))),
		Do:   words.T("redact.burn"), OnDo: r.burnIn, Leave: r.mayLeave, Unsaved: r.unsaved,
	})
	r.sheet.SetDo(words.T("redact.burn"), false)
	r.load()
	return r
}

// markPicture is what the editor begins with.
type markPicture struct {
	picture  desk.Picture
	original data.Evidence
	copy     *data.Evidence // the newest copy of it; may be nil
}

func (r *editor) load() {
	kit.Do(func(ctx context.Context) (markPicture, error) {
		p := markPicture{original: r.ev}
		view, err := r.env.desk.Case(ctx, r.dispute)
		if err != nil {
			return p, err
		}
		p.original, p.copy = originalOf(view.Evidence, r.ev)
		p.picture, err = r.env.desk.EvidencePicture(ctx, p.original.ID, markPixels)
		if err == nil && p.picture.Image == nil {
			err = errors.New("the picture has no pixels")
		}
		return p, err
	}, func(p markPicture, err error) {
		if r.sheet.Closed() {
			return
		}
		if err != nil {
			r.sheet.SetBody(container.NewVBox(kit.Prose(words.T("redact.cannot")), kit.NewProblem(r.env.UI, deepest(err), nil)))
			return
		}
		r.begin(p)
	})
}

// deepest is the problem at the bottom of an error: not that there is no picture,
// but why.
func deepest(err error) error {
	reason := err
	for at := err; at != nil; at = errors.Unwrap(at) {
		if p, ok := at.(*data.Problem); ok { //nolint:errorlint // each is looked at by itself
			reason = p
		}
	}
	return reason
}

// originalOf is what marks are drawn on for a piece of evidence, and the copy
// whose marks are there to begin with: the piece itself when it is a copy, else
// the newest copy of it.
func originalOf(all []data.Evidence, ev data.Evidence) (data.Evidence, *data.Evidence) {
	if ev.CopyOf != "" {
		if i := slices.IndexFunc(all, func(o data.Evidence) bool { return o.UID == ev.CopyOf }); i >= 0 {
			return all[i], &ev
		}
		return ev, nil // the desk says that it cannot be
	}
	var newest *data.Evidence
	for i, o := range all {
		if o.CopyOf == ev.UID && ev.UID != "" && (newest == nil || o.AddedAt.After(newest.AddedAt)) {
			newest = &all[i]
		}
	}
	return ev, newest
}

// begin shows the picture.
func (r *editor) begin(p markPicture) {
	r.ev, r.from = p.original, p.copy
	if p.copy != nil {
		r.start = p.copy.Edits
	}
	r.marks = newMarks(image.Pt(p.picture.Width, p.picture.Height), r.start)
	r.canvas = newMarkCanvas(r.env.UI.Window.Canvas(), p.picture.Image, r.marks)
	r.canvas.leave = func() { r.sheet.Cancel() }
	r.canvas.changed = r.draw
	r.canvas.menu = r.menu
	kit.Trace("redact.canvas", r.canvas.scroll)
	side := container.New(layout.NewCustomPaddedLayout(0, 0, look.Gap, 0), kit.Wide(248, container.NewVScroll(r.side())))
	r.sheet.SetBody(container.NewBorder(r.bar(), nil, nil, side, r.canvas.object()))
	r.canvas.focus()
	r.draw()
	kit.Event("redact", "width", p.picture.Width, "height", p.picture.Height)
}

// menu shows what can be done with the chosen mark, and with the steps.
func (r *editor) menu(at fyne.Position) {
	var actions []kit.Action
	if _, ok := r.marks.mark(); ok {
		actions = append(actions, kit.Action{Text: words.T("redact.delete"), Keys: kit.KeysBin, Do: func() { r.canvas.did(r.marks.remove()) }})
	}
	if len(r.marks.past) > 0 {
		actions = append(actions, kit.Action{Text: words.T("redact.undo"), Rule: len(actions) > 0, Do: r.canvas.Undo})
	}
	if len(r.marks.future) > 0 {
		actions = append(actions, kit.Action{Text: words.T("redact.redo"), Do: r.canvas.Redo})
	}
	if len(actions) > 0 {
		r.env.UI.ShowMenu(at, actions...)
	}
}

// bar is the line of tools.
func (r *editor) bar() fyne.CanvasObject {
	tools := container.NewHBox()
	for i, tool := range markTools {
		b := kit.NewChip("redact.tool."+string(tool), strconv.Itoa(i+1)+"  "+words.Of("redact.tool", tool), r.keysBack(func() { r.canvas.choose(tool) }))
		r.tools[tool] = b
		tools.Add(b)
	}
	r.undoB = r.button("redact.undo", words.T("redact.undo"), func() { r.canvas.Undo() })
	r.redoB = r.button("redact.redo", words.T("redact.redo"), func() { r.canvas.Redo() })
	r.remove = r.button("redact.delete", words.T("redact.delete"), func() { r.canvas.did(r.marks.remove()) })
	r.zoomed = r.button("redact.fit", "100%", func() { r.canvas.fit() })
	right := container.NewHBox(r.undoB, r.redoB, r.remove, widget.NewSeparator(),
		r.button("redact.zoom.out", "–", func() { r.canvas.zoomBy(-1, r.canvas.middle()) }), r.zoomed,
		r.button("redact.zoom.in", "+", func() { r.canvas.zoomBy(1, r.canvas.middle()) }))
	return container.New(layout.NewCustomPaddedLayout(0, look.Tight, 0, 0), container.NewBorder(nil, nil, tools, right))
}

// button does something and gives the keys back to the picture.
func (r *editor) button(name, text string, do func()) *kit.Button {
	return kit.NewButton(name, text, r.keysBack(do))
}

func (r *editor) keysBack(do func()) func() {
	return func() {
		do()
		r.canvas.focus()
	}
}

// side says what happens to the picture, and tells of the chosen mark.
func (r *editor) side() fyne.CanvasObject {
	r.chosen = kit.Stacked(0)
	parts := []fyne.CanvasObject{r.chosen}
	if r.from != nil {
		parts = append(parts, kit.Prose(words.T("redact.goes_on")))
	}
	parts = append(parts,
		kit.Stacked(0, kit.Section(words.T("redact.about.title")), kit.Prose(words.T("redact.about")), kit.Prose(words.T("redact.guess"))),
		kit.Stacked(0, kit.Section(words.T("redact.keys.title")), kit.Soft(kit.SystemKeys(words.T("redact.keys.mouse"))), markKeyList()))
	return kit.Dense(kit.Inset(look.Tight, kit.Stacked(look.Gap, parts...)))
}

// markKeys are the keys of the editor.
var markKeys = [][2]string{
	{"1 … 5", "redact.key.tool"},
	{"Enter", "redact.key.set"},
	{"Tab", "redact.key.next"},
	{"← ↑ → ↓", "redact.key.move"},
	{"Ctrl+← ↑ → ↓", "redact.key.size"},
	{"PgUp PgDn", "redact.key.number"},
	{"+ – 0", "redact.key.zoom"},
	{"Ctrl+Z, Ctrl+Y", "redact.key.back"},
	{"Ctrl+Enter", "redact.burn"},
	{"Esc", "redact.key.close"},
}

// markKeyList says what the keys do.
func markKeyList() fyne.CanvasObject {
	rows := kit.Stacked(2)
	for _, k := range markKeys {
		key := kit.NewText(kit.SystemKeys(k[0]), kit.Plain, look.Small, false)
		what := kit.NewText(words.T(k[1]), kit.Muted, look.Small, false)
		rows.Add(container.NewBorder(nil, nil, kit.Wide(104, key), nil, what))
	}
	return kit.Inset(look.Tight, rows)
}

// draw follows the marks.
func (r *editor) draw() {
	for tool, b := range r.tools {
		if on := tool == r.canvas.tool; b.On() != on {
			b.SetOn(on)
		}
	}
	able := func(b *kit.Button, yes bool) {
		if yes == b.Disabled() {
			if yes {
				b.Enable()
			} else {
				b.Disable()
			}
		}
	}
	able(r.undoB, len(r.marks.past) > 0)
	able(r.redoB, len(r.marks.future) > 0)
	_, chosen := r.marks.mark()
	able(r.remove, chosen)
	if zoom := strconv.Itoa(max(int(math.Round(float64(r.canvas.zoom)*100)), 1)) + "%"; r.zoomed.Text != zoom {
		r.zoomed.SetText(zoom)
	}
	if r.burn == nil {
		r.sheet.SetDo(words.T("redact.burn"), len(r.marks.list) > 0)
	}
	r.drawChosen()
}

// drawChosen tells how many marks there are and what the chosen one is.
func (r *editor) drawChosen() {
	e, ok := r.marks.mark()
	what := words.T("redact.none")
	if n := len(r.marks.list); n > 0 {
		what = words.N("redact.marks", n)
	}
	line := ""
	if ok {
		line = markLine(r.marks.chosen, e)
	}
	shown := fmt.Sprint(what, line, e.Number)
	if shown == r.shown {
		return
	}
	r.shown = shown
	rows := []fyne.CanvasObject{kit.Section(words.T("redact.marks.title")), kit.Prose(what)}
	if ok {
		rows = append(rows, kit.Prose(line))
	}
	if e.Kind == data.EditNumber {
		less := r.button("redact.number.less", "–", func() { r.canvas.did(r.marks.count(-1)) })
		more := r.button("redact.number.more", "+", func() { r.canvas.did(r.marks.count(1)) })
		label := kit.NewText(words.T("redact.number"), kit.Muted, look.Text, false)
		number := kit.NewText(strconv.Itoa(e.Number), kit.Plain, look.Text, true)
		rows = append(rows, container.NewHBox(container.NewCenter(label), less, container.NewCenter(number), more))
	}
	r.chosen.Objects = []fyne.CanvasObject{kit.Dense(kit.Stacked(0, rows...))}
	r.chosen.Refresh()
}

// markLine says what a mark is and where: "3. Box, 120 × 40 at 30, 55".
func markLine(i int, e data.Edit) string {
	a := around(e)
	key := "redact.mark.area"
	switch e.Kind {
	case data.EditNumber:
		key = "redact.mark.place"
	case data.EditArrow:
		key = "redact.mark.arrow"
		a = image.Rect(e.X, e.Y, e.X, e.Y)
	case data.EditBox, data.EditPixels, data.EditFrame:
	}
	return words.T(key, "n", i+1, "kind", words.Of("redact.tool", e.Kind), "x", a.Min.X, "y", a.Min.Y,
		"w", a.Dx(), "h", a.Dy(), "tox", e.X+e.W, "toy", e.Y+e.H)
}

// unsaved reports whether there are marks that would be lost.
func (r *editor) unsaved() bool {
	return r.marks != nil && len(r.marks.list) > 0 && !slices.Equal(r.marks.list, r.start)
}

// mayLeave asks before marks are lost. What burns is canceled first.
func (r *editor) mayLeave() bool {
	if r.burn != nil {
		r.burn()
		return false
	}
	if !r.unsaved() {
		r.letGo()
		return true
	}
	text := kit.Prose(words.N("redact.lose", len(r.marks.list)))
	var ask *kit.OpenSheet
	ask = r.env.UI.Open(kit.Sheet{
		Name: "redact.lose", Title: words.T("redact.lose.title"), Width: 440, Body: text,
		Cancel: words.T("redact.lose.back"), OnCancel: func() { r.canvas.focus() },
		Do: words.T("redact.lose.do"), Danger: true, OnDo: func() {
			ask.Close()
			r.sheet.Close()
			r.letGo()
		},
	})
	ask.FocusCancel()
	return false
}

// letGo gives the memory of the picture back.
func (r *editor) letGo() {
	if r.canvas != nil {
		r.canvas.drop()
		kit.Go(debug.FreeOSMemory)
	}
}

// burnIn makes the copy. When it fails the marks stay.
func (r *editor) burnIn() {
	if r.marks == nil || r.burn != nil {
		return
	}
	r.canvas.abort()
	edits := slices.Clone(r.marks.list)
	r.sheet.SetDo(words.T("redact.burn"), false)
	r.sheet.SetStatus(words.T("redact.burning"))
	r.burn = func() {} // a job that ends at once finds it set
	var made data.Evidence
	ended := false
	cancel := r.env.UI.Jobs.Run(words.T("redact.burning"), func(ctx context.Context, _ func(int64, int64, string)) (err error) {
		made, err = r.env.desk.MarkPicture(ctx, r.dispute, r.ev.ID, edits)
		return err
	}, func(err error) {
		ended = true
		r.burned(made, err)
	})
	if !ended {
		r.burn = cancel
	}
}

// burned says what came of it.
func (r *editor) burned(made data.Evidence, err error) {
	r.burn = nil
	r.sheet.SetStatus("")
	r.sheet.SetDo(words.T("redact.burn"), len(r.marks.list) > 0)
	switch {
	case errors.Is(err, context.Canceled):
		r.sheet.SetStatus(words.T("redact.canceled"))
	case err != nil:
		r.sheet.Problem(err)
	default:
		r.sheet.Close()
		r.letGo()
		r.env.UI.Toast(words.T("redact.done", "name", words.Shorten(made.Name, 56)), r.env.Undo)
		if r.done != nil {
			r.done()
		}
		return
	}
	r.canvas.focus()
}
