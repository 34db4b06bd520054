package policy

import (
	"slices"
	"time"

	"casebinder/data"
)

// sameStep is how far apart what was written down of an order and a step of its
// case may be to be the same: a day is what people remember of it, and platforms
// book later.
const sameStep = 72 * time.Hour

// stepFor is the step of a case that answers to what a person wrote down of its
// order; a return that is only asked for is none.
var stepFor = map[data.OrderEventKind]data.EventKind{
	data.OrderRefund: data.EventRefundIssued, data.OrderReturnSent: data.EventReturnShipped, data.OrderReturnReceived: data.EventReturnReceived,
}

// Untold gives what a person wrote down of an order and no step of the case tells,
// in its order.
func Untold(dispute *data.Dispute, written []data.OrderEvent) []data.OrderEvent {
	steps := standing(dispute.Events)
	return slices.DeleteFunc(slices.Clone(written), func(w data.OrderEvent) bool {
		return slices.ContainsFunc(steps, func(e data.CaseEvent) bool {
			return e.Kind == stepFor[w.Kind] && e.At.Sub(w.At).Abs() <= sameStep
		})
	})
}

// untoldFindings tells of a refund or a return that was written down of the order
// since the case began and that the case does not have.
func untoldFindings(f *CaseFacts) []data.Finding {
	if f.Dispute.Stage == data.StageClosed {
		return nil
	}
	var out []data.Finding
	for _, e := range Untold(&f.Dispute, f.Written) {
		step, ok := stepFor[e.Kind]
		if !ok || e.At.Before(f.Dispute.OpenedAt) {
			continue
		}
		out = append(out, data.Finding{
			Rule: "order_step_untold", Severity: data.Warning, Where: []data.Ref{orderRef(&f.Order)},
			Why: sayUntold.With("what", string(step), "at", utc(e.At)), How: mendUntold.With(),
			Mend: data.Mend{Deed: "event.add", Ref: data.Ref{Kind: "event", ID: string(step)}},
		})
	}
	return out
}

// outbound are the parcels to the buyer: a return's dates and places are the
// seller's.
func outbound(o *data.Order) []*data.Shipment {
	var all []*data.Shipment
	for i := range o.Shipments {
		if s := &o.Shipments[i]; s.Kind != data.ShipmentReturn {
			all = append(all, s)
		}
	}
	return all
}
