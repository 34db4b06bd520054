package account

import (
	"context"
	"fmt"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/health"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// page is the chosen number: what it is, what it means, and the rows behind it.
type page struct {
	env    *env
	object fyne.CanvasObject
	title  *kit.Para
	figure *fyne.Container
	means  *kit.Para
	doubts *kit.Para
	asks   *kit.Para // what the platform asks for, and what it does otherwise
	facts  *kit.Facts
	about  *container.Scroll
	what   *kit.Para // what would be after a change
	answer *fyne.Container
	course *fyne.Container
	past   *fyne.Container // the course with its heading, which stands below the list
	drawn  behind          // what the course is drawn of
	// pastLink opens the course where a low window has no room for it.
	pastLink *fyne.Container
	origin   *kit.Para
	reading  *fyne.Container
	parts    *kit.Parts
	hits     *list // that are in the numerator, where more of them is worse
	missed   *list // that are not, where more of them is better
	base     *list
	left     *list
	look     *fyne.Container // hits or missed: the rows to look at
	listed   []*kit.Part     // of look, base and left
	shown    row
	changed  func()

	loader, whatif kit.Loader
}

// behind is a number with its rows and its past.
type behind struct {
	number desk.HealthNumber
	days   []data.HealthDay
	events []data.HealthEvent
	told   []data.HealthTold
}

func newPage(e *env, changed func()) *page {
	p := &page{env: e, title: kit.NewRecordTitle(), figure: container.NewHBox(), means: kit.Prose(""), doubts: kit.Prose(""), asks: kit.Prose(""), what: kit.Prose(""), origin: kit.Prose(""), changed: changed}
	p.facts = kit.NewFacts(e.UI)
	p.course, p.reading = container.NewStack(), container.NewVBox()
	p.past = container.NewVBox(widget.NewSeparator(), kit.Aligned(look.Tight, kit.Stacked(0, kit.Section(words.T("account.course")), p.course)))
	p.pastLink = container.NewVBox(widget.NewSeparator(), kit.Aligned(look.Tight, container.NewHBox(kit.NewLink("account.course", words.T("account.course.open"), p.openPast))))
	p.showPast(false)
	p.answer = container.NewStack(kit.NewPanel(p.what))
	p.answer.Hide()
	p.hits, p.missed, p.base, p.left = newList(e, "hits"), newList(e, "missed"), newList(e, "base"), newList(e, "left")
	p.look = container.NewStack(p.hits.table)
	p.listed = []*kit.Part{
		kit.NewPart("hits", words.T("account.part.hits"), p.look), kit.NewPart("base", words.T("account.part.base"), p.base.table),
		kit.NewPart("left", words.T("account.part.left"), p.left.table),
	}
	p.about = container.NewVScroll(kit.Stacked(look.Tight, p.means, p.doubts, p.asks, edged(p.facts.Object),
		kit.Section(words.T("account.rule")), p.origin, p.reading))
	parts := append([]*kit.Part{kit.NewPart("about", words.T("account.part.about"), p.about)}, p.listed...)
	p.parts = kit.NewParts("account.part", parts...)
	actions := kit.NewActionBar(e.UI, "account.more",
		kit.Action{Name: "account.onemore", Text: words.T("account.onemore"), Do: func() { p.tryOut("onemore", health.Change{OneMore: true}) }},
		kit.Action{Name: "account.shipped", Text: words.T("account.shipped"), Do: func() { p.tryOut("shipped", health.Change{Shipped: true}) }},
		kit.Action{Name: "account.won", Text: words.T("account.won"), Do: p.tryWon},
		kit.Action{Name: "account.tell", Text: words.T("account.tell"), Do: func() { p.tellOf(p.shown) }},
	)
	p.object = kit.PaneOf(container.NewVBox(p.title, edged(p.figure)), p.parts, container.NewVBox(edged(p.answer), edged(actions.Object)))
	p.hits.won = p.wonOf
	return p
}

// edged puts what has no air of its own below the beginning of the words above it.
func edged(o fyne.CanvasObject) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedLayout(0, 0, theme.InnerPadding(), 0), o)
}

