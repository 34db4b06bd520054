package fit_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"casebinder/assets"
	"casebinder/data"
	"casebinder/data/bundle/fit"
	"casebinder/data/policy"
)

// profile gives a profile with the figures of its built-in pack.
func profile(t testing.TB, id string) fit.Profile {
	t.Helper()
	p, err := fit.Find(id)
	if err != nil {
		t.Fatal(err)
	}
	if p.Pack == "" {
		return p
	}
	packs, err := policy.BuiltIn()
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(packs, func(k *policy.Pack) bool { return k.ID == p.Pack })
	if i < 0 {
		t.Fatalf("profile %s names the pack %s, which there is not", id, p.Pack)
	}
	var types []string
	limits := map[string]fit.Limit{}
	for _, u := range packs[i].Uploads {
		if u.ID == policy.UploadTypes {
			types = u.Types
		}
		limits[u.ID] = fit.Limit{Value: u.Value, Origin: u.Origin.Origin}
	}
	return p.With(types, limits)
}

func pages(id string, n int, bytes int64) fit.Item {
	return fit.Item{ID: "section:" + id, Section: data.Section(id), Media: fit.MediaPages, Cited: true, Required: id == "statement", Sizes: []fit.Size{{Bytes: bytes, Pages: n}}}
}

func exhibit(n int, kind data.EvidenceKind, media fit.Media, ending string, pages int, bytes ...int64) fit.Item {
	it := fit.Item{ID: fmt.Sprintf("exhibit:%d", n), Exhibit: n, Kind: kind, Section: data.SectionOf(kind), Media: media, Ending: ending, Bytes: bytes[0]}
	it.Cut = ending == "pdf"
	for _, b := range bytes {
		it.Sizes = append(it.Sizes, fit.Size{Bytes: b, Pages: pages})
	}
	return it
}

// photo is one of 12 megapixels: 3 MB, and less at each further step.
func photo(n int) fit.Item {
	it := exhibit(n, data.KindPhoto, fit.MediaPhoto, "jpg", 1, 3_000_000, 900_000, 500_000, 500_000, 500_000, 280_000, 110_000, 500_000, 180_000, 110_000)
	it.Width, it.Height = 4000, 3000
	return it
}

// sample is a case of 11 pages of text, an invoice of 3 pages, six photos, of
// which two are cited, and a film.
func sample() []fit.Item {
	items := []fit.Item{
		pages("statement", 1, 40_000), pages("timeline", 2, 60_000), pages("order", 1, 40_000), exhibit(1, data.KindInvoice, fit.MediaPages, "pdf", 3, 200_000),
		pages("shipping", 1, 50_000), pages("communication", 6, 180_000),
	}
	for n := 2; n <= 7; n++ {
		p := photo(n)
		p.Cited = n <= 3
		items = append(items, p)
	}
	film := exhibit(8, data.KindPacking, fit.MediaFilm, "mp4", 1, 20_000_000)
	film.Sizes, film.Seconds = []fit.Size{{Bytes: 30_000, Pages: 1}}, 45
	return append(items, film)
}

var overhead = fit.Extra{File: fit.Size{Bytes: 100_000}}

func names(p fit.Plan) string {
	var all []string
	for _, f := range p.Files {
		all = append(all, f.Name)
	}
	return strings.Join(all, " ")
}

func meter(t *testing.T, p fit.Plan, limit string) fit.Meter {
	t.Helper()
	for _, m := range p.Meters {
		if m.Limit == limit {
			return m
		}
	}
	t.Fatalf("%s has no meter of %s", p.Profile, limit)
	return fit.Meter{}
}

