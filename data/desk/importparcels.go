package desk

import (
	"context"
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
		"Enter the number in its order, or say in the mapping which column holds the order number; then import the file again.")
	problemParcelOrders = data.DefineProblem("import_parcel_orders", data.ErrConflict,
		"Several orders fit the parcel {tracking}: {orders}.",
		"Choose the shop that the file is from, or enter the parcel in the right order.")
	problemParcelReused = data.DefineProblem("import_parcel_reused", data.ErrConflict,
		"The file says that the parcel {tracking} is of the order {number}; the order {other} has that number already.",
		"Numbers are used again after some months. If the file is right, take the parcels to the orders that it names.")
	problemParcelOld = data.DefineProblem("import_parcel_old", data.ErrConflict,
		"The parcel {tracking} was shipped or delivered before its order {number} was placed.",
		"Numbers are used again after some months. If it is the order's parcel all the same, take the parcels to the orders that the file names.")
	problemParcelCountry = data.DefineProblem("import_parcel_country", data.ErrConflict,
		"The file says that the parcel {tracking} goes to {country_page}; the order {number} goes to {country_order}.",
		"Check that it is the order's parcel.")
	problemParcelFuture = data.DefineProblem("import_parcel_future", data.ErrInvalid,
		"A time of the parcel {tracking} is in the future: {text}.",
		"Look at the time zone, and at the order of day and month.")
	problemParcelHistory = data.DefineProblem("import_parcel_history", data.ErrInvalid,
		"{n} lines in the history of the parcel {tracking} were not understood.",
		"Paste the parcel's page onto its order; the lines are looked at one by one there.")
	problemParcelSecond = data.DefineProblem("import_parcel_second", data.ErrConflict,
		"The parcel {tracking} has a second number: {second}. The order keeps the first.",
		"Nothing needs to be done. A page under the second number can be pasted onto the order.")
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
		if err := say(data.Warning, problemParcelCountry.New("tracking", number, "country_page", p.Country, "number", o.Number, "country_order", to)); err != nil {
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
