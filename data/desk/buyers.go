package desk

import (
	"context"
	"slices"
	"time"

	"casebinder/data"
	"casebinder/data/buyer"
	"casebinder/data/service"
	"casebinder/data/store"
	"casebinder/data/tongue"
)

// rhythmDates is how many of a buyer's newest orders tell the rhythm.
const rhythmDates = 100

// BuyerIDs lists the row ids of all persons of a query, in its order.
func (d *Desk) BuyerIDs(ctx context.Context, q data.BuyerQuery) ([]int32, error) {
	bounds, err := d.buyerBounds(ctx, q)
	if err != nil {
		return nil, err
	}
	return d.store.BuyerIDs(ctx, q, bounds)
}

// BuyerFirst gives the first rows of a query, without waiting for all ids.
func (d *Desk) BuyerFirst(ctx context.Context, q data.BuyerQuery, limit int) ([]data.BuyerRow, error) {
	bounds, err := d.buyerBounds(ctx, q)
	if err != nil {
		return nil, err
	}
	rows, err := d.store.BuyerFirst(ctx, q, bounds, limit)
	if err != nil {
		return nil, err
	}
	return rows, d.addRhythm(ctx, rows)
}

// BuyerRows gives the rows of some ids, in their order.
func (d *Desk) BuyerRows(ctx context.Context, ids []int32) ([]data.BuyerRow, error) {
	rows, err := d.store.BuyerRows(ctx, ids)
	if err != nil {
		return nil, err
	}
	return rows, d.addRhythm(ctx, rows)
}

var problemNoBuyer = data.DefineProblem("order_without_buyer", data.ErrNotFound,
	"Order {number} names no buyer.", "Its file has neither an account nor an e-mail of the buyer: import a file that has one.")

// BuyerOfOrder gives the account that stands for the person who placed an order.
func (d *Desk) BuyerOfOrder(ctx context.Context, orderID int64) (int64, error) {
	order, err := d.store.Order(ctx, orderID)
	if err != nil {
		return 0, err
	}
	if order.Buyer.ID == 0 {
		return 0, problemNoBuyer.New("number", order.Number)
	}
	heads, err := d.store.Heads(ctx, []int64{order.Buyer.ID})
	if err != nil || len(heads) == 0 {
		return order.Buyer.ID, err
	}
	return heads[0], nil
}

// BuyerTags lists the tags that buyers have.
func (d *Desk) BuyerTags(ctx context.Context) ([]string, error) { return d.store.BuyerTags(ctx) }

// BuyersBehind tells for how many orders it is not known yet who bought them: the
// list of buyers is not whole while it is not 0.
func (d *Desk) BuyersBehind(ctx context.Context) (int64, error) { return d.store.BuyersBehind(ctx) }

// addRhythm adds the usual time between the orders of who ordered often enough.
func (d *Desk) addRhythm(ctx context.Context, rows []data.BuyerRow) error {
	for i := range rows {
		if rows[i].Orders < 3 {
			continue
		}
		dates, err := d.store.OrderDates(ctx, rows[i].ID, rhythmDates)
		if err != nil {
			return err
		}
		if every, ok := service.Rhythm(dates); ok {
			rows[i].Every, rows[i].Next = every, rows[i].LastAt.Add(every)
		}
	}
	return nil
}

// buyerBounds works out the figures that a kind of buyers needs.
func (d *Desk) buyerBounds(ctx context.Context, q data.BuyerQuery) (b store.BuyerBounds, err error) {
	switch q.Kind {
	case data.BuyersKey:
		bands, err := d.bandsNow(ctx)
		b.Since, b.Top = bands.Since(), bands.Top
		return b, err
	case data.BuyersBig:
		b.Units, err = d.restockUnits(ctx)
	case data.BuyersRestock:
		found, err := d.Resellers(ctx)
		for _, f := range found.List {
			b.Restock = append(b.Restock, f.OrderID)
		}
		return b, err
	case data.BuyersAlike:
		b.Alike, err = d.alikeNow(ctx)
	case data.BuyersAll, data.BuyersAgain, data.BuyersDisputing, data.BuyersJoined, data.BuyersNoted:
	}
	return b, err
}

// restockUnits is from how many units of one item on a buyer is taken as one who
// sells them on: the least of what the shops set.
func (d *Desk) restockUnits(ctx context.Context) (int64, error) {
	services, err := d.store.ShopServices(ctx)
	least := data.DefaultRestock
	for _, s := range services {
		least = min(least, s.RestockUnits())
	}
	return int64(least), err
}

