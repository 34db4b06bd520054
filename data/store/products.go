package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"
	"time"

	"casebinder/data"
)

const productColumns = "uid, shop_id, sku, external_id, title, class, fragile, supplier_id, listing, knowledge, updated_at, updated_by, binned_at, extra"

const productVariants = "(SELECT json_group_array(json_object('sku', v.sku, 'name', v.name)) FROM (SELECT sku, name FROM product_variant WHERE product_id = product.id ORDER BY place) v)"

const productSelect = "SELECT id, " + productColumns + ", " + productVariants + ", coalesce((SELECT s.name FROM supplier s WHERE s.id = product.supplier_id), '') FROM product WHERE "

func scanProduct(row scanner) (p data.Product, err error) {
	err = row.Scan(&p.ID, &p.UID, rowRef{&p.ShopID}, &p.SKU, &p.ExternalID, &p.Title, &p.Class, &p.Fragile, rowRef{&p.SupplierID}, jsonText{&p.Listing}, jsonText{&p.Knowledge},
		moment{&p.UpdatedAt}, &p.UpdatedBy, moment{&p.BinnedAt}, jsonText{&p.Extra}, jsonText{&p.Variants}, &p.Supplier)
	if len(p.Variants) == 0 {
		p.Variants = nil
	}
	return p, err
}

// Product gives a product, also from the bin.
func (r *Reader) Product(ctx context.Context, id int64) (data.Product, error) {
	p, err := first(ctx, r, productSelect+"id = ?", []any{id}, scanProduct)
	return p, missing(err, "product", id)
}

// ProductByUID gives the product with the UID, also from the bin.
func (r *Reader) ProductByUID(ctx context.Context, uid string) (data.Product, error) {
	p, err := first(ctx, r, productSelect+"uid = ?", []any{uid}, scanProduct)
	return p, missing(err, "product", uid)
}

// ProductsOfOrder gives what was written down of the articles of an order: those of
// its shop, and those that stand for every shop.
func (r *Reader) ProductsOfOrder(ctx context.Context, orderID int64) ([]data.Product, error) {
	const of = "(shop_id IS NULL OR shop_id = (SELECT shop_id FROM orders WHERE id = ?)) AND binned_at IS NULL AND id IN (" +
		"SELECT p.id FROM item i CROSS JOIN product p ON p.sku = i.sku WHERE i.order_id = ? AND i.sku <> '' AND p.sku <> '' AND p.binned_at IS NULL " +
		"AND coalesce(p.shop_id, 0) IN (0, (SELECT shop_id FROM orders WHERE id = ?)) " +
		"UNION SELECT v.product_id FROM item i CROSS JOIN product_variant v ON v.sku = i.sku WHERE i.order_id = ? AND i.sku <> '' " +
		"UNION SELECT p.id FROM item i CROSS JOIN product p ON p.title = i.title WHERE i.order_id = ? AND i.sku = '' AND p.sku = '') ORDER BY shop_id IS NULL, id"
	return all(ctx, r, productSelect+of, []any{orderID, orderID, orderID, orderID, orderID}, scanProduct)
}

// ProductsSold lists the articles of all orders by how often they were sold, with
// what was written down of them; then products that no order holds. It reads every
// item of a desk: ask for it beside the main goroutine.
func (r *Reader) ProductsSold(ctx context.Context) ([]data.ProductRow, error) {
	const noted = "SELECT p.id, p.uid, p.shop_id, p.sku, p.title, p.listing <> '', (SELECT max(coalesce(issued_at, added_at)) FROM product_paper WHERE product_id = p.id AND kind = 'snapshot' AND binned_at IS NULL), " +
		"(SELECT min(expires_at) FROM product_paper WHERE product_id = p.id AND expires_at IS NOT NULL AND binned_at IS NULL), " +
		"CASE WHEN p.knowledge = '' THEN 0 ELSE json_array_length(p.knowledge) END FROM product p WHERE p.binned_at IS NULL ORDER BY p.id"
	products, err := all(ctx, r, noted, nil, func(row scanner) (p data.ProductRow, err error) {
		return p, row.Scan(&p.ID, &p.UID, rowRef{&p.ShopID}, &p.SKU, &p.Title, &p.Described, moment{&p.Snapshot}, moment{&p.Expires}, &p.Knowledge)
	})
	if err != nil {
		return nil, err
	}
	articles, err := r.articlesSold(ctx)
	return joinSold(products, articles), err
}

