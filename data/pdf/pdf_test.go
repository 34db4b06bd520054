package pdf

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"casebinder/assets"
)

var testFonts = NotoFonts(assets.FS)

// need gives the path of a program that reads documents back. Without it a test
// is skipped, loudly, but fails in CI.
func need(t testing.TB, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("%s is missing: install poppler-utils, qpdf, mupdf-tools, libimage-exiftool-perl, img2pdf, imagemagick", name)
		}
		t.Skipf("SKIPPED, NOT PASSED: %s is not installed", name)
	}
	return path
}

// run gives what a program prints; it must not fail.
func run(t testing.TB, name string, args ...string) string {
	t.Helper()
	out, err := exec.Command(need(t, name), args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return string(out)
}

// options are those of most tests.
func options() Options {
	return Options{
		Title: "Case (7) 证据", Author: "Desk", Creator: "Casebinder", Language: "en",
		Created: time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC), Fonts: testFonts,
	}
}

// write makes a document, and gives its bytes and its path.
func write(t testing.TB, o Options, fill func(*Document)) ([]byte, string) {
	t.Helper()
	var b bytes.Buffer
	d := New(&b, o)
	fill(d)
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "out.pdf")
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), path
}

// fold removes white space and marks of direction, which readers add and drop.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r >= 0x200B && r <= 0x200F || r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 || r == 0xFEFF {
			return -1
		}
		return r
	}, s)
}

// flow lays out a block over as many pages as it takes.
func flow(t testing.TB, d *Document, ts *Typesetter, b Block) {
	t.Helper()
	text, err := ts.Layout(b, 170*MM)
	if err != nil {
		t.Fatal(err)
	}
	for from := 0; from < text.Lines(); {
		to := text.Fit(from, 257*MM)
		d.AddPage().DrawLines(text, from, to, 20*MM, 20*MM)
		from = to
	}
}

// scripts are sentences, invented, in every script that the fonts have.
var scripts = []struct{ name, text string }{
	{"latin", "The buyer says: “AVAST, the parcel never arrived” – office, fjord, naïve café; total $45.99 (VAT incl.)."},
	{"cyrillic", "Посылка не пришла, деньги верните, пожалуйста. Съешь ещё этих мягких булок."},
	{"greek", "Το δέμα δεν έφτασε ποτέ, παρακαλώ επιστρέψτε τα χρήματα."},
	{"chinese", "买家说：“包裹没有收到”，要求退款１００元。物流显示2024年8月1日已签收……请核对。"},
	{"traditional", "買家說：包裹沒有收到，要求退款。物流顯示已經簽收，請核對臺灣地址。"},
	{"japanese", "荷物がまだ届いていません。返金をお願いします。カタカナとひらがな。"},
	{"korean", "소포가 아직 도착하지 않았습니다. 환불해 주세요."},
	{"arabic", "لم يصل الطرد رقم 12345 حتى الآن، أريد استرداد مبلغ 99.50 دولار من فضلك."},
	{"hebrew", "החבילה מספר 12345 עדיין לא הגיעה, אנא החזירו 99.50 דולר."},
	{"thai", "พัสดุยังไม่มาถึง กรุณาคืนเงินให้ด้วยค่ะ ผู้ซื้อไม่ได้รับสินค้า"},
	{"hindi", "पार्सल अभी तक नहीं आया है, कृपया पैसे वापस करें। क्षेत्र में स्थिति।"},
	{"emoji", "Thanks 😀👍 very good ❤ 🎉 parcel 📦 ok"},
}

func TestEveryScriptIsExtractedExactly(t *testing.T) {
	ts := NewTypesetter(testFonts)
	for _, s := range scripts {
		t.Run(s.name, func(t *testing.T) {
			_, path := write(t, options(), func(d *Document) { flow(t, d, ts, Plain(s.text, Style{Size: 11 * Point})) })
			if got := fold(run(t, "pdftotext", path, "-")); got != fold(s.text) {
				t.Errorf("pdftotext\n got %s\nwant %s", got, fold(s.text))
			}
			for _, line := range strings.Split(strings.TrimSpace(run(t, "pdffonts", path)), "\n")[2:] {
				if f := strings.Fields(line); f[len(f)-5] != "yes" || f[len(f)-4] != "yes" || f[len(f)-3] != "yes" {
					t.Errorf("not embedded, subset and with text: %s", line)
				}
			}
			run(t, "qpdf", "--check", path)
		})
	}
}

