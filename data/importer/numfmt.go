package importer

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// numberFormat is what a cell's format says of the number in it, as far as it
// changes what the cell holds for a person.
type numberFormat struct {
	zeros string // "00000": the digits are filled up; with other characters between them, as in "000-0000"
	date  bool
	clock bool // with hours
}

// builtInFormats are those that a workbook need not define. (ECMA-376 Part 1,
// 18.8.30.)
func builtInFormat(id int) numberFormat {
	switch {
	case id >= 14 && id <= 17, id >= 27 && id <= 31, id >= 50 && id <= 58, id == 36:
		return numberFormat{date: true}
	case id == 22:
		return numberFormat{date: true, clock: true}
	case id >= 18 && id <= 21, id >= 32 && id <= 35, id == 45, id == 47:
		return numberFormat{clock: true}
	}
	return numberFormat{}
}

// parseFormat reads the code of a number format: its first section.
func parseFormat(code string) numberFormat {
	var plain strings.Builder // without literals
	var shape strings.Builder // with them
	for i := 0; i < len(code); i++ {
		switch c := code[i]; c {
		case '"':
			end := strings.IndexByte(code[i+1:], '"')
			if end < 0 {
				return numberFormat{}
			}
			shape.WriteString(code[i+1 : i+1+end])
			i += end + 1
		case '\\':
			if i+1 < len(code) {
				shape.WriteByte(code[i+1])
			}
			i++
		case '_', '*':
			i++
		case '[':
			end := strings.IndexByte(code[i:], ']')
			if end < 0 {
				return numberFormat{}
			}
			if in := strings.ToLower(code[i+1 : i+end]); in != "" && strings.Trim(in, "hms") == "" {
				return numberFormat{} // a span of time
			}
			i += end
		case ';':
			i = len(code)
		default:
			plain.WriteByte(c)
			shape.WriteByte(c)
		}
	}
	return formatOf(strings.ToLower(plain.String()), shape.String())
}

func formatOf(plain, shape string) numberFormat {
	if plain == "" || strings.Contains(plain, "general") || strings.Contains(plain, "@") {
		return numberFormat{}
	}
	if digits := strings.Trim(plain, "0-/ ()."); digits == "" && strings.Count(plain, "0") > 1 && !strings.Contains(plain, ".") {
		if strings.Trim(shape, "0-/ ().") == "" {
			return numberFormat{zeros: shape}
		}
		return numberFormat{}
	}
	if strings.ContainsAny(plain, "#?%e0") && !strings.ContainsAny(plain, "ydh") {
		return numberFormat{}
	}
	clock := strings.ContainsAny(plain, "hs")
	date := strings.ContainsAny(plain, "yd") || !clock && strings.Contains(plain, "m")
	return numberFormat{date: date, clock: clock}
}

// text writes a number as its format shows it: with its leading zeros, as a day
// or as a time. It reports false where the format changes nothing.
func (f numberFormat) text(v float64, from1904 bool) (string, bool) {
	switch {
	case f.zeros != "":
		return fillZeros(f.zeros, v)
	case f.date && v >= 1 && v < 2_958_466: // up to the year 9999
		return serialText(v, f.clock, from1904), true
	case f.clock && !f.date && v >= 0 && v < 1:
		return time.Unix(int64(math.Round(v*86400)), 0).UTC().Format("15:04:05"), true
	}
	return "", false
}

// fillZeros puts the digits of a whole number into a shape such as "000-0000",
// from behind; more digits than places stay in front.
func fillZeros(shape string, v float64) (string, bool) {
	if v != math.Trunc(v) || v < 0 || v >= 1e15 {
		return "", false
	}
	digits := strconv.FormatInt(int64(v), 10)
	out := make([]byte, 0, len(shape)+len(digits))
	for i := len(shape) - 1; i >= 0; i-- {
		if shape[i] != '0' {
			out = append(out, shape[i])
			continue
		}
		d := byte('0')
		if n := len(digits); n > 0 {
			d, digits = digits[n-1], digits[:n-1]
		}
		out = append(out, d)
	}
	for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
		out[i], out[j] = out[j], out[i]
	}
	return digits + string(out), true
}

// serialText writes a day of a spreadsheet, with its time where it has one.
func serialText(v float64, clock, from1904 bool) string {
	base := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	if from1904 {
		base = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	at := base.AddDate(0, 0, int(v)).Add(time.Duration(math.Round((v-math.Trunc(v))*86400)) * time.Second)
	if clock || at.Hour()+at.Minute()+at.Second() > 0 {
		return at.Format("2006-01-02 15:04:05")
	}
	return at.Format(time.DateOnly)
}
