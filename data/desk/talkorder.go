package desk

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode"
)

// An orderFinder finds the orders that messages are about, and remembers whom it
// asked for: a mailbox holds thousands of mails of few people.
type orderFinder struct {
	desk     *Desk
	numbers  map[string][]int64
	contacts map[string][]datedOrder
}

type datedOrder struct {
	id int64
	at time.Time
}

func (d *Desk) orderFinder() *orderFinder {
	return &orderFinder{desk: d, numbers: map[string][]int64{}, contacts: map[string][]datedOrder{}}
}

const (
	maxNumbers  = 40      // tokens of one text that are looked up
	maxFinders  = 200_000 // answers that are remembered
	shortNumber = 4       // characters of the shortest number that is looked up
)

// of finds the order of a message: by a number in it, else by its author; of
// several orders of a buyer the last before it. 0: none.
func (f *orderFinder) of(ctx context.Context, text string, at time.Time, people ...string) (int64, error) {
	named, err := f.named(ctx, text)
	if err != nil || len(named) > 0 {
		return first0(named), err
	}
	for _, who := range people {
		ids, err := f.contact(ctx, who, at)
		if err != nil || len(ids) > 0 {
			return first0(ids), err
		}
	}
	return 0, nil
}

func first0(ids []int64) int64 {
	if len(ids) == 0 {
		return 0
	}
	return ids[0]
}

// named gives the orders whose numbers stand in a text, in its order.
func (f *orderFinder) named(ctx context.Context, text string) ([]int64, error) {
	var found []int64
	tried := map[string]bool{}
	for token := range strings.FieldsFuncSeq(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' && r != '#' && r != '_'
	}) {
		token = strings.Trim(token, "-_")
		if len(token) < shortNumber || len(token) > 60 || !strings.ContainsFunc(token, unicode.IsDigit) || tried[token] {
			continue
		}
		if len(tried) >= maxNumbers {
			break
		}
		tried[token] = true
		ids, err := f.number(ctx, token)
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			if !slices.Contains(found, id) {
				found = append(found, id)
			}
		}
	}
	return found, nil
}

func (f *orderFinder) number(ctx context.Context, token string) ([]int64, error) {
	if ids, ok := f.numbers[token]; ok {
		return ids, nil
	}
	ids, err := f.desk.OrdersByNumber(ctx, token)
	if err != nil {
		return nil, err
	}
	if len(ids) == 0 && strings.HasPrefix(token, "#") {
		if ids, err = f.desk.OrdersByNumber(ctx, token[1:]); err != nil {
			return nil, err
		}
	}
	if len(f.numbers) < maxFinders {
		f.numbers[token] = ids
	}
	return ids, nil
}

// contact gives the orders of a buyer, the last before a time first.
func (f *orderFinder) contact(ctx context.Context, who string, at time.Time) ([]int64, error) {
	who = strings.TrimSpace(who)
	if who == "" {
		return nil, nil
	}
	list, ok := f.contacts[who]
	if !ok {
		ids, err := f.desk.store.OrdersOfContact(ctx, who)
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			order, err := f.desk.store.Order(ctx, id)
			if err != nil {
				return nil, err
			}
			list = append(list, datedOrder{id, order.OrderedAt})
		}
		if len(f.contacts) < maxFinders {
			f.contacts[who] = list
		}
	}
	sorted := slices.Clone(list)
	slices.SortStableFunc(sorted, func(a, b datedOrder) int {
		if before, other := beforeOrAt(a.at, at), beforeOrAt(b.at, at); before != other {
			if before {
				return -1
			}
			return 1
		}
		return b.at.Compare(a.at)
	})
	ids := make([]int64, len(sorted))
	for i, o := range sorted {
		ids[i] = o.id
	}
	return ids, nil
}

func beforeOrAt(ordered, at time.Time) bool {
	return at.IsZero() || !ordered.After(at.Add(24*time.Hour))
}
