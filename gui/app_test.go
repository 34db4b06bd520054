package gui

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/clip"
	"casebinder/gui/guitest"
	"casebinder/gui/kit"
	"casebinder/gui/settings"
	"casebinder/gui/speak"
	"casebinder/gui/words"
)

// quietDesk is a real desk that tells of no changes, as the software driver
// has no main goroutine on which they could be heard.
type quietDesk struct{ *desk.Desk }

func (quietDesk) Subscribe(func(desk.Event)) func() { return func() {} }

// newStart makes a starter on the software driver, in English.
func newStart(t *testing.T, dir string) *starter {
	t.Helper()
	program := guitest.Program(t)
	for _, key := range []string{prefDesk, prefLanguage, prefTheme, prefOperator} {
		program.Preferences().RemoveValue(key)
	}
	speak.SetLanguage(words.English)
	t.Cleanup(func() { speak.SetLanguage(words.English) })
	s := newStarter(context.Background(), program, Options{DeskDir: dir, Desk: desk.Options{Operator: "Lin", Now: func() time.Time {
		return time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	}}})
	s.open = func(ctx context.Context, dir string, o desk.Options) (Desk, error) {
		d, err := desk.Open(ctx, dir, o)
		if err != nil {
			return nil, err
		}
		return quietDesk{d}, nil
	}
	s.window.Resize(fyne.NewSize(1280, 720))
	t.Cleanup(func() {
		if s.app != nil {
			if err := s.app.close(); err != nil {
				t.Error(err)
			}
		}
	})
	return s
}

// newDesk opens the window on a desk with one eBay shop.
func newDesk(t *testing.T) *app {
	t.Helper()
	s := newStart(t, filepath.Join(t.TempDir(), "desk"))
	s.openDir(s.options.DeskDir, func(ctx context.Context, d Desk) error {
		_, err := d.PutShop(ctx, data.Shop{Platform: data.EBay, Name: "Sample parts", Zone: "America/Los_Angeles", Currency: "USD"})
		return err
	})
	if s.app == nil {
		t.Fatal(written(s.window.Content()))
	}
	return s.app
}

// written lists the words on an object.
func written(o fyne.CanvasObject) string {
	var texts []string
	for _, one := range test.LaidOutObjects(o) {
		switch w := one.(type) {
		case *widget.Label:
			texts = append(texts, w.Text)
		case *kit.Para:
			texts = append(texts, w.Text)
		case *kit.Line:
			texts = append(texts, w.String())
		case *kit.Button:
			texts = append(texts, w.Text)
		case *kit.KeyButton:
			texts = append(texts, w.Text)
		}
	}
	return strings.Join(texts, "\n")
}

// overlay is what lies over the window.
func (a *app) overlay(t *testing.T) fyne.CanvasObject {
	t.Helper()
	top := a.window.Canvas().Overlays().Top()
	if top == nil {
		t.Fatal("no sheet is open")
	}
	return top
}

// press presses the button with these words.
func press(t *testing.T, o fyne.CanvasObject, text string) {
	t.Helper()
	for _, one := range test.LaidOutObjects(o) {
		if b, ok := one.(*kit.Button); ok && b.Text == text {
			test.Tap(b)
			return
		}
	}
	t.Fatalf("there is no button %q among:\n%s", text, written(o))
}

func (a *app) orderCount(t *testing.T) int {
	t.Helper()
	stats, err := a.desk.Stats(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return int(stats.Orders)
}

// writeOrders copies an eBay report with two orders and one row that is left
// out, as its date does not exist.
func writeOrders(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "data", "importer", "testdata", "ebay-us.csv"))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "ebay.csv")
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestImportShowsWhatItWouldDoAndDoesIt(t *testing.T) {
	a := newDesk(t)
	path := writeOrders(t)
	a.take([]string{path}, "drop")
	text := written(a.overlay(t))
	if a.orderCount(t) != 0 {
		t.Fatal("a preview wrote orders")
	}
	press(t, a.overlay(t), words.T("do.cancel"))
	if a.orderCount(t) != 0 || a.ui.SheetOpen() {
		t.Fatal("Cancel left something")
	}
	a.take([]string{path}, "drop")
	if !strings.Contains(text, words.N("import.do_n", 2)) || !strings.Contains(text, words.T("import.rejected.save")) {
		t.Errorf("the sheet says:\n%s", text)
	}
	a.ui.Save()
	if n := a.orderCount(t); n != 2 {
		t.Fatalf("%d orders were imported, want 2", n)
	}
	a.take([]string{path}, "drop")
	if text := written(a.overlay(t)); !strings.Contains(text, words.N("import.do_n", 0)) {
		t.Errorf("a second import would add something:\n%s", text)
	}
}

