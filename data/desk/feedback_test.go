package desk_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/rating"
)

// rated is a desk with a bad feedback on an AliExpress order, left two days before
// the clock.
func rated(t *testing.T) (*desk.Desk, data.Feedback) {
	t.Helper()
	d := aliExpressOrder(t)
	f, err := d.PutFeedback(t.Context(), data.Feedback{Shop: shopOf(t, d), OrderNumber: "812345", Stars: 1, Text: "Give me a refund", LeftAt: clock.AddDate(0, 0, -2)})
	must(t, err)
	return d, f
}

func feedbackView(t *testing.T, d *desk.Desk, id int64) desk.FeedbackView {
	t.Helper()
	v, err := d.Feedback(t.Context(), id)
	must(t, err)
	return v
}

// Each deed is refused where the platform's rules bar it, written down where they do
// not, and taken back by Undo.
func TestTheLifeOfAFeedback(t *testing.T) {
	d, f := rated(t)
	ctx := t.Context()
	write := func(w desk.FeedbackDeed) (data.Feedback, error) { return d.WriteFeedback(ctx, f.ID, w) }
	if _, err := write(desk.FeedbackDeed{Kind: desk.FeedbackAsk}); !problemIs(err, "feedback_unsettled") {
		t.Errorf("asked before it is settled: %v", err)
	}
	_, err := write(desk.FeedbackDeed{Kind: desk.FeedbackReply, Text: "We are sorry."})
	must(t, err)
	_, err = write(desk.FeedbackDeed{Kind: desk.FeedbackSettle})
	must(t, err)
	got, err := write(desk.FeedbackDeed{Kind: desk.FeedbackAsk})
	must(t, err)
	if got.State != data.FeedbackRevision || got.RevisionAt.IsZero() {
		t.Errorf("asked: %+v", got)
	}
	if _, err := write(desk.FeedbackDeed{Kind: desk.FeedbackAsk}); !problemIs(err, "feedback_once") {
		t.Errorf("asked twice: %v", err)
	}
	if _, err := write(desk.FeedbackDeed{Kind: desk.FeedbackComplain, Ground: data.GroundCompetitor}); !problemIs(err, "feedback_no_proof") {
		t.Errorf("without a proof: %v", err)
	}
	report, err := d.AddFeedbackEvidence(ctx, f.ID, []desk.EvidenceFile{{Name: "shop.png", Bytes: stripes(t, 40, 30, 1), Kind: data.KindScreenshot}}, nil)
	if err != nil || len(report.Added) != 1 {
		t.Fatalf("%+v %v", report, err)
	}
	if got, err = write(desk.FeedbackDeed{Kind: desk.FeedbackComplain, Ground: data.GroundCompetitor}); err != nil || got.State != data.FeedbackComplained {
		t.Errorf("with one: %+v %v", got, err)
	}
	if _, err := write(desk.FeedbackDeed{Kind: desk.FeedbackComplain, Ground: data.GroundAbusive}); !problemIs(err, "feedback_once") {
		t.Errorf("reported twice: %v", err)
	}
	if got, err = write(desk.FeedbackDeed{Kind: desk.FeedbackDecide, Outcome: "kept"}); err != nil || got.State != data.FeedbackRevision || got.Complained.Outcome != "kept" {
		t.Errorf("kept: %+v %v", got, err)
	}
	if got, err = write(desk.FeedbackDeed{Kind: desk.FeedbackDecide, Outcome: "removed"}); err != nil || got.RemovedAt.IsZero() {
		t.Errorf("removed: %+v %v", got, err)
	}
	if v := feedbackView(t, d, f.ID); v.Windows[2].Status != rating.Done || len(v.Files) != 1 {
		t.Errorf("in the end: %+v", v)
	}
	for range 6 {
		_, err := d.Undo(ctx)
		must(t, err)
	}
	if v := feedbackView(t, d, f.ID); v.Feedback.Reply != "We are sorry." || !v.Feedback.SettledAt.IsZero() || len(v.Files) != 0 || v.Feedback.State != data.FeedbackReplied {
		t.Errorf("taken back: %+v", v.Feedback)
	}
}

