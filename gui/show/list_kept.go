package show

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"casebinder/data"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/words"
)

var problemFilterName = data.DefineProblem("filter_name", data.ErrConflict,
	"There is already a filter named “{name}”.",
	"Choose another name, or delete the other filter first.")

// keptFilter is a filter that a person kept under a name, with the order of the
// rows.
type keptFilter[F comparable] struct {
	Name   string
	Filter F
	Order  kit.Order
}

// keptFilters is the button with the filters of a list that were kept. They
// stand in the desk's settings.
type keptFilters[F comparable] struct {
	env    *Env
	name   string // of the list
	now    func() F
	order  func() kit.Order
	use    func(F, kit.Order)
	button *kit.Button
	loader kit.Loader
	all    []keptFilter[F]
}

func newKeptFilters[F comparable](e *Env, name string, now func() F, order func() kit.Order, use func(F, kit.Order)) *keptFilters[F] {
	k := &keptFilters[F]{env: e, name: name, now: now, order: order, use: use}
	k.button = kit.NewButton(name+".kept", words.T("list.kept"), k.open)
	return k
}

func (k *keptFilters[F]) key() string { return "filters." + k.name }

// load asks the desk for the filters that were kept.
func (k *keptFilters[F]) load() {
	kit.Load(&k.loader, func(ctx context.Context) (all []keptFilter[F], err error) {
		_, err = k.env.Desk.Setting(ctx, k.key(), &all)
		return all, err
	}, func(all []keptFilter[F], err error) {
		if err != nil {
			k.env.UI.Problem(err)
			return
		}
		k.all = all
		k.draw()
	})
}

// draw names the kept filter that is in force on the button.
func (k *keptFilters[F]) draw() {
	text := words.T("list.kept")
	if i := k.inForce(); i >= 0 {
		text = "★ " + words.Shorten(k.all[i].Name, 16)
	}
	if k.button.Text != text {
		k.button.SetText(text)
	}
}

// inForce is which kept filter the list is narrowed to; -1: none.
func (k *keptFilters[F]) inForce() int {
	now := k.now()
	return slices.IndexFunc(k.all, func(one keptFilter[F]) bool { return one.Filter == now })
}

// items are the entries of the button's menu.
func (k *keptFilters[F]) items() []*fyne.MenuItem {
	var items []*fyne.MenuItem
	chosen := k.inForce()
	for i, one := range k.all {
		item := fyne.NewMenuItem(one.Name, func() { k.use(one.Filter, one.Order) })
		item.Checked = i == chosen
		items = append(items, item)
	}
	if len(items) > 0 {
		items = append(items, fyne.NewMenuItemSeparator())
	}
	items = append(items, fyne.NewMenuItem(words.T("list.kept.keep"), func() { k.keepSheet() }))
	if len(k.all) > 0 {
		items = append(items, fyne.NewMenuItem(words.T("list.kept.delete"), func() { k.deleteSheet() }))
	}
	return items
}

func (k *keptFilters[F]) open() {
	kit.MenuBelow(k.env.UI, k.button, k.items()...)
}

// keepSheet keeps the filter that is in force under a name.
func (k *keptFilters[F]) keepSheet() *kit.OpenSheet {
	entry := kit.NewEntry(k.env.UI)
	kit.Trace("filter.name", entry)
	one, before := keptFilter[F]{Filter: k.now(), Order: k.order()}, k.all
	return k.env.UI.OpenForm(kit.FormSheet{
		Name: "filter", Title: words.T("list.kept.title"), Width: 460, Focus: entry,
		Fields: []*kit.Field{{Label: words.T("list.kept.name"), Hint: words.T("list.kept.hint"), Object: entry, Check: func() error {
			name := strings.TrimSpace(entry.Text)
			switch {
			case name == "":
				return kit.ProblemRequired.New("field", words.T("list.kept.name"))
			case slices.ContainsFunc(k.all, func(other keptFilter[F]) bool { return other.Name == name }):
				return problemFilterName.New("name", name)
			}
			return nil
		}}},
		Read: func() error { one.Name = strings.TrimSpace(entry.Text); return nil },
		Work: func(ctx context.Context) error {
			return k.env.Desk.PutSetting(ctx, k.key(), append(slices.Clone(before), one))
		},
		Done: func() {
			k.stored(words.T("list.kept.done", "name", one.Name), append(slices.Clone(before), one), before)
		},
	})
}

// stored shows what is kept now, and offers what was kept before.
func (k *keptFilters[F]) stored(said string, now, before []keptFilter[F]) {
	k.all = now
	k.draw()
	k.env.UI.Toast(said, func() { k.put(words.T("action.undone"), before, now) })
}

// put stores the filters; before are those that Undo brings back.
func (k *keptFilters[F]) put(said string, now, before []keptFilter[F]) {
	kit.Do(func(ctx context.Context) (struct{}, error) {
		return struct{}{}, k.env.Desk.PutSetting(ctx, k.key(), now)
	}, func(_ struct{}, err error) {
		if err != nil {
			k.env.UI.Problem(err)
			return
		}
		k.stored(said, now, before)
	})
}

// deleteSheet lists the kept filters, each with a button that deletes it.
func (k *keptFilters[F]) deleteSheet() {
	var sheet *kit.OpenSheet
	rows := make([]*kit.Row, len(k.all))
	for i, one := range k.all {
		deeds := kit.Deeds{
			{Text: words.T("list.kept.use"), Do: func() {
				sheet.Close()
				k.use(one.Filter, one.Order)
			}},
			{Text: words.T("list.kept.delete.do"), Keys: kit.KeysBin, Rule: true, Do: func() {
				sheet.Close()
				rest := slices.DeleteFunc(slices.Clone(k.all), func(other keptFilter[F]) bool { return other.Name == one.Name })
				k.put(words.T("list.kept.deleted", "name", one.Name), rest, k.all)
			}},
		}
		away := kit.NewButton(kit.RowName("filter", i, "delete"), deeds[1].Text, deeds[1].Do)
		line := container.NewHBox(kit.Wide(300, kit.Soft1(words.Shorten(one.Name, 48))), layout.NewSpacer(), away)
		rows[i] = kit.NewRow(k.env.UI, line, func() string { return one.Name }, func() kit.Deeds { return deeds })
	}
	sheet = k.env.UI.Open(kit.Sheet{
		Name: "filters", Title: words.T("list.kept.delete.title"), Width: 460, Height: 320, Cancel: words.T("action.close"),
		Body: container.NewVScroll(kit.Inset(look.Tight, kit.Stacked(2, kit.Rows(rows...)...))),
	})
}
