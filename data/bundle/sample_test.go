package bundle

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"casebinder/assets"
	"casebinder/data"
	"casebinder/data/bundle/fit"
	"casebinder/data/pdf"
)

// memory is an Opener over files in memory.
type memory map[string][]byte

type seekCloser struct{ io.ReadSeeker }

func (seekCloser) Close() error { return nil }

func (m memory) OpenOriginal(_ context.Context, sum string) (io.ReadSeekCloser, int64, error) {
	content, ok := m[sum]
	if !ok {
		return nil, 0, fmt.Errorf("original %s: %w", sum, data.ErrNotFound)
	}
	return seekCloser{bytes.NewReader(content)}, int64(len(content)), nil
}

// add puts a file in and gives its evidence.
func (m memory) add(name, mime string, kind data.EvidenceKind, content []byte) data.Evidence {
	sum := sha256.Sum256(content)
	key := hex.EncodeToString(sum[:])
	m[key] = content
	return data.Evidence{
		SHA256: key, Size: int64(len(content)), MIME: mime, Name: name, Kind: kind,
		AddedAt: day(18, 9, 30), AddedBy: "Lin", Source: "file",
	}
}

func day(d, h, m int) time.Time { return time.Date(2026, 3, d, h, m, 0, 0, time.UTC) }

// drawn draws a carton on a table, so that a page shows whether it is upright.
func drawn(w, h int) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.RGBA{uint8(200 - 60*y/h), uint8(205 - 50*y/h), uint8(215 - 40*y/h), 255}
			if y > h*3/4 {
				c = color.RGBA{120, 92, 70, 255}
			}
			if x > w/4 && x < w*3/4 && y > h/3 && y < h*4/5 {
				c = color.RGBA{uint8(190 - 40*x/w), 150, 96, 255}
				if x > w*47/100 && x < w*53/100 {
					c = color.RGBA{226, 206, 160, 255}
				}
			}
			img.SetRGBA(x, y, c)
		}
	}
	return img
}

// languages are those in which a bundle is made.
var languages = []string{"en", "zh-CN", "zh-TW"}

// jpegs keeps what jpegOf made: drawing takes longer than what is tested.
var jpegs sync.Map

func jpegOf(w, h int) []byte {
	if known, ok := jpegs.Load([2]int{w, h}); ok {
		return bytes.Clone(known.([]byte))
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, drawn(w, h), &jpeg.Options{Quality: 80}); err != nil {
		panic(err)
	}
	jpegs.Store([2]int{w, h}, bytes.Clone(b.Bytes()))
	return b.Bytes()
}

// annexOf makes a PDF of so many pages.
func annexOf(t testing.TB, pages int) []byte {
	t.Helper()
	var texts []string
	for i := range pages {
		texts = append(texts, fmt.Sprintf("Sample invoice, sheet %d\n发票 invented for a test", i+1))
	}
	return pdfOf(t, texts...)
}

