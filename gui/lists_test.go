package gui

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"casebinder/gui/guitest"
	"casebinder/gui/kit"
	"casebinder/gui/words"
)

// What lists rows outside of the kit does so by its parts: nothing else hears the
// right button or a double click, shows a menu, or is one of the toolkit's lists.
func TestListsAreMadeOfOnePiece(t *testing.T) {
	files, err := filepath.Glob("*/*.go")
	if err != nil || len(files) < 100 {
		t.Fatal(len(files), err)
	}
	// A tree is the toolkit's: its leaves are kit.Items. The licenses are the lines of one
	// long text, of which nothing can be done with any.
	allowed := map[string][]string{"Tree": {"replies/keys.go"}, "NewList": {"settings/about.go"}}
	foreign := []string{"ShowPopUpMenuAtPosition", "NewPopUpMenu", "NewList", "NewTable", "NewTree", "NewGridWrap", "Tree", "List", "Table", "NewCheck", "Check"}
	for _, file := range files {
		if strings.HasPrefix(file, "kit/") || strings.HasSuffix(file, "_test.go") || strings.HasPrefix(file, "guitest/") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			switch x := n.(type) {
			case *ast.SelectorExpr:
				of, ok := x.X.(*ast.Ident)
				if ok && of.Name == "widget" && slices.Contains(foreign, x.Sel.Name) && !slices.Contains(allowed[x.Sel.Name], filepath.ToSlash(file)) {
					t.Errorf("%s: widget.%s; gui/kit has one that has deeds, or hands keys on", file, x.Sel.Name)
				}
			case *ast.FuncDecl:
				if x.Recv != nil && slices.Contains([]string{"TappedSecondary", "DoubleTapped"}, x.Name.Name) {
					t.Errorf("%s: %s; kit.Deeds are shown by kit.Table, kit.Row, kit.List and kit.Item", file, x.Name.Name)
				}
			}
			return true
		})
	}
}

// A listsTest walks over the lists of the window.
type listsTest struct {
	*testing.T
	app    *app
	kinds  map[string]bool // of which one was tried
	binned int             // by Delete
}

// listers are what has the keys of a list in view: of the sheet on top, else of the window.
func (l *listsTest) listers() []kit.Lister {
	var all []kit.Lister
	for _, one := range guitest.Find[fyne.CanvasObject](&guitest.Bench{Window: l.app.window}) {
		if list, ok := one.(kit.Lister); ok && one.Size().Height > 0 {
			all = append(all, list)
		}
	}
	return all
}

// check proves of each list in view that it behaves as all do.
func (l *listsTest) check(what string) {
	l.Helper()
	c := l.app.window.Canvas()
	for i := range l.listers() {
		now := l.listers() // a deed may have made them anew
		if i >= len(now) {
			return
		}
		list := now[i]
		if c.Focus(list); c.Focused() != fyne.Focusable(list) {
			continue // a sheet lies over it
		}
		list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyHome})
		l.checkOne(fmt.Sprintf("%s, %T", what, list), list)
	}
}

func (l *listsTest) checkOne(what string, list kit.Lister) {
	l.Helper()
	c, ui := l.app.window.Canvas(), l.app.ui
	over := len(c.Overlays().List())
	list.TypedKey(&fyne.KeyEvent{Name: desktop.KeyMenu})
	if len(c.Overlays().List()) == over {
		return // it has no rows, or none is chosen
	}
	menu := c.Overlays().Top()
	menu.Hide()
	c.Overlays().Remove(menu)
	deeds := ui.Offered()
	l.kinds[strings.SplitN(fmt.Sprintf("%T", list), "[", 2)[0]+" "+what] = true
	last := deeds[len(deeds)-1]
	if last.Keys != "Ctrl+C" {
		l.Errorf("%s: the last line is %q", what, last.Text)
	}
	fyne.CurrentApp().Clipboard().SetContent("")
	list.TypedShortcut(&fyne.ShortcutCopy{})
	if fyne.CurrentApp().Clipboard().Content() == "" {
		l.Errorf("%s: Ctrl+C copies nothing", what)
	}
	seen := map[string]string{}
	for _, d := range deeds {
		if other := seen[d.Keys]; d.Keys != "" && other != "" {
			l.Errorf("%s: %s does %q and %q", what, d.Keys, other, d.Text)
		}
		seen[d.Keys] = d.Text
	}
	if len(deeds) > 1 && deeds[0].Keys == "" {
		l.Errorf("%s: no key does the first deed, %q", what, deeds[0].Text)
	}
	if at := slices.IndexFunc(deeds, func(d kit.Action) bool { return d.Keys == kit.KeysBin && d.Why() == "" }); at >= 0 {
		l.bin(what, list)
	}
}

// bin presses Delete: it asks, or what it did can be taken back from the very list.
func (l *listsTest) bin(what string, list kit.Lister) {
	l.Helper()
	a := l.app
	if a.ui.SheetOpen() && !reportsBack(a.ui.TopSheet()) {
		return // what is looked at before it is taken stands in no journal
	}
	turns := func() (undo, redo string) {
		u, r := a.desk.Undoable()
		return words.Text(u), words.Text(r)
	}
	before, _ := turns()
	sheet := a.ui.TopSheet()
	list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDelete})
	if a.ui.TopSheet() != sheet { // it asks
		a.ui.Escape()
		return
	}
	did, _ := turns()
	if did == before || did == "" {
		l.Errorf("%s: Delete did nothing that can be taken back; that would be %q", what, did)
		return
	}
	a.window.Canvas().Focus(list)
	a.undo()
	if _, redo := turns(); redo != did {
		l.Errorf("%s: after Delete, %q, Ctrl+Z took back %q", what, did, redo)
	}
	l.binned++
}

// reportsBack tells the sheets whose lists show what is on the desk.
func reportsBack(name string) bool {
	return slices.Contains([]string{"due", "products", "order.evidence", "found"}, name)
}
