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
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/words"
)

// disputeDetail is the pane of one dispute: the case, its timeline, its proof,
// the bundles made of it, and what to do next.
type disputeDetail struct {
	env    *env
	loader kit.Loader
	view   desk.DisputeView // as shown; ID 0 while none is
	object *fyne.Container
	page   fyne.CanvasObject
	none   fyne.CanvasObject

	title    *widget.Label
	badges   *fyne.Container
	next     *widget.Label
	facts    *kit.Facts
	claim    *kit.Para
	timeline *timeline
	proof    *evidenceList
	bundles  *fyne.Container
	tabs     *container.AppTabs
	bundle   *widget.Button
}

// disputeShown is a view with its timeline in words, made off the main
// goroutine.
type disputeShown struct {
	view    desk.DisputeView
	entries []timelineEntry
}

func newDisputeDetail(e *env) *disputeDetail {
	d := &disputeDetail{env: e, timeline: newTimeline(), badges: container.NewHBox(), bundles: container.NewStack()}
	d.title, d.next = newRecordTitle(), widget.NewLabel("")
	d.claim = kit.Prose("")
	d.next.Wrapping = fyne.TextWrapWord
	d.facts = kit.NewFacts(e.ui)
	d.proof = newEvidenceList(e, e.pictures(), "proof", d.addEvidence)
	d.tabs = container.NewAppTabs(
		container.NewTabItem(words.T("dispute.tab.case"), d.casePart()),
		container.NewTabItem(words.T("dispute.tab.timeline"), d.timeline.scroll),
		container.NewTabItem(words.T("dispute.tab.proof", "n", 0), d.proofPart()),
		container.NewTabItem(words.T("dispute.tab.bundles", "n", 0), container.NewVScroll(d.bundles)),
	)
	head := container.NewBorder(nil, nil, nil, d.badges, d.title)
	d.page = paneOf(head, d.tabs, d.actions())
	d.none = nothingChosen("disputes.pick.title", "disputes.pick.do")
	d.object = container.NewStack(d.none)
	return d
}

// casePart is what the case is about and what to do next.
func (d *disputeDetail) casePart() fyne.CanvasObject {
	edit := kit.NewButton("dispute.edit", words.T("dispute.edit"), func() { editDisputeSheet(d.env, d.view) })
	order := kit.NewButton("dispute.order", words.T("dispute.order"), func() { d.env.openOrder(d.view.Order.ID) })
	bin := kit.NewButton("dispute.bin", words.T("dispute.bin"), d.bin)
	for _, b := range []*widget.Button{edit, order, bin} {
		b.Importance = widget.LowImportance
	}
	return container.NewVScroll(kit.Inset(look.Tight, kit.Stacked(look.Gap,
		kit.NewPanel(kit.Stacked(0, kit.Section(words.T("dispute.next.what")), d.next)),
		d.facts.Object,
		kit.Stacked(0, kit.Section(words.T("dispute.claim")), d.claim),
		container.NewHBox(edit, order, layout.NewSpacer(), bin),
	)))
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
		kit.NewButton("dispute.event", words.T("dispute.event.add"), func() { addEventSheet(d.env, d.view, "") }),
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
		openBundleSheet(d.env, d.view)
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
	d.view = desk.DisputeView{}
	showOnly(d.object, d.none)
}

// show loads a dispute. While it loads, the one before stays on the screen.
func (d *disputeDetail) show(id int64) {
	now := d.env.ui.Now()
	kit.Load(&d.loader, func(ctx context.Context) (disputeShown, error) {
		v, err := d.env.desk.Dispute(ctx, id)
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
	d.next.SetText(nextSteps(v))
	d.facts.Set(disputeFacts(v, now)...)
	claim := v.Dispute.Claim
	if claim == "" {
		claim = words.T("dispute.claim.none")
	}
	d.claim.SetText(claim)
	d.timeline.set(s.entries, fresh)
	d.proof.set(v.Evidence, v.Order.Shop.Zone, fresh)
	d.drawBundles(now)
	d.tabs.Items[2].Text = words.T("dispute.tab.proof", "n", len(v.Evidence))
	d.tabs.Items[3].Text = words.T("dispute.tab.bundles", "n", len(v.Submissions))
	d.tabs.Refresh()
	showOnly(d.object, d.page)
}

// nextSteps says whose turn it is and what is lacking, as sentences.
func nextSteps(v desk.DisputeView) string {
	if v.Dispute.Stage == data.StageClosed {
		return words.T("dispute.next.closed")
	}
	var lines []string
	if v.Dispute.Waiting != "" {
		lines = append(lines, "• "+words.T("dispute.next."+string(v.Dispute.Waiting)))
	}
	if v.Row.Due.IsZero() {
		lines = append(lines, "• "+words.T("dispute.next.no_due"))
	}
	switch n := len(v.Evidence); {
	case n == 0:
		lines = append(lines, "• "+words.T("dispute.next.no_evidence"))
	case len(v.Submissions) == 0:
		lines = append(lines, "• "+words.N("dispute.next.no_bundle", n))
	}
	return join("\n", lines...)
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
		at("dispute.fact.opened", v.Dispute.OpenedAt), at("dispute.fact.due", v.Row.Due),
		text("dispute.fact.stage", words.Of("stage", v.Dispute.Stage)), text("dispute.fact.waiting", words.Of("waiting", v.Dispute.Waiting)),
		at("order.fact.ordered", v.Order.OrderedAt), at("order.fact.shipped", v.Order.ShippedAt),
		at("order.fact.delivered", v.Order.DeliveredAt), text("order.fact.tracking", tracking),
	}
}

// drawBundles lists the bundles that were made, newest first, with hashes that
// a click copies.
func (d *disputeDetail) drawBundles(now time.Time) {
	zone := d.view.Order.Shop.Zone
	rows := []fyne.CanvasObject{}
	if len(d.view.Submissions) == 0 {
		rows = append(rows, kit.Soft(words.T("dispute.submissions.none")))
	}
	for i := len(d.view.Submissions) - 1; i >= 0; i-- {
		s := d.view.Submissions[i]
		line := words.T("dispute.submission.line", "n", s.Version, "when", words.Time(s.CreatedAt, zone, now),
			"pages", s.Pages, "exhibits", s.Exhibits, "lang", languageName(s.Language))
		rows = append(rows, kit.Stacked(0,
			kit.Section(line),
			container.NewHBox(kit.Soft1(s.PDFName), d.env.hashLine(s.PDFSHA256)),
			container.NewHBox(kit.Soft1(join(" · ", s.BagName, words.Bytes(s.Bytes))), d.env.hashLine(s.BagSHA256)),
			kit.Soft1(words.T("dispute.submission.by", "who", s.CreatedBy)),
		))
	}
	d.bundles.Objects = []fyne.CanvasObject{kit.Dense(kit.Inset(look.Tight, kit.Stacked(look.Gap, rows...)))}
	d.bundles.Refresh()
}
