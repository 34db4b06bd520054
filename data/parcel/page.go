package parcel

import (
	"slices"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/chat"
	"casebinder/data/service"
)

// Bounds of a page.
const (
	MaxPage  = 4 << 20 // bytes of text that are split
	maxLines = 20_000
	maxLine  = 4_000 // bytes
)

// PageHints are what is known beforehand.
type PageHints struct {
	Zone  *time.Location // of times whose zone nothing tells; nil: UTC
	Fixed bool           // a person chose the zone: it holds for all times without an offset
	To    data.Address   // where the parcel goes
	Today time.Time      // of the page; zero: days without a year are not told
}

// ZoneBy says whence the zone of a scan is known.
type ZoneBy string

// How a zone is known.
const (
	ZonePrinted ZoneBy = "printed" // the offset stands on the page
	ZoneCarrier ZoneBy = "carrier" // that of the carrier's country
	ZoneGiven   ZoneBy = "given"   // a person chose it
	ZoneGuessed ZoneBy = "guessed" // that of the shop
)

// A Scan is one line of a parcel's history.
type Scan struct {
	At          time.Time // the clock as printed, in its zone
	Day         bool      // no hour is printed
	ZoneBy      ZoneBy
	Place, Text string
	Tracking    string // the number above it; "" where the page has none
	Carrier     string // whose list it stands in; "" not told
	First, Last int    // its lines on the page, from 1
}

// A Page is what a copied tracking page holds.
type Page struct {
	Tracker  string   // the site that shows it; "" the carrier's own, or not known
	Carrier  string   // "" not told
	Numbers  []string // the tracking numbers on it, as they follow each other
	Status   string   // the line that sums up the parcel; "" none
	Postcode string   // where it was delivered, as the page says
	SignedBy string
	Scans    []Scan // in the order of the page
	Backward bool   // the newest stands first
	Rest     []int  // lines that were not understood, from 1
	Findings []data.Finding
}

// Event gives a scan as an entity holds it.
func (s *Scan) Event() data.TrackingEvent {
	at := data.Instant(s.At)
	if s.Day {
		at = data.OnDay(s.At).Begin(s.At.Location())
	}
	return data.TrackingEvent{At: at.UTC(), Place: s.Place, Text: s.Text}
}

// Delivered reports whether a scan says that the parcel has reached its buyer.
func (s *Scan) Delivered() bool { return service.ScanMeans(s.Text) == service.ScanDelivered }

// Split finds the scans of a tracking page that was copied as text. Summaries,
// headings and buttons are none.
func Split(text string, h PageHints) Page {
	if h.Zone == nil {
		h.Zone = time.UTC
	}
	p := &pager{w: vocabulary().forPage(), hints: h}
	if len(text) > MaxPage {
		text = strings.ToValidUTF8(text[:MaxPage], "")
		p.found(foundLong.warn("lines", maxLines))
	}
	p.readLines(text)
	p.about()
	p.anchors()
	p.beside()
	p.fill()
	p.times()
	p.withoutSummary()
	p.tell()
	return p.page
}

// A pager reads one page.
type pager struct {
	w     *words
	hints PageHints
	lines []*line
	marks []*anchor
	rest  []int
	page  Page
}

func (p *pager) found(f data.Finding) { p.page.Findings = append(p.page.Findings, f) }

// about reads what the page says of all of it: carrier, numbers, state.
func (p *pager) about() {
	var all strings.Builder
	for i, l := range p.lines {
		if i < 400 {
			all.WriteString(l.low + "\n")
		}
		p.aboutLine(i, l)
	}
	if t := p.w.carrierOf(all.String(), p.w.Tracker); t != nil {
		p.page.Tracker = t.Name
	}
	if p.page.Carrier != "" {
		return
	}
	if c := p.w.carrierOf(all.String(), p.w.Carrier); c != nil {
		p.page.Carrier = c.Name
	} else if len(p.page.Numbers) > 0 {
		if c := p.w.carrierOfNumber(p.page.Numbers[0]); c != nil {
			p.page.Carrier = c.Name
		}
	}
	if p.page.Carrier == p.page.Tracker {
		p.page.Carrier = ""
	}
}

func (p *pager) aboutLine(i int, l *line) {
	switch l.what {
	case isNumber:
		if n := p.numberOf(l); !slices.Contains(p.page.Numbers, n) {
			p.page.Numbers = append(p.page.Numbers, n)
		}
		return
	case isRow, isTime, isHeader:
		return
	}
	for _, read := range []struct {
		to     *string
		labels []string
	}{{&p.page.SignedBy, p.w.Signed}, {&p.page.Postcode, p.w.Postcode}, {&p.page.Status, p.w.Status}} {
		if *read.to == "" {
			*read.to = labeled(l, read.labels)
		}
		if low := strings.TrimRight(l.low, " :"); *read.to == "" && i+1 < len(p.lines) && slices.ContainsFunc(read.labels, func(s string) bool { return strings.TrimRight(s, " :：") == low }) && p.lines[i+1].what == isText && len(p.lines[i+1].text) <= 80 {
			*read.to = p.lines[i+1].text
		}
	}
}

