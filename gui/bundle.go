package gui

import (
	"context"
	"errors"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/words"
)

// bundleFolderKey is under what the last folder is kept.
const bundleFolderKey = "bundle.folder"

// A bundleSheet binds a dispute: language and folder, what will be in it, then
// progress, then the result.
type bundleSheet struct {
	env      *env
	view     desk.DisputeView
	open     *kit.OpenSheet
	language *kit.Choice[string]
	folder   *kit.Entry
	cancel   func() // of the running export; nil when none runs
}

// openBundleSheet asks where the bundle goes and shows what will be in it.
func openBundleSheet(e *env, v desk.DisputeView) *bundleSheet {
	b := &bundleSheet{env: e, view: v}
	var languages []kit.Option[string]
	for _, l := range words.Languages() {
		languages = append(languages, kit.Option[string]{Value: l, Text: words.Title(l)})
	}
	b.language = kit.NewChoice(languages, words.Language(), nil)
	kept := ""
	e.ui.Kept(bundleFolderKey, &kept)
	if kept == "" {
		kept = e.documents()
	}
	b.folder = textField(e.ui, kept, 1)
	choose := widget.NewButton(words.T("bundle.folder.choose"), func() {
		e.chooseDir(words.T("bundle.folder"), b.folder.Text, func(path string) { b.folder.SetText(path) })
	})
	form := kit.NewForm(
		&kit.Field{Label: words.T("bundle.language"), Object: b.language},
		&kit.Field{Label: words.T("bundle.folder"), Object: container.NewBorder(nil, nil, nil, choose, b.folder)},
	)
	body := container.NewBorder(form.Object, nil, nil, nil, container.NewVScroll(bundleContents(v)))
	b.open = e.ui.Open(kit.Sheet{
		Name: "bundle", Title: words.T("bundle.title"), Width: 680, Height: 500, Body: body,
		Do: words.T("bundle.do"), DoName: "bundle.export", OnDo: b.export, OnCancel: b.stop,
	})
	kit.Trace("bundle.folder", b.folder)
	return b
}

// bundleContents says what the bundle will hold, exhibits in their order, and
// what a reviewer would miss.
func bundleContents(v desk.DisputeView) fyne.CanvasObject {
	messages := 0
	for _, m := range v.Timeline {
		if m.Kind == data.MomentMessage {
			messages++
		}
	}
	rows := []fyne.CanvasObject{
		kit.Section(words.T("bundle.inside")),
		kit.Prose(words.T("bundle.parts", "events", len(v.Timeline), "messages", messages)),
		kit.Prose(words.N("bundle.exhibits", len(v.Evidence))),
	}
	for i, e := range v.Evidence {
		line := words.T("bundle.exhibit", "n", i+1, "kind", words.Of("evidence_kind", e.Kind), "name", e.Name)
		rows = append(rows, kit.Stacked(0, kit.Prose(line)))
		if e.Note != "" {
			rows = append(rows, kit.Soft(e.Note))
		}
	}
	rows = append(rows, layout.NewSpacer(), kit.Section(words.T("bundle.missing")))
	missing := bundleMissing(v)
	if len(missing) == 0 {
		rows = append(rows, kit.Soft(words.T("bundle.missing.none")))
	}
	for _, m := range missing {
		rows = append(rows, kit.Prose("△ "+m))
	}
	return kit.Dense(kit.Inset(look.Tight, kit.Stacked(2, rows...)))
}

// bundleMissing lists what is worth a look before the bundle goes out. None of
// it forbids to bind.
func bundleMissing(v desk.DisputeView) []string {
	var list []string
	add := func(missing bool, key string) {
		if missing {
			list = append(list, words.T(key))
		}
	}
	tracking := false
	for _, s := range v.Order.Shipments {
		tracking = tracking || s.Tracking != ""
	}
	add(len(v.Evidence) == 0, "bundle.missing.evidence")
	add(v.Dispute.CaseNumber == "", "bundle.missing.case")
	add(v.Dispute.Claim == "", "bundle.missing.claim")
	add(v.Dispute.Amount.IsZero(), "bundle.missing.amount")
	add(!tracking, "bundle.missing.tracking")
	for _, e := range v.Evidence {
		if e.Note == "" {
			list = append(list, words.T("bundle.missing.note", "name", e.Name))
		}
	}
	return list
}

