package gui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casebinder/gui/kit"
	"casebinder/gui/words"
)

// alarmsShown is how many alarms stand in the window at once; how many more there
// are is said.
const alarmsShown = 2

// alarmBox is the place above the status line in which stands what the desk
// noticed by itself, until it is read. No error takes its place.
type alarmBox struct {
	app    *app
	object *fyne.Container
	read   map[string]bool // by the finding's key: closed by the person
}

func newAlarmBox(a *app) *alarmBox {
	return &alarmBox{app: a, object: container.NewVBox(), read: map[string]bool{}}
}

// draw shows the alarms that nobody has closed.
func (b *alarmBox) draw() {
	b.object.RemoveAll()
	more := 0
	for _, f := range b.app.desk.Alarms() {
		key := f.Key()
		if b.read[key] {
			continue
		}
		if len(b.object.Objects) == alarmsShown {
			more++
			continue
		}
		kit.Event("alarm", "rule", f.Rule)
		check := kit.NewButton("alarm.check", words.T("menu.check"), func() {
			if !b.app.ui.SheetOpen() {
				b.app.safety.Open()
			}
		})
		what, do := words.Text(f.Why), words.Text(f.How)
		b.object.Add(kit.NewWarning(b.app.ui, what, do, f.Rule, func() {
			b.read[key] = true
			b.draw()
		}, check))
	}
	if more > 0 {
		b.object.Add(kit.Soft(words.N("alarm.more", more)))
	}
	b.object.Refresh()
}
