package store

import (
	"context"

	"casebinder/data"
)

// binnedSQL lists what lies in the bin: of what entity, its name, the number of
// the order that it hangs on, and since when.
const binnedSQL = "SELECT 'dispute', id, uid, case_number, order_number, binned_at FROM dispute WHERE binned_at IS NOT NULL " +
	"UNION ALL SELECT 'evidence', e.id, e.uid, e.name, coalesce(o.number, ''), e.binned_at FROM evidence e LEFT JOIN orders o ON o.id = e.order_id WHERE e.binned_at IS NOT NULL " +
	"UNION ALL SELECT 'feedback', id, uid, text, order_number, binned_at FROM feedback WHERE binned_at IS NOT NULL " +
	"UNION ALL SELECT 'task', k.id, k.uid, k.title, coalesce(o.number, ''), k.binned_at FROM task k LEFT JOIN orders o ON o.id = k.order_id WHERE k.binned_at IS NOT NULL " +
	"UNION ALL SELECT 'complaint', c.id, c.uid, c.happened, coalesce(o.number, ''), c.binned_at FROM complaint c LEFT JOIN orders o ON o.id = c.order_id WHERE c.binned_at IS NOT NULL " +
	"UNION ALL SELECT 'path_run', p.id, p.uid, p.path, coalesce(o.number, ''), p.binned_at FROM path_run p LEFT JOIN orders o ON o.id = p.order_id WHERE p.binned_at IS NOT NULL " +
	"UNION ALL SELECT 'product', id, uid, coalesce(nullif(title, ''), sku), '', binned_at FROM product WHERE binned_at IS NOT NULL " +
	"UNION ALL SELECT 'supplier', id, uid, name, '', binned_at FROM supplier WHERE binned_at IS NOT NULL " +
	"UNION ALL SELECT 'product_paper', id, uid, kind || ' ' || note, '', binned_at FROM product_paper WHERE binned_at IS NOT NULL " +
	"UNION ALL SELECT 'template', id, uid, name, '', binned_at FROM template WHERE binned_at IS NOT NULL " +
	"ORDER BY 6 DESC, 1, 2"

// Binned lists all that lies in the bin, what was put there last first.
func (r *Reader) Binned(ctx context.Context) ([]data.Binned, error) {
	return all(ctx, r, binnedSQL, nil, func(row scanner) (b data.Binned, err error) {
		return b, row.Scan(&b.Entity, &b.ID, &b.UID, &b.Name, &b.OrderNumber, moment{&b.At})
	})
}
