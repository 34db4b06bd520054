package complaints

import (
	"testing"

	"casebinder/data"
	"casebinder/gui/guitest"
	"casebinder/gui/kit"
	"casebinder/gui/route"
	"casebinder/gui/words"
)

// A complaint is opened with what happened, led on, and closed with its cause
// and outcome alone.
func TestComplaintIsLedThroughItsSheet(t *testing.T) {
	b, d, dispute := guitest.RealCase(t)
	rows, err := d.OrderRows(t.Context(), []int32{int32(dispute.OrderID)})
	if err != nil {
		t.Fatal(err)
	}
	to := route.Complaint{Order: rows[0], Dispute: dispute.ID, Happened: "The lens is broken."}
	Open(b.Env, d, to)
	b.Shows(t, "The lens is broken.", rows[0].Number)
	b.UI.Save() // opens it, and its sheet comes
	b.Shows(t, words.T("complaint.wish"), words.T("complaint.step.acknowledge"), words.T("complaint.offers.usual"))
	b.NoRawKeys(t)
	choice := func(value data.ComplaintStage) {
		t.Helper()
		for _, c := range guitest.Find[*kit.Choice[data.ComplaintStage]](b) {
			c.Set(value)
			return
		}
		t.Fatal("there is no choice of the stage")
	}
	choice(data.ComplaintFindOut)
	b.UI.Save()
	list, err := d.ComplaintsOf(t.Context(), dispute.OrderID)
	if err != nil || len(list) != 1 || list[0].Stage != data.ComplaintFindOut || list[0].Happened != "The lens is broken." || list[0].DisputeID != dispute.ID {
		t.Fatalf("kept: %+v, %v", list, err)
	}
	Open(b.Env, d, to) // the open one, not a second
	b.Shows(t, words.T("complaint.step.ask"), words.T("complaint.why"))
	for _, c := range guitest.Find[*kit.Choice[data.OfferState]](b) {
		c.Set(data.OfferMade)
		break
	}
	b.UI.Save()
	v, err := d.Complaint(t.Context(), list[0].ID)
	if err != nil || v.Offers.Pending() == nil || !v.Offers.Pending().At.Equal(d.Now()) {
		t.Errorf("the offer: %+v, %v", v.Offers, err)
	}
	Open(b.Env, d, to)
	b.Press(t, words.T("complaint.close"))
	b.UI.Save()
	b.Shows(t, words.T("complaint.close.title")) // nothing is chosen yet
	for _, c := range guitest.Find[*kit.Choice[string]](b) {
		for _, option := range []string{words.T("cause.packing"), words.T("complaint.outcome.resent")} {
			c.SetSelected(option)
		}
	}
	b.UI.Save()
	list, err = d.ComplaintsOf(t.Context(), dispute.OrderID)
	if err != nil || list[0].Outcome != "resent" || list[0].Cause != "packing" {
		t.Errorf("closed: %+v, %v", list, err)
	}
	for _, language := range []string{words.Simplified, words.Traditional} {
		words.Set(language)
		Open(b.Env, d, route.Complaint{ID: list[0].ID})
		b.Shows(t, words.T("complaint.outcome.resent"))
		b.NoRawKeys(t)
		b.Press(t, words.T("do.cancel"))
	}
}
