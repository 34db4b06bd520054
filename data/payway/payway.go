// Package payway knows the ways to pay by country, and what each means for disputes.
//
// Its one rule: each way says its source and how sure it is; what no source tells is
// said to be not known. The ways are data in assets/payments.
package payway

import (
	"slices"
	"strings"
	"sync"

	"casebinder/assets"
	"casebinder/data"
	"casebinder/data/pack"
)

// Format is the form of a file of ways that this program reads.
const Format = 1

// Method is a way to pay.
type Method struct {
	ID         string   `toml:"id" json:"id"`
	Name       string   `toml:"name" json:"name"`                     // its own, in no language
	Countries  []string `toml:"countries" json:"countries,omitempty"` // ISO 3166-1; none: everywhere
	Words      []string `toml:"words" json:"-"`                       // parts of an order's payment method that mean it, in small letters
	How        string   `toml:"how" json:"how"`
	Dispute    string   `toml:"dispute" json:"dispute"`
	Chargeback string   `toml:"chargeback" json:"chargeback,omitempty"` // "yes", "no", "" not known
	data.Origin
}

// book is a file of ways.
type book struct {
	Format  int      `toml:"format"`
	ID      string   `toml:"id"`
	Title   string   `toml:"title"`
	Methods []Method `toml:"method"`
}

var kind = pack.Kind[book]{
	ID: func(b *book) string { return b.ID }, Check: (*book).check, Words: (*book).words, Format: Format,
}

var builtIn = sync.OnceValues(func() ([]*book, error) { return kind.Load(assets.FS, "payments") })

// Texts gives every word of the ways that a screen shows.
func Texts() ([]data.Text, error) {
	books, err := builtIn()
	if err != nil {
		return nil, err
	}
	return kind.Texts(books), nil
}

func (b *book) words() []string {
	var all []string
	for _, m := range b.Methods {
		all = append(all, m.How, m.Dispute, m.Source)
	}
	return all
}

func (b *book) check(r *pack.Report) {
	seen := map[string]bool{}
	for i, m := range b.Methods {
		r.Origin(pack.At("method", i), m.ID, m.Origin)
		if m.ID == "" || m.Name == "" || m.How == "" || m.Dispute == "" || seen[m.ID] {
			r.Fail(pack.At("method", i), "it lacks its id, name, how or dispute, or stands twice")
		}
		seen[m.ID] = true
		if !slices.Contains([]string{"", "yes", "no"}, m.Chargeback) {
			r.Fail(pack.At("method", i, "chargeback"), "it is neither yes nor no")
		}
		for _, c := range m.Countries {
			if len(c) != 2 || c != strings.ToUpper(c) {
				r.Fail(pack.At("method", i, "countries"), "%q is no code of a country", c)
			}
		}
	}
}

// For gives the ways to pay of a country (ISO 3166-1), those of its own first; "" gives
// all.
func For(country string) ([]Method, error) {
	books, err := builtIn()
	if err != nil {
		return nil, err
	}
	var own, everywhere []Method
	for _, b := range books {
		for _, m := range b.Methods {
			switch {
			case len(m.Countries) == 0:
				everywhere = append(everywhere, m)
			case country == "" || slices.Contains(m.Countries, country):
				own = append(own, m)
			}
		}
	}
	slices.SortStableFunc(own, func(a, b Method) int { return len(a.Countries) - len(b.Countries) })
	return append(own, everywhere...), nil
}

// Of finds the way that an order's payment method means: the one whose longest word
// stands in it. nil where none does.
func Of(paid string, methods []Method) *Method {
	fold := strings.ToLower(paid)
	var best *Method
	longest := 0
	for i := range methods {
		for _, w := range methods[i].Words {
			if len(w) > longest && strings.Contains(fold, w) {
				best, longest = &methods[i], len(w)
			}
		}
	}
	return best
}

// Countries lists the countries of which a way of their own is known.
func Countries() ([]string, error) {
	all, err := For("")
	var list []string
	for _, m := range all {
		for _, c := range m.Countries {
			if !slices.Contains(list, c) {
				list = append(list, c)
			}
		}
	}
	slices.Sort(list)
	return list, err
}
