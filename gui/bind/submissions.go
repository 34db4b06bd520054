package bind

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// bundlePlacesKey keeps in which folder each submission was seen last.
const bundlePlacesKey = "bundle.places"

// changesShown is how many changes of a submission are listed at most.
const changesShown = 12

// Submissions lists the bundles that were made of a dispute, the newest first:
// what each is, when it was sent, what changed since.
type Submissions struct {
	env    *env
	bind   func()              // goes to where the next one is composed
	open   func(data.Evidence) // shows a piece of evidence
	scroll *container.Scroll
	loader kit.Loader

	view  desk.CaseView
	since *fyne.Container        // what changed since the last one
	dirs  map[string]*kit.Button // that open the folder of a submission, by UID
	found map[string]string      // the folders, by UID
}

// NewSubmissions makes the list.
func NewSubmissions(shared *show.Env, d Desk, bind func(), open func(data.Evidence)) *Submissions {
	e := &env{shared, d}
	return &Submissions{env: e, bind: bind, open: open, scroll: container.NewVScroll(kit.Stacked(0)), since: kit.Stacked(0)}
}

// Content is the list.
func (p *Submissions) Content() fyne.CanvasObject { return p.scroll }

// Set shows the submissions of a dispute.
func (p *Submissions) Set(v desk.CaseView, now time.Time, fresh bool) {
	p.view, p.dirs = v, map[string]*kit.Button{}
	if fresh {
		p.since.Objects, p.found = nil, map[string]string{}
	}
	var rows []fyne.CanvasObject
	if len(v.Submissions) == 0 {
		p.since.Objects = nil
		rows = append(rows, p.empty())
	} else {
		rows = append(rows, p.since)
	}
	var cards []*kit.Row
	for i, s := range slices.Backward(v.Submissions) {
		cards = append(cards, p.card(len(v.Submissions)-1-i, s, now))
	}
	rows = append(rows, kit.Rows(cards...)...)
	at := p.scroll.Offset
	p.scroll.Content = kit.Inset(look.Tight, kit.Stacked(look.Gap, rows...))
	p.scroll.Refresh()
	if fresh {
		p.scroll.ScrollToTop()
	} else {
		p.scroll.ScrollToOffset(at)
	}
	p.look()
}

// empty says what to do first.
func (p *Submissions) empty() fyne.CanvasObject {
	bind := kit.NewButton("submission.first", words.T("dispute.bundle"), p.bind)
	bind.Importance = widget.HighImportance
	return kit.Dense(kit.Stacked(look.Gap, kit.Section(words.T("submission.none.title")), kit.Soft(words.T("submission.none.do")),
		container.NewHBox(bind, layout.NewSpacer())))
}

// card is one submission.
func (p *Submissions) card(i int, s data.Submission, now time.Time) *kit.Row {
	head := container.NewHBox(kit.Section(words.T("submission.version", "n", s.Version)))
	if s.SentAt.IsZero() {
		head.Add(container.NewCenter(kit.NewBadge(words.T("submission.not_sent"), kit.Plain)))
	} else {
		head.Add(container.NewCenter(kit.NewBadge("✓ "+words.T("submission.sent"), kit.Good)))
	}
	parts := []fyne.CanvasObject{head, kit.NewFacts(p.env.UI, p.facts(s, now)...).Object}
	if rows := p.sentRows(i, s, now); len(rows) > 0 {
		parts = append(parts, kit.Stacked(0, rows...))
	}
	if s.Version > 1 {
		parts = append(parts, kit.Stacked(0, changeRows(words.T("submission.changes", "n", s.Version-1), s.Changes)...))
	}
	panel := kit.NewPanel(kit.Dense(kit.Stacked(look.Tight, append(parts, p.actions(i, s))...)))
	text := func() string { return words.T("submission.version", "n", s.Version) + "\n" + fingerprints(s) }
	return kit.NewRow(p.env.UI, panel, text, func() kit.Deeds { return p.deeds(s) })
}

