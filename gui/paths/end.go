package paths

import (
	"context"
	"errors"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/pack"
	"casebinder/gui/kit"
	"casebinder/gui/route"
	"casebinder/gui/words"
)

// end makes what the path leads to, and goes there. A reply that is being written
// is replaced only by a person's word.
func (w *walk) end(replace bool) {
	if w.busy {
		return
	}
	w.busy = true
	w.sheet.ClearProblem()
	request := desk.PathEnd{UID: w.view.Run.UID, Task: words.Text(pack.Text(w.view.State.End.Task)), Replace: replace}
	kit.Do(func(ctx context.Context) (desk.PathDone, error) { return w.env.desk.EndPath(ctx, request) }, func(done desk.PathDone, err error) {
		w.busy = false
		switch {
		case isDraft(err):
			w.env.UI.Confirm("path.replace", words.T("paths.replace.title"), words.T("paths.replace.text"), words.T("paths.replace.do"), func() { w.end(true) })
		case errors.Is(err, data.ErrConflict):
			w.reload(err)
		case err != nil:
			w.sheet.Problem(err)
		default:
			w.sheet.Close()
			w.goOn(done)
		}
	})
}

// isDraft reports whether a path was not ended for the sake of a reply that is
// being written.
func isDraft(err error) bool {
	p, ok := data.AsProblem(err)
	return ok && p.Kind.Code == "path_draft"
}

// reload shows the run as it stands now, with why it was not ended.
func (w *walk) reload(why error) {
	w.do(func(ctx context.Context) (desk.PathView, error) {
		v, err := w.env.desk.Path(ctx, w.view.Run.UID)
		if err != nil {
			return v, err
		}
		return v, why
	})
}

// goOn goes to what the ending made.
func (w *walk) goOn(done desk.PathDone) {
	w.env.UndoChanged()
	about := done.View.Run
	kit.Do(func(ctx context.Context) (data.OrderRow, error) {
		rows, err := w.env.desk.OrderRows(ctx, []int32{int32(about.OrderID)})
		if err != nil || len(rows) == 0 {
			return w.order, err
		}
		return rows[0], nil
	}, func(order data.OrderRow, err error) {
		if err != nil {
			w.env.UI.Problem(err)
			return
		}
		switch {
		case done.Reply:
			dispute := about.DisputeID
			if done.Dispute.ID != 0 {
				dispute = done.Dispute.ID
			}
			w.env.Open(route.Reply{Order: order, Dispute: dispute, Template: about.Ending.Template})
		case done.Dispute.ID != 0:
			w.env.Open(route.Dispute{ID: done.Dispute.ID})
		}
		w.env.UI.Toast(words.T("paths.done"), w.env.Undo)
	})
}
