package bundle

import (
	"context"
	"path"
	"slices"
	"strconv"
	"strings"

	"casebinder/data"
	"casebinder/data/bag"
	"casebinder/data/pages"
	"casebinder/data/seal"
)

// A SignatureState says what is known of a bundle's signature.
type SignatureState string

// The states of a signature. Valid alone tells that nothing was changed since
// somebody with that key exported the bundle; who that is, it does not tell.
const (
	SignatureNone    SignatureState = "none"      // it was never signed, as far as it tells
	SignatureValid   SignatureState = "valid"     // by the key that the bundle names
	SignatureMissing SignatureState = "missing"   // it was signed, and the signature is gone
	SignatureBroken  SignatureState = "broken"    // it does not fit, or cannot be read
	SignatureOther   SignatureState = "other_key" // it fits, and is by another key than the bundle or the caller names
)

// Kinds of findings that BagIt knows nothing of.
const (
	KindUnsigned  bag.Kind = "seal.unsigned"        // a bundle without a signature
	KindSignature bag.Kind = "seal.signature"       // missing or broken
	KindSigner    bag.Kind = "seal.signer"          // by another key
	KindKey       bag.Kind = "seal.unknown_key"     // by a key of which the caller knows nothing
	KindCustody   bag.Kind = "seal.custody"         // the custody log does not fit its checkpoint or itself
	KindForm      bag.Kind = "bundle.upload"        // a file that was made for a form is altered or missing
	KindPart      bag.Kind = "bundle.part"          // a part that the format promises is missing
	KindContradic bag.Kind = "bundle.contradiction" // two parts of the bundle contradict each other
	KindPages     bag.Kind = "bundle.pages"         // the pages of the PDF were not compared
)

// A Verification is what was found of a bag and its seal.
type Verification struct {
	bag.Report

	Format      int            // of the bundle; 0 for a bag that is none of ours
	Signature   SignatureState // Valid, or why not
	Fingerprint string         // of the key that signed: "SHA256:..."; "" where the signature does not fit
	Known       bool           // the caller knows that key
	Custody     int64          // lines of the custody log that fit
	FormFiles   int            // files for a platform's form that lie beside the bag and are unchanged
	Pages       int            // of the PDF that were compared with the index
}

// VerifyOptions say how strictly a bundle is verified. The zero value serves.
type VerifyOptions struct {
	Signer   string                  // fingerprint that the caller knows of the sender; "" accepts any key that the bundle names
	Own      string                  // fingerprint of the caller's own key, which needs no word of caution
	Viewer   *pages.Viewer           // reads the pages of the PDF; nil: they are not compared, which is said
	Progress func(done, total int64) // bytes hashed
}

const (
	inData       = "data/"
	formListName = "uploads.csv"
	indexName    = "index.json"
	indexTable   = "index.csv"
	readmeName   = "README-VERIFY.txt"
	infoName     = "bag-info.txt"
	inOriginals  = inData + "originals/"
)

// Verify checks the bag at a path, a folder or a ZIP, ours or another's: the
// bag itself, and of a bundle of ours also its signature, its custody log, the
// files that were made for a platform's form, where they lie beside it, and
// whether its parts tell the same. All that is wrong stands in the findings; an
// error means that the bag could not be looked at. It never tells that what the
// files say is true.
func Verify(ctx context.Context, name string, o VerifyOptions) (Verification, error) {
	report, err := bag.Verify(ctx, name, bag.VerifyOptions{
		Progress: o.Progress, List: true,
		Keep: []string{
			bag.TagManifestName, bag.SignatureName, signersName, inData + custodyName, inData + checkpointName, inData + custodyTable,
			inData + formListName, inData + indexName, inData + indexTable, inData + seal.CrateName,
		},
	})
	v := Verification{Report: report, Signature: SignatureNone}
	if err != nil || report.Verdict == bag.NotABag || report.Verdict == bag.Unsafe {
		return v, err
	}
	v.readFormat()
	v.checkListed()
	v.checkSignature(o)
	lines, checkpoint := v.checkCustody()
	if v.Format > 0 {
		err = v.checkForms(ctx, name)
	}
	if err == nil && v.Format == FormatVersion {
		err = v.checkParts(ctx, name, o, lines, checkpoint)
	}
	v.Kept, v.Payload = nil, nil
	v.Conclude()
	return v, err
}

func (v *Verification) fail(name string, kind bag.Kind, why data.Phrase, args ...any) {
	v.Fail(name, kind, why.With(args...))
}

func (v *Verification) warn(name string, kind bag.Kind, why data.Phrase, args ...any) {
	v.Warn(name, kind, why.With(args...))
}

