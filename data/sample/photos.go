package sample

import (
	"fmt"
	"image/color"
	"math"
)

// Photos are 1600 x 1200, as a phone in a warehouse takes them.
const (
	photoWidth  = 1600
	photoHeight = 1200
)

// table is a wooden table seen from above: boards with a grain.
func table(wood color.RGBA) *canvas {
	c := newCanvas(photoWidth, photoHeight, wood)
	dark := mix(wood, rgb(0x3a2513), 0.35)
	for board := range 5 {
		y := float64(board) * 240
		c.rect(fade(mix(wood, rgb(0xffffff), 0.08*float64(board%3)), 255), 0, y, photoWidth, 240)
		for line := range 11 {
			base := y + 14 + float64(line)*21
			var grain []point
			for x := 0.0; x <= photoWidth; x += 80 {
				grain = append(grain, point{x, base + 5*math.Sin(x/170+float64(line*7+board*3))})
			}
			c.stroke(fade(dark, 26), 2.2, grain)
		}
		c.rect(fade(dark, 130), 0, y-2, photoWidth, 4)
	}
	return c
}

var (
	cardboard = rgb(0xc39a68)
	tapeColor = rgb(0xe3cf9f)
	woodLight = rgb(0xb98d5e)
	woodGray  = rgb(0x9b948a)
	ink       = rgb(0x1d2024)
	faint     = rgb(0x6b7280)
	paper     = rgb(0xfbfaf6)
)

// drawParcel shows a sealed parcel on a table: tape over both edges, the
// label, and a date slip.
func drawParcel(s scene) ([]byte, error) {
	c := table(woodLight)
	c.shadow(830, 640, 590, 430, 150)
	side := mix(cardboard, rgb(0x5c3f1d), 0.35)
	c.fill(side, []point{{330, 940}, {1330, 970}, {1350, 1035}, {345, 1005}})
	c.fill(mix(cardboard, rgb(0x5c3f1d), 0.22), []point{{1310, 240}, {1360, 280}, {1350, 1035}, {1330, 970}})
	top := []point{{320, 210}, {1310, 240}, {1330, 970}, {330, 940}}
	c.fill(cardboard, top)
	for i := range 30 { // flutes of the cardboard
		y := 225 + float64(i)*24.5
		c.stroke(fade(rgb(0x8a6334), 18), 3, []point{{322, y}, {1318, y + 28}})
	}
	c.stroke(fade(rgb(0x6e4d25), 190), 3, []point{{323, 575}, {1320, 603}})
	c.fill(fade(tapeColor, 205), []point{{318, 532}, {1318, 560}, {1322, 648}, {322, 620}})
	c.fill(fade(tapeColor, 205), []point{{318, 210}, {388, 212}, {398, 942}, {328, 940}})
	c.fill(fade(tapeColor, 205), []point{{1240, 238}, {1310, 240}, {1330, 970}, {1260, 968}})
	for i := range 6 {
		c.text(fade(rgb(0x9c6b2f), 170), fontBold, 26, 430+float64(i)*142, 588+float64(i)*4, "FRAGILE")
	}
	c.place(labelSheet(s), 720, 790, 0.36, 0.03)
	c.place(dateSlip(s), 1080, 380, 0.9, -0.06)
	return s.photo(c)
}

// dateSlip is a slip of paper with the order's number and the day, laid beside
// the goods so that a photo dates itself.
func dateSlip(s scene) *canvas {
	c := newCanvas(440, 200, rgb(0xfffdf2))
	c.frame(rgb(0xd9d2b8), 0, 0, 440, 200, 3)
	c.text(faint, fontText, 24, 24, 44, "Packed by Mei")
	c.text(ink, fontBold, 34, 24, 98, s.order.Number)
	c.text(ink, fontText, 30, 24, 150, s.when(s.captured))
	return c
}

