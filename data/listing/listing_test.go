package listing

import (
	"slices"
	"strings"
	"testing"
	"time"

	"casebinder/data"
)

func rules(t *testing.T) *Rules {
	t.Helper()
	r, err := BuiltIn()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func whole() data.Listing {
	return data.Listing{
		Platform: data.EBay, Title: "Stainless steel water bottle 500 ml, insulated",
		Description: "New. A bottle of stainless steel for hot and cold drinks. 500 ml, 320 g, 24 cm high. Splash-proof lid. In the box: bottle, lid, brush. Note: the color may differ from the picture.",
		Sizes:       "24 x 7 cm (9.4 x 2.8 inch)", Pictures: 6, OwnPictures: true,
		Shipping: "We ship to the USA and Europe by registered airmail, free shipping. Dispatched within 2 business days, 10 to 20 days on the way. We do not ship to PO boxes.",
		Duty:     "Duty and import tax are paid by the buyer on arrival.",
		Returns:  "Unused goods may come back within 30 days; the buyer pays return shipping. 12 months warranty.",
		Service:  "Monday to Friday 9:00-18:00 (GMT+8). We answer within 24 hours.",
	}
}

func found(items []Item) []string {
	var all []string
	for _, f := range Findings(items) {
		all = append(all, f.Rule)
	}
	slices.Sort(all)
	return all
}

func TestAWholeListingPasses(t *testing.T) {
	s := data.Service{ReplyHours: 24}
	for day := 1; day <= 5; day++ {
		s.Hours[day] = data.WorkDay{From: 9 * 60, To: 18 * 60}
	}
	items := rules(t).Check(whole(), Shop{Service: s})
	if got := found(items); len(got) != 0 {
		t.Errorf("a whole listing: %v", got)
	}
	for _, it := range items {
		if !it.Done {
			t.Errorf("%s is not done", it.Part)
		}
	}
	if len(items) != len(Parts()) {
		t.Errorf("%d items", len(items))
	}
}

func TestWhatIsAbsentIsSaid(t *testing.T) {
	got := found(rules(t).Check(data.Listing{}, Shop{}))
	want := []string{
		"listing.description.missing", "listing.duty.missing", "listing.pictures.none", "listing.returns.missing",
		"listing.service.missing", "listing.shipping.missing", "listing.sizes.missing", "listing.title.missing",
	}
	if !slices.Equal(got, want) {
		t.Errorf("an empty listing: %v", got)
	}
}

func TestPartsAndLimits(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*data.Listing)
		want   string // "" none
	}{
		"80 characters on eBay":  {func(l *data.Listing) { l.Title = strings.Repeat("ab ", 26) + "cd" }, ""},
		"81 characters on eBay":  {func(l *data.Listing) { l.Title = strings.Repeat("ab ", 27) }, "listing.title.long"},
		"81 characters, no site": {func(l *data.Listing) { l.Title, l.Platform = strings.Repeat("ab ", 27), "" }, ""},
		"a word thrice, Amazon":  {func(l *data.Listing) { l.Title, l.Platform = "Bottle, steel bottle, kids bottle", data.Amazon }, "listing.title.repeated"},
		"a word twice, Amazon":   {func(l *data.Listing) { l.Title, l.Platform = "Bottle, steel bottle for kids", data.Amazon }, ""},
		"free shipping, Amazon":  {func(l *data.Listing) { l.Title, l.Platform = "Steel bottle 500 ml, free shipping", data.Amazon }, "listing.claim.promotion"},
		"free shipping, eBay":    {func(l *data.Listing) { l.Title = "Steel bottle 500 ml, free shipping" }, ""},
		"a sign, Amazon":         {func(l *data.Listing) { l.Title, l.Platform = "Steel bottle, 500 ml!", data.Amazon }, "listing.title.sign"},
		"200 on Amazon":          {func(l *data.Listing) { l.Title, l.Platform = strings.Repeat("ab ", 66)+"cd", data.Amazon }, ""},
		"201 on Amazon":          {func(l *data.Listing) { l.Title, l.Platform = strings.Repeat("ab ", 66)+"cde", data.Amazon }, "listing.title.long"},
		"no notes": {func(l *data.Listing) {
			l.Description = "New. A bottle of stainless steel for hot and cold drinks. 500 ml, 320 g, 24 cm high. Splash-proof lid. In the box: bottle, lid, brush."
		}, "listing.description.notes"},
		"no warranty": {func(l *data.Listing) {
			l.Returns = "Unused goods may come back within 30 days; the buyer pays return shipping."
		}, "listing.returns.warranty"},
		"one picture":         {func(l *data.Listing) { l.Pictures = 1 }, "listing.pictures.few"},
		"25 pictures on eBay": {func(l *data.Listing) { l.Pictures = 25 }, "listing.pictures.long"},
		"pictures of others":  {func(l *data.Listing) { l.OwnPictures = false }, "listing.pictures.own"},
		"no sizes, said so":   {func(l *data.Listing) { l.Sizes, l.NoSizes = "", true }, ""},
		"no sizes":            {func(l *data.Listing) { l.Sizes = "" }, "listing.sizes.missing"},
		"returns without days": {func(l *data.Listing) {
			l.Returns = "Unused goods may come back; the buyer pays return shipping. Warranty included."
		}, "listing.returns.days"},
		"returns without payer": {func(l *data.Listing) { l.Returns = "Unused goods may come back within 30 days. Warranty: one year." }, "listing.returns.return_payer"},
		"no material": {func(l *data.Listing) {
			l.Description = "New. A bottle for hot and cold drinks. 500 ml, 320 g, 24 cm high. With a lid. In the box: bottle, lid and brush. Note: hand measured."
		}, "listing.description.material"},
	} {
		t.Run(name, func(t *testing.T) {
			l := whole()
			c.change(&l)
			got := found(rules(t).Check(l, Shop{}))
			if c.want == "" && len(got) != 0 || c.want != "" && !slices.Equal(got, []string{c.want}) {
				t.Errorf("got %v, want %q", got, c.want)
			}
		})
	}
}

