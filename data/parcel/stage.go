package parcel

import (
	"slices"
	"strings"
	"sync"
	"time"

	"casebinder/assets"
	"casebinder/data"
	"casebinder/data/pack"
)

// Stage is where a parcel is on its way.
type Stage string

// The stages of a parcel. One of kind return arrives at the seller: it is
// StageDelivered there.
const (
	StageNone      Stage = ""          // nothing is known
	StageShipped   Stage = "shipped"   // handed over, as the seller or the platform says; no scan tells of it
	StageAnnounced Stage = "announced" // the carrier was told of it, and holds nothing
	StageMoving    Stage = "moving"
	StageExported  Stage = "exported"
	StageCustoms   Stage = "customs"
	StageHeld      Stage = "held"    // customs wants something, or keeps it
	StageArrived   Stage = "arrived" // in the country of its destination
	StagePickup    Stage = "pickup"  // it waits to be collected
	StageOut       Stage = "out"     // out for delivery
	StageAttempt   Stage = "attempt" // nobody took it
	StageDelivered Stage = "delivered"
	StageReturning Stage = "returning" // refused or unclaimed, on its way back
	StageReturned  Stage = "returned"  // back with the sender
	StageLost      Stage = "lost"
)

// Stages lists them in the order of a parcel's way.
func Stages() []Stage {
	return []Stage{
		StageNone, StageShipped, StageAnnounced, StageMoving, StageExported, StageCustoms, StageHeld, StageArrived, StagePickup, StageOut,
		StageAttempt, StageDelivered, StageReturning, StageReturned, StageLost,
	}
}

// Over reports whether nothing more is waited for.
func (s Stage) Over() bool {
	return s == StageDelivered || s == StageReturned || s == StageLost
}

// inCountry reports whether a parcel that is at a stage has reached the country of
// its destination.
func (s Stage) inCountry() bool {
	return slices.Contains([]Stage{StageCustoms, StageHeld, StageArrived, StagePickup, StageOut, StageAttempt}, s)
}

// A step says more than the meaning of a scan.
type step string

const (
	stepNone     step = ""
	stepExported step = "exported"
	stepArrived  step = "arrived"
	stepSentBack step = "sent_back"
	stepLost     step = "lost"
)

type stageFile struct {
	Steps []struct {
		Step  step     `toml:"step"`
		Words []string `toml:"words"`
	} `toml:"step"`
	Silent []struct {
		Stage Stage `toml:"stage"`
		Days  int   `toml:"days"`
	} `toml:"silent"`
	Kept []struct {
		Countries []string `toml:"countries"`
		Days      int      `toml:"days"`
		Source    string   `toml:"source"`
	} `toml:"kept"`
	Claims []struct {
		Words  []string `toml:"words"`
		S10    bool     `toml:"s10"`
		Days   int      `toml:"days"`
		Source string   `toml:"source"`
	} `toml:"claim"`
}

type stageWords struct {
	stageFile
	steps []stepPhrase // the longest first
}

type stepPhrase struct {
	text string
	step step
}

var stages = sync.OnceValue(func() *stageWords {
	w := &stageWords{}
	if err := pack.Read(assets.FS, "parcel/state.toml", &w.stageFile); err != nil {
		panic(err) // it is a part of the program, and a test reads it
	}
	for _, s := range w.Steps {
		for _, phrase := range s.Words {
			w.steps = append(w.steps, stepPhrase{fold(phrase), s.Step})
		}
	}
	slices.SortStableFunc(w.steps, func(a, b stepPhrase) int { return len([]rune(b.text)) - len([]rune(a.text)) })
	return w
})

func (w *stageWords) stepOf(low string) step {
	for _, p := range w.steps {
		if holdsWord(low, p.text) {
			return p.step
		}
	}
	return stepNone
}

// silent gives after how many days without a scan a parcel is stuck; 0 where it is
// never.
func (w *stageWords) silent(stage Stage) int {
	for _, s := range w.Silent {
		if s.Stage == stage {
			return s.Days
		}
	}
	return 0
}

// KeptDays gives how many days an office of a country keeps a parcel that waits
// to be collected; 0 where that is not known.
func KeptDays(country string) (days int, origin data.Origin) {
	for _, k := range stages().Kept {
		if slices.Contains(k.Countries, strings.ToUpper(strings.TrimSpace(country))) {
			return k.Days, data.Origin{Source: k.Source, Confidence: data.Unconfirmed}
		}
	}
	return 0, data.Origin{}
}

// ClaimUntil gives the last day on which a carrier takes a claim for a parcel; the
// zero time where that, or the day of shipping, is not known.
func ClaimUntil(s *data.Shipment) (until time.Time, origin data.Origin) {
	if s.ShippedAt.IsZero() {
		return time.Time{}, data.Origin{}
	}
	carrier, postal := fold(s.Carrier+" "+s.Service), isS10(s.Tracking)
	for _, c := range stages().Claims {
		if c.S10 && postal || slices.ContainsFunc(c.Words, func(w string) bool { return holdsWord(carrier, w) }) {
			day := data.OnDay(data.Earliest(s.ShippedAt).UTC().AddDate(0, 0, c.Days))
			return day.End(time.UTC), data.Origin{Source: c.Source, Confidence: data.Unconfirmed}
		}
	}
	return time.Time{}, data.Origin{}
}

// isS10 reports whether a number has the form of postal items, RX123456785CN.
func isS10(number string) bool {
	n := strings.ToUpper(strings.TrimSpace(number))
	if len(n) != 13 {
		return false
	}
	for i, c := range []byte(n) {
		letter := i < 2 || i > 10
		if letter && (c < 'A' || c > 'Z') || !letter && (c < '0' || c > '9') {
			return false
		}
	}
	return true
}
