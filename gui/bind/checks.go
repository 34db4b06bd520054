package bind

import (
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casebinder/data"
	"casebinder/data/bundle/fit"
	"casebinder/data/bundle/statement"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// checkLines is how many lines of one kind are listed at most.
const checkLines = 40

// checksPart lists what stands against sending the bundle as it is. Each
// finding can be followed.
type checksPart struct {
	b      *Page
	object fyne.CanvasObject
	rows   *fyne.Container
	first  *kit.Button // of the list
}

func newChecksPart(b *Page) *checksPart {
	c := &checksPart{b: b, rows: kit.Stacked(look.Tight)}
	c.object = container.NewVScroll(kit.Inset(look.Tight, c.rows))
	return c
}

// standing are the findings that nobody let pass: those for which an export is
// refused, and the others.
func (c *checksPart) standing() (stops, others []data.FindingView) {
	for _, f := range c.b.view.Findings {
		switch {
		case f.Passed != nil:
		case statement.Stops(f.Finding):
			stops = append(stops, f)
		default:
			others = append(others, f)
		}
	}
	return stops, others
}

// count is how many things stand against sending; what is only worth knowing
// is not counted.
func (c *checksPart) count() int {
	n := 0
	for _, f := range c.b.view.Findings {
		if f.Passed == nil && f.Severity != data.Info {
			n++
		}
	}
	return n
}

// blocking is the first finding for which an export is refused.
func (c *checksPart) blocking() (data.FindingView, bool) {
	stops, _ := c.standing()
	if len(stops) == 0 {
		return data.FindingView{}, false
	}
	return stops[0], true
}

// focus puts the keys on the first button.
func (c *checksPart) focus() {
	if c.first != nil {
		c.b.env.UI.Window.Canvas().Focus(c.first)
	}
}

// draw lists everything anew.
func (c *checksPart) draw() {
	c.rows.Objects = nil
	stops, others := c.standing()
	deeds := show.FindingDeeds{Follow: c.b.goRef, Mend: c.mend, Go: func(f data.FindingView) (string, func()) {
		if f.Mend.Deed != "" {
			return "", nil
		}
		return words.T("bind.go.there"), func() { c.b.goFinding(f) }
	}}
	if len(stops) > 0 {
		c.rows.Add(kit.Section(words.T("bind.checks.blocked")))
		c.rows.Add(show.Findings("bind.check", stops, deeds))
	}
	if len(others) > 0 {
		deeds.First = len(stops)
		c.rows.Add(kit.Section(words.T("bind.checks.worth")))
		c.rows.Add(show.Findings("bind.check", others, deeds))
	}
	if len(stops)+len(others) == 0 {
		c.rows.Add(kit.Soft("✓ " + words.T("bind.checks.none")))
	}
	c.first = firstButton(c.rows)
	kit.Dense(c.rows)
	c.rows.Refresh()
}

// firstButton is the first button in a container; nil when there is none.
func firstButton(in *fyne.Container) *kit.Button {
	for _, o := range in.Objects {
		switch o := o.(type) {
		case *kit.Button:
			return o
		case *fyne.Container:
			if b := firstButton(o); b != nil {
				return b
			}
		}
	}
	return nil
}

// mend offers what this page can do about a finding.
func (c *checksPart) mend(f data.FindingView) (string, func()) {
	m := f.Mend
	switch m.Deed {
	case "claim.edit":
		return words.T("bind.go.claim"), func() { c.b.goRef(m.Ref) }
	case fit.DeedExhibit:
		return words.T("bind.go.exhibit"), func() { c.b.goRef(m.Ref) }
	case fit.DeedLeaveOut:
		return words.T("bind.leave_out"), func() { c.b.exhibits.leaveOut(c.b.exhibits.numbersAt(f.Where)) }
	case fit.DeedWrite:
		return words.T("bind.go.statement"), func() { c.b.focusPart(partStatement) }
	case "proof.show":
		return words.T("bind.go.proof"), func() { c.b.goProof(m.Ref.ID) }
	}
	return "", nil
}

// goClaim shows a claim, counted from 1.
func (b *Page) goClaim(n int) {
	b.showPart(partStatement)
	b.statement.goClaim(n)
}

// goFinding leads to what a finding is about: an exhibit here, else the first
// place that it names.
func (b *Page) goFinding(f data.FindingView) {
	for _, ref := range f.Where {
		if b.isExhibit(ref) {
			b.goExhibit(ref.ID)
			return
		}
	}
	if len(f.Where) > 0 {
		b.goRef(f.Where[0])
		return
	}
	b.proof()
}

// isExhibit reports whether a place is an exhibit of this page.
func (b *Page) isExhibit(ref data.Ref) bool {
	return (ref.Kind == "evidence" || ref.Kind == "label") && indexOfExhibit(b.exhibits.list, ref.ID) >= 0
}

// goRef leads to a place: on this page, else to the row of the case.
func (b *Page) goRef(ref data.Ref) {
	switch {
	case b.isExhibit(ref):
		b.goExhibit(ref.ID)
	case ref.Kind == "claim":
		if n, err := strconv.Atoi(ref.ID); err == nil {
			b.goClaim(n)
		}
	case ref.Kind == "statement", ref.Kind == "field":
		b.focusPart(partStatement)
	case ref.Kind == "section":
		b.pages.goSection(data.Section(ref.ID))
	case ref.Kind == "proof":
		b.proof()
	default:
		b.follow(ref)
	}
}

// goProof lets one say which evidence stands for a missing item; where there is
// none yet, it leads to the case's proof.
func (b *Page) goProof(id string) {
	for _, item := range b.view.Proof {
		if item.ID == id && len(b.view.Evidence) > 0 {
			show.AssignSheet(b.env.Env, b.view.CaseView, item)
			return
		}
	}
	b.proof()
}

// leadsNowhere reports whether a part of the bundle is cited in vain.
func (b *Page) leadsNowhere(part data.Section) bool {
	return slices.ContainsFunc(b.view.Findings, func(f data.FindingView) bool {
		return f.Rule == statement.RuleNowhere && slices.ContainsFunc(f.Where, func(r data.Ref) bool { return r.Kind == "section" && r.ID == string(part) })
	})
}
