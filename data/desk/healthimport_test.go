package desk

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"casebinder/data"
	"casebinder/data/health"
)

// anOrdersTable says how the tables of orders below are read.
const anOrdersTable = `
id = "own"
title = "Own"
target = "orders"
require = ["Number", "Ordered"]
[columns]
number = ["Number"]
status = ["State"]
ordered_at = ["Ordered"]
paid_at = ["Paid"]
ship_by = ["Ship by"]
shipped_at = ["Shipped"]
delivered_at = ["Delivered"]
canceled_at = ["Canceled"]
tracking = ["Tracking"]
item_sku = ["SKU"]
item_quantity = ["Quantity"]
total = ["Total"]
currency = ["Currency"]
buyer_handle = ["Buyer"]
payment_method = ["Card"]
[[status]]
header = "State"
words = ["canceled"]
is = "canceled"
[[status]]
header = "State"
words = ["shipped"]
is = "shipped"
[[status]]
header = "State"
words = ["completed"]
is = "completed"
`

// randomFiles writes files about the orders 1 to 30 of a shop.
type randomFiles struct {
	*rand.Rand
	t    *testing.T
	shop data.Shop
}

func (r *randomFiles) day(odds int, most int) string {
	if r.IntN(odds) == 0 {
		return ""
	}
	return riskNoon.AddDate(0, 0, -r.IntN(most)).Format("2006-01-02 15:04:05")
}

func pickOne(r *randomFiles, list ...string) string { return list[r.IntN(len(list))] }

func (r *randomFiles) number() string { return fmt.Sprint("N-", 1+r.IntN(30)) }

func (r *randomFiles) file(header string, row func() []string) ImportRequest {
	var b strings.Builder
	b.WriteString(header + "\n")
	for range 1 + r.IntN(6) {
		b.WriteString(strings.Join(row(), ",") + "\n")
	}
	path := filepath.Join(r.t.TempDir(), "file.csv")
	if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		r.t.Fatal(err)
	}
	return ImportRequest{Path: path, Shop: r.shop}
}

func (r *randomFiles) orders() ImportRequest {
	one := r.file("Number,State,Ordered,Paid,Ship by,Shipped,Delivered,Canceled,Tracking,SKU,Quantity,Total,Currency,Buyer,Card", func() []string {
		n := r.number()
		return []string{
			n, pickOne(r, "", "canceled", "shipped", "completed"), r.day(9, 700), r.day(3, 90), r.day(3, 60), r.day(3, 60), r.day(3, 30), r.day(4, 60),
			pickOne(r, "", "T"+n), "S1", fmt.Sprint(1 + r.IntN(4)), "12.50", pickOne(r, "EUR", "USD"), "buyer" + fmt.Sprint(r.IntN(5)), pickOne(r, "", "Visa", "Mastercard ending 7"),
		}
	})
	one.Custom, one.AcceptOlder = []byte(anOrdersTable), true
	return one
}

func (r *randomFiles) parcels() ImportRequest {
	one := r.file("Order Number,Tracking Number,Shipped,Delivered,Last Event Time,Last Event", func() []string {
		n := r.number()
		return []string{n, "P" + n, r.day(3, 60), r.day(3, 30), r.day(2, 30), "Accepted at the post office"}
	})
	one.Preset, one.Target = "shipments", "shipments"
	return one
}

func (r *randomFiles) disputes() ImportRequest {
	one := r.file("Case Number,Order Number,Reason,Opened,Closed,Outcome,Kind", func() []string {
		return []string{
			fmt.Sprint("C-", r.IntN(20)), r.number(), pickOne(r, "INR", "SNAD", "Damaged", "Fraud", "Changed mind"), r.day(99, 60), r.day(2, 20), pickOne(r, "", "won", "lost"), pickOne(r, "", "Return", "Inquiry"),
		}
	})
	one.Preset, one.Target = "disputes", "disputes"
	return one
}

func (r *randomFiles) feedback() ImportRequest {
	one := r.file("Order Number,Feedback ID,Stars,Date,Buyer", func() []string {
		return []string{pickOne(r, "", r.number()), fmt.Sprint("F-", r.IntN(20)), fmt.Sprint(1 + r.IntN(5)), r.day(9, 90), "buyer" + fmt.Sprint(r.IntN(5))}
	})
	one.Preset, one.Target = "feedback", "feedback"
	return one
}

// deed revises a feedback or has it removed, and reports whether there was one to do it with.
func (r *randomFiles) deed(d *Desk) bool {
	r.t.Helper()
	list, err := d.FeedbackFirst(r.t.Context(), data.FeedbackQuery{}, 100)
	if err != nil {
		r.t.Fatal(err)
	}
	for _, f := range list {
		w := FeedbackDeed{Kind: FeedbackRevise, Stars: f.Stars%5 + 1, At: riskNoon.AddDate(0, 0, -r.IntN(9)), Sure: true}
		if r.IntN(3) == 0 {
			w = FeedbackDeed{Kind: FeedbackDecide, Outcome: "removed", At: w.At, Sure: true}
		}
		if _, err := d.WriteFeedback(r.t.Context(), f.ID, w); err == nil {
			return true
		}
	}
	return false
}

