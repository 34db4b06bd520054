package products

import (
	"context"
	"strconv"
	"strings"

	"fyne.io/fyne/v2/container"

	"casebinder/data"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/words"
)

type supplierRow = kit.Numbered[data.Supplier]

// suppliers is the sheet of who supplies goods.
type suppliers struct {
	room  *Room
	sheet *kit.OpenSheet
	table *kit.Table[supplierRow]
}

// Suppliers lists who supplies goods, with what was agreed.
func (r *Room) Suppliers() {
	l := &suppliers{room: r}
	fresh := func() { r.supplierForm(data.Supplier{}) }
	l.table = kit.NewTable(r.UI, kit.TableOptions[supplierRow]{
		Name: "suppliers", Columns: supplierColumns(), Deeds: l.deeds,
		Source: func() kit.Source[supplierRow] {
			return kit.ListSource(func(ctx context.Context, _ kit.Order) ([]supplierRow, error) {
				all, err := r.desk.SupplierList(ctx)
				return kit.Number(all), err
			}, kit.PlaceOf[data.Supplier])
		},
		Empty: func() kit.Empty {
			return kit.Empty{Text: words.T("suppliers.empty"), Button: words.T("suppliers.new"), Do: fresh}
		},
	})
	l.sheet = r.UI.Open(kit.Sheet{
		Name: "suppliers", Title: words.T("suppliers.title"), Width: 940, Height: 560, Cancel: words.T("do.close"), Body: l.table,
		Do: words.T("suppliers.claims"), OnDo: func() { r.Claims(0) },
		More: []kit.SheetExtra{{Name: "suppliers.new", Text: words.T("suppliers.new"), Do: fresh}},
	})
	r.suppliers = l
	l.table.Restart()
	l.table.Focus()
}

func (l *suppliers) deeds(s supplierRow) kit.Deeds {
	return kit.Deeds{
		{Text: words.T("suppliers.edit"), Do: func() { l.room.supplierForm(s.Row) }},
		{Text: words.T("suppliers.bin"), Keys: kit.KeysBin, Rule: true, Do: func() {
			l.room.Deed(words.T("suppliers.binned"), func(ctx context.Context) error { return l.room.desk.BinSupplier(ctx, s.Row.ID) })
		}},
	}
}

func supplierColumns() []kit.Column[supplierRow] {
	return []kit.Column[supplierRow]{
		{ID: "name", Title: "suppliers.name", Width: 220, Grow: true, Bold: true, Text: func(s supplierRow) string { return s.Row.Name }},
		{ID: "products", Title: "suppliers.products", Width: 90, Right: true, Text: func(s supplierRow) string { return strconv.Itoa(s.Row.Products) }},
		{ID: "warranty", Title: "suppliers.warranty", Width: 130, Right: true, Text: func(s supplierRow) string {
			if s.Row.Warranty == 0 {
				return words.T("suppliers.pays.none")
			}
			return words.N("suppliers.days", s.Row.Warranty)
		}},
		{ID: "defects", Title: "suppliers.defects", Width: 150, Text: func(s supplierRow) string { return payerWords(s.Row.Defects) }},
		{ID: "returns", Title: "suppliers.returns", Width: 150, Text: func(s supplierRow) string { return payerWords(s.Row.Returns) }},
		{ID: "contact", Title: "suppliers.contact", Width: 160, Text: func(s supplierRow) string { return words.OneSpaced(s.Row.Contact) }},
	}
}

func payerWords(payer string) string {
	if payer == "" {
		return words.T("suppliers.pays.none")
	}
	return words.T("suppliers.pays." + payer)
}

var problemDays = data.DefineProblem("supplier_warranty", data.ErrInvalid,
	"“{value}” is no number of days.", "Write a whole number, such as 90; leave it empty where no warranty was agreed.")

// supplierForm writes down what was agreed with a supplier.
func (r *Room) supplierForm(s data.Supplier) {
	text := func(value string, rows int) *kit.Entry { return kit.TextField(r.UI, value, rows) }
	days := ""
	if s.Warranty > 0 {
		days = strconv.Itoa(s.Warranty)
	}
	name, contact, warranty, notes := text(s.Name, 1), text(s.Contact, 2), text(days, 1), text(s.Notes, 4)
	for id, field := range map[string]*kit.Entry{"name": name, "contact": contact, "warranty": warranty, "notes": notes} {
		kit.Trace("supplier."+id, field)
	}
	payers := make([]kit.Option[string], 0, 4)
	for _, p := range data.SupplyPayers() {
		payers = append(payers, kit.Option[string]{Value: p, Text: payerWords(p)})
	}
	defects, returns := kit.NewChoice(payers, s.Defects, nil), kit.NewChoice(payers, s.Returns, nil)
	r.UI.OpenForm(kit.FormSheet{
		Name: "supplier.edit", Title: words.T("suppliers.edit"), Width: 640, Save: words.T("do.save"), Focus: name,
		Fields: []*kit.Field{
			{Label: words.T("suppliers.name"), Object: name},
			{Label: words.T("suppliers.contact"), Object: contact},
			{Label: words.T("suppliers.warranty"), Object: warranty, Hint: words.T("suppliers.warranty.hint")},
			kit.ChoiceRow(words.T("suppliers.defects"), defects), kit.ChoiceRow(words.T("suppliers.returns"), returns),
			{Label: words.T("suppliers.notes"), Object: notes, Hint: words.T("suppliers.notes.hint")},
		},
		Read: func() error {
			s.Name, s.Contact, s.Notes, s.Defects, s.Returns, s.Warranty = name.Text, contact.Text, notes.Text, defects.Value(), returns.Value(), 0
			if value := strings.TrimSpace(warranty.Text); value != "" {
				n, err := strconv.Atoi(value)
				if err != nil {
					return problemDays.New("value", value)
				}
				s.Warranty = n
			}
			return nil
		},
		Work: func(ctx context.Context) error {
			_, err := r.desk.PutSupplier(ctx, s)
			return err
		},
		Done: func() { r.UI.Toast(words.T("suppliers.saved"), r.Undo) },
	})
}

