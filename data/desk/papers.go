package desk

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"iter"
	"path/filepath"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/bag"
	"casebinder/data/gate"
	"casebinder/data/paper"
	"casebinder/data/reply"
	"casebinder/data/store"
	"casebinder/data/tongue"
)

// MaxPapers is how many orders are printed at once at most.
const MaxPapers = 5000

// cardTemplate is the template of the thank-you card, which a shop may change.
const cardTemplate = "thank_you_card"

var (
	problemPaperMany = data.DefineProblem("paper_many", data.ErrInvalid,
		"{count} orders were chosen; {limit} are printed at once.", "Choose fewer, by a filter or a day.")
	problemPaperLeaflet = data.DefineProblem("paper_leaflet_long", data.ErrInvalid,
		"The text of the leaflet has {count} characters; {limit} are printed.", "Shorten it.")
	problemPaperFile = data.DefineProblem("paper_file", data.ErrInvalid,
		"“{file}” is not the name of a PDF file.", "Give it a name that ends in .pdf.")
	// ProblemPaperGate is a card that breaks a rule of its platform. It is printed
	// all the same where a person is sure of it.
	ProblemPaperGate = data.DefineProblem("paper_gate", data.ErrRefused,
		"The card or leaflet for order {number} must not go out as it is: {why}", "Change the text, or confirm that it is printed anyway.")
	sayPaperUnsure = data.DefinePhrase("paper.language_unsure", "Orders for which the buyer's language is guessed from the country: {count}.")
	howPaperUnsure = data.DefinePhrase("paper.language_unsure.how", "Choose the language if you know it.")
	sayPaperGap    = data.DefinePhrase("paper.gap", "Cards with a missing value ({missing}): {count}.")
	howPaperGap    = data.DefinePhrase("paper.gap.how", "Change the template of the thank-you card, or the order.")
)

// maxLeaflet is how many characters the text of a leaflet may have.
const maxLeaflet = 4000

// PaperRequest says what is printed of which orders.
type PaperRequest struct {
	OrderIDs []int64
	Kind     paper.Kind
	Size     paper.Size
	Language string    // BCP 47; "": the buyer's; of a hand-over note English
	Also     string    // a second language beneath; "": none
	Prices   bool      // of a list
	Address  bool      // of a list
	Four     bool      // four cards on A4
	News     string    // of cards: the text of a leaflet; "": none
	Day      time.Time // of a note: parcels shipped on that day alone; zero: all
	Path     string    // of the PDF; what is there is replaced when the new one is whole
	Keep     bool      // keeps each order's list as evidence of the order
	Sure     bool      // a person lets stand what the gate holds against a card
}

// PaperReport is what was printed.
type PaperReport struct {
	paper.Result
	Path string
	Kept int // lists that were kept as evidence
}

// CheckPapers says what speaks against printing, before a file is chosen: the
// words of each card and leaflet go through the gate. What blocks is a
// ProblemPaperGate, unless the request is sure.
func (d *Desk) CheckPapers(ctx context.Context, r PaperRequest) error {
	if len(r.OrderIDs) > MaxPapers {
		return problemPaperMany.New("count", len(r.OrderIDs), "limit", MaxPapers)
	}
	if n := len([]rune(r.News)); n > maxLeaflet {
		return problemPaperLeaflet.New("count", n, "limit", maxLeaflet)
	}
	if r.Kind != paper.ThankYou || r.Sure {
		return nil
	}
	run := d.paperRun(r)
	for _, err := range run.orders(ctx, nil) {
		if err != nil {
			return err
		}
	}
	return nil
}

// PrintPapers writes papers of orders as one PDF, there whole or not at all, and
// writes into the journal that they were made. Nothing of it is undone.
func (d *Desk) PrintPapers(ctx context.Context, r PaperRequest, p Progress) (PaperReport, error) {
	if len(r.OrderIDs) > MaxPapers || len([]rune(r.News)) > maxLeaflet {
		return PaperReport{}, d.CheckPapers(ctx, r)
	}
	if !strings.EqualFold(filepath.Ext(r.Path), ".pdf") {
		return PaperReport{}, problemPaperFile.New("file", filepath.Base(r.Path))
	}
	if err := madeToLast(filepath.Dir(r.Path)); err != nil {
		return PaperReport{}, err
	}
	run, report := d.paperRun(r), PaperReport{Path: r.Path}
	total := int64(len(r.OrderIDs))
	err := streamWhole(r.Path, true, func(w io.Writer) (err error) {
		o := run.options()
		o.Progress = func(done int64) { p.tell(done, total, "") }
		report.Result, err = paper.Write(ctx, w, run.orders(ctx, nil), o)
		return err
	})
	if err != nil {
		return PaperReport{}, bag.WriteProblem(err, r.Path)
	}
	report.Findings = append(report.Findings, run.findings()...)
	data.SortFindings(report.Findings)
	if err := d.recordPapers(ctx, run, report); err != nil {
		return report, err
	}
	if r.Keep && r.Kind == paper.ParcelList {
		report.Kept, err = d.keepPapers(ctx, run)
	}
	return report, err
}