// labelSheet is the address label, 1200 x 800.
func labelSheet(s scene) *canvas {
	o, parcel := s.order, s.shipment()
	c := newCanvas(1200, 800, rgb(0xffffff))
	c.frame(ink, 14, 14, 1172, 772, 5)
	c.text(ink, fontBold, 54, 44, 92, parcel.Carrier)
	c.text(ink, fontText, 32, 44, 138, parcel.Service)
	c.rect(ink, 14, 166, 1172, 4)
	c.text(faint, fontText, 26, 44, 210, "FROM")
	c.text(ink, fontText, 30, 44, 252, o.Shop.Name)
	c.text(ink, fontText, 30, 44, 292, s.origin())
	c.rect(ink, 14, 322, 1172, 3)
	c.text(faint, fontText, 26, 44, 366, "TO")
	c.text(ink, fontBold, 44, 44, 424, o.ShipTo.Name)
	c.text(ink, fontText, 38, 44, 476, o.ShipTo.Line1)
	c.text(ink, fontBold, 44, 44, 532, o.ShipTo.Postcode+"  "+o.ShipTo.City+"  "+o.ShipTo.Country)
	bars(c, 60, 572, 1080, 140, parcel.Tracking)
	width := c.width(fontBold, 44, parcel.Tracking)
	c.text(ink, fontBold, 44, (1200-width)/2, 762, parcel.Tracking)
	return c
}

func (s scene) origin() string {
	if parcel := s.shipment(); len(parcel.Events) > 0 {
		return parcel.Events[0].Place
	}
	return ""
}

// bars draws Code 39, the simplest true barcode: a scanner reads it.
func bars(c *canvas, x, y, w, h float64, words string) {
	var widths []bool // wide?, bar and gap in turn
	for _, r := range "*" + words + "*" {
		pattern, ok := code39[r]
		if !ok {
			pattern = code39['-']
		}
		for i := range 9 {
			widths = append(widths, pattern>>(8-i)&1 == 1)
		}
		widths = append(widths, false)
	}
	units := 0.0
	for _, wide := range widths {
		units += 1
		if wide {
			units += 1.5
		}
	}
	at, unit := x, w/units
	for i, wide := range widths {
		span := unit
		if wide {
			span = 2.5 * unit
		}
		if i%2 == 0 {
			c.rect(rgb(0x000000), at, y, span, h)
		}
		at += span
	}
}

// code39 holds nine elements a character, bar first; a set bit is a wide one.
var code39 = map[rune]int{
	'0': 0b000110100, '1': 0b100100001, '2': 0b001100001, '3': 0b101100000, '4': 0b000110001, '5': 0b100110000,
	'6': 0b001110000, '7': 0b000100101, '8': 0b100100100, '9': 0b001100100, 'A': 0b100001001, 'B': 0b001001001,
	'C': 0b101001000, 'D': 0b000011001, 'E': 0b100011000, 'F': 0b001011000, 'G': 0b000001101, 'H': 0b100001100,
	'I': 0b001001100, 'J': 0b000011100, 'K': 0b100000011, 'L': 0b001000011, 'M': 0b101000010, 'N': 0b000010011,
	'O': 0b100010010, 'P': 0b001010010, 'Q': 0b000000111, 'R': 0b100000110, 'S': 0b001000110, 'T': 0b000010110,
	'U': 0b110000001, 'V': 0b011000001, 'W': 0b111000000, 'X': 0b010010001, 'Y': 0b110010000, 'Z': 0b011010000,
	'-': 0b010000101, '*': 0b010010100,
}

// drawLabel is a close photo of the label.
func drawLabel(s scene) ([]byte, error) {
	c := newCanvas(photoWidth, photoHeight, cardboard)
	for i := range 60 {
		y := float64(i) * 21
		c.stroke(fade(rgb(0x8a6334), 24), 4, []point{{-5, y}, {photoWidth + 5, y + 20}})
	}
	c.rect(fade(tapeColor, 190), 0, 60, photoWidth, 110)
	c.shadow(815, 640, 640, 440, 90)
	c.place(labelSheet(s), 800, 620, 1.12, -0.025)
	// clear tape over the label's edge, with a highlight
	c.fill(fade(rgb(0xffffff), 46), []point{{80, 1000}, {1500, 960}, {1510, 1130}, {90, 1170}})
	c.fill(fade(rgb(0xffffff), 60), []point{{90, 1008}, {1490, 968}, {1491, 980}, {91, 1020}})
	return s.photo(c)
}

