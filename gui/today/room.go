package today

import (
	"context"
	"io"
	"time"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/service"
	"casebinder/gui/show"
)

// Desk is what the tab of what is due asks of a desk.
type Desk interface {
	show.ShipDesk
	FoundCount(ctx context.Context) (data.FoundCount, error)
	RetentionCount(ctx context.Context) (int, bool, error)
	HealthWarnings(ctx context.Context, shopID int64) ([]desk.HealthWarning, error)
	Operator() string
	Stats(ctx context.Context) (data.Stats, error)
	TodayRefs(ctx context.Context, shopID int64, putOff bool) ([]data.TodayRef, error)
	DoneTasks(ctx context.Context) ([]data.TodayRef, error)
	TodayRows(ctx context.Context, refs []data.TodayRef) ([]desk.WaitingRow, error)
	Snooze(ctx context.Context, kind data.TodayKind, row int64, until time.Time, reason string) error
	WriteCalendar(ctx context.Context, w io.Writer, word func(data.TodayRow) string) error
	OrderIDs(ctx context.Context, q data.OrderQuery) ([]int32, error)
	OrderRows(ctx context.Context, ids []int32) ([]data.OrderRow, error)
	FinishTask(ctx context.Context, id int64) error
	Answers(ctx context.Context, limit int) ([]service.Answer, int, error)
	NoAnswer(ctx context.Context, messageUID string, none bool) error
	Promises(ctx context.Context, kept bool, limit int) ([]desk.Promise, error)
	OpenComplaints(ctx context.Context, limit int) ([]desk.ComplaintView, error)
	DueNotices(ctx context.Context, kind string, limit int) (desk.DueNoticeList, error)
	SkipNotice(ctx context.Context, orderID int64, notice string, skip bool) error
	ParcelTroubles(ctx context.Context, limit int) (desk.ParcelTroubleList, error)
	PassFinding(ctx context.Context, entity string, id int64, key, reason string) error
	TakeOnParcel(ctx context.Context, t *desk.ParcelTrouble, title, note string) (data.Task, error)
	FollowUps(ctx context.Context) ([]service.FollowUp, error)
	Moments(ctx context.Context) (desk.MomentList, error)
	Resellers(ctx context.Context) (desk.MomentList, error)
	AwakeNow(ctx context.Context) ([]desk.Awake, int, bool, error)
	ReplyTimes(ctx context.Context, from, to time.Time) ([]service.Measured, error)
	ComplaintCounts(ctx context.Context, from, to time.Time) ([]data.ComplaintCount, error)
	WhyDue(ctx context.Context, disputeID int64) (desk.DueReason, error)
}

// env is the window around the room, with its desk.
type env struct {
	*show.Env
	desk Desk
}
