package store

import (
	"context"
	"math"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/sync/errgroup"

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
	err := r.together(ctx,
		func(ctx context.Context) error {
			ids, more, err := r.hits(ctx, orderSearch, list, max(limit, buyersAmong))
			if err != nil {
				return err
			}
			if f.More.Orders = more || len(ids) > limit; len(ids) > 0 {
				if f.Buyers, err = r.buyersFound(ctx, ids, text, limit/2); err != nil {
					return err
				}
			}
			f.Orders, err = r.OrderRows(ctx, ids[:min(limit, len(ids))])
			return err
		},
		func(ctx context.Context) error { return r.searchGroup(ctx, data.FoundMessages, list, text, limit, &f) },
		func(ctx context.Context) error { return r.searchGroup(ctx, data.FoundDisputes, list, text, limit, &f) },
		func(ctx context.Context) error { return r.searchGroup(ctx, data.FoundFeedback, list, text, limit, &f) },
	)
	return f, err
}

// find searches one index and reads the rows that it found.
func find[T any](ctx context.Context, r *Reader, x searchIndex, list []term, limit int,
	rows func(context.Context, []int32) ([]T, error), found *[]T, more *bool,
) error {
	ids, others, err := r.hits(ctx, x, list, limit)
	if err != nil {
		return err
	}
	*more = others
	*found, err = rows(ctx, ids)
	return err
}

// together does the parts at the same time, where there are connections for it:
// a transaction has only its own. The first error ends the others.
func (r *Reader) together(ctx context.Context, parts ...func(context.Context) error) error {
	group, ctx := errgroup.WithContext(ctx)
	if _, several := r.q.(*pool); !several {
		group.SetLimit(1)
	}
	for _, part := range parts {
		group.Go(func() error { return part(ctx) })
	}
	return group.Wait()
}

// A searchIndex is one of the search indexes.
type searchIndex struct {
	table  string
	prefix int // the longest prefixes that it keeps apart, in letters
	// texts gives the searched texts of rows, in the order of ids.
	texts func(ctx context.Context, r *Reader, ids []int32) ([][]string, error)
}

var (
	orderSearch    = searchIndex{"order_search", 2, orderTexts}
	messageSearch  = searchIndex{"message_search", 4, messageTexts}
	disputeSearch  = searchIndex{"dispute_search", math.MaxInt, disputeTexts} // few enough to be read whole
	feedbackSearch = searchIndex{"feedback_search", math.MaxInt, feedbackTexts}
)

// The wide net for a long prefix is given up when fewer than one in wideShare
// of its rows, after the first wideRows of them, are right: then they are so few
// that the index may gather all, as it does for a whole long prefix.
const wideRows, wideShare = 24, 16

// hits gives the newest rows of an index that hold all terms, and whether there
// are more.
func (r *Reader) hits(ctx context.Context, x searchIndex, list []term, limit int) ([]int32, bool, error) {
	sure := true
	for _, t := range list {
		sure = sure && len(t.runs) == 0
	}
	if short, cut := matchShort(list, x.prefix); cut {
		// What many rows have is had by most rows with its first letters.
		kept, more, err := r.look(ctx, x, short, limit, true, func(texts []string) bool {
			return containsLong(list, x.prefix, texts) && containsRuns(list, texts...)
		})
		if err != nil || more {
			return kept, more, err
		}
	}
	if sure {
		return r.look(ctx, x, matchAll(list), limit, false, nil)
	}
	return r.look(ctx, x, matchAll(list), limit, false, func(texts []string) bool { return containsRuns(list, texts...) })
}

// look gives the newest of an expression's rows whose texts are right, and
// whether there are more than limit. No function means that all are. Where many
// are not, a wide look is given up.
func (r *Reader) look(ctx context.Context, x searchIndex, expression string, limit int, wide bool, right func(texts []string) bool) ([]int32, bool, error) {
	query := "SELECT rowid FROM " + x.table + " WHERE " + x.table + " MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?"
	var kept []int32
	seen := 0
	for below, step := int64(1)<<62, limit+1; ; step *= 2 {
		some, err := all(ctx, r, query, []any{expression, below, step}, scanOne[int32])
		if err != nil {
			return nil, false, err
		}
		var texts [][]string
		if right != nil {
			if texts, err = x.texts(ctx, r, some); err != nil {
				return nil, false, err
			}
		}
		for i, id := range some {
			if right != nil && !right(texts[i]) {
				continue
			}
			if kept = append(kept, id); len(kept) > limit {
				return kept[:limit], true, nil
			}
		}
		seen += len(some)
		if len(some) < step || wide && seen >= wideRows && len(kept)*wideShare < seen {
			return kept, false, nil
		}
		below = int64(some[len(some)-1])
	}
}

