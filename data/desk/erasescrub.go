package desk

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

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
	handle string   // stands for the buyer's
}

// shortest is how many letters a value must have to be looked for as it stands: less
// than that is no name but a piece of any word.
const shortest = 3

func (s *scrub) learn(values ...string) {
	for _, v := range values {
		v = strings.TrimSpace(v)
		if utf8.RuneCountInString(v) >= shortest && !slices.Contains(s.values, v) {
			s.values = append(s.values, v)
		}
	}
	slices.SortStableFunc(s.values, func(a, b string) int { return len(b) - len(a) })
}

func (s *scrub) text(text string) string {
	if text == "" {
		return ""
	}
	text = s.masker.Text(text)
	for _, v := range s.values {
		text = replaceWhole(text, v)
	}
	return text
}

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

// holds reports whether a text has one of the values as it stands.
func (all scrubs) holds(text string) bool {
	if text == "" {
		return false
	}
	low := strings.ToLower(text)
	for _, s := range all {
		for _, v := range s.values {
			if strings.Contains(low, strings.ToLower(v)) || strings.Contains(text, inJSON(v)) {
				return true
			}
		}
	}
	return false
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
	for name := range m {
		if w.own && w.goes(key, name) {
			delete(m, name)
			w.changed = true
			continue
		}
		if w.own && key == "buyer" && name == "handle" && len(w.all) > 0 {
			m[name], w.changed = w.all[0].handle, true
			continue
		}
		m[name] = w.value(name, m[name])
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
