package gui

import "fyne.io/fyne/v2"

// stopQueue is what the toolkit's lifecycle offers beyond its interface.
type stopQueue interface {
	OnStopped() func()
	SetOnStoppedHookExecuted(func())
}

// showAndRun shows the window and returns when the program has ended.
//
// The toolkit hands its last work, the saving of the settings, to a goroutine that asks
// the loop of the window to do it. Where that goroutine asks after the loop looked for
// the last time and before it says so, it waits for ever, and the program with it. So
// the work is taken from there, and done here when the loop is over.
func showAndRun(program fyne.App, w fyne.Window) {
	last := takeLastWork(program)
	w.ShowAndRun()
	last()
}

// takeLastWork takes from the toolkit what it would do last, and returns it.
func takeLastWork(program fyne.App) func() {
	q, ok := program.Lifecycle().(stopQueue)
	if !ok {
		return func() {}
	}
	last := q.OnStopped()
	q.SetOnStoppedHookExecuted(nil)
	if last == nil {
		return func() {}
	}
	return last
}
