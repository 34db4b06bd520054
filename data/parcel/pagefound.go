package parcel

import (
	"strconv"

	"casebinder/data"
)

// A found is a kind of finding of this package: why and how to mend it.
type found struct {
	rule     string
	why, how data.Phrase
}

func define(name, why, how string) found {
	return found{"page." + name, data.DefinePhrase("page."+name+".why", why), data.DefinePhrase("page."+name+".how", how)}
}

func (f found) of(severity data.Severity, args ...any) data.Finding {
	return data.Finding{Rule: f.rule, Severity: severity, Why: f.why.With(args...), How: f.how.With(args...)}
}

func (f found) warn(args ...any) data.Finding { return f.of(data.Warning, args...) }

// on is a finding about lines.
func (f found) on(lines []int, args ...any) data.Finding {
	found := f.of(data.Info, args...)
	for _, n := range lines {
		found.Where = append(found.Where, data.Ref{Kind: "row", ID: strconv.Itoa(n)})
	}
	return found
}

var (
	foundNone = define("no_scans",
		"No scans are recognized on this page.",
		"Copy the page with its tracking history opened, or write the scan by hand.")
	foundRest = define("not_understood",
		"Lines with a time, or between scans, that were not understood: {n}; the first is line {line}: “{text}”.",
		"Compare the scans with the page, and write by hand what is missing.")
	foundUndated = define("undated",
		"Scans whose day cannot be told: {n}. They are left out.",
		"Write them by hand, with the day from the page.")
	foundZone = define("zone_guessed",
		"The page names no time zone; the times were read in {zone}.",
		"Choose another time zone if the scans use one.")
	foundSeveral = define("several_parcels",
		"The page shows several parcels: {numbers}.",
		"Look at which scans belong to which parcel.")
	foundLong = define("too_long",
		"The page is longer than {lines} lines; the rest was left out.",
		"Paste the part that holds the scans.")
)
