package bag

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/md5"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"casebinder/data"
)

const declared10 = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"

func sum256(s string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(s))) }
func sumMD5(s string) string { return fmt.Sprintf("%x", md5.Sum([]byte(s))) }

// hand is a bag made by hand: path to content.
type hand map[string]string

func handMade() hand {
	return hand{
		"bagit.txt":           declared10,
		"bag-info.txt":        "Payload-Oxum: 8.2\nContact-Name: A\n B\n",
		"data/a.txt":          "aaaa",
		"data/sub/b.txt":      "bbbb",
		"manifest-sha256.txt": sum256("aaaa") + "  data/a.txt\n" + sum256("bbbb") + "\tdata/sub/b.txt\n",
	}
}

func (h hand) with(pairs ...string) hand {
	n := hand{}
	for k, v := range h {
		n[k] = v
	}
	for i := 0; i < len(pairs); i += 2 {
		n[pairs[i]] = pairs[i+1]
		if pairs[i+1] == "-" {
			delete(n, pairs[i])
		}
	}
	return n
}

// tagged adds a tag manifest over all tag files, and lines to it.
func (h hand) tagged(lines ...string) hand {
	list := ""
	for _, name := range slices.Sorted(maps.Keys(h)) {
		if !isPayload(name) {
			list += sum256(h[name]) + "  " + name + "\n"
		}
	}
	return h.with("tagmanifest-sha256.txt", list+strings.Join(lines, ""))
}

