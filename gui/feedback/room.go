package feedback

import (
	"context"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/show"
)

// Desk is what the tab of feedback asks of a desk.
type Desk interface {
	FeedbackIDs(ctx context.Context, q data.FeedbackQuery) ([]int32, error)
	FeedbackFirst(ctx context.Context, q data.FeedbackQuery, limit int) ([]data.Feedback, error)
	FeedbackRows(ctx context.Context, ids []int32) ([]data.Feedback, error)
	Feedback(ctx context.Context, id int64) (desk.FeedbackView, error)
	FeedbackCauseList(ctx context.Context) ([]string, error)
	PutFeedback(ctx context.Context, f data.Feedback) (data.Feedback, error)
	WriteFeedback(ctx context.Context, id int64, w desk.FeedbackDeed) (data.Feedback, error)
	LetAnswerStand(ctx context.Context, id int64, answer, reason string) error
	BinFeedback(ctx context.Context, id int64) error
	ExportFeedback(ctx context.Context, id int64, ground data.ComplaintGround, r desk.BundleRequest, p desk.Progress) (desk.FeedbackBundle, error)
	PastedFeedback(ctx context.Context, r desk.RatingsRequest) (path string, page desk.RatingsPage, err error)
	PreviewRatings(ctx context.Context, r desk.RatingsRequest) (desk.RatingsPage, error)
	CompareRatings(ctx context.Context, page *desk.RatingsPage) error
	TakeRatings(ctx context.Context, page desk.RatingsPage) (desk.RatingsReport, error)
	FeedbackSummary(ctx context.Context, shopID int64) (desk.FeedbackSummary, error)
	FeedbackTrends(ctx context.Context, by string, shopID int64, months int) ([]desk.FeedbackTrend, error)
	SetFeedbackDenominator(ctx context.Context, shopID int64, denominator string) error
}

// env is the window around the room, with its desk.
type env struct {
	*show.Env
	desk   Desk
	causes []string // as last loaded
}
