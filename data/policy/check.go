package policy

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"casebinder/data"
)

// The largest spans that a deadline may have. They keep a slip of the finger
// ("500 days" for 5.00) from being believed.
const (
	maxDays    = 1000
	maxHours   = 24 * maxDays
	maxMinutes = 60 * maxHours
	maxTables  = 200 // of one name in a pack
	maxTrouble = 20  // mistakes that are told of one pack
)

var idForm = regexp.MustCompile(`^[a-z][a-z0-9_-]{0,63}$`)

// checker gathers what is wrong with a pack.
type checker struct {
	p          *Pack
	file, text string
	troubles   []error
}

// fail tells of a mistake. Each is looked up in the whole file, so a file that
// is nothing but mistakes is cut short.
func (c *checker) fail(at place, format string, args ...any) {
	if len(c.troubles) >= maxTrouble {
		return
	}
	line := 1
	if c.text != "" {
		line = at.line(c.text)
	}
	c.troubles = append(c.troubles, problemPack.New("file", c.file, "line", line, "reason", fmt.Sprintf(format, args...)))
}

// check tells all that is wrong with a pack, and makes its machine. Text is the
// pack's file, for line numbers; "" when there is none.
func (p *Pack) check(file, text string) error {
	c := &checker{p: p, file: file, text: text}
	if c.unique(); len(c.troubles) > 0 {
		return errors.Join(c.troubles...)
	}
	c.head()
	c.stages()
	for i := range p.Deadlines {
		c.deadline(i)
	}
	for i := range p.Items {
		c.item(i)
	}
	c.fees()
	c.rates()
	c.rest()
	if len(c.troubles) == 0 {
		c.cycles()
	}
	if len(c.troubles) > 0 {
		return errors.Join(c.troubles...)
	}
	p.m = newMachine(p)
	return nil
}

func (c *checker) head() {
	p := c.p
	if p.Format < 1 {
		c.fail(place{key: "format"}, "the format number is missing")
	}
	if p.Version < 1 {
		c.fail(place{key: "version"}, "the version is missing; count from 1")
	}
	if !idForm.MatchString(p.ID) {
		c.fail(place{key: "id"}, "the id “%s” is not made of lower-case letters, digits, - and _", p.ID)
	}
	for _, f := range [][2]string{{"title", p.Title}, {"channel", p.Channel}, {"edition", p.Edition}, {"start", p.Start}} {
		if strings.TrimSpace(f[1]) == "" {
			c.fail(place{key: f[0]}, "the field “%s” is missing", f[0])
		}
	}
	for _, r := range p.Default {
		c.reason(place{key: "default", word: string(r)}, r)
	}
	clock := place{table: "clock", n: 0}
	c.origin(clock, "the clock", p.Clock.Origin)
	if len(p.Rulings.Words) > 0 {
		c.origin(place{table: "rulings"}, "the vocabulary of rulings", p.Rulings.Origin)
	}
	if p.Clock.Zone != zoneOfShop {
		if _, err := location(p.Clock.Zone); err != nil || p.Clock.Zone == "" {
			c.fail(place{table: "clock", key: "zone"}, "there is no time zone “%s”; write an IANA name such as Asia/Shanghai, or “shop”", p.Clock.Zone)
		}
	}
	if p.Clock.Holidays != "" && !countryForm.MatchString(p.Clock.Holidays) {
		c.fail(place{table: "clock", key: "holidays"}, "“%s” is no country; write two capital letters", p.Clock.Holidays)
	}
	for i, r := range p.Reasons {
		at := place{table: "reason", n: i}
		c.reason(at, r.Is)
		c.origin(at, "the reason "+string(r.Is), r.Origin)
		if len(r.Words) == 0 {
			c.fail(at, "the reason “%s” has no words of the platform", r.Is)
		}
	}
}

func (c *checker) reason(at place, r data.Reason) {
	if !slices.Contains(data.Reasons(), r) {
		c.fail(at, "there is no reason “%s”", r)
	}
}

