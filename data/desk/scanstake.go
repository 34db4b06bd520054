package desk

import (
	"cmp"
	"context"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/bag"
	"casebinder/data/importer"
	"casebinder/data/parcel"
	"casebinder/data/store"
)

type scanOf = parcel.Scan

// ScansReport says what was taken.
type ScansReport struct {
	Intake  string // UID of the page
	Added   int
	Known   int
	Left    int
	Orders  []int64
	Parcels []string // that orders got
}

// told is what a page says of a parcel besides its scans.
type told struct {
	at       time.Time // of the delivery; zero: not delivered
	postcode string
	signed   string
}

var (
	usPostcode = regexp.MustCompile(`\b(\d{5})(?:-\d{4})?$`)
	anyCode    = regexp.MustCompile(`\b([A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}|\d{4,6}|[A-Z]\d[A-Z] \d[A-Z]\d)\b`)
)

// delivered tells what the page says of the delivery of an order's parcels.
func (s *ScansPage) delivered(order int64, to data.Address) told {
	t := told{postcode: s.Page.Postcode, signed: s.Page.SignedBy}
	for i := range s.Items {
		item := &s.Items[i]
		if item.OrderID != order || item.Leave && !item.Known || !item.Delivered() {
			continue
		}
		if at := item.Event().At; at.After(t.at) {
			t.at = at
			if t.postcode == "" {
				t.postcode = postcodeIn(item.Place, to)
			}
		}
	}
	if t.at.IsZero() {
		return told{}
	}
	return t
}

// postcodeIn finds a postcode in the place of a scan, in the form of the country.
func postcodeIn(place string, to data.Address) string {
	if importer.CountryCode(to.Country) == "US" {
		if m := usPostcode.FindStringSubmatch(place); m != nil {
			return m[1]
		}
		return ""
	}
	for _, code := range anyCode.FindAllString(strings.ToUpper(place), 4) {
		if len(plainNumber(code)) == len(plainNumber(to.Postcode)) {
			return code
		}
	}
	return ""
}

// samePostcode compares postcodes by letters and digits, of a long one in the
// United States the first five.
func samePostcode(a, b string) bool {
	a, b = plainNumber(a), plainNumber(b)
	if len(a) == 9 && len(b) == 5 || len(a) == 5 && len(b) == 9 {
		a, b = a[:5], b[:5]
	}
	return a == b
}

// TakeScans writes down the scans of a page as they were looked at, with the page
// itself. A parcel that an order lacks is added with its number; one that was
// delivered says so. It can be undone as one.
func (d *Desk) TakeScans(ctx context.Context, s ScansPage) (ScansReport, error) {
	var report ScansReport
	edits := map[int64]*pageEdit{}
	var order []int64
	for i := range s.Items {
		item := &s.Items[i]
		switch {
		case item.Known:
			report.Known++
			continue
		case item.Leave || item.OrderID == 0 || item.Parcel == "":
			report.Left++
			continue
		}
		e := edits[item.OrderID]
		if e == nil {
			e = &pageEdit{order: item.OrderID, page: &s, told: data.TellerPerson, parcels: map[string]data.Shipment{}}
			edits[item.OrderID] = e
			order = append(order, item.OrderID)
		}
		e.add(item, s.Page.Carrier)
	}
	if len(order) == 0 && report.Known > 0 {
		return report, nil
	}
	if len(order) == 0 {
		return report, problemNoScans.New()
	}
	intake := data.Intake{Form: "tracking", Name: s.Page.Tracker, Raw: s.Request.Text, SHA256: sumOf(s.Request.Text)}
	var err error
	if intake.UID, err = newUID(); err != nil {
		return report, err
	}
	report.Intake = intake.UID
	list := make([]*pageEdit, len(order))
	for i, id := range order {
		list[i] = edits[id]
	}
	steps := []step{d.takingScans(&intake, list, &report)}
	for _, e := range list {
		filing, err := d.pageFiling(ctx, e, s.Request.Text, intake.SHA256)
		if err != nil {
			return report, err
		}
		if filing != nil {
			steps = append(steps, filing)
		}
	}
	return report, d.act(ctx, together(steps...))
}

// pageFiling makes the page itself evidence of an order, so that a case shows what the
// carrier's page said; nil where the order has it.
func (d *Desk) pageFiling(ctx context.Context, e *pageEdit, text, sum string) (step, error) {
	same, err := d.store.EvidenceBySHA(ctx, sum)
	if err != nil || slices.ContainsFunc(same, func(of data.Evidence) bool { return of.OrderID == e.order }) {
		return nil, err
	}
	file := EvidenceFile{Name: bag.SafeName("tracking-"+strings.Join(e.numbers, "-")) + ".txt", Bytes: []byte(text), Kind: data.KindTracking, Source: "page"}
	if len(e.numbers) == 1 {
		file.Tracking = e.numbers[0]
	}
	_, filing, err := d.filing(ctx, e.order, 0, file)
	return filing, err
}

