package today

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casebinder/data"
	"casebinder/gui/kit"
	"casebinder/gui/route"
	"casebinder/gui/words"
)

// foundBar is one line: that new files of watched folders wait. It takes no room
// where none do.
type foundBar struct {
	today  *Tab
	object *fyne.Container
	loader kit.Loader
}

func newFoundBar(t *Tab) *foundBar {
	b := &foundBar{today: t, object: container.NewHBox()}
	b.object.Hide()
	return b
}

// count brings the number.
func (b *foundBar) count() {
	kit.Load(&b.loader, b.today.env.desk.FoundCount, func(c data.FoundCount, err error) {
		n := c.Offered()
		if err != nil || n == 0 { // the table's own load says the error
			b.object.Hide()
			return
		}
		b.object.Objects = []fyne.CanvasObject{
			kit.Soft1(words.N("today.found", n)),
			kit.NewButton("today.found", words.T("today.found.open"), func() { b.today.env.Open(route.Found{}) }),
		}
		b.object.Show()
		b.object.Refresh()
	})
}
