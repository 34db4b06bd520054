package store

import (
	"context"
	"database/sql"
	"errors"

	"casebinder/data"
)

// HealthLast gives the last kept day of each number of a shop.
func (r *Reader) HealthLast(ctx context.Context, shopID int64) (map[string]string, error) {
	last := map[string]string{}
	var metric, day string
	err := eachRow(ctx, r, "SELECT metric, max(day) FROM health_day WHERE shop_id = ? GROUP BY metric", []any{shopID}, []any{&metric, &day}, func() { last[metric] = day })
	return last, err
}

// PutHealthDay keeps a number as it stood on a day. It follows from rows and can be
// worked out again, so that the journal does not tell of it.
func (t *Tx) PutHealthDay(shopID int64, d *data.HealthDay) error {
	_, err := t.run("INSERT OR REPLACE INTO health_day (shop_id, metric, day, hits, base, currency, level, settings, made_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
		shopID, d.Metric, d.Day, d.Hits, d.Base, d.Currency, d.Level, d.Settings, ms(t.now))
	return err
}

// DropHealthDays takes the kept days of a shop away, before the shop itself goes.
func (t *Tx) DropHealthDays(shopID int64) error {
	_, err := t.run("DELETE FROM health_day WHERE shop_id = ?", shopID)
	return err
}

// HealthDays gives the kept days of a number from a day on, oldest first.
func (r *Reader) HealthDays(ctx context.Context, shopID int64, metric, since string) ([]data.HealthDay, error) {
	return all(ctx, r, "SELECT metric, day, hits, base, currency, level, settings FROM health_day WHERE shop_id = ? AND metric = ? AND day >= ? ORDER BY day",
		[]any{shopID, metric, since}, func(row scanner) (d data.HealthDay, err error) {
			return d, row.Scan(&d.Metric, &d.Day, &d.Hits, &d.Base, &d.Currency, &d.Level, &d.Settings)
		})
}

// HealthEvents counts what happened to a shop day by day: disputes opened, lost and
// won, and ratings that were negative when they were left.
func (r *Reader) HealthEvents(ctx context.Context, shopID int64, since string) ([]data.HealthEvent, error) {
	const query = "SELECT date(d.opened_at / 1000, 'unixepoch') AS day, 'opened', count(*) FROM dispute d WHERE d.shop_id = ?1 AND d.binned_at IS NULL AND d.opened_at IS NOT NULL GROUP BY day HAVING day >= ?2 " +
		"UNION ALL SELECT date(e.at / 1000, 'unixepoch') AS day, d.outcome, count(DISTINCT d.id) FROM case_event e JOIN dispute d ON d.id = e.dispute_id " +
		"WHERE d.shop_id = ?1 AND d.binned_at IS NULL AND e.kind = 'ruled' AND d.outcome IN ('lost', 'won') GROUP BY day, d.outcome HAVING day >= ?2 " +
		"UNION ALL SELECT date(f.left_at / 1000, 'unixepoch') AS day, 'negative', count(*) FROM feedback f WHERE f.shop_id = ?1 AND f.binned_at IS NULL AND f.given = 0 AND f.left_at IS NOT NULL AND " +
		"CASE WHEN f.revised_at IS NULL THEN f.stars ELSE coalesce((SELECT c.stars FROM feedback_change c WHERE c.feedback_id = f.id ORDER BY c.at, c.id LIMIT 1), f.stars) END <= 2 GROUP BY day HAVING day >= ?2 " +
		"ORDER BY 1, 2"
	return all(ctx, r, query, []any{shopID, since}, func(row scanner) (e data.HealthEvent, err error) {
		return e, row.Scan(&e.Day, &e.Kind, &e.N)
	})
}

const healthToldColumns = "shop_id, metric, day, value, coalesce(hits, 0), coalesce(base, 0), note, recorded_at, operator"

func scanHealthTold(row scanner) (t data.HealthTold, err error) {
	return t, row.Scan(&t.ShopID, &t.Metric, &t.Day, &t.Value, &t.Hits, &t.Base, &t.Note, moment{&t.RecordedAt}, &t.Operator)
}

// HealthTold gives the numbers that the platform showed last, by metric.
func (r *Reader) HealthTold(ctx context.Context, shopID int64) (map[string]data.HealthTold, error) {
	list, err := all(ctx, r, "SELECT "+healthToldColumns+" FROM health_told WHERE shop_id = ? ORDER BY day", []any{shopID}, scanHealthTold)
	told := map[string]data.HealthTold{}
	for _, t := range list {
		told[t.Metric] = t
	}
	return told, err
}

// HealthToldSince gives what the platform showed of a number from a day on, oldest
// first.
func (r *Reader) HealthToldSince(ctx context.Context, shopID int64, metric, since string) ([]data.HealthTold, error) {
	return all(ctx, r, "SELECT "+healthToldColumns+" FROM health_told WHERE shop_id = ? AND metric = ? AND day >= ? ORDER BY day", []any{shopID, metric, since}, scanHealthTold)
}

// HealthToldOn gives what the platform showed of a number on a day; nil where
// nobody wrote it down.
func (r *Reader) HealthToldOn(ctx context.Context, shopID int64, metric, day string) (*data.HealthTold, error) {
	t, err := first(ctx, r, "SELECT "+healthToldColumns+" FROM health_told WHERE shop_id = ? AND metric = ? AND day = ?", []any{shopID, metric, day}, scanHealthTold)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return &t, err
}

// PutHealthTold writes down what the platform shows of a number on a day.
func (t *Tx) PutHealthTold(h *data.HealthTold) error {
	_, err := t.exec("INSERT OR REPLACE INTO health_told (shop_id, metric, day, value, hits, base, note, recorded_at, operator) VALUES (?, ?, ?, ?, nullif(?, 0), nullif(?, 0), ?, ?, ?)",
		h.ShopID, h.Metric, h.Day, h.Value, h.Hits, h.Base, h.Note, ms(h.RecordedAt), h.Operator)
	return err
}

// DropHealthTold takes it away, as the undo of its writing.
func (t *Tx) DropHealthTold(shopID int64, metric, day string) error {
	_, err := t.exec("DELETE FROM health_told WHERE shop_id = ? AND metric = ? AND day = ?", shopID, metric, day)
	return err
}
