package desk

import (
	"context"
	"errors"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/store"
)

var (
	problemShopName = data.DefineProblem("shop_name_missing", data.ErrInvalid,
		"The shop has no name.", "Write the name of the account as the platform shows it.")
	problemZone = data.DefineProblem("zone_unknown", data.ErrInvalid,
		"There is no time zone “{zone}”.", "Write it as Area/City, such as Asia/Shanghai or America/Los_Angeles.")
	problemCurrency = data.DefineProblem("currency_form", data.ErrInvalid,
		"“{currency}” is not the code of a currency.", "Write three letters, such as USD.")
)

// Shops lists all shops by platform and name.
func (d *Desk) Shops(ctx context.Context) ([]data.Shop, error) { return d.store.Shops(ctx) }

// PutShop stores a new shop (ID 0) or an edited one, and gives it with its ID.
func (d *Desk) PutShop(ctx context.Context, shop data.Shop) (data.Shop, error) {
	shop, err := checkShop(shop)
	if err != nil {
		return shop, err
	}
	err = d.change(ctx, func(tx *store.Tx) (data.Change, error) { return putShop(ctx, tx, &shop) })
	return shop, err
}

func putShop(ctx context.Context, tx *store.Tx, shop *data.Shop) (data.Change, error) {
	change := data.Change{Action: "shop.put", Entity: "shop", Key: store.ShopKey(*shop)}
	switch before, err := tx.ShopByKey(ctx, shop.Platform, shop.Name); {
	case err == nil:
		change.Before = before
	case !errors.Is(err, data.ErrNotFound):
		return change, err
	}
	change.After = *shop
	return change, tx.PutShop(shop)
}

func checkShop(shop data.Shop) (data.Shop, error) {
	shop.Name = strings.TrimSpace(shop.Name)
	shop.Currency = strings.ToUpper(strings.TrimSpace(shop.Currency))
	if shop.Platform == "" {
		shop.Platform = data.OtherSite
	}
	if shop.Name == "" {
		return shop, problemShopName.New()
	}
	if shop.Zone != "" {
		if _, err := time.LoadLocation(shop.Zone); err != nil {
			return shop, problemZone.Wrap(err, "zone", shop.Zone)
		}
	}
	if shop.Currency != "" && !data.IsCurrency(shop.Currency) {
		return shop, problemCurrency.New("currency", shop.Currency)
	}
	return shop, nil
}
