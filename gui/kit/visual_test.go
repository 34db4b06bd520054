package kit

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"
)

// What the window joins stays in its place, and what is called something in Hebrew or Arabic is read from the right
// within. The lines below are as a reader sees them from left to right, word by word.
func TestALineOfBothDirectionsIsInReadingOrder(t *testing.T) {
	test.NewApp()
	for text, want := range map[string]string{
		"#123 שלום (2 pcs)":                         "#123 שלום (2 pcs)",
		"2 × כוס קרמיקה 350 ml (כחול) · USD 12.50":  "2 × (כחול) ml 350 קרמיקה כוס · USD 12.50",
		"שלום 12-345 עולם":                          "עולם 12-345 שלום",
		"AliExpress · 8194 · نور سامي":              "AliExpress · 8194 · سامي نور",
		"Order 12: مرحبًا (طلب 8194) OK":            "Order 12: (8194 طلب) مرحبًا OK",
		"הטלפון: +972-50-1234567":                   "972-50-1234567+ :הטלפון",
		"Giulia Campione · 2 × Paper lamp (yellow)": "Giulia Campione · 2 × Paper lamp (yellow)",
		strings.Join(Apart([]string{"ليلى مثال", "شارع العينة 14", "00000 Dubai"}), ", "): "مثال ليلى, 14 العينة شارع, 00000 Dubai",
		"": "",
	} {
		if got := strings.ReplaceAll(Visual(text), apart, ""); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
	for _, text := range []string{"a", "שלום (", ")שלום", "א(ב(ג", "\u2068\u2069", "· · ·", "3 × "} {
		if got := strings.ReplaceAll(Visual(text), apart, ""); len([]rune(got)) > len([]rune(text)) {
			t.Errorf("%q grew to %q", text, got)
		}
	}
}

// A text from the right that wraps has each line in its own order, loses nothing, and is copied as it was written.
func TestProseFromTheRightKeepsItsWords(t *testing.T) {
	test.NewApp()
	text := strings.Repeat("ההזמנה #123 (2 pcs) הגיעה שבורה. ", 8)
	p := Prose("")
	p.Resize(p.MinSize().AddWidthHeight(260, 0))
	p.SetText(text)
	lines := strings.Split(p.Text, "\n")
	if len(lines) < 3 {
		t.Fatalf("it stands in %d lines", len(lines))
	}
	if first := strings.ReplaceAll(lines[0], apart, ""); !strings.HasSuffix(strings.TrimSpace(first), "ההזמנה") {
		t.Errorf("the first line is %q: its first word is not at the right", first)
	}
	count := func(s, what string) int { return strings.Count(strings.ReplaceAll(s, apart, ""), what) }
	if count(p.Text, "123") != 8 || count(p.Text, "שבורה") != 8 {
		t.Errorf("words were lost: %q", p.Text)
	}
	if p.String() != text {
		t.Errorf("copied would be %q", p.String())
	}
}
