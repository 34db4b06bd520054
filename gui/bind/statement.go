package bind

import (
	"context"
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

	"casebinder/data"
	"casebinder/data/bundle/fit"
	"casebinder/data/bundle/statement"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/words"
)

const (
	claimPause    = 800 * time.Millisecond // after which typed text is stored
	claimRowsMin  = 2
	claimRowsMost = 12
)

// statementPart is where claims are written, each with what shows it.
type statementPart struct {
	b      *Page
	object fyne.CanvasObject
	scroll *container.Scroll
	rows   *fyne.Container
	length *canvas.Text
	draft  *kit.Button
	keeper kit.Keeper[data.Statement]
	timer  *time.Timer
	dirty  bool // typed text waits to be stored
	shown  bool // was drawn

	now   data.Statement // as it is on the screen
	cards []*claimCard
}

// claimCard is one claim on the screen.
type claimCard struct {
	box   *fyne.Container
	text  *kit.Entry
	cites *fyne.Container
	mark  *canvas.Rectangle // beside the claim that was followed
	rows  int
}

func newStatementPart(b *Page) *statementPart {
	s := &statementPart{b: b, rows: kit.Stacked(look.Gap), length: kit.NewText("", kit.Muted, look.Text, false)}
	s.keeper = kit.Keeper[data.Statement]{
		Put: func(ctx context.Context, st data.Statement) error { return b.env.desk.PutStatement(ctx, b.id, st) },
		Ended: func(err error) {
			if err != nil {
				s.dirty = true // what was typed stays on the screen, and is stored with the next word
				b.env.UI.Problem(err)
				return
			}
			b.Reload()
		},
	}
	s.draft = kit.NewButton("bind.draft", words.T("bind.draft"), func() { draftSheet(s) })
	add := kit.NewIconButton("", words.T("bind.claim.add"), theme.ContentAddIcon(), func() { s.insert(len(s.now.Claims)) })
	kit.Trace("bind.claim.add", add)
	s.draft.Importance, add.Importance = widget.LowImportance, widget.LowImportance
	s.scroll = container.NewVScroll(kit.Inset(look.Tight, s.rows))
	bar := container.NewHBox(add, s.draft, layout.NewSpacer(), container.NewCenter(s.length), kit.Wide(4, container.NewStack()))
	s.object = container.NewBorder(bar, nil, nil, nil, s.scroll)
	return s
}

func (s *statementPart) claims() []data.Claim { return s.now.Claims }

// stored reports whether what is on the screen is stored.
func (s *statementPart) stored() bool { return !s.dirty && s.keeper.Idle() }

// set shows a statement. What is on the screen already stays, so that the cursor
// does not move.
func (s *statementPart) set(st data.Statement) {
	same := s.shown && s.now.Equal(st)
	s.now = cloneStatement(st)
	if !same || len(s.cards) != len(s.now.Claims) {
		s.draw()
		return
	}
	for i := range s.cards {
		s.drawCites(i)
	}
	s.count()
}

func cloneStatement(st data.Statement) data.Statement {
	st.Claims = slices.Clone(st.Claims)
	for i := range st.Claims {
		st.Claims[i].Cites = slices.Clone(st.Claims[i].Cites)
	}
	return st
}

// draw makes a card for each claim.
func (s *statementPart) draw() {
	s.shown, s.cards, s.rows.Objects = true, nil, nil
	if len(s.now.Claims) == 0 {
		s.rows.Add(kit.NewEmpty("bind.statement.empty", kit.Empty{
			Text: words.T("bind.statement.empty"), Button: words.T("bind.draft"), Do: func() { draftSheet(s) },
		}))
	}
	for i := range s.now.Claims {
		c := s.newCard(i)
		s.cards = append(s.cards, c)
		s.rows.Add(c.box)
		s.drawCites(i)
	}
	s.rows.Refresh()
	s.count()
}

