package paper

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"casebinder/data"
)

var shop = data.Shop{Name: "Willow Lane", Platform: data.AliExpress, Zone: "Asia/Shanghai"}

func invented(number, lang string) Order {
	return Order{Language: lang, Card: "Thank you for your order!\n\nEnjoy it.\n\nWillow Lane", Order: data.Order{
		Shop: shop, Number: number, Status: data.StatusToShip, OrderedAt: time.Date(2026, 11, 20, 20, 0, 0, 0, time.UTC),
		Buyer:  data.Buyer{Name: "Anna Beispiel", Country: "DE"},
		ShipTo: data.Address{Name: "Anna Beispiel", Line1: "Hauptstr. 5", City: "Berlin", Postcode: "10115", Country: "DE"},
		Items: []data.Item{
			{SKU: "LN-20", Title: "Paper lantern", Variation: "Red", Quantity: 2, Price: data.Money{Minor: 1999, Currency: "EUR"}},
			{SKU: "CUP-1", Title: "茶杯", Variation: "蓝色", Quantity: 3, Price: data.Money{Minor: 450, Currency: "EUR"}},
		},
		Shipments: []data.Shipment{{Tracking: "LX100000001CN", Carrier: "Example Post", Weight: 1250, ShippedAt: data.Day{Year: 2026, Month: 11, Day: 21}.Begin(time.UTC)}},
	}}
}

func these(orders ...Order) iter.Seq2[Order, error] {
	return func(yield func(Order, error) bool) {
		for _, o := range orders {
			if !yield(o, nil) {
				return
			}
		}
	}
}

func write(t *testing.T, o Options, orders ...Order) (Result, string) {
	t.Helper()
	if o.Date.IsZero() {
		o.Date = time.Date(2026, 11, 30, 8, 0, 0, 0, time.UTC)
	}
	var b bytes.Buffer
	r, err := Write(t.Context(), &b, these(orders...), o)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "paper.pdf")
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return r, path
}

// tool runs a program that is not ours; one that is missing skips loudly at home.
func tool(t *testing.T, name string, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatalf("%s is missing", name)
		}
		t.Skipf("%s is missing: nothing was checked", name)
	}
	out, err := exec.Command(name, args...).Output()
	if err != nil {
		t.Fatalf("%s %v: %v", name, args, err)
	}
	return string(out)
}

func rules(r Result) []string {
	var list []string
	for _, f := range r.Findings {
		list = append(list, f.Rule)
	}
	return list
}

