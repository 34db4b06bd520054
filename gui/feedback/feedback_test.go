package feedback

import (
	"encoding/json"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/pack"
	"casebinder/gui/guitest"
	"casebinder/gui/kit"
	"casebinder/gui/words"
)

func TestUnsavedFeedbackSurvivesAReload(t *testing.T) {
	b := guitest.New(t, words.English)
	f := New(b.Env, b.Fake)
	b.Show(f)
	f.Open(41)
	f.detail.reply.SetText("We are sorry.")
	f.Reload()
	if f.detail.reply.Text != "We are sorry." {
		t.Fatalf("a reload took what was typed: %q", f.detail.reply.Text)
	}
	f.detail.Choose(data.Feedback{ID: 42, Stars: 5}, true)
	if len(b.Fake.Put) != 1 || b.Fake.Put[0].Reply != "We are sorry." {
		t.Errorf("stored: %+v", b.Fake.Put)
	}
}

// An answer that was begun and not saved is there when the program starts again,
// and nothing was stored as a reply meanwhile.
func TestTypedAnswerOutlivesTheProgram(t *testing.T) {
	b := guitest.New(t, words.English)
	kept := map[string]json.RawMessage{}
	save := func(all map[string]json.RawMessage) { kept = all }
	b.UI.KeepIn(nil, save)
	f := New(b.Env, b.Fake)
	b.Show(f)
	f.Open(41)
	test.Type(f.detail.reply, "We are so")
	b.UI.KeepNow()
	if len(b.Fake.Put) != 0 {
		t.Fatalf("stored: %+v", b.Fake.Put)
	}

	b = guitest.New(t, words.English)
	b.UI.KeepIn(kept, save)
	f = New(b.Env, b.Fake)
	b.Show(f)
	f.Open(41)
	if f.detail.reply.Text != "We are so" || f.detail.save.Disabled() {
		t.Fatalf("after a start the answer is %q, Save dead: %v", f.detail.reply.Text, f.detail.save.Disabled())
	}
	test.Tap(f.detail.save)
	if len(b.Fake.Put) != 1 || b.Fake.Put[0].Reply != "We are so" {
		t.Errorf("stored: %+v", b.Fake.Put)
	}
	b.UI.KeepNow()
	if left := string(kept[keptDrafts]); left != "{}" {
		t.Errorf("still kept as a draft: %s", left)
	}
}

// What is said of a feedback on its own page names no place: it is this feedback.
func TestAFindingOnThePageNamesNoPlace(t *testing.T) {
	list := here([]data.Finding{{Where: []data.Ref{{Kind: "feedback", ID: "f1"}, {Kind: "text", Label: "half back"}}}, {Where: []data.Ref{{Kind: "feedback", ID: "f1"}}}})
	if len(list) != 2 || len(list[0].Where) != 1 || list[0].Where[0].Kind != "text" || len(list[1].Where) != 0 {
		t.Errorf("%+v", list)
	}
}

func TestTheTabSpeaksEachLanguage(t *testing.T) {
	for language, want := range map[string]string{words.English: "negative", words.Simplified: "差评", words.Traditional: "負評"} {
		b := guitest.New(t, language)
		f := New(b.Env, b.Fake)
		b.Show(f)
		f.Open(41)
		b.Shows(t, want)
		b.NoRawKeys(t)
		f.New()
		if !b.UI.SheetOpen() {
			t.Fatal("no sheet is open")
		}
		b.NoRawKeys(t)
	}
}

// At 1280 pixels, as wide as the window opens, the columns that are shown at first stand beside each other
// without a scroll, and a date of last year is whole.
func TestColumnsFitASmallScreen(t *testing.T) {
	for _, language := range words.Languages() {
		guitest.New(t, language)
		width, row := float32(0), data.Feedback{LeftAt: time.Date(2024, 12, 30, 23, 59, 0, 0, time.UTC)}
		for _, c := range columns(time.Now) {
			if !c.Hidden {
				width += c.Width
			}
			if c.ID == "left" && kit.Fit(c.Text(row), c.Width-12, c.Bold) != c.Text(row) {
				t.Errorf("%s: %q is cut in %v", language, c.Text(row), c.Width)
			}
		}
		if room := float32(1280*0.6) - 20; width > room { // 20: the bar between the panes and the scroll bar
			t.Errorf("%s: the columns take %v of %v", language, width, room)
		}
	}
}

// What can be done stands with its state and rule, each deed is one click, and what
// the rules bar is asked about before it is written down.
func TestWindowsAndDeeds(t *testing.T) {
	b := guitest.New(t, words.English)
	f := New(b.Env, b.Fake)
	b.Show(f)
	f.Open(41)
	b.Shows(t, words.Text(pack.Text("Answer in public")), words.Text(pack.Text("Complain to the platform")), words.T("feedback.settle"))
	b.NoRawKeys(t)
	f.detail.settle()
	if len(b.Fake.Wrote) != 1 || b.Fake.Wrote[0].Kind != desk.FeedbackSettle {
		t.Fatalf("wrote %+v", b.Fake.Wrote)
	}
	b.Fake.Refuse = data.DefineProblem("test_refused", data.ErrRefused, "Not now.", "Wait.").New()
	f.detail.asked()
	if len(b.Fake.Wrote) != 1 || !b.UI.SheetOpen() {
		t.Fatalf("a refusal is not asked about: %+v", b.Fake.Wrote)
	}
	b.Shows(t, words.T("feedback.sure.title"))
	b.UI.Escape()
	for _, open := range []func(){f.detail.complain, f.detail.revise, f.detail.decide, f.detail.translate, f.detail.addCause, f.narrowSheet, func() { summarySheet(f.env) }} {
		open()
		if !b.UI.SheetOpen() {
			t.Error("no sheet is open")
		}
		b.NoRawKeys(t)
		b.UI.Escape()
	}
}

