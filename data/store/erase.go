package store

import (
	"context"
	"time"

	"casebinder/data"
)

// HeldBy tells why an order's data is still needed: "open_dispute" for a dispute
// that is not closed, "appeal" for one of which a right has not passed at a time,
// "open_order" for an order that is not done, or is on its way as far as is known; ""
// where nothing does.
func (r *Reader) HeldBy(ctx context.Context, orderID int64, now time.Time) (string, error) {
	const query = "SELECT CASE WHEN EXISTS (SELECT 1 FROM dispute WHERE order_id = ?1 AND binned_at IS NULL AND stage <> 'closed') THEN 'open_dispute' " +
		"WHEN EXISTS (SELECT 1 FROM dispute d JOIN dispute_right r ON r.dispute_id = d.id WHERE d.order_id = ?1 AND d.binned_at IS NULL AND r.due > ?2) THEN 'appeal' " +
		"WHEN EXISTS (SELECT 1 FROM orders WHERE id = ?1 AND (status IN ('unpaid', 'review', 'to_ship', 'disputed') " +
		"OR status = 'shipped' AND delivered_at IS NULL AND coalesce(shipped_at, ordered_at) > ?3)) THEN 'open_order' ELSE '' END"
	return first(ctx, r, query, []any{orderID, ms(now), ms(now.AddDate(0, 0, -unsureDays))}, scanOne[string])
}

// ownKeysSQL lists the names under which the journal speaks of what belongs to an
// order, but for the order itself.
const ownKeysSQL = "SELECT 'message', uid FROM message WHERE order_id = ?1 UNION ALL SELECT 'dispute', uid FROM dispute WHERE order_id = ?1 " +
	"UNION ALL SELECT 'statement', uid FROM dispute WHERE order_id = ?1 UNION ALL SELECT 'exhibits', uid FROM dispute WHERE order_id = ?1 " +
	"UNION ALL SELECT 'evidence', uid FROM evidence WHERE order_id = ?1 UNION ALL SELECT 'complaint', uid FROM complaint WHERE order_id = ?1 " +
	"UNION ALL SELECT 'feedback', uid FROM feedback WHERE order_id = ?1 UNION ALL SELECT 'task', uid FROM task WHERE order_id = ?1 " +
	"UNION ALL SELECT 'path_run', uid FROM path_run WHERE order_id = ?1 " +
	"UNION ALL SELECT 'checklist', uid FROM dispute WHERE order_id = ?1 UNION ALL SELECT 'draft', uid FROM draft WHERE order_id = ?1 " +
	"UNION ALL SELECT 'submission', uid FROM submission WHERE " + ofDispute

// A JournalName is what the journal calls something.
type JournalName struct{ Entity, Key string }

// JournalNames gives the names under which the journal speaks of an order and of all
// that belongs to it.
func (r *Reader) JournalNames(ctx context.Context, o *data.Order) ([]JournalName, error) {
	list, err := all(ctx, r, ownKeysSQL, []any{o.ID}, func(row scanner) (n JournalName, err error) { return n, row.Scan(&n.Entity, &n.Key) })
	return append(list, JournalName{"order", OrderKey(o.Shop, o.Number)}), err
}

// A Scrubber takes personal data out of texts.
type Scrubber struct {
	Text func(text string) string           // of people's words
	JSON func(text string, own bool) string // of a JSON text; own: it is all about the buyer
}

// wordColumn is a column with words of people.
type wordColumn struct {
	table, name string
	scope       string // which rows belong to the order ?1
	json        bool
}

const (
	ofOrder    = "order_id = ?1"
	ofDispute  = "dispute_id IN (SELECT id FROM dispute WHERE order_id = ?1)"
	ofEither   = "(order_id = ?1 OR dispute_id IN (SELECT id FROM dispute WHERE order_id = ?1))"
	ofFeedback = "feedback_id IN (SELECT id FROM feedback WHERE order_id = ?1)"
	ofSnooze   = "(kind = 'ship' AND row = ?1 OR kind = 'dispute' AND row IN (SELECT id FROM dispute WHERE order_id = ?1))"
	ofPass     = "(entity = 'order' AND entity_id = ?1 OR entity = 'dispute' AND entity_id IN (SELECT id FROM dispute WHERE order_id = ?1))"
)

