package importer

import (
	"strings"

	"casebinder/data"
)

// add puts what a row says into its order. What an earlier row said stays.
func (r *orderReader) add(o *openOrder, rec *record) *data.Problem {
	for i := range r.texts {
		c := &r.texts[i]
		if to := c.set(o.order); *to == "" {
			*to = value(rec.cell(c.i), c.id)
		}
	}
	if last := clean(rec.cell(r.lastName), false); last != "" && len(o.rows) == 0 {
		o.order.Buyer.Name = strings.TrimSpace(o.order.Buyer.Name + " " + last)
	}
	if bad := r.addDates(o, rec); bad != nil {
		return bad
	}
	r.addPayment(o.order, rec)
	r.addFate(o, rec)
	is := r.addStatus(o, rec)
	if bad := r.addAmounts(o, rec, is); bad != nil {
		return bad
	}
	if bad := r.addParcels(o.order, rec); bad != nil {
		return bad
	}
	for _, e := range r.extras {
		if text := strings.TrimSpace(rec.cell(e.i)); text != "" {
			addExtra(o.order, e.name, text)
		}
	}
	return nil
}

// addDates takes the dates of a row. Of two states the later one counts, and of two
// promises.
func (r *orderReader) addDates(o *openOrder, rec *record) *data.Problem {
	for i := range r.dates {
		c := &r.dates[i]
		if c.loose {
			r.looseDate(o.order, rec, c)
			continue
		}
		text := r.dateCell(rec, c.i, c.field)
		p, bad := r.when(rec, c.i, c.read, text)
		if bad != nil {
			return bad
		}
		if why := r.turned(p, text, c.i); why != nil {
			o.odd = append(o.odd, oddness{rowRef{rec.line, rec.text}, why})
		}
		at := p.time()
		if c.field == FieldShipBy || c.field == FieldDeliverBy {
			at = p.due()
		}
		if to := c.set(o.order); to.IsZero() || (c.field == FieldSourceTime || c.field == FieldDeliverBy) && at.After(*to) {
			*to = at
		}
	}
	return nil
}

// looseDate reads a cell that may hold a date or something else. What is not
// the one unmistakably, day and time of day, stays as it is among the extras.
func (r *orderReader) looseDate(o *data.Order, rec *record, c *dateColumn) {
	text := clean(rec.cell(c.i), false)
	if nothing(text) {
		return
	}
	if rec.kind(c.i) == kindText && r.rowZone < 0 {
		c.read.order = orderUnknown
		if p, ok := c.read.read(text, kindText, nil); ok && p.timed && !p.ambiguous {
			if to := c.set(o); to.IsZero() {
				*to = p.time()
			}
			return
		}
	}
	addExtra(o, r.name(c.i), text)
}

func addExtra(o *data.Order, name, text string) {
	if o.Extra == nil {
		o.Extra = map[string]string{}
	}
	if _, taken := o.Extra[name]; !taken {
		o.Extra[name] = text
	}
}

func (r *orderReader) addParcels(o *data.Order, rec *record) *data.Problem {
	carrier, service := value(rec.cell(r.carrier), false), value(rec.cell(r.service), false)
	if r.parcels >= 0 {
		for _, p := range parcels(clean(rec.cell(r.parcels), false)) {
			addParcel(o, p)
		}
		return nil
	}
	var promised parsedDate
	if r.promised >= 0 {
		var bad *data.Problem
		if promised, bad = r.when(rec, r.promised, r.newDates(), clean(rec.cell(r.promised), false)); bad != nil {
			return bad
		}
	}
	text := clean(rec.cell(r.tracking), true)
	if nothing(text) {
		text = ""
	}
	if text == "" && (carrier == "" && service == "" || len(o.Shipments) > 0) {
		return nil
	}
	for _, number := range strings.FieldsFunc(text, func(c rune) bool { return c == ',' || c == ';' || c == '\n' || c == '|' }) {
		addParcel(o, data.Shipment{Carrier: carrier, Service: service, Tracking: strings.TrimSpace(number), PromisedAt: promised.due()})
	}
	if text == "" {
		addParcel(o, data.Shipment{Carrier: carrier, Service: service, PromisedAt: promised.due()})
	}
	return nil
}

func addParcel(o *data.Order, s data.Shipment) {
	for i := range o.Shipments {
		have := &o.Shipments[i]
		if have.Tracking == s.Tracking || have.Tracking == "" {
			have.Tracking = s.Tracking
			have.Carrier = orElse(have.Carrier, s.Carrier)
			have.Service = orElse(have.Service, s.Service)
			if s.PromisedAt.After(have.PromisedAt) {
				have.PromisedAt = s.PromisedAt
			}
			return
		}
	}
	if len(o.Shipments) < 1000 {
		o.Shipments = append(o.Shipments, s)
	}
}

func orElse(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// finishOrder fills what follows from the rest. A column of dates that is
// there and empty says that the thing has not happened.
func finishOrder(o *data.Order, paidColumn bool) {
	if o.Status == "" {
		switch {
		case !o.DeliveredAt.IsZero():
			o.Status = data.StatusDelivered
		case !o.ShippedAt.IsZero():
			o.Status = data.StatusShipped
		case !o.PaidAt.IsZero():
			o.Status = data.StatusToShip
		case paidColumn && o.PlatformStatus == "":
			o.Status = data.StatusUnpaid
		default:
			o.Status = data.StatusUnknown
		}
	}
	for i := range o.Shipments {
		if i == 0 && o.Shipments[i].ShippedAt.IsZero() {
			o.Shipments[i].ShippedAt, o.Shipments[i].DeliveredAt = o.ShippedAt, o.DeliveredAt
		}
	}
	b := &o.Buyer
	b.Name = orElse(b.Name, o.ShipTo.Name)
	b.Handle = orElse(b.Handle, o.MadeUpHandle())
}
