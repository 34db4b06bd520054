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
		b := kit.NewKeyButton(c.env.UI, kit.RowName("paths", i, "start"), words.Text(o.Title), func() {
			c.sheet.Close()
			c.env.begin(o.ID, c.to)
		})
		b.Alignment = widget.ButtonAlignLeading
		if !o.Blocked.IsZero() && o.Open == "" {
			b.Disable()
		} else if first == nil {
			first = b
		}
		if !suited && !o.Why.IsZero() && o.Blocked.IsZero() { // the first that suits: they come in their order
			b.Importance, suited = widget.HighImportance, true
		}
		c.rows.Add(container.NewBorder(nil, nil, kit.Wide(230, b), c.own(o.PathInfo), kit.Soft(c.about(o))))
	}
	for _, info := range all {
		if info.Broken == nil {
			continue
		}
		what, _ := words.Problem(info.Broken)
		line := kit.Colored(words.T("paths.broken", "path", info.ID, "why", what), theme.ColorNameError, fyne.TextStyle{})
		line.Wrapping = fyne.TextWrapWord
		c.rows.Add(container.NewBorder(nil, nil, nil, c.own(info), line))
	}
	c.rows.Refresh()
	if first != nil {
		c.env.UI.Window.Canvas().Focus(first)
	}
	kit.Event("paths", "rows", len(offers))
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

// own is the menu of a path: to save it as a file and, of the seller's own, to take
// it away.
func (c *chooser) own(info desk.PathInfo) fyne.CanvasObject {
	items := []*fyne.MenuItem{fyne.NewMenuItem(words.T("paths.export"), func() { c.export(info.ID) })}
	if info.Own {
		items = append(items, fyne.NewMenuItem(words.T("paths.drop"), func() {
			c.env.DeedThen(words.T("paths.dropped"), func(ctx context.Context) error { return c.env.desk.ResetPath(ctx, info.ID) }, c.load)
		}))
	}
	more := kit.NewButton("paths.more."+info.ID, "⋯", nil)
	more.Importance = widget.LowImportance
	more.OnTapped = func() { kit.MenuBelow(c.env.UI, more, items...) }
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
