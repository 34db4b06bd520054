package guitest

import (
	"context"
	"encoding/json"
	"errors"
	"image"
	"io"
	"slices"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/policy"
	"casebinder/gui/show"
)

// anyDesk is what the fake desk leaves out: the shared parts may ask for it, and
// a test that does so has to fake it.
type anyDesk interface {
	AddOrderEvidence(ctx context.Context, orderID int64, files []desk.EvidenceFile, p desk.Progress) (desk.EvidenceReport, error)
	EvidenceCopy(ctx context.Context, id int64) (path string, err error)
	SetOrderNote(ctx context.Context, id int64, note string) error
	EditDispute(ctx context.Context, id int64, edit desk.DisputeEdit) (data.Dispute, error)
	BinDispute(ctx context.Context, id int64) error
	BinFeedback(ctx context.Context, id int64) error
	PutTemplate(ctx context.Context, t data.Template) (data.Template, error)
	ResetTemplate(ctx context.Context, uid string) (data.Template, error)
	BinTemplate(ctx context.Context, uid string) error
	WriteCalendar(ctx context.Context, w io.Writer, word func(data.TodayRow) string) error
}

// Fake is a desk in memory that notes what it was asked. What a test does
// not need is left to the nil interface inside, which panics.
type Fake struct {
	anyDesk
	Orders    map[int64]desk.OrderView
	Disputes  map[int64]desk.DisputeView
	feedback  []data.Feedback
	templates []data.Template

	OrderQueries   []data.OrderQuery
	DisputeQueries []data.DisputeQuery
	Opened         []desk.NewDispute
	Events         []data.CaseEvent
	Edits          []desk.EvidenceEdit
	Binned         []int64
	Pictures       int
	Kept           []string
	Put            []data.Feedback
	Added          []desk.EvidenceFile
	Undone         int
	Settings       map[string]json.RawMessage
	OnOrder        func(id int64) // runs while an order is being asked for
	OnCase         func(id int64) // runs while a case is being worked out
	OnDraft        func()         // runs while a draft is being filled

	PutOff   []desk.WaitingRow
	Tasks    []data.Task
	Finished []int64
	fakeCases
}

// Now is the clock of the fake desk.
var Now = time.Date(2025, time.November, 20, 8, 0, 0, 0, time.UTC)

func At(day, hour int) time.Time {
	return time.Date(2025, time.November, day, hour, 30, 15, 0, time.UTC)
}

