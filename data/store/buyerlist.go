package store

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"casebinder/data"
)

// BuyerBounds are the figures by which kinds of buyers are told, worked out from all
// of them.
type BuyerBounds struct {
	Since   time.Time        // a last order at this time or later is of late
	Top     map[string]int64 // by currency, from how many minor units on a buyer spent much
	Units   int64            // of one item in one order, from which on a buyer likely sells it on
	Restock []int64          // orders of those who are due for an offer
	Alike   []int64          // who may be one person with another account
}

// buyerListing builds the query of the buyers table.
func (r *Reader) buyerListing(q data.BuyerQuery, b BuyerBounds) (*listing, error) {
	l := &listing{from: "buyer_stat bs"}
	if q.ShopID != 0 {
		l.only("instr(bs.shops, ?) > 0", ","+strconv.FormatInt(q.ShopID, 10)+",")
	}
	if q.OrdersFrom > 0 {
		l.only("bs.orders >= ?", q.OrdersFrom)
	}
	if q.OrdersTo > 0 {
		l.only("bs.orders < ?", q.OrdersTo)
	}
	if !q.LastFrom.IsZero() {
		l.only("bs.last_at >= ?", ms(q.LastFrom))
	}
	if !q.LastTo.IsZero() {
		l.only("coalesce(bs.last_at, 0) < ?", ms(q.LastTo))
	}
	if q.Tag != "" {
		l.only("bs.buyer_id IN (SELECT "+headSQL+" FROM buyer b, json_each(b.tags) e WHERE b.tags <> '' AND e.value = ?)", q.Tag)
	}
	if err := onlyKind(l, q.Kind, b); err != nil {
		return nil, err
	}
	words := strings.Fields(plain(strings.ToValidUTF8(q.Search, " ")))
	for i, w := range words[:min(len(words), maxTerms)] {
		where, args := buyerTerm(w, i == len(words)-1)
		l.only(where, args...)
	}
	l.segments = buyerSegments(q.Sort, q.Ascending)
	return l, nil
}

func onlyKind(l *listing, kind data.BuyerKind, b BuyerBounds) error {
	switch kind {
	case data.BuyersKey:
		l.only("bs.orders > 1 AND bs.last_at >= ?", ms(b.Since))
		var top []string
		var args []any
		for currency, minor := range b.Top {
			top, args = append(top, "bs.spend_currency = ? AND bs.spend_minor >= ?"), append(args, currency, minor)
		}
		if len(top) == 0 {
			top = []string{"0"}
		}
		l.only("("+strings.Join(top, " OR ")+")", args...)
	case data.BuyersBig:
		l.only("bs.most_units >= ?", b.Units)
	case data.BuyersAgain:
		l.only("bs.orders >= 3")
	case data.BuyersDisputing:
		l.only("bs.disputes > 0 AND bs.disputes >= 2") // the first in the words of the index
	case data.BuyersAlike:
		ids, err := json.Marshal(append([]int64{}, b.Alike...))
		if err != nil {
			return err
		}
		l.only("bs.buyer_id IN (SELECT value FROM json_each(?))", string(ids))
	case data.BuyersRestock:
		ids, err := json.Marshal(append([]int64{}, b.Restock...))
		if err != nil {
			return err
		}
		l.only("bs.buyer_id IN (SELECT "+headSQL+" FROM orders o JOIN buyer b ON b.id = o.buyer_id WHERE o.id IN (SELECT value FROM json_each(?)))", string(ids))
	case data.BuyersJoined:
		l.only("bs.buyer_id IN (SELECT min(id) FROM buyer WHERE person_id IS NOT NULL GROUP BY person_id HAVING count(*) > 1)")
	case data.BuyersNoted:
		l.only("bs.buyer_id IN (SELECT " + headSQL + " FROM buyer b WHERE b.note <> '')")
	case data.BuyersAll:
	}
	return nil
}

// buyerTerm finds the persons of whom a word stands in an order, a note or a tag.
func buyerTerm(word string, last bool) (string, []any) {
	where := "bs.buyer_id IN (SELECT " + headSQL + " FROM buyer b WHERE b.note <> '' AND instr(lower(b.note), ?) > 0 " +
		"UNION SELECT " + headSQL + " FROM buyer b WHERE b.tags <> '' AND instr(lower(b.tags), ?) > 0"
	low := strings.ToLower(word)
	args := []any{low, low}
	if t, ok := wordTerm(word, last); ok {
		orders, more := ordersWith(t)
		where += " UNION SELECT " + headSQL + " FROM orders o JOIN buyer b ON b.id = o.buyer_id WHERE o.id IN (" + orders + ")"
		args = append(args, more...)
	}
	return where + ")", args
}

