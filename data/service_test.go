package data

import (
	"errors"
	"testing"
)

func TestParseWorkDay(t *testing.T) {
	for text, want := range map[string]WorkDay{
		"": {}, "09:00-18:00": {540, 1080}, "9:30-12:15": {570, 735}, "00:00-24:00": {0, 1440},
	} {
		if got, err := ParseWorkDay(text); err != nil || got != want {
			t.Errorf("%q: got %v, %v, want %v", text, got, err, want)
		}
	}
	for _, text := range []string{"9-18", "18:00-09:00", "09:00-24:01", "09:60-10:00", "09:00-18:00 or so", "-1:00-02:00", "09:00", "x"} {
		if got, err := ParseWorkDay(text); !errors.Is(err, ErrInvalid) {
			t.Errorf("%q was read as %v, %v", text, got, err)
		}
	}
	if got := (WorkDay{540, 1080}).String(); got != "09:00-18:00" {
		t.Errorf("written as %q", got)
	}
}
