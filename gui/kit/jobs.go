package kit

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"casebinder/gui/loop"
	"casebinder/gui/words"
)

// Jobs runs long work and shows it in the status line: what it is, how far it
// is, and a button that cancels it.
type Jobs struct {
	ui     *UI
	object *fyne.Container
	title  *widget.Label
	bar    *widget.ProgressBar
	cancel *Button
	mu     sync.Mutex
	list   []*job
	// Changed hears on the main goroutine that a job began or ended; may be nil.
	Changed func()
}

type job struct {
	kind        string
	title       string
	what        string
	done, total int64
	cancel      context.CancelFunc
	ended       chan struct{}
}

func newJobs(u *UI) *Jobs {
	j := &Jobs{ui: u, title: widget.NewLabel(""), bar: widget.NewProgressBar()}
	j.title.Truncation = fyne.TextTruncateEllipsis
	j.cancel = NewButton("", "", j.cancelFirst)
	j.cancel.Importance = widget.LowImportance
	bar := container.NewGridWrap(fyne.NewSize(110, 18), j.bar)
	text := container.NewGridWrap(fyne.NewSize(260, 28), j.title)
	j.object = container.NewHBox(text, container.NewCenter(bar), j.cancel)
	j.object.Hide()
	return j
}

// Object is the part of the status line in which jobs show.
func (j *Jobs) Object() fyne.CanvasObject { return j.object }

// Busy reports whether a job runs.
func (j *Jobs) Busy() bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	return len(j.list) > 0
}

// Running reports whether a job of a kind runs.
func (j *Jobs) Running(kind string) bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	return slices.ContainsFunc(j.list, func(one *job) bool { return one.kind == kind })
}

func (j *Jobs) changed() {
	if j.Changed != nil {
		j.Changed()
	}
}

// Run starts work beside the main goroutine and shows its progress under a
// title. Progress may be told as often as one likes; what is a key of the
// words, or "". When it ends, done hears the error on the main goroutine; with
// a nil done an error is shown as a problem.
func (j *Jobs) Run(title string, work func(ctx context.Context, progress func(done, total int64, what string)) error, done func(error)) (cancel func()) {
	return j.RunAs("", title, work, done)
}

// RunAs is Run for work of a kind for which Running can be asked.
func (j *Jobs) RunAs(kind, title string, work func(ctx context.Context, progress func(done, total int64, what string)) error, done func(error)) (cancel func()) {
	ctx, stop := context.WithCancel(context.Background())
	one := &job{kind: kind, title: title, cancel: stop, ended: make(chan struct{})}
	j.mu.Lock()
	j.list = append(j.list, one)
	j.mu.Unlock()
	j.draw()
	j.changed()
	Go(func() {
		defer close(one.ended)
		defer debug.FreeOSMemory() // a job may have taken much of it
		err := j.guarded(ctx, one, work)
		stop()
		loop.Do(func() {
			j.drop(one)
			j.draw()
			j.changed()
			if done != nil {
				done(err)
			} else {
				j.ui.Problem(err)
			}
		})
	})
	return stop
}

func (j *Jobs) guarded(ctx context.Context, one *job, work func(context.Context, func(int64, int64, string)) error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			slog.Error("panic in a job", "job", one.title, "panic", p, "stack", string(debug.Stack()))
			err = fmt.Errorf("the program failed: %v", p)
		}
	}()
	var last time.Time
	return work(ctx, func(done, total int64, what string) {
		now := time.Now()
		j.mu.Lock()
		fresh := what != one.what
		one.done, one.total, one.what = done, total, what
		j.mu.Unlock()
		if fresh || now.Sub(last) > 100*time.Millisecond {
			last = now
			loop.Do(j.draw)
		}
	})
}

// StopAll cancels every job and waits until each has ended. Call it beside the
// main goroutine.
func (j *Jobs) StopAll() {
	j.mu.Lock()
	list := append([]*job(nil), j.list...)
	j.mu.Unlock()
	for _, one := range list {
		one.cancel()
	}
	for _, one := range list {
		<-one.ended
	}
}

func (j *Jobs) drop(one *job) {
	j.mu.Lock()
	defer j.mu.Unlock()
	for i, other := range j.list {
		if other == one {
			j.list = append(j.list[:i], j.list[i+1:]...)
			return
		}
	}
}

func (j *Jobs) cancelFirst() {
	j.mu.Lock()
	defer j.mu.Unlock()
	if len(j.list) > 0 {
		j.list[0].cancel()
	}
}

// draw shows the oldest job. It runs on the main goroutine.
func (j *Jobs) draw() {
	j.mu.Lock()
	n := len(j.list)
	var one job
	if n > 0 {
		one = job{title: j.list[0].title, what: j.list[0].what, done: j.list[0].done, total: j.list[0].total}
	}
	j.mu.Unlock()
	if n == 0 {
		j.object.Hide()
		return
	}
	text := one.title
	if one.what != "" {
		text += " · " + words.T(one.what)
	}
	if one.total <= 0 && one.done > 0 {
		text += " " + words.Number(one.done)
	}
	if n > 1 {
		text += " " + words.T("job.more", "n", n-1)
	}
	j.title.SetText(Visual(text))
	j.cancel.SetText(words.T("do.cancel"))
	if one.total > 0 {
		j.bar.Max = float64(one.total)
		j.bar.SetValue(float64(one.done))
		j.bar.Show()
	} else {
		j.bar.Hide()
	}
	j.object.Show()
}
