package health

import (
	"fmt"
	"math/big"
	"regexp"
	"slices"
)

// A condition compares what was counted with a limit, without rounding.
type condition struct {
	what  string // "value", "hits", "base", "buyers" or "sales"
	op    string
	limit *big.Rat
}

var conditionForm = regexp.MustCompile(`^(value|hits|base|buyers|sales) (<=|<|>=|>) (\d+(?:\.\d+)?)$`)

func parseCondition(text string) (condition, error) {
	m := conditionForm.FindStringSubmatch(text)
	if m == nil {
		return condition{}, fmt.Errorf("“%s” is no condition; write as in “value <= 0.02”", text)
	}
	limit, ok := new(big.Rat).SetString(m[3])
	if !ok {
		return condition{}, fmt.Errorf("“%s” is no number", m[3])
	}
	return condition{m[1], m[2], limit}, nil
}

// holds reports whether the condition holds; one about the value of a rate
// without a denominator never does.
func (c condition) holds(s Sums) bool {
	var is *big.Rat
	switch c.what {
	case "value":
		if s.Base == 0 {
			return false
		}
		is = big.NewRat(s.Hits, s.Base)
	case "hits":
		is = big.NewRat(s.Hits, 1)
	case "base":
		is = big.NewRat(s.Base, 1)
	case "buyers":
		is = big.NewRat(s.Buyers, 1)
	default:
		is = big.NewRat(s.Sales, 1)
	}
	switch order := is.Cmp(c.limit); c.op {
	case "<=":
		return order <= 0
	case "<":
		return order < 0
	case ">=":
		return order >= 0
	default:
		return order > 0
	}
}

// level gives the place of an account among levels; -1: none holds.
func level(levels []Level, s Sums) int {
	return slices.IndexFunc(levels, func(l Level) bool {
		return !slices.ContainsFunc(l.when, func(c condition) bool { return !c.holds(s) })
	})
}