func TestClaimsThatCannotBeKept(t *testing.T) {
	for text, want := range map[string]string{
		"This watch is 100% waterproof.":                  "waterproof",
		"This watch is not 100% waterproof.":              "",
		"Water resistant to IPX4.":                        "",
		"100 % wasserdicht":                               "waterproof",
		"Dieses Zelt ist nicht 100 % wasserdicht.":        "",
		"这款手表完全防水。":                                       "waterproof",
		"Часы абсолютно водонепроницаемые.":               "waterproof",
		"Guaranteed arrival in 3 days!":                   "delivery",
		"We cannot guarantee that it arrives in 3 days.":  "",
		"Lieferung garantiert in 5 Tagen":                 "delivery",
		"Entrega garantizada antes de Navidad":            "delivery",
		"Usually 10 to 20 days.":                          "",
		"Original brand, best price":                      "brand",
		"100 % genuine":                                   "brand",
		"FDA approved":                                    "medical",
		"Guaranteed delivery in 7 days":                   "delivery",
		"官方正品,假一赔十":                                       "brand",
		"AAA quality handbag":                             "replica",
		"This belt relieves pain in the back.":            "medical",
		"Ce baume guérit tout.":                           "medical",
		"Remedio que cura":                                "medical",
		"You pay no customs, ever.":                       "customs",
		"No customs fees: shipped DDP.":                   "",
		"関税はかかりません":                                       "customs",
		"We can mark as gift to save you tax.":            "undervalue",
		"We do not mark as gift and declare the price.":   "",
		"Lifetime warranty":                               "lifetime",
		"Lifetime warranty; the warranty covers the zip.": "",
		"Garantia vitalícia":                              "lifetime",
		"All sales final.":                                "no_returns",
		"返品不可":                                            "no_returns",
		"世界第一的杯子":                                         "best",
	} {
		l := whole()
		l.Description += " " + text
		got := found(rules(t).Check(l, Shop{}))
		if want == "" && len(got) != 0 || want != "" && !slices.Equal(got, []string{"listing.claim." + want}) {
			t.Errorf("%q: %v, want %q", text, got, want)
		}
	}
}

