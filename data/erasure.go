package data

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"strings"
	"time"
)

// StatedErased names in Order.Stated that the order's personal data was erased. No
// file brings them back.
const StatedErased = "erased"

// ErasureGround is why personal data is erased.
type ErasureGround string

// The grounds.
const (
	GroundRequest   ErasureGround = "request"   // the buyer asked for it
	GroundRetention ErasureGround = "retention" // the time for which the shop keeps it is over
)

// An Erasure is what became of the personal data of a buyer, or of orders. It holds
// none of them.
type Erasure struct {
	ID      int64          `json:"-"`
	UID     string         `json:"uid"` // UUIDv7
	BuyerID int64          `json:"-"`   // 0: of orders alone
	Ground  ErasureGround  `json:"ground"`
	Rule    string         `json:"rule,omitempty"` // of a retention clock
	Orders  []string       `json:"orders"`         // numbers
	Done    map[string]int `json:"done"`           // how many of what went, by its name
	Kept    []ErasureKept  `json:"kept,omitempty"`
	Files   []ErasedFile   `json:"files,omitempty"`
	Gone    []string       `json:"-"` // SHA-256 of the files that leave the vault
	At      time.Time      `json:"at"`
	By      string         `json:"by"`
	Note    string         `json:"note,omitempty"`
}

// ErasureKept is personal data, or what may hold some, that stays.
type ErasureKept struct {
	What   string `json:"what"`            // order, submission, file, payment, parcel, backup, buyer
	Order  string `json:"order,omitempty"` // number
	Name   string `json:"name,omitempty"`  // of the file or bundle
	Reason string `json:"reason"`          // a key: open_dispute, appeal, to_ship, sent, not_looked_at, used ...

	Until time.Time `json:"until,omitzero"` // of "chargeback": how long its payment can be disputed
}

// ErasedFile is a file that was taken out of the vault; its fingerprint stays.
type ErasedFile struct {
	UID        string `json:"uid"` // of the evidence
	SHA256     string `json:"sha256"`
	ReplacedBy string `json:"replaced_by,omitempty"` // UID of the redacted copy that stands for it
}

// An ErasedEntry vouches for an entry of the journal from which personal data was
// taken: its hash stays, and Now is the sum over what is left of it.
type ErasedEntry struct {
	Seq  int64  `json:"seq"`
	Hash string `json:"hash"`
	Now  string `json:"now"`
}

// ErasedHandle is what stands for a buyer whose personal data was erased: a
// fingerprint of the account's name, by which an old file is known, and out of which
// the name cannot be read. salt is the desk's own.
func ErasedHandle(salt string, platform Platform, handle string) string {
	sum := sha256.Sum256([]byte("erased account\x00" + salt + "\x00" + string(platform) + "\x00" + strings.ToLower(handle)))
	return erasedBegin + hex.EncodeToString(sum[:6])
}

// erasedBegin is how the handle of an erased buyer begins.
const erasedBegin = "erased-"

// IsErasedHandle reports whether a name is one that ErasedHandle gave.
func IsErasedHandle(name string) bool {
	sum, is := strings.CutPrefix(name, erasedBegin)
	b, err := hex.DecodeString(sum)
	return is && err == nil && len(b) == 6
}

// Erased reports whether the personal data of the order was erased.
func (o *Order) Erased() bool { return o.IsStated(StatedErased) }

// WithoutPersonal takes the buyer's personal data out of an order. What accounting
// needs stays: number, amounts, dates, items, country, the payment's number, and the
// parcels. Free text is masked. handle stands for the buyer.
func (o *Order) WithoutPersonal(handle string, mask func(string) string) {
	if o.Buyer.Handle != "" || o.Buyer.Name != "" || o.Buyer.Email != "" {
		o.Buyer.Handle = handle
	}
	o.Buyer.Name, o.Buyer.Email, o.Buyer.Phone = "", "", ""
	o.ShipTo, o.BuyerNote, o.SellerNote = o.ShipTo.countryOnly(), "", mask(o.SellerNote)
	o.Extra = nil
	p := &o.Payment
	p.Payer, p.Holder, p.Email, p.IP = "", "", "", ""
	p.Address, p.Billing = p.Address.countryOnly(), p.Billing.countryOnly()
	stated := maps.Clone(o.Stated)
	for name, s := range stated {
		s.Was = Address{}
		stated[name] = s
	}
	o.Stated = stated
	parcels := make([]Shipment, len(o.Shipments))
	copy(parcels, o.Shipments)
	for i := range parcels {
		s := &parcels[i]
		s.SignedBy, s.Postcode = "", ""
		s.Events = append([]TrackingEvent(nil), s.Events...)
		for k := range s.Events {
			s.Events[k].Text, s.Events[k].Place = mask(s.Events[k].Text), mask(s.Events[k].Place)
		}
	}
	o.Shipments = parcels
}

func (a Address) countryOnly() Address { return Address{Country: a.Country} }