// Each figure is worked out by hand from the sample and the pack's limits. The
// text has 370 kB in 11 pages, the invoice 200 kB in 3, the film's page 30 kB; a
// file has 100 kB beside.
func TestSampleInEveryProfile(t *testing.T) {
	for _, c := range []struct {
		id    string
		step  int
		files string
		bytes int64
		pages int64
	}{
		// 600 kB + 6 x 3 MB, whole.
		{"plain", 0, "bundle.pdf", 18_700_000, 21},
		// 18.6 MB in parts of 10 MB: 570 kB of text and three photos of 3 MB in the
		// first, three and the film's page in the second.
		{"paypal", 0, "1-statement.pdf 2-exhibit-5.pdf", 18_800_000, 21},
		// 14.5 MB in all and 19 pages: 21 pages do not do, two photos on a page do (18).
		{"mastercard", 3, "1statement.pdf", 100_000 + 600_000 + 6*500_000, 18},
		// 20 pages: the same step. 5 MB a file.
		{"amex", 3, "1-statement.pdf", 100_000 + 600_000 + 6*500_000, 18},
		{"visa", 0, "1-statement.pdf 2-exhibit-5.pdf", 18_800_000, 21},
		{"amazon-atoz", 0, "1-statement.pdf", 18_700_000, 21},
		// 4.5 MB in four files of their categories, 400 kB of overhead: 3 MB and
		// 900 kB a photo are too much, 500 kB do.
		{"stripe", 2, "1-receipt.pdf 2-customer_communication.pdf 3-shipping_documentation.pdf 4-uncategorized_file.pdf", 400_000 + 600_000 + 6*500_000, 21},
		// 4 MB in all and 2 MB a file: the photos stand with the invoice and the film,
		// 330 kB with the overhead, so that 280 kB a photo are 10 kB too much in all.
		{"shopify-payments", 6, "1-response_summary_file.pdf 2-customer_communication_file.pdf 3-shipping_documentation_file.pdf 4-uncategorized_file.pdf", 400_000 + 600_000 + 6*110_000, 16},
	} {
		plan := fit.Make(profile(t, c.id), sample(), overhead)
		if !plan.Fits || plan.Step != c.step || names(plan) != c.files {
			t.Errorf("%s: fits %v, step %d, files %s; want step %d, %s; %v", c.id, plan.Fits, plan.Step, names(plan), c.step, c.files, plan.Why)
			continue
		}
		if b, n := meter(t, plan, fit.LimitTotalBytes), meter(t, plan, fit.LimitPages); b.Value != c.bytes || n.Value != c.pages {
			t.Errorf("%s: %d bytes and %d pages, want %d and %d", c.id, b.Value, n.Value, c.bytes, c.pages)
		}
	}
}

// OptBlue's megabyte holds the text and the invoice, and six photos of 40 kB.
func TestOptBlue(t *testing.T) {
	items := sample()
	for i := range items {
		if items[i].Media == fit.MediaPhoto {
			items[i].Sizes = []fit.Size{{Bytes: 400_000, Pages: 1}, {Bytes: 300_000, Pages: 1}, {Bytes: 100_000, Pages: 1}, {Bytes: 49_000, Pages: 1}}
		}
	}
	plan := fit.Make(profile(t, "amex-optblue"), items, overhead)
	if !plan.Fits || plan.Step != 3 {
		t.Fatalf("fits %v at step %d: %v", plan.Fits, plan.Step, plan.Why)
	}
	if m := meter(t, plan, fit.LimitTotalBytes); m.Value != 994_000 || m.Max != 1_000_000 {
		t.Errorf("%d of %d bytes", m.Value, m.Max)
	}
	// Four on a page, the film among them: 11 + 3 + 2 pages.
	if m := meter(t, plan, fit.LimitPages); m.Value != 16 || m.Max != 20 {
		t.Errorf("%d of %d pages", m.Value, m.Max)
	}
	if m := meter(t, plan, fit.LimitFiles); m.Value != 1 || m.Max != 5 {
		t.Errorf("%d of %d files", m.Value, m.Max)
	}
}

// Five pictures of four pages hold twenty pages: 11 of text, 3 of the invoice, 1
// of the film, and six photos, four on a page.
func TestEBayPictures(t *testing.T) {
	items := sample()
	for i := range items {
		at := items[i].Sizes[0].Pages
		items[i].Sizes = nil
		for _, page := range []int64{300_000, 250_000, 150_000, 90_000, 80_000, 70_000} {
			items[i].Sizes = append(items[i].Sizes, fit.Size{Bytes: page * int64(at), Pages: at})
		}
	}
	extra := fit.Extra{Texts: []fit.Text{{Field: "note", Chars: 400}}}
	// Step 3: 15 pages of 90 kB and six photos of 90 kB on two pages: 1.89 MB. Step
	// 4: 80 kB each, 1.68 MB in 17 pages, five pictures.
	plan := fit.Make(profile(t, "ebay-payment-dispute"), items, extra)
	if !plan.Fits || plan.Step != 4 || len(plan.Files) != 5 {
		t.Fatalf("fits %v at step %d in %d files: %v", plan.Fits, plan.Step, len(plan.Files), plan.Why)
	}
	if m := meter(t, plan, fit.LimitTotalBytes); m.Value != 21*80_000 {
		t.Errorf("%d bytes", m.Value)
	}
	first := plan.Files[0]
	if first.Name != "1-statement.jpg" || first.Pages != 4 || !slices.Equal(first.Items, []string{"section:statement", "section:timeline", "section:order"}) {
		t.Errorf("the first picture is %+v", first)
	}
	// The cited photos 2 and 3 stand before the invoice, which nothing cites.
	var order []string
	for _, f := range plan.Files {
		for _, id := range f.Items {
			if len(order) == 0 || order[len(order)-1] != id {
				order = append(order, id)
			}
		}
	}
	if slices.Index(order, "exhibit:3") > slices.Index(order, "exhibit:1") {
		t.Errorf("the order is %v", order)
	}
	if m := meter(t, plan, fit.LimitTextChars); m.Value != 400 || m.Max != 1000 {
		t.Errorf("the text has %d of %d characters", m.Value, m.Max)
	}
}

