package desk

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/importer"
	"casebinder/data/policy"
)

var (
	problemCaseOrder = data.DefineProblem("import_case_order", data.ErrNotFound,
		"No order {order} is in this desk, so the dispute {case} cannot be placed.",
		"Import the orders of that time first, then this file again.")
	problemCaseOrders = data.DefineProblem("import_case_orders", data.ErrConflict,
		"Several orders fit {order}, so the dispute {case} cannot be placed.",
		"Open the dispute by hand on the right order.")
)

// dispute takes one dispute of a file: a new one, or what a known one lacks.
func (j *importJob) dispute(ctx context.Context, tx taker, c *importer.Dispute) error {
	for _, doubt := range c.Doubts {
		if err := j.doubt(doubt); err != nil {
			return err
		}
	}
	order, problem, err := j.orderOfCase(ctx, tx, c)
	if err != nil {
		return err
	}
	if problem != nil {
		return j.reject(data.Rejection{Finding: problem.Finding(data.Serious, c.Where...)})
	}
	if j.preview != nil && len(j.preview.Disputes) < previewRows {
		j.preview.Disputes = append(j.preview.Disputes, c.Dispute)
	}
	known, err := knownCase(ctx, tx, c, order.ID)
	if err != nil {
		return err
	}
	if known != nil && known.OrderID != order.ID {
		taken := problemCaseTaken.New("case", c.CaseNumber, "order", c.OrderNumber)
		return j.reject(data.Rejection{Finding: taken.Finding(data.Serious, c.Where...)})
	}
	if known == nil {
		j.report.Counts.Added++
		return j.newCase(ctx, tx, c, order)
	}
	return j.updateCase(ctx, tx, c, known)
}

// orderOfCase finds the order by number in the shop, then in any shop of the
// desk, then by the references of its payment.
func (j *importJob) orderOfCase(ctx context.Context, tx taker, c *importer.Dispute) (*data.Order, *data.Problem, error) {
	var ids []int64
	if id, err := j.orderID(ctx, tx, c.OrderNumber); err != nil {
		return nil, nil, err
	} else if id != 0 {
		ids = []int64{id}
	}
	for _, find := range []struct {
		by   func(context.Context, string) ([]int64, error)
		text string
	}{{tx.OrdersByNumber, c.OrderNumber}, {tx.OrdersByPayment, c.PaymentRef}, {tx.OrdersByPayment, c.OtherRef}, {tx.OrdersByNumber, c.PaymentRef}} {
		if len(ids) > 0 || find.text == "" {
			continue
		}
		found, err := find.by(ctx, find.text)
		if err != nil {
			return nil, nil, err
		}
		ids = found
	}
	wanted := strings.Join(notBlank(c.OrderNumber, c.PaymentRef), " / ")
	switch len(ids) {
	case 0:
		return nil, problemCaseOrder.New("order", wanted, "case", c.CaseNumber), nil
	case 1:
		order, err := tx.Order(ctx, ids[0])
		return order, nil, err
	}
	return nil, problemCaseOrders.New("order", wanted, "case", c.CaseNumber), nil
}

func notBlank(texts ...string) []string {
	return slices.DeleteFunc(texts, func(t string) bool { return t == "" })
}

// knownCase finds the dispute that a file tells of: by case number, else by
// order and opening, as some exports have no case number.
func knownCase(ctx context.Context, tx taker, c *importer.Dispute, orderID int64) (*data.Dispute, error) {
	if c.CaseNumber != "" {
		ids, err := tx.DisputesByCase(ctx, c.CaseNumber)
		if err != nil || len(ids) > 0 {
			return firstDispute(ctx, tx, ids, err)
		}
	}
	disputes, err := tx.DisputesOfOrder(ctx, orderID)
	for i := range disputes {
		if sameTime(disputes[i].OpenedAt, c.OpenedAt) && (disputes[i].CaseNumber == "" || c.CaseNumber == "") {
			return &disputes[i], nil
		}
	}
	return nil, err
}

func firstDispute(ctx context.Context, tx taker, ids []int64, err error) (*data.Dispute, error) {
	if err != nil {
		return nil, err
	}
	return tx.Dispute(ctx, ids[0])
}

func (j *importJob) newCase(ctx context.Context, tx taker, c *importer.Dispute, order *data.Order) error {
	dispute := c.Dispute
	dispute.OrderID = order.ID
	uid, err := newUID()
	if err != nil {
		return err
	}
	dispute.UID = uid
	if dispute.Amount.IsZero() {
		dispute.Amount = order.Total
	}
	dispute.Ruling = rulingOf(c)
	dispute.Events = slices.Concat(c.Events, j.dated(c))
	for i := range dispute.Events {
		if err := j.stampEvent(&dispute.Events[i]); err != nil {
			return err
		}
	}
	rules, err := j.desk.Rules(ctx)
	if err != nil {
		return err
	}
	if err := j.doubtDates(rules, &dispute, order.Shop, nil, c.Where); err != nil {
		return err
	}
	setState(rules, &dispute, order.Shop)
	if err := tx.InsertDispute(&dispute); err != nil {
		return err
	}
	j.told.order(order.ID)
	return tx.Record(data.Change{Action: "dispute.import", Entity: "dispute", Key: dispute.UID, After: dispute})
}