// articlesSold counts the orders that hold each article, most first. The SKUs of a
// listing of several are one article: an order that holds two of them is one order.
// Items lie by their order, so that it takes one way through them; a database that
// groups them sorts them all by their titles first.
func (r *Reader) articlesSold(ctx context.Context) ([]data.ProductRow, error) {
	const several = "SELECT v.sku, v.product_id FROM product_variant v JOIN product p ON p.id = v.product_id WHERE p.binned_at IS NULL " +
		"UNION SELECT p.sku, p.id FROM product p WHERE p.sku <> '' AND p.binned_at IS NULL AND EXISTS (SELECT 1 FROM product_variant WHERE product_id = p.id)"
	listings := map[string][]int64{}
	_, err := all(ctx, r, several, nil, func(row scanner) (none struct{}, err error) {
		var sku string
		var id int64
		err = row.Scan(&sku, &id)
		listings[sku] = append(listings[sku], id)
		return none, err
	})
	if err != nil {
		return nil, err
	}
	sold := soldArticles{}
	const items = "SELECT i.order_id, i.sku, i.title, o.ordered_at FROM item i CROSS JOIN orders o ON o.id = i.order_id WHERE i.sku <> '' OR i.title <> '' ORDER BY i.order_id"
	_, err = all(ctx, r, items, nil, func(row scanner) (none struct{}, err error) {
		var order int64
		var sku, title string
		var at time.Time
		if err := row.Scan(&order, &sku, &title, moment{&at}); err != nil {
			return none, err
		}
		switch ids := listings[sku]; {
		case sku == "":
			sold.add(soldName{title: title}, order, sku, title, at)
		case len(ids) == 0:
			sold.add(soldName{sku: sku}, order, sku, title, at)
		default:
			for _, id := range ids {
				sold.add(soldName{id: id}, order, sku, title, at)
			}
		}
		return none, nil
	})
	return sold.list(), err
}

// soldName is what makes items one article: their listing, their SKU, or their title.
type soldName struct {
	id         int64
	sku, title string
}

// soldArticles are articles with the last order in which each was met.
type soldArticles map[soldName]*soldArticle

type soldArticle struct {
	data.ProductRow
	last int64
}

// add counts an item in. Those of one order come together.
func (s soldArticles) add(name soldName, order int64, sku, title string, at time.Time) {
	a := s[name]
	if a == nil {
		a = &soldArticle{ProductRow: data.ProductRow{ID: name.id, SKU: sku}}
		s[name] = a
	}
	if a.last != order {
		a.last = order
		a.Orders++
	}
	a.SKU, a.Title = min(a.SKU, sku), max(a.Title, title)
	if at.After(a.LastSold) {
		a.LastSold = at
	}
}

func (s soldArticles) list() []data.ProductRow {
	rows := make([]data.ProductRow, 0, len(s))
	for _, a := range s {
		rows = append(rows, a.ProductRow)
	}
	slices.SortFunc(rows, func(a, b data.ProductRow) int {
		return cmp.Or(b.Orders-a.Orders, strings.Compare(a.SKU, b.SKU), strings.Compare(a.Title, b.Title), cmp.Compare(a.ID, b.ID))
	})
	return rows
}

// joinSold gives what was sold with what is written down of it, then the rest.
func joinSold(products, articles []data.ProductRow) []data.ProductRow {
	nameOf := func(p *data.ProductRow) soldName {
		if p.SKU != "" {
			return soldName{sku: p.SKU}
		}
		return soldName{title: p.Title}
	}
	known := map[soldName][]int{}
	for i := range products {
		n := nameOf(&products[i])
		known[n] = append(known[n], i)
		known[soldName{id: products[i].ID}] = []int{i}
	}
	var list []data.ProductRow
	used := make([]bool, len(products))
	for _, a := range articles {
		n := soldName{id: a.ID}
		if a.ID == 0 {
			n = nameOf(&a)
		}
		of := known[n]
		for _, i := range of {
			p := products[i]
			p.Orders, p.LastSold, used[i] = a.Orders, a.LastSold, true
			if p.Title == "" {
				p.Title = a.Title
			}
			list = append(list, p)
		}
		if len(of) == 0 {
			list = append(list, a)
		}
	}
	for i, p := range products {
		if !used[i] {
			list = append(list, p)
		}
	}
	return list
}

// heldBy is the condition on an item i that it is of a product.
func heldBy(p *data.Product) (held string, args []any) {
	skus := p.SKUs()
	if len(skus) == 0 {
		return "i.sku = '' AND i.title = ?", []any{p.Title}
	}
	for _, s := range skus {
		args = append(args, s)
	}
	return "i.sku IN (" + marks(len(skus)) + ")", args
}

