package replies

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/gate"
	"casebinder/gui/kit"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// checkSoon checks what is typed after a pause; until then it is not known
// whether it may be copied.
func (w *writer) checkSoon() {
	w.checking, w.eager = true, false
	w.gate()
	if w.pauser != nil {
		w.pauser.Stop()
	}
	w.pauser = kit.After(checkPause, w.check)
}

// check has what stands in the draft checked, beside the main goroutine.
func (w *writer) check() {
	if w.pauser != nil {
		w.pauser.Stop()
	}
	if w.waiting {
		return
	}
	q := w.question()
	if strings.TrimSpace(q.Text) == "" {
		w.checker.Stop()
		w.checking, w.checked = false, desk.ReplyChecked{}
		w.showFindings()
		w.gate()
		return
	}
	w.checking = true
	w.gate()
	kit.Load(&w.checker, func(ctx context.Context) (desk.ReplyChecked, error) { return w.env.checkReply(ctx, q) }, func(found desk.ReplyChecked, err error) {
		if err != nil {
			found.Findings = show.AsFindings(data.FindingOf(err, data.Serious))
		}
		w.checking, w.checked = false, found
		w.showFindings()
		w.gate()
		w.eager = w.eager && err == nil
		w.copyEagerly()
	})
}

// question is what is checked.
func (w *writer) question() desk.ReplyCheck {
	return desk.ReplyCheck{ReplyAbout: w.at.about, Language: w.shown.draft.Language, Text: w.ui.text.Text}
}

// checkReply asks the desk's check.
func (e *env) checkReply(ctx context.Context, q desk.ReplyCheck) (desk.ReplyChecked, error) {
	return e.desk.CheckReply(ctx, q)
}

// views are the findings, those that were let stand last. What was let stand here
// may not be stored yet, so that it is joined here.
func (w *writer) views() []data.FindingView {
	var standing, passed []data.FindingView
	all := slices.Concat(w.checked.Findings, show.AsFindings(w.shown.draft.Findings...))
	slices.SortStableFunc(all, func(a, b data.FindingView) int { return cmp.Compare(a.Severity.Rank(), b.Severity.Rank()) })
	for _, v := range all {
		i := slices.IndexFunc(w.draft.Passed, func(p data.PassedFinding) bool { return p.Key == gate.PassKey(v.Finding) })
		if i < 0 {
			standing = append(standing, data.FindingView{Finding: v.Finding})
			continue
		}
		p := w.draft.Passed[i]
		passed = append(passed, data.FindingView{Finding: v.Finding, Passed: &data.Pass{Key: p.Key, Severity: p.Severity, Reason: p.Reason, By: p.By, At: p.At}})
	}
	return append(standing, passed...)
}

// showFindings lists what the check says.
func (w *writer) showFindings() {
	w.ui.findings.RemoveAll()
	defer w.ui.side.Refresh()
	if w.waiting || strings.TrimSpace(w.ui.text.Text) == "" {
		return
	}
	views := w.views()
	if len(views) == 0 {
		w.ui.findings.Add(kit.Soft("✓ " + words.T("replies.check.none")))
	} else {
		w.ui.findings.Add(kit.Section(words.T("replies.check")))
		w.ui.findings.Add(show.Findings("replies.finding", views, show.FindingDeeds{Mend: w.mending, Pass: w.pass, TakeBack: w.takeBack, Narrow: true}))
	}
	if w.checked.NoWords {
		w.ui.findings.Add(kit.Soft("! " + words.T("replies.check.no_words", "language", words.LanguageNamed(w.checked.Language))))
	}
	for _, p := range w.checked.Promises {
		w.ui.findings.Add(kit.Soft("· " + words.T("replies.check.promise", "day", p.Due.String(), "text", words.Shorten(words.OneSpaced(p.Text), 80))))
	}
}

// pass lets a finding stand, with a reason that is kept with the message.
func (w *writer) pass(f data.FindingView) {
	var kept string
	show.AskReason(w.env.Env, "replies.pass", words.T("replies.pass.title"), words.T("replies.pass.hint"), strings.TrimSuffix(words.T("case.finding.pass"), "…"),
		func(_ context.Context, reason string) error { kept = reason; return nil },
		func() {
			w.draft.Passed = append(slices.Clone(w.draft.Passed), data.PassedFinding{
				Rule: f.Rule, Key: gate.PassKey(f.Finding), Severity: f.Severity, Why: f.Why, Reason: kept, By: w.env.desk.Operator(), At: data.Instant(w.env.UI.Now()),
			})
			w.touched()
			w.showFindings()
			w.gate()
			w.env.UI.Toast(words.T("replies.pass.done"), nil)
		})
}

