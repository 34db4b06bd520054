package cases

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/policy"
	"casebinder/gui/clip"
	"casebinder/gui/guitest"
	"casebinder/gui/kit"
	"casebinder/gui/route"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// tabOn is the tab of disputes on a bench. Where other rooms draw there is
// nothing.
func tabOn(b *guitest.Bench) *Tab {
	return New(b.Env, b.Fake, Rooms{
		Page:    func(id int64, state any, w Ways) Page { return &blankPage{id: id, state: state, ways: w} },
		Bundles: func(func(), func(data.Evidence)) Bundles { return blankBundles{} },
	})
}

// blankPage stands in for the page of a bundle and notes what it was asked.
type blankPage struct {
	id      int64
	state   any
	ways    Ways
	closed  bool
	typed   []fyne.KeyName
	changed int
}

func (p *blankPage) Dispute() int64             { return p.id }
func (p *blankPage) Content() fyne.CanvasObject { return container.NewStack() }
func (p *blankPage) Open()                      {}
func (p *blankPage) Close()                     { p.closed = true }
func (p *blankPage) Reload()                    {}
func (p *blankPage) Changed([]data.ChangeEvent) { p.changed++ }
func (p *blankPage) Focus()                     {}
func (p *blankPage) Export()                    {}
func (p *blankPage) TypedKey(key fyne.KeyName)  { p.typed = append(p.typed, key) }
func (p *blankPage) Unsaved() func(context.Context) error {
	return func(context.Context) error { return nil }
}
func (p *blankPage) State() any { return "state of the page" }

type blankBundles struct{}

func (blankBundles) Content() fyne.CanvasObject         { return container.NewStack() }
func (blankBundles) Set(desk.CaseView, time.Time, bool) {}

// openCase shows the fake dispute.
func openCase(t *testing.T, language string) (*guitest.Bench, *detail) {
	t.Helper()
	b := guitest.New(t, language)
	s := tabOn(b)
	b.Show(s)
	s.Open(21)
	return b, s.detail
}

func TestACaseShowsBothDates(t *testing.T) {
	b, d := openCase(t, words.English)
	one := d.view.View.Deadlines[0]
	if !one.Differs {
		t.Fatalf("the fake case has a stated date that the rule does not give: %+v", one)
	}
	b.Shows(t, "The platform's own date: "+words.TimeFull(one.Stated, "Asia/Shanghai"), words.TimeFull(one.Computed, "Asia/Shanghai"),
		"Asia/Shanghai (UTC+08:00)", "Rule pack: AliExpress dispute")
}

// deedsOf are the actions of a case by their names, in its bar or its menu.
func deedsOf(d *detail) map[string]kit.Action {
	deeds := map[string]kit.Action{}
	for _, a := range d.deeds() {
		deeds[a.Name] = a
	}
	return deeds
}

func TestACaseOpensItsComplaint(t *testing.T) {
	b, d := openCase(t, words.English)
	deedsOf(d)["dispute.complaint"].Do()
	if to, ok := b.Went[len(b.Went)-1].(route.Complaint); !ok || to.Order.ID != d.view.Order.ID || to.Dispute != d.view.Dispute.ID {
		t.Errorf("went to %+v", b.Went)
	}
}

// A tracking page is pasted and a scan is written down from the dispute, each on its
// order.
func TestACaseTakesScansForItsOrder(t *testing.T) {
	b, d := openCase(t, words.English)
	deeds := deedsOf(d)
	deeds["dispute.page"].Do()
	if to, ok := b.Went[len(b.Went)-1].(route.TrackingPage); !ok || to.Order.ID != d.view.Order.ID || d.view.Order.ID == 0 {
		t.Errorf("went to %+v", b.Went)
	}
	d.view.Order.Shipments = nil
	if deeds["dispute.scan"].Why() == "" {
		t.Error("a scan is offered where the order has no parcel")
	}
	d.view.Order.Shipments = []data.Shipment{{Tracking: "LX123450019CN", Carrier: "China Post"}}
	if deeds["dispute.scan"].Why() != "" {
		t.Fatal("no scan is offered")
	}
	deeds["dispute.scan"].Do()
	b.Shows(t, words.T("order.write.text"), "China Post LX123450019CN")
	b.NoRawKeys(t)
}

