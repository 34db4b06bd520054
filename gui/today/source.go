package today

import (
	"context"
	"slices"
	"sync"
	"time"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/kit"
)

// kinds are the kinds of rows, in the order in which their ids name them.
var kinds = []data.TodayKind{data.TodayDispute, data.TodayShip, data.TodayFeedback, data.TodayTask, data.TodayRight}

// todayID tells rows of different kinds apart.
func todayID(kind data.TodayKind, id int64) int64 {
	return id*int64(len(kinds)) + int64(max(0, slices.Index(kinds, kind)))
}

// refOf is the row that an id of the table names.
func refOf(id int32) data.TodayRef {
	return data.TodayRef{Kind: kinds[int(id)%len(kinds)], ID: int64(id) / int64(len(kinds))}
}

// rowID tells the rows of the table apart.
func rowID(r desk.WaitingRow) int64 { return todayID(r.Kind, r.ID) }

// rightDates remembers the dates of rights: a dispute may have several, so that the id
// of a row does not tell which of them it is. It is used from any goroutine.
type rightDates struct {
	mu sync.Mutex
	of map[int64]time.Time // by the id of the dispute
}

func (d *rightDates) keep(refs []data.TodayRef) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.of = map[int64]time.Time{}
	for _, r := range refs {
		if r.Kind == data.TodayRight {
			d.of[r.ID] = r.Due
		}
	}
}

// fill adds the date to the ref of a right.
func (d *rightDates) fill(r data.TodayRef) data.TodayRef {
	if r.Kind == data.TodayRight {
		d.mu.Lock()
		r.Due = d.of[r.ID]
		d.mu.Unlock()
	}
	return r
}

func (t *Tab) source() kit.Source[desk.WaitingRow] {
	filter, shop, now := t.filter, t.env.Shop(), t.env.UI.Now()
	d := t.env.desk
	rights := &rightDates{}
	refs := func(ctx context.Context) ([]data.TodayRef, error) {
		var all []data.TodayRef
		var err error
		if filter.done {
			all, err = d.DoneTasks(ctx)
		} else {
			all, err = d.TodayRefs(ctx, shop, filter.putOff)
		}
		list := filter.refs(all, now)
		rights.keep(list)
		if err == nil && len(list) == 0 {
			var stats data.Stats
			stats, err = d.Stats(ctx)
			t.bare.Store(stats.Orders == 0)
		}
		return list, err
	}
	return kit.Source[desk.WaitingRow]{
		First: func(ctx context.Context, _ kit.Order, limit int) ([]desk.WaitingRow, error) {
			list, err := refs(ctx)
			if err != nil {
				return nil, err
			}
			return d.TodayRows(ctx, list[:min(limit, len(list))])
		},
		IDs: func(ctx context.Context, _ kit.Order) ([]int32, error) {
			list, err := refs(ctx)
			ids := make([]int32, len(list))
			for i, r := range list {
				ids[i] = int32(todayID(r.Kind, r.ID))
			}
			return ids, err
		},
		Rows: func(ctx context.Context, ids []int32) ([]desk.WaitingRow, error) {
			list := make([]data.TodayRef, len(ids))
			for i, id := range ids {
				list[i] = rights.fill(refOf(id))
			}
			return d.TodayRows(ctx, list)
		},
		ID: rowID,
	}
}
