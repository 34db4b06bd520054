package desk

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/reply"
	"casebinder/data/store"
)

var (
	problemNotCopied = data.DefineProblem("draft_not_copied", data.ErrConflict,
		"This reply was not copied, so it cannot have been sent.",
		"Copy it, paste it where the buyer reads it, and then say that it is sent.")
	problemNoChannel = data.DefineProblem("draft_channel", data.ErrInvalid,
		"A reply to this buyer cannot go out by “{channel}”.", "Choose one of the channels that are offered.")
	problemNoDraft = data.DefineProblem("draft_gone", data.ErrNotFound,
		"The draft of this reply no longer exists.", "Open the reply again.")
)

// DraftOf gives the draft of a reply; an empty one where none was begun.
func (d *Desk) DraftOf(ctx context.Context, about data.ReplyAbout) (data.ReplyDraft, error) {
	draft, err := d.store.DraftOf(ctx, about)
	if errors.Is(err, data.ErrNotFound) {
		return data.ReplyDraft{ReplyAbout: about}, nil
	}
	return draft, err
}

// Drafts gives all drafts, the newest first: those that are being written and
// those that were copied and not yet said to be sent.
func (d *Desk) Drafts(ctx context.Context) ([]data.ReplyDraft, error) { return d.store.Drafts(ctx) }

// SaveDraft stores what was chosen and typed for a reply: one that holds nothing
// is gone. What was copied before stays. It is no action that Undo takes back:
// the field in which one types takes back letters.
func (d *Desk) SaveDraft(ctx context.Context, draft data.ReplyDraft) error {
	before, err := d.DraftOf(ctx, draft.ReplyAbout)
	if err != nil {
		return err
	}
	draft = ownerless(draft)
	draft.ID, draft.UID = before.ID, before.UID
	draft.CopiedAt, draft.CopiedText, draft.CopiedIn = before.CopiedAt, before.CopiedText, before.CopiedIn
	if draft.IsEmpty() {
		if before.ID == 0 {
			return nil
		}
		return d.record(ctx, droppingDraft("draft.save", draft.ReplyAbout))
	}
	if draft.UID == "" {
		if draft.UID, err = newUID(); err != nil {
			return err
		}
	}
	draft.UpdatedAt, draft.UpdatedBy = time.Time{}, ""
	return d.record(ctx, func(_ context.Context, tx *store.Tx) (deed, error) {
		if err := tx.PutDraft(&draft); err != nil {
			return deed{}, err
		}
		// The journal says that there is a draft, and not each state of its words:
		// nothing is evidence before it was sent.
		change := data.Change{Action: "draft.save", Entity: data.EntityDraft, Key: draft.UID, After: map[string]string{"template": draft.Template}}
		return deed{Change: change, effect: data.EffectChanged, rows: []data.RowRef{{Entity: data.EntityDraft, ID: draft.ID}}}, nil
	})
}

// ownerless is a draft as it is stored: of one that belongs to no order and to no
// feedback, the values that were typed for one buyer are not kept, as the next one
// would be filled with them.
func ownerless(draft data.ReplyDraft) data.ReplyDraft {
	if draft.ReplyAbout == (data.ReplyAbout{}) {
		draft.Fields = nil
	}
	return draft
}

// CopyDraft says that a reply was copied, in a language, with what its check said
// and a person let stand. It is no action that Undo takes back, as the clipboard
// is not the desk's; DropDraft lets go of it.
func (d *Desk) CopyDraft(ctx context.Context, draft data.ReplyDraft, language, text string) (data.ReplyDraft, error) {
	if strings.TrimSpace(text) == "" {
		return draft, problemNoText.New()
	}
	before, err := d.DraftOf(ctx, draft.ReplyAbout)
	if err != nil {
		return draft, err
	}
	if draft.ID, draft.UID = before.ID, before.UID; draft.UID == "" {
		if draft.UID, err = newUID(); err != nil {
			return draft, err
		}
	}
	draft = ownerless(draft)
	draft.UpdatedAt, draft.UpdatedBy = time.Time{}, ""
	draft.CopiedAt, draft.CopiedText, draft.CopiedIn = data.Instant(d.now()), text, language
	err = d.record(ctx, func(_ context.Context, tx *store.Tx) (deed, error) {
		if err := tx.PutDraft(&draft); err != nil {
			return deed{}, err
		}
		change := data.Change{Action: "draft.copy", Entity: data.EntityDraft, Key: draft.UID, After: draft}
		return deed{Change: change, effect: data.EffectChanged, rows: draftRows(&draft)}, nil
	})
	return draft, err
}

