package desk

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/importer"
	"casebinder/data/parcel"
	"casebinder/data/service"
	"casebinder/data/store"
)

// DeedReused takes parcels whose number is another order's: the import with
// ImportRequest.AcceptReused.
const DeedReused = "import.reused"

var (
	problemParcelOrder = data.DefineProblem("import_parcel_order", data.ErrNotFound,
		"No order has the parcel {tracking}, and none has the number {order}. The row is kept.",
		"Import the orders of that time, then this file again: what was taken stays as it is.")
	problemParcelUnnamed = data.DefineProblem("import_parcel_unnamed", data.ErrNotFound,
		"No order has the parcel {tracking}, and the row names no order. The row is kept.",
		"Write the number down on its order, or say in the mapping which column holds the order number; then import the file again.")
	problemParcelOrders = data.DefineProblem("import_parcel_orders", data.ErrConflict,
		"Several orders fit the parcel {tracking}: {orders}.",
		"Choose the shop that the file is of, or write the parcel down on the right order.")
	problemParcelReused = data.DefineProblem("import_parcel_reused", data.ErrConflict,
		"The file says that the parcel {tracking} is of the order {number}; the order {other} has that number already.",
		"Numbers are used again after some months. If the file is right, take the parcels to the orders that it names.")
	problemParcelOld = data.DefineProblem("import_parcel_old", data.ErrConflict,
		"The parcel {tracking} was shipped or delivered before its order {number} was placed.",
		"Numbers are used again after some months. If it is the order's parcel all the same, take the parcels to the orders that the file names.")
	problemParcelCountry = data.DefineProblem("import_parcel_country", data.ErrConflict,
		"The file says that the parcel {tracking} goes to {page}; the order {number} goes to {order}.",
		"Check that it is the order's parcel.")
	problemParcelFuture = data.DefineProblem("import_parcel_future", data.ErrInvalid,
		"A time of the parcel {tracking} lies in the future: {text}.",
		"Look at the time zone, and at the order of day and month.")
	problemParcelHistory = data.DefineProblem("import_parcel_history", data.ErrInvalid,
		"In the history of the parcel {tracking} lines were not understood: {n}.",
		"Paste the parcel's page onto its order; the lines are looked at one by one there.")
	problemParcelSecond = data.DefineProblem("import_parcel_second", data.ErrConflict,
		"The parcel {tracking} has a second number: {second}. The order keeps the first.",
		"Nothing is to be done. A page under the second number can be pasted onto the order.")
)

// parcelDesk is where a carrier's table finds orders: the desk, or a transaction.
type parcelDesk interface {
	Order(ctx context.Context, id int64) (*data.Order, error)
	OrdersByNumber(ctx context.Context, number string) ([]int64, error)
	OrdersByTracking(ctx context.Context, number string) ([]int64, error)
}

// keptParcelOrders is how many orders of a table are held at a time.
const keptParcelOrders = 2000

// parcelJob brings the rows of a carrier's table to their orders.
type parcelJob struct {
	*importJob
	from   parcelDesk
	tx     *store.Tx // nil: nothing is written
	intake data.Intake

	orders map[int64]*data.Order // as they are with the rows until now
	backs  map[int64]*scansBack
	order  []int64 // of backs, as they came
	lost   strings.Builder
}

// maxLostRows bounds the rows that found no order and are kept, in bytes.
const maxLostRows = 8 << 20

// read takes the rows of the file.
func (j *parcelJob) read(ctx context.Context) error {
	options, err := j.options()
	if err != nil {
		return err
	}
	j.orders, j.backs = map[int64]*data.Order{}, map[int64]*scansBack{}
	_, err = importer.Read(ctx, j.src, j.in, options, importer.Sink{
		Parcel: func(p *importer.Parcel) error { return j.parcel(ctx, p) },
		Reject: j.reject, Doubt: j.doubt,
	})
	return err
}

