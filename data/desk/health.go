package desk

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"casebinder/data"
	"casebinder/data/health"
	"casebinder/data/store"
)

// healthSetting holds the readings that a shop chose, by metric; the shop's id
// follows.
const healthSetting = "health."

// HealthAsk says which numbers are wanted.
type HealthAsk struct {
	ShopID   int64                      // 0: of all shops
	Metric   string                     // "": all of the shop's platform
	AsOf     time.Time                  // zero: now
	List     bool                       // the rows too
	Settings map[string]health.Settings // instead of the shop's own, by metric
	Change   health.Change              // what if
}

// HealthShop are the numbers of one shop.
type HealthShop struct {
	Shop    data.Shop
	Numbers []HealthNumber
}

// HealthNumber is a number with what it will be once today is over, as the rows
// stand now.
type HealthNumber struct {
	*health.Number
	Next *health.Number
	Told *data.HealthTold // what the platform showed last, as the seller read it
}

var problemHealthAhead = data.DefineProblem("health_ahead", data.ErrInvalid,
	"{at} is still to come: what will have happened by then nobody knows.", "Name a time up to now. What the end of today changes stands with each number.")

// Health computes the numbers by which platforms judge the shops. A shop that the
// program knows no numbers of has none. It reads the rows of a shop once, and those
// that change again: the first time takes seconds for a million orders.
func (d *Desk) Health(ctx context.Context, ask HealthAsk) ([]HealthShop, error) {
	books, err := health.BuiltIn()
	if err != nil {
		return nil, err
	}
	if ask.Metric != "" {
		if _, ok := health.Find(books, ask.Metric); !ok {
			return nil, health.UnknownMetric(ask.Metric)
		}
	}
	if ask.AsOf.IsZero() {
		ask.AsOf = d.now()
	}
	if ask.AsOf.After(d.now()) {
		return nil, problemHealthAhead.New("at", data.JSONTime(ask.AsOf))
	}
	ask.Change.At = ask.AsOf
	shops, err := d.Shops(ctx)
	if err != nil {
		return nil, err
	}
	d.health.mu.Lock()
	defer d.health.mu.Unlock()
	var list []HealthShop
	for _, shop := range shops {
		if ask.ShopID != 0 && shop.ID != ask.ShopID {
			continue
		}
		one, err := d.healthOf(ctx, books, shop, ask)
		if err != nil {
			return nil, err
		}
		if len(one.Numbers) > 0 {
			list = append(list, one)
		}
	}
	return list, nil
}

func (d *Desk) healthOf(ctx context.Context, books []*health.Book, shop data.Shop, ask HealthAsk) (HealthShop, error) {
	out := HealthShop{Shop: shop}
	metrics := health.Of(books, shop.Platform)
	cards := health.Of(books, health.Cards)
	settings, err := d.HealthSettings(ctx, shop.ID)
	if err != nil {
		return out, err
	}
	for id, s := range ask.Settings {
		settings[id] = s
	}
	told, err := d.store.HealthTold(ctx, shop.ID)
	if err != nil {
		return out, err
	}
	from := ask.AsOf
	for _, m := range slices.Concat(metrics, cards) {
		if start := m.Start(ask.AsOf, shop.Location(), settings[m.ID]); start.Before(from) {
			from = start
		}
	}
	rows, err := d.healthRows(ctx, shop, from)
	if err != nil {
		return out, fmt.Errorf("reading the orders of %s: %w", shop.Name, err)
	}
	if rows.PaidByCard() {
		metrics = append(metrics, cards...)
	}
	metrics = slices.DeleteFunc(metrics, func(m *health.Metric) bool { return ask.Metric != "" && m.ID != ask.Metric })
	out.Numbers = make([]HealthNumber, len(metrics))
	measure := func(i int) {
		m := metrics[i]
		a := health.Ask{AsOf: ask.AsOf, Settings: settings[m.ID], Region: shop.Site, List: ask.List}
		n := HealthNumber{Number: m.WhatIf(rows, a, ask.Change)}
		a.AsOf, a.List = m.Tomorrow(ask.AsOf, shop.Location()), false
		n.Next = m.WhatIf(rows, a, ask.Change)
		if t, ok := told[m.ID]; ok {
			n.Told = &t
		}
		out.Numbers[i] = n
	}
	if !ask.Change.IsZero() { // what might happen is tried on the rows themselves
		for i := range metrics {
			measure(i)
		}
		return out, nil
	}
	var all sync.WaitGroup
	for i := range metrics {
		all.Go(func() { measure(i) })
	}
	all.Wait()
	return out, nil
}

// HealthSettings are the readings that a shop chose where sources differ, by metric.
func (d *Desk) HealthSettings(ctx context.Context, shopID int64) (map[string]health.Settings, error) {
	settings := map[string]health.Settings{}
	if _, err := d.Setting(ctx, fmt.Sprint(healthSetting, shopID), &settings); err != nil {
		return nil, err
	}
	return settings, nil
}

// SetHealth chooses a reading of a number for a shop. It can be undone.
func (d *Desk) SetHealth(ctx context.Context, shopID int64, metric, name string, value any) error {
	books, err := health.BuiltIn()
	if err != nil {
		return err
	}
	m, ok := health.Find(books, metric)
	if !ok {
		return health.UnknownMetric(metric)
	}
	if err := m.CheckSetting(name, value); err != nil {
		return err
	}
	settings, err := d.HealthSettings(ctx, shopID)
	if err != nil {
		return err
	}
	if settings[metric] == nil {
		settings[metric] = health.Settings{}
	}
	settings[metric][name] = value
	return d.PutSetting(ctx, fmt.Sprint(healthSetting, shopID), settings)
}

// HealthNames names rows as a person knows them: an order by its number, a dispute
// by the platform's case number, else by its order, a parcel by its tracking number,
// a day's sales by the day.
func (d *Desk) HealthNames(ctx context.Context, refs []health.Ref) (map[health.Ref]string, error) {
	names := make(map[health.Ref]string, len(refs))
	byKind := map[health.Kind][]int64{}
	for _, r := range refs {
		switch {
		case r.Kind == health.KindCardItem && r.ID < 0:
			names[r] = salesDay(r.ID)
		default:
			byKind[r.Kind] = append(byKind[r.Kind], r.ID)
		}
	}
	for kind, ids := range byKind {
		way := store.NameOfOrder // a thread has the id of its order
		switch kind {
		case health.KindDispute, health.KindCardItem:
			way = store.NameOfDispute
		case health.KindFeedback:
			way = store.NameOfFeedback
		case health.KindShipment:
			way = store.NameOfParcel
		}
		found, err := d.store.Names(ctx, way, ids)
		if err != nil {
			return nil, err
		}
		for id, name := range found {
			names[health.Ref{Kind: kind, ID: id}] = name
		}
	}
	return names, nil
}

// salesDay is the day of the sales that chargebacks of the card networks made of one
// item.
func salesDay(id int64) string {
	return time.UnixMilli(cardDay(id) * dayMillis).UTC().Format(time.DateOnly)
}
