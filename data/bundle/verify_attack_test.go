package bundle

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"casebinder/data"
	"casebinder/data/bag"
	"casebinder/data/pages"
	"casebinder/data/seal"
)

// A forger changes a bundle and then makes all that can be made without the
// sender's key: sums, manifests, and a signature by a key of the forger's own.
type forger struct {
	t     *testing.T
	key   *seal.Key
	files map[string]string // by path below the bag's folder
	top   string
}

// opened takes a bundle apart.
func opened(t *testing.T, path string) *forger {
	t.Helper()
	r, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	key, err := seal.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	f := &forger{t: t, key: &key, files: map[string]string{}}
	for _, e := range r.File {
		top, name, _ := strings.Cut(e.Name, "/")
		f.top, f.files[name] = top, contentOf(t, e)
	}
	return f
}

// swap replaces a text that must be there.
func (f *forger) swap(name, from, to string) {
	f.t.Helper()
	if !strings.Contains(f.files[name], from) {
		f.t.Fatalf("%s has no %q", name, from)
	}
	f.files[name] = strings.ReplaceAll(f.files[name], from, to)
}

// index changes the index and its table alike.
func (f *forger) index(change func(*indexFile)) {
	f.t.Helper()
	var doc indexFile
	if err := json.Unmarshal([]byte(f.files[inData+indexName]), &doc); err != nil {
		f.t.Fatal(err)
	}
	change(&doc)
	raw, err := json.MarshalIndent(doc, "", "  ")
	if err != nil {
		f.t.Fatal(err)
	}
	rows := [][]string{indexColumns}
	for _, e := range doc.Exhibits {
		rows = append(rows, e.row())
	}
	f.files[inData+indexName], f.files[inData+indexTable] = string(raw), string(csvFile(rows))
}

var journalHashes = regexp.MustCompile(`,"journal_previous":"[^"]*","journal_hash":"[^"]*"`)

// custody makes the log anew from its lines, with hashes that fit, without the
// journal's own.
func (f *forger) custody(change func([]string) []string) {
	f.t.Helper()
	lines := strings.SplitAfter(strings.TrimSuffix(f.files[inData+custodyName], "\n"), "\n")
	previous, log := strings.Repeat("0", 64), ""
	lines = change(lines)
	for i, line := range lines {
		body, _, _ := strings.Cut(journalHashes.ReplaceAllString(line, ""), `,"previous":"`)
		body = regexp.MustCompile(`^\{"seq":\d+`).ReplaceAllString(body, fmt.Sprintf(`{"seq":%d`, i+1)) + `,"previous":"` + previous + `"`
		previous = sumOf(body)
		log += body + `,"hash":"` + previous + "\"}\n"
	}
	end, err := seal.ParseCheckpoint([]byte(f.files[inData+checkpointName]))
	if err != nil {
		f.t.Fatal(err)
	}
	end.Count, end.Hash = int64(len(lines)), previous
	rows, err := seal.CustodyRows([]byte(log))
	if err != nil {
		f.t.Fatal(err)
	}
	f.files[inData+custodyName], f.files[inData+checkpointName], f.files[inData+custodyTable] = log, string(end.Marshal()), string(csvFile(rows))
}

// describe makes the description for programs fit.
func (f *forger) describe() {
	f.t.Helper()
	end, err := seal.ParseCheckpoint([]byte(f.files[inData+checkpointName]))
	if err != nil {
		f.t.Fatal(err)
	}
	var payload []bag.File
	for name, content := range f.files {
		if below, ok := strings.CutPrefix(name, inData); ok && below != seal.CrateName {
			payload = append(payload, bag.FromBytes(below, []byte(content)))
		}
	}
	made := describedBy(f.t, payload, end.At)
	r, err := made.Open()
	if err != nil {
		f.t.Fatal(err)
	}
	var b bytes.Buffer
	if _, err := b.ReadFrom(r); err != nil {
		f.t.Fatal(err)
	}
	f.files[inData+seal.CrateName] = b.String()
}

