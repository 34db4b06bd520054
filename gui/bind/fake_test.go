package bind

import (
	"context"
	"errors"
	"image"
	"slices"
	"sync"

	"casebinder/data"
	"casebinder/data/bundle"
	"casebinder/data/bundle/fit"
	"casebinder/data/bundle/statement"
	"casebinder/data/desk"
	"casebinder/data/pages"
	"casebinder/gui/guitest"
)

// boundDesk is a fake desk that composes bundles. Its pictures
// are as wide as they are asked for.
type boundDesk struct {
	*guitest.Fake
	unsent
	exhibits  []desk.ExhibitView // nil: those of the dispute, as they came in
	said      data.Statement
	plan      *fit.Plan // what Fit answers; nil: a plan that fits
	failing   error     // what storing answers
	arranged  [][]data.Exhibit
	statesPut []data.Statement
	asked     []desk.BundleRequest // of previews
	exported  []desk.BundleRequest
	report    desk.BundleReport
	pagers    []*fakePager
	onPreview func() // runs while a preview is being made
	warmed    int
}

// unsent is what a test that sends bundles has to fake.
type unsent interface {
	Rebuild(ctx context.Context, uid, dir string, p desk.Progress) (desk.BundleReport, error)
	MarkSent(ctx context.Context, uid string, n desk.SentNote) (data.Submission, error)
}

// fakePager notes what it was asked.
type fakePager struct {
	mu     sync.Mutex
	drawn  []int
	links  map[int][]pages.Link
	closed bool
}

func (p *fakePager) Picture(_ context.Context, page, width int) (*image.RGBA, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return nil, errors.New("the preview was let go of")
	}
	p.drawn = append(p.drawn, page)
	return image.NewRGBA(image.Rect(0, 0, width, width*297/210)), nil
}

func (p *fakePager) Links(_ context.Context, page int) ([]pages.Link, error) {
	return p.links[page], nil
}

func (p *fakePager) Close() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.closed = true
	return nil
}

// composed gives the fake dispute as it is composed.
func (f *boundDesk) composed() []desk.ExhibitView {
	if f.exhibits != nil {
		return slices.Clone(f.exhibits)
	}
	var all []desk.ExhibitView
	for _, e := range f.Disputes[21].Evidence {
		if e.UID == "" {
			e.UID = e.Name
		}
		all = append(all, desk.ExhibitView{Exhibit: data.Exhibit{EvidenceUID: e.UID, Section: data.SectionOf(e.Kind), Included: true}, Evidence: e})
	}
	renumber(all)
	return all
}

func (f *boundDesk) Bundle(ctx context.Context, id int64) (desk.BundleView, error) {
	c, err := f.Case(ctx, id)
	v := desk.BundleView{CaseView: c, Exhibits: f.composed(), Statement: cloneStatement(f.said)}
	known := statement.Known{Parts: citeParts(), Messages: map[string]bool{"m1": true}}
	for i := range v.Exhibits {
		x := &v.Exhibits[i]
		x.Cited = 0
		for _, claim := range v.Statement.Claims {
			if slices.ContainsFunc(claim.Cites, func(c data.Cite) bool { return c.Evidence == x.EvidenceUID }) {
				x.Cited++
			}
		}
		if x.Included {
			known.Exhibits = append(known.Exhibits, statement.KnownExhibit{UID: x.EvidenceUID})
		}
	}
	v.Tell(statement.Check(v.Statement, known))
	confirmed := func(n int64) fit.Limit {
		return fit.Limit{Value: n, Origin: data.Origin{Source: "help.example", Edition: "2025-01", Confidence: data.Confirmed}}
	}
	v.Profiles = []fit.Profile{
		{ID: "aliexpress", Name: "AliExpress", Limits: map[string]fit.Limit{fit.LimitFiles: confirmed(5), fit.LimitTextChars: confirmed(40)}, Mask: []data.MaskKind{data.MaskPhone}},
		{ID: "plain", Name: "Whole"},
		{ID: "stripe", Name: "Stripe", Mask: []data.MaskKind{data.MaskName}},
	}
	v.Suited = 1
	return v, err
}

