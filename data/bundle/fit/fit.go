// Package fit says how one set of exhibits fits the form of a platform: which
// file holds what, how large it becomes, and what has to give where it does not
// fit.
//
// Its one rule: a plan is a pure function of a profile and of items that were
// measured before, and every step of it says why. It opens no file.
package fit

import (
	"slices"

	"casebinder/data"
)

// Form is the shape in which a platform takes proof.
type Form string

// The forms.
const (
	FormBundle     Form = "bundle"     // the whole bundle as it is: PDF and bag, without limits
	FormDocument   Form = "document"   // composed PDFs, split into as many parts as files are allowed
	FormCategories Form = "categories" // one composed PDF for each category of the form
	FormPictures   Form = "pictures"   // composed pages as pictures, no PDF
	FormLoose      Form = "loose"      // photos and videos as single files, the rest composed beside them
)

// The names of limits. They are those of a policy pack's [[upload]] tables, so
// that an operator's override of a pack counts here too. Bytes are counted in
// thousands: 1 MB is 1,000,000 bytes.
const (
	LimitFiles      = "files"       // how many files
	LimitFileBytes  = "file_bytes"  // of one file
	LimitTotalBytes = "total_bytes" // of all files
	LimitPages      = "pages"       // of all documents together
	LimitTextChars  = "text_chars"  // of one text field
	LimitTotalChars = "total_chars" // of all text fields
	LimitVideoBytes = "video_bytes"
	LimitVideoTime  = "video_seconds"
	LimitNameChars  = "name_chars" // of a file's name with its ending
	LimitDPI        = "dpi"
	LimitPixels     = "pixels" // of one picture
	LimitPDFA       = "pdf_a"  // 1: a PDF must be PDF/A
)

// Limits lists the names of all limits in the order in which meters show them.
func Limits() []string {
	return []string{
		LimitFiles, LimitFileBytes, LimitTotalBytes, LimitPages, LimitTextChars, LimitTotalChars,
		LimitVideoBytes, LimitVideoTime, LimitNameChars, LimitDPI, LimitPixels, LimitPDFA,
	}
}

// A Limit is one figure of a form, with where it comes from.
type Limit struct {
	Value int64 `toml:"value"`
	data.Origin
}

// A Profile is what a platform's form takes, and how a bundle is best brought
// into it. Profiles are data: assets/profiles.
type Profile struct {
	ID         string           `toml:"id"`
	Name       string           `toml:"name"`                // English; the gui has words under "profile.<id>"
	Platforms  []data.Platform  `toml:"platforms,omitempty"` // whose disputes it suits
	Suits      []string         `toml:"suits,omitempty"`     // policy packs whose disputes it suits, beside Pack
	Pack       string           `toml:"pack,omitempty"`      // policy pack whose upload limits count
	Form       Form             `toml:"form"`
	Types      []string         `toml:"types,omitempty"` // file name endings without the point; a pack's list wins; empty: any
	TypesFrom  data.Origin      `toml:"types_from,omitzero"`
	Limits     map[string]Limit `toml:"limits,omitempty"`
	Sections   []data.Section   `toml:"sections,omitempty"`   // what is composed; empty: all
	Categories []Category       `toml:"categories,omitempty"` // of FormCategories
	SlotsFrom  data.Origin      `toml:"categories_from,omitzero"`
	Ladder     []Step           `toml:"ladder,omitempty"` // from the best to the floor; Steps gives it within the limits
	Count      Unit             `toml:"count,omitempty"`  // how the platform counts characters
	Fields     string           `toml:"fields,omitempty"` // set of text fields to fill: "stripe", "paypal", "ebay"
	Mask       []data.MaskKind  `toml:"mask,omitempty"`   // what is masked unless the operator says otherwise
	ASCIINames bool             `toml:"ascii_names,omitempty"`
	PDFA       bool             `toml:"-"` // from the limit pdf_a
}

// A Category is a slot of a form that takes one file.
type Category struct {
	ID    string              `toml:"id"` // the platform's own name: "shipping_documentation"
	Kinds []data.EvidenceKind `toml:"kinds,omitempty"`
	Parts []data.Section      `toml:"parts,omitempty"` // composed sections that stand in it
	Rest  bool                `toml:"rest,omitempty"`  // takes what no other category names
}

// Tone is how much color a step keeps.
type Tone string

// The tones.
const (
	ToneColor Tone = "color"
	ToneGray  Tone = "gray"
	ToneBlack Tone = "black" // black and white alone
)

