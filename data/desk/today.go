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

// TodayRefs lists all that waits, or with putOff what was put off, in the order of
// data.TodayRef.Compare. There is no limit; the rows are asked for as they come into
// view. shopID 0 is all shops.
func (d *Desk) TodayRefs(ctx context.Context, shopID int64, putOff bool) ([]data.TodayRef, error) {
	return d.store.TodayRefs(ctx, d.todayQuery(shopID, putOff))
}

// todayQuery asks for what waits now.
func (d *Desk) todayQuery(shopID int64, putOff bool) store.TodayQuery {
	now := d.now()
	return store.TodayQuery{Now: now, ShopID: shopID, PutOff: putOff, Next: func(f *data.Feedback) (time.Time, bool) {
		w, waits := nextOf(f, now)
		return w.Until, waits
	}}
}

// nameRows writes into rows of Today what the store does not know: the names of
// rights, and what can be done about feedback.
func (d *Desk) nameRows(ctx context.Context, rows []data.TodayRow) error {
	return firstOf(d.nameRights(ctx, rows), d.nameFeedback(ctx, rows))
}

// DoneTasks lists the tasks that are done, the last one first; TodayRows gives
// their rows. There is no limit.
func (d *Desk) DoneTasks(ctx context.Context) ([]data.TodayRef, error) { return d.store.DoneTasks(ctx) }

// TodayCount counts what waits, without what is long past.
func (d *Desk) TodayCount(ctx context.Context, shopID int64) (int, error) {
	return d.store.TodayCount(ctx, d.todayQuery(shopID, false))
}

// WaitingRow is a row of Today: with until when it was put off, where it was.
type WaitingRow struct {
	data.TodayRow
	Until  time.Time // zero: it waits
	Reason string    // why it was put off
	By     string
}

// TodayRows gives the rows of some refs, in their order. What is no longer there
// is left out.
func (d *Desk) TodayRows(ctx context.Context, refs []data.TodayRef) ([]WaitingRow, error) {
	rows, err := d.store.TodayRows(ctx, refs)
	if err != nil {
		return nil, err
	}
	if err := d.nameRows(ctx, rows); err != nil {
		return nil, err
	}
	snoozes, err := d.store.Snoozes(ctx, d.now())
	if err != nil {
		return nil, err
	}
	type key struct {
		kind data.TodayKind
		id   int64
	}
	off := make(map[key]store.Snooze, len(snoozes))
	for _, z := range snoozes {
		off[key{z.Kind, z.Row}] = z
	}
	all := make([]WaitingRow, len(rows))
	for i, row := range rows {
		z := off[key{row.Kind, row.ID}]
		all[i] = WaitingRow{TodayRow: row, Until: z.Until, Reason: z.Reason, By: z.By}
	}
	return all, nil
}

// DueReason says by which rule the date of a dispute comes about.
type DueReason struct {
	Rule  data.Text
	Lines []data.Text // of its reason, in the order to read
}

// WhyDue says why a dispute falls due when it does; the zero DueReason where no
// rule knows a date.
func (d *Desk) WhyDue(ctx context.Context, disputeID int64) (DueReason, error) {
	dispute, err := d.store.Dispute(ctx, disputeID)
	if err != nil {
		return DueReason{}, err
	}
	order, err := d.store.Order(ctx, dispute.OrderID)
	if err != nil {
		return DueReason{}, err
	}
	rules, err := d.Rules(ctx)
	if err != nil {
		return DueReason{}, err
	}
	view := rules.Evaluate(caseOf(dispute, order.Shop), d.now())
	rule, lines := view.Reason()
	return DueReason{rule, lines}, nil
}

// todayStep is how many rows of Today are read at a time.
const todayStep = 500

// eachToday gives all that waits, some at a time.
func (d *Desk) eachToday(ctx context.Context, shopID int64, give func([]data.TodayRow)) error {
	refs, err := d.TodayRefs(ctx, shopID, false)
	if err != nil {
		return err
	}
	for some := range slices.Chunk(refs, todayStep) {
		rows, err := d.store.TodayRows(ctx, some)
		if err != nil {
			return err
		}
		if err := d.nameRows(ctx, rows); err != nil {
			return err
		}
		give(rows)
	}
	return nil
}

var problemSnoozePast = data.DefineProblem("snooze_past", data.ErrInvalid,
	"The time {until} has already passed.", "Choose a later time.")

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
	calendar := agenda.Calendar{Name: "Casebinder"}
	err := d.eachToday(ctx, 0, func(rows []data.TodayRow) {
		for _, row := range rows {
			if row.Due.IsZero() {
				continue
			}
			calendar.Entries = append(calendar.Entries, agenda.Entry{
				UID: string(row.Kind) + "-" + strconv.FormatInt(row.ID, 10) + "@casebinder", Due: row.Due, Title: word(row),
				Alarms: []time.Duration{24 * time.Hour, 3 * time.Hour}, Updated: d.now(),
			})
		}
	})
	if err != nil {
		return err
	}
	return agenda.Write(w, calendar, d.now())
}

// toldSetting holds which reminders were shown.
const toldSetting = "reminders.told"

// Reminders gives the notifications that are due now, each once, and remembers
// that they were given. They have words by key and numbers, never words of a
// case.
func (d *Desk) Reminders(ctx context.Context) ([]agenda.Reminder, error) {
	refs, err := d.TodayRefs(ctx, 0, false)
	if err != nil {
		return nil, err
	}
	var dues []agenda.Due
	now := d.now()
	for _, row := range refs {
		if u := row.Urgency(now); u != data.UrgencyNone && u != data.UrgencyPast {
			dues = append(dues, agenda.Due{Key: string(row.Kind) + "-" + strconv.FormatInt(row.ID, 10), At: row.Due})
		}
	}
	told := map[string]agenda.Told{}
	if _, err := d.Setting(ctx, toldSetting, &told); err != nil {
		return nil, err
	}
	shown := agenda.Reminders(now, dues, told)
	if len(shown) == 0 {
		return nil, nil
	}
	return shown, d.PutSetting(ctx, toldSetting, agenda.Remember(told, dues, shown))
}
