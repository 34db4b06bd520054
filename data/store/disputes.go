package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"casebinder/data"
)

const disputeColumns = "uid, order_id, reason, claim, amount_minor, amount_currency, case_number, opened_at, stated_due, due, due_rule, due_sure, stage, waiting, " +
	"pack, wish, decision, decision_reason, decided_by, decided_at, outcome, liable, ruling, lessons, cause, binned_at, claim_translation, claim_translator"

func scanDispute(row scanner) (*data.Dispute, error) {
	var d data.Dispute
	return &d, row.Scan(&d.ID, &d.UID, &d.OrderID, &d.Reason, &d.Claim, &d.Amount.Minor, &d.Amount.Currency, &d.CaseNumber,
		moment{&d.OpenedAt}, moment{&d.StatedDue}, moment{&d.Due}, &d.DueRule, &d.DueSure, &d.Stage, &d.Waiting, &d.Pack, &d.Wish, &d.Decision.Choice, &d.Decision.Reason,
		&d.Decision.By, moment{&d.Decision.At}, &d.Ruling.Outcome, &d.Ruling.Liable, &d.Ruling.Why, &d.Ruling.Lessons, &d.Ruling.Cause,
		moment{&d.BinnedAt}, &d.Translated.Text, &d.Translated.By)
}

func disputeValues(d *data.Dispute) []any {
	return []any{
		d.UID, d.OrderID, string(d.Reason), d.Claim, d.Amount.Minor, d.Amount.Currency, d.CaseNumber,
		ms(d.OpenedAt), ms(d.StatedDue), ms(d.Due), d.DueRule, d.DueSure, string(d.Stage), string(d.Waiting), d.Pack, d.Wish, d.Decision.Choice, d.Decision.Reason,
		d.Decision.By, ms(d.Decision.At), d.Ruling.Outcome, d.Ruling.Liable, d.Ruling.Why, d.Ruling.Lessons, d.Ruling.Cause, ms(d.BinnedAt),
		d.Translated.Text, d.Translated.By,
	}
}

// Dispute gives a dispute with its events in the order in which they happened.
func (r *Reader) Dispute(ctx context.Context, id int64) (*data.Dispute, error) {
	d, err := first(ctx, r, "SELECT id, "+disputeColumns+" FROM dispute WHERE id = ?", []any{id}, scanDispute)
	if err != nil {
		return nil, missing(err, "dispute", id)
	}
	if d.Events, err = r.events(ctx, id); err != nil {
		return nil, err
	}
	d.Rights, err = r.Rights(ctx, id)
	return d, err
}

const eventColumns = "uid, dispute_id, kind, actor, at, recorded_at, operator, note, amount_minor, amount_currency, due, corrects"

func (r *Reader) events(ctx context.Context, disputeID int64) ([]data.CaseEvent, error) {
	const query = "SELECT id, " + eventColumns + " FROM case_event WHERE dispute_id = ? ORDER BY at, id"
	return all(ctx, r, query, []any{disputeID}, func(row scanner) (e data.CaseEvent, err error) {
		var dispute int64
		return e, row.Scan(&e.ID, &e.UID, &dispute, &e.Kind, &e.Actor, moment{&e.At}, moment{&e.RecordedAt}, &e.Operator, &e.Note,
			&e.Amount.Minor, &e.Amount.Currency, moment{&e.Due}, &e.Corrects)
	})
}

// DisputeByUID gives the dispute with a UID, or with the only UID that begins
// with at least 8 given characters. Two that fit are a data.ErrConflict.
func (r *Reader) DisputeByUID(ctx context.Context, uid string) (*data.Dispute, error) {
	uid = strings.ToLower(strings.TrimSpace(uid))
	if len(uid) < 8 {
		return nil, problemNotFound.New("entity", "dispute", "key", uid)
	}
	ids, err := all(ctx, r, "SELECT id FROM dispute WHERE uid >= ? AND uid < ? LIMIT 100", []any{uid, uid + "\U0010FFFF"}, scanOne[int64])
	switch {
	case err != nil:
		return nil, err
	case len(ids) == 0:
		return nil, problemNotFound.New("entity", "dispute", "key", uid)
	case len(ids) > 1:
		return nil, problemAmbiguous.New("entity", "dispute", "key", uid, "count", len(ids))
	}
	return r.Dispute(ctx, ids[0])
}

