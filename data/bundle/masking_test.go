package bundle

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"casebinder/data"
	"casebinder/data/mask"
	"casebinder/data/pages"
)

// viewer reads pages in this process; what it compiles is kept for the next test.
func viewer(t *testing.T) *pages.Viewer {
	t.Helper()
	v, err := pages.Start(t.Context(), pages.Options{CacheDir: filepath.Join(os.TempDir(), "casebinder-test-pages")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = v.Close() })
	return v
}

// privateCase is a case with a person's data in every place where it can be.
func privateCase(t *testing.T) (Case, memory) {
	t.Helper()
	c, m := richCase(t, "en")
	o := &c.Order
	o.Buyer = data.Buyer{Name: "Ximena Quintanilla", Handle: "ximena.quintanilla", Email: "ximena.q@example.org", Phone: "+34 612 345 678", Country: "ES"}
	o.ShipTo.Name, o.ShipTo.Line1, o.ShipTo.Phone = "Ximena Quintanilla", "Calle Inventada 47", "+34 612 345 678"
	o.PaymentMethod = "Card 4111 1111 1111 1111"
	o.Shipments[0].Events[3].Text = "Entregado a Ximena Quintanilla"
	c.Dispute.Claim = "Soy Ximena Quintanilla, llámeme al 612 345 678."
	c.Ask = "Reject the claim of Ms. Quintanilla."
	c.Statement.Claims[0].Text = "Ximena Quintanilla ordered on 1 March 2026."
	c.Messages[0].Text, c.Messages[0].Translation = "Escríbame a ximena.q@example.org, Ximena", "Write to ximena.q@example.org, Ximena"
	c.Messages[2].Author = "XIMENA QUINTANILLA"
	c.Custody[0].Before, c.Custody[0].After = "", `{"note":"photo of Ximena Quintanilla"}`
	jpg := jpegOf(400, 300)
	comment := append([]byte{0xff, 0xfe, 0, 27}, "owner: Ximena Quintanilla"...)
	author := append([]byte{0xff, 0xfe, 0, 24}, "Q\x00u\x00i\x00n\x00t\x00a\x00n\x00i\x00l\x00l\x00a\x00"...) // as cameras write names, in UTF-16
	list := []Exhibit{
		{Evidence: m.add("author.jpg", "image/jpeg", data.KindPhoto, bytes.Join([][]byte{jpg[:2], author, jpg[2:]}, nil))},
		{Evidence: m.add("link.txt", "text/plain", data.KindMessage, []byte("Track it: https://track.example.org/?to=Xim%65na+Quint%61nilla\n"))},
		{Evidence: m.add("Quintanilla parcel.jpg", "image/jpeg", data.KindPhoto, jpg), Proves: "What Ximena Quintanilla got."},
		{Evidence: m.add("owner.jpg", "image/jpeg", data.KindPhoto, bytes.Join([][]byte{jpg[:2], comment, jpg[2:]}, nil))},
		{Evidence: m.add("chat.txt", "text/plain", data.KindMessage, []byte("Ximena Quintanilla: my number is 612345678\nSeller: thank you, it is posted\n"))},
		{Evidence: m.add("clean.txt", "text/plain", data.KindMessage, []byte("Nothing about anybody.\n"))},
		{Evidence: m.add("letter.eml", "message/rfc822", data.KindMessage, []byte("Content-Transfer-Encoding: base64\n\nWGltZW5hIFF1aW50YW5pbGxh\n"))},
		{Evidence: m.add("named.pdf", "application/pdf", data.KindInvoice, pdfOf(t, "Invoice to Ximena Quintanilla"))},
		{Evidence: m.add("clean.pdf", "application/pdf", data.KindInvoice, pdfOf(t, "Terms of sale"))},
	}
	for i := range list {
		list[i].UID = []string{"author", "link", "photo", "owner", "chat", "clean", "mail", "named", "terms"}[i]
	}
	c.Exhibits, c.Statement.Claims = list, c.Statement.Claims[:1]
	c.Statement.Claims[0].Cites = []data.Cite{{Evidence: "named"}}
	return c, m
}

