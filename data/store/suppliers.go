package store

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"casebinder/data"
)

const supplierColumns = "uid, name, contact, warranty_days, pays_defects, pays_returns, notes, updated_at, updated_by, binned_at"

const supplierSelect = "SELECT id, " + supplierColumns + ", (SELECT count(*) FROM product p WHERE p.supplier_id = supplier.id AND p.binned_at IS NULL) FROM supplier WHERE "

func scanSupplier(row scanner) (s data.Supplier, err error) {
	return s, row.Scan(&s.ID, &s.UID, &s.Name, &s.Contact, &s.Warranty, &s.Defects, &s.Returns, &s.Notes, moment{&s.UpdatedAt}, &s.UpdatedBy, moment{&s.BinnedAt}, &s.Products)
}

// SupplierList gives the suppliers that are not in the bin, by name.
func (r *Reader) SupplierList(ctx context.Context) ([]data.Supplier, error) {
	return all(ctx, r, supplierSelect+"binned_at IS NULL ORDER BY name COLLATE NOCASE, id", nil, scanSupplier)
}

// Supplier gives a supplier, also from the bin.
func (r *Reader) Supplier(ctx context.Context, id int64) (data.Supplier, error) {
	s, err := first(ctx, r, supplierSelect+"id = ?", []any{id}, scanSupplier)
	return s, missing(err, "supplier", id)
}

// SupplierNamed gives the supplier of a name, in whatever case, that is not in the bin.
func (r *Reader) SupplierNamed(ctx context.Context, name string) (data.Supplier, error) {
	s, err := first(ctx, r, supplierSelect+"binned_at IS NULL AND name = ? COLLATE NOCASE", []any{strings.TrimSpace(name)}, scanSupplier)
	return s, missing(err, "supplier", name)
}

// SupplierOfArticle gives by article, SKU or else title, the one supplier that it has.
func (r *Reader) SupplierOfArticle(ctx context.Context) (map[string]int64, error) {
	const query = "SELECT CASE WHEN sku <> '' THEN sku ELSE title END, supplier_id FROM product WHERE supplier_id IS NOT NULL AND binned_at IS NULL " +
		"UNION SELECT v.sku, p.supplier_id FROM product_variant v JOIN product p ON p.id = v.product_id WHERE p.supplier_id IS NOT NULL AND v.sku <> '' AND p.binned_at IS NULL"
	of, several := map[string]int64{}, map[string]bool{}
	_, err := all(ctx, r, query, nil, func(row scanner) (none struct{}, err error) {
		var article string
		var id int64
		err = row.Scan(&article, &id)
		if was, ok := of[article]; ok && was != id {
			several[article] = true
		}
		of[article] = id
		return none, err
	})
	for article := range several { // nobody can say whose goods they were
		delete(of, article)
	}
	return of, err
}

// PutSupplier writes every field of a supplier: the one with its UID, else a new one.
func (t *Tx) PutSupplier(s *data.Supplier) error {
	if s.UID == "" {
		s.UID = newUID()
	}
	s.UpdatedAt, s.UpdatedBy = t.now, t.operator
	values := []any{s.UID, s.Name, s.Contact, s.Warranty, s.Defects, s.Returns, s.Notes, ms(s.UpdatedAt), s.UpdatedBy, ms(s.BinnedAt)}
	id, err := first(t.ctx, &t.Reader, "SELECT id FROM supplier WHERE uid = ?", []any{s.UID}, scanOne[int64])
	switch {
	case err == nil:
		s.ID = id
		err = t.change("supplier", s.UID, updateSQL("supplier", supplierColumns), append(values, id)...)
	case errors.Is(err, sql.ErrNoRows):
		s.ID, err = t.insert(insertSQL("supplier", supplierColumns), values...)
	}
	return conflicting(err, "supplier")
}

// supplierOf gives the supplier that a product names, made where it is new; 0 where it
// names none.
func (t *Tx) supplierOf(p *data.Product) (int64, error) {
	name := strings.TrimSpace(p.Supplier)
	if name == "" {
		return 0, nil
	}
	if p.SupplierID != 0 {
		if s, err := t.Supplier(t.ctx, p.SupplierID); err == nil && strings.EqualFold(s.Name, name) {
			return s.ID, nil
		}
	}
	s, err := t.SupplierNamed(t.ctx, name)
	if errors.Is(err, data.ErrNotFound) {
		s = data.Supplier{Name: name}
		err = t.PutSupplier(&s)
	}
	return s.ID, err
}

// SentOut tells when the goods of orders went out: when they were shipped, else when
// they were ordered; and the clock of their shop.
func (r *Reader) SentOut(ctx context.Context, orderID int64) (at time.Time, zone string, err error) {
	type sent struct {
		at   time.Time
		zone string
	}
	s, err := first(ctx, r, "SELECT coalesce(o.shipped_at, o.ordered_at), s.zone FROM orders o JOIN shop s ON s.id = o.shop_id WHERE o.id = ?", []any{orderID}, func(row scanner) (s sent, err error) {
		return s, row.Scan(moment{&s.at}, &s.zone)
	})
	return s.at, s.zone, missing(err, "order", orderID)
}
