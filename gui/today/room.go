package today

import (
	"context"
	"io"
	"time"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/show"
)

// Desk is what the tab of what is due asks of a desk.
type Desk interface {
	Operator() string
	TodayRefs(ctx context.Context, shopID int64, putOff bool) ([]data.TodayRef, error)
	DoneTasks(ctx context.Context) ([]data.TodayRef, error)
	TodayRows(ctx context.Context, refs []data.TodayRef) ([]desk.WaitingRow, error)
	Snooze(ctx context.Context, kind data.TodayKind, row int64, until time.Time, reason string) error
	WriteCalendar(ctx context.Context, w io.Writer, word func(data.TodayRow) string) error
	WhyDue(ctx context.Context, disputeID int64) (desk.DueReason, error)
}

// env is the window around the room, with its desk.
type env struct {
	*show.Env
	desk Desk
}
