package rules

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/pack"
	"casebinder/data/policy"
	"casebinder/gui/kit"
	"casebinder/gui/words"
)

// figureRow is a figure with what a person calls it.
type figureRow struct {
	policy.Figure
	title string
}

// figureRows names the figures of a pack with the pack's own words for their
// rules, in the chosen language.
func figureRows(p *policy.Pack) []figureRow {
	names := map[string]string{}
	name := func(kind, id, title string) {
		if title != "" {
			names[kind+"."+id] = words.Text(pack.Text(title))
		}
	}
	for _, d := range p.Deadlines {
		name("deadline", d.ID, d.Title)
	}
	for _, w := range p.Windows {
		name("window", w.ID, w.Title)
	}
	for _, i := range p.Items {
		name("item", i.ID, i.Title)
	}
	for _, f := range p.Fees {
		name("fee", f.ID, f.Title)
	}
	for _, r := range p.Rates {
		name("rate", r.ID, r.Title)
	}
	var rows []figureRow
	for _, f := range policy.Figures(p) {
		rows = append(rows, figureRow{f, figureTitle(f.Path, names)})
	}
	return rows
}

// sheet shows the rule packs in force, each figure with where it comes
// from, and lets the seller change them.
type sheet struct {
	env     *Room
	sheet   *kit.OpenSheet
	packs   *kit.Table[kit.Numbered[desk.PackInfo]]
	figures *kit.Table[kit.Numbered[figureRow]]
	title   *widget.Label
	chosen  desk.PackInfo // ID "": none
	change  *kit.Button
	reset   *kit.Button
	back    *kit.Button
	export  *kit.Button
}

// Policies opens the sheet of the platforms' rules.
func (e *Room) Policies() *sheet {
	s := &sheet{env: e, title: widget.NewLabelWithStyle(words.T("rules.pick"), fyne.TextAlignLeading, fyne.TextStyle{Bold: true})}
	s.title.Truncation = fyne.TextTruncateEllipsis
	s.change = kit.NewButton("rules.change", words.T("rules.change"), s.changeChosen)
	s.reset = kit.NewButton("rules.reset", words.T("rules.reset"), s.resetFigure)
	s.back = kit.NewButton("rules.reset_pack", words.T("rules.reset_pack"), s.resetPack)
	s.export = kit.NewButton("rules.export", words.T("rules.export"), s.exportPack)
	s.packs = kit.NewTable(e.UI, kit.TableOptions[kit.Numbered[desk.PackInfo]]{
		Name: "rules.packs", Columns: packColumns(), Source: s.packSource, Deeds: s.packDeeds, PickFirst: true,
		OnSelect: func(p kit.Numbered[desk.PackInfo], ok bool) {
			if ok && p.Row.ID != s.chosen.ID {
				s.show(p.Row)
			} else if ok {
				s.chosen = p.Row
				s.buttons(policy.Figure{}, false)
			}
		},
	})
	s.figures = kit.NewTable(e.UI, kit.TableOptions[kit.Numbered[figureRow]]{
		Name: "rules.figures", Columns: s.figureColumns(), Source: s.figureSource,
		OnSelect: func(f kit.Numbered[figureRow], ok bool) { s.buttons(f.Row.Figure, ok) },
		Deeds:    s.figureDeeds,
		Empty:    func() kit.Empty { return kit.Empty{Text: words.T("rules.none")} },
	})
	row := container.NewHBox(s.change, s.reset, widget.NewSeparator(), s.export, s.back)
	right := container.NewBorder(s.title, row, nil, nil, s.figures)
	split := container.NewHSplit(s.packs, right)
	split.Offset = 0.36
	s.buttons(policy.Figure{}, false)
	s.sheet = e.UI.Open(kit.Sheet{
		Name: "rules", Title: words.T("rules.title"), Width: 1260, Height: 620, Cancel: words.T("do.close"), Heard: s.reload,
		Body: container.NewBorder(kit.Soft(words.T("rules.text")), nil, nil, nil, split),
		More: []kit.SheetExtra{
			{Name: "rules.holidays", Text: words.T("rules.holidays"), Do: func() { e.holidays(s) }},
			{Name: "rules.import", Text: words.T("rules.import"), Do: s.importPack},
		},
	})
	s.packs.Restart()
	return s
}

