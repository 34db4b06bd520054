package store

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"time"

	"casebinder/data"
)

// An Account is one account of a buyer on a platform, with what the seller noted.
type Account struct {
	data.Buyer
	Person   string    // uid of the person behind it; "" where nobody said
	Note     string    //
	Tags     []string  //
	Tone     string    // one of data.BuyerTones
	ErasedAt time.Time // when the personal data went
	Orders   int
	LastAt   time.Time
}

const accountSelect = "SELECT b.id, b.platform, b.handle, b.name, b.email, b.phone, b.country, b.language, coalesce(p.uid, ''), b.note, b.tags, b.tone, b.erased_at, " +
	"(SELECT count(*) FROM orders o WHERE o.buyer_id = b.id), (SELECT max(ordered_at) FROM orders o WHERE o.buyer_id = b.id) " +
	"FROM buyer b LEFT JOIN person p ON p.id = b.person_id WHERE b.id IN ("

func scanAccount(row scanner) (a Account, err error) {
	return a, row.Scan(&a.ID, &a.Platform, &a.Handle, &a.Name, &a.Email, &a.Phone, &a.Country, &a.Language, &a.Person, &a.Note, jsonText{&a.Tags}, &a.Tone,
		moment{&a.ErasedAt}, &a.Orders, moment{&a.LastAt})
}

// AccountsOf gives all accounts of the person behind an account, the lowest id
// first.
func (r *Reader) AccountsOf(ctx context.Context, buyerID int64) ([]Account, error) {
	return all(ctx, r, accountSelect+membersSQL+") ORDER BY b.id", []any{buyerID}, scanAccount)
}

// Accounts gives some accounts, by their ids.
func (r *Reader) Accounts(ctx context.Context, ids []int64) (map[int64]Account, error) {
	of := make(map[int64]Account, len(ids))
	err := chunks64(ids, func(marks string, args []any) error {
		some, err := all(ctx, r, accountSelect+marks+")", args, scanAccount)
		for _, a := range some {
			of[a.ID] = a
		}
		return err
	})
	return of, err
}

// MembersOf gives the ids of all accounts of the person behind an account, itself
// included, in order.
func (r *Reader) MembersOf(ctx context.Context, buyerID int64) ([]int64, error) {
	return all(ctx, r, membersSQL+" ORDER BY 1", []any{buyerID}, scanOne[int64])
}

// A Pair is two accounts, the lower id first.
type Pair [2]int64

// PairOf puts two accounts in order.
func PairOf(a, b int64) Pair { return Pair{min(a, b), max(a, b)} }

// Apart gives the pairs that a person said are two people; of one account where it
// is not 0, else all.
func (r *Reader) Apart(ctx context.Context, buyerID int64) ([]Pair, error) {
	return all(ctx, r, "SELECT a, b FROM buyer_apart WHERE ?1 = 0 OR a = ?1 OR b = ?1 ORDER BY a, b", []any{buyerID}, func(row scanner) (p Pair, err error) {
		return p, row.Scan(&p[0], &p[1])
	})
}

// People is what persons said of who some accounts are: the person behind each, ""
// where nobody said, and which of them are two people.
type People struct {
	Person map[int64]string
	Apart  []Pair // pairs of which both are in Person
}

// PeopleOf gives what was said of some accounts.
func (r *Reader) PeopleOf(ctx context.Context, ids []int64) (People, error) {
	p := People{Person: map[int64]string{}}
	accounts, err := r.Accounts(ctx, ids)
	if err != nil {
		return p, err
	}
	for id, a := range accounts {
		p.Person[id] = a.Person
	}
	for _, id := range slices.Sorted(slices.Values(ids)) {
		pairs, err := r.Apart(ctx, id)
		if err != nil {
			return p, err
		}
		for _, pair := range pairs {
			_, both := p.Person[pair[1]]
			if pair[0] == id && both {
				p.Apart = append(p.Apart, pair)
			}
		}
	}
	return p, nil
}

