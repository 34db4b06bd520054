package desk

import (
	"context"
	"sync"
	"time"

	"casebinder/data/parcel"
	"casebinder/data/store"
)

// carriersKept is how long a record of carriers is good for what is usual: a day's
// parcels do not change what a year's tell.
const carriersKept = 6 * time.Hour

// usualDays tells how long parcels of a carrier to a country take.
type usualDays = func(carrier, country string) (parcel.Usual, bool)

// keptRecord is the record of carriers as it was made last.
type keptRecord struct {
	mu    sync.Mutex
	at    time.Time
	usual usualDays
}

// Carriers goes through all parcels and tells what each carrier did. It takes a few
// seconds for a million of them: the window asks beside its main goroutine.
func (d *Desk) Carriers(ctx context.Context) (*parcel.Record, error) {
	zone, err := d.ReportZone(ctx, 0)
	if err != nil {
		return nil, err
	}
	r := parcel.NewRecord(d.now().In(zone))
	err = d.store.EachTrip(ctx, func(t *store.Trip) {
		r.Add(&parcel.Trip{
			Carrier: t.Carrier, Tracking: t.Tracking, Country: t.Country, Shipped: t.Shipped, Delivered: t.Delivered, Promised: t.Promised, Lost: t.Lost,
		})
	})
	if err != nil {
		return nil, err
	}
	d.carriers.mu.Lock()
	defer d.carriers.mu.Unlock()
	d.carriers.at, d.carriers.usual = d.now(), r.Usual()
	return r, nil
}

// usual tells how long parcels take, from the record of carriers, which is made anew
// where it is older than some hours.
func (d *Desk) usual(ctx context.Context) (usualDays, error) {
	d.carriers.mu.Lock()
	at, usual := d.carriers.at, d.carriers.usual
	d.carriers.mu.Unlock()
	if usual != nil && d.now().Sub(at).Abs() < carriersKept {
		return usual, nil
	}
	if _, err := d.Carriers(ctx); err != nil {
		return nil, err
	}
	d.carriers.mu.Lock()
	defer d.carriers.mu.Unlock()
	return d.carriers.usual, nil
}

// usualKnown is usual as far as it is known already: an order that is opened does not
// wait for a record of all parcels.
func (d *Desk) usualKnown(context.Context) (usualDays, error) {
	d.carriers.mu.Lock()
	defer d.carriers.mu.Unlock()
	return d.carriers.usual, nil
}