// SendDraft says that a copied reply was sent, by a channel or, where that is empty,
// by the usual one: it is a message to the buyer from then on, or the public answer
// to a feedback, and no draft. Without an order it belongs to no record, and the zero
// message is given. What it promises until a day becomes a task. It can be undone.
func (d *Desk) SendDraft(ctx context.Context, about data.ReplyAbout, channel string) (data.Message, error) {
	draft, err := d.store.DraftOf(ctx, about)
	if errors.Is(err, data.ErrNotFound) {
		return data.Message{}, problemNoDraft.Wrap(err)
	}
	if err != nil {
		return data.Message{}, err
	}
	if draft.CopiedAt.IsZero() {
		return data.Message{}, problemNotCopied.New()
	}
	drop := droppingDraft("reply.sent", about)
	if about.FeedbackID != 0 && !privately(&draft) {
		answer, err := d.answering(ctx, &draft)
		if err != nil {
			return data.Message{}, err
		}
		return data.Message{}, d.act(ctx, together(answer, drop))
	}
	if about.OrderID == 0 {
		return data.Message{}, d.act(ctx, drop)
	}
	if draft.Template == GivenTemplate { // it stands on the buyer's page, and is no message
		given, err := d.givenStep(ctx, &draft)
		if err != nil {
			return data.Message{}, err
		}
		return data.Message{}, d.act(ctx, together(given, drop))
	}
	m, err := d.sentMessage(ctx, &draft, channel)
	if err != nil {
		return m, err
	}
	promises, err := d.promiseTasks(ctx, &m)
	if err != nil {
		return m, err
	}
	asked, err := d.askedSteps(ctx, &m)
	if err != nil {
		return m, err
	}
	steps := append([]step{adding("reply.sent", data.EntityMessage, &m, messageAccess), drop}, append(promises, asked...)...)
	err = d.act(ctx, together(steps...))
	return m, err
}

// ReplyChannels are the ways by which a reply to a buyer can have gone out.
type ReplyChannels struct {
	Usual string   // by which the newest message of the conversation came or went
	All   []string // the platform's own messages first; empty where a reply is no message
}

// ReplyChannels gives the ways by which a reply can have gone out. A public answer
// and one without an order have none.
func (d *Desk) ReplyChannels(ctx context.Context, about data.ReplyAbout) (ReplyChannels, error) {
	if about.OrderID == 0 || about.FeedbackID != 0 {
		return ReplyChannels{}, nil
	}
	order, err := d.store.Order(ctx, about.OrderID)
	if err != nil {
		return ReplyChannels{}, err
	}
	return d.channelsOf(ctx, order)
}

func (d *Desk) channelsOf(ctx context.Context, order *data.Order) (ReplyChannels, error) {
	c := ReplyChannels{All: data.WrittenChannels(order.Shop.Platform)}
	used, err := d.store.ChannelsOfOrder(ctx, order.ID)
	used = slices.DeleteFunc(used, func(channel string) bool { return channel == "phone" || channel == "paste" }) // ways to hear, not to write
	for _, channel := range used {
		if !slices.Contains(c.All, channel) {
			c.All = append(c.All, channel)
		}
	}
	c.Usual = append(used, c.All[0])[0]
	return c, err
}

// sentMessage is the message that a draft becomes.
func (d *Desk) sentMessage(ctx context.Context, draft *data.ReplyDraft, channel string) (data.Message, error) {
	order, err := d.store.Order(ctx, draft.OrderID)
	if err != nil {
		return data.Message{}, err
	}
	ways, err := d.channelsOf(ctx, order)
	if err != nil {
		return data.Message{}, err
	}
	if channel == "" {
		channel = ways.Usual
	}
	if !slices.Contains(ways.All, channel) {
		return data.Message{}, problemNoChannel.New("channel", channel)
	}
	uid, err := newUID()
	return data.Message{
		UID: uid, OrderID: draft.OrderID, DisputeID: draft.DisputeID, Direction: data.ToBuyer, Channel: channel,
		Author: order.Shop.Name, SentAt: data.Instant(d.now()), Language: draft.CopiedIn, Text: draft.CopiedText,
		Source: data.SourceReply, Template: draft.Template, Variant: draft.Variant, Passed: draft.Passed,
	}, err
}

// privately reports whether a text that was begun on a feedback is a letter to its
// buyer, and no answer in public.
func privately(draft *data.ReplyDraft) bool {
	entry, ok := reply.EntryOf(draft.Template)
	return ok && entry.Audience == reply.ToBuyer && draft.OrderID != 0
}

