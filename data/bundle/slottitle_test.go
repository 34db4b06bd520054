package bundle

import (
	"testing"
	"time"

	"casebinder/data"
)

// A photo of the packing table is called by what it shows, on which day in the shop's
// zone, and of which parcel; what a person wrote of it stands before that.
func TestProofOfPackingIsCalledByWhatItShows(t *testing.T) {
	zone := time.FixedZone("", 8*60*60)
	late := time.Date(2026, 11, 2, 17, 30, 0, 0, time.UTC) // 3 November, 1:30 in that zone
	label := Exhibit{Evidence: data.Evidence{Kind: data.KindPacking, Slot: data.SlotLabel, Tracking: "RB123456785CN", CapturedAt: late}}
	for _, c := range []struct {
		language string
		exhibit  Exhibit
		want     string
	}{
		{"en", label, "Label on the parcel of 2026-11-03, label RB123456785CN"},
		{"zh-CN", label, "包裹面单照片（2026-11-03），面单 RB123456785CN"},
		{"zh-TW", label, "包裹寄件標籤照片（2026-11-03），寄件標籤 RB123456785CN"},
		{"en", Exhibit{Evidence: data.Evidence{Kind: data.KindPacking, Slot: data.SlotWeighing}}, "Parcel on the scale"},
		{"en", Exhibit{Evidence: data.Evidence{Kind: data.KindQC, Slot: data.SlotQC, CapturedAt: late}}, "Inspection record of 2026-11-03"},
		{"en", Exhibit{Evidence: data.Evidence{Kind: data.KindPacking, Slot: data.SlotGoods, Note: "Both lamps, lit\nmore"}}, "Both lamps, lit"},
		{"en", Exhibit{Evidence: data.Evidence{Kind: data.KindPacking, Slot: data.SlotGoods}, Title: "The lamps"}, "The lamps"},
	} {
		w, err := loadWords(c.language)
		if err != nil {
			t.Fatal(err)
		}
		if got := c.exhibit.title(w, zone); got != c.want {
			t.Errorf("%s: %q, want %q", c.language, got, c.want)
		}
	}
}
