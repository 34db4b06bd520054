package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"
)

// openFeedback opens the feedback whose words have a part, by the search of its tab.
func (w *window) openFeedback(words string) error {
	rows, err := w.openTab("feedback")
	if err != nil {
		return err
	}
	if err := w.click("feedback.search"); err != nil {
		return err
	}
	if rows == 1 { // the one that was searched for before
		if err := w.hand("key", "ctrl+a", "BackSpace"); err != nil {
			return err
		}
		if _, err := w.wait(30*time.Second, "all feedback", func(e event) bool {
			return e.Event == "loaded" && e.Name == "feedback" && e.Rows > 1
		}); err != nil {
			return err
		}
	}
	if err := w.hand("type", "--delay", "30", words); err != nil {
		return err
	}
	if _, err := w.wait(30*time.Second, "the one feedback that is searched for", func(e event) bool {
		return e.Event == "loaded" && e.Name == "feedback" && e.Rows == 1
	}); err != nil {
		return err
	}
	return w.click("feedback.row.0")
}

// answerFeedback answers a rating in public from the templates, and complains about
// another: the answer stands with the rating as it was on the clipboard, and the
// complaint's bundle is numbered, read back and found intact.
func (w *window) answerFeedback(h *hands) error {
	if err := w.answerRating(h); err != nil {
		return err
	}
	return w.bindComplaint(h)
}

func (w *window) answerRating(h *hands) error {
	const open = "FROM feedback WHERE given = 0 AND binned_at IS NULL AND replied_at IS NULL AND state = 'new' AND text <> '' ORDER BY left_at DESC LIMIT 1"
	text, err := w.asked(h, "SELECT text "+open)
	if err != nil || text == "" {
		return errors.Join(err, fmt.Errorf("no rating of the sample waits for an answer"))
	}
	uid, err := w.asked(h, "SELECT uid "+open)
	if err != nil {
		return err
	}
	if err := w.openFeedback(firstWords(text)); err != nil {
		return err
	}
	if err := w.click("feedback.do.answer"); err != nil {
		return err
	}
	if _, err := w.draft(""); err != nil {
		return err
	}
	if err := w.copyChecked(h, "SELECT count(*) FROM draft WHERE copied_at IS NOT NULL AND feedback_id = (SELECT id FROM feedback WHERE uid = '"+uid+"')"); err != nil {
		return err
	}
	if err := w.hand("key", "F9"); err != nil {
		return err
	}
	return w.becomes(h, "SELECT (replied_at IS NOT NULL) || ' ' || (reply <> '') || ' ' || state FROM feedback WHERE uid = '"+uid+"'", "1 1 replied")
}

// copyChecked clicks until a draft is copied: the button is gray as long as its text
// is checked.
func (w *window) copyChecked(h *hands, query string) error {
	for range 20 {
		if err := w.click("replies.copy"); err != nil {
			return err
		}
		if err := w.rest(); err != nil {
			return err
		}
		if got, err := w.asked(h, query); err != nil || got == "1" {
			return err
		}
	}
	return errors.New("the answer cannot be copied")
}

// bindComplaint binds the complaint that the sample has, with names masked.
func (w *window) bindComplaint(h *hands) error {
	text, err := w.asked(h, "SELECT text FROM feedback WHERE complained_at IS NOT NULL AND binned_at IS NULL ORDER BY id LIMIT 1")
	if err != nil || text == "" {
		return errors.Join(err, fmt.Errorf("the sample has no complaint"))
	}
	if err := w.openFeedback(firstWords(text)); err != nil {
		return err
	}
	into := filepath.Join(h.dir, "complaint")
	for _, control := range []string{"feedback.more", "feedback.do.bundle.item", "feedback.mask.name", "feedback.bind.folder"} {
		if err := w.click(control); err != nil {
			return err
		}
	}
	for _, step := range [][]string{{"key", "ctrl+a"}, {"type", "--delay", "20", into}} {
		if err := w.hand(step...); err != nil {
			return err
		}
	}
	if err := w.click("feedback.bind.do"); err != nil {
		return err
	}
	made, err := w.wait(3*time.Minute, "the complaint to be bound", func(e event) bool { return e.Event == "feedback.exported" })
	if err != nil {
		return err
	}
	if err := w.becomes(h, "SELECT json_extract(after, '$.version') || ' ' || json_extract(after, '$.mask[0]') FROM journal WHERE action = 'feedback.bundle'", "1 name"); err != nil {
		return err
	}
	said, err := w.t.output(w.cmd.Path, "verify", made.Path)
	if err != nil {
		return fmt.Errorf("reading the complaint back: %w: %s", err, said)
	}
	page, err := w.t.output("pdftotext", "-layout", strings.TrimSuffix(made.Path, ".zip")+".pdf", "-")
	if err != nil || !strings.Contains(page, firstWords(text)) {
		return errors.Join(err, fmt.Errorf("the complaint does not show %q", firstWords(text)))
	}
	return nil
}

// firstWords are the first words of a text, as they can be typed and are not broken
// over lines.
func firstWords(text string) string {
	fields := strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == '.' || r == '!' || r == '\n' })
	if len(fields) == 0 {
		return ""
	}
	words := strings.Fields(fields[0])
	return strings.Join(words[:min(3, len(words))], " ")
}
