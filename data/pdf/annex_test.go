package pdf

import (
	"bytes"
	"compress/zlib"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"casebinder/data"
)

// annexWord makes the test program the child process that reads annexes.
const annexWord = "__annex"

func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == annexWord {
		os.Exit(AnnexMain(os.Args[2:]))
	}
	os.Exit(m.Run())
}

// annexChild gives options that read in a child process.
func annexChild(t testing.TB) AnnexOptions {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return AnnexOptions{Command: []string{self, annexWord}, TempDir: t.TempDir()}
}

// rawPDF writes a PDF by hand: object i+1 is objects[i], object 1 the catalog.
// A table of objects is left out: readers mend that.
func rawPDF(t testing.TB, objects ...string) string {
	t.Helper()
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n")
	offsets := make([]int, len(objects))
	for i, o := range objects {
		offsets[i] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, at := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, start)
	return save(t, "raw.pdf", b.Bytes())
}

func save(t testing.TB, name string, b []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func streamText(dict, body string) string {
	return fmt.Sprintf("<<%s/Length %d>>\nstream\n%s\nendstream", dict, len(body), body)
}

// formPDF has a page on its side with a cropped box, inherited resources, a form
// field, a hidden note, a script, and a hidden layer.
func formPDF(t testing.TB) string {
	return rawPDF(
		t,
		"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert(1))>>/AcroForm<</Fields[5 0 R]>>"+
			"/OCProperties<</OCGs[10 0 R 11 0 R]/D<</OFF[11 0 R]>>>>>>",
		"<</Type/Pages/Kids[3 0 R]/Count 1/Resources<</Font<</F1 4 0 R>>/Properties<</L1 10 0 R/L2 11 0 R>>>>/MediaBox[0 0 400 300]/Rotate 90>>",
		"<</Type/Page/Parent 2 0 R/CropBox[50 50 350 250]/Contents[7 0 R 8 0 R]/Annots[5 0 R 9 0 R]/AA<</O<</S/Launch/F(calc.exe)>>>>>>",
		"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
		"<</Type/Annot/Subtype/Widget/FT/Tx/T(name)/V(Ada)/Rect[100 100 200 120]/AP<</N 6 0 R>>/A<</S/JavaScript/JS(evil)>>>>",
		streamText("/Type/XObject/Subtype/Form/BBox[0 0 50 10]/Resources<</Font<</F1 4 0 R>>>>/Metadata 8 0 R", "BT /F1 8 Tf 2 2 Td (FieldValue) Tj ET"),
		streamText("", "BT /F1 14 Tf 60 200 Td (Upright words) Tj ET 1 0 0 RG 51 51 298 198 re S"),
		streamText("", "/OC /L1 BDC BT /F1 12 Tf 60 160 Td (Seen layer) Tj ET EMC /OC /L2 BDC 0 0 1 rg 60 60 100 30 re f EMC"),
		"<</Type/Annot/Subtype/FreeText/F 2/Rect[100 60 200 80]/AP<</N 12 0 R>>>>",
		"<</Type/OCG/Name(seen)>>",
		"<</Type/OCG/Name(unseen)>>",
		streamText("/Type/XObject/Subtype/Form/BBox[0 0 50 10]/Resources<</Font<</F1 4 0 R>>>>", "BT /F1 8 Tf 2 2 Td (HiddenNote) Tj ET"),
	)
}

// annexed writes a document with every page of an annex on a page of its own.
func annexed(t testing.TB, path string, o AnnexOptions) ([]byte, string) {
	t.Helper()
	a, err := ReadAnnex(context.Background(), path, o)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	return write(t, options(), func(d *Document) {
		added, err := d.AddAnnex(a)
		if err != nil {
			t.Fatal(err)
		}
		for i, p := range a.Pages() {
			w, h := Fit(int(p.Width), int(p.Height), 170*MM, 240*MM)
			d.AddPage().DrawAnnex(added, i, 20*MM, 25*MM, w, h)
		}
	})
}

func TestAnnexKeepsWhatAPageShows(t *testing.T) {
	in := formPDF(t)
	raw, out := annexed(t, in, annexChild(t))
	text := run(t, "pdftotext", out, "-")
	for _, want := range []string{"Upright words", "Seen layer", "FieldValue"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing from %q", want, text)
		}
	}
	for _, never := range []string{"HiddenNote", "evil", "JavaScript", "Launch", "calc.exe", "app.alert"} {
		if strings.Contains(text, never) || bytes.Contains(raw, []byte(never)) {
			t.Errorf("%q came along", never)
		}
	}
	run(t, "qpdf", "--check", out)
	if again, _ := annexed(t, in, AnnexOptions{TempDir: t.TempDir()}); !bytes.Equal(raw, again) {
		t.Error("reading in this process gives other bytes than in a child")
	}
	a, err := ReadAnnex(context.Background(), in, annexChild(t))
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	if p := a.Pages()[0]; p.Width != 200*Point || p.Height != 300*Point {
		t.Errorf("a page of 300 by 200 on its side is %v by %v", p.Width, p.Height)
	}
	png := filepath.Join(t.TempDir(), "page")
	run(t, "pdftoppm", "-r", "50", "-png", out, png)
	if blue := bluePixels(t, png+"-1.png"); blue != 0 {
		t.Errorf("a hidden layer shows: %d blue pixels", blue)
	}
}

