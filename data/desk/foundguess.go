package desk

import (
	"cmp"
	"context"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode"

	"casebinder/data"
	"casebinder/data/store"
)

const (
	followMost = 20 * time.Minute // between a label's picture and one that follows it
	nearShip   = 90 * time.Minute // between a picture and the shipping
	nearMost   = 4                // orders that are named by their time
	nameMost   = 24               // numbers that are tried of one name
	foundMost  = 100_000          // waiting files that are compared with each other
)

var (
	sayNames     = data.DefinePhrase("found.names", "The names of the file and its folder hold numbers of several orders: {orders}.")
	sayNameOther = data.DefinePhrase("found.name.other", "The label is that of {label}, and the file's name holds the number of {name}.")
	sayFollows   = data.DefinePhrase("found.follows", "It was taken after the picture of the label of {order}. Nothing in it shows that it is the same parcel.")
	sayNear      = data.DefinePhrase("found.near", "Only its time fits an order.")
)

// guessOrder tells to which order a picture may belong, by the numbers on it and in
// its name.
func (d *Desk) guessOrder(ctx context.Context, f *data.FoundFile) error {
	match, err := d.MatchCodes(ctx, f.Codes)
	if err != nil {
		return err
	}
	g := &f.Guess
	for _, p := range match.Parcels {
		o := data.FoundOrder{OrderID: p.OrderID, Order: p.Order, Shop: p.Shop, Ground: data.GroundLabel}
		if len(p.Grounds) > 0 {
			o.Number = p.Grounds[0]
		}
		if len(p.Tracking) == 1 {
			o.Tracking = p.Tracking[0]
		}
		g.Orders = append(g.Orders, o)
	}
	g.Why = append(g.Why, match.Unsure...)
	named, err := d.ordersNamed(ctx, f.Path)
	if err != nil {
		return err
	}
	onLabel := len(g.Orders)
	for _, o := range named {
		if !slices.ContainsFunc(g.Orders, func(k data.FoundOrder) bool { return k.OrderID == o.OrderID }) {
			g.Orders = append(g.Orders, o)
		}
	}
	switch {
	case len(named) > 1:
		g.Why = append(g.Why, sayNames.With("orders", ordersOf(named)))
	case onLabel == 1 && len(named) == 1 && named[0].OrderID != g.Orders[0].OrderID:
		g.Why = append(g.Why, sayNameOther.With("label", g.Orders[0].Order, "name", named[0].Order))
	}
	if len(g.Orders) == 0 {
		return d.guessByTime(ctx, f)
	}
	g.Sure = len(g.Orders) == 1 && len(match.Unsure) == 0
	return nil
}

func ordersOf(all []data.FoundOrder) string {
	var numbers []string
	for _, o := range all {
		numbers = append(numbers, o.Order)
	}
	return strings.Join(numbers, ", ")
}

// ordersNamed gives the orders whose numbers, or whose parcels' numbers, stand whole
// in the name of a file or of its folder.
func (d *Desk) ordersNamed(ctx context.Context, path string) ([]data.FoundOrder, error) {
	base := filepath.Base(path)
	numbers := numbersIn(strings.TrimSuffix(base, filepath.Ext(base)))
	numbers = append(numbers, numbersIn(filepath.Base(filepath.Dir(path)))...)
	var all []data.FoundOrder
	for _, n := range numbers {
		byNumber, err := d.store.OrdersByNumber(ctx, n)
		if err != nil {
			return nil, err
		}
		byTracking, err := d.store.OrdersByTracking(ctx, strings.ToUpper(n))
		if err != nil {
			return nil, err
		}
		for i, id := range append(byNumber, byTracking...) {
			if slices.ContainsFunc(all, func(o data.FoundOrder) bool { return o.OrderID == id }) {
				continue
			}
			o, err := d.foundOrder(ctx, id, data.GroundName)
			if err != nil {
				return nil, err
			}
			o.Number = n
			if i >= len(byNumber) {
				o.Tracking = strings.ToUpper(n)
			}
			all = append(all, o)
		}
	}
	return all, nil
}

func (d *Desk) foundOrder(ctx context.Context, id int64, ground data.FoundGround) (data.FoundOrder, error) {
	order, err := d.store.Order(ctx, id)
	if err != nil {
		return data.FoundOrder{}, err
	}
	return data.FoundOrder{OrderID: id, Order: order.Number, Shop: order.Shop.Name, Ground: ground}, nil
}

