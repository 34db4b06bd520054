package importer

import (
	"strconv"
	"strings"
	"time"
)

// abbreviations are the zone names that mean one offset on every platform, in
// minutes east of Greenwich. CST, IST and their like mean several: those are
// taken only when the shop's own zone calls itself so.
var abbreviations = map[string]int{
	"Z": 0, "UTC": 0, "GMT": 0, "PST": -480, "PDT": -420, "MDT": -360, "EST": -300, "EDT": -240, "CDT": -300,
	"CET": 60, "CEST": 120, "MEZ": 60, "MESZ": 120, "EET": 120, "EEST": 180, "BST": 60, "WET": 0, "WEST": 60, "MSK": 180,
	"JST": 540, "KST": 540, "HKT": 480, "SGT": 480, "AEST": 600, "AEDT": 660, "ACST": 570, "AWST": 480, "NZST": 720, "NZDT": 780,
}

// zoneOf reads a zone: "", "Z", "+0800", "GMT+08:00", "PDT", "Asia/Shanghai".
// It gives fallback for "". Near is the time without its zone.
func zoneOf(text string, fallback *time.Location, near time.Time) (*time.Location, bool) {
	if text == "" {
		return fallback, true
	}
	text = strings.TrimSuffix(strings.TrimPrefix(text, "("), ")")
	name := strings.ToUpper(text)
	if minutes, ok := abbreviations[name]; ok {
		return fixed(minutes), true
	}
	at := time.Date(near.Year(), near.Month(), near.Day(), near.Hour(), near.Minute(), 0, 0, fallback)
	if own, _ := at.Zone(); own == name {
		return fallback, true
	}
	if i := strings.IndexAny(name, "+-"); i == 0 || i == 3 && (name[:3] == "GMT" || name[:3] == "UTC") {
		return offset(name[i:])
	}
	if strings.Contains(text, "/") && len(text) < 40 && !strings.Contains(text, "..") {
		if loc, err := time.LoadLocation(text); err == nil {
			return loc, true
		}
	}
	return nil, false
}

// offset reads "+08:00", "+0800", "+8".
func offset(text string) (*time.Location, bool) {
	digits := strings.ReplaceAll(text[1:], ":", "")
	n, err := strconv.Atoi(digits)
	if err != nil || n < 0 {
		return nil, false
	}
	minutes := n/100*60 + n%100
	if len(digits) <= 2 {
		minutes = n * 60
	}
	if len(digits) > 4 || n%100 > 59 && len(digits) > 2 || minutes > 14*60 {
		return nil, false
	}
	if text[0] == '-' {
		minutes = -minutes
	}
	return fixed(minutes), true
}

func fixed(minutes int) *time.Location {
	if minutes == 0 {
		return time.UTC
	}
	return time.FixedZone("", minutes*60)
}
