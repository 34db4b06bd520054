package sample

import (
	"bytes"
	"fmt"
	"strings"
)

// drawInvoice writes a PDF of one page by hand: Helvetica, which every reader
// has, and no more than the sample needs.
func drawInvoice(s scene) ([]byte, error) {
	var page bytes.Buffer
	text := func(x, y, size int, font, words string) {
		fmt.Fprintf(&page, "BT /%s %d Tf %d %d Td (%s) Tj ET\n", font, size, x, y, pdfText(words))
	}
	rule := func(y int) { fmt.Fprintf(&page, "0.5 w 56 %d m 539 %d l S\n", y, y) }
	o, zone := s.order, s.order.Shop.Location()
	text(56, 770, 20, "F2", "Commercial invoice")
	text(56, 748, 9, "F1", "Sample document of an invented shop. No tax document.")
	text(380, 770, 11, "F2", o.Shop.Name)
	text(380, 755, 9, "F1", o.Shop.Platform.Title()+" store")
	rule(735)
	facts := [][2]string{
		{"Invoice", "INV-" + strings.Trim(o.Number, "#")},
		{"Order", o.Number},
		{"Order date", clock(o.OrderedAt, zone) + " " + zone.String()},
		{"Paid", clock(o.PaidAt, zone) + ", " + o.PaymentMethod},
		{"Payment reference", o.PaymentRef},
		{"Bill and ship to", o.ShipTo.Name},
		{"", o.ShipTo.Line1},
		{"", o.ShipTo.Postcode + " " + o.ShipTo.City + ", " + o.ShipTo.Country},
	}
	y := 712
	for _, fact := range facts {
		text(56, y, 10, "F2", fact[0])
		text(170, y, 10, "F1", fact[1])
		y -= 17
	}
	rule(y)
	y -= 20
	text(56, y, 10, "F2", "SKU")
	text(150, y, 10, "F2", "Item")
	text(400, y, 10, "F2", "Pieces")
	text(470, y, 10, "F2", "Unit price")
	for _, item := range o.Items {
		y -= 20
		text(56, y, 10, "F1", item.SKU)
		text(150, y, 10, "F1", item.Title+", "+item.Variation)
		text(400, y, 10, "F1", fmt.Sprint(item.Quantity))
		text(470, y, 10, "F1", item.Price.String())
	}
	y -= 14
	rule(y)
	text(400, y-20, 10, "F1", "Shipping")
	text(470, y-20, 10, "F1", o.Shipping.String())
	text(400, y-40, 11, "F2", "Total")
	text(470, y-40, 11, "F2", o.Total.String())
	return onePagePDF(page.Bytes()), nil
}

// pdfText makes a string of WinAnsi bytes; what that lacks becomes "?".
func pdfText(words string) string {
	var b strings.Builder
	for _, r := range words {
		switch {
		case r == '(' || r == ')' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r >= 0x20 && r < 0x7f:
			b.WriteRune(r)
		case r >= 0xa0 && r <= 0xff:
			fmt.Fprintf(&b, "\\%03o", r)
		default:
			b.WriteByte('?')
		}
	}
	return b.String()
}

func onePagePDF(content []byte) []byte {
	objects := []string{
		"<< /Type /Catalog /Pages 2 0 R >>",
		"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 6 0 R /Resources << /Font << /F1 4 0 R /F2 5 0 R >> >> >>",
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
		fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(content), content),
	}
	var out bytes.Buffer
	out.WriteString("%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
	offsets := make([]int, len(objects))
	for i, object := range objects {
		offsets[i] = out.Len()
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", i+1, object)
	}
	table := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, offset := range offsets {
		fmt.Fprintf(&out, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&out, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, table)
	return out.Bytes()
}