func newFake() *Fake {
	shop := data.Shop{ID: 1, Platform: data.AliExpress, Name: "Sample Shop", Zone: "Asia/Shanghai", Currency: "USD"}
	order := data.Order{
		ID: 11, Shop: shop, Number: "8123000000000001", Buyer: data.Buyer{Name: "Ana Muestra", Country: "ES", Language: "es"},
		Status: data.StatusShipped, Total: data.Money{Minor: 4599, Currency: "USD"}, OrderedAt: At(1, 3), ShippedAt: At(2, 3),
		ShipTo: data.Address{Name: "Ana Muestra", Line1: "Calle 1", City: "Madrid", Postcode: "28013", Country: "ES"},
		Items:  []data.Item{{Title: "Mug", Quantity: 2}}, Shipments: []data.Shipment{{Carrier: "Post", Tracking: "LX1CN"}},
	}
	proof := data.Evidence{
		ID: 31, SHA256: strings.Repeat("ab", 32), Size: 2048, MIME: "image/png", Name: "parcel.png", Kind: data.KindPacking,
		DisputeID: 21, CapturedAt: At(2, 2), Captured: data.CapturedExif, Source: "file",
	}
	twin := proof
	twin.ID, twin.Name = 32, "parcel-copy.png"
	dispute := data.Dispute{
		ID: 21, OrderID: 11, Reason: data.ReasonNotReceived, Claim: "No ha llegado", Amount: order.Total, CaseNumber: "AE-1",
		OpenedAt: At(18, 1), StatedDue: At(21, 1), Stage: data.StageNegotiation, Waiting: data.ActorSeller,
		Events: []data.CaseEvent{{UID: "e1", Kind: data.EventOpened, Actor: data.ActorBuyer, At: At(18, 1), Due: At(21, 1)}},
	}
	row := data.DisputeRow{
		ID: 21, OrderID: 11, Platform: shop.Platform, ShopName: shop.Name, Zone: shop.Zone, OrderNumber: order.Number, CaseNumber: "AE-1",
		BuyerName: order.Buyer.Name, Reason: dispute.Reason, Amount: dispute.Amount, OpenedAt: dispute.OpenedAt, Due: dispute.StatedDue,
		Stage: dispute.Stage, Waiting: dispute.Waiting, Evidence: 2,
	}
	moments := []data.Moment{
		{At: At(1, 3), Kind: data.MomentOrdered},
		{At: At(18, 1), Kind: data.MomentCase, Event: &dispute.Events[0], DisputeID: 21},
		{At: At(18, 2), Kind: data.MomentMessage, Message: &data.Message{Direction: data.FromBuyer, Author: "Ana", Text: strings.Repeat("line\n", 9)}},
	}
	other := order
	other.ID, other.Number, other.Buyer.Name = 12, "8123000000000002", "Bo Sample"
	return &Fake{
		Settings: map[string]json.RawMessage{},
		Orders: map[int64]desk.OrderView{
			11: {Order: order, Timeline: moments, Disputes: []data.DisputeRow{row}, Evidence: []data.Evidence{proof, twin}},
			12: {Order: other, Timeline: moments[:1]},
		},
		Disputes: map[int64]desk.DisputeView{21: {
			Dispute: dispute, Row: row, Order: order, Timeline: moments, Evidence: []data.Evidence{proof, twin},
			Submissions: []data.Submission{{ID: 1, Version: 1, Language: "en", Pages: 9, Exhibits: 2, PDFName: "a.pdf", BagName: "a.zip", CreatedAt: At(19, 1), CreatedBy: "Lin"}},
		}},
		feedback:  []data.Feedback{{ID: 41, Shop: shop, OrderID: 11, OrderNumber: order.Number, Stars: 2, Text: "Slow", State: data.FeedbackNew, LeftAt: At(19, 1)}},
		templates: []data.Template{{UID: "own", Scenario: "shipping", Name: "Own words", Variants: []data.Variant{{UID: "v-es", Language: "es", Body: "x"}, {UID: "v-en", Language: "en", Body: "x"}}}},
	}
}

func (f *Fake) Shops(context.Context) ([]data.Shop, error) {
	return []data.Shop{f.Orders[11].Order.Shop}, nil
}

func (f *Fake) waiting() []data.TodayRow {
	r := f.Disputes[21].Row
	return []data.TodayRow{
		{Kind: data.TodayDispute, ID: r.ID, OrderID: 11, Platform: r.Platform, Zone: r.Zone, OrderNumber: r.OrderNumber, Reason: r.Reason, Amount: r.Amount, Due: r.Due, Evidence: 2},
		{Kind: data.TodayShip, ID: 21, OrderID: 12, Platform: r.Platform, Zone: r.Zone, OrderNumber: "8123000000000002", Due: At(10, 1)},
		{Kind: data.TodayFeedback, ID: 41, Stars: 2, Text: "Slow"},
	}
}

// TodayCount counts what waits.
func (f *Fake) TodayCount(context.Context, int64) (int, error) { return len(f.waiting()), nil }

// TodayRefs lists what waits, or what was put off.
func (f *Fake) TodayRefs(_ context.Context, _ int64, putOff bool) ([]data.TodayRef, error) {
	var refs []data.TodayRef
	add := func(r data.TodayRow) {
		refs = append(refs, data.TodayRef{Kind: r.Kind, ID: r.ID, Due: r.Due, Platform: r.Platform, Operator: r.Operator})
	}
	if putOff {
		for _, r := range f.PutOff {
			add(r.TodayRow)
		}
		return refs, nil
	}
	for _, r := range f.waiting() {
		add(r)
	}
	return refs, nil
}

