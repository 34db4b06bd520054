package desk_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"casebinder/data"
	"casebinder/data/desk"
)

// savedPage is a page as a browser saves it, with the date on which it did.
func savedPage(date string) []byte {
	return []byte("From: <Saved by Blink>\r\nSnapshot-Content-Location: https://shop.example.test/1\r\nSubject: Lamp\r\nDate: " + date +
		"\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>Duty is paid by the buyer.</p>\r\n--b--\r\n")
}

// soldCase is a dispute on an order of one lamp.
func soldCase(t *testing.T) (*desk.Desk, data.Dispute) {
	t.Helper()
	d := open(t)
	r := desk.ImportRequest{
		Path: write(t, "orders.csv", "Number;Buyer;Total;At;Item;Article\n812345;Ana;45.99;2026-10-20 08:00;Lamp;LAMP-9\n"),
		Shop: data.Shop{Platform: data.AliExpress, Name: "Lantern", Zone: "Asia/Shanghai", Currency: "USD"},
	}
	var err error
	r.Custom, err = d.MappingPreset(t.Context(), "plain", r, map[string]string{
		"Number": "number", "Buyer": "buyer_name", "Total": "total", "At": "ordered_at", "Item": "item_title", "Article": "item_sku",
	})
	must(t, err)
	_, err = d.Import(t.Context(), r, nil)
	must(t, err)
	dispute, err := d.OpenDispute(t.Context(), desk.NewDispute{
		OrderID: orderID(t, d, "812345"), Reason: data.ReasonNotReceived, CaseNumber: "AE-1", OpenedAt: clock.Add(-48 * time.Hour),
	})
	must(t, err)
	return d, dispute
}

func evidenceNames(all []data.Evidence, kind data.EvidenceKind) (names []string) {
	for _, e := range all {
		if e.Kind == kind {
			names = append(names, e.Name)
		}
	}
	return names
}

// The page of a product as it was before the order stands as proof of the order by
// itself: the last one before it, and not the one after.
func TestTheSnapshotBeforeTheOrderIsProofByItself(t *testing.T) {
	d, dispute := soldCase(t)
	ctx := t.Context()
	order, err := d.Order(ctx, dispute.OrderID)
	must(t, err)
	item := order.Order.Items[0]
	p, err := d.PutProduct(ctx, data.Product{SKU: item.SKU, Title: item.Title})
	must(t, err)
	if _, err := d.PutProduct(ctx, data.Product{}); !errors.Is(err, data.ErrInvalid) {
		t.Errorf("a product without a name: %v", err)
	}
	at := order.Order.OrderedAt
	add := func(name string, day time.Time) data.ProductPaper {
		a, err := d.AddPaper(ctx, p.ID, desk.PaperFile{EvidenceFile: desk.EvidenceFile{Name: name, Bytes: []byte("<html><body>" + name + "</body></html>")}, Paper: data.PaperSnapshot, Issued: day})
		must(t, err)
		return a.Paper
	}
	findings := func() (rules []string) {
		v, err := d.Case(ctx, dispute.ID)
		must(t, err)
		for _, f := range v.Findings {
			if strings.HasPrefix(f.Rule, "listing.snapshot.") {
				rules = append(rules, string(f.Severity)+" "+f.Rule)
			}
		}
		return rules
	}
	add("after.html", at.AddDate(0, 0, 1))
	if got := findings(); !slices.Equal(got, []string{"warning listing.snapshot.after"}) {
		t.Errorf("one after the order alone: %v", got)
	}
	add("old.html", at.AddDate(0, 0, -40))
	near := add("near.html", at.AddDate(0, 0, -2))
	if got := findings(); !slices.Equal(got, []string{"info listing.snapshot.old"}) {
		t.Errorf("one before the order: %v", got)
	}
	names := func() []string {
		v, err := d.Dispute(ctx, dispute.ID)
		must(t, err)
		return evidenceNames(v.Evidence, data.KindListing)
	}
	if got := names(); !slices.Equal(got, []string{"near.html"}) {
		t.Errorf("proof by itself: %v", got)
	}
	must(t, d.BinPaper(ctx, near.ID))
	if got := names(); !slices.Equal(got, []string{"old.html"}) {
		t.Errorf("without the nearest: %v", got)
	}
	_, err = d.Undo(ctx)
	must(t, err)
	if got := names(); !slices.Equal(got, []string{"near.html"}) {
		t.Errorf("undone: %v", got)
	}
	must(t, d.BinPaper(ctx, near.ID))
	must(t, d.BringBack(ctx, data.EntityPaper, near.ID))
	if got := names(); !slices.Equal(got, []string{"near.html"}) {
		t.Errorf("out of the bin: %v", got)
	}
	must(t, d.BinProduct(ctx, p.ID))
	if got := names(); len(got) != 0 {
		t.Errorf("of a product in the bin: %v", got)
	}
	must(t, d.BringBack(ctx, data.EntityProduct, p.ID))
	list, err := d.Products(ctx)
	must(t, err)
	if list.Sold == 0 || list.Described != 0 || list.Rows[0].ID != p.ID || list.Rows[0].Orders != 1 {
		t.Errorf("sold %d, described %d: %+v", list.Sold, list.Described, list.Rows)
	}
}

