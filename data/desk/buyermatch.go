package desk

import (
	"cmp"
	"context"
	"slices"

	"casebinder/data"
	"casebinder/data/buyer"
	"casebinder/data/store"
)

// A BuyerMatch is an account of which something says that it may be the same
// person's, and what.
type BuyerMatch struct {
	Account  BuyerAccount
	Grounds  []buyer.Ground // the strongest first
	Strength buyer.Strength
}

// Matches are the accounts that may be one person with a buyer, and what was left
// out.
type Matches struct {
	List  []BuyerMatch   // the strongest first
	Notes []data.Finding // marks that a crowd shares, accounts that are not listed
}

// How much of a buyer is compared.
const (
	matchMarks = 200 // of an account
	matchMost  = 30  // accounts that are listed
)

var (
	sayMarksCapped   = data.DefinePhrase("buyer.match.marks", "This buyer has more addresses, phones and e-mails than are compared: the first {limit} of an account are.")
	sayMatchesCapped = data.DefinePhrase("buyer.match.capped", "{count} accounts may be the same person; the {limit} most likely ones are listed.")
)

// BuyerMatches tells which other accounts may be the person behind an account.
// Accounts that a person said are one with it, or are somebody else, are left out.
func (d *Desk) BuyerMatches(ctx context.Context, id int64) (Matches, error) {
	accounts, err := d.store.AccountsOf(ctx, id)
	if err != nil {
		return Matches{}, err
	}
	return d.matchesOf(ctx, accounts)
}

func (d *Desk) matchesOf(ctx context.Context, accounts []store.Account) (Matches, error) {
	var out Matches
	ids := make([]int64, len(accounts))
	for i, a := range accounts {
		ids[i] = a.ID
	}
	carried, err := d.store.BuyerMarks(ctx, ids, matchMarks+1)
	if err != nil {
		return out, err
	}
	var marks []data.BuyerMark
	for _, id := range ids {
		if len(carried[id]) > matchMarks {
			out.Notes = append(out.Notes, data.Finding{Rule: "buyer.match.marks", Severity: data.Info, Why: sayMarksCapped.With("limit", matchMarks)})
		}
		for _, m := range carried[id][:min(len(carried[id]), matchMarks)] {
			if !slices.Contains(marks, m) {
				marks = append(marks, m)
			}
		}
	}
	shared, crowds, err := d.sharedWith(ctx, ids, marks)
	if err != nil {
		return out, err
	}
	out.Notes = append(out.Notes, buyer.Crowded(crowds)...)
	apart, err := d.apartFrom(ctx, ids)
	if err != nil {
		return out, err
	}
	var others []int64
	for other := range shared {
		if !apart[other] {
			others = append(others, other)
		}
	}
	of, err := d.store.Accounts(ctx, others)
	if err != nil {
		return out, err
	}
	for _, other := range others {
		grounds := buyer.Grounds(namesOf(accounts), []string{of[other].Name}, shared[other])
		if len(grounds) > 0 {
			out.List = append(out.List, BuyerMatch{Account: of[other], Grounds: grounds, Strength: grounds[0].Strength})
		}
	}
	slices.SortFunc(out.List, func(a, b BuyerMatch) int {
		return cmp.Or(cmp.Compare(a.Strength.Rank(), b.Strength.Rank()), cmp.Compare(len(b.Grounds), len(a.Grounds)), cmp.Compare(a.Account.ID, b.Account.ID))
	})
	if n := len(out.List); n > matchMost {
		out.List = out.List[:matchMost]
		out.Notes = append(out.Notes, data.Finding{Rule: "buyer.match.capped", Severity: data.Info, Why: sayMatchesCapped.With("count", n, "limit", matchMost)})
	}
	return out, nil
}

func namesOf(accounts []store.Account) []string {
	var names []string
	for _, a := range accounts {
		if a.Name != "" {
			names = append(names, a.Name)
		}
	}
	return names
}

// sharedWith looks up who else carries some marks, also as what pays for the one and
// is the mail of the other.
func (d *Desk) sharedWith(ctx context.Context, but []int64, marks []data.BuyerMark) (map[int64][]buyer.Shared, []data.SharedMark, error) {
	of := map[int64][]buyer.Shared{}
	var crowds []data.SharedMark
	look := func(m data.BuyerMark, as data.MarkKind) error {
		ids, err := d.store.BuyersSharing(ctx, data.BuyerMark{Kind: as, Value: m.Value}, data.MarkCrowd+1)
		if err != nil {
			return err
		}
		if len(ids) > data.MarkCrowd {
			crowds = append(crowds, data.SharedMark{BuyerMark: m, Others: len(ids), Crowd: true})
			return nil
		}
		for _, id := range ids {
			if !slices.Contains(but, id) {
				of[id] = append(of[id], buyer.Shared{BuyerMark: m, As: as, Count: len(ids)})
			}
		}
		return nil
	}
	for _, m := range marks {
		if err := look(m, m.Kind); err != nil {
			return nil, nil, err
		}
		for from, to := range map[data.MarkKind]data.MarkKind{data.MarkEmail: data.MarkPayer, data.MarkPayer: data.MarkEmail} {
			if m.Kind == from {
				if err := look(m, to); err != nil {
					return nil, nil, err
				}
			}
		}
	}
	return of, crowds, nil
}

// apartFrom gives the accounts that a person said are somebody else than one of some.
func (d *Desk) apartFrom(ctx context.Context, ids []int64) (map[int64]bool, error) {
	apart := map[int64]bool{}
	for _, id := range ids {
		pairs, err := d.store.Apart(ctx, id)
		if err != nil {
			return nil, err
		}
		for _, p := range pairs {
			apart[p[0]], apart[p[1]] = true, true
		}
	}
	for _, id := range ids {
		delete(apart, id)
	}
	return apart, nil
}
