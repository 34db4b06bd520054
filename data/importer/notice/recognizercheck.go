package notice

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/pack"
)

const (
	maxPattern  = 2_000 // bytes
	maxPatterns = 500   // of a recognizer
)

var (
	recognizerID = pattern(`^[a-z0-9][a-z0-9_-]{0,63}$`)
	senderForm   = pattern(`^(?:[a-z0-9._%+-]{1,64}@|\.)?(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$`)
)

// checker tells what is wrong and compiles on the way.
type checker struct {
	report   *pack.Report
	patterns int
}

// bad tells of a mistake in a field, whose path has numbers from 1.
func (c *checker) bad(field, reason string) {
	c.report.Fail(pack.Dotted(field), "%s: %s", field, reason)
}

func (c *checker) compile(field string, patterns []string, wantValue bool) []*regexp.Regexp {
	var out []*regexp.Regexp
	for i, p := range patterns {
		at := fmt.Sprintf("%s.%d", field, i+1)
		if c.patterns++; c.patterns > maxPatterns {
			c.bad(at, fmt.Sprintf("there are more than %d patterns", maxPatterns))
			return nil
		}
		if strings.TrimSpace(p) == "" || len(p) > maxPattern {
			c.bad(at, fmt.Sprintf("a pattern is empty or longer than %d bytes", maxPattern))
			return nil
		}
		re, err := regexp.Compile("(?im:" + blanks(p) + ")")
		if err != nil {
			c.bad(at, err.Error())
			return nil
		}
		if wantValue && re.SubexpIndex("value") < 0 {
			c.bad(at, "it lacks the group (?P<value>...)")
			return nil
		}
		if !wantValue && re.MatchString("") {
			c.bad(at, "it matches an empty text, so it says nothing")
			return nil
		}
		out = append(out, re)
	}
	return out
}

// blanks puts (?:\s+) for each run of blanks outside of a class, so that a
// sign of repetition behind it counts for the whole.
func blanks(p string) string {
	var b strings.Builder
	class := false
	for i := 0; i < len(p); i++ {
		switch ch := p[i]; {
		case ch == '\\' && i+1 < len(p):
			b.WriteByte(ch)
			i++
			b.WriteByte(p[i])
			continue
		case ch == '[' && !class:
			class = true
		case ch == ']' && class && p[i-1] != '[' && !strings.HasSuffix(p[:i], "[^"):
			class = false
		case ch == ' ' && !class:
			for i+1 < len(p) && p[i+1] == ' ' {
				i++
			}
			b.WriteString(`(?:\s+)`)
			continue
		}
		b.WriteByte(p[i])
	}
	return b.String()
}

func (c *checker) confidence(field string, own data.Confidence) {
	if own != "" {
		c.report.Confidence(pack.Dotted(field), field, own)
	}
}

// check tells what is wrong with a recognizer, and makes it ready for use.
func (r *Recognizer) check(report *pack.Report) {
	c := &checker{report: report}
	if !recognizerID().MatchString(r.ID) {
		c.bad("id", "it takes small letters, digits, hyphens and underscores, at most 64")
	}
	if strings.TrimSpace(r.Title) == "" {
		c.bad("title", "it is empty")
	}
	if !recognizerID().MatchString(string(r.Platform)) {
		c.bad("platform", "it takes small letters, digits and hyphens")
	}
	report.Confidence(pack.At("confidence"), "confidence", r.Confidence)
	if len(r.Senders) == 0 {
		c.bad("senders", "it lists none")
	}
	c.senders("senders", r.Senders)
	c.senders("exclude", r.Exclude)
	if len(r.Brand) == 0 {
		c.bad("brand", "it lists no pattern")
	}
	r.brand = c.compile("brand", r.Brand, false)
	r.checkReading(c)
	r.checkRules(c)
}

func (c *checker) senders(field string, list []string) {
	for i, s := range list {
		if !senderForm().MatchString(s) {
			c.bad(fmt.Sprintf("%s.%d", field, i+1), s+" is no domain, .domain or address in small letters")
		}
	}
}

