package vault

import (
	"bytes"
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"casebinder/data"
)

var ctx = context.Background()

func open(t *testing.T) *Vault {
	t.Helper()
	v, err := Open(filepath.Join(t.TempDir(), "evidence"))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func add(t *testing.T, v *Vault, content string) Stored {
	t.Helper()
	s, err := v.Add(ctx, strings.NewReader(content), 0)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// leftovers counts what lies under .incoming.
func leftovers(t *testing.T, v *Vault) int {
	t.Helper()
	list, err := os.ReadDir(filepath.Join(v.dir, incoming))
	if err != nil {
		t.Fatal(err)
	}
	return len(list)
}

func TestAddKeepsByContent(t *testing.T) {
	v := open(t)
	s := add(t, v, "abc")
	// The SHA-256 of "abc" as FIPS 180-2 gives it.
	const abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
	if s.SHA256 != abc || s.Size != 3 || s.MIME != "text/plain" || !s.New {
		t.Fatalf("got %+v", s)
	}
	info, err := os.Stat(filepath.Join(v.dir, "ba", abc[2:]))
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm()&0o222 != 0 {
		t.Errorf("the original is writable: %v", info.Mode())
	}
	if again := add(t, v, "abc"); again.New || again.SHA256 != abc {
		t.Errorf("the second time: %+v", again)
	}
	if list, err := v.List(); err != nil || len(list) != 1 || list[0] != abc {
		t.Errorf("list: %v, %v", list, err)
	}
	if n := leftovers(t, v); n != 0 {
		t.Errorf("%d leftovers", n)
	}
	f, size, err := v.Open(abc)
	if err != nil || size != 3 {
		t.Fatal(size, err)
	}
	got, _ := io.ReadAll(f)
	if err := f.Close(); err != nil || string(got) != "abc" {
		t.Error(string(got), err)
	}
}

func TestSha256sumAgrees(t *testing.T) {
	program, err := exec.LookPath("sha256sum")
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("sha256sum is missing")
		}
		t.Skip("SKIPPED: no sha256sum; hashes were NOT checked by another program")
	}
	v := open(t)
	big := make([]byte, 3*bufferSize+17)
	r := rand.NewChaCha8([32]byte{1})
	_, _ = r.Read(big)
	s, err := v.Add(ctx, bytes.NewReader(big), 0)
	if err != nil {
		t.Fatal(err)
	}
	path, _ := v.place(s.SHA256)
	out, err := exec.Command(program, path).Output()
	if err != nil || !strings.HasPrefix(string(out), s.SHA256) || s.Size != int64(len(big)) {
		t.Errorf("%s: %+v %v", out, s, err)
	}
}

func TestAlteredFileIsNamed(t *testing.T) {
	v := open(t)
	good, bad := add(t, v, "good"), add(t, v, "bad to be")
	path, _ := v.place(bad.SHA256)
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("bad to bE"), 0o644); err != nil {
		t.Fatal(err)
	}
	err := v.Verify(ctx, bad.SHA256)
	if p, ok := data.AsProblem(err); !ok || !errors.Is(err, data.ErrDamaged) || p.Args["sha"] != bad.SHA256 {
		t.Errorf("Verify: %v", err)
	}
	if err := v.Verify(ctx, good.SHA256); err != nil {
		t.Error(err)
	}
	if _, err := v.CopyTo(ctx, bad.SHA256, t.TempDir(), "x.txt"); !errors.Is(err, data.ErrDamaged) {
		t.Errorf("CopyTo of an altered file: %v", err)
	}
	// The same file added again heals it.
	if s := add(t, v, "bad to be"); !s.New || v.Verify(ctx, bad.SHA256) != nil {
		t.Errorf("not healed: %+v", s)
	}
}

// failingFile takes some bytes and then says what a full disk says.
type failingFile struct {
	*os.File
	room int
}

