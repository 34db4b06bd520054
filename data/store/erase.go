package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"casebinder/data"
)

// OrdersOfBuyer gives the row ids of all orders of a buyer, the oldest first.
func (r *Reader) OrdersOfBuyer(ctx context.Context, buyerID int64) ([]int64, error) {
	return all(ctx, r, "SELECT id FROM orders WHERE buyer_id = ? ORDER BY ordered_at, id", []any{buyerID}, scanOne[int64])
}

// BuyersByHandle gives the row ids of the buyers with a handle, on any platform.
func (r *Reader) BuyersByHandle(ctx context.Context, handle string) ([]int64, error) {
	return all(ctx, r, "SELECT id FROM buyer WHERE handle = ? ORDER BY id", []any{handle}, scanOne[int64])
}

// HeldBy tells why an order's data is still needed: "open_dispute" for a dispute
// that is not closed, "appeal" for one of which a right has not passed at a time;
// "" where nothing does.
func (r *Reader) HeldBy(ctx context.Context, orderID int64, now time.Time) (string, error) {
	const query = "SELECT CASE WHEN EXISTS (SELECT 1 FROM dispute WHERE order_id = ?1 AND binned_at IS NULL AND stage <> 'closed') THEN 'open_dispute' " +
		"WHEN EXISTS (SELECT 1 FROM dispute d JOIN dispute_right r ON r.dispute_id = d.id WHERE d.order_id = ?1 AND d.binned_at IS NULL AND r.due > ?2) THEN 'appeal' " +
		"WHEN EXISTS (SELECT 1 FROM orders WHERE id = ?1 AND status IN ('unpaid', 'review', 'to_ship', 'disputed')) THEN 'open_order' ELSE '' END"
	return first(ctx, r, query, []any{orderID, ms(now)}, scanOne[string])
}

// ownKeysSQL lists the names under which the journal speaks of what belongs to an
// order, but for the order itself.
const ownKeysSQL = "SELECT 'message', uid FROM message WHERE order_id = ?1 UNION ALL SELECT 'dispute', uid FROM dispute WHERE order_id = ?1 " +
	"UNION ALL SELECT 'statement', uid FROM dispute WHERE order_id = ?1 UNION ALL SELECT 'exhibits', uid FROM dispute WHERE order_id = ?1 " +
	"UNION ALL SELECT 'evidence', uid FROM evidence WHERE order_id = ?1 UNION ALL SELECT 'complaint', uid FROM complaint WHERE order_id = ?1 " +
	"UNION ALL SELECT 'feedback', uid FROM feedback WHERE order_id = ?1 UNION ALL SELECT 'task', uid FROM task WHERE order_id = ?1 " +
	"UNION ALL SELECT 'path_run', uid FROM path_run WHERE order_id = ?1"

// A JournalName is what the journal calls something.
type JournalName struct{ Entity, Key string }

// JournalNames gives the names under which the journal speaks of an order and of all
// that belongs to it.
func (r *Reader) JournalNames(ctx context.Context, o *data.Order) ([]JournalName, error) {
	list, err := all(ctx, r, ownKeysSQL, []any{o.ID}, func(row scanner) (n JournalName, err error) { return n, row.Scan(&n.Entity, &n.Key) })
	return append(list, JournalName{"order", OrderKey(o.Shop, o.Number)}), err
}

// SentFiles gives the fingerprints of the files in the bundles that were made of an
// order's disputes, with the version that has them.
func (r *Reader) SentFiles(ctx context.Context, orderID int64) (map[string]int, error) {
	files := map[string]int{}
	const query = "SELECT f.sha256, s.version FROM submission_file f JOIN submission s ON s.id = f.submission_id " +
		"JOIN dispute d ON d.id = s.dispute_id WHERE d.order_id = ?"
	_, err := all(ctx, r, query, []any{orderID}, func(row scanner) (struct{}, error) {
		var sha string
		var version int
		err := row.Scan(&sha, &version)
		files[sha] = version
		return struct{}{}, err
	})
	return files, err
}

