package paper

import (
	"context"
	"strconv"
	"strings"

	"casebinder/data"
	"casebinder/data/pdf"
	"casebinder/data/reply"
)

// going are the parcels of an order that go to the buyer.
func going(o *data.Order) []data.Shipment {
	var list []data.Shipment
	for _, s := range o.Shipments {
		if s.Kind != data.ShipmentReturn {
			list = append(list, s)
		}
	}
	return list
}

// lists prints an order's list, one for each of its parcels.
func (p *press) lists(ctx context.Context, o *Order) error {
	p.speak(o.Language)
	if len(o.Items) == 0 {
		p.notes.add(noteNoItems, o.Number)
	}
	if p.o.Address && strings.TrimSpace(reply.WritingFor(p.lang, "", nil).Address(o.ShipTo)) == "" {
		p.notes.add(noteNoAddress, o.Number)
	}
	parcels := going(&o.Order)
	for i := range max(1, len(parcels)) {
		var parcel *data.Shipment
		if len(parcels) > 0 {
			parcel = &parcels[i]
		}
		if err := p.list(ctx, o, parcel, i+1, len(parcels)); err != nil {
			return err
		}
	}
	return p.err
}

// list prints the list of one parcel.
func (p *press) list(ctx context.Context, o *Order, parcel *data.Shipment, n, of int) error {
	writing := reply.WritingFor(p.lang, o.ShipTo.Country, o.Shop.Location())
	p.begin(joined(" · ", p.words.Order+" "+o.Number, o.Shop.Name))
	p.letterhead(o)
	facts := []fact{
		{p.label(func(w *words) string { return w.Order }), o.Number},
		{p.label(func(w *words) string { return w.Ordered }), writing.Day(o.OrderedAt)},
	}
	if of > 1 {
		facts = append(facts, fact{p.label(func(w *words) string { return w.Parcels }), counted(p.words.Parcel, strconv.Itoa(n), strconv.Itoa(of))})
	}
	if parcel != nil {
		facts = append(
			facts,
			fact{p.label(func(w *words) string { return w.Tracking }), parcel.Tracking},
			fact{p.label(func(w *words) string { return w.Carrier }), joined(" · ", parcel.Carrier, parcel.Service)},
			fact{p.label(func(w *words) string { return w.Weight }), weight(parcel.Weight)},
		)
	}
	p.facts(facts)
	if address := writing.Address(o.ShipTo); p.o.Address && address != "" {
		p.block(p.label(func(w *words) string { return w.To }), address)
	}
	if of > 1 {
		p.line(p.both(func(w *words) string { return w.Several }), p.style(0.95, false, muted))
	}
	if err := p.items(ctx, o, writing); err != nil {
		return err
	}
	p.checks()
	return nil
}

// letterhead draws what the paper is, whose it is, and the number as a barcode.
func (p *press) letterhead(o *Order) {
	title := pdf.Block{Spans: []pdf.Span{{Text: p.words.List, Style: p.style(1.75, true, accent)}}}
	if also := p.also(); also != nil {
		title.Spans = append(title.Spans, pdf.Span{Text: "  " + also.List, Style: p.style(1.1, false, muted)})
	}
	room := p.body()
	if p.wide {
		room = p.body() * 9 / 20
	}
	code, ok := barcodeIn(o.Number, room)
	if !ok {
		p.notes.add(noteBarcode, o.Number)
	}
	width := p.body()
	if ok && p.wide {
		width -= code.width() + 4*pdf.MM
	}
	title.Spans = append(title.Spans, pdf.Span{Text: "\n" + o.Shop.Name, Style: p.style(1, false, ink)})
	head := row{cells: []cell{{p.set(title, width), 0, width}}, after: p.pt(0.8)}
	height := p.pt(2.6)
	if ok && p.wide {
		head.least = height + p.pt(1.6)
		head.draw = func(y pdf.Length) { p.barcode(code, o.Number, p.body()-code.width(), y, height) }
	}
	p.add(head)
	if ok && !p.wide {
		p.add(row{least: height + p.pt(1.6), after: p.pt(0.6), draw: func(y pdf.Length) {
			p.barcode(code, o.Number, (p.body()-code.width())/2, y, height)
		}})
	}
	p.page.Line(p.margin, p.y, p.margin+p.body(), p.y, pdf.Pt(1), accent)
	p.y += p.pt(0.7)
}

