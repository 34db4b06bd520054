package bundle

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"casebinder/data"
	"casebinder/data/bag"
	"casebinder/data/pdf"
	tables "casebinder/data/table"
)

// run calls an external program; where it is missing the test is skipped on a
// person's machine and fails in CI.
func run(t *testing.T, dir, name string, args ...string) string {
	t.Helper()
	p, err := exec.LookPath(name)
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("%s is not installed", name)
		}
		t.Skipf("NOT CHECKED: %s is not installed", name)
	}
	cmd := exec.Command(p, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s %v: %v\n%s", name, args, err, out)
	}
	return string(out)
}

func export(t *testing.T, c Case, m Opener) Result {
	t.Helper()
	res, err := Export(t.Context(), c, m, t.TempDir(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	return res
}

// pageText is the text of pages, from 1.
func pageText(t *testing.T, path string, first, last int) string {
	t.Helper()
	return run(t, ".", "pdftotext", "-layout", "-f", itoa(first), "-l", itoa(last), path, "-")
}

func entries(t *testing.T, dir string) []string {
	t.Helper()
	list, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range list {
		names = append(names, e.Name())
	}
	return names
}

func TestZipVerifiesWithOrdinaryTools(t *testing.T) {
	c, m := sampleCase(t, "en")
	res := export(t, c, m)
	if res.Name != "AliExpress-8123456789012345-case-20260314-77-v1" {
		t.Errorf("name %s", res.Name)
	}
	if names := entries(t, filepath.Dir(res.ZIP)); !slices.Equal(names, []string{res.Name + ".pdf", res.Name + ".zip"}) {
		t.Errorf("in the folder: %v", names)
	}
	run(t, ".", "unzip", "-tq", res.ZIP)
	dir := t.TempDir()
	run(t, dir, "unzip", "-q", res.ZIP)
	top := filepath.Join(dir, res.Name)
	run(t, top, "sha256sum", "--strict", "-c", "manifest-sha256.txt", "tagmanifest-sha256.txt")
	run(t, top, "cmp", "data/"+res.Name+".pdf", res.PDF)
	if sum := run(t, ".", "sha256sum", res.ZIP); !strings.HasPrefix(sum, res.ZIPSHA256) {
		t.Errorf("SHA-256 of the ZIP: %s, told %s", sum, res.ZIPSHA256)
	}
	if sum := run(t, ".", "sha256sum", res.PDF); !strings.HasPrefix(sum, res.PDFSHA256) {
		t.Errorf("SHA-256 of the PDF: %s, told %s", sum, res.PDFSHA256)
	}
	for _, p := range res.Exhibits {
		got, err := os.ReadFile(filepath.Join(top, "data", filepath.FromSlash(p.File)))
		if err != nil || !bytes.Equal(got, m[p.Exhibit.SHA256]) {
			t.Errorf("original %s: %v", p.File, err)
		}
	}
	if n := len(entries(t, filepath.Join(top, "data", "originals"))); n != len(c.Exhibits)-1 {
		t.Errorf("%d originals for %d exhibits, two of them of one file", n, len(c.Exhibits))
	}
	report, err := bag.Verify(t.Context(), res.ZIP, bag.VerifyOptions{})
	if err != nil || !report.OK {
		t.Errorf("verify: %+v, %v", report, err)
	}
}

func TestIndexFiles(t *testing.T) {
	c, m := sampleCase(t, "zh-CN")
	res := export(t, c, m)
	dir := t.TempDir()
	run(t, dir, "unzip", "-q", res.ZIP)
	read := func(name string) []byte {
		raw, err := os.ReadFile(filepath.Join(dir, res.Name, name))
		if err != nil {
			t.Fatal(err)
		}
		return raw
	}
	for _, name := range []string{"data/index.csv", "data/custody.csv"} {
		raw, marked := bytes.CutPrefix(read(name), []byte("\ufeff"))
		rows, err := csv.NewReader(bytes.NewReader(raw)).ReadAll()
		if err != nil || !marked {
			t.Fatalf("%s: %v, marked %v", name, err, marked)
		}
		for _, row := range rows {
			for _, cell := range row {
				if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
					t.Errorf("%s: a formula: %q", name, cell)
				}
			}
		}
	}
	var index struct {
		Pages    int
		Order    string
		Exhibits []struct {
			File, SHA256 string
			Name         string `json:"original_name"`
			First        int    `json:"first_page"`
			Shown        bool
		}
	}
	if err := json.Unmarshal(read("data/index.json"), &index); err != nil {
		t.Fatal(err)
	}
	if index.Pages != res.Pages || index.Order != c.Order.Number || len(index.Exhibits) != len(c.Exhibits) {
		t.Errorf("index.json: %+v", index)
	}
	for i, e := range index.Exhibits {
		want := res.Exhibits[i]
		if e.SHA256 != want.Exhibit.SHA256 || e.Name != want.Exhibit.Name || e.First != want.First || e.Shown != (e.Name != "broken.jpg") {
			t.Errorf("index.json: exhibit %d: %+v", i+1, e)
		}
	}
	text := string(read("README-VERIFY.txt"))
	for _, want := range []string{"Get-FileHash", "certutil -hashfile \"data\\" + res.Name + ".pdf\" SHA256", "shasum -a 256 -c", "sha256sum -c", "如何核对"} {
		if !strings.Contains(text, want) {
			t.Errorf("README-VERIFY.txt lacks %q", want)
		}
	}
}

func TestPageNumbersAreThePDFs(t *testing.T) {
	c, m := sampleCase(t, "en")
	res := export(t, c, m)
	if out := run(t, ".", "qpdf", "--show-npages", res.PDF); strings.TrimSpace(out) != itoa(res.Pages) {
		t.Errorf("%s pages, told %d", out, res.Pages)
	}
	for n := 1; n <= res.Pages; n++ {
		if text := pageText(t, res.PDF, n, n); !strings.Contains(text, fmt.Sprintf("Page %d of %d", n, res.Pages)) {
			t.Errorf("page %d does not say so", n)
		}
	}
	index := pageText(t, res.PDF, 2, 3)
	last := 0
	for _, p := range res.Exhibits {
		if p.First <= last || p.Last < p.First {
			t.Errorf("exhibit %d stands on %d to %d, the one before ends on %d", p.Number, p.First, p.Last, last)
		}
		last = p.Last
		if !regexp.MustCompile(fmt.Sprintf(`(?m)^ *Exhibit %d .* %s$`, p.Number, span{p.First, p.Last})).MatchString(index) {
			t.Errorf("the index does not give exhibit %d on %s:\n%s", p.Number, span{p.First, p.Last}, index)
		}
		for n := p.First; n <= p.Last; n++ {
			if text := pageText(t, res.PDF, n, n); !strings.Contains(text, fmt.Sprintf("Exhibit %d · page %d of %d", p.Number, n, res.Pages)) {
				t.Errorf("page %d is not stamped as exhibit %d:\n%s", n, p.Number, text)
			}
		}
	}
	if last != res.Pages {
		t.Errorf("the last exhibit ends on %d of %d", last, res.Pages)
	}
}

// TestLinksAndBookmarks reads the structure with qpdf: each link leads to a
// named place on the right page, each bookmark too.
func TestLinksAndBookmarks(t *testing.T) {
	c, m := sampleCase(t, "en")
	res := export(t, c, m)
	run(t, ".", "qpdf", "--check", res.PDF)
	raw := run(t, ".", "qpdf", "--json=2", res.PDF)
	var doc struct {
		Outlines []outline
		Pages    []struct {
			Object string
			Number int `json:"pageposfrom1"`
		}
		QPDF []json.RawMessage
	}
	if err := json.Unmarshal([]byte(raw), &doc); err != nil {
		t.Fatal(err)
	}
	pageOf := map[string]int{}
	for _, p := range doc.Pages {
		pageOf[p.Object] = p.Number
	}
	for _, p := range res.Exhibits {
		if m := regexp.MustCompile(fmt.Sprintf(`"b:%x", *\[ *"(\d+ 0 R)"`, exhibitDest(p.Number))).FindStringSubmatch(strings.Join(strings.Fields(strings.ReplaceAll(raw, "u:"+exhibitDest(p.Number)+`"`, fmt.Sprintf(`b:%x"`, exhibitDest(p.Number)))), " ")); m == nil || pageOf[m[1]] != p.First {
			t.Errorf("the destination of exhibit %d is %v, want page %d", p.Number, m, p.First)
		}
		if links := strings.Count(raw, `"/Dest": "u:`+exhibitDest(p.Number)+`"`); links == 0 {
			t.Errorf("nothing links to exhibit %d", p.Number)
		}
	}
	titles := map[string]int{}
	for _, o := range doc.Outlines {
		titles[o.Title] = o.Page
		for _, k := range o.Kids {
			titles[k.Title] = k.Page
		}
	}
	want := map[string]int{"Cover · p. 1": 1, "Index of exhibits · p. 2": 2}
	for name, page := range res.Sections {
		want[fmt.Sprintf("%s · p. %d", sectionNames[name], page)] = page
	}
	for _, p := range res.Exhibits {
		want[fmt.Sprintf("Exhibit %d - %s · p. %d", p.Number, p.Title, p.First)] = p.First
	}
	for title, page := range want {
		if titles[title] != page {
			t.Errorf("bookmark %q leads to %d, want %d", title, titles[title], page)
		}
	}
}

var sectionNames = map[data.Section]string{
	data.SectionStatement: "Statement", data.SectionTimeline: "Timeline", data.SectionOrder: "Order and payment", data.SectionShipping: "Shipping",
	data.SectionCommunication: "Communication", data.SectionGoods: "Goods", data.SectionPolicy: "Policy", data.SectionOther: "Other",
}

type outline struct {
	Title string
	Page  int `json:"destpageposfrom1"`
	Kids  []outline
}

func TestTextIsSearchable(t *testing.T) {
	for _, l := range languages {
		c, m := sampleCase(t, l)
		res := export(t, c, m)
		text := run(t, ".", "pdftotext", res.PDF, "-")
		for _, want := range []string{
			"¿dónde está mi paquete? 😀", "Посылку я не видел", "您好，承运商记录显示包裹已于", "买家已开启纠纷", "12345", "DeepL", "LX123456789CN",
			"Entregado, firmado por el destinatario", "Sample invoice, sheet 3", "发票 invented", "买家: 你好", "USD 45.99", "28013",
		} {
			if !strings.Contains(text, want) {
				t.Errorf("%s: not found: %s", l, want)
			}
		}
		if !strings.Contains(text, "الطرد") && !strings.Contains(text, "دﺮﻄﻟا") {
			t.Errorf("%s: the Arabic message is not found", l)
		}
		if strings.Contains(text, "22.5431") {
			t.Errorf("%s: the place of a photo is given away", l)
		}
		for i, line := range strings.Split(strings.TrimSpace(run(t, ".", "pdffonts", res.PDF)), "\n") {
			if i > 1 && !strings.Contains(line, "yes yes yes") {
				t.Errorf("%s: font not embedded with its text: %s", l, line)
			}
		}
	}
}

func TestSameBytes(t *testing.T) {
	c, m := sampleCase(t, "zh-TW")
	a, b := export(t, c, m), export(t, c, m)
	if a.ZIPSHA256 != b.ZIPSHA256 || a.PDFSHA256 != b.PDFSHA256 {
		t.Error("the same case gives other bytes")
	}
	c.Dispute.Events[1].Note += "."
	if other := export(t, c, m); other.ZIPSHA256 == a.ZIPSHA256 || other.PDFSHA256 == a.PDFSHA256 {
		t.Error("another case gives the same bytes")
	}
}

func TestWhatCannotBeShown(t *testing.T) {
	c, m := sampleCase(t, "en")
	dir := t.TempDir()
	plain, locked := filepath.Join(dir, "a.pdf"), filepath.Join(dir, "b.pdf")
	whole := annexOf(t, 2)
	if err := os.WriteFile(plain, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	run(t, dir, "qpdf", "--encrypt", "secret", "owner", "256", "--", plain, locked)
	secret, err := os.ReadFile(locked)
	if err != nil {
		t.Fatal(err)
	}
	c.Exhibits = []Exhibit{
		{Evidence: m.add("locked.pdf", "application/pdf", data.KindInvoice, secret)},
		{Evidence: m.add("cut.pdf", "application/pdf", data.KindInvoice, []byte("%PDF-1.7\nno more"))},
		{Evidence: m.add("page.jpg", "image/jpeg", data.KindPhoto, []byte("<html>not a photo</html>"))},
		{Evidence: m.add("photo.heic", "image/heic", data.KindPhoto, []byte("\x00\x00\x00\x18ftypheic"))},
		{Evidence: m.add("latin.txt", "text/plain", data.KindMessage, []byte("\xff\xff\xff\x80\xff"))},
		{Evidence: m.add("long.log", "text/plain", data.KindMessage, bytes.Repeat([]byte("x\n"), maxPrinted))},
		{Evidence: m.add("good.pdf", "application/pdf", data.KindInvoice, whole)},
	}
	for i := range c.Exhibits {
		c.Exhibits[i].Section = data.SectionOther
	}
	res := export(t, c, m)
	var rejected []string
	for _, r := range res.Rejected {
		if _, ok := data.AsProblem(r.Reason); !ok {
			t.Errorf("%s: no words for a person: %v", r.Name, r.Reason)
		}
		rejected = append(rejected, r.Name)
	}
	if want := []string{"locked.pdf", "cut.pdf", "page.jpg", "photo.heic", "latin.txt", "long.log"}; !slices.Equal(rejected, want) {
		t.Errorf("rejected %v, want %v", rejected, want)
	}
	if !errors.Is(res.Rejected[0].Reason, pdf.ProblemAnnexPassword.Is) {
		t.Errorf("locked: %v", res.Rejected[0].Reason)
	}
	for i, p := range res.Exhibits[:6] {
		text := pageText(t, res.PDF, p.First, p.Last)
		unbroken := strings.Join(strings.Fields(text), "") // the name may go over a line
		if !strings.Contains(text, "This exhibit is not shown here") || !strings.Contains(unbroken, "data/"+p.File) {
			t.Errorf("page of %s:\n%s", rejected[i], text)
		}
	}
	if good := res.Exhibits[6]; good.Last != good.First+1 { // its first page stands below the head
		t.Errorf("the PDF of two pages stands on %d to %d", good.First, good.Last)
	}
	if text := pageText(t, res.PDF, res.Exhibits[0].First, res.Exhibits[0].First); !strings.Contains(text, "locked with a password") {
		t.Errorf("no reason:\n%s", text)
	}
}

func TestAlteredOriginalStops(t *testing.T) {
	for name, spoil := range map[string]func(memory, string){
		"one byte": func(m memory, sum string) { m[sum] = bytes.Clone(m[sum]); m[sum][100] ^= 1 },
		"longer":   func(m memory, sum string) { m[sum] = append(bytes.Clone(m[sum]), 'x') },
		"gone":     func(m memory, sum string) { delete(m, sum) },
	} {
		for _, at := range []int{1, 4} { // a picture, and a video that is not opened for its page
			c, m := sampleCase(t, "en")
			spoil(m, c.Exhibits[at].SHA256)
			dir := t.TempDir()
			_, err := Export(t.Context(), c, m, dir, Options{})
			if !errors.Is(err, data.ErrDamaged) || !strings.Contains(err.Error(), c.Exhibits[at].Name) {
				t.Errorf("%s: %v", name, err)
			}
			if names := entries(t, dir); len(names) > 0 {
				t.Errorf("%s: left behind %v", name, names)
			}
		}
	}
}

func TestCancelLeavesNothing(t *testing.T) {
	c, m := sampleCase(t, "en")
	steps := 0
	if _, err := Export(t.Context(), c, m, t.TempDir(), Options{Progress: func(Progress) { steps++ }}); err != nil {
		t.Fatal(err)
	}
	for stop := 1; stop < steps; stop += 4 {
		ctx, cancel := context.WithCancel(t.Context())
		dir, n := t.TempDir(), 0
		_, err := Export(ctx, c, m, dir, Options{Progress: func(Progress) {
			if n++; n == stop {
				cancel()
			}
		}})
		cancel()
		if names := entries(t, dir); !errors.Is(err, context.Canceled) || len(names) > 0 {
			t.Errorf("canceled at step %d of %d: %v, left %v", stop, steps, err, names)
		}
	}
}

func TestRefusals(t *testing.T) {
	c, m := sampleCase(t, "en")
	for name, spoil := range map[string]func(*Case){
		"no order number":   func(c *Case) { c.Order.Number = " " },
		"no time":           func(c *Case) { c.Generated = time.Time{} },
		"unknown language":  func(c *Case) { c.Language = "../en" },
		"no fingerprint":    func(c *Case) { c.Exhibits = []Exhibit{{}} },
		"too many messages": func(c *Case) { c.Messages = make([]data.Message, maxMessages+1) },
	} {
		bad := c
		spoil(&bad)
		if _, err := Export(t.Context(), bad, m, t.TempDir(), Options{}); !errors.Is(err, data.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	dir := t.TempDir()
	if _, err := Export(t.Context(), c, m, dir, Options{}); err != nil {
		t.Fatal(err)
	}
	if _, err := Export(t.Context(), c, m, dir, Options{}); !errors.Is(err, data.ErrConflict) {
		t.Errorf("a second time: %v", err)
	}
	if _, err := Export(t.Context(), c, m, dir, Options{Replace: true}); err != nil {
		t.Errorf("replacing: %v", err)
	}
	if _, err := Export(t.Context(), c, m, filepath.Join(dir, "none"), Options{}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no folder: %v", err)
	}
}

func TestHostileText(t *testing.T) {
	c, m := sampleCase(t, "en")
	c.Exhibits = nil
	c.Order.Number = "../\u202e😀CON" + strings.Repeat("9", 300)
	c.Order.Buyer.Name = strings.Repeat("\u202eevil", 80)
	c.Dispute.Claim = strings.Repeat("Ж", 20_000)
	c.Order.Items[0].Title = strings.Repeat("<b>%s</b>(\\)", 900)
	c.Order.Shipments[0].Events[0].Text = strings.Repeat("خبر ", 3000)
	c.Order.Shipments[0].Events[1].Text = "\x00\x01\xff\xfe"
	c.Dispute.Events[1].Note = strings.Repeat("line\n", 500)
	c.Messages[0].Text = strings.Repeat("包", 200_000)
	c.Messages[1].Text = ""
	c.Messages[2].Text = strings.Repeat("\n", 300)
	res := export(t, c, m)
	run(t, ".", "qpdf", "--check", res.PDF)
	if strings.ContainsAny(res.Name, "/\\%") || len(res.Name) > 120 {
		t.Errorf("name %q", res.Name)
	}
	text := run(t, ".", "pdftotext", res.PDF, "-")
	if n := strings.Count(text, "包"); n < 200_000 {
		t.Errorf("%d of 200,000 characters of a message are there", n)
	}
	if n := strings.Count(text, "Ж"); n != 20_000 {
		t.Errorf("%d of 20,000 characters of the claim are there", n)
	}
	if strings.Contains(text, "\u202e") || !strings.Contains(text, "[U+202E]") {
		t.Error("a change of direction must be shown and not obeyed")
	}
}

func TestManyMessages(t *testing.T) {
	nothingAtOnce(t)
	c, m := sampleCase(t, "en")
	c.Exhibits, c.Messages = nil, nil
	for i := range 5000 {
		c.Messages = append(c.Messages, data.Message{
			Direction: []data.Direction{data.FromBuyer, data.ToBuyer}[i%2], SentAt: day(1, 0, i),
			Text: fmt.Sprintf("Message number %d。您好，包裹在哪里？ Где посылка?", i+1),
		})
	}
	res := export(t, c, m)
	text := run(t, ".", "pdftotext", res.PDF, "-")
	for _, n := range []int{1, 2500, 5000} {
		if strings.Count(text, fmt.Sprintf("Message number %d。", n)) != 1 {
			t.Errorf("message %d is not there once", n)
		}
	}
	for _, want := range []string{"960 messages", "Buyer: 480 · Seller: 480", "1440 messages"} { // of a day, in the timeline
		if !strings.Contains(text, want) {
			t.Errorf("not found: %s", want)
		}
	}
}

// What the seller wrote down of the order stands in the timeline, as the seller's
// word; its dates stand there already, and its note is the seller's own.
func TestWhatTheSellerWroteDown(t *testing.T) {
	c := Case{
		Language: "en", Generated: day(9, 0, 0), Order: data.Order{Number: "1", Shop: data.Shop{Platform: data.EBay}},
		Written: []data.OrderEvent{
			{Kind: data.OrderShipped, At: day(2, 8, 0)},
			{Kind: data.OrderRefund, At: day(4, 8, 0), Amount: data.Money{Minor: 450, Currency: "USD"}, Note: "never again"},
			{Kind: data.OrderReturnAsked, At: day(3, 8, 0)},
		},
	}
	text := run(t, ".", "pdftotext", "-layout", export(t, c, memory{}).PDF, "-")
	asked, refund := strings.Index(text, "Return asked for"), strings.Index(text, "Refund USD 4.50")
	if asked < 0 || refund < asked || strings.Count(text, "stated by the seller") != 2 {
		t.Errorf("the timeline:\n%s", text)
	}
	if strings.Contains(text, "never again") || strings.Contains(text, "Handed to the carrier") {
		t.Errorf("it says too much:\n%s", text)
	}
}

func TestEmptyCase(t *testing.T) {
	c := Case{Generated: day(1, 0, 0), Order: data.Order{Number: "1", Shop: data.Shop{Platform: "my own site"}}}
	res := export(t, c, memory{})
	if res.Pages != 4 || res.Name != "my-own-site-1-v1" {
		t.Errorf("%d pages, %s", res.Pages, res.Name)
	}
	if cover := pageText(t, res.PDF, 1, 1); strings.Contains(cover, "What the buyer") || strings.Contains(cover, "“”") {
		t.Errorf("words about nothing:\n%s", cover)
	}
}

func TestWordsAreComplete(t *testing.T) {
	var all []map[string]string
	for _, l := range languages {
		w, err := loadWords(l)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, w.labels)
		var keys []string
		for _, r := range data.Reasons() {
			keys = append(keys, "reason."+string(r))
		}
		for _, e := range data.EventKinds() {
			keys = append(keys, "event."+string(e))
		}
		for _, k := range data.EvidenceKinds() {
			keys = append(keys, "kind."+string(k))
		}
		for _, s := range data.Sections() {
			keys = append(keys, "section."+string(s))
		}
		for _, a := range []data.Actor{data.ActorBuyer, data.ActorSeller, data.ActorPlatform} {
			keys = append(keys, "actor."+string(a))
		}
		for _, key := range append(keys, usedKeys(t)...) {
			if w.labels[key] == "" {
				t.Errorf("%s: no label %s", l, key)
			}
		}
	}
	place := regexp.MustCompile(`\{[a-z]+\}`)
	sortedPlaces := func(s string) []string { p := place.FindAllString(s, -1); slices.Sort(p); return p }
	for key, label := range all[0] {
		for i, other := range all[1:] {
			if !slices.Equal(sortedPlaces(label), sortedPlaces(other[key])) {
				t.Errorf("%s: other places in %s: %q, %q", key, languages[i+1], label, other[key])
			}
		}
	}
}

// usedKeys lists the labels that the source asks for by name.
func usedKeys(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var keys []string
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`w\.get\("([a-z.]+)"`).FindAllStringSubmatch(string(raw), -1) {
			keys = append(keys, m[1])
		}
	}
	return keys
}

func TestClock(t *testing.T) {
	for offset, want := range map[int]string{0: "UTC", 8 * 3600: "UTC+8", -(3*3600 + 1800): "UTC-3:30", 5*3600 + 2700: "UTC+5:45"} {
		if got := (clock{fixed(offset)}).offset(day(1, 0, 0)); got != want {
			t.Errorf("%d seconds: %s, want %s", offset, got, want)
		}
	}
	for n, want := range map[int64]string{0: "0 B", 999: "999 B", 1000: "1.0 kB", 1_949_999: "1.9 MB", 1_950_000: "2.0 MB", 3_200_000_000: "3.2 GB"} {
		if got := byteSize(n); got != want {
			t.Errorf("%d: %s, want %s", n, got, want)
		}
	}
}

func TestGuard(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "plain": "plain", "a=b": "a=b", "=1+1": "'=1+1", "+49 30": "'+49 30", "-5": "'-5", "@SUM(A1)": "'@SUM(A1)", "\t=1": "'\t=1", "\r=1": "'\r=1",
		"＝1": "'＝1", "'x": "'x",
	} {
		if got := tables.Guard(in); got != want {
			t.Errorf("Guard(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzDecodeText(f *testing.F) {
	for _, s := range []string{"", "a\r\nb\rc", "\ufeffx", "\xff\xfea\x00\x0a\x4e", "\xfe\xff\x4e\x0a\x00", "\xc4\xe3\xba\xc3", "\xff", "\x81\x30\x81"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		text, ok := decodeText(raw)
		if !ok && text != "" || !utf8.ValidString(text) || strings.Contains(text, "\r") {
			t.Errorf("%q gives %q, %v", raw, text, ok)
		}
	})
}

func TestDecodeText(t *testing.T) {
	for in, want := range map[string]string{
		"\ufeff你好\r\n": "你好\n", "\xff\xfe\x60\x4f\x7d\x59": "你好", "\xfe\xff\x4f\x60\x59\x7d": "你好", "\xc4\xe3\xba\xc3": "你好",
	} {
		if got, ok := decodeText([]byte(in)); got != want || !ok {
			t.Errorf("%q gives %q, %v", in, got, ok)
		}
	}
}

func FuzzBundleName(f *testing.F) {
	f.Add("8123", "77")
	f.Add("../..", "\u202eCON.")
	f.Add(strings.Repeat("é", 300), strings.Repeat(".", 99))
	f.Fuzz(func(t *testing.T, order, number string) {
		c := Case{Order: data.Order{Number: order, Shop: data.Shop{Platform: data.EBay}}, Dispute: data.Dispute{CaseNumber: number}, Version: 12}
		name := c.name()
		if bag.SafeName(name) != name || bag.SafeName(name+".pdf") != name+".pdf" || !strings.HasSuffix(name, "-v12") || strings.Contains(name, ".") {
			t.Errorf("order %q, case %q: %q", order, number, name)
		}
	})
}

// nothingAtOnce leaves a long test in which nothing runs at the same time to the
// run without the race detector, which is not short.
func nothingAtOnce(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("left to the run without -short")
	}
}
