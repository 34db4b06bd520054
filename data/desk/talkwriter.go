package desk

import (
	"context"

	"casebinder/data"
	"casebinder/data/store"
)

// A talkWriter writes the messages of an intake.
type talkWriter struct {
	tx      *store.Tx
	report  *TalkReport
	intake  int64
	first   int64 // the first message that was written
	orders  map[int64]bool
	entries []data.Change
	erased  map[int64]bool // orders whose personal data was erased, and of which it was told
	stream  bool           // entries are written at once, not gathered
}

func (w *talkWriter) message(ctx context.Context, m *data.Message, files []data.Evidence) error {
	known, err := w.tx.SameMessage(ctx, m)
	if err != nil {
		return err
	}
	if known != 0 {
		w.report.Known++
		return nil
	}
	erased, err := w.tx.ErasedAt(ctx, m.OrderID)
	if err != nil {
		return err
	}
	if !erased.IsZero() && !m.SentAt.After(erased) {
		w.keptOut(ctx, m.OrderID)
		return nil
	}
	m.ID, m.IntakeID = 0, w.intake
	if err := w.tx.PutMessage(m); err != nil {
		return err
	}
	if w.first == 0 {
		w.first = m.ID
	}
	w.report.Added++
	if m.OrderID == 0 {
		w.report.NoOrder++
	} else if !w.orders[m.OrderID] {
		w.orders[m.OrderID] = true
		w.report.Orders = append(w.report.Orders, m.OrderID)
	}
	if err := w.record(data.Change{Action: "message.import", Entity: data.EntityMessage, Key: m.UID, After: *m}); err != nil {
		return err
	}
	for i := range files {
		e := &files[i]
		e.ID, e.MessageID = 0, m.ID
		if err := w.evidence(e); err != nil {
			return err
		}
	}
	return nil
}

// keptOut tells once of each order that what was written before its personal data was
// erased is not taken.
func (w *talkWriter) keptOut(ctx context.Context, orderID int64) {
	w.report.Left++
	if w.erased[orderID] {
		return
	}
	if w.erased == nil {
		w.erased = map[int64]bool{}
	}
	w.erased[orderID] = true
	if o, err := w.tx.Order(ctx, orderID); err == nil {
		w.report.Findings = append(w.report.Findings, problemErasedTalk.New("number", o.Number).Finding(data.Warning, data.Ref{Kind: "order", ID: o.Number, Label: o.Number}))
	}
}

func (w *talkWriter) evidence(e *data.Evidence) error {
	if err := w.tx.InsertEvidence(e); err != nil {
		return err
	}
	w.report.Files++
	return w.record(data.Change{Action: "evidence.add", Entity: data.EntityEvidence, Key: e.UID, After: *e})
}

// original keeps the file itself as evidence, beside its first message.
func (w *talkWriter) original(list []data.Evidence) error {
	for i := range list {
		list[i].ID, list[i].MessageID = 0, w.first
		if w.first == 0 {
			continue // nothing of it was new
		}
		if err := w.evidence(&list[i]); err != nil {
			return err
		}
		w.report.Files--
	}
	return nil
}

func (w *talkWriter) record(c data.Change) error {
	if w.stream {
		return w.tx.Record(c)
	}
	w.entries = append(w.entries, c)
	return nil
}

// maxTalkRows is from how many orders on all are said to have changed.
const maxTalkRows = 200

func (w *talkWriter) rows() []data.RowRef {
	if len(w.report.Orders) > maxTalkRows {
		return manyOf(data.EntityMessage, data.EntityOrder, data.EntityEvidence)
	}
	rows := manyOf(data.EntityMessage, data.EntityEvidence)
	for _, id := range w.report.Orders {
		rows = append(rows, data.RowRef{Entity: data.EntityOrder, ID: id})
	}
	return rows
}
