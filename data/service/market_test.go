package service_test

import (
	"strings"
	"testing"

	"casebinder/data/service"
)

func TestMarketNotes(t *testing.T) {
	for country := range strings.FieldsSeq("US CA GB IE AU NZ DE AT CH FR BE NL ES PT IT PL CZ SE RU UA KZ TR SA AE IL EG BR MX CL CO AR JP KR TW HK SG MY TH VN ID PH IN") {
		m, ok := service.MarketOf(country)
		if !ok {
			t.Errorf("there are no notes on %s", country)
			continue
		}
		for _, language := range []string{"en", "zh-CN", "zh-TW"} {
			note := m.Note(language)
			han := strings.Contains(note, "。")
			if lines := strings.Split(note, "\n"); len(lines) != 2 || han == (language == "en") {
				t.Errorf("%s in %s: %q", country, language, note)
			}
			if n := len([]rune(note)); n > 330 { // it stands beside a reply
				t.Errorf("%s in %s has %d signs", country, language, n)
			}
		}
	}
	if m, ok := service.MarketOf("Vereinigtes Königreich"); !ok || m.Country != "GB" {
		t.Errorf("by its German name: %+v", m)
	}
	if _, ok := service.MarketOf("Atlantis"); ok {
		t.Error("there are notes on Atlantis")
	}
}
