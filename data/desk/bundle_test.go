package desk_test

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"casebinder/data"
	"casebinder/data/desk"
)

// stripes is a PNG of so many pixels whose rows differ, so that what is hidden
// can be told from what is not.
func stripes(t *testing.T, w, h int, seed uint8) []byte {
	t.Helper()
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			img.SetNRGBA(x, y, color.NRGBA{uint8(3*x) + seed, uint8(5 * y), uint8(x ^ y), 255})
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// bindable is a desk with one dispute and three exhibits: a photo, a delivery
// scan and a text.
func bindable(t *testing.T) (*desk.Desk, data.Dispute, []data.Evidence) {
	t.Helper()
	d, order := imported(t)
	dispute, err := d.OpenDispute(t.Context(), desk.NewDispute{
		OrderID: order, Reason: data.ReasonNotReceived, Amount: data.Money{Minor: 4599, Currency: "EUR"}, OpenedAt: clock.Add(-48 * time.Hour),
		CaseNumber: "C-7", Claim: "It never came.",
	})
	if err != nil {
		t.Fatal(err)
	}
	report, err := d.AddEvidence(t.Context(), dispute.ID, []desk.EvidenceFile{
		{Name: "goods.png", Bytes: stripes(t, 120, 90, 1), Kind: data.KindPhoto, Note: "The lantern"},
		{Name: "scan.png", Bytes: stripes(t, 90, 120, 2), Kind: data.KindDelivery, Note: "Delivery scan"},
		{Name: "terms.txt", Bytes: []byte("Returns within 30 days.\n"), Kind: data.KindPolicy},
	}, nil)
	if err != nil || len(report.Added) != 3 {
		t.Fatalf("%+v %v", report, err)
	}
	return d, dispute, report.Added
}

// shown lists the included exhibits by number.
func shown(t *testing.T, d *desk.Desk, dispute int64) []string {
	t.Helper()
	v, err := d.Bundle(t.Context(), dispute)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, x := range v.Exhibits {
		if x.Included {
			names = append(names, x.Evidence.Name)
			if x.Number != len(names) {
				t.Errorf("%s has number %d, want %d", x.Evidence.Name, x.Number, len(names))
			}
		} else if x.Number != 0 {
			t.Errorf("%s is left out and has number %d", x.Evidence.Name, x.Number)
		}
	}
	return names
}

func TestExhibitsStandInTheirSections(t *testing.T) {
	d, dispute, all := bindable(t)
	want := []string{"scan.png", "goods.png", "terms.txt"} // shipping, goods, policy
	if got := shown(t, d, dispute.ID); !slices.Equal(got, want) {
		t.Errorf("at first: %q, want %q", got, want)
	}
	arranged := []data.Exhibit{
		{EvidenceUID: all[0].UID, Section: data.SectionShipping, Proves: "What was packed", Included: true},
		{EvidenceUID: all[1].UID, Included: true},
	}
	if err := d.ArrangeExhibits(t.Context(), dispute.ID, arranged); err != nil {
		t.Fatal(err)
	}
	if got := shown(t, d, dispute.ID); !slices.Equal(got, []string{"goods.png", "scan.png", "terms.txt"}) {
		t.Errorf("arranged: %q", got)
	}
	if _, err := d.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := shown(t, d, dispute.ID); !slices.Equal(got, want) {
		t.Errorf("after undo: %q, want %q", got, want)
	}
	err := d.ArrangeExhibits(t.Context(), dispute.ID, []data.Exhibit{{EvidenceUID: "nobody"}})
	if !errors.Is(err, data.ErrNotFound) {
		t.Errorf("an exhibit that does not exist: %v", err)
	}
}

func TestRedactedCopyTakesItsPlace(t *testing.T) {
	d, dispute, all := bindable(t)
	box := data.Edit{Kind: data.EditBox, X: 10, Y: 20, W: 40, H: 30}
	made, err := d.MarkPicture(t.Context(), dispute.ID, all[1].ID, []data.Edit{box, {Kind: data.EditNumber, X: 70, Y: 90, Number: 1}})
	if err != nil {
		t.Fatal(err)
	}
	if made.CopyOf != all[1].UID || made.Name != "scan-redacted.png" || !made.Redacted() || made.Kind != data.KindDelivery {
		t.Errorf("%+v", made)
	}
	if got := shown(t, d, dispute.ID); !slices.Equal(got, []string{"scan-redacted.png", "goods.png", "terms.txt"}) {
		t.Errorf("%q", got)
	}
	path, err := d.EvidenceCopy(t.Context(), made.ID)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	first := img.At(box.X, box.Y)
	for y := box.Y; y < box.Y+box.H; y++ {
		for x := box.X; x < box.X+box.W; x++ {
			if img.At(x, y) != first {
				t.Fatalf("something is left under the box at %d, %d", x, y)
			}
		}
	}
	if img.At(5, 5) == img.At(5, 6) {
		t.Error("what was not hidden is gone")
	}
	if _, err := d.MarkPicture(t.Context(), dispute.ID, made.ID, []data.Edit{box}); !errors.Is(err, data.ErrRefused) {
		t.Errorf("a copy of a copy: %v", err)
	}
	if _, err := d.MarkPicture(t.Context(), dispute.ID, all[1].ID, nil); !errors.Is(err, data.ErrInvalid) {
		t.Errorf("a copy without marks: %v", err)
	}
	if _, err := d.MarkPicture(t.Context(), dispute.ID, all[1].ID, []data.Edit{{Kind: data.EditFrame, X: 1, Y: 2, W: 30, H: 40}}); err != nil {
		t.Fatal(err)
	}
	if got := shown(t, d, dispute.ID); !slices.Equal(got, []string{"scan-marked.png", "goods.png", "terms.txt"}) {
		t.Errorf("a second copy beside the first: %q", got)
	}
	for range 2 {
		if action, err := d.Undo(t.Context()); err != nil || action != "evidence.copy" {
			t.Errorf("%s %v", action, err)
		}
	}
	if got := shown(t, d, dispute.ID); !slices.Equal(got, []string{"scan.png", "goods.png", "terms.txt"}) {
		t.Errorf("after undo: %q", got)
	}
}

func TestStatementPointsAndIsKept(t *testing.T) {
	d, dispute, all := bindable(t)
	drafted, err := d.DraftStatement(t.Context(), dispute.ID, "", "en")
	if err != nil || len(drafted.Claims) == 0 {
		t.Fatalf("%+v %v", drafted, err)
	}
	s := data.Statement{Language: "en", Claims: []data.Claim{
		{Text: "The parcel was delivered.", Cites: []data.Cite{{Evidence: all[1].UID}}},
		{Text: "The goods were whole.", Cites: []data.Cite{{Evidence: "gone"}}},
	}}
	if err := d.PutStatement(t.Context(), dispute.ID, s); err != nil {
		t.Fatal(err)
	}
	v, err := d.Bundle(t.Context(), dispute.ID)
	if err != nil {
		t.Fatal(err)
	}
	if !v.Statement.Equal(s) || v.Statement.UpdatedBy != "Tester" {
		t.Errorf("%+v", v.Statement)
	}
	found := map[string]data.FindingView{}
	for _, f := range v.Findings {
		found[f.Rule] = f
	}
	nowhere := found["citation.nowhere"]
	if v.Findings[0].Rule != "citation.nowhere" || nowhere.Severity != data.Blocking || nowhere.Why.String() != "Claim 2 cites something that is not an exhibit of the bundle." ||
		!slices.Equal(nowhere.Where, []data.Ref{{Kind: "claim", ID: "2", Label: "2. The goods were whole."}, {Kind: "evidence", ID: "gone"}}) {
		t.Errorf("the citation that leads nowhere: %+v", nowhere)
	}
	if unused := found["exhibit.unused"]; len(unused.Where) != 2 || unused.Why.String() != "Exhibits that no claim cites: 2." {
		t.Errorf("exhibits that no claim cites: %+v", unused)
	}
	if missing := found["proof.missing"]; missing.Mend.Deed != "proof.show" || missing.Mend.Ref.ID == "" {
		t.Errorf("missing proof: %+v", missing)
	}
	if v.Exhibits[0].Cited != 1 || v.Exhibits[1].Cited != 0 {
		t.Errorf("cited %d and %d times", v.Exhibits[0].Cited, v.Exhibits[1].Cited)
	}
	_, err = d.ExportBundle(t.Context(), desk.BundleRequest{DisputeID: dispute.ID, Dir: t.TempDir()}, nil)
	if !errors.Is(err, data.ErrInvalid) {
		t.Errorf("a citation that leads nowhere was exported: %v", err)
	}
	if _, err := d.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	if v, err = d.Bundle(t.Context(), dispute.ID); err != nil || len(v.Statement.Claims) != 0 {
		t.Errorf("after undo: %+v %v", v.Statement, err)
	}
}

// exported binds a dispute into a new folder.
func exported(t *testing.T, d *desk.Desk, r desk.BundleRequest) desk.BundleReport {
	t.Helper()
	r.Dir = t.TempDir()
	report, err := d.ExportBundle(t.Context(), r, nil)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// What the seller alone reads is in the seller's language, and what goes to the platform
// is in the bundle's. A window that speaks another language makes no new version.
func TestTheSellerReadsWhatToUploadInHisLanguage(t *testing.T) {
	d, dispute, _ := bindable(t)
	request := desk.BundleRequest{DisputeID: dispute.ID, Profile: "aliexpress", Reads: "zh-CN"}
	made := exported(t, d, request)
	text := func(r desk.BundleReport, name string) string {
		raw, err := os.ReadFile(filepath.Join(r.FormDir, name))
		if err != nil {
			t.Fatal(err)
		}
		return string(raw)
	}
	if told := text(made, "READ-FIRST.txt"); !strings.Contains(told, "请按此顺序上传以下文件：") || strings.Contains(told, "Upload these files") {
		t.Errorf("READ-FIRST.txt: %s", told)
	}
	english := request
	english.Reads = "en"
	if again := exported(t, d, english); !again.Again || text(again, "READ-FIRST.txt") != text(made, "READ-FIRST.txt") {
		t.Errorf("another language of the window gave another version: %+v", again.Submission)
	}
	if changes, err := d.ChangesSince(t.Context(), english); err != nil || len(changes) > 0 {
		t.Errorf("and changes: %q %v", changes, err)
	}
	paypal := exported(t, d, desk.BundleRequest{DisputeID: dispute.ID, Profile: "paypal", Language: "zh-TW", Reads: "en"})
	if told := text(paypal, "READ-FIRST.txt"); !strings.Contains(told, "Upload these files") {
		t.Errorf("READ-FIRST.txt: %s", told)
	}
}

func TestSubmissionIsFrozen(t *testing.T) {
	d, dispute, all := bindable(t)
	request := desk.BundleRequest{DisputeID: dispute.ID}
	first := exported(t, d, request)
	if again := exported(t, d, request); !again.Again || again.Submission.UID != first.Submission.UID {
		t.Errorf("an unchanged case gave another version: %+v", again.Submission)
	}
	edit := desk.EvidenceEdit{Kind: data.KindPhoto, Note: "The lantern, from above"}
	if _, err := d.EditEvidence(t.Context(), all[0].ID, edit); err != nil {
		t.Fatal(err)
	}
	if err := d.PutStatement(t.Context(), dispute.ID, data.Statement{Language: "en", Claims: []data.Claim{{Text: "It was sent."}}}); err != nil {
		t.Fatal(err)
	}
	changes, err := d.ChangesSince(t.Context(), request)
	want := []string{"exhibit.described goods.png", "statement.changed"}
	if err != nil || !slices.Equal(changes, want) {
		t.Errorf("changes %q %v, want %q", changes, err, want)
	}
	second := exported(t, d, request)
	if second.Submission.Version != 2 || !slices.Equal(second.Submission.Changes, want) || second.Submission.BagSHA256 == first.Submission.BagSHA256 {
		t.Errorf("%+v", second.Submission)
	}
	back, err := d.Rebuild(t.Context(), first.Submission.UID, t.TempDir(), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, pair := range [][2]string{{first.PDFPath, back.PDFPath}, {first.BagPath, back.BagPath}} {
		one, err1 := os.ReadFile(pair[0])
		two, err2 := os.ReadFile(pair[1])
		if err1 != nil || err2 != nil || !bytes.Equal(one, two) {
			t.Errorf("%s came out otherwise: %v %v", filepath.Base(pair[0]), err1, err2)
		}
	}
}

func TestRebuildSaysWhichInputIsGone(t *testing.T) {
	d, dispute, all := bindable(t)
	made := exported(t, d, desk.BundleRequest{DisputeID: dispute.ID})
	key := filepath.Join(d.Dir(), "signing.key")
	if err := os.Rename(key, key+".away"); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	_, err := d.Rebuild(t.Context(), made.Submission.UID, dir, nil)
	if !errors.Is(err, data.ErrNotFound) || !strings.Contains(err.Error(), made.Submission.Signer) {
		t.Errorf("the key is gone: %v", err)
	}
	if err := os.Rename(key+".away", key); err != nil {
		t.Fatal(err)
	}
	sum := all[0].SHA256
	var original string
	err = filepath.WalkDir(filepath.Join(d.Dir(), "vault"), func(path string, _ os.DirEntry, err error) error {
		if strings.Contains(filepath.Base(path), sum) || strings.Contains(strings.ReplaceAll(path, string(filepath.Separator), ""), sum) {
			original = path
		}
		return err
	})
	if err != nil || original == "" {
		t.Fatalf("no original in the vault: %v", err)
	}
	if err := os.Chmod(original, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(original, []byte("something else"), 0o644); err != nil {
		t.Fatal(err)
	}
	_, err = d.Rebuild(t.Context(), made.Submission.UID, dir, nil)
	if !errors.Is(err, data.ErrDamaged) || !strings.Contains(err.Error(), "goods.png") {
		t.Errorf("an original is not what it was: %v", err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
		t.Errorf("files were left: %v %v", left, err)
	}
}

func TestSubmissionIsMarkedAsSent(t *testing.T) {
	d, dispute, all := bindable(t)
	made := exported(t, d, desk.BundleRequest{DisputeID: dispute.ID}).Submission
	if _, err := d.MarkSent(t.Context(), made.UID, desk.SentNote{At: clock.Add(time.Hour)}); !errors.Is(err, data.ErrInvalid) {
		t.Errorf("sent in the future: %v", err)
	}
	if _, err := d.MarkSent(t.Context(), made.UID, desk.SentNote{At: clock, Receipt: "nobody"}); !errors.Is(err, data.ErrNotFound) {
		t.Errorf("a receipt that does not exist: %v", err)
	}
	note := desk.SentNote{At: clock.Add(-time.Minute), Note: "Resolution Center, 88-1", Receipt: all[2].UID}
	if _, err := d.MarkSent(t.Context(), made.UID, note); err != nil {
		t.Fatal(err)
	}
	v, err := d.Dispute(t.Context(), dispute.ID)
	if err != nil || len(v.Submissions) != 1 {
		t.Fatalf("%+v %v", v.Submissions, err)
	}
	if s := v.Submissions[0]; !s.SentAt.Equal(note.At) || s.SentBy != "Tester" || s.SentNote != note.Note || s.Receipt != all[2].UID || s.BagSHA256 != made.BagSHA256 {
		t.Errorf("%+v", s)
	}
	if _, err := d.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	if v, err = d.Dispute(t.Context(), dispute.ID); err != nil || !v.Submissions[0].SentAt.IsZero() {
		t.Errorf("after undo: %+v %v", v.Submissions, err)
	}
}

// A claim goes on citing what it cited when a copy takes its place.
func TestClaimsCiteTheCopy(t *testing.T) {
	d, dispute, all := bindable(t)
	said := data.Statement{Language: "en", Claims: []data.Claim{{Text: "It was delivered.", Cites: []data.Cite{{Evidence: all[1].UID}, {Evidence: all[2].UID}}}}}
	if err := d.PutStatement(t.Context(), dispute.ID, said); err != nil {
		t.Fatal(err)
	}
	cited := func() []data.Cite {
		v, err := d.Bundle(t.Context(), dispute.ID)
		if err != nil {
			t.Fatal(err)
		}
		return v.Statement.Claims[0].Cites
	}
	for n := range 2 { // the second time claims cite the first copy
		made, err := d.MarkPicture(t.Context(), dispute.ID, all[1].ID, []data.Edit{{Kind: data.EditBox, X: 10, Y: 20, W: 40, H: 30 + n}})
		if err != nil {
			t.Fatal(err)
		}
		if want := []data.Cite{{Evidence: made.UID}, {Evidence: all[2].UID}}; !slices.Equal(cited(), want) {
			t.Errorf("cited are %+v, want %+v", cited(), want)
		}
	}
	for range 2 {
		if _, err := d.Undo(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if !slices.Equal(cited(), said.Claims[0].Cites) {
		t.Errorf("after undo: %+v", cited())
	}
}

// What came in to show that a bundle arrived does not make the next one another.
func TestReceiptIsNoExhibit(t *testing.T) {
	d, dispute, _ := bindable(t)
	r := desk.BundleRequest{DisputeID: dispute.ID}
	made := exported(t, d, r).Submission
	report, err := d.AddEvidence(t.Context(), dispute.ID, []desk.EvidenceFile{{Name: "receipt.txt", Bytes: []byte("We received your documents.")}}, nil)
	if err != nil || len(report.Added) != 1 {
		t.Fatalf("%+v %v", report, err)
	}
	if changes, err := d.ChangesSince(t.Context(), r); err != nil || len(changes) == 0 {
		t.Errorf("evidence was added: %q %v", changes, err)
	}
	if _, err := d.MarkSent(t.Context(), made.UID, desk.SentNote{At: clock, Receipt: report.Added[0].UID}); err != nil {
		t.Fatal(err)
	}
	if changes, err := d.ChangesSince(t.Context(), r); err != nil || len(changes) != 0 {
		t.Errorf("it is a receipt: %q %v", changes, err)
	}
}

func TestFormFilesAreVerifiedBesideTheBag(t *testing.T) {
	d, dispute, _ := bindable(t)
	made := exported(t, d, desk.BundleRequest{DisputeID: dispute.ID, Profile: "paypal"})
	if made.Submission.Profile != "paypal" || len(made.FormFiles) == 0 || !made.Plan.Fits {
		t.Fatalf("%+v", made)
	}
	intact, err := desk.Verify(t.Context(), desk.VerifyRequest{Path: made.BagPath, Code: filepath.Join(os.TempDir(), "casebinder-test-pages")}, nil)
	if err != nil || !intact.Intact || intact.Known || intact.Desk != "" {
		t.Errorf("%+v %v", intact, err)
	}
	own, err := desk.Verify(t.Context(), desk.VerifyRequest{Path: made.BagPath, Desk: d.Dir(), Code: filepath.Join(os.TempDir(), "casebinder-test-pages")}, nil)
	if err != nil || !own.Intact || !own.Known || own.Desk != d.Dir() {
		t.Errorf("beside the desk that made it: %+v %v", own, err)
	}
	if open, err := d.Verify(t.Context(), made.BagPath, nil); err != nil || !open.Known || open.Desk != d.Dir() {
		t.Errorf("on the desk that made it: %+v %v", open, err)
	}
	raw, err := os.ReadFile(made.FormFiles[0])
	if err != nil {
		t.Fatal(err)
	}
	raw[len(raw)/2] ^= 1
	if err := os.WriteFile(made.FormFiles[0], raw, 0o644); err != nil {
		t.Fatal(err)
	}
	altered, err := desk.Verify(t.Context(), desk.VerifyRequest{Path: made.BagPath, Code: filepath.Join(os.TempDir(), "casebinder-test-pages")}, nil)
	if err != nil || altered.Intact || !slices.ContainsFunc(altered.Findings, func(f data.Finding) bool {
		return len(f.Where) > 0 && strings.HasSuffix(f.Where[0].ID, filepath.Base(made.FormFiles[0]))
	}) {
		t.Errorf("an altered upload was not named: %+v %v", altered, err)
	}
}

func TestOriginalBesideItsRedactedCopyIsRefused(t *testing.T) {
	d, dispute, all := bindable(t)
	if _, err := d.MarkPicture(t.Context(), dispute.ID, all[1].ID, []data.Edit{{Kind: data.EditBox, X: 10, Y: 20, W: 40, H: 30}}); err != nil {
		t.Fatal(err)
	}
	exported(t, d, desk.BundleRequest{DisputeID: dispute.ID})
	v, err := d.Bundle(t.Context(), dispute.ID)
	if err != nil {
		t.Fatal(err)
	}
	var list []data.Exhibit
	for _, x := range v.Exhibits {
		x.Exhibit.Included = true
		list = append(list, x.Exhibit)
	}
	if err := d.ArrangeExhibits(t.Context(), dispute.ID, list); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	_, err = d.ExportBundle(t.Context(), desk.BundleRequest{DisputeID: dispute.ID, Dir: dir}, nil)
	if !errors.Is(err, data.ErrRefused) || !strings.Contains(err.Error(), "scan.png") || !strings.Contains(err.Error(), "scan-redacted.png") {
		t.Errorf("the original went out beside its copy: %v", err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
		t.Errorf("files were left: %v %v", left, err)
	}
}
