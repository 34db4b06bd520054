package desk

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"casebinder/data"
	"casebinder/data/gate"
	"casebinder/data/listing"
	"casebinder/data/store"
)

const (
	maxListingText = 50_000 // characters of one part of a page
	maxKnowledge   = 200    // entries of a product
)

var (
	problemProductName = data.DefineProblem("product_name", data.ErrInvalid,
		"A product needs a SKU or a title.", "Write the SKU as the platform's orders show it, or the title where they have none.")
	problemNoProduct = data.DefineProblem("product_unknown", data.ErrNotFound,
		"There is no product {name}.", "List the products, and type the SKU as it stands there.")
	problemManyProducts = data.DefineProblem("product_ambiguous", data.ErrConflict,
		"Several products are called {name}.", "Name one by its id: {uids}.")
	problemProductTwice = data.DefineProblem("product_twice", data.ErrConflict,
		"The product {name} already exists.", "Open it and edit it.")
	problemProductLong = data.DefineProblem("product_long", data.ErrInvalid,
		"A text of the listing has more than {most} characters.", "Keep what the page tells buyers, and leave the rest out.")
	problemKnowledge = data.DefineProblem("product_knowledge", data.ErrInvalid,
		"An entry has no text, or its question is missing.", "Write the answer; a question and answer also needs its question.")
	problemKnowledgeMany = data.DefineProblem("product_knowledge_many", data.ErrInvalid,
		"A product can have at most {most} entries.", "Combine some, or remove some.")
	problemPaperKind = data.DefineProblem("product_paper_kind", data.ErrInvalid,
		"There is no kind of paper “{kind}”.", "Choose one of: {kinds}.")
	problemPaperDates = data.DefineProblem("product_paper_dates", data.ErrInvalid,
		"The paper ends before it was issued.", "Check both dates.")
	problemPaperFuture = data.DefineProblem("product_paper_future", data.ErrInvalid,
		"The date of the paper is in the future.", "Check the date.")
	problemPaperTwice = data.DefineProblem("product_paper_twice", data.ErrConflict,
		"The file {file} is already a paper of this product.", "Edit the one that is there.")
)

// ProductList is what the shop sells.
type ProductList struct {
	Rows      []data.ProductRow
	Sold      int // articles that orders hold
	Described int // of these, with their listing written down
}

// Products lists the articles of all orders with what was written down of them. It
// reads every item: ask for it beside the main goroutine.
func (d *Desk) Products(ctx context.Context) (ProductList, error) {
	rows, err := d.store.ProductsSold(ctx)
	if err != nil {
		return ProductList{}, err
	}
	list := ProductList{Rows: rows}
	costs, err := d.costsNow(ctx)
	for i, r := range rows {
		rows[i].Cost = costs[cmp.Or(r.SKU, r.Title)]
		if r.Orders > 0 {
			list.Sold++
			if r.Described {
				list.Described++
			}
		}
	}
	return list, err
}

// ProductView is a product with its papers and what the check says of its page.
type ProductView struct {
	Product data.Product
	Shop    string // name of its shop; "" for every shop
	Papers  []data.ProductPaper
	Check   []listing.Item
}

// Product gathers a product.
func (d *Desk) Product(ctx context.Context, id int64) (ProductView, error) {
	p, err := d.store.Product(ctx, id)
	if err != nil {
		return ProductView{}, err
	}
	v := ProductView{Product: p}
	if v.Papers, err = d.store.PapersOf(ctx, id); err != nil {
		return v, err
	}
	if p.ShopID != 0 {
		shops, err := d.store.Shops(ctx)
		if err != nil {
			return v, err
		}
		for _, s := range shops {
			if s.ID == p.ShopID {
				v.Shop = s.Name
			}
		}
	}
	v.Check, err = d.CheckListing(ctx, p)
	return v, err
}

// FindProduct finds the product that a person means by its SKU, its UID or the first
// 8 characters or more of one, or its title where it has no SKU.
func (d *Desk) FindProduct(ctx context.Context, text string) (data.Product, error) {
	found, err := d.store.FindProducts(ctx, strings.TrimSpace(text))
	switch {
	case err != nil:
		return data.Product{}, err
	case len(found) == 0:
		return data.Product{}, problemNoProduct.New("name", text)
	case len(found) > 1:
		var uids []string
		for _, p := range found {
			uids = append(uids, p.UID)
		}
		return data.Product{}, problemManyProducts.New("name", text, "uids", strings.Join(uids, ", "))
	}
	return found[0], nil
}

