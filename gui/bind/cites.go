package bind

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/words"
)

var problemCitePage = data.DefineProblem("cite_page", data.ErrInvalid,
	"“{page}” is not a page number.",
	"Write a whole number from 1 on, or nothing for the exhibit as a whole.")

// citeTitle names what a citation points to, and reports whether it is in the
// bundle.
func (b *Page) citeTitle(c data.Cite) (string, bool) {
	switch {
	case c.Evidence != "":
		i := indexOfExhibit(b.exhibits.list, c.Evidence)
		if i < 0 {
			return words.T("bind.cite.gone"), false
		}
		x := b.exhibits.list[i]
		if !x.Included {
			return words.T("bind.cite.left_out", "title", words.Shorten(exhibitTitle(x), 24)), false
		}
		name := words.T("bind.cite.exhibit", "n", x.Number)
		if c.Page > 0 {
			name = words.T("bind.cite.page", "what", name, "page", c.Page)
		}
		return name, true
	case c.Message != "":
		for _, m := range b.messages() {
			if m.UID == c.Message {
				return words.T("bind.cite.message", "day", words.Day(m.SentAt, b.view.Order.Shop.Zone, b.env.UI.Now())), true
			}
		}
		return words.T("bind.cite.gone"), false
	}
	return words.Of("section", c.Part), c.Part != "" && !b.leadsNowhere(c.Part)
}

// messages are those that can be cited.
func (b *Page) messages() []*data.Message {
	var all []*data.Message
	for i := range b.view.Timeline {
		if m := b.view.Timeline[i].Message; m != nil && m.UID != "" {
			all = append(all, m)
		}
	}
	return all
}

// goCite shows what a citation points to.
func (b *Page) goCite(c data.Cite) {
	switch {
	case c.Evidence != "" && indexOfExhibit(b.exhibits.list, c.Evidence) >= 0:
		i := indexOfExhibit(b.exhibits.list, c.Evidence)
		b.pages.goExhibit(b.exhibits.list[i].Number)
	case c.Message != "":
		b.pages.goSection(data.SectionCommunication)
	case c.Part != "":
		b.pages.goSection(c.Part)
	}
}

// goSection shows the page on which a section begins.
func (p *pagesPart) goSection(section data.Section) {
	if p.shown != nil && p.shown.Map.Sections[section] > 0 {
		p.goPage(p.shown.Map.Sections[section])
	}
}

// citeParts are the composed parts of a bundle that can be cited.
func citeParts() []data.Section {
	return []data.Section{data.SectionOrder, data.SectionShipping, data.SectionCommunication, data.SectionTimeline}
}

// citeOption is something that can be cited.
type citeOption struct {
	cite  data.Cite
	text  string
	about string
	paged bool // has pages of its own
}

// citeOptions lists what can be cited: exhibits, parts, messages.
func (b *Page) citeOptions() []citeOption {
	var all []citeOption
	for _, x := range b.exhibits.list {
		if x.Included {
			all = append(all, citeOption{
				cite: data.Cite{Evidence: x.EvidenceUID}, text: words.T("bind.cite.exhibit", "n", x.Number),
				about: words.Join(" · ", exhibitTitle(x), x.Proves, x.Evidence.Name), paged: x.Evidence.MIME == "application/pdf",
			})
		}
	}
	for _, part := range citeParts() {
		all = append(all, citeOption{cite: data.Cite{Part: part}, text: words.Of("section", part), about: words.T("bind.cite.part")})
	}
	zone, now := b.view.Order.Shop.Zone, b.env.UI.Now()
	for _, m := range b.messages() {
		all = append(all, citeOption{
			cite: data.Cite{Message: m.UID}, text: words.T("bind.cite.message", "day", words.Time(m.SentAt, zone, now)),
			about: words.Join(" · ", words.T("timeline.message."+string(m.Direction)), words.Shorten(strings.Join(strings.Fields(m.Text), " "), 160)),
		})
	}
	return all
}

// citePicker is the sheet in which one chooses what a claim cites.
type citePicker struct {
	all    []citeOption
	found  []citeOption
	ui     *kit.UI
	list   *kit.List
	at     int // the row on which the keys stand
	chosen map[data.Cite]bool
	page   *kit.Entry
	open   *kit.OpenSheet
}

