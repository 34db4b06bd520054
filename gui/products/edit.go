package products

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/listing"
	"casebinder/gui/kit"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

var problemPictures = data.DefineProblem("product_pictures", data.ErrInvalid,
	"“{value}” is not a number of pictures.", "Enter a whole number from 0 to 999.")

// classText is what a class of goods is called.
func classText(id string) string {
	if key := "products.class." + id; words.Has(key) {
		return words.T(key)
	}
	return id
}

// productForm are the fields of a product.
type productForm struct {
	sku, name, external                                                 *kit.Entry
	title, description, sizes, shipping, duty, returns, service, images *kit.Entry
	noSizes, own, fragile                                               *kit.Check
	site                                                                *kit.Choice[data.Platform]
	shop                                                                *kit.Choice[int64]
	class                                                               *kit.Choice[string]
	supplier                                                            *supplierField
}

// edit writes down what a listing tells.
func (r *Room) edit(p data.Product) { r.editAt(p, "") }

// editAt is edit with the cursor in the field of a part.
func (r *Room) editAt(p data.Product, part string) {
	type offered struct {
		classes   []string
		suppliers []data.Supplier
	}
	kit.Do(func(ctx context.Context) (o offered, err error) {
		if o.classes, err = r.desk.GoodsClasses(ctx); err == nil {
			o.suppliers, err = r.desk.SupplierList(ctx)
		}
		return o, err
	}, func(o offered, err error) {
		if err != nil {
			r.UI.Problem(err)
			return
		}
		f := r.form(p, o.classes)
		f.supplier = newSupplierField(r.UI, o.suppliers, p.Supplier)
		r.openForm(p, part, f)
	})
}

func (r *Room) form(p data.Product, classes []string) *productForm {
	l := &p.Listing
	text := func(value string, rows int) *kit.Entry { return kit.TextField(r.UI, value, rows) }
	check := func(key string, on bool) *kit.Check {
		c := kit.NewCheck(words.T(key), nil)
		c.Checked = on
		return c
	}
	f := &productForm{
		sku: text(p.SKU, 1), name: text(p.Title, 1), external: text(p.ExternalID, 1),
		title: text(l.Title, 2), description: text(l.Description, 6), sizes: text(l.Sizes, 3), shipping: text(l.Shipping, 3), duty: text(l.Duty, 2),
		returns: text(l.Returns, 3), service: text(l.Service, 2), images: text(strconv.Itoa(l.Pictures), 1),
		noSizes: check("products.no_sizes", l.NoSizes), own: check("products.own_pictures", l.OwnPictures), fragile: check("products.fragile", p.Fragile),
	}
	f.site = kit.NewChoice(kit.FilterOptions("products.no_site", show.PlatformOptions()), l.Platform, nil)
	shops := []kit.Option[int64]{{Value: 0, Text: words.T("products.every_shop")}}
	for _, s := range r.Shops() {
		shops = append(shops, kit.Option[int64]{Value: s.ID, Text: words.Join(" · ", s.Name, s.Platform.Title())})
	}
	f.shop = kit.NewChoice(shops, p.ShopID, nil)
	if p.Class != "" && !slices.Contains(classes, p.Class) {
		classes = append(slices.Clone(classes), p.Class)
	}
	options := []kit.Option[string]{{Value: "", Text: words.T("products.class.none")}}
	for _, c := range classes {
		options = append(options, kit.Option[string]{Value: c, Text: classText(c)})
	}
	f.class = kit.NewChoice(options, p.Class, nil)
	return f
}

// read takes the fields into a product.
func (f *productForm) read(p *data.Product) error {
	n, err := strconv.Atoi(strings.TrimSpace(f.images.Text))
	if err != nil || n < 0 || n > 999 {
		return problemPictures.New("value", f.images.Text)
	}
	p.SKU, p.Title, p.ExternalID, p.Supplier, p.Class, p.Fragile = f.sku.Text, f.name.Text, f.external.Text, f.supplier.name(), f.class.Value(), f.fragile.Checked
	p.ShopID = f.shop.Value()
	p.Listing = data.Listing{
		Platform: f.site.Value(), Title: f.title.Text, Description: f.description.Text, Sizes: f.sizes.Text, NoSizes: f.noSizes.Checked, Pictures: n,
		OwnPictures: f.own.Checked, Shipping: f.shipping.Text, Duty: f.duty.Text, Returns: f.returns.Text, Service: f.service.Text,
	}
	return nil
}

func (r *Room) openForm(p data.Product, part string, f *productForm) {
	field := func(key string, o fyne.CanvasObject, hint string) *kit.Field {
		line := &kit.Field{Label: words.T(key), Object: o}
		if hint != "" {
			line.Hint = words.T(hint)
		}
		return line
	}
	focus := map[string]fyne.Focusable{
		listing.Title: f.title, listing.Description: f.description, listing.Sizes: f.sizes, listing.Pictures: f.images, listing.Shipping: f.shipping,
		listing.Duty: f.duty, listing.Returns: f.returns, listing.Service: f.service,
	}[part]
	if focus == nil {
		focus = f.sku
	}
	r.UI.OpenForm(kit.FormSheet{
		Name: "product.edit", Title: words.T("products.edit"), Width: 820, Height: 680, Save: words.T("do.save"), Focus: focus,
		Fields: []*kit.Field{
			field("products.col.sku", f.sku, "products.sku.hint"), field("products.name", f.name, ""),
			{Label: words.T("products.supplier"), Object: f.supplier.object, Check: f.supplier.check},
			field("products.shop", f.shop, ""), field("products.site", f.site, ""),
			field("products.part.title", f.title, ""), field("products.part.description", f.description, "products.description.hint"),
			field("products.part.sizes", container.NewVBox(f.sizes, f.noSizes), ""), field("products.pictures", container.NewVBox(f.images, f.own), ""),
			field("products.part.shipping", f.shipping, "products.shipping.hint"), field("products.part.duty", f.duty, ""),
			field("products.part.returns", f.returns, ""), field("products.part.service", f.service, ""),
			field("products.class", f.class, "products.class.hint"), field("products.packing", f.fragile, ""), field("products.external", f.external, ""),
		},
		Read: func() error { return f.read(&p) },
		Work: func(ctx context.Context) (err error) {
			p, err = r.desk.PutProduct(ctx, p)
			return err
		},
		Done: func() {
			if r.page == nil || r.page.sheet.Closed() || r.page.id != p.ID {
				r.Show(p.ID)
			}
			r.UI.Toast(words.T("products.saved"), r.Undo)
		},
	})
}

