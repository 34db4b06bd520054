package notice

import (
	"regexp"
	"slices"
	"strings"

	"casebinder/data"
)

// recognize asks the set who knows the mail and fills in what is found.
func recognize(n *Notice, set *Set, o Options, pasted bool) {
	n.subject, n.body = fold(n.Subject), fold(n.Text)
	defer func() { n.subject, n.body, n.headers, n.buyer = folded{}, folded{}, nil, nil }()
	n.hideBuyer()
	r := find(n, set, pasted)
	if r == nil {
		return
	}
	n.Platform = r.Platform
	n.Confidence = r.Confidence
	if event := r.event(n); event {
		n.Recognizer = r.ID
	}
	r.fields(n, o)
	r.reasons(n)
}

// find gives the recognizer of a mail, or nil and a doubt that says why not.
func find(n *Notice, set *Set, pasted bool) *Recognizer {
	if n.From != "" {
		for _, r := range set.list {
			sends, relays := r.sends(n.From)
			if relays {
				n.doubt(problemRelayed.New("address", n.From))
				return nil
			}
			if sends {
				return r
			}
		}
	}
	if pasted && n.From == "" {
		return findBrand(n, set)
	}
	if n.From == "" {
		return nil // a doubt says so already
	}
	for _, r := range set.list {
		if anyMatch(r.brand, n.FromName) || anyMatch(r.brand, n.subject.text) {
			n.doubt(problemLooksLike.New("platform", r.Title, "address", n.From))
			return nil
		}
	}
	n.doubt(problemUnknownSender.New("address", n.From))
	return nil
}

// findBrand tells the platform of a text without a sender from its words:
// name and event must be one platform's, and one platform's alone.
func findBrand(n *Notice, set *Set) *Recognizer {
	var fits []*Recognizer
	for _, r := range set.list {
		if (anyMatch(r.brand, n.subject.text) || anyMatch(r.brand, n.body.text)) && len(r.bestRules(n)) > 0 {
			fits = append(fits, r)
		}
	}
	switch len(fits) {
	case 0:
		n.doubt(problemNoEvent.New("platform", "?"))
		return nil
	case 1:
		return fits[0]
	}
	titles := make([]string, len(fits))
	for i, r := range fits {
		titles[i] = r.Title
	}
	n.doubt(problemTwoPlatforms.New("values", strings.Join(titles, ", ")))
	return nil
}

func anyMatch(list []*regexp.Regexp, text string) bool {
	return slices.ContainsFunc(list, func(re *regexp.Regexp) bool { return re.MatchString(text) })
}

// in gives subject or text, folded.
func (n *Notice) in(where Where) folded {
	if where == InSubject {
		return n.subject
	}
	return n.body
}

// ruleHit is an event rule that fits, and by what.
type ruleHit struct {
	rule     *EventRule
	strength int // 4: header, 3: subject and body, 2: subject, 1: body
	hit      FieldHit
}

// bestRules gives the rules that fit best.
func (r *Recognizer) bestRules(n *Notice) []ruleHit {
	var best []ruleHit
	says := r.header(n)
	for i := range r.Events {
		e := &r.Events[i]
		h := ruleHit{rule: e}
		inSubject, s := locate(e.subject, e.Subject, n.subject, InSubject)
		inBody, b := locate(e.body, e.Body, n.body, InBody)
		switch {
		case slices.Contains(e.Header, says):
			h.strength, h.hit = 4, FieldHit{Where: InHeader, Pattern: says}
		case inSubject && inBody:
			h.strength, h.hit = 3, s
		case inSubject && len(e.body) == 0:
			h.strength, h.hit = 2, s
		case inBody && len(e.subject) == 0:
			h.strength, h.hit = 1, b
		default:
			continue
		}
		h.hit.Field, h.hit.Value, h.hit.Confidence = FieldEvent, string(e.Is), orOf(e.Confidence, r.Confidence)
		if len(best) > 0 && h.strength < best[0].strength {
			continue
		}
		if len(best) > 0 && h.strength > best[0].strength {
			best = nil
		}
		best = append(best, h)
	}
	return best
}

