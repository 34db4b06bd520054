package bind

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"casebinder/assets"
	"casebinder/data"
	"casebinder/data/bundle"
	"casebinder/data/desk"
	"casebinder/gui/clip"
	"casebinder/gui/guitest"
	"casebinder/gui/words"
)

// sentDesk is a fake desk whose dispute was bound twice.
type sentDesk struct {
	*boundDesk
	since    []string
	asked    []desk.BundleRequest
	notes    map[string]desk.SentNote
	rebuilt  []string // "uid into folder"
	rebuild  error
	rejected error // of a receipt
}

func (d *sentDesk) ChangesSince(_ context.Context, r desk.BundleRequest) ([]string, error) {
	d.asked = append(d.asked, r)
	return d.since, nil
}

func (d *sentDesk) MarkSent(_ context.Context, uid string, n desk.SentNote) (data.Submission, error) {
	d.notes[uid] = n
	return data.Submission{}, nil
}

func (d *sentDesk) Rebuild(_ context.Context, uid, dir string, _ desk.Progress) (desk.BundleReport, error) {
	if d.rebuild != nil {
		return desk.BundleReport{}, d.rebuild
	}
	d.rebuilt = append(d.rebuilt, uid+" into "+dir)
	return desk.BundleReport{PDFPath: filepath.Join(dir, "b.pdf"), BagPath: filepath.Join(dir, "b.zip"), Again: true}, nil
}

func (d *sentDesk) AddEvidence(ctx context.Context, disputeID int64, files []desk.EvidenceFile, p desk.Progress) (desk.EvidenceReport, error) {
	if d.rejected != nil {
		return desk.EvidenceReport{Rejected: []desk.RejectedFile{{Name: files[0].Name, Reason: d.rejected}}}, nil
	}
	r, err := d.boundDesk.AddEvidence(ctx, disputeID, files, p)
	for i := range r.Added {
		r.Added[i].UID, r.Added[i].Name = "receipt", filepath.Base(files[i].Path+files[i].Name)
	}
	return r, err
}

func versions() []data.Submission {
	return []data.Submission{
		{
			UID: "s1", DisputeID: 21, Version: 1, Profile: "aliexpress", Language: "es", CreatedAt: guitest.At(18, 9), CreatedBy: "Mei", PDFName: "a.pdf", PDFSHA256: strings.Repeat("ab", 32),
			BagName: "a.zip", BagSHA256: strings.Repeat("cd", 32), Pages: 9, Exhibits: 2, Bytes: 3, Signer: "SHA256:one", Mask: []data.MaskKind{data.MaskPhone, data.MaskEmail},
			SentAt: guitest.At(18, 11), SentBy: "Mei", SentNote: "Resolution Center 88-1", Receipt: "p31",
		},
		{
			UID: "s2", DisputeID: 21, Version: 2, Profile: "plain", Language: "en", CreatedAt: guitest.At(19, 9), CreatedBy: "Lin", PDFName: "b.pdf", PDFSHA256: strings.Repeat("12", 32),
			BagName: "b.zip", BagSHA256: strings.Repeat("34", 32), Pages: 11, Exhibits: 3, Bytes: 7, Changes: []string{"exhibit.added label.png", "messages.added 3"},
		},
	}
}

// submitted shows the bundles of the dispute on a bench.
func submitted(t *testing.T, language string, list []data.Submission, since ...string) (*guitest.Bench, *sentDesk, *Submissions) {
	t.Helper()
	b := guitest.New(t, language)
	d := &sentDesk{boundDesk: boundOn(b), since: since, notes: map[string]desk.SentNote{}}
	view := b.Fake.Disputes[21]
	view.Submissions = list
	view.Evidence = []data.Evidence{guitest.Parcel()}
	b.Fake.Disputes[21] = view
	s := NewSubmissions(b.Env, d, func() { b.Went = append(b.Went, "compose") }, func(data.Evidence) {})
	b.Blank()
	b.Window.SetContent(b.UI.Frame(s.Content()))
	setSubmissions(t, b, s, true)
	return b, d, s
}

// setSubmissions shows the bundles of the fake dispute, as its pane does.
func setSubmissions(t *testing.T, b *guitest.Bench, s *Submissions, fresh bool) {
	t.Helper()
	v, err := b.Fake.Case(t.Context(), 21)
	if err != nil {
		t.Fatal(err)
	}
	s.Set(v, guitest.Now, fresh)
}

func TestBundlesAreListedNewestFirst(t *testing.T) {
	b, d, _ := submitted(t, words.English, versions())
	b.Shows(t, "Version 2", "not sent", "The whole bundle", "11 pages · 3 exhibits · 7 B", "nothing", "b.zip · SHA-256 343434343434…",
		"Changed since version 1:", "· Exhibit added: label.png", "· 3 messages added", "not signed",
		"Version 1", "✓ sent", "AliExpress: dispute", "Spanish", "phones, e-mail", "SHA256:one", "by Mei", "Resolution Center 88-1", "Receipt: parcel.png")
	all := b.Texts()
	if first, second := slices.Index(all, "Version 2"), slices.Index(all, "Version 1"); first < 0 || second < first {
		t.Errorf("version 2 is text %d, version 1 text %d", first, second)
	}
	if len(d.asked) == 0 || d.asked[0].Profile != "plain" || d.asked[0].Language != "en" || d.asked[0].DisputeID != 21 {
		t.Errorf("compared with %+v", d.asked)
	}
}