// DisputesByCase gives the ids of the disputes with a platform's case number.
func (r *Reader) DisputesByCase(ctx context.Context, number string) ([]int64, error) {
	const query = "SELECT id FROM dispute WHERE case_number = ? AND case_number <> '' ORDER BY id"
	return all(ctx, r, query, []any{strings.TrimSpace(number)}, scanOne[int64])
}

// DisputesAbout gives the ids of the disputes about some orders, those in the bin
// among them.
func (r *Reader) DisputesAbout(ctx context.Context, orders []int64) (ids []int64, err error) {
	err = chunked(orders, func(marks string, args []any) error {
		some, err := all(ctx, r, "SELECT id FROM dispute WHERE order_id IN ("+marks+") ORDER BY id", args, scanOne[int64])
		ids = append(ids, some...)
		return err
	})
	return ids, err
}

// DisputesOfOrder gives an order's disputes that are not in the bin, oldest
// first, with their events.
func (r *Reader) DisputesOfOrder(ctx context.Context, orderID int64) ([]data.Dispute, error) {
	const query = "SELECT id FROM dispute WHERE order_id = ? AND binned_at IS NULL ORDER BY id"
	ids, err := all(ctx, r, query, []any{orderID}, scanOne[int64])
	if err != nil {
		return nil, err
	}
	list := make([]data.Dispute, 0, len(ids))
	for _, id := range ids {
		d, err := r.Dispute(ctx, id)
		if err != nil {
			return nil, err
		}
		list = append(list, *d)
	}
	return list, nil
}

// OpenDisputes gives the ids of all disputes that are neither closed nor in
// the bin: those that compute again when a policy changes.
func (r *Reader) OpenDisputes(ctx context.Context) ([]int64, error) {
	return all(ctx, r, "SELECT id FROM dispute WHERE binned_at IS NULL AND stage <> 'closed' ORDER BY id", nil, scanOne[int64])
}

// A Case is an open dispute as policy needs it: with its events, its shop, and
// what the lists show of it now.
type Case struct {
	Dispute     data.Dispute
	Shop        data.Shop
	OrderNumber string
}

// longestRight is for how many days after the last event of a closed dispute a
// right in it can still be used.
const longestRight = 400

// Cases gives every dispute that is not in the bin, and is open or was of late, so
// that a right may still be used in it, to a function, with its events, in one
// pass over both tables.
func (r *Reader) Cases(ctx context.Context, now time.Time, each func(Case) error) error {
	const query = "SELECT d.id, d.uid, d.reason, d.opened_at, d.stated_due, d.stage, d.waiting, d.due, d.due_rule, d.due_sure, d.pack, d.case_number, d.order_number, d.amount_currency, s.platform, s.name, s.zone, s.site, " +
		"e.uid, e.kind, e.actor, e.at, e.recorded_at, e.due, e.corrects " +
		"FROM dispute d JOIN shop s ON s.id = d.shop_id LEFT JOIN case_event e ON e.dispute_id = d.id " +
		"WHERE d.binned_at IS NULL AND (d.stage <> 'closed' OR EXISTS (SELECT 1 FROM case_event l WHERE l.dispute_id = d.id AND l.at >= ?)) ORDER BY d.id, e.at, e.id"
	rows, err := r.q.QueryContext(ctx, query, ms(now.AddDate(0, 0, -longestRight)))
	if err != nil {
		return readError(ctx, err, r.path)
	}
	defer rows.Close() //nolint:errcheck // rows.Err below tells what matters
	var c Case
	for rows.Next() {
		next, event, err := scanCase(rows)
		if err != nil {
			return readError(ctx, err, r.path)
		}
		if next.Dispute.ID != c.Dispute.ID {
			if c.Dispute.ID != 0 {
				if err := each(c); err != nil {
					return err
				}
			}
			c = next
		}
		if event.UID != "" {
			c.Dispute.Events = append(c.Dispute.Events, event)
		}
	}
	if err := rows.Err(); err != nil {
		return readError(ctx, err, r.path)
	}
	if c.Dispute.ID == 0 {
		return nil
	}
	return each(c)
}

