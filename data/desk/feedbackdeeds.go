package desk

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/rating"
	"casebinder/data/store"
)

// FeedbackDeedKind says what happened to a feedback.
type FeedbackDeedKind string

// The kinds of deeds.
const (
	FeedbackReply     FeedbackDeedKind = "reply"     // the seller answered in public
	FeedbackSettle    FeedbackDeedKind = "settle"    // the matter behind it is settled with the buyer
	FeedbackAsk       FeedbackDeedKind = "ask"       // the buyer was asked to revise it
	FeedbackRevise    FeedbackDeedKind = "revise"    // the buyer changed stars or words
	FeedbackComplain  FeedbackDeedKind = "complain"  // it was reported to the platform
	FeedbackDecide    FeedbackDeedKind = "decide"    // the platform removed or kept it
	FeedbackCause     FeedbackDeedKind = "cause"     // what it is put down to
	FeedbackClose     FeedbackDeedKind = "close"     // nothing more is done about it
	FeedbackReopen    FeedbackDeedKind = "reopen"    // it is looked at again
	FeedbackTranslate FeedbackDeedKind = "translate" // its words in another language
)

// FeedbackDeedKinds lists them.
func FeedbackDeedKinds() []FeedbackDeedKind {
	return []FeedbackDeedKind{
		FeedbackReply, FeedbackSettle, FeedbackAsk, FeedbackRevise, FeedbackComplain, FeedbackDecide, FeedbackCause, FeedbackClose, FeedbackReopen, FeedbackTranslate,
	}
}

// FeedbackDeed is what happened to a feedback.
type FeedbackDeed struct {
	Kind    FeedbackDeedKind
	At      time.Time // zero: now
	Text    string    // of a reply, revision or translation
	By      string    // who translated
	Stars   int       // of a revision
	Ground  data.ComplaintGround
	Outcome string // of a complaint: "removed" or "kept"
	Cause   string
	Product string // SKU or title that the cause is about
	Sure    bool   // write it down although its window or proof says otherwise, or its cause is a new one
}

var (
	problemFeedbackDeed = data.DefineProblem("feedback_deed", data.ErrInvalid,
		"“{kind}” is not something that can happen to feedback.", "Choose one of: {kinds}.")
	problemGivenDeed = data.DefineProblem("feedback_given", data.ErrRefused,
		"You left this feedback yourself.", "Edit it, or look for the feedback that the buyer left.")
	problemUnsettled = data.DefineProblem("feedback_unsettled", data.ErrRefused,
		"The matter behind this feedback is not settled.", "Settle it with the buyer, record that it is settled, and then ask.")
	problemMatterOpen = data.DefineProblem("feedback_matter_open", data.ErrRefused,
		"A dispute or complaint about the order is still open.", "Close it first; feedback is never traded for a solution.")
	problemWindowOver = data.DefineProblem("feedback_window_over", data.ErrRefused,
		"The last day for this was {until}.", "If it was done in time, enter when it was done. Otherwise answer in public.")
	problemWindowTwice = data.DefineProblem("feedback_once", data.ErrConflict,
		"This was already done on {at}, and it can be done only once.", "Record what came of it.")
	problemWindowBarred = data.DefineProblem("feedback_barred", data.ErrRefused,
		"The platform does not allow this for this feedback.", "Its page says why. A public answer is always possible.")
	problemNoProof = data.DefineProblem("feedback_no_proof", data.ErrRefused,
		"Nothing here could prove this ground ({ground}).",
		"Add a picture or a file to the feedback, or add the buyer's messages; the page says what must be shown.")
	problemGround = data.DefineProblem("feedback_ground", data.ErrInvalid,
		"“{ground}” is not a ground for a complaint.", "Choose one of: {grounds}.")
	problemOutcome = data.DefineProblem("feedback_outcome", data.ErrInvalid,
		"“{outcome}” is not a platform's decision.", "Choose removed or kept.")
	problemNotReported = data.DefineProblem("feedback_not_reported", data.ErrConflict,
		"This feedback was not reported, so the platform cannot have decided to keep it.", "First record that it was reported, and when.")
	problemDeedEarly = data.DefineProblem("feedback_deed_early", data.ErrInvalid,
		"That was on {at}, before the feedback was left on {left}.", "Check both dates.")
	problemFeedbackText = data.DefineProblem("feedback_no_words", data.ErrInvalid,
		"The text is missing.", "Type the answer or the translation.")
	problemNothingRevised = data.DefineProblem("feedback_unchanged", data.ErrInvalid,
		"Stars and text are the same as before.", "Enter the stars or the text as they are now.")
	problemCause = data.DefineProblem("feedback_cause", data.ErrInvalid,
		"“{cause}” is not in the list of causes.", "Choose one of: {causes}. Or add it to the list, as a command does with --sure.")
)

