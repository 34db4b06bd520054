package gui

import (
	"context"
	"strconv"

	"casebinder/data"
	"casebinder/gui/kit"
	"casebinder/gui/words"
)

// review opens the counts of disputes by cause, product and carrier.
func (a *app) review() *kit.OpenSheet {
	table := kit.NewTable(a.ui, kit.TableOptions[numbered[data.ReviewRow]]{
		Name: "review", Columns: reviewColumns(), Source: func() kit.Source[numbered[data.ReviewRow]] {
			return kit.ListSource(func(ctx context.Context, _ kit.Order) ([]numbered[data.ReviewRow], error) {
				rows, err := a.env.desk.Review(ctx)
				list := make([]numbered[data.ReviewRow], len(rows))
				for i, row := range rows {
					list[i] = numbered[data.ReviewRow]{int64(i + 1), row}
				}
				return list, err
			}, placeOf[data.ReviewRow])
		},
		Empty: func() kit.Empty { return kit.Empty{Text: words.T("review.none")} },
	})
	sheet := a.ui.Open(kit.Sheet{
		Name: "review", Title: words.T("review.title"), Width: 980, Height: 560, Cancel: words.T("do.close"), Body: table,
	})
	table.Restart()
	return sheet
}

func reviewColumns() []kit.Column[numbered[data.ReviewRow]] {
	count := func(id string, of func(data.ReviewRow) int) kit.Column[numbered[data.ReviewRow]] {
		return kit.Column[numbered[data.ReviewRow]]{
			ID: id, Title: "review.col." + id, Width: 80, Right: true,
			Text: func(r numbered[data.ReviewRow]) string { return strconv.Itoa(of(r.row)) },
		}
	}
	return []kit.Column[numbered[data.ReviewRow]]{
		{ID: "cause", Title: "review.col.cause", Width: 150, Bold: true, Text: func(r numbered[data.ReviewRow]) string {
			if r.row.Cause == "" {
				return words.T("review.unclassed")
			}
			return words.Of("cause", r.row.Cause)
		}},
		{ID: "product", Title: "review.col.product", Width: 280, Grow: true, Text: func(r numbered[data.ReviewRow]) string {
			return join(" · ", r.row.SKU, r.row.Product)
		}},
		{ID: "carrier", Title: "review.col.carrier", Width: 180, Text: func(r numbered[data.ReviewRow]) string { return r.row.Carrier }},
		count("disputes", func(r data.ReviewRow) int { return r.Disputes }),
		count("won", func(r data.ReviewRow) int { return r.Won }),
		count("lost", func(r data.ReviewRow) int { return r.Lost }),
	}
}
