package guitest

import (
	"context"
	"slices"
	"time"

	"casebinder/data"
	"casebinder/data/desk"
)

func (f *Fake) waiting() []data.TodayRow {
	r := f.Disputes[21].Row
	return []data.TodayRow{
		{Kind: data.TodayDispute, ID: r.ID, OrderID: 11, Platform: r.Platform, Zone: r.Zone, OrderNumber: r.OrderNumber, Reason: r.Reason, Amount: r.Amount, Due: r.Due, Evidence: 2},
		{Kind: data.TodayShip, ID: 21, OrderID: 12, Platform: r.Platform, Zone: r.Zone, OrderNumber: "8123000000000002", Due: At(10, 1)},
		{Kind: data.TodayFeedback, ID: 41, Stars: 2, Text: "Slow"},
	}
}

// TodayCount counts what waits.
func (f *Fake) TodayCount(context.Context, int64) (int, error) { return len(f.waiting()), nil }

// Stats counts what stands in the fake.
func (f *Fake) Stats(context.Context) (data.Stats, error) {
	return data.Stats{Orders: len(f.Orders)}, nil
}

// TodayRefs lists what waits, or what was put off.
func (f *Fake) TodayRefs(_ context.Context, _ int64, putOff bool) ([]data.TodayRef, error) {
	var refs []data.TodayRef
	add := func(r data.TodayRow) {
		refs = append(refs, data.TodayRef{Kind: r.Kind, ID: r.ID, Due: r.Due, Platform: r.Platform, Operator: r.Operator})
	}
	if putOff {
		for _, r := range f.PutOff {
			add(r.TodayRow)
		}
		return refs, nil
	}
	for _, r := range f.waiting() {
		add(r)
	}
	return refs, nil
}

// DoneTasks lists none.
func (f *Fake) DoneTasks(context.Context) ([]data.TodayRef, error) { return nil, nil }

// WhyDue is told by the rules that are built in.
func (f *Fake) WhyDue(ctx context.Context, id int64) (desk.DueReason, error) {
	v, err := f.Case(ctx, id)
	rule, lines := v.View.Reason()
	return desk.DueReason{Rule: rule, Lines: lines}, err
}

// TodayRows gives rows, with until when they were put off.
func (f *Fake) TodayRows(_ context.Context, refs []data.TodayRef) ([]desk.WaitingRow, error) {
	var rows []desk.WaitingRow
	for _, ref := range refs {
		row := desk.WaitingRow{TodayRow: data.TodayRow{Kind: ref.Kind, ID: ref.ID}}
		for _, r := range f.waiting() {
			if r.Kind == ref.Kind && r.ID == ref.ID {
				row.TodayRow = r
			}
		}
		for _, r := range f.PutOff {
			if r.Kind == ref.Kind && r.ID == ref.ID {
				row = r
			}
		}
		rows = append(rows, row)
	}
	return rows, nil
}

func (f *Fake) Operator() string { return "Lin" }

// Snooze keeps what is put off, and lets go of what is brought back.
func (f *Fake) Snooze(_ context.Context, kind data.TodayKind, row int64, until time.Time, reason string) error {
	f.PutOff = slices.DeleteFunc(f.PutOff, func(r desk.WaitingRow) bool { return r.Kind == kind && r.ID == row })
	if !until.IsZero() {
		f.PutOff = append(f.PutOff, desk.WaitingRow{TodayRow: data.TodayRow{Kind: kind, ID: row}, Until: until, Reason: reason, By: "Lin"})
	}
	return nil
}

func (f *Fake) PutTask(_ context.Context, task data.Task) (data.Task, error) {
	f.Tasks = append(f.Tasks, task)
	return task, nil
}

func (f *Fake) FinishTask(_ context.Context, id int64) error {
	f.Finished = append(f.Finished, id)
	return nil
}
