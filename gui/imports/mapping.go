package imports

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/words"
)

// mappingForm says which column of an unknown file feeds which field: their
// columns left with samples, ours right with guesses.
type mappingForm struct {
	sheet   *importSheet
	title   *kit.Entry
	keep    *kit.Check
	choices map[string]*kit.Choice[string] // by header
	fields  map[string]string              // as read, for the work beside the main goroutine
}

// showMapping shows the mapping for a header that no preset knows.
func (s *importSheet) showMapping() {
	if s.mapping == nil {
		s.mapping = newMappingForm(s)
	}
	m := s.mapping
	intro := kit.Prose(words.T("mapping.text"))
	name := container.NewBorder(nil, nil, widget.NewLabel(words.T("mapping.name")), m.keep, m.title)
	head := s.mappingHead(intro, name, s.mappingShop(), kit.Section(words.T("mapping.columns")))
	s.facts.Objects = []fyne.CanvasObject{container.NewBorder(head, nil, nil, nil, container.NewVScroll(m.grid()))}
	s.facts.Refresh()
	s.sheet.SetDo(words.T("mapping.do"), true)
	kit.Event("sheet", "name", "mapping")
}

// mappingShop chooses the shop, as its platform goes into the preset.
func (s *importSheet) mappingShop() fyne.CanvasObject {
	if s.parcels() {
		return s.parcelShop()
	}
	var options []kit.Option[int64]
	for _, shop := range s.env.Shops() {
		options = append(options, kit.Option[int64]{Value: shop.ID, Text: words.Dotted(shop.Platform.Title(), shop.Name)})
	}
	options = append(options, kit.Option[int64]{Value: newShopID, Text: words.T("import.new_shop")})
	if s.request.Shop.ID == 0 && s.request.Shop.Name == "" && options[0].Value != newShopID {
		s.request.Shop = s.shopByID(options[0].Value)
	}
	value := s.request.Shop.ID
	if value == 0 {
		value = newShopID
	}
	s.shopBox = container.NewStack()
	s.shop = kit.NewChoice(options, value, func(id int64) {
		s.shopBox.Objects = nil
		s.request.Shop = s.shopByID(id)
		if id == newShopID {
			s.offerNewShop()
		}
		s.shopBox.Refresh()
	})
	if value == newShopID {
		s.offerNewShop()
	}
	return container.NewHBox(widget.NewLabel(words.T("import.shop")), container.NewGridWrap(fyne.NewSize(300, 34), s.shop), s.shopBox)
}

func newMappingForm(s *importSheet) *mappingForm {
	m := &mappingForm{sheet: s, title: kit.NewEntry(s.env.UI), choices: map[string]*kit.Choice[string]{}}
	m.title.SetText(strings.TrimSuffix(s.preview.File, filepath.Ext(s.preview.File)))
	m.keep = kit.NewCheck(words.T("mapping.keep"), nil)
	m.keep.SetChecked(true)
	needs := desk.ImportNeeds(s.request.Target)
	options := []kit.Option[string]{{Value: "", Text: words.T("mapping.none")}}
	for _, f := range desk.ImportFields(s.request.Target) {
		text := words.Of("field", f)
		if slices.Contains(needs, f) {
			text += " *"
		}
		options = append(options, kit.Option[string]{Value: f, Text: text})
	}
	for _, c := range s.preview.Columns {
		m.choices[c.Header] = kit.NewChoice(options, c.Field, nil)
	}
	return m
}

func (m *mappingForm) grid() fyne.CanvasObject {
	column := kit.Stacked(2)
	for _, c := range m.sheet.preview.Columns {
		header := kit.Colored(strings.Join(strings.Fields(c.Header), " "), theme.ColorNameForeground, fyne.TextStyle{Bold: true})
		header.Truncation = fyne.TextTruncateEllipsis
		samples := kit.Colored(strings.Join(c.Samples, " · "), look.Muted, fyne.TextStyle{})
		samples.Truncation = fyne.TextTruncateEllipsis
		choice := container.NewGridWrap(fyne.NewSize(240, 34), m.choices[c.Header])
		column.Add(container.NewBorder(nil, nil, kit.Wide(260, header), choice, samples))
	}
	return kit.Inset(look.Tight, column)
}

var problemMapping = data.DefineProblem("mapping_incomplete", data.ErrInvalid,
	"No column holds the {field}.",
	"Choose the column for it. Fields with a * are required.")

// read takes the choices; a needed field without a column is a Problem.
func (m *mappingForm) read() error {
	m.fields = map[string]string{}
	taken := map[string]bool{}
	for header, c := range m.choices {
		if f := c.Value(); f != "" {
			m.fields[header] = f
			taken[f] = true
		}
	}
	for _, f := range desk.ImportNeeds(m.sheet.request.Target) {
		if !taken[f] {
			return problemMapping.New("field", words.Of("field", f))
		}
	}
	return nil
}

// useMapping makes a preset of the mapping, keeps it where that is wanted, and
// shows the preview.
func (s *importSheet) useMapping() {
	m := s.mapping
	if err := m.read(); err != nil {
		s.sheet.Problem(err)
		return
	}
	if !s.hasShop() {
		s.nameShop()
		return
	}
	title, keep, request := strings.TrimSpace(m.title.Text), m.keep.Checked, s.request
	if title == "" {
		title = s.preview.File
	}
	fields := m.fields
	s.sheet.SetDo(words.T("mapping.do"), false)
	kit.Load(&s.loader, func(ctx context.Context) ([]byte, error) {
		preset, err := s.env.desk.MappingPreset(ctx, title, request, fields)
		if err == nil && keep {
			_, err = s.env.desk.SavePreset(ctx, preset)
		}
		return preset, err
	}, func(preset []byte, err error) {
		s.sheet.SetDo(words.T("mapping.do"), true)
		if err != nil {
			s.sheet.Problem(err)
			return
		}
		s.request.Custom, s.byHand = preset, false
		s.look()
	})
}
