package importer

import (
	"context"

	"casebinder/data"
)

// event is one thing on its way from the reader to the sink.
type event struct {
	order       *data.Order
	feedback    *data.Feedback
	message     *Message
	dispute     *Dispute
	parcel      *Parcel
	article     *Article
	cost        *CostLine
	refund      *Refund
	rejected    *data.Rejection
	doubt       *data.Finding
	done, total int64
}

// give hands an event to whom it is for.
func (e *event) give(opt Options, sink Sink) error {
	switch {
	case e.order != nil:
		return sink.Order(e.order)
	case e.feedback != nil:
		return sink.Feedback(e.feedback)
	case e.message != nil:
		return sink.Message(e.message)
	case e.dispute != nil:
		return sink.Dispute(e.dispute)
	case e.parcel != nil:
		return sink.Parcel(e.parcel)
	case e.article != nil:
		return sink.Article(e.article)
	case e.cost != nil:
		return sink.Cost(e.cost)
	case e.refund != nil:
		return sink.Refund(e.refund)
	case e.rejected != nil:
		return sink.Reject(*e.rejected)
	case e.doubt != nil:
		return sink.Doubt(*e.doubt)
	}
	opt.Progress(e.done, e.total)
	return nil
}

// pipe carries events in batches from the goroutine that reads to the one that
// stores: each has work enough for a core.
type pipe struct {
	ctx     context.Context // of the reader
	batches chan []event
	batch   []event
}

const batchSize = 128

func (p *pipe) add(e event) error {
	if p.batch == nil {
		p.batch = make([]event, 0, batchSize)
	}
	if p.batch = append(p.batch, e); len(p.batch) == batchSize {
		return p.flush()
	}
	return nil
}

func (p *pipe) flush() error {
	if len(p.batch) == 0 {
		return nil
	}
	select {
	case p.batches <- p.batch:
		p.batch = nil
		return nil
	case <-p.ctx.Done():
		return p.ctx.Err()
	}
}

// sink is the reader's end: it takes what the other end takes.
func (p *pipe) sink(to Sink) Sink {
	var s Sink
	if to.Order != nil {
		s.Order = func(o *data.Order) error { return p.add(event{order: o}) }
	}
	if to.Feedback != nil {
		s.Feedback = func(f *data.Feedback) error { return p.add(event{feedback: f}) }
	}
	if to.Message != nil {
		s.Message = func(m *Message) error { return p.add(event{message: m}) }
	}
	if to.Dispute != nil {
		s.Dispute = func(d *Dispute) error { return p.add(event{dispute: d}) }
	}
	if to.Parcel != nil {
		s.Parcel = func(one *Parcel) error { return p.add(event{parcel: one}) }
	}
	if to.Article != nil {
		s.Article = func(a *Article) error { return p.add(event{article: a}) }
	}
	if to.Cost != nil {
		s.Cost = func(c *CostLine) error { return p.add(event{cost: c}) }
	}
	if to.Refund != nil {
		s.Refund = func(r *Refund) error { return p.add(event{refund: r}) }
	}
	if to.Reject != nil {
		s.Reject = func(r data.Rejection) error { return p.add(event{rejected: &r}) }
	}
	if to.Doubt != nil {
		s.Doubt = func(f data.Finding) error { return p.add(event{doubt: &f}) }
	}
	return s
}

// options sends progress the same way, at once.
func (p *pipe) options(opt Options) Options {
	if opt.Progress != nil {
		opt.Progress = func(done, total int64) {
			if p.add(event{done: done, total: total}) == nil {
				_ = p.flush() // a canceled context is reported by the reader
			}
		}
	}
	return opt
}
