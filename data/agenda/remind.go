package agenda

import (
	"cmp"
	"maps"
	"slices"
	"time"
)

// A Step is how far a deadline has come. Steps only grow while time goes on.
type Step int

// The steps at which a person is told, each once a deadline.
const (
	StepNone       Step = iota // more than 72 hours left: nothing is said
	Step72h                    // 72 hours or less
	Step24h                    // 24 hours or less
	Step3h                     // 3 hours or less
	StepOverdue                // the due time has passed
	StepOverdue24h             // by a day or more
	StepOverdue72h             // by three days or more; the last that is said
)

// steps holds what is left at most when a step is reached, latest step first.
var steps = []struct {
	step Step
	left time.Duration
}{
	{StepOverdue72h, -72 * time.Hour},
	{StepOverdue24h, -24 * time.Hour},
	{StepOverdue, 0},
	{Step3h, 3 * time.Hour},
	{Step24h, 24 * time.Hour},
	{Step72h, 72 * time.Hour},
}

// StepAt tells which step a deadline has reached. The due time itself is
// overdue: the last moment is over.
func StepAt(now, due time.Time) Step {
	left := due.Sub(now)
	for _, s := range steps {
		if left <= s.left {
			return s.step
		}
	}
	return StepNone
}

// Word is the key under which the language files hold the words of a step.
func (s Step) Word() string {
	switch s {
	case Step72h:
		return "reminder.hours_72"
	case Step24h:
		return "reminder.hours_24"
	case Step3h:
		return "reminder.hours_3"
	case StepOverdue:
		return "reminder.overdue"
	case StepOverdue24h:
		return "reminder.overdue_24"
	case StepOverdue72h:
		return "reminder.overdue_72"
	}
	return ""
}

// A Due is one open deadline of the seller.
type Due struct {
	Key string // stable; of the case and its deadline
	At  time.Time
}

// Told is what was said last about a deadline.
type Told struct {
	At   time.Time `json:"at"` // the due time that it was said about
	Step Step      `json:"step"`
}

// A Reminder is one notification: Count deadlines have reached a step. It has
// a word key and numbers, never words of a case.
type Reminder struct {
	Step  Step
	Word  string // Step.Word()
	Count int    // deadlines
	Hours int    // whole hours left of the most urgent one, or since it passed when overdue
	Dues  []Due  // which they are, most urgent first; for Remember and for opening the list, not for showing
}

// Reminders decides what is to be said now: for each step, worst first, the
// deadlines that have reached it and were not told of it yet. A deadline
// counts once, in the latest step that it has reached; steps that went by
// while the program was closed are not said afterwards. A due time that moved
// begins anew.
func Reminders(now time.Time, dues []Due, already map[string]Told) []Reminder {
	by := map[Step][]Due{}
	seen := make(map[string]bool, len(dues))
	for _, d := range dues {
		if d.Key == "" || d.At.IsZero() || seen[d.Key] {
			continue
		}
		seen[d.Key] = true
		step := StepAt(now, d.At)
		if told, ok := already[d.Key]; ok && told.At.Equal(d.At) && told.Step >= step {
			continue
		}
		if step != StepNone {
			by[step] = append(by[step], d)
		}
	}
	var out []Reminder
	for step, list := range by {
		slices.SortFunc(list, func(a, b Due) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Key, b.Key)) })
		out = append(out, Reminder{
			Step: step, Word: step.Word(), Count: len(list),
			Hours: int(list[0].At.Sub(now).Abs() / time.Hour), Dues: list,
		})
	}
	slices.SortFunc(out, func(a, b Reminder) int { return cmp.Compare(b.Step, a.Step) })
	return out
}

// Remember gives what is to be kept after the reminders were shown: already
// with them, and without deadlines that are no longer among dues, which are
// all open ones. Already itself is not changed.
func Remember(already map[string]Told, dues []Due, shown []Reminder) map[string]Told {
	open := make(map[string]bool, len(dues))
	for _, d := range dues {
		open[d.Key] = true
	}
	next := maps.Clone(already)
	if next == nil {
		next = map[string]Told{}
	}
	maps.DeleteFunc(next, func(key string, _ Told) bool { return !open[key] })
	for _, r := range shown {
		for _, d := range r.Dues {
			next[d.Key] = Told{At: d.At, Step: r.Step}
		}
	}
	return next
}