func (s *statementPart) newCard(i int) *claimCard {
	c := &claimCard{cites: container.New(layout.NewRowWrapLayoutWithCustomPadding(look.Tight, 2)), mark: canvas.NewRectangle(nil)}
	c.text = kit.NewTextArea(s.b.env.UI, claimRowsMin)
	c.text.SetText(s.now.Claims[i].Text)
	c.text.SetPlaceHolder(words.T("bind.claim.hint"))
	c.text.OnChanged = func(text string) { s.typed(i, text) }
	c.text.Escaped = func() { s.b.env.UI.Window.Canvas().Unfocus() }
	c.text.Shortcut = func(k *desktop.CustomShortcut) bool { return s.key(i, k) }
	kit.Trace(kit.RowName("bind.claim", i, "text"), c.text)
	low := func(what string, icon fyne.Resource, do func()) fyne.CanvasObject {
		b := kit.NewIconButton(kit.RowName("bind.claim", i, what), "", icon, do)
		b.Importance = widget.LowImportance
		b.SetToolTip(words.T("bind.tip.claim." + what))
		return b
	}
	number := kit.NewText(words.T("bind.claim.n", "n", i+1), kit.Muted, look.Text, true)
	buttons := container.New(layout.NewCustomPaddedHBoxLayout(0), low("up", theme.MoveUpIcon(), func() { s.move(i, -1) }),
		low("down", theme.MoveDownIcon(), func() { s.move(i, 1) }), low("remove", theme.DeleteIcon(), func() { s.remove(i) }))
	head := container.NewBorder(nil, nil, container.NewHBox(kit.Wide(2, container.NewStack()), container.NewCenter(number)), buttons)
	field := container.New(kit.OnResize(func() { s.grow(c) }), c.text, newWheel(s.scroll))
	c.mark.SetMinSize(fyne.NewSize(3, 1))
	c.box = container.NewBorder(nil, nil, c.mark, nil, kit.Stacked(2, head, field, c.cites))
	return c
}

// grow gives a claim as many lines as its text needs.
func (s *statementPart) grow(c *claimCard) {
	width := c.text.Size().Width - 24 // 24: the air within the field
	if width <= 0 {
		return
	}
	rows := 0
	for _, line := range strings.Split(c.text.Text, "\n") {
		rows += 1 + int(fyne.MeasureText(line, look.Text, fyne.TextStyle{}).Width*1.04/width) // 4 %: what breaking between words costs
	}
	rows = max(claimRowsMin, min(rows, claimRowsMost))
	if rows == c.rows {
		return
	}
	c.rows = rows
	c.text.SetMinRowsVisible(rows)
	c.box.Refresh()
	s.rows.Refresh()
	s.scroll.Refresh()
}

// key hears shortcuts in a claim.
func (s *statementPart) key(i int, k *desktop.CustomShortcut) bool {
	if k.Modifier != fyne.KeyModifierAlt {
		return false
	}
	switch k.KeyName {
	case fyne.KeyUp:
		s.move(i, -1)
	case fyne.KeyDown:
		s.move(i, 1)
	case fyne.KeyReturn:
		s.insert(i + 1)
	case fyne.KeyC:
		citeSheet(s, i)
	default:
		return false
	}
	return true
}

// focus puts the cursor into the first claim.
func (s *statementPart) focus() { s.goClaim(1) }

// goClaim shows a claim, counted from 1, and puts the cursor into it.
func (s *statementPart) goClaim(n int) {
	canvas := s.b.env.UI.Window.Canvas()
	if n < 1 || n > len(s.cards) {
		canvas.Focus(s.draft)
		return
	}
	c := s.cards[n-1]
	s.scroll.ScrollToOffset(fyne.NewPos(0, max(c.box.Position().Y-look.Tight, 0)))
	canvas.Focus(c.text)
	for i, other := range s.cards {
		other.mark.FillColor = nil
		if i == n-1 {
			other.mark.FillColor = look.Color(theme.ColorNamePrimary)
		}
		other.mark.Refresh()
	}
}

// typed takes text in. It is stored after a pause.
func (s *statementPart) typed(i int, text string) {
	if i >= len(s.now.Claims) || s.now.Claims[i].Text == text {
		return
	}
	s.now.Claims[i].Text = text
	s.dirty = true
	s.b.noteEdit()
	s.grow(s.cards[i])
	s.count()
	if s.timer != nil {
		s.timer.Stop()
	}
	s.timer = kit.After(claimPause, s.flush)
}

// flush stores what was typed.
func (s *statementPart) flush() {
	if s.timer != nil {
		s.timer.Stop()
	}
	if s.dirty {
		s.store()
	}
}

// store keeps the statement as it is on the screen.
func (s *statementPart) store() {
	s.dirty = false
	s.b.noteEdit()
	s.now.DisputeID = s.b.id
	s.keeper.Keep(cloneStatement(s.now))
}

// redo shows and stores claims that were moved, added or taken away.
func (s *statementPart) redo() {
	s.draw()
	s.b.drawParts()
	s.store()
}

