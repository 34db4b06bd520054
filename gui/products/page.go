package products

import (
	"context"
	"maps"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/listing"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// page is the sheet of a product.
type page struct {
	room  *Room
	id    int64
	view  desk.ProductView
	costs []data.GoodsCost // of its articles
	sheet *kit.OpenSheet
	body  *fyne.Container
	asker kit.Loader
}

// Show shows a product.
func (r *Room) Show(id int64) {
	p := &page{room: r, id: id, body: kit.Stacked(look.Tight)}
	p.sheet = r.UI.Open(kit.Sheet{
		Name: "product", Title: words.T("products.one"), Width: 900, Height: 660, Body: container.NewVScroll(kit.Inset(look.Tight, p.body)), Cancel: words.T("do.close"),
		Do: words.T("products.edit"), OnDo: func() { r.edit(p.view.Product) },
		More: []kit.SheetExtra{
			{Name: "product.paper", Text: words.T("products.paper.add"), Do: func() {
				r.ChooseFiles(words.T("products.paper.add"), nil, func(paths []string) {
					if len(paths) > 0 {
						p.paperForm(data.ProductPaper{Kind: data.PaperSnapshot}, paths)
					}
				})
			}},
			{Name: "product.know", Text: words.T("products.know.add"), Do: func() { p.knowledgeForm(-1) }},
			{Name: "product.costs", Text: words.T("products.cost.do"), Do: func() { r.Costs(p.view.Product.Name(), articlesOf(&p.view.Product)) }},
			{Name: "product.bin", Text: words.T("products.bin"), Do: func() { r.bin(id) }},
		},
	})
	r.page = p
	p.load()
}

func (p *page) load() {
	type loaded struct {
		view  desk.ProductView
		costs []data.GoodsCost
	}
	kit.Load(&p.asker, func(ctx context.Context) (l loaded, err error) {
		if l.view, err = p.room.desk.Product(ctx, p.id); err != nil {
			return l, err
		}
		for _, a := range articlesOf(&l.view.Product) {
			costs, err := p.room.desk.GoodsCosts(ctx, a)
			if err != nil {
				return l, err
			}
			l.costs = append(l.costs, costs...)
		}
		return l, nil
	}, func(l loaded, err error) {
		if err != nil {
			p.sheet.Problem(err)
			return
		}
		p.view, p.costs = l.view, l.costs
		p.draw()
	})
}

func (p *page) draw() {
	p.body.RemoveAll()
	p.body.Add(kit.Section(p.view.Product.Name()))
	p.body.Add(kit.Soft(p.facts()))
	p.drawVariants()
	p.drawCosts()
	p.drawPapers()
	p.drawKnowledge()
	p.drawCheck()
	p.drawExtra()
	kit.Dense(p.body)
	p.body.Refresh()
}

// facts are what is known of the product beside its listing, in a line.
func (p *page) facts() string {
	v := p.view.Product
	shop := p.view.Shop
	if shop == "" {
		shop = words.T("products.every_shop")
	}
	parts := []string{v.SKU, v.ExternalID, shop, v.Listing.Platform.Title()}
	if v.Class != "" {
		parts = append(parts, classText(v.Class))
	}
	if v.Fragile {
		parts = append(parts, words.T("products.fragile"))
	}
	if v.Supplier != "" {
		parts = append(parts, words.T("products.supplied", "name", v.Supplier))
	}
	return words.Join(" · ", parts...)
}

// shownVariants is how many variants the sheet lists; the rest is counted.
const shownVariants = 60

func (p *page) drawVariants() {
	all := p.view.Product.Variants
	if len(all) == 0 {
		return
	}
	var names []string
	for _, v := range all[:min(len(all), shownVariants)] {
		names = append(names, words.Join(" ", v.SKU, v.Name))
	}
	if more := len(all) - len(names); more > 0 {
		names = append(names, words.N("products.more", more))
	}
	p.section(words.T("products.variants"))
	p.body.Add(kit.Soft(words.List(names...)))
}

// drawExtra shows what a file told and no field took.
func (p *page) drawExtra() {
	extra := p.view.Product.Extra
	if len(extra) == 0 {
		return
	}
	p.section(words.T("products.extra"))
	for _, name := range slices.Sorted(maps.Keys(extra)) {
		p.body.Add(kit.Soft(words.T("products.extra.line", "name", words.OneSpaced(name), "text", words.Shorten(words.OneSpaced(extra[name]), 400))))
	}
}

// section begins a part of the sheet.
func (p *page) section(title string) {
	p.body.Add(lowered(kit.Section(title)))
}

// lowered puts air above a line of text: before a part, and beside buttons.
func lowered(o fyne.CanvasObject) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedLayout(look.Tight, 0, 0, 0), o)
}

