package pdf

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// archived writes an archive PDF with text in every script, pictures, links and
// bookmarks.
func archived(t testing.TB) ([]byte, string) {
	t.Helper()
	ts := NewTypesetter(testFonts)
	o := options()
	o.PDFA = true
	return write(t, o, func(d *Document) {
		for _, s := range scripts {
			flow(t, d, ts, Plain(s.text, Style{Color: Color{200, 0, 0}}))
		}
		for _, b := range [][]byte{jpegBytes(t, quarters(40, 20)), pngBytes(t, quarters(40, 20))} {
			img, err := d.AddImage(bytes.NewReader(b))
			if err != nil {
				t.Fatal(err)
			}
			p := d.AddPage()
			p.DrawImage(img, 20*MM, 20*MM, 100*MM, 50*MM)
			p.Dest("picture", 20*MM)
		}
		d.AddPage().Link(0, 0, 10*MM, 10*MM, "picture")
		d.Bookmark(0, "Pictures 証拠", 0, 0)
	})
}

// objectsOf gives all objects of a file as qpdf reads them.
func objectsOf(t testing.TB, path string) map[string]json.RawMessage {
	t.Helper()
	var read struct {
		Qpdf []json.RawMessage
	}
	if err := json.Unmarshal([]byte(run(t, "qpdf", "--json", "--json-key=qpdf", path)), &read); err != nil {
		t.Fatal(err)
	}
	objects := map[string]json.RawMessage{}
	if err := json.Unmarshal(read.Qpdf[1], &objects); err != nil {
		t.Fatal(err)
	}
	return objects
}

// TestArchive holds the rules of PDF/A-2b that a structure can break, one by one.
// No validator was at hand.
func TestArchive(t *testing.T) {
	raw, path := archived(t)
	run(t, "qpdf", "--check", path)
	objects := objectsOf(t, path)
	all := ""
	annots := 0
	for name, o := range objects {
		text := string(o)
		all += text
		var dict struct {
			Value  map[string]any
			Stream struct{ Dict map[string]any }
		}
		if err := json.Unmarshal(o, &dict); err != nil {
			continue // an array or number
		}
		switch dict.Value["/Type"] {
		case "/FontDescriptor":
			if dict.Value["/FontFile2"] == nil {
				t.Errorf("%s: a font is not embedded", name)
			}
		case "/Page":
			list, _ := dict.Value["/Annots"].([]any)
			for _, a := range list {
				annots++
				if f := a.(map[string]any)["/F"]; f != 4.0 {
					t.Errorf("%s: an annotation has the flags %v, not Print alone", name, f)
				}
			}
		}
		if d := dict.Stream.Dict; d["/Interpolate"] != nil || d["/Alternates"] != nil || d["/OPI"] != nil || d["/F"] != nil {
			t.Errorf("%s: a stream has what it may not: %v", name, d)
		}
	}
	if annots != 1 {
		t.Errorf("%d links, want 1", annots)
	}
	for _, never := range []string{"/DeviceCMYK", "/JavaScript", "/Launch", "/EmbeddedFile", "/LZWDecode", "/JPXDecode", "/TR2", "/Encrypt", "/AA", "/XFA"} {
		if strings.Contains(all, `"`+never+`"`) {
			t.Errorf("%s is in the file", never)
		}
	}
	for _, must := range []string{"/GTS_PDFA1", "/DestOutputProfile", "/Metadata"} {
		if !strings.Contains(all, must) {
			t.Errorf("%s is missing", must)
		}
	}
	if !regexp.MustCompile(`/ID\[<[0-9a-f]{32}><[0-9a-f]{32}>\]`).Match(raw) {
		t.Error("the file has no ID")
	}
	if !bytes.HasPrefix(raw, []byte("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n")) {
		t.Error("the file begins otherwise")
	}
	if again, _ := archived(t); !bytes.Equal(raw, again) {
		t.Error("the second document has other bytes")
	}
	plain, _ := write(t, options(), func(d *Document) { d.AddPage() })
	if bytes.Contains(plain, []byte("pdfaid")) || bytes.Contains(plain, []byte("OutputIntent")) {
		t.Error("a document that is none says that it is an archive")
	}
}

// TestArchiveMetadata compares the two places in which a document describes
// itself, as exiftool reads them.
func TestArchiveMetadata(t *testing.T) {
	_, path := archived(t)
	var read []map[string]any
	if err := json.Unmarshal([]byte(run(t, "exiftool", "-j", "-G1", path)), &read); err != nil {
		t.Fatal(err)
	}
	m := read[0]
	for key, want := range map[string]any{
		"XMP-pdfaid:Part": 2.0, "XMP-pdfaid:Conformance": "B",
		"XMP-dc:Title": m["PDF:Title"], "XMP-dc:Creator": m["PDF:Author"],
		"XMP-pdf:Producer": m["PDF:Producer"], "XMP-xmp:CreatorTool": m["PDF:Creator"],
		"XMP-xmp:CreateDate": m["PDF:CreateDate"], "XMP-xmp:ModifyDate": m["PDF:ModifyDate"],
	} {
		if want == nil || m[key] != want {
			t.Errorf("%s is %v, want %v", key, m[key], want)
		}
	}
}