// BuyerTable is how often by how lately the desk's buyers ordered, with the figures
// by which they are sorted.
type BuyerTable struct {
	Bands buyer.Bands
	Cells []buyer.Cell // row by row, each row from the newest
	Key   int
	// What it leaves out: persons of whom every order was called off, orders that
	// name no buyer, and orders that are not counted yet.
	OffOnly, Nameless, Behind int64
}

// BuyerTable sorts all buyers of a shop, or of all where it is 0.
func (d *Desk) BuyerTable(ctx context.Context, shop int64) (BuyerTable, error) {
	bands, all, err := d.bands(ctx, shop)
	if err != nil {
		return BuyerTable{}, err
	}
	t := BuyerTable{Bands: bands, Cells: buyer.Grid(all, bands)}
	for _, c := range t.Cells {
		t.Key += c.Key
	}
	if t.OffOnly, t.Nameless, err = d.store.NotBought(ctx, shop); err != nil {
		return t, err
	}
	t.Behind, err = d.store.BuyersBehind(ctx)
	return t, err
}

func (d *Desk) bands(ctx context.Context, shop int64) (buyer.Bands, []buyer.Bought, error) {
	var all []buyer.Bought
	err := d.store.Bought(ctx, shop, func(b store.BoughtRow) { all = append(all, buyer.Bought(b)) })
	return buyer.BandsOf(all), all, err
}

// bandsNow are the bounds over all shops, worked out once until buyers change.
func (d *Desk) bandsNow(ctx context.Context) (buyer.Bands, error) {
	d.mu.Lock()
	kept, turn := d.bandsKept, d.buyersTurn
	d.mu.Unlock()
	if kept != nil {
		return *kept, nil
	}
	b, _, err := d.bands(ctx, 0)
	if err != nil {
		return b, err
	}
	d.mu.Lock()
	if turn == d.buyersTurn {
		d.bandsKept = &b
	}
	d.mu.Unlock()
	return b, nil
}

// alikeNow is alike, worked out once until buyers change.
func (d *Desk) alikeNow(ctx context.Context) ([]int64, error) {
	d.mu.Lock()
	kept, turn := d.alikeKept, d.buyersTurn
	d.mu.Unlock()
	if kept != nil {
		return *kept, nil
	}
	ids, err := d.alike(ctx)
	if err != nil {
		return nil, err
	}
	d.mu.Lock()
	if turn == d.buyersTurn { // else it is of buyers as they were
		d.alikeKept = &ids
	}
	d.mu.Unlock()
	return ids, nil
}

