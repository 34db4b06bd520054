package packing

import (
	"strings"

	"casebinder/data"
)

// Tick is what became of a unit that was scanned.
type Tick int

// What becomes of it.
const (
	TickUnknown Tick = iota // the code is of none of the order's lines
	Ticked                  // one unit more is in the parcel
	TickTooMany             // all units of the line are in it already
)

// Count counts the units of an order as they go into its parcel.
type Count struct {
	Items  []data.Item
	Packed []int64 // by line
	codes  map[string][]int
	done   []int // the lines that were ticked, the last one at the end
}

// NewCount begins with an empty parcel.
func NewCount(items []data.Item) *Count {
	c := &Count{Items: items, Packed: make([]int64, len(items)), codes: map[string][]int{}}
	for i, item := range items {
		for _, code := range []string{item.SKU, item.ExternalID} {
			if code = foldCode(code); code != "" {
				c.codes[code] = append(c.codes[code], i)
			}
		}
	}
	return c
}

func foldCode(code string) string { return strings.ToLower(strings.TrimSpace(code)) }

// Knows reports whether a code is that of a line.
func (c *Count) Knows(code string) bool { return len(c.codes[foldCode(code)]) > 0 }

// Scan ticks a unit off by the code on it, and tells which line it is. Of several
// lines with one code the first that still lacks a unit counts.
func (c *Count) Scan(code string) (line int, t Tick) {
	lines := c.codes[foldCode(code)]
	if len(lines) == 0 {
		return -1, TickUnknown
	}
	for _, i := range lines {
		if c.Packed[i] < c.Want(i) {
			c.Add(i)
			return i, Ticked
		}
	}
	return lines[0], TickTooMany
}

// Want is how many units of a line there are to pack: at least one.
func (c *Count) Want(line int) int64 { return min(max(c.Items[line].Quantity, 1), maxUnits) }

// Add ticks a unit of a line off, unless all are.
func (c *Count) Add(line int) bool {
	if c.Packed[line] >= c.Want(line) {
		return false
	}
	c.Packed[line]++
	c.done = append(c.done, line)
	return true
}

// AddAll ticks all units of a line off, or none of them where all are.
func (c *Count) AddAll(line int) {
	if c.Packed[line] < c.Want(line) {
		c.Packed[line] = c.Want(line)
		return
	}
	c.Packed[line] = 0
}

// Undo takes the last unit out again; false where there is none.
func (c *Count) Undo() bool {
	for n := len(c.done) - 1; n >= 0; n-- {
		line := c.done[n]
		c.done = c.done[:n]
		if c.Packed[line] > 0 {
			c.Packed[line]--
			return true
		}
	}
	return false
}

// Units gives how many units are in the parcel, and how many belong into it.
func (c *Count) Units() (in, of int64) {
	for i := range c.Items {
		in, of = in+c.Packed[i], of+c.Want(i)
	}
	return in, of
}

// Complete reports whether all units are in the parcel.
func (c *Count) Complete() bool {
	in, of := c.Units()
	return in == of
}
