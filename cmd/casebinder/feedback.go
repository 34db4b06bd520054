package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/rating"
)

// feedbackItem is a feedback as --json prints it.
type feedbackItem struct {
	ID       string                    `json:"id"`
	Order    string                    `json:"order"`
	Platform data.Platform             `json:"platform"`
	Shop     string                    `json:"shop"`
	Buyer    string                    `json:"buyer"`
	Stars    int                       `json:"stars"`
	Class    string                    `json:"class"`
	Details  map[string]int            `json:"details,omitempty"`
	Text     string                    `json:"text"`
	Language string                    `json:"language,omitempty"`
	Into     string                    `json:"translation,omitempty"`
	State    data.FeedbackState        `json:"state"`
	Given    bool                      `json:"given,omitempty"`
	Left     string                    `json:"left"` // RFC 3339, or a day
	Reply    string                    `json:"reply,omitempty"`
	Settled  string                    `json:"settled,omitempty"`
	Cause    string                    `json:"cause,omitempty"`
	Product  string                    `json:"product,omitempty"`
	Ground   string                    `json:"ground,omitempty"` // of a complaint
	Outcome  string                    `json:"outcome,omitempty"`
	Changes  []feedbackChange          `json:"changes,omitempty"`
	Windows  []windowItem              `json:"windows"`
	Findings []string                  `json:"findings,omitempty"`
	Bundles  []desk.FeedbackSubmission `json:"bundles,omitempty"` // complaints that were bound
}

type feedbackChange struct {
	At    string `json:"at"`
	Stars int    `json:"stars"` // before
	Text  string `json:"text"`
}

// windowItem is what can be done about a feedback.
type windowItem struct {
	What       rating.What     `json:"what"`
	Status     rating.Status   `json:"status"`
	Until      string          `json:"until,omitempty"`
	Left       *int            `json:"days_left,omitempty"`
	Done       string          `json:"done,omitempty"`
	Why        string          `json:"why"`
	Source     string          `json:"source"`
	Edition    string          `json:"edition,omitempty"`
	Confidence data.Confidence `json:"confidence"`
}

func feedbackItemOf(v *desk.FeedbackView) feedbackItem {
	f := &v.Feedback
	item := feedbackItem{
		ID: f.UID, Order: f.OrderNumber, Platform: f.Shop.Platform, Shop: f.Shop.Name, Buyer: f.BuyerHandle, Stars: f.Stars, Class: data.Tone(f.Stars),
		Details: f.Details, Text: f.Text, Language: f.Language, Into: f.Translated.Text, State: f.State, Given: f.Given, Left: data.JSONTime(f.LeftAt),
		Reply: f.Reply, Settled: data.JSONTime(f.SettledAt), Cause: f.Cause, Product: f.Product, Ground: string(f.Complained.Ground), Outcome: f.Complained.Outcome,
	}
	item.Bundles = v.Bundles
	for _, c := range f.Changes {
		item.Changes = append(item.Changes, feedbackChange{data.JSONTime(c.At), c.Stars, c.Text})
	}
	for _, w := range v.Windows {
		one := windowItem{
			What: w.What, Status: w.Status, Until: data.JSONTime(w.Until), Done: data.JSONTime(w.DoneAt), Why: w.Why.String(),
			Source: w.Rule.Source, Edition: w.Rule.Edition, Confidence: w.Rule.Confidence,
		}
		if !w.Until.IsZero() && w.Stands() {
			one.Left = &w.Left
		}
		item.Windows = append(item.Windows, one)
	}
	for _, found := range v.Findings {
		item.Findings = append(item.Findings, found.Why.String())
	}
	return item
}

