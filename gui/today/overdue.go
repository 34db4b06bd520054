package today

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casebinder/gui/kit"
	"casebinder/gui/route"
	"casebinder/gui/words"
)

// overdueBar is one line: that personal data is over its date. It takes no room where
// none is.
type overdueBar struct {
	today  *Tab
	object *fyne.Container
	loader kit.Loader
}

func newOverdueBar(t *Tab) *overdueBar {
	b := &overdueBar{today: t, object: container.NewHBox()}
	b.object.Hide()
	return b
}

// count brings the number.
func (b *overdueBar) count() {
	kit.Load(&b.loader, func(ctx context.Context) (string, error) {
		n, more, err := b.today.env.desk.RetentionCount(ctx)
		if n == 0 || err != nil {
			return "", err
		}
		text := words.N("today.overdue", n)
		if more {
			text = words.T("today.overdue.more", "n", words.Number(int64(n)))
		}
		return text, nil
	}, func(text string, err error) {
		if err != nil || text == "" { // the table's own load says the error
			b.object.Hide()
			return
		}
		b.object.Objects = []fyne.CanvasObject{
			kit.Soft1(text), kit.NewButton("today.overdue", words.T("today.overdue.open"), func() { b.today.env.Open(route.Overdue{}) }),
		}
		b.object.Show()
		b.object.Refresh()
	})
}
