package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/goods"
	"casebinder/data/listing"
)

// productItem is an article as --json prints it.
type productItem struct {
	ID        string `json:"id,omitempty"` // "" where it was sold and nothing is written down
	SKU       string `json:"sku,omitempty"`
	Title     string `json:"title"`
	Orders    int    `json:"orders"`
	LastSold  string `json:"last_sold,omitempty"`
	Described bool   `json:"described"`           // its listing is written down
	Snapshot  string `json:"snapshot,omitempty"`  // when the newest one shows the page
	Expires   string `json:"expires,omitempty"`   // the soonest end of a paper
	Knowledge int    `json:"knowledge,omitempty"` // entries that replies can quote
}

func productListCommand(c *call) func(context.Context) (*result, error) {
	return func(ctx context.Context) (*result, error) {
		if len(c.files) > 0 {
			return nil, misused("product list takes no arguments")
		}
		return c.withDesk(ctx, func(d *desk.Desk) (*result, error) {
			list, err := d.Products(ctx)
			if err != nil {
				return nil, err
			}
			items, words := make([]productItem, 0, len(list.Rows)), strings.Builder{}
			for _, r := range list.Rows {
				items = append(items, productItem{
					ID: r.UID, SKU: r.SKU, Title: r.Title, Orders: r.Orders, LastSold: data.JSONTime(r.LastSold), Described: r.Described,
					Snapshot: data.JSONTime(r.Snapshot), Expires: data.JSONTime(r.Expires), Knowledge: r.Knowledge,
				})
				described := "not described"
				if r.Described {
					described = "described"
				}
				fmt.Fprintf(&words, "%s\t%s\t%d orders\t%s\n", r.SKU, r.Title, r.Orders, described)
			}
			return &result{Items: items, words: words.String(), Detail: map[string]int{"sold": list.Sold, "described": list.Described}}, nil
		})
	}
}

// productCheck is what the check says of a listing, as --json prints it.
type productCheck struct {
	ID       string         `json:"id"`
	SKU      string         `json:"sku,omitempty"`
	Title    string         `json:"title"`
	Parts    []listing.Item `json:"parts"`
	Standing int            `json:"standing"` // findings worse than a hint
}

func productCheckCommand(c *call) func(context.Context) (*result, error) {
	return func(ctx context.Context) (*result, error) {
		return c.withDesk(ctx, func(d *desk.Desk) (*result, error) {
			var products []data.Product
			for _, name := range c.files {
				p, err := d.SoldProduct(ctx, name)
				if err != nil {
					return nil, err
				}
				products = append(products, p)
			}
			if len(c.files) == 0 {
				list, err := d.Products(ctx)
				if err != nil {
					return nil, err
				}
				for _, r := range list.Rows {
					if !r.Described {
						continue
					}
					v, err := d.Product(ctx, r.ID)
					if err != nil {
						return nil, err
					}
					products = append(products, v.Product)
				}
			}
			return checkProducts(ctx, d, products)
		})
	}
}

func checkProducts(ctx context.Context, d *desk.Desk, products []data.Product) (*result, error) {
	out := &result{}
	items, words := make([]productCheck, 0, len(products)), strings.Builder{}
	for _, p := range products {
		parts, err := d.CheckListing(ctx, p)
		if err != nil {
			return nil, err
		}
		item := productCheck{ID: p.UID, SKU: p.SKU, Title: p.Title, Parts: parts}
		fmt.Fprintf(&words, "%s\t%s\n", p.SKU, p.Title)
		for _, f := range listing.Findings(parts) {
			if f.Severity != data.Info {
				item.Standing++
			}
			fmt.Fprintf(&words, "  %s: %s %s\n", f.Severity, f.Why, f.How)
		}
		out.stands = out.stands || item.Standing > 0
		items = append(items, item)
	}
	out.Items, out.words = items, words.String()
	return out, nil
}

// productPaper is a paper that was taken in, as --json prints it.
type productPaper struct {
	ID      string         `json:"id"`
	Kind    data.PaperKind `json:"kind"`
	File    string         `json:"file"`
	SHA256  string         `json:"sha256"`
	Issued  string         `json:"issued,omitempty"`
	Told    string         `json:"told,omitempty"` // by whom: file, exif or stated
	Kept    string         `json:"kept"`
	Expires string         `json:"expires,omitempty"`
	Due     string         `json:"due,omitempty"` // when Today reminds of its end
}