func (c *checker) origin(at place, what string, o Origin) {
	if strings.TrimSpace(o.Source) == "" {
		c.fail(at, "%s has no source", what)
	}
	switch o.Confidence {
	case data.Confirmed, data.ThirdParty:
		if o.Edition == "" {
			c.fail(at, "%s has no edition; write the date of the source, or n.d.", what)
		}
	case data.Unconfirmed:
	default:
		c.fail(at, "%s has the confidence “%s”; write confirmed, third-party or unconfirmed", what, o.Confidence)
	}
}

func (c *checker) stages() {
	p := c.p
	if !slices.ContainsFunc(p.Stages, func(s Stage) bool { return s.ID == p.Start }) {
		c.fail(place{key: "start"}, "there is no stage “%s” to start in", p.Start)
	}
	if !slices.ContainsFunc(p.Stages, func(s Stage) bool { return s.Final() }) {
		c.fail(place{table: "stage", n: 0}, "no stage ends the case; one must have stage = \"closed\"")
	}
	for i, s := range p.Stages {
		c.stage(i, s)
	}
	for _, step := range p.Always {
		c.step(place{key: "always", word: string(step.Event)}, "always", step)
	}
}

func (c *checker) stage(i int, s Stage) {
	at := func(key string) place { return place{table: "stage", n: i, key: key} }
	c.id(at("id"), s.ID)
	if s.Title == "" {
		c.fail(at("title"), "the stage “%s” has no title", s.ID)
	}
	if !slices.Contains(data.Stages(), s.Stage) {
		c.fail(at("stage"), "the stage “%s” stands for “%s”, which is none of %s", s.ID, s.Stage, list(data.Stages()))
	}
	if !slices.Contains(Rungs(), s.Rung) {
		c.fail(at("ladder"), "the stage “%s” is on the ladder at “%s”, which is none of %s", s.ID, s.Rung, list(Rungs()))
	}
	if s.Final() != (s.Who == "") {
		c.fail(at("who"), "the stage “%s” must say who acts, unless it ends the case", s.ID)
	}
	if !s.Final() {
		c.actor(at("who"), s.Who, Both)
		if s.Silence == "" {
			c.fail(at("silence"), "the stage “%s” does not say what happens when nobody acts", s.ID)
		}
	}
	c.known(at("silence_to"), s.SilenceTo)
	for _, step := range s.Steps {
		c.step(place{table: "stage", n: i, key: "on", word: string(step.Event)}, "stage “"+s.ID+"”", step)
	}
}

