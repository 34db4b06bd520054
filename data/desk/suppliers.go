package desk

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"casebinder/data"
	"casebinder/data/report"
	"casebinder/data/store"
)

var (
	problemSupplierName = data.DefineProblem("supplier_name", data.ErrInvalid,
		"A supplier needs a name.", "Write the name as it stands on your invoices.")
	problemSupplierTwice = data.DefineProblem("supplier_twice", data.ErrConflict,
		"The supplier {name} is there already.", "Open that one and change it.")
	problemNoSupplier = data.DefineProblem("supplier_unknown", data.ErrNotFound,
		"There is no supplier {name}.", "List the suppliers, and write the name as it stands there.")
	problemSupplierDays = data.DefineProblem("supplier_days", data.ErrInvalid,
		"“{days}” is not a number of days of warranty.", "Write a whole number from 0 to {most}; 0 where none was agreed.")
	problemSupplierPays = data.DefineProblem("supplier_pays", data.ErrInvalid,
		"“{payer}” is nobody who pays.", "Choose one of: {choices}.")
	problemClaimGone = data.DefineProblem("supplier_claim_gone", data.ErrNotFound,
		"Nothing can be claimed on a supplier for this order any more.", "Look whether its cause was changed, or the warranty has ended.")
)

// maxWarranty is the longest warranty of a supplier, in days.
const maxWarranty = 3650

// claimWeek is within how many days a claim is to be sent: what waits is forgotten.
const claimWeek = 7

// SupplierList gives the suppliers, by name.
func (d *Desk) SupplierList(ctx context.Context) ([]data.Supplier, error) {
	return d.store.SupplierList(ctx)
}

// SupplierNamed gives the supplier of a name.
func (d *Desk) SupplierNamed(ctx context.Context, name string) (data.Supplier, error) {
	s, err := d.store.SupplierNamed(ctx, name)
	if errors.Is(err, data.ErrNotFound) {
		return s, problemNoSupplier.New("name", name)
	}
	return s, err
}

// PutSupplier stores a new supplier (UID "") or an edited one. It can be undone.
func (d *Desk) PutSupplier(ctx context.Context, s data.Supplier) (data.Supplier, error) {
	s.Name, s.Contact, s.Notes = strings.TrimSpace(s.Name), strings.TrimSpace(s.Contact), strings.TrimSpace(s.Notes)
	if s.Name == "" {
		return s, problemSupplierName.New()
	}
	if s.Warranty < 0 || s.Warranty > maxWarranty {
		return s, problemSupplierDays.New("days", s.Warranty, "most", maxWarranty)
	}
	for _, payer := range []string{s.Defects, s.Returns} {
		if !slices.Contains(data.SupplyPayers(), payer) {
			return s, problemSupplierPays.New("payer", payer, "choices", data.SupplyPayers()[1:])
		}
	}
	same, err := d.store.SupplierNamed(ctx, s.Name)
	switch {
	case err == nil && same.UID != s.UID:
		return s, problemSupplierTwice.New("name", s.Name)
	case err != nil && !errors.Is(err, data.ErrNotFound):
		return s, err
	}
	if s.UID == "" {
		if s.UID, err = newUID(); err != nil {
			return s, err
		}
		return s, d.act(ctx, addingSupplier(&s))
	}
	before, err := d.store.Supplier(ctx, s.ID)
	if err != nil {
		return s, err
	}
	s.BinnedAt = before.BinnedAt
	of := about{"supplier.edit", data.EntitySupplier, s.UID, supplierRows(s.ID)}
	return s, d.act(ctx, swap(of, before, s, func(_ context.Context, tx *store.Tx, to data.Supplier) error { return tx.PutSupplier(&to) }))
}

// supplierRows are the rows that show a supplier: products show its name.
func supplierRows(id int64) []data.RowRef {
	return append(rowsOf(data.EntitySupplier, id, 0, 0), manyOf(data.EntityProduct)...)
}