func scanCase(row scanner) (c Case, e data.CaseEvent, err error) {
	d := &c.Dispute
	var uid, kind, actor, corrects sql.NullString
	err = row.Scan(&d.ID, &d.UID, &d.Reason, moment{&d.OpenedAt}, moment{&d.StatedDue}, &d.Stage, &d.Waiting, moment{&d.Due}, &d.DueRule, &d.DueSure,
		&d.Pack, &d.CaseNumber, &c.OrderNumber, &d.Amount.Currency, &c.Shop.Platform, &c.Shop.Name, &c.Shop.Zone, &c.Shop.Site,
		&uid, &kind, &actor, moment{&e.At}, moment{&e.RecordedAt}, moment{&e.Due}, &corrects)
	e.UID, e.Kind, e.Actor, e.Corrects = uid.String, data.EventKind(kind.String), data.Actor(actor.String), corrects.String
	return c, e, err
}

// Record counts what came of the decided disputes of a platform and reason that
// had at least the given kinds of proof.
func (r *Reader) Record(ctx context.Context, platform data.Platform, reason data.Reason, proof []data.EvidenceKind) (won, lost, accepted int, err error) {
	const query = "SELECT count(*) FILTER (WHERE d.outcome = 'won'), count(*) FILTER (WHERE d.outcome = 'lost'), " +
		"count(*) FILTER (WHERE d.outcome = 'accepted') FROM dispute d JOIN shop s ON s.id = d.shop_id " +
		"WHERE d.binned_at IS NULL AND d.outcome <> '' AND d.reason = ? AND s.platform = ? AND NOT EXISTS (" +
		"SELECT 1 FROM json_each(?) k WHERE NOT EXISTS (SELECT 1 FROM evidence e " +
		"WHERE (e.dispute_id = d.id OR e.order_id = d.order_id AND e.dispute_id IS NULL) AND e.binned_at IS NULL AND e.kind = k.value))"
	if proof == nil {
		proof = []data.EvidenceKind{}
	}
	kinds, err := json.Marshal(proof)
	if err != nil {
		return 0, 0, 0, fmt.Errorf("listing kinds of proof: %w", err)
	}
	n, err := first(ctx, r, query, []any{string(reason), string(platform), string(kinds)}, func(row scanner) (n [3]int, err error) {
		return n, row.Scan(&n[0], &n[1], &n[2])
	})
	return n[0], n[1], n[2], err
}

// InsertDispute stores a new dispute with its events and sets the IDs, and UIDs
// that are empty. The order must be in the desk.
func (t *Tx) InsertDispute(d *data.Dispute) error {
	if d.UID == "" {
		d.UID = newUID()
	}
	if d.Stage == "" {
		d.Stage = data.StageNegotiation
	}
	if err := completeDispute(d); err != nil {
		return err
	}
	o, err := t.orderOf(d.OrderID)
	if err != nil {
		return err
	}
	if d.Due.IsZero() && !d.StatedDue.IsZero() {
		d.Due, d.DueRule = d.StatedDue, "stated"
	}
	if err := t.touchBuyer(d.OrderID); err != nil {
		return err
	}
	d.ID, err = t.insert(insertSQL("dispute", disputeColumns+", shop_id, order_number"), append(disputeValues(d), o.shop, o.number)...)
	if err != nil {
		return conflicting(err, "dispute")
	}
	if err := errors.Join(t.setRights(d.ID, d.Rights), t.touchRiskOfBuyer(d.OrderID)); err != nil {
		return err
	}
	for i := range d.Events {
		if err := t.AppendEvent(d.ID, &d.Events[i]); err != nil {
			return err
		}
	}
	return t.index("dispute_search", d.ID, true, append(disputeText(d), o.number, o.buyer))
}

// completeDispute refuses a dispute without what every dispute has.
func completeDispute(d *data.Dispute) error {
	if d.Reason == "" {
		return problemIncomplete.New("entity", "dispute", "field", "reason")
	}
	return nil
}

// completeEvent refuses an event without what every event has.
func completeEvent(e *data.CaseEvent) error {
	if e.Kind == "" || e.At.IsZero() {
		return problemIncomplete.New("entity", "event", "field", "kind, at")
	}
	return nil
}

type orderOf struct {
	shop          int64
	number, buyer string
}

func (t *Tx) orderOf(id int64) (orderOf, error) {
	const query = "SELECT shop_id, number, buyer_name || ' ' || buyer_handle FROM orders WHERE id = ?"
	o, err := first(t.ctx, &t.Reader, query, []any{id}, func(row scanner) (o orderOf, err error) {
		return o, row.Scan(&o.shop, &o.number, &o.buyer)
	})
	return o, missing(err, "order", id)
}

