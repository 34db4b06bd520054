package show

import (
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/data/pack"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/words"
)

// findingsShown is how many findings are drawn at once; how many more there are
// is said below.
const findingsShown = 500

// refsShown is how many places of one finding are drawn; how many more there are
// is said behind them.
const refsShown = 40

// FindingDeeds are what can be done with findings in a room. What a room cannot
// do is nil, and is not offered.
type FindingDeeds struct {
	Follow   func(data.Ref)                          // leads to a place at which a finding points
	Go       func(data.FindingView) (string, func()) // a button that leads to where it is mended, and its words
	Mend     func(data.FindingView) (string, func()) // offers the finding's deed, and its words; a nil deed is not known here
	Pass     func(data.FindingView)                  // lets one stand, with a reason
	TakeBack func(data.FindingView)                  // takes that back
	First    int                                     // number of the first one in the trace
	Narrow   bool                                    // buttons stand below the words, for a narrow column
}

// Findings is the one list of findings: how bad each is, why, where, how it is
// mended, and where its rule comes from. Those that were let pass stand below
// in a line each. name is the prefix in the trace: "case.finding".
func Findings(name string, all []data.FindingView, d FindingDeeds) *fyne.Container {
	rows := kit.Stacked(look.Tight)
	for i, f := range all {
		if i == findingsShown {
			rows.Add(kit.Soft(words.N("findings.more", len(all)-i)))
			break
		}
		if f.Passed != nil {
			rows.Add(passedRow(name, d.First+i, f, d))
		} else {
			rows.Add(findingRow(name, d.First+i, f, d))
		}
	}
	return kit.Dense(rows).(*fyne.Container)
}

// Standing is how many findings nobody let pass.
func Standing(all []data.FindingView) int {
	n := 0
	for _, f := range all {
		if f.Passed == nil {
			n++
		}
	}
	return n
}

// AsFindings gives findings that nobody can have let pass.
func AsFindings(all ...data.Finding) []data.FindingView { return data.WithPasses(all, nil) }

func findingRow(name string, i int, f data.FindingView, d FindingDeeds) fyne.CanvasObject {
	buttons := container.NewHBox()
	add := func(what, text string, do func()) {
		b := kit.NewButton(kit.RowName(name, i, what), text, do)
		b.Importance = widget.LowImportance
		buttons.Add(b)
	}
	if d.Mend != nil && f.Mend.Deed != "" {
		if text, do := d.Mend(f); do != nil {
			add("mend", text, do)
		}
	}
	if d.Go != nil {
		if text, do := d.Go(f); do != nil {
			add("go", text, do)
		}
	}
	if d.Pass != nil {
		add("pass", words.T("case.finding.pass"), func() { d.Pass(f) })
	}
	beside := container.NewVBox(buttons)
	if d.Narrow {
		beside = container.NewVBox()
	}
	parts := []fyne.CanvasObject{container.NewBorder(nil, nil, container.NewVBox(severityBadge(f.Severity)), beside, kit.Prose(words.Text(f.Why)))}
	if !f.How.IsZero() {
		parts = append(parts, kit.Soft(words.T("case.mend", "how", words.Text(f.How))))
	}
	if len(f.Where) > 0 {
		parts = append(parts, Refs(kit.RowName(name, i, "at"), f.Where, d.Follow))
	}
	if line := OriginLine(f.Origin); line != "" {
		parts = append(parts, kit.Soft(line))
	}
	if d.Narrow {
		parts = append(parts, buttons)
	}
	return kit.Stacked(0, parts...)
}

func passedRow(name string, i int, f data.FindingView, d FindingDeeds) fyne.CanvasObject {
	said := kit.Soft("– " + words.T("case.finding.passed", "what", words.Text(f.Why), "who", f.Passed.By, "reason", f.Passed.Reason))
	if d.TakeBack == nil {
		return said
	}
	back := kit.NewButton(kit.RowName(name, i, "back"), words.T("case.finding.back"), func() { d.TakeBack(f) })
	back.Importance = widget.LowImportance
	return container.NewBorder(nil, nil, nil, container.NewVBox(back), said)
}

// severityBadge says how bad a finding is.
func severityBadge(s data.Severity) fyne.CanvasObject {
	word := words.Of("case.severity", string(s))
	switch s {
	case data.Blocking:
		return kit.NewBadge("✗ "+word, kit.Danger)
	case data.Serious:
		return kit.NewBadge("! "+word, kit.Danger)
	case data.Warning:
		return kit.NewBadge("· "+word, kit.Warn)
	case data.Info:
	}
	return kit.NewBadge(word, kit.Plain)
}

// OriginLine says where a rule comes from and how well it is known.
func OriginLine(o data.Origin) string {
	if o.Source == "" {
		return ""
	}
	edition := o.Edition
	if edition == data.Undated {
		edition = ""
	}
	return words.Join(" · ", words.Text(pack.Text(o.Source)), edition, words.Of("confidence", o.Confidence))
}

// Refs names the places at which something points, each a button that leads
// there; with a nil follow they are only named.
func Refs(name string, where []data.Ref, follow func(data.Ref)) fyne.CanvasObject {
	quotes, box := kit.Stacked(0), container.New(layout.NewRowWrapLayout())
	seen := map[data.Ref]bool{}
	for i, ref := range where {
		if i == refsShown {
			box.Add(kit.Soft1(words.N("findings.more", len(where)-i)))
			break
		}
		if seen[ref] || ref.Kind == "text" && ref.Label == "" { // of the whole text
			continue
		}
		seen[ref] = true
		if follow == nil && ref.Kind == "text" { // it wraps: a column is not widened by what it quotes
			quotes.Add(kit.Soft(refTitle(ref)))
			continue
		}
		if follow == nil {
			box.Add(kit.Soft1(refTitle(ref)))
			continue
		}
		b := kit.NewButton(kit.RowName(name, i, "ref"), "→ "+refTitle(ref), func() { follow(ref) })
		b.Importance = widget.LowImportance
		box.Add(b)
	}
	switch {
	case len(quotes.Objects) == 0:
		return box
	case len(box.Objects) > 0:
		quotes.Add(box)
	}
	return quotes
}

// refTitle names a place at which something points.
func refTitle(ref data.Ref) string {
	label := ref.Label
	switch ref.Kind {
	case "event":
		label = words.Of("event", label)
	case "section":
		label = words.Of("section", data.Section(label))
	case "file":
		path := ref.ID
		if filepath.IsAbs(path) {
			path = filepath.Base(path) // where a file lies on this computer tells nothing
		}
		return words.Shorten(words.Dotted(path, label), 80)
	case "field":
		return words.Shorten(words.Dotted(ref.ID, label), 80)
	case "sheet", "column":
		label = ref.ID
	case "text":
		return words.T("replies.quoted", "text", words.Shorten(words.OneSpaced(label), 60))
	case "row":
		return words.Dotted(words.T("verify.row", "n", ref.ID), words.Shorten(words.OneSpaced(label), 60))
	}
	return words.Join(" ", words.Of("case.ref", ref.Kind), words.Shorten(label, 40))
}