// SoldProduct is FindProduct, and else the article that orders hold under this SKU, or
// under this title without a SKU, as the list shows it: with no UID, for nothing is
// written down of it yet. It reads every item.
func (d *Desk) SoldProduct(ctx context.Context, text string) (data.Product, error) {
	p, err := d.FindProduct(ctx, text)
	if !errors.Is(err, data.ErrNotFound) {
		return p, err
	}
	rows, failed := d.store.ProductsSold(ctx)
	if failed != nil {
		return p, failed
	}
	name := strings.TrimSpace(text)
	for _, r := range rows {
		if r.UID == "" && name != "" && (r.SKU == name || r.SKU == "" && r.Title == name) {
			return data.Product{SKU: r.SKU, Title: r.Title}, nil
		}
	}
	return p, err
}

// ProductsOfOrder gives what is written down of the articles of an order.
func (d *Desk) ProductsOfOrder(ctx context.Context, orderID int64) ([]data.Product, error) {
	return d.store.ProductsOfOrder(ctx, orderID)
}

// CheckListing checks the page of a product: what it must tell, what cannot be
// kept, and what is said otherwise in the service settings of its shop, or, of a
// product for every shop, of the only one there is.
func (d *Desk) CheckListing(ctx context.Context, p data.Product) ([]listing.Item, error) {
	rules, err := listing.BuiltIn()
	if err != nil {
		return nil, err
	}
	service, err := d.serviceFor(ctx, p.ShopID)
	if err != nil {
		return nil, err
	}
	shop := listing.Shop{Service: service}
	if shop.Causes, err = d.store.ProductCauses(ctx, &p); err != nil {
		return nil, err
	}
	if shop.Expected, err = d.store.ExpectedNotes(ctx, &p, listing.ExpectedCauses()); err != nil {
		return nil, err
	}
	if shop.Policies, err = d.policyDiffers(ctx, p.Listing, service); err != nil {
		return nil, err
	}
	return rules.Check(p.Listing, shop), nil
}

func (d *Desk) serviceFor(ctx context.Context, shopID int64) (data.Service, error) {
	if shopID == 0 {
		shops, err := d.store.Shops(ctx)
		if err != nil || len(shops) != 1 {
			return data.Service{}, err
		}
		shopID = shops[0].ID
	}
	return d.store.ShopService(ctx, shopID)
}

// policyDiffers holds the page against the shop's policy with the rule of the reply
// check.
func (d *Desk) policyDiffers(ctx context.Context, l data.Listing, s data.Service) ([]data.Finding, error) {
	if s.Policy.IsZero() {
		return nil, nil
	}
	rules, err := d.gateRules(ctx)
	if err != nil {
		return nil, err
	}
	pays := ""
	if s.Policy.Pays == data.PayerSeller || s.Policy.Pays == data.PayerBuyer {
		pays = string(s.Policy.Pays)
	}
	found, err := rules.Check(l.Description+"\n"+l.Returns+"\n"+l.Service, gate.Context{
		Written: d.now(), Policy: gate.Policy{ReturnDays: s.Policy.Days, WarrantyMonths: s.Policy.Warranty, ReturnPaidBy: pays},
	})
	return slices.DeleteFunc(found.Findings, func(f data.Finding) bool { return f.Rule != "policy_differs" }), err
}

// PutProduct stores a new product (UID "") or an edited one. It can be undone.
func (d *Desk) PutProduct(ctx context.Context, p data.Product) (data.Product, error) {
	if err := tidyProduct(&p); err != nil {
		return p, err
	}
	if p.UID == "" {
		return d.newProduct(ctx, p)
	}
	before, err := d.store.ProductByUID(ctx, p.UID)
	if err != nil {
		return p, err
	}
	p.ID, p.BinnedAt = before.ID, before.BinnedAt
	return p, d.act(ctx, editingProduct(before, p))
}

func (d *Desk) newProduct(ctx context.Context, p data.Product) (data.Product, error) {
	uid, err := newUID()
	if err != nil {
		return p, err
	}
	p.UID = uid
	err = d.act(ctx, addingProduct(&p))
	return p, err
}