// A saved page tells when it was saved; a day that a person tells wins, and one in the
// future is a wrong clock.
func TestTheDateOfASnapshot(t *testing.T) {
	d, dispute := soldCase(t)
	ctx := t.Context()
	order, err := d.Order(ctx, dispute.OrderID)
	must(t, err)
	p, err := d.PutProduct(ctx, data.Product{SKU: order.Order.Items[0].SKU})
	must(t, err)
	told := data.Day{Year: 2024, Month: 3, Day: 1}.Begin(time.UTC)
	for name, c := range map[string]struct {
		file   desk.EvidenceFile
		issued time.Time
		want   string
		told   data.CaptureSource
	}{
		"a saved page":    {desk.EvidenceFile{Name: "a.mhtml", Bytes: savedPage("Sun, 3 Mar 2024 10:00:01 +0800")}, time.Time{}, "2024-03-03T02:00:01Z", data.CapturedFile},
		"a person's word": {desk.EvidenceFile{Name: "b.mhtml", Bytes: savedPage("Sun, 3 Mar 2024 10:00:02 +0800")}, told, "2024-03-01", data.CapturedStated},
		"a wrong clock":   {desk.EvidenceFile{Name: "c.mhtml", Bytes: savedPage("Sun, 3 Mar 2199 10:00:03 +0800")}, time.Time{}, "", data.CapturedNone},
		"a PDF":           {desk.EvidenceFile{Name: "d.pdf", Bytes: []byte("%PDF-1.4\n<</CreationDate (D:20240303100000+08'00')>>\n%%EOF")}, time.Time{}, "2024-03-03T02:00:00Z", data.CapturedFile},
		"a page":          {desk.EvidenceFile{Name: "e.html", Bytes: []byte("<html><body>x</body></html>")}, time.Time{}, "", data.CapturedNone},
	} {
		a, err := d.AddPaper(ctx, p.ID, desk.PaperFile{EvidenceFile: c.file, Paper: data.PaperSnapshot, Issued: c.issued})
		must(t, err)
		if got := data.JSONTime(a.Paper.IssuedAt); got != c.want || a.Paper.Told != c.told || a.Paper.AddedAt.IsZero() {
			t.Errorf("%s: %q by %q, want %q by %q", name, got, a.Paper.Told, c.want, c.told)
		}
	}
	_, err = d.AddPaper(ctx, p.ID, desk.PaperFile{EvidenceFile: desk.EvidenceFile{Name: "again.mhtml", Bytes: savedPage("Sun, 3 Mar 2024 10:00:01 +0800")}, Paper: data.PaperSnapshot})
	if !errors.Is(err, data.ErrConflict) {
		t.Errorf("the same file twice: %v", err)
	}
	_, err = d.AddPaper(ctx, p.ID, desk.PaperFile{EvidenceFile: desk.EvidenceFile{Name: "x.pdf", Bytes: []byte("<html>no PDF</html>")}, Paper: data.PaperSnapshot})
	if !errors.Is(err, data.ErrInvalid) {
		t.Errorf("a file that is not what it says: %v", err)
	}
}