func (f *boundDesk) ArrangeExhibits(_ context.Context, _ int64, list []data.Exhibit) error {
	if f.failing != nil {
		return f.failing
	}
	f.arranged = append(f.arranged, list)
	before := f.composed()
	f.exhibits = nil
	var after []desk.ExhibitView
	for _, x := range list {
		v := before[indexOfExhibit(before, x.EvidenceUID)]
		v.Exhibit = x
		after = append(after, v)
	}
	renumber(after)
	f.exhibits = after
	return nil
}

func (f *boundDesk) StatementTemplates(context.Context, int64) ([]statement.Template, error) {
	return []statement.Template{
		{ID: "aliexpress.not_received", Family: "aliexpress", Reason: data.ReasonNotReceived, Languages: []string{"en", "zh-CN"}, Style: statement.StyleFull},
		{ID: "general.not_received", Family: statement.General, Reason: data.ReasonNotReceived, Languages: []string{"en"}, Style: statement.StyleShort},
	}, nil
}

func (f *boundDesk) DraftStatement(_ context.Context, id int64, template, language string) (data.Statement, error) {
	return data.Statement{DisputeID: id, Language: language, Template: template, Claims: []data.Claim{
		{Text: "The parcel was handed over.", Cites: []data.Cite{{Part: data.SectionShipping}}},
		{Text: "It was packed with care.", Cites: []data.Cite{{Evidence: "parcel.png"}}},
	}}, nil
}

func (f *boundDesk) PutStatement(_ context.Context, _ int64, s data.Statement) error {
	if f.failing != nil {
		return f.failing
	}
	f.said = s
	f.statesPut = append(f.statesPut, s)
	return nil
}

func (f *boundDesk) Fit(_ context.Context, r desk.BundleRequest, exact bool) (desk.FitView, error) {
	v := desk.FitView{Profile: fit.Profile{ID: r.Profile, Limits: map[string]fit.Limit{fit.LimitFiles: {Value: 5, Origin: data.Origin{Source: "help.example", Confidence: data.ThirdParty}}}}}
	v.Plan = fit.Plan{
		Profile: r.Profile, Fits: true, Files: []fit.File{{Name: "1-bundle.pdf", Type: "pdf", Items: []string{"section:timeline", "exhibit:1", "exhibit:2"}, Pages: 4, Bytes: 12_000}},
		Meters: []fit.Meter{{Limit: fit.LimitFiles, Value: 1, Max: 5}}, Why: []fit.Reason{{Code: "whole"}},
	}
	if f.plan != nil {
		v.Plan = *f.plan
	}
	v.Plan.Estimate = !exact
	return v, nil
}

// Preview makes two pages before the exhibits and two for each.
func (f *boundDesk) Preview(_ context.Context, r desk.BundleRequest) (*desk.Preview, error) {
	f.asked = append(f.asked, r)
	pager := &fakePager{}
	f.pagers = append(f.pagers, pager)
	made := &desk.Preview{Pager: pager}
	made.Map.Pages, made.Map.Sections = 2, map[data.Section]int{data.SectionTimeline: 2}
	for _, x := range f.composed() {
		if x.Included {
			first := made.Map.Pages + 1
			made.Map.Pages += 2
			made.Map.Exhibits = append(made.Map.Exhibits, bundle.Placed{Number: x.Number, First: first, Last: first + 1, Exhibit: bundle.Exhibit{Evidence: x.Evidence}})
		}
	}
	if f.onPreview != nil {
		f.onPreview()
	}
	return made, nil
}

func (f *boundDesk) WarmPreview(context.Context) error {
	f.warmed++
	return nil
}

func (f *boundDesk) ChangesSince(context.Context, desk.BundleRequest) ([]string, error) {
	return []string{"exhibit.added parcel.png", "messages.added 2"}, nil
}

func (f *boundDesk) ExportBundle(_ context.Context, r desk.BundleRequest, p desk.Progress) (desk.BundleReport, error) {
	f.exported = append(f.exported, r)
	p(1, 2, "progress.pages")
	return f.report, nil
}
