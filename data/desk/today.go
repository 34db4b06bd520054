package desk

import (
	"context"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/agenda"
	"casebinder/data/store"
)

// todayLimit bounds the rows of each kind on Today.
const todayLimit = 500

// Today lists what waits, the soonest first, of two with one date the dearer
// first; what has no date comes last. What was put off is left out. shopID 0
// is all shops.
func (d *Desk) Today(ctx context.Context, shopID int64) ([]data.TodayRow, error) {
	rows, _, err := d.todayAndSnoozed(ctx, shopID)
	return rows, err
}

// Snoozed lists what was put off, until when and why.
func (d *Desk) Snoozed(ctx context.Context, shopID int64) ([]SnoozedRow, error) {
	_, snoozed, err := d.todayAndSnoozed(ctx, shopID)
	return snoozed, err
}

// SnoozedRow is something that somebody put off.
type SnoozedRow struct {
	data.TodayRow
	Until  time.Time
	Reason string
	By     string
}

func (d *Desk) todayAndSnoozed(ctx context.Context, shopID int64) (rows []data.TodayRow, snoozed []SnoozedRow, err error) {
	list, err := d.store.Today(ctx, d.now(), shopID, todayLimit)
	if err != nil {
		return nil, nil, err
	}
	off, err := d.store.Snoozes(ctx, d.now())
	if err != nil {
		return nil, nil, err
	}
	for _, row := range list.Rows {
		i := slices.IndexFunc(off, func(z store.Snooze) bool { return z.Kind == row.Kind && z.Row == row.ID })
		if i < 0 {
			rows = append(rows, row)
			continue
		}
		snoozed = append(snoozed, SnoozedRow{TodayRow: row, Until: off[i].Until, Reason: off[i].Reason, By: off[i].By})
	}
	return rows, snoozed, nil
}

var problemSnoozePast = data.DefineProblem("snooze_past", data.ErrInvalid,
	"The time {until} has passed already.", "Choose a later time.")

// Snooze puts a row of Today off until a time, with the reason; a zero time
// brings it back. It can be undone.
func (d *Desk) Snooze(ctx context.Context, kind data.TodayKind, row int64, until time.Time, reason string) error {
	reason = strings.TrimSpace(reason)
	switch {
	case !until.IsZero() && !until.After(d.now()):
		return problemSnoozePast.New("until", until.Format(time.RFC3339))
	case !until.IsZero() && reason == "":
		return problemWhy.New()
	}
	z := store.Snooze{Kind: kind, Row: row, Until: until, Reason: reason}
	if until.IsZero() {
		return d.act(ctx, snoozing("today.wake", z))
	}
	return d.act(ctx, snoozing("today.snooze", z))
}

// snoozing is the step that puts a row of Today off, or, without a time, brings
// it back; taken back, it is put off as it was before.
func snoozing(action string, z store.Snooze) step {
	return func(ctx context.Context, tx *store.Tx) (deed, error) {
		before, err := tx.Snooze(ctx, z.Kind, z.Row)
		if err != nil {
			return deed{}, err
		}
		did := deed{
			Change: data.Change{Action: action, Entity: data.EntitySnooze, Key: string(z.Kind) + " " + strconv.FormatInt(z.Row, 10)},
			effect: data.EffectChanged, rows: manyOf(data.EntitySnooze), back: snoozing(action, before),
		}
		if !before.Until.IsZero() {
			did.Before = before
		}
		if !z.Until.IsZero() {
			did.After = z
		}
		return did, tx.PutSnooze(z)
	}
}

// WriteCalendar writes the due dates of all open disputes, orders to ship and
// tasks as an iCalendar file that phones understand. word turns a kind of
// waiting into the operator's language.
func (d *Desk) WriteCalendar(ctx context.Context, w io.Writer, word func(data.TodayRow) string) error {
	rows, err := d.Today(ctx, 0)
	if err != nil {
		return err
	}
	calendar := agenda.Calendar{Name: "Casebinder"}
	for _, row := range rows {
		if row.Due.IsZero() {
			continue
		}
		calendar.Entries = append(calendar.Entries, agenda.Entry{
			UID: string(row.Kind) + "-" + strconv.FormatInt(row.ID, 10) + "@casebinder", Due: row.Due, Title: word(row),
			Alarms: []time.Duration{24 * time.Hour, 3 * time.Hour}, Updated: d.now(),
		})
	}
	return agenda.Write(w, calendar, d.now())
}

// toldSetting holds which reminders were shown.
const toldSetting = "reminders.told"

// Reminders gives the notifications that are due now, each once, and remembers
// that they were given. They have words by key and numbers, never words of a
// case.
func (d *Desk) Reminders(ctx context.Context) ([]agenda.Reminder, error) {
	rows, err := d.Today(ctx, 0)
	if err != nil {
		return nil, err
	}
	var dues []agenda.Due
	for _, row := range rows {
		if !row.Due.IsZero() {
			dues = append(dues, agenda.Due{Key: string(row.Kind) + "-" + strconv.FormatInt(row.ID, 10), At: row.Due})
		}
	}
	told := map[string]agenda.Told{}
	if _, err := d.Setting(ctx, toldSetting, &told); err != nil {
		return nil, err
	}
	shown := agenda.Reminders(d.now(), dues, told)
	if len(shown) == 0 {
		return nil, nil
	}
	return shown, d.PutSetting(ctx, toldSetting, agenda.Remember(told, dues, shown))
}