// parcel takes a row.
func (j *parcelJob) parcel(ctx context.Context, p *importer.Parcel) error {
	if j.preview != nil && len(j.preview.Parcels) < previewRows {
		j.preview.Parcels = append(j.preview.Parcels, *p)
	}
	order, number, bad, err := j.place(ctx, p)
	if err != nil {
		return err
	}
	if bad == nil {
		bad = j.future(p)
	}
	if bad == nil && !j.request.AcceptReused {
		bad = j.older(order, p)
	}
	if bad == nil {
		return j.take(order, number, p)
	}
	f := bad.Finding(data.Serious, p.Where...)
	switch bad.Kind {
	case problemParcelOrder, problemParcelUnnamed:
		j.keepRow(p)
	case problemParcelReused, problemParcelOld:
		j.report.Reused++
		f.Mend.Deed = DeedReused
	}
	return j.reject(data.Rejection{Finding: f, Cells: p.Cells})
}

// take brings a row to its order.
func (j *parcelJob) take(order *data.Order, number string, p *importer.Parcel) error {
	before := parcelsAtOf(order, "")
	edit := j.edit(order, number, p)
	var report ScansReport
	after := *order
	edit.apply(&after, j.intake.ID, &report, nil)
	if sameParcels(&before, &after) {
		j.report.Counts.Unchanged++
		return nil
	}
	if err := j.doubtRow(order, number, p); err != nil {
		return err
	}
	if len(report.Parcels) > 0 {
		j.report.Counts.Added++
	} else {
		j.report.Counts.Updated++
	}
	if j.tx != nil {
		if err := j.tx.PutOrder(&after); err != nil {
			return err
		}
		if j.backs[order.ID] == nil {
			j.backs[order.ID] = &scansBack{order: order.ID, before: before}
			j.order = append(j.order, order.ID)
		}
		j.backs[order.ID].after = parcelsAtOf(&after, j.intake.UID)
		j.backs[order.ID].after.By, j.backs[order.ID].key = data.ActorPlatform, store.OrderKey(order.Shop, order.Number)
	}
	j.orders[order.ID] = &after
	return nil
}

// edit is what a row tells of its order's parcel.
func (j *parcelJob) edit(order *data.Order, number string, p *importer.Parcel) *pageEdit {
	told := data.Shipment{
		Tracking: number, Carrier: p.Carrier, Service: p.Service, SignedBy: p.SignedBy, ShippedAt: p.ShippedAt, DeliveredAt: p.DeliveredAt,
		PromisedAt: p.PromisedAt,
	}
	e := &pageEdit{order: order.ID, numbers: []string{number}, told: data.TellerFile, parcels: map[string]data.Shipment{number: told}}
	for _, scan := range j.history(p) {
		e.scan(number, scan.Event(), scan.Text)
	}
	text := p.Text
	if text == "" {
		text = p.State
	}
	if text != "" && !p.At.IsZero() {
		e.scan(number, data.TrackingEvent{At: data.Instant(p.At), Place: p.Place, Text: text}, text)
	}
	e.dated(number, p.ShippedAt, p.ShippedAs)
	e.dated(number, p.DeliveredAt, p.DeliveredAs)
	if p.DeliveredAt.IsZero() && service.ScanMeans(p.State) == service.ScanDelivered && !p.At.IsZero() {
		told.DeliveredAt = p.At
		e.parcels[number] = told
	}
	return e
}

// dated makes a scan of a date that a row tells under a header of its own, where no
// scan of it tells that time.
func (e *pageEdit) dated(number string, at time.Time, header string) {
	at = data.Instant(at)
	if at.IsZero() || slices.ContainsFunc(e.events, func(n numbered) bool { return n.event.At.Equal(at) }) {
		return
	}
	e.scan(number, data.TrackingEvent{At: at, Text: header}, header)
}

// history gives the scans that stand in one cell.
func (j *parcelJob) history(p *importer.Parcel) []parcel.Scan {
	if p.History == "" {
		return nil
	}
	return parcel.Split(p.History, parcel.PageHints{Zone: p.Zone, Fixed: true, Today: j.desk.now().In(p.Zone)}).Scans
}