// alike gives who may be one person with somebody of another account, where nobody
// said whether they are. Accounts are looked up by what they share.
func (d *Desk) alike(ctx context.Context) ([]int64, error) {
	apart, err := d.store.Apart(ctx, 0)
	if err != nil {
		return nil, err
	}
	said := make(map[store.Pair]bool, len(apart))
	for _, p := range apart {
		said[p] = true
	}
	found := map[int64]bool{}
	for _, kind := range []data.MarkKind{data.MarkEmail, data.MarkPhone, data.MarkAddress} {
		err := d.store.SharedBy(ctx, kind, buyer.Telling(kind), func(group []store.Carrier) {
			for i, a := range group {
				for _, b := range group[i+1:] {
					if a.Person != 0 && a.Person == b.Person || said[store.PairOf(a.ID, b.ID)] {
						continue
					}
					grounds := buyer.Grounds([]string{a.Name}, []string{b.Name}, []buyer.Shared{{BuyerMark: a.Mark, Count: len(group)}})
					if s := buyer.Best(grounds); s == buyer.Sure || s == buyer.Likely {
						found[a.ID], found[b.ID] = true, true
					}
				}
			}
		})
		if err != nil {
			return nil, err
		}
	}
	ids := make([]int64, 0, len(found))
	for id := range found {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return d.store.Heads(ctx, ids)
}

// BuyerAccount is one account of a buyer on a platform, with what the seller noted.
type BuyerAccount = store.Account

// A BuyerBond is why two accounts are held to be one person: a person said so, and
// this speaks for it.
type BuyerBond struct {
	Account BuyerAccount
	Grounds []buyer.Ground // with any other account of the person; none where a person's word alone says so
}

// bonds tells for each account of a person what speaks for its belonging there.
func (d *Desk) bonds(ctx context.Context, accounts []store.Account) ([]BuyerBond, error) {
	list := make([]BuyerBond, len(accounts))
	for i, a := range accounts {
		list[i].Account = a
		if len(accounts) == 1 {
			break
		}
		carried, err := d.store.BuyerMarks(ctx, []int64{a.ID}, matchMarks)
		if err != nil {
			return nil, err
		}
		shared, _, err := d.sharedWith(ctx, []int64{a.ID}, carried[a.ID])
		if err != nil {
			return nil, err
		}
		for _, other := range accounts {
			if other.ID == a.ID {
				continue
			}
			for _, g := range buyer.Grounds([]string{a.Name}, []string{other.Name}, shared[other.ID]) {
				if !slices.ContainsFunc(list[i].Grounds, func(have buyer.Ground) bool { return have.Kind == g.Kind && have.Value == g.Value }) {
					list[i].Grounds = append(list[i].Grounds, g)
				}
			}
		}
	}
	return list, nil
}

// BuyerView is one person with all that is known.
type BuyerView struct {
	Row      data.BuyerRow
	Accounts []BuyerBond
	Matches  Matches
	Orders   []data.OrderRow // the newest first
	More     int             // older orders that are not among them
	Timeline []data.Moment   // of these orders, oldest first
	Older    int             // messages that Timeline leaves out
	Disputes []data.DisputeRow
	Facts    []data.Text // what disputes came to, in numbers
	Feedback []data.Feedback
	Stars    float64       // of Feedback, on average; 0 where there is none
	Reads    tongue.Answer // what the person reads, by the newest order
	Key      bool
	Why      data.Text // by what figures the buyer is a key one, or is not
	At       time.Time
}

// What a buyer's page shows of a buyer with very much.
const (
	buyerOrders   = 200
	buyerMessages = 400
	buyerCases    = 100
)

// Buyer gathers the person behind an account.
func (d *Desk) Buyer(ctx context.Context, id int64) (BuyerView, error) {
	v := BuyerView{At: d.now()}
	accounts, err := d.store.AccountsOf(ctx, id)
	if err != nil {
		return v, err
	}
	if len(accounts) == 0 {
		_, err := d.store.Buyer(ctx, id) // says that there is none
		return v, err
	}
	if v.Row, err = d.buyerRow(ctx, accounts); err != nil {
		return v, err
	}
	if v.Accounts, err = d.bonds(ctx, accounts); err != nil {
		return v, err
	}
	if v.Matches, err = d.matchesOf(ctx, accounts); err != nil {
		return v, err
	}
	if err := d.addDealings(ctx, &v); err != nil {
		return v, err
	}
	if len(v.Orders) > 0 {
		if v.Reads, err = d.BuyerLanguage(ctx, v.Orders[0].ID); err != nil {
			return v, err
		}
	}
	bands, err := d.bandsNow(ctx)
	if err != nil {
		return v, err
	}
	v.Key, v.Why = keyBuyer(bands, v.Row)
	return v, nil
}

// buyerBehind is the row of the person behind an account; the zero row for 0.
func (d *Desk) buyerBehind(ctx context.Context, account int64) (data.BuyerRow, error) {
	if account == 0 {
		return data.BuyerRow{}, nil
	}
	accounts, err := d.store.AccountsOf(ctx, account)
	if err != nil || len(accounts) == 0 {
		return data.BuyerRow{}, err
	}
	return d.buyerRow(ctx, accounts)
}

// buyerRow is the row of a person; made of the accounts alone where the sums are not
// made yet.
func (d *Desk) buyerRow(ctx context.Context, accounts []store.Account) (data.BuyerRow, error) {
	head := accounts[0]
	rows, err := d.BuyerRows(ctx, []int32{int32(head.ID)})
	if err != nil {
		return data.BuyerRow{}, err
	}
	if len(rows) == 1 {
		return rows[0], nil
	}
	name := head.Name
	if name == "" {
		name = head.Handle
	}
	return data.BuyerRow{
		ID: head.ID, Accounts: len(accounts), Platforms: []data.Platform{head.Platform}, Name: name, Handle: head.Handle,
		Country: head.Country, Language: head.Language, Tone: head.Tone, Tags: head.Tags, Note: head.Note,
	}, nil
}
