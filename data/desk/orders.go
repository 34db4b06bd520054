package desk

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/store"
)

// OrderIDs lists the row ids of all orders of a query, in its order.
func (d *Desk) OrderIDs(ctx context.Context, q data.OrderQuery) ([]int32, error) {
	return d.store.OrderIDs(ctx, q)
}

// OrderFirst gives the first rows of a query, without waiting for all ids.
func (d *Desk) OrderFirst(ctx context.Context, q data.OrderQuery, limit int) ([]data.OrderRow, error) {
	return d.store.OrderFirst(ctx, q, limit)
}

// OrderRows gives the rows of some ids, in their order.
func (d *Desk) OrderRows(ctx context.Context, ids []int32) ([]data.OrderRow, error) {
	return d.store.OrderRows(ctx, ids)
}

// OrdersByNumber gives the row ids of the orders with a number, over all shops.
func (d *Desk) OrdersByNumber(ctx context.Context, number string) ([]int64, error) {
	return d.store.OrdersByNumber(ctx, strings.TrimSpace(number))
}

// OrderView is an order with all that hangs on it.
type OrderView struct {
	Order    data.Order
	Timeline []data.Moment     // oldest first
	Events   []data.OrderEvent // what a person wrote down of it, oldest first
	Older    int               // messages that Timeline leaves out, all older than those in it: Thread gives them
	Disputes []data.DisputeRow
	Buyer    data.BuyerRow   // who ordered, on all accounts; ID 0 where the order names nobody
	Evidence []data.Evidence // of the order and its disputes
	Feedback []data.Feedback
	Tasks    []data.Task // the open ones first
	Imports  []OrderImport
	Paths    []PathView           // guided paths, the oldest first
	Unfit    map[string]data.Text // why a path does not fit the order, by its ID; of those that do not
	Risk     RiskView             // of an order that still waits to be shipped
	Pack     PackView             // the proof of its packing
	Covers   []data.Finding       // conditions of the seller's protection that can still be kept or lost
}

// OrderImport is a file that brought an order, or changed it last.
type OrderImport struct {
	File string
	At   time.Time
	By   string // the operator
}

// OpenDispute is the order's open dispute where there is exactly one; else 0.
func (v *OrderView) OpenDispute() int64 {
	var id int64
	for _, row := range v.Disputes {
		switch {
		case row.Stage == data.StageClosed:
		case id != 0:
			return 0
		default:
			id = row.ID
		}
	}
	return id
}

// timelineMessages is how many of an order's messages stand in its timeline.
const timelineMessages = 400

// Order gathers an order with all that hangs on it; of its messages the newest.
func (d *Desk) Order(ctx context.Context, id int64) (OrderView, error) {
	order, err := d.store.Order(ctx, id)
	if err != nil {
		return OrderView{}, err
	}
	view := OrderView{Order: *order}
	if err := d.addHanging(ctx, &view); err != nil {
		return view, err
	}
	messages, err := d.store.ThreadPage(ctx, id, time.Time{}, 0, timelineMessages)
	if err != nil {
		return view, err
	}
	if len(messages) == timelineMessages {
		total, err := d.store.ThreadLength(ctx, id)
		if err != nil {
			return view, err
		}
		view.Older = total - len(messages)
	}
	disputes, err := d.store.DisputesOfOrder(ctx, id)
	if err != nil {
		return view, err
	}
	if view.Risk, err = d.Risk(ctx, id); err != nil {
		return view, err
	}
	if view.Covers, err = d.protection(ctx, order); err != nil {
		return view, err
	}
	view.Timeline = orderMoments(&view.Order, view.Events)
	view.Timeline = append(view.Timeline, messageMoments(messages)...)
	view.Timeline = append(view.Timeline, evidenceMoments(view.Evidence)...)
	view.Timeline = append(view.Timeline, feedbackMoments(view.Feedback)...)
	for i := range disputes {
		view.Timeline = append(view.Timeline, eventMoments(&disputes[i])...)
	}
	if view.Paths, err = d.pathViews(ctx, id); err != nil {
		return view, err
	}
	if view.Unfit, err = d.unfitPaths(ctx, id); err != nil {
		return view, err
	}
	view.Timeline = append(view.Timeline, pathMoments(view.Paths)...)
	sortMoments(view.Timeline)
	return view, nil
}