// numbersIn gives what may be a whole number of an order or parcel in a name, the
// longest first. One of fewer than seven signs counts with a # before it alone: a
// camera numbers its pictures too.
func numbersIn(name string) []string {
	runes := []rune(name)
	inside := func(i int) bool {
		return i >= 0 && i < len(runes) && (unicode.IsLetter(runes[i]) || unicode.IsDigit(runes[i]))
	}
	var all []string
	for from := range runes {
		if !inside(from) || inside(from-1) {
			continue
		}
		for to := from; to < min(len(runes), from+40); to++ {
			if inside(to) && !inside(to+1) {
				all = append(all, numberIn(string(runes[from:to+1]), from > 0 && runes[from-1] == '#')...)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	return all[:min(len(all), nameMost)]
}

// numberIn gives as what a part of a name is tried; hash: a # stands before it.
func numberIn(text string, hash bool) []string {
	switch n := digits(text); {
	case n >= 5 && len(text) >= 7:
		return []string{text}
	case n >= 3 && hash:
		return []string{"#" + text, text}
	}
	return nil
}

func digits(text string) (n int) {
	for _, r := range text {
		if r >= '0' && r <= '9' {
			n++
		}
	}
	return n
}

// guessByTime names the orders that were shipped about when a picture was taken. That
// is never sure.
func (d *Desk) guessByTime(ctx context.Context, f *data.FoundFile) error {
	g := &f.Guess
	if g.Clock || g.At.IsZero() {
		return nil
	}
	ids, err := d.store.ShippedNear(ctx, g.At.Add(-nearShip), g.At.Add(nearShip), nearMost+1)
	if err != nil || len(ids) > nearMost {
		return err // so many say nothing
	}
	for _, id := range ids {
		order, err := d.store.Order(ctx, id)
		if err != nil {
			return err
		}
		if _, day := data.DayOf(order.ShippedAt); day {
			continue // a date has no hour
		}
		g.Orders = append(g.Orders, data.FoundOrder{
			OrderID: id, Order: order.Number, Shop: order.Shop.Name, Ground: data.GroundTime,
			Minutes: int(order.ShippedAt.Sub(g.At).Abs().Minutes()),
		})
	}
	slices.SortStableFunc(g.Orders, func(a, b data.FoundOrder) int { return cmp.Compare(a.Minutes, b.Minutes) })
	if len(g.Orders) > 0 {
		g.Why = append(g.Why, sayNear.With())
	}
	return nil
}

// followLabels names for pictures without a number the order whose label was
// photographed before them, in the same folder and not long ago: one photographs the
// label, then the parcel. A camera whose clock is off still tells the order of its
// own pictures.
func (d *Desk) followLabels(ctx context.Context) error {
	waiting, err := d.store.FoundIn(ctx, data.FoundWaiting, foundMost)
	if err != nil {
		return err
	}
	changed := follows(waiting)
	for batch := range slices.Chunk(changed, foundBatch) {
		err := d.record(ctx, func(ctx context.Context, tx *store.Tx) (deed, error) {
			for _, f := range batch {
				now, err := tx.FoundByID(ctx, f.ID)
				if err != nil || now.State != data.FoundWaiting {
					continue
				}
				now.Guess = f.Guess
				if err := tx.PutFound(&now); err != nil {
					return deed{}, err
				}
			}
			return foundDeed("found.follow", "", map[string]int{"files": len(batch)}), nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// follows gives the pictures whose guess changes by the label that was photographed
// before them.
func follows(waiting []data.FoundFile) (changed []data.FoundFile) {
	all := slices.DeleteFunc(slices.Clone(waiting), func(f data.FoundFile) bool {
		return !f.Guess.Read || f.Guess.At.IsZero() || f.Kind != data.FoundPicture && f.Kind != data.FoundVideo
	})
	slices.SortStableFunc(all, func(a, b data.FoundFile) int {
		return cmp.Or(cmp.Compare(filepath.Dir(a.Path), filepath.Dir(b.Path)), a.Guess.At.Compare(b.Guess.At), cmp.Compare(a.Path, b.Path))
	})
	var label *data.FoundFile
	for i := range all {
		f := &all[i]
		if label != nil && !sameCamera(label, f) {
			label = nil
		}
		switch {
		case hasNumber(f): // it says itself whose it is, or that it is unsure
			if label = nil; f.Guess.Sure && f.Guess.Orders[0].Ground == data.GroundLabel {
				label = f
			}
		case foreign(f):
			label = nil // somebody else's parcel begins here
		case label != nil && f.Guess.At.Sub(label.Guess.At) <= followMost && !followsAlready(f, label):
			f.Guess = followed(f.Guess, label)
			changed = append(changed, *f)
		}
	}
	return changed
}

// sameCamera reports whether the times of two pictures can be compared.
func sameCamera(a, b *data.FoundFile) bool {
	return filepath.Dir(a.Path) == filepath.Dir(b.Path) && a.Guess.Camera == b.Guess.Camera && a.Guess.Clock == b.Guess.Clock
}

// hasNumber reports whether a number in a picture or its name names an order.
func hasNumber(f *data.FoundFile) bool {
	return len(f.Guess.Orders) > 0 && (f.Guess.Orders[0].Ground == data.GroundLabel || f.Guess.Orders[0].Ground == data.GroundName)
}

func followsAlready(f, label *data.FoundFile) bool {
	o := f.Guess.Orders
	return len(o) > 0 && o[0].Ground == data.GroundFollows && o[0].OrderID == label.Guess.Orders[0].OrderID
}

// foreign reports whether a picture shows a label of a parcel that is not known.
func foreign(f *data.FoundFile) bool {
	return slices.ContainsFunc(f.Guess.Why, func(t data.Text) bool { return t.Key == phraseForeign.Key })
}

// followed is a guess with the order of the label before it in front.
func followed(g data.FoundGuess, label *data.FoundFile) data.FoundGuess {
	first := label.Guess.Orders[0]
	first.Ground, first.Number, first.Picture = data.GroundFollows, "", filepath.Base(label.Path)
	first.Minutes = int(g.At.Sub(label.Guess.At).Minutes())
	rest := slices.DeleteFunc(slices.Clone(g.Orders), func(o data.FoundOrder) bool {
		return o.Ground == data.GroundFollows || o.OrderID == first.OrderID
	})
	g.Orders, g.Sure = append([]data.FoundOrder{first}, rest...), false
	g.Why = slices.DeleteFunc(slices.Clone(g.Why), func(t data.Text) bool { return t.Key == sayFollows.Key || t.Key == sayNear.Key })
	g.Why = append(g.Why, sayFollows.With("order", first.Order))
	return g
}