func TestUnknownHeaderIsMapped(t *testing.T) {
	a := newDesk(t)
	path := filepath.Join(t.TempDir(), "own.csv")
	if err := os.WriteFile(path, []byte("Vorgang;Kunde;Datum\nA-1;Ana;2026-11-20\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	a.take([]string{path}, "drop")
	if text := written(a.overlay(t)); !strings.Contains(text, "Vorgang") || !strings.Contains(text, "Ana") {
		t.Fatalf("the mapping does not show the columns with samples:\n%s", text)
	}
	for _, one := range test.LaidOutObjects(a.overlay(t)) {
		if c, ok := one.(*kit.Choice[string]); ok && slices.Contains(c.Options, words.T("mapping.none")) {
			c.Set("")
		}
	}
	a.ui.Save()
	if text := written(a.overlay(t)); !strings.Contains(text, words.T("field.number")) {
		t.Errorf("a mapping without an order number is taken:\n%s", text)
	}
	fields := []string{"number", "buyer_name", "ordered_at"}
	for _, one := range test.LaidOutObjects(a.overlay(t)) {
		if c, ok := one.(*kit.Choice[string]); ok && slices.Contains(c.Options, words.T("mapping.none")) && len(fields) > 0 {
			c.Set(fields[0])
			fields = fields[1:]
		}
	}
	a.ui.Save() // to the preview
	a.ui.Save() // import
	if n := a.orderCount(t); n != 1 {
		t.Fatalf("%d orders, want 1", n)
	}
	presets, err := a.desk.(quietDesk).Presets(context.Background())
	if err != nil || !slices.ContainsFunc(presets, func(p desk.PresetInfo) bool { return !p.BuiltIn && p.Title == "own" }) {
		t.Errorf("the mapping was not kept: %v", err)
	}
}

func TestFilesGoWhereTheRecordInViewIs(t *testing.T) {
	a := newDesk(t)
	a.show("orders")
	photo := filepath.Join(t.TempDir(), "photo.jpg")
	a.dropped(fyne.Position{}, []fyne.URI{storage.NewFileURI(photo)})
	if text := written(a.window.Content()); !strings.Contains(text, "photo.jpg cannot be imported") {
		t.Errorf("a photo without a record: %s", text)
	}
	a.dropped(fyne.Position{}, []fyne.URI{storage.NewFileURI(writeOrders(t))})
	if !a.ui.SheetOpen() {
		t.Error("an orders file opens no import")
	}
	a.dropped(fyne.Position{}, []fyne.URI{storage.NewFileURI(photo)})
	if n := len(a.window.Canvas().Overlays().List()); n != 1 {
		t.Errorf("a drop on an open sheet made %d overlays", n)
	}
}

// Copied files that are pasted go where dropped ones go.
func TestAPastedOrdersFileOpensAnImport(t *testing.T) {
	a := newDesk(t)
	a.show("today")
	a.env.Clipboard = func(then func(clip.Content, error)) { then(clip.Content{Files: []string{writeOrders(t)}}, nil) }
	a.paste()
	if a.ui.TopSheet() != "import" {
		t.Errorf("the sheet on top is %q", a.ui.TopSheet())
	}
}

func TestLanguageChangesWithoutLosingWork(t *testing.T) {
	a := newDesk(t)
	a.take([]string{writeOrders(t)}, "drop")
	a.ui.Save()
	a.show("orders")
	a.find.entry.SetText("11-11111")
	for _, language := range []string{words.Simplified, words.Traditional, words.English} {
		a.setLanguage(language)
		if a.current != "orders" || a.find.entry.Text != "11-11111" {
			t.Errorf("%s: tab %s, search %q", language, a.current, a.find.entry.Text)
		}
		if got, want := a.window.MainMenu().Items[0].Label, words.T("menu.file"); got != want {
			t.Errorf("%s: the first menu is %q, want %q", language, got, want)
		}
		if got, want := lang.L("Cancel"), words.T("fyne.Cancel"); got != want {
			t.Errorf("%s: the toolkit says %q, want %q", language, got, want)
		}
	}
}

func TestSearchFindsAndAPastedNumberOpens(t *testing.T) {
	a := newDesk(t)
	a.take([]string{writeOrders(t)}, "drop")
	a.ui.Save()
	a.find.entry.SetText("11-11111-11111")
	a.find.entry.Flush()
	if !a.find.hits.Object.Visible() || a.current == "orders" {
		t.Fatalf("typing a number: hits %v, tab %s", a.find.hits.Object.Visible(), a.current)
	}
	a.find.entry.SetQuiet("")
	fyne.CurrentApp().Clipboard().SetContent("11-11111-11111")
	a.find.entry.TypedShortcut(&fyne.ShortcutPaste{Clipboard: fyne.CurrentApp().Clipboard()})
	a.find.entry.Flush()
	if a.current != "orders" || a.find.hits.Object.Visible() {
		t.Errorf("pasting a number: tab %s", a.current)
	}
}

func TestFirstStartMakesADesk(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "desk")
	s := newStart(t, dir)
	s.begin()
	if s.app != nil || desk.Exists(dir) {
		t.Fatal("a desk was made before anybody asked for it")
	}
	press(t, s.window.Content(), words.T("welcome.start"))
	if s.app != nil || !strings.Contains(written(s.window.Content()), words.T("shop.name")+" ") {
		t.Fatalf("a shop without a name was taken:\n%s", written(s.window.Content()))
	}
	for _, one := range test.LaidOutObjects(s.window.Content()) {
		if e, ok := one.(*kit.Entry); ok {
			e.SetText("Sample lamps")
		}
	}
	press(t, s.window.Content(), words.T("welcome.start"))
	if s.app == nil || len(s.app.shops) != 1 || s.app.shops[0].Name != "Sample lamps" {
		t.Fatalf("no desk with the shop:\n%s", written(s.window.Content()))
	}
}

func TestTroubleWithADeskIsSaidInTheWindow(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "desk")
	first, err := desk.Open(context.Background(), dir, desk.Options{Operator: "Wei"})
	if err != nil {
		t.Fatal(err)
	}
	s := newStart(t, dir)
	s.begin()
	if text := written(s.window.Content()); s.app != nil || !strings.Contains(text, "Wei") || !strings.Contains(text, words.T("trouble.retry")) {
		t.Fatalf("a desk that is open elsewhere:\n%s", text)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	press(t, s.window.Content(), words.T("trouble.retry"))
	if s.app == nil {
		t.Errorf("after it was closed there:\n%s", written(s.window.Content()))
	}
}

func TestSettingsKeepTheOperator(t *testing.T) {
	a := newDesk(t)
	a.settings.Open()
	for _, one := range test.LaidOutObjects(a.overlay(t)) {
		if e, ok := one.(*kit.SelectEntry); ok && e.Text == "Lin" {
			e.SetText("Mei")
		}
	}
	a.ui.Save()
	if a.desk.Operator() != "Mei" || a.ui.SheetOpen() {
		t.Errorf("the operator is %s", a.desk.Operator())
	}
}

// A sheet with typed text asks before the window closes; going back finds the text
// where it was. A sheet that was only looked at asks nothing.
func TestASheetWithTypedTextAsksBeforeTheWindowCloses(t *testing.T) {
	for _, language := range []string{words.English, words.Simplified, words.Traditional} {
		a := newDesk(t)
		a.setLanguage(language)
		a.show("feedback")
		a.screen().New()
		var text *kit.Entry
		for _, one := range test.LaidOutObjects(a.overlay(t)) {
			if e, ok := one.(*kit.Entry); ok {
				text = e
			}
		}
		text.SetText("given")
		asked := false
		a.ui.Leave(func() { asked = true })
		if !asked {
			t.Fatal("a sheet into which nobody typed holds the window")
		}
		test.Type(text, "Broken on arrival")
		a.starter.mayQuit()
		a.starter.mayQuit()
		if said := written(a.overlay(t)); a.starter.leaving || !strings.Contains(said, words.T("leave.do")) || !strings.Contains(said, words.T("feedback.sheet.title")) {
			t.Fatalf("%s: closing: %v, asked:\n%s", language, a.starter.leaving, said)
		}
		press(t, a.overlay(t), words.T("leave.back"))
		if !strings.Contains(text.Text, "Broken on arrival") || !a.ui.SheetOpen() || !text.Visible() {
			t.Fatalf("%s: after going back: %q", language, text.Text)
		}
		a.starter.mayQuit()
		press(t, a.overlay(t), words.T("leave.do"))
		if !a.starter.leaving {
			t.Errorf("%s: the window does not close", language)
		}
		a.starter.app = nil // closed already
	}
}

func TestBackupRemembersItsFolder(t *testing.T) {
	a := newDesk(t)
	dir := t.TempDir()
	a.settings.BackUpInto(dir)
	found, err := filepath.Glob(filepath.Join(dir, "*.zip"))
	if err != nil || len(found) != 1 {
		t.Fatalf("backups: %v %v", found, err)
	}
	var kept string
	if _, err := a.desk.Setting(context.Background(), settings.BackupDirSetting, &kept); err != nil || kept != dir {
		t.Errorf("kept %q %v", kept, err)
	}
	report, err := a.desk.Verify(context.Background(), found[0], nil)
	if err != nil || !report.Intact {
		t.Errorf("the backup: %+v %v", report, err)
	}
}

// The Edit menu says what it would take back and do again, in each language, and
// why an item is gray.
func TestTheMenuSaysWhatUndoAndRedoDo(t *testing.T) {
	a := newDesk(t)
	says := func(undo, redo string, can ...bool) {
		t.Helper()
		u, r := a.turns.undo, a.turns.redo
		if a.lines.says[u] != undo || a.lines.says[r] != redo || u.Disabled == can[0] || r.Disabled == can[1] {
			t.Errorf("the menu says %q (gray: %v) and %q (gray: %v), want %q and %q", u.Label, u.Disabled, r.Label, r.Disabled, undo, redo)
		}
	}
	says("Undo: shop", "Redo (nothing to redo)", true, false) // the desk begins with one
	if _, err := a.desk.PutTask(t.Context(), data.Task{Title: "call the carrier"}); err != nil {
		t.Fatal(err)
	}
	a.hear([]data.ChangeEvent{{Action: "task.add", Entity: data.EntityTask}})
	says("Undo: new task", "Redo (nothing to redo)", true, false)
	a.turns.undo.Action()
	says("Undo: shop", "Redo: new task", true, true)
	a.setLanguage(words.Simplified)
	says("撤销：店铺设置", "重做：新建待办", true, true)
	a.turns.undo.Action()
	says("撤销（还没有可撤销的操作）", "重做：店铺设置", false, true)
	a.setLanguage(words.Traditional)
	says("復原（還沒有可復原的操作）", "重做：店鋪設定", false, true)
	a.turns.redo.Action()
	a.turns.redo.Action()
	says("復原：新增待辦", "重做（沒有可重做的操作）", true, false)
}

// A dropped mail that must wait for the import of what was dropped with it is told.
func TestMailsThatWaitForAnImportAreTold(t *testing.T) {
	a := newDesk(t)
	a.show("orders")
	mail := filepath.Join(t.TempDir(), "notice.eml")
	a.dropped(fyne.Position{}, []fyne.URI{storage.NewFileURI(writeOrders(t)), storage.NewFileURI(mail)})
	told := slices.ContainsFunc(test.LaidOutObjects(a.window.Content()), func(o fyne.CanvasObject) bool {
		text, ok := o.(*canvas.Text)
		return ok && text.Text == words.N("drop.mails_later", 1)
	})
	if !a.ui.SheetOpen() || !told {
		t.Errorf("a mail beside a table: a sheet is open: %v, the mail is told: %v", a.ui.SheetOpen(), told)
	}
}

// A small screen shows every tab whole, in every language: the widest part of a
// bar decides how narrow a window can be.
func TestEveryTabFitsASmallScreen(t *testing.T) {
	s := newStart(t, filepath.Join(t.TempDir(), "desk"))
	s.openDir(s.options.DeskDir, func(ctx context.Context, d Desk) error { return d.FillSample(ctx, words.Language(), nil) })
	a := s.app
	for _, language := range words.Languages() {
		a.setLanguage(language)
		for _, name := range tabNames {
			a.show(name)
			if wants := a.ui.Wants(); wants.Width > 1024 || wants.Height > 600 {
				t.Errorf("%s, %s: wants %v, and a small screen has 1024 by 600", language, name, wants)
			}
		}
	}
}
