package health

import (
	"cmp"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"casebinder/data"
)

// Why a number of the platform's may differ from ours.
var (
	sayReading  = data.DefinePhrase("health.explain.reading", "With “{setting}” set to “{choice}”, our number is {value}: that is what the platform shows.")
	sayEarlier  = data.DefinePhrase("health.explain.earlier", "As of {day}, our number is {value}: the platform may show an earlier day's.")
	sayLater    = data.DefinePhrase("health.explain.later", "With the rows of today, our number is {value}: the platform may count the day that is not over.")
	sayUntold   = data.DefinePhrase("health.explain.untold", "Left out here because a fact that decides is missing: {n}. If all of that counted, the number would be between {least} and {most}.")
	sayAssumed  = data.DefinePhrase("health.explain.assumed", "Counted by a date that was assumed: {n}. The platform knows the true one.")
	sayMissing  = data.DefinePhrase("health.explain.missing", "The platform divides by {theirs}, this desk by {ours}. Not in the desk: {n}. Import the newest exports.")
	saySurplus  = data.DefinePhrase("health.explain.surplus", "The platform divides by {theirs}, this desk by {ours}. Counted here and not there: {n}. Look at the list.")
	sayCases    = data.DefinePhrase("health.explain.cases", "Cases that the platform counts: {theirs}; this desk: {ours}.")
	sayRow      = data.DefinePhrase("health.explain.row", "{row} counts here by {day}: {why}.")
	sayLeft     = data.DefinePhrase("health.explain.left", "{row} is left out here: {why}.")
	sayMoreRows = data.DefinePhrase("health.explain.more_rows", "And {n} more. The lists of this number name them all.")
	sayNothing  = data.DefinePhrase("health.explain.nothing", "The rows of this desk do not explain it.")
	sayTheSame  = data.DefinePhrase("health.explain.same", "Both are the same.")
	problemRate = data.DefineProblem("health_value", data.ErrInvalid,
		"“{text}” is not a percentage.", "Type it as the platform shows it, such as 7.25 % or 7,25 %.")
)

// ParseShare reads a share as people write it: "7.25 %", "7,25", "0.0725". A number
// of one and more is a percentage, and so is what a percent sign follows. digits are
// the decimals of the percentage that were written.
func ParseShare(text string) (share float64, digits int, err error) {
	plain := data.Typed(text)
	percent := strings.HasSuffix(plain, "%")
	plain = strings.TrimSpace(strings.TrimRight(plain, "%"))
	if strings.Count(plain, ",") == 1 && !strings.Contains(plain, ".") {
		plain = strings.Replace(plain, ",", ".", 1)
	}
	n, err := strconv.ParseFloat(plain, 64)
	if err != nil || math.IsNaN(n) || n < 0 || n > 1000 || strings.ContainsAny(plain, "eExXpP_+") {
		return 0, 0, problemRate.New("text", text)
	}
	if _, after, ok := strings.Cut(plain, "."); ok {
		digits = len(after)
	}
	if percent || n >= 1 {
		return n / 100, digits, nil
	}
	return n, max(0, digits-2), nil
}

// Share writes a share as a percentage with two decimals.
func Share(value float64) string { return fmt.Sprintf("%.2f %%", value*100) }

// ShownShare writes a share that a person typed as platforms show it, with the decimals
// that it was typed with: 66,7 is 66.7 %. What is none stays as it is.
func ShownShare(text string) string {
	share, digits, err := ParseShare(text)
	if err != nil {
		return text
	}
	return strconv.FormatFloat(share*100, 'f', digits, 64) + " %"
}

// Told is a number as the platform shows it.
type Told struct {
	Value      float64
	Digits     int   // decimals of the percentage
	Hits, Base int64 // 0: not told
}

// A Reason is one thing that may make the platform's number another one.
type Reason struct {
	data.Text
	Row Ref // that it is about, whose name the text wants as {row}; zero for none
}

func because(texts ...data.Text) []Reason {
	list := make([]Reason, len(texts))
	for i, t := range texts {
		list[i].Text = t
	}
	return list
}

