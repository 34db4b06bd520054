package buyer

import (
	"math"
	"slices"
	"strings"
	"time"

	"casebinder/data"
)

// Bought is what one person bought, as far as it is needed to sort buyers.
type Bought struct {
	Last   time.Time
	Orders int
	Spent  data.Money // in the currency of most of the orders
}

// Bands are the bounds by which a desk's own buyers are sorted into a table of how
// often by how lately. They are quantiles of these buyers; no figure is fixed but
// the first row, which is who ordered once.
type Bands struct {
	Orders []int            `json:"orders"` // from how many orders on a row begins; the first is 1
	Last   []time.Time      `json:"last"`   // a column holds who ordered last at this time or later, the newest first; the last column is everybody else
	Top    map[string]int64 `json:"top"`    // by currency, minor units from which on a buyer is among the tenth that spent most
	Few    map[string]bool  `json:"few"`    // currencies with too few buyers for a tenth: the most that one spent counts
	Buyers int              `json:"buyers"`
}

// leastForTenth is how many buyers in a currency make a tenth of them say something.
const leastForTenth = 10

// BandsOf works the bounds out of all buyers of a desk.
func BandsOf(all []Bought) Bands {
	b := Bands{Orders: []int{1}, Top: map[string]int64{}, Few: map[string]bool{}, Buyers: len(all)}
	var again []int
	var last []int64
	spent := map[string][]int64{}
	for _, one := range all {
		if one.Orders > 1 {
			again = append(again, one.Orders)
		}
		if !one.Last.IsZero() {
			last = append(last, one.Last.UnixMilli())
		}
		if one.Spent.Minor > 0 {
			spent[one.Spent.Currency] = append(spent[one.Spent.Currency], one.Spent.Minor)
		}
	}
	slices.Sort(again)
	slices.Sort(last)
	if len(again) > 0 { // who came back: in halves, and the tenth that came most often
		b.Orders = append(b.Orders, 2)
		for _, share := range []int{50, 90} {
			if n := again[len(again)*share/100]; n > b.Orders[len(b.Orders)-1] {
				b.Orders = append(b.Orders, n)
			}
		}
	}
	for _, share := range []int{75, 50, 25} {
		if len(last) == 0 {
			break
		}
		at := time.UnixMilli(last[len(last)*share/100]).UTC()
		if n := len(b.Last); n == 0 || at.Before(b.Last[n-1]) {
			b.Last = append(b.Last, at)
		}
	}
	for currency, list := range spent {
		slices.Sort(list)
		b.Top[currency], b.Few[currency] = list[len(list)*9/10], len(list) < leastForTenth
	}
	return b
}

// Row and Column are the place of a buyer in the table.
func (b Bands) Row(orders int) int {
	row := 0
	for i, from := range b.Orders {
		if orders >= from {
			row = i
		}
	}
	return row
}

// Column is 0 for who ordered last.
func (b Bands) Column(last time.Time) int {
	for i, from := range b.Last {
		if !last.Before(from) && !last.IsZero() {
			return i
		}
	}
	return len(b.Last)
}

// Key reports whether a buyer is one that a shop should keep: came back, ordered in
// the newer half of the desk's buyers, and is among those that spent most in the
// currency.
func (b Bands) Key(one Bought) bool {
	return one.Orders > 1 && b.Column(one.Last) <= b.halves() && b.Spender(one.Spent)
}

// halves is the last column of the newer half.
func (b Bands) halves() int { return max(0, min(1, len(b.Last)-2)) }

// Since is the time from which on a last order is in the newer half of all buyers';
// zero where none is known.
func (b Bands) Since() time.Time {
	if len(b.Last) == 0 {
		return time.Time{}
	}
	return b.Last[b.halves()]
}

// Spender reports whether a sum is among the tenth of the largest in its currency.
func (b Bands) Spender(m data.Money) bool {
	top, ok := b.Top[m.Currency]
	return ok && m.Minor >= top
}

// Cell is one place of the table.
type Cell struct {
	Row, Column int
	Buyers      int
	Spenders    int          // of them, those that are among the tenth that spent most
	Key         int          //
	Spent       []data.Money // by all of them, each in the currency of most of its orders; by currency
}

// spend adds a sum; one that is too large for a number stays at the largest.
func (c *Cell) spend(m data.Money) {
	if m.Currency == "" || m.Minor <= 0 {
		return
	}
	i := slices.IndexFunc(c.Spent, func(one data.Money) bool { return one.Currency == m.Currency })
	if i < 0 {
		c.Spent = append(c.Spent, m)
		return
	}
	if c.Spent[i].Minor += m.Minor; c.Spent[i].Minor < 0 {
		c.Spent[i].Minor = math.MaxInt64
	}
}

// Grid counts buyers by how often and how lately they ordered: cells row by row,
// each row from the newest to the oldest.
func Grid(all []Bought, b Bands) []Cell {
	columns := len(b.Last) + 1
	cells := make([]Cell, len(b.Orders)*columns)
	for i := range cells {
		cells[i].Row, cells[i].Column = i/columns, i%columns
	}
	for _, one := range all {
		c := &cells[b.Row(one.Orders)*columns+b.Column(one.Last)]
		c.Buyers++
		if b.Spender(one.Spent) {
			c.Spenders++
		}
		if b.Key(one) {
			c.Key++
		}
		c.spend(one.Spent)
	}
	for i := range cells {
		slices.SortFunc(cells[i].Spent, func(a, b data.Money) int { return strings.Compare(a.Currency, b.Currency) })
	}
	return cells
}