// barcode draws a barcode with its number below.
func (p *press) barcode(b barcode, number string, x, y, height pdf.Length) {
	b.draw(p.page, p.at(x, b.width()), y, height)
	t := p.set(pdf.Block{Spans: []pdf.Span{{Text: number, Style: p.style(0.9, false, ink)}}, Align: pdf.AlignCenter}, b.width())
	p.page.DrawText(t, p.at(x, b.width()), y+height+p.pt(0.15))
}

// A fact is a label and its value.
type fact struct{ label, value string }

// facts writes labels and values side by side, those without a value left out.
func (p *press) facts(list []fact) {
	columns := 2
	if p.wide {
		columns = 3
	}
	gap := p.pt(1)
	width := (p.body() - pdf.Length(columns-1)*gap) / pdf.Length(columns)
	var cells []cell
	flush := func() {
		if len(cells) > 0 {
			p.add(row{cells: cells, after: p.pt(0.45)})
		}
		cells = nil
	}
	for _, f := range list {
		if strings.TrimSpace(f.value) == "" {
			continue
		}
		t := p.set(pdf.Block{Spans: []pdf.Span{{Text: f.label + "\n", Style: p.style(0.82, false, muted)}, {Text: f.value, Style: p.style(1.05, false, ink)}}}, width)
		cells = append(cells, cell{t, pdf.Length(len(cells)) * (width + gap), width})
		if len(cells) == columns {
			flush()
		}
	}
	flush()
}

// block writes a label with what stands below it.
func (p *press) block(label, text string) {
	p.add(row{cells: []cell{{p.set(pdf.Block{Spans: []pdf.Span{
		{Text: label + "\n", Style: p.style(0.82, false, muted)}, {Text: text, Style: p.style(1.05, false, ink)},
	}}, p.body()), 0, p.body()}}, after: p.pt(0.6)})
}

// line writes a text over the whole width.
func (p *press) line(text string, s pdf.Style) {
	p.add(row{cells: []cell{{p.set(pdf.Plain(text, s), p.body()), 0, p.body()}}, after: p.pt(0.5)})
}

// both is a sentence, with that of the second language below it.
func (p *press) both(of func(*words) string) string {
	if also := p.also(); also != nil && of(also) != of(p.words) {
		return of(p.words) + "\n" + of(also)
	}
	return of(p.words)
}

// columns are the places of what a row of goods tells.
type columns struct {
	quantity, item, sku, price cell
	prices                     bool
}

func (p *press) columns() columns {
	c := columns{prices: p.o.Prices}
	box, gap := p.pt(1.7), p.pt(0.8)
	c.quantity = cell{x: box, w: p.pt(4.2)}
	c.item.x = c.quantity.x + c.quantity.w + gap
	end := p.body()
	if c.prices {
		c.price.w = p.pt(8)
		c.price.x = end - c.price.w
		end = c.price.x - gap
	}
	if p.wide {
		c.sku.w = p.pt(11)
		c.sku.x = end - c.sku.w
		end = c.sku.x - gap
	}
	c.item.w = end - c.item.x
	return c
}

// items writes the goods, with the head of their table on each page.
func (p *press) items(ctx context.Context, o *Order, writing reply.Writing) error {
	c := p.columns()
	end := pdf.AlignRight
	if p.rtl() {
		end = pdf.AlignLeft
	}
	head := func(of func(*words) string, at cell, align pdf.Align) cell {
		at.text = p.set(pdf.Block{Spans: []pdf.Span{{Text: p.both(of), Style: p.style(0.85, true, muted)}}, Align: align}, at.w)
		return at
	}
	p.head = func() {
		cells := []cell{head(func(w *words) string { return w.Quantity }, c.quantity, end), head(func(w *words) string { return w.Item }, c.item, pdf.AlignStart)}
		if p.wide {
			cells = append(cells, head(func(w *words) string { return w.SKU }, c.sku, pdf.AlignStart))
		}
		if c.prices {
			cells = append(cells, head(func(w *words) string { return w.Price }, c.price, end))
		}
		p.add(row{cells: cells, line: true, after: p.pt(0.4)})
	}
	p.y += p.pt(0.5)
	if p.left() < p.pt(8) {
		p.turn()
	} else {
		p.head()
	}
	total := int64(0)
	for i := range o.Items {
		if i%200 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		p.item(&o.Items[i], c, writing, end)
		if o.Items[i].Quantity < 1 {
			p.notes.add(noteQuantity, o.Number, "quantity", o.Items[i].Quantity)
		}
		total += o.Items[i].Quantity
	}
	p.head = nil
	sum := c.quantity
	sum.text = p.set(pdf.Block{Spans: []pdf.Span{{Text: strconv.FormatInt(total, 10), Style: p.style(1.05, true, ink)}}, Align: end}, sum.w)
	said := cell{p.set(pdf.Plain(p.label(func(w *words) string { return w.Total }), p.style(1.05, true, ink)), c.item.w), c.item.x, c.item.w}
	p.add(row{cells: []cell{sum, said}, after: p.pt(0.9)})
	return nil
}

