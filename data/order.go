package data

import (
	"strings"
	"time"
)

// OrderStatus is where an order stands, in one vocabulary for all platforms.
type OrderStatus string

// The statuses of an order. StatusUnknown keeps the platform's own word in
// Order.PlatformStatus.
const (
	StatusUnknown   OrderStatus = "unknown"
	StatusUnpaid    OrderStatus = "unpaid"
	StatusReview    OrderStatus = "review" // payment under review: do not ship
	StatusToShip    OrderStatus = "to_ship"
	StatusShipped   OrderStatus = "shipped"
	StatusDelivered OrderStatus = "delivered"
	StatusCompleted OrderStatus = "completed"
	StatusCanceled  OrderStatus = "canceled"
	StatusRefunded  OrderStatus = "refunded"
	StatusDisputed  OrderStatus = "disputed"
)

// OrderStatuses lists all statuses in the order of an order's life.
func OrderStatuses() []OrderStatus {
	return []OrderStatus{
		StatusUnpaid, StatusReview, StatusToShip, StatusShipped, StatusDelivered, StatusCompleted,
		StatusDisputed, StatusRefunded, StatusCanceled, StatusUnknown,
	}
}

// Address is where goods go, in the platform's own words.
type Address struct {
	Name     string `json:"name,omitempty"`
	Line1    string `json:"line1,omitempty"`
	Line2    string `json:"line2,omitempty"`
	Line3    string `json:"line3,omitempty"`
	City     string `json:"city,omitempty"`
	State    string `json:"state,omitempty"`
	Postcode string `json:"postcode,omitempty"`
	Country  string `json:"country,omitempty"`
	Phone    string `json:"phone,omitempty"`
}

// Item is one line of an order.
type Item struct {
	ExternalID string `json:"external_id,omitempty"` // the platform's id of the line; "" where it gives none
	SKU        string `json:"sku,omitempty"`
	Title      string `json:"title"`
	Variation  string `json:"variation,omitempty"`
	Quantity   int64  `json:"quantity"` // 1 or more
	Price      Money  `json:"price"`    // of one unit; zero when not known
}

// Teller says who told of a parcel or a scan.
type Teller string

// The tellers.
const (
	TellerUnknown Teller = ""       // it was not written down
	TellerFile    Teller = "file"   // a file of the platform's or carrier's
	TellerPerson  Teller = "person" // the seller's own word
)

// Shipment is one parcel of an order. (order, Tracking) is its natural key.
type Shipment struct {
	ID          int64           `json:"-"`
	Carrier     string          `json:"carrier,omitempty"`
	Service     string          `json:"service,omitempty"`
	Tracking    string          `json:"tracking,omitempty"`
	ShippedAt   time.Time       `json:"shipped_at,omitzero"`
	DeliveredAt time.Time       `json:"delivered_at,omitzero"`
	Events      []TrackingEvent `json:"events,omitempty"` // oldest first
	Told        Teller          `json:"told,omitempty"`

	Kind       ShipmentKind `json:"kind,omitempty"`
	PromisedAt time.Time    `json:"promised_at,omitzero"` // the last date on which this parcel was promised
	Weight     int64        `json:"weight_g,omitempty"`   // grams, as weighed; 0: not known
	Postcode   string       `json:"postcode,omitempty"`   // where the carrier says that it was delivered
	SignedBy   string       `json:"signed_by,omitempty"`  // as the carrier says
	LostAt     time.Time    `json:"lost_at,omitzero"`     // when the carrier or a person gave it up
}

// ShipmentKind says which way a parcel goes, and why.
type ShipmentKind string

// The kinds of parcels.
const (
	ShipmentGoods  ShipmentKind = ""       // what was ordered, to the buyer
	ShipmentResend ShipmentKind = "resend" // sent again, whole or a part
	ShipmentReturn ShipmentKind = "return" // from the buyer back to the seller
)

// ShipmentKinds lists them.
func ShipmentKinds() []ShipmentKind {
	return []ShipmentKind{ShipmentGoods, ShipmentResend, ShipmentReturn}
}

// TrackingEvent is one scan, in the carrier's own words.
type TrackingEvent struct {
	ID    int64     `json:"-"`
	At    time.Time `json:"at"` // a Day where the carrier prints no hour
	Place string    `json:"place,omitempty"`
	Text  string    `json:"text"`
	Told  Teller    `json:"told,omitempty"`

	IntakeID int64 `json:"-"` // the pasted page that told it; 0: none
}

