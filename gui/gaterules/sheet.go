package gaterules

import (
	"context"
	"maps"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/data/gate"
	"casebinder/data/pack"
	"casebinder/gui/kit"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

type row = kit.Numbered[gate.RuleInfo]

// sheet lists the rules, and says of the chosen one all that is known.
type sheet struct {
	env    *room
	sheet  *kit.OpenSheet
	table  *kit.Table[row]
	detail *widget.Label
	off    *kit.Button
	on     *kit.Button
	wanted string // the rule to choose when the list is there; "": none
}

func (e *room) rules(rule string) *sheet {
	s := &sheet{env: e, wanted: rule, detail: widget.NewLabel(words.T("gaterules.pick"))}
	s.detail.Wrapping = fyne.TextWrapWord
	s.off = kit.NewButton("gaterules.off", words.T("gaterules.switch_off"), s.askOff)
	s.on = kit.NewButton("gaterules.on", words.T("gaterules.switch_on"), s.switchOn)
	s.table = kit.NewTable(e.UI, kit.TableOptions[row]{
		Name: "gaterules", Columns: columns(), Source: s.source,
		OnSelect: s.show,
		Deeds:    s.deeds, PickFirst: rule == "",
	})
	s.show(row{}, false)
	foot := container.NewBorder(nil, nil, nil, container.NewVBox(container.NewHBox(s.on, s.off)), container.NewVScroll(s.detail))
	split := container.NewVSplit(s.table, foot)
	split.Offset = 0.7
	s.sheet = e.UI.Open(kit.Sheet{
		Name: "gaterules", Title: words.T("gaterules.title"), Width: 1240, Height: 640, Cancel: words.T("do.close"), Heard: func() { s.table.Reload(); s.count() },
		Body: container.NewBorder(kit.Soft(words.T("gaterules.text")), nil, nil, nil, split),
		More: []kit.SheetExtra{{Name: "gaterules.words", Text: words.T("gaterules.words"), Do: func() { e.ownWords() }}},
	})
	s.table.Restart()
	s.count()
	return s
}

func (s *sheet) source() kit.Source[row] {
	return kit.ListSource(func(ctx context.Context, _ kit.Order) ([]row, error) {
		rules, err := s.env.desk.GateRules(ctx)
		return kit.Number(rules), err
	}, kit.PlaceOf[gate.RuleInfo])
}

// count says how many rules are switched off, and chooses the rule that is wanted.
func (s *sheet) count() {
	kit.Do(s.env.desk.GateRules, func(rules []gate.RuleInfo, err error) {
		if err != nil || s.sheet.Closed() {
			return // the table tells of the error
		}
		off := 0
		for _, one := range rules {
			if one.Off != "" {
				off++
			}
		}
		text := ""
		if off > 0 {
			text = words.N("gaterules.counts_off", off)
		}
		s.sheet.SetStatus(text)
		if i := slices.IndexFunc(rules, func(one gate.RuleInfo) bool { return one.ID == s.wanted }); i >= 0 {
			s.table.Select(kit.Number(rules)[i].At)
		}
		s.wanted = ""
	})
}

func columns() []kit.Column[row] {
	return []kit.Column[row]{
		{
			ID: "state", Title: "gaterules.col.state", Width: 80, Badge: true, Text: func(r row) string {
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
		{ID: "rule", Title: "gaterules.col.rule", Width: 210, Bold: true, Text: func(r row) string { return words.Text(r.Row.Name) }},
		{ID: "finds", Title: "gaterules.col.finds", Width: 320, Grow: true, Text: func(r row) string { return words.Text(r.Row.Finds) }},
		{ID: "severity", Title: "gaterules.col.severity", Width: 100, Text: func(r row) string { return severity(r.Row.Severity) }},
		{ID: "platform", Title: "gaterules.col.platform", Width: 140, Text: func(r row) string { return platforms(r.Row) }},
		{ID: "source", Title: "gaterules.col.source", Width: 190, Text: func(r row) string { return source(r.Row) }},
		{ID: "why_off", Title: "gaterules.col.why_off", Width: 130, Text: func(r row) string { return r.Row.Off }},
	}
}

func severity(s data.Severity) string { return words.Of("case.severity", s) }

// platforms says where a rule is worse or milder.
func platforms(r gate.RuleInfo) string {
	var all []string
	for _, p := range slices.Sorted(maps.Keys(r.Platform)) {
		all = append(all, words.T("gaterules.differs", "platform", p.Title(), "severity", severity(r.Platform[p])))
	}
	if len(all) == 0 {
		return words.T("gaterules.everywhere")
	}
	return words.Join(" · ", all...)
}

// source says where a rule comes from, and how well that is known.
func source(r gate.RuleInfo) string {
	if r.Source == "" {
		return words.T("gaterules.own_source")
	}
	edition := ""
	if r.Edition != "" && r.Edition != data.Undated {
		edition = words.T("gaterules.edition", "edition", r.Edition)
	}
	return words.Join(" · ", words.Text(pack.Text(r.Source)), edition, words.Of("confidence", r.Confidence))
}

// show says all of the chosen rule.
func (s *sheet) show(r row, ok bool) {
	s.on.Hide()
	s.off.Hide()
	if !ok {
		s.detail.SetText(words.T("gaterules.pick"))
		return
	}
	rule := r.Row
	off := ""
	if rule.Off != "" {
		off = words.T("gaterules.detail_off", "reason", rule.Off)
		s.on.Show()
	} else {
		s.off.Show()
	}
	s.detail.SetText(words.Join("\n",
		words.Join(" · ", words.Text(rule.Name), severity(rule.Severity), platforms(rule)), off,
		words.Text(rule.Finds), words.T("gaterules.mend", "how", how(rule.How)), words.T("gaterules.detail_source", "source", source(rule))))
}

// how is the way to mend as it stands in a list, where its values are not known.
func how(t data.Text) string {
	t.Args = map[string]string{"due": "…", "over": "…", "words": "…"}
	return words.Text(t)
}

// deeds are to switch a rule the other way.
func (s *sheet) deeds(r row) kit.Deeds {
	if r.Row.Off != "" {
		return kit.Deeds{{Text: words.T("gaterules.switch_on"), Keys: kit.KeysTurn, Do: s.switchOn}, kit.Stays("stays.switch")}
	}
	return kit.Deeds{{Text: words.T("gaterules.switch_off"), Keys: kit.KeysTurn, Do: s.askOff}, kit.Stays("stays.switch")}
}

func (s *sheet) askOff() {
	r, ok := s.table.Selected()
	if !ok || r.Row.Off != "" {
		return
	}
	name := words.Text(r.Row.Name)
	show.AskReason(s.env.Env, "gaterules.why", words.T("gaterules.off.title", "rule", name), words.T("gaterules.off.hint"), words.T("gaterules.off.do"),
		func(ctx context.Context, reason string) error {
			return s.env.desk.SwitchGateRule(ctx, r.Row.ID, false, reason)
		}, func() { s.switched(words.T("gaterules.switched_off", "rule", name)) })
}

func (s *sheet) switchOn() {
	r, ok := s.table.Selected()
	if !ok || r.Row.Off == "" {
		return
	}
	kit.Do(func(ctx context.Context) (struct{}, error) {
		return struct{}{}, s.env.desk.SwitchGateRule(ctx, r.Row.ID, true, "")
	}, func(_ struct{}, err error) {
		if err != nil {
			s.sheet.Problem(err)
			return
		}
		s.switched(words.T("gaterules.switched_on", "rule", words.Text(r.Row.Name)))
	})
}

// switched shows what a switch did, and offers the way back.
func (s *sheet) switched(said string) {
	if !s.sheet.Closed() {
		s.table.Reload()
		s.count()
	}
	s.env.UI.Toast(said, s.env.Undo)
}
