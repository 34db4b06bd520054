package gui

import (
	"context"
	"image"
	"slices"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/policy"
)

// fakeDesk is a desk in memory that notes what it was asked. What a test does
// not need is left to the nil Desk inside, which panics.
type fakeDesk struct {
	Desk
	orders    map[int64]desk.OrderView
	disputes  map[int64]desk.DisputeView
	feedback  []data.Feedback
	templates []data.Template

	orderQueries   []data.OrderQuery
	disputeQueries []data.DisputeQuery
	opened         []desk.NewDispute
	events         []data.CaseEvent
	edits          []desk.EvidenceEdit
	binned         []int64
	pictures       int
	kept           []string
	put            []data.Feedback
	added          []desk.EvidenceFile
	undone         int
	onOrder        func(id int64) // runs while an order is being asked for

	snoozed  []desk.SnoozedRow
	tasks    []data.Task
	finished []int64
	fakeCases
	fakeBinding
}

// fakeNow is the clock of the fake desk.
var fakeNow = time.Date(2025, time.November, 20, 8, 0, 0, 0, time.UTC)

func at(day, hour int) time.Time {
	return time.Date(2025, time.November, day, hour, 30, 15, 0, time.UTC)
}

func newFakeDesk() *fakeDesk {
	shop := data.Shop{ID: 1, Platform: data.AliExpress, Name: "Sample Shop", Zone: "Asia/Shanghai", Currency: "USD"}
	order := data.Order{
		ID: 11, Shop: shop, Number: "8123000000000001", Buyer: data.Buyer{Name: "Ana Muestra", Country: "ES", Language: "es"},
		Status: data.StatusShipped, Total: data.Money{Minor: 4599, Currency: "USD"}, OrderedAt: at(1, 3), ShippedAt: at(2, 3),
		ShipTo: data.Address{Name: "Ana Muestra", Line1: "Calle 1", City: "Madrid", Postcode: "28013", Country: "ES"},
		Items:  []data.Item{{Title: "Mug", Quantity: 2}}, Shipments: []data.Shipment{{Carrier: "Post", Tracking: "LX1CN"}},
	}
	proof := data.Evidence{
		ID: 31, SHA256: strings.Repeat("ab", 32), Size: 2048, MIME: "image/png", Name: "parcel.png", Kind: data.KindPacking,
		DisputeID: 21, CapturedAt: at(2, 2), Captured: data.CapturedExif, Source: "file",
	}
	twin := proof
	twin.ID, twin.Name = 32, "parcel-copy.png"
	dispute := data.Dispute{
		ID: 21, OrderID: 11, Reason: data.ReasonNotReceived, Claim: "No ha llegado", Amount: order.Total, CaseNumber: "AE-1",
		OpenedAt: at(18, 1), StatedDue: at(21, 1), Stage: data.StageNegotiation, Waiting: data.ActorSeller,
		Events: []data.CaseEvent{{UID: "e1", Kind: data.EventOpened, Actor: data.ActorBuyer, At: at(18, 1), Due: at(21, 1)}},
	}
	row := data.DisputeRow{
		ID: 21, OrderID: 11, Platform: shop.Platform, ShopName: shop.Name, Zone: shop.Zone, OrderNumber: order.Number, CaseNumber: "AE-1",
		BuyerName: order.Buyer.Name, Reason: dispute.Reason, Amount: dispute.Amount, OpenedAt: dispute.OpenedAt, Due: dispute.StatedDue,
		Stage: dispute.Stage, Waiting: dispute.Waiting, Evidence: 2,
	}
	moments := []data.Moment{
		{At: at(1, 3), Kind: data.MomentOrdered},
		{At: at(18, 1), Kind: data.MomentCase, Event: &dispute.Events[0], DisputeID: 21},
		{At: at(18, 2), Kind: data.MomentMessage, Message: &data.Message{Direction: data.FromBuyer, Author: "Ana", Text: strings.Repeat("line\n", 9)}},
	}
	other := order
	other.ID, other.Number, other.Buyer.Name = 12, "8123000000000002", "Bo Sample"
	return &fakeDesk{
		orders: map[int64]desk.OrderView{
			11: {Order: order, Timeline: moments, Disputes: []data.DisputeRow{row}, Evidence: []data.Evidence{proof, twin}},
			12: {Order: other, Timeline: moments[:1]},
		},
		disputes: map[int64]desk.DisputeView{21: {
			Dispute: dispute, Row: row, Order: order, Timeline: moments, Evidence: []data.Evidence{proof, twin},
			Submissions: []data.Submission{{ID: 1, Version: 1, Language: "en", Pages: 9, Exhibits: 2, PDFName: "a.pdf", BagName: "a.zip", CreatedAt: at(19, 1), CreatedBy: "Lin"}},
		}},
		feedback:  []data.Feedback{{ID: 41, Shop: shop, OrderID: 11, OrderNumber: order.Number, Stars: 2, Text: "Slow", State: data.FeedbackNew, LeftAt: at(19, 1)}},
		templates: []data.Template{{UID: "own", Scenario: "shipping", Name: "Own words", Variants: []data.Variant{{UID: "v-es", Language: "es", Body: "x"}, {UID: "v-en", Language: "en", Body: "x"}}}},
	}
}

