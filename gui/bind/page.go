package bind

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/loop"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// pause is how long changes are gathered before pages and figures are
// made anew.
const pause = 500 * time.Millisecond

// A Page is the page on which the bundle of a dispute is composed: what is
// said and shown at the left, the pages as they will be in the middle, where it
// goes at the right. All that is changed on it is stored at once.
type Page struct {
	env    *env
	id     int64
	back   func()         // leaves the page
	follow func(data.Ref) // leads to a row of the case that is not on this page
	proof  func()         // leads to the proof of the case

	loader kit.Loader
	view   desk.BundleView
	loaded bool
	closed bool
	print  [sha256.Size]byte // of what is shown
	edits  int               // changes that were made here
	wait   *time.Timer

	exhibits  *exhibitList
	statement *statementPart
	checks    *checksPart
	pages     *pagesPart
	target    *targetPart

	content fyne.CanvasObject
	title   *kit.Para
	badges  *fyne.Container
	parts   *kit.Chips[leftPart]
	left    *fyne.Container
	keys    []fyne.Shortcut
}

// leftPart is one of the parts that share the left column.
type leftPart string

const (
	partExhibits  leftPart = "exhibits"
	partStatement leftPart = "statement"
	partChecks    leftPart = "checks"
)

func leftParts() []leftPart { return []leftPart{partExhibits, partStatement, partChecks} }

// New makes the page for a dispute. back leaves it, follow leads to a row
// of the case that is not on it, proof to the proof of the case. state is that
// of the page before the window was made anew, or nil.
func New(shared *show.Env, d Desk, id int64, state any, back func(), follow func(data.Ref), proof func()) *Page {
	e := &env{shared, d}
	b := &Page{env: e, id: id, back: back, follow: follow, proof: proof}
	b.exhibits = newExhibitList(b)
	b.statement = newStatementPart(b)
	b.checks = newChecksPart(b)
	b.pages = newPagesPart(b)
	b.target = newTargetPart(b)
	b.left = container.NewStack()
	b.parts = kit.NewChips("bind.part", b.partOptions(), partExhibits, b.showPart)
	b.title = kit.NewRecordTitle()
	b.badges = container.NewHBox()
	leave := kit.NewIconButton("", words.T("bind.back"), theme.NavigateBackIcon(), func() { b.back() })
	leave.Importance = widget.LowImportance
	kit.Trace("bind.back", leave)
	head := container.NewBorder(nil, kit.Hairline(), leave, b.badges, b.title)
	side := container.NewBorder(kit.Inset(look.Tight, b.parts.Object), nil, nil, nil, b.left)
	right := kit.KeptSplit(e.UI, "binding.right", 0.62, b.pages.object, b.target.object)
	b.content = container.NewBorder(head, nil, nil, nil, kit.KeptSplit(e.UI, "binding.left", 0.3, side, right))
	b.showPart(partExhibits)
	if s, ok := state.(*saved); ok {
		b.restore(s)
	}
	return b
}

// Dispute is whose bundle is composed.
func (b *Page) Dispute() int64 { return b.id }

// Content is what the page shows.
func (b *Page) Content() fyne.CanvasObject { return b.content }

// Focus puts the keys into the list of exhibits.
func (b *Page) Focus() { b.focusPart(partExhibits) }

// Export binds.
func (b *Page) Export() { b.target.bind.export() }

// Open loads the dispute and starts what draws pages.
func (b *Page) Open() {
	b.bindKeys()
	kit.Go(func() {
		if err := b.env.desk.WarmPreview(context.Background()); err != nil {
			loop.Do(func() { b.env.UI.Problem(err) })
		}
	})
	b.Reload()
}

// Close lets go of what the page holds. Text that waits to be stored is stored.
func (b *Page) Close() {
	b.statement.flush()
	b.closed = true
	b.loader.Stop()
	if b.wait != nil {
		b.wait.Stop()
	}
	b.pages.close()
	b.target.close()
	canvas := b.env.UI.Window.Canvas()
	for _, k := range b.keys {
		canvas.RemoveShortcut(k)
	}
	b.keys = nil
}

