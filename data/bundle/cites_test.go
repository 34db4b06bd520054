package bundle

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"casebinder/data"
	"casebinder/data/bundle/statement"
)

// linksOf reads a PDF with qpdf: of each page, from 1, the pages that its links
// lead to, in the order of their areas from top to bottom and left to right.
func linksOf(t *testing.T, path string) map[int][]int {
	t.Helper()
	var doc struct {
		Pages []struct {
			Object string
			Number int `json:"pageposfrom1"`
		}
		QPDF []map[string]json.RawMessage
	}
	if err := json.Unmarshal([]byte(run(t, ".", "qpdf", "--json=2", path)), &doc); err != nil {
		t.Fatal(err)
	}
	type annot struct {
		Rect []float64 `json:"/Rect"`
		Dest string    `json:"/Dest"`
	}
	type object struct {
		Value struct {
			Names  []json.RawMessage `json:"/Names"`
			Annots []annot           `json:"/Annots"`
		}
	}
	objects, dests, number := map[string]object{}, map[string]int{}, map[string]int{}
	for _, p := range doc.Pages {
		number[p.Object] = p.Number
	}
	for name, raw := range doc.QPDF[1] {
		var o object
		if json.Unmarshal(raw, &o) != nil {
			continue // another kind of object
		}
		objects[strings.TrimPrefix(name, "obj:")] = o
		for i := 0; i+1 < len(o.Value.Names); i += 2 {
			var key string
			var place []json.RawMessage
			if json.Unmarshal(o.Value.Names[i], &key) == nil && json.Unmarshal(o.Value.Names[i+1], &place) == nil {
				dests[key] = number[strings.Trim(string(place[0]), `"`)]
			}
		}
	}
	links := map[int][]int{}
	for name, n := range number {
		annots := objects[name].Value.Annots
		slices.SortStableFunc(annots, func(a, b annot) int {
			if a.Rect[3] != b.Rect[3] {
				return int(1000 * (b.Rect[3] - a.Rect[3]))
			}
			return int(1000 * (a.Rect[0] - b.Rect[0]))
		})
		for _, a := range annots {
			links[n] = append(links[n], dests[a.Dest])
		}
	}
	return links
}

// TestCitations reads the statement as it is printed, and follows its links.
func TestCitations(t *testing.T) {
	c, m := richCase(t, "en")
	res := export(t, c, m)
	run(t, ".", "qpdf", "--check", res.PDF)
	at := res.Sections[data.SectionStatement]
	text := strings.Join(strings.Fields(pageText(t, res.PDF, at, at)), " ")
	first := map[string]Placed{}
	for _, p := range res.Exhibits {
		first[p.Exhibit.UID] = p
	}
	var want []int
	for _, claim := range c.Statement.Claims {
		for _, cite := range claim.Cites {
			var printed string
			page := 0
			switch {
			case cite.Evidence != "":
				p := first[cite.Evidence]
				page = p.First
				if cite.Page > 0 {
					page += cite.Page - 1 // the first page stands below the head of the exhibit
				}
				printed = fmt.Sprintf("Exhibit %d, page %d", p.Number, page)
			case cite.Part != "":
				page = res.Sections[cite.Part]
				printed = fmt.Sprintf("%s, page %d", sectionNames[cite.Part], page)
			default:
				page = messagePage(t, res, c, cite.Message)
				printed = fmt.Sprintf(", page %d", page)
			}
			want = append(want, page)
			if !strings.Contains(text, printed) {
				t.Errorf("not printed: %q\n%s", printed, text)
			}
		}
	}
	if got := linksOf(t, res.PDF)[at]; !slices.Equal(got, want) {
		t.Errorf("the citations lead to %v, want %v", got, want)
	}
}

// messagePage finds a message by its time, of which there is one each.
func messagePage(t *testing.T, res Result, c Case, uid string) int {
	t.Helper()
	for _, m := range c.Messages {
		if m.UID != uid {
			continue
		}
		at := m.SentAt.In(fixed(8 * 3600)).Format("2006-01-02 15:04 UTC+8")
		for n := res.Sections[data.SectionCommunication]; n <= res.Pages; n++ {
			if strings.Contains(pageText(t, res.PDF, n, n), at) {
				return n
			}
		}
	}
	t.Fatalf("message %s is not there", uid)
	return 0
}

// TestIndexLinks follows each link of the index.
func TestIndexLinks(t *testing.T) {
	c, m := richCase(t, "zh-TW")
	res := export(t, c, m)
	links := linksOf(t, res.PDF)
	got := slices.Concat(links[2], links[3])
	for _, p := range res.Exhibits {
		if !slices.Contains(got, p.First) {
			t.Errorf("no link leads to exhibit %d on %d: %v", p.Number, p.First, got)
		}
	}
	for _, s := range data.Sections() {
		if page := res.Sections[s]; page > 0 && !slices.Contains(links[1], page) {
			t.Errorf("the contents do not lead to %s on %d: %v", s, page, links[1])
		}
	}
}

func TestCitationsThatLeadNowhere(t *testing.T) {
	whole, m := richCase(t, "en")
	for name, cite := range map[string]data.Cite{
		"no evidence": {Evidence: "gone"}, "no message": {Message: "gone"}, "no section": {Part: data.SectionGoods}, "nothing": {},
		"no such page": {Evidence: "e3", Page: 4}, "no document": {Evidence: "e1", Page: 1},
	} {
		c := whole
		c.Statement.Claims = slices.Clone(c.Statement.Claims)
		c.Statement.Claims[1].Cites = append(slices.Clone(c.Statement.Claims[1].Cites), cite)
		dir := t.TempDir()
		_, err := Export(t.Context(), c, m, dir, Options{})
		known, ok := data.AsProblem(err)
		if !ok || known.Kind != statement.ProblemCitation || known.Args["claim"] != "2" || !errors.Is(err, data.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
		if names := entries(t, dir); len(names) > 0 {
			t.Errorf("%s: left behind %v", name, names)
		}
	}
}

func TestUnusedExhibits(t *testing.T) {
	c, m := richCase(t, "en")
	var unused []string
	for _, p := range export(t, c, m).Unused {
		unused = append(unused, p.Exhibit.UID)
	}
	if want := []string{"e4", "e6", "e9", "e12", "e7"}; !slices.Equal(unused, want) {
		t.Errorf("unused %v, want %v", unused, want)
	}
	c.Statement.Claims = nil
	if res := export(t, c, m); res.Unused != nil {
		t.Errorf("without a statement: %v", res.Unused)
	}
}
