package desk_test

import (
	"errors"
	"testing"
	"time"

	"casebinder/data"
	"casebinder/data/service"
)

func TestAComplaintFromReceiptToArchive(t *testing.T) {
	d, orderID := imported(t)
	view, err := d.Order(t.Context(), orderID)
	if err != nil {
		t.Fatal(err)
	}
	set := data.Service{ReplyHours: 6, Scale: []data.ScaleStep{
		{Cause: "packing", Severity: data.HarmPartly, Offer: data.AmendsPart, Percent: 30},
		{Cause: "packing", Offer: data.AmendsResend},
		{Cause: "carrier", Offer: data.AmendsFull},
	}}
	if err := d.SetShopService(t.Context(), view.Order.Shop.ID, set); err != nil {
		t.Fatal(err)
	}
	c, err := d.OpenComplaint(t.Context(), data.Complaint{OrderID: orderID, Happened: "The cup is broken."})
	if err != nil {
		t.Fatal(err)
	}
	if got := c.AnswerBy.Sub(c.OpenedAt); got != 6*time.Hour {
		t.Errorf("to be answered within %s", got)
	}
	if _, err := d.OpenComplaint(t.Context(), data.Complaint{OrderID: orderID}); !errors.Is(err, data.ErrConflict) {
		t.Errorf("a second one on the order: %v", err)
	}
	step := func(want service.Step) {
		t.Helper()
		v, err := d.Complaint(t.Context(), c.ID)
		if err != nil {
			t.Fatal(err)
		}
		if v.Step != want {
			t.Errorf("the next step is %s, not %s", v.Step, want)
		}
	}
	step(service.StepAcknowledge)
	c.Stage = data.ComplaintFindOut
	edit := func() {
		t.Helper()
		if err := d.EditComplaint(t.Context(), c); err != nil {
			t.Fatal(err)
		}
	}
	edit()
	step(service.StepAsk)
	c.Why, c.Wish, c.Accepts, c.Cause = "too little padding", string(data.AmendsResend), string(data.AmendsPart), "packing"
	c.Offers.Harm = data.HarmPartly
	edit()
	step(service.StepPropose)
	v, err := d.Complaint(t.Context(), c.ID)
	if err != nil || !v.Own || len(v.Proposed) != 2 || v.Proposed[0].Offer != data.AmendsResend || v.Proposed[1].Offer != data.AmendsPart {
		t.Fatalf("proposed: %+v, %v", v.Proposed, err)
	}
	if want := (view.Order.Total.Minor*30 + 99) / 100; v.Proposed[1].Amount.Minor != want {
		t.Errorf("30 %% of %s are %s", view.Order.Total, v.Proposed[1].Amount)
	}
	c.Stage, c.Offers.List = data.ComplaintOffer, v.Proposed
	c.Offers.List[0].State = data.OfferMade
	edit()
	step(service.StepWait)
	if err := d.CloseComplaint(t.Context(), c.UID, "packing", ""); !errors.Is(err, data.ErrInvalid) {
		t.Errorf("closed without an outcome: %v", err)
	}
	if err := d.CloseComplaint(t.Context(), c.UID, "packing", "resent"); err != nil {
		t.Fatal(err)
	}
	if err := d.EditComplaint(t.Context(), c); !errors.Is(err, data.ErrRefused) {
		t.Errorf("a closed one was edited: %v", err)
	}
	begin := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	counts, err := d.ComplaintCounts(t.Context(), begin, begin.AddDate(100, 0, 0))
	if err != nil || len(counts) != 1 || counts[0] != (data.ComplaintCount{Cause: "packing", Outcome: "resent", N: 1}) {
		t.Errorf("counted: %v, %v", counts, err)
	}
	if action, err := d.Undo(t.Context()); err != nil || action != "complaint.close" {
		t.Errorf("undone: %q, %v", action, err)
	}
	step(service.StepWait)
	for range 4 { // the offer, the answers, the stage, the opening
		if _, err := d.Undo(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if open, err := d.OpenComplaints(t.Context(), 0); err != nil || len(open) != 0 {
		t.Errorf("after Undo: %+v, %v", open, err)
	}
	if bin, err := d.Binned(t.Context()); err != nil || len(bin) != 1 || bin[0].Entity != data.EntityComplaint || bin[0].Name != "The cup is broken." {
		t.Errorf("in the bin: %+v, %v", bin, err)
	} else if err := d.BringBack(t.Context(), data.EntityComplaint, bin[0].ID); err != nil {
		t.Error(err)
	}
	if open, err := d.OpenComplaints(t.Context(), 0); err != nil || len(open) != 1 {
		t.Errorf("back from the bin: %+v, %v", open, err)
	}
}

func TestASilentBuyerGetsTheNextOffer(t *testing.T) {
	now := time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)
	c := data.Complaint{Stage: data.ComplaintOffer, Offers: data.Offers{List: []data.Solution{
		{Offer: data.AmendsPart, State: data.OfferMade, At: now.AddDate(0, 0, -2)}, {Offer: data.AmendsFull},
	}}}
	if step, due := service.Due(&c, data.Service{}, now); step != service.StepWait || !due.Equal(now.AddDate(0, 0, 1)) {
		t.Errorf("after two days: %s until %s", step, due)
	}
	if step, _ := service.Due(&c, data.Service{Silent: 1}, now); step != service.StepNextOffer {
		t.Errorf("after two days of one: %s", step)
	}
	if next := c.Offers.Next(); next == nil || next.Offer != data.AmendsFull {
		t.Errorf("the next offer is %+v", next)
	}
}

func TestProposalsOfADearOrder(t *testing.T) {
	c := data.Complaint{Offers: data.Offers{Harm: data.HarmWhole}}
	total := data.Money{Minor: 20000, Currency: "USD"}
	list, own, dear := service.Proposals(&c, total, data.Service{ResendMax: data.Money{Minor: 5000, Currency: "USD"}})
	if own || !dear || len(list) != 2 || list[0].Offer != data.AmendsFull || list[0].Amount != total {
		t.Errorf("got %+v, own %t, dear %t", list, own, dear)
	}
}
