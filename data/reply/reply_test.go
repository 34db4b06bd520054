package reply

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"casebinder/data"
)

func variant(lang, body string) data.Variant { return data.Variant{Language: lang, Body: body} }

func mustRender(t *testing.T, v data.Variant, c Context) Draft {
	t.Helper()
	d, err := Render(v, c)
	if err != nil {
		t.Fatalf("Render(%q): %v", v.Body, err)
	}
	return d
}

func TestRenderFillsFromTheOrder(t *testing.T) {
	for _, test := range []struct{ lang, body, want string }{
		{"en", "{{ order.number }}", "8123456789012345"},
		{"en", "{{ delivery.date }} / {{ order.total }}", "21 July 2025 / US$45.99"},
		{"ru", "{{ delivery.date }} / {{ order.total }}", "21 июля 2025 г. / 45,99\u00a0US$"},
		{"zh-CN", "{{ delivery.date }} / {{ order.total }} / {{ order.items }}", "2025年7月21日 / US$45.99 / Stoneware mug（Blue） × 2"},
		{"de", "{{ delivery.date }} / {{ order.total }}", "21. Juli 2025 / 45,99\u00a0US$"},
		{"es-MX", "{{ delivery.date }}", "21 de julio de 2025"},
		{"fr", "{{ order.date }}", "1er juillet 2025"},
		{"pt-BR", "{{ order.total }}", "US$\u00a045,99"},
		{"ja", "{{ delivery.date }} {{ dispute.reason }}", "2025年7月21日 商品未着"},
		{"ko", "{{ delivery.date }}", "2025년 7월 21일"},
		{"ar", "{{ delivery.date }}", "\u206821 يوليو 2025\u2069"},
		{"sv", "{{ delivery.date }} {{ order.total }}", "21 juli 2025 45,99\u00a0US$"},
		{"en", "{{ buyer.first_name }}|{{ buyer.name | upcase }}", "Ana|ANA GARCÍA"},
		{"en", "{% if tracking.number %}T {{ tracking.number }}{% else %}none{% endif %}", "T LX123456789CN"},
		{"en", `{% case feedback.stars %}{% when "1", "2" %}bad{% when "3" %}so-so{% else %}good{% endcase %}`, "so-so"},
		{"en", "{% unless refund.amount %}no{% else %}{{ refund.amount }}{% endunless %}", "US$12.00"},
		{"en", "a {%- comment %} {{ nothing }} {% endcomment -%} b", "ab"},
		{"en", "Hello\n{% if order.note %}\n{% endif %}\n\n\nend  \nx", "Hello\n\nend\nx"},
		{"en", "{{ dispute.claim | truncate: 10 }}", "El paquet…"},
		{"ru", "{{ delivery.date }}. Да{% if order.date %} {{ order.date }}{% endif %}. Нет.", "21 июля 2025 г. Да 1 июля 2025 г. Нет."},
		{"en", "{{ seller.signature }}", "Lin\nWillow Lane Home"},
		{"en", "{{ ship_to.address }}", "Ana García\nCalle de la Muestra 5\n28013 MADRID\nSPAIN"},
	} {
		d := mustRender(t, variant(test.lang, test.body), invented())
		if d.Text != test.want || len(d.Missing) > 0 {
			t.Errorf("%s %q = %q, missing %v; want %q", test.lang, test.body, d.Text, d.Missing, test.want)
		}
	}
}

