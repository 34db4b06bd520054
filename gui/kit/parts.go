package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// Part is one of the parts of a record.
type Part struct {
	Content fyne.CanvasObject
	tab     *partTab
	name    string
}

// partTab is the tab of a part, which takes the keys: → and ← go to the parts beside
// it, Enter and Space show what it names.
type partTab struct {
	Tab
	beside func(step int)
}

func newPartTab(text string) *partTab {
	t := &partTab{Tab: *newTab(text)}
	t.ExtendBaseWidget(t)
	return t
}

// CreateRenderer is for Fyne.
func (t *partTab) CreateRenderer() fyne.WidgetRenderer { return newTabRenderer(&t.Tab, t) }

// FocusGained is for Fyne.
func (t *partTab) FocusGained() { t.focused = true; t.Refresh() }

// FocusLost is for Fyne.
func (t *partTab) FocusLost() { t.focused = false; t.Refresh() }

// TypedRune is for Fyne.
func (t *partTab) TypedRune(rune) {}

// TypedKey is for Fyne; what a tab has no use for goes on to the window.
func (t *partTab) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyLeft:
		t.beside(-1)
	case fyne.KeyRight:
		t.beside(1)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		t.tapped()
	default:
		if c := fyne.CurrentApp().Driver().CanvasForObject(t); c != nil && c.OnTypedKey() != nil {
			c.OnTypedKey()(e)
		}
	}
}

// NewPart makes a part; name is for the trace, behind that of its Parts.
func NewPart(name, text string, content fyne.CanvasObject) *Part {
	return &Part{Content: content, name: name, tab: newPartTab(text)}
}

// SetText changes the words of its tab.
func (p *Part) SetText(text string) {
	if p.tab.text != text {
		p.tab.text = text
		p.tab.Refresh()
	}
}

// Parts shows one of the parts of a record, below a row of tabs that choose it.
type Parts struct {
	widget.BaseWidget
	All   []*Part
	open  int
	row   *fyne.Container
	stack *fyne.Container
}

// NewParts makes them; the first is shown. name is for the trace: the tabs are
// "case.part.proof" and so on.
func NewParts(name string, parts ...*Part) *Parts {
	p := &Parts{All: parts, row: container.New(&tabRow{}), stack: container.NewStack()}
	for i, part := range parts {
		part.tab.tapped = func() { p.SelectIndex(i) }
		part.tab.beside = func(step int) { p.goTo(i + step) }
		Trace(name+"."+part.name, part.tab)
		p.row.Add(part.tab)
	}
	p.ExtendBaseWidget(p)
	p.SelectIndex(0)
	return p
}

// Select shows a part.
func (p *Parts) Select(part *Part) {
	for i, other := range p.All {
		if other == part {
			p.SelectIndex(i)
		}
	}
}

// SelectIndex shows the part at an index, if there is one.
func (p *Parts) SelectIndex(i int) {
	if i < 0 || i >= len(p.All) {
		return
	}
	p.open = i
	for k, part := range p.All {
		part.tab.SetOpen(k == i)
	}
	ShowOnly(p.stack, p.All[i].Content)
}

// goTo shows the part at an index and gives its tab the keys.
func (p *Parts) goTo(i int) {
	if i < 0 || i >= len(p.All) {
		return
	}
	p.SelectIndex(i)
	if c := fyne.CurrentApp().Driver().CanvasForObject(p.All[i].tab); c != nil {
		c.Focus(p.All[i].tab)
	}
}

// SelectedIndex is the index of the part that is shown.
func (p *Parts) SelectedIndex() int { return p.open }

// CreateRenderer is for Fyne.
func (p *Parts) CreateRenderer() fyne.WidgetRenderer {
	head := container.NewVBox(p.row, Hairline())
	return widget.NewSimpleRenderer(container.NewBorder(head, nil, nil, nil, p.stack))
}
