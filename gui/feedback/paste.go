package feedback

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casebinder/data/desk"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/route"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// pasteSheet takes what was copied: a table is looked at as a file is, a page of
// ratings on a sheet of its own.
func pasteSheet(e *env, copied string) *kit.OpenSheet {
	text := kit.NewTextArea(e.UI, 14)
	text.SetText(copied)
	kit.Trace("feedback.paste.text", text)
	label := words.T("feedback.paste.text")
	r := desk.RatingsRequest{}
	path, page := "", desk.RatingsPage{}
	return e.UI.OpenForm(kit.FormSheet{
		Name: "feedback.pasted", Title: words.T("feedback.paste"), Width: 720, Height: 470, Focus: text, Save: words.T("feedback.paste.do"),
		Fields: []*kit.Field{{Label: label, Hint: words.T("feedback.paste.hint"), Object: text, Check: func() error {
			if text.Text == "" {
				return kit.ProblemRequired.New("field", label)
			}
			return nil
		}}},
		Read: func() error {
			r.Text, r.ShopID = text.Text, e.Shop()
			return nil
		},
		Work: func(ctx context.Context) (err error) {
			path, page, err = e.desk.PastedFeedback(ctx, r)
			return err
		},
		Done: func() {
			if path != "" {
				e.Open(route.Import{Target: "feedback", Paths: []string{path}})
				return
			}
			openRatings(e, page)
		},
	})
}

// ratings shows a page of ratings as it was read, before any of them is kept.
type ratings struct {
	env   *env
	page  desk.RatingsPage
	sheet *kit.OpenSheet

	shop   *kit.Choice[int64]
	side   *kit.Choice[desk.RatingsSide]
	stars  *kit.Choice[int]
	head   *fyne.Container
	found  *fyne.Container
	table  *kit.Table[ratingRow]
	toggle *kit.Button
	at     int // the chosen rating; -1: none
	loader kit.Loader
}

type ratingRow = kit.Numbered[desk.RatingItem]

func openRatings(e *env, page desk.RatingsPage) *ratings {
	s := &ratings{env: e, page: page, at: -1, head: container.NewVBox(), found: container.NewStack()}
	shops := show.ShopOptions(e.Shops())
	if page.Shop.ID == 0 {
		shops = slices.Insert(shops, 0, kit.Option[int64]{Text: words.T("feedback.page.shop")})
	}
	s.shop = kit.NewChoice(shops, page.Shop.ID, func(id int64) { s.page.Request.ShopID = id; s.again() })
	side := desk.RatingsReceived
	if page.Given {
		side = desk.RatingsGiven
	}
	s.side = kit.NewChoice([]kit.Option[desk.RatingsSide]{
		{Value: desk.RatingsReceived, Text: words.T("feedback.tab.received")}, {Value: desk.RatingsGiven, Text: words.T("feedback.tab.given")},
	}, side, func(side desk.RatingsSide) { s.page.Request.Side = side; s.again() })
	s.stars = kit.NewChoice(append([]kit.Option[int]{{Text: words.T("feedback.page.no_stars")}}, starOptions()...), 0, s.setStars)
	s.toggle = kit.NewButton("", words.T("feedback.page.toggle"), s.turn)
	for name, object := range map[string]fyne.CanvasObject{"shop": s.shop, "side": s.side, "stars": s.stars, "toggle": s.toggle} {
		kit.Trace("feedback.page."+name, object)
	}
	s.table = kit.NewTable(e.UI, kit.TableOptions[ratingRow]{
		Name: "feedback.page", Columns: ratingColumns(), Source: s.source,
		OnSelect: s.choose, Deeds: func(ratingRow) kit.Deeds {
			return kit.Deeds{{Text: words.T("feedback.page.toggle"), Keys: kit.KeysTurn, Do: s.turn}, kit.Stays("stays.tick")}
		},
		Empty: func() kit.Empty { return kit.Empty{Text: words.T("feedback.page.none")} },
	})
	labeled := func(key string, field fyne.CanvasObject) fyne.CanvasObject {
		return container.NewBorder(nil, nil, container.NewVBox(kit.Soft1(words.T(key))), nil, container.NewVBox(field))
	}
	fields := container.NewGridWithColumns(2, labeled("feedback.fact.shop", s.shop), labeled("feedback.fact.side", s.side))
	below := container.NewHBox(kit.Soft1(words.T("feedback.fact.stars")), kit.Wide(170, s.stars), s.toggle)
	side2 := container.NewBorder(kit.Section(words.T("feedback.page.text")), nil, nil, nil, container.NewVScroll(kit.Prose(page.Shown())))
	split := container.NewHSplit(container.NewBorder(nil, below, nil, nil, s.table), side2)
	split.Offset = 0.7
	s.sheet = e.UI.Open(kit.Sheet{
		Name: "feedback.page", Title: words.T("feedback.page"), Width: 1180, Height: 680,
		Body: container.NewBorder(container.NewVBox(s.head, fields, s.found), nil, nil, nil, split),
		Do:   words.T("feedback.page.take"), OnDo: s.take, Cancel: words.T("do.close"),
	})
	s.draw()
	s.table.Restart()
	return s
}

func (s *ratings) source() kit.Source[ratingRow] {
	rows := kit.Number(s.page.Items)
	return kit.ListSource(func(context.Context, kit.Order) ([]ratingRow, error) { return rows, nil }, kit.PlaceOf[desk.RatingItem])
}

