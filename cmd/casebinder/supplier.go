package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"slices"
	"strings"

	"casebinder/data"
	"casebinder/data/desk"
)

func supplierListCommand(c *call) func(context.Context) (*result, error) {
	return func(ctx context.Context) (*result, error) {
		if len(c.files) > 0 {
			return nil, misused("supplier list takes no arguments")
		}
		return c.withDesk(ctx, func(d *desk.Desk) (*result, error) {
			list, err := d.SupplierList(ctx)
			if err != nil {
				return nil, err
			}
			var words strings.Builder
			for i := range list {
				words.WriteString(supplierWords(&list[i]))
			}
			return &result{Items: slices.Concat([]data.Supplier{}, list), words: words.String()}, nil
		})
	}
}

func supplierWords(s *data.Supplier) string {
	agreed := func(text string) string {
		if text == "" {
			return "not agreed"
		}
		return text
	}
	return fmt.Sprintf("%s\t%d days\tdefects: %s\treturns: %s\n", s.Name, s.Warranty, agreed(s.Defects), agreed(s.Returns))
}

func supplierSetCommand(c *call) func(context.Context) (*result, error) {
	var set data.Supplier
	given := map[string]bool{}
	c.flags.StringVar(&set.Contact, "contact", "", "how the supplier is reached")
	c.flags.IntVar(&set.Warranty, "warranty", 0, "`days` of warranty from the day on which goods went to the buyer; 0 none")
	c.flags.StringVar(&set.Defects, "defects", "", "who pays for faulty goods: supplier, half or shop")
	c.flags.StringVar(&set.Returns, "returns", "", "who pays for the way back: supplier, half or shop")
	c.flags.StringVar(&set.Notes, "notes", "", "what was agreed, in words")
	return func(ctx context.Context) (*result, error) {
		if len(c.files) != 1 {
			return nil, misused("supplier set wants a name: supplier set --warranty 90 --defects supplier NAME")
		}
		c.flags.Visit(func(f *flag.Flag) { given[f.Name] = true })
		return c.withDesk(ctx, func(d *desk.Desk) (*result, error) {
			s, err := d.SupplierNamed(ctx, c.files[0])
			if errors.Is(err, data.ErrNotFound) {
				s, err = data.Supplier{Name: c.files[0]}, nil
			}
			if err != nil {
				return nil, err
			}
			for name, take := range map[string]func(){
				"contact": func() { s.Contact = set.Contact }, "warranty": func() { s.Warranty = set.Warranty }, "defects": func() { s.Defects = set.Defects },
				"returns": func() { s.Returns = set.Returns }, "notes": func() { s.Notes = set.Notes },
			} {
				if given[name] {
					take()
				}
			}
			if s, err = d.PutSupplier(ctx, s); err != nil {
				return nil, err
			}
			return &result{Detail: s, words: supplierWords(&s)}, nil
		})
	}
}

// claimItem is what can be claimed, as --json prints it.
type claimItem struct {
	Supplier string          `json:"supplier"`
	Order    string          `json:"order"`
	Article  string          `json:"article"`
	Title    string          `json:"title,omitempty"`
	Kinds    []data.CaseKind `json:"kinds"`
	Until    string          `json:"until"` // the last day of the warranty
	Pays     string          `json:"pays,omitempty"`
	Task     string          `json:"task,omitempty"` // id of the task that it became
	Text     string          `json:"text,omitempty"`
}

func supplierClaimsCommand(c *call) func(context.Context) (*result, error) {
	var number, shop, language string
	var take bool
	c.flags.StringVar(&number, "order", "", "`number` of one order; without it all")
	c.flags.StringVar(&shop, "shop", "", "`name` of its shop, where several have the number")
	c.flags.StringVar(&language, "language", "en", "`language` of the letter")
	c.flags.BoolVar(&take, "take", false, "make a task of each, with the letter")
	return func(ctx context.Context) (*result, error) {
		if len(c.files) > 0 {
			return nil, misused("supplier claims takes no arguments")
		}
		return c.withDesk(ctx, func(d *desk.Desk) (*result, error) {
			orderID := int64(0)
			if number != "" {
				order, err := findOrder(ctx, d, number, shop)
				if err != nil {
					return nil, err
				}
				orderID = order.ID
			}
			list, err := d.SupplierClaims(ctx, orderID)
			if err != nil {
				return nil, err
			}
			items, words := []claimItem{}, strings.Builder{}
			for i := range list {
				item, err := claimOf(ctx, d, &list[i], language, take)
				if err != nil {
					return nil, err
				}
				items = append(items, item)
				fmt.Fprintf(&words, "%s\t%s\t%s\tuntil %s\n", item.Supplier, item.Order, item.Article, item.Until)
			}
			return &result{Items: items, words: words.String()}, nil
		})
	}
}

// claimOf tells of a claim, and makes a task of it where that is asked for.
func claimOf(ctx context.Context, d *desk.Desk, c *data.SupplierClaim, language string, take bool) (claimItem, error) {
	item := claimItem{Supplier: c.Supplier.Name, Order: c.Number, Article: c.Article, Title: c.Title, Kinds: c.Kinds, Until: c.Until.String(), Pays: c.Supplier.Defects}
	var err error
	if item.Text, err = d.ClaimText(ctx, c, language); err != nil {
		return item, err
	}
	if take {
		task, err := d.TakeOnClaim(ctx, c.OrderID, c.Key, "Claim on "+c.Supplier.Name+": "+c.Number, item.Text)
		if err != nil {
			return item, err
		}
		item.Task = task.UID
	} else if c.Task != nil {
		item.Task = c.Task.UID
	}
	return item, nil
}
