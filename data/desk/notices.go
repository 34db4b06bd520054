package desk

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/importer/notice"
	"casebinder/data/store"
)

// recognizerSetting begins the settings that hold the seller's own recognizers.
const recognizerSetting = "notice.recognizer."

// maxNotices bounds the mails that are read from one file at once.
const maxNotices = 1000

var problemManyNotices = data.DefineProblem("notice_many", data.ErrLimit,
	"The file {file} holds more than {limit} mails.", "Drop the folder of one month, or single mails.")

// NoticeView is a notice e-mail as it was read, and what in the desk it seems
// to be about. Nothing is taken before a person confirms it.
type NoticeView struct {
	Notice   *notice.Notice
	File     string        // path of the file; "" for a pasted text
	Order    data.OrderRow // ID 0: none was found
	Dispute  data.Dispute  // ID 0: none yet
	Conflict error         // a *data.Problem: its case number belongs to another order
	OddDue   error         // a *data.Problem: its due date is doubtful under the rules of its case
	TakenAt  time.Time     // when this mail was taken before; zero: never
}

// NoticeChoice is what a person confirmed of a notice.
type NoticeChoice struct {
	OrderID     int64
	DisputeID   int64 // 0 opens a new dispute
	Kind        data.EventKind
	Reason      data.Reason // of a new dispute
	CaseNumber  string
	Amount      data.Money
	At          time.Time
	Due         time.Time
	Sure        bool  // a person confirmed a due date that is odd
	KeepMail    bool  // the mail itself becomes evidence
	Attachments []int // these become evidence
}

func (d *Desk) recognizers(ctx context.Context) (*notice.Set, error) {
	builtIn, err := notice.BuiltIn()
	if err != nil {
		return nil, err
	}
	settings, err := d.store.Settings(ctx)
	if err != nil {
		return nil, err
	}
	var own []*notice.Recognizer
	for key, value := range settings {
		if !strings.HasPrefix(key, recognizerSetting) {
			continue
		}
		var text string
		if err := json.Unmarshal(value, &text); err != nil {
			return nil, fmt.Errorf("reading the setting %s: %w", key, err)
		}
		r, err := notice.Decode(key, []byte(text))
		if err != nil {
			return nil, err
		}
		own = append(own, r)
	}
	return notice.NewSet(builtIn, own), nil
}

// SaveRecognizer keeps a recognizer of the seller's own, as TOML, in the place of
// one with the same id, and gives that.
func (d *Desk) SaveRecognizer(ctx context.Context, toml []byte) (id string, err error) {
	r, err := notice.Decode("recognizer", toml)
	if err != nil {
		return "", err
	}
	return r.ID, d.PutSetting(ctx, recognizerSetting+r.ID, string(toml))
}

// ReadNotices reads the notice e-mails in an .eml or .mbox file, at most 1,000.
func (d *Desk) ReadNotices(ctx context.Context, path string, p Progress) ([]NoticeView, error) {
	set, err := d.recognizers(ctx)
	if err != nil {
		return nil, err
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, problemEvidenceOpen.Wrap(err, "file", path)
	}
	defer file.Close()
	var all []NoticeView
	for n, err := range notice.Read(ctx, path, file, set, notice.Options{}) {
		if err != nil {
			return nil, err
		}
		if len(all) == maxNotices {
			return nil, problemManyNotices.New("file", path, "limit", maxNotices)
		}
		p.tell(int64(len(all)), 0, "progress.reading")
		view, err := d.place(ctx, n)
		if err != nil {
			return nil, err
		}
		view.File = path
		all = append(all, view)
	}
	return all, nil
}

// PasteNotice reads the text of a notice that a person pasted.
func (d *Desk) PasteNotice(ctx context.Context, text string) (NoticeView, error) {
	set, err := d.recognizers(ctx)
	if err != nil {
		return NoticeView{}, err
	}
	n, err := notice.Paste(text, set, notice.Options{})
	if err != nil {
		return NoticeView{}, err
	}
	return d.place(ctx, n)
}

// PlaceNotice finds anew what in the desk a notice is about, once others were
// taken.
func (d *Desk) PlaceNotice(ctx context.Context, v NoticeView) (NoticeView, error) {
	view, err := d.place(ctx, v.Notice)
	view.File = v.File
	return view, err
}