// drawCheck shows what the check says, part by part, the worst first; the parts
// against which nothing stands share a line.
func (p *page) drawCheck() {
	if p.view.Product.Listing.IsZero() {
		p.section(words.T("products.check"))
		p.body.Add(kit.Soft(words.T("products.check.empty")))
		return
	}
	var done []string
	parts, count, basis := slices.Clone(p.view.Check), 0, false
	slices.SortStableFunc(parts, func(a, b listing.Item) int { return worst(a.Findings) - worst(b.Findings) })
	for _, it := range parts {
		count += len(it.Findings)
	}
	p.section(words.N("products.check.count", count))
	first := 0
	for _, it := range parts {
		if len(it.Findings) == 0 {
			done = append(done, words.Of("products.part", it.Part))
			continue
		}
		findings, common := shownFindings(it.Findings)
		basis = basis || common
		p.body.Add(kit.Section(words.Of("products.part", it.Part)))
		p.body.Add(show.Findings("product.finding", show.AsFindings(findings...), show.FindingDeeds{First: first, Go: p.mend(it.Part)}))
		first += len(it.Findings)
	}
	if len(done) > 0 {
		p.body.Add(kit.Soft(words.T("products.check.done", "parts", words.List(done...))))
	}
	if basis {
		p.body.Add(kit.Soft(words.T("products.check.basis")))
	}
}

// worst ranks what stands against a part; nothing comes last.
func worst(findings []data.Finding) int {
	rank := len(data.Severities())
	for _, f := range findings {
		rank = min(rank, f.Severity.Rank())
	}
	return rank
}

// shownFindings leaves out what the sheet says once for all: the part, under whose
// name they stand, and that a rule is common practice alone.
func shownFindings(findings []data.Finding) (shown []data.Finding, common bool) {
	for _, f := range findings {
		f.Where = slices.DeleteFunc(slices.Clone(f.Where), func(r data.Ref) bool { return r.Kind == "part" })
		if f.Origin.Confidence == data.Unconfirmed && f.Origin.Edition == data.Undated {
			f.Origin, common = data.Origin{}, true
		}
		shown = append(shown, f)
	}
	return shown, common
}

// mend leads to the field of the form in which a part is written.
func (p *page) mend(part string) func(data.FindingView) (string, func()) {
	if part == listing.Agrees || part == listing.Claims {
		part = ""
	}
	return func(data.FindingView) (string, func()) {
		return words.T("products.mend"), func() { p.room.editAt(p.view.Product, part) }
	}
}

