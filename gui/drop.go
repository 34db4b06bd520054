package gui

import (
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"casebinder/data"
	"casebinder/gui/words"
)

// problemNowhere is for files that no record in view can take.
var problemNowhere = data.DefineProblem("drop_nowhere", data.ErrRefused,
	"{file} cannot be imported, and no order or dispute is open that it could be evidence for.",
	"Open the dispute or the order first, then drop the file again.")

// importable are the files that an import can read.
var importable = []string{".csv", ".tsv", ".txt", ".xls", ".xlsx"}

func isImportable(path string) bool {
	return slices.Contains(importable, strings.ToLower(filepath.Ext(path)))
}

// mailFiles hold notice e-mails.
var mailFiles = []string{".eml", ".mbox", ".mbx"}

func isMail(path string) bool {
	return slices.Contains(mailFiles, strings.ToLower(filepath.Ext(path)))
}

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
	var imports, evidence, mails []string
	for _, p := range paths {
		if isMail(p) {
			mails = append(mails, p)
		} else if isImportable(p) && (!proof || to.disputeID == 0) {
			imports = append(imports, p)
		} else {
			evidence = append(evidence, p)
		}
	}
	if len(evidence) > 0 && !proof {
		a.ui.Problem(problemNowhere.New("file", filepath.Base(evidence[0])))
	} else if len(evidence) > 0 {
		a.ui.Toast(words.N("drop.evidence", len(evidence), "title", title), nil)
		a.env.addFiles(to, evidence, "drop")
	}
	if len(mails) > 0 && len(imports) == 0 {
		a.readNotices(mails)
	}
	if len(imports) > 0 {
		target := "orders"
		if a.current == "feedback" || a.current == "disputes" {
			target = a.current
		}
		a.importFiles(target, imports)
	}
}