// disputeText is what a search over disputes looks at, beside the order's
// number and buyer.
func disputeText(d *data.Dispute) []string {
	text := []string{d.CaseNumber, d.Claim}
	for _, e := range d.Events {
		text = append(text, e.Note)
	}
	return text
}

// AppendEvent adds an event to a dispute and sets its ID, and UID, RecordedAt
// and Operator when they are empty.
func (t *Tx) AppendEvent(disputeID int64, e *data.CaseEvent) error {
	if e.UID == "" {
		e.UID = newUID()
	}
	if e.RecordedAt.IsZero() {
		e.RecordedAt = t.now
	}
	if e.Operator == "" {
		e.Operator = t.operator
	}
	if err := completeEvent(e); err != nil {
		return err
	}
	var err error
	e.ID, err = t.insert(insertSQL("case_event", eventColumns), e.UID, disputeID, string(e.Kind), string(e.Actor), ms(e.At), ms(e.RecordedAt),
		e.Operator, e.Note, e.Amount.Minor, e.Amount.Currency, ms(e.Due), e.Corrects)
	if err != nil {
		return conflicting(err, "event")
	}
	if e.Note == "" {
		return nil
	}
	return t.indexDispute(disputeID)
}

func (t *Tx) indexDispute(id int64) error {
	d, err := t.Dispute(t.ctx, id)
	if err != nil {
		return err
	}
	o, err := t.orderOf(d.OrderID)
	if err != nil {
		return err
	}
	return t.index("dispute_search", id, false, append(disputeText(d), o.number, o.buyer))
}

// EditDispute writes every field of a dispute but its events, found by ID, or
// by UID when ID is 0. Events that are given and not yet stored, by UID, are
// appended, so that a dispute can be put back as it was before it was deleted.
func (t *Tx) EditDispute(d *data.Dispute) error {
	if d.ID == 0 {
		id, err := first(t.ctx, &t.Reader, "SELECT id FROM dispute WHERE uid = ?", []any{d.UID}, scanOne[int64])
		if err != nil {
			return missing(err, "dispute", d.UID)
		}
		d.ID = id
	}
	o, err := t.orderOf(d.OrderID)
	if err != nil {
		return err
	}
	err = errors.Join(t.touchRiskOfBuyer(d.OrderID), t.touchBuyerOf("dispute", d.ID), t.touchBuyer(d.OrderID)) // of both buyers, where it moves
	if err != nil {
		return err
	}
	err = t.change("dispute", d.UID, updateSQL("dispute", disputeColumns+", shop_id, order_number"),
		append(disputeValues(d), o.shop, o.number, d.ID)...)
	if err != nil {
		return err
	}
	known, err := t.events(t.ctx, d.ID)
	if err != nil {
		return err
	}
	stored := make(map[string]bool, len(known))
	for _, e := range known {
		stored[e.UID] = true
	}
	for i := range d.Events {
		if e := &d.Events[i]; e.UID == "" || !stored[e.UID] {
			if err := t.AppendEvent(d.ID, e); err != nil {
				return err
			}
		}
	}
	return t.indexDispute(d.ID)
}

// SetDisputeCache keeps what policy computed from the events.
func (t *Tx) SetDisputeCache(disputeID int64, c DisputeCache) error {
	err := t.change("dispute", disputeID, "UPDATE dispute SET stage = ?, waiting = ?, stated_due = ?, due = ?, due_rule = ?, due_sure = ? WHERE id = ?",
		string(c.Stage), string(c.Waiting), ms(c.Stated), ms(c.Due), c.DueRule, c.DueSure, disputeID)
	if err != nil {
		return err
	}
	return t.setRights(disputeID, c.Rights)
}

// SetDue keeps another date of a dispute whose stage and turn are as they were:
// SetDisputeCache for a recomputation of many, which leaves the indexes over
// stages alone.
func (t *Tx) SetDue(disputeID int64, c DisputeCache) error {
	err := t.change("dispute", disputeID, "UPDATE dispute SET stated_due = ?, due = ?, due_rule = ?, due_sure = ? WHERE id = ?",
		ms(c.Stated), ms(c.Due), c.DueRule, c.DueSure, disputeID)
	if err != nil {
		return err
	}
	return t.setRights(disputeID, c.Rights)
}
