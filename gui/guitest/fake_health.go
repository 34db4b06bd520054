package guitest

import (
	"context"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/health"
)

// FollowHealth keeps nothing.
func (f *Fake) FollowHealth() {}

// Health computes nothing.
func (f *Fake) Health(context.Context, desk.HealthAsk) ([]desk.HealthShop, error) { return nil, nil }

// HealthWarnings warns of nothing.
func (f *Fake) HealthWarnings(context.Context, int64) ([]desk.HealthWarning, error) { return nil, nil }

// HealthNames names nothing.
func (f *Fake) HealthNames(context.Context, []health.Ref) (map[health.Ref]string, error) {
	return nil, nil
}

// HealthHistory has no past.
func (f *Fake) HealthHistory(context.Context, int64, string, string) (days []data.HealthDay, events []data.HealthEvent, told []data.HealthTold, err error) {
	return nil, nil, nil, nil
}

// SetHealth sets nothing.
func (f *Fake) SetHealth(context.Context, int64, string, string, any) error { return nil }

// TellHealth keeps nothing.
func (f *Fake) TellHealth(context.Context, data.HealthTold) error { return nil }

// ExplainHealth explains nothing.
func (f *Fake) ExplainHealth(context.Context, data.HealthTold) ([]data.Text, error) { return nil, nil }
