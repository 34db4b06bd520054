package bind

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/data/policy"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// checkLines is how many lines of one kind are listed at most.
const checkLines = 40

// checksPart lists what stands against sending the bundle as it is. Each line
// can be followed.
type checksPart struct {
	b      *Page
	object fyne.CanvasObject
	rows   *fyne.Container
	first  *widget.Button // the first line's button
	lines  int
}

func newChecksPart(b *Page) *checksPart {
	c := &checksPart{b: b, rows: kit.Stacked(look.Tight)}
	c.object = container.NewVScroll(kit.Inset(look.Tight, c.rows))
	return c
}

// count is how many things stand against sending: citations that lead nowhere,
// claims without words, contradictions, missing proof.
func (c *checksPart) count() int {
	v := &c.b.view
	n := len(v.Citations.Unresolved) + len(v.Citations.Empty) + v.Ready.Missing
	n += show.Standing(v.Findings)
	return n
}

// blocking reports whether an export would be refused.
func (c *checksPart) blocking() bool {
	return len(c.b.view.Citations.Unresolved)+len(c.b.view.Citations.Empty) > 0
}

// focus puts the keys on the first line.
func (c *checksPart) focus() {
	if c.first != nil {
		c.b.env.UI.Window.Canvas().Focus(c.first)
	}
}

// draw lists everything anew.
func (c *checksPart) draw() {
	c.rows.Objects, c.first, c.lines = nil, nil, 0
	c.blocked()
	c.contradictions()
	c.missing()
	c.uncited()
	c.worth()
	if c.lines == 0 {
		c.rows.Add(kit.Soft("✓ " + words.T("binding.checks.none")))
	}
	kit.Dense(c.rows)
	c.rows.Refresh()
}

// section begins a part of the list.
func (c *checksPart) section(title string) { c.rows.Add(kit.Section(title)) }

// line adds a line with a button that follows it; follow may be nil.
func (c *checksPart) line(sign, text, do string, follow func()) {
	c.lines++
	var button fyne.CanvasObject
	if follow != nil {
		b := kit.NewButton(kit.RowName("binding.check", c.lines-1, "go"), do, follow)
		b.Importance = widget.LowImportance
		if c.first == nil {
			c.first = b
		}
		button = container.NewVBox(b)
	}
	head, detail, _ := strings.Cut(text, "\n")
	parts := kit.Stacked(0, kit.Prose(sign+" "+head))
	if detail != "" {
		parts.Add(kit.Soft(detail))
	}
	c.rows.Add(container.NewBorder(nil, nil, nil, button, parts))
}

// blocked lists what an export is refused for.
func (c *checksPart) blocked() {
	v := &c.b.view
	if !c.blocking() {
		return
	}
	c.section(words.T("binding.checks.blocked"))
	for _, p := range v.Citations.Unresolved {
		title, _ := c.b.citeTitle(p.Cites)
		c.line("!", words.T("binding.checks.cite", "claim", p.Claim, "target", title, "why", words.Of("binding.cite.why", p.Why)),
			words.T("binding.go.claim"), func() { c.b.goClaim(p.Claim) })
	}
	for _, n := range v.Citations.Empty {
		c.line("!", words.T("binding.checks.empty", "claim", n), words.T("binding.go.claim"), func() { c.b.goClaim(n) })
	}
}

// contradictions lists what the case says against itself.
func (c *checksPart) contradictions() {
	standing := slices.DeleteFunc(slices.Clone(c.b.view.Findings), func(f data.FindingView) bool { return f.Passed != nil })
	if len(standing) == 0 {
		return
	}
	c.section(words.N("case.findings", len(standing)))
	c.rows.Add(show.Findings("binding.check", standing, show.FindingDeeds{First: c.lines, Go: func(f data.FindingView) (string, func()) {
		return words.T("binding.go.there"), func() { c.b.goFinding(f) }
	}}))
	c.lines += len(standing)
}