func TestFontsAreSmall(t *testing.T) {
	ts := NewTypesetter(testFonts)
	raw, _ := write(t, options(), func(d *Document) {
		for _, s := range scripts {
			flow(t, d, ts, Block{Spans: []Span{{Text: s.text}, {Text: s.text, Style: Style{Bold: true}}}})
		}
	})
	if len(raw) > 300<<10 {
		t.Errorf("a page in every script takes %d KB", len(raw)>>10)
	}
}

// TestBreakingKeepsEveryCharacter compares what goes in with what pdftotext
// reads, in narrow and wide columns.
func TestBreakingKeepsEveryCharacter(t *testing.T) {
	ts := NewTypesetter(testFonts)
	var mixed []string
	for i, s := range scripts {
		if s.name == "arabic" || s.name == "hebrew" {
			continue // a line of one direction each, below
		}
		mixed = append(mixed, fmt.Sprintf("%d. %s", i, s.text))
	}
	text := strings.Join(mixed, " ") + " https://example.com/a/very/long/path?with=query&and=more#end " + strings.Repeat("x", 500)
	for _, width := range []Length{25 * MM, 60 * MM, 170 * MM} {
		laid, err := ts.Layout(Plain(text, Style{}), width)
		if err != nil {
			t.Fatal(err)
		}
		if laid.Width() > width {
			t.Errorf("a line is %v wide, over %v", laid.Width(), width)
		}
		_, path := write(t, options(), func(d *Document) {
			for from := 0; from < laid.Lines(); {
				to := laid.Fit(from, 257*MM)
				d.AddPage().DrawLines(laid, from, to, 20*MM, 20*MM)
				from = to
			}
		})
		if got := fold(run(t, "pdftotext", "-raw", path, "-")); got != fold(text) {
			t.Errorf("width %v\n got %s\nwant %s", width, got, fold(text))
		}
	}
}

// TestBidi holds the visual order of runs, hand-worked by UAX 9: numbers read
// from the left inside of text that reads from the right.
func TestBidi(t *testing.T) {
	ts := NewTypesetter(testFonts)
	for _, c := range []struct{ in, want string }{
		{"abc 123 def", "abc 123 def"},
		{"עברית 12345 סוף", "ףוס 12345 תירבע"},
		{"order עברית 123, done", "order 123 תירבע, done"},
		{"order עברית 123 done", "order 123 תירבע done"},
		{"order 77 עברית done", "order 77 תירבע done"},
		{"מחיר 99.50 USD שולם", "םלוש USD 99.50 ריחמ"},
		{"a (עברית) b", "a (תירבע) b"},
		{"עברית (abc) סוף", "ףוס )abc( תירבע"}, // drawn with mirrored glyphs
		{"اب ١٢٣ cd", "cd ١٢٣ با"},
		{"cd ١٢٣ اب", "cd با ١٢٣"},
	} {
		laid, err := ts.Layout(Plain(c.in, Style{}), 170*MM)
		if err != nil {
			t.Fatal(err)
		}
		if got := visual(laid); got != c.want {
			t.Errorf("%q is drawn as %q, want %q", c.in, got, c.want)
		}
	}
}

// visual gives the text of the first line from left to right.
func visual(t *Text) string {
	runs := slices.Clone(t.lines[0].runs)
	slices.SortStableFunc(runs, func(a, b textRun) int { return int(a.x - b.x) })
	var b strings.Builder
	for _, r := range runs {
		for _, c := range r.clusters {
			b.WriteString(t.src[c.from:c.to])
		}
	}
	return strings.TrimSpace(b.String())
}

func TestRightToLeftStandsRight(t *testing.T) {
	ts := NewTypesetter(testFonts)
	laid, err := ts.Layout(Plain("שלום", Style{}), 170*MM)
	if err != nil {
		t.Fatal(err)
	}
	if l := laid.lines[0]; l.left+l.width != 170*MM {
		t.Errorf("it ends at %v, want %v", l.left+l.width, 170*MM)
	}
}

