package bundle

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/bundle/fit"
	"casebinder/data/pages"
)

// StepForm is the step in which the files for a platform's form are made;
// counted in files.
const StepForm Step = "form"

// FormResult says what was made for a platform's form.
type FormResult struct {
	Dir   string     // folder; "" when the profile asks for nothing but the bundle
	Files []FormFile // to upload, in this order
	Texts []FormFile // that say what to do with them
	Plan  fit.Plan
}

// A FormFile is a file in the folder for a form.
type FormFile struct {
	Name      string
	Slot      string // of the form: a category's name
	Size      int64
	SHA256    string
	First     int // running number of its first page; 0: it has none
	Pages     int
	Exhibits  []int    // numbers
	Originals []string // SHA-256 of the evidence that it was made from
}

// ProblemFit is that a bundle does not fit a form at any quality that can still
// be read. Its cause is a PlanError.
var ProblemFit = data.DefineProblem("profile_does_not_fit", data.ErrLimit,
	"The bundle does not fit the form “{profile}”: {over}.",
	"Look in its plan for what would make room: {ways}. Nothing was written.")

// PlanError carries the plan that does not fit.
type PlanError struct{ Plan fit.Plan }

func (e *PlanError) Error() string { return "the plan for " + e.Plan.Profile + " does not fit" }

// Plan says how the bundle of a case fits the form of Options.Profile. With
// exact the sizes are measured, at the steps of the ladder that have to be
// tried; otherwise they are estimated from what is known of the files, of which
// none is opened. A plan that does not fit is no error.
func Plan(ctx context.Context, c Case, open Opener, opts Options, exact bool) (fit.Plan, error) {
	if err := c.check(); err != nil {
		return fit.Plan{}, err
	}
	work, err := os.MkdirTemp(opts.Annex.TempDir, "plan-*")
	if err != nil {
		return fit.Plan{}, fmt.Errorf("planning for a form: %w", err)
	}
	defer func() { _ = os.RemoveAll(work) }()
	if opts.Annex.TempDir == "" {
		opts.Annex.TempDir = work
	}
	e, err := newEnv(ctx, &c, open, opts)
	if err != nil {
		return fit.Plan{}, err
	}
	if exact {
		err = e.withhold(ctx)
	}
	if err != nil {
		return fit.Plan{}, err
	}
	fm, err := newFormMaker(ctx, e, work)
	if err != nil {
		return fit.Plan{}, err
	}
	defer fm.close()
	if !exact {
		return fm.guess(), nil
	}
	plan, err := fm.plan(ctx)
	if err != nil {
		return plan, fmt.Errorf("planning for a form: %w", err)
	}
	return plan, nil
}

// formMaker brings a bundle into the form of a profile.
type formMaker struct {
	*env
	reader *words // in the language of who uploads the files
	p      fit.Profile
	steps  []fit.Step
	items  []fit.Item
	number map[string]int // exhibit of an item
	fields []formText
	work   string
	extra  fit.Extra
	viewer *pages.Viewer
	mine   bool // the viewer was started here

	pageCounts map[int]int    // of exhibits that are PDF files
	shown      pageMap        // where everything stands in the files that were composed; empty before
	fileOf     map[int]string // names of the files with an exhibit; nil before all are named
	others     []string       // names of the files without one
}

// A formText is what is typed or pasted into a field of the form.
type formText struct {
	Field, Text string
	Max         int64
}

func sectionItem(s data.Section) string { return "section:" + string(s) }

func exhibitItem(n int) string { return "exhibit:" + itoa(n) }

// newFormMaker prepares a case for its form; work is a folder for what is made
// on the way.
func newFormMaker(ctx context.Context, e *env, work string) (*formMaker, error) {
	p, err := fit.Find(fit.Plain)
	if err != nil {
		return nil, err
	}
	if e.opts.Profile != nil {
		p = *e.opts.Profile
	}
	reader, err := loadWords(cmp.Or(e.c.Reads, e.c.Language))
	if err != nil {
		return nil, err
	}
	own := *e
	if own.opts.CacheDir == "" {
		own.opts.CacheDir = filepath.Join(work, "copies") // each picture is made once at least within this
	}
	fm := &formMaker{env: &own, reader: reader, p: p, steps: p.Steps(), number: map[string]int{}, work: work, viewer: e.opts.Viewer, pageCounts: map[int]int{}}
	fm.listItems()
	if err := fm.fillTexts(); err != nil {
		return nil, err
	}
	return fm, ctx.Err()
}

