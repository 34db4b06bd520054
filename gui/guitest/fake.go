package guitest

import (
	"context"
	"encoding/json"
	"errors"
	"image"
	"io"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/rating"
	"casebinder/gui/show"
)

// anyDesk is what the fake desk leaves out: the shared parts may ask for it, and
// a test that does so has to fake it.
type anyDesk interface {
	AddOrderEvidence(ctx context.Context, orderID int64, files []desk.EvidenceFile, p desk.Progress) (desk.EvidenceReport, error)
	EvidenceCopy(ctx context.Context, id int64) (path string, err error)
	EvidenceLabel(ctx context.Context, id int64) ([]data.Finding, error)
	WriteOrder(ctx context.Context, orderID int64, w desk.OrderDeed) error
	WriteOrders(ctx context.Context, orderIDs []int64, w desk.OrderDeed) (desk.OrdersWritten, error)
	ShipFindings(ctx context.Context, orderID int64) ([]data.Finding, error)
	ShipPacked(ctx context.Context, orderID int64, w desk.OrderDeed, reason string) error
	AddShipment(ctx context.Context, orderID int64, s data.Shipment, sure bool) error
	AddScan(ctx context.Context, orderID int64, tracking string, e data.TrackingEvent) error
	SetOrderNote(ctx context.Context, id int64, note string) error
	CheckPapers(ctx context.Context, r desk.PaperRequest) error
	PrintPapers(ctx context.Context, r desk.PaperRequest, p desk.Progress) (desk.PaperReport, error)
	EditDispute(ctx context.Context, id int64, edit desk.DisputeEdit) (data.Dispute, error)
	BinDispute(ctx context.Context, id int64) error
	BinFeedback(ctx context.Context, id int64) error
	PutTemplate(ctx context.Context, t data.Template) (data.Template, error)
	ResetTemplate(ctx context.Context, uid string) (data.Template, error)
	BinTemplate(ctx context.Context, uid string) error
	Task(ctx context.Context, id int64) (data.Task, error)
	ReopenTask(ctx context.Context, id int64) error
	BinTask(ctx context.Context, id int64) error
	Redo(ctx context.Context) (action string, err error)
	WriteCalendar(ctx context.Context, w io.Writer, word func(data.TodayRow) string) error
}

