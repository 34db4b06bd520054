package today

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casebinder/data"
	"casebinder/gui/kit"
	"casebinder/gui/route"
	"casebinder/gui/words"
)

// heldBar is one line: that orders which the review held back may ship now, or are to
// be looked at again. It takes no room where there are none.
type heldBar struct {
	today  *Tab
	object *fyne.Container
	loader kit.Loader
}

func newHeldBar(t *Tab) *heldBar {
	b := &heldBar{today: t, object: container.NewHBox()}
	b.object.Hide()
	return b
}

// count brings the number.
func (b *heldBar) count() {
	q := data.OrderQuery{ShopID: b.today.env.Shop(), HeldOver: true, Now: b.today.env.UI.Now()}
	kit.Load(&b.loader, func(ctx context.Context) ([]int32, error) { return b.today.env.desk.OrderIDs(ctx, q) }, func(ids []int32, err error) {
		n := len(ids)
		if err != nil || n == 0 { // the table's own load says the error
			b.object.Hide()
			return
		}
		b.object.Objects = []fyne.CanvasObject{
			kit.Soft1(words.N("today.held", n)),
			kit.NewButton("today.held", words.T("today.held.open"), func() { b.today.env.Open(route.HeldOver{}) }),
		}
		b.object.Show()
		b.object.Refresh()
	})
}
