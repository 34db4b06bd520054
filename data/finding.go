package data

import (
	"cmp"
	"slices"
	"time"
)

// Severity says how bad a finding is.
type Severity string

// The severities, the worst first.
const (
	Blocking Severity = "blocking" // nothing goes on until it is mended, or passed with a reason
	Serious  Severity = "serious"  // it may lose the case, or the file is not what it claims to be
	Warning  Severity = "warning"  // it should be looked at
	Info     Severity = "info"
)

// Severities lists all severities, the worst first.
func Severities() []Severity { return []Severity{Blocking, Serious, Warning, Info} }

// Rank orders severities: 0 is the worst. One that is not known comes last.
func (s Severity) Rank() int {
	if i := slices.Index(Severities(), s); i >= 0 {
		return i
	}
	return len(Severities())
}

// Ref names something at which a finding points, so that a screen can lead
// there.
type Ref struct {
	Kind  string `json:"kind"`            // "event", "order", "shipment", "message", "evidence", "dispute", "statement", "label", "file", "sheet", "row", "column", "field" ...
	ID    string `json:"id,omitempty"`    // UID of an event, message or evidence; number of a shipment or order; path of a file; line of a row; header of a column
	Label string `json:"label,omitempty"` // what a person reads: the words, name or number there
}

// Confidence says how well a figure is known.
type Confidence string

// The confidences, the best first.
const (
	Confirmed   Confidence = "confirmed"   // the platform's own page, software kit or specification says so
	ThirdParty  Confidence = "third-party" // others say so of the platform
	Unconfirmed Confidence = "unconfirmed" // not found, in conflict, or known by hearsay
	Own         Confidence = "own"         // the user set it; no pack says so of itself
)

// Weaker gives the one of two confidences that is known less well. What the user
// set stands behind what a platform's own page says, and before hearsay. One
// that is not known is weaker than all.
func Weaker(a, b Confidence) Confidence {
	order := []Confidence{Confirmed, Own, ThirdParty, Unconfirmed}
	rank := func(c Confidence) int {
		if i := slices.Index(order, c); i >= 0 {
			return i
		}
		return len(order)
	}
	if rank(b) > rank(a) {
		return b
	}
	return a
}

// Undated is the edition of a source that tells no date.
const Undated = "n.d."

// Origin says where a rule or figure comes from.
type Origin struct {
	Source     string     `json:"source,omitempty" toml:"source"`             // page, document or specification; what was looked for, when nothing was found
	Edition    string     `json:"edition,omitempty" toml:"edition,omitempty"` // the date that is printed on the source; "n.d." when there is none
	Confidence Confidence `json:"confidence,omitempty" toml:"confidence"`
}

// Mend names what a screen can offer to mend a finding: a deed with what it is
// done to. The zero Mend is none: the words of the finding say what to do.
type Mend struct {
	Deed string `json:"deed,omitempty"` // "evidence.add", "order.edit", "figure.edit" ...; a screen that does not know it offers nothing
	Ref  Ref    `json:"ref,omitzero"`
}

// A Finding is what a check says, whichever check it is: of a case, a file, a
// bundle, a reply or an import.
type Finding struct {
	Rule     string   `json:"rule"` // stable name of the check's rule: "contradiction.dates"
	Severity Severity `json:"severity"`
	Where    []Ref    `json:"where,omitempty"`
	Why      Text     `json:"why"`
	How      Text     `json:"how,omitzero"`  // how to mend it
	Mend     Mend     `json:"mend,omitzero"` // what a screen can offer
	Origin   Origin   `json:"origin,omitzero"`
}

// Key names a finding among those of its entity: the rule and the places. A
// finding that was passed stands again once its key changes.
func (f Finding) Key() string {
	key := f.Rule
	for _, r := range f.Where {
		key += "|" + r.Kind + ":" + r.ID
	}
	return key
}

// At gives the first place of a kind at which the finding points; the zero Ref where
// there is none.
func (f Finding) At(kind string) Ref {
	if i := slices.IndexFunc(f.Where, func(r Ref) bool { return r.Kind == kind }); i >= 0 {
		return f.Where[i]
	}
	return Ref{}
}

// Table names the file at which the finding points, with its sheet: "orders.xlsx
// [May]"; "" where it points at none.
func (f Finding) Table() string {
	file, sheet := f.At("file").ID, f.At("sheet").ID
	if file == "" || sheet == "" {
		return file
	}
	return file + " [" + sheet + "]"
}

// SortFindings puts the worst first and keeps the order of equals.
func SortFindings(all []Finding) {
	slices.SortStableFunc(all, func(a, b Finding) int { return cmp.Compare(a.Severity.Rank(), b.Severity.Rank()) })
}

// A Pass is a person's word that a finding may stand. It belongs to a finding's
// key on an entity, is journaled, and can be taken back.
type Pass struct {
	ID       int64     `json:"-"`
	UID      string    `json:"uid"`    // UUIDv7
	Entity   string    `json:"entity"` // "dispute", "order" ..., as in the journal
	EntityID int64     `json:"-"`
	Key      string    `json:"key"` // of the finding
	Severity Severity  `json:"severity"`
	At       time.Time `json:"at"`
	By       string    `json:"by"`
	Reason   string    `json:"reason"`
}

// A FindingView is a finding with the word that it may stand, where there is
// one.
type FindingView struct {
	Finding
	Passed *Pass `json:"passed,omitempty"` // nil while it stands
}

// WithPasses joins findings with what a person said to them: those that stand
// come first, the worst first.
func WithPasses(all []Finding, passes []Pass) []FindingView {
	sorted := slices.Clone(all)
	SortFindings(sorted)
	var standing, passed []FindingView
	for _, f := range sorted {
		i := slices.IndexFunc(passes, func(p Pass) bool { return p.Key == f.Key() })
		if i < 0 {
			standing = append(standing, FindingView{Finding: f})
			continue
		}
		passed = append(passed, FindingView{Finding: f, Passed: &passes[i]})
	}
	return append(standing, passed...)
}

// FindingOf tells of an error as a finding: of a problem with its words and what to
// do, of another as it is, with what to do about one that nobody foresaw.
func FindingOf(err error, severity Severity, where ...Ref) Finding {
	if p, ok := AsProblem(Plain(err)); ok {
		return p.Finding(severity, where...)
	}
	return Finding{
		Rule: "unknown", Severity: severity, Where: where,
		Why: Text{Key: "problem.unknown.what", English: "Something failed: {error}", Args: map[string]string{"error": err.Error()}},
		How: Text{Key: "problem.unknown.do", English: "Try again. If it happens again, copy this text and send it to whoever looks after Casebinder for you."},
	}
}

// Finding tells of a problem as a finding, for what is no hindrance: a doubt
// about something that was read.
func (p *Problem) Finding(severity Severity, where ...Ref) Finding {
	return Finding{
		Rule: p.Kind.Code, Severity: severity, Where: where,
		Why: Text{Key: p.Kind.what, English: p.Kind.What, Args: p.Args, Parts: p.Parts},
		How: Text{Key: p.Kind.do, English: p.Kind.Do, Args: p.Args, Parts: p.Parts},
	}
}
