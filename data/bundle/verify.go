package bundle

import (
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"casebinder/data"
	"casebinder/data/bag"
	"casebinder/data/seal"
)

// A SignatureState says what is known of a bundle's signature.
type SignatureState string

// The states of a signature. Valid alone tells that nothing was changed since
// somebody with that key exported the bundle.
const (
	SignatureNone    SignatureState = "none"      // it was never signed, as far as it tells
	SignatureValid   SignatureState = "valid"     // by the key that the bundle names
	SignatureMissing SignatureState = "missing"   // it was signed, and the signature is gone
	SignatureBroken  SignatureState = "broken"    // it does not fit, or cannot be read
	SignatureOther   SignatureState = "other_key" // it fits, and is by another key than the bundle or the caller names
)

// Kinds of findings that BagIt knows nothing of.
const (
	KindUnsigned  bag.Kind = "unsigned"  // a bundle without a signature
	KindSignature bag.Kind = "signature" // missing or broken
	KindSigner    bag.Kind = "signer"    // by another key
	KindCustody   bag.Kind = "custody"   // the custody log does not fit its checkpoint
	KindUpload    bag.Kind = "upload"    // a file that was made for a form is altered or missing
)

// A Verification is what was found of a bag and its seal.
type Verification struct {
	bag.Report

	Format      int            // of the bundle; 0 for a bag that is none of ours
	Signature   SignatureState // Valid, or why not
	Fingerprint string         // of the key that signed: "SHA256:..."; "" where the signature does not fit
	Custody     int64          // lines of the custody log that fit
	Uploads     int            // files for a platform's form that lie beside the bag and are unchanged
}

// VerifyOptions say how strictly a bundle is verified. The zero value serves.
type VerifyOptions struct {
	Signer   string                  // fingerprint that the caller knows of the sender; "" accepts any key that the bundle names
	Progress func(done, total int64) // bytes hashed
}

const (
	inData     = "data/"
	uploadsCSV = "uploads.csv"
)

// Verify checks the bag at a path, a folder or a ZIP, ours or another's: the
// bag itself, and of a bundle of ours also its signature, its custody log and
// the files that were made for a platform's form, where they lie beside it. All
// that is wrong stands in the findings; an error means that the bag could not
// be looked at. It never tells that what the files say is true.
func Verify(ctx context.Context, name string, o VerifyOptions) (Verification, error) {
	report, err := bag.Verify(ctx, name, bag.VerifyOptions{
		Progress: o.Progress,
		Keep: []string{
			bag.TagManifestName, bag.SignatureName, signersName, inData + custodyName, inData + checkpointName, inData + uploadsCSV,
		},
	})
	v := Verification{Report: report, Signature: SignatureNone}
	if err != nil || report.Verdict == bag.NotABag || report.Verdict == bag.Unsafe {
		return v, err
	}
	v.readFormat()
	v.checkListed()
	v.checkSignature(o.Signer)
	v.checkCustody()
	if v.Format > 0 {
		err = v.checkUploads(ctx, name)
	}
	v.Kept = nil
	v.Conclude()
	return v, err
}

// readFormat reads of which version the bundle is.
func (v *Verification) readFormat() {
	for _, f := range v.Info {
		if !strings.EqualFold(f.Label, formatLabel) {
			continue
		}
		n, err := strconv.Atoi(f.Value)
		switch {
		case err != nil || n < 1:
			v.Fail("bag-info.txt", bag.KindMalformed, "%s is not a number: %s", formatLabel, f.Value)
			n = FormatVersion
		case n > FormatVersion:
			v.Fail("bag-info.txt", bag.KindUnchecked,
				"the bundle is of format %d, and %d is the newest that is known here: its files and its signature are checked, what is new is not", n, FormatVersion)
		}
		v.Format = max(v.Format, n)
	}
}

