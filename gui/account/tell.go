package account

import (
	"context"
	"time"

	"casebinder/data"
	"casebinder/data/health"
	"casebinder/gui/kit"
	"casebinder/gui/words"
)

// tellOf writes down what the platform shows of a number, and explains the
// difference as far as rows allow.
func (p *page) tellOf(r row) {
	if r.Number == nil {
		return
	}
	number, hits, base, day, note := kit.NewEntry(p.env.UI), kit.NewEntry(p.env.UI), kit.NewEntry(p.env.UI), kit.NewEntry(p.env.UI), kit.NewEntry(p.env.UI)
	number.SetPlaceHolder("1.25 %")
	day.SetText(p.env.UI.Now().In(r.shop.Location()).Format(time.DateOnly))
	for name, e := range map[string]*kit.Entry{"value": number, "hits": hits, "base": base, "day": day, "note": note} {
		kit.Trace("account.tell."+name, e)
	}
	told := data.HealthTold{ShopID: r.shop.ID, Metric: r.Metric.ID}
	var why []data.Text
	p.env.UI.OpenForm(kit.FormSheet{
		Name: "account.tell", Title: words.T("account.tell.title", "number", said(r.Metric.Title)), Focus: number,
		Fields: []*kit.Field{
			{Label: words.T("account.tell.value"), Object: number, Hint: words.T("account.tell.value.hint"), Check: func() error {
				_, _, err := health.ParseShare(number.Text)
				return err
			}},
			{Label: words.T("account.tell.hits"), Object: hits, Hint: words.T("account.tell.counts.hint"), Check: func() error { return wholeNumber(hits.Text) }},
			{Label: words.T("account.tell.base"), Object: base, Check: func() error { return wholeNumber(base.Text) }},
			{Label: words.T("account.tell.day"), Object: day, Check: func() error {
				_, err := data.ParseDay(day.Text)
				if err != nil {
					return problemDay.New("day", day.Text)
				}
				return nil
			}},
			{Label: words.T("account.tell.note"), Object: note},
		},
		Read: func() error {
			told.Value, told.Day, told.Note = number.Text, day.Text, note.Text
			told.Hits, told.Base = count(hits.Text), count(base.Text)
			return nil
		},
		Work: func(ctx context.Context) (err error) {
			if err = p.env.desk.TellHealth(ctx, told); err != nil {
				return err
			}
			why, err = p.env.desk.ExplainHealth(ctx, told)
			return err
		},
		Done: func() {
			text := words.T("account.told", "theirs", told.Value, "ours", value(r.Number))
			for _, w := range why {
				text += "\n• " + words.Text(w)
			}
			p.parts.SelectIndex(0)
			p.what.SetText(text)
			p.what.Show()
			p.changed()
		},
	})
}

var (
	problemDay = data.DefineProblem("account_day", data.ErrInvalid,
		"“{day}” is no day.", "Write it as 2026-11-30.")
	problemCount = data.DefineProblem("account_count", data.ErrInvalid,
		"“{text}” is no whole number.", "Write digits alone, or leave it empty.")
)

func wholeNumber(text string) error {
	if count(text) < 0 {
		return problemCount.New("text", text)
	}
	return nil
}

// count reads a whole number; "" is 0, what is none is -1.
func count(text string) int64 {
	n := int64(0)
	for _, c := range text {
		switch {
		case c >= '0' && c <= '9' && n < 1e15:
			n = n*10 + int64(c-'0')
		case c == ' ' || c == ',' || c == '.' || c == '\u00a0' || c == '\u202f':
		default:
			return -1
		}
	}
	return n
}
