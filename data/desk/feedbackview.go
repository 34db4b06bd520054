package desk

import (
	"context"
	"time"

	"casebinder/data"
	"casebinder/data/rating"
)

// FeedbackView is a feedback with all that its page shows.
type FeedbackView struct {
	Feedback data.Feedback
	Windows  []rating.Window // reply, ask, complain
	Grounds  []GroundView
	Open     bool            // a dispute or complaint about the order is open
	Files    []data.Evidence // its pictures, and proofs kept against it
	Disputes []data.Dispute  // of the order
	Carrier  string          // of the order's first parcel
	Goods    []data.Item     // of the order
	Findings []data.Finding
	Bundles  []FeedbackSubmission // complaints that were bound, by their numbers
}

// GroundView is a ground of a complaint with its proof.
type GroundView struct {
	*rating.Ground
	Proven bool // something is there that could show it
}

var (
	sayFeedbackTwice = data.DefinePhrase("feedback.find.twice", "The order has {n} feedback entries.")
	howFeedbackTwice = data.DefinePhrase("feedback.find.twice.how", "Check whether one was entered twice, or whether each is about another product.")
	sayRevisedTwice  = data.DefinePhrase("feedback.find.revised", "It was changed {n} times; the platform lets a buyer change it once.")
	howRevisedTwice  = data.DefinePhrase("feedback.find.revised.how", "Check whether one of the changes was a typing error. What it was before each change is kept below.")
	sayNoOrder       = data.DefinePhrase("feedback.find.no_order", "Its order is not in this desk.")
	howNoOrder       = data.DefinePhrase("feedback.find.no_order.how", "Import the order, or correct the number. Until then no product, carrier or dispute is linked.")
	sayNoNumber      = data.DefinePhrase("feedback.find.no_number", "It names no order.")
	howNoNumber      = data.DefinePhrase("feedback.find.no_number.how", "Write the order's number into it, if you know it. Until then no product, carrier or dispute is linked.")
	sayEarly         = data.DefinePhrase("feedback.find.early", "It was left on {left}, before its order was placed on {ordered}.")
	howEarly         = data.DefinePhrase("feedback.find.early.how", "Check the order's number and both dates.")
)

// Feedback gives a feedback with what can be done about it.
func (d *Desk) Feedback(ctx context.Context, id int64) (FeedbackView, error) {
	f, err := d.store.Feedback(ctx, id)
	if err != nil {
		return FeedbackView{}, err
	}
	v := FeedbackView{Feedback: f}
	if v.Bundles, err = d.FeedbackSubmissions(ctx, f.UID); err != nil {
		return v, err
	}
	if v.Files, err = d.store.EvidenceOfFeedback(ctx, id); err != nil {
		return v, err
	}
	messages, others := 0, 1
	if f.OrderID != 0 {
		if messages, others, err = d.aroundFeedback(ctx, &v); err != nil {
			return v, err
		}
	}
	book, err := rating.Of(f.Shop.Platform)
	if err != nil {
		return v, err
	}
	matter, err := d.matterBehind(ctx, &v)
	if err != nil {
		return v, err
	}
	v.Windows = book.Windows(&f, matter, d.now())
	have := rating.HaveOf(&f, messages, len(v.Files))
	for i := range book.Grounds {
		v.Grounds = append(v.Grounds, GroundView{&book.Grounds[i], book.Grounds[i].Proven(have)})
	}
	if err := d.answerFindings(ctx, &v); err != nil {
		return v, err
	}
	v.find(book, others)
	return v, nil
}

// matterBehind tells what of the order of a feedback its windows depend on.
func (d *Desk) matterBehind(ctx context.Context, v *FeedbackView) (rating.Matter, error) {
	m := rating.Matter{Open: v.Open}
	if v.Feedback.OrderID == 0 {
		return m, nil
	}
	thread, err := d.store.ThreadPage(ctx, v.Feedback.OrderID, time.Time{}, 0, messagesLooked)
	m.Silent = true
	for _, one := range thread {
		if one.Direction == data.FromPlatform || !one.SentAt.After(data.Earliest(v.Feedback.LeftAt)) {
			continue
		}
		if m.Silent = false; one.Direction == data.ToBuyer {
			m.Written = one.SentAt
		}
	}
	return m, err
}

