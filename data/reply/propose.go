package reply

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/service"
)

// Proposal is a template that fits, and why.
type Proposal struct {
	Template string      // UID
	Why      []data.Text // the strongest reason first
	score    float64
}

// most is how many templates are proposed: all others are one search away.
const most = 3

var (
	whyIntent = data.DefinePhrase("reply.why.intent", "The buyer wrote “{phrase}”.")
	whyStage  = data.DefinePhrase("reply.why.stage", "It is for the stage of the dispute.")
	whyReason = data.DefinePhrase("reply.why.reason", "It answers the reason of the dispute.")
	whyCase   = data.DefinePhrase("reply.why.case", "There is an open dispute.")
	whyScan   = data.DefinePhrase("reply.why.scan", "The last scan: “{scan}”.")
	whyStatus = data.DefinePhrase("reply.why.status", "It suits the order's status.")
	whyNotice = data.DefinePhrase("reply.why.notice", "The buyer has not been told of this yet.")
	whyWaits  = data.DefinePhrase("reply.why.waits", "The buyer is waiting for an answer, and no rule recognizes what the message wants.")
)

// situation is all that proposals are told from.
type situation struct {
	c       Context
	known   map[string]string
	status  data.OrderStatus
	intents []Intent
	waits   bool // a message of the buyer has no answer yet
	scan    service.Scan
	scanned string // the last scan's words
	late    bool   // it left long ago and has not arrived
	duty    service.Duty
	taxed   bool // the buyer has to expect duty, and the parcel has not left
}

// lateAfter is when a parcel that left and has not arrived is late, by the
// program's own judgment.
const lateAfter = 25 * 24 * time.Hour

func (c Context) situation() situation {
	s := situation{c: c, known: c.values("en"), status: c.Order.Status}
	if s.status == data.StatusDisputed || s.status == data.StatusUnknown || s.status == "" {
		s.status = s.standing()
	}
	var wanted []string
	for _, m := range slices.Backward(c.Messages) {
		if m.Direction == data.ToBuyer {
			break
		}
		if m.Direction == data.FromBuyer && !m.NoAnswer {
			wanted = append(wanted, m.Text)
		}
	}
	s.waits = len(wanted) > 0
	if !s.waits && c.Dispute != nil {
		wanted = append(wanted, c.Dispute.Claim)
	}
	s.intents = IntentsOf(strings.Join(wanted, "\n"))
	if latest := latestParcel(c.Order); len(latest.Events) > 0 {
		s.scanned = latest.Events[len(latest.Events)-1].Text
		s.scan = service.ScanMeans(s.scanned)
	}
	shipped := c.Order.ShippedAt
	s.late = !shipped.IsZero() && s.known["parcel.delivered"] == "" && c.Now.Sub(shipped) > lateAfter
	waiting := c.Order
	waiting.Status = s.status
	s.duty, s.taxed = service.DutyExpected(&waiting, c.Service, c.Rates, c.Now)
	return s
}

// standing is the status that an order's facts tell.
func (s situation) standing() data.OrderStatus {
	switch {
	case s.known["parcel.delivered"] != "":
		return data.StatusDelivered
	case s.known["parcel.shipped"] != "":
		return data.StatusShipped
	case s.known["order.paid"] != "":
		return data.StatusToShip
	}
	return data.StatusUnpaid
}

// Propose gives up to three templates for the next letter to a buyer, the best
// first, with the reasons: what the buyer last wrote, where order and dispute
// stand, and what was said already. A notice that was sent is not proposed again,
// a template whose facts are not so never, and one that advertises never. gone are
// those in the bin.
func Propose(c Context, gone ...string) []Proposal {
	entries, err := Entries()
	if err != nil { // a test reads the file: it cannot fail at work
		return nil
	}
	s := c.situation()
	var all []Proposal
	for _, e := range entries {
		if p := s.judge(e); p.score > 0 && !slices.Contains(gone, e.UID) {
			all = append(all, p)
		}
	}
	slices.SortStableFunc(all, func(a, b Proposal) int { return cmp.Compare(b.score, a.score) })
	return all[:min(len(all), most)]
}

// judge weighs one template; a score of 0 or less is none.
func (s situation) judge(e Entry) Proposal {
	p := Proposal{Template: e.UID}
	if !s.allowed(e) {
		return p
	}
	s.byWords(e, &p)
	s.byDispute(e, &p)
	s.byFeedback(e, &p)
	s.byStanding(e, &p)
	s.byDuty(e, &p)
	if p.score > 0 && s.said(e.UID) {
		p.score -= 35
	}
	return p
}