// doubtDates tells of the due dates that a dispute of a file states and that are
// odd under its rules, apart from those of events that the desk knew before.
func (j *importJob) doubtDates(rules *policy.Rules, dispute *data.Dispute, shop data.Shop, before []data.CaseEvent, where []data.Ref) error {
	for i, e := range dispute.Events {
		if e.Due.IsZero() || slices.ContainsFunc(before, func(b data.CaseEvent) bool { return b.UID == e.UID }) {
			continue
		}
		alone := *dispute
		alone.Events = slices.Delete(slices.Clone(dispute.Events), i, i+1)
		for _, odd := range rules.DueDoubts(caseOf(&alone, shop), e) {
			if err := j.doubt(problemDueOdd.New("why", odd.Why).Finding(data.Warning, where...)); err != nil {
				return err
			}
		}
	}
	return nil
}

func (j *importJob) doubtUpdate(ctx context.Context, tx taker, c *importer.Dispute, stored *data.Dispute, before []data.CaseEvent) error {
	rules, err := j.desk.Rules(ctx)
	if err != nil {
		return err
	}
	order, err := tx.Order(ctx, stored.OrderID)
	if err != nil {
		return err
	}
	return j.doubtDates(rules, stored, order.Shop, before, c.Where)
}

// stampEvent says of an event who wrote it down here, and when.
func (j *importJob) stampEvent(e *data.CaseEvent) error {
	uid, err := newUID()
	e.UID, e.RecordedAt, e.Operator = uid, j.desk.now(), j.desk.Operator()
	return err
}

// dated gives the events of a file that states no time for them the time of the
// file's state, or of the import.
func (j *importJob) dated(c *importer.Dispute) []data.CaseEvent {
	at := c.SourceTime
	if at.IsZero() {
		at = j.desk.now()
	}
	events := slices.Clone(c.Undated)
	for i := range events {
		events[i].At = at.Add(time.Duration(i) * time.Millisecond)
		events[i].Note = strings.TrimSpace(events[i].Note + " " + strings.TrimSpace(c.StatusWord+" "+c.OutcomeWord))
	}
	return events
}

func rulingOf(c *importer.Dispute) data.Ruling {
	return data.Ruling{Outcome: string(c.Outcome), Liable: string(c.Liable), Why: c.Ruling}
}

// updateCase appends to a known dispute what the file says and it lacks.
func (j *importJob) updateCase(ctx context.Context, tx taker, c *importer.Dispute, known *data.Dispute) error {
	before := *known
	before.Events = slices.Clone(known.Events)
	after := before
	for _, e := range missingEvents(before.Events, c, j.dated(c)) {
		if err := j.stampEvent(&e); err != nil {
			return err
		}
		after.Events = append(after.Events, e)
	}
	if after.CaseNumber == "" {
		after.CaseNumber = c.CaseNumber
	}
	if after.Claim == "" {
		after.Claim = c.Claim
	}
	if after.Ruling.Outcome == "" && c.Outcome != "" {
		ruling := rulingOf(c)
		ruling.Lessons, ruling.Cause = after.Ruling.Lessons, after.Ruling.Cause
		after.Ruling = ruling
	}
	if len(after.Events) == len(before.Events) && after.CaseNumber == before.CaseNumber && after.Claim == before.Claim && after.Ruling == before.Ruling {
		j.report.Counts.Unchanged++
		return nil
	}
	j.report.Counts.Updated++
	if err := tx.EditDispute(&after); err != nil {
		return err
	}
	j.told.order(known.OrderID)
	stored, err := tx.Dispute(ctx, after.ID)
	if err != nil {
		return err
	}
	if err := j.doubtUpdate(ctx, tx, c, stored, before.Events); err != nil {
		return err
	}
	return errors.Join(
		j.desk.refold(ctx, tx, stored),
		tx.Record(data.Change{Action: "dispute.import", Entity: "dispute", Key: after.UID, Before: before, After: stored}))
}

// sameTime reports whether two times are one, where one of them may be a day as
// it was kept before days had a form of their own: by its first instant, or by
// its last second.
func sameTime(a, b time.Time) bool {
	return a.Equal(b) || data.IsDay(a) != data.IsDay(b) &&
		(data.Earliest(a).Equal(data.Earliest(b)) || data.Latest(a).Truncate(time.Second).Equal(data.Latest(b).Truncate(time.Second)))
}

// missingEvents are those of a file that a dispute lacks: one with a time is
// there when one of its kind has that time, one without when any of its kind
// is there, whoever wrote it down.
func missingEvents(known []data.CaseEvent, c *importer.Dispute, dated []data.CaseEvent) []data.CaseEvent {
	var all []data.CaseEvent
	for _, e := range c.Events {
		if !slices.ContainsFunc(known, func(k data.CaseEvent) bool {
			return k.Kind == e.Kind && sameTime(k.At, e.At) && sameTime(k.Due, e.Due)
		}) {
			all = append(all, e)
		}
	}
	for _, e := range dated {
		if !slices.ContainsFunc(known, func(k data.CaseEvent) bool { return k.Kind == e.Kind }) {
			all = append(all, e)
		}
	}
	return all
}
