package bundle

import (
	"context"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"casebinder/data"
	"casebinder/data/bundle/bag"
	"casebinder/data/bundle/pdf"
)

// A Case is everything that a bundle is made of. The same Case gives the same
// bytes.
type Case struct {
	Language  string         // of the labels: "en", "zh-CN" or "zh-TW"
	Zone      *time.Location // in which times are printed; nil is the shop's. Not time.Local, which differs by machine
	Generated time.Time      // printed as the time of the bundle, and used wherever a time is needed
	Program   string         // name and version of the program
	Prepared  string         // who prepared it; "" is not printed
	Version   int            // 1, 2, ... within the dispute; part of the files' names

	Order    data.Order     // with shop, buyer, items, shipments and tracking events
	Dispute  data.Dispute   // with its events
	Ask      string         // what the seller asks for, in the seller's words
	Messages []data.Message // any order; printed by time
	Exhibits []Exhibit      // in the order in which they are numbered
	Custody  []data.JournalEntry
}

// An Exhibit is a piece of evidence as it stands in the bundle.
type Exhibit struct {
	data.Evidence
	Title string // "" takes the first line of the note, or the kind
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
	Annex    pdf.AnnexOptions // how PDF exhibits are read; give Command for files that are not trusted
	Replace  bool             // an existing bundle under the same name is replaced
	Progress func(Progress)   // called from one goroutine at a time
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

// A Placed exhibit says where an exhibit stands.
type Placed struct {
	Number      int    `json:"exhibit"` // from 1
	Title       string `json:"title"`
	File        string `json:"file"` // below data/ in the bag
	First, Last int    // pages of the PDF
	Exhibit     Exhibit
}

// Rejected is an exhibit that could not be shown on a page. Its original is in
// the bag all the same.
type Rejected struct {
	Number int    // of the exhibit
	Name   string // of the file as it came in
	Reason error  // usually a *data.Problem
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
	Pages     int
	Exhibits  []Placed
	Rejected  []Rejected
	Report    bag.Report // of reading the ZIP back
}

// The problems of an export.
var (
	ProblemCase = data.DefineProblem("bundle_case", data.ErrInvalid,
		"No bundle can be made of this case: {reason}.", "Complete the case and export it again.")
	ProblemOriginal = data.DefineProblem("bundle_original", data.ErrDamaged,
		"The original of exhibit {number}, {name}, is not the file that was taken in: {reason}.",
		"Restore it from a backup, or leave the exhibit out. Nothing was exported.")
	ProblemText = data.DefineProblem("bundle_text", data.ErrInvalid,
		"The file is not text in an encoding that is known here.", "Save it as UTF-8 and add it again; the original stays as it is.")
	ProblemLongText = data.DefineProblem("bundle_long_text", data.ErrLimit,
		"The text is too long to be printed: {size} where {limit} are allowed.", "Add the part that matters as a file of its own.")
)

const (
	maxMessages = 200_000
	maxExhibits = 9_999
)

// check refuses a case of which no honest bundle can be made.
func (c *Case) check() error {
	switch {
	case strings.TrimSpace(c.Order.Number) == "":
		return ProblemCase.New("reason", "the order has no number")
	case c.Generated.IsZero():
		return ProblemCase.New("reason", "it has no time")
	case len(c.Messages) > maxMessages:
		return ProblemCase.New("reason", "it has more than 200,000 messages")
	case len(c.Exhibits) > maxExhibits:
		return ProblemCase.New("reason", "it has more than 9,999 exhibits")
	}
	for _, e := range c.Exhibits {
		if len(e.SHA256) != 64 || e.Size < 0 {
			return ProblemCase.New("reason", "the evidence "+e.Name+" has no fingerprint")
		}
	}
	return nil
}

// name is the name of the bundle's files, without their ending.
func (c *Case) name() string {
	parts := []string{c.Order.Shop.Platform.Title(), c.Order.Number}
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

// title is what an exhibit is called.
func (e Exhibit) title(w *words) string {
	if t := strings.TrimSpace(e.Title); t != "" {
		return oneLine(t)
	}
	first, _, _ := strings.Cut(strings.TrimSpace(e.Note), "\n")
	if first = oneLine(first); first != "" && utf8.RuneCountInString(first) <= 100 {
		return first
	}
	return w.kind(e.Kind)
}

// plan numbers the exhibits and gives their originals names in the bag. Two
// exhibits of one file share it.
func (c *Case) plan(w *words) []Placed {
	var names bag.Namer
	bySum := map[string]string{}
	placed := make([]Placed, len(c.Exhibits))
	for i, e := range c.Exhibits {
		file, known := bySum[e.SHA256]
		if !known {
			file = "originals/" + names.Name(pad(i+1)+"-"+bag.SafeName(oneLine(e.Name)))
			bySum[e.SHA256] = file
		}
		placed[i] = Placed{Number: i + 1, Title: e.title(w), File: file, Exhibit: e}
	}
	return placed
}
