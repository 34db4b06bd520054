package orders

import (
	"context"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/tongue"
	"casebinder/gui/show"
)

// Desk is what the tab of orders asks of a desk.
type Desk interface {
	show.ConversationDesk
	show.ShipDesk
	OrderIDs(ctx context.Context, q data.OrderQuery) ([]int32, error)
	OrderFirst(ctx context.Context, q data.OrderQuery, limit int) ([]data.OrderRow, error)
	OrderRows(ctx context.Context, ids []int32) ([]data.OrderRow, error)
	Order(ctx context.Context, id int64) (desk.OrderView, error)
	ExportTracking(ctx context.Context, r desk.TrackingFileRequest) (desk.TrackingFileReport, error)
	OrderParcels(ctx context.Context, orderID int64) (desk.ParcelsView, error)
	TakeOnParcel(ctx context.Context, t *desk.ParcelTrouble, title, note string) (data.Task, error)
	BuyerLanguage(ctx context.Context, orderID int64) (tongue.Answer, error)
	CheckPapers(ctx context.Context, r desk.PaperRequest) error
	PrintPapers(ctx context.Context, r desk.PaperRequest, p desk.Progress) (desk.PaperReport, error)
	DecideRisk(ctx context.Context, orderID int64, r desk.RiskDeed) error
	PassFinding(ctx context.Context, entity string, id int64, key, reason string) error
	TakeBackPass(ctx context.Context, entity string, id int64, key string) error
	WriteOrder(ctx context.Context, orderID int64, w desk.OrderDeed) error
	WriteOrders(ctx context.Context, orderIDs []int64, w desk.OrderDeed) (desk.OrdersWritten, error)
	AddShipment(ctx context.Context, orderID int64, s data.Shipment, sure bool) error
	AddScan(ctx context.Context, orderID int64, tracking string, e data.TrackingEvent) error
	SupplierClaims(ctx context.Context, orderID int64) ([]data.SupplierClaim, error)
	OrderMargin(ctx context.Context, orderID int64) (desk.OrderMargin, error)
	SetOrderCosts(ctx context.Context, orderID int64, texts map[data.Cost]string) error
	SetOrderNote(ctx context.Context, id int64, note string) error
}

// env is the window around the room, with its desk.
type env struct {
	*show.Env
	desk Desk
}
