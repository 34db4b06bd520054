package desk_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"casebinder/data"
	"casebinder/data/desk"
)

// A complaint is bound by the composer of disputes, verifies, and comes out the same
// a second time.
func TestAComplaintIsBound(t *testing.T) {
	d, f := rated(t)
	ctx := t.Context()
	report, err := d.AddFeedbackEvidence(ctx, f.ID, []desk.EvidenceFile{{Name: "threat.png", Bytes: stripes(t, 60, 40, 3), Kind: data.KindScreenshot, Note: "The buyer asks for half the price back"}}, nil)
	if err != nil || len(report.Added) != 1 {
		t.Fatalf("%+v %v", report, err)
	}
	if _, err := d.ExportFeedback(ctx, f.ID, "", desk.BundleRequest{Dir: t.TempDir()}, nil); !problemIs(err, "feedback_bundle_ground") {
		t.Errorf("without a ground: %v", err)
	}
	_, err = d.WriteFeedback(ctx, f.ID, desk.FeedbackDeed{Kind: desk.FeedbackComplain, Ground: data.GroundExtortion})
	must(t, err)
	var first []byte
	for n := range 2 {
		dir := t.TempDir()
		made, err := d.ExportFeedback(ctx, f.ID, "", desk.BundleRequest{Dir: dir, Language: "zh-CN"}, nil)
		must(t, err)
		if made.Version != 1 || made.Again != (n == 1) || len(made.LeftOut) != 0 || made.Pages < 3 || !strings.Contains(filepath.Base(made.BagPath), "feedback-2026-11-18") {
			t.Errorf("%+v", made)
		}
		checked, err := d.Verify(ctx, made.BagPath, nil)
		if err != nil || checked.Verdict != "intact" {
			t.Errorf("%+v %v", checked, err)
		}
		raw, err := os.ReadFile(made.BagPath)
		must(t, err)
		if first != nil && string(first) != string(raw) {
			t.Error("it came out otherwise")
		}
		first = raw
		looked := 0
		for name, in := range inBag(t, made.BagPath) {
			if strings.HasSuffix(name, "ro-crate-metadata.json") {
				looked++
				if crate := string(in); !strings.Contains(crate, "本次投诉") || strings.Contains(crate, "纠纷") {
					t.Errorf("a complaint calls itself otherwise: %s", crate)
				}
			}
		}
		if looked != 1 {
			t.Errorf("%d descriptions", looked)
		}
	}

	// Other choices of what is masked, and another ground, are other numbers; all are kept
	// with the feedback.
	masked, err := d.ExportFeedback(ctx, f.ID, "", desk.BundleRequest{Dir: t.TempDir(), Language: "zh-CN", Mask: []data.MaskKind{data.MaskName}}, nil)
	if err != nil || masked.Version != 2 || masked.Again || !strings.HasSuffix(masked.BagName, "-v2.zip") {
		t.Errorf("%+v %v", masked, err)
	}
	_, err = d.WriteFeedback(ctx, f.ID, desk.FeedbackDeed{Kind: desk.FeedbackTranslate, Text: "给我退款", By: "Zoe"})
	must(t, err)
	changed, err := d.ExportFeedback(ctx, f.ID, "", desk.BundleRequest{Dir: t.TempDir(), Language: "zh-CN", Mask: []data.MaskKind{data.MaskName}}, nil)
	if err != nil || changed.Version != 3 || changed.Again {
		t.Errorf("%+v %v", changed, err)
	}
	v, err := d.Feedback(ctx, f.ID)
	must(t, err)
	if len(v.Bundles) != 3 || len(v.Bundles[0].Mask) != 0 || len(v.Bundles[1].Mask) != 1 || v.Bundles[2].Ground != data.GroundExtortion || v.Bundles[2].BagSHA256 != changed.BagSHA256 || v.Bundles[0].CreatedAt.IsZero() {
		t.Errorf("kept are %+v", v.Bundles)
	}
}

func TestAComplaintWithoutAnOrderIsBound(t *testing.T) {
	d, f := rated(t)
	alone, err := d.PutFeedback(t.Context(), data.Feedback{Shop: f.Shop, Stars: 1, Text: "Buy at my shop instead", BuyerHandle: "c***r"})
	must(t, err)
	made, err := d.ExportFeedback(t.Context(), alone.ID, data.GroundIrrelevant, desk.BundleRequest{Dir: t.TempDir()}, nil)
	must(t, err)
	if checked, err := d.Verify(t.Context(), made.BagPath, nil); err != nil || checked.Verdict != "intact" {
		t.Errorf("%+v %v", checked, err)
	}
}
