package native

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unsafe"
)

func TestWhatANotificationShows(t *testing.T) {
	got, err := toastXML("Casebinder", `3 <due> & "today"`)
	if err != nil || !strings.Contains(got, "<text>Casebinder</text><text>3 &lt;due&gt; &amp; &#34;today&#34;</text>") {
		t.Errorf("%s, %v", got, err)
	}
	const onWindows64 = 976 // what Windows takes
	if size := unsafe.Sizeof(notifyIcon{}); unsafe.Sizeof(uintptr(0)) == 8 && size != onWindows64 {
		t.Errorf("a balloon is told in %d bytes", size)
	}
}

// shortcut makes one in a folder of a Chinese name and gives what stands in it.
func shortcut(t *testing.T, program string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "开始")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	at := filepath.Join(dir, "Casebinder.lnk")
	if err := makeShortcut(at, program); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(at)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// The entry of the start menu names the program.
func TestAnEntryOfTheStartMenu(t *testing.T) {
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(shortcut(t, program), wide(filepath.Base(program))) {
		t.Errorf("the shortcut does not name %s", program)
	}
}

// It carries the ID by which Windows knows whose notifications are the program's.
func TestTheIDOfAnEntry(t *testing.T) {
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(shortcut(t, program), wide(ID)) {
		t.Error("the shortcut has no ID")
	}
}

// wide is a text as Windows keeps it.
func wide(s string) string {
	var b strings.Builder
	for _, r := range s {
		b.WriteByte(byte(r))
		b.WriteByte(0)
	}
	return b.String()
}

func TestProgramsOfTheTemporaryFolder(t *testing.T) {
	for file, want := range map[string]bool{`C:\Temp\go-build1\a.exe`: true, `C:\Temporary\a.exe`: false, `D:\Temp\a.exe`: false} {
		if within(file, `C:\Temp`) != want {
			t.Errorf("%s: %v", file, !want)
		}
	}
}