// TestProfile has another program read the profile of sRGB.
func TestProfile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "srgb.icc")
	if err := os.WriteFile(path, srgb(), 0o600); err != nil {
		t.Fatal(err)
	}
	var read []map[string]any
	if err := json.Unmarshal([]byte(run(t, "exiftool", "-j", path)), &read); err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]string{
		"ProfileVersion": "4.2.0", "ProfileClass": "Display Device Profile", "ColorSpaceData": "RGB ", "ProfileConnectionSpace": "XYZ ",
		"ProfileDescription": "sRGB", "MediaWhitePoint": "0.9642 1 0.82491", "RedMatrixColumn": "0.43608 0.2225 0.01393",
	} {
		if got := fmt.Sprint(read[0][key]); got != want {
			t.Errorf("%s is %q, want %q", key, got, want)
		}
	}
	// A color engine takes it for a profile.
	out := run(t, "convert", "-size", "1x1", "xc:rgb(200,100,50)", "-profile", path, "-profile", path, "txt:-")
	if !strings.Contains(out, "srgb(200,100,50)") {
		t.Errorf("rgb(200,100,50) became %s", out)
	}
}

func TestArchiveRefusals(t *testing.T) {
	need(t, "convert")
	cmyk := filepath.Join(t.TempDir(), "cmyk.jpg")
	if out, err := exec.Command("convert", "-size", "30x20", "xc:red", "-colorspace", "CMYK", cmyk).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	b, err := os.ReadFile(cmyk)
	if err != nil {
		t.Fatal(err)
	}
	o := options()
	o.PDFA = true
	raw, path := write(t, o, func(d *Document) {
		before := d.Written()
		if _, err := d.AddImage(bytes.NewReader(b)); !isKind(err, ProblemImageColor) {
			t.Errorf("a picture for print: %v", err)
		}
		a, err := ReadAnnex(context.Background(), formPDF(t), AnnexOptions{TempDir: t.TempDir()})
		if err != nil {
			t.Fatal(err)
		}
		defer a.Close()
		if _, err := d.AddAnnex(a); !isKind(err, ProblemAnnexArchive) {
			t.Errorf("an annex without fonts: %v", err)
		}
		if d.Written() != before {
			t.Error("something was written")
		}
		d.AddPage()
	})
	if bytes.Contains(raw, []byte("CMYK")) {
		t.Error("colors for print are in the file")
	}
	run(t, "qpdf", "--check", path)
}

// TestArchivable asks of PDF files whether their pages may be in an archive.
func TestArchivable(t *testing.T) {
	_, ours := archived(t)
	one := func(page, content string, more ...string) string {
		return rawPDF(t, append([]string{
			"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
			"<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]/Contents 4 0 R" + page + ">>", streamText("", content),
		}, more...)...)
	}
	form := func(content string) string {
		return streamText("/Type/XObject/Subtype/Form/BBox[0 0 9 9]", content)
	}
	for _, c := range []struct{ name, path, why string }{
		{"our own", ours, ""},
		{"red", one("", "1 0 0 rg 0 0 9 9 re f (0 0 0 1 k) Tj % 1 k\n"), ""},
		{"a font of the system", one("/Resources<</Font<</F 5 0 R>>>>", "BT /F 9 Tf (x) Tj ET", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"), archiveFont},
		{"a font without its file", one("/Resources<</Font<</F 5 0 R>>>>", "BT /F 9 Tf (x) Tj ET",
			"<</Type/Font/Subtype/TrueType/BaseFont/X/FontDescriptor 6 0 R>>", "<</Type/FontDescriptor/FontName/X/Flags 4>>"), archiveFont},
		{"ink", one("", "0 0 0 1 k 0 0 9 9 re f"), archiveColor},
		{"ink in a form", one("/Resources<</XObject<</X 5 0 R>>>>", "/X Do", form("0 0 0 1 K")), archiveColor},
		{"ink in a picture", one("/Resources<</XObject<</X 5 0 R>>>>", "/X Do",
			streamText("/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceCMYK", "0000")), archiveColor},
		{"ink by name", one("", "/DeviceCMYK cs 0 0 0 1 sc"), archiveColor},
		{"a picture in the content", one("", "BI /W 1 /H 1 ID x EI"), archiveContent},
		{"layers", formPDF(t), archiveFont},
	} {
		a, err := ReadAnnex(context.Background(), c.path, AnnexOptions{TempDir: t.TempDir()})
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		if ok, why := a.Archivable(); why != c.why || ok != (why == "") {
			t.Errorf("%s: %t, %q, want %q", c.name, ok, why, c.why)
		}
		a.Close()
	}
}

// FuzzArchiveContent reads any content to its end.
func FuzzArchiveContent(f *testing.F) {
	f.Add([]byte("q 1 0 0 rg (a\\)b(c)) Tj /F1 9 Tf <4142> Tj % comment\nQ"))
	f.Add([]byte("((((\\"))
	f.Add([]byte("/"))
	f.Add([]byte("%"))
	f.Fuzz(func(t *testing.T, b []byte) {
		var c archiveCheck
		c.content(b)
		c.content(append(append([]byte("q\n"), b...), ")) 0 0 0 1 k"...))
	})
}
