package desk

import (
	"context"
	"log/slog"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/buyer"
)

// keepStep is how many orders' marks and sums are made at a time. They are held in
// memory, some 30 MB; of many orders each takes less time.
const keepStep = 50_000

// How long the window's own work goes first: after the start, and after a change.
const (
	keepAfterStart  = 3 * time.Second
	keepAfterChange = time.Second
	keepTellEvery   = 4 * time.Second
)

// KeepBuyers brings by what buyers are compared, and what they bought, up to date
// with all orders. Where nothing changed it costs nothing. It does nothing on a desk
// that can be read alone.
func (d *Desk) KeepBuyers(ctx context.Context) error {
	if d.readOnly {
		return nil
	}
	d.keeping.Lock()
	defer d.keeping.Unlock()
	some, err := d.keepSome(ctx, func() {})
	if some {
		d.tellBuyers()
	}
	return err
}

// keepSome does what there is to do; told is called between the steps.
func (d *Desk) keepSome(ctx context.Context, told func()) (some bool, err error) {
	behind, err := d.store.BuyersBehind(ctx)
	if err != nil || behind == 0 {
		return false, err
	}
	for more := true; more; {
		if more, err = d.store.KeepBuyers(ctx, keepStep, buyer.MarksOf); err != nil {
			return true, err
		}
		told()
	}
	return true, nil
}

// KeepBehind brings buyers up to date behind what a person does, soon and after each
// change, until the desk is closed: for the window. A command asks for KeepBuyers
// where it needs it.
func (d *Desk) KeepBehind() {
	if d.readOnly {
		return
	}
	changed := make(chan struct{}, 1)
	wake := func() {
		select {
		case changed <- struct{}{}:
		default:
		}
	}
	cancel := d.Subscribe(func(e Event) {
		if e.Of(data.EntityOrder) || e.Of(data.EntityDispute) || e.Of(data.EntityFeedback) || strings.HasSuffix(e.Action, "import") {
			wake()
		}
	})
	d.behind.Go(func() {
		defer cancel()
		pause := keepAfterStart
		for {
			select {
			case <-d.life.Done():
				return
			case <-time.After(pause):
			}
			if err := d.keepAndTell(); err != nil && d.life.Err() == nil {
				slog.Warn("working out what buyers bought", "error", err) // the next change does it
			}
			select {
			case <-d.life.Done():
				return
			case <-changed:
			}
			pause = keepAfterChange
		}
	})
}

// tellBuyers tells that buyers are others now.
func (d *Desk) tellBuyers() {
	d.publish(Event{Action: "buyer.kept", Entity: data.EntityBuyer, Effect: data.EffectMany, Rows: manyOf(data.EntityBuyer)})
}

func (d *Desk) keepAndTell() error {
	d.keeping.Lock()
	defer d.keeping.Unlock()
	last := time.Now()
	tell := func() {
		d.tellBuyers()
		last = time.Now()
	}
	some, err := d.keepSome(d.life, func() {
		if time.Since(last) > keepTellEvery {
			tell()
		}
	})
	if some {
		tell()
	}
	return err
}
