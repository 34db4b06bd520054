package desk

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/gofrs/flock"
)

func TestASecondStartIsHeard(t *testing.T) {
	dir := t.TempDir()
	if Knock(t.Context(), dir) {
		t.Error("nobody is there, and answered")
	}
	d, err := Open(t.Context(), dir, Options{Operator: "Mei"})
	if err != nil {
		t.Fatal(err)
	}
	shown := make(chan struct{}, 1)
	d.OnKnock(func(heard func()) {
		heard()
		shown <- struct{}{}
	})
	for range 2 {
		if !Knock(t.Context(), dir) {
			t.Error("nobody answered")
		}
		<-shown
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	if Knock(t.Context(), dir) {
		t.Error("a desk that was closed answered")
	}
	if d, err = Open(t.Context(), dir, Options{Operator: "Mei"}); err != nil { // a command: it has no window
		t.Fatal(err)
	}
	gaveUp, cancel := context.WithCancel(t.Context())
	cancel()
	if Knock(gaveUp, dir) {
		t.Error("a command answered")
	}
	d.OnKnock(func(func()) { t.Error("a knock that was given up was heard") })
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
}

// A window that is about to close cannot come forward: who starts the program then gets
// the desk when it is free, and not nothing.
func TestAKnockWhileTheDeskIsClosed(t *testing.T) {
	dir := t.TempDir()
	d, err := Open(t.Context(), dir, Options{Operator: "Mei"})
	if err != nil {
		t.Fatal(err)
	}
	knocked := make(chan struct{}, 8)
	d.OnKnock(func(func()) { knocked <- struct{}{} })
	answered := make(chan bool, 1)
	go func() { answered <- Knock(t.Context(), dir) }()
	<-knocked
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	if <-answered {
		t.Error("a window that closed answered")
	}
	if d, err = Open(t.Context(), dir, Options{Operator: "Mei"}); err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestWhoLooksAtTheLockKeepsNobodyOut(t *testing.T) {
	dir := t.TempDir()
	looking := flock.New(filepath.Join(dir, lockName))
	if held, err := looking.TryRLock(); err != nil || !held {
		t.Fatal(held, err)
	}
	let := time.AfterFunc(looked/10, func() { _ = looking.Unlock() })
	defer let.Stop()
	l, err := takeLock(dir, "Mei", time.Now())
	if err != nil {
		t.Fatal(err)
	}
	if err := l.release(); err != nil {
		t.Error(err)
	}
}

func TestADoorThatCannotBeMade(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, ownFile); err != nil {
		t.Fatal(err)
	}
	if bell, err := bellAt(filepath.Join(file, doorName)); err == nil || bell != nil {
		t.Error("a door was made inside of a file")
	}
}
