package bag

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"casebinder/data"
)

var bagTime = time.Date(2026, 3, 4, 5, 6, 8, 0, time.UTC)

// tool finds an external program; where it is missing the test is skipped on a
// person's machine and fails in CI.
func tool(t *testing.T, name string) string {
	t.Helper()
	p, err := exec.LookPath(name)
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("%s is not installed", name)
		}
		t.Skipf("NOT CHECKED: %s is not installed", name)
	}
	return p
}

func run(t *testing.T, dir, name string, args ...string) string {
	t.Helper()
	cmd := exec.Command(tool(t, name), args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s %v: %v\n%s", name, args, err, out)
	}
	return string(out)
}

func stored(name string, content []byte) File {
	f := FromBytes(name, content)
	f.Text = false
	sum := sha256.Sum256(content)
	f.SHA256 = hex.EncodeToString(sum[:])
	return f
}

func sampleBag() Bag {
	noise := make([]byte, 3*chunkBytes+17)
	for i := range noise {
		noise[i] = byte(i * i >> 3)
	}
	return Bag{
		Name: "case-7", Time: bagTime,
		Info: []InfoField{{"External-Identifier", "8123456789012345"}, {"Source-Organization", "Sample\nShop"}},
		Payload: []File{
			stored("originals/002-箱子照片.jpg", noise),
			stored("originals/001-empty.bin", nil),
			FromBytes("index.csv", []byte(strings.Repeat("a,b,c\r\n", 5000))),
		},
		Tags: []File{FromBytes("README-VERIFY.txt", []byte("how to verify\n"))},
	}
}

func writeSample(t *testing.T, b Bag) string {
	t.Helper()
	target := filepath.Join(t.TempDir(), "bag.zip")
	w, err := WriteZip(t.Context(), target, b, WriteOptions{})
	if err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(target)
	if err != nil {
		t.Fatal(err)
	}
	if sum := sha256.Sum256(content); w.SHA256 != hex.EncodeToString(sum[:]) || w.Size != int64(len(content)) {
		t.Errorf("reported %s, %d bytes; the file has %x, %d", w.SHA256, w.Size, sum, len(content))
	}
	if !w.Report.OK || w.Report.Files != len(b.Payload) {
		t.Errorf("read back: %+v", w.Report)
	}
	return target
}

func TestZipIsReadByOthers(t *testing.T) {
	target := writeSample(t, sampleBag())
	run(t, ".", "unzip", "-tq", target)
	if out := run(t, ".", "7z", "t", target); !strings.Contains(out, "Everything is Ok") || strings.Contains(out, "arning") {
		t.Errorf("7z: %s", out)
	}
	dir := t.TempDir()
	run(t, dir, "unzip", "-q", target)
	bagDir := filepath.Join(dir, "case-7")
	run(t, bagDir, "sha256sum", "--strict", "-c", "manifest-sha256.txt", "tagmanifest-sha256.txt")
	info, err := os.ReadFile(filepath.Join(bagDir, "bag-info.txt"))
	if err != nil {
		t.Fatal(err)
	}
	want := "External-Identifier: 8123456789012345\nSource-Organization: Sample Shop\nBagging-Date: 2026-03-04\nPayload-Oxum: 1607881.3\n"
	if string(info) != want {
		t.Errorf("bag-info.txt:\n%s\nwant\n%s", info, want)
	}
	report, err := Verify(t.Context(), dir, VerifyOptions{}) // one folder above
	if err != nil || !report.OK {
		t.Errorf("unpacked: %+v, %v", report, err)
	}
}

