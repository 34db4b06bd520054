package desk

import (
	"context"
	"slices"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/service"
	"casebinder/data/store"
)

var (
	problemComplaintAbout = data.DefineProblem("complaint_about", data.ErrInvalid,
		"The order that the complaint is about is missing.", "Open the complaint from an order or a dispute.")
	problemComplaintOpen = data.DefineProblem("complaint_open", data.ErrConflict,
		"There is already an open complaint on this order.", "Continue with that one.")
	problemComplaintClosed = data.DefineProblem("complaint_closed", data.ErrRefused,
		"This complaint is closed.", "Undo the closing, or open a new complaint.")
	problemComplaintEnd = data.DefineProblem("complaint_end", data.ErrInvalid,
		"A complaint cannot be closed without a cause and an outcome.", "Choose both: they show later what goes wrong often.")
	problemComplaintWord = data.DefineProblem("complaint_word", data.ErrInvalid,
		"“{value}” is not a valid {field} of a complaint.", "Choose one of {choices}.")
)

// ComplaintView is a complaint with what it wants next.
type ComplaintView struct {
	data.ComplaintRow
	Step     service.Step
	Due      time.Time // of the step; zero: no date is known
	Overdue  bool
	Open     []service.Ask   // of the four questions, those without an answer
	Proposed []data.Solution // the buyer's wish first; those of one complaint alone
	Own      bool            // they are of the shop's own scale
	Dear     bool            // nothing is sent again: the order is dearer than the shop's limit
	Template string          // that says the next step; "" where none does
}

// Complaint gives a complaint with what it wants next, and what may be offered.
func (d *Desk) Complaint(ctx context.Context, id int64) (ComplaintView, error) {
	row, err := d.store.Complaint(ctx, id)
	if err != nil {
		return ComplaintView{}, err
	}
	set, err := d.complaintService(ctx, row.ShopID)
	if err != nil {
		return ComplaintView{}, err
	}
	view := d.complaintView(row, set)
	if row.OrderID == 0 {
		return view, nil
	}
	order, err := d.store.Order(ctx, row.OrderID)
	view.Proposed, view.Own, view.Dear = service.Proposals(&view.Complaint, order.Total, set)
	return view, err
}

func (d *Desk) complaintService(ctx context.Context, shopID int64) (data.Service, error) {
	if shopID == 0 {
		return data.Service{}, nil
	}
	return d.store.ShopService(ctx, shopID)
}

func (d *Desk) complaintView(row data.ComplaintRow, set data.Service) ComplaintView {
	v := ComplaintView{ComplaintRow: row, Open: service.Unanswered(&row.Complaint)}
	v.Step, v.Due = service.Due(&row.Complaint, set, d.now())
	v.Overdue = v.Step != service.StepWait && !v.Due.IsZero() && d.now().After(data.Latest(v.Due))
	switch v.Step {
	case service.StepAcknowledge:
		v.Template = service.TemplateComplaint
	case service.StepAsk, service.StepPropose, service.StepWait, service.StepNextOffer, service.StepSettle, service.StepClose:
	}
	return v
}

// OpenComplaints lists the complaints that are not closed, the soonest first.
// At most limit; 0 is all.
func (d *Desk) OpenComplaints(ctx context.Context, limit int) ([]ComplaintView, error) {
	if limit == 0 {
		limit = -1
	}
	rows, err := d.store.OpenComplaints(ctx, limit)
	if err != nil {
		return nil, err
	}
	services, err := d.store.ShopServices(ctx)
	if err != nil {
		return nil, err
	}
	list := make([]ComplaintView, len(rows))
	for i, row := range rows {
		list[i] = d.complaintView(row, services[row.ShopID])
	}
	return list, nil
}

// ComplaintsOf lists the complaints about an order, the newest first.
func (d *Desk) ComplaintsOf(ctx context.Context, orderID int64) ([]data.ComplaintRow, error) {
	return d.store.ComplaintsOf(ctx, orderID)
}

// ComplaintCounts counts the complaints that were closed from one time to before
// another, by cause and outcome.
func (d *Desk) ComplaintCounts(ctx context.Context, from, to time.Time) ([]data.ComplaintCount, error) {
	return d.store.ComplaintCounts(ctx, from, to)
}

// OpenComplaint opens a complaint about an order or a dispute, with what
// happened where it is known; from a message that is its text. By when to answer
// comes from the shop's target where it is not given. It can be undone.
func (d *Desk) OpenComplaint(ctx context.Context, c data.Complaint) (data.Complaint, error) {
	opens, err := d.openingComplaint(ctx, &c)
	if err != nil {
		return c, err
	}
	err = d.act(ctx, opens)
	return c, err
}

// openingComplaint is the step that opens a complaint.
func (d *Desk) openingComplaint(ctx context.Context, c *data.Complaint) (step, error) {
	if c.OrderID == 0 && c.DisputeID != 0 {
		dispute, err := d.store.Dispute(ctx, c.DisputeID)
		if err != nil {
			return nil, err
		}
		c.OrderID = dispute.OrderID
		if c.Happened == "" {
			c.Happened = dispute.Claim
		}
	}
	if c.OrderID == 0 {
		return nil, problemComplaintAbout.New()
	}
	order, err := d.store.Order(ctx, c.OrderID)
	if err != nil {
		return nil, err
	}
	known, err := d.store.ComplaintsOf(ctx, c.OrderID)
	if err != nil {
		return nil, err
	}
	if slices.ContainsFunc(known, func(k data.ComplaintRow) bool { return k.ClosedAt.IsZero() }) {
		return nil, problemComplaintOpen.New()
	}
	if c.UID, err = newUID(); err != nil {
		return nil, err
	}
	set, err := d.store.ShopService(ctx, order.Shop.ID)
	if err != nil {
		return nil, err
	}
	c.Stage, c.Operator = data.ComplaintReceive, d.Operator()
	if c.OpenedAt.IsZero() {
		c.OpenedAt = data.Instant(d.now().UTC())
	}
	if c.AnswerBy.IsZero() {
		c.AnswerBy, _ = service.ReplyBy(c.OpenedAt, true, order.Shop, set)
	}
	if err := checkComplaint(c); err != nil {
		return nil, err
	}
	return func(_ context.Context, tx *store.Tx) (deed, error) {
		if err := tx.PutComplaint(c); err != nil {
			return deed{}, err
		}
		rows := complaintRows(c)
		return deed{
			Change: data.Change{Action: "complaint.open", Entity: data.EntityComplaint, Key: c.UID, After: *c},
			effect: data.EffectAdded, rows: rows, back: binning(data.EntityComplaint, c.UID, true, rows...),
		}, nil
	}, nil
}