// printed is what the journal tells of papers.
type printed struct {
	Kind   paper.Kind `json:"kind"`
	Size   paper.Size `json:"size"`
	File   string     `json:"file"`
	Pages  int        `json:"pages"`
	Orders []string   `json:"orders"`
}

func (d *Desk) recordPapers(ctx context.Context, run *paperRun, report PaperReport) error {
	return d.act(ctx, func(context.Context, *store.Tx) (deed, error) {
		return deed{
			Change: data.Change{
				Action: "paper.print", Entity: data.EntityOrder, Key: run.first,
				After: printed{run.r.Kind, run.r.Size, filepath.Base(report.Path), report.Pages, run.numbers},
			},
			effect: data.EffectChanged,
		}, nil
	})
}

// keepPapers takes the list of each order in as its evidence.
func (d *Desk) keepPapers(ctx context.Context, run *paperRun) (kept int, err error) {
	for _, id := range run.r.OrderIDs {
		var file bytes.Buffer
		ids := []int64{id}
		again := d.paperRun(run.r)
		if _, err := paper.Write(ctx, &file, again.orders(ctx, ids), again.options()); err != nil {
			return kept, err
		}
		report, err := d.AddOrderEvidence(ctx, id, []EvidenceFile{{
			Name: bag.SafeName("parcel-list-"+strings.Join(again.numbers, "")) + ".pdf", Bytes: file.Bytes(), Kind: data.KindPacking, Slot: data.SlotParcelList,
			Note: again.words(), CapturedAt: d.now(), Source: "paper",
		}}, nil)
		if err != nil {
			return kept, err
		}
		for _, left := range report.Rejected {
			return kept, left.Reason
		}
		kept += len(report.Added)
	}
	return kept, nil
}

// A paperRun is one printing: what is gathered of the orders on the way.
type paperRun struct {
	d       *Desk
	r       PaperRequest
	rules   *gate.Rules
	card    data.Template
	first   string   // key of the first order
	numbers []string // of all
	unsure  counted
	gaps    counted
	missing string
	passed  map[string]bool // what went through the gate, by platform, language and words
	warned  []data.Finding  // what the gate says and does not block, once a rule
}

// counted counts orders and keeps some of their numbers.
type counted struct {
	n    int
	refs []data.Ref
}

func (c *counted) add(number string) {
	if c.n++; len(c.refs) < maxSilent {
		c.refs = append(c.refs, data.Ref{Kind: "order", ID: number, Label: number})
	}
}

func (d *Desk) paperRun(r PaperRequest) *paperRun {
	return &paperRun{d: d, r: r, passed: map[string]bool{}}
}

func (p *paperRun) options() paper.Options {
	now := p.d.now()
	return paper.Options{
		Kind: p.r.Kind, Size: p.r.Size, Language: p.r.Language, Also: p.r.Also, Prices: p.r.Prices, Address: p.r.Address, Four: p.r.Four, News: p.r.News,
		Only: p.r.Day, Date: now, Zone: now.Location(), Created: now.UTC(), Program: p.d.program(),
	}
}

// words say what was printed, for the note of evidence.
func (p *paperRun) words() string { return fmt.Sprintf("%s, %s", p.r.Kind, p.r.Size) }

// orders gives the orders one after the other, each with its language and card;
// ids nil are all of the request.
func (p *paperRun) orders(ctx context.Context, ids []int64) iter.Seq2[paper.Order, error] {
	if ids == nil {
		ids = p.r.OrderIDs
	}
	return func(yield func(paper.Order, error) bool) {
		for _, id := range ids {
			one, err := p.order(ctx, id)
			if !yield(one, err) || err != nil {
				return
			}
		}
	}
}

