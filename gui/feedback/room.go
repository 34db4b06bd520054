package feedback

import (
	"context"

	"casebinder/data"
	"casebinder/gui/show"
)

// Desk is what the tab of feedback asks of a desk.
type Desk interface {
	FeedbackIDs(ctx context.Context, q data.FeedbackQuery) ([]int32, error)
	FeedbackFirst(ctx context.Context, q data.FeedbackQuery, limit int) ([]data.Feedback, error)
	FeedbackRows(ctx context.Context, ids []int32) ([]data.Feedback, error)
	PutFeedback(ctx context.Context, f data.Feedback) (data.Feedback, error)
	BinFeedback(ctx context.Context, id int64) error
}

// env is the window around the room, with its desk.
type env struct {
	*show.Env
	desk Desk
}
