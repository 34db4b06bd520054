package risk

import (
	"slices"
	"strings"
	"time"

	"casebinder/data"
)

// Found is what a rule finds in an order.
type Found struct {
	data.FindingView
	Rule  string         `json:"-"`
	Title data.Text      `json:"title"`
	Level data.RiskLevel `json:"level"`
	Reply string         `json:"reply,omitempty"` // the template that asks for what lacks

	wait, least time.Duration
}

// Review is what stands for and against shipping an order.
type Review struct {
	Level    data.RiskLevel `json:"level"`
	Findings []Found        `json:"findings,omitempty"`  // those that stand first, the worst first
	ShipFrom time.Time      `json:"ship_from,omitzero"`  // not before; zero: at once, or, at stop, not while it stands
	LookFrom time.Time      `json:"look_from,omitzero"`  // at stop: when to look at the payment again
	Unknown  []string       `json:"not_known,omitempty"` // facts that a rule asked for and nobody told
}

var (
	phraseConflict = data.DefinePhrase("risk.ship_by",
		"It should not leave before {from}, and is to be shipped by {until}.")
	phraseConflictDo = data.DefinePhrase("risk.ship_by.do",
		"Clear up the open points today, ask the buyer for more time, or cancel before the date passes.")
	titleConflict = data.DefinePhrase("risk.ship_by.title", "date to ship by")
)

// ruleConflict is the finding that tells of a hold that outlasts the date to ship by.
const ruleConflict = "risk.ship_by"

// Review reviews an order. Findings that a person let pass count no more.
func (r *Rules) Review(f *Facts, passes []data.Pass) Review {
	return r.review(r.measure(f, true), passes)
}

// Judge is Review without the words of the findings, for many orders at a time.
func (r *Rules) Judge(f *Facts, passes []data.Pass) Review {
	return r.review(r.measure(f, false), passes)
}

func (r *Rules) review(m *measured, passes []data.Pass) Review {
	f := m.f
	out := Review{Findings: make([]Found, 0, 4)} // a finding is large, and copied by each growth
	unknown := [factCount]bool{}
	looks := 0
	for _, rule := range r.list {
		if r.off[rule.ID] != "" {
			continue
		}
		m.values[factLooks] = count(looks)
		if m.holds(rule, &unknown) != isTrue {
			continue
		}
		found := m.found(rule, passes)
		if found.Passed == nil && found.Level.Rank() >= data.RiskLook.Rank() {
			looks++
		}
		out.Findings = append(out.Findings, found)
	}
	for i := range unknown {
		if unknown[i] {
			out.Unknown = append(out.Unknown, factList[i].name)
		}
	}
	out.settle(f, passes)
	return out
}

// severityOf turns a level into the severity of its findings.
func severityOf(l data.RiskLevel) data.Severity {
	switch l {
	case data.RiskStop:
		return data.Blocking
	case data.RiskHold:
		return data.Serious
	case data.RiskLook:
		return data.Warning
	case data.RiskClear, data.RiskNone:
	}
	return data.Info
}

// level is the level of a rule, or the one to which the buyer's confirmation eases it.
func (m *measured) level(rule *Rule) data.RiskLevel {
	if m.f.Confirms && rule.Confirmed != "" {
		return rule.Confirmed
	}
	return rule.Level
}

func (m *measured) found(rule *Rule, passes []data.Pass) Found {
	found := Found{
		Rule: rule.ID, Title: rule.title.With(), Level: m.level(rule), Reply: rule.Reply,
		wait: time.Duration(rule.WaitHours) * time.Hour, least: time.Duration(rule.LeastHours) * time.Hour,
	}
	eased := found.Level != rule.Level
	if eased { // what was asked for is there
		found.Reply, found.wait, found.least = "", 0, 0
	}
	found.Finding = data.Finding{
		Rule: rule.finding, Severity: severityOf(found.Level), Where: m.where(rule), Origin: rule.Origin,
	}
	if m.worded {
		found.Why, found.How = m.fill(rule.why), m.fill(rule.how)
	}
	if rule.Mend != "" && !eased {
		found.Mend = data.Mend{Deed: "risk." + rule.Mend, Ref: data.Ref{Kind: "template", ID: rule.Reply}}
	}
	if len(passes) == 0 {
		return found
	}
	key := found.Key()
	if i := slices.IndexFunc(passes, func(p data.Pass) bool { return p.Key == key }); i >= 0 {
		found.Passed = &passes[i]
	}
	return found
}

// fill puts into words the values that they ask for, and no others.
func (m *measured) fill(p data.Phrase) data.Text {
	var args []any
	for i := 0; i < len(m.args); i += 2 {
		if strings.Contains(p.English, "{"+m.args[i].(string)+"}") {
			args = append(args, m.args[i], m.args[i+1])
		}
	}
	return p.With(args...)
}

// where names what a finding rests on, so that one that was let pass stands
// again when that changes: the other orders of a reversal or a row.
func (m *measured) where(rule *Rule) []data.Ref {
	var refs []data.Ref
	add := func(all []Past) {
		for _, p := range all[:min(len(all), 20)] {
			refs = append(refs, data.Ref{Kind: "order", ID: p.Number, Label: p.Number})
		}
	}
	if asks(rule.All, factReversals) || asks(rule.Any, factReversals) {
		add(m.f.Buyer.Reversals)
	}
	if asks(rule.All, factRow) || asks(rule.Any, factRow) {
		add(m.f.Buyer.Row)
	}
	return refs
}

