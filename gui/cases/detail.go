package cases

import (
	"cmp"
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/policy"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/route"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// detail is the pane of one dispute: the case with its clocks, its
// timeline, its proof, what may happen next, and the bundles made of it.
type detail struct {
	*show.Record
	env  *env
	view desk.CaseView // as shown; ID 0 while none is

	title    *kit.Para
	badges   *fyne.Container
	about    *fyne.Container // the content of the part Case
	next     *fyne.Container // of the part Next
	scrolls  [2]*container.Scroll
	timeline *show.Timeline
	talk     *show.Conversation
	proof    *show.EvidenceList
	bundles  Bundles
	parts    *kit.Parts
	bundle   *kit.Button
	compose  func(id int64) // shows the page on which the bundle is composed

	partCase, partTimeline, partTalk, partProof, partNext, partBundles *kit.Part
}

// shown is a view with its timeline in words, made off the main
// goroutine.
type shown struct {
	view    desk.CaseView
	entries []show.TimelineEntry
}

func newDetail(e *env) *detail {
	d := &detail{
		compose: func(int64) {}, env: e, timeline: show.NewTimeline(e.UI), badges: container.NewHBox(),
		about: container.NewStack(), next: container.NewStack(),
	}
	d.title = kit.NewRecordTitle()
	d.proof = show.NewEvidenceList(e.Env, e.Pictures(), "proof", d.addEvidence)
	d.proof.Mend = func(f data.Finding) (string, func()) {
		if f.Mend.Deed != "evidence.add" {
			return "", nil
		}
		return words.T("evidence.again"), d.addEvidence
	}
	d.bundles = e.rooms.Bundles(d.bind, d.proof.Open)
	d.scrolls = [2]*container.Scroll{container.NewVScroll(d.about), container.NewVScroll(d.next)}
	d.partCase = kit.NewPart("case", words.T("dispute.tab.case"), d.scrolls[0])
	d.partTimeline = kit.NewPart("timeline", words.T("dispute.tab.timeline"), d.timeline.Scroll)
	d.talk = show.NewConversation(e.Env, e.desk, "case.talk")
	d.partTalk = kit.NewPart("talk", words.T("thread.part"), d.talk.Object)
	d.partProof = kit.NewPart("proof", proofTitle(policy.Readiness{}), d.proofPart())
	d.partNext = kit.NewPart("next", words.T("case.tab.next"), d.scrolls[1])
	d.partBundles = kit.NewPart("bundles", words.T("dispute.tab.bundles", "n", 0), d.bundles.Content())
	d.parts = kit.NewParts("case.part", d.partCase, d.partTimeline, d.partTalk, d.partProof, d.partNext, d.partBundles)
	head := kit.Headed(d.title, d.badges)
	d.Record = show.NewRecord(e.UI, kit.PaneOf(head, d.parts, d.actions()), kit.NothingChosen("disputes.pick.title", "disputes.pick.do"), func() {
		d.view = desk.CaseView{}
	})
	return d
}

// drawCase shows the clocks, what was decided, and what the case is about.
func (d *detail) drawCase(v desk.CaseView, now time.Time) {
	edit := kit.NewButton("dispute.edit", words.T("dispute.edit"), func() { editDisputeSheet(d.env, d.view.DisputeView) })
	order := kit.NewButton("dispute.order", words.T("dispute.order"), func() { d.env.Open(route.Order{ID: d.view.Order.ID}) })
	buyer := kit.NewButton("dispute.buyer", words.T("buyers.show"), func() { d.env.Open(route.Buyer{Order: d.view.Order.ID}) })
	bin := kit.NewButton("dispute.bin", words.T("dispute.bin"), d.bin)
	for _, b := range []*kit.Button{edit, order, buyer, bin} {
		b.Importance = widget.LowImportance
	}
	var parts []fyne.CanvasObject
	if v.Dispute.Stage == data.StageClosed || v.Dispute.Ruling != (data.Ruling{}) {
		parts = append(parts, d.rulingPart(v))
	}
	if v.Dispute.Stage != data.StageClosed {
		parts = append(parts, kit.NewPanel(kit.Stacked(0, kit.Section(words.T("dispute.next.what")), kit.Prose(nextSteps(v)))))
	}
	parts = append(parts, d.clockPart(v, now), d.packPart(v),
		show.Tasks(d.env.Env, "case.task", v.Tasks, data.Task{OrderID: v.Order.ID, DisputeID: v.Dispute.ID}, now))
	claim := v.Dispute.Claim
	if claim == "" {
		claim = words.T("dispute.claim.none")
	}
	if to := v.Dispute.Translated; to.Text != "" {
		claim += "\n" + to.Text
		if to.By != "" {
			claim += "\n" + words.T("timeline.translated_by", "who", to.By)
		}
	}
	parts = append(parts, kit.Stacked(0, kit.Section(words.T("case.decision")), d.decisionPart(v)),
		kit.NewFacts(d.env.UI, disputeFacts(v.DisputeView, now)...).Object,
		kit.Stacked(0, kit.Section(words.T("dispute.claim")), kit.Prose(claim)),
		container.NewHBox(edit, order, buyer, layout.NewSpacer(), bin))
	if len(v.View.Notes) > 0 {
		parts = append(parts, notesPart(v))
	}
	d.about.Objects = []fyne.CanvasObject{kit.Dense(kit.Inset(look.Tight, kit.Stacked(look.Gap, parts...)))}
	d.about.Refresh()
}

func (d *detail) proofPart() fyne.CanvasObject {
	add := kit.NewIconButton("", words.T("evidence.add"), theme.ContentAddIcon(), d.addEvidence)
	kit.Trace("proof.add", add)
	paste := kit.NewButton("proof.paste", words.T("evidence.paste"), func() { d.env.Paste(d.target()) })
	return container.NewBorder(kit.Inset(look.Tight, container.NewHBox(add, paste)), nil, nil, nil, d.proof.Scroll)
}

// actions is the line at the bottom: what moves the case on, and what becomes known
// of its order.
func (d *detail) actions() fyne.CanvasObject {
	d.bundle = kit.NewButton("dispute.bundle", words.T("dispute.bundle"), d.bind)
	d.bundle.Importance = widget.HighImportance
	bar := kit.NewActionBar(d.env.UI, "dispute.more", d.deeds()...)
	return container.NewVBox(widget.NewSeparator(), container.NewBorder(nil, nil, nil, d.bundle, bar.Object))
}

// deeds are the actions, the most used first.
func (d *detail) deeds() []kit.Action {
	order := func() data.OrderRow { return show.RowOfOrder(desk.OrderView{Order: d.view.Order}) }
	return []kit.Action{
		{Name: "dispute.event", Text: words.T("dispute.event.add"), Do: func() { addEventSheet(d.env, d.view.DisputeView, "") }},
		{Name: "dispute.evidence", Text: words.T("dispute.add_evidence"), Do: d.addEvidence},
		{Name: "dispute.reply", Text: words.T("dispute.reply"), Do: func() { d.env.Open(route.Reply{Order: order(), Dispute: d.view.Dispute.ID}) }},
		{Name: "dispute.complaint", Text: words.T("complaint.open"), Do: func() { d.env.Open(route.Complaint{Order: order(), Dispute: d.view.Dispute.ID}) }},
		{Name: "dispute.page", Text: words.T("scans.add"), Rare: true, Do: func() { d.env.Open(route.TrackingPage{Order: order()}) }},
		{
			Name: "dispute.scan", Text: words.T("order.write.scan"), Rare: true, Off: func() string { return show.NoScan(&d.view.Order) },
			Do: func() { show.WriteScan(d.env.Env, d.env.desk, &d.view.Order) },
		},
	}
}

// all are what the list offers of a case: its main deed, the actions, and what the
// part Case does with it as a whole.
func (d *detail) all() []kit.Action {
	return append(append([]kit.Action{{Name: "dispute.bundle", Text: words.T("dispute.bundle"), Do: d.bind}}, d.deeds()...),
		kit.Action{Text: words.T("dispute.edit"), Keys: kit.KeysEdit, Rule: true, Do: func() { editDisputeSheet(d.env, d.view.DisputeView) }},
		kit.Action{Text: words.T("dispute.order"), Do: func() { d.env.Open(route.Order{ID: d.view.Order.ID}) }},
		kit.Action{Text: words.T("buyers.show"), Do: func() { d.env.Open(route.Buyer{Order: d.view.Order.ID}) }},
		kit.Action{Text: words.T("dispute.bin"), Keys: kit.KeysBin, Rule: true, Do: d.bin})
}

func (d *detail) target() show.Target {
	to := show.Target{OrderID: d.view.Order.ID, DisputeID: d.view.Dispute.ID}
	if d.parts.All[d.parts.SelectedIndex()] == d.partTalk {
		to.Kind = data.KindMessage
	}
	return to
}

func (d *detail) addEvidence() {
	if d.view.Dispute.ID != 0 {
		d.env.ChooseEvidence(d.target())
	}
}

func (d *detail) bind() {
	if d.view.Dispute.ID != 0 {
		d.compose(d.view.Dispute.ID)
	}
}

func (d *detail) bin() {
	id := d.view.Dispute.ID
	d.env.Deed(words.T("dispute.binned"), func(ctx context.Context) error { return d.env.desk.BinDispute(ctx, id) })
}

// Focus puts the keys into the pane.
func (d *detail) Focus() {
	if d.view.Dispute.ID != 0 {
		d.env.UI.Window.Canvas().Focus(d.bundle)
	}
}

// Choose follows the list.
func (d *detail) Choose(r data.DisputeRow, ok bool) {
	switch {
	case !ok:
		d.Clear()
	case r.ID != d.ID():
		d.load(r.ID, words.Join(" · ", cmp.Or(r.CaseNumber, r.OrderNumber), r.Platform.Title(), words.Of("reason", r.Reason), words.Money(r.Amount)))
	}
}

// Show shows a dispute by its id.
func (d *detail) Show(id int64) { d.load(id, "") }

// Changed loads the case anew when it changed, or its order, or the rules.
func (d *detail) Changed(events []data.ChangeEvent) {
	id := d.ID()
	if id != 0 && show.Touched(events, data.RowRef{Entity: data.EntityDispute, ID: id}, data.RowRef{Entity: data.EntityOrder, ID: d.view.Order.ID}) {
		d.Show(id)
	}
}

func (d *detail) load(id int64, title string) {
	now := d.env.UI.Now()
	show.LoadRecord(d.Record, id, title, func(ctx context.Context) (shown, error) {
		v, err := d.env.desk.Case(ctx, id)
		return shown{v, show.TimelineEntries(v.Timeline, v.Order.Shop.Zone, now)}, err
	}, func(s shown, fresh bool) { d.draw(s, fresh, now) })
}

func (d *detail) draw(s shown, fresh bool, now time.Time) {
	d.view = s.view
	v := s.view
	d.env.InView = show.RowOfOrder(desk.OrderView{Order: v.Order})
	name := cmp.Or(v.Dispute.CaseNumber, v.Order.Number)
	d.title.SetText(words.Join(" · ", name, v.Order.Shop.Platform.Title(), words.Of("reason", v.Dispute.Reason), words.Money(v.Dispute.Amount)))
	d.badges.Objects = []fyne.CanvasObject{kit.NewBadge(words.Of("stage", v.Dispute.Stage), kit.Plain)}
	if due, role := kit.Urgency(v.Row.CountingDue(), now); due != "" {
		d.badges.Add(kit.NewBadge(due, role))
	}
	d.badges.Refresh()
	d.drawCase(v, now)
	d.drawNext(v, now)
	d.timeline.Set(s.entries, 0, fresh)
	d.talk.Show(v.Order, data.ReplyAbout{OrderID: v.Order.ID, DisputeID: v.Dispute.ID})
	d.proof.Above, d.proof.CaseID = d.checkPart(v, now), v.Dispute.ID
	d.proof.Set(v.Evidence, v.Order.Shop.Zone, fresh)
	d.bundles.Set(v, now, fresh)
	if fresh {
		for _, scroll := range d.scrolls {
			scroll.ScrollToTop()
		}
	}
	d.partProof.SetText(proofTitle(v.Ready))
	d.partBundles.SetText(words.T("dispute.tab.bundles", "n", len(v.Submissions)))
}

func disputeFacts(v desk.DisputeView, now time.Time) []kit.Fact {
	zone := v.Order.Shop.Zone
	at := func(key string, t time.Time) kit.Fact {
		return kit.Fact{Label: words.T(key), Value: words.Time(t, zone, now), Tip: words.TimeFull(t, zone), Copy: show.WriteTime(t, zone)}
	}
	text := func(key, value string) kit.Fact { return kit.Fact{Label: words.T(key), Value: value} }
	tracking := ""
	for _, s := range v.Order.Shipments {
		tracking = words.Join(", ", tracking, s.Tracking)
	}
	facts := []kit.Fact{
		text("dispute.fact.case", v.Dispute.CaseNumber), text("dispute.fact.order", v.Order.Number),
		text("dispute.fact.shop", v.Order.Shop.Name), text("dispute.fact.buyer", words.Join(" · ", v.Order.Buyer.Name, words.Country(v.Order.Buyer.Country))),
		text("dispute.fact.amount", words.Money(v.Dispute.Amount)), text("dispute.fact.total", words.Money(v.Order.Total)),
		at("dispute.fact.opened", v.Dispute.OpenedAt), at("order.fact.ordered", v.Order.OrderedAt), at("order.fact.shipped", v.Order.ShippedAt),
		at("order.fact.delivered", v.Order.DeliveredAt), text("order.fact.tracking", tracking),
	}
	return append(facts, show.FateFacts(&v.Order, now)...)
}
