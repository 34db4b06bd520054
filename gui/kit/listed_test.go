package kit

import (
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"casebinder/gui/look"
)

// A list has its six rows and its head wherever what stands around it can give way, and
// what gave way comes back with the room.
func TestWhatStandsAroundAListGivesWay(t *testing.T) {
	block := func(height float32) *canvas.Rectangle {
		r := canvas.NewRectangle(color.Black)
		r.SetMinSize(fyne.NewSize(10, height))
		return r
	}
	chart, link := block(200), block(30)
	text := block(40)
	list := block(60)
	past, said := NewYield(chart, link), NewYield(text, nil)
	room := Listed(said.Object, list, past.Object, past, said)
	if got := room.MinSize(); got != fyne.NewSize(10, 30+60) {
		t.Errorf("the least is %v, not that of the short forms", got)
	}
	rows := float32(7 * look.Row)
	for _, c := range []struct {
		height      float32
		chart, text bool
		list        float32
	}{
		{600, true, true, 600 - 240},
		{240 + rows, true, true, rows},
		{239 + rows, false, true, 239 + rows - 70},
		{70 + rows, false, true, rows},
		{69 + rows, false, false, 39 + rows},
		{90, false, false, 60},
		{600, true, true, 600 - 240},
	} {
		room.Resize(fyne.NewSize(100, c.height))
		shows := func(o fyne.CanvasObject, y *Yield) bool {
			return y.Object.Objects[0].Visible() && o.Size().Height > 0
		}
		if shows(chart, past) != c.chart || shows(text, said) != c.text || past.Object.Objects[1].Visible() == c.chart || list.Size().Height != c.list {
			t.Errorf("%v high: chart %v, text %v, link %v, list %v", c.height, shows(chart, past), shows(text, said), past.Object.Objects[1].Visible(), list.Size().Height)
		}
	}
}