// settle works the level and the dates out of the findings that stand.
func (v *Review) settle(f *Facts, passes []data.Pass) {
	v.Level = data.RiskClear
	for i := range v.Findings {
		if one := &v.Findings[i]; one.Passed == nil && one.Level.Rank() > v.Level.Rank() {
			v.Level = one.Level
		}
	}
	if v.Level == data.RiskHold || v.Level == data.RiskStop {
		v.date(f)
	}
	v.conflict(f, passes)
	slices.SortStableFunc(v.Findings, func(a, b Found) int {
		if (a.Passed == nil) != (b.Passed == nil) {
			if a.Passed == nil {
				return -1
			}
			return 1
		}
		return b.Level.Rank() - a.Level.Rank()
	})
}

// begin is from when a wait counts: the payment, else the order, else now.
func begin(f *Facts) time.Time {
	o := &f.Order
	for _, t := range []time.Time{o.PaidAt, o.OrderedAt} {
		if !t.IsZero() {
			return data.Due(t, o.Shop.Location())
		}
	}
	return f.Now
}

// date gives the date before which the order stays: the longest wait of what
// stands, and the least where the date to ship by comes before.
func (v *Review) date(f *Facts) {
	var wait, least time.Duration
	for i := range v.Findings {
		if one := &v.Findings[i]; one.Passed == nil && one.Level == v.Level {
			wait = max(wait, one.wait)
			short := one.least
			if short == 0 {
				short = one.wait
			}
			least = max(least, short)
		}
	}
	if wait == 0 {
		return
	}
	from := begin(f).Add(wait)
	if by := shipBy(f); !by.IsZero() && from.After(by) {
		from = begin(f).Add(least)
	}
	if v.Level == data.RiskStop {
		v.LookFrom = from
		return
	}
	v.ShipFrom = from
}

func shipBy(f *Facts) time.Time {
	if f.Order.ShipBy.IsZero() {
		return time.Time{}
	}
	return data.Due(f.Order.ShipBy, f.Order.Shop.Location())
}

// conflict tells of a hold that outlasts the date to ship by.
func (v *Review) conflict(f *Facts, passes []data.Pass) {
	by, from := shipBy(f), v.ShipFrom
	if v.Level == data.RiskStop {
		from = v.LookFrom
	}
	if by.IsZero() || from.IsZero() || !from.After(by) {
		return
	}
	loc := f.Order.Shop.Location()
	found := Found{Rule: ruleConflict, Title: titleConflict.With(), Level: data.RiskLook}
	found.Finding = data.Finding{
		Rule: ruleConflict, Severity: data.Warning, Why: phraseConflict.With("from", data.Stamp(from, loc), "until", data.Stamp(f.Order.ShipBy, loc)),
		How: phraseConflictDo.With(), Mend: data.Mend{Deed: "risk.task"},
	}
	if i := slices.IndexFunc(passes, func(p data.Pass) bool { return p.Key == found.Key() }); i >= 0 {
		found.Passed = &passes[i]
	}
	v.Findings = append(v.Findings, found)
}

// At is the level at a time: a hold that is over asks for a last look.
func (v *Review) At(now time.Time) data.RiskLevel {
	if v.Level == data.RiskHold && !v.ShipFrom.IsZero() && !now.Before(v.ShipFrom) {
		return data.RiskLook
	}
	return v.Level
}

// Standing lists what nobody let pass and what is more than told.
func (v *Review) Standing() []Found {
	var all []Found
	for i := range v.Findings {
		if one := v.Findings[i]; one.Passed == nil && one.Level.Rank() >= data.RiskLook.Rank() {
			all = append(all, one)
		}
	}
	return all
}

// Reasons names the rules behind the level, the worst first.
func (v *Review) Reasons() []data.RiskReason {
	standing := v.Standing()
	all := make([]data.RiskReason, 0, len(standing))
	for i := range standing {
		all = append(all, data.RiskReason{Rule: standing[i].Rule, Title: standing[i].Title.English})
	}
	return all
}

// truth is what a condition says: with a fact that is not known, neither.
type truth int8

const (
	isFalse truth = iota
	isUnknown
	isTrue
)

// holds weighs the conditions of a rule, and notes which facts would decide it
// and are not known.
func (m *measured) holds(rule *Rule, unknown *[factCount]bool) truth {
	t := m.weigh(rule.All, rule.Any)
	if t == isUnknown {
		m.note(rule.All, unknown)
		m.note(rule.Any, unknown)
	}
	return t
}

func (m *measured) weigh(all, anyOf []Condition) truth {
	t := isTrue
	for i := range all {
		if t = min(t, m.one(&all[i])); t == isFalse {
			return isFalse
		}
	}
	if len(anyOf) == 0 {
		return t
	}
	best := isFalse
	for i := range anyOf {
		best = max(best, m.one(&anyOf[i]))
	}
	return min(t, best)
}

func (m *measured) one(c *Condition) truth {
	if c.Fact == "" {
		return m.weigh(c.All, c.Any)
	}
	v := &m.values[c.at]
	switch {
	case c.Unknown:
		return truthOf(!v.known)
	case !v.known:
		return isUnknown
	case c.AtLeast != nil && v.n < *c.AtLeast, c.Below != nil && v.n >= *c.Below:
		return isFalse
	case c.AtLeast != nil, c.Below != nil:
		return isTrue
	case factList[c.at].kind == yesNo:
		return truthOf((c.Is == "yes") == (v.n == 1))
	case c.Is != "":
		return truthOf(v.word == c.Is)
	}
	return truthOf(slices.Contains(c.In, v.word))
}

func truthOf(b bool) truth {
	if b {
		return isTrue
	}
	return isFalse
}

func (m *measured) note(list []Condition, unknown *[factCount]bool) {
	for i := range list {
		c := &list[i]
		if c.Fact != "" && !m.values[c.at].known && !c.Unknown {
			unknown[c.at] = true
		}
		m.note(c.All, unknown)
		m.note(c.Any, unknown)
	}
}
