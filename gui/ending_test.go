package gui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"
)

// The settings that were changed last are on the disk when the program has ended, and
// nothing is left to the toolkit's queue, which can wait for ever.
func TestSettingsAreSavedLastWithoutTheQueue(t *testing.T) {
	before := fyne.CurrentApp()
	t.Cleanup(func() { fyne.SetCurrentApp(before) })
	program := fyneapp.NewWithID("casebinder.ending.test")
	t.Cleanup(func() { _ = os.RemoveAll(program.Storage().RootURI().Path()) })

	last := takeLastWork(program)
	if q, ok := program.Lifecycle().(stopQueue); !ok || q.OnStopped() != nil {
		t.Fatalf("the toolkit has last work of its own, known %t", ok)
	}
	for _, v := range []string{"first", "second", "third"} {
		program.Preferences().SetString("ending", v)
	}
	last()
	file := filepath.Join(program.Storage().RootURI().Path(), "preferences.json")
	kept, err := os.ReadFile(file)
	if err != nil || !strings.Contains(string(kept), "third") {
		t.Fatalf("%s holds %q, %v", file, kept, err)
	}
}