// buyerSegments is the order of the rows. Sums stand by currency, because they
// cannot be compared.
func buyerSegments(sort data.BuyerSort, ascending bool) []segmentOf {
	switch sort {
	case data.BuyerByName:
		return emptyLast(ascending, "bs.name", "bs.buyer_id")
	case data.BuyerByOrders:
		return []segmentOf{{order: by(ascending, "bs.orders", "bs.buyer_id")}}
	case data.BuyerBySpent:
		return emptyLast(ascending, "bs.spend_currency", "bs.spend_minor", "bs.buyer_id")
	case data.BuyerByDisputes:
		some := segmentOf{where: "bs.disputes > 0", order: by(ascending, "bs.disputes", "bs.buyer_id")}
		none := segmentOf{where: "bs.disputes = 0", order: by(false, "bs.last_at", "bs.buyer_id")}
		if ascending {
			return []segmentOf{none, some}
		}
		return []segmentOf{some, none}
	case data.BuyerByLast:
	}
	return nullsLast(ascending, "bs.last_at", "bs.buyer_id")
}

// BuyerIDs gives the ids of all persons of the query, in order.
func (r *Reader) BuyerIDs(ctx context.Context, q data.BuyerQuery, b BuyerBounds) ([]int32, error) {
	l, err := r.buyerListing(q, b)
	if err != nil {
		return nil, err
	}
	return l.ids(ctx, r, "bs.buyer_id", -1)
}

// BuyerFirst gives the first rows of the query.
func (r *Reader) BuyerFirst(ctx context.Context, q data.BuyerQuery, b BuyerBounds, limit int) ([]data.BuyerRow, error) {
	l, err := r.buyerListing(q, b)
	if err != nil {
		return nil, err
	}
	ids, err := l.ids(ctx, r, "bs.buyer_id", limit)
	if err != nil {
		return nil, err
	}
	return r.BuyerRows(ctx, ids)
}

const buyerRowSelect = "SELECT bs.buyer_id, max(1, (SELECT count(*) FROM buyer m WHERE m.person_id = b.person_id)), b.platform, bs.shops, bs.name, b.handle, b.country, " +
	"coalesce((SELECT o.language FROM orders o WHERE o.buyer_id = b.id AND o.language <> '' ORDER BY o.ordered_at DESC LIMIT 1), b.language), b.tone, b.tags, b.note, " +
	"bs.orders, bs.called_off, bs.first_at, bs.last_at, bs.spend_minor, bs.spend_currency, bs.spend_other, bs.units, bs.most_units, bs.disputes, bs.feedback " +
	"FROM buyer_stat bs JOIN buyer b ON b.id = bs.buyer_id WHERE bs.buyer_id IN ("

// BuyerRows gives the rows of the persons with the ids, in the order of the ids.
func (r *Reader) BuyerRows(ctx context.Context, ids []int32) ([]data.BuyerRow, error) {
	names, err := r.shopNames(ctx)
	if err != nil {
		return nil, err
	}
	rows := make([]data.BuyerRow, 0, len(ids))
	err = chunks(ids, func(marks string, args []any) error {
		some, err := all(ctx, r, buyerRowSelect+marks+")", args, func(row scanner) (data.BuyerRow, error) { return scanBuyerRow(row, names) })
		rows = append(rows, some...)
		return err
	})
	if err != nil {
		return nil, err
	}
	for i := range rows {
		if rows[i].Accounts > 1 {
			if err := r.addAccounts(ctx, &rows[i]); err != nil {
				return nil, err
			}
		}
	}
	return inOrder(ids, rows, func(b data.BuyerRow) int64 { return b.ID }), nil
}

func scanBuyerRow(row scanner, names map[string]string) (b data.BuyerRow, err error) {
	var shops string
	var platform data.Platform
	var spent []sum
	err = row.Scan(&b.ID, &b.Accounts, &platform, &shops, &b.Name, &b.Handle, &b.Country, &b.Language, &b.Tone, jsonText{&b.Tags}, &b.Note,
		&b.Orders, &b.CalledOff, moment{&b.FirstAt}, moment{&b.LastAt}, &b.Spent.Minor, &b.Spent.Currency, jsonText{&spent}, &b.Units, &b.MostUnits,
		&b.Disputes, &b.Feedback)
	b.Platforms = []data.Platform{platform}
	for id := range strings.SplitSeq(strings.Trim(shops, ","), ",") {
		if name := names[id]; name != "" {
			b.Shops = append(b.Shops, name)
		}
	}
	for _, s := range spent {
		if s.Currency != b.Spent.Currency {
			b.Other = append(b.Other, data.Money{Minor: s.Minor, Currency: s.Currency})
		}
	}
	return b, err
}

