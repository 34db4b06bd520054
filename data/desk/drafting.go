package desk

import (
	"cmp"
	"context"
	"time"

	"casebinder/data"
	"casebinder/data/rating"
	"casebinder/data/reply"
	"casebinder/data/service"
	"casebinder/data/tongue"
)

// DraftRequest asks for a reply: a template in a language, filled from an order.
type DraftRequest struct {
	Template   string // UID
	Language   string // wanted; "" is what the buyer reads; the nearest variant is taken, and said
	Wording    string // "", "short" or "warm"; the plain one is taken where there is none, and said
	Variant    string // UID of a variant; "" picks by language and wording
	OrderID    int64  // 0: no order; all that only an order knows is missing then
	DisputeID  int64
	FeedbackID int64
	Attached   bool              // a file was chosen to go with it
	Extra      map[string]string // values typed for variables that the order lacks
}

// Draft is a filled reply. It may be copied only when Missing is empty.
type Draft struct {
	Text     string
	Template string         // UID
	Variant  string         // UID
	Language string         // of the text
	Wanted   string         // the language that was asked for, or that the buyer reads
	Told     tongue.Answer  // by what the buyer's language is told; zero where one was asked for
	Wording  string         // of the text: "", "short", "warm", or what a template calls its own
	Tone     string         // one of data.BuyerTones, where the seller noted one of the buyer and it chose the wording
	Fallback string         // the language in which it stands in place of the wanted one; "" where it is that
	Exact    bool           // false: there was no variant in the wanted language
	Missing  []string       // variables without a value, such as "tracking.number"
	Open     []string       // variables that may still be chosen: the text is whole without them
	Findings []data.Finding // facts that the template needs, files that go with it, another language
}

var (
	sayFallback = data.DefinePhrase("reply.fallback", "There is no text in the buyer's language ({wanted}): this one is in {language}.")
	howFallback = data.DefinePhrase("reply.fallback.how", "Have it translated, choose another template, or write the text by hand.")
	sayWording  = data.DefinePhrase("reply.wording", "This language has no text in this tone: the plain one is used.")
	sayUnsure   = data.DefinePhrase("reply.language_unsure", "The buyer's language is a guess: {language}.")
	howUnsure   = data.DefinePhrase("reply.language_unsure.how", "Check what the buyer wrote, and choose the language.")
)

// Draft fills a template.
func (d *Desk) Draft(ctx context.Context, r DraftRequest) (Draft, error) {
	template, err := d.template(ctx, r.Template)
	if err != nil {
		return Draft{}, err
	}
	from, err := d.replyFacts(ctx, data.ReplyAbout{OrderID: r.OrderID, DisputeID: r.DisputeID, FeedbackID: r.FeedbackID})
	if err != nil {
		return Draft{}, err
	}
	from.Extra = r.Extra
	if template.Scenario == "feedback" && from.Feedback == nil && from.Order.ID != 0 {
		if from.Feedback, err = d.feedbackBehind(ctx, from.Order.ID, template.UID == "reply_positive"); err != nil {
			return Draft{}, err
		}
	}
	if template.UID == service.TemplateRestock {
		from.Order.Items = service.Resold(from.Order.Items, from.Service.RestockUnits())
	}
	out := Draft{Template: template.UID, Wanted: r.Language}
	if out.Wanted == "" && r.OrderID != 0 {
		if out.Told, err = d.languageOf(ctx, &from.Order); err != nil {
			return Draft{}, err
		}
		out.Wanted = out.Told.Language
	}
	if r.FeedbackID != 0 && r.Language == "" {
		if lang := feedbackLanguage(from.Feedback); lang != "" {
			out.Told, out.Wanted = tongue.Answer{Language: lang, Ground: tongue.ByMessage, Sure: true, Text: from.Feedback.Text}, lang
		}
	}
	if out.Tone, err = d.toneFor(ctx, r, from.Order.Buyer.ID); err != nil {
		return Draft{}, err
	}
	r.Wording = cmp.Or(r.Wording, wordingOf(out.Tone))
	variant, exact, worded := pickVariant(template, r, out.Wanted)
	filled, err := reply.Render(variant, from)
	if err != nil {
		return Draft{}, err
	}
	out.Wording = variant.Label
	out.Text, out.Language, out.Variant, out.Exact = filled.Text, variant.Language, variant.UID, exact
	out.Missing, out.Open = filled.Missing, filled.Open
	if out.Wanted != "" && out.Wanted != variant.Language {
		out.Fallback = variant.Language
	}
	out.Findings = append(out.languageFindings(worded), reply.Checks(template.UID, from, r.Attached)...)
	data.SortFindings(out.Findings)
	return out, nil
}

