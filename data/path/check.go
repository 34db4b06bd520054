package path

import (
	"regexp"
	"slices"
	"strings"

	"casebinder/data"
	"casebinder/data/pack"
	"casebinder/data/reply"
)

var idForm = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)

// checker looks at one path, with where each of its parts stands.
type checker struct {
	*pack.Report
	p     *Path
	known func(uid string) bool
	ids   map[string]bool // of steps and endings
}

// check tells what is wrong with a path.
func check(p *Path, known func(uid string) bool, r *pack.Report) {
	c := &checker{r, p, known, map[string]bool{}}
	c.id(pack.At("id"), "the path", p.ID)
	c.word(pack.At("title"), "the path has no title", p.Title)
	c.lists()
	for i := range p.Steps {
		c.name(pack.At("step", i, "id"), p.Steps[i].ID)
	}
	for i := range p.Ends {
		c.name(pack.At("end", i, "id"), p.Ends[i].ID)
	}
	if len(p.Ends) == 0 {
		c.Fail(pack.At("id"), "the path has no ending")
	}
	if len(p.Steps) > maxSteps || len(p.Ends) > maxSteps {
		c.Fail(pack.At("id"), "the path has more than %d steps or endings", maxSteps)
		return
	}
	c.wishes()
	for i := range p.Steps {
		c.step(i)
	}
	for i := range p.Ends {
		c.end(i)
	}
	c.leads(pack.At("first"), "the path", p.First)
	if c.OK() {
		c.shape()
	}
}

func (c *checker) id(at pack.Place, what, id string) {
	if !idForm.MatchString(id) {
		c.Fail(at, "%s has the id “%s”; write small letters, digits and _", what, id)
	}
}

// name takes the id of a step or an ending, which no other has.
func (c *checker) name(at pack.Place, id string) {
	c.id(at, "a step", id)
	if id == WishStep || c.ids[id] {
		c.Fail(at, "the id “%s” is taken", id)
	}
	c.ids[id] = true
}

func (c *checker) word(at pack.Place, missing, text string) {
	if strings.TrimSpace(text) == "" {
		c.Fail(at, "%s", missing)
	}
	c.short(at, text)
}

// maxText is the longest text of a path.
const maxText = 600 // bytes

func (c *checker) short(at pack.Place, text string) {
	if len(text) > maxText {
		c.Fail(at, "a text has %d bytes; %d is the most", len(text), maxText)
	}
}

func (c *checker) leads(at pack.Place, what, to string) {
	if to == "" {
		c.Fail(at, "%s leads nowhere", what)
	} else if !c.ids[to] {
		c.Fail(at, "%s leads to “%s”, which is no step and no ending", what, to)
	}
}

func (c *checker) lists() {
	for i, words := range [][]string{c.p.Intents, c.p.Reasons, c.p.Needs, c.p.Unless} {
		field := []string{"intents", "reasons", "needs", "unless"}[i]
		for _, word := range words {
			var ok bool
			switch field {
			case "intents":
				ok = slices.Contains(reply.Intents(), word)
			case "reasons":
				ok = slices.Contains(data.Reasons(), data.Reason(word))
			default:
				f, found := facts[word]
				ok = found && slices.Contains(f.tells, yes)
			}
			if !ok {
				c.Fail(pack.At(field).Word(word), "there is no “%s” for %s", word, field)
			}
		}
	}
}

func (c *checker) wishes() {
	if len(c.p.Wishes) == 0 {
		c.Fail(pack.At("id"), "the path does not say what a buyer may wish")
	}
	if len(c.p.Wishes) > maxAnswers {
		c.Fail(pack.At("wish", maxAnswers), "there are more than %d wishes", maxAnswers)
	}
	seen := map[string]bool{}
	for i, w := range c.p.Wishes {
		at := pack.At("wish", i)
		c.id(pack.At("wish", i, "id"), "a wish", w.ID)
		if seen[w.ID] {
			c.Fail(pack.At("wish", i, "id"), "the wish “%s” is there twice", w.ID)
		}
		seen[w.ID] = true
		c.word(at, "the wish “"+w.ID+"” has no text", w.Text)
		c.amends(pack.At("wish", i, "amends"), w.Amends)
		if w.To != "" {
			c.leads(pack.At("wish", i, "to"), "the wish “"+w.ID+"”", w.To)
		}
	}
}

func (c *checker) amends(at pack.Place, a data.Amends) {
	if a != "" && !slices.Contains(data.AllAmends(), a) {
		c.Fail(at, "there is no solution “%s”", a)
	}
}

func (c *checker) step(i int) {
	s := &c.p.Steps[i]
	c.word(pack.At("step", i), "the step “"+s.ID+"” asks nothing", s.Ask)
	c.short(pack.At("step", i, "note"), s.Note)
	if len(s.Answers) < 2 || len(s.Answers) > maxAnswers {
		c.Fail(pack.At("step", i), "the step “%s” has %d answers; 2 to %d are read", s.ID, len(s.Answers), maxAnswers)
		return
	}
	seen := map[string]bool{}
	for k := range s.Answers {
		a := &s.Answers[k]
		at := func(field string) pack.Place { return pack.At("step", i, "answer", k, field) }
		c.id(at("id"), "an answer", a.ID)
		if seen[a.ID] {
			c.Fail(at("id"), "the answer “%s” is there twice", a.ID)
		}
		seen[a.ID] = true
		c.word(at("text"), "the answer “"+a.ID+"” of “"+s.ID+"” has no text", a.Text)
		c.leads(at("to"), "the answer “"+a.ID+"” of “"+s.ID+"”", a.To)
		c.amends(at("amends"), a.Amends)
		c.short(at("note"), a.Note)
		for _, cost := range a.Costs {
			if !slices.Contains(data.Costs(), cost) {
				c.Fail(at("costs").Word(string(cost)), "there is no cost “%s”", cost)
			}
		}
	}
	c.fact(i, seen)
}