func TestADateOpensIntoItsReason(t *testing.T) {
	b, d := openCase(t, words.English)
	whySheet(d.env, d.view.View.Deadlines[0])
	want := []string{"Counted from the event “dispute opened” at 2025-11-18 09:30", "Wednesday: day 1", "The two dates differ by 2 d"}
	for _, line := range d.view.View.Deadlines[0].Why.Lines {
		want = append(want, words.Text(line))
	}
	b.Shows(t, want...)
}

func TestTheReasonOfADateIsTranslated(t *testing.T) {
	b, d := openCase(t, words.Simplified)
	whySheet(d.env, d.view.View.Deadlines[0])
	b.Shows(t, "纠纷提起", "周三", "来源：")
}

func TestStepsOpenTheEventSheetPrefilled(t *testing.T) {
	b, d := openCase(t, words.English)
	d.parts.Select(d.partNext)
	mine, others := policy.StepsBySide(d.view.View.Next)
	if len(mine) == 0 || len(others) == 0 {
		t.Fatalf("steps: %d of the seller, %d of others", len(mine), len(others))
	}
	b.Shows(t, "What we can do", "Reject with proof…", "If nobody acts:", "What the platform accepts as a solution", "● negotiation")
	addStepSheet(d.env, d.view.DisputeView, data.CaseEvent{Kind: data.EventRejected, Actor: data.ActorPlatform, Note: "as offered"})
	b.UI.Save()
	if len(b.Fake.Events) != 1 {
		t.Fatalf("events: %+v", b.Fake.Events)
	}
	if e := b.Fake.Events[0]; e.Kind != data.EventRejected || e.Actor != data.ActorPlatform || e.Note != "as offered" {
		t.Errorf("the event is %+v", e)
	}
}

func TestWhatIsMissingCanBeMarkedWithAReason(t *testing.T) {
	b, d := openCase(t, words.English)
	var missing policy.ItemView
	for _, item := range d.view.Proof {
		if item.State == policy.Missing {
			missing = item
		}
	}
	d.parts.Select(d.partProof)
	b.Shows(t, missing.Title.String()+" · missing", readiness(d.view.Ready), missing.Get.String())
	notApplicableSheet(d.env, 21, missing)
	b.UI.Save()
	if len(b.Fake.Marked) != 0 {
		t.Fatal("marked without a reason")
	}
	b.Shows(t, "Reason is empty.")
	notApplicableSheet(d.env, 21, missing)
	typeReason(t, b, "sent by letter")
	if want := []string{missing.ID + ": sent by letter"}; !slices.Equal(b.Fake.Marked, want) {
		t.Errorf("marked %q, want %q", b.Fake.Marked, want)
	}
	d.Show(21)
	b.Shows(t, missing.Title.String()+" · not applicable", "Marked as not applicable: sent by letter")
}

// A wish of the checklist takes what is pasted there as of its kind, the conversation as
// a message; the kind is proposed, and asked.
func TestThePlaceTellsWhatAPastedPictureShows(t *testing.T) {
	b, d := openCase(t, words.English)
	b.Clipboard = guitest.Holds(clip.Content{Picture: []byte("a picture")})
	at := slices.IndexFunc(d.view.Proof, func(i policy.ItemView) bool { return i.State == policy.Missing && len(i.Kinds) > 0 })
	item := d.view.Proof[at]
	d.parts.Select(d.partProof)
	i := slices.IndexFunc(d.itemDeeds(item), func(a kit.Action) bool { return a.Name == "paste" })
	d.itemDeeds(item)[i].Do()
	b.Shows(t, words.Of("evidence_kind", item.Kinds[0]))
	b.UI.Save()
	d.parts.Select(d.partTalk)
	b.Paste(d.target())
	b.UI.Save()
	d.parts.Select(d.partCase)
	b.Paste(d.target())
	b.UI.Save()
	var kinds []data.EvidenceKind
	for _, e := range b.Fake.Added {
		kinds = append(kinds, e.Kind)
	}
	if want := []data.EvidenceKind{item.Kinds[0], data.KindMessage, data.KindScreenshot}; !slices.Equal(kinds, want) {
		t.Errorf("pasted as %q, want %q", kinds, want)
	}
}

