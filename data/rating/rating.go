// Package rating knows what can be done about a feedback, until when, and with
// which proof.
//
// Its one rule: what can be done is a pure function of a feedback, of whether its
// matter is open, and of a moment; each window says by which rule it opens and
// ends, and what is no longer possible says why. The rules are data in
// assets/feedback.
package rating

import (
	"slices"
	"sync"

	"casebinder/assets"
	"casebinder/data"
	"casebinder/data/pack"
)

// Format is the form of a file of rules that this program reads.
const Format = 1

// What is something that can be done about a feedback.
type What string

// What can be done.
const (
	Reply    What = "reply"    // answer in public
	Ask      What = "ask"      // ask the buyer to revise it
	Complain What = "complain" // report it to the platform
)

// Book holds the rules of one platform.
type Book struct {
	Format    int           `toml:"format"`
	ID        string        `toml:"id"`
	Platform  data.Platform `toml:"platform"` // "": of all that have no book of their own
	Title     string        `toml:"title"`
	Revisions int           `toml:"revisions"` // how often a buyer may change one feedback; 0: not known
	Classes   []Class       `toml:"class"`
	Rules     []Rule        `toml:"window"`
	Grounds   []Ground      `toml:"ground"`
}

// Class says how a platform counts stars.
type Class struct {
	ID    string `toml:"id"`
	Stars []int  `toml:"stars"`
	data.Origin
}

// Rule is what can be done, and its window.
type Rule struct {
	What    What   `toml:"what"`
	Title   string `toml:"title"`
	Do      string `toml:"do"`
	Stars   []int  `toml:"stars"` // none: all
	Within  Within `toml:"within"`
	Settled bool   `toml:"settled"` // only once the matter behind it is settled
	Once    bool   `toml:"once"`
	EndedBy What   `toml:"ended_by"` // Reply: an answer in public ends it
	Barred  string `toml:"barred"`   // why the platform does not allow it
	data.Origin
}

// Within is how long a window is open; the zero Within has no end that is known.
type Within struct {
	Days   int `toml:"days"`
	Months int `toml:"months"`
}

// Ground is a ground of a complaint, and the proof that it needs.
type Ground struct {
	ID    data.ComplaintGround `toml:"id"`
	Title string               `toml:"title"`
	Proof []string             `toml:"proof"` // one of these must be there: "text", "message", "file"
	Show  string               `toml:"show"`  // what it must show
	data.Origin
}

var proofs = []string{"text", "message", "file"}

var kind = pack.Kind[Book]{
	ID: func(b *Book) string { return b.ID }, Check: (*Book).check, Words: (*Book).words, Format: Format,
}

// BuiltIn reads the program's own books, once.
var BuiltIn = sync.OnceValues(func() ([]*Book, error) { return kind.Load(assets.FS, "feedback") })

// Of gives the book of a platform, or the one of all that have none.
func Of(platform data.Platform) (*Book, error) {
	books, err := BuiltIn()
	if err != nil {
		return nil, err
	}
	var general *Book
	for _, b := range books {
		switch b.Platform {
		case platform:
			return b, nil
		case "":
			general = b
		}
	}
	return general, nil
}

// Texts gives every word of the books that a screen shows.
func Texts() ([]data.Text, error) {
	books, err := BuiltIn()
	if err != nil {
		return nil, err
	}
	return kind.Texts(books), nil
}

func (b *Book) words() []string {
	var all []string
	for _, r := range b.Rules {
		all = append(all, r.Title, r.Do, r.Barred, r.Source)
	}
	for _, g := range b.Grounds {
		all = append(all, g.Title, g.Show, g.Source)
	}
	return slices.DeleteFunc(all, func(w string) bool { return w == "" })
}

func (b *Book) check(r *pack.Report) {
	for i, c := range b.Classes {
		r.Origin(pack.At("class", i), c.ID, c.Origin)
		for _, n := range c.Stars {
			if data.Tone(n) != c.ID {
				r.Fail(pack.At("class", i, "stars"), "%d stars are counted as %s", n, data.Tone(n))
			}
		}
	}
	for _, what := range []What{Reply, Ask, Complain} {
		if n := count(b.Rules, func(r Rule) bool { return r.What == what }); n != 1 {
			r.Fail(pack.At("window"), "there are %d windows of “%s”; one is needed", n, what)
		}
	}
	for i, w := range b.Rules {
		b.checkRule(r, i, w)
	}
	for _, id := range data.ComplaintGrounds() {
		if n := count(b.Grounds, func(g Ground) bool { return g.ID == id }); n != 1 {
			r.Fail(pack.At("ground"), "there are %d grounds “%s”; one is needed", n, id)
		}
	}
	for i, g := range b.Grounds {
		r.Origin(pack.At("ground", i), string(g.ID), g.Origin)
		if g.Title == "" || g.Show == "" || len(g.Proof) == 0 || slices.ContainsFunc(g.Proof, func(p string) bool { return !slices.Contains(proofs, p) }) {
			r.Fail(pack.At("ground", i), "a ground needs a title, its proof (text, message, file) and what that shows")
		}
	}
}

func (b *Book) checkRule(r *pack.Report, i int, w Rule) {
	r.Origin(pack.At("window", i), string(w.What), w.Origin)
	switch {
	case w.What != Reply && w.What != Ask && w.What != Complain:
		r.Fail(pack.At("window", i, "what"), "there is no window of “%s”; write reply, ask or complain", w.What)
	case w.Title == "" || w.Do == "":
		r.Fail(pack.At("window", i), "a window needs a title and what to do")
	case w.Within.Days < 0 || w.Within.Months < 0 || w.Within.Days > 0 && w.Within.Months > 0:
		r.Fail(pack.At("window", i, "within"), "it is open for days or for months")
	case w.EndedBy != "" && w.EndedBy != Reply:
		r.Fail(pack.At("window", i, "ended_by"), "only a reply ends a window")
	}
}

func count[T any](list []T, is func(T) bool) (n int) {
	for _, one := range list {
		if is(one) {
			n++
		}
	}
	return n
}

// GroundOf gives a ground by its id; nil where there is none.
func (b *Book) GroundOf(id data.ComplaintGround) *Ground {
	for i := range b.Grounds {
		if b.Grounds[i].ID == id {
			return &b.Grounds[i]
		}
	}
	return nil
}