func (w *writer) takeBack(f data.FindingView) {
	w.draft.Passed = slices.DeleteFunc(slices.Clone(w.draft.Passed), func(p data.PassedFinding) bool { return p.Key == gate.PassKey(f.Finding) })
	w.touched()
	w.showFindings()
	w.gate()
}

// mending offers what mends a finding: what the gate does to the text, or what the
// screen can do.
func (w *writer) mending(f data.FindingView) (string, func()) {
	switch f.Mend.Deed {
	case gate.DeedLanguage:
		if language := f.Mend.Ref.ID; language == w.shown.draft.Language || language == "" {
			return words.T("replies.reads"), w.askLanguage
		}
		language := f.Mend.Ref.ID
		return words.T("replies.mend.language", "language", words.LanguageNamed(language)), func() { w.languageChosen(language) }
	case "reply.attach":
		return words.T("replies.mend.attach"), func() {
			if w.putField(attachedField, "true") {
				w.ask()
			}
		}
	case gate.DeedFill:
		return words.T("replies.mend.fill"), w.fillFirst
	case gate.DeedCut, gate.DeedReplace, gate.DeedShorten:
		if _, ok := gate.Mend(w.ui.text.Text, f.Finding); !ok {
			return "", nil
		}
		key := map[string]string{gate.DeedCut: "replies.mend.cut", gate.DeedReplace: "replies.mend.replace", gate.DeedShorten: "replies.mend.shorten"}[f.Mend.Deed]
		return words.T(key, "text", words.Shorten(f.Mend.Ref.Label, 30)), func() { w.mend(f.Finding) }
	}
	return "", nil
}

// mend has the gate change the text as a finding offers.
func (w *writer) mend(f data.Finding) {
	text, ok := gate.Mend(w.ui.text.Text, f)
	if !ok {
		w.check() // the words are others by now
		return
	}
	w.draft.Text = text
	w.setText(text)
	w.touched()
	w.showPreview()
	w.check()
}

// fillFirst puts the keys into the first field whose value is missing.
func (w *writer) fillFirst() {
	for _, name := range w.ui.wanted {
		if field := w.ui.inputs[name]; field != nil && w.draft.Fields[name] == "" {
			w.env.UI.Window.Canvas().Focus(field)
			return
		}
	}
	w.env.UI.Window.Canvas().Focus(w.ui.text)
}

// lacking lists the variables whose gap still stands in the text.
func (w *writer) lacking() []string {
	var list []string
	for _, name := range w.shown.draft.Missing {
		if strings.Contains(w.ui.text.Text, gap(name)) {
			list = append(list, variableName(name))
		}
	}
	if strings.Contains(w.ui.text.Text, "⟦") && len(list) == 0 {
		list = append(list, "⟦ ⟧")
	}
	return list
}

// blocking counts the findings that keep the reply from being copied.
func (w *writer) blocking() int {
	n := 0
	for _, v := range w.views() {
		if v.Passed == nil && v.Severity == data.Blocking {
			n++
		}
	}
	return n
}

// mayCopy reports whether what stands in the draft may be copied.
func (w *writer) mayCopy() bool {
	return !w.waiting && !w.checking && len(w.lacking()) == 0 && w.blocking() == 0 && strings.TrimSpace(w.ui.text.Text) != ""
}

// gate lets a text be copied only when it is the draft of what was chosen last,
// nothing is missing in it, and nothing stands against it; what was copied can be
// said to be sent.
func (w *writer) gate() {
	enable(w.ui.copy, w.mayCopy())
	copied := !w.draft.CopiedAt.IsZero() && !w.waiting
	enable(w.ui.sent, copied)
	w.ui.by.Ask(copied && w.draft.Template != desk.GivenTemplate)
	if copied {
		w.ui.drop.Show()
	} else {
		w.ui.drop.Hide()
	}
	text := ""
	switch lacking, n := w.lacking(), w.blocking(); {
	case w.waiting:
	case len(lacking) > 0:
		text = "! " + words.T("replies.copy.blocked", "list", strings.Join(lacking, ", "))
	case n > 0:
		text = "! " + words.N("replies.copy.findings", n)
	case copied && w.draft.CopiedText != w.ui.text.Text:
		text = "! " + words.T("replies.copied.other", "when", words.Time(w.draft.CopiedAt, "", w.env.UI.Now()))
	case copied:
		text = words.T("replies.copied.then", "when", words.Time(w.draft.CopiedAt, "", w.env.UI.Now()))
	}
	w.ui.blocked.SetText(text)
	if text == "" {
		w.ui.blocked.Hide()
	} else {
		w.ui.blocked.Show()
	}
}