// Order is one order with everything that a platform's file tells of it. The
// shop and Number are its natural key; Number is text and never a number.
type Order struct {
	ID             int64             `json:"-"`
	Shop           Shop              `json:"shop"`
	Number         string            `json:"number"`
	Buyer          Buyer             `json:"buyer"`
	Status         OrderStatus       `json:"status"`
	PlatformStatus string            `json:"platform_status,omitempty"`
	Total          Money             `json:"total"`
	Shipping       Money             `json:"shipping,omitzero"`
	Refunded       Money             `json:"refunded,omitzero"`
	PaymentMethod  string            `json:"payment_method,omitempty"`
	PaymentRef     string            `json:"payment_ref,omitempty"` // transaction id at the payment service
	OrderedAt      time.Time         `json:"ordered_at,omitzero"`
	PaidAt         time.Time         `json:"paid_at,omitzero"`
	ShipBy         time.Time         `json:"ship_by,omitzero"`
	ShippedAt      time.Time         `json:"shipped_at,omitzero"`
	DeliveredAt    time.Time         `json:"delivered_at,omitzero"`
	ShipTo         Address           `json:"ship_to,omitzero"`
	BuyerNote      string            `json:"buyer_note,omitempty"`
	SellerNote     string            `json:"seller_note,omitempty"` // the seller's own; an import never overwrites it
	Items          []Item            `json:"items,omitempty"`
	Shipments      []Shipment        `json:"shipments,omitempty"`
	Parts          []Part            `json:"parts,omitempty"` // of the total and of what was refunded, where files tell them row by row
	Extra          map[string]string `json:"extra,omitempty"` // columns that no field takes, by their header
	Payment        Payment           `json:"payment,omitzero"`
	Fate           Fate              `json:"fate,omitzero"`
	DeliverBy      time.Time         `json:"deliver_by,omitzero"`  // the last date on which delivery was promised to the buyer
	Stated         map[string]Stated `json:"stated,omitempty"`     // facts that a person wrote down and no file has told, by their name
	SourceTime     time.Time         `json:"source_time,omitzero"` // when the platform wrote this state, if the file says; an older file does not undo a newer
}

// MadeUpHandle names a buyer of whom no file tells a handle: by e-mail address,
// else by name and postcode.
func (o *Order) MadeUpHandle() string {
	switch b := &o.Buyer; {
	case b.Email != "":
		return strings.ToLower(b.Email)
	case b.Name != "" && o.ShipTo.Postcode != "":
		return strings.ToLower(b.Name) + " " + strings.ToLower(o.ShipTo.Postcode)
	default:
		return strings.ToLower(b.Name)
	}
}

// ToldHandle is a buyer's handle, "" where no file told it and it was made up of the
// name: such a handle tells buyers apart and is nothing that a platform knows. No
// platform's handle holds a space.
func ToldHandle(handle, name string) string {
	own := strings.ToLower(strings.TrimSpace(name))
	if own != "" && strings.Contains(handle, " ") && (handle == own || strings.HasPrefix(handle, own+" ")) {
		return ""
	}
	return handle
}

// OrderRow is the slim row of the orders table.
type OrderRow struct {
	ID             int64
	Platform       Platform
	ShopName       string
	Zone           string // of the shop
	Number         string
	BuyerName      string
	BuyerHandle    string
	Country        string
	Status         OrderStatus
	PlatformStatus string
	Total          Money
	OrderedAt      time.Time
	ShipBy         time.Time
	ShippedAt      time.Time
	Tracking       string // the first parcel's
	ItemTitle      string // the first item's
	Disputes       int    // open ones
	Evidence       int
	Risk           RiskLevel    // of its review; RiskNone where there is none
	RiskReasons    []RiskReason // the worst first
	ShipFrom       time.Time    // not to be shipped before; zero: the review names no date
	RiskDecision   RiskDecision
}

// WaitsForShipping reports whether the ship-by date still counts.
func (r OrderRow) WaitsForShipping() bool {
	return r.ShippedAt.IsZero() && (r.Status == StatusToShip || r.Status == StatusReview)
}

// OrderSort names a sortable column of the orders table.
type OrderSort string

// The sortable columns; each has an index.
const (
	OrderByOrdered OrderSort = "ordered"
	OrderByNumber  OrderSort = "number"
	OrderByShop    OrderSort = "shop"
	OrderByBuyer   OrderSort = "buyer"
	OrderByCountry OrderSort = "country"
	OrderByStatus  OrderSort = "status"
	OrderByTotal   OrderSort = "total"
	OrderByShipBy  OrderSort = "ship_by"
	OrderByShipped OrderSort = "shipped"
	OrderByRisk    OrderSort = "risk"
)

// OrderQuery says which orders, in which order. The zero query is all orders,
// newest first.
type OrderQuery struct {
	Search     string // words over number, buyer, tracking, items and messages; all must match
	ShopID     int64  // 0: all shops
	Platform   Platform
	Statuses   []OrderStatus // none: all
	Country    string
	From, To   time.Time   // ordered at: From <= t < To; zero: open
	Shipped    time.Time   // shipped within a day and a half of this day, so that no zone loses it; zero: any
	NoTracking bool        // shipped, but no parcel has a tracking number
	Unproven   bool        // to ship, and no evidence of the goods or their packing
	Late       bool        // to ship, and ship-by has passed at Now
	HeldOver   bool        // to ship, and the wait that the review found is over at Now, with no decision of a person
	Now        time.Time   // for Late and HeldOver
	Risks      []RiskLevel // of the review before shipping; none: all
	Sort       OrderSort   // "" means OrderByOrdered
	Ascending  bool
}
