package sample

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"casebinder/data"
)

// pools are what ordinary orders are made of: the quiet mass around the
// stories, without disputes.
type pools struct {
	Buyers   []poolBuyer   `toml:"buyer"`
	Items    []poolItem    `toml:"item"`
	Carriers []poolCarrier `toml:"carrier"`
	Praise   []poolPraise  `toml:"praise"`
}

type poolBuyer struct {
	Shop   string
	Buyer  buyerEntry
	ShipTo addressEntry `toml:"ship_to"`
}

type poolItem struct {
	Shop, SKU, Title, Price string
	Variations              []string
}

type poolCarrier struct {
	Shop, Name, Service, Prefix, Suffix string
	Digits                              int
	Origin                              string   // where parcels leave
	Scans                               []string // words of the carrier from acceptance to delivery
}

type poolPraise struct {
	Language, Text string
	Stars          int
}

// ordersPerBuyer is how often each buyer of the pools has bought.
const ordersPerBuyer = 2

// ordinary makes the orders of the pools. Their ages spread over ten weeks.
func (m *maker) ordinary(p pools) error {
	random := rand.New(rand.NewPCG(2, 71828))
	praised := map[string]bool{}
	for n := range ordersPerBuyer * len(p.Buyers) {
		buyer := p.Buyers[n%len(p.Buyers)]
		items, carriers := p.itemsOf(buyer.Shop), p.carriersOf(buyer.Shop)
		if len(items) == 0 || len(carriers) == 0 {
			return fmt.Errorf("nothing to sell or ship in shop %q: %w", buyer.Shop, data.ErrNotFound)
		}
		st := ordinaryStory(n, buyer, items, random)
		age := (n*29)%70 + n%2
		st.Ordered = fmt.Sprintf("-%dd %02d:%02d", age, 1+random.IntN(22), random.IntN(60))
		if age == 0 {
			st.Ordered = "-3h"
		}
		m.life(&st, age, carriers[random.IntN(len(carriers))], random)
		fate(&st, n, age)
		if praise, ok := p.praiseIn(buyer.Buyer.Language); ok && st.Status == string(data.StatusCompleted) && !praised[praise.Text] {
			praised[praise.Text] = true
			st.Feedback = []ratingEntry{{At: fmt.Sprintf("-%dd 18:20", max(age-22, 1)), Stars: praise.Stars, Text: praise.Text, State: string(data.FeedbackDone)}}
		}
		if err := m.story(st); err != nil {
			return fmt.Errorf("ordinary order %s: %w", st.Number, err)
		}
	}
	return nil
}

func ordinaryStory(n int, buyer poolBuyer, items []poolItem, random *rand.Rand) story {
	st := story{Shop: buyer.Shop, Buyer: buyer.Buyer, ShipTo: buyer.ShipTo, Number: orderNumber(buyer.Shop, n, random)}
	for range 1 + random.IntN(3)/2 {
		item := items[random.IntN(len(items))]
		entry := itemEntry{SKU: item.SKU, Title: item.Title, Price: item.Price, Quantity: int64(1 + random.IntN(5)/3)}
		if len(item.Variations) > 0 {
			entry.Variation = item.Variations[random.IntN(len(item.Variations))]
		}
		st.Items = append(st.Items, entry)
	}
	st.Shipping = []string{"0.00", "2.90", "4.50"}[random.IntN(3)]
	st.Payment = map[string]string{"ali": "Card", "ebay": "Managed payments", "shopify": "Shopify Payments"}[buyer.Shop]
	return st
}

// orderNumber has the form that the shop's platform uses.
func orderNumber(shop string, n int, random *rand.Rand) string {
	switch shop {
	case "ali":
		return fmt.Sprintf("819%013d", 4000000000000+random.Int64N(5999999999999))
	case "ebay":
		return fmt.Sprintf("%02d-%05d-%05d", 4+n%9, random.IntN(100000), random.IntN(100000))
	}
	return fmt.Sprintf("#%d", 1100+n)
}

