package replies

import (
	"context"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/show"
)

// Desk is what the tab of replies asks of a desk.
type Desk interface {
	Order(ctx context.Context, id int64) (desk.OrderView, error)
	Templates(ctx context.Context) ([]data.Template, error)
	FittingTemplates(ctx context.Context, disputeID int64) ([]string, error)
	PutTemplate(ctx context.Context, t data.Template) (data.Template, error)
	ResetTemplate(ctx context.Context, uid string) (data.Template, error)
	BinTemplate(ctx context.Context, uid string) error
	Draft(ctx context.Context, r desk.DraftRequest) (desk.Draft, error)
	KeepReply(ctx context.Context, orderID, disputeID int64, language, text string) (data.Message, error)
}

// env is the window around the room, with its desk.
type env struct {
	*show.Env
	desk Desk
}
