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
	TodayRows(ctx context.Context, refs []data.TodayRef) ([]desk.WaitingRow, error)
	Snooze(ctx context.Context, kind data.TodayKind, row int64, until time.Time, reason string) error
	FinishTask(ctx context.Context, id int64) error
	WriteCalendar(ctx context.Context, w io.Writer, word func(data.TodayRow) string) error
	Case(ctx context.Context, id int64) (desk.CaseView, error)
}

// env is the window around the room, with its desk.
type env struct {
	*show.Env
	desk Desk
}
