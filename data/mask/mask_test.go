package mask

import (
	"bytes"
	"encoding/json"
	"errors"
	"html"
	"io"
	"net/url"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf16"
	"unicode/utf8"

	"casebinder/data"
)

// All people, streets and numbers are invented.
func spain() data.Order {
	return data.Order{
		Number: "8123456789012345", PaymentRef: "6005551234", Shop: data.Shop{Platform: data.AliExpress, Name: "Blue Fox"},
		Buyer:     data.Buyer{Name: "Ana García López", Handle: "anagarcia85", Email: "ana.garcia85@example.com", Phone: "+34 600 111 242", Country: "ES"},
		ShipTo:    data.Address{Name: "Ana García", Line1: "Calle Mayor 12, 3ºB", City: "Madrid", Postcode: "28013", Country: "ES", Phone: "600111242"},
		Shipments: []data.Shipment{{Tracking: "LX123456789CN", Carrier: "China Post"}, {Tracking: "00340434161094012345"}},
		Items:     []data.Item{{Title: "Silk rose scarf", SKU: "RS-600111243"}},
	}
}

func orderIn(code, name, line1, phone string) data.Order {
	return data.Order{
		Number: "A-100234", Shop: data.Shop{Platform: data.EBay, Name: "Blue Fox"}, Buyer: data.Buyer{Name: name, Country: code, Phone: phone},
		ShipTo: data.Address{Name: name, Line1: line1, Country: code},
	}
}

func TestNilChangesNothing(t *testing.T) {
	m := New(spain(), nil, nil)
	leaks, err := m.SearchBytes("", strings.NewReader("Ana García"))
	if m != nil || m.Text("Ana García") != "Ana García" || m.Find("Ana García") != nil || m.Search("", "Ana García") != nil ||
		leaks != nil || err != nil || m.Removed() != nil {
		t.Error("a masker of no kinds does something")
	}
	m.Learn("Ana García")
}

func TestOnlyTheKindsThatWereChosen(t *testing.T) {
	text := "Ana García, Calle Mayor 12, +34 600 111 242, ana.garcia85@example.com, 4242 4242 4242 4242"
	for kind, want := range map[data.MaskKind]string{
		data.MaskName:    "A••• G•••, Calle Mayor 12, +34 600 111 242, a•••.g•••@example.com, 4242 4242 4242 4242",
		data.MaskAddress: "Ana García, ••• ••• ••, +34 600 111 242, ana.garcia85@example.com, 4242 4242 4242 4242",
		data.MaskPhone:   "Ana García, Calle Mayor 12, +34 ••• ••• •42, ana.garcia85@example.com, 4242 4242 4242 4242",
		data.MaskEmail:   "Ana García, Calle Mayor 12, +34 600 111 242, a•••@•••.com, 4242 4242 4242 4242",
		data.MaskPayment: "Ana García, Calle Mayor 12, +34 600 111 242, ana.garcia85@example.com, •••• •••• •••• 4242",
	} {
		m := New(spain(), nil, []data.MaskKind{kind})
		if got := m.Text(text); got != want {
			t.Errorf("%s\n got %s\nwant %s", kind, got, want)
		}
		if leaks := m.Search("", want); len(leaks) > 0 {
			t.Errorf("%s leaks %+v", kind, leaks)
		}
	}
}

