package desk

import (
	"context"
	"errors"
	"maps"
	"slices"

	"casebinder/data"
	"casebinder/data/pack"
	"casebinder/data/path"
	"casebinder/data/policy"
	"casebinder/data/store"
)

// PathView is a run of a path with where it stands.
type PathView struct {
	Run    data.PathRun
	Title  data.Text
	State  path.State
	Ways   []path.Way  // of the question that is open
	Order  data.Order  //
	Rates  []data.Text // what of the account a dispute over it would move, or the open one moves
	Edited bool        // the path was changed since the run was begun
	Gone   bool        // the path is no longer there: nothing can be answered
}

// Path gives a run of a path as it stands now.
func (d *Desk) Path(ctx context.Context, uid string) (PathView, error) {
	run, err := d.store.PathRun(ctx, uid)
	if err != nil {
		return PathView{}, pathGone(err)
	}
	return d.pathView(ctx, run)
}

func pathGone(err error) error {
	if errors.Is(err, data.ErrNotFound) {
		return problemPathGone.Wrap(err)
	}
	return err
}

func (d *Desk) pathView(ctx context.Context, run data.PathRun) (PathView, error) {
	v := PathView{Run: run, Title: data.Text{English: run.Path}}
	f, err := d.pathFacts(ctx, &d.store.Reader, run.OrderID)
	if err != nil {
		return v, err
	}
	v.Order = f.Order
	p, err := pathInForce(ctx, &d.store.Reader, run.Path)
	if errors.Is(err, data.ErrNotFound) {
		v.Gone = true
		return v, nil
	}
	if err != nil {
		return v, err
	}
	v.Title, v.State, v.Edited = pack.Text(p.Title), p.Walk(&run, f), p.Edition != run.Edition
	if next := v.State.Next; next != nil && run.EndedAt.IsZero() {
		if v.Ways = p.Ways(next.Step, &run, f); len(v.Ways) > 0 {
			v.Rates, err = d.pathRates(ctx, p, f)
		}
	}
	return v, err
}

var (
	sayRateOpen = data.DefinePhrase("path.rate.open", "A dispute is open. Accepting it counts in: {rates}.")
	sayRateRisk = data.DefinePhrase("path.rate.risk", "If the buyer opens a dispute, it counts in: {rates}.")
	sayRateFee  = data.DefinePhrase("path.rate.fee", "A dispute may cost a fee: {fees}.")
	sayRateNone = data.DefinePhrase("path.rate.none", "No known rate of the account changes because of it.")
)

// pathRates says what of the account moves, by the rules of the platform.
func (d *Desk) pathRates(ctx context.Context, p *path.Path, f *path.Facts) ([]data.Text, error) {
	rules, err := d.Rules(ctx)
	if err != nil {
		return nil, err
	}
	reason := data.ReasonOther
	if len(p.Reasons) > 0 {
		reason = data.Reason(p.Reasons[0])
	}
	c := caseOf(&data.Dispute{OrderID: f.Order.ID, Reason: reason}, f.Order.Shop)
	inForce := rules.PackOf(&c)
	if inForce == nil {
		return []data.Text{sayRateNone.With()}, nil
	}
	card := policy.Weigh(inForce, &policy.View{}, policy.Stakes{Amount: f.Order.Total})
	var rates, fees []string
	for _, r := range card.Rates {
		if r.Accept {
			rates = append(rates, r.Title.English)
		}
	}
	for _, fee := range card.Fees {
		fees = append(fees, fee.Title.English+feeSum(fee.Amount))
	}
	var out []data.Text
	say := sayRateRisk
	if f.Disputed {
		say = sayRateOpen
	}
	for _, r := range rates {
		out = append(out, say.With("rates", r))
	}
	for _, fee := range fees {
		out = append(out, sayRateFee.With("fees", fee))
	}
	if len(out) == 0 {
		out = append(out, sayRateNone.With())
	}
	return out, nil
}

func feeSum(m data.Money) string {
	if m.IsZero() {
		return ""
	}
	return " (" + m.String() + ")"
}

