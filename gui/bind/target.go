package bind

import (
	"context"
	"errors"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/data/bundle/fit"
	"casebinder/data/desk"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/words"
)

// Under these keys the window keeps what was chosen last.
const (
	folderKey   = "bundle.folder"
	languageKey = "bundle.language"
	targetKey   = "bundle.target." // with the policy pack, or the platform
)

// plainTarget is the target without a form.
const plainTarget = "plain"

// targetPart is where the bundle goes: whose form it is fitted to, how full that
// is, and the button that binds.
type targetPart struct {
	b      *Page
	object fyne.CanvasObject

	profiles []fit.Profile
	suited   int
	choice   *kit.Choice[string]
	suits    *widget.Label
	language *kit.Choice[string]
	masks    map[data.MaskKind]*kit.Check
	stamp    *kit.Check
	folder   *kit.Entry

	estimate kit.Loader
	exact    kit.Loader
	pending  func()    // measures exactly, when pages are there
	plan     *fit.Plan // as measured last; nil while there is none
	counted  countedText
	measured *fyne.Container // meters and what does not fit
	placed   *fyne.Container // what goes where, and why
	state    *canvas.Text    // what is going on

	bind   *binder
	before *saved // what was chosen before the window was made anew; nil: nothing
}

func newTargetPart(b *Page) *targetPart {
	t := &targetPart{b: b, masks: map[data.MaskKind]*kit.Check{}, measured: kit.Stacked(look.Tight), placed: kit.Stacked(look.Tight)}
	t.choice = kit.NewChoice[string](nil, "", func(id string) { t.chosen(id) })
	t.suits = widget.NewLabel("")
	t.suits.Wrapping = fyne.TextWrapWord
	t.state = kit.NewText("", kit.Muted, look.Text, false)
	t.bind = newBinder(t)
	body := kit.Stacked(look.Tight, kit.Dense(kit.Section(words.T("bind.target"))), t.choice, t.suits, t.measured, t.options(), t.placed)
	t.object = container.NewBorder(nil, t.bind.object, nil, nil, container.NewVScroll(container.New(layout.NewCustomPaddedLayout(look.Tight, look.Gap, look.Gap, look.Gap+4), body)))
	kit.Trace("bind.target", t.choice)
	return t
}

// options are what can be chosen of the bundle itself.
func (t *targetPart) options() fyne.CanvasObject {
	e := t.b.env
	var languages []kit.Option[string]
	for _, l := range words.Languages() {
		languages = append(languages, kit.Option[string]{Value: l, Text: words.Title(l)})
	}
	language := words.English
	e.UI.Kept(languageKey, &language)
	t.language = kit.NewChoice(languages, language, func(l string) {
		e.UI.Keep(languageKey, l)
		t.changed()
	})
	folder := ""
	e.UI.Kept(folderKey, &folder)
	if folder == "" {
		folder = e.Documents()
	}
	t.folder = kit.TextField(e.UI, folder, 1)
	choose := kit.NewButton("bind.folder.choose", words.T("bundle.folder.choose"), func() {
		e.ChooseDir(words.T("bundle.folder"), t.folder.Text, func(path string) { t.folder.SetText(path) })
	})
	masks := container.New(layout.NewRowWrapLayoutWithCustomPadding(look.Tight, 0))
	for _, kind := range data.MaskKinds() {
		check := kit.NewCheck(words.Of("mask", kind), func(bool) { t.changed() })
		t.masks[kind] = check
		kit.Trace("bind.mask."+string(kind), check)
		masks.Add(check)
	}
	t.stamp = kit.NewCheck(words.T("bind.stamp"), nil)
	t.stamp.SetToolTip(words.T("bind.stamp.hint"))
	kit.Trace("bind.stamp", t.stamp)
	kit.Trace("bundle.folder", t.folder)
	kit.Trace("bind.language", t.language)
	return kit.Dense(kit.Stacked(look.Tight,
		kit.Section(words.T("bundle.language")), t.language,
		kit.Section(words.T("bind.masks")), kit.Stacked(0, masks),
		kit.Section(words.T("bundle.folder")), container.NewBorder(nil, nil, nil, choose, t.folder),
		t.stamp))
}

func (t *targetPart) focus() { t.b.env.UI.Window.Canvas().Focus(t.choice) }

func (t *targetPart) close() {
	t.estimate.Stop()
	t.exact.Stop()
	t.bind.close()
}

// targetKey is under what the last target is kept: by the rules of the case, for
// the same kind of case goes to the same form.
func (t *targetPart) targetKey() string {
	if p := t.b.view.Pack; p != nil {
		return targetKey + p.ID
	}
	return targetKey + string(t.b.view.Order.Shop.Platform)
}

// set takes the profiles over; what is chosen stays chosen.
func (t *targetPart) set(v *desk.BundleView) {
	t.profiles, t.suited = v.Profiles, v.Suited
	var options []kit.Option[string]
	for _, p := range t.profiles {
		options = append(options, kit.Option[string]{Value: p.ID, Text: profileTitle(p)})
	}
	before := t.choice.Value()
	t.choice.SetChoices(options)
	if before != "" && slices.ContainsFunc(t.profiles, func(p fit.Profile) bool { return p.ID == before }) {
		t.choice.Set(before)
		return
	}
	id := ""
	t.b.env.UI.Kept(t.targetKey(), &id)
	if t.before != nil {
		id = t.before.profile
	}
	if !slices.ContainsFunc(t.profiles, func(p fit.Profile) bool { return p.ID == id }) {
		id = plainTarget
		if t.suited > 0 {
			id = t.profiles[0].ID
		}
	}
	t.choice.Set(id)
	t.preset()
	if s := t.before; s != nil {
		t.before = nil
		t.stamp.SetChecked(s.stamp)
		for kind, check := range t.masks {
			check.Checked = slices.Contains(s.masks, kind)
			check.Refresh()
		}
	}
}

