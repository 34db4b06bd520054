package desk

import (
	"context"
	"slices"
	"strings"

	"casebinder/data"
	"casebinder/data/packing"
)

// PackView is an order on the packing table: its slots, and what still lacks.
type PackView struct {
	Order  data.Order
	Waits  bool // it is still to be shipped
	Slots  []packing.Slot
	Lacks  []data.FindingView // wanted slots that are empty; passed ones at the end
	Labels []data.Finding     // tracking numbers that were read from its labels, against the order's
	Notes  []data.Finding     // what should be known of the rules
}

// Packing gathers the proof of an order's packing and what lacks of it.
func (d *Desk) Packing(ctx context.Context, orderID int64) (PackView, error) {
	order, err := d.store.Order(ctx, orderID)
	if err != nil {
		return PackView{}, err
	}
	evidence, err := d.store.EvidenceOfOrder(ctx, orderID)
	if err != nil {
		return PackView{}, err
	}
	set, err := d.store.ShopService(ctx, order.Shop.ID)
	if err != nil {
		return PackView{}, err
	}
	goods, err := d.goodsOf(ctx, order)
	if err != nil {
		return PackView{}, err
	}
	v := PackView{Order: *order, Waits: order.ShippedAt.IsZero() && slices.Contains([]data.OrderStatus{
		data.StatusUnknown, data.StatusUnpaid, data.StatusReview, data.StatusToShip,
	}, order.Status)}
	if v.Slots, v.Notes, err = packing.Packed(order, evidence, goods, set.Packing); err != nil {
		return v, err
	}
	passes, err := d.store.Passes(ctx, data.EntityOrder, orderID)
	if err != nil {
		return v, err
	}
	v.Lacks = data.WithPasses(packing.Lacks(order, v.Slots), passes)
	v.Labels = readLabels(order, evidence)
	return v, nil
}

// goodsOf gives what the shop knows of the products of an order.
func (d *Desk) goodsOf(ctx context.Context, o *data.Order) (packing.Goods, error) {
	var skus []string
	for _, i := range o.Items {
		if i.SKU != "" && !slices.Contains(skus, i.SKU) && len(skus) < maxGoods {
			skus = append(skus, i.SKU)
		}
	}
	products, err := d.store.GoodsBySKU(ctx, o.Shop.ID, skus)
	if err != nil {
		return packing.Goods{}, err
	}
	var g packing.Goods
	for _, p := range products {
		if p.Fragile {
			g.Fragile = append(g.Fragile, p.Title)
		}
		if p.Class != "" {
			g.Classes = append(g.Classes, p.Class)
		}
	}
	g.Troubles, err = d.troublesOf(ctx, o)
	return g, err
}

// maxGoods bounds how many products of an order are looked up.
const maxGoods = 500

// readLabels compares the tracking numbers that were read from an order's pictures
// with the order's own.
func readLabels(o *data.Order, evidence []data.Evidence) []data.Finding {
	known := trackingOf(o)
	var all []data.Finding
	seen := map[string]bool{}
	for i := range evidence {
		e := &evidence[i]
		if !e.BinnedAt.IsZero() || e.PackingSlot() == "" {
			continue
		}
		for _, number := range numbersOf(e, known) {
			if !seen[number] {
				seen[number] = true
				all = append(all, labelFinding(o.Number, number, known))
			}
		}
	}
	data.SortFindings(all)
	return all
}

// PackFindings tells what an order still lacks of the proof of its packing before it
// is marked as shipped; what a person let pass stands at the end. A label that reads
// another tracking number than the order's is among it.
func (d *Desk) PackFindings(ctx context.Context, orderID int64) ([]data.FindingView, error) {
	v, err := d.Packing(ctx, orderID)
	if err != nil {
		return nil, err
	}
	passes, err := d.store.Passes(ctx, data.EntityOrder, orderID)
	return v.before(passes), err
}

// before lists what stands before shipping: what lacks, and labels that differ.
func (v *PackView) before(passes []data.Pass) []data.FindingView {
	var all []data.Finding
	for _, f := range v.Lacks {
		all = append(all, f.Finding)
	}
	for _, f := range v.Labels {
		if f.Severity == data.Serious {
			all = append(all, f)
		}
	}
	return data.WithPasses(all, passes)
}