func TestDiscoverPictures(t *testing.T) {
	items := []fit.Item{pages("statement", 1, 0), pages("communication", 9, 0)}
	for i := range items {
		n := int64(items[i].Sizes[0].Pages)
		items[i].Sizes = []fit.Size{{Bytes: 400_000 * n, Pages: int(n)}, {Bytes: 301_000 * n, Pages: int(n)}, {Bytes: 299_000 * n, Pages: int(n)}}
	}
	plan := fit.Make(profile(t, "discover"), items, fit.Extra{})
	if !plan.Fits || plan.Step != 2 || len(plan.Files) != 10 || plan.Files[9].Name != "10-communication.jpg" {
		t.Errorf("fits %v at step %d: %s", plan.Fits, plan.Step, names(plan))
	}
	if plan.Files[0].Name != "01-statement.jpg" || plan.Files[4].First != 5 {
		t.Errorf("%+v", plan.Files)
	}
}

func TestLoose(t *testing.T) {
	// Shopee: photos of 3 MB are under its 10 MB; the film has 20 of 30 MB and 45 of
	// 60 s. The text and the invoice become 14 pictures.
	plan := fit.Make(profile(t, "shopee"), sample(), fit.Extra{})
	if !plan.Fits || plan.Step != 0 || len(plan.Files) != 14+6+1 {
		t.Fatalf("shopee: fits %v at step %d in %d files: %v", plan.Fits, plan.Step, len(plan.Files), plan.Why)
	}
	// The two cited photos come first of the photos.
	if f := plan.Files[14]; !f.Loose || f.Name != "15-exhibit-2.jpg" || f.Bytes != 3_000_000 || f.Pages != 0 {
		t.Errorf("shopee: %+v", f)
	}
	if f := plan.Files[20]; f.Name != "21-exhibit-8.mp4" || f.Bytes != 20_000_000 {
		t.Errorf("shopee: %+v", f)
	}
	// AliExpress: 2 MB a picture, so that each photo stands one step lower, and the
	// plan's step stays. It takes no films.
	plan = fit.Make(profile(t, "aliexpress"), sample(), overhead)
	if !plan.Fits || plan.Step != 0 || len(plan.Files) != 1+6 {
		t.Fatalf("aliexpress: fits %v at step %d: %s", plan.Fits, plan.Step, names(plan))
	}
	if f := plan.Files[1]; f.Step != 1 || f.Bytes != 900_000 || f.Name != "2-exhibit-2.jpg" {
		t.Errorf("aliexpress: %+v", f)
	}
	if f := plan.Files[0]; !slices.Contains(f.Items, "exhibit:8") || f.Bytes != 700_000 || f.Pages != 15 {
		t.Errorf("aliexpress: %+v", f)
	}
	// With five files the least of the photos go onto pages.
	p, err := fit.Find("aliexpress")
	if err != nil {
		t.Fatal(err)
	}
	p = p.With([]string{"jpg", "pdf"}, map[string]fit.Limit{fit.LimitFiles: {Value: 5}, fit.LimitFileBytes: {Value: 4_500_000}})
	plan = fit.Make(p, sample(), overhead)
	if !plan.Fits || len(plan.Files) != 5 || plan.Step != 1 {
		t.Fatalf("fits %v at step %d: %s %v", plan.Fits, plan.Step, names(plan), plan.Why)
	}
	if !has(plan.Why, "merged") {
		t.Errorf("that photos stand on pages is not told: %v", plan.Why)
	}
}