// bindKeys makes the keys known that work wherever the cursor is.
func (b *Page) bindKeys() {
	add := func(key fyne.KeyName, modifier fyne.KeyModifier, do func()) {
		s := &desktop.CustomShortcut{KeyName: key, Modifier: modifier}
		b.keys = append(b.keys, s)
		b.env.UI.Window.Canvas().AddShortcut(s, func(fyne.Shortcut) {
			if !b.env.UI.SheetOpen() && b.inView() {
				do()
			}
		})
	}
	ctrl := fyne.KeyModifierShortcutDefault
	add(fyne.KeyLeft, fyne.KeyModifierAlt, func() { b.back() })
	for i, part := range leftParts() {
		add([]fyne.KeyName{fyne.Key1, fyne.Key2, fyne.Key3}[i], fyne.KeyModifierAlt, func() { b.focusPart(part) })
	}
	add(fyne.Key4, fyne.KeyModifierAlt, b.pages.focus)
	add(fyne.Key5, fyne.KeyModifierAlt, b.target.focus)
	add(fyne.KeyEqual, ctrl, func() { b.pages.zoomBy(1) })
	add(fyne.KeyEqual, ctrl|fyne.KeyModifierShift, func() { b.pages.zoomBy(1) })
	add(fyne.KeyPlus, ctrl, func() { b.pages.zoomBy(1) })
	add(fyne.KeyMinus, ctrl, func() { b.pages.zoomBy(-1) })
	add(fyne.Key0, ctrl, func() { b.pages.zoomTo(1) })
}

// inView reports whether the page is on the window now: another tab may be.
func (b *Page) inView() bool {
	return !fyne.CurrentApp().Driver().AbsolutePositionForObject(b.title).IsZero()
}

// TypedKey hears keys that no part of the page takes.
func (b *Page) TypedKey(key fyne.KeyName) {
	if key == fyne.KeyEscape && !b.env.UI.SheetOpen() {
		b.back()
	}
}

func (b *Page) partOptions() []kit.Option[leftPart] {
	shown := 0
	for i := range b.view.Exhibits {
		if b.view.Exhibits[i].Included {
			shown++
		}
	}
	against := words.T("bind.part.checks", "n", b.checks.count())
	if _, stopped := b.checks.blocking(); stopped {
		against = "! " + against
	}
	return []kit.Option[leftPart]{
		{Value: partExhibits, Text: words.T("bind.part.exhibits", "n", shown)},
		{Value: partStatement, Text: words.T("bind.part.statement", "n", len(b.statement.claims()))},
		{Value: partChecks, Text: against},
	}
}

func (b *Page) showPart(part leftPart) {
	b.parts.Set(part)
	o := map[leftPart]fyne.CanvasObject{partExhibits: b.exhibits.object, partStatement: b.statement.object, partChecks: b.checks.object}[part]
	kit.ShowOnly(b.left, o)
	kit.Event("bind.part", "name", string(part))
}

// focusPart shows a part and puts the keys into it.
func (b *Page) focusPart(part leftPart) {
	b.showPart(part)
	switch part {
	case partExhibits:
		b.env.UI.Window.Canvas().Focus(b.exhibits)
	case partStatement:
		b.statement.focus()
	case partChecks:
		b.checks.focus()
	}
}

// loaded is a view with the fingerprint of what is shown of it.
type loaded struct {
	view  desk.BundleView
	print [sha256.Size]byte
}

// Reload asks for the dispute anew. What was changed here meanwhile is not
// overwritten: the answer is asked for again when it is stored.
func (b *Page) Reload() {
	if b.closed {
		return
	}
	edits := b.edits
	kit.Load(&b.loader, func(ctx context.Context) (loaded, error) {
		v, err := b.env.desk.Bundle(ctx, b.id)
		if err != nil {
			return loaded{}, err
		}
		text, err := json.Marshal([]any{v.Order, v.Dispute, v.Exhibits, v.Statement, v.Timeline, v.Proof, v.Findings, v.Submissions, v.Profiles})
		return loaded{v, sha256.Sum256(text)}, err
	}, func(l loaded, err error) {
		switch {
		case errors.Is(err, data.ErrNotFound):
			b.back() // it went into the bin
		case err != nil:
			b.env.UI.Problem(err)
		case edits == b.edits && b.stored():
			b.show(l)
		}
	})
}