// item writes one line of goods, with a box to tick.
func (p *press) item(i *data.Item, c columns, writing reply.Writing, end pdf.Align) {
	quantity := c.quantity
	quantity.text = p.set(pdf.Block{Spans: []pdf.Span{{Text: strconv.FormatInt(i.Quantity, 10) + " ×", Style: p.style(1.05, true, ink)}}, Align: end}, quantity.w)
	title := pdf.Block{Spans: []pdf.Span{{Text: i.Title, Style: p.style(1.05, false, ink)}}}
	below := []string{i.Variation}
	if !p.wide && i.SKU != "" {
		below = append(below, p.words.SKU+" "+i.SKU)
	}
	if text := joined(" · ", below...); text != "" {
		title.Spans = append(title.Spans, pdf.Span{Text: "\n" + text, Style: p.style(0.9, false, muted)})
	}
	item := c.item
	item.text = p.set(title, item.w)
	cells := []cell{quantity, item}
	if p.wide {
		sku := c.sku
		sku.text = p.set(pdf.Plain(i.SKU, p.style(0.95, false, ink)), sku.w)
		cells = append(cells, sku)
	}
	if c.prices {
		price := c.price
		price.text = p.set(pdf.Block{Spans: []pdf.Span{{Text: writing.Money(i.Price), Style: p.style(1, false, ink)}}, Align: end}, price.w)
		cells = append(cells, price)
	}
	p.add(row{cells: cells, line: true, after: p.pt(0.4), draw: func(y pdf.Length) { p.box(0, y) }})
}

// checks are the boxes that whoever packs ticks, and the line for a name.
func (p *press) checks() {
	for i, of := range []func(*words) string{
		func(w *words) string { return w.Counted }, func(w *words) string { return w.Parts }, func(w *words) string { return w.Condition },
	} {
		keep := pdf.Length(0)
		if i == 0 {
			keep = p.pt(7)
		}
		x := p.pt(1.7)
		t := p.set(pdf.Plain(p.label(of), p.style(1, false, ink)), p.body()-x)
		p.add(row{cells: []cell{{t, x, p.body() - x}}, after: p.pt(0.25), keep: keep, draw: func(y pdf.Length) { p.box(0, y) }})
	}
	p.y += p.pt(0.3)
	p.blanks(func(w *words) string { return w.PackedBy }, func(w *words) string { return w.Date })
}

// blanks are labels side by side, each with a line to write on.
func (p *press) blanks(labels ...func(*words) string) {
	gap := p.pt(1.5)
	width := (p.body() - pdf.Length(len(labels)-1)*gap) / pdf.Length(len(labels))
	var cells []cell
	tallest := pdf.Length(0)
	for i, of := range labels {
		t := p.set(pdf.Plain(p.label(of), p.style(0.85, false, muted)), width)
		cells = append(cells, cell{t, pdf.Length(i) * (width + gap), width})
		tallest = max(tallest, t.Height())
	}
	p.add(row{cells: cells, least: tallest + p.pt(2.1), after: p.pt(0.3), draw: func(y pdf.Length) {
		for _, c := range cells {
			x := p.at(c.x, c.w)
			p.page.Line(x, y+tallest+p.pt(1.9), x+c.w, y+tallest+p.pt(1.9), pdf.Pt(0.6), muted)
		}
	}})
}

// weight writes grams, from a kilogram on in kilograms; "" where it is not known.
func weight(grams int64) string {
	switch {
	case grams <= 0:
		return ""
	case grams < 1000:
		return strconv.FormatInt(grams, 10) + " g"
	}
	rest := strconv.FormatInt(1000+grams%1000, 10)[1:]
	return strings.TrimRight(strings.TrimRight(strconv.FormatInt(grams/1000, 10)+"."+rest, "0"), ".") + " kg"
}

// joined joins what is not empty.
func joined(by string, parts ...string) string {
	var kept []string
	for _, s := range parts {
		if s = strings.TrimSpace(s); s != "" {
			kept = append(kept, s)
		}
	}
	return strings.Join(kept, by)
}
