package service

import (
	"slices"
	"strings"
	"sync"
	"time"

	"casebinder/data"
	"casebinder/data/pack"
)

// Rule is within what time a platform wants a buyer answered.
type Rule struct {
	Platform   data.Platform `toml:"platform"`
	Hours      int           `toml:"hours"`
	Natural    bool          `toml:"natural"` // nights, weekends and holidays count
	First      bool          `toml:"first"`   // the first message of a thread alone is counted
	Source     string        `toml:"source"`
	Confidence string        `toml:"confidence"` // confirmed third-party unconfirmed own
}

type ruleFile struct {
	Rules []Rule `toml:"rule"`
}

var ruleKind = pack.Kind[ruleFile]{ID: func(*ruleFile) string { return "replies" }, Check: (*ruleFile).check}

func (f *ruleFile) check(r *pack.Report) {
	others := false
	for i, rule := range f.Rules {
		others = others || rule.Platform == anyPlatform
		if rule.Platform == "" || rule.Hours <= 0 || rule.Hours > 720 || rule.Source == "" {
			r.Fail(pack.At("rule", i), "the rule of “%s” needs a platform, hours from 1 to 720, and a source", rule.Platform)
		}
		if !slices.Contains([]string{"confirmed", "third-party", "unconfirmed", "own"}, rule.Confidence) {
			r.Fail(pack.At("rule", i), "the rule of “%s” is not said to be confirmed, third-party, unconfirmed or own", rule.Platform)
		}
	}
	if !others {
		r.Fail(pack.At("rule", 0), "no rule is for all other platforms (“*”)")
	}
}

const anyPlatform = "*"

var replyRules = sync.OnceValues(func() (*ruleFile, error) { return readOne(ruleKind, "service/replies.toml") })

// ReplyRule gives within what time a platform wants a buyer answered.
func ReplyRule(platform data.Platform) Rule {
	f, err := replyRules()
	if err != nil { // a test reads the file: it cannot fail at work
		return Rule{Platform: platform, Hours: 24, Natural: true, Source: "the program's own figure", Confidence: "own"}
	}
	found := Rule{}
	for _, r := range f.Rules {
		if r.Platform == platform {
			return r
		}
		if r.Platform == anyPlatform {
			found = r
		}
	}
	return found
}

// Answer is a buyer who waits for one.
type Answer struct {
	data.Awaited
	Until   time.Time // by when to answer: the shop's own target or the platform's figure, whichever ends first
	Own     bool      // the shop's own target set it
	Rule    Rule      // the platform's figure
	Overdue bool
}

// AnswerOf says until when a buyer is to be answered.
func AnswerOf(w data.Awaited, s data.Service, now time.Time) Answer {
	a := Answer{Awaited: w, Rule: ReplyRule(w.Shop.Platform)}
	a.Until, a.Own = ReplyBy(data.Latest(w.Since), w.First, w.Shop, s)
	a.Overdue = now.After(a.Until)
	return a
}

// ReplyBy says by when a message is to be answered, and whether the shop's own
// target set that rather than the platform's figure. first: nobody has answered
// this buyer on this order yet.
func ReplyBy(since time.Time, first bool, shop data.Shop, s data.Service) (until time.Time, own bool) {
	rule := ReplyRule(shop.Platform)
	byRule := since.Add(time.Duration(rule.Hours) * time.Hour)
	if s.ReplyHours == 0 {
		return byRule, false
	}
	target := since.Add(time.Duration(s.ReplyHours) * time.Hour)
	if s.ReplyWorking {
		target = WorkedBy(since, s.ReplyHours, s, shop)
	}
	// The program's own figure stands in where the shop set nothing, and a
	// platform that counts first messages alone says nothing of later ones.
	if rule.Confidence != "own" && (first || !rule.First) && byRule.Before(target) {
		return byRule, false
	}
	return target, true
}

// daysAhead is how far working hours are looked for: a shop that is closed for
// longer has its target at the end of that.
const daysAhead = 120

// WorkedBy is when a number of working hours of a shop has passed. A shop that
// set no hours works always.
func WorkedBy(since time.Time, hours int, s data.Service, shop data.Shop) time.Time {
	left := time.Duration(hours) * time.Hour
	if !s.Hours.Works() {
		return since.Add(left)
	}
	zone := s.Location(shop)
	local := since.In(zone)
	for i := range daysAhead {
		from, to, ok := WorkSpan(local.AddDate(0, 0, i), s)
		if !ok || !to.After(local) {
			continue
		}
		if from.Before(local) {
			from = local
		}
		if span := to.Sub(from); span < left {
			left -= span
			continue
		}
		return from.Add(left).UTC()
	}
	return local.AddDate(0, 0, daysAhead).UTC()
}

// WorkSpan gives the working hours of a shop on the day of t, in t's zone; false
// on a day off.
func WorkSpan(t time.Time, s data.Service) (from, to time.Time, works bool) {
	w := s.Hours[t.Weekday()]
	if !w.Works() || OffDay(data.OnDay(t), s) != "" {
		return t, t, false
	}
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, w.From, 0, 0, t.Location()), time.Date(y, m, d, 0, w.To, 0, 0, t.Location()), true
}

// OffDay says why a shop does not work on a day that is no weekend: the name of
// a holiday, its own or the country's; "" where it works.
func OffDay(day data.Day, s data.Service) string {
	text := day.String()
	for _, o := range s.DaysOff {
		last := o.To
		if last == "" {
			last = o.From
		}
		if o.From <= text && text <= last {
			return orWord(o.Name, text)
		}
	}
	if s.Country == "" {
		return ""
	}
	holiday, _ := HolidayOn(s.Country, day)
	if !holiday.Off {
		return ""
	}
	return orWord(holiday.Title.In("en"), text)
}

func orWord(text, other string) string {
	if text = strings.TrimSpace(text); text != "" {
		return text
	}
	return other
}
