package bind

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/data/bundle/fit"
	"casebinder/data/desk"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/loop"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// binder is the button that binds, why it is blocked, and how far it is.
type binder struct {
	t      *targetPart
	object *fyne.Container
	button *kit.Button
	why    *fyne.Container
	work   *fyne.Container
	what   *widget.Label
	bar    *widget.ProgressBar
	cancel func() // of the running export; nil when none runs
	wants  bool   // to bind as soon as all is stored

	since   *fyne.Container // what changed since the version before
	changes kit.Loader
}

func newBinder(t *targetPart) *binder {
	p := &binder{t: t, why: container.NewStack(), since: container.NewStack(), what: widget.NewLabel(""), bar: widget.NewProgressBar()}
	p.button = kit.NewButton("bundle.export", words.T("bundle.title"), p.export)
	p.button.Importance = widget.HighImportance
	p.what.Truncation = fyne.TextTruncateEllipsis
	stop := kit.NewButton("bundle.cancel", words.T("do.cancel"), func() {
		if p.cancel != nil {
			p.cancel()
		}
	})
	p.work = container.NewBorder(p.what, nil, nil, stop, p.bar)
	p.work.Hide()
	p.object = container.NewVBox(widget.NewSeparator(), kit.Inset(look.Tight, kit.Stacked(look.Tight, p.why, p.since, p.work, p.button)))
	return p
}

// blocked says why nothing can be bound now, and where that is mended; "" when
// it can.
func (p *binder) blocked() (why, do string, mend func()) {
	b := p.t.b
	if !b.loaded {
		return words.T("bind.pages.making"), "", nil
	}
	if f, stopped := b.checks.blocking(); stopped {
		do, mend = b.checks.mend(f)
		return words.Text(f.Why), do, mend
	}
	if plan := p.t.plan; plan != nil && !plan.Fits && !plan.Estimate {
		return words.T("bind.blocked.fit"), "", nil
	}
	return "", "", nil
}

// draw shows whether the bundle can be bound, and why not.
func (p *binder) draw() {
	why, do, mend := p.blocked()
	p.why.Objects = nil
	if why != "" && p.t.b.loaded {
		line := kit.Colored("! "+why, look.Red, fyne.TextStyle{})
		line.Wrapping = fyne.TextWrapWord
		var button fyne.CanvasObject
		if mend != nil {
			b := kit.NewButton("bundle.blocked", do, mend)
			b.Importance = widget.LowImportance
			button = container.NewVBox(b)
		}
		p.why.Objects = []fyne.CanvasObject{container.NewBorder(nil, nil, nil, button, line)}
	}
	p.why.Refresh()
	if why != "" || p.cancel != nil {
		p.button.Disable()
	} else {
		p.button.Enable()
	}
	p.object.Refresh()
}

// close forgets the wish to bind. An export that runs goes on; the status line
// shows it.
func (p *binder) close() {
	p.wants = false
	p.changes.Stop()
}

// compare says what has changed since the version before, where that is known.
func (p *binder) compare(r desk.BundleRequest) {
	versions := p.t.b.view.Submissions
	if len(versions) == 0 {
		return
	}
	last := versions[len(versions)-1].Version
	kit.Load(&p.changes, func(ctx context.Context) ([]string, error) { return p.t.b.env.desk.ChangesSince(ctx, r) }, func(list []string, err error) {
		p.since.Objects = nil
		if err == nil && len(list) > 0 { // why nothing can be compared is told when it is bound
			var lines []string
			for _, change := range list[:min(len(list), checkLines)] {
				lines = append(lines, changeWords(change))
			}
			p.since.Objects = []fyne.CanvasObject{kit.Dense(kit.Tip(words.N("bind.since", len(list), "version", last), strings.Join(lines, "\n"), look.Muted))}
		}
		p.since.Refresh()
		p.object.Refresh()
	})
}

// export binds the bundle as it is stored. What was typed just now is stored
// first.
func (p *binder) export() {
	b := p.t.b
	b.statement.flush()
	if p.cancel != nil || !b.loaded {
		return
	}
	if !b.stored() {
		p.wants = true // Reload comes back here when all is stored
		return
	}
	p.wants = false
	if why, _, _ := p.blocked(); why != "" {
		b.env.UI.Toast(why, nil)
		return
	}
	r := p.t.request()
	if r.Dir == "" {
		b.env.UI.Problem(kit.ProblemRequired.New("field", words.T("bundle.folder")))
		return
	}
	b.env.UI.Keep(folderKey, r.Dir)
	p.run(r)
}

