// Package fit says how one set of exhibits fits the form of a platform: which
// file holds what, how large it becomes, and what has to give where it does not
// fit.
//
// Its one rule: a plan is a pure function of a profile and of items that were
// measured before, and every step of it says why. It opens no file.
package fit

import "casebinder/data"

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
// that an operator's override of a pack counts here too.
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

// A Limit is one figure of a form, with where it comes from.
type Limit struct {
	Value      int64  `toml:"value"`
	Source     string `toml:"source"`
	Edition    string `toml:"edition,omitempty"`
	Confidence string `toml:"confidence"` // "confirmed", "third-party" or "unconfirmed", as in the packs
}

// A Profile is what a platform's form takes, and how a bundle is best brought
// into it. Profiles are data: assets/profiles.
type Profile struct {
	ID         string           `toml:"id"`
	Name       string           `toml:"name"`           // English; the gui has words under "profile.<id>"
	Pack       string           `toml:"pack,omitempty"` // policy pack whose upload limits count
	Form       Form             `toml:"form"`
	Types      []string         `toml:"types,omitempty"` // file name endings without the point; a pack's list wins
	Limits     map[string]Limit `toml:"limits,omitempty"`
	Sections   []data.Section   `toml:"sections,omitempty"`   // what is composed, in this order; empty: all
	Categories []Category       `toml:"categories,omitempty"` // of FormCategories
	Ladder     []Step           `toml:"ladder,omitempty"`     // from the best to the floor
	Count      Unit             `toml:"count,omitempty"`      // how the platform counts characters
	Fields     string           `toml:"fields,omitempty"`     // set of text fields to fill: "stripe", "paypal", "ebay"
	Mask       []data.MaskKind  `toml:"mask,omitempty"`       // what is masked unless the operator says otherwise
	ASCIINames bool             `toml:"ascii_names,omitempty"`
	PDFA       bool             `toml:"-"` // from the limit pdf_a
}

// A Category is a slot of a form that takes one file.
type Category struct {
	ID    string              `toml:"id"` // the platform's own name: "shipping_documentation"
	Kinds []data.EvidenceKind `toml:"kinds,omitempty"`
	Parts []data.Section      `toml:"parts,omitempty"` // composed sections that stand in it
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
	PerPicture int    `toml:"per_picture,omitempty"` // pages in a picture: 1, 2 or 4; 0 is 1
	Cited      bool   `toml:"cited,omitempty"`       // of the messages only those that are cited, and their neighbors
}

// Unit is how characters are counted.
type Unit string

// The units.
const (
	UnitRunes Unit = "runes" // Unicode code points
	UnitUTF16 Unit = "utf16" // as a browser's text field counts
	UnitBytes Unit = "bytes" // of UTF-8
)

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
	ID       string // "section:timeline", "exhibit:3"
	Section  data.Section
	Kind     data.EvidenceKind // of an exhibit
	Exhibit  int               // number; 0 for a composed section
	Media    Media
	Cited    bool   // a claim cites it
	Required bool   // the form is pointless without it
	Seconds  int    // of a film
	Ending   string // of the original's name, lower case, without the point
	Bytes    int64  // of the original
	Sizes    []Size // one for each step of the ladder, in order
}

// A Size is how large an item becomes at a step.
type Size struct {
	Bytes int64 // what it adds to a file
	Pages int   // A4 pages; for photos with several on a page, those of the photo alone
}

// A Plan says which file holds what.
type Plan struct {
	Profile  string    `json:"profile"`
	Fits     bool      `json:"fits"`
	Step     int       `json:"step"` // of the ladder
	Files    []File    `json:"files"`
	Meters   []Meter   `json:"meters"`
	Why      []Reason  `json:"why"`                // each decision, in order
	Refused  []Refusal `json:"refused,omitempty"`  // what does not fit
	Ways     []Way     `json:"ways,omitempty"`     // what would make it fit
	Estimate bool      `json:"estimate,omitempty"` // sizes were estimated, not measured
}

// A File is one file to upload.
type File struct {
	Name     string   `json:"name"`
	Type     string   `json:"type"`               // "pdf", "jpg", "png", or the original's ending
	Category string   `json:"category,omitempty"` // of FormCategories
	Items    []string `json:"items"`
	First    int      `json:"first_page,omitempty"` // page numbers run on over the files
	Pages    int      `json:"pages,omitempty"`
	Bytes    int64    `json:"bytes"`
}

// A Meter is a figure against its limit. Limit 0 is none.
type Meter struct {
	Limit   string `json:"limit"` // name of the limit
	Value   int64  `json:"value"`
	Max     int64  `json:"max,omitempty"`
	Subject string `json:"subject,omitempty"` // of which file or field, where it is not of all
}

// Over reports whether the figure exceeds its limit.
func (m Meter) Over() bool { return m.Max > 0 && m.Value > m.Max }

// A Reason is why something was done. Its words are under "fit.<code>" in the
// language files of the window and of the bundle.
type Reason struct {
	Code string            `json:"code"`
	Args map[string]string `json:"args,omitempty"`
}

// A Refusal is an item that does not fit, and why.
type Refusal struct {
	Item   string `json:"item"`
	Reason Reason `json:"reason"`
}

// A Way is something that a person can do to make it fit, and what it changes.
type Way struct {
	Reason
	Items []string `json:"items,omitempty"` // what it would leave out or change
}
