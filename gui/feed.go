package gui

import (
	"slices"
	"sync"
	"time"

	"casebinder/data"
	"casebinder/data/desk"
)

// changePause is how long changes are gathered before the window hears them, so
// that many small ones are one.
const changePause = 120 * time.Millisecond

// A feed gathers what changed on the desk, from any goroutine.
type feed struct {
	mu      sync.Mutex
	waiting []data.ChangeEvent
	news    chan struct{} // holds one when something waits
}

func newFeed() *feed { return &feed{news: make(chan struct{}, 1)} }

// add notes a change.
func (f *feed) add(e data.ChangeEvent) {
	f.mu.Lock()
	f.waiting = append(f.waiting, e)
	f.mu.Unlock()
	select {
	case f.news <- struct{}{}:
	default: // it is known already that something waits
	}
}

// take gives what waits.
func (f *feed) take() []data.ChangeEvent {
	f.mu.Lock()
	defer f.mu.Unlock()
	events := f.waiting
	f.waiting = nil
	return events
}

// follow hands over what changed, gathered for a moment, until done is closed.
func (f *feed) follow(done <-chan struct{}, hear func([]data.ChangeEvent)) {
	for {
		select {
		case <-done:
			return
		case <-f.news:
		}
		pause := time.NewTimer(changePause)
		select {
		case <-done:
			pause.Stop()
			return
		case <-pause.C:
		}
		if events := f.take(); len(events) > 0 {
			hear(events)
		}
	}
}

// counts are the entities that the tabs and the status line count.
var counts = []string{
	data.EntityOrder, data.EntityDispute, data.EntityFeedback, data.EntityTask, data.EntitySnooze, data.EntityImport, data.EntityShop, data.EntityDesk,
}

// hear tells the tab in view what changed, and notes it for the others.
func (a *app) hear(events []data.ChangeEvent) {
	of := func(entities ...string) bool {
		return slices.ContainsFunc(events, func(e data.ChangeEvent) bool { return slices.ContainsFunc(entities, e.Of) })
	}
	if of(data.EntityShop) {
		a.reloadShops()
	}
	a.ui.Heard()
	a.packing.Changed(events)
	a.products.Changed(events)
	a.reports.Changed(events)
	for name, s := range a.screens {
		switch {
		case name == a.current:
			s.Changed(events)
		case a.loaded[name]:
			a.missed[name] = append(a.missed[name], events...)
		}
	}
	if slices.ContainsFunc(events, func(e data.ChangeEvent) bool { return e.Action == desk.AlarmEvent }) {
		a.alarms.draw()
	}
	if of(counts...) {
		a.refreshCounts()
	}
	if of(data.EntityFound) {
		a.found.Heard()
	}
	a.drawUndo()
	if a.tidy != nil && slices.ContainsFunc(events, func(e data.ChangeEvent) bool { return e.Effect == data.EffectMany }) {
		a.tidy.Reset(settled)
	}
}