// typeReason writes a reason into the sheet that is open, and saves.
func typeReason(t *testing.T, b *guitest.Bench, reason string) {
	t.Helper()
	focus := b.Window.Canvas().Focused()
	if focus == nil {
		t.Fatal("nothing has the keys")
	}
	test.Type(focus, reason)
	b.UI.Save()
}

func TestAContradictionIsPassedWithAReason(t *testing.T) {
	b, d := openCase(t, words.English)
	d.parts.Select(d.partProof)
	b.Shows(t, "The tracking number LX1CN belongs to order 8123000000000002 too.", "! serious", "How to fix:")
	passSheet(d.env, 21, d.view.Findings[0])
	typeReason(t, b, "one parcel")
	if want := []string{d.view.Findings[0].Key() + ": one parcel"}; !slices.Equal(b.Fake.Passed, want) {
		t.Errorf("passed %q, want %q", b.Fake.Passed, want)
	}
	d.Show(21)
	b.Shows(t, "All points to check were dismissed", "Undo dismissal", "Dismissed by Lin: one parcel")
}

func TestFightOrAccept(t *testing.T) {
	b, d := openCase(t, words.English)
	s := openWeighSheet(d.env, d.view)
	s.hour.Entry.SetText("20")
	s.hours.SetText("1,5")
	last := b.Fake.Weighings[len(b.Fake.Weighings)-1]
	if last.Work != 90*time.Minute || last.HourCost != (data.Money{Minor: 2000, Currency: "USD"}) {
		t.Errorf("weighed %+v", last)
	}
	b.Shows(t, "2 of 3 decided cases won", "Accepting costs USD 45.99.", "Contesting and winning costs USD 30.00.")
	asked := len(b.Fake.Weighings)
	s.hours.SetText("many")
	if len(b.Fake.Weighings) != asked {
		t.Error("weighed with hours that are no number")
	}
	b.Shows(t, "“many” is not a number of hours.")
	s.decide(chooseFight)
	if len(b.Fake.Decided) != 0 {
		t.Fatal("decided without a reason")
	}
	s.reason.SetText("delivered, with scan")
	s.decide(chooseFight)
	if want := []string{"fight: delivered, with scan"}; !slices.Equal(b.Fake.Decided, want) || !s.open.Closed() {
		t.Errorf("decided %q, want %q", b.Fake.Decided, want)
	}
	var kept data.Money
	if b.UI.Kept(hourCostKept, &kept); kept.Minor != 2000 {
		t.Errorf("the cost of an hour that is remembered is %+v", kept)
	}
}

func TestAClosedCaseAsksForItsRuling(t *testing.T) {
	b, d := openCase(t, words.English)
	v := b.Fake.Disputes[21]
	v.Dispute.Stage = data.StageClosed
	b.Fake.Disputes[21] = v
	d.Show(21)
	b.Shows(t, "Record the outcome…")
	rulingSheet(d.env, d.view)
	b.UI.Save()
	if len(b.Fake.Rulings) != 0 {
		t.Fatal("a ruling without an outcome was kept")
	}
	const untold = "Say too who was found responsible"
	v.Dispute.Ruling = data.Ruling{Outcome: "lost", Why: "late"}
	b.Fake.Disputes[21] = v
	d.Show(21)
	b.Shows(t, untold, "Edit the outcome…")
	v.Dispute.Ruling = data.Ruling{Outcome: "lost", Liable: "carrier", Why: "late", Cause: "carrier", Lessons: "insure"}
	b.Fake.Disputes[21] = v
	d.Show(21)
	b.Shows(t, "Found responsible", "insure", "Edit the outcome…")
	rulingSheet(d.env, d.view)
	b.UI.Save()
	if len(b.Fake.Rulings) != 1 || b.Fake.Rulings[0] != v.Dispute.Ruling {
		t.Errorf("kept %+v, want %+v unchanged", b.Fake.Rulings, v.Dispute.Ruling)
	}
}

