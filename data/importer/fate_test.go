package importer

import (
	"slices"
	"strings"
	"testing"

	"casebinder/data"
)

func fateOf(t *testing.T, csv, preset string, opt Options) got {
	t.Helper()
	return mustRead(t, textSource("orders.csv", csv), preset, opt)
}

func (g got) fateDoubts() []string {
	var words []string
	for _, d := range g.doubts {
		if code(d) == "import_doubt_fate" {
			words = append(words, d.Why.Args["value"])
		}
	}
	slices.Sort(words)
	return words
}

func TestTikTokTellsWhoCanceledAndWhy(t *testing.T) {
	g := fateOf(t, "Order ID,Order Status,SKU ID,Order Amount,Created Time,Paid Time,Cancelled Time,Cancel By,Cancel Reason,Fulfillment Type,Product Name,Quantity\n"+
		"1,Canceled,S,10.00,13/08/2026 11:27,,14/08/2026 10:00,System,Customer overdue to pay,Fulfillment by seller,Cup,1\n"+
		"2,Canceled,S,10.00,13/08/2026 11:27,,15/08/2026 10:00,Seller,Out of stock,Fulfillment by seller,Cup,1\n"+
		"3,Canceled,S,10.00,13/08/2026 11:27,,15/08/2026 10:00,User,Liked another cup,Fulfillment by TikTok Shop,Cup,1\n"+
		"4,Shipped,S,10.00,13/08/2026 11:27,13/08/2026 11:28,,,,Fulfillment by TikTok Shop,Cup,1\n"+
		"5,Canceled,S,10.00,13/08/2026 11:27,13/08/2026 11:28,16/08/2026 10:00,System,Automatically canceled due to collection time out,,Cup,1\n",
		"tiktok-orders", Options{Shop: shop("tiktok", "Asia/Bangkok", "USD"), DayFirst: DayFirstYes})
	want(t, "not paid", g.order(t, "1").Fate, data.Fate{CanceledAt: utc(2026, 8, 14, 3, 0, 0), CanceledBy: data.ActorPlatform, CancelReason: data.CancelUnpaid})
	want(t, "out of stock", g.order(t, "2").Fate, data.Fate{CanceledAt: utc(2026, 8, 15, 3, 0, 0), CanceledBy: data.ActorSeller, CancelReason: data.CancelOutOfStock})
	want(t, "a word that nobody knows", g.order(t, "3").Fate, data.Fate{CanceledAt: utc(2026, 8, 15, 3, 0, 0), CanceledBy: data.ActorBuyer, FulfilledBy: data.FulfilledByPlatform})
	want(t, "its own words stay", g.order(t, "3").Extra["Cancel Reason"], "Liked another cup")
	want(t, "shipped by TikTok", g.order(t, "4").Fate, data.Fate{FulfilledBy: data.FulfilledByPlatform})
	want(t, "late", g.order(t, "5").Fate.CancelReason, data.CancelLate)
	want(t, "doubts", g.fateDoubts(), []string{"Liked another cup"})
}

// Shopee says both in one cell, in the language of the shop.
func TestShopeeTellsWhoCanceledAndWhy(t *testing.T) {
	for _, c := range []struct {
		preset, header, cell string
		by                   data.Actor
		why                  data.CancelReason
	}{
		{"shopee-orders", "Order ID,Order Status,Product Name,Order Creation Date,Cancel reason,Grand Total", "Cancelled automatically by Shopee's system. Reason: Failed delivery", data.ActorPlatform, data.CancelOther},
		{"shopee-orders", "Order ID,Order Status,Product Name,Order Creation Date,Cancel reason,Grand Total", "Cancelled by Buyer. Reason: Need to change delivery address", data.ActorBuyer, ""},
		{"shopee-orders-id", "No. Pesanan,Status Pesanan,Nama Produk,Waktu Pesanan Dibuat,Alasan Pembatalan,Total Pembayaran", "Dibatalkan secara otomatis oleh sistem Shopee. Alasan: Penjual tidak mengatur pengiriman tepat waktu", data.ActorPlatform, data.CancelLate},
		{"shopee-orders-id", "No. Pesanan,Status Pesanan,Nama Produk,Waktu Pesanan Dibuat,Alasan Pembatalan,Total Pembayaran", "Dibatalkan secara otomatis oleh sistem Shopee. Alasan: Pesanan belum dibayar", data.ActorPlatform, data.CancelUnpaid},
		{"shopee-orders-th", "หมายเลขคำสั่งซื้อ,สถานะการสั่งซื้อ,ชื่อสินค้า,วันที่ทำการสั่งซื้อ,เหตุผลในการยกเลิกคำสั่งซื้อ,จำนวนเงินทั้งหมด", "ยกเลิกโดยผู้ขาย เหตุผล : สินค้าหมด", data.ActorSeller, data.CancelOutOfStock},
		{"shopee-orders-vn", "Mã đơn hàng,Trạng Thái Đơn Hàng,Tên sản phẩm,Ngày đặt hàng,Lý do hủy,Tổng số tiền người mua thanh toán", "Tự động hủy bởi hệ thống Shopee  lí do là: Chưa được Thanh Toán", data.ActorPlatform, data.CancelUnpaid},
		{"shopee-orders-br", "ID do pedido,Status do pedido,Nome do Produto,Data de criação do pedido,Cancelar Motivo,Número de referência SKU,Quantidade,Valor Total", "Cancelado pelo comprador, motivo : Achei mais barato em outro lugar", data.ActorBuyer, ""},
	} {
		status := map[string]string{"shopee-orders": "Cancelled", "shopee-orders-id": "Batal", "shopee-orders-th": "ยกเลิกแล้ว", "shopee-orders-vn": "Đã hủy", "shopee-orders-br": "Cancelado"}[c.preset]
		g := fateOf(t, c.header+"\n2609250A,"+status+",Mug,2026-09-25 10:30,\""+c.cell+"\","+map[bool]string{true: "MUG,1,"}[c.preset == "shopee-orders-br"]+"25\n", c.preset, Options{Shop: shop("shopee", "Asia/Bangkok", "THB")})
		want(t, c.cell, g.order(t, "2609250A").Fate, data.Fate{CanceledBy: c.by, CancelReason: c.why})
		want(t, c.cell, len(g.fateDoubts()), 0)
	}
}

