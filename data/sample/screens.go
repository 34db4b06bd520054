package sample

import (
	"fmt"
	"image/color"
	"time"

	"casebinder/data"
)

// placeClock is the delivery's time where it happened. The sample knows the
// zones of the places that it delivers to with a signature.
func (s scene) placeClock(parcel data.Shipment) string {
	zone, err := time.LoadLocation(map[string]string{"ES": "Europe/Madrid", "US": "America/Phoenix"}[s.order.Buyer.Country])
	if err != nil {
		zone = time.UTC
	}
	return clock(parcel.DeliveredAt, zone) + " local time"
}

// browser is a screenshot of a page with its address bar.
func browser(w, h int, address string) *canvas {
	c := newCanvas(w, h, rgb(0xffffff))
	c.rect(rgb(0xe6e9ed), 0, 0, float64(w), 64)
	for i, dot := range []uint32{0xe0705f, 0xe2b84f, 0x6fb56a} {
		c.fill(rgb(dot), oval(34+float64(i)*30, 32, 9, 9))
	}
	c.round(rgb(0xffffff), 140, 14, float64(w)-180, 36, 18)
	c.text(faint, fontText, 19, 164, 39, address)
	c.rect(rgb(0xcfd4da), 0, 63, float64(w), 1)
	return c
}

// stamp prints when and by what the page was captured, as a footer.
func (s scene) stamp(c *canvas) ([]byte, error) {
	b := c.Bounds()
	c.text(faint, fontText, 18, 40, float64(b.Dy())-26, "Captured "+s.when(s.captured)+" ("+s.order.Shop.Zone+")")
	c.sampleMark()
	return pngOf(c)
}

// drawListing is the offer as it stood on the day of the sale.
func drawListing(s scene) ([]byte, error) {
	o := s.order
	c := browser(1280, 900, o.Shop.Platform.Title()+" listing  ·  sample page, not on the web")
	item := o.Items[len(o.Items)-1]
	c.round(rgb(0xf1eee8), 40, 100, 560, 560, 12)
	if o.Shop.Platform == data.Shopify {
		c.round(rgb(0xa8502f), 140, 220, 360, 320, 40)
		for i := range 16 {
			c.stroke(fade(rgb(0xffffff), 40), 3, []point{{150, 240 + float64(i)*18}, {490, 244 + float64(i)*18}})
		}
	} else {
		pot(c, 300, 340, 0.7, glazes["blue"])
		mug(c, 160, 540, 0.36, glazes["blue"], false)
		mug(c, 440, 540, 0.36, glazes["blue"], false)
	}
	for i := range 4 {
		x := 40 + float64(i)*144
		c.round(rgb(0xe7e2d9), x, 680, 128, 110, 8)
		c.fill(fade(mix(rgb(0x3f6c92), rgb(0xa8502f), float64(i)/3), 130), oval(x+64, 735, 30, 30))
	}
	y := 140.0
	for _, line := range c.wrap(fontBold, 36, 580, item.Title+", "+item.Variation) {
		c.text(ink, fontBold, 36, 640, y, line)
		y += 46
	}
	c.text(rgb(0xb3541e), fontBold, 44, 640, y+24, item.Price.String())
	c.text(faint, fontText, 22, 640, y+64, "Sold by "+o.Shop.Name)
	y += 120
	for _, row := range listingFacts(s, item) {
		c.text(faint, fontText, 22, 640, y, row[0])
		for _, line := range c.wrap(fontText, 22, 400, row[1]) {
			c.text(ink, fontText, 22, 820, y, line)
			y += 32
		}
		y += 12
	}
	c.round(rgb(0xd9662b), 640, y+10, 240, 60, 30)
	c.text(rgb(0xffffff), fontBold, 26, 706, y+49, "Buy now")
	return s.stamp(c)
}