// export binds in the background; the sheet shows how far it is, and its
// Cancel button stops it.
func (b *bundleSheet) export() {
	request := desk.BundleRequest{DisputeID: b.view.Dispute.ID, Dir: strings.TrimSpace(b.folder.Text), Language: b.language.Value()}
	if request.Dir == "" {
		b.open.Problem(problemRequired.New("field", words.T("bundle.folder")))
		return
	}
	b.env.ui.Keep(bundleFolderKey, request.Dir)
	b.open.SetDo(words.T("bundle.do"), false)
	bar := widget.NewProgressBar()
	endless := widget.NewProgressBarInfinite()
	what := widget.NewLabel(words.T("bundle.working"))
	what.Wrapping = fyne.TextWrapWord
	bar.Hide()
	b.open.SetBody(container.NewVBox(layout.NewSpacer(), what, container.NewStack(bar, endless), layout.NewSpacer()))
	var report desk.BundleReport
	b.cancel = b.env.ui.Jobs.Run(words.T("bundle.working"), func(ctx context.Context, progress func(int64, int64, string)) (err error) {
		report, err = b.env.desk.ExportBundle(ctx, request, func(done, total int64, key string) {
			progress(done, total, key)
			fyne.Do(func() { showProgress(what, bar, endless, done, total, key) })
		})
		return err
	}, func(err error) { b.finish(report, err) })
}

func showProgress(what *widget.Label, bar *widget.ProgressBar, endless *widget.ProgressBarInfinite, done, total int64, key string) {
	text := words.T("bundle.working")
	if key != "" {
		text = words.T(key)
	}
	if what.Text != text {
		what.SetText(text)
	}
	if total <= 0 {
		return
	}
	endless.Hide()
	bar.Show()
	bar.SetValue(min(float64(done)/float64(total), 1))
}

// stop cancels the export when its sheet is closed.
func (b *bundleSheet) stop() {
	if b.cancel != nil {
		b.cancel()
	}
}

func (b *bundleSheet) finish(report desk.BundleReport, err error) {
	b.cancel = nil
	switch {
	case errors.Is(err, context.Canceled):
		b.open.Close()
		b.env.ui.Toast(words.T("bundle.canceled"), nil)
		return
	case err != nil:
		b.open.SetBody(container.NewVScroll(bundleContents(b.view)))
		b.open.SetDo(words.T("bundle.do"), true)
		b.open.Problem(err)
		return
	}
	kit.Event("exported", "path", report.BagPath, "pdf", report.PDFPath, "pages", report.Submission.Pages)
	b.open.Close()
	b.env.showBundle(report)
}

// showBundle says what was made and offers to open it.
func (e *env) showBundle(r desk.BundleReport) {
	s := r.Submission
	rows := []fyne.CanvasObject{
		kit.Prose("✓ " + words.T("bundle.done.line", "pages", s.Pages, "exhibits", s.Exhibits, "size", words.Bytes(s.Bytes))),
		e.fileLine(words.T("bundle.done.pdf"), r.PDFPath, s.PDFSHA256),
		e.fileLine(words.T("bundle.done.bag"), r.BagPath, s.BagSHA256),
	}
	if len(r.LeftOut) > 0 {
		rows = append(rows, kit.Section(words.T("bundle.left_out")), rejectedList(r.LeftOut))
	}
	e.ui.Open(kit.Sheet{
		Name: "bundle.done", Title: words.T("bundle.done"), Width: 680, Height: 300,
		Body: container.NewVScroll(kit.Inset(look.Tight, kit.Stacked(look.Gap, rows...))), Cancel: words.T("action.close"),
		Do: words.T("bundle.open_pdf"), DoName: "bundle.open_pdf", OnDo: func() { e.openPath(r.PDFPath) },
		More: []kit.SheetExtra{{Name: "bundle.open_folder", Text: words.T("bundle.open_folder"), Do: func() { e.openPath(filepath.Dir(r.PDFPath)) }}},
	})
}

// fileLine shows a file with its fingerprint, which a click copies.
func (e *env) fileLine(title, path, sum string) fyne.CanvasObject {
	return kit.Dense(kit.Stacked(0, kit.Section(title), kit.Prose(path), e.hashLine(sum)))
}

// hashLine is a fingerprint that a click copies whole.
func (e *env) hashLine(sum string) fyne.CanvasObject {
	link := widget.NewHyperlink("SHA-256 "+shortHash(sum), nil)
	link.OnTapped = func() { e.ui.Copy(sum, words.T("copied", "text", shortHash(sum))) }
	return link
}
