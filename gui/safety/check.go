package safety

import (
	"context"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casebinder/data/desk"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/loop"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// checkSheet checks the desk and shows the last result until there is a new one.
type checkSheet struct {
	env    *Room
	sheet  *kit.OpenSheet
	read   *kit.Check
	found  *fyne.Container
	keys   fyne.CanvasObject // the part about the key, below what was found
	cancel func()            // stops the check that runs; nil: none does
}

// Open shows the last check of the desk and offers another one.
func (e *Room) Open() {
	s := &checkSheet{env: e, read: kit.NewCheck(words.T("safety.read"), nil), found: container.NewStack()}
	kit.Trace("check.read", s.read)
	keys := container.NewHBox(
		kit.NewButton("check.key.keep", words.T("safety.key.keep"), e.keepKey),
		kit.NewButton("check.key.bring", words.T("safety.key.bring"), e.bringKey))
	head := kit.Stacked(look.Tight, kit.Prose(words.T("safety.text")), s.read)
	s.keys = kit.Stacked(look.Tight, kit.Section(words.T("safety.key")), kit.Soft(words.T("safety.key.text")), keys)
	s.sheet = e.UI.Open(kit.Sheet{
		Name: "check", Title: words.T("safety.title"), Width: 760, Height: 440, Do: words.T("safety.do"), OnDo: s.run,
		Body:   container.NewBorder(kit.Dense(head), nil, nil, nil, s.found),
		Cancel: words.T("do.close"), OnCancel: s.stop,
	})
	kit.Do(func(context.Context) (lastCheck, error) {
		r, found, err := e.desk.LastCheck()
		return lastCheck{r, found}, err
	}, s.showLast)
}

type lastCheck struct {
	report desk.CheckReport
	found  bool
}

func (s *checkSheet) showLast(last lastCheck, err error) {
	switch {
	case s.sheet.Closed() || s.cancel != nil:
	case err != nil || !last.found: // a result that cannot be read is none
		s.set(kit.Soft(words.T("safety.never")), s.alarms())
	default:
		s.set(s.report(last.report)...)
	}
}

func (s *checkSheet) set(parts ...fyne.CanvasObject) {
	found := kit.Stacked(look.Gap, kit.Stacked(look.Tight, parts...), s.keys)
	s.found.Objects = []fyne.CanvasObject{container.NewVScroll(kit.Dense(kit.Inset(look.Tight, found)))}
	s.found.Refresh()
}

// stop ends the check that runs: nobody waits for it.
func (s *checkSheet) stop() {
	if s.cancel != nil {
		s.cancel()
	}
}

// run checks the desk as a job: the window goes on.
func (s *checkSheet) run() {
	read := s.read.Checked
	s.sheet.SetDo(words.T("safety.do"), false)
	s.sheet.SetStatus(words.T("safety.running"))
	var report desk.CheckReport
	s.cancel = s.env.UI.Jobs.RunAs("check", words.T("safety.job"), func(ctx context.Context, progress func(int64, int64, string)) (err error) {
		report, err = s.env.desk.Check(ctx, read, func(done, total int64, what string) {
			progress(done, total, what)
			loop.Do(func() { s.tell(done, total, what) })
		})
		return err
	}, func(err error) {
		s.cancel = nil
		if s.sheet.Closed() {
			s.env.UI.Problem(err)
			return
		}
		s.sheet.SetDo(words.T("safety.do"), true)
		s.sheet.SetStatus("")
		if err != nil {
			s.sheet.Problem(err)
			return
		}
		kit.Event("checked", "sound", report.Sound, "faults", report.Faults())
		s.set(s.report(report)...)
	})
}

func (s *checkSheet) tell(done, total int64, what string) {
	if s.sheet.Closed() || s.cancel == nil {
		return
	}
	if total > 0 {
		s.sheet.SetStatus(words.Dotted(words.T(what), words.Percent(done, total)))
	} else {
		s.sheet.SetStatus(words.T(what))
	}
}

// report says what a check found, and what to do.
func (s *checkSheet) report(r desk.CheckReport) []fyne.CanvasObject {
	verdict := kit.NewBadge("✓ "+words.T("safety.sound"), kit.Good)
	if !r.Sound {
		verdict = kit.NewBadge("✗ "+words.N("safety.faults", r.Faults()), kit.Danger)
	}
	how := "safety.counts"
	if r.Read {
		how = "safety.counts_read"
	}
	parts := []fyne.CanvasObject{
		container.NewHBox(verdict),
		kit.Soft(words.T(how, "at", words.Dotted(words.TimeFull(r.At, ""), words.Ago(r.At, s.env.UI.Now())), "entries", words.Number(r.Entries),
			"files", words.Number(int64(r.Files)), "bytes", words.Bytes(r.Bytes))),
	}
	if len(r.Findings) > 0 {
		parts = append(parts, show.Findings("check.finding", show.AsFindings(r.Findings...), show.FindingDeeds{}))
	}
	if !r.Sound {
		parts = append(parts, s.offerRepair())
	}
	return parts
}

// alarms are what the desk noticed before any check.
func (s *checkSheet) alarms() fyne.CanvasObject {
	return show.Findings("check.alarm", show.AsFindings(s.env.desk.Alarms()...), show.FindingDeeds{})
}

// offerRepair offers to save what can be read into a new desk. This one stays as
// it is.
func (s *checkSheet) offerRepair() fyne.CanvasObject {
	repair := kit.NewButton("check.repair", words.T("safety.repair"), func() {
		e := s.env
		e.ChooseDir(words.T("safety.repair.into"), filepath.Dir(e.desk.Dir()), func(dir string) {
			s.stop()
			s.sheet.Close()
			e.repair(dir)
		})
	})
	return kit.Stacked(look.Tight, kit.Section(words.T("safety.repair.title")), kit.Prose(words.T("safety.repair.text", "command", "casebinder repair --out")), container.NewHBox(repair))
}

// Repaired says what was saved into a new desk and what could not be.
func Repaired(r desk.RepairReport) fyne.CanvasObject {
	parts := []fyne.CanvasObject{
		kit.NewTitle(words.T("safety.repaired")), kit.Soft(r.Dir),
		kit.Prose(words.T("safety.repaired.counts", "rows", words.Number(r.Rows), "entries", words.Number(r.Entries), "files", words.Number(int64(r.Files)))),
	}
	if len(r.Findings) > 0 {
		parts = append(parts, show.Findings("repair.finding", show.AsFindings(r.Findings...), show.FindingDeeds{}))
	}
	return kit.Stacked(look.Gap, parts...)
}
