package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"casebinder/data"
)

// keptRisk is the name of the review before shipping in kept_up and stale.
const keptRisk = "risk"

// waitsSQL asks whether an order o is still to be shipped.
const waitsSQL = "o.status IN ('unpaid', 'review', 'to_ship') AND o.shipped_at IS NULL"

// Risk is the review of an order as it is kept.
type Risk struct {
	OrderID   int64
	Level     data.RiskLevel
	Reasons   []data.RiskReason
	ShipFrom  time.Time // zero: at once, or not while it stands
	JudgedAt  time.Time
	Edition   string // of the rules
	Decision  data.RiskDecision
	Reason    string
	DecidedBy string
	DecidedAt time.Time
	HoldUntil time.Time
}

const riskColumns = "level, reasons, ship_from, judged_at, edition, decision, reason, decided_by, decided_at, hold_until"

func scanRisk(row scanner) (r Risk, err error) {
	return r, row.Scan(&r.OrderID, &r.Level, jsonText{&r.Reasons}, moment{&r.ShipFrom}, moment{&r.JudgedAt}, &r.Edition,
		&r.Decision, &r.Reason, &r.DecidedBy, moment{&r.DecidedAt}, moment{&r.HoldUntil})
}

// Risk gives what is kept of an order's review; false where nothing is.
func (r *Reader) Risk(ctx context.Context, orderID int64) (Risk, bool, error) {
	kept, err := first(ctx, r, "SELECT order_id, "+riskColumns+" FROM risk WHERE order_id = ?", []any{orderID}, scanRisk)
	if errors.Is(err, sql.ErrNoRows) {
		return Risk{OrderID: orderID}, false, nil
	}
	return kept, err == nil, err
}

// KeepRisks keeps reviews. A clear one needs no row where nobody decided anything. They
// are made by the program from what is there, and so no deed.
func (t *Tx) KeepRisks(list []Risk) error {
	ids := make([]int64, len(list))
	for i := range list {
		ids[i] = list[i].OrderID
	}
	kept := map[int64]bool{}
	err := chunks64(ids, func(marks string, args []any) error {
		some, err := all(t.ctx, &t.Reader, "SELECT order_id FROM risk WHERE order_id IN ("+marks+")", args, scanOne[int64])
		for _, id := range some {
			kept[id] = true
		}
		return err
	})
	if err != nil {
		return err
	}
	for i := range list {
		k := &list[i]
		if k.Level.Rank() <= data.RiskClear.Rank() && !kept[k.OrderID] {
			continue
		}
		if err := t.keepRisk(k); err != nil {
			return err
		}
	}
	return nil
}

func (t *Tx) keepRisk(k *Risk) error {
	if k.Level == data.RiskClear || k.Level == data.RiskNone {
		if _, err := t.run("DELETE FROM risk WHERE order_id = ? AND decision = ''", k.OrderID); err != nil {
			return err
		}
		_, err := t.run("UPDATE risk SET level = 'clear', reasons = '', ship_from = NULL, judged_at = ?, edition = ? WHERE order_id = ?", ms(k.JudgedAt), k.Edition, k.OrderID)
		return err
	}
	reasons, err := json.Marshal(k.Reasons)
	if err != nil {
		return err
	}
	_, err = t.run("INSERT INTO risk (order_id, level, reasons, ship_from, judged_at, edition) SELECT o.id, ?2, ?3, ?4, ?5, ?6 FROM orders o WHERE o.id = ?1 ON CONFLICT (order_id) DO UPDATE SET "+
		"level = excluded.level, reasons = excluded.reasons, ship_from = excluded.ship_from, judged_at = excluded.judged_at, edition = excluded.edition",
		k.OrderID, string(k.Level), string(reasons), ms(k.ShipFrom), ms(k.JudgedAt), k.Edition)
	return err
}

// DecideRisk writes what a person decided about shipping an order.
func (t *Tx) DecideRisk(k *Risk) error {
	_, err := t.exec("INSERT INTO risk (order_id, level, judged_at, decision, reason, decided_by, decided_at, hold_until) VALUES (?, 'clear', ?, ?, ?, ?, ?, ?) "+
		"ON CONFLICT (order_id) DO UPDATE SET decision = excluded.decision, reason = excluded.reason, decided_by = excluded.decided_by, "+
		"decided_at = excluded.decided_at, hold_until = excluded.hold_until",
		k.OrderID, ms(t.now), string(k.Decision), k.Reason, k.DecidedBy, ms(k.DecidedAt), ms(k.HoldUntil))
	return err
}

// touchRisk remembers that the review of an order is to be made again, where there
// is one to be made.
func (t *Tx) touchRisk(orderID int64) error {
	if orderID == 0 {
		return nil
	}
	_, err := t.run("INSERT OR IGNORE INTO stale (name, id) SELECT '"+keptRisk+"', o.id FROM orders o WHERE o.id = ?1 AND ("+waitsSQL+
		" OR EXISTS (SELECT 1 FROM risk WHERE order_id = ?1))", orderID)
	return err
}

