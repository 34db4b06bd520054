package desk

import (
	"cmp"
	"context"
	"slices"

	"casebinder/data"
	"casebinder/data/health"
)

// FeedbackTrend is how often one cause, product or carrier was praised or blamed, and
// how often in the time of the same length before.
type FeedbackTrend struct {
	data.FeedbackTrend
	Before data.FeedbackTrend `json:"before"`
}

// FeedbackTrends counts feedback of the last months by "cause", "product" or
// "carrier", over the days that the summary counts, each shop by its own clock; 0
// months is all time, with nothing before.
func (d *Desk) FeedbackTrends(ctx context.Context, by string, shopID int64, months int) ([]FeedbackTrend, error) {
	books, err := health.BuiltIn()
	if err != nil {
		return nil, err
	}
	metric, ok := health.Find(books, feedbackRate)
	if !ok {
		return nil, health.UnknownMetric(feedbackRate)
	}
	shops, err := d.store.Shops(ctx)
	if err != nil {
		return nil, err
	}
	t := trendSums{at: map[string]int{}}
	for _, shop := range shops {
		if shopID != 0 && shop.ID != shopID {
			continue
		}
		span := feedbackSpan(metric, shop.Location(), d.now(), months)
		now, err := d.store.FeedbackTrends(ctx, by, shop.ID, span.From, span.To)
		if err != nil {
			return nil, err
		}
		for _, one := range now {
			add(&t.of(one).FeedbackTrend, one)
		}
		if months == 0 {
			continue
		}
		then, err := d.store.FeedbackTrends(ctx, by, shop.ID, data.MonthsBefore(span.To, 2*months), span.From)
		if err != nil {
			return nil, err
		}
		for _, one := range then {
			add(&t.of(one).Before, one)
		}
	}
	slices.SortStableFunc(t.list, func(a, b FeedbackTrend) int {
		return cmp.Or(cmp.Compare(b.Negative, a.Negative), cmp.Compare(b.Neutral, a.Neutral), cmp.Compare(b.Positive, a.Positive), cmp.Compare(a.Key, b.Key))
	})
	return t.list, nil
}

// trendSums add up the trends of several shops.
type trendSums struct {
	list []FeedbackTrend
	at   map[string]int
}

func (t *trendSums) of(one data.FeedbackTrend) *FeedbackTrend {
	i, known := t.at[one.Key]
	if !known {
		i = len(t.list)
		t.at[one.Key] = i
		t.list = append(t.list, FeedbackTrend{FeedbackTrend: data.FeedbackTrend{Key: one.Key, Title: one.Title}})
	}
	return &t.list[i]
}

func add(to *data.FeedbackTrend, one data.FeedbackTrend) {
	to.Key, to.Title = one.Key, cmp.Or(to.Title, one.Title)
	to.Positive, to.Neutral, to.Negative = to.Positive+one.Positive, to.Neutral+one.Neutral, to.Negative+one.Negative
}
