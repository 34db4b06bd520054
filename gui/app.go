package gui

import (
	"context"
	"encoding/json"
	"errors"
	"runtime/debug"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/account"
	"casebinder/gui/buyers"
	"casebinder/gui/cases"
	"casebinder/gui/clip"
	"casebinder/gui/firststeps"
	"casebinder/gui/found"
	"casebinder/gui/imports"
	"casebinder/gui/kit"
	"casebinder/gui/loop"
	"casebinder/gui/orders"
	"casebinder/gui/packing"
	"casebinder/gui/products"
	"casebinder/gui/replies"
	"casebinder/gui/reports"
	"casebinder/gui/rules"
	"casebinder/gui/safety"
	"casebinder/gui/settings"
	"casebinder/gui/show"
	"casebinder/gui/talk"
	"casebinder/gui/words"
)

// keptSetting holds widths of columns and the like, by desk.
const keptSetting = "window.kept"

// app is the window on one open desk.
type app struct {
	starter *starter
	program fyne.App
	window  fyne.Window
	ui      *kit.UI
	desk    Desk
	dialogs *dialogs
	env     *show.Env

	imports  *imports.Room
	talk     *talk.Room
	found    *found.Room
	products *products.Room
	reports  *reports.Room
	packing  *packing.Room
	rules    *rules.Room
	settings *settings.Room
	safety   *safety.Room
	disputes *cases.Tab
	replies  *replies.Tab
	buyers   *buyers.Tab
	orders   *orders.Tab
	account  *account.Tab

	screens map[string]screen
	loaded  map[string]bool               // tabs that asked for their data once
	missed  map[string][]data.ChangeEvent // what changed while a tab was out of view
	current string
	shops   []data.Shop
	shopID  int64

	invented bool // the desk is the sample: nothing on it is real

	tabs     map[string]*kit.Tab
	stack    *fyne.Container
	find     *finder
	shopBox  *kit.Choice[int64]
	status   *statusLine
	alarms   *alarmBox
	steps    *firststeps.Strip
	turns    *undoItems
	lines    *menuLines
	jobLines map[*fyne.MenuItem]string        // lines of the menus that begin work, by its kind
	offLines map[*fyne.MenuItem]func() string // why lines of the menus cannot be used now
	waiting  [2]int                           // on Today and open disputes, as the tray says

	cancel  func() // ends the subscription to changes
	feed    *feed
	tidy    *time.Timer // gives memory back; nil before the first picture
	done    chan struct{}
	shopsIn kit.Loader
	counts  kit.Loader
}

// newApp shows a desk in the window.
func newApp(s *starter, d Desk) *app {
	a := &app{
		starter: s, program: s.program, window: s.window, desk: d, current: tabNames[0],
		loaded: map[string]bool{}, missed: map[string][]data.ChangeEvent{}, feed: newFeed(), done: make(chan struct{}),
	}
	a.ui = kit.NewUI(a.window)
	a.ui.Now = d.Now
	a.ui.Viewed = a.drawMenu
	a.ui.OnKey = func(k fyne.KeyName) {
		if k == fyne.KeyF1 {
			a.help()
			return
		}
		if s, ok := a.screen().(interface{ TypedKey(fyne.KeyName) }); ok {
			s.TypedKey(k)
		}
	}
	a.dialogs = &dialogs{ui: a.ui, program: a.program}
	a.env = a.newEnv()
	a.imports, a.rules, a.settings = imports.New(a.env, d), rules.New(a.env, d), settings.New(a.env, d, a.settingsFrame())
	a.found = found.New(a.env, d, found.Frame{
		Import: a.imports.Files, Mails: a.imports.ReadNotices, Counted: a.foundCounted,
		Packing: func(paths []string) bool { return a.packing.Take(paths, packing.SourceFolder) },
	})
	a.talk, a.packing, a.products, a.reports = talk.New(a.env, d), packing.New(a.env, d), products.New(a.env, d), reports.New(a.env, d)
	a.safety = safety.New(a.env, d, a.repairInto)
	a.alarms = newAlarmBox(a)
	a.steps = firststeps.New(d, a.stepsFrame())
	a.cancel = d.Subscribe(a.feed.add)
	kit.Forever(func() { a.feed.follow(a.done, func(events []data.ChangeEvent) { loop.Do(func() { a.hear(events) }) }) })
	return a
}

