package replies

import (
	"cmp"
	"context"

	"fyne.io/fyne/v2"

	"casebinder/data"
	"casebinder/gui/kit"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// goOn takes the next step with one key: it copies, and then says that it is
// sent. A key that comes while the reply is still checked, or the copied one on its
// way to the screen, is heard when that is done.
func (w *writer) goOn() {
	switch {
	case w.copying || w.waiting && w.copied():
		w.early = true
	case w.copied():
		w.sayItIsSent()
	case w.mayCopy():
		w.copyText()
	default:
		w.eager = w.checking && !w.waiting // nobody has read what is still on its way
	}
}

// copyEagerly copies what a key asked to copy while it was still being checked; not
// where something stands against it.
func (w *writer) copyEagerly() {
	if !w.eager || w.waiting || w.checking {
		return
	}
	w.eager = false
	w.copyText()
}

// copied reports whether what stands on the screen is what was copied.
func (w *writer) copied() bool {
	return !w.draft.CopiedAt.IsZero() && w.draft.CopiedText == w.ui.text.Text
}

// hearEarly does what a key asked for that came too early.
func (w *writer) hearEarly() {
	if w.early && w.copied() && !w.waiting {
		w.sayItIsSent()
	}
	w.early = w.early && w.waiting
}

// copyText puts the reply on the clipboard. It is not sent by that: the keys go to
// the button that says so.
func (w *writer) copyText() {
	if !w.mayCopy() {
		return
	}
	text, language := w.ui.text.Text, cmp.Or(w.checked.Language, w.shown.draft.Language)
	if w.saver != nil {
		w.saver.Stop()
	}
	w.dirty = false
	d := w.toStore()
	w.keepPassed(&d)
	fyne.CurrentApp().Clipboard().SetContent(text)
	w.copying = true
	kit.Do(func(ctx context.Context) (data.ReplyDraft, error) {
		return w.env.desk.CopyDraft(ctx, d, language, text)
	}, func(copied data.ReplyDraft, err error) {
		w.copying = false
		if err != nil {
			w.early = false
			w.env.UI.Problem(err)
			return
		}
		if w.at.about != copied.ReplyAbout {
			return // another one is written meanwhile; this one waits where it was
		}
		w.draft.ID, w.draft.UID = copied.ID, copied.UID
		w.draft.CopiedAt, w.draft.CopiedText, w.draft.CopiedIn = copied.CopiedAt, copied.CopiedText, copied.CopiedIn
		w.gate()
		w.env.UI.Window.Canvas().Focus(w.ui.sent)
		w.env.UI.Toast(words.T("replies.copied.now"), nil)
		w.hearEarly()
	})
}

// keepPassed leaves with a reply only what was let stand and is found in it.
func (w *writer) keepPassed(d *data.ReplyDraft) {
	d.Passed = nil
	for _, v := range w.views() {
		if v.Passed == nil {
			continue
		}
		for _, p := range w.draft.Passed {
			if p.Key == v.Passed.Key {
				d.Passed = append(d.Passed, p)
				break
			}
		}
	}
}

// sayItIsSent writes the copied reply into the record. What was typed for it is
// done with.
func (w *writer) sayItIsSent() {
	if w.draft.CopiedAt.IsZero() || w.waiting {
		return
	}
	if w.saver != nil {
		w.saver.Stop()
	}
	w.dirty = false
	show.SayDraftSent(w.env.Env, w.env.desk, w.at.about, w.ui.by)
}

// dropCopied lets go of a reply that was copied and not sent. It can be undone.
func (w *writer) dropCopied() {
	about := w.at.about
	if w.saver != nil {
		w.saver.Stop()
	}
	w.dirty = false
	w.env.Deed(words.T("thread.dropped"), func(ctx context.Context) error { return w.env.desk.DropDraft(ctx, about) })
}

// key hears function keys.
func (w *writer) key(key fyne.KeyName) {
	for i, k := range []fyne.KeyName{fyne.KeyF2, fyne.KeyF3, fyne.KeyF4} {
		if key == k && i < len(w.proposed) {
			w.chooseTemplate(w.proposed[i].template)
		}
	}
	switch key {
	case fyne.KeyF6:
		w.left.SelectIndex(0)
		w.talk.Focus()
	case fyne.KeyF7:
		w.env.UI.Window.Canvas().Focus(w.ui.text)
	case fyne.KeyF9:
		w.goOn()
	}
}
