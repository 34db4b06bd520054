package desk

import (
	"context"
	"errors"
	"reflect"
	"slices"

	"casebinder/data"
	"casebinder/data/importer"
	"casebinder/data/store"
)

var (
	problemProductAgain = data.DefineProblem("import_product_again", data.ErrConflict,
		"The product {name} stands in the file twice, as two listings.",
		"The first was taken. If both are sold, give one of them a SKU of its own.")
	problemProductsLike = data.DefineProblem("import_products_like", data.ErrConflict,
		"Several products on the desk are called {name}: {names}.",
		"Merge them if they are one product, and import the file again.")
)

// productDesk is where a file of listings finds products: the desk, or a transaction.
type productDesk interface {
	ProductsLike(ctx context.Context, p *data.Product) ([]data.Product, error)
}

// productJob brings the products of a file into the desk.
type productJob struct {
	*importJob
	from  productDesk
	steps []step
	seen  map[int64]bool  // products of the desk that the file told already
	names map[string]bool // new ones, by SKU or else title
}

// read takes the products of the file.
func (j *productJob) read(ctx context.Context) error {
	options, err := j.options()
	if err != nil {
		return err
	}
	j.seen, j.names = map[int64]bool{}, map[string]bool{}
	_, err = importer.Read(ctx, j.src, j.in, options, importer.Sink{
		Article: func(a *importer.Article) error { return j.article(ctx, a) },
		Reject:  j.reject, Doubt: j.doubt,
	})
	return err
}

func (j *productJob) article(ctx context.Context, a *importer.Article) error {
	p := a.Product
	p.ShopID = j.report.Shop.ID
	if p.Listing.Platform == "" {
		p.Listing.Platform = j.report.Shop.Platform
	}
	if j.preview != nil && len(j.preview.Products) < previewRows {
		j.preview.Products = append(j.preview.Products, p)
	}
	bad, err := j.take(ctx, p)
	if err != nil || bad == nil {
		return err
	}
	return j.reject(data.Rejection{Finding: bad.Finding(data.Serious, a.Where...), Cells: a.Cells})
}

// take adds a product, or writes what the file tells of one that is there.
func (j *productJob) take(ctx context.Context, p data.Product) (*data.Problem, error) {
	var bad *data.Problem
	if err := tidyProduct(&p); errors.As(err, &bad) {
		return bad, nil
	} else if err != nil {
		return nil, err
	}
	known, err := j.known(ctx, &p)
	if err != nil {
		return nil, err
	}
	switch {
	case len(known) > 1:
		return problemProductsLike.New("name", p.Name(), "names", known[0].Name()+", "+known[1].Name()), nil
	case len(known) == 1 && j.seen[known[0].ID] || len(known) == 0 && j.named(&p):
		return problemProductAgain.New("name", p.Name()), nil
	case len(known) == 0:
		j.report.Counts.Added++
		p.UID, err = newUID()
		j.steps = append(j.steps, addingProduct(&p))
		return nil, err
	}
	before := known[0]
	j.seen[before.ID] = true
	after := updated(before, &p)
	if reflect.DeepEqual(before, after) {
		j.report.Counts.Unchanged++
		return nil, nil
	}
	j.report.Counts.Updated++
	j.steps = append(j.steps, editingProduct(before, after))
	return nil, nil
}

// known finds the products of the desk that one of the file may be. The platform's id
// of the listing decides where several have its SKUs; then the SKU of its own.
func (j *productJob) known(ctx context.Context, p *data.Product) ([]data.Product, error) {
	all, err := j.from.ProductsLike(ctx, p)
	if err != nil || len(all) < 2 {
		return all, err
	}
	for _, fits := range []func(data.Product) bool{
		func(k data.Product) bool { return p.ExternalID != "" && k.ExternalID == p.ExternalID },
		func(k data.Product) bool { return k.SKU == p.SKU && k.ShopID == p.ShopID },
		func(k data.Product) bool { return k.SKU == p.SKU },
	} {
		if i := slices.IndexFunc(all, fits); i >= 0 {
			return all[i : i+1], nil
		}
	}
	return all, nil
}

// named reports whether the file told a new product by one of its names already, and
// notes them.
func (j *productJob) named(p *data.Product) bool {
	names := p.SKUs()
	if len(names) == 0 {
		names = []string{"\x1f" + p.Title}
	}
	if slices.ContainsFunc(names, func(n string) bool { return j.names[n] }) {
		return true
	}
	for _, n := range names {
		j.names[n] = true
	}
	return false
}

// updated gives a product with what a file tells of it. What a person wrote stays where
// the file says nothing; a name of the product's own stays too.
func updated(before data.Product, p *data.Product) data.Product {
	after := before
	l := &after.Listing
	if before.Title == "" || before.Title == before.Listing.Title {
		after.Title = orWas(before.Title, p.Title)
	}
	for to, text := range map[*string]string{
		&after.ExternalID: p.ExternalID, &after.Supplier: p.Supplier, &l.Title: p.Listing.Title, &l.Description: p.Listing.Description,
		&l.Sizes: p.Listing.Sizes, &l.Shipping: p.Listing.Shipping, &l.Duty: p.Listing.Duty, &l.Returns: p.Listing.Returns, &l.Service: p.Listing.Service,
	} {
		*to = orWas(*to, text)
	}
	if after.SKU == "" {
		after.SKU = p.SKU
	}
	if p.Listing.Pictures > 0 {
		l.Pictures = p.Listing.Pictures
	}
	if l.Platform == "" {
		l.Platform = p.Listing.Platform
	}
	if len(p.Variants) > 0 {
		after.Variants = p.Variants
	}
	if len(p.Extra) > 0 {
		after.Extra = p.Extra
	}
	return after
}

func orWas(was, told string) string {
	if told == "" {
		return was
	}
	return told
}

// importProducts reads a file of listings: all of it or nothing, and taken back as one
// step.
func (d *Desk) importProducts(ctx context.Context, job *importJob) (ImportReport, error) {
	return d.importSteps(ctx, job, manyOf(data.EntityProduct, data.EntityOrder), func(ctx context.Context, tx *store.Tx) ([]step, error) {
		j := &productJob{importJob: job, from: tx}
		err := j.read(ctx)
		return j.steps, err
	})
}
