package gui

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
	"casebinder/gui/words"
)

// bindingPause is how long changes are gathered before pages and figures are
// made anew.
const bindingPause = 500 * time.Millisecond

// openRedaction opens the editor that marks a picture, and calls done when a
// copy was made. It is nil where there is none.
var openRedaction func(e *env, disputeID int64, ev data.Evidence, done func())

// A binding is the page on which the bundle of a dispute is composed: what is
// said and shown at the left, the pages as they will be in the middle, where it
// goes at the right. All that is changed on it is stored at once.
type binding struct {
	env    *env
	id     int64
	back   func()         // leaves the page
	follow func(data.Ref) // leads to a row of the case that is not on this page
	proof  func()         // leads to the proof of the case

	loader kit.Loader
	view   desk.BindingView
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
	title   *widget.Label
	badges  *fyne.Container
	parts   *kit.Chips[bindingPart]
	left    *fyne.Container
	keys    []fyne.Shortcut
}

// bindingPart is one of the parts that share the left column.
type bindingPart string

const (
	partExhibits  bindingPart = "exhibits"
	partStatement bindingPart = "statement"
	partChecks    bindingPart = "checks"
)

func bindingParts() []bindingPart { return []bindingPart{partExhibits, partStatement, partChecks} }

func newBinding(e *env, id int64) *binding {
	b := &binding{env: e, id: id, back: func() {}, follow: func(data.Ref) {}, proof: func() {}}
	b.exhibits = newExhibitList(b)
	b.statement = newStatementPart(b)
	b.checks = newChecksPart(b)
	b.pages = newPagesPart(b)
	b.target = newTargetPart(b)
	b.left = container.NewStack()
	b.parts = kit.NewChips("binding.part", b.partOptions(), partExhibits, b.showPart)
	b.title = newRecordTitle()
	b.badges = container.NewHBox()
	leave := widget.NewButtonWithIcon(words.T("binding.back"), theme.NavigateBackIcon(), func() { b.back() })
	leave.Importance = widget.LowImportance
	kit.Trace("binding.back", leave)
	head := container.NewBorder(nil, hairline(), leave, b.badges, b.title)
	side := container.NewBorder(kit.Inset(look.Tight, b.parts.Object), nil, nil, nil, b.left)
	right := keptSplit(e.ui, "binding.right", 0.62, b.pages.object, b.target.object)
	b.content = container.NewBorder(head, nil, nil, nil, keptSplit(e.ui, "binding.left", 0.3, side, right))
	b.showPart(partExhibits)
	return b
}

// open loads the dispute and starts what draws pages.
func (b *binding) open() {
	b.bindKeys()
	kit.Go(func() {
		if err := b.env.desk.WarmPreview(context.Background()); err != nil {
			fyne.Do(func() { b.env.ui.Problem(err) })
		}
	})
	b.Reload()
}

// close lets go of what the page holds. Text that waits to be stored is stored.
func (b *binding) close() {
	b.statement.flush()
	b.closed = true
	b.loader.Stop()
	if b.wait != nil {
		b.wait.Stop()
	}
	b.pages.close()
	b.target.close()
	canvas := b.env.ui.Window.Canvas()
	for _, k := range b.keys {
		canvas.RemoveShortcut(k)
	}
	b.keys = nil
}

