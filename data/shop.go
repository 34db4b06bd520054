package data

import "time"

// Platform names a marketplace or payment service in lower case. Any other
// name is allowed: a seller may sell where no preset exists.
type Platform string

// The platforms that presets and policy packs know.
const (
	AliExpress Platform = "aliexpress"
	EBay       Platform = "ebay"
	Amazon     Platform = "amazon"
	Shopify    Platform = "shopify"
	PayPal     Platform = "paypal"
	Etsy       Platform = "etsy"
	Shopee     Platform = "shopee"
	Lazada     Platform = "lazada"
	TikTokShop Platform = "tiktok"
	Temu       Platform = "temu"
	Walmart    Platform = "walmart"
	OtherSite  Platform = "other"
)

// Platforms lists the known platforms in the order in which a choice shows them.
func Platforms() []Platform {
	return []Platform{AliExpress, EBay, Amazon, Shopify, PayPal, Etsy, Shopee, Lazada, TikTokShop, Temu, Walmart, OtherSite}
}

// Title is the platform's name as it writes itself.
func (p Platform) Title() string {
	switch p {
	case AliExpress:
		return "AliExpress"
	case EBay:
		return "eBay"
	case PayPal:
		return "PayPal"
	case TikTokShop:
		return "TikTok Shop"
	case Amazon, Shopify, Etsy, Shopee, Lazada, Temu, Walmart, OtherSite:
		return string(p[0]-'a'+'A') + string(p[1:])
	}
	return string(p)
}

// Zone is the time zone to propose for a new shop: that in which the platform
// shows its times to most sellers, as far as it is known; else UTC. The person
// who makes the shop decides.
func (p Platform) Zone() string {
	switch p {
	case AliExpress, Temu:
		return "Asia/Shanghai"
	case EBay, Amazon, PayPal:
		return "America/Los_Angeles"
	case Shopee, Lazada, TikTokShop:
		return "Asia/Singapore"
	case Shopify, Etsy, Walmart, OtherSite:
		return "UTC"
	}
	return "UTC"
}

// Shop is one account on one platform. (Platform, Name) is its natural key.
type Shop struct {
	ID       int64    `json:"-"`
	Platform Platform `json:"platform"`
	Name     string   `json:"name"`
	Zone     string   `json:"zone"`           // IANA name, such as "Asia/Shanghai": how the platform shows its times
	Site     string   `json:"site,omitempty"` // ISO 3166-1 country of the platform's site ("GB" for ebay.co.uk), by whose clock it counts; "": not known
	Currency string   `json:"currency"`       // what an amount without a currency is taken as; "" means such a row is refused
}

// Location loads the shop's time zone; UTC when none is set or it is unknown.
func (s Shop) Location() *time.Location {
	if s.Zone == "" {
		return time.UTC
	}
	loc, err := time.LoadLocation(s.Zone)
	if err != nil {
		return time.UTC
	}
	return loc
}

// Buyer is a person or firm that buys on a platform. (Platform, Handle) is the
// natural key; where a platform gives no handle the importer makes one from
// e-mail, or from name and postcode.
type Buyer struct {
	ID       int64    `json:"-"`
	Platform Platform `json:"platform"`
	Handle   string   `json:"handle"`
	Name     string   `json:"name"`
	Email    string   `json:"email,omitempty"`
	Phone    string   `json:"phone,omitempty"`
	Country  string   `json:"country,omitempty"`  // ISO 3166-1 alpha-2 where it could be told, else as the platform wrote it
	Language string   `json:"language,omitempty"` // BCP 47, such as "es"; "" when not known
}