func (p *binder) run(r desk.BundleRequest) {
	e := p.t.b.env
	p.bar.SetValue(0)
	p.what.SetText(words.T("bundle.working"))
	p.work.Show()
	var report desk.BundleReport
	p.cancel = e.UI.Jobs.Run(words.T("bundle.working"), func(ctx context.Context, progress func(int64, int64, string)) (err error) {
		report, err = e.desk.ExportBundle(ctx, r, func(done, total int64, key string) {
			progress(done, total, key)
			loop.Do(func() { p.progress(done, total, key) })
		})
		return err
	}, func(err error) { p.finish(report, err) })
	p.draw()
}

func (p *binder) progress(done, total int64, key string) {
	text := words.T("bundle.working")
	if key != "" {
		text = words.T(key)
	}
	if p.what.Text != text {
		p.what.SetText(text)
	}
	if total > 0 {
		p.bar.SetValue(min(float64(done)/float64(total), 1))
	}
}

func (p *binder) finish(report desk.BundleReport, err error) {
	e := p.t.b.env
	p.cancel = nil
	p.work.Hide()
	p.draw()
	switch {
	case errors.Is(err, context.Canceled):
		e.UI.Toast(words.T("bundle.canceled"), nil)
		return
	case err != nil:
		e.UI.Problem(err)
		return
	}
	kit.Event("exported", "path", report.BagPath, "pdf", report.PDFPath, "pages", report.Submission.Pages)
	e.showBundle(report)
	e.ShowDir(bundleDir(report))
}

// bundleDir is the folder that is shown when a bundle is there: that of the files
// to upload where there is one.
func bundleDir(r desk.BundleReport) string {
	if r.FormDir != "" {
		return r.FormDir
	}
	return filepath.Dir(r.PDFPath)
}

// showBundle says what was made: what goes where on top, then what changed, then
// the files as a whole.
func (e *env) showBundle(r desk.BundleReport) {
	s := r.Submission
	head := words.T("bundle.done.line", "pages", s.Pages, "exhibits", s.Exhibits, "size", words.Bytes(s.Bytes))
	if r.Again {
		head = words.T("bundle.done.again", "n", s.Version)
	}
	rows := []fyne.CanvasObject{kit.Prose("✓ " + head)}
	texts := kit.Stacked(look.Tight)
	if len(r.FormFiles) > 0 {
		rows = append(rows, kit.Section(words.T("bundle.done.form", "target", targetTitle(s.Profile))))
		for i, path := range r.FormFiles {
			rows = append(rows, e.formRow(i, path, r.Plan))
		}
		rows = append(rows, texts)
		e.formTexts(r, texts)
	}
	rows = append(rows, e.changesPart(s)...)
	if len(r.Unused) > 0 {
		rows = append(rows, kit.Soft("△ "+words.T("bundle.done.unused", "names", words.Shorten(strings.Join(r.Unused, ", "), 200))))
	}
	rows = append(rows, e.fileLine(words.T("bundle.done.pdf"), r.PDFPath, s.PDFSHA256), e.fileLine(words.T("bundle.done.bag"), r.BagPath, s.BagSHA256))
	if len(r.LeftOut) > 0 {
		rows = append(rows, kit.Section(words.T("bundle.left_out")), show.RejectedList("bundle.left_out", data.Warning, r.LeftOut))
	}
	e.UI.Open(kit.Sheet{
		Name: "bundle.done", Title: words.T("bundle.done"), Width: 760, Height: 560,
		Body: container.NewVScroll(kit.Inset(look.Tight, kit.Dense(kit.Stacked(look.Gap, rows...)))), Cancel: words.T("action.close"),
		Do: words.T("bundle.open_pdf"), DoName: "bundle.open_pdf", OnDo: func() { e.OpenPath(r.PDFPath) },
		More: []kit.SheetExtra{{Name: "bundle.open_folder", Text: words.T("bundle.open_folder"), Do: func() { e.OpenPath(bundleDir(r)) }}},
	})
}

// targetTitle names a profile by its id.
func targetTitle(id string) string {
	if words.Has("profile." + id) {
		return words.T("profile." + id)
	}
	return id
}

// formRow is a file to upload: its number, the slot that it goes into, what it
// holds.
func (e *env) formRow(i int, path string, p fit.Plan) fyne.CanvasObject {
	name := filepath.Base(path)
	about := ""
	if at := slices.IndexFunc(p.Files, func(f fit.File) bool { return f.Name == name }); at >= 0 {
		f := p.Files[at]
		slot := ""
		if f.Category != "" {
			slot = words.T("bundle.done.slot", "slot", f.Category)
		}
		pages := ""
		if f.Pages > 0 {
			pages = words.N("bind.pages", f.Pages)
		}
		about = words.Join(" · ", slot, itemsTitle(f.Items), pages, words.Bytes(f.Bytes))
	}
	open := kit.NewButton(kit.RowName("bundle.form_file", i, "open"), words.T("bundle.open"), func() { e.OpenPath(path) })
	open.Importance = widget.LowImportance
	return container.NewBorder(nil, nil, nil, container.NewVBox(open), kit.Stacked(0, kit.Section(words.T("bundle.done.file", "n", i+1, "name", name)), kit.Soft(about)))
}

