package importer

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"casebinder/data"
)

// manyEBayRows makes an eBay report of n orders of one row.
func manyEBayRows(n int) []byte {
	var b bytes.Buffer
	b.WriteString("Sales Record Number,Order Number,Buyer Username,Buyer Name,Buyer Email,Ship To Name,Ship To Address 1,Ship To City," +
		"Ship To State,Ship To Zip,Ship To Country,Item Number,Item Title,Custom Label,Quantity,Sold For,Shipping And Handling," +
		"Total Price,Payment Method,Sale Date,Paid On Date,Ship By Date,Shipped On Date,Tracking Number,Transaction ID\r\n")
	for i := range n {
		fmt.Fprintf(&b, "%d,%02d-%05d-%05d,buyer%d,Sample Buyer %d,b%d@example.com,\"Sample, Buyer %d\",%d Main St,Springfield,OR,9%04d,"+
			"United States,2500%08d,Item number %d of the sample,SKU-%d,1,$%d.99,$5.00,$%d.99,PayPal,Jul-%02d-25,Jul-%02d-25,Jul-30-25,"+
			"Jul-28-25,94001%015d,%d\r\n",
			i, i%97, i%99999, i, i%5000, i%5000, i, i, i%1000, i%9999, i, i, i%300, 10+i%90, 15+i%90, 1+i%28, 1+i%28, i, i)
	}
	return b.Bytes()
}

func BenchmarkReadEBay(b *testing.B) {
	text := manyEBayRows(50_000)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		src := NewSource("many.csv", bytes.NewReader(text), int64(len(text)))
		in, err := InspectAs(context.Background(), src, presets(b), Layout{}, TargetOrders)
		if err != nil {
			b.Fatal(err)
		}
		sum, err := Read(context.Background(), src, in, Options{Shop: shop(data.EBay, "", "")}, Sink{})
		if err != nil || sum.Taken != 50_000 {
			b.Fatal(sum, err)
		}
	}
	b.ReportMetric(50_000*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
	_ = strings.Repeat
}
