package path

import (
	"slices"
	"time"

	"casebinder/data"
	"casebinder/data/pack"
)

var (
	problemStep = data.DefineProblem("path_step", data.ErrConflict,
		"This path is no longer at that question.", "Look at the path again, and answer what it asks now.")
	problemAnswer = data.DefineProblem("path_answer", data.ErrInvalid,
		"“{answer}” is not an answer to “{question}”.", "Choose one of: {answers}.")
	problemChanged = data.DefineProblem("path_changed", data.ErrConflict,
		"The order has changed since: “{question}” was answered “{was}”, and is “{now}” now.", "Undo that answer, and continue from there.")
	problemBlocked = data.DefineProblem("path_blocked", data.ErrRefused,
		"“{path}” does not fit this order: {why}", "Choose another path, or correct the order.")
)

// Choice is one answer that may be given.
type Choice struct {
	ID   string
	Text data.Text
	Note data.Text
	Told bool // the order's facts say it
}

// Question is what is asked: the wish, or a step.
type Question struct {
	Step    string
	Ask     data.Text
	Note    data.Text
	Told    Told // by the order's facts; of a question for a person alone the zero Told
	Choices []Choice
}

// Answered is a question with its answer.
type Answered struct {
	Question
	data.PathAnswer
	Text    data.Text // of the answer
	Changed bool      // the facts say something else since
}

// State is where a run of a path stands.
type State struct {
	Answered []Answered
	Next     *Question // nil: the path is at its ending
	End      *End      // nil: a question is open
	Dropped  int       // answers that the path, which was edited since, no longer knows
}

var askWish = data.DefinePhrase("path.wish", "What does the buyer want?")

var unknownWish = data.DefinePhrase("path.wish.unknown", "Not said yet")

// WishUnknown is the wish of a buyer who has not said it.
const WishUnknown = "unknown"

// question puts a step, with what the facts say of it now.
func (p *Path) question(id string, f *Facts) *Question {
	if id == WishStep {
		q := &Question{Step: WishStep, Ask: askWish.With()}
		for _, w := range p.Wishes {
			q.Choices = append(q.Choices, Choice{ID: w.ID, Text: pack.Text(w.Text)})
		}
		if p.Wish(WishUnknown) == nil && len(p.Wishes) < maxAnswers {
			q.Choices = append(q.Choices, Choice{ID: WishUnknown, Text: unknownWish.With()})
		}
		return q
	}
	s := p.Step(id)
	if s == nil {
		return nil
	}
	q := &Question{Step: id, Ask: pack.Text(s.Ask), Note: pack.Text(s.Note)}
	if s.Fact != "" {
		q.Told = f.told(s.Fact, s)
	}
	taking := s.taking(q.Told.Value)
	for i := range s.Answers {
		a := &s.Answers[i]
		q.Choices = append(q.Choices, Choice{ID: a.ID, Text: pack.Text(a.Text), Note: pack.Text(a.Note), Told: a == taking})
	}
	return q
}

func (q *Question) choice(id string) *Choice {
	if i := slices.IndexFunc(q.Choices, func(c Choice) bool { return c.ID == id }); i >= 0 {
		return &q.Choices[i]
	}
	return nil
}

// next is the id of the step or ending that an answer leads to.
func (p *Path) next(step, answer string) string {
	if step == WishStep {
		if w := p.Wish(answer); w != nil && w.To != "" {
			return w.To
		}
		return p.First
	}
	return p.Step(step).Answer(answer).To
}

// Walk follows the answers of a run and gives where it stands.
func (p *Path) Walk(run *data.PathRun, f *Facts) State {
	var state State
	at := WishStep
	for i, given := range run.Steps.Answers {
		q := p.question(at, f)
		if q == nil || given.Step != at || q.choice(given.Answer) == nil {
			state.Dropped = len(run.Steps.Answers) - i
			break
		}
		state.Answered = append(state.Answered, Answered{
			Question: *q, PathAnswer: given, Text: q.choice(given.Answer).Text, Changed: p.changed(&given, q.Told),
		})
		at = p.next(at, given.Answer)
	}
	if state.Next = p.question(at, f); state.Next == nil {
		state.End = p.End(at)
	}
	return state
}

