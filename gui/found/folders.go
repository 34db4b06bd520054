package found

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/watch"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/words"
)

// folders is the sheet of the watched folders.
type folders struct {
	room   *Room
	sheet  *kit.OpenSheet
	list   *fyne.Container
	loader kit.Loader
}

// Folders opens the sheet of the watched folders.
func (r *Room) Folders() {
	s := &folders{room: r, list: container.NewVBox()}
	s.sheet = r.UI.Open(kit.Sheet{
		Name: "found.folders", Title: words.T("found.folders"), Width: 760, Height: 480,
		Body: container.NewBorder(kit.Prose(words.T("found.folders.hint")), nil, nil, nil, container.NewVScroll(s.list)),
		Do:   words.T("found.folder.add"), OnDo: s.add, Cancel: words.T("do.close"),
	})
	s.load()
}

func (s *folders) load() {
	kit.Load(&s.loader, s.room.desk.WatchedFolders, func(all []desk.FolderStatus, err error) {
		if err != nil {
			s.sheet.Problem(err)
			return
		}
		s.list.RemoveAll()
		if len(all) == 0 {
			s.list.Add(kit.Soft(words.T("found.folders.none")))
		}
		for i, f := range all {
			s.list.Add(s.folder(i, f))
		}
		s.list.Refresh()
	})
}

func (s *folders) add() {
	s.room.ChooseDir(words.T("found.folder.choose"), s.room.Documents(), func(dir string) {
		s.do(func(ctx context.Context) error {
			return s.room.desk.WatchFolder(ctx, data.WatchFolder{Path: dir, Pictures: true, Exports: true, Mails: true})
		})
	})
}

// do changes something and shows how it stands then.
func (s *folders) do(work func(context.Context) error) {
	s.sheet.ClearProblem()
	kit.Do(func(ctx context.Context) (struct{}, error) { return struct{}{}, work(ctx) }, func(_ struct{}, err error) {
		if err != nil {
			s.sheet.Problem(err)
		}
		if !s.sheet.Closed() {
			s.load()
		}
	})
}

func (s *folders) folder(i int, f desk.FolderStatus) fyne.CanvasObject {
	check := func(key string, at *bool) *kit.Check {
		c := kit.NewCheck(words.T("found.folder."+key), nil)
		c.Checked = *at
		c.OnChanged = func(on bool) {
			*at = on
			to := f.WatchFolder
			s.do(func(ctx context.Context) error { return s.room.desk.WatchFolder(ctx, to) })
		}
		kit.Trace(kit.RowName("found.folder", i, key), c)
		return c
	}
	stop := kit.NewButton(kit.RowName("found.folder", i, "stop"), words.T("found.folder.stop"), func() {
		s.do(func(ctx context.Context) error { return s.room.desk.UnwatchFolder(ctx, f.Path) })
	})
	lines := []fyne.CanvasObject{kit.Section(words.Shorten(f.Path, 80)), kit.Soft(state(f))}
	row := container.NewHBox(check("pictures", &f.Pictures), check("exports", &f.Exports), check("mails", &f.Mails), layout.NewSpacer(), stop)
	lines = append(lines, row)
	if f.Before > 0 {
		lines = append(lines, container.NewHBox(kit.NewButton(kit.RowName("found.folder", i, "present"), words.N("found.folder.present", f.Before), func() {
			s.do(func(ctx context.Context) error {
				_, err := s.room.desk.OfferPresent(ctx, f.Path)
				return err
			})
		})))
	}
	return kit.NewPanel(kit.Stacked(look.Tight, lines...))
}

// state says how the last look found a folder.
func state(f desk.FolderStatus) string {
	if f.Missing != nil {
		what, _ := words.Problem(f.Missing)
		return words.T("found.folder.missing", "error", what)
	}
	if f.Looked.IsZero() {
		return ""
	}
	parts := []string{words.N("found.folder.files", f.Files)}
	for _, one := range []struct {
		key string
		n   int
	}{
		{"moving", f.Moving},
		{"passed", f.Passed.Links + f.Passed.Temporary + f.Passed.Empty},
		{"unreadable", f.Passed.Unreadable},
	} {
		if one.n > 0 {
			parts = append(parts, words.N("found.folder."+one.key, one.n))
		}
	}
	if f.Passed.Full {
		parts = append(parts, words.T("found.folder.full", "n", words.Number(watch.MaxFiles), "depth", watch.MaxDepth))
	}
	if f.Silent {
		parts = append(parts, words.T("found.folder.silent"))
	}
	return words.Join(" · ", parts...)
}
