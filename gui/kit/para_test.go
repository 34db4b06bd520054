package kit

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"casebinder/gui/look"
)

// A text that holds Chinese beside numbers fills its lines, and is copied as it was.
func TestAParaBreaksChineseWithinItsLine(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(look.Theme{})
	const text = "反映 eBay 从一开始能追踪多少包裹。在美国低于 95% 就没有优秀评级标志。交运当天就上传物流单号，选择揽收时就扫描的服务。"
	p := Prose(text)
	w := test.NewTempWindow(t, p)
	w.Resize(fyne.NewSize(480, 300))
	lines := strings.Split(p.Text, "\n")
	if len(lines) < 2 || strings.Join(strings.Fields(strings.Join(lines, "")), "") != strings.Join(strings.Fields(text), "") {
		t.Fatalf("it became %q", p.Text)
	}
	for _, line := range lines[:len(lines)-1] {
		if n := fyne.MeasureText(line, look.Text, fyne.TextStyle{}).Width; n < 400 {
			t.Errorf("%q takes %.0f of 480", line, n)
		}
	}
	if p.String() != text || p.asGiven(p.Text) != text {
		t.Errorf("it is copied as %q", p.asGiven(p.Text))
	}
	at := strings.Index(p.Text, "\n")
	if got := p.asGiven(p.Text[at-3 : at+4]); strings.Contains(got, "\n") || !strings.Contains(text, got) {
		t.Errorf("around a break %q is copied as %q", p.Text[at-3:at+4], got)
	}
	p.SetText("English text of some length that the toolkit breaks by itself at each of its spaces, as ever")
	if strings.Contains(p.Text, "\n") || p.String() != p.Text {
		t.Errorf("it became %q", p.Text)
	}
}

// Of a text that runs from the right the part is copied that was selected, with its
// words in the order in which they were given.
func TestAPartOfHebrewIsCopied(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(look.Theme{})
	const text = "שלום החבילה LX123 לא הגיעה"
	p := Prose(text)
	w := test.NewTempWindow(t, p)
	w.Resize(fyne.NewSize(600, 100))
	words := strings.Fields(p.Text)
	if len(words) != 5 || unmarked(words[0]) != "הגיעה" {
		t.Fatalf("drawn as %q", words)
	}
	for selected, want := range map[string]string{
		strings.Join(words[:2], " "):  "לא הגיעה",
		strings.Join(words[2:4], " "): "החבילה LX123",
		p.Text:                        text,
		"":                            "",
	} {
		if got := p.asGiven(selected); got != want {
			t.Errorf("%q is copied as %q, want %q", selected, got, want)
		}
	}
}
