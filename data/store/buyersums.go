package store

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"casebinder/data"
)

// headSQL is the account that stands for a buyer's person: the lowest of its own.
const headSQL = "coalesce((SELECT min(m.id) FROM buyer m WHERE m.person_id = b.person_id), b.id)"

// headsOf gives the account that stands for the person of each of some buyers.
func (r *Reader) headsOf(ctx context.Context, ids []int64) (map[int64]int64, error) {
	heads := make(map[int64]int64, len(ids))
	err := chunks64(ids, func(marks string, args []any) error {
		_, err := all(ctx, r, "SELECT b.id, "+headSQL+" FROM buyer b WHERE b.id IN ("+marks+")", args, func(row scanner) (none struct{}, err error) {
			var id, head int64
			err = row.Scan(&id, &head)
			heads[id] = head
			return none, err
		})
		return err
	})
	return heads, err
}

// chunks64 is chunks for wide ids.
func chunks64(ids []int64, f func(marks string, args []any) error) error {
	for part := range slices.Chunk(ids, 500) {
		args := make([]any, len(part))
		for i, id := range part {
			args[i] = id
		}
		if err := f(marks(len(part)), args); err != nil {
			return err
		}
	}
	return nil
}

// A sum is what was paid in one currency.
type sum struct {
	Currency string `json:"currency"`
	Minor    int64  `json:"minor"`
	Orders   int    `json:"orders"`
}

// sums are a row of buyer_stat.
type sums struct {
	head              int64
	shops             []string // ids
	orders, off       int
	first, last       time.Time
	spent             []sum
	units, most       int64
	disputes, ratings int
}

// add counts an order in.
func (s *sums) add(o *boughtOrder) {
	if shop := strconv.FormatInt(o.shop, 10); !slices.Contains(s.shops, shop) {
		s.shops = append(s.shops, shop)
	}
	s.disputes, s.ratings = s.disputes+o.disputes, s.ratings+o.feedback
	if at := o.at; !at.IsZero() {
		if s.first.IsZero() || at.Before(s.first) {
			s.first = at
		}
		if at.After(s.last) {
			s.last = at
		}
	}
	if o.status == data.StatusCanceled || o.status == data.StatusUnpaid {
		s.off++
		return
	}
	s.orders++
	s.units, s.most = plus(s.units, o.units), max(s.most, o.most)
	paid := o.total
	switch {
	case o.refunded.Minor > 0 && o.refunded.Currency == paid.Currency:
		paid.Minor = max(0, paid.Minor-o.refunded.Minor)
	case o.status == data.StatusRefunded && o.refunded.Minor == 0: // how much was not told
		paid.Minor = 0
	}
	if paid.Currency != "" {
		s.pay(sum{paid.Currency, paid.Minor, 1})
	}
}

func (s *sums) pay(more sum) {
	i := slices.IndexFunc(s.spent, func(one sum) bool { return one.Currency == more.Currency })
	if i < 0 {
		s.spent = append(s.spent, more)
		return
	}
	s.spent[i].Minor, s.spent[i].Orders = plus(s.spent[i].Minor, more.Minor), s.spent[i].Orders+more.Orders
}

// plus adds, and stays at the largest number where a file's numbers are absurd.
func plus(a, b int64) int64 {
	if c := a + b; b <= 0 || c > a {
		return c
	}
	return 1<<63 - 1
}

// main is the currency of most of the orders; the first by name where several are.
func (s *sums) main() sum {
	if len(s.spent) == 0 {
		return sum{}
	}
	slices.SortFunc(s.spent, func(a, b sum) int { return cmp.Or(b.Orders-a.Orders, strings.Compare(a.Currency, b.Currency)) })
	return s.spent[0]
}

const sumsSelect = "SELECT buyer_id, shops, orders, called_off, first_at, last_at, spend_minor, spend_currency, spend_other, units, most_units, disputes, feedback FROM buyer_stat WHERE buyer_id IN ("

