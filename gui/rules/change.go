package rules

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/policy"
	"casebinder/gui/kit"
	"casebinder/gui/loop"
	"casebinder/gui/words"
)

// maxPack is the most bytes of a rule pack's file; real ones have some 20 KB.
const maxPack = 2 << 20

var problemPackLarge = data.DefineProblem("pack_file_large", data.ErrInvalid,
	"“{file}” is too large to be a rule pack.", "Choose a .toml file that was exported from Casebinder.")

func readPack(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("reading the rule pack: %w", err)
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, maxPack+1))
	if err != nil {
		return nil, fmt.Errorf("reading the rule pack: %w", err)
	}
	if len(text) > maxPack {
		return nil, problemPackLarge.New("file", filepath.Base(path))
	}
	return text, nil
}

// ruleWork changes the rules: a sheet tells how many cases were worked out
// anew, and can cancel it all.
type ruleWork func(context.Context, desk.Progress) (desk.RulesReport, error)

// work runs a change of the rules and shows what moved; fail hears why it
// could not be done.
func (s *sheet) work(do ruleWork, fail func(error)) {
	u := s.env.UI
	count := widget.NewLabel(words.N("rules.work.n", 0))
	var cancel func()
	sheet := u.Open(kit.Sheet{
		Name: "rules.work", Title: words.T("rules.work"), Width: 460,
		Body: container.NewVBox(kit.Prose(words.T("rules.work.text")), count), OnCancel: func() { cancel() },
	})
	var report desk.RulesReport
	cancel = u.Jobs.Run(words.T("rules.work"), func(ctx context.Context, progress func(int64, int64, string)) (err error) {
		report, err = do(ctx, func(done, total int64, what string) {
			progress(done, total, what)
			loop.Do(func() { count.SetText(words.N("rules.work.n", int(done))) })
		})
		return err
	}, func(err error) {
		sheet.Close()
		switch {
		case errors.Is(err, context.Canceled):
			u.Toast(words.T("rules.work.stopped"), nil)
		case err != nil:
			fail(err)
		default:
			kit.Event("rules", "cases", report.Cases, "moved", len(report.Moved))
			s.reload()
			s.env.moved(report)
		}
	})
}

// moved says which due dates a change of the rules moved, from what to what.
func (e *Room) moved(r desk.RulesReport) {
	text := widget.NewLabel(words.T("rules.report.text", "cases", words.Number(int64(r.Cases)), "moved", words.Number(int64(len(r.Moved)))))
	body := container.NewBorder(text, nil, nil, nil, kit.Soft(words.T("rules.report.none")))
	height := float32(200)
	if len(r.Moved) > 0 {
		body = container.NewBorder(text, nil, nil, nil, kit.FixedTable(e.UI, "rules.moved", movedColumns(), r.Moved))
		height = 440
	}
	e.UI.Open(kit.Sheet{Name: "rules.report", Title: words.T("rules.report"), Width: 760, Height: height, Body: body, Cancel: words.T("do.close")})
}

func movedColumns() []kit.Column[desk.DateMove] {
	date := func(s policy.Shown) string {
		if s.Due.IsZero() {
			return words.T("rules.report.no_date")
		}
		return words.TimeFull(s.Due, "")
	}
	return []kit.Column[desk.DateMove]{
		{ID: "case", Title: "rules.report.case", Width: 220, Grow: true, Text: func(m desk.DateMove) string { return words.Join(" · ", m.OrderNumber, m.CaseNumber) }},
		{ID: "from", Title: "rules.report.from", Width: 240, Text: func(m desk.DateMove) string { return date(m.From) }},
		{ID: "to", Title: "rules.report.to", Width: 240, Text: func(m desk.DateMove) string { return date(m.To) }},
	}
}

func (s *sheet) changeChosen() {
	if f, ok := s.figures.Selected(); ok {
		s.changeFigure(f.Row, f.Row.Value, "", nil)
	}
}

