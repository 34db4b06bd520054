package desk

import (
	"context"
	"slices"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/policy"
	"casebinder/data/store"
)

// CaseView is a dispute with what the rules say of it.
type CaseView struct {
	DisputeView
	Pack     *policy.Pack // in force for it
	View     policy.View  // stage, deadlines with their reasons, next steps, ladder
	Proof    []policy.ItemView
	Ready    policy.Readiness      // what is there and what is missing, in counts
	Offers   []policy.FallbackView // solutions that the platform accepts, the buyer's wish first
	Findings []data.FindingView    // contradictions, and what is odd about its events: the worst first, what was passed last
}

// A Todo is something that an open case still wants, with how many of it.
type Todo struct {
	What TodoKind
	N    int
}

// TodoKind is what a case wants.
type TodoKind string

// What a case may want.
const (
	TodoDate     TodoKind = "no_due"      // it is the seller's turn, and no date is known
	TodoProof    TodoKind = "missing"     // N items of its checklist have no proof
	TodoEvidence TodoKind = "no_evidence" // nothing is collected
	TodoBundle   TodoKind = "no_bundle"   // N pieces are collected, and no bundle was made of them
)

// Todos lists what the case still wants, in the order in which to do it.
func (v *CaseView) Todos() []Todo {
	var list []Todo
	if v.Row.Due.IsZero() && v.View.Waiting == data.ActorSeller {
		list = append(list, Todo{What: TodoDate})
	}
	if v.Ready.Missing > 0 {
		list = append(list, Todo{TodoProof, v.Ready.Missing})
	}
	switch n := len(v.Evidence); {
	case n == 0:
		list = append(list, Todo{What: TodoEvidence})
	case len(v.Submissions) == 0:
		list = append(list, Todo{TodoBundle, n})
	}
	return list
}

// Case gathers a dispute with what the rules say of it now.
func (d *Desk) Case(ctx context.Context, id int64) (CaseView, error) {
	base, err := d.Dispute(ctx, id)
	if err != nil {
		return CaseView{}, err
	}
	rules, err := d.Rules(ctx)
	if err != nil {
		return CaseView{}, err
	}
	view := CaseView{DisputeView: base}
	c := caseOf(&base.Dispute, base.Order.Shop)
	view.Pack = rules.PackOf(&c)
	view.View = rules.Evaluate(c, d.now())
	view.Offers = policy.Weigh(view.Pack, &view.View, policy.Stakes{Wish: policy.Offer(base.Dispute.Wish)}).Offers
	facts, err := d.facts(ctx, &base)
	if err != nil {
		return view, err
	}
	view.Proof = policy.Checklist(view.Pack, facts, view.View.Deadlines)
	view.Ready = policy.Count(view.Proof)
	shots, err := d.snapshotFindings(ctx, &base.Order, base.Order.Shop.Location())
	if err != nil {
		return view, err
	}
	passes, err := d.store.Passes(ctx, data.EntityDispute, id)
	view.Findings = data.WithPasses(slices.Concat(policy.Contradictions(facts), shots, policy.ProtectionFindings(view.Pack, facts, view.Proof), view.View.Findings), passes)
	return view, err
}

// facts gathers all that is known of a case for its checks.
func (d *Desk) facts(ctx context.Context, base *DisputeView) (*policy.CaseFacts, error) {
	messages, err := d.messagesOf(ctx, &base.Dispute)
	if err != nil {
		return nil, err
	}
	f := &policy.CaseFacts{
		Order: base.Order, Dispute: base.Dispute, Messages: messages,
		Evidence:      slices.DeleteFunc(slices.Clone(base.Evidence), func(e data.Evidence) bool { return e.Erased() }), // it shows nothing any more
		StatedCapture: map[string]time.Time{}, OtherTracking: map[string]string{}, OtherFiles: map[string][]string{},
		Exhibits: map[string][]string{}, NotApplicable: map[string]string{}, Written: base.OrderEvents,
	}
	stated, err := d.store.Statement(ctx, base.Dispute.ID)
	if err != nil {
		return nil, err
	}
	for _, claim := range stated.Claims {
		f.Statement += claim.Text + "\n"
	}
	for _, step := range []func(context.Context, *policy.CaseFacts) error{d.itemStates, d.pictures, d.otherTracking, d.otherFiles, d.priorOrders} {
		if err := step(ctx, f); err != nil {
			return nil, err
		}
	}
	return f, nil
}

func (d *Desk) itemStates(ctx context.Context, f *policy.CaseFacts) error {
	states, err := d.store.Checklist(ctx, f.Dispute.ID)
	for _, s := range states {
		switch s.State {
		case itemNotApplicable:
			f.NotApplicable[s.Item] = s.Note
		case itemDone:
			f.Exhibits[s.Item] = strings.Fields(s.Note)
		}
	}
	return err
}