// WriteFeedback writes down what happened to a feedback. What its platform's rules
// bar, or what lacks its proof, is refused unless Sure. It can be undone.
func (d *Desk) WriteFeedback(ctx context.Context, id int64, w FeedbackDeed) (data.Feedback, error) {
	v, err := d.Feedback(ctx, id)
	if err != nil {
		return data.Feedback{}, err
	}
	f := v.Feedback
	if f.Given && w.Kind != FeedbackTranslate && w.Kind != FeedbackCause {
		return f, problemGivenDeed.New()
	}
	if err := d.timeDeed(&w, &f); err != nil {
		return f, err
	}
	if err := w.allowed(&v); err != nil {
		return f, err
	}
	also, err := d.causeStep(ctx, &w)
	if err != nil {
		return f, err
	}
	if w.Kind == FeedbackReply {
		if also, err = d.answerSteps(ctx, &f, strings.TrimSpace(w.Text)); err != nil {
			return f, err
		}
	}
	after, err := w.apply(f)
	if err != nil {
		return f, err
	}
	of := about{"feedback." + string(w.Kind), data.EntityFeedback, f.UID, rowsOf(data.EntityFeedback, f.ID, f.OrderID, 0)}
	steps := []step{swap(of, f, after, func(_ context.Context, tx *store.Tx, to data.Feedback) error { return tx.PutFeedback(&to) })}
	return after, d.act(ctx, together(append(steps, also...)...))
}

// timeDeed says when a deed was, and refuses a time that cannot be.
func (d *Desk) timeDeed(w *FeedbackDeed, f *data.Feedback) error {
	now := d.now()
	switch {
	case w.At.IsZero():
		w.At = data.Instant(now)
	case w.At.After(now):
		return problemEventInFuture.New("at", data.JSONTime(w.At))
	case w.Kind != FeedbackSettle && before(w.At, f.LeftAt, f.Shop.Location()):
		return problemDeedEarly.New("at", data.JSONTime(w.At), "left", data.JSONTime(f.LeftAt))
	}
	return nil
}

// allowed holds a deed against the window of the moment at which it was.
func (w *FeedbackDeed) allowed(v *FeedbackView) error {
	what := map[FeedbackDeedKind]rating.What{FeedbackReply: rating.Reply, FeedbackAsk: rating.Ask, FeedbackComplain: rating.Complain}[w.Kind]
	if what == "" || w.Sure {
		return nil
	}
	book, err := rating.Of(v.Feedback.Shop.Platform)
	if err != nil {
		return err
	}
	for _, win := range book.Windows(&v.Feedback, rating.Matter{Open: v.Open}, w.At) {
		if win.What != what {
			continue
		}
		if err := windowProblem(&win, v); err != nil {
			return err
		}
	}
	if w.Kind != FeedbackComplain {
		return nil
	}
	for _, g := range v.Grounds {
		if g.ID == w.Ground && !g.Proven {
			return problemNoProof.New("ground", g.ID)
		}
	}
	return nil
}

func windowProblem(win *rating.Window, v *FeedbackView) error {
	zone := v.Feedback.Shop.Location()
	switch win.Status {
	case rating.Open:
		return nil
	case rating.Waits:
		if v.Open {
			return problemMatterOpen.New()
		}
		return problemUnsettled.New()
	case rating.Done:
		if !win.Rule.Once {
			return nil
		}
		return problemWindowTwice.New("at", data.Stamp(win.DoneAt, zone))
	case rating.Over:
		if !win.Until.IsZero() {
			return problemWindowOver.New("until", data.Stamp(win.Until, zone))
		}
	}
	return problemWindowBarred.New()
}

// apply gives the feedback as it is after a deed.
func (w *FeedbackDeed) apply(f data.Feedback) (data.Feedback, error) {
	text := strings.TrimSpace(w.Text)
	switch w.Kind {
	case FeedbackReply:
		if text == "" {
			return f, problemFeedbackText.New()
		}
		f.Reply, f.RepliedAt = text, w.At
		f.MoveOn(data.FeedbackReplied, data.FeedbackNew)
	case FeedbackSettle:
		f.SettledAt = w.At
	case FeedbackAsk:
		f.RevisionAt = w.At
		f.MoveOn(data.FeedbackRevision, data.FeedbackNew, data.FeedbackReplied)
	case FeedbackRevise:
		return w.revise(f, text)
	case FeedbackComplain:
		if !slices.Contains(data.ComplaintGrounds(), w.Ground) {
			return f, problemGround.New("ground", w.Ground, "grounds", joinAll(data.ComplaintGrounds()))
		}
		f.Complained = data.Complained{At: w.At, Ground: w.Ground}
		f.State = data.FeedbackComplained
	case FeedbackDecide:
		return w.decide(f)
	case FeedbackCause:
		f.Cause, f.Product = strings.TrimSpace(w.Cause), cmp.Or(strings.TrimSpace(w.Product), f.Product)
	case FeedbackClose:
		f.State = data.FeedbackDone
	case FeedbackReopen:
		f.State = stateOf(&f)
	case FeedbackTranslate:
		f.Translated = data.Translation{Text: text, By: strings.TrimSpace(w.By)}
	default:
		return f, problemFeedbackDeed.New("kind", w.Kind, "kinds", joinAll(FeedbackDeedKinds()))
	}
	return f, nil
}

