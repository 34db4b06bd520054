package desk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"casebinder/data"
	"casebinder/data/store"
	"casebinder/data/tongue"
)

var (
	problemSameBuyer = data.DefineProblem("buyer_same", data.ErrConflict,
		"{a} and {b} are already treated as one person.", "Nothing needs to be done.")
	problemManyAccounts = data.DefineProblem("buyer_accounts", data.ErrLimit,
		"One person would then have {count} accounts; the limit is {limit}.", "First separate the accounts that belong to somebody else.")
	problemTone = data.DefineProblem("buyer_tone", data.ErrInvalid,
		"There is no tone “{tone}”.", "Choose short, warm or formal, or none.")
	problemTags = data.DefineProblem("buyer_tags", data.ErrLimit,
		"There are {count} tags; the limit is {limit} tags of {length} characters each.", "Keep the tags that you search for.")
)

// maxAccounts is how many accounts one person may have.
const maxAccounts = 200

// People are told who some accounts are, for the journal: by platform and handle.
type toldPeople struct {
	Person map[string]string `json:"person"`
	Apart  [][2]string       `json:"apart,omitempty"`
}

// JoinBuyers writes a person's word that two accounts, with all that each is one
// with already, are one person. It can be undone; an import changes nothing of it.
func (d *Desk) JoinBuyers(ctx context.Context, a, b int64) error {
	return d.act(ctx, func(ctx context.Context, tx *store.Tx) (deed, error) {
		one, two, err := sides(ctx, tx, a, b)
		if err != nil {
			return deed{}, err
		}
		if slices.Contains(one, b) {
			return deed{}, problemSameBuyer.New("a", keyOf(ctx, tx, a), "b", keyOf(ctx, tx, b))
		}
		if n := len(one) + len(two); n > maxAccounts {
			return deed{}, problemManyAccounts.New("count", n, "limit", maxAccounts)
		}
		before, err := tx.PeopleOf(ctx, append(slices.Clone(one), two...))
		if err != nil {
			return deed{}, err
		}
		uid := before.Person[a]
		if uid == "" {
			uid = before.Person[b]
		}
		if uid == "" {
			if uid, err = newUID(); err != nil {
				return deed{}, err
			}
		}
		after := store.People{Person: map[int64]string{}}
		for id := range before.Person {
			after.Person[id] = uid
		}
		return peopleStep("buyer.join", a, before, after)(ctx, tx)
	})
}

// PartBuyers writes a person's word that two accounts are two people: of one person
// the second leaves; that they are alike is not asked again. It can be undone.
func (d *Desk) PartBuyers(ctx context.Context, a, b int64) error {
	return d.act(ctx, func(ctx context.Context, tx *store.Tx) (deed, error) {
		one, two, err := sides(ctx, tx, a, b)
		if err != nil {
			return deed{}, err
		}
		together := slices.Contains(one, b)
		if together {
			one, two = slices.DeleteFunc(one, func(id int64) bool { return id == b }), []int64{b}
		}
		before, err := tx.PeopleOf(ctx, append(slices.Clone(one), two...))
		if err != nil {
			return deed{}, err
		}
		after := store.People{Person: map[int64]string{}, Apart: slices.Clone(before.Apart)}
		for id, uid := range before.Person {
			after.Person[id] = uid
		}
		if together {
			after.Person[b] = ""
			if len(one) == 1 { // who is alone is no person of several accounts
				after.Person[one[0]] = ""
			}
		}
		for _, x := range one {
			for _, y := range two {
				if pair := store.PairOf(x, y); !slices.Contains(after.Apart, pair) {
					after.Apart = append(after.Apart, pair)
				}
			}
		}
		return peopleStep("buyer.part", a, before, after)(ctx, tx)
	})
}

// sides are all accounts of the persons behind two accounts.
func sides(ctx context.Context, tx *store.Tx, a, b int64) (one, two []int64, err error) {
	for _, id := range []int64{a, b} {
		if _, err := tx.Buyer(ctx, id); err != nil {
			return nil, nil, err
		}
	}
	if a == b {
		return nil, nil, problemSameBuyer.New("a", keyOf(ctx, tx, a), "b", keyOf(ctx, tx, b))
	}
	if one, err = tx.MembersOf(ctx, a); err != nil {
		return nil, nil, err
	}
	two, err = tx.MembersOf(ctx, b)
	return one, two, err
}

// keyOf names an account as the journal does.
func keyOf(ctx context.Context, tx *store.Tx, id int64) string {
	b, err := tx.Buyer(ctx, id)
	if err != nil {
		return fmt.Sprint(id)
	}
	return string(b.Platform) + "/" + b.Handle
}

// peopleStep makes of what was said of some accounts something else.
func peopleStep(action string, about int64, from, to store.People) step {
	return func(ctx context.Context, tx *store.Tx) (deed, error) {
		keys := map[int64]string{}
		var rows []data.RowRef
		for id := range to.Person {
			keys[id] = keyOf(ctx, tx, id)
			rows = append(rows, data.RowRef{Entity: data.EntityBuyer, ID: id})
		}
		slices.SortFunc(rows, func(a, b data.RowRef) int { // the entity's own first
			if (a.ID == about) != (b.ID == about) {
				if a.ID == about {
					return -1
				}
				return 1
			}
			return int(a.ID - b.ID)
		})
		if err := tx.PutPeople(to); err != nil {
			return deed{}, err
		}
		return deed{
			Change: data.Change{Action: action, Entity: data.EntityBuyer, Key: keys[about], Before: peopleByKey(from, keys), After: peopleByKey(to, keys)},
			effect: data.EffectChanged, rows: rows, back: peopleStep(action, about, to, from),
		}, nil
	}
}

