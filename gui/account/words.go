package account

import (
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

// cases writes what was counted.
func cases(n *health.Number) string {
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

// room says how far the next level is, in cases.
func room(n *health.Number) string {
	switch {
	case n.NA() || n.Level == nil:
		return ""
	case n.ToWorse > 0 && n.Metric.BadWhenRising():
		return words.N("account.to_worse", int(n.ToWorse))
	case n.ToWorse > 0:
		return words.N("account.to_worse_fewer", int(n.ToWorse))
	case n.ToBetter > 0 && n.Metric.BadWhenRising():
		return words.N("account.to_better_fewer", int(n.ToBetter))
	case n.ToBetter > 0:
		return words.N("account.to_better", int(n.ToBetter))
	}
	return ""
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

func conditions(when []string) string {
	var parts []string
	for _, c := range when {
		var what, op, limit string
		if _, err := fmt.Sscan(c, &what, &op, &limit); err != nil {
			continue
		}
		sign := map[string]string{"<=": "≤", ">=": "≥"}[op]
		if sign == "" {
			sign = op
		}
		if what == "value" {
			var share float64
			if _, err := fmt.Sscan(limit, &share); err == nil {
				limit = fmt.Sprintf("%g %%", share*100)
			}
		}
		if limit == "0" { // that anything was counted goes without saying
			continue
		}
		parts = append(parts, words.T("account.what."+what)+" "+sign+" "+limit)
	}
	return words.List(parts...)
}

// span writes the days that a number looks at, in the zone by which they count.
func span(n *health.Number) string {
	last := n.Span.To.Add(-time.Millisecond)
	if n.Span.From.IsZero() {
		return words.T("account.span_all", "to", last.Format(time.DateOnly))
	}
	return words.T("account.span", "from", n.Span.From.Format(time.DateOnly), "to", last.Format(time.DateOnly), "zone", n.Span.To.Location().String())
}

// doubts say what the number does not know.
func doubts(n *health.Number) []string {
	var list []string
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
