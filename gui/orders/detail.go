package orders

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/route"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// detail is the pane of one order: facts, one timeline of everything, and
// what can be done.
type detail struct {
	*show.Record
	env      *env
	parcels  parcelsShown
	margin   desk.OrderMargin     // of it
	claims   []data.SupplierClaim // so too
	view     desk.OrderView       // as shown; ID 0 while none is
	row      data.OrderRow        // of it, for sheets
	title    *kit.Para
	badges   *fyne.Container
	facts    *kit.Facts
	extras   *extras         // what no field takes
	risk     *fyne.Container // the line of the review, in strips
	more     *fyne.Container // disputes, feedback, evidence of the order
	tasks    *fyne.Container
	timeline *show.Timeline
	talk     *show.Conversation
	parts    *kit.Parts
	pack     *fyne.Container // what the proof of its packing holds and lacks, in strips
	paths    *fyne.Container // those that are walked for the order
	strips   *fyne.Container // lines of warning and of guidance, over the facts
	bar      *kit.ActionBar
}

// shown is a view with its timeline in words, made off the main goroutine.
type shown struct {
	view    desk.OrderView
	parcels desk.ParcelsView
	margin  desk.OrderMargin
	claims  []data.SupplierClaim
	entries []show.TimelineEntry
}

func newDetail(e *env) *detail {
	d := &detail{env: e, timeline: show.NewTimeline(e.UI), badges: container.NewHBox(), more: kit.Stacked(0), tasks: container.NewStack(), strips: kit.Stacked(0)}
	d.risk = container.NewStack()
	d.strips.Add(d.risk)
	d.title = kit.NewRecordTitle()
	d.paths = kit.Stacked(0)
	d.strips.Add(d.paths)
	d.pack = container.NewStack()
	d.strips.Add(d.pack)
	d.facts, d.extras = kit.NewFacts(e.UI), newExtras(e.UI)
	head := kit.Headed(d.title, d.badges)
	top := container.NewVScroll(kit.Inset(look.Tight, kit.Stacked(look.Tight, d.facts.Object, d.extras.object, d.more, d.tasks)))
	d.talk = show.NewConversation(e.Env, e.desk, "order.talk")
	d.parts = kit.NewParts("order.part", kit.NewPart("timeline", words.T("order.timeline"), d.timeline.Scroll), kit.NewPart("talk", words.T("thread.part"), d.talk.Object))
	middle := container.NewVSplit(top, d.parts)
	d.bar = kit.NewActionBar(e.UI, "order.more", d.actions()...)
	body := container.NewBorder(d.strips, nil, nil, nil, kit.KeepSplit(e.UI, "orders.detail.split", 0.46, middle))
	page := kit.PaneOf(head, body, container.NewVBox(widget.NewSeparator(), d.bar.Object))
	d.Record = show.NewRecord(e.UI, page, kit.NothingChosen("orders.pick.title", "orders.pick.do"), func() {
		d.view, d.row = desk.OrderView{}, data.OrderRow{}
	})
	return d
}

// Choose follows the list.
func (d *detail) Choose(r data.OrderRow, ok bool) {
	switch {
	case !ok:
		d.Clear()
	case r.ID != d.ID():
		d.load(r.ID, words.Join(" · ", r.Number, r.Platform.Title(), r.ShopName))
	}
}

// Show shows an order by its id.
func (d *detail) Show(id int64) { d.load(id, "") }

// Changed loads the order anew when it changed.
func (d *detail) Changed(events []data.ChangeEvent) {
	if id := d.ID(); id != 0 && show.Touched(events, data.RowRef{Entity: data.EntityOrder, ID: id}) {
		d.Show(id)
	}
}

func (d *detail) load(id int64, title string) {
	now := d.env.UI.Now()
	show.LoadRecord(d.Record, id, title, func(ctx context.Context) (shown, error) {
		v, err := d.env.desk.Order(ctx, id)
		if err != nil {
			return shown{}, err
		}
		parcels, err := d.env.desk.OrderParcels(ctx, id)
		if err != nil {
			return shown{}, err
		}
		margin, err := d.env.desk.OrderMargin(ctx, id)
		if err != nil {
			return shown{}, err
		}
		claims, err := d.env.desk.SupplierClaims(ctx, id)
		return shown{v, parcels, margin, claims, show.TimelineEntries(v.Timeline, v.Order.Shop.Zone, now)}, err
	}, func(s shown, fresh bool) { d.draw(s, fresh, now) })
}

