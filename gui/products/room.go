// Package products is the list of what the shop sells, and the sheet of one product:
// what the check says of its listing, its papers and snapshots, and what is known of it.
//
// Its one rule: what the check says stands with the part that it is about, and the page
// itself is never changed by it.
package products

import (
	"cmp"
	"context"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/loop"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// Desk is what the room asks of a desk.
type Desk interface {
	Products(ctx context.Context) (desk.ProductList, error)
	Product(ctx context.Context, id int64) (desk.ProductView, error)
	ProductsOfOrder(ctx context.Context, orderID int64) ([]data.Product, error)
	Order(ctx context.Context, id int64) (desk.OrderView, error)
	PutProduct(ctx context.Context, p data.Product) (data.Product, error)
	BinProduct(ctx context.Context, id int64) error
	AddPaper(ctx context.Context, productID int64, f desk.PaperFile) (desk.PaperAdded, error)
	EditPaper(ctx context.Context, p data.ProductPaper, title string) error
	BinPaper(ctx context.Context, id int64) error
	EvidenceCopy(ctx context.Context, id int64) (path string, err error)
	GoodsClasses(ctx context.Context) ([]string, error)
	GoodsCosts(ctx context.Context, article string) ([]data.GoodsCost, error)
	SetGoodsCost(ctx context.Context, article, day, text string) (data.GoodsCost, error)
	SupplierList(ctx context.Context) ([]data.Supplier, error)
	PutSupplier(ctx context.Context, s data.Supplier) (data.Supplier, error)
	BinSupplier(ctx context.Context, id int64) error
	SupplierClaims(ctx context.Context, orderID int64) ([]data.SupplierClaim, error)
	ClaimText(ctx context.Context, c *data.SupplierClaim, language string) (string, error)
	TakeOnClaim(ctx context.Context, orderID int64, key, title, note string) (data.Task, error)
	GoodsToWatch(ctx context.Context) ([]desk.GoodsAdvice, error)
}

// Room is the window around the room, with its desk.
type Room struct {
	*show.Env
	desk      Desk
	list      *list      // the open one; nil: none
	page      *page      // so too
	costs     *costs     // so too
	suppliers *suppliers // so too
	claims    *claims    // so too
}

// New makes the room.
func New(shared *show.Env, d Desk) *Room { return &Room{Env: shared, desk: d} }

// Take takes files that were dropped while a product is open on top as its papers, and
// reports whether it did.
func (r *Room) Take(paths []string) bool {
	if r.page == nil || !r.page.sheet.Shown() || len(paths) == 0 {
		return false
	}
	r.page.paperForm(data.ProductPaper{Kind: data.PaperSnapshot}, paths)
	return true
}

// Changed loads what is open anew.
func (r *Room) Changed(events []data.ChangeEvent) {
	if r.suppliers != nil && !r.suppliers.sheet.Closed() && slices.ContainsFunc(events, func(e data.ChangeEvent) bool { return e.Of(data.EntitySupplier) || e.Of(data.EntityProduct) }) {
		r.suppliers.table.Reload()
	}
	if r.claims != nil && !r.claims.sheet.Closed() {
		r.claims.load()
	}
	for _, e := range events {
		if !e.Of(data.EntityProduct) && !e.Of(data.EntityPaper) && !e.Of(data.EntityCost) {
			continue
		}
		if r.costs != nil && !r.costs.sheet.Closed() {
			r.costs.load()
		}
		if r.list != nil && !r.list.sheet.Closed() {
			r.list.table.Reload()
		}
		if r.page != nil && !r.page.sheet.Closed() {
			r.page.load()
		}
		return
	}
}

type row = kit.Numbered[data.ProductRow]

// list is the sheet of all products.
type list struct {
	room  *Room
	sheet *kit.OpenSheet
	head  *fyne.Container
	table *kit.Table[row]
	all   desk.ProductList
}

// Open lists what the shop sells.
func (r *Room) Open() {
	l := &list{room: r, head: container.NewHBox()}
	open := func() {
		if p, ok := l.table.Selected(); ok {
			l.open(p.Row)
		}
	}
	l.table = kit.NewTable(r.UI, kit.TableOptions[row]{
		Name: "products", Columns: columns(r.UI.Now), Source: l.source, OnLoaded: func(int) { l.drawHead() },
		Deeds: l.deeds,
		Empty: func() kit.Empty {
			return kit.Empty{Text: words.T("products.empty"), Button: words.T("products.new"), Do: func() { r.edit(data.Product{}) }}
		},
	})
	l.sheet = r.UI.Open(kit.Sheet{
		Name: "products", Title: words.T("products.title"), Width: 1000, Height: 640, Cancel: words.T("do.close"),
		Body: container.NewBorder(kit.Inset(look.Tight, l.head), nil, nil, nil, l.table), Do: words.T("products.open"), OnDo: open,
		More: []kit.SheetExtra{{Name: "products.cost", Text: words.T("products.cost.do"), Do: func() {
			if p, ok := l.table.Selected(); ok {
				r.costsOf(p.Row)
			}
		}}, {Name: "products.advice", Text: words.T("products.advice"), Do: r.Advice}, {Name: "products.new", Text: words.T("products.new"), Do: func() { r.edit(data.Product{}) }}},
	})
	r.list = l
	l.table.Restart()
	l.table.Focus()
}

func (l *list) deeds(p row) kit.Deeds {
	unwritten := func() string {
		if p.Row.ID != 0 {
			return ""
		}
		return words.T("products.not_described")
	}
	return kit.Deeds{
		{Text: words.T("products.open"), Do: func() { l.open(p.Row) }},
		{Text: words.T("products.edit"), Keys: kit.KeysEdit, Off: unwritten, Do: func() { l.room.change(p.Row.ID) }},
		{Text: words.T("products.cost.do"), Do: func() { l.room.costsOf(p.Row) }},
		{Text: words.T("products.bin"), Keys: kit.KeysBin, Rule: true, Off: unwritten, Do: func() { l.room.bin(p.Row.ID) }},
	}
}

// drawHead says how much of what was sold is written down.
func (l *list) drawHead() {
	l.head.Objects = []fyne.CanvasObject{kit.Soft1(words.T("products.head", "sold", l.all.Sold, "described", l.all.Described)), layout.NewSpacer()}
	l.head.Refresh()
}

func (l *list) source() kit.Source[row] {
	return kit.ListSource(func(ctx context.Context, _ kit.Order) ([]row, error) {
		all, err := l.room.desk.Products(ctx)
		loop.Do(func() { l.all = all; l.drawHead() })
		return kit.Number(all.Rows), err
	}, kit.PlaceOf[data.ProductRow])
}

func columns(now func() time.Time) []kit.Column[row] {
	of := func(text func(data.ProductRow) string) func(row) string {
		return func(p row) string { return text(p.Row) }
	}
	return []kit.Column[row]{
		{ID: "sku", Title: "products.col.sku", Width: 150, Least: 104, Text: of(func(p data.ProductRow) string { return p.SKU })},
		{ID: "title", Title: "products.col.title", Width: 260, Least: 170, Grow: true, Bold: true, Text: of(func(p data.ProductRow) string { return p.Title })},
		{ID: "orders", Title: "products.col.orders", Width: 90, Least: 66, Right: true, Text: of(func(p data.ProductRow) string { return strconv.Itoa(p.Orders) })},
		{ID: "cost", Title: "products.cost", Width: 110, Right: true, Text: of(func(p data.ProductRow) string { return words.Money(p.Cost) })},
		{ID: "described", Title: "products.col.described", Width: 110, Least: 90, Text: of(func(p data.ProductRow) string {
			if p.Described {
				return words.T("products.described")
			}
			return ""
		})},
		{ID: "snapshot", Title: "products.col.snapshot", Width: 120, Least: 96, Text: of(func(p data.ProductRow) string { return words.Day(p.Snapshot, "", now()) })},
		{ID: "expires", Title: "products.col.expires", Width: 120, Least: 96, Badge: true, Text: of(func(p data.ProductRow) string { return words.Day(p.Expires, "", now()) }), Role: func(p row) kit.Role {
			if hasEnded(p.Row.Expires, now()) {
				return kit.Danger
			}
			return kit.Muted
		}},
	}
}

// costsOf opens the costs of a row of the list: of all articles of a product that is
// written down.
func (r *Room) costsOf(p data.ProductRow) {
	if p.ID == 0 {
		r.Costs(cmp.Or(p.Title, p.SKU), []string{cmp.Or(p.SKU, p.Title)})
		return
	}
	kit.Do(func(ctx context.Context) (desk.ProductView, error) { return r.desk.Product(ctx, p.ID) }, func(v desk.ProductView, err error) {
		if err != nil {
			r.UI.Problem(err)
			return
		}
		r.Costs(v.Product.Name(), articlesOf(&v.Product))
	})
}

// open shows a product; of what was sold and is not written down, a new one.
func (l *list) open(p data.ProductRow) {
	if p.ID == 0 {
		l.room.edit(data.Product{SKU: p.SKU, Title: p.Title, Listing: data.Listing{Title: p.Title}})
		return
	}
	l.room.Show(p.ID)
}

// OfOrder shows the product of an order's items: the one that there is, one of several,
// or a new one of an item that is not written down yet.
func (r *Room) OfOrder(orderID int64) {
	type found struct {
		products []data.Product
		order    data.Order
	}
	kit.Do(func(ctx context.Context) (found, error) {
		products, err := r.desk.ProductsOfOrder(ctx, orderID)
		if err != nil {
			return found{}, err
		}
		v, err := r.desk.Order(ctx, orderID)
		return found{products, v.Order}, err
	}, func(f found, err error) {
		if err != nil {
			r.UI.Problem(err)
			return
		}
		r.choose(f.products, newOf(f.order, f.products))
	})
}

// newOf are products of the items of an order that nobody wrote down yet.
func newOf(o data.Order, known []data.Product) []data.Product {
	type name struct{ sku, title string }
	seen := map[name]bool{}
	for _, p := range known {
		for _, sku := range p.SKUs() {
			seen[name{sku: sku}] = true
		}
		if p.SKU == "" {
			seen[name{title: p.Title}] = true
		}
	}
	var list []data.Product
	for _, i := range o.Items {
		n := name{sku: i.SKU}
		if i.SKU == "" {
			n = name{title: i.Title}
		}
		if n == (name{}) || seen[n] {
			continue
		}
		seen[n] = true
		list = append(list, data.Product{
			SKU: i.SKU, Title: i.Title, Listing: data.Listing{Title: i.Title, Platform: o.Shop.Platform},
		})
	}
	return list
}

// choose opens the only product, or asks which one is meant.
func (r *Room) choose(known, fresh []data.Product) {
	switch {
	case len(known)+len(fresh) == 0:
		r.UI.Toast(words.T("products.no_items"), nil)
		return
	case len(known) == 1 && len(fresh) == 0:
		r.Show(known[0].ID)
		return
	case len(fresh) == 1 && len(known) == 0:
		r.edit(fresh[0])
		return
	}
	box := container.NewVBox()
	var o *kit.OpenSheet
	add := func(i int, text string, do func()) {
		box.Add(kit.NewButton(kit.RowName("products.choose", i, "open"), words.Shorten(text, 80), func() { o.Close(); do() }))
	}
	for i := range known {
		p := known[i]
		add(i, words.Join(" · ", p.SKU, p.Title), func() { r.Show(p.ID) })
	}
	for i := range fresh {
		p := fresh[i]
		add(len(known)+i, words.Join(" · ", p.SKU, p.Title, words.T("products.not_described")), func() { r.edit(p) })
	}
	o = r.UI.Open(kit.Sheet{Name: "products.choose", Title: words.T("products.choose"), Width: 620, Height: 380, Body: container.NewVScroll(box), Cancel: words.T("do.close")})
}

// bin puts a product into the bin.
func (r *Room) bin(id int64) {
	r.DeedThen(words.T("products.binned"), func(ctx context.Context) error { return r.desk.BinProduct(ctx, id) }, func() {
		if r.page != nil && r.page.id == id && !r.page.sheet.Closed() {
			r.page.sheet.Close()
		}
	})
}

// change loads a product and opens its form.
func (r *Room) change(id int64) {
	kit.Do(func(ctx context.Context) (desk.ProductView, error) { return r.desk.Product(ctx, id) }, func(v desk.ProductView, err error) {
		if err != nil {
			r.UI.Problem(err)
			return
		}
		r.edit(v.Product)
	})
}

func fileNames(paths []string) string {
	var all []string
	for _, p := range paths {
		all = append(all, filepath.Base(p))
	}
	return words.List(all...)
}
