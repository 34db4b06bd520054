package sample

import (
	"slices"

	"casebinder/data"
)

// productEntry is what is known of goods; Listing and Knowledge are what buyers read,
// and stay in their language.
type productEntry struct {
	Shop, SKU, Title, Supplier string
	Fragile                    bool
	Listing                    listingEntry     `toml:"listing"`
	Knowledge                  []knowledgeEntry `toml:"knowledge"`
}

type listingEntry struct {
	Title, Description, Shipping, Duty, Returns, Service string
	Pictures                                             int
	OwnPictures                                          bool `toml:"own_pictures"`
}

type knowledgeEntry struct {
	Kind, Question, Text, Language string
}

// ratesSince is how many days back the invented rates begin: before every order.
const ratesSince = 120

// books makes what reports and lists of goods stand on: products with their
// suppliers, and rates.
func (m *maker) books(s script) {
	m.out.Currency = m.own.Currency
	for _, e := range s.Products {
		shop := slices.Index(m.out.Shops, m.shops[e.Shop])
		m.out.Products = append(m.out.Products, Product{Product: m.product(e), Shop: shop})
		m.supplier(m.own.say(e.Supplier))
	}
	from := data.OnDay(m.now.AddDate(0, 0, -ratesSince)).String()
	for _, rate := range s.Rates {
		rate.Day = from
		m.out.Rates = append(m.out.Rates, rate)
	}
}

// sampleWarranty is the invented warranty of each supplier, in days.
const sampleWarranty = 90

// supplier makes a supplier the first time that a product names it.
func (m *maker) supplier(name string) {
	if name == "" || slices.ContainsFunc(m.out.Suppliers, func(s data.Supplier) bool { return s.Name == name }) {
		return
	}
	m.out.Suppliers = append(m.out.Suppliers, data.Supplier{
		UID: uid(m.now, "supplier", "", name), Name: name, Warranty: sampleWarranty, Defects: data.SupplierPays, Returns: data.ShopPays,
	})
}

// product is what the seller knows of goods. Their name is his own; the title of the
// listing, which the orders repeat, is what buyers read.
func (m *maker) product(e productEntry) data.Product {
	p := data.Product{
		UID: uid(m.now, "product", e.Shop, e.SKU), SKU: e.SKU, Title: m.own.say(e.Title), Fragile: e.Fragile, Supplier: m.own.say(e.Supplier),
		Listing: data.Listing{
			Title: e.Listing.Title, Description: e.Listing.Description, Pictures: e.Listing.Pictures, OwnPictures: e.Listing.OwnPictures,
			Shipping: e.Listing.Shipping, Duty: e.Listing.Duty, Returns: e.Listing.Returns, Service: e.Listing.Service,
		},
	}
	if p.Listing.Title != "" {
		p.Listing.Platform = m.shops[e.Shop].Platform
	}
	for _, k := range e.Knowledge {
		p.Knowledge = append(p.Knowledge, data.Knowledge{Kind: data.KnowledgeKind(k.Kind), Question: k.Question, Text: k.Text, Language: k.Language})
	}
	return p
}
