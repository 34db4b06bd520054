package gui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casebinder/data/desk"
	"casebinder/gui/kit"
	"casebinder/gui/loop"
	"casebinder/gui/native"
	"casebinder/gui/show"
	"casebinder/gui/verify"
)

// verifyAlone shows what verifying a bundle finds, in a window without a desk, as a
// double click of whoever got the bundle asks for.
func verifyAlone(ctx context.Context, program fyne.App, o Options) {
	w := program.NewWindow("Casebinder")
	w.Resize(fyne.NewSize(820, 680))
	w.SetMaster()
	ui := kit.NewUI(w)
	w.SetContent(ui.Frame(container.NewBorder(nil, ui.Jobs.Object(), nil, nil)))
	context.AfterFunc(ctx, func() { loop.Do(program.Quit) })
	own, err := deskDir(program, o)
	if err != nil {
		own = "" // a bundle can be verified without
	}
	verify.File(&show.Env{UI: ui}, stranger{o: o.Desk, own: own}, o.Verify, w.Close)
	program.Lifecycle().SetOnStarted(func() {
		native.Fit(w)
		loop.Rest(w, tellBusy)
	})
	kit.Event("ready")
	traceControls(w, ctx.Done())
	showAndRun(program, w)
}

// A stranger opens no desk. Where there is one on the computer, its key is known.
type stranger struct {
	o   desk.Options
	own string // folder of the desk
}

func (s stranger) Verify(ctx context.Context, path string, p desk.Progress) (desk.VerifyReport, error) {
	return desk.Verify(ctx, desk.VerifyRequest{Path: path, Desk: s.own, Pages: s.o.Pages, Code: s.o.CodeDir}, p)
}