// orderFindings are the checks of an order that a person may let pass: its review, what is wrong with its parcels, and the proof of its packing.
func (d *Desk) orderFindings(ctx context.Context, id int64) (checked, error) {
	order, err := d.store.Order(ctx, id)
	if err != nil {
		return checked{}, err
	}
	v, err := d.Risk(ctx, id)
	if err != nil {
		return checked{}, err
	}
	c := checkedOrder(order, v.Findings)
	parcels, err := d.OrderParcels(ctx, id)
	if err != nil {
		return checked{}, err
	}
	packs, err := d.PackFindings(ctx, id)
	c.all = append(append(c.all, parcels.Findings...), packs...)
	return c, err
}

var problemPackLacks = data.DefineProblem("packing_lacks", data.ErrRefused,
	"Order {number} still lacks: {what}", "Add it first, or write why it ships anyway.")

// ShipPacked writes down that an order was shipped. What stands against that is
// refused unless a reason says why it ships all the same: then it is passed with that
// reason, in the same action. It can be undone as one.
func (d *Desk) ShipPacked(ctx context.Context, orderID int64, w OrderDeed, reason string) error {
	reason = strings.TrimSpace(reason)
	against, err := d.ShipFindings(ctx, orderID)
	if err != nil {
		return err
	}
	found, err := d.orderFindings(ctx, orderID)
	if err != nil {
		return err
	}
	if len(against) > 0 && reason == "" {
		return problemPackLacks.New("number", found.key, "what", against[0].Why)
	}
	w.Kind = data.OrderShipped
	if len(against) > 0 && w.Note == "" {
		w.Note = reason
	}
	first, err := d.writing(orderID, w)
	if err != nil {
		return err
	}
	found.all = slices.DeleteFunc(found.all, func(f data.FindingView) bool {
		return !slices.ContainsFunc(against, func(a data.Finding) bool { return a.Key() == f.Key() })
	})
	passes, err := d.passingEach(&found, reason)
	if err != nil {
		return err
	}
	return d.act(ctx, together(append([]step{first}, passes...)...))
}

// passingEach are the steps that let each finding that stands be passed.
func (d *Desk) passingEach(found *checked, reason string) ([]step, error) {
	var steps []step
	for _, f := range found.all {
		if f.Passed != nil {
			continue
		}
		uid, err := newUID()
		if err != nil {
			return nil, err
		}
		steps = append(steps, found.passing("finding.pass", &data.Pass{
			UID: uid, Entity: found.entity, EntityID: found.id, Key: f.Key(), Severity: f.Severity, At: d.now().UTC(), By: d.Operator(), Reason: reason,
		}, f.Key()))
	}
	return steps, nil
}

var problemSlot = data.DefineProblem("packing_slot", data.ErrInvalid,
	"There is no slot of packing “{slot}”.", "Choose one of: {slots}.")

// AddPacking takes files in as proof of an order's packing, in a slot; "" puts each
// where it seems to belong: a picture on which a tracking number or the order's is
// read fills the label, others the first wanted slot that is empty. Pictures are read
// for codes. Each can be undone.
func (d *Desk) AddPacking(ctx context.Context, orderID int64, slot string, files []EvidenceFile, p Progress) (EvidenceReport, error) {
	if slot != "" && !slices.Contains(data.Slots(), slot) {
		return EvidenceReport{}, problemSlot.New("slot", slot, "slots", strings.Join(data.Slots(), ", "))
	}
	var all EvidenceReport
	for i, f := range files {
		p.tell(int64(i), int64(len(files)), "progress.codes")
		if f.Codes == nil && f.Path != "" && pictureName(f.name()) {
			if codes, err := d.codes.Read(ctx, f.Path); err == nil {
				f.Codes = append([]data.ReadCode{}, codes...)
			} // what cannot be read for codes is proof all the same
		}
		v, err := d.Packing(ctx, orderID)
		if err != nil {
			return all, err
		}
		f.Slot = slot
		if f.Slot == "" {
			f.Slot = v.slotFor(&f)
		}
		f.Kind = data.KindOfSlot(f.Slot)
		if numbers := numbersOf(&data.Evidence{Codes: f.Codes}, trackingOf(&v.Order)); f.Tracking == "" && len(numbers) == 1 {
			f.Tracking = numbers[0]
		}
		report, err := d.addProof(ctx, orderID, f)
		all.Added, all.Rejected = append(all.Added, report.Added...), append(all.Rejected, report.Rejected...)
		if err != nil {
			return all, err
		}
	}
	return all, ctx.Err()
}