// failProblem says what a part of the seal found wrong.
func (v *Verification) failProblem(name string, kind bag.Kind, err error) {
	v.Fail(name, kind, problemText(err))
}

// problemText is what is wrong, without what to do about it.
func problemText(err error) data.Text {
	if p, ok := data.AsProblem(err); ok {
		return data.Text{Key: "problem." + p.Kind.Code + ".what", English: p.Kind.What, Args: p.Args, Parts: p.Parts}
	}
	return sayReason.With("reason", err)
}

// readFormat reads of which version the bundle is. What has the parts of a bundle
// of ours, and no version, had its version taken away.
func (v *Verification) readFormat() {
	for _, f := range v.Info {
		if !strings.EqualFold(f.Label, formatLabel) {
			continue
		}
		n, err := strconv.Atoi(f.Value)
		switch {
		case err != nil || n < 1:
			v.fail(infoName, bag.KindMalformed, sayNoNumber, "label", formatLabel, "value", bag.Shortened(f.Value))
			n = FormatVersion
		case n > FormatVersion:
			v.fail(infoName, bag.KindUnchecked, sayNewer, "format", n, "newest", FormatVersion)
		}
		v.Format = max(v.Format, n)
	}
	if part := v.ourPart(); v.Format == 0 && part != "" {
		v.fail(infoName, KindPart, sayNoFormat, "label", formatLabel, "path", part)
		v.Format = FormatVersion
	}
}

// ourPart names a part that only a bundle of ours has; "" where there is none.
func (v *Verification) ourPart() string {
	switch {
	case strings.Contains(string(v.Kept[inData+indexName]), `"`+indexFormat+`"`):
		return inData + indexName
	case strings.HasPrefix(string(v.Kept[inData+checkpointName]), seal.CustodyOrigin):
		return inData + checkpointName
	case len(seal.AllowedKeys(v.Kept[signersName])) > 0:
		return signersName
	case slices.Contains(v.Tags, readmeName):
		return readmeName
	}
	return ""
}

// checkListed sees to it that the signed tag manifest covers a bundle of ours
// as a whole: BagIt itself lets tag files go unlisted.
func (v *Verification) checkListed() {
	if v.Format == 0 {
		return
	}
	listed := v.listed()
	// What BagIt only warns of is said again, as a failure.
	v.Findings = slices.DeleteFunc(v.Findings, func(f data.Finding) bool {
		return f.Rule == string(bag.KindUnlisted) && bag.IsWarning(f) && !strings.HasPrefix(bag.PathOf(f), inData)
	})
	for _, name := range v.Tags {
		switch {
		case listed[name]:
		case leftovers(name):
			v.warn(name, bag.KindUnlisted, sayLeftover)
		default:
			v.fail(name, bag.KindUnlisted, sayUncovered, "manifest", bag.TagManifestName)
		}
	}
	if !listed["manifest-sha256.txt"] || !listed["bagit.txt"] || !listed[infoName] {
		v.fail(bag.TagManifestName, bag.KindMalformed, sayTagLacks)
	}
	v.judge()
}

// listed are the names in the tag manifest, and its own and its signature's, which
// no manifest can list.
func (v *Verification) listed() map[string]bool {
	listed := map[string]bool{bag.TagManifestName: true, bag.SignatureName: true}
	for line := range strings.Lines(string(v.Kept[bag.TagManifestName])) {
		if _, name, ok := strings.Cut(strings.TrimRight(line, "\r\n"), "  "); ok {
			listed[name] = true
		}
	}
	return listed
}

// judge weighs what BagIt found as a bundle of ours needs it.
func (v *Verification) judge() {
	for i := range v.Findings {
		f := &v.Findings[i]
		name := bag.PathOf(*f)
		switch {
		case f.Rule == string(bag.KindUnlisted) && !bag.IsWarning(*f) && leftovers(name):
			f.How = doTakeOut.With()
		case f.Rule == string(bag.KindOutside) && bag.IsWarning(*f) && ours(name),
			f.Rule == string(bag.KindNameForm) && bag.IsWarning(*f) && strings.HasPrefix(name, inData):
			f.Severity = data.Serious
		}
	}
}

// ours reports whether something beside a bundle in its ZIP cannot have come
// there by a system's own doing.
func ours(name string) bool {
	return !strings.HasPrefix(name, "__MACOSX/") && !leftovers(name)
}

// leftovers reports files that Windows and macOS leave in a folder.
func leftovers(name string) bool {
	base := strings.ToLower(path.Base(name))
	return strings.HasPrefix(base, "._") || base == ".ds_store" || base == "thumbs.db" || base == "desktop.ini"
}
