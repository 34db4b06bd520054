package desk

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/importer/notice"
	"casebinder/data/store"
)

// TalkReport says what was taken.
type TalkReport struct {
	Intake   string // UID
	Added    int
	Known    int // that the desk had already
	Left     int // that a person left out
	NoOrder  int // of those added
	Files    int // that came with messages
	Orders   []int64
	Rejected []RejectedFile // files that could not be taken
	Findings []data.Finding
}

// TakeTalk writes down a conversation as it was looked at: its messages, its
// files as evidence, and its raw text, or the file itself in the vault. What the
// desk has already is not taken again. It can be undone as one.
func (d *Desk) TakeTalk(ctx context.Context, t Talk, p Progress) (TalkReport, error) {
	var report TalkReport
	if len(t.Items) == 0 {
		return report, problemTalkEmpty.New()
	}
	intake := data.Intake{Form: t.Form, Name: t.Name, Raw: t.Request.Text}
	var err error
	if intake.UID, err = newUID(); err != nil {
		return report, err
	}
	var original []data.Evidence
	if t.Request.Path == "" {
		intake.SHA256 = sumOf(t.Request.Text)
	} else if !t.Mailbox {
		p.tell(0, 0, "progress.hashing")
		file := EvidenceFile{Path: t.Request.Path, Kind: data.KindMessage, Source: "file"}
		stored, err := d.keep(ctx, file)
		if err != nil {
			return report, err
		}
		e, err := d.describe(file, stored)
		if err != nil {
			return report, err
		}
		e.OrderID, intake.SHA256 = t.Order.ID, e.SHA256
		original = append(original, e)
	}
	report.Intake = intake.UID
	if t.Mailbox {
		return report, d.takeMailbox(ctx, &t, &report, intake, p)
	}
	taken, err := d.gatherTalk(ctx, &t, &report)
	if err != nil {
		return report, err
	}
	taken.intake, taken.original = intake, original
	return report, d.act(ctx, d.takingTalk(taken, &report))
}

func sumOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// takenTalk is what one step writes and another takes back.
type takenTalk struct {
	intake   data.Intake
	messages []data.Message
	files    map[int][]data.Evidence // by the place of their message
	original []data.Evidence
}

// gatherTalk puts the files of the messages into the vault.
func (d *Desk) gatherTalk(ctx context.Context, t *Talk, report *TalkReport) (*takenTalk, error) {
	taken := &takenTalk{files: map[int][]data.Evidence{}}
	var archive *zip.ReadCloser
	if t.kind == talkZip {
		var err error
		if archive, err = zip.OpenReader(t.Request.Path); err != nil {
			return nil, problemTalkZip.Wrap(err, "name", t.Name, "detail", err)
		}
		defer archive.Close() //nolint:errcheck // it was only read
	}
	messages := t.messages(d.now())
	for _, i := range t.oldestFirst() {
		item := &t.Items[i]
		if item.Leave {
			report.Left++
			continue
		}
		m := messages[i]
		if strings.TrimSpace(m.Text) == "" {
			continue
		}
		var err error
		if m.UID, err = newUID(); err != nil {
			return nil, err
		}
		place := len(taken.messages)
		taken.messages = append(taken.messages, m)
		if item.Known {
			continue
		}
		for _, f := range item.Files {
			e, err := d.keepTalkFile(ctx, f, archive, item)
			if err != nil {
				problem, told := data.AsProblem(err)
				if ctx.Err() != nil || !told || errors.Is(err, data.ErrFull) || errors.Is(err, data.ErrReadOnly) {
					return nil, err
				}
				report.Rejected = append(report.Rejected, RejectedFile{Name: f.Name, Reason: problem})
				continue
			}
			e.OrderID = item.OrderID
			taken.files[place] = append(taken.files[place], e)
		}
	}
	return taken, nil
}

