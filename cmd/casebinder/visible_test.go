package main

import (
	"bytes"
	"encoding/json"
	"testing"
)

func TestNothingDrivesTheTerminal(t *testing.T) {
	for text, want := range map[string]string{
		"Ana\tLyon\n":             "Ana\tLyon\n",
		"李 W 🙂 e\u0301":           "李 W 🙂 e\u0301",
		"\x1b[2J\x1b]0;title\x07": `\u001b[2J\u001b]0;title\u0007`,
		"over\rwritten\b":         `over\u000dwritten\u0008`,
		"\u009b31m":               `\u009b31m`,
		"\u202egpj.exe\u202c":     `\u202egpj.exe\u202c`,
		"\x9b31m":                 `\ufffd31m`,
		"a\u2028b":                `a\u2028b`,
		"שלום":                    "שלום",
	} {
		for cut := range len(text) + 1 { // however it is written
			var out bytes.Buffer
			v := &visible{to: &out}
			for _, part := range []string{text[:cut], text[cut:]} {
				if n, err := v.Write([]byte(part)); n != len(part) || err != nil {
					t.Fatal(n, err)
				}
			}
			if out.String() != want {
				t.Errorf("%q cut at %d: %q, want %q", text, cut, out.String(), want)
			}
		}
	}
	var out bytes.Buffer
	if err := json.NewEncoder(&visible{to: &out}).Encode("\u009b\x1b\u202e"); err != nil {
		t.Fatal(err)
	}
	var back string
	if err := json.Unmarshal(out.Bytes(), &back); err != nil || back != "\u009b\x1b\u202e" {
		t.Errorf("%q, %v", back, err)
	}
}