func (r *randomFiles) messages() ImportRequest {
	one := r.file("Order Number,Text,Date,Direction", func() []string {
		return []string{r.number(), "Where is it " + fmt.Sprint(r.IntN(99)), r.day(9, 60), pickOne(r, "in", "out")}
	})
	one.Preset, one.Target = "messages", "messages"
	return one
}

// keptRows are the rows of a shop as they are kept.
func keptRows(t *testing.T, d *Desk, shop data.Shop) health.Rows {
	t.Helper()
	r, err := d.healthRows(t.Context(), shop, riskNoon.AddDate(-1, 0, 0))
	if err != nil {
		t.Fatal(err)
	}
	return health.Rows{
		Orders: append([]health.Order{}, r.Orders...), Disputes: append([]health.Dispute{}, r.Disputes...), Feedback: append([]health.Feedback{}, r.Feedback...),
		Shipments: append([]health.Shipment{}, r.Shipments...), Threads: append([]health.Thread{}, r.Threads...), CardItems: append([]health.CardItem{}, r.CardItems...),
	}
}

func sameRows[T any](t *testing.T, what string, kept, fresh []T) {
	t.Helper()
	for i := range max(len(kept), len(fresh)) {
		if i >= len(kept) || i >= len(fresh) || !reflect.DeepEqual(kept[i], fresh[i]) {
			t.Fatalf("%s: of %d the %dth is\n%+v, anew of %d\n%+v", what, len(kept), i, kept[i:min(len(kept), i+1)], len(fresh), fresh[i:min(len(fresh), i+1)])
		}
	}
}

// After each import, and after it is taken back where it can be, the orders that it
// names are read again alone, and what is kept is what reading all anew gives.
func TestRowsAfterAnImportAreThoseOfAFreshDesk(t *testing.T) {
	for _, platform := range []data.Platform{"ebay", "amazon", "etsy", "shopify"} {
		t.Run(string(platform), func(t *testing.T) {
			d := riskDesk(t)
			shop, err := d.PutShop(t.Context(), data.Shop{Platform: platform, Name: "Heron", Zone: "Europe/Berlin", Currency: "EUR"})
			if err != nil {
				t.Fatal(err)
			}
			r := &randomFiles{rand.New(rand.NewPCG(13, uint64(len(platform)))), t, shop}
			keptRows(t, d, shop)
			same := func(what string) {
				t.Helper()
				if d.health.stale.all {
					t.Errorf("%s has all read anew", what)
				}
				kept := keptRows(t, d, shop)
				d.health.anew()
				fresh := keptRows(t, d, shop)
				sameRows(t, what, kept.Orders, fresh.Orders)
				sameRows(t, what, kept.Disputes, fresh.Disputes)
				sameRows(t, what, kept.Feedback, fresh.Feedback)
				sameRows(t, what, kept.Shipments, fresh.Shipments)
				sameRows(t, what, kept.Threads, fresh.Threads)
				sameRows(t, what, kept.CardItems, fresh.CardItems)
			}
			changed := 0
			for i := range 36 {
				request := []func() ImportRequest{r.orders, r.orders, r.parcels, r.disputes, r.feedback, r.messages}[i%6]()
				report, err := d.Import(t.Context(), request, nil)
				if _, ok := data.AsProblem(err); err != nil && !ok { // a file of which no row could be taken
					t.Fatal(err)
				}
				what := fmt.Sprintf("import %d, of %s", i, report.Target)
				same(what)
				changed += report.Counts.Added + report.Counts.Updated
				if report.Target == "feedback" && r.deed(d) {
					same(what + ", one of it revised or removed")
				}
				if report.Target != "shipments" || report.Counts.Added+report.Counts.Updated == 0 {
					continue
				}
				if _, err := d.Undo(t.Context()); err != nil {
					t.Fatal(err)
				}
				same(what + ", taken back")
				if _, err := d.Redo(t.Context()); err != nil {
					t.Fatal(err)
				}
				same(what + ", done again")
			}
			rows := keptRows(t, d, shop)
			if !slices.ContainsFunc(rows.Feedback, func(f health.Feedback) bool { return len(f.Before) > 0 }) || !slices.ContainsFunc(rows.Feedback, func(f health.Feedback) bool { return f.Removed != 0 }) {
				t.Errorf("no rating was revised, or none removed, of %+v", rows.Feedback)
			}
			if changed < 30 || len(rows.Orders) < 10 || len(rows.Disputes) == 0 || len(rows.Feedback) == 0 {
				t.Errorf("%d rows were taken: %d orders, %d disputes, %d ratings", changed, len(rows.Orders), len(rows.Disputes), len(rows.Feedback))
			}
		})
	}
}
