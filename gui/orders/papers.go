package orders

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/paper"
	"casebinder/data/tongue"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// papersKey keeps what was printed last, so that the sheet begins there.
const papersKey = "orders.papers"

// paperChoice is what is kept of it.
type paperChoice struct {
	Kind                  paper.Kind
	Size                  paper.Size
	Also                  string
	Prices, Address, Four bool
}

// papers is the sheet that prints papers of orders.
type papers struct {
	env  *env
	r    desk.PaperRequest
	ids  func(ctx context.Context) ([]int64, error)
	name string // of the file, without its ending

	kind           *kit.Choice[paper.Kind]
	size           *kit.Choice[paper.Size]
	language, also *kit.Choice[string]
	prices, of     *kit.Check
	keep, four     *kit.Check
	news           *kit.Entry
	day            *kit.TimeField
	told           *widget.Label // by what the buyer's language is told
	teller         kit.Loader
}

// printPapers opens the sheet for the order in view.
func (d *detail) printPapers() {
	o := d.view.Order
	p := newPapers(d.env, func(context.Context) ([]int64, error) { return []int64{o.ID}, nil })
	p.name = o.Number
	p.open(words.T("papers.title.one", "number", o.Number))
	kit.Load(&p.teller, func(ctx context.Context) (tongue.Answer, error) { return d.env.desk.BuyerLanguage(ctx, o.ID) }, func(a tongue.Answer, err error) {
		switch {
		case err != nil:
		case a.Language == "":
			p.told.SetText(words.T("papers.language.unknown"))
		default:
			p.told.SetText(words.T("papers.language.told", "language", words.LanguageNamed(a.Language), "ground", words.T("replies.ground."+string(a.Ground))))
		}
	})
}

// printPapers opens the sheet for the orders chosen together, or else for all that
// the list holds.
func (o *Tab) printPapers() {
	ids, count, title := o.allIDs(), o.Table.Count(), "papers.title.many"
	if several := o.several(); several != nil {
		ids, count, title = func(context.Context) ([]int64, error) { return several, nil }, len(several), "papers.title.several"
	}
	p := newPapers(o.env, ids)
	p.name = o.env.UI.Now().Format("20060102")
	p.open(words.T(title, "count", words.Number(int64(count))))
}

// allIDs gives all orders that the list holds now, in its order.
func (o *Tab) allIDs() func(ctx context.Context) ([]int64, error) {
	source, by := o.source(o.Filter()), o.Table.Order()
	return func(ctx context.Context) ([]int64, error) {
		found, err := source.IDs(ctx, by)
		ids := make([]int64, len(found))
		for i, id := range found {
			ids[i] = int64(id)
		}
		return ids, err
	}
}

func newPapers(e *env, ids func(context.Context) ([]int64, error)) *papers {
	p := &papers{env: e, ids: ids}
	last := paperChoice{Kind: paper.ParcelList, Size: paper.A6}
	e.UI.Kept(papersKey, &last)
	p.kind = kit.NewChoice(kit.Options("paper_kind", paper.Kinds()), last.Kind, func(paper.Kind) { p.draw() })
	p.size = kit.NewChoice(kit.Options("paper_size", paper.Sizes()), last.Size, func(paper.Size) { p.draw() })
	languages := []kit.Option[string]{{Text: words.T("papers.language.buyer")}}
	also := []kit.Option[string]{{Text: words.T("papers.also.none")}}
	for _, tag := range paper.Languages() {
		one := kit.Option[string]{Value: tag, Text: words.LanguageNamed(tag)}
		languages, also = append(languages, one), append(also, one)
	}
	p.language = kit.NewChoice(languages, "", func(string) {})
	p.also = kit.NewChoice(also, last.Also, func(string) {})
	check := func(name string, on bool) *kit.Check {
		c := kit.NewCheck(words.T("papers."+name), nil)
		c.Checked = on
		kit.Trace("papers."+name, c)
		return c
	}
	p.prices, p.of, p.keep, p.four = check("prices", last.Prices), check("address", last.Address), check("keep", false), check("four", last.Four)
	p.news = kit.NewTextArea(e.UI, 3)
	p.day = kit.NewTimeField(e.UI, time.Time{}, time.Local.String())
	p.told = widget.NewLabel(words.T("papers.language.hint"))
	p.told.Wrapping, p.told.Importance = fyne.TextWrapWord, widget.LowImportance
	for name, object := range map[string]fyne.CanvasObject{"kind": p.kind, "size": p.size, "language": p.language, "also": p.also, "news": p.news, "day": p.day.Entry} {
		kit.Trace("papers."+name, object)
	}
	return p
}

// draw takes away what does not concern the paper that is chosen.
func (p *papers) draw() {
	kind := p.kind.Value()
	for object, on := range map[fyne.Disableable]bool{
		p.prices: kind == paper.ParcelList, p.of: kind == paper.ParcelList, p.keep: kind == paper.ParcelList,
		p.four: kind == paper.ThankYou && p.size.Value() == paper.A4, p.news: kind == paper.ThankYou, p.day.Entry: kind == paper.HandOver, p.also: kind != paper.ThankYou,
	} {
		if on {
			object.Enable()
		} else {
			object.Disable()
		}
	}
}

