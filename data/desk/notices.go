package desk

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/importer/notice"
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
	if err := data.CheckPath(path); err != nil {
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