// addingSupplier is the step that stores a new supplier; taken back, it lies in the bin.
func addingSupplier(s *data.Supplier) step {
	return func(_ context.Context, tx *store.Tx) (deed, error) {
		if err := tx.PutSupplier(s); err != nil {
			return deed{}, err
		}
		rows := supplierRows(s.ID)
		return deed{
			Change: data.Change{Action: "supplier.add", Entity: data.EntitySupplier, Key: s.UID, After: *s},
			effect: data.EffectAdded, rows: rows, back: binning(data.EntitySupplier, s.UID, true, rows...),
		}, nil
	}
}

// withSupplier is a step that names a supplier: one that is not there yet is added
// first, and goes back with the step.
func withSupplier(name string, s step) step {
	return func(ctx context.Context, tx *store.Tx) (deed, error) {
		if name = strings.TrimSpace(name); name == "" {
			return s(ctx, tx)
		}
		switch _, err := tx.SupplierNamed(ctx, name); {
		case err == nil:
			return s(ctx, tx)
		case !errors.Is(err, data.ErrNotFound):
			return deed{}, err
		}
		made, err := addingSupplier(&data.Supplier{Name: name})(ctx, tx)
		if err != nil {
			return deed{}, err
		}
		did, err := s(ctx, tx)
		if err != nil {
			return deed{}, err
		}
		did.also, did.rows = append(append(did.also, made.Change), made.also...), append(did.rows, made.rows...)
		did.back = together(did.back, made.back)
		return did, nil
	}
}

// BinSupplier puts a supplier into the bin; its products keep its name. It can be undone.
func (d *Desk) BinSupplier(ctx context.Context, id int64) error {
	s, err := d.store.Supplier(ctx, id)
	if err != nil {
		return err
	}
	return d.act(ctx, binning(data.EntitySupplier, s.UID, true, supplierRows(id)...))
}

// SupplierClaims lists what can be claimed on suppliers while their warranties run, the
// soonest end first: faulty goods of an order, by its disputes, complaints, refunds and
// bad feedback. What an order of several articles was about nobody can say; it is not
// among them. orderID 0 asks for all.
func (d *Desk) SupplierClaims(ctx context.Context, orderID int64) ([]data.SupplierClaim, error) {
	suppliers, err := d.store.SupplierList(ctx)
	if err != nil {
		return nil, err
	}
	byID, longest := map[int64]data.Supplier{}, 0
	for _, s := range suppliers {
		if s.Warranty > 0 && s.Defects != data.ShopPays {
			byID[s.ID], longest = s, max(longest, s.Warranty)
		}
	}
	if len(byID) == 0 {
		return nil, nil
	}
	of, err := d.store.SupplierOfArticle(ctx)
	if err != nil {
		return nil, err
	}
	now := d.now()
	cases, err := d.store.ReportCases(ctx, 0, now.AddDate(0, 0, -longest-2*claimWeek), now.AddDate(0, 0, 1))
	if err != nil {
		return nil, err
	}
	found := map[string]*data.SupplierClaim{}
	for i := range cases {
		c := &cases[i]
		s, ok := byID[of[c.Product]]
		if !ok || c.OrderID == 0 || orderID != 0 && c.OrderID != orderID || !c.Defect() {
			continue
		}
		if err := d.claim(ctx, found, c, s); err != nil {
			return nil, err
		}
	}
	return d.claims(ctx, found)
}

// claim adds a case to what can be claimed for its order.
func (d *Desk) claim(ctx context.Context, found map[string]*data.SupplierClaim, c *data.ReportCase, s data.Supplier) error {
	sent, zone, err := d.store.SentOut(ctx, c.OrderID)
	if err != nil {
		return err
	}
	place := (&data.Shop{Zone: zone}).Location()
	until, ok := s.Until(sent, place)
	if !ok || data.OnDay(d.now().In(place)).String() > until.String() {
		return nil
	}
	key := fmt.Sprintf("%s/%d/%s", s.UID, c.OrderID, c.Product)
	if found[key] == nil {
		found[key] = &data.SupplierClaim{
			Supplier: s, OrderID: c.OrderID, Number: c.Number, Article: c.Product, Title: cmp.Or(c.Title, c.Product), Problem: string(data.ReasonQuality), Until: until, Key: key,
		}
	}
	claim := found[key]
	claim.Cases = append(claim.Cases, data.CaseID{Kind: c.Kind, ID: c.ID})
	if !slices.Contains(claim.Kinds, c.Kind) {
		claim.Kinds = append(claim.Kinds, c.Kind)
	}
	if claim.Number == "" {
		o, err := d.store.Order(ctx, c.OrderID)
		if err != nil {
			return err
		}
		claim.Number = o.Number
	}
	return nil
}

