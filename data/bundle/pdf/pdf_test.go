package pdf

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
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