func has(why []fit.Reason, code string) bool {
	return slices.ContainsFunc(why, func(r fit.Reason) bool { return r.Code == code })
}

// refs names the places of a finding.
func refs(f data.Finding) string {
	var ids []string
	for _, r := range f.Where {
		ids = append(ids, r.ID)
	}
	return strings.Join(ids, " ")
}

// Two films, one of them too long: it is refused, and the way is named.
func TestFilmTooLong(t *testing.T) {
	items := sample()
	long := items[len(items)-1]
	long.ID, long.Exhibit, long.Seconds = "exhibit:9", 9, 61
	plan := fit.Make(profile(t, "shopee"), append(items, long), fit.Extra{})
	if plan.Fits || len(plan.Findings) != 1 {
		t.Fatalf("%v %+v", plan.Fits, plan.Findings)
	}
	f := plan.Findings[0]
	if f.Rule != fit.RuleRefused || f.Severity != data.Blocking || refs(f) != "exhibit:9" || f.Why.String() != "The video lasts 61 s; 60 s are allowed." ||
		f.Origin != profile(t, "shopee").Limits[fit.LimitVideoTime].Origin || f.Origin.Source == "" {
		t.Errorf("%+v", f)
	}
	if m := meter(t, plan, fit.LimitVideoTime); m.Value != 61 || m.Subject != "exhibit:9" || !m.Over() {
		t.Errorf("%+v", m)
	}
	way := plan.Ways[slices.IndexFunc(plan.Ways, func(w fit.Way) bool { return strings.HasPrefix(w.Code, "way.films") })]
	if !way.Fits || len(way.Items) != 2 || way.Args["bytes"] != "40 MB" {
		t.Errorf("%+v", way)
	}
}

// Thirty photos of 110 kB at the floor and the invoice are a file of 3.6 MB where
// 2 are allowed: the uncited go, the last first.
func TestWhatDoesNotFit(t *testing.T) {
	items := sample()[:6]
	for n := 2; n < 32; n++ {
		p := photo(n)
		p.Cited = n < 6
		items = append(items, p)
	}
	plan := fit.Make(profile(t, "shopify-payments"), items, overhead)
	if plan.Fits || len(plan.Files) == 0 {
		t.Fatalf("fits %v: %s", plan.Fits, names(plan))
	}
	// 2 MB less one byte hold 100 kB, the invoice's 200 kB and 15 photos: 15 are
	// refused, from the last.
	f := plan.Findings[0]
	if len(plan.Findings) != 1 || f.Why.Key != "fit.refused.uncited" || f.Mend.Deed != fit.DeedLeaveOut || f.Origin.Source == "" ||
		refs(f) != "exhibit:17 exhibit:18 exhibit:19 exhibit:20 exhibit:21 exhibit:22 exhibit:23 exhibit:24 exhibit:25 exhibit:26 exhibit:27 exhibit:28 exhibit:29 exhibit:30 exhibit:31" {
		t.Errorf("%+v", plan.Findings)
	}
	if m := meter(t, plan, fit.LimitFileBytes); m.Value != 100_000+200_000+30*110_000 || !m.Over() || m.Subject != "4-uncategorized_file.pdf" {
		t.Errorf("%+v", m)
	}
	uncited := plan.Ways[0]
	if uncited.Code != "way.uncited" || !uncited.Fits || uncited.Args["count"] != "27" || uncited.Args["bytes"] != "3.06 MB" {
		t.Errorf("%+v", uncited)
	}
	if largest := plan.Ways[1]; largest.Code != "way.largest.one" || largest.Fits || largest.Args["exhibit"] != "1" {
		t.Errorf("%+v", largest)
	}
}

// Sixty pages of messages where 49 may be: nothing else helps than a shorter chat.
func TestTooManyPages(t *testing.T) {
	chat := pages("communication", 60, 600_000)
	chat.Cited = false
	chat.Sizes = append(slices.Repeat(chat.Sizes, 7), fit.Size{Bytes: 120_000, Pages: 12})
	plan := fit.Make(profile(t, "stripe"), []fit.Item{pages("statement", 1, 40_000), chat}, overhead)
	if !plan.Fits || plan.Step != 7 || !has(plan.Why, "step.cited") {
		t.Errorf("fits %v at step %d: %v", plan.Fits, plan.Step, plan.Why)
	}
}