// claims puts what was found in its order, with the tasks that it became.
func (d *Desk) claims(ctx context.Context, found map[string]*data.SupplierClaim) ([]data.SupplierClaim, error) {
	var list []data.SupplierClaim
	for _, c := range found {
		task, err := d.store.TaskOfOrigin(ctx, data.TaskOrigin{Kind: data.OriginSupplier, Key: c.Key})
		switch {
		case err == nil && task.BinnedAt.IsZero():
			c.Task = &task
		case err != nil && !errors.Is(err, data.ErrNotFound):
			return nil, err
		}
		list = append(list, *c)
	}
	slices.SortFunc(list, func(a, b data.SupplierClaim) int {
		return cmp.Or(strings.Compare(a.Until.String(), b.Until.String()), strings.Compare(a.Number, b.Number), strings.Compare(a.Key, b.Key))
	})
	return list, nil
}

// claimKeyed gives the claim with a key, while it can be made.
func (d *Desk) claimKeyed(ctx context.Context, orderID int64, key string) (data.SupplierClaim, error) {
	list, err := d.SupplierClaims(ctx, orderID)
	if err != nil {
		return data.SupplierClaim{}, err
	}
	for _, c := range list {
		if c.Key == key {
			return c, nil
		}
	}
	return data.SupplierClaim{}, problemClaimGone.New()
}

// ClaimText drafts what is written to the supplier, in a language of the seller's: the
// template "supplier_claim" with what the order knows.
func (d *Desk) ClaimText(ctx context.Context, c *data.SupplierClaim, language string) (string, error) {
	draft, err := d.Draft(ctx, DraftRequest{
		Template: "supplier_claim", Language: language, OrderID: c.OrderID,
		Extra: map[string]string{"issue.kind": c.Problem, "supply.wish": "credit", "answer.by": d.claimDue(c).String()},
	})
	return draft.Text, err
}

// claimDue is the day by which a claim is to be sent: within a week, and not after the
// warranty.
func (d *Desk) claimDue(c *data.SupplierClaim) data.Day {
	week := data.OnDay(d.now().AddDate(0, 0, claimWeek))
	if c.Until.String() < week.String() {
		return c.Until
	}
	return week
}

// TakeOnClaim makes a task of a claim, with a title and the text to send in the
// caller's words; one that was binned comes back. It can be undone.
func (d *Desk) TakeOnClaim(ctx context.Context, orderID int64, key, title, note string) (data.Task, error) {
	c, err := d.claimKeyed(ctx, orderID, key)
	if err != nil {
		return data.Task{}, err
	}
	o, err := d.store.Order(ctx, orderID)
	if err != nil {
		return data.Task{}, err
	}
	return d.takeOn(ctx, data.Task{
		Title: title, Note: note, OrderID: c.OrderID, Due: d.claimDue(&c).End(o.Shop.Location()), Origin: data.TaskOrigin{Kind: data.OriginSupplier, Key: c.Key},
	})
}

// takeOn makes the task of an origin, or takes it out of the bin.
func (d *Desk) takeOn(ctx context.Context, task data.Task) (data.Task, error) {
	known, err := d.store.TaskOfOrigin(ctx, task.Origin)
	switch {
	case errors.Is(err, data.ErrNotFound):
		return d.PutTask(ctx, task)
	case err != nil, known.BinnedAt.IsZero():
		return known, err
	}
	return known, d.act(ctx, binning(data.EntityTask, known.UID, false, taskRows(&known)...))
}

// claimable marks the cases of a report for which a supplier can still be held.
func (d *Desk) claimable(ctx context.Context, in *report.Input) error {
	list, err := d.SupplierClaims(ctx, 0)
	in.Claimable = map[data.CaseID]bool{}
	for i := range list {
		for _, c := range list[i].Cases {
			in.Claimable[c] = true
		}
	}
	return err
}