func (fm *formMaker) close() {
	if fm.mine && fm.viewer != nil {
		_ = fm.viewer.Close()
	}
}

// pages gives what turns pages into pictures. Where the program brought none,
// PDFium runs in this process.
func (fm *formMaker) pages(ctx context.Context) (*pages.Viewer, error) {
	if fm.viewer != nil {
		return fm.viewer, nil
	}
	// A first start translates PDFium for this machine, which on a slow one takes
	// more than a request may.
	v, err := pages.Start(ctx, pages.Options{CacheDir: fm.opts.CacheDir, Timeout: 10 * time.Minute})
	if err != nil {
		return nil, fmt.Errorf("starting the viewer: %w", err)
	}
	fm.viewer, fm.mine, fm.opts.Viewer = v, true, v
	return v, nil
}

// listItems lists what there is to place, in the order in which it is composed.
func (fm *formMaker) listItems() {
	cited, parts := fm.citedItems()
	for _, s := range data.Sections() {
		if fm.composed(s) {
			fm.items = append(fm.items, fit.Item{
				ID: sectionItem(s), Ref: data.Ref{Kind: "section", ID: string(s), Label: string(s)}, Section: s, Media: fit.MediaPages, Cited: parts[s],
				Required: s == data.SectionStatement || s == data.SectionOrder && !fm.composed(data.SectionStatement),
			})
		}
		for _, x := range fm.placed {
			if x.Section == s {
				it := fm.exhibitItem(x)
				it.Cited = cited[x.Number]
				fm.number[it.ID] = x.Number
				fm.items = append(fm.items, it)
			}
		}
	}
}

func (fm *formMaker) exhibitItem(x Placed) fit.Item {
	e := x.Exhibit
	it := fit.Item{
		ID: exhibitItem(x.Number), Ref: data.Ref{Kind: "evidence", ID: e.UID, Label: x.Title}, Section: x.Section, Kind: e.Kind, Exhibit: x.Number, Bytes: e.Size, Media: fit.MediaOther,
	}
	it.Ending = strings.ToLower(strings.TrimPrefix(filepath.Ext(e.Name), "."))
	mime, _, _ := strings.Cut(e.MIME, ";")
	switch {
	case strings.HasPrefix(mime, "image/"):
		it.Media = fit.MediaPhoto
		it.Ending = photoEnding(mime, it.Ending)
	case strings.HasPrefix(mime, "video/"), strings.HasPrefix(mime, "audio/"):
		it.Media = fit.MediaFilm
	case mime == "application/pdf":
		it.Media, it.Cut = fit.MediaPages, true
	case isText(mime), isLetter(e):
		it.Media = fit.MediaPages
	}
	if x.Withheld != "" && it.Media != fit.MediaPhoto {
		it.Media = fit.MediaPages // its page says why nothing is shown
	}
	return it
}

// photoEnding is the usual ending of a picture's kind, for a name may lie.
func photoEnding(mime, ending string) string {
	switch mime {
	case "image/jpeg":
		if ending == "jpeg" {
			return "jpeg"
		}
		return "jpg"
	case "image/png":
		return "png"
	}
	if ending == "jpg" || ending == "jpeg" || ending == "png" {
		return ""
	}
	return ending
}

// citedItems are the exhibits and the composed sections that claims point at.
func (fm *formMaker) citedItems() (exhibits map[int]bool, parts map[data.Section]bool) {
	exhibits, parts = map[int]bool{}, map[data.Section]bool{}
	for _, claim := range fm.c.Statement.Claims {
		for _, c := range claim.Cites {
			switch {
			case c.Evidence != "":
				exhibits[fm.byUID[c.Evidence]] = true
			case c.Message != "":
				parts[data.SectionCommunication] = true
			case c.Part != "":
				parts[c.Part] = true
			}
		}
	}
	return exhibits, parts
}

