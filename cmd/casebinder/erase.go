package main

import (
	"context"
	"fmt"
	"strings"

	"casebinder/data"
	"casebinder/data/desk"
)

// erasedItem is what an erasure takes away and keeps, as --json prints it.
type erasedItem struct {
	Done    bool               `json:"done"` // false: it only tells what it would do
	UID     string             `json:"uid,omitempty"`
	Orders  []string           `json:"orders"`
	Files   []data.ErasedFile  `json:"files,omitempty"`
	Kept    []data.ErasureKept `json:"kept,omitempty"`
	Changed map[string]int     `json:"changed,omitempty"`
}

func eraseCommand(c *call) func(context.Context) (*result, error) {
	var r desk.ErasureRequest
	var number, shop, buyer, ground string
	var yes bool
	c.flags.StringVar(&number, "order", "", "`number` of an order")
	c.flags.StringVar(&shop, "shop", "", "`name` of its shop, where several have the number")
	c.flags.StringVar(&buyer, "buyer", "", "`handle` of a buyer: all orders of that buyer")
	c.flags.StringVar(&ground, "ground", string(data.GroundRequest), "why: request, where the buyer asked for it, or retention")
	c.flags.StringVar(&r.Note, "note", "", "`words` about it, such as when and how the buyer asked")
	c.flags.StringVar(&r.Files, "files", desk.EraseCopies, "which files go: copies (originals with a redacted copy, which then stands for them), all or none")
	c.flags.BoolVar(&yes, "yes", false, "erase for good; without it only what would go is told")
	return func(ctx context.Context) (*result, error) {
		switch {
		case len(c.files) > 0:
			return nil, misused("erase takes no arguments; name an order with --order or a buyer with --buyer")
		case (number == "") == (buyer == ""):
			return nil, misused("erase needs --order or --buyer")
		case r.Files != desk.EraseCopies && r.Files != desk.EraseFiles && r.Files != desk.EraseNone:
			return nil, misused("--files is copies, all or none")
		}
		r.Ground = data.ErasureGround(ground)
		return c.withDesk(ctx, func(d *desk.Desk) (*result, error) {
			if err := eraseWhom(ctx, d, &r, number, shop, buyer); err != nil {
				return nil, err
			}
			plan, err := d.PlanErasure(ctx, r)
			if err != nil {
				return nil, err
			}
			item := erasedItem{Orders: plan.Orders, Files: plan.Files, Kept: plan.Kept}
			if !yes {
				return erasedResult(item), nil
			}
			done, err := d.Erase(ctx, plan, nil)
			if err != nil {
				return nil, err
			}
			return erasedResult(erasedItem{Done: true, UID: done.UID, Orders: done.Orders, Files: done.Files, Kept: done.Kept, Changed: done.Done}), nil
		})
	}
}

// eraseWhom finds the order or the buyer.
func eraseWhom(ctx context.Context, d *desk.Desk, r *desk.ErasureRequest, number, shop, buyer string) error {
	if number != "" {
		order, err := findOrder(ctx, d, number, shop)
		r.Orders = []int64{order.ID}
		return err
	}
	ids, err := d.BuyersByHandle(ctx, buyer)
	if err != nil {
		return err
	}
	if len(ids) != 1 {
		return problemBuyerHandle.New("handle", buyer, "count", len(ids))
	}
	r.Buyer = ids[0]
	return nil
}

var problemBuyerHandle = data.DefineProblem("buyer_handle", data.ErrNotFound,
	"{count} buyers of this desk have the handle {handle}.", "Write it as the platform shows it, or name one of the orders with --order.")

func erasedResult(item erasedItem) *result {
	var words strings.Builder
	state := "would go"
	if item.Done {
		state = "erased"
	}
	for _, number := range item.Orders {
		fmt.Fprintf(&words, "%s\t%s\n", state, number)
	}
	for _, f := range item.Files {
		fmt.Fprintf(&words, "%s\t%s\t%s\n", state, f.SHA256, f.ReplacedBy)
	}
	for _, k := range item.Kept {
		fmt.Fprintf(&words, "kept\t%s\n", strings.Join(notEmpty(k.What, k.Order, k.Name, desk.KeptReason(k).String()), "\t"))
	}
	return &result{ID: item.UID, Items: []erasedItem{item}, words: words.String()}
}
