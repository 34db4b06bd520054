package health

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"casebinder/assets"
	"casebinder/data"
	"casebinder/data/pack"
)

// Format is the form of a file of metrics that this program reads.
const Format = 1

// Book is a file of metrics: those of one platform, network or payment service.
type Book struct {
	Format   int           `toml:"format"`
	ID       string        `toml:"id"`
	Platform data.Platform `toml:"platform"` // whose shops it measures; "cards" for a card network
	Title    string        `toml:"title"`
	Metrics  []Metric      `toml:"metric"`
}

// Metric is one number by which a platform judges an account.
type Metric struct {
	ID       string         `toml:"id"` // "ebay.transaction_defect_rate"
	Title    string         `toml:"title"`
	Formula  string         `toml:"formula"`           // what it counts, in words
	Means    string         `toml:"means"`             // what the number tells, what it brings, and what to do: three sentences
	Amounts  bool           `toml:"amounts,omitempty"` // it counts money, in minor units
	Rising   string         `toml:"rising"`            // "bad": more of it is worse; "good": less of it is
	Window   Window         `toml:"window"`
	Settings []Setting      `toml:"setting,omitempty"`
	Levels   []Level        `toml:"level,omitempty"` // the first whose conditions hold; none: the platform names no limit
	Effect   string         `toml:"effect,omitempty"`
	Differs  string         `toml:"differs,omitempty"` // where sources say different things
	Sites    []string       `toml:"sites,omitempty"`   // where it is used; none: everywhere
	Platform data.Platform  `toml:"-"`
	Defaults map[string]any `toml:"-"`
	data.Origin

	compute formula
}

// Setting is a reading that a shop may choose where sources differ.
type Setting struct {
	ID      string `toml:"id" json:"id"`
	Title   string `toml:"title" json:"title"`
	Default any    `toml:"default" json:"default"`
	Choices []any  `toml:"choices,omitempty" json:"choices,omitempty"` // none: any number from 1 on
}

// Level is where an account stands by a number.
type Level struct {
	ID      string   `toml:"id"`
	Title   string   `toml:"title"`
	Good    bool     `toml:"good,omitempty"` // it meets what the platform asks for
	When    []string `toml:"when,omitempty"` // all must hold: "value <= 0.02", "hits <= 3"; none: always
	Since   string   `toml:"since,omitempty"`
	Until   string   `toml:"until,omitempty"` // the first day on which it no longer holds
	Regions []string `toml:"regions,omitempty"`

	when         []condition
	since, until data.Day
}

// BadWhenRising reports whether more of it is worse.
func (m *Metric) BadWhenRising() bool { return m.Rising == "bad" }

var bookKind = pack.Kind[Book]{
	ID:     func(b *Book) string { return b.ID },
	Check:  (*Book).check,
	Words:  (*Book).words,
	Format: Format,
}

// BuiltIn reads the program's own books, once.
var BuiltIn = sync.OnceValues(func() ([]*Book, error) { return bookKind.Load(assets.FS, "health") })

// Find gives a metric by its id.
func Find(books []*Book, id string) (*Metric, bool) {
	for _, b := range books {
		for i := range b.Metrics {
			if b.Metrics[i].ID == id {
				return &b.Metrics[i], true
			}
		}
	}
	return nil, false
}

// Of gives the metrics of a platform.
func Of(books []*Book, platform data.Platform) []*Metric {
	var all []*Metric
	for _, b := range books {
		for i := range b.Metrics {
			if b.Platform == platform {
				all = append(all, &b.Metrics[i])
			}
		}
	}
	return all
}

// Texts gives every word of the books that a screen shows.
func Texts(books []*Book) []data.Text {
	var all []data.Text
	for _, b := range books {
		for _, w := range b.words() {
			all = append(all, pack.Text(w))
		}
	}
	return all
}

func (b *Book) words() []string {
	words := []string{b.Title}
	for _, m := range b.Metrics {
		words = append(words, m.Title, m.Formula, m.Means, m.Effect, m.Differs, m.Source)
		for _, l := range m.Levels {
			words = append(words, l.Title)
		}
		for _, s := range m.Settings {
			words = append(words, s.Title)
		}
	}
	return slices.DeleteFunc(words, func(w string) bool { return w == "" })
}