// editingProduct is the step that stores a product which is there.
func editingProduct(before, after data.Product) step {
	of := about{"product.edit", data.EntityProduct, before.UID, rowsOf(data.EntityProduct, before.ID, 0, 0)}
	return withSupplier(after.Supplier, swap(of, before, after, writeProduct))
}

// addingProduct is the step that stores a new product; taken back, it lies in the bin.
func addingProduct(p *data.Product) step {
	return withSupplier(p.Supplier, func(ctx context.Context, tx *store.Tx) (deed, error) {
		if err := tx.PutProduct(p); err != nil {
			return deed{}, problemProductTwice.Wrap(err, "name", p.SKU)
		}
		if err := staleWith(ctx, tx, p.SKUs(), "", p.Class); err != nil {
			return deed{}, err
		}
		rows := rowsOf(data.EntityProduct, p.ID, 0, 0)
		return deed{
			Change: data.Change{Action: "product.add", Entity: data.EntityProduct, Key: p.UID, After: *p},
			effect: data.EffectAdded, rows: rows, back: binning(data.EntityProduct, p.UID, true, rows...),
		}, nil
	})
}

// writeProduct writes a product; orders that wait are reviewed again where its
// class changed.
func writeProduct(ctx context.Context, tx *store.Tx, p data.Product) error {
	before, err := tx.Product(ctx, p.ID)
	if err != nil {
		return err
	}
	if err := tx.PutProduct(&p); err != nil {
		return err
	}
	skus := before.SKUs()
	if err := staleWith(ctx, tx, skus, before.Class, p.Class); err != nil {
		return err
	}
	return staleWith(ctx, tx, slices.DeleteFunc(p.SKUs(), func(s string) bool { return slices.Contains(skus, s) }), "", p.Class)
}

func staleWith(ctx context.Context, tx *store.Tx, skus []string, was, now string) error {
	if was == now {
		return nil
	}
	for _, sku := range skus {
		orders, err := tx.OrdersHolding(ctx, sku)
		if err != nil {
			return err
		}
		for _, id := range orders {
			if err := tx.StaleOrder(id); err != nil {
				return err
			}
		}
	}
	return nil
}

func tidyProduct(p *data.Product) error {
	p.SKU, p.Title, p.Class, p.Supplier = strings.TrimSpace(p.SKU), strings.TrimSpace(p.Title), strings.TrimSpace(p.Class), strings.TrimSpace(p.Supplier)
	if p.SKU == "" && p.Title == "" {
		return problemProductName.New()
	}
	for _, text := range []string{p.Title, p.Listing.Title, p.Listing.Description, p.Listing.Sizes, p.Listing.Shipping, p.Listing.Duty, p.Listing.Returns, p.Listing.Service} {
		if len([]rune(text)) > maxListingText {
			return problemProductLong.New("most", maxListingText)
		}
	}
	p.Variants = slices.DeleteFunc(slices.Clone(p.Variants), func(v data.ProductSKU) bool { return strings.TrimSpace(v.SKU) == "" })
	if len(p.Knowledge) > maxKnowledge {
		return problemKnowledgeMany.New("most", maxKnowledge)
	}
	p.Knowledge = slices.Clone(p.Knowledge)
	for i := range p.Knowledge {
		k := &p.Knowledge[i]
		k.Question, k.Text = strings.TrimSpace(k.Question), strings.TrimSpace(k.Text)
		if k.Text == "" || k.Kind == data.KnowFAQ && k.Question == "" || !slices.Contains(data.KnowledgeKinds(), k.Kind) {
			return problemKnowledge.New()
		}
		if len([]rune(k.Text)) > maxListingText {
			return problemProductLong.New("most", maxListingText)
		}
	}
	return nil
}

// BinProduct puts a product into the bin. It can be undone.
func (d *Desk) BinProduct(ctx context.Context, id int64) error {
	p, err := d.store.Product(ctx, id)
	if err != nil {
		return err
	}
	return d.act(ctx, binning(data.EntityProduct, p.UID, true, rowsOf(data.EntityProduct, id, 0, 0)...))
}

// GoodsClasses lists the classes of goods that the review before shipping knows.
func (d *Desk) GoodsClasses(ctx context.Context) ([]string, error) {
	rules, err := d.riskRules(ctx)
	if err != nil {
		return nil, err
	}
	return rules.Classes(), nil
}
