package desk

import (
	"context"
	"encoding/json"
	"log/slog"
	"time"

	"casebinder/data"
	"casebinder/data/health"
	"casebinder/data/store"
)

const (
	healthFirst = 90  // days that are worked out when a number is first kept
	healthMost  = 400 // days that are worked out after the program was closed for long
)

// healthEach is how often it is looked whether a day is over.
const healthEach = time.Hour

// FollowHealth keeps the numbers of each day as it ends, until the desk is closed.
func (d *Desk) FollowHealth() {
	if d.readOnly {
		return
	}
	d.behind.Go(func() {
		tick := time.NewTicker(healthEach)
		defer tick.Stop()
		for {
			if err := d.KeepHealth(d.life); err != nil && d.life.Err() == nil {
				slog.Warn("keeping the numbers of a day", "error", err) // the next hour tries again
			}
			select {
			case <-d.life.Done():
				return
			case <-tick.C:
			}
		}
	})
}

// KeepHealth keeps the numbers of each day that is over, also of those on which the
// program was closed: rows tell when things happened. It can be canceled; what was
// kept stays.
func (d *Desk) KeepHealth(ctx context.Context) error {
	if d.readOnly {
		return nil
	}
	shops, err := d.Shops(ctx)
	if err != nil {
		return err
	}
	for _, shop := range shops {
		if err := d.keepHealthOf(ctx, shop); err != nil {
			return err
		}
	}
	return nil
}

func (d *Desk) keepHealthOf(ctx context.Context, shop data.Shop) error {
	books, err := health.BuiltIn()
	if err != nil {
		return err
	}
	metrics := health.Of(books, shop.Platform)
	if len(metrics) == 0 {
		return nil
	}
	last, err := d.store.HealthLast(ctx, shop.ID)
	if err != nil {
		return err
	}
	settings, err := d.HealthSettings(ctx, shop.ID)
	if err != nil {
		return err
	}
	now := d.now()
	var todo []healthDue
	earliest := now
	for _, m := range metrics {
		for _, day := range healthDays(m, last[m.ID], now, shop.Location()) {
			todo = append(todo, healthDue{m, day})
			if from := m.Start(day, shop.Location(), settings[m.ID]); from.Before(earliest) {
				earliest = from
			}
		}
	}
	if len(todo) == 0 {
		return nil
	}
	days, err := d.healthMeasured(ctx, shop, todo, settings, earliest)
	if err != nil {
		return err
	}
	return d.store.Update(ctx, func(tx *store.Tx) error {
		for i := range days {
			if err := tx.PutHealthDay(shop.ID, &days[i]); err != nil {
				return err
			}
		}
		return nil
	})
}

// healthDue is a day of which a number is still to be kept.
type healthDue struct {
	metric *health.Metric
	end    time.Time // the day's last moment
}

// healthDays gives the last moments of the days that are over and not kept yet.
func healthDays(m *health.Metric, last string, now time.Time, zone *time.Location) []time.Time {
	most := healthFirst
	if last != "" {
		most = healthMost
	}
	end := m.Tomorrow(now, zone).AddDate(0, 0, -1)
	var days []time.Time
	for i := most; i >= 1; i-- {
		day := end.AddDate(0, 0, -i+1).Add(-time.Millisecond)
		if day.Format(time.DateOnly) > last {
			days = append(days, day)
		}
	}
	return days
}

func (d *Desk) healthMeasured(ctx context.Context, shop data.Shop, todo []healthDue, settings map[string]health.Settings, from time.Time) ([]data.HealthDay, error) {
	d.health.mu.Lock()
	defer d.health.mu.Unlock()
	rows, err := d.healthRows(ctx, shop, from)
	if err != nil {
		return nil, err
	}
	days := make([]data.HealthDay, 0, len(todo))
	for _, due := range todo {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		n := due.metric.Measure(rows, health.Ask{AsOf: due.end, Settings: settings[due.metric.ID], Region: shop.Site})
		text, err := json.Marshal(n.Settings)
		if err != nil {
			return nil, err
		}
		day := data.HealthDay{Metric: due.metric.ID, Day: due.end.Format(time.DateOnly), Hits: n.Hits, Base: n.Base, Currency: n.Currency, Settings: string(text)}
		if n.Level != nil {
			day.Level = n.Level.ID
		}
		days = append(days, day)
	}
	return days, nil
}

