package gui

import (
	"context"
	"path/filepath"

	"fyne.io/fyne/v2/container"

	"casebinder/data/desk"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/safety"
	"casebinder/gui/words"
)

// restore makes a desk of a backup in an empty folder and opens it in place
// of this one, which stays as it is.
func (a *app) restore() {
	a.dialogs.files(words.T("restore.choose"), []string{".zip"}, func(paths []string) {
		a.dialogs.folder(words.T("restore.into"), documentsDir(), func(dir string) {
			job := words.T("restore.job")
			a.ui.Jobs.Run(job, func(ctx context.Context, progress func(int64, int64, string)) error {
				return desk.Restore(ctx, dir, paths[0], progress)
			}, func(err error) {
				if err != nil {
					a.ui.Problem(err)
					return
				}
				a.starter.change(func() { a.starter.openDir(dir, nil) })
			})
		})
	})
}

// chooseDesk opens another desk in place of this one.
func (a *app) chooseDesk() {
	a.dialogs.folder(words.T("start.choose"), filepath.Dir(a.desk.Dir()), func(dir string) {
		a.starter.change(func() {
			if desk.Exists(dir) {
				a.starter.openDir(dir, nil)
			} else {
				a.starter.welcome(dir)
			}
		})
	})
}

// repairInto closes the desk, so that nothing writes to it any more, and saves
// what can be read of it into a new one.
func (a *app) repairInto(to string) {
	from := a.desk.Dir()
	a.starter.change(func() { a.starter.repair(from, to) })
}

// repair makes a new desk of what can be read of one that nobody has open, and
// says what was saved before either is opened.
func (s *starter) repair(from, to string) {
	s.waiting(words.T("safety.repair.job"))
	o := s.options.Desk
	o.Operator = s.operator()
	kit.Do(func(ctx context.Context) (desk.RepairReport, error) { return desk.Repair(ctx, from, to, o, nil) },
		func(r desk.RepairReport, err error) {
			if err != nil {
				s.trouble(from, err)
				return
			}
			kit.Event("repaired", "dir", r.Dir, "rows", r.Rows)
			fresh := kit.NewButton("repaired.open", words.T("safety.repaired.open"), func() { s.openDir(to, nil) })
			old := kit.NewButton("repaired.old", words.T("safety.repaired.old"), func() { s.openDir(from, nil) })
			s.page(kit.Stacked(look.Gap, safety.Repaired(r), container.NewHBox(fresh, old)))
		})
}
