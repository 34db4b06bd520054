package imports

import (
	"cmp"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/importer"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/words"
)

// tables shows the first ten rows as they would be, and below them what is said of
// the file and its rows.
func (s *importSheet) tables() fyne.CanvasObject {
	var preview fyne.CanvasObject
	switch {
	case s.parcels():
		preview = kit.FixedTable(s.env.UI, "import.parcels", parcelPreview(s.env.UI.Now()), s.preview.Parcels)
	case s.request.Target == string(importer.TargetProducts):
		preview = kit.FixedTable(s.env.UI, "import.products", productPreview(), s.preview.Products)
	case s.request.Target == string(importer.TargetCosts):
		preview = kit.FixedTable(s.env.UI, "import.costs", costPreview(), s.preview.Costs)
	case len(s.preview.Disputes) > 0:
		preview = kit.FixedTable(s.env.UI, "import.disputes", disputePreview(s.env.UI.Now()), s.preview.Disputes)
	case len(s.preview.Feedback) > 0:
		preview = kit.FixedTable(s.env.UI, "import.feedback", feedbackPreview(s.env.UI.Now()), s.preview.Feedback)
	case len(s.preview.Messages) > 0:
		preview = kit.FixedTable(s.env.UI, "import.messages", messagePreview(s.env.UI.Now()), s.preview.Messages)
	default:
		preview = kit.FixedTable(s.env.UI, "import.orders", orderPreview(s.env.UI.Now()), s.preview.Orders)
	}
	head := kit.Stacked(0, kit.Section(words.T("import.preview")))
	if text, all := keptColumns(s.preview.Columns, s.request.Target); text != "" {
		head.Add(kit.Tip(text, all, look.Muted))
	}
	top := container.NewBorder(head, nil, nil, nil, preview)
	below := s.leftOut()
	if doubtful := s.doubtful(); doubtful != nil && below != nil {
		below = container.NewHSplit(below, doubtful)
	} else if doubtful != nil {
		below = doubtful
	}
	if below == nil {
		return top
	}
	split := container.NewVSplit(top, below)
	split.Offset = 0.58
	return split
}

// keptColumns says which columns no field takes: they stay with each order or case
// as they are written. all is the whole list, of which the line shows a part.
func keptColumns(columns []desk.ImportColumn, target string) (line, all string) {
	names := desk.UnreadColumns(columns)
	if len(names) == 0 || target == string(importer.TargetCosts) { // no row of the desk would keep them
		return "", ""
	}
	all = words.List(names...)
	key := "import.kept"
	if target == string(importer.TargetProducts) {
		key = "import.kept_product"
	}
	return words.N(key, len(names), "columns", words.Shorten(all, 110)), words.Shorten(all, 2000)
}

func orderPreview(now time.Time) []kit.Column[data.Order] {
	zoned := func(o data.Order) string { return o.Shop.Zone }
	return []kit.Column[data.Order]{
		{ID: "number", Title: "import.col.number", Width: 170, Text: func(o data.Order) string { return o.Number }},
		{ID: "ordered", Title: "import.col.ordered", Width: 120, Text: func(o data.Order) string { return words.Time(o.OrderedAt, zoned(o), now) }},
		{ID: "buyer", Title: "import.col.buyer", Width: 130, Text: func(o data.Order) string { return cmp.Or(o.Buyer.Name, o.Buyer.Handle) }},
		{ID: "country", Title: "import.col.country", Width: 92, Text: func(o data.Order) string { return words.Country(cmp.Or(o.Buyer.Country, o.ShipTo.Country)) }},
		{ID: "status", Title: "import.col.status", Width: 100, Text: func(o data.Order) string { return words.Of("order_status", o.Status) }},
		{ID: "total", Title: "import.col.total", Width: 110, Right: true, Text: func(o data.Order) string { return words.Money(o.Total) }},
		{ID: "items", Title: "import.col.items", Width: 190, Grow: true, Text: itemsOf},
		{ID: "tracking", Title: "import.col.tracking", Width: 140, Text: trackingOf},
	}
}

func itemsOf(o data.Order) string {
	var titles []string
	for _, i := range o.Items {
		titles = append(titles, words.T("import.item", "n", i.Quantity, "title", i.Title))
	}
	return strings.Join(titles, "; ")
}

func trackingOf(o data.Order) string {
	var numbers []string
	for _, s := range o.Shipments {
		if s.Tracking != "" {
			numbers = append(numbers, s.Tracking)
		}
	}
	return strings.Join(numbers, ", ")
}

