package paths

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/path"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/words"
)

// sides gives the left object a width, and the right one the rest.
type sides struct{ left float32 }

// Layout is for Fyne.
func (s *sides) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	left := min(s.left, size.Width/2)
	objects[0].Move(fyne.NewPos(0, 0))
	objects[0].Resize(fyne.NewSize(left, size.Height))
	objects[1].Move(fyne.NewPos(left+look.Gap*2, 0))
	objects[1].Resize(fyne.NewSize(size.Width-left-look.Gap*2, size.Height))
}

// MinSize is for Fyne.
func (s *sides) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(s.left+200, max(objects[0].MinSize().Height, objects[1].MinSize().Height))
}

// ways sets what each way costs side by side.
func (w *walk) ways() fyne.CanvasObject {
	ways := w.view.Ways
	grid := container.NewGridWithColumns(len(ways) + 1)
	grid.Add(kit.Soft(words.T("paths.cost")))
	for _, one := range ways {
		head := kit.Colored(words.Text(one.Text), theme.ColorNameForeground, fyne.TextStyle{Bold: true})
		head.Wrapping = fyne.TextWrapWord
		grid.Add(head)
	}
	for _, cost := range data.Costs() {
		if !slices.ContainsFunc(ways, func(one path.Way) bool { return lineOf(&one, cost) != nil }) {
			continue
		}
		grid.Add(kit.Prose(words.Of("cost", cost)))
		for k := range ways {
			grid.Add(w.cell(k, lineOf(&ways[k], cost)))
		}
	}
	grid.Add(kit.Section(words.T("paths.sum")))
	for k := range ways {
		sum := kit.Colored(sumWords(&ways[k]), theme.ColorNameForeground, fyne.TextStyle{Bold: true})
		sum.Wrapping = fyne.TextWrapWord
		grid.Add(sum)
	}
	rows := []fyne.CanvasObject{kit.Section(words.T("paths.ways")), kit.Dense(grid)}
	for k := range ways {
		rows = append(rows, wayLines(&ways[k])...)
	}
	for _, rate := range w.view.Rates {
		rows = append(rows, kit.Soft(words.Text(rate)))
	}
	return kit.NewPanel(kit.Stacked(4, rows...))
}

func lineOf(one *path.Way, cost data.Cost) *path.CostLine {
	for i := range one.Lines {
		if one.Lines[i].Cost == cost {
			return &one.Lines[i]
		}
	}
	return nil
}

func sumWords(one *path.Way) string {
	if len(one.Lines) == 0 {
		return words.T("paths.sum.none")
	}
	if one.Whole {
		return words.Money(one.Sum)
	}
	if one.Sum.Minor == 0 {
		return words.T("paths.sum.unknown")
	}
	return words.T("paths.sum.more", "sum", words.Money(one.Sum))
}

// wayLines says what is lacking of a way, that it is what the buyer wants, and
// what may follow.
func wayLines(one *path.Way) []fyne.CanvasObject {
	var parts []string
	if one.Wanted {
		parts = append(parts, words.T("paths.wanted"))
	}
	if len(one.Lacking) > 0 {
		var names []string
		for _, cost := range one.Lacking {
			names = append(names, words.Of("cost", cost))
		}
		parts = append(parts, words.T("paths.lacking", "costs", strings.Join(names, words.T("paths.comma"))))
	}
	if one.Risk {
		parts = append(parts, words.T("paths.risk"))
	}
	if len(parts) == 0 {
		return nil
	}
	return []fyne.CanvasObject{kit.Soft(words.Text(one.Text) + ": " + strings.Join(parts, " "))}
}

// cell is one cost: a click writes another figure down.
func (w *walk) cell(way int, line *path.CostLine) fyne.CanvasObject {
	if line == nil {
		return kit.Soft1("–")
	}
	text := words.T("paths.unknown")
	if line.Known {
		text = words.Money(line.Amount)
	}
	if line.Cost == data.CostRefund {
		return kit.Tip(text, words.Text(line.Why), theme.ColorNameForeground)
	}
	link := kit.NewWordLink(kit.RowName("path.cost", way, string(line.Cost)), text, func() { w.askCost(line) })
	return link
}

// askCost asks what something costs, for this order or for the shop.
func (w *walk) askCost(line *path.CostLine) {
	before := ""
	if line.Known && line.Own {
		amount := line.Amount
		if amount.Minor < 0 {
			amount.Minor = -amount.Minor
		}
		before = data.CostFigure{Amount: amount}.String()
	}
	field := kit.TextField(w.env.UI, before, 1)
	kit.Trace("path.cost.field", field)
	var keep *kit.Check
	fields := []*kit.Field{{Label: words.Of("cost", line.Cost), Object: field, Hint: words.T("paths.cost.hint", "why", words.Text(line.Why))}}
	if line.Cost != data.CostPart {
		keep = kit.NewCheck(words.T("paths.cost.shop"), nil)
		kit.Trace("path.cost.shop", keep)
		fields = append(fields, &kit.Field{Label: "", Object: keep, Hint: words.T("paths.cost.shop.hint")})
	}
	var text string
	var forShop bool
	var after desk.PathView
	w.env.UI.OpenForm(kit.FormSheet{
		Name: "path.cost", Title: words.T("paths.cost.title"), Focus: field, Fields: fields,
		Read: func() error {
			text, forShop = strings.TrimSpace(field.Text), keep != nil && keep.Checked
			return nil
		},
		Work: func(ctx context.Context) (err error) {
			after, err = w.env.desk.SetPathCost(ctx, w.view.Run.UID, line.Cost, text, forShop)
			return err
		},
		Done: func() {
			w.show(after)
			w.env.UI.Toast(words.T("paths.cost.saved"), w.env.Undo)
		},
	})
}