func TestOtherFilesTellWhatBecameOfOrders(t *testing.T) {
	amazon := mustRead(t, textSource("orders.txt", ("amazon-order-id\tpurchase-date\tlast-updated-date\torder-status\tfulfillment-channel\titem-status\tproduct-name\tquantity\tcurrency\titem-price\n"+
		"1\t2026-08-01T10:00:00+00:00\t2026-08-02T10:00:00+00:00\tShipped\tAmazon\tShipped\tMug\t1\tUSD\t10\n"+
		"2\t2026-08-01T10:00:00+00:00\t2026-08-02T10:00:00+00:00\tShipped\tMerchant\tShipped\tMug\t1\tUSD\t10\n")), "amazon-all-orders", Options{Shop: shop(data.Amazon, "", "USD")})
	want(t, "by Amazon", amazon.order(t, "1").Fate.FulfilledBy, data.FulfilledByPlatform)
	want(t, "by the seller", amazon.order(t, "2").Fate, data.Fate{})
	want(t, "known words", len(amazon.fateDoubts()), 0)

	lazada := fateOf(t, "orderItemId,orderNumber,createTime,paidPrice,itemName,status,buyerFailedDeliveryReturnInitiator\n"+
		"1,11,2026-08-01 10:00,10.00,Mug,canceled,cancellation-customer\n2,12,2026-08-01 10:00,10.00,Mug,canceled,cancellation-seller\n"+
		"3,13,2026-08-01 10:00,10.00,Mug,canceled,cancellation-failed Delivery\n4,14,2026-08-01 10:00,10.00,Mug,delivered,return-customer\n", "lazada-orders", Options{Shop: shop("lazada", "Asia/Manila", "PHP")})
	for number, by := range map[string]data.Actor{"11": data.ActorBuyer, "12": data.ActorSeller, "13": data.ActorPlatform, "14": ""} {
		want(t, number, lazada.order(t, number).Fate.CanceledBy, by)
	}
	want(t, "no delivery", lazada.order(t, "13").Fate.CancelReason, data.CancelOther)

	ali := fateOf(t, "订单号,订单状态,产品信息,下单时间,付款时间,订单金额,确认收货时间\n8001,交易完成,Lamp,2026-08-01 10:00,2026-08-01 10:05,US $12.00,2026-09-01 11:00\n", "aliexpress-orders", Options{Shop: shop(data.AliExpress, "Asia/Shanghai", "USD")})
	want(t, "confirmed", ali.order(t, "8001").Fate, data.Fate{ConfirmedAt: utc(2026, 9, 1, 3, 0, 0)})

	shopify := fateOf(t, "Name,Financial Status,Fulfillment Status,Lineitem name,Lineitem quantity,Created at,Cancelled at,Currency,Total\n#1,voided,,Mug,1,2026-05-01 10:00:00 +0000,2026-05-02 10:00:00 +0000,USD,10.00\n", "shopify-orders", Options{Shop: shop(data.Shopify, "", "USD")})
	want(t, "canceled", shopify.order(t, "#1").Fate, data.Fate{CanceledAt: utc(2026, 5, 2, 10, 0, 0)})
}