func TestRefsLeadToTheirRows(t *testing.T) {
	b, d := openCase(t, words.English)
	for kind, want := range map[string]any{"evidence": d.partProof, "event": d.partTimeline, "message": d.partTimeline, "dispute": d.partCase} {
		d.reveal(data.Ref{Kind: kind, ID: "e1"})
		if d.parts.All[d.parts.SelectedIndex()] != want {
			t.Errorf("%s leads to the part %d", kind, d.parts.SelectedIndex())
		}
	}
	d.reveal(data.Ref{Kind: "order", ID: "8123000000000002"})
	if got := b.Went[len(b.Went)-1]; got != (route.Order{ID: 12}) {
		t.Errorf("another order leads to %+v, want order 12", got)
	}
}

func TestSheetsOfACaseSpeakEachLanguage(t *testing.T) {
	for _, language := range words.Languages() {
		b, d := openCase(t, language)
		for _, open := range []func(){
			func() { whySheet(d.env, d.view.View.Deadlines[0]) },
			func() { packSheet(d.env, d.view) },
			func() { openWeighSheet(d.env, d.view) },
			func() { rulingSheet(d.env, d.view) },
			func() { show.AssignSheet(b.Env, d.view, d.view.Proof[0]) },
			func() { notApplicableSheet(d.env, 21, d.view.Proof[0]) },
			func() { passSheet(d.env, 21, d.view.Findings[0]) },
		} {
			open()
			b.NoRawKeys(t)
		}
	}
}

func TestSheetsSpeakEachLanguage(t *testing.T) {
	for _, language := range words.Languages() {
		b := guitest.New(t, language)
		tab := tabOn(b)
		b.Show(tab)
		view := b.Fake.Disputes[21]
		row := show.RowOfOrder(b.Fake.Orders[11])
		for name, open := range map[string]func(){
			"dispute":  func() { openDisputeSheet(tab.env, row) },
			"facts":    func() { editDisputeSheet(tab.env, view) },
			"event":    func() { addEventSheet(tab.env, view, "") },
			"evidence": func() { show.EditEvidenceSheet(b.Env, view.Evidence[0], "Asia/Shanghai") },
		} {
			open()
			if !b.UI.SheetOpen() {
				t.Fatalf("%s: no sheet is open", name)
			}
			for _, text := range b.Texts() {
				if guitest.RawKey.MatchString(text) && !strings.HasSuffix(text, ".png") {
					t.Errorf("%s/%s: an untranslated key is on the sheet: %q", language, name, text)
				}
			}
		}
	}
}

func TestOpenADisputeByNumber(t *testing.T) {
	b := guitest.New(t, words.English)
	tab := tabOn(b)
	b.Show(tab)
	s := openDisputeSheet(tab.env, data.OrderRow{})
	s.save() // nothing is chosen: nothing happens
	s.finder.Search.SetText("8123000000000001")
	s.finder.Search.Flush()
	if s.finder.Chosen.ID != 11 {
		t.Fatalf("the order with exactly this number was not taken: %+v", s.finder.Chosen)
	}
	s.save()
	if len(b.Fake.Opened) != 0 {
		t.Fatal("a dispute was opened without a reason")
	}
	b.Shows(t, "Reason is empty.")
	s.form.reason.Set(data.ReasonDamaged)
	s.form.due.Entry.SetText("2025-11-25 18:00")
	s.form.claim.SetText(" Roto ")
	s.form.into.SetText("Broken\n")
	s.form.by.SetText(" Lin")
	s.save()
	if len(b.Fake.Opened) != 1 {
		t.Fatalf("disputes opened: %d, want 1", len(b.Fake.Opened))
	}
	n := b.Fake.Opened[0]
	if n.OrderID != 11 || n.Reason != data.ReasonDamaged || n.Claim != "Roto" || n.Translated != (data.Translation{Text: "Broken", By: "Lin"}) || n.Amount != (data.Money{Minor: 4599, Currency: "USD"}) {
		t.Errorf("the dispute is %+v", n)
	}
	if want := time.Date(2025, 11, 25, 10, 0, 0, 0, time.UTC); !n.StatedDue.Equal(want) { // Shanghai is 8 hours ahead
		t.Errorf("the stated date is %v, want %v", n.StatedDue, want)
	}
	if !s.open.Closed() || !slices.Equal(b.Went, []route.Route{route.Dispute{ID: 22}}) {
		t.Errorf("the sheet is closed: %v; went to: %v", s.open.Closed(), b.Went)
	}
}

