package replies

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"casebinder/gui/kit"
	"casebinder/gui/words"
)

// keyTree is a tree that hands function keys on to the window; the toolkit's keeps
// them. Its leaves have deeds as the rows of every list.
type keyTree struct {
	widget.Tree
	ui    *kit.UI
	deeds func() kit.Deeds // of the chosen leaf
	text  func() string
}

func newKeyTree(u *kit.UI, children func(widget.TreeNodeID) []widget.TreeNodeID, branch func(widget.TreeNodeID) bool,
	create func(bool) fyne.CanvasObject, update func(widget.TreeNodeID, bool, fyne.CanvasObject),
) *keyTree {
	t := &keyTree{ui: u}
	t.ChildUIDs, t.IsBranch, t.CreateNode, t.UpdateNode = children, branch, create, update
	t.ExtendBaseWidget(t)
	return t
}

// ListsRows is for kit.Lister.
func (t *keyTree) ListsRows() {}

// TypedKey is for Fyne.
func (t *keyTree) TypedKey(e *fyne.KeyEvent) {
	if t.deeds().Typed(t.ui, e.Name, func() { t.deeds().Menu(t.ui, kit.Below(t), 1, t.copy) }) {
		return
	}
	if !t.ui.Key(e.Name) {
		t.Tree.TypedKey(e)
	}
}

// TypedShortcut copies the chosen leaf.
func (t *keyTree) TypedShortcut(s fyne.Shortcut) {
	t.ui.TypedCopy(s, t.copy)
}

func (t *keyTree) copy() { t.ui.Copy(t.text(), words.T("toast.copied")) }
