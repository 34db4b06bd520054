package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"strings"

	"casebinder/data"
	"casebinder/data/service"
)

// marketSetting holds the seller's own notes on markets, by country.
const marketSetting = "service.markets"

// MarketNote is what is known of a buyer's market.
type MarketNote struct {
	service.Market
	Known bool   // the program has notes
	Own   string // the seller's, in the place of the program's; "" none
}

// Text is the note: the seller's own, else the program's; "" where neither is.
func (n MarketNote) Text(language string) string {
	if n.Own != "" || !n.Known {
		return n.Own
	}
	return n.Note(language)
}

// MarketNote gives the notes on a country, by its code or name.
func (d *Desk) MarketNote(ctx context.Context, country string) (MarketNote, error) {
	var note MarketNote
	note.Market, note.Known = service.MarketOf(country)
	own := map[string]string{}
	_, err := d.Setting(ctx, marketSetting, &own)
	note.Own = own[note.Country]
	return note, err
}

// SetMarketNote puts the seller's own note in the place of the program's; "" is
// the program's again. It can be undone.
func (d *Desk) SetMarketNote(ctx context.Context, country, text string) error {
	country = service.Country(country)
	own := map[string]string{}
	if _, err := d.Setting(ctx, marketSetting, &own); err != nil {
		return err
	}
	own = maps.Clone(own)
	if text = strings.TrimSpace(text); text == "" {
		delete(own, country)
	} else {
		own[country] = text
	}
	value, err := json.Marshal(own)
	if err != nil {
		return fmt.Errorf("writing the notes on markets: %w", err)
	}
	return d.act(ctx, rawSetting("market.note", data.EntitySetting, marketSetting, value, manyOf(data.EntitySetting)))
}
