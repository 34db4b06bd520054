package importer

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"casebinder/data"
	"casebinder/data/letter"
)

// Limits of a file of listings; a row beyond one is rejected.
const (
	maxArticles    = 100_000   // products of a file
	maxArticleText = 256 << 20 // bytes of all their texts
	maxVariants    = 2_000     // of a product
	maxPictureURLs = 500       // of a product
)

// Article is a product as a file of listings tells it: what the file does not tell is
// empty. Its rows are one product: a row for each variant, or for each picture.
type Article struct {
	Product data.Product
	Where   []data.Ref // its first row
	Cells   []string   // of that row, as they are written
}

// articleReader gathers the rows of a file into products, in the order in which they
// begin.
type articleReader struct {
	lineReader
	cols  map[Field][]int // every column that feeds a field
	extra []extraColumn

	list []*openArticle
	at   map[string]*openArticle // by each name that a row may call its product by
	held int                     // bytes of all texts
}

// openArticle is a product whose rows may go on.
type openArticle struct {
	Article
	names    []string        // of its options, from the row that tells them
	pictures map[string]bool // addresses
	sizes    map[string]bool //
	seen     map[string]bool // texts by field, so that a row that repeats one adds nothing
	variants map[string]int  // place by SKU
}

func newArticleReader(l lineReader) *articleReader {
	r := &articleReader{lineReader: l, cols: map[Field][]int{}, at: map[string]*openArticle{}}
	used := map[int]bool{}
	for _, f := range targetFields[TargetProducts] {
		r.cols[f] = r.head.every(r.preset.Columns[f])
		for _, i := range r.cols[f] {
			used[i] = true
		}
	}
	for _, e := range r.extras {
		if !used[e.i] {
			r.extra = append(r.extra, e)
		}
	}
	return r
}

// every finds all columns that a list of headers names.
func (h *header) every(headers []string) []int {
	var all []int
	for _, one := range headers {
		if i := h.find(one); i >= 0 && !slices.Contains(all, i) {
			all = append(all, i)
		}
	}
	return all
}

func (r *articleReader) row(rec *record) error {
	is, by := r.rule(rec)
	if is == RowLeave {
		return r.reject(rec.line, rec.text, problemLeftOut.New("header", r.name(by), "value", clean(rec.cell(by), false)))
	}
	sku, bad := r.sku(rec)
	if bad != nil {
		return r.reject(rec.line, rec.text, bad)
	}
	key, parent := r.first(rec, FieldGroup), r.first(rec, FieldParent)
	title := r.first(rec, FieldTitle)
	a := r.find(key, parent, sku, title)
	if n := len(r.list); a == nil && n > 0 && key == "" && parent == "" && title == "" && r.first(rec, FieldOption) != "" {
		a = r.list[n-1] // a variant below its listing
	}
	if a == nil {
		if title == "" && sku == "" {
			return r.reject(rec.line, rec.text, problemNoProductName.New("header", r.name(r.column(FieldTitle))))
		}
		if len(r.list) >= maxArticles || r.held > maxArticleText {
			return r.reject(rec.line, rec.text, problemManyArticles.New("most", maxArticles))
		}
		a = r.open(rec)
	}
	r.call(a, key, parent, sku, title)
	r.fill(a, rec, sku, parent)
	return nil
}

// sku gives the SKUs of a row; a cell may hold those of all variants.
func (r *articleReader) sku(rec *record) (string, *data.Problem) {
	for _, i := range r.cols[FieldSKU] {
		text, bad := r.orderNumber(rec, i)
		if bad != nil {
			return "", bad
		}
		if text = value(text, true); text != "" {
			return text, nil
		}
	}
	return "", nil
}

// first is the first value of a field that a row has.
func (r *articleReader) first(rec *record, f Field) string {
	for _, i := range r.cols[f] {
		if text := value(rec.cell(i), true); text != "" {
			return text
		}
	}
	return ""
}

// find gives the product that a row goes on with. A row names it by the listing, by
// the parent's SKU or id, or by nothing but its title; two rows with one SKU and no
// listing are two listings of it, and the second is told apart later.
func (r *articleReader) find(key, parent, sku, title string) *openArticle {
	switch {
	case parent != "":
		return r.called("sku\x1f"+parent, "key\x1f"+strings.TrimPrefix(parent, "id:"), "awaited\x1f"+parent)
	case key != "":
		return r.called("key\x1f"+key, "awaited\x1fid:"+key, "awaited\x1f"+sku)
	case sku != "":
		return r.called("awaited\x1f" + sku)
	}
	return r.called("title\x1f" + title)
}

