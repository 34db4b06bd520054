package gui

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/loop"
	"casebinder/gui/settings"
	"casebinder/gui/show"
	"casebinder/gui/speak"
	"casebinder/gui/words"
)

// starter owns the window and the desk that is open in it.
type starter struct {
	ctx      context.Context
	program  fyne.App
	window   fyne.Window
	options  Options
	ui       *kit.UI          // for what stands in the window before a desk is open
	app      *app             // nil before a desk is open
	trayMenu func(*fyne.Menu) // swaps the menu of the tray; nil: there is no tray
	open     func(ctx context.Context, dir string, o desk.Options) (Desk, error)
	looks    bool // who opened the sample desk at the first start looks around and is not asked who works
	leaving  bool

	mu  sync.Mutex
	err error // of closing
}

// openDesk opens a real desk.
func openDesk(ctx context.Context, dir string, o desk.Options) (Desk, error) {
	d, err := desk.Open(ctx, dir, o)
	if err != nil {
		return nil, err // not d: a nil *desk.Desk in an interface is not nil
	}
	d.KeepBehind()
	return d, nil
}

func newStarter(ctx context.Context, program fyne.App, o Options) *starter {
	s := &starter{ctx: ctx, program: program, options: o, open: openDesk}
	s.window = program.NewWindow("Casebinder")
	s.window.SetMaster()
	p := program.Preferences()
	s.window.Resize(fyne.NewSize(float32(p.FloatWithFallback(prefWidth, 1280)), float32(p.FloatWithFallback(prefHeight, 680))))
	s.window.SetCloseIntercept(s.mayQuit)
	return s
}

// begin opens the desk, or asks what to do where there is none.
func (s *starter) begin() {
	context.AfterFunc(s.ctx, func() { loop.Do(s.quit) })
	dir, err := deskDir(s.program, s.options)
	if err != nil {
		s.trouble(dir, err)
		return
	}
	if !desk.Exists(dir) {
		s.welcome(dir)
		return
	}
	s.openDir(dir, nil)
}

// openDir opens a folder; prepare, which may be nil, fills a new desk before
// it is shown.
func (s *starter) openDir(dir string, prepare func(context.Context, Desk) error) {
	s.waiting(words.T("start.opening", "dir", dir))
	o := s.options.Desk
	o.Operator = s.operator()
	kit.Do(func(ctx context.Context) (Desk, error) {
		d, err := s.open(ctx, dir, o)
		if err != nil {
			return nil, err
		}
		if prepare != nil {
			if err := prepare(ctx, d); err != nil {
				return nil, errors.Join(err, d.Close())
			}
		}
		d.OnKnock(func(heard func()) {
			loop.Do(func() {
				s.comeForward()
				heard()
			})
		})
		return d, nil
	}, func(d Desk, err error) {
		if err != nil {
			s.trouble(dir, err)
			return
		}
		s.program.Preferences().SetString(prefDesk, dir)
		s.app = newApp(s, d)
		s.app.load()
	})
}

// comeForward shows the window on top of all others.
func (s *starter) comeForward() {
	s.window.Show()
	restoreWindow(s.window)
	s.window.RequestFocus()
	kit.Event("forward")
}

// page shows content alone in the window.
func (s *starter) page(content fyne.CanvasObject) {
	s.ui = kit.NewUI(s.window)
	s.window.SetMainMenu(nil)
	s.window.SetOnDropped(nil)
	s.window.SetContent(s.ui.Frame(container.NewVScroll(container.NewCenter(container.NewPadded(kit.Wide(620, content))))))
}

func (s *starter) waiting(text string) {
	s.page(widget.NewLabelWithStyle(text, fyne.TextAlignCenter, fyne.TextStyle{}))
}