func TestNothingIsSilent(t *testing.T) {
	ts := NewTypesetter(testFonts)
	for in, want := range map[string]string{
		"a\x00b":            "a[U+0000]b",
		"a\tb":              "a    b",
		"a\r\nb\rc\nd":      "a\nb\nc\nd",
		"bad\xffbyte":       "bad\uFFFDbyte",
		"x\u202Eevil\u202C": "x[U+202E]evil[U+202C]",
		"\U0001F9FF":        "\U0001F9FF",
		"\U0010FFFD":        "[U+10FFFD]",
		"\uE000":            "[U+E000]",
		"a\U000E0041b":      "a[U+E0041]b",
		"":                  "",
	} {
		laid, err := ts.Layout(Plain(in, Style{}), 170*MM)
		if err != nil {
			t.Fatal(err)
		}
		if laid.String() != want {
			t.Errorf("%q is shown as %q, want %q", in, laid, want)
		}
		if laid.Lines() != strings.Count(want, "\n")+1 {
			t.Errorf("%q has %d lines", in, laid.Lines())
		}
	}
}

// TestEndlessWord lays out a word of a million letters: all of them, in lines
// that fit.
func TestEndlessWord(t *testing.T) {
	ts := NewTypesetter(testFonts)
	const letters = 1_000_000
	laid, err := ts.Layout(Plain(strings.Repeat("Wort", letters/4), Style{}), 170*MM)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, l := range laid.lines {
		if l.width > 170*MM {
			t.Fatalf("a line is %v wide", l.width)
		}
		for _, r := range l.runs {
			for _, c := range r.clusters {
				n += int(c.to - c.from)
			}
		}
	}
	if n != letters {
		t.Errorf("%d letters were laid out, want %d", n, letters)
	}
	if laid.Fit(0, laid.Height()) != laid.Lines() || laid.HeightOf(0, 2) != 2*laid.HeightOf(0, 1) {
		t.Error("the heights contradict each other")
	}
}