func (b *Book) check(r *pack.Report) {
	for i := range b.Metrics {
		m := &b.Metrics[i]
		m.Platform = b.Platform
		at := func(key string) pack.Place { return pack.At("metric", i, key) }
		compute, known := formulas[m.ID]
		if !known {
			r.Fail(at("id"), "there is no formula “%s”", m.ID)
		}
		m.compute = compute
		if m.Title == "" || m.Formula == "" || m.Means == "" {
			r.Fail(at("title"), "“%s” needs a title, its formula in words, and what it means", m.ID)
		}
		if m.Rising != "bad" && m.Rising != "good" {
			r.Fail(at("rising"), "“%s” is no direction; write bad or good", m.Rising)
		}
		if err := m.Window.check(); err != nil {
			r.Fail(at("window"), "%v", err)
		}
		m.Defaults = map[string]any{}
		for j, s := range m.Settings {
			if s.ID == "" || s.Title == "" || s.Default == nil {
				r.Fail(pack.At("metric", i, "setting", j, "id"), "a setting needs an id, a title and a default")
			}
			m.Defaults[s.ID] = s.Default
		}
		r.Origin(at("confidence"), "“"+m.ID+"”", m.Origin)
		for j := range m.Levels {
			if err := m.Levels[j].ready(); err != nil {
				r.Fail(pack.At("metric", i, "level", j, "when"), "%v", err)
			}
		}
	}
}

func (l *Level) ready() error {
	if l.ID == "" || l.Title == "" {
		return fmt.Errorf("a level needs an id and a title")
	}
	for _, text := range l.When {
		c, err := parseCondition(text)
		if err != nil {
			return err
		}
		l.when = append(l.when, c)
	}
	for _, d := range []struct {
		text string
		into *data.Day
	}{{l.Since, &l.since}, {l.Until, &l.until}} {
		if d.text == "" {
			continue
		}
		day, err := data.ParseDay(d.text)
		if err != nil {
			return err
		}
		*d.into = day
	}
	return nil
}

// inForce reports whether a level counts on a day, in a region.
func (l *Level) inForce(day time.Time, region string) bool {
	if len(l.Regions) > 0 && !slices.Contains(l.Regions, region) {
		return false
	}
	on := day.Format(time.DateOnly)
	return (l.Since == "" || on >= l.Since) && (l.Until == "" || on < l.Until)
}

// Cards is what books of card networks have in the place of a platform.
const Cards data.Platform = "cards"

// UnknownCard is the network of a card item that nobody named.
const UnknownCard = "unknown"

// PaidByCard reports whether any row names a card network.
func (r *Rows) PaidByCard() bool {
	return slices.ContainsFunc(r.CardItems, func(c CardItem) bool { return c.Card != UnknownCard })
}

// Start is from when on a number looks at rows.
func (m *Metric) Start(asOf time.Time, shop *time.Location, s Settings) time.Time {
	from := m.Window.span(asOf, m.Window.zone(shop), s.over(m.Defaults)).From
	if m.ID == "mastercard.chargeback_ratio" {
		from = from.AddDate(0, -1, 0)
	}
	return from
}

// Tomorrow is the first moment of the next day by which a number is counted.
func (m *Metric) Tomorrow(asOf time.Time, shop *time.Location) time.Time {
	zone := m.Window.zone(shop)
	t := asOf.In(zone)
	return midnight(t.Year(), t.Month(), t.Day()+1, zone)
}

var problemSetting = data.DefineProblem("health_setting", data.ErrInvalid,
	"“{value}” is not a possible “{name}” of this number.", "Choose one of: {choices}.")

// CheckSetting refuses a reading that a metric does not have.
func (m *Metric) CheckSetting(name string, value any) error {
	for _, s := range m.Settings {
		if s.ID != name {
			continue
		}
		if len(s.Choices) == 0 || slices.ContainsFunc(s.Choices, func(c any) bool { return fmt.Sprint(c) == fmt.Sprint(value) }) {
			return nil
		}
		return problemSetting.New("value", value, "name", s.Title, "choices", joined(s.Choices))
	}
	names := make([]any, len(m.Settings))
	for i, s := range m.Settings {
		names[i] = s.ID
	}
	return problemSetting.New("value", value, "name", name, "choices", joined(names))
}

func joined(list []any) string {
	words := make([]string, len(list))
	for i, w := range list {
		words[i] = fmt.Sprint(w)
	}
	return strings.Join(words, ", ")
}