// A pageEdit is what a page or a table tells of the parcels of one order.
type pageEdit struct {
	order   int64
	page    *ScansPage // nil: a table tells
	told    data.Teller
	numbers []string // of the parcels, as they follow on the page
	events  []numbered
	parcels map[string]data.Shipment // what is told of a parcel beside its scans, by its number
}

type numbered struct {
	tracking string
	event    data.TrackingEvent
	advice   bool
}

func (e *pageEdit) add(item *ScanItem, carrier string) {
	e.scan(item.Parcel, item.Event(), item.Text)
	known := e.parcels[item.Parcel]
	known.Carrier = cmp.Or(item.Carrier, known.Carrier, carrier)
	e.parcels[item.Parcel] = known
	if !slices.Contains(e.numbers, item.Parcel) {
		e.numbers = append(e.numbers, item.Parcel)
	}
}

// scan adds a scan of a parcel; text is the carrier's words for it.
func (e *pageEdit) scan(number string, event data.TrackingEvent, text string) {
	event.Told = e.told
	e.events = append(e.events, numbered{number, event, parcel.Advice(text)})
}

// parcelsAt is what the journal holds of an order whose parcels a page told of.
type parcelsAt struct {
	By          data.Actor             `json:"by"` // whose word it is: no file of the platform's
	Page        string                 `json:"page,omitempty"`
	Status      data.OrderStatus       `json:"status"`
	ShippedAt   time.Time              `json:"shipped_at,omitzero"`
	DeliveredAt time.Time              `json:"delivered_at,omitzero"`
	Stated      map[string]data.Stated `json:"stated,omitempty"`
	Shipments   []data.Shipment        `json:"shipments"`
}

func parcelsAtOf(o *data.Order, page string) parcelsAt {
	p := parcelsAt{
		By: data.ActorSeller, Page: page, Status: o.Status, ShippedAt: o.ShippedAt, DeliveredAt: o.DeliveredAt, Stated: maps.Clone(o.Stated),
		Shipments: slices.Clone(o.Shipments),
	}
	for i := range p.Shipments {
		p.Shipments[i].Events = slices.Clone(p.Shipments[i].Events)
	}
	return p
}

// takingScans is the step that writes the scans of a page down.
func (d *Desk) takingScans(intake *data.Intake, edits []*pageEdit, report *ScansReport) step {
	return func(ctx context.Context, tx *store.Tx) (deed, error) {
		intake.ID = 0
		if err := tx.InsertIntake(intake); err != nil {
			return deed{}, err
		}
		report.Added, report.Orders, report.Parcels = 0, nil, nil
		var did deed
		var backs []scansBack
		for _, e := range edits {
			order, err := tx.Order(ctx, e.order)
			if err != nil {
				return deed{}, err
			}
			before := parcelsAtOf(order, "")
			e.apply(order, intake.ID, report, &data.Stated{At: data.Instant(d.now()), By: d.Operator()})
			if err := tx.PutOrder(order); err != nil {
				return deed{}, err
			}
			after := parcelsAtOf(order, intake.UID)
			backs = append(backs, scansBack{order: e.order, before: before, after: after})
			report.Orders = append(report.Orders, e.order)
			did.tell(data.Change{Action: "scans.take", Entity: data.EntityOrder, Key: store.OrderKey(order.Shop, order.Number), Before: before, After: after}, e.order)
		}
		did.back = d.leavingScans(*intake, backs, d.takingScans(intake, edits, report))
		return did, nil
	}
}

// tell adds an order to what a step did; of several the first stands for all.
func (d *deed) tell(c data.Change, order int64) {
	d.rows = append(d.rows, data.RowRef{Entity: data.EntityOrder, ID: order})
	if d.Action != "" {
		d.also = append(d.also, c)
		return
	}
	d.Change, d.effect = c, data.EffectChanged
}

// scansBack is an order before and after a page was taken.
type scansBack struct {
	order         int64
	key           string // of it in the journal
	before, after parcelsAt
}

// leavingScans is the step that takes the scans of a page away, and what they did
// to their orders as far as nothing else was told since.
func (d *Desk) leavingScans(intake data.Intake, backs []scansBack, again step) step {
	return func(ctx context.Context, tx *store.Tx) (deed, error) {
		var did deed
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
			did.tell(data.Change{Action: "scans.leave", Entity: data.EntityOrder, Key: store.OrderKey(order.Shop, order.Number), Before: before, After: parcelsAtOf(order, "")}, b.order)
		}
		did.back = again
		return did, tx.Delete("intake", intake.ID)
	}
}