// feedbackBehind is the newest feedback on an order that is praise, or that is not: what
// a letter about feedback is about. nil where there is none.
func (d *Desk) feedbackBehind(ctx context.Context, orderID int64, praise bool) (*data.Feedback, error) {
	list, err := d.store.FeedbackOfOrder(ctx, orderID)
	for i := len(list) - 1; i >= 0; i-- {
		if (data.Tone(list[i].Stars) == "positive") == praise {
			return &list[i], err
		}
	}
	return nil, err
}

// toneFor is the tone that the seller noted of a buyer, where it chooses the wording:
// an answer in public stands there for all, and who chose a text wants that one.
func (d *Desk) toneFor(ctx context.Context, r DraftRequest, buyerID int64) (string, error) {
	if buyerID == 0 || r.Variant != "" || r.Wording != "" || r.FeedbackID != 0 {
		return "", nil
	}
	accounts, err := d.store.AccountsOf(ctx, buyerID)
	for _, a := range accounts {
		if a.Tone != "" {
			return a.Tone, err
		}
	}
	return "", err
}

// wordingOf is the wording of a tone; the plain one is the formal one.
func wordingOf(tone string) string {
	if tone == data.ToneFormal {
		return reply.LabelPlain
	}
	return tone
}

// feedbackLanguage is the language in which a feedback is written: its answer
// stands below it.
func feedbackLanguage(f *data.Feedback) string {
	if code := tongue.Code(f.Language); code != "" {
		return code
	}
	if lang, sure := tongue.Detect(f.Text); sure {
		return lang
	}
	return ""
}

// languageFindings says where the text is not what was wanted.
func (d *Draft) languageFindings(worded bool) []data.Finding {
	var found []data.Finding
	where := []data.Ref{{Kind: "language", ID: d.Language}}
	if !d.Exact && d.Wanted != "" {
		found = append(found, data.Finding{
			Rule: "reply.fallback", Severity: data.Warning, Where: where,
			Why: sayFallback.With("wanted", d.Wanted, "language", d.Language), How: howFallback.With(),
		})
	}
	if !worded {
		found = append(found, data.Finding{Rule: "reply.wording", Severity: data.Info, Where: where, Why: sayWording.With()})
	}
	if d.Told.Language != "" && !d.Told.Sure {
		found = append(found, data.Finding{
			Rule: "reply.language_unsure", Severity: data.Info, Where: where,
			Why: sayUnsure.With("language", d.Told.Language), How: howUnsure.With(), Mend: data.Mend{Deed: "reply.language", Ref: where[0]},
		})
	}
	return found
}

func pickVariant(t data.Template, r DraftRequest, wanted string) (v data.Variant, exact, worded bool) {
	for _, v := range t.Variants {
		if v.UID == r.Variant {
			return v, true, true
		}
	}
	return reply.PickWording(t, wanted, r.Wording)
}

// messagesLooked is how much of a thread decides what is said next.
const messagesLooked = 20

