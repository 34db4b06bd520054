package bind

import (
	"context"

	"casebinder/data"
	"casebinder/data/bundle/statement"
	"casebinder/data/desk"
	"casebinder/gui/show"
)

// Desk is what the page on which a bundle is composed asks of a desk.
type Desk interface {
	AddEvidence(ctx context.Context, disputeID int64, files []desk.EvidenceFile, p desk.Progress) (desk.EvidenceReport, error)
	EvidenceCopy(ctx context.Context, id int64) (path string, err error)
	Bundle(ctx context.Context, disputeID int64) (desk.BundleView, error)
	ArrangeExhibits(ctx context.Context, disputeID int64, list []data.Exhibit) error
	StatementTemplates(ctx context.Context, disputeID int64) ([]statement.Template, error)
	DraftStatement(ctx context.Context, disputeID int64, template, language string) (data.Statement, error)
	PutStatement(ctx context.Context, disputeID int64, s data.Statement) error
	Fit(ctx context.Context, r desk.BundleRequest, exact bool) (desk.FitView, error)
	Preview(ctx context.Context, r desk.BundleRequest) (*desk.Preview, error)
	WarmPreview(ctx context.Context) error
	ExportBundle(ctx context.Context, r desk.BundleRequest, p desk.Progress) (desk.BundleReport, error)
	ChangesSince(ctx context.Context, r desk.BundleRequest) ([]string, error)
	Rebuild(ctx context.Context, uid, dir string, p desk.Progress) (desk.BundleReport, error)
	MarkSent(ctx context.Context, uid string, n desk.SentNote) (data.Submission, error)
}

// env is the window around the room, with its desk.
type env struct {
	*show.Env
	desk Desk
}
