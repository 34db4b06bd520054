package replies

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/kit"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

const (
	savePause  = 800 * time.Millisecond // after which typed text is stored
	checkPause = 350 * time.Millisecond // after which it is checked
)

// gap is the mark that stands in a draft for a variable without a value.
func gap(variable string) string { return "⟦" + variable + "⟧" }

// target is what a reply is about.
type target struct {
	order    data.OrderRow // ID 0: none, a question before any order
	about    data.ReplyAbout
	template string // is taken where nothing was typed yet; "" takes what is proposed first
}

// writer is the part in which a reply is written: the conversation at the left,
// the draft in the middle, the order, what is missing and what the check says at
// the right.
type writer struct {
	env       *env
	templates []data.Template
	tree      *tree
	talk      *show.Conversation

	at       target
	opened   bool // something was chosen to write about, an order or none
	view     desk.OrderView
	feedback data.Feedback
	language buyerLanguage
	proposed []proposal
	paths    []desk.PathOffer // guided ones that answer what the buyer wrote
	draft    data.ReplyDraft  // as it stands on the screen
	shown    filled           // what the template gives
	checked  desk.ReplyChecked
	waiting  bool    // what stands on the screen is not the draft of what was chosen last
	checking bool    // the check of what stands there is under way
	copying  bool    // the draft is being written down as copied
	eager    bool    // the key that copies came while the text was still checked
	early    bool    // the key that says “sent” came before the copied draft was on the screen
	setting  bool    // the text is being set by the program
	dirty    bool    // what was typed waits to be stored
	edits    int     // how often something was typed or chosen
	next     *target // is opened when what was typed is stored

	opener  kit.Loader
	asker   kit.Loader
	checker kit.Loader
	saver   *time.Timer
	pauser  *time.Timer
	keeper  kit.Keeper[data.ReplyDraft]

	object fyne.CanvasObject
	left   *kit.Parts
	ui     parts
}

// parts are the widgets of the writer.
type parts struct {
	head      *fyne.Container
	title     *kit.Para
	hour      *fyne.Container
	proposals *fyne.Container
	name      *kit.Para
	language  *kit.Choice[string]
	label     *kit.Chips[string]
	note      *widget.Label
	noteRow   *fyne.Container
	column    *fyne.Container // of the draft
	text      *kit.Entry
	preview   *kit.Flow
	gloss     *kit.Flow
	below     *fyne.Container
	again     *kit.Button
	finder    *show.OrderFinder
	facts     *fyne.Container
	fields    *fyne.Container
	inputs    map[string]*kit.Search
	wanted    []string
	fieldsOf  data.ReplyAbout
	findings  *fyne.Container
	side      *container.Scroll // the right column: what holds the parts that come and go
	copy      *kit.KeyButton
	sent      *kit.KeyButton
	by        *show.SentBy
	blocked   *widget.Label
	drop      *kit.Button
	split     *container.Split
}

func newWriter(e *env) *writer {
	w := &writer{env: e, waiting: true}
	w.tree = newTree(e, w.chooseTemplate)
	w.tree.edit, w.tree.use = w.editByUID, func() { e.UI.Window.Canvas().Focus(w.ui.text) }
	w.talk = show.NewConversation(e.Env, e.desk, "replies.talk")
	w.talk.Draft = false // it stands in the middle
	w.keeper = kit.Keeper[data.ReplyDraft]{Put: e.desk.SaveDraft, Ended: func(err error) {
		if err != nil {
			w.dirty = true
			e.UI.Problem(err)
		}
		if next := w.next; next != nil {
			w.next = nil
			w.open(*next)
		}
	}}
	w.object = w.layout()
	w.adopt()
	w.clear()
	return w
}

// setTemplates takes the templates, and opens what the tab is to be about.
func (w *writer) setTemplates(list []data.Template) {
	w.templates = list
	w.tree.set(list)
	switch {
	case w.opened:
		w.open(w.at)
	case w.at.about != data.ReplyAbout{}:
		w.open(w.at)
	case w.env.InView.ID != 0:
		w.open(target{order: w.env.InView, about: data.ReplyAbout{OrderID: w.env.InView.ID}})
	default:
		w.open(target{})
	}
}

// attachedField is where a draft keeps that the file which goes with it was
// chosen; no variable has its name.
const attachedField = "attached"