// StartPath begins a path for an order, and for a dispute of it where that is not
// 0. What the buyer wants is asked first. It can be undone.
func (d *Desk) StartPath(ctx context.Context, id string, about data.ReplyAbout) (PathView, error) {
	uid, err := newUID()
	if err != nil {
		return PathView{}, err
	}
	run := data.PathRun{
		UID: uid, OrderID: about.OrderID, DisputeID: about.DisputeID, Path: id, StartedAt: data.Instant(d.now()), Operator: d.Operator(),
	}
	err = d.act(ctx, func(ctx context.Context, tx *store.Tx) (deed, error) {
		p, err := pathInForce(ctx, &tx.Reader, id)
		if err != nil {
			return deed{}, err
		}
		f, err := d.pathFacts(ctx, &tx.Reader, about.OrderID)
		if err != nil {
			return deed{}, err
		}
		if err := p.Fits(f); err != nil {
			return deed{}, err
		}
		run.Edition = p.Edition
		if err := tx.PutPathRun(&run); err != nil {
			return deed{}, err
		}
		rows := pathRows(&run)
		return deed{
			Change: data.Change{Action: "path.start", Entity: data.EntityPath, Key: uid, After: run},
			effect: data.EffectAdded, rows: rows, back: binning(data.EntityPath, uid, true, rows...),
		}, nil
	})
	if err != nil {
		return PathView{}, err
	}
	return d.Path(ctx, uid)
}

func pathRows(run *data.PathRun) []data.RowRef {
	return rowsOf(data.EntityPath, run.ID, run.OrderID, run.DisputeID)
}

// AnswerPath answers the question at which a run stands, and all that follow as
// far as the order's facts answer them. Where the order has changed under an
// earlier answer it is refused. It can be undone.
func (d *Desk) AnswerPath(ctx context.Context, uid, step, answer string) (PathView, error) {
	err := d.act(ctx, d.editingPath(uid, "path.answer", func(run *data.PathRun, p *path.Path, f *path.Facts) error {
		return p.Answer(run, f, step, answer, d.Operator())
	}))
	if err != nil {
		return PathView{}, err
	}
	return d.Path(ctx, uid)
}

// TakeBackPath takes the answer to a step back, and all that followed it; the
// question stands again. It can be undone.
func (d *Desk) TakeBackPath(ctx context.Context, uid, step string) (PathView, error) {
	err := d.act(ctx, d.editingPath(uid, "path.back", func(run *data.PathRun, p *path.Path, _ *path.Facts) error {
		return p.TakeBack(run, step)
	}))
	if err != nil {
		return PathView{}, err
	}
	return d.Path(ctx, uid)
}

// SetPathCost writes down what something costs for the order of a run; no text
// takes it away again. "30 %" is a share of what was paid. forShop keeps it as the
// shop's figure instead. It can be undone.
func (d *Desk) SetPathCost(ctx context.Context, uid string, cost data.Cost, text string, forShop bool) (PathView, error) {
	run, err := d.store.PathRun(ctx, uid)
	if err != nil {
		return PathView{}, pathGone(err)
	}
	order, err := d.store.Order(ctx, run.OrderID)
	if err != nil {
		return PathView{}, err
	}
	var figure data.CostFigure
	if text != "" {
		if figure, err = data.ParseCostFigure(text, order.Total.Currency); err != nil {
			return PathView{}, err
		}
	}
	if forShop {
		return d.setShopCost(ctx, uid, order.Shop.ID, cost, text, figure)
	}
	amount, known := figure.Of(order.Total)
	if !known {
		return PathView{}, problemCostShare.New("share", figure)
	}
	err = d.act(ctx, d.editingPath(uid, "path.cost", func(run *data.PathRun, _ *path.Path, _ *path.Facts) error {
		costs := maps.Clone(run.Steps.Costs)
		if costs == nil {
			costs = map[string]data.Money{}
		}
		if costs[string(cost)] = amount; text == "" {
			delete(costs, string(cost))
		}
		run.Steps.Costs = costs
		return nil
	}))
	if err != nil {
		return PathView{}, err
	}
	return d.Path(ctx, uid)
}

var problemCostShare = data.DefineProblem("cost_share", data.ErrInvalid,
	"The order's total is not known, so {share} of it cannot be calculated.", "Enter an amount, such as 4.50 EUR.")

