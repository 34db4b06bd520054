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

// lineBar is one line that tells of what waits elsewhere, with the way there. It takes
// no room where nothing waits.
type lineBar struct {
	tab    *Tab
	name   string
	object *fyne.Container
	ask    func() func(context.Context) (string, error) // asked on the main goroutine: what tells the line's words, "" for none
	open   func()
	loader kit.Loader
}

func newLineBar(t *Tab, name string, open func(), ask func() func(context.Context) (string, error)) *lineBar {
	b := &lineBar{tab: t, name: name, object: container.NewHBox(), ask: ask, open: open}
	b.object.Hide()
	return b
}

// count brings the words.
func (b *lineBar) count() {
	kit.Load(&b.loader, b.ask(), func(text string, err error) {
		before := b.object.Visible()
		if err != nil || text == "" { // the table's own load says the error
			b.object.Hide()
		} else {
			b.object.Objects = []fyne.CanvasObject{kit.Soft1(text), kit.NewLink(b.name, words.T(b.name+".open"), b.open)}
			b.object.Show()
			b.object.Refresh()
		}
		if b.object.Visible() != before { // what stands around it makes room, also while another tab is in view
			b.tab.content.Refresh()
		}
	})
}

// newFoundBar tells that new files of watched folders wait.
func newFoundBar(t *Tab) *lineBar {
	return newLineBar(t, "today.found", func() { t.env.Open(route.Found{}) }, func() func(context.Context) (string, error) {
		return func(ctx context.Context) (string, error) {
			c, err := t.env.desk.FoundCount(ctx)
			return numberedLine("today.found", c.Offered()), err
		}
	})
}

// newHeldBar tells that orders which the review held back may ship now, or are to be
// looked at again.
func newHeldBar(t *Tab) *lineBar {
	return newLineBar(t, "today.held", func() { t.env.Open(route.HeldOver{}) }, func() func(context.Context) (string, error) {
		q := data.OrderQuery{ShopID: t.env.Shop(), HeldOver: true, Now: t.env.UI.Now()}
		return func(ctx context.Context) (string, error) {
			ids, err := t.env.desk.OrderIDs(ctx, q)
			return numberedLine("today.held", len(ids)), err
		}
	})
}

// newHealthBar tells of the numbers of accounts that do not meet what their platform
// asks for, or are one case away from it.
func newHealthBar(t *Tab) *lineBar {
	return newLineBar(t, "today.health", func() { t.env.Open(route.Account{}) }, func() func(context.Context) (string, error) {
		shop := t.env.Shop()
		return func(ctx context.Context) (string, error) {
			list, err := t.env.desk.HealthWarnings(ctx, shop)
			if err != nil || len(list) == 0 {
				return "", err
			}
			text := words.Text(list[0].Why())
			if len(list) > 1 {
				text = words.Join(" ", text, words.N("today.health.more", len(list)-1))
			}
			return text, nil
		}
	})
}

// newOverdueBar tells that personal data is over its date.
func newOverdueBar(t *Tab) *lineBar {
	return newLineBar(t, "today.overdue", func() { t.env.Open(route.Overdue{}) }, func() func(context.Context) (string, error) {
		return func(ctx context.Context) (string, error) {
			n, more, err := t.env.desk.RetentionCount(ctx)
			if n > 0 && more {
				return words.T("today.overdue.more", "n", words.Number(int64(n))), err
			}
			return numberedLine("today.overdue", n), err
		}
	})
}

// numberedLine is a line's words for a number; none for nothing.
func numberedLine(key string, n int) string {
	if n == 0 {
		return ""
	}
	return words.N(key, n)
}