func TestMissingValues(t *testing.T) {
	bare := Context{Order: data.Order{Number: "7", Buyer: data.Buyer{Name: "Ana"}}}
	for _, test := range []struct {
		body    string
		extra   map[string]string
		want    string
		missing []string
	}{
		{"{{ tracking.number }} {{ order.number }}", nil, "⟦tracking.number⟧ 7", []string{"tracking.number"}},
		{"{% if tracking.number %}{{ tracking.number }} {{ tracking.carrier }}{% endif %}ok", nil, "ok", nil},
		{"{% if order.number %}{{ tracking.carrier }}{% else %}{{ tracking.number }}{% endif %}", nil, "⟦tracking.carrier⟧", []string{"tracking.carrier"}},
		{`{{ tracking.carrier | default: "the post" }}`, nil, "the post", nil},
		{`{{ tracking.carrier | default: coupon.code }}`, nil, "⟦tracking.carrier⟧", []string{"coupon.code", "tracking.carrier"}},
		{`{{ tracking.carrier | append: "!" }}`, nil, "⟦tracking.carrier⟧", []string{"tracking.carrier"}},
		{`{{ order.number | append: tracking.carrier }}`, nil, "⟦tracking.carrier⟧", []string{"tracking.carrier"}},
		{"{{ tracking.number }}", map[string]string{"tracking.number": "X1"}, "X1", nil},
		{"{{ order.number }}", map[string]string{"order.number": "8"}, "8", nil},
		{"{{ tracking.number }}", map[string]string{"tracking.number": "  "}, "⟦tracking.number⟧", []string{"tracking.number"}},
		{"{{ order.total }}{{ order.date }}", nil, "⟦order.total⟧⟦order.date⟧", []string{"order.date", "order.total"}},
		{"{% if tracking.number and delivery.date %}x{% endif %}{{ order.number }}", nil, "7", nil},
	} {
		bare.Extra = test.extra
		d := mustRender(t, variant("en", test.body), bare)
		if d.Text != test.want || len(d.Missing) != len(test.missing) || len(test.missing) > 0 && !reflect.DeepEqual(d.Missing, test.missing) {
			t.Errorf("%q = %q, missing %v; want %q, %v", test.body, d.Text, d.Missing, test.want, test.missing)
		}
	}
}

func TestCheckNamesTheLine(t *testing.T) {
	for _, test := range []struct{ body, code, line, words string }{
		{"a\nb {{ order.nummer }}", "reply_unknown_variable", "2", "order.number"},
		{"{% if false %}\n{{ nobody }}{% endif %}", "reply_unknown_variable", "2", "nobody"},
		{"x\n\n{% if order.number %}y", "reply_syntax", "3", "if"},
		{"x {% endif %}", "reply_syntax", "1", "endif"},
		{"x\n{{ order.number", "reply_unclosed_braces", "2", "{{"},
		{"x\n{{ order.number }", "reply_unclosed_braces", "2", "{{"},
		{"order.number }}", "reply_unclosed_braces", "1", "}}"},
		{"x\ny {% if order.number }z{% endif %}", "reply_syntax", "2", "}"},
		{"{% include 'secret.txt' %}", "reply_unknown_tag", "1", "include"},
		{"a\n{% for x in order.number %}{% endfor %}", "reply_unknown_tag", "2", "for"},
		{"{% raw %}{{ order.number }}{% endraw %}", "reply_unknown_tag", "1", "raw"},
		{"{% assign x = 1 %}", "reply_unknown_tag", "1", "assign"},
		{"{{ order.number | read_file }}", "reply_unknown_filter", "1", "read_file"},
		{"{{ order.number | replace: 'a', 'b' }}", "reply_unknown_filter", "1", "replace"},
		{"a{% comment %}b", "reply_syntax", "1", "endcomment"},
		{"{{ (1..9999999) }}", "reply_syntax", "1", "ranges"},
		{"{{ order['number'] }}", "reply_unknown_variable", "1", "order"},
		{"{{ %assign x = 1 }}", "reply_syntax", "1", "%"},
		{"{{ 99999999999999999999999999 }}", "reply_syntax", "1", "range"},
		{"{% if order.number %}a{% else %}b{% elsif order.date %}c{% endif %}", "reply_syntax", "1", "else"},
		{"{% case order.number %}stray{% when '1' %}a{% endcase %}", "reply_syntax", "1", "when"},
		{"{{ order.number | default: }}", "reply_syntax", "1", "default"},
		{"{% if %}a{% endif %}", "reply_syntax", "1", "empty"},
		{" \n ", "reply_empty", "", "no text"},
		{strings.Repeat("x", MaxTemplateBytes+1), "reply_template_too_long", "", "16385"},
		{"\xff", "reply_encoding", "", "UTF-8"},
		{strings.Repeat("{% if order.number %}", 20) + "x" + strings.Repeat("{% endif %}", 20), "reply_syntax", "1", "deep"},
	} {
		problems := Check(test.body)
		if len(problems) == 0 {
			t.Errorf("Check(%.60q) found nothing", test.body)
			continue
		}
		p := problems[0]
		if p.Kind.Code != test.code || p.Args["line"] != test.line || !strings.Contains(p.Error(), test.words) {
			t.Errorf("Check(%.60q) = %s line %s: %v; want %s line %s with %q", test.body, p.Kind.Code, p.Args["line"], p, test.code, test.line, test.words)
		}
		if _, err := Render(variant("en", test.body), invented()); err == nil {
			t.Errorf("Render(%.60q) took a broken template", test.body)
		}
	}
}