// pdfOf makes a PDF of a page for each text.
func pdfOf(t testing.TB, texts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	fonts := pdf.NotoFonts(assets.FS)
	doc := pdf.New(&b, pdf.Options{Title: "Invoice", Created: day(1, 0, 0), Fonts: fonts})
	ts := pdf.NewTypesetter(fonts)
	for _, s := range texts {
		page := doc.AddPage()
		text, err := ts.Layout(pdf.Plain(s, pdf.Style{Size: 16 * pdf.Point}), 150*pdf.MM)
		if err != nil {
			t.Fatal(err)
		}
		page.DrawText(text, 25*pdf.MM, 30*pdf.MM)
		page.StrokeRect(10*pdf.MM, 10*pdf.MM, pdf.A4Width-20*pdf.MM, pdf.A4Height-20*pdf.MM, pdf.Point, pdf.Black)
	}
	if err := doc.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// sampleCase is an invented case with every kind of page.
func sampleCase(t testing.TB, language string) (Case, memory) {
	t.Helper()
	m := memory{}
	c := Case{
		Language: language, Zone: "Asia/Shanghai", BuyerZone: "Europe/Madrid", Generated: day(20, 8, 0), Program: "Casebinder 1.0", Prepared: "Lin", Version: 1,
		Order: data.Order{
			Shop: data.Shop{Platform: data.AliExpress, Name: "Sample Lights Store", Zone: "Asia/Shanghai", Currency: "USD"}, Number: "8123456789012345",
			Buyer: data.Buyer{Name: "Invented Buyer", Handle: "buyer-42", Country: "ES"}, Status: data.StatusDisputed,
			Total: data.Money{Minor: 4599, Currency: "USD"}, PaymentMethod: "Card",
			OrderedAt: day(1, 3, 12), PaidAt: day(1, 3, 15), ShippedAt: day(2, 10, 0), DeliveredAt: day(12, 11, 42),
			ShipTo: data.Address{City: "Madrid", Postcode: "28013", Country: "ES"},
			Items: []data.Item{
				{Title: "LED strip 5 m, warm white, with remote control", SKU: "LS-5M-WW", Variation: "EU plug", Quantity: 2, Price: data.Money{Minor: 1999, Currency: "USD"}},
				{Title: "铝型材 1 m", SKU: "AL-1", Quantity: 1, Price: data.Money{Minor: 601, Currency: "USD"}},
			},
			Shipments: []data.Shipment{{
				Carrier: "Sample Post", Service: "Registered", Tracking: "LX123456789CN", ShippedAt: day(2, 10, 0), DeliveredAt: day(12, 11, 42),
				Events: []data.TrackingEvent{
					{At: day(2, 10, 0), Place: "Shenzhen, CN", Text: "Accepted by carrier"},
					{At: day(4, 1, 20), Place: "深圳", Text: "离开处理中心"},
					{At: day(9, 7, 5), Place: "Madrid, ES", Text: "Llegada al país de destino"},
					{At: day(12, 11, 42), Place: "Madrid 28013, ES", Text: "Entregado, firmado por el destinatario"},
				},
			}},
		},
		Dispute: data.Dispute{
			UID: "0195aaaa-0000-7000-8000-000000000001", Reason: data.ReasonNotReceived, Amount: data.Money{Minor: 4599, Currency: "USD"}, CaseNumber: "20260314-77",
			Claim: "No he recibido el paquete. Quiero el reembolso completo.", OpenedAt: day(14, 16, 3), StatedDue: day(21, 16, 3),
			Events: []data.CaseEvent{
				{Kind: data.EventOpened, Actor: data.ActorBuyer, At: day(14, 16, 3), Amount: data.Money{Minor: 4599, Currency: "USD"}, Due: day(21, 16, 3)},
				{Kind: data.EventRejected, Actor: data.ActorSeller, At: day(15, 1, 30), Note: "The carrier shows delivery with signature at the postcode of the order."},
				{Kind: data.EventEscalated, Actor: data.ActorBuyer, At: day(17, 20, 11)},
			},
		},
		Ask: "That the claim be rejected: the parcel was delivered to the postcode of the order and signed for on 12 March.",
		Messages: []data.Message{
			{Direction: data.FromBuyer, Channel: "AliExpress", SentAt: day(13, 18, 0), Language: "es", Text: "Hola, ¿dónde está mi paquete? 😀", Translation: "Hello, where is my parcel? 😀", TransLang: "en", Translator: "Lin"},
			{Direction: data.ToBuyer, Channel: "AliExpress", SentAt: day(13, 23, 10), Language: "es", Text: "Buenos días, el transportista indica que fue entregado ayer a las 12:42.\n¿Podría preguntar a sus vecinos?"},
			{Direction: data.FromBuyer, Channel: "email", Author: "Иван (сосед)", SentAt: day(14, 8, 0), Language: "ru", Text: "Здравствуйте! Посылку я не видел. Номер 12345, дата 12.03.2026.", Translation: "您好！我没有看到包裹。编号 12345，日期 2026-03-12。", TransLang: "zh-CN", Translator: "DeepL"},
			{Direction: data.FromBuyer, Channel: "whatsapp", SentAt: day(14, 9, 0), Language: "ar", Text: "مرحبا، لم يصل الطرد رقم 12345 حتى الآن. شكرا!", Translation: "Hello, parcel no. 12345 has not arrived yet. Thanks!", TransLang: "en"},
			{Direction: data.FromPlatform, Channel: "AliExpress", SentAt: day(14, 16, 4), Text: "买家已开启纠纷，请在 2026-03-22 00:03 前响应。"},
			{Direction: data.ToBuyer, Channel: "AliExpress", SentAt: day(15, 1, 31), Language: "zh-CN", Text: "您好，承运商记录显示包裹已于 3 月 12 日由收件人签收，邮编与订单一致。我们已附上签收证明，请查收。"},
		},
	}
	c.Exhibits = sampleExhibits(t, m)
	c.Custody = custodyOf(c)
	return c, m
}

// custodyOf is a journal of the case: who opened it, and who added what.
func custodyOf(c Case) []data.JournalEntry {
	entries := []data.JournalEntry{{Action: "dispute.open", Entity: "dispute", Key: c.Dispute.UID}}
	for _, x := range c.Exhibits {
		for _, e := range append([]data.Evidence{x.Evidence}, originalsOf(x)...) {
			entries = append(entries, data.JournalEntry{Action: "evidence.add", Entity: "evidence", Key: "=cmd|'/c calc'!A1", After: `{"sha256":"` + e.SHA256 + `"}`})
		}
	}
	previous := strings.Repeat("0", 64)
	for i := range entries {
		e := &entries[i]
		e.Seq, e.At, e.Operator, e.Previous = int64(i+4), day(18, 9, 30), "Lin", previous
		e.Hash = e.Sum()
		previous = e.Hash
	}
	return entries
}

func originalsOf(x Exhibit) []data.Evidence {
	if x.Original == nil {
		return nil
	}
	return []data.Evidence{*x.Original}
}

func sampleExhibits(t testing.TB, m memory) []Exhibit {
	photo := m.add("IMG_2001.jpg", "image/jpeg", data.KindPacking, jpegOf(800, 600))
	photo.Note, photo.CapturedAt, photo.Captured, photo.Device = "Parcel before hand-over, with its label", day(2, 8, 15), data.CapturedExif, "Sample Phone 12"
	photo.Place = "22.5431, 114.0579"
	var shot, anim bytes.Buffer
	if err := png.Encode(&shot, drawn(400, 900)); err != nil {
		t.Fatal(err)
	}
	if err := gif.Encode(&anim, drawn(200, 150), nil); err != nil {
		t.Fatal(err)
	}
	delivery := m.add("签收证明 截图.png", "image/png", data.KindDelivery, shot.Bytes())
	delivery.CapturedAt, delivery.Captured, delivery.Note = day(13, 2, 0), data.CapturedStated, "Carrier's page on the day after delivery.\nThe postcode 28013 is that of the order."
	invoice := m.add("invoice.pdf", "application/pdf", data.KindInvoice, annexOf(t, 3))
	invoice.Note = "Invoice of the order"
	text := m.add("chat-export.txt", "text/plain; charset=utf-8", data.KindMessage, []byte("\ufeffExported chat\r\n买家: 你好\r\nSeller: hello\r\n"+strings.Repeat("A line of an exported chat that goes on for a while.\r\n", 120)))
	video := m.add("packing.mp4", "video/mp4", data.KindPacking, bytes.Repeat([]byte("video"), 999))
	corrupt := m.add("broken.jpg", "image/jpeg", data.KindPhoto, jpegOf(300, 200)[:900])
	hostile := m.add("../../CON/"+strings.Repeat("长名字", 100)+"😀%\u202egpj.exe", "application/octet-stream", data.KindOther, []byte("MZ"))
	listing := m.add("listing.gif", "image/gif", data.KindListing, anim.Bytes())
	again := photo
	again.Note = "=HYPERLINK(\"x\") the same photo, named a second time"
	return []Exhibit{
		{Evidence: photo},
		{Evidence: delivery},
		{Evidence: invoice},
		{Evidence: text},
		{Evidence: video},
		{Evidence: corrupt},
		{Evidence: hostile},
		{Evidence: listing},
		{Evidence: again},
	}
}

// TestLook writes bundles to a folder, to be looked at: LOOK=/tmp/x go test -run TestLook.
func TestLook(t *testing.T) {
	dir := os.Getenv("LOOK")
	if dir == "" {
		return
	}
	for _, l := range languages {
		c, m := richCase(t, l)
		if err := os.MkdirAll(dir+"/"+l, 0o755); err != nil {
			t.Fatal(err)
		}
		res, err := Export(t.Context(), c, m, dir+"/"+l, Options{Replace: true})
		if err != nil {
			t.Fatal(err)
		}
		e, err := newEnv(t.Context(), &c, m, Options{})
		if err != nil {
			t.Fatal(err)
		}
		f, err := os.Create(dir + "/" + l + "/compact.pdf")
		if err != nil {
			t.Fatal(err)
		}
		part := e.whole()
		part.Title, part.Compact, part.First, part.Total, part.Step = "Sample Lights Store", true, 11, 30, fit.Step{PerPage: 4, LongEdge: 800, Quality: 70, Tone: fit.ToneGray, Cited: true}
		if _, err := composePart(t.Context(), f, e, part); err != nil {
			t.Fatal(err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %d pages, %d bytes, rejected %v", res.PDF, res.Pages, res.PDFSize, res.Rejected)
	}
}

func fixed(seconds int) *time.Location { return time.FixedZone("", seconds) }

func duration(seconds int) time.Duration { return time.Duration(seconds) * time.Second }
