package chat

import (
	"strings"
	"time"

	"casebinder/data"
)

// A MailHead is the head of a mail that came as a file.
type MailHead struct {
	Name, Address string    // of who sent it
	At            time.Time // zero: not known
	MessageID     string
	Names         []string // of its attachments
}

// Mail splits a mail that came as a file: the first item is what was written in
// it, the others are the mails that it quotes.
func Mail(head MailHead, text string, h Hints) Conversation {
	if h.Zone == nil {
		h.Zone = time.UTC
	}
	s := &splitter{hints: h, w: vocabulary()}
	s.readLines("From: x\nDate: 2000-01-01 00:00\n\n" + text) // a head of its own, so that the rest is its text
	r := s.mails()
	if r == nil || len(r.drafts) == 0 || r.drafts[0].Author != "x" {
		first := draft{Item: Item{Text: strings.TrimSpace(text), First: 1, Last: 1}}
		first.when.back = -1
		if r == nil {
			r = &reading{form: "mail"}
		} else {
			first.Text = "" // nothing but what it quotes
		}
		r.drafts = append([]draft{first}, r.drafts...)
	}
	d := &r.drafts[0]
	d.when = when{back: -1}
	d.Author, d.Address, d.ExternalID, d.Attachments = head.Name, strings.ToLower(head.Address), head.MessageID, head.Names
	if d.Author == "" {
		d.Author = d.Address
	}
	held := len(s.findings)
	s.date(r)
	s.findings = append(s.findings[:held], withoutTime(s.findings[held:])...)
	if d.At, d.Precision = head.At, data.ToMinute; head.At.IsZero() {
		d.Precision = data.NoTime
	}
	s.direct(r)
	c := Conversation{Form: "mail", Findings: s.findings}
	for i := range r.drafts {
		m := r.drafts[i].Item
		m.First, m.Last = max(m.First-3, 1), max(m.Last-3, 1)
		c.Messages = append(c.Messages, m)
	}
	c.Messages = s.once(c.Messages)
	c.Backward = backward(c.Messages)
	return c
}

// withoutTime leaves out that a mail says no time of its own: its head does.
func withoutTime(all []data.Finding) []data.Finding {
	var kept []data.Finding
	for _, f := range all {
		if f.Rule != foundAgo.rule {
			kept = append(kept, f)
		}
	}
	return kept
}

// Address parts "Paul Ames <paul@mail.example>" into name and address.
func Address(field string) (name, address string) {
	name, address = nameAndAddress(field)
	if name == address {
		name = ""
	}
	return name, address
}

// MailTime reads the time in a field of a mail's head; zero where it tells none.
func MailTime(field string) time.Time {
	v, n := vocabulary().when(field)
	if n == 0 || v.year == 0 || !v.hasTime {
		return time.Time{}
	}
	return time.Date(v.year, time.Month(v.month), v.day, v.hour, v.min, v.sec, 0, time.FixedZone("", v.offset)).UTC()
}
