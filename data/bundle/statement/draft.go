package statement

import (
	"fmt"
	"slices"
	"strings"

	"casebinder/data"
	"casebinder/data/bundle/fit"
)

// The problems of a statement.
var (
	ProblemLanguage = data.DefineProblem("statement_language", data.ErrNotFound,
		"There is no draft “{template}” in the language {language}.",
		"Choose a language that the draft has, or write the claims yourself.")
	ProblemCitation = data.DefineProblem("citation_unresolved", data.ErrInvalid,
		"Claim {claim} of the statement points to {target}, which is not in the bundle.",
		"Include what it points to, or take the citation out of the claim. Nothing was exported.")
	ProblemEmptyClaim = data.DefineProblem("statement_empty_claim", data.ErrInvalid,
		"Claim {claim} of the statement has no words.",
		"Write what it says, or remove it. Nothing was exported.")
	ProblemTooLong = data.DefineProblem("statement_too_long", data.ErrLimit,
		"The statement has {count} characters; the form takes {limit}. It is {over} over.",
		"Shorten it: the longest is claim {claim}, with {longest} characters.")
)

// Draft writes a statement in a language from what the facts show. Claims stand
// in the template's order; one whose facts are not known, or that nothing in
// the bundle shows, is left out. The draft is for a person to read and edit.
//
// A template that Suited does not give, or a language that it does not speak,
// is a ProblemLanguage.
func Draft(t Template, language string, f Facts) (data.Statement, error) {
	s := data.Statement{DisputeID: f.Dispute.ID, Language: language, Template: t.ID}
	lib, err := builtIn()
	if err != nil {
		return s, err
	}
	w := lib.words[baseOf(language)]
	if w == nil || !t.Speaks(language) || len(t.Claims) == 0 {
		return s, ProblemLanguage.New("template", t.ID, "language", language)
	}
	s.Language = w.Language
	k := gather(lib, t, w, &f)
	parcels := f.parcels()
	asked := false
	var made []drafted
	for _, id := range t.Claims {
		c := lib.claims[id]
		if c == nil {
			return s, ProblemLanguage.New("template", t.ID, "language", language)
		}
		if c.Ask && asked {
			continue
		}
		source := w.Claims[id].full
		if t.Style == StyleShort {
			source = w.Claims[id].short
		}
		if len(made) > 0 {
			k.flag("facts.some", true)
		}
		before := len(made)
		if made, err = draftClaim(made, id, c, source, k, parcels); err != nil {
			return s, err
		}
		asked = asked || c.Ask && len(made) > before
	}
	s.Claims = joined(lib, made)
	if t.Style == StyleShort {
		for i := range s.Claims {
			s.Claims[i].Cites = s.Claims[i].Cites[:min(len(s.Claims[i].Cites), maxShortCites)]
		}
	}
	s.Claims = within(s.Claims, t.Limit)
	return s, nil
}

// maxShortCites is how many citations a claim of a short statement has.
const maxShortCites = 2

// within leaves out the last claims before the one that asks, until the rest
// fits a limit with its citations. At least one claim stays, and what is asked.
func within(claims []data.Claim, limit int64) []data.Claim {
	size := func() (n int64) {
		for _, c := range claims {
			n += claimSize(c)
		}
		return n
	}
	for limit > 0 && len(claims) > 2 && size() > limit {
		last := len(claims) - 1
		if len(claims[last].Cites) > 0 {
			last++ // nothing is asked
		}
		claims = slices.Delete(claims, last-1, last)
	}
	return claims
}

// claimSize is how long a claim becomes in a form: its number, its words, and
// citations of the usual length ("Message of 12 Nov 2025, p. 7").
func claimSize(c data.Claim) int64 {
	const number, brackets, cite = 5, 3, 24
	n := fit.Count(c.Text, fit.UnitUTF16) + number
	if len(c.Cites) > 0 {
		n += brackets + cite*int64(len(c.Cites))
	}
	return n
}

// A drafted claim, before those that repeat one fact are joined.
type drafted struct {
	data.Claim
	id     string
	parcel int  // from 1; 0 is the order as a whole
	joins  bool // it may join another
}

