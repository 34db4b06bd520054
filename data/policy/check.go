package policy

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/pack"
)

// The largest spans that a deadline may have. They keep a slip of the finger
// ("500 days" for 5.00) from being believed.
const (
	maxDays    = 1000
	maxHours   = 24 * maxDays
	maxMinutes = 60 * maxHours
	maxTables  = 200 // of one name in a pack
)

var idForm = regexp.MustCompile(`^[a-z][a-z0-9_-]{0,63}$`)

// checker tells what is wrong with a pack.
type checker struct {
	*pack.Report
	p *Pack
}

// check tells all that is wrong with a pack, and makes its machine.
func (p *Pack) check(report *pack.Report) {
	c := &checker{report, p}
	if c.unique(); !c.OK() {
		return
	}
	c.head()
	c.stages()
	for i := range p.Deadlines {
		c.deadline(i)
	}
	for i := range p.Items {
		c.item(i)
	}
	c.protection()
	c.before()
	c.fees()
	c.rates()
	c.rest()
	if c.OK() {
		c.cycles()
	}
	if c.OK() {
		p.m = newMachine(p)
	}
}

func (c *checker) head() {
	p := c.p
	if p.Format < 1 {
		c.Fail(pack.At("format"), "the format number is missing")
	}
	if p.Version < 1 {
		c.Fail(pack.At("version"), "the version is missing; count from 1")
	}
	if !idForm.MatchString(p.ID) {
		c.Fail(pack.At("id"), "the id “%s” is not made of lower-case letters, digits, - and _", p.ID)
	}
	for _, f := range [][2]string{{"title", p.Title}, {"channel", p.Channel}, {"edition", p.Edition}, {"start", p.Start}} {
		if strings.TrimSpace(f[1]) == "" {
			c.Fail(pack.At(f[0]), "the field “%s” is missing", f[0])
		}
	}
	for _, r := range p.Default {
		c.reason(pack.At("default").Word(string(r)), r)
	}
	clock := pack.At("clock")
	c.Origin(clock, "the clock", p.Clock.Origin.Origin)
	if len(p.Rulings.Words) > 0 {
		c.Origin(pack.At("rulings"), "the vocabulary of rulings", p.Rulings.Origin.Origin)
	}
	c.clock(p.Clock.Zone, p.Clock.Holidays, "clock")
	for i, m := range p.Markets {
		what := "the site " + m.Is
		c.countries(pack.At("market", i, "is"), what, []string{m.Is})
		c.Origin(pack.At("market", i), what, m.Origin.Origin)
		c.clock(m.Zone, m.Holidays, "market", i)
		if m.Currency != "" && !data.IsCurrency(m.Currency) {
			c.Fail(pack.At("market", i, "currency"), "“%s” is no currency; write three capital letters", m.Currency)
		}
	}
	for i, r := range p.Reasons {
		at := pack.At("reason", i)
		c.reason(at, r.Is)
		c.Origin(at, "the reason "+string(r.Is), r.Origin.Origin)
		if len(r.Words) == 0 {
			c.Fail(at, "the reason “%s” has no words of the platform", r.Is)
		}
	}
}

// clock fails when days cannot be counted by a zone and by a country's holidays.
func (c *checker) clock(zone, holidays string, table ...any) {
	if _, err := location(zone); zone != zoneOfShop && (err != nil || zone == "") {
		c.Fail(pack.At(append(table, "zone")...), "there is no time zone “%s”; write an IANA name such as Asia/Shanghai, or “shop”", zone)
	}
	if holidays != "" && !countryForm.MatchString(holidays) {
		c.Fail(pack.At(append(table, "holidays")...), "“%s” is no country; write two capital letters", holidays)
	}
}

func (c *checker) countries(at pack.Place, what string, all []string) {
	if len(all) == 0 {
		c.Fail(at, "%s names no country", what)
	}
	for _, country := range all {
		if !countryForm.MatchString(country) {
			c.Fail(at.Word(country), "%s: “%s” is no country; write two capital letters", what, country)
		}
	}
}