// answering is the step that makes of a draft the public answer to a feedback.
func (d *Desk) answering(ctx context.Context, draft *data.ReplyDraft) (step, error) {
	before, err := d.store.Feedback(ctx, draft.FeedbackID)
	if err != nil {
		return nil, err
	}
	deed := FeedbackDeed{Kind: FeedbackReply, At: data.Instant(d.now()), Text: draft.CopiedText}
	if draft.Template == complaintTemplate { // it went to the platform, and stands nowhere in public
		deed.Kind, deed.Ground = FeedbackComplain, groundOf(draft.Fields["complaint.ground"], before.Complained.Ground)
	}
	after, err := deed.apply(before)
	if err != nil {
		return nil, err
	}
	of := about{"reply.sent", data.EntityFeedback, before.UID, rowsOf(data.EntityFeedback, before.ID, before.OrderID, 0)}
	return swap(of, before, after, func(_ context.Context, tx *store.Tx, to data.Feedback) error { return tx.PutFeedback(&to) }), nil
}

// The templates of which sending is something that happened to a feedback.
const (
	complaintTemplate = "feedback_complaint"
	revisionTemplate  = "revision_request"
	GivenTemplate     = "feedback_for_buyer"
)

// givenStep makes of a draft the feedback that the seller left for a buyer. It is a
// good one: platforms let sellers leave no other, or their text speaks of none.
func (d *Desk) givenStep(ctx context.Context, draft *data.ReplyDraft) (step, error) {
	order, err := d.store.Order(ctx, draft.OrderID)
	if err != nil {
		return nil, err
	}
	uid, err := newUID()
	f := data.Feedback{
		UID: uid, Shop: order.Shop, OrderNumber: order.Number, BuyerHandle: data.ToldHandle(order.Buyer.Handle, order.Buyer.Name), Stars: 5, Text: draft.CopiedText,
		Language: draft.CopiedIn, State: data.FeedbackDone, LeftAt: data.Instant(d.now()), Given: true,
	}
	return addingFeedback(&f), err
}

// groundOf is the ground that a complaint's text names, else the one that was chosen.
func groundOf(named string, chosen data.ComplaintGround) data.ComplaintGround {
	ground := data.ComplaintGround(named)
	switch {
	case named == "off_topic":
		return data.GroundIrrelevant
	case slices.Contains(data.ComplaintGrounds(), ground):
		return ground
	case chosen != "":
		return chosen
	}
	return data.GroundOther
}

// askedSteps say of the feedback on an order that its buyer was asked to revise it,
// where a message was that.
func (d *Desk) askedSteps(ctx context.Context, m *data.Message) ([]step, error) {
	if m.Template != revisionTemplate {
		return nil, nil
	}
	list, err := d.store.FeedbackOfOrder(ctx, m.OrderID)
	if err != nil {
		return nil, err
	}
	var steps []step
	for _, one := range list {
		if data.Tone(one.Stars) == "positive" || !one.RevisionAt.IsZero() {
			continue
		}
		before, err := d.store.Feedback(ctx, one.ID)
		if err != nil {
			return nil, err
		}
		after, err := (&FeedbackDeed{Kind: FeedbackAsk, At: m.SentAt}).apply(before)
		if err != nil {
			return nil, err
		}
		of := about{"feedback.ask", data.EntityFeedback, before.UID, rowsOf(data.EntityFeedback, before.ID, before.OrderID, 0)}
		steps = append(steps, swap(of, before, after, func(_ context.Context, tx *store.Tx, to data.Feedback) error { return tx.PutFeedback(&to) }))
	}
	return steps, nil
}

// DropDraft throws a draft away. It can be undone.
func (d *Desk) DropDraft(ctx context.Context, about data.ReplyAbout) error {
	return d.act(ctx, droppingDraft("draft.drop", about))
}

// droppingDraft is the step that takes a draft away; taken back, it is as it was.
func droppingDraft(action string, about data.ReplyAbout) step {
	return func(ctx context.Context, tx *store.Tx) (deed, error) {
		draft, err := tx.DraftOf(ctx, about)
		if err != nil {
			return deed{}, problemNoDraft.Wrap(err)
		}
		return deed{
			Change: data.Change{Action: action, Entity: data.EntityDraft, Key: draft.UID, Before: draft},
			effect: data.EffectRemoved, rows: draftRows(&draft), back: restoringDraft(action, draft),
		}, tx.DropDraft(about)
	}
}

// restoringDraft is the step that brings a draft back.
func restoringDraft(action string, draft data.ReplyDraft) step {
	return func(_ context.Context, tx *store.Tx) (deed, error) {
		return deed{
			Change: data.Change{Action: action, Entity: data.EntityDraft, Key: draft.UID, After: draft},
			effect: data.EffectAdded, rows: draftRows(&draft), back: droppingDraft(action, draft.ReplyAbout),
		}, tx.PutDraft(&draft)
	}
}

// draftRows names what shows that a draft was copied, or is gone.
func draftRows(d *data.ReplyDraft) []data.RowRef {
	rows := rowsOf(data.EntityDraft, d.ID, d.OrderID, d.DisputeID)
	if d.FeedbackID != 0 {
		rows = append(rows, data.RowRef{Entity: data.EntityFeedback, ID: d.FeedbackID})
	}
	return rows
}
