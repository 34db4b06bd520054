package store

import (
	"context"
	"time"

	"casebinder/data"
)

// MatterOpen reports whether a dispute or complaint about an order is open.
func (r *Reader) MatterOpen(ctx context.Context, orderID int64) (bool, error) {
	const query = "SELECT EXISTS (SELECT 1 FROM dispute WHERE order_id = ?1 AND binned_at IS NULL AND stage <> 'closed') " +
		"OR EXISTS (SELECT 1 FROM complaint WHERE order_id = ?1 AND binned_at IS NULL AND closed_at IS NULL)"
	return first(ctx, r, query, []any{orderID}, scanOne[bool])
}

// BuyerMessages counts what the buyer wrote about an order.
func (r *Reader) BuyerMessages(ctx context.Context, orderID int64) (int, error) {
	return first(ctx, r, "SELECT count(*) FROM message WHERE order_id = ? AND direction = ?", []any{orderID, string(data.FromBuyer)}, scanOne[int])
}

// FeedbackOfOrder gives the received feedback on an order, oldest first.
func (r *Reader) FeedbackOfOrder(ctx context.Context, orderID int64) ([]data.Feedback, error) {
	return all(ctx, r, feedbackSelect+"f.order_id = ? AND f.given = 0 AND f.binned_at IS NULL ORDER BY f.left_at, f.id", []any{orderID}, scanFeedback)
}

// LikeFeedback gives the feedback of a shop with the same order number, stars and
// text that a person wrote down before a file told it: it has an id of the desk and
// none of the platform.
func (r *Reader) LikeFeedback(ctx context.Context, f *data.Feedback) (data.Feedback, error) {
	const where = "f.shop_id = ? AND f.order_number = ? AND f.order_number <> '' AND f.stars = ? AND f.text = ? AND f.given = ? AND f.uid <> ? AND f.uid GLOB '????????-????-7???-????-????????????' AND f.binned_at IS NULL ORDER BY f.id LIMIT 1"
	like, err := first(ctx, r, feedbackSelect+where, []any{f.Shop.ID, f.OrderNumber, f.Stars, f.Text, f.Given, f.UID}, scanFeedback)
	if err != nil {
		return like, missing(err, "feedback", f.UID)
	}
	like.Changes, err = r.feedbackChanges(ctx, like.ID)
	return like, err
}

// DetailAverages gives the mean of each detailed rating, and how many there are, of
// received feedback of a time that the platform did not remove. Shop 0 is all; the
// zero time has no bound.
func (r *Reader) DetailAverages(ctx context.Context, shopID int64, since, until time.Time) ([]data.DetailAverage, error) {
	const query = "SELECT j.key, avg(j.value), count(*) FROM feedback f, json_each(f.details) j WHERE f.details <> '' AND f.binned_at IS NULL AND f.given = 0 AND f.removed_at IS NULL " +
		"AND (?1 = 0 OR f.shop_id = ?1) AND (?2 IS NULL OR f.left_at >= ?2) AND (?3 IS NULL OR f.left_at < ?3) GROUP BY j.key ORDER BY j.key"
	return all(ctx, r, query, []any{shopID, ms(since), ms(until)}, func(row scanner) (a data.DetailAverage, err error) {
		return a, row.Scan(&a.Name, &a.Mean, &a.N)
	})
}

const toneSums = "count(DISTINCT CASE WHEN f.stars >= 4 THEN f.id END), count(DISTINCT CASE WHEN f.stars = 3 THEN f.id END), count(DISTINCT CASE WHEN f.stars <= 2 THEN f.id END) "

// trends are how feedback is grouped: the key, the title, and what is joined.
var trends = map[string]string{
	"cause": "SELECT f.cause, '', " + toneSums + "FROM feedback f ",
	"product": "SELECT CASE WHEN f.product <> '' THEN f.product WHEN coalesce(i.sku, '') <> '' THEN i.sku ELSE coalesce(i.title, '') END, max(coalesce(i.title, '')), " + toneSums +
		"FROM feedback f LEFT JOIN item i ON i.order_id = f.order_id AND (f.product = '' OR f.product = i.sku OR f.product = i.title) ",
	"carrier": "SELECT coalesce(p.carrier, ''), '', " + toneSums + "FROM feedback f LEFT JOIN shipment p ON p.order_id = f.order_id AND p.kind <> 'return' AND p.carrier <> '' ",
}