// formTextMost is the largest text that can be copied from the result.
const formTextMost = 1 << 20

// formText is a text that lies beside the files to upload.
type formText struct{ name, content string }

// formTexts offers the texts that lie beside the files to upload, to be copied
// into the form: field by field where a text is made of fields.
func (e *env) formTexts(r desk.BundleReport, box *fyne.Container) {
	kit.Do(func(context.Context) ([]formText, error) { return readFormTexts(r.FormDir, r.FormFiles) }, func(all []formText, err error) {
		if err != nil {
			e.UI.Problem(err)
			return
		}
		n := 0
		for _, t := range all {
			path := filepath.Join(r.FormDir, t.name)
			fields := formFields(t.content)
			for _, f := range fields {
				box.Add(e.textRow(n, f.name, f.content, ""))
				n++
			}
			if len(fields) == 0 {
				box.Add(e.textRow(n, t.name, t.content, path))
				n++
			}
		}
		box.Refresh()
	})
}

// textRow is a text with a button that copies it, and one that opens its file
// where it has one of its own.
func (e *env) textRow(i int, name, content, path string) fyne.CanvasObject {
	buttons := container.NewHBox(kit.NewButton(kit.RowName("bundle.text", i, "copy"), words.T("do.copy"), func() {
		e.UI.Copy(content, words.T("copied", "text", words.Shorten(name, 60)))
	}))
	if path != "" {
		open := kit.NewButton(kit.RowName("bundle.text", i, "open"), words.T("bundle.open"), func() { e.OpenPath(path) })
		open.Importance = widget.LowImportance
		buttons.Add(open)
	}
	return container.NewBorder(nil, nil, nil, container.NewVBox(buttons), kit.Dense(kit.Stacked(0, kit.Section(words.Shorten(name, 80)), kit.Soft(words.Shorten(words.OneSpaced(content), 120)))))
}

// readFormTexts reads the texts of a folder that are not uploaded themselves.
func readFormTexts(dir string, files []string) ([]formText, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var all []formText
	for _, entry := range entries {
		path := filepath.Join(dir, entry.Name())
		info, err := entry.Info()
		if err != nil {
			return nil, err
		}
		if info.Size() > formTextMost || filepath.Ext(path) != ".txt" || slices.Contains(files, path) {
			continue
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		all = append(all, formText{entry.Name(), strings.ReplaceAll(strings.TrimPrefix(string(content), "\ufeff"), "\r\n", "\n")})
	}
	return all, nil
}

// formFields takes a text of form fields apart: between bars of "=" stand a
// field's name, a bar of "-" and its value.
func formFields(text string) []formText {
	var fields []formText
	for _, block := range strings.Split(text, "\n"+strings.Repeat("=", 72)+"\n") {
		name, value, ok := strings.Cut(block, "\n"+strings.Repeat("-", 72)+"\n")
		if ok {
			fields = append(fields, formText{name, strings.Trim(value, "\n")})
		}
	}
	return fields
}

// changesPart says what changed since the version before.
func (e *env) changesPart(s data.Submission) []fyne.CanvasObject {
	if s.Version < 2 {
		return nil
	}
	rows := []fyne.CanvasObject{kit.Section(words.T("bundle.done.changes", "n", s.Version-1))}
	if len(s.Changes) == 0 {
		rows = append(rows, kit.Soft(words.T("bundle.done.changes.none")))
	}
	for i, change := range s.Changes {
		if i == checkLines {
			rows = append(rows, kit.Soft(words.T("bind.checks.more", "n", len(s.Changes)-i)))
			break
		}
		rows = append(rows, kit.Soft("· "+changeWords(change)))
	}
	return rows
}

// changeWords puts a change of a submission, "exhibit.added label.jpg", into
// words.
func changeWords(change string) string {
	key, subject, _ := strings.Cut(change, " ")
	switch key {
	case "language.changed":
		subject = words.LanguageNamed(subject)
	case "profile.changed":
		subject = targetTitle(subject)
	}
	return words.T("change."+key, "subject", subject)
}

// fileLine shows a file with its fingerprint, which a click copies.
func (e *env) fileLine(title, path, sum string) fyne.CanvasObject {
	return kit.Dense(kit.Stacked(0, kit.Section(title), kit.Prose(path), e.hashLine(sum)))
}

// hashLine is a fingerprint that a click copies whole.
func (e *env) hashLine(sum string) fyne.CanvasObject {
	link := kit.NewWordLink("", "SHA-256 "+show.ShortHash(sum), func() { e.UI.Copy(sum, words.T("copied", "text", show.ShortHash(sum))) })
	return link
}
