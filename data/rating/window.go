package rating

import (
	"slices"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/pack"
	"casebinder/data/policy"
)

// Status is where a window stands.
type Status string

// The statuses.
const (
	Open   Status = "open"   // it can be done now
	Waits  Status = "waits"  // it can be done once the matter is settled
	Done   Status = "done"   // it was done
	Over   Status = "over"   // it can no longer be done
	Barred Status = "barred" // the platform does not have or allow it, or it is not for such a feedback
)

// Window is one thing that can be done about a feedback, or no longer.
type Window struct {
	Rule   *Rule
	What   What
	Status Status
	Until  time.Time // a day, or the last moment; zero: no end is known
	Left   int       // whole days of the calendar until then, 0 on the last one; below 0 afterwards
	DoneAt time.Time
	Why    data.Text
}

// Title is its name, for a screen.
func (w *Window) Title() data.Text { return pack.Text(w.Rule.Title) }

// Deed says what to do now: before a revision is asked for, the matter is settled.
func (w *Window) Deed() data.Text {
	if w.Status == Waits && w.What == Ask {
		return deedSettle.With()
	}
	return w.Title()
}

// Stands reports whether it is still to be done.
func (w *Window) Stands() bool { return w.Status == Open || w.Status == Waits }

// Matter is what of a feedback's order its windows depend on.
type Matter struct {
	Open    bool      // a dispute or complaint about the order is open
	Silent  bool      // nobody has written about the order since the feedback
	Written time.Time // when the buyer was last written to about it; zero: not, or not known
}

var (
	whyOpen     = data.DefinePhrase("rating.open", "It can be done. No last day is known.")
	whyUntil    = data.DefinePhrase("rating.until", "It can be done until {until}.")
	deedSettle  = data.DefinePhrase("rating.settle.deed", "Settle the matter, then ask for a revision")
	whySettle   = data.DefinePhrase("rating.settle", "Settle the matter with the buyer first, and mark it as settled here.")
	whyWrite    = data.DefinePhrase("rating.write", "Nobody has written since: write to the buyer privately, settle the matter, and mark it as settled here.")
	whyWritten  = data.DefinePhrase("rating.written", "You wrote to the buyer on {at}. Settle the matter, and mark it as settled here.")
	whyMatter   = data.DefinePhrase("rating.matter", "A dispute or complaint about the order is still open: settle that first.")
	whyAnswered = data.DefinePhrase("rating.answered", "It was answered in public; when is not known.")
	whyDone     = data.DefinePhrase("rating.done", "Done on {at}.")
	whyAsked    = data.DefinePhrase("rating.asked", "The buyer was asked on {at}; whether to change it is up to them. It can be revised until {until}.")
	whyAskedOn  = data.DefinePhrase("rating.asked_on", "The buyer was asked on {at}; whether to change it is up to them.")
	whyRevised  = data.DefinePhrase("rating.revised", "The buyer revised it on {at}.")
	whyRevised1 = data.DefinePhrase("rating.revised_once", "The buyer revised it on {at}; the platform lets a buyer do so once.")
	whyRemoved  = data.DefinePhrase("rating.removed", "The platform removed the feedback on {at}.")
	whyOver     = data.DefinePhrase("rating.over", "It could be done until {until}.")
	whyReplied  = data.DefinePhrase("rating.replied", "You answered in public on {at}; since then the buyer can no longer change it.")
	whyClass    = data.DefinePhrase("rating.class", "Not needed: the rating is good.")
	whyGiven    = data.DefinePhrase("rating.given", "You left this feedback yourself.")
	whyUndated  = data.DefinePhrase("rating.undated", "It is not known when it was left, so its last day is not known.")
	whyKept     = data.DefinePhrase("rating.kept", "Reported on {at}; the platform kept the feedback.")
	whyReported = data.DefinePhrase("rating.reported", "Reported on {at}; the platform's answer is not known yet.")
)

// Windows says what can be done about a feedback at a moment, in the order reply,
// ask, complain.
func (b *Book) Windows(f *data.Feedback, m Matter, now time.Time) []Window {
	var all []Window
	for _, what := range []What{Reply, Ask, Complain} {
		for i := range b.Rules {
			if b.Rules[i].What == what {
				all = append(all, b.window(&b.Rules[i], f, m, now))
			}
		}
	}
	return all
}

func (b *Book) window(rule *Rule, f *data.Feedback, m Matter, now time.Time) Window {
	zone := f.Shop.Location()
	w := Window{Rule: rule, What: rule.What, Until: rule.Within.end(f.LeftAt, zone)}
	if !w.Until.IsZero() {
		w.Left = daysBetween(data.OnDay(now.In(zone)), lastDay(w.Until, zone))
	}
	at := func(t time.Time) string { return data.Stamp(t, zone) }
	say := func(s Status, why data.Phrase, args ...any) Window {
		w.Status, w.Why = s, why.With(args...)
		return w
	}
	if w.DoneAt = doneAt(rule.What, f); !w.DoneAt.IsZero() {
		w.Status, w.Why = Done, b.whyDone(&w, f, at)
		return w
	}
	if rule.What == Reply && f.Reply != "" { // a file or page tells the answer and not its time
		return say(Done, whyAnswered)
	}
	ended := rule.EndedBy == Reply && !f.RepliedAt.IsZero()
	switch {
	case f.Given:
		return say(Barred, whyGiven)
	case rule.Barred != "":
		w.Status, w.Why = Barred, pack.Text(rule.Barred)
		return w
	case !f.RemovedAt.IsZero():
		return say(Over, whyRemoved, "at", at(f.RemovedAt))
	case len(rule.Stars) > 0 && !slices.Contains(rule.Stars, f.Stars):
		return say(Barred, whyClass)
	case ended:
		return say(Over, whyReplied, "at", at(f.RepliedAt))
	case !w.Until.IsZero() && now.After(w.Until):
		return say(Over, whyOver, "until", at(w.Until))
	case rule.Settled && m.Open:
		return say(Waits, whyMatter)
	case rule.Settled && (f.SettledAt.IsZero() || daysBetween(data.OnDay(now.In(zone)), lastDay(f.SettledAt, zone)) > 0): // settled on a later day
		return say(Waits, m.toSettle(), "at", at(m.Written))
	case w.Until.IsZero() && rule.Within != (Within{}):
		return say(Open, whyUndated)
	case w.Until.IsZero():
		return say(Open, whyOpen)
	}
	return say(Open, whyUntil, "until", at(w.Until))
}