// AllEvidenceOfOrder is EvidenceOfOrder with the bin.
func (r *Reader) AllEvidenceOfOrder(ctx context.Context, orderID int64) ([]data.Evidence, error) {
	const where = "order_id = ?1 OR dispute_id IN (SELECT id FROM dispute WHERE order_id = ?1) ORDER BY added_at, id"
	return all(ctx, r, evidenceSelect+where, []any{orderID}, scanEvidence)
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
	ofOrder   = "order_id = ?1"
	ofDispute = "dispute_id IN (SELECT id FROM dispute WHERE order_id = ?1)"
	ofEither  = "(order_id = ?1 OR dispute_id IN (SELECT id FROM dispute WHERE order_id = ?1))"
	ofPass    = "(entity = 'order' AND entity_id = ?1 OR entity = 'dispute' AND entity_id IN (SELECT id FROM dispute WHERE order_id = ?1))"
)

var personalColumns = []wordColumn{
	{"message", "text", ofEither, false},
	{"message", "translation", ofEither, false},
	{"message", "author", ofEither, false},
	{"message", "passed", ofEither, true},
	{"order_event", "note", ofOrder, false},
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
		{"order_event", "UPDATE order_event SET detail = json_remove(detail, '$.from', '$.to') WHERE order_id = ?1 AND detail LIKE '%\"country\"%' OR order_id = ?1 AND detail LIKE '%\"line1\"%'"},
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
		ids, err := all(t.ctx, &t.Reader, x.query, []any{orderID}, scanOne[int32])
		if err != nil {
			return err
		}
		for _, id := range ids {
			texts, err := x.index.texts(t.ctx, &t.Reader, []int32{id})
			if err != nil {
				return err
			}
			if err := t.index(x.index.table, int64(id), false, texts[0]); err != nil {
				return err
			}
		}
	}
	return nil
}

// EraseBuyer takes the personal data out of a buyer's row; handle stands for it.
func (t *Tx) EraseBuyer(id int64, handle string) error {
	err := t.change("buyer", id, "UPDATE buyer SET handle = ?, name = '', email = '', phone = '', note = '', tags = '', tone = '', erased_at = ? WHERE id = ?", handle, ms(t.now), id)
	if err != nil {
		return err
	}
	_, err = t.exec("DELETE FROM buyer_mark WHERE buyer_id = ?", id)
	return err
}

// ErasedBuyer makes the row that stands for a buyer of orders whose personal data was
// erased, while the buyer has others that were not.
func (t *Tx) ErasedBuyer(b *data.Buyer) error {
	if err := t.insertBuyer(b); err != nil {
		return err
	}
	return t.change("buyer", b.ID, "UPDATE buyer SET erased_at = ? WHERE id = ?", ms(t.now), b.ID)
}

// EraseIntakes takes the pasted pages and files away from which an order's messages
// and scans came. What others have in common with it is masked. It gives the
// fingerprints of files that nothing refers to any more, and how many stay because
// they tell of other orders too.
func (t *Tx) EraseIntakes(orderID int64, s Scrubber, done map[string]int) (files []string, shared int, err error) {
	const mine = "SELECT intake_id FROM message WHERE order_id = ?1 AND intake_id IS NOT NULL UNION " +
		"SELECT e.intake_id FROM tracking_event e JOIN shipment h ON h.id = e.shipment_id WHERE h.order_id = ?1 AND e.intake_id IS NOT NULL"
	ids, err := all(t.ctx, &t.Reader, mine, []any{orderID}, scanOne[int64])
	if err != nil {
		return nil, 0, err
	}
	for _, id := range ids {
		in, err := t.Intake(t.ctx, id)
		if err != nil {
			return files, shared, err
		}
		const others = "SELECT EXISTS (SELECT 1 FROM message m JOIN orders o ON o.id = m.order_id WHERE m.intake_id = ?1 AND coalesce(json_extract(nullif(o.stated, ''), '$.erased'), '') = '') " +
			"OR EXISTS (SELECT 1 FROM message WHERE intake_id = ?1 AND order_id IS NULL) OR EXISTS (SELECT 1 FROM tracking_event e JOIN shipment h ON h.id = e.shipment_id " +
			"JOIN orders o ON o.id = h.order_id WHERE e.intake_id = ?1 AND coalesce(json_extract(nullif(o.stated, ''), '$.erased'), '') = '')"
		used, err := first(t.ctx, &t.Reader, others, []any{id}, scanOne[bool])
		if err != nil {
			return files, shared, err
		}
		raw, sum := "", ""
		if used {
			raw, sum = s.Text(in.Raw), in.SHA256
			if sum != "" {
				shared++
			}
		}
		done["intake"]++
		if err := t.change("intake", in.UID, "UPDATE intake SET raw = ?, name = ?, sha256 = ? WHERE id = ?", raw, s.Text(in.Name), sum, id); err != nil {
			return files, shared, err
		}
		if in.SHA256 != "" && sum == "" {
			files = append(files, in.SHA256)
		}
	}
	return files, shared, nil
}