// facts are what is known of a submission; a click copies each.
func (p *Submissions) facts(s data.Submission, now time.Time) []kit.Fact {
	zone := p.view.Order.Shop.Zone
	var masked []string
	for _, kind := range s.Mask {
		masked = append(masked, words.Of("mask", kind))
	}
	mask := strings.Join(masked, ", ")
	if mask == "" {
		mask = words.T("submission.mask.none")
	}
	file := func(key, name, sum string) kit.Fact {
		return kit.Fact{Label: words.T(key), Value: words.Dotted(name, "SHA-256 "+show.ShortHash(sum)), Copy: sum, Tip: name + "\nSHA-256 " + sum, Wide: true}
	}
	signer := kit.Fact{Label: words.T("submission.signer"), Value: s.Signer, Wide: true}
	if s.Signer == "" {
		signer.Value = words.T("submission.signer.none")
	}
	return []kit.Fact{
		{Label: words.T("submission.made"), Value: words.Time(s.CreatedAt, zone, now), Tip: words.TimeFull(s.CreatedAt, zone), Copy: show.WriteTime(s.CreatedAt, zone)},
		{Label: words.T("submission.by"), Value: words.Dotted(s.CreatedBy, s.Program)},
		{Label: words.T("submission.profile"), Value: targetTitle(s.Profile)},
		{Label: words.T("submission.language"), Value: words.LanguageNamed(s.Language)},
		{Label: words.T("submission.size"), Value: words.T("submission.size.line", "pages", s.Pages, "exhibits", s.Exhibits, "bytes", words.Bytes(s.Bytes))},
		{Label: words.T("submission.mask"), Value: mask},
		file("submission.pdf", s.PDFName, s.PDFSHA256), file("submission.bag", s.BagName, s.BagSHA256), signer,
	}
}

// sentRows says when a submission was sent, and what shows that it arrived.
func (p *Submissions) sentRows(i int, s data.Submission, now time.Time) []fyne.CanvasObject {
	if s.SentAt.IsZero() {
		return nil
	}
	zone := p.view.Order.Shop.Zone
	rows := []fyne.CanvasObject{kit.Prose(words.T("submission.sent.line", "when", words.Time(s.SentAt, zone, now), "who", s.SentBy))}
	if s.SentNote != "" {
		rows = append(rows, kit.Prose(s.SentNote))
	}
	switch at := slices.IndexFunc(p.view.Evidence, func(e data.Evidence) bool { return e.UID == s.Receipt }); {
	case s.Receipt == "":
		rows = append(rows, kit.Soft(words.T("submission.receipt.none")))
	case at < 0:
		rows = append(rows, kit.Soft(words.T("submission.receipt.gone")))
	default:
		receipt := p.view.Evidence[at]
		b := p.low(i, "receipt", words.T("submission.receipt.open", "name", words.Shorten(receipt.Name, 56)), func() { p.open(receipt) })
		rows = append(rows, container.NewHBox(b, layout.NewSpacer()))
	}
	return rows
}

// deeds are what can be done with a submission.
func (p *Submissions) deeds(s data.Submission) kit.Deeds {
	deeds := kit.Deeds{{Name: "folder", Text: words.T("submission.folder"), Do: func() { p.env.OpenPath(p.found[s.UID]) }, Off: func() string {
		if p.found[s.UID] != "" {
			return ""
		}
		return words.T("off.no_folder")
	}}}
	mark := kit.Action{Name: "sent", Text: words.T("submission.mark"), Do: func() { sentSheet(p.env, p.view, s) }}
	if s.SentAt.IsZero() {
		deeds = append(deeds, mark)
	} else {
		mark.Text = words.T("submission.mark.change")
		deeds = append(deeds, mark, kit.Action{Name: "unsent", Text: words.T("submission.mark.back"), Do: func() {
			p.env.Deed(words.T("submission.mark.back.done", "n", s.Version), func(ctx context.Context) error {
				_, err := p.env.desk.MarkSent(ctx, s.UID, desk.SentNote{})
				return err
			})
		}})
	}
	return append(deeds, kit.Action{Name: "again", Text: words.T("submission.again"), Do: func() { p.again(s) }},
		kit.Action{Name: "copy", Text: words.T("submission.copy"), Do: func() { p.env.UI.Copy(fingerprints(s), words.T("submission.copied")) }}, kit.Stays("stays.bundle"))
}