// addAccounts adds what stands on the further accounts of a person.
func (r *Reader) addAccounts(ctx context.Context, b *data.BuyerRow) error {
	accounts, err := r.AccountsOf(ctx, b.ID)
	if err != nil {
		return err
	}
	b.Tone, b.Note, b.Tags = "", "", nil
	for _, a := range accounts {
		if !slices.Contains(b.Platforms, a.Platform) {
			b.Platforms = append(b.Platforms, a.Platform)
		}
		b.Tone, b.Language, b.Country = known(a.Tone, b.Tone), known(a.Language, b.Language), known(a.Country, b.Country)
		if a.Note != "" && !strings.Contains(b.Note, a.Note) {
			b.Note = strings.TrimPrefix(b.Note+"\n"+a.Note, "\n")
		}
		for _, tag := range a.Tags {
			if !slices.Contains(b.Tags, tag) {
				b.Tags = append(b.Tags, tag)
			}
		}
	}
	return nil
}

func (r *Reader) shopNames(ctx context.Context) (map[string]string, error) {
	shops, err := r.Shops(ctx)
	names := make(map[string]string, len(shops))
	for _, s := range shops {
		names[strconv.FormatInt(s.ID, 10)] = s.Name
	}
	return names, err
}

// BuyerTags lists the tags that buyers have, by name.
func (r *Reader) BuyerTags(ctx context.Context) ([]string, error) {
	return all(ctx, r, "SELECT DISTINCT e.value FROM buyer b, json_each(b.tags) e WHERE b.tags <> '' ORDER BY 1", nil, scanOne[string])
}

// BoughtRow is what a person bought, as far as it is needed to sort buyers.
type BoughtRow struct {
	Last   time.Time
	Orders int
	Spent  data.Money
}

// Bought gives every person who ordered to a function.
func (r *Reader) Bought(ctx context.Context, shop int64, each func(BoughtRow)) error {
	where, args := "", []any{}
	if shop != 0 {
		where, args = " AND instr(shops, ?) > 0", []any{"," + strconv.FormatInt(shop, 10) + ","}
	}
	rows, err := r.q.QueryContext(ctx, "SELECT last_at, orders, spend_minor, spend_currency FROM buyer_stat WHERE orders > 0"+where, args...)
	if err != nil {
		return readError(ctx, err, r.path)
	}
	defer rows.Close() //nolint:errcheck // rows.Err below tells what matters
	for rows.Next() {
		var b BoughtRow
		if err := rows.Scan(moment{&b.Last}, &b.Orders, &b.Spent.Minor, &b.Spent.Currency); err != nil {
			return readError(ctx, err, r.path)
		}
		each(b)
	}
	if err := rows.Err(); err != nil {
		return readError(ctx, err, r.path)
	}
	return nil
}

// NotBought counts who ordered nothing that was not called off, and orders that name
// no buyer.
func (r *Reader) NotBought(ctx context.Context, shop int64) (off, nameless int64, err error) {
	where, which, args := "", "", []any{}
	if shop != 0 {
		where, which, args = " AND instr(shops, ?) > 0", " AND shop_id = ?", []any{"," + strconv.FormatInt(shop, 10) + ","}
	}
	if off, err = first(ctx, r, "SELECT count(*) FROM buyer_stat WHERE orders = 0"+where, args, scanOne[int64]); err != nil {
		return 0, 0, err
	}
	if shop != 0 {
		args = []any{shop}
	}
	nameless, err = first(ctx, r, "SELECT count(*) FROM orders WHERE buyer_id IS NULL"+which, args, scanOne[int64])
	return off, nameless, err
}

// OrderDates gives when the person behind an account ordered, the newest n; orders
// that were called off are left out.
func (r *Reader) OrderDates(ctx context.Context, buyerID int64, n int) ([]time.Time, error) {
	return all(ctx, r, "SELECT ordered_at FROM orders WHERE buyer_id IN ("+membersSQL+") AND ordered_at IS NOT NULL AND status NOT IN ('unpaid', 'canceled') "+
		"ORDER BY ordered_at DESC LIMIT ?2", []any{buyerID, n}, func(row scanner) (at time.Time, err error) { return at, row.Scan(moment{&at}) })
}