// pack makes manifests and, with a key, a signature that fit, and gives the path
// of the ZIP.
func (f *forger) pack() string {
	f.t.Helper()
	delete(f.files, bag.TagManifestName)
	delete(f.files, bag.SignatureName)
	payload, count := "", 0
	size := 0
	for name, content := range f.files {
		if strings.HasPrefix(name, inData) {
			payload += sumOf(content) + "  " + name + "\n"
			count++
			size += len(content)
		}
	}
	f.files["manifest-sha256.txt"] = payload
	f.files[infoName] = regexp.MustCompile(`Payload-Oxum: \d+\.\d+`).ReplaceAllString(f.files[infoName], fmt.Sprintf("Payload-Oxum: %d.%d", size, count))
	if f.key != nil && f.files[signersName] != "" {
		was := f.files[signersName]
		f.files[signersName] = string(seal.AllowedSigners(f.key.Public())) + strings.Join(strings.SplitAfter(was, "\n")[1:], "")
	}
	tags := ""
	for name, content := range f.files {
		if !strings.HasPrefix(name, inData) {
			tags += sumOf(content) + "  " + name + "\n"
		}
	}
	f.files[bag.TagManifestName] = tags
	if f.key != nil && f.files[signersName] != "" {
		signature, err := seal.Sign(*f.key, []byte(tags))
		if err != nil {
			f.t.Fatal(err)
		}
		f.files[bag.SignatureName] = string(signature)
	}
	all := map[string]string{}
	for name, content := range f.files {
		all[f.top+"/"+name] = content
	}
	return zipOf(f.t, all)
}

// rule lists what was found as "rule path", failures alone.
func failures(v Verification) []string {
	var list []string
	for _, f := range v.Findings {
		if !bag.IsWarning(f) {
			list = append(list, strings.TrimSpace(f.Rule+" "+strings.TrimPrefix(bag.PathOf(f), inData)))
		}
	}
	return list
}

// TestForgedParts changes one part after the other of a signed bundle, remakes
// all that can be remade without the sender's key, and asks that the part is
// named.
func TestForgedParts(t *testing.T) {
	nothingAtOnce(t)
	c, m := sampleCase(t, "en")
	key, err := seal.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	res, err := Export(t.Context(), c, m, t.TempDir(), Options{Key: &key})
	if err != nil {
		t.Fatal(err)
	}
	other, om := sampleCase(t, "en")
	other.Order.Number, other.Dispute.UID = "8999999999999999", "0195aaaa-0000-7000-8000-000000000002"
	other.Custody = custodyOf(other)
	foreign, err := Export(t.Context(), other, om, t.TempDir(), Options{Key: &key})
	if err != nil {
		t.Fatal(err)
	}
	theirs := opened(t, foreign.ZIP)
	view := viewer(t)
	const pdf = "AliExpress-8123456789012345-case-20260314-77-v1.pdf"
	first := opened(t, res.ZIP)
	if _, ok := first.files[inData+pdf]; !ok {
		t.Fatalf("no %s among %v", pdf, res)
	}
	target := ""
	var was indexEntry
	for _, x := range res.Exhibits {
		if x.Exhibit.Name == "invoice.pdf" {
			target, was = x.File, indexEntry{SHA256: x.Exhibit.SHA256, Number: x.Number}
		}
	}
	altered := func(f *forger) string { f.files[inData+target] += "%"; return sumOf(f.files[inData+target]) }
	reindex := func(f *forger) string {
		sum := altered(f)
		f.index(func(i *indexFile) { i.Exhibits[was.Number-1].SHA256 = sum; i.Exhibits[was.Number-1].Size++ })
		return sum
	}
	for _, a := range forgedParts(pdf, target, was, theirs, altered, reindex) {
		t.Run(a.name, func(t *testing.T) {
			f := opened(t, res.ZIP)
			a.forge(f)
			if !a.undescribed {
				f.describe()
			}
			checkForged(t, f.pack(), view, a)
		})
	}
	t.Run("nothing", func(t *testing.T) {
		// Only the key is another: the pages name the sender's.
		v := verified(t, opened(t, res.ZIP).pack(), VerifyOptions{Viewer: view})
		if got := failures(v); v.Verdict != bag.Altered || !slices.Equal(got, []string{string(KindContradic) + " " + pdf}) {
			t.Errorf("signed by another key: %s %v", v.Verdict, got)
		}
	})
}

type forgedPart struct {
	name        string
	forge       func(*forger)
	want        string // "rule path", among what is found
	verdict     bag.Verdict
	undescribed bool // the description for programs stays as it was
}

