package feedback

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/data/rating"
	"casebinder/gui/kit"
	"casebinder/gui/route"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// drawFacts shows what is known of the feedback in view.
func (d *detail) drawFacts() {
	f, v := d.view, d.whole
	zone, now := f.Shop.Zone, d.env.UI.Now()
	known := ""
	if f.OrderID == 0 {
		known = words.T("feedback.no_order")
	}
	product := f.Product
	if product == "" && len(v.Goods) > 0 {
		product = v.Goods[0].Title
	}
	facts := []kit.Fact{
		{Label: words.T("order.fact.number"), Value: words.Join(" · ", f.OrderNumber, known), Copy: f.OrderNumber},
		{Label: words.T("feedback.fact.shop"), Value: f.Shop.Name},
		{Label: words.T("order.fact.handle"), Value: f.BuyerHandle},
		{Label: words.T("feedback.fact.left"), Value: words.Time(f.LeftAt, zone, now), Tip: words.TimeFull(f.LeftAt, zone)},
		{Label: words.T("feedback.fact.replied"), Value: words.Time(f.RepliedAt, zone, now), Tip: words.TimeFull(f.RepliedAt, zone)},
		{Label: words.T("feedback.fact.settled"), Value: words.Time(f.SettledAt, zone, now), Tip: words.TimeFull(f.SettledAt, zone)},
		{Label: words.T("feedback.fact.product"), Value: product},
		{Label: words.T("feedback.fact.carrier"), Value: v.Carrier},
		{Label: words.T("feedback.fact.details"), Value: detailsText(f.Details), Tip: detailsText(f.Details)},
	}
	if f.Cause != "" {
		facts = append(facts, kit.Fact{Label: words.T("feedback.fact.cause"), Value: causeText(f.Cause)})
	}
	if f.Complained.Ground != "" {
		facts = append(facts, kit.Fact{Label: words.T("feedback.fact.ground"), Value: words.Of("feedback_ground", f.Complained.Ground)})
	}
	d.facts.Set(facts...)
}

// detailsText writes detailed ratings, those that are known first.
func detailsText(details map[string]int) string {
	var all []string
	for _, name := range data.DetailNames() {
		if n := details[name]; n > 0 {
			all = append(all, fmt.Sprintf("%s %d", words.Of("feedback_detail", name), n))
		}
	}
	return strings.Join(all, " · ")
}

// drawWhole shows what was loaded: the translation, the changes, findings, windows
// and files.
func (d *detail) drawWhole() {
	v := &d.whole
	f := &v.Feedback
	zone, now := f.Shop.Zone, d.env.UI.Now()
	d.into.RemoveAll()
	if f.Translated.Text != "" {
		d.into.Add(kit.Soft(words.Join(" · ", words.T("feedback.fact.translation"), f.Translated.By)))
		d.into.Add(kit.Prose(f.Translated.Text))
	}
	for _, c := range f.Changes {
		d.into.Add(kit.Soft(words.T("feedback.was", "when", words.Time(c.At, zone, now), "stars", show.Stars(c.Stars))))
		if c.Text != f.Text && c.Text != "" {
			d.into.Add(kit.Prose(c.Text))
		}
	}
	d.into.Refresh()
	d.windows.RemoveAll()
	if len(v.Findings) > 0 {
		d.windows.Add(show.Findings("feedback.finding", show.AsFindings(here(v.Findings)...), show.FindingDeeds{Narrow: true}))
	}
	if !f.Given {
		for i := range v.Windows {
			d.windows.Add(d.windowRow(&v.Windows[i]))
		}
	}
	if len(v.Bundles) > 0 {
		d.windows.Add(d.bundlesPanel())
	}
	if links := d.links(); links != nil {
		d.windows.Add(links)
	}
	d.windows.Refresh()
	d.files.Set(v.Files, zone, false)
	d.filesAt.SetText(words.T("feedback.part.files"))
	if n := len(v.Files); n > 0 {
		d.filesAt.SetText(fmt.Sprintf("%s (%d)", words.T("feedback.part.files"), n))
	}
}

