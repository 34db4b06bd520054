package data

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Cost names what a sale, or a way out of a problem, can cost a shop.
type Cost string

// The costs. Those that come back are set off against the others.
const (
	CostRefund    Cost = "refund"         // the whole sum, back to the buyer
	CostPart      Cost = "part_refund"    // a part of it, as the shop's scale says
	CostGoods     Cost = "goods"          // what the goods cost the shop, sent once more
	CostResend    Cost = "resend_postage" // of a second parcel
	CostReturn    Cost = "return_postage" // of the way back, where the shop pays it
	CostRefused   Cost = "refused"        // what is charged for a parcel that was refused
	CostRepair    Cost = "repair"         //
	CostGoodsBack Cost = "goods_back"     // the goods come back and can be sold again
	CostFeeBack   Cost = "fee_back"       // what of the fees of a sale comes back with its refund
	CostPostage   Cost = "postage"        // of an order's first parcel
	CostFees      Cost = "fees"           // of the platform and the payment service, for a sale
)

// Costs lists those of ways out of a problem in the order in which they stand.
func Costs() []Cost {
	return []Cost{CostRefund, CostPart, CostGoods, CostResend, CostReturn, CostRefused, CostRepair, CostGoodsBack, CostFeeBack}
}

// SetCosts lists the costs of which a shop sets a figure of its own; the goods'
// figure is that of goods that come back too.
func SetCosts() []Cost {
	return []Cost{CostGoods, CostPostage, CostFees, CostResend, CostReturn, CostRefused, CostRepair, CostFeeBack}
}

// SaleCosts lists what each sale costs a shop.
func SaleCosts() []Cost { return []Cost{CostGoods, CostPostage, CostFees} }

// ComesBack reports whether a cost is set off against the others.
func (c Cost) ComesBack() bool { return c == CostGoodsBack || c == CostFeeBack }

// CostFigures are a shop's figures by cost. One that is not there is not known,
// which is not the same as nothing.
type CostFigures map[Cost]CostFigure

// CostFigure is a sum, or a share of what was paid.
type CostFigure struct {
	Amount Money `json:"amount,omitzero"`
	Share  int   `json:"share,omitempty"` // hundredths of a percent of the order's total, 1 to 100_00; then there is no Amount
}

// Of gives the sum for an order, a share rounded up to the minor unit; false
// where it is a share of a total that is not known.
func (f CostFigure) Of(total Money) (Money, bool) {
	if f.Share == 0 {
		return f.Amount, true
	}
	if total.Currency == "" || total.Minor < 0 {
		return Money{}, false
	}
	whole := total.Minor / 100_00 * int64(f.Share)
	rest := total.Minor % 100_00 * int64(f.Share)
	return Money{Minor: whole + (rest+100_00-1)/100_00, Currency: total.Currency}, true
}

// String writes the figure as ParseCostFigure reads it.
func (f CostFigure) String() string {
	if f.Share == 0 {
		return strings.TrimSpace(f.Amount.Decimal() + " " + f.Amount.Currency)
	}
	return strconv.FormatFloat(float64(f.Share)/100, 'f', -1, 64) + " %"
}

var problemCostFigure = DefineProblem("cost_figure", ErrInvalid,
	"“{text}” is neither an amount nor a percentage of the order.", "Write it as 4.50 or 4.50 EUR, or as 30 % for a share of what was paid.")

// ParseCostFigure reads "4.50", "4.50 EUR" or "30 %"; a sum without a currency is
// in the one given. Nothing is more than a billion, and no share more than all.
func ParseCostFigure(text, currency string) (CostFigure, error) {
	bad := problemCostFigure.New("text", text)
	body := Typed(text)
	if digits, share := strings.CutSuffix(body, "%"); share {
		percent, err := strconv.ParseFloat(strings.TrimSpace(strings.ReplaceAll(digits, ",", ".")), 64)
		hundredths := math.Round(percent * 100)
		if err != nil || !(hundredths >= 1 && hundredths <= 100_00) {
			return CostFigure{}, bad
		}
		return CostFigure{Share: int(hundredths)}, nil
	}
	fields := strings.Fields(body)
	switch len(fields) {
	case 1:
	case 2:
		if IsCurrency(strings.ToUpper(fields[0])) { // "EUR 4.50"
			slices.Reverse(fields)
		}
		currency = strings.ToUpper(fields[1])
	default:
		return CostFigure{}, bad
	}
	amount, err := ParseDecimal(strings.ReplaceAll(fields[0], ",", "."), currency)
	if err != nil || amount.Minor < 0 || amount.Minor > 1e11 {
		return CostFigure{}, bad
	}
	return CostFigure{Amount: amount}, nil
}

// Check refuses figures that cannot be.
func (f CostFigures) Check() error {
	for cost, figure := range f {
		switch {
		case figure.Share < 0, figure.Share > 100_00, figure.Amount.Minor < 0, figure.Share > 0 && figure.Amount != Money{},
			figure.Share == 0 && !IsCurrency(figure.Amount.Currency):
			return problemCostFigure.New("text", fmt.Sprintf("%s %s", cost, figure))
		}
	}
	return nil
}
