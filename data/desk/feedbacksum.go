package desk

import (
	"context"
	"slices"
	"time"

	"casebinder/data"
	"casebinder/data/health"
	"casebinder/data/rating"
	"casebinder/data/store"
)

// feedbackRate is the number in whose way AliExpress counts feedback.
const feedbackRate = "aliexpress.feedback_rate"

// FeedbackSummary is what a platform shows of the feedback of a shop.
type FeedbackSummary struct {
	Spans       []FeedbackSpan // 1, 3, 6 and 12 months, all time
	Denominator string         // "all" or "positive_negative"
	Metric      *health.Metric // by which feedback counts; nil: all that was not removed does
	Last        data.Day       // with which all times end; zero: each shop's own yesterday, where those differ
}

// FeedbackSpan counts the feedback of a time.
type FeedbackSpan struct {
	Months                      int // 0: all time
	From, To                    time.Time
	Stars                       [5]int // that count: with 1, 2, 3, 4 and 5 stars
	Positive, Neutral, Negative int
	Left                        []LeftFeedback // of the time, that do not count
	Details                     []data.DetailAverage
	two                         bool
}

// LeftFeedback is how many do not count, and why.
type LeftFeedback struct {
	Why data.Text
	N   int
}

// Counted is how many count.
func (s *FeedbackSpan) Counted() int { return s.Positive + s.Neutral + s.Negative }

// Base is what a rate is divided by.
func (s *FeedbackSpan) Base() int {
	if s.two {
		return s.Positive + s.Negative
	}
	return s.Counted()
}

// Rate is the share of "positive", "neutral" or "negative" feedback; false where
// nothing counts, or where neutral feedback counts nowhere.
func (s *FeedbackSpan) Rate(class string) (float64, bool) {
	n := map[string]int{"positive": s.Positive, "neutral": s.Neutral, "negative": s.Negative}[class]
	if s.Base() == 0 || s.two && class == "neutral" {
		return 0, false
	}
	return float64(n) / float64(s.Base()), true
}

// Mean is the mean of the stars; 0 where none count.
func (s *FeedbackSpan) Mean() float64 {
	sum := 0
	for i, n := range s.Stars {
		sum += (i + 1) * n
	}
	return float64(sum) / float64(max(1, s.Counted()))
}

var summaryMonths = []int{1, 3, 6, 12, 0}

// FeedbackSummary counts the feedback of a shop as its platform shows it; 0 is all
// shops, each counted in its own way.
func (d *Desk) FeedbackSummary(ctx context.Context, shopID int64) (FeedbackSummary, error) {
	shops, err := d.store.Shops(ctx)
	if err != nil {
		return FeedbackSummary{}, err
	}
	var sum FeedbackSummary
	for _, shop := range shops {
		if shopID != 0 && shop.ID != shopID {
			continue
		}
		one, err := d.feedbackSummaryOf(ctx, shop)
		if err != nil {
			return sum, err
		}
		sum = sum.with(one)
	}
	return sum, nil
}

// with adds the summary of another shop.
func (s FeedbackSummary) with(o FeedbackSummary) FeedbackSummary {
	if s.Spans == nil {
		return o
	}
	for i := range s.Spans {
		a, b := &s.Spans[i], &o.Spans[i]
		for n := range a.Stars {
			a.Stars[n] += b.Stars[n]
		}
		a.Positive, a.Neutral, a.Negative = a.Positive+b.Positive, a.Neutral+b.Neutral, a.Negative+b.Negative
		for _, l := range b.Left {
			a.leave(l.Why, l.N)
		}
		for _, of := range b.Details {
			a.detail(of)
		}
		a.two = a.two && b.two
	}
	if o.Denominator == "all" {
		s.Denominator = "all"
	}
	if s.Metric == nil || o.Metric == nil {
		s.Metric = nil
	}
	if s.Last != o.Last {
		s.Last = data.Day{}
	}
	return s
}

func (s *FeedbackSpan) leave(why data.Text, n int) {
	for i := range s.Left {
		if s.Left[i].Why.Key == why.Key {
			s.Left[i].N += n
			return
		}
	}
	s.Left = append(s.Left, LeftFeedback{why, n})
}

// detail adds the detailed ratings of another shop to a mean.
func (s *FeedbackSpan) detail(o data.DetailAverage) {
	for i := range s.Details {
		if a := &s.Details[i]; a.Name == o.Name {
			a.Mean = (a.Mean*float64(a.N) + o.Mean*float64(o.N)) / float64(a.N+o.N)
			a.N += o.N
			return
		}
	}
	s.Details = append(s.Details, o)
}

// feedbackSpan is the time of a number of months by a shop's clock, 0 all of it: today,
// which is not over, is in none.
func feedbackSpan(metric *health.Metric, zone *time.Location, now time.Time, months int) health.Span {
	if months == 0 {
		return health.Span{To: metric.Measure(&health.Rows{Zone: zone}, health.Ask{AsOf: now}).Span.Day}
	}
	return metric.Measure(&health.Rows{Zone: zone}, health.Ask{AsOf: now, Settings: health.Settings{"months": int64(months)}}).Span
}