// drawScale shows the parcel on a scale with its weight.
func drawScale(s scene) ([]byte, error) {
	c := table(woodGray)
	c.shadow(800, 720, 620, 400, 150)
	c.round(rgb(0x3a3f45), 220, 560, 1160, 520, 60)
	c.round(rgb(0x4b5158), 235, 570, 1130, 470, 54)
	c.round(rgb(0xc9ced3), 290, 150, 1020, 640, 30)
	c.round(rgb(0xdfe3e6), 300, 158, 1000, 620, 26)
	c.shadow(800, 480, 390, 250, 120)
	c.fill(mix(cardboard, rgb(0x5c3f1d), 0.3), []point{{430, 690}, {1170, 690}, {1180, 735}, {420, 735}})
	c.fill(cardboard, []point{{430, 230}, {1170, 230}, {1170, 690}, {430, 690}})
	c.rect(fade(tapeColor, 215), 430, 425, 740, 62)
	c.place(labelSheet(s), 720, 580, 0.26, 0.02)
	c.place(dateSlip(s), 1000, 330, 0.62, 0.05)
	c.round(rgb(0x14181b), 520, 850, 560, 170, 20)
	c.round(rgb(0xb7d3b0), 540, 866, 520, 138, 12)
	weight := s.with["weight"]
	segments(c, weight, 572, 884, 62, 102)
	c.text(rgb(0x22301f), fontBold, 46, 960, 984, "kg")
	for i, words := range []string{"ON", "TARE", "UNIT"} {
		x := 1120 + float64(i)*84
		c.fill(rgb(0x2a2f34), oval(x, 936, 34, 34))
		c.text(rgb(0xcdd3d8), fontText, 18, x-c.width(fontText, 18, words)/2, 942, words)
	}
	return s.photo(c)
}

// segments letters a number as a scale's display does.
func segments(c *canvas, number string, x, y, w, h float64) {
	// a b c d e f g: top, upper right, lower right, bottom, lower left, upper left, middle
	shapes := map[rune]string{
		'0': "abcdef", '1': "bc", '2': "abged", '3': "abgcd", '4': "fgbc", '5': "afgcd", '6': "afgedc", '7': "abc", '8': "abcdefg", '9': "abcdfg",
	}
	const thick = 13
	dark := rgb(0x22301f)
	for _, digit := range number {
		if digit == '.' {
			c.fill(dark, oval(x-2, y+h-6, 8, 8))
			x += 16
			continue
		}
		for _, part := range shapes[digit] {
			lines := map[rune][4]float64{
				'a': {8, 0, w - 8, 0}, 'b': {w, 8, w, h/2 - 6}, 'c': {w, h/2 + 6, w, h - 8}, 'd': {8, h, w - 8, h},
				'e': {0, h/2 + 6, 0, h - 8}, 'f': {0, 8, 0, h/2 - 6}, 'g': {8, h / 2, w - 8, h / 2},
			}
			l := lines[part]
			c.stroke(dark, thick, []point{{x + l[0], y + l[1]}, {x + l[2], y + l[3]}})
		}
		x += w + 30
	}
}

var glazes = map[string]color.RGBA{"blue": rgb(0x3f6c92), "sand": rgb(0xcdb089), "forest": rgb(0x4c6b50)}