// Fake is a desk in memory that notes what it was asked. What a test does
// not need is left to the nil interface inside, which panics.
type Fake struct {
	anyDesk
	Knowledge []desk.KnowledgeOffer // of the products of any order
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
	Put            []data.Feedback
	Wrote          []desk.FeedbackDeed
	Refuse         error // of WriteFeedback, unless the person is sure
	Added          []desk.EvidenceFile
	Undone         int
	Fits           []string // templates that fit a dispute
	Settings       map[string]json.RawMessage
	OnOrder        func(id int64) // runs while an order is being asked for
	OnCase         func(id int64) // runs while a case is being worked out
	OnDraft        func()         // runs while a draft is being filled

	PutOff   []desk.WaitingRow
	Troubled []desk.ParcelTrouble // parcels in trouble
	Tasks    []data.Task
	Finished []int64
	fakeCases
	fakeReplies
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
		fakeReplies: fakeReplies{Threads: map[int64][]data.Message{}, DraftsKept: map[data.ReplyAbout]data.ReplyDraft{}},
		Settings:    map[string]json.RawMessage{},
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

func (f *Fake) OrderIDs(_ context.Context, q data.OrderQuery) ([]int32, error) {
	if q.HeldOver && q.Search == "" {
		return nil, nil // none is held
	}
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

func (f *Fake) EvidenceLabel(context.Context, int64) ([]data.Finding, error) {
	return nil, nil
}

func (f *Fake) EvidencePicture(context.Context, int64, int) (desk.Picture, error) {
	f.Pictures++
	return desk.Picture{Image: image.NewGray(image.Rect(0, 0, 4, 3)), Width: 4, Height: 3}, nil
}

// Feedback gives a feedback with the windows of its platform's rules.
func (f *Fake) Feedback(_ context.Context, id int64) (desk.FeedbackView, error) {
	for _, one := range f.feedback {
		if one.ID != id {
			continue
		}
		v := desk.FeedbackView{Feedback: one}
		book, err := rating.Of(one.Shop.Platform)
		if err != nil {
			return v, err
		}
		v.Windows = book.Windows(&one, rating.Matter{}, At(20, 1))
		for i := range book.Grounds {
			v.Grounds = append(v.Grounds, desk.GroundView{Ground: &book.Grounds[i], Proven: book.Grounds[i].Proven(rating.HaveOf(&one, 0, 0))})
		}
		return v, nil
	}
	return desk.FeedbackView{}, data.ErrNotFound
}

// FeedbackCauseList gives the program's own.
func (f *Fake) FeedbackCauseList(context.Context) ([]string, error) {
	return data.FeedbackCauses(), nil
}

// WriteFeedback keeps what was written down; a refusal is told once.
func (f *Fake) WriteFeedback(_ context.Context, _ int64, w desk.FeedbackDeed) (data.Feedback, error) {
	if f.Refuse != nil && !w.Sure {
		return data.Feedback{}, f.Refuse
	}
	f.Wrote = append(f.Wrote, w)
	return f.feedback[0], nil
}

// ExportFeedback binds nothing.
func (f *Fake) ExportFeedback(context.Context, int64, data.ComplaintGround, desk.BundleRequest, desk.Progress) (desk.FeedbackBundle, error) {
	return desk.FeedbackBundle{}, nil
}

// FeedbackSummary counts nothing over two times.
func (f *Fake) FeedbackSummary(context.Context, int64) (desk.FeedbackSummary, error) {
	return desk.FeedbackSummary{Denominator: "all", Spans: []desk.FeedbackSpan{{Months: 1, Stars: [5]int{0, 1, 0, 0, 3}, Positive: 3, Negative: 1}, {}}}, nil
}

// FeedbackTrends gives one cause.
func (f *Fake) FeedbackTrends(context.Context, string, int64, int) ([]desk.FeedbackTrend, error) {
	return []desk.FeedbackTrend{{FeedbackTrend: data.FeedbackTrend{Key: "size", Negative: 2, Positive: 1}}}, nil
}

// SetFeedbackDenominator keeps nothing.
func (f *Fake) SetFeedbackDenominator(context.Context, int64, string) error { return nil }

// PastedFeedback takes everything for a table, and keeps nothing.
func (f *Fake) PastedFeedback(context.Context, desk.RatingsRequest) (string, desk.RatingsPage, error) {
	return "pasted.csv", desk.RatingsPage{}, nil
}

// PreviewRatings reads nothing.
func (f *Fake) PreviewRatings(context.Context, desk.RatingsRequest) (desk.RatingsPage, error) {
	return desk.RatingsPage{}, nil
}

// CompareRatings leaves a page as it is.
func (f *Fake) CompareRatings(context.Context, *desk.RatingsPage) error { return nil }

// TakeRatings keeps nothing.
func (f *Fake) TakeRatings(context.Context, desk.RatingsPage) (desk.RatingsReport, error) {
	return desk.RatingsReport{}, nil
}

// AddFeedbackEvidence takes in nothing.
func (f *Fake) AddFeedbackEvidence(context.Context, int64, []desk.EvidenceFile, desk.Progress) (desk.EvidenceReport, error) {
	return desk.EvidenceReport{}, nil
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

// LetAnswerStand lets nothing stand.
func (f *Fake) LetAnswerStand(context.Context, int64, string, string) error { return nil }

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
	if tracking == "" && !f.Whole {
		tracking, d.Missing = "⟦tracking.number⟧", append(d.Missing, "tracking.number")
	}
	if f.Attach && !r.Attached {
		d.Findings = append(d.Findings, data.Finding{Rule: "reply.attach", Severity: data.Blocking, Why: data.Text{English: "A file goes with it."}, Mend: data.Mend{Deed: "reply.attach"}})
	}
	d.Text = d.Language + ": " + number + " / " + tracking
	return d, nil
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