// paperForm describes a paper: new ones with their files, or one that is there.
func (p *page) paperForm(a data.ProductPaper, paths []string) {
	r := p.room
	kind := kit.NewChoice(kit.Options("products.paper", data.PaperKinds()), a.Kind, nil)
	issued, expires := kit.NewTimeField(r.UI, a.IssuedAt, ""), kit.NewDueField(r.UI, a.ExpiresAt, "")
	note := kit.TextField(r.UI, a.Note, 2)
	fields := []*kit.Field{
		kit.ChoiceRow(words.T("products.paper.kind"), kind), kit.TimeRow(words.T("products.paper.issued"), issued, false),
		kit.TimeRow(words.T("products.paper.expires"), expires, false),
		{Label: words.T("products.paper.note"), Object: note},
	}
	fields[1].Hint, fields[2].Hint = words.T("products.paper.issued.hint"), words.T("products.paper.expires.hint", "days", data.PaperNotice)
	title, said := words.T("products.paper.edit"), words.T("products.paper.saved_toast")
	if len(paths) > 0 {
		title = words.T("products.paper.title", "files", words.Shorten(fileNames(paths), 60))
	}
	name := p.view.Product.Name()
	r.UI.OpenForm(kit.FormSheet{
		Name: "product.paper", Title: title, Width: 600, Save: words.T("do.save"), Focus: note, Fields: fields,
		Read: func() (err error) {
			a.Kind, a.Note = kind.Value(), note.Text
			if a.IssuedAt, err = issued.Value(); err != nil {
				return err
			}
			a.ExpiresAt, err = expires.Value()
			return err
		},
		Work: func(ctx context.Context) error {
			task := words.T("products.paper.task", "kind", words.Of("products.paper", a.Kind), "product", name, "day", data.FormatTime(a.ExpiresAt, time.Local, time.DateOnly, time.DateOnly))
			if len(paths) == 0 {
				return r.desk.EditPaper(ctx, a, task)
			}
			for _, path := range paths {
				_, err := r.desk.AddPaper(ctx, p.id, desk.PaperFile{
					EvidenceFile: desk.EvidenceFile{Path: path, Note: a.Note, Source: "file"}, Paper: a.Kind, Issued: a.IssuedAt, Expires: a.ExpiresAt, Task: task,
				})
				if err != nil {
					return err
				}
				paths = paths[1:] // what is in is not tried again
			}
			return nil
		},
		Done: func() { r.UI.Toast(said, r.Undo) },
	})
}

// entryLanguages are offered for an entry.
var entryLanguages = []string{"en", "zh-CN", "zh-TW", "es", "pt-BR", "fr", "de", "it", "ru", "pl", "nl", "tr", "ar", "he", "ja", "ko", "th", "vi", "id", "uk"}

// knowledgeForm writes an entry that replies can quote; i is its place, -1 a new one.
func (p *page) knowledgeForm(i int) {
	r := p.room
	product := p.view.Product
	k := data.Knowledge{Kind: data.KnowFAQ}
	if i >= 0 {
		k = product.Knowledge[i]
	}
	kind := kit.NewChoice(kit.Options("products.know", data.KnowledgeKinds()), k.Kind, nil)
	languages := []kit.Option[string]{{Value: "", Text: words.T("products.know.all")}}
	for _, l := range entryLanguages {
		languages = append(languages, kit.Option[string]{Value: l, Text: words.LanguageNamed(l)})
	}
	language := kit.NewChoice(languages, k.Language, nil)
	question, text := kit.TextField(r.UI, k.Question, 1), kit.TextField(r.UI, k.Text, 7)
	r.UI.OpenForm(kit.FormSheet{
		Name: "product.know", Title: words.T("products.know.add"), Width: 640, Save: words.T("do.save"), Focus: text,
		Fields: []*kit.Field{
			kit.ChoiceRow(words.T("products.know.kind"), kind), kit.ChoiceRow(words.T("products.know.language"), language),
			{Label: words.T("products.know.question"), Object: question, Hint: words.T("products.know.question.hint")},
			{Label: words.T("products.know.text"), Object: text},
		},
		Read: func() error {
			k = data.Knowledge{Kind: kind.Value(), Language: language.Value(), Question: question.Text, Text: text.Text}
			return nil
		},
		Work: func(ctx context.Context) error {
			to := product
			to.Knowledge = slices.Clone(product.Knowledge)
			if i >= 0 {
				to.Knowledge[i] = k
			} else {
				to.Knowledge = append(to.Knowledge, k)
			}
			_, err := r.desk.PutProduct(ctx, to)
			return err
		},
		Done: func() { r.UI.Toast(words.T("products.know.saved"), r.Undo) },
	})
}