func (f *failingFile) Write(p []byte) (int, error) {
	if len(p) > f.room {
		n, _ := f.File.Write(p[:f.room])
		f.room -= n
		return n, &os.PathError{Op: "write", Path: f.Name(), Err: data.ErrnoFull()}
	}
	f.room -= len(p)
	return f.File.Write(p)
}

func TestFullDisk(t *testing.T) {
	v := open(t)
	v.create = func(dir string) (tempFile, error) {
		f, err := os.CreateTemp(dir, "add-*")
		return &failingFile{File: f, room: 10}, err
	}
	_, err := v.Add(ctx, strings.NewReader("more than ten bytes"), 0)
	if !errors.Is(err, data.ErrFull) {
		t.Errorf("got %v", err)
	}
	if leftovers(t, v) != 0 {
		t.Error("something was left")
	}
	if list, _ := v.List(); len(list) != 0 {
		t.Errorf("something was kept: %v", list)
	}
}

func TestRefused(t *testing.T) {
	v := open(t)
	if _, err := v.Add(ctx, strings.NewReader("12345"), 4); !errors.Is(err, data.ErrLimit) {
		t.Errorf("over the limit: %v", err)
	}
	if _, err := v.Add(ctx, strings.NewReader("1234"), 4); err != nil {
		t.Errorf("at the limit: %v", err)
	}
	if _, err := v.Add(ctx, strings.NewReader(""), 0); !errors.Is(err, data.ErrInvalid) {
		t.Errorf("empty: %v", err)
	}
	canceled, cancel := context.WithCancel(ctx)
	endless := readerFunc(func(p []byte) (int, error) { cancel(); return len(p), nil })
	if _, err := v.Add(canceled, endless, 0); !errors.Is(err, context.Canceled) {
		t.Errorf("canceled: %v", err)
	}
	broken := readerFunc(func([]byte) (int, error) { return 0, errors.New("cable out") })
	if _, err := v.Add(ctx, broken, 0); err == nil {
		t.Error("a broken source was taken")
	}
	for _, sha := range []string{"", "../../etc/passwd", strings.Repeat("A", 64), strings.Repeat("g", 64), strings.Repeat("a", 63)} {
		if _, _, err := v.Open(sha); !errors.Is(err, data.ErrInvalid) {
			t.Errorf("Open(%q): %v", sha, err)
		}
	}
	if _, _, err := v.Open(strings.Repeat("a", 64)); !errors.Is(err, data.ErrNotFound) {
		t.Errorf("missing: %v", err)
	}
	if n := leftovers(t, v); n != 0 {
		t.Errorf("%d leftovers", n)
	}
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

func TestOpenSweeps(t *testing.T) {
	v := open(t)
	kept := add(t, v, "kept")
	if err := os.WriteFile(filepath.Join(v.dir, incoming, "add-123"), []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	v, err := Open(v.dir)
	if err != nil {
		t.Fatal(err)
	}
	if leftovers(t, v) != 0 || !v.Has(kept.SHA256) {
		t.Error("not swept, or swept too much")
	}
}

func TestCopyAndRemove(t *testing.T) {
	v := open(t)
	s := add(t, v, "photo")
	path, err := v.CopyTo(ctx, s.SHA256, t.TempDir(), "../../näme ☃.jpg")
	if err != nil || filepath.Base(path) != "näme _.jpg" {
		t.Fatal(path, err)
	}
	if err := os.WriteFile(path, []byte("edited by a viewer"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := v.Verify(ctx, s.SHA256); err != nil {
		t.Errorf("a viewer reached the original: %v", err)
	}
	if err := v.Remove(s.SHA256); err != nil || v.Has(s.SHA256) {
		t.Error(err)
	}
	if err := v.Remove(s.SHA256); !errors.Is(err, data.ErrNotFound) {
		t.Error(err)
	}
}

func TestReadOnlyVault(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "none")
	v, err := OpenReadOnly(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := v.Add(ctx, strings.NewReader("x"), 0); !errors.Is(err, data.ErrReadOnly) {
		t.Error(err)
	}
	if _, err := os.Stat(dir); err == nil {
		t.Error("it made a folder")
	}
}