// A reader that goes from front to back, as Java's ZipInputStream does, must
// find sizes before the content: no data descriptors.
func TestZipCanBeStreamed(t *testing.T) {
	target := writeSample(t, sampleBag())
	r, err := zip.OpenReader(target)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	var names []string
	for _, f := range r.File {
		if f.Flags&8 != 0 {
			t.Errorf("%s has a data descriptor", f.Name)
		}
		if got := f.Modified; got.Format(time.DateTime) != "2026-03-04 05:06:08" {
			t.Errorf("%s: time %v", f.Name, got)
		}
		names = append(names, strings.TrimPrefix(f.Name, "case-7/"))
	}
	want := []string{
		"bagit.txt", "bag-info.txt", "data/index.csv", "data/originals/001-empty.bin", "data/originals/002-箱子照片.jpg",
		"README-VERIFY.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt",
	}
	if !slices.Equal(names, want) {
		t.Errorf("order %v", names)
	}
	run(t, ".", "python3", "-c", `import sys,zipfile,struct
b=open(sys.argv[1],"rb").read(); p=0; n=0
while b[p:p+4]==b"PK\3\4":
    crc,cs,us,nl,el=struct.unpack("<IIIHH",b[p+14:p+30]); name=b[p+30:p+30+nl].decode("utf-8")
    i=zipfile.ZipFile(sys.argv[1]).getinfo(name); assert (i.CRC,i.compress_size,i.file_size)==(crc,cs,us),name
    p+=30+nl+el+cs; n+=1
assert n==8,n`, target)
}

func TestSameBytesTwice(t *testing.T) {
	a, err := os.ReadFile(writeSample(t, sampleBag()))
	if err != nil {
		t.Fatal(err)
	}
	b := sampleBag()
	slices.Reverse(b.Payload)
	other, err := os.ReadFile(writeSample(t, b))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(a, other) {
		t.Error("the same bag has other bytes")
	}
}

// TestSignedBag puts a signature into the bag that sees the exact bytes of the
// tag manifest, and finds it again when it reads back.
func TestSignedBag(t *testing.T) {
	var seen []byte
	b := sampleBag()
	b.Sign = func(tagManifest []byte) ([]byte, error) {
		seen = bytes.Clone(tagManifest)
		return []byte("signed\n"), nil
	}
	keep := VerifyOptions{Keep: []string{TagManifestName, SignatureName, "data/index.csv", "none"}}
	check := func(path string) {
		t.Helper()
		r, err := Verify(t.Context(), path, keep)
		if err != nil || kinds(r) != "" || len(r.Kept) != 3 {
			t.Fatalf("%s: %s %v, %d kept, %v", path, r.Verdict, r.Findings, len(r.Kept), err)
		}
		if string(r.Kept[SignatureName]) != "signed\n" || !bytes.Equal(r.Kept[TagManifestName], seen) || !strings.HasPrefix(string(r.Kept["data/index.csv"]), "a,b,c") {
			t.Errorf("%s: kept %q", path, r.Kept)
		}
	}
	target := writeSample(t, b)
	check(target)
	dir := filepath.Join(t.TempDir(), "bag")
	unpack(t, target, dir)
	check(dir)
	onDisk, err := os.ReadFile(filepath.Join(dir, TagManifestName))
	if err != nil || !bytes.Equal(onDisk, seen) || len(seen) == 0 {
		t.Errorf("what was signed is not what stands there: %v", err)
	}
	if bytes.Contains(seen, []byte(SignatureName)) {
		t.Error("the signature is listed")
	}
}

func TestFailedSignatureLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	b := sampleBag()
	failure := errors.New("no key")
	b.Sign = func([]byte) ([]byte, error) { return nil, failure }
	if _, err := WriteZip(t.Context(), filepath.Join(dir, "b.zip"), b, WriteOptions{}); !errors.Is(err, failure) {
		t.Errorf("ZIP: %v", err)
	}
	nothingLeft(t, dir)
}

func TestEmptyPayload(t *testing.T) {
	target := writeSample(t, Bag{Name: "empty", Time: bagTime})
	dir := t.TempDir()
	run(t, dir, "unzip", "-q", target)
	if _, err := os.Stat(filepath.Join(dir, "empty", "data")); err != nil {
		t.Error(err)
	}
}