func TestCheckFindsEveryProblem(t *testing.T) {
	problems := Check("{{ a.b }}\n{{ order.number | sort }}\n{% foo %}")
	var lines []string
	for _, p := range problems {
		lines = append(lines, p.Args["line"])
	}
	if strings.Join(lines, ",") != "1,2,3" {
		t.Errorf("problems on lines %v, want 1, 2, 3", lines)
	}
}

func TestBuyersWordsAreData(t *testing.T) {
	c := invented()
	c.Dispute.Claim = "{{ seller.signature }}"
	_, err := Render(variant("en", "{{ dispute.claim }}"), c)
	if p, ok := data.AsProblem(err); !ok || p.Kind != problemLiteral || p.Args["name"] != "dispute.claim" || !errors.Is(err, data.ErrRefused) {
		t.Errorf("code in a buyer's words gives %v, want a refusal that names dispute.claim", err)
	}
	c.Dispute.Claim = "it's } { and % \u202Eevil\u202C\x07"
	d := mustRender(t, variant("en", "{{ dispute.claim }}"), c)
	if d.Text != "it's } { and % evil" {
		t.Errorf("text = %q", d.Text)
	}
}

func TestTextIsBounded(t *testing.T) {
	c := invented()
	c.Dispute.Claim = strings.Repeat("a", MaxTextBytes)
	_, err := Render(variant("en", "x{{ dispute.claim }}"), c)
	if !errors.Is(err, data.ErrLimit) {
		t.Errorf("a text over the limit gives %v", err)
	}
	if _, err := Render(variant("en", "{% if coupon.code %}x{% endif %}"), Context{}); !errors.Is(err, data.ErrInvalid) {
		t.Errorf("a text without words gives %v", err)
	}
}

func TestMoneyIsExact(t *testing.T) {
	usd := data.Money{Minor: 4599, Currency: "USD"}
	yen := data.Money{Minor: 4599, Currency: "JPY"}
	for _, test := range []struct {
		lang, country string
		money         data.Money
		want          string
	}{
		{"en", "", data.Money{Minor: 123456789, Currency: "USD"}, "US$1,234,567.89"},
		{"en", "US", usd, "$45.99"},
		{"en", "GB", usd, "US$45.99"},
		{"en", "CA", data.Money{Minor: 4599, Currency: "CAD"}, "$45.99"},
		{"en", "US", data.Money{Minor: 4599, Currency: "CAD"}, "CA$45.99"},
		{"de", "", data.Money{Minor: 123456789, Currency: "EUR"}, "1.234.567,89\u00a0€"},
		{"de", "CH", data.Money{Minor: 123456789, Currency: "CHF"}, "CHF\u00a01'234'567.89"},
		{"de", "DE", usd, "45,99\u00a0US$"},
		{"fr", "FR", data.Money{Minor: -50, Currency: "EUR"}, "-0,50\u00a0€"},
		{"fr", "FR", data.Money{Minor: 123450, Currency: "EUR"}, "1\u202f234,50\u00a0€"},
		{"ja", "JP", yen, "4,599円"},
		{"ja", "JP", usd, "US$45.99"},
		{"zh-CN", "CN", yen, "JP¥4,599"},
		{"zh-TW", "TW", data.Money{Minor: 120000, Currency: "TWD"}, "$1,200.00"},
		{"ko", "KR", data.Money{Minor: 12500, Currency: "KRW"}, "12,500원"},
		{"pl", "PL", usd, "45,99\u00a0USD"},
		{"pl", "PL", data.Money{Minor: 4599, Currency: "PLN"}, "45,99\u00a0zł"},
		{"pl", "PL", data.Money{Minor: 4599, Currency: "EUR"}, "45,99\u00a0€"},
		{"es", "MX", usd, "US$45.99"},
		{"es", "ES", data.Money{Minor: 123450, Currency: "EUR"}, "1234,50\u00a0€"},
		{"pt-BR", "BR", data.Money{Minor: 4599, Currency: "BRL"}, "R$\u00a045,99"},
		{"en", "", data.Money{Minor: 1005, Currency: "KWD"}, "KWD\u00a01.005"},
		{"en", "", data.Money{Minor: 900719925474099301, Currency: "USD"}, "US$9,007,199,254,740,993.01"},
		{"ar", "", data.Money{Minor: 123456, Currency: "USD"}, "1,234.56\u00a0US$"},
		{"fa", "IR", data.Money{Minor: 4500, Currency: "EUR"}, "€45.00"},
		{"en", "", data.Money{Minor: 5, Currency: "XQX"}, "XQX 0.05"},
	} {
		if got := formatFor(test.lang, test.country, time.UTC).money(test.money); got != test.want {
			t.Errorf("%s %s %v = %q, want %q", test.lang, test.country, test.money, got, test.want)
		}
	}
}