func peopleByKey(p store.People, keys map[int64]string) toldPeople {
	out := toldPeople{Person: map[string]string{}}
	for id, uid := range p.Person {
		out.Person[keys[id]] = uid
	}
	for _, pair := range p.Apart {
		out.Apart = append(out.Apart, [2]string{keys[pair[0]], keys[pair[1]]})
	}
	return out
}

// BuyerCare is what a seller notes of a person.
type BuyerCare struct {
	Note string
	Tags []string
	Tone string // one of data.BuyerTones, or ""
	// Language is what the person reads, BCP 47; "" where a person says nothing of it.
	Language string
}

// cared is what is noted of a person: at its accounts, and at its orders of which a
// person told the language.
type cared struct {
	Of    map[int64]store.Care `json:"of"`
	Reads map[int64]toldTongue `json:"reads"`
}

// Bounds of tags.
const (
	maxTags  = 20
	maxTag   = 40
	maxNotes = 20_000
)

var problemNoteLong = data.DefineProblem("buyer_note", data.ErrLimit,
	"The note has {count} characters; the limit is {limit}.", "Keep what helps with the next order.")

// SetBuyerCare writes what is noted of the person behind an account. It stands at
// the first account, and at no other; the language stands at the newest order, where
// the other orders find it. It can be undone, in one step.
func (d *Desk) SetBuyerCare(ctx context.Context, id int64, care BuyerCare) error {
	if err := care.clean(); err != nil {
		return err
	}
	accounts, err := d.store.AccountsOf(ctx, id)
	if err != nil {
		return err
	}
	if len(accounts) == 0 {
		_, err := d.store.Buyer(ctx, id)
		return err
	}
	before, newest, err := d.caredNow(ctx, accounts)
	if err != nil {
		return err
	}
	after := cared{Of: map[int64]store.Care{}, Reads: map[int64]toldTongue{}}
	for id := range before.Of {
		after.Of[id] = store.Care{}
	}
	after.Of[accounts[0].ID] = store.Care{Note: care.Note, Tags: care.Tags, Tone: care.Tone}
	for id, told := range before.Reads {
		if after.Reads[id] = told; told.Told == string(tongue.ByPerson) { // a file's word is nothing that a person takes back
			after.Reads[id] = toldTongue{}
		}
	}
	if newest != 0 && care.Language != "" {
		after.Reads[newest] = toldTongue{care.Language, string(tongue.ByPerson)}
	}
	head := accounts[0]
	of := about{"buyer.edit", data.EntityBuyer, string(head.Platform) + "/" + head.Handle, nil}
	for _, a := range accounts {
		of.rows = append(of.rows, data.RowRef{Entity: data.EntityBuyer, ID: a.ID})
	}
	for id := range after.Reads {
		of.rows = append(of.rows, data.RowRef{Entity: data.EntityOrder, ID: id})
	}
	return d.act(ctx, swap(of, before, after, func(_ context.Context, tx *store.Tx, c cared) error {
		err := tx.PutCare(c.Of)
		for id, told := range c.Reads {
			err = errors.Join(err, tx.SetOrderTongue(id, told.Language, told.Told))
		}
		return err
	}))
}

// caredNow is what is noted of a person, and its newest order; 0 where it has none.
func (d *Desk) caredNow(ctx context.Context, accounts []store.Account) (now cared, newest int64, err error) {
	now = cared{Of: map[int64]store.Care{}, Reads: map[int64]toldTongue{}}
	for _, a := range accounts {
		now.Of[a.ID] = store.Care{Note: a.Note, Tags: a.Tags, Tone: a.Tone}
	}
	ids, err := d.store.PersonTold(ctx, accounts[0].ID)
	if err != nil {
		return now, 0, err
	}
	last, _, err := d.store.OrdersOfPerson(ctx, accounts[0].ID, 1)
	if err != nil {
		return now, 0, err
	}
	for _, id := range last {
		newest = int64(id)
		ids = append(ids, newest)
	}
	for _, id := range ids {
		var told toldTongue
		if told.Language, told.Told, err = d.store.OrderTongue(ctx, id); err != nil {
			return now, newest, err
		}
		now.Reads[id] = told
	}
	return now, newest, nil
}

func (c *BuyerCare) clean() error {
	c.Note = strings.TrimSpace(strings.ToValidUTF8(c.Note, ""))
	if n := len([]rune(c.Note)); n > maxNotes {
		return problemNoteLong.New("count", n, "limit", maxNotes)
	}
	if c.Tone != "" && !slices.Contains(data.BuyerTones(), c.Tone) {
		return problemTone.New("tone", c.Tone)
	}
	lang, err := languageTag(c.Language)
	if err != nil {
		return err
	}
	c.Language = lang
	var tags []string
	for _, t := range c.Tags {
		t = strings.Join(strings.Fields(strings.ToValidUTF8(t, "")), " ")
		if t != "" && !slices.Contains(tags, t) {
			tags = append(tags, t)
		}
	}
	long := slices.ContainsFunc(tags, func(t string) bool { return len([]rune(t)) > maxTag })
	if len(tags) > maxTags || long {
		return problemTags.New("count", len(tags), "limit", maxTags, "length", maxTag)
	}
	c.Tags = tags
	return nil
}
