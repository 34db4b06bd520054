package parcel

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// wantedPage is a page with its scans, worked by hand: at, place and text of each.
type wantedPage struct {
	page        string
	zone, today string
	scans       [][3]string
}

func readPage(t *testing.T, path string) wantedPage {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	head, rest, ok := strings.Cut(string(raw), "\n-- page --\n")
	page, scans, ok2 := strings.Cut(rest, "\n-- scans --\n")
	if !ok || !ok2 {
		t.Fatalf("%s has no page and scans", path)
	}
	w := wantedPage{page: page}
	for _, l := range strings.Split(head, "\n") {
		key, value, _ := strings.Cut(l, ": ")
		switch key {
		case "zone":
			w.zone = value
		case "today":
			w.today = value
		}
	}
	for _, l := range strings.Split(strings.TrimRight(scans, "\n"), "\n") {
		if parts := strings.Split(l, "\t"); len(parts) == 3 {
			if len(parts[0]) == len("2026-11-20T14:31") {
				parts[0] += ":00"
			}
			w.scans = append(w.scans, [3]string(parts))
		}
	}
	return w
}

func (w wantedPage) compare(t *testing.T) {
	t.Helper()
	zone, err := time.LoadLocation(w.zone)
	if err != nil {
		t.Fatal(err)
	}
	today, err := time.ParseInLocation(time.DateOnly, w.today, zone)
	if err != nil {
		t.Fatal(err)
	}
	p := Split(w.page, PageHints{Zone: zone, Today: today})
	var got, want []string
	for _, s := range p.Scans {
		at := s.At.Format("2006-01-02T15:04:05")
		if s.Day {
			at = s.At.Format(time.DateOnly)
		}
		got = append(got, fmt.Sprintf("%s | %s | %s", at, s.Place, s.Text))
	}
	for _, s := range w.scans {
		want = append(want, strings.Join(s[:], " | "))
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("is\n%s\nnot\n%s\nfindings %v", strings.Join(got, "\n"), strings.Join(want, "\n"), p.Findings)
	}
}

func TestPages(t *testing.T) {
	files, err := filepath.Glob("testdata/pages/*.txt")
	if err != nil || len(files) < 40 {
		t.Fatalf("%d pages, %v", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) { readPage(t, file).compare(t) })
	}
}
