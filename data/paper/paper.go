package paper

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"iter"
	"slices"
	"time"

	"casebinder/assets"
	"casebinder/data"
	"casebinder/data/pdf"
)

// Kind is what is printed.
type Kind string

// The kinds of papers.
const (
	ParcelList Kind = "parcel-list" // what is in a parcel, for the buyer and for whoever packs it
	HandOver   Kind = "hand-over"   // the parcels that a carrier takes, to be signed
	ThankYou   Kind = "thank-you"   // a card to the buyer
)

// Kinds lists them.
func Kinds() []Kind { return []Kind{ParcelList, HandOver, ThankYou} }

// Size is the size of the paper.
type Size string

// The sizes, in millimeters: 210 x 297, 105 x 148, and that of label printers.
const (
	A4    Size = "a4"
	A6    Size = "a6"
	Label Size = "100x150"
)

// Sizes lists them.
func Sizes() []Size { return []Size{A4, A6, Label} }

// sheet is the geometry of a size.
type sheet struct {
	width, height pdf.Length
	margin        pdf.Length
	text          float64 // size of the text of lists, in points
	card, least   float64 // size of the text of cards: the usual, and the smallest to which it shrinks
	wide          bool    // has room for a column of codes
}

var sheets = map[Size]sheet{
	A4:    {pdf.A4Width, pdf.A4Height, 16 * pdf.MM, 9.5, 17, 9, true},
	A6:    {105 * pdf.MM, 148 * pdf.MM, 7 * pdf.MM, 7.5, 11.5, 7.5, false},
	Label: {100 * pdf.MM, 150 * pdf.MM, 5 * pdf.MM, 7.5, 11.5, 7.5, false},
}

// Options say what is printed, and how.
type Options struct {
	Kind     Kind
	Size     Size
	Language string         // of a note of parcels (BCP 47); papers of an order have the order's own
	Also     string         // a second language that stands beneath the first; "": none
	Prices   bool           // of a list: the price of one unit
	Address  bool           // of a list: who gets it, and where
	Four     bool           // of cards on A4: four to a sheet, with marks to cut along
	News     string         // of cards: a leaflet that follows each card; "": none
	Only     time.Time      // of a note: parcels that were shipped on this day alone; zero: all
	Date     time.Time      // that is printed on a note
	Zone     *time.Location // of Date; nil: UTC
	Created  time.Time      // of the document
	Program  string
	Progress func(orders int64) // hears how many orders are done; may be nil
}

// Order is an order as papers print it.
type Order struct {
	data.Order
	Language string // of its buyer's papers (BCP 47)
	Card     string // the text of its card, whole
}

// Result is what was printed, and what should be known of it.
type Result struct {
	Orders   int
	Papers   int // lists, notes or cards
	Parcels  int // of a note
	Pages    int
	Findings []data.Finding // one a rule, with the orders
}

var (
	problemKind = data.DefineProblem("paper_kind", data.ErrInvalid,
		"“{kind}” cannot be printed on “{size}”.", "Choose one of the papers and sizes offered.")
	problemNone = data.DefineProblem("paper_none", data.ErrInvalid,
		"There is nothing to print: no order was chosen, or none has a parcel of that day.", "Choose orders, or another day.")
)

// Write prints orders into w. An error of the orders ends it.
func Write(ctx context.Context, w io.Writer, orders iter.Seq2[Order, error], o Options) (Result, error) {
	s, ok := sheets[o.Size]
	if !ok || !slices.Contains(Kinds(), o.Kind) {
		return Result{}, problemKind.New("kind", o.Kind, "size", o.Size)
	}
	if o.Zone == nil {
		o.Zone = time.UTC
	}
	if o.Created.IsZero() {
		o.Created = o.Date
	}
	p := newPress(w, s, o)
	if err := p.all(ctx, orders); err != nil {
		return p.result, err
	}
	if p.result.Papers == 0 {
		return p.result, problemNone.New()
	}
	if err := p.doc.Close(); err != nil {
		return p.result, fmt.Errorf("writing the PDF: %w", err)
	}
	p.result.Pages, p.result.Findings = p.doc.Pages(), p.notes.findings()
	return p.result, p.err
}

// A press writes one document.
type press struct {
	sheet
	o      Options
	doc    *pdf.Document
	ts     *pdf.Typesetter
	notes  notes
	result Result
	err    error // the first of typesetting
	order  string

	page  *pdf.Page
	y     pdf.Length
	top   pdf.Length // where the page's body begins
	words *words     // of the paper at hand
	lang  string     // its language
	head  func()     // draws the head of the table that goes on; nil: none
	feet  []*foot    // by page
	foot  *foot      // of the paper at hand
	slot  int        // of cards: the next place on the sheet
}

// foot is what stands below the pages of one paper.
type foot struct {
	first, pages int
	text         string
	words        *words
	lang         string
}

func newPress(w io.Writer, s sheet, o Options) *press {
	fonts := pdf.SharedNotoFonts(assets.FS)
	p := &press{sheet: s, o: o, ts: pdf.NewTypesetter(fonts), words: wordsOf(cmp.Or(o.Language, "en"))}
	title := map[Kind]string{ParcelList: p.words.List, HandOver: p.words.HandOver, ThankYou: "Cards"}[o.Kind]
	p.doc = pdf.New(w, pdf.Options{
		Title: title, Creator: o.Program, Language: cmp.Or(o.Language, "en"), Created: o.Created, Fonts: fonts,
		Width: s.width, Height: s.height, Black: o.Size == Label, Stamp: p.stamp,
	})
	return p
}

// all prints order after order.
func (p *press) all(ctx context.Context, orders iter.Seq2[Order, error]) error {
	var note *handOver
	if p.o.Kind == HandOver {
		note = newHandOver(p)
	}
	for order, err := range orders {
		if err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		p.order = order.Number
		p.standing(&order)
		switch p.o.Kind {
		case ParcelList:
			err = p.lists(ctx, &order)
		case HandOver:
			note.take(&order)
		case ThankYou:
			p.card(&order)
		}
		if err != nil {
			return err
		}
		p.result.Orders++
		if p.o.Progress != nil {
			p.o.Progress(int64(p.result.Orders))
		}
	}
	if note != nil {
		return note.print(ctx)
	}
	return p.err
}

// standing notes what speaks against packing an order.
func (p *press) standing(o *Order) {
	switch o.Status {
	case data.StatusCanceled, data.StatusRefunded:
		p.notes.add(noteCanceled, o.Number)
	case data.StatusUnpaid, data.StatusReview:
		p.notes.add(noteUnpaid, o.Number)
	case data.StatusUnknown, data.StatusToShip, data.StatusShipped, data.StatusDelivered, data.StatusCompleted, data.StatusDisputed:
	}
}

// speak sets the language of the paper at hand.
func (p *press) speak(lang string) {
	p.lang = cmp.Or(lang, "en")
	p.words = wordsOf(p.lang)
	if p.words.Language != p.lang && base(p.words.Language) != base(p.lang) {
		p.notes.add(noteLanguage, p.order, "language", p.lang)
		p.lang = p.words.Language
	}
}

// dated is the day that a note bears: that of its parcels, else the day it is made.
func (o Options) dated() time.Time {
	if !o.Only.IsZero() {
		return o.Only
	}
	return o.Date
}
