package desk

import (
	"context"
	"errors"
	"os"
	"strings"

	"casebinder/data"
	"casebinder/data/store"
)

// TakeNotice writes a notice down as a person confirmed it: a new dispute or
// an event of one, then the mail and its attachments as evidence. What was
// written down can be undone step by step. A due date that is odd is refused
// unless the person is sure of it.
func (d *Desk) TakeNotice(ctx context.Context, v NoticeView, c NoticeChoice) (data.Dispute, error) {
	dispute, err := d.takeEvent(ctx, v, c)
	if err != nil {
		return dispute, err
	}
	files, err := noticeFiles(ctx, v, c)
	if err != nil || len(files) == 0 {
		return dispute, err
	}
	report, err := d.AddEvidence(ctx, dispute.ID, files, nil)
	for _, r := range report.Rejected {
		err = errors.Join(err, r.Reason)
	}
	return dispute, err
}

// takeEvent writes down what a notice tells, and that it was taken, as one
// action.
func (d *Desk) takeEvent(ctx context.Context, v NoticeView, c NoticeChoice) (data.Dispute, error) {
	told := map[string]string{"message_id": v.Notice.MessageID, "from": v.Notice.From, "subject": v.Notice.Subject}
	dispute, what, err := d.stepOfNotice(ctx, v, c)
	if err != nil {
		return data.Dispute{}, err
	}
	told["dispute"] = dispute.UID
	if err := d.act(ctx, together(what, noticeStep(true, v.Notice.Sum, told))); err != nil {
		return data.Dispute{}, err
	}
	stored, err := d.store.Dispute(ctx, dispute.ID)
	if err != nil {
		return data.Dispute{}, err
	}
	return *stored, nil
}

// stepOfNotice is what a notice does, and the dispute that it is about; a new
// one has its ID once it is stored.
func (d *Desk) stepOfNotice(ctx context.Context, v NoticeView, c NoticeChoice) (*data.Dispute, step, error) {
	if c.DisputeID == 0 {
		return d.openByNotice(ctx, v, c)
	}
	dispute, err := d.store.Dispute(ctx, c.DisputeID)
	if err != nil {
		return nil, nil, err
	}
	event := eventOfNotice(v, c)
	what, err := d.eventStep(c.DisputeID, event)
	if err == nil {
		err = d.doubtDue(ctx, dispute, event, c.Sure)
	}
	return dispute, what, err
}

func eventOfNotice(v NoticeView, c NoticeChoice) data.CaseEvent {
	return data.CaseEvent{Kind: c.Kind, Actor: noticeActor(c.Kind), At: c.At, Amount: c.Amount, Due: c.Due, Note: v.Notice.Subject}
}

// openByNotice opens a dispute of which a notice is the first that the desk
// hears. When it tells of a later step, that step is written down too, with the
// date that goes with it: a ruling starts no clock of an opening.
func (d *Desk) openByNotice(ctx context.Context, v NoticeView, c NoticeChoice) (*data.Dispute, step, error) {
	pack, err := d.packOfNotice(ctx, v)
	if err != nil {
		return nil, nil, err
	}
	fresh := NewDispute{OrderID: c.OrderID, Reason: c.Reason, Amount: c.Amount, CaseNumber: c.CaseNumber, OpenedAt: c.At, Pack: pack}
	opens := c.Kind == "" || c.Kind == data.EventOpened
	if opens {
		fresh.StatedDue = c.Due
	}
	dispute, err := d.checkedDispute(ctx, fresh)
	if err != nil {
		return nil, nil, err
	}
	if opens {
		return &dispute, opening(&dispute), d.doubtOpening(ctx, &dispute, c.Sure)
	}
	event := eventOfNotice(v, c)
	if _, err := d.eventStep(0, event); err != nil { // told before anything is written
		return nil, nil, err
	}
	if err := d.doubtDue(ctx, &dispute, event, c.Sure); err != nil {
		return nil, nil, err
	}
	later := func(ctx context.Context, tx *store.Tx) (deed, error) {
		return d.appending(dispute.ID, event)(ctx, tx)
	}
	return &dispute, together(opening(&dispute), later), nil
}

// packOfNotice is the pack of the channel that a notice names, where its
// platform has one alone: a chargeback is no inquiry, whatever its reason.
func (d *Desk) packOfNotice(ctx context.Context, v NoticeView) (string, error) {
	rules, err := d.Rules(ctx)
	if err != nil || v.Notice.Channel == "" {
		return "", err
	}
	var fits []string
	for _, p := range rules.Packs {
		if p.Platform == v.Notice.Platform && strings.EqualFold(p.Channel, v.Notice.Channel) {
			fits = append(fits, p.ID)
		}
	}
	if len(fits) != 1 {
		return "", nil
	}
	return fits[0], nil
}

// noticeStep writes into the journal that a notice was taken, or that this was
// taken back.
func noticeStep(take bool, sum string, told map[string]string) step {
	return func(context.Context, *store.Tx) (deed, error) {
		did := deed{
			Change: data.Change{Action: noticeTaken, Entity: data.EntityNotice, Key: sum, After: told},
			effect: data.EffectAdded, rows: manyOf(data.EntityNotice), back: noticeStep(!take, sum, told),
		}
		if !take {
			did.Action, did.effect, did.Before, did.After = noticeLeft, data.EffectRemoved, told, nil
		}
		return did, nil
	}
}

// The actions of the journal that say of a notice whether it was taken.
const (
	noticeTaken = "notice.take"
	noticeLeft  = "notice.leave"
)

// noticeActor is whose deed a platform's notice tells of.
func noticeActor(kind data.EventKind) data.Actor {
	switch kind {
	case data.EventOpened, data.EventClaimChanged, data.EventEscalated, data.EventWithdrawn, data.EventReturnShipped:
		return data.ActorBuyer
	}
	return data.ActorPlatform
}

// noticeFiles are the parts of a notice that become evidence.
func noticeFiles(ctx context.Context, v NoticeView, c NoticeChoice) ([]EvidenceFile, error) {
	if v.File == "" {
		if !c.KeepMail {
			return nil, nil
		}
		return []EvidenceFile{{Name: "notice.txt", Bytes: []byte(v.Notice.Text), Kind: data.KindMessage, Note: v.Notice.Subject, Source: "paste"}}, nil
	}
	file, err := os.Open(v.File)
	if err != nil {
		return nil, problemEvidenceOpen.Wrap(err, "file", v.File)
	}
	defer file.Close()
	var files []EvidenceFile
	if c.KeepMail {
		raw, err := v.Notice.Raw(file)
		if err != nil {
			return nil, err
		}
		files = append(files, EvidenceFile{Name: "notice.eml", Bytes: raw, Kind: data.KindMessage, Note: v.Notice.Subject, CapturedAt: v.Notice.Date, Source: "file"})
	}
	for _, i := range c.Attachments {
		content, err := v.Notice.OpenAttachment(ctx, file, i)
		if err != nil {
			return nil, err
		}
		files = append(files, EvidenceFile{Name: v.Notice.Attachments[i].Name, Bytes: content, Note: v.Notice.Subject, Source: "file"})
	}
	return files, nil
}
