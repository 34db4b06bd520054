package data

import "time"

// Standing is where an order stands on its way to the buyer, as far as a notice
// to the buyer wants to know.
type Standing struct {
	OrderID     int64
	Shop        Shop
	Number      string
	Buyer       string  // the name, else the handle
	ShipTo      Address // country, state and postcode alone
	Item        string  // title of the first item
	Status      OrderStatus
	OrderedAt   time.Time
	PaidAt      time.Time
	ShippedAt   time.Time
	DeliveredAt time.Time
	DeliverBy   time.Time            // the last date on which delivery was promised to the buyer; zero: not known
	ScanAt      time.Time            // of the last scan of its parcels; zero: there is none
	Scan        string               // in the carrier's words
	Refunded    bool                 // some money went back
	Disputed    bool                 // a dispute on it is open
	Complained  bool                 // a complaint on it is open
	Rated       bool                 // the buyer left feedback
	Waits       bool                 // the buyer waits for an answer
	Sent        map[string]time.Time // templates of which a message was sent, with the last time
	Told        time.Time            // when the seller last wrote to the buyer; zero: never
	Skipped     []string             // notices that a person decided not to send
}