func TestTheListingAndTheShopAreCompared(t *testing.T) {
	s := data.Service{ReplyHours: 48}
	s.Hours[1] = data.WorkDay{From: 8 * 60, To: 17 * 60}
	got := found(rules(t).Check(whole(), Shop{Service: s}))
	if want := []string{"listing.agrees.answer", "listing.agrees.hours"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := found(rules(t).Check(whole(), Shop{})); len(got) != 0 {
		t.Errorf("a shop that set nothing contradicts nothing: %v", got)
	}
	l := whole()
	l.Service = "周一至周五 9:00-18:00,48小时内回复"
	s.Hours[1] = data.WorkDay{From: 9 * 60, To: 18 * 60}
	if got := found(rules(t).Check(l, Shop{Service: s})); len(got) != 0 {
		t.Errorf("hours in Chinese: %v", got)
	}
}

func FuzzCheck(f *testing.F) {
	f.Add("100% waterproof", "9:00-18:00, 24 hours")
	f.Add("\xff保证 .. 到货", "99999999999999999999 h")
	r, err := BuiltIn()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text, hours string) {
		s := data.Service{ReplyHours: 24}
		s.Hours[1] = data.WorkDay{From: 1, To: 2}
		items := r.Check(data.Listing{Platform: data.Amazon, Title: text, Description: text, Service: hours}, Shop{Service: s})
		if len(items) != len(Parts()) {
			t.Fatal("a part is absent")
		}
	})
}

// What went wrong before becomes a note on the part that may spare the next one; a
// cause that no page can help with becomes none.
func TestCausesBecomeNotes(t *testing.T) {
	items := rules(t).Check(whole(), Shop{Causes: []data.ProductCause{
		{Cause: "customs", N: 3, Words: "buyers were told nothing of duty"}, {Cause: "packing", N: 9}, {Cause: "listing", N: 1},
	}})
	if got := found(items); !slices.Equal(got, []string{"listing.cause.customs", "listing.cause.listing"}) {
		t.Fatalf("got %v", got)
	}
	for _, it := range items {
		if it.Part == Duty && (it.Done || len(it.Findings) != 1 || !strings.Contains(it.Findings[0].Why.String(), "buyers were told nothing of duty") || !strings.Contains(it.Findings[0].Why.String(), "3")) {
			t.Errorf("%+v", it)
		}
	}
}

func shot(id int64, day string) data.ProductPaper {
	d, err := data.ParseDay(day)
	if err != nil {
		panic(err)
	}
	return data.ProductPaper{Kind: data.PaperSnapshot, EvidenceID: id, File: day, IssuedAt: d.Begin(time.UTC), AddedAt: time.Date(2026, 11, 30, 9, 0, 0, 0, time.UTC)}
}

func TestTheSnapshotNearestBeforeTheOrder(t *testing.T) {
	order := data.Order{OrderedAt: time.Date(2026, 3, 10, 15, 0, 0, 0, time.UTC)}
	kept := data.ProductPaper{Kind: data.PaperSnapshot, EvidenceID: 9, File: "kept", AddedAt: time.Date(2026, 3, 9, 9, 0, 0, 0, time.UTC)}
	other := shot(8, "2026-03-10")
	other.Kind = data.PaperCE
	for name, c := range map[string]struct {
		papers []data.ProductPaper // the newest first
		want   int64
		rules  string
	}{
		"none":               {nil, 0, ""},
		"of its own day":     {[]data.ProductPaper{shot(3, "2026-03-11"), shot(2, "2026-03-10"), shot(1, "2026-03-09")}, 2, ""},
		"two days before":    {[]data.ProductPaper{shot(3, "2026-04-01"), shot(1, "2026-03-08")}, 1, "info listing.snapshot.old 2"},
		"90 days before":     {[]data.ProductPaper{shot(1, "2025-12-10")}, 1, "info listing.snapshot.old 90"},
		"91 days before":     {[]data.ProductPaper{shot(1, "2025-12-09")}, 1, "warning listing.snapshot.old 91"},
		"after it alone":     {[]data.ProductPaper{shot(3, "2026-04-01"), shot(2, "2026-03-12")}, 2, "warning listing.snapshot.after 2"},
		"no date told":       {[]data.ProductPaper{kept}, 9, "info listing.snapshot.old 1; info listing.snapshot.kept "},
		"papers are no page": {[]data.ProductPaper{other}, 0, ""},
	} {
		got, ok := Nearest(c.papers, order.OrderedAt)
		if ok != (c.want != 0) || got.EvidenceID != c.want {
			t.Errorf("%s: %d", name, got.EvidenceID)
			continue
		}
		var said []string
		if ok {
			for _, f := range rules(t).Snapshot(&order, &got, "uid", time.UTC) {
				said = append(said, string(f.Severity)+" "+f.Rule+" "+f.Why.Args["n"])
			}
		}
		if got := strings.Join(said, "; "); got != c.rules {
			t.Errorf("%s: %q, want %q", name, got, c.rules)
		}
	}
}
