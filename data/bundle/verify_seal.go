package bundle

import (
	"slices"
	"strings"

	"casebinder/data"
	"casebinder/data/bag"
	"casebinder/data/seal"
)

// checkSignature checks the signature over the tag manifest.
func (v *Verification) checkSignature(o VerifyOptions) {
	signature, signed := v.Kept[bag.SignatureName]
	signers, named := v.Kept[signersName]
	switch {
	case !signed && !named:
		v.unsigned(o.Signer)
		return
	case !signed:
		v.Signature = SignatureMissing
		v.fail(bag.SignatureName, KindSignature, saySignatureGone)
		return
	}
	fingerprint, public, err := seal.Verify(signature, v.Kept[bag.TagManifestName])
	if err != nil {
		v.Signature = SignatureBroken
		if v.Format == 0 && !named {
			v.Signature = SignatureNone // another program's, in its own format
			v.Warn(bag.SignatureName, bag.KindUnchecked, problemText(err))
			return
		}
		v.failProblem(bag.SignatureName, KindSignature, err)
		return
	}
	v.Fingerprint = fingerprint
	switch {
	case o.Signer != "" && o.Signer != fingerprint:
		v.Signature = SignatureOther
		v.fail(bag.SignatureName, KindSigner, sayOtherSigner, "is", fingerprint, "wanted", o.Signer)
	case !slices.Contains(seal.AllowedKeys(signers), fingerprint):
		v.Signature = SignatureOther
		v.fail(bag.SignatureName, KindSigner, sayUnnamedSigner, "is", fingerprint, "path", signersName)
	default:
		v.Signature = SignatureValid
		v.Known = o.Signer == fingerprint || o.Own == fingerprint
	}
	if v.Format == FormatVersion && v.Signature == SignatureValid && string(signers) != string(seal.AllowedSigners(public)) {
		v.fail(signersName, bag.KindMalformed, sayMoreSigners)
	}
	if v.Signature == SignatureValid && !v.Known {
		v.caution(fingerprint)
	}
}

// caution says how little a signature by a key proves of which nothing is known.
func (v *Verification) caution(fingerprint string) {
	v.Add(data.Finding{
		Rule: string(KindKey), Severity: data.Warning, Where: []data.Ref{{Kind: "file", ID: bag.SignatureName}},
		Why: sayUnknownKey.With("fingerprint", fingerprint), How: doCompare.With("fingerprint", fingerprint),
	})
}

// unsigned says of a bundle of ours that it has no signature; of another's
// only where one was expected.
func (v *Verification) unsigned(signer string) {
	switch {
	case signer != "":
		v.fail("", KindSigner, sayNoSigner, "wanted", signer)
	case v.Format > 0:
		v.warn("", KindUnsigned, sayUnsigned)
	}
}

// checkCustody checks the custody log, which every bundle of ours has, and gives
// what it says; nothing where it does not fit.
func (v *Verification) checkCustody() ([]seal.CustodyLine, seal.Checkpoint) {
	log, hasLog := v.Kept[inData+custodyName]
	checkpoint, hasCheckpoint := v.Kept[inData+checkpointName]
	switch {
	case v.Format == 0 && !(hasLog && hasCheckpoint):
	case !hasLog:
		v.fail(inData+custodyName, KindPart, sayNoPart)
	case !hasCheckpoint:
		v.fail(inData+checkpointName, KindPart, sayNoPart)
	default:
		lines, end, err := seal.CheckCustody(log, checkpoint)
		if err != nil {
			v.failProblem(inData+custodyName, KindCustody, err)
			return nil, seal.Checkpoint{}
		}
		v.Custody = int64(strings.Count(string(log), "\n"))
		return lines, end
	}
	return nil, seal.Checkpoint{}
}

// failRow adds a contradiction at a line or row of a file.
func (v *Verification) failRow(name string, row int64, why data.Phrase, args ...any) {
	v.FailAt(name, int(row), KindContradic, why.With(args...))
}
