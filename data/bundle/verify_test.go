package bundle

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"casebinder/data"
	"casebinder/data/bag"
	"casebinder/data/seal"
)

// invented is a small sealed bundle without its pages.
type invented struct {
	key   seal.Key
	files bag.Bag
}

func newInvented(t testing.TB) *invented {
	t.Helper()
	key, err := seal.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 3, 4, 5, 6, 8, 0, time.UTC)
	const original = "originals/001-箱子 of Ana.jpg"
	picture := sumOf("a picture")
	var entries []data.JournalEntry
	for i := range 3 {
		entries = append(entries, data.JournalEntry{
			Seq: int64(i + 1), At: at, Operator: "Lin", Action: "evidence.add", Entity: "evidence", Key: fmt.Sprint(i),
			After: `{"sha256":"` + picture + `","note":"a \"quoted\" 照片"}`,
		})
	}
	log, checkpoint := seal.Custody(entries, seal.CustodyOptions{At: at})
	rows, err := seal.CustodyRows(log)
	if err != nil {
		t.Fatal(err)
	}
	index := indexFile{
		Format: indexFormat, PDF: "case-v1.pdf", Pages: 3, Generated: at, Program: "Casebinder 1.0", Language: "en", Platform: "ebay", Shop: "Lantern",
		Order: "12-34567-00001", Dispute: "d-1", Version: 1, Sections: map[data.Section]int{data.SectionTimeline: 2},
		Exhibits: []indexEntry{{
			Number: 1, Title: "The carton", Kind: "photo", Note: "of\nAna", Name: "箱子 of Ana.jpg", File: original, MIME: "image/jpeg", Size: 9, SHA256: picture,
			FirstPage: 3, LastPage: 3, Shown: true, Section: "goods",
		}},
	}
	indexed, err := json.MarshalIndent(index, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	payload := []bag.File{
		bag.FromBytes("case-v1.pdf", []byte("%PDF")), bag.FromBytes(original, []byte("a picture")),
		bag.FromBytes(custodyName, log), bag.FromBytes(checkpointName, checkpoint.Marshal()), bag.FromBytes(custodyTable, csvFile(rows)),
		bag.FromBytes(indexName, indexed), bag.FromBytes(indexTable, csvFile([][]string{indexColumns, index.Exhibits[0].row()})),
	}
	return &invented{key, bag.Bag{
		Name: "case-v1", Time: at, Info: []bag.InfoField{
			{Label: formatLabel, Value: "1"},
			{Label: "Source-Organization", Value: index.Shop},
			{Label: "External-Identifier", Value: index.Order},
			{Label: "Internal-Sender-Identifier", Value: index.Dispute},
			{Label: "Bag-Software-Agent", Value: index.Program},
		},
		Payload: append(payload, describedBy(t, payload, at)),
		Tags:    []bag.File{bag.FromBytes("README-VERIFY.txt", readme("case-v1")), bag.FromBytes(signersName, seal.AllowedSigners(key.Public()))},
		Sign:    func(m []byte) ([]byte, error) { return seal.Sign(key, m) },
	}}
}

func sumOf(s string) string { h := sha256.Sum256([]byte(s)); return hex.EncodeToString(h[:]) }

// describedBy describes files for programs.
func describedBy(t testing.TB, payload []bag.File, at time.Time) bag.File {
	t.Helper()
	crate := seal.Crate{Published: at}
	for _, f := range payload {
		sum, err := fingerprint(f)
		if err != nil {
			t.Fatal(err)
		}
		crate.Files = append(crate.Files, seal.CrateFile{Path: f.Name, Size: f.Size, SHA256: sum})
	}
	raw, err := seal.ROCrate(crate)
	if err != nil {
		t.Fatal(err)
	}
	return bag.FromBytes(seal.CrateName, raw)
}

// write gives the path of the ZIP, in a folder of its own.
func (v *invented) write(t testing.TB) string {
	t.Helper()
	target := filepath.Join(t.TempDir(), "case-v1.zip")
	if _, err := bag.WriteZip(t.Context(), target, v.files, bag.WriteOptions{}); err != nil {
		t.Fatal(err)
	}
	return target
}

// set puts a file into the payload or the tags in the place of one of its name.
func set(list []bag.File, name string, content string) []bag.File {
	list = slices.DeleteFunc(slices.Clone(list), func(f bag.File) bool { return f.Name == name })
	if content == "" {
		return list
	}
	return append(list, bag.FromBytes(name, []byte(content)))
}