// keepTalkFile puts one file into the vault and describes it.
func (d *Desk) keepTalkFile(ctx context.Context, f TalkFile, archive *zip.ReadCloser, item *TalkItem) (data.Evidence, error) {
	file := EvidenceFile{Name: f.Name, Bytes: f.Content, Source: "file"}
	if f.Content == nil && f.mail != nil {
		content, err := f.mail.Open()
		if err != nil {
			return data.Evidence{}, problemEvidenceOpen.Wrap(err, "file", f.Name)
		}
		file.Bytes = content
	} else if f.Content == nil && archive != nil {
		if f.member >= len(archive.File) || archive.File[f.member].UncompressedSize64 > maxTalkMedia {
			return data.Evidence{}, problemEvidenceOpen.New("file", f.Name)
		}
		path, err := unpackMember(ctx, archive.File[f.member])
		if err != nil {
			return data.Evidence{}, problemEvidenceOpen.Wrap(err, "file", f.Name)
		}
		defer os.Remove(path) //nolint:errcheck // it lies among the temporary files
		file.Path, file.Bytes = path, nil
	}
	stored, err := d.keep(ctx, file)
	if err != nil {
		return data.Evidence{}, err
	}
	e, err := d.describe(file, stored)
	e.Name = EvidenceFile{Name: f.Name}.name()
	e.Note = item.Author
	return e, err
}

// unpackMember writes a file of an archive to a temporary place, within its
// stated size.
func unpackMember(ctx context.Context, f *zip.File) (string, error) {
	r, err := f.Open()
	if err != nil {
		return "", err
	}
	defer r.Close() //nolint:errcheck // it was only read
	out, err := os.CreateTemp("", "casebinder-*"+filepath.Ext(f.Name))
	if err != nil {
		return "", err
	}
	_, err = io.Copy(out, io.LimitReader(r, int64(f.UncompressedSize64)+1))
	if err = errors.Join(err, out.Close(), ctx.Err()); err != nil {
		return "", errors.Join(err, os.Remove(out.Name()))
	}
	return out.Name(), nil
}

// takingTalk is the step that writes a conversation down; taken back, it is gone.
func (d *Desk) takingTalk(taken *takenTalk, report *TalkReport) step {
	return func(ctx context.Context, tx *store.Tx) (deed, error) {
		taken.intake.ID = 0
		if err := tx.InsertIntake(&taken.intake); err != nil {
			return deed{}, err
		}
		w := &talkWriter{tx: tx, report: report, intake: taken.intake.ID, orders: map[int64]bool{}}
		report.Added, report.Known, report.NoOrder, report.Files, report.Orders = 0, 0, 0, 0, nil
		for i := range taken.messages {
			if err := w.message(ctx, &taken.messages[i], taken.files[i]); err != nil {
				return deed{}, err
			}
		}
		if err := w.original(taken.original); err != nil {
			return deed{}, err
		}
		return deed{
			Change: data.Change{Action: "talk.take", Entity: data.EntityMessage, Key: taken.intake.UID, After: talkSummary{taken.intake, report.Added, report.Files}},
			effect: data.EffectMany, rows: w.rows(), also: w.entries, back: d.leavingTalk(taken.intake, w.rows(), d.takingTalk(taken, report)),
		}, nil
	}
}

// talkSummary is what the journal holds of an intake.
type talkSummary struct {
	Intake   data.Intake `json:"intake"`
	Messages int         `json:"messages"`
	Files    int         `json:"files"`
}

// leavingTalk is the step that takes all of an intake away.
func (d *Desk) leavingTalk(intake data.Intake, rows []data.RowRef, again step) step {
	return func(ctx context.Context, tx *store.Tx) (deed, error) {
		files, err := tx.EvidenceOfMessages(ctx, intake.ID)
		if err != nil {
			return deed{}, err
		}
		messages, err := tx.MessagesOfIntake(ctx, intake.ID)
		if err != nil {
			return deed{}, err
		}
		for _, id := range files {
			if err := tx.Delete(data.EntityEvidence, id); err != nil {
				return deed{}, err
			}
		}
		for _, id := range messages {
			if err := tx.Delete(data.EntityMessage, id); err != nil {
				return deed{}, err
			}
		}
		did := deed{
			Change: data.Change{Action: "talk.leave", Entity: data.EntityMessage, Key: intake.UID, Before: talkSummary{intake, len(messages), len(files)}},
			effect: data.EffectMany, rows: rows, back: again,
		}
		return did, tx.Delete("intake", intake.ID)
	}
}

// A talkWriter writes the messages of an intake.
type talkWriter struct {
	tx      *store.Tx
	report  *TalkReport
	intake  int64
	first   int64 // the first message that was written
	orders  map[int64]bool
	entries []data.Change
	stream  bool // entries are written at once, not gathered
}

