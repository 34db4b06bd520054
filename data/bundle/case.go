package bundle

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"casebinder/data"
	"casebinder/data/bag"
	"casebinder/data/bundle/fit"
	"casebinder/data/mask"
	"casebinder/data/pages"
	"casebinder/data/pdf"
	"casebinder/data/seal"
)

// A Case is everything that a bundle is made of. The same Case gives the same
// bytes, and its JSON is the same Case: a frozen submission is rebuilt from it.
type Case struct {
	Language  string    `json:"language"`             // of the labels: "en", "zh-CN" or "zh-TW"
	Reads     string    `json:"reads,omitempty"`      // of what the seller alone reads, beside the files for a form; "" is Language
	Zone      string    `json:"zone,omitempty"`       // IANA name, in which times are printed; "" is the shop's
	BuyerZone string    `json:"buyer_zone,omitempty"` // IANA name; messages show the buyer's time too where it differs
	Generated time.Time `json:"generated"`            // printed as the time of the bundle, and used wherever a time is needed
	Program   string    `json:"program"`              // name and version of the program
	Prepared  string    `json:"prepared,omitempty"`   // who prepared it; "" is not printed
	Version   int       `json:"version"`              // 1, 2, ... within the dispute; part of the files' names

	Order     data.Order          `json:"order"`              // with shop, buyer, items, shipments and tracking events
	Written   []data.OrderEvent   `json:"written,omitempty"`  // what the seller wrote down of the order and no step of the case tells
	Dispute   data.Dispute        `json:"dispute"`            // with its events; of a complaint about a feedback the zero one
	Feedback  *data.Feedback      `json:"feedback,omitempty"` // that the bundle complains about, instead of a dispute
	Ask       string              `json:"ask,omitempty"`
	Statement data.Statement      `json:"statement,omitzero"`
	Messages  []data.Message      `json:"messages,omitempty"` // any order; printed by time
	Exhibits  []Exhibit           `json:"exhibits,omitempty"` // numbered in this order, section by section
	Erased    []ErasedFile        `json:"erased,omitempty"`   // evidence of which the file was erased
	Mask      []data.MaskKind     `json:"mask,omitempty"`     // what is masked in all that leaves
	Custody   []data.JournalEntry `json:"custody,omitempty"`
	Anchor    string              `json:"anchor,omitempty"` // the end of the desk's whole journal, as seal.AnchorLine writes it; "" is none
}

// An Exhibit is a piece of evidence as it stands in the bundle.
type Exhibit struct {
	data.Evidence
	Title    string         `json:"title,omitempty"`    // "" takes the first line of the note, or the kind
	Proves   string         `json:"proves,omitempty"`   // one line: what it shows
	Section  data.Section   `json:"section,omitempty"`  // "": that of its kind
	Original *data.Evidence `json:"original,omitempty"` // of an edited copy: named by its hash, and never shipped
}

// An ErasedFile was evidence of the case until its file was erased, with personal data
// in it: it is named by its fingerprint alone.
type ErasedFile struct {
	SHA256     string             `json:"sha256"`
	Kind       data.EvidenceKind  `json:"kind"`
	At         time.Time          `json:"erased_at"`
	Ground     data.ErasureGround `json:"ground"`
	ReplacedBy string             `json:"replaced_by_sha256,omitempty"` // the redacted copy that stands for it
}

// An Opener gives the original files. The vault's refusal of a damaged file
// comes through as it is.
type Opener interface {
	// OpenOriginal opens a file by its SHA-256 in lower-case hex and says how many
	// bytes it has.
	OpenOriginal(ctx context.Context, sha256 string) (io.ReadSeekCloser, int64, error)
}

// Options say how a bundle is exported.
type Options struct {
	Annex     pdf.AnnexOptions // how PDF exhibits are read; give Command for files that are not trusted
	Profile   *fit.Profile     // whose form the bundle is fitted to; nil is none
	Key       *seal.Key        // signs the bundle; nil or zero: it is not signed
	TimeStamp bool             // a request for a time stamp is written beside the ZIP
	Viewer    *pages.Viewer    // reads finished pages again; nil where there is none
	CacheDir  string           // of derived pictures; "" keeps none
	Replace   bool             // an existing bundle under the same name is replaced
	Expect    string           // SHA-256 that the ZIP must have, or nothing is published; "" is any
	Progress  func(Progress)   // called from one goroutine at a time

	// Note is told how the path of the folder of unfinished files begins, before
	// that is made (it ends in ".part"), and the folder itself, with the result,
	// before the files get their names. Its error ends the export. It may be nil.
	Note func(work string, done *Result) error
}

// A Step is a part of an export.
type Step string

// The steps of an export, in order.
const (
	StepPages Step = "pages" // writing the PDF; counted in exhibits and messages
	StepBag   Step = "bag"   // writing and reading back the ZIP; counted in bytes
)

// Progress says how far an export is.
type Progress struct {
	Step        Step
	Done, Total int64
}

