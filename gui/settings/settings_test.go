package settings

import (
	"slices"
	"testing"

	"casebinder/data"
	"casebinder/gui/guitest"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/words"
)

// Who works is said here, who worked before is offered, and the window hears of
// it.
func TestOperatorIsSetAndOffered(t *testing.T) {
	b, d := guitest.Real(t)
	var told []string
	e := New(b.Env, d, Frame{Mode: func() look.Mode { return look.Light }, Operator: func(name string) { told = append(told, name) }})
	field := func() *kit.SelectEntry {
		t.Helper()
		e.Open()
		fields := guitest.Find[*kit.SelectEntry](b)
		if len(fields) != 1 {
			t.Fatalf("there are %d fields with names", len(fields))
		}
		return fields[0]
	}
	field().SetText(" Wei ")
	b.UI.Save()
	if d.Operator() != "Wei" || !slices.Equal(told, []string{"Wei"}) || b.UI.SheetOpen() {
		t.Fatalf("at work is %q, told %q", d.Operator(), told)
	}
	f := field()
	if f.Text != "Wei" {
		t.Errorf("the field says %q", f.Text)
	}
	names, err := d.Operators(t.Context())
	if err != nil || !slices.Equal(names, []string{"Lin", "Wei"}) {
		t.Errorf("offered are %q, %v", names, err)
	}
	f.SetText(" ")
	b.UI.Save()
	if d.Operator() != "Wei" || !b.UI.SheetOpen() {
		t.Error("nobody works, and the sheet is gone")
	}
	b.Shows(t, words.T("settings.operator"), "The operator's name is missing.")
}

// Settings say which folders are watched, and stop one; that can be taken back.
func TestWatchedFoldersStandInSettings(t *testing.T) {
	b, d := guitest.Real(t)
	dir := t.TempDir()
	if err := d.WatchFolder(t.Context(), data.WatchFolder{Path: dir, Pictures: true}); err != nil {
		t.Fatal(err)
	}
	e := New(b.Env, d, Frame{Mode: func() look.Mode { return look.Light }})
	watched := func() int {
		all, err := d.WatchedFolders(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return len(all)
	}
	b.Blank()
	e.Open()
	b.Shows(t, dir)
	b.Press(t, words.T("found.folder.stop"))
	b.Shows(t, words.T("found.folders.none"))
	if watched() != 0 {
		t.Fatal("it is watched still")
	}
	b.Press(t, words.T("do.undo"))
	b.Shows(t, dir)
	if watched() != 1 {
		t.Error("it is not watched again")
	}
}