// HealthHistory gives the kept days of a number, oldest first, what happened on them,
// and what the platform showed.
func (d *Desk) HealthHistory(ctx context.Context, shopID int64, metric, since string) (days []data.HealthDay, events []data.HealthEvent, told []data.HealthTold, err error) {
	if days, err = d.store.HealthDays(ctx, shopID, metric, since); err != nil {
		return nil, nil, nil, err
	}
	if events, err = d.store.HealthEvents(ctx, shopID, since); err != nil {
		return nil, nil, nil, err
	}
	told, err = d.store.HealthToldSince(ctx, shopID, metric, since)
	return days, events, told, err
}

// TellHealth writes down what the platform shows of a number. It can be undone.
func (d *Desk) TellHealth(ctx context.Context, t data.HealthTold) error {
	books, err := health.BuiltIn()
	if err != nil {
		return err
	}
	if _, ok := health.Find(books, t.Metric); !ok {
		return health.UnknownMetric(t.Metric)
	}
	if _, _, err := health.ParseShare(t.Value); err != nil {
		return err
	}
	day, err := data.ParseDay(t.Day)
	if err != nil {
		return problemHealthDay.New("day", t.Day)
	}
	if day.Begin(time.UTC).After(d.now().Add(24 * time.Hour)) {
		return problemEventInFuture.New("at", t.Day)
	}
	t.RecordedAt, t.Operator = d.now(), d.Operator()
	before, err := d.store.HealthToldOn(ctx, t.ShopID, t.Metric, t.Day)
	if err != nil {
		return err
	}
	return d.act(ctx, swap(about{"health.tell", data.EntitySetting, "health." + t.Metric, rowsOf(data.EntitySetting, 0, 0, 0)}, before, &t,
		func(_ context.Context, tx *store.Tx, to *data.HealthTold) error {
			if to == nil {
				return tx.DropHealthTold(t.ShopID, t.Metric, t.Day)
			}
			return tx.PutHealthTold(to)
		}))
}

var problemHealthDay = data.DefineProblem("health_day", data.ErrInvalid,
	"“{day}” is not a day.", "Write it as 2026-11-30.")

// ExplainHealth says why the platform's number differs from ours, as far as rows
// allow.
func (d *Desk) ExplainHealth(ctx context.Context, t data.HealthTold) ([]data.Text, error) {
	value, digits, err := health.ParseShare(t.Value)
	if err != nil {
		return nil, err
	}
	books, err := health.BuiltIn()
	if err != nil {
		return nil, err
	}
	m, ok := health.Find(books, t.Metric)
	if !ok {
		return nil, health.UnknownMetric(t.Metric)
	}
	shop, err := d.store.ShopByID(ctx, t.ShopID)
	if err != nil {
		return nil, err
	}
	settings, err := d.HealthSettings(ctx, shop.ID)
	if err != nil {
		return nil, err
	}
	at := d.now()
	if day, err := data.ParseDay(t.Day); err == nil {
		if end := day.End(shop.Location()); end.Before(at) {
			at = end
		}
	}
	d.health.mu.Lock()
	defer d.health.mu.Unlock()
	rows, err := d.healthRows(ctx, shop, m.Start(at, shop.Location(), settings[m.ID]).AddDate(0, 0, -7))
	if err != nil {
		return nil, err
	}
	ask := health.Ask{AsOf: at, Settings: settings[m.ID], Region: shop.Site}
	return d.reasons(ctx, m.Explain(rows, ask, health.Told{Value: value, Digits: digits, Hits: t.Hits, Base: t.Base}))
}

// reasons names the rows that reasons are about.
func (d *Desk) reasons(ctx context.Context, list []health.Reason) ([]data.Text, error) {
	var refs []health.Ref
	for _, r := range list {
		if r.Row.Kind != "" {
			refs = append(refs, r.Row)
		}
	}
	names, err := d.HealthNames(ctx, refs)
	if err != nil {
		return nil, err
	}
	texts := make([]data.Text, len(list))
	for i, r := range list {
		if r.Row.Kind != "" {
			r.Args["row"] = names[r.Row]
		}
		texts[i] = r.Text
	}
	return texts, nil
}
