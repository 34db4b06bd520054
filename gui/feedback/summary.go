package feedback

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/loop"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// summary is the sheet of what the platform shows of the feedback, and of what it is
// put down to.
type summary struct {
	*env
	said   *kit.Para
	left   *kit.Para
	spans  *kit.Table[kit.Numbered[desk.FeedbackSpan]]
	trends *kit.Table[kit.Numbered[desk.FeedbackTrend]]
	by     string
	months int

	divided *kit.Choice[string] // nil: of several shops
}

func summarySheet(e *env) {
	s := &summary{env: e, said: kit.Prose(""), left: kit.Prose(""), by: "cause", months: 3}
	shop := e.Shop()
	s.spans = kit.NewTable(e.UI, kit.TableOptions[kit.Numbered[desk.FeedbackSpan]]{
		Name: "feedback.spans", Columns: spanColumns(), Source: func() kit.Source[kit.Numbered[desk.FeedbackSpan]] {
			return kit.ListSource(func(ctx context.Context, _ kit.Order) ([]kit.Numbered[desk.FeedbackSpan], error) {
				sum, err := s.desk.FeedbackSummary(ctx, shop)
				if err != nil {
					return nil, err
				}
				loop.Do(func() { s.say(&sum) })
				return kit.Number(sum.Spans), nil
			}, kit.PlaceOf[desk.FeedbackSpan])
		},
		OnSelect: func(r kit.Numbered[desk.FeedbackSpan], ok bool) { s.why(r.Row, ok) },
		Deeds:    kit.Counted[kit.Numbered[desk.FeedbackSpan]],
	})
	s.trends = kit.NewTable(e.UI, kit.TableOptions[kit.Numbered[desk.FeedbackTrend]]{
		Name: "feedback.trends", Columns: s.trendColumns(), Source: func() kit.Source[kit.Numbered[desk.FeedbackTrend]] {
			by, months := s.by, s.months
			return kit.ListSource(func(ctx context.Context, _ kit.Order) ([]kit.Numbered[desk.FeedbackTrend], error) {
				list, err := s.desk.FeedbackTrends(ctx, by, shop, months)
				return kit.Number(list), err
			}, kit.PlaceOf[desk.FeedbackTrend])
		},
		Deeds: kit.Counted[kit.Numbered[desk.FeedbackTrend]],
		Empty: func() kit.Empty { return kit.Empty{Text: words.T("feedback.trends.none")} },
	})
	head := container.NewHBox(kit.Section(words.T("feedback.spans")))
	if shops := e.Shops(); shop == 0 && len(shops) == 1 {
		shop = shops[0].ID
	}
	if shop != 0 {
		head.Add(s.denominator(shop))
	}
	top := container.NewBorder(head, kit.Stacked(0, s.said, s.left), nil, nil, s.spans)
	below := container.NewBorder(container.NewHBox(append([]fyne.CanvasObject{kit.Section(words.T("feedback.trends"))}, s.choices()...)...), nil, nil, nil, s.trends)
	split := container.NewVSplit(kit.Inset(look.Tight, top), kit.Inset(look.Tight, below))
	split.Offset = 0.62
	e.UI.Open(kit.Sheet{Name: "feedback.summary", Title: words.T("feedback.summary"), Width: 1120, Height: 640, Cancel: words.T("do.close"), Body: split})
	s.spans.Restart()
	s.trends.Restart()
}

// choices are by what trends are grouped, and over which time.
func (s *summary) choices() []fyne.CanvasObject {
	var ways []kit.Option[string]
	for _, by := range []string{"cause", "product", "carrier"} {
		ways = append(ways, kit.Option[string]{Value: by, Text: words.T("feedback.by." + by)})
	}
	by := kit.NewChoice(ways, s.by, func(by string) { s.by = by; s.trends.Reload() })
	kit.Trace("feedback.trends.by", by)
	spans := []kit.Option[int]{}
	for _, months := range []int{1, 3, 6, 12} {
		spans = append(spans, kit.Option[int]{Value: months, Text: words.N("feedback.months", months)})
	}
	spans = append(spans, kit.Option[int]{Value: 0, Text: words.T("feedback.all_time")})
	since := kit.NewChoice(spans, s.months, func(months int) { s.months = months; s.trends.Reload() })
	kit.Trace("feedback.trends.since", since)
	return []fyne.CanvasObject{by, since}
}

// denominator is the choice of what the rates of one shop are divided by.
func (s *summary) denominator(shop int64) *kit.Choice[string] {
	var options []kit.Option[string]
	for _, d := range []string{"all", "positive_negative"} {
		options = append(options, kit.Option[string]{Value: d, Text: words.T("feedback.divided." + d)})
	}
	s.divided = kit.NewChoice(options, "all", func(d string) {
		kit.Do(func(ctx context.Context) (struct{}, error) {
			return struct{}{}, s.desk.SetFeedbackDenominator(ctx, shop, d)
		}, func(_ struct{}, err error) {
			if err != nil {
				s.UI.Problem(err)
			}
			s.spans.Reload()
		})
	})
	kit.Trace("feedback.denominator", s.divided)
	return s.divided
}

