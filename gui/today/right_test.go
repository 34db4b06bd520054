package today

import (
	"testing"
	"time"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/guitest"
	"casebinder/gui/kit"
)

// What one may do in a dispute until a date, and need not, stands in the list with its
// words: also where rows are asked for by their ids, as they are once all are listed.
func TestARightIsNoEmptyRow(t *testing.T) {
	b, d, c := guitest.RealCase(t)
	for kind, ago := range map[data.EventKind]time.Duration{data.EventEscalated: 40 * time.Hour, data.EventRuled: 10 * time.Hour} {
		e := data.CaseEvent{Kind: kind, Actor: data.ActorPlatform, At: d.Now().Add(-ago)}
		if _, err := d.AppendEvent(t.Context(), c.ID, desk.NewEvent{CaseEvent: e}); err != nil {
			t.Fatal(err)
		}
	}
	s := New(b.Env, d)
	b.Show(s)
	from := s.source()
	ids, err := from.IDs(t.Context(), kit.Order{})
	if err != nil {
		t.Fatal(err)
	}
	rows, err := from.Rows(t.Context(), ids)
	if err != nil || len(rows) != len(ids) {
		t.Fatalf("%d rows of %d, %v", len(rows), len(ids), err)
	}
	rights := 0
	for i := range rows {
		if rows[i].Kind == data.TodayRight {
			rights++
			if rows[i].Title.IsZero() || rows[i].Due.IsZero() {
				t.Errorf("a right without its words: %+v", rows[i])
			}
		}
	}
	if rights != 1 {
		t.Errorf("%d rights on Today", rights)
	}
}