func TestTextTooLong(t *testing.T) {
	plan := fit.Make(profile(t, "ebay-payment-dispute"), []fit.Item{pages("statement", 1, 100_000)}, fit.Extra{Texts: []fit.Text{{Field: "note", Chars: 1234}}})
	if plan.Fits || plan.Step != 0 || len(plan.Files) != 1 || len(plan.Findings) != 1 {
		t.Fatalf("%+v", plan)
	}
	if f := plan.Findings[0]; f.Rule != fit.RuleText || refs(f) != "note" || f.Why.String() != "The text has 1,234 characters; 1,000 are allowed." || f.Mend.Deed != fit.DeedWrite {
		t.Errorf("%+v", f)
	}
	if len(plan.Ways) != 1 || plan.Ways[0].Code != "way.shorten.text_chars" || plan.Ways[0].Args["over"] != "234" {
		t.Errorf("%+v", plan.Ways)
	}
}

// A PDF of 40 pages and 30 MB goes over files of 10 MB: 13 pages of 750 kB each
// with its overhead.
func TestExhibitOverParts(t *testing.T) {
	items := []fit.Item{pages("statement", 2, 50_000), exhibit(1, data.KindQC, fit.MediaPages, "pdf", 40, 30_000_000), exhibit(2, data.KindPolicy, fit.MediaPages, "pdf", 1, 90_000)}
	plan := fit.Make(profile(t, "paypal"), items, overhead)
	if !plan.Fits || names(plan) != "1-statement.pdf 2-exhibit-1.pdf 3-exhibit-1.pdf 4-exhibit-1.pdf 5-exhibit-1.pdf" {
		t.Fatalf("%s %v", names(plan), plan.Why)
	}
	spans := []fit.Span{{Item: "exhibit:1", From: 1, To: 13}, {Item: "exhibit:1", From: 14, To: 26}, {Item: "exhibit:1", From: 27, To: 39}, {Item: "exhibit:1", From: 40, To: 40}}
	for i, s := range spans {
		if f := plan.Files[i+1]; len(f.Spans) != 1 || f.Spans[0] != s || f.First != 2+s.From {
			t.Errorf("%+v", f)
		}
	}
	if last := plan.Files[4]; !slices.Contains(last.Items, "exhibit:2") || last.Pages != 2 {
		t.Errorf("%+v", last)
	}
}

// Parts end at a section's border where that leaves a part at least half full.
func TestPartsEndAtSections(t *testing.T) {
	items := []fit.Item{
		exhibit(1, data.KindInvoice, fit.MediaPages, "pdf", 1, 6_000_000), exhibit(2, data.KindDelivery, fit.MediaPages, "pdf", 1, 3_000_000),
		exhibit(3, data.KindDelivery, fit.MediaPages, "pdf", 1, 3_000_000),
	}
	plan := fit.Make(profile(t, "paypal"), items, overhead)
	if len(plan.Files) != 2 || len(plan.Files[0].Items) != 1 || len(plan.Files[1].Items) != 2 {
		t.Errorf("%+v", plan.Files)
	}
}

func TestCount(t *testing.T) {
	const s = "Größe 尺寸 👍"
	for unit, want := range map[fit.Unit]int64{fit.UnitRunes: 10, "": 10, fit.UnitUTF16: 11, fit.UnitBytes: 19} {
		if got := fit.Count(s, unit); got != want {
			t.Errorf("%q in %q: %d, want %d", s, unit, got, want)
		}
	}
}

func TestSuggest(t *testing.T) {
	for _, c := range []struct {
		platform data.Platform
		pack     string
		want     string
	}{
		{data.EBay, "ebay-payment-dispute", "ebay-payment-dispute plain"},
		{data.EBay, "ebay-inr", "plain ebay-payment-dispute"},
		{data.PayPal, "paypal-claim", "paypal plain"},
		{data.Shopify, "shopify-payments", "shopify-payments plain"},
		{"", "amex", "amex amex-optblue plain"},
		{data.Shopify, "mastercard", "mastercard shopify-payments plain"},
		{data.Amazon, "amazon-safe-t", "amazon-atoz plain"},
		{data.Etsy, "etsy", "plain"},
		{data.AliExpress, "", "aliexpress plain"},
	} {
		if got := strings.Join(fit.Suggest(c.platform, c.pack), " "); got != c.want {
			t.Errorf("%s, %s: %s, want %s", c.platform, c.pack, got, c.want)
		}
	}
}