func ratingColumns() []kit.Column[ratingRow] {
	return []kit.Column[ratingRow]{
		{ID: "fate", Title: "feedback.page.fate", Width: 96, Badge: true, Text: func(r ratingRow) string { return words.Of("rating_fate", r.Row.Fate) }, Role: func(r ratingRow) kit.Role {
			switch r.Row.Fate {
			case desk.RatingNew:
				return kit.Good
			case desk.RatingChanged:
				return kit.Warn
			}
			return kit.Muted
		}},
		{ID: "stars", Title: "col.stars", Width: 92, Text: starsText, Tip: func(r ratingRow) string { return r.Row.Printed }},
		{ID: "text", Title: "col.text", Width: 176, Grow: true, Text: func(r ratingRow) string { return textOf(r.Row.Feedback) }},
		{ID: "buyer", Title: "col.buyer", Width: 100, Text: func(r ratingRow) string { return r.Row.Feedback.BuyerHandle }},
		{ID: "order", Title: "col.number", Width: 142, Text: func(r ratingRow) string { return r.Row.Feedback.OrderNumber }},
		{ID: "left", Title: "col.left", Width: 114, Text: func(r ratingRow) string {
			if f := r.Row.Feedback; !f.LeftAt.IsZero() {
				return words.Brief(f.LeftAt, f.Shop.Zone, f.LeftAt)
			}
			return words.T("feedback.page.no_day")
		}},
		{ID: "lines", Title: "feedback.page.lines", Width: 70, Right: true, Text: func(r ratingRow) string {
			if r.Row.First == r.Row.Last {
				return strconv.Itoa(r.Row.First)
			}
			return strconv.Itoa(r.Row.First) + "–" + strconv.Itoa(r.Row.Last)
		}},
	}
}

// starsText is the stars of a rating, or what the page prints instead.
func starsText(r ratingRow) string {
	switch f := r.Row.Feedback; {
	case f.Stars > 0:
		return show.Stars(f.Stars)
	case r.Row.Printed != "":
		first, _, _ := strings.Cut(r.Row.Printed, " ")
		return "? " + first
	}
	return words.T("feedback.page.no_stars")
}

func (s *ratings) choose(r ratingRow, ok bool) {
	s.at = -1
	if ok {
		s.at = int(r.At) - 1
		s.stars.Set(s.page.Items[s.at].Stars)
	}
}

// setStars gives the chosen rating the stars that a person read off the page.
func (s *ratings) setStars(stars int) {
	if s.at >= 0 && s.at < len(s.page.Items) && s.page.Items[s.at].Stars != stars {
		s.page.Items[s.at].SetStars(stars)
		s.compare()
	}
}

// turn leaves the chosen rating out, or takes it after all.
func (s *ratings) turn() {
	if s.at >= 0 && s.at < len(s.page.Items) && s.page.Items[s.at].Fate != desk.RatingKnown {
		s.page.Items[s.at].Leave = !s.page.Items[s.at].Leave
		s.compare()
	}
}

func (s *ratings) draw() {
	var counts []string
	for _, fate := range []desk.RatingFate{desk.RatingNew, desk.RatingChanged, desk.RatingKnown, desk.RatingLeft} {
		if n := s.page.Count(fate); n > 0 || fate == desk.RatingNew {
			counts = append(counts, words.T("rating_fate.n."+string(fate), "n", n))
		}
	}
	s.head.Objects = []fyne.CanvasObject{kit.Soft(words.Join(" · ", counts...))}
	s.head.Refresh()
	s.found.Objects = nil
	if len(s.page.Findings) > 0 {
		list := container.NewVScroll(show.Findings("feedback.page.finding", show.AsFindings(s.page.Findings...), show.FindingDeeds{}))
		list.SetMinSize(fyne.NewSize(200, min(float32(len(s.page.Findings))*52, 156)))
		s.found.Objects = []fyne.CanvasObject{kit.Inset(look.Tight, list)}
	}
	s.found.Refresh()
	s.sheet.SetDo(words.T("feedback.page.take"), s.page.Count(desk.RatingNew)+s.page.Count(desk.RatingChanged) > 0)
}

// again reads the page once more, for another shop or side.
func (s *ratings) again() {
	r := s.page.Request
	s.load(func(ctx context.Context) (desk.RatingsPage, error) { return s.env.desk.PreviewRatings(ctx, r) })
}

// compare says anew what becomes of each rating.
func (s *ratings) compare() {
	page := s.page
	page.Items = slices.Clone(page.Items)
	s.load(func(ctx context.Context) (desk.RatingsPage, error) {
		return page, s.env.desk.CompareRatings(ctx, &page)
	})
}

func (s *ratings) load(work func(context.Context) (desk.RatingsPage, error)) {
	kit.Load(&s.loader, work, func(page desk.RatingsPage, err error) {
		if err != nil {
			s.sheet.Problem(err)
			return
		}
		s.sheet.ClearProblem()
		s.page = page
		s.draw()
		s.table.Reload()
	})
}

func (s *ratings) take() {
	s.sheet.SetDo(words.T("feedback.page.take"), false)
	page := s.page
	page.Items = slices.Clone(page.Items)
	kit.Do(func(ctx context.Context) (desk.RatingsReport, error) { return s.env.desk.TakeRatings(ctx, page) }, func(report desk.RatingsReport, err error) {
		if err != nil {
			s.sheet.Problem(err)
			s.draw()
			return
		}
		s.sheet.Close()
		s.env.UI.Toast(words.Join(" · ", words.T("rating_fate.n.new", "n", report.Added), words.T("rating_fate.n.changed", "n", report.Changed), words.T("rating_fate.n.known", "n", report.Known)), s.env.Undo)
	})
}
