package gate

import (
	"casebinder/data"
	"casebinder/data/pack"
)

// Sources lists the words in which the rules name their sources: what a language
// file may hold to translate them.
func (r *Rules) Sources() []data.Text {
	var all []data.Text
	for _, rule := range r.rules {
		if rule.Source != "" {
			all = append(all, pack.Text(rule.Source))
		}
	}
	return all
}
