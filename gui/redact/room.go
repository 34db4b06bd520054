package redact

import (
	"context"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/show"
)

// Desk is what the editor of marks asks of a desk.
type Desk interface {
	Case(ctx context.Context, id int64) (desk.CaseView, error)
	EvidencePicture(ctx context.Context, id int64, size int) (desk.Picture, error)
	MarkPicture(ctx context.Context, disputeID, evidenceID int64, edits []data.Edit) (data.Evidence, error)
}

// env is the window around the room, with its desk.
type env struct {
	*show.Env
	desk Desk
}
