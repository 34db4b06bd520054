package desk

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"casebinder/data"
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
