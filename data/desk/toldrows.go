package desk

import (
	"context"
	"maps"
	"slices"

	"casebinder/data"
	"casebinder/data/store"
)

// mostToldRows is how many rows an event names; of more it says that they are many.
const mostToldRows = 5000

// toldRows are the rows that a deed of many changes, while they are few.
type toldRows struct {
	ids map[data.RowRef]bool
}

// order notes an order that is told of; 0 is none.
func (t *toldRows) order(id int64) { t.note(data.EntityOrder, id) }

func (t *toldRows) note(entity string, id int64) {
	if id == 0 || len(t.ids) > mostToldRows {
		return
	}
	if t.ids == nil {
		t.ids = map[data.RowRef]bool{}
	}
	t.ids[data.RowRef{Entity: entity, ID: id}] = true
}

// rows names what was noted, and the disputes about the orders; where it is too much,
// any row of the entities.
func (t *toldRows) rows(ctx context.Context, tx *store.Tx, entities ...string) ([]data.RowRef, error) {
	if len(t.ids) > mostToldRows {
		return manyOf(entities...), nil
	}
	rows := slices.SortedFunc(maps.Keys(t.ids), func(a, b data.RowRef) int {
		if a.Entity == b.Entity {
			return int(a.ID - b.ID)
		}
		return slices.Index(entities, a.Entity) - slices.Index(entities, b.Entity)
	})
	var orders []int64
	for _, r := range rows {
		if r.Entity == data.EntityOrder {
			orders = append(orders, r.ID)
		}
	}
	if !slices.Contains(entities, data.EntityDispute) {
		return rows, nil
	}
	disputes, err := tx.DisputesAbout(ctx, orders)
	for _, id := range disputes {
		rows = append(rows, data.RowRef{Entity: data.EntityDispute, ID: id})
	}
	return rows, err
}

// namedOrders names orders, and the disputes about them.
func namedOrders(ctx context.Context, tx *store.Tx, ids []int64) ([]data.RowRef, error) {
	var told toldRows
	for _, id := range ids {
		told.order(id)
	}
	return told.rows(ctx, tx, data.EntityOrder, data.EntityDispute)
}
