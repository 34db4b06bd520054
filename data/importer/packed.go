package importer

import (
	"regexp"
	"sort"
	"strings"

	"casebinder/data"
)

// packedAliExpress is the form of a cell that holds several items:
// "【1】title\n(产品属性:...)\n(商家编码:...)【2】...".
const packedAliExpress = "aliexpress"

var (
	packedItem = regexp.MustCompile(`【\s*\d{1,4}\s*】`)
	packedNote = regexp.MustCompile(`[(（]\s*(产品属性|商家编码|产品数量|数量|产品单价|单价|物流等级|Product Properties|SKU|Quantity)\s*[:：]`)
	firstCount = regexp.MustCompile(`^\s*(\d{1,9})\b`)
)

// addPacked adds the items of a cell.
func (r *orderReader) addPacked(o *openOrder, text, row string) *data.Problem {
	for _, part := range packedItem.Split(text, -1) {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		item, price := unpack(part)
		if n := firstCount.FindString(price.quantity); n != "" {
			q, ok := quantity(strings.TrimSpace(n))
			if !ok || q == 0 {
				return problemBadQuantity.New("value", price.quantity, "header", r.name(r.items))
			}
			item.Quantity = q
		}
		if a, ok := splitAmount(price.amount); ok {
			a := rowAmount{amount: a, i: r.items, text: price.amount}
			m, bad := r.take(o, a, row)
			if bad != nil {
				return bad
			}
			item.Price = m
		}
		if len(o.lines) >= mostRows {
			return problemManyItems.New("number", o.order.Number, "limit", mostRows)
		}
		o.lines = append(o.lines, line{item: item, hasItem: true})
	}
	return nil
}

type packedPrice struct{ quantity, amount string }

// unpack reads one item: its title, then notes in parentheses, each with a
// name. A parenthesis without a known name belongs to the text before it.
func unpack(part string) (data.Item, packedPrice) {
	item := data.Item{Quantity: 1}
	var price packedPrice
	notes := packedNote.FindAllStringSubmatchIndex(part, -1)
	end := len(part)
	if len(notes) > 0 {
		end = notes[0][0]
	}
	item.Title = strings.Join(strings.Fields(part[:end]), " ")
	for i, n := range notes {
		end := len(part)
		if i+1 < len(notes) {
			end = notes[i+1][0]
		}
		value := strings.TrimSpace(part[n[1]:end])
		value = strings.TrimSpace(strings.TrimSuffix(strings.TrimSuffix(value, ")"), "）"))
		switch part[n[2]:n[3]] {
		case "产品属性", "Product Properties":
			item.Variation = strings.Join(strings.Fields(value), " ")
		case "商家编码", "SKU":
			item.SKU = value
		case "产品数量", "数量", "Quantity":
			price.quantity = value
		case "产品单价", "单价":
			price.amount = value
		}
	}
	return item, price
}

// parcels reads "carrier:number", one a line or behind a comma. A number alone
// has no carrier.
func parcels(text string) []data.Shipment {
	var all []data.Shipment
	for _, one := range strings.FieldsFunc(text, func(c rune) bool { return c == '\n' || c == ',' || c == ';' || c == '，' || c == '；' }) {
		one = strings.TrimSpace(one)
		if nothing(one) {
			continue
		}
		s := data.Shipment{Tracking: one}
		one = strings.ReplaceAll(one, "：", ":")
		if i := strings.LastIndexByte(one, ':'); i >= 0 {
			s.Carrier, s.Tracking = strings.TrimSpace(one[:i]), strings.TrimSpace(one[i+1:])
		}
		all = append(all, s)
	}
	return all
}

func sortRecords(all []*record) {
	sort.Slice(all, func(i, j int) bool { return all[i].line < all[j].line })
}