// Explain says, as far as rows allow, why the platform's number differs from ours.
func (m *Metric) Explain(rows *Rows, ask Ask, told Told) []Reason {
	ask.List = false
	ours := m.Measure(rows, ask)
	if told.is(ours) && (told.Base == 0 || told.Base == ours.Base) {
		return because(sayTheSame.With())
	}
	var why []data.Text
	for _, s := range m.Settings {
		for _, choice := range s.Choices {
			if fmt.Sprint(choice) == fmt.Sprint(ours.Settings[s.ID]) {
				continue
			}
			other := ask
			other.Settings = ask.Settings.over(map[string]any{})
			other.Settings[s.ID] = choice
			if n := m.Measure(rows, other); told.is(n) {
				why = append(why, sayReading.With("choice", fmt.Sprint(choice), "setting", s.Title, "value", Share(n.Value())))
			}
		}
	}
	why = append(why, m.otherDay(rows, ask, told)...)
	explained := len(why) > 0
	why = append(why, told.counts(ours)...)
	if ours.Untold > 0 {
		least := float64(ours.Hits) / float64(max(1, ours.Base+ours.Untold))
		most := float64(ours.Hits+ours.Untold) / float64(max(1, ours.Base+ours.Untold))
		why = append(why, sayUntold.With("n", ours.Untold, "least", Share(least), "most", Share(most)))
	}
	if ours.Assumed > 0 {
		why = append(why, sayAssumed.With("n", ours.Assumed))
	}
	list := because(why...)
	if !explained {
		ask.List = true
		list = append(list, told.rows(m.Measure(rows, ask))...)
	}
	if len(list) == 0 {
		return because(sayNothing.With())
	}
	return list
}

// mostNamed is how many rows are named of those that may make the difference.
const mostNamed = 10

// rows names those that may make the difference: the cases that count here, where the
// platform counts fewer, and what is left out for want of a fact, where it counts more.
// Of amounts the counts are not told.
func (t Told) rows(ours *Number) []Reason {
	theirs := t.Hits
	if theirs == 0 {
		theirs = int64(math.Round(t.Value * float64(cmp.Or(t.Base, ours.Base))))
	}
	var list []Reason
	switch {
	case ours.Metric.Amounts || theirs == ours.Hits:
		return nil
	case theirs < ours.Hits:
		for _, c := range ours.Rows.Hits {
			for _, why := range c.Why.Texts() {
				list = append(list, Reason{sayRow.With("row", "", "day", ours.Day(c), "why", why), c.Ref})
			}
		}
	default:
		for _, l := range ours.Rows.Left {
			if isUntold(l.Why.Key) {
				list = append(list, Reason{sayLeft.With("row", "", "why", l.Why), l.Ref})
			}
		}
	}
	if len(list) > mostNamed {
		more := sayMoreRows.With("n", len(list)-mostNamed)
		list = append(list[:mostNamed:mostNamed], because(more)...)
	}
	return list
}

// otherDay looks whether the platform shows the number of another day.
func (m *Metric) otherDay(rows *Rows, ask Ask, told Told) []data.Text {
	for _, days := range []int{-1, -2, -3, 1} {
		other := ask
		other.AsOf = ask.AsOf.Add(time.Duration(days) * 24 * time.Hour)
		n := m.Measure(rows, other)
		if !told.is(n) {
			continue
		}
		if days > 0 {
			return []data.Text{sayLater.With("value", Share(n.Value()))}
		}
		return []data.Text{sayEarlier.With("day", n.Span.Day.Format(time.DateOnly), "value", Share(n.Value()))}
	}
	return nil
}

// is reports whether a number looks like the platform's at its decimals, rounded or
// cut off.
func (t Told) is(n *Number) bool {
	if n.NA() {
		return false
	}
	scale := math.Pow(10, float64(t.Digits)) * 100
	theirs := math.Round(t.Value * scale)
	return math.Round(n.Value()*scale) == theirs || math.Floor(n.Value()*scale+1e-9) == theirs
}

func (t Told) counts(ours *Number) []data.Text {
	var why []data.Text
	switch {
	case t.Base > ours.Base:
		why = append(why, sayMissing.With("theirs", t.Base, "ours", ours.Base, "n", t.Base-ours.Base))
	case t.Base > 0 && t.Base < ours.Base:
		why = append(why, saySurplus.With("theirs", t.Base, "ours", ours.Base, "n", ours.Base-t.Base))
	}
	if t.Hits > 0 && t.Hits != ours.Hits {
		why = append(why, sayCases.With("theirs", t.Hits, "ours", ours.Hits))
	}
	return why
}
