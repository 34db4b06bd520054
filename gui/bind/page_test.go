package bind

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"casebinder/data"
	"casebinder/data/bundle"
	"casebinder/data/bundle/fit"
	"casebinder/data/bundle/statement"
	"casebinder/data/desk"
	"casebinder/data/pages"
	"casebinder/data/policy"
	"casebinder/gui/guitest"
	"casebinder/gui/words"
)

// bound is a bench with the page of the fake dispute's bundle.
func bound(t *testing.T, language string) (*composeBench, *Page) {
	t.Helper()
	b := guitest.New(t, language)
	return composeOn(t, b, boundOn(b), nil)
}

// composeBench is a bench with a desk that composes bundles.
type composeBench struct {
	*guitest.Bench
	fake *boundDesk
	ways []string // that were taken from the page
}

func boundOn(b *guitest.Bench) *boundDesk { return &boundDesk{Fake: b.Fake} }

// composeOn shows the page of the fake dispute's bundle.
func composeOn(t *testing.T, bench *guitest.Bench, d *boundDesk, state any) (*composeBench, *Page) {
	t.Helper()
	b := &composeBench{Bench: bench, fake: d}
	var p *Page
	leave := func(way string) {
		b.ways = append(b.ways, way)
		p.Close()
	}
	p = New(b.Env, d, 21, state, func() { leave("back") }, func(r data.Ref) { leave(r.Kind + " " + r.ID) }, func() { leave("proof") })
	b.Window.SetContent(b.UI.Frame(p.Content()))
	b.Window.Resize(fyne.NewSize(1366, 720))
	p.Open()
	if !p.loaded {
		t.Fatal("the page of the bundle is not there")
	}
	return b, p
}

func order(list []data.Exhibit) string {
	var all []string
	for _, x := range list {
		in := ""
		if !x.Included {
			in = "-"
		}
		all = append(all, in+x.EvidenceUID)
	}
	return strings.Join(all, " ")
}

func (b *composeBench) lastOrder() string {
	if len(b.fake.arranged) == 0 {
		return "nothing stored"
	}
	return order(b.fake.arranged[len(b.fake.arranged)-1])
}

func ctrl(key fyne.KeyName, more fyne.KeyModifier) *desktop.CustomShortcut {
	return &desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault | more}
}

func TestExhibitsAreMovedByKeys(t *testing.T) {
	b, p := bound(t, words.English)
	b.Window.Canvas().Focus(p.exhibits)
	p.exhibits.TypedShortcut(ctrl(fyne.KeyDown, 0))
	if got := b.lastOrder(); got != "parcel-copy.png parcel.png" {
		t.Errorf("stored: %s", got)
	}
	if p.exhibits.list[1].Number != 2 || p.exhibits.chosen != "parcel.png" {
		t.Errorf("the moved exhibit is not number 2, or not chosen any more: %+v", p.exhibits.list[1].Exhibit)
	}
	p.exhibits.TypedShortcut(ctrl(fyne.KeyDown, 0)) // it is the last of its section
	if len(b.fake.arranged) != 1 {
		t.Error("an order was stored that did not change")
	}
	p.exhibits.TypedShortcut(ctrl(fyne.KeyDown, fyne.KeyModifierShift))
	last := b.fake.arranged[len(b.fake.arranged)-1]
	if last[1].EvidenceUID != "parcel.png" || last[1].Section != data.SectionPolicy {
		t.Errorf("to the next section: %+v", last)
	}
	p.exhibits.TypedShortcut(ctrl(fyne.KeyUp, fyne.KeyModifierShift))
	if last = b.fake.arranged[len(b.fake.arranged)-1]; last[1].Section != data.SectionGoods {
		t.Errorf("and back: %+v", last)
	}
	p.exhibits.TypedKey(&fyne.KeyEvent{Name: fyne.KeyUp})
	p.exhibits.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	if got := b.lastOrder(); got != "-parcel-copy.png parcel.png" || p.exhibits.list[0].Number != 0 || p.exhibits.list[1].Number != 1 {
		t.Errorf("after leaving out: %s, %+v", got, p.exhibits.list)
	}
	p.exhibits.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if !b.UI.SheetOpen() {
		t.Error("Enter does not open the exhibit's form")
	}
}