// actions are buttons for what can be done with a submission; the one that opens its
// folder stands there once that was found.
func (p *Submissions) actions(i int, s data.Submission) fyne.CanvasObject {
	row := container.NewHBox()
	deeds := p.deeds(s).Shown()
	for _, a := range append(deeds[1:len(deeds):len(deeds)], deeds[0]) {
		b := p.low(i, a.Name, a.Text, a.Do)
		switch {
		case a.Name == "folder":
			b.Hidden = a.Why() != ""
			p.dirs[s.UID] = b
		case a.Name == "sent" && s.SentAt.IsZero():
			b.Importance = widget.MediumImportance
		}
		row.Add(b)
	}
	return row
}

func (p *Submissions) low(i int, name, text string, do func()) *kit.Button {
	b := kit.NewButton(kit.RowName("submission", i, name), text, do)
	b.Importance = widget.LowImportance
	return b
}

// fingerprints writes what fixes a submission, to be sent apart from it.
func fingerprints(s data.Submission) string {
	text := fmt.Sprintf("%s\nSHA-256 %s\n%s\nSHA-256 %s\n", s.PDFName, s.PDFSHA256, s.BagName, s.BagSHA256)
	if s.Signer != "" {
		text += "ssh-ed25519 " + s.Signer + "\n"
	}
	return text
}

// changeRows lists changes under a title.
func changeRows(title string, changes []string) []fyne.CanvasObject {
	rows := []fyne.CanvasObject{kit.Soft(title)}
	if len(changes) == 0 {
		rows = append(rows, kit.Prose(words.T("bundle.done.changes.none")))
	}
	for i, change := range changes {
		if i == changesShown {
			rows = append(rows, kit.Soft(words.T("bind.checks.more", "n", len(changes)-i)))
			break
		}
		rows = append(rows, kit.Prose("· "+changeWords(change)))
	}
	return rows
}

// looked is what is found out about submissions beside the main goroutine.
type looked struct {
	since  []string          // what changed since the last one
	places map[string]string // by UID
}

// look asks what changed since the last submission, and where the files are.
func (p *Submissions) look() {
	p.loader.Stop()
	n := len(p.view.Submissions)
	if n == 0 {
		return
	}
	id, last := p.view.Dispute.ID, p.view.Submissions[n-1]
	list, folders, places := p.view.Submissions, p.folders(), map[string]string{}
	p.env.UI.Kept(bundlePlacesKey, &places)
	kit.Load(&p.loader, func(ctx context.Context) (looked, error) {
		l := looked{places: map[string]string{}}
		for _, s := range list {
			if dir := folderOf(s, append([]string{places[s.UID]}, folders...)); dir != "" {
				l.places[s.UID] = dir
			}
		}
		var err error
		l.since, err = p.env.desk.ChangesSince(ctx, desk.BundleRequest{DisputeID: id, Language: last.Language, Profile: last.Profile, Mask: last.Mask})
		return l, err
	}, func(l looked, err error) {
		p.place(l.places)
		if err != nil {
			p.env.UI.Problem(err)
			return
		}
		p.drawSince(last, l.since)
	})
}

// folders are where bundles may lie.
func (p *Submissions) folders() []string {
	var last string
	p.env.UI.Kept(folderKey, &last)
	return []string{last, p.env.Documents()}
}

// folderOf is the first of some folders in which the files of a submission are, by
// name and size; "" when none is.
func folderOf(s data.Submission, folders []string) string {
	for _, dir := range folders {
		if dir == "" || s.BagName == "" {
			continue
		}
		if info, err := os.Stat(filepath.Join(dir, s.BagName)); err == nil && info.Mode().IsRegular() && info.Size() == s.Bytes {
			return dir
		}
	}
	return ""
}