// The steps obey the resolution that an operator wrote into the pack.
func TestStepsWithinLimits(t *testing.T) {
	p, err := fit.Find("mastercard")
	if err != nil {
		t.Fatal(err)
	}
	p = p.With(nil, map[string]fit.Limit{fit.LimitDPI: {Value: 150}, fit.LimitPixels: {Value: 1_000_000}})
	for _, s := range p.Steps() {
		if s.DPI != 150 || s.LongEdge == 0 || s.LongEdge > 1000 {
			t.Errorf("%+v", s)
		}
	}
	if w, h := (fit.Step{LongEdge: 1000}).Edges(4000, 3000); w != 1000 || h != 750 {
		t.Errorf("%d x %d", w, h)
	}
}

// Each figure stands once: a profile repeats none of its pack but OptBlue's, which
// is another.
func TestNoFigureTwice(t *testing.T) {
	all, err := fit.Profiles()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range all {
		full := profile(t, p.ID)
		for name, l := range p.Limits {
			without := p
			without.Limits = nil
			if own := profilePack(t, without).Max(name); own == l.Value {
				t.Errorf("%s repeats %s of its pack", p.ID, name)
			}
		}
		if p.Form != fit.FormBundle && len(full.Types) == 0 {
			t.Errorf("%s says nothing of types", p.ID)
		}
	}
}

func profilePack(t *testing.T, p fit.Profile) fit.Profile {
	t.Helper()
	limits := profile(t, "amex").Limits
	if p.Pack != "amex" {
		t.Fatalf("%s has figures of its own", p.ID)
	}
	return p.With(nil, limits)
}

func TestWordsForAll(t *testing.T) {
	codes := map[string]bool{}
	all, err := fit.Profiles()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range all {
		codes["profile."+p.ID] = true
	}
	for _, l := range fit.Limits() {
		codes["fit.limit."+l], codes["fit.unsure."+l] = true, true
		if l != fit.LimitTextChars && l != fit.LimitTotalChars && l != fit.LimitPDFA {
			codes["fit.step.no."+l], codes["fit.refused.alone."+l] = true, true
		}
	}
	rng := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		plan := fit.Make(randomProfile(rng, all), randomItems(rng, 12), randomExtra(rng))
		for _, r := range plan.Why {
			codes["fit."+r.Code] = true
		}
		for _, f := range plan.Findings {
			codes[f.Why.Key] = true
			if f.How.Key != "" {
				codes[f.How.Key] = true
			}
		}
		for _, w := range plan.Ways {
			codes["fit."+w.Code] = true
		}
	}
	for _, language := range []string{"en", "zh-CN", "zh-TW"} {
		raw, err := assets.FS.ReadFile("lang/fit." + language + ".json")
		if err != nil {
			t.Fatal(err)
		}
		words := map[string]string{}
		if err := json.Unmarshal(raw, &words); err != nil {
			t.Fatal(err)
		}
		for code := range codes {
			if words[code] == "" {
				t.Errorf("%s has no words for %s", language, code)
			}
		}
		for code := range words {
			if !codes[code] && !strings.HasPrefix(code, "problem.") {
				t.Logf("%s: no plan of this test said %s", language, code)
			}
		}
	}
}

// randomProfile takes a profile and sets some of its limits anew.
func randomProfile(rng *rand.Rand, all []fit.Profile) fit.Profile {
	p := all[rng.IntN(len(all))]
	limits := map[string]fit.Limit{}
	set := func(name string, values ...int64) {
		if rng.IntN(2) == 0 {
			limits[name] = fit.Limit{Value: values[rng.IntN(len(values))], Origin: data.Origin{Confidence: []data.Confidence{data.Confirmed, data.Unconfirmed}[rng.IntN(2)]}}
		}
	}
	set(fit.LimitFiles, 1, 2, 5, 20)
	set(fit.LimitFileBytes, 1000, 300_000, 2_000_000)
	set(fit.LimitTotalBytes, 5000, 1_000_000, 30_000_000)
	set(fit.LimitPages, 1, 10, 50)
	set(fit.LimitVideoBytes, 1_000_000, 30_000_000)
	set(fit.LimitVideoTime, 60)
	set(fit.LimitNameChars, 3, 12, 40)
	set(fit.LimitPixels, 100, 5_000_000)
	set(fit.LimitDPI, 100, 300)
	set(fit.LimitTextChars, 100)
	set(fit.LimitTotalChars, 150)
	set(fit.LimitPDFA, 1)
	types := [][]string{nil, {"pdf"}, {"jpg", "png"}, {"png"}, {"pdf", "jpg", "mp4"}, {"txt"}}
	return p.With(types[rng.IntN(len(types))], limits)
}

