package service

import (
	"slices"
	"strings"
	"sync"

	"casebinder/data/pack"
)

// Scan is what a carrier's scan means for the buyer.
type Scan string

// The meanings of a scan. ScanNone is one whose words tell nothing.
const (
	ScanNone      Scan = ""
	ScanTransit   Scan = "transit"
	ScanCustoms   Scan = "customs" // in clearance, as each parcel is
	ScanHeld      Scan = "held"    // customs wants something, or keeps it
	ScanPickup    Scan = "pickup"  // it waits to be collected
	ScanAttempt   Scan = "attempt" // nobody was there: it will have to be collected
	ScanOut       Scan = "out"     // out for delivery
	ScanDelivered Scan = "delivered"
	ScanReturned  Scan = "returned"
)

var scans = []Scan{ScanTransit, ScanCustoms, ScanHeld, ScanPickup, ScanAttempt, ScanOut, ScanDelivered, ScanReturned}

// scanEntry are the phrases of one meaning, by language.
type scanEntry struct {
	Kind Scan     `toml:"kind"`
	EN   []string `toml:"en"`
	ZH   []string `toml:"zh"`
	ES   []string `toml:"es"`
	FR   []string `toml:"fr"`
	DE   []string `toml:"de"`
	PT   []string `toml:"pt"`
	IT   []string `toml:"it"`
	RU   []string `toml:"ru"`
	JA   []string `toml:"ja"`
	KO   []string `toml:"ko"`
	PL   []string `toml:"pl"`
	NL   []string `toml:"nl"`
	TR   []string `toml:"tr"`
	AR   []string `toml:"ar"`
	ID   []string `toml:"id"`
	VI   []string `toml:"vi"`
	TH   []string `toml:"th"`
	SV   []string `toml:"sv"`
	CS   []string `toml:"cs"`
}

func (e *scanEntry) phrases() []string {
	return slices.Concat(e.EN, e.ZH, e.ES, e.FR, e.DE, e.PT, e.IT, e.RU, e.JA, e.KO, e.PL, e.NL, e.TR, e.AR, e.ID, e.VI, e.TH, e.SV, e.CS)
}

type scanFile struct {
	Scans []scanEntry `toml:"scan"`
}

var scanKind = pack.Kind[scanFile]{ID: func(*scanFile) string { return "scans" }, Check: (*scanFile).check}

func (f *scanFile) check(r *pack.Report) {
	of := map[string]Scan{}
	for i := range f.Scans {
		e := &f.Scans[i]
		if !slices.Contains(scans, e.Kind) {
			r.Fail(pack.At("scan", i), "there is no meaning “%s”", e.Kind)
		}
		for _, phrase := range e.phrases() {
			folded := foldScan(phrase)
			if folded == "" {
				r.Fail(pack.At("scan", i), "a phrase of “%s” is empty", e.Kind)
			}
			if other, taken := of[folded]; taken && other != e.Kind {
				r.Fail(pack.At("scan", i), "“%s” means both %s and %s", phrase, other, e.Kind)
			}
			of[folded] = e.Kind
		}
	}
}

type scanPhrase struct {
	text string
	kind Scan
}

// scanPhrases are all phrases, the longest first.
var scanPhrases = sync.OnceValues(func() ([]scanPhrase, error) {
	f, err := readOne(scanKind, "service/scans.toml")
	if err != nil {
		return nil, err
	}
	var list []scanPhrase
	for i := range f.Scans {
		for _, phrase := range f.Scans[i].phrases() {
			list = append(list, scanPhrase{foldScan(phrase), f.Scans[i].Kind})
		}
	}
	slices.SortStableFunc(list, func(a, b scanPhrase) int { return len([]rune(b.text)) - len([]rune(a.text)) })
	return list, nil
})

// ScanMeans tells what a carrier's words mean.
func ScanMeans(text string) Scan {
	list, err := scanPhrases()
	if err != nil { // a test reads the file: it cannot fail at work
		return ScanNone
	}
	folded := foldScan(text)
	for _, p := range list {
		if holds(folded, p.text) {
			return p.kind
		}
	}
	return ScanNone
}

// holds reports whether a text holds a phrase. One of letters that are written
// with spaces between words begins where a word begins, so that "undelivered" is
// not "delivered" and "unbezorgd" not "bezorgd".
func holds(text, phrase string) bool {
	for from := 0; ; {
		i := strings.Index(text[from:], phrase)
		if i < 0 {
			return false
		}
		at := from + i
		if at == 0 || !spaced(phrase) || !isLetter(lastRune(text[:at])) {
			return true
		}
		from = at + 1
		for from < len(text) && text[from]&0xC0 == 0x80 { // to the next sign
			from++
		}
	}
}

func foldScan(text string) string {
	text = strings.NewReplacer("’", "'", "‘", "'", "\u00a0", " ", "_", " ").Replace(strings.ToLower(text))
	return strings.Join(strings.Fields(text), " ")
}