func (d *detail) draw(s shown, fresh bool, now time.Time) {
	d.view, d.parcels, d.margin, d.claims = s.view, parcelsShown{s.parcels}, s.margin, s.claims
	o := s.view.Order
	d.row = show.RowOfOrder(s.view)
	d.env.InView = d.row
	d.title.SetText(words.Join(" · ", o.Number, o.Shop.Platform.Title(), o.Shop.Name))
	d.badges.Objects = []fyne.CanvasObject{kit.NewBadge(show.StatusText(d.row), show.StatusRole(d.row))}
	if d.row.WaitsForShipping() {
		if text, role := kit.Urgency(o.ShipBy, now); text != "" {
			d.badges.Add(kit.NewBadge(words.T("order.fact.ship_by")+" "+text, role))
		}
	}
	d.badges.Refresh()
	d.facts.Set(append(facts(o, now), importFacts(s.view.Imports, now)...)...)
	d.extras.set(o.Extra, fresh)
	d.drawPaths()
	kit.ShowOnly(d.risk, d.riskStrip(now))
	kit.ShowOnly(d.pack, d.packStrip())
	d.drawMore(now)
	kit.ShowOnly(d.tasks, show.Tasks(d.env.Env, "order.task", s.view.Tasks, data.Task{OrderID: o.ID}, now))
	d.timeline.Set(s.entries, s.view.Older, fresh)
	d.talk.Show(o, data.ReplyAbout{OrderID: o.ID, DisputeID: s.view.OpenDispute()})
}

// drawPaths shows each path that is walked for the order as a strip; a click goes
// on with it.
func (d *detail) drawPaths() {
	d.paths.RemoveAll()
	for i := range d.view.Paths {
		v := &d.view.Paths[i]
		if !v.Run.EndedAt.IsZero() {
			d.drawOwed(i, v.Owes(&d.view.Order, d.view.Events))
			continue
		}
		link := kit.NewWordLink(kit.RowName("order.path", i, "open"), show.PathStrip(v.Strip()), func() { d.env.Open(route.Path{Order: d.row, Run: v.Run.UID}) })
		link.Truncation = fyne.TextTruncateEllipsis
		d.paths.Add(link)
	}
	d.paths.Refresh()
}

// drawOwed reminds of what a path that ended asked to be written down; a click opens
// its form.
func (d *detail) drawOwed(i int, kind data.OrderEventKind) {
	if kind == "" {
		return
	}
	link := kit.NewWordLink(kit.RowName("order.owed", i, "open"), words.T("paths.deed", "deed", words.T("paths.deed."+string(kind))), func() { d.deedSheet(kind, "order.write."+formTitles[kind]) })
	link.Truncation = fyne.TextTruncateEllipsis
	d.paths.Add(link)
}

// formTitles are the last parts of the keys that name the forms of deeds.
var formTitles = map[data.OrderEventKind]string{
	data.OrderAddressChange: "address", data.OrderCanceled: "cancel_form", data.OrderRefund: "part",
	data.OrderReturnAsked: "return_asked", data.OrderReturnReceived: "return_received", data.OrderResent: "resent",
}

// drawMore lists what hangs on the order, each a link.
func (d *detail) drawMore(now time.Time) {
	d.more.RemoveAll()
	d.more.Add(d.parcelBlock(now))
	d.more.Add(d.riskBlock())
	if link := show.BuyerLink(d.env.Env, "order.buyer", d.view.Buyer); link != nil {
		d.more.Add(link)
	}
	for i, row := range d.view.Disputes {
		due, _ := kit.Urgency(row.Due, now)
		text := words.Join(" · ", words.T("timeline.case")+" "+row.CaseNumber, words.Of("reason", row.Reason), words.Money(row.Amount), words.Of("stage", row.Stage), due)
		link := kit.NewWordLink(kit.RowName("order.dispute", i, "open"), text, func() { d.env.Open(route.Dispute{ID: row.ID}) })
		link.Truncation = fyne.TextTruncateEllipsis
		d.more.Add(link)
	}
	for _, f := range d.view.Feedback {
		d.more.Add(kit.Soft(words.Join(" · ", words.T("timeline.feedback")+" "+show.Stars(f.Stars), words.Shorten(f.Text, 90))))
	}
	for i, c := range d.claims {
		if c.Task != nil {
			continue // it stands among the tasks
		}
		text := words.T("suppliers.claims.propose", "name", c.Supplier.Name, "day", c.Until)
		link := kit.NewWordLink(kit.RowName("order.claims", i, "open"), text, func() { d.env.Open(route.SupplierClaims{Order: d.view.Order.ID}) })
		link.Truncation = fyne.TextTruncateEllipsis
		d.more.Add(link)
	}
	if country := d.row.Country; country != "" {
		text := words.T("payways.open", "country", words.Country(country))
		link := kit.NewWordLink("order.payways", text, func() { d.env.Open(route.PayWays{Country: country, Paid: d.view.Order.PaymentMethod}) })
		link.Truncation = fyne.TextTruncateEllipsis
		d.more.Add(link)
	}
	if text := marginWords(&d.margin); text != "" {
		link := kit.NewWordLink("order.margin", text, d.marginSheet)
		link.Truncation = fyne.TextTruncateEllipsis
		d.more.Add(link)
	}
	if n := len(d.view.Evidence); n > 0 {
		link := kit.NewWordLink("order.evidence.show", words.N("order.evidence.show", n), d.showEvidence)
		d.more.Add(link)
	}
	d.more.Refresh()
}