func TestAnnexOfOtherPrograms(t *testing.T) {
	ts := NewTypesetter(testFonts)
	_, plain := write(t, options(), func(d *Document) {
		for _, s := range scripts[:8] {
			flow(t, d, ts, Plain(s.text, Style{}))
		}
	})
	want := fold(run(t, "pdftotext", plain, "-"))
	for _, c := range []struct {
		name string
		args []string
	}{
		{"object streams", []string{"--object-streams=generate"}},
		{"linearized", []string{"--linearize"}},
		{"unpacked", []string{"--stream-data=uncompress"}},
		{"owner password", []string{"--encrypt", "", "owner", "256", "--"}},
		{"old owner password", []string{"--allow-weak-crypto", "--encrypt", "", "owner", "128", "--use-aes=y", "--"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := filepath.Join(t.TempDir(), "in.pdf")
			run(t, "qpdf", append(c.args, plain, in)...)
			_, out := annexed(t, in, annexChild(t))
			if got := fold(run(t, "pdftotext", out, "-")); got != want {
				t.Errorf("got %s\nwant %s", got, want)
			}
			run(t, "qpdf", "--check", out)
		})
	}
	t.Run("img2pdf", func(t *testing.T) {
		photo := filepath.Join(t.TempDir(), "photo.jpg")
		run(t, "convert", "-size", "300x200", "gradient:red-blue", photo)
		in := filepath.Join(t.TempDir(), "in.pdf")
		run(t, "img2pdf", photo, photo, "-o", in)
		_, out := annexed(t, in, annexChild(t))
		run(t, "qpdf", "--check", out)
		if n := strings.Count(run(t, "pdfimages", "-list", out), "jpeg"); n != 2 {
			t.Errorf("%d photos came along, want 2", n)
		}
	})
}

func isKind(err error, kind *data.ProblemKind) bool {
	p, ok := data.AsProblem(err)
	return ok && p.Kind == kind
}

