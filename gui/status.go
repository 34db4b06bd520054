package gui

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/found"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/words"
)

// backupLate is how old the last backup may be before the status line says so
// with a sign.
const backupLate = 7 * 24 * time.Hour

// statusLine says what is shown, what runs, when the desk was last backed up
// and who works.
type statusLine struct {
	app    *app
	object fyne.CanvasObject
	shown  *canvas.Text
	found  *kit.Button  // the new files of watched folders; hidden where none wait
	sample *canvas.Text // that nothing here is real
	lock   *canvas.Text // that the desk can be read alone
	backup *canvas.Text
	who    *kit.Button // who works; leads to the question who does
	stats  data.Stats
	last   desk.LastBackup
	known  bool
	files  data.FoundCount
}

func newStatusLine(a *app) *statusLine {
	text := func() *canvas.Text { return kit.NewText("", kit.Muted, look.Small, false) }
	s := &statusLine{app: a, shown: text(), sample: text(), lock: text(), backup: text()}
	s.found = kit.NewButton("status.found", "", a.found.Open)
	s.who = kit.NewButton("status.operator", "", func() {
		if !a.ui.SheetOpen() {
			a.settings.AskOperator(a.desk.Operator())
		}
	})
	s.found.Importance, s.who.Importance = widget.LowImportance, widget.LowImportance
	s.found.Hide()
	right := container.NewHBox(a.ui.Jobs.Object(), s.found, container.NewCenter(s.sample), container.NewCenter(s.lock), kit.Wide(8, container.NewStack()), container.NewCenter(s.backup), s.who, kit.Wide(4, container.NewStack()))
	left := container.NewHBox(kit.Wide(4, container.NewStack()), container.NewCenter(s.shown))
	floor := canvas.NewRectangle(look.Color(look.Header))
	floor.SetMinSize(fyne.NewSize(1, 24))
	s.object = container.NewVBox(kit.HairlineTight(container.NewStack(floor, container.NewBorder(nil, nil, left, right))))
	if a.status != nil {
		s.files = a.status.files
		s.stats, s.last, s.known = a.status.stats, a.status.last, a.status.known
	}
	s.draw()
	return s
}

func (s *statusLine) set(stats data.Stats, last desk.LastBackup) {
	s.stats, s.last, s.known = stats, last, true
	s.draw()
}

func (s *statusLine) draw() {
	now := s.app.desk.Now()
	var parts []string
	if screen := s.app.screen(); screen != nil && screen.Status() != "" {
		parts = append(parts, screen.Status())
	}
	if s.known {
		parts = append(parts, words.N("status.orders", int(s.stats.Orders)))
		if !s.stats.LastImport.IsZero() {
			parts = append(parts, words.T("status.imported", "ago", words.Ago(s.stats.LastImport, now)))
		}
		s.backup.Text, s.backup.Color = s.backupWords(now)
	}
	s.shown.Text = strings.Join(parts, " · ")
	if s.app.desk.ReadOnly() {
		s.lock.Text, s.lock.Color = "! "+words.T("status.read_only"), look.Color(look.Amber)
	}
	if s.app.invented {
		s.sample.Text, s.sample.Color = words.T("sample.status"), look.Color(look.Amber)
	}
	s.drawFound()
	s.who.SetText(words.T("status.operator", "name", s.app.desk.Operator()))
	for _, t := range []*canvas.Text{s.shown, s.sample, s.lock, s.backup} {
		t.Refresh()
	}
	if s.object != nil {
		s.object.Refresh()
	}
}

// drawFound says how many new files wait.
func (s *statusLine) drawFound() {
	text := found.Line(s.files)
	if text == "" {
		s.found.Hide()
		return
	}
	s.found.SetText(text)
	s.found.Show()
}

// backupWords says when the last backup was, with a sign when it is late or
// there never was one although there is something to lose.
func (s *statusLine) backupWords(now time.Time) (string, interface {
	RGBA() (r, g, b, a uint32)
},
) {
	switch {
	case s.last.At.IsZero() && s.stats.Orders == 0:
		return "", look.Color(look.Muted)
	case s.last.At.IsZero():
		return "! " + words.T("status.backup.never"), look.Color(look.Amber)
	case now.Sub(s.last.At) > backupLate:
		return "! " + words.T("status.backup", "ago", words.Ago(s.last.At, now)), look.Color(look.Amber)
	}
	return words.T("status.backup", "ago", words.Ago(s.last.At, now)), look.Color(look.Muted)
}
