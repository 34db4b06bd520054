package gui

import (
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
	"casebinder/gui/words"
)

// disputeDetail is the pane of one dispute: the case with its clocks, its
// timeline, its proof, what may happen next, and the bundles made of it.
type disputeDetail struct {
	env    *env
	loader kit.Loader
	view   desk.CaseView // as shown; ID 0 while none is
	object *fyne.Container
	page   fyne.CanvasObject
	none   fyne.CanvasObject

	title    *widget.Label
	badges   *fyne.Container
	about    *fyne.Container // the content of the part Case
	next     *fyne.Container // of the part Next
	scrolls  [2]*container.Scroll
	timeline *timeline
	proof    *evidenceList
	bundles  *submissionsPart
	tabs     *container.AppTabs
	bundle   *widget.Button
	compose  func(id int64) // shows the page on which the bundle is composed

	partCase, partTimeline, partProof, partNext, partBundles *container.TabItem
}

// disputeShown is a view with its timeline in words, made off the main
// goroutine.
type disputeShown struct {
	view    desk.CaseView
	entries []timelineEntry
}

func newDisputeDetail(e *env) *disputeDetail {
	d := &disputeDetail{
		compose: func(int64) {}, env: e, timeline: newTimeline(), badges: container.NewHBox(),
		about: container.NewStack(), next: container.NewStack(),
	}
	d.title = newRecordTitle()
	d.proof = newEvidenceList(e, e.pictures(), "proof", d.addEvidence)
	d.bundles = newSubmissionsPart(e, d.bind, d.proof.open)
	d.scrolls = [2]*container.Scroll{container.NewVScroll(d.about), container.NewVScroll(d.next)}
	d.partCase = container.NewTabItem(words.T("dispute.tab.case"), d.scrolls[0])
	d.partTimeline = container.NewTabItem(words.T("dispute.tab.timeline"), d.timeline.scroll)
	d.partProof = container.NewTabItem(proofTitle(policy.Readiness{}), d.proofPart())
	d.partNext = container.NewTabItem(words.T("case.tab.next"), d.scrolls[1])
	d.partBundles = container.NewTabItem(words.T("dispute.tab.bundles", "n", 0), d.bundles.scroll)
	d.tabs = container.NewAppTabs(d.partCase, d.partTimeline, d.partProof, d.partNext, d.partBundles)
	head := container.NewBorder(nil, nil, nil, d.badges, d.title)
	d.page = paneOf(head, d.tabs, d.actions())
	d.none = nothingChosen("disputes.pick.title", "disputes.pick.do")
	d.object = container.NewStack(d.none)
	return d
}

// drawCase shows the clocks, what was decided, and what the case is about.
func (d *disputeDetail) drawCase(v desk.CaseView, now time.Time) {
	edit := kit.NewButton("dispute.edit", words.T("dispute.edit"), func() { editDisputeSheet(d.env, d.view.DisputeView) })
	order := kit.NewButton("dispute.order", words.T("dispute.order"), func() { d.env.openOrder(d.view.Order.ID) })
	bin := kit.NewButton("dispute.bin", words.T("dispute.bin"), d.bin)
	for _, b := range []*widget.Button{edit, order, bin} {
		b.Importance = widget.LowImportance
	}
	var parts []fyne.CanvasObject
	if v.Dispute.Stage == data.StageClosed || v.Dispute.Ruling != (data.Ruling{}) {
		parts = append(parts, d.rulingPart(v))
	}
	if v.Dispute.Stage != data.StageClosed {
		parts = append(parts, kit.NewPanel(kit.Stacked(0, kit.Section(words.T("dispute.next.what")), kit.Prose(nextSteps(v)))))
	}
	parts = append(parts, d.clockPart(v, now), d.packPart(v))
	claim := v.Dispute.Claim
	if claim == "" {
		claim = words.T("dispute.claim.none")
	}
	parts = append(parts, kit.Stacked(0, kit.Section(words.T("case.decision")), d.decisionPart(v)),
		kit.NewFacts(d.env.ui, disputeFacts(v.DisputeView, now)...).Object,
		kit.Stacked(0, kit.Section(words.T("dispute.claim")), kit.Prose(claim)),
		container.NewHBox(edit, order, layout.NewSpacer(), bin))
	if len(v.View.Notes) > 0 {
		parts = append(parts, notesPart(v))
	}
	d.about.Objects = []fyne.CanvasObject{kit.Dense(kit.Inset(look.Tight, kit.Stacked(look.Gap, parts...)))}
	d.about.Refresh()
}

func (d *disputeDetail) proofPart() fyne.CanvasObject {
	add := widget.NewButtonWithIcon(words.T("evidence.add"), theme.ContentAddIcon(), d.addEvidence)
	kit.Trace("proof.add", add)
	paste := kit.NewButton("proof.paste", words.T("evidence.paste"), func() { d.env.pastePicture(d.target()) })
	return container.NewBorder(kit.Inset(look.Tight, container.NewHBox(add, paste)), nil, nil, nil, d.proof.scroll)
}