// A paper that ends stands on Today before it does, follows a changed date, and goes
// with its paper; undo takes back all of it.
func TestAPaperThatEnds(t *testing.T) {
	d, _ := soldCase(t)
	ctx := t.Context()
	p, err := d.PutProduct(ctx, data.Product{SKU: "LAMP-1", Title: "Lamp"})
	must(t, err)
	end := data.Day{Year: 2099, Month: 3, Day: 31}
	a, err := d.AddPaper(ctx, p.ID, desk.PaperFile{EvidenceFile: desk.EvidenceFile{Name: "ce.txt", Bytes: []byte("declaration")}, Paper: data.PaperCE, Expires: end.End(time.UTC)})
	must(t, err)
	task := func() data.Task {
		k, err := d.Task(ctx, a.Task.ID)
		must(t, err)
		return k
	}
	if k := task(); data.JSONTime(k.Due) != "2099-03-01" || k.Title != "ce of Lamp ends on 2099-03-31" {
		t.Errorf("it is due %s: %q", data.JSONTime(k.Due), k.Title)
	}
	later := a.Paper
	later.ExpiresAt = data.Day{Year: 2099, Month: 12, Day: 31}.End(time.UTC)
	must(t, d.EditPaper(ctx, later, "Look"))
	if k := task(); data.JSONTime(k.Due) != "2099-12-01" || k.Title != "Look" {
		t.Errorf("moved, it is due %s: %q", data.JSONTime(k.Due), k.Title)
	}
	must(t, d.BinPaper(ctx, a.Paper.ID))
	if k := task(); k.BinnedAt.IsZero() {
		t.Error("the task of a paper in the bin stands")
	}
	for range 3 { // bin, edit, add
		_, err := d.Undo(ctx)
		must(t, err)
	}
	if k := task(); k.BinnedAt.IsZero() || data.JSONTime(k.Due) != "2099-03-01" {
		t.Errorf("taken back, it stands: %+v", k)
	}
	if _, err := d.AddPaper(ctx, p.ID, desk.PaperFile{
		EvidenceFile: desk.EvidenceFile{Name: "x.txt", Bytes: []byte("x")}, Paper: data.PaperCE, Issued: end.Begin(time.UTC), Expires: end.End(time.UTC),
	}); !errors.Is(err, data.ErrInvalid) {
		t.Errorf("issued in the future: %v", err)
	}
}

// The papers of a product stand as proof where the checklist asks for such: in a
// dispute over counterfeits, those that were in force at the order.
func TestPapersOfRightsAreProofOverCounterfeits(t *testing.T) {
	d, dispute := soldCase(t)
	ctx := t.Context()
	order, err := d.Order(ctx, dispute.OrderID)
	must(t, err)
	at := order.Order.OrderedAt
	p, err := d.PutProduct(ctx, data.Product{SKU: order.Order.Items[0].SKU})
	must(t, err)
	for name, ends := range map[string]time.Time{"trademark.txt": at.AddDate(5, 0, 0), "ended.txt": at.AddDate(0, 0, -5)} {
		_, err := d.AddPaper(ctx, p.ID, desk.PaperFile{
			EvidenceFile: desk.EvidenceFile{Name: name, Bytes: []byte(name)}, Paper: data.PaperTrademark, Issued: at.AddDate(-1, 0, 0), Expires: ends,
		})
		must(t, err)
	}
	names := func(id int64) []string {
		v, err := d.Dispute(ctx, id)
		must(t, err)
		return evidenceNames(v.Evidence, data.KindCertificate)
	}
	if got := names(dispute.ID); len(got) != 0 {
		t.Errorf("over %s: %v", dispute.Reason, got)
	}
	fake, err := d.OpenDispute(ctx, desk.NewDispute{OrderID: dispute.OrderID, Reason: data.ReasonFake, OpenedAt: dispute.OpenedAt, CaseNumber: "F-1"})
	must(t, err)
	if got := names(fake.ID); !slices.Equal(got, []string{"trademark.txt"}) {
		t.Errorf("over counterfeits: %v", got)
	}
}