// header is what the platform's own line of the header says; "" where there is
// none.
func (r *Recognizer) header(n *Notice) string {
	if r.Header == "" || n.headers == nil {
		return ""
	}
	return line(n.headers.Get(r.Header))
}

// known reports whether a rule knows a value of the platform's header.
func (r *Recognizer) known(says string) bool {
	return slices.ContainsFunc(r.Events, func(e EventRule) bool { return slices.Contains(e.Header, says) })
}

// locate finds the first place that one of the patterns matches.
func locate(list []*regexp.Regexp, words []string, f folded, where Where) (bool, FieldHit) {
	for i, re := range list {
		if m := re.FindStringIndex(f.text); m != nil {
			from, to := f.before(m[0]), f.before(m[1])
			return true, FieldHit{Where: where, Offset: from, Length: to - from, Pattern: words[i]}
		}
	}
	return false, FieldHit{}
}

func orOf(own, whole data.Confidence) data.Confidence {
	if own != "" {
		return own
	}
	return whole
}

// event tells what happened. Rules that disagree leave the kind empty; the
// mail still counts as recognized.
func (r *Recognizer) event(n *Notice) bool {
	if says := r.header(n); says != "" && !r.known(says) {
		n.doubt(problemHeader.New("header", r.Header, "value", says))
	}
	best := r.bestRules(n)
	if len(best) == 0 {
		n.doubt(problemNoEvent.New("platform", r.Title))
		return false
	}
	var kinds, reasons, channels []string
	for _, h := range best {
		n.Found = append(n.Found, h.hit)
		n.Confidence = data.Weaker(n.Confidence, h.hit.Confidence)
		kinds = appendNew(kinds, string(h.rule.Is))
		if h.rule.Reason != "" {
			reasons = appendNew(reasons, string(h.rule.Reason))
		}
		if h.rule.Channel != "" {
			channels = appendNew(channels, h.rule.Channel)
		}
	}
	if len(channels) == 1 {
		n.Channel = channels[0]
	}
	if len(kinds) > 1 {
		n.doubt(problemTwoEvents.New("values", strings.Join(kinds, ", ")))
		return true
	}
	n.Kind, n.Rule = best[0].rule.Is, best[0].rule.ID
	if len(reasons) == 1 {
		n.Reason = data.Reason(reasons[0])
	}
	return true
}

func appendNew(list []string, s string) []string {
	if slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}

// fields finds the values. Two different ones for one field are none.
func (r *Recognizer) fields(n *Notice, o Options) {
	values := map[Field][]string{}
	reading := reader{r: r, site: r.site(n.From), o: o, n: n}
	for i := range r.Fields {
		reading.take(&r.Fields[i], r.Confidence, false, values)
	}
	own := slices.Clone(n.Found)
	for i := range vocabulary().Fields { // what a platform's own patterns found needs no others
		f := &vocabulary().Fields[i]
		if !slices.ContainsFunc(own, func(h FieldHit) bool { return h.Field == f.Is }) {
			reading.take(f, data.Unconfirmed, true, values)
		}
	}
	reading.decide()
	reading.unused()
	if within := values[FieldWithin]; len(within) > 0 && n.Due.Day == "" && n.Due.At.IsZero() {
		n.doubt(problemPeriod.New("values", strings.Join(within[:min(len(within), maxUnused)], "; ")))
	}
	for field, to := range map[Field]*string{FieldCase: &n.CaseNumber, FieldOrder: &n.OrderNumber, FieldPayment: &n.PaymentRef} {
		if len(values[field]) == 1 {
			*to = values[field][0]
		}
	}
	for _, field := range Fields() { // in a fixed order
		if field != FieldWithin && len(values[field]) > 1 {
			n.doubt(problemTwoValues.New("field", string(field), "values", strings.Join(values[field], ", ")))
		}
	}
}

