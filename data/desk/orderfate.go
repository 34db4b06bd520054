package desk

import (
	"slices"
	"strings"

	"casebinder/data"
)

// checkWords refuses words that stand for nothing.
func (w *OrderDeed) checkWords() error {
	for _, c := range []struct {
		what, word string
		of         []string
	}{
		{"by", string(w.By), []string{string(data.ActorBuyer), string(data.ActorSeller), string(data.ActorPlatform)}},
		{"reason", string(w.Reason), wordsOf(data.CancelReasons()[1:])},
		{"how", w.How, []string{data.ConfirmedByBuyer, data.ConfirmedByTimeout}},
	} {
		if c.word != "" && !slices.Contains(c.of, c.word) {
			return problemDeedWord.New("word", c.word, "field", c.what, "words", strings.Join(c.of, ", "))
		}
	}
	return nil
}

func wordsOf[T ~string](list []T) []string {
	words := make([]string, len(list))
	for i, w := range list {
		words[i] = string(w)
	}
	return words
}

func planCanceled(p *orderPlan, w *OrderDeed) error {
	o := p.order
	if o.Status == data.StatusCanceled {
		return p.whoCanceled(w)
	}
	if left := firstLeft(o); !left.IsZero() && data.Before(left, w.At) || !slices.Contains(beforeShipping, o.Status) && o.Status != data.StatusRefunded {
		p.doubt("order_doubt.cancel_late", sayCancelLate.With(), mendCancelLate.With())
	}
	p.setStatus(data.StatusCanceled)
	o.Fate.CanceledAt, o.Fate.CanceledBy, o.Fate.CancelReason = w.At, w.By, w.Reason
	p.event.By, p.event.Reason = w.By, w.Reason
	p.state(data.StatedCanceled, data.Address{})
	return nil
}

// whoCanceled writes down who canceled an order that is canceled, and why, where
// nobody told it yet.
func (p *orderPlan) whoCanceled(w *OrderDeed) error {
	f := &p.order.Fate
	mine := p.order.IsStated(data.StatedCanceled)
	by, reason := w.By != "" && (f.CanceledBy == "" || mine && f.CanceledBy != w.By), w.Reason != "" && (f.CancelReason == "" || mine && f.CancelReason != w.Reason)
	if !by && !reason {
		return problemAlready.New("number", p.order.Number, "what", sayCanceled.With())
	}
	if by {
		f.CanceledBy = w.By
	}
	if reason {
		f.CancelReason = w.Reason
	}
	p.event.By, p.event.Reason = w.By, w.Reason
	p.state(data.StatedCanceled, data.Address{})
	return nil
}

func planReceipt(p *orderPlan, w *OrderDeed) error {
	o := p.order
	if !o.Fate.ConfirmedAt.IsZero() {
		return problemAlready.New("number", o.Number, "what", sayReceipt.With("at", clockOf(o, o.Fate.ConfirmedAt)))
	}
	p.doubtLife(w.Kind)
	switch left := firstLeft(o); {
	case left.IsZero():
		p.doubt("order_doubt.not_shipped", sayNotShipped.With(), mendShipFirst.With())
	case data.Before(w.At, left):
		p.doubt("order_doubt.before_shipping", sayBeforeShipping.With("at", clockOf(o, w.At), "shipped", clockOf(o, left)), mendDate.With())
	}
	if w.How == "" {
		w.How = data.ConfirmedByBuyer
	}
	if o.Status == data.StatusShipped || o.Status == data.StatusDelivered || slices.Contains(beforeShipping, o.Status) {
		p.setStatus(data.StatusCompleted)
	}
	o.Fate.ConfirmedAt, o.Fate.ConfirmedHow, p.event.How = w.At, w.How, w.How
	p.state(data.StatedReceipt, data.Address{})
	return nil
}