func TestDaysByLanguageAndCountry(t *testing.T) {
	at := time.Date(2025, 7, 3, 9, 0, 0, 0, time.UTC)
	for _, test := range []struct{ lang, country, want string }{
		{"en", "US", "July 3, 2025"},
		{"en", "", "July 3, 2025"},
		{"en", "GB", "3 July 2025"},
		{"en", "AU", "3 July 2025"},
		{"en", "ES", "3 July 2025"},
		{"es", "MX", "3 de julio de 2025"},
		{"pt-BR", "BR", "3 de julho de 2025"},
		{"de", "DE", "3. Juli 2025"},
		{"it", "IT", "3 luglio 2025"},
		{"ru", "RU", "3 июля 2025 г."},
		{"ja", "JP", "2025年7月3日"},
		{"ko", "KR", "2025년 7월 3일"},
		{"zh-TW", "TW", "2025年7月3日"},
		{"ar", "EG", "3 يوليو 2025"},
		{"pl", "PL", "3 lipca 2025"},
		{"nl", "BE", "3 juli 2025"},
		{"tr", "TR", "3 Temmuz 2025"},
		{"th", "TH", "3 กรกฎาคม ค.ศ. 2025"},
		{"vi", "VN", "3 tháng 7, 2025"},
		{"id", "ID", "3 Juli 2025"},
		{"ms", "MY", "3 Julai 2025"},
		{"xx", "", "2025-07-03"},
	} {
		if got := formatFor(test.lang, test.country, time.UTC).date(at); got != test.want {
			t.Errorf("%s %s = %q, want %q", test.lang, test.country, got, test.want)
		}
	}
	january := time.Date(2025, 1, 1, 9, 0, 0, 0, time.UTC)
	if got := formatFor("de", "AT", time.UTC).date(january); got != "1. Jänner 2025" {
		t.Errorf("in Austria: %q", got)
	}
	if got := formatFor("fr", "FR", time.UTC).date(january); got != "1er janvier 2025" {
		t.Errorf("in French: %q", got)
	}
}

// A day that was picked is that day in each language; free words stay.
func TestTypedValuesAreWrittenInTheLanguage(t *testing.T) {
	c := invented()
	for _, test := range []struct{ lang, name, typed, want string }{
		{"es", "return.until", "2026-12-28", "28 de diciembre de 2026"},
		{"en", "return.until", "2026-12-28", "28 December 2026"},
		{"ja", "return.until", "2026-12-28", "2026年12月28日"},
		{"es", "return.until", "mañana", "mañana"},
		{"de", "offer.amount", "12.50", "12,50\u00a0US$"},
		{"de", "offer.amount", "9 EUR", "9,00\u00a0€"},
		{"de", "offer.amount", "EUR 9.5", "9,50\u00a0€"},
		{"de", "offer.amount", "die Hälfte", "die Hälfte"},
		{"en", "promo.percent", "20", "20"},
	} {
		c.Extra = map[string]string{test.name: test.typed}
		if d := mustRender(t, variant(test.lang, "{{ "+test.name+" }}"), c); d.Text != test.want {
			t.Errorf("%s %s %q = %q, want %q", test.lang, test.name, test.typed, d.Text, test.want)
		}
	}
}

func TestDatesAreTheShops(t *testing.T) {
	c := invented()
	c.Order.OrderedAt = time.Date(2025, 7, 1, 17, 0, 0, 0, time.UTC) // the 2nd in Shanghai
	if d := mustRender(t, variant("en", "{{ order.date }}"), c); d.Text != "2 July 2025" {
		t.Errorf("date = %q, want that of Asia/Shanghai", d.Text)
	}
}

