package bundle

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"casebinder/data"
	"casebinder/data/pdf"
)

func TestGistKeepsWholeSentences(t *testing.T) {
	for _, c := range []struct {
		text string
		most int
		want string
	}{
		{"Short.", 20, "Short."},
		{"It was signed by A. GARCIA. The rest is longer than that.", 30, "It was signed by A. GARCIA. …"},
		{"One is it. Two is it. Three is it, and more.", 25, "One is it. Two is it. …"},
		{"包裹已妥投。承运商的记录为：“已签收”。其余在后。", 12, "包裹已妥投。 …"},
		{strings.Repeat("word ", 100), 20, "word word word word …"},
	} {
		if got := gist(c.text, c.most); got != c.want {
			t.Errorf("%q gives %q, want %q", c.text, got, c.want)
		}
	}
}

// TestFirstPageDecides reads the first page back: what is asked, why with exhibit
// and page, what the buyer claims and what that means, and then the facts.
func TestFirstPageDecides(t *testing.T) {
	c, m := sampleCase(t, "en")
	c.Exhibits[1].UID, c.Exhibits[0].UID = "slip", "photo"
	c.Messages[0].Text, c.Messages[0].Translation, c.Messages[0].TransLang = c.Dispute.Claim, "I have not received the parcel.", "en"
	c.Statement = data.Statement{Language: "en", UpdatedBy: "Mei Chen", UpdatedAt: day(19, 4, 0), Claims: []data.Claim{
		{Text: "The parcel was signed for.", Cites: []data.Cite{{Part: data.SectionShipping}, {Evidence: "slip"}}},
		{Text: "The carrier has the signature.", Cites: []data.Cite{{Evidence: "slip"}}},
		{Text: "It was packed well.", Cites: []data.Cite{{Evidence: "photo"}}},
	}}
	res, err := Export(t.Context(), c, m, t.TempDir(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	doc, err := viewer(t).Open(t.Context(), res.PDF)
	if err != nil {
		t.Fatal(err)
	}
	first, err := doc.Text(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	at := 0
	for _, want := range []string{
		"What we ask", "That the claim be rejected", "Why", "1.", "The parcel was signed for.", "2.", "It was packed well.",
		"What the buyer claims", "No he recibido", "Translation into English by Lin", "I have not received the parcel.", "Facts", "Case number",
	} {
		i := strings.Index(first[at:], want)
		if i < 0 {
			t.Fatalf("%q does not come in its turn:\n%s", want, first)
		}
		at += i
	}
	// What is known late, such as page numbers, comes last in the page's text.
	for _, name := range []string{"签收证明 截图.png", "IMG_2001.jpg"} {
		i := slices.IndexFunc(res.Exhibits, func(x Placed) bool { return x.Exhibit.Name == name && x.Exhibit.UID != "" })
		if want := fmt.Sprintf("Exhibit %d, page %d", i+1, res.Exhibits[i].First); !strings.Contains(first, want) {
			t.Errorf("the first page does not say %q", want)
		}
	}
	if strings.Contains(first, "The carrier has the signature") {
		t.Error("a reason that brings nothing new stands on the first page")
	}
	statement, err := doc.Text(t.Context(), res.Sections[data.SectionStatement])
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Mei Chen", "for the seller, Sample Lights Store", "2026-03-19"} {
		if !strings.Contains(statement, want) {
			t.Errorf("the statement does not end with %q:\n%s", want, statement)
		}
	}
	for _, x := range res.Exhibits {
		if x.Exhibit.Name == "invoice.pdf" && x.Last-x.First != 2 {
			t.Errorf("three pages of a document stand on pages %d to %d", x.First, x.Last)
		}
	}
}

// TestClaimIsTranslatedAsTheDisputeSays prints the dispute's own translation, with
// who made it, rather than that of a message with the same words.
func TestClaimIsTranslatedAsTheDisputeSays(t *testing.T) {
	c, m := sampleCase(t, "en")
	c.Messages[0].Text, c.Messages[0].Translation = c.Dispute.Claim, "Nothing came."
	c.Dispute.Translated = data.Translation{Text: "I never got the lamp.", By: "Ana Duarte"}
	res, err := Export(t.Context(), c, m, t.TempDir(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	doc, err := viewer(t).Open(t.Context(), res.PDF)
	if err != nil {
		t.Fatal(err)
	}
	first, err := doc.Text(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	_, after, found := strings.Cut(first, "What the buyer claims")
	if !found || !strings.Contains(after, "Translation by Ana Duarte") || !strings.Contains(after, "I never got the lamp.") || strings.Contains(after, "Nothing came.") {
		t.Errorf("the first page says:\n%s", first)
	}
}

// TestReasonsWithoutStatement takes what the exhibits show.
func TestReasonsWithoutStatement(t *testing.T) {
	e := &env{c: &Case{Dispute: data.Dispute{Decision: data.Decision{Choice: "fight"}}}, w: &words{labels: map[string]string{"ask.fight": "For us."}}, placed: []Placed{
		{Number: 1, Exhibit: Exhibit{Evidence: data.Evidence{UID: "a"}}},
		{Number: 2, Exhibit: Exhibit{Evidence: data.Evidence{UID: "b"}, Proves: "It was signed for."}},
	}}
	if got := e.reasons(); len(got) != 1 || got[0].text != "It was signed for." || got[0].cites[0].Evidence != "b" {
		t.Errorf("%+v", got)
	}
	if ask, _ := e.ask(); ask != "For us." {
		t.Errorf("a case that is fought asks %q", ask)
	}
}

// TestLastPageOfATimeline never holds one to three rows alone.
func TestLastPageOfATimeline(t *testing.T) {
	row := 14 * pdf.MM
	for n := 1; n < 120; n++ {
		s := &sheet{y: bodyTop + 40*pdf.MM}
		tab := s.table()
		heights := make([]pdf.Length, n)
		for i := range heights {
			heights[i] = row
		}
		split := tab.plan(heights)
		before, last := tab.paged(heights)
		if split >= 0 {
			_, last = tab.paged(heights[:split])
			if rest := n - split; rest < leastRows || last < leastRows {
				t.Errorf("%d rows: %d before the last page and %d on it", n, last, rest)
			}
		} else if before > 1 && last < leastRows {
			t.Errorf("%d rows: %d on the last of %d pages", n, last, before)
		}
	}
}
