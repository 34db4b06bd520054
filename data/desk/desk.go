package desk

import (
	"context"
	"time"

	"casebinder/data"
)

// Options say how a desk is opened.
type Options struct {
	Operator string           // who works; goes into the journal. "" takes the system's user name
	Now      func() time.Time // nil: time.Now
}

// Progress hears how far a long job is. total is 0 when it is not known; what
// is a key of the language files ("progress.reading"). It may be nil.
type Progress func(done, total int64, what string)

// Event tells that something changed, after it was committed.
type Event struct {
	Action string // as in the journal: "order.import", "dispute.open" ...
	Entity string
	Key    string
}

// Desk is one open desk: a folder with its database and its evidence.
type Desk struct{}

// Open opens the desk in a folder, or makes a new one where the folder is
// missing or empty. Problems: the folder is in use by another instance
// (data.ErrBusy, who has it is said), lies on a network drive or in a synced
// folder (data.ErrRefused), is read only, full, damaged, or newer than this
// program.
func Open(ctx context.Context, dir string, o Options) (*Desk, error) { return nil, nil }

// Close lets go of the desk.
func (d *Desk) Close() error { return nil }

// Dir is the desk's folder.
func (d *Desk) Dir() string { return "" }

// Now is the desk's clock.
func (d *Desk) Now() time.Time { return time.Time{} }

// Operator is who works at this desk; SetOperator changes it for what follows.
func (d *Desk) Operator() string        { return "" }
func (d *Desk) SetOperator(name string) {}

// Subscribe calls f after each committed change, on the goroutine that made
// it; f must return at once. The returned function ends it.
func (d *Desk) Subscribe(f func(Event)) (cancel func()) { return func() {} }

// DefaultDir is where a desk lives when nothing else is said.
func DefaultDir() (string, error) { return "", nil }

// Exists reports whether a folder holds a desk.
func Exists(dir string) bool { return false }

func (d *Desk) Shops(ctx context.Context) ([]data.Shop, error)              { return nil, nil }
func (d *Desk) PutShop(ctx context.Context, s data.Shop) (data.Shop, error) { return s, nil }
func (d *Desk) Stats(ctx context.Context) (data.Stats, error) { return data.Stats{}, nil }

func (d *Desk) Setting(ctx context.Context, key string, into any) (bool, error)  { return false, nil } // into: pointer, filled from JSON
func (d *Desk) PutSetting(ctx context.Context, key string, value any) error      { return nil }
func (d *Desk) Search(ctx context.Context, text string) (data.Found, error)      { return data.Found{}, nil }
func (d *Desk) Today(ctx context.Context, shopID int64) ([]data.TodayRow, error) { return nil, nil } // worst first

// Orders.
func (d *Desk) OrderIDs(ctx context.Context, q data.OrderQuery) ([]int32, error) { return nil, nil }

func (d *Desk) OrderFirst(ctx context.Context, q data.OrderQuery, limit int) ([]data.OrderRow, error) {
	return nil, nil
}

func (d *Desk) OrderRows(ctx context.Context, ids []int32) ([]data.OrderRow, error) { return nil, nil }

func (d *Desk) Order(ctx context.Context, id int64) (OrderView, error)        { return OrderView{}, nil }
func (d *Desk) SetOrderNote(ctx context.Context, id int64, note string) error { return nil }
func (d *Desk) AddMessage(ctx context.Context, m data.Message) (data.Message, error) {
	return m, nil
}

// OrderView is an order with all that hangs on it.
type OrderView struct {
	Order    data.Order
	Timeline []data.Moment // oldest first
	Disputes []data.DisputeRow
	Evidence []data.Evidence // of the order and its disputes
	Feedback []data.Feedback
}

// Disputes.
func (d *Desk) DisputeIDs(ctx context.Context, q data.DisputeQuery) ([]int32, error) { return nil, nil }

func (d *Desk) DisputeFirst(ctx context.Context, q data.DisputeQuery, limit int) ([]data.DisputeRow, error) {
	return nil, nil
}

func (d *Desk) DisputeRows(ctx context.Context, ids []int32) ([]data.DisputeRow, error) {
	return nil, nil
}

func (d *Desk) Dispute(ctx context.Context, id int64) (DisputeView, error) { return DisputeView{}, nil }

func (d *Desk) OpenDispute(ctx context.Context, n NewDispute) (data.Dispute, error) {
	return data.Dispute{}, nil
}

func (d *Desk) AppendEvent(ctx context.Context, disputeID int64, e data.CaseEvent) (data.Dispute, error) {
	return data.Dispute{}, nil
}

func (d *Desk) EditDispute(ctx context.Context, id int64, edit DisputeEdit) (data.Dispute, error) {
	return data.Dispute{}, nil
}
func (d *Desk) BinDispute(ctx context.Context, id int64) error { return nil }

