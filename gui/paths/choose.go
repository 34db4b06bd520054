package paths

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/pack"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/route"
	"casebinder/gui/words"
)

// chooser lists the paths for an order.
type chooser struct {
	env   *room
	to    route.Path
	sheet *kit.OpenSheet
	rows  *fyne.Container
}

// choose lets the person choose a path, what suits best first.
func (e *room) choose(to route.Path) {
	c := &chooser{env: e, to: to, rows: kit.Stacked(2)}
	c.sheet = e.UI.Open(kit.Sheet{
		Name: "paths", Title: words.T("paths.choose", "order", to.Order.Number), Width: 720, Height: 560,
		Body: container.NewVScroll(kit.Inset(look.Tight, c.rows)), Cancel: words.T("action.close"),
		More: []kit.SheetExtra{{Name: "paths.import", Text: words.T("paths.import"), Do: c.importFile}},
	})
	c.load()
}

func (c *chooser) load() {
	about := data.ReplyAbout{OrderID: c.to.Order.ID, DisputeID: c.to.Dispute}
	type listed struct {
		offers []desk.PathOffer
		all    []desk.PathInfo
	}
	kit.Do(func(ctx context.Context) (l listed, err error) {
		if l.offers, err = c.env.desk.PathOffers(ctx, about); err == nil {
			l.all, err = c.env.desk.Paths(ctx)
		}
		return l, err
	}, func(l listed, err error) {
		if err != nil {
			c.sheet.Problem(err)
			return
		}
		c.draw(l.offers, l.all)
	})
}

func (c *chooser) draw(offers []desk.PathOffer, all []desk.PathInfo) {
	c.rows.RemoveAll()
	var first *kit.KeyButton
	suited := false
	for i, o := range offers {
		begin := func() {
			c.sheet.Close()
			c.env.begin(o.ID, c.to)
		}
		b := kit.NewKeyButton(c.env.UI, kit.RowName("paths", i, "start"), words.Text(o.Title), begin)
		b.Alignment = widget.ButtonAlignLeading
		off := ""
		if !o.Blocked.IsZero() && o.Open == "" {
			b.Disable()
			off = words.Text(o.Blocked)
		} else if first == nil {
			first = b
		}
		if !suited && !o.Why.IsZero() && o.Blocked.IsZero() { // the first that suits: they come in their order
			b.Importance, suited = widget.HighImportance, true
		}
		deeds := c.deeds(o.PathInfo, begin, off)
		c.rows.Add(c.row(container.NewBorder(nil, nil, kit.Wide(230, b), c.more(o.PathInfo, deeds), kit.Soft(c.about(o))), words.Join("\t", words.Text(o.Title), c.about(o)), deeds))
	}
	for _, info := range all {
		if info.Broken == nil {
			continue
		}
		what, _ := words.Problem(info.Broken)
		line := kit.Colored(words.T("paths.broken", "path", info.ID, "why", what), theme.ColorNameError, fyne.TextStyle{})
		line.Wrapping = fyne.TextWrapWord
		deeds := c.deeds(info, nil, "")
		c.rows.Add(c.row(container.NewBorder(nil, nil, nil, c.more(info, deeds), line), line.String(), deeds))
	}
	c.rows.Refresh()
	if first != nil {
		c.env.UI.Window.Canvas().Focus(first)
	}
	kit.Event("paths", "rows", len(offers))
}

// row takes the right button and the double click; the keys are those of the buttons.
func (c *chooser) row(content fyne.CanvasObject, text string, deeds kit.Deeds) fyne.CanvasObject {
	return kit.NewReading(c.env.UI, content, func() string { return text }, func() kit.Deeds { return deeds })
}

// about says why a path suits, or does not.
func (c *chooser) about(o desk.PathOffer) string {
	switch {
	case o.Open != "":
		return words.T("paths.open")
	case !o.Blocked.IsZero():
		return words.T("paths.blocked", "why", words.Text(o.Blocked))
	}
	return words.Text(o.Why)
}

// deeds are what can be done with a path: to begin it, to save it as a file and, of the
// seller's own, to take it away.
func (c *chooser) deeds(info desk.PathInfo, begin func(), off string) kit.Deeds {
	var deeds kit.Deeds
	if begin != nil {
		deeds = append(deeds, kit.Action{Text: words.T("paths.begin"), Do: begin, Off: func() string { return off }})
	}
	deeds = append(deeds, kit.Action{Text: words.T("paths.export"), Do: func() { c.export(info.ID) }})
	if info.Own {
		deeds = append(deeds, kit.Action{Text: words.T("paths.drop"), Keys: kit.KeysBin, Rule: true, Do: func() {
			c.env.DeedThen(words.T("paths.dropped"), func(ctx context.Context) error { return c.env.desk.ResetPath(ctx, info.ID) }, c.load)
		}})
	}
	return deeds
}

// more is the button of the menu of a path.
func (c *chooser) more(info desk.PathInfo, deeds kit.Deeds) fyne.CanvasObject {
	more := kit.NewLink("paths.more."+info.ID, "⋯", nil)
	more.OnTapped = func() {
		c.env.UI.ShowMenu(fyne.CurrentApp().Driver().AbsolutePositionForObject(more).AddXY(0, more.Size().Height), deeds...)
	}
	return more
}

func (c *chooser) export(id string) {
	c.env.SaveFile(words.T("paths.export.title"), id+".toml", func(path string) {
		kit.Do(func(ctx context.Context) (struct{}, error) {
			text, err := c.env.desk.ExportPath(ctx, id)
			if err == nil {
				err = os.WriteFile(path, text, 0o600)
			}
			return struct{}{}, err
		}, func(_ struct{}, err error) {
			if err != nil {
				c.sheet.Problem(err)
				return
			}
			c.env.UI.Toast(words.T("paths.exported", "file", filepath.Base(path)), nil)
		})
	})
}

// importFile takes a path of the seller's own.
func (c *chooser) importFile() {
	c.env.ChooseFiles(words.T("paths.import.title"), []string{".toml"}, func(paths []string) {
		if len(paths) == 0 {
			return
		}
		kit.Do(func(ctx context.Context) (desk.PathInfo, error) {
			text, err := read(paths[0])
			if err != nil {
				return desk.PathInfo{}, err
			}
			return c.env.desk.ImportPath(ctx, filepath.Base(paths[0]), text)
		}, func(info desk.PathInfo, err error) {
			if err != nil {
				c.sheet.Problem(err)
				return
			}
			c.load()
			c.env.UI.Toast(words.T("paths.imported", "path", words.Text(info.Title)), c.env.Undo)
		})
	})
}

// read reads no more than a path's file may have, and a byte that shows that it
// has more.
func read(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("reading the path: %w", err)
	}
	defer func() { _ = f.Close() }() // it was read alone
	text, err := io.ReadAll(io.LimitReader(f, pack.MaxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("reading the path: %w", err)
	}
	return text, nil
}