// addHanging adds what hangs on an order.
func (d *Desk) addHanging(ctx context.Context, view *OrderView) (err error) {
	id := view.Order.ID
	if view.Disputes, err = d.disputeRowsOf(ctx, id); err != nil {
		return err
	}
	if view.Buyer, err = d.buyerBehind(ctx, view.Order.Buyer.ID); err != nil {
		return err
	}
	if view.Evidence, err = d.evidenceOfOrder(ctx, &view.Order); err != nil {
		return err
	}
	if view.Pack, err = d.Packing(ctx, id); err != nil {
		return err
	}
	if view.Feedback, err = d.store.FeedbackFirst(ctx, data.FeedbackQuery{OrderID: id, Both: true}, 100); err != nil {
		return err
	}
	if view.Events, err = d.store.OrderEvents(ctx, id); err != nil {
		return err
	}
	if view.Tasks, err = d.store.TasksAbout(ctx, id); err != nil {
		return err
	}
	imports, err := d.store.ImportsOfOrder(ctx, id)
	for _, m := range imports {
		view.Imports = append(view.Imports, OrderImport{filepath.Base(m.File), m.At, m.Operator})
	}
	return err
}

func (d *Desk) disputeRowsOf(ctx context.Context, orderID int64) ([]data.DisputeRow, error) {
	return d.store.DisputeFirst(ctx, data.DisputeQuery{OrderID: orderID, Sort: data.DisputeByOpened, Ascending: true}, 100)
}

// orderMoments are what the platform's file and the carrier tell, and what a person
// wrote down.
func orderMoments(o *data.Order, events []data.OrderEvent) []data.Moment {
	all := deedMoments(events)
	add := func(at time.Time, kind data.MomentKind, actor data.Actor, text string, told data.Teller) {
		if !at.IsZero() && !written(events, kind, at) {
			all = append(all, data.Moment{At: at, Kind: kind, Actor: actor, Text: text, Told: told})
		}
	}
	add(o.OrderedAt, data.MomentOrdered, data.ActorBuyer, o.Number, "")
	add(o.PaidAt, data.MomentPaid, data.ActorBuyer, strings.TrimSpace(o.Total.String()+" "+o.PaymentMethod), "")
	shipped, delivered := false, false
	for _, s := range o.Shipments {
		parcel := strings.TrimSpace(s.Carrier + " " + s.Tracking)
		for _, e := range s.Events {
			all = append(all, data.Moment{At: e.At, Kind: data.MomentTracking, Text: e.Text, Place: e.Place, Told: e.Told})
		}
		if s.Kind == data.ShipmentReturn {
			continue // what a person wrote down of it tells when it came and went
		}
		add(s.ShippedAt, data.MomentShipped, data.ActorSeller, parcel, s.Told)
		add(s.DeliveredAt, data.MomentDelivered, "", parcel, s.Told)
		shipped = shipped || !s.ShippedAt.IsZero()
		delivered = delivered || !s.DeliveredAt.IsZero()
	}
	if !shipped {
		add(o.ShippedAt, data.MomentShipped, data.ActorSeller, "", teller(o, data.StatedShipped))
	}
	if !delivered {
		add(o.DeliveredAt, data.MomentDelivered, "", "", teller(o, data.StatedDelivered))
	}
	return all
}

// teller says who told a fact of an order itself.
func teller(o *data.Order, name string) data.Teller {
	if o.IsStated(name) {
		return data.TellerPerson
	}
	return data.TellerFile
}

// written reports whether a person wrote down a moment that the order's dates
// tell too.
func written(events []data.OrderEvent, kind data.MomentKind, at time.Time) bool {
	return slices.ContainsFunc(events, func(e data.OrderEvent) bool {
		same := kind == data.MomentShipped && (e.Kind == data.OrderShipped || e.Kind == data.OrderResent) || kind == data.MomentDelivered && e.Kind == data.OrderDelivered
		return same && e.At.Equal(at)
	})
}

func deedMoments(events []data.OrderEvent) []data.Moment {
	all := make([]data.Moment, 0, len(events))
	for i := range events {
		e := &events[i]
		all = append(all, data.Moment{At: e.At, Kind: data.MomentDeed, Actor: data.ActorSeller, Text: e.Note, Deed: e, Told: data.TellerPerson, Ref: e.ID})
	}
	return all
}

func messageMoments(messages []data.Message) []data.Moment {
	all := make([]data.Moment, 0, len(messages))
	for i := range messages {
		m := &messages[i]
		actor := data.ActorBuyer
		switch m.Direction {
		case data.ToBuyer:
			actor = data.ActorSeller
		case data.FromPlatform:
			actor = data.ActorPlatform
		}
		all = append(all, data.Moment{
			At: m.SentAt, Kind: data.MomentMessage, Actor: actor, Text: m.Text, Message: m, DisputeID: m.DisputeID, Ref: m.ID,
		})
	}
	return all
}

