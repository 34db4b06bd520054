package store

import (
	"context"
	"encoding/json"
	"fmt"

	"casebinder/data"
)

const orderEventColumns = "uid, order_id, kind, at, recorded_at, operator, note, amount_minor, amount_currency, detail"

// orderEventDetail is what the column of that name holds.
type orderEventDetail struct {
	From     data.Address `json:"from,omitzero"`
	To       data.Address `json:"to,omitzero"`
	Tracking string       `json:"tracking,omitempty"`

	By     data.Actor        `json:"by,omitempty"`
	Reason data.CancelReason `json:"reason,omitempty"`
	How    string            `json:"how,omitempty"`
}

// OrderEvents gives what a person wrote down of an order, oldest first.
func (r *Reader) OrderEvents(ctx context.Context, orderID int64) ([]data.OrderEvent, error) {
	const query = "SELECT id, " + orderEventColumns + " FROM order_event WHERE order_id = ? ORDER BY at, id"
	return all(ctx, r, query, []any{orderID}, func(row scanner) (e data.OrderEvent, err error) {
		var text string
		err = row.Scan(&e.ID, &e.UID, &e.OrderID, &e.Kind, moment{&e.At}, moment{&e.RecordedAt}, &e.Operator, &e.Note, &e.Amount.Minor, &e.Amount.Currency, &text)
		if err != nil || text == "" {
			return e, err
		}
		var d orderEventDetail
		if err := json.Unmarshal([]byte(text), &d); err != nil {
			return e, fmt.Errorf("event %s of an order: %w", e.UID, data.ErrDamaged)
		}
		e.From, e.To, e.Tracking, e.By, e.Reason, e.How = d.From, d.To, d.Tracking, d.By, d.Reason, d.How
		return e, nil
	})
}

// AddOrderEvent writes down what happened to an order; it sets the ID.
func (t *Tx) AddOrderEvent(e *data.OrderEvent) error {
	text := ""
	if d := (orderEventDetail{e.From, e.To, e.Tracking, e.By, e.Reason, e.How}); d != (orderEventDetail{}) {
		b, err := json.Marshal(d)
		if err != nil {
			return fmt.Errorf("writing an event of an order: %w", err)
		}
		text = string(b)
	}
	id, err := t.insert(insertSQL("order_event", orderEventColumns), e.UID, e.OrderID, string(e.Kind), ms(e.At), ms(e.RecordedAt), e.Operator, e.Note,
		e.Amount.Minor, e.Amount.Currency, text)
	e.ID = id
	if err != nil {
		return conflicting(err, "order event")
	}
	return t.touchRisk(e.OrderID)
}

// DropOrderEvent takes an event of an order away, as the undo of its writing.
func (t *Tx) DropOrderEvent(uid string) error {
	order, err := first(t.ctx, &t.Reader, "SELECT order_id FROM order_event WHERE uid = ?", []any{uid}, scanOne[int64])
	if err != nil {
		return missing(err, "order event", uid)
	}
	if err := t.touchRisk(order); err != nil {
		return err
	}
	return t.change("order event", uid, "DELETE FROM order_event WHERE uid = ?", uid)
}