// allowed reports whether a template may be proposed at all.
func (s situation) allowed(e Entry) bool {
	return s.reads(e.Audience) && !e.Marketing && e.For(s.c.shop().Platform) && s.timely(e) && s.stands(e) && len(Unmet(e, s.known)) == 0
}

// reads reports whether the next letter is for an audience.
func (s situation) reads(a Audience) bool {
	switch a {
	case ToBuyer:
		return true
	case ToPublic:
		return s.c.Feedback != nil && !s.c.Privately
	case ToPlatform:
		return s.c.Dispute != nil
	case ToCarrier, ToSupplier:
	}
	return false
}

// timely reports whether a template may be written now: a notice, and what is
// written once, not again; no feedback is asked for while something is open.
func (s situation) timely(e Entry) bool {
	if (e.Once || e.Notice != "") && s.said(e.UID) {
		return false
	}
	open := s.waits || s.c.Dispute != nil && s.c.Dispute.Stage != data.StageClosed
	return !e.AsksFeedback || !open
}

// stands reports whether the order stands where the template fits.
func (s situation) stands(e Entry) bool {
	if len(e.Statuses) > 0 && !slices.Contains(e.Statuses, s.status) && !slices.Contains(e.Statuses, s.c.Order.Status) {
		return false
	}
	return len(e.Scans) == 0 || e.Notice == "" || slices.Contains(e.Scans, string(s.scan))
}

func (s situation) said(uid string) bool { return s.known["said."+uid] != "" }

// Unmet lists the facts that a template needs and that are not so.
func Unmet(e Entry, known map[string]string) []Need {
	var unmet []Need
	for _, word := range e.Needs {
		if need, ok := parseNeed(word); ok && (known[need.Variable] != "") == need.Not {
			unmet = append(unmet, need)
		}
	}
	return unmet
}

// fact is what a need asks for, in words: of what is only there or not, that it is.
func (n Need) fact() data.Text {
	if fact, ok := needFacts[n.Variable]; ok {
		return fact.With()
	}
	v := variableNames[n.Variable]
	return data.Text{Key: v.Key, English: v.English}
}

var needFacts = map[string]data.Phrase{
	"feedback.date":  data.DefinePhrase("reply.fact.feedback", "The order has feedback"),
	"dispute.reason": data.DefinePhrase("reply.fact.dispute", "The order has a dispute"),
}

// Checks says what a person should know of a draft of a built-in template: facts
// that it needs and that are not so, and what must go with it. attached: a file was
// chosen.
func Checks(uid string, c Context, attached bool) []data.Finding {
	e, ok := EntryOf(uid)
	if !ok {
		return nil
	}
	var found []data.Finding
	if c.Order.Number != "" {
		for _, need := range Unmet(e, c.values("en")) {
			why, how := sayNeeds, howNeeds
			if need.Not {
				why = sayNeedsNot
			}
			if need.Variable == "feedback.settled" {
				how = howSettle
			}
			found = append(found, data.Finding{
				Rule: "reply.needs", Severity: data.Warning, Where: []data.Ref{{Kind: "variable", ID: need.Variable}},
				Why: why.With("fact", need.fact()), How: how.With(),
			})
		}
		if !e.For(c.shop().Platform) {
			found = append(found, data.Finding{
				Rule: "reply.platform", Severity: data.Serious, Where: []data.Ref{{Kind: "template", ID: uid}},
				Why: sayPlatform.With("platform", c.shop().Platform.Title()), How: howPlatform.With(),
			})
		}
	}
	if len(e.Attach) > 0 && !attached {
		found = append(found, data.Finding{
			Rule: "reply.attach", Severity: data.Blocking, Where: []data.Ref{{Kind: "attachment", ID: e.Attach[0]}},
			Why: sayAttach[e.Attach[0]].With(), How: howAttach.With(), Mend: data.Mend{Deed: "reply.attach", Ref: data.Ref{Kind: "attachment", ID: e.Attach[0]}},
		})
	}
	return found
}