// take reads what a rule finds. Identifiers go into values.
func (d *reader) take(f *FieldRule, whole data.Confidence, shared bool, values map[Field][]string) {
	n := d.n
	for _, hit := range f.hits(n, whole, shared) {
		if slices.ContainsFunc(n.Found, func(h FieldHit) bool {
			return h.Field == hit.Field && h.Where == hit.Where && h.Offset == hit.Offset
		}) {
			continue // two patterns found the same place
		}
		switch hit.Field {
		case FieldDue:
			if !d.due(&hit, shared) {
				continue
			}
		case FieldAmount:
			d.amount(&hit)
		default:
			values[f.Is] = appendNew(values[f.Is], hit.Value)
		}
		n.Found = append(n.Found, hit)
		n.Confidence = data.Weaker(n.Confidence, hit.Confidence)
	}
}

// hits finds a field in subject and text.
func (f *FieldRule) hits(n *Notice, whole data.Confidence, shared bool) []FieldHit {
	var out []FieldHit
	for i, re := range f.patterns {
		group := re.SubexpIndex("value")
		for _, where := range []Where{InSubject, InBody} {
			if f.In != InBoth && f.In != where {
				continue
			}
			in := n.in(where)
			text := in.text
			if shared {
				text = text[:min(len(text), maxShared)]
			}
			for _, m := range re.FindAllStringSubmatchIndex(text, maxHits) {
				from, to := m[2*group], m[2*group+1]
				if from < 0 {
					continue
				}
				hit := FieldHit{
					Field: f.Is, Where: where, Offset: in.before(from), Length: in.before(to) - in.before(from), Pattern: f.Patterns[i],
					Value: strings.TrimSpace(text[from:to]), Confidence: orOf(f.Confidence, whole),
				}
				if f.Is == FieldDue || f.Is == FieldAmount {
					hit.Value = text[from:min(len(text), from+maxWindow)]
					hit.Value, _, _ = strings.Cut(strings.ToValidUTF8(hit.Value, ""), "\n\n")
				} else if hit.Value == "" || len(hit.Value) > 100 {
					continue
				}
				out = append(out, hit)
			}
		}
	}
	return out
}

// details are the reasons that say more exactly what "not as described" means.
var details = []string{
	string(data.ReasonDamaged), string(data.ReasonWrongItem), string(data.ReasonShort), string(data.ReasonQuality), string(data.ReasonFake),
}

// reasonsBy finds the reasons that rules tell, in the first bytes of a text.
func (n *Notice) reasonsBy(rules []ReasonRule, whole data.Confidence, most int) (found []string) {
	for i := range rules {
		f := &rules[i]
		for _, where := range []Where{InSubject, InBody} {
			if f.In != InBoth && f.In != where {
				continue
			}
			in := n.in(where)
			in.text = in.text[:min(len(in.text), most)]
			if ok, hit := locate(f.patterns, f.Patterns, in, where); ok {
				hit.Field, hit.Value, hit.Confidence = FieldReason, string(f.Is), orOf(f.Confidence, whole)
				n.Found = append(n.Found, hit)
				found = appendNew(found, hit.Value)
				n.Confidence = data.Weaker(n.Confidence, hit.Confidence)
			}
		}
	}
	return found
}

// reasons tells why the dispute was opened, unless the event said it.
func (r *Recognizer) reasons(n *Notice) {
	found := n.reasonsBy(r.Reasons, r.Confidence, len(n.Text))
	if len(found) == 0 && n.Reason == "" {
		found = n.reasonsBy(vocabulary().Reasons, data.Unconfirmed, maxShared)
	}
	if n.Reason != "" {
		found = appendNew(found, string(n.Reason))
	}
	if len(found) == 2 { // the general one and what it means here
		general := slices.Index(found, string(data.ReasonNotAsDescribed))
		if general >= 0 && slices.Contains(details, found[1-general]) {
			found = []string{found[1-general]}
		}
	}
	n.Reason = ""
	if len(found) == 1 {
		n.Reason = data.Reason(found[0])
	}
	if len(found) > 1 {
		n.doubt(problemTwoReasons.New("values", strings.Join(found, ", ")))
	}
}
