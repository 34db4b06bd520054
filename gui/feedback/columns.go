package feedback

import (
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/table"
	"casebinder/gui/kit"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

func columns(now func() time.Time) []kit.Column[data.Feedback] {
	return []kit.Column[data.Feedback]{
		{
			ID: "stars", Title: "col.stars", Width: 92, Sort: string(data.FeedbackByStars), Text: func(r data.Feedback) string { return show.Stars(r.Stars) },
			Tip:  func(r data.Feedback) string { return words.Of("tone", data.Tone(r.Stars)) },
			Cell: func(r data.Feedback) table.Cell { return table.Number(int64(r.Stars)) },
		},
		{ID: "text", Title: "col.text", Width: 164, Grow: true, Text: func(r data.Feedback) string { return textOf(r) }},
		{ID: "state", Title: "col.state", Width: 130, Badge: true, Sort: string(data.FeedbackByState), Text: func(r data.Feedback) string { return words.Of("feedback_state", r.State) }, Role: roleOf},
		{
			ID: "shop", Title: "col.shop", Width: 120, Hidden: true, Sort: string(data.FeedbackByShop), Text: func(r data.Feedback) string { return r.Shop.Name },
			Tip: func(r data.Feedback) string { return r.Shop.Platform.Title() + " · " + r.Shop.Name },
		},
		{ID: "order", Title: "col.number", Width: 142, Sort: string(data.FeedbackByOrder), Text: func(r data.Feedback) string { return r.OrderNumber }},
		{ID: "buyer", Title: "col.buyer", Width: 104, Text: func(r data.Feedback) string { return r.BuyerHandle }},
		{
			ID: "left", Title: "col.left", Width: 114, Desc: true, Sort: string(data.FeedbackByLeft), Text: func(r data.Feedback) string { return words.Brief(r.LeftAt, r.Shop.Zone, now()) },
			Tip:  func(r data.Feedback) string { return words.TimeFull(r.LeftAt, r.Shop.Zone) },
			Cell: func(r data.Feedback) table.Cell { return table.Time(r.LeftAt, r.Shop.Location()) },
		},
	}
}

func textOf(r data.Feedback) string {
	if strings.TrimSpace(r.Text) == "" {
		return words.T("feedback.no_text")
	}
	return r.Text
}

// roleOf marks what waits for an answer; its word says so too.
func roleOf(r data.Feedback) kit.Role {
	switch {
	case r.Waits():
		return kit.Warn
	case r.State == data.FeedbackDone || r.State == data.FeedbackRemoved:
		return kit.Muted
	}
	return kit.Plain
}
