package firststeps

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/words"
)

// Desk is what the strip asks of a desk.
type Desk interface {
	FirstSteps(ctx context.Context) (data.FirstSteps, error)
	KeepFirstSteps(ctx context.Context, s data.FirstSteps) error
	ReadOnly() bool
}

// Frame is the window around the strip.
type Frame struct {
	UI       *kit.UI
	Import   func()
	Today    func()
	InToday  func() bool // Today is in view
	Open     func()      // records a dispute
	Disputes func()
}

// Strip stands under the tabs until its steps are taken or left. It takes no room
// where there is nothing to say.
type Strip struct {
	Object  *fyne.Container
	desk    Desk
	frame   Frame
	steps   data.FirstSteps
	known   bool
	inToday bool // Today was in view while it was the next step
	loader  kit.Loader
}

// New makes a strip; Load fills it.
func New(d Desk, f Frame) *Strip {
	s := &Strip{Object: container.NewStack(), desk: d, frame: f}
	s.Object.Hide()
	return s
}

// Load asks how far the desk has come.
func (s *Strip) Load() {
	if s.desk.ReadOnly() || s.known && s.steps.Next() == "" {
		return
	}
	s.load()
}

func (s *Strip) load() {
	kit.Load(&s.loader, s.desk.FirstSteps, func(steps data.FirstSteps, err error) {
		if err != nil {
			s.frame.UI.Problem(err)
			return
		}
		if s.known && s.steps.Next() == data.StepBind && steps.Bound {
			s.frame.UI.Toast(words.T("first.done"), nil)
		}
		s.steps, s.known = steps, true
		s.Draw()
	})
}

// Again shows the steps to who had left them, and tells where there is nothing
// left to show.
func (s *Strip) Again() {
	steps := s.steps
	steps.Left = false
	if steps.Next() == "" {
		s.frame.UI.Toast(words.T("first.done"), nil)
		return
	}
	s.keep(steps)
}

// Draw shows the step that is next; call it also when another tab came into view.
// Who goes on from Today has looked at it.
func (s *Strip) Draw() {
	next := s.steps.Next()
	if s.known && next == data.StepLook {
		in := s.frame.InToday()
		if s.inToday && !in {
			s.inToday = false
			s.looked()
		}
		s.inToday = in
	}
	if !s.known || next == "" {
		s.Object.Hide()
		return
	}
	leave := kit.NewLink("first.leave", words.T("first.leave"), s.leave)
	do := kit.NewButton("first.do", s.doWords(next), func() { s.do(next) })
	do.Importance = widget.HighImportance
	how := kit.Prose(words.T("first."+string(next)+".how", "keys", kit.SystemKeys("Ctrl+E")))
	s.Object.Objects = []fyne.CanvasObject{kit.Inset(look.Tight, kit.NewPanel(
		container.New(&lines{low: s.frame.UI.Low}, s.trail(next), how, leave, do)))}
	s.Object.Show()
	s.Object.Refresh()
	kit.Event("first_step", "name", string(next))
}

// trail is the row of steps.
func (s *Strip) trail(next data.FirstStep) fyne.CanvasObject {
	trail := container.NewHBox(kit.Soft1(words.T("first.title"))) // on the line of the sentence below
	for i, step := range data.AllFirstSteps() {
		trail.Add(s.mark(i+1, step, step == next))
	}
	return trail
}

// mark is a step's number and name: ticked when it was taken, bold when it is the next.
func (s *Strip) mark(number int, step data.FirstStep, next bool) fyne.CanvasObject {
	text := strconv.Itoa(number) + "  " + words.T("first."+string(step))
	role := kit.Muted
	switch {
	case s.steps.Has(step):
		text, role = "✓  "+words.T("first."+string(step)), kit.Good
	case next:
		role = kit.Plain
	}
	return container.New(layout.NewCustomPaddedLayout(0, 0, look.Gap, look.Gap), container.NewCenter(kit.NewText(text, role, look.Text, next)))
}

func (s *Strip) doWords(step data.FirstStep) string {
	if step == data.StepLook && s.frame.InToday() {
		return words.T("first.look.on")
	}
	return words.T("first." + string(step) + ".do")
}

func (s *Strip) do(step data.FirstStep) {
	switch step {
	case data.StepImport:
		s.frame.Import()
	case data.StepLook:
		if !s.frame.InToday() {
			s.frame.Today()
			return
		}
		s.looked()
	case data.StepOpen:
		s.frame.Open()
	case data.StepBind:
		s.frame.Disputes()
	}
}

func (s *Strip) looked() {
	steps := s.steps
	steps.Looked = true
	s.keep(steps)
}

func (s *Strip) leave() {
	steps := s.steps
	steps.Left = true
	s.keep(steps)
	s.frame.UI.Toast(words.T("first.left"), nil)
}

// keep remembers what a person said of the steps, and shows what follows.
func (s *Strip) keep(steps data.FirstSteps) {
	kit.Do(func(ctx context.Context) (struct{}, error) { return struct{}{}, s.desk.KeepFirstSteps(ctx, steps) },
		func(_ struct{}, err error) {
			if err != nil {
				s.frame.UI.Problem(err)
				return
			}
			s.load()
		})
}
