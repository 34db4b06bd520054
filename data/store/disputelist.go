package store

import (
	"context"
	"strings"

	"casebinder/data"
)

func (r *Reader) disputeListing(ctx context.Context, q data.DisputeQuery) (*listing, error) {
	l := &listing{from: "dispute d"}
	l.only("d.binned_at IS NULL")
	if q.ShopID != 0 {
		l.only("d.shop_id = ?", q.ShopID)
	}
	if q.OrderID != 0 {
		l.only("d.order_id = ?", q.OrderID)
	}
	if q.Reason != "" {
		l.only("d.reason = ?", string(q.Reason))
	}
	if q.Stage != "" {
		l.only("d.stage = ?", string(q.Stage))
	}
	if q.OpenOnly {
		l.only("d.stage <> 'closed'")
	}
	for _, t := range terms(q.Search) {
		where, args := disputeTerm(t)
		l.only(where, args...)
	}
	var err error
	l.segments, err = r.disputeSegments(ctx, q.Sort, q.Ascending)
	return l, err
}

func (r *Reader) disputeSegments(ctx context.Context, sort data.DisputeSort, ascending bool) ([]segmentOf, error) {
	switch sort {
	case data.DisputeByDue:
		return nullsLast(ascending, "d.due", "d.id"), nil
	case data.DisputeByOrder:
		return []segmentOf{{order: by(ascending, "d.order_number", "d.id")}}, nil
	case data.DisputeByShop:
		return r.byShop(ctx, "d.shop_id", by(ascending, "d.opened_at", "d.id"), ascending)
	case data.DisputeByReason:
		return []segmentOf{{order: by(ascending, "d.reason", "d.opened_at", "d.id")}}, nil
	case data.DisputeByAmount:
		return emptyLast(ascending, "d.amount_currency", "d.amount_minor", "d.id"), nil
	case data.DisputeByStage:
		return []segmentOf{{order: by(ascending, "d.stage", "d.opened_at", "d.id")}}, nil
	}
	return nullsLast(ascending, "d.opened_at", "d.id"), nil
}

// disputeTerm finds the disputes that a word is in, or whose order or messages
// hold it.
func disputeTerm(t term) (string, []any) {
	own := "d.id IN (SELECT rowid FROM dispute_search WHERE dispute_search MATCH ?"
	args := []any{t.match}
	for _, run := range t.runs {
		own += " AND rowid IN (SELECT c.id FROM dispute c WHERE c.id = dispute_search.rowid AND (instr(c.case_number || char(10) || c.claim, ?) > 0 " +
			"OR EXISTS (SELECT 1 FROM case_event v WHERE v.dispute_id = c.id AND instr(v.note, ?) > 0)))"
		args = append(args, run, run)
	}
	order, more := orderTerm(t)
	return "(" + own + ") OR " + strings.Replace(order, "o.id", "d.order_id", 1) + ")", append(args, more...)
}

// DisputeIDs gives the ids of all disputes of the query, in order.
func (r *Reader) DisputeIDs(ctx context.Context, q data.DisputeQuery) ([]int32, error) {
	l, err := r.disputeListing(ctx, q)
	if err != nil {
		return nil, err
	}
	return l.ids(ctx, r, "d.id", -1)
}

// DisputeFirst gives the first rows of the query.
func (r *Reader) DisputeFirst(ctx context.Context, q data.DisputeQuery, limit int) ([]data.DisputeRow, error) {
	l, err := r.disputeListing(ctx, q)
	if err != nil {
		return nil, err
	}
	ids, err := l.ids(ctx, r, "d.id", limit)
	if err != nil {
		return nil, err
	}
	return r.DisputeRows(ctx, ids)
}

const disputeRowSelect = "SELECT d.id, d.uid, d.order_id, s.platform, s.name, s.zone, d.order_number, d.case_number, o.buyer_name, d.reason, " +
	"d.amount_minor, d.amount_currency, d.opened_at, d.due, d.stage, d.waiting, " +
	"(SELECT count(*) FROM evidence e WHERE e.dispute_id = d.id AND e.binned_at IS NULL), " +
	"(SELECT count(*) FROM submission b WHERE b.dispute_id = d.id), d.due_rule, d.due_sure, d.outcome " +
	"FROM dispute d JOIN orders o ON o.id = d.order_id JOIN shop s ON s.id = d.shop_id WHERE d.id IN ("

func scanDisputeRow(row scanner) (d data.DisputeRow, err error) {
	return d, row.Scan(&d.ID, &d.UID, &d.OrderID, &d.Platform, &d.ShopName, &d.Zone, &d.OrderNumber, &d.CaseNumber, &d.BuyerName, &d.Reason,
		&d.Amount.Minor, &d.Amount.Currency, moment{&d.OpenedAt}, moment{&d.Due}, &d.Stage, &d.Waiting, &d.Evidence, &d.Submissions,
		&d.DueRule, &d.DueSure, &d.Outcome)
}

// DisputeRows gives the rows with the ids, in the order of the ids.
func (r *Reader) DisputeRows(ctx context.Context, ids []int32) ([]data.DisputeRow, error) {
	rows := make([]data.DisputeRow, 0, len(ids))
	err := chunks(ids, func(marks string, args []any) error {
		some, err := all(ctx, r, disputeRowSelect+marks+")", args, scanDisputeRow)
		rows = append(rows, some...)
		return err
	})
	if err != nil {
		return nil, err
	}
	return inOrder(ids, rows, func(d data.DisputeRow) int64 { return d.ID }), nil
}