// unpack puts what stands in the top folder of a ZIP into dir, as a person does
// who unpacks it.
func unpack(t *testing.T, path, dir string) {
	t.Helper()
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	whole := filepath.Join(t.TempDir(), "whole")
	if err := os.CopyFS(whole, z); err != nil {
		t.Fatal(err)
	}
	top, err := os.ReadDir(whole)
	if err != nil || len(top) != 1 {
		t.Fatalf("%d folders at the top, %v", len(top), err)
	}
	if err := os.Rename(filepath.Join(whole, top[0].Name()), dir); err != nil {
		t.Fatal(err)
	}
}

func TestUnpackedBag(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "bag")
	unpack(t, writeSample(t, sampleBag()), dir)
	r, err := Verify(t.Context(), dir, VerifyOptions{})
	if err != nil || !r.OK {
		t.Fatalf("%+v, %v", r, err)
	}
	run(t, dir, "sha256sum", "--strict", "-c", "manifest-sha256.txt", "tagmanifest-sha256.txt")
}

// nothingLeft fails when the folder holds anything.
func nothingLeft(t *testing.T, dir string) {
	t.Helper()
	left, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range left {
		t.Errorf("left behind: %s", e.Name())
	}
}

func TestFailuresLeaveNothing(t *testing.T) {
	altered := func() Bag {
		b := sampleBag()
		b.Payload[0].SHA256 = strings.Repeat("0", 64)
		return b
	}
	longer := func() Bag {
		b := sampleBag()
		b.Payload[0].Size--
		return b
	}
	shorter := func() Bag {
		b := sampleBag()
		b.Payload[0].Size++
		return b
	}
	failing := func() Bag {
		b := sampleBag()
		b.Payload[0].Open = func() (io.ReadCloser, error) { return nil, os.ErrNotExist }
		return b
	}
	for name, c := range map[string]struct {
		bag  func() Bag
		want error
	}{
		"altered": {altered, data.ErrDamaged}, "longer": {longer, data.ErrDamaged},
		"shorter": {shorter, data.ErrDamaged}, "gone": {failing, os.ErrNotExist},
	} {
		dir := t.TempDir()
		if _, err := WriteZip(t.Context(), filepath.Join(dir, "a.zip"), c.bag(), WriteOptions{}); !errors.Is(err, c.want) || !strings.Contains(err.Error(), "originals/002") {
			t.Errorf("%s: zip: %v", name, err)
		}
		nothingLeft(t, dir)
	}
}

func TestCancelAtEveryPoint(t *testing.T) {
	var steps int
	_, err := WriteZip(t.Context(), filepath.Join(t.TempDir(), "a.zip"), sampleBag(), WriteOptions{Progress: func(int64, int64) { steps++ }})
	if err != nil || steps < 10 {
		t.Fatalf("%d steps, %v", steps, err)
	}
	for stop := 1; stop < steps; stop++ {
		ctx, cancel := context.WithCancel(t.Context())
		dir, n := t.TempDir(), 0
		_, err := WriteZip(ctx, filepath.Join(dir, "a.zip"), sampleBag(), WriteOptions{Progress: func(int64, int64) {
			if n++; n == stop {
				cancel()
			}
		}})
		cancel()
		if !errors.Is(err, context.Canceled) {
			t.Errorf("canceled at step %d of %d: %v", stop, steps, err)
		}
		nothingLeft(t, dir)
	}
}

// fullFile is a disk that runs full.
type fullFile struct {
	*os.File
	left int
}

func (f *fullFile) Write(p []byte) (int, error) {
	if f.left -= len(p); f.left < 0 {
		return 0, &os.PathError{Op: "write", Path: f.Name(), Err: data.ErrnoFull()}
	}
	return f.File.Write(p)
}

