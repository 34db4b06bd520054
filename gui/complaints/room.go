package complaints

import (
	"context"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/kit"
	"casebinder/gui/route"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// Desk is what the sheet of a complaint asks of a desk.
type Desk interface {
	Complaint(ctx context.Context, id int64) (desk.ComplaintView, error)
	ComplaintsOf(ctx context.Context, orderID int64) ([]data.ComplaintRow, error)
	OpenComplaint(ctx context.Context, c data.Complaint) (data.Complaint, error)
	EditComplaint(ctx context.Context, c data.Complaint) error
	CloseComplaint(ctx context.Context, uid, cause, outcome string) error
	BinComplaint(ctx context.Context, id int64) error
	OrderRows(ctx context.Context, ids []int32) ([]data.OrderRow, error)
}

// room is the window around the sheet, with its desk.
type room struct {
	*show.Env
	desk Desk
}

// Open shows the complaint that a route names: by its id, else the open one about
// the order, else a new one.
func Open(shared *show.Env, d Desk, to route.Complaint) {
	e := &room{shared, d}
	if to.ID != 0 {
		e.show(to.ID)
		return
	}
	kit.Do(func(ctx context.Context) ([]data.ComplaintRow, error) { return d.ComplaintsOf(ctx, to.Order.ID) }, func(list []data.ComplaintRow, err error) {
		if err != nil {
			e.UI.Problem(err)
			return
		}
		for i := range list {
			if list[i].ClosedAt.IsZero() {
				e.show(list[i].ID)
				return
			}
		}
		e.ask(to)
	})
}

// ask opens a new complaint.
func (e *room) ask(to route.Complaint) {
	happened := kit.TextField(e.UI, to.Happened, 4)
	kit.Trace("complaint.happened", happened)
	c := data.Complaint{OrderID: to.Order.ID, DisputeID: to.Dispute}
	e.UI.OpenForm(kit.FormSheet{
		Name: "complaint.new", Title: words.T("complaint.new", "order", to.Order.Number), Save: words.T("complaint.new.do"), Focus: happened,
		Fields: []*kit.Field{{Label: words.T("complaint.happened"), Hint: words.T("complaint.happened.hint"), Object: happened}},
		Read:   func() error { c.Happened = happened.Text; return nil },
		Work: func(ctx context.Context) (err error) {
			c, err = e.desk.OpenComplaint(ctx, c)
			return err
		},
		Done: func() { e.show(c.ID) },
	})
}

// show opens the sheet of a complaint.
func (e *room) show(id int64) {
	kit.Do(func(ctx context.Context) (desk.ComplaintView, error) { return e.desk.Complaint(ctx, id) }, func(v desk.ComplaintView, err error) {
		if err != nil {
			e.UI.Problem(err)
			return
		}
		e.sheet(&v)
	})
}
