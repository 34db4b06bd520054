package report

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"time"

	"casebinder/data"
)

// Unit is what a column holds.
type Unit string

// The units.
const (
	Words Unit = "words"
	Count Unit = "count"
	Money Unit = "money" // in the report's currency
	Share Unit = "share" // Num of Den
	Span  Unit = "span"  // a duration
	Index Unit = "index" // Num for 100 of Den
	Ratio Unit = "ratio" // Num of Den, sums both: no count that a range could be told of
)

// Column is a column of a table.
type Column struct {
	ID       string
	Title    data.Text
	Unit     Unit
	Num, Den int // of Share, Index and Ratio: the columns that they come from

	From, Less int // of Money that is a difference: the column that it begins with, and how many behind that one are taken off
}

// Label is a value of some vocabulary, for the window's language to name: the kind
// "cause" with the value "packing", the kind "shop" with a name.
type Label struct {
	Kind  string
	Value string
}

// Earlier is the value of a month before the period.
const Earlier = "earlier"

// Cell is one value. Known is false where nothing can be said: no rate, nothing
// counted, or too few.
type Cell struct {
	Label Label
	Text  data.Text // of Words, where it is a text of the program's own
	N     int64     // of Count; minor units of Money
	Span  time.Duration
	Known bool
	Few   bool // of Share and Index: the counts are there, but too few for a share
}

func count(n int64) Cell { return Cell{N: n, Known: true} }

func counted(n int) Cell { return count(int64(n)) }

func labeled(kind, value string) Cell { return Cell{Label: Label{kind, value}, Known: true} }

// Row is a row of a table; Key names it for good.
type Row struct {
	Key   string
	Cells []Cell
}

// Table is a part of a report.
type Table struct {
	ID      string // "money.shop"
	Title   data.Text
	Columns []Column
	Rows    []Row
	Total   *Row // nil: none
	Notes   []data.Text
	Lines   []Line // of money: what the sums are made of
	Drawn   []int  // columns that a chart shows
	Course  bool   // rows follow each other in time
}

// Value is a cell of a row as a number: a share from 0 to 1, money in its unit, a span
// in hours; NaN where nothing is known.
func (t *Table) Value(r *Row, column int) float64 {
	c := t.Columns[column]
	cell := r.Cells[column]
	if !cell.Known {
		return math.NaN()
	}
	switch c.Unit {
	case Share, Ratio:
		return float64(r.Cells[c.Num].N) / float64(r.Cells[c.Den].N)
	case Index:
		return 100 * float64(r.Cells[c.Num].N) / float64(r.Cells[c.Den].N)
	case Span:
		return cell.Span.Hours()
	case Words, Count, Money:
	}
	return float64(cell.N)
}

// tellApart adds to names that several rows have what they are told apart by: the SKU
// of a product, the platform of a shop.
func (t *Table) tellApart() {
	seen := map[Label]int{}
	for i := range t.Rows {
		seen[t.Rows[i].Cells[0].Label]++
	}
	for i := range t.Rows {
		l := &t.Rows[i].Cells[0].Label
		if seen[*l] < 2 || l.Value == t.Rows[i].Key {
			continue
		}
		switch l.Kind {
		case "product":
			l.Value += " (" + t.Rows[i].Key + ")"
		case "shop":
			platform, _, _ := strings.Cut(t.Rows[i].Key, "/")
			l.Value += " (" + data.Platform(platform).Title() + ")"
		}
	}
}

// drawnMost is how many columns a chart shows side by side.
const drawnMost = 3

// settle has a chart show the counts of a table where nothing is known of what it
// would draw, such as shares of too few: those that count most, in their order.
func (t *Table) settle() {
	if len(t.Drawn) == 0 || slices.ContainsFunc(t.Drawn, t.tells) {
		return
	}
	var counts, wholes []int // the sums that shares are of say less than their parts
	for k, c := range t.Columns {
		switch {
		case c.Unit != Count || !t.tells(k):
		case slices.ContainsFunc(t.Columns, func(of Column) bool { return (of.Unit == Share || of.Unit == Index) && of.Den == k }):
			wholes = append(wholes, k)
		default:
			counts = append(counts, k)
		}
	}
	if len(counts) == 0 {
		counts = wholes
	}
	if len(counts) == 0 {
		return
	}
	total := func(k int) (n int64) {
		for i := range t.Rows {
			n += t.Rows[i].Cells[k].N
		}
		return n
	}
	slices.SortStableFunc(counts, func(a, b int) int { return cmp.Compare(total(b), total(a)) })
	t.Drawn = counts[:min(len(counts), drawnMost)]
	slices.Sort(t.Drawn)
}

// tells reports whether a column has a value besides nothing.
func (t *Table) tells(k int) bool {
	return slices.ContainsFunc(t.Rows, func(r Row) bool {
		v := t.Value(&r, k)
		return v != 0 && !math.IsNaN(v)
	})
}

// FirstDrawn is the place in Drawn of the first column with a value besides nothing.
func (t *Table) FirstDrawn() int { return max(slices.IndexFunc(t.Drawn, t.tells), 0) }

// least is how many there must be before a share is told: one more would move that of
// fewer by more than a few percent.
const least = 10

// shareOf is a share of columns that stand in the same row.
func shareOf(of int64) Cell { return Cell{Known: of >= least, Few: of > 0 && of < least} }

// sum adds the columns that can be added into a row of totals.
func (t *Table) sum() {
	total := Row{Key: "total", Cells: make([]Cell, len(t.Columns))}
	for i, c := range t.Columns {
		if c.Unit != Count && c.Unit != Money {
			continue
		}
		total.Cells[i].Known = true
		for _, r := range t.Rows {
			total.Cells[i].N += r.Cells[i].N
		}
	}
	for i, c := range t.Columns {
		switch {
		case i == 0:
			total.Cells[i] = Cell{Text: phraseTotal.With(), Known: true}
		case c.Unit == Share:
			total.Cells[i] = shareOf(total.Cells[c.Den].N)
		case c.Unit == Index:
			total.Cells[i] = indexOf(total.Cells[c.Den].N)
		case c.Unit == Ratio:
			total.Cells[i].Known = total.Cells[c.Den].N > 0
		}
	}
	t.Total = &total
}

// leastOrders is how many orders there must be before cases are told per hundred.
const leastOrders = 30

func indexOf(orders int64) Cell {
	return Cell{Known: orders >= leastOrders, Few: orders > 0 && orders < leastOrders}
}

// Wilson gives the interval of a share at 95 % after Wilson (1927), which holds for
// small numbers and for shares near 0 and 1. Of nothing it is everything.
func Wilson(n, of int64) (low, high float64) {
	if of <= 0 {
		return 0, 1
	}
	const z = 1.959963984540054
	total := float64(of)
	p := float64(n) / total
	middle := (p + z*z/(2*total)) / (1 + z*z/total)
	half := z / (1 + z*z/total) * math.Sqrt(p*(1-p)/total+z*z/(4*total*total))
	low, high = math.Max(middle-half, 0), math.Min(middle+half, 1)
	if n <= 0 {
		low = 0
	}
	if n >= of {
		high = 1
	}
	return low, high
}
