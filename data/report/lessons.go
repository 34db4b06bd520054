package report

import (
	"cmp"
	"fmt"
	"slices"

	"casebinder/data"
)

// lessonDimensions are by what cases are told apart.
var lessonDimensions = []string{"cause", "product", "supplier", "carrier", "country", "operator", "month"}

// ordered are the dimensions of which it is known how many orders were placed.
var ordered = []string{"product", "supplier", "carrier", "country", "month"}

// caseKinds are the kinds that lessons count.
var caseKinds = []data.CaseKind{data.CaseDispute, data.CaseComplaint, data.CaseFeedback}

// tally is what stands in a row of lessons.
type tally struct {
	label  Label
	kinds  [3]int64
	orders map[int64]bool // with a case
	claim  int64          // cases for which the supplier can be held
	loose  int64          // cases about no order of the desk
}

// lessons counts what went wrong in the period by each dimension.
func (in *Input) lessons() []Table {
	var tables []Table
	for _, dimension := range lessonDimensions {
		tables = append(tables, in.lessonTable(dimension, in.tallies(dimension)))
	}
	return append(tables, in.written())
}

// written lists what was written down as learned, the newest first.
func (in *Input) written() Table {
	t := Table{ID: "lessons.written", Title: phraseWritten.With()}
	for _, id := range []string{"order", "cause", "outcome", "lesson"} {
		t.Columns = append(t.Columns, Column{ID: id, Title: phraseColumn[id].With(), Unit: Words})
	}
	var told []*data.ReportCase
	for i := range in.Cases {
		if c := &in.Cases[i]; c.Lesson != "" && (in.Ask.Holds(c.At) || in.Ask.Holds(c.EndedAt)) {
			told = append(told, c)
		}
	}
	slices.SortStableFunc(told, func(a, b *data.ReportCase) int { return cmp.Or(b.At.Compare(a.At), cmp.Compare(b.ID, a.ID)) })
	for _, c := range told {
		outcome := "outcome"
		if c.Kind == data.CaseComplaint {
			outcome = "complaint.outcome"
		}
		t.Rows = append(t.Rows, Row{
			Key:   fmt.Sprintf("%s/%d", c.Kind, c.ID),
			Cells: []Cell{labeled("order", c.Number), labeled("cause", c.Cause), labeled(outcome, c.Outcome), labeled("lesson", c.Lesson)},
		})
	}
	return t
}

func (in *Input) tallies(dimension string) map[string]*tally {
	all := map[string]*tally{}
	for i := range in.Cases {
		c := &in.Cases[i]
		kind := slices.Index(caseKinds, c.Kind)
		if kind < 0 || !in.Ask.Holds(c.At) {
			continue
		}
		key, label := in.keyOf(dimension, c, c.At)
		t := all[key]
		if t == nil {
			t = &tally{label: label, orders: map[int64]bool{}}
			all[key] = t
		}
		t.kinds[kind]++
		if in.Claimable[data.CaseID{Kind: c.Kind, ID: c.ID}] {
			t.claim++
		}
		if c.OrderID == 0 {
			t.loose++
		} else {
			t.orders[c.OrderID] = true
		}
	}
	return all
}

func (in *Input) lessonTable(dimension string, all map[string]*tally) Table {
	t := Table{
		ID: "lessons." + dimension, Title: phraseLessonsBy[dimension].With(), Course: dimension == "month", Drawn: []int{4},
		Columns: []Column{
			{ID: dimension, Title: phraseColumn[dimension].With(), Unit: Words},
			{ID: "disputes", Title: phraseDisputes.With(), Unit: Count},
			{ID: "complaints", Title: phraseComplaints.With(), Unit: Count},
			{ID: "feedback", Title: phraseBad.With(), Unit: Count},
			{ID: "concerned", Title: phraseConcerned.With(), Unit: Count},
		},
	}
	rated := slices.Contains(ordered, dimension)
	if rated {
		t.Columns = append(t.Columns, Column{ID: "orders", Title: phraseOrders.With(), Unit: Count},
			Column{ID: "per_hundred", Title: phrasePerHundred.With(), Unit: Index, Num: 4, Den: 5})
		t.Notes = append(t.Notes, phraseNoteOrders.With("least", leastOrders))
	}
	if dimension == "supplier" {
		t.Columns = append(t.Columns, Column{ID: "claimable", Title: phraseClaimable.With(), Unit: Count})
		t.Notes = append(t.Notes, phraseNoteClaimable.With())
	}
	if dimension == "product" || dimension == "carrier" || dimension == "supplier" {
		t.Notes = append(t.Notes, phraseNoteSeveral.With())
	}
	if t.Course {
		for _, m := range in.Ask.Months() {
			if all[m.Month] == nil {
				all[m.Month] = &tally{label: Label{"month", m.Month}}
			}
		}
	}
	for key, n := range all {
		r := Row{key, []Cell{{Label: n.label, Known: true}, count(n.kinds[0]), count(n.kinds[1]), count(n.kinds[2]), count(int64(len(n.orders)) + n.loose)}}
		if rated {
			placed := in.placed(dimension, key)
			r.Cells = append(r.Cells, count(placed), indexOf(placed))
		}
		if dimension == "supplier" {
			r.Cells = append(r.Cells, count(n.claim))
		}
		t.Rows = append(t.Rows, r)
	}
	slices.SortFunc(t.Rows, func(a, b Row) int {
		if t.Course {
			return cmp.Compare(a.Key, b.Key)
		}
		return cmp.Or(cmp.Compare(b.Cells[4].N, a.Cells[4].N), cmp.Compare(a.Key, b.Key))
	})
	t.sum()
	return t
}