func TestExhibitsAreDragged(t *testing.T) {
	b, p := bound(t, words.English)
	l := p.exhibits
	var first, second, other exhibitLine
	for _, line := range l.lines {
		switch {
		case line.index == 0:
			first = line
		case line.index == 1:
			second = line
		case line.section == data.SectionOrder:
			other = line
		}
	}
	drag := func(to float32) {
		at := fyne.NewPos(50, first.top+10)
		l.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: at.AddXY(0, 4)}, Dragged: fyne.NewDelta(0, 4)})
		l.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(50, to)}, Dragged: fyne.NewDelta(0, to-at.Y)})
		l.DragEnd()
	}
	drag(second.top + second.high - 2)
	if got := b.lastOrder(); got != "parcel-copy.png parcel.png" {
		t.Errorf("dragged behind the second: %s", got)
	}
	drag(other.top + 5)
	last := b.fake.arranged[len(b.fake.arranged)-1]
	if last[0].EvidenceUID != "parcel-copy.png" || last[0].Section != data.SectionOrder {
		t.Errorf("dragged onto the heading of another section: %+v", last)
	}
	stored := len(b.fake.arranged)
	l.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(50, l.lines[1].top+6)}, Dragged: fyne.NewDelta(0, 3)})
	l.DragEnd()
	if len(b.fake.arranged) != stored {
		t.Error("an exhibit that was let go where it was is stored")
	}
}

func TestSortingExhibits(t *testing.T) {
	list := []desk.ExhibitView{}
	for i, kind := range []data.EvidenceKind{data.KindOther, data.KindInvoice, data.KindPhoto, data.KindPhoto} {
		list = append(list, desk.ExhibitView{
			Exhibit:  data.Exhibit{EvidenceUID: string(rune('a' + i)), Section: data.SectionOther, Included: i != 1},
			Evidence: data.Evidence{Kind: kind, AddedAt: guitest.At(20-i, 1)},
		})
	}
	byDate := slices.Clone(list)
	sortByDate(byDate)
	if got := order(exhibitsOf(byDate)); got != "d c -b a" {
		t.Errorf("by date: %s", got)
	}
	sortByKind(list)
	if got := order(exhibitsOf(list)); got != "-b d c a" || list[0].Section != data.SectionOrder || list[3].Number != 3 {
		t.Errorf("by kind: %s %+v", got, list)
	}
}

func TestAThousandExhibitsDrawOnlyWhatIsSeen(t *testing.T) {
	bench := guitest.New(t, words.English)
	fake := boundOn(bench)
	base := fake.composed()[0]
	for i := range 1000 {
		x := base
		x.EvidenceUID = fmt.Sprint("e", i)
		x.Evidence.UID = x.EvidenceUID
		fake.exhibits = append(fake.exhibits, x)
	}
	renumber(fake.exhibits)
	_, p := composeOn(t, bench, fake, nil)
	l := p.exhibits
	if n := len(l.rows.Objects); n == 0 || n > 20 {
		t.Errorf("%d lines are drawn", n)
	}
	l.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	if l.chosen != "e999" || l.slots["e999"] == nil || l.slots["e0"] != nil {
		t.Errorf("chosen %s; the last is drawn: %v", l.chosen, l.slots["e999"] != nil)
	}
}

func TestAClaimCitesAnExhibit(t *testing.T) {
	b, p := bound(t, words.English)
	p.focusPart(partStatement)
	p.statement.insert(0)
	p.statement.cards[0].text.SetText("It was packed.")
	p.statement.flush()
	sheet := citeSheet(p.statement, 0)
	sheet.narrow("exhibit 2")
	if len(sheet.found) != 1 {
		t.Fatalf("found: %+v", sheet.found)
	}
	sheet.list.Select(0)
	sheet.list.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	b.UI.Save()
	want := data.Claim{Text: "It was packed.", Cites: []data.Cite{{Evidence: "parcel-copy.png"}}}
	if got := b.fake.said.Claims; len(got) != 1 || got[0].Text != want.Text || !slices.Equal(got[0].Cites, want.Cites) {
		t.Fatalf("stored: %+v", got)
	}
	b.Shows(t, "Exhibit 2", "14 of 40 characters")
	p.exhibits.toggle(0)
	b.Shows(t, "Exhibit 1") // the numbers have moved on
	p.statement.uncite(0, 0)
	if len(b.fake.said.Claims[0].Cites) != 0 {
		t.Error("the citation is still stored")
	}
	p.statement.insert(1)
	p.statement.key(1, &desktop.CustomShortcut{KeyName: fyne.KeyUp, Modifier: fyne.KeyModifierAlt})
	if got := b.fake.said.Claims; len(got) != 2 || got[1].Text != "It was packed." {
		t.Errorf("moved by keys: %+v", got)
	}
	p.statement.remove(0)
	if len(b.fake.said.Claims) != 1 {
		t.Errorf("removed: %+v", b.fake.said.Claims)
	}
}