func checkForged(t *testing.T, path string, view *pages.Viewer, a forgedPart) {
	t.Helper()
	v := verified(t, path, VerifyOptions{Viewer: view})
	if a.verdict == "" {
		a.verdict = bag.Altered
	}
	if got := failures(v); v.Verdict != a.verdict || !slices.Contains(got, a.want) {
		t.Errorf("%s: %s\nwant %s", v.Verdict, strings.Join(got, "\n"), a.want)
	}
}

func forgedParts(pdf, target string, was indexEntry, theirs *forger, altered, reindex func(*forger) string) []forgedPart {
	const contra, part, bad = "bundle.contradiction ", "bundle.part ", "bag.malformed "
	gone := func(name string) func(*forger) { return func(f *forger) { delete(f.files, name) } }
	evidence := func(f *forger) string {
		sum := reindex(f)
		f.custody(func(lines []string) []string {
			for i := range lines {
				lines[i] = strings.ReplaceAll(lines[i], was.SHA256, sum)
			}
			return lines
		})
		return sum
	}
	return []forgedPart{
		{name: "an original", forge: func(f *forger) { altered(f) }, want: contra + target},
		{name: "an original alone, not described", forge: func(f *forger) { altered(f) }, want: contra + seal.CrateName, undescribed: true},
		{name: "an original and the index", forge: func(f *forger) { reindex(f) }, want: contra + custodyName},
		{name: "an original, the index and the custody log", forge: func(f *forger) { evidence(f) }, want: contra + pdf},
		{name: "two originals changed places", forge: func(f *forger) {
			a, b := inData+target, ""
			for name := range f.files {
				if strings.HasPrefix(name, inOriginals) && name != a {
					b = name
				}
			}
			f.files[a], f.files[b] = f.files[b], f.files[a]
		}, want: contra + target},
		{name: "an original taken out", forge: gone(inData + target), want: contra + indexName},
		{name: "an original taken out of the index too", forge: func(f *forger) {
			delete(f.files, inData+target)
			f.index(func(i *indexFile) { i.Exhibits = slices.Delete(i.Exhibits, was.Number-1, was.Number) })
		}, want: contra + custodyName},
		{name: "an original called withheld", forge: func(f *forger) {
			delete(f.files, inData+target)
			f.index(func(i *indexFile) { e := &i.Exhibits[was.Number-1]; e.File, e.Withheld = "", "masked" })
		}, want: contra + indexName},
		{name: "an original put in", forge: func(f *forger) { f.files[inOriginals+"099-new.jpg"] = "new" }, want: contra + "originals/099-new.jpg"},
		{name: "a file put in", forge: func(f *forger) { f.files[inData+"letter.pdf"] = "%PDF" }, want: contra + seal.CrateName, undescribed: true},
		{name: "a title in index.json", forge: func(f *forger) { f.swap(inData+indexName, "Parcel before hand-over", "Parcel after hand-over") }, want: contra + indexTable},
		{name: "a title in index.csv", forge: func(f *forger) { f.swap(inData+indexTable, "Parcel before hand-over", "Parcel after hand-over") }, want: contra + indexTable},
		{name: "a row in index.csv more", forge: func(f *forger) { f.files[inData+indexTable] += "99,x\r\n" }, want: contra + indexTable},
		{name: "a row in index.csv less", forge: func(f *forger) {
			s := strings.TrimSuffix(f.files[inData+indexTable], "\r\n")
			f.files[inData+indexTable] = s[:strings.LastIndex(s, "\r\n")+2]
		}, want: bad + indexTable},
		{name: "the amount", forge: func(f *forger) { f.swap(inData+indexName, `"45.99"`, `"459.90"`) }, want: contra + pdf},
		{name: "the case number", forge: func(f *forger) { f.swap(inData+indexName, `"20260314-77"`, `"20260314-78"`) }, want: contra + pdf},
		{name: "the order in the index", forge: func(f *forger) { f.swap(inData+indexName, `"8123456789012345"`, `"8123456789012346"`) }, want: contra + infoName},
		{name: "the order in the index and bag-info.txt", forge: func(f *forger) {
			f.swap(inData+indexName, `"8123456789012345"`, `"8123456789012346"`)
			f.swap(infoName, "External-Identifier: 8123456789012345", "External-Identifier: 8123456789012346")
		}, want: contra + pdf},
		{name: "the dispute in the index and bag-info.txt", forge: func(f *forger) {
			f.swap(inData+indexName, "8000-000000000001", "8000-000000000003")
			f.swap(infoName, "8000-000000000001", "8000-000000000003")
		}, want: contra + custodyName},
		{name: "the time", forge: func(f *forger) { f.swap(inData+indexName, "2026-03-20T08:00:00Z", "2026-03-10T08:00:00Z") }, want: contra + checkpointName},
		{name: "the time everywhere", forge: func(f *forger) {
			f.swap(inData+indexName, "2026-03-20T08:00:00Z", "2026-03-10T08:00:00Z")
			f.swap(inData+checkpointName, "2026-03-20", "2026-03-10")
			f.swap(infoName, "2026-03-20", "2026-03-10")
		}, want: contra + custodyName},
		{name: "pages beyond the end", forge: func(f *forger) { f.index(func(i *indexFile) { i.Exhibits[0].LastPage = 999 }) }, want: contra + indexName},
		{name: "exhibits moved to other pages", forge: func(f *forger) {
			f.index(func(i *indexFile) { i.Exhibits[0].FirstPage, i.Exhibits[0].LastPage = 1, 1 })
		}, want: contra + pdf},
		{name: "exhibits numbered anew", forge: func(f *forger) { f.index(func(i *indexFile) { i.Exhibits[0].Number = 7 }) }, want: contra + indexName},
		{name: "fewer pages", forge: func(f *forger) { f.swap(inData+indexName, `"pages": `, `"pages": 1`) }, want: contra + pdf},
		{name: "the end of the custody log", forge: func(f *forger) {
			f.custody(func(lines []string) []string { return lines[:len(lines)-1] })
		}, want: contra + custodyName},
		{name: "the end of the custody log and the index", forge: func(f *forger) {
			f.custody(func(lines []string) []string { return lines[:len(lines)-1] })
			f.index(func(i *indexFile) { i.Custody = "" })
		}, want: contra + pdf},
		{name: "a field twice", forge: func(f *forger) { f.swap(inData+indexName, `"order": `, `"ORDER": "1", "order": `) }, want: bad + indexName},
		{name: "no JSON", forge: func(f *forger) { f.files[inData+indexName] = `{"format":"casebinder-bundle-1"` }, want: bad + indexName},
		{name: "a description that is none", forge: func(f *forger) { f.files[inData+seal.CrateName] = "[]x" }, want: bad + seal.CrateName, undescribed: true},
		{name: "custody cut at the end", forge: func(f *forger) { f.custody(func(l []string) []string { return l[:len(l)-2] }) }, want: contra + custodyName},
		{name: "custody cut in the middle", forge: func(f *forger) { f.custody(func(l []string) []string { return slices.Delete(l, 1, 3) }) }, want: contra + custodyName},
		{name: "custody emptied", forge: func(f *forger) {
			f.custody(func([]string) []string { return nil })
		}, want: contra + custodyName},
		{name: "custody in another order", forge: func(f *forger) {
			f.custody(func(l []string) []string { l[1], l[2] = l[2], l[1]; return l })
		}, want: "seal.custody " + custodyName},
		{name: "an operator in the custody log", forge: func(f *forger) {
			f.swap(inData+custodyName, `"Lin"`, `"Wei"`)
		}, want: "seal.custody " + custodyName},
		{name: "custody of another case", forge: func(f *forger) {
			for _, name := range []string{custodyName, checkpointName, custodyTable} {
				f.files[inData+name] = theirs.files[inData+name]
			}
		}, want: contra + custodyName},
		{name: "an operator in custody.csv", forge: func(f *forger) { f.swap(inData+custodyTable, ",Lin,", ",Wei,") }, want: contra + custodyTable},
		{name: "no checkpoint's time", forge: func(f *forger) { f.describe(); f.swap(inData+checkpointName, "2026", "year") }, want: "seal.custody " + custodyName, undescribed: true},
		{name: "another case's document", forge: func(f *forger) {
			for name, content := range theirs.files {
				if strings.HasSuffix(name, ".pdf") && !strings.HasPrefix(name, inOriginals) {
					f.files[inData+pdf] = content
				}
			}
		}, want: contra + pdf},
		{name: "a document that is none", forge: func(f *forger) { f.files[inData+pdf] = "%PDF-1.7\n" }, want: contra + pdf},
		{name: "a document cut off", forge: func(f *forger) { s := f.files[inData+pdf]; f.files[inData+pdf] = s[:len(s)/2] }, want: contra + pdf},
		{name: "the document taken out", forge: gone(inData + pdf), want: contra + indexName},
		{name: "no index", forge: gone(inData + indexName), want: part + indexName},
		{name: "no table of the index", forge: gone(inData + indexTable), want: part + indexTable},
		{name: "no custody log", forge: func(f *forger) { f.describe(); delete(f.files, inData+custodyName) }, want: part + custodyName, undescribed: true},
		{name: "no checkpoint", forge: func(f *forger) { f.describe(); delete(f.files, inData+checkpointName) }, want: part + checkpointName, undescribed: true},
		{name: "no table of the custody log", forge: gone(inData + custodyTable), want: part + custodyTable},
		{name: "no description", forge: gone(inData + seal.CrateName), want: part + seal.CrateName, undescribed: true},
		{name: "no README", forge: gone(readmeName), want: part + readmeName},
		{name: "no bag-info.txt", forge: gone(infoName), want: part + infoName},
		{name: "no sum of the payload", forge: func(f *forger) {
			f.files[infoName] = regexp.MustCompile(`Payload-Oxum: .*\n`).ReplaceAllString(f.files[infoName], "")
		}, want: part + infoName},
		{name: "a wrong sum of the payload", forge: func(f *forger) { f.files[infoName] += "Payload-Oxum : 1.1\n" }, want: "bag.oxum " + infoName},
		{name: "no shop", forge: func(f *forger) { f.swap(infoName, "Source-Organization: Sample Lights Store\n", "") }, want: part + infoName},
		{name: "another program", forge: func(f *forger) { f.swap(infoName, "Casebinder 1.0", "Casebinder 9.9") }, want: contra + infoName},
		{name: "a label twice", forge: func(f *forger) { f.files[infoName] += "External-Identifier: 1\n" }, want: contra + infoName},
		{name: "the format twice", forge: func(f *forger) { f.files[infoName] += formatLabel + ": 1\n" }, want: contra + infoName},
		{name: "no format", forge: func(f *forger) { f.swap(infoName, formatLabel+": 1\n", "") }, want: part + infoName},
		{name: "no format and no signature", forge: func(f *forger) {
			f.swap(infoName, formatLabel+": 1\n", "")
			delete(f.files, signersName)
		}, want: part + infoName},
		{name: "a newer format", forge: func(f *forger) { f.swap(infoName, formatLabel+": 1\n", formatLabel+": 2\n") }, want: "bag.unchecked " + infoName, verdict: bag.Incomplete},
		{name: "the signature taken out whole", forge: gone(signersName), want: contra + pdf},
		{name: "a second key", forge: func(f *forger) { f.files[signersName] += f.files[signersName] }, want: bad + signersName},
		{name: "a list of uploads", forge: func(f *forger) {
			f.files[inData+formListName] = "name,sha256,made_from_sha256\nx.jpg," + strings.Repeat("a", 64) + "," + strings.Repeat("b", 64) + "\n"
		}, want: contra + formListName},
		{name: "a name in other letters", forge: func(f *forger) { f.files[inData+"INDEX.json"] = "{}" }, want: "bag.name_form " + indexName},
		{name: "a name that Windows keeps", forge: func(f *forger) { f.files[inData+"CON.txt"] = "x" }, want: contra + "CON.txt"},
		{name: "a name that turns around", forge: func(f *forger) { f.files[inData+"a\u202egpj.exe"] = "x" }, want: contra + "a\u202egpj.exe"},
		{name: "a space in bagit.txt", forge: func(f *forger) { f.swap("bagit.txt", "Version:", "Version :") }, want: bad + "bagit.txt"},
		{name: "a mark in bagit.txt", forge: func(f *forger) { f.files["bagit.txt"] = "\ufeff" + f.files["bagit.txt"] }, want: "bag.bom bagit.txt"},
		{name: "0.97 in bagit.txt", forge: func(f *forger) { f.swap("bagit.txt", "1.0", "0.97") }, want: contra + "bagit.txt"},
		{name: "a second manifest", forge: func(f *forger) { f.files["manifest-md5.txt"] = "" }, want: "bag.unlisted " + pdf},
	}
}

