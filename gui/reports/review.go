package reports

import (
	"context"
	"reflect"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// reviewMonths is how far back the reviews of months are offered.
const reviewMonths = 24

// monthly is the page of a month's review.
type monthly struct {
	*show.Env
	desk   Desk
	body   *fyne.Container
	month  *kit.Choice[string]
	held   *fyne.Container
	rows   *fyne.Container
	loader kit.Loader
	sheet  *desk.ReviewSheet
	drafts map[string]string // decisions that are being written, by finding
}

func newMonthly(shared *show.Env, d Desk) *monthly {
	m := &monthly{Env: shared, desk: d, held: container.NewStack(), rows: kit.Stacked(look.Tight), drafts: map[string]string{}}
	now := m.UI.Now()
	var options []kit.Option[string]
	for back := range reviewMonths {
		month := time.Date(now.Year(), now.Month()-time.Month(back), 1, 0, 0, 0, 0, time.UTC).Format("2006-01")
		options = append(options, kit.Option[string]{Value: month, Text: month})
	}
	m.month = kit.NewChoice(options, options[1].Value, func(string) { clear(m.drafts); m.load() })
	kit.Trace("reports.month", m.month)
	head := container.NewBorder(nil, nil, labeled(words.T("reports.month"), 140, m.month), nil, m.held)
	m.body = container.NewBorder(kit.Inset(look.Tight, head), nil, nil, nil, container.NewVScroll(kit.Inset(look.Gap, m.rows)))
	return m
}

// unsaved reports whether a decision was begun and not kept.
func (m *monthly) unsaved() bool {
	for _, text := range m.drafts {
		if text != "" {
			return true
		}
	}
	return false
}

func (m *monthly) load() {
	month := m.month.Value()
	if m.sheet == nil || m.sheet.Month != month {
		m.rows.Objects = []fyne.CanvasObject{kit.Soft(words.T("reports.counting"))}
		m.rows.Refresh()
	}
	kit.Load(&m.loader, func(ctx context.Context) (*desk.ReviewSheet, error) { return m.desk.MonthlyReview(ctx, month) }, func(s *desk.ReviewSheet, err error) {
		if err != nil {
			m.rows.Objects = []fyne.CanvasObject{kit.NewProblem(m.UI, err, nil)}
			m.rows.Refresh()
			return
		}
		if reflect.DeepEqual(s, m.sheet) { // what is being typed stays
			return
		}
		m.sheet = s
		m.draw()
	})
}

// draw lists last month's decisions, then this month's findings.
func (m *monthly) draw() {
	s := m.sheet
	m.drawHeld()
	m.rows.Objects = nil
	if len(s.Earlier) > 0 {
		m.rows.Add(kit.Section(words.T("reports.earlier")))
		for _, v := range s.Earlier {
			m.rows.Add(m.earlier(v))
		}
		m.rows.Add(kit.Hairline())
	}
	m.rows.Add(kit.Section(words.T("reports.findings", "month", s.Month)))
	if len(s.Findings) > 0 {
		m.rows.Add(kit.Soft(words.T("reports.decision.day", "days", daysToDo)))
	}
	for i := range s.Findings {
		m.rows.Add(m.finding(i, &s.Findings[i]))
	}
	for _, key := range s.Gone {
		note := s.Review.Notes[key]
		m.rows.Add(m.finding(len(m.rows.Objects), &data.Finding{Rule: key, Severity: data.Info, Why: note.Said}))
	}
	m.lessons()
	m.rows.Refresh()
	kit.Event("review", "findings", len(s.Findings))
}

// daysToDo is the time that a decision proposes for its task.
const daysToDo = 7

// lessons lists what was written down as learned.
func (m *monthly) lessons() {
	t := m.sheet.Lessons
	if t == nil || len(t.Rows) == 0 {
		return
	}
	m.rows.Add(kit.Section(words.Text(t.Title)))
	for i := range t.Rows {
		cells := t.Rows[i].Cells
		text := kit.Stacked(0, kit.Prose(cells[3].Label.Value), kit.Soft(words.Join(" · ", Speaker{}.Label(cells[0].Label), Speaker{}.Label(cells[1].Label), Speaker{}.Label(cells[2].Label))))
		m.rows.Add(kit.Dense(text))
	}
}

// drawHeld says whether the review was held, and by whom.
func (m *monthly) drawHeld() {
	s := m.sheet
	text, do := words.T("reports.not_held"), words.T("reports.hold")
	held := !s.Review.HeldAt.IsZero()
	if held {
		text = words.T("reports.held", "when", words.Time(s.Review.HeldAt, time.Local.String(), m.UI.Now()), "who", s.Review.HeldBy)
		do = words.T("reports.unhold")
	}
	button := kit.NewButton("reports.hold", do, func() {
		m.DeedThen(words.T("reports.held.kept"), func(ctx context.Context) error { return m.desk.HoldReview(ctx, s.Month, !held) }, m.load)
	})
	m.held.Objects = []fyne.CanvasObject{container.NewBorder(nil, nil, nil, container.NewCenter(button), kit.Soft(text))}
	m.held.Refresh()
}

// earlier is a decision of the month before, with what became of it.
func (m *monthly) earlier(v desk.Decided) fyne.CanvasObject {
	state := v.State(m.UI.Now())
	roles := map[string]kit.Role{"done": kit.Good, "overdue": kit.Danger, "open": kit.Warn}
	badge := container.NewCenter(kit.NewBadge(words.T("reports.state."+state), roles[state]))
	text := kit.Stacked(0, kit.Prose(v.Note.Decision), kit.Soft(words.Text(v.Note.Said)))
	return kit.Dense(container.NewBorder(nil, nil, kit.Wide(110, badge), nil, text))
}

// finding is one finding, with the field for what is decided.
func (m *monthly) finding(i int, f *data.Finding) fyne.CanvasObject {
	key := f.Key()
	note, decided := m.sheet.Review.Notes[key]
	task, hasTask := m.sheet.Tasks[key]
	said := kit.Stacked(0, kit.Prose(words.Text(f.Why)))
	if !f.How.IsZero() {
		said.Add(kit.Soft(words.Text(f.How)))
	}
	kit.Dense(said)
	entry := kit.TextField(m.UI, note.Decision, 1)
	entry.SetPlaceHolder(words.T("reports.decision"))
	if draft, ok := m.drafts[key]; ok {
		entry.SetText(draft)
	}
	entry.OnChanged = func(text string) {
		if m.drafts[key] = text; text == note.Decision {
			delete(m.drafts, key)
		}
	}
	due := ""
	switch {
	case hasTask && !task.Due.IsZero():
		due = data.OnDay(task.Due.In(time.Local)).String()
	case !decided:
		due = data.OnDay(m.UI.Now().In(time.Local).AddDate(0, 0, daysToDo)).String()
	}
	name := "reports.decide" + string(rune('a'+min(i, 25)))
	day := kit.NewDay(m.UI, name+".due", due, func(string) {})
	kit.Trace(name+".text", entry)
	keep := kit.NewButton(name, words.T("reports.decide"), func() {
		if err := day.Check(); err != nil {
			m.UI.Problem(err)
			return
		}
		if day.Value() == due { // a task that is overdue may get other words
			m.decide(*f, entry.Text, due)
			return
		}
		m.ask(*f, entry.Text, day.Value())
	})
	line := container.NewBorder(nil, nil, nil, container.NewHBox(kit.Wide(190, day.Object), keep), entry)
	block := kit.Stacked(look.Tight, said, line)
	if decided {
		state := "noted"
		if hasTask {
			state = desk.Decided{Note: note, Task: &task}.State(m.UI.Now())
		}
		block.Add(kit.Soft(words.T("reports.decided", "state", words.T("reports.state."+state))))
	}
	sign := map[data.Severity]string{data.Serious: "!!", data.Warning: "!"}[f.Severity]
	return container.NewBorder(nil, kit.Hairline(), kit.Wide(28, container.NewVBox(kit.NewText(sign, kit.Warn, look.Text, true))), nil, block)
}

// ask keeps a decision, and asks back where its day has passed.
func (m *monthly) ask(f data.Finding, text, day string) {
	if today := data.OnDay(m.UI.Now().In(time.Local)).String(); day == "" || day >= today || text == "" {
		m.decide(f, text, day)
		return
	}
	m.UI.Confirm("reports.past", words.T("reports.past.title"), words.T("reports.past.text", "day", day), words.T("reports.past.do"), func() { m.decide(f, text, day) })
}

// decide keeps a decision, which becomes a task with a date.
func (m *monthly) decide(f data.Finding, text, day string) {
	var due time.Time
	if d, err := data.ParseDay(day); err == nil {
		due = d.End(time.Local)
	}
	month := m.sheet.Month
	m.DeedThen(words.T("reports.decision.kept"), func(ctx context.Context) error { return m.desk.DecideReview(ctx, month, f, text, due) }, func() {
		delete(m.drafts, f.Key())
		m.load()
	})
}