func (f *fakeDesk) Shops(context.Context) ([]data.Shop, error) {
	return []data.Shop{f.orders[11].Order.Shop}, nil
}

func (f *fakeDesk) Today(context.Context, int64) ([]data.TodayRow, error) {
	r := f.disputes[21].Row
	return []data.TodayRow{
		{Kind: data.TodayDispute, ID: r.ID, OrderID: 11, Platform: r.Platform, Zone: r.Zone, OrderNumber: r.OrderNumber, Reason: r.Reason, Amount: r.Amount, Due: r.Due, Evidence: 2},
		{Kind: data.TodayShip, ID: 21, OrderID: 12, Platform: r.Platform, Zone: r.Zone, OrderNumber: "8123000000000002", Due: at(10, 1)},
		{Kind: data.TodayFeedback, ID: 41, Stars: 2, Text: "Slow"},
	}, nil
}

func (f *fakeDesk) Operator() string { return "Lin" }

func (f *fakeDesk) Snoozed(context.Context, int64) ([]desk.SnoozedRow, error) { return f.snoozed, nil }

// Snooze keeps what is put off, and lets go of what is brought back.
func (f *fakeDesk) Snooze(_ context.Context, kind data.TodayKind, row int64, until time.Time, reason string) error {
	f.snoozed = slices.DeleteFunc(f.snoozed, func(r desk.SnoozedRow) bool { return r.Kind == kind && r.ID == row })
	if !until.IsZero() {
		f.snoozed = append(f.snoozed, desk.SnoozedRow{TodayRow: data.TodayRow{Kind: kind, ID: row}, Until: until, Reason: reason, By: "Lin"})
	}
	return nil
}

func (f *fakeDesk) PutTask(_ context.Context, task data.Task) (data.Task, error) {
	f.tasks = append(f.tasks, task)
	return task, nil
}

func (f *fakeDesk) FinishTask(_ context.Context, id int64) error {
	f.finished = append(f.finished, id)
	return nil
}

func (f *fakeDesk) OrderIDs(_ context.Context, q data.OrderQuery) ([]int32, error) {
	f.orderQueries = append(f.orderQueries, q)
	return []int32{11, 12}, nil
}

func (f *fakeDesk) OrderFirst(_ context.Context, q data.OrderQuery, limit int) ([]data.OrderRow, error) {
	rows, err := f.OrderRows(context.Background(), []int32{11, 12})
	var some []data.OrderRow
	for _, r := range rows {
		if strings.Contains(r.Number, q.Search) {
			some = append(some, r)
		}
	}
	return some[:min(limit, len(some))], err
}

func (f *fakeDesk) OrderRows(_ context.Context, ids []int32) (rows []data.OrderRow, err error) {
	for _, id := range ids {
		rows = append(rows, rowOfOrder(f.orders[int64(id)]))
	}
	return rows, nil
}

func (f *fakeDesk) Order(_ context.Context, id int64) (desk.OrderView, error) {
	if f.onOrder != nil {
		f.onOrder(id)
	}
	return f.orders[id], nil
}

func (f *fakeDesk) DisputeIDs(_ context.Context, q data.DisputeQuery) ([]int32, error) {
	f.disputeQueries = append(f.disputeQueries, q)
	return []int32{21}, nil
}

func (f *fakeDesk) DisputeFirst(context.Context, data.DisputeQuery, int) ([]data.DisputeRow, error) {
	return f.DisputeRows(context.Background(), nil)
}

func (f *fakeDesk) DisputeRows(context.Context, []int32) ([]data.DisputeRow, error) {
	return []data.DisputeRow{f.disputes[21].Row}, nil
}

