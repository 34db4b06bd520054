package desk

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"casebinder/data"
	"casebinder/data/mask"
	"casebinder/data/store"
)

// inPlace stands in a text for personal data that was erased.
const inPlace = "[…]"

// scrub takes the personal data of one order out of texts: what package mask finds,
// and each value of the order as it stands.
type scrub struct {
	masker *mask.Masker
	values []string // the longest first
	strong []string // of these, those that are nobody else's, as far as can be told
	handle string   // stands for the buyer's
}

// shortest is how many letters a value must have to be looked for as it stands: less
// than that is no name but a piece of any word. Writing without an alphabet says more
// with a letter.
const shortest = 3

func longEnough(v string) bool {
	n := utf8.RuneCountInString(v)
	return n >= shortest || n >= 2 && len(v) >= 3*n
}

func (s *scrub) learn(values ...string) {
	for _, v := range values {
		v = strings.TrimSpace(v)
		if longEnough(v) && !slices.Contains(s.values, v) {
			s.values = append(s.values, v)
		}
	}
	slices.SortStableFunc(s.values, func(a, b string) int { return len(b) - len(a) })
}

// telling reports whether a value can be nobody else's by its form: a mail address, a
// phone number, an account with a figure in it, a street with a number, a whole name.
func telling(v string) bool {
	digits, letters := 0, 0
	for _, r := range v {
		switch {
		case unicode.IsDigit(r):
			digits++
		case unicode.IsLetter(r):
			letters++
		}
	}
	switch {
	case strings.Contains(v, "@"), digits >= 7:
		return true
	case digits > 0:
		return letters+digits >= 6
	}
	return strings.ContainsFunc(v, unicode.IsSpace) && letters >= 6 || len(v) >= 9 && len(v) >= 3*utf8.RuneCountInString(v)
}

func newScrub(o *data.Order, people []string, handle string, shared map[string]bool) *scrub {
	s := &scrub{masker: mask.New(*o, people, data.MaskKinds()), handle: handle}
	s.learn(people...)
	s.learn(personalValues(o)...)
	for _, v := range s.values {
		if telling(v) && !shared[v] {
			s.strong = append(s.strong, v)
		}
	}
	return s
}

// personalValues are the buyer's personal data as an order has them.
func personalValues(o *data.Order) []string {
	p, b := &o.Payment, &o.Buyer
	values := []string{b.Name, b.Email, b.Phone, p.Payer, p.Holder, p.Email, p.IP}
	for _, a := range []data.Address{o.ShipTo, p.Address, p.Billing, o.PaidAddress()} {
		values = append(values, a.Name, a.Line1, a.Line2, a.Line3, a.Phone)
	}
	if b.Handle != "" && !strings.EqualFold(b.Handle, o.Shop.Name) {
		values = append(values, b.Handle)
	}
	for _, parcel := range o.Shipments {
		values = append(values, parcel.SignedBy)
	}
	return slices.DeleteFunc(values, func(v string) bool { return !longEnough(strings.TrimSpace(v)) })
}

func (s *scrub) text(text string) string {
	if text == "" {
		return ""
	}
	if s.masker != nil {
		text = s.masker.Text(text)
	}
	for _, v := range s.values {
		text = replaceWhole(text, v)
	}
	return text
}

// alone is the scrub without what may be others': for texts that are not the buyer's.
func (s *scrub) alone() *scrub { return &scrub{values: s.strong, handle: s.handle} }

// replaceWhole takes a value out of a text wherever it stands as words of its own, in
// any case of letters.
func replaceWhole(text, value string) string {
	var out strings.Builder
	low, find := strings.ToLower(text), strings.ToLower(value)
	if len(low) != len(text) { // letters whose small form is longer
		low, find = text, value
	}
	for from := 0; ; {
		i := strings.Index(low[from:], find)
		if i < 0 {
			out.WriteString(text[from:])
			return out.String()
		}
		at, end := from+i, from+i+len(find)
		out.WriteString(text[from:at])
		if inWord(low, at) || inWord(low, end) {
			out.WriteString(text[at:end])
		} else {
			out.WriteString(inPlace)
		}
		from = end
	}
}

// inWord reports whether a place lies within a word; writing without spaces has none.
func inWord(text string, at int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:at])
	after, _ := utf8.DecodeRuneInString(text[at:])
	letter := func(r rune) bool {
		return (unicode.IsLetter(r) || unicode.IsDigit(r)) && !unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai)
	}
	return letter(before) && letter(after)
}

