package imports

import (
	"context"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/show"
)

// Desk is what the sheets of imports and notices ask of a desk.
type Desk interface {
	OrderFirst(ctx context.Context, q data.OrderQuery, limit int) ([]data.OrderRow, error)
	Order(ctx context.Context, id int64) (desk.OrderView, error)
	ReadNotices(ctx context.Context, path string, p desk.Progress) ([]desk.NoticeView, error)
	PasteNotice(ctx context.Context, text string) (desk.NoticeView, error)
	TakeNotice(ctx context.Context, v desk.NoticeView, c desk.NoticeChoice) (data.Dispute, error)
	MappingPreset(ctx context.Context, title string, r desk.ImportRequest, fields map[string]string) ([]byte, error)
	SavePreset(ctx context.Context, toml []byte) (desk.PresetInfo, error)
	WatchPreview(ctx context.Context, r desk.ImportRequest, p desk.Progress, seen func(desk.ImportPreview)) (desk.ImportPreview, error)
	Import(ctx context.Context, r desk.ImportRequest, p desk.Progress) (desk.ImportReport, error)
}

// Room is the window around the room, with its desk.
type Room struct {
	*show.Env
	desk Desk
}

// New makes the sheets of imports and notices.
func New(shared *show.Env, d Desk) *Room { return &Room{shared, d} }
