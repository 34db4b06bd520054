package desk

import (
	"context"
	"slices"
	"time"

	"casebinder/data"
	"casebinder/data/bundle/statement"
	"casebinder/data/policy"
	"casebinder/data/store"
)

var problemNoStatement = data.DefineProblem("statement_no_template", data.ErrNotFound,
	"There is no draft of a statement for this platform, reason and language.",
	"Choose another language, or write the claims yourself.")

// StatementTemplates lists the drafts that suit a dispute, the most fitting
// first, one for each language of each.
func (d *Desk) StatementTemplates(ctx context.Context, disputeID int64) ([]statement.Template, error) {
	v, err := d.Case(ctx, disputeID)
	if err != nil {
		return nil, err
	}
	return statement.Suited(v.Order.Shop.Platform, packID(v), v.Dispute.Reason)
}

// DraftStatement drafts a statement in a language from what the case shows. It
// is not stored: PutStatement does that. template "" takes the most fitting.
func (d *Desk) DraftStatement(ctx context.Context, disputeID int64, template, language string) (data.Statement, error) {
	v, err := d.Case(ctx, disputeID)
	if err != nil {
		return data.Statement{}, err
	}
	list, err := statement.Suited(v.Order.Shop.Platform, packID(v), v.Dispute.Reason)
	if err != nil {
		return data.Statement{}, err
	}
	for _, t := range list {
		if (template != "" && t.ID != template) || !t.Speaks(language) {
			continue
		}
		exhibits, err := d.exhibits(ctx, &v.Dispute)
		if err != nil {
			return data.Statement{}, err
		}
		facts, err := d.statementFacts(ctx, v, exhibits)
		if err != nil {
			return data.Statement{}, err
		}
		drafted, err := statement.Draft(t, language, facts)
		drafted.DisputeID = disputeID
		return drafted, err
	}
	return data.Statement{}, problemNoStatement.New()
}

func packID(v CaseView) string {
	if v.Pack == nil {
		return ""
	}
	return v.Pack.ID
}

// PutStatement keeps what the seller says to a dispute. It can be undone.
func (d *Desk) PutStatement(ctx context.Context, disputeID int64, s data.Statement) error {
	dispute, err := d.store.Dispute(ctx, disputeID)
	if err != nil {
		return err
	}
	before, err := d.store.Statement(ctx, disputeID)
	if err != nil {
		return err
	}
	s.DisputeID = disputeID
	if before.Equal(s) {
		return nil
	}
	s.UpdatedAt, s.UpdatedBy = d.now().Truncate(time.Millisecond), d.Operator()
	of := about{"statement.put", data.EntityStatement, dispute.UID, rowsOf(data.EntityStatement, disputeID, 0, disputeID)}
	return d.act(ctx, swap(of, before, s, func(_ context.Context, tx *store.Tx, to data.Statement) error { return tx.PutStatement(&to) }))
}

// statementFacts gathers what a statement may say and point to.
func (d *Desk) statementFacts(ctx context.Context, v CaseView, exhibits []ExhibitView) (statement.Facts, error) {
	known, err := d.facts(ctx, &v.DisputeView)
	if err != nil {
		return statement.Facts{}, err
	}
	f := statement.Facts{Order: known.Order, Dispute: known.Dispute, Messages: known.Messages, Zone: known.Order.Shop.Location()}
	if v.Pack != nil {
		f.Prior = priorOf(v.Pack, known)
	}
	for _, x := range exhibits {
		if x.Included {
			f.Exhibits = append(f.Exhibits, statement.Exhibit{Number: x.Number, Exhibit: x.Exhibit, Evidence: x.Evidence})
		}
	}
	return f, nil
}

// priorOf gives the earlier orders that the pack's rules accept for the reason
// of a dispute.
func priorOf(pack *policy.Pack, known *policy.CaseFacts) []statement.PriorOrder {
	var list []statement.PriorOrder
	for i := range pack.Items {
		item := &pack.Items[i]
		if item.Prior == nil || (len(item.Reasons) > 0 && !slices.Contains(item.Reasons, known.Dispute.Reason)) {
			continue
		}
		for _, p := range item.Prior.Fitting(known) {
			list = append(list, statement.PriorOrder(p))
		}
	}
	return list
}