func TestTypedTextIsKept(t *testing.T) {
	b, p := bound(t, words.English)
	p.statement.insert(0)
	field := p.statement.cards[0].text
	b.Window.Canvas().Focus(field)
	test.Type(field, "Half a sen")
	before := len(b.fake.statesPut)
	p.Reload() // as when somebody else changed something
	if field.Text != "Half a sen" || p.statement.cards[0].text != field {
		t.Errorf("a reload touched what is being typed: %q", field.Text)
	}
	if len(b.fake.statesPut) != before {
		t.Error("it was stored before the pause")
	}
	field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if b.UI.SheetOpen() || len(b.fake.exported) != 0 || field.Text != "Half a sen\n" {
		t.Errorf("Enter does more than a new line: %q", field.Text)
	}
	p.back()
	if got := b.fake.said.Claims[0].Text; got != "Half a sen\n" {
		t.Errorf("left without storing: %q", got)
	}
	if !p.closed {
		t.Error("the page is still there")
	}
}

func TestTypedTextIsStoredWhenTheProgramEnds(t *testing.T) {
	b, p := bound(t, words.English)
	p.statement.insert(0)
	p.statement.cards[0].text.SetText("Last words")
	if err := p.Unsaved()(t.Context()); err != nil || b.fake.said.Claims[0].Text != "Last words" {
		t.Errorf("stored: %+v, %v", b.fake.said, err)
	}
}

func TestADraftTakesThePlaceOfWhatIsThere(t *testing.T) {
	b, p := bound(t, words.English)
	p.statement.insert(0)
	p.statement.cards[0].text.SetText("Mine.")
	p.showPart(partStatement)
	draftSheet(p.statement)
	b.Shows(t, "replaces the claim", "AliExpress · not received")
	b.UI.Save()
	if n := len(b.fake.statesPut); n < 2 || b.fake.statesPut[n-2].Claims[0].Text != "Mine." {
		t.Error("what was typed was not stored before, so that it cannot be brought back")
	}
	if len(b.fake.said.Claims) != 2 || b.fake.said.Template != "aliexpress.not_received" || b.fake.said.Language != "en" {
		t.Errorf("drafted: %+v", b.fake.said)
	}
	b.Shows(t, "The parcel was handed over.", "Shipping", "Exhibit 1", "2 claims drafted")
}

// TestADraftIsOfferedInEveryLanguageOfItsWords keeps the language of what stood
// there, where the template has it; else the one that most reviewers read.
func TestADraftIsOfferedInEveryLanguageOfItsWords(t *testing.T) {
	list, err := statement.Suited(data.AliExpress, "aliexpress", data.ReasonNotReceived)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		screen, before, want, name string
	}{
		{words.English, "", "en", "English"},
		{words.English, "ja", "ja", "Japanese"},
		{words.English, "pt-BR", "pt", "Portuguese"},
		{words.Traditional, "", "en", "英文"},
		{words.Traditional, "zh-TW", "zh-TW", words.Title(words.Traditional)},
		{words.Traditional, "zh-CN", "zh-CN", words.Title(words.Simplified)},
		{words.Simplified, "ko", "ko", "韩语"},
		{words.Traditional, "ru", "ru", "俄文"},
		{words.English, "pl", "pl", "Polish"},
		{words.Traditional, "nl", "en", "英文"},
	} {
		b, p := bound(t, c.screen)
		p.statement.now.Language = c.before
		openDraft(p.statement, list)
		b.Shows(t, c.name)
		b.UI.Save()
		if b.fake.said.Language != c.want {
			t.Errorf("on a screen in %s, after a statement in %q: %q is proposed, want %q", c.screen, c.before, b.fake.said.Language, c.want)
		}
	}
}