// showEvidence lists the files of the order and its disputes in a sheet.
func (d *detail) showEvidence() {
	list := show.NewEvidenceList(d.env.Env, d.env.Pictures(), "orderproof", d.addPicture)
	list.Mend = d.mendLabel
	list.Set(d.view.Evidence, d.view.Order.Shop.Zone, true)
	o := &d.view.Order
	id, zone := o.ID, o.Shop.Zone
	d.env.UI.Open(kit.Sheet{
		Name: "order.evidence", Title: words.Join(" · ", words.T("order.evidence"), o.Number), Width: 680, Height: 480,
		Body: list.Scroll, Cancel: words.T("action.close"),
		Drop: func(paths []string) { d.env.AddFiles(show.Target{OrderID: id}, paths, "drop") },
		Heard: func() {
			kit.Do(func(ctx context.Context) (desk.OrderView, error) { return d.env.desk.Order(ctx, id) }, func(v desk.OrderView, err error) {
				if err != nil {
					d.env.UI.Problem(err)
					return
				}
				list.Set(v.Evidence, zone, false)
			})
		},
	})
}

func (d *detail) addPicture() {
	d.env.ChooseEvidence(show.Target{OrderID: d.view.Order.ID})
}

// mendLabel offers what mends a label that does not fit its order.
func (d *detail) mendLabel(f data.Finding) (string, func()) {
	switch f.Mend.Deed {
	case "shipment.add":
		return words.T("order.write.tracking"), func() { d.trackingSheet(f.Mend.Ref.ID) }
	case "evidence.add":
		return words.T("evidence.again"), d.addPicture
	}
	return "", nil
}

// Focus puts the keys into the pane.
func (d *detail) Focus() {
	if d.view.Order.ID != 0 {
		d.env.UI.Window.Canvas().Focus(d.bar.First())
	}
}

// editNote writes the seller's own note.
func (d *detail) editNote() {
	o := d.view.Order
	if o.ID == 0 {
		return
	}
	note := kit.TextField(d.env.UI, o.SellerNote, 5)
	text := ""
	d.env.UI.OpenForm(kit.FormSheet{
		Name: "order.note", Title: words.T("order.note.title", "number", o.Number), Focus: note,
		Fields: []*kit.Field{{Label: words.T("order.note"), Object: note, Hint: words.T("order.note.hint")}},
		Read: func() error {
			text = strings.TrimSpace(note.Text)
			return nil
		},
		Work: func(ctx context.Context) error { return d.env.desk.SetOrderNote(ctx, o.ID, text) },
		Done: func() { d.env.UI.Toast(words.T("order.note.saved"), d.env.Undo) },
	})
}

// platformStatus is what the platform says of an order: what that means, and its words.
func platformStatus(o *data.Order) kit.Fact {
	f := kit.Fact{Label: words.T("order.fact.platform_status"), Copy: o.PlatformStatus}
	if o.PlatformStatus != "" {
		f.Value = show.StatusFull(data.OrderRow{Status: o.Status, PlatformStatus: o.PlatformStatus})
	}
	return f
}