func (c *checker) reason(at pack.Place, r data.Reason) {
	if !slices.Contains(data.Reasons(), r) {
		c.Fail(at, "there is no reason “%s”", r)
	}
}

func (c *checker) stages() {
	p := c.p
	if !slices.ContainsFunc(p.Stages, func(s Stage) bool { return s.ID == p.Start }) {
		c.Fail(pack.At("start"), "there is no stage “%s” to start in", p.Start)
	}
	if !slices.ContainsFunc(p.Stages, func(s Stage) bool { return s.Final() }) {
		c.Fail(pack.At("stage", 0), "no stage ends the case; one must have stage = \"closed\"")
	}
	for i, s := range p.Stages {
		c.stage(i, s)
	}
	for _, step := range p.Always {
		c.step(pack.At("always").Word(string(step.Event)), "always", step)
	}
}

func (c *checker) stage(i int, s Stage) {
	at := func(key string) pack.Place { return pack.At("stage", i, key) }
	c.id(at("id"), s.ID)
	if s.Title == "" {
		c.Fail(at("title"), "the stage “%s” has no title", s.ID)
	}
	if !slices.Contains(data.Stages(), s.Stage) {
		c.Fail(at("stage"), "the stage “%s” stands for “%s”, which is none of %s", s.ID, s.Stage, list(data.Stages()))
	}
	if !slices.Contains(Rungs(), s.Rung) {
		c.Fail(at("ladder"), "the stage “%s” is on the ladder at “%s”, which is none of %s", s.ID, s.Rung, list(Rungs()))
	}
	if s.Final() != (s.Who == "") {
		c.Fail(at("who"), "the stage “%s” must say who acts, unless it ends the case", s.ID)
	}
	if !s.Final() {
		c.actor(at("who"), s.Who, Both)
		if s.Silence == "" {
			c.Fail(at("silence"), "the stage “%s” does not say what happens when nobody acts", s.ID)
		}
	}
	c.known(at("silence_to"), s.SilenceTo)
	for _, step := range s.Steps {
		c.step(pack.At("stage", i, "on").Word(string(step.Event)), "stage “"+s.ID+"”", step)
	}
}

func (c *checker) step(at pack.Place, where string, s Step) {
	if !slices.Contains(data.EventKinds(), s.Event) || s.Event == data.EventCorrection {
		c.Fail(at, "%s: there is no event “%s” for a step", where, s.Event)
	}
	for _, by := range s.By {
		c.actor(at, by)
	}
	if s.Who != "" {
		c.actor(at, s.Who, Both, whoOther, whoSame)
	}
	c.known(at, s.To)
}

// known fails when a stage is named that the pack lacks.
func (c *checker) known(at pack.Place, stage string) {
	if stage != "" && !slices.ContainsFunc(c.p.Stages, func(s Stage) bool { return s.ID == stage }) {
		c.Fail(at, "there is no stage “%s”", stage)
	}
}

func (c *checker) actor(at pack.Place, who data.Actor, also ...data.Actor) {
	all := append([]data.Actor{data.ActorBuyer, data.ActorSeller, data.ActorPlatform}, also...)
	if !slices.Contains(all, who) {
		c.Fail(at, "“%s” is none of %s", who, list(all))
	}
}

func (c *checker) id(at pack.Place, id string) {
	if !idForm.MatchString(id) {
		c.Fail(at, "the id “%s” is not made of lower-case letters, digits, - and _", id)
	}
}

