package bind

import (
	"strconv"
	"strings"

	"casebinder/data"
	"casebinder/data/bundle/fit"
	"casebinder/gui/kit"
	"casebinder/gui/show"
	"casebinder/gui/words"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// drawFindings says what would make the bundle fit, and what does not.
func (t *targetPart) drawFindings(p *fit.Plan) {
	if len(p.Ways) > 0 {
		t.measured.Add(kit.Section(words.T("bind.ways")))
	}
	for i, w := range p.Ways {
		t.measured.Add(t.wayRow(i, w))
	}
	switch {
	case !p.Fits:
		t.measured.Add(kit.Section("! " + words.T("bind.refused")))
	case len(p.Findings) > 0:
		t.measured.Add(kit.Section(words.T("bind.not_asked")))
	}
	t.measured.Add(show.Findings("bind.plan", show.AsFindings(p.Findings...), show.FindingDeeds{Follow: t.b.goRef, Mend: t.b.checks.mend}))
}

// numbersAt are the numbers of the exhibits at which places point.
func (l *exhibitList) numbersAt(where []data.Ref) []int {
	var all []int
	for _, ref := range where {
		if i := indexOfExhibit(l.list, ref.ID); i >= 0 {
			all = append(all, l.list[i].Number)
		}
	}
	return all
}

// wayRow is something that makes the bundle smaller; its button does it where
// that can be done here.
func (t *targetPart) wayRow(i int, w fit.Way) fyne.CanvasObject {
	text := reasonWords(w.Reason)
	if w.Fits {
		text = "✓ " + words.T("bind.way.fits", "way", text)
	}
	line := kit.Prose(text)
	do, label := t.way(w)
	if do == nil {
		return line
	}
	b := kit.NewButton(kit.RowName("bind.way", i, "do"), label, do)
	return container.NewBorder(nil, nil, nil, container.NewVBox(b), line)
}

// way is what the button of a way does, and its words; nil where it has none.
func (t *targetPart) way(w fit.Way) (func(), string) {
	switch {
	case strings.HasPrefix(w.Code, "way.shorten"):
		return func() { t.b.focusPart(partStatement) }, words.T("bind.go.statement")
	case strings.HasPrefix(w.Code, "way.largest"), strings.HasPrefix(w.Code, "way.uncited"):
		var numbers []int
		for _, item := range w.Items {
			if n := exhibitOfItem(item); n > 0 {
				numbers = append(numbers, n)
			}
		}
		return func() { t.b.exhibits.leaveOut(numbers) }, words.T("bind.leave_out")
	}
	return nil, ""
}

// drawPlaced says which file holds what, and why.
func (t *targetPart) drawPlaced(p *fit.Plan) {
	t.placed.Objects = nil
	if len(p.Files) > 0 {
		t.placed.Add(kit.Section(words.N("bind.files", len(p.Files))))
	}
	for i, f := range p.Files {
		if i == checkLines {
			t.placed.Add(kit.Soft(words.T("bind.checks.more", "n", len(p.Files)-i)))
			break
		}
		t.placed.Add(kit.Stacked(0, kit.Prose(fileLine(f)), kit.Soft(itemsTitle(f.Items))))
	}
	if len(p.Why) > 0 {
		t.placed.Add(kit.Section(words.T("bind.why")))
	}
	for _, r := range p.Why {
		t.placed.Add(kit.Soft("· " + reasonWords(r)))
	}
	kit.Dense(t.placed)
	t.placed.Refresh()
}

// fileLine names a file with its slot, pages and size.
func fileLine(f fit.File) string {
	size := words.Bytes(f.Bytes)
	if f.Pages > 0 {
		return words.Join(" · ", f.Category, f.Name, words.N("bind.pages", f.Pages), size)
	}
	return words.Join(" · ", f.Category, f.Name, size)
}

// exhibitOfItem is the number of the exhibit that a plan's item is; 0 for
// sections.
func exhibitOfItem(item string) int {
	number, ok := strings.CutPrefix(item, "exhibit:")
	n, err := strconv.Atoi(number)
	if !ok || err != nil {
		return 0
	}
	return n
}

// itemTitle names a plan's item.
func itemTitle(item string) string {
	if n := exhibitOfItem(item); n > 0 {
		return words.T("bind.cite.exhibit", "n", n)
	}
	if section, ok := strings.CutPrefix(item, "section:"); ok {
		return words.Of("section", data.Section(section))
	}
	return item
}

// itemsTitle names items; exhibits that follow each other become one span.
func itemsTitle(items []string) string {
	var parts []string
	for i := 0; i < len(items); i++ {
		first := exhibitOfItem(items[i])
		last := first
		for first > 0 && i+1 < len(items) && exhibitOfItem(items[i+1]) == last+1 {
			i, last = i+1, last+1
		}
		if last > first {
			parts = append(parts, words.T("bind.cite.exhibits", "from", first, "to", last))
		} else {
			parts = append(parts, itemTitle(items[i]))
		}
	}
	return strings.Join(parts, " · ")
}

// reasonWords puts a reason of a plan into words.
func reasonWords(r fit.Reason) string {
	args := make([]any, 0, 2*len(r.Args))
	for name, value := range r.Args {
		if name == "exhibit" || name == "subject" || name == "item" {
			value = strings.TrimPrefix(value, "exhibit:")
		}
		args = append(args, name, value)
	}
	return words.T("fit."+r.Code, args...)
}

// drawBind shows whether the bundle can be bound.
func (t *targetPart) drawBind() { t.bind.draw() }