func (w *FeedbackDeed) revise(f data.Feedback, text string) (data.Feedback, error) {
	if w.Stars != 0 && (w.Stars < 1 || w.Stars > 5) {
		return f, problemStars.New("stars", w.Stars)
	}
	stars := w.Stars
	if stars == 0 {
		stars = f.Stars
	}
	if text == "" {
		text = f.Text
	}
	if stars == f.Stars && text == f.Text {
		return f, problemNothingRevised.New()
	}
	return f.Revised(stars, text, w.At), nil
}

func (w *FeedbackDeed) decide(f data.Feedback) (data.Feedback, error) {
	switch w.Outcome {
	case "removed":
		f.RemovedAt, f.State = w.At, data.FeedbackRemoved
	case "kept":
		if f.Complained.At.IsZero() {
			return f, problemNotReported.New()
		}
		f.RemovedAt = time.Time{}
	default:
		return f, problemOutcome.New("outcome", w.Outcome)
	}
	if !f.Complained.At.IsZero() {
		f.Complained.Outcome = w.Outcome
	}
	if w.Outcome == "kept" {
		f.State = stateOf(&f)
	}
	return f, nil
}

// stateOf is the state of a feedback by what happened to it.
func stateOf(f *data.Feedback) data.FeedbackState {
	switch {
	case !f.RemovedAt.IsZero():
		return data.FeedbackRemoved
	case !f.Complained.At.IsZero() && f.Complained.Outcome == "":
		return data.FeedbackComplained
	case !f.RevisedAt.IsZero():
		return data.FeedbackRevised
	case !f.RevisionAt.IsZero():
		return data.FeedbackRevision
	case !f.RepliedAt.IsZero():
		return data.FeedbackReplied
	}
	return data.FeedbackNew
}

// causesSetting holds the causes that a seller added.
const causesSetting = "feedback.causes"

// FeedbackCauseList gives the causes that feedback can be put down to: the program's,
// then the seller's own.
func (d *Desk) FeedbackCauseList(ctx context.Context) ([]string, error) {
	var own []string
	if _, err := d.Setting(ctx, causesSetting, &own); err != nil {
		return nil, err
	}
	used, err := d.store.OwnCauses(ctx)
	list := data.FeedbackCauses()
	for _, c := range append(own, used...) {
		if !slices.Contains(list, c) {
			list = append(list, c)
		}
	}
	return list, err
}

// causeStep refuses a cause that is not in the list, or, where the person is sure,
// gives the step that adds it.
func (d *Desk) causeStep(ctx context.Context, w *FeedbackDeed) ([]step, error) {
	cause := strings.TrimSpace(w.Cause)
	if w.Kind != FeedbackCause || cause == "" {
		return nil, nil
	}
	list, err := d.FeedbackCauseList(ctx)
	if err != nil || slices.Contains(list, cause) {
		return nil, err
	}
	if !w.Sure {
		return nil, problemCause.New("cause", cause, "causes", strings.Join(list, ", "))
	}
	var own []string
	if _, err := d.Setting(ctx, causesSetting, &own); err != nil {
		return nil, err
	}
	add, err := settingStep(causesSetting, append(own, cause))
	return []step{add}, err
}

// SetFeedbackCauses stores the causes that the seller added. It can be undone.
func (d *Desk) SetFeedbackCauses(ctx context.Context, own []string) error {
	var kept []string
	for _, c := range own {
		if c = strings.TrimSpace(c); c != "" && !slices.Contains(kept, c) && !slices.Contains(data.FeedbackCauses(), c) {
			kept = append(kept, c)
		}
	}
	s, err := settingStep(causesSetting, kept)
	if err != nil {
		return err
	}
	return d.act(ctx, s)
}

// FindFeedback finds the feedback that a person means by its id or the first 8
// characters or more of it.
func (d *Desk) FindFeedback(ctx context.Context, text string) (data.Feedback, error) {
	found, err := d.store.FeedbackByText(ctx, strings.TrimSpace(text))
	switch {
	case err != nil:
		return data.Feedback{}, err
	case len(found) == 1:
		return found[0], nil
	case len(found) > 1:
		return data.Feedback{}, problemManyFeedback.New("text", text)
	}
	return data.Feedback{}, problemNoFeedback.New("text", text)
}

var (
	problemNoFeedback = data.DefineProblem("feedback_unknown", data.ErrNotFound,
		"There is no feedback “{text}”.", "List feedback with its ids, and name one of them.")
	problemManyFeedback = data.DefineProblem("feedback_many", data.ErrConflict,
		"Several feedback entries begin with “{text}”.", "Type more of the id.")
)
