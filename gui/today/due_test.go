package today

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/parcel"
	"casebinder/data/service"
	"casebinder/gui/guitest"
	"casebinder/gui/kit"
	"casebinder/gui/route"
	"casebinder/gui/words"
)

// A buyer who waits is counted in one line, listed with until when, and goes
// away with a word that no answer is wanted.
func TestBuyersWhoWaitStandInOneLine(t *testing.T) {
	b, d, dispute := guitest.RealCase(t)
	var opened []route.Route
	b.Env.Open = func(r route.Route) { opened = append(opened, r) }
	s := New(b.Env, d)
	b.Show(s)
	b.Hides(t, words.T("today.buyers.answers"))
	if _, err := d.AddMessage(t.Context(), data.Message{
		OrderID: dispute.OrderID, Direction: data.FromBuyer, Text: "Where is it?", SentAt: d.Now().Add(-30 * time.Hour),
	}); err != nil {
		t.Fatal(err)
	}
	s.buyers.took = 0 // the first count, which reads all rules, may be a long one
	s.Changed([]data.ChangeEvent{{Rows: []data.RowRef{{Entity: data.EntityMessage}}}})
	if got := s.buyers.buttons[groupAnswers].Text; got != "Answers  1  ! 1 overdue" {
		t.Errorf("the line says %q", got)
	}
	b.Press(t, "Answers  1  ! 1 overdue")
	b.Shows(t, words.T("due.title"), words.T("due.what.first"), "Where is it?")
	b.NoRawKeys(t)
	b.Press(t, words.T("do.close"))
	sheet := s.dueSheet(groupAnswers)
	sheet.table.Select(1)
	b.Press(t, words.T("due.write"))
	if len(opened) != 1 {
		t.Fatalf("opened: %+v", opened)
	}
	if r, ok := opened[0].(route.Reply); !ok || r.Order.ID != dispute.OrderID {
		t.Errorf("opened: %+v", opened[0])
	}
	sheet = s.dueSheet(groupAnswers)
	sheet.table.Select(1)
	b.Press(t, words.T("due.complaint"))
	if r, ok := opened[len(opened)-1].(route.Complaint); !ok || r.Happened != "Where is it?" {
		t.Errorf("a complaint does not begin with the buyer's own words: %+v", opened[len(opened)-1])
	}
	sheet = s.dueSheet(groupAnswers)
	sheet.table.Select(1)
	b.Press(t, words.T("due.no_answer"))
	s.buyers.took = 0 // the first count, which reads all rules, may be a long one
	s.Changed([]data.ChangeEvent{{Rows: []data.RowRef{{Entity: data.EntityMessage}}}})
	if s.buyers.object.Visible() {
		t.Error("nothing is due, and the line is there")
	}
}

func TestComplaintsAndPromisesOfBuyers(t *testing.T) {
	b, d, dispute := guitest.RealCase(t)
	s := New(b.Env, d)
	b.Show(s)
	if _, err := d.OpenComplaint(t.Context(), data.Complaint{DisputeID: dispute.ID, Happened: "The lens is broken."}); err != nil {
		t.Fatal(err)
	}
	if _, err := d.EnsureTask(t.Context(), data.Task{
		Title: "Send the missing part", OrderID: dispute.OrderID, Due: d.Now().Add(time.Hour), Origin: data.TaskOrigin{Kind: "promise", Key: "x"},
	}); err != nil {
		t.Fatal(err)
	}
	s.Reload()
	b.Press(t, "Complaints  1")
	b.Shows(t, "The lens is broken.", "sample")
	b.Press(t, words.T("do.close"))
	b.Press(t, "Promises  1")
	b.Shows(t, "Send the missing part")
	b.Press(t, words.T("do.close"))
	sheet := s.dueSheet(groupPromises)
	sheet.table.Select(1)
	b.Press(t, words.T("due.done"))
	b.Shows(t, words.T("due.kept", "n", 1, "of", 1))
	b.Press(t, words.T("do.close"))
	for _, language := range words.Languages() { // each sheet in each language
		words.Set(language)
		for _, g := range []group{groupAnswers, groupParcels, groupNotices, groupFollow, groupAwake, groupMoments, "in_transit"} {
			s.dueSheet(g)
			b.NoRawKeys(t)
			b.Press(t, words.T("do.close"))
		}
	}
	words.Set(words.English)
}

func TestFiguresOfAnswersAndComplaints(t *testing.T) {
	b, d, dispute := guitest.RealCase(t)
	say := func(from data.Direction, ago time.Duration) {
		t.Helper()
		if _, err := d.AddMessage(t.Context(), data.Message{OrderID: dispute.OrderID, Direction: from, Text: "words", Channel: "ebay", SentAt: d.Now().Add(-ago)}); err != nil {
			t.Fatal(err)
		}
	}
	say(data.FromBuyer, 30*time.Hour)
	say(data.ToBuyer, 27*time.Hour)
	c, err := d.OpenComplaint(t.Context(), data.Complaint{OrderID: dispute.OrderID, Happened: "broken"})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.CloseComplaint(t.Context(), c.UID, "packing", "resent"); err != nil {
		t.Fatal(err)
	}
	var got figures
	if got.times, err = d.ReplyTimes(t.Context(), d.Now().AddDate(0, -1, 0), d.Now()); err != nil {
		t.Fatal(err)
	}
	if got.counts, err = d.ComplaintCounts(t.Context(), d.Now().AddDate(0, -1, 0), d.Now().Add(time.Second)); err != nil {
		t.Fatal(err)
	}
	b.Window.SetContent(b.UI.Frame(figuresBody(b.UI, got)))
	b.Window.Resize(fyne.NewSize(1000, 500))
	b.Shows(t, "2026-11", words.Span(3*time.Hour), "100 %")
	guitest.Find[*kit.Parts](b)[0].SelectIndex(1)
	b.Shows(t, words.T("cause.packing"), words.T("complaint.outcome.resent"))
	b.NoRawKeys(t)
}

// What is wrong with a parcel stands once on Today: among the parcels, and not also
// among the notices to which it leads.
func TestAParcelInTroubleStandsOnce(t *testing.T) {
	b := guitest.New(t, words.English)
	late := func(order int64, notice string) desk.DueNotice {
		return desk.DueNotice{Notice: service.Notice{Standing: data.Standing{OrderID: order}, Notice: notice}}
	}
	b.Fake.Due = []desk.DueNotice{late(11, service.NoticeLate), late(11, service.NoticePickup), late(12, service.NoticeLate)}
	b.Fake.Troubled = []desk.ParcelTrouble{{OrderID: 11, Trouble: parcel.Trouble{Kind: parcel.TroubleLate, Notice: service.NoticeLate}}}
	list, err := dueNotices(t.Context(), b.Fake, service.NoticeLate, guitest.Now)
	if err != nil || list.total != 1 || len(list.rows) != 1 || list.rows[0].order != 12 {
		t.Errorf("late notices: %+v, %v", list, err)
	}
	var c dueCounts
	if err := c.countParcels(t.Context(), b.Fake); err != nil || c.parcels != 1 || c.noticeSum() != 2 {
		t.Errorf("counts: %+v, %v", c, err)
	}
}