// actions is the line of buttons at the bottom: what moves the case on.
func (d *disputeDetail) actions() fyne.CanvasObject {
	d.bundle = kit.NewButton("dispute.bundle", words.T("dispute.bundle"), d.bind)
	d.bundle.Importance = widget.HighImportance
	return container.NewVBox(widget.NewSeparator(), container.NewHBox(
		kit.NewButton("dispute.event", words.T("dispute.event.add"), func() { addEventSheet(d.env, d.view.DisputeView, "") }),
		kit.NewButton("dispute.evidence", words.T("dispute.add_evidence"), d.addEvidence),
		kit.NewButton("dispute.reply", words.T("dispute.reply"), func() { d.env.reply(rowOfOrder(desk.OrderView{Order: d.view.Order}), d.view.Dispute.ID) }),
		layout.NewSpacer(),
		d.bundle,
	))
}

func (d *disputeDetail) target() proofTarget {
	return proofTarget{orderID: d.view.Order.ID, disputeID: d.view.Dispute.ID}
}

func (d *disputeDetail) addEvidence() {
	if d.view.Dispute.ID != 0 {
		d.env.chooseEvidence(d.target())
	}
}

func (d *disputeDetail) bind() {
	if d.view.Dispute.ID != 0 {
		d.compose(d.view.Dispute.ID)
	}
}

func (d *disputeDetail) bin() {
	id := d.view.Dispute.ID
	d.env.deed(words.T("dispute.binned"), func(ctx context.Context) error { return d.env.desk.BinDispute(ctx, id) })
}

// focus puts the keys into the pane.
func (d *disputeDetail) focus() {
	if d.view.Dispute.ID != 0 {
		d.env.ui.Window.Canvas().Focus(d.bundle)
	}
}

// choose follows the selection of the table.
func (d *disputeDetail) choose(r data.DisputeRow, ok bool) {
	if ok {
		d.show(r.ID)
		return
	}
	d.loader.Stop()
	d.view = desk.CaseView{}
	showOnly(d.object, d.none)
}

// show loads a dispute. While it loads, the one before stays on the screen.
func (d *disputeDetail) show(id int64) {
	now := d.env.ui.Now()
	kit.Load(&d.loader, func(ctx context.Context) (disputeShown, error) {
		v, err := d.env.desk.Case(ctx, id)
		return disputeShown{v, timelineEntries(v.Timeline, v.Order.Shop.Zone, now)}, err
	}, func(s disputeShown, err error) {
		if err != nil {
			d.env.ui.Problem(err)
			return
		}
		d.draw(s, now)
	})
}

func (d *disputeDetail) draw(s disputeShown, now time.Time) {
	fresh := d.view.Dispute.ID != s.view.Dispute.ID
	d.view = s.view
	v := s.view
	d.env.inView = rowOfOrder(desk.OrderView{Order: v.Order})
	name := v.Dispute.CaseNumber
	if name == "" {
		name = v.Order.Number
	}
	d.title.SetText(join(" · ", name, v.Order.Shop.Platform.Title(), words.Of("reason", v.Dispute.Reason), words.Money(v.Dispute.Amount)))
	d.badges.Objects = []fyne.CanvasObject{kit.NewBadge(words.Of("stage", v.Dispute.Stage), kit.Plain)}
	if due, role := kit.Urgency(countingDue(v.Row), now); due != "" {
		d.badges.Add(kit.NewBadge(due, role))
	}
	d.badges.Refresh()
	d.drawCase(v, now)
	d.drawNext(v, now)
	d.timeline.set(s.entries, fresh)
	d.proof.above, d.proof.caseID = d.checkPart(v, now), v.Dispute.ID
	d.proof.set(v.Evidence, v.Order.Shop.Zone, fresh)
	d.bundles.set(v, now, fresh)
	if fresh {
		for _, scroll := range d.scrolls {
			scroll.ScrollToTop()
		}
	}
	d.partProof.Text = proofTitle(v.Ready)
	d.partBundles.Text = words.T("dispute.tab.bundles", "n", len(v.Submissions))
	d.tabs.Refresh()
	showOnly(d.object, d.page)
}

func disputeFacts(v desk.DisputeView, now time.Time) []kit.Fact {
	zone := v.Order.Shop.Zone
	at := func(key string, t time.Time) kit.Fact {
		return kit.Fact{Label: words.T(key), Value: words.Time(t, zone, now), Tip: words.TimeFull(t, zone), Copy: writeTime(t, zone)}
	}
	text := func(key, value string) kit.Fact { return kit.Fact{Label: words.T(key), Value: value} }
	tracking := ""
	for _, s := range v.Order.Shipments {
		tracking = join(", ", tracking, s.Tracking)
	}
	return []kit.Fact{
		text("dispute.fact.case", v.Dispute.CaseNumber), text("dispute.fact.order", v.Order.Number),
		text("dispute.fact.shop", v.Order.Shop.Name), text("dispute.fact.buyer", join(" · ", v.Order.Buyer.Name, countryName(v.Order.Buyer.Country))),
		text("dispute.fact.amount", words.Money(v.Dispute.Amount)), text("dispute.fact.total", words.Money(v.Order.Total)),
		at("dispute.fact.opened", v.Dispute.OpenedAt), at("order.fact.ordered", v.Order.OrderedAt), at("order.fact.shipped", v.Order.ShippedAt),
		at("order.fact.delivered", v.Order.DeliveredAt), text("order.fact.tracking", tracking),
	}
}
