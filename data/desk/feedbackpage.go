package desk

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/ratedpage"
)

// RatingsRequest asks to read a page of ratings that was copied as text.
type RatingsRequest struct {
	Text   string // that was pasted; or
	Path   string // of a text file
	ShopID int64  // whose ratings they are; 0: that of the orders on the page, or the only shop
	Side   RatingsSide
	Today  data.Day // on which it was copied; zero: today
}

// RatingsSide says who left the ratings of a page.
type RatingsSide string

// The sides; "" is what the page says, and received where it says nothing.
const (
	RatingsReceived RatingsSide = "received"
	RatingsGiven    RatingsSide = "given"
)

// RatingFate says what becomes of a rating of a page.
type RatingFate string

// The fates.
const (
	RatingNew     RatingFate = "new"
	RatingChanged RatingFate = "changed" // the desk has it with other stars or words, or without its answer
	RatingKnown   RatingFate = "known"
	RatingLeft    RatingFate = "left" // a person leaves it out, or it cannot be taken
)

// RatingItem is a rating that was found on a page.
type RatingItem struct {
	ratedpage.Rating
	Feedback data.Feedback // as it would be kept
	Fate     RatingFate
	Leave    bool // a person leaves it out

	before data.Feedback // that the desk has; ID 0: none
	barred bool          // it cannot be taken: its day or its order says so
}

// SetStars gives a rating the stars that a person read off the page.
func (r *RatingItem) SetStars(stars int) { r.Stars, r.Printed, r.Word = stars, "", false }

// RatingsPage is a page of ratings as it was read, for a person to look at before
// they are kept.
type RatingsPage struct {
	Request  RatingsRequest
	Shop     data.Shop // whose they are; ID 0: nobody said
	Given    bool
	Items    []RatingItem // in the order of the page
	Rest     []ratedpage.Line
	Findings []data.Finding

	told []data.Finding // of the page alone
}

// Count says how many ratings have a fate.
func (p *RatingsPage) Count(fate RatingFate) int {
	n := 0
	for i := range p.Items {
		if p.Items[i].Fate == fate {
			n++
		}
	}
	return n
}

var (
	problemRatingsShop = data.DefineProblem("ratings_without_shop", data.ErrInvalid,
		"The shop that the ratings belong to is missing.", "Choose the shop.")
	problemNoRatings = data.DefineProblem("ratings_nothing_new", data.ErrInvalid,
		"There is no new rating on this page.", "Read what is said about it: the ratings are already known, lack their stars, or none was recognized.")

	foundRatingsKnown = talkFound("ratings.known",
		"Ratings that the desk has already: {n}. They are not taken again.",
		"Nothing is to be done.")
	foundRatingsChanged = talkFound("ratings.changed",
		"Ratings that the desk has with other stars, words or answers: {n}. What they were before is kept.",
		"Check whether the page is the newer one.")
	foundRatingsFuture = talkFound("ratings.future",
		"Ratings that are dated in the future: {n}. They are left out.",
		"Check whether the page writes day or month first, and whether the computer's clock is right.")
	foundRatingsEarly = talkFound("ratings.before_order",
		"Ratings that are dated before their order was placed: {n}. They are left out.",
		"Check whether the page writes day or month first, and whether the number is that of another order.")
	foundRatingsNoOrder = talkFound("ratings.no_order",
		"Ratings whose order is not in this desk, or that name none: {n}.",
		"They are kept anyway. Import the orders, or write the order's number into each later.")
	foundRatingsShop = talkFound("ratings.no_shop",
		"The page does not say which shop the ratings belong to.",
		"Choose the shop.")
	foundRatingsErased = talkFound("ratings.erased",
		"Ratings on orders of which the personal data was erased later: {n}. They are left out.",
		"Nothing is to be done.")
)

// PreviewRatings reads a page of ratings and says what would be kept. It keeps
// nothing.
func (d *Desk) PreviewRatings(ctx context.Context, r RatingsRequest) (RatingsPage, error) {
	page := RatingsPage{Request: r}
	if r.Path != "" {
		text, guess, err := pageText(r.Path)
		if err != nil {
			return page, err
		}
		page.Request.Text = text
		if guess != "" {
			page.told = append(page.told, foundGuess.finding(data.Warning, "encoding", guess))
		}
	}
	text := page.Request.Text
	switch {
	case strings.TrimSpace(text) == "":
		return page, problemPageEmpty.New()
	case len(text) > ratedpage.MaxPage:
		return page, problemPageLarge.New("limit", sizeOf(ratedpage.MaxPage))
	}
	read := ratedpage.Split(text, ratedpage.Hints{Zone: time.UTC, Today: d.now()})
	if err := d.shopOfRatings(ctx, &page, &read); err != nil {
		return page, err
	}
	zone := page.Shop.Location()
	today := d.now().In(zone)
	if r.Today != (data.Day{}) {
		today = time.Date(r.Today.Year, r.Today.Month, r.Today.Day, 23, 59, 0, 0, zone)
	}
	read = ratedpage.Split(text, ratedpage.Hints{Zone: zone, Today: today})
	page.Given = r.Side == RatingsGiven || r.Side == "" && read.Given
	page.Rest, page.told = read.Rest, append(page.told, read.Findings...)
	for _, one := range read.Ratings {
		page.Items = append(page.Items, RatingItem{Rating: one})
	}
	return page, d.CompareRatings(ctx, &page)
}