// feedbackSummaryOf measures each time once with the number's own formula, and reads
// stars and classes off the rows that it lists.
func (d *Desk) feedbackSummaryOf(ctx context.Context, shop data.Shop) (FeedbackSummary, error) {
	books, err := health.BuiltIn()
	if err != nil {
		return FeedbackSummary{}, err
	}
	metric, ok := health.Find(books, feedbackRate)
	if !ok {
		return FeedbackSummary{}, health.UnknownMetric(feedbackRate)
	}
	settings, err := d.HealthSettings(ctx, shop.ID)
	if err != nil {
		return FeedbackSummary{}, err
	}
	rows, err := d.ratedRows(ctx, shop)
	if err != nil {
		return FeedbackSummary{}, err
	}
	sum := FeedbackSummary{Denominator: "all"}
	if set, _ := settings[feedbackRate]["denominator"].(string); set != "" {
		sum.Denominator = set
	}
	if shop.Platform == metric.Platform {
		sum.Metric = metric
	} else { // no rule is known by which some do not count, but that what was removed is gone
		rows.Orders, rows.Disputes = nil, nil
		for i := range rows.Feedback {
			rows.Feedback[i].Order, rows.Feedback[i].Buyer = 0, 0
		}
	}
	byID := make(map[int64]*health.Feedback, len(rows.Feedback))
	for i := range rows.Feedback {
		byID[rows.Feedback[i].ID] = &rows.Feedback[i]
	}
	for _, months := range summaryMonths {
		ask := health.Ask{AsOf: d.now(), Settings: health.Settings{"months": int64(months)}, List: true}
		if months == 0 {
			all := feedbackSpan(metric, rows.Zone, d.now(), 0)
			ask.Span, ask.Settings = &all, nil
		}
		n := metric.Measure(rows, ask)
		span := FeedbackSpan{Months: months, From: n.Span.From, To: n.Span.To, two: sum.Denominator == "positive_negative"}
		span.count(n, byID)
		if span.Details, err = d.store.DetailAverages(ctx, shop.ID, span.From, span.To); err != nil {
			return sum, err
		}
		sum.Last = data.OnDay(n.Span.To.Add(-time.Millisecond))
		sum.Spans = append(sum.Spans, span)
	}
	return sum, nil
}

// count reads a measured number.
func (s *FeedbackSpan) count(n *health.Number, byID map[int64]*health.Feedback) {
	for _, row := range n.Rows.Base {
		stars := byID[row.ID].Stars
		s.Stars[stars-1]++
		switch data.Tone(stars) {
		case "positive":
			s.Positive++
		case "neutral":
			s.Neutral++
		default:
			s.Negative++
		}
	}
	for _, row := range n.Rows.Left {
		left := byID[row.ID].LeftAt.Time()
		if (s.From.IsZero() || !left.Before(s.From)) && left.Before(s.To) {
			s.leave(row.Why, 1)
		}
	}
	slices.SortFunc(s.Left, func(a, b LeftFeedback) int { return b.N - a.N })
}

// ratedRows gives the feedback of a shop with the orders and disputes behind it.
func (d *Desk) ratedRows(ctx context.Context, shop data.Shop) (*health.Rows, error) {
	rows := &health.Rows{Zone: shop.Location()}
	ratings, err := d.store.HealthFeedbacks(ctx, shop.ID)
	if err != nil {
		return nil, err
	}
	rows.Feedback = healthRatings(ratings)
	var ids []int64
	for i := range ratings {
		if id := ratings[i].Order; id != 0 {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	reader, err := d.healthReader(ctx, shop)
	if err != nil {
		return nil, err
	}
	if err := d.store.HealthOrdersOf(ctx, ids, func(o *store.HealthOrder) { rows.Orders = append(rows.Orders, reader.order(o)) }); err != nil {
		return nil, err
	}
	disputes, err := d.store.HealthDisputesOf(ctx, ids)
	if err != nil {
		return nil, err
	}
	for i := range disputes {
		rows.Disputes = append(rows.Disputes, reader.dispute(&disputes[i]))
	}
	rows.Sort()
	return rows, nil
}

// SetFeedbackDenominator says what the rates of a shop's feedback are divided by:
// "all", or "positive_negative". It is the setting of the number in Health, too.
func (d *Desk) SetFeedbackDenominator(ctx context.Context, shopID int64, denominator string) error {
	return d.SetHealth(ctx, shopID, feedbackRate, "denominator", denominator)
}

// FeedbackRules gives the rules of a platform on feedback.
func (d *Desk) FeedbackRules(platform data.Platform) (*rating.Book, error) {
	return rating.Of(platform)
}
