package desk

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/importer"
)

// A scanPlacer finds the order and the parcel of each scan of a page.
type scanPlacer struct {
	desk     *Desk
	page     *ScansPage
	chosen   *data.Order // nil: none
	orders   map[int64]*data.Order
	byNumber map[string][]int64
	said     map[string]bool
}

func (p *scanPlacer) found(f talkFinding, severity data.Severity, args ...any) {
	finding := f.finding(severity, args...)
	key := finding.Rule + finding.Why.String()
	if p.said == nil {
		p.said = map[string]bool{}
	}
	if !p.said[key] {
		p.said[key] = true
		p.page.Findings = append(p.page.Findings, finding)
	}
}

// place finds the parcels, and says what is odd about them.
func (p *scanPlacer) place(ctx context.Context) error {
	for _, scan := range p.page.Page.Scans {
		item := ScanItem{Scan: scan}
		if err := p.placeOne(ctx, &item); err != nil {
			return err
		}
		p.page.Items = append(p.page.Items, item)
	}
	if err := p.row(ctx); err != nil {
		return err
	}
	p.compare()
	p.doubtTimes()
	p.doubtPlace()
	return nil
}

// row gives the page its order, where all of it is about one.
func (p *scanPlacer) row(ctx context.Context) error {
	id := int64(0)
	if p.chosen != nil {
		id = p.chosen.ID
	} else {
		for i := range p.page.Items {
			if other := p.page.Items[i].OrderID; other != 0 && id == 0 {
				id = other
			}
		}
	}
	if id == 0 {
		return nil
	}
	rows, err := p.desk.store.OrderRows(ctx, []int32{int32(id)})
	if err == nil && len(rows) > 0 {
		p.page.Order = rows[0]
	}
	return err
}

// placeOne finds the parcel of a scan.
func (p *scanPlacer) placeOne(ctx context.Context, item *ScanItem) error {
	if item.Tracking == "" {
		return p.withoutNumber(item)
	}
	if p.chosen != nil {
		if number := p.chosenHas(item.Tracking); number != "" {
			p.keep(item, p.chosen, number)
			return nil
		}
	}
	owners, err := p.owners(ctx, item.Tracking)
	if err != nil {
		return err
	}
	switch {
	case p.chosen != nil:
		return p.onChosen(ctx, item, owners)
	case len(owners) == 1:
		order, err := p.order(ctx, owners[0])
		if err == nil {
			p.keep(item, order, item.Tracking)
		}
		return err
	case len(owners) == 0:
		p.found(foundNoParcel, data.Warning, "tracking", item.Tracking)
	default:
		numbers, err := p.numbers(ctx, owners)
		if err != nil {
			return err
		}
		p.found(foundTwoOrders, data.Warning, "tracking", item.Tracking, "orders", numbers)
	}
	item.Leave, item.Parcel = true, item.Tracking
	return nil
}

func (p *scanPlacer) keep(item *ScanItem, order *data.Order, tracking string) {
	item.OrderID, item.Order, item.Parcel = order.ID, order.Number, tracking
}

// withoutNumber takes a scan for the chosen order's parcel, where it has one.
func (p *scanPlacer) withoutNumber(item *ScanItem) error {
	item.Leave = true
	if p.chosen == nil {
		return nil
	}
	var goods []string
	for _, s := range p.chosen.Shipments {
		if s.Tracking != "" && s.Kind != data.ShipmentReturn {
			goods = append(goods, s.Tracking)
		}
	}
	if len(goods) == 0 {
		p.found(foundNoNumberNone, data.Serious, "order", p.chosen.Number)
		return nil
	}
	severity := data.Info
	if len(goods) > 1 {
		severity = data.Warning
	}
	last := goods[len(goods)-1]
	p.found(foundNoNumber, severity, "tracking", last)
	p.keep(item, p.chosen, last)
	item.Leave = false
	return nil
}

// chosenHas gives the number of the chosen order's parcel that the page is about:
// under this number, or where the page is about one parcel under any of it.
func (p *scanPlacer) chosenHas(number string) string {
	candidates := []string{number}
	if all := p.page.Page.Numbers; len(all) > 1 && number == all[0] && !slices.ContainsFunc(p.page.Page.Scans, func(s scanOf) bool { return s.Tracking != number }) {
		candidates = all
	}
	for _, s := range p.chosen.Shipments {
		for _, n := range candidates {
			if s.Tracking != "" && plainNumber(s.Tracking) == n {
				return s.Tracking
			}
		}
	}
	return ""
}

func plainNumber(number string) string {
	return strings.ToUpper(strings.NewReplacer(" ", "", "-", "", ".", "").Replace(number))
}

