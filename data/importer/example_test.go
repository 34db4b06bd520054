package importer_test

import (
	"context"
	"fmt"
	"strings"

	"casebinder/data"
	"casebinder/data/importer"
)

// A file is looked at, then read; what is not known for certain is said.
func Example() {
	const file = "Sale Date,Order ID,Full Name,Currency,Order Value,Order Total,Status\n" +
		"09/03/26,3300000001,Ann Example,EUR,68.00,76.00,Completed\n" +
		",Total,,EUR,68.00,76.00,\n"
	ctx := context.Background()
	presets, err := importer.BuiltIn()
	if err != nil {
		fmt.Println(err)
		return
	}
	src := importer.NewSource("orders.csv", strings.NewReader(file), int64(len(file)))
	in, err := importer.InspectAs(ctx, src, presets, importer.Layout{}, importer.TargetOrders)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(in.Preset.ID)
	_, err = importer.Read(ctx, src, in, importer.Options{Shop: data.Shop{Platform: data.Etsy, Zone: "UTC"}}, importer.Sink{
		Order:  func(o *data.Order) error { fmt.Println(o.Number, o.Total, data.JSONTime(o.OrderedAt)); return nil },
		Reject: func(r data.Rejection) error { fmt.Printf("line %s: %s\n", r.At("row").ID, r.Why); return nil },
		Doubt:  func(f data.Finding) error { fmt.Println("doubt:", f.Rule); return nil },
	})
	if err != nil {
		fmt.Println(err)
	}
	// Output:
	// etsy-orders
	// doubt: import_doubt_columns
	// line 3: The row sums up others: it is named “Total”.
	// 3300000001 EUR 76.00 2026-09-03
}
