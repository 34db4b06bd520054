package verify

import (
	"context"
	"path/filepath"
	"slices"

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

// Desk is what the room asks of a desk.
type Desk interface {
	Verify(ctx context.Context, path string, p desk.Progress) (desk.VerifyReport, error)
}

// Open asks for a bag and checks it.
func Open(e *show.Env, d Desk) {
	var sheet *kit.OpenSheet
	body := kit.Stacked(look.Gap, kit.Prose(words.T("verify.text")), container.NewHBox(
		kit.NewButton("verify.file", words.T("verify.file"), func() {
			e.ChooseFiles(words.T("verify.file"), []string{".zip"}, func(p []string) { sheet.Close(); File(e, d, p[0], nil) })
		}),
		kit.NewButton("verify.folder", words.T("verify.folder"), func() {
			e.ChooseDir(words.T("verify.folder"), e.Documents(), func(p string) { sheet.Close(); File(e, d, p, nil) })
		})))
	sheet = e.UI.Open(kit.Sheet{Name: "verify", Title: words.T("menu.verify"), Width: 520, Body: body})
}

// File checks a bag and shows what was found, file by file. closed runs once a person
// has read it; it may be nil.
func File(e *show.Env, d Desk, path string, closed func()) {
	var report desk.VerifyReport
	e.UI.Jobs.Run(words.T("verify.job", "name", filepath.Base(path)), func(ctx context.Context, progress func(int64, int64, string)) (err error) {
		report, err = d.Verify(ctx, path, progress)
		return err
	}, func(err error) {
		if err != nil {
			e.UI.Problem(err)
			return
		}
		showVerified(e, report, closed)
	})
}

func showVerified(e *show.Env, r desk.VerifyReport, closed func()) {
	kit.Event("verified", "path", r.Path, "intact", r.Intact)
	verdict := kit.NewBadge("✗ "+words.Of("verify.verdict", r.Verdict), kit.Danger)
	if r.Intact {
		verdict = kit.NewBadge("✓ "+words.Of("verify.verdict", r.Verdict), kit.Good)
	}
	head := kit.Stacked(look.Tight, container.NewHBox(verdict, signatureBadge(r)), kit.Prose(r.Path),
		kit.Soft(words.T("verify.counts", "files", words.Number(int64(r.Files)), "bytes", words.Bytes(r.Bytes), "version", r.Version)))
	for _, part := range sealRows(e, r) {
		head.Add(part)
	}
	var list fyne.CanvasObject = kit.Prose(words.T("verify.all_intact"))
	if len(r.Findings) > 0 {
		all := slices.Clone(r.Findings)
		for i := range all {
			if len(all[i].Where) == 0 {
				all[i].Where = []data.Ref{{Kind: "file", ID: words.T("verify.whole")}}
			}
		}
		list = show.Findings("verify.finding", show.AsFindings(all...), show.FindingDeeds{})
	}
	e.UI.Open(kit.Sheet{
		Name: "verified", Title: words.T("verify.title"), Width: 760, Height: 640,
		Body: container.NewBorder(kit.Dense(head), nil, nil, nil, container.NewVScroll(kit.Dense(kit.Inset(look.Tight, list)))), Cancel: words.T("do.close"), OnCancel: closed,
	})
}

// signatureBadge says whether a bundle of ours is signed; nothing is said of what
// is no bundle of ours.
func signatureBadge(r desk.VerifyReport) fyne.CanvasObject {
	text := words.Of("verify.signature", r.Signature)
	switch {
	case r.Format == 0 || r.Signature == "":
		return layout.NewSpacer()
	case r.Signature == "valid" && r.Desk != "":
		return kit.NewBadge("✓ "+words.T("verify.signature.own"), kit.Good)
	case r.Signature == "valid" && r.Known:
		return kit.NewBadge("✓ "+text, kit.Good)
	case r.Signature == "valid":
		return kit.NewBadge("△ "+words.T("verify.signature.unknown"), kit.Plain)
	case r.Signature == "none":
		return kit.NewBadge(text, kit.Plain)
	}
	return kit.NewBadge("✗ "+text, kit.Danger)
}

// sealRows says with which key a bundle was signed, and what its custody log and
// the files to upload are like.
func sealRows(e *show.Env, r desk.VerifyReport) []fyne.CanvasObject {
	var rows []fyne.CanvasObject
	if r.Fingerprint != "" {
		line := words.T("verify.signer", "fingerprint", r.Fingerprint)
		if r.Desk != "" {
			line = words.T("verify.signer.own", "fingerprint", r.Fingerprint, "dir", r.Desk)
		}
		take := kit.NewButton("verify.key", words.T("do.copy"), func() { e.UI.Copy(r.Fingerprint, words.T("copied", "text", r.Fingerprint)) })
		take.Importance = widget.LowImportance
		rows = append(rows, container.NewBorder(nil, nil, nil, container.NewVBox(take), kit.Prose(line)))
	}
	if r.Custody > 0 {
		rows = append(rows, kit.Soft("✓ "+words.T("verify.custody", "n", words.Number(r.Custody))))
	}
	if r.Pages > 0 {
		rows = append(rows, kit.Soft("✓ "+words.T("verify.pages", "n", words.Number(int64(r.Pages)))))
	}
	if r.FormFiles > 0 {
		rows = append(rows, kit.Soft("✓ "+words.T("verify.form_files", "n", r.FormFiles)))
	}
	return rows
}
