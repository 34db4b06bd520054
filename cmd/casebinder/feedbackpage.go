package main

import (
	"context"
	"fmt"
	"strings"

	"casebinder/data"
	"casebinder/data/desk"
)

// ratingItem is a rating of a page as --json prints it.
type ratingItem struct {
	Stars   int             `json:"stars"`             // 0: the page prints no whole number of them
	Printed string          `json:"printed,omitempty"` // the stars as printed
	Text    string          `json:"text"`
	Reply   string          `json:"reply,omitempty"`
	Buyer   string          `json:"buyer,omitempty"`
	Order   string          `json:"order,omitempty"`
	Product string          `json:"product,omitempty"`
	Details map[string]int  `json:"details,omitempty"`
	Left    string          `json:"left"` // RFC 3339, or the day; "": the page does not tell it
	Fate    desk.RatingFate `json:"fate"` // new, changed, known or left (out)
	Lines   []int           `json:"lines"`
}

// ratingsDetail is what --json says of a page besides its ratings.
type ratingsDetail struct {
	Shop     string        `json:"shop,omitempty"`
	Given    bool          `json:"given"`
	Unread   []ratingsLine `json:"not_understood"`
	Added    int           `json:"added"`
	Changed  int           `json:"changed"`
	Known    int           `json:"known"`
	Findings []string      `json:"findings"`
}

type ratingsLine struct {
	Line int    `json:"line"`
	Text string `json:"text"`
}

// feedbackPasteCommand reads a copied page of ratings.
func feedbackPasteCommand(c *call) func(context.Context) (*result, error) {
	var r desk.RatingsRequest
	var given, received, take bool
	var today, shop, platform string
	c.flags.StringVar(&shop, "shop", "", "`name` of the shop; without it the one of the orders on the page, or the only one")
	c.flags.StringVar(&platform, "platform", "", "`platform` of the shop")
	c.flags.BoolVar(&given, "given", false, "the shop left them for its buyers; without it the page tells")
	c.flags.BoolVar(&received, "received", false, "buyers left them, whatever the page says")
	c.flags.StringVar(&today, "today", "", "the `day` on which it was copied, for “Yesterday” and dates without a year; without it today")
	c.flags.BoolVar(&take, "take", false, "keep the ratings")
	return func(ctx context.Context) (*result, error) {
		if len(c.files) != 1 || given && received {
			return nil, misused("feedback paste needs one file, or - for the standard input; and --given or --received, not both")
		}
		switch {
		case given:
			r.Side = desk.RatingsGiven
		case received:
			r.Side = desk.RatingsReceived
		}
		if today != "" {
			day, err := data.ParseDay(today)
			if err != nil {
				return nil, misused("--today is a day such as 2026-11-30")
			}
			r.Today = day
		}
		from := desk.TalkRequest{}
		if err := sourceOf(ctx, &from, c.files[0]); err != nil {
			return nil, err
		}
		r.Path, r.Text = from.Path, from.Text
		return c.withDesk(ctx, func(d *desk.Desk) (*result, error) {
			one, err := shopNamed(ctx, d, shop, data.Platform(strings.ToLower(platform)))
			if err != nil {
				return nil, err
			}
			r.ShopID = one.ID
			return pasteRatings(ctx, d, r, take)
		})
	}
}

func pasteRatings(ctx context.Context, d *desk.Desk, r desk.RatingsRequest, take bool) (*result, error) {
	page, err := d.PreviewRatings(ctx, r)
	if err != nil {
		return nil, err
	}
	out, items := &result{}, []ratingItem{}
	detail := ratingsDetail{Shop: page.Shop.Name, Given: page.Given, Unread: []ratingsLine{}, Findings: []string{}}
	var words strings.Builder
	for i := range page.Items {
		item := ratingOut(&page.Items[i])
		items = append(items, item)
		fmt.Fprintf(&words, "%s\t%s\t%d\t%s\t%s\t%s\n", item.Fate, orDash(item.Left), item.Stars, orDash(item.Order), orDash(item.Buyer), oneLine(item.Text))
	}
	for _, l := range page.Rest {
		detail.Unread = append(detail.Unread, ratingsLine{l.N, l.Text})
		fmt.Fprintf(&words, "not understood, line %d: %s\n", l.N, oneLine(l.Text))
	}
	detail.Findings = append(detail.Findings, out.tell(page.Findings)...)
	if take {
		report, err := d.TakeRatings(ctx, page)
		if err != nil {
			return out, err
		}
		detail.Added, detail.Changed, detail.Known = report.Added, report.Changed, report.Known
		fmt.Fprintf(&words, "taken: %d, changed: %d, known before: %d, left out: %d\n", report.Added, report.Changed, report.Known, report.Left)
	}
	out.Items, out.Detail, out.words = items, detail, words.String()
	return out, nil
}

func ratingOut(r *desk.RatingItem) ratingItem {
	return ratingItem{
		Stars: r.Feedback.Stars, Printed: r.Printed, Text: r.Text, Reply: r.Reply, Buyer: r.Feedback.BuyerHandle, Order: r.Feedback.OrderNumber,
		Product: r.Product, Details: r.Details, Left: data.JSONTime(r.Feedback.LeftAt), Fate: r.Fate, Lines: []int{r.First, r.Last},
	}
}
