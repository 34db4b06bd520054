package riskrules

import (
	"strconv"
	"strings"

	"casebinder/data/risk"
	"casebinder/gui/words"
)

// whenWords says in words where a rule counts.
func whenWords(c risk.Condition) string {
	parts := partWords(c.All)
	if some := partWords(c.Any); len(some) > 0 {
		parts = append(parts, words.T("riskrules.any", "list", strings.Join(some, words.T("riskrules.or"))))
	}
	return strings.Join(parts, words.T("riskrules.and"))
}

func partWords(list []risk.Condition) []string {
	var all []string
	for _, c := range list {
		if c.Fact == "" {
			all = append(all, whenWords(c))
			continue
		}
		all = append(all, words.T("riskrules.is", "fact", words.Of("risk.fact", c.Fact), "value", valueWords(&c)))
	}
	return all
}

func valueWords(c *risk.Condition) string {
	switch {
	case c.Unknown:
		return words.T("riskrules.unknown")
	case c.AtLeast != nil:
		return "≥ " + strconv.FormatInt(*c.AtLeast, 10)
	case c.Below != nil:
		return "< " + strconv.FormatInt(*c.Below, 10)
	case len(c.In) > 0:
		var all []string
		for _, v := range c.In {
			all = append(all, words.Of("risk.value", v))
		}
		return strings.Join(all, words.T("riskrules.or"))
	}
	return words.Of("risk.value", c.Is)
}
