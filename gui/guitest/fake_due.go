package guitest

import (
	"context"
	"time"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/service"
)

// Resellers are none.
func (f *Fake) Resellers(context.Context) (desk.MomentList, error) { return desk.MomentList{}, nil }

// Promises lists none.
func (f *Fake) Promises(context.Context, bool, int) ([]desk.Promise, error) { return nil, nil }

// OpenComplaints lists none.
func (f *Fake) OpenComplaints(context.Context, int) ([]desk.ComplaintView, error) { return nil, nil }

// FollowUps lists none.
func (f *Fake) FollowUps(context.Context) ([]service.FollowUp, error) { return nil, nil }

// Moments lists none.
func (f *Fake) Moments(context.Context) (desk.MomentList, error) { return desk.MomentList{}, nil }

// MarketNote is the program's own.
func (f *Fake) MarketNote(_ context.Context, country string) (n desk.MarketNote, err error) {
	n.Market, n.Known = service.MarketOf(country)
	return n, nil
}

// SetMarketNote notes nothing.
func (f *Fake) SetMarketNote(context.Context, string, string) error { return nil }

// ComplaintCounts counted none.
func (f *Fake) ComplaintCounts(context.Context, time.Time, time.Time) ([]data.ComplaintCount, error) {
	return nil, nil
}

// FoundCount counted none.
func (f *Fake) FoundCount(context.Context) (data.FoundCount, error) { return data.FoundCount{}, nil }

// RetentionCount counted none.
func (f *Fake) RetentionCount(context.Context) (int, bool, error) { return 0, false, nil }
