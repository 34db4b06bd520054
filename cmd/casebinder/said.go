package main

import (
	"strings"

	"casebinder/data"
)

// fileWords is a finding about a file or one of its rows as a line: where, why, and
// what to do.
func fileWords(f data.Finding) string {
	place := f.Table()
	if place == "" {
		return findingWords(f)
	}
	if line := f.At("row").ID; line != "" {
		place += ", line " + line
	}
	return strings.TrimSpace(place + ": " + f.Why.String() + " " + f.How.String())
}

// findingWords is a finding as a line: its rule's last word, where, why, and what
// to do.
func findingWords(f data.Finding) string {
	rule := f.Rule[strings.LastIndexByte(f.Rule, '.')+1:]
	var where []string
	for _, r := range f.Where {
		switch {
		case r.Kind == "row":
			where = append(where, "line "+r.ID)
		case r.Label != "":
			where = append(where, r.Label)
		default:
			where = append(where, r.ID)
		}
	}
	line := strings.Join(notEmpty(rule, strings.Join(where, ", "), f.Why.String()), ": ")
	if how := f.How.String(); how != "" && f.Severity != data.Serious { // which says of a bundle that it was altered
		line += " " + how
	}
	return line
}

func notEmpty(words ...string) []string {
	var all []string
	for _, w := range words {
		if w != "" {
			all = append(all, w)
		}
	}
	return all
}