// mug draws one mug, its middle at cx, cy. Broken ones have lost the handle
// and a piece of the rim.
func mug(c *canvas, cx, cy, scale float64, glaze color.RGBA, broken bool) {
	at := func(x, y float64) point { return point{cx + x*scale, cy + y*scale} }
	c.shadow(cx+14*scale, cy+205*scale, 200*scale, 46*scale, 150)
	shade, light := mix(glaze, rgb(0x14161a), 0.38), mix(glaze, rgb(0xffffff), 0.35)
	if !broken {
		var handle []point
		for i := range 40 {
			angle := -1.35 + 2.7*float64(i)/39
			handle = append(handle, at(150+112*math.Cos(angle), 20+108*math.Sin(angle)))
		}
		c.stroke(shade, 46*scale, handle)
		c.stroke(glaze, 36*scale, handle)
	} else {
		for _, y := range []float64{-78, 112} { // where the handle was: raw clay
			c.fill(rgb(0xe9dcc8), oval(cx+158*scale, cy+y*scale, 17*scale, 26*scale))
			c.fill(fade(rgb(0x7c6a52), 120), oval(cx+161*scale, cy+(y+4)*scale, 10*scale, 15*scale))
		}
	}
	strips := 64
	for i := range strips { // the wall, lit from the left
		left, right := -168+336*float64(i)/float64(strips), -168+336*float64(i+1)/float64(strips)+0.8
		tone := math.Abs(float64(i)/float64(strips)-0.3) * 1.5
		wall := mix(light, shade, tone)
		curve := func(x float64) float64 { return 34 * math.Sqrt(max(0, 1-(x/168)*(x/168))) }
		c.fill(wall, []point{at(left, -170), at(right, -170), at(right*0.9, 180+curve(right)), at(left*0.9, 180+curve(left))})
	}
	c.fill(mix(glaze, rgb(0xffffff), 0.5), oval(cx, cy-170*scale, 168*scale, 44*scale))
	c.fill(mix(glaze, rgb(0x14161a), 0.55), oval(cx, cy-166*scale, 152*scale, 36*scale))
	c.fill(fade(rgb(0xf3ead9), 90), oval(cx-10*scale, cy-150*scale, 110*scale, 18*scale))
	if broken {
		chip := []point{at(38, -214), at(70, -132), at(92, -148), at(112, -96), at(140, -132), at(150, -208), at(96, -228)}
		c.fill(rgb(0xe9dcc8), chip)
		c.fill(mix(glaze, rgb(0x14161a), 0.62), []point{at(44, -218), at(76, -146), at(94, -160), at(112, -114), at(132, -142), at(144, -212)})
		c.stroke(fade(rgb(0x1b1d20), 200), 4*scale, []point{at(110, -98), at(84, -40), at(102, 10), at(70, 80), at(82, 130)})
	}
}

// drawMug shows one mug, whole or broken.
func drawMug(s scene) ([]byte, error) {
	broken := s.with["state"] == "broken"
	glaze := glazes[s.with["color"]]
	c := table(map[bool]color.RGBA{true: woodLight, false: woodGray}[broken])
	c.rect(fade(rgb(0xf2f0ea), 235), 0, 0, photoWidth, 560)
	c.rect(fade(rgb(0x8f8a80), 120), 0, 556, photoWidth, 8)
	mug(c, 700, 640, 1.5, glaze, broken)
	if broken {
		shards(c, glaze)
	} else {
		c.place(dateSlip(s), 1260, 950, 0.9, 0.04)
	}
	return s.photo(c)
}

// shards are the broken handle and splinters on the table.
func shards(c *canvas, glaze color.RGBA) {
	c.shadow(1180, 1010, 150, 70, 110)
	var handle []point
	for i := range 30 {
		angle := -1.9 + 2.6*float64(i)/29
		handle = append(handle, point{1160 + 120*math.Cos(angle), 980 + 92*math.Sin(angle)})
	}
	c.stroke(mix(glaze, rgb(0x14161a), 0.38), 56, handle)
	c.stroke(glaze, 44, handle)
	c.fill(rgb(0xe9dcc8), oval(handle[0].x, handle[0].y, 20, 24))
	c.fill(rgb(0xe9dcc8), oval(handle[29].x, handle[29].y, 20, 24))
	for i, p := range []point{{1010, 1080}, {1330, 880}, {980, 1000}, {1260, 1120}, {1400, 1010}} {
		r := 14 + float64(i%3)*12
		c.fill(mix(glaze, rgb(0xe9dcc8), 0.3*float64(i%3)), []point{{p.x - r, p.y}, {p.x, p.y - r*0.8}, {p.x + r, p.y + 4}, {p.x + r*0.2, p.y + r*0.7}})
	}
}

