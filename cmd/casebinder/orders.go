package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"

	"casebinder/data"
	"casebinder/data/desk"
)

// orderItem is an order as --json prints it.
type orderItem struct {
	Number   string           `json:"number"`
	Platform data.Platform    `json:"platform"`
	Shop     string           `json:"shop"`
	Buyer    string           `json:"buyer"`
	Country  string           `json:"country,omitempty"`
	Status   data.OrderStatus `json:"status"`
	Total    string           `json:"total"`
	Currency string           `json:"currency"`
	Ordered  string           `json:"ordered,omitempty"` // RFC 3339, or a day
	Tracking string           `json:"tracking,omitempty"`
	Item     string           `json:"item,omitempty"`
	Disputes int              `json:"disputes"`
}

func ordersCommand(c *call) func(context.Context) (*result, error) {
	var q data.OrderQuery
	limit := 100
	c.flags.StringVar(&q.Search, "search", "", "`text` in number, buyer, tracking, items or messages")
	c.flags.IntVar(&limit, "limit", limit, "how many at most; 0 is all")
	return func(ctx context.Context) (*result, error) {
		if len(c.files) > 0 {
			return nil, misused("orders takes no arguments; search with --search")
		}
		if limit < 0 {
			return nil, misused("--limit is 0 or more")
		}
		return c.withDesk(ctx, func(d *desk.Desk) (*result, error) { return c.listOrders(ctx, d, q, limit) })
	}
}

// orderBatch is how many orders are in memory at once.
const orderBatch = 500

// listOrders prints orders as they are read, so that memory does not grow with
// the desk.
func (c *call) listOrders(ctx context.Context, d *desk.Desk, q data.OrderQuery, limit int) (*result, error) {
	out := &result{}
	if limit > 0 && limit <= orderBatch {
		rows, err := d.OrderFirst(ctx, q, limit)
		if err != nil {
			return nil, err
		}
		return out, c.stream(out, func(w *itemWriter) error { return w.write(rows) })
	}
	ids, err := d.OrderIDs(ctx, q)
	if err != nil {
		return nil, err
	}
	if limit > 0 {
		ids = ids[:min(limit, len(ids))]
	}
	return out, c.stream(out, func(w *itemWriter) error {
		for len(ids) > 0 {
			n := min(orderBatch, len(ids))
			rows, err := d.OrderRows(ctx, ids[:n])
			if err == nil {
				err = w.write(rows)
			}
			if err != nil {
				return err
			}
			ids = ids[n:]
		}
		return nil
	})
}

// stream prints the items of a result while they come. With --json the object
// that they are in is ended by print.
func (c *call) stream(out *result, items func(*itemWriter) error) error {
	w := &itemWriter{Writer: bufio.NewWriterSize(c.stdout, 64<<10), json: c.json}
	w.encoder = json.NewEncoder(w.Writer)
	w.encoder.SetEscapeHTML(false)
	if c.json {
		out.open = true
		if _, err := w.WriteString(`{"items":[`); err != nil {
			return fmt.Errorf("writing the answer: %w", err)
		}
	}
	err := items(w)
	if flushed := w.Flush(); err == nil && flushed != nil {
		err = fmt.Errorf("writing the answer: %w", flushed)
	}
	return err
}

// itemWriter prints items as words or as JSON.
type itemWriter struct {
	*bufio.Writer
	json    bool
	encoder *json.Encoder
	n       int
}

func (w *itemWriter) write(rows []data.OrderRow) error {
	for i := range rows {
		if err := w.order(&rows[i]); err != nil {
			return err
		}
	}
	return nil
}

func (w *itemWriter) order(o *data.OrderRow) error {
	buyer := o.BuyerName
	if buyer == "" {
		buyer = o.BuyerHandle
	}
	if !w.json {
		_, err := fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", o.Number, o.ShopName, buyer, o.Status, o.Total, dayIn(o.OrderedAt, data.Shop{Zone: o.Zone}.Location()))
		return err
	}
	return w.encode(orderItem{
		Number: o.Number, Platform: o.Platform, Shop: o.ShopName, Buyer: buyer, Country: o.Country, Status: o.Status,
		Total: o.Total.Decimal(), Currency: o.Total.Currency, Ordered: data.JSONTime(o.OrderedAt), Tracking: o.Tracking,
		Item: o.ItemTitle, Disputes: o.Disputes,
	})
}

// encode prints one item as JSON.
func (w *itemWriter) encode(item any) error {
	if w.n++; w.n > 1 {
		if err := w.WriteByte(','); err != nil {
			return err
		}
	}
	return w.encoder.Encode(item)
}

// closeStream ends the object of a result whose items were printed, with what
// else it holds.
func closeStream(w io.Writer, out *result, failed *failure) error {
	rest, err := json.Marshal(struct {
		Alarms []data.Finding `json:"alarms,omitempty"`
		Error  *failure       `json:"error,omitempty"`
	}{out.Alarms, failed})
	if err != nil {
		return err
	}
	tail := "]}\n"
	if len(rest) > len("{}") {
		tail = "]," + string(rest[1:]) + "\n"
	}
	_, err = io.WriteString(w, tail)
	return err
}
