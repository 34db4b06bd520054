package desk

import (
	"context"
	"errors"
	"regexp"
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
	problemSite = data.DefineProblem("site_form", data.ErrInvalid,
		"“{site}” is not the country of a site.", "Write two letters, such as GB for ebay.co.uk; leave it empty where it is not known.")
	// ProblemCurrency is that a currency is no code of ISO 4217.
	ProblemCurrency = data.DefineProblem("currency_form", data.ErrInvalid,
		"“{currency}” is not the code of a currency.", "Write three letters, such as USD.")
)

var siteForm = regexp.MustCompile(`^[A-Z]{2}$`)

// Shops lists all shops by platform and name.
func (d *Desk) Shops(ctx context.Context) ([]data.Shop, error) { return d.store.Shops(ctx) }

// PutShop stores a new shop (ID 0) or an edited one, and gives it with its ID.
func (d *Desk) PutShop(ctx context.Context, shop data.Shop) (data.Shop, error) {
	shop, err := checkShop(shop)
	if err != nil {
		return shop, err
	}
	err = d.act(ctx, d.shopStep(&shop))
	return shop, err
}

// shopStep is the step that stores a shop. All that is listed shows its name
// and zone, and dates are counted by its zone and site.
func (d *Desk) shopStep(shop *data.Shop) step {
	return func(ctx context.Context, tx *store.Tx) (deed, error) {
		before, err := tx.ShopByID(ctx, shop.ID)
		if shop.ID == 0 {
			before, err = tx.ShopByKey(ctx, shop.Platform, shop.Name)
		}
		isNew := errors.Is(err, data.ErrNotFound)
		if err != nil && !isNew {
			return deed{}, err
		}
		if err := tx.PutShop(shop); err != nil {
			return deed{}, err
		}
		did := deed{
			Change: data.Change{Action: "shop.put", Entity: data.EntityShop, Key: store.ShopKey(*shop), After: *shop},
			effect: data.EffectAdded, rows: rowsOf(data.EntityShop, shop.ID, 0, 0),
		}
		if isNew {
			did.back = d.shopAway(*shop)
			return did, nil
		}
		did.Before, did.effect, did.back = before, data.EffectChanged, d.shopStep(&before)
		if before.Zone != shop.Zone || before.Site != shop.Site {
			rules, err := d.Rules(ctx)
			if err != nil {
				return did, err
			}
			if _, err := d.recompute(ctx, tx, rules, nil); err != nil {
				return did, err
			}
		}
		did.rows = append(did.rows, manyOf(data.EntityOrder, data.EntityDispute, data.EntityFeedback)...)
		return did, nil
	}
}

// shopAway is the step that takes a shop away to which nothing belongs yet.
func (d *Desk) shopAway(shop data.Shop) step {
	return func(_ context.Context, tx *store.Tx) (deed, error) {
		again := shop
		again.ID = 0
		return deed{
			Change: data.Change{Action: "shop.put", Entity: data.EntityShop, Key: store.ShopKey(shop), Before: shop},
			effect: data.EffectRemoved, rows: rowsOf(data.EntityShop, shop.ID, 0, 0), back: d.shopStep(&again),
		}, firstOf(tx.DropHealthDays(shop.ID), tx.Delete(data.EntityShop, shop.ID))
	}
}

func checkShop(shop data.Shop) (data.Shop, error) {
	shop.Name = strings.TrimSpace(shop.Name)
	shop.Site = strings.ToUpper(strings.TrimSpace(shop.Site))
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
	if shop.Site != "" && !siteForm.MatchString(shop.Site) {
		return shop, problemSite.New("site", shop.Site)
	}
	if shop.Currency != "" && !data.IsCurrency(shop.Currency) {
		return shop, ProblemCurrency.New("currency", shop.Currency)
	}
	return shop, nil
}
