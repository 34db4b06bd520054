package gui

import (
	"casebinder/data"
	"casebinder/gui/kit"
	"casebinder/gui/words"
)

// shopOptions are the shops that the window can be narrowed to.
func (a *app) shopOptions() []kit.Option[int64] {
	options := []kit.Option[int64]{{Value: 0, Text: words.N("frame.shops", len(a.shops))}}
	for _, s := range a.shops {
		options = append(options, kit.Option[int64]{Value: s.ID, Text: s.Platform.Title() + " · " + s.Name})
	}
	return options
}

// narrow shows one shop alone, or all.
func (a *app) narrow(shopID int64) {
	if a.shopID == shopID {
		return
	}
	a.shopID = shopID
	a.reloadAll()
}

func (a *app) reloadShops() {
	kit.Load(&a.shopsIn, a.desk.Shops, func(shops []data.Shop, err error) {
		if err != nil {
			a.ui.Problem(err)
			return
		}
		a.shops = shops
		a.shopBox.SetChoices(a.shopOptions())
		a.shopBox.Set(a.shopID)
	})
}

// keepShop puts a saved shop into the list that the window holds, until the
// desk is asked again.
func (a *app) keepShop(shop data.Shop) {
	for i, s := range a.shops {
		if s.ID == shop.ID {
			a.shops[i] = shop
			return
		}
	}
	a.shops = append(a.shops, shop)
}