// packDeeds are what can be done with a pack, which is chosen.
func (s *sheet) packDeeds(p kit.Numbered[desk.PackInfo]) kit.Deeds {
	return kit.Deeds{
		{Text: words.T("rules.export"), Do: s.exportPack},
		{Text: words.T("rules.reset_pack"), Do: s.resetPack, Off: func() string {
			if p.Row.Own {
				return ""
			}
			return words.T("off.as_delivered")
		}},
		kit.Stays("stays.rule"),
	}
}

// figureDeeds are what can be done with a figure, which is chosen.
func (s *sheet) figureDeeds(f kit.Numbered[figureRow]) kit.Deeds {
	return kit.Deeds{
		{Text: words.T("rules.change"), Keys: kit.KeysEdit, Do: s.changeChosen},
		{Text: words.T("rules.reset"), Do: s.resetFigure, Off: func() string {
			if f.Row.Figure.Override != nil {
				return ""
			}
			return words.T("off.as_delivered")
		}},
		kit.Stays("stays.rule"),
	}
}

// buttons offers what can be done with the chosen pack and figure.
func (s *sheet) buttons(f policy.Figure, ok bool) {
	for _, one := range []struct {
		b  *kit.Button
		on bool
	}{{s.change, ok}, {s.reset, ok && f.Override != nil}, {s.export, s.chosen.ID != ""}, {s.back, s.chosen.Own}} {
		if one.on {
			one.b.Enable()
		} else {
			one.b.Disable()
		}
	}
}

// packTitle names a pack in the chosen language.
func packTitle(p desk.PackInfo) string {
	return words.Text(pack.Text(p.Title))
}

func packColumns() []kit.Column[kit.Numbered[desk.PackInfo]] {
	return []kit.Column[kit.Numbered[desk.PackInfo]]{
		{ID: "pack", Title: "rules.col.pack", Width: 200, Grow: true, Text: func(p kit.Numbered[desk.PackInfo]) string {
			if p.Row.Own {
				return words.T("rules.own", "title", packTitle(p.Row))
			}
			return packTitle(p.Row)
		}},
		{ID: "edition", Title: "rules.col.edition", Width: 72, Text: func(p kit.Numbered[desk.PackInfo]) string { return p.Row.Edition }},
		{ID: "overridden", Title: "rules.col.overridden", Width: 70, Right: true, Text: func(p kit.Numbered[desk.PackInfo]) string { return countOf(p.Row.Overridden) }},
		{ID: "unconfirmed", Title: "rules.col.unconfirmed", Width: 92, Right: true, Text: func(p kit.Numbered[desk.PackInfo]) string { return countOf(p.Row.Unconfirmed) }},
	}
}

// countOf shows a count; none is an empty cell.
func countOf(n int) string {
	if n == 0 {
		return ""
	}
	return words.Number(int64(n))
}

func (s *sheet) packSource() kit.Source[kit.Numbered[desk.PackInfo]] {
	return kit.ListSource(func(ctx context.Context, _ kit.Order) ([]kit.Numbered[desk.PackInfo], error) {
		packs, err := s.env.desk.Packs(ctx)
		return kit.Number(packs), err
	}, kit.PlaceOf[desk.PackInfo])
}

// show lists the figures of a pack.
func (s *sheet) show(p desk.PackInfo) {
	s.chosen = p
	s.title.SetText(words.T("rules.figures", "title", packTitle(p), "edition", p.Edition))
	s.buttons(policy.Figure{}, false)
	s.figures.Restart()
}

// reload shows what a change did.
func (s *sheet) reload() {
	if !s.sheet.Closed() {
		s.packs.Reload()
		s.figures.Reload()
	}
}

func (s *sheet) figureSource() kit.Source[kit.Numbered[figureRow]] {
	id := s.chosen.ID
	return kit.ListSource(func(ctx context.Context, _ kit.Order) ([]kit.Numbered[figureRow], error) {
		if id == "" {
			return nil, nil
		}
		rules, err := s.env.desk.Rules(ctx)
		if err != nil {
			return nil, err
		}
		p, ok := rules.Pack(id)
		if !ok {
			return nil, nil
		}
		return kit.Number(figureRows(p)), nil
	}, kit.PlaceOf[figureRow])
}

