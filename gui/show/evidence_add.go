package show

import (
	"cmp"
	"context"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/clip"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/words"
)

var problemNoPicture = data.DefineProblem("clipboard_picture", data.ErrInvalid,
	"There is no picture and no file on the clipboard.",
	"Take a screenshot, or copy a picture or files, then paste again.")

// A Target is what evidence is added to: a dispute, an order alone, or a feedback.
type Target struct {
	OrderID, DisputeID, FeedbackID int64

	Kind data.EvidenceKind // what files most likely show that are pasted or added there; "" where the place does not tell
}

// AddFiles asks what files show, takes them in as evidence, with progress, and
// shows what was left out and why.
func (e *Env) AddFiles(to Target, paths []string, source string) {
	e.askKinds(to, EvidenceFiles(paths, source))
}

// Paste takes the picture or the copied files on the clipboard in as evidence, after
// asking what they show.
func (e *Env) Paste(to Target) {
	e.Clipboard(func(c clip.Content, err error) { e.PasteContent(to, c, err) })
}

// PasteContent does so with what was read, or says why it could not be.
func (e *Env) PasteContent(to Target, c clip.Content, err error) {
	files, err := e.pasted("screenshot", c, err)
	if err != nil {
		e.UI.Problem(err)
		return
	}
	if len(c.Files) == 0 { // a picture of what was on the screen
		to.Kind = cmp.Or(to.Kind, data.KindScreenshot)
	}
	e.askKinds(to, files)
}

// Pasted gives what is on the clipboard as evidence. What is wrong goes to failed.
func (e *Env) Pasted(name string, failed func(error), then func([]desk.EvidenceFile)) {
	e.Clipboard(func(c clip.Content, err error) {
		files, err := e.pasted(name, c, err)
		if err != nil {
			failed(err)
			return
		}
		then(files)
	})
}

// pasted makes evidence of the files that were copied, or of the picture, which gets a
// name and the time.
func (e *Env) pasted(name string, c clip.Content, err error) ([]desk.EvidenceFile, error) {
	switch {
	case err != nil:
		return nil, err
	case len(c.Files) > 0:
		return EvidenceFiles(c.Files, "paste"), nil
	case len(c.Picture) > 0:
		name += "-" + e.UI.Now().UTC().Format("20060102-150405") + ".png"
		return []desk.EvidenceFile{{Name: name, Bytes: c.Picture, Source: "paste"}}, nil
	}
	return nil, problemNoPicture.New()
}

// EvidenceFiles are files as evidence, with where they came from.
func EvidenceFiles(paths []string, source string) []desk.EvidenceFile {
	files := make([]desk.EvidenceFile, 0, len(paths))
	for _, p := range paths {
		files = append(files, desk.EvidenceFile{Path: p, Name: filepath.Base(p), Source: source})
	}
	return files
}

// askedSingly is up to how many files are asked about one by one; more are asked
// about all at once.
const askedSingly = 12

// askKinds asks once, on the way in, what files show. It can be said later;
// until then they stand for no proof.
func (e *Env) askKinds(to Target, files []desk.EvidenceFile) {
	if len(files) == 0 {
		return
	}
	options := append([]kit.Option[data.EvidenceKind]{{Value: "", Text: words.T("evidence.ask.later")}}, kit.Options("evidence_kind", data.EvidenceKinds())...)
	var choices []*kit.Choice[data.EvidenceKind]
	var fields []*kit.Field
	ask := func(label string) {
		c := kit.NewChoice(options, to.Kind, nil)
		kit.Trace(kit.RowName("evidence.ask", len(choices), "kind"), c)
		choices, fields = append(choices, c), append(fields, kit.ChoiceRow(label, c))
	}
	if len(files) > askedSingly {
		ask(words.N("evidence.ask.all", len(files)))
	} else {
		for _, f := range files {
			ask(words.Shorten(f.Name, 56))
		}
	}
	fields[0].Hint = words.T("evidence.ask.hint")
	var o *kit.OpenSheet
	o = e.UI.Open(kit.Sheet{
		Name: "evidence.ask", Title: words.N("evidence.ask.title", len(files)), Width: 560, Height: min(520, 190+64*float32(len(choices))),
		Body: container.NewVScroll(kit.NewForm(fields...).Object), Do: words.T("evidence.ask.do"), FocusedAt: choices[0],
		OnDo: func() {
			for i := range files {
				files[i].Kind = choices[min(i, len(choices)-1)].Value()
			}
			o.Close()
			e.addEvidence(to, files)
		},
	})
}

func (e *Env) addEvidence(to Target, files []desk.EvidenceFile) {
	var report desk.EvidenceReport
	e.UI.Jobs.Run(words.T("evidence.adding"), func(ctx context.Context, progress func(int64, int64, string)) (err error) {
		switch {
		case to.FeedbackID != 0:
			report, err = e.Desk.AddFeedbackEvidence(ctx, to.FeedbackID, files, progress)
		case to.DisputeID != 0:
			report, err = e.Desk.AddEvidence(ctx, to.DisputeID, files, progress)
		default:
			report, err = e.Desk.AddOrderEvidence(ctx, to.OrderID, files, progress)
		}
		return err
	}, func(err error) {
		if err != nil {
			e.UI.Problem(err)
			return
		}
		if n := len(report.Added); n > 0 {
			e.UI.Toast(words.N("evidence.added", n), e.Undo)
		}
		if len(report.Rejected) > 0 {
			e.showRejected(words.T("evidence.rejected.title"), report.Rejected)
		}
	})
}

// ChooseEvidence opens the file dialog.
func (e *Env) ChooseEvidence(to Target) {
	e.ChooseFiles(words.T("evidence.add"), nil, func(paths []string) { e.AddFiles(to, paths, "file") })
}

// showRejected lists files that were not taken, each with its reason.
func (e *Env) showRejected(title string, files []desk.RejectedFile) {
	e.UI.Open(kit.Sheet{
		Name: "rejected", Title: title, Width: 600, Height: 300,
		Body: container.NewVScroll(kit.Inset(look.Tight, RejectedList("rejected.file", data.Serious, files))), Cancel: words.T("action.close"),
	})
}

// RejectedList lists files that were not taken or not shown, each with its reason.
// name is the prefix in the trace.
func RejectedList(name string, severity data.Severity, files []desk.RejectedFile) fyne.CanvasObject {
	var all []data.Finding
	for _, f := range files {
		all = append(all, data.FindingOf(f.Reason, severity, data.Ref{Kind: "file", ID: f.Name}))
	}
	return Findings(name, AsFindings(all...), FindingDeeds{})
}
