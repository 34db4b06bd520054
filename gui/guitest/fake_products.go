package guitest

import (
	"context"

	"casebinder/data"
	"casebinder/data/desk"
)

// Products lists none.
func (f *Fake) Products(context.Context) (desk.ProductList, error) { return desk.ProductList{}, nil }

// Product gives an empty one.
func (f *Fake) Product(context.Context, int64) (desk.ProductView, error) {
	return desk.ProductView{}, nil
}

// ProductsOfOrder lists none.
func (f *Fake) ProductsOfOrder(context.Context, int64) ([]data.Product, error) { return nil, nil }

// PutProduct keeps nothing.
func (f *Fake) PutProduct(_ context.Context, p data.Product) (data.Product, error) { return p, nil }

// BinProduct bins nothing.
func (f *Fake) BinProduct(context.Context, int64) error { return nil }

// AddPaper keeps nothing.
func (f *Fake) AddPaper(context.Context, int64, desk.PaperFile) (desk.PaperAdded, error) {
	return desk.PaperAdded{}, nil
}

// EditPaper keeps nothing.
func (f *Fake) EditPaper(context.Context, data.ProductPaper, string) error { return nil }

// BinPaper bins nothing.
func (f *Fake) BinPaper(context.Context, int64) error { return nil }

// GoodsClasses lists none.
func (f *Fake) GoodsClasses(context.Context) ([]string, error) { return nil, nil }

// KnowledgeFor gives what a test says that is known.
func (f *Fake) KnowledgeFor(context.Context, int64, string) ([]desk.KnowledgeOffer, error) {
	return f.Knowledge, nil
}
