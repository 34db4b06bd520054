package policy

import (
	"slices"

	"casebinder/data"
)

// site is by whose clock the days of a case are counted.
type site struct {
	is       string // ISO 3166-1 country of the platform's site; "": not known
	told     bool   // it was told from the shop's zone or the currency: nobody set it
	zone     string
	holidays string
	origin   *Origin
}

// siteOf finds the site of a case and its clock. A clock that the user set for
// the whole pack wins over that of a site.
func (p *Pack) siteOf(c *Case) site {
	s := site{zone: p.Clock.Zone, holidays: p.Clock.Holidays, origin: &p.Clock.Origin}
	s.is, s.told = p.country(c)
	switch i := slices.IndexFunc(p.Markets, func(m Market) bool { return m.Is == s.is }); {
	case i >= 0 && (len(p.Clock.Overrides) == 0 || len(p.Markets[i].Overrides) > 0):
		m := &p.Markets[i]
		s.zone, s.holidays, s.origin = m.Zone, m.Holidays, &m.Origin
	case i < 0 && c.Market != "" && len(p.Clock.Overrides) == 0: // a site of which the pack says nothing
		s.holidays = c.Market
	}
	if s.zone == zoneOfShop {
		s.zone = c.Zone
	}
	return s
}

// country tells the site: the one that was set, else that in whose zone the
// shop's times are, else that of the currency, where the pack knows the site.
func (p *Pack) country(c *Case) (is string, told bool) {
	if c.Market != "" {
		return c.Market, false
	}
	if zone := data.ZoneCountry(c.Zone); zone != "" && p.knows(zone) {
		return zone, true
	}
	for i := range p.Markets {
		if m := &p.Markets[i]; m.Currency != "" && m.Currency == c.Currency {
			return m.Is, true
		}
	}
	return "", len(p.Markets) > 0
}

// knows reports whether a pack says anything of a site.
func (p *Pack) knows(country string) bool {
	if slices.ContainsFunc(p.Markets, func(m Market) bool { return m.Is == country }) {
		return true
	}
	for i := range p.Deadlines {
		for j := range p.Deadlines[i].Variants {
			if slices.Contains(p.Deadlines[i].Variants[j].Markets, country) {
				return true
			}
		}
	}
	return false
}
