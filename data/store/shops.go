package store

import (
	"context"
	"errors"

	"casebinder/data"
)

const shopColumns = "id, platform, name, zone, currency, site"

func scanShop(row scanner) (s data.Shop, err error) {
	return s, row.Scan(&s.ID, &s.Platform, &s.Name, &s.Zone, &s.Currency, &s.Site)
}

// Shops gives all shops by platform and name.
func (r *Reader) Shops(ctx context.Context) ([]data.Shop, error) {
	return all(ctx, r, "SELECT "+shopColumns+" FROM shop ORDER BY platform, name", nil, scanShop)
}

// ShopByID gives one shop.
func (r *Reader) ShopByID(ctx context.Context, id int64) (data.Shop, error) {
	s, err := first(ctx, r, "SELECT "+shopColumns+" FROM shop WHERE id = ?", []any{id}, scanShop)
	return s, missing(err, "shop", id)
}

// ShopByKey gives the shop with the natural key.
func (r *Reader) ShopByKey(ctx context.Context, platform data.Platform, name string) (data.Shop, error) {
	s, err := first(ctx, r, "SELECT "+shopColumns+" FROM shop WHERE platform = ? AND name = ?", []any{string(platform), name}, scanShop)
	return s, missing(err, "shop", string(platform)+"/"+name)
}

// PutShop writes a shop: the one with its ID, else the one with its natural
// key, else a new one. It sets the ID.
func (t *Tx) PutShop(s *data.Shop) error {
	if s.Platform == "" || s.Name == "" {
		return problemIncomplete.New("entity", "shop", "field", "platform, name")
	}
	if s.ID == 0 {
		known, err := t.ShopByKey(t.ctx, s.Platform, s.Name)
		if err != nil && !errors.Is(err, data.ErrNotFound) {
			return err
		}
		if s.ID = known.ID; s.Site == "" {
			s.Site = known.Site // an import does not say it
		}
	}
	const columns = "platform, name, zone, currency, site"
	values := []any{string(s.Platform), s.Name, s.Zone, s.Currency, s.Site}
	if s.ID != 0 {
		return t.change("shop", s.Name, updateSQL("shop", columns), append(values, s.ID)...)
	}
	id, err := t.insert(insertSQL("shop", columns), values...)
	s.ID = id
	return conflicting(err, "shop")
}