// ScrubGuesses takes personal data out of what is guessed of found files.
func (t *Tx) ScrubGuesses(s Scrubber) error {
	for _, c := range []wordColumn{{"found_file", "guess", "?1", true}, {"found_file", "codes", "?1", true}} {
		if _, err := t.scrubColumn(c, 1, func(text string) string { return s.JSON(text, false) }); err != nil {
			return err
		}
	}
	return nil
}

// EraseFile writes that the file of a piece of evidence was erased, and which copy
// stands for it.
func (t *Tx) EraseFile(id int64, replacedBy string) error {
	return t.change("evidence", id, "UPDATE evidence SET erased_at = ?, replaced_by = ? WHERE id = ?", ms(t.now), replacedBy, id)
}

// FileInUse reports whether something in the desk still refers to a file.
func (r *Reader) FileInUse(ctx context.Context, sha string) (bool, error) {
	const query = "SELECT EXISTS (SELECT 1 FROM evidence WHERE sha256 = ?1 AND erased_at IS NULL) OR EXISTS (SELECT 1 FROM intake WHERE sha256 = ?1)"
	return first(ctx, r, query, []any{sha}, scanOne[bool])
}

// ErasedFiles gives the fingerprints of files that were erased and that nothing uses.
func (r *Reader) ErasedFiles(ctx context.Context) ([]string, error) {
	const query = "SELECT DISTINCT e.sha256 FROM evidence e WHERE e.erased_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM evidence o WHERE o.sha256 = e.sha256 AND o.erased_at IS NULL) " +
		"AND NOT EXISTS (SELECT 1 FROM intake i WHERE i.sha256 = e.sha256)"
	return all(ctx, r, query, nil, scanOne[string])
}

// EraseJournal takes personal data out of entries of the journal, whose hashes stay.
// Entries about keep are left alone; those about own are all about the buyer, and of
// the others those of which holds says so. What it gives must be recorded in the same
// transaction as a change with data.EraseAction, or the chain no longer fits.
func (t *Tx) EraseJournal(own, keep map[JournalName]bool, holds func(text string) bool, s Scrubber) (list []data.ErasedEntry, err error) {
	var changed []data.JournalEntry
	_, err = all(t.ctx, &t.Reader, "SELECT "+journalColumns+" FROM journal ORDER BY seq", nil, func(row scanner) (struct{}, error) {
		e, err := scanJournal(row)
		if err != nil {
			return struct{}{}, err
		}
		name := JournalName{e.Entity, e.Key}
		if e.Action == data.EraseAction || keep[name] || !own[name] && !holds(e.Before) && !holds(e.After) {
			return struct{}{}, nil
		}
		before, after := s.JSON(e.Before, own[name]), s.JSON(e.After, own[name])
		if before != e.Before || after != e.After {
			changed = append(changed, e.Without(before, after))
		}
		return struct{}{}, nil
	})
	if err != nil {
		return nil, err
	}
	for _, e := range changed {
		if _, err := t.run("UPDATE journal SET before = ?, after = ? WHERE seq = ?", orNull(e.Before), orNull(e.After), e.Seq); err != nil {
			return nil, err
		}
		list = append(list, data.ErasedEntry{Seq: e.Seq, Hash: e.Hash, Now: e.Sum()})
	}
	return list, nil
}

// vouched are the entries from which personal data was taken, by their number.
type vouched map[int64]data.ErasedEntry

func vouchers(ctx context.Context, r *Reader) (vouched, error) {
	list, err := all(ctx, r, "SELECT "+journalColumns+" FROM journal WHERE action = ? ORDER BY seq", []any{data.EraseAction}, scanJournal)
	return vouchersIn(list), err
}

func vouchersIn(entries []data.JournalEntry) vouched {
	v := vouched{}
	for i := range entries {
		if entries[i].Action != data.EraseAction {
			continue
		}
		var told struct {
			Entries []data.ErasedEntry `json:"entries"`
		}
		if json.Unmarshal([]byte(entries[i].After), &told) != nil {
			continue // it was altered, which its own hash tells
		}
		for _, e := range told.Entries {
			if e.Seq < entries[i].Seq {
				v[e.Seq] = e
			}
		}
	}
	return v
}

