package barcode

import (
	"slices"
	"strings"
	"testing"

	"casebinder/data"
)

func numbersOf(codes ...string) []string {
	var list []data.ReadCode
	for i := 0; i < len(codes); i += 2 {
		list = append(list, data.ReadCode{Format: codes[i], Text: codes[i+1]})
	}
	var texts []string
	for _, n := range Numbers(list) {
		text := n.Text
		if n.Proven {
			text += " " + n.Form
		}
		texts = append(texts, text)
	}
	return texts
}

// Check digits by hand. S10 of 12345678: 8+12+12+8+15+30+63+56 = 204, 204 mod 11
// = 6, 11-6 = 5. S10 of 00000001: 7, 4. S10 of 00000050: 5*9 = 45, mod 11 = 1: 10
// is written 0. S10 of 00000000: 11 is written 5. UPS 1Z 123456 0123456784: digits
// at odd places 1+3+5+0+2+4+6+8 = 29, at even 2+4+6+1+3+5+7 = 28, twice 56; 85, 5.
func TestNumbers(t *testing.T) {
	for name, c := range map[string]struct{ codes, want []string }{
		"postal":                 {[]string{"Code128", "RB123456785CN"}, []string{"RB123456785CN s10"}},
		"check digit 0":          {[]string{"Code128", "RB000000500CN"}, []string{"RB000000500CN s10"}},
		"check digit 5 for 11":   {[]string{"Code39", "*RB000000005CN*"}, []string{"RB000000005CN s10"}},
		"wrong check digit":      {[]string{"Code128", "RB123456784CN"}, []string{"RB123456784CN"}},
		"in groups":              {[]string{"Code128", "RB 123 456 785 CN"}, []string{"RB123456785CN s10"}},
		"lower case in a page":   {[]string{"QRCode", "https://t.example/t?no=rb123456785cn&l=ru"}, []string{"RB123456785CN s10"}},
		"three fields":           {[]string{"Aztec", "RB123456785CN;8244000000000065;50265"}, []string{"RB123456785CN s10", "8244000000000065"}},
		"json":                   {[]string{"QRCode", `{"tn": "RB123456785CN", "ord": "11-22222-33333", "v": 2}`}, []string{"RB123456785CN s10", "11-22222-33333"}},
		"two with a space":       {[]string{"DataMatrix", "RB123456785CN 112-1111111-2222222"}, []string{"RB123456785CN s10", "112-1111111-2222222"}},
		"ups":                    {[]string{"Code128", "1Z1234560123456785"}, []string{"1Z1234560123456785 ups"}},
		"ups, wrong":             {[]string{"Code128", "1Z1234560123456784"}, []string{"1Z1234560123456784"}},
		"sscc":                   {[]string{"Code128", "00106141411234567897"}, []string{"106141411234567897 sscc"}},
		"post code alone":        {[]string{"Code128", "42012345"}, nil},
		"product":                {[]string{"EAN13", "4006381333931"}, nil},
		"short ITF":              {[]string{"ITF", "12345678"}, nil},
		"long ITF":               {[]string{"ITF", "80000000000006"}, []string{"80000000000006"}},
		"a short order alone":    {[]string{"Code128", "#1001"}, []string{"#1001", "1001"}},
		"no short order in more": {[]string{"QRCode", "a;1001;b"}, nil},
		"never a part":           {[]string{"Code128", "XXRB123456785CNXX"}, []string{"XXRB123456785CNXX"}},
		"words":                  {[]string{"QRCode", "thank you for your order"}, nil},
		"nothing":                {[]string{"QRCode", ""}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			if got := numbersOf(c.codes...); !slices.Equal(got, c.want) {
				t.Errorf("numbers %q, want %q", got, c.want)
			}
		})
	}
}

// 92, 19 zeros and a check digit: counted from the right, the 2 stands at the 20th
// place before it and counts once, the 9 at the 21st and counts three times: 29, 1.
func TestUSPS(t *testing.T) {
	const number = "9200000000000000000001"
	want := []string{number + " usps", "42012345" + number}
	if got := numbersOf("Code128", "42012345\x1d"+number); !slices.Equal(got, want) {
		t.Errorf("with a post code: %q, want %q", got, want)
	}
	if got := numbersOf("Code128", "42012345"+number); !slices.Equal(got, want) {
		t.Errorf("without a separator: %q, want %q", got, want)
	}
	// The sender's own number stands behind the post code and the number's end.
	got := numbersOf("Code128", "42012345\x1d"+number, "DataMatrix", "12345"+"00000001"+"27-62519-37653")
	if !slices.Contains(got, "27-62519-37653") {
		t.Errorf("behind the route: %q", got)
	}
	got = numbersOf("Code128", "42012345\x1d"+number, "DataMatrix", "12346"+"00000001"+"27-62519-37653")
	if slices.Contains(got, "27-62519-37653") {
		t.Errorf("behind another route: %q", got)
	}
}

func FuzzNumbers(f *testing.F) {
	f.Add("Code128", "42012345\x1d9200000000000000000001", "12345000000011234567890")
	f.Add("QRCode", `{"tn": "RB123456785CN"}`, "")
	f.Add("ITF", "80000000000006", "#1001")
	f.Fuzz(func(t *testing.T, format, a, b string) {
		codes := []data.ReadCode{{Format: format, Text: a}, {Format: "DataMatrix", Text: b}}
		for _, n := range Numbers(codes) {
			if n.Text == "" || len(n.Text) > maxNumber {
				t.Fatalf("a number %q", n.Text)
			}
			if n.Code < 0 || n.Code >= len(codes) || ofProduct(codes[n.Code].Format) {
				t.Fatalf("%q stands in code %d", n.Text, n.Code)
			}
			plain := strings.NewReplacer(" ", "", "\x1d", "").Replace(strings.ToUpper(codes[n.Code].Text))
			if !strings.Contains(plain, n.Text) {
				t.Fatalf("%q does not stand in %q", n.Text, codes[n.Code].Text)
			}
		}
	})
}