func (h hand) folder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range h {
		p := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func (h hand) zip(t testing.TB, top string) []byte {
	t.Helper()
	var b bytes.Buffer
	zw := zip.NewWriter(&b)
	for name, content := range h {
		w, err := zw.Create(top + name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := zw.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func verifyBytes(t testing.TB, b []byte) Report {
	t.Helper()
	r, err := verifyZip(context.Background(), bytes.NewReader(b), int64(len(b)), VerifyOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// kinds lists the findings as "kind path", warnings with a "?" before.
func kinds(r Report) string {
	var s []string
	for _, f := range r.Findings {
		mark := ""
		if IsWarning(f) {
			mark = "?"
		}
		s = append(s, strings.TrimSpace(mark+strings.TrimPrefix(f.Rule, "bag.")+" "+PathOf(f)))
	}
	return strings.Join(s, "; ")
}

func TestVerifyHandMadeBags(t *testing.T) {
	h := handMade()
	md := sumMD5("aaaa") + "  data/a.txt\n" + sumMD5("bbbb") + "  data/sub/b.txt\n"
	old := "BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n"
	both := h["manifest-sha256.txt"]
	gb := "BagIt-Version: 1.0\nTag-File-Character-Encoding: GB18030\n"
	for _, c := range []struct {
		name    string
		bag     hand
		verdict Verdict
		kinds   string
	}{
		{"intact", h, Intact, ""},
		{"two algorithms", h.with("manifest-md5.txt", md), Intact, ""},
		{"sha512", h.with("manifest-sha512.txt", fmt.Sprintf("%x  data/a.txt\n%x  data/sub/b.txt\n", sha512.Sum512([]byte("aaaa")), sha512.Sum512([]byte("bbbb")))), Intact, ""},
		{"upper-case checksums", h.with("manifest-md5.txt", strings.ToUpper(sumMD5("aaaa"))+"  data/a.txt\n"+sumMD5("bbbb")+"  data/sub/b.txt"), Intact, ""},
		{"CRLF lines", h.with("manifest-sha256.txt", strings.ReplaceAll(both, "\n", "\r\n")), Intact, ""},
		{"CR lines", h.with("manifest-sha256.txt", strings.ReplaceAll(both, "\n", "\r")), Intact, ""},
		{"unlisted tag file", h.with("signature.sig", "x"), Intact, ""},
		{"byte order mark", h.with("manifest-sha256.txt", "\ufeff"+both), Intact, "?bom manifest-sha256.txt"},
		{"byte order mark where none may be", h.with("bagit.txt", "\ufeff"+declared10), Altered, "bom bagit.txt"},
		{"binary marks", h.with("bagit.txt", old, "manifest-sha256.txt", strings.ReplaceAll(both, "data/a", "*data/a")), Intact, "?name_form data/a.txt"},
		{"dot slash", h.with("manifest-sha256.txt", strings.ReplaceAll(both, "data/a", "./data/a")), Intact, "?name_form data/a.txt"},
		{"altered", h.with("data/a.txt", "aaab"), Altered, "altered data/a.txt"},
		{"both altered", h.with("data/a.txt", "aaab", "data/sub/b.txt", "xxxx"), Altered, "altered data/a.txt; altered data/sub/b.txt"},
		{"missing", h.with("data/a.txt", "-", "bag-info.txt", "-"), Altered, "missing data/a.txt"},
		{"unlisted", h.with("data/c.txt", "c", "bag-info.txt", "-"), Altered, "unlisted data/c.txt"},
		{"oxum", h.with("bag-info.txt", "Payload-Oxum: 9.2\n"), Altered, "oxum bag-info.txt"},
		{"bad oxum", h.with("bag-info.txt", "Payload-Oxum: many\n"), Altered, "malformed bag-info.txt"},
		{"bad info", h.with("bag-info.txt", " x\n"), Altered, "malformed bag-info.txt"},
		{"one of two manifests lacks a file", h.with("manifest-md5.txt", sumMD5("aaaa")+"  data/a.txt\n"), Altered, "unlisted data/sub/b.txt"},
		{"the same in 0.97", h.with("bagit.txt", old, "manifest-md5.txt", sumMD5("aaaa")+"  data/a.txt\n"), Intact, ""},
		{"case of a name", h.with("manifest-sha256.txt", strings.ReplaceAll(both, "data/a.txt", "data/A.txt")), Altered, "missing data/A.txt; unlisted data/a.txt"},
		{"tag file altered", h.tagged().with("bag-info.txt", "Contact-Name: A\n"), Altered, "altered bag-info.txt"},
		{"tag file missing", h.tagged(sum256("x") + "  gone.txt\n"), Altered, "missing gone.txt"},
		{"tag manifest lists payload", h.tagged(sum256("aaaa") + "  data/a.txt\n"), Altered, "malformed tagmanifest-sha256.txt"},
		{"bad line", h.with("manifest-sha256.txt", both+"hello\n"), Altered, "malformed manifest-sha256.txt"},
		{"short checksum", h.with("manifest-sha256.txt", both+"abcd  data/a.txt\n"), Altered, "malformed manifest-sha256.txt"},
		{"two checksums for one file", h.with("manifest-sha256.txt", both+sum256("x")+"  data/a.txt\n"), Altered, "malformed data/a.txt"},
		{"line outside of data", h.with("manifest-sha256.txt", both+sum256("x")+"  other.txt\n"), Altered, "malformed manifest-sha256.txt"},
		{"endless line", h.with("manifest-sha256.txt", both+strings.Repeat("a", 100_000)), Altered, "malformed manifest-sha256.txt"},
		{"climbs out", h.with("manifest-sha256.txt", both+sum256("x")+"  data/../../x\n"), Unsafe, "unsafe manifest-sha256.txt"},
		{"absolute", h.with("manifest-sha256.txt", both+sum256("x")+"  /etc/passwd\n"), Unsafe, "unsafe manifest-sha256.txt"},
		{"drive", h.with("manifest-sha256.txt", both+sum256("x")+"  C:/x\n"), Unsafe, "unsafe manifest-sha256.txt"},
		{"no manifest", h.with("manifest-sha256.txt", "-"), Altered, "no_manifest; unlisted data/a.txt; unlisted data/sub/b.txt"},
		{"only an unknown algorithm", h.with("manifest-sha256.txt", "-", "manifest-blake3.txt", both), Incomplete, "unchecked manifest-blake3.txt"},
		{"also an unknown algorithm", h.with("manifest-blake3.txt", both), Intact, "?unchecked manifest-blake3.txt"},
		{"fetch", h.with("data/a.txt", "-", "bag-info.txt", "-", "fetch.txt", "https://example.invalid/a 4 data/a.txt\n"), Incomplete, "fetch data/a.txt"},
		{"fetch that climbs out", h.with("fetch.txt", "https://example.invalid/a 4 ../a.txt\n"), Unsafe, "unsafe fetch.txt"},
		{"bad fetch", h.with("fetch.txt", "https://example.invalid/a\n"), Altered, "malformed fetch.txt"},
		{"no bagit.txt", h.with("bagit.txt", "-"), NotABag, "not_a_bag"},
		{"empty bagit.txt", h.with("bagit.txt", ""), NotABag, "not_a_bag bagit.txt"},
		{"newer version", h.with("bagit.txt", strings.Replace(declared10, "1.0", "2.0", 1)), NotABag, "version bagit.txt"},
		{"unknown encoding", h.with("bagit.txt", strings.Replace(declared10, "UTF-8", "EBCDIC-9", 1)), NotABag, "version bagit.txt"},
		{"GB18030", hand{"bagit.txt": gb, "data/照.txt": "aaaa", "manifest-sha256.txt": sum256("aaaa") + "  data/\xd5\xd5.txt\n"}, Intact, ""},
		{"decomposed name", hand{"bagit.txt": declared10, "data/é.txt": "aaaa", "manifest-sha256.txt": sum256("aaaa") + "  data/e\u0301.txt\n"}, Intact, "?name_form data/é.txt"},
		{"percent in 1.0", hand{"bagit.txt": declared10, "data/a%b.txt": "aaaa", "manifest-sha256.txt": sum256("aaaa") + "  data/a%25b.txt\n"}, Intact, ""},
		{"percent in 0.97", hand{"bagit.txt": old, "data/a%25b.txt": "aaaa", "manifest-sha256.txt": sum256("aaaa") + "  data/a%25b.txt\n"}, Intact, ""},
		{"percent not encoded in 1.0", hand{"bagit.txt": declared10, "data/a%25b.txt": "aaaa", "manifest-sha256.txt": sum256("aaaa") + "  data/a%25b.txt\n"}, Intact, "?name_form data/a%25b.txt"},
		{"newline in a name", hand{"bagit.txt": declared10, "data/a\nb.txt": "aaaa", "manifest-sha256.txt": sum256("aaaa") + "  data/a%0Ab.txt\n"}, Intact, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			for form, r := range map[string]Report{
				"top": verifyBytes(t, c.bag.zip(t, "")), "in a folder": verifyBytes(t, c.bag.zip(t, "my bag/")),
			} {
				if r.Verdict != c.verdict || kinds(r) != c.kinds || r.OK != (c.verdict == Intact) {
					t.Errorf("zip, %s: %s: %v", form, r.Verdict, r.Findings)
				}
			}
			if runtime.GOOS == "windows" && c.name == "newline in a name" { // no such folder can be there
				return
			}
			r, err := Verify(t.Context(), c.bag.folder(t), VerifyOptions{})
			if err != nil || r.Verdict != c.verdict || kinds(r) != c.kinds {
				t.Errorf("folder: %s: %v %v", r.Verdict, r.Findings, err)
			}
		})
	}
}

func TestReportCounts(t *testing.T) {
	r := verifyBytes(t, handMade().zip(t, "x/"))
	if r.Files != 2 || r.Bytes != 8 || r.TagFiles != 3 || r.Version != "1.0" || fmt.Sprint(r.Algorithms) != "[sha256]" {
		t.Errorf("%+v", r)
	}
	if len(r.Info) != 2 || r.Info[1] != (InfoField{"Contact-Name", "A B"}) {
		t.Errorf("info %v", r.Info)
	}
}

// TestBagFromTheShell verifies a bag that was made by other programs alone.
func TestBagFromTheShell(t *testing.T) {
	dir := t.TempDir()
	run(t, dir, "sh", "-c", `mkdir -p b/data/x && cd b && printf 'one' >data/1.txt && printf 'two' >'data/x/2 two.txt' &&
		printf 'BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n' >bagit.txt &&
		find data -type f | xargs -d '\n' md5sum -b >manifest-md5.txt && find data -type f | xargs -d '\n' sha256sum >manifest-sha256.txt &&
		md5sum bagit.txt manifest-*.txt >tagmanifest-md5.txt && cd .. && zip -qr b.zip b && 7z a -bd b7.zip b >/dev/null`)
	for _, name := range []string{"b", "b.zip", "b7.zip"} {
		r, err := Verify(t.Context(), filepath.Join(dir, name), VerifyOptions{})
		if err != nil || !r.OK || r.Files != 2 {
			t.Errorf("%s: %+v, %v", name, r, err)
		}
	}
	run(t, dir, "sh", "-c", `printf 'owt' >'b/data/x/2 two.txt'`)
	if r, err := Verify(t.Context(), filepath.Join(dir, "b"), VerifyOptions{}); err != nil || r.OK || PathOf(r.Findings[0]) != "data/x/2 two.txt" {
		t.Errorf("altered: %+v, %v", r, err)
	}
}

// rawZip writes entries whose headers are given by hand.
func rawZip(t testing.TB, entries []zip.FileHeader, contents ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	zw := zip.NewWriter(&b)
	for i := range entries {
		h := entries[i]
		if h.UncompressedSize64 == 0 {
			h.UncompressedSize64 = uint64(len(contents[i]))
		}
		h.CompressedSize64 = uint64(len(contents[i]))
		w, err := zw.CreateRaw(&h)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(contents[i])); err != nil {
			t.Fatal(err)
		}
	}
	if err := zw.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestHostileZips(t *testing.T) {
	bagit := zip.FileHeader{Name: "bagit.txt"}
	link := zip.FileHeader{Name: "data/link"}
	link.SetMode(os.ModeSymlink | 0o777)
	entry := func(h zip.FileHeader) []byte { return rawZip(t, []zip.FileHeader{bagit, h}, declared10, "x") }
	whole := handMade().zip(t, "")
	for name, c := range map[string]struct {
		zip     []byte
		verdict Verdict
		kind    Kind
	}{
		"climbing":      {entry(zip.FileHeader{Name: "data/../../x"}), Unsafe, KindUnsafe},
		"absolute":      {entry(zip.FileHeader{Name: "/etc/x"}), Unsafe, KindUnsafe},
		"drive":         {entry(zip.FileHeader{Name: "c:/x"}), Unsafe, KindUnsafe},
		"backslash":     {entry(zip.FileHeader{Name: `data\x`}), Unsafe, KindUnsafe},
		"control":       {entry(zip.FileHeader{Name: "data/\x1b[2J"}), Unsafe, KindUnsafe},
		"not utf-8":     {entry(zip.FileHeader{Name: "data/\xd5\xd5"}), Unsafe, KindUnsafe},
		"symlink":       {entry(link), Unsafe, KindUnsafe},
		"twice":         {entry(zip.FileHeader{Name: "bagit.txt"}), Unsafe, KindDuplicate},
		"file as dir":   {entry(zip.FileHeader{Name: "bagit.txt/x"}), Unsafe, KindDuplicate},
		"encrypted":     {entry(zip.FileHeader{Name: "data/x", Flags: 1}), Unsafe, KindEncrypted},
		"two sizes":     {entry(zip.FileHeader{Name: "data/x", UncompressedSize64: 99}), Unsafe, KindBomb},
		"petabyte":      {entry(zip.FileHeader{Name: "data/x", Method: zip.Deflate, UncompressedSize64: 1 << 50}), Unsafe, KindBomb},
		"sum overflows": {rawZip(t, []zip.FileHeader{bagit, {Name: "a", Method: 8, UncompressedSize64: 1 << 63}, {Name: "b", Method: 8, UncompressedSize64: 1 << 63}}, declared10, "x", "x"), Unsafe, KindBomb},
		"truncated":     {whole[:len(whole)-30], NotABag, KindTruncated},
		"half":          {whole[:len(whole)/2], NotABag, KindTruncated},
		"empty":         {nil, NotABag, KindNotZip},
		"text":          {[]byte("order,date\n1,2\n"), NotABag, KindNotZip},
		"no bag":        {hand{"a.txt": "x"}.zip(t, ""), NotABag, KindNotABag},
		"two bags":      {rawZip(t, []zip.FileHeader{{Name: "a/bagit.txt"}, {Name: "b/bagit.txt"}}, declared10, declared10), NotABag, KindNotABag},
		"too deep":      {rawZip(t, []zip.FileHeader{{Name: "a/b/bagit.txt"}}, declared10), NotABag, KindNotABag},
	} {
		r := verifyBytes(t, c.zip)
		if r.Verdict != c.verdict || len(r.Findings) == 0 || Kind(r.Findings[0].Rule) != c.kind {
			t.Errorf("%s: %s %v", name, r.Verdict, r.Findings)
		}
	}
}

// TestEveryFlippedByte alters a bag in a ZIP byte by byte: none goes unseen
// that changes what the ZIP holds.
func TestEveryFlippedByte(t *testing.T) {
	good, err := os.ReadFile(writeSample(t, Bag{Name: "b", Time: bagTime, Payload: []File{stored("a.bin", []byte("the content of the original"))}}))
	if err != nil {
		t.Fatal(err)
	}
	at := bytes.Index(good, []byte("the content"))
	for i := at; i < at+27; i++ {
		bad := bytes.Clone(good)
		bad[i] ^= 0x20
		if r := verifyBytes(t, bad); r.OK || r.Verdict != Altered || PathOf(r.Findings[0]) != "data/a.bin" {
			t.Errorf("byte %d: %s %v", i, r.Verdict, r.Findings)
		}
	}
	for i := range good {
		bad := bytes.Clone(good)
		bad[i] ^= 0xff
		verifyBytes(t, bad) // must not panic
	}
}

func TestDeflatedBeyondItsSize(t *testing.T) {
	b := handMade().with("data/a.txt", strings.Repeat("a", 5000)).zip(t, "")
	dir := bytes.Index(b, []byte("PK\x01\x02"))
	for ; dir >= 0; dir += 4 + bytes.Index(b[dir+4:], []byte("PK\x01\x02")) {
		if bytes.HasPrefix(b[dir+46:], []byte("data/a.txt")) {
			binary.LittleEndian.PutUint32(b[dir+24:], 4) // it says 4 bytes, and has 5000
			break
		}
	}
	if r := verifyBytes(t, b); r.OK || !strings.Contains(kinds(r), "data/a.txt") {
		t.Errorf("%s %v", r.Verdict, r.Findings)
	}
}

func TestFolderLinksAreRefused(t *testing.T) {
	dir := handMade().folder(t)
	secret := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(secret, []byte("aaaa"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(dir, "data/a.txt")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(secret, filepath.Join(dir, "data/a.txt")); err != nil {
		t.Skipf("NOT CHECKED: this system makes no links: %v", err)
	}
	r, err := Verify(t.Context(), dir, VerifyOptions{})
	if err != nil || r.Verdict != Unsafe || kinds(r) != "unsafe data/a.txt" {
		t.Errorf("%s %v %v", r.Verdict, r.Findings, err)
	}
}

func TestOtherOutcomes(t *testing.T) {
	if _, err := Verify(t.Context(), filepath.Join(t.TempDir(), "none"), VerifyOptions{}); !errors.Is(err, data.ErrNotFound) {
		t.Errorf("nothing there: %v", err)
	}
	if r, err := Verify(t.Context(), t.TempDir(), VerifyOptions{}); err != nil || r.Verdict != NotABag {
		t.Errorf("empty folder: %+v, %v", r, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Verify(ctx, handMade().folder(t), VerifyOptions{}); !errors.Is(err, context.Canceled) {
		t.Errorf("canceled: %v", err)
	}
	var last, total int64
	if _, err := Verify(t.Context(), handMade().folder(t), VerifyOptions{Progress: func(d, n int64) { last, total = d, n }}); err != nil || last != 8 || total != 8 {
		t.Errorf("progress %d of %d, %v", last, total, err)
	}
	if r, err := Verify(t.Context(), handMade().folder(t), VerifyOptions{MaxFiles: 2}); err != nil || r.Verdict != Unsafe {
		t.Errorf("too many files: %+v, %v", r, err)
	}
	mac := handMade().zip(t, "b/")
	var b bytes.Buffer
	zr, err := zip.NewReader(bytes.NewReader(mac), int64(len(mac)))
	if err != nil {
		t.Fatal(err)
	}
	zw := zip.NewWriter(&b)
	for _, f := range zr.File {
		if err := zw.Copy(f); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := zw.Create("__MACOSX/b/._bagit.txt"); err != nil {
		t.Fatal(err)
	}
	if err := zw.Close(); err != nil {
		t.Fatal(err)
	}
	if r := verifyBytes(t, b.Bytes()); !r.OK || kinds(r) != "?outside __MACOSX/b/._bagit.txt" {
		t.Errorf("zipped on a Mac: %s %v", r.Verdict, r.Findings)
	}
}

func FuzzManifestLine(f *testing.F) {
	for _, s := range []string{"", " ", "ab  data/x", sum256("") + " *data/a%25", "zz data/x", "ab\tdata/%0d%0A", "ab  \xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		line, err := parseLine(s, 0)
		if err.Key != "" {
			return
		}
		if line.path == "" || line.sum == "" || len(spellings(line.path, "1.0")) == 0 {
			t.Errorf("%q gives %+v", s, line)
		}
	})
}

func FuzzVerifyZip(f *testing.F) {
	good := handMade().zip(f, "b/")
	f.Add(good)
	f.Add(good[:len(good)/2])
	f.Add(handMade().with("fetch.txt", "a b c").zip(f, ""))
	f.Add([]byte("PK\x05\x06"))
	f.Fuzz(func(t *testing.T, b []byte) {
		r, err := verifyZip(t.Context(), bytes.NewReader(b), int64(len(b)), VerifyOptions{MaxBytes: 1 << 20})
		if err != nil || r.OK != (r.Verdict == Intact) || (!r.OK && len(r.Findings) == 0) {
			t.Errorf("%+v, %v", r, err)
		}
	})
}

func FuzzVerifyManifest(f *testing.F) {
	f.Add(declared10, sum256("aaaa")+"  data/a.txt\n", "Payload-Oxum: 4.1", "")
	f.Add("BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-16\n", "x", " y", "a b c")
	f.Fuzz(func(t *testing.T, decl, manifest, info, fetch string) {
		b := hand{"bagit.txt": decl, "manifest-sha256.txt": manifest, "bag-info.txt": info, "fetch.txt": fetch, "data/a.txt": "aaaa"}.zip(t, "")
		if r := verifyBytes(t, b); !r.OK && len(r.Findings) == 0 {
			t.Errorf("%+v", r)
		}
	})
}
