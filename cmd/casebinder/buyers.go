package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/desk"
)

// buyerItem is a person as --json prints it. Sums stand by currency; no rate is
// guessed.
type buyerItem struct {
	Name      string          `json:"name"`
	Handle    string          `json:"handle"`
	Platforms []data.Platform `json:"platforms"`
	Shops     []string        `json:"shops"`
	Country   string          `json:"country,omitempty"`
	Language  string          `json:"language,omitempty"`
	Accounts  int             `json:"accounts"`
	Orders    int             `json:"orders"`               // that were not called off
	CalledOff int             `json:"called_off,omitempty"` // canceled, or never paid
	Spend     []spendItem     `json:"spend"`
	Units     int64           `json:"units"`
	Disputes  int             `json:"disputes"`
	Feedback  int             `json:"feedback"`
	First     string          `json:"first,omitempty"`
	Last      string          `json:"last,omitempty"`
	EveryDays int             `json:"every_days,omitempty"` // the usual time between orders
	Next      string          `json:"next,omitempty"`       // when the next is to be expected by that
	Tags      []string        `json:"tags,omitempty"`
	Matches   []matchItem     `json:"matches"`
	Notes     []string        `json:"notes,omitempty"` // what was not compared, and why
}

type spendItem struct {
	Amount   string `json:"amount"`
	Currency string `json:"currency"`
}

// matchItem is an account that may be the same person's. Nothing is merged.
type matchItem struct {
	Platform data.Platform `json:"platform"`
	Handle   string        `json:"handle"`
	Name     string        `json:"name"`
	Strength string        `json:"strength"` // sure, likely, weak
	Grounds  []groundItem  `json:"grounds"`
}

type groundItem struct {
	Kind     data.MarkKind `json:"kind"`
	Value    string        `json:"value"`
	Strength string        `json:"strength"`
	Why      string        `json:"why"`
}

var noteBuyersLeft = data.DefinePhrase("command.buyers_left", "{left} further buyers are not listed: raise --limit, or search.")

func buyersCommand(c *call) func(context.Context) (*result, error) {
	var q data.BuyerQuery
	limit := 100
	c.flags.StringVar(&q.Search, "search", "", "`text` in name, account, e-mail, phone, order number, item, note or tag")
	kinds := data.BuyerKinds()
	c.flags.StringVar((*string)(&q.Kind), "kind", "", "only a `kind`: key, big, restock (resellers who are due for an offer), again, disputing, alike, joined or noted")
	c.flags.IntVar(&limit, "limit", limit, "how many at most; 0 is all")
	return func(ctx context.Context) (*result, error) {
		if len(c.files) > 0 {
			return nil, misused("buyers takes no arguments; search with --search")
		}
		if limit < 0 || q.Kind != data.BuyersAll && !slices.Contains(kinds, q.Kind) {
			return nil, misused("--limit is 0 or more; --kind is one of those that --help lists")
		}
		return c.withDesk(ctx, func(d *desk.Desk) (*result, error) { return listBuyers(ctx, d, q, limit) })
	}
}

// listBuyers lists buyers, who ordered last first, once all orders are in their
// sums.
func listBuyers(ctx context.Context, d *desk.Desk, q data.BuyerQuery, limit int) (*result, error) {
	if err := d.KeepBuyers(ctx); err != nil {
		return nil, err
	}
	ids, err := d.BuyerIDs(ctx, q)
	if err != nil {
		return nil, err
	}
	out, items := &result{}, []buyerItem{}
	if left := len(ids) - limit; limit > 0 && left > 0 {
		ids = ids[:limit]
		out.Notes = append(out.Notes, data.Finding{Rule: "buyers_left", Severity: data.Info, Why: noteBuyersLeft.With("left", left)})
	}
	rows, err := d.BuyerRows(ctx, ids)
	if err != nil {
		return nil, err
	}
	zone, err := d.ReportZone(ctx, 0)
	if err != nil {
		return nil, err
	}
	var words strings.Builder
	for i := range rows {
		item, err := itemOfBuyer(ctx, d, &rows[i], zone)
		if err != nil {
			return nil, err
		}
		items = append(items, item)
		item.print(&words, dayIn(rows[i].LastAt, zone))
	}
	out.Items, out.words = items, words.String()
	return out, nil
}

func itemOfBuyer(ctx context.Context, d *desk.Desk, r *data.BuyerRow, zone *time.Location) (buyerItem, error) {
	item := buyerItem{
		Name: r.Name, Handle: r.Handle, Platforms: r.Platforms, Shops: r.Shops, Country: r.Country, Language: r.Language, Accounts: r.Accounts,
		Orders: r.Orders, CalledOff: r.CalledOff, Spend: []spendItem{}, Units: r.Units, Disputes: r.Disputes, Feedback: r.Feedback,
		First: data.JSONTime(r.FirstAt), Last: data.JSONTime(r.LastAt), EveryDays: r.EveryDays(), Tags: r.Tags, Matches: []matchItem{},
	}
	if !r.Next.IsZero() {
		item.Next = dayIn(r.Next, zone)
	}
	for _, m := range append([]data.Money{r.Spent}, r.Other...) {
		if m.Currency != "" {
			item.Spend = append(item.Spend, spendItem{m.Decimal(), m.Currency})
		}
	}
	matches, err := d.BuyerMatches(ctx, r.ID)
	if err != nil {
		return item, err
	}
	for _, m := range matches.List {
		one := matchItem{Platform: m.Account.Platform, Handle: m.Account.Handle, Name: m.Account.Name, Strength: string(m.Strength)}
		for _, g := range m.Grounds {
			one.Grounds = append(one.Grounds, groundItem{g.Kind, g.Value, string(g.Strength), g.Why.String()})
		}
		item.Matches = append(item.Matches, one)
	}
	for _, n := range matches.Notes {
		item.Notes = append(item.Notes, n.Why.String())
	}
	return item, nil
}

// print writes a buyer as words, with the day of the last order: one line, and one more for each match.
func (b *buyerItem) print(w *strings.Builder, last string) {
	var spent []string
	for _, s := range b.Spend {
		spent = append(spent, s.Currency+" "+s.Amount)
	}
	fmt.Fprintf(w, "%s\t%s\t%d orders\t%s\t%d disputes\t%s\n", oneLine(b.Name), oneLine(strings.Join(b.Shops, ", ")), b.Orders, strings.Join(spent, ", "), b.Disputes, orDash(last))
	for _, m := range b.Matches {
		var why []string
		for _, g := range m.Grounds {
			why = append(why, g.Why)
		}
		fmt.Fprintf(w, "\tmay be the same person (%s): %s %s. %s\n", m.Strength, m.Platform, oneLine(m.Handle), oneLine(strings.Join(why, " ")))
	}
	for _, n := range b.Notes {
		fmt.Fprintf(w, "\t%s\n", oneLine(n))
	}
}