// missing lists proof that the platform asks for and that is not there.
func (c *checksPart) missing() {
	v := &c.b.view
	if v.Ready.Missing == 0 {
		return
	}
	c.section(words.N("binding.checks.missing", v.Ready.Missing))
	for _, item := range v.Proof {
		if item.State == policy.Missing {
			c.line("[ ]", words.Text(item.Title)+"\n"+show.GetLine(item, v.Order.Shop.Zone, c.b.env.UI.Now()), words.T("binding.go.proof"), func() { c.b.goProof(item) })
		}
	}
}

// uncited lists claims that nothing shows, and exhibits that no claim uses.
func (c *checksPart) uncited() {
	v := &c.b.view
	if len(v.Statement.Claims) == 0 {
		return
	}
	if n := len(v.Citations.Uncited); n > 0 {
		c.section(words.N("binding.checks.claims", n))
		for _, claim := range v.Citations.Uncited {
			c.line("·", words.T("binding.checks.claim", "claim", claim, "text", words.Shorten(words.OneSpaced(v.Statement.Claims[claim-1].Text), 80)),
				words.T("binding.go.claim"), func() { c.b.goClaim(claim) })
		}
	}
	if n := len(v.Citations.Unused); n > 0 {
		c.section(words.N("binding.checks.unused", n))
		for i, uid := range v.Citations.Unused {
			if i == checkLines {
				c.rows.Add(kit.Soft(words.T("binding.checks.more", "n", n-i)))
				break
			}
			if at := indexOfExhibit(v.Exhibits, uid); at >= 0 {
				x := v.Exhibits[at]
				c.line("·", words.T("binding.checks.exhibit", "n", x.Number, "title", words.Shorten(exhibitTitle(x), 60)),
					words.T("binding.go.exhibit"), func() { c.b.goExhibit(uid) })
			}
		}
	}
}

// worth lists what is worth a look before the bundle goes out.
func (c *checksPart) worth() {
	v := &c.b.view
	tracking := false
	for _, s := range v.Order.Shipments {
		tracking = tracking || s.Tracking != ""
	}
	facts := []struct {
		missing bool
		key     string
	}{
		{len(v.Exhibits) == 0, "bundle.missing.evidence"},
		{v.Dispute.CaseNumber == "", "bundle.missing.case"},
		{v.Dispute.Claim == "", "bundle.missing.claim"},
		{v.Dispute.Amount.IsZero(), "bundle.missing.amount"},
		{!tracking, "bundle.missing.tracking"},
		{len(v.Statement.Claims) == 0, "bundle.missing.statement"},
	}
	titled := false
	title := func() {
		if !titled {
			c.section(words.T("bundle.missing"))
			titled = true
		}
	}
	for _, f := range facts {
		if f.missing {
			title()
			c.line("·", words.T(f.key), "", nil)
		}
	}
	silent, first := 0, ""
	for i := range v.Exhibits {
		if x := &v.Exhibits[i]; x.Included && x.Proves == "" {
			if silent++; silent == 1 {
				first = x.EvidenceUID
			}
		}
	}
	if silent > 0 {
		title()
		c.line("·", words.N("binding.checks.silent", silent), words.T("binding.go.exhibit"), func() { c.b.goExhibit(first) })
	}
}

// goClaim shows a claim, counted from 1.
func (b *Page) goClaim(n int) {
	b.showPart(partStatement)
	b.statement.goClaim(n)
}

// goFinding leads to what a contradiction is about: an exhibit here, else the
// row of the case.
func (b *Page) goFinding(f data.FindingView) {
	for _, ref := range f.Where {
		if (ref.Kind == "evidence" || ref.Kind == "label") && indexOfExhibit(b.exhibits.list, ref.ID) >= 0 {
			b.goExhibit(ref.ID)
			return
		}
	}
	if len(f.Where) > 0 {
		b.follow(f.Where[0])
		return
	}
	b.proof()
}

// goProof lets one say which evidence stands for a missing item; where there is
// none yet, it leads to the case's proof.
func (b *Page) goProof(item policy.ItemView) {
	if len(b.view.Evidence) > 0 {
		show.AssignSheet(b.env.Env, b.view.CaseView, item)
		return
	}
	b.proof()
}
