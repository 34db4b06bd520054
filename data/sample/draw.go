package sample

import (
	"time"

	"casebinder/data"
)

// scene is what a drawing shows.
type scene struct {
	order    data.Order
	messages []data.Message
	captured time.Time
	with     map[string]string
	exif     bool
}

// drawings are the kinds of evidence that the sample desk can make.
var drawings = map[string]func(scene) ([]byte, error){
	"contents": drawContents,
	"parcel":   drawParcel,
	"label":    drawLabel,
	"scale":    drawScale,
	"mug":      drawMug,
	"scarf":    drawScarf,
	"delivery": drawDelivery,
	"listing":  drawListing,
	"customs":  drawCustoms,
	"tracking": drawTracking,
	"chat":     drawChat,
	"refund":   drawRefund,
	"invoice":  drawInvoice,
}

// photo finishes a drawing as a photo: light, the sample's mark, JPEG, and
// EXIF where the story wants it.
func (s scene) photo(c *canvas) ([]byte, error) {
	c.light(uint32(len(s.order.Number)) + uint32(c.Bounds().Dx()))
	c.sampleMark()
	taken := time.Time{}
	if s.exif {
		taken = s.captured.In(s.order.Shop.Location())
	}
	return jpegOf(c, taken)
}

// shipment is the order's first parcel.
func (s scene) shipment() data.Shipment {
	if len(s.order.Shipments) == 0 {
		return data.Shipment{}
	}
	return s.order.Shipments[0]
}

// when is a time as the shop's people read it.
func (s scene) when(t time.Time) string { return clock(t, s.order.Shop.Location()) }
