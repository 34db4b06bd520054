package verify

import (
	"strings"
	"testing"

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
			r.Custody, r.Uploads = 12, 4
		}
		if signature == "valid" || signature == "other_key" {
			r.Fingerprint = "SHA256:print"
		}
		r.Findings = []desk.VerifyFinding{{Kind: "unsigned", Warning: true}, {Kind: "custody", Path: "custody-log", Detail: "line 3"}, {Kind: "upload", Path: "1.png"}}
		showVerified(b.Env, r)
		b.Shows(t, append(want, "△ not signed", "✗ the custody log does not fit · line 3")...)
		b.NoRawKeys(t)
	}
}

func TestVerifySheetNamesEachFile(t *testing.T) {
	b := guitest.New(t, words.English)
	b.Blank()
	showVerified(b.Env, desk.VerifyReport{
		Path: "x.zip", Verdict: "altered", Version: "1.0", Files: 2, Bytes: 10,
		Findings: []desk.VerifyFinding{{Path: "data/photo.jpg", Kind: "altered", Detail: "sha256"}, {Kind: "oxum", Detail: "11 bytes"}},
	})
	text := strings.Join(b.Texts(), "\n")
	for _, want := range []string{"data/photo.jpg", words.T("verify.kind.altered"), words.T("verify.whole")} {
		if !strings.Contains(text, want) {
			t.Errorf("the sheet lacks %q:\n%s", want, text)
		}
	}
}
