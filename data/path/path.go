package path

import (
	"slices"
	"strings"
	"sync"

	"casebinder/assets"
	"casebinder/data"
	"casebinder/data/pack"
	"casebinder/data/reply"
)

// Format is the highest form of a path's file that is read.
const Format = 1

// WishStep is the step that every path begins with: what the buyer wants.
const WishStep = "wish"

// Other is the answer that takes what a fact tells and no other answer names.
const Other = "other"

// The most that a path may hold.
const (
	maxSteps   = 60
	maxAnswers = 9 // as many as there are keys for them
)

// Path is one decision tree.
type Path struct {
	Format  int      `toml:"format"`
	ID      string   `toml:"id"`
	Edition string   `toml:"edition,omitempty"`
	Title   string   `toml:"title"`
	Intents []string `toml:"intents,omitempty"` // of a buyer's message that it answers; reply.Intents
	Reasons []string `toml:"reasons,omitempty"` // of a dispute that it answers
	Needs   []string `toml:"needs,omitempty"`   // facts that must not be known to be otherwise: "shipped"
	Unless  []string `toml:"unless,omitempty"`  // facts that must not be known to be so: "canceled"
	First   string   `toml:"first"`             // id of the step after the wish
	Source  string   `toml:"source,omitempty"`  // where its advice comes from
	Wishes  []Wish   `toml:"wish"`
	Steps   []Step   `toml:"step"`
	Ends    []End    `toml:"end"`
}

// Wish is what a buyer may want.
type Wish struct {
	ID     string      `toml:"id"`
	Text   string      `toml:"text"`
	Amends data.Amends `toml:"amends,omitempty"` // the way that grants it; "" none of them
	To     string      `toml:"to,omitempty"`     // id of a step or an ending; "" is First
}

// Step is one question.
type Step struct {
	ID      string   `toml:"id"`
	Ask     string   `toml:"ask"`
	Fact    string   `toml:"fact,omitempty"` // that answers it where it is known; one of Facts, "said:" and a template
	Days    int      `toml:"days,omitempty"` // of a fact that counts days
	Note    string   `toml:"note,omitempty"` // what to bear in mind
	Answers []Answer `toml:"answer"`
}

// Answer is one answer to a step's question.
type Answer struct {
	ID     string      `toml:"id"` // of a step with a fact, what the fact tells, or Other
	Text   string      `toml:"text"`
	To     string      `toml:"to"`               // id of a step or an ending
	Amends data.Amends `toml:"amends,omitempty"` // what it gives the buyer
	Costs  []data.Cost `toml:"costs,omitempty"`  // what this way costs
	Free   bool        `toml:"free,omitempty"`   // it is a way that costs nothing by itself
	Risk   bool        `toml:"risk,omitempty"`   // the buyer may open a dispute over it
	Note   string      `toml:"note,omitempty"`
}

// IsWay reports whether the answer is a way whose costs stand beside the others'.
func (a *Answer) IsWay() bool { return len(a.Costs) > 0 || a.Free }

// End is what a path leads to: a reply, a task, a case, or several of them.
type End struct {
	ID     string            `toml:"id"`
	Title  string            `toml:"title"`
	Reply  string            `toml:"reply,omitempty"` // UID of a template
	Fill   map[string]string `toml:"fill,omitempty"`  // variables of the template: a value, or "$total", "$part"
	Task   string            `toml:"task,omitempty"`  // title of a task
	Days   int               `toml:"days,omitempty"`  // from now on which the task is due
	Case   string            `toml:"case,omitempty"`  // "complaint" or "dispute"
	Reason data.Reason       `toml:"reason,omitempty"`
	Cause  string            `toml:"cause,omitempty"` // of the complaint, and in the shop's scale
	Deed   string            `toml:"deed,omitempty"`  // what a person then writes down on the order: one of Deeds
	Note   string            `toml:"note,omitempty"`
}

// The cases that an ending can open.
const (
	CaseComplaint = "complaint"
	CaseDispute   = "dispute"
)