// An item of an order that stands was canceled: the order was not.
func TestACanceledPartCancelsNoOrder(t *testing.T) {
	g := fateOf(t, "Order ID,Order Status,SKU ID,Order Amount,Created Time,Paid Time,Cancelled Time,Cancel By,Cancel Reason,Product Name,Quantity\n"+
		"1,Shipped,S1,30.00,13/08/2026 11:27,13/08/2026 11:30,,,,Cup,1\n1,Canceled,S2,30.00,13/08/2026 11:27,13/08/2026 11:30,13/08/2026 12:00,Seller,Out of stock,Plate,1\n",
		"tiktok-orders", Options{Shop: shop("tiktok", "", "USD"), DayFirst: DayFirstYes})
	want(t, "fate", g.order(t, "1").Fate, data.Fate{})
}

func TestAMappedTableTellsWhatBecameOfOrders(t *testing.T) {
	src := textSource("own.csv", ("Order,Date,Total,Currency,Storno,Cancelled By,Cancel Reason,Receipt Confirmed,Confirmed By,Fulfilled By,Tracking Uploaded At,Return Reason\n" +
		"1,2026-08-01,10.00,USD,2026-08-02 10:00,Seller,out of stock,,,,,\n2,2026-08-01,10.00,USD,,,,2026-08-20 10:00,Automatic,FBA,2026-08-02 09:00,Damaged\n3,2026-08-01,10.00,USD,2026-08-03 10:00,the neighbor,,,,,,\n"))
	columns := []Column{
		{Header: "Order", Field: FieldNumber},
		{Header: "Date", Field: FieldOrderedAt},
		{Header: "Total", Field: FieldTotal},
		{Header: "Currency", Field: FieldCurrency},
		{Header: "Storno", Field: FieldCanceledAt},
		{Header: "Cancelled By", Field: FieldCanceledBy},
		{Header: "Cancel Reason", Field: FieldCancelReason},
		{Header: "Receipt Confirmed", Field: FieldConfirmedAt},
		{Header: "Confirmed By", Field: FieldConfirmedHow},
		{Header: "Fulfilled By", Field: FieldFulfilledBy},
		{Header: "Tracking Uploaded At", Field: FieldTrackingToldAt},
		{Header: "Return Reason", Field: FieldReturnReason},
	}
	own, err := Mapping("own", "Own", TargetOrders, columns)
	if err != nil {
		t.Fatal(err)
	}
	in, err := InspectAs(t.Context(), src, []*Preset{own}, Layout{}, TargetOrders)
	if err != nil {
		t.Fatal(err)
	}
	g := got{orders: map[string]*data.Order{}, in: in}
	if g.sum, err = Read(t.Context(), src, in, Options{Shop: shop("", "", "USD")}, Sink{
		Order: func(o *data.Order) error { g.orders[o.Number] = o; return nil },
		Doubt: func(f data.Finding) error { g.doubts = append(g.doubts, f); return nil },
	}); err != nil {
		t.Fatal(err)
	}
	want(t, "canceled", g.order(t, "1").Fate, data.Fate{CanceledAt: utc(2026, 8, 2, 10, 0, 0), CanceledBy: data.ActorSeller, CancelReason: data.CancelOutOfStock})
	want(t, "status", g.order(t, "1").Status, data.StatusCanceled)
	want(t, "confirmed", g.order(t, "2").Fate, data.Fate{
		ConfirmedAt: utc(2026, 8, 20, 10, 0, 0), ConfirmedHow: data.ConfirmedByTimeout, FulfilledBy: data.FulfilledByPlatform,
		TrackingToldAt: utc(2026, 8, 2, 9, 0, 0), ReturnReason: data.ReasonDamaged,
	})
	want(t, "nobody known", g.order(t, "3").Fate, data.Fate{CanceledAt: utc(2026, 8, 3, 10, 0, 0)})
	want(t, "doubts", g.fateDoubts(), []string{"the neighbor"})
}

func TestAFateRuleThatSaysWhatThereIsNotIsRefused(t *testing.T) {
	base := "id = \"x\"\ntitle = \"X\"\ntarget = \"orders\"\nrequire = [\"A\"]\n[columns]\nnumber = [\"A\"]\n[[fate]]\n"
	for _, c := range []struct{ rule, says string }{
		{`words = ["x"]`, "header"},
		{`header = "B"`, "words"},
		{"header = \"B\"\nwords = [\" \"]", "words"},
		{"header = \"B\"\nfilled = true\ncanceled_by = \"carrier\"", "canceled_by"},
		{"header = \"B\"\nfilled = true\ncancel_reason = \"bored\"", "cancel_reason"},
		{"header = \"B\"\nfilled = true\nfulfilled_by = \"seller\"", "fulfilled_by"},
		{"header = \"B\"\nfilled = true\nconfirmed_how = \"mail\"", "confirmed_how"},
		{"header = \"B\"\nfilled = true\nreturn_reason = \"bored\"", "return_reason"},
	} {
		if _, err := DecodePreset("x.toml", []byte(base+c.rule+"\n")); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", c.rule, err)
		}
	}
	if _, err := DecodePreset("x.toml", []byte(base+"header = \"B\"\nfilled = true\ncanceled_by = \"buyer\"\n")); err != nil {
		t.Error(err)
	}
}