// fits reports whether an entry is what was written: by its own hash or, where
// personal data was taken out of it, by the entry that says so.
func (v vouched) fits(e *data.JournalEntry) bool {
	sum := e.Sum()
	if sum == e.Hash {
		return true
	}
	told := v[e.Seq]
	return e.Erased() && told.Hash == e.Hash && told.Now == sum
}

const erasureColumns = "uid, buyer_id, ground, rule, done, kept, at, by, note"

// AddErasure keeps what was erased; it sets the ID, and a UID when it is empty.
func (t *Tx) AddErasure(e *data.Erasure) error {
	if e.UID == "" {
		e.UID = newUID()
	}
	e.At, e.By = t.now.UTC().Truncate(time.Millisecond), t.operator
	done, err := json.Marshal(erasureDone{e.Orders, e.Done, e.Files})
	if err != nil {
		return fmt.Errorf("writing what was erased: %w", err)
	}
	e.ID, err = t.insert(insertSQL("erasure", erasureColumns), e.UID, ref(e.BuyerID), string(e.Ground), e.Rule, string(done),
		jsonText{e.Kept}, ms(e.At), e.By, e.Note)
	return conflicting(err, "erasure")
}

// erasureDone is what the column done holds.
type erasureDone struct {
	Orders []string          `json:"orders"`
	Done   map[string]int    `json:"done"`
	Files  []data.ErasedFile `json:"files,omitempty"`
}

// Erasures gives what was erased, the newest first.
func (r *Reader) Erasures(ctx context.Context, limit int) ([]data.Erasure, error) {
	return all(ctx, r, "SELECT id, "+erasureColumns+" FROM erasure ORDER BY id DESC LIMIT ?", []any{limit}, func(row scanner) (e data.Erasure, err error) {
		var done erasureDone
		err = row.Scan(&e.ID, &e.UID, rowRef{&e.BuyerID}, &e.Ground, &e.Rule, jsonText{&done}, jsonText{&e.Kept}, moment{&e.At}, &e.By, &e.Note)
		e.Orders, e.Done, e.Files = done.Orders, done.Done, done.Files
		return e, err
	})
}

// OrdersPast gives the row ids of up to limit orders of a platform whose personal data
// is there still and whose last day, by what clock says of the order ("ordered_at",
// "shipped_at", "delivered_at"), was before a time; the oldest first.
func (r *Reader) OrdersPast(ctx context.Context, platform data.Platform, clock string, before time.Time, limit int) ([]int64, error) {
	if clock != "ordered_at" && clock != "shipped_at" && clock != "delivered_at" {
		return nil, fmt.Errorf("no clock runs from %q: %w", clock, data.ErrInvalid)
	}
	query := "SELECT o.id FROM orders o JOIN shop s ON s.id = o.shop_id WHERE s.platform = ? AND o." + clock + " < ? " +
		"AND (o.stated = '' OR json_extract(o.stated, '$.erased') IS NULL) ORDER BY o." + clock + " LIMIT ?"
	return all(ctx, r, query, []any{string(platform), ms(before), limit}, scanOne[int64])
}

// Wipe takes out of the database's file what was erased from its tables: pages that
// are no longer used, and words in the search indexes. It rewrites the file, so that
// it takes as long as copying it, and needs as much room again.
func (s *Store) Wipe(ctx context.Context) error {
	err := s.Update(ctx, func(t *Tx) error {
		for _, x := range searched {
			if _, err := t.run("INSERT INTO " + x.search + " (" + x.search + ") VALUES ('optimize')"); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	conn, err := s.write.Conn(ctx)
	if err != nil {
		return readError(ctx, err, s.path)
	}
	defer conn.Close() //nolint:errcheck // gives it back to the pool
	_, err = conn.ExecContext(ctx, "VACUUM")
	var busy, pages, moved int
	err = errors.Join(err, conn.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &pages, &moved))
	switch {
	case err != nil:
		return explain(fmt.Errorf("wiping what was erased: %w", err), s.path)
	case busy != 0:
		return problemWipeBusy.New("path", s.path)
	}
	return nil
}

var problemWipeBusy = data.DefineProblem("store_wipe_busy", data.ErrBusy,
	"What was erased still lies in the working file beside “{path}”, which something is reading.",
	"Close other programs that have the desk open, then check the desk once more.")