func productSnapshotCommand(c *call) func(context.Context) (*result, error) {
	return paperCommandOf(c, data.PaperSnapshot, "product snapshot")
}

func productPaperCommand(c *call) func(context.Context) (*result, error) {
	return paperCommandOf(c, "", "product paper")
}

// paperCommandOf takes files of a product in: snapshots of its listing, or papers of
// the kind that is named.
func paperCommandOf(c *call, kind data.PaperKind, name string) func(context.Context) (*result, error) {
	var product, date, until, note string
	c.flags.StringVar(&product, "product", "", "`SKU` or id of the product")
	c.flags.StringVar(&date, "date", "", "`day` on which the page looked so, or the paper was issued, such as 2026-11-30; without it as the file tells")
	c.flags.StringVar(&note, "note", "", "`words` on it")
	if kind == "" {
		c.flags.StringVar((*string)(&kind), "kind", "", "`kind`: ce, test_report, trademark, patent, copyright, authorization or other")
		c.flags.StringVar(&until, "until", "", "`day` on which it ends; Today reminds of it 30 days before")
	}
	return func(ctx context.Context) (*result, error) {
		if len(c.files) == 0 || product == "" || kind == "" {
			return nil, misused("%s needs a file, and --product; of a paper also --kind", name)
		}
		issued, err := dayFlag("--date", date, data.Day.Begin)
		if err != nil {
			return nil, err
		}
		expires, err := dayFlag("--until", until, data.Day.End)
		if err != nil {
			return nil, err
		}
		return c.withDesk(ctx, func(d *desk.Desk) (*result, error) {
			p, err := d.SoldProduct(ctx, product)
			if err == nil && p.UID == "" { // sold, and nothing was written down of it
				p, err = d.PutProduct(ctx, p)
			}
			if err != nil {
				return nil, err
			}
			out := &result{}
			items, words := []productPaper{}, strings.Builder{}
			for _, file := range c.files {
				a, err := d.AddPaper(ctx, p.ID, desk.PaperFile{
					EvidenceFile: desk.EvidenceFile{Path: file, Note: note, Source: "command"}, Paper: kind, Issued: issued, Expires: expires,
				})
				if err != nil {
					return nil, err
				}
				items = append(items, productPaper{
					ID: a.Paper.UID, Kind: a.Paper.Kind, File: a.Paper.File, SHA256: a.Paper.SHA256, Issued: data.JSONTime(a.Paper.IssuedAt), Told: string(a.Paper.Told),
					Kept: data.JSONTime(a.Paper.AddedAt), Expires: data.JSONTime(a.Paper.ExpiresAt), Due: data.JSONTime(a.Task.Due),
				})
				fmt.Fprintf(&words, "%s\t%s\t%s\n", a.Paper.Kind, a.Paper.File, data.JSONTime(a.Paper.ShownAt()))
			}
			out.Items, out.words = items, words.String()
			return out, nil
		})
	}
}

// dayFlag reads a day; "" is none.
func dayFlag(name, text string, hold func(data.Day, *time.Location) time.Time) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	day, err := data.ParseDay(text)
	if err != nil {
		return time.Time{}, misused("%s wants a day such as 2026-11-30, not %q", name, text)
	}
	return hold(day, time.UTC), nil
}

// goodsItem is a product that is to be dropped or watched, as --json prints it.
type goodsItem struct {
	data.GoodsTrouble
	Advice   goods.Advice   `json:"advice"`
	Findings []data.Finding `json:"findings"`
}

func productAdviceCommand(c *call) func(context.Context) (*result, error) {
	return func(ctx context.Context) (*result, error) {
		if len(c.files) > 0 {
			return nil, misused("product advice takes no arguments")
		}
		return c.withDesk(ctx, func(d *desk.Desk) (*result, error) {
			list, err := d.GoodsToWatch(ctx)
			if err != nil {
				return nil, err
			}
			items, words := make([]goodsItem, 0, len(list)), strings.Builder{}
			for _, a := range list {
				items = append(items, goodsItem(a))
				for _, f := range a.Findings {
					fmt.Fprintf(&words, "%s\t%s %s\n", a.Advice, f.Why, f.How)
				}
			}
			return &result{Items: items, words: words.String(), stands: len(items) > 0}, nil
		})
	}
}