// Claims lists what can be claimed on suppliers: of an order, or with 0 of all.
func (r *Room) Claims(orderID int64) {
	body := kit.Stacked(look.Tight)
	sheet := r.UI.Open(kit.Sheet{
		Name: "supplier.claims", Title: words.T("suppliers.claims.title"), Width: 820, Height: 520, Cancel: words.T("do.close"),
		Body: container.NewVScroll(kit.Inset(look.Tight, body)),
	})
	r.claims = &claims{sheet: sheet}
	r.claims.load = func() {
		kit.Load(&r.claims.asker, func(ctx context.Context) ([]data.SupplierClaim, error) { return r.desk.SupplierClaims(ctx, orderID) }, func(all []data.SupplierClaim, err error) {
			if err != nil {
				sheet.Problem(err)
				return
			}
			body.RemoveAll()
			body.Add(kit.Soft(words.T("suppliers.claims.how")))
			if len(all) == 0 {
				body.Add(kit.Prose(words.T("suppliers.claims.none")))
			}
			for i := range all {
				c := all[i]
				write := kit.NewButton(kit.RowName("supplier.claims", i, "write"), words.T("suppliers.claims.write"), func() { r.claimSheet(c) })
				body.Add(container.NewBorder(nil, nil, nil, container.NewCenter(write), lowered(kit.Prose(claimLine(&c)))))
			}
			body.Refresh()
			kit.Event("loaded", "name", "supplier.claims", "rows", len(all))
		})
	}
	r.claims.load()
}

// claims is the open sheet of claims.
type claims struct {
	sheet *kit.OpenSheet
	asker kit.Loader
	load  func()
}

// claimLine says what can be claimed, why, and until when.
func claimLine(c *data.SupplierClaim) string {
	var why []string
	for _, k := range c.Kinds {
		why = append(why, words.T("suppliers.case."+string(k)))
	}
	task := ""
	switch {
	case c.Task == nil:
	case c.Task.DoneAt.IsZero():
		task = words.T("suppliers.claims.task")
	default:
		task = words.T("suppliers.claims.done")
	}
	return words.Join(" · ", c.Supplier.Name, words.T("suppliers.claims.order", "number", c.Number), words.Shorten(c.Title, 60), words.List(why...),
		words.T("suppliers.claims.until", "day", c.Until), words.T("suppliers.claims.pays", "who", payerWords(c.Supplier.Defects)), task)
}

// claimSheet drafts the letter of a claim in the seller's language; it can be copied, and
// kept as a task until it was sent.
func (r *Room) claimSheet(c data.SupplierClaim) {
	text := kit.NewTextArea(r.UI, 14)
	kit.Trace("supplier.claim.text", text)
	said := kit.Soft(words.Join(" · ", claimLine(&c), words.OneSpaced(c.Supplier.Contact), words.OneSpaced(c.Supplier.Notes)))
	var sheet *kit.OpenSheet
	sheet = r.UI.Open(kit.Sheet{
		Name: "supplier.claim", Title: words.T("suppliers.claim.title", "name", words.Shorten(c.Supplier.Name, 60)), Width: 760, Height: 560, Cancel: words.T("do.close"), FocusedAt: text,
		Body: container.NewBorder(said, nil, nil, nil, text),
		More: []kit.SheetExtra{{Name: "supplier.claim.copy", Text: words.T("suppliers.claim.copy"), Do: func() { r.UI.Copy(text.Text, words.T("suppliers.claim.copied")) }}},
		Do:   words.T("suppliers.claim.do"), OnDo: func() {
			title, note := words.T("suppliers.claim.task", "name", c.Supplier.Name, "number", c.Number), text.Text
			r.DeedThen(words.T("suppliers.claim.kept"), func(ctx context.Context) error {
				_, err := r.desk.TakeOnClaim(ctx, c.OrderID, c.Key, title, note)
				return err
			}, func() { sheet.Close() })
		},
	})
	kit.Do(func(ctx context.Context) (string, error) { return r.desk.ClaimText(ctx, &c, words.Language()) }, func(draft string, err error) {
		if err != nil {
			sheet.Problem(err)
			return
		}
		if text.Text == "" {
			text.SetText(draft)
		}
	})
}
