package desk

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"casebinder/data"
	"casebinder/data/importer"
	"casebinder/data/store"
)

var (
	problemCostTwice = data.DefineProblem("import_cost_twice", data.ErrConflict,
		"The cost of {name} stands in the file twice, with two sums.", "The first was taken. Give the second the day from which it counts, or leave it out.")
	problemCostOrder = data.DefineProblem("import_cost_order", data.ErrNotFound,
		"No order has the number {number}.", "Import the orders of that time, then this file again: what was taken stays as it is.")
	problemCostOrders = data.DefineProblem("import_cost_orders", data.ErrConflict,
		"Orders of several shops have the number {number}.", "Choose the shop that the file is of.")
	problemCostAdds = data.DefineProblem("import_cost_adds", data.ErrConflict,
		"The rows of the order {number} are in two currencies, so they do not add up.", "Write them in one.")
)

// costJob brings a list of costs into the desk. Sums of one order stand in several rows
// where it has several articles: they add up.
type costJob struct {
	*importJob
	from   costDesk
	goods  map[data.GoodsCost]data.Money // as the file tells them, by a cost without its sum
	orders map[data.OrderCost]data.Money // so too
	steps  []step
}

// read takes the rows of the file.
func (j *costJob) read(ctx context.Context) error {
	options, err := j.options()
	if err != nil {
		return err
	}
	j.goods, j.orders = map[data.GoodsCost]data.Money{}, map[data.OrderCost]data.Money{}
	_, err = importer.Read(ctx, j.src, j.in, options, importer.Sink{
		Cost:   func(c *importer.CostLine) error { return j.line(ctx, c) },
		Reject: j.reject, Doubt: j.doubt,
	})
	if err != nil {
		return err
	}
	return j.settle(ctx)
}

func (j *costJob) line(ctx context.Context, c *importer.CostLine) error {
	if j.preview != nil && len(j.preview.Costs) < previewRows {
		j.preview.Costs = append(j.preview.Costs, *c)
	}
	bad, err := j.take(ctx, c)
	if err != nil || bad == nil {
		return err
	}
	return j.reject(data.Rejection{Finding: bad.Finding(data.Serious, c.Where...), Cells: c.Cells})
}

// take notes what a row tells: a cost of goods is the article's where the row names
// one, else the order's.
func (j *costJob) take(ctx context.Context, c *importer.CostLine) (*data.Problem, error) {
	id := int64(0)
	if c.Number != "" {
		var bad *data.Problem
		var err error
		if id, bad, err = j.order(ctx, c.Number); bad != nil || err != nil {
			return bad, err
		}
	}
	for _, cost := range data.SaleCosts() {
		sum, told := c.Costs[cost]
		if !told {
			continue
		}
		if cost == data.CostGoods && c.Article != "" {
			k := data.GoodsCost{Article: strings.TrimSpace(c.Article)}
			if !c.Since.IsZero() {
				k.Day = data.OnDay(c.Since).String()
			}
			if was, twice := j.goods[k]; twice && was != sum {
				return problemCostTwice.New("name", k.Article), nil
			}
			j.goods[k] = sum
			continue
		}
		k := data.OrderCost{OrderID: id, Cost: cost}
		whole, err := j.orders[k].Add(sum)
		if err != nil {
			return problemCostAdds.New("number", c.Number), nil
		}
		j.orders[k] = whole
	}
	return nil, nil
}

// order finds the order that a row means; in the chosen shop, where several have its
// number.
func (j *costJob) order(ctx context.Context, number string) (int64, *data.Problem, error) {
	ids, err := j.from.OrdersByNumber(ctx, number)
	if err != nil {
		return 0, nil, err
	}
	if len(ids) == 1 {
		return ids[0], nil, nil
	}
	for _, id := range ids {
		o, err := j.from.Order(ctx, id)
		if err != nil {
			return 0, nil, err
		}
		if o.Shop.ID == j.report.Shop.ID {
			return id, nil, nil
		}
	}
	if len(ids) == 0 {
		return 0, problemCostOrder.New("number", number), nil
	}
	return 0, problemCostOrders.New("number", number), nil
}

// settle makes steps of what the file tells and the desk does not know yet.
func (j *costJob) settle(ctx context.Context) error {
	var goods []data.GoodsCost
	for k, sum := range j.goods {
		k.Amount = sum
		goods = append(goods, k)
	}
	slices.SortFunc(goods, func(a, b data.GoodsCost) int {
		return cmp.Or(strings.Compare(a.Article, b.Article), strings.Compare(a.Day, b.Day))
	})
	for _, c := range goods {
		known, err := j.from.GoodsCosts(ctx, c.Article)
		if err != nil {
			return err
		}
		s, err := j.desk.settingGoodsCost(ctx, j.from, c)
		if err := j.count(s, len(known) > 0, err); err != nil {
			return err
		}
	}
	var orders []data.OrderCost
	for k, sum := range j.orders {
		k.Amount = sum
		orders = append(orders, k)
	}
	slices.SortFunc(orders, func(a, b data.OrderCost) int {
		return cmp.Or(cmp.Compare(a.OrderID, b.OrderID), strings.Compare(string(a.Cost), string(b.Cost)))
	})
	for _, c := range orders {
		known, err := j.from.OrderCosts(ctx, c.OrderID)
		if err != nil {
			return err
		}
		s, err := j.desk.settingOrderCost(ctx, j.from, c)
		if err := j.count(s, slices.ContainsFunc(known, func(k data.OrderCost) bool { return k.Cost == c.Cost }), err); err != nil {
			return err
		}
	}
	return nil
}

func (j *costJob) count(s step, known bool, err error) error {
	switch {
	case err != nil:
		return err
	case s == nil:
		j.report.Counts.Unchanged++
		return nil
	case known:
		j.report.Counts.Updated++
	default:
		j.report.Counts.Added++
	}
	j.steps = append(j.steps, s)
	return nil
}

// importCosts reads a list of costs: all of it or nothing, and taken back as one step.
func (d *Desk) importCosts(ctx context.Context, job *importJob) (ImportReport, error) {
	return d.importSteps(ctx, job, manyOf(data.EntityCost, data.EntityOrder), func(ctx context.Context, tx *store.Tx) ([]step, error) {
		j := &costJob{importJob: job, from: tx}
		err := j.read(ctx)
		return j.steps, err
	})
}

// importSteps brings what a file tells into the desk, as steps that are one.
func (d *Desk) importSteps(ctx context.Context, job *importJob, rows []data.RowRef, read func(context.Context, *store.Tx) ([]step, error)) (ImportReport, error) {
	nothing := errors.New("nothing is new")
	err := d.act(ctx, func(ctx context.Context, tx *store.Tx) (deed, error) {
		job.report = ImportReport{File: job.src.Name, Target: string(job.in.Preset.Target), Preset: job.in.Preset.ID}
		if err := job.shop(ctx, tx); err != nil {
			return deed{}, err
		}
		steps, err := read(ctx, tx)
		if err != nil {
			return deed{}, err
		}
		if len(steps) == 0 {
			return deed{}, nothing
		}
		did, err := together(steps...)(ctx, tx)
		if err != nil {
			return deed{}, err
		}
		did.also = append([]data.Change{did.Change}, did.also...)
		did.Change, did.effect = job.change(), data.EffectMany
		did.rows = rows
		waited, err := tx.TakenExport(job.hash)
		if waited {
			did.rows = append(did.rows, manyOf(data.EntityFound)...)
		}
		return did, err
	})
	if errors.Is(err, nothing) {
		return job.report, job.refuseNothing()
	}
	return job.report, err
}