// The one request for a revision lies on the day of the settlement or after it.
func TestARevisionIsNotAskedForBeforeTheSettlement(t *testing.T) {
	d, f := rated(t)
	_, err := d.WriteFeedback(t.Context(), f.ID, desk.FeedbackDeed{Kind: desk.FeedbackSettle, At: clock})
	must(t, err)
	ask := desk.FeedbackDeed{Kind: desk.FeedbackAsk, At: clock.AddDate(0, 0, -1)}
	if _, err := d.WriteFeedback(t.Context(), f.ID, ask); !problemIs(err, "feedback_unsettled") {
		t.Errorf("asked a day before: %v", err)
	}
	ask.At = clock
	_, err = d.WriteFeedback(t.Context(), f.ID, ask)
	must(t, err)
}

func problemIs(err error, code string) bool {
	p, ok := data.AsProblem(err)
	return ok && p.Kind.Code == code
}

// A rating that is changed twice keeps what it was each time, and says that the
// platform lets a buyer change it once.
func TestARatingChangedTwice(t *testing.T) {
	d, f := rated(t)
	first, second := clock.AddDate(0, 0, -1), clock
	_, err := d.WriteFeedback(t.Context(), f.ID, desk.FeedbackDeed{Kind: desk.FeedbackRevise, Stars: 3, At: first})
	must(t, err)
	_, err = d.WriteFeedback(t.Context(), f.ID, desk.FeedbackDeed{Kind: desk.FeedbackRevise, Stars: 5, Text: "All well now", At: second})
	must(t, err)
	v := feedbackView(t, d, f.ID)
	c := v.Feedback.Changes
	if len(c) != 2 || c[0].Stars != 1 || !c[0].At.Equal(first) || c[1].Stars != 3 || c[1].Text != "Give me a refund" || v.Feedback.Stars != 5 || v.Feedback.Text != "All well now" {
		t.Errorf("%+v", v.Feedback)
	}
	if len(v.Findings) != 1 || v.Findings[0].Rule != "feedback.revised" {
		t.Errorf("%+v", v.Findings)
	}
	if _, err := d.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	if v = feedbackView(t, d, f.ID); len(v.Feedback.Changes) != 1 || v.Feedback.Stars != 3 || v.Feedback.Text != "Give me a refund" {
		t.Errorf("one change taken back: %+v", v.Feedback)
	}
}

