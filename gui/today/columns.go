package today

import (
	"strconv"
	"time"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/kit"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// columns are in the order in which a person reads: how long, what, whose,
// how much, why.
func columns(now func() time.Time) []kit.Column[desk.WaitingRow] {
	return []kit.Column[desk.WaitingRow]{
		{
			ID: "left", Title: "today.col.left", Width: 130, Least: 108, Badge: true,
			Text: func(r desk.WaitingRow) string { return leftText(r, now()) },
			Role: func(r desk.WaitingRow) kit.Role { return leftRole(r, now()) },
			Tip:  func(r desk.WaitingRow) string { return show.SureTip(show.DueTip(r.Due, r.Zone, now()), r.DueSure) },
		},
		{ID: "what", Title: "today.col.what", Width: 136, Least: 118, Text: func(r desk.WaitingRow) string { return words.Of("today.kind", r.Kind) }},
		{
			ID: "order", Title: "today.col.order", Width: 250, Least: 200, Text: func(r desk.WaitingRow) string { return words.Join(" · ", r.Platform.Title(), r.OrderNumber) },
			Tip: func(r desk.WaitingRow) string {
				return words.Join(" · ", r.Platform.Title(), r.ShopName, r.OrderNumber, r.CaseNumber)
			},
		},
		{ID: "buyer", Title: "today.col.buyer", Width: 130, Least: 108, Text: func(r desk.WaitingRow) string { return r.BuyerName }},
		{ID: "amount", Title: "today.col.amount", Width: 110, Right: true, Text: func(r desk.WaitingRow) string { return words.Money(r.Amount) }},
		{ID: "reason", Title: "today.col.reason", Width: 180, Least: 110, Grow: true, Text: reasonOf},
		{
			ID: "due", Title: "today.col.due", Width: 110, Text: func(r desk.WaitingRow) string { return words.Time(r.Due, "", now()) }, // one clock, mine
			Tip: func(r desk.WaitingRow) string { return words.TimeBoth(r.Due, r.Zone) },
		},
		{ID: "evidence", Title: "today.col.evidence", Width: 80, Least: 66, Right: true, Text: func(r desk.WaitingRow) string { return evidenceCount(r) }},
	}
}

// leftText says how long there is; of a task that is done, that it is.
func leftText(r desk.WaitingRow, now time.Time) string {
	if !r.DoneAt.IsZero() {
		return "✓ " + words.T("today.left.done")
	}
	return show.Doubtful(show.DueText(r.Due, now), r.DueSure)
}

func leftRole(r desk.WaitingRow, now time.Time) kit.Role {
	if !r.DoneAt.IsZero() {
		return kit.Good
	}
	_, role := kit.Urgency(r.Due, now)
	return role
}

func evidenceCount(r desk.WaitingRow) string {
	if r.Kind != data.TodayDispute && r.Evidence == 0 {
		return ""
	}
	return strconv.Itoa(r.Evidence)
}

// reasonOf says why a row waits, in the seller's words or the buyer's.
func reasonOf(r desk.WaitingRow) string {
	if !r.Until.IsZero() {
		return words.T("today.put_off", "until", words.Time(r.Until, "", time.Now()), "reason", r.Reason, "who", r.By)
	}
	if !r.DoneAt.IsZero() {
		return words.Join(" · ", r.Text, words.T("task.done_at", "when", words.Time(r.DoneAt, "", time.Now())))
	}
	switch r.Kind {
	case data.TodayDispute:
		return words.Of("reason", r.TodayRow.Reason)
	case data.TodayRight:
		return words.Join(" · ", words.Text(r.Title), words.Of("reason", r.TodayRow.Reason))
	case data.TodayFeedback:
		return words.Join(" · ", show.Stars(r.Stars), words.Text(r.Title), r.Text)
	case data.TodayShip, data.TodayTask:
		return r.Text
	}
	return r.Text
}

// whyThisDate says where a row's date comes from, as far as the row tells.
func whyThisDate(r data.TodayRow) string {
	if r.Kind == data.TodayFeedback {
		return words.Join("\n", words.Join(": ", words.Text(r.Title), words.Text(r.Why)), show.OriginLine(r.Source))
	}
	when := words.TimeBoth(r.Due, r.Zone)
	key := "today.why." + string(r.Kind)
	if r.Due.IsZero() {
		key += "_none"
	}
	return words.T(key, "when", when)
}
