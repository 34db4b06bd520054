package desk

import (
	"context"
	"errors"
	"maps"
	"reflect"
	"slices"

	"casebinder/data"
	"casebinder/data/path"
	"casebinder/data/store"
)

var (
	problemPathOpen = data.DefineProblem("path_open", data.ErrConflict,
		"This path has not reached an end yet.", "Answer the question that it has come to.")
	problemPathDraft = data.DefineProblem("path_draft", data.ErrConflict,
		"A reply on this order is already being written.", "Send or discard it first, or let the path replace it.")
)

// PathEnd says how a path is ended.
type PathEnd struct {
	UID     string // of the run
	Task    string // title of the task in the operator's words; "" is English
	Replace bool   // a reply that is being written is replaced
}

// PathDone is what the ending of a path made.
type PathDone struct {
	View    PathView
	Reply   bool // a draft of a reply
	Task    data.Task
	Case    data.Complaint
	Dispute data.Dispute
}

// EndPath ends a path at its ending: it begins the reply, and makes the task and
// the case, all as one action that can be undone. Nothing is sent. It is refused
// where the order has changed under an answer, and where a reply is being written.
func (d *Desk) EndPath(ctx context.Context, request PathEnd) (PathDone, error) {
	var done PathDone
	run, err := d.store.PathRun(ctx, request.UID)
	if err != nil {
		return done, pathGone(err)
	}
	p, err := pathInForce(ctx, &d.store.Reader, run.Path)
	if err != nil {
		return done, err
	}
	f, err := d.pathFacts(ctx, &d.store.Reader, run.OrderID)
	if err != nil {
		return done, err
	}
	state := p.Walk(&run, f)
	end := state.End
	if end == nil {
		return done, problemPathOpen.New()
	}
	ending := data.PathEnding{End: end.ID}
	parts, err := d.endingParts(ctx, &run, end, p, f, request, &ending, &done)
	if err != nil {
		return done, err
	}
	seen := run.Steps
	closing := d.editingPath(run.UID, "path.end", func(run *data.PathRun, p *path.Path, f *path.Facts) error {
		if !reflect.DeepEqual(run.Steps, seen) {
			return problemPathOpen.New() // another window answered meanwhile
		}
		if err := p.Check(run, f); err != nil {
			return err
		}
		run.EndedAt, run.Ending = data.Instant(d.now()), ending
		return nil
	})
	if err := d.act(ctx, together(append([]step{closing}, parts...)...)); err != nil {
		return done, err
	}
	done.View, err = d.Path(ctx, run.UID)
	return done, err
}

// endingParts are the steps that make what an ending leads to.
func (d *Desk) endingParts(
	ctx context.Context, run *data.PathRun, end *path.End, p *path.Path, f *path.Facts, request PathEnd, ending *data.PathEnding, done *PathDone,
) ([]step, error) {
	var parts []step
	about, err := d.pathAbout(ctx, run)
	if err != nil {
		return nil, err
	}
	if end.Case == path.CaseDispute {
		part, err := d.endingDispute(ctx, end, f, done)
		if err != nil {
			return nil, err
		}
		parts, ending.Dispute = append(parts, part), done.Dispute.UID
	}
	if end.Reply != "" {
		part, err := d.endingDraft(ctx, about, end, run, f, request.Replace, done)
		if err != nil {
			return nil, err
		}
		parts, ending.Template, done.Reply = append(parts, part), end.Reply, true
	}
	if end.Task != "" {
		part, err := d.endingTask(run, end, request.Task, &done.Task)
		if err != nil {
			return nil, err
		}
		parts, ending.Task = append(parts, part), done.Task.UID
	}
	if end.Case == path.CaseComplaint {
		part, err := d.endingComplaint(ctx, run, end, p, done)
		if err != nil {
			return nil, err
		}
		if ending.Complaint = done.Case.UID; part != nil {
			parts = append(parts, part)
		}
	}
	return parts, nil
}

