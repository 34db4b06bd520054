package gui

import (
	"context"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casebinder/data/desk"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/words"
)

// verifySheet asks for a bag and checks it.
func (a *app) verifySheet() {
	var sheet *kit.OpenSheet
	body := kit.Stacked(look.Gap, kit.Prose(words.T("verify.text")), container.NewHBox(
		kit.NewButton("verify.file", words.T("verify.file"), func() {
			a.dialogs.files(words.T("verify.file"), []string{".zip"}, func(p []string) { sheet.Close(); a.verify(p[0]) })
		}),
		kit.NewButton("verify.folder", words.T("verify.folder"), func() {
			a.dialogs.folder(words.T("verify.folder"), documentsDir(), func(p string) { sheet.Close(); a.verify(p) })
		})))
	sheet = a.ui.Open(kit.Sheet{Name: "verify", Title: words.T("menu.verify"), Width: 520, Body: body})
}

// verify checks a bag and shows what was found, file by file.
func (a *app) verify(path string) {
	var report desk.VerifyReport
	a.ui.Jobs.Run(words.T("verify.job", "name", filepath.Base(path)), func(ctx context.Context, progress func(int64, int64, string)) (err error) {
		report, err = desk.Verify(ctx, path, progress)
		return err
	}, func(err error) {
		if err != nil {
			a.ui.Problem(err)
			return
		}
		a.showVerified(report)
	})
}

func (a *app) showVerified(r desk.VerifyReport) {
	kit.Event("verified", "path", r.Path, "intact", r.Intact)
	verdict := kit.NewBadge("✗ "+words.Of("verify.verdict", r.Verdict), kit.Danger)
	if r.Intact {
		verdict = kit.NewBadge("✓ "+words.Of("verify.verdict", r.Verdict), kit.Good)
	}
	head := kit.Stacked(look.Tight, container.NewHBox(verdict), kit.Prose(r.Path),
		kit.Soft(words.T("verify.counts", "files", words.Number(int64(r.Files)), "bytes", words.Bytes(r.Bytes), "version", r.Version)))
	rows := make([]fyne.CanvasObject, 0, len(r.Findings))
	for i, f := range r.Findings {
		if i == 500 {
			rows = append(rows, kit.Soft(words.T("verify.more", "n", len(r.Findings)-i)))
			break
		}
		path := f.Path
		if path == "" {
			path = words.T("verify.whole")
		}
		rows = append(rows, kit.Stacked(0, kit.Section(path), kit.Prose(dotted(words.Of("verify.kind", f.Kind), f.Detail))))
	}
	var list fyne.CanvasObject = kit.Prose(words.T("verify.all_intact"))
	if len(rows) > 0 {
		list = kit.Dense(kit.Stacked(look.Gap, rows...))
	}
	a.ui.Open(kit.Sheet{
		Name: "verified", Title: words.T("verify.title"), Width: 640, Height: 440,
		Body: container.NewBorder(head, nil, nil, nil, container.NewVScroll(kit.Inset(look.Gap, list))), Cancel: words.T("do.close"),
	})
}

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