// ProductCauses counts what went wrong with the orders of a product: the causes of
// its disputes and complaints, the most frequent first. Of a product without a SKU
// its title names it.
func (r *Reader) ProductCauses(ctx context.Context, p *data.Product) ([]data.ProductCause, error) {
	held, args := heldBy(p)
	query := "SELECT cause, count(*) n, max(at), words FROM (" +
		"SELECT order_id, cause, coalesce(opened_at, 0) AS at, coalesce(nullif(lessons, ''), ruling) AS words FROM dispute WHERE cause <> '' AND binned_at IS NULL " +
		"UNION ALL SELECT order_id, cause, opened_at, coalesce(nullif(why, ''), happened) FROM complaint WHERE cause <> '' AND binned_at IS NULL AND order_id IS NOT NULL" +
		") w WHERE EXISTS (SELECT 1 FROM item i WHERE i.order_id = w.order_id AND " + held + ") " +
		"AND (? = 0 OR (SELECT shop_id FROM orders WHERE id = w.order_id) = ?) GROUP BY cause ORDER BY n DESC, cause"
	return all(ctx, r, query, append(args, p.ShopID, p.ShopID), func(row scanner) (c data.ProductCause, err error) {
		return c, row.Scan(&c.Cause, &c.N, moment{&c.Last}, &c.Words)
	})
}

// FindProducts gives the products that a person means by a SKU, a UID, the first 8
// characters or more of one, or, of one without a SKU, by its title.
func (r *Reader) FindProducts(ctx context.Context, text string) ([]data.Product, error) {
	return all(ctx, r, productSelect+"binned_at IS NULL AND (sku = ? OR uid = ? OR length(?) >= 8 AND substr(uid, 1, length(?)) = ? OR sku = '' AND title = ? OR id IN (SELECT product_id FROM product_variant WHERE sku = ?)) ORDER BY shop_id IS NULL, id",
		[]any{text, text, text, text, text, text, text}, scanProduct)
}

// PutProduct writes every field of a product: the one with its UID, else a new one.
// It sets the ID, a UID when it is empty, and when and by whom it was written.
func (t *Tx) PutProduct(p *data.Product) error {
	if p.UID == "" {
		p.UID = newUID()
	}
	p.UpdatedAt, p.UpdatedBy = t.now, t.operator
	supplier, err := t.supplierOf(p)
	if err != nil {
		return err
	}
	p.SupplierID = supplier
	listing, knowledge := jsonText{&p.Listing}, jsonText{&p.Knowledge}
	values := []any{
		p.UID, ref(p.ShopID), p.SKU, p.ExternalID, p.Title, p.Class, p.Fragile, ref(p.SupplierID), listing, knowledge, ms(p.UpdatedAt), p.UpdatedBy, ms(p.BinnedAt), jsonText{&p.Extra},
	}
	if len(p.Extra) == 0 {
		values[len(values)-1] = ""
	}
	if p.Listing.IsZero() {
		values[8] = ""
	}
	id, err := first(t.ctx, &t.Reader, "SELECT id FROM product WHERE uid = ?", []any{p.UID}, scanOne[int64])
	switch {
	case err == nil:
		p.ID = id
		err = t.change("product", p.UID, updateSQL("product", productColumns), append(values, id)...)
	case errors.Is(err, sql.ErrNoRows):
		p.ID, err = t.insert(insertSQL("product", productColumns), values...)
	}
	if err != nil {
		return conflicting(err, "product")
	}
	return t.putVariants(p)
}

func (t *Tx) putVariants(p *data.Product) error {
	if _, err := t.exec("DELETE FROM product_variant WHERE product_id = ?", p.ID); err != nil {
		return err
	}
	for i, v := range p.Variants {
		if _, err := t.exec("INSERT INTO product_variant (product_id, place, sku, name) VALUES (?, ?, ?, ?)", p.ID, i, v.SKU, v.Name); err != nil {
			return err
		}
	}
	return nil
}

// ProductsLike gives the products of a shop or of every shop that have one of the SKUs
// or, of a shop, the platform's id of a listing; where there is neither, those without
// a SKU that have the title. Those of the shop come first.
func (r *Reader) ProductsLike(ctx context.Context, p *data.Product) ([]data.Product, error) {
	skus := p.SKUs()
	in := "(" + marks(len(skus)) + ")"
	args := []any{p.ShopID, p.ShopID}
	for range 2 {
		for _, s := range skus {
			args = append(args, s)
		}
	}
	where := "coalesce(shop_id, 0) IN (0, ?) AND binned_at IS NULL AND id IN (" +
		"SELECT id FROM product WHERE coalesce(shop_id, 0) IN (0, ?) AND sku <> '' AND sku IN " + in + " AND binned_at IS NULL " +
		"UNION SELECT product_id FROM product_variant WHERE sku IN " + in
	if p.ExternalID != "" {
		where += " UNION SELECT id FROM product WHERE external_id <> '' AND external_id = ? AND shop_id = ?"
		args = append(args, p.ExternalID, p.ShopID)
	}
	if len(skus) == 0 {
		where += " UNION SELECT id FROM product WHERE sku = '' AND title = ?"
		args = append(args, p.Title)
	}
	return all(ctx, r, productSelect+where+") ORDER BY shop_id IS NULL, id", args, scanProduct)
}