func (f *fakeDesk) Dispute(_ context.Context, id int64) (desk.DisputeView, error) {
	return f.disputes[id], nil
}

// Case works the fake dispute out under the rules that are built in.
func (f *fakeDesk) Case(_ context.Context, id int64) (desk.CaseView, error) {
	view := desk.CaseView{DisputeView: f.disputes[id]}
	packs, err := policy.BuiltIn()
	if err != nil {
		return view, err
	}
	rules, err := policy.NewRules(packs, nil, nil, nil)
	if err != nil {
		return view, err
	}
	c := policy.CaseOf(&view.Dispute, view.Order.Shop)
	view.Pack = rules.PackOf(&c)
	view.View = rules.Evaluate(c, fakeNow)
	f.checked(&view)
	return view, nil
}

func (f *fakeDesk) OpenDispute(_ context.Context, n desk.NewDispute) (data.Dispute, error) {
	f.opened = append(f.opened, n)
	return data.Dispute{ID: 22, OrderID: n.OrderID}, nil
}

func (f *fakeDesk) AppendEvent(_ context.Context, _ int64, e data.CaseEvent) (data.Dispute, error) {
	f.events = append(f.events, e)
	return data.Dispute{}, nil
}

// AddEvidence takes every file but a ".exe".
func (f *fakeDesk) AddEvidence(_ context.Context, disputeID int64, files []desk.EvidenceFile, _ desk.Progress) (r desk.EvidenceReport, err error) {
	for _, file := range files {
		if strings.HasSuffix(file.Path, ".exe") {
			r.Rejected = append(r.Rejected, desk.RejectedFile{Name: file.Path, Reason: problemNowhere.New("file", file.Path)})
			continue
		}
		f.added = append(f.added, file)
		r.Added = append(r.Added, data.Evidence{DisputeID: disputeID, Name: file.Name})
	}
	return r, nil
}

func (f *fakeDesk) EditEvidence(_ context.Context, _ int64, e desk.EvidenceEdit) (data.Evidence, error) {
	f.edits = append(f.edits, e)
	return data.Evidence{}, nil
}

func (f *fakeDesk) BinEvidence(_ context.Context, id int64) error {
	f.binned = append(f.binned, id)
	return nil
}

func (f *fakeDesk) EvidencePicture(context.Context, int64, int) (desk.Picture, error) {
	f.pictures++
	return desk.Picture{Image: image.NewGray(image.Rect(0, 0, 4, 3)), Width: 4, Height: 3}, nil
}

func (f *fakeDesk) FeedbackIDs(context.Context, data.FeedbackQuery) ([]int32, error) {
	return []int32{41}, nil
}

func (f *fakeDesk) FeedbackFirst(context.Context, data.FeedbackQuery, int) ([]data.Feedback, error) {
	return f.feedback, nil
}

func (f *fakeDesk) FeedbackRows(context.Context, []int32) ([]data.Feedback, error) {
	return f.feedback, nil
}

func (f *fakeDesk) PutFeedback(_ context.Context, one data.Feedback) (data.Feedback, error) {
	f.put = append(f.put, one)
	return one, nil
}

func (f *fakeDesk) Templates(context.Context) ([]data.Template, error) { return f.templates, nil }

// Draft fills the one variable of the fake template, order.number, from the
// order, and tracking.number from what was typed.
func (f *fakeDesk) Draft(_ context.Context, r desk.DraftRequest) (desk.Draft, error) {
	d := desk.Draft{Language: "es", Exact: true}
	if strings.HasPrefix(r.Language, "en") || strings.HasPrefix(r.Language, "zh") || r.Variant == "v-en" {
		d.Language, d.Exact = "en", r.Language == "en"
	}
	number := f.orders[r.OrderID].Order.Number
	if number == "" {
		number, d.Missing = gap("order.number"), append(d.Missing, "order.number")
	}
	tracking := r.Extra["tracking.number"]
	if tracking == "" {
		tracking, d.Missing = gap("tracking.number"), append(d.Missing, "tracking.number")
	}
	d.Text = d.Language + ": " + number + " / " + tracking
	return d, nil
}

func (f *fakeDesk) KeepReply(_ context.Context, orderID, _ int64, _, text string) (data.Message, error) {
	f.kept = append(f.kept, text)
	return data.Message{OrderID: orderID, Text: text}, nil
}

func (f *fakeDesk) Undo(context.Context) (string, error) {
	f.undone++
	return "evidence.bin", nil
}
