package orders

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"casebinder/data/paper"
	"casebinder/gui/guitest"
	"casebinder/gui/words"
)

// The sheet prints into the file that is chosen, opens it, and what the gate holds
// against a card is asked first.
func TestPapersArePrinted(t *testing.T) {
	b, d, dispute := guitest.RealCase(t)
	path := filepath.Join(t.TempDir(), "list") // the ending is added
	var opened []string
	var names []string
	b.Env.SaveFile = func(_, name string, then func(string)) {
		names = append(names, name)
		then(path)
	}
	b.Env.OpenPath = func(p string) { opened = append(opened, p) }
	o := New(b.Env, d)
	b.Show(o)
	o.detail.Show(dispute.OrderID)
	o.detail.printPapers()
	b.Press(t, words.T("papers.do"))
	if !slices.Equal(names, []string{"parcel-list-" + o.detail.view.Order.Number + ".pdf"}) {
		t.Errorf("asked for %v", names)
	}
	if len(opened) == 0 { // something was told first
		b.Press(t, words.T("papers.open"))
	}
	raw, err := os.ReadFile(path + ".pdf")
	if err != nil || !bytes.HasPrefix(raw, []byte("%PDF-1.7")) || !slices.Equal(opened, []string{path + ".pdf"}) {
		t.Errorf("opened %v: %v", opened, err)
	}

	path = filepath.Join(t.TempDir(), "card.pdf")
	p := newPapers(o.env, nil)
	p.ids = o.allIDs()
	p.open("cards")
	p.kind.Set(paper.ThankYou)
	p.draw()
	p.news.SetText("Leave us a 5 star review and get 5 USD back!")
	b.Press(t, words.T("papers.do"))
	b.Shows(t, words.T("papers.sure.title"))
	if _, err := os.Stat(path); err == nil {
		t.Error("a card that is blocked was printed unasked")
	}
	b.Press(t, words.T("papers.sure.do"))
	b.Shows(t, words.T("papers.found"))
	if _, err := os.Stat(path); err != nil {
		t.Error(err)
	}
}