// Changed asks anew when the case or its order changed.
func (b *Page) Changed(events []data.ChangeEvent) {
	if show.Touched(events, data.RowRef{Entity: data.EntityDispute, ID: b.id}, data.RowRef{Entity: data.EntityOrder, ID: b.view.Order.ID}) {
		b.Reload()
	}
}

// stored reports whether everything that was changed here is stored.
func (b *Page) stored() bool { return b.exhibits.keeper.Idle() && b.statement.stored() }

// Unsaved gives what stores all as it is on the screen now, for a program that
// ends.
func (b *Page) Unsaved() func(context.Context) error {
	id, list, said, desk := b.id, exhibitsOf(b.exhibits.list), cloneStatement(b.statement.now), b.env.desk
	arranged, typed := !b.exhibits.keeper.Idle(), !b.statement.stored()
	return func(ctx context.Context) error {
		var errs []error
		if arranged {
			errs = append(errs, desk.ArrangeExhibits(ctx, id, list))
		}
		if typed {
			errs = append(errs, desk.PutStatement(ctx, id, said))
		}
		return errors.Join(errs...)
	}
}

// noteEdit notes that something was changed here.
func (b *Page) noteEdit() { b.edits++ }

func (b *Page) show(l loaded) {
	fresh := !b.loaded
	b.view, b.loaded = l.view, true
	b.drawHead()
	if l.print != b.print { // else what has the keys would lose them for nothing
		b.print = l.print
		b.target.set(&b.view)
		b.exhibits.set(b.view.Exhibits)
		b.statement.set(b.view.Statement)
		b.checks.draw()
		b.drawParts()
		if fresh {
			b.again()
		} else {
			b.soon()
		}
	}
	if b.target.bind.wants {
		b.target.bind.export()
	}
	kit.Event("bind.shown", "dispute", b.view.Dispute.CaseNumber, "exhibits", len(b.view.Exhibits), "claims", len(b.view.Statement.Claims))
}

func (b *Page) drawHead() {
	v := &b.view
	name := v.Dispute.CaseNumber
	if name == "" {
		name = v.Order.Number
	}
	b.title.SetText(words.Join(" · ", name, v.Order.Shop.Platform.Title(), words.Of("reason", v.Dispute.Reason), words.Money(v.Dispute.Amount)))
	b.badges.Objects = nil
	if due, role := kit.Urgency(v.Row.CountingDue(), b.env.UI.Now()); due != "" {
		b.badges.Add(kit.NewBadge(due, role))
	}
	b.badges.Refresh()
}

// drawParts counts what the parts hold; the chips are drawn anew only where a
// count is another.
func (b *Page) drawParts() {
	now := b.partOptions()
	for i, o := range b.parts.Object.Objects {
		if o.(*kit.Button).Text != now[i].Text {
			b.parts.SetOptions(now)
			break
		}
	}
	b.target.drawBind()
}

// soon makes pages and figures anew after a pause.
func (b *Page) soon() {
	if b.wait != nil {
		b.wait.Stop()
	}
	b.wait = kit.After(pause, b.again)
}

// again makes pages and figures anew.
func (b *Page) again() {
	if !b.loaded || b.closed {
		return
	}
	request := b.target.request()
	b.pages.make(request)
	b.target.measure(request)
}

// goExhibit shows an exhibit in the list and its page.
func (b *Page) goExhibit(uid string) {
	b.showPart(partExhibits)
	b.exhibits.choose(uid)
	b.env.UI.Window.Canvas().Focus(b.exhibits)
}

// saved is what is carried over when the window is made anew in another
// language or theme.
type saved struct {
	id      int64
	part    leftPart
	profile string
	masks   []data.MaskKind
	stamp   bool
	chosen  string
	page    int
	zoom    float32
}

// State is what is carried over.
func (b *Page) State() any {
	r := b.target.request()
	return &saved{
		id: b.id, part: b.parts.Value(), profile: r.Profile, masks: r.Mask, stamp: r.TimeStamp,
		chosen: b.exhibits.chosen, page: b.pages.page(), zoom: b.pages.zoom,
	}
}

// restore takes over what was chosen before. It is called before the dispute is
// there.
func (b *Page) restore(s *saved) {
	b.showPart(s.part)
	b.exhibits.chosen = s.chosen
	b.pages.start, b.pages.zoom = s.page, s.zoom
	b.target.before = s
}