// citeSheet lets one choose what a claim cites.
func citeSheet(s *statementPart, claim int) *citePicker {
	p := &citePicker{all: s.b.citeOptions(), chosen: map[data.Cite]bool{}}
	p.found = p.all
	p.ui = s.b.env.UI
	p.list = kit.NewList(p.ui, kit.ListOptions{
		Name: "bind.cite.list", Count: func() int { return len(p.found) }, Make: newCiteRow, Draw: p.drawRow, At: func() int { return p.at }, Chose: func(i int) { p.at = i },
		Press: p.toggle, Deeds: p.deeds, Line: func(i int) string { return words.Join("\t", p.found[i].text, p.found[i].about) },
	})
	search := kit.NewSearch(s.b.env.UI, words.T("bind.cite.search"), p.narrow)
	kit.ToHits(search, func() { s.b.env.UI.Window.Canvas().Focus(p.list) })
	p.page = kit.NewEntry(s.b.env.UI)
	p.page.SetPlaceHolder(words.T("bind.cite.page.hint"))
	page := container.NewBorder(nil, nil, widget.NewLabel(words.T("bind.cite.page.label")), nil, p.page)
	body := container.NewBorder(container.NewBorder(nil, nil, nil, kit.Wide(240, page), search), nil, nil, nil, p.list)
	p.open = s.b.env.UI.Open(kit.Sheet{
		Name: "bind.cite", Title: words.T("bind.cite.title", "n", claim+1), Width: 720, Height: 480, Body: body,
		Do: words.T("bind.cite.do"), FocusedAt: search, OnDo: func() { p.done(s, claim) },
	})
	kit.Trace("bind.cite.search", search)
	kit.Trace("bind.cite.page", p.page)
	return p
}

// narrow keeps what holds all words that were typed.
func (p *citePicker) narrow(text string) {
	p.found = nil
	wanted := strings.Fields(strings.ToLower(text))
	for _, o := range p.all {
		line, all := strings.ToLower(o.text+" "+o.about), true
		for _, w := range wanted {
			all = all && strings.Contains(line, w)
		}
		if all {
			p.found = append(p.found, o)
		}
	}
	p.list.Refresh()
}

// done takes the chosen citations over.
func (p *citePicker) done(s *statementPart, claim int) {
	page := 0
	if text := strings.TrimSpace(p.page.Text); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 {
			p.open.Problem(problemCitePage.New("page", text))
			return
		}
		page = n
	}
	var cites []data.Cite
	for _, o := range p.all {
		if p.chosen[o.cite] {
			if o.paged {
				o.cite.Page = page
			}
			cites = append(cites, o.cite)
		}
	}
	p.open.Close()
	if claim < len(s.now.Claims) {
		s.cite(claim, cites)
	}
}

// deeds are what can be done with a row.
func (p *citePicker) deeds(i int) kit.Deeds {
	text := "bind.cite.take"
	if p.chosen[p.found[i].cite] {
		text = "bind.cite.drop"
	}
	return kit.Deeds{{Text: words.T(text), Keys: kit.KeysTurn, Do: func() { p.toggle(i) }}, kit.Stays("stays.tick")}
}

// toggle chooses a row, or lets go of it.
func (p *citePicker) toggle(i int) {
	c := p.found[i].cite
	p.chosen[c] = !p.chosen[c]
	p.list.RefreshItem(i)
}

func newCiteRow() fyne.CanvasObject {
	icon := canvas.NewImageFromResource(theme.CheckButtonIcon())
	name, about := kit.NewText("", kit.Plain, look.Text, true), kit.NewText("", kit.Muted, look.Text, false)
	return container.New(citeRow{}, icon, name, about)
}

// citeRow lays out a box, a name and what it is about.
type citeRow struct{}

// Layout is for Fyne.
func (citeRow) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Move(fyne.NewPos(4, (size.Height-20)/2))
	o[0].Resize(fyne.NewSize(20, 20))
	y := (size.Height - o[1].MinSize().Height) / 2
	kit.Put(o[1].(*canvas.Text), 30, y)
	kit.Put(o[2].(*canvas.Text), 200, y)
}

// MinSize is for Fyne.
func (citeRow) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(300, look.Row) }

func (p *citePicker) drawRow(i int, o fyne.CanvasObject) {
	parts := o.(*fyne.Container).Objects
	option := p.found[i]
	icon := theme.CheckButtonIcon()
	if p.chosen[option.cite] {
		icon = theme.NewPrimaryThemedResource(theme.CheckButtonCheckedIcon())
	}
	parts[0].(*canvas.Image).Resource = icon
	parts[0].Refresh()
	name, about := parts[1].(*canvas.Text), parts[2].(*canvas.Text)
	name.Text = kit.Fit(option.text, 165, true)
	about.Text = kit.Fit(option.about, max(p.list.Size().Width-216, 200), false)
	name.Color, about.Color = kit.Plain.Ink(), kit.Muted.Ink()
	o.(*fyne.Container).Refresh()
}

// chip is a small button with a cross that takes it away.
type chip struct {
	widget.BaseWidget
	open *kit.Button
	away *kit.Button
	role kit.Role
}

func newChip(text string, role kit.Role, open, away func()) *chip {
	c := &chip{role: role, open: kit.NewButton("", text, open), away: kit.NewIconButton("", "", theme.CancelIcon(), away)}
	c.open.Importance, c.away.Importance = widget.LowImportance, widget.LowImportance
	if role == kit.Danger {
		c.open.Importance = widget.DangerImportance
	}
	c.ExtendBaseWidget(c)
	return c
}

// CreateRenderer is for Fyne.
func (c *chip) CreateRenderer() fyne.WidgetRenderer {
	back := canvas.NewRectangle(c.role.Wash())
	back.CornerRadius = 4
	return widget.NewSimpleRenderer(container.NewStack(back, container.New(layout.NewCustomPaddedHBoxLayout(0), c.open, c.away)))
}
