package desk

import (
	"context"

	"casebinder/data/bundle/bag"
)

// VerifyReport is what a verification found. A bag is intact only when every
// file is there, unchanged, and none was added.
type VerifyReport struct {
	Path     string
	Intact   bool
	Verdict  string // "intact", "incomplete", "altered", "unsafe", "not_a_bag"
	Version  string // of BagIt
	Files    int    // payload files
	Bytes    int64  // of the payload
	Findings []VerifyFinding
}

// VerifyFinding names one file, or with an empty path the bag as a whole, and
// what is wrong. A warning does not stop a bag from being intact.
type VerifyFinding struct {
	Path    string `json:"path"`
	Kind    string `json:"kind"` // a key of the language files: "verify.kind.altered"
	Detail  string `json:"detail"`
	Warning bool   `json:"warning,omitempty"`
}

// Verify checks a bag, zipped or not, ours or another's. It needs no desk. An
// error means that there was nothing to look at.
func Verify(ctx context.Context, path string, p Progress) (VerifyReport, error) {
	found, err := bag.Verify(ctx, path, bag.VerifyOptions{
		Progress: func(done, total int64) { p.tell(done, total, "progress.verifying") },
	})
	if err != nil {
		return VerifyReport{Path: path}, err
	}
	report := VerifyReport{
		Path: path, Intact: found.OK, Verdict: string(found.Verdict), Version: found.Version,
		Files: found.Files, Bytes: found.Bytes,
	}
	for _, f := range found.Findings {
		report.Findings = append(report.Findings, VerifyFinding{
			Path: f.Path, Kind: string(f.Kind), Detail: f.Detail, Warning: f.Warning,
		})
	}
	return report, nil
}
