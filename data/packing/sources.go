package packing

import (
	"casebinder/data"
	"casebinder/data/pack"
)

// Sources lists the words in which the rules name their sources: what a language file
// may hold to translate them.
func Sources() ([]data.Text, error) {
	rules, err := builtIn()
	all := make([]data.Text, 0, len(rules))
	for _, r := range rules {
		all = append(all, pack.Text(r.Source))
	}
	return all, err
}
