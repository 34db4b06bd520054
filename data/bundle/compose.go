package bundle

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"sort"
	"time"

	"casebinder/assets"
	"casebinder/data"
	"casebinder/data/bundle/fit"
	"casebinder/data/mask"
	"casebinder/data/pdf"
	"casebinder/data/seal"
)

// env is what all documents of one bundle share.
type env struct {
	c        *Case
	w        *words
	open     Opener
	opts     Options
	fonts    *pdf.Fonts
	placed   []Placed       // by number
	byUID    map[string]int // number of the exhibit of a piece of evidence
	messages []data.Message // by time
	clock    clock          // the seller's
	buyer    clock          // its zone is nil where it is not known
	masker   *mask.Masker   // nil masks nothing
	preview  bool           // small pictures stand for the originals
	log      []byte         // the custody log
	end      seal.Checkpoint

	drawn map[string]error // by fingerprint: what was found of how long a PDF takes to be drawn
}

// newEnv prepares a case that was checked.
func newEnv(ctx context.Context, c *Case, open Opener, opts Options) (*env, error) {
	w, err := loadWords(c.Language)
	if err != nil {
		return nil, err
	}
	e := &env{c: c, w: w, open: open, opts: opts, fonts: pdf.SharedNotoFonts(assets.FS), byUID: map[string]int{}, drawn: map[string]error{}}
	if err := e.masked(ctx); err != nil {
		return nil, err
	}
	e.placed, e.messages = e.c.plan(w), sortedMessages(e.c.Messages)
	for _, p := range e.placed {
		if uid := p.Exhibit.UID; uid != "" {
			e.byUID[uid] = p.Number
		}
	}
	if e.clock.zone, err = zoneOf(c.Zone, c.Order.Shop.Location()); err != nil {
		return nil, err
	}
	if e.buyer.zone, err = zoneOf(c.BuyerZone, nil); err != nil {
		return nil, err
	}
	return e, e.writeLog()
}

func zoneOf(name string, otherwise *time.Location) (*time.Location, error) {
	if name == "" {
		return otherwise, nil
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return nil, ProblemCase.Wrap(err, "reason", "there is no time zone "+name)
	}
	return zone, nil
}

// sortedMessages are the messages by time, those of one time as they came.
func sortedMessages(messages []data.Message) []data.Message {
	list := slices.Clone(messages)
	sort.SliceStable(list, func(i, j int) bool { return earlier(list[i].SentAt, list[j].SentAt) })
	return list
}

// earlier orders times; what has none comes last.
func earlier(a, b time.Time) bool {
	if a.IsZero() || b.IsZero() {
		return !a.IsZero() && b.IsZero()
	}
	return a.Before(b)
}

// A Part is a piece of the bundle as a document of its own, for a platform's
// form. Its exhibits keep their numbers, and its pages run on from First.
type Part struct {
	Title     string         // "" is the bundle's own
	Sections  []data.Section // that are composed; those of Exhibits get their headings anyway
	Exhibits  []int          // numbers
	First     int            // running number of the first page; 0 is 1
	Total     int            // pages of all parts together; 0: of this one
	Compact   bool           // without cover and index, sections flow on
	Step      fit.Step       // of the quality ladder
	PDFA      bool
	Elsewhere map[string]int // running page of a destination in another part
	Spans     map[int]span   // of exhibits that are documents and go on in another part: their own pages here
	Flat      map[int]int    // of exhibits that are documents: dots an inch at which their pages become pictures

	Watch func(item string, written int64) // told when a section or an exhibit begins, and at the end (""), with the bytes so far; nil: nobody
}

// watched tells whoever measures that an item begins.
func (r *renderer) watched(item string) {
	if r.part.Watch != nil {
		r.part.Watch(item, r.doc.Written())
	}
}

// A pageMap says where everything stands, in running page numbers.
type pageMap struct {
	Pages    int
	Dests    map[string]int // by destination: a section's name, exhibitDest, annexDest, messageDest
	Sections map[data.Section]int
	Exhibits map[int]span // by number
	Rejected []Rejected
	Missing  []Rejected // what is shown in part, or is not in the bag
}

// A span of pages, both ends included.
type span struct{ First, Last int }

// A renderer draws one document.
type renderer struct {
	*sheet
	*env
	part     Part
	at       pageMap
	done     int64
	told     bool // what a fingerprint shows
	outlined bool // the contents are drawn

	day     *pdf.Text  // line of the day that the next message begins; nil for none
	gridTop pdf.Length // where the grid of photos on this page begins
}

// composePart writes a part as a PDF.
func composePart(ctx context.Context, out io.Writer, e *env, part Part) (pageMap, error) {
	part.First = max(part.First, 1)
	r := &renderer{env: e, part: part, at: pageMap{Dests: map[string]int{}, Sections: map[data.Section]int{}, Exhibits: map[int]span{}}}
	r.sheet = &sheet{ts: pdf.NewTypesetter(e.fonts), lang: e.w.language, laters: map[int][]later{}, first: part.First}
	title := part.Title
	if title == "" {
		title = e.subject(oneLine(e.c.Order.Number))
	}
	r.doc = pdf.New(out, pdf.Options{
		Title: title, Author: e.c.Order.Shop.Name, Creator: e.c.Program,
		Language: e.w.language, Created: e.c.Generated, Fonts: e.fonts, Stamp: r.stamp,
		Gray: part.Step.Tone == fit.ToneGray, Black: part.Step.Tone == fit.ToneBlack, FirstPage: part.First, PDFA: part.PDFA,
	})
	if part.Compact {
		r.letterhead(title)
	} else {
		r.cover()
		r.index()
	}
	for _, s := range data.Sections() {
		if err := r.compose(ctx, s); err != nil {
			return pageMap{}, err
		}
	}
	r.watched("")
	if err := errors.Join(r.doc.Close(), r.err); err != nil {
		return pageMap{}, fmt.Errorf("writing the PDF: %w", err)
	}
	r.at.Pages = len(r.marks)
	return r.at, ctx.Err()
}

