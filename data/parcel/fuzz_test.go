package parcel

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

func FuzzSplit(f *testing.F) {
	files, _ := filepath.Glob("testdata/pages/*.txt")
	for _, file := range files {
		if raw, err := os.ReadFile(file); err == nil {
			f.Add(string(raw))
		}
	}
	f.Add("14:05\n20/11/2026\nx\n\t\t\n|a|b|\n|--|--|\n")
	f.Fuzz(func(t *testing.T, text string) {
		lines := strings.Count(text, "\n") + 1
		p := Split(text, PageHints{Today: time.Date(2026, 11, 29, 0, 0, 0, 0, time.UTC)})
		for _, s := range p.Scans {
			if s.First < 1 || s.Last < s.First || s.Last > lines {
				t.Fatalf("a scan of the lines %d to %d, of %d", s.First, s.Last, lines)
			}
			if s.At.IsZero() || s.Text == "" || !utf8.ValidString(s.Text) || !utf8.ValidString(s.Place) {
				t.Fatalf("a broken scan %+v", s)
			}
		}
		if len(p.Scans) == 0 && len(p.Findings) == 0 {
			t.Fatal("nothing was found, and nothing is said")
		}
	})
}

// TestLongPage splits a long page: all of its scans, and more than the bounds is said.
func TestLongPage(t *testing.T) {
	var b strings.Builder
	at := time.Date(2026, 1, 1, 8, 0, 0, 0, time.UTC)
	for range 5000 {
		at = at.Add(17 * time.Minute)
		b.WriteString(at.Format("2006-01-02 15:04") + "\nArrived at hub\nMADRID\n")
	}
	p := Split(b.String(), PageHints{})
	if len(p.Scans) != 5000 {
		t.Fatalf("%d scans", len(p.Scans))
	}
	p = Split(strings.Repeat("x\n", maxLines+5), PageHints{})
	if len(p.Findings) == 0 || p.Findings[0].Rule != "page.too_long" {
		t.Fatalf("a page that was cut: %v", p.Findings)
	}
}

// TestPageDetails: what a page says beside its scans.
func TestPageDetails(t *testing.T) {
	p := Split("Waybill: 1234567890\nDHL Express\nSigned for by: FRONT DESK\nPostcode: 28202\nFriday, November 20, 2026\tLocation\tTime\tPiece\n1\tDelivered - Signed for\tDUBLIN - IRELAND\t10:12\t1 Piece\n12 Foo 14:99 bar\n", PageHints{})
	if len(p.Numbers) != 1 || p.Numbers[0] != "1234567890" || p.Carrier != "DHL Express" || p.SignedBy != "FRONT DESK" || p.Postcode != "28202" || len(p.Scans) != 1 || !p.Scans[0].Delivered() {
		t.Fatalf("%+v", p)
	}
	p = Split("Royal Mail\nRM000000012GB\n20-11-2026\t12:34\tDelivered to letterbox\tBristol\n", PageHints{Zone: time.FixedZone("x", 8*3600)})
	if len(p.Scans) != 1 || p.Scans[0].ZoneBy != ZoneCarrier || p.Scans[0].Event().At.Hour() != 12 {
		t.Fatalf("British hours: %+v", p.Scans)
	}
	p = Split("Number: LX123450019CN\n2026-11-20 18:21 Madrid, Delivered\n=====\nNumber: LX123450020CN\n2026-11-19 04:01 Milano, Arrived at customs\n", PageHints{})
	if len(p.Scans) != 2 || p.Scans[0].Tracking != "LX123450019CN" || p.Scans[1].Tracking != "LX123450020CN" {
		t.Fatalf("two parcels: %+v", p.Scans)
	}
	p = Split("14:05\nDelivered\n", PageHints{})
	if len(p.Scans) != 0 || len(p.Rest) == 0 {
		t.Fatalf("an hour without a day: %+v", p)
	}
}