// forge rewrites a ZIP with other files, as somebody without the key would:
// whatever manifests are to fit must be among the changes. "-" takes out.
func forge(t *testing.T, path string, changes map[string]string) string {
	t.Helper()
	r, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	all := map[string]string{}
	for _, f := range r.File {
		all[f.Name] = contentOf(t, f)
	}
	for name, content := range changes {
		all["case-v1/"+name] = content
	}
	return zipOf(t, all)
}

func contentOf(t *testing.T, f *zip.File) string {
	t.Helper()
	r, err := f.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	content, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func zipOf(t *testing.T, files map[string]string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if files[name] == "-" {
			continue
		}
		one, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(one, files[name]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	target := filepath.Join(t.TempDir(), "case-v1.zip")
	if err := os.WriteFile(target, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return target
}

// found lists the findings as "kind path", warnings with a "?" before. Left out
// is what is said of each invented bundle: that nothing is known of its key and
// nobody read its pages; and that the description for programs does not know of
// a change.
func found(v Verification) string {
	var s []string
	for _, f := range v.Findings {
		switch kind := bag.Kind(f.Rule); {
		case kind == KindKey || kind == KindPages || kind == KindContradic && bag.PathOf(f) == inData+seal.CrateName:
			continue
		}
		mark := ""
		if bag.IsWarning(f) {
			mark = "?"
		}
		s = append(s, strings.TrimSpace(mark+f.Rule[strings.LastIndexByte(f.Rule, '.')+1:]+" "+bag.PathOf(f)))
	}
	return strings.Join(s, "; ")
}

func verified(t *testing.T, path string, o VerifyOptions) Verification {
	t.Helper()
	v, err := Verify(t.Context(), path, o)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestVerifySealed(t *testing.T) {
	b := newInvented(t)
	path := b.write(t)
	v := verified(t, path, VerifyOptions{})
	if !v.OK || found(v) != "" || v.Format != 1 || v.Signature != SignatureValid || v.Fingerprint != b.key.Fingerprint() || v.Custody != 3 {
		t.Errorf("%+v", v)
	}
	if v := verified(t, path, VerifyOptions{Signer: b.key.Fingerprint()}); !v.OK || v.Signature != SignatureValid {
		t.Errorf("by the key that is known: %+v", v)
	}
	if v := verified(t, path, VerifyOptions{Signer: "SHA256:another"}); v.OK || v.Signature != SignatureOther || found(v) != "signer "+bag.SignatureName {
		t.Errorf("by another key than is known: %+v", v)
	}
	dir := filepath.Join(t.TempDir(), "unpacked")
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	if err := os.CopyFS(dir, z); err != nil {
		t.Fatal(err)
	}
	if v := verified(t, filepath.Join(dir, b.files.Name), VerifyOptions{}); !v.OK || v.Signature != SignatureValid || v.Custody != 3 {
		t.Errorf("unpacked: %+v", v)
	}
}

// TestVerifySeal changes what is sealed, each time with manifests that fit.
func TestVerifySeal(t *testing.T) {
	other, err := seal.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	_, shorter := seal.Custody(nil, seal.CustodyOptions{At: time.Unix(0, 0)})
	for name, c := range map[string]struct {
		change func(*invented)
		state  SignatureState
		found  string
	}{
		"not signed":             {func(b *invented) { b.files.Sign, b.files.Tags = nil, b.files.Tags[:1] }, SignatureNone, "?unsigned"},
		"the signature left out": {func(b *invented) { b.files.Sign = nil }, SignatureMissing, "signature " + bag.SignatureName},
		"signed by another key": {func(b *invented) {
			b.files.Sign = func(m []byte) ([]byte, error) { return seal.Sign(other, m) }
		}, SignatureOther, "signer " + bag.SignatureName},
		"another key is allowed": {func(b *invented) {
			b.files.Tags = set(b.files.Tags, signersName, string(seal.AllowedSigners(other.Public())))
		}, SignatureOther, "signer " + bag.SignatureName},
		"no key is allowed": {func(b *invented) { b.files.Tags = set(b.files.Tags, signersName, "") }, SignatureOther, "signer " + bag.SignatureName},
		"signed something else": {func(b *invented) {
			b.files.Sign = func(m []byte) ([]byte, error) { return seal.Sign(b.key, append(m, '\n')) }
		}, SignatureBroken, "signature " + bag.SignatureName},
		"no signature": {func(b *invented) { b.files.Sign = func([]byte) ([]byte, error) { return []byte("hello"), nil } }, SignatureBroken, "signature " + bag.SignatureName},
		"custody altered": {func(b *invented) {
			b.files.Payload = set(b.files.Payload, custodyName, "{}\n")
		}, SignatureValid, "custody data/custody.jsonl"},
		"another checkpoint": {func(b *invented) {
			b.files.Payload = set(b.files.Payload, checkpointName, string(shorter.Marshal()))
		}, SignatureValid, "custody data/custody.jsonl"},
		"no custody log": {func(b *invented) { b.files.Payload = set(b.files.Payload, custodyName, "") }, SignatureValid, "part data/custody.jsonl"},
		"no checkpoint":  {func(b *invented) { b.files.Payload = set(b.files.Payload, checkpointName, "") }, SignatureValid, "part data/custody-checkpoint.txt"},
		"a newer format": {func(b *invented) { b.files.Info[0].Value = "2" }, SignatureValid, "unchecked bag-info.txt"},
		"no number":      {func(b *invented) { b.files.Info[0].Value = "one" }, SignatureValid, "malformed bag-info.txt"},
		"another's bag": {func(b *invented) {
			b.files = bag.Bag{Name: "b", Time: b.files.Time, Payload: b.files.Payload[:1]}
		}, SignatureNone, ""},
		"another's bag with a signature of its own": {func(b *invented) {
			b.files = bag.Bag{Name: "b", Time: b.files.Time, Payload: b.files.Payload[:1], Sign: func([]byte) ([]byte, error) { return []byte("-----BEGIN PGP"), nil }}
		}, SignatureNone, "?unchecked " + bag.SignatureName},
	} {
		b := newInvented(t)
		c.change(b)
		v := verified(t, b.write(t), VerifyOptions{})
		if v.Signature != c.state || found(v) != c.found || v.OK != (c.found == "" || strings.HasPrefix(c.found, "?")) {
			t.Errorf("%s: %s, %s: %v", name, v.Signature, v.Verdict, v.Findings)
		}
	}
	b := newInvented(t)
	b.files.Info[0].Value = "2"
	if v := verified(t, b.write(t), VerifyOptions{}); v.Verdict != bag.Incomplete || v.Format != 2 {
		t.Errorf("a newer format is %s", v.Verdict)
	}
	b.files.Sign, b.files.Tags = nil, nil
	if v := verified(t, b.write(t), VerifyOptions{Signer: b.key.Fingerprint()}); v.OK {
		t.Error("an unsigned bundle passes for one by a known key")
	}
}

// TestVerifyForged changes a signed bundle without its key.
func TestVerifyForged(t *testing.T) {
	b := newInvented(t)
	path := b.write(t)
	sum := sumOf
	r, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	was := map[string]string{}
	for _, f := range r.File {
		was[strings.TrimPrefix(f.Name, "case-v1/")] = contentOf(t, f)
	}
	manifest := strings.Replace(was["manifest-sha256.txt"], sum("%PDF"), sum("%PDG"), 1)
	tags := strings.Replace(was["tagmanifest-sha256.txt"], sum(was["manifest-sha256.txt"]), sum(manifest), 1)
	if manifest == was["manifest-sha256.txt"] || tags == was["tagmanifest-sha256.txt"] {
		t.Fatal("nothing was changed")
	}
	for name, c := range map[string]struct {
		changes map[string]string
		state   SignatureState
		found   string
	}{
		"nothing":              {nil, SignatureValid, ""},
		"a file":               {map[string]string{"data/case-v1.pdf": "%PDG"}, SignatureValid, "altered data/case-v1.pdf"},
		"with its manifest":    {map[string]string{"data/case-v1.pdf": "%PDG", "manifest-sha256.txt": manifest}, SignatureValid, "altered manifest-sha256.txt"},
		"and the tag manifest": {map[string]string{"data/case-v1.pdf": "%PDG", "manifest-sha256.txt": manifest, "tagmanifest-sha256.txt": tags}, SignatureBroken, "signature " + bag.SignatureName},
		"and no signature": {map[string]string{
			"data/case-v1.pdf": "%PDG", "manifest-sha256.txt": manifest, "tagmanifest-sha256.txt": tags, bag.SignatureName: "-",
		}, SignatureMissing, "signature " + bag.SignatureName},
		"a file added":     {map[string]string{"data/new.pdf": "x"}, SignatureValid, "oxum bag-info.txt; unlisted data/new.pdf"},
		"a tag file added": {map[string]string{"note.txt": "x"}, SignatureValid, "unlisted note.txt"},
		"a tag manifest added over a tag file": {
			map[string]string{"note.txt": "x", "tagmanifest-sha512.txt": ""},
			SignatureValid,
			"unlisted note.txt; malformed tagmanifest-sha512.txt; unlisted tagmanifest-sha512.txt",
		},
		"a file taken out":     {map[string]string{"README-VERIFY.txt": "-"}, SignatureValid, "missing README-VERIFY.txt; part README-VERIFY.txt"},
		"left by macOS":        {map[string]string{".DS_Store": "x"}, SignatureValid, "?unlisted .DS_Store"},
		"left by Windows":      {map[string]string{"signature/Thumbs.db": "x"}, SignatureValid, "?unlisted signature/Thumbs.db"},
		"left in the payload":  {map[string]string{"data/.DS_Store": "x"}, SignatureValid, "oxum bag-info.txt; unlisted data/.DS_Store"},
		"the tag manifest out": {map[string]string{"tagmanifest-sha256.txt": "-"}, SignatureBroken, ""},
	} {
		v := verified(t, forge(t, path, c.changes), VerifyOptions{})
		if v.Signature != c.state || (c.found != "" || name == "nothing") && found(v) != c.found {
			t.Errorf("%s: %s, %s: %s", name, v.Signature, v.Verdict, found(v))
		}
		if good := c.found == "" && name == "nothing" || strings.HasPrefix(c.found, "?"); v.OK != good {
			t.Errorf("%s: %s", name, v.Verdict)
		}
	}
	// Beside the bag in the ZIP, where no manifest reaches.
	for name, good := range map[string]bool{"evil.pdf": false, "__MACOSX/case-v1/._bagit.txt": true} {
		all := map[string]string{name: "x"}
		for n, content := range was {
			all["case-v1/"+n] = content
		}
		if v := verified(t, zipOf(t, all), VerifyOptions{}); v.OK != good || !strings.HasSuffix(found(v), "outside "+name) {
			t.Errorf("%s beside the bag: %s %s", name, v.Verdict, found(v))
		}
	}
}

func TestVerifyForms(t *testing.T) {
	b := newInvented(t)
	path := b.write(t)
	dir := filepath.Join(filepath.Dir(path), formFolder("case-v1", "ebay"))
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	put := func(name, content string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	sum := sha256.Sum256([]byte("one"))
	list := "\ufeffname,slot,sha256\r\n1.jpg,,%s\r\n2 照.jpg,shipping,%s\r\n"
	put("1.jpg", "one")
	put("2 照.jpg", "one")
	put(formListName, fmt.Sprintf(list, hex.EncodeToString(sum[:]), hex.EncodeToString(sum[:])))
	if v := verified(t, path, VerifyOptions{}); !v.OK || v.FormFiles != 2 || found(v) != "" {
		t.Errorf("%+v", v)
	}
	put("1.jpg", "two")
	if v := verified(t, path, VerifyOptions{}); v.OK || v.FormFiles != 1 || found(v) != "upload case-v1-upload-ebay/1.jpg" {
		t.Errorf("altered: %s, %d", found(v), v.FormFiles)
	}
	if err := os.Remove(filepath.Join(dir, "1.jpg")); err != nil {
		t.Fatal(err)
	}
	if v := verified(t, path, VerifyOptions{}); !v.OK || found(v) != "?upload case-v1-upload-ebay/1.jpg" {
		t.Errorf("gone: %s", found(v))
	}
	for _, name := range []string{"../case-v1.zip", `..\case-v1.zip`, "/etc/passwd", "..", "C:x"} {
		put(formListName, "name,sha256\n"+name+","+hex.EncodeToString(sum[:])+"\n")
		if v := verified(t, path, VerifyOptions{}); v.OK || found(v) != "upload case-v1-upload-ebay/uploads.csv" {
			t.Errorf("a list that names %s: %s", name, found(v))
		}
	}
	put(formListName, "nothing\n")
	if v := verified(t, path, VerifyOptions{}); v.OK || found(v) != "upload case-v1-upload-ebay/uploads.csv" {
		t.Errorf("no list: %s", found(v))
	}
	b.files.Payload = append(b.files.Payload, bag.FromBytes(formListName, []byte("name,sha256\n")))
	again := b.write(t)
	if err := os.Rename(again, path); err != nil {
		t.Fatal(err)
	}
	if v := verified(t, path, VerifyOptions{}); v.OK || found(v) != "upload case-v1-upload-ebay/uploads.csv; contradiction data/uploads.csv" {
		t.Errorf("another list than in the bundle: %s", found(v))
	}
}

// shellLines takes the command lines of a section out of the README.
func shellLines(t *testing.T, text, from, to string) string {
	t.Helper()
	_, text, ok := strings.Cut(text, from)
	if !ok {
		t.Fatalf("the README has no %q", from)
	}
	text, _, ok = strings.Cut(text, to)
	if !ok {
		t.Fatalf("the README has no %q", to)
	}
	var lines []string
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "  ") {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "")
}

// TestREADMEOnLinux unpacks a bundle with unzip and runs the lines that its own
// README gives for Linux and macOS.
func TestREADMEOnLinux(t *testing.T) {
	b := newInvented(t)
	path := b.write(t)
	for _, name := range []string{"bash", "ssh-keygen", "unzip", "shasum"} {
		run(t, ".", "which", name)
	}
	for _, c := range []struct{ name, files string }{{"Linux", "Linux. The same:"}, {"macOS", "macOS. Every line"}} {
		dir := t.TempDir()
		run(t, dir, "unzip", "-q", path)
		dir = filepath.Join(dir, "case-v1")
		raw, err := os.ReadFile(filepath.Join(dir, "README-VERIFY.txt"))
		if err != nil {
			t.Fatal(err)
		}
		text := strings.ReplaceAll(string(raw), "\r\n", "\n")
		files := shellLines(t, text, c.files, "\n\n\n")
		if c.name == "macOS" {
			files = shellLines(t, text, c.files, "Linux. The same:")
		}
		signature := shellLines(t, text, "macOS and Linux:\n", "It must print")
		custody := shellLines(t, text, "for sha256sum):", "With Casebinder")
		if c.name == "macOS" {
			custody = strings.ReplaceAll(custody, "sha256sum", "shasum -a 256")
		}
		shell := func(script string) (string, bool) {
			cmd := exec.Command("bash", "-c", script)
			cmd.Dir = dir
			out, err := cmd.CombinedOutput()
			return string(out), err == nil
		}
		if out, ok := shell("set -e\n" + files); !ok || !strings.Contains(out, "data/case-v1.pdf: OK") || strings.Contains(out, "FAILED") || strings.Contains(out, ">") {
			t.Errorf("%s, files: %s", c.name, out)
		}
		if out, ok := shell(signature); !ok || !strings.Contains(out, `Good "casebinder-bundle" signature for casebinder with ED25519 key `+b.key.Fingerprint()) {
			t.Errorf("%s, signature: %s", c.name, out)
		}
		out, _ := shell(custody)
		if lines := strings.Split(strings.TrimSpace(out), "\n"); len(lines) != 2 || lines[0] != lines[1] || !strings.HasPrefix(lines[0], "3 ") {
			t.Errorf("%s, custody: %s", c.name, out)
		}
		run(t, dir, "sh", "-c", `printf x >> data/case-v1.pdf; printf y > data/added; sed -i 's/"Lin"/"Wei"/' data/custody.jsonl; sed -i 's/  bagit/  b/' tagmanifest-sha256.txt`)
		if out, _ := shell(files); !strings.Contains(out, "data/case-v1.pdf: FAILED") || !strings.Contains(out, "< data/added") {
			t.Errorf("%s, files after a change: %s", c.name, out)
		}
		if out, ok := shell(signature); ok || !strings.Contains(out, "incorrect signature") {
			t.Errorf("%s, signature after a change: %s", c.name, out)
		}
		if out, _ := shell(custody); !strings.Contains(out, "LINE 1 DOES NOT FIT") {
			t.Errorf("%s, custody after a change: %s", c.name, out)
		}
	}
}

// TestREADMEWording promises no more than can be shown, in each language.
func TestREADMEWording(t *testing.T) {
	text := string(readme("case-v1"))
	for _, want := range []string{
		"nothing\r\nwas changed since this bundle was exported", "does not show that what the files say is so",
		"自导出以来没有任何改动", "并不表明文件所述内容属实", "自匯出以來沒有任何變更", "並不表示檔案所述內容屬實",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the README lacks %q", want)
		}
	}
	if strings.Contains(strings.ReplaceAll(text, "\r\n", ""), "\n") || !strings.HasPrefix(text, "\ufeff") || strings.Contains(text, "NAME") {
		t.Error("the README lacks its mark, has a bare line feed, or a name was left open")
	}
}

func FuzzFormRows(f *testing.F) {
	f.Add([]byte("name,sha256\na,b\n"))
	f.Add([]byte("name,sha256\n/,"))
	f.Add([]byte("\ufeffsha256,name\n\"x\ny\",..\n"))
	f.Fuzz(func(t *testing.T, list []byte) {
		rows, err := formRows(list)
		for _, r := range rows {
			if err == nil && (r.name == "" || filepath.Base(r.name) != r.name || !filepath.IsLocal(r.name)) {
				t.Errorf("%q leads out", r.name)
			}
		}
	})
}

// TestExportIsSealed exports a case with a key and checks it from outside.
func TestExportIsSealed(t *testing.T) {
	c, m := sampleCase(t, "en")
	key, err := seal.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	out := func() Result {
		res, err := Export(t.Context(), c, m, t.TempDir(), Options{Key: &key})
		if err != nil {
			t.Fatal(err)
		}
		return res
	}
	res := out()
	if again := out(); again.ZIPSHA256 != res.ZIPSHA256 {
		t.Error("the same case and key give two bundles")
	}
	v := verified(t, res.ZIP, VerifyOptions{Signer: key.Fingerprint(), Viewer: viewer(t)})
	if !v.OK || len(v.Findings) > 0 || !v.Known || v.Pages != res.Pages || v.Signature != SignatureValid || v.Format != FormatVersion || v.Custody != int64(len(c.Custody)) {
		t.Errorf("%+v", v)
	}
	dir := t.TempDir()
	run(t, dir, "unzip", "-q", res.ZIP)
	run(t, dir, "7z", "t", res.ZIP)
	dir = filepath.Join(dir, res.Name)
	run(t, dir, "sha256sum", "--strict", "--quiet", "-c", "manifest-sha256.txt", "tagmanifest-sha256.txt")
	run(t, dir, "sh", "-c", "ssh-keygen -Y verify -f signature/allowed_signers -I casebinder -n casebinder-bundle -s tagmanifest-sha256.txt.sig < tagmanifest-sha256.txt")
	described := crateFiles(t, filepath.Join(dir, "data", seal.CrateName))
	for _, name := range entries(t, filepath.Join(dir, "data")) {
		if name != seal.CrateName && name != "originals" && described[name] == "" {
			t.Errorf("%s is not described", name)
		}
	}
	for _, x := range res.Exhibits {
		if described[x.File] != x.Exhibit.SHA256 {
			t.Errorf("exhibit %d: %q, want %s", x.Number, described[x.File], x.Exhibit.SHA256)
		}
	}
}

// crateFiles gives the fingerprints of the files that are described, by path.
func crateFiles(t *testing.T, path string) map[string]string {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Graph []struct {
			ID     string `json:"@id"`
			Type   string `json:"@type"`
			SHA256 string `json:"sha256"`
		} `json:"@graph"`
	}
	if err := json.Unmarshal(raw, &doc); err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, e := range doc.Graph {
		name, err := url.PathUnescape(e.ID)
		if err != nil {
			t.Error(err)
		}
		if e.Type == "File" {
			files[name] = e.SHA256
		}
	}
	return files
}

// TestOutsideStaysOutside tells of evidence that is no exhibit by its
// fingerprint alone, and refuses to seal an unmasked log of a masked case.
func TestOutsideStaysOutside(t *testing.T) {
	c := Case{
		Exhibits: []Exhibit{{Evidence: data.Evidence{UID: "in"}}},
		Custody:  []data.JournalEntry{{Entity: "evidence", Key: "in"}, {Entity: "evidence", Key: "out"}, {Entity: "evidence", Key: "out"}, {Entity: "dispute", Key: "d"}},
	}
	if got := c.outside(); fmt.Sprint(got) != "[out]" {
		t.Errorf("outside: %v", got)
	}
	c.Mask = []data.MaskKind{data.MaskName}
	if err := (&env{c: &c}).writeLog(); err == nil {
		t.Error("an unmasked custody log is sealed")
	}
}