func productPreview() []kit.Column[data.Product] {
	return []kit.Column[data.Product]{
		{ID: "sku", Title: "import.col.sku", Width: 150, Text: func(p data.Product) string { return p.SKU }},
		{ID: "title", Title: "import.col.title", Width: 260, Grow: true, Text: func(p data.Product) string { return p.Name() }},
		{ID: "variants", Title: "import.col.variants", Width: 200, Text: variantsOf},
		{ID: "described", Title: "import.col.described", Width: 260, Text: func(p data.Product) string { return words.Shorten(words.OneSpaced(p.Listing.Description), 80) }},
		{ID: "pictures", Title: "import.col.pictures", Width: 80, Right: true, Text: func(p data.Product) string { return words.Number(int64(p.Listing.Pictures)) }},
	}
}

func variantsOf(p data.Product) string {
	var names []string
	for _, v := range p.Variants {
		names = append(names, cmp.Or(v.Name, v.SKU))
	}
	return words.Shorten(words.List(names...), 80)
}

func costPreview() []kit.Column[importer.CostLine] {
	sum := func(cost data.Cost) func(importer.CostLine) string {
		return func(c importer.CostLine) string { return words.Money(c.Costs[cost]) }
	}
	return []kit.Column[importer.CostLine]{
		{ID: "article", Title: "import.col.sku", Width: 220, Grow: true, Text: func(c importer.CostLine) string { return c.Article }},
		{ID: "goods", Title: "report.measure.goods", Width: 120, Right: true, Text: sum(data.CostGoods)},
		{ID: "since", Title: "products.cost.day", Width: 130, Text: func(c importer.CostLine) string {
			if c.Since.IsZero() {
				return ""
			}
			return data.OnDay(c.Since).String()
		}},
		{ID: "number", Title: "import.col.number", Width: 180, Text: func(c importer.CostLine) string { return c.Number }},
		{ID: "postage", Title: "report.measure.postage", Width: 120, Right: true, Text: sum(data.CostPostage)},
		{ID: "fees", Title: "report.measure.fees", Width: 120, Right: true, Text: sum(data.CostFees)},
	}
}

func feedbackPreview(now time.Time) []kit.Column[data.Feedback] {
	return []kit.Column[data.Feedback]{
		{ID: "order", Title: "import.col.number", Width: 170, Text: func(f data.Feedback) string { return f.OrderNumber }},
		{ID: "left", Title: "import.col.left", Width: 120, Text: func(f data.Feedback) string { return words.Time(f.LeftAt, f.Shop.Zone, now) }},
		{ID: "stars", Title: "import.col.stars", Width: 80, Text: func(f data.Feedback) string { return strings.Repeat("★", f.Stars) }},
		{ID: "buyer", Title: "import.col.buyer", Width: 120, Text: func(f data.Feedback) string { return f.BuyerHandle }},
		{ID: "text", Title: "import.col.text", Width: 300, Grow: true, Text: func(f data.Feedback) string { return f.Text }},
	}
}

func disputePreview(now time.Time) []kit.Column[data.Dispute] {
	return []kit.Column[data.Dispute]{
		{ID: "case", Title: "import.col.case", Width: 190, Text: func(d data.Dispute) string { return d.CaseNumber }},
		{ID: "reason", Title: "import.col.case_reason", Width: 190, Grow: true, Text: func(d data.Dispute) string { return words.Of("reason", d.Reason) }},
		{ID: "amount", Title: "import.col.case_amount", Width: 120, Right: true, Text: func(d data.Dispute) string { return words.Money(d.Amount) }},
		{ID: "opened", Title: "import.col.case_opened", Width: 130, Text: func(d data.Dispute) string { return words.Time(d.OpenedAt, "", now) }},
		{ID: "due", Title: "import.col.case_due", Width: 130, Text: func(d data.Dispute) string { return words.Time(d.StatedDue, "", now) }},
	}
}

func messagePreview(now time.Time) []kit.Column[data.Message] {
	return []kit.Column[data.Message]{
		{ID: "sent", Title: "import.col.left", Width: 130, Text: func(m data.Message) string { return words.Time(m.SentAt, "", now) }},
		{ID: "who", Title: "import.col.buyer", Width: 140, Text: func(m data.Message) string { return m.Author }},
		{ID: "text", Title: "import.col.text", Width: 400, Grow: true, Text: func(m data.Message) string { return m.Text }},
	}
}