func (r *articleReader) called(names ...string) *openArticle {
	for _, n := range names {
		if a := r.at[n]; a != nil {
			return a
		}
	}
	return nil
}

// call notes by what other rows may name a product.
func (r *articleReader) call(a *openArticle, key, parent, sku, title string) {
	note := func(kind, name string) {
		if name != "" && r.at[kind+"\x1f"+name] == nil {
			r.at[kind+"\x1f"+name] = a
		}
	}
	if parent != "" {
		note("awaited", parent)
		return
	}
	note("key", key)
	note("sku", sku)
	if sku == "" {
		note("title", title)
	}
}

func (r *articleReader) open(rec *record) *openArticle {
	a := &openArticle{
		Article:  Article{Where: r.place.at(rec.line, "", ""), Cells: rec.cells()},
		pictures: map[string]bool{}, sizes: map[string]bool{}, seen: map[string]bool{}, variants: map[string]int{},
	}
	a.Product.Listing.Platform = r.preset.Platform
	r.list = append(r.list, a)
	return a
}

// fill takes what a row tells.
func (r *articleReader) fill(a *openArticle, rec *record, sku, parent string) {
	p := &a.Product
	l := &p.Listing
	for f, to := range map[Field]*string{FieldTitle: &l.Title, FieldListingID: &p.ExternalID, FieldSupplier: &p.Supplier} {
		text := r.first(rec, f)
		if f == FieldTitle && parent == "" && text != "" && len(r.cols[FieldParent]) > 0 {
			*to = text // a variant that came before its parent gave its own
		}
		if *to == "" {
			*to = text
		}
	}
	for f, to := range map[Field]*string{
		FieldDescription: &l.Description, FieldShippingTerms: &l.Shipping, FieldDuty: &l.Duty, FieldReturns: &l.Returns, FieldHours: &l.Service,
	} {
		r.texts(a, rec, f, to)
	}
	r.pictures(a, rec)
	name := r.options(a, rec)
	for _, i := range r.cols[FieldSizes] {
		a.size(value(rec.cell(i), false))
	}
	a.variant(sku, name)
	for _, e := range r.extra {
		if text := strings.TrimSpace(rec.cell(e.i)); text != "" && p.Extra[e.name] == "" {
			if p.Extra == nil {
				p.Extra = map[string]string{}
			}
			p.Extra[e.name] = text
			r.held += len(text)
		}
	}
}

// texts adds what the columns of a field say, each in lines of its own.
func (r *articleReader) texts(a *openArticle, rec *record, f Field, to *string) {
	for _, i := range r.cols[f] {
		text := plainText(strings.TrimSpace(rec.cell(i)))
		key := string(f) + "\x1f" + text
		if text == "" || a.seen[key] {
			continue
		}
		a.seen[key] = true
		r.held += len(text)
		if *to != "" {
			*to += "\n"
		}
		*to += text
	}
}

// plainText gives what a text says that may be written as a web page, or with its line
// breaks as \n.
func plainText(text string) string {
	if !strings.Contains(text, "\n") {
		text = strings.ReplaceAll(strings.ReplaceAll(text, `\r\n`, "\n"), `\n`, "\n")
	}
	if !strings.ContainsAny(text, "<&") {
		return text
	}
	if !strings.Contains(text, "<") || !strings.Contains(text, ">") { // a plain text with entities: its lines stand
		text = strings.ReplaceAll(text, "\n", "<br>")
	}
	return letter.PlainText(text)
}

// pictures counts addresses, each once, or takes a number.
func (r *articleReader) pictures(a *openArticle, rec *record) {
	for _, i := range r.cols[FieldPictures] {
		text := value(rec.cell(i), false)
		if n, err := strconv.Atoi(text); err == nil && n > 0 && n <= maxPictureURLs {
			a.Product.Listing.Pictures = max(a.Product.Listing.Pictures, n)
			continue
		}
		for _, one := range strings.FieldsFunc(text, func(c rune) bool { return strings.ContainsRune(",|; \t\n", c) }) {
			if strings.Contains(one, "://") && len(a.pictures) < maxPictureURLs {
				a.pictures[one] = true
			}
		}
	}
}

