package desk

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"time"

	"casebinder/data"
)

// What the desk noticed by itself.
var (
	phraseSetting = data.DefinePhrase("check.setting",
		"The setting “{key}” cannot be read. The program continues as if it had never been set.")
	phraseSettingDo = data.DefinePhrase("check.setting.do", "Set it again.")
	phraseBehind    = data.DefinePhrase("check.behind",
		"The weekly check of {at} found {count} faults.")
	phrasePagesAltered = data.DefinePhrase("check.pages_altered",
		"{count} pages of the database are not as Casebinder wrote them. The disk has damaged them, or another program has changed them.")
	phrasePagesAlteredDo = data.DefinePhrase("check.pages_altered.do",
		"“casebinder check” names what is on them. Restore the newest sound backup, or save what can be read with “casebinder repair” and look it through.")
	phraseBehindDo = data.DefinePhrase("check.behind.do",
		"Look at them with “Check the desk”, or with “casebinder check”.")
)

// AlarmEvent is the action of the event that tells of a new alarm.
const AlarmEvent = "desk.alarm"

// Alarms lists what the desk noticed by itself since it was opened: a journal
// that was rolled back, a setting that cannot be read, pages of the database
// that were altered, the faults that the weekly check found. The worst comes
// first.
func (d *Desk) Alarms() []data.Finding {
	d.mu.Lock()
	defer d.mu.Unlock()
	list := append([]data.Finding(nil), d.alarms...)
	if altered := d.store.Altered(); len(altered) > 0 {
		list = append(list, alteredPages(len(altered)))
	}
	data.SortFindings(list)
	return list
}

// calm takes the alarms of a rule back, whose reason is gone.
func (d *Desk) calm(rule string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.alarms = slices.DeleteFunc(d.alarms, func(f data.Finding) bool { return f.Rule == rule })
}

func alteredPages(count int) data.Finding {
	return data.Finding{
		Rule: "database.altered", Severity: data.Blocking, Where: []data.Ref{{Kind: "file", ID: databaseName, Label: databaseName}},
		Why: phrasePagesAltered.With("count", count), How: phrasePagesAlteredDo.With(),
	}
}

// alarm keeps a finding, once, and tells the listeners.
func (d *Desk) alarm(f data.Finding) {
	d.mu.Lock()
	for _, known := range d.alarms {
		if known.Key() == f.Key() {
			d.mu.Unlock()
			return
		}
	}
	d.alarms = append(d.alarms, f)
	d.mu.Unlock()
	d.publish(data.ChangeEvent{Action: AlarmEvent, Entity: "desk", Key: f.Rule, Effect: data.EffectChanged})
}

// alarmSetting says that a setting cannot be read.
func (d *Desk) alarmSetting(key string, err error) {
	slog.Warn("reading a setting", "key", key, "error", err)
	d.alarm(data.Finding{
		Rule: "setting.unreadable", Severity: data.Warning, Where: []data.Ref{{Kind: "setting", ID: key, Label: key}},
		Why: phraseSetting.With("key", key), How: phraseSettingDo.With(),
	})
}

// The files in which the desk keeps what must not lie in its database.
const (
	anchorName = "anchor.json" // the end of the journal when the desk was last closed
	checkName  = "check.json"  // the last check
)

// weighAnchor compares the journal with its end when the desk was last closed.
func (d *Desk) weighAnchor(ctx context.Context) error {
	var last data.Anchor
	found, err := readNote(filepath.Join(d.dir, anchorName), &last)
	if err != nil || !found || last.Seq == 0 {
		return nil // none was kept yet, or it is of no use: the next closing writes one
	}
	entry, err := d.store.JournalEntry(ctx, last.Seq)
	if err != nil && !errors.Is(err, data.ErrNotFound) {
		return err
	}
	if err != nil || entry.Hash != last.Hash {
		d.alarm(rolledBack(data.Ref{Kind: "file", ID: anchorName, Label: anchorName}, last.Seq))
	}
	return nil
}

// keepAnchor writes down where the journal ends.
func (d *Desk) keepAnchor(ctx context.Context) error {
	head, err := d.store.JournalHead(ctx)
	if err != nil || head.Seq == 0 {
		return err
	}
	var last data.Anchor
	path := filepath.Join(d.dir, anchorName)
	if found, err := readNote(path, &last); err == nil && found && last == head {
		return nil
	}
	return writeNote(path, head)
}

// readNote reads a small JSON file, and reports whether it is there.
func readNote(path string, into any) (bool, error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return true, json.Unmarshal(text, into)
}

func writeNote(path string, value any) error {
	text, err := json.Marshal(value)
	if err != nil {
		return err
	}
	return writeWhole(path, text, true)
}

// checkEvery is how often the desk checks itself.
const checkEvery = 7 * 24 * time.Hour

// watch checks the desk behind its first screen: a database too large to be
// checked before it opens each time, everything but the content of evidence
// once a week.
func (d *Desk) watch(after time.Duration) {
	d.behind.Go(func() {
		select {
		case <-d.life.Done():
			return
		case <-time.After(cmp.Or(after, time.Minute)):
		}
		if !d.store.Checked() {
			if err := d.store.Check(d.life); err != nil && d.life.Err() == nil {
				d.alarm(d.pagesFinding(err.Error()))
			}
		}
		last, found, err := d.LastCheck()
		if err == nil && found && d.now().Sub(last.At) < checkEvery && !last.At.After(d.now()) {
			if !last.Sound {
				d.alarmCheck(last)
			}
			return
		}
		report, err := d.Check(d.life, false, nil)
		switch {
		case d.life.Err() != nil:
		case err != nil:
			slog.Warn("checking the desk", "error", err)
		case !report.Sound:
			d.alarmCheck(report)
		}
	})
}

func (d *Desk) alarmCheck(r CheckReport) {
	d.alarm(data.Finding{
		Rule: "check.weekly", Severity: data.Serious,
		Why: phraseBehind.With("at", r.At.Local().Format("2006-01-02 15:04"), "count", r.Faults()), How: phraseBehindDo.With(),
	})
}

// LastCheck gives the last check of this desk, and whether there was one.
func (d *Desk) LastCheck() (CheckReport, bool, error) {
	var last CheckReport
	found, err := readNote(filepath.Join(d.dir, checkName), &last)
	return last, found, err
}
