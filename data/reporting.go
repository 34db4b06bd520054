package data

import (
	"math/big"
	"strings"
	"time"
)

// CaseKind is a kind of what goes wrong with an order.
type CaseKind string

// The kinds that reports count.
const (
	CaseDispute   CaseKind = "dispute"
	CaseComplaint CaseKind = "complaint"
	CaseFeedback  CaseKind = "feedback" // of three stars or fewer
	CaseRefund    CaseKind = "refund"   // of an order; not a case, but money
)

// Several stands for an article or a carrier where an order has several: nobody can
// say which of them a case was about.
const Several = "\x01"

// ReportCase is a dispute, a complaint, a bad feedback or a refund, as reports see it.
type ReportCase struct {
	Kind     CaseKind
	ID       int64
	OrderID  int64 // 0: about no order of the desk
	ShopID   int64
	Reason   string // one of Reasons; "" not known
	Cause    string
	Product  string // SKU, else title; Several; "" not known
	Title    string // of the product
	Carrier  string // Several; "" not known
	Country  string
	Operator string
	Template string    // uid of the template of the last message before the end
	At       time.Time // opened, left; of a refund, when the order was placed
	EndedAt  time.Time // zero: it is open, or nobody knows when it ended
	Open     bool
	Outcome  string // as of disputes or complaints
	Amount   Money  // claimed in a dispute; paid back for an order
	Number   string // of the order
	Lesson   string // what the seller wrote down as learned, of a complaint why it happened
	PaidBack Money  // in a dispute, by its events; zero: not known
}

// OrderCount is how many orders were placed of some key.
type OrderCount struct {
	Key    string
	Orders int64
}

// AskedCount is how many messages of buyers came to a shop within a quarter of an
// hour, whose number since 1970 is Quarter.
type AskedCount struct {
	ShopID, Quarter, N int64
}

// Rate is how much one unit of a currency is worth in another from a day on, as the
// seller entered it.
type Rate struct {
	Currency string `json:"currency"`
	Target   string `json:"target"`
	Day      string `json:"day"`   // 2026-11-30: from which it counts
	Value    string `json:"value"` // decimal, such as 7.25; "" takes the rate away
}

// Contradicts tells whether a rate and one the other way round cannot both be right:
// they count from days within a month of each other and multiply to something that is
// more than a twentieth away from one.
func (r Rate) Contradicts(other Rate) bool {
	if r.Currency != other.Target || r.Target != other.Currency {
		return false
	}
	mine, bad := ParseDay(r.Day)
	theirs, worse := ParseDay(other.Day)
	if bad != nil || worse != nil || mine.Begin(time.UTC).Sub(theirs.Begin(time.UTC)).Abs() > 31*24*time.Hour {
		return false
	}
	a, ok := new(big.Rat).SetString(r.Value)
	b, too := new(big.Rat).SetString(other.Value)
	if !ok || !too {
		return false
	}
	off := a.Mul(a, b).Sub(a, big.NewRat(1, 1))
	return off.Abs(off).Cmp(big.NewRat(1, 20)) > 0
}

// Jumps tells whether two rates are more than ten times off from each other.
func (r Rate) Jumps(other Rate) bool {
	a, ok := new(big.Rat).SetString(r.Value)
	b, too := new(big.Rat).SetString(other.Value)
	if !ok || !too || a.Sign() <= 0 || b.Sign() <= 0 {
		return false
	}
	if a.Cmp(b) < 0 {
		a, b = b, a
	}
	return a.Cmp(b.Mul(b, big.NewRat(10, 1))) > 0
}

var problemRate = DefineProblem("exchange_rate", ErrInvalid,
	"“{value}” is not a rate.", "Type what one unit is worth, such as 7.25 or 7,25: only digits and one decimal mark.")

var problemRateDoubt = DefineProblem("exchange_rate_doubt", ErrInvalid,
	"“{value}” can be read in two ways: as a thousand and more, or as a number with three decimals.",
	"Type it with a point, such as {point}, or without any mark, such as {whole}.")

// ParseRate reads a rate with a decimal point or comma and gives it with a point. A
// comma before three digits is asked back: it may part thousands.
func ParseRate(text string) (string, error) {
	body := strings.ReplaceAll(Typed(text), "。", ".") // an input method's full stop
	bad := problemRate.New("value", text)
	whole, fraction, marked := cutMark(body)
	if whole == "" || len(whole) > 9 || len(fraction) > 9 || marked && fraction == "" || !allDigits(whole) || !allDigits(fraction) {
		return "", bad
	}
	if strings.Contains(body, ",") && len(fraction) == 3 && strings.Trim(whole, "0") != "" {
		return "", problemRateDoubt.New("value", text, "point", whole+"."+fraction, "whole", whole+fraction)
	}
	if whole = strings.TrimLeft(whole, "0"); whole == "" {
		whole = "0"
	}
	if fraction = strings.TrimRight(fraction, "0"); fraction != "" {
		whole += "." + fraction
	}
	if whole == "0" {
		return "", bad
	}
	return whole, nil
}

func cutMark(body string) (whole, fraction string, marked bool) {
	if i := strings.IndexAny(body, ".,"); i >= 0 {
		return body[:i], body[i+1:], true
	}
	return body, "", false
}

// Convert gives an amount in the rate's target, rounded to its minor unit, halves
// away from zero; false where the rate is none.
func (r Rate) Convert(m Money) (Money, bool) {
	value, ok := new(big.Rat).SetString(r.Value)
	if !ok || value.Sign() <= 0 || m.Currency != r.Currency {
		return Money{}, false
	}
	value.Mul(value, new(big.Rat).SetInt64(m.Minor))
	shift := CurrencyExponent(r.Target) - CurrencyExponent(r.Currency)
	ten := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(shift, -shift))), nil)
	if shift >= 0 {
		value.Mul(value, new(big.Rat).SetInt(ten))
	} else {
		value.Quo(value, new(big.Rat).SetInt(ten))
	}
	half := big.NewRat(1, 2)
	if value.Sign() < 0 {
		half.Neg(half)
	}
	value.Add(value, half)
	whole := new(big.Int).Quo(value.Num(), value.Denom())
	if !whole.IsInt64() {
		return Money{}, false
	}
	return Money{Minor: whole.Int64(), Currency: r.Target}, true
}

// Review is the monthly review of a team.
type Review struct {
	ID     int64                 `json:"-"`
	UID    string                `json:"uid"`
	Month  string                `json:"month"`           // 2026-11
	Notes  map[string]ReviewNote `json:"notes,omitempty"` // by the key of the finding
	HeldAt time.Time             `json:"held_at,omitzero"`
	HeldBy string                `json:"held_by,omitempty"`
}

// ReviewNote is what a team decided about a finding.
type ReviewNote struct {
	Said     Text   `json:"said"` // the finding, as it read then
	Decision string `json:"decision"`
	Task     string `json:"task,omitempty"` // uid of the task that it became
}