// A Step is a rung of the quality ladder.
type Step struct {
	ID         string `toml:"id"`                    // "original", "2000", ...
	LongEdge   int    `toml:"long_edge,omitempty"`   // pixels of a photo's longer edge at most; 0: as it is
	Quality    int    `toml:"quality,omitempty"`     // of a JPEG, 1 to 100; 0: the file's own bytes where nothing else changes
	Tone       Tone   `toml:"tone,omitempty"`        // "" is color
	PerPage    int    `toml:"per_page,omitempty"`    // photos on a page: 1, 2, 4 or 6; 0 is 1
	PageDPI    int    `toml:"page_dpi,omitempty"`    // of pages that become pictures
	DPI        int    `toml:"dpi,omitempty"`         // of photos on a page at most; 0: as they are
	PerPicture int    `toml:"per_picture,omitempty"` // pages in a picture: 1, 2 or 4; 0 is 1
	Cited      bool   `toml:"cited,omitempty"`       // of the messages only those that are cited, and their neighbors
}

// Original reports whether the step leaves a photo's bytes as they are.
func (s Step) Original() bool {
	return s.LongEdge == 0 && s.Quality == 0 && s.DPI == 0 && (s.Tone == "" || s.Tone == ToneColor)
}

// Edges gives the width and height of a photo at a step, which is never larger
// than the photo is.
func (s Step) Edges(width, height int) (int, int) {
	long := max(width, height)
	if s.LongEdge <= 0 || long <= s.LongEdge || long == 0 {
		return width, height
	}
	scale := func(n int) int { return max(1, int((int64(n)*int64(s.LongEdge)+int64(long)/2)/int64(long))) }
	return scale(width), scale(height)
}

// Unit is how characters are counted.
type Unit string

// The units.
const (
	UnitRunes Unit = "runes" // Unicode code points; also the unit ""
	UnitUTF16 Unit = "utf16" // as a browser's text field counts
	UnitBytes Unit = "bytes" // of UTF-8
)

// Count counts the characters of a text as a platform does.
func Count(s string, u Unit) int64 {
	var n int64
	switch u {
	case UnitBytes:
		return int64(len(s))
	case UnitUTF16:
		for _, r := range s {
			n++
			if r > 0xffff {
				n++
			}
		}
	case UnitRunes, "":
		for range s {
			n++
		}
	}
	return n
}

// Media says what kind of thing an item is.
type Media string

// The media.
const (
	MediaPages Media = "pages" // composed text, or an annexed document
	MediaPhoto Media = "photo"
	MediaFilm  Media = "film"  // video or audio
	MediaOther Media = "other" // ships as an original only
)

// An Item is something to be placed: a composed section or an exhibit.
type Item struct {
	ID       string   // "section:timeline", "exhibit:3"
	Ref      data.Ref // where a screen leads for it; the zero one names the item
	Section  data.Section
	Kind     data.EvidenceKind // of an exhibit
	Exhibit  int               // number; 0 for a composed section
	Media    Media
	Cited    bool   // a claim cites it
	Required bool   // the form is pointless without it
	Cut      bool   // its pages can go on in another file: those of an annexed document
	Seconds  int    // of a film
	Ending   string // of the original's name, lower case, without the point
	Bytes    int64  // of the original
	Width    int    // pixels of a photo, upright; 0: not known
	Height   int
	Sizes    []Size // one for each step of Profile.Steps, in order; the last counts for those that are missing
	Single   []Size // of a photo as a file of its own, as Sizes; none: as Sizes
}

// A Size is how large an item becomes at a step.
type Size struct {
	Bytes int64 // what it adds to a file
	Pages int   // A4 pages; where several exhibits share one, those of the exhibit alone
}

// Extra is what counts beside the items.
type Extra struct {
	File  Size   // what each composed file has beside its items: fonts, heads; pages of its own
	Texts []Text // the text fields
}

// A Text is a text field with its length, as Count counts it.
type Text struct {
	Field string
	Chars int64
	Max   int64 // of this field alone; 0: the profile's limit
}

// A Plan says which file holds what.
type Plan struct {
	Profile  string         `json:"profile"`
	Fits     bool           `json:"fits"`
	Step     int            `json:"step"`  // of the ladder
	Files    []File         `json:"files"` // where it does not fit: of what would fit
	Meters   []Meter        `json:"meters"`
	Why      []Reason       `json:"why"`                // each decision, in order
	Findings []data.Finding `json:"findings,omitempty"` // what does not fit, then what the form does not ask for
	Ways     []Way          `json:"ways,omitempty"`     // what would make it fit
	Estimate bool           `json:"estimate,omitempty"` // sizes were estimated, not measured
}

