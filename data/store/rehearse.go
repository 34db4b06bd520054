package store

import (
	"context"
	"hash/maphash"
	"slices"

	"casebinder/data"
)

// A Rehearsal takes the feedback, messages and disputes of one file as a Tx does,
// and writes nothing: what it is given is kept in memory, so that what follows in
// the file finds it. It holds no lock, so that others may write meanwhile.
type Rehearsal struct {
	Reader
	ctx      context.Context
	kept     *statements
	seed     maphash.Seed
	feedback map[string]data.Feedback // by uid
	messages map[uint64]toldMessage   // by the hash of the uid: a file may tell of millions
	disputes map[int64]*data.Dispute  // those of the file, and those of the desk that it changes
	cases    map[string][]int64       // of disputes, by case number
	ofOrder  map[int64][]int64        // new disputes, by order
	last     int64                    // id of the newest dispute of the file: below zero
}

// toldMessage is what must be known of a message to tell whether a file says
// anything new of it.
type toldMessage struct {
	order int64
	text  uint64 // its hash
	trans uint64 // that of the translation
}

// Rehearse starts an import of feedback, messages or disputes that writes nothing.
// Whoever asked for it closes it.
func (s *Store) Rehearse(ctx context.Context) *Rehearsal {
	kept := s.statements()
	return &Rehearsal{
		Reader: Reader{q: kept, path: s.path}, ctx: ctx, kept: kept, seed: maphash.MakeSeed(),
		feedback: map[string]data.Feedback{}, messages: map[uint64]toldMessage{},
		disputes: map[int64]*data.Dispute{}, cases: map[string][]int64{}, ofOrder: map[int64][]int64{},
	}
}

// Close ends it.
func (h *Rehearsal) Close() error { return h.kept.close() }

// Record keeps nothing: the journal tells of what was done.
func (h *Rehearsal) Record(data.Change) error { return nil }

// SetDisputeCache keeps nothing: what a file becomes does not depend on it.
func (h *Rehearsal) SetDisputeCache(int64, DisputeCache) error { return nil }

// FeedbackByUID gives the feedback with the natural key, as the file left it.
func (h *Rehearsal) FeedbackByUID(ctx context.Context, shopID int64, uid string) (data.Feedback, error) {
	if f, told := h.feedback[uid]; told {
		return f, nil
	}
	return h.Reader.FeedbackByUID(ctx, shopID, uid)
}

// PutFeedback takes a feedback.
func (h *Rehearsal) PutFeedback(f *data.Feedback) error {
	if err := checkStars(f.Stars); err != nil {
		return err
	}
	if f.UID != "" {
		h.feedback[f.UID] = *f
	}
	return nil
}

// KnownMessage gives the message that has the UID of a given one. Of one that the
// file told before it gives the order, and the text where that is the given one's.
func (h *Rehearsal) KnownMessage(ctx context.Context, m *data.Message) (data.Message, error) {
	told, ok := h.messages[maphash.String(h.seed, m.UID)]
	if !ok {
		return h.Reader.KnownMessage(ctx, m)
	}
	known := data.Message{UID: m.UID, OrderID: told.order}
	if told.text == maphash.String(h.seed, m.Text) {
		known.Text = m.Text
	}
	if told.trans == maphash.String(h.seed, m.Translation) {
		known.Translation = m.Translation
	}
	return known, nil
}

// PutMessage takes a message that is new, or whose text is the one that is known.
func (h *Rehearsal) PutMessage(m *data.Message) error {
	if known, err := h.KnownMessage(h.ctx, m); err == nil && known.Text != m.Text {
		return problemMessage.New()
	}
	if m.UID != "" {
		h.messages[maphash.String(h.seed, m.UID)] = toldMessage{m.OrderID, maphash.String(h.seed, m.Text), maphash.String(h.seed, m.Translation)}
	}
	return nil
}

// Dispute gives a dispute, as the file left it.
func (h *Rehearsal) Dispute(ctx context.Context, id int64) (*data.Dispute, error) {
	if d := h.disputes[id]; d != nil {
		return copyOf(d), nil
	}
	return h.Reader.Dispute(ctx, id)
}

// DisputesByCase gives the ids of the disputes with a platform's case number.
func (h *Rehearsal) DisputesByCase(ctx context.Context, number string) ([]int64, error) {
	ids, err := h.Reader.DisputesByCase(ctx, number)
	for _, id := range h.cases[number] {
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids, err
}

// DisputesOfOrder gives an order's disputes that are not in the bin, oldest first,
// as the file left them.
func (h *Rehearsal) DisputesOfOrder(ctx context.Context, orderID int64) ([]data.Dispute, error) {
	list, err := h.Reader.DisputesOfOrder(ctx, orderID)
	for i := range list {
		if d := h.disputes[list[i].ID]; d != nil {
			list[i] = *copyOf(d)
		}
	}
	for _, id := range h.ofOrder[orderID] {
		list = append(list, *copyOf(h.disputes[id]))
	}
	return list, err
}

// InsertDispute takes a new dispute. Its order must be in the desk.
func (h *Rehearsal) InsertDispute(d *data.Dispute) error {
	if err := completeDispute(d); err != nil {
		return err
	}
	h.last--
	d.ID = h.last
	h.ofOrder[d.OrderID] = append(h.ofOrder[d.OrderID], d.ID)
	return h.EditDispute(d)
}

// EditDispute takes every field of a dispute, and its events.
func (h *Rehearsal) EditDispute(d *data.Dispute) error {
	for i := range d.Events {
		if err := completeEvent(&d.Events[i]); err != nil {
			return err
		}
	}
	h.disputes[d.ID] = copyOf(d)
	if d.CaseNumber != "" && !slices.Contains(h.cases[d.CaseNumber], d.ID) {
		h.cases[d.CaseNumber] = append(h.cases[d.CaseNumber], d.ID)
	}
	return nil
}

// copyOf is a dispute whose events can be added to without changing those of the
// other.
func copyOf(d *data.Dispute) *data.Dispute {
	c := *d
	c.Events = slices.Clone(d.Events)
	return &c
}