// whole is the part that is the bundle itself.
func (e *env) whole() Part {
	part := Part{Sections: data.Sections()}
	for _, p := range e.placed {
		part.Exhibits = append(part.Exhibits, p.Number)
	}
	return part
}

// step counts an exhibit or message, and stops where the context is done.
func (r *renderer) step(ctx context.Context) error {
	r.done++
	if r.opts.Progress != nil && (r.done%50 == 0 || r.done > int64(len(r.messages))) {
		r.opts.Progress(Progress{StepPages, r.done, int64(len(r.messages) + len(r.placed))})
	}
	if r.err != nil {
		return fmt.Errorf("writing the PDF: %w", r.err)
	}
	return ctx.Err()
}

// holds lists the part's exhibits of a section, by number.
func (r *renderer) holds(s data.Section) []*Placed {
	var list []*Placed
	for _, n := range r.part.Exhibits {
		if n >= 1 && n <= len(r.placed) && r.placed[n-1].Section == s {
			list = append(list, &r.placed[n-1])
		}
	}
	return list
}

// composed reports whether the case has something of its own to say in a
// section, beside exhibits.
func (e *env) composed(s data.Section) bool {
	switch s {
	case data.SectionTimeline, data.SectionOrder:
		return true
	case data.SectionStatement:
		return len(e.c.Statement.Claims) > 0
	case data.SectionShipping:
		return len(e.c.Order.Shipments) > 0
	case data.SectionCommunication:
		return len(e.messages) > 0
	case data.SectionGoods, data.SectionPolicy, data.SectionOther:
	}
	return false
}

// shown reports whether a section stands in this part.
func (r *renderer) shown(s data.Section) bool {
	return slices.Contains(r.part.Sections, s) && r.env.composed(s) || len(r.holds(s)) > 0
}

// compose draws a section: what the case says, then its exhibits.
func (r *renderer) compose(ctx context.Context, s data.Section) error {
	if !r.shown(s) {
		return nil
	}
	own := slices.Contains(r.part.Sections, s) && r.env.composed(s)
	if !own && r.part.Compact && r.left() < roomAlone {
		r.newPage() // the heading stays with the first exhibit
	}
	r.begin(s)
	if own {
		if err := r.draw(ctx, s); err != nil {
			return err
		}
	}
	return r.exhibits(ctx, r.holds(s), !own)
}

// roomAlone is how much of a page an exhibit needs to begin on it below
// something else, where sections flow on.
const roomAlone = bodyHeight * 3 / 5

// draw draws what the case itself says in a section.
func (r *renderer) draw(ctx context.Context, s data.Section) error {
	switch s {
	case data.SectionStatement:
		r.statement()
	case data.SectionTimeline:
		return r.timeline(ctx)
	case data.SectionOrder:
		r.order()
	case data.SectionShipping:
		r.tracking()
	case data.SectionCommunication:
		return r.chat(ctx)
	case data.SectionGoods, data.SectionPolicy, data.SectionOther:
	}
	return ctx.Err()
}

// begin begins a section, and keeps its page.
func (r *renderer) begin(s data.Section) {
	r.watched(sectionItem(s))
	r.now = mark{}
	title := r.w.section(s)
	if r.part.Compact {
		r.need(45 * pdf.MM)
		r.heading(title)
	} else {
		r.section(title)
	}
	r.dest(string(s), r.y-14*pdf.MM)
	r.bookmark(0, title)
	r.at.Sections[s] = r.running()
}

// dest names a height on this page as a place that citations and links lead to.
func (r *renderer) dest(name string, y pdf.Length) {
	r.page.Dest(name, max(y, 0))
	r.at.Dests[name] = r.running()
}

// bookmark marks the page in the outline, its number in the title.
func (r *renderer) bookmark(level int, title string) {
	r.doc.Bookmark(level, r.w.get("bookmark", "title", excerpt(title, 100), "n", itoa(r.running())), r.page.Number()-1, max(r.y-14*pdf.MM, 0))
}

// pageOf is the running page of a destination, in this part or another; 0 where
// there is none.
func (r *renderer) pageOf(dest string) int {
	if n, ok := r.at.Dests[dest]; ok {
		return n
	}
	return r.part.Elsewhere[dest]
}

func exhibitDest(n int) string { return "exhibit-" + itoa(n) }

// annexDest is a page of an exhibit that is a document, from 1.
func annexDest(n, page int) string { return exhibitDest(n) + "-page-" + itoa(page) }

// messageDest is a message by its place in time, from 0.
func messageDest(i int) string { return "message-" + itoa(i+1) }
