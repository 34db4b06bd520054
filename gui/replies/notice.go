package replies

import (
	"context"
	"strings"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/kit"
	"casebinder/gui/route"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// clear shows that no notice is chosen.
func (n *notices) clear() {
	n.filler.Stop()
	n.at, n.now, n.waiting = 0, prepared{}, false
	n.title.SetText("")
	n.draw()
}

// row is the notice that is shown.
func (n *notices) row() (desk.DueNotice, bool) {
	i := n.index()
	if i < 0 {
		return desk.DueNotice{}, false
	}
	return n.rows[i], true
}

// choose prepares the notice of a row in its buyer's language.
func (n *notices) choose(i int) {
	if i < 0 || i >= len(n.rows) {
		return
	}
	d := n.rows[i]
	n.at, n.now, n.waiting = d.OrderID, prepared{}, true
	n.title.SetText(words.Join(" · ", noticeName(d.Notice.Notice), d.Buyer, d.Number))
	n.draw()
	kit.Load(&n.filler, func(ctx context.Context) (prepared, error) { return n.env.prepare(ctx, d), nil }, func(p prepared, _ error) {
		n.now, n.waiting = p, false
		n.by.Offer(p.draft.ReplyAbout, p.order.Shop.Platform, p.ways)
		n.draw()
		kit.Event("notice", "order", d.OrderID)
	})
}

// prepare fills the template of a notice for its order, and checks it.
func (e *env) prepare(ctx context.Context, d desk.DueNotice) (p prepared) {
	var view desk.OrderView
	if view, p.err = e.desk.Order(ctx, d.OrderID); p.err != nil {
		return p
	}
	p.order = view.Order
	about := data.ReplyAbout{OrderID: d.OrderID, DisputeID: view.OpenDispute()}
	if p.ways, p.err = e.desk.ReplyChannels(ctx, about); p.err != nil {
		return p
	}
	if p.draft, p.err = e.desk.DraftOf(ctx, about); p.err != nil || d.Template == "" {
		return p
	}
	language, err := e.languageOf(ctx, view)
	if err != nil {
		p.err = err
		return p
	}
	draft := data.ReplyDraft{ReplyAbout: about, Template: d.Template}
	if p.filled, p.err = e.fill(ctx, draft, language.tag); p.err != nil {
		return p
	}
	p.checked, p.err = e.checkReply(ctx, desk.ReplyCheck{ReplyAbout: about, Language: p.filled.draft.Language, Text: p.filled.draft.Text})
	return p
}

// draw shows the notice that is chosen.
func (n *notices) draw() {
	n.why.RemoveAll()
	n.hour.RemoveAll()
	n.found.RemoveAll()
	d, ok := n.row()
	if ok {
		n.why.Add(kit.Soft(words.Text(d.Why)))
	}
	if n.now.order.ID != 0 {
		for _, o := range hourParts(n.env.UI.Now(), n.now.order) {
			n.hour.Add(o)
		}
	}
	f := n.now.filled
	n.text.SetText(f.draft.Text)
	n.gloss.SetText("")
	if f.gloss.Language != f.draft.Language {
		n.gloss.SetText(ownLines(f.gloss))
	}
	if f.draft.Language != "" && !f.draft.Exact {
		n.why.Add(kit.Soft("! " + words.T("notices.language", "got", words.LanguageNamed(f.draft.Language))))
	}
	if len(n.now.checked.Findings) > 0 {
		n.found.Add(show.Findings("notices.finding", n.now.checked.Findings, show.FindingDeeds{}))
	}
	kit.Dense(n.why)
	n.gate(ok)
	for _, o := range []*fyne.Container{n.why, n.hour, n.found} {
		o.Refresh()
	}
}

// ownLines is a reply in the seller's language, whose lines run from the left also
// where one begins with a name in Arabic or Hebrew.
func ownLines(d desk.Draft) string {
	lines := strings.Split(d.Text, "\n")
	for i, line := range lines {
		if first, _ := utf8.DecodeRuneInString(line); unicode.In(first, unicode.Arabic, unicode.Hebrew) {
			lines[i] = "\u200e" + line
		}
	}
	return strings.Join(lines, "\n")
}

// copied reports whether this notice was copied and waits to be said sent.
func (n *notices) copied() bool {
	d, ok := n.row()
	return ok && !n.waiting && !n.now.draft.CopiedAt.IsZero() && n.now.draft.Template == d.Template
}

// gate lets a whole notice be copied, and a copied one be said to be sent. What
// wants more than a key is opened where replies are written.
func (n *notices) gate(chosen bool) {
	p, text := n.now, ""
	d, _ := n.row()
	may := chosen && !n.waiting && p.err == nil
	switch {
	case !chosen || n.waiting:
	case p.err != nil:
		what, do := words.Problem(p.err)
		text = "! " + what + " " + do
	case d.Template == "":
		may, text = false, "! "+words.T("notices.no_template")
	case !p.draft.IsEmpty() && p.draft.Template != d.Template:
		may, text = false, "! "+words.T("notices.other_draft")
	case len(p.filled.draft.Missing) > 0:
		var names []string
		for _, name := range p.filled.draft.Missing {
			names = append(names, variableName(name))
		}
		may, text = false, "! "+words.T("replies.copy.blocked", "list", strings.Join(names, ", "))
	case p.checked.Blocked:
		may, text = false, "! "+words.T("notices.blocked")
	case n.copied():
		text = words.T("replies.copied.then", "when", words.Time(p.draft.CopiedAt, "", n.env.UI.Now()))
	}
	enable(n.copy, may)
	enable(n.sent, n.copied())
	n.by.Ask(n.copied())
	enable(n.skip, chosen)
	enable(n.change, chosen)
	n.blocked.SetText(text)
}

func enable(b fyne.Disableable, on bool) {
	if on {
		b.Enable()
	} else {
		b.Disable()
	}
}

// copyText puts the notice on the clipboard.
func (n *notices) copyText() {
	d, ok := n.row()
	if !ok || n.copy.Disabled() {
		return
	}
	f := n.now.filled.draft
	draft := data.ReplyDraft{ReplyAbout: n.now.draft.ReplyAbout, Template: d.Template}
	fyne.CurrentApp().Clipboard().SetContent(f.Text)
	kit.Do(func(ctx context.Context) (data.ReplyDraft, error) {
		return n.env.desk.CopyDraft(ctx, draft, f.Language, f.Text)
	}, func(copied data.ReplyDraft, err error) {
		if err != nil {
			n.env.UI.Problem(err)
			return
		}
		if n.at == d.OrderID {
			n.now.draft = copied
			n.draw()
			n.env.UI.Window.Canvas().Focus(n.sent)
		}
		n.env.UI.Toast(words.T("replies.copied.now"), nil)
	})
}

// sayItIsSent writes the notice into the record; the next one follows.
func (n *notices) sayItIsSent() {
	if !n.copied() {
		return
	}
	at := n.at
	show.SayDraftSent(n.env.Env, n.env.desk, n.now.draft.ReplyAbout, n.by)
	delete(n.ticked, at)
}

// skipIt says that the notice is not sent. It can be undone.
func (n *notices) skipIt() {
	d, ok := n.row()
	if !ok {
		return
	}
	n.env.Deed(words.T("notices.skipped"), func(ctx context.Context) error { return n.env.desk.SkipNotice(ctx, d.OrderID, d.Notice.Notice, true) })
}

// openIt opens the notice where replies are written, to be changed there.
func (n *notices) openIt() {
	if d, ok := n.row(); ok {
		n.env.Open(route.Reply{Order: show.RowOfOrder(desk.OrderView{Order: n.now.order}), Template: d.Template})
	}
}

// key hears function keys: F9 copies, then says that it is sent; F8 skips.
func (n *notices) key(key fyne.KeyName) {
	switch key {
	case fyne.KeyF8:
		n.skipIt()
	case fyne.KeyF9:
		if n.copied() {
			n.sayItIsSent()
		} else {
			n.copyText()
		}
	}
}
