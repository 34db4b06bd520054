package main

import (
	"context"
	"strings"

	"casebinder/data"
	"casebinder/data/desk"
)

var (
	problemShopUnknown = data.DefineProblem("health_shop", data.ErrNotFound,
		"There is no shop “{shop}”.", "Name one of: {shops}.")
	problemNoShops = data.DefineProblem("command_no_shops", data.ErrNotFound,
		"There is no shop in this desk yet.", "Import orders first; the shop is made with them.")
	problemShopMany = data.DefineProblem("command_shop_many", data.ErrConflict,
		"Several shops are meant by “{shop}”.", "Name one of: {shops}.")
)

// shopNamed gives the shop with a name, of a platform where one is named; the zero
// shop, which is all, where neither is. Of shops with one name on several platforms,
// platform/name tells which.
func shopNamed(ctx context.Context, d *desk.Desk, name string, platform data.Platform) (data.Shop, error) {
	if name == "" && platform == "" {
		return data.Shop{}, nil
	}
	shops, err := d.Shops(ctx)
	if err != nil {
		return data.Shop{}, err
	}
	var found []data.Shop
	for _, s := range shops {
		if (name == "" || s.Name == name || shopKey(s) == name) && (platform == "" || s.Platform == platform) {
			found = append(found, s)
		}
	}
	said := strings.Join(notEmpty(name, string(platform)), ", ")
	switch {
	case len(found) == 1:
		return found[0], nil
	case len(found) > 1:
		return data.Shop{}, problemShopMany.New("shop", said, "shops", shopKeys(found))
	case len(shops) == 0:
		return data.Shop{}, problemNoShops.New()
	}
	return data.Shop{}, problemShopUnknown.New("shop", said, "shops", shopKeys(shops))
}

func shopKey(s data.Shop) string { return string(s.Platform) + "/" + s.Name }

func shopKeys(shops []data.Shop) string {
	keys := make([]string, len(shops))
	for i, s := range shops {
		keys[i] = shopKey(s)
	}
	return strings.Join(keys, ", ")
}
