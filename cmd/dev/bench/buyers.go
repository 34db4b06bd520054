package main

import (
	"context"
	"fmt"
	"time"

	"casebinder/data"
	"casebinder/data/desk"
)

// matched is what matchBuyers found, and how long its list took to open.
type matched struct {
	Buyers int     `json:"buyers"`
	Alike  int     `json:"alike"` // who may be one person with another account
	First  float64 `json:"first"` // seconds until the first rows of the list
	IDs    float64 `json:"ids"`   // seconds for the ids of all
	One    float64 `json:"one"`   // seconds for the page of one person
}

// matchBuyers makes marks and sums of the buyers of all orders, looks up who may be
// one person, and opens the list.
func matchBuyers(ctx context.Context, args []string) error {
	if err := paths(args, 1); err != nil {
		return err
	}
	return with(ctx, args[0], func(d *desk.Desk) error {
		if err := d.KeepBuyers(ctx); err != nil {
			return err
		}
		var m matched
		alike, err := d.BuyerIDs(ctx, data.BuyerQuery{Kind: data.BuyersAlike})
		if err != nil {
			return err
		}
		m.Alike = len(alike)
		began := time.Now()
		rows, err := d.BuyerFirst(ctx, data.BuyerQuery{}, 60)
		if err != nil {
			return err
		}
		m.First = time.Since(began).Seconds()
		began = time.Now()
		ids, err := d.BuyerIDs(ctx, data.BuyerQuery{})
		if err != nil {
			return err
		}
		m.Buyers, m.IDs = len(ids), time.Since(began).Seconds()
		if len(rows) == 0 {
			return fmt.Errorf("there are no buyers")
		}
		began = time.Now()
		if _, err := d.Buyer(ctx, rows[0].ID); err != nil {
			return err
		}
		m.One = time.Since(began).Seconds()
		return printJSON(m)
	})
}