func (p *page) drawPapers() {
	p.section(words.T("products.papers"))
	if len(p.view.Papers) == 0 {
		p.body.Add(kit.Soft(words.T("products.papers.none")))
	}
	for i, a := range p.view.Papers {
		name := func(what string) string { return kit.RowName("product.papers", i, what) }
		open := low(kit.NewButton(name("open"), words.T("products.paper.open"), func() { p.openFile(a) }))
		change := low(kit.NewButton(name("edit"), words.T("do.change"), func() { p.paperForm(a, nil) }))
		drop := low(kit.NewButton(name("drop"), words.T("products.paper.bin"), func() {
			p.room.Deed(words.T("products.paper.binned"), func(ctx context.Context) error { return p.room.desk.BinPaper(ctx, a.ID) })
		}))
		said, ended := paperLine(a, p.room.UI.Now())
		line := kit.Soft(said)
		if ended {
			line = kit.Colored(said, theme.ColorNameError, fyne.TextStyle{})
			line.Wrapping = fyne.TextWrapWord
		}
		p.body.Add(container.NewBorder(nil, nil, nil, container.NewHBox(open, change, drop), lowered(line)))
	}
}

func low(b *kit.Button) *kit.Button {
	b.Importance = widget.LowImportance
	return b
}

// paperLine says what a paper is, when it was issued and by whose word, when it was
// kept, when it ends, and whether it has.
func paperLine(a data.ProductPaper, now time.Time) (said string, ended bool) {
	parts := []string{words.Of("products.paper", a.Kind), a.File}
	if !a.IssuedAt.IsZero() {
		key := "products.paper.of"
		if a.Kind == data.PaperSnapshot && a.Told == data.CapturedFile {
			key = "products.paper.saved"
		}
		parts = append(parts, words.T(key, "at", words.Time(a.IssuedAt, "", now)))
	}
	parts = append(parts, words.T("products.paper.kept", "at", words.Time(a.AddedAt, "", now)))
	if !a.ExpiresAt.IsZero() {
		key := "products.until"
		if ended = hasEnded(a.ExpiresAt, now); ended {
			key = "products.ended"
		}
		parts = append(parts, words.T(key, "day", words.Day(a.ExpiresAt, "", now)))
	}
	return words.Join(" · ", append(parts, a.Note)...), ended
}

// hasEnded reports whether the day on which a paper ends is over.
func hasEnded(day, now time.Time) bool {
	return !day.IsZero() && data.Due(day, time.Local).Before(now)
}

func (p *page) openFile(a data.ProductPaper) {
	kit.Do(func(ctx context.Context) (string, error) { return p.room.desk.EvidenceCopy(ctx, a.EvidenceID) }, func(path string, err error) {
		if err != nil {
			p.sheet.Problem(err)
			return
		}
		p.room.OpenPath(path)
		p.room.UI.Toast(words.T("evidence.copied"), nil)
	})
}

func (p *page) drawKnowledge() {
	p.section(words.T("products.know"))
	if len(p.view.Product.Knowledge) == 0 {
		p.body.Add(kit.Soft(words.T("products.know.none")))
	}
	for i, k := range p.view.Product.Knowledge {
		name := func(what string) string { return kit.RowName("product.know", i, what) }
		change := low(kit.NewButton(name("edit"), words.T("do.change"), func() { p.knowledgeForm(i) }))
		drop := low(kit.NewButton(name("drop"), words.T("products.know.drop"), func() { p.dropKnowledge(i) }))
		p.body.Add(container.NewBorder(nil, nil, nil, container.NewHBox(change, drop), lowered(kit.Soft(KnowledgeLine(k)))))
	}
}

// KnowledgeLine says what an entry is about, its language, and how it begins.
func KnowledgeLine(k data.Knowledge) string {
	language := words.T("products.know.all")
	if k.Language != "" {
		language = words.LanguageNamed(k.Language)
	}
	return words.Join(" · ", words.Of("products.know", k.Kind), language, k.Question, words.Shorten(words.OneSpaced(k.Text), 110))
}

func (p *page) dropKnowledge(i int) {
	product := p.view.Product
	product.Knowledge = append(append([]data.Knowledge{}, product.Knowledge[:i]...), product.Knowledge[i+1:]...)
	p.room.Deed(words.T("products.know.dropped"), func(ctx context.Context) error {
		_, err := p.room.desk.PutProduct(ctx, product)
		return err
	})
}
