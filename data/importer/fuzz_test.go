package importer

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"casebinder/data"
)

// readAnything reads bytes as a file. Whatever they are, it must end, without a
// panic, with orders that are whole or with an error.
func readAnything(t *testing.T, name string, b []byte) {
	src := bytesSource(name, b)
	all := presets(t)
	for _, target := range []Target{TargetOrders, TargetDisputes, TargetFeedback, TargetMessages, TargetCosts} {
		in, err := InspectAs(context.Background(), src, all, Layout{}, target)
		if err != nil {
			continue
		}
		opt := Options{Preset: in.Preset, Shop: shop(data.EBay, "Asia/Shanghai", "USD")}
		if opt.Preset == nil {
			if opt.Preset, err = Mapping("own", "Own", target, in.Columns); err != nil {
				continue
			}
		}
		rejected := 0
		sum, err := Read(context.Background(), src, in, opt, Sink{
			Order: func(o *data.Order) error {
				if o.Number == "" || o.Status == "" {
					t.Errorf("half an order: %s", show(o))
				}
				for _, item := range o.Items {
					if item.Quantity < 1 || item.Price.Currency == "" && item.Price.Minor != 0 {
						t.Errorf("half an item: %s", show(item))
					}
				}
				return nil
			},
			Dispute: func(d *Dispute) error {
				if d.OrderNumber == "" && d.PaymentRef == "" || d.OpenedAt.IsZero() || len(d.Events) == 0 || d.Reason == "" ||
					!d.StatedDue.IsZero() && d.StatedDue.Before(d.OpenedAt) || d.Amount.Minor < 0 {
					t.Errorf("half a dispute: %s", show(d))
				}
				return nil
			},
			Cost: func(c *CostLine) error {
				if len(c.Costs) == 0 || c.Article == "" && c.Number == "" {
					t.Errorf("half a cost: %s", show(c))
				}
				for _, m := range c.Costs {
					if m.Minor < 0 || m.Currency == "" {
						t.Errorf("a cost below nothing: %s", show(c))
					}
				}
				return nil
			},
			Reject: func(r data.Rejection) error {
				if rejected++; lineOf(r) < 1 || r.Why.IsZero() {
					t.Errorf("rejected without line or reason: %s", show(r))
				}
				return nil
			},
		})
		if err == nil && sum.Rejected != rejected {
			t.Errorf("%d rejected, %d said", rejected, sum.Rejected)
		}
	}
}

func seed(f *testing.F, names ...string) {
	for _, name := range names {
		b, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
}

func FuzzText(f *testing.F) {
	seed(f, "ebay-us.csv", "ebay-de.csv", "amazon-new.txt", "amazon-all.txt", "amazon-fba.txt", "paypal.csv", "shopify.csv", "etsy-items.csv")
	f.Add([]byte("Order Number,Total\n\"1,2\n3\"x,\"\n"))
	f.Add([]byte("Order Number,Rating,Date,Text,Direction\n1,5,2025-01-01,x,in\n"))
	seed(f, "paypal-cases.csv", "stripe-payments.csv", "amazon-fba-returns.txt")
	seed(f, "etsy-statement.csv", "amazon-settlement.txt", "amazon-transactions.csv", "ebay-order-earnings.csv", "paypal-statement-fr.csv", "shopee-vn.csv")
	f.Add([]byte("Order ID,Opened,Reason,Case,Due,Amount,Currency\n1,2026-01-02,INR,7,2026-01-01,3,USD\n2,2026-01-02,?,7,2026-01-03,3.5,USD\n"))
	f.Add([]byte("CH,Case type,Case ID,Original transaction ID,Case filing date,Case status\nSB,Claim,1,T,2026/01/02 03:04:05 +0200,Open\nSF,1\n"))
	f.Fuzz(func(t *testing.T, b []byte) { readAnything(t, "a.csv", b) })
}

func FuzzXLSX(f *testing.F) {
	seed(f, "aliexpress.xlsx")
	f.Fuzz(func(t *testing.T, b []byte) { readAnything(t, "a.xlsx", b) })
}

func FuzzXLS(f *testing.F) {
	seed(f, "aliexpress.xls")
	f.Fuzz(func(t *testing.T, b []byte) { readAnything(t, "a.xls", b) })
}

func FuzzAmount(f *testing.F) {
	for _, s := range []string{"$45.99", "US $ 1,045.99", "1.234,56 €", "(12.00)", "1'234.50 CHF", "-3,00", ".5", "1.2.3", "٣", "45:-", "1'234.-", "١٬٢٣٤٫٥٠ ر.س", "$(1.-)"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		l := &plan{preset: &Preset{}, shop: data.Shop{Currency: "USD"}, decimal: formAmbiguous, currency: -1}
		a, ok, bad := l.amountAt(&record{text: text, ends: []int{len(text)}}, 0)
		if !ok || bad != nil {
			return
		}
		m, bad := l.money(a, "USD")
		if bad == nil && (m.Minor < 0) != a.negative && m.Minor != 0 {
			t.Errorf("%q lost its sign: %s", text, m)
		}
	})
}

func FuzzDate(f *testing.F) {
	for _, s := range []string{"Jul-21-25", "2025-07-21T10:00:00Z", "09/25/26", "2025年7月21日", "5 Jan 2026 3:04 PM PDT", "31/02/2025", "45859", "2026年6月12日 下午2:05", "mar. 2 juin 2026 à 14h05", "12 มิ.ย. 2569", "2 PM"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d := dateReader{zone: shop("", "Asia/Shanghai", "").Location()}
		if p, ok := d.read(text, kindText, nil); ok && (p.at.Year() < 1989 || p.at.Year() > 2100) {
			t.Errorf("%q is in the year %d", text, p.at.Year())
		}
	})
}
