package replies

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/words"
)

// tree lists templates by scenario, with a search over names and texts.
type tree struct {
	env      *env
	search   *kit.Search
	tree     *keyTree
	object   fyne.CanvasObject
	changed  func(uid string)
	edit     func(uid string)
	use      func() // goes on to the text
	all      []data.Template
	text     string // searched for
	scenes   []string
	groups   map[string][]data.Template
	selected string // UID
}

func newTree(e *env, changed func(uid string)) *tree {
	t := &tree{env: e, changed: changed, groups: map[string][]data.Template{}}
	t.search = kit.NewSearch(e.UI, words.T("replies.search"), func(text string) {
		t.text = text
		t.arrange()
	})
	kit.ToHits(t.search, t.toHits)
	kit.Trace("replies.search", t.search)
	t.tree = newKeyTree(e.UI, t.children, t.isBranch, t.makeNode, t.updateNode)
	t.tree.deeds = func() kit.Deeds { return t.deeds(t.selected) }
	t.tree.text = func() string { return t.lineOf(t.selected) }
	t.tree.HideSeparators = true
	t.tree.OnSelected = func(id widget.TreeNodeID) {
		uid, leaf := strings.CutPrefix(id, "t:")
		if !leaf {
			t.tree.ToggleBranch(id)
			t.tree.Unselect(id)
			return
		}
		t.selected = uid
		t.changed(uid)
	}
	kit.Trace("replies.tree", t.tree)
	t.object = t.tree
	return t
}

// toHits gives the keys to what the search found, and chooses the first of it
// where what is chosen was not found: the keys would begin at what is not there.
func (t *tree) toHits() {
	filled := slices.IndexFunc(t.scenes, func(scene string) bool { return len(t.groups[scene]) > 0 })
	if filled < 0 {
		return
	}
	if t.text != "" && !matchesTemplate(t.byUID(t.selected), t.text) {
		t.choose(t.groups[t.scenes[filled]][0].UID)
	}
	t.env.UI.Window.Canvas().Focus(t.tree)
}

func (t *tree) children(id widget.TreeNodeID) []widget.TreeNodeID {
	var list []widget.TreeNodeID
	if id == "" {
		for _, s := range t.scenes {
			list = append(list, "s:"+s)
		}
		return list
	}
	for _, one := range t.groups[strings.TrimPrefix(id, "s:")] {
		list = append(list, "t:"+one.UID)
	}
	return list
}

func (t *tree) isBranch(id widget.TreeNodeID) bool {
	return id == "" || strings.HasPrefix(id, "s:")
}

// deeds are what can be done with a template in the list; none is chosen: nothing.
func (t *tree) deeds(uid string) kit.Deeds {
	if uid == "" {
		return nil
	}
	return templateDeeds(t.env, uid, t.edit).First(kit.Action{Text: words.T("replies.use"), Do: func() {
		t.choose(uid)
		t.use()
	}})
}

// lineOf is a template as text.
func (t *tree) lineOf(uid string) string {
	one := t.byUID(uid)
	return words.Join("\t", templateName(one), scenarioName(one.Scenario), coverageOf(one))
}

// makeNode is a name with the languages that it has at the right edge.
func (t *tree) makeNode(bool) fyne.CanvasObject {
	name := widget.NewLabel("")
	name.Truncation = fyne.TextTruncateEllipsis
	return kit.NewItem(t.env.UI, container.NewBorder(nil, nil, nil, container.New(layout.NewCustomPaddedLayout(0, 0, look.Tight, 2*look.Gap), container.NewCenter(kit.NewText("", kit.Muted, look.Small, false))), name))
}

func (t *tree) updateNode(id widget.TreeNodeID, branch bool, o fyne.CanvasObject) {
	item := o.(*kit.Item)
	row := item.Content.(*fyne.Container)
	name, more := row.Objects[0].(*widget.Label), coverageText(row.Objects[1])
	item.Choose = func() {
		t.env.UI.Window.Canvas().Focus(t.tree)
		t.tree.Select(id)
	}
	uid := strings.TrimPrefix(id, "t:")
	item.Deeds, item.Text = func() kit.Deeds { return t.deeds(uid) }, func() string { return t.lineOf(uid) }
	if branch {
		key := strings.TrimPrefix(id, "s:")
		item.Deeds, item.Text = func() kit.Deeds { return nil }, func() string { return scenarioName(key) }
		name.TextStyle.Bold = true
		name.SetText(kit.Visual(scenarioName(key)))
		more.Text = words.Number(int64(len(t.groups[key])))
	} else {
		one := t.byUID(uid)
		name.TextStyle.Bold = false
		name.SetText(kit.Visual(templateName(one)))
		more.Text = coverageOf(one)
	}
	more.Refresh()
}

// coverageText finds the small text of a node inside of its padding.
func coverageText(o fyne.CanvasObject) *canvas.Text {
	return o.(*fyne.Container).Objects[0].(*fyne.Container).Objects[0].(*canvas.Text)
}

// coverageOf lists the languages of a template: "en es zh".
func coverageOf(t data.Template) string {
	var list []string
	for _, v := range t.Variants {
		short, _, _ := strings.Cut(v.Language, "-")
		if v.Language == words.Traditional {
			short = "tw"
		}
		if !slices.Contains(list, short) {
			list = append(list, short)
		}
	}
	if len(list) > 4 {
		return strings.Join(list[:3], " ") + " +" + words.Number(int64(len(list)-3))
	}
	return strings.Join(list, " ")
}

func (t *tree) byUID(uid string) data.Template {
	for _, one := range t.all {
		if one.UID == uid {
			return one
		}
	}
	return data.Template{}
}

// set shows templates; what is selected and open stays.
func (t *tree) set(all []data.Template) {
	t.all = all
	t.arrange()
	if t.selected != "" {
		t.show(t.selected)
	}
}

// arrange groups what the search leaves. A search opens all groups.
func (t *tree) arrange() {
	t.groups, t.scenes = map[string][]data.Template{}, nil
	for _, one := range t.all {
		if matchesTemplate(one, t.text) {
			t.groups[one.Scenario] = append(t.groups[one.Scenario], one)
		}
	}
	for _, s := range scenariosOf(t.all) {
		if len(t.groups[s]) > 0 {
			t.scenes = append(t.scenes, s)
		}
	}
	t.tree.Refresh()
	if t.text != "" {
		t.tree.OpenAllBranches()
	}
}

// matchesTemplate reports whether all words stand in a template's name,
// scenario or texts.
func matchesTemplate(t data.Template, text string) bool {
	var b strings.Builder
	b.WriteString(templateName(t) + "\n" + t.Name + "\n" + scenarioName(t.Scenario))
	for _, v := range t.Variants {
		b.WriteString("\n" + v.Body)
	}
	all := strings.ToLower(b.String())
	for _, word := range strings.Fields(strings.ToLower(text)) {
		if !strings.Contains(all, word) {
			return false
		}
	}
	return true
}

// choose selects a template and shows it.
func (t *tree) choose(uid string) {
	t.selected = uid
	for scene, list := range t.groups {
		for _, one := range list {
			if one.UID == uid {
				t.tree.OpenBranch("s:" + scene)
				t.tree.Select("t:" + uid)
				return
			}
		}
	}
}

// show selects a template that was chosen elsewhere, without choosing it again.
func (t *tree) show(uid string) {
	changed := t.changed
	t.changed = func(string) {}
	t.choose(uid)
	t.changed = changed
}
