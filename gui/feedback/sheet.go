package feedback

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/gui/kit"
	"casebinder/gui/route"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// editSheet asks for what a buyer left in public, or the seller for a buyer; a
// feedback that is known (ID not 0) is corrected.
func editSheet(e *env, f data.Feedback) *kit.OpenSheet {
	shops := e.Shops()
	fresh := f.ID == 0
	if fresh {
		f.Shop.ID = e.Shop()
		if f.Shop.ID == 0 && len(shops) > 0 {
			f.Shop.ID = shops[0].ID
		}
		f.LeftAt = e.UI.Now().Truncate(time.Minute)
	}
	zone := f.Shop.Zone
	for _, s := range shops {
		if s.ID == f.Shop.ID {
			zone = s.Zone
		}
	}
	number, buyer, product := kit.TextField(e.UI, f.OrderNumber, 1), kit.TextField(e.UI, f.BuyerHandle, 1), kit.TextField(e.UI, f.Product, 1)
	shop := kit.NewChoice(show.ShopOptions(shops), f.Shop.ID, nil)
	side := kit.NewChoice([]kit.Option[bool]{{Value: false, Text: words.T("feedback.tab.received")}, {Value: true, Text: words.T("feedback.tab.given")}}, f.Given, nil)
	rating := kit.NewChoice(starOptions(), f.Stars, nil)
	text := kit.TextField(e.UI, f.Text, 3)
	left := kit.NewTimeField(e.UI, f.LeftAt, zone)
	details, row := detailChoices(f.Details)
	fields := []*kit.Field{
		kit.ChoiceRow(words.T("feedback.fact.side"), side),
		{Label: words.T("feedback.fact.order"), Hint: words.T("feedback.fact.order.hint"), Object: number},
	}
	if fresh {
		fields = append(fields, kit.ChoiceRow(words.T("feedback.fact.shop"), shop))
	}
	fields = append(fields,
		kit.ChoiceRow(words.T("feedback.fact.stars"), rating),
		&kit.Field{Label: words.T("feedback.fact.details"), Object: row},
		&kit.Field{Label: words.T("feedback.fact.text"), Object: text},
		&kit.Field{Label: words.T("feedback.fact.product"), Object: product},
		&kit.Field{Label: words.T("feedback.fact.buyer"), Object: buyer},
		kit.TimeRow(words.T("feedback.fact.left"), left, true),
	)
	name, title := "feedback.new", words.T("feedback.sheet.title")
	if !fresh {
		name, title = "feedback.edit", words.T("feedback.edit")
	}
	one := f
	return e.UI.OpenForm(kit.FormSheet{
		Name: name, Title: title, Width: 620, Focus: number, Fields: fields,
		Read: func() (err error) {
			one = f
			one.Given, one.OrderNumber, one.Stars, one.Text = side.Value(), strings.TrimSpace(number.Text), rating.Value(), strings.TrimSpace(text.Text)
			one.Product, one.BuyerHandle, one.Details = strings.TrimSpace(product.Text), strings.TrimSpace(buyer.Text), readDetails(details)
			for _, s := range shops {
				if fresh && s.ID == shop.Value() {
					one.Shop = s
				}
			}
			one.LeftAt, err = left.Value()
			return err
		},
		Work: func(ctx context.Context) (err error) {
			if !fresh { // rows of the list tell no changes
				v, err := e.desk.Feedback(ctx, f.ID)
				if err != nil {
					return err
				}
				one.Changes = v.Feedback.Changes
			}
			one, err = e.desk.PutFeedback(ctx, one)
			return err
		},
		Done: func() {
			e.UI.Toast(words.T("feedback.saved"), e.Undo)
			e.Open(route.Feedback{ID: one.ID})
		},
	})
}

// detailChoices are the detailed ratings, two in a row.
func detailChoices(have map[string]int) (map[string]*kit.Choice[int], fyne.CanvasObject) {
	choices := map[string]*kit.Choice[int]{}
	grid := container.NewGridWithColumns(2)
	for _, name := range data.DetailNames() {
		options := []kit.Option[int]{{Value: 0, Text: "–"}}
		for n := 5; n >= 1; n-- {
			options = append(options, kit.Option[int]{Value: n, Text: show.Stars(n)})
		}
		c := kit.NewChoice(options, have[name], nil)
		kit.Trace("feedback.detail."+name, c)
		choices[name] = c
		grid.Add(container.NewBorder(nil, nil, widget.NewLabel(words.Of("feedback_detail", name)), nil, c))
	}
	return choices, grid
}

// readDetails gives the detailed ratings that were chosen.
func readDetails(choices map[string]*kit.Choice[int]) map[string]int {
	var details map[string]int
	for name, c := range choices {
		if n := c.Value(); n > 0 {
			if details == nil {
				details = map[string]int{}
			}
			details[name] = n
		}
	}
	return details
}