// aroundFeedback adds what hangs on the order of a feedback, and counts what the
// buyer wrote and the feedback on it that may be about the same product.
func (d *Desk) aroundFeedback(ctx context.Context, v *FeedbackView) (messages, others int, err error) {
	id := v.Feedback.OrderID
	if v.Open, err = d.store.MatterOpen(ctx, id); err != nil {
		return 0, 0, err
	}
	if v.Disputes, err = d.store.DisputesOfOrder(ctx, id); err != nil {
		return 0, 0, err
	}
	order, err := d.store.Order(ctx, id)
	if err != nil {
		return 0, 0, err
	}
	v.Goods = order.Items
	for _, s := range order.Shipments {
		if v.Carrier == "" && s.Kind != data.ShipmentReturn {
			v.Carrier = s.Carrier
		}
	}
	zone := order.Shop.Location()
	if before(v.Feedback.LeftAt, order.OrderedAt, zone) {
		v.Findings = append(v.Findings, v.finding("feedback.early", data.Warning,
			sayEarly.With("left", data.Stamp(v.Feedback.LeftAt, zone), "ordered", data.Stamp(order.OrderedAt, zone)), howEarly.With()))
	}
	all, err := d.store.FeedbackOfOrder(ctx, id)
	if err != nil {
		return 0, 0, err
	}
	for i := range all {
		if data.SameGoods(&all[i], &v.Feedback) {
			others++
		}
	}
	messages, err = d.store.BuyerMessages(ctx, id)
	return messages, others, err
}

func (v *FeedbackView) finding(rule string, severity data.Severity, why, how data.Text) data.Finding {
	return data.Finding{Rule: rule, Severity: severity, Where: []data.Ref{{Kind: "feedback", ID: v.Feedback.UID}}, Why: why, How: how}
}

// find says what is to be looked at.
func (v *FeedbackView) find(book *rating.Book, others int) {
	f := &v.Feedback
	switch {
	case f.OrderID != 0:
	case f.OrderNumber == "":
		v.Findings = append(v.Findings, v.finding("feedback.no_order", data.Info, sayNoNumber.With(), howNoNumber.With()))
	default:
		v.Findings = append(v.Findings, v.finding("feedback.no_order", data.Info, sayNoOrder.With(), howNoOrder.With()))
	}
	if others > 1 && !f.Given {
		v.Findings = append(v.Findings, v.finding("feedback.twice", data.Warning, sayFeedbackTwice.With("n", others), howFeedbackTwice.With()))
	}
	if n := len(f.Changes); n > 1 && book.Revisions == 1 {
		v.Findings = append(v.Findings, v.finding("feedback.revised", data.Warning, sayRevisedTwice.With("n", n), howRevisedTwice.With()))
	}
	data.SortFindings(v.Findings)
}

// nextOf is what of a feedback waits soonest.
func nextOf(f *data.Feedback, now time.Time) (rating.Window, bool) {
	book, err := rating.Of(f.Shop.Platform)
	if err != nil || book == nil { // a file of the program that its tests did not pass
		return rating.Window{}, f.Waits()
	}
	return book.Next(f, now)
}

// nameFeedback writes into rows of feedback what is to be done, until when, and by
// which rule.
func (d *Desk) nameFeedback(ctx context.Context, rows []data.TodayRow) error {
	var ids []int32
	for i := range rows {
		if rows[i].Kind == data.TodayFeedback {
			ids = append(ids, int32(rows[i].ID))
		}
	}
	if len(ids) == 0 {
		return nil
	}
	list, err := d.store.FeedbackRows(ctx, ids)
	if err != nil {
		return err
	}
	byID := make(map[int64]*data.Feedback, len(list))
	for i := range list {
		byID[list[i].ID] = &list[i]
	}
	for i := range rows {
		row := &rows[i]
		f := byID[row.ID]
		if row.Kind != data.TodayFeedback || f == nil {
			continue
		}
		if w, waits := nextOf(f, d.now()); waits && w.Rule != nil {
			row.Due, row.Title, row.Why, row.Source = w.Until, w.Deed(), w.Why, w.Rule.Origin
			if !w.Until.IsZero() {
				row.DueSure = string(w.Rule.Confidence)
			}
		}
	}
	return nil
}