func (s *statementPart) insert(at int) {
	s.now.Claims = slices.Insert(s.now.Claims, at, data.Claim{})
	if s.now.Language == "" {
		s.now.Language = s.b.target.language.Value()
	}
	s.redo()
	s.goClaim(at + 1)
}

func (s *statementPart) remove(i int) {
	empty := strings.TrimSpace(s.now.Claims[i].Text) == "" && len(s.now.Claims[i].Cites) == 0
	s.now.Claims = slices.Delete(s.now.Claims, i, i+1)
	s.redo()
	if !empty {
		s.b.env.UI.Toast(words.T("bind.claim.removed", "n", i+1), s.b.env.Undo)
	}
}

func (s *statementPart) move(i, by int) {
	to := i + by
	if to < 0 || to >= len(s.now.Claims) {
		return
	}
	s.now.Claims[i], s.now.Claims[to] = s.now.Claims[to], s.now.Claims[i]
	s.redo()
	s.goClaim(to + 1)
}

// cite adds citations to a claim.
func (s *statementPart) cite(i int, cites []data.Cite) {
	for _, c := range cites {
		if !slices.Contains(s.now.Claims[i].Cites, c) {
			s.now.Claims[i].Cites = append(s.now.Claims[i].Cites, c)
		}
	}
	s.drawCites(i)
	s.store()
}

// uncite takes a citation away.
func (s *statementPart) uncite(i, k int) {
	s.now.Claims[i].Cites = slices.Delete(s.now.Claims[i].Cites, k, k+1)
	s.drawCites(i)
	s.store()
}

// drawCites shows the citations of a claim as chips.
func (s *statementPart) drawCites(i int) {
	box := s.cards[i].cites
	box.Objects = nil
	for k, cite := range s.now.Claims[i].Cites {
		text, ok := s.b.citeTitle(cite)
		role := kit.Link
		if !ok {
			text, role = "! "+text, kit.Danger
		}
		chip := newChip(text, role, func() { s.b.goCite(cite) }, func() { s.uncite(i, k) })
		kit.Trace(kit.RowName(kit.RowName("bind.claim", i, "cite"), k, "chip"), chip)
		box.Add(chip)
	}
	add := kit.NewButton(kit.RowName("bind.claim", i, "cite"), words.T("bind.cite"), func() { citeSheet(s, i) })
	add.Importance = widget.LowImportance
	box.Add(add)
	box.Refresh()
	s.rows.Refresh()
}

// count says how long the statement is, as the target counts.
func (s *statementPart) count() {
	profile := s.b.target.profile()
	text, role := statementLength(s.now, profile, s.b.target.counted)
	s.length.Text, s.length.Color = text, role.Ink()
	s.length.Refresh()
}

// countedText is how long the text of a form came out of a statement: what the
// form adds to the claims themselves (their citations) stays as it was while one
// types.
type countedText struct {
	profile string
	form    int64 // characters of the form's longest field
	claims  int64 // of the claims that it was made of
	max     int64
}

// claimChars counts the characters of claims.
func claimChars(st data.Statement, unit fit.Unit) int64 {
	text, _ := statement.Text(st, nil, statement.TextOptions{Unit: unit}) // without a limit there is no error
	return fit.Count(text, unit)
}

// statementLength says in words how long a statement is against the limit of its
// form, where there is one.
func statementLength(st data.Statement, p fit.Profile, known countedText) (string, kit.Role) {
	n := claimChars(st, p.Count)
	most := p.Max(fit.LimitTextChars)
	if known.profile == p.ID && known.max > 0 {
		n, most = max(known.form+n-known.claims, 0), known.max
	}
	switch {
	case most == 0:
		return words.N("bind.chars", int(n)), kit.Muted
	case n > most:
		return "! " + words.T("bind.chars.over", "n", words.Number(n), "max", words.Number(most), "over", words.Number(n-most)), kit.Danger
	}
	return words.T("bind.chars.of", "n", words.Number(n), "max", words.Number(most)), kit.Muted
}

// wheel hands the mouse wheel on to a scroll: a field of several lines would
// keep it.
type wheel struct {
	widget.BaseWidget
	to *container.Scroll
}

var _ fyne.Scrollable = (*wheel)(nil)

func newWheel(to *container.Scroll) *wheel {
	w := &wheel{to: to}
	w.ExtendBaseWidget(w)
	return w
}

// CreateRenderer is for Fyne.
func (w *wheel) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewWithoutLayout())
}

// Scrolled is for Fyne.
func (w *wheel) Scrolled(e *fyne.ScrollEvent) { w.to.Scrolled(e) }
