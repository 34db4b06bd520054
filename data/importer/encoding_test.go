package importer

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// guessed is the encoding that a text is read in, with what is doubted.
func guessed(t *testing.T, b []byte) (string, []string) {
	t.Helper()
	in, err := InspectAs(context.Background(), bytesSource("a.csv", b), presets(t), Layout{}, TargetOrders)
	if err != nil {
		t.Fatal(err)
	}
	var doubts []string
	for _, d := range in.Doubts {
		doubts = append(doubts, code(d)+": "+d.Why.String())
	}
	return in.Encoding, doubts
}

// asUTF8 decodes a text in the encoding that was found.
func asUTF8(t *testing.T, enc string, b []byte) string {
	t.Helper()
	return decodeSample(*encodingOf(enc), b)
}

// TestNamesInEveryEncoding reads names of each language as Python wrote them in
// the encodings of that language.
func TestNamesInEveryEncoding(t *testing.T) {
	files, err := filepath.Glob("testdata/encodings/*.csv")
	if err != nil || len(files) < 40 {
		t.Fatal("the names are missing", err)
	}
	for _, path := range files {
		name := strings.TrimSuffix(filepath.Base(path), ".csv")
		lang, _, _ := strings.Cut(name, ".")
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		want, err := os.ReadFile(filepath.Join("testdata/encodings", lang+".utf-8.csv"))
		if err != nil {
			t.Fatal(err)
		}
		enc, doubts := guessed(t, b)
		if got := asUTF8(t, enc, b); got != string(want) {
			t.Errorf("%s is read as %s:\n%s", name, enc, got)
		}
		if len(doubts) > 0 {
			t.Errorf("%s is doubted: %s", name, doubts)
		}
		// One row alone: right, or asked about.
		lines := bytes.SplitAfter(b, []byte("\n"))
		wants := strings.SplitAfter(string(want), "\n")
		for i := 1; i+1 < len(lines); i++ {
			one := append(bytes.Clone(lines[0]), lines[i]...)
			enc, doubts := guessed(t, one)
			if got := asUTF8(t, enc, one); got != wants[0]+wants[i] && len(doubts) == 0 {
				t.Errorf("row %d of %s is read as %s without a doubt: %s", i, name, enc, got)
			} else if got != wants[0]+wants[i] || len(doubts) > 0 {
				t.Logf("row %d of %s: %s %s", i, name, enc, doubts)
			}
		}
	}
}

func TestOneBrokenByteTurnsNoNames(t *testing.T) {
	for _, lang := range []string{"ru", "de", "zh", "pl", "th"} {
		b, err := os.ReadFile("testdata/encodings/" + lang + ".utf-8.csv")
		if err != nil {
			t.Fatal(err)
		}
		broken := bytes.Replace(b, []byte("Phone case"), []byte("Phone\x96case"), 1)
		in, err := InspectAs(context.Background(), bytesSource("a.csv", broken), presets(t), Layout{}, TargetOrders)
		if err != nil || in.Encoding != encUTF8 {
			t.Fatalf("%s with a broken byte is read as %s: %v", lang, in.Encoding, err)
		}
		g, err := readAll(t, bytesSource("a.csv", broken), TargetOrders, Options{Preset: ownMapping2(t, in), Shop: shop("", "UTC", "EUR")})
		if err != nil || g.sum.Doubts != 1 || lineOf(g.doubts[0]) != 2 || code(g.doubts[0]) != "import_doubt_replaced" {
			t.Errorf("%s: the broken byte is told as %s: %v", lang, show(g.doubts), err)
		}
		if o := g.orders["100"]; o == nil || o.Items[0].Title != "Phone\uFFFDcase" {
			t.Errorf("%s: the row with the broken byte is %s", lang, show(o))
		}
	}
}