// checkListed sees to it that the signed tag manifest covers a bundle of ours
// as a whole: BagIt itself lets tag files go unlisted.
func (v *Verification) checkListed() {
	if v.Format == 0 {
		return
	}
	listed := map[string]bool{bag.TagManifestName: true, bag.SignatureName: true}
	for line := range strings.Lines(string(v.Kept[bag.TagManifestName])) {
		if _, name, ok := strings.Cut(strings.TrimRight(line, "\r\n"), "  "); ok {
			listed[name] = true
		}
	}
	// What BagIt only warns of is said again, as a failure.
	v.Findings = slices.DeleteFunc(v.Findings, func(f bag.Finding) bool {
		return f.Kind == bag.KindUnlisted && f.Warning && !strings.HasPrefix(f.Path, inData)
	})
	for _, name := range v.Tags {
		switch {
		case listed[name]:
		case leftovers(name):
			v.Warn(name, bag.KindUnlisted, "the system put it there; it is not part of the bundle")
		default:
			v.Fail(name, bag.KindUnlisted, "it is not in %s, which is what the signature covers", bag.TagManifestName)
		}
	}
	if !listed["manifest-sha256.txt"] || !listed["bagit.txt"] || !listed["bag-info.txt"] {
		v.Fail(bag.TagManifestName, bag.KindMalformed, "it does not list manifest-sha256.txt, bagit.txt and bag-info.txt")
	}
	for i := range v.Findings {
		f := &v.Findings[i]
		if f.Kind == bag.KindUnlisted && !f.Warning && leftovers(f.Path) {
			f.Detail += "; systems put such files into folders that are looked at: take it out and verify again"
		}
		if f.Kind == bag.KindOutside && f.Warning && v.ours(f.Path) {
			f.Warning = false
		}
	}
}

// ours reports whether something beside a bundle in its ZIP cannot have come
// there by a system's own doing.
func (v *Verification) ours(name string) bool {
	return !strings.HasPrefix(name, "__MACOSX/") && !leftovers(name)
}

// leftovers reports files that Windows and macOS leave in a folder.
func leftovers(name string) bool {
	base := strings.ToLower(path.Base(name))
	return strings.HasPrefix(base, "._") || base == ".ds_store" || base == "thumbs.db" || base == "desktop.ini"
}

// checkSignature checks the signature over the tag manifest.
func (v *Verification) checkSignature(signer string) {
	signature, signed := v.Kept[bag.SignatureName]
	signers, named := v.Kept[signersName]
	switch {
	case !signed && !named:
		v.unsigned(signer)
		return
	case !signed:
		v.Signature = SignatureMissing
		v.Fail(bag.SignatureName, KindSignature, "the bundle was signed, and its signature is gone")
		return
	}
	fingerprint, _, err := seal.Verify(signature, v.Kept[bag.TagManifestName])
	if err != nil {
		v.Signature = SignatureBroken
		if v.Format == 0 && !named {
			v.Signature = SignatureNone // another program's, in its own format
			v.Warn(bag.SignatureName, bag.KindUnchecked, "%s", reason(err))
			return
		}
		v.Fail(bag.SignatureName, KindSignature, "%s", reason(err))
		return
	}
	v.Fingerprint = fingerprint
	switch {
	case signer != "" && signer != fingerprint:
		v.Signature = SignatureOther
		v.Fail(bag.SignatureName, KindSigner, "it is signed by the key %s, and not by %s", fingerprint, signer)
	case !slices.Contains(seal.AllowedKeys(signers), fingerprint):
		v.Signature = SignatureOther
		v.Fail(bag.SignatureName, KindSigner, "it is signed by the key %s, which %s does not name", fingerprint, signersName)
	default:
		v.Signature = SignatureValid
	}
}

// unsigned says of a bundle of ours that it has no signature; of another's
// only where one was expected.
func (v *Verification) unsigned(signer string) {
	switch {
	case signer != "":
		v.Fail("", KindSigner, "it has no signature by %s", signer)
	case v.Format > 0:
		v.Warn("", KindUnsigned, "it has no signature: whoever changed it could have made new fingerprints")
	}
}

// checkCustody checks the custody log, which every bundle of ours has.
func (v *Verification) checkCustody() {
	log, hasLog := v.Kept[inData+custodyName]
	checkpoint, hasCheckpoint := v.Kept[inData+checkpointName]
	switch {
	case v.Format == 0 && !(hasLog && hasCheckpoint):
		return
	case !hasLog:
		v.Fail(inData+custodyName, KindCustody, "there is no custody log")
	case !hasCheckpoint:
		v.Fail(inData+checkpointName, KindCustody, "there is no checkpoint of the custody log")
	default:
		if err := seal.CheckCustody(log, checkpoint); err != nil {
			v.Fail(inData+custodyName, KindCustody, "%s", reason(err))
			return
		}
		v.Custody = int64(strings.Count(string(log), "\n"))
	}
}

// reason is what is wrong, without what to do about it.
func reason(err error) string {
	if p, ok := data.AsProblem(err); ok {
		return p.What()
	}
	return err.Error()
}