func TestFurtherPeople(t *testing.T) {
	m := New(spain(), []string{"Max Mustermann", "AliExpress", "Blue Fox", "+49 30 1234567", "kim@example.net"}, data.MaskKinds())
	got := m.Text("Max Mustermann wrote on AliExpress to Blue Fox: 030 1234567, kim@example.net")
	if want := "M••• M••• wrote on AliExpress to Blue Fox: ••• •••••67, k•••@•••.net"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestColumnsThatNoFieldTakes(t *testing.T) {
	o := data.Order{Number: "1", Extra: map[string]string{
		"bill-address-1": "Rosenhof 7", "buyer-phone-number": "555 0100", "billingName": "Otto Beispiel", "Transaction ID": "912345678901",
		"Sold Via Promoted Listings": "Yes",
	}}
	m := New(o, nil, data.MaskKinds())
	got := m.Text("Otto Beispiel, Rosenhof 7, 5550100, Tel 912345678901, Yes")
	if want := "O••• B•••, ••• •, •••••00, Tel 912345678901, Yes"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestWhatOneTextTellsIsMaskedInAll(t *testing.T) {
	m := New(data.Order{}, nil, []data.MaskKind{data.MaskPhone})
	first := "It is 4471 2209."
	m.Learn("My phone: 44712209")
	if got := m.Text(first); got != "It is •••• ••09." {
		t.Error(got)
	}
	if leaks := m.Search("page 3", "4471\n2209"); len(leaks) != 1 || leaks[0].Where != "page 3" || leaks[0].Kind != data.MaskPhone {
		t.Errorf("%+v", leaks)
	}
}

func TestRemovedCounts(t *testing.T) {
	m := New(spain(), nil, data.MaskKinds())
	m.Text("Ana, ana.garcia85@example.com, other@example.org")
	m.Text("Tel +34 600 111 242; Ana")
	count := map[data.MaskKind]int{}
	for _, f := range m.Removed() {
		count[f.Kind]++
	}
	if count[data.MaskEmail] != 2 || count[data.MaskName] != 2 || count[data.MaskPhone] != 1 || len(m.Removed()) != 5 {
		t.Errorf("%v", count)
	}
}

func TestFindGivesTheBytes(t *testing.T) {
	s := "¡Hola! Ａna, call +34 600 111 242"
	for _, f := range New(spain(), nil, data.MaskKinds()).Find(s) {
		if s[f.Start:f.End] != f.Text || f.Text != "Ａna" && f.Text != "+34 600 111 242" {
			t.Errorf("%+v", f)
		}
	}
}

// What the text of a PDF's page can look like.
func TestSearchFindsWhatALayoutHides(t *testing.T) {
	m := New(spain(), []string{"王小明", "أحمد المحمود", "Иван Петров"}, data.MaskKinds())
	m.Text("write to other.person@example.org or card 4242 4242 4242 4242, call +44 20 7946 0958")
	for _, s := range []string{
		"Ana\nGarcía", "ANA GARCIA", "G a r c í a", "Gar-\ncía", "García,   Ana", "anagarcialopez", "AnaGarcía", "Gar\u00adcía", "Gar\u200bcía",
		"王\n小明", "王 小 明", "دومحملا دمحأ", "المحمود أحمد", "ﺃﺣﻤﺪ", "Петровым", "IVAN PETROV",
		"ana.garcia85@exam\nple.com", "ana.garcia85 @ example.com", "ana.garcia85%40example.com", "otherperson@example.org", "other.person@example.\norg",
		"600\n111\n242", "600111242", "(600) 111-242", "0034600111242", "６００１１１２４２", "٦٠٠١١١٢٤٢", "12600111242", "442079460958",
		"4242424242424242", "4242-4242\n4242-4242", "Calle Ma-\nyor 12", "calle mayor", "C/ Mayor, 12",
	} {
		if len(m.Search("", s)) == 0 {
			t.Errorf("%q is not found", s)
		}
	}
	for _, s := range []string{
		"A••• G•••", "a•••@•••.com", "+34 ••• ••• •42", "•••• •••• •••• 4242", "mayor", "8123456789012345", "LX123456789CN", "Madrid 28013", "banana",
		"王", "小", "example.org", "2026-11-22", "gar cia", "An angel",
	} {
		if leaks := m.Search("", s); len(leaks) > 0 {
			t.Errorf("%q is no leak: %+v", s, leaks)
		}
	}
}

func TestRefuse(t *testing.T) {
	m := New(spain(), nil, data.MaskKinds())
	if err := Refuse(m.Search("page 2", "nothing")); err != nil {
		t.Error(err)
	}
	err := Refuse(m.Search("page 2", "Ana García"))
	if !errors.Is(err, data.ErrRefused) || !strings.Contains(err.Error(), "page 2 still shows what was to be masked: A••• G•••") || strings.Contains(err.Error(), "García") {
		t.Error(err)
	}
}

func wide(s string, big bool) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		if big {
			b = append(b, byte(u>>8), byte(u))
		} else {
			b = append(b, byte(u), byte(u>>8))
		}
	}
	return b
}