func (d *Desk) setShopCost(ctx context.Context, uid string, shopID int64, cost data.Cost, text string, figure data.CostFigure) (PathView, error) {
	set, err := d.store.ShopService(ctx, shopID)
	if err != nil {
		return PathView{}, err
	}
	if cost == data.CostGoodsBack {
		cost = data.CostGoods
	}
	if !slices.Contains(data.SetCosts(), cost) {
		return PathView{}, problemServiceWord.New("field", "cost", "value", cost, "choices", data.SetCosts())
	}
	costs := maps.Clone(set.Costs)
	if costs == nil {
		costs = data.CostFigures{}
	}
	if costs[cost] = figure; text == "" {
		delete(costs, cost)
	}
	set.Costs = costs
	if err := d.SetShopService(ctx, shopID, set); err != nil {
		return PathView{}, err
	}
	return d.Path(ctx, uid)
}

// editingPath is the step that changes a run that has not ended; taken back, it is
// as it was.
func (d *Desk) editingPath(uid, action string, edit func(*data.PathRun, *path.Path, *path.Facts) error) step {
	return func(ctx context.Context, tx *store.Tx) (deed, error) {
		before, err := tx.PathRun(ctx, uid)
		switch {
		case err != nil:
			return deed{}, pathGone(err)
		case !before.BinnedAt.IsZero():
			return deed{}, problemPathGone.New()
		case !before.EndedAt.IsZero():
			return deed{}, problemPathEnded.New()
		}
		p, err := pathInForce(ctx, &tx.Reader, before.Path)
		if err != nil {
			return deed{}, err
		}
		f, err := d.pathFacts(ctx, &tx.Reader, before.OrderID)
		if err != nil {
			return deed{}, err
		}
		after := before
		if err := edit(&after, p, f); err != nil {
			return deed{}, err
		}
		of := about{action, data.EntityPath, uid, pathRows(&before)}
		return swap(of, before, after, func(_ context.Context, tx *store.Tx, to data.PathRun) error { return tx.PutPathRun(&to) })(ctx, tx)
	}
}

// BinPath puts a run into the bin: it was begun by mistake. It can be undone.
func (d *Desk) BinPath(ctx context.Context, uid string) error {
	run, err := d.store.PathRun(ctx, uid)
	if err != nil {
		return pathGone(err)
	}
	return d.act(ctx, binning(data.EntityPath, uid, true, pathRows(&run)...))
}

// pathViews gives the runs of paths for an order.
func (d *Desk) pathViews(ctx context.Context, orderID int64) ([]PathView, error) {
	runs, err := d.store.PathRunsOf(ctx, orderID)
	if err != nil || len(runs) == 0 {
		return nil, err
	}
	var all []PathView
	for _, run := range runs {
		v, err := d.pathView(ctx, run)
		if err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	return all, nil
}

// Strip is the run in a few words: its title, each question with its answer, and
// where it stands.
func (v *PathView) Strip() []data.Text {
	all := []data.Text{v.Title}
	for i := range v.State.Answered {
		all = append(all, v.State.Answered[i].Ask, v.State.Answered[i].Text)
	}
	switch {
	case v.State.End != nil:
		all = append(all, pack.Text(v.State.End.Title))
	case v.State.Next != nil:
		all = append(all, v.State.Next.Ask)
	}
	return all
}

// Owes is what the ended path asked to be written down on the order and nobody has
// written down since; "" where nothing is, or the order's own facts tell it.
func (v *PathView) Owes(o *data.Order, events []data.OrderEvent) data.OrderEventKind {
	if v.Run.EndedAt.IsZero() || v.State.End == nil {
		return ""
	}
	kind := data.OrderEventKind(v.State.End.Deed)
	switch {
	case kind == data.OrderRefund && o.Refunded.Minor > 0, kind == data.OrderCanceled && o.Status == data.StatusCanceled:
		return ""
	}
	for _, e := range events {
		if e.Kind == kind && e.RecordedAt.After(v.Run.StartedAt) {
			return ""
		}
	}
	return kind
}

// pathMoments are the beginnings and endings of paths.
func pathMoments(views []PathView) []data.Moment {
	var all []data.Moment
	for i := range views {
		v := &views[i]
		m := data.Moment{At: v.Run.StartedAt, Kind: data.MomentPath, Actor: data.ActorSeller, Said: v.Strip(), DisputeID: v.Run.DisputeID, Ref: v.Run.ID}
		if !v.Run.EndedAt.IsZero() {
			m.At = v.Run.EndedAt
		}
		all = append(all, m)
	}
	return all
}
