package account

import (
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"casebinder/data"
	"casebinder/data/health"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/words"
)

// drawCourse draws the number's past below the list.
func (p *page) drawCourse(r row, b behind) {
	p.drawn = b
	chart := p.courseOf(r, b)
	kit.Trace("account.chart", chart)
	p.course.Objects = []fyne.CanvasObject{chart}
	p.course.Refresh()
}

// openPast shows it by itself, once it was read.
func (p *page) openPast() {
	if p.drawn.number.Number == nil {
		return
	}
	p.env.UI.Open(kit.Sheet{
		Name: "course", Title: words.Join(" · ", words.T("account.course"), said(p.shown.Metric.Title), p.shown.shop.Name), Width: 760, Height: 360,
		Cancel: words.T("do.close"), Body: p.courseOf(p.shown, p.drawn),
	})
}

// courseOf draws the number's past: its days, the lines between levels, what
// happened, and what the platform showed.
func (p *page) courseOf(r row, b behind) fyne.CanvasObject {
	if len(b.days) == 0 {
		return kit.NewText(words.T("account.nopast"), kit.Muted, look.Text, false)
	}
	now := p.env.UI.Now()
	day := func(at time.Time) string { return words.Day(at, "UTC", now) }
	ours := kit.LineSeries{Name: words.T("account.ours")}
	for _, d := range b.days {
		if at, err := time.Parse(time.DateOnly, d.Day); err == nil && d.Base > 0 {
			share := float64(d.Hits) / float64(d.Base)
			ours.Points = append(ours.Points, kit.LinePoint{
				At: at, Value: share * 100, Text: words.Join(" · ", health.Share(share), words.T("account.of", "n", words.Number(d.Hits), "of", words.Number(d.Base))),
			})
		}
	}
	options := kit.LineOptions{
		Series: []kit.LineSeries{ours}, Limits: limits(r.Metric, b.number.Number), Marks: marks(b.events, b.days[0].Day),
		Value: func(v float64) string { return strconv.FormatFloat(v, 'g', 4, 64) + " %" }, Time: day, Empty: words.T("account.nopast"),
	}
	if theirs := toldPoints(b.told); len(theirs.Points) > 0 {
		options.Series = append(options.Series, theirs)
	}
	return kit.NewLineChart(p.env.UI, options)
}

func toldPoints(told []data.HealthTold) kit.LineSeries {
	theirs := kit.LineSeries{Name: words.T("account.theirs"), Alone: true}
	for _, t := range told {
		at, err := time.Parse(time.DateOnly, t.Day)
		share, _, wrong := health.ParseShare(t.Value)
		if err == nil && wrong == nil {
			theirs.Points = append(theirs.Points, kit.LinePoint{At: at, Value: share * 100, Text: t.Value})
		}
	}
	return theirs
}

// limits are the lines between the levels that are in force.
func limits(m *health.Metric, n *health.Number) []kit.LineLimit {
	var list []kit.LineLimit
	seen := map[string]bool{}
	for _, l := range m.InForce(n) {
		for _, c := range l.When {
			limit, is := strings.CutPrefix(c, "value ")
			if !is {
				continue
			}
			_, number, _ := strings.Cut(limit, " ")
			share, err := strconv.ParseFloat(number, 64)
			if err != nil || share == 0 || seen[number] {
				continue
			}
			seen[number] = true
			list = append(list, kit.LineLimit{Value: share * 100, Text: words.T("account.threshold", "value", health.Share(share), "level", said(l.Title))})
		}
	}
	return list
}

// mostMarks is how many days with something on them the chart marks: the newest.
const mostMarks = 12

// marks are the days on which a dispute was lost or won, the newest, from the first
// day that is drawn on.
func marks(events []data.HealthEvent, from string) []kit.LineMark {
	var list []kit.LineMark
	for _, e := range events {
		if e.Day < from || e.Kind != "lost" && e.Kind != "won" {
			continue
		}
		if at, err := time.Parse(time.DateOnly, e.Day); err == nil {
			list = append(list, kit.LineMark{At: at, Text: words.N("account.event."+e.Kind, e.N)})
		}
	}
	return list[max(0, len(list)-mostMarks):]
}
