package bundle

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"casebinder/data"
	"casebinder/data/bundle/fit"
)

func newTestEnv(t *testing.T, c Case, m Opener) *env {
	t.Helper()
	e, err := newEnv(t.Context(), &c, m, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// composeFile composes a part into a file.
func composeFile(t *testing.T, e *env, part Part) (string, pageMap) {
	t.Helper()
	var out bytes.Buffer
	at, err := composePart(t.Context(), &out, e, part)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "part.pdf")
	if err := os.WriteFile(path, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path, at
}

// TestPartsRunOn splits a bundle in two: numbers run on, and the statement in the
// first names the pages of the second.
func TestPartsRunOn(t *testing.T) {
	nothingAtOnce(t)
	c, m := richCase(t, "en")
	e := newTestEnv(t, c, m)
	first := Part{Title: "Part 1", Sections: []data.Section{data.SectionStatement, data.SectionOrder}, Exhibits: []int{1}, Compact: true}
	second := Part{
		Title: "Part 2", Compact: true, Exhibits: []int{2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12},
		Sections: []data.Section{data.SectionTimeline, data.SectionShipping, data.SectionCommunication},
	}
	_, a := composeFile(t, e, first)
	second.First = a.Pages + 1
	_, b := composeFile(t, e, second)
	first.Total, second.Total = a.Pages+b.Pages, a.Pages+b.Pages
	first.Elsewhere, second.Elsewhere = b.Dests, a.Dests
	path, again := composeFile(t, e, first)
	if again.Pages != a.Pages {
		t.Fatalf("the first part has %d pages, and %d when it knows the other", a.Pages, again.Pages)
	}
	text := strings.Join(strings.Fields(pageText(t, path, 1, a.Pages)), " ")
	for _, want := range []string{
		fmt.Sprintf("Page 1 of %d", a.Pages+b.Pages), fmt.Sprintf("Exhibit 2, page %d", b.Exhibits[2].First),
		fmt.Sprintf("Exhibit 1, page %d", a.Exhibits[1].First), fmt.Sprintf("Timeline, page %d", b.Sections[data.SectionTimeline]),
	} {
		if !strings.Contains(text, want) {
			t.Errorf("part 1 lacks %q:\n%s", want, text)
		}
	}
	path, _ = composeFile(t, e, second)
	if text := pageText(t, path, 1, 1); !strings.Contains(text, fmt.Sprintf("Page %d of %d", a.Pages+1, a.Pages+b.Pages)) {
		t.Errorf("part 2 begins otherwise:\n%s", text)
	}
	run(t, ".", "qpdf", "--check", path)
	for n, p := range b.Exhibits {
		if text := pageText(t, path, p.First-a.Pages, p.First-a.Pages); !strings.Contains(text, fmt.Sprintf("Exhibit %d", n)) {
			t.Errorf("exhibit %d is not on %d", n, p.First)
		}
	}
}

// TestPhotosShareAPage counts the photos of each page. Small ones follow each other
// even without a grid.
func TestPhotosShareAPage(t *testing.T) {
	c, _ := sampleCase(t, "en")
	var open numbered
	c.Exhibits, open = photos(9)
	for perPage, want := range map[int]string{1: "1 2 2 2 2", 2: "2 2 2 2 1", 4: "4 4 1", 6: "6 3"} {
		e := newTestEnv(t, c, open)
		part := Part{Compact: true, Step: fit.Step{PerPage: perPage, LongEdge: 300, Quality: 60, Tone: fit.ToneGray}}
		for n := range 9 {
			part.Exhibits = append(part.Exhibits, n+1)
		}
		path, at := composeFile(t, e, part)
		var got []string
		for n := 1; n <= at.Pages; n++ {
			images := strings.Split(strings.TrimSpace(run(t, ".", "pdfimages", "-list", "-f", itoa(n), "-l", itoa(n), path)), "\n")
			if len(images) > 2 {
				got = append(got, itoa(len(images)-2))
			}
			for _, line := range images[2:] {
				if f := strings.Fields(line); f[3] != "300" || f[5] != "gray" {
					t.Errorf("%d on a page: another picture than the step says: %s", perPage, line)
				}
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%d on a page: %v, want %s", perPage, got, want)
		}
		for n := 1; n <= 9; n++ {
			p := at.Exhibits[n].First
			if text := pageText(t, path, p, p); !strings.Contains(text, fmt.Sprintf("Exhibit %d ", n)) || !strings.Contains(text, "written by the camera") {
				t.Errorf("%d on a page: exhibit %d has no caption on %d:\n%s", perPage, n, p, text)
			}
		}
	}
}

func TestPreviewIsTheBundle(t *testing.T) {
	nothingAtOnce(t)
	c, m := richCase(t, "zh-CN")
	var out bytes.Buffer
	shown, err := Preview(t.Context(), c, m, &out, Options{})
	if err != nil {
		t.Fatal(err)
	}
	res := export(t, c, m)
	if shown.Pages != res.Pages || len(shown.Rejected) != len(res.Rejected) || len(shown.Unused) != len(res.Unused) {
		t.Errorf("%d pages, %d rejected, %d unused in the preview; %d, %d, %d in the bundle",
			shown.Pages, len(shown.Rejected), len(shown.Unused), res.Pages, len(res.Rejected), len(res.Unused))
	}
	for i, p := range res.Exhibits {
		if q := shown.Exhibits[i]; q.First != p.First || q.Last != p.Last || q.Title != p.Title {
			t.Errorf("exhibit %d: %d to %d in the preview, %d to %d in the bundle", p.Number, q.First, q.Last, p.First, p.Last)
		}
	}
	c.Statement.Claims[0].Cites = []data.Cite{{Evidence: "gone"}}
	out.Reset()
	if _, err := Preview(t.Context(), c, m, &out, Options{}); err != nil {
		t.Errorf("a citation that is not right yet: %v", err)
	}
}

// TestFrozenCase rebuilds a bundle from the case's JSON.
func TestFrozenCase(t *testing.T) {
	c, m := richCase(t, "en")
	c.Messages[3].Text += "\xff <not> UTF-8\u2028"
	raw, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	var again Case
	if err := json.Unmarshal(raw, &again); err != nil {
		t.Fatal(err)
	}
	if a, b := export(t, c, m), export(t, again, m); a.ZIPSHA256 != b.ZIPSHA256 {
		t.Error("the case and its JSON give other bytes")
	}
}

// TestCopiesAreKept exports with a folder for copies twice, and without one.
// A bundle that was to come out as it was, and does not, gets no name, and what
// stands under its names stays.
func TestUnexpectedBytesAreNotPublished(t *testing.T) {
	c, m := sampleCase(t, "en")
	dir := t.TempDir()
	first, err := Export(t.Context(), c, m, dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Export(t.Context(), c, m, dir, Options{Replace: true, Expect: first.ZIPSHA256}); err != nil {
		t.Errorf("the same bytes were refused: %v", err)
	}
	c.Exhibits[0].Proves = "Something else."
	for _, where := range []string{dir, t.TempDir()} {
		before := entries(t, where)
		_, err := Export(t.Context(), c, m, where, Options{Replace: true, Expect: first.ZIPSHA256})
		if known, ok := data.AsProblem(err); !ok || known.Kind != ProblemUnexpected || known.Args["want"] != first.ZIPSHA256 {
			t.Errorf("%v", err)
		}
		if after := entries(t, where); !slices.Equal(after, before) {
			t.Errorf("%v became %v", before, after)
		}
	}
	raw, err := os.ReadFile(first.ZIP)
	if err != nil {
		t.Fatal(err)
	}
	if sum := sha256.Sum256(raw); hex.EncodeToString(sum[:]) != first.ZIPSHA256 {
		t.Error("the bundle that was there was replaced")
	}
}

func TestCopiesAreKept(t *testing.T) {
	c, m := sampleCase(t, "en")
	plain := export(t, c, m)
	dir := t.TempDir()
	for range 2 {
		res, err := Export(t.Context(), c, m, t.TempDir(), Options{CacheDir: dir})
		if err != nil || res.ZIPSHA256 != plain.ZIPSHA256 {
			t.Errorf("with kept copies: %v, same %v", err, res.ZIPSHA256 == plain.ZIPSHA256)
		}
	}
	if kept, _ := filepath.Glob(filepath.Join(dir, "copies", "*", "*")); len(kept) != 1 { // of the GIF
		t.Errorf("kept %v", kept)
	}
}

func TestPublishPutsBackWhatItReplaced(t *testing.T) {
	dir := t.TempDir()
	work := filepath.Join(dir, "work")
	if err := os.Mkdir(work, 0o700); err != nil {
		t.Fatal(err)
	}
	res := Result{Name: "b", PDF: filepath.Join(dir, "b.pdf"), ZIP: filepath.Join(dir, "b.zip"), TimeStamp: filepath.Join(dir, "b.tsq")}
	for path, content := range map[string]string{res.PDF: "old", res.ZIP: "old", filepath.Join(work, "b.zip"): "new", filepath.Join(work, "b.tsq"): "new"} {
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := res.publish(work); err == nil { // there is no PDF
		t.Fatal("no error")
	}
	if names := entries(t, dir); !slices.Equal(names, []string{"b.pdf", "b.zip", "work"}) {
		t.Errorf("in the folder: %v", names)
	}
	for _, path := range []string{res.PDF, res.ZIP} {
		if raw, err := os.ReadFile(path); err != nil || string(raw) != "old" {
			t.Errorf("%s: %q, %v", path, raw, err)
		}
	}
}

func TestCutIntoPieces(t *testing.T) {
	for _, s := range []string{"", "short", strings.Repeat("word ", 20_000), strings.Repeat("包", 40_000), strings.Repeat("line\n", 20_000), strings.Repeat("é", 30_000)} {
		var got string
		n := 0
		for p := range pieces(s) {
			if len(p) > maxPiece {
				t.Errorf("a piece of %d bytes", len(p))
			}
			if n++; n > 1 && strings.HasPrefix(s, "line") {
				got += "\n"
			}
			got += p
		}
		if got != s {
			t.Errorf("%.10q of %d bytes comes back as %d", s, len(s), len(got))
		}
	}
}