func TestSearchBytes(t *testing.T) {
	m := New(spain(), []string{"王小明"}, data.MaskKinds())
	asJSON, err := json.Marshal("say \"Ana García\" / 王小明\n")
	if err != nil {
		t.Fatal(err)
	}
	noise := strings.Repeat("\x00\xff\x91\x02", 100)
	for name, raw := range map[string]string{
		"plain":      "the buyer is García and nobody else",
		"json":       string(asJSON),
		"json ascii": `{"who": "Ana Garc\u00eda"}`,
		"json han":   `{"who": "\u738b\u5c0f\u660e"}`,
		"percent":    "https://example.com/?who=" + url.QueryEscape("Ana García") + "&lang=es",
		"percent 2":  "https://example.com/?who=" + url.QueryEscape(url.QueryEscape("王小明")),
		"entities":   "<p>Ana Garc&#237;a, " + html.EscapeString("<b>") + "</p>",
		"utf-16":     "\xff\xfe" + string(wide("Ana García", false)),
		"utf-16be":   noise + "\xfe\xff" + string(wide("Ana García", true)) + noise,
		"utf-16 odd": "x" + noise + string(wide("ana.garcia85@example.com", false)) + noise,
		"utf-16 han": noise + string(wide("王小明", true)) + noise,
		"binary":     noise + "Ana García" + noise,
		"far":        strings.Repeat("abc \x01", 70000) + "Ana García Ana García Ana",
		"between":    strings.Repeat(" ", chunkSize-5) + "ana.garcia85@example.com",
	} {
		leaks, err := m.SearchBytes(name, iotest.HalfReader(strings.NewReader(raw)))
		if err != nil || len(leaks) == 0 || leaks[0].Where != name {
			t.Errorf("%s: %+v, %v", name, leaks, err)
		}
	}
}

// Bytes that are no text hold any short word by chance.
func TestSearchBytesTakesNoNoiseForAName(t *testing.T) {
	m := New(spain(), []string{"王小明", "Li Wu", "Kim"}, data.MaskKinds())
	raw, state := make([]byte, 4<<20), uint64(1)
	for i := range raw {
		state = state*6364136223846793005 + 1442695040888963407
		raw[i] = byte(state >> 56)
	}
	leaks, err := m.SearchBytes("noise", bytes.NewReader(raw))
	if err != nil || len(leaks) > 0 {
		t.Errorf("%+v, %v", leaks, err)
	}
}

func TestSearchBytesGivesTheReadersError(t *testing.T) {
	_, err := New(spain(), nil, data.MaskKinds()).SearchBytes("a.pdf", iotest.ErrReader(io.ErrClosedPipe))
	if !errors.Is(err, io.ErrClosedPipe) || !strings.Contains(err.Error(), "a.pdf") {
		t.Error(err)
	}
}

// A million characters without a gap are read in one go.
func TestLongTexts(t *testing.T) {
	m := New(spain(), []string{"王小明", "aaaaaaaaaa"}, data.MaskKinds())
	for _, s := range []string{"a", "1", "王", "路", "@", "a@", "1 ", "+1", "é", "ana ", "12 Main ", "a.", "•", "\xff"} {
		long := strings.Repeat(s, 1_000_000/len(s))
		got := m.Text(long)
		if !utf8.ValidString(got) || utf8.RuneCountInString(got) > 2*utf8.RuneCountInString(long) {
			t.Errorf("%q: %d bytes became %d", s, len(long), len(got))
		}
	}
}

func FuzzText(f *testing.F) {
	for _, group := range corpus {
		for _, c := range group.cases {
			f.Add(c[0])
		}
	}
	f.Add("\xff\xfe•Ana•García•600111242•")
	f.Add("a@b.co@c.de 4242 4242 4242 4242 4242")
	f.Fuzz(func(t *testing.T, s string) {
		o := spain()
		m := New(o, []string{"王小明", "Rose Will", "Li Wu", "أحمد", "Иван Петров", "김민수"}, data.MaskKinds())
		got := m.Text(s)
		if !utf8.ValidString(got) {
			t.Fatalf("%q is not UTF-8", got)
		}
		if n := utf8.RuneCountInString(strings.ToValidUTF8(s, "\uFFFD")); utf8.RuneCountInString(got) > 2*n {
			t.Fatalf("%q is more than twice as long as %q", got, s)
		}
		if again := m.Text(got); again != got {
			t.Fatalf("%q: masked once %q, twice %q", s, got, again)
		}
		if leaks := m.Search("", got); len(leaks) > 0 {
			t.Fatalf("%q: %q leaks %+v", s, got, leaks)
		}
		if _, err := m.SearchBytes("", strings.NewReader(s)); err != nil {
			t.Fatal(err)
		}
	})
}

func BenchmarkText(b *testing.B) {
	for name, s := range map[string]string{
		"prose": strings.Repeat("Hola, soy Ana García y vivo en Calle Mayor 12, llame al +34 600 111 242. ", 14000), "one word": strings.Repeat("a", 1_000_000), "han": strings.Repeat("我的包裹还没有到", 125_000),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(s)))
			for b.Loop() {
				New(spain(), []string{"王小明"}, data.MaskKinds()).Text(s)
			}
		})
	}
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		New(spain(), []string{"王小明"}, data.MaskKinds())
	}
}
