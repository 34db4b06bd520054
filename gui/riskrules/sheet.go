// Package riskrules is the sheet of the rules by which orders are reviewed before
// they ship.
//
// Its one rule: a change is tried on the orders of the past before it is kept.
package riskrules

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/pack"
	"casebinder/data/risk"
	"casebinder/gui/kit"
	"casebinder/gui/loop"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// Desk is what the sheet asks of a desk.
type Desk interface {
	RiskRules(ctx context.Context) ([]risk.RuleInfo, error)
	RiskOwn(ctx context.Context) (string, error)
	ChangeRisk(ctx context.Context, c desk.RiskChange) error
	TryRisk(ctx context.Context, c desk.RiskChange, days int, p desk.Progress) (desk.RiskTrial, error)
}

// pastDays is how far back a change is tried.
const pastDays = 365

type row = kit.Numbered[risk.RuleInfo]

// sheet lists the rules, and says of the chosen one all that is known.
type sheet struct {
	*show.Env
	desk   Desk
	sheet  *kit.OpenSheet
	table  *kit.Table[row]
	detail *kit.Para
	turn   *kit.Button
	try    *kit.Button
}

// Open opens the sheet.
func Open(shared *show.Env, d Desk) {
	s := &sheet{Env: shared, desk: d, detail: kit.Prose("")}
	s.turn = kit.NewButton("riskrules.turn", words.T("gaterules.switch_off"), s.switchChosen)
	s.try = kit.NewButton("riskrules.try", words.T("riskrules.try"), s.tryChosen)
	s.table = kit.NewTable(s.UI, kit.TableOptions[row]{
		Name: "riskrules", Columns: columns(), OnSelect: s.show, Deeds: s.deeds, PickFirst: true,
		Source: func() kit.Source[row] {
			return kit.ListSource(func(ctx context.Context, _ kit.Order) ([]row, error) {
				rules, err := d.RiskRules(ctx)
				return kit.Number(rules), err
			}, kit.PlaceOf[risk.RuleInfo])
		},
	})
	s.show(row{}, false)
	foot := container.NewBorder(nil, nil, nil, container.NewVBox(container.NewHBox(s.try, s.turn)), container.NewVScroll(s.detail))
	split := container.NewVSplit(s.table, foot)
	split.Offset = 0.68
	s.sheet = s.UI.Open(kit.Sheet{
		Name: "riskrules", Title: words.T("riskrules.title"), Width: 1180, Height: 620, Cancel: words.T("do.close"), Heard: s.again,
		Body: container.NewBorder(kit.Soft(words.T("riskrules.text")), nil, nil, nil, split),
		More: []kit.SheetExtra{{Name: "riskrules.own", Text: words.T("riskrules.own"), Do: s.own}},
	})
	s.table.Restart()
}

func columns() []kit.Column[row] {
	return []kit.Column[row]{
		{
			ID: "state", Title: "gaterules.col.state", Width: 70, Badge: true, Text: func(r row) string {
				if r.Row.Off != "" {
					return words.T("gaterules.off")
				}
				return words.T("gaterules.on")
			},
			Role: func(r row) kit.Role {
				if r.Row.Off != "" {
					return kit.Warn
				}
				return kit.Plain
			},
		},
		{ID: "rule", Title: "gaterules.col.rule", Width: 170, Bold: true, Text: func(r row) string { return words.Text(r.Row.Title) }},
		{ID: "level", Title: "col.risk", Width: 90, Text: func(r row) string { return words.Of("risk.level", string(r.Row.Level)) }},
		{ID: "when", Title: "riskrules.col.when", Width: 330, Grow: true, Text: func(r row) string { return whenWords(r.Row.When) }},
		{ID: "source", Title: "gaterules.col.source", Width: 230, Text: source},
		{ID: "why_off", Title: "gaterules.col.why_off", Width: 130, Text: func(r row) string { return r.Row.Off }},
	}
}

// source says where a rule comes from, and how well that is known.
func source(r row) string {
	if r.Row.Own {
		return words.T("riskrules.own_source")
	}
	return words.Join(" · ", words.Text(pack.Text(r.Row.Source)), words.Of("confidence", r.Row.Confidence))
}

func (s *sheet) show(r row, ok bool) {
	s.turn.Hide()
	s.try.Hide()
	if !ok {
		s.detail.SetText(words.T("gaterules.pick"))
		return
	}
	s.turn.Show()
	s.try.Show()
	s.turn.SetText(words.T("gaterules.switch_off"))
	if r.Row.Off != "" {
		s.turn.SetText(words.T("gaterules.switch_on"))
	}
	wait := ""
	if r.Row.Wait > 0 {
		wait = words.N("riskrules.wait", r.Row.Wait)
	}
	s.detail.SetText(words.Join("\n", words.Join(" · ", words.Text(r.Row.Title), words.Of("risk.level", string(r.Row.Level)), wait, r.Row.Off),
		words.Text(r.Row.Text), words.Text(r.Row.Do), whenWords(r.Row.When), source(r)))
}

// deeds are what can be done with a rule.
func (s *sheet) deeds(r row) kit.Deeds {
	turn := "gaterules.switch_off"
	if r.Row.Off != "" {
		turn = "gaterules.switch_on"
	}
	return kit.Deeds{
		{Text: words.T(turn), Keys: kit.KeysTurn, Do: s.switchChosen},
		{Text: words.T("riskrules.try"), Do: s.tryChosen},
		kit.Stays("stays.switch"),
	}
}