// addProof takes one file in. One that a watched folder found and that waits is decided
// by it, and waits again when it is undone.
func (d *Desk) addProof(ctx context.Context, orderID int64, f EvidenceFile) (EvidenceReport, error) {
	if f.Path != "" {
		id, err := d.store.FoundWaiting(ctx, f.Path)
		if err != nil {
			return EvidenceReport{}, err
		}
		if id != 0 {
			return d.TakeFound(ctx, []FoundTake{{ID: id, OrderID: orderID, Slot: f.Slot, Tracking: f.Tracking, Codes: f.Codes}}, nil)
		}
	}
	return d.AddOrderEvidence(ctx, orderID, []EvidenceFile{f}, nil)
}

// slotFor gives the slot in which a file seems to belong.
func (v *PackView) slotFor(f *EvidenceFile) string {
	if len(numbersOf(&data.Evidence{Codes: f.Codes}, append(trackingOf(&v.Order), v.Order.Number))) > 0 {
		return data.SlotLabel
	}
	for i := range v.Slots {
		if s := &v.Slots[i]; s.Wanted() && !s.Filled() && s.Name != data.SlotParcelList && s.Name != data.SlotLabel {
			return s.Name
		}
	}
	return data.SlotPacking
}

// pictureExtensions are the endings of files that are read for codes.
var pictureExtensions = []string{".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif", ".avif", ".bmp", ".gif", ".tif", ".tiff"}

func pictureName(name string) bool {
	lower := strings.ToLower(name)
	return slices.ContainsFunc(pictureExtensions, func(e string) bool { return strings.HasSuffix(lower, e) })
}

var (
	problemWhichParcel = data.DefineProblem("packing_parcel", data.ErrInvalid,
		"The order {number} has {n} parcels, and it is not clear which one was weighed.", "Choose the parcel by its tracking number.")
	problemGrams = data.DefineProblem("packing_grams", data.ErrInvalid,
		"A parcel cannot weigh {grams} g.", "Enter a weight from 1 g to {most} kg.")
)

// WeighParcel writes down what a parcel weighs, in grams. With no tracking number it
// is the only parcel of the order, or a new one whose number is not known yet. It can
// be undone.
func (d *Desk) WeighParcel(ctx context.Context, orderID int64, tracking string, grams int64) error {
	if grams < 1 || grams > packing.MaxWeight {
		return problemGrams.New("grams", grams, "most", packing.MaxWeight/1000)
	}
	return d.act(ctx, d.changing("shipment.weigh", orderID, true, func(p *orderPlan) error {
		at, err := weighed(p.order, strings.TrimSpace(tracking))
		if err != nil {
			return err
		}
		if at < 0 {
			return p.edit(swapParcel(nil, &data.Shipment{Weight: grams, Told: data.TellerPerson}))
		}
		was := p.order.Shipments[at]
		now := was
		now.Weight = grams
		return p.edit(swapParcel(&was, &now))
	}))
}

// weighed gives the parcel that was weighed; -1 for one that is new.
func weighed(o *data.Order, tracking string) (int, error) {
	if tracking != "" {
		at := parcelOf(o, tracking)
		if at < 0 {
			return at, problemNoShipment.New("number", o.Number, "tracking", tracking)
		}
		return at, nil
	}
	at, n := -1, 0
	for i := range o.Shipments {
		if o.Shipments[i].Kind == data.ShipmentGoods {
			at, n = i, n+1
		}
	}
	if n > 1 {
		return 0, problemWhichParcel.New("number", o.Number, "n", n)
	}
	return at, nil
}