// place finds the order of a row: by the numbers of orders that it names, in the
// shop that was chosen if there is one, else by the tracking numbers that the
// desk knows. number is the parcel's at that order.
func (j *parcelJob) place(ctx context.Context, p *importer.Parcel) (*data.Order, string, *data.Problem, error) {
	named, err := j.lookUp(ctx, p.Orders, j.from.OrdersByNumber)
	if err != nil {
		return nil, "", nil, err
	}
	known, err := j.lookUp(ctx, p.Numbers, j.from.OrdersByTracking)
	if err != nil {
		return nil, "", nil, err
	}
	own := p.Numbers[0]
	both := slices.DeleteFunc(slices.Clone(named), func(o *data.Order) bool {
		return !slices.ContainsFunc(known, func(k *data.Order) bool { return k.ID == o.ID })
	})
	switch {
	case len(both) == 1:
		return both[0], numberAt(both[0], p), nil, nil
	case len(named) == 1 && len(known) > 0:
		if j.request.AcceptReused {
			return named[0], own, nil, nil
		}
		return nil, "", problemParcelReused.New("tracking", own, "number", named[0].Number, "other", orderNumbers(known)), nil
	case len(named) == 1:
		return named[0], own, nil, nil
	case len(named) == 0 && len(known) == 1:
		return known[0], numberAt(known[0], p), nil, nil
	case len(named)+len(known) > 0:
		return nil, "", problemParcelOrders.New("tracking", own, "orders", orderNumbers(append(named, known...))), nil
	case len(p.Orders) == 0:
		return nil, "", problemParcelUnnamed.New("tracking", own), nil
	}
	return nil, "", problemParcelOrder.New("tracking", own, "order", strings.Join(p.Orders, " / ")), nil
}

// lookUp gives the orders that a number of a row stands for: the first number
// that is known counts.
func (j *parcelJob) lookUp(ctx context.Context, numbers []string, by func(context.Context, string) ([]int64, error)) ([]*data.Order, error) {
	for _, n := range numbers {
		ids, err := by(ctx, n)
		if len(ids) == 0 && err == nil && strings.HasPrefix(n, "#") { // shops write it, carriers' pages do not take it
			ids, err = by(ctx, n[1:])
		} else if len(ids) == 0 && err == nil {
			ids, err = by(ctx, "#"+n)
		}
		if err != nil {
			return nil, err
		}
		var list []*data.Order
		for _, id := range ids[:min(len(ids), 20)] {
			o, err := j.orderAt(ctx, id)
			if err != nil {
				return nil, err
			}
			if shop := j.request.Shop.ID; shop == 0 || o.Shop.ID == shop {
				list = append(list, o)
			}
		}
		if len(list) > 0 {
			return list, nil
		}
	}
	return nil, nil
}

// orderAt gives an order as it is with the rows until now.
func (j *parcelJob) orderAt(ctx context.Context, id int64) (*data.Order, error) {
	if o := j.orders[id]; o != nil {
		return o, nil
	}
	o, err := j.from.Order(ctx, id)
	if err != nil {
		return nil, err
	}
	if len(j.orders) >= keptParcelOrders && j.tx != nil { // a preview has what the rows change here alone
		clear(j.orders)
	}
	j.orders[id] = o
	return o, nil
}

// numberAt is the number under which an order has the parcel of a row.
func numberAt(o *data.Order, p *importer.Parcel) string {
	for _, n := range p.Numbers {
		for _, s := range o.Shipments {
			if s.Tracking != "" && plainNumber(s.Tracking) == plainNumber(n) {
				return s.Tracking
			}
		}
	}
	return p.Numbers[0]
}

func orderNumbers(orders []*data.Order) string {
	var list []string
	for _, o := range orders {
		if !slices.Contains(list, o.Number) && len(list) < 5 {
			list = append(list, o.Number)
		}
	}
	return strings.Join(list, ", ")
}

// older asks of a parcel that is older than its order.
func (j *parcelJob) older(o *data.Order, p *importer.Parcel) *data.Problem {
	for _, at := range []time.Time{p.DeliveredAt, p.At, p.ShippedAt} {
		if !at.IsZero() && !o.OrderedAt.IsZero() && data.Latest(at).Add(48*time.Hour).Before(data.Earliest(o.OrderedAt)) {
			return problemParcelOld.New("tracking", p.Numbers[0], "number", o.Number)
		}
	}
	return nil
}