// placed is how many orders of a key were placed in the period.
func (in *Input) placed(dimension, key string) int64 {
	if dimension != "supplier" {
		return in.Orders[dimension][key]
	}
	var n int64
	for product, orders := range in.Orders["product"] {
		if in.supplier(product) == key {
			n += orders
		}
	}
	return n
}

// wins tells how disputes ended, in the whole, by reason, platform and month.
func (in *Input) wins() []Table {
	var tables []Table
	for _, dimension := range []string{"reason", "platform", "month"} {
		tables = append(tables, in.winTable(dimension))
	}
	return tables
}

func (in *Input) winTable(dimension string) Table {
	t := Table{
		ID: "wins." + dimension, Title: phraseWinsBy[dimension].With(), Course: dimension == "month", Drawn: []int{8},
		Columns: []Column{
			{ID: dimension, Title: phraseColumn[dimension].With(), Unit: Words},
			{ID: "won", Title: phraseWon.With(), Unit: Count},
			{ID: "lost", Title: phraseLost.With(), Unit: Count},
			{ID: "split", Title: phraseSplit.With(), Unit: Count},
			{ID: "accepted", Title: phraseAccepted.With(), Unit: Count},
			{ID: "withdrawn", Title: phraseWithdrawn.With(), Unit: Count},
			{ID: "untold", Title: phraseUntold.With(), Unit: Count},
			{ID: "fought", Title: phraseFought.With(), Unit: Count},
			{ID: "rate", Title: phraseWinRate.With(), Unit: Share, Num: 1, Den: 7},
		},
		Notes: []data.Text{phraseNoteWins.With("least", least)},
	}
	at := map[string]int{}
	add := func(key string, label Label) *Row {
		if _, ok := at[key]; !ok {
			at[key] = len(t.Rows)
			t.Rows = append(t.Rows, Row{key, []Cell{{Label: label, Known: true}, count(0), count(0), count(0), count(0), count(0), count(0), count(0), {}}})
		}
		return &t.Rows[at[key]]
	}
	if t.Course {
		for _, m := range in.Ask.Months() {
			add(m.Month, Label{"month", m.Month})
		}
	}
	for i := range in.Cases {
		c := &in.Cases[i]
		column := slices.Index([]string{"-", "won", "lost", "split", "accepted", "withdrawn", ""}, c.Outcome)
		if c.Kind != data.CaseDispute || c.Open || column < 1 || !in.Ask.Holds(c.EndedAt) {
			continue
		}
		key, label := in.keyOf(dimension, c, c.EndedAt)
		r := add(key, label)
		r.Cells[column].N++
		if column <= 3 {
			r.Cells[7].N++
		}
	}
	for i := range t.Rows {
		t.Rows[i].Cells[8] = shareOf(t.Rows[i].Cells[7].N)
	}
	if !t.Course {
		slices.SortFunc(t.Rows, func(a, b Row) int { return cmp.Or(cmp.Compare(b.Cells[7].N, a.Cells[7].N), cmp.Compare(a.Key, b.Key)) })
	}
	t.sum()
	return t
}

// replies tells how often a matter ended well whose last message was written from a
// template.
func (in *Input) replies() Table {
	t := Table{
		ID: "replies.template", Title: phraseTemplates.With(), Drawn: []int{3},
		Columns: []Column{
			{ID: "template", Title: phraseColumn["template"].With(), Unit: Words},
			{ID: "ended", Title: phraseEnded.With(), Unit: Count},
			{ID: "settled", Title: phraseSettled.With(), Unit: Count},
			{ID: "rate", Title: phraseSettledShare.With(), Unit: Share, Num: 2, Den: 1},
		},
		Notes: []data.Text{phraseNoteTemplates.With("least", least)},
	}
	ended, settled := map[string]int64{}, map[string]int64{}
	for i := range in.Cases {
		c := &in.Cases[i]
		if c.Open || c.Template == "" || c.Kind != data.CaseDispute && c.Kind != data.CaseComplaint || !in.Ask.Holds(c.EndedAt) {
			continue
		}
		ended[c.Template]++
		if endedWell(c) {
			settled[c.Template]++
		}
	}
	for uid, n := range ended {
		t.Rows = append(t.Rows, Row{uid, []Cell{labeled("template", cmp.Or(in.Templates[uid], uid)), count(n), count(settled[uid]), shareOf(n)}})
	}
	slices.SortFunc(t.Rows, func(a, b Row) int {
		return cmp.Or(cmp.Compare(b.Cells[2].N, a.Cells[2].N), cmp.Compare(b.Cells[1].N, a.Cells[1].N), cmp.Compare(a.Key, b.Key))
	})
	t.sum()
	return t
}

// endedWell reports whether a matter ended without a loss before the platform: a
// complaint that became no dispute and got an answer, a dispute that was won, or
// withdrawn by the buyer.
func endedWell(c *data.ReportCase) bool {
	if c.Kind == data.CaseComplaint {
		return c.Outcome != "disputed" && c.Outcome != "silent" && c.Outcome != ""
	}
	return c.Outcome == "won" || c.Outcome == "withdrawn"
}