func scanSums(row scanner) (s sums, err error) {
	var shops string
	var only sum
	if err := row.Scan(&s.head, &shops, &s.orders, &s.off, moment{&s.first}, moment{&s.last}, &only.Minor, &only.Currency, jsonText{&s.spent}, &s.units, &s.most,
		&s.disputes, &s.ratings); err != nil {
		return s, err
	}
	if shops = strings.Trim(shops, ","); shops != "" {
		s.shops = strings.Split(shops, ",")
	}
	if len(s.spent) == 0 && only.Currency != "" {
		only.Orders = s.orders
		s.spent = []sum{only}
	}
	return s, nil
}

// addSums adds orders to the sums of their buyers' persons.
func (t *Tx) addSums(orders []boughtOrder) error {
	var ids []int64
	for i := range orders {
		if id := orders[i].buyer; id != 0 {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	heads, err := t.headsOf(t.ctx, slices.Compact(ids))
	if err != nil {
		return err
	}
	of := make(map[int64]*sums, len(heads))
	var known []int64
	for _, head := range heads {
		if of[head] == nil {
			of[head] = &sums{head: head}
			known = append(known, head)
		}
	}
	slices.Sort(known)
	err = chunks64(known, func(marks string, args []any) error {
		some, err := all(t.ctx, &t.Reader, sumsSelect+marks+")", args, scanSums)
		for i := range some {
			of[some[i].head] = &some[i]
		}
		return err
	})
	if err != nil {
		return err
	}
	for i := range orders {
		if s := of[heads[orders[i].buyer]]; s != nil {
			s.add(&orders[i])
		}
	}
	for _, head := range known {
		if err := t.putSums(of[head]); err != nil {
			return err
		}
	}
	return nil
}

// remakeSums makes the sums of the persons of some buyers anew from the orders that
// were looked at. Accounts that stand for a person no more lose theirs.
func (t *Tx) remakeSums(ids []int64) error {
	upto, err := t.keptUpto(t.ctx)
	if err != nil {
		return err
	}
	heads, err := t.headsOf(t.ctx, ids)
	if err != nil {
		return err
	}
	made := map[int64]bool{}
	for _, id := range ids {
		head := heads[id]
		if id != head {
			if _, err := t.run("DELETE FROM buyer_stat WHERE buyer_id = ?", id); err != nil {
				return err
			}
		}
		if made[head] || head == 0 {
			continue
		}
		made[head] = true
		s := &sums{head: head}
		err := t.eachCounted(head, membersSQL, upto, nil, func(c *counted) error {
			for i := range c.orders {
				s.add(&c.orders[i])
			}
			return nil
		})
		if err != nil {
			return err
		}
		if s.orders+s.off == 0 {
			if _, err := t.run("DELETE FROM buyer_stat WHERE buyer_id = ?", head); err != nil {
				return err
			}
			continue
		}
		if err := t.putSums(s); err != nil {
			return err
		}
	}
	return nil
}

// sumsInsert changes a row rather than replacing it: what stays stays in the indexes.
const sumsInsert = "INSERT INTO buyer_stat (buyer_id, name, shops, orders, called_off, first_at, last_at, spend_minor, spend_currency, spend_other, units, most_units, disputes, feedback) " +
	"SELECT id, CASE WHEN name <> '' THEN name ELSE handle END, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM buyer WHERE id = ? " +
	"ON CONFLICT (buyer_id) DO UPDATE SET name = excluded.name, shops = excluded.shops, orders = excluded.orders, called_off = excluded.called_off, " +
	"first_at = excluded.first_at, last_at = excluded.last_at, spend_minor = excluded.spend_minor, spend_currency = excluded.spend_currency, " +
	"spend_other = excluded.spend_other, units = excluded.units, most_units = excluded.most_units, disputes = excluded.disputes, feedback = excluded.feedback"

func (t *Tx) putSums(s *sums) error {
	most := s.main()
	var several []sum
	if len(s.spent) > 1 {
		several = s.spent
	}
	_, err := t.run(sumsInsert, ","+strings.Join(s.shops, ",")+",", s.orders, s.off, ms(s.first), ms(s.last), most.Minor, most.Currency,
		jsonText{several}, s.units, s.most, s.disputes, s.ratings, s.head)
	return err
}