// filled is what a template gives for the order, and its counterpart in the
// seller's own language.
type filled struct {
	draft, gloss desk.Draft
	wants        []string // variables that no order knows, typed or not
	must         []string // of these, those without which the text has a gap
	template     string
}

// opening is all that is shown of a reply, asked for at once.
type opening struct {
	view     desk.OrderView
	feedback data.Feedback
	language buyerLanguage
	proposed []proposal
	paths    []desk.PathOffer // guided ones that answer what the buyer wrote
	draft    data.ReplyDraft
	filled   filled
	about    data.ReplyAbout
	ways     desk.ReplyChannels // by which it can go out
}

// open shows the reply about something. What was typed for it comes back; nothing
// of another one stays.
func (w *writer) open(t target) {
	before := w.unsaved()
	if t.about != w.at.about || !w.opened {
		w.at, w.opened = t, true
		w.clear()
		w.left.SelectIndex(0) // the conversation with this buyer
	}
	w.at = t
	w.showOrder(t.order)
	if !w.keeper.Idle() {
		w.next = &t
		return
	}
	w.asker.Stop()
	w.waiting = true
	w.gate()
	edits := w.edits
	kit.Load(&w.opener, func(ctx context.Context) (opening, error) {
		if err := before(context.WithoutCancel(ctx)); err != nil {
			return opening{}, err
		}
		return w.gather(ctx, t)
	}, func(o opening, err error) {
		if err != nil {
			w.env.UI.Problem(err)
			return
		}
		if w.edits != edits { // somebody typed meanwhile: that stands
			o.draft.Template, o.draft.Variant, o.draft.Language, o.draft.Text, o.draft.Fields = w.draft.Template, w.draft.Variant, w.draft.Language, w.draft.Text, w.draft.Fields
			o.draft.Passed = w.draft.Passed
		}
		w.show(o)
		if w.edits != edits {
			w.ask()
		}
	})
}

// gather asks for all that a reply shows.
func (w *writer) gather(ctx context.Context, t target) (o opening, err error) {
	o.about = t.about
	if t.about.FeedbackID != 0 {
		rows, err := w.env.desk.FeedbackRows(ctx, []int32{int32(t.about.FeedbackID)})
		if err != nil {
			return o, err
		}
		if len(rows) > 0 {
			o.feedback = rows[0]
		}
	}
	if t.about.OrderID != 0 {
		if o.view, err = w.env.desk.Order(ctx, t.about.OrderID); err != nil {
			return o, err
		}
		if o.about.DisputeID == 0 && o.about.FeedbackID == 0 {
			o.about.DisputeID = o.view.OpenDispute()
		}
	}
	if o.draft, err = w.env.desk.DraftOf(ctx, o.about); err != nil {
		return o, err
	}
	if o.ways, err = w.env.desk.ReplyChannels(ctx, o.about); err != nil {
		return o, err
	}
	if o.language, err = w.env.languageOf(ctx, o.view); err != nil {
		return o, err
	}
	if o.proposed, err = w.propose(ctx, o); err != nil {
		return o, err
	}
	if o.paths, err = w.offerPaths(ctx, o); err != nil {
		return o, err
	}
	if t.template != "" && o.draft.IsEmpty() {
		o.draft.Template = t.template
	}
	if o.draft.Template == "" && len(o.proposed) > 0 {
		o.draft.Template = o.proposed[0].template
	}
	if o.draft.Template != "" {
		o.filled, err = w.env.fill(ctx, o.draft, o.language.tag)
	}
	return o, err
}

// show puts on the screen what was gathered.
func (w *writer) show(o opening) {
	w.view, w.feedback, w.language, w.proposed, w.draft, w.shown = o.view, o.feedback, o.language, o.proposed, o.draft, o.filled
	w.paths = o.paths
	w.at.about = o.about
	w.ui.by.Offer(o.about, o.view.Order.Shop.Platform, o.ways)
	if o.view.Order.ID != 0 {
		w.at.order = show.RowOfOrder(o.view)
	}
	w.waiting = false
	w.showHead()
	w.showProposals()
	w.showFacts()
	w.showDraft()
	w.talk.Show(o.view.Order, o.about)
	w.hearEarly()
	kit.Event("reply", "order", o.about.OrderID, "template", w.draft.Template)
}

