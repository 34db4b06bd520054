package desk_test

import (
	"path/filepath"
	"testing"

	"casebinder/data"
	"casebinder/data/desk"
)

// Pictures that a browser or a phone saves come in by what they are, and are shown
// small and upright.
func TestPicturesOfPhonesAndBrowsers(t *testing.T) {
	d, order := imported(t)
	dispute, err := d.OpenDispute(t.Context(), desk.NewDispute{OrderID: order, Reason: data.ReasonDamaged})
	if err != nil {
		t.Fatal(err)
	}
	for name, mime := range map[string]string{"turned.avif": "image/avif", "anim.avif": "image/avif", "rot.heic": "image/heic"} {
		report, err := d.AddEvidence(t.Context(), dispute.ID, []desk.EvidenceFile{
			{Path: filepath.Join("..", "picture", "testdata", name)},
		}, nil)
		if err != nil || len(report.Added) != 1 {
			t.Fatalf("%s: %+v, %v", name, report, err)
		}
		if got := report.Added[0].MIME; got != mime {
			t.Errorf("%s came in as %s", name, got)
		}
		small, err := d.EvidencePicture(t.Context(), report.Added[0].ID, 32)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		upright := name != "anim.avif" // the two turned ones are taller than wide
		if size := small.Image.Bounds().Size(); max(size.X, size.Y) != 32 || (size.Y > size.X) != upright || (small.Height > small.Width) != upright {
			t.Errorf("%s: %v of %d x %d", name, size, small.Width, small.Height)
		}
	}
}