func TestFeedbackThatCannotBe(t *testing.T) {
	d, f := rated(t)
	ctx := t.Context()
	for name, c := range map[string]struct {
		change func(*data.Feedback)
		code   string
	}{
		"in the future":    {func(f *data.Feedback) { f.LeftAt = clock.Add(time.Hour) }, "event_in_future"},
		"before the order": {func(f *data.Feedback) { f.LeftAt = clock.AddDate(-1, 0, 0) }, "feedback_before_order"},
		"no stars":         {func(f *data.Feedback) { f.Stars = 0 }, "stars_range"},
		"the same again":   {func(*data.Feedback) {}, "feedback_twice"},
		"half a detail":    {func(f *data.Feedback) { f.Text, f.Details = "x", map[string]int{"communication": 0} }, "feedback_detail"},
	} {
		one := data.Feedback{Shop: f.Shop, OrderNumber: f.OrderNumber, Stars: f.Stars, Text: f.Text, LeftAt: f.LeftAt}
		c.change(&one)
		if _, err := d.PutFeedback(ctx, one); !problemIs(err, c.code) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for text, want := range map[string]int{"5": 5, " 1 ": 1, "４": 4, "4.5": 0, "0": 0, "6": 0, "": 0, "four": 0} {
		if n, err := desk.ParseStars(text); n != want || (err == nil) != (want > 0) {
			t.Errorf("%q: %d %v", text, n, err)
		}
	}
	second := data.Feedback{Shop: f.Shop, OrderNumber: f.OrderNumber, Stars: 4, Text: "the other lamp", LeftAt: f.LeftAt}
	second, err := d.PutFeedback(ctx, second)
	must(t, err)
	if v := feedbackView(t, d, second.ID); len(v.Findings) != 1 || v.Findings[0].Rule != "feedback.twice" {
		t.Errorf("two on one order: %+v", v.Findings)
	}
	alone, err := d.PutFeedback(ctx, data.Feedback{Shop: f.Shop, Stars: 2, Text: "no number"})
	must(t, err)
	if v := feedbackView(t, d, alone.ID); len(v.Findings) != 1 || v.Findings[0].Rule != "feedback.no_order" || v.Windows[2].Status != rating.Open || v.Findings[0].Why.String() != "It names no order." {
		t.Errorf("without an order: %+v", v)
	}
	strange, err := d.PutFeedback(ctx, data.Feedback{Shop: f.Shop, OrderNumber: "8999999999999", Stars: 2, Text: "another desk's"})
	must(t, err)
	if v := feedbackView(t, d, strange.ID); len(v.Findings) != 1 || v.Findings[0].Rule != "feedback.no_order" || v.Findings[0].Why.String() != "Its order is not in this desk." {
		t.Errorf("of an order of another desk: %+v", v.Findings)
	}
}

// A bad feedback stands on Today once, with the date that comes first and its rule,
// until all is done that can be done.
func TestFeedbackOnTodayHasItsDate(t *testing.T) {
	d, f := rated(t)
	ctx := t.Context()
	row := func() *desk.WaitingRow {
		t.Helper()
		refs, err := d.TodayRefs(ctx, f.Shop.ID, false)
		must(t, err)
		rows, err := d.TodayRows(ctx, refs)
		must(t, err)
		var found *desk.WaitingRow
		for i := range rows {
			if rows[i].Kind == data.TodayFeedback && rows[i].ID == f.ID {
				if found != nil {
					t.Fatal("it stands there twice")
				}
				found = &rows[i]
			}
			if i > 0 && !refs[i].Due.IsZero() && refs[i].Due.Before(refs[i-1].Due) {
				t.Errorf("%v stands behind %v", refs[i].Due, refs[i-1].Due)
			}
		}
		return found
	}
	if r := row(); r == nil || !r.Due.Equal(f.LeftAt.AddDate(0, 0, 30)) || r.Title.English != "Settle the matter, then ask for a revision" || r.Source.Source == "" {
		t.Fatalf("%+v", r)
	}
	_, err := d.WriteFeedback(ctx, f.ID, desk.FeedbackDeed{Kind: desk.FeedbackReply, Text: "We are sorry."})
	must(t, err)
	if r := row(); r == nil || r.Due.IsZero() {
		t.Errorf("answered, its other windows are open: %+v", r)
	}
	_, err = d.WriteFeedback(ctx, f.ID, desk.FeedbackDeed{Kind: desk.FeedbackClose})
	must(t, err)
	if r := row(); r != nil {
		t.Errorf("done with: %+v", r)
	}
}

func TestCausesCanBeAdded(t *testing.T) {
	d, f := rated(t)
	ctx := t.Context()
	cause := func(name string, sure bool) error {
		_, err := d.WriteFeedback(ctx, f.ID, desk.FeedbackDeed{Kind: desk.FeedbackCause, Cause: name, Sure: sure})
		return err
	}
	must(t, cause("size", false))
	if err := cause("smells of smoke", false); !errors.Is(err, data.ErrInvalid) {
		t.Errorf("a cause that nobody named: %v", err)
	}
	must(t, cause("smells of smoke", true))
	list, err := d.FeedbackCauseList(ctx)
	if err != nil || list[len(list)-1] != "smells of smoke" {
		t.Errorf("%q %v", list, err)
	}
	must(t, cause("smells of smoke", false))
}

const ratingHead = "Order Number,Stars,Text,Date,Buyer,Item as Described,Communication,Translation,Removed At\n"

func importFeedback(t *testing.T, d *desk.Desk, text string) desk.ImportReport {
	t.Helper()
	shop := shopOf(t, d)
	report, err := d.Import(t.Context(), desk.ImportRequest{Path: write(t, "feedback.csv", text), Target: "feedback", Shop: data.Shop{Platform: shop.Platform, Name: shop.Name}}, nil)
	must(t, err)
	return report
}

// A file without ids names a feedback by its order and time: a second import does not
// double it, and other stars are a change of it.
func TestFeedbackOfAFileWithoutIds(t *testing.T) {
	d, f := rated(t)
	ctx := t.Context()
	first := ratingHead +
		"812345,1,Give me a refund,2026-11-18,Ana,2,5,,\n" + // what a person wrote down before
		"812345,5,Lovely,2026-11-05,Ana,,,,\n" +
		"812345,4.5,Half,2026-11-05,Ana,,,,\n" +
		"812345,0,None,2026-11-05,Ana,,,,\n" +
		"812345,4,Good,2027-01-05,Ana,,,,\n" + // in the future
		",2,Lent,2026-11-06,Bo,,,Langsam,\n" + // without an order
		",3,,,,,,,\n" // a line of sums
	report := importFeedback(t, d, first)
	if c := report.Counts; c.Added != 2 || c.Updated != 1 || c.Rejected != 4 || len(report.Doubts) != 2 || report.Doubts[0].Rule != "import_feedback_second" || report.Doubts[1].Rule != "import_feedback_future" {
		t.Errorf("%+v, rejected %+v, doubts %+v", c, report.Rejected, report.Doubts)
	}
	got, err := d.Feedback(ctx, f.ID)
	must(t, err)
	if got.Feedback.Details["description"] != 2 || got.Feedback.Details["communication"] != 5 || got.Feedback.UID != f.UID || len(got.Feedback.Changes) != 0 {
		t.Errorf("%+v", got.Feedback)
	}
	if c := importFeedback(t, d, first).Counts; c.Added != 0 || c.Updated != 0 {
		t.Errorf("the same file again: %+v", c)
	}
	second := ratingHead + "812345,3,Lovely,2026-11-05,Ana,,,,\n,2,Lent,2026-11-06,Bo,,,Langsam,2026-11-15\n"
	if c := importFeedback(t, d, second).Counts; c.Added != 0 || c.Updated != 2 {
		t.Errorf("changed and removed: %+v", c)
	}
	all, err := d.FeedbackFirst(ctx, data.FeedbackQuery{}, 10)
	must(t, err)
	for _, one := range all {
		v := feedbackView(t, d, one.ID)
		switch one.Text {
		case "Lovely":
			if one.Stars != 3 || one.State != data.FeedbackRevised || len(v.Feedback.Changes) != 1 || v.Feedback.Changes[0].Stars != 5 {
				t.Errorf("%+v", v.Feedback)
			}
		case "Lent":
			if one.State != data.FeedbackRemoved || one.RemovedAt.IsZero() || one.Translated.Text != "Langsam" || one.OrderID != 0 {
				t.Errorf("%+v", one)
			}
		}
	}
}

// A complaint that was sent is no answer in public, and a request that was sent is
// one; both are taken back with the sending.
func TestSendingWritesTheDeedDown(t *testing.T) {
	d, f := rated(t)
	ctx := t.Context()
	send := func(about data.ReplyAbout, template, text string, fields map[string]string) {
		t.Helper()
		_, err := d.CopyDraft(ctx, data.ReplyDraft{ReplyAbout: about, Template: template, Fields: fields}, "en", text)
		must(t, err)
		_, err = d.SendDraft(ctx, about, "")
		must(t, err)
	}
	send(data.ReplyAbout{OrderID: f.OrderID, FeedbackID: f.ID}, "feedback_complaint", "Please look at it.", map[string]string{"complaint.ground": "off_topic"})
	if got := feedbackView(t, d, f.ID).Feedback; got.Complained.Ground != data.GroundIrrelevant || got.State != data.FeedbackComplained || got.Reply != "" {
		t.Errorf("a complaint: %+v", got)
	}
	send(data.ReplyAbout{OrderID: f.OrderID}, "revision_request", "You may edit it.", nil)
	if got := feedbackView(t, d, f.ID).Feedback; got.RevisionAt.IsZero() || got.State != data.FeedbackComplained {
		t.Errorf("a request: %+v", got)
	}
	for range 2 {
		_, err := d.Undo(ctx)
		must(t, err)
	}
	if got := feedbackView(t, d, f.ID).Feedback; !got.RevisionAt.IsZero() || got.Complained.Ground != "" || got.State != data.FeedbackNew {
		t.Errorf("taken back: %+v", got)
	}
}

// Behind a bad rating stands first a letter that nobody has written, and, once the
// matter is settled and while the platform lets a buyer change it, the one request for
// a revision. The page says the same.
func TestLettersFollowABadRating(t *testing.T) {
	d, f := rated(t)
	ctx := t.Context()
	order := data.ReplyAbout{OrderID: f.OrderID}
	proposed := func(about data.ReplyAbout, uid string) string {
		t.Helper()
		list, err := d.ProposeReplies(ctx, about)
		must(t, err)
		for _, p := range list {
			if p.Template == uid {
				return p.Why[0].Key
			}
		}
		return ""
	}
	asks := func() string {
		t.Helper()
		for _, w := range feedbackView(t, d, f.ID).Windows {
			if w.What == rating.Ask {
				return string(w.Status) + " " + w.Why.Key
			}
		}
		return ""
	}
	state := func() [3]string {
		return [3]string{proposed(order, "feedback_private"), proposed(order, "revision_request"), asks()}
	}
	send := func(about data.ReplyAbout, template string) {
		t.Helper()
		_, err := d.CopyDraft(ctx, data.ReplyDraft{ReplyAbout: about, Template: template}, "en", "About "+template)
		must(t, err)
		_, err = d.SendDraft(ctx, about, "")
		must(t, err)
	}
	if got, want := state(), [3]string{"reply.why.silent", "", "waits rating.write"}; got != want {
		t.Errorf("nobody has written: %q, want %q", got, want)
	}
	// A private letter that was begun on the rating is a message, and no answer below it.
	send(data.ReplyAbout{OrderID: f.OrderID, FeedbackID: f.ID}, "feedback_private")
	if v := feedbackView(t, d, f.ID); v.Feedback.Reply != "" || !v.Feedback.RepliedAt.IsZero() || len(sentTo(t, d, f.OrderID)) != 1 {
		t.Errorf("a private letter became an answer in public: %+v", v.Feedback)
	}
	if got, want := state(), [3]string{"", "", "waits rating.written"}; got != want {
		t.Errorf("written: %q, want %q", got, want)
	}
	_, err := d.WriteFeedback(ctx, f.ID, desk.FeedbackDeed{Kind: desk.FeedbackSettle})
	must(t, err)
	if got, want := state(), [3]string{"", "reply.why.settled", "open rating.until"}; got != want {
		t.Errorf("settled: %q, want %q", got, want)
	}
	if got := proposed(data.ReplyAbout{OrderID: f.OrderID, FeedbackID: f.ID}, "revision_request"); got != "reply.why.settled" {
		t.Errorf("on the rating's own page: %q", got)
	}
	send(order, "revision_request")
	if got, want := state(), [3]string{"", "", "done rating.asked"}; got != want {
		t.Errorf("asked: %q, want %q", got, want)
	}
	_, err = d.Undo(ctx) // the request is taken back, and a dispute is opened
	must(t, err)
	_, err = d.OpenDispute(ctx, desk.NewDispute{OrderID: f.OrderID, Reason: data.ReasonQuality, OpenedAt: f.LeftAt.Add(time.Hour)})
	must(t, err)
	if got, want := state(), [3]string{"", "", "waits rating.matter"}; got != want {
		t.Errorf("a dispute is open: %q, want %q", got, want)
	}
}

// A letter about feedback knows the one that it is about, and what was left for the
// buyer is kept with what was given.
func TestLettersKnowTheirFeedback(t *testing.T) {
	d, f := rated(t)
	ctx := t.Context()
	request := desk.DraftRequest{Template: "revision_request", Language: "en", OrderID: f.OrderID}
	draft, err := d.Draft(ctx, request)
	must(t, err)
	if len(draft.Findings) != 1 || draft.Findings[0].Rule != "reply.needs" || draft.Findings[0].Where[0].ID != "feedback.settled" {
		t.Errorf("a revision is asked for before the matter is settled: %+v", draft.Findings)
	}
	_, err = d.WriteFeedback(ctx, f.ID, desk.FeedbackDeed{Kind: desk.FeedbackSettle})
	must(t, err)
	draft, err = d.Draft(ctx, request)
	must(t, err)
	for _, found := range draft.Findings {
		t.Errorf("%s: %s", found.Rule, found.Why)
	}
	invite, err := d.Draft(ctx, desk.DraftRequest{Template: "feedback_invite", Language: "en", OrderID: f.OrderID})
	must(t, err)
	if !slices.ContainsFunc(invite.Findings, func(found data.Finding) bool {
		return found.Rule == "reply.needs" && found.Where[0].ID == "order.rated"
	}) {
		t.Errorf("a buyer who left feedback is invited to leave it: %+v", invite.Findings)
	}
	about := data.ReplyAbout{OrderID: f.OrderID}
	_, err = d.CopyDraft(ctx, data.ReplyDraft{ReplyAbout: about, Template: "feedback_for_buyer"}, "en", "A pleasure to deal with.")
	must(t, err)
	_, err = d.SendDraft(ctx, about, "")
	must(t, err)
	given, err := d.FeedbackFirst(ctx, data.FeedbackQuery{Given: true}, 5)
	must(t, err)
	if len(given) != 1 || given[0].Text != "A pleasure to deal with." || given[0].OrderID != f.OrderID || len(sentTo(t, d, f.OrderID)) != 0 {
		t.Errorf("%+v", given)
	}
	received, err := d.FeedbackFirst(ctx, data.FeedbackQuery{}, 5)
	must(t, err)
	if len(received) != 1 || received[0].ID != f.ID {
		t.Errorf("received: %+v", received)
	}
}
