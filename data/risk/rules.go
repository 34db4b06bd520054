package risk

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"sync"

	"casebinder/assets"
	"casebinder/data"
	"casebinder/data/pack"
)

// Format is the form of a file of rules that this program reads.
const Format = 1

// Book is a file of rules, limits and words: one of the program's own, or the
// shop's.
type Book struct {
	Format        int       `toml:"format"`
	ID            string    `toml:"id"`
	Edition       string    `toml:"edition,omitempty"`
	Rules         []Rule    `toml:"rule,omitempty"`
	Figures       []Figure  `toml:"figure,omitempty"`
	Amounts       []Amount  `toml:"amount,omitempty"`
	Goods         []Goods   `toml:"goods,omitempty"`
	Rush          []Rush    `toml:"rush,omitempty"`
	Countries     []Country `toml:"country,omitempty"`
	Abbreviations []Short   `toml:"short,omitempty"`
}

// Rule finds something in an order where its conditions hold: each of All and,
// where there are some, one of Any.
type Rule struct {
	ID         string         `toml:"id"`
	Title      string         `toml:"title"` // a word or two
	Level      data.RiskLevel `toml:"level"` // "clear": it is only told
	All        []Condition    `toml:"all,omitempty"`
	Any        []Condition    `toml:"any,omitempty"`
	Text       string         `toml:"text"`                  // what stands against shipping
	Do         string         `toml:"do"`                    // what to do next
	Mend       string         `toml:"mend,omitempty"`        // what a screen offers: reply hold task path confirm limits
	Reply      string         `toml:"reply,omitempty"`       // the template, for Mend "reply"
	WaitHours  int            `toml:"wait_hours,omitempty"`  // after the payment
	LeastHours int            `toml:"least_hours,omitempty"` // where the date to ship by comes before; 0: WaitHours
	Confirmed  data.RiskLevel `toml:"confirmed,omitempty"`   // the level once the buyer confirmed, then without a wait; "": Level
	data.Origin

	title, why, how data.Phrase // its words, made once
	finding         string      // name of its findings
}

// Condition asks for a fact. One that is not known neither holds nor fails.
type Condition struct {
	Fact    string      `toml:"fact,omitempty"`
	Is      string      `toml:"is,omitempty"` // a word, or "yes" or "no"
	In      []string    `toml:"in,omitempty"` // one of these words
	AtLeast *int64      `toml:"at_least,omitempty"`
	Below   *int64      `toml:"below,omitempty"`
	Unknown bool        `toml:"unknown,omitempty"` // nobody told it
	All     []Condition `toml:"all,omitempty"`
	Any     []Condition `toml:"any,omitempty"`

	at fact
}

// Figure is a number that the review counts by.
type Figure struct {
	ID    string `toml:"id"`
	Title string `toml:"title"`
	Value int    `toml:"value"`
	data.Origin
}

// Amount says from which order total on an order is of middle size, or large, in
// one currency. No rate is used: a currency that is not listed has no limits.
type Amount struct {
	Currency string `toml:"currency"`
	Medium   string `toml:"medium"`
	Large    string `toml:"large"`

	medium, large int64
}

// The classes of goods.
const (
	GoodsHigh = "high" // sold on easily, and so bought with stolen cards
	GoodsLow  = "low"
)

// Goods is a class of goods with the words by which titles and SKUs tell it.
type Goods struct {
	ID    string   `toml:"id"`
	Risk  string   `toml:"risk"` // GoodsHigh or GoodsLow
	Words []string `toml:"words"`
	data.Origin
}

// Rush are the words of a language with which buyers press for shipping.
type Rush struct {
	Language string   `toml:"language"`
	Words    []string `toml:"words"`
}

// Country is one that the shop looks at closer, with the reason.
type Country struct {
	Code string `toml:"code"` // ISO 3166-1, two letters
	Why  string `toml:"why"`
}

// Short is a word of addresses with its abbreviations.
type Short struct {
	Long string   `toml:"long"` // "" leaves the words out of the comparison
	As   []string `toml:"as"`
}

// The figures that the review counts by.
const (
	figureRowDays = "row_days" // orders this many days before and after count as in a row
)

// maxNested is how deep conditions may stand in each other.
const maxNested = 4

var bookKind = pack.Kind[Book]{
	ID:     func(b *Book) string { return b.ID },
	Check:  (*Book).check,
	Words:  (*Book).english,
	Format: Format,
}

var builtIn = sync.OnceValues(func() ([]*Book, error) { return bookKind.Load(assets.FS, "risk") })

// BuiltIn gives the rules that the program carries. They are shared: do not
// change them.
func BuiltIn() ([]*Book, error) { return builtIn() }

// Decode reads a file of rules and checks it. Each thing that is wrong is a
// Problem with file, line and reason; several are joined.
func Decode(name string, text []byte) (*Book, error) { return bookKind.Decode(name, text) }

// Texts lists the words of books, each once, by key.
func Texts(all []*Book) []data.Text { return bookKind.Texts(all) }

func (b *Book) english() []string {
	var all []string
	for i := range b.Rules {
		r := &b.Rules[i]
		all = append(all, r.Title, r.Text, r.Do, r.Source)
	}
	for i := range b.Figures {
		all = append(all, b.Figures[i].Title)
	}
	return all
}