// fact refuses a fact that there is not, and one that may tell what no answer
// takes.
func (c *checker) fact(i int, answers map[string]bool) {
	s := &c.p.Steps[i]
	if s.Days < 0 || s.Days > 3650 {
		c.Fail(pack.At("step", i, "days"), "days are from 0 to 3650")
	}
	if s.Fact == "" {
		return
	}
	tells, ok := tellsOf(s.Fact, c.known)
	if !ok {
		c.Fail(pack.At("step", i, "fact"), "there is no fact “%s”", s.Fact)
		return
	}
	for _, told := range tells {
		if !answers[told] && !answers[Other] {
			c.Fail(pack.At("step", i, "fact"), "the fact “%s” may tell “%s”, and the step “%s” has no such answer and no “%s”", s.Fact, told, s.ID, Other)
		}
	}
	for answer := range answers {
		if answer != Other && !slices.Contains(tells, answer) {
			c.Fail(pack.At("step", i, "fact"), "the fact “%s” never tells “%s”", s.Fact, answer)
		}
	}
}

func (c *checker) end(i int) {
	e := &c.p.Ends[i]
	at := func(field string) pack.Place { return pack.At("end", i, field) }
	c.word(pack.At("end", i), "the ending “"+e.ID+"” has no title", e.Title)
	c.short(at("task"), e.Task)
	c.short(at("note"), e.Note)
	if e.Reply == "" && e.Task == "" && e.Case == "" {
		c.Fail(pack.At("end", i), "the ending “%s” is neither a reply nor a task nor a case", e.ID)
	}
	if e.Reply != "" && !c.known(e.Reply) {
		c.Fail(at("reply"), "there is no template “%s”", e.Reply)
	}
	if e.Days < 0 || e.Days > 365 {
		c.Fail(at("days"), "a task is due in 0 to 365 days")
	}
	if e.Case != "" && e.Case != CaseComplaint && e.Case != CaseDispute {
		c.Fail(at("case"), "there is no case “%s”; write %s or %s", e.Case, CaseComplaint, CaseDispute)
	}
	if e.Case == CaseDispute && !slices.Contains(data.Reasons(), e.Reason) {
		c.Fail(at("reason"), "a dispute has no reason “%s”", e.Reason)
	}
	if e.Cause != "" && !slices.Contains(data.Causes(), e.Cause) {
		c.Fail(at("cause"), "there is no cause “%s”", e.Cause)
	}
	if e.Deed != "" && !slices.Contains(Deeds(), e.Deed) {
		c.Fail(at("deed"), "there is no deed “%s”", e.Deed)
	}
	for name, value := range e.Fill {
		c.fill(at("fill").Word(name), e, name, value)
	}
}

// fill refuses a variable, or a choice of one, that there is not.
func (c *checker) fill(at pack.Place, e *End, name, value string) {
	all := reply.Variables()
	i := slices.IndexFunc(all, func(v reply.Variable) bool { return v.Name == name })
	switch {
	case e.Reply == "":
		c.Fail(at, "the ending “%s” fills a reply and has none", e.ID)
	case i < 0:
		c.Fail(at, "there is no variable “%s”", name)
	case strings.HasPrefix(value, "$") && !slices.Contains(fillWords, value):
		c.Fail(at, "there is no value “%s”", value)
	case all[i].Kind == reply.KindChoice && !slices.Contains(all[i].Choices, value):
		c.Fail(at, "“%s” cannot be “%s”", name, value)
	default:
		c.short(at, value)
	}
}

// shape refuses a cycle, and a step that nothing leads to.
func (c *checker) shape() {
	const (
		open   = 1
		closed = 2
	)
	state := map[string]int{}
	var visit func(id string) bool // false: a cycle was told of
	visit = func(id string) bool {
		switch state[id] {
		case open:
			i := slices.IndexFunc(c.p.Steps, func(s Step) bool { return s.ID == id })
			c.Fail(pack.At("step", i, "id"), "the step “%s” leads back to itself", id)
			return false
		case closed:
			return true
		}
		state[id] = open
		if s := c.p.Step(id); s != nil {
			for _, a := range s.Answers {
				if !visit(a.To) {
					return false
				}
			}
		}
		state[id] = closed
		return true
	}
	starts := []string{c.p.First}
	for _, w := range c.p.Wishes {
		if w.To != "" {
			starts = append(starts, w.To)
		}
	}
	for _, id := range starts {
		if !visit(id) {
			return
		}
	}
	for i, s := range c.p.Steps {
		if state[s.ID] == 0 {
			c.Fail(pack.At("step", i, "id"), "nothing leads to the step “%s”", s.ID)
		}
	}
	for i, e := range c.p.Ends {
		if state[e.ID] == 0 {
			c.Fail(pack.At("end", i, "id"), "nothing leads to the ending “%s”", e.ID)
		}
	}
}
