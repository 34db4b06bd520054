package parcel

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"casebinder/assets"
	"casebinder/data/pack"
	"casebinder/data/service"
)

// wordFile is assets/parcel/page.toml.
type wordFile struct {
	Buttons     []string   `toml:"buttons"`
	Heads       []string   `toml:"heads"`
	Dated       []string   `toml:"dated"`
	DatedBy     []string   `toml:"dated_by"`
	Histories   []string   `toml:"histories"`
	Date        []string   `toml:"date"`
	Time        []string   `toml:"time"`
	Place       []string   `toml:"place"`
	Text        []string   `toml:"text"`
	Detail      []string   `toml:"detail"`
	PlaceMore   []string   `toml:"place_more"`
	Other       []string   `toml:"other"`
	Moves       []string   `toml:"moves"`
	Advice      []string   `toml:"advice"`
	Places      []string   `toml:"places"`
	PlaceLabels []string   `toml:"place_labels"`
	Signed      []string   `toml:"signed"`
	Postcode    []string   `toml:"postcode"`
	Status      []string   `toml:"status"`
	Numbers     []string   `toml:"numbers"`
	Carriers    []string   `toml:"carriers"`
	Carrier     []*carrier `toml:"carrier"`
	Tracker     []*carrier `toml:"tracker"`
}

// A carrier is known by words on its pages.
type carrier struct {
	Name  string   `toml:"name"`
	Words []string `toml:"words"`
	Zone  string   `toml:"zone"`  // in which its scans are printed; "" not one
	Zones []string `toml:"zones"` // its country, where that has several zones
	Mail  []string `toml:"mail"`  // ends of its numbers in the form of the UPU
}

// words are the same, ready to be looked up.
type words struct {
	wordFile
	buttons, histories map[string]bool
	roles              map[string]role
	moves              map[string]bool // what isMove said of the texts of this page
}

// A role is what a column of a table holds.
type role int

const (
	noRole role = iota
	dateRole
	timeRole
	placeRole
	textRole
	detailRole
	placeMoreRole
	otherRole
)

var vocabulary = sync.OnceValue(func() *words {
	w := &words{buttons: map[string]bool{}, histories: map[string]bool{}, roles: map[string]role{}}
	if err := pack.Read(assets.FS, "parcel/page.toml", &w.wordFile); err != nil {
		panic(err) // it is a part of the program, and a test reads it
	}
	for _, s := range w.Buttons {
		w.buttons[s] = true
	}
	for _, s := range w.Histories {
		w.histories[s] = true
	}
	for r, list := range map[role][]string{
		dateRole: w.Date, timeRole: w.Time, placeRole: w.Place, detailRole: w.Detail, placeMoreRole: w.PlaceMore, otherRole: w.Other, textRole: w.Text,
	} {
		for _, s := range list {
			w.roles[s] = r
		}
	}
	return w
})

// forPage gives the words for one page.
func (w *words) forPage() *words {
	page := *w
	page.moves = map[string]bool{}
	return &page
}

// fold brings a text into the form in which words are compared.
func fold(s string) string {
	return strings.Join(strings.Fields(strings.NewReplacer("’", "'", "：", ":").Replace(strings.ToLower(s))), " ")
}

// isMove reports whether a text says that something happened to a parcel.
func (w *words) isMove(text string) bool {
	is, asked := w.moves[text]
	if !asked {
		is = w.moving(text)
		w.moves[text] = is
	}
	return is
}

func (w *words) moving(text string) bool {
	if service.ScanMeans(text) != service.ScanNone {
		return true
	}
	low := fold(text)
	for _, m := range w.Moves {
		if holdsWord(low, m) {
			return true
		}
	}
	return false
}

// holdsWord reports whether a text holds a word, or words, from the beginning of
// one; a short one in letters of the West to its end too.
func holdsWord(text, word string) bool {
	if r, _ := utf8.DecodeRuneInString(word); r >= 0x2E80 {
		return strings.Contains(text, word)
	}
	for from := 0; ; {
		i := strings.Index(text[from:], word)
		if i < 0 {
			return false
		}
		at, end := from+i, from+i+len(word)
		before, _ := utf8.DecodeLastRuneInString(text[:at])
		after, _ := utf8.DecodeRuneInString(text[end:])
		if (at == 0 || !unicode.IsLetter(before)) && (len(word) > 6 || end == len(text) || !unicode.IsLetter(after)) {
			return true
		}
		from = end
	}
}

// isButton reports whether a line is a button or mark of a page.
func (w *words) isButton(low string) bool {
	return w.buttons[low] || w.buttons[strings.TrimRight(low, ".:>»› ")] || strings.Trim(low, "=-_*•·.<>|+ ") == ""
}

// isHead reports whether a line says something of the whole page.
func (w *words) isHead(low string) bool { return begins(low, w.Heads) != "" }

// asksDate reports whether a line is a heading whose date stands below it.
func (w *words) asksDate(low string) bool {
	for _, s := range w.Dated {
		rest, ok := strings.CutPrefix(low, s)
		if rest = strings.Trim(rest, " :*-"); ok && (rest == "" || slices.Contains(w.DatedBy, rest)) {
			return true
		}
	}
	return false
}

// begins gives the first of some beginnings that a text has.
func begins(low string, list []string) string {
	for _, s := range list {
		if strings.HasPrefix(low, s) {
			return s
		}
	}
	return ""
}

// Advice reports whether words say that a carrier was told of a parcel, and holds
// nothing yet.
func Advice(text string) bool {
	low := fold(text)
	for _, word := range vocabulary().Advice {
		if holdsWord(low, word) {
			return true
		}
	}
	return false
}