// TodayRows gives rows, with until when they were put off.
func (f *Fake) TodayRows(_ context.Context, refs []data.TodayRef) ([]desk.WaitingRow, error) {
	var rows []desk.WaitingRow
	for _, ref := range refs {
		row := desk.WaitingRow{TodayRow: data.TodayRow{Kind: ref.Kind, ID: ref.ID}}
		for _, r := range f.waiting() {
			if r.Kind == ref.Kind && r.ID == ref.ID {
				row.TodayRow = r
			}
		}
		for _, r := range f.PutOff {
			if r.Kind == ref.Kind && r.ID == ref.ID {
				row = r
			}
		}
		rows = append(rows, row)
	}
	return rows, nil
}

func (f *Fake) Operator() string { return "Lin" }

// Snooze keeps what is put off, and lets go of what is brought back.
func (f *Fake) Snooze(_ context.Context, kind data.TodayKind, row int64, until time.Time, reason string) error {
	f.PutOff = slices.DeleteFunc(f.PutOff, func(r desk.WaitingRow) bool { return r.Kind == kind && r.ID == row })
	if !until.IsZero() {
		f.PutOff = append(f.PutOff, desk.WaitingRow{TodayRow: data.TodayRow{Kind: kind, ID: row}, Until: until, Reason: reason, By: "Lin"})
	}
	return nil
}

func (f *Fake) PutTask(_ context.Context, task data.Task) (data.Task, error) {
	f.Tasks = append(f.Tasks, task)
	return task, nil
}

func (f *Fake) FinishTask(_ context.Context, id int64) error {
	f.Finished = append(f.Finished, id)
	return nil
}

func (f *Fake) OrderIDs(_ context.Context, q data.OrderQuery) ([]int32, error) {
	f.OrderQueries = append(f.OrderQueries, q)
	return []int32{11, 12}, nil
}

func (f *Fake) OrderFirst(_ context.Context, q data.OrderQuery, limit int) ([]data.OrderRow, error) {
	rows, err := f.OrderRows(context.Background(), []int32{11, 12})
	var some []data.OrderRow
	for _, r := range rows {
		if strings.Contains(r.Number, q.Search) {
			some = append(some, r)
		}
	}
	return some[:min(limit, len(some))], err
}

func (f *Fake) OrderRows(_ context.Context, ids []int32) (rows []data.OrderRow, err error) {
	for _, id := range ids {
		rows = append(rows, show.RowOfOrder(f.Orders[int64(id)]))
	}
	return rows, nil
}

func (f *Fake) Order(_ context.Context, id int64) (desk.OrderView, error) {
	if f.OnOrder != nil {
		f.OnOrder(id)
	}
	return f.Orders[id], nil
}

func (f *Fake) DisputeIDs(_ context.Context, q data.DisputeQuery) ([]int32, error) {
	f.DisputeQueries = append(f.DisputeQueries, q)
	return []int32{21}, nil
}

func (f *Fake) DisputeFirst(context.Context, data.DisputeQuery, int) ([]data.DisputeRow, error) {
	return f.DisputeRows(context.Background(), nil)
}

func (f *Fake) DisputeRows(context.Context, []int32) ([]data.DisputeRow, error) {
	return []data.DisputeRow{f.Disputes[21].Row}, nil
}

func (f *Fake) Dispute(_ context.Context, id int64) (desk.DisputeView, error) {
	return f.Disputes[id], nil
}

// Case works the fake dispute out under the rules that are built in.
func (f *Fake) Case(_ context.Context, id int64) (desk.CaseView, error) {
	if f.OnCase != nil {
		f.OnCase(id)
	}
	view := desk.CaseView{DisputeView: f.Disputes[id]}
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
	view.View = rules.Evaluate(c, Now)
	view.Offers = policy.Weigh(view.Pack, &view.View, policy.Stakes{Wish: policy.Offer(view.Dispute.Wish)}).Offers
	f.checked(&view)
	return view, nil
}

func (f *Fake) OpenDispute(_ context.Context, n desk.NewDispute) (data.Dispute, error) {
	f.Opened = append(f.Opened, n)
	return data.Dispute{ID: 22, OrderID: n.OrderID}, nil
}

