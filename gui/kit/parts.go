package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// Part is one of the parts of a record.
type Part struct {
	Content fyne.CanvasObject
	tab     *Tab
	name    string
}

// NewPart makes a part; name is for the trace, behind that of its Parts.
func NewPart(name, text string, content fyne.CanvasObject) *Part {
	return &Part{Content: content, name: name, tab: NewTab(text, func() {})}
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
	p := &Parts{All: parts, row: container.NewHBox(), stack: container.NewStack()}
	for i, part := range parts {
		part.tab.tapped = func() { p.SelectIndex(i) }
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

// SelectedIndex is the index of the part that is shown.
func (p *Parts) SelectedIndex() int { return p.open }

// CreateRenderer is for Fyne.
func (p *Parts) CreateRenderer() fyne.WidgetRenderer {
	head := container.NewVBox(container.NewHScroll(p.row), Hairline())
	return widget.NewSimpleRenderer(container.NewBorder(head, nil, nil, nil, p.stack))
}
