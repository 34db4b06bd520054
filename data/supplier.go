package data

import (
	"slices"
	"time"
)

// EntitySupplier is the entity of suppliers in the journal and in changes.
const EntitySupplier = "supplier"

// Payer of what a defect costs, as agreed with a supplier.
const (
	SupplierPays = "supplier"
	HalfPays     = "half" // each one half
	ShopPays     = "shop"
)

// SupplyPayers lists who may pay, "" where nothing was agreed.
func SupplyPayers() []string { return []string{"", SupplierPays, HalfPays, ShopPays} }

// Supplier is who supplies goods, with what was agreed.
type Supplier struct {
	ID        int64     `json:"-"`
	UID       string    `json:"uid"`
	Name      string    `json:"name"`
	Contact   string    `json:"contact,omitempty"`
	Warranty  int       `json:"warranty_days,omitempty"` // from the day on which goods went to the buyer; 0: none was agreed
	Defects   string    `json:"pays_defects,omitempty"`  // one of SupplyPayers: who pays for faulty goods
	Returns   string    `json:"pays_returns,omitempty"`  // so too, for the way back
	Notes     string    `json:"notes,omitempty"`         // what was agreed, in words
	UpdatedAt time.Time `json:"updated_at"`
	UpdatedBy string    `json:"updated_by,omitempty"`
	BinnedAt  time.Time `json:"binned_at,omitzero"`

	Products int `json:"-"` // that it supplies
}

// Until is the last day on which faulty goods that went out at a time can be claimed;
// false where no warranty was agreed or nobody knows when they went out.
func (s *Supplier) Until(sent time.Time, zone *time.Location) (Day, bool) {
	if s.Warranty <= 0 || sent.IsZero() {
		return Day{}, false
	}
	day, ok := DayOf(sent)
	if !ok {
		day = OnDay(sent.In(zone))
	}
	return OnDay(time.Date(day.Year, day.Month, day.Day+s.Warranty, 0, 0, 0, 0, time.UTC)), true
}

// OriginSupplier is the origin of a task that claims on a supplier; its key is
// SupplierClaim.Key.
const OriginSupplier = "supplier"

// SupplierClaim is what can be claimed on a supplier: faulty goods of an order.
type SupplierClaim struct {
	Supplier Supplier
	OrderID  int64
	Number   string
	Article  string // SKU, else title
	Title    string
	Kinds    []CaseKind // what happened, each once
	Problem  string     // what is wrong, in the words of templates: "quality" ...
	Cases    []CaseID   // so too, each of them
	Until    Day        // the last day of the warranty
	Key      string     // names it for good
	Task     *Task      // nil: nobody took it on; also one that is done
}

// CaseID names a case of reports.
type CaseID struct {
	Kind CaseKind
	ID   int64
}

// Defect reports whether a case was put down to faulty goods: by its cause, or where it
// has none, by the reason that the buyer gave.
func (c *ReportCase) Defect() bool {
	switch {
	case c.Kind == CaseFeedback:
		return c.Cause == "quality"
	case c.Cause != "":
		return c.Cause == "product"
	}
	return slices.Contains([]Reason{ReasonQuality, ReasonFake}, Reason(c.Reason))
}
