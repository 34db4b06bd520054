package ratedpage

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"casebinder/data"
)

// wanted is what a page holds, as worked out by hand.
type wanted struct {
	Zone    string `json:"zone"`
	Today   string `json:"today"`
	Given   bool   `json:"given"`
	Rest    []int  `json:"rest"`
	Ratings []struct {
		Stars   int            `json:"stars"`
		Word    bool           `json:"word"`
		Text    string         `json:"text"`
		Reply   string         `json:"reply"`
		Buyer   string         `json:"buyer"`
		Order   string         `json:"order"`
		Product string         `json:"product"`
		At      string         `json:"at"`
		Details map[string]int `json:"details"`
	} `json:"ratings"`
}

// TestPages reads pages as browsers copy them.
func TestPages(t *testing.T) {
	files, err := filepath.Glob("testdata/*.json")
	if err != nil || len(files) < 8 {
		t.Fatalf("%d pages: %v", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".json"), func(t *testing.T) { readPage(t, file) })
	}
}

func readPage(t *testing.T, file string) {
	var want wanted
	raw, err := os.ReadFile(file)
	if err == nil {
		err = json.Unmarshal(raw, &want)
	}
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(strings.TrimSuffix(file, ".json") + ".txt")
	if err != nil {
		t.Fatal(err)
	}
	zone, err := time.LoadLocation(want.Zone)
	if err != nil {
		t.Fatal(err)
	}
	today, err := time.ParseInLocation(time.DateOnly, want.Today, zone)
	if err != nil {
		t.Fatal(err)
	}
	p := Split(string(text), Hints{Zone: zone, Today: today})
	if len(p.Ratings) != len(want.Ratings) || p.Given != want.Given {
		t.Errorf("%d ratings, not %d; given %v, not %v", len(p.Ratings), len(want.Ratings), p.Given, want.Given)
	}
	for i, r := range p.Ratings {
		if i == len(want.Ratings) {
			t.Errorf("%+v is none", r)
			break
		}
		w := want.Ratings[i]
		at := ""
		if !r.At.IsZero() {
			at = r.At.Format("2006-01-02 15:04")
			if r.Day {
				at = r.At.Format(time.DateOnly)
			}
		}
		got := w
		got.Stars, got.Word, got.Text, got.Reply, got.Buyer, got.Order, got.Product, got.At, got.Details = r.Stars, r.Word, r.Text, r.Reply, r.Buyer, r.Order, r.Product, at, r.Details
		if !reflect.DeepEqual(got, w) {
			t.Errorf("rating %d (lines %d to %d) is\n%+v, not\n%+v", i+1, r.First, r.Last, got, w)
		}
	}
	var rest []int
	for _, l := range p.Rest {
		rest = append(rest, l.N)
	}
	if !reflect.DeepEqual(rest, want.Rest) {
		t.Errorf("not understood are %v, not %v: %v", rest, want.Rest, p.Rest)
	}
}

// TestRestIsGrave tells a line that may be a buyer's from one above all ratings.
func TestRestIsGrave(t *testing.T) {
	const page = "Atlas Tools\nr***b\n5 stars\n2026-11-12\nGood\nHelpful\nk***7\n1 star\n2026-11-09\nBad\nHelpful\n"
	for foot, want := range map[string]data.Severity{"": data.Info, "Previous page\nAbout the shop\n": data.Warning} {
		p := Split(page+foot, Hints{})
		i := slices.IndexFunc(p.Findings, func(f data.Finding) bool { return f.Rule == "rated.rest" })
		if len(p.Ratings) != 2 || i < 0 || p.Findings[i].Severity != want {
			t.Errorf("%q: %d ratings, %+v", foot, len(p.Ratings), p.Findings)
		}
	}
}

// FuzzSplit looks for texts on which reading fails, or that lose a line or make
// something up.
func FuzzSplit(f *testing.F) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		f.Fatalf("no seeds: %v", err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text))
	}
	f.Add("★★★★★\n\n5 out of 5 stars - Feedback left by buyer\nOrder:\n:\n：")
	today := time.Date(2026, 11, 30, 0, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, text string) {
		p := Split(text, Hints{Today: today})
		clean := strings.ToValidUTF8(strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n").Replace(text), "\uFFFD")
		lines := strings.Split(clean, "\n")
		for _, r := range p.Ratings {
			if r.Stars < 0 || r.Stars > 5 || r.First < 1 || r.Last < r.First || r.Last > len(lines) {
				t.Fatalf("a rating of %d stars in lines %d to %d, of %d", r.Stars, r.First, r.Last, len(lines))
			}
			flat := func(s string) string { return strings.Join(strings.Fields(s), " ") }
			whole := flat(strings.Join(lines[r.First-1:r.Last], "\n"))
			for _, part := range append(strings.Split(r.Text, "\n"), r.Buyer, r.Order, r.Product, r.Printed) {
				if !utf8.ValidString(part) || len(lines) < maxLines && len(text) < maxLine && !strings.Contains(whole, flat(part)) {
					t.Fatalf("%q does not stand in %q", part, whole)
				}
			}
		}
		for _, l := range p.Rest {
			if l.N < 1 || l.N > len(lines) {
				t.Fatalf("line %d of %d", l.N, len(lines))
			}
		}
		if len(p.Findings) == 0 && len(p.Ratings) == 0 {
			t.Fatal("nothing was found, and nothing is said")
		}
	})
}

// BenchmarkSplit reads long lines that begin what they do not end: days and detailed
// ratings.
func BenchmarkSplit(b *testing.B) {
	for name, line := range map[string]string{"days": strings.Repeat("on ", 39), "names": strings.Repeat("a ", 59), "details": strings.Repeat("communication 5 ", 400)} {
		text := strings.Repeat(line+"\n", 50_000/len(line))
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				Split(text, Hints{})
			}
		})
	}
}
