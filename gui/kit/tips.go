package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// pointed is the part with a tooltip that lies under the pointer; nil: none.
// The main goroutine alone touches it.
var pointed desktop.Hoverable

// HideTips takes away the tooltip that is shown or about to be. Fyne tells a part
// that the pointer left it once the pointer moves, which it does not where a key
// puts another part under it.
func (u *UI) HideTips() {
	if pointed != nil {
		pointed.MouseOut()
		pointed = nil
	}
	if u.tips != nil && len(u.tips.Objects) > 0 {
		u.tips.Objects = nil
		u.tips.Refresh()
	}
}

// tipsIn is the layer in which the tooltips of a window are shown.
func tipsIn(layered fyne.CanvasObject) *fyne.Container {
	if stack, ok := layered.(*fyne.Container); ok && len(stack.Objects) > 1 {
		layer, _ := stack.Objects[len(stack.Objects)-1].(*fyne.Container)
		return layer
	}
	return nil
}