// changeFigure asks for another value and the reason; fault is why the last
// try could not be taken.
func (s *sheet) changeFigure(f figureRow, value, why string, fault error) {
	u, pack := s.env.UI, s.chosen.ID
	entry, reason := kit.NewEntry(u), kit.NewEntry(u)
	entry.SetText(value)
	reason.SetText(why)
	kit.Trace("figure.value", entry)
	kit.Trace("figure.why", reason)
	form := u.OpenForm(kit.FormSheet{
		Name: "figure", Title: words.T("rules.change.title", "figure", f.title), Width: 620, Height: 300, Focus: entry,
		Fields: []*kit.Field{
			{Label: words.T("rules.change.value"), Hint: words.T("rules.change.value.hint", "was", orUnknown(f.Was)), Object: entry},
			{Label: words.T("rules.change.why"), Hint: words.T("rules.change.why.hint"), Object: reason, Check: func() error {
				if strings.TrimSpace(reason.Text) == "" {
					return kit.ProblemRequired.New("field", words.T("rules.change.why"))
				}
				return nil
			}},
		},
		Read: func() error { value, why = entry.Text, reason.Text; return nil },
		Work: func(context.Context) error { return nil },
		Done: func() {
			s.work(func(ctx context.Context, p desk.Progress) (desk.RulesReport, error) {
				return s.env.desk.Override(ctx, pack, f.Path, value, why, p)
			}, func(err error) { s.changeFigure(f, value, why, err) })
		},
	})
	if fault != nil {
		form.Problem(fault)
	}
}

// resetFigure lets the pack's own figure count again.
func (s *sheet) resetFigure() {
	f, ok := s.figures.Selected()
	pack := s.chosen.ID
	if !ok || f.Row.Override == nil {
		return
	}
	s.work(func(ctx context.Context, p desk.Progress) (desk.RulesReport, error) {
		return s.env.desk.ResetFigure(ctx, pack, f.Row.Path, p)
	}, s.sheet.Problem)
}

// resetPack lets the built-in pack count again.
func (s *sheet) resetPack() {
	pack := s.chosen.ID
	s.work(func(ctx context.Context, p desk.Progress) (desk.RulesReport, error) {
		return s.env.desk.ResetPack(ctx, pack, p)
	}, s.sheet.Problem)
}

// holidays edits the holiday list of a country.
func (e *Room) holidays(s *sheet) {
	text := kit.NewTextArea(e.UI, 14)
	kit.Trace("holidays.text", text)
	var loader kit.Loader
	var sheet *kit.OpenSheet
	load := func(country string) {
		kit.Load(&loader, func(ctx context.Context) (string, error) { return e.desk.Holidays(ctx, country, words.Text) }, func(list string, err error) {
			if err != nil && sheet != nil {
				sheet.Problem(err)
			}
			text.SetText(list)
		})
	}
	var options []kit.Option[string]
	for _, c := range desk.HolidayCountries() {
		options = append(options, kit.Option[string]{Value: c, Text: words.Of("country", c)})
	}
	country := kit.NewChoice(options, options[0].Value, load)
	kit.Trace("holidays.country", country)
	head := container.NewVBox(container.NewHBox(widget.NewLabel(words.T("rules.holidays.country")), country), kit.Hint(words.T("rules.holidays.hint")))
	save := func() {
		code, list := country.Value(), text.Text
		s.work(func(ctx context.Context, p desk.Progress) (desk.RulesReport, error) {
			return e.desk.SetHolidays(ctx, code, list, p)
		}, sheet.Problem)
	}
	sheet = e.UI.Open(kit.Sheet{
		Name: "holidays", Title: words.T("rules.holidays.title"), Width: 640, Height: 540, Do: words.T("do.save"), OnDo: save,
		Cancel: words.T("do.close"), OnCancel: loader.Stop, Body: container.NewBorder(head, nil, nil, nil, text),
	})
	load(country.Value())
}