// StaleOrder says that the review of an order is to be made again.
func (t *Tx) StaleOrder(id int64) error { return t.touchRisk(id) }

// touchRiskOfBuyer is touchRisk for all orders of an order's buyer: what happened
// in one speaks in the others.
func (t *Tx) touchRiskOfBuyer(orderID int64) error {
	_, err := t.run("INSERT OR IGNORE INTO stale (name, id) SELECT '"+keptRisk+"', o.id FROM orders o "+
		"WHERE o.buyer_id = (SELECT buyer_id FROM orders WHERE id = ?) AND "+waitsSQL, orderID)
	return err
}

// touchRiskOfSharers is touchRisk for the orders that wait of the other buyers with a
// mark that is new to one, as far as they were reviewed. A mark of a crowd says
// nothing of anybody.
func (t *Tx) touchRiskOfSharers(m *keptMark, reviewed int64) error {
	_, err := t.run("INSERT OR IGNORE INTO stale (name, id) SELECT '"+keptRisk+"', o.id FROM "+
		fmt.Sprintf("(SELECT buyer_id FROM buyer_mark WHERE kind = ?1 AND mark = ?2 AND buyer_id <> ?3 LIMIT %d) b ", crowd)+
		"JOIN orders o ON o.buyer_id = b.buyer_id WHERE o.id <= ?4 AND "+waitsSQL, string(m.Kind), m.Value, m.buyer, reviewed)
	return err
}

// RiskUpto is the row id of the last order that was reviewed when it was new.
func (r *Reader) RiskUpto(ctx context.Context) (int64, error) {
	upto, err := first(ctx, r, "SELECT upto FROM kept_up WHERE name = '"+keptRisk+"'", nil, scanOne[int64])
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return upto, err
}

// SetRiskUpto writes it down.
func (t *Tx) SetRiskUpto(upto int64) error {
	_, err := t.run("INSERT INTO kept_up (name, upto) VALUES ('"+keptRisk+"', ?) ON CONFLICT (name) DO UPDATE SET upto = excluded.upto", upto)
	return err
}

// LastOrder is the highest row id of an order; 0 where there is none.
func (r *Reader) LastOrder(ctx context.Context) (int64, error) {
	return first(ctx, r, "SELECT coalesce(max(id), 0) FROM orders", nil, scanOne[int64])
}

// StaleRisk gives up to limit orders whose review is to be made again.
func (r *Reader) StaleRisk(ctx context.Context, limit int) ([]int64, error) {
	return all(ctx, r, "SELECT id FROM stale WHERE name = '"+keptRisk+"' ORDER BY id LIMIT ?", []any{limit}, scanOne[int64])
}

// FreshRisk takes orders out of those whose review is to be made again.
func (t *Tx) FreshRisk(ids []int64) error {
	for _, id := range ids {
		if _, err := t.run("DELETE FROM stale WHERE name = '"+keptRisk+"' AND id = ?", id); err != nil {
			return err
		}
	}
	return nil
}

// WaitingOrder is an order that is still to be shipped.
type WaitingOrder struct{ ID, Buyer int64 }

func scanWaitingOrder(row scanner) (w WaitingOrder, err error) {
	return w, row.Scan(&w.ID, rowRef{&w.Buyer})
}

// OrdersToReview lists the orders with a row id above from, up to and with to, that
// are still to be shipped, those of one buyer together.
func (r *Reader) OrdersToReview(ctx context.Context, from, to int64) ([]WaitingOrder, error) {
	return all(ctx, r, "SELECT o.id, o.buyer_id FROM orders o WHERE "+waitsSQL+" AND o.id > ? AND o.id <= ? ORDER BY o.buyer_id, o.id", []any{from, to}, scanWaitingOrder)
}

// PastOrders lists orders that were placed from a time on, whatever became of
// them, those of one buyer together.
func (r *Reader) PastOrders(ctx context.Context, from time.Time) ([]WaitingOrder, error) {
	return all(ctx, r, "SELECT o.id, o.buyer_id FROM orders o WHERE o.ordered_at >= ? ORDER BY o.buyer_id, o.id", []any{ms(from)}, scanWaitingOrder)
}

// AlsoToReview lists the other orders of the buyers of some that are still to be
// shipped and have a row id up to upto.
func (r *Reader) AlsoToReview(ctx context.Context, ids []int64, upto int64) ([]WaitingOrder, error) {
	var list []WaitingOrder
	err := chunked(ids, func(marks string, args []any) error {
		some, err := all(ctx, r, "SELECT DISTINCT o.id, o.buyer_id FROM orders n JOIN orders o ON o.buyer_id = n.buyer_id WHERE n.id IN ("+marks+") AND o.id <= ? AND "+waitsSQL,
			append(args, upto), scanWaitingOrder)
		list = append(list, some...)
		return err
	})
	return list, err
}

// chunked is chunks for long row ids.
func chunked(ids []int64, f func(marks string, args []any) error) error {
	short := make([]int32, len(ids))
	for i, id := range ids {
		short[i] = int32(id)
	}
	return chunks(short, f)
}
