package buyers

import (
	"context"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/show"
)

// Desk is what the tab of buyers asks of a desk.
type Desk interface {
	BuyerIDs(ctx context.Context, q data.BuyerQuery) ([]int32, error)
	BuyerFirst(ctx context.Context, q data.BuyerQuery, limit int) ([]data.BuyerRow, error)
	BuyerRows(ctx context.Context, ids []int32) ([]data.BuyerRow, error)
	BuyerTags(ctx context.Context) ([]string, error)
	BuyersBehind(ctx context.Context) (int64, error)
	BuyerOfOrder(ctx context.Context, orderID int64) (int64, error)
	Buyer(ctx context.Context, id int64) (desk.BuyerView, error)
	BuyerTable(ctx context.Context, shop int64) (desk.BuyerTable, error)
	JoinBuyers(ctx context.Context, a, b int64) error
	PartBuyers(ctx context.Context, a, b int64) error
	SetBuyerCare(ctx context.Context, id int64, care desk.BuyerCare) error
}

// env is the window around the room, with its desk.
type env struct {
	*show.Env
	desk Desk
}