func complaintRows(c *data.Complaint) []data.RowRef {
	return rowsOf(data.EntityComplaint, c.ID, c.OrderID, c.DisputeID)
}

// EditComplaint writes what is known of an open complaint: its stage, its four
// answers, cause, offers and date. It can be undone.
func (d *Desk) EditComplaint(ctx context.Context, c data.Complaint) error {
	if err := checkComplaint(&c); err != nil {
		return err
	}
	action := "complaint.edit"
	before, err := d.store.ComplaintByUID(ctx, c.UID)
	switch {
	case err != nil:
		return err
	case !before.ClosedAt.IsZero():
		return problemComplaintClosed.New()
	case c.Stage == data.ComplaintArchive:
		return problemComplaintEnd.New()
	case before.Stage != c.Stage:
		action = "complaint.stage"
	}
	return d.act(ctx, d.editingComplaint(c.UID, action, func(k *data.Complaint, now time.Time) {
		k.Stage, k.Cause, k.Happened, k.Why, k.Wish, k.Accepts, k.AnswerBy = c.Stage, c.Cause, c.Happened, c.Why, c.Wish, c.Accepts, c.AnswerBy
		k.Offers = c.Offers
		stampOffers(&k.Offers, now)
	}))
}

// stampOffers writes down when offers were made, declined or accepted.
func stampOffers(o *data.Offers, now time.Time) {
	o.List = slices.Clone(o.List)
	for i := range o.List {
		if s := &o.List[i]; s.State != data.OfferPlanned && s.At.IsZero() {
			s.At = now
		}
	}
}

// CloseComplaint archives a complaint with its cause and outcome. It can be
// undone.
func (d *Desk) CloseComplaint(ctx context.Context, uid, cause, outcome string) error {
	switch {
	case cause == "" || outcome == "":
		return problemComplaintEnd.New()
	case !slices.Contains(data.Causes(), cause):
		return problemComplaintWord.New("field", "cause", "value", cause, "choices", data.Causes())
	case !slices.Contains(data.ComplaintOutcomes(), outcome):
		return problemComplaintWord.New("field", "outcome", "value", outcome, "choices", data.ComplaintOutcomes())
	}
	before, err := d.store.ComplaintByUID(ctx, uid)
	if err != nil {
		return err
	}
	if !before.ClosedAt.IsZero() {
		return problemComplaintClosed.New()
	}
	return d.act(ctx, d.editingComplaint(uid, "complaint.close", func(c *data.Complaint, now time.Time) {
		c.Stage, c.Cause, c.Outcome, c.ClosedAt = data.ComplaintArchive, cause, outcome, now
	}))
}

// BinComplaint puts a complaint into the bin. It can be undone.
func (d *Desk) BinComplaint(ctx context.Context, id int64) error {
	c, err := d.store.Complaint(ctx, id)
	if err != nil {
		return err
	}
	return d.act(ctx, binning(data.EntityComplaint, c.UID, true, complaintRows(&c.Complaint)...))
}

// editingComplaint is the step that edits a complaint as it stands then; taken
// back, it is as it was.
func (d *Desk) editingComplaint(uid, action string, edit func(*data.Complaint, time.Time)) step {
	return func(ctx context.Context, tx *store.Tx) (deed, error) {
		row, err := tx.ComplaintByUID(ctx, uid)
		if err != nil {
			return deed{}, err
		}
		before, after := row.Complaint, row.Complaint
		edit(&after, data.Instant(tx.Now()))
		return deed{
			Change: data.Change{Action: action, Entity: data.EntityComplaint, Key: uid, Before: before, After: after},
			effect: data.EffectChanged, rows: complaintRows(&after),
			back: d.editingComplaint(uid, action, func(c *data.Complaint, _ time.Time) { *c = before }),
		}, tx.PutComplaint(&after)
	}
}

func checkComplaint(c *data.Complaint) error {
	for _, text := range []*string{&c.Happened, &c.Why, &c.Wish, &c.Accepts} {
		*text = strings.TrimSpace(*text)
	}
	switch {
	case !slices.Contains(data.ComplaintStages(), c.Stage):
		return problemComplaintWord.New("field", "stage", "value", c.Stage, "choices", data.ComplaintStages())
	case c.Cause != "" && !slices.Contains(data.Causes(), c.Cause):
		return problemComplaintWord.New("field", "cause", "value", c.Cause, "choices", data.Causes())
	case c.Offers.Harm != "" && !slices.Contains(data.Harms(), c.Offers.Harm):
		return problemComplaintWord.New("field", "severity", "value", c.Offers.Harm, "choices", data.Harms())
	}
	for _, s := range c.Offers.List {
		if !slices.Contains(data.AllAmends(), s.Offer) {
			return problemComplaintWord.New("field", "solution", "value", s.Offer, "choices", data.AllAmends())
		}
	}
	return nil
}