func (c *checker) deadline(i int) {
	d := c.p.Deadlines[i]
	at := func(key string) pack.Place { return pack.At("deadline", i, key) }
	c.id(at("id"), d.ID)
	c.Origin(at("confidence"), "the deadline “"+d.ID+"”", d.Origin.Origin)
	c.actor(at("who"), d.Who, Both)
	for _, f := range [][2]string{{"title", d.Title}, {"timeout", d.Timeout}} {
		if f[1] == "" {
			c.Fail(at(f[0]), "the deadline “%s” has no %s", d.ID, f[0])
		}
	}
	if len(d.Starts) == 0 {
		c.Fail(at("starts"), "the deadline “%s” does not say what starts it", d.ID)
	}
	if len(d.Ends) == 0 {
		c.Fail(at("ends"), "the deadline “%s” does not say what ends it", d.ID)
	}
	c.kinds(i, "starts", d.Starts)
	c.kinds(i, "ends", d.Ends)
	for _, who := range slices.Concat(d.StartsBy, d.EndsBy) {
		c.actor(at("starts_by"), who)
	}
	for _, s := range d.Stages {
		c.known(at("stages"), s)
	}
	c.known(at("timeout_to"), d.TimeoutTo)
	c.within(at("ceiling"), "the ceiling of the deadline “"+d.ID+"”", d.Ceiling, data.Unconfirmed)
	for n, v := range d.Variants {
		what := "the variant " + v.id() + " of the deadline “" + d.ID + "”"
		c.countries(pack.At("deadline", i, "variant", n, "markets"), what, v.Markets)
		c.Origin(pack.At("deadline", i, "variant", n, "confidence"), what, v.Origin.Origin)
		c.within(pack.At("deadline", i, "variant", n, "within"), what, v.Within, claimed(v.Origin))
	}
	c.within(at("within"), "the deadline “"+d.ID+"”", d.Within, claimed(d.Origin))
}

// kinds fails when a deadline names events that do not exist.
func (c *checker) kinds(i int, key string, kinds []data.EventKind) {
	for _, kind := range kinds {
		if !slices.Contains(data.EventKinds(), kind) || kind == data.EventCorrection {
			at := pack.At("deadline", i, key).Word(string(kind))
			c.Fail(at, "the deadline “%s” names an event “%s” that does not exist", c.p.Deadlines[i].ID, kind)
		}
	}
}

// claimed is the confidence with which a pack claims to know a figure. One that
// the user took away is claimed no more.
func claimed(o Origin) data.Confidence {
	if len(o.Overrides) > 0 {
		return data.Unconfirmed
	}
	return o.Confidence
}

func (c *checker) within(at pack.Place, what string, w Within, confidence data.Confidence) {
	if w.odd != "" {
		c.Fail(at, "%s %s", what, w.odd)
		return
	}
	if !w.possible() {
		c.Fail(at, "%s: the span must lie between 0 and %d days", what, maxDays)
	}
	switch {
	case !w.Known() && confidence != data.Unconfirmed:
		c.Fail(at, "%s gives no span, and so cannot be %s", what, confidence)
	case w.Days > 0 && w.Calendar != NaturalDays && w.Calendar != BusinessDays:
		c.Fail(at, "%s counts days in the calendar “%s”; write natural or business", what, w.Calendar)
	case w.Days == 0 && w.Calendar != "":
		c.Fail(at, "%s names a calendar, but counts no days", what)
	case w.Days > 0 && (w.Hours > 0 || w.Minutes > 0):
		c.Fail(at, "%s mixes days with hours or minutes", what)
	}
}

// possible tells whether a span has no figure that is out of bounds.
func (w Within) possible() bool {
	return w.Days >= 0 && w.Hours >= 0 && w.Minutes >= 0 && w.Days <= maxDays && w.Hours <= maxHours && w.Minutes <= maxMinutes
}

func list[T ~string](all []T) string {
	words := make([]string, len(all))
	for i, one := range all {
		words[i] = string(one)
	}
	return strings.Join(words, ", ")
}

// zoneOfShop stands for the time zone of the shop.
const zoneOfShop = "shop"

var countryForm = regexp.MustCompile(`^[A-Z]{2}$`)

// location loads a time zone by its IANA name. "Local" is none: the same case
// must give the same dates on every machine.
func location(name string) (*time.Location, error) {
	if name == "" {
		return time.UTC, nil
	}
	if name == "Local" {
		return nil, fmt.Errorf("time zone %q: %w", name, data.ErrInvalid)
	}
	if loc, ok := zones.Load(name); ok {
		return loc.(*time.Location), nil
	}
	loc, err := time.LoadLocation(name)
	if err != nil {
		return nil, fmt.Errorf("time zone %q: %w", name, data.ErrInvalid)
	}
	zones.Store(name, loc)
	return loc, nil
}