func (a *app) newEnv() *show.Env {
	return &show.Env{
		UI: a.ui, Desk: a.desk, Open: a.goTo,
		Shops: func() []data.Shop { return a.shops },
		Shop:  func() int64 { return a.shopID },
		StatusChanged: func() {
			if a.status != nil {
				a.status.draw()
			}
		},
		UndoChanged: a.drawUndo,
		ChooseFiles: a.dialogs.files,
		ChooseDir:   a.dialogs.folder,
		SaveFile:    a.dialogs.save,
		OpenPath:    a.dialogs.open,
		ShowDir:     a.dialogs.showDir,
		Clipboard:   func(then func(clip.Content, error)) { kit.Do(clip.Read, then) },
		Documents:   documentsDir,
	}
}

// settled is about how long after the first picture, or after many rows changed, the lists,
// counts and warnings have come: giving memory back before that, they take it all again.
const settled = 10 * time.Second

// load brings what the frame needs, then shows the first tab.
func (a *app) load() {
	type first struct {
		shops []data.Shop
		kept  map[string]json.RawMessage
		told  bool // the desk is the sample
	}
	kit.Do(func(ctx context.Context) (first, error) {
		var f first
		shops, err := a.desk.Shops(ctx)
		if err != nil {
			return f, err
		}
		f.shops = shops
		if _, err = a.desk.Setting(ctx, keptSetting, &f.kept); err != nil {
			return f, err
		}
		_, err = a.desk.Setting(ctx, desk.SampleSetting, &f.told)
		return f, err
	}, func(f first, err error) {
		a.ui.KeepIn(f.kept, func(all map[string]json.RawMessage) {
			if a.desk.ReadOnly() {
				return // the status line says so
			}
			if err := a.desk.PutSetting(context.Background(), keptSetting, all); err != nil {
				loop.Do(func() { a.ui.Problem(err) })
			}
		})
		a.shops, a.invented = f.shops, f.told
		a.ui.Kept("tab", &a.current)
		a.build(nil)
		a.ui.Problem(err)
		a.refreshCounts()
		a.remind()
		a.desk.FollowRisk()
		a.desk.FollowHealth()
		a.desk.KeepWatching()
		a.found.Heard()
		a.askOperator()
		kit.Event("ready")
		traceControls(a.window, a.done)
		a.tidy = time.AfterFunc(settled, debug.FreeOSMemory) // what starting took and nothing needs any more
	})
}

// build makes the content of the window; states are those of the screens that
// it takes the place of.
func (a *app) build(states map[string]any) {
	a.tabs, a.screens = map[string]*kit.Tab{}, map[string]screen{}
	made := a.makeScreens()
	row := container.NewHBox()
	for _, name := range tabNames {
		a.screens[name] = made[name]
		tab := kit.NewTab(words.T("tab."+name), func() { a.show(name) })
		a.tabs[name] = tab
		row.Add(tab)
		kit.Trace("tab."+name, tab)
	}
	for name, state := range states {
		if s := a.screens[name]; s != nil && a.loaded[name] {
			s.Restore(state)
			delete(a.missed, name) // it has asked for everything
		}
	}
	a.find = newFinder(a)
	a.shopBox = kit.NewChoice(a.shopOptions(), a.shopID, a.narrow)
	head := kit.Squeezed(34, []float32{236, 190}, row, a.find.entry, a.shopBox)
	top := container.NewBorder(nil, kit.Hairline(), nil, nil, head)
	a.status = newStatusLine(a)
	a.stack = container.NewStack()
	a.alarms.draw()
	a.steps.Draw()
	body := container.NewBorder(container.NewVBox(top, a.steps.Object), container.NewVBox(a.alarms.object, a.status.object), nil, nil, a.stack)
	content := container.NewStack(body, a.find.layer)
	a.window.SetMainMenu(a.menu())
	a.window.SetContent(a.ui.Frame(content))
	a.window.SetTitle(a.title())
	a.window.SetOnDropped(a.dropped)
	a.window.Canvas().SetOnTypedKey(a.typedKey)
	current := a.current
	a.current = ""
	a.show(current)
}

