package kit

import (
	"context"
	"iter"

	"casebinder/data/table"
	"casebinder/gui/words"
)

// sheetStep is how many rows are asked for at a time when all are wanted.
const sheetStep = 500

// A TableSheet is all that a table lists, for a file: the columns that are
// shown in their order, and every row that the filter leaves.
type TableSheet struct {
	Columns []table.Column
	// Rows asks for the rows bit by bit and tells how far it is. Call it beside
	// the main goroutine.
	Rows func(ctx context.Context, progress func(done, total int64)) iter.Seq2[[]table.Cell, error]
}

// Sheet gives what the table lists now.
func (t *Table[R]) Sheet() TableSheet {
	source, order := t.options.Source(), t.order
	var columns []Column[R]
	var titles []table.Column
	for _, c := range t.columns {
		if !c.shown {
			continue
		}
		columns = append(columns, c.Column)
		title := table.Column{Title: words.T(c.Title)}
		if c.Money {
			title.Currency = words.T("table.currency", "column", title.Title)
		}
		titles = append(titles, title)
	}
	return TableSheet{Columns: titles, Rows: func(ctx context.Context, progress func(done, total int64)) iter.Seq2[[]table.Cell, error] {
		return func(yield func([]table.Cell, error) bool) {
			ids, bring, err := source.list(ctx, order)
			for at := 0; err == nil && at < len(ids); at += sheetStep {
				some := ids[at:min(at+sheetStep, len(ids))]
				var rows []R
				if rows, err = bring(ctx, some); err == nil {
					if !yieldCells(columns, source.ID, some, rows, yield) {
						return
					}
					progress(int64(at+len(some)), int64(len(ids)))
				}
			}
			if err == nil {
				err = ctx.Err()
			}
			if err != nil {
				yield(nil, err)
			}
		}
	}}
}

// yieldCells hands over rows in the order of their ids; one that is gone since
// is left out.
func yieldCells[R any](columns []Column[R], id func(R) int64, ids []int32, rows []R, yield func([]table.Cell, error) bool) bool {
	byID := make(map[int64]R, len(rows))
	for _, r := range rows {
		byID[id(r)] = r
	}
	for _, one := range ids {
		r, ok := byID[int64(one)]
		if !ok {
			continue
		}
		cells := make([]table.Cell, len(columns))
		for i, c := range columns {
			if c.Cell != nil {
				cells[i] = c.Cell(r)
			} else {
				cells[i] = table.Text(c.Text(r))
			}
		}
		if !yield(cells, nil) {
			return false
		}
	}
	return true
}
