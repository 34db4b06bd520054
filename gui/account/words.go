package account

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"casebinder/data"
	"casebinder/data/health"
	"casebinder/data/pack"
	"casebinder/gui/kit"
	"casebinder/gui/words"
)

// said gives words of a book in the window's language.
func said(english string) string {
	if english == "" {
		return ""
	}
	return words.Text(pack.Text(english))
}

// value writes a number as platforms do: a percentage with two decimals.
func value(n *health.Number) string {
	if n.NA() {
		return words.T("account.na")
	}
	return health.Share(n.Value())
}

// cases writes what was counted; of nothing there is no part.
func cases(n *health.Number) string {
	switch {
	case n.NA() && n.Hits == 0:
		return words.T("account.na")
	case n.NA() && n.Metric.Amounts && n.Currency != "":
		return words.T("account.of", "n", words.Money(data.Money{Minor: n.Hits, Currency: n.Currency}), "of", words.T("account.na"))
	case n.NA():
		return words.T("account.of", "n", words.Number(n.Hits), "of", words.T("account.na"))
	}
	if n.Metric.Amounts && n.Currency != "" {
		return words.T("account.of", "n", words.Money(data.Money{Minor: n.Hits, Currency: n.Currency}), "of", words.Money(data.Money{Minor: n.Base, Currency: n.Currency}))
	}
	return words.T("account.of", "n", words.Number(n.Hits), "of", words.Number(n.Base))
}

// levelText names where the account stands: a sign says whether it is well.
func levelText(n *health.Number) string {
	switch good, known := n.Good(); {
	case n.NA() || n.Level == nil:
		return ""
	case known && !good:
		return "! " + said(n.Level.Title)
	case nearLine(n):
		return "· " + said(n.Level.Title)
	}
	return said(n.Level.Title)
}

// nearLine reports whether one more case makes the account fail what is asked for.
func nearLine(n *health.Number) bool { return n.ToWorse == 1 && n.Worse != nil && !n.Worse.Good }

func levelRole(n *health.Number) kit.Role {
	switch good, known := n.Good(); {
	case !known:
		return kit.Plain
	case !good:
		return kit.Danger
	case nearLine(n):
		return kit.Warn
	}
	return kit.Good
}

// standing is the level in the list, and why there is none.
func standing(n *health.Number) string {
	switch {
	case n.NA() && n.Hits > 0: // cases against nothing
		return words.T("account.level.zero")
	case n.NA():
		return words.T("account.level.na")
	case n.Level == nil:
		return words.T("account.level.none")
	}
	return levelText(n)
}

func standingRole(n *health.Number) kit.Role {
	if n.NA() || n.Level == nil {
		return kit.Muted
	}
	return levelRole(n)
}

// urgency orders numbers by how soon they need a look: what fails, what is a case
// away from it, what is well, and what has no value.
func urgency(n *health.Number) int {
	good, known := n.Good()
	switch {
	case known && !good:
		return 0
	case nearLine(n):
		return 1
	case n.NA():
		return 3
	}
	return 2
}

// steps writes how many cases lie between two levels; about, where cases are of any
// size.
func steps(n *health.Number, k int64) string {
	if n.Metric.Amounts {
		return "≈ " + words.Number(k)
	}
	return words.Number(k)
}

// distance is how far the next level is: the key of its words and the steps; ""
// where no number of cases makes another one.
func distance(n *health.Number) (key string, k int64) {
	more := n.Metric.BadWhenRising()
	switch {
	case n.NA() || n.Level == nil:
		return "", 0
	case n.ToWorse > 0 && more:
		return "worse_more", n.ToWorse
	case n.ToWorse > 0:
		return "worse_fewer", n.ToWorse
	case n.ToBetter > 0 && more:
		return "better_fewer", n.ToBetter
	case n.ToBetter > 0:
		return "better_more", n.ToBetter
	}
	return "", 0
}

// room says in a few words how far the next level is.
func room(n *health.Number) string {
	key, k := distance(n)
	if key == "" {
		return ""
	}
	return words.T("account.room."+key, "n", steps(n, k))
}

