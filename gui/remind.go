package gui

import (
	"context"
	"os"
	"runtime"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"casebinder/data"
	"casebinder/data/agenda"
	"casebinder/gui/found"
	"casebinder/gui/kit"
	"casebinder/gui/loop"
	"casebinder/gui/native"
	"casebinder/gui/words"
)

// remindEvery is how often the window looks for what falls due.
const remindEvery = 15 * time.Minute

// remind makes the day's mail check, tells what falls due now, and goes on
// telling until the desk is closed.
func (a *app) remind() {
	title := words.T("task.mail_check")
	kit.Do(func(ctx context.Context) (struct{}, error) {
		return struct{}{}, a.ensureMailCheck(ctx, title)
	}, func(_ struct{}, err error) {
		a.ui.Problem(err)
		a.tell()
	})
	kit.Forever(func() {
		tick := time.NewTicker(remindEvery)
		defer tick.Stop()
		for {
			select {
			case <-a.done:
				return
			case <-tick.C:
				loop.Do(a.tell)
			}
		}
	})
}

// ensureMailCheck makes the day's mail check where the desk can be written.
func (a *app) ensureMailCheck(ctx context.Context, title string) error {
	if a.desk.ReadOnly() {
		return nil
	}
	return a.desk.EnsureMailCheck(ctx, title)
}

// tell shows the notifications that are due.
func (a *app) tell() {
	title := words.T("task.mail_check")
	kit.Do(func(ctx context.Context) ([]agenda.Reminder, error) {
		if err := a.ensureMailCheck(ctx, title); err != nil { // a program that runs over midnight
			return nil, err
		}
		return a.desk.Reminders(ctx)
	}, func(list []agenda.Reminder, err error) {
		if err != nil {
			a.ui.Problem(err)
			return
		}
		for _, r := range list {
			native.Notify(a.program, a.ui.Window, "Casebinder", reminderText(r))
		}
	})
}

// reminderText says a reminder in fixed words and numbers: anybody may see a
// notification.
func reminderText(r agenda.Reminder) string {
	return words.N(r.Word, r.Count, "count", words.Number(int64(r.Count)), "hours", r.Hours)
}

// startTray puts the program into the system's tray, where there is one. It has
// to be done before the window runs.
func (s *starter) startTray() {
	if d, ok := s.program.(desktop.App); ok && hasTray() {
		s.trayMenu = func(m *fyne.Menu) { d.SetSystemTrayMenu(m) }
		s.trayMenu(s.trayItems())
	}
}

// hasTray reports whether the system can have a tray: elsewhere than on Windows
// and macOS it is reached through the session's bus.
func hasTray() bool {
	switch runtime.GOOS {
	case "windows", "darwin":
		return true
	}
	return os.Getenv("DBUS_SESSION_BUS_ADDRESS") != ""
}

// trayItems are the tray's entries: first counts, if there are any, then how to
// open the window and how to quit.
func (s *starter) trayItems(counts ...*fyne.MenuItem) *fyne.Menu {
	open := fyne.NewMenuItem(words.T("tray.open"), s.comeForward)
	quit := fyne.NewMenuItem(words.T("menu.quit"), s.mayQuit)
	quit.IsQuit = true
	return fyne.NewMenu("Casebinder", append(counts, open, fyne.NewMenuItemSeparator(), quit)...)
}

// tray shows in the system's tray how much waits; in numbers alone.
func (a *app) tray(today, disputes int) {
	a.waiting = [2]int{today, disputes}
	if a.starter.trayMenu == nil {
		return
	}
	text := words.T("tray.counts", "today", words.Number(int64(today)), "disputes", words.Number(int64(disputes)))
	items := []*fyne.MenuItem{fyne.NewMenuItem(text, func() {
		a.starter.comeForward()
		a.show("today")
	})}
	if line := found.Line(a.status.files); line != "" {
		items = append(items, fyne.NewMenuItem(line, func() {
			a.starter.comeForward()
			a.found.Open()
		}))
	}
	a.starter.trayMenu(a.starter.trayItems(items...))
}

// foundCounted shows in the status line and the tray how many new files wait.
func (a *app) foundCounted(c data.FoundCount) {
	if a.status == nil {
		return
	}
	a.status.files = c
	a.status.draw()
	a.tray(a.waiting[0], a.waiting[1])
}
