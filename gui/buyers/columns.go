package buyers

import (
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/table"
	"casebinder/gui/kit"
	"casebinder/gui/words"
)

// columns are the columns of the table of buyers.
func columns(e *env) []kit.Column[data.BuyerRow] {
	now := e.UI.Now
	some := func(n int) string { // 0 says nothing
		if n == 0 {
			return ""
		}
		return words.Number(int64(n))
	}
	return []kit.Column[data.BuyerRow]{
		{
			ID: "name", Title: "col.buyer", Width: 134, Grow: true, Bold: true, Sort: string(data.BuyerByName),
			Text: func(r data.BuyerRow) string { return words.Join(" · ", words.Buyer(r.Name), words.Country(r.Country)) },
			Tip: func(r data.BuyerRow) string {
				return words.Join(" · ", words.Buyer(r.Name), data.ToldHandle(r.Handle, r.Name), words.Country(r.Country), accounts(r))
			},
		},
		{ID: "shops", Title: "col.shop", Width: 100, Text: func(r data.BuyerRow) string { return strings.Join(r.Shops, ", ") }},
		{
			ID: "orders", Title: "tab.orders", Width: 64, Right: true, Desc: true, Sort: string(data.BuyerByOrders),
			Text: func(r data.BuyerRow) string { return words.Number(int64(r.Orders)) },
			Cell: func(r data.BuyerRow) table.Cell { return table.Number(int64(r.Orders)) },
		},
		{
			ID: "spent", Title: "buyers.spent", Width: 112, Right: true, Desc: true, Money: true, Sort: string(data.BuyerBySpent),
			Text: spent, Tip: spentTip, Cell: func(r data.BuyerRow) table.Cell { return table.Amount(r.Spent) },
		},
		{
			ID: "last", Title: "buyers.last", Width: 96, Desc: true, Sort: string(data.BuyerByLast),
			Text: func(r data.BuyerRow) string { return words.Day(r.LastAt, "", now()) }, Tip: func(r data.BuyerRow) string { return words.TimeFull(r.LastAt, "") },
			Cell: func(r data.BuyerRow) table.Cell { return table.Time(r.LastAt, time.UTC) },
		},
		{
			ID: "disputes", Title: "tab.disputes", Width: 70, Right: true, Desc: true, Sort: string(data.BuyerByDisputes),
			Text: func(r data.BuyerRow) string { return some(r.Disputes) },
			Cell: func(r data.BuyerRow) table.Cell { return table.Number(int64(r.Disputes)) },
		},
		{
			ID: "next", Title: "buyers.next", Width: 104, Text: func(r data.BuyerRow) string { return nextText(r, now()) },
			Role: func(r data.BuyerRow) kit.Role { return nextRole(r, now()) }, Tip: func(r data.BuyerRow) string { return rhythm(r, now()) },
			Cell: func(r data.BuyerRow) table.Cell { return table.Time(r.Next, time.UTC) },
		},
		{ID: "tags", Title: "buyers.tags", Width: 78, Text: func(r data.BuyerRow) string { return strings.Join(r.Tags, ", ") }},
		{ID: "rhythm", Title: "buyers.every", Width: 90, Hidden: true, Right: true, Text: func(r data.BuyerRow) string { return some(r.EveryDays()) }},
		{ID: "most", Title: "buyers.most", Width: 90, Hidden: true, Right: true, Text: func(r data.BuyerRow) string { return some(int(r.MostUnits)) }},
		{ID: "feedback", Title: "tab.feedback", Width: 74, Hidden: true, Right: true, Text: func(r data.BuyerRow) string { return some(r.Feedback) }},
		{ID: "language", Title: "buyers.language", Width: 84, Hidden: true, Text: func(r data.BuyerRow) string { return languageText(r.Language) }},
		{ID: "tone", Title: "buyers.tone", Width: 84, Hidden: true, Text: func(r data.BuyerRow) string { return toneText(r.Tone) }},
		{ID: "first", Title: "buyers.first", Width: 96, Hidden: true, Text: func(r data.BuyerRow) string { return words.Day(r.FirstAt, "", now()) }},
	}
}

func accounts(r data.BuyerRow) string {
	if r.Accounts < 2 {
		return ""
	}
	return words.N("buyers.accounts", r.Accounts)
}

func toneText(tone string) string {
	if tone == "" {
		return ""
	}
	return words.Of("buyers.tone", tone)
}

func languageText(tag string) string {
	if tag == "" {
		return ""
	}
	return words.LanguageNamed(tag)
}

// spent is what was spent in the main currency; a plus tells of others.
func spent(r data.BuyerRow) string {
	if r.Spent.Currency == "" {
		return ""
	}
	text := words.Money(r.Spent)
	if len(r.Other) > 0 {
		text += " +"
	}
	return text
}

func spentTip(r data.BuyerRow) string {
	if len(r.Other) == 0 {
		return ""
	}
	return allSpent(r)
}

// allSpent is what was spent in each currency; no rate is guessed.
func allSpent(r data.BuyerRow) string {
	if r.Spent.Currency == "" {
		return ""
	}
	all := []string{words.Money(r.Spent)}
	for _, m := range r.Other {
		all = append(all, words.Money(m))
	}
	return strings.Join(all, " + ")
}

// nextText is when the next order is to be expected, with a sign where it is past.
func nextText(r data.BuyerRow, now time.Time) string {
	if r.Next.IsZero() {
		return ""
	}
	text := words.Day(r.Next, "", now)
	if r.Next.Before(now) {
		return "! " + text
	}
	return text
}

func nextRole(r data.BuyerRow, now time.Time) kit.Role {
	if !r.Next.IsZero() && r.Next.Before(now) {
		return kit.Warn
	}
	return kit.Plain
}

// rhythm is the usual time between orders, and when the next is to be expected.
func rhythm(r data.BuyerRow, now time.Time) string {
	switch {
	case r.Every == 0:
		return ""
	case r.Next.Before(now):
		return words.N("buyers.rhythm", r.EveryDays()) + " " + words.T("buyers.rhythm.past", "next", words.Day(r.Next, "", now))
	}
	return words.N("buyers.rhythm", r.EveryDays()) + " " + words.T("buyers.rhythm.next", "next", words.Day(r.Next, "", now))
}
