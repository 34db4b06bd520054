package gui

import (
	"context"
	"path/filepath"

	"casebinder/data/desk"
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