func (c *checker) step(at place, where string, s Step) {
	if !slices.Contains(data.EventKinds(), s.Event) || s.Event == data.EventCorrection {
		c.fail(at, "%s: there is no event “%s” for a step", where, s.Event)
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
func (c *checker) known(at place, stage string) {
	if stage != "" && !slices.ContainsFunc(c.p.Stages, func(s Stage) bool { return s.ID == stage }) {
		c.fail(at, "there is no stage “%s”", stage)
	}
}

func (c *checker) actor(at place, who data.Actor, also ...data.Actor) {
	all := append([]data.Actor{data.ActorBuyer, data.ActorSeller, data.ActorPlatform}, also...)
	if !slices.Contains(all, who) {
		c.fail(at, "“%s” is none of %s", who, list(all))
	}
}

func (c *checker) id(at place, id string) {
	if !idForm.MatchString(id) {
		c.fail(at, "the id “%s” is not made of lower-case letters, digits, - and _", id)
	}
}

func (c *checker) deadline(i int) {
	d := c.p.Deadlines[i]
	at := func(key string) place { return place{table: "deadline", n: i, key: key} }
	c.id(at("id"), d.ID)
	c.origin(at("confidence"), "the deadline “"+d.ID+"”", d.Origin)
	c.actor(at("who"), d.Who, Both)
	for _, f := range [][2]string{{"title", d.Title}, {"timeout", d.Timeout}} {
		if f[1] == "" {
			c.fail(at(f[0]), "the deadline “%s” has no %s", d.ID, f[0])
		}
	}
	if len(d.Starts) == 0 {
		c.fail(at("starts"), "the deadline “%s” does not say what starts it", d.ID)
	}
	if len(d.Ends) == 0 {
		c.fail(at("ends"), "the deadline “%s” does not say what ends it", d.ID)
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
	c.within(at("within"), "the deadline “"+d.ID+"”", d.Within, claimed(d.Origin))
}

// kinds fails when a deadline names events that do not exist.
func (c *checker) kinds(i int, key string, kinds []data.EventKind) {
	for _, kind := range kinds {
		if !slices.Contains(data.EventKinds(), kind) || kind == data.EventCorrection {
			at := place{table: "deadline", n: i, key: key, word: string(kind)}
			c.fail(at, "the deadline “%s” names an event “%s” that does not exist", c.p.Deadlines[i].ID, kind)
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

func (c *checker) within(at place, what string, w Within, confidence data.Confidence) {
	if w.Days < 0 || w.Hours < 0 || w.Minutes < 0 || w.Days > maxDays || w.Hours > maxHours || w.Minutes > maxMinutes {
		c.fail(at, "%s: the span must lie between 0 and %d days", what, maxDays)
	}
	switch {
	case !w.Known() && confidence != data.Unconfirmed:
		c.fail(at, "%s gives no span, and so cannot be %s", what, confidence)
	case w.Days > 0 && w.Calendar != NaturalDays && w.Calendar != BusinessDays:
		c.fail(at, "%s counts days in the calendar “%s”; write natural or business", what, w.Calendar)
	case w.Days == 0 && w.Calendar != "":
		c.fail(at, "%s names a calendar, but counts no days", what)
	case w.Days > 0 && (w.Hours > 0 || w.Minutes > 0):
		c.fail(at, "%s mixes days with hours or minutes", what)
	}
}

func (c *checker) item(i int) {
	item := c.p.Items[i]
	at := func(key string) place { return place{table: "item", n: i, key: key} }
	c.id(at("id"), item.ID)
	c.origin(at("confidence"), "the item “"+item.ID+"”", item.Origin)
	if item.Title == "" || item.Get == "" {
		c.fail(at("title"), "the item “%s” needs a title, and how to get it", item.ID)
	}
	for _, r := range item.Reasons {
		c.reason(place{table: "item", n: i, key: "reasons", word: string(r)}, r)
	}
	for _, k := range item.Kinds {
		if !slices.Contains(data.EvidenceKinds(), k) {
			c.fail(place{table: "item", n: i, key: "kinds", word: string(k)}, "there is no kind of evidence “%s”", k)
		}
	}
	for _, f := range item.Facts {
		if _, ok := factTests[f]; !ok {
			c.fail(place{table: "item", n: i, key: "facts", word: string(f)}, "there is no fact “%s”; the facts are %s", f, list(Facts()))
		}
	}
	if item.Until != "" && !slices.ContainsFunc(c.p.Deadlines, func(d Deadline) bool { return d.ID == item.Until }) {
		c.fail(at("until"), "there is no deadline “%s”", item.Until)
	}
	if item.From != nil {
		c.money(at("from"), "the item “"+item.ID+"”", item.From.Amount, item.From.Currency)
	}
	if slices.Contains(item.Facts, FactPriorOrders) != (item.Prior != nil) {
		c.fail(at("facts"), "the item “%s” must say which earlier orders it wants, and have the fact %s", item.ID, FactPriorOrders)
	}
	if p := item.Prior; p != nil && (p.Orders < 1 || p.MinDays < 0 || p.MaxDays < p.MinDays || p.MaxDays > maxDays || p.Matches < 1) {
		c.fail(at("prior"), "the item “%s” asks for impossible earlier orders", item.ID)
	}
}

func (c *checker) money(at place, what, amount, currency string) {
	m, err := data.ParseDecimal(amount, currency)
	if err != nil || m.Minor < 0 {
		c.fail(at, "%s: “%s %s” is no amount", what, amount, currency)
	}
}

func (c *checker) fees() {
	for i, f := range c.p.Fees {
		at := func(key string) place { return place{table: "fee", n: i, key: key} }
		c.id(at("id"), f.ID)
		c.origin(at("confidence"), "the fee “"+f.ID+"”", f.Origin)
		if f.Title == "" || !slices.Contains([]FeeWhen{FeeOpened, FeeContested, FeeLost}, f.When) {
			c.fail(at("when"), "the fee “%s” needs a title, and when it is charged: opened, contested or lost", f.ID)
		}
		switch {
		case f.Amount != "":
			c.money(at("amount"), "the fee “"+f.ID+"”", f.Amount, f.Currency)
		case claimed(f.Origin) != data.Unconfirmed:
			c.fail(at("amount"), "the fee “%s” gives no amount, and so cannot be %s", f.ID, f.Confidence)
		}
	}
}

func (c *checker) rates() {
	for i, r := range c.p.Rates {
		at := func(key string) place { return place{table: "rate", n: i, key: key} }
		c.id(at("id"), r.ID)
		c.origin(at("confidence"), "the rate “"+r.ID+"”", r.Origin)
		if r.Title == "" || r.Effect == "" {
			c.fail(at("title"), "the rate “%s” needs a title and an effect", r.ID)
		}
		if !slices.Contains([]Counts{CountsOpened, CountsEscalated, CountsLost, CountsUnresolved, CountsUndenied}, r.Counts) {
			c.fail(at("counts"), "the rate “%s” counts “%s”, which is none of opened, escalated, lost, unresolved, undenied", r.ID, r.Counts)
		}
	}
}

func (c *checker) rest() {
	for i, f := range c.p.Fallbacks {
		at := func(key string) place { return place{table: "fallback", n: i, key: key} }
		c.id(at("id"), f.ID)
		c.origin(at("confidence"), "the fallback “"+f.ID+"”", f.Origin)
		if f.Title == "" || !slices.Contains(Offers(), f.Offer) {
			c.fail(at("offer"), "the fallback “%s” needs a title, and an offer that is one of %s", f.ID, list(Offers()))
		}
		if !slices.Contains(data.EventKinds(), f.Event) {
			c.fail(at("event"), "the fallback “%s” names an event “%s” that does not exist", f.ID, f.Event)
		}
		for _, s := range f.Stages {
			c.known(at("stages"), s)
		}
	}
	for i, w := range c.p.Windows {
		at := place{table: "window", n: i, key: "within"}
		c.id(at, w.ID)
		c.origin(at, "the window “"+w.ID+"”", w.Origin)
		c.within(at, "the window “"+w.ID+"”", w.Within, claimed(w.Origin))
	}
	for i, u := range c.p.Uploads {
		c.upload(place{table: "upload", n: i, key: "value"}, u)
	}
	for i, n := range c.p.Notes {
		at := place{table: "note", n: i, key: "text"}
		c.id(at, n.ID)
		c.origin(at, "the note “"+n.ID+"”", n.Origin)
		if n.Text == "" {
			c.fail(at, "the note “%s” is empty", n.ID)
		}
		for _, r := range n.Reasons {
			c.reason(at, r)
		}
	}
}

func (c *checker) upload(at place, u Upload) {
	names := []string{
		UploadTypes, UploadFiles, UploadFileBytes, UploadTotalBytes, UploadPages, UploadTextChars, UploadTotalChars,
		UploadVideoBytes, UploadVideoTime, UploadNameChars, UploadDPI, UploadPixels, UploadPDFA, UploadMaxBytes,
	}
	c.origin(at, "the upload limit “"+u.ID+"”", u.Origin)
	switch {
	case !slices.Contains(names, u.ID):
		c.fail(at, "there is no upload limit “%s”; the limits are %s", u.ID, strings.Join(names, ", "))
	case u.Value < 0:
		c.fail(at, "the upload limit “%s” is less than nothing", u.ID)
	case u.Value == 0 && len(u.Types) == 0 && claimed(u.Origin) != data.Unconfirmed:
		c.fail(at, "the upload limit “%s” gives no figure, and so cannot be %s", u.ID, u.Confidence)
	case u.ID == UploadTypes && u.Value != 0, u.ID != UploadTypes && len(u.Types) > 0:
		c.fail(at, "the upload limit “%s” has the wrong sort of value", u.ID)
	}
}

// unique fails when two tables of one name share an id, or there are too many.
func (c *checker) unique() {
	p := c.p
	check := func(table string, ids []string) {
		if len(ids) > maxTables {
			c.fail(place{table: table, n: maxTables}, "there are more than %d tables “%s”", maxTables, table)
		}
		seen := map[string]bool{}
		for i, id := range ids[:min(len(ids), maxTables)] {
			if seen[id] {
				c.fail(place{table: table, n: i, key: "id"}, "there are two of the name “%s” in “%s”", id, table)
			}
			seen[id] = true
		}
	}
	check("stage", ids(p.Stages, func(s Stage) string { return s.ID }))
	check("deadline", ids(p.Deadlines, func(d Deadline) string { return d.ID }))
	check("item", ids(p.Items, func(i Item) string { return i.ID }))
	check("fee", ids(p.Fees, func(f Fee) string { return f.ID }))
	check("rate", ids(p.Rates, func(r Rate) string { return r.ID }))
	check("fallback", ids(p.Fallbacks, func(f Fallback) string { return f.ID }))
	check("window", ids(p.Windows, func(w Window) string { return w.ID }))
	check("upload", ids(p.Uploads, func(u Upload) string { return u.ID }))
	check("note", ids(p.Notes, func(n Note) string { return n.ID }))
	check("reason", ids(p.Reasons, func(r ReasonWords) string { return string(r.Is) }))
}

func ids[T any](all []T, id func(T) string) []string {
	out := make([]string, len(all))
	for i, one := range all {
		out[i] = id(one)
	}
	return out
}

// cycles fails when stages lead back to themselves: by silence in any case, by
// steps unless they say that they lead back.
func (c *checker) cycles() {
	silent, forward := map[string][]string{}, map[string][]string{}
	for _, s := range c.p.Stages {
		if s.SilenceTo != "" {
			silent[s.ID] = append(silent[s.ID], s.SilenceTo)
			forward[s.ID] = append(forward[s.ID], s.SilenceTo)
		}
		for _, step := range slices.Concat(s.Steps, c.p.Always) {
			if step.To != "" && step.To != s.ID && !step.Back {
				forward[s.ID] = append(forward[s.ID], step.To)
			}
		}
	}
	for i, s := range c.p.Stages {
		at := place{table: "stage", n: i, key: "silence_to"}
		if round := roundTrip(silent, s.ID); round != nil {
			c.fail(at, "silence leads round in a cycle of stages: %s", strings.Join(round, " → "))
			return
		}
		at.key = "on"
		if round := roundTrip(forward, s.ID); round != nil {
			c.fail(at, "the stages lead round in a cycle: %s; a step that is meant to lead back says back = true", strings.Join(round, " → "))
			return
		}
	}
}

// roundTrip finds a way from a stage back to itself.
func roundTrip(edges map[string][]string, start string) []string {
	var walk func(at string, way []string) []string
	seen := map[string]bool{}
	walk = func(at string, way []string) []string {
		way = append(way, at)
		for _, next := range edges[at] {
			if next == start {
				return append(way, start)
			}
			if !seen[next] {
				seen[next] = true
				if round := walk(next, way); round != nil {
					return round
				}
			}
		}
		return nil
	}
	return walk(start, nil)
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