// welcome greets on the first start: language, then a shop, the sample desk,
// another folder or a backup.
func (s *starter) welcome(dir string) {
	language := kit.NewChoice(settings.LanguageOptions(), words.Language(), func(l string) {
		s.program.Preferences().SetString(prefLanguage, l)
		speak.SetLanguage(l)
		s.welcome(dir)
	})
	kit.Trace("welcome.language", language)
	s.page(container.NewWithoutLayout())
	who := kit.NewEntry(s.ui)
	who.SetText(s.operator())
	kit.Trace("welcome.operator", who)
	you := &kit.Field{Label: words.T("operator.ask.name"), Hint: words.T("welcome.operator.hint"), Object: who, Check: func() error {
		if strings.TrimSpace(who.Text) == "" {
			return kit.ProblemRequired.New("field", words.T("operator.ask.name"))
		}
		return nil
	}}
	fields := show.NewShopFields(s.ui, data.Shop{Platform: data.AliExpress, Currency: "USD"})
	form := kit.NewForm(append([]*kit.Field{you}, fields.List()...)...)
	begin := func() {
		if !form.Check() {
			return
		}
		s.program.Preferences().SetString(prefOperator, strings.TrimSpace(who.Text))
		shop := fields.Shop()
		s.openDir(dir, func(ctx context.Context, d Desk) error {
			_, err := d.PutShop(ctx, shop)
			return err
		})
	}
	start := kit.NewButton("welcome.start", words.T("welcome.start"), begin)
	start.Importance = widget.HighImportance
	others := container.NewHBox(
		kit.NewButton("welcome.sample", words.T("welcome.sample"), func() {
			s.program.Preferences().SetString(prefOperator, strings.TrimSpace(who.Text))
			s.sample(dir)
		}),
		kit.NewButton("welcome.folder", words.T("welcome.folder"), s.otherFolder),
		kit.NewButton("welcome.restore", words.T("welcome.restore"), s.restoreFirst))
	s.window.SetTitle("Casebinder")
	s.page(kit.Stacked(look.Gap,
		container.NewBorder(nil, nil, kit.AsText(kit.NewText("Casebinder", kit.Plain, 22, true)), container.NewGridWrap(fyne.NewSize(150, 34), language)),
		kit.Prose(words.T("welcome.text")),
		kit.NewPanel(kit.Stacked(look.Gap, kit.NewTitle(words.T("welcome.shop")), form.Object, container.NewHBox(layout.NewSpacer(), start))),
		kit.Soft(words.T("welcome.dir", "dir", dir)),
		kit.NewPanel(kit.Stacked(look.Gap, kit.Prose(words.T("welcome.other")), others))))
	s.ui.EndAt(start)
	s.window.Canvas().Focus(who)
	kit.Event("ready")
	kit.Event("sheet", "name", "welcome")
	traceControls(s.window, s.ctx.Done())
}

// sample opens a desk with invented data beside the person's own folder, so
// that the two never mix: one for each language.
func (s *starter) sample(dir string) {
	s.looks = true
	language := words.Language()
	at := filepath.Join(filepath.Dir(dir), "Sample")
	if language != words.English {
		at += "-" + language
	}
	if desk.Exists(at) {
		s.openDir(at, nil)
		return
	}
	s.openDir(at, func(ctx context.Context, d Desk) error { return d.FillSample(ctx, language, nil) })
}

func (s *starter) otherFolder() {
	d := &dialogs{ui: s.ui, program: s.program}
	d.folder(words.T("start.choose"), documentsDir(), func(dir string) {
		if desk.Exists(dir) {
			s.openDir(dir, nil)
		} else {
			s.welcome(dir)
		}
	})
}

func (s *starter) restoreFirst() {
	d := &dialogs{ui: s.ui, program: s.program}
	d.files(words.T("restore.choose"), []string{".zip"}, func(paths []string) {
		d.folder(words.T("restore.into"), documentsDir(), func(dir string) { s.restoreInto(dir, paths[0]) })
	})
}

