package desk

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/importer/notice"
	"casebinder/data/store"
)

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
		"E-mails that could not be read completely: {n}. What could be read was added.",
		"The mailbox itself is kept; open it in an e-mail program if something is missing.")
	foundInBox = talkFound("talk.attachments_in_box",
		"Attachments of e-mails about no order here: {n}. They stay in the mailbox, which is kept.",
		"Add the e-mail by itself once its order is here.")
	foundFirst = talkFound("talk.first_mails",
		"The first {n} e-mails of the mailbox are shown; it has more.",
		"All of them are added when you add the mailbox.")
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