// options gives the name of the row's variant, and takes the sizes among its options.
// A row with several values of an option stands for the product as a whole: its
// variant has no name.
func (r *articleReader) options(a *openArticle, rec *record) string {
	for k, i := range r.cols[FieldOptionName] {
		for len(a.names) <= k {
			a.names = append(a.names, "")
		}
		if text := value(rec.cell(i), false); text != "" {
			a.names[k] = text
		}
	}
	var parts []string
	several := false
	for k, i := range r.cols[FieldOption] {
		text := value(rec.cell(i), false)
		if text == "" || text == "Default Title" { // Shopify's word for a product without variants
			continue
		}
		name := ""
		if k < len(a.names) {
			name = a.names[k]
		}
		for _, o := range optionsIn(name, text) {
			several = several || len(o.values) > 1
			parts = append(parts, o.values[0])
			if isSize(o.name) {
				for _, v := range o.values {
					a.size(v)
				}
			}
		}
	}
	if several {
		return ""
	}
	return strings.Join(parts, " / ")
}

type option struct {
	name   string
	values []string
}

// optionsIn reads a cell of options: "Color=Red;Size=M", "Color=Red;Blue", "S, M, L",
// or one value.
func optionsIn(name, text string) []option {
	if !strings.Contains(text, "=") {
		return []option{{name, split(text, ",")}}
	}
	var all []option
	for _, part := range split(text, ";|") {
		n, v, named := strings.Cut(part, "=")
		switch {
		case named && strings.TrimSpace(v) != "":
			all = append(all, option{strings.TrimSpace(n), []string{strings.TrimSpace(v)}})
		case !named && len(all) > 0:
			last := &all[len(all)-1]
			last.values = append(last.values, part)
		}
	}
	return all
}

// split gives the parts of a text that are not empty, or the text itself.
func split(text, at string) []string {
	var all []string
	for _, p := range strings.FieldsFunc(text, func(c rune) bool { return strings.ContainsRune(at, c) }) {
		if p = strings.TrimSpace(p); p != "" {
			all = append(all, p)
		}
	}
	if len(all) == 0 {
		all = []string{text}
	}
	return all
}

// sizeWords are how options of sizes are called, in the languages of shops.
var sizeWords = []string{"size", "größe", "groesse", "taille", "talla", "taglia", "tamanho", "tamaño", "maat", "rozmiar", "размер", "尺码", "尺碼", "尺寸", "サイズ", "사이즈"}

func isSize(name string) bool {
	name = strings.ToLower(name)
	return slices.ContainsFunc(sizeWords, func(w string) bool { return strings.Contains(name, w) })
}

func (a *openArticle) size(text string) {
	if text == "" || a.sizes[text] || len(a.sizes) >= maxVariants {
		return
	}
	a.sizes[text] = true
	if a.Product.Listing.Sizes != "" {
		a.Product.Listing.Sizes += ", "
	}
	a.Product.Listing.Sizes += text
}

// variant adds the SKUs of a row.
func (a *openArticle) variant(text, name string) {
	if text == "" {
		return
	}
	for _, sku := range split(text, ",") {
		if i, there := a.variants[sku]; there {
			if v := &a.Product.Variants[i]; v.Name == "" {
				v.Name = name
			}
			continue
		}
		if len(a.Product.Variants) < maxVariants {
			a.variants[sku] = len(a.Product.Variants)
			a.Product.Variants = append(a.Product.Variants, data.ProductSKU{SKU: sku, Name: name})
		}
	}
}

// end gives the products.
func (r *articleReader) end(ctx context.Context) error {
	for i, a := range r.list {
		if i%512 == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		r.sum.Taken++
		if r.sink.Article == nil {
			continue
		}
		if err := r.sink.Article(a.close()); err != nil {
			return err
		}
	}
	return nil
}

// close gives the product as its rows told it. One SKU alone is the product's; of
// several, one without a name beside named ones is the listing's own.
func (a *openArticle) close() *Article {
	p := &a.Product
	p.Title = p.Listing.Title
	p.Listing.Pictures = max(p.Listing.Pictures, len(a.pictures))
	if len(p.Variants) > 0 {
		p.SKU = p.Variants[0].SKU
	}
	if i := slices.IndexFunc(p.Variants, func(v data.ProductSKU) bool { return v.Name == "" }); i >= 0 && len(p.Variants) > 1 {
		if named := slices.ContainsFunc(p.Variants, func(v data.ProductSKU) bool { return v.Name != "" }); named {
			p.SKU = p.Variants[i].SKU
			p.Variants = slices.Delete(p.Variants, i, i+1)
		}
	}
	if len(p.Variants) == 1 && p.Variants[0].SKU == p.SKU {
		p.Variants = nil
	}
	return &a.Article
}