// Rules are all books in force, made ready.
type Rules struct {
	Books         []*Book // the shop's own first
	Edition       string  // changes with anything that is in force
	list          []*Rule
	off           map[string]string
	figures       map[string]*Figure
	amounts       map[string]*Amount
	classes       map[string]string // id of a class of goods to its risk
	goods         phrases           // word to the risk of its class
	rush          phrases
	countries     map[string]bool
	abbreviations map[string]string
}

// New puts the shop's own book over the built-in ones. A rule, figure, amount or
// class with the id of a built-in one takes its place; words and countries are
// added. off names rules that are switched off, each with the reason.
func New(own *Book, off map[string]string) (*Rules, error) {
	books, err := BuiltIn()
	if err != nil {
		return nil, err
	}
	if own != nil {
		books = append([]*Book{own}, books...)
	}
	r := &Rules{
		Books: books, off: off, figures: map[string]*Figure{}, amounts: map[string]*Amount{}, classes: map[string]string{},
		countries: map[string]bool{}, abbreviations: map[string]string{},
	}
	seen := map[string]bool{}
	for _, b := range books {
		r.take(b, seen)
	}
	slices.SortStableFunc(r.list, func(a, b *Rule) int { return cmp.Compare(asksLooks(a), asksLooks(b)) })
	if len(r.list) == 0 { // without rules every order would be called clear
		return nil, pack.Fault("risk", "there is no rule at all")
	}
	r.Edition, err = edition(own, off)
	return r, err
}

func (r *Rules) take(b *Book, seen map[string]bool) {
	for i := range b.Rules {
		if rule := &b.Rules[i]; !seen[rule.ID] {
			seen[rule.ID] = true
			r.list = append(r.list, rule)
		}
	}
	for i := range b.Figures {
		putNew(r.figures, b.Figures[i].ID, &b.Figures[i])
	}
	for i := range b.Amounts {
		putNew(r.amounts, b.Amounts[i].Currency, &b.Amounts[i])
	}
	for i := range b.Goods {
		g := &b.Goods[i]
		putNew(r.classes, g.ID, g.Risk)
		for _, w := range g.Words {
			r.goods.add(w, r.classes[g.ID])
		}
	}
	for i := range b.Rush {
		for _, w := range b.Rush[i].Words {
			r.rush.add(w, b.Rush[i].Language)
		}
	}
	for _, c := range b.Countries {
		r.countries[c.Code] = true
	}
	for _, s := range b.Abbreviations {
		for _, w := range s.As {
			r.abbreviations[plain(w)] = plain(s.Long)
		}
	}
}

func putNew[V any](into map[string]V, key string, v V) {
	if _, taken := into[key]; !taken {
		into[key] = v
	}
}

// asksLooks is 1 for a rule that asks how many others found something: it comes
// after them.
func asksLooks(r *Rule) int {
	if asks(r.All, factLooks) || asks(r.Any, factLooks) {
		return 1
	}
	return 0
}

func asks(all []Condition, f fact) bool {
	return slices.ContainsFunc(all, func(c Condition) bool {
		return c.Fact != "" && c.at == f || asks(c.All, f) || asks(c.Any, f)
	})
}

// edition names what is in force: a hash over the built-in files and the shop's own.
func edition(own *Book, off map[string]string) (string, error) {
	names, err := pack.Names(assets.FS, "risk")
	if err != nil {
		return "", err
	}
	sum := sha256.New()
	for _, name := range names {
		text, err := fs.ReadFile(assets.FS, name)
		if err != nil {
			return "", fmt.Errorf("reading %s: %w", name, err)
		}
		sum.Write(text)
	}
	if own != nil {
		text, err := pack.Encode("own", own)
		if err != nil {
			return "", err
		}
		sum.Write(text)
	}
	for _, id := range slices.Sorted(maps.Keys(off)) {
		sum.Write([]byte(id + "\x00"))
	}
	return hex.EncodeToString(sum.Sum(nil)[:8]), nil
}

// RuleInfo is a rule as a list shows it.
type RuleInfo struct {
	ID    string
	Title data.Text
	Level data.RiskLevel
	When  Condition // All and Any of it
	Text  data.Text
	Do    data.Text
	Off   string // why it is switched off; "": it counts
	Own   bool   // the shop's own, or in the place of a built-in one
	Wait  int    // hours
	data.Origin
}

// List lists the rules, those of the shop first.
func (r *Rules) List() []RuleInfo {
	all := make([]RuleInfo, 0, len(r.list))
	own := map[*Rule]bool{}
	if len(r.Books) > 0 && r.Books[0].ID == OwnID {
		for i := range r.Books[0].Rules {
			own[&r.Books[0].Rules[i]] = true
		}
	}
	for _, rule := range r.list {
		all = append(all, RuleInfo{
			ID: rule.ID, Title: pack.Text(rule.Title), Level: rule.Level, When: Condition{All: rule.All, Any: rule.Any}, Text: pack.Text(rule.Text), Do: pack.Text(rule.Do),
			Off: r.off[rule.ID], Own: own[rule], Wait: rule.WaitHours, Origin: rule.Origin,
		})
	}
	return all
}

// RowDays is how many days before and after an order others of its buyer count
// as in a row with it.
func (r *Rules) RowDays() int {
	if f := r.figures[figureRowDays]; f != nil {
		return f.Value
	}
	return 0
}

// OwnID is the id of the shop's own book.
const OwnID = "own"

// Off gives the rules that are switched off, each with the reason.
func (r *Rules) Off() map[string]string { return r.off }
