package store

import (
	"context"
	"database/sql"
	"errors"

	"casebinder/data"
)

// OrderTongue gives the language that somebody said an order's buyer reads, and who
// said it: "person" or "file"; both are "" where nobody did.
func (r *Reader) OrderTongue(ctx context.Context, orderID int64) (language, told string, err error) {
	pair, err := first(ctx, r, "SELECT language, language_told FROM orders WHERE id = ?", []any{orderID}, func(row scanner) (p [2]string, err error) {
		return p, row.Scan(&p[0], &p[1])
	})
	return pair[0], pair[1], missing(err, "order", orderID)
}

// SetOrderTongue writes the language that somebody said an order's buyer reads; ""
// says nothing.
func (t *Tx) SetOrderTongue(orderID int64, language, told string) error {
	return t.change(data.EntityOrder, orderID, "UPDATE orders SET language = ?, language_told = ? WHERE id = ?", language, told, orderID)
}

// theirTold selects the orders of the person behind account ?1 of which a person
// told the language, the newest first.
const theirTold = "FROM orders WHERE buyer_id IN (" + membersSQL + ") AND language_told = 'person' AND language <> '' ORDER BY ordered_at DESC, id DESC"

// PersonTold gives the orders of the person behind an account of which a person told
// the language, the newest first.
func (r *Reader) PersonTold(ctx context.Context, buyerID int64) ([]int64, error) {
	return all(ctx, r, "SELECT id "+theirTold, []any{buyerID}, scanOne[int64])
}

// PersonTongue gives the language that a person told last of the orders of the
// person behind an account; "" where nobody did.
func (r *Reader) PersonTongue(ctx context.Context, buyerID int64) (string, error) {
	language, err := first(ctx, r, "SELECT language "+theirTold+" LIMIT 1", []any{buyerID}, scanOne[string])
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return language, err
}

// BuyerWords gives the texts of the newest messages of the buyer about an order,
// the newest first.
func (r *Reader) BuyerWords(ctx context.Context, orderID int64, n int) ([]string, error) {
	const query = "SELECT text FROM message WHERE order_id = ? AND direction = 'in' ORDER BY sent_at DESC, id DESC LIMIT ?"
	return all(ctx, r, query, []any{orderID, n}, scanOne[string])
}

// OtherOrder is another order of a buyer, and the language that was told of it.
type OtherOrder struct {
	ID       int64
	Language string
}

// OtherOrders gives the newest other orders of a buyer.
func (r *Reader) OtherOrders(ctx context.Context, buyerID, but int64, n int) ([]OtherOrder, error) {
	const query = "SELECT id, language FROM orders WHERE buyer_id = ? AND id <> ? ORDER BY ordered_at DESC, id DESC LIMIT ?"
	return all(ctx, r, query, []any{buyerID, but, n}, func(row scanner) (o OtherOrder, err error) {
		return o, row.Scan(&o.ID, &o.Language)
	})
}

// BoughtBefore reports whether a buyer has an earlier order in a shop.
func (r *Reader) BoughtBefore(ctx context.Context, o *data.Order) (bool, error) {
	if o.Buyer.ID == 0 {
		return false, nil
	}
	const query = "SELECT EXISTS (SELECT 1 FROM orders WHERE buyer_id = ? AND shop_id = ? AND id <> ? AND ordered_at < ?)"
	return first(ctx, r, query, []any{o.Buyer.ID, o.Shop.ID, o.ID, ms(o.OrderedAt)}, scanOne[bool])
}

// SaidTemplates lists the templates of which a message was sent on an order.
func (r *Reader) SaidTemplates(ctx context.Context, orderID int64) ([]string, error) {
	const query = "SELECT DISTINCT template FROM message WHERE order_id = ? AND template <> '' AND direction = 'out' ORDER BY template"
	return all(ctx, r, query, []any{orderID}, scanOne[string])
}

// TemplateUse counts what became of the messages of each template: sent, answered
// by the buyer within a week, and on an order of which a dispute was opened
// afterwards.
func (r *Reader) TemplateUse(ctx context.Context) ([]data.TemplateUse, error) {
	const query = `SELECT m.template, m.variant, count(*),
  count(*) FILTER (WHERE EXISTS (SELECT 1 FROM message a WHERE a.order_id = m.order_id AND a.direction = 'in' AND a.sent_at > m.sent_at AND a.sent_at <= m.sent_at + 604800000)),
  count(*) FILTER (WHERE EXISTS (SELECT 1 FROM dispute d WHERE d.order_id = m.order_id AND d.opened_at > m.sent_at AND d.binned_at IS NULL)),
  max(m.sent_at)
FROM message m WHERE m.template <> '' AND m.direction = 'out' AND m.order_id IS NOT NULL
GROUP BY m.template, m.variant ORDER BY m.template, m.variant`
	return all(ctx, r, query, nil, func(row scanner) (u data.TemplateUse, err error) {
		return u, row.Scan(&u.Template, &u.Variant, &u.Sent, &u.Answered, &u.Disputed, moment{&u.Last})
	})
}