// restoreInto makes a desk of a backup and opens it.
func (s *starter) restoreInto(dir, file string) {
	s.waiting(words.T("restore.job"))
	kit.Do(func(ctx context.Context) (struct{}, error) { return struct{}{}, desk.Restore(ctx, dir, file, nil) },
		func(_ struct{}, err error) {
			if err != nil {
				s.trouble(dir, err)
				return
			}
			s.openDir(dir, nil)
		})
}

// trouble says why a desk could not be opened, and what can be done now.
func (s *starter) trouble(dir string, err error) {
	s.page(container.NewWithoutLayout())
	choices := container.NewHBox()
	retry := kit.NewButton("trouble.retry", words.T("trouble.retry"), func() { s.openDir(dir, nil) })
	retry.Importance = widget.HighImportance
	choices.Add(retry)
	choices.Add(kit.NewButton("trouble.folder", words.T("welcome.folder"), s.otherFolder))
	if errors.Is(err, data.ErrDamaged) || errors.Is(err, data.ErrNotFound) {
		choices.Add(kit.NewButton("trouble.restore", words.T("welcome.restore"), s.restoreFirst))
		if desk.Known(dir) {
			choices.Add(kit.NewButton("trouble.repair", words.T("safety.repair"), func() {
				d := &dialogs{ui: s.ui, program: s.program}
				d.folder(words.T("safety.repair.into"), filepath.Dir(dir), func(to string) { s.repair(dir, to) })
			}))
		}
	}
	if _, statErr := os.Stat(dir); statErr == nil {
		d := &dialogs{ui: s.ui, program: s.program}
		choices.Add(kit.NewButton("trouble.show", words.T("trouble.show"), func() { d.open(dir) }))
	}
	choices.Add(kit.NewButton("trouble.quit", words.T("menu.quit"), s.quit))
	s.page(kit.Stacked(look.Gap,
		kit.NewTitle(words.T("trouble.title")), kit.Soft(dir),
		kit.NewProblem(s.ui, err, nil), choices))
	what, do := words.Problem(err)
	kit.Event("problem", "what", what, "do", do)
	kit.Event("ready")
	traceControls(s.window, s.ctx.Done())
}

// change closes the desk that is open and goes on to another. What was typed into
// a sheet and not saved is asked about first.
func (s *starter) change(next func()) {
	if s.app == nil {
		next()
		return
	}
	s.app.ui.Leave(func() { s.closeDesk(next) })
}

func (s *starter) closeDesk(next func()) {
	a := s.app
	s.app = nil
	s.waiting(words.T("start.closing"))
	last := a.unsaved()
	kit.Do(func(ctx context.Context) (struct{}, error) { return struct{}{}, errors.Join(last(ctx), a.close()) }, func(_ struct{}, err error) {
		next()
		if err != nil && s.ui != nil {
			s.ui.Problem(err)
		}
	})
}

// mayQuit quits when a person wants to: what was typed into a sheet and not saved
// is asked about first.
func (s *starter) mayQuit() {
	if s.app == nil || s.leaving {
		s.quit()
		return
	}
	s.app.ui.Leave(s.quit)
}

// quit closes the desk, then the program, and asks nothing: the system may end it
// so. Jobs that run are canceled and leave
// nothing half done.
func (s *starter) quit() {
	if s.leaving {
		return
	}
	s.leaving = true
	size := s.window.Canvas().Size()
	s.program.Preferences().SetFloat(prefWidth, float64(size.Width))
	s.program.Preferences().SetFloat(prefHeight, float64(size.Height))
	a := s.app
	if a == nil {
		s.program.Quit()
		return
	}
	s.window.SetTitle("Casebinder · " + words.T("start.closing"))
	last := a.unsaved()
	kit.Do(func(ctx context.Context) (struct{}, error) { return struct{}{}, errors.Join(last(ctx), a.close()) }, func(_ struct{}, err error) {
		s.mu.Lock()
		s.err = err
		s.mu.Unlock()
		s.program.Quit()
	})
}

// end is the error of closing the desk.
func (s *starter) end() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.err
}