// replyFacts gathers all that a reply is filled and proposed from.
func (d *Desk) replyFacts(ctx context.Context, about data.ReplyAbout) (reply.Context, error) {
	from := reply.Context{Operator: d.Operator(), Now: d.now()}
	if _, err := d.Setting(ctx, signatureSetting, &from.Signature); err != nil {
		return from, err
	}
	if err := d.addSnippets(ctx, &from); err != nil {
		return from, err
	}
	if about.FeedbackID != 0 {
		feedback, err := d.store.Feedback(ctx, about.FeedbackID)
		if err != nil {
			return from, err
		}
		from.Feedback, from.Shop = &feedback, feedback.Shop
		if about.OrderID == 0 {
			about.OrderID = feedback.OrderID
		}
	}
	if about.OrderID != 0 {
		if err := d.orderFacts(ctx, about.OrderID, &from); err != nil {
			return from, err
		}
	}
	if about.DisputeID != 0 {
		dispute, err := d.store.Dispute(ctx, about.DisputeID)
		if err != nil {
			return from, err
		}
		from.Dispute = dispute
	}
	return from, nil
}

// orderFacts adds an order, how its shop serves, and what was written about it.
func (d *Desk) orderFacts(ctx context.Context, orderID int64, from *reply.Context) error {
	order, err := d.store.Order(ctx, orderID)
	if err != nil {
		return err
	}
	from.Order, from.Shop = *order, order.Shop
	if from.Service, err = d.store.ShopService(ctx, order.Shop.ID); err != nil {
		return err
	}
	if from.Messages, err = d.store.ThreadPage(ctx, orderID, time.Time{}, 0, messagesLooked); err != nil {
		return err
	}
	if from.Said, err = d.store.SaidTemplates(ctx, orderID); err != nil {
		return err
	}
	if from.Rates, err = d.store.Rates(ctx, ""); err != nil {
		return err
	}
	if from.Repeat, err = d.store.BoughtBefore(ctx, order); err != nil {
		return err
	}
	rated, err := d.store.FeedbackOfOrder(ctx, orderID)
	if err != nil {
		return err
	}
	from.Rated = len(rated) > 0
	if until, own := service.ReplyBy(from.Now, false, order.Shop, from.Service); own {
		from.AnswerBy = until
	}
	return nil
}

// Proposal is a template that fits the next letter, and why.
type Proposal struct {
	Template string      // UID
	Name     string      // English; the language files translate "template.<uid>"
	Why      []data.Text // the strongest reason first
}

// ProposeReplies gives up to three templates for the next letter, the best first,
// each with the reasons for it; none that is in the bin.
func (d *Desk) ProposeReplies(ctx context.Context, about data.ReplyAbout) ([]Proposal, error) {
	from, err := d.replyFacts(ctx, about)
	if err != nil {
		return nil, err
	}
	if err := d.ratedFacts(ctx, &from); err != nil {
		return nil, err
	}
	kept, err := d.store.KeptTemplates(ctx)
	if err != nil {
		return nil, err
	}
	var gone []string
	for _, t := range kept {
		if !t.BinnedAt.IsZero() {
			gone = append(gone, t.UID)
		}
	}
	var all []Proposal
	for _, p := range reply.Propose(from, gone...) {
		entry, _ := reply.EntryOf(p.Template) // it proposes built-in ones
		all = append(all, Proposal{Template: p.Template, Name: entry.Name, Why: p.Why})
	}
	return all, nil
}

// ratedFacts adds the bad feedback that lies behind a letter to a buyer, and whether
// its window for a revision is open.
func (d *Desk) ratedFacts(ctx context.Context, from *reply.Context) (err error) {
	if from.Feedback == nil && from.Order.ID != 0 {
		if from.Feedback, err = d.feedbackBehind(ctx, from.Order.ID, false); err != nil {
			return err
		}
		from.Privately = from.Feedback != nil
	}
	if from.Feedback == nil {
		return nil
	}
	v, err := d.Feedback(ctx, from.Feedback.ID)
	for _, w := range v.Windows {
		if w.What == rating.Ask && w.Status == rating.Open {
			from.Revision = w.Why
		}
	}
	return err
}

// TemplateUse counts what became of the messages of each text of a template: sent,
// answered within a week, a dispute opened afterwards.
func (d *Desk) TemplateUse(ctx context.Context) ([]data.TemplateUse, error) {
	return d.store.TemplateUse(ctx)
}
