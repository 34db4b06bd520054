package store

import (
	"context"
	"encoding/json"
	"fmt"

	"casebinder/data"
)

// ShopService gives how a shop serves its buyers; the zero Service where it set
// nothing.
func (r *Reader) ShopService(ctx context.Context, shopID int64) (data.Service, error) {
	s, err := first(ctx, r, "SELECT service FROM shop WHERE id = ?", []any{shopID}, scanService)
	return s, missing(err, "shop", shopID)
}

// ShopServices gives how all shops serve their buyers, by the shop's row id.
func (r *Reader) ShopServices(ctx context.Context) (map[int64]data.Service, error) {
	type one struct {
		id int64
		s  data.Service
	}
	list, err := all(ctx, r, "SELECT id, service FROM shop", nil, func(row scanner) (o one, err error) {
		var text string
		if err := row.Scan(&o.id, &text); err != nil {
			return o, err
		}
		o.s, err = readService(text)
		return o, err
	})
	services := make(map[int64]data.Service, len(list))
	for _, o := range list {
		services[o.id] = o.s
	}
	return services, err
}

// PutShopService writes how a shop serves its buyers.
func (t *Tx) PutShopService(shopID int64, s data.Service) error {
	text, err := json.Marshal(s)
	if err != nil {
		return fmt.Errorf("writing the service of a shop: %w", err)
	}
	return t.change("shop", shopID, "UPDATE shop SET service = ? WHERE id = ?", string(text), shopID)
}

func scanService(row scanner) (data.Service, error) {
	var text string
	if err := row.Scan(&text); err != nil {
		return data.Service{}, err
	}
	return readService(text)
}

func readService(text string) (s data.Service, err error) {
	if text == "" {
		return s, nil
	}
	if err := json.Unmarshal([]byte(text), &s); err != nil {
		return s, fmt.Errorf("reading the service of a shop: %w", err)
	}
	return s, nil
}