func TestBundleIsBlockedByACitationThatLeadsNowhere(t *testing.T) {
	b, p := bound(t, words.English)
	if p.target.bind.button.Disabled() {
		t.Fatal("a bundle without a statement cannot be bound")
	}
	p.statement.now.Claims = []data.Claim{{Text: "So it is.", Cites: []data.Cite{{Evidence: "parcel.png"}}}}
	p.statement.redo()
	p.exhibits.toggle(0) // what it cites is left out
	if !p.target.bind.button.Disabled() {
		t.Fatal("it can be bound although claim 1 cites what is left out")
	}
	if why, _, _ := p.target.bind.blocked(); why != "Claim 1 cites something that is not an exhibit of the bundle." {
		t.Errorf("it is blocked because: %q", why)
	}
	b.Shows(t, "Claim 1 cites", "! To check")
	p.target.bind.export()
	if len(b.fake.exported) != 0 {
		t.Fatal("it was exported all the same")
	}
	p.showPart(partChecks)
	b.Shows(t, "Fix these before creating the bundle", "Include it in the bundle, or cite something else.", "evidence: parcel.png")
	test.Tap(p.checks.first)
	if p.parts.Value() != partStatement || b.Window.Canvas().Focused() != p.statement.cards[0].text {
		t.Error("the line does not lead to the claim")
	}
	p.exhibits.toggle(0)
	if p.target.bind.button.Disabled() {
		t.Error("it is still blocked")
	}
}

func TestWhatStandsAgainstSendingCanBeFollowed(t *testing.T) {
	b, p := bound(t, words.English)
	b.fake.said = data.Statement{Language: "en", Claims: []data.Claim{{Text: "Nothing shows this."}}}
	p.Reload()
	p.showPart(partChecks)
	b.Shows(t, "Claim 1 cites nothing.", "Exhibits that no claim cites: 2.", "Exhibits that do not say what they prove: 2.", "Missing: ", "Show proof…")
	p.goFinding(data.FindingView{Finding: data.Finding{Where: []data.Ref{{Kind: "evidence", ID: "parcel-copy.png"}}}})
	if p.parts.Value() != partExhibits || p.exhibits.chosen != "parcel-copy.png" {
		t.Errorf("the finding leads to %s, %s", p.parts.Value(), p.exhibits.chosen)
	}
	for _, item := range p.view.Proof {
		if item.State == policy.Missing {
			p.goProof(item.ID)
			break
		}
	}
	if !b.UI.SheetOpen() {
		t.Error("missing proof does not lead to its sheet")
	}
	p.goFinding(data.FindingView{Finding: data.Finding{Where: []data.Ref{{Kind: "event", ID: "e1"}}}})
	if !p.closed || !slices.Equal(b.ways, []string{"event e1"}) {
		t.Errorf("a finding about an event leads to %q", b.ways)
	}
}

func TestAnOlderPreviewIsLetGoOf(t *testing.T) {
	b, p := bound(t, words.English)
	if len(b.fake.pagers) != 1 || p.pages.pages() != 6 || b.fake.warmed != 1 {
		t.Fatalf("previews %d, pages %d, warmed %d", len(b.fake.pagers), p.pages.pages(), b.fake.warmed)
	}
	first := b.fake.pagers[0]
	b.fake.onPreview = func() { // a newer question comes while this one is being answered
		b.fake.onPreview = nil
		b.fake.exhibits[1].Included = false
		renumber(b.fake.exhibits)
		p.pages.make(p.target.request())
	}
	p.exhibits.move(1)
	p.again()
	if len(b.fake.pagers) != 3 {
		t.Fatalf("%d previews were made, want 3", len(b.fake.pagers))
	}
	old, newest := b.fake.pagers[1], b.fake.pagers[2]
	if p.pages.shown.Pager != newest || p.pages.pages() != 4 {
		t.Errorf("the older answer is shown: %d pages", p.pages.pages())
	}
	if !old.closed || !first.closed || newest.closed {
		t.Errorf("closed: first %v, older %v, newest %v", first.closed, old.closed, newest.closed)
	}
	if len(old.drawn) != 0 {
		t.Error("pages of the older answer were drawn")
	}
	p.Close()
	if !newest.closed {
		t.Error("leaving the page does not let go of the preview")
	}
}