// change is what switching the chosen rule would be.
func (s *sheet) change() (desk.RiskChange, bool) {
	r, ok := s.table.Selected()
	return desk.RiskChange{Rule: r.Row.ID, On: r.Row.Off != ""}, ok
}

func (s *sheet) tryChosen() {
	if c, ok := s.change(); ok {
		s.trial(c, s.sheet.Problem)
	}
}

func (s *sheet) switchChosen() {
	c, ok := s.change()
	if !ok {
		return
	}
	if c.On {
		s.Deed(words.T("riskrules.kept"), func(ctx context.Context) error {
			err := s.desk.ChangeRisk(ctx, c)
			loop.Do(s.again)
			return err
		})
		return
	}
	show.AskReason(s.Env, "riskrules.why", words.T("riskrules.off.title"), words.T("gaterules.off.hint"), words.T("gaterules.off.do"), func(ctx context.Context, reason string) error {
		c.Reason = reason
		return s.desk.ChangeRisk(ctx, c)
	}, s.kept)
}

func (s *sheet) again() {
	if !s.sheet.Closed() {
		s.table.Reload()
	}
}

func (s *sheet) kept() {
	s.again()
	s.UI.Toast(words.T("riskrules.kept"), s.Undo)
}

// trial runs a change over the orders of the past and shows what it would do; fail
// hears why it could not.
func (s *sheet) trial(c desk.RiskChange, fail func(error)) {
	count := widget.NewLabel(words.N("riskrules.looked", 0))
	var cancel func()
	work := s.UI.Open(kit.Sheet{
		Name: "riskrules.work", Title: words.T("riskrules.try"), Width: 460, Body: container.NewVBox(kit.Prose(words.T("riskrules.work.text")), count), OnCancel: func() { cancel() },
	})
	var trial desk.RiskTrial
	cancel = s.UI.Jobs.Run(words.T("riskrules.try"), func(ctx context.Context, progress func(int64, int64, string)) (err error) {
		trial, err = s.desk.TryRisk(ctx, c, pastDays, func(done, total int64, what string) {
			progress(done, total, what)
			loop.Do(func() { count.SetText(words.N("riskrules.looked", int(done))) })
		})
		return err
	}, func(err error) {
		work.Close()
		switch {
		case errors.Is(err, context.Canceled):
			s.UI.Toast(words.T("riskrules.stopped"), nil)
		case err != nil:
			fail(err)
		default:
			s.report(trial)
		}
	})
}

// report shows how many orders would stand otherwise, and which.
func (s *sheet) report(t desk.RiskTrial) {
	levels := ""
	for _, l := range data.RiskLevels() {
		levels = words.Join("   ", levels, words.T("riskrules.level", "level", words.Of("risk.level", string(l)), "before", words.Number(int64(t.Before[l])), "after", words.Number(int64(t.After[l]))))
	}
	head := kit.Stacked(0, kit.Prose(words.N("riskrules.report", t.Orders)), kit.Prose(levels))
	if t.More > 0 {
		head.Add(kit.Soft(words.N("findings.more", t.More)))
	}
	var body fyne.CanvasObject = kit.Soft(words.T("riskrules.none"))
	if len(t.Moves) > 0 {
		body = kit.FixedTable(s.UI, "riskrules.moved", movedColumns(), t.Moves)
	}
	s.UI.Open(kit.Sheet{Name: "riskrules.report", Title: words.T("riskrules.report.title"), Width: 860, Height: 460, Body: container.NewBorder(head, nil, nil, nil, body), Cancel: words.T("do.close")})
}

func movedColumns() []kit.Column[desk.RiskMove] {
	return []kit.Column[desk.RiskMove]{
		{ID: "order", Title: "col.number", Width: 170, Bold: true, Text: func(m desk.RiskMove) string { return m.Number }},
		{ID: "from", Title: "riskrules.col.from", Width: 110, Text: func(m desk.RiskMove) string { return words.Of("risk.level", string(m.From)) }},
		{ID: "to", Title: "riskrules.col.to", Width: 110, Text: func(m desk.RiskMove) string { return words.Of("risk.level", string(m.To)) }},
		{ID: "why", Title: "riskrules.col.why", Width: 380, Grow: true, Text: func(m desk.RiskMove) string { return show.RiskReasons(m.Reasons) }},
	}
}

// own edits the shop's own rules as text: tried first, then kept.
func (s *sheet) own() {
	text := kit.NewTextArea(s.UI, 18)
	kit.Trace("riskrules.text", text)
	var open *kit.OpenSheet
	change := func() desk.RiskChange {
		t := text.Text
		return desk.RiskChange{Own: &t}
	}
	open = s.UI.Open(kit.Sheet{
		Name: "riskrules.own", Title: words.T("riskrules.own.title"), Width: 760, Height: 560, Do: words.T("do.save"), Cancel: words.T("do.close"),
		Body: container.NewBorder(kit.Soft(words.T("riskrules.own.text")), nil, nil, nil, text),
		More: []kit.SheetExtra{{Name: "riskrules.own.try", Text: words.T("riskrules.try"), Do: func() { s.trial(change(), open.Problem) }}},
		OnDo: func() {
			c := change()
			kit.Do(func(ctx context.Context) (struct{}, error) { return struct{}{}, s.desk.ChangeRisk(ctx, c) }, func(_ struct{}, err error) {
				if err != nil {
					open.Problem(err)
					return
				}
				open.Close()
				s.kept()
			})
		},
	})
	kit.Do(s.desk.RiskOwn, func(own string, err error) {
		if err != nil {
			open.Problem(err)
			return
		}
		text.SetText(own)
	})
}
