package importer

import (
	"context"
	"hash/maphash"
	"slices"
	"strings"
	"time"

	"casebinder/data"
)

// The kinds of cases that built-in presets tell apart, in Dispute.Kind: in the
// words of policy packs for the channel where they have one. A preset may name
// others in the same form.
const (
	KindInquiry        = "inquiry"         // between buyer and seller, or a bank asks; nobody decides yet
	KindReturn         = "return"          // a request to send goods back
	KindClaim          = "claim"           // the platform decides
	KindAToZ           = "a-to-z"          // a claim under Amazon's guarantee
	KindSafeT          = "safe-t"          // the seller's claim against Amazon
	KindPayment        = "payment dispute" // eBay's name for what a buyer opens with a bank or payment service
	KindChargeback     = "chargeback"      // the card's bank decides
	KindBankReversal   = "bank reversal"   // the bank of an account takes a debit back
	KindPreArbitration = "pre-arbitration" // first appeal
	KindArbitration    = "arbitration"     // last appeal
)

// Outcome is how a dispute ended, as the seller sees it.
type Outcome string

// The outcomes.
const (
	OutcomeWon       Outcome = "won"       // decided for the seller
	OutcomeLost      Outcome = "lost"      // decided for the buyer
	OutcomeSplit     Outcome = "split"     // each got a part, or the platform paid
	OutcomeAccepted  Outcome = "accepted"  // the seller gave what was asked for
	OutcomeWithdrawn Outcome = "withdrawn" // the buyer took it back
)

// Outcomes lists all outcomes.
func Outcomes() []Outcome {
	return []Outcome{OutcomeWon, OutcomeLost, OutcomeSplit, OutcomeAccepted, OutcomeWithdrawn}
}

// Dispute is a dispute as a file states it. What the file does not say is
// zero; nothing is concluded from what it does not say.
//
// Of the embedded dispute, UID, OrderID, Stage and Waiting are left to the
// desk. Events holds what happened at a time that the file states, oldest
// first, the opening among it; without UID, RecordedAt and Operator.
type Dispute struct {
	OrderNumber string // "" when the file names the payment alone; one of both is there
	PaymentRef  string // transaction or charge at the payment service
	OtherRef    string // another reference of the same payment
	data.Dispute

	// Undated holds what has happened by the file's words at a time that it does
	// not state, in the order in which it must have happened; At is zero.
	Undated []data.CaseEvent

	Kind    string     // KindInquiry ...; "": not said, or in a word that the preset does not know
	Awaits  data.Actor // who must act next, as the file says; "": not said
	Outcome Outcome    // "": none yet, or not said
	Liable  data.Actor // who was found liable; "": not said
	DueDay  bool       // the file gives a day alone as due

	// The platform's own words, as written.
	KindWord, ReasonWord, StatusWord, OutcomeWord, LiableWord, Ruling string

	Protection string     // what the file says of the platform's seller protection
	Buyer      data.Buyer // handle, name and e-mail, as far as the file has them
	SourceTime time.Time  // when the platform wrote this state
	ClosedAt   time.Time
	Extra      map[string]string // columns that no field takes, by their header
	Where      []data.Ref        // the row: file, sheet and row
	Doubts     []data.Finding    // what could not be read for certain; a person should look at it
}

// disputeReader turns rows into disputes.
type disputeReader struct {
	lineReader
	seen map[uint64]*caseRows
}

// caseRows is what the file says of one case in all of its rows.
type caseRows struct {
	line   int       // the row that counts
	source time.Time // when the platform wrote it
	facts  []uint32  // hashes of its cells
	clash  int       // another row that contradicts it; 0: none
	differ int       // the column in which they differ
}

// prepare looks at all rows before the first is given away: two that
// contradict each other are both refused.
func (r *disputeReader) prepare(ctx context.Context, src *Source, in *Inspection, opt Options) error {
	r.seen = map[uint64]*caseRows{}
	opt.Progress = nil
	return r.eachWhole(ctx, src, in, opt, 0, func(rec *record) {
		if is, _ := r.rule(rec); is == RowLeave {
			return
		}
		if d, bad := r.dispute(rec); bad == nil {
			r.note(rec, d)
		}
	})
}

