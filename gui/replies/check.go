package replies

import (
	"context"
	"slices"
	"strings"

	"casebinder/data"
	"casebinder/gui/kit"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// checkSoon checks what is typed after a pause; until then it is not known
// whether it may be copied.
func (w *writer) checkSoon() {
	w.checking = true
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
	if strings.TrimSpace(q.text) == "" {
		w.checker.Stop()
		w.checking, w.findings = false, nil
		w.showFindings()
		w.gate()
		return
	}
	w.checking = true
	w.gate()
	kit.Load(&w.checker, func(ctx context.Context) ([]data.Finding, error) { return w.env.checkReply(ctx, q) }, func(found []data.Finding, err error) {
		if err != nil {
			found = append(found, data.FindingOf(err, data.Serious))
		}
		w.checking, w.findings = false, found
		w.showFindings()
		w.gate()
	})
}

// question is what is checked.
type question struct {
	about    data.ReplyAbout
	language string
	template string
	text     string
}

func (w *writer) question() question {
	return question{w.at.about, w.shown.draft.Language, w.draft.Template, w.ui.text.Text}
}

func (e *env) checkReply(context.Context, question) ([]data.Finding, error) { return nil, nil }

// passKey names a finding by its rule and the words at which it points, so that
// what was let stand still stands when other words change.
func passKey(f data.Finding) string { return f.Rule + "|" + f.At("text").Label }

// views are the findings, those that were let stand last.
func (w *writer) views() []data.FindingView {
	sorted := slices.Clone(w.findings)
	data.SortFindings(sorted)
	var standing, passed []data.FindingView
	for _, f := range sorted {
		i := slices.IndexFunc(w.draft.Passed, func(p data.PassedFinding) bool { return p.Key == passKey(f) })
		if i < 0 {
			standing = append(standing, data.FindingView{Finding: f})
			continue
		}
		p := w.draft.Passed[i]
		passed = append(passed, data.FindingView{Finding: f, Passed: &data.Pass{Key: p.Key, Severity: p.Severity, Reason: p.Reason, By: p.By, At: p.At}})
	}
	return append(standing, passed...)
}

// showFindings lists what the check says.
func (w *writer) showFindings() {
	w.ui.findings.RemoveAll()
	views := w.views()
	if len(views) == 0 {
		if strings.TrimSpace(w.ui.text.Text) != "" && !w.waiting {
			w.ui.findings.Add(kit.Soft("✓ " + words.T("replies.check.none")))
		}
		w.ui.findings.Refresh()
		return
	}
	w.ui.findings.Add(kit.Section(words.T("replies.check")))
	w.ui.findings.Add(show.Findings("replies.finding", views, show.FindingDeeds{
		Mend: w.mending, Pass: w.pass, TakeBack: w.takeBack, Follow: w.follow,
	}))
	w.ui.findings.Refresh()
}

// pass lets a finding stand, with a reason that is kept with the message.
func (w *writer) pass(f data.FindingView) {
	var kept string
	show.AskReason(w.env.Env, "replies.pass", words.T("replies.pass.title"), words.T("replies.pass.hint"), words.T("case.finding.pass"),
		func(_ context.Context, reason string) error { kept = reason; return nil },
		func() {
			w.draft.Passed = append(slices.Clone(w.draft.Passed), data.PassedFinding{
				Rule: f.Rule, Key: passKey(f.Finding), Severity: f.Severity, Why: f.Why, Reason: kept, By: w.env.desk.Operator(), At: data.Instant(w.env.UI.Now()),
			})
			w.touched()
			w.showFindings()
			w.gate()
			w.env.UI.Toast(words.T("replies.pass.done"), nil)
		})
}

func (w *writer) takeBack(f data.FindingView) {
	w.draft.Passed = slices.DeleteFunc(slices.Clone(w.draft.Passed), func(p data.PassedFinding) bool { return p.Key == passKey(f.Finding) })
	w.touched()
	w.showFindings()
	w.gate()
}

// follow selects the words at which a finding points.
func (w *writer) follow(data.Ref) { w.env.UI.Window.Canvas().Focus(w.ui.text) }

// mending offers what mends a finding.
func (w *writer) mending(data.FindingView) (string, func()) { return "", nil }

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
	if w.mayCopy() {
		w.ui.copy.Enable()
	} else {
		w.ui.copy.Disable()
	}
	copied := !w.draft.CopiedAt.IsZero() && !w.waiting
	if copied {
		w.ui.sent.Enable()
	} else {
		w.ui.sent.Disable()
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
