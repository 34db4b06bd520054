package bind

import (
	"context"
	"slices"
	"strings"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/kit"
	"casebinder/gui/route"
	"casebinder/gui/show"
	"casebinder/gui/words"

	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// mark opens the editor of marks on the original of an exhibit.
func (l *exhibitList) mark(x desk.ExhibitView) {
	ev := x.Evidence
	if x.Original != nil {
		ev = *x.Original
	}
	l.b.env.Open(route.Marks{Dispute: l.b.id, Evidence: ev, Done: l.b.Reload})
}

func (l *exhibitList) open(ev data.Evidence) {
	kit.Do(func(ctx context.Context) (string, error) { return l.b.env.desk.EvidenceCopy(ctx, ev.ID) }, func(path string, err error) {
		if err != nil {
			l.b.env.UI.Problem(err)
			return
		}
		l.b.env.OpenPath(path)
	})
}

// toggle includes an exhibit or leaves it out.
func (l *exhibitList) toggle(i int) {
	l.list[i].Included = !l.list[i].Included
	said := "bind.left_out.done"
	if l.list[i].Included {
		said = "bind.included.done"
	}
	title := words.Shorten(exhibitTitle(l.list[i]), 40)
	renumber(l.list)
	l.store()
	l.b.env.UI.Toast(words.T(said, "title", title), l.b.env.Undo)
}

// leaveOut leaves several exhibits out.
func (l *exhibitList) leaveOut(numbers []int) {
	left := 0
	for i := range l.list {
		if n := l.list[i].Number; n > 0 && slices.Contains(numbers, n) {
			l.list[i].Included = false
			left++
		}
	}
	if left == 0 {
		return
	}
	renumber(l.list)
	l.store()
	l.b.env.UI.Toast(words.N("bind.left_out.many", left), l.b.env.Undo)
}

// drawFoot shows what can be done with the chosen exhibit.
func (l *exhibitList) drawFoot() {
	l.foot.Objects = nil
	i := indexOfExhibit(l.list, l.chosen)
	if i >= 0 {
		x := l.list[i]
		low := func(name, text string, do func()) {
			b := kit.NewButton(name, text, do)
			b.Importance = widget.LowImportance
			l.foot.Add(b)
		}
		low("bind.edit", words.T("bind.edit"), l.edit)
		low("bind.open", words.T("evidence.open"), func() { l.open(x.Evidence) })
		if show.CanMark(x.Evidence) {
			low("bind.mark", words.T("bind.mark"), func() { l.mark(x) })
		}
		up := kit.NewIconButton("bind.up", "", theme.MoveUpIcon(), func() { l.move(-1) })
		down := kit.NewIconButton("bind.down", "", theme.MoveDownIcon(), func() { l.move(1) })
		up.SetToolTip(words.T("bind.tip.up", "keys", kit.SystemKeys("Ctrl+↑"), "section", kit.SystemKeys("Ctrl+Shift+↑")))
		down.SetToolTip(words.T("bind.tip.down", "keys", kit.SystemKeys("Ctrl+↓"), "section", kit.SystemKeys("Ctrl+Shift+↓")))
		up.Importance, down.Importance = widget.LowImportance, widget.LowImportance
		l.foot.Add(layout.NewSpacer())
		l.foot.Add(up)
		l.foot.Add(down)
	}
	l.foot.Refresh()
}

func (l *exhibitList) move(by int) {
	if moveWithin(l.list, indexOfExhibit(l.list, l.chosen), by) {
		l.store()
	}
}

func (l *exhibitList) moveOver(by int) {
	if moveSection(l.list, indexOfExhibit(l.list, l.chosen), by) {
		l.store()
	}
}

// edit opens the form of the chosen exhibit.
func (l *exhibitList) edit() {
	i := indexOfExhibit(l.list, l.chosen)
	if i < 0 {
		return
	}
	x := l.list[i]
	title, proves := kit.TextField(l.b.env.UI, x.Title, 1), kit.TextField(l.b.env.UI, x.Proves, 2)
	title.SetPlaceHolder(exhibitTitle(desk.ExhibitView{Evidence: x.Evidence, Zone: x.Zone}))
	proves.SetPlaceHolder(words.T("bind.proves.hint"))
	section := kit.NewChoice(kit.Options("section", data.ExhibitSections()), x.Section, nil)
	included := kit.NewCheck(words.T("bind.included"), nil)
	included.Checked = x.Included
	var edited data.Exhibit
	l.b.env.UI.OpenForm(kit.FormSheet{
		Name: "bind.exhibit", Title: words.T("bind.edit.title", "name", words.Shorten(x.Evidence.Name, 48)), Width: 560, Focus: title,
		Fields: []*kit.Field{
			{Label: words.T("bind.title"), Object: title},
			{Label: words.T("bind.proves"), Object: proves},
			kit.ChoiceRow(words.T("bind.section"), section),
			{Object: included},
		},
		Read: func() error {
			edited = x.Exhibit
			edited.Title, edited.Proves = strings.TrimSpace(title.Text), strings.TrimSpace(proves.Text)
			edited.Section, edited.Included = section.Value(), included.Checked
			return nil
		},
		Work: func(context.Context) error { return nil },
		Done: func() { l.edited(edited) },
	})
	kit.Trace("bind.exhibit.title", title)
	kit.Trace("bind.exhibit.proves", proves)
}

// edited takes in what the form says of an exhibit.
func (l *exhibitList) edited(x data.Exhibit) {
	i := indexOfExhibit(l.list, x.EvidenceUID)
	if i < 0 || l.list[i].Exhibit == x {
		return
	}
	moved := l.list[i].Section != x.Section
	x.Position = l.list[i].Position
	l.list[i].Exhibit = x
	if moved {
		placeExhibit(l.list, i, x.Section, len(l.list))
	} else {
		renumber(l.list)
	}
	l.store()
	l.b.env.UI.Toast(words.T("bind.edited"), l.b.env.Undo)
}
