package orders

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/pack"
	"casebinder/data/parcel"
	"casebinder/gui/guitest"
	"casebinder/gui/words"
)

// TestAParcelInWords: where it stands, by which scan, and until when it was promised.
func TestAParcelInWords(t *testing.T) {
	at := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	p := parcelsShown{desk.ParcelsView{List: []desk.ParcelView{{
		Shipment: data.Shipment{Tracking: "UR1", Kind: data.ShipmentResend, PromisedAt: at.AddDate(0, 0, 9)},
		State:    parcel.State{Stage: parcel.StageHeld, Since: at, Text: "Held by customs", Place: "Madrid"},
	}}}}
	said := p.words(0, "UTC", at.AddDate(0, 0, 1))
	for _, want := range []string{words.T("parcel.stage.held"), "Held by customs", "Madrid"} {
		if !strings.Contains(said, want) {
			t.Errorf("%q does not say %q", said, want)
		}
	}
	if fact := parcelFact(&p.List[0].Shipment); fact.Copy != "UR1" || fact.Label != words.T("parcel.kind.resend") {
		t.Errorf("%+v", fact)
	}
}

// The sheet of a tracking file names its forms and where each is known from, in each
// language, and writes what was chosen.
func TestATrackingFileIsWrittenForAPlatform(t *testing.T) {
	for _, language := range words.Languages() {
		b, d := guitest.Real(t)
		words.Set(language)
		rows := guitest.Orders(t, d, "12-10001-20001,2026-11-10 10:00,ana,45.99,USD", "12-10001-20002,2026-11-11 10:00,bo,12.00,USD")
		if err := d.AddShipment(t.Context(), rows[0].ID, data.Shipment{Tracking: "LX123450019CN", Carrier: "China Post", ShippedAt: time.Date(2026, 11, 12, 8, 0, 0, 0, time.UTC)}, true); err != nil {
			t.Fatal(err)
		}
		o := New(b.Env, d)
		b.Show(o)
		e := o.detail.env
		e.trackingFile([]int64{rows[0].ID, rows[1].ID}, "two", data.AliExpress)
		b.NoRawKeys(t)
		forms := parcel.UploadForms()
		plain := forms[len(forms)-1] // no form is AliExpress's
		b.Shows(t, words.N("trackingfile.title", 2), words.Text(pack.Text(plain.Title)), words.Text(pack.Text(plain.Source)), words.Of("confidence", plain.Confidence))
		b.Press(t, words.T("do.cancel"))
		form := forms[slices.IndexFunc(forms, func(f parcel.UploadForm) bool { return f.Platform == "ebay" })]
		path := filepath.Join(t.TempDir(), "two.csv")
		e.writeTracking(desk.TrackingFileRequest{OrderIDs: []int64{rows[0].ID, rows[1].ID}, Form: form.ID, Path: path})
		b.NoRawKeys(t)
		b.Shows(t, words.N("trackingfile.done", 1)) // the other has no parcel, which is told
		if raw, err := os.ReadFile(path); err != nil || !strings.Contains(string(raw), "LX123450019CN") || strings.Contains(string(raw), rows[1].Number) {
			t.Errorf("%s: the file holds %q, %v", language, raw, err)
		}
	}
	words.Set(words.English)
}