func TestAnnexRefusals(t *testing.T) {
	good := formPDF(t)
	locked := filepath.Join(t.TempDir(), "locked.pdf")
	run(t, "qpdf", "--encrypt", "secret", "owner", "256", "--", good, locked)
	whole, err := os.ReadFile(good)
	if err != nil {
		t.Fatal(err)
	}
	page := "<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]/Contents 4 0 R>>"
	for _, c := range []struct {
		name string
		path string
		kind *data.ProblemKind
	}{
		{"password", locked, ProblemAnnexPassword},
		{"empty", save(t, "a.pdf", nil), ProblemAnnexDamaged},
		{"text", save(t, "a.pdf", []byte("Dear buyer, this is no PDF.")), ProblemAnnexDamaged},
		{"cut", save(t, "a.pdf", whole[:len(whole)/6]), ProblemAnnexDamaged},
		{"loop", rawPDF(t, "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", "<</Type/Pages/Kids[2 0 R]/Count 1>>"), ProblemAnnexDamaged},
		{"no pages", rawPDF(t, "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[]/Count 0>>"), ProblemAnnexDamaged},
		{"bomb in content", rawPDF(t, "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", page, bomb(t, "", 1)), ProblemAnnexLimit},
		{"bomb in a bomb", rawPDF(t, "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", page, bomb(t, "", 2)), ProblemAnnexLimit},
		{"bomb in an object stream", rawPDF(t, "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", page, bomb(t, "/Type/ObjStm/N 1/First 4", 1)), nil},
		{"bomb in a picture", rawPDF(t, "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
			"<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]/Contents 5 0 R/Resources<</XObject<</I 4 0 R>>>>>>",
			bomb(t, "/Type/XObject/Subtype/Image/Width 10/Height 10/ColorSpace/DeviceGray/BitsPerComponent 8", 1), streamText("", "/I Do")), ProblemAnnexLimit},
		{"vast picture", rawPDF(t, "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
			"<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]/Contents 5 0 R/Resources<</XObject<</I 4 0 R>>>>>>",
			streamText("/Type/XObject/Subtype/Image/Width 900000/Height 900000/ColorSpace/DeviceGray/BitsPerComponent 8", "x"), streamText("", "/I Do")), ProblemAnnexLimit},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := annexChild(t)
			o.Unfolded = 80 << 20
			a, err := ReadAnnex(context.Background(), c.path, o)
			if err == nil {
				a.Close()
			}
			if c.kind == nil && err != nil { // either is right, as long as it ends well
				_, ok := data.AsProblem(err)
				if !ok {
					t.Errorf("got %v, want no error or a problem", err)
				}
			}
			if c.kind != nil && !isKind(err, c.kind) {
				t.Errorf("got %v, want %s", err, c.kind.Code)
			}
			if left, _ := filepath.Glob(filepath.Join(o.TempDir, "*")); len(left) != 0 {
				t.Errorf("left behind: %v", left)
			}
		})
	}
	t.Run("too many pages", func(t *testing.T) {
		o := annexChild(t)
		o.Pages = 1
		in := filepath.Join(t.TempDir(), "two.pdf")
		run(t, "qpdf", "--empty", "--pages", good, good, "--", in)
		if _, err := ReadAnnex(context.Background(), in, o); !isKind(err, ProblemAnnexLimit) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("output", func(t *testing.T) {
		o := annexChild(t)
		o.Output = 100
		if _, err := ReadAnnex(context.Background(), good, o); !isKind(err, ProblemAnnexLimit) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("memory", func(t *testing.T) {
		o := annexChild(t)
		o.Memory = 1 << 20 // less than any Go program holds
		_, err := ReadAnnex(context.Background(), hugeContent(t), o)
		if !isKind(err, ProblemAnnexLimit) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("time", func(t *testing.T) {
		o := annexChild(t)
		o.Timeout = time.Nanosecond
		if _, err := ReadAnnex(context.Background(), good, o); !isKind(err, ProblemAnnexLimit) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("canceled", func(t *testing.T) {
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		if _, err := ReadAnnex(ctx, good, annexChild(t)); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("no such program", func(t *testing.T) {
		o := AnnexOptions{Command: []string{filepath.Join(t.TempDir(), "nothing")}, TempDir: t.TempDir()}
		if _, err := ReadAnnex(context.Background(), good, o); err == nil || errors.Is(err, data.ErrDamaged) {
			t.Errorf("got %v", err)
		} else if !errors.Is(err, os.ErrNotExist) && !errors.Is(err, exec.ErrNotFound) {
			t.Errorf("got %v", err)
		}
	})
}

// bomb is a stream of 100 MB of spaces, deflated once or twice over.
func bomb(t testing.TB, dict string, times int) string {
	t.Helper()
	block := bytes.Repeat([]byte(" "), 1<<20)
	var packed bytes.Buffer
	z, err := zlib.NewWriterLevel(&packed, zlib.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	for range 100 {
		if _, err := z.Write(block); err != nil {
			t.Fatal(err)
		}
	}
	z.Close()
	filters := "/FlateDecode"
	if times == 2 {
		var twice bytes.Buffer
		z := zlib.NewWriter(&twice)
		z.Write(packed.Bytes())
		z.Close()
		packed, filters = twice, "/FlateDecode/FlateDecode"
	}
	return streamText(dict+"/Filter["+filters+"]", packed.String())
}

// hugeContent takes a while and 60 MB to read.
func hugeContent(t testing.TB) string {
	body := strings.Repeat("0 0 m 10 10 l S\n", 3<<20)
	return rawPDF(t, "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]/Contents 4 0 R>>", streamText("", body))
}

func FuzzAnnex(f *testing.F) {
	good, err := os.ReadFile(formPDF(f))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add(good[:len(good)/2])
	f.Add(bytes.Replace(good, []byte("/Kids[3 0 R]"), []byte("/Kids[2 0 R]"), 1))
	f.Add(bytes.Replace(good, []byte("/Length"), []byte("/Longth"), 3))
	f.Add([]byte("%PDF-1.7\ntrailer<</Root 1 0 R>>"))
	f.Fuzz(func(t *testing.T, b []byte) {
		path := save(t, "in.pdf", b)
		a, err := ReadAnnex(context.Background(), path, AnnexOptions{TempDir: t.TempDir(), Unfolded: 1 << 20})
		if err != nil {
			return
		}
		defer a.Close()
		d := New(&bytes.Buffer{}, options())
		added, err := d.AddAnnex(a)
		if err != nil {
			t.Fatal(err)
		}
		d.AddPage().DrawAnnex(added, 0, 0, 0, A4Width, A4Height)
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
	})
}