// evidenceMoments place a file where it was captured, or, where that is not
// known, where it came in.
func evidenceMoments(evidence []data.Evidence) []data.Moment {
	all := make([]data.Moment, 0, len(evidence))
	for i := range evidence {
		e := &evidence[i]
		at := e.CapturedAt
		if at.IsZero() {
			at = e.AddedAt
		}
		all = append(all, data.Moment{
			At: at, Kind: data.MomentEvidence, Actor: data.ActorSeller, Text: e.Name, Place: e.Place, Evidence: e, DisputeID: e.DisputeID, Ref: e.ID,
		})
	}
	return all
}

func feedbackMoments(feedback []data.Feedback) []data.Moment {
	var all []data.Moment
	for _, f := range feedback {
		stars := strings.Repeat("★", f.Stars) + strings.Repeat("☆", max(0, 5-f.Stars))
		who := data.ActorBuyer
		if f.Given {
			who = data.ActorSeller
		}
		all = append(all, data.Moment{
			At: f.LeftAt, Kind: data.MomentFeedback, Actor: who, Text: strings.TrimSpace(stars + " " + f.Text), Ref: f.ID,
		})
		if !f.RepliedAt.IsZero() {
			all = append(all, data.Moment{At: f.RepliedAt, Kind: data.MomentFeedback, Actor: data.ActorSeller, Text: f.Reply, Ref: f.ID})
		}
	}
	return all
}

func eventMoments(dispute *data.Dispute) []data.Moment {
	all := make([]data.Moment, 0, len(dispute.Events))
	for i := range dispute.Events {
		e := &dispute.Events[i]
		all = append(all, data.Moment{
			At: e.At, Kind: data.MomentCase, Actor: e.Actor, Text: e.Note, Event: e, DisputeID: dispute.ID, Ref: e.ID,
		})
	}
	return all
}

func sortMoments(all []data.Moment) {
	slices.SortStableFunc(all, func(a, b data.Moment) int { return a.At.Compare(b.At) })
}

// SetOrderNote writes the seller's own note; an import never touches it.
func (d *Desk) SetOrderNote(ctx context.Context, id int64, note string) error {
	return d.act(ctx, noteStep(id, note))
}

func noteStep(id int64, note string) step {
	return func(ctx context.Context, tx *store.Tx) (deed, error) {
		order, err := tx.Order(ctx, id)
		if err != nil {
			return deed{}, err
		}
		did := deed{
			Change: data.Change{
				Action: "order.note", Entity: data.EntityOrder, Key: store.OrderKey(order.Shop, order.Number),
				Before: map[string]string{"seller_note": order.SellerNote}, After: map[string]string{"seller_note": note},
			},
			effect: data.EffectChanged, rows: rowsOf(data.EntityOrder, id, 0, 0), back: noteStep(id, order.SellerNote),
		}
		order.SellerNote = note
		return did, tx.PutOrder(order)
	}
}

// AddMessage stores a message about an order or a dispute. Without a time it
// is of now, without a UID it gets one. It can be undone.
func (d *Desk) AddMessage(ctx context.Context, m data.Message) (data.Message, error) {
	if m.SentAt.After(d.now()) {
		return m, problemEventInFuture.New("at", data.JSONTime(m.SentAt))
	}
	return d.addMessage(ctx, m, "message.add")
}

func (d *Desk) addMessage(ctx context.Context, m data.Message, action string) (data.Message, error) {
	if strings.TrimSpace(m.Text) == "" {
		return m, problemNoText.New()
	}
	if m.SentAt.IsZero() {
		m.SentAt = data.Instant(d.now())
	}
	if m.Source == "" {
		m.Source = data.SourceTyped
	}
	if m.UID == "" {
		uid, err := newUID()
		if err != nil {
			return m, err
		}
		m.UID = uid
	}
	err := d.act(ctx, adding(action, data.EntityMessage, &m, messageAccess))
	return m, err
}

// messageAccess says how a message is made and taken away.
var messageAccess = access[data.Message]{
	put: func(tx *store.Tx, m *data.Message) error {
		m.ID = 0
		return tx.PutMessage(m)
	},
	find: func(ctx context.Context, tx *store.Tx, m *data.Message) error {
		known, err := tx.MessageByUID(ctx, m.UID)
		m.ID = known.ID
		return err
	},
	name: func(m *data.Message) (string, []data.RowRef) {
		return m.UID, rowsOf(data.EntityMessage, m.ID, m.OrderID, m.DisputeID)
	},
}

var problemNoText = data.DefineProblem("text_missing", data.ErrInvalid,
	"The text is missing.", "Write it, or leave without saving.")