// future refuses a row that tells of a time that has not come.
func (j *parcelJob) future(p *importer.Parcel) *data.Problem {
	for _, at := range []time.Time{p.ShippedAt, p.DeliveredAt, p.At} {
		if !at.IsZero() && data.Earliest(at).After(j.desk.now().Add(time.Hour)) {
			return problemParcelFuture.New("tracking", p.Numbers[0], "text", data.Stamp(at, p.Zone))
		}
	}
	return nil
}

// doubtRow tells what is odd about a row that is taken.
func (j *parcelJob) doubtRow(o *data.Order, number string, p *importer.Parcel) error {
	say := func(severity data.Severity, why *data.Problem) error {
		return j.doubt(why.Finding(severity, p.Where...))
	}
	if to := importer.CountryCode(o.ShipTo.Country); len(p.Country) == 2 && len(to) == 2 && p.Country != to {
		if err := say(data.Warning, problemParcelCountry.New("tracking", number, "page", p.Country, "number", o.Number, "order", to)); err != nil {
			return err
		}
	}
	for _, n := range p.Numbers {
		if plainNumber(n) != plainNumber(number) {
			if err := say(data.Info, problemParcelSecond.New("tracking", number, "second", n)); err != nil {
				return err
			}
		}
	}
	if p.History == "" {
		return nil
	}
	page := parcel.Split(p.History, parcel.PageHints{Zone: p.Zone, Fixed: true, Today: j.desk.now().In(p.Zone)})
	if n := len(page.Rest); n > 0 {
		return say(data.Warning, problemParcelHistory.New("tracking", number, "n", n))
	}
	return nil
}

// keepRow keeps a row that found no order, as it is written.
func (j *parcelJob) keepRow(p *importer.Parcel) {
	if j.lost.Len() == 0 {
		for i, c := range j.in.Columns {
			j.lost.WriteString(strings.Repeat("\t", min(i, 1)) + c.Header)
		}
		j.lost.WriteByte('\n')
	}
	if j.lost.Len() < maxLostRows {
		j.lost.WriteString(strings.Join(p.Cells, "\t"))
		j.lost.WriteByte('\n')
	}
}

// sameParcels reports whether a row told nothing that an order has not.
func sameParcels(before *parcelsAt, o *data.Order) bool {
	if before.Status != o.Status || !before.ShippedAt.Equal(o.ShippedAt) || !before.DeliveredAt.Equal(o.DeliveredAt) || len(before.Shipments) != len(o.Shipments) {
		return false
	}
	return slices.EqualFunc(before.Shipments, o.Shipments, func(a, b data.Shipment) bool {
		return len(a.Events) == len(b.Events) && a.Tracking == b.Tracking && a.Carrier == b.Carrier && a.Service == b.Service && a.Told == b.Told &&
			a.SignedBy == b.SignedBy && a.Postcode == b.Postcode && a.ShippedAt.Equal(b.ShippedAt) && a.DeliveredAt.Equal(b.DeliveredAt) && a.PromisedAt.Equal(b.PromisedAt)
	})
}

// importParcels reads a carrier's table: all of it or nothing. Unlike other
// imports it goes onto orders of any shop, and can be undone.
func (d *Desk) importParcels(ctx context.Context, job *importJob) (ImportReport, error) {
	intake := data.Intake{Form: "shipments", Name: job.src.Name, SHA256: job.hash}
	var err error
	if intake.UID, err = newUID(); err != nil {
		return job.report, err
	}
	nothing := errors.New("nothing is new")
	err = d.act(ctx, func(ctx context.Context, tx *store.Tx) (deed, error) {
		j := &parcelJob{importJob: job, from: tx, tx: tx, intake: intake}
		if err := j.begin(ctx, &tx.Reader); err != nil {
			return deed{}, err
		}
		if err := tx.InsertIntake(&j.intake); err != nil {
			return deed{}, err
		}
		if err := j.read(ctx); err != nil {
			return deed{}, err
		}
		known, err := tx.IntakesBySum(ctx, job.hash)
		if err != nil {
			return deed{}, err
		}
		if len(j.backs) == 0 && (j.lost.Len() == 0 || len(known) > 1) {
			return deed{}, nothing // also the rows without an order are kept already
		}
		if err := tx.SetIntakeRaw(&j.intake, j.lost.String()); err != nil {
			return deed{}, err
		}
		did := d.tookParcels(j)
		waited, err := tx.TakenExport(job.hash)
		if waited {
			did.rows = append(did.rows, manyOf(data.EntityFound)...)
		}
		return did, err
	})
	if errors.Is(err, nothing) {
		return job.report, job.refuseNothing()
	}
	return job.report, err
}

