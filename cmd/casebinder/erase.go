package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"casebinder/data"
	"casebinder/data/desk"
)

// erasedItem is what an erasure takes away and keeps, as --json prints it.
type erasedItem struct {
	Done    bool               `json:"done"` // false: it only tells what it would do
	UID     string             `json:"uid,omitempty"`
	Orders  []string           `json:"orders"`
	Buyers  int                `json:"buyers"`
	Files   []erasedFile       `json:"files,omitempty"`
	Kept    []data.ErasureKept `json:"kept,omitempty"`
	Changed map[string]int     `json:"changed,omitempty"`
}

// erasedFile is a file of evidence and what becomes of it.
type erasedFile struct {
	UID    string `json:"uid"`
	Order  string `json:"order,omitempty"`
	Name   string `json:"name,omitempty"`
	SHA256 string `json:"sha256"`
	Does   string `json:"does"` // keep, copy or delete
	Reason string `json:"reason,omitempty"`
}

func eraseCommand(c *call) func(context.Context) (*result, error) {
	r := desk.ErasureRequest{Files: map[string]string{}}
	var number, shop, buyer, ground string
	var take bool
	c.flags.StringVar(&number, "order", "", "`number` of an order")
	c.flags.StringVar(&shop, "shop", "", "`name` of its shop, where several have the number")
	c.flags.StringVar(&buyer, "buyer", "", "`handle` of a buyer: all orders of all accounts of that person")
	c.flags.StringVar(&ground, "ground", string(data.GroundRequest), "why: request, where the buyer asked for it, or retention")
	c.flags.StringVar(&r.Note, "note", "", "`words` about it, such as when and how the buyer asked")
	c.flags.BoolVar(&r.All, "all-files", false, "files that nothing ties go too, not only those of which there is a redacted copy")
	c.flags.BoolVar(&r.Early, "early", false, "orders of which the payment can still be disputed go too")
	c.flags.BoolVar(&take, "take", false, "erase for good; without it only what would go is told")
	c.flags.Func("file", "`UID=DEED` of a file of evidence: keep, copy (its redacted copy stands for it) or delete; again for each", func(text string) error {
		uid, does, ok := strings.Cut(text, "=")
		if !ok || uid == "" {
			return fmt.Errorf("%q is not UID=DEED", text)
		}
		r.Files[uid] = does
		return nil
	})
	return func(ctx context.Context) (*result, error) {
		switch {
		case len(c.files) > 0:
			return nil, misused("erase takes no arguments; name an order with --order or a buyer with --buyer")
		case (number == "") == (buyer == ""):
			return nil, misused("erase needs --order or --buyer")
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
			for _, uid := range slices.Sorted(maps.Keys(r.Files)) {
				if !slices.ContainsFunc(plan.Files, func(f desk.PlannedFile) bool { return f.UID == uid }) {
					return nil, problemEraseNoFile.New("file", uid)
				}
			}
			item := erasedItem{Orders: append([]string{}, plan.Orders...), Buyers: len(plan.Accounts), Kept: plan.Kept, Changed: plan.Done}
			for _, f := range plan.Files {
				item.Files = append(item.Files, erasedFile{f.UID, f.Order, f.Name, f.SHA256, f.Does, f.Reason})
			}
			if !take {
				return erasedResult(item), nil
			}
			done, err := d.Erase(ctx, plan, nil)
			if err != nil {
				return nil, err
			}
			item.Done, item.UID, item.Kept, item.Changed = true, done.UID, done.Kept, done.Done
			for i := range item.Files {
				if f := &item.Files[i]; f.Does != desk.FileKeep {
					f.Name = ""
				}
			}
			return erasedResult(item), nil
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

var problemEraseNoFile = data.DefineProblem("erase_no_file", data.ErrNotFound,
	"No file {file} belongs to an order that goes.", "Look at the files with --json and without --take, and name one by its uid.")

var problemBuyerHandle = data.DefineProblem("buyer_handle", data.ErrNotFound,
	"{count} buyers of this desk have the handle {handle}.", "Write it as the platform shows it, or name one of the orders with --order.")

// erasedResult prints it. What is kept, but for what every erasure keeps, gives exit
// code 3.
func erasedResult(item erasedItem) *result {
	var words strings.Builder
	state := "would go"
	if item.Done {
		state = "erased"
	}
	for _, number := range item.Orders {
		fmt.Fprintf(&words, "%s\torder\t%s\n", state, number)
	}
	if item.Buyers > 0 {
		fmt.Fprintf(&words, "%s\tbuyers\t%d\n", state, item.Buyers)
	}
	for _, f := range item.Files {
		if f.Does != desk.FileKeep {
			fmt.Fprintf(&words, "%s\tfile\t%s\n", state, strings.Join(notEmpty(f.Does, f.UID, f.Name, f.SHA256), "\t"))
		}
	}
	for _, what := range slices.Sorted(maps.Keys(item.Changed)) {
		fmt.Fprintf(&words, "%s\trows\t%s\t%d\n", state, what, item.Changed[what])
	}
	for _, k := range item.Kept {
		fmt.Fprintf(&words, "kept\t%s\n", strings.Join(notEmpty(k.What, k.Order, k.Name, desk.KeptReason(k).String()), "\t"))
	}
	some := slices.ContainsFunc(item.Kept, func(k data.ErasureKept) bool { return !desk.KeptAlways(k) })
	return &result{ID: item.UID, Items: []erasedItem{item}, words: words.String(), stands: some}
}