// IsRatingsPage reports whether a text looks like a copied page of ratings: one that
// has its stars, and its order or its day.
func IsRatingsPage(text string, now time.Time) bool {
	if len(text) > ratedpage.MaxPage {
		return false
	}
	read := ratedpage.Split(text, ratedpage.Hints{Zone: time.UTC, Today: now})
	return slices.ContainsFunc(read.Ratings, func(r ratedpage.Rating) bool {
		return (r.Stars > 0 || r.Printed != "") && (r.Order != "" || !r.At.IsZero())
	})
}

// shopOfRatings finds whose ratings a page holds: of the shop that was asked for, of
// the one that has an order on the page, or of the only one.
func (d *Desk) shopOfRatings(ctx context.Context, page *RatingsPage, read *ratedpage.Page) error {
	if id := page.Request.ShopID; id != 0 {
		shop, err := d.store.ShopByID(ctx, id)
		page.Shop = shop
		return err
	}
	shops, err := d.store.Shops(ctx)
	if err != nil {
		return err
	}
	if len(shops) == 1 {
		page.Shop = shops[0]
		return nil
	}
	for i := range read.Ratings {
		for _, shop := range shops {
			if read.Ratings[i].Order == "" {
				break
			}
			_, err := d.store.OrderID(ctx, shop.ID, read.Ratings[i].Order)
			if err == nil {
				page.Shop = shop
				return nil
			}
			if !errors.Is(err, data.ErrNotFound) {
				return err
			}
		}
	}
	return nil
}

// CompareRatings says anew what becomes of each rating of a page, after a person gave
// one its stars or left it out.
func (d *Desk) CompareRatings(ctx context.Context, page *RatingsPage) error {
	c := ratingsCompared{desk: d, page: page, taken: map[int64]bool{}, fresh: map[string]bool{}}
	for i := range page.Items {
		if err := c.item(ctx, &page.Items[i]); err != nil {
			return err
		}
	}
	page.Findings = slices.DeleteFunc(slices.Clone(page.told), func(f data.Finding) bool { return !c.stands(f.Rule) })
	if page.Shop.ID == 0 && len(page.Items) > 0 {
		page.Findings = append(page.Findings, foundRatingsShop.finding(data.Warning))
	}
	for _, told := range []struct {
		n        int
		of       talkFinding
		severity data.Severity
	}{
		{page.Count(RatingKnown), foundRatingsKnown, data.Info},
		{page.Count(RatingChanged), foundRatingsChanged, data.Warning},
		{c.future, foundRatingsFuture, data.Warning},
		{c.early, foundRatingsEarly, data.Warning},
		{c.erased, foundRatingsErased, data.Info},
		{c.noOrder, foundRatingsNoOrder, data.Info},
	} {
		if told.n > 0 {
			page.Findings = append(page.Findings, told.of.finding(told.severity, "n", told.n))
		}
	}
	return nil
}

// ratingsCompared compares the ratings of a page with the desk.
type ratingsCompared struct {
	desk  *Desk
	page  *RatingsPage
	taken map[int64]bool  // feedback of the desk that a rating of the page is
	fresh map[string]bool // what the page holds already, in so many words

	future, early, erased, noOrder int
}

// stands reports whether what was said of a page is true still: a person may have
// given stars since.
func (c *ratingsCompared) stands(rule string) bool {
	return rule != "rated.no_stars" || slices.ContainsFunc(c.page.Items, func(r RatingItem) bool { return r.Stars == 0 })
}

func (c *ratingsCompared) item(ctx context.Context, r *RatingItem) error {
	shop := c.page.Shop
	r.before, r.barred, r.Fate = data.Feedback{}, false, RatingNew
	f := data.Feedback{
		Shop: shop, OrderNumber: r.Order, BuyerHandle: r.Buyer, Stars: r.Stars, Text: r.Text, Reply: r.Reply, Product: r.Product,
		Details: r.Details, Given: c.page.Given, LeftAt: leftAt(&r.Rating), State: data.FeedbackNew,
	}
	switch {
	case f.Given:
		f.State = data.FeedbackDone
	case f.Reply != "":
		f.State = data.FeedbackReplied
	}
	if err := c.order(ctx, r, &f); err != nil {
		return err
	}
	near, err := c.desk.store.FeedbackNear(ctx, &f)
	if err != nil {
		return err
	}
	if known := c.same(&f, near); known != nil {
		c.taken[known.ID], r.before = true, *known
		c.merge(&f, known, r)
		r.Fate = RatingChanged
		if sameFeedback(f, *known) {
			r.Fate = RatingKnown
		}
	} else if key := strings.Join([]string{f.OrderNumber, f.BuyerHandle, f.Product, f.Text, data.JSONTime(f.LeftAt), strconv.Itoa(f.Stars)}, "\x00"); c.fresh[key] {
		r.Fate = RatingKnown // pasted twice in one
	} else {
		c.fresh[key] = true
		if f.OrderID == 0 {
			c.noOrder++
		}
	}
	if r.Fate != RatingKnown && (r.Leave || r.barred || f.Stars == 0 || shop.ID == 0) {
		r.Fate = RatingLeft
	}
	r.Feedback = f
	return nil
}