// say answers a question beside the buttons that asked it, so that it is in view
// whatever part of the page is; "" takes the answer away.
func (p *page) say(text string) {
	p.what.SetText(text)
	shown(p.answer, text != "")
}

// show shows a number; its rows come when they are there.
func (p *page) show(r row) {
	fresh := p.shown.key() != r.key()
	p.shown = r
	m := r.Metric
	p.title.SetText(words.Join(" · ", said(m.Title), r.shop.Name))
	p.figure.Objects = []fyne.CanvasObject{
		kit.NewText(value(r.Number), levelRole(r.Number), look.Heading, true), kit.NewBadge(standing(r.Number), standingRole(r.Number)),
		kit.NewText(cases(r.Number), kit.Muted, look.Text, false),
	}
	p.figure.Refresh()
	p.means.SetText(said(m.Means))
	p.doubts.SetText(words.Join("\n", doubts(r.Number)...))
	shown(p.doubts, p.doubts.Text != "")
	p.facts.Set(p.factsOf(r)...)
	p.asks.SetText(words.Join("\n", target(r.Metric.InForce(r.Number)), said(r.Metric.Effect)))
	shown(p.asks, p.asks.Text != "")
	p.origin.SetText(p.originOf(m))
	p.drawReadings(r)
	if fresh {
		p.whatif.Stop()
		p.say("")
		p.parts.SelectIndex(0)
		p.about.ScrollToTop()
		p.drawn = behind{} // that of another number is none of this one
	}
	p.showPast(true)
	p.load(r)
}

// showPast shows or hides the course, in whichever form there is room for.
func (p *page) showPast(is bool) {
	shown(p.past, is)
	shown(p.pastLink, is)
}

func shown(o fyne.CanvasObject, is bool) {
	if is {
		o.Show()
	} else {
		o.Hide()
	}
}

func (p *page) factsOf(r row) []kit.Fact {
	fact := func(name, text string) kit.Fact {
		return kit.Fact{Label: words.T("account.fact." + name), Value: text, Wide: true, Room: 150}
	}
	facts := []kit.Fact{
		fact("span", span(r.Number)), fact("zone", r.Number.Span.To.Location().String()), fact("room", far(r.Number)), fact("tomorrow", tomorrow(r.Number, r.Next)),
	}
	if r.Told != nil {
		facts = append(facts, fact("told", words.Join(" · ", health.ShownShare(r.Told.Value), r.Told.Day, r.Told.Note)))
	}
	return facts
}

// originOf says how the number is counted, where that stands, and where sources
// differ.
func (p *page) originOf(m *health.Metric) string {
	source := show.OriginLine(data.Origin{Source: m.Source, Edition: m.Edition, Confidence: data.Confidence(m.Confidence)})
	text := words.Join("\n", said(m.Formula), words.T("account.source", "source", source))
	if m.Differs != "" {
		text = words.Join("\n", text, words.T("account.differs", "text", said(m.Differs)))
	}
	return text
}

// drawReadings offers the readings that a shop may choose.
func (p *page) drawReadings(r row) {
	p.reading.RemoveAll()
	for _, s := range r.Metric.Settings {
		if len(s.Choices) < 2 {
			continue
		}
		options := make([]kit.Option[string], len(s.Choices))
		values := map[string]any{}
		for i, c := range s.Choices {
			name := fmt.Sprint(c)
			values[name] = c
			options[i] = kit.Option[string]{Value: name, Text: readingText(s.ID, name)}
		}
		id := s.ID
		choice := kit.NewChoice(options, fmt.Sprint(r.Settings[id]), func(name string) {
			kit.Do(func(ctx context.Context) (struct{}, error) {
				return struct{}{}, p.env.desk.SetHealth(ctx, r.shop.ID, r.Metric.ID, id, values[name])
			}, func(_ struct{}, err error) {
				if err != nil {
					p.env.UI.Problem(err)
				}
				p.changed()
			})
		})
		kit.Trace("account.reading."+id, choice)
		p.reading.Add(kit.Soft(said(s.Title)))
		p.reading.Add(edged(container.NewHBox(kit.RoomFor(choice))))
	}
	p.reading.Refresh()
}

// readingText names a choice of a reading; numbers speak for themselves.
func readingText(id, choice string) string {
	if key := "account.reading." + id + "." + choice; words.Has(key) {
		return words.T(key)
	}
	return choice
}

