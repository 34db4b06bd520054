package gaterules

import (
	"context"

	"casebinder/data/desk"
	"casebinder/data/gate"
	"casebinder/gui/show"
)

// Desk is what the sheets ask of a desk.
type Desk interface {
	GateRules(ctx context.Context) ([]gate.RuleInfo, error)
	SwitchGateRule(ctx context.Context, rule string, on bool, reason string) error
	GateWords(ctx context.Context) ([]desk.GateWords, error)
	ExportGateWords(ctx context.Context, language string) ([]byte, error)
	ImportGateWords(ctx context.Context, name string, toml []byte) (desk.GateWords, error)
	ResetGateWords(ctx context.Context, language string) error
}

// room is the window around the sheets, with its desk.
type room struct {
	*show.Env
	desk Desk
}

// Open opens the sheet of the rules, with a rule chosen where one is named.
func Open(shared *show.Env, d Desk, rule string) { (&room{shared, d}).rules(rule) }