// life gives an order the status and the parcel that its age, in days, makes
// likely.
func (m *maker) life(st *story, age int, carrier poolCarrier, random *rand.Rand) {
	day := func(after int, clock string) string { return fmt.Sprintf("-%dd %s", max(age-after, 0), clock) }
	st.Paid, st.ShipBy = st.Ordered, fmt.Sprintf("%+dd 16:00", 5-age)
	switch {
	case age == 0:
		st.Status, st.Paid = string(data.StatusUnpaid), ""
		return
	case age == 1 && random.IntN(3) == 0:
		st.Status = string(data.StatusReview)
		return
	case age <= 3:
		st.Status = string(data.StatusToShip)
		return
	case age%23 == 0:
		st.Status = string(data.StatusCanceled)
		return
	case age <= 14:
		st.Status = string(data.StatusShipped)
	case age <= 26:
		st.Status = string(data.StatusDelivered)
	default:
		st.Status = string(data.StatusCompleted)
	}
	parcel := parcelEntry{
		Carrier: carrier.Name, Service: carrier.Service, Shipped: day(2, "09:40"),
		Tracking: carrier.Prefix + digits(carrier.Digits, random) + carrier.Suffix,
	}
	for i, words := range carrier.Scans {
		last := i == len(carrier.Scans)-1
		if after := 2 + i*12/max(len(carrier.Scans)-1, 1); after < age && (!last || st.Status != string(data.StatusShipped)) {
			place := carrier.Origin
			if 2*i >= len(carrier.Scans) {
				place = st.ShipTo.City + ", " + st.Buyer.Country
			}
			parcel.Scans = append(parcel.Scans, [3]string{day(after, fmt.Sprintf("%02d:%02d", 7+i, random.IntN(60))), place, words})
			if last {
				parcel.Delivered = parcel.Scans[i][0]
			}
		}
	}
	st.Parcels = []parcelEntry{parcel}
}

// fate says what became of an order: of those that were canceled some are held
// against the seller, and receipt is confirmed by buyers or by time-out. On eBay
// they were out of stock, so that the shop is no longer Top Rated.
func fate(st *story, n, age int) {
	switch data.OrderStatus(st.Status) {
	case data.StatusCanceled:
		st.Canceled, st.CanceledBy, st.CancelReason = fmt.Sprintf("-%dd 11:05", age-1), string(data.ActorBuyer), string(data.CancelBuyerAsked)
		if st.Shop == "ebay" || n%3 == 0 {
			st.CanceledBy, st.CancelReason = string(data.ActorSeller), string(data.CancelOutOfStock)
		}
	case data.StatusCompleted:
		if st.Shop == "ali" {
			st.Confirmed, st.ConfirmedHow = fmt.Sprintf("-%dd 20:10", max(age-24, 1)), data.ConfirmedByBuyer
			if n%3 == 0 {
				st.ConfirmedHow = data.ConfirmedByTimeout
			}
		}
	}
}

func digits(n int, random *rand.Rand) string {
	var b strings.Builder
	for range n {
		b.WriteByte(byte('0' + random.IntN(10)))
	}
	return b.String()
}

func (p pools) itemsOf(shop string) (list []poolItem) {
	for _, item := range p.Items {
		if item.Shop == shop {
			list = append(list, item)
		}
	}
	return list
}

func (p pools) carriersOf(shop string) (list []poolCarrier) {
	for _, carrier := range p.Carriers {
		if carrier.Shop == shop {
			list = append(list, carrier)
		}
	}
	return list
}

func (p pools) praiseIn(language string) (poolPraise, bool) {
	for _, praise := range p.Praise {
		if praise.Language == language {
			return praise, true
		}
	}
	return poolPraise{}, false
}

// clock is a time as a place's people read it.
func clock(t time.Time, zone *time.Location) string { return t.In(zone).Format("2006-01-02 15:04") }