// FeedbackTrends counts received feedback of a time by "cause", "product" or
// "carrier", the most bad first. Feedback on an order of two products counts with
// both, unless it names one. Shop 0 is all; the zero time has no bound.
func (r *Reader) FeedbackTrends(ctx context.Context, by string, shopID int64, since, until time.Time) ([]data.FeedbackTrend, error) {
	query, known := trends[by]
	if !known {
		return nil, problemTrend.New("by", by)
	}
	query += "WHERE f.binned_at IS NULL AND f.given = 0 AND (?1 = 0 OR f.shop_id = ?1) AND (?2 IS NULL OR f.left_at >= ?2) AND (?3 IS NULL OR f.left_at < ?3) " +
		"GROUP BY 1 ORDER BY 5 DESC, 4 DESC, 3 DESC, 1"
	return all(ctx, r, query, []any{shopID, ms(since), ms(until)}, func(row scanner) (t data.FeedbackTrend, err error) {
		return t, row.Scan(&t.Key, &t.Title, &t.Positive, &t.Neutral, &t.Negative)
	})
}

var problemTrend = data.DefineProblem("feedback_trend", data.ErrInvalid,
	"Feedback cannot be counted by “{by}”.", "Choose cause, product or carrier.")

// OwnCauses lists the causes that feedback was put down to and that are not among
// the known ones, the most used first.
func (r *Reader) OwnCauses(ctx context.Context) ([]string, error) {
	return all(ctx, r, "SELECT cause FROM feedback WHERE cause <> '' AND binned_at IS NULL GROUP BY cause ORDER BY count(*) DESC, cause LIMIT 200", nil, scanOne[string])
}

// ExpectedNotes counts what buyers of a product complained of in feedback because the
// page had not told them, by cause, with the newest words.
func (r *Reader) ExpectedNotes(ctx context.Context, p *data.Product, causes []string) ([]data.ProductCause, error) {
	held, args := heldBy(p)
	names := make([]any, 0, len(causes))
	for _, c := range causes {
		names = append(names, c)
	}
	skus := p.SKUs()
	if len(skus) == 0 {
		skus = []string{p.Title}
	}
	named := make([]any, len(skus))
	for i, s := range skus {
		named[i] = s
	}
	query := "SELECT f.cause, count(*) n, max(f.left_at), f.text FROM feedback f WHERE f.binned_at IS NULL AND f.given = 0 AND f.stars <= 3 AND f.cause IN (" + marks(len(causes)) + ") " +
		"AND (f.product IN (" + marks(len(named)) + ") OR f.product = '' AND EXISTS (SELECT 1 FROM item i WHERE i.order_id = f.order_id AND " + held + ")) " +
		"AND (? = 0 OR f.shop_id = ?) GROUP BY f.cause ORDER BY n DESC, f.cause"
	values := append(append(append(names, named...), args...), p.ShopID, p.ShopID)
	return all(ctx, r, query, values, func(row scanner) (c data.ProductCause, err error) {
		return c, row.Scan(&c.Cause, &c.N, moment{&c.Last}, &c.Words)
	})
}

// FeedbackByText gives the feedback whose UID a text is, or begins with 8 characters
// or more; at most two.
func (r *Reader) FeedbackByText(ctx context.Context, text string) ([]data.Feedback, error) {
	exact, err := all(ctx, r, feedbackSelect+"f.uid = ? AND f.binned_at IS NULL LIMIT 2", []any{text}, scanFeedback)
	if err != nil || len(exact) > 0 || len(text) < 8 {
		return exact, err
	}
	return all(ctx, r, feedbackSelect+"substr(f.uid, 1, length(?1)) = ?1 AND f.binned_at IS NULL LIMIT 2", []any{text}, scanFeedback)
}