func (p *papers) open(title string) {
	p.draw()
	day := kit.TimeRow(words.T("papers.day"), p.day, false)
	day.Hint = words.T("papers.day.hint")
	p.env.UI.OpenForm(kit.FormSheet{
		Name: "papers", Title: title, Width: 600, Save: words.T("papers.do"), Focus: p.kind,
		Fields: []*kit.Field{
			{Label: words.T("papers.kind"), Object: p.kind},
			{Label: words.T("papers.size"), Object: p.size},
			{Label: words.T("papers.language"), Object: container.NewVBox(p.language, p.told)},
			{Label: words.T("papers.also"), Object: p.also, Hint: words.T("papers.also.hint")},
			{Label: words.T("papers.options"), Object: kit.Stacked(0, p.of, p.prices, p.keep, p.four)},
			{Label: words.T("papers.news"), Object: p.news, Hint: words.T("papers.news.hint")},
			day,
		},
		Read: p.read,
		Work: func(ctx context.Context) (err error) {
			if p.r.OrderIDs, err = p.ids(ctx); err != nil {
				return err
			}
			return p.env.desk.CheckPapers(ctx, p.r)
		},
		Ask:  p.ask,
		Done: p.chooseFile,
	})
}

// read takes what the sheet says; what does not concern the paper is left out.
func (p *papers) read() (err error) {
	sure := p.r.Sure
	p.r = desk.PaperRequest{Kind: p.kind.Value(), Size: p.size.Value(), Language: p.language.Value(), Sure: sure}
	p.env.UI.Keep(papersKey, paperChoice{p.r.Kind, p.r.Size, p.also.Value(), p.prices.Checked, p.of.Checked, p.four.Checked})
	switch p.r.Kind {
	case paper.ParcelList:
		p.r.Also, p.r.Prices, p.r.Address, p.r.Keep = p.also.Value(), p.prices.Checked, p.of.Checked, p.keep.Checked
	case paper.ThankYou:
		p.r.News, p.r.Four = strings.TrimSpace(p.news.Text), p.four.Checked
	case paper.HandOver:
		p.r.Also = p.also.Value()
		p.r.Day, err = p.day.Value()
	}
	return err
}

// ask puts what the gate holds against a card as a question.
func (p *papers) ask(err error, again func()) bool {
	problem, ok := data.AsProblem(err)
	if !ok || problem.Kind != desk.ProblemPaperGate {
		return false
	}
	what, do := words.Problem(err)
	p.env.UI.Confirm("papers.sure", words.T("papers.sure.title"), what+"\n\n"+do, words.T("papers.sure.do"), func() {
		p.r.Sure = true
		again()
	})
	return true
}

func (p *papers) chooseFile() {
	p.teller.Stop()
	p.env.SaveFile(words.T("papers.save"), string(p.r.Kind)+"-"+fileName(p.name)+".pdf", func(path string) {
		if filepath.Ext(path) == "" {
			path += ".pdf"
		}
		p.r.Path = path
		p.print()
	})
}

// fileName keeps of a number what a file's name may hold everywhere.
func fileName(number string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|#%`, r) || r < ' ' {
			return '-'
		}
		return r
	}, number)
}

func (p *papers) print() {
	var report desk.PaperReport
	p.env.UI.Jobs.Run(words.T("papers.job"), func(ctx context.Context, progress func(int64, int64, string)) (err error) {
		report, err = p.env.desk.PrintPapers(ctx, p.r, progress)
		return err
	}, func(err error) {
		switch {
		case errors.Is(err, context.Canceled):
			p.env.UI.Toast(words.T("papers.canceled"), nil)
		case err != nil:
			p.env.UI.Problem(err)
		default:
			p.printed(report)
		}
	})
}

// printed opens the file; where something should be known of it, it is told first.
func (p *papers) printed(r desk.PaperReport) {
	kit.Event("papers.printed", "path", r.Path, "papers", r.Papers, "pages", r.Pages)
	said := words.T("papers.done", "papers", r.Papers, "pages", r.Pages, "path", r.Path)
	if r.Kept > 0 {
		said += "\n" + words.T("papers.kept", "count", r.Kept)
	}
	if len(r.Findings) == 0 {
		p.env.UI.Toast(said, nil)
		p.env.OpenPath(r.Path)
		return
	}
	var sheet *kit.OpenSheet
	sheet = p.env.UI.Open(kit.Sheet{
		Name: "papers.found", Title: words.T("papers.found"), Width: 620, Height: 360,
		Body: container.NewVScroll(kit.Stacked(look.Tight, kit.Prose(said), show.Findings("papers.finding", show.AsFindings(r.Findings...), show.FindingDeeds{}))),
		Do:   words.T("papers.open"), OnDo: func() {
			sheet.Close()
			p.env.OpenPath(r.Path)
		},
	})
}
