package policy

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"casebinder/data"
)

// An Override is a figure that the user set in place of a pack's own.
type Override struct {
	Pack  string    `json:"pack"`
	Path  string    `json:"path"` // as Figures writes it, such as "deadline.respond.within.days"
	Value string    `json:"value"`
	Who   string    `json:"who"` // operator
	When  time.Time `json:"when"`
	Why   string    `json:"why"`
}

// A Figure is one value of a pack with where it comes from.
type Figure struct {
	Path string
	// Value is in force; "" means that none is known. Was is what the pack itself
	// says.
	Value, Was string
	Origin
	Override *Override // nil: as the pack says
}

var (
	problemFigure = data.DefineProblem("policy_figure_unknown", data.ErrNotFound,
		"The rule pack “{pack}” has no figure “{path}”.", "Choose one of the figures that the pack lists, or remove your own value.")
	problemFigureValue = data.DefineProblem("policy_figure_value", data.ErrInvalid,
		"The figure “{path}” of the rule pack “{pack}” cannot be “{value}”: {reason}.", "Enter another value, or remove your own value.")
	problemOverridePack = data.DefineProblem("policy_override_pack", data.ErrNotFound,
		"A value of your own is for the rule pack “{pack}”, which does not exist.", "Load that pack again, or remove your own value.")
	problemOverrideWhy = data.DefineProblem("policy_override_reason", data.ErrInvalid,
		"Your own value for “{path}” does not say who set it and why.", "Write a reason, so that others understand the date later.")
)

// slot is a figure inside of a pack.
type slot struct {
	path   string
	get    func() string
	set    func(string) error
	origin *Origin
}

func number(path string, n *int, o *Origin) slot {
	return slot{path, func() string { return digits(int64(*n)) }, func(text string) error {
		v, err := parseNumber(text, int64(maxMinutes))
		*n = int(v)
		return err
	}, o}
}

// positive refuses 0 for a span: it would take the date away, and look like a
// figure.
func positive(s slot) slot {
	set := s.set
	s.set = func(text string) error {
		if n, err := strconv.Atoi(strings.TrimSpace(text)); err == nil && n == 0 {
			return fmt.Errorf("0 is no span; leave it empty where no figure is known: %w", data.ErrInvalid)
		}
		return set(text)
	}
	return s
}

func amount(path string, n *int64, o *Origin) slot {
	return slot{path, func() string { return digits(*n) }, func(text string) (err error) {
		*n, err = parseNumber(text, 1<<50)
		return err
	}, o}
}

func words(path string, s *string, o *Origin) slot {
	return slot{path, func() string { return *s }, func(text string) error {
		if len(text) > 1000 || strings.ContainsAny(text, "\r\n\x00") {
			return fmt.Errorf("it is not one line of at most 1,000 bytes: %w", data.ErrInvalid)
		}
		*s = strings.TrimSpace(text)
		return nil
	}, o}
}