func TestPagesAreDrawnWhenTheyAreSeen(t *testing.T) {
	b, p := bound(t, words.English)
	pager := b.fake.pagers[0]
	if slices.Contains(pager.drawn, 6) {
		t.Errorf("pages out of view were drawn: %v", pager.drawn)
	}
	p.exhibits.choose("parcel-copy.png")
	if p.pages.page() != 5 || !slices.Contains(pager.drawn, 5) || p.exhibits.seen != "parcel-copy.png" {
		t.Errorf("page %d, drawn %v, seen %s", p.pages.page(), pager.drawn, p.exhibits.seen)
	}
	p.pages.number.SetText("2")
	p.pages.typedPage()
	if p.pages.page() != 2 {
		t.Errorf("the typed page is %d", p.pages.page())
	}
	width := p.pages.view.width
	p.pages.zoomBy(1)
	if p.pages.view.width <= width || p.pages.page() != 2 {
		t.Errorf("zoomed from %v to %v on page %d", width, p.pages.view.width, p.pages.page())
	}
	p.pages.zoomTo(1)
	if p.pages.view.width != width {
		t.Errorf("back to %v, was %v", p.pages.view.width, width)
	}
}

func TestALinkInAPageIsFollowed(t *testing.T) {
	b, p := bound(t, words.English)
	b.fake.pagers[0].links = map[int][]pages.Link{1: {{Rect: pages.Rect{Left: 0.1, Top: 0.1, Right: 0.9, Bottom: 0.12}, Page: 3}}}
	delete(p.pages.drawn, 1)
	p.pages.ask()
	c := p.pages.view
	c.Tapped(&fyne.PointEvent{Position: fyne.NewPos(c.across/2, c.topOf(1)+c.width*pageShape*0.2)})
	if p.pages.page() != 1 {
		t.Error("a click beside the link moved the page")
	}
	c.Tapped(&fyne.PointEvent{Position: fyne.NewPos(c.across/2, c.topOf(1)+c.width*pageShape*0.11)})
	if p.pages.page() != 3 {
		t.Errorf("the link leads to page %d", p.pages.page())
	}
}

func TestPagesStayInPlaceWhenOthersCome(t *testing.T) {
	exhibit := func(uid string, first int) bundle.Placed {
		return bundle.Placed{First: first, Exhibit: bundle.Exhibit{Evidence: data.Evidence{UID: uid}}}
	}
	before := &bundle.PageMap{Pages: 10, Sections: map[data.Section]int{data.SectionOrder: 3}, Exhibits: []bundle.Placed{exhibit("a", 4), exhibit("b", 6)}}
	after := &bundle.PageMap{Pages: 9, Sections: map[data.Section]int{data.SectionOrder: 5}, Exhibits: []bundle.Placed{exhibit("b", 6), exhibit("a", 8)}}
	for page, want := range map[int]int{1: 1, 3: 5, 4: 8, 5: 9, 6: 6, 7: 7, 10: 9} {
		if got := movedPage(before, after, page); got != want {
			t.Errorf("page %d is now %d, want %d", page, got, want)
		}
	}
}

func TestTheTargetPresetsWhatIsMasked(t *testing.T) {
	b, p := bound(t, words.English)
	if got := p.target.request(); got.Profile != "aliexpress" || !slices.Equal(got.Mask, []data.MaskKind{data.MaskPhone}) || got.Language != "en" {
		t.Errorf("the first request is %+v", got)
	}
	b.Shows(t, "2 changes since version 1", "Suits this dispute.", "1 of 5", "Exhibits 1 to 2", "Limit from a third party")
	p.target.choice.SetSelectedIndex(2)
	if got := p.target.request(); got.Profile != "stripe" || !slices.Equal(got.Mask, []data.MaskKind{data.MaskName}) {
		t.Errorf("after choosing Stripe the request is %+v", got)
	}
	b.Shows(t, "Made for another platform")
}

