package packing

import (
	"math"
	"strconv"
	"strings"

	"casebinder/data"
)

// MaxWeight is the heaviest parcel that is taken, in grams.
const MaxWeight = 1_000_000

var problemWeight = data.DefineProblem("packing_weight", data.ErrInvalid,
	"“{text}” is not the weight of a parcel.", "Write it as 850, 850 g or 1.25 kg, at most {most} kg.")

// grams by the unit behind a number.
var grams = []struct {
	unit  string
	grams float64
}{{"kgs", 1000}, {"kg", 1000}, {"lbs", 453.59237}, {"lb", 453.59237}, {"oz", 28.349523125}, {"千克", 1000}, {"公斤", 1000}, {"公克", 1}, {"克", 1}, {"g", 1}}

// ParseWeight reads a weight in grams, as a person or a scale types it: a number,
// with or without its unit. A number alone is grams.
func ParseWeight(text string) (int64, error) {
	refused := problemWeight.New("text", text, "most", MaxWeight/1000)
	number, unit := strings.ToLower(strings.TrimSpace(text)), 1.0
	for _, u := range grams {
		if rest, ok := strings.CutSuffix(number, u.unit); ok {
			number, unit = strings.TrimSpace(rest), u.grams
			break
		}
	}
	number = strings.Replace(number, ",", ".", 1)
	if strings.Trim(number, "0123456789.") != "" { // no sign, exponent or word
		return 0, refused
	}
	n, err := strconv.ParseFloat(number, 64)
	if err != nil || n*unit > MaxWeight {
		return 0, refused
	}
	w := int64(math.Round(n * unit))
	if w < 1 {
		return 0, refused
	}
	return w, nil
}