// drawContents shows what goes into the parcel, beside its packing list.
func drawContents(s scene) ([]byte, error) {
	c := table(woodLight)
	c.shadow(560, 640, 520, 470, 60)
	list := newCanvas(520, 680, paper)
	list.text(ink, fontBold, 34, 30, 62, "Packing list")
	list.text(ink, fontText, 24, 30, 104, "Order "+s.order.Number)
	list.text(faint, fontText, 22, 30, 138, s.when(s.captured))
	y := 190.0
	for _, item := range s.order.Items {
		list.text(ink, fontBold, 24, 30, y, fmt.Sprintf("%d ×", item.Quantity))
		for _, line := range list.wrap(fontText, 24, 360, item.Title+", "+item.Variation) {
			list.text(ink, fontText, 24, 96, y, line)
			y += 32
		}
		list.text(faint, fontText, 20, 96, y, item.SKU)
		list.stroke(rgb(0x2f6b3c), 5, []point{{462, y - 34}, {472, y - 22}, {494, y - 56}})
		y += 54
	}
	list.text(faint, fontText, 22, 30, 610, "Checked and packed: Mei")
	list.stroke(rgb(0x27406b), 3, signatureLine("Mei", 300, 630, 60))
	c.shadow(1250, 560, 300, 380, 90)
	c.place(list, 1240, 560, 1.05, 0.05)
	goods(c, s)
	c.place(dateSlip(s), 420, 1070, 0.8, -0.04)
	return s.photo(c)
}

// goods draws the items of the order: pottery for the pottery shop, a coiled
// strap for the other.
func goods(c *canvas, s scene) {
	if s.order.Shop.Platform != "aliexpress" {
		for ring := range 7 {
			r := 230 - float64(ring)*26
			c.stroke(mix(rgb(0x59633b), rgb(0x2c3120), float64(ring%2)), 18, oval(520, 560, r, r*0.78))
		}
		c.stroke(rgb(0x59633b), 20, []point{{740, 600}, {830, 680}, {850, 760}})
		c.round(rgb(0x1c1e20), 820, 740, 62, 84, 10)
		return
	}
	glaze := glazes["blue"]
	mug(c, 300, 470, 0.86, glaze, false)
	mug(c, 700, 470, 0.86, glaze, false)
	pot(c, 520, 800, 0.95, glaze)
}

// pot draws a teapot.
func pot(c *canvas, cx, cy, scale float64, glaze color.RGBA) {
	shade, light := mix(glaze, rgb(0x14161a), 0.4), mix(glaze, rgb(0xffffff), 0.3)
	at := func(x, y float64) point { return point{cx + x*scale, cy + y*scale} }
	c.shadow(cx+10*scale, cy+150*scale, 250*scale, 44*scale, 150)
	c.fill(shade, []point{at(150, 40), at(330, -120), at(352, -100), at(220, 90), at(150, 120)}) // spout
	var handle []point
	for i := range 30 {
		angle := math.Pi/2 + 0.35 + 2.4*float64(i)/29
		handle = append(handle, at(-170+100*math.Cos(angle), 10+110*math.Sin(angle)))
	}
	c.stroke(shade, 34*scale, handle)
	for i := range 40 { // the belly, lit from the upper left
		t := float64(i) / 39
		c.fill(mix(shade, light, t*t), oval(cx-70*t*scale, cy-(10+60*t)*scale, 212*(1-t*0.9)*scale, 160*(1-t*0.9)*scale))
	}
	c.fill(mix(glaze, rgb(0x14161a), 0.2), oval(cx, cy-140*scale, 108*scale, 28*scale))
	c.fill(glaze, oval(cx, cy-150*scale, 100*scale, 24*scale))
	c.fill(light, oval(cx-4*scale, cy-182*scale, 26*scale, 24*scale))
}

