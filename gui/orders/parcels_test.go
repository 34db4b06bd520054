package orders

import (
	"strings"
	"testing"
	"time"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/parcel"
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
