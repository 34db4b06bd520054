package replies

import (
	"context"
	"maps"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// gap is the mark that stands in a draft for a variable without a value.
func gap(variable string) string { return "⟦" + variable + "⟧" }

// choice is what a reply is made of.
type choice struct {
	template  string // UID
	variant   string // UID; "" lets the buyer's language choose
	order     data.OrderRow
	language  string // of the order's buyer; "" when not known
	disputeID int64
}

// Tab is the tab of reply templates: scenarios at the left, the draft in
// the middle, the order and what is missing at the right.
type Tab struct {
	env       *env
	templates []data.Template
	tree      *tree
	chosen    choice
	typedIn   *typedTexts // so that nothing typed is lost

	loader   kit.Loader // templates
	asking   kit.Loader // drafts
	buying   kit.Loader // the buyer's language
	shown    draft
	about    choice                 // what shown was made of
	waiting  bool                   // a draft is on its way: what stands on the screen is not it
	unknown  bool                   // the buyer's language is still being asked for
	missing  []string               // variables that have a field
	fieldsOf int64                  // the order whose values the fields hold
	inputs   map[string]*kit.Search // those fields, by variable
	edited   bool                   // the text differs from the draft by hand
	without  bool                   // no order is wanted
	setting  bool                   // the text is being set by the program

	content  fyne.CanvasObject
	page     *fyne.Container
	main     fyne.CanvasObject
	none     fyne.CanvasObject
	title    *widget.Label
	variants *kit.Choice[string]
	note     *widget.Label
	text     *kit.Entry
	gloss    *kit.Para
	glossBox *fyne.Container
	split    fyne.CanvasObject // draft above its counterpart
	middle   *fyne.Container   // the split, or the draft alone
	frame    *fyne.Container   // the whole of the middle pane
	finder   *show.OrderFinder
	fields   *fyne.Container
	copy     *widget.Button
	blocked  *widget.Label
	reset    *widget.Button
}

// draft is a draft with its counterpart in the seller's own language.
type draft struct {
	draft, gloss desk.Draft
	wants        []string // variables that no order knows, typed or not
}

// New makes the tab.
func New(shared *show.Env, d Desk) *Tab {
	e := &env{shared, d}
	var kept keptTexts
	e.UI.Kept(keptTyped, &kept)
	r := &Tab{env: e, typedIn: newTyped(kept)}
	r.tree = newTree(e, r.choose)
	left := container.NewBorder(kit.Inset(look.Tight, r.tree.search), kit.Inset(look.Tight, container.NewHBox(
		kit.NewButton("replies.new", words.T("replies.new"), r.New))), nil, nil, r.tree.object)
	r.main = r.draftPane()
	r.none = kit.NothingChosen("replies.pick.title", "replies.pick.do")
	r.page = container.NewStack(r.none)
	right := kit.KeptSplit(e.UI, "replies.order.split", 0.68, r.page, r.orderPane())
	r.content = kit.KeptSplit(e.UI, "replies.split", 0.24, left, right)
	return r
}

// choose takes a template.
func (r *Tab) choose(uid string) {
	if uid == r.chosen.template {
		return
	}
	r.chosen.template, r.chosen.variant = uid, ""
	r.ask()
}

func (r *Tab) variantChosen(uid string) {
	r.chosen.variant = uid
	r.ask()
}

// template is the chosen template.
func (r *Tab) template() (data.Template, bool) {
	for _, t := range r.templates {
		if t.UID == r.chosen.template {
			return t, true
		}
	}
	return data.Template{}, false
}

// wait takes away what is about another choice, and lets nothing be copied
// before the draft of this one is there.
func (r *Tab) wait() {
	r.asking.Stop()
	r.waiting = true
	if t, ok := r.template(); ok && r.about != r.chosen {
		r.shown, r.about = draft{}, choice{}
		r.title.SetText(templateName(t))
		r.showVariants(t, r.chosen.language)
		r.showReset(t)
		r.note.Hide()
		r.setting = true
		r.text.SetText("")
		r.setting = false
		r.text.Disable()
		r.gloss.SetText("")
	}
	r.gate()
}

// ask has the draft filled, beside the main goroutine.
func (r *Tab) ask() {
	t, ok := r.template()
	if !ok {
		r.asking.Stop()
		kit.ShowOnly(r.page, r.none)
		return
	}
	if r.wait(); r.unknown {
		return // its answer asks again, in the buyer's language
	}
	language := r.chosen.language
	if language == "" {
		language = words.English
	}
	request := desk.DraftRequest{
		Template: t.UID, Variant: r.chosen.variant, Language: language, OrderID: r.chosen.order.ID,
		DisputeID: r.chosen.disputeID, Extra: maps.Clone(r.extra()),
	}
	kit.Load(&r.asking, func(ctx context.Context) (draft, error) { return r.fill(ctx, request) },
		func(d draft, err error) {
			if err != nil {
				r.env.UI.Problem(err)
				return
			}
			r.show(t, d)
		})
}

// fill asks for the draft, for what it wants beside the order, and for its
// counterpart in the seller's own language.
func (r *Tab) fill(ctx context.Context, q desk.DraftRequest) (d draft, err error) {
	if d.draft, err = r.env.desk.Draft(ctx, q); err != nil {
		return d, err
	}
	bare := q
	bare.Extra = nil
	wants, err := r.env.desk.Draft(ctx, bare)
	if err != nil {
		return d, err
	}
	d.wants = wants.Missing
	own := q
	own.Variant, own.Language = "", words.Language()
	d.gloss, err = r.env.desk.Draft(ctx, own)
	return d, err
}

func (r *Tab) show(t data.Template, d draft) {
	r.shown, r.about, r.waiting = d, r.chosen, false
	r.text.Enable()
	r.title.SetText(templateName(t))
	r.showVariants(t, d.draft.Language)
	r.setText(d.draft.Text)
	r.note.Hide()
	if r.chosen.language != "" && r.chosen.variant == "" && !d.draft.Exact {
		r.note.SetText(words.T("replies.not_exact", "wanted", words.LanguageNamed(r.chosen.language), "got", words.LanguageNamed(d.draft.Language)))
		r.note.Show()
	}
	if d.gloss.Language == d.draft.Language {
		kit.ShowOnly(r.middle, r.text)
	} else {
		r.gloss.SetText(d.gloss.Text)
		kit.ShowOnly(r.middle, r.split)
	}
	r.showReset(t)
	r.showFields(d.wants)
	r.gate()
	kit.ShowOnly(r.page, r.main)
	r.frame.Refresh() // the note may have come or gone
	kit.Event("draft", "name", t.UID, "rows", len(d.wants))
}

// showReset offers the shipped text for a template that has one.
func (r *Tab) showReset(t data.Template) {
	if t.BuiltIn {
		r.reset.Show()
	} else {
		r.reset.Hide()
	}
}

// showVariants offers the languages and wordings of a template.
func (r *Tab) showVariants(t data.Template, language string) {
	var options []kit.Option[string]
	chosen := r.chosen.variant
	for _, v := range t.Variants {
		options = append(options, kit.Option[string]{Value: v.UID, Text: words.Join(" · ", words.LanguageNamed(v.Language), v.Label)})
		if chosen == "" && v.Language == language {
			chosen = v.UID
		}
	}
	r.variants.SetChoices(options)
	r.variants.Set(chosen)
}

// Name is for screen.
func (r *Tab) Name() string { return "replies" }

// Content is for screen.
func (r *Tab) Content() fyne.CanvasObject { return r.content }

// Reload is for screen.
func (r *Tab) Reload() {
	kit.Load(&r.loader, r.env.desk.Templates, func(list []data.Template, err error) {
		if err != nil {
			r.env.UI.Problem(err)
			return
		}
		r.templates = list
		r.tree.set(list)
		if _, ok := r.template(); !ok {
			r.chosen.template = ""
		}
		if seen := r.env.InView; r.chosen.order.ID == 0 && seen.ID != 0 && !r.without {
			r.About(seen, 0)
		} else {
			r.ask()
		}
		r.env.ChangedStatus()
		kit.Event("loaded", "name", "replies", "rows", len(list))
	})
}

// Changed asks anew for the templates, or for the draft of the chosen order.
func (r *Tab) Changed(events []data.ChangeEvent) {
	switch {
	case slices.ContainsFunc(events, func(e data.ChangeEvent) bool { return e.Of(data.EntityTemplate) }):
		r.Reload()
	case show.Touched(events, data.RowRef{Entity: data.EntityOrder, ID: r.chosen.order.ID}, data.RowRef{Entity: data.EntityDispute, ID: r.chosen.disputeID}):
		r.ask()
	}
}

// Find is for screen.
func (r *Tab) Find() { r.env.UI.Window.Canvas().Focus(r.tree.search) }

// Status is for screen.
func (r *Tab) Status() string { return words.N("replies.count", len(r.templates)) }

// Rows is how many templates there are.
func (r *Tab) Rows() int { return len(r.templates) }

// Open is for screen: templates are named by UID, so there is no record to
// open by number.
func (r *Tab) Open(int64) {}

// Proof is for screen: a file that is dropped here belongs to the order that
// the reply is about.
func (r *Tab) Proof() (show.Target, string, bool) {
	o := r.chosen.order
	return show.Target{OrderID: o.ID, DisputeID: r.chosen.disputeID}, words.T("proof.order", "number", o.Number), o.ID != 0
}

// Export is for screen.
func (r *Tab) Export() {}

type saved struct {
	chosen  choice
	typedIn *typedTexts
	search  string
}

// State is for screen.
func (r *Tab) State() any { return saved{r.chosen, r.typedIn, r.tree.search.Text} }

// Restore is for screen.
func (r *Tab) Restore(state any) {
	s, ok := state.(saved)
	if !ok {
		return
	}
	r.chosen, r.typedIn = s.chosen, s.typedIn
	r.tree.selected = s.chosen.template
	r.tree.search.SetQuiet(s.search)
	r.tree.text = s.search
	r.showOrder(s.chosen.order)
	r.Reload()
}
