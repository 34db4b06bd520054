package store

import (
	"context"
	"strings"
	"unicode/utf8"

	"casebinder/data"
)

// index puts the texts of a row into a search index.
func (t *Tx) index(table string, id int64, fresh bool, texts []string) error {
	if t.fill != nil && table == "order_search" {
		t.writes++
		return t.fill.add(searchJob{id, fresh, texts})
	}
	b := segments(nil, texts)
	verb := "INSERT OR REPLACE"
	if fresh {
		verb = "INSERT"
	}
	_, err := t.exec(verb+" INTO "+table+" (rowid, text) VALUES (?, ?)", id, string(b))
	return err
}

// SearchAll finds orders, disputes, messages and feedback that hold all words
// of the text, newest first, up to limit of each. It is made to run at each
// key press: cancel the context of the one before.
func (r *Reader) SearchAll(ctx context.Context, text string, limit int) (data.Found, error) {
	var f data.Found
	list := terms(text)
	if len(list) == 0 || limit <= 0 {
		return f, nil
	}
	orders, more, err := r.hits(ctx, "order_search", list, limit, r.orderTexts)
	if err != nil {
		return f, err
	}
	f.More.Orders = more
	if f.Orders, err = r.OrderRows(ctx, orders); err != nil {
		return f, err
	}
	disputes, more, err := r.hits(ctx, "dispute_search", list, limit, r.disputeTexts)
	if err != nil {
		return f, err
	}
	f.More.Disputes = more
	if f.Disputes, err = r.DisputeRows(ctx, disputes); err != nil {
		return f, err
	}
	messages, more, err := r.hits(ctx, "message_search", list, limit, r.messageTexts)
	if err != nil {
		return f, err
	}
	f.More.Messages = more
	if f.Messages, err = r.messageHits(ctx, messages, list); err != nil {
		return f, err
	}
	feedback, more, err := r.hits(ctx, "feedback_search", list, limit, r.feedbackTexts)
	if err != nil {
		return f, err
	}
	f.More.Feedback = more
	f.Feedback, err = r.FeedbackRows(ctx, feedback)
	return f, err
}

// hits gives the newest rows of an index that hold all terms, and whether there
// are more. texts is asked only when pairs of characters are not enough.
func (r *Reader) hits(ctx context.Context, table string, list []term, limit int,
	texts func(context.Context, int32) ([]string, error),
) ([]int32, bool, error) {
	query := "SELECT rowid FROM " + table + " WHERE " + table + " MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?"
	sure := true
	for _, t := range list {
		sure = sure && len(t.runs) == 0
	}
	var kept []int32
	for below, step := int64(1)<<62, limit+1; ; step *= 2 {
		some, err := all(ctx, r, query, []any{matchAll(list), below, step}, scanOne[int32])
		if err != nil {
			return nil, false, err
		}
		for _, id := range some {
			below = int64(id)
			if !sure {
				t, err := texts(ctx, id)
				if err != nil {
					return nil, false, err
				}
				if !containsRuns(list, t...) {
					continue
				}
			}
			if kept = append(kept, id); len(kept) > limit {
				return kept[:limit], true, nil
			}
		}
		if len(some) < step {
			return kept, false, nil
		}
	}
}

func (r *Reader) orderTexts(ctx context.Context, id int32) ([]string, error) {
	o, err := r.Order(ctx, int64(id))
	if err != nil {
		return nil, err
	}
	return orderText(o), nil
}

func (r *Reader) messageTexts(ctx context.Context, id int32) ([]string, error) {
	m, err := r.messageByID(ctx, int64(id))
	return messageText(&m), err
}

func (r *Reader) disputeTexts(ctx context.Context, id int32) ([]string, error) {
	d, err := r.Dispute(ctx, int64(id))
	if err != nil {
		return nil, err
	}
	return disputeText(d), nil
}

func (r *Reader) feedbackTexts(ctx context.Context, id int32) ([]string, error) {
	f, err := r.Feedback(ctx, int64(id))
	return feedbackText(&f), err
}

func (r *Reader) messageHits(ctx context.Context, ids []int32, list []term) ([]data.MessageHit, error) {
	hits := make([]data.MessageHit, 0, len(ids))
	const query = "SELECT m.id, m.order_id, coalesce(o.number, ''), coalesce(s.name, ''), m.sent_at, m.text, m.translation FROM message m " +
		"LEFT JOIN orders o ON o.id = m.order_id LEFT JOIN shop s ON s.id = o.shop_id WHERE m.id IN ("
	err := chunks(ids, func(marks string, args []any) error {
		some, err := all(ctx, r, query+marks+")", args, func(row scanner) (h data.MessageHit, err error) {
			var text, translation string
			err = row.Scan(&h.MessageID, rowRef{&h.OrderID}, &h.OrderNumber, &h.ShopName, moment{&h.SentAt}, &text, &translation)
			h.Snippet = snippet(list, text, translation)
			return h, err
		})
		hits = append(hits, some...)
		return err
	})
	return inOrder(ids, hits, func(h data.MessageHit) int64 { return h.MessageID }), err
}

// snippet cuts about 80 characters around the first word that is found.
func snippet(list []term, texts ...string) string {
	for _, text := range texts {
		lower := strings.ToLower(text)
		for _, t := range list {
			word := strings.ToLower(firstToken(t.match))
			if at := strings.Index(lower, word); at >= 0 && len(lower) == len(text) {
				return around(text, at)
			}
		}
	}
	for _, text := range texts {
		if text != "" {
			return around(text, 0)
		}
	}
	return ""
}

func firstToken(match string) string {
	_, rest, _ := strings.Cut(match, `"`)
	token, _, _ := strings.Cut(rest, `"`)
	return token
}

func around(text string, at int) string {
	from := at
	for n := 0; from > 0 && n < 30; n++ {
		_, size := utf8.DecodeLastRuneInString(text[:from])
		from -= size
	}
	to := at
	for n := 0; to < len(text) && n < 50; n++ {
		_, size := utf8.DecodeRuneInString(text[to:])
		to += size
	}
	cut := strings.Join(strings.Fields(text[from:to]), " ")
	if from > 0 {
		cut = "… " + cut
	}
	if to < len(text) {
		cut += " …"
	}
	return cut
}

// MergeSearch does a little of the search indexes' upkeep: call it when the
// program is idle, until it reports that nothing is left to do. It is
// bookkeeping and no change to what is stored.
func (s *Store) MergeSearch(ctx context.Context) (more bool, err error) {
	if s.write == nil {
		return false, nil
	}
	for _, table := range []string{"order_search", "message_search", "dispute_search", "feedback_search"} {
		worked, err := s.mergeOne(ctx, table)
		if err != nil {
			return false, explain(err, s.path)
		}
		more = more || worked
	}
	return more, nil
}

// mergeOne merges up to 200 pages. Fewer than two changed rows mean that there
// was nothing to merge: SQLite documents that for the 'merge' command.
func (s *Store) mergeOne(ctx context.Context, table string) (bool, error) {
	conn, err := s.write.Conn(ctx)
	if err != nil {
		return false, err
	}
	defer conn.Close() //nolint:errcheck // gives it back to the pool
	changes := func() (n int, err error) {
		return n, conn.QueryRowContext(ctx, "SELECT total_changes()").Scan(&n)
	}
	before, err := changes()
	if err != nil {
		return false, err
	}
	if _, err := conn.ExecContext(ctx, "INSERT INTO "+table+" ("+table+", rank) VALUES ('merge', 200)"); err != nil {
		return false, err
	}
	after, err := changes()
	return after-before >= 2, err
}