func (p *paperRun) order(ctx context.Context, id int64) (paper.Order, error) {
	if err := ctx.Err(); err != nil {
		return paper.Order{}, err
	}
	order, err := p.d.store.Order(ctx, id)
	if err != nil {
		return paper.Order{}, err
	}
	one := paper.Order{Order: *order, Language: p.r.Language}
	p.first = cmp.Or(p.first, store.OrderKey(order.Shop, order.Number))
	p.numbers = append(p.numbers, order.Number)
	if p.r.Kind == paper.HandOver {
		return one, nil
	}
	if one.Language == "" {
		told, err := p.d.languageOf(ctx, order)
		if err != nil {
			return one, err
		}
		one.Language = told.Language
		if !told.Sure || told.Ground == tongue.ByCountry {
			p.unsure.add(order.Number)
		}
	}
	if p.r.Kind == paper.ThankYou {
		return one, p.addCard(ctx, &one)
	}
	return one, nil
}

// addCard fills the card of an order, and sends it through the gate.
func (p *paperRun) addCard(ctx context.Context, one *paper.Order) error {
	if p.rules == nil {
		var err error
		if p.rules, err = p.d.gateRules(ctx); err != nil {
			return err
		}
		if p.card, err = p.d.template(ctx, cardTemplate); err != nil {
			return err
		}
	}
	from, err := p.d.cardFacts(ctx, &one.Order)
	if err != nil {
		return err
	}
	variant, _ := reply.Pick(p.card, one.Language)
	filled, err := reply.Render(variant, from)
	if err != nil {
		return err
	}
	one.Card, one.Language = filled.Text, cmp.Or(variant.Language, one.Language)
	if len(filled.Missing) > 0 {
		p.gaps.add(one.Number)
		p.missing = strings.Join(filled.Missing, ", ")
	}
	if p.r.News != "" {
		if err := p.gate(ctx, one, p.r.News, ""); err != nil {
			return err
		}
	}
	return p.gate(ctx, one, one.Card, one.Language)
}

// cardFacts are what a card is filled from: the order and its shop, and nothing
// of what was written.
func (d *Desk) cardFacts(ctx context.Context, order *data.Order) (from reply.Context, err error) {
	from = reply.Context{Operator: d.Operator(), Now: d.now(), Order: *order, Shop: order.Shop}
	if _, err = d.Setting(ctx, signatureSetting, &from.Signature); err != nil {
		return from, err
	}
	if err = d.addSnippets(ctx, &from); err != nil {
		return from, err
	}
	from.Service, err = d.store.ShopService(ctx, order.Shop.ID)
	return from, err
}

// gate sends words that are to be printed through the gate. Words that differ in
// the order's own facts alone went through it already.
func (p *paperRun) gate(ctx context.Context, one *paper.Order, text, lang string) error {
	plain := text
	own := []string{one.Number, one.Buyer.Name, one.ShipTo.Name}
	for _, item := range one.Items[:min(1, len(one.Items))] {
		own = append(own, item.Title)
	}
	for _, fact := range own {
		if fact != "" {
			plain = strings.ReplaceAll(plain, fact, "")
		}
	}
	key := string(one.Shop.Platform) + "\n" + lang + "\n" + plain
	if p.passed[key] {
		return nil
	}
	about := gate.Context{Language: lang, Buyer: one.Buyer.Name, Own: p.d.ownNames(ctx, &one.Order), Platform: one.Shop.Platform, Orders: []string{one.Number}, Written: p.d.now()}
	if err := p.d.aboutShop(ctx, &one.Order, &about); err != nil {
		return err
	}
	found, err := p.rules.Check(text, about)
	if err != nil {
		return err
	}
	for _, f := range found.Findings {
		if f.Severity == data.Blocking && !p.r.Sure {
			return ProblemPaperGate.New("number", one.Number, "why", f.Why.String())
		}
		p.warn(f)
	}
	p.passed[key] = true
	return nil
}

// warn keeps what the gate says, once a rule.
func (p *paperRun) warn(f data.Finding) {
	for _, known := range p.warned {
		if known.Rule == f.Rule {
			return
		}
	}
	f.Mend = data.Mend{}
	p.warned = append(p.warned, f)
}

func (p *paperRun) findings() []data.Finding {
	list := p.warned
	if p.unsure.n > 0 {
		list = append(list, data.Finding{
			Rule: "paper.language_unsure", Severity: data.Info, Where: p.unsure.refs, Why: sayPaperUnsure.With("count", p.unsure.n), How: howPaperUnsure.With(),
		})
	}
	if p.gaps.n > 0 {
		list = append(list, data.Finding{
			Rule: "paper.gap", Severity: data.Serious, Where: p.gaps.refs, Why: sayPaperGap.With("count", p.gaps.n, "missing", p.missing), How: howPaperGap.With(),
		})
	}
	return list
}