func (r *disputeReader) note(rec *record, d *Dispute) {
	facts, key := r.facts(rec, d)
	have, ok := r.seen[key]
	if !ok {
		r.seen[key] = &caseRows{line: rec.line, source: d.SourceTime, facts: facts}
		return
	}
	if !d.SourceTime.Equal(have.source) && !d.SourceTime.IsZero() && !have.source.IsZero() {
		if d.SourceTime.After(have.source) {
			*have = caseRows{line: rec.line, source: d.SourceTime, facts: facts}
		}
		return
	}
	for i, f := range facts {
		if f != have.facts[i] && have.clash == 0 {
			have.clash, have.differ = rec.line, r.cases.facts[i]
		}
	}
}

// facts hashes the cells that two rows of one case must agree on, and what
// makes them rows of one case: its number, or all of them where there is none.
func (r *disputeReader) facts(rec *record, d *Dispute) (facts []uint32, key uint64) {
	var all maphash.Hash
	all.SetSeed(r.seed)
	for _, i := range r.cases.facts {
		h := maphash.String(r.seed, clean(rec.cell(i), false))
		facts = append(facts, uint32(h))
		maphash.WriteComparable(&all, h)
	}
	if d.CaseNumber != "" {
		return facts, maphash.String(r.seed, d.CaseNumber)
	}
	return facts, all.Sum64()
}

func (r *disputeReader) row(rec *record) error {
	if is, by := r.rule(rec); is == RowLeave {
		return r.reject(rec.line, rec.text, problemNoCase.New("header", r.name(by), "value", clean(rec.cell(by), false)))
	}
	d, bad := r.dispute(rec)
	if bad == nil {
		bad = r.among(rec, d)
	}
	if bad != nil {
		return r.reject(rec.line, rec.text, bad)
	}
	r.sum.Taken++
	if r.sink.Dispute == nil {
		return nil
	}
	return r.sink.Dispute(d)
}

// among says what is wrong with a row beside the others of its case.
func (r *disputeReader) among(rec *record, d *Dispute) *data.Problem {
	_, key := r.facts(rec, d)
	have := r.seen[key]
	switch {
	case have == nil:
		return nil
	case !d.SourceTime.Equal(have.source) && !d.SourceTime.IsZero() && !have.source.IsZero():
		return problemOlderRow.New("line", have.line, "case", d.CaseNumber)
	case have.clash != 0:
		line := have.clash
		if rec.line != have.line {
			line = have.line
		}
		return problemCaseTwice.New("case", d.CaseNumber, "line", line, "header", r.name(have.differ))
	case rec.line != have.line:
		return problemRepeated.New("line", have.line)
	}
	return nil
}

// dispute reads one row.
func (r *disputeReader) dispute(rec *record) (*Dispute, *data.Problem) {
	d := &Dispute{Where: r.place.at(rec.line, "", "")}
	if bad := r.keys(d, rec); bad != nil {
		return nil, bad
	}
	for _, t := range r.cases.texts {
		*t.set(d) = value(rec.cell(t.i), false)
	}
	d.Buyer.Platform = r.shop.Platform
	if bad := r.caseDates(d, rec); bad != nil {
		return nil, bad
	}
	if bad := r.caseAmount(d, rec); bad != nil {
		return nil, bad
	}
	r.kindOf(d)
	d.Events = []data.CaseEvent{{
		Kind: data.EventOpened, Actor: data.ActorBuyer, At: d.OpenedAt, Note: d.Claim, Amount: d.Amount, Due: d.StatedDue,
	}}
	for _, f := range []Field{FieldKind, FieldStatus, FieldOutcome, FieldLiable} {
		r.applyRules(d, f)
	}
	r.reasonOf(d)
	for _, e := range r.extras {
		if text := strings.TrimSpace(rec.cell(e.i)); text != "" {
			if d.Extra == nil {
				d.Extra = map[string]string{}
			}
			d.Extra[e.name] = text
		}
	}
	return d, nil
}

// doubtCase keeps with a dispute what could not be read for certain.
func (r *disputeReader) doubtCase(d *Dispute, why *data.Problem) {
	where := slices.Clip(d.Where)
	if header := why.Args["header"]; header != "" {
		where = append(where, data.Ref{Kind: "column", ID: header})
	}
	d.Doubts = append(d.Doubts, why.Finding(data.Warning, where...))
}
