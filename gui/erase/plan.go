// Package erase is the sheets in which personal data is erased: the plan of one
// erasure, and what is over its date.
//
// Its one rule: what goes and what stays is shown before, and erased only after a word
// that was typed.
package erase

import (
	"context"
	"maps"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/route"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// Desk is what the sheets ask of a desk.
type Desk interface {
	PlanErasure(ctx context.Context, r desk.ErasureRequest) (desk.ErasurePlan, error)
	Erase(ctx context.Context, plan desk.ErasurePlan, p desk.Progress) (data.Erasure, error)
	Overdue(ctx context.Context) (desk.Overdue, error)
	SetKeepDays(ctx context.Context, shopID int64, days int) error
}

// sheet shows the plan of an erasure.
type sheet struct {
	*show.Env
	desk    Desk
	request desk.ErasureRequest
	plan    desk.ErasurePlan
	sheet   *kit.OpenSheet
	body    *fyne.Container
	note    *kit.Entry
	early   *kit.Check
	loader  kit.Loader
	done    func()
}

// Open shows what would be erased of a buyer or of orders.
func Open(shared *show.Env, d Desk, r route.Erase) {
	s := &sheet{Env: shared, desk: d, body: kit.Stacked(look.Tight), note: kit.NewEntry(shared.UI), done: r.Done}
	s.request = desk.ErasureRequest{Buyer: r.Buyer, Orders: r.Orders, Ground: data.GroundRequest, Files: map[string]string{}}
	if r.Rule != "" {
		s.request.Ground, s.request.Rule = data.GroundRetention, r.Rule
	}
	s.note.SetPlaceHolder(words.T("erase.note.hint"))
	kit.Trace("erase.note", s.note)
	s.early = kit.NewCheck(words.T("erase.early"), func(on bool) {
		s.request.Early = on
		s.look()
	})
	kit.Trace("erase.early", s.early)
	s.early.Hide()
	head := container.NewVBox(kit.Prose(words.T("erase.text")), s.note, s.early)
	s.sheet = s.UI.Open(kit.Sheet{
		Name: "erase", Title: words.T("erase.title"), Width: 860, Height: 640, Danger: true, Do: words.T("erase.do"), OnDo: s.ask, FocusedAt: s.note,
		Body: container.NewBorder(head, nil, nil, nil, container.NewVScroll(kit.Inset(look.Tight, s.body))),
	})
	s.sheet.SetDo(words.T("erase.do"), false)
	s.look()
}

// look works the plan out anew.
func (s *sheet) look() {
	s.sheet.SetDo(words.T("erase.do"), false)
	s.sheet.SetStatus(words.T("erase.looking"))
	request := s.request
	request.Files = maps.Clone(s.request.Files)
	kit.Load(&s.loader, func(ctx context.Context) (desk.ErasurePlan, error) { return s.desk.PlanErasure(ctx, request) }, func(p desk.ErasurePlan, err error) {
		if s.sheet.Closed() {
			return
		}
		s.sheet.SetStatus("")
		if err != nil {
			s.sheet.Problem(err)
			return
		}
		s.plan = p
		s.draw()
	})
}

func (s *sheet) draw() {
	p := &s.plan
	s.body.RemoveAll()
	goes := len(p.Orders) > 0 || len(p.Accounts) > 0
	s.sheet.SetDo(words.T("erase.do"), goes)
	disputable := slices.ContainsFunc(p.Kept, func(k data.ErasureKept) bool { return k.Reason == "chargeback" })
	if disputable || s.request.Early {
		s.early.Show()
	}
	s.body.Add(kit.Section(words.T("erase.goes")))
	if !goes {
		s.body.Add(kit.Prose(words.T("erase.nothing")))
	}
	if len(p.Accounts) > 0 {
		s.body.Add(kit.Prose(words.T("erase.accounts", "names", listed(p.Accounts))))
	}
	if len(p.Orders) > 0 {
		s.body.Add(kit.Prose(words.Named(words.N("erase.orders", len(p.Orders)), listed(p.Orders))))
	}
	if text := rows(p.Done); text != "" {
		s.body.Add(kit.Prose(words.T("erase.masked", "rows", text)))
	}
	s.drawFiles()
	s.body.Add(kit.Section(words.T("erase.stays")))
	stays := slices.DeleteFunc(slices.Clone(p.Kept), func(k data.ErasureKept) bool { return k.What == "file" }) // they stand above
	for _, line := range keptLines(stays) {
		s.body.Add(kit.Prose(line))
	}
	kit.Dense(s.body)
	s.body.Refresh()
}

// drawFiles asks of each file what becomes of it.
func (s *sheet) drawFiles() {
	if len(s.plan.Files) == 0 {
		return
	}
	s.body.Add(kit.Section(words.T("erase.files")))
	for i := range s.plan.Files {
		f := s.plan.Files[i]
		options := make([]kit.Option[string], len(f.Can))
		for k, can := range f.Can {
			options[k] = kit.Option[string]{Value: can, Text: words.T("erase.file." + can)}
		}
		choice := kit.NewChoice(options, f.Does, func(does string) {
			s.request.Files[f.UID] = does
			s.look()
		})
		kit.Trace(kit.RowName("erase.file", i, "does"), choice)
		why := ""
		if f.Reason != "" {
			why = words.Text(desk.KeptReason(data.ErasureKept{Reason: f.Reason}))
		}
		text := kit.Prose(words.Join(" · ", f.Order, f.Name, words.Of("evidence_kind", data.EvidenceKind(f.Kind)), why))
		look := kit.NewButton(kit.RowName("erase.file", i, "look"), words.T("evidence.open"), func() { show.OpenEvidence(s.Env, data.Evidence{ID: f.ID}) })
		look.Importance = widget.LowImportance
		s.body.Add(container.NewBorder(nil, nil, nil, container.NewVBox(container.NewHBox(look, kit.Wide(220, choice))), text))
	}
}

// listed is a list of names, shortened.
func listed(names []string) string {
	const most = 40
	if len(names) > most {
		return strings.Join(names[:most], ", ") + " … (" + words.Number(int64(len(names))) + ")"
	}
	return strings.Join(names, ", ")
}

// rows says how many of what is changed.
func rows(done map[string]int) string {
	var all []string
	for _, what := range slices.Sorted(maps.Keys(done)) {
		all = append(all, words.T("erase.rows."+what)+" "+words.Number(int64(done[what])))
	}
	return strings.Join(all, " · ")
}

// keptLines says what stays, a line for each reason.
func keptLines(kept []data.ErasureKept) []string {
	var order []string
	of := map[string][]string{}
	for _, k := range kept {
		why := words.Text(desk.KeptReason(k))
		if _, known := of[why]; !known {
			order = append(order, why)
		}
		if name := words.Join(" ", k.Order, k.Name); name != "" && !slices.Contains(of[why], name) {
			of[why] = append(of[why], name)
		} else if of[why] == nil {
			of[why] = []string{}
		}
	}
	lines := make([]string, len(order))
	for i, why := range order {
		lines[i] = words.Named(listed(of[why]), why)
	}
	return lines
}

// ask asks a second time, for a word that is typed.
func (s *sheet) ask() {
	files := 0
	for _, f := range s.plan.Files {
		if f.Does != desk.FileKeep {
			files++
		}
	}
	word := words.T("erase.word")
	entry := kit.NewEntry(s.UI)
	kit.Trace("erase.confirm.word", entry)
	var o *kit.OpenSheet
	entry.OnChanged = func(text string) { o.SetDo(words.T("erase.do.now"), strings.EqualFold(strings.TrimSpace(text), word)) }
	text := words.T("erase.confirm.text", "orders", words.N("erase.orders", len(s.plan.Orders)), "files", words.N("erase.files_n", files))
	o = s.UI.Open(kit.Sheet{
		Name: "erase.confirm", Title: words.T("erase.confirm"), Width: 480, Danger: true, Do: words.T("erase.do.now"), FocusedAt: entry,
		Body: container.NewVBox(kit.Prose(text), kit.Prose(words.T("erase.confirm.type", "word", word)), entry),
		OnDo: func() {
			o.Close()
			s.erase()
		},
	})
	o.SetDo(words.T("erase.do.now"), false)
}

// erase does it; once begun it is not stopped half way.
func (s *sheet) erase() {
	s.plan.Request.Note = s.note.Text
	s.sheet.SetDo(words.T("erase.do"), false)
	s.sheet.SetStatus(words.T("progress.erasing"))
	var done data.Erasure
	s.UI.Jobs.Run(words.T("progress.erasing"), func(ctx context.Context, progress func(int64, int64, string)) (err error) {
		done, err = s.desk.Erase(ctx, s.plan, progress)
		return err
	}, func(err error) {
		if done.ID == 0 && err != nil {
			s.sheet.SetStatus("")
			s.sheet.Problem(err)
			s.sheet.SetDo(words.T("erase.do"), true)
			return
		}
		s.sheet.Close()
		s.report(done, err)
		if s.done != nil {
			s.done()
		}
	})
}

// report says what was done, and what stays.
func (s *sheet) report(e data.Erasure, wiping error) {
	body := kit.Stacked(look.Tight, kit.Prose(words.T("erase.done.text", "orders", words.N("erase.orders", len(e.Orders)), "files", words.N("erase.files_n", len(e.Files)))))
	if wiping != nil {
		what, do := words.Problem(wiping)
		body.Add(kit.Prose(words.Join(" ", what, do)))
	}
	if text := rows(e.Done); text != "" {
		body.Add(kit.Prose(words.T("erase.changed", "rows", text)))
	}
	body.Add(kit.Section(words.T("erase.kept")))
	for _, line := range keptLines(e.Kept) {
		body.Add(kit.Prose(line))
	}
	kit.Dense(body)
	s.UI.Open(kit.Sheet{
		Name: "erase.report", Title: words.T("erase.done"), Width: 760, Height: 520, Cancel: words.T("do.close"),
		Body: container.NewVScroll(kit.Inset(look.Tight, body)),
	})
}