// TestZipAround tells what stands around the files of a bundle in its ZIP.
func TestZipAround(t *testing.T) {
	b := newInvented(t)
	plain, err := os.ReadFile(b.write(t))
	if err != nil {
		t.Fatal(err)
	}
	again := func(comment, entry string, twice bool) []byte {
		r, err := zip.NewReader(bytes.NewReader(plain), int64(len(plain)))
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		w := zip.NewWriter(&out)
		for i, f := range r.File {
			h := f.FileHeader
			if i == 0 {
				h.Comment = entry
			}
			for n := 0; n == 0 || n == 1 && twice && i == 3; n++ {
				raw, err := f.OpenRaw()
				if err != nil {
					t.Fatal(err)
				}
				h := h
				to, err := w.CreateRaw(&h)
				if err != nil {
					t.Fatal(err)
				}
				var all bytes.Buffer
				if _, err := all.ReadFrom(raw); err != nil {
					t.Fatal(err)
				}
				if _, err := to.Write(all.Bytes()); err != nil {
					t.Fatal(err)
				}
			}
		}
		if err := w.SetComment(comment); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	for name, c := range map[string]struct {
		zip     []byte
		verdict bag.Verdict
		rule    bag.Kind
		says    string
	}{
		"packed again":         {again("", "", false), bag.Intact, "", ""},
		"a comment":            {again("Pay to IBAN 00", "", false), bag.Intact, bag.KindComment, "Pay to IBAN 00"},
		"a comment on a file":  {again("", "see \x1b[2Jelsewhere", false), bag.Intact, bag.KindComment, "see  [2Jelsewhere"},
		"a file twice":         {again("", "", true), bag.Unsafe, bag.KindDuplicate, "Two entries"},
		"bytes in front":       {append([]byte("MZ front"), plain...), bag.Unsafe, bag.KindUnsafe, "before its first file"},
		"bytes behind":         {append(slices.Clone(plain), "behind"...), bag.Altered, bag.KindOutside, "6 bytes behind the end"},
		"cut off":              {plain[:len(plain)-30], bag.NotABag, bag.KindTruncated, "cut off"},
		"a second ZIP behind":  {append(slices.Clone(plain), plain...), bag.Unsafe, bag.KindUnsafe, "other files in this ZIP"},
		"a ZIP in its comment": {again(string(plain[len(plain)-22:]), "", false), bag.Unsafe, bag.KindUnsafe, "other files in this ZIP"},
	} {
		path := filepath.Join(t.TempDir(), "case-v1.zip")
		if err := os.WriteFile(path, c.zip, 0o600); err != nil {
			t.Fatal(err)
		}
		v := verified(t, path, VerifyOptions{})
		told := c.rule == "" || slices.ContainsFunc(v.Findings, func(f data.Finding) bool {
			return f.Rule == string(c.rule) && strings.Contains(f.Why.String(), c.says)
		})
		if v.Verdict != c.verdict || !told {
			t.Errorf("%s: %s %v", name, v.Verdict, v.Findings)
		}
	}
}

// TestUnknownKey says of a signature how little it proves until the key is known.
func TestUnknownKey(t *testing.T) {
	b := newInvented(t)
	path := b.write(t)
	cautioned := func(o VerifyOptions) bool {
		v := verified(t, path, o)
		if !v.OK || v.Signature != SignatureValid {
			t.Errorf("%+v", v)
		}
		i := slices.IndexFunc(v.Findings, func(f data.Finding) bool { return f.Rule == string(KindKey) })
		if i >= 0 && (!strings.Contains(v.Findings[i].Why.String(), "proves little") || !strings.Contains(v.Findings[i].How.String(), b.key.Fingerprint())) {
			t.Errorf("%+v", v.Findings[i])
		}
		return i >= 0 && !v.Known
	}
	if !cautioned(VerifyOptions{}) || cautioned(VerifyOptions{Signer: b.key.Fingerprint()}) || cautioned(VerifyOptions{Own: b.key.Fingerprint()}) {
		t.Error("the word of caution does not hang on whether the key is known")
	}
}