func TestDiskFull(t *testing.T) {
	whole, err := os.Stat(writeSample(t, sampleBag()))
	if err != nil {
		t.Fatal(err)
	}
	old := createTemp
	defer func() { createTemp = old }()
	for _, room := range []int{0, 100, 4096, 1 << 20, int(whole.Size()) - 1} {
		createTemp = func(dir, pattern string) (tempFile, error) {
			f, err := os.CreateTemp(dir, pattern)
			return &fullFile{f, room}, err
		}
		dir := t.TempDir()
		_, err := WriteZip(t.Context(), filepath.Join(dir, "a.zip"), sampleBag(), WriteOptions{})
		if !errors.Is(err, data.ErrFull) {
			t.Errorf("room for %d: %v", room, err)
		}
		nothingLeft(t, dir)
	}
}

// lyingFile is a disk that gives back other bytes than it took.
type lyingFile struct{ *os.File }

func (f *lyingFile) ReadAt(p []byte, off int64) (int, error) {
	n, err := f.File.ReadAt(p, off)
	if i := int64(1_000_000) - off; i >= 0 && i < int64(n) {
		p[i] ^= 1
	}
	return n, err
}

func TestReadBackFindsABadDisk(t *testing.T) {
	old := createTemp
	defer func() { createTemp = old }()
	createTemp = func(dir, pattern string) (tempFile, error) {
		f, err := os.CreateTemp(dir, pattern)
		return &lyingFile{f}, err
	}
	dir := t.TempDir()
	_, err := WriteZip(t.Context(), filepath.Join(dir, "a.zip"), sampleBag(), WriteOptions{})
	if p, ok := data.AsProblem(err); !ok || p.Kind != ProblemReadBack || !strings.Contains(err.Error(), "002-箱子照片.jpg") {
		t.Errorf("got %v", err)
	}
	nothingLeft(t, dir)
}

func TestTargetExists(t *testing.T) {
	target := writeSample(t, sampleBag())
	if _, err := WriteZip(t.Context(), target, sampleBag(), WriteOptions{}); !errors.Is(err, data.ErrConflict) {
		t.Errorf("got %v", err)
	}
	if _, err := WriteZip(t.Context(), target, sampleBag(), WriteOptions{Replace: true}); err != nil {
		t.Error(err)
	}
	if _, err := WriteZip(t.Context(), filepath.Join(t.TempDir(), "none", "a.zip"), sampleBag(), WriteOptions{}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no folder: %v", err)
	}
}

func TestUnsafeNamesAreRefused(t *testing.T) {
	for _, name := range []string{"", "../a", "/a", "a//b", "a%b", "a\\b", "CON", "x/nul.txt", "a ", "a\n", "a/../b", ".hidden", strings.Repeat("a/", 120) + "b"} {
		b := Bag{Name: "b", Time: bagTime, Payload: []File{FromBytes(name, nil)}}
		if _, err := WriteZip(t.Context(), filepath.Join(t.TempDir(), "a.zip"), b, WriteOptions{}); !errors.Is(err, data.ErrInvalid) {
			t.Errorf("%q: %v", name, err)
		}
	}
	twice := Bag{Name: "b", Time: bagTime, Payload: []File{FromBytes("a.txt", nil), FromBytes("A.TXT", nil)}}
	if _, err := WriteZip(t.Context(), filepath.Join(t.TempDir(), "a.zip"), twice, WriteOptions{}); !errors.Is(err, data.ErrInvalid) {
		t.Errorf("names that differ in case: %v", err)
	}
	tag := Bag{Name: "b", Time: bagTime, Tags: []File{FromBytes("manifest-md5.txt", nil)}}
	if _, err := WriteZip(t.Context(), filepath.Join(t.TempDir(), "a.zip"), tag, WriteOptions{}); !errors.Is(err, data.ErrInvalid) {
		t.Errorf("a manifest among the tags: %v", err)
	}
}

