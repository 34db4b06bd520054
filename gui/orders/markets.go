package orders

import (
	"casebinder/gui/kit"
	"casebinder/gui/words"
)

// markets are the countries that a filter offers, most parcels first.
var markets = []string{
	"US", "RU", "BR", "ES", "FR", "GB", "DE", "IT", "PL", "NL", "MX", "CL", "CA", "AU", "KR", "JP", "SA", "AE", "IL", "UA",
	"TR", "PT", "CZ", "BE", "SE", "CH", "AT", "IE", "NZ", "SG", "MY", "TH", "VN", "PH", "ID", "IN", "ZA", "CO", "PE", "AR", "HK", "TW",
}

func marketOptions() []kit.Option[string] {
	list := make([]kit.Option[string], 0, len(markets))
	for _, code := range markets {
		list = append(list, kit.Option[string]{Value: code, Text: words.Country(code)})
	}
	return list
}