// say tells by which rule feedback counts.
func (s *summary) say(sum *desk.FeedbackSummary) {
	text := words.T("feedback.spans.plain")
	switch {
	case s.divided == nil:
		text = words.T("feedback.spans.each")
	case sum.Metric != nil:
		text = words.T("feedback.spans.rule", "source", show.OriginLine(sum.Metric.Origin))
	}
	until := words.T("feedback.spans.until.each")
	if sum.Last != (data.Day{}) {
		until = words.T("feedback.spans.until", "day", sum.Last.String())
	}
	s.said.SetText(words.Join(" ", until, text))
	if s.divided != nil {
		s.divided.Set(sum.Denominator)
	}
	if len(sum.Spans) > 0 {
		s.why(sum.Spans[0], true)
	}
}

// why lists what of a time does not count.
func (s *summary) why(span desk.FeedbackSpan, ok bool) {
	if !ok {
		return
	}
	var all []string
	for _, l := range span.Left {
		all = append(all, fmt.Sprintf("%s: %d", words.Text(l.Why), l.N))
	}
	var details []string
	for _, a := range span.Details {
		details = append(details, fmt.Sprintf("%s %.1f (%d)", words.Of("feedback_detail", a.Name), a.Mean, a.N))
	}
	lines := []string{}
	if len(all) > 0 {
		lines = append(lines, words.T("feedback.left_out", "span", spanName(span.Months))+" "+strings.Join(all, "; "))
	}
	if len(details) > 0 {
		lines = append(lines, words.T("feedback.details.mean")+" "+strings.Join(details, " · "))
	}
	s.left.SetText(strings.Join(lines, "\n"))
}

func spanName(months int) string {
	if months == 0 {
		return words.T("feedback.all_time")
	}
	return words.N("feedback.months", months)
}

func spanColumns() []kit.Column[kit.Numbered[desk.FeedbackSpan]] {
	type row = kit.Numbered[desk.FeedbackSpan]
	list := []kit.Column[row]{{ID: "span", Title: "feedback.col.span", Width: 130, Grow: true, Bold: true, Text: func(r row) string { return spanName(r.Row.Months) }}}
	for stars := 5; stars >= 1; stars-- {
		list = append(list, kit.Column[row]{
			ID: "stars" + strconv.Itoa(stars), Title: "feedback.col.stars" + strconv.Itoa(stars), Width: 56, Right: true,
			Text: func(r row) string { return words.Number(int64(r.Row.Stars[stars-1])) },
		})
	}
	for _, class := range []string{"positive", "neutral", "negative"} {
		list = append(list, kit.Column[row]{ID: class, Title: "tone." + class, Width: 128, Right: true, Text: func(r row) string { return classText(&r.Row, class) }})
	}
	return append(list, kit.Column[row]{ID: "mean", Title: "feedback.col.mean", Width: 76, Right: true, Text: func(r row) string {
		if r.Row.Counted() == 0 {
			return words.T("feedback.na")
		}
		return fmt.Sprintf("%.2f", r.Row.Mean())
	}})
}

// classText is how many are of a class, and their rate.
func classText(s *desk.FeedbackSpan, class string) string {
	n := map[string]int{"positive": s.Positive, "neutral": s.Neutral, "negative": s.Negative}[class]
	rate := words.T("feedback.na")
	if share, ok := s.Rate(class); ok {
		rate = percent(share)
	}
	return words.Join(" · ", words.Number(int64(n)), rate)
}

func (s *summary) trendColumns() []kit.Column[kit.Numbered[desk.FeedbackTrend]] {
	type row = kit.Numbered[desk.FeedbackTrend]
	number := func(id, title string, of func(desk.FeedbackTrend) int) kit.Column[row] {
		return kit.Column[row]{ID: id, Title: title, Width: 92, Right: true, Text: func(r row) string { return words.Number(int64(of(r.Row))) }}
	}
	return []kit.Column[row]{
		{ID: "key", Title: "feedback.col.key", Width: 240, Grow: true, Bold: true, Text: func(r row) string { return s.keyText(r.Row) }},
		number("negative", "tone.negative", func(t desk.FeedbackTrend) int { return t.Negative }),
		number("neutral", "tone.neutral", func(t desk.FeedbackTrend) int { return t.Neutral }),
		number("positive", "tone.positive", func(t desk.FeedbackTrend) int { return t.Positive }),
		{ID: "bad", Title: "feedback.col.bad", Width: 130, Right: true, Text: func(r row) string {
			if r.Row.All() == 0 {
				return words.T("feedback.na")
			}
			return percent(float64(r.Row.Negative) / float64(r.Row.All()))
		}},
		{ID: "before", Title: "feedback.col.before", Width: 190, Right: true, Text: func(r row) string {
			if s.months == 0 {
				return ""
			}
			b := r.Row.Before
			return words.T("feedback.before", "negative", b.Negative, "neutral", b.Neutral, "positive", b.Positive)
		}},
	}
}

// keyText names a cause, product or carrier.
func (s *summary) keyText(t desk.FeedbackTrend) string {
	switch {
	case t.Key == "":
		return words.T("feedback.key.none")
	case s.by == "cause":
		return causeText(t.Key)
	case t.Title != "" && t.Title != t.Key:
		return words.Join(" · ", t.Key, t.Title)
	}
	return t.Key
}

// percent writes a rate as platforms do, with one decimal.
func percent(share float64) string { return fmt.Sprintf("%.1f %%", share*100) }