// bindKeys makes the keys known that work wherever the cursor is.
func (b *binding) bindKeys() {
	add := func(key fyne.KeyName, modifier fyne.KeyModifier, do func()) {
		s := &desktop.CustomShortcut{KeyName: key, Modifier: modifier}
		b.keys = append(b.keys, s)
		b.env.ui.Window.Canvas().AddShortcut(s, func(fyne.Shortcut) {
			if !b.env.ui.SheetOpen() && b.inView() {
				do()
			}
		})
	}
	ctrl := fyne.KeyModifierShortcutDefault
	add(fyne.KeyLeft, fyne.KeyModifierAlt, func() { b.back() })
	for i, part := range bindingParts() {
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
func (b *binding) inView() bool {
	return !fyne.CurrentApp().Driver().AbsolutePositionForObject(b.title).IsZero()
}

// typedKey hears keys that no part of the page takes.
func (b *binding) typedKey(key fyne.KeyName) {
	if key == fyne.KeyEscape && !b.env.ui.SheetOpen() {
		b.back()
	}
}

func (b *binding) partOptions() []kit.Option[bindingPart] {
	shown := 0
	for i := range b.view.Exhibits {
		if b.view.Exhibits[i].Included {
			shown++
		}
	}
	against := words.T("binding.part.checks", "n", b.checks.count())
	if b.checks.blocking() {
		against = "! " + against
	}
	return []kit.Option[bindingPart]{
		{Value: partExhibits, Text: words.T("binding.part.exhibits", "n", shown)},
		{Value: partStatement, Text: words.T("binding.part.statement", "n", len(b.statement.claims()))},
		{Value: partChecks, Text: against},
	}
}

func (b *binding) showPart(part bindingPart) {
	b.parts.Set(part)
	o := map[bindingPart]fyne.CanvasObject{partExhibits: b.exhibits.object, partStatement: b.statement.object, partChecks: b.checks.object}[part]
	showOnly(b.left, o)
	kit.Event("binding.part", "name", string(part))
}

// focusPart shows a part and puts the keys into it.
func (b *binding) focusPart(part bindingPart) {
	b.showPart(part)
	switch part {
	case partExhibits:
		b.env.ui.Window.Canvas().Focus(b.exhibits)
	case partStatement:
		b.statement.focus()
	case partChecks:
		b.checks.focus()
	}
}

// bindingLoaded is a view with the fingerprint of what is shown of it.
type bindingLoaded struct {
	view  desk.BindingView
	print [sha256.Size]byte
}

// Reload asks for the dispute anew. What was changed here meanwhile is not
// overwritten: the answer is asked for again when it is stored.
func (b *binding) Reload() {
	if b.closed {
		return
	}
	edits := b.edits
	kit.Load(&b.loader, func(ctx context.Context) (bindingLoaded, error) {
		v, err := b.env.desk.Binding(ctx, b.id)
		if err != nil {
			return bindingLoaded{}, err
		}
		text, err := json.Marshal([]any{v.Order, v.Dispute, v.Exhibits, v.Statement, v.Timeline, v.Proof, v.Findings, v.Submissions, v.Profiles})
		return bindingLoaded{v, sha256.Sum256(text)}, err
	}, func(l bindingLoaded, err error) {
		switch {
		case errors.Is(err, data.ErrNotFound):
			b.back() // it went into the bin
		case err != nil:
			b.env.ui.Problem(err)
		case edits == b.edits && b.stored():
			b.show(l)
		}
	})
}

// stored reports whether everything that was changed here is stored.
func (b *binding) stored() bool { return b.exhibits.keeper.idle() && b.statement.stored() }

// storeAll gives what stores all as it is on the screen now, for a program that
// ends.
func (b *binding) storeAll() func(context.Context) error {
	id, list, said, desk := b.id, exhibitsOf(b.exhibits.list), cloneStatement(b.statement.now), b.env.desk
	arranged, typed := !b.exhibits.keeper.idle(), !b.statement.stored()
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

// changed notes that something was changed here.
func (b *binding) changed() { b.edits++ }

func (b *binding) show(l bindingLoaded) {
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
	kit.Event("binding.shown", "dispute", b.view.Dispute.CaseNumber, "exhibits", len(b.view.Exhibits), "claims", len(b.view.Statement.Claims))
}

func (b *binding) drawHead() {
	v := &b.view
	name := v.Dispute.CaseNumber
	if name == "" {
		name = v.Order.Number
	}
	b.title.SetText(join(" · ", name, v.Order.Shop.Platform.Title(), words.Of("reason", v.Dispute.Reason), words.Money(v.Dispute.Amount)))
	b.badges.Objects = nil
	if due, role := kit.Urgency(countingDue(v.Row), b.env.ui.Now()); due != "" {
		b.badges.Add(kit.NewBadge(due, role))
	}
	b.badges.Refresh()
}

// drawParts counts what the parts hold; the chips are drawn anew only where a
// count is another.
func (b *binding) drawParts() {
	now := b.partOptions()
	for i, o := range b.parts.Object.Objects {
		if o.(*widget.Button).Text != now[i].Text {
			b.parts.SetOptions(now)
			break
		}
	}
	b.target.drawBind()
}

// soon makes pages and figures anew after a pause.
func (b *binding) soon() {
	if b.wait != nil {
		b.wait.Stop()
	}
	b.wait = kit.After(bindingPause, b.again)
}

// again makes pages and figures anew.
func (b *binding) again() {
	if !b.loaded || b.closed {
		return
	}
	request := b.target.request()
	b.pages.make(request)
	b.target.measure(request)
}

// goExhibit shows an exhibit in the list and its page.
func (b *binding) goExhibit(uid string) {
	b.showPart(partExhibits)
	b.exhibits.choose(uid)
	b.env.ui.Window.Canvas().Focus(b.exhibits)
}

// bindingState is what is carried over when the window is made anew in another
// language or theme.
type bindingState struct {
	id      int64
	part    bindingPart
	profile string
	masks   []data.MaskKind
	stamp   bool
	chosen  string
	page    int
	zoom    float32
}

func (b *binding) state() *bindingState {
	r := b.target.request()
	return &bindingState{
		id: b.id, part: b.parts.Value(), profile: r.Profile, masks: r.Mask, stamp: r.TimeStamp,
		chosen: b.exhibits.chosen, page: b.pages.page(), zoom: b.pages.zoom,
	}
}

// restore takes over what was chosen before. It is called before the dispute is
// there.
func (b *binding) restore(s *bindingState) {
	b.showPart(s.part)
	b.exhibits.chosen = s.chosen
	b.pages.start, b.pages.zoom = s.page, s.zoom
	b.target.before = s
}

// A keeper stores a value again and again, one after the other. While one is
// being stored only the newest waits.
type keeper[T any] struct {
	put   func(context.Context, T) error
	ended func(error) // when all is stored, or an error came
	next  *T
	busy  bool
}

func (k *keeper[T]) idle() bool { return !k.busy }

func (k *keeper[T]) keep(v T) {
	if k.busy {
		k.next = &v
		return
	}
	k.busy = true
	kit.Do(func(ctx context.Context) (struct{}, error) { return struct{}{}, k.put(ctx, v) }, func(_ struct{}, err error) {
		k.busy = false
		if next := k.next; next != nil {
			k.next = nil
			k.keep(*next)
			return
		}
		k.ended(err)
	})
}
