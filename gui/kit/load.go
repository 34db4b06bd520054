package kit

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"casebinder/gui/loop"
)

// spawn runs work beside the main goroutine. Tests run it at once.
var spawn = func(f func()) { go f() }

// after runs f on the main goroutine when d has passed. In tests it never does.
var after = func(d time.Duration, f func()) *time.Timer {
	return time.AfterFunc(d, func() { loop.Do(f) })
}

// After runs f on the main goroutine when d has passed, unless the timer is
// stopped before. In tests it never does.
func After(d time.Duration, f func()) *time.Timer { return after(d, f) }

// Inline makes background work run at once, on the goroutine that asks for it,
// and what waits for a pause never, until the returned function is called. It
// is for tests, whose driver has no main goroutine to come back to.
func Inline() (end func()) {
	spawned, paused := spawn, after
	spawn = func(f func()) { f() }
	after = func(time.Duration, func()) *time.Timer {
		t := time.NewTimer(time.Hour)
		t.Stop()
		return t
	}
	return func() { spawn, after = spawned, paused }
}

// Go runs f beside the main goroutine. A panic in it is logged with its stack
// and does not end the program.
func Go(f func()) {
	spawn(func() {
		defer logPanic()
		f()
	})
}

// Forever runs f beside the main goroutine until it ends by itself; other than
// Go it does so in tests too.
func Forever(f func()) {
	go func() {
		defer logPanic()
		f()
	}()
}

func logPanic() {
	if p := recover(); p != nil {
		slog.Error("panic in the background", "panic", p, "stack", string(debug.Stack()))
	}
}

// A Loader asks for one thing again and again: a newer question cancels the
// older one, and an older answer is never shown after a newer question.
// The zero Loader is ready.
type Loader struct {
	mu     sync.Mutex
	turn   int
	cancel context.CancelFunc
}

// Load runs work beside the main goroutine and then show on the main one,
// unless a newer Load or Stop came in between.
func Load[T any](l *Loader, work func(ctx context.Context) (T, error), show func(T, error)) {
	ctx, turn := l.next()
	Go(func() {
		answer, err := guard(ctx, work)
		loop.Do(func() {
			if l.current(turn) {
				show(answer, err)
			}
		})
	})
}

// Do runs work beside the main goroutine and then show on the main one,
// always. It is for deeds, whose answer must not get lost.
func Do[T any](work func(ctx context.Context) (T, error), show func(T, error)) {
	Go(func() {
		answer, err := guard(context.Background(), work)
		loop.Do(func() { show(answer, err) })
	})
}

// guard turns a panic in work into an error, so that its asker hears of it.
func guard[T any](ctx context.Context, work func(context.Context) (T, error)) (answer T, err error) {
	defer func() {
		if p := recover(); p != nil {
			slog.Error("panic in the background", "panic", p, "stack", string(debug.Stack()))
			err = errors.Join(err, fmt.Errorf("the program failed: %v", p))
		}
	}()
	return work(ctx)
}

// Stop cancels what is asked; its answer is not shown any more.
func (l *Loader) Stop() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.turn++
	if l.cancel != nil {
		l.cancel()
		l.cancel = nil
	}
}

func (l *Loader) next() (context.Context, int) {
	l.Stop()
	l.mu.Lock()
	defer l.mu.Unlock()
	ctx, cancel := context.WithCancel(context.Background())
	l.cancel = cancel
	return ctx, l.turn
}

func (l *Loader) current(turn int) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.turn == turn
}