func (p *pager) numberOf(l *line) string {
	return p.w.numberIn(l, strings.Split(l.text, "\t"))
}

// times gives each scan its time, as the whole page tells it.
func (p *pager) times() {
	printed := make([]chat.Printed, len(p.marks))
	for i, m := range p.marks {
		printed[i] = m.when()
	}
	told, findings := chat.TellTimes(printed, chat.Hints{Zone: p.hints.Zone, ContextDate: p.hints.Today})
	p.page.Findings = append(p.page.Findings, findings...)
	undated, guessed := 0, false
	for i, m := range p.marks {
		if told[i].At.IsZero() {
			undated++
			p.rest = append(p.rest, m.first)
			continue
		}
		s := Scan{At: told[i].At, Day: told[i].Day, Place: m.place, Text: m.text, Tracking: m.number, Carrier: m.carrier, First: m.first, Last: m.last}
		s.ZoneBy = ZonePrinted
		if !told[i].Offset {
			s.At, s.ZoneBy = p.zoned(&s)
			guessed = guessed || s.ZoneBy == ZoneGuessed
		}
		p.page.Scans = append(p.page.Scans, s)
	}
	if undated > 0 {
		p.found(foundUndated.warn("n", undated))
	}
	if guessed {
		p.found(foundZone.of(data.Info, "zone", p.hints.Zone))
	}
}

// withoutSummary leaves out a first line that says once more what a scan below it
// says: "Delivered", with the day alone or with the same time.
func (p *pager) withoutSummary() {
	if len(p.page.Scans) < 2 {
		return
	}
	sum := p.page.Scans[0]
	for _, s := range p.page.Scans[1:] {
		same := s.At.Equal(sum.At) && s.Day == sum.Day || sum.Day && !s.Day && data.OnDay(s.At) == data.OnDay(sum.At)
		if same && strings.HasPrefix(fold(s.Text), fold(sum.Text)) && (sum.Place == "" || sum.Place == s.Place) {
			p.page.Scans = p.page.Scans[1:]
			return
		}
	}
}

// zoned puts the clock of a scan into the zone of its carrier, where that is known,
// else of the shop.
func (p *pager) zoned(s *Scan) (time.Time, ZoneBy) {
	if p.hints.Fixed {
		return s.At, ZoneGiven
	}
	name := s.Carrier
	if name == "" && p.page.Tracker == "" {
		name = p.page.Carrier
	}
	for _, c := range p.w.Carrier {
		if c.Name != name {
			continue
		}
		if zone, err := time.LoadLocation(c.zoneOf(s.Place, p.hints.To)); err == nil && c.zoneOf(s.Place, p.hints.To) != "" {
			at, _ := data.LocalTime(s.At, zone)
			return at.In(zone), ZoneCarrier
		}
	}
	return s.At, ZoneGuessed
}

// tell says what the page holds besides, and what was not understood.
func (p *pager) tell() {
	up, down := 0, 0
	for i := 1; i < len(p.page.Scans); i++ {
		switch c := p.page.Scans[i].At.Compare(p.page.Scans[i-1].At); {
		case c > 0:
			up++
		case c < 0:
			down++
		}
	}
	p.page.Backward = down > up
	if p.page.Status == "" && len(p.page.Scans) > 0 {
		p.page.Status = p.latest().Text
	}
	if len(p.page.Scans) == 0 {
		p.found(foundNone.warn())
	}
	with := map[string]bool{}
	for i := range p.page.Scans {
		with[p.page.Scans[i].Tracking] = true
	}
	if len(with) > 1 {
		p.found(foundSeveral.warn("numbers", strings.Join(p.page.Numbers, ", ")))
	}
	slices.Sort(p.rest)
	p.page.Rest = slices.Compact(p.rest)
	if len(p.page.Rest) > 0 {
		first := p.page.Rest[0]
		text := ""
		for _, l := range p.lines {
			if l.n == first {
				text = short(l.text)
			}
		}
		p.found(foundRest.on(p.page.Rest[:min(20, len(p.page.Rest))], "n", len(p.page.Rest), "line", first, "text", text))
	}
}

func short(text string) string {
	if r := []rune(text); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return text
}

// latest is the newest scan; the page has one.
func (p *pager) latest() *Scan {
	last := &p.page.Scans[0]
	for i := range p.page.Scans {
		if p.page.Scans[i].At.After(last.At) {
			last = &p.page.Scans[i]
		}
	}
	return last
}

// Carries reports whether the page is surely a tracking page: its scans speak in
// the words of carriers, and a number or a tracker is named.
func (p *Page) Carries() bool {
	moves := 0
	w := vocabulary().forPage()
	for i := range p.Scans {
		if w.isMove(p.Scans[i].Text) {
			moves++
		}
	}
	return moves > 0 && moves*2 > len(p.Scans) && (len(p.Numbers) > 0 || p.Tracker != "")
}