// rowTexts are the searched texts of one row.
type rowTexts struct {
	id    int64
	texts []string
}

// readTexts reads a row's id and its texts.
func readTexts(n int) func(scanner) (rowTexts, error) {
	return func(row scanner) (rowTexts, error) {
		t := rowTexts{texts: make([]string, n)}
		into := []any{&t.id}
		for i := range t.texts {
			into = append(into, &t.texts[i])
		}
		return t, row.Scan(into...)
	}
}

// textsByQuery reads the n texts of each row with a query that ends in "IN (".
func textsByQuery(ctx context.Context, r *Reader, query string, n int, ids []int32) ([][]string, error) {
	at := make(map[int64][]string, len(ids))
	err := chunks(ids, func(marks string, args []any) error {
		some, err := all(ctx, r, query+marks+")", args, readTexts(n))
		for _, t := range some {
			at[t.id] = t.texts
		}
		return err
	})
	list := make([][]string, len(ids))
	for i, id := range ids {
		list[i] = at[int64(id)]
	}
	return list, err
}

// orderTexts reads what orderText tells of an order.
func orderTexts(ctx context.Context, r *Reader, ids []int32) ([][]string, error) {
	return textsByQuery(ctx, r, "SELECT o.id, o.number, o.buyer_name, o.buyer_handle, o.buyer_email, o.buyer_phone, o.ship_name, o.ship_postcode, "+
		"o.payment_ref, o.buyer_note, o.seller_note, "+
		"coalesce((SELECT group_concat(title || char(10) || sku, char(10)) FROM item WHERE order_id = o.id), ''), "+
		"coalesce((SELECT group_concat(tracking, char(10)) FROM shipment WHERE order_id = o.id), '') FROM orders o WHERE o.id IN (", 12, ids)
}

// messageTexts reads what messageText tells of a message.
func messageTexts(ctx context.Context, r *Reader, ids []int32) ([][]string, error) {
	return textsByQuery(ctx, r, "SELECT id, text, translation, author FROM message WHERE id IN (", 3, ids)
}

func disputeTexts(ctx context.Context, r *Reader, ids []int32) ([][]string, error) {
	list := make([][]string, len(ids))
	for i, id := range ids {
		d, err := r.Dispute(ctx, int64(id))
		if err != nil {
			return nil, err
		}
		list[i] = disputeText(d)
	}
	return list, nil
}

func feedbackTexts(ctx context.Context, r *Reader, ids []int32) ([][]string, error) {
	list := make([][]string, len(ids))
	for i, id := range ids {
		f, err := r.Feedback(ctx, int64(id))
		if err != nil {
			return nil, err
		}
		list[i] = feedbackText(&f)
	}
	return list, nil
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
		worked, err := s.mergeOne(ctx, table, mergePages)
		if err != nil {
			return false, explain(err, s.path)
		}
		more = more || worked
	}
	return more, nil
}

// MergeWhole brings search indexes that lie in many pieces, as a large import leaves
// them, into one, for as long as it may take; what is left then MergeSearch does.
// A search asks each piece.
func (s *Store) MergeWhole(ctx context.Context, atMost time.Duration) error {
	if s.write == nil {
		return nil
	}
	until := time.Now().Add(atMost)
	for _, table := range []string{"message_search", "order_search"} {
		pieces, err := first(ctx, &s.Reader, "SELECT count(DISTINCT segid) FROM "+table+"_idx", nil, scanOne[int])
		if err != nil {
			return err
		}
		if pieces <= fewPieces {
			continue
		}
		pages := -mergePages // puts all pieces on one level, so that those after go on to the end
		for more := true; more && time.Now().Before(until); pages = mergePages {
			if more, err = s.mergeOne(ctx, table, pages); err != nil {
				return explain(err, s.path)
			}
		}
	}
	return nil
}

const (
	mergePages = 200 // that one step writes
	fewPieces  = 4   // of an index, with which a search is fast enough
)

// mergeOne merges up to so many pages. Fewer than two changed rows mean that there
// was nothing to merge: SQLite documents that for the 'merge' command.
func (s *Store) mergeOne(ctx context.Context, table string, pages int) (bool, error) {
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
	if _, err := conn.ExecContext(ctx, "INSERT INTO "+table+" ("+table+", rank) VALUES ('merge', ?)", pages); err != nil {
		return false, err
	}
	after, err := changes()
	return after-before >= 2, err
}
