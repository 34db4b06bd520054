package verify

import (
	"strings"
	"testing"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/guitest"
	"casebinder/gui/words"
)

func TestVerificationTellsOfTheSeal(t *testing.T) {
	for signature, want := range map[string][]string{
		"valid":     {"✓ Signed", "SHA256:print", "12 entries in the custody log, unbroken", "4 uploaded files beside it, unchanged"},
		"missing":   {"✗ The signature was taken out"},
		"broken":    {"✗ The signature does not fit"},
		"other_key": {"✗ Signed by another key", "SHA256:print"},
		"none":      {"Not signed"},
	} {
		b := guitest.New(t, words.English)
		b.Blank()
		r := desk.VerifyReport{Path: "b.zip", Verdict: "intact", Intact: true, Format: 1, Version: "1.0", Signature: signature}
		if signature == "valid" {
			r.Custody, r.FormFiles = 12, 4
		}
		if signature == "valid" || signature == "other_key" {
			r.Fingerprint = "SHA256:print"
		}
		r.Known = true
		r.Findings = []data.Finding{
			{Rule: "seal.unsigned", Severity: data.Warning, Why: data.Text{Key: "verify.say.unsigned"}},
			{Rule: "seal.custody", Severity: data.Serious, Where: []data.Ref{{Kind: "file", ID: "custody-log"}, {Kind: "row", ID: "3"}}, Why: data.Text{English: "It does not fit."}},
		}
		showVerified(b.Env, r, nil)
		b.Shows(t, append(want, "It has no signature: whoever changed it could have made new fingerprints.", "custody-log", "line 3", "It does not fit.")...)
		b.NoRawKeys(t)
	}
}

// TestOwnKeySaysWhose names the desk that signed.
func TestOwnKeySaysWhose(t *testing.T) {
	b := guitest.New(t, words.English)
	b.Blank()
	showVerified(b.Env, desk.VerifyReport{Path: "b.zip", Verdict: "intact", Intact: true, Format: 1, Signature: "valid", Fingerprint: "SHA256:print", Known: true, Desk: "/home/li/Desk"}, nil)
	b.Shows(t, "✓ Signed with your own key", "Key SHA256:print. It is that of your own desk, /home/li/Desk.")
}

// TestUnknownKeyIsNoGoodSign says of a signature that fits whether its key is known.
func TestUnknownKeyIsNoGoodSign(t *testing.T) {
	b := guitest.New(t, words.English)
	b.Blank()
	showVerified(b.Env, desk.VerifyReport{Path: "b.zip", Verdict: "intact", Intact: true, Format: 1, Signature: "valid", Fingerprint: "SHA256:print", Pages: 7}, nil)
	b.Shows(t, "△ Signed, by a key of which nothing is known here", "✓ 7 pages of the document, compared with the index")
}

func TestVerifySheetNamesEachFile(t *testing.T) {
	b := guitest.New(t, words.English)
	b.Blank()
	showVerified(b.Env, desk.VerifyReport{
		Path: "x.zip", Verdict: "altered", Version: "1.0", Files: 2, Bytes: 10,
		Findings: []data.Finding{
			{Rule: "bag.altered", Severity: data.Serious, Where: []data.Ref{{Kind: "file", ID: "data/photo.jpg"}}, Why: data.Text{English: "Its sha256 is another."}},
			{Rule: "bag.oxum", Severity: data.Serious, Why: data.Text{English: "There are 11 bytes."}, How: data.Text{English: "Ask again."}},
		},
	}, nil)
	text := strings.Join(b.Texts(), "\n")
	for _, want := range []string{"data/photo.jpg", "Its sha256 is another.", words.T("verify.whole"), "There are 11 bytes.", "Ask again."} {
		if !strings.Contains(text, want) {
			t.Errorf("the sheet lacks %q:\n%s", want, text)
		}
	}
}