// load brings the rows behind the number, and its past.
func (p *page) load(r row) {
	since := p.env.UI.Now().AddDate(-3, 0, 0).Format(time.DateOnly)
	kit.Load(&p.loader, func(ctx context.Context) (b behind, err error) {
		shops, err := p.env.desk.Health(ctx, desk.HealthAsk{ShopID: r.shop.ID, Metric: r.Metric.ID, List: true})
		if err != nil || len(shops) == 0 || len(shops[0].Numbers) == 0 {
			return b, err
		}
		b.number = shops[0].Numbers[0]
		b.days, b.events, b.told, err = p.env.desk.HealthHistory(ctx, r.shop.ID, r.Metric.ID, since)
		return b, err
	}, func(b behind, err error) {
		if err != nil {
			p.env.UI.Problem(err)
			return
		}
		if b.number.Number == nil {
			return
		}
		p.drawLists(b.number.Number)
		p.drawCourse(r, b)
	})
}

// drawLists fills the lists. Where more is better, the rows to look at are those that
// are missing from the numerator.
func (p *page) drawLists(n *health.Number) {
	look, rows := p.hits, n.Rows.Hits
	if n.MoreIsBetter() {
		look, rows = p.missed, n.Missed()
	}
	look.setCounted(n, rows)
	p.base.setCounted(n, n.Rows.Base)
	p.left.setLeft(n.Rows.Left)
	kit.ShowOnly(p.look, look.table)
	for i, part := range []struct {
		name string
		n    int
	}{{look.name, len(rows)}, {"base", len(n.Rows.Base)}, {"left", len(n.Rows.Left)}} {
		p.listed[i].SetText(words.T("account.part."+part.name) + " (" + words.Number(int64(part.n)) + ")")
	}
}

// tryWon tries out that the chosen case were won, or the only one there is.
func (p *page) tryWon() {
	won := p.hits
	if n := p.shown.Number; n != nil && n.MoreIsBetter() { // what is in the numerator is well
		p.say(words.T("account.whatif.nocase"))
		return
	}
	switch chosen, ok := won.table.Selected(); {
	case len(won.counted) == 1:
		p.wonOf(won.counted[0].Ref)
	case ok && p.parts.SelectedIndex() == 1:
		p.wonOf(chosen.ref)
	case len(won.counted) == 0:
		p.say(words.T("account.whatif.nocase"))
	default:
		p.parts.SelectIndex(1)
		won.table.Focus()
		p.say(words.T("account.whatif.choose"))
	}
}

// wonOf tries out that the case behind a row were won.
func (p *page) wonOf(r health.Ref) {
	if r.Kind != health.KindOrder {
		p.say(words.T("account.whatif.stays"))
		return
	}
	p.tryOut("won", health.Change{Won: []int64{r.ID}})
}

// tryOut says what the number would be after a change.
func (p *page) tryOut(name string, c health.Change) {
	r := p.shown
	if r.Number == nil {
		return
	}
	before := r.Number
	if c.Shipped { // what ships today counts once today is over
		before = r.Next
	}
	if before == nil || before.NA() && !c.Shipped {
		p.say(words.T("account.whatif.none"))
		return
	}
	kit.Load(&p.whatif, func(ctx context.Context) (*health.Number, error) {
		shops, err := p.env.desk.Health(ctx, desk.HealthAsk{ShopID: r.shop.ID, Metric: r.Metric.ID, Change: c})
		if err != nil || len(shops) == 0 || len(shops[0].Numbers) == 0 {
			return nil, err
		}
		n := shops[0].Numbers[0]
		if c.Shipped {
			return n.Next, nil
		}
		return n.Number, nil
	}, func(n *health.Number, err error) {
		switch {
		case err != nil:
			p.env.UI.Problem(err)
		case n == nil:
			p.say("")
		case n.Hits == before.Hits && n.Base == before.Base:
			p.say(words.T("account.whatif."+name+".same", "now", whole(before)))
		default:
			p.say(words.T("account.whatif."+name, "before", whole(before), "after", whole(n)))
		}
		kit.Event("whatif", "name", name)
	})
}