// scrubs takes the personal data of several orders out of texts.
type scrubs []*scrub

func (all scrubs) scrubber() store.Scrubber { return store.Scrubber{Text: all.text, JSON: all.json} }

func (all scrubs) text(text string) string {
	for _, s := range all {
		text = s.text(text)
	}
	return text
}

// A finder tells which of very many scrubs have something to do with a text, without
// looking for each value by itself.
type finder map[[3]byte][]needle

type needle struct {
	text  string
	scrub *scrub
}

func newFinder(all scrubs) finder {
	f := finder{}
	for _, s := range all {
		for _, v := range s.strong {
			for _, text := range []string{strings.ToLower(v), strings.ToLower(inJSON(v))} {
				if len(text) < 3 {
					continue
				}
				start := [3]byte([]byte(text[:3]))
				if n := (needle{text, s}); !slices.Contains(f[start], n) {
					f[start] = append(f[start], n)
				}
			}
		}
	}
	return f
}

// in gives the scrubs of which a strong value stands in a text.
func (f finder) in(texts ...string) (found scrubs) {
	for _, text := range texts {
		low := strings.ToLower(text)
		for i := 0; i+3 <= len(low); i++ {
			for _, n := range f[[3]byte{low[i], low[i+1], low[i+2]}] {
				if strings.HasPrefix(low[i:], n.text) && !slices.Contains(found, n.scrub) {
					found = append(found, n.scrub)
				}
			}
		}
	}
	return found
}

// alone are the scrubs without what may be others'.
func (all scrubs) alone() scrubs {
	list := make(scrubs, len(all))
	for i, s := range all {
		list[i] = s.alone()
	}
	return list
}

// inJSON is a value as JSON writes it, without the quotation marks.
func inJSON(v string) string {
	b, err := json.Marshal(v)
	if err != nil {
		return v
	}
	return string(b[1 : len(b)-1])
}

// json takes personal data out of the texts of a JSON value; own says that all of it
// is about the buyer, whose fields then go by their names. What has none stays as it
// was, byte for byte.
func (all scrubs) json(text string, own bool) string {
	if text == "" {
		return ""
	}
	in := json.NewDecoder(strings.NewReader(text))
	in.UseNumber()
	var v any
	if in.Decode(&v) != nil {
		return all.text(text)
	}
	w := walk{all: all, own: own}
	v = w.value("", v)
	if !w.changed {
		return text
	}
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	if enc.Encode(v) != nil {
		return "{}"
	}
	return strings.TrimSuffix(out.String(), "\n")
}

type walk struct {
	all     scrubs
	own     bool
	changed bool
}

var (
	addressKeys  = []string{"ship_to", "address", "billing", "was", "from", "to"}
	personalKeys = []string{"buyer_note", "extra", "payer", "holder", "ip", "signed_by", "raw"}
	personKeys   = []string{"name", "email", "phone"} // of a buyer or payer
	identity     = []string{"sha256", "uid", "hash", "entity", "action", "copy_of", "replaced_by", "order_number", "number", "tracking", "payment_ref", "mime"}
)

func (w *walk) value(key string, v any) any {
	switch v := v.(type) {
	case string:
		if slices.Contains(identity, key) {
			return v
		}
		less := w.all.text(v)
		w.changed = w.changed || less != v
		return less
	case []any:
		for i := range v {
			v[i] = w.value(key, v[i])
		}
		return v
	case map[string]any:
		return w.object(key, v)
	}
	return v
}

func (w *walk) object(key string, m map[string]any) any {
	for _, name := range slices.Collect(maps.Keys(m)) {
		if w.own && w.goes(key, name) {
			delete(m, name)
			w.changed = true
			continue
		}
		if w.own && key == "buyer" && name == "handle" && len(w.all) > 0 {
			m[name], w.changed = w.all[0].handle, true
			continue
		}
		was := m[name]
		if less := w.all.text(name); less != name { // a list by account
			delete(m, name)
			name, w.changed = less, true
		}
		m[name] = w.value(name, was)
	}
	return m
}

// goes reports whether a field of an object goes whole.
func (w *walk) goes(object, field string) bool {
	switch {
	case slices.Contains(addressKeys, object):
		return field != "country"
	case object == "buyer" || object == "payment":
		return slices.Contains(personKeys, field) || slices.Contains(personalKeys, field)
	}
	return slices.Contains(personalKeys, field)
}
