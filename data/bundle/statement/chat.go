package statement

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"casebinder/data"
)

// chat finds what the messages show. A message without UID cannot be cited and
// is not used.
func (k *known) chat() {
	list := k.facts.messages()
	k.counts(list)
	shipped, opened := k.facts.firstShipped(), k.facts.Dispute.OpenedAt
	for i := range list {
		m := &list[i]
		if m.UID == "" || m.SentAt.IsZero() {
			continue
		}
		switch m.Direction {
		case data.ToBuyer:
			if number := k.announced(m); number != "" && !shipped.IsZero() && !m.SentAt.Before(shipped.Truncate(24*time.Hour)) {
				k.first("notice", m, func() { k.set("notice.tracking", number) })
			}
			if !opened.IsZero() && !m.SentAt.Before(opened) {
				k.first("reply", m, func() {})
			}
			if !shipped.IsZero() && m.SentAt.After(shipped) && k.signs.Asked.in(m.Text) {
				k.first("asked", m, func() { k.flag("asked.silent", silentAfter(list[i+1:])) })
			}
		case data.FromBuyer:
			k.buyer(m)
		case data.FromPlatform:
		}
	}
}

// buyer finds the buyer's own words to what a dispute turns on.
func (k *known) buyer(m *data.Message) {
	shipped, all := k.facts.firstShipped(), k.facts.shippedAt()
	if k.signs.Receipt.in(m.Text) && !shipped.IsZero() && m.SentAt.After(shipped) {
		k.first("admits", m, func() { k.quote("admits", m, k.signs.Receipt) })
	}
	if k.signs.Mind.in(m.Text) {
		k.first("mind", m, func() { k.quote("mind", m, k.signs.Mind) })
	}
	if k.signs.Cancel.in(m.Text) {
		k.first("cancel", m, func() {
			k.quote("cancel", m, k.signs.Cancel)
			k.flag("cancel.after", !all.IsZero() && m.SentAt.After(all))
		})
	}
}

// first notes the first message of its sort.
func (k *known) first(target string, m *data.Message, also func()) {
	if len(k.cites[target]) > 0 {
		return
	}
	k.cites[target] = []data.Cite{{Message: m.UID}}
	if knownVariables[target+".time"] {
		k.set(target+".time", k.moment(m.SentAt))
	}
	also()
}

// counts tells how many messages went to and fro, where there are several.
func (k *known) counts(list []data.Message) {
	to, from := 0, 0
	for _, m := range list {
		switch m.Direction {
		case data.ToBuyer:
			to++
		case data.FromBuyer:
			from++
		case data.FromPlatform:
			continue
		}
		if !m.SentAt.IsZero() {
			if k.values["chat.first"] == "" {
				k.set("chat.first", k.words.Format.day(m.SentAt, k.zone))
			}
			k.set("chat.last", k.words.Format.day(m.SentAt, k.zone))
		}
	}
	if to > 1 && from > 1 {
		k.set("chat.to", strconv.Itoa(to))
		k.set("chat.from", strconv.Itoa(from))
	}
}

// announced gives the tracking number of the order that a message holds.
func (k *known) announced(m *data.Message) string {
	text := letters(m.Text)
	for _, p := range k.facts.Order.Shipments {
		if wholeWord(text, letters(p.Tracking)) {
			return clip(p.Tracking, 60)
		}
	}
	return ""
}

func silentAfter(later []data.Message) bool {
	for _, m := range later {
		if m.Direction == data.FromBuyer {
			return false
		}
	}
	return true
}

// maxQuote is how many characters of a message are quoted.
const maxQuote = 200

// quote notes a message, or of a long one the sentence that holds a sign.
// Where it is in another language than the statement, its translation follows.
func (k *known) quote(group string, m *data.Message, about sign) {
	said := oneLine(m.Text)
	if utf8.RuneCountInString(said) > maxQuote {
		said = sentence(m.Text, about)
	}
	k.set(group+".quote", strings.TrimRight(said, ".。 "))
	if sameLanguage(m.TransLang, k.words.Language) && !sameLanguage(m.Language, k.words.Language) {
		k.set(group+".meant", strings.TrimRight(clip(m.Translation, maxQuote), ".。 "))
	}
}

// sentence is the first sentence with a sign, with marks where more stands
// before and after it.
func sentence(text string, about sign) string {
	parts := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(".!?。！？\n", r) })
	for i, part := range parts {
		if !about.in(part) {
			continue
		}
		said := clip(part, maxQuote)
		if i > 0 {
			said = "… " + said
		}
		if i < len(parts)-1 && !strings.HasSuffix(said, "…") {
			said += " …"
		}
		return said
	}
	return clip(text, maxQuote)
}
