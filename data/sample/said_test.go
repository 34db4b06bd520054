package sample

import (
	"strings"
	"testing"
	"unicode"

	"casebinder/data"
)

// In a Chinese window the seller writes Chinese; what buyers wrote stays as it is.
func TestTheSellerWritesInTheWindowsLanguage(t *testing.T) {
	script, err := readScript()
	if err != nil {
		t.Fatal(err)
	}
	for _, language := range Languages()[1:] {
		m, err := newMaker(now, language)
		if err != nil {
			t.Fatal(err)
		}
		if err := m.entities(script); err != nil {
			t.Fatal(err)
		}
		for _, english := range m.own.unsaid {
			t.Errorf("%s lacks %q", language, english)
		}
		for english := range m.own.Words {
			if !m.own.said[english] {
				t.Errorf("%s says %q, which nothing asks for", language, english)
			}
		}
		english := sampleDesk(t)
		for i, shop := range m.out.Shops {
			if !han(shop.Name) || m.out.Signs[i] != english.Shops[i].Name {
				t.Errorf("%s: shop %q signs %q", language, shop.Name, m.out.Signs[i])
			}
			if mark := map[string]string{"zh-CN": "（示例）", "zh-TW": "（範例）"}[language]; !strings.Contains(shop.Name, mark) {
				t.Errorf("%s: the shop %q does not say that it is invented", language, shop.Name)
			}
		}
		for i, task := range m.out.Tasks {
			if !han(task.Title) || task.UID != english.Tasks[i].UID {
				t.Errorf("%s: task %q", language, task.Title)
			}
		}
		for i, product := range m.out.Products {
			if !han(product.Title) || han(product.Listing.Title) || product.UID != english.Products[i].UID {
				t.Errorf("%s: product %q is listed as %q", language, product.Title, product.Listing.Title)
			}
		}
		for i, msg := range m.out.Messages {
			if msg.Text != english.Messages[i].Text {
				t.Errorf("%s: a message reads %q", language, msg.Text)
			}
			if speaks := msg.Language == "zh"; han(msg.Translation) == speaks || (msg.TransLang == language) == speaks {
				t.Errorf("%s: beside %q stands %q in %q", language, msg.Text, msg.Translation, msg.TransLang)
			}
		}
		for _, d := range m.out.Disputes {
			if d.Translated.Text == "" && m.out.Orders[d.Order].Buyer.Language != "zh" {
				t.Errorf("%s: the claim %q has no translation", language, d.Claim)
			}
		}
	}
	if _, err := Desk(now, "no language"); err != nil {
		t.Errorf("a language that the sample lacks: %v", err)
	}
}

func han(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

// Reports have a supplier to name, a lesson and a rate for each currency of a shop.
func TestWhatReportsStandOn(t *testing.T) {
	s := sampleDesk(t)
	suppliers, lessons := map[string]bool{}, 0
	for _, p := range s.Products {
		suppliers[p.Supplier] = true
		if p.Supplier == "" || p.Shop < 0 {
			t.Errorf("product %s: supplier %q, shop %d", p.SKU, p.Supplier, p.Shop)
		}
	}
	for _, d := range s.Disputes {
		if d.Ruling.Lessons != "" && d.Ruling.Cause != "" && d.Ruling.Outcome != "" {
			lessons++
		}
	}
	if len(suppliers) < 4 || lessons < 4 {
		t.Errorf("%d suppliers, %d lessons", len(suppliers), lessons)
	}
	rates := map[string]bool{}
	for _, r := range s.Rates {
		rates[r.Currency+"/"+r.Target] = true
		if value, err := data.ParseRate(r.Value); err != nil || value == "" || r.Day >= s.Orders[0].OrderedAt.Format("2006-01-02") {
			t.Errorf("rate %+v: %v", r, err)
		}
	}
	for _, want := range []string{"EUR/USD", "USD/EUR", "USD/CNY", "EUR/CNY", "USD/TWD", "EUR/TWD"} {
		if !rates[want] {
			t.Errorf("no rate %s", want)
		}
	}
}
