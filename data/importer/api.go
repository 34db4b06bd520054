package importer

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"sync"

	"casebinder/data"
)

// Limits of what is read. A file above a limit is refused, never cut.
const (
	MaxTextSize   = 2 << 30   // bytes of a CSV or TSV file, 2 GiB
	MaxSheetSize  = 256 << 20 // bytes of an .xlsx, .ods or .zip file, 256 MiB
	MaxBIFFSize   = 64 << 20  // bytes of an .xls file, which is held in memory, 64 MiB
	MaxRecordSize = 4 << 20   // bytes of one row, 4 MiB
	MaxColumns    = 16384     // columns of a row, as in a spreadsheet
	MaxSheetRows  = 1_048_576 // rows of a sheet, as in a spreadsheet
)

// Target is what the rows of a file become.
type Target string

// The targets.
const (
	TargetOrders   Target = "orders"
	TargetFeedback Target = "feedback"
	TargetMessages Target = "messages"
	TargetDisputes Target = "disputes"

	TargetShipments Target = "shipments" // parcels of orders that the desk has
	TargetProducts  Target = "products"  // listings of what a shop sells
	TargetCosts     Target = "costs"     // what articles and orders cost the shop
)

// Format is the container of a file.
type Format string

// The containers that can be read.
const (
	FormatText Format = "text" // CSV, TSV, whatever its name ends in
	FormatXLSX Format = "xlsx"
	FormatXLS  Format = "xls" // BIFF8, Excel 97 to 2003
	FormatODS  Format = "ods"

	formatZip  Format = "zip" // an archive: its tables are read
	formatGzip Format = "gzip"
)

// A Source is a file to be read. It is read at any place and more than once,
// and never written.
type Source struct {
	Name string // as it is shown and listed in rejections, without its folder
	Size int64  // bytes
	r    io.ReaderAt
	c    io.Closer

	mu   sync.Mutex // the opened spreadsheet is kept
	xlsx *xlsxBook
	xls  *xlsBook
	ods  *odsBook

	packed *archive // what was unpacked of it
}

// NewSource makes a source from anything that can be read at any place.
func NewSource(name string, r io.ReaderAt, size int64) *Source {
	return &Source{Name: name, Size: size, r: r}
}

// Open opens a file as a source. The caller closes it.
func Open(path string) (*Source, error) {
	if err := data.CheckPath(path); err != nil {
		return nil, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, problemOpen.Wrap(err, "file", filepath.Base(path))
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = os.ErrInvalid
	}
	if err != nil {
		f.Close()
		return nil, problemOpen.Wrap(err, "file", filepath.Base(path))
	}
	return &Source{Name: filepath.Base(path), Size: info.Size(), r: f, c: f}, nil
}

// Close closes what Open opened.
func (s *Source) Close() error {
	var errs []error
	if s.packed != nil {
		errs = append(errs, s.packed.close())
	}
	if s.c != nil {
		errs = append(errs, s.c.Close())
	}
	return errors.Join(errs...)
}

// Layout is how a file is laid out: what InspectAs finds, and what a person may
// overrule. In a Layout that is given to InspectAs, a zero field is found out.
type Layout struct {
	Format     Format
	Encoding   string // one of Encodings; "" for sheets
	Separator  rune   // of text: ',', ';', '\t' or '|'
	Sheet      string // of .xlsx, .xls and .ods; "": all that fit
	HeaderLine int    // 1 is the first line of the file or row of the sheet; the header begins here
}

// Column is one column of a file, for the mapping screen.
type Column struct {
	Header  string
	Samples []string // up to five different values, not empty
	Field   Field    // which field it feeds, or is guessed to feed when no preset fits; "" for none
}

// Question is something that the file alone cannot answer.
type Question struct {
	Kind    QuestionKind
	Field   Field  // the first field that it is about
	Header  string // its column
	Example string // a value that can be read in two ways
}

// QuestionKind says what is asked.
type QuestionKind string

// The questions, with the Options field that answers each.
const (
	AskDayFirst QuestionKind = "day_first" // is 03/04/26 the 3rd of April? Options.DayFirst
	AskDecimal  QuestionKind = "decimal"   // is 1,234 more than a thousand? Options.Decimal
	AskCurrency QuestionKind = "currency"  // what currency are the amounts in? Options.Shop.Currency

	AskMinorUnits QuestionKind = "minor_units" // is 1234 of dollars 12.34 or 1,234.00? Options.MinorUnits
)