// joined makes one claim of those that repeat one fact: what shows the one that
// is left out shows the other too. The claim stands where the first of them did.
func joined(lib *library, made []drafted) []data.Claim {
	for i := 0; i < len(made); i++ {
		into := made[i].target(lib, made)
		if into < 0 {
			continue
		}
		for _, c := range made[i].Cites {
			if !slices.Contains(made[into].Cites, c) {
				made[into].Cites = append(made[into].Cites, c)
			}
		}
		if i < into {
			made[i] = made[into]
			made = slices.Delete(made, into, into+1)
		} else {
			made = slices.Delete(made, i, i+1)
			i--
		}
	}
	claims := make([]data.Claim, len(made))
	for i, d := range made {
		claims[i] = d.Claim
	}
	return claims
}

// target finds the one claim that this one joins; -1 where there is none, or where
// several parcels could be meant.
func (d *drafted) target(lib *library, made []drafted) int {
	found := -1
	for i, o := range made {
		same := d.parcel == o.parcel || d.parcel == 0 || o.parcel == 0
		if !d.joins || !same || !slices.Contains(lib.claims[d.id].Joins, o.id) {
			continue
		}
		if found >= 0 {
			return -1
		}
		found = i
	}
	return found
}

// draftClaim adds a claim, once for each parcel where it asks for that.
func draftClaim(claims []drafted, id string, c *claim, source *text, k *known, parcels []data.Shipment) ([]drafted, error) {
	views := []*known{k}
	if c.Each == eachParcel {
		views = nil
		for i := range parcels {
			if len(parcels) > maxParcels {
				break
			}
			views = append(views, k.parcel(&parcels[i], i+1, len(parcels)))
		}
	}
	for i, view := range views {
		parcel := 0
		if c.Each == eachParcel {
			parcel = i + 1
		}
		made, ok, err := view.claim(c, source)
		if err != nil {
			return nil, fmt.Errorf("drafting the claim %s: %w", id, err)
		}
		repeated := func(o drafted) bool { return o.Text == made.Text || told(o.Claim, made) }
		if ok && !slices.ContainsFunc(claims, repeated) {
			unknown := func(name string) bool { return view.values[name] == "" }
			claims = append(claims, drafted{made, id, parcel, len(c.Joins) > 0 && !slices.ContainsFunc(c.If, unknown)})
		}
	}
	return claims, nil
}

// told reports whether a claim rests on nothing but a message that another
// claim told of before.
func told(before, c data.Claim) bool {
	return len(c.Cites) == 1 && c.Cites[0].Message != "" && slices.Equal(before.Cites, c.Cites)
}

// claim writes one claim, where its facts are known and something shows it.
func (k *known) claim(c *claim, source *text) (data.Claim, bool, error) {
	missing := func(name string) bool { return k.values[name] == "" }
	there := func(name string) bool { return k.values[name] != "" }
	if slices.ContainsFunc(c.When, missing) || slices.ContainsFunc(source.needs, missing) || slices.ContainsFunc(c.Unless, there) {
		return data.Claim{}, false, nil
	}
	made := data.Claim{}
	for _, line := range c.Cites {
		for target := range strings.SplitSeq(line, " or ") {
			if found := k.cites[target]; len(found) > 0 {
				for _, cite := range found {
					if !slices.Contains(made.Cites, cite) {
						made.Cites = append(made.Cites, cite)
					}
				}
				break
			}
		}
	}
	if len(made.Cites) == 0 && !c.Ask {
		return made, false, nil
	}
	words, err := k.write(source)
	if err != nil {
		return made, false, err
	}
	made.Text = words
	return made, made.Text != "", nil
}

// write fills a text. The values are bound as text: what they hold is never
// read as a template.
func (k *known) write(source *text) (string, error) {
	bindings := map[string]any{}
	for name := range knownVariables {
		group, _, _ := strings.Cut(name, ".")
		if bindings[group] == nil {
			bindings[group] = map[string]any{}
		}
	}
	for name, value := range k.values {
		group, field, _ := strings.Cut(name, ".")
		bindings[group].(map[string]any)[field] = value
	}
	out, err := source.template.RenderString(bindings)
	if err != nil {
		return "", err
	}
	return ownLine(out), nil
}
