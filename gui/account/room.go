package account

import (
	"context"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/health"
	"casebinder/gui/show"
)

// Desk is what the tab asks of a desk.
type Desk interface {
	Health(ctx context.Context, ask desk.HealthAsk) ([]desk.HealthShop, error)
	HealthNames(ctx context.Context, refs []health.Ref) (map[health.Ref]string, error)
	HealthHistory(ctx context.Context, shopID int64, metric, since string) ([]data.HealthDay, []data.HealthEvent, []data.HealthTold, error)
	SetHealth(ctx context.Context, shopID int64, metric, name string, value any) error
	TellHealth(ctx context.Context, t data.HealthTold) error
	ExplainHealth(ctx context.Context, t data.HealthTold) ([]data.Text, error)
}

// env is the window around the room, with its desk.
type env struct {
	*show.Env
	desk Desk
}