// AppendEvent doubts every due date in the year 9999.
func (f *Fake) AppendEvent(_ context.Context, _ int64, e desk.NewEvent) (data.Dispute, error) {
	if e.Due.Year() >= 9999 && !e.Sure {
		return data.Dispute{}, &desk.DueDoubt{Why: data.Text{English: "The stated date lies far beyond the rule."}}
	}
	f.Events = append(f.Events, e.CaseEvent)
	return data.Dispute{}, nil
}

// AddEvidence takes every file but a ".exe".
func (f *Fake) AddEvidence(_ context.Context, disputeID int64, files []desk.EvidenceFile, _ desk.Progress) (r desk.EvidenceReport, err error) {
	for _, file := range files {
		if strings.HasSuffix(file.Path, ".exe") {
			r.Rejected = append(r.Rejected, desk.RejectedFile{Name: file.Path, Reason: errors.New(file.Path + " cannot be imported")})
			continue
		}
		f.Added = append(f.Added, file)
		r.Added = append(r.Added, data.Evidence{DisputeID: disputeID, Name: file.Name})
	}
	return r, nil
}

func (f *Fake) EditEvidence(_ context.Context, _ int64, e desk.EvidenceEdit) (data.Evidence, error) {
	f.Edits = append(f.Edits, e)
	return data.Evidence{}, nil
}

func (f *Fake) BinEvidence(_ context.Context, id int64) error {
	f.Binned = append(f.Binned, id)
	return nil
}

func (f *Fake) EvidencePicture(context.Context, int64, int) (desk.Picture, error) {
	f.Pictures++
	return desk.Picture{Image: image.NewGray(image.Rect(0, 0, 4, 3)), Width: 4, Height: 3}, nil
}

func (f *Fake) FeedbackIDs(context.Context, data.FeedbackQuery) ([]int32, error) {
	return []int32{41}, nil
}

func (f *Fake) FeedbackFirst(context.Context, data.FeedbackQuery, int) ([]data.Feedback, error) {
	return f.feedback, nil
}

func (f *Fake) FeedbackRows(context.Context, []int32) ([]data.Feedback, error) {
	return f.feedback, nil
}

func (f *Fake) PutFeedback(_ context.Context, one data.Feedback) (data.Feedback, error) {
	f.Put = append(f.Put, one)
	return one, nil
}

func (f *Fake) Templates(context.Context) ([]data.Template, error) { return f.templates, nil }

// Draft fills the one variable of the fake template, order.number, from the
// order, and tracking.number from what was typed.
func (f *Fake) Draft(_ context.Context, r desk.DraftRequest) (desk.Draft, error) {
	if f.OnDraft != nil {
		f.OnDraft()
	}
	d := desk.Draft{Language: "es", Exact: true}
	if strings.HasPrefix(r.Language, "en") || strings.HasPrefix(r.Language, "zh") || r.Variant == "v-en" {
		d.Language, d.Exact = "en", r.Language == "en"
	}
	number := f.Orders[r.OrderID].Order.Number
	if number == "" {
		number, d.Missing = "⟦order.number⟧", append(d.Missing, "order.number")
	}
	tracking := r.Extra["tracking.number"]
	if tracking == "" {
		tracking, d.Missing = "⟦tracking.number⟧", append(d.Missing, "tracking.number")
	}
	d.Text = d.Language + ": " + number + " / " + tracking
	return d, nil
}

func (f *Fake) KeepReply(_ context.Context, orderID, _ int64, _, text string) (data.Message, error) {
	f.Kept = append(f.Kept, text)
	return data.Message{OrderID: orderID, Text: text}, nil
}

// Setting reads what PutSetting has kept.
func (f *Fake) Setting(_ context.Context, key string, into any) (bool, error) {
	text, ok := f.Settings[key]
	if !ok {
		return false, nil
	}
	return true, json.Unmarshal(text, into)
}

