package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"casebinder/data/payway"
)

func paywaysCommand(c *call) func(context.Context) (*result, error) {
	return func(context.Context) (*result, error) {
		if len(c.files) > 1 {
			return nil, misused("payways takes one country, such as BR")
		}
		country := ""
		if len(c.files) == 1 {
			if country = strings.ToUpper(c.files[0]); len(country) != 2 {
				return nil, misused("a country is two letters, such as BR")
			}
		}
		methods, err := payway.For(country)
		if err != nil {
			return nil, err
		}
		var words strings.Builder
		for _, m := range methods {
			fmt.Fprintf(&words, "%s\t%s\t%s %s\t%s (%s)\n", m.Name, strings.Join(m.Countries, " "), m.How, m.Dispute, m.Source, m.Confidence)
		}
		return &result{Items: slices.Concat([]payway.Method{}, methods), words: words.String()}, nil
	}
}
