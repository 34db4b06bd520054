package chat

import (
	"slices"
	"strings"
	"time"

	"casebinder/data"
)

// System is the direction of a line of the messenger itself, such as "Missed
// voice call". The desk keeps it as a notice of the platform.
const System data.Direction = "system"

// Unsaid is the direction of a message of which nothing tells who wrote it.
const Unsaid data.Direction = ""

// MaxText is the longest text that is split, in bytes: 256 MiB.
const MaxText = 256 << 20

// leastExplained is the share of the times on a page that must be those of messages;
// below it, that some are not is said.
const leastExplained = 0.6

// Hints are what is known beforehand.
type Hints struct {
	Zone        *time.Location // of the printed times; nil: UTC
	ContextDate time.Time      // "today" of the text; zero: nothing is resolved by it
	ShopNames   []string       // under which the shop writes; addresses of mail too
	BuyerNames  []string       // names, handles and addresses of the buyer
	Platform    data.Platform  // of the order; "" not known
}

// A Conversation is what a text holds.
type Conversation struct {
	Form     string // "whatsapp", "telegram", "mail" ...; "" where none was known
	Messages []Item // in the order of the text
	Findings []data.Finding
	Rest     string // the whole text, where nothing was found in it
	Backward bool   // the newest stands first
}

// An Item is one message.
type Item struct {
	Direction   data.Direction
	Author      string         // as printed, without labels
	At          time.Time      // the clock as printed, in the zone; zero: nothing is printed
	Precision   data.Precision // of At
	Text        string
	Edited      bool
	Attachments []string // names of files, as printed
	First, Last int      // its lines in the text, from 1
	Address     string   // of mail, where one is printed
	ExternalID  string   // Message-ID, where it is known
}

// Split splits a text.
func Split(text string, h Hints) Conversation {
	if h.Zone == nil {
		h.Zone = time.UTC
	}
	s := &splitter{hints: h, w: vocabulary()}
	s.readLines(text)
	var best *reading
	for _, read := range []func() *reading{s.line, s.inline, s.headed, s.mails, s.blocks} {
		if r := read(); r != nil && (best == nil || r.better(best)) {
			best = r
		}
		if best != nil && best.rank >= 2 && best.score > 0.97 {
			break // nothing explains more
		}
	}
	c := Conversation{}
	if best == nil || len(best.drafts) == 0 {
		c.Rest = strings.TrimSpace(joinLines(s.lines))
		c.Findings = append(s.findings, foundNothing.finding(data.Warning))
		return c
	}
	c.Form = best.form
	if best.form == "page" && (best.score < leastExplained || best.unnamed > 0) {
		s.findings = append(s.findings, foundPart.finding(data.Warning))
	}
	s.date(best)
	s.direct(best)
	for i := range best.drafts {
		c.Messages = append(c.Messages, best.drafts[i].Item)
	}
	c.Messages = s.once(c.Messages)
	c.Backward = backward(c.Messages)
	c.Findings = s.findings
	return c
}

// A draft is a message whose time is not resolved yet.
type draft struct {
	Item
	when  when
	label bool // the author is a label of the page, such as "You sent"
	mark  bool // its text began with the mark of the messenger
	flow  bool // nobody's name: a line of the messenger itself
}

// A reading is one way to understand the text.
type reading struct {
	form    string
	drafts  []draft
	score   float64 // how much of the text it explains
	unnamed int     // parts of a page that have a time and no author
	rank    int     // among equal scores, the higher first: forms that cannot be taken for another
}

func (r *reading) better(than *reading) bool {
	if r.rank != than.rank {
		return r.rank > than.rank
	}
	return r.score > than.score
}

type splitter struct {
	hints    Hints
	w        *words
	lines    []line
	findings []data.Finding
	unnamed  int // as in a reading, of the arrangement that is tried
}

// once leaves out what the text holds twice: mails quote what stands in the
// thread anyway.
func (s *splitter) once(items []Item) []Item {
	type key struct {
		author, text string
		at           time.Time
	}
	seen, twice := map[key]bool{}, 0
	items = slices.DeleteFunc(items, func(m Item) bool {
		if m.Address == "" || m.At.IsZero() {
			return false
		}
		k := key{m.Author, strings.Join(strings.Fields(m.Text), " "), m.At.Truncate(time.Minute)}
		if seen[k] {
			twice++
			return true
		}
		seen[k] = true
		return false
	})
	if twice > 0 {
		s.findings = append(s.findings, foundTwice.finding(data.Info, "n", twice))
	}
	return items
}

// backward reports whether the newest message stands first.
func backward(items []Item) bool {
	up, down := 0, 0
	var last time.Time
	for _, m := range items {
		if m.At.IsZero() {
			continue
		}
		if !last.IsZero() && m.At.After(last) {
			up++
		} else if !last.IsZero() && m.At.Before(last) {
			down++
		}
		last = m.At
	}
	return down > up
}