// PutSetting keeps a value as the desk does.
func (f *Fake) PutSetting(_ context.Context, key string, value any) error {
	text, err := json.Marshal(value)
	if err == nil {
		f.Settings[key] = text
	}
	return err
}

// Undo counts how often it is asked for.
func (f *Fake) Undo(context.Context) (string, error) {
	f.Undone++
	return "evidence.bin", nil
}

// fakeCases notes what was asked of the cases of a fake desk.
type fakeCases struct {
	Weighings []desk.Weighing
	Decided   []string
	Rulings   []data.Ruling
	wishes    []string
	packs     []string
	Marked    []string
	assigned  map[string][]string
	Passed    []string
}

// checked fills in the checklist and the contradictions of a case.
func (f *Fake) checked(v *desk.CaseView) {
	facts := &policy.CaseFacts{Order: v.Order, Dispute: v.Dispute, Evidence: v.Evidence, NotApplicable: map[string]string{}}
	facts.OtherTracking = map[string]string{"LX1CN": "8123000000000002"}
	for _, mark := range f.Marked {
		item, reason, _ := strings.Cut(mark, ": ")
		facts.NotApplicable[item] = reason
	}
	v.Proof = policy.Checklist(v.Pack, facts, v.View.Deadlines)
	v.Ready = policy.Count(v.Proof)
	var passes []data.Pass
	for _, p := range f.Passed {
		key, reason, _ := strings.Cut(p, ": ")
		passes = append(passes, data.Pass{Key: key, By: "Lin", Reason: reason})
	}
	v.Findings = data.WithPasses(slices.Concat(policy.Contradictions(facts), v.View.Findings), passes)
}

func (f *Fake) Weigh(ctx context.Context, id int64, w desk.Weighing) (policy.Card, error) {
	f.Weighings = append(f.Weighings, w)
	v, err := f.Case(ctx, id)
	return policy.Weigh(v.Pack, &v.View, policy.Stakes{
		Amount: v.Dispute.Amount, Work: w.Work, HourCost: w.HourCost, ReturnCost: w.ReturnCost, Record: policy.Record{Won: 2, Lost: 1},
	}), err
}

func (f *Fake) Decide(_ context.Context, _ int64, choice, reason string) (data.Dispute, error) {
	f.Decided = append(f.Decided, choice+": "+reason)
	return data.Dispute{}, nil
}

func (f *Fake) PutRuling(_ context.Context, _ int64, r data.Ruling) (data.Dispute, error) {
	f.Rulings = append(f.Rulings, r)
	return data.Dispute{}, nil
}

func (f *Fake) PutWish(_ context.Context, _ int64, wish string) (data.Dispute, error) {
	f.wishes = append(f.wishes, wish)
	return data.Dispute{}, nil
}

func (f *Fake) ChoosePack(_ context.Context, _ int64, pack string) (data.Dispute, error) {
	f.packs = append(f.packs, pack)
	return data.Dispute{}, nil
}

func (f *Fake) MarkItem(_ context.Context, _ int64, item, reason string) error {
	f.Marked = append(f.Marked, item+": "+reason)
	return nil
}

func (f *Fake) AssignItem(_ context.Context, _ int64, item string, evidence []string) error {
	if f.assigned == nil {
		f.assigned = map[string][]string{}
	}
	f.assigned[item] = evidence
	return nil
}

func (f *Fake) PassFinding(_ context.Context, _ string, _ int64, key, reason string) error {
	f.Passed = append(f.Passed, key+": "+reason)
	return nil
}

func (f *Fake) TakeBackPass(_ context.Context, _ string, _ int64, key string) error {
	f.Passed = slices.DeleteFunc(f.Passed, func(p string) bool { return strings.HasPrefix(p, key+": ") })
	return nil
}

func (f *Fake) Packs(context.Context) ([]desk.PackInfo, error) {
	return []desk.PackInfo{{ID: "generic", Title: "Other platforms", Edition: "2026-11"}}, nil
}

// Parcel is a picture of the fake dispute that can be marked.
func Parcel() data.Evidence {
	return data.Evidence{ID: 31, UID: "p31", Name: "parcel.png", MIME: "image/png"}
}