var personalColumns = []wordColumn{
	{"message", "text", ofEither, false},
	{"message", "translation", ofEither, false},
	{"message", "author", ofEither, false},
	{"message", "passed", ofEither, true},
	{"order_event", "note", ofOrder, false},
	{"order_event", "detail", ofOrder, true},
	{"snooze", "reason", ofSnooze, false},
	{"complaint", "happened", ofEither, false},
	{"complaint", "why", ofEither, false},
	{"complaint", "wish", ofEither, false},
	{"complaint", "accepts", ofEither, false},
	{"complaint", "offer", ofEither, true},
	{"complaint", "outcome", ofEither, false},
	{"task", "title", ofEither, false},
	{"task", "note", ofEither, false},
	{"path_run", "wish", ofOrder, false},
	{"path_run", "steps", ofOrder, true},
	{"path_run", "ending", ofOrder, true},
	{"risk", "reasons", ofOrder, true},
	{"risk", "reason", ofOrder, false},
	{"evidence", "name", ofEither, false},
	{"evidence", "note", ofEither, false},
	{"evidence", "label", ofEither, false},
	{"evidence", "codes", ofEither, true},
	{"feedback", "text", ofOrder, false},
	{"feedback", "reply", ofOrder, false},
	{"feedback", "translation", ofOrder, false},
	{"feedback_change", "text", ofFeedback, false},
	{"dispute", "claim", ofOrder, false},
	{"dispute", "claim_translation", ofOrder, false},
	{"dispute", "decision_reason", ofOrder, false},
	{"dispute", "ruling", ofOrder, false},
	{"dispute", "lessons", ofOrder, false},
	{"case_event", "note", ofDispute, false},
	{"checklist", "note", ofDispute, false},
	{"exhibit", "title", ofDispute, false},
	{"exhibit", "proves", ofDispute, false},
	{"statement", "claims", ofDispute, true},
	{"submission", "sent_note", ofDispute, false},
	{"submission", "changes", ofDispute, true},
	{"pass", "reason", ofPass, false},
}

// EraseOrder writes an order without its personal data, which less has taken out of
// it already, and takes them out of all that belongs to it. It gives how many of each
// changed, by table.
func (t *Tx) EraseOrder(less *data.Order, s Scrubber, done map[string]int) error {
	if less.Stated == nil {
		less.Stated = map[string]data.Stated{}
	}
	less.Stated[data.StatedErased] = data.Stated{At: t.now.UTC().Truncate(time.Millisecond), By: t.operator}
	if err := t.writeOrder(less, orderTrace{}); err != nil {
		return err
	}
	done["order"]++
	for _, c := range personalColumns {
		scrub := s.Text
		if c.json {
			scrub = func(text string) string { return s.JSON(text, false) }
		}
		n, err := t.scrubColumn(c, less.ID, scrub)
		if err != nil {
			return err
		}
		if n > 0 {
			done[c.table] += n
		}
	}
	for _, one := range []struct{ what, query string }{
		{"order_event", "UPDATE order_event SET detail = json_remove(detail, '$.from', '$.to') WHERE order_id = ?1 AND detail <> '' AND (json_extract(detail, '$.from') IS NOT NULL OR json_extract(detail, '$.to') IS NOT NULL)"},
		{"draft", "DELETE FROM draft WHERE order_id = ?1 OR dispute_id IN (SELECT id FROM dispute WHERE order_id = ?1) OR feedback_id IN (SELECT id FROM feedback WHERE order_id = ?1)"},
	} {
		n, err := t.touched(one.query, less.ID)
		if err != nil {
			return err
		}
		if n > 0 {
			done[one.what] += n
		}
	}
	if _, err := t.exec("UPDATE feedback SET buyer_handle = ? WHERE order_id = ? AND buyer_handle <> ''", less.Buyer.Handle, less.ID); err != nil {
		return err
	}
	return t.indexAgain(less.ID)
}

func (t *Tx) touched(query string, args ...any) (int, error) {
	res, err := t.exec(query, args...)
	if err != nil {
		return 0, err
	}
	n, err := res.RowsAffected()
	return int(n), err
}

// scrubColumn takes personal data out of one column of an order's rows. Rows with the
// same words change at once, so that tables without row ids need no other way.
func (t *Tx) scrubColumn(c wordColumn, id any, scrub func(string) string) (changed int, err error) {
	texts, err := all(t.ctx, &t.Reader, "SELECT DISTINCT "+c.name+" FROM "+c.table+" WHERE "+c.scope+" AND "+c.name+" <> ''", []any{id}, scanOne[string])
	if err != nil {
		return 0, err
	}
	for _, text := range texts {
		less := scrub(text)
		if less == text {
			continue
		}
		n, err := t.touched("UPDATE "+c.table+" SET "+c.name+" = ?2 WHERE "+c.scope+" AND "+c.name+" = ?3", id, less, text)
		if err != nil {
			return changed, err
		}
		changed += n
	}
	return changed, nil
}

// indexAgain puts what belongs to an order into the search indexes anew.
func (t *Tx) indexAgain(orderID int64) error {
	for _, x := range []struct {
		index searchIndex
		query string
	}{
		{messageSearch, "SELECT id FROM message WHERE " + ofEither},
		{disputeSearch, "SELECT id FROM dispute WHERE order_id = ?1"},
		{feedbackSearch, "SELECT id FROM feedback WHERE order_id = ?1"},
	} {
		if err := t.indexThese(x.index, x.query, orderID); err != nil {
			return err
		}
	}
	return nil
}

// indexThese puts rows into a search index anew.
func (t *Tx) indexThese(x searchIndex, query string, args ...any) error {
	ids, err := all(t.ctx, &t.Reader, query, args, scanOne[int32])
	if err != nil {
		return err
	}
	for _, id := range ids {
		texts, err := x.texts(t.ctx, &t.Reader, []int32{id})
		if err != nil {
			return err
		}
		if len(texts) == 0 {
			continue
		}
		if err := t.index(x.table, int64(id), false, texts[0]); err != nil {
			return err
		}
	}
	return nil
}
