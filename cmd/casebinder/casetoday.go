package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"casebinder/data"
	"casebinder/data/desk"
)

// todayItem is what waits, as --json prints it.
type todayItem struct {
	Kind    data.TodayKind `json:"kind"`
	Order   string         `json:"order"`
	Dispute string         `json:"dispute"` // id
	Due     string         `json:"due"`     // RFC 3339, a day, or ""
	Sure    string         `json:"sure"`
	What    string         `json:"what"`
}

// healthWaits is the kind of a warning of an account's number, which hangs on no
// record; they come first.
const healthWaits data.TodayKind = "health"

func todayCommand(c *call) func(context.Context) (*result, error) {
	return func(ctx context.Context) (*result, error) {
		if len(c.files) > 0 {
			return nil, misused("today takes no arguments")
		}
		return c.withDesk(ctx, func(d *desk.Desk) (*result, error) {
			refs, err := d.TodayRefs(ctx, 0, false)
			if err != nil {
				return nil, err
			}
			warnings, err := d.HealthWarnings(ctx, 0)
			if err != nil {
				return nil, err
			}
			out := &result{}
			return out, c.stream(out, func(w *itemWriter) error {
				for i := range warnings {
					if err := w.todayItem(todayItem{Kind: healthWaits, What: warnings[i].Why().String()}); err != nil {
						return err
					}
				}
				for some := range slices.Chunk(refs, orderBatch) {
					if err := w.waiting(ctx, d, some); err != nil {
						return err
					}
				}
				return nil
			})
		})
	}
}

// waiting prints some of what waits.
func (w *itemWriter) waiting(ctx context.Context, d *desk.Desk, refs []data.TodayRef) error {
	rows, err := d.TodayRows(ctx, refs)
	if err != nil {
		return err
	}
	uids, err := disputesOf(ctx, d, rows)
	if err != nil {
		return err
	}
	for i := range rows {
		row := &rows[i].TodayRow
		item := todayItem{
			Kind: row.Kind, Order: row.OrderNumber, Dispute: uids[row.DisputeID], Due: data.JSONTime(row.Due), Sure: row.DueSure, What: waitingWords(row),
		}
		if err := w.todayItem(item); err != nil {
			return err
		}
	}
	return nil
}

// disputesOf gives the ids of the disputes of rows that have their row ids alone.
func disputesOf(ctx context.Context, d *desk.Desk, rows []desk.WaitingRow) (map[int64]string, error) {
	var ids []int32
	for i := range rows {
		if id := rows[i].DisputeID; id != 0 {
			ids = append(ids, int32(id))
		}
	}
	list, err := d.DisputeRows(ctx, ids)
	uids := make(map[int64]string, len(list))
	for i := range list {
		uids[list[i].ID] = list[i].UID
	}
	return uids, err
}

func (w *itemWriter) todayItem(item todayItem) error {
	if w.json {
		return w.encode(item)
	}
	_, err := fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", dueWords(item.Due, data.Confidence(item.Sure)), item.Kind, orDash(item.Order), oneLine(item.What))
	return err
}

// waitingWords say what waits.
func waitingWords(row *data.TodayRow) string {
	switch row.Kind {
	case data.TodayDispute:
		return strings.Join(notEmpty(string(row.Reason), row.Amount.String(), row.CaseNumber), ", ")
	case data.TodayRight:
		return strings.Join(notEmpty(row.Title.String(), string(row.Reason), row.Amount.String(), row.CaseNumber), ", ")
	case data.TodayShip:
		return strings.Join(notEmpty("to ship", row.Amount.String()), ", ")
	case data.TodayFeedback:
		return strings.Join(notEmpty(row.Title.String(), strings.TrimSpace(fmt.Sprintf("%d of 5 stars: %s", row.Stars, row.Text))), ", ")
	}
	return row.Text
}

// oneLine keeps a text in its column.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
