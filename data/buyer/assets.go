package buyer

import (
	"strings"
	"sync"

	"casebinder/assets"
	"casebinder/data"
	"casebinder/data/pack"
)

// rules are the words of assets/buyer/marks.toml.
type rules struct {
	Relays []struct {
		Domains  []string      `toml:"domains"`
		Platform data.Platform `toml:"platform"`
		data.Origin
	} `toml:"relay"`
	Providers []provider `toml:"provider"`
	Nobody    struct {
		Locals  []string `toml:"locals"`
		Domains []string `toml:"domains"`
		data.Origin
	} `toml:"nobody"`
	Phones struct {
		Shared []string `toml:"shared"`
		data.Origin
	} `toml:"phones"`
	Pickup struct {
		Words []string `toml:"words"`
		data.Origin
	} `toml:"pickup"`
	Words []struct {
		As string   `toml:"as"`
		Of []string `toml:"of"`
	} `toml:"word"`
	Unit struct {
		Words []string `toml:"words"`
	} `toml:"unit"`
	Skip struct {
		Words []string `toml:"words"`
	} `toml:"skip"`

	relays             []string
	providers          map[string]provider
	locals, noDomains  map[string]bool
	shared, unit, skip map[string]bool
	words              map[string]string
}

type provider struct {
	Domains []string `toml:"domains"`
	Dots    bool     `toml:"dots"`
	Tag     string   `toml:"tag"`
	As      string   `toml:"as"`
	data.Origin
}

var rulesKind = pack.Kind[rules]{ID: func(*rules) string { return "marks" }, Check: (*rules).check}

// check makes the lists ready to be asked.
func (r *rules) check(report *pack.Report) {
	r.providers, r.words = map[string]provider{}, map[string]string{}
	for i, relay := range r.Relays {
		for _, d := range relay.Domains {
			if d != strings.ToLower(d) {
				report.Fail(pack.At("relay", i), "%s is not in small letters", d)
			}
			r.relays = append(r.relays, d)
		}
	}
	for i, p := range r.Providers {
		for _, d := range p.Domains {
			if _, twice := r.providers[d]; twice {
				report.Fail(pack.At("provider", i), "%s stands twice", d)
			}
			r.providers[d] = p
		}
	}
	for i, w := range r.Words {
		for _, of := range w.Of {
			if _, twice := r.words[of]; twice {
				report.Fail(pack.At("word", i), "“%s” stands twice", of)
			}
			r.words[of] = w.As
		}
	}
	r.locals, r.noDomains = setOf(r.Nobody.Locals), setOf(r.Nobody.Domains)
	r.shared, r.unit, r.skip = setOf(r.Phones.Shared), setOf(r.Unit.Words), setOf(r.Skip.Words)
}

func setOf(words []string) map[string]bool {
	set := make(map[string]bool, len(words))
	for _, w := range words {
		set[w] = true
	}
	return set
}

var loaded = sync.OnceValues(func() (*rules, error) {
	const name = "buyer/marks.toml"
	text, err := assets.FS.ReadFile(name)
	if err != nil {
		return nil, err
	}
	return rulesKind.Decode(name, text)
})

// inForce are the built-in rules. A test reads the file: it cannot fail at work.
func inForce() *rules {
	r, err := loaded()
	if err != nil {
		return &rules{}
	}
	return r
}
