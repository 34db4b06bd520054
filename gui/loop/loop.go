// Package loop is the main loop of the window. Its one rule: while nothing moves it
// rests, and whatever is brought onto the main goroutine through Do wakes it.
//
// The toolkit looks for events 60 times a second for as long as it runs, which keeps an
// old laptop from its sleep. Its animations are ticked by the same loop, just before it
// draws; one of them that never ends waits there, in the system's own way, for the next
// event, a little longer each time that none came.
package loop

import (
	"sync"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
)

// Do brings f onto the main goroutine and returns at once. It is fyne.Do that also wakes
// the loop, so that f need not wait until the rest is over.
func Do(f func()) {
	coming.Add(1)
	fyne.Do(func() {
		coming.Add(-1)
		f()
	})
	resting.Lock()
	defer resting.Unlock()
	if resting.now {
		wake()
	}
}

// coming counts what Do has brought and the loop has not begun.
var coming atomic.Int32

// resting is held while the loop is woken: it may not end in between.
var resting struct {
	sync.Mutex
	now bool
}

// Rest lets the loop of a shown window rest from now on. It must be called on the main
// goroutine, once. Each second told hears for how long the loop was busy at most, without
// a look at events, drawing included; nil: nobody asks.
func Rest(w fyne.Window, told func(busy time.Duration)) {
	p := &pace{slice: shortest, typing: func() bool { return w.Canvas().Focused() != nil }, wait: wait}
	watch := &busy{told: told}
	a := fyne.NewAnimation(time.Hour, func(float32) {
		watch.begun(time.Now())
		p.tick(time.Now)
		watch.ended(time.Now())
	})
	a.RepeatCount = fyne.AnimationRepeatForever
	a.Start()
}

const (
	awake    = 600 * time.Millisecond // after an event: animations of the toolkit take half as long
	shortest = 20 * time.Millisecond
	longest  = 250 * time.Millisecond // what the toolkit brings by itself, such as a click in the tray, waits so long
	blinking = 100 * time.Millisecond // in place of longest while a caret blinks
)

// A pace says how long the loop rests next.
type pace struct {
	until  time.Time     // it stays awake
	slice  time.Duration // of the next rest
	typing func() bool   // a field has the focus: its caret blinks
	wait   func(limit time.Duration)
}

// tick rests once, where nothing came lately.
func (p *pace) tick(now func() time.Time) {
	begun := now()
	if begun.Before(p.until) {
		return
	}
	limit := p.slice
	if p.typing() {
		limit = min(limit, blinking)
	}
	if !rest(p.wait, limit) {
		p.moved(begun)
		return
	}
	ended := now()
	switch took := ended.Sub(begun); {
	case took < limit*3/4:
		p.moved(ended)
	case took < limit:
		p.slice = shortest // an event near the end, or a clock that ticks coarsely
	default:
		p.slice = min(p.slice*5/4, longest)
	}
}

// moved says that something came: the loop stays awake.
func (p *pace) moved(now time.Time) {
	p.until, p.slice = now.Add(awake), shortest
}

// rest waits, and says false where something was on its way.
func rest(wait func(time.Duration), limit time.Duration) bool {
	resting.Lock()
	resting.now = true
	resting.Unlock()
	defer func() {
		resting.Lock()
		resting.now = false
		resting.Unlock()
	}()
	if coming.Load() > 0 {
		return false
	}
	wait(limit)
	return true
}

// busy measures the time between two ticks.
type busy struct {
	told   func(time.Duration)
	last   time.Time     // when a tick ended
	most   time.Duration // between two since it was told
	toldAt time.Time
}

func (b *busy) begun(now time.Time) {
	if !b.last.IsZero() {
		b.most = max(b.most, now.Sub(b.last))
	}
}

func (b *busy) ended(now time.Time) {
	b.last = now
	if b.told != nil && now.Sub(b.toldAt) >= time.Second {
		b.told(b.most)
		b.most, b.toldAt = 0, now
	}
}