// onChosen takes a scan of a parcel that the chosen order has not.
func (p *scanPlacer) onChosen(ctx context.Context, item *ScanItem, owners []int64) error {
	item.Parcel = item.Tracking
	if len(owners) > 0 {
		numbers, err := p.numbers(ctx, owners)
		if err != nil {
			return err
		}
		p.found(foundOtherOrder, data.Serious, "tracking", item.Tracking, "other", numbers, "order", p.chosen.Number)
		p.keep(item, p.chosen, item.Tracking)
		item.Leave = true
		return nil
	}
	var has []string
	for _, s := range p.chosen.Shipments {
		if s.Tracking != "" {
			has = append(has, s.Tracking)
		}
	}
	if len(has) > 0 {
		p.found(foundOtherNumber, data.Warning, "page", item.Tracking, "order", p.chosen.Number, "tracking", strings.Join(has, ", "))
	}
	p.found(foundNewParcel, data.Info, "order", p.chosen.Number, "tracking", item.Tracking)
	if !slices.Contains(p.page.Added, item.Tracking) {
		p.page.Added = append(p.page.Added, item.Tracking)
	}
	p.keep(item, p.chosen, item.Tracking)
	return nil
}

func (p *scanPlacer) owners(ctx context.Context, number string) ([]int64, error) {
	ids, asked := p.byNumber[number]
	if asked {
		return ids, nil
	}
	ids, err := p.desk.store.OrdersByTracking(ctx, number)
	p.byNumber[number] = ids
	return ids, err
}

func (p *scanPlacer) order(ctx context.Context, id int64) (*data.Order, error) {
	if o, ok := p.orders[id]; ok {
		return o, nil
	}
	o, err := p.desk.store.Order(ctx, id)
	if err == nil {
		p.orders[id] = o
	}
	return o, err
}

// numbers names up to five orders.
func (p *scanPlacer) numbers(ctx context.Context, ids []int64) (string, error) {
	var list []string
	for _, id := range ids[:min(5, len(ids))] {
		o, err := p.order(ctx, id)
		if err != nil {
			return "", err
		}
		list = append(list, o.Number)
	}
	return strings.Join(list, ", "), nil
}

// compare marks what the parcels have already.
func (p *scanPlacer) compare() {
	known, words := 0, 0
	for i := range p.page.Items {
		item := &p.page.Items[i]
		order := p.orders[item.OrderID]
		if order == nil {
			continue
		}
		at := slices.IndexFunc(order.Shipments, func(s data.Shipment) bool { return s.Tracking == item.Parcel })
		if at < 0 {
			continue
		}
		e := item.Event()
		if slices.ContainsFunc(order.Shipments[at].Events, sameScan(e)) {
			item.Known = true
			known++
		} else if slices.ContainsFunc(order.Shipments[at].Events, func(other data.TrackingEvent) bool { return other.At.Equal(e.At) && !data.IsDay(e.At) }) {
			item.Leave = true
			words++
		}
	}
	if known > 0 {
		p.found(foundScansKnown, data.Info, "n", known)
	}
	if words > 0 {
		p.found(foundScansSame, data.Warning, "n", words)
	}
}

// doubtTimes says of scans that lie in the future, or before their order.
func (p *scanPlacer) doubtTimes() {
	early, day := 0, ""
	for i := range p.page.Items {
		item := &p.page.Items[i]
		e := item.Event()
		if data.Earliest(e.At).After(p.desk.now().Add(time.Hour)) {
			item.Leave = true
			p.found(foundScansFuture, data.Warning, "text", data.Stamp(e.At, item.At.Location()))
		}
		order := p.orders[item.OrderID]
		if order != nil && !order.OrderedAt.IsZero() && data.Latest(e.At).Add(24*time.Hour).Before(order.OrderedAt) {
			early++
			day = data.FormatTime(order.OrderedAt, order.Shop.Location(), time.DateOnly, time.DateOnly)
		}
	}
	if early > 0 {
		p.found(foundScansEarly, data.Warning, "n", early, "day", day)
	}
}

// ways is how pages tell where a parcel comes from and goes to.
var ways = regexp.MustCompile(`(?:->|→|=>|➔)\s*([\p{L}' .-]{2,40})`)

// doubtPlace says of a page that names another country, or another postcode.
func (p *scanPlacer) doubtPlace() {
	order := p.orders[p.page.Order.ID]
	if order == nil {
		return
	}
	to := importer.CountryCode(order.ShipTo.Country)
	if m := ways.FindStringSubmatch(p.page.Request.Text); m != nil && p.chosen != nil {
		name := strings.TrimSpace(m[1])
		if code := importer.CountryCode(name); len(code) == 2 && code != to && to != "" {
			p.found(foundElsewhere, data.Serious, "page", name, "order", to)
		}
	}
	if page, home := p.page.delivered(order.ID, order.ShipTo).postcode, order.ShipTo.Postcode; page != "" && home != "" && !samePostcode(page, home) {
		p.found(foundPostcode, data.Serious, "page", page, "order", home)
	}
}