// place keeps where submissions were found, and shows the buttons that go there.
func (p *Submissions) place(found map[string]string) {
	kept := map[string]string{}
	p.env.UI.Kept(bundlePlacesKey, &kept)
	news := false
	for uid, dir := range found {
		news = news || kept[uid] != dir
		kept[uid] = dir
	}
	if news {
		p.env.UI.Keep(bundlePlacesKey, kept)
	}
	p.found = found
	for uid, b := range p.dirs {
		if found[uid] != "" {
			b.Show()
		} else {
			b.Hide()
		}
	}
}

// drawSince warns that the last bundle is not what the case is now.
func (p *Submissions) drawSince(last data.Submission, changes []string) {
	changes = slices.DeleteFunc(slices.Clone(changes), func(c string) bool { return strings.HasPrefix(c, "program.changed") })
	p.since.Objects = nil
	if len(changes) > 0 {
		title := words.T("submission.since", "n", last.Version)
		if !last.SentAt.IsZero() {
			title = words.T("submission.since.sent", "n", last.Version)
		}
		rows := []fyne.CanvasObject{kit.Colored("△ "+title, look.Amber, fyne.TextStyle{Bold: true})}
		rows = append(rows, changeRows(words.T("submission.since.what"), changes)...)
		bind := kit.NewIconButton("submission.new", words.T("submission.new"), theme.ContentAddIcon(), p.bind)
		p.since.Objects = []fyne.CanvasObject{kit.NewPanel(kit.Dense(kit.Stacked(look.Tight, kit.Stacked(0, rows...), container.NewHBox(bind, layout.NewSpacer()))))}
	}
	p.since.Refresh()
	p.scroll.Refresh()
}

// again makes a submission once more into a folder.
func (p *Submissions) again(s data.Submission) {
	from := p.found[s.UID]
	if from == "" {
		from = p.env.Documents()
	}
	p.env.ChooseDir(words.T("submission.again.dir", "n", s.Version), from, func(dir string) {
		var report desk.BundleReport
		p.env.UI.Jobs.Run(words.T("submission.again.job", "n", s.Version), func(ctx context.Context, progress func(int64, int64, string)) (err error) {
			report, err = p.env.desk.Rebuild(ctx, s.UID, dir, progress)
			return err
		}, func(err error) {
			if err != nil {
				p.env.UI.Problem(err)
				return
			}
			kit.Event("rebuilt", "path", report.BagPath)
			p.place(mergedPlace(p.found, s.UID, filepath.Dir(report.BagPath)))
			p.env.showRebuilt(s, report)
		})
	})
}

func mergedPlace(found map[string]string, uid, dir string) map[string]string {
	all := map[string]string{uid: dir}
	for other, at := range found {
		if other != uid {
			all[other] = at
		}
	}
	return all
}

// showRebuilt says that a submission came out as it was.
func (e *env) showRebuilt(s data.Submission, r desk.BundleReport) {
	rows := []fyne.CanvasObject{
		container.NewHBox(kit.NewBadge("✓ "+words.T("submission.again.same"), kit.Good)),
		kit.Prose(words.T("submission.again.text", "n", s.Version)),
		e.fileLine(words.T("bundle.done.pdf"), r.PDFPath, s.PDFSHA256), e.fileLine(words.T("bundle.done.bag"), r.BagPath, s.BagSHA256),
	}
	var sheet *kit.OpenSheet
	sheet = e.UI.Open(kit.Sheet{
		Name: "rebuilt", Title: words.T("submission.again.title", "n", s.Version), Width: 640,
		Body: kit.Dense(kit.Stacked(look.Gap, rows...)), Cancel: words.T("do.close"),
		Do: words.T("submission.folder"), OnDo: func() {
			sheet.Close()
			e.OpenPath(filepath.Dir(r.BagPath))
		},
	})
}