// leftAt is the time of a rating as a feedback keeps it.
func leftAt(r *ratedpage.Rating) time.Time {
	switch {
	case r.At.IsZero():
		return time.Time{}
	case r.Day:
		return data.OnDay(r.At).Begin(r.At.Location())
	}
	return data.Instant(r.At).UTC()
}

// order ties a rating to its order, and bars what cannot be.
func (c *ratingsCompared) order(ctx context.Context, r *RatingItem, f *data.Feedback) error {
	zone := f.Shop.Location()
	if before(c.desk.now(), f.LeftAt, zone) {
		c.future++
		r.barred = true
		return nil
	}
	if f.OrderNumber == "" || f.Shop.ID == 0 {
		return nil
	}
	order, err := c.desk.store.OrderByKey(ctx, f.Shop.ID, f.OrderNumber)
	if errors.Is(err, data.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	f.OrderID = order.ID
	erased, err := c.desk.store.ErasedAt(ctx, order.ID)
	switch {
	case err != nil:
		return err
	case !erased.IsZero() && !f.LeftAt.After(erased):
		c.erased++
		r.barred = true
	case before(f.LeftAt, order.OrderedAt, zone):
		c.early++
		r.barred = true
	case f.BuyerHandle == "" || strings.Contains(f.BuyerHandle, "**"): // the order names the account in full
		if told := data.ToldHandle(order.Buyer.Handle, order.Buyer.Name); told != "" {
			f.BuyerHandle = told
		}
	}
	return nil
}

// same finds the feedback of the desk that a rating is: on the same order the one with
// the same words, else the one of the same day or product; without an order the one of
// the same words, buyer and day. In other words one of the desk is one of the page alone.
func (c *ratingsCompared) same(f *data.Feedback, near []data.Feedback) *data.Feedback {
	var likely *data.Feedback
	for i := range near {
		n := &near[i]
		switch {
		case f.Product != "" && n.Product != "" && f.Product != n.Product:
			continue
		case f.OrderNumber == "" && !c.sameBuyer(f.BuyerHandle, n.BuyerHandle):
			continue
		}
		words := f.Text == n.Text && f.Text != ""
		day := f.LeftAt.IsZero() || n.LeftAt.IsZero() || data.Stamp(f.LeftAt, f.Shop.Location())[:10] == data.Stamp(n.LeftAt, f.Shop.Location())[:10]
		if words && day {
			return n
		}
		if likely == nil && day && !c.taken[n.ID] && (f.OrderNumber != "" || !f.LeftAt.IsZero() && f.Text == n.Text) {
			likely = n
		}
	}
	return likely
}

// sameBuyer compares accounts, of which a page may mask the middle.
func (c *ratingsCompared) sameBuyer(a, b string) bool {
	if a == "" || b == "" || strings.EqualFold(a, b) {
		return true
	}
	for _, p := range [][2]string{{a, b}, {b, a}} {
		head, _, ok := strings.Cut(p[0], "**")
		tail := strings.TrimLeft(p[0][strings.LastIndex(p[0], "*")+1:], "*")
		if low := strings.ToLower(p[1]); ok && strings.HasPrefix(low, strings.ToLower(head)) && strings.HasSuffix(low, strings.ToLower(tail)) {
			return true
		}
	}
	return false
}

// merge makes of a rating the feedback that the desk has with what the page says
// anew. A class says nothing against stars of that class, a day nothing against an
// hour of it, and a masked account nothing against the whole one.
func (c *ratingsCompared) merge(f *data.Feedback, known *data.Feedback, r *RatingItem) {
	if f.Stars == 0 || r.Word && data.Tone(f.Stars) == data.Tone(known.Stars) {
		f.Stars = known.Stars
	}
	if !known.LeftAt.IsZero() {
		f.LeftAt = known.LeftAt
	}
	if known.BuyerHandle != "" {
		f.BuyerHandle = known.BuyerHandle
	}
	if f.OrderID == 0 {
		f.OrderID, f.OrderNumber = known.OrderID, known.OrderNumber
	}
	job := importJob{desk: c.desk}
	job.keepFeedback(f, *known)
}

// Shown is the text of the page for a screen, each line with its number.
func (p *RatingsPage) Shown() string {
	var b strings.Builder
	for i, line := range strings.Split(p.Request.Text, "\n") {
		if b.Len()+len(line) > pageShown {
			b.WriteString("…")
			break
		}
		b.WriteString(strconv.Itoa(i+1) + "  " + strings.TrimSpace(line) + "\n")
	}
	return b.String()
}