func randomItems(rng *rand.Rand, most int) []fit.Item {
	items := make([]fit.Item, rng.IntN(most))
	for i := range items {
		it := &items[i]
		it.Cited, it.Required = rng.IntN(3) == 0, rng.IntN(8) == 0
		if rng.IntN(3) == 0 {
			it.Section = data.Sections()[rng.IntN(8)]
			it.ID, it.Media = fmt.Sprintf("section:%s%d", it.Section, i), fit.MediaPages
		} else {
			it.Exhibit, it.ID = i+1, fmt.Sprintf("exhibit:%d", i+1)
			it.Kind = data.EvidenceKinds()[rng.IntN(13)]
			it.Section = data.SectionOf(it.Kind)
			it.Media = []fit.Media{fit.MediaPages, fit.MediaPhoto, fit.MediaFilm, fit.MediaOther}[rng.IntN(4)]
			it.Cut = it.Media == fit.MediaPages && rng.IntN(2) == 0
			it.Ending = []string{"jpg", "mp4", "txt", "heic", ""}[rng.IntN(5)]
		}
		it.Seconds, it.Bytes, it.Width, it.Height = rng.IntN(120), rng.Int64N(40_000_000), rng.IntN(5000), rng.IntN(5000)
		bytes, n := rng.Int64N([]int64{1000, 300_000, 6_000_000}[rng.IntN(3)]+1), rng.IntN([]int{2, 30}[rng.IntN(2)])
		for range rng.IntN(7) {
			it.Sizes = append(it.Sizes, fit.Size{Bytes: bytes, Pages: n})
			bytes = bytes * 2 / 3
		}
	}
	return items
}

func randomExtra(rng *rand.Rand) fit.Extra {
	e := fit.Extra{File: fit.Size{Bytes: rng.Int64N(2000), Pages: rng.IntN(2)}}
	for range rng.IntN(3) {
		e.Texts = append(e.Texts, fit.Text{Field: "field", Chars: rng.Int64N(120), Max: rng.Int64N(2) * 110})
	}
	return e
}

func TestPlansKeepTheirPromises(t *testing.T) {
	all, err := fit.Profiles()
	if err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(7, 11))
	fits := 0
	for range 4000 {
		p, items, extra := randomProfile(rng, all), randomItems(rng, 30), randomExtra(rng)
		plan := fit.Make(p, items, extra)
		if plan.Fits {
			fits++
		}
		if problem := promise(p, items, extra, plan); problem != "" {
			t.Fatalf("%s: %s\nprofile %+v\nitems %+v\nplan %+v", p.ID, problem, p, items, plan)
		}
	}
	if fits < 400 {
		t.Errorf("only %d plans of 4,000 fit, so that little was tried", fits)
	}
}