func listingFacts(s scene, item data.Item) [][2]string {
	if s.order.Shop.Platform == data.Shopify {
		return [][2]string{
			{"Color", item.Variation + ", a brownish red. Colors look different on each screen; see the color card in picture 3."},
			{"Material", "100% merino wool, 180 × 30 cm"},
			{"Delivery", "3 to 6 working days in the EU"},
			{"Returns", "30 days; we send a label"},
		}
	}
	return [][2]string{
		{"Material", "Stoneware, glazed by hand, each piece a little different"},
		{"Contents", "900 ml, lid and strainer included"},
		{"Delivery", "20 to 35 days, registered, against signature"},
		{"Duty", "Duty of the buyer's country is not in the price"},
		{"Returns", "15 days after delivery"},
	}
}

// drawTracking is the carrier's page with every scan.
func drawTracking(s scene) ([]byte, error) {
	parcel := s.shipment()
	h := 420 + 74*len(parcel.Events)
	c := browser(1280, h, "Tracking  ·  "+parcel.Carrier+"  ·  sample page, not on the web")
	c.rect(rgb(0x1f4e79), 0, 64, 1280, 96)
	c.text(rgb(0xffffff), fontBold, 38, 48, 126, parcel.Carrier)
	c.text(ink, fontBold, 34, 48, 220, parcel.Tracking)
	status, tone := "In transit", rgb(0xb7791f)
	if !parcel.DeliveredAt.IsZero() {
		status, tone = "Delivered", rgb(0x2f7d4f)
	}
	c.round(tone, 48, 244, c.width(fontBold, 28, status)+48, 52, 26)
	c.text(rgb(0xffffff), fontBold, 28, 72, 280, status)
	c.text(faint, fontText, 24, 300, 280, parcel.Service)
	c.rect(rgb(0xdfe3e8), 72, 338, 3, float64(74*(len(parcel.Events)-1)))
	for i := range parcel.Events {
		e := parcel.Events[len(parcel.Events)-1-i] // newest first, as carriers show them
		y := 340 + float64(i)*74
		dot := rgb(0xb6bec8)
		if i == 0 {
			dot = tone
		}
		c.fill(dot, oval(73, y, 11, 11))
		c.text(ink, fontBold, 25, 110, y+4, e.Text)
		c.text(faint, fontText, 21, 110, y+34, e.At.Format("2006-01-02 15:04")+" UTC  ·  "+e.Place)
	}
	return s.stamp(c)
}

// drawChat is the platform's chat window about the order.
func drawChat(s scene) ([]byte, error) {
	const width, bubble = 1000, 600
	type block struct {
		lines []string
		msg   data.Message
	}
	probe := newCanvas(8, 8, rgb(0xffffff))
	var blocks []block
	height := 210
	for _, m := range s.messages {
		if m.SentAt.After(s.captured) {
			continue
		}
		lines := probe.wrap(fontText, 24, bubble-56, m.Text)
		blocks = append(blocks, block{lines, m})
		height += len(lines)*34 + 84
	}
	c := browser(width, height, s.order.Shop.Platform.Title()+" messages  ·  sample page, not on the web")
	c.rect(rgb(0xf3f5f7), 0, 64, width, float64(height)-64)
	c.rect(rgb(0xffffff), 0, 64, width, 66)
	c.text(ink, fontBold, 26, 40, 106, s.order.Buyer.Name)
	c.text(faint, fontText, 21, width-360, 105, "Order "+s.order.Number)
	y := 160.0
	for _, b := range blocks {
		h := float64(len(b.lines)*34 + 30)
		x, back := 40.0, color.Color(rgb(0xffffff))
		switch b.msg.Direction {
		case data.ToBuyer:
			x, back = width-40-bubble, rgb(0xd5e8fb)
		case data.FromPlatform:
			x, back = (width-bubble)/2, rgb(0xfdf1d6)
		case data.FromBuyer:
		}
		c.round(back, x, y, bubble, h, 18)
		for i, line := range b.lines {
			c.text(ink, fontText, 24, x+28, y+40+float64(i)*34, line)
		}
		c.text(faint, fontText, 18, x+8, y+h+24, b.msg.Author+"  ·  "+s.when(b.msg.SentAt))
		y += h + 54
	}
	return s.stamp(c)
}