// NewDispute says which dispute to open.
type NewDispute struct {
	OrderID    int64
	Reason     data.Reason
	Amount     data.Money // zero: the order's total
	CaseNumber string
	Claim      string
	OpenedAt   time.Time // zero: now
	StatedDue  time.Time // the due date that the platform states
}

// DisputeEdit holds what may be corrected without an event.
type DisputeEdit struct {
	Reason     data.Reason
	Amount     data.Money
	CaseNumber string
	Claim      string
	StatedDue  time.Time
}

// DisputeView is a dispute with all that hangs on it.
type DisputeView struct {
	Dispute     data.Dispute
	Row         data.DisputeRow
	Order       data.Order
	Timeline    []data.Moment // oldest first: events, messages, tracking, evidence, submissions
	Evidence    []data.Evidence
	Submissions []data.Submission
}

// Evidence.

// EvidenceFile is a file that comes in as evidence.
type EvidenceFile struct {
	Path       string // of a file on disk; or
	Name       string // a name, and
	Bytes      []byte // its content (a pasted picture)
	Kind       data.EvidenceKind
	Note       string
	CapturedAt time.Time // zero: taken from EXIF where there is one
	Place      string
	Source     string // "file", "drop", "paste", "command", "sample"
}

// EvidenceReport says what came in and what did not.
type EvidenceReport struct {
	Added    []data.Evidence
	Rejected []RejectedFile
}

// RejectedFile is a file that was not taken, and why.
type RejectedFile struct {
	Name   string
	Reason error // a *data.Problem where a person can act on it
}

func (d *Desk) AddEvidence(ctx context.Context, disputeID int64, files []EvidenceFile, p Progress) (EvidenceReport, error) {
	return EvidenceReport{}, nil
}

func (d *Desk) AddOrderEvidence(ctx context.Context, orderID int64, files []EvidenceFile, p Progress) (EvidenceReport, error) {
	return EvidenceReport{}, nil
}

func (d *Desk) EditEvidence(ctx context.Context, id int64, edit EvidenceEdit) (data.Evidence, error) {
	return data.Evidence{}, nil
}
func (d *Desk) BinEvidence(ctx context.Context, id int64) error { return nil }

// EvidenceEdit is the description of a piece of evidence; the file itself is
// never changed.
type EvidenceEdit struct {
	Kind       data.EvidenceKind
	Note       string
	CapturedAt time.Time
	Place      string
}

// EvidencePicture decodes a picture small enough for a screen: at most max
// pixels wide and high, upright. Other kinds of files give a Problem.
func (d *Desk) EvidencePicture(ctx context.Context, id int64, max int) (Picture, error) {
	return Picture{}, nil
}

// EvidenceCopy writes a copy under its own name into a temporary folder, to be
// opened by the system's viewer, so that the original is never touched.
func (d *Desk) EvidenceCopy(ctx context.Context, id int64) (path string, err error) { return "", nil }

// Feedback.
func (d *Desk) FeedbackIDs(ctx context.Context, q data.FeedbackQuery) ([]int32, error) {
	return nil, nil
}

func (d *Desk) FeedbackFirst(ctx context.Context, q data.FeedbackQuery, limit int) ([]data.Feedback, error) {
	return nil, nil
}

func (d *Desk) FeedbackRows(ctx context.Context, ids []int32) ([]data.Feedback, error) {
	return nil, nil
}

func (d *Desk) PutFeedback(ctx context.Context, f data.Feedback) (data.Feedback, error) {
	return f, nil
}                                                               // ID 0: new
func (d *Desk) BinFeedback(ctx context.Context, id int64) error { return nil }

// Replies.
func (d *Desk) Templates(ctx context.Context) ([]data.Template, error) { return nil, nil }

func (d *Desk) PutTemplate(ctx context.Context, t data.Template) (data.Template, error) {
	return t, nil
}
func (d *Desk) BinTemplate(ctx context.Context, uid string) error { return nil }
func (d *Desk) Draft(ctx context.Context, r DraftRequest) (Draft, error) {
	return Draft{}, nil
}

func (d *Desk) KeepReply(ctx context.Context, orderID, disputeID int64, language, text string) (data.Message, error) {
	return data.Message{}, nil
} // after copying: a message to the buyer in the timeline

// DraftRequest asks for a reply: a template in a language, filled from an order.
type DraftRequest struct {
	Template  string // UID
	Language  string // wanted; the nearest variant is taken and said
	Variant   string // UID of a variant; "" picks by language
	OrderID   int64
	DisputeID int64
	Extra     map[string]string // values typed for variables that the order lacks
}

// Draft is a filled reply. It may be copied only when Missing is empty.
type Draft struct {
	Text     string
	Language string
	Exact    bool     // false: there was no variant in the wanted language
	Missing  []string // variables without a value, such as "tracking.number"
}

// Undo takes back the last change of this session that can be taken back, and
// says which ("evidence.add"). "" when there is none.
func (d *Desk) Undo(ctx context.Context) (action string, err error) { return "", nil }
