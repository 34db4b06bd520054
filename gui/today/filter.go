package today

import (
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"casebinder/data"
	"casebinder/gui/kit"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// filter narrows Today. The zero filter lets everything through.
type filter struct {
	group    data.Urgency
	platform data.Platform
	mine     string    // the operator whose tasks alone are shown
	day      time.Time // midnight of the day, on this computer's clock, on which it falls due
	putOff   bool      // what was put off, instead of what waits
	done     bool      // tasks that are done, instead of what waits
}

// wide is the filter without what the chips and the days count.
func (f filter) wide() filter { f.group, f.day = "", time.Time{}; return f }

// folds reports whether what is long past is left to a chip of its own.
func (f filter) folds() bool { return f.group == "" && !f.putOff && !f.done }

// refs lets rows through.
func (f filter) refs(refs []data.TodayRef, now time.Time) []data.TodayRef {
	return slices.DeleteFunc(slices.Clone(refs), func(r data.TodayRef) bool {
		u := r.Urgency(now)
		switch {
		case f.group != "" && u != f.group,
			f.folds() && u == data.UrgencyPast,
			f.platform != "" && r.Platform != f.platform,
			f.mine != "" && (r.Kind != data.TodayTask || r.Operator != f.mine),
			!f.day.IsZero() && (r.Due.IsZero() || !midnight(r.Due).Equal(f.day)):
			return true
		}
		return false
	})
}

// counts are the numbers of the groups.
func (f filter) counts(refs []data.TodayRef, now time.Time) map[data.Urgency]int {
	counts := map[data.Urgency]int{}
	for _, group := range groups {
		f := f.wide()
		f.group = group
		counts[group] = len(f.refs(refs, now))
	}
	return counts
}

// groupOptions are the chips with their counts: sign, word and number.
func (t *Tab) groupOptions() []kit.Option[data.Urgency] {
	all := 0
	var list []kit.Option[data.Urgency]
	counts := t.filter.counts(t.refs, t.env.UI.Now())
	for _, u := range groups {
		n := counts[u]
		if u != data.UrgencyPast || !t.filter.wide().folds() { // as the chip itself lists
			all += n
		}
		text := words.Join(" ", urgencySign(u), words.Of("urgency", u), words.Number(int64(n)))
		if n > 0 || u == data.UrgencyOverdue || u == data.UrgencyLastDay || u == data.Urgency72Hours || u == data.UrgencyWeek {
			list = append(list, kit.Option[data.Urgency]{Value: u, Text: text})
		}
	}
	return append([]kit.Option[data.Urgency]{{Value: "", Text: words.T("today.all", "n", all)}}, list...)
}

// urgencySign stands beside an urgency's word.
func urgencySign(u data.Urgency) string {
	switch u {
	case data.UrgencyOverdue, data.UrgencyLastDay:
		return "!"
	case data.Urgency72Hours:
		return "·"
	case data.UrgencyWeek, data.UrgencyLater, data.UrgencyNone, data.UrgencyPast:
		return ""
	}
	return ""
}

// midnight begins the day of a moment on this computer's clock.
func midnight(t time.Time) time.Time {
	if day, ok := data.DayOf(t); ok {
		return time.Date(day.Year, day.Month, day.Day, 0, 0, 0, 0, time.Local)
	}
	year, month, day := t.Local().Date()
	return time.Date(year, month, day, 0, 0, 0, 0, time.Local)
}

// bar is what stands right of the groups: platform, mine, what was put
// off, a new task.
type bar struct {
	today    *Tab
	object   fyne.CanvasObject
	platform *kit.Choice[data.Platform]
	mine     *kit.Button
	putOff   *kit.Button
	done     *kit.Button
}

func newBar(t *Tab) *bar {
	b := &bar{today: t}
	b.platform = kit.NewChoice(b.platforms(), "", func(p data.Platform) {
		t.filter.platform = p
		t.filtered()
	})
	kit.Trace("today.platform", b.platform)
	b.mine = kit.NewChip("today.mine", words.T("today.mine"), func() {
		if t.filter.mine == "" {
			t.filter.mine = t.env.desk.Operator()
		} else {
			t.filter.mine = ""
		}
		t.filtered()
	})
	b.putOff = kit.NewChip("today.put_off", "", func() {
		t.filter.putOff, t.filter.done = !t.filter.putOff, false
		t.filtered()
	})
	b.done = kit.NewChip("today.finished", "", func() {
		t.filter = filter{platform: t.filter.platform, mine: t.filter.mine, done: !t.filter.done}
		t.filtered()
	})
	add := kit.NewIconButton("today.task", words.T("today.task"), theme.ContentAddIcon(), func() { show.TaskSheet(t.env.Env, data.Task{}) })
	b.object = container.NewHBox(b.platform, b.mine, b.putOff, b.done, add)
	b.draw()
	return b
}

// platforms are those of the shops.
func (b *bar) platforms() []kit.Option[data.Platform] {
	options := []kit.Option[data.Platform]{{Value: "", Text: words.T("today.platforms")}}
	for _, s := range b.today.env.Shops() {
		if !slices.ContainsFunc(options, func(o kit.Option[data.Platform]) bool { return o.Value == s.Platform }) {
			options = append(options, kit.Option[data.Platform]{Value: s.Platform, Text: s.Platform.Title()})
		}
	}
	return options
}

func (b *bar) draw() {
	t := b.today
	b.platform.SetChoices(b.platforms())
	b.platform.Set(t.filter.platform)
	b.mine.SetOn(t.filter.mine != "")
	showCount(b.putOff, "today.snoozed", t.off, t.filter.putOff)
	showCount(b.done, "today.finished", t.finished, t.filter.done)
}

// showCount shows a button with how many rows it leads to: hidden where there
// are none.
func showCount(b *kit.Button, key string, n int, pressed bool) {
	b.SetOn(pressed)
	b.SetText(words.T(key, "n", n))
	if n > 0 || pressed {
		b.Show()
	} else {
		b.Hide()
	}
}

// weekStrip shows what falls due on each of the next seven days.
type weekStrip struct {
	today  *Tab
	object *fyne.Container
}

// stripDays is how many days the strip shows, today among them.
const stripDays = 7

func newWeekStrip(t *Tab) *weekStrip {
	w := &weekStrip{today: t, object: container.New(layout.NewGridLayoutWithColumns(stripDays))}
	for i := range stripDays {
		b := kit.NewChip("today.day."+string(rune('1'+i)), "", func() {
			day := midnight(t.env.UI.Now()).AddDate(0, 0, i)
			if t.filter.day.Equal(day) {
				day = time.Time{}
			}
			t.filter.day, t.filter.group, t.filter.done = day, "", false
			t.filtered()
		})
		w.object.Add(b)
	}
	w.draw()
	return w
}

// draw shows weekday, date and how many rows fall due; in words, so that a day
// is not told by color alone.
func (w *weekStrip) draw() {
	t := w.today
	now := t.env.UI.Now()
	refs := t.filter.wide().refs(t.refs, now)
	for i, o := range w.object.Objects {
		day := midnight(now).AddDate(0, 0, i)
		n := 0
		for _, r := range refs {
			if !r.Due.IsZero() && midnight(r.Due).Equal(day) {
				n++
			}
		}
		b := o.(*kit.Button)
		text := words.T("weekday.short."+strings.ToLower(day.Weekday().String())) + " " + words.Day(day, "", now)
		if i == 0 {
			text = words.T("today.day.today") // its date would make all seven wider
		}
		if n > 0 {
			text += " · " + words.N("today.day.due", n)
		}
		b.SetOn(t.filter.day.Equal(day))
		b.SetText(text)
	}
}
