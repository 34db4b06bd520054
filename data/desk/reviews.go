package desk

import (
	"context"
	"errors"
	"maps"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/report"
	"casebinder/data/store"
)

// originReview is the origin of the tasks that a monthly review made; the key is the
// month and the finding.
const originReview = "review"

// maxDecision is how many characters a decision may have: it becomes a task's title.
const maxDecision = 300

var problemDecisionLong = data.DefineProblem("review_long", data.ErrInvalid,
	"The decision has {count} characters; {limit} are kept.", "Say in one sentence who does what.")

// review gives a review; one that nobody began is empty.
func (d *Desk) review(ctx context.Context, r *store.Reader, month string) (data.Review, error) {
	v, err := r.Review(ctx, month)
	if errors.Is(err, data.ErrNotFound) {
		return data.Review{Month: month}, nil
	}
	return v, err
}

// DecideReview keeps what a team decided about a finding of a month's review, as a task
// with a date, if one is given. "" takes the decision back, and its task goes into the
// bin. It is one action, which can be undone.
func (d *Desk) DecideReview(ctx context.Context, month string, f data.Finding, decision string, due time.Time) error {
	if _, err := report.Month(month, time.UTC, 0, "USD"); err != nil {
		return err
	}
	decision = strings.Join(strings.Fields(decision), " ")
	if n := len([]rune(decision)); n > maxDecision {
		return problemDecisionLong.New("count", n, "limit", maxDecision)
	}
	return d.act(ctx, func(ctx context.Context, tx *store.Tx) (deed, error) {
		before, err := d.review(ctx, &tx.Reader, month)
		if err != nil {
			return deed{}, err
		}
		known, was := before.Notes[f.Key()]
		if decision == "" && !was {
			return deed{}, problemNoText.New()
		}
		note := data.ReviewNote{Said: f.Why, Decision: decision, Task: known.Task}
		task, err := d.decisionTask(ctx, tx, month, f, &note, due)
		if err != nil {
			return deed{}, err
		}
		after := before
		if after.Notes = maps.Clone(before.Notes); after.Notes == nil {
			after.Notes = map[string]data.ReviewNote{}
		}
		if after.Notes[f.Key()] = note; decision == "" {
			delete(after.Notes, f.Key())
		}
		return together(d.swapReview("review.decide", before, after), task)(ctx, tx)
	})
}

// decisionTask is the step that makes the task follow a decision: a new one, the one
// that is there with other words, or one less.
func (d *Desk) decisionTask(ctx context.Context, tx *store.Tx, month string, f data.Finding, note *data.ReviewNote, due time.Time) (step, error) {
	origin := data.TaskOrigin{Kind: originReview, Key: month + "|" + f.Key()}
	known, err := tx.TaskOfOrigin(ctx, origin)
	switch {
	case errors.Is(err, data.ErrNotFound):
		task := data.Task{Title: note.Decision, Note: f.Why.String(), Due: due, Origin: origin}
		made, err := d.addingTask(&task)
		note.Task = task.UID
		return made, err
	case err != nil:
		return nil, err
	case note.Decision == "":
		return binning(data.EntityTask, known.UID, true, taskRows(&known)...), nil
	}
	note.Task = known.UID
	return d.editingTask(known.UID, "task.edit", func(t *data.Task) {
		t.Title, t.Due, t.BinnedAt = note.Decision, due, time.Time{}
	}), nil
}

// swapReview is the step that puts one state of a review in the place of another.
func (d *Desk) swapReview(action string, before, after data.Review) step {
	of := about{action, data.EntityReview, after.Month, manyOf(data.EntityReview)}
	return swap(of, before, after, func(_ context.Context, tx *store.Tx, v data.Review) error { return tx.PutReview(&v) })
}

// HoldReview says that a month's review was held, or was not. It can be undone.
func (d *Desk) HoldReview(ctx context.Context, month string, held bool) error {
	if _, err := report.Month(month, time.UTC, 0, "USD"); err != nil {
		return err
	}
	return d.act(ctx, func(ctx context.Context, tx *store.Tx) (deed, error) {
		before, err := d.review(ctx, &tx.Reader, month)
		if err != nil {
			return deed{}, err
		}
		after := before
		after.HeldAt, after.HeldBy = time.Time{}, ""
		if held {
			after.HeldAt, after.HeldBy = data.Instant(d.now().UTC()), d.Operator()
		}
		return d.swapReview("review.hold", before, after)(ctx, tx)
	})
}
