package paths

import (
	"context"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/kit"
	"casebinder/gui/route"
	"casebinder/gui/show"
)

// Desk is what the sheet of paths asks of a desk.
type Desk interface {
	Path(ctx context.Context, uid string) (desk.PathView, error)
	Paths(ctx context.Context) ([]desk.PathInfo, error)
	PathOffers(ctx context.Context, about data.ReplyAbout) ([]desk.PathOffer, error)
	StartPath(ctx context.Context, id string, about data.ReplyAbout) (desk.PathView, error)
	AnswerPath(ctx context.Context, uid, step, answer string) (desk.PathView, error)
	TakeBackPath(ctx context.Context, uid, step string) (desk.PathView, error)
	SetPathCost(ctx context.Context, uid string, cost data.Cost, text string, forShop bool) (desk.PathView, error)
	EndPath(ctx context.Context, request desk.PathEnd) (desk.PathDone, error)
	BinPath(ctx context.Context, uid string) error
	ImportPath(ctx context.Context, name string, toml []byte) (desk.PathInfo, error)
	ExportPath(ctx context.Context, id string) ([]byte, error)
	ResetPath(ctx context.Context, id string) error
	OrderRows(ctx context.Context, ids []int32) ([]data.OrderRow, error)
}

// room is the window around the sheets, with its desk.
type room struct {
	*show.Env
	desk Desk
}

// Open shows the run of a path that a route names, begins the path that it names,
// or lets the person choose one.
func Open(shared *show.Env, d Desk, to route.Path) {
	e := &room{shared, d}
	switch {
	case to.Run != "":
		e.load(func(ctx context.Context) (desk.PathView, error) { return d.Path(ctx, to.Run) }, to.Order)
	case to.Path != "":
		e.begin(to.Path, to)
	default:
		e.choose(to)
	}
}

// begin goes on with the open run of a path for the order, or starts one.
func (e *room) begin(id string, to route.Path) {
	about := data.ReplyAbout{OrderID: to.Order.ID, DisputeID: to.Dispute}
	e.load(func(ctx context.Context) (desk.PathView, error) {
		offers, err := e.desk.PathOffers(ctx, about)
		if err != nil {
			return desk.PathView{}, err
		}
		for _, o := range offers {
			if o.ID == id && o.Open != "" {
				return e.desk.Path(ctx, o.Open)
			}
		}
		return e.desk.StartPath(ctx, id, about)
	}, to.Order)
}

func (e *room) load(ask func(context.Context) (desk.PathView, error), order data.OrderRow) {
	kit.Do(ask, func(v desk.PathView, err error) {
		if err != nil {
			e.UI.Problem(err)
			return
		}
		newWalk(e, v, order)
	})
}