func TestSearchOffersSeveralOrders(t *testing.T) {
	b := guitest.New(t, words.English)
	tab := tabOn(b)
	b.Show(tab)
	s := openDisputeSheet(tab.env, data.OrderRow{})
	s.finder.Search.SetText("8123")
	s.finder.Search.Flush()
	if s.finder.Chosen.ID != 0 || len(s.finder.Found.Objects) != 2 {
		t.Fatalf("chosen %d, offered %d; want none chosen and two offered", s.finder.Chosen.ID, len(s.finder.Found.Objects))
	}
	test.Tap(s.finder.Found.Objects[1].(*kit.Button))
	if s.finder.Chosen.ID != 12 {
		t.Errorf("the offered order was not taken: %d", s.finder.Chosen.ID)
	}
}

// Before anything is typed the latest orders stand where the fields will be.
func TestANewDisputeOffersTheLatestOrders(t *testing.T) {
	b := guitest.New(t, words.English)
	tab := tabOn(b)
	b.Show(tab)
	s := openDisputeSheet(tab.env, data.OrderRow{})
	b.Shows(t, "Latest orders")
	if n := len(s.finder.Found.Objects); n != 3 { // the heading and two orders
		t.Fatalf("%d lines are offered, want 3", n)
	}
	test.Tap(s.finder.Found.Objects[2].(*kit.Button))
	if s.finder.Chosen.ID != 12 || len(s.rest.Objects) == 0 {
		t.Errorf("the order was not taken: %d", s.finder.Chosen.ID)
	}
}

func TestAddAnEvent(t *testing.T) {
	b := guitest.New(t, words.English)
	tab := tabOn(b)
	b.Show(tab)
	v := b.Fake.Disputes[21]
	addEventSheet(tab.env, v, "")
	b.UI.Save()
	if len(b.Fake.Events) != 0 {
		t.Fatal("an event without a kind was written down")
	}
	form := newEventForm(b.UI, v, "")
	form.kind.SetSelectedIndex(slices.Index(data.EventKinds()[1:], data.EventClaimChanged))
	if got := form.actor.Value(); got != data.ActorBuyer {
		t.Errorf("a changed claim is by %q, want the buyer", got)
	}
	form.kind.SetSelectedIndex(slices.Index(data.EventKinds()[1:], data.EventCorrection))
	if form.corrects.Disabled() || kit.NewForm(form.fields()...).Check() {
		t.Error("a correction must name what it corrects")
	}
	addEventSheet(tab.env, v, data.EventEscalated)
	b.UI.Save()
	if len(b.Fake.Events) != 1 || b.Fake.Events[0].Kind != data.EventEscalated || !b.Fake.Events[0].At.Equal(guitest.Now) {
		t.Errorf("events: %+v", b.Fake.Events)
	}
}

func TestAnOddDueDateIsAskedAbout(t *testing.T) {
	b := guitest.New(t, words.English)
	tab := tabOn(b)
	b.Show(tab)
	odd := time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)
	asked, again := show.DueAsked{UI: b.UI}, 0
	_, err := b.Fake.AppendEvent(t.Context(), 21, desk.NewEvent{CaseEvent: data.CaseEvent{Kind: data.EventEscalated, Due: odd}})
	if !asked.Ask(err, odd, func() { again++ }) || again != 0 || asked.Confirmed(odd) {
		t.Fatal("no question was put, or it answered itself")
	}
	b.Shows(t, "Keep this due date?", "far beyond the rule")
	b.UI.Save()
	if again != 1 || !asked.Confirmed(odd) || asked.Confirmed(odd.AddDate(-1, 0, 0)) {
		t.Error("the answer counts for another date, or not at all")
	}
	if asked.Ask(data.ErrInvalid, odd, func() { again++ }) {
		t.Error("any error is a question")
	}
}