// What was left for a buyer is corrected, and neither answered nor reported.
func TestGivenFeedbackHasItsOwnDeeds(t *testing.T) {
	b := guitest.New(t, words.English)
	f := New(b.Env, b.Fake)
	b.Show(f)
	f.detail.Choose(data.Feedback{ID: 43, Stars: 5, Text: "A good buyer", Given: true}, true)
	b.Shows(t, "A good buyer", words.T("feedback.edit"))
	if f.detail.bars.Objects[0] != f.detail.given.Object {
		t.Error("the deeds of what was received are offered")
	}
}

// A page of ratings that is pasted into the tab is not taken for a buyer's message.
func TestPastingIntoTheTab(t *testing.T) {
	b := guitest.New(t, words.English)
	f := New(b.Env, b.Fake)
	b.Show(f)
	if f.PasteText("Where is my parcel?") || b.UI.SheetOpen() {
		t.Error("a message is taken for ratings")
	}
	page := "5 out of 5 stars\nFine\nBy Tom on November 2, 2025\n"
	if !f.PasteText(page) {
		t.Fatal("a page of ratings is not")
	}
	b.Shows(t, words.T("feedback.paste.do"), "By Tom on November 2, 2025")
}

// A pasted page is shown before it is kept: what lacks its stars is kept once a person
// gave them, and what is left out is not.
func TestPastedPageIsLookedAt(t *testing.T) {
	b, d, _ := guitest.RealCase(t)
	e := &env{Env: b.Env, desk: d}
	text := "5 out of 5 stars\nFine\nBy Tom on November 2, 2025\n4.5 out of 5 stars\nNearly\nBy Uta on November 1, 2025\n1 out of 5 stars\nNo\nBy Eva on November 3, 2025\n"
	shops, err := d.Shops(t.Context())
	if err != nil || len(shops) == 0 {
		t.Fatal(shops, err)
	}
	page, err := d.PreviewRatings(t.Context(), desk.RatingsRequest{Text: text, ShopID: shops[0].ID})
	if err != nil {
		t.Fatal(err)
	}
	s := openRatings(e, page)
	b.Shows(t, "Fine", "Nearly", "? 4.5", words.T("rating_fate.left"))
	b.NoRawKeys(t)
	s.at = 1
	s.setStars(4)
	b.Shows(t, words.T("rating_fate.n.new", "n", 3))
	s.at = 2
	s.turn()
	b.Shows(t, words.T("rating_fate.n.left", "n", 1))
	s.take()
	list, err := d.FeedbackFirst(t.Context(), data.FeedbackQuery{Search: "Nearly"}, 9)
	if err != nil || len(list) != 1 || list[0].Stars != 4 {
		t.Errorf("%+v %v", list, err)
	}
	if list, err = d.FeedbackFirst(t.Context(), data.FeedbackQuery{Search: "Eva"}, 9); err != nil || len(list) != 0 {
		t.Errorf("what was left out is kept: %+v %v", list, err)
	}
}

// A public answer that trades feedback for a solution is not kept until a person says
// why it has to stand; what was typed stays in the field meanwhile.
func TestAnAnswerGoesThroughTheReplyCheck(t *testing.T) {
	b, d, dispute := guitest.RealCase(t)
	order, err := d.Order(t.Context(), dispute.OrderID)
	if err != nil {
		t.Fatal(err)
	}
	one, err := d.PutFeedback(t.Context(), data.Feedback{Shop: order.Order.Shop, OrderNumber: order.Order.Number, Stars: 1, Text: "Late", LeftAt: b.UI.Now()})
	if err != nil {
		t.Fatal(err)
	}
	kept := func() data.Feedback {
		v, err := d.Feedback(t.Context(), one.ID)
		if err != nil {
			t.Fatal(err)
		}
		return v.Feedback
	}
	f := New(b.Env, d)
	b.Show(f)
	f.detail.Choose(kept(), true)
	trade := "Please change your feedback to 5 stars and we will refund you in full."
	test.Type(f.detail.reply, trade)
	test.Tap(f.detail.save)
	if !b.UI.SheetOpen() || kept().Reply != "" || f.detail.reply.Text != trade {
		t.Fatalf("kept %q, typed %q", kept().Reply, f.detail.reply.Text)
	}
	b.Shows(t, words.T("feedback.stand.title"))
	b.UI.Escape()
	f.detail.reply.SetText("We are sorry for the delay.")
	test.Tap(f.detail.save)
	if b.UI.SheetOpen() || kept().Reply != "We are sorry for the delay." {
		t.Errorf("an answer to which nothing objects: %q", kept().Reply)
	}
}