func TestWhatDoesNotFitCanBeLeftOut(t *testing.T) {
	b, p := bound(t, words.English)
	b.fake.plan = &fit.Plan{
		Profile: "aliexpress", Meters: []fit.Meter{{Limit: fit.LimitFiles, Value: 7, Max: 5}},
		Findings: []data.Finding{
			{
				Rule: fit.RuleRefused, Severity: data.Blocking, Where: []data.Ref{{Kind: "evidence", ID: "parcel-copy.png", Label: "Parcel"}},
				Why: phrase(t, "fit.refused.uncited"), How: phrase(t, "fit.mend.leave"), Mend: data.Mend{Deed: fit.DeedLeaveOut},
				Origin: data.Origin{Source: "help.example", Edition: "2025-01", Confidence: data.ThirdParty},
			},
			{Rule: fit.RuleNotAsked, Severity: data.Info, Where: []data.Ref{{Kind: "section", ID: "timeline", Label: "timeline"}}, Why: phrase(t, "fit.section.not_asked")},
		},
		Ways: []fit.Way{{
			Reason: fit.Reason{Code: "way.uncited", Args: map[string]string{"count": "1", "bytes": "2 MB", "pages": "1"}},
			Items:  []string{"exhibit:2"}, Fits: true,
		}},
	}
	p.again()
	b.Shows(t, "Over the form's limits", "7 of 5: too much", "✗ blocking", "no claim cites it", "Then all fits.", "help.example · 2025-01 · described by others",
		"How to fix: Leave it out, or put a smaller copy in its place.", "The form does not ask for this section.")
	if !p.target.bind.button.Disabled() {
		t.Error("what does not fit can be bound")
	}
	b.fake.plan.Ways = nil // its button has the same words
	p.again()
	b.TapFirst(t, "→ evidence: Parcel")
	if got := p.exhibits.chosen; got != "parcel-copy.png" {
		t.Errorf("followed to %q", got)
	}
	b.fake.plan = nil
	b.TapFirst(t, "Leave out")
	p.again()
	if got := b.lastOrder(); got != "parcel.png -parcel-copy.png" {
		t.Errorf("stored: %s", got)
	}
	if p.target.bind.button.Disabled() {
		t.Error("it fits now and cannot be bound")
	}
}

// phrase finds words of the program by their key.
func phrase(t *testing.T, key string) data.Text {
	t.Helper()
	for _, p := range data.Phrases() {
		if p.Key == key {
			return p
		}
	}
	t.Fatalf("there is no phrase %s", key)
	return data.Text{}
}

func TestNeighborsAreNamedTogether(t *testing.T) {
	guitest.New(t, words.English)
	if got := itemsTitle([]string{"exhibit:1", "exhibit:3", "exhibit:4", "section:timeline"}); got != "Exhibit 1 · Exhibits 3 to 4 · Timeline" {
		t.Errorf("got %s", got)
	}
}

func TestBindingABundle(t *testing.T) {
	b, p := bound(t, words.English)
	var opened []string
	b.ShowDir = func(path string) { opened = append(opened, path) }
	p.target.folder.SetText("")
	p.target.bind.export()
	if len(b.fake.exported) != 0 {
		t.Fatal("it was exported into no folder")
	}
	p.target.folder.SetText("/out")
	p.target.stamp.SetChecked(true)
	p.statement.insert(0)
	p.statement.cards[0].text.SetText("Said.")
	b.fake.report = desk.BundleReport{
		Submission: data.Submission{Version: 2, Profile: "stripe", Pages: 9, Exhibits: 2, Changes: []string{"exhibit.added label.jpg", "statement.changed", "profile.changed stripe"}},
		PDFPath:    "/out/a.pdf", BagPath: "/out/a.zip", FormDir: t.TempDir(), FormFiles: []string{"/out/up/1.pdf"},
		Plan: fit.Plan{Files: []fit.File{{Name: "1.pdf", Category: "shipping_documentation", Items: []string{"section:shipping"}, Pages: 3, Bytes: 9000}}},
	}
	p.target.bind.export()
	if len(b.fake.exported) != 1 || b.fake.exported[0].Dir != "/out" || !b.fake.exported[0].TimeStamp {
		t.Fatalf("exported: %+v", b.fake.exported)
	}
	if got := b.fake.said.Claims[0].Text; got != "Said." {
		t.Errorf("what was typed just before is not in the bundle: %q", got)
	}
	b.Shows(t, "goes into “shipping_documentation” · Shipping · 3 pages", "Changed since version 1", "Exhibit added: label.jpg", "Statement changed", "Made for Stripe: dispute")
	if !slices.Equal(opened, []string{b.fake.report.FormDir}) {
		t.Errorf("opened: %v", opened)
	}
}

