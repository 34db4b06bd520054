package store

import (
	"context"
	"strings"
)

const importColumns = "uid, shop_id, kind, file, sha256, preset, at, operator, added, updated, unchanged, older, rejected"

// PutImport writes an import: the one with its ID, else a new one. It sets the
// ID, and UID, At and Operator when they are empty.
func (t *Tx) PutImport(m *Import) error {
	shop, err := t.ShopByID(t.ctx, m.Shop.ID)
	if err != nil {
		return err
	}
	m.Shop = shop
	if m.UID == "" {
		m.UID = newUID()
	}
	if m.At.IsZero() {
		m.At = t.now
	}
	if m.Operator == "" {
		m.Operator = t.operator
	}
	c := m.Counts
	values := []any{
		m.UID, m.Shop.ID, m.Kind, m.File, m.SHA256, m.Preset, ms(m.At), m.Operator,
		c.Added, c.Updated, c.Unchanged, c.Older, c.Rejected,
	}
	if m.ID != 0 {
		return t.change("import", m.UID, updateSQL("import", importColumns), append(values, m.ID)...)
	}
	m.ID, err = t.insert(insertSQL("import", importColumns), values...)
	return conflicting(err, "import")
}

var importSelect = "SELECT i.id, s.id, s.platform, s.name, s.zone, s.currency, " + prefixed("i", strings.Replace(importColumns, "shop_id, ", "", 1)) +

	" FROM import i JOIN shop s ON s.id = i.shop_id "

func scanImport(row scanner) (m Import, err error) {
	return m, row.Scan(&m.ID, &m.Shop.ID, &m.Shop.Platform, &m.Shop.Name, &m.Shop.Zone, &m.Shop.Currency,
		&m.UID, &m.Kind, &m.File, &m.SHA256, &m.Preset, moment{&m.At}, &m.Operator,
		&m.Counts.Added, &m.Counts.Updated, &m.Counts.Unchanged, &m.Counts.Older, &m.Counts.Rejected)
}

// ImportsOfOrder gives the import that brought an order and the one that last
// changed it; none when it was made by hand.
func (r *Reader) ImportsOfOrder(ctx context.Context, orderID int64) ([]Import, error) {
	const where = "WHERE i.id IN (SELECT import_id FROM orders WHERE id = ? UNION SELECT import_last FROM orders WHERE id = ?) ORDER BY i.id"
	return all(ctx, r, importSelect+where, []any{orderID, orderID}, scanImport)
}