func TestOldBundleIsPointedOut(t *testing.T) {
	b, _, _ := submitted(t, words.English, versions(), "exhibit.removed scan.png", "program.changed Casebinder 2.0")
	b.Shows(t, "△ The dispute has changed since version 2", "· Exhibit left out: scan.png")
	if all := strings.Join(b.Texts(), "\n"); strings.Contains(all, "Made by") {
		t.Error("another version of the program counts as a change of the case")
	}
	b, _, _ = submitted(t, words.English, versions()[:1], "statement.changed")
	b.Shows(t, "△ What was sent is out of date: the dispute has changed since version 1", "· Statement changed")
	b, _, _ = submitted(t, words.English, versions(), "program.changed Casebinder 2.0")
	if all := strings.Join(b.Texts(), "\n"); strings.Contains(all, "△ The case has changed") {
		t.Error("nothing but the program changed")
	}
}

func TestNoBundleSaysWhatToDoFirst(t *testing.T) {
	b, _, _ := submitted(t, words.Traditional, nil)
	b.Shows(t, "還沒有證據包")
	b.TapFirst(t, words.T("dispute.bundle"))
	if !slices.Contains(b.Went, any("compose")) {
		t.Error("the button does not lead to where it is composed")
	}
}

func TestBundleIsMarkedAsSent(t *testing.T) {
	b, d, _ := submitted(t, words.English, versions())
	b.TapFirst(t, "Mark as sent…")
	b.Shows(t, "Version 2 was sent", "no receipt", "parcel.png")
	b.UI.Save()
	if n, ok := d.notes["s2"]; !ok || !n.At.Equal(guitest.Now) || n.Receipt != "" {
		t.Errorf("%+v", d.notes)
	}
	b.TapFirst(t, "Change sending…")
	b.UI.Save()
	if n := d.notes["s1"]; !n.At.Equal(guitest.At(18, 11)) || n.Note != "Resolution Center 88-1" || n.Receipt != "p31" {
		t.Errorf("saved without a change: %+v", n)
	}
	b.TapFirst(t, "Mark as not sent")
	if n := d.notes["s1"]; n != (desk.SentNote{}) {
		t.Errorf("taken back: %+v", n)
	}
}

func TestReceiptIsTakenInFirst(t *testing.T) {
	b, d, _ := submitted(t, words.English, versions())
	b.ChooseFiles = func(_ string, _ []string, then func([]string)) { then([]string{"/tmp/confirmation.png"}) }
	b.TapFirst(t, "Mark as sent…")
	d.rejected = errors.New("confirmation.png cannot be imported")
	b.TapFirst(t, words.T("submission.receipt.attach"))
	b.Shows(t, "confirmation.png cannot be imported")
	d.rejected = nil
	b.TapFirst(t, words.T("submission.receipt.attach"))
	if len(d.Added) != 1 || d.Added[0].Kind != "" || d.Added[0].Note == "" || d.Added[0].Path != "/tmp/confirmation.png" {
		t.Fatalf("%+v", d.Added)
	}
	b.Clipboard = guitest.Holds(clip.Content{Picture: []byte("PNG")})
	b.TapFirst(t, words.T("evidence.paste"))
	if len(d.Added) != 2 || string(d.Added[1].Bytes) != "PNG" || d.Added[1].Kind != "" || d.Added[1].Note == "" {
		t.Fatalf("%+v", d.Added)
	}
	b.UI.Save()
	if n := d.notes["s2"]; n.Receipt != "receipt" {
		t.Errorf("%+v", n)
	}
}

func TestEvidenceOfOneNameIsToldApart(t *testing.T) {
	b, _, s := submitted(t, words.English, nil)
	v, err := b.Fake.Case(t.Context(), 21)
	if err != nil {
		t.Fatal(err)
	}
	twin := guitest.Parcel()
	twin.UID = "p32"
	v.Evidence = append(v.Evidence, twin)
	if f := newReceiptField(s.env, v, "p31"); f.choice.Value() != "p31" {
		t.Errorf("chosen is %q", f.choice.Value())
	}
}

func TestBundleIsMadeAgain(t *testing.T) {
	b, d, _ := submitted(t, words.English, versions())
	b.ChooseDir = func(_, _ string, then func(string)) { then("/tmp/again") }
	b.TapFirst(t, "Make again…")
	if !slices.Equal(d.rebuilt, []string{"s2 into /tmp/again"}) {
		t.Errorf("%q", d.rebuilt)
	}
	b.Shows(t, "✓ The same bytes", filepath.Join("/tmp/again", "b.zip"))
	b, d, _ = submitted(t, words.English, versions())
	b.ChooseDir = func(_, _ string, then func(string)) { then("/tmp/again") }
	d.rebuild = errors.New("the original label.png is gone")
	b.TapFirst(t, "Make again…")
	b.Shows(t, "the original label.png is gone")
}

