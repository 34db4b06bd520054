package kit

import (
	"context"

	"fyne.io/fyne/v2"
)

// Numbered is a row with its place, which serves as its id.
type Numbered[R any] struct {
	At  int64
	Row R
}

// FixedTable shows rows that are all there.
func FixedTable[R any](u *UI, name string, columns []Column[R], rows []R) fyne.CanvasObject {
	list := make([]Numbered[R], len(rows))
	for i, r := range rows {
		list[i] = Numbered[R]{int64(i + 1), r}
	}
	wrapped := make([]Column[Numbered[R]], len(columns))
	for i, c := range columns {
		wrapped[i] = Column[Numbered[R]]{
			ID: c.ID, Title: c.Title, Width: c.Width, Right: c.Right, Grow: c.Grow,
			Text: func(n Numbered[R]) string { return c.Text(n.Row) },
		}
	}
	source := ListSource(func(context.Context, Order) ([]Numbered[R], error) {
		return append([]Numbered[R](nil), list...), nil
	}, func(n Numbered[R]) int64 { return n.At })
	t := NewTable(u, TableOptions[Numbered[R]]{Name: name, Columns: wrapped, Source: func() Source[Numbered[R]] { return source }})
	t.Restart()
	return t
}

// Number gives rows their places as ids.
func Number[R any](rows []R) []Numbered[R] {
	all := make([]Numbered[R], len(rows))
	for i, r := range rows {
		all[i] = Numbered[R]{int64(i + 1), r}
	}
	return all
}

func PlaceOf[R any](n Numbered[R]) int64 { return n.At }