// Inspection is what InspectAs found out.
type Inspection struct {
	Layout
	Sheets    []string      // of .xlsx, .xls and .ods, in order, the hidden ones last
	Preset    *Preset       // nil: nothing fits, a mapping is needed
	Fits      []*Preset     // every preset that fits, the best first
	Near      *data.Problem // where Preset is nil: the preset that would fit but for its amounts; nil where there is none
	Columns   []Column
	Samples   [][]string // up to ten rows below the header, as read
	Questions []Question // from the first thousand rows

	// Doubts are about the file as a whole: what could not be found out for certain
	// and was taken all the same. Read gives them to Sink.Doubt first.
	Doubts []data.Finding

	// More are further tables of the file that Read reads after the first: other
	// sheets, hidden ones last, and other files of an archive.
	More []Part

	src *Source // the file in an archive that the layout is of; nil: the source itself
}

// A Part is one more table of a file.
type Part struct {
	Layout
	Name   string  // of the sheet or of the file in the archive
	Preset *Preset // that fits its header
	src    *Source
}

// Options says how to read.
type Options struct {
	Preset   *Preset                 // nil: the inspection's
	Shop     data.Shop               // its zone is that of times without one; its currency that of amounts without one
	DayFirst DayFirst                // answers AskDayFirst; "" leaves it to the preset and the file
	Decimal  Decimal                 // answers AskDecimal; "" leaves it to the preset and the file
	Rows     int                     // how many rows of each table are read, for a first look; 0 is all
	Progress func(done, total int64) // bytes; called now and then on the caller's goroutine; may be nil

	MinorUnits MinorUnits // answers AskMinorUnits; "" leaves it to the preset and the file
}

// MinorUnits says whether amounts without a decimal sign are in the minor unit
// of their currency, as 1234 for $12.34.
type MinorUnits string

// The ways to read a whole number as an amount.
const (
	MinorUnitsAsk MinorUnits = "ask" // decided over the whole column where an amount has decimals, else asked
	MinorUnitsYes MinorUnits = "yes"
	MinorUnitsNo  MinorUnits = "no"
)

// DayFirst says whether 03/04/26 is the 3rd of April.
type DayFirst string

// The ways to read a date in digits.
const (
	DayFirstAuto DayFirst = "auto" // decided over the whole column, or asked
	DayFirstYes  DayFirst = "yes"
	DayFirstNo   DayFirst = "no"
)

// Decimal is the sign before the decimals of a number.
type Decimal string

// The signs.
const (
	DecimalAuto  Decimal = "auto" // decided by value and over the whole column, or asked
	DecimalPoint Decimal = "."
	DecimalComma Decimal = ","
)

// Message is a message with the number of the order that it is about, since a
// file knows no other key.
type Message struct {
	OrderNumber string
	data.Message
}

// Sink takes what is read, one at a time, on the caller's goroutine. A nil
// function takes nothing; an error from one ends the reading and is returned
// by Read as it is. What a function is given is its own to keep.
type Sink struct {
	Order    func(*data.Order) error
	Feedback func(*data.Feedback) error
	Message  func(*Message) error
	Dispute  func(*Dispute) error
	Parcel   func(*Parcel) error
	Article  func(*Article) error
	Cost     func(*CostLine) error
	// Refund takes a refund whose payment is not in the file; without it, such a row
	// is rejected.
	Refund func(*Refund) error
	Reject func(data.Rejection) error
	// Doubt is told what was taken and could not be read for certain; one that is
	// Info is no doubt, but worth knowing. One that names no row is about the file as
	// a whole. The doubts of a dispute stay with it.
	Doubt func(data.Finding) error
}

// Summary counts what was read.
type Summary struct {
	Rows     int // below the header, without blank rows and footers
	Taken    int // orders, disputes, feedback, messages, parcels or products given to the sink
	Items    int // of orders
	Rejected int // rows given to Sink.Reject, left-out ones included
	LeftOut  int // rows that are nothing by the preset's own rules (a fee, a payment without a dispute) or repeat another: rejected with a finding that is Info
	Footers  int // rows of the platform's own remarks
	Replaced int // rows with characters that the encoding does not have, taken with U+FFFD in their place and a doubt
	Doubts   int // given to Sink.Doubt
	Refunds  int // given to Sink.Refund
}
