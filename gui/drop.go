package gui

import (
	"path/filepath"

	"fyne.io/fyne/v2"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/imports"
	"casebinder/gui/words"
)

// problemNowhere is for files that no record in view can take.
var problemNowhere = data.DefineProblem("drop_nowhere", data.ErrRefused,
	"{file} cannot be imported, and no order or dispute is open that it could be evidence for.",
	"Open the dispute or the order first, then bring the file again.")

// dropped routes files that were dropped on the window; copied ones that are pasted on a
// tab go the same ways, see paste. The position of a drop
// is not to be trusted on every system, so the tab and the record in view say
// where they go: mails to be read as notices, or with an order in view as what was
// written about it, like chats; else to the dispute in view, or, where they can be
// imported, into an import; else to the order in view.
func (a *app) dropped(_ fyne.Position, uris []fyne.URI) {
	var paths []string
	for _, u := range uris {
		if u.Scheme() == "file" {
			paths = append(paths, u.Path())
		}
	}
	if len(paths) > 0 && a.packing.Take(paths, "drop") {
		return
	}
	if a.products.Take(paths) {
		return
	}
	if len(paths) > 0 && a.ui.Drop(paths) {
		return
	}
	if a.ui.SheetOpen() {
		a.ui.Toast(words.T("drop.sheet"), nil)
		return
	}
	a.take(paths, "drop")
}

// sortedFiles are files by where they go.
type sortedFiles struct{ tables, evidence, mails, talks []string }

// sortFiles tells mails, chats and tables from evidence. With a dispute in view a
// chat or table is evidence too; with an order in view a mail is about that.
func sortFiles(paths []string, dispute, order bool) (s sortedFiles) {
	for _, p := range paths {
		switch {
		case !dispute && (order || !imports.IsMail(p)) && desk.IsTalk(p):
			s.talks = append(s.talks, p)
		case imports.IsMail(p):
			s.mails = append(s.mails, p)
		case imports.IsImportable(p) && !dispute:
			s.tables = append(s.tables, p)
		default:
			s.evidence = append(s.evidence, p)
		}
	}
	return s
}

// take decides where files go, and says so; source is how they came: "drop" or "paste".
func (a *app) take(paths []string, source string) {
	if len(paths) == 0 || a.screen() == nil {
		return
	}
	to, title, proof := a.screen().Proof()
	to.Kind = "" // a file may show anything
	files := sortFiles(paths, proof && to.DisputeID != 0, proof && to.OrderID != 0)
	switch n := len(files.evidence); {
	case n > 0 && !proof:
		a.ui.Problem(problemNowhere.New("file", filepath.Base(files.evidence[0])))
	case n > 0:
		a.ui.Toast(words.N("drop.evidence", n, "title", title), nil)
		a.env.AddFiles(to, files.evidence, source)
	}
	if len(files.talks) > 0 {
		a.talk.Files(data.OrderRow{ID: to.OrderID}, files.talks)
	}
	switch n := len(files.mails); {
	case n > 0 && len(files.tables) > 0: // one sheet at a time
		a.ui.Toast(words.N("drop.mails_later", n), nil)
	case n > 0:
		a.imports.ReadNotices(files.mails)
	}
	if len(files.tables) > 0 {
		target := "orders"
		if a.current == "feedback" || a.current == "disputes" {
			target = a.current
		}
		a.imports.Files(target, files.tables)
	}
}

// orderInView is the order that the record in view is, or is about; the zero row
// where none is.
func (a *app) orderInView() data.OrderRow {
	if a.screen() == nil {
		return data.OrderRow{}
	}
	to, _, _ := a.screen().Proof()
	return data.OrderRow{ID: to.OrderID}
}
