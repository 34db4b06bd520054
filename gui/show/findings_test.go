package show_test

import (
	"path/filepath"
	"slices"
	"testing"
	"time"

	"casebinder/data"
	"casebinder/gui/guitest"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

func TestAFindingSaysHowBadWhyWhereHowAndWhence(t *testing.T) {
	b := guitest.New(t, words.English)
	b.Blank()
	serious := data.Finding{
		Rule: "contradiction.tracking", Severity: data.Serious, Why: data.Text{English: "The number belongs to another order."}, How: data.Text{English: "Correct it."},
		Where: []data.Ref{{Kind: "shipment", ID: "LX1CN", Label: "Post LX1CN"}, {Kind: "shipment", ID: "LX1CN", Label: "Post LX1CN"}},
		Mend:  data.Mend{Deed: "order.edit", Ref: data.Ref{Kind: "order", ID: "8123"}}, Origin: data.Origin{Source: "help.example", Edition: "2025-01", Confidence: data.ThirdParty},
	}
	unknown := data.Finding{Rule: "x", Severity: data.Blocking, Where: []data.Ref{{Kind: "file", ID: filepath.Join(t.TempDir(), "mail.eml")}}, Why: data.Text{English: "The form refuses it."}, Mend: data.Mend{Deed: "nobody.knows"}}
	note := data.Finding{Rule: "y", Severity: data.Info, Why: data.Text{English: "A note."}}
	pass := data.Pass{Key: note.Key(), By: "Lin", At: time.Now(), Reason: "it is known"}
	all := data.WithPasses([]data.Finding{note, serious, unknown}, []data.Pass{pass})
	if show.Standing(all) != 2 {
		t.Errorf("%d stand", show.Standing(all))
	}
	var did []string
	note1 := func(what string) func() { return func() { did = append(did, what) } }
	b.Window.SetContent(b.UI.Frame(show.Findings("test", all, show.FindingDeeds{
		Follow: func(r data.Ref) { did = append(did, "to "+r.ID) },
		Mend: func(f data.FindingView) (string, func()) {
			if f.Mend.Deed == "order.edit" {
				return "Edit the order", note1("mend " + f.Mend.Ref.ID)
			}
			return "", nil
		},
		Pass:     func(f data.FindingView) { did = append(did, "pass "+f.Rule) },
		TakeBack: func(f data.FindingView) { did = append(did, "back "+f.Rule) },
	})))
	b.Hides(t, string(filepath.Separator)+"mail.eml") // where it lies on this computer
	b.Shows(t, "→ mail.eml", "✗ blocking", "The form refuses it.", "! serious", "The number belongs to another order.", "How to fix: Correct it.",
		"help.example · 2025-01 · described by others", "Dismissed by Lin: it is known")
	for _, text := range []string{"→ parcel Post LX1CN", "Edit the order", words.T("case.finding.pass"), words.T("case.finding.back")} {
		b.TapFirst(t, text)
	}
	if want := []string{"to LX1CN", "mend 8123", "pass x", "back y"}; !slices.Equal(did, want) {
		t.Errorf("done: %q, want %q", did, want)
	}
	b.Window.SetContent(b.UI.Frame(show.Findings("test", all, show.FindingDeeds{}))) // where nothing can be done
	if live := b.Live(); len(live) != 0 {
		t.Errorf("can be pressed: %q", live)
	}
	b.Shows(t, "parcel Post LX1CN")
}

func TestAProblemIsAFinding(t *testing.T) {
	f := problemOf(t).Finding(data.Warning, data.Ref{Kind: "row", ID: "7"})
	if f.Rule != "filter_name" || f.Severity != data.Warning || f.Why.String() != "There is already a filter named “x”." {
		t.Errorf("got %+v", f)
	}
	words.Set(words.Simplified)
	defer words.Set(words.English)
	if got := words.Text(f.Why); got != "已有名为“x”的筛选。" {
		t.Errorf("in Chinese: %s", got)
	}
	if got := words.Text(f.How); got != "请换一个名称，或先删除原来的筛选。" {
		t.Errorf("in Chinese: %s", got)
	}
}

// problemOf finds one of the program's problems by its code.
func problemOf(t *testing.T) *data.Problem {
	t.Helper()
	for _, kind := range data.ProblemKinds() {
		if kind.Code == "filter_name" {
			return kind.New("name", "x")
		}
	}
	t.Fatal("no problem filter_name")
	return nil
}
