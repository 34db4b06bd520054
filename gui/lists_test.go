package gui

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"regexp"
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
	said   map[string]bool // why Delete did nothing
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
		return
	}
	l.stays(what, list)
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

// stays presses Delete where no bin takes the row: it says why, and does nothing.
func (l *listsTest) stays(what string, list kit.Lister) {
	l.Helper()
	a := l.app
	for range 3 { // no more are shown at once
		a.ui.Toast("before", nil)
	}
	texts := guitest.TextsOf(a.window.Content())
	before, _ := a.desk.Undoable()
	list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDelete})
	if did, _ := a.desk.Undoable(); words.Text(did) != words.Text(before) {
		l.Errorf("%s: Delete did %q, of which the menu says nothing", what, words.Text(did))
	}
	said := slices.DeleteFunc(guitest.TextsOf(a.window.Content()), func(s string) bool { return slices.Contains(texts, s) })
	if len(said) != 1 || len(said[0]) < 20 {
		l.Errorf("%s: of why Delete does nothing it says %q", what, said)
		return
	}
	l.said[said[0]] = true
}

// everyList is each list of the window, by the file that makes it, and what Delete does
// with its rows: "bin" (which can be taken back), "leaves" (the row out of what is looked
// at, or of what waits), or why it does nothing: the words that it says.
//
// Rows are dragged in one list alone, the exhibits of a bundle: only there is the order
// of rows a person's own. Elsewhere rows stand as their column's title sorts them.
var everyList = map[string][]string{
	"account/rows.go": {"stays.figure"}, "account/tab.go": {"stays.figure"},
	"bin/bin.go":            {"stays.bin"},
	"bind/cites.go":         {"stays.tick"},
	"bind/exhibit_input.go": {"stays.exhibit"},
	"bind/submissions.go":   {"stays.bundle"},
	"buyers/chart.go":       {"stays.figure"}, "buyers/tab.go": {"stays.buyer"},
	"carriers/sheet.go": {"counted"},
	"cases/proof.go":    {"stays.wish"}, "settings/settings.go": {"stays.shop", "leaves"},
	"cases/tab.go":      {"bin"},
	"erase/overdue.go":  {"stays.overdue"},
	"feedback/paste.go": {"stays.tick"}, "feedback/summary.go": {"counted", "counted"}, "feedback/tab.go": {"bin"},
	"found/sheet.go":     {"leaves"},
	"gaterules/sheet.go": {"stays.switch"}, "gaterules/words.go": {"stays.rule"},
	"imports/notices.go": {"stays.mail"},
	"orders/tab.go":      {"stays.order"},
	"packing/draw.go":    {"stays.slot"},
	"products/room.go":   {"bin"}, "products/suppliers.go": {"bin"},
	"replies/notices.go": {"leaves"}, "replies/texts.go": {"bin"}, "replies/tree.go": {"bin"}, "replies/waiting.go": {"leaves"},
	"reports/draw.go":            {"counted"},
	"riskrules/sheet.go":         {"stays.switch"},
	"rules/sheet.go":             {"stays.rule", "stays.rule"},
	"scans/room.go":              {"stays.tick"},
	"show/conversation_lines.go": {"stays.message"}, "show/evidence.go": {"bin"}, "show/list_kept.go": {"bin"}, "show/task_list.go": {"bin"},
	"talk/sheet.go":    {"leaves"},
	"today/duelist.go": {"leaves", "stays.today"}, "today/tab.go": {"bin", "stays.today"},
}

// Each list that the code makes stands in the table of all lists, and the other way
// round, and where Delete does nothing its folder says the very words.
func TestEveryListSaysWhatDeleteDoes(t *testing.T) {
	makers := regexp.MustCompile(`kit\.NewTable\(|kit\.NewList\(|kit\.NewRow\(|show\.NewList\(|newKeyTree\(|func \([^)]*\) ListsRows`)
	files, err := filepath.Glob("*/*.go")
	if err != nil {
		t.Fatal(err)
	}
	folders, found := map[string]string{}, map[string]bool{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		file = filepath.ToSlash(file)
		if strings.HasPrefix(file, "kit/") || strings.HasSuffix(file, "_test.go") {
			continue
		}
		folders[path.Dir(file)] += string(text)
		if file != "show/list.go" && file != "replies/keys.go" && makers.Match(text) { // these two are what others make lists of
			found[file] = true
			if everyList[file] == nil {
				t.Errorf("%s makes a list that does not say what Delete does", file)
			}
		}
	}
	for file, all := range everyList {
		if !found[file] {
			t.Errorf("%s makes no list", file)
		}
		folder := folders[path.Dir(file)]
		for _, does := range all {
			want := `kit.Stays("` + does + `")`
			switch does {
			case "bin", "leaves":
				want = "kit.KeysBin"
			case "counted":
				want = "kit.Counted["
			}
			if file == "today/tab.go" && does == "bin" {
				want = "show.TaskDeeds" // which has it
			}
			if !strings.Contains(folder, want) {
				t.Errorf("%s: nothing there says %s", file, want)
			}
		}
	}
}

// reportsBack tells the sheets whose lists show what is on the desk.
func reportsBack(name string) bool {
	return slices.Contains([]string{"due", "products", "order.evidence", "found"}, name)
}