func feedbackCommand(c *call) func(context.Context) (*result, error) {
	var q data.FeedbackQuery
	limit, since := 100, ""
	c.flags.StringVar(&q.Search, "search", "", "`text` in order number, buyer or text")
	c.flags.IntVar(&limit, "limit", limit, "how many at most; 0 is all")
	oneOf(c, "class", "`class`: positive, neutral or negative", []string{"positive", "neutral", "negative"}, &q.Tone)
	oneOf(c, "state", fmt.Sprintf("`state`: one of %v", data.FeedbackStates()), data.FeedbackStates(), &q.State)
	c.flags.StringVar(&q.Cause, "cause", "", "`cause` that it is put down to")
	c.flags.StringVar(&since, "since", "", "`day` or time from which on it was left, by each shop's clock")
	c.flags.BoolVar(&q.Given, "given", false, "what you left for buyers, instead of what you received")
	c.flags.BoolVar(&q.NoOrder, "no-order", false, "only what belongs to no order of this desk")
	return func(ctx context.Context) (*result, error) {
		if len(c.files) > 0 {
			return nil, misused("feedback takes no arguments; search with --search")
		}
		if limit < 0 {
			return nil, misused("--limit is 0 or more")
		}
		if _, err := parseTime(since, time.UTC); err != nil {
			return nil, err
		}
		return c.withDesk(ctx, func(d *desk.Desk) (*result, error) {
			if causes, err := d.FeedbackCauseList(ctx); err != nil || q.Cause != "" && !slices.Contains(causes, q.Cause) {
				return nil, cmp.Or(err, misused("--cause is one of "+strings.Join(causes, ", ")))
			}
			ids, err := d.FeedbackIDsSince(ctx, q, func(zone *time.Location) (time.Time, error) { return parseTime(since, zone) })
			if err != nil {
				return nil, err
			}
			if limit > 0 {
				ids = ids[:min(limit, len(ids))]
			}
			out := &result{}
			return out, c.stream(out, func(w *itemWriter) error { return w.feedbacks(ctx, d, ids) })
		})
	}
}