// changed reports whether the facts say something else than when a question was
// answered, and else than its answer.
func (p *Path) changed(given *data.PathAnswer, now Told) bool {
	s := p.Step(given.Step)
	if s == nil || now.Value == "" || now.Value == given.Fact {
		return false
	}
	taking := s.taking(now.Value)
	return taking != nil && taking.ID != given.Answer
}

// check refuses to go on where the order has changed under the answers.
func (state *State) check() error {
	for _, a := range state.Answered {
		if !a.Changed {
			continue
		}
		now := ""
		if i := slices.IndexFunc(a.Choices, func(c Choice) bool { return c.Told }); i >= 0 {
			now = a.Choices[i].Text.String()
		}
		return problemChanged.New("question", a.Ask, "was", a.Text, "now", now)
	}
	return nil
}

// Check refuses an ending, or an answer, on facts that have changed since they
// were told.
func (p *Path) Check(run *data.PathRun, f *Facts) error {
	state := p.Walk(run, f)
	return state.check()
}

// Answer answers the question at which a run stands, and then all that follow as
// far as the facts answer them. who is the operator; step is the question that the
// person saw.
func (p *Path) Answer(run *data.PathRun, f *Facts, step, answer, who string) error {
	state := p.Walk(run, f)
	if err := state.check(); err != nil {
		return err
	}
	if state.Next == nil || state.Next.Step != step {
		return problemStep.New()
	}
	q := state.Next
	if q.choice(answer) == nil {
		var all []string
		for _, c := range q.Choices {
			all = append(all, c.ID)
		}
		return problemAnswer.New("answer", answer, "question", q.Ask, "answers", all)
	}
	keep := len(run.Steps.Answers) - state.Dropped
	run.Steps.Answers = append(slices.Clone(run.Steps.Answers[:keep]), given(q, answer, who, f.Now))
	if step == WishStep {
		run.Wish = answer
	}
	p.goOn(run, f)
	return nil
}

func given(q *Question, answer, who string, now time.Time) data.PathAnswer {
	return data.PathAnswer{Step: q.Step, Answer: answer, Fact: q.Told.Value, By: who, At: data.Instant(now), Why: q.Told.Why}
}

// goOn answers what the facts answer, up to the first question for a person.
func (p *Path) goOn(run *data.PathRun, f *Facts) {
	for range maxSteps {
		q := p.Walk(run, f).Next
		if q == nil {
			return
		}
		i := slices.IndexFunc(q.Choices, func(c Choice) bool { return c.Told })
		if i < 0 {
			return
		}
		run.Steps.Answers = append(run.Steps.Answers, given(q, q.Choices[i].ID, "", f.Now))
	}
}

// TakeBack takes the answer to a step back, and all that followed it. The
// question then stands again, also where the facts would answer it.
func (p *Path) TakeBack(run *data.PathRun, step string) error {
	i := slices.IndexFunc(run.Steps.Answers, func(a data.PathAnswer) bool { return a.Step == step })
	if i < 0 {
		return problemStep.New()
	}
	run.Steps.Answers = slices.Clone(run.Steps.Answers[:i])
	if step == WishStep {
		run.Wish = ""
	}
	return nil
}

// Blocked says why a path does not fit an order; false where it does, or nothing
// speaks against it.
func (p *Path) Blocked(f *Facts) (data.Text, bool) {
	for _, name := range p.Needs {
		if told := f.told(name, nil); told.Value == no {
			return told.Why, true
		}
	}
	for _, name := range p.Unless {
		if told := f.told(name, nil); told.Value == yes {
			return told.Why, true
		}
	}
	return data.Text{}, false
}

// Fits refuses a path that does not fit an order.
func (p *Path) Fits(f *Facts) error {
	if why, blocked := p.Blocked(f); blocked {
		return problemBlocked.New("path", pack.Text(p.Title), "why", why)
	}
	return nil
}