func TestAParcelListReadsBack(t *testing.T) {
	r, path := write(t, Options{Kind: ParcelList, Size: A4, Also: "zh-CN"}, invented("8123000000000017", "de"))
	text := tool(t, "pdftotext", "-layout", path, "-")
	for _, want := range []string{
		"Packliste", "装箱单", "8123000000000017", "21. November 2026", "LX100000001CN", "Example Post", "1.25 kg",
		"Paper lantern", "Red", "LN-20", "2 ×", "茶杯", "3 ×", "5 Summe", "Seite 1 von 1", "Gepackt von", "商品完好",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
	for _, not := range []string{"19,99", "€", "Hauptstr.", "Einzelpreis"} { // a gift shows no prices
		if strings.Contains(text, not) {
			t.Errorf("%q is in a list without prices and address", not)
		}
	}
	if len(r.Findings) > 0 || r.Orders != 1 || r.Papers != 1 || r.Pages != 1 {
		t.Errorf("the result is %+v", r)
	}
	_, path = write(t, Options{Kind: ParcelList, Size: A6, Prices: true, Address: true}, invented("8123000000000017", "de"))
	text = tool(t, "pdftotext", "-layout", path, "-")
	for _, want := range []string{"19,99", "Hauptstr. 5", "10115 Berlin"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
}

func TestEachParcelHasItsList(t *testing.T) {
	o := invented("8123000000000017", "en")
	o.Shipments = append(o.Shipments, data.Shipment{Tracking: "LX100000002CN"}, data.Shipment{Tracking: "RETURN1", Kind: data.ShipmentReturn})
	r, path := write(t, Options{Kind: ParcelList, Size: Label}, o)
	text := tool(t, "pdftotext", "-layout", path, "-")
	for _, want := range []string{"Parcel 1 of 2", "Parcel 2 of 2", "LX100000002CN", "What is ticked is in this one."} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
	if strings.Contains(text, "RETURN1") || r.Papers != 2 {
		t.Errorf("%d lists, what comes back among them: %v", r.Papers, strings.Contains(text, "RETURN1"))
	}
}

func TestSizesOfPaper(t *testing.T) {
	for size, want := range map[Size]string{A4: "595.276 x 841.89", A6: "297.675 x 419.58", Label: "283.5 x 425.25"} {
		for _, kind := range Kinds() {
			_, path := write(t, Options{Kind: kind, Size: size}, invented("8123000000000017", "ja"))
			info := tool(t, "pdfinfo", path)
			if !strings.Contains(info, want) {
				t.Errorf("%s on %s: %s", kind, size, info)
			}
		}
	}
}

// A list of 2,000 items goes over pages, each with its number, and loses none.
func TestTwoThousandItems(t *testing.T) {
	o := invented("8123000000000017", "en")
	o.Items = nil
	for i := range 2000 {
		o.Items = append(o.Items, data.Item{Title: fmt.Sprintf("Item number %d.", i+1), Quantity: 1})
	}
	r, path := write(t, Options{Kind: ParcelList, Size: A6}, o)
	text := tool(t, "pdftotext", "-layout", path, "-")
	pages := strings.Split(strings.TrimSuffix(text, "\f"), "\f")
	if len(pages) != r.Pages || r.Pages < 50 {
		t.Fatalf("%d pages, told are %d", len(pages), r.Pages)
	}
	for i, page := range pages {
		if want := fmt.Sprintf("Page %d of %d", i+1, r.Pages); !strings.Contains(page, want) {
			t.Fatalf("page %d does not say %q:\n%s", i+1, want, page)
		}
	}
	for i := range 2000 {
		if !strings.Contains(text, fmt.Sprintf("Item number %d.", i+1)) {
			t.Fatalf("item %d is lost", i+1)
		}
	}
}

func TestAHandOverNote(t *testing.T) {
	a, b, c := invented("A-1", "en"), invented("B-2", "en"), invented("C-3", "en")
	b.Shipments[0].Tracking, b.Shipments[0].Weight = "LX100000002CN", 310
	c.Shipments = []data.Shipment{{Carrier: "Other Freight", Tracking: "LX100000001CN"}}
	r, path := write(t, Options{Kind: HandOver, Size: A4, Language: "zh-CN"}, a, b, c)
	text := tool(t, "pdftotext", "-layout", path, "-")
	for _, want := range []string{"包裹交接单", "Example Post", "Other Freight", "A-1", "B-2", "C-3", "LX100000002CN", "德国 DE", "1.56 kg", "310 g", "2026年11月30日", "签名", "承运商签收"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
	if r.Papers != 2 || r.Parcels != 3 {
		t.Errorf("%d notes of %d parcels, want one for each of two carriers, and three", r.Papers, r.Parcels)
	}
	if got := rules(r); !slices.Equal(got, []string{"paper.tracking_twice", "paper.unweighed"}) {
		t.Errorf("found %v", got)
	}
	// Parcels of one day alone: the others are left out, and told.
	b.Shipments[0].ShippedAt = time.Date(2026, 11, 21, 17, 0, 0, 0, time.UTC) // the 22nd in Shanghai
	r, _ = write(t, Options{Kind: HandOver, Size: A6, Only: data.Day{Year: 2026, Month: 11, Day: 21}.Begin(time.UTC)}, a, b, c)
	if r.Parcels != 1 || !slices.Equal(rules(r), []string{"paper.other_day"}) || r.Findings[0].Why.Args["count"] != "2" {
		t.Errorf("%d parcels of the day, found %+v", r.Parcels, r.Findings)
	}
	if _, err := Write(t.Context(), &bytes.Buffer{}, these(a), Options{Kind: HandOver, Size: A4, Only: data.Day{Year: 2020, Month: 1, Day: 1}.Begin(time.UTC)}); !errors.Is(err, data.ErrInvalid) {
		t.Errorf("a note without parcels: %v", err)
	}
}

// A card greets, shrinks what is too long, and splits what does not fit even so;
// no word is lost.
func TestCardsFit(t *testing.T) {
	long := invented("8123000000000017", "de")
	for i := range 100 {
		long.Card += fmt.Sprintf(" wort%d", i)
	}
	r, path := write(t, Options{Kind: ThankYou, Size: A6}, long)
	if text := tool(t, "pdftotext", path, "-"); !strings.Contains(text, "Guten Tag Anna Beispiel,") || !strings.Contains(text, "wort99") {
		t.Errorf("the card says\n%s", text)
	}
	if r.Pages != 1 || !slices.Equal(rules(r), []string{"paper.smaller"}) {
		t.Errorf("%d pages, found %v", r.Pages, rules(r))
	}
	for i := range 2000 {
		long.Card += fmt.Sprintf(" more%d", i)
	}
	r, path = write(t, Options{Kind: ThankYou, Size: A6}, long)
	text := strings.Join(strings.Fields(tool(t, "pdftotext", path, "-")), " ")
	for i := range 2000 {
		if !strings.Contains(text+" ", fmt.Sprintf("more%d ", i)) {
			t.Fatalf("the word more%d is lost", i)
		}
	}
	if r.Pages < 2 || !slices.Contains(rules(r), "paper.split") {
		t.Errorf("%d pages, found %v", r.Pages, rules(r))
	}
}

func TestFourCardsAndTheirLeaflets(t *testing.T) {
	orders := []Order{invented("A-1", "en"), invented("B-2", "fr"), invented("C-3", "ar")}
	r, path := write(t, Options{Kind: ThankYou, Size: A4, Four: true, News: "A kettle of one liter"}, orders...)
	if r.Pages != 2 || r.Papers != 3 { // six cards
		t.Errorf("%d pages of %d cards", r.Pages, r.Papers)
	}
	if text := tool(t, "pdftotext", path, "-"); strings.Count(text, "A kettle of one liter") != 3 || !strings.Contains(text, "Nouveautés de la boutique") {
		t.Errorf("the leaflets say\n%s", text)
	}
}

func TestWhatShouldBeKnown(t *testing.T) {
	for rule, change := range map[string]func(*Order){
		"paper.canceled":   func(o *Order) { o.Status = data.StatusCanceled },
		"paper.unpaid":     func(o *Order) { o.Status = data.StatusUnpaid },
		"paper.quantity":   func(o *Order) { o.Items[0].Quantity = -1 },
		"paper.no_items":   func(o *Order) { o.Items = nil },
		"paper.no_address": func(o *Order) { o.ShipTo = data.Address{} },
		"paper.glyph":      func(o *Order) { o.Items[0].Title = "Lamp \U00013000" }, // a hieroglyph
		"paper.barcode":    func(o *Order) { o.Number = "заказ-7" },
		"paper.language":   func(o *Order) { o.Language = "sw" },
	} {
		o := invented("8123000000000017", "en")
		change(&o)
		r, path := write(t, Options{Kind: ParcelList, Size: A6, Address: true}, o)
		if !slices.Equal(rules(r), []string{rule}) {
			t.Errorf("found %v, want %s alone", rules(r), rule)
		}
		if rule == "paper.glyph" {
			if text := tool(t, "pdftotext", path, "-"); !strings.Contains(text, "[U+13000]") {
				t.Errorf("the sign is not shown by its code in\n%s", text)
			}
		}
	}
}

func TestAnAddressInFourScripts(t *testing.T) {
	o := invented("8123000000000017", "en")
	o.ShipTo = data.Address{Name: "Иван Примеров", Line1: "Κτίριο Β", Line2: "北京路 5", City: "الرياض", Country: "SA"}
	r, path := write(t, Options{Kind: ParcelList, Size: Label, Address: true}, o)
	text := tool(t, "pdftotext", path, "-")
	for _, want := range []string{"Иван Примеров", "Κτίριο Β", "北京路 5", "الرياض"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
	if len(r.Findings) > 0 {
		t.Errorf("found %v", rules(r))
	}
}

func TestHostileTextsAreNeitherCutNorEndless(t *testing.T) {
	o := invented("8123000000000017", "en")
	o.Items[0].Title = strings.Repeat("x", 20_000)
	o.Items[1].Title = "a\u202eb\x00c" + strings.Repeat("\u0301", 300)
	o.Shop.Name = strings.Repeat("long ", 400)
	o.Shipments[0].Tracking = strings.Repeat("9", 500)
	for _, size := range Sizes() {
		for _, kind := range Kinds() {
			_, path := write(t, Options{Kind: kind, Size: size, Also: "ja", Prices: true, Address: true}, o)
			if kind == ParcelList {
				if n := strings.Count(tool(t, "pdftotext", path, "-"), "x"); n < 20_000 {
					t.Errorf("%s: %d of 20000 letters are there", size, n)
				}
			}
		}
	}
}

func TestTheSameInputGivesTheSameBytes(t *testing.T) {
	for _, kind := range Kinds() {
		_, a := write(t, Options{Kind: kind, Size: A6}, invented("A-1", "ru"), invented("B-2", "th"))
		_, b := write(t, Options{Kind: kind, Size: A6}, invented("A-1", "ru"), invented("B-2", "th"))
		one, _ := os.ReadFile(a)
		two, _ := os.ReadFile(b)
		if len(one) == 0 || !bytes.Equal(one, two) {
			t.Errorf("%s differs", kind)
		}
	}
}

// A thousand orders stream: what stays in memory does not grow with them.
func TestManyOrdersStreamAndStop(t *testing.T) {
	heap := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	measured := map[int64]uint64{}
	var out counting
	done := int64(0)
	r, err := Write(t.Context(), &out, func(yield func(Order, error) bool) {
		for i := range 1000 {
			if !yield(invented(fmt.Sprintf("81230000000%05d", i), []string{"en", "ja", "ar"}[i%3]), nil) {
				return
			}
		}
	}, Options{Kind: ParcelList, Size: A6, Progress: func(n int64) {
		if done = n; n == 100 || n == 1000 {
			measured[n] = heap()
		}
	}})
	if err != nil || r.Papers != 1000 || done != 1000 || out < 1_000_000 {
		t.Fatalf("%d papers, %d done, %d bytes: %v", r.Papers, done, out, err)
	}
	if measured[1000] > measured[100]+8<<20 {
		t.Errorf("the heap grew from %d to %d bytes", measured[100], measured[1000])
	}
	ctx, cancel := context.WithCancel(t.Context())
	n := 0
	_, err = Write(ctx, &out, func(yield func(Order, error) bool) {
		for yield(invented("A-1", "en"), nil) {
			if n++; n == 3 {
				cancel()
			}
		}
	}, Options{Kind: ThankYou, Size: A6})
	if !errors.Is(err, context.Canceled) || n > 4 {
		t.Errorf("after cancel %d more orders came: %v", n, err)
	}
}

type counting int64

func (c *counting) Write(p []byte) (int, error) {
	*c += counting(len(p))
	return len(p), nil
}

func TestEachLanguageHasAllWords(t *testing.T) {
	table, err := allWords()
	if err != nil {
		t.Fatal(err)
	}
	for language, w := range table {
		v := reflect.ValueOf(*w)
		for i := range v.NumField() {
			if strings.TrimSpace(v.Field(i).String()) == "" {
				t.Errorf("%s has no word for %s", language, v.Type().Field(i).Name)
			}
		}
		for _, counts := range []string{w.Page, w.Parcel} {
			if !strings.Contains(counts, "{n}") || !strings.Contains(counts, "{count}") {
				t.Errorf("%s does not count in %q", language, counts)
			}
		}
	}
	for _, language := range []string{"en", "es", "fr", "de", "pt-BR", "ru", "ja", "ko", "nl", "it", "pl", "ar", "tr", "id", "th", "vi", "ms", "zh-CN", "zh-TW"} {
		if table[language] == nil {
			t.Errorf("there are no words in %s, in which cards are written", language)
		}
	}
	for lang, want := range map[string]string{"zh-Hant-HK": "zh-TW", "zh": "zh-CN", "pt-PT": "pt-BR", "de-AT": "de", "sw": "en", "": "en"} {
		if got := wordsOf(lang).Language; got != want {
			t.Errorf("%q has the words of %s, want %s", lang, got, want)
		}
	}
}

func TestWeights(t *testing.T) {
	for grams, want := range map[int64]string{-5: "", 0: "", 7: "7 g", 999: "999 g", 1000: "1 kg", 1250: "1.25 kg", 10_000: "10 kg", 20_005: "20.005 kg"} {
		if got := weight(grams); got != want {
			t.Errorf("%d grams are %q, want %q", grams, got, want)
		}
	}
}

func TestWhatIsNoPaperIsRefused(t *testing.T) {
	for _, o := range []Options{{Kind: "poster", Size: A4}, {Kind: ThankYou, Size: "a0"}, {Kind: ThankYou, Size: A6}} {
		orders := these(invented("A-1", "en"))
		if o.Size == A6 {
			orders = these()
		}
		if _, err := Write(t.Context(), &bytes.Buffer{}, orders, o); !errors.Is(err, data.ErrInvalid) {
			t.Errorf("%+v: %v", o, err)
		}
	}
}