// Files of 4 GiB have ZIP64 headers. The same headers are written here for
// small files, as 4 GiB are too much for a test.
func TestZip64Headers(t *testing.T) {
	old := zip64From
	defer func() { zip64From = old }()
	zip64From = 1000
	target := writeSample(t, sampleBag())
	run(t, ".", "unzip", "-tq", target)
	if out := run(t, ".", "7z", "t", target); !strings.Contains(out, "Everything is Ok") || strings.Contains(strings.ToLower(out), "warning") {
		t.Errorf("7z: %s", out)
	}
	out := run(t, ".", "python3", "-c", "import sys,zipfile; z=zipfile.ZipFile(sys.argv[1]); print(z.testzip(), [(i.file_size, i.extract_version) for i in z.infolist()][2:5])", target)
	if want := "None [(35000, 45), (0, 20), (1572881, 45)]"; strings.TrimSpace(out) != want {
		t.Errorf("got %s, want %s", out, want)
	}
}

func TestSafeName(t *testing.T) {
	for in, want := range map[string]string{
		"photo.jpg":                        "photo.jpg",
		"../../etc/passwd":                 "_._etc_passwd",
		`C:\Users\me\a.png`:                "C_Users_me_a.png",
		"CON":                              "_CON",
		"con.tar.gz":                       "_con.tar.gz",
		"aux .txt":                         "_aux.txt",
		"COM¹.log":                         "_COM¹.log",
		"100% sure?.pdf":                   "100_ sure_.pdf",
		"":                                 "file",
		"...":                              "file",
		"   ":                              "file",
		".jpg":                             "jpg",
		"name. . .":                        "name",
		"a\r\nb\tc.txt":                    "a b c.txt",
		"\u202egnp.exe":                    "gnp.exe",
		"cafe\u0301.jpg":                   "café.jpg",
		"😀😀 party 👨‍👩‍👧.png":               "_ party _.png",
		"发货单 (1).pdf":                      "发货单 (1).pdf",
		"накладная.pdf":                    "накладная.pdf",
		"صورة.jpg":                         "صورة.jpg",
		"𠮷野家.png":                          "𠮷野家.png",
		"-rf":                              "rf",
		"~$doc.docx":                       "$doc.docx",
		"a\xff\xfeb":                       "a_b",
		"x\x00y":                           "x_y",
		"fold/er":                          "fold_er",
		"a b":                              "a b",
		"ends in a dot.":                   "ends in a dot",
		"no.extension because of spaces x": "no.extension because of spaces x",
	} {
		if got := SafeName(in); got != want {
			t.Errorf("SafeName(%q) = %q, want %q", in, got, want)
		}
	}
	long := SafeName(strings.Repeat("长", 300) + ".jpeg")
	if len(long) > 120 || !strings.HasSuffix(long, "长.jpeg") || long != strings.Repeat("长", 38)+".jpeg" {
		t.Errorf("long name: %d bytes, %s", len(long), long)
	}
}

func TestNamer(t *testing.T) {
	var n Namer
	var got []string
	for _, name := range []string{"a.jpg", "A.JPG", "a.jpg", "a-2.jpg", "Straße", "STRASSE", "é", "e\u0301"} {
		got = append(got, n.Name(name))
	}
	want := []string{"a.jpg", "A-2.JPG", "a-3.jpg", "a-2-2.jpg", "Straße", "STRASSE-2", "é", "é-2"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	for range 20 {
		if name := n.Name(strings.Repeat("x", 400) + ".png"); len(name) > 120 || !strings.HasSuffix(name, ".png") {
			t.Errorf("%d bytes: %s", len(name), name)
		}
	}
}

func FuzzSafeName(f *testing.F) {
	for _, s := range []string{"a.b", "../x", "CON.x", "\u202e", strings.Repeat("é", 300), "e\u0301\u200d\u0301", "\xff", ". .x", "a. .b", "CON. x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		safe := SafeName(s)
		if safe == "" || len(safe) > 120 || SafeName(safe) != safe || safePath(safe).Key != "" || strings.ContainsAny(safe, "%/\r\n") {
			t.Errorf("SafeName(%q) = %q, again %q", s, safe, SafeName(safe))
		}
	})
}
