package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"casebinder/data"
)

const complaintColumns = "uid, order_id, dispute_id, stage, cause, happened, why, wish, accepts, offer, opened_at, answer_by, closed_at, outcome, operator, binned_at"

const complaintSelect = "SELECT c.id, c.uid, c.order_id, c.dispute_id, c.stage, c.cause, c.happened, c.why, c.wish, c.accepts, c.offer, c.opened_at, c.answer_by, " +
	"c.closed_at, c.outcome, c.operator, c.binned_at, coalesce(s.platform, ''), coalesce(s.id, 0), coalesce(s.name, ''), coalesce(s.zone, ''), " +
	"coalesce(o.number, ''), coalesce(" + orderBuyer + ", '') FROM complaint c LEFT JOIN orders o ON o.id = c.order_id LEFT JOIN shop s ON s.id = o.shop_id "

func scanComplaint(row scanner) (c data.ComplaintRow, err error) {
	return c, row.Scan(&c.ID, &c.UID, rowRef{&c.OrderID}, rowRef{&c.DisputeID}, &c.Stage, &c.Cause, &c.Happened, &c.Why, &c.Wish, &c.Accepts,
		jsonText{&c.Offers}, moment{&c.OpenedAt}, moment{&c.AnswerBy}, moment{&c.ClosedAt}, &c.Outcome, &c.Operator, moment{&c.BinnedAt},
		&c.Platform, &c.ShopID, &c.ShopName, &c.Zone, &c.Number, &c.Buyer)
}

// Complaint gives a complaint, also one that is closed or in the bin.
func (r *Reader) Complaint(ctx context.Context, id int64) (data.ComplaintRow, error) {
	c, err := first(ctx, r, complaintSelect+"WHERE c.id = ?", []any{id}, scanComplaint)
	return c, missing(err, "complaint", id)
}

// ComplaintByUID gives the complaint with the UID.
func (r *Reader) ComplaintByUID(ctx context.Context, uid string) (data.ComplaintRow, error) {
	c, err := first(ctx, r, complaintSelect+"WHERE c.uid = ?", []any{uid}, scanComplaint)
	return c, missing(err, "complaint", uid)
}

// ComplaintsOf gives the complaints about an order that are not in the bin, the
// newest first.
func (r *Reader) ComplaintsOf(ctx context.Context, orderID int64) ([]data.ComplaintRow, error) {
	return all(ctx, r, complaintSelect+"WHERE c.order_id = ? AND c.binned_at IS NULL ORDER BY c.opened_at DESC, c.id DESC", []any{orderID}, scanComplaint)
}

// OpenComplaints gives the complaints that are not closed, those to answer first
// at the top and those without a date last. At most limit; < 0 is all.
func (r *Reader) OpenComplaints(ctx context.Context, limit int) ([]data.ComplaintRow, error) {
	return all(ctx, r, complaintSelect+"WHERE c.closed_at IS NULL AND c.binned_at IS NULL ORDER BY c.answer_by IS NULL, c.answer_by, c.id LIMIT ?",
		[]any{limit}, scanComplaint)
}

// ComplaintsClosed gives the complaints that were closed from one time to before
// another, the last first.
func (r *Reader) ComplaintsClosed(ctx context.Context, from, to time.Time) ([]data.ComplaintRow, error) {
	return all(ctx, r, complaintSelect+"WHERE c.closed_at >= ? AND c.closed_at < ? AND c.binned_at IS NULL ORDER BY c.closed_at DESC, c.id DESC",
		[]any{ms(from), ms(to)}, scanComplaint)
}

// ComplaintCounts counts the complaints that were closed from one time to before
// another, by cause and outcome, the most first.
func (r *Reader) ComplaintCounts(ctx context.Context, from, to time.Time) ([]data.ComplaintCount, error) {
	return all(ctx, r, "SELECT cause, outcome, count(*) FROM complaint WHERE closed_at >= ? AND closed_at < ? AND binned_at IS NULL "+
		"GROUP BY cause, outcome ORDER BY 3 DESC, 1, 2", []any{ms(from), ms(to)}, func(row scanner) (c data.ComplaintCount, err error) {
		return c, row.Scan(&c.Cause, &c.Outcome, &c.N)
	})
}

// PutComplaint writes every field of a complaint: the one with its UID, else a
// new one. It sets the ID, and a UID when it is empty.
func (t *Tx) PutComplaint(c *data.Complaint) error {
	if c.UID == "" {
		c.UID = newUID()
	}
	values := []any{
		c.UID, ref(c.OrderID), ref(c.DisputeID), string(c.Stage), c.Cause, c.Happened, c.Why, c.Wish, c.Accepts,
		jsonText{c.Offers},
		ms(c.OpenedAt), ms(c.AnswerBy), ms(c.ClosedAt), c.Outcome, c.Operator, ms(c.BinnedAt),
	}
	id, err := first(t.ctx, &t.Reader, "SELECT id FROM complaint WHERE uid = ?", []any{c.UID}, scanOne[int64])
	switch {
	case err == nil:
		c.ID = id
		return t.change("complaint", c.UID, updateSQL("complaint", complaintColumns), append(values, id)...)
	case errors.Is(err, sql.ErrNoRows):
		c.ID, err = t.insert(insertSQL("complaint", complaintColumns), values...)
	}
	return conflicting(err, "complaint")
}