func (s *sheet) figureColumns() []kit.Column[kit.Numbered[figureRow]] {
	type row = kit.Numbered[figureRow]
	return []kit.Column[row]{
		{
			ID: "figure", Title: "rules.col.figure", Width: 240, Grow: true, Bold: true,
			Text: func(f row) string { return f.Row.title }, Tip: func(f row) string { return f.Row.Path },
		},
		{ID: "value", Title: "rules.col.value", Width: 105, Text: func(f row) string { return figureValue(f.Row.Figure) }},
		{
			ID: "confidence", Title: "rules.col.confidence", Width: 110,
			Text: func(f row) string { return words.Of("confidence", f.Row.Confidence) },
			Role: func(f row) kit.Role {
				if f.Row.Confidence == data.Unconfirmed {
					return kit.Warn
				}
				return kit.Plain
			},
		},
		{ID: "changed", Title: "rules.col.changed", Width: 130, Text: func(f row) string { return overriddenBy(f.Row.Override) }},
		{ID: "source", Title: "rules.col.source", Width: 140, Grow: true, Text: func(f row) string { return words.Join(" · ", words.Text(pack.Text(f.Row.Source)), f.Row.Edition) }},
	}
}

// figureTitle reads a figure's path as words, with the pack's names of its
// rules: "deadline.respond.within.days" is "days · deadline: Answer the buyer".
func figureTitle(path string, names map[string]string) string {
	parts := strings.Split(path, ".")
	if len(parts) < 2 {
		return path
	}
	title := words.T("rules.figure", "kind", words.Of("rules.kind", parts[0]),
		"name", cmp.Or(names[parts[0]+"."+parts[1]], nameOf(parts[0], parts[1])))
	if len(parts) > 2 {
		title = words.T("rules.figure_unit", "title", title, "unit", words.Of("rules.unit", parts[len(parts)-1]))
	}
	return title
}

// nameOf reads the name of a figure that the pack gives no name.
func nameOf(kind, name string) string {
	switch kind {
	case "clock":
		return words.Of("rules.unit", name)
	case "upload":
		return words.Of("rules.upload", name)
	case "market":
		return words.Country(name)
	}
	return strings.ReplaceAll(name, "_", " ")
}

// figureValue shows a figure, and what the pack says where that differs.
func figureValue(f policy.Figure) string {
	value := orUnknown(f.Value)
	if f.Override != nil {
		return words.T("rules.was", "value", value, "was", orUnknown(f.Was))
	}
	return value
}

func orUnknown(value string) string {
	if value == "" {
		return words.T("rules.unknown")
	}
	return words.Of("rules.value", value)
}

func overriddenBy(o *policy.Override) string {
	if o == nil {
		return ""
	}
	return words.Join(" · ", o.Who, words.TimeFull(o.When, ""), o.Why)
}

// exportPack writes the chosen pack as TOML.
func (s *sheet) exportPack() {
	id := s.chosen.ID
	if id == "" {
		return
	}
	s.env.SaveFile(words.T("rules.export.title"), id+".toml", func(path string) {
		kit.Do(func(ctx context.Context) (struct{}, error) {
			text, err := s.env.desk.ExportPack(ctx, id)
			if err != nil {
				return struct{}{}, err
			}
			if err := os.WriteFile(path, text, 0o600); err != nil {
				return struct{}{}, fmt.Errorf("writing the rule pack: %w", err)
			}
			return struct{}{}, nil
		}, func(_ struct{}, err error) {
			if err != nil {
				s.sheet.Problem(err)
				return
			}
			s.sheet.SetStatus(words.T("rules.exported", "path", path))
		})
	})
}

// importPack puts a pack from a file into force.
func (s *sheet) importPack() {
	s.env.ChooseFiles(words.T("rules.import.title"), []string{".toml"}, func(paths []string) {
		s.work(func(ctx context.Context, p desk.Progress) (desk.RulesReport, error) {
			text, err := readPack(paths[0])
			if err != nil {
				return desk.RulesReport{}, err
			}
			return s.env.desk.ImportPack(ctx, filepath.Base(paths[0]), text, p)
		}, s.sheet.Problem)
	})
}