func (w *itemWriter) feedbacks(ctx context.Context, d *desk.Desk, ids []int32) error {
	for _, id := range ids {
		v, err := d.Feedback(ctx, int64(id))
		if err != nil {
			return err
		}
		if w.json {
			err = w.encode(feedbackItemOf(&v))
		} else {
			_, err = fmt.Fprintln(w, feedbackLine(&v))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func feedbackLine(v *desk.FeedbackView) string {
	f := &v.Feedback
	zone := f.Shop.Location()
	var windows []string
	for _, w := range v.Windows {
		if w.Stands() {
			windows = append(windows, strings.Join(notEmpty(string(w.What), data.Stamp(w.Until, zone)), " until "))
		}
	}
	line := fmt.Sprintf("%s\t%s\t%d\t%s\t%s\t%s\t%s", data.Stamp(f.LeftAt, zone), orDash(f.OrderNumber), f.Stars, f.State, orDash(strings.Join(windows, ", ")), f.UID, oneLine(f.Text))
	for _, found := range v.Findings {
		if found.Severity.Rank() <= data.Warning.Rank() {
			line += "\n\t! " + findingWords(found)
		}
	}
	return line
}

func feedbackAddCommand(c *call) func(context.Context) (*result, error) {
	var f data.Feedback
	var at, stars, platform string
	number, shop := new(string), new(string)
	c.flags.StringVar(number, "order", "", "`number` of the order; with --platform and --shop it may be one that is not in the desk, or none")
	c.flags.StringVar(shop, "shop", "", "`name` of the shop")
	c.flags.StringVar(&platform, "platform", "", "`platform` of the shop, where the order is not in the desk")
	c.flags.StringVar(&stars, "stars", "", "how many stars: 1, 2, 3, 4 or 5")
	c.flags.StringVar(&f.Text, "text", "", "what the buyer wrote, in the buyer's `words`")
	c.flags.StringVar(&f.Language, "language", "", "`language` of the text, such as de")
	c.flags.StringVar(&at, "at", "", "`time` or day when it was left; without it now")
	c.flags.StringVar(&f.BuyerHandle, "buyer", "", "the buyer's `account`, where no order tells it")
	c.flags.StringVar(&f.Product, "product", "", "`SKU` or title that it is about")
	c.flags.BoolVar(&f.Given, "given", false, "you left it for the buyer")
	return func(ctx context.Context) (*result, error) {
		if *number == "" && platform == "" || stars == "" || len(c.files) > 0 {
			return nil, misused("feedback add needs --order and --stars, or --platform, --shop and --stars")
		}
		n, err := desk.ParseStars(stars)
		if err != nil {
			return nil, err
		}
		f.Stars = n
		return c.withDesk(ctx, func(d *desk.Desk) (*result, error) {
			f.OrderNumber = *number
			if platform != "" {
				f.Shop, err = shopNamed(ctx, d, *shop, data.Platform(strings.ToLower(platform)))
			} else {
				var order data.Order
				order, err = findOrder(ctx, d, *number, *shop)
				f.Shop, f.OrderNumber = order.Shop, order.Number
			}
			if err != nil {
				return nil, err
			}
			if f.LeftAt, err = parseTime(at, f.Shop.Location()); err != nil {
				return nil, err
			}
			added, err := d.PutFeedback(ctx, f)
			if err != nil {
				return nil, err
			}
			v, err := d.Feedback(ctx, added.ID)
			out := &result{ID: added.UID, words: added.UID}
			out.tell(v.Findings)
			return out, err
		})
	}
}

func feedbackSetCommand(c *call) func(context.Context) (*result, error) {
	var w desk.FeedbackDeed
	var at, stars, reason string
	c.flags.StringVar(&reason, "reason", "", "`why` what the check of replies objects to in a reply is let stand; without it such a reply is refused")
	c.flags.StringVar((*string)(&w.Kind), "did", "", "what happened: reply, settle, ask, revise, complain, decide, cause, close, reopen or translate")
	c.flags.StringVar(&at, "at", "", "`time` or day when it happened; without it now")
	c.flags.StringVar(&w.Text, "text", "", "the `words` of a reply, a revision or a translation")
	c.flags.StringVar(&w.By, "by", "", "`who` translated")
	c.flags.StringVar(&stars, "stars", "", "stars after a revision")
	c.flags.StringVar((*string)(&w.Ground), "ground", "", "`ground` of a complaint: irrelevant, abusive, private_data, competitor, extortion or other")
	c.flags.StringVar(&w.Outcome, "outcome", "", "what the platform did: removed or kept")
	c.flags.StringVar(&w.Cause, "cause", "", "`cause`; with --sure a new one joins the list")
	c.flags.StringVar(&w.Product, "product", "", "`SKU` or title that the cause is about")
	c.flags.BoolVar(&w.Sure, "sure", false, "write it down although its window is over or its proof lacks")
	return func(ctx context.Context) (*result, error) {
		if w.Kind == "" || len(c.files) != 1 {
			return nil, misused("feedback set needs --did and the id of a feedback")
		}
		if !slices.Contains(desk.FeedbackDeedKinds(), w.Kind) {
			return nil, misused("--did is reply, settle, ask, revise, complain, decide, cause, close, reopen or translate")
		}
		return c.withDesk(ctx, func(d *desk.Desk) (*result, error) {
			f, err := d.FindFeedback(ctx, c.files[0])
			if err != nil {
				return nil, err
			}
			if w.At, err = parseTime(at, f.Shop.Location()); err != nil {
				return nil, err
			}
			if stars != "" {
				if w.Stars, err = desk.ParseStars(stars); err != nil {
					return nil, err
				}
			}
			if reason != "" && w.Kind == desk.FeedbackReply {
				if err := d.LetAnswerStand(ctx, f.ID, w.Text, reason); err != nil {
					return nil, err
				}
			}
			if f, err = d.WriteFeedback(ctx, f.ID, w); err != nil {
				return nil, err
			}
			v, err := d.Feedback(ctx, f.ID)
			if err != nil {
				return nil, err
			}
			out := &result{Items: []feedbackItem{feedbackItemOf(&v)}, words: feedbackLine(&v) + "\n"}
			out.tell(v.Findings)
			return out, nil
		})
	}
}

// feedbackProofCommand keeps files with a feedback.
func feedbackProofCommand(c *call) func(context.Context) (*result, error) {
	var note, kind string
	c.flags.StringVar(&note, "note", "", "`words` on what the files show")
	c.flags.StringVar(&kind, "kind", string(data.KindScreenshot), "`kind` of evidence, such as photo or screenshot")
	return func(ctx context.Context) (*result, error) {
		if len(c.files) < 2 {
			return nil, misused("feedback proof needs the id of a feedback and files")
		}
		return c.withDesk(ctx, func(d *desk.Desk) (*result, error) {
			f, err := d.FindFeedback(ctx, c.files[0])
			if err != nil {
				return nil, err
			}
			var files []desk.EvidenceFile
			for _, path := range c.files[1:] {
				files = append(files, desk.EvidenceFile{Path: path, Kind: data.EvidenceKind(kind), Note: note, Source: "command"})
			}
			report, err := d.AddFeedbackEvidence(ctx, f.ID, files, nil)
			if err != nil {
				return nil, err
			}
			for _, r := range report.Rejected {
				return nil, r.Reason
			}
			return &result{words: fmt.Sprintf("%d", len(report.Added))}, nil
		})
	}
}

// feedbackBundleCommand binds a complaint.
func feedbackBundleCommand(c *call) func(context.Context) (*result, error) {
	var r desk.BundleRequest
	var ground data.ComplaintGround
	var mask string
	c.flags.StringVar(&mask, "mask", "", "`kinds` of personal data that are masked in text, with commas: name, address, phone, email, payment")
	c.flags.StringVar(&r.Dir, "out", "", "`folder` for the PDF and the ZIP")
	c.flags.StringVar(&r.Language, "language", "en", "`language` of the bundle's own words: en, zh-CN or zh-TW")
	c.flags.StringVar((*string)(&ground), "ground", "", "`ground` of the complaint, where it is not written down yet")
	return func(ctx context.Context) (*result, error) {
		if len(c.files) != 1 || r.Dir == "" {
			return nil, misused("feedback bundle needs the id of a feedback and --out")
		}
		var err error
		if r.Mask, err = maskKinds(mask); err != nil {
			return nil, err
		}
		return c.withDesk(ctx, func(d *desk.Desk) (*result, error) {
			f, err := d.FindFeedback(ctx, c.files[0])
			if err != nil {
				return nil, err
			}
			made, err := d.ExportFeedback(ctx, f.ID, ground, r, nil)
			if err != nil {
				return nil, err
			}
			return &result{Path: made.BagPath, words: made.BagPath}, nil
		})
	}
}

// summaryItem is a time of the summary, as --json prints it.
type summaryItem struct {
	Months   int                  `json:"months"` // 0: all time
	Span     string               `json:"span"`
	Last     string               `json:"last_day,omitempty"` // that counts, of each time
	Stars    [5]int               `json:"stars"`              // with 1, 2, 3, 4 and 5 stars
	Positive int                  `json:"positive"`
	Neutral  int                  `json:"neutral"`
	Negative int                  `json:"negative"`
	Base     int                  `json:"base"`
	Rates    map[string]float64   `json:"rates"` // one that cannot be told is not there
	Mean     float64              `json:"mean_stars"`
	Left     map[string]int       `json:"left_out"` // how many do not count, by why
	Details  []data.DetailAverage `json:"details,omitempty"`
}

func feedbackSummaryCommand(c *call) func(context.Context) (*result, error) {
	shop := c.flags.String("shop", "", "`name` of the shop; without it all")
	return func(ctx context.Context) (*result, error) {
		if len(c.files) > 0 {
			return nil, misused("feedback summary takes no arguments")
		}
		return c.withDesk(ctx, func(d *desk.Desk) (*result, error) {
			one, err := shopNamed(ctx, d, *shop, "")
			if err != nil {
				return nil, err
			}
			sum, err := d.FeedbackSummary(ctx, one.ID)
			if err != nil {
				return nil, err
			}
			var items []summaryItem
			var lines strings.Builder
			last := ""
			if sum.Last == (data.Day{}) {
				lines.WriteString("Up to the end of yesterday, by each shop's clock\n")
			} else {
				last = sum.Last.String()
				fmt.Fprintf(&lines, "Up to the end of %s\n", last)
			}
			lines.WriteString("time\tpositive\tneutral\tnegative\tpositive rate\n")
			for i := range sum.Spans {
				s := &sum.Spans[i]
				item := summaryItem{
					Months: s.Months, Span: spanWords(s.Months), Last: last, Stars: s.Stars, Positive: s.Positive, Neutral: s.Neutral, Negative: s.Negative, Base: s.Base(), Mean: s.Mean(),
					Rates: map[string]float64{}, Left: map[string]int{}, Details: s.Details,
				}
				for _, class := range []string{"positive", "neutral", "negative"} {
					if rate, ok := s.Rate(class); ok {
						item.Rates[class] = rate
					}
				}
				for _, l := range s.Left {
					item.Left[l.Why.String()] = l.N
				}
				items = append(items, item)
				fmt.Fprintf(&lines, "%s\t%d\t%d\t%d\t%s\n", item.Span, s.Positive, s.Neutral, s.Negative, rateWords(s))
			}
			return &result{Items: items, words: lines.String()}, nil
		})
	}
}

func spanWords(months int) string {
	switch months {
	case 0:
		return "all time"
	case 1:
		return "1 month"
	}
	return fmt.Sprintf("%d months", months)
}

func rateWords(s *desk.FeedbackSpan) string {
	rate, ok := s.Rate("positive")
	if !ok {
		return "n/a"
	}
	return fmt.Sprintf("%.1f %%", rate*100)
}
