package desk

import (
	"context"
	"os"
	"path/filepath"

	"casebinder/data"
	"casebinder/data/bundle"
	"casebinder/data/pages"
	"casebinder/data/seal"
)

// VerifyReport is what a verification found. A bag is intact only when every
// file is there, unchanged, and none was added; a bundle also when its
// signature and its custody log fit and its parts tell the same. Whether it is
// signed, and by whom, stands beside it: who takes out the signature can make
// new fingerprints.
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
	Known       bool   // that key is the one that was asked for, or a desk's own
	Desk        string // folder of the desk whose own key that is; "" where it is not that of the desk at hand
	Custody     int64  // lines of the custody log that fit
	FormFiles   int    // files for a platform's form beside the bundle that are unchanged
	Pages       int    // of the PDF that were compared with the index
	Findings    []data.Finding
}

// VerifyRequest says what is verified, and how.
type VerifyRequest struct {
	Path   string   // of the bag, zipped or not, ours or another's
	Signer string   // fingerprint of the key by which the bundle must be signed, as its reader knows it from elsewhere; "" accepts any key that the bundle names
	Pages  []string // command that reads the pages of a PDF in a child process; empty: in this process, within the same limits
	Desk   string   // folder of a desk whose key is known; "" knows of none. It is not opened
	Code   string   // folder in which what reads the pages is kept compiled; "" keeps it in memory
}

// Verify checks a bag. It needs no desk. An error means that there was nothing
// to look at.
func Verify(ctx context.Context, r VerifyRequest, p Progress) (VerifyReport, error) {
	viewer, err := pages.Start(ctx, pages.Options{Command: r.Pages, CacheDir: r.Code})
	if err != nil {
		return VerifyReport{Path: r.Path}, err
	}
	defer func() { _ = viewer.Close() }()
	return verify(ctx, r.Path, r.Desk, bundle.VerifyOptions{Signer: r.Signer, Viewer: viewer}, p)
}

// Verify checks a bag with what the desk has at hand: its reader of pages and
// its own key, which it knows.
func (d *Desk) Verify(ctx context.Context, path string, p Progress) (VerifyReport, error) {
	return verify(ctx, path, d.dir, bundle.VerifyOptions{Viewer: d.viewer}, p)
}

// ownKey is the fingerprint of a desk's key, which is not made for that; "" where
// there is none.
func ownKey(dir string) string {
	if dir == "" {
		return ""
	}
	text, err := os.ReadFile(filepath.Join(dir, keyName))
	if err != nil {
		return ""
	}
	k, err := seal.ReadKey(text)
	if err != nil {
		return ""
	}
	return k.Fingerprint()
}

// verify checks a bag; dir is the folder of the desk whose key is known.
func verify(ctx context.Context, path, dir string, o bundle.VerifyOptions, p Progress) (VerifyReport, error) {
	if err := data.CheckPath(path); err != nil {
		return VerifyReport{Path: path}, err
	}
	o.Own = ownKey(dir)
	o.Progress = func(done, total int64) { p.tell(done, total, "progress.verifying") }
	found, err := bundle.Verify(ctx, path, o)
	if err != nil {
		return VerifyReport{Path: path}, err
	}
	if o.Own == "" || o.Own != found.Fingerprint {
		dir = ""
	}
	return VerifyReport{
		Path: path, Desk: dir, Intact: found.OK, Verdict: string(found.Verdict), Version: found.Version, Format: found.Format,
		Files: found.Files, Bytes: found.Bytes, Signature: string(found.Signature), Fingerprint: found.Fingerprint, Known: found.Known,
		Custody: found.Custody, FormFiles: found.FormFiles, Pages: found.Pages, Findings: found.Findings,
	}, nil
}
