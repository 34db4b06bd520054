package store

import (
	"context"

	"casebinder/data"
)

// GoodsBySKU gives what is known of products by their SKU, in a shop or in every
// shop, as many as are there.
func (r *Reader) GoodsBySKU(ctx context.Context, shopID int64, skus []string) ([]data.KnownGoods, error) {
	if len(skus) == 0 {
		return nil, nil
	}
	args := []any{shopID}
	for range 2 {
		for _, s := range skus {
			args = append(args, s)
		}
	}
	return all(ctx, r, "SELECT CASE WHEN title <> '' THEN title ELSE sku END, class, fragile FROM product "+
		"WHERE coalesce(shop_id, 0) IN (0, ?) AND (sku IN ("+marks(len(skus))+") AND sku <> '' OR id IN (SELECT product_id FROM product_variant WHERE sku IN ("+marks(len(skus))+"))) AND binned_at IS NULL ORDER BY id",
		args, func(row scanner) (g data.KnownGoods, err error) { return g, row.Scan(&g.Title, &g.Class, &g.Fragile) })
}
