package gui

import (
	"context"
	"time"

	"casebinder/data"
	"casebinder/data/agenda"
	"casebinder/data/desk"
	"casebinder/gui/account"
	"casebinder/gui/bin"
	"casebinder/gui/bind"
	"casebinder/gui/buyers"
	"casebinder/gui/carriers"
	"casebinder/gui/cases"
	"casebinder/gui/complaints"
	"casebinder/gui/erase"
	"casebinder/gui/feedback"
	"casebinder/gui/firststeps"
	"casebinder/gui/found"
	"casebinder/gui/gaterules"
	"casebinder/gui/imports"
	"casebinder/gui/orders"
	"casebinder/gui/packing"
	"casebinder/gui/paths"
	"casebinder/gui/products"
	"casebinder/gui/redact"
	"casebinder/gui/replies"
	"casebinder/gui/reports"
	"casebinder/gui/riskrules"
	"casebinder/gui/rules"
	"casebinder/gui/safety"
	"casebinder/gui/scans"
	"casebinder/gui/settings"
	"casebinder/gui/show"
	"casebinder/gui/talk"
	"casebinder/gui/today"
	"casebinder/gui/verify"
)

// Desk is what the window asks of a desk: what its frame needs, and what each
// of its rooms does. *desk.Desk is one.
type Desk interface {
	Now() time.Time
	Subscribe(f func(desk.Event)) (cancel func())
	Close() error
	KeepWatching()
	Undoable() (undo, redo data.Text)
	FillSample(ctx context.Context, language string, p desk.Progress) error

	Shops(ctx context.Context) ([]data.Shop, error)
	Stats(ctx context.Context) (data.Stats, error)
	firststeps.Desk
	TodayCount(ctx context.Context, shopID int64) (int, error)
	Search(ctx context.Context, text string) (data.Found, error)
	SearchGroup(ctx context.Context, text string, group data.FoundGroup, limit int) (data.Found, error)
	SearchTotals(ctx context.Context, text string) (map[data.FoundGroup]data.FoundTotal, error)
	EnsureMailCheck(ctx context.Context, title string) error
	Reminders(ctx context.Context) ([]agenda.Reminder, error)
	FollowRisk()
	FollowHealth()
	OnKnock(show func(heard func()))

	show.Desk
	account.Desk
	today.Desk
	orders.Desk
	cases.Desk
	complaints.Desk
	erase.Desk
	packing.Desk
	paths.Desk
	products.Desk
	bind.Desk
	buyers.Desk
	redact.Desk
	feedback.Desk
	replies.Desk
	imports.Desk
	found.Desk
	rules.Desk
	gaterules.Desk
	riskrules.Desk
	carriers.Desk
	reports.Desk
	safety.Desk
	settings.Desk
	verify.Desk
	talk.Desk
	scans.Desk
	bin.Desk
}

var _ Desk = (*desk.Desk)(nil)
