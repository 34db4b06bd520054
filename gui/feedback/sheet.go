package feedback

import (
	"context"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/gui/kit"
	"casebinder/gui/route"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// newFeedbackSheet asks for what a buyer left in public.
func newFeedbackSheet(e *env) *kit.OpenSheet {
	shops := e.Shops()
	chosen := e.Shop()
	if chosen == 0 && len(shops) > 0 {
		chosen = shops[0].ID
	}
	zone := ""
	for _, s := range shops {
		if s.ID == chosen {
			zone = s.Zone
		}
	}
	number, buyer := kit.TextField(e.UI, "", 1), kit.TextField(e.UI, "", 1)
	shop := kit.NewChoice(show.ShopOptions(shops), chosen, nil)
	var rates []kit.Option[int]
	for n := 5; n >= 1; n-- {
		rates = append(rates, kit.Option[int]{Value: n, Text: show.Stars(n) + " · " + words.Of("tone", data.Tone(n))})
	}
	rating := kit.NewChoice(rates, 0, nil)
	text := kit.TextField(e.UI, "", 4)
	left := kit.NewTimeField(e.UI, e.UI.Now().Truncate(time.Minute), zone)
	var one data.Feedback
	return e.UI.OpenForm(kit.FormSheet{
		Name: "feedback.new", Title: words.T("feedback.sheet.title"), Width: 560, Focus: number,
		Fields: []*kit.Field{
			{Label: words.T("feedback.fact.order"), Object: number},
			kit.ChoiceRow(words.T("feedback.fact.shop"), shop),
			kit.ChoiceRow(words.T("feedback.fact.stars"), rating),
			{Label: words.T("feedback.fact.text"), Object: text},
			{Label: words.T("feedback.fact.buyer"), Object: buyer},
			kit.TimeRow(words.T("feedback.fact.left"), left, true),
		},
		Read: func() error {
			at, err := left.Value()
			one = data.Feedback{
				OrderNumber: strings.TrimSpace(number.Text), Stars: rating.Value(), Text: strings.TrimSpace(text.Text),
				BuyerHandle: strings.TrimSpace(buyer.Text), LeftAt: at, State: data.FeedbackNew,
			}
			for _, s := range shops {
				if s.ID == shop.Value() {
					one.Shop = s
				}
			}
			return err
		},
		Work: func(ctx context.Context) (err error) {
			one, err = e.desk.PutFeedback(ctx, one)
			return err
		},
		Done: func() {
			e.UI.Toast(words.T("feedback.saved"), e.Undo)
			e.Open(route.Feedback{ID: one.ID})
		},
	})
}