// drawScarf shows a folded scarf in daylight, beside a color card.
func drawScarf(s scene) ([]byte, error) {
	c := table(woodGray)
	rust := rgb(0xa8502f)
	c.shadow(640, 620, 520, 420, 120)
	for fold := range 4 {
		y := 240 + float64(fold)*190
		c.round(mix(rust, rgb(0x2b0f06), 0.12*float64(fold%2)), 190, y, 900, 200, 40)
		for row := range 22 {
			var knit []point
			for x := 0.0; x <= 860; x += 20 {
				knit = append(knit, point{210 + x, y + 12 + float64(row)*8.4 + 4*math.Sin(x/6)})
			}
			c.stroke(fade(mix(rust, rgb(0xffffff), 0.25), 70), 2.5, knit)
		}
		c.rect(fade(rgb(0x2b0f06), 90), 200, y+188, 880, 10)
	}
	for i := range 38 {
		x := 200 + float64(i)*23.4
		c.stroke(mix(rust, rgb(0x2b0f06), 0.15*float64(i%3)), 6, []point{{x, 1000}, {x + 6*math.Sin(float64(i)), 1080}})
	}
	card := newCanvas(300, 620, rgb(0xffffff))
	for i, patch := range []uint32{0xa8502f, 0xc0392b, 0xd9822b, 0x4f7942, 0x2d4a7c, 0x808080} {
		card.rect(rgb(patch), 24, 24+float64(i)*86, 150, 74)
		card.text(ink, fontText, 22, 188, 70+float64(i)*86, []string{"Rust", "Red", "Amber", "Moss", "Ink", "Gray"}[i])
	}
	card.text(faint, fontText, 20, 24, 596, "Color card, daylight")
	c.shadow(1330, 480, 190, 350, 90)
	c.place(card, 1330, 470, 1, -0.03)
	c.place(dateSlip(s), 1310, 940, 0.9, 0.03)
	return s.photo(c)
}

// signatureLine is a flowing line that looks like somebody's hand. It depends
// on the name alone.
func signatureLine(name string, x, y, size float64) []point {
	var line []point
	for i, r := range name {
		if r == ' ' || r == '.' {
			x += size * 0.3
			continue
		}
		tall := 0.45 + 0.12*float64(r%4)
		if i == 0 || r >= 'A' && r <= 'Z' {
			tall = 1.15
		}
		for t := 0.0; t < 1; t += 0.06 {
			wave := math.Sin(2*math.Pi*t + float64(r%5)*0.5)
			line = append(line, point{x + size*0.5*t + size*0.12*math.Sin(4*math.Pi*t), y - size*tall*0.5*(1+wave) + size*0.06*float64(r%3)})
		}
		x += size * 0.46
	}
	return line
}

// drawDelivery is a photo of the carrier's signed slip on a clipboard.
func drawDelivery(s scene) ([]byte, error) {
	o, parcel := s.order, s.shipment()
	c := table(woodGray)
	c.shadow(800, 620, 620, 600, 120)
	c.round(rgb(0x6a4b2c), 210, 20, 1180, 1160, 30)
	slip := newCanvas(1080, 1000, paper)
	slip.text(ink, fontBold, 40, 50, 84, parcel.Carrier)
	slip.text(ink, fontText, 34, 50, 134, "Proof of delivery")
	bars(slip, 690, 40, 340, 90, parcel.Tracking)
	slip.rect(faint, 50, 160, 980, 3)
	rows := [][2]string{
		{"Item number", parcel.Tracking},
		{"Delivered", s.placeClock(parcel)},
		{"Recipient", o.ShipTo.Name},
		{"Address", o.ShipTo.Line1},
		{"Postcode and city", o.ShipTo.Postcode + " " + o.ShipTo.City},
		{"Handed to", "person at the address"},
		{"Signed by", s.with["signer"]},
	}
	for i, row := range rows {
		y := 216 + float64(i)*64
		slip.text(faint, fontText, 28, 50, y, row[0])
		slip.text(ink, fontBold, 32, 360, y, row[1])
		slip.rect(rgb(0xddd8cc), 50, y+18, 980, 2)
	}
	slip.text(faint, fontText, 28, 50, 716, "Signature")
	slip.frame(faint, 50, 736, 980, 200, 2)
	slip.stroke(rgb(0x1f3a78), 5, signatureLine(s.with["signature"], 150, 880, 128))
	c.place(slip, 800, 640, 1, -0.012)
	c.round(rgb(0x8d949b), 640, 30, 320, 96, 24)
	c.round(rgb(0xb9bfc5), 660, 44, 280, 40, 16)
	return s.photo(c)
}