// Deeds lists what an ending may ask to be written down on the order.
func Deeds() []string {
	return []string{
		string(data.OrderAddressChange), string(data.OrderCanceled), string(data.OrderRefund), string(data.OrderReturnAsked),
		string(data.OrderReturnReceived), string(data.OrderResent),
	}
}

// fillWords are the values of Fill that the desk works out.
var fillWords = []string{"$total", "$part"}

// Step finds a step; nil where there is none.
func (p *Path) Step(id string) *Step {
	if i := slices.IndexFunc(p.Steps, func(s Step) bool { return s.ID == id }); i >= 0 {
		return &p.Steps[i]
	}
	return nil
}

// End finds an ending; nil where there is none.
func (p *Path) End(id string) *End {
	if i := slices.IndexFunc(p.Ends, func(e End) bool { return e.ID == id }); i >= 0 {
		return &p.Ends[i]
	}
	return nil
}

// Wish finds a wish; nil where there is none.
func (p *Path) Wish(id string) *Wish {
	if i := slices.IndexFunc(p.Wishes, func(w Wish) bool { return w.ID == id }); i >= 0 {
		return &p.Wishes[i]
	}
	return nil
}

// Answer finds an answer; nil where there is none.
func (s *Step) Answer(id string) *Answer {
	if i := slices.IndexFunc(s.Answers, func(a Answer) bool { return a.ID == id }); i >= 0 {
		return &s.Answers[i]
	}
	return nil
}

// taking is the answer that what a fact told chooses; nil where none does.
func (s *Step) taking(told string) *Answer {
	if told == "" {
		return nil
	}
	if a := s.Answer(told); a != nil {
		return a
	}
	return s.Answer(Other)
}

// english lists the words of a path that a screen shows.
func (p *Path) english() []string {
	all := []string{p.Title}
	for _, w := range p.Wishes {
		all = append(all, w.Text)
	}
	for _, s := range p.Steps {
		all = append(all, s.Ask, s.Note)
		for _, a := range s.Answers {
			all = append(all, a.Text, a.Note)
		}
	}
	for _, e := range p.Ends {
		all = append(all, e.Title, e.Task, e.Note)
	}
	return slices.DeleteFunc(all, func(text string) bool { return strings.TrimSpace(text) == "" })
}

// kind is the form of a path's file; known tells which templates there are.
func kind(known func(uid string) bool) pack.Kind[Path] {
	return pack.Kind[Path]{
		ID:     func(p *Path) string { return p.ID },
		Check:  func(p *Path, r *pack.Report) { check(p, known, r) },
		Words:  (*Path).english,
		Format: Format,
	}
}

func builtInTemplate(uid string) bool {
	_, ok := reply.EntryOf(uid)
	return ok
}

var builtIn = sync.OnceValues(func() ([]*Path, error) { return kind(builtInTemplate).Load(assets.FS, "paths") })

// BuiltIn gives the paths that the program carries, by ID. They are shared: do not
// change them.
func BuiltIn() ([]*Path, error) { return builtIn() }

// Decode reads a path from TOML and checks it. Name is the file that it comes
// from, for the message; own tells which templates there are beside the built-in
// ones, and may be nil. Each thing that is wrong is a Problem with file, line and
// reason; several are joined.
func Decode(name string, text []byte, own func(uid string) bool) (*Path, error) {
	return kind(func(uid string) bool { return builtInTemplate(uid) || own != nil && own(uid) }).Decode(name, text)
}

// Encode writes a path as TOML that Decode reads.
func Encode(p *Path) ([]byte, error) { return pack.Encode(p.ID, p) }

// Layer puts own paths in the place of the built-in ones with their id; the rest
// of them come after.
func Layer(own, builtIn []*Path) []*Path {
	all := slices.Clone(builtIn)
	for _, p := range own {
		if i := slices.IndexFunc(all, func(other *Path) bool { return other.ID == p.ID }); i >= 0 {
			all[i] = p
		} else {
			all = append(all, p)
		}
	}
	return all
}

// Texts lists the words of paths, each once, by key.
func Texts(all []*Path) []data.Text { return kind(builtInTemplate).Texts(all) }
