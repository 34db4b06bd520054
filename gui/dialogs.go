package gui

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"
	"github.com/ncruces/zenity"

	"casebinder/data"
	"casebinder/gui/kit"
	"casebinder/gui/loop"
	"casebinder/gui/native"
	"casebinder/gui/words"
)

// dialogs asks for files and folders: with the system's own dialogs, and where
// there are none with the toolkit's.
type dialogs struct {
	ui      *kit.UI
	program fyne.App
	asking  bool // one of the system's is open
}

// dialogSize is the size of the toolkit's dialogs.
var dialogSize = fyne.NewSize(800, 560)

// ownDialogs reports whether the toolkit's dialogs are wanted, as on a virtual
// display.
func ownDialogs() bool { return os.Getenv("CASEBINDER_DIALOGS") == "fyne" }

// native runs one of the system's dialogs beside the main goroutine, on top of the
// window, one at a time. When the system has none, fallback shows the toolkit's.
func (d *dialogs) native(options []zenity.Option, ask func([]zenity.Option) ([]string, error), then func([]string), fallback func()) {
	switch {
	case ownDialogs():
		fallback()
		return
	case d.asking:
		d.ui.Toast(words.T("dialog.open_already"), nil)
		return
	}
	d.asking = true
	if handle := native.Handle(d.ui.Window); handle != nil {
		options = append(options, zenity.Attach(handle))
	}
	kit.Go(func() {
		paths, err := ask(options)
		loop.Do(func() {
			d.asking = false
			switch {
			case errors.Is(err, zenity.ErrCanceled):
			case err != nil:
				fallback()
			case len(paths) > 0:
				then(paths)
			}
		})
	})
}

// files asks for one or more files; with extensions (".csv") it shows only
// such at first.
func (d *dialogs) files(title string, extensions []string, then func([]string)) {
	options := []zenity.Option{zenity.Title(title)}
	if len(extensions) > 0 {
		var patterns []string
		for _, e := range extensions {
			patterns = append(patterns, "*"+e)
		}
		options = append(options, zenity.FileFilters{
			{Name: strings.Join(patterns, " "), Patterns: patterns, CaseFold: true},
			{Name: "*", Patterns: []string{"*"}},
		})
	}
	d.native(options, func(o []zenity.Option) ([]string, error) { return zenity.SelectFileMultiple(o...) }, then, func() {
		back := d.ui.Aside()
		open := dialog.NewFileOpen(func(r fyne.URIReadCloser, err error) {
			back()
			if err != nil {
				d.ui.Problem(err)
			}
			if r == nil {
				return
			}
			path := r.URI().Path()
			if err := r.Close(); err != nil {
				d.ui.Problem(err)
				return
			}
			then([]string{path})
		}, d.ui.Window)
		if len(extensions) > 0 {
			open.SetFilter(storage.NewExtensionFileFilter(extensions))
		}
		open.Show()
		open.Resize(dialogSize) // it has no size to change before it is shown
	})
}

// folder asks for a folder, beginning in one.
func (d *dialogs) folder(title, from string, then func(string)) {
	options := []zenity.Option{zenity.Title(title), zenity.Directory()}
	if from != "" {
		options = append(options, zenity.Filename(from+string(filepath.Separator)))
	}
	ask := func(o []zenity.Option) ([]string, error) {
		path, err := zenity.SelectFile(o...)
		return []string{path}, err
	}
	d.native(options, ask, func(p []string) { then(p[0]) }, func() {
		back := d.ui.Aside()
		open := dialog.NewFolderOpen(func(dir fyne.ListableURI, err error) {
			back()
			if err != nil {
				d.ui.Problem(err)
			}
			if dir != nil {
				then(dir.Path())
			}
		}, d.ui.Window)
		if uri, err := storage.ListerForURI(storage.NewFileURI(from)); from != "" && err == nil {
			open.SetLocation(uri)
		}
		open.Show()
		open.Resize(dialogSize) // it has no size to change before it is shown
	})
}

// save asks for the name of a new file.
func (d *dialogs) save(title, name string, then func(path string)) {
	options := []zenity.Option{zenity.Title(title), zenity.Filename(name), zenity.ConfirmOverwrite()}
	ask := func(o []zenity.Option) ([]string, error) {
		path, err := zenity.SelectFileSave(o...)
		return []string{path}, err
	}
	d.native(options, ask, func(p []string) {
		if err := data.CheckPath(p[0]); err != nil {
			d.ui.Problem(err)
			return
		}
		then(p[0])
	}, func() {
		back := d.ui.Aside()
		save := dialog.NewFileSave(func(w fyne.URIWriteCloser, err error) {
			back()
			if err != nil {
				d.ui.Problem(err)
			}
			if w == nil {
				return
			}
			path := w.URI().Path()
			if err := w.Close(); err != nil {
				d.ui.Problem(err)
				return
			}
			then(path)
		}, d.ui.Window)
		save.SetFileName(name)
		save.Show()
		save.Resize(dialogSize)
	})
}

// shownTypes are opened in the system's own program. What could run as a
// program is not among them: for that its folder is shown.
var shownTypes = []string{
	".pdf", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".heic", ".heif", ".avif",
	".txt", ".csv", ".tsv", ".log", ".json", ".eml", ".mp4", ".mov", ".m4v", ".avi", ".mkv", ".webm", ".mp3", ".wav", ".m4a",
	".xls", ".xlsx", ".doc", ".docx", ".ods", ".odt", ".zip",
}

// showDir shows a folder that nobody asked to see. Where the system cannot, that
// is no trouble: the window names the folder.
func (d *dialogs) showDir(path string) {
	d.shell(path, func(err error) { slog.Info("showing a folder", "path", path, "error", err) })
}

// shell opens a file or a folder beside the main goroutine: a system may take long.
func (d *dialogs) shell(path string, failed func(error)) {
	kit.Do(func(context.Context) (struct{}, error) { return struct{}{}, openInSystem(d.program, path) }, func(_ struct{}, err error) {
		if err != nil {
			failed(err)
		}
	})
}

// open shows a file or a folder in the system's own program.
func (d *dialogs) open(path string) {
	info, err := os.Stat(path)
	if err != nil {
		d.ui.Problem(err)
		return
	}
	if !info.IsDir() && !slices.Contains(shownTypes, strings.ToLower(filepath.Ext(path))) {
		path = filepath.Dir(path)
	}
	d.shell(path, d.ui.Problem)
}