const paperColumns = "uid, product_id, kind, evidence_id, issued_at, expires_at, note, added_at, added_by, binned_at"

var paperSelect = "SELECT a.id, coalesce(e.name, ''), coalesce(e.sha256, ''), coalesce(e.captured_source, ''), " + prefixed("a", paperColumns) +
	" FROM product_paper a LEFT JOIN evidence e ON e.id = a.evidence_id WHERE "

func scanPaper(row scanner) (p data.ProductPaper, err error) {
	return p, row.Scan(&p.ID, &p.File, &p.SHA256, &p.Told, &p.UID, &p.ProductID, &p.Kind, rowRef{&p.EvidenceID}, moment{&p.IssuedAt}, moment{&p.ExpiresAt},
		&p.Note, moment{&p.AddedAt}, &p.AddedBy, moment{&p.BinnedAt})
}

// PapersOf gives the papers of a product that are not in the bin, the newest first.
func (r *Reader) PapersOf(ctx context.Context, productID int64) ([]data.ProductPaper, error) {
	return all(ctx, r, paperSelect+"a.product_id = ? AND a.binned_at IS NULL ORDER BY coalesce(a.issued_at, a.added_at) DESC, a.id DESC", []any{productID}, scanPaper)
}

// ProductPaper gives a paper, also from the bin.
func (r *Reader) ProductPaper(ctx context.Context, id int64) (data.ProductPaper, error) {
	p, err := first(ctx, r, paperSelect+"a.id = ?", []any{id}, scanPaper)
	return p, missing(err, "paper", id)
}

// productsOfPapers gives the products of which tasks remind that a paper ends, by the
// paper's UID.
func (r *Reader) productsOfPapers(ctx context.Context, tasks []data.Task) (map[string]int64, error) {
	type paper struct {
		uid     string
		product int64
	}
	found := map[string]int64{}
	for i := range tasks {
		if tasks[i].Origin.Kind != data.OriginPaper {
			continue
		}
		p, err := first(ctx, r, "SELECT uid, product_id FROM product_paper WHERE uid = ?", []any{tasks[i].Origin.Key}, func(row scanner) (p paper, err error) {
			return p, row.Scan(&p.uid, &p.product)
		})
		if errors.Is(err, sql.ErrNoRows) {
			continue // the paper is gone
		}
		if err != nil {
			return nil, err
		}
		found[p.uid] = p.product
	}
	return found, nil
}

// PutPaper writes every field of a paper: the one with its UID, else a new one. It
// sets the ID.
func (t *Tx) PutPaper(p *data.ProductPaper) error {
	if p.UID == "" {
		p.UID = newUID()
	}
	if p.AddedAt.IsZero() {
		p.AddedAt, p.AddedBy = t.now, t.operator
	}
	values := []any{
		p.UID, p.ProductID, string(p.Kind), ref(p.EvidenceID), ms(p.IssuedAt), ms(p.ExpiresAt), p.Note, ms(p.AddedAt), p.AddedBy, ms(p.BinnedAt),
	}
	id, err := first(t.ctx, &t.Reader, "SELECT id FROM product_paper WHERE uid = ?", []any{p.UID}, scanOne[int64])
	switch {
	case err == nil:
		p.ID = id
		return t.change("paper", p.UID, updateSQL("product_paper", paperColumns), append(values, id)...)
	case errors.Is(err, sql.ErrNoRows):
		p.ID, err = t.insert(insertSQL("product_paper", paperColumns), values...)
	}
	return conflicting(err, "paper")
}

// SetProductOf says of which product a piece of evidence is.
func (t *Tx) SetProductOf(evidenceID, productID int64) error {
	return t.change("evidence", evidenceID, "UPDATE evidence SET product_id = ? WHERE id = ?", ref(productID), evidenceID)
}

// OrdersHolding gives the orders that have not left and hold an article.
func (r *Reader) OrdersHolding(ctx context.Context, sku string) ([]int64, error) {
	const query = "SELECT o.id FROM orders o WHERE o.status IN ('unpaid', 'review', 'to_ship') AND EXISTS (SELECT 1 FROM item i WHERE i.order_id = o.id AND i.sku = ?)"
	return all(ctx, r, query, []any{sku}, scanOne[int64])
}
