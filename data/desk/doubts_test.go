package desk_test

import (
	"errors"
	"testing"
	"time"

	"casebinder/data"
	"casebinder/data/desk"
)

// AliExpress gives five days: a date two months later, a year late or in the
// year 9999 is a slip of the pen, until somebody says that it is not.
func TestAnOddDueDateIsAskedAboutBeforeItIsKept(t *testing.T) {
	d, dispute := aliExpressCase(t)
	after := func(days int) time.Time { return dispute.OpenedAt.AddDate(0, 0, days) }
	stating := func(due time.Time, sure bool) error {
		_, err := d.AppendEvent(t.Context(), dispute.ID, desk.NewEvent{Sure: sure, CaseEvent: data.CaseEvent{
			Kind: data.EventClaimChanged, Actor: data.ActorBuyer, At: clock.Add(-time.Hour), Due: due,
		}})
		return err
	}
	opening := func(due time.Time, sure bool) error {
		_, err := d.OpenDispute(t.Context(), desk.NewDispute{
			OrderID: dispute.OrderID, Reason: data.ReasonDamaged, OpenedAt: dispute.OpenedAt, StatedDue: due, Sure: sure,
		})
		return err
	}
	noticed := func(due time.Time, sure bool) error {
		v, err := d.PasteNotice(t.Context(), "From: eBay <ebay@ebay.com>\nSubject: A buyer opened a case for order 812345: item not received\n\nYour buyer opened a case.")
		must(t, err)
		_, err = d.TakeNotice(t.Context(), v, desk.NoticeChoice{
			OrderID: dispute.OrderID, Reason: data.ReasonDamaged, Kind: data.EventOpened, At: dispute.OpenedAt, Due: due, Sure: sure,
		})
		return err
	}
	noticedLater := func(due time.Time, sure bool) error {
		v, err := d.PasteNotice(t.Context(), "From: eBay <ebay@ebay.com>\nSubject: About order 812345\n\nPlease send proof.")
		must(t, err)
		_, err = d.TakeNotice(t.Context(), v, desk.NoticeChoice{
			OrderID: dispute.OrderID, DisputeID: dispute.ID, Kind: data.EventEvidenceRequested, At: clock.Add(-2 * time.Hour), Due: due, Sure: sure,
		})
		return err
	}
	editing := func(due time.Time, sure bool) error {
		_, err := d.EditDispute(t.Context(), dispute.ID, desk.DisputeEdit{
			Reason: dispute.Reason, Amount: dispute.Amount, CaseNumber: dispute.CaseNumber, StatedDue: due, Sure: sure,
		})
		return err
	}
	for _, c := range []struct {
		name string
		do   func(time.Time, bool) error
		due  time.Time
	}{
		{"an event, 9999", stating, time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)},
		{"an event, two months", stating, after(65)},
		{"an event, before the opening", stating, after(-3)},
		{"an opening, a year late", opening, after(370)},
		{"an opening, before itself", opening, after(-2)},
		{"an event, before itself", stating, clock.Add(-20 * time.Hour)},
		{"a notice of an opening, 9999", noticed, time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)},
		{"a notice of an opening, before it", noticed, after(-1)},
		{"a notice of a later step, a year late", noticedLater, after(372)},
		{"a notice of a later step, before the opening", noticedLater, after(-4)},
		{"an edit, a year late", editing, after(371)},
	} {
		err := c.do(c.due, false)
		why, odd := desk.AsDueDoubt(err)
		if !odd || why.IsZero() || !errors.Is(err, data.ErrRefused) {
			t.Errorf("%s: %v, want the question why", c.name, err)
		}
		stored, err := d.Dispute(t.Context(), dispute.ID)
		must(t, err)
		if stored.Dispute.StatedDue.Equal(c.due) {
			t.Errorf("%s: kept before the answer", c.name)
		}
		if err := c.do(c.due, true); err != nil {
			t.Errorf("%s, confirmed: %v", c.name, err)
		}
	}
	if err := stating(after(6), false); err != nil {
		t.Errorf("an ordinary date: %v", err)
	}
}

// A notice's day whose zone nobody knows ends in the shop's, and is not dropped.
func TestADayOfANoticeWithoutAZoneIsKept(t *testing.T) {
	d, dispute := aliExpressCase(t)
	v, err := d.PasteNotice(t.Context(), "From: Lazada <noreply@lazada.com>\nSubject: Return request for order 812345\n\nA buyer requested a return of order 812345. Please respond by 2026-11-24.")
	must(t, err)
	v.Notice.Due.At, v.Notice.Due.Day, v.Notice.Due.DayOnly = time.Time{}, "2026-11-24", true
	row, err := d.OrderRows(t.Context(), []int32{int32(dispute.OrderID)})
	must(t, err)
	v.Order = row[0]
	if due := v.Choice().Due; !due.Equal(data.Day{Year: 2026, Month: time.November, Day: 24}.End(time.FixedZone("", 8*3600))) {
		t.Errorf("due %v", due)
	}
}
