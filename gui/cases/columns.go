package cases

import (
	"strconv"
	"time"

	"casebinder/data"
	"casebinder/data/table"
	"casebinder/gui/kit"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

func columns(now func() time.Time) []kit.Column[data.DisputeRow] {
	return []kit.Column[data.DisputeRow]{
		{
			ID: "due", Title: "col.due", Width: 124, Badge: true, Sort: string(data.DisputeByDue), Text: func(r data.DisputeRow) string { return show.Doubtful(disputeDue(r, now()), r.DueSure) },
			Role: func(r data.DisputeRow) kit.Role { _, role := kit.Urgency(r.CountingDue(), now()); return role },
			Tip:  func(r data.DisputeRow) string { return show.SureTip(show.DueTip(r.Due, r.Zone, now()), r.DueSure) },
			Cell: func(r data.DisputeRow) table.Cell { return table.Time(r.Due, show.ZoneOf(r.Zone)) },
		},
		{ID: "case", Title: "col.case", Width: 116, Bold: true, Text: func(r data.DisputeRow) string { return r.CaseNumber }},
		{ID: "order", Title: "col.number", Width: 138, Sort: string(data.DisputeByOrder), Text: func(r data.DisputeRow) string { return r.OrderNumber }},
		{ID: "reason", Title: "col.reason", Width: 104, Grow: true, Sort: string(data.DisputeByReason), Text: func(r data.DisputeRow) string { return words.Of("reason", r.Reason) }},
		{
			ID: "amount", Title: "col.amount", Width: 92, Right: true, Desc: true, Sort: string(data.DisputeByAmount), Text: func(r data.DisputeRow) string { return words.Money(r.Amount) },
			Money: true, Cell: func(r data.DisputeRow) table.Cell { return table.Amount(r.Amount) },
		},
		{ID: "stage", Title: "col.stage", Width: 88, Sort: string(data.DisputeByStage), Text: func(r data.DisputeRow) string { return words.Of("stage", r.Stage) }},
		{ID: "waiting", Title: "col.waiting", Width: 104, Hidden: true, Text: func(r data.DisputeRow) string { return words.Of("waiting", r.Waiting) }},
		{ID: "outcome", Title: "col.outcome", Width: 96, Hidden: true, Text: func(r data.DisputeRow) string { return words.Of("outcome", r.Outcome) }},
		{ID: "buyer", Title: "col.buyer", Width: 96, Text: func(r data.DisputeRow) string { return r.BuyerName }},
		{
			ID: "shop", Title: "col.shop", Width: 120, Hidden: true, Sort: string(data.DisputeByShop), Text: func(r data.DisputeRow) string { return r.ShopName },
			Tip: func(r data.DisputeRow) string { return r.Platform.Title() + " · " + r.ShopName },
		},
		{
			ID: "evidence", Title: "col.evidence", Width: 74, Hidden: true, Right: true, Text: func(r data.DisputeRow) string { return strconv.Itoa(r.Evidence) },
			Cell: func(r data.DisputeRow) table.Cell { return table.Number(int64(r.Evidence)) },
		},
		{
			ID: "bundles", Title: "col.bundles", Width: 74, Hidden: true, Right: true, Text: func(r data.DisputeRow) string { return strconv.Itoa(r.Submissions) },
			Cell: func(r data.DisputeRow) table.Cell { return table.Number(int64(r.Submissions)) },
		},
		{
			ID: "opened", Title: "col.opened", Width: 116, Desc: true, Hidden: true, Sort: string(data.DisputeByOpened), Text: func(r data.DisputeRow) string { return words.Brief(r.OpenedAt, r.Zone, now()) },
			Tip:  func(r data.DisputeRow) string { return words.TimeFull(r.OpenedAt, r.Zone) },
			Cell: func(r data.DisputeRow) table.Cell { return table.Time(r.OpenedAt, show.ZoneOf(r.Zone)) },
		},
	}
}

func disputeDue(r data.DisputeRow, now time.Time) string {
	if r.Stage == data.StageClosed {
		return words.Of("stage", r.Stage)
	}
	return show.DueText(r.Due, now)
}
