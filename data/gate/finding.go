package gate

import (
	"slices"
	"strconv"
	"strings"

	"casebinder/data"
)

func (r *Rules) rule(id string) *Rule {
	if i := slices.IndexFunc(r.rules, func(one Rule) bool { return one.ID == id }); i >= 0 {
		return &r.rules[i]
	}
	return nil
}

// addSentence adds a finding whose place is the sentences that hold what was hit.
func (s *subject) addSentence(rule string, in, hit span) {
	whole := span{-1, -1}
	for _, one := range s.sentences {
		if one.overlaps(hit) {
			if whole.start < 0 {
				whole = one
			}
			whole = hull(whole, one)
		}
	}
	if whole.start < 0 {
		whole = in
	}
	s.add(rule, whole, s.words(hit))
}

// words are a stretch of the text as it was written.
func (s *subject) words(in span) string {
	a, b := s.place(in)
	return strings.TrimSpace(string(s.written[a:b]))
}

// place is a stretch in characters of the text as it was written.
func (s *subject) place(in span) (start, end int) {
	start, end = s.f.at[in.start], s.f.at[in.end]
	if in.end > in.start && in.end < len(s.f.at) {
		end = s.f.at[in.end-1] + 1
		if n := s.f.at[in.end]; n > end && n <= len(s.written) && strings.TrimSpace(string(s.written[end:n])) == "" {
			end = n
		}
	}
	return start, min(end, len(s.written))
}

// add adds a finding of a rule; words are what it was found by.
func (s *subject) add(rule string, in span, words string, args ...any) {
	one := s.rules.rule(rule)
	if one == nil {
		return
	}
	start, end := s.place(in)
	label := strings.TrimSpace(string(s.written[start:end]))
	severity := one.Severity
	if other, ok := one.Platform[s.c.Platform]; ok {
		severity = other
	}
	if rule == "too_long" && s.c.LimitUnsure {
		severity = data.Warning
	}
	if words == "" {
		words = label
	}
	text := ruleTexts[rule]
	args = append([]any{"words", words}, args...)
	f := data.Finding{
		Rule: rule, Severity: severity,
		Why: text.why.With(args...), How: text.how.With(args...), Origin: one.Origin,
	}
	if end > start {
		ref := data.Ref{Kind: "text", ID: strconv.Itoa(start) + "-" + strconv.Itoa(end), Label: label}
		f.Where = []data.Ref{ref}
		f.Mend = s.mendOf(one, ref)
	}
	s.findings = append(s.findings, f)
}
