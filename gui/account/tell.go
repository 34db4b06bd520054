package account

import (
	"context"
	"strings"
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
	number, hits, base, note := kit.NewEntry(p.env.UI), kit.NewEntry(p.env.UI), kit.NewEntry(p.env.UI), kit.NewEntry(p.env.UI)
	number.SetPlaceHolder(words.T("hint.example", "value", "1.25 %"))
	day := kit.NewDay(p.env.UI, "account.tell.day", p.env.UI.Now().In(r.shop.Location()).Format(time.DateOnly), func(string) {})
	for name, e := range map[string]*kit.Entry{"value": number, "hits": hits, "base": base, "note": note} {
		kit.Trace("account.tell."+name, e)
	}
	told := data.HealthTold{ShopID: r.shop.ID, Metric: r.Metric.ID}
	var why []data.Text
	p.env.UI.OpenForm(kit.FormSheet{
		Name: "account.tell", Title: words.T("account.tell.title", "number", said(r.Metric.Title)), Focus: number,
		Fields: []*kit.Field{
			{Label: words.T("account.tell.value"), Object: number, Hint: words.T("account.tell.value.hint"), Check: func() error { return checkShare(r.Metric, number.Text) }},
			{Label: words.T("account.tell.hits"), Object: hits, Hint: words.T("account.tell.counts.hint"), Check: func() error { return wholeNumber(hits.Text) }},
			{Label: words.T("account.tell.base"), Object: base, Check: func() error { return checkCounts(r.Metric, hits.Text, base.Text) }},
			{Label: words.T("account.tell.day"), Object: day.Object, Hint: words.T("account.tell.day.hint"), Check: func() error { return p.checkDay(r.shop, day) }},
			{Label: words.T("account.tell.note"), Object: note},
		},
		Read: func() error {
			told.Value, told.Day, told.Note = strings.TrimSpace(number.Text), day.Value(), note.Text
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
			text := words.T("account.told", "theirs", health.ShownShare(told.Value), "ours", value(r.Number))
			for _, w := range why {
				text += "\n• " + words.Text(w)
			}
			p.say(text)
			p.changed()
		},
	})
}

var (
	problemDay = data.DefineProblem("account_day", data.ErrInvalid,
		"{day} is in the future: in the shop's time zone today is {today}.", "Enter the day on which the platform showed the number.")
	problemNoDay = data.DefineProblem("account_no_day", data.ErrInvalid,
		"The day is missing.", "Enter the day on which the platform showed the number.")
	problemCount = data.DefineProblem("account_count", data.ErrInvalid,
		"“{text}” is not a whole number.", "Type digits only, or leave it empty.")
	problemSmall = data.DefineProblem("account_share", data.ErrInvalid,
		"“{text}” may be {percent} or {share}.", "Add the percent sign.")
	problemLarge = data.DefineProblem("account_over", data.ErrInvalid,
		"“{text}” is more than 100 %.", "Check whether a comma or a point is missing.")
	problemMore = data.DefineProblem("account_counts", data.ErrInvalid,
		"{hits} is more than the total of {base}.", "Check whether the two numbers were swapped.")
)

// checkShare looks at what the platform is said to show. Below 1 without a sign may
// be a share or a percentage: nothing is guessed.
func checkShare(m *health.Metric, text string) error {
	share, _, err := health.ParseShare(text)
	plain := strings.TrimSpace(text)
	digits := strings.TrimLeft(plain, "0")
	switch {
	case err != nil:
		return err
	case share > 0 && !strings.ContainsAny(plain, "%％") && (strings.HasPrefix(digits, ".") || strings.HasPrefix(digits, ",")):
		return problemSmall.New("text", plain, "percent", plain+" %", "share", health.Share(share))
	case share > 1 && partOfBase(m):
		return problemLarge.New("text", text)
	}
	return nil
}

// partOfBase reports whether what a number counts is part of what it is divided by:
// the card networks divide the cases of a month by sales that are none of them.
func partOfBase(m *health.Metric) bool {
	return !strings.HasPrefix(m.ID, "visa.") && !strings.HasPrefix(m.ID, "mastercard.") && !m.Amounts
}

// checkDay looks at the day on which the platform showed a number.
func (p *page) checkDay(shop data.Shop, day *kit.Day) error {
	if err := day.Check(); err != nil {
		return err
	}
	today := p.env.UI.Now().In(shop.Location()).Format(time.DateOnly)
	switch told := day.Value(); {
	case told == "":
		return problemNoDay.New()
	case told > today:
		return problemDay.New("day", told, "today", today)
	}
	return nil
}

func wholeNumber(text string) error {
	if count(text) < 0 {
		return problemCount.New("text", text)
	}
	return nil
}

// checkCounts looks at the counts beside a number.
func checkCounts(m *health.Metric, hits, base string) error {
	if err := wholeNumber(base); err != nil {
		return err
	}
	if n, of := count(hits), count(base); of > 0 && n > of && partOfBase(m) {
		return problemMore.New("hits", words.Number(n), "base", words.Number(of))
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
