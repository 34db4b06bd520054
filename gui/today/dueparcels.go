package today

import (
	"context"
	"time"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/service"
	"casebinder/gui/route"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// dueParcels lists what is wrong with parcels.
func dueParcels(ctx context.Context, d Desk, now time.Time) (dueList, error) {
	found, err := d.ParcelTroubles(ctx, dueCap)
	out := dueList{total: found.Total, says: found.Findings()}
	for i := range found.List {
		out.rows = append(out.rows, troubleRow(&found.List[i], now))
	}
	return out, err
}

func troubleRow(t *desk.ParcelTrouble, now time.Time) dueRow {
	due := t.Due
	if due.IsZero() {
		due = t.Since
	}
	return dueRow{
		kind: groupParcels, what: words.Of("parcel.trouble", t.Kind), order: t.OrderID, number: t.Number, platform: t.Shop.Platform, buyer: t.Buyer,
		country: t.ShipTo.Country, due: due, overdue: t.Overdue(now), template: t.Template, trouble: t,
		why: words.Join(" ", words.Text(t.Why), words.Text(t.How)), clock: service.Hour(t.ShipTo, now, time.Local),
	}
}

// countParcels counts what is wrong with parcels, and the notices that are due
// apart from it.
func (c *dueCounts) countParcels(ctx context.Context, d Desk) error {
	found, err := d.ParcelTroubles(ctx, 1)
	c.parcels, c.parcelsLate, c.parcelsCapped = found.Total, found.Serious, found.Capped
	if err != nil {
		return err
	}
	notices, err := noticesApart(ctx, d, "", &found)
	c.capped = notices.Capped
	counts := map[string]int{}
	for i := range notices.List {
		counts[notices.List[i].Notice.Notice]++
	}
	for _, rule := range service.Notices() {
		if n := counts[rule.ID]; n > 0 {
			c.notices = append(c.notices, desk.NoticeCount{Notice: rule.ID, N: n})
		}
	}
	return err
}

// makeTask makes a task of what is wrong with a parcel: it leaves this list, and
// stands on Today until it is done.
func (s *dueSheet) makeTask(r dueRow) {
	s.deed("due.task.done", func(ctx context.Context) error {
		_, err := s.today.env.desk.TakeOnParcel(ctx, r.trouble, words.Text(r.trouble.Task), r.why)
		return err
	})
}

// walk goes on with the guided path that fits.
func (s *dueSheet) walk(r dueRow) {
	path := r.trouble.Path
	s.withOrder(r, func(o data.OrderRow) { s.today.env.Open(route.Path{Order: o, Path: path}) })
}

// leave lets what is wrong stand, with the reason.
func (s *dueSheet) leave(r dueRow) {
	key := r.trouble.Key()
	show.AskReason(s.today.env.Env, "due.leave", words.T("due.leave.title"), words.T("due.leave.hint"), words.T("due.leave"),
		func(ctx context.Context, reason string) error {
			return s.today.env.desk.PassFinding(ctx, data.EntityOrder, r.order, key, reason)
		}, func() {
			s.today.env.UI.Toast(words.T("due.leave.done"), s.today.env.Undo)
			s.table.Reload()
		})
}
