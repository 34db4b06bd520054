package today

import (
	"context"
	"slices"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/service"
	"casebinder/gui/words"
)

// listDue lists one group of what is due to buyers.
func listDue(ctx context.Context, d Desk, g group, now time.Time) (dueList, error) {
	switch g {
	case groupAnswers:
		return dueAnswers(ctx, d, now)
	case groupPromises:
		return duePromises(ctx, d)
	case groupComplaints:
		return dueComplaints(ctx, d)
	case groupParcels:
		return dueParcels(ctx, d, now)
	case groupFollow:
		list, err := d.FollowUps(ctx)
		return followRows(list), err
	case groupMoments:
		found, err := d.Moments(ctx)
		return momentRows(&found), err
	case groupResellers:
		found, err := d.Resellers(ctx)
		return momentRows(&found), err
	case groupAwake:
		return dueAwake(ctx, d)
	case groupNotices:
		return dueNotices(ctx, d, "", now)
	}
	return dueNotices(ctx, d, string(g), now)
}

func momentRows(found *desk.MomentList) dueList {
	out := followRows(found.List)
	out.says = append(found.Doubts, found.Notes...)
	return out
}

func dueAnswers(ctx context.Context, d Desk, now time.Time) (dueList, error) {
	list, total, err := d.Answers(ctx, dueCap)
	out := dueList{total: total}
	for i := range list {
		out.rows = append(out.rows, answerRow(&list[i], now))
	}
	return out, err
}

func answerRow(a *service.Answer, now time.Time) dueRow {
	what := words.T("due.what.later")
	if a.First {
		what = words.T("due.what.first")
	}
	return dueRow{
		kind: groupAnswers, what: what, order: a.OrderID, number: a.Number, platform: a.Shop.Platform, buyer: a.Buyer, country: a.ShipTo.Country,
		due: a.Until, overdue: a.Overdue, message: a.Message, clock: service.Hour(a.ShipTo, now, time.Local),
		why: words.Join(" · ", words.T("due.since", "when", words.Time(a.Since, "", now)), oneLine(a.Text)), said: a.Text,
	}
}

func duePromises(ctx context.Context, d Desk) (dueList, error) {
	list, err := d.Promises(ctx, false, dueCap)
	kept, err2 := d.Promises(ctx, true, dueCap)
	if err == nil {
		err = err2
	}
	out := dueList{total: len(list), aside: words.T("due.kept", "n", keptInTime(kept), "of", len(kept))}
	if len(kept) == 0 {
		out.aside = ""
	}
	for _, p := range list {
		out.rows = append(out.rows, dueRow{
			kind: groupPromises, what: words.T("due.what.promise"), order: p.Task.OrderID, number: p.Order, due: p.Task.Due, overdue: p.Overdue,
			task: p.Task.ID, why: p.Task.Title,
		})
	}
	return out, err
}

// keptInTime counts the promises that were kept before they fell due.
func keptInTime(list []desk.Promise) (n int) {
	for _, p := range list {
		if p.Task.Due.IsZero() || !p.Task.DoneAt.After(data.Latest(p.Task.Due)) {
			n++
		}
	}
	return n
}

func dueComplaints(ctx context.Context, d Desk) (dueList, error) {
	list, err := d.OpenComplaints(ctx, dueCap)
	out := dueList{total: len(list)}
	for i := range list {
		v := &list[i]
		out.rows = append(out.rows, dueRow{
			kind: groupComplaints, what: words.Of("complaint.step", v.Step), order: v.OrderID, number: v.Number, platform: v.Platform, buyer: v.Buyer,
			due: v.Due, overdue: v.Overdue, complaint: v.ID, template: v.Template, why: oneLine(v.Happened),
		})
	}
	return out, err
}

func dueNotices(ctx context.Context, d Desk, kind string, now time.Time) (dueList, error) {
	troubles, err := d.ParcelTroubles(ctx, 1)
	if err != nil {
		return dueList{}, err
	}
	found, err := noticesApart(ctx, d, kind, &troubles)
	out := dueList{total: found.Total, says: found.Findings()}
	for i := range found.List[:min(dueCap, len(found.List))] {
		out.rows = append(out.rows, noticeRow(&found.List[i], now))
	}
	return out, err
}

// noticesApart gives the notices of a kind that are due, "" for all, without those
// that a parcel in trouble leads to: they stand in its group, with what else can be
// done about it.
func noticesApart(ctx context.Context, d Desk, kind string, troubles *desk.ParcelTroubleList) (desk.DueNoticeList, error) {
	found, err := d.DueNotices(ctx, kind, 0)
	found.List = slices.DeleteFunc(found.List, func(n desk.DueNotice) bool { return troubles.LeadsTo(n.OrderID, n.Notice.Notice) })
	found.Total = len(found.List)
	return found, err
}

func noticeRow(n *desk.DueNotice, now time.Time) dueRow {
	return dueRow{
		kind: groupNotices, what: service.NoticeTitle(n.Notice.Notice).In(words.Language()), order: n.OrderID, number: n.Number, platform: n.Shop.Platform,
		buyer: n.Buyer, country: n.ShipTo.Country, due: n.Since, notice: n.Notice.Notice, template: n.Template, why: words.Text(n.Why),
		clock: service.Hour(n.ShipTo, now, time.Local),
	}
}

func dueAwake(ctx context.Context, d Desk) (dueList, error) {
	list, unknown, capped, err := d.AwakeNow(ctx)
	out := dueList{total: len(list)}
	if unknown > 0 {
		out.aside = words.N("due.unknown", unknown)
	}
	if capped {
		out.aside = words.Join(" ", out.aside, words.T("due.awake.capped"))
	}
	for i := range list {
		a := &list[i]
		row := dueRow{}
		switch {
		case a.Answer != nil:
			row = answerRow(a.Answer, a.Clock.Local)
		case a.Notice != nil:
			row = noticeRow(a.Notice, a.Clock.Local)
		}
		row.clock = a.Clock
		out.rows = append(out.rows, row)
	}
	return out, err
}

func followRows(list []service.FollowUp) dueList {
	out := dueList{total: len(list)}
	for _, f := range list[:min(dueCap, len(list))] {
		row := dueRow{
			kind: groupFollow, what: words.Of("follow", f.Kind), order: f.OrderID, number: f.Order, platform: f.Shop.Platform, buyer: f.Buyer,
			country: f.Country, due: f.Since, template: f.Template, why: words.Text(f.Why),
		}
		if f.Kind == service.FollowHoliday {
			row.what, row.buyer = f.Occasion.Title.In(words.Language()), words.N("due.buyers", f.Buyers)
		}
		out.rows = append(out.rows, row)
	}
	return out
}

// oneLine keeps a text in its cell.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
