package today

import (
	"context"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casebinder/data"
	"casebinder/data/service"
	"casebinder/gui/kit"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// figuresMonths is over how many months answers and complaints are counted, this
// one among them.
const figuresMonths = 6

// figures are how fast buyers were answered, and what went wrong how often.
type figures struct {
	times  []service.Measured
	counts []data.ComplaintCount
}

// figuresSheet shows how fast buyers were answered, and the complaints by cause.
func (t *Tab) figuresSheet() {
	now := t.env.UI.Now()
	from := time.Date(now.Year(), now.Month()-figuresMonths+1, 1, 0, 0, 0, 0, time.Local)
	var got figures
	t.env.UI.Jobs.Run(words.T("figures.job"), func(ctx context.Context, _ func(int64, int64, string)) (err error) {
		if got.times, err = t.env.desk.ReplyTimes(ctx, from, now); err != nil {
			return err
		}
		got.counts, err = t.env.desk.ComplaintCounts(ctx, from, now)
		return err
	}, func(err error) {
		if err != nil {
			t.env.UI.Problem(err)
			return
		}
		t.env.UI.Open(kit.Sheet{
			Name: "figures", Title: words.T("figures.title", "n", figuresMonths), Width: 860, Height: 520, Cancel: words.T("do.close"), Body: figuresBody(t.env.UI, got),
		})
	})
}

func figuresBody(u *kit.UI, f figures) fyne.CanvasObject {
	times := kit.FixedTable(u, "figures.times", timeColumns(), timeLines(f.times))
	counts := kit.FixedTable(u, "figures.causes", causeColumns(), f.counts)
	none := func(n int, list fyne.CanvasObject) fyne.CanvasObject {
		if n == 0 {
			return container.NewCenter(kit.Soft1(words.T("figures.none")))
		}
		return list
	}
	return kit.NewParts("figures",
		kit.NewPart("times", words.T("figures.times"), container.NewBorder(nil, kit.Hint(words.T("figures.times.hint")), nil, nil, none(len(f.times), times))),
		kit.NewPart("causes", words.T("figures.causes"), none(len(f.counts), counts)))
}

// timeLine is a month of one shop and channel, first or later answers.
type timeLine struct {
	service.Measured
	first bool
	times service.Times
}

func timeLines(list []service.Measured) []timeLine {
	var lines []timeLine
	for _, m := range list {
		if m.First.N > 0 || m.Later.N == 0 {
			lines = append(lines, timeLine{m, true, m.First})
		}
		if m.Later.N > 0 {
			lines = append(lines, timeLine{m, false, m.Later})
		}
	}
	return lines
}

func timeColumns() []kit.Column[timeLine] {
	return []kit.Column[timeLine]{
		{ID: "month", Title: "figures.col.month", Width: 90, Text: func(l timeLine) string { return l.Month }},
		{ID: "shop", Title: "figures.col.shop", Width: 190, Text: func(l timeLine) string { return words.Join(" · ", l.Shop.Platform.Title(), l.Shop.Name) }},
		{ID: "channel", Title: "figures.col.channel", Width: 100, Text: func(l timeLine) string { return show.ChannelName(l.Channel) }},
		{ID: "answer", Title: "figures.col.answer", Width: 100, Text: func(l timeLine) string {
			if l.first {
				return words.T("due.what.first")
			}
			return words.T("figures.later")
		}},
		{ID: "n", Title: "figures.col.n", Width: 80, Right: true, Text: func(l timeLine) string { return words.Number(int64(l.times.N)) }},
		{ID: "median", Title: "figures.col.median", Width: 100, Right: true, Text: func(l timeLine) string {
			if l.times.N == 0 {
				return ""
			}
			return words.Span(l.times.Median)
		}},
		{ID: "within", Title: "figures.col.within", Width: 100, Right: true, Text: func(l timeLine) string {
			share, ok := l.times.Share()
			if !ok {
				return ""
			}
			return strconv.Itoa(int(share*100)) + " %"
		}},
		{ID: "vague", Title: "figures.col.vague", Width: 120, Right: true, Text: func(l timeLine) string {
			if l.Vague == 0 || !l.first && l.First.N > 0 {
				return ""
			}
			return words.Number(int64(l.Vague))
		}},
	}
}

func causeColumns() []kit.Column[data.ComplaintCount] {
	return []kit.Column[data.ComplaintCount]{
		{ID: "cause", Title: "complaint.cause", Width: 220, Grow: true, Text: func(c data.ComplaintCount) string { return words.T("cause." + c.Cause) }},
		{ID: "outcome", Title: "complaint.outcome", Width: 220, Text: func(c data.ComplaintCount) string { return words.T("complaint.outcome." + c.Outcome) }},
		{ID: "n", Title: "figures.col.n", Width: 80, Right: true, Text: func(c data.ComplaintCount) string { return words.Number(int64(c.N)) }},
	}
}