// A Result says what was exported.
type Result struct {
	Name      string // of the files, without their ending
	PDF       string // path
	PDFSize   int64
	PDFSHA256 string
	ZIP       string // path
	ZIPSize   int64
	ZIPSHA256 string
	Form      FormResult // what was made for the profile's form
	TimeStamp string     // path of the request for a time stamp of the ZIP; "" when none was asked for
	Signer    string     // fingerprint of the key that signed: "SHA256:..."; "" when it is not signed
	Pages     int
	Exhibits  []Placed
	Sections  map[data.Section]int // page on which each section begins
	Unused    []Placed             // exhibits that no claim cites; none where there is no statement
	Rejected  []Rejected           // what could not be shown
	Missing   []Rejected           // what is shown in part, is only listed, or is shown but not in the bag
	Masked    []mask.Found         // what was masked, every occurrence
	Report    bag.Report           // of reading the ZIP back
}

// The problems of an export.
var (
	ProblemCase = data.DefineProblem("bundle_case", data.ErrInvalid,
		"No bundle can be made from this case: {reason}.", "Complete the case and export it again.")
	ProblemOriginal = data.DefineProblem("bundle_original", data.ErrDamaged,
		"The original of exhibit {number}, {name}, is not the file that was taken in: {reason}.",
		"Restore it from a backup, or leave the exhibit out. Nothing was exported.")
	ProblemUnexpected = data.DefineProblem("bundle_unexpected", data.ErrConflict,
		"The bundle came out differently from before: {want} was expected, but it is {now}.", "Export a new version. Nothing was written.")
	ProblemText = data.DefineProblem("bundle_text", data.ErrInvalid,
		"The file is not text in an encoding that is known here.", "Save it as UTF-8 and add it again; the original stays as it is.")
	ProblemLongText = data.DefineProblem("bundle_long_text", data.ErrLimit,
		"The text is too long to be printed: {size} where {limit} are allowed.", "Add the part that matters as a separate file.")
)

const (
	maxMessages = 200_000
	maxExhibits = 9_999
)

// check refuses a case of which no honest bundle can be made.
func (c *Case) check() error {
	switch {
	case strings.TrimSpace(c.Order.Number) == "" && c.Feedback == nil:
		return ProblemCase.New("reason", "the order has no number")
	case c.Generated.IsZero():
		return ProblemCase.New("reason", "it has no time")
	case len(c.Messages) > maxMessages:
		return ProblemCase.New("reason", "it has more than 200,000 messages")
	case len(c.Exhibits) > maxExhibits:
		return ProblemCase.New("reason", "it has more than 9,999 exhibits")
	}
	for _, name := range []string{c.Zone, c.BuyerZone} {
		if _, err := time.LoadLocation(name); err != nil || name == "Local" {
			return ProblemCase.New("reason", "there is no time zone "+name)
		}
	}
	for _, e := range c.Exhibits {
		if len(e.SHA256) != 64 || e.Size < 0 {
			return ProblemCase.New("reason", "the evidence "+e.Name+" has no fingerprint")
		}
	}
	return nil
}

// frozen is the case as its JSON keeps it, so that what is rebuilt from there
// later is the same to the byte.
func (c *Case) frozen() (Case, error) {
	var out Case
	raw, err := json.Marshal(c)
	if err == nil {
		err = json.Unmarshal(raw, &out)
	}
	if err != nil {
		return out, fmt.Errorf("freezing a case: %w", err)
	}
	return out, nil
}

// zone is the one in which times are printed.
func (c *Case) zone() *time.Location {
	if zone, err := zoneOf(c.Zone, c.Order.Shop.Location()); err == nil {
		return zone
	}
	return c.Order.Shop.Location() // a zone that cannot be read is refused before anything is written
}

// name is the name of the bundle's files, without their ending.
func (c *Case) name() string {
	parts := []string{c.Order.Shop.Platform.Title(), c.Order.Number}
	if c.Feedback != nil {
		parts = append(parts, strings.TrimSuffix("feedback-"+data.FormatTime(c.Feedback.LeftAt, c.zone(), time.DateOnly, time.DateOnly), "-"))
	}
	if c.Dispute.CaseNumber != "" && c.Dispute.CaseNumber != c.Order.Number {
		parts = append(parts, "case-"+c.Dispute.CaseNumber)
	}
	for i, p := range parts {
		parts[i] = strings.ReplaceAll(cutRunes(p, 40), " ", "-")
	}
	version := "v" + itoa(max(c.Version, 1))
	name := bag.SafeName(strings.Join(parts, "-"))
	// A dot would be taken for an extension when .pdf is put behind it.
	name = strings.ReplaceAll(name, ".", "_")
	for len(name) > 90 {
		_, n := utf8.DecodeLastRuneInString(name)
		name = name[:len(name)-n]
	}
	return bag.SafeName(name + "-" + version)
}
