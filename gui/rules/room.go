package rules

import (
	"context"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/policy"
	"casebinder/gui/show"
)

// Desk is what the sheets of the rules ask of a desk.
type Desk interface {
	Packs(ctx context.Context) ([]desk.PackInfo, error)
	Rules(ctx context.Context) (*policy.Rules, error)
	ExportPack(ctx context.Context, id string) ([]byte, error)
	ImportPack(ctx context.Context, name string, toml []byte, p desk.Progress) (desk.RulesReport, error)
	ResetPack(ctx context.Context, id string, p desk.Progress) (desk.RulesReport, error)
	Override(ctx context.Context, pack, figure, value, why string, p desk.Progress) (desk.RulesReport, error)
	ResetFigure(ctx context.Context, pack, figure string, p desk.Progress) (desk.RulesReport, error)
	Holidays(ctx context.Context, country string, say func(data.Text) string) (string, error)
	SetHolidays(ctx context.Context, country, text string, p desk.Progress) (desk.RulesReport, error)
}

// Room is the window around the room, with its desk.
type Room struct {
	*show.Env
	desk Desk
}

// New makes the sheets of the rules.
func New(shared *show.Env, d Desk) *Room { return &Room{shared, d} }