// drawCustoms is the declaration that travels with a parcel, after the form
// CN 23 of the Universal Postal Union.
func drawCustoms(s scene) ([]byte, error) {
	o, parcel := s.order, s.shipment()
	c := newCanvas(1240, 900, paper)
	c.frame(ink, 30, 30, 1180, 820, 3)
	c.text(ink, fontBold, 34, 56, 84, "CUSTOMS DECLARATION")
	c.text(ink, fontBold, 34, 1060, 84, "CN 23")
	c.text(faint, fontText, 20, 56, 114, "May be opened officially. Sample form of an invented sender.")
	c.rect(ink, 30, 134, 1180, 2)
	c.rect(ink, 618, 134, 2, 216)
	field := func(x, y float64, title string, lines ...string) {
		c.text(faint, fontText, 18, x, y, title)
		for i, line := range lines {
			c.text(ink, fontText, 24, x, y+34+float64(i)*34, line)
		}
	}
	field(56, 164, "From", o.Shop.Name, s.origin(), "China")
	field(644, 164, "To", o.ShipTo.Name, o.ShipTo.Line1, o.ShipTo.Postcode+" "+o.ShipTo.City+", "+o.ShipTo.Country)
	bars(c, 56, 276, 500, 46, parcel.Tracking)
	c.text(ink, fontText, 20, 56, 344, parcel.Tracking)
	c.rect(ink, 30, 350, 1180, 2)
	for i, head := range []string{"Detailed description of contents", "Quantity", "Value", "HS code", "Origin"} {
		c.text(faint, fontText, 18, []float64{56, 590, 730, 900, 1070}[i], 380, head)
	}
	y := 424.0
	for _, item := range o.Items {
		value := data.Money{Minor: item.Price.Minor * item.Quantity, Currency: item.Price.Currency}
		code := "6912.00"
		if item.SKU == "WL-LAMP-02" {
			code = "9405.21"
		}
		for i, cell := range []string{item.Title, fmt.Sprint(item.Quantity), value.String(), code, "CN"} {
			c.text(ink, fontText, 24, []float64{56, 590, 730, 900, 1070}[i], y, cell)
		}
		c.rect(rgb(0xcfcabd), 30, y+16, 1180, 1)
		y += 50
	}
	c.rect(ink, 30, 620, 1180, 2)
	c.text(faint, fontText, 18, 56, 650, "Category")
	for i, box := range []string{"Sale of goods", "Gift", "Documents", "Returned goods"} {
		x := 56 + float64(i)*270
		c.frame(ink, x, 670, 26, 26, 2)
		if i == 0 {
			c.stroke(ink, 4, []point{{x + 5, 682}, {x + 11, 690}, {x + 22, 674}})
		}
		c.text(ink, fontText, 24, x+40, 692, box)
	}
	c.text(faint, fontText, 18, 56, 744, "I certify that the particulars given are correct and that this parcel holds no dangerous article.")
	c.text(ink, fontText, 24, 56, 800, "Date: "+s.when(s.captured))
	c.stroke(rgb(0x27406b), 3.5, signatureLine("Lin Mei", 830, 822, 48))
	c.text(faint, fontText, 18, 640, 800, "Sender's signature")
	return s.stamp(c)
}

// drawRefund is the payment service's page about a refund.
func drawRefund(s scene) ([]byte, error) {
	c := browser(1100, 640, "Payments  ·  refund  ·  sample page, not on the web")
	c.text(ink, fontBold, 40, 60, 140, "Refund completed")
	c.round(rgb(0xdff1e4), 60, 168, 200, 48, 24)
	c.text(rgb(0x2f7d4f), fontBold, 24, 96, 200, "Succeeded")
	rows := [][2]string{
		{"Amount", s.with["amount"]},
		{"Reference", s.with["reference"]},
		{"Order", s.order.Number},
		{"Payment", s.order.PaymentRef},
		{"To", s.order.Buyer.Name + ", card ending 0000"},
		{"Date", s.when(s.captured)},
	}
	for i, row := range rows {
		y := 276 + float64(i)*50
		c.text(faint, fontText, 24, 60, y, row[0])
		c.text(ink, fontText, 26, 320, y, row[1])
		c.rect(rgb(0xe3e6ea), 60, y+14, 980, 1)
	}
	return s.stamp(c)
}