// toSettle says what stands before a matter is settled.
func (m Matter) toSettle() data.Phrase {
	switch {
	case !m.Written.IsZero():
		return whyWritten
	case m.Silent:
		return whyWrite
	}
	return whySettle
}

// doneAt is when something was done; zero: it was not. What may be done again is
// done all the same: the window says so, and the deed can be repeated.
func doneAt(what What, f *data.Feedback) time.Time {
	switch what {
	case Reply:
		return f.RepliedAt
	case Ask:
		if !f.RevisedAt.IsZero() {
			return f.RevisedAt
		}
		return f.RevisionAt
	case Complain:
		return f.Complained.At
	}
	return time.Time{}
}

func (b *Book) whyDone(w *Window, f *data.Feedback, at func(time.Time) string) data.Text {
	done := at(w.DoneAt)
	switch {
	case w.What == Ask && !f.RevisedAt.IsZero() && b.Revisions == 1:
		return whyRevised1.With("at", done)
	case w.What == Ask && !f.RevisedAt.IsZero():
		return whyRevised.With("at", done)
	case w.What == Ask && !w.Until.IsZero():
		return whyAsked.With("at", done, "until", at(w.Until))
	case w.What == Ask:
		return whyAskedOn.With("at", done)
	case w.What == Complain && !f.RemovedAt.IsZero():
		return whyRemoved.With("at", at(f.RemovedAt))
	case w.What == Complain && f.Complained.Outcome == "kept":
		return whyKept.With("at", done)
	case w.What == Complain:
		return whyReported.With("at", done)
	}
	return whyDone.With("at", done)
}

// Next is what of a feedback waits soonest: of the windows that stand the one that
// ends first, those without an end last. false where nothing waits: praise, what the
// seller left, and what is done with.
func (b *Book) Next(f *data.Feedback, now time.Time) (Window, bool) {
	if f.Given || data.Tone(f.Stars) == "positive" || f.State == data.FeedbackDone || f.State == data.FeedbackRemoved || !f.RemovedAt.IsZero() {
		return Window{}, false
	}
	var next Window
	found := false
	for _, w := range b.Windows(f, Matter{}, now) {
		if !w.Stands() || w.Until.IsZero() && !(w.What == Reply && f.State == data.FeedbackNew) {
			continue
		}
		if !found || !w.Until.IsZero() && (next.Until.IsZero() || w.Until.Before(next.Until)) {
			next, found = w, true
		}
	}
	return next, found
}

// end is the last moment of a window that began with a feedback: the same time of
// day, so many days or months of the calendar later. From the 31st a month goes to
// the last day of a shorter one. Of a feedback of which the day alone is known it is
// the last day.
func (w Within) end(left time.Time, zone *time.Location) time.Time {
	if left.IsZero() || w == (Within{}) {
		return time.Time{}
	}
	if day, ok := data.DayOf(left); ok {
		return w.after(day).End(zone)
	}
	local := left.In(zone)
	last := w.after(data.OnDay(local))
	return data.Instant(policy.WallTime(policy.Date(last), local, zone).UTC())
}

func (w Within) after(d data.Day) data.Day {
	if w.Months == 0 {
		return data.OnDay(time.Date(d.Year, d.Month, d.Day+w.Days, 0, 0, 0, 0, time.UTC))
	}
	return d.AddMonths(w.Months)
}

func lastDay(until time.Time, zone *time.Location) data.Day {
	if day, ok := data.DayOf(until); ok {
		return day
	}
	return data.OnDay(until.In(zone))
}

// daysBetween counts days of the calendar, whatever the clocks were set to.
func daysBetween(from, to data.Day) int {
	at := func(d data.Day) time.Time { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC) }
	return int(at(to).Sub(at(from)) / (24 * time.Hour))
}

// Have is what could prove the ground of a complaint.
type Have struct {
	Text     bool // the feedback has words
	Messages int  // of the buyer about the order
	Files    int  // kept with the feedback
}

// HaveOf tells what a feedback itself brings.
func HaveOf(f *data.Feedback, messages, files int) Have {
	return Have{strings.TrimSpace(f.Text) != "", messages, files}
}

// Proven reports whether something is there that could prove a ground. What it
// shows a person must look at.
func (g *Ground) Proven(h Have) bool {
	return slices.ContainsFunc(g.Proof, func(p string) bool {
		switch p {
		case "text":
			return h.Text
		case "message":
			return h.Messages > 0
		case "file":
			return h.Files > 0
		}
		return false
	})
}