func (w *talkWriter) message(ctx context.Context, m *data.Message, files []data.Evidence) error {
	known, err := w.tx.SameMessage(ctx, m)
	if err != nil {
		return err
	}
	if known != 0 {
		w.report.Known++
		return nil
	}
	m.ID, m.IntakeID = 0, w.intake
	if err := w.tx.PutMessage(m); err != nil {
		return err
	}
	if w.first == 0 {
		w.first = m.ID
	}
	w.report.Added++
	if m.OrderID == 0 {
		w.report.NoOrder++
	} else if !w.orders[m.OrderID] {
		w.orders[m.OrderID] = true
		w.report.Orders = append(w.report.Orders, m.OrderID)
	}
	if err := w.record(data.Change{Action: "message.import", Entity: data.EntityMessage, Key: m.UID, After: *m}); err != nil {
		return err
	}
	for i := range files {
		e := &files[i]
		e.ID, e.MessageID = 0, m.ID
		if err := w.evidence(e); err != nil {
			return err
		}
	}
	return nil
}

func (w *talkWriter) evidence(e *data.Evidence) error {
	if err := w.tx.InsertEvidence(e); err != nil {
		return err
	}
	w.report.Files++
	return w.record(data.Change{Action: "evidence.add", Entity: data.EntityEvidence, Key: e.UID, After: *e})
}

// original keeps the file itself as evidence, beside its first message.
func (w *talkWriter) original(list []data.Evidence) error {
	for i := range list {
		list[i].ID, list[i].MessageID = 0, w.first
		if w.first == 0 {
			continue // nothing of it was new
		}
		if err := w.evidence(&list[i]); err != nil {
			return err
		}
		w.report.Files--
	}
	return nil
}

func (w *talkWriter) record(c data.Change) error {
	if w.stream {
		return w.tx.Record(c)
	}
	w.entries = append(w.entries, c)
	return nil
}

// maxTalkRows is from how many orders on all are said to have changed.
const maxTalkRows = 200

func (w *talkWriter) rows() []data.RowRef {
	if len(w.report.Orders) > maxTalkRows {
		return manyOf(data.EntityMessage, data.EntityOrder, data.EntityEvidence)
	}
	rows := manyOf(data.EntityMessage, data.EntityEvidence)
	for _, id := range w.report.Orders {
		rows = append(rows, data.RowRef{Entity: data.EntityOrder, ID: id})
	}
	return rows
}

// takeMailbox reads a mailbox once more, mail by mail, into one transaction. The
// attachments of mails about no known order stay in the mailbox, which is kept.
func (d *Desk) takeMailbox(ctx context.Context, t *Talk, report *TalkReport, intake data.Intake, p Progress) error {
	file, err := os.Open(t.Request.Path)
	if err != nil {
		return problemEvidenceOpen.Wrap(err, "file", t.Name)
	}
	defer file.Close() //nolint:errcheck // it was only read
	info, err := file.Stat()
	if err != nil {
		return problemEvidenceOpen.Wrap(err, "file", t.Name)
	}
	hints, order, err := d.talkHints(ctx, t)
	if err != nil {
		return err
	}
	began := time.Now()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	kept := d.keepBeside(ctx, t)
	defer func() { <-kept.done }() // it reads and writes until it is told to stop
	defer stop()
	err = d.act(ctx, func(ctx context.Context, tx *store.Tx) (deed, error) {
		if err := tx.InsertIntake(&intake); err != nil {
			return deed{}, err
		}
		w := &talkWriter{tx: tx, report: report, intake: intake.ID, orders: map[int64]bool{}, stream: true}
		b := &boxReader{desk: d, talk: t, writer: w, finder: d.orderFinder(), taker: newMailTaker(t, hints), order: order}
		b.taker.adopt(t)
		for m, err := range notice.Mails(ctx, t.Name, file) {
			if err != nil {
				return deed{}, err
			}
			if m.Index%64 == 0 {
				p.tell(m.Read, info.Size(), "progress.importing")
			}
			if err := b.mail(ctx, m); err != nil {
				return deed{}, err
			}
		}
		if err := kept.into(tx, w, &intake); err != nil {
			return deed{}, err
		}
		if b.unread > 0 {
			report.Findings = append(report.Findings, foundDoubtful.finding(data.Warning, "n", b.unread))
		}
		if b.kept > 0 {
			report.Findings = append(report.Findings, foundInBox.finding(data.Info, "n", b.kept))
		}
		return deed{
			Change: data.Change{Action: "talk.take", Entity: data.EntityMessage, Key: intake.UID, After: talkSummary{intake, report.Added, report.Files}},
			effect: data.EffectMany, rows: w.rows(), back: d.leavingTalk(intake, w.rows(), nil),
		}, nil
	})
	if err == nil {
		d.searchFast(ctx, time.Since(began))
	}
	return err
}

