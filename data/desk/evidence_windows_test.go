package desk_test

import (
	"testing"

	"casebinder/data"
	"casebinder/data/desk"
)

// TestEvidenceBesideOtherPaths refuses as evidence what Windows would take for another
// file, and says so as of any other path.
func TestEvidenceBesideOtherPaths(t *testing.T) {
	d, dispute, _ := bindable(t)
	for path, want := range map[string]string{
		`NUL`: "path_device", `C:\photos\con.jpg`: "path_device", `C:\photos\label.jpg.`: "path_end",
		`\\?\C:\photos\label.jpg`: "path_raw", `label.jpg:hidden`: "path_sign",
	} {
		report, err := d.AddEvidence(t.Context(), dispute.ID, []desk.EvidenceFile{{Path: path}}, nil)
		if err != nil || len(report.Added) > 0 || len(report.Rejected) != 1 {
			t.Errorf("%s: %+v, %v", path, report, err)
			continue
		}
		if p, ok := data.AsProblem(report.Rejected[0].Reason); !ok || p.Kind.Code != want {
			t.Errorf("%s: %v", path, report.Rejected[0].Reason)
		}
	}
}