// typedKey hears a key that no widget has the focus for.
func (a *app) typedKey(e *fyne.KeyEvent) {
	if !a.ui.Key(e.Name) {
		a.ui.OnKey(e.Name)
	}
}

func (a *app) title() string {
	if a.invented {
		return "Casebinder · " + words.T("sample.title")
	}
	return "Casebinder"
}

// rebuild makes the content anew in another language or theme; tab, filters,
// selection and half-written text stay.
func (a *app) rebuild() {
	states := map[string]any{}
	for name, s := range a.screens {
		states[name] = s.State()
	}
	text := a.find.entry.Text
	a.build(states)
	a.find.entry.SetQuiet(text)
	a.refreshCounts()
}

// show opens a tab.
func (a *app) show(name string) {
	s := a.screens[name]
	if s == nil {
		name = tabNames[0]
		if s = a.screens[name]; s == nil {
			return
		}
	}
	fresh := a.current != name
	a.current = name
	for other, tab := range a.tabs {
		tab.SetOpen(other == name)
	}
	if fresh {
		a.ui.HideTips()
		a.stack.Objects = []fyne.CanvasObject{s.Content()}
		a.stack.Refresh()
		a.window.Canvas().Unfocus()
	}
	missed := a.missed[name]
	delete(a.missed, name)
	switch {
	case !a.loaded[name]:
		a.loaded[name] = true
		s.Reload()
	case len(missed) > 0:
		s.Changed(missed)
	}
	a.status.draw()
	a.drawMenu()
	a.steps.Draw()
	a.ui.Keep("tab", name)
	if fresh {
		kit.Event("tab", "name", name, "rows", rowsOf(s))
	}
}

// rowsOf is how many rows a screen lists; 0 when it does not say.
func rowsOf(s screen) int {
	if counted, ok := s.(interface{ Rows() int }); ok {
		return max(counted.Rows(), 0)
	}
	return 0
}

func (a *app) screen() screen { return a.screens[a.current] }

// reloadAll loads the tab in view and marks the others.
func (a *app) reloadAll() {
	clear(a.loaded)
	clear(a.missed)
	a.loaded[a.current] = true
	if s := a.screen(); s != nil {
		s.Reload()
	}
	a.refreshCounts()
}

// counted is what the tabs and the status line count.
type counted struct {
	stats  data.Stats
	today  int
	backup desk.LastBackup
}

// refreshCounts brings the counts of the tabs and of the status line.
func (a *app) refreshCounts() {
	a.steps.Load()
	shopID := a.shopID
	kit.Load(&a.counts, func(ctx context.Context) (counted, error) {
		var c counted
		var err error
		if c.stats, err = a.desk.Stats(ctx); err != nil {
			return c, err
		}
		if c.today, err = a.desk.TodayCount(ctx, shopID); err != nil {
			return c, err
		}
		c.backup, err = a.desk.LastBackup(ctx)
		return c, err
	}, func(c counted, err error) {
		if err != nil {
			a.ui.Problem(err)
			return
		}
		if t := a.tabs["today"]; t != nil {
			t.SetCount(c.today)
		}
		if t := a.tabs["disputes"]; t != nil {
			t.SetCount(int(c.stats.OpenDisputes))
		}
		a.status.set(c.stats, c.backup)
		a.tray(c.today, int(c.stats.OpenDisputes))
	})
}

// unsaved gives what stores the text that was typed just now and waits for a
// pause. Call it on the main goroutine, and what it gives beside it.
func (a *app) unsaved() func(context.Context) error {
	var all []func(context.Context) error
	for _, s := range a.screens {
		if typed, ok := s.(interface {
			Unsaved() func(context.Context) error
		}); ok {
			all = append(all, typed.Unsaved())
		}
	}
	return func(ctx context.Context) error {
		var errs []error
		for _, store := range all {
			errs = append(errs, store(ctx))
		}
		return errors.Join(errs...)
	}
}

// close lets go of the desk: jobs are canceled and awaited, what is kept is
// written. Call it beside the main goroutine.
func (a *app) close() error {
	close(a.done)
	a.cancel()
	a.ui.Jobs.StopAll()
	a.ui.KeepNow()
	return a.desk.Close()
}