// windowRow shows what can be done, until when, and by which rule.
func (d *detail) windowRow(w *rating.Window) fyne.CanvasObject {
	text, role := windowBadge(w)
	head := container.NewHBox(kit.Section(words.Text(w.Title())), layout.NewSpacer(), kit.NewBadge(show.Doubtful(text, sureOf(w)), role))
	parts := []fyne.CanvasObject{head, kit.Prose(words.Text(w.Why))}
	if w.Stands() {
		parts = append(parts, kit.Soft(words.Text(doOf(w))))
	}
	parts = append(parts, kit.Soft(show.OriginLine(w.Rule.Origin)))
	if buttons := d.windowButtons(w); buttons != nil {
		parts = append(parts, buttons)
	}
	return kit.NewPanel(kit.Stacked(0, parts...))
}

func sureOf(w *rating.Window) string {
	if w.Until.IsZero() || !w.Stands() {
		return ""
	}
	return string(w.Rule.Confidence)
}

// windowBadge says in a word where a window stands; its color says it too.
func windowBadge(w *rating.Window) (string, kit.Role) {
	switch w.Status {
	case rating.Done:
		return "✓ " + words.Of("feedback_window", w.Status), kit.Good
	case rating.Over, rating.Barred:
		return words.Of("feedback_window", w.Status), kit.Muted
	}
	if w.Until.IsZero() {
		return words.Of("feedback_window", w.Status), kit.Plain
	}
	role := kit.Plain
	switch {
	case w.Left <= 1:
		role = kit.Danger
	case w.Left <= 7:
		role = kit.Warn
	}
	if w.Left <= 0 {
		return words.T("feedback.last_day"), kit.Danger
	}
	return words.N("feedback.days_left", w.Left), role
}

// windowButtons are what is done in a window.
func (d *detail) windowButtons(w *rating.Window) fyne.CanvasObject {
	var row []fyne.CanvasObject
	add := func(name string, do func()) {
		row = append(row, kit.NewButton("feedback."+name, words.T("feedback."+name), do))
	}
	switch {
	case w.What == rating.Reply && w.Stands():
		add("answer", d.answer)
	case w.What == rating.Ask && w.Status == rating.Waits:
		if !d.whole.Open {
			add("settle", d.settle)
		}
		add("private", d.writePrivately)
	case w.What == rating.Ask && w.Status == rating.Open:
		add("ask", d.ask)
		add("asked", d.asked)
	case w.What == rating.Ask && w.Status == rating.Done:
		add("revise", d.revise)
	case w.What == rating.Complain && w.Stands():
		add("complain", d.complain)
	case w.What == rating.Complain && w.Status == rating.Done && d.view.RemovedAt.IsZero():
		add("bundle", d.bundle)
		add("decide", d.decide)
	}
	if row == nil {
		return nil
	}
	return container.NewHBox(row...)
}

// links lead to the order's disputes, products and buyer.
func (d *detail) links() fyne.CanvasObject {
	if d.view.OrderID == 0 {
		return nil
	}
	row := []fyne.CanvasObject{kit.NewButton("feedback.order", words.T("feedback.order"), d.openOrder)}
	for i, c := range d.whole.Disputes {
		if i == 3 {
			break
		}
		row = append(row, kit.NewButton(kit.RowName("feedback", i, "dispute"), words.T("feedback.dispute", "case", disputeName(&c)), func() { d.env.Open(route.Dispute{ID: c.ID}) }))
	}
	if len(d.whole.Goods) > 0 {
		row = append(row, kit.NewButton("feedback.goods", words.T("feedback.goods"), func() { d.env.Open(route.Products{Order: d.view.OrderID}) }))
	}
	for _, b := range row {
		b.(*kit.Button).Importance = widget.LowImportance
	}
	return container.New(layout.NewRowWrapLayout(), row...)
}

func disputeName(c *data.Dispute) string {
	if c.CaseNumber != "" {
		return c.CaseNumber
	}
	return words.Of("reason", c.Reason)
}

// here are findings as the page of what they are about shows them: that it is about it
// goes without saying.
func here(list []data.Finding) []data.Finding {
	list = slices.Clone(list)
	for i := range list {
		list[i].Where = slices.DeleteFunc(slices.Clone(list[i].Where), func(r data.Ref) bool { return r.Kind == "feedback" })
	}
	return list
}