// promise checks what every plan holds; "" is all well.
func promise(p fit.Profile, items []fit.Item, extra fit.Extra, plan fit.Plan) string {
	if again := fit.Make(p, items, extra); !reflect.DeepEqual(again, plan) {
		return "the same input gives another plan"
	}
	seen := map[string]int{}
	next, bytes := 1, int64(0)
	for _, f := range plan.Files {
		for _, id := range f.Items {
			seen[id]++
		}
		if f.Pages > 0 {
			if f.First != next {
				return fmt.Sprintf("%s begins at page %d, not %d", f.Name, f.First, next)
			}
			next += f.Pages
		}
		bytes += f.Bytes
		if m := p.Max(fit.LimitNameChars); m >= 12 && int64(len(f.Name)) > m {
			return "the name " + f.Name + " is too long"
		}
		if m := p.Max(fit.LimitFileBytes); m > 0 && f.Bytes > m && (p.Max(fit.LimitVideoBytes) == 0 || !f.Loose) {
			return fmt.Sprintf("%s has %d bytes of %d", f.Name, f.Bytes, m)
		}
	}
	refused := 0
	for _, f := range plan.Findings {
		for _, r := range f.Where {
			if r.Kind != "item" {
				continue
			}
			if seen[r.ID] > 0 {
				return r.ID + " is refused and placed"
			}
			seen[r.ID] = 1
		}
		if f.Severity == data.Blocking {
			refused++
		}
	}
	if plan.Fits == (refused > 0) {
		return fmt.Sprintf("fits is %v, and %d findings block", plan.Fits, refused)
	}
	for _, it := range items {
		if seen[it.ID] == 0 {
			return it.ID + " is lost"
		}
	}
	for limit, is := range map[string]int64{fit.LimitFiles: int64(len(plan.Files)), fit.LimitTotalBytes: bytes, fit.LimitPages: int64(next - 1)} {
		if m := p.Max(limit); m > 0 && is > m {
			return fmt.Sprintf("%s: %d of %d in the files", limit, is, m)
		}
	}
	over := slices.ContainsFunc(plan.Meters, fit.Meter.Over)
	if over == plan.Fits {
		return fmt.Sprintf("fits is %v, and a meter over its limit %v", plan.Fits, over)
	}
	for limit := range p.Limits {
		if !slices.ContainsFunc(plan.Meters, func(m fit.Meter) bool { return m.Limit == limit }) {
			return "there is no meter of " + limit
		}
	}
	if !plan.Fits && len(plan.Ways) == 0 && refused == 0 {
		return "it does not fit, and nothing is said of it"
	}
	return ""
}

func FuzzMake(f *testing.F) {
	for seed := range uint64(6) {
		f.Add(seed, seed*7, int64(1000), 3)
	}
	f.Add(uint64(1), uint64(2), int64(-5), -1)
	f.Add(uint64(3), uint64(2), int64(1)<<62, 1<<30)
	all, err := fit.Profiles()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, a, b uint64, bytes int64, n int) {
		rng := rand.New(rand.NewPCG(a, b))
		p, items, extra := randomProfile(rng, all), randomItems(rng, 6), randomExtra(rng)
		for i := range min(len(items), 2) {
			items[i].Bytes, items[i].Sizes = bytes, []fit.Size{{Bytes: bytes, Pages: n}}
		}
		if problem := promise(p, items, extra, fit.Make(p, items, extra)); problem != "" {
			t.Fatal(problem)
		}
	})
}

func FuzzDecode(f *testing.F) {
	for _, id := range []string{"plain", "stripe", "amex-optblue"} {
		raw, err := assets.FS.ReadFile("profiles/" + id + ".toml")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	f.Add([]byte("id = \"x\"\nlimits = 3"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		p, err := fit.Decode("fuzz.toml", raw)
		if err != nil {
			if _, ok := data.AsProblem(err); !ok {
				t.Fatalf("not a problem: %v", err)
			}
			return
		}
		fit.Make(*p, sample(), overhead)
	})
}

func TestDecodeRefuses(t *testing.T) {
	const head = "id = \"x\"\nname = \"X\"\nform = \"document\"\n"
	const ladder = "[[ladder]]\nid = \"a\"\n"
	for text, want := range map[string]string{
		head + "colour = 3\n" + ladder:                                                        "line 4: there is no field “colour”",
		head + ladder + "[limits.total_bytes]\nvalue = 3\n":                                   "line 6: the limit “total_bytes” has no source",
		head + ladder + "[limits.bytes]\nvalue = 3\nsource=\"s\"\nconfidence=\"confirmed\"\n": "there is no limit “bytes”",
		head:     "it has no ladder",
		"id = 3": "line 1",
		head + ladder + "[[ladder]]\nid = \"b\"\nlong_edge = 100\n[[ladder]]\nid = \"c\"\nlong_edge = 200\n": "is better than the one before",
		head + "types = [\"pdf\"]\n" + ladder:                       "types_from",
		strings.Replace(head, "document", "categories", 1) + ladder: "categories",
	} {
		if _, err := fit.Decode("x.toml", []byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}

func BenchmarkMake1000(b *testing.B) {
	items := sample()[:6]
	for n := range 1000 {
		p := photo(n + 2)
		p.Cited = n%3 == 0
		items = append(items, p)
	}
	for _, id := range []string{"plain", "paypal", "stripe", "ebay-payment-dispute", "shopee", "aliexpress", "amex-optblue"} {
		p := profile(b, id)
		b.Run(id, func(b *testing.B) {
			for b.Loop() {
				fit.Make(p, items, overhead)
			}
		})
	}
}