// What a reply can quote: what is in the buyer's language or serves all first.
func TestKnowledgeByLanguage(t *testing.T) {
	d, dispute := soldCase(t)
	ctx := t.Context()
	order, err := d.Order(ctx, dispute.OrderID)
	must(t, err)
	_, err = d.PutProduct(ctx, data.Product{SKU: order.Order.Items[0].SKU, Title: "Lamp", Knowledge: []data.Knowledge{
		{Kind: data.KnowCare, Text: "Wipe it dry.", Language: "en"},
		{Kind: data.KnowCare, Text: "Séchez-la.", Language: "fr"},
		{Kind: data.KnowSizes, Text: "24 x 7 cm"},
		{Kind: data.KnowUsage, Text: "擦乾", Language: "zh-TW"},
	}})
	must(t, err)
	for language, want := range map[string]string{
		"fr-CA": "Séchez-la.+ 24 x 7 cm+ Wipe it dry. 擦乾", "zh-CN": "24 x 7 cm+ Wipe it dry. Séchez-la. 擦乾", "zh-TW": "24 x 7 cm+ 擦乾+ Wipe it dry. Séchez-la.",
	} {
		list, err := d.KnowledgeFor(ctx, dispute.OrderID, language)
		must(t, err)
		var got []string
		for _, o := range list {
			text := o.Entry.Text
			if o.Fits {
				text += "+"
			}
			got = append(got, text)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %q, want %q", language, got, want)
		}
	}
	if _, err := d.PutProduct(ctx, data.Product{SKU: "X", Knowledge: []data.Knowledge{{Kind: data.KnowFAQ, Text: "yes"}}}); !errors.Is(err, data.ErrInvalid) {
		t.Errorf("an FAQ without a question: %v", err)
	}
}

// What a dispute was put down to is a note on the listing, and no product of another
// name hears of it.
func TestTheCauseOfADisputeIsANoteOnTheListing(t *testing.T) {
	d, dispute := soldCase(t)
	ctx := t.Context()
	order, err := d.Order(ctx, dispute.OrderID)
	must(t, err)
	_, err = d.PutRuling(ctx, dispute.ID, data.Ruling{Outcome: "lost", Cause: "customs", Lessons: "buyers were told nothing of duty"})
	must(t, err)
	notes := func(p data.Product) (rules []string) {
		items, err := d.CheckListing(ctx, p)
		must(t, err)
		for _, it := range items {
			for _, f := range it.Findings {
				if strings.HasPrefix(f.Rule, "listing.cause.") {
					rules = append(rules, it.Part+" "+f.Why.Args["words"])
				}
			}
		}
		return rules
	}
	if got := notes(data.Product{SKU: order.Order.Items[0].SKU}); !slices.Equal(got, []string{"duty buyers were told nothing of duty"}) {
		t.Errorf("got %v", got)
	}
	if got := notes(data.Product{SKU: "ANOTHER"}); len(got) != 0 {
		t.Errorf("another product: %v", got)
	}
}

func TestASoldProduct(t *testing.T) {
	d, _ := soldCase(t)
	ctx := t.Context()
	const sku = "LAMP-9"
	p, err := d.SoldProduct(ctx, " "+sku+" ")
	if err != nil || p.UID != "" || p.SKU != sku || p.Title != "Lamp" {
		t.Fatalf("what was sold and not written down: %+v, %v", p, err)
	}
	p, err = d.PutProduct(ctx, p)
	must(t, err)
	if again, err := d.SoldProduct(ctx, sku); err != nil || again.UID != p.UID {
		t.Errorf("what was written down: %+v, %v", again, err)
	}
	for _, name := range []string{"", "NEVER-SOLD"} {
		if got, err := d.SoldProduct(ctx, name); !errors.Is(err, data.ErrNotFound) {
			t.Errorf("%q: %+v, %v", name, got, err)
		}
	}
}

func TestFindingAProduct(t *testing.T) {
	d, _ := soldCase(t)
	ctx := t.Context()
	p, err := d.PutProduct(ctx, data.Product{SKU: "LAMP-1", Title: "Lamp", Class: "electronics", Fragile: true, Supplier: "Example Works"})
	must(t, err)
	for _, name := range []string{"LAMP-1", p.UID, p.UID[:13], " LAMP-1 "} {
		if got, err := d.FindProduct(ctx, name); err != nil || got.ID != p.ID || got.Supplier != "Example Works" || !got.Fragile || got.Class != "electronics" {
			t.Errorf("%q: %+v, %v", name, got, err)
		}
	}
	for _, name := range []string{"", "LAMP", "lamp-1", "%"} {
		if got, err := d.FindProduct(ctx, name); !errors.Is(err, data.ErrNotFound) {
			t.Errorf("%q: %+v, %v", name, got, err)
		}
	}
	if _, err := d.PutProduct(ctx, data.Product{SKU: "LAMP-1"}); !errors.Is(err, data.ErrConflict) {
		t.Errorf("the same SKU twice: %v", err)
	}
}