func digits(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

// parseNumber reads a whole number; "" takes a figure away.
func parseNumber(text string, most int64) (int64, error) {
	if strings.TrimSpace(text) == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
	if err != nil || n < 0 || n > most {
		return 0, fmt.Errorf("it is no whole number from 0 to %d: %w", most, data.ErrInvalid)
	}
	return n, nil
}

// slots lists the figures of a pack. They point into it.
func (p *Pack) slots() []slot {
	all := []slot{
		words("clock.zone", &p.Clock.Zone, &p.Clock.Origin),
		words("clock.holidays", &p.Clock.Holidays, &p.Clock.Origin),
	}
	for i := range p.Markets {
		m := &p.Markets[i]
		all = append(all, words("market."+m.Is+".zone", &m.Zone, &m.Origin), words("market."+m.Is+".holidays", &m.Holidays, &m.Origin))
	}
	p.spans(func(path string, w *Within, o *Origin) { all = append(all, withinSlots(path, w, o)...) })
	for i := range p.Items {
		all = append(all, itemSlots(&p.Items[i])...)
	}
	for i := range p.Fees {
		f := &p.Fees[i]
		all = append(all, words("fee."+f.ID+".amount", &f.Amount, &f.Origin), words("fee."+f.ID+".currency", &f.Currency, &f.Origin))
	}
	for i := range p.Rates {
		r := &p.Rates[i]
		all = append(all, words("rate."+r.ID+".limit", &r.Limit, &r.Origin))
	}
	for i := range p.Uploads {
		u := &p.Uploads[i]
		if u.ID == UploadTypes {
			all = append(all, typesSlot("upload.types", &u.Types, &u.Origin))
			continue
		}
		all = append(all, amount("upload."+u.ID, &u.Value, &u.Origin))
	}
	return all
}

// spans gives every span of a pack with the path of its figures.
func (p *Pack) spans(each func(path string, w *Within, o *Origin)) {
	for i := range p.Deadlines {
		d := &p.Deadlines[i]
		each("deadline."+d.ID+".within", &d.Within, &d.Origin)
		for j := range d.Variants {
			v := &d.Variants[j]
			each("deadline."+d.ID+"."+v.id()+".within", &v.Within, &v.Origin)
		}
		if d.Ceiling.Known() {
			each("deadline."+d.ID+".ceiling", &d.Ceiling, &d.Origin)
		}
	}
	for i := range p.Items {
		if w := &p.Items[i].Within; w.Known() {
			each("item."+p.Items[i].ID+".within", w, &p.Items[i].Origin)
		}
	}
	for i := range p.Windows {
		each("window."+p.Windows[i].ID+".within", &p.Windows[i].Within, &p.Windows[i].Origin)
	}
}

// withinSlots lists the figures of a span: those of the unit in which it is
// given, or the days when it is not known. The other units can be set too.
func withinSlots(path string, w *Within, o *Origin) []slot {
	return []slot{
		positive(number(path+".days", &w.Days, o)), words(path+".calendar", &w.Calendar, o),
		positive(number(path+".hours", &w.Hours, o)), positive(number(path+".minutes", &w.Minutes, o)),
	}
}

func itemSlots(item *Item) []slot {
	var all []slot
	path := "item." + item.ID
	if item.From != nil {
		all = append(all, words(path+".from.amount", &item.From.Amount, &item.Origin), words(path+".from.currency", &item.From.Currency, &item.Origin))
	}
	if p := item.Prior; p != nil {
		all = append(all, number(path+".prior.orders", &p.Orders, &item.Origin), number(path+".prior.min_days", &p.MinDays, &item.Origin),
			number(path+".prior.max_days", &p.MaxDays, &item.Origin), number(path+".prior.matches", &p.Matches, &item.Origin))
	}
	return all
}

func typesSlot(path string, types *[]string, o *Origin) slot {
	return slot{path, func() string { return strings.Join(*types, " ") }, func(text string) error {
		all := strings.Fields(strings.ToLower(strings.ReplaceAll(text, ",", " ")))
		for i, one := range all {
			all[i] = strings.TrimPrefix(one, ".")
			if !idForm.MatchString(strings.TrimLeft(all[i], "0123456789")) || len(all[i]) > 8 {
				return fmt.Errorf("“%s” is no file type: %w", one, data.ErrInvalid)
			}
		}
		*types = all
		return nil
	}, o}
}

// Figures lists every figure of a pack: its value, where it comes from, how well
// it is known, and who overrode it. A span is listed in the unit in which it is
// given; one that is not known is listed in days, without a value.
func Figures(p *Pack) []Figure {
	var all []Figure
	for _, s := range p.slots() {
		f := Figure{Path: s.path, Value: s.get(), Origin: *s.origin}
		f.Was = f.Value
		for i := range s.origin.Overrides {
			if o := &s.origin.Overrides[i]; o.Path == s.path {
				f.Override, f.Was = o, p.was(s.path)
			}
		}
		if f.Value == "" && f.Override == nil {
			f.Confidence = data.Unconfirmed // nothing is known, however good the source is for the rest
		}
		if f.Value != "" || f.Override != nil || shownWhenEmpty(p, s.path) {
			all = append(all, f)
		}
	}
	return all
}

// shownWhenEmpty reports whether a figure without a value is listed, so that a
// user can write one: days when the whole span is not known, and all that is no
// span.
func shownWhenEmpty(p *Pack, path string) bool {
	shown := true
	p.spans(func(at string, w *Within, _ *Origin) {
		if unit, ok := strings.CutPrefix(path, at+"."); ok {
			shown = unit == "days" && !w.Known()
		}
	})
	return shown
}

// was finds what the pack said before it was overridden.
func (p *Pack) was(path string) string {
	if p.m == nil {
		return ""
	}
	return p.m.was[path]
}

// Apply gives packs with the overrides in force, in the order in which they are
// given; a later one of the same figure wins. The packs themselves are not
// changed: leaving an override out is the way back. An override that cannot be
// used is a Problem; then nothing is applied.
func Apply(packs []*Pack, overrides []Override) ([]*Pack, error) {
	out := slices.Clone(packs)
	copied := map[string]bool{}
	for _, o := range overrides {
		i := slices.IndexFunc(out, func(p *Pack) bool { return p.ID == o.Pack })
		if i < 0 {
			return nil, problemOverridePack.New("pack", o.Pack)
		}
		if o.Who == "" || o.Why == "" {
			return nil, problemOverrideWhy.New("path", o.Path)
		}
		if !copied[o.Pack] {
			out[i], copied[o.Pack] = out[i].clone(), true
		}
		if err := out[i].override(o); err != nil {
			return nil, err
		}
	}
	for i, p := range out {
		if !copied[p.ID] {
			continue
		}
		was := p.m.was
		if err := packKind.Verify(p.ID, nil, p); err != nil {
			return nil, overrideTrouble(p, overrides, err)
		}
		out[i].m.was = was
	}
	return out, nil
}

// overrideTrouble names the override for which a pack no longer holds together.
func overrideTrouble(p *Pack, overrides []Override, err error) error {
	for i := len(overrides) - 1; i >= 0; i-- {
		if o := overrides[i]; o.Pack == p.ID {
			reason := err.Error()
			if problem, ok := data.AsProblem(err); ok {
				reason = problem.Args["reason"]
			}
			return problemFigureValue.Wrap(err, "path", o.Path, "pack", p.ID, "value", o.Value, "reason", reason)
		}
	}
	return err
}

func (p *Pack) override(o Override) error {
	all := p.slots()
	i := slices.IndexFunc(all, func(s slot) bool { return s.path == o.Path })
	if i < 0 {
		return problemFigure.New("pack", p.ID, "path", o.Path)
	}
	s := all[i]
	before := s.get()
	if err := s.set(o.Value); err != nil {
		return problemFigureValue.Wrap(err, "path", o.Path, "pack", p.ID, "value", o.Value, "reason", reasonOf(err))
	}
	if _, known := p.m.was[o.Path]; !known {
		p.m.was[o.Path] = before
	}
	s.origin.Overrides = append(slices.Clone(s.origin.Overrides), o)
	p.keepUnit(o)
	return nil
}

// keepUnit keeps a span in one unit: a figure that was set takes the place of the
// others.
func (p *Pack) keepUnit(o Override) {
	p.spans(func(path string, w *Within, _ *Origin) {
		switch o.Path {
		case path + ".days":
			if w.Days == 0 {
				w.Calendar = ""
				return
			}
			w.Hours, w.Minutes = 0, 0
			if w.Calendar == "" {
				w.Calendar = NaturalDays
			}
		case path + ".hours", path + ".minutes":
			if w.Hours > 0 || w.Minutes > 0 {
				w.Days, w.Calendar = 0, ""
			}
		}
	})
}

func reasonOf(err error) string {
	return strings.TrimSuffix(err.Error(), ": "+data.ErrInvalid.Error())
}

// clone copies a pack so far that its figures can be changed.
func (p *Pack) clone() *Pack {
	c := *p
	c.Deadlines, c.Windows, c.Fees = slices.Clone(p.Deadlines), slices.Clone(p.Windows), slices.Clone(p.Fees)
	c.Rates, c.Uploads, c.Items = slices.Clone(p.Rates), slices.Clone(p.Uploads), slices.Clone(p.Items)
	c.Markets = slices.Clone(p.Markets)
	for i := range c.Deadlines {
		c.Deadlines[i].Variants = slices.Clone(p.Deadlines[i].Variants)
	}
	if p.Protection != nil {
		copied := *p.Protection
		c.Protection = &copied
	}
	for i := range c.Items {
		if from := c.Items[i].From; from != nil {
			copied := *from
			c.Items[i].From = &copied
		}
		if prior := c.Items[i].Prior; prior != nil {
			copied := *prior
			c.Items[i].Prior = &copied
		}
	}
	c.m = &machine{was: map[string]string{}}
	if p.m != nil {
		for path, value := range p.m.was {
			c.m.was[path] = value
		}
	}
	return &c
}
