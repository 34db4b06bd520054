package bind

import (
	"slices"
	"strconv"
	"strings"

	"casebinder/data"
	"casebinder/data/bundle/fit"
	"casebinder/gui/kit"
	"casebinder/gui/words"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// drawRefused says what would make the bundle fit, and what does not.
func (t *targetPart) drawRefused(p *fit.Plan) {
	if len(p.Ways) > 0 {
		t.measured.Add(kit.Section(words.T("bind.ways")))
	}
	for i, w := range p.Ways {
		t.measured.Add(t.wayRow(i, w))
	}
	if !p.Fits {
		t.measured.Add(kit.Section("! " + words.T("bind.refused")))
	} else if len(p.Refused) > 0 {
		t.measured.Add(kit.Section(words.T("bind.not_asked")))
	}
	for i, r := range refusals(p.Refused) {
		text := kit.Soft(itemsTitle(r.items) + ": " + r.why)
		uid := t.b.exhibits.uidOf(exhibitOfItem(r.items[0]))
		if uid == "" {
			t.measured.Add(text)
			continue
		}
		show := kit.NewButton(kit.RowName("bind.refused", i, "go"), words.T("bind.go.exhibit"), func() { t.b.goExhibit(uid) })
		show.Importance = widget.LowImportance
		t.measured.Add(container.NewBorder(nil, nil, nil, container.NewVBox(show), text))
	}
}

// refused are items that do not fit for one and the same reason.
type refused struct {
	items []string
	why   string
}

// refusals puts items together that do not fit for the same reason, each group
// in the order of the bundle.
func refusals(all []fit.Refusal) []refused {
	var groups []refused
	for _, r := range all {
		why := reasonWords(r.Reason)
		at := slices.IndexFunc(groups, func(g refused) bool { return g.why == why })
		if at < 0 {
			at, groups = len(groups), append(groups, refused{why: why})
		}
		groups[at].items = append(groups[at].items, r.Item)
	}
	for _, g := range groups {
		slices.SortStableFunc(g.items, func(a, b string) int { return exhibitOfItem(a) - exhibitOfItem(b) })
	}
	return groups
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

// uidOf is the evidence of an exhibit by its number; "" when there is none.
func (l *exhibitList) uidOf(number int) string {
	for i := range l.list {
		if number > 0 && l.list[i].Number == number {
			return l.list[i].EvidenceUID
		}
	}
	return ""
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
