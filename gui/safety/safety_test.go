package safety

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"casebinder/data/desk"
	"casebinder/gui/guitest"
	"casebinder/gui/kit"
	"casebinder/gui/words"
)

func TestTheCheckSaysSoundAndThenTheFaultAndWhatToDo(t *testing.T) {
	b, d, dispute := guitest.RealCase(t)
	var repaired string
	room := New(b.Env, d, func(dir string) { repaired = dir })
	report, err := d.AddEvidence(t.Context(), dispute.ID, []desk.EvidenceFile{{Name: "one.txt", Bytes: []byte("delivered on 30 July")}}, nil)
	if err != nil || len(report.Added) != 1 {
		t.Fatal(report, err)
	}
	room.Open()
	b.Shows(t, "This desk has not been checked yet.")
	b.Press(t, "Check now")
	b.Shows(t, "✓ no faults found", "evidence files looked up: 1 (20 B)")
	sha := report.Added[0].SHA256
	file := filepath.Join(d.Dir(), "vault", sha[:2], sha[2:])
	if err := os.Chmod(file, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte("delivered on 31 July"), 0o600); err != nil { // as long as before: only reading shows it
		t.Fatal(err)
	}
	b.Press(t, "Check now")
	b.Shows(t, "✓ no faults found")
	guitest.Find[*kit.Check](b)[0].SetChecked(true)
	b.Press(t, "Check now")
	b.Shows(t, "✗ 1 fault found", "evidence files read: 1", "The file of evidence one.txt was altered", "Put the file back from a backup", "casebinder repair --out")
	b.Hides(t, "✓ no faults found")
	b.NoKeysOf(t, "safety", "check", "do", "repair")
	b.Press(t, words.T("do.close"))
	room.Open() // the last result is told again
	b.Shows(t, "✗ 1 fault found", "The file of evidence one.txt was altered")
	b.ChooseDir = func(_, _ string, then func(string)) { then("/new") }
	b.Press(t, words.T("safety.repair"))
	if repaired != "/new" || b.UI.SheetOpen() {
		t.Errorf("repaired into %q, a sheet is open: %v", repaired, b.UI.SheetOpen())
	}
}

func TestTheKeyIsKeptAndBroughtBack(t *testing.T) {
	b, d := guitest.Real(t)
	before, err := d.SigningKey(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	room := New(b.Env, d, func(string) {})
	path := filepath.Join(t.TempDir(), "copy.age")
	asked := 0
	b.SaveFile = func(_, _ string, then func(string)) { asked++; then(path) }
	room.Open()
	b.Press(t, words.T("safety.key.keep"))
	b.Shows(t, "Save a copy of the key")
	b.Hides(t, words.T("safety.key.keep")) // the title of the sheet has no dots
	fields := secrets(b)
	if len(fields) != 2 {
		t.Fatalf("%d fields", len(fields))
	}
	fields[0].SetText("four unrelated words here")
	fields[1].SetText("four unrelated words hear")
	b.Press(t, words.T("safety.key.next"))
	b.Shows(t, "The two passphrases are not the same.")
	if asked != 0 {
		t.Error("it asked where to write a key that cannot be locked")
	}
	fields[1].SetText("four unrelated words here")
	b.Press(t, words.T("safety.key.next"))
	text, err := os.ReadFile(path)
	if err != nil || !strings.HasPrefix(string(text), "-----BEGIN AGE ENCRYPTED FILE-----") {
		t.Fatalf("the copy: %.40q, %v", text, err)
	}
	if err := os.Remove(filepath.Join(d.Dir(), "signing.key")); err != nil {
		t.Fatal(err)
	}
	b.ChooseFiles = func(_ string, _ []string, then func([]string)) { then([]string{path}) }
	b.Press(t, words.T("safety.key.bring"))
	secrets(b)[0].SetText("another passphrase")
	b.Press(t, words.T("safety.key.put"))
	b.Shows(t, "cannot be read with this passphrase")
	secrets(b)[0].SetText("four unrelated words here")
	b.Press(t, words.T("safety.key.put"))
	after, err := d.SigningKey(t.Context())
	if err != nil || after.Fingerprint != before.Fingerprint {
		t.Errorf("it signs with %s instead of %s, %v", after.Fingerprint, before.Fingerprint, err)
	}
}

func secrets(b *guitest.Bench) (list []*kit.Entry) {
	for _, e := range guitest.Find[*kit.Entry](b) {
		if e.Password {
			list = append(list, e)
		}
	}
	return list
}

func TestTheSheetSpeaksEachLanguage(t *testing.T) {
	b, d := guitest.Real(t)
	for language, want := range map[string]string{words.Simplified: "检查此工作台", words.Traditional: "檢查此工作台"} {
		words.Set(language)
		room := New(b.Env, d, func(string) {})
		room.Open()
		b.Shows(t, want)
		b.NoRawKeys(t)
		b.Press(t, words.T("do.close"))
	}
}
