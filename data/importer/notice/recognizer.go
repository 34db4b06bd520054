package notice

import (
	"regexp"
	"slices"
	"strings"
	"sync"

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

// recognizers is the form of a recognizer's file.
var recognizers = pack.Kind[Recognizer]{
	ID:    func(r *Recognizer) string { return r.ID },
	Check: (*Recognizer).check,
}

var builtIn = sync.OnceValues(func() ([]*Recognizer, error) { return recognizers.Load(assets.FS, "notices") })

// BuiltIn gives the recognizers that the program carries, by id. They are
// shared: do not change them.
func BuiltIn() ([]*Recognizer, error) { return builtIn() }

// Decode reads a recognizer from TOML and checks it. Name is the file or
// setting that it comes from, for the message. A Problem names file, line and
// reason.
func Decode(name string, text []byte) (*Recognizer, error) { return recognizers.Decode(name, text) }

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