func TestFieldsOfAFormAreCopiedOneByOne(t *testing.T) {
	bar, line := strings.Repeat("=", 72), strings.Repeat("-", 72)
	text := "Fields\n\n" + bar + "\nnote: Note (9 characters)\n" + line + "\n1. One.\n2. Two.\n\n" + bar + "\ncarrier (4 characters)\n" + line + "\nPost\n\n" +
		bar + "\nLeft empty:\n  date - not known\n"
	want := []formText{{"note: Note (9 characters)", "1. One.\n2. Two."}, {"carrier (4 characters)", "Post"}}
	got := formFields(text)
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := formFields("Read this first\n======\n"); got != nil {
		t.Errorf("an ordinary text has fields: %q", got)
	}
}

func TestAnOrderThatCannotBeStoredIsTakenBack(t *testing.T) {
	b, p := bound(t, words.English)
	b.fake.failing = errors.New("the disk is full")
	p.exhibits.move(1)
	b.Shows(t, "the disk is full")
	if got := order(exhibitsOf(p.exhibits.list)); got != "parcel.png parcel-copy.png" {
		t.Errorf("the screen shows an order that is not stored: %s", got)
	}
}

func TestAReloadOfTheSameLeavesTheKeysAlone(t *testing.T) {
	b, p := bound(t, words.English)
	p.focusPart(partChecks)
	held := b.Window.Canvas().Focused()
	asked := len(b.fake.asked)
	p.Reload()
	p.again()
	if b.Window.Canvas().Focused() != held || p.checks.first != held {
		t.Error("a reload without news took the keys away")
	}
	missing := slices.IndexFunc(p.view.Proof, func(i policy.ItemView) bool { return i.State == policy.Missing })
	b.fake.Marked = append(b.fake.Marked, p.view.Proof[missing].ID+": not needed")
	p.Reload()
	if p.checks.first == held {
		t.Error("news were not shown")
	}
	if len(b.fake.asked) != asked+1 {
		t.Errorf("%d previews were asked for", len(b.fake.asked)-asked)
	}
}

func TestTextThatCannotBeStoredStays(t *testing.T) {
	b, p := bound(t, words.English)
	p.statement.insert(0)
	b.fake.failing = errors.New("the disk is full")
	p.statement.cards[0].text.SetText("Not lost")
	p.statement.flush()
	b.Shows(t, "the disk is full")
	p.Reload()
	if p.statement.cards[0].text.Text != "Not lost" {
		t.Errorf("the text became %q", p.statement.cards[0].text.Text)
	}
	b.fake.failing = nil
	p.statement.flush()
	if b.fake.said.Claims[0].Text != "Not lost" || !p.statement.stored() {
		t.Errorf("stored: %+v", b.fake.said)
	}
}

func TestThePageComesBackInAnotherLanguage(t *testing.T) {
	b, p := bound(t, words.English)
	p.exhibits.choose("parcel-copy.png")
	p.target.choice.SetSelectedIndex(2)
	p.showPart(partChecks)
	state := p.State()
	p.Close()
	words.Set(words.Simplified)
	_, q := composeOn(t, b.Bench, b.fake, state)
	if q.id != 21 || q.parts.Value() != partChecks || q.exhibits.chosen != "parcel-copy.png" || q.target.request().Profile != "stripe" {
		t.Fatalf("restored: %+v", q)
	}
	if q.pages.page() != 5 {
		t.Errorf("it begins on page %d", q.pages.page())
	}
}

func TestThePageOfABundleSpeaksEachLanguage(t *testing.T) {
	for language, want := range map[string]string{words.English: "Submit to", words.Simplified: "上传限制", words.Traditional: "上傳限制"} {
		t.Run(language, func(t *testing.T) {
			b, p := bound(t, language)
			draftSheet(p.statement)
			b.UI.Save()
			for _, part := range leftParts() {
				p.focusPart(part)
				b.NoRawKeys(t)
			}
			b.Shows(t, want)
			citeSheet(p.statement, 0)
			b.NoRawKeys(t)
		})
	}
}