// facts are the facts of an order, each copied by a click.
func facts(o data.Order, now time.Time) []kit.Fact {
	zone := o.Shop.Zone
	at := func(key string, t time.Time) kit.Fact {
		return kit.Fact{Label: words.T(key), Value: words.Time(t, zone, now), Tip: words.TimeFull(t, zone), Copy: show.WriteTime(t, zone)}
	}
	text := func(key, value string) kit.Fact { return kit.Fact{Label: words.T(key), Value: value} }
	facts := []kit.Fact{
		text("order.fact.number", o.Number), text("order.fact.buyer", o.Buyer.Name),
		text("order.fact.total", words.Money(o.Total)), text("order.fact.handle", words.Buyer(data.ToldHandle(o.Buyer.Handle, o.Buyer.Name))),
		text("order.fact.shipping", words.Money(o.Shipping)), text("order.fact.refunded", words.Money(o.Refunded)),
		at("order.fact.ordered", o.OrderedAt), at("order.fact.paid", o.PaidAt),
		at("order.fact.ship_by", o.ShipBy), at("order.fact.shipped", o.ShippedAt), at("order.fact.delivered", o.DeliveredAt), at("order.fact.deliver_by", o.DeliverBy),
		text("order.fact.payment", o.PaymentMethod), text("order.fact.payment_ref", o.PaymentRef),
		platformStatus(&o), text("order.fact.email", o.Buyer.Email), text("order.fact.phone", o.ShipTo.Phone),
	}
	facts = append(facts, show.FateFacts(&o, now)...)
	facts = append(facts, paymentFacts(&o)...)
	facts = append(facts, itemFacts(o.Items)...)
	facts = append(facts, addressFact(o.ShipTo))
	if was := o.PaidAddress(); was != o.ShipTo {
		paid := addressFact(was)
		paid.Label = words.T("order.fact.paid_address")
		facts = append(facts, paid)
	}
	wide := func(key, value string) kit.Fact { return kit.Fact{Label: words.T(key), Value: value, Wide: true} }
	return append(facts, wide("order.fact.stated", statedWords(o)), wide("order.fact.buyer_note", o.BuyerNote), wide("order.fact.seller_note", o.SellerNote))
}

// statedWords names what of an order no file has told, and who wrote it down.
func statedWords(o data.Order) string {
	var names []string
	for _, name := range slices.Sorted(maps.Keys(o.Stated)) {
		names = append(names, words.Join(" ", words.Of("stated", name), "("+o.Stated[name].By+")"))
	}
	return words.List(names...)
}

// importFacts say out of which files the order is.
func importFacts(list []desk.OrderImport, now time.Time) []kit.Fact {
	var lines []string
	for _, m := range list {
		lines = append(lines, words.Join(" · ", m.File, words.Time(m.At, "", now), m.By))
	}
	return []kit.Fact{{Label: words.T("order.fact.imports"), Value: strings.Join(lines, "; "), Wide: true}}
}

// mostItems is how many items stand one below the other; thousands would hold up the
// window.
const mostItems = 50

// itemFacts lists the items of an order; a click on the line of those that are not
// shown copies them.
func itemFacts(items []data.Item) []kit.Fact {
	var facts []kit.Fact
	for _, i := range items[:min(len(items), mostItems)] {
		facts = append(facts, itemFact(i))
	}
	if len(items) > mostItems {
		var rest []string
		for _, i := range items[mostItems:] {
			rest = append(rest, itemFact(i).Value)
		}
		facts = append(facts, kit.Fact{Label: words.T("col.item"), Value: words.T("orders.items.more", "n", len(rest)), Copy: strings.Join(rest, "\n"), Wide: true})
	}
	return facts
}

func itemFact(i data.Item) kit.Fact {
	price := ""
	if !i.Price.IsZero() {
		price = words.Money(i.Price)
	}
	return kit.Fact{
		Label: words.T("col.item"), Value: words.Join(" · ", fmt.Sprintf("%d × %s", i.Quantity, i.Title), i.Variation, i.SKU, price),
		Copy: words.Join(" ", i.Title, i.Variation), Wide: true,
	}
}

// addressFact shows an address in one line and copies it in several, as a
// parcel's label wants it.
func addressFact(a data.Address) kit.Fact {
	place := words.Join(" ", a.Postcode, a.City)
	lines := []string{a.Name, a.Line1, a.Line2, a.Line3, place, a.State, words.Country(a.Country)}
	return kit.Fact{Label: words.T("order.address"), Value: words.Join(", ", kit.Apart(lines)...), Copy: words.Join("\n", append(lines, a.Phone)...), Wide: true}
}
