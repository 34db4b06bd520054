package desk

import (
	"context"

	"casebinder/data/bundle"
)

// VerifyReport is what a verification found. A bag is intact only when every
// file is there, unchanged, and none was added; a bundle also when its
// signature and its custody log fit. Whether it is signed, and by whom, stands
// beside it: who takes out the signature can make new fingerprints.
type VerifyReport struct {
	Path        string
	Intact      bool
	Verdict     string // "intact", "incomplete", "altered", "unsafe", "not_a_bag"
	Version     string // of BagIt
	Format      int    // of the bundle; 0 for a bag that is none of ours
	Files       int    // payload files
	Bytes       int64  // of the payload
	Signature   string // "none", "valid", "missing", "broken", "other_key": a key of the language files, "verify.signature.valid"
	Fingerprint string // of the key that signed: "SHA256:..."; "" where no signature fits
	Custody     int64  // lines of the custody log that fit
	Uploads     int    // files for a platform's form beside the bundle that are unchanged
	Findings    []VerifyFinding
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
	return VerifyFrom(ctx, path, "", p)
}

// VerifyFrom is Verify of a bundle that must be signed by the key with this
// fingerprint, which its reader knows from elsewhere; "" accepts any key that
// the bundle names.
func VerifyFrom(ctx context.Context, path, signer string, p Progress) (VerifyReport, error) {
	found, err := bundle.Verify(ctx, path, bundle.VerifyOptions{
		Signer:   signer,
		Progress: func(done, total int64) { p.tell(done, total, "progress.verifying") },
	})
	if err != nil {
		return VerifyReport{Path: path}, err
	}
	report := VerifyReport{
		Path: path, Intact: found.OK, Verdict: string(found.Verdict), Version: found.Version, Format: found.Format,
		Files: found.Files, Bytes: found.Bytes, Signature: string(found.Signature), Fingerprint: found.Fingerprint,
		Custody: found.Custody, Uploads: found.Uploads,
	}
	for _, f := range found.Findings {
		report.Findings = append(report.Findings, VerifyFinding{
			Path: f.Path, Kind: string(f.Kind), Detail: f.Detail, Warning: f.Warning,
		})
	}
	return report, nil
}
