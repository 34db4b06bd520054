package kit

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"casebinder/gui/look"
)

func visual(l FlowLine) string {
	var all strings.Builder
	for _, p := range l.Pieces {
		all.WriteString("|" + p.Text)
	}
	return strings.NewReplacer("| |", "|", "| ", "|", " |", "|").Replace(all.String() + "|")
}

// A line of Arabic or Hebrew stands at the right, and a number in it keeps its
// place among the words: the first word is the one at the right.
func TestLinesFromTheRightAreInReadingOrder(t *testing.T) {
	test.NewApp()
	for text, want := range map[string]string{
		"طلبي 8194 لم يصل":              "|يصل|لم|8194|طلبي|",
		"ההזמנה \u206612-345\u2069 שלי": "|שלי|12-345|ההזמנה|",
		"مرحبًا. شكرًا (لك)":            "|(|لك|)|شكرًا|.|مرحبًا|",
		"Hola Ana":                      "|Hola Ana|",
		"see طلبي now":                  "|see|طلبي|now|",
	} {
		lines := BreakLines(text, 600, 13, false)
		if got := visual(lines[0]); len(lines) != 1 || got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
	last := BreakLines("طلبي", 600, 13, false)[0].Pieces[0]
	if right := last.X + last.W; right < 599 || right > 601 {
		t.Errorf("Arabic ends at %v, not at the right", right)
	}
	if x := BreakLines("Hola", 600, 13, false)[0].Pieces[0].X; x != 0 {
		t.Errorf("Spanish begins at %v", x)
	}
}

// No line is wider than its room, nothing is lost, and Chinese breaks anywhere.
func TestLinesFitTheirRoom(t *testing.T) {
	test.NewApp()
	for _, text := range []string{
		strings.Repeat("a word ", 60), strings.Repeat("请问我的包裹在哪里", 20), strings.Repeat("x", 300), "one\n\nthree", "",
		"https://example.com/" + strings.Repeat("long", 40) + " and more",
	} {
		var back strings.Builder
		for _, l := range BreakLines(text, 120, 13, false) {
			w := float32(0)
			for _, p := range l.Pieces {
				w += p.W
				back.WriteString(p.Text)
			}
			if w > 121 {
				t.Errorf("a line of %q is %v wide", text, w)
			}
		}
		bare := strings.NewReplacer(" ", "", "\n", "")
		if bare.Replace(back.String()) != bare.Replace(text) {
			t.Errorf("%q became %q", text, back.String())
		}
	}
	if n := len(BreakLines("one\n\nthree", 120, 13, false)); n != 3 {
		t.Errorf("an empty line is lost: %d lines", n)
	}
}

// A hint in Chinese fills its lines also where a Latin word with spaces around it
// stands near their end.
func TestChineseHintsFillTheirLines(t *testing.T) {
	test.NewTempApp(t)
	test.ApplyTheme(t, look.Theme{Mode: look.Light})
	text := "平台站点所在国家，例如 ebay.co.uk 填 GB：期限按该站点的时间和节假日计算。留空表示未知。"
	width := fyne.MeasureText("平台站点所在国家，例如 ebay.co.uk 填 GB：期限按", 11, fyne.TextStyle{}).Width + 8 // words are measured one by one
	lines := strings.Split(Broken(text, width, 11, false), "\n")
	if lines[0] != "平台站点所在国家，例如 ebay.co.uk 填 GB：期限按" {
		t.Errorf("the first line is %q", lines[0])
	}
	if strings.ReplaceAll(strings.Join(lines, ""), " ", "") != strings.ReplaceAll(text, " ", "") {
		t.Errorf("something was lost: %q", lines)
	}
	hint := Hint(text)
	hint.Resize(fyne.NewSize(width+2*theme.InnerPadding(), 100))
	if hint.String() != text {
		t.Errorf("it says %q", hint.String())
	}
}