func TestEvidenceList(t *testing.T) {
	b := guitest.New(t, words.English)
	d := tabOn(b)
	b.Show(d)
	d.Open(21)
	d.detail.parts.SelectIndex(2)
	b.Shows(t, "parcel.png", "parcel-copy.png", "packing photo or video", "from the camera", "Evidence: 2 files")
	if b.Fake.Pictures != 1 {
		t.Errorf("one file was decoded %d times", b.Fake.Pictures)
	}
	d.detail.proof.Remove(b.Fake.Disputes[21].Evidence[0])
	if !slices.Equal(b.Fake.Binned, []int64{31}) {
		t.Errorf("removed: %v", b.Fake.Binned)
	}
	b.Undo()
	if b.Fake.Undone != 1 {
		t.Errorf("undone %d times", b.Fake.Undone)
	}
}

func TestFiltersChangeTheQuestion(t *testing.T) {
	b := guitest.New(t, words.English)
	d := tabOn(b)
	b.Show(d)
	if q := b.Fake.DisputeQueries[0]; !q.OpenOnly || q.Sort != data.DisputeByDue || !q.Ascending {
		t.Errorf("the first question for disputes is %+v", q)
	}
	guitest.Find[*kit.Choice[data.Stage]](b)[0].SetSelectedIndex(1 + slices.Index(data.Stages(), data.StageClosed))
	if q := b.Fake.DisputeQueries[len(b.Fake.DisputeQueries)-1]; q.OpenOnly || q.Stage != data.StageClosed {
		t.Errorf("asked for closed cases: %+v", q)
	}
}

func TestTheTabSpeaksEachLanguage(t *testing.T) {
	for language, want := range map[string]string{words.English: "What to do next", words.Simplified: "接下来做什么", words.Traditional: "接下來做什麼"} {
		b, d := openCase(t, language)
		for i := len(d.parts.All) - 1; i >= 0; i-- {
			d.parts.SelectIndex(i)
			b.NoRawKeys(t)
		}
		b.Shows(t, want)
	}
}

func TestThePageOfABundleLeadsBackToTheCase(t *testing.T) {
	b := guitest.New(t, words.English)
	tab := tabOn(b)
	b.Show(tab)
	tab.Open(21)
	tab.Export()
	page, ok := tab.page.(*blankPage)
	if !ok || page.id != 21 {
		t.Fatalf("the page of the bundle is %+v", tab.page)
	}
	tab.TypedKey(fyne.KeyEscape)
	if len(page.typed) != 1 {
		t.Error("the page does not hear the keys")
	}
	page.ways.Follow(data.Ref{Kind: "event", ID: "e1"})
	if tab.page != nil || !page.closed || tab.detail.parts.All[tab.detail.parts.SelectedIndex()] != tab.detail.partTimeline {
		t.Error("an event does not lead to the timeline")
	}
	tab.Export()
	tab.page.(*blankPage).ways.Proof()
	if tab.page != nil || tab.content.Objects[0] != tab.List.Content() || tab.detail.parts.All[tab.detail.parts.SelectedIndex()] != tab.detail.partProof {
		t.Error("the proof is not in view")
	}
	tab.Export()
	again := tabOn(b)
	again.Restore(tab.State())
	if p, ok := again.page.(*blankPage); !ok || p.id != 21 || p.state != "state of the page" {
		t.Errorf("after the window was made anew the page is %+v", again.page)
	}
}