// PutPeople writes who some accounts are, and makes their sums anew.
func (t *Tx) PutPeople(p People) error {
	ids := make([]int64, 0, len(p.Person))
	for id := range p.Person {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for _, id := range ids {
		person, err := t.personOf(p.Person[id])
		if err != nil {
			return err
		}
		if err := t.change(data.EntityBuyer, id, "UPDATE buyer SET person_id = ? WHERE id = ?", ref(person), id); err != nil {
			return err
		}
	}
	for i, a := range ids {
		for _, b := range ids[i+1:] {
			if _, err := t.exec("DELETE FROM buyer_apart WHERE a = ? AND b = ?", a, b); err != nil {
				return err
			}
		}
	}
	for _, pair := range p.Apart {
		if _, err := t.exec("INSERT INTO buyer_apart (a, b, at, by) VALUES (?, ?, ?, ?)", pair[0], pair[1], ms(t.now), t.operator); err != nil {
			return err
		}
	}
	if _, err := t.exec("DELETE FROM person WHERE NOT EXISTS (SELECT 1 FROM buyer WHERE person_id = person.id)"); err != nil {
		return err
	}
	return t.remakeSums(ids)
}

// personOf gives the row of a person, who is made where there is none; 0 for "".
func (t *Tx) personOf(uid string) (int64, error) {
	if uid == "" {
		return 0, nil
	}
	id, err := first(t.ctx, &t.Reader, "SELECT id FROM person WHERE uid = ?", []any{uid}, scanOne[int64])
	if errors.Is(err, sql.ErrNoRows) {
		return t.insert(insertSQL("person", "uid, created_at, created_by"), uid, ms(t.now), t.operator)
	}
	return id, err
}

// Care is what a seller notes of an account.
type Care struct {
	Note string   `json:"note"`
	Tags []string `json:"tags"`
	Tone string   `json:"tone"`
}

// PutCare writes what is noted of some accounts.
func (t *Tx) PutCare(care map[int64]Care) error {
	for id, c := range care {
		if err := t.change(data.EntityBuyer, id, "UPDATE buyer SET note = ?, tags = ?, tone = ? WHERE id = ?", c.Note, jsonText{c.Tags}, c.Tone, id); err != nil {
			return err
		}
	}
	return nil
}

// BuyerMarks gives the marks of some accounts, at most n of each.
func (r *Reader) BuyerMarks(ctx context.Context, ids []int64, n int) (map[int64][]data.BuyerMark, error) {
	of := make(map[int64][]data.BuyerMark, len(ids))
	for _, id := range ids {
		list, err := all(ctx, r, "SELECT kind, mark FROM buyer_mark WHERE buyer_id = ? LIMIT ?", []any{id, n}, func(row scanner) (m data.BuyerMark, err error) {
			return m, row.Scan(&m.Kind, &m.Value)
		})
		if err != nil {
			return nil, err
		}
		of[id] = list
	}
	return of, nil
}

// BuyersSharing gives the accounts that carry a mark, at most limit.
func (r *Reader) BuyersSharing(ctx context.Context, m data.BuyerMark, limit int) ([]int64, error) {
	return all(ctx, r, "SELECT buyer_id FROM buyer_mark WHERE kind = ? AND mark = ? ORDER BY buyer_id LIMIT ?", []any{string(m.Kind), m.Value, limit}, scanOne[int64])
}

// A Carrier is an account that carries a mark with others.
type Carrier struct {
	Mark   data.BuyerMark
	ID     int64
	Name   string
	Person int64 // 0: nobody said
}

// SharedBy gives, mark by mark, the accounts of each mark of a kind that several and
// at most most accounts carry.
func (r *Reader) SharedBy(ctx context.Context, kind data.MarkKind, most int, each func([]Carrier)) error {
	// CROSS keeps the order: else the buyer of each mark is looked up first.
	rows, err := r.q.QueryContext(ctx, "SELECT m.mark, m.buyer_id, b.name, coalesce(b.person_id, 0) FROM "+
		"(SELECT mark FROM buyer_mark WHERE kind = ?1 GROUP BY mark HAVING count(*) BETWEEN 2 AND ?2) g "+
		"CROSS JOIN buyer_mark m ON m.kind = ?1 AND m.mark = g.mark CROSS JOIN buyer b ON b.id = m.buyer_id ORDER BY g.mark", string(kind), most)
	if err != nil {
		return readError(ctx, err, r.path)
	}
	defer rows.Close() //nolint:errcheck // rows.Err below tells what matters
	var group []Carrier
	for rows.Next() {
		c := Carrier{Mark: data.BuyerMark{Kind: kind}}
		if err := rows.Scan(&c.Mark.Value, &c.ID, &c.Name, &c.Person); err != nil {
			return readError(ctx, err, r.path)
		}
		if len(group) > 0 && group[0].Mark != c.Mark {
			each(group)
			group = group[:0]
		}
		group = append(group, c)
	}
	if err := rows.Err(); err != nil {
		return readError(ctx, err, r.path)
	}
	if len(group) > 0 {
		each(group)
	}
	return nil
}

// Heads gives the accounts that stand for the persons of some accounts, each once,
// in order.
func (r *Reader) Heads(ctx context.Context, ids []int64) ([]int64, error) {
	of, err := r.headsOf(ctx, ids)
	heads := make([]int64, 0, len(of))
	for _, head := range of {
		heads = append(heads, head)
	}
	slices.Sort(heads)
	return slices.Compact(heads), err
}

// OrdersOfPerson gives the newest n orders of the person behind an account, and how
// many there are.
func (r *Reader) OrdersOfPerson(ctx context.Context, buyerID int64, n int) (ids []int32, total int, err error) {
	ids, err = all(ctx, r, "SELECT id FROM orders WHERE buyer_id IN ("+membersSQL+") ORDER BY ordered_at DESC, id DESC LIMIT ?2", []any{buyerID, n}, scanOne[int32])
	if err != nil {
		return nil, 0, err
	}
	total, err = first(ctx, r, "SELECT count(*) FROM orders WHERE buyer_id IN ("+membersSQL+")", []any{buyerID}, scanOne[int])
	return ids, total, err
}

// MessagesOfPerson gives the newest n messages about the orders of the person behind
// an account, oldest first, and how many there are.
func (r *Reader) MessagesOfPerson(ctx context.Context, buyerID int64, n int) (list []data.Message, total int, err error) {
	const theirs = "order_id IN (SELECT id FROM orders WHERE buyer_id IN (" + membersSQL + "))"
	list, err = all(ctx, r, messageSelect+theirs+" ORDER BY sent_at DESC, id DESC LIMIT ?2", []any{buyerID, n}, scanMessage)
	if err != nil {
		return nil, 0, err
	}
	slices.Reverse(list)
	total, err = first(ctx, r, "SELECT count(*) FROM message WHERE "+theirs, []any{buyerID}, scanOne[int])
	return list, total, err
}

// DisputesOfPerson gives the newest n disputes on the orders of the person behind an
// account.
func (r *Reader) DisputesOfPerson(ctx context.Context, buyerID int64, n int) ([]int32, error) {
	return all(ctx, r, "SELECT id FROM dispute WHERE order_id IN (SELECT id FROM orders WHERE buyer_id IN ("+membersSQL+")) AND binned_at IS NULL "+
		"ORDER BY opened_at DESC, id DESC LIMIT ?2", []any{buyerID, n}, scanOne[int32])
}

// FeedbackOfPerson gives the newest n feedback on the orders of the person behind an
// account.
func (r *Reader) FeedbackOfPerson(ctx context.Context, buyerID int64, n int) ([]data.Feedback, error) {
	ids, err := all(ctx, r, "SELECT id FROM feedback WHERE order_id IN (SELECT id FROM orders WHERE buyer_id IN ("+membersSQL+")) AND binned_at IS NULL AND given = 0 "+
		"ORDER BY left_at DESC, id DESC LIMIT ?2", []any{buyerID, n}, scanOne[int32])
	if err != nil {
		return nil, err
	}
	return r.FeedbackRows(ctx, ids)
}