// checkReading checks what says how dates and amounts are read.
func (r *Recognizer) checkReading(c *checker) {
	c.reading("", r.Zone, r.DayFirst, r.Symbols)
	for short, zone := range r.Zones {
		if _, err := time.LoadLocation(zone); err != nil || zone == "" {
			c.bad("zones."+short, "it is not the name of a time zone")
		}
	}
	for i, s := range r.Sites {
		at := fmt.Sprintf("site.%d.", i+1)
		if len(s.Senders) == 0 {
			c.bad(at+"senders", "it lists none")
		}
		c.senders(at+"senders", s.Senders)
		c.reading(at, s.Zone, s.DayFirst, s.Symbols)
	}
}

func (c *checker) reading(at, zone, dayFirst string, symbols map[string]string) {
	if zone != "" {
		if _, err := time.LoadLocation(zone); err != nil {
			c.bad(at+"zone", "it is not the name of a time zone")
		}
	}
	if !slices.Contains([]string{"", "yes", "no"}, dayFirst) {
		c.bad(at+"day_first", "it is neither yes nor no")
	}
	for sign, code := range symbols {
		if !data.IsCurrency(code) {
			c.bad(at+"symbols."+sign, "it is not three capital letters")
		}
	}
}

func (r *Recognizer) checkRules(c *checker) {
	if len(r.Events) == 0 {
		c.bad("event", "it has no rule")
	}
	ids := map[string]bool{}
	for i := range r.Events {
		e := &r.Events[i]
		at := fmt.Sprintf("event.%d", i+1)
		if !recognizerID().MatchString(e.ID) || ids[e.ID] {
			c.bad(at+".id", "it is empty, taken, or has other signs than small letters, digits and underscores")
		}
		ids[e.ID] = true
		if !slices.Contains(data.EventKinds(), e.Is) {
			c.bad(at+".is", "there is no such kind of event")
		}
		if e.Reason != "" && !slices.Contains(data.Reasons(), e.Reason) {
			c.bad(at+".reason", "there is no such reason")
		}
		switch {
		case len(e.Header) > 0 && r.Header == "":
			c.bad(at+".header", "the recognizer names no header")
		case len(e.Header)+len(e.Subject)+len(e.Body) == 0:
			c.bad(at, "it has neither a header nor a subject or body pattern")
		}
		c.confidence(at+".confidence", e.Confidence)
		e.subject, e.body = c.compile(at+".subject", e.Subject, false), c.compile(at+".body", e.Body, false)
	}
	c.fields(r.Fields)
	c.reasons(r.Reasons)
}

func (c *checker) fields(rules []FieldRule) {
	for i := range rules {
		f := &rules[i]
		at := fmt.Sprintf("field.%d", i+1)
		if !slices.Contains(Fields(), f.Is) {
			c.bad(at+".is", "there is no such field")
		}
		c.where(at, f.In, len(f.Patterns))
		c.confidence(at+".confidence", f.Confidence)
		f.patterns = c.compile(at+".patterns", f.Patterns, true)
	}
}

func (c *checker) reasons(rules []ReasonRule) {
	for i := range rules {
		f := &rules[i]
		at := fmt.Sprintf("reason.%d", i+1)
		if !slices.Contains(data.Reasons(), f.Is) {
			c.bad(at+".is", "there is no such reason")
		}
		c.where(at, f.In, len(f.Patterns))
		c.confidence(at+".confidence", f.Confidence)
		f.patterns = c.compile(at+".patterns", f.Patterns, false)
	}
}

func (c *checker) where(at string, in Where, patterns int) {
	if !slices.Contains([]Where{InBoth, InSubject, InBody}, in) {
		c.bad(at+".in", "it is neither subject nor body")
	}
	if patterns == 0 {
		c.bad(at+".patterns", "it lists none")
	}
}