// While another case is being worked out, however long that takes, nothing of
// the one before can be read or pressed.
func TestNothingOfTheFormerCaseStays(t *testing.T) {
	b := guitest.New(t, words.English)
	tab := tabOn(b)
	b.Show(tab)
	tab.Open(21)
	b.Shows(t, "AE-1", "Create evidence bundle")
	second := b.Fake.Disputes[21]
	second.Dispute.ID, second.Dispute.CaseNumber, second.Dispute.Claim = 22, "AE-2", "Broken"
	b.Fake.Disputes[22] = second
	before := b.Live()
	asked := 0
	b.Fake.OnCase = func(id int64) {
		asked++
		b.Hides(t, "No ha llegado", "Create evidence bundle")
		for _, live := range b.Live() {
			if slices.Contains([]string{"Create evidence bundle…", "Reply…", "Add event…", "To the bin"}, live) {
				t.Errorf("%q can be pressed", live)
			}
		}
		if _, _, ok := tab.Proof(); ok {
			t.Error("a dropped file would go to the case before")
		}
		tab.Export()
		if tab.page != nil {
			t.Error("the bundle of the case before can be composed")
		}
	}
	tab.Open(22)
	tab.detail.Choose(data.DisputeRow{ID: 21, CaseNumber: "AE-1"}, true)
	b.Fake.OnCase = nil
	if asked != 2 || len(before) == 0 {
		t.Fatalf("%d cases were worked out", asked)
	}
	b.Shows(t, "No ha llegado", "Create evidence bundle")
	b.Fake.OnCase = func(int64) { b.Shows(t, "No ha llegado", "Create evidence bundle") } // the same case, loaded again, stays
	tab.detail.Show(21)
}

func TestTheListAsksOnlyForWhatChanged(t *testing.T) {
	b := guitest.New(t, words.English)
	tab := tabOn(b)
	b.Show(tab)
	tab.Open(21)
	lists, cases := len(b.Fake.DisputeQueries), 0
	b.Fake.OnCase = func(int64) { cases++ }
	tell := func(rows ...data.RowRef) { tab.Changed([]data.ChangeEvent{{Rows: rows}}) }
	tell(data.RowRef{Entity: data.EntityFeedback, ID: 41}, data.RowRef{Entity: data.EntityOrder, ID: 12})
	if len(b.Fake.DisputeQueries) != lists || cases != 0 {
		t.Errorf("feedback and another order made it ask for %d lists and %d cases", len(b.Fake.DisputeQueries)-lists, cases)
	}
	tell(data.RowRef{Entity: data.EntityDispute, ID: 99})
	if len(b.Fake.DisputeQueries) != lists+1 || cases != 0 {
		t.Errorf("another case made it ask for %d lists and %d cases", len(b.Fake.DisputeQueries)-lists, cases)
	}
	tell(data.RowRef{Entity: data.EntityDispute, ID: 21}, data.RowRef{Entity: data.EntityOrder, ID: 11})
	if len(b.Fake.DisputeQueries) != lists+2 || cases != 1 {
		t.Errorf("the case in view made it ask for %d lists and %d cases", len(b.Fake.DisputeQueries)-lists-1, cases)
	}
	tell(data.RowRef{Entity: data.EntityOrder}) // many orders, which is not told
	if cases != 2 {
		t.Error("the case in view does not hear of its order")
	}
	tab.Export()
	page := tab.page.(*blankPage)
	tell(data.RowRef{Entity: data.EntityDispute, ID: 21})
	if page.changed != 1 || cases != 2 {
		t.Errorf("behind the page of a bundle %d cases were asked for", cases-2)
	}
	tab.leave()
	if cases != 3 {
		t.Error("what changed meanwhile is not shown")
	}
}

// At 1366 pixels the columns that are shown at first stand beside each other
// without a scroll, and a date of last year is whole.
func TestColumnsFitASmallScreen(t *testing.T) {
	for _, language := range words.Languages() {
		b := guitest.New(t, language)
		list := columns(b.UI.Now)
		row := data.DisputeRow{CaseNumber: "5000000001", OrderNumber: "8123000000000001", BuyerName: "Ana M.", OpenedAt: time.Date(2024, 12, 30, 23, 59, 0, 0, time.UTC)}
		width := float32(0)
		for _, c := range list {
			if !c.Hidden {
				width += c.Width
			}
		}
		if room := float32(1366*0.57) - 20; width > room { // 20: the bar between the panes and the scroll bar
			t.Errorf("%s: the columns take %v of %v", language, width, room)
		}
		for _, c := range list {
			for _, want := range []string{"case", "order", "buyer", "opened"} {
				if c.ID != want {
					continue
				}
				if c.Hidden && !slices.Contains([]string{"opened"}, want) {
					t.Errorf("%s is not shown", want)
				}
				if text := c.Text(row); kit.Fit(text, c.Width-12, c.Bold) != text {
					t.Errorf("%s: %q is cut in %v", language, text, c.Width)
				}
			}
		}
	}
}