// ownMapping2 is a mapping of the columns as they are guessed.
func ownMapping2(t *testing.T, in *Inspection) *Preset {
	t.Helper()
	p, err := Mapping("own", "Own", TargetOrders, in.Columns)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestTextThatWasBrokenBefore(t *testing.T) {
	const head = "Order Number,Name,City\n"
	for name, c := range map[string]struct {
		text string
		want string // in the doubts
	}{
		"utf-8 read as latin":      {"1,MÃ¼ller,KÃ¶ln\n", "“MÃ¼ller” seems to have been “Müller”"},
		"utf-8 read as 1251":       {"1,РРІР°РЅ РџРµС‚СЂРѕРІ,x\n", "seems to have been “Петров”"},
		"utf-8 read as gbk":        {"1,寮犱紵,x\n", "seems to have been “张伟”"},
		"1251 read as latin":       {"1,Èâàí Ïåòðîâ,Ìîñêâà\n", "“Èâàí” seems to have been “Иван”"},
		"gbk read as latin":        {"1,ÍõÐ¡Ã÷,±±¾©ÊÐ\n", "“ÍõÐ¡Ã÷” seems to have been “王小明”"},
		"greek read as latin":      {"1,Ãéþñãïò Ðáðáäüðïõëïò,ÁèÞíá\n", "“Ãéþñãïò” seems to have been “Γιώργος”"},
		"icelandic as it is":       {"1,Þórður Ægisson,Þingeyri\n2,Guðrún Jónsdóttir,Akureyri\n", "-"},
		"french in capitals":       {"1,RENÉE LEFÈVRE,BESANÇON\n2,ÉLÉONORE,NÎMES\n", "-"},
		"portuguese as it is":      {"1,João Gonçalves,São Paulo\n2,Conceição Simões,Brasília\n", "-"},
		"letters that became ?":    {"1,???? ??????,Moscow\n2,????? ???,x\n", "“????”"},
		"nonsense of 1251 as gb":   {"1,\x8d\x8f\x90\x81\x9d\xff\xfe\xaa\xd9\x98,\x81\x8d\x9d\x90\x8f\xa0\xad\n", ""},
		"questions that are fine":  {"1,What? Really??,x\n", "-"},
		"a sound name of one row":  {"1,Jörg Müller,Köln\n", "-"},
		"accents in a row of caps": {"1,JÖRG MÜLLER,KÖLN\n", "-"},
	} {
		_, doubts := guessed(t, []byte(head+c.text))
		switch all := strings.Join(doubts, "\n"); {
		case c.want == "-" && all != "":
			t.Errorf("%s is doubted: %s", name, all)
		case c.want != "-" && (all == "" || !strings.Contains(all, c.want)):
			t.Errorf("%s: the doubts are %q", name, all)
		}
	}
}

func TestEncodingByName(t *testing.T) {
	for name, want := range map[string]string{
		"cp1251": "windows-1251", "Windows-1251": "windows-1251", "GBK": "gb18030", "Shift_JIS": "shift_jis", "UTF8": "utf-8", "mac roman": "",
		"macroman": "macintosh", "tis-620": "windows-874", "klingon": "",
	} {
		got, err := EncodingByName(name)
		if got != want || (want == "") != (err != nil) {
			t.Errorf("%s is %q: %v", name, got, err)
		}
	}
}

// What is not ASCII may stand far in a file, and far in a line without an end
// before or after it.
func TestEncodingFarInALine(t *testing.T) {
	none := func([]byte) int { return 0 }
	far := strings.Repeat("very far ", 20_000)
	for name, head := range map[string]string{"in the head": "Order number,Note\n", "behind it": "Order number,Note\n" + strings.Repeat("1,fine\n", 50_000)} {
		text := head + "2," + far + "Jos\xe9 Garc\xeda L\xf3pez, Espa\xf1a, se\xf1or Mu\xf1oz" + "\n3,fine\n"
		enc, _, err := bytesSource("a.csv", []byte(text)).sniffEncoding(t.Context(), none)
		if err != nil || enc != "windows-1252" {
			t.Errorf("%s: %q, %v", name, enc, err)
		}
	}
}

func FuzzEncoding(f *testing.F) {
	files, err := filepath.Glob("testdata/encodings/*.csv")
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range files {
		b, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	none := func([]byte) int { return 0 }
	f.Fuzz(func(t *testing.T, b []byte) {
		g := guessEncoding(b, none)
		if encodingOf(g.enc) == nil || g.second == g.enc {
			t.Errorf("%q is read as %q or %q", b, g.enc, g.second)
		}
		for _, d := range append(g.doubts(b), brokenBefore(string(b), string(b))...) {
			if strings.ContainsAny(d.Kind.What, "{") && d.What() == d.Kind.What {
				t.Errorf("a gap in %q", d.What())
			}
		}
	})
}
