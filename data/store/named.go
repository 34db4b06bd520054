package store

import (
	"context"
	"encoding/json"
	"fmt"
)

// NamesOf gives, of some names, those that are the name of an order's buyer, as
// they are written there.
func (r *Reader) NamesOf(ctx context.Context, names []string) ([]string, error) {
	return r.among(ctx, "SELECT DISTINCT buyer_name FROM orders WHERE buyer_name IN (SELECT value FROM json_each(?1)) AND buyer_name <> ''", names)
}

// NamesHolding gives the names of the buyers and receivers of the newest orders,
// up to limit of them, in which a word stands.
func (r *Reader) NamesHolding(ctx context.Context, word string, limit int) ([]string, error) {
	list := terms(word)
	if len(list) == 0 {
		return nil, nil
	}
	ids, _, err := r.hits(ctx, orderSearch, list, limit)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	text, err := json.Marshal(ids)
	if err != nil {
		return nil, fmt.Errorf("listing orders: %w", err)
	}
	const query = "SELECT buyer_name FROM orders WHERE id IN (SELECT value FROM json_each(?1)) UNION SELECT ship_name FROM orders WHERE id IN (SELECT value FROM json_each(?1))"
	return all(ctx, r, query, []any{string(text)}, scanOne[string])
}

// NumbersOf gives, of some numbers, those of other orders than one, and of their
// parcels.
func (r *Reader) NumbersOf(ctx context.Context, numbers []string, but int64) ([]string, error) {
	const query = "SELECT number FROM orders WHERE number IN (SELECT value FROM json_each(?1)) AND id <> ?2 UNION " +
		"SELECT tracking FROM shipment WHERE tracking IN (SELECT value FROM json_each(?1)) AND tracking <> '' AND order_id <> ?2"
	return r.among(ctx, query, numbers, but)
}

func (r *Reader) among(ctx context.Context, query string, list []string, more ...any) ([]string, error) {
	text, err := json.Marshal(list)
	if err != nil {
		return nil, fmt.Errorf("listing names: %w", err)
	}
	return all(ctx, r, query, append([]any{string(text)}, more...), scanOne[string])
}
