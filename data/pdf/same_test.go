package pdf

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
)

// TestSameBytesHoweverBuilt builds a small program with assembly and without, and
// compares the documents that they write. The tags are those that the modules in
// use and the standard library obey; cpu.all=off has the library take its plain
// way where it decides while it runs, as for checksums.
func TestSameBytesHoweverBuilt(t *testing.T) {
	if testing.Short() {
		t.Skip("NOT TESTED in short mode: it builds programs")
	}
	if _, err := exec.LookPath("go"); err != nil {
		t.Fatal("the go command is needed: ", err)
	}
	made := func(name string, build, run []string, args ...string) []byte {
		t.Helper()
		exe := filepath.Join(t.TempDir(), "same")
		if runtime.GOOS == "windows" {
			exe += ".exe"
		}
		cmd := exec.Command("go", append(append([]string{"build", "-o", exe}, args...), "./internal/same")...)
		cmd.Env = append(append(os.Environ(), "CGO_ENABLED=0"), build...)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("building it %s: %v\n%s", name, err, out)
		}
		cmd = exec.Command(exe)
		cmd.Env = append(os.Environ(), run...)
		var complaint bytes.Buffer
		cmd.Stderr = &complaint
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("running it %s: %v\n%s", name, err, complaint.Bytes())
		}
		return out
	}
	want := made("as it is", nil, nil)
	if len(want) < 100_000 {
		t.Fatalf("the document has %d bytes", len(want))
	}
	plain := made("without assembly", nil, []string{"GODEBUG=cpu.all=off"}, "-tags", "noasm,nounsafe,purego")
	if !bytes.Equal(want, plain) {
		t.Errorf("without assembly it has %d bytes, with it %d, and they differ", len(plain), len(want))
	}
	path := filepath.Join(t.TempDir(), "same.pdf")
	if err := os.WriteFile(path, want, 0o600); err != nil {
		t.Fatal(err)
	}
	run(t, "qpdf", "--check", path)
}