// TestHeapsOfNothing are texts made to blow up a typesetter: they keep their
// characters and take a moment.
func TestHeapsOfNothing(t *testing.T) {
	ts := NewTypesetter(testFonts)
	for name, text := range map[string]string{
		"spaces":   strings.Repeat(" ", 100_000),
		"unseen":   strings.Repeat("\u200B", 100_000),
		"marks":    "a" + strings.Repeat("\u0301", 50_000),
		"joiners":  strings.Repeat("👍\u200D", 20_000),
		"isolates": strings.Repeat("\u2067", 20_000) + "x",
		"brackets": strings.Repeat("(", 20_000) + "א" + strings.Repeat(")", 20_000),
		"breaks":   strings.Repeat("\n", 100_000),
		"zwnj":     strings.Repeat("ب\u200C", 20_000),
	} {
		laid, err := ts.Layout(Plain(text, Style{}), 100*MM)
		if err != nil {
			t.Fatal(err)
		}
		n := strings.Count(laid.src, "\n")
		for _, l := range laid.lines {
			for _, r := range l.runs {
				for _, c := range r.clusters {
					n += int(c.to - c.from)
				}
			}
		}
		if n != len(laid.src) {
			t.Errorf("%s: %d bytes are in lines, want %d", name, n, len(laid.src))
		}
		d := New(io.Discard, options())
		d.AddPage().DrawLines(laid, 0, min(laid.Lines(), 50), 0, 0)
		if err := d.Close(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestWindowsDoNotShow lays out a paragraph of many windows and expects the lines
// that one window would give.
func TestWindowsDoNotShow(t *testing.T) {
	ts := NewTypesetter(testFonts)
	sentence := scripts[0].text + " " + scripts[1].text + " " + scripts[3].text + " "
	laid, err := ts.Layout(Plain(strings.Repeat(sentence, 40), Style{}), 100*MM)
	if err != nil {
		t.Fatal(err)
	}
	at := int32(0)
	for i, l := range laid.lines {
		for _, r := range l.runs {
			if r.clusters[0].from != at {
				t.Fatalf("line %d goes on at %d, not at %d", i, r.clusters[0].from, at)
			}
			at = r.clusters[len(r.clusters)-1].to
		}
		if i < len(laid.lines)-1 && l.width < 70*MM {
			t.Errorf("line %d is only %v wide", i, l.width)
		}
	}
	if int(at) != len(laid.src) {
		t.Errorf("the lines end at %d of %d", at, len(laid.src))
	}
}

func TestLinksOutlineAndStamps(t *testing.T) {
	ts := NewTypesetter(testFonts)
	o := options()
	o.Stamp = func(p *Page, total int) {
		text, err := ts.Layout(Plain(fmt.Sprintf("page %d of %d", p.Number(), total), Style{Size: 8 * Point}), 100*MM)
		if err != nil {
			t.Error(err)
			return
		}
		p.DrawText(text, 20*MM, 285*MM)
	}
	fill := func(d *Document) {
		index := d.AddPage()
		text, err := ts.Layout(Block{Spans: []Span{{Text: "see "}, {Text: "exhibit 2", Link: "exhibit-2"}}}, 170*MM)
		if err != nil {
			t.Fatal(err)
		}
		index.DrawText(text, 20*MM, 20*MM)
		d.Bookmark(0, "Index", 0, 0)
		d.Bookmark(0, "Exhibits (证据)", 1, 0)
		for i := range 2 {
			p := d.AddPage()
			p.Dest(fmt.Sprintf("exhibit-%d", i+1), 30*MM)
			p.Line(20*MM, 20*MM, 190*MM, 20*MM, Point, Gray)
			p.StrokeRect(20*MM, 30*MM, 50*MM, 20*MM, Point/2, Black)
			d.Bookmark(1, fmt.Sprintf("Exhibit %d", i+1), i+1, 30*MM)
		}
	}
	raw, path := write(t, o, fill)
	text := run(t, "pdftotext", path, "-")
	for _, want := range []string{"page 1 of 3", "page 2 of 3", "page 3 of 3"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing", want)
		}
	}
	outline := run(t, "mutool", "show", path, "outline")
	for _, want := range []string{"Index", "Exhibits (证据)", "Exhibit 2", "#page=3"} {
		if !strings.Contains(outline, want) {
			t.Errorf("%q is missing from the outline:\n%s", want, outline)
		}
	}
	var read struct {
		Outlines []struct {
			Kids []struct {
				Title            string
				Destpageposfrom1 int
			}
		}
	}
	if err := json.Unmarshal([]byte(run(t, "qpdf", "--json", "--json-key=outlines", path)), &read); err != nil {
		t.Fatal(err)
	}
	if len(read.Outlines) != 2 || len(read.Outlines[1].Kids) != 2 || read.Outlines[1].Kids[1].Destpageposfrom1 != 3 {
		t.Errorf("qpdf reads the outline as %+v", read)
	}
	links := run(t, "pdfinfo", "-dests", path)
	if !strings.Contains(links, "exhibit-2") {
		t.Errorf("the destinations are %s", links)
	}
	if link := run(t, "mutool", "show", path, "pages/1/Annots"); !strings.Contains(link, "Link") {
		t.Errorf("the link of page 1 is %s", link)
	}
	info := run(t, "pdfinfo", "-isodates", path)
	for _, want := range []string{"Case (7) 证据", "2026-03-04T05:06:07Z", "PDF version:     1.7", "A4"} {
		if !strings.Contains(info, want) {
			t.Errorf("%q is missing from %s", want, info)
		}
	}
	run(t, "qpdf", "--check", path)
	if again, _ := write(t, o, fill); !bytes.Equal(raw, again) {
		t.Error("the second document has other bytes")
	}
}

func TestMistakesOfTheProgram(t *testing.T) {
	for name, fill := range map[string]func(*Document){
		"no page":         func(*Document) {},
		"a link to air":   func(d *Document) { d.AddPage().Link(0, 0, Point, Point, "nowhere") },
		"a page that was": func(d *Document) { p := d.AddPage(); d.AddPage(); p.FillRect(0, 0, Point, Point, Black) },
	} {
		d := New(&bytes.Buffer{}, options())
		fill(d)
		if d.Close() == nil {
			t.Errorf("%s: Close does not complain", name)
		}
	}
	full := errors.New("no space left")
	d := New(failing{full}, options())
	for range 1000 {
		d.AddPage().FillRect(0, 0, Point, Point, Black)
	}
	if err := d.Close(); !errors.Is(err, full) {
		t.Errorf("a full disk gives %v", err)
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

// BenchmarkMessages lays out and writes 1,000 messages in mixed scripts.
func BenchmarkMessages(b *testing.B) {
	ts := NewTypesetter(testFonts)
	for b.Loop() {
		d := New(io.Discard, options())
		p, y := d.AddPage(), 20*MM
		for i := range 1000 {
			text, err := ts.Layout(Plain(scripts[i%len(scripts)].text, Style{}), 170*MM)
			if err != nil {
				b.Fatal(err)
			}
			if y+text.Height() > 277*MM {
				p, y = d.AddPage(), 20*MM
			}
			p.DrawText(text, 20*MM, y)
			y += text.Height()
		}
		if err := d.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
