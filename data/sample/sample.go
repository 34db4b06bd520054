package sample

import (
	"fmt"
	"time"

	"casebinder/assets"
	"casebinder/data"
	"casebinder/data/pack"
)

// None is the index of "no order" and "no dispute".
const None = -1

// Sample is a whole desk as plain entities. Entities name each other by index
// into these slices, since rows have no ids before they are stored. Every UID
// is set.
type Sample struct {
	Operator  string
	Shops     []data.Shop
	Signs     []string     // how each of Shops signs what goes to buyers; "": by its name
	Orders    []data.Order // oldest first; Shop and Buyer are filled in
	Messages  []Message    // oldest first within an order
	Disputes  []Dispute    // the first is the flagship: not received, with proof of every kind
	Feedback  []Feedback
	Tasks     []Task
	Products  []Product
	Suppliers []data.Supplier // of the products
	Rates     []data.Rate
	Currency  string // of reports; "": the shops'
	Files     []File // evidence
}

// Message is a message about an order.
type Message struct {
	data.Message
	Order   int // index into Sample.Orders
	Dispute int // index into Sample.Disputes, or None
}

// Dispute is a dispute with its events, oldest first, the first of them its
// opening. Its Stage and Waiting are left to whoever folds the events.
type Dispute struct {
	data.Dispute
	Order int // index into Sample.Orders
}

// Feedback is a feedback about an order.
type Feedback struct {
	data.Feedback
	Order int // index into Sample.Orders
}

// Task is a task about an order, a dispute or neither.
type Task struct {
	data.Task
	Order   int // index into Sample.Orders, or None
	Dispute int // index into Sample.Disputes, or None
}

// Product is what is known of goods that a shop sells.
type Product struct {
	data.Product
	Shop int // index into Sample.Shops
}

// File is a piece of evidence.
type File struct {
	Name       string
	Bytes      []byte
	Kind       data.EvidenceKind
	Note       string
	Proves     string    // in the bundle of its dispute
	CapturedAt time.Time // zero: not stated; a JPEG's EXIF may still tell
	Order      int       // index into Sample.Orders
	Dispute    int       // index into Sample.Disputes, or None
}

// Desk makes the sample desk for a time, with the seller's own words in one of
// Languages. It draws about thirty pictures, which takes a second or two.
func Desk(now time.Time, language string) (Sample, error) {
	script, err := readScript()
	if err != nil {
		return Sample{}, err
	}
	m, err := newMaker(now, language)
	if err != nil {
		return Sample{}, err
	}
	if err := m.script(script); err != nil {
		return Sample{}, fmt.Errorf("making the sample desk: %w", err)
	}
	return m.out, nil
}

func newMaker(now time.Time, language string) (*maker, error) {
	words, err := ownIn(language)
	return &maker{now: now.UTC().Truncate(time.Second), own: words, shops: map[string]data.Shop{}}, err
}

func readScript() (script, error) {
	var s script
	for _, name := range []string{"sample/desk.toml", "sample/pools.toml"} {
		if err := pack.Read(assets.FS, name, &s); err != nil {
			return s, err
		}
	}
	return s, nil
}