// endingDraft is the step that begins the reply; what another draft holds is never
// lost unasked.
func (d *Desk) endingDraft(ctx context.Context, about data.ReplyAbout, end *path.End, run *data.PathRun, f *path.Facts, replace bool, done *PathDone) (step, error) {
	known, err := d.DraftOf(ctx, about)
	if err != nil {
		return nil, err
	}
	if !replace && (known.Text != "" || !known.CopiedAt.IsZero() || len(known.Fields) > 0 && known.Template != end.Reply) {
		return nil, problemPathDraft.New()
	}
	draft := data.ReplyDraft{ReplyAbout: about, ID: known.ID, UID: known.UID, Template: end.Reply, Fields: end.Values(run, f)}
	if draft.UID == "" {
		if draft.UID, err = newUID(); err != nil {
			return nil, err
		}
	}
	if known.Template == end.Reply { // what was typed for it stays
		typed := maps.Clone(known.Fields)
		if typed == nil {
			typed = map[string]string{}
		}
		maps.Copy(typed, draft.Fields)
		draft.Fields, draft.Language = typed, known.Language
	}
	return func(ctx context.Context, tx *store.Tx) (deed, error) {
		if opened := done.Dispute.ID; opened != 0 { // the same action opened it: the reply is about it
			draft.DisputeID = opened
		}
		return puttingDraft("path.reply", draft)(ctx, tx)
	}, nil
}

// pathAbout is what the reply of a run is about: its dispute, else the one that is
// open on the order, as the replies have it.
func (d *Desk) pathAbout(ctx context.Context, run *data.PathRun) (data.ReplyAbout, error) {
	about := data.ReplyAbout{OrderID: run.OrderID, DisputeID: run.DisputeID}
	if about.DisputeID != 0 {
		return about, nil
	}
	rows, err := d.disputeRowsOf(ctx, run.OrderID)
	about.DisputeID = (&OrderView{Disputes: rows}).OpenDispute()
	return about, err
}

// puttingDraft is the step that writes a draft; taken back, what was there before
// is there again.
func puttingDraft(action string, draft data.ReplyDraft) step {
	return func(ctx context.Context, tx *store.Tx) (deed, error) {
		before, err := tx.DraftOf(ctx, draft.ReplyAbout)
		did := deed{Change: data.Change{Action: action, Entity: data.EntityDraft, Key: draft.UID, After: draft}, effect: data.EffectChanged}
		switch {
		case errors.Is(err, data.ErrNotFound):
			did.effect, did.back = data.EffectAdded, droppingDraft(action, draft.ReplyAbout)
		case err != nil:
			return deed{}, err
		default:
			did.Before, did.back = before, puttingDraft(action, before)
		}
		made := draft
		if err := tx.PutDraft(&made); err != nil {
			return deed{}, err
		}
		did.rows = draftRows(&made)
		return did, nil
	}
}

// endingTask is the step that makes the task. Its title may be in the operator's
// language.
func (d *Desk) endingTask(run *data.PathRun, end *path.End, title string, task *data.Task) (step, error) {
	key, err := newUID() // one of its own for each ending: a path that is ended again makes another task
	if err != nil {
		return nil, err
	}
	if title == "" {
		title = end.Task
	}
	now := d.now().Local()
	*task = data.Task{
		Title: title, OrderID: run.OrderID, DisputeID: run.DisputeID, Due: data.OnDay(now.AddDate(0, 0, end.Days)).End(now.Location()),
		Origin: data.TaskOrigin{Kind: "path", Key: run.UID + "/" + key},
	}
	return d.addingTask(task)
}

// endingComplaint is the step that opens a complaint with the buyer's wish; nil
// where one is open already.
func (d *Desk) endingComplaint(ctx context.Context, run *data.PathRun, end *path.End, p *path.Path, done *PathDone) (step, error) {
	known, err := d.store.ComplaintsOf(ctx, run.OrderID)
	if err != nil {
		return nil, err
	}
	if i := slices.IndexFunc(known, func(k data.ComplaintRow) bool { return k.ClosedAt.IsZero() }); i >= 0 {
		done.Case = known[i].Complaint
		return nil, nil
	}
	done.Case = data.Complaint{OrderID: run.OrderID, DisputeID: run.DisputeID, Cause: end.Cause}
	if w := p.Wish(run.Wish); w != nil {
		done.Case.Wish = string(w.Amends)
	}
	messages, err := d.replyFacts(ctx, data.ReplyAbout{OrderID: run.OrderID})
	if err != nil {
		return nil, err
	}
	for _, m := range slices.Backward(messages.Messages) {
		if m.Direction == data.FromBuyer && !m.NoAnswer {
			done.Case.Happened = m.Text
			break
		}
	}
	return d.openingComplaint(ctx, &done.Case)
}

// endingDispute is the step that opens a dispute of the platform's in the desk.
func (d *Desk) endingDispute(ctx context.Context, end *path.End, f *path.Facts, done *PathDone) (step, error) {
	dispute, err := d.newDispute(ctx, NewDispute{OrderID: f.Order.ID, Reason: end.Reason}, &f.Order)
	if err != nil {
		return nil, err
	}
	done.Dispute = dispute
	return opening(&done.Dispute), nil
}