// far says the same in a sentence, with the level that would be next where it is
// a worse one.
func far(n *health.Number) string {
	key, k := distance(n)
	if key == "" {
		return ""
	}
	if n.ToWorse > 0 && n.Worse != nil {
		return usual(n, words.T("account.far."+key, "n", steps(n, k), "level", said(n.Worse.Title)))
	}
	return usual(n, room(n))
}

// usual adds what size of case a distance takes, where amounts are counted.
func usual(n *health.Number, text string) string {
	u := &n.Usual
	if !n.Metric.Amounts {
		return text
	}
	money := func(minor int64) string { return words.Money(data.Money{Minor: minor, Currency: n.Currency}) }
	key := "account.usual_cases"
	if u.Sales {
		key = "account.usual_sales"
	}
	return words.T(key, "text", text, "amount", money(cmp.Or(u.ToWorse, u.ToBetter)), "usual", money(u.Amount))
}

// whole is a number with what it is made of and where it stands.
func whole(n *health.Number) string {
	level := ""
	if n.Level != nil {
		level = said(n.Level.Title)
	}
	return words.Join(" · ", value(n), cases(n), level)
}

// tomorrow says what the number is once today is over.
func tomorrow(n, next *health.Number) string {
	if next == nil || next.NA() && n.NA() {
		return ""
	}
	text := value(next)
	if next.Hits == n.Hits && next.Base == n.Base {
		return words.T("account.unchanged")
	}
	return words.Join(" · ", text, levelText(next))
}

// target is what the platform asks for: the conditions of its levels, those that are
// good where there are such. Conditions of one level stand side by side.
func target(levels []health.Level) string {
	good := slices.ContainsFunc(levels, func(l health.Level) bool { return l.Good && len(l.When) > 0 })
	var names []string
	ways := map[string][]string{}
	for _, l := range levels {
		if len(l.When) == 0 || good && !l.Good {
			continue
		}
		name := said(l.Title)
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
		ways[name] = append(ways[name], conditions(l.When))
	}
	lines := make([]string, len(names))
	for i, name := range names {
		lines[i] = words.T("account.target", "level", name, "when", words.Join(words.T("account.or"), ways[name]...))
	}
	return words.Join("\n", lines...)
}

// conditions says in words what has to hold together: “value <= 0.02” is “the rate is
// 2 % or less”.
func conditions(when []string) string {
	var parts []string
	for _, c := range when {
		var what, op, limit string
		if _, err := fmt.Sscan(c, &what, &op, &limit); err != nil || limit == "0" { // that anything was counted goes without saying
			continue
		}
		if what == "value" {
			var share float64
			if _, err := fmt.Sscan(limit, &share); err == nil {
				limit = fmt.Sprintf("%g\u00a0%%", share*100)
			}
		}
		than := map[string]string{"<=": "le", "<": "lt", ">=": "ge", ">": "gt"}[op]
		parts = append(parts, words.T("account.cond."+what+"."+than, "n", limit))
	}
	return words.Join(words.T("account.and"), parts...)
}

// span writes the days that a number looks at.
func span(n *health.Number) string {
	last := n.Span.To.Add(-time.Millisecond)
	if n.Span.From.IsZero() {
		return words.T("account.span_all", "to", last.Format(time.DateOnly))
	}
	return words.T("account.span", "from", n.Span.From.Format(time.DateOnly), "to", last.Format(time.DateOnly))
}

// doubts say what the number does not know.
func doubts(n *health.Number) []string {
	var list []string
	if n.NA() {
		list = append(list, words.T("account.na.why"))
	}
	if n.Untold > 0 {
		list = append(list, words.N("account.untold", int(n.Untold)))
	}
	if n.Assumed > 0 {
		list = append(list, words.N("account.assumed", int(n.Assumed)))
	}
	if n.Mixed > 0 {
		list = append(list, words.N("account.mixed", int(n.Mixed), "currency", n.Currency))
	}
	return list
}