// place finds what in the desk a notice is about.
func (d *Desk) place(ctx context.Context, n *notice.Notice) (NoticeView, error) {
	view := NoticeView{Notice: n}
	taken, err := d.store.JournalOf(ctx, "notice", n.Sum)
	if err != nil {
		return view, err
	}
	if n := len(taken); n > 0 && taken[n-1].Action == noticeTaken {
		view.TakenAt = taken[n-1].At
	}
	if view.Order, err = d.orderOfNotice(ctx, n); err != nil {
		return view, err
	}
	if err := d.disputeOfNotice(ctx, n, &view); err != nil {
		return view, err
	}
	return view, d.doubtNotice(ctx, &view)
}

// Choice is what a notice tells of itself, without a person's word.
func (v *NoticeView) Choice() NoticeChoice {
	n := v.Notice
	return NoticeChoice{
		OrderID: v.Order.ID, DisputeID: v.Dispute.ID, Kind: n.Kind, Reason: n.Reason, CaseNumber: n.CaseNumber, Amount: n.Amount,
		At: n.Date, Due: v.due(), KeepMail: v.File != "",
	}
}

// due is the due date of a notice. A day whose zone the mail does not tell ends
// in that of the order's shop.
func (v *NoticeView) due() time.Time {
	due := v.Notice.Due
	day, err := data.ParseDay(due.Day)
	zone, unknown := time.LoadLocation(v.Order.Zone)
	if !due.At.IsZero() || !due.DayOnly || v.Order.ID == 0 || err != nil || unknown != nil {
		return due.At
	}
	return day.End(zone)
}

// doubtNotice tells whether the due date of a notice is odd under the rules of
// its case, before anybody takes it.
func (d *Desk) doubtNotice(ctx context.Context, v *NoticeView) error {
	if v.Order.ID == 0 || v.due().IsZero() || v.Conflict != nil {
		return nil
	}
	c := v.Choice()
	c.Reason, c.Kind = cmp.Or(c.Reason, data.ReasonOther), cmp.Or(c.Kind, data.EventOpened)
	_, _, err := d.stepOfNotice(ctx, *v, c)
	if _, said := data.AsProblem(err); err != nil && !said {
		return err
	}
	if _, odd := AsDueDoubt(err); odd {
		v.OddDue = err
	}
	return nil // what else stands against taking it is said when it is taken
}

// orderOfNotice finds the one order with the number or payment of a notice, on
// its platform where several have it.
func (d *Desk) orderOfNotice(ctx context.Context, n *notice.Notice) (data.OrderRow, error) {
	var ids []int64
	for _, find := range []struct {
		by   func(context.Context, string) ([]int64, error)
		text string
	}{{d.store.OrdersByNumber, n.OrderNumber}, {d.store.OrdersByPayment, n.PaymentRef}, {d.store.OrdersByNumber, n.PaymentRef}} {
		if len(ids) > 0 || find.text == "" {
			continue
		}
		found, err := find.by(ctx, find.text)
		if err != nil {
			return data.OrderRow{}, err
		}
		ids = found
	}
	small := make([]int32, len(ids))
	for i, id := range ids {
		small[i] = int32(id)
	}
	rows, err := d.store.OrderRows(ctx, small)
	if err != nil {
		return data.OrderRow{}, err
	}
	if len(rows) == 1 {
		return rows[0], nil
	}
	var found []data.OrderRow
	for _, row := range rows {
		if row.Platform == n.Platform {
			found = append(found, row)
		}
	}
	if len(found) == 1 {
		return found[0], nil
	}
	return data.OrderRow{}, nil
}

func (d *Desk) disputeOfNotice(ctx context.Context, n *notice.Notice, view *NoticeView) error {
	if n.CaseNumber != "" {
		ids, err := d.store.DisputesByCase(ctx, n.CaseNumber)
		if err != nil {
			return err
		}
		if len(ids) == 1 {
			dispute, err := d.store.Dispute(ctx, ids[0])
			if err != nil {
				return err
			}
			return d.placeAtDispute(ctx, *dispute, view)
		}
	}
	if view.Order.ID == 0 || n.Kind == data.EventOpened {
		return nil
	}
	disputes, err := d.store.DisputesOfOrder(ctx, view.Order.ID)
	if len(disputes) == 1 {
		view.Dispute = disputes[0]
	}
	return err
}

func (d *Desk) placeAtDispute(ctx context.Context, dispute data.Dispute, view *NoticeView) error {
	order, err := d.store.OrderRows(ctx, []int32{int32(dispute.OrderID)})
	if err != nil || len(order) != 1 {
		return err
	}
	if view.Order.ID != 0 && view.Order.ID != dispute.OrderID {
		view.Conflict = problemCaseTaken.New("case", dispute.CaseNumber, "order", order[0].Number)
		return nil
	}
	view.Order, view.Dispute = order[0], dispute
	return nil
}

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
