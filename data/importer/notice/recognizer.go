package notice

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"casebinder/assets"
	"casebinder/data"
	"casebinder/data/pack"
)

// A Recognizer says how the notices of one platform are told and read. It is
// data: the built-in ones are assets/notices/*.toml, and a user may add some.
//
// A pattern is an RE2 regular expression. Case does not count, ^ and $ stand
// at lines, and a blank stands for any white space, line breaks included. In
// the texts full-width signs are made plain before: write ":" for both colons.
type Recognizer struct {
	ID         string          `toml:"id"` // stable key; a user's own with the same id replaces a built-in one
	Title      string          `toml:"title"`
	Platform   data.Platform   `toml:"platform"`
	Source     string          `toml:"source,omitempty"`
	Edition    string          `toml:"edition,omitempty"`
	Confidence data.Confidence `toml:"confidence"` // of all patterns that do not say otherwise

	// Senders are "example.com" (that domain alone), ".example.com" (it and all
	// below it) or "notice@example.com" (that address). Exclude takes some out:
	// those that pass on what buyers write.
	Senders []string `toml:"senders"`
	Exclude []string `toml:"exclude,omitempty"`
	Brand   []string `toml:"brand"` // patterns; pasted text without a sender must match one

	// Header is a line of the mail's header in which the platform says the kind
	// of the notice, the same in every language: "X-Space-Notification-Type".
	Header string `toml:"header,omitempty"`

	Zone     string            `toml:"zone,omitempty"`      // IANA name, of dates without a zone
	Zones    map[string]string `toml:"zones,omitempty"`     // what an abbreviation means in these mails: CST = "Asia/Shanghai"
	DayFirst string            `toml:"day_first,omitempty"` // "yes" or "no": 03/04/2026 is April 3 or March 4; "": not known
	Symbols  map[string]string `toml:"symbols,omitempty"`   // what a sign of several currencies means in these mails

	Sites   []Site       `toml:"site,omitempty"`
	Events  []EventRule  `toml:"event"`
	Fields  []FieldRule  `toml:"field,omitempty"`
	Reasons []ReasonRule `toml:"reason,omitempty"`

	brand []*regexp.Regexp
}

// A Site is a market of the platform that writes from senders of its own. What
// it says wins over what the recognizer says of all.
type Site struct {
	Senders  []string          `toml:"senders"` // as in Recognizer
	Zone     string            `toml:"zone,omitempty"`
	DayFirst string            `toml:"day_first,omitempty"`
	Symbols  map[string]string `toml:"symbols,omitempty"`
}

// An EventRule tells what happened. It fits when the platform's header says one
// of its values, or when a subject pattern and a body pattern match, of those
// lists that it has. A rule that the header fits beats all others, one that the
// subject fits beats one that only the body fits.
type EventRule struct {
	ID         string          `toml:"id"`
	Is         data.EventKind  `toml:"is"`
	Channel    string          `toml:"channel,omitempty"` // on which channel of the platform a case is opened, as packs name it: "chargeback"
	Header     []string        `toml:"header,omitempty"`  // values of Recognizer.Header
	Reason     data.Reason     `toml:"reason,omitempty"`  // when the event says it
	Subject    []string        `toml:"subject,omitempty"`
	Body       []string        `toml:"body,omitempty"`
	Confidence data.Confidence `toml:"confidence,omitempty"`

	subject, body []*regexp.Regexp
}

// A FieldRule finds a value: what the group (?P<value>...) matched. For amount
// and due the group marks where the amount or date begins, and may be empty.
type FieldRule struct {
	Is         Field           `toml:"is"`
	In         Where           `toml:"in,omitempty"`
	Patterns   []string        `toml:"patterns"`
	Confidence data.Confidence `toml:"confidence,omitempty"`

	patterns []*regexp.Regexp
}

// A ReasonRule tells the reason of a dispute.
type ReasonRule struct {
	Is         data.Reason     `toml:"is"`
	In         Where           `toml:"in,omitempty"`
	Patterns   []string        `toml:"patterns"`
	Confidence data.Confidence `toml:"confidence,omitempty"`

	patterns []*regexp.Regexp
}

// A Set is the recognizers in force, in the order in which they are asked.
type Set struct{ list []*Recognizer }

// NewSet makes a set: own first, then those of the built-in whose id is not
// among own.
func NewSet(builtIn, own []*Recognizer) *Set {
	return &Set{list: recognizers.Layer(own, builtIn)}
}

// Recognizers lists the set. They are shared: do not change them.
func (s *Set) Recognizers() []*Recognizer { return slices.Clone(s.list) }

// recognizers is the form of a recognizer's file.
var recognizers = pack.Kind[Recognizer]{
	ID:    func(r *Recognizer) string { return r.ID },
	Check: (*Recognizer).check,
	Words: func(r *Recognizer) []string { return []string{r.Title} },
}

var builtIn = sync.OnceValues(func() ([]*Recognizer, error) { return recognizers.Load(assets.FS, "notices") })

// BuiltIn gives the recognizers that the program carries, by id. They are
// shared: do not change them.
func BuiltIn() ([]*Recognizer, error) { return builtIn() }

// Texts lists the words of recognizers that a screen shows.
func Texts(all []*Recognizer) []data.Text { return recognizers.Texts(all) }

// Decode reads a recognizer from TOML and checks it. Name is the file or
// setting that it comes from, for the message. A Problem names file, line and
// reason.
func Decode(name string, text []byte) (*Recognizer, error) { return recognizers.Decode(name, text) }

// Encode writes a recognizer as TOML, the same bytes each time.
func Encode(r *Recognizer) ([]byte, error) {
	if err := recognizers.Verify(r.ID, nil, r); err != nil {
		return nil, err
	}
	return pack.Encode(r.ID, r)
}

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

// sends reports whether an address is one of the recognizer's senders, and
// whether it is one that passes on buyers' words.
func (r *Recognizer) sends(address string) (sends, relays bool) {
	if !anySender(r.Senders, address) {
		return false, false
	}
	relay := anySender(r.Exclude, address)
	return !relay, relay
}

// site is how the mails of a sender are read: as its own site says, and where
// that says nothing, as the recognizer does.
func (r *Recognizer) site(address string) Site {
	all := Site{Zone: r.Zone, DayFirst: r.DayFirst, Symbols: r.Symbols}
	for _, s := range r.Sites {
		if !anySender(s.Senders, address) {
			continue
		}
		all.Zone, all.DayFirst = first(s.Zone, all.Zone), first(s.DayFirst, all.DayFirst)
		if s.Symbols != nil {
			all.Symbols = s.Symbols
		}
		return all
	}
	return all
}

func anySender(list []string, address string) bool {
	return address != "" && slices.ContainsFunc(list, func(s string) bool { return senderIs(s, address) })
}

func senderIs(sender, address string) bool {
	if strings.Contains(sender, "@") {
		return sender == address
	}
	domain := address[strings.LastIndexByte(address, '@')+1:]
	if rest, below := strings.CutPrefix(sender, "."); below {
		return domain == rest || strings.HasSuffix(domain, sender)
	}
	return domain == sender
}