// makeForm makes the files for the form in a folder below work, and says what
// they are. On an error nothing is there under a final name.
func (e *env) makeForm(ctx context.Context, name, work string) (FormResult, error) {
	scratch, err := os.MkdirTemp(work, "form-*")
	if err != nil {
		return FormResult{}, err
	}
	defer func() { _ = os.RemoveAll(scratch) }()
	fm, err := newFormMaker(ctx, e, scratch)
	if err != nil {
		return FormResult{}, err
	}
	defer fm.close()
	if plan := fm.guess(); overText(plan) {
		return FormResult{}, fm.refuse(textsOf(plan)) // whatever the pictures come to
	}
	fm.forget()
	plan, err := fm.plan(ctx)
	if err != nil {
		return FormResult{}, err
	}
	res := FormResult{Plan: plan}
	if fm.p.Form == fit.FormBundle {
		return res, nil
	}
	folder := filepath.Join(work, formFolder(name, fm.p.ID))
	for round := 0; ; round++ {
		if !plan.Fits {
			return FormResult{}, fm.refuse(plan)
		}
		if err := os.Mkdir(folder, 0o755); err != nil {
			return FormResult{}, err
		}
		res.Plan, res.Files, err = fm.write(ctx, plan, folder)
		if err == nil && res.Plan.Fits {
			break
		}
		if err := errors.Join(err, os.RemoveAll(folder)); err != nil {
			return FormResult{}, err
		}
		if round == len(fm.steps)+2 {
			return FormResult{}, fm.refuse(res.Plan)
		}
		if plan, err = fm.learn(ctx, plan, res.Plan); err != nil {
			return FormResult{}, err
		}
	}
	res.Dir = folder
	if err := fm.point(&res); err != nil {
		return FormResult{}, err
	}
	res.Texts, err = fm.writeTexts(&res, folder)
	if err == nil {
		err = fm.searchFolder(ctx, folder)
	}
	return res, err
}

// overText reports whether a text field is too long.
func overText(plan fit.Plan) bool {
	return slices.ContainsFunc(plan.Meters, func(m fit.Meter) bool {
		return m.Over() && (m.Limit == fit.LimitTextChars || m.Limit == fit.LimitTotalChars)
	})
}

// textsOf leaves of an estimated plan what is not estimated: the texts.
func textsOf(plan fit.Plan) fit.Plan {
	text := func(limit string) bool { return limit == fit.LimitTextChars || limit == fit.LimitTotalChars }
	plan.Fits = false
	plan.Meters = slices.DeleteFunc(plan.Meters, func(m fit.Meter) bool { return !text(m.Limit) })
	plan.Findings = slices.DeleteFunc(plan.Findings, func(f data.Finding) bool { return f.Rule != fit.RuleText })
	plan.Ways = slices.DeleteFunc(plan.Ways, func(w fit.Way) bool { return !strings.HasPrefix(w.Code, "way.shorten.") })
	return plan
}

// formFolder is the name of the folder for a form.
func formFolder(name, profile string) string { return name + "-upload-" + profile }

// refuse says that a plan does not fit, by how much, and what would help.
func (fm *formMaker) refuse(plan fit.Plan) error {
	words, err := loadFitWords(fm.c.Language)
	if err != nil {
		return err
	}
	var over, ways []string
	for _, m := range plan.Meters {
		if m.Over() {
			over = append(over, words.meter(m))
		}
	}
	for _, w := range plan.Ways {
		ways = append(ways, strings.TrimSuffix(strings.TrimSuffix(words.reason(w.Reason), "."), "。"))
	}
	if len(ways) == 0 {
		ways = append(ways, "—")
	}
	return ProblemFit.Wrap(&PlanError{plan}, "profile", words.profile(fm.p), "over", strings.Join(slices.Compact(over), "; "), "ways", strings.Join(ways, "; "))
}