// A File is one file to upload.
type File struct {
	Name     string   `json:"name"`
	Type     string   `json:"type"`               // "pdf", "jpg", "png", or the original's ending
	Category string   `json:"category,omitempty"` // of FormCategories
	Items    []string `json:"items"`
	Spans    []Span   `json:"spans,omitempty"` // of items that go on in another file: their pages in this one
	Loose    bool     `json:"loose,omitempty"` // a photo or an original by itself, not composed
	Step     int      `json:"step"`            // of the ladder; a loose photo may stand below the plan's
	First    int      `json:"first_page,omitempty"`
	Pages    int      `json:"pages,omitempty"` // page numbers run on over the files
	Bytes    int64    `json:"bytes"`
}

// A Span is the part of an item's pages that stands in a file, from 1.
type Span struct {
	Item string `json:"item"`
	From int    `json:"from"`
	To   int    `json:"to"`
}

// A Meter is a figure against its limit. Limit 0 is none. Where a plan does not
// fit, the meters tell of all items at the ladder's floor, so that what is over
// is seen.
type Meter struct {
	Limit   string `json:"limit"` // name of the limit
	Value   int64  `json:"value"`
	Max     int64  `json:"max,omitempty"`
	Subject string `json:"subject,omitempty"` // of which file, item or field, where it is not of all
}

// Over reports whether the figure exceeds its limit.
func (m Meter) Over() bool { return m.Max > 0 && m.Value > m.Max }

// A Reason is why something was done. Its words are under "fit.<code>" in the
// language files of the window and of the bundle. Sizes among the arguments are
// written out ("1.2 MB").
type Reason struct {
	Code string            `json:"code"`
	Args map[string]string `json:"args,omitempty"`
}

// A Way is something that a person can do to make it fit, and what it changes.
type Way struct {
	Reason
	Items []string `json:"items,omitempty"` // what it would leave out or change
	Fits  bool     `json:"fits,omitempty"`  // with it alone all fits
}

// With gives a profile, as Find gives it, with the figures of its pack, which the
// operator may have changed: a limit that is the profile's own stays, every other
// comes from the pack; a value of 0 is none. Types win over the profile's where
// there are any. The profile is not changed.
func (p Profile) With(types []string, limits map[string]Limit) Profile {
	all := make(map[string]Limit, len(p.Limits)+len(limits))
	for name, l := range limits {
		if l.Value > 0 && slices.Contains(Limits(), name) {
			all[name] = l
		}
	}
	for name, l := range p.Limits {
		all[name] = l
	}
	p.Limits = all
	if len(types) > 0 {
		p.Types = slices.Clone(types)
	}
	p.PDFA = all[LimitPDFA].Value > 0
	return p
}

// Max is the figure of a limit; 0 is none.
func (p Profile) Max(limit string) int64 { return p.Limits[limit].Value }

// Takes reports whether the form takes files with an ending, in lower case
// without the point. A form of which no types are known takes all.
func (p Profile) Takes(ending string) bool {
	return len(p.Types) == 0 || slices.Contains(p.Types, ending)
}

// Steps is the ladder within the profile's limits: no step is over the limits of
// resolution and pixels. It has at least one step.
func (p Profile) Steps() []Step {
	steps := slices.Clone(p.Ladder)
	if len(steps) == 0 {
		steps = []Step{{ID: "original"}}
	}
	dpi, pixels := int(p.Max(LimitDPI)), p.Max(LimitPixels)
	for i := range steps {
		if dpi > 0 {
			steps[i].DPI = lower(steps[i].DPI, dpi)
			if steps[i].PageDPI > 0 {
				steps[i].PageDPI = min(steps[i].PageDPI, dpi)
			}
		}
		// A picture whose longer edge squared keeps the limit does so in any shape.
		if edge := root(pixels); edge > 0 {
			steps[i].LongEdge = lower(steps[i].LongEdge, edge)
		}
	}
	return steps
}

// lower is the smaller of a value, of which 0 is none, and a limit.
func lower(value, limit int) int {
	if value == 0 {
		return limit
	}
	return min(value, limit)
}

// root is the largest whole number whose square is not above n.
func root(n int64) int {
	lo, hi := int64(0), int64(1)<<31
	for lo < hi {
		mid := (lo + hi + 1) / 2
		if mid*mid <= n {
			lo = mid
		} else {
			hi = mid - 1
		}
	}
	return int(lo)
}
