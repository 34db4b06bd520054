package store

import (
	"context"
	"slices"
	"strings"

	"casebinder/data"
)

// buyersAmong is how many of the newest orders that a search found are looked at for
// the buyers that it may have meant.
const buyersAmong = 40

// buyersFound gives the persons behind some orders in whose name, account, mail or
// phone the words of a search stand, at most limit; others have them in what they
// bought.
func (r *Reader) buyersFound(ctx context.Context, orders []int32, text string, limit int) ([]data.BuyerRow, error) {
	ids, err := r.buyerHeads(ctx, orders, text, limit)
	if err != nil {
		return nil, err
	}
	return r.BuyerRows(ctx, ids)
}

// buyerHeads gives the ids of the persons that buyersFound gives.
func (r *Reader) buyerHeads(ctx context.Context, orders []int32, text string, limit int) ([]int32, error) {
	words := strings.Fields(strings.ToLower(plain(strings.ToValidUTF8(text, " "))))
	var heads []int64
	err := chunks(orders, func(marks string, args []any) error {
		const query = "SELECT " + headSQL + ", o.buyer_name || ' ' || o.buyer_handle || ' ' || o.buyer_email || ' ' || o.buyer_phone " +
			"FROM orders o JOIN buyer b ON b.id = o.buyer_id WHERE o.id IN ("
		_, err := all(ctx, r, query+marks+") ORDER BY o.ordered_at DESC", args, func(row scanner) (none struct{}, err error) {
			var head int64
			var named string
			if err := row.Scan(&head, &named); err != nil {
				return none, err
			}
			named = strings.ToLower(plain(named))
			meant := !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(named, w) })
			if meant && len(heads) < limit && !slices.Contains(heads, head) {
				heads = append(heads, head)
			}
			return none, nil
		})
		return err
	})
	if err != nil {
		return nil, err
	}
	ids := make([]int32, len(heads))
	for i, head := range heads {
		ids[i] = int32(head)
	}
	return ids, nil
}
