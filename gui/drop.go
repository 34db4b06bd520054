package gui

import (
	"path/filepath"

	"fyne.io/fyne/v2"

	"casebinder/data"
	"casebinder/gui/imports"
	"casebinder/gui/words"
)

// problemNowhere is for files that no record in view can take.
var problemNowhere = data.DefineProblem("drop_nowhere", data.ErrRefused,
	"{file} cannot be imported, and no order or dispute is open that it could be evidence for.",
	"Open the dispute or the order first, then drop the file again.")

// dropped routes files that were dropped on the window. The position of a drop
// is not to be trusted on every system, so the tab and the record in view say
// where they go: mails to be read as notices; else to the dispute in view, or,
// where they can be imported, into an import; else to the order in view.
func (a *app) dropped(_ fyne.Position, uris []fyne.URI) {
	if a.ui.SheetOpen() {
		a.ui.Toast(words.T("drop.sheet"), nil)
		return
	}
	var paths []string
	for _, u := range uris {
		if u.Scheme() == "file" {
			paths = append(paths, u.Path())
		}
	}
	a.take(paths)
}

// take decides where files go, and says so.
func (a *app) take(paths []string) {
	if len(paths) == 0 || a.screen() == nil {
		return
	}
	to, title, proof := a.screen().Proof()
	var tables, evidence, mails []string
	for _, p := range paths {
		if imports.IsMail(p) {
			mails = append(mails, p)
		} else if imports.IsImportable(p) && (!proof || to.DisputeID == 0) {
			tables = append(tables, p)
		} else {
			evidence = append(evidence, p)
		}
	}
	if len(evidence) > 0 && !proof {
		a.ui.Problem(problemNowhere.New("file", filepath.Base(evidence[0])))
	} else if len(evidence) > 0 {
		a.ui.Toast(words.N("drop.evidence", len(evidence), "title", title), nil)
		a.env.AddFiles(to, evidence, "drop")
	}
	if len(mails) > 0 && len(tables) == 0 {
		a.imports.ReadNotices(mails)
	}
	if len(tables) > 0 {
		target := "orders"
		if a.current == "feedback" || a.current == "disputes" {
			target = a.current
		}
		a.imports.Files(target, tables)
	}
}