// profileTitle names a target.
func profileTitle(p fit.Profile) string {
	if words.Has("profile." + p.ID) {
		return words.T("profile." + p.ID)
	}
	return p.Name
}

// profile is the chosen one, with the limits in force.
func (t *targetPart) profile() fit.Profile {
	for _, p := range t.profiles {
		if p.ID == t.choice.Value() {
			return p
		}
	}
	return fit.Profile{}
}

// chosen takes another target. One that suits is kept for the next case of its
// kind; one of another platform is for this case alone.
func (t *targetPart) chosen(id string) {
	if at := slices.IndexFunc(t.profiles, func(p fit.Profile) bool { return p.ID == id }); at < t.suited || id == plainTarget {
		t.b.env.UI.Keep(t.targetKey(), id)
	}
	t.preset()
	t.changed()
}

// preset masks what the target's form does not need, and says whether the target
// suits the dispute.
func (t *targetPart) preset() {
	p := t.profile()
	for kind, check := range t.masks {
		check.Checked = slices.Contains(p.Mask, kind)
		check.Refresh()
	}
	at := slices.IndexFunc(t.profiles, func(o fit.Profile) bool { return o.ID == p.ID })
	switch {
	case at < t.suited:
		t.suits.SetText("✓ " + words.T("bind.target.suits"))
	case p.ID == plainTarget:
		t.suits.SetText(words.T("bind.target.plain"))
	default:
		t.suits.SetText("△ " + words.T("bind.target.other"))
	}
	t.b.statement.count()
}

// changed measures at once, and has the pages made anew after a pause.
func (t *targetPart) changed() {
	if t.b.loaded {
		t.measure(t.request())
		t.b.soon()
	}
}

// request is how the bundle is bound.
func (t *targetPart) request() desk.BundleRequest {
	r := desk.BundleRequest{
		DisputeID: t.b.id, Dir: strings.TrimSpace(t.folder.Text), Language: t.language.Value(), Reads: words.Language(), Profile: t.choice.Value(), TimeStamp: t.stamp.Checked,
	}
	for _, kind := range data.MaskKinds() {
		if t.masks[kind].Checked {
			r.Mask = append(r.Mask, kind)
		}
	}
	return r
}

// measure asks how the bundle fits: estimated at once, then measured.
func (t *targetPart) measure(r desk.BundleRequest) {
	st := cloneStatement(t.b.view.Statement)
	t.exact.Stop()
	t.pending = nil
	t.say(words.T("bind.measuring"))
	kit.Load(&t.estimate, func(ctx context.Context) (desk.FitView, error) { return t.b.env.desk.Fit(ctx, r, false) }, func(f desk.FitView, err error) {
		if err != nil {
			t.failed(err)
			return
		}
		t.show(f, st)
		t.bind.compare(r)
		if !f.Plan.Estimate {
			t.say("")
			return
		}
		t.pending = func() { t.measureExactly(r, st) }
		if !t.b.pages.making {
			t.proceed()
		}
	})
}

// proceed begins with what waits until pages are there: they are wanted first.
func (t *targetPart) proceed() {
	if do := t.pending; do != nil {
		t.pending = nil
		do()
	}
}

func (t *targetPart) measureExactly(r desk.BundleRequest, st data.Statement) {
	kit.Load(&t.exact, func(ctx context.Context) (desk.FitView, error) { return t.b.env.desk.Fit(ctx, r, true) }, func(f desk.FitView, err error) {
		if err != nil {
			t.failed(err)
			return
		}
		t.say("")
		t.show(f, st)
	})
}

func (t *targetPart) say(text string) {
	if t.state.Text != text {
		t.state.Text = text
		t.state.Refresh()
		t.measured.Refresh()
	}
}

// failed says why nothing could be measured.
func (t *targetPart) failed(err error) {
	if errors.Is(err, context.Canceled) {
		return
	}
	t.say("")
	t.plan = nil
	t.measured.Objects = []fyne.CanvasObject{kit.NewProblem(t.b.env.UI, err, nil)}
	t.measured.Refresh()
	t.drawBind()
}

// show draws a plan.
func (t *targetPart) show(f desk.FitView, st data.Statement) {
	t.plan = &f.Plan
	t.counted = countedText{profile: f.Profile.ID, claims: claimChars(st, f.Profile.Count)}
	for _, m := range f.Plan.Meters {
		// The field of the statement is the longest; it holds at least the claims.
		if m.Limit == fit.LimitTextChars && m.Value >= max(t.counted.form, t.counted.claims) && t.counted.claims > 0 {
			t.counted.form, t.counted.max = m.Value, m.Max
		}
	}
	t.b.statement.count()
	t.measured.Objects = []fyne.CanvasObject{container.NewBorder(nil, nil, kit.Section(words.T("bind.meters")), container.NewCenter(t.state))}
	shown, far := tellingMeters(f.Plan.Meters)
	for i, m := range shown {
		t.measured.Add(newMeter(i, m, f))
	}
	if far > 0 {
		t.measured.Add(kit.Soft(words.N("bind.meters.far", far)))
	}
	t.drawFindings(&f.Plan)
	kit.Dense(t.measured)
	t.measured.Refresh()
	t.drawPlaced(&f.Plan)
	t.drawBind()
	kit.Event("bind.fit", "profile", f.Plan.Profile, "fits", f.Plan.Fits, "estimate", f.Plan.Estimate, "files", len(f.Plan.Files))
}
