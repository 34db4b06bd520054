package statement

import (
	"encoding/json"
	"fmt"
	"strconv"

	"casebinder/assets"
	"casebinder/data"
)

// Labels gives the words of a key in the bundle's language, with its {name}
// places filled from name, value pairs.
type Labels func(key string, args ...string) string

// LabelsIn gives the labels of citations and form fields in a language of the
// screen: "en", "zh-CN" or "zh-TW". A key without words shows itself.
func LabelsIn(language string) (Labels, error) {
	raw, err := assets.FS.ReadFile("lang/bundle-statement." + language + ".json")
	if err != nil {
		return nil, ProblemLanguage.Wrap(err, "template", "labels", "language", language)
	}
	words := map[string]string{}
	if err := json.Unmarshal(raw, &words); err != nil {
		return nil, fmt.Errorf("reading the labels of %s: %w", language, err)
	}
	return func(key string, args ...string) string {
		label, ok := words[key]
		if !ok {
			return key
		}
		pairs := make(map[string]string, len(args)/2)
		for i := 0; i+1 < len(args); i += 2 {
			pairs[args[i]] = args[i+1]
		}
		return data.FillWords(label, pairs)
	}, nil
}

// Places says where everything stands in a finished bundle.
type Places struct {
	Exhibits map[string]ExhibitAt // by UID of the evidence
	Messages map[string]MessageAt // by UID
	Parts    map[data.Section]int // page on which a composed part begins
}

// ExhibitAt is where an exhibit stands.
type ExhibitAt struct {
	Number int // as it is printed
	Page   int // of the bundle on which it begins; 0: not known
	First  int // of the bundle on which page 1 of its file is shown; 0: its pages are not shown one by one
	Pages  int // of its file that are shown
}

// MessageAt is where a message stands.
type MessageAt struct {
	Page int    // of the bundle; 0: not known
	Date string // when it was sent, as the bundle writes dates
}

// Page is the page of the bundle that a citation points to; 0 when it is not
// known.
func (p Places) Page(c data.Cite) int {
	switch {
	case c.Evidence != "":
		at := p.Exhibits[c.Evidence]
		if c.Page > 0 && at.First > 0 && c.Page <= at.Pages {
			return at.First + c.Page - 1
		}
		return at.Page
	case c.Message != "":
		return p.Messages[c.Message].Page
	}
	return p.Parts[c.Part]
}

// Label names what a citation points to with its page of the bundle: "Exhibit 3,
// page 12", "Tracking, page 5", "Message of 12 Nov 2025, page 7". Where the page
// is not known it is left out. What is not in the bundle gives "".
func Label(c data.Cite, at Places, words Labels) string { return label(c, at, words, "cite.page") }

// ShortLabel is Label for forms with a low limit: "Exhibit 3, p. 12".
func ShortLabel(c data.Cite, at Places, words Labels) string {
	return label(c, at, words, "cite.page.short")
}

func label(c data.Cite, at Places, words Labels, form string) string {
	var name string
	switch {
	case c.Evidence != "":
		e, ok := at.Exhibits[c.Evidence]
		if !ok {
			return ""
		}
		name = words("cite.exhibit", "n", strconv.Itoa(e.Number))
	case c.Message != "":
		m, ok := at.Messages[c.Message]
		if !ok {
			return ""
		}
		name = words("cite.message", "date", m.Date)
	default:
		if _, ok := at.Parts[c.Part]; !ok {
			return ""
		}
		name = words("cite.part." + string(c.Part))
	}
	if page := at.Page(c); page > 0 {
		return words(form, "what", name, "page", strconv.Itoa(page))
	}
	return name
}