func TestLatestParcelCounts(t *testing.T) {
	c := invented()
	second := data.Shipment{Carrier: "Other", Tracking: "SECOND", ShippedAt: c.Order.Shipments[0].ShippedAt.AddDate(0, 0, 20)}
	c.Order.Shipments = append(c.Order.Shipments, second)
	if d := mustRender(t, variant("en", "{{ tracking.number }} {{ ship.date }}"), c); d.Text != "SECOND 23 July 2025" {
		t.Errorf("text = %q, want the second parcel's", d.Text)
	}
}

func TestPick(t *testing.T) {
	template := func(langs ...string) data.Template {
		var tpl data.Template
		for _, l := range langs {
			tpl.Variants = append(tpl.Variants, data.Variant{Language: l})
		}
		return tpl
	}
	for _, test := range []struct {
		have []string
		ask  string
		want string
		same bool
	}{
		{[]string{"en", "pt-BR", "pt"}, "pt", "pt", true},
		{[]string{"en", "pt-BR"}, "pt-PT", "pt-BR", false}, // another Portuguese: say so
		{[]string{"en", "pt-BR"}, "pt", "pt-BR", true},
		{[]string{"en", "es"}, "ES-mx", "es", true},
		{[]string{"en", "zh-CN"}, "zh", "zh-CN", true},
		{[]string{"en", "zh-CN"}, "zh-TW", "zh-CN", false}, // another script: say so
		{[]string{"zh-CN", "zh-TW"}, "zh-HK", "zh-TW", true},
		{[]string{"es", "en"}, "ja", "en", false},
		{[]string{"es", "de"}, "ja", "es", false},
		{[]string{"es", "en"}, "", "en", false},
		{[]string{"es", "en"}, "not a tag", "en", false},
		{nil, "en", "", false},
	} {
		v, same := Pick(template(test.have...), test.ask)
		if v.Language != test.want || same != test.same {
			t.Errorf("Pick(%v, %q) = %q, %v; want %q, %v", test.have, test.ask, v.Language, same, test.want, test.same)
		}
	}
}

func TestVariablesAreFilledByTheExample(t *testing.T) {
	known := invented().values("en")
	filled := map[string]bool{"answer.by": true, "return.postage": true, "issue.kind": true, "warranty.until": true, "return.agreed": true, "return.until": true}
	without := map[string]bool{"order.canceled": true, "order.rated": true, "parcel.waiting": true, "parcel.second": true, "parcel.customs": true, "parcel.pickup": true}
	for _, v := range Variables() {
		if known[v.Name] == "" && !without[v.Name] {
			t.Errorf("the example has no %s", v.Name)
		}
		if v.Key != "variable."+v.Name || v.English == "" || (v.Kind == KindChoice) != (len(v.Choices) > 0) {
			t.Errorf("%s lacks its description", v.Name)
		}
		c := invented()
		c.Extra = nil
		if got := c.values("en")[v.Name]; v.Asked == (got != "") && !filled[v.Name] && !without[v.Name] {
			t.Errorf("%s: asked %v, but the order gives %q", v.Name, v.Asked, got)
		}
	}
}

func FuzzRender(f *testing.F) {
	for _, seed := range []string{
		"{{ order.number }}", "{% if tracking.number %}a{% else %}b{% endif %}", "{{ a | default: 'x' }}", "{{-order.number-}}", "{%-if 1-%}",
		"{% case order.number %}{% when 1, 'a' %}{% endcase %}", "{{ 9999999999999999999999 }}", "{{ order.number | truncate: 1e9 }}", "}}{{", "{{ 'a }}",
		"{% comment %}{{%}}", "{{ %loop x in y }}", "{{ order.number | truncate: 'x' }}", "{% if order.number contains 3 %}a{% endif %}", "{{ '{' }}{{ '{' }}",
	} {
		f.Add(seed, "claim {{ x }}")
	}
	f.Fuzz(func(t *testing.T, body, claim string) {
		c := invented()
		c.Dispute.Claim = claim
		problems := Check(body)
		d, err := Render(variant("en", body), c)
		if len(problems) > 0 && err == nil {
			t.Fatalf("Render took what Check refuses: %q", body)
		}
		if err != nil {
			if _, ok := data.AsProblem(err); !ok {
				t.Fatalf("%q gives an error that is no problem: %v", body, err)
			}
			return
		}
		if d.Text == "" || strings.Contains(d.Text, "{{") || strings.Contains(d.Text, "{%") || len(d.Text) > 2*MaxTextBytes {
			t.Fatalf("%q gives %q", body, d.Text)
		}
	})
}
