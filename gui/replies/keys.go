package replies

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"casebinder/gui/kit"
)

// keyTree is a tree that hands function keys on to the window; the toolkit's keeps
// them.
type keyTree struct {
	widget.Tree
	ui *kit.UI
}

func newKeyTree(u *kit.UI, children func(widget.TreeNodeID) []widget.TreeNodeID, branch func(widget.TreeNodeID) bool,
	create func(bool) fyne.CanvasObject, update func(widget.TreeNodeID, bool, fyne.CanvasObject),
) *keyTree {
	t := &keyTree{ui: u}
	t.ChildUIDs, t.IsBranch, t.CreateNode, t.UpdateNode = children, branch, create, update
	t.ExtendBaseWidget(t)
	return t
}

// TypedKey is for Fyne.
func (t *keyTree) TypedKey(e *fyne.KeyEvent) {
	if !t.ui.Key(e.Name) {
		t.Tree.TypedKey(e)
	}
}

// noticeList is the list of due notices: the arrows choose, the space bar ticks,
// and function keys go on to the window.
type noticeList struct {
	widget.List
	n *notices
}

func newNoticeList(n *notices) *noticeList {
	l := &noticeList{n: n}
	l.Length, l.CreateItem, l.UpdateItem = func() int { return len(n.rows) }, n.makeRow, n.drawRow
	l.OnSelected = func(i widget.ListItemID) { n.choose(i) }
	l.HideSeparators = true
	l.ExtendBaseWidget(l)
	return l
}

// TypedKey is for Fyne.
func (l *noticeList) TypedKey(e *fyne.KeyEvent) {
	at := l.n.index()
	switch e.Name {
	case fyne.KeyUp:
		l.Select(max(at-1, 0))
	case fyne.KeyDown:
		l.Select(min(at+1, len(l.n.rows)-1))
	case fyne.KeySpace:
		l.n.tickRow(at)
	default:
		if !l.n.env.UI.Key(e.Name) {
			l.List.TypedKey(e)
		}
	}
}