// begin starts the report: which shop the file is of, if that was said.
func (j *parcelJob) begin(ctx context.Context, r *store.Reader) error {
	j.report = ImportReport{File: j.src.Name, Target: string(j.in.Preset.Target), Preset: j.in.Preset.ID}
	if id := j.request.Shop.ID; id != 0 {
		shop, err := r.ShopByID(ctx, id)
		j.report.Shop = shop
		return err
	}
	shops, err := r.Shops(ctx)
	if err == nil && len(shops) > 0 { // whose zone times without one are in
		j.report.Shop.Zone = shops[0].Zone
	}
	return err
}

// tookParcels tells what a carrier's table did.
func (d *Desk) tookParcels(j *parcelJob) deed {
	did := deed{
		Change: data.Change{
			Action: "shipments.import", Entity: data.EntityImport, Key: j.hash,
			After: map[string]any{"file": j.report.File, "sha256": j.hash, "preset": j.report.Preset, "counts": j.report.Counts},
		},
		effect: data.EffectMany, rows: manyOf(data.EntityOrder, data.EntityDispute),
	}
	backs := make([]scansBack, len(j.order))
	for i, id := range j.order {
		backs[i] = *j.backs[id]
		did.also = append(did.also, data.Change{Action: "shipments.import", Entity: data.EntityOrder, Key: backs[i].key, Before: backs[i].before, After: backs[i].after})
	}
	did.back = d.leavingParcels(j.intake, backs, did.Change)
	return did
}

// leavingParcels takes back what a carrier's table did, as far as nothing else was
// told since; taken back itself, the table's word is written again.
func (d *Desk) leavingParcels(intake data.Intake, backs []scansBack, was data.Change) step {
	return func(ctx context.Context, tx *store.Tx) (deed, error) {
		did := deed{
			Change: data.Change{Action: "shipments.leave", Entity: data.EntityImport, Key: was.Key, Before: was.After},
			effect: data.EffectMany, rows: manyOf(data.EntityOrder, data.EntityDispute),
		}
		again := make([]scansBack, 0, len(backs))
		for _, b := range backs {
			order, err := tx.Order(ctx, b.order)
			if err != nil {
				return deed{}, err
			}
			before := parcelsAtOf(order, intake.UID)
			b.undo(order)
			if err := tx.PutOrder(order); err != nil {
				return deed{}, err
			}
			after := parcelsAtOf(order, "")
			again = append(again, scansBack{b.order, b.key, before, after})
			did.also = append(did.also, data.Change{Action: "shipments.leave", Entity: data.EntityOrder, Key: b.key, Before: before, After: after})
		}
		did.back = d.takingParcels(intake, again, was, backs)
		return did, tx.Delete("intake", intake.ID)
	}
}

// takingParcels writes a carrier's table down once more.
func (d *Desk) takingParcels(intake data.Intake, undone []scansBack, was data.Change, backs []scansBack) step {
	return func(ctx context.Context, tx *store.Tx) (deed, error) {
		intake.ID = 0
		if err := tx.InsertIntake(&intake); err != nil {
			return deed{}, err
		}
		did := deed{Change: was, effect: data.EffectMany, rows: manyOf(data.EntityOrder, data.EntityDispute)}
		for _, b := range undone {
			order, err := tx.Order(ctx, b.order)
			if err != nil {
				return deed{}, err
			}
			at := parcelsAtOf(order, "")
			moveParcels(order, &b.after, &b.before, intake.ID)
			if err := tx.PutOrder(order); err != nil {
				return deed{}, err
			}
			did.also = append(did.also, data.Change{Action: was.Action, Entity: data.EntityOrder, Key: b.key, Before: at, After: parcelsAtOf(order, intake.UID)})
		}
		did.back = d.leavingParcels(intake, backs, was)
		return did, nil
	}
}