func TestFolderIsOfferedWhereTheFilesAre(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "b.zip"), []byte("7 bytes"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "a.zip"), []byte("another file of this name"), 0o600); err != nil {
		t.Fatal(err)
	}
	b, _, s := submitted(t, words.English, versions())
	if n := strings.Count(strings.Join(b.Texts(), "\n"), "Open folder"); n != 0 {
		t.Errorf("%d folders are offered", n)
	}
	b.UI.Keep(folderKey, dir)
	setSubmissions(t, b, s, false)
	if n := strings.Count(strings.Join(b.Texts(), "\n"), "Open folder"); n != 1 {
		t.Errorf("%d folders are offered, one has the bundle", n)
	}
	opened := ""
	b.OpenPath = func(path string) { opened = path }
	b.TapFirst(t, "Open folder")
	if opened != dir {
		t.Errorf("opened %q", opened)
	}
	b.UI.Keep(folderKey, "/elsewhere") // the next bundle went elsewhere; this one is remembered
	setSubmissions(t, b, s, false)
	if n := strings.Count(strings.Join(b.Texts(), "\n"), "Open folder"); n != 1 {
		t.Errorf("%d folders are offered later", n)
	}
}

// allChanges are the keys of all changes that a submission can tell of.
var allChanges = []string{
	"claim.changed", "erased.added", "erased.removed", "events.added", "events.removed", "exhibit.added", "exhibit.described", "exhibit.removed", "exhibits.moved",
	"language.changed", "mask.changed", "messages.added", "messages.removed", "profile.changed", "program.changed",
	"scans.added", "scans.removed", "signer.changed", "statement.changed",
}

func TestEveryChangeHasWords(t *testing.T) {
	for _, language := range words.Languages() {
		words.Set(language)
		for _, key := range allChanges {
			if said := changeWords(key + " 7"); strings.Contains(said, "change.") || strings.Contains(said, "{") {
				t.Errorf("%s: %s is %q", language, key, said)
			}
		}
	}
	words.Set(words.English)
	text, err := fs.ReadFile(assets.FS, "lang/bind.en.json")
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	if err := json.Unmarshal(text, &all); err != nil {
		t.Fatal(err)
	}
	for key := range all {
		if change, ok := strings.CutPrefix(key, "change."); ok && !slices.Contains(allChanges, change) {
			t.Errorf("%s has words and is no change", key)
		}
	}
}

// What package bundle tells of two cases that differ in everything is on the
// list above.
func TestChangesOfCasesAreKnown(t *testing.T) {
	scan := data.TrackingEvent{At: guitest.At(3, 3)}
	less := bundle.Case{
		Exhibits: []bundle.Exhibit{{Evidence: data.Evidence{UID: "a", Name: "a.png"}}, {Evidence: data.Evidence{UID: "b", Name: "b.png"}}, {Evidence: data.Evidence{UID: "c", Name: "c.png"}}},
	}
	more := bundle.Case{
		Exhibits: []bundle.Exhibit{{Evidence: data.Evidence{UID: "b", Name: "b.png"}}, {Evidence: data.Evidence{UID: "a", Name: "a.png"}, Title: "A"}, {Evidence: data.Evidence{UID: "d", Name: "d.png"}}},
		Messages: []data.Message{{}}, Language: "zh-CN", Mask: []data.MaskKind{data.MaskName}, Program: "Casebinder 9",
		Statement: data.Statement{Claims: []data.Claim{{Text: "So it is."}}}, Erased: []bundle.ErasedFile{{}},
		Dispute: data.Dispute{Claim: "lost", Events: []data.CaseEvent{{}}},
		Order:   data.Order{Shipments: []data.Shipment{{Events: []data.TrackingEvent{scan}}}},
	}
	seen := map[string]bool{"profile.changed": true, "signer.changed": true} // told by the desk
	for _, change := range append(bundle.Changes(&less, &more), bundle.Changes(&more, &less)...) {
		key, _, _ := strings.Cut(change, " ")
		seen[key] = true
		if !slices.Contains(allChanges, key) {
			t.Errorf("%q is not on the list", change)
		}
	}
	for _, key := range allChanges {
		if !seen[key] {
			t.Errorf("%s never comes", key)
		}
	}
}

func TestBundlesSpeakEachLanguage(t *testing.T) {
	for language, want := range map[string][]string{
		words.English: {"Mark as sent…", "Make again…"}, words.Simplified: {"标记为已提交…", "重新生成…", "新增证据：label.png"}, words.Traditional: {"標記為已提交…", "重新產生…", "新增證據：label.png"},
	} {
		b, _, _ := submitted(t, language, versions(), "scans.added 2")
		b.Shows(t, want...)
		b.NoRawKeys(t)
		b.TapFirst(t, want[0])
		b.NoRawKeys(t)
	}
}
