package today

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2/container"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/kit"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// morning is the hour at which what was put off till a morning comes back.
const morning = 9

// The spans for which a row can be put off.
const (
	untilTomorrow = "tomorrow"
	untilDays     = "days"
	untilTime     = "time"
)

// snoozedUntil is when a row comes back, on this computer's clock.
func snoozedUntil(choice string, now, typed time.Time) time.Time {
	switch choice {
	case untilTomorrow:
		return midnight(now).AddDate(0, 0, 1).Add(morning * time.Hour)
	case untilDays:
		return midnight(now).AddDate(0, 0, 3).Add(morning * time.Hour)
	}
	return typed
}

var problemUntil = data.DefineProblem("snooze_when", data.ErrInvalid,
	"The time until which to snooze is missing.", "Enter a date and a time, such as 2026-11-21 14:05.")

// snoozeSheet puts a row off.
func (t *Tab) snoozeSheet(r desk.WaitingRow) {
	e := t.env
	typed := kit.NewMoment(e.UI, "")
	typed.Object.Hide()
	until := kit.NewChoice([]kit.Option[string]{
		{Value: untilTomorrow, Text: words.T("snooze.tomorrow")},
		{Value: untilDays, Text: words.T("snooze.days")},
		{Value: untilTime, Text: words.T("snooze.time")},
	}, untilTomorrow, func(choice string) {
		if choice == untilTime {
			typed.Object.Show()
		} else {
			typed.Object.Hide()
		}
	})
	kit.Trace("snooze.until", until)
	reason := kit.NewEntry(e.UI)
	kit.Trace("snooze.reason", reason)
	reason.SetPlaceHolder(words.T("snooze.reason.hint"))
	var at time.Time
	var why string
	e.UI.OpenForm(kit.FormSheet{
		Name: "snooze", Title: words.T("snooze.title"), Save: words.T("snooze.do"), Focus: reason, Height: 280,
		Fields: []*kit.Field{
			{Label: words.T("snooze.until"), Object: container.NewVBox(until, typed.Object)},
			{Label: words.T("snooze.reason"), Hint: snoozeHint(r, e.UI.Now()), Object: reason, Check: func() error {
				if strings.TrimSpace(reason.Text) == "" {
					return kit.ProblemRequired.New("field", words.T("snooze.reason"))
				}
				return nil
			}},
		},
		Read: func() error {
			moment, err := typed.Get()
			if until.Value() != untilTime {
				err = nil
			} else if err == nil && moment.IsZero() {
				err = problemUntil.New()
			}
			at, why = snoozedUntil(until.Value(), e.UI.Now(), moment), strings.TrimSpace(reason.Text)
			return err
		},
		Work: func(ctx context.Context) error { return e.desk.Snooze(ctx, r.Kind, r.ID, at, why) },
		Done: func() {
			e.UI.Toast(words.T("snooze.done", "until", words.Time(at, "", e.UI.Now())), e.Undo)
			t.Reload()
		},
	})
}

// snoozeHint warns when a row falls due before it may come back.
func snoozeHint(r desk.WaitingRow, now time.Time) string {
	if r.Due.IsZero() {
		return ""
	}
	return words.T("snooze.warn", "left", show.DueText(r.Due, now), "when", words.Time(r.Due, "", now))
}

// bringBack shows a row again that was put off.
func (t *Tab) bringBack(r desk.WaitingRow) {
	kit.Do(func(ctx context.Context) (struct{}, error) {
		return struct{}{}, t.env.desk.Snooze(ctx, r.Kind, r.ID, time.Time{}, "")
	}, func(_ struct{}, err error) {
		if err != nil {
			t.env.UI.Problem(err)
			return
		}
		t.env.UI.Toast(words.T("snooze.back"), nil)
		t.Reload()
	})
}

// whyOfCase puts the reason of a case's date into words; "" when the rules know
// no date.
func whyOfCase(why desk.DueReason) string {
	if why.Rule.IsZero() {
		return ""
	}
	parts := []string{words.Text(why.Rule) + words.T("today.colon")}
	for _, line := range why.Lines {
		parts = append(parts, words.Text(line))
	}
	if words.Language() != words.English { // full-width signs bring their own room
		return strings.Join(parts, "")
	}
	return strings.Join(parts, " ")
}