// checkUploads checks the files that were made for a platform's form, where
// their list and its folder lie beside the bag.
func (v *Verification) checkUploads(ctx context.Context, name string) error {
	dir, base := filepath.Split(filepath.Clean(name))
	if dir == "" {
		dir = "."
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil //nolint:nilerr // the folder above cannot be read: there is nothing to compare
	}
	defer func() { _ = root.Close() }()
	stem := strings.TrimSuffix(base, ".zip")
	for _, folder := range uploadFolders(root, stem) {
		if err := v.checkUploadFolder(ctx, root, folder); err != nil {
			return err
		}
	}
	return nil
}

// uploadFolders are the folders beside a bag that were made with it.
func uploadFolders(root *os.Root, stem string) []string {
	const most = 100
	entries, err := fs.ReadDir(root.FS(), ".")
	if err != nil {
		return nil
	}
	var found []string
	for _, e := range entries {
		if !e.IsDir() || !strings.HasPrefix(e.Name(), uploadFolder(stem, "")) || len(found) == most {
			continue
		}
		if info, err := root.Lstat(path.Join(e.Name(), uploadsCSV)); err == nil && info.Mode().IsRegular() {
			found = append(found, e.Name())
		}
	}
	return found
}

// checkUploadFolder compares a folder with its list. Where the list is in the
// bag as well, that one counts, and both must be the same.
func (v *Verification) checkUploadFolder(ctx context.Context, root *os.Root, folder string) error {
	listName := path.Join(folder, uploadsCSV)
	list, err := readSmall(root, listName)
	if err != nil {
		v.Fail(listName, KindUpload, "it cannot be read: %v", err)
		return nil
	}
	if inside, ok := v.Kept[inData+uploadsCSV]; ok && string(inside) != string(list) {
		v.Fail(listName, KindUpload, "it is not the list that is in the bundle")
		list = inside
	}
	rows, err := uploadRows(list)
	if err != nil {
		v.Fail(listName, KindUpload, "%v", err)
		return nil
	}
	for _, row := range rows {
		if err := ctx.Err(); err != nil {
			return err
		}
		full := path.Join(folder, row.name)
		sum, err := hashBeside(ctx, root, full)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case errors.Is(err, fs.ErrNotExist):
			v.Warn(full, KindUpload, "it is not there any more")
		case err != nil:
			v.Fail(full, KindUpload, "it cannot be read: %v", err)
		case sum != row.sum:
			v.Fail(full, KindUpload, "its SHA-256 is %s, and %s says %s", sum, uploadsCSV, row.sum)
		default:
			v.Uploads++
		}
	}
	return nil
}

type uploadRow struct{ name, sum string }

// uploadRows reads the columns "name" and "sha256" of a list.
func uploadRows(list []byte) ([]uploadRow, error) {
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(list), "\ufeff")))
	head, err := r.Read()
	if err != nil {
		return nil, errors.New("it has no header")
	}
	name, sum := slices.Index(head, "name"), slices.Index(head, "sha256")
	if name < 0 || sum < 0 {
		return nil, errors.New("it has no columns name and sha256")
	}
	var rows []uploadRow
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, err
		}
		one := uploadRow{row[name], row[sum]}
		if bare, ok := strings.CutPrefix(one.name, "'"); ok && guard(bare) == one.name {
			one.name = bare // the mark keeps a spreadsheet from taking it for a formula
		}
		// A name never leads out of the folder.
		if !filepath.IsLocal(one.name) || one.name == "." || strings.ContainsAny(one.name, `/\:`) {
			return nil, errors.New("it names something outside of its folder")
		}
		rows = append(rows, one)
	}
}

// readSmall reads a list of at most 16 MB.
func readSmall(root *os.Root, name string) ([]byte, error) {
	const most = 16 << 20
	f, err := root.Open(name)
	if err != nil {
		return nil, err
	}
	content, err := io.ReadAll(io.LimitReader(f, most+1))
	if err == nil && len(content) > most {
		err = errors.New("it is too large for a list")
	}
	return content, errors.Join(err, f.Close())
}

// hashBeside hashes a regular file.
func hashBeside(ctx context.Context, root *os.Root, name string) (string, error) {
	info, err := root.Lstat(name)
	if err != nil {
		return "", err
	}
	if !info.Mode().IsRegular() {
		return "", errors.New("it is not a regular file")
	}
	f, err := root.Open(name)
	if err != nil {
		return "", err
	}
	defer func() { _ = f.Close() }()
	h := sha256.New()
	buf := make([]byte, 1<<20)
	for {
		if err := ctx.Err(); err != nil {
			return "", err
		}
		n, err := f.Read(buf)
		h.Write(buf[:n])
		if errors.Is(err, io.EOF) {
			return hex.EncodeToString(h.Sum(nil)), nil
		}
		if err != nil {
			return "", err
		}
	}
}