// pictures tells the check what stands on labels, and of a picture whose
// capture time somebody stated what its camera wrote instead.
func (d *Desk) pictures(ctx context.Context, f *policy.CaseFacts) error {
	for i := range f.Evidence {
		e := &f.Evidence[i]
		if e.Label != "" {
			f.Labels = append(f.Labels, policy.LabelText{Evidence: e.UID, Text: e.Label})
		}
		if e.Captured != data.CapturedStated || !strings.HasPrefix(e.MIME, "image/") {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		stated, written := e.CapturedAt, *e
		written.CapturedAt, written.Captured = time.Time{}, data.CapturedNone
		if err := d.readExif(&written); err != nil {
			return err
		}
		if written.Captured == data.CapturedExif {
			f.StatedCapture[e.UID] = stated
			e.CapturedAt, e.Captured = written.CapturedAt, data.CapturedExif
		}
	}
	return nil
}

// otherTracking finds other orders with the tracking numbers of this one.
func (d *Desk) otherTracking(ctx context.Context, f *policy.CaseFacts) error {
	found, err := d.store.SameTracking(ctx, &f.Order)
	for tracking, orders := range found {
		f.OtherTracking[tracking] = strings.Join(orders, ", ")
	}
	return err
}

// otherFiles finds other orders on which the same files are evidence.
func (d *Desk) otherFiles(ctx context.Context, f *policy.CaseFacts) error {
	for _, e := range f.Evidence {
		same, err := d.store.EvidenceBySHA(ctx, e.SHA256)
		if err != nil {
			return err
		}
		for _, other := range same {
			if other.OrderID == f.Order.ID || other.OrderID == 0 || !other.BinnedAt.IsZero() {
				continue
			}
			order, err := d.store.Order(ctx, other.OrderID)
			if err != nil {
				return err
			}
			if !slices.Contains(f.OtherFiles[e.SHA256], order.Number) {
				f.OtherFiles[e.SHA256] = append(f.OtherFiles[e.SHA256], order.Number)
			}
		}
	}
	return nil
}

// priorOrders finds earlier orders of the same buyer. Which card paid them, no
// platform's file tells; a person has to look it up.
func (d *Desk) priorOrders(ctx context.Context, f *policy.CaseFacts) error {
	found, err := d.store.PriorOrders(ctx, &f.Order)
	for _, p := range found {
		prior := policy.PriorOrder{Number: p.Number, At: p.PaidAt, Disputed: p.Disputed}
		if p.SameAccount {
			prior.Matches = append(prior.Matches, "account_id")
		}
		if p.ShipTo == f.Order.ShipTo && p.ShipTo.Postcode != "" {
			prior.Matches = append(prior.Matches, "shipping_address")
		}
		if p.SameEmail {
			prior.Matches = append(prior.Matches, "email")
		}
		f.Prior = append(f.Prior, prior)
	}
	return err
}

// The states of an item of a checklist, as the store keeps them.
const (
	itemOpen          = "open"
	itemDone          = "done"
	itemNotApplicable = "not_applicable"
)

// MarkItem says of an item of the checklist that it does not apply, with the
// reason, or with reason "" that it applies again. It can be undone.
func (d *Desk) MarkItem(ctx context.Context, disputeID int64, item, reason string) error {
	state := itemOpen
	if reason = strings.TrimSpace(reason); reason != "" {
		state = itemNotApplicable
	}
	return d.putItem(ctx, disputeID, store.ChecklistState{Item: item, State: state, Note: reason})
}

// AssignItem sets evidence down for an item of the checklist; none takes it
// away. It can be undone.
func (d *Desk) AssignItem(ctx context.Context, disputeID int64, item string, evidence []string) error {
	state := itemOpen
	if len(evidence) > 0 {
		state = itemDone
	}
	return d.putItem(ctx, disputeID, store.ChecklistState{Item: item, State: state, Note: strings.Join(evidence, " ")})
}

func (d *Desk) putItem(ctx context.Context, disputeID int64, state store.ChecklistState) error {
	dispute, err := d.store.Dispute(ctx, disputeID)
	if err != nil {
		return err
	}
	states, err := d.store.Checklist(ctx, disputeID)
	if err != nil {
		return err
	}
	before := store.ChecklistState{Item: state.Item, State: itemOpen}
	for _, s := range states {
		if s.Item == state.Item {
			before = s
		}
	}
	rows := append(disputeRows(dispute), data.RowRef{Entity: data.EntityChecklist, ID: disputeID})
	of := about{"checklist.put", data.EntityDispute, dispute.UID, rows}
	return d.act(ctx, swap(of, before, state, func(_ context.Context, tx *store.Tx, to store.ChecklistState) error {
		return tx.PutChecklist(disputeID, to)
	}))
}

// Weighing is what a person brings to the choice between fighting and
// accepting.
type Weighing struct {
	Work       time.Duration
	HourCost   data.Money
	ReturnCost data.Money
}

// Weigh sets fighting beside accepting, with this seller's own record for the
// platform, reason and proof: earlier cases that had at least the kinds of proof
// that this one has.
func (d *Desk) Weigh(ctx context.Context, id int64, w Weighing) (policy.Card, error) {
	view, err := d.Case(ctx, id)
	if err != nil {
		return policy.Card{}, err
	}
	stakes := policy.Stakes{
		Amount: view.Dispute.Amount, Work: w.Work, HourCost: w.HourCost, ReturnCost: w.ReturnCost, Wish: policy.Offer(view.Dispute.Wish),
	}
	r := &stakes.Record
	r.Won, r.Lost, r.Accepted, err = d.store.Record(ctx, view.Order.Shop.Platform, view.Dispute.Reason, kindsOf(view.Evidence))
	if err != nil {
		return policy.Card{}, err
	}
	return policy.Weigh(view.Pack, &view.View, stakes), nil
}

// kindsOf lists the kinds of proof that a case has, each once.
func kindsOf(evidence []data.Evidence) []data.EvidenceKind {
	var kinds []data.EvidenceKind
	for _, e := range evidence {
		if !slices.Contains(kinds, e.Kind) {
			kinds = append(kinds, e.Kind)
		}
	}
	return kinds
}

// Decide keeps the choice between fighting ("fight") and accepting ("accept")
// with its reason; "" opens it again. It can be undone.
func (d *Desk) Decide(ctx context.Context, id int64, choice, reason string) (data.Dispute, error) {
	if reason = strings.TrimSpace(reason); reason == "" && choice != "" {
		return data.Dispute{}, problemWhy.New()
	}
	decision := data.Decision{Choice: choice, Reason: reason, By: d.Operator(), At: d.now().UTC()}
	if choice == "" {
		decision = data.Decision{}
	}
	return amend(ctx, d, id, "dispute.decide", func(x *data.Dispute) *data.Decision { return &x.Decision }, decision)
}

// PutRuling keeps how a dispute ended and what is to be learned. It can be
// undone.
func (d *Desk) PutRuling(ctx context.Context, id int64, ruling data.Ruling) (data.Dispute, error) {
	return amend(ctx, d, id, "dispute.ruling", theRuling, ruling)
}

func theRuling(x *data.Dispute) *data.Ruling { return &x.Ruling }

// PutWish keeps what the buyer asks for, as one of policy.Offers. It can be
// undone.
func (d *Desk) PutWish(ctx context.Context, id int64, wish string) (data.Dispute, error) {
	return amend(ctx, d, id, "dispute.wish", func(x *data.Dispute) *string { return &x.Wish }, wish)
}

// ChoosePack puts a dispute under a policy pack; "" lets platform and reason
// tell again. Its dates are computed anew. It can be undone.
func (d *Desk) ChoosePack(ctx context.Context, id int64, pack string) (data.Dispute, error) {
	if pack != "" {
		if _, err := d.pack(ctx, pack); err != nil {
			return data.Dispute{}, err
		}
	}
	return amend(ctx, d, id, "dispute.pack", func(x *data.Dispute) *string { return &x.Pack }, pack)
}

// amend changes one field of a dispute, and computes its state anew. Taken back,
// that field alone is as it was.
func amend[T any](ctx context.Context, d *Desk, id int64, action string, field func(*data.Dispute) *T, value T) (data.Dispute, error) {
	if err := d.act(ctx, amending(d, id, action, field, value)); err != nil {
		return data.Dispute{}, err
	}
	stored, err := d.store.Dispute(ctx, id)
	if err != nil {
		return data.Dispute{}, err
	}
	return *stored, nil
}

func amending[T any](d *Desk, id int64, action string, field func(*data.Dispute) *T, value T) step {
	return func(ctx context.Context, tx *store.Tx) (deed, error) {
		before, err := tx.Dispute(ctx, id)
		if err != nil {
			return deed{}, err
		}
		after := *before
		*field(&after) = value
		if err := tx.EditDispute(&after); err != nil {
			return deed{}, err
		}
		return deed{
			Change: data.Change{Action: action, Entity: data.EntityDispute, Key: after.UID, Before: before, After: after},
			effect: data.EffectChanged, rows: disputeRows(before), back: amending(d, id, action, field, *field(before)),
		}, d.refold(ctx, tx, &after)
	}
}