// clear takes everything of the former reply off the screen.
func (w *writer) clear() {
	w.opener.Stop()
	w.asker.Stop()
	w.checker.Stop()
	w.waiting, w.checking, w.copying, w.early, w.eager = true, false, false, false, false // a copy on its way is another reply's
	w.view, w.feedback, w.language, w.proposed, w.paths = desk.OrderView{}, data.Feedback{}, buyerLanguage{}, nil, nil
	w.draft, w.shown, w.checked = data.ReplyDraft{ReplyAbout: w.at.about}, filled{}, desk.ReplyChecked{}
	w.showHead()
	w.showProposals()
	w.showFacts()
	w.setText("")
	w.ui.text.Disable()
	w.showBelow()
	w.showFindings()
	w.talk.Show(data.Order{}, data.ReplyAbout{})
	w.gate()
}

// chooseTemplate takes a template. Text that was typed into another one stays with
// the reply until a person has another template fill it.
func (w *writer) chooseTemplate(uid string) {
	if uid == w.draft.Template && w.shown.template == uid {
		return
	}
	if w.draft.Text != "" {
		w.env.UI.Confirm("replies.replace", words.T("replies.replace.title"), words.T("replies.replace.text"), words.T("replies.replace.do"), func() { w.take(uid) })
		return
	}
	w.take(uid)
}

func (w *writer) take(uid string) {
	w.draft.Template, w.draft.Variant, w.draft.Text, w.draft.Passed = uid, "", "", nil
	if w.at.about == (data.ReplyAbout{}) && !w.draft.CopiedAt.IsZero() {
		w.draft.Fields = nil // they went to a buyer who is not known; the next one is another
		w.showFields(nil)
	}
	w.touched()
	w.ask()
}

// template is the chosen template.
func (w *writer) template() (data.Template, bool) {
	for _, t := range w.templates {
		if t.UID == w.draft.Template {
			return t, true
		}
	}
	return data.Template{}, false
}

// ask has the draft filled anew, beside the main goroutine. Until it is there,
// nothing can be copied.
func (w *writer) ask() {
	if w.draft.Template == "" {
		w.showDraft()
		return
	}
	draft, language := w.draft, w.language.tag
	draft.Fields = maps.Clone(draft.Fields)
	w.checker.Stop()
	w.waiting = true
	if w.shown.template != draft.Template {
		w.shown, w.checked = filled{}, desk.ReplyChecked{}
		w.setText("")
		w.ui.text.Disable()
		w.showBelow()
		w.showFindings()
	}
	w.gate()
	kit.Load(&w.asker, func(ctx context.Context) (filled, error) { return w.env.fill(ctx, draft, language) }, func(f filled, err error) {
		if err != nil {
			w.env.UI.Problem(err)
			return
		}
		w.shown, w.waiting = f, false
		w.showDraft()
	})
}

// fill asks for the draft, for what it wants beside the order, and for its
// counterpart in the seller's own language.
func (e *env) fill(ctx context.Context, d data.ReplyDraft, buyers string) (f filled, err error) {
	f.template = d.Template
	q := desk.DraftRequest{
		Template: d.Template, Variant: d.Variant, Language: cmp.Or(d.Language, buyers, words.English),
		OrderID: d.OrderID, DisputeID: d.DisputeID, FeedbackID: d.FeedbackID, Extra: maps.Clone(d.Fields),
		Attached: d.Fields[attachedField] != "",
	}
	delete(q.Extra, attachedField)
	if f.draft, err = e.desk.Draft(ctx, q); err != nil {
		return f, err
	}
	bare := q
	bare.Extra = nil
	wants, err := e.desk.Draft(ctx, bare)
	if err != nil {
		return f, err
	}
	f.must = wants.Missing
	f.wants = union(wants.Missing, wants.Open, f.draft.Missing, f.draft.Open, slices.Collect(maps.Keys(q.Extra)))
	own := q
	own.Variant, own.Language = "", words.Language()
	f.gloss, err = e.desk.Draft(ctx, own)
	return f, err
}

// union lists what is in any of some lists, by the alphabet.
func union(lists ...[]string) []string {
	all := slices.Concat(lists...)
	slices.Sort(all)
	return slices.Compact(all)
}
