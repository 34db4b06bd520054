package imports

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/importer"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// leftOut lists the rows that are not taken, those with a fault first; nil when
// there are none.
func (s *importSheet) leftOut() fyne.CanvasObject {
	if len(s.preview.Rejected) == 0 {
		return nil
	}
	var rows []data.Finding
	for _, faulty := range []bool{true, false} {
		for _, r := range s.preview.Rejected {
			if len(rows) < shownRejections && faulty == (r.Severity != data.Info) {
				rows = append(rows, withCells(r))
			}
		}
	}
	return s.told("import.left", words.N("import.left_out", s.preview.Counts.Rejected), s.preview.Counts.Rejected, rows)
}

// withoutFile is a finding without the file that the sheet is about: its title
// names it. A file within an archive stays.
func (s *importSheet) withoutFile(f data.Finding) data.Finding {
	f.Where = slices.DeleteFunc(slices.Clone(f.Where), func(r data.Ref) bool {
		return r.Kind == "file" && filepath.Base(r.ID) == filepath.Base(s.request.Path)
	})
	return f
}

// withCells is the finding of a row with what stands in it.
func withCells(r data.Rejection) data.Finding {
	f := r.Finding
	f.Where = slices.Clone(f.Where)
	for i := range f.Where {
		if f.Where[i].Kind == "row" {
			f.Where[i].Label = strings.Join(r.Cells, " | ")
		}
	}
	return f
}

// doubtful lists what in the rows that are taken could not be read for certain, and
// what is worth knowing of the file; nil when there is nothing of the kind.
func (s *importSheet) doubtful() fyne.CanvasObject {
	p := s.preview
	title := words.N("import.doubts", p.Doubted)
	switch {
	case len(p.Doubts)+len(p.Notes) == 0:
		return nil
	case p.Doubted == 0:
		title = words.T("import.notes")
	}
	rows := slices.Concat(p.Doubts[:min(len(p.Doubts), shownRejections)], p.Notes)
	return s.told("import.doubt", title, p.Doubted+len(p.Notes), rows)
}

// told lists findings of a file below a heading; all is how many there are.
func (s *importSheet) told(name, title string, all int, rows []data.Finding) fyne.CanvasObject {
	for i, f := range rows {
		rows[i] = s.withoutFile(f)
	}
	list := show.Findings(name, show.AsFindings(rows...), show.FindingDeeds{Mend: s.mend})
	if more := all - len(rows); more > 0 {
		list.Add(kit.Soft(words.N("findings.more", more)))
	}
	return container.NewBorder(kit.Section(title), nil, nil, nil, container.NewVScroll(list))
}

// mend offers the answer for this file that mends a finding.
func (s *importSheet) mend(f data.FindingView) (string, func()) {
	switch f.Mend.Deed {
	case importer.DeedZone:
		if s.zone == nil {
			return words.T("import.mend.zone"), s.nameShop
		}
		return words.T("import.mend.zone"), func() { s.zone.Tapped(nil) }
	case importer.DeedEncoding:
		if s.encoding == nil {
			return "", nil
		}
		return words.T("import.mend.encoding"), func() { s.encoding.Tapped(nil) }
	case importer.DeedCurrency:
		return words.T("import.mend.currency"), s.askCurrency
	case importer.DeedMap:
		if s.preview.Preset == "" {
			return "", nil // the mapping is what is shown
		}
		return words.T("import.mend.map"), func() {
			s.byHand, s.mapping = true, nil
			s.showMapping()
		}
	case desk.DeedReused:
		return words.T("import.mend.reused"), func() {
			s.request.AcceptReused = true
			s.look()
		}
	case desk.DeedOlder:
		return words.T("import.mend.older"), func() {
			s.request.AcceptOlder = true
			s.look()
		}
	}
	return "", nil
}

// askCurrency asks for the currency of the amounts in this file.
func (s *importSheet) askCurrency() {
	currency := kit.NewEntry(s.env.UI)
	currency.SetText(s.request.Shop.Currency)
	kit.Trace("import.currency", currency)
	var code string
	s.env.UI.OpenForm(kit.FormSheet{
		Name: "import.currency", Title: words.T("import.currency"), Width: 420, Save: words.T("do.use"), Focus: currency,
		Fields: []*kit.Field{{
			Label: words.T("import.currency"), Hint: words.T("import.currency.hint"), Object: currency,
			Check: func() error {
				if code = strings.ToUpper(strings.TrimSpace(currency.Text)); !data.IsCurrency(code) {
					return desk.ProblemCurrency.New("currency", currency.Text)
				}
				return nil
			},
		}},
		Work: func(context.Context) error { return nil },
		Done: func() {
			s.request.Shop.Currency = code
			s.look()
		},
	})
}

// back leaves the mapping of a file that a preset fits.
func (s *importSheet) back() fyne.CanvasObject {
	return container.NewHBox(kit.NewButton("mapping.back", words.T("import.map.back", "preset", s.presetTitle()), func() {
		s.byHand, s.mapping = false, nil
		s.showPreview(true)
	}))
}

// mappingHead is what stands above a mapping: what is said of the file, and the way
// back where a preset fits it.
func (s *importSheet) mappingHead(rest ...fyne.CanvasObject) fyne.CanvasObject {
	head := kit.Stacked(look.Tight)
	if s.byHand {
		head.Add(s.back())
	} else if len(s.preview.Doubts) > 0 {
		head.Add(show.Findings("import.doubt", show.AsFindings(s.preview.Doubts...), show.FindingDeeds{Mend: s.mend}))
	}
	for _, o := range rest {
		head.Add(o)
	}
	return head
}