// A keptBox is a mailbox on its way into the vault.
type keptBox struct {
	done chan struct{}
	file data.Evidence
	err  error
}

// keepBeside puts a mailbox into the vault while it is read.
func (d *Desk) keepBeside(ctx context.Context, t *Talk) *keptBox {
	k := &keptBox{done: make(chan struct{})}
	go func() {
		defer close(k.done)
		file := EvidenceFile{Path: t.Request.Path, Kind: data.KindMessage, Source: "file"}
		stored, err := d.keep(ctx, file)
		if err == nil {
			k.file, err = d.describe(file, stored)
		}
		k.file.OrderID, k.err = t.Order.ID, err
	}()
	return k
}

// into writes down the mailbox once it is in the vault.
func (k *keptBox) into(tx *store.Tx, w *talkWriter, intake *data.Intake) error {
	<-k.done
	if k.err != nil {
		return k.err
	}
	intake.SHA256 = k.file.SHA256
	if err := tx.SetIntakeSum(intake); err != nil {
		return err
	}
	return w.original([]data.Evidence{k.file})
}

var (
	foundDoubtful = talkFound("talk.mails_doubtful",
		"Mails of which not all could be read: {n}. What could be read was taken.",
		"The mailbox itself is kept with the desk; open it in a mail program where something is missing.")
	foundInBox = talkFound("talk.attachments_in_box",
		"Attachments of mails that are about no order of this desk: {n}. They stay in the mailbox, which is kept.",
		"Take the mail by itself once its order is here.")
)

// A boxReader takes the mails of a mailbox.
type boxReader struct {
	desk   *Desk
	talk   *Talk
	writer *talkWriter
	finder *orderFinder
	taker  *mailTaker
	order  *data.Order
	unread int
	kept   int
}

// adopt takes over whose mailbox it is, as the beginning of it told.
func (b *mailTaker) adopt(t *Talk) {
	for i := range t.Items {
		if t.Items[i].Direction == data.ToBuyer && t.Items[i].Address != "" {
			b.mine[t.Items[i].Address] = true
		}
	}
}

func (b *boxReader) mail(ctx context.Context, m *notice.Mail) error {
	if len(m.Doubts) > 0 {
		b.unread++
	}
	items := b.taker.items(m, false)
	b.taker.owner(items)
	part := Talk{Request: b.talk.Request, Form: "mail", Mailbox: true, Channel: b.talk.Channel, Items: items}
	for i := range items {
		if err := b.place(ctx, &items[i], m); err != nil {
			return err
		}
	}
	for i, message := range part.messages(b.desk.now()) {
		if strings.TrimSpace(message.Text) == "" {
			continue
		}
		var err error
		if message.UID, err = newUID(); err != nil {
			return err
		}
		files, err := b.files(ctx, &items[i])
		if err != nil {
			return err
		}
		if err := b.writer.message(ctx, &message, files); err != nil {
			return err
		}
	}
	return nil
}

func (b *boxReader) place(ctx context.Context, item *TalkItem, m *notice.Mail) (err error) {
	if b.order != nil {
		item.OrderID = b.order.ID
		return nil
	}
	people := append([]string{item.Address, item.Author}, m.To...)
	if len(people) > 12 {
		people = people[:12]
	}
	for i, who := range people {
		if b.taker.mine[who] {
			people[i] = ""
		}
	}
	item.OrderID, err = b.finder.of(ctx, item.Subject+"\n"+item.Text, item.At, people...)
	return err
}

// files keeps the attachments of a mail whose order is known.
func (b *boxReader) files(ctx context.Context, item *TalkItem) ([]data.Evidence, error) {
	if item.OrderID == 0 {
		b.kept += len(item.Files)
		return nil, nil
	}
	var list []data.Evidence
	for _, f := range item.Files {
		e, err := b.desk.keepTalkFile(ctx, f, nil, item)
		if err != nil {
			problem, told := data.AsProblem(err)
			if ctx.Err() != nil || !told || errors.Is(err, data.ErrFull) || errors.Is(err, data.ErrReadOnly) {
				return nil, fmt.Errorf("keeping %s: %w", f.Name, err)
			}
			if len(b.writer.report.Rejected) < keptRejected {
				b.writer.report.Rejected = append(b.writer.report.Rejected, RejectedFile{Name: f.Name, Reason: problem})
			}
			continue
		}
		e.OrderID = item.OrderID
		list = append(list, e)
	}
	return list, nil
}
