package statement

import (
	"strings"
	"time"

	"casebinder/data"
)

// exhibits tells what stands in the bundle, by kind.
func (k *known) exhibits() {
	f := k.facts
	for name, kind := range kindTargets {
		list := f.byKind(kind)
		for _, e := range list[:min(len(list), maxCites)] {
			k.cites[name] = append(k.cites[name], data.Cite{Evidence: e.Evidence.UID})
		}
	}
	left := f.firstShipped()
	k.kind("photo", data.KindPhoto, left)
	k.kind("packing", data.KindPacking, left)
	k.kind("qc", data.KindQC, left)
	k.kind("listing", data.KindListing, time.Time{})
	k.kind("policy", data.KindPolicy, time.Time{})
	k.kind("pod", data.KindDelivery, time.Time{})
	k.kind("customs", data.KindCustoms, time.Time{})
	k.kind("invoice", data.KindInvoice, time.Time{})
	k.kind("screens", data.KindScreenshot, time.Time{})
	k.label()
	k.checks()
}

// kind tells of the exhibits of a kind that a claim would cite: when they were
// taken and how that is known, whether all were taken before the goods left,
// and what the first is said to show.
func (k *known) kind(group string, kind data.EvidenceKind, left time.Time) {
	list := k.facts.byKind(kind)
	list = list[:min(len(list), maxCites)]
	if len(list) == 0 {
		return
	}
	set := func(field, value string) {
		if knownVariables[group+"."+field] {
			k.set(group+"."+field, value)
		}
	}
	set("there", "yes")
	if len(list) > 1 {
		set("many", "yes")
	}
	k.taken(set, list, left)
	for _, e := range list {
		if line := strings.TrimRight(clip(e.Exhibit.Proves, 160), ".。;； "); line != "" && k.reads(line) {
			set("proves", line)
			break
		}
	}
}

// taken tells when exhibits were taken: only where each says so, and says so in
// the same way.
func (k *known) taken(set func(field, value string), list []Exhibit, left time.Time) {
	first, camera, stated, before := list[0].Evidence.CapturedAt, true, true, true
	for _, e := range list {
		at := e.Evidence.CapturedAt
		if at.IsZero() || e.Evidence.Captured == data.CapturedNone {
			return
		}
		if at.Before(first) {
			first = at
		}
		camera = camera && e.Evidence.Captured == data.CapturedExif
		stated = stated && e.Evidence.Captured == data.CapturedStated
		before = before && !left.IsZero() && at.Before(left)
	}
	set("date", k.moment(first))
	if camera {
		set("camera", "yes")
	}
	if stated {
		set("stated", "yes")
	}
	if before {
		set("before", "yes")
	}
}

// label finds a picture in which a shipping label was read, with the order's
// postcode or the number of a parcel on it.
func (k *known) label() {
	for _, e := range k.facts.Exhibits {
		if e.Evidence.UID == "" || e.Evidence.Redacted() || oneLine(e.Evidence.Label) == "" {
			continue
		}
		postcode := namesPostcode(e.Evidence.Label, k.facts.Order.ShipTo.Postcode)
		tracking := ""
		for _, p := range k.facts.Order.Shipments {
			if wholeWord(letters(e.Evidence.Label), letters(p.Tracking)) {
				tracking = clip(p.Tracking, 60)
			}
		}
		if !postcode && tracking == "" {
			continue
		}
		if postcode {
			k.set("label.postcode", k.values["address.postcode"])
		}
		k.set("label.tracking", tracking)
		k.cites["label"] = []data.Cite{{Evidence: e.Evidence.UID}}
		return
	}
}

// checkColumns are the columns in which payment services tell what the
// holder's bank said of the card (Stripe, unified payments report).
var checkColumns = map[string]string{
	"card avs zip status": "checks.postcode", "card avs line1 status": "checks.street", "card cvc status": "checks.code",
}

// checks tells which checks of the card were passed, where an exhibit shows it.
func (k *known) checks() {
	shown := k.facts.naming("AVS", "CVC", "CVV", "CVV2")
	if len(shown) == 0 {
		return
	}
	for column, value := range k.facts.Order.Extra {
		if name := checkColumns[letters(column)]; name != "" {
			k.flag(name, strings.EqualFold(strings.TrimSpace(value), "pass"))
		}
	}
	k.cites["checks"] = []data.Cite{{Evidence: shown[0].Evidence.UID}}
}
