package desk_test

import (
	"testing"
	"time"

	"casebinder/data"
)

// TestWaiting follows who waits through what is written, undone and marked.
func TestWaiting(t *testing.T) {
	ctx := t.Context()
	d, order := imported(t)
	at := time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)
	say := func(way data.Direction, minute int, text string) data.Message {
		t.Helper()
		m, err := d.AddMessage(ctx, data.Message{OrderID: order, Direction: way, Text: text, SentAt: at.Add(time.Duration(minute) * time.Minute)})
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	waits := func(messages int, since int, first bool) {
		t.Helper()
		list, err := d.Waiting(ctx, 0)
		if err != nil {
			t.Fatal(err)
		}
		var of []data.Wait
		for _, w := range list {
			if w.OrderID == order {
				of = append(of, w)
			}
		}
		if messages == 0 {
			if len(of) > 0 {
				t.Fatalf("somebody waits: %+v", of)
			}
			return
		}
		if len(of) != 1 || of[0].Messages != messages || !of[0].Since.Equal(at.Add(time.Duration(since)*time.Minute)) || of[0].FirstAnswer != first {
			t.Fatalf("got %+v, want %d messages since minute %d, first %v", of, messages, since, first)
		}
	}
	waits(0, 0, false)
	say(data.FromBuyer, 0, "where is it?")
	say(data.FromBuyer, 5, "hello?")
	waits(2, 0, true)
	say(data.ToBuyer, 10, "on its way")
	waits(0, 0, false)
	if _, err := d.Undo(ctx); err != nil {
		t.Fatal(err)
	}
	waits(2, 0, true)
	if _, err := d.Redo(ctx); err != nil {
		t.Fatal(err)
	}
	thanks := say(data.FromBuyer, 20, "thanks!")
	waits(1, 20, false)
	if err := d.NoAnswer(ctx, thanks.UID, true); err != nil {
		t.Fatal(err)
	}
	waits(0, 0, false)
	if _, err := d.Undo(ctx); err != nil {
		t.Fatal(err)
	}
	waits(1, 20, false)
	say(data.FromPlatform, 30, "The buyer opened a case.")
	waits(1, 20, false)
}