func TestMasked(t *testing.T) {
	c, m := privateCase(t)
	c.Mask = data.MaskKinds()
	dir := t.TempDir()
	res, err := Export(t.Context(), c, m, dir, Options{Viewer: viewer(t)})
	if err != nil {
		t.Fatal(err)
	}
	var withheld []string
	for _, p := range res.Exhibits {
		if p.Withheld != "" {
			withheld = append(withheld, p.Exhibit.UID+" "+p.Withheld)
		}
	}
	slices.Sort(withheld)
	if want := []string{"author masked", "chat masked", "link masked", "mail unsearched", "named masked", "owner masked"}; !slices.Equal(withheld, want) {
		t.Errorf("withheld %v, want %v", withheld, want)
	}
	if len(res.Masked) == 0 {
		t.Error("nothing is said to be masked")
	}
	secret := []string{"Quintanilla", "Ximena", "612 345 678", "612345678", "ximena.q", "4111 1111", "Calle Inventada 47", "WGltZW5h"}
	text := run(t, ".", "pdftotext", "-layout", res.PDF, "-")
	for _, s := range secret {
		if strings.Contains(strings.ToLower(text), strings.ToLower(s)) {
			t.Errorf("in the PDF: %s", s)
		}
	}
	for _, want := range []string{"Seller: thank you, it is posted", "28013", "Terms of sale", m.sumOf(c, "named")} {
		if !strings.Contains(text, want) {
			t.Errorf("not in the PDF: %s", want)
		}
	}
	run(t, dir, "unzip", "-q", res.ZIP)
	secret = append(secret, "Quint%61nilla", "Q\x00u\x00i\x00n\x00t")
	err = filepath.WalkDir(filepath.Join(dir, res.Name), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		for _, s := range secret {
			if bytes.Contains(bytes.ToLower(raw), bytes.ToLower([]byte(s))) || strings.Contains(path, s) {
				t.Errorf("in %s: %s", path, s)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if names := entries(t, filepath.Join(dir, res.Name, "data", "originals")); len(names) != 3 {
		t.Errorf("originals in the bag: %v", names)
	}
}

// sumOf is the fingerprint of a case's exhibit.
func (memory) sumOf(c Case, uid string) string {
	for _, e := range c.Exhibits {
		if e.UID == uid {
			return e.SHA256
		}
	}
	return "none"
}

func TestMasksThatDoNotHoldRefuse(t *testing.T) {
	c, m := privateCase(t)
	c.Mask = []data.MaskKind{data.MaskName}
	dir := t.TempDir()
	if _, err := Export(t.Context(), c, m, dir, Options{}); !errors.Is(err, data.ErrRefused) {
		t.Errorf("nothing could be checked: %v", err)
	}
	c.Order.Shipments[0].Service = "Held for Ximena Quintanilla" // a carrier's product, which nobody masks
	_, err := Export(t.Context(), c, m, dir, Options{Viewer: viewer(t)})
	if known, ok := data.AsProblem(err); !ok || known.Kind != mask.ProblemLeak || !strings.Contains(known.Args["where"], ".pdf, ") {
		t.Errorf("a leak: %v", err)
	}
	c, m = privateCase(t)
	c.Mask = data.MaskKinds()
	c.Custody[0].After = `{"link":"https://track.example.org/?to=Xim%65na"}` // no text that is read, and a browser reads it
	_, err = Export(t.Context(), c, m, dir, Options{Viewer: viewer(t)})
	if known, ok := data.AsProblem(err); !ok || known.Kind != mask.ProblemLeak || !strings.Contains(known.Args["where"], "custody") {
		t.Errorf("a leak behind an escape: %v", err)
	}
	if names := entries(t, dir); len(names) > 0 {
		t.Errorf("left behind %v", names)
	}
}

// TestWithheldOriginalIsChecked alters an original that is shown and not shipped.
func TestWithheldOriginalIsChecked(t *testing.T) {
	c, m := privateCase(t)
	c.Mask = data.MaskKinds()
	sum := m.sumOf(c, "chat")
	m[sum] = bytes.Replace(m[sum], []byte("posted"), []byte("lost!!"), 1)
	_, err := Export(t.Context(), c, m, t.TempDir(), Options{Viewer: viewer(t)})
	if !errors.Is(err, data.ErrDamaged) || !strings.Contains(err.Error(), "chat.txt") {
		t.Errorf("an altered original: %v", err)
	}
}
