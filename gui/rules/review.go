package rules

import (
	"context"
	"strconv"

	"casebinder/data"
	"casebinder/gui/kit"
	"casebinder/gui/words"
)

// Review opens the counts of disputes by cause, product and carrier.
func (e *Room) Review() *kit.OpenSheet {
	table := kit.NewTable(e.UI, kit.TableOptions[kit.Numbered[data.ReviewRow]]{
		Name: "review", Columns: reviewColumns(), Source: func() kit.Source[kit.Numbered[data.ReviewRow]] {
			return kit.ListSource(func(ctx context.Context, _ kit.Order) ([]kit.Numbered[data.ReviewRow], error) {
				rows, err := e.desk.Review(ctx)
				return kit.Number(rows), err
			}, kit.PlaceOf[data.ReviewRow])
		},
		Empty: func() kit.Empty { return kit.Empty{Text: words.T("review.none")} },
	})
	sheet := e.UI.Open(kit.Sheet{
		Name: "review", Title: words.T("review.title"), Width: 980, Height: 560, Cancel: words.T("do.close"), Body: table,
	})
	table.Restart()
	return sheet
}

func reviewColumns() []kit.Column[kit.Numbered[data.ReviewRow]] {
	count := func(id string, of func(data.ReviewRow) int) kit.Column[kit.Numbered[data.ReviewRow]] {
		return kit.Column[kit.Numbered[data.ReviewRow]]{
			ID: id, Title: "review.col." + id, Width: 80, Right: true,
			Text: func(r kit.Numbered[data.ReviewRow]) string { return strconv.Itoa(of(r.Row)) },
		}
	}
	return []kit.Column[kit.Numbered[data.ReviewRow]]{
		{ID: "cause", Title: "review.col.cause", Width: 150, Bold: true, Text: func(r kit.Numbered[data.ReviewRow]) string {
			if r.Row.Cause == "" {
				return words.T("review.unclassed")
			}
			return words.Of("cause", r.Row.Cause)
		}},
		{ID: "product", Title: "review.col.product", Width: 280, Grow: true, Text: func(r kit.Numbered[data.ReviewRow]) string {
			return words.Join(" · ", r.Row.SKU, r.Row.Product)
		}},
		{ID: "carrier", Title: "review.col.carrier", Width: 180, Text: func(r kit.Numbered[data.ReviewRow]) string { return r.Row.Carrier }},
		count("disputes", func(r data.ReviewRow) int { return r.Disputes }),
		count("won", func(r data.ReviewRow) int { return r.Won }),
		count("lost", func(r data.ReviewRow) int { return r.Lost }),
	}
}
