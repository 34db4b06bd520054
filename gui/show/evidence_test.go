package show_test

import (
	"strings"
	"testing"

	"casebinder/data"
	"casebinder/gui/clip"
	"casebinder/gui/guitest"
	"casebinder/gui/kit"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

func TestAddingEvidence(t *testing.T) {
	b := guitest.New(t, words.English)
	b.Blank()
	to := show.Target{OrderID: 11, DisputeID: 21}
	b.AddFiles(to, []string{"/x/Screenshot 1.png", "/x/setup.exe"}, "drop")
	b.Shows(t, "What do these 2 files show?", "Screenshot 1.png", "Say it later")
	if len(b.Fake.Added) != 0 {
		t.Fatal("taken in before the answer")
	}
	b.UI.Save()
	if len(b.Fake.Added) != 1 || b.Fake.Added[0].Kind != "" || b.Fake.Added[0].Source != "drop" {
		t.Errorf("added: %+v", b.Fake.Added)
	}
	b.Shows(t, "Some files were not added", "/x/setup.exe", "cannot be imported")
	b.Paste(to)
	if len(b.Fake.Added) != 1 {
		t.Fatal("an empty clipboard became evidence")
	}
	b.Clipboard = guitest.Holds(clip.Content{Picture: []byte("a picture")})
	b.Paste(to)
	b.UI.Save()
	last := b.Fake.Added[len(b.Fake.Added)-1]
	if last.Name != "screenshot-20251120-080000.png" || last.Kind != data.KindScreenshot || last.Source != "paste" || string(last.Bytes) != "a picture" {
		t.Errorf("pasted: %+v", last)
	}
	b.Clipboard = guitest.Holds(clip.Content{Files: []string{"/x/label.jpg"}})
	b.Paste(to)
	kind, ok := b.Window.Canvas().Focused().(*kit.Choice[data.EvidenceKind])
	if !ok {
		t.Fatal("the question has no choice")
	}
	kind.Set(data.KindMessage)
	b.UI.Save()
	if last := b.Fake.Added[len(b.Fake.Added)-1]; last.Kind != data.KindMessage || last.Path != "/x/label.jpg" || last.Name != "label.jpg" {
		t.Errorf("a copied file, said to be a message: %+v", last)
	}
	n := len(b.Fake.Added)
	b.Clipboard = func(then func(clip.Content, error)) { then(clip.Content{}, clip.ProblemBusy.New()) }
	b.Paste(to)
	b.Shows(t, "Another program is using the clipboard.")
	if len(b.Fake.Added) != n {
		t.Error("a clipboard that could not be read became evidence")
	}
}

func TestEditingEvidenceKeepsTheSecondsOfTheCamera(t *testing.T) {
	b := guitest.New(t, words.English)
	b.Blank()
	e := b.Fake.Disputes[21].Evidence[0]
	show.EditEvidenceSheet(b.Env, e, "Asia/Shanghai")
	b.UI.Save()
	if len(b.Fake.Edits) != 1 || !b.Fake.Edits[0].CapturedAt.Equal(e.CapturedAt) {
		t.Fatalf("edits: %+v, want the capture time %v untouched", b.Fake.Edits, e.CapturedAt)
	}
}

func TestEvidenceTellsOfItsCopies(t *testing.T) {
	b := guitest.New(t, words.English)
	l := show.NewEvidenceList(b.Env, b.Env.Pictures(), "proof", func() {})
	l.CaseID = 21
	redacted := data.Evidence{ID: 32, UID: "c32", CopyOf: "p31", Name: "parcel-redacted.png", Edits: []data.Edit{{Kind: data.EditBox}}}
	orphan := data.Evidence{ID: 33, UID: "c33", CopyOf: "gone", Name: "x-marked.png", MIME: "image/png", Edits: []data.Edit{{Kind: data.EditArrow}}}
	text := data.Evidence{ID: 34, UID: "t34", Name: "terms.txt", MIME: "text/plain"}
	b.Window.SetContent(b.UI.Frame(l.Scroll))
	l.Set([]data.Evidence{guitest.Parcel(), redacted, orphan, text}, "UTC", true)
	b.Shows(t, "1 edited copy", "Redacted copy of parcel.png", "Edited copy of a file that is not in this list")
	if got := strings.Count(strings.Join(b.Texts(), "\n"), words.T("redact.do")); got != 2 {
		t.Errorf("%d files can be marked, want the 2 pictures", got)
	}
}

// A file that was erased says when and why in the place of its picture, and offers
// nothing that would need it.
func TestErasedEvidenceSaysSo(t *testing.T) {
	for _, language := range words.Languages() {
		b := guitest.New(t, language)
		b.Blank()
		e := b.Fake.Disputes[21].Evidence[0]
		e.ErasedAt, e.ErasedFor, e.ReplacedBy = e.CapturedAt, data.GroundRequest, "a copy"
		list := show.NewEvidenceList(b.Env, b.Pictures(), "proof", nil)
		list.Set([]data.Evidence{e}, "Asia/Shanghai", true)
		b.UI.Open(kit.Sheet{Name: "list", Title: "list", Width: 600, Height: 400, Body: list.Scroll})
		b.Shows(t, e.Name, words.T("evidence.erased.mark"), words.T("evidence.erased.request"), words.T("evidence.erased.copy"))
		b.Hides(t, words.T("evidence.open"), words.T("redact.do"), words.T("evidence.remove"))
		b.NoRawKeys(t)
		if b.Fake.Pictures != 0 {
			t.Errorf("%s: a picture that is gone was asked for", language)
		}
	}
}
