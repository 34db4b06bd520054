package store

import (
	"context"
	"time"

	"casebinder/data"
)

// GoodsCosts gives what units of articles cost, of one article or, with "", of all, the
// oldest day first.
func (r *Reader) GoodsCosts(ctx context.Context, article string) ([]data.GoodsCost, error) {
	return all(ctx, r, "SELECT article, day, amount_minor, amount_currency FROM goods_cost WHERE ?1 = '' OR article = ?1 ORDER BY article, day", []any{article},
		func(row scanner) (c data.GoodsCost, err error) {
			return c, row.Scan(&c.Article, &c.Day, &c.Amount.Minor, &c.Amount.Currency)
		})
}

// PutGoodsCost writes a cost; one without a currency is taken away.
func (t *Tx) PutGoodsCost(c data.GoodsCost) error {
	if c.Amount.Currency == "" {
		_, err := t.exec("DELETE FROM goods_cost WHERE article = ? AND day = ?", c.Article, c.Day)
		return err
	}
	_, err := t.exec("INSERT OR REPLACE INTO goods_cost (article, day, amount_minor, amount_currency) VALUES (?, ?, ?, ?)",
		c.Article, c.Day, c.Amount.Minor, c.Amount.Currency)
	return err
}

// OrderCosts gives what an order itself cost.
func (r *Reader) OrderCosts(ctx context.Context, orderID int64) ([]data.OrderCost, error) {
	return all(ctx, r, "SELECT order_id, cost, amount_minor, amount_currency FROM order_cost WHERE order_id = ? ORDER BY cost", []any{orderID}, scanOrderCost)
}

func scanOrderCost(row scanner) (c data.OrderCost, err error) {
	return c, row.Scan(&c.OrderID, &c.Cost, &c.Amount.Minor, &c.Amount.Currency)
}

// AnyOrderCost reports whether a cost is known of any order itself.
func (r *Reader) AnyOrderCost(ctx context.Context, cost data.Cost) (bool, error) {
	return first(ctx, r, "SELECT EXISTS (SELECT 1 FROM order_cost WHERE cost = ?)", []any{string(cost)}, scanOne[bool])
}

// PutOrderCost writes what an order cost; one without a currency is taken away.
func (t *Tx) PutOrderCost(c data.OrderCost) error {
	if c.Amount.Currency == "" {
		_, err := t.exec("DELETE FROM order_cost WHERE order_id = ? AND cost = ?", c.OrderID, string(c.Cost))
		return err
	}
	_, err := t.exec("INSERT OR REPLACE INTO order_cost (order_id, cost, amount_minor, amount_currency) VALUES (?, ?, ?, ?)",
		c.OrderID, string(c.Cost), c.Amount.Minor, c.Amount.Currency)
	return err
}

// saleWhere says which orders are sales of a period: those that were not called off.
const saleWhere = "o.ordered_at >= ?1 AND o.ordered_at < ?2 AND (?3 = 0 OR o.shop_id = ?3) AND o.status NOT IN ('unpaid', 'canceled')"

// Sales gives the orders of a shop, or of all, that may belong to a period, one after
// the other, with their articles. At is when each was placed.
func (r *Reader) Sales(ctx context.Context, shopID int64, from, to time.Time, each func(s *data.Sale, at time.Time) error) error {
	args := []any{ms(from.Add(-reportSlack)), ms(to.Add(reportSlack)), shopID}
	own := map[int64]map[data.Cost]data.Money{}
	costs, err := all(ctx, r, "SELECT c.order_id, c.cost, c.amount_minor, c.amount_currency FROM order_cost c JOIN orders o ON o.id = c.order_id WHERE "+saleWhere, args, scanOrderCost)
	if err != nil {
		return err
	}
	for _, c := range costs {
		if own[c.OrderID] == nil {
			own[c.OrderID] = map[data.Cost]data.Money{}
		}
		own[c.OrderID][c.Cost] = c.Amount
	}
	var sale data.Sale
	var at time.Time
	end := func() error {
		if sale.OrderID == 0 {
			return nil
		}
		sale.Own = own[sale.OrderID]
		return each(&sale, at)
	}
	const query = "SELECT o.id, o.shop_id, o.number, o.total_minor, o.total_currency, o.refunded_minor, o.refunded_currency, o.ordered_at, " +
		"coalesce(i.sku, ''), coalesce(i.title, ''), coalesce(i.quantity, 0), coalesce(i.price_minor, 0), coalesce(i.price_currency, '') " +
		"FROM orders o LEFT JOIN item i ON i.order_id = o.id WHERE " + saleWhere + " ORDER BY o.ordered_at, o.id, i.position"
	_, err = all(ctx, r, query, args, func(row scanner) (none struct{}, err error) {
		var next data.Sale
		var placed time.Time
		var item data.Item
		err = row.Scan(&next.OrderID, &next.ShopID, &next.Number, &next.Total.Minor, &next.Total.Currency, &next.Refunded.Minor, &next.Refunded.Currency, moment{&placed},
			&item.SKU, &item.Title, &item.Quantity, &item.Price.Minor, &item.Price.Currency)
		if err != nil {
			return none, err
		}
		if next.OrderID != sale.OrderID {
			if err := end(); err != nil {
				return none, err
			}
			sale, at = next, placed
		}
		if item.Quantity > 0 {
			sale.Items = append(sale.Items, item)
		}
		return none, nil
	})
	if err != nil {
		return err
	}
	return end()
}

// SalesCounted counts the sales of a period.
func (r *Reader) SalesCounted(ctx context.Context, shopID int64, from, to time.Time) (int64, error) {
	return first(ctx, r, "SELECT count(*) FROM orders o WHERE "+saleWhere, []any{ms(from), ms(to), shopID}, scanOne[int64])
}