var (
	sayNeeds    = data.DefinePhrase("reply.needs", "This template needs “{fact}”, which is not the case here.")
	sayNeedsNot = data.DefinePhrase("reply.needs_not", "This template must not be used when “{fact}”, which is the case here.")
	howNeeds    = data.DefinePhrase("reply.needs.how", "Choose another template, or check whether the order is up to date.")
	howSettle   = data.DefinePhrase("reply.needs.settle", "Settle the matter with the buyer first, and mark it as settled in the Feedback tab.")
	sayPlatform = data.DefinePhrase("reply.platform", "This template is not for {platform}.")
	howPlatform = data.DefinePhrase("reply.platform.how", "Choose another template: this one breaks a rule of that platform, or makes no sense there.")
	howAttach   = data.DefinePhrase("reply.attach.how", "Choose the file, or dismiss this with a reason.")
	sayAttach   = map[string]data.Phrase{
		"photo":      data.DefinePhrase("reply.attach.photo", "This reply should come with a photo, but none is chosen."),
		"video":      data.DefinePhrase("reply.attach.video", "This reply should come with a video, but none is chosen."),
		"label":      data.DefinePhrase("reply.attach.label", "This reply should come with a return label, but none is chosen."),
		"invoice":    data.DefinePhrase("reply.attach.invoice", "This reply should come with the invoice, but no file is chosen."),
		"customs":    data.DefinePhrase("reply.attach.customs", "This reply should come with the customs papers, but no file is chosen."),
		"proof":      data.DefinePhrase("reply.attach.proof", "This text should come with proof, but no file is chosen."),
		"manual":     data.DefinePhrase("reply.attach.manual", "This reply should come with the manual, but no file is chosen."),
		"size_chart": data.DefinePhrase("reply.attach.size_chart", "This reply should come with the size chart, but no file is chosen."),
	}
)

// byWords counts what the buyer wrote.
func (s situation) byWords(e Entry, p *Proposal) {
	for rank, intent := range s.intents {
		if !slices.Contains(e.Intents, intent.ID) {
			continue
		}
		p.score += []float64{100, 55, 30, 15}[min(rank, 3)]
		if e.Intents[0] == intent.ID {
			p.score += 8 // it is for this first of all
		}
		p.Why = append(p.Why, whyIntent.With("phrase", strings.ReplaceAll(intent.Phrase, "*", "…")))
		break
	}
	switch {
	case len(e.Scans) == 0 || s.scan == service.ScanNone:
	case slices.Contains(e.Scans, string(s.scan)):
		p.score += 35
		p.Why = append(p.Why, whyScan.With("scan", s.scanned))
	default:
		p.score -= 40
	}
	if s.late && p.score > 0 && (slices.Contains(e.Intents, "not_received") || e.UID == "delayed") {
		p.score += 12
	}
	if len(s.intents) == 0 && s.waits && e.UID == fallbackAnswer {
		p.score += 40
		p.Why = append(p.Why, whyWaits.With())
	}
}

// fallbackAnswer is the template that says that a message is being looked at.
const fallbackAnswer = "request_received"

// byDispute counts an open dispute.
func (s situation) byDispute(e Entry, p *Proposal) {
	d := s.c.Dispute
	if d == nil || d.Stage == data.StageClosed {
		return
	}
	switch {
	case slices.Contains(e.Stages, d.Stage):
		p.score += 90
		p.Why = append(p.Why, whyStage.With())
	case slices.Contains(e.Reasons, d.Reason):
		p.score += 70
		p.Why = append(p.Why, whyReason.With())
	case e.Scenario == disputes && len(e.Stages) == 0 && len(e.Reasons) == 0:
		p.score += 25
		if slices.Contains(e.Intents, "case") {
			p.score += 30
		}
		p.Why = append(p.Why, whyCase.With())
	}
}

// dutyTemplate tells of duty before the parcel leaves.
const dutyTemplate = "duty_in_advance"

// byDuty counts what customs will ask of the buyer, where a message unasked is
// allowed.
func (s situation) byDuty(e Entry, p *Proposal) {
	if e.UID != dutyTemplate || !s.taxed || slices.Contains(e.NoticeNot, s.c.shop().Platform) {
		return
	}
	p.score += 10
	if s.duty.Sure {
		p.score += 28
	}
	p.Why = append(p.Why, s.duty.Why...)
}

// byStanding counts where the order stands, least of all.
func (s situation) byStanding(e Entry, p *Proposal) {
	if len(e.Statuses) == 0 {
		return
	}
	if e.Notice != "" && !s.waits && s.c.Dispute == nil && !slices.Contains(e.NoticeNot, s.c.shop().Platform) &&
		(e.Notice != service.NoticeTransit || s.known["parcel.shipped"] != "") {
		p.score += 40
		p.Why = append(p.Why, whyNotice.With())
	}
	if e.Notice == service.NoticeLate && !s.late && !s.waits {
		p.score -= 45
	}
	if e.Notice != "" || len(e.Intents) == 0 || p.score > 0 {
		p.score += 6
		p.Why = append(p.Why, whyStatus.With())
	}
}

// Wanted lists the intents of what the buyer last wrote, or of what a dispute
// claims, said most clearly first.
func Wanted(c Context) []string {
	var ids []string
	for _, i := range c.situation().intents {
		ids = append(ids, i.ID)
	}
	return ids
}
