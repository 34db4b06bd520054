package desk

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"

	"casebinder/data"
)

// pastedTable keeps a copied table as a file that Import reads, until the desk is
// closed.
func (d *Desk) pastedTable(text string) (path string, err error) {
	folder, err := d.temporary()
	if err != nil {
		return "", err
	}
	file, err := os.CreateTemp(folder, "pasted-*.csv")
	if err != nil {
		return "", fmt.Errorf("keeping what was pasted: %w", err)
	}
	_, err = file.WriteString(strings.TrimSpace(text) + "\n")
	return file.Name(), errors.Join(err, file.Close())
}

func (j *importJob) feedback(ctx context.Context, tx taker, f *data.Feedback) (err error) {
	if j.preview != nil && len(j.preview.Feedback) < previewRows {
		j.preview.Feedback = append(j.preview.Feedback, *f)
	}
	f.Shop = j.report.Shop
	if f.OrderID, err = j.orderID(ctx, tx, f.OrderNumber); err != nil {
		return err
	}
	if out, err := j.keptOut(ctx, tx, f.OrderID, f.OrderNumber, f.LeftAt); out || err != nil {
		return err
	}
	if out, err := j.feedbackLater(ctx, tx, f); out || err != nil {
		return err
	}
	if f.UID == "" {
		if j.repeated(f) {
			j.report.Counts.Unchanged++
			return j.doubt(j.aboutOrder(f.OrderNumber, problemFileRepeated.New("number", cmp.Or(f.OrderNumber, f.BuyerHandle))))
		}
		f.UID = j.feedbackKey(f)
	}
	before, err := tx.FeedbackByUID(ctx, f.Shop.ID, f.UID)
	if errors.Is(err, data.ErrNotFound) {
		before, err = tx.LikeFeedback(ctx, f) // that a person wrote down before
	}
	known := err == nil
	if err != nil && !errors.Is(err, data.ErrNotFound) {
		return err
	}
	if known {
		older := j.keepFeedback(f, before)
		if err := j.olderFeedback(&before, older); err != nil {
			return err
		}
		switch same := sameFeedback(*f, before); {
		case same && older && !j.request.AcceptOlder:
			j.report.Counts.Older++
			return nil
		case same:
			j.report.Counts.Unchanged++
			return nil
		}
	}
	if err := tx.PutFeedback(f); err != nil {
		return err
	}
	j.told.note(data.EntityFeedback, f.ID)
	j.told.order(f.OrderID)
	j.told.order(before.OrderID)
	change := data.Change{Action: "feedback.import", Entity: "feedback", Key: f.UID, After: *f}
	if known {
		j.report.Counts.Updated++
		change.Before = before
		return tx.Record(change)
	}
	j.report.Counts.Added++
	if err := j.secondFeedback(ctx, tx, f); err != nil {
		return err
	}
	return tx.Record(change)
}

// repeated reports whether the file has had a feedback in so many words already. What
// names neither an order nor a buyer with words may be two buyers' of one day.
func (j *importJob) repeated(f *data.Feedback) bool {
	if f.OrderNumber == "" && (f.BuyerHandle == "" || f.Text == "") {
		return false
	}
	row := strings.Join([]string{f.OrderNumber, f.BuyerHandle, data.JSONTime(f.LeftAt), f.Product, strconv.Itoa(f.Stars), f.Text, strconv.FormatBool(f.Given)}, "\x00")
	if j.said[row] {
		return true
	}
	if j.said == nil {
		j.said = map[string]bool{}
	}
	if len(j.said) < keptNumbers {
		j.said[row] = true
	}
	return false
}

// secondFeedback tells of an order that has more than one feedback, of which each may be
// about the same goods.
func (j *importJob) secondFeedback(ctx context.Context, tx taker, f *data.Feedback) error {
	if f.OrderID == 0 || f.Given {
		return nil
	}
	all, err := tx.FeedbackOfOrder(ctx, f.OrderID)
	if err != nil {
		return err
	}
	n := 0
	for i := range all {
		if data.SameGoods(&all[i], f) {
			n++
		}
	}
	if n < 2 {
		return nil
	}
	return j.doubt(j.aboutOrder(f.OrderNumber, problemFileSecond.New("number", f.OrderNumber, "n", n)))
}

var (
	problemFileFuture = data.DefineProblem("import_feedback_future", data.ErrInvalid,
		"The feedback on order {number} is dated {left}, which lies in the future.",
		"Look whether the file writes day or month first, and import it again. The row was left out.")
	problemFileEarly = data.DefineProblem("import_feedback_early", data.ErrInvalid,
		"The feedback on order {number} is dated {left}, before the order was placed on {ordered}.",
		"Look whether the file writes day or month first, and whether the number is that of another order.")
	problemFileRepeated = data.DefineProblem("import_feedback_repeated", data.ErrConflict,
		"The file has the feedback on {number} twice, with the same stars, words and time. It was taken once.",
		"If they are about two products, add the second by hand with its product.")
	problemFileSecond = data.DefineProblem("import_feedback_second", data.ErrConflict,
		"The order {number} now has {n} feedback entries.",
		"Check whether one is a revision of the other, or whether each is about another product.")
	problemFileOlder = data.DefineProblem("import_feedback_older", data.ErrConflict,
		"The file has the feedback on order {number} as it was before the buyer revised it; it stays at {stars} stars.",
		"If the buyer changed it back, take the older state too.")
	problemFileOlderTaken = data.DefineProblem("import_feedback_older_taken", data.ErrConflict,
		"The file took the feedback on order {number} back to what it was before it had {stars} stars, as you accepted.",
		"Look at it, or undo the import.")
)

// feedbackLater leaves out, and tells, what is dated in the future, and tells what is
// dated before its order.
func (j *importJob) feedbackLater(ctx context.Context, tx taker, f *data.Feedback) (bool, error) {
	zone := f.Shop.Location()
	left := data.Stamp(f.LeftAt, zone)
	if before(j.desk.now(), f.LeftAt, zone) {
		j.report.Counts.Rejected++
		return true, j.doubt(j.aboutOrder(f.OrderNumber, problemFileFuture.New("number", f.OrderNumber, "left", left)))
	}
	if f.OrderID == 0 || f.LeftAt.IsZero() {
		return false, nil
	}
	order, err := tx.Order(ctx, f.OrderID)
	if err != nil || !before(f.LeftAt, order.OrderedAt, zone) {
		return false, err
	}
	return false, j.doubt(j.aboutOrder(f.OrderNumber, problemFileEarly.New("number", f.OrderNumber, "left", left, "ordered", data.Stamp(order.OrderedAt, zone))))
}

// feedbackKey is the natural key of a feedback to which the file gives no id: order,
// time and product; of those that share them, by their place in the file. So the
// stars and words of a later file are a change of the same feedback.
func (j *importJob) feedbackKey(f *data.Feedback) string {
	sum := sha256.Sum256([]byte(strings.Join([]string{f.OrderNumber, f.BuyerHandle, data.JSONTime(f.LeftAt), f.Product}, "\x00")))
	key := "row-" + hex.EncodeToString(sum[:8])
	if f.OrderNumber == "" { // without an order, the words tell feedback of one time apart
		sum = sha256.Sum256([]byte(key + f.Text))
		key = "row-" + hex.EncodeToString(sum[:8])
	}
	if j.keys == nil {
		j.keys = map[string]int{}
	}
	if j.keys[key]++; j.keys[key] > 1 {
		key += "-" + strconv.Itoa(j.keys[key])
	}
	return key
}

// olderFeedback tells of a feedback that the file has as it was before a change.
func (j *importJob) olderFeedback(before *data.Feedback, older bool) error {
	if !older {
		return nil
	}
	j.report.Backward++
	kind, deed := problemFileOlder, DeedOlder
	if j.request.AcceptOlder {
		kind, deed = problemFileOlderTaken, ""
	}
	about := j.aboutOrder(before.OrderNumber, kind.New("number", cmp.Or(before.OrderNumber, before.BuyerHandle, before.UID), "stars", before.Stars))
	about.Mend.Deed = deed
	return j.doubt(about)
}

// wasOnce reports whether stars and words are those that a feedback had before its
// buyer changed it.
func wasOnce(now, kept *data.Feedback) bool {
	if now.Stars == kept.Stars && (now.Text == "" || now.Text == kept.Text) {
		return false
	}
	return slices.ContainsFunc(kept.Changes, func(c data.FeedbackChange) bool {
		return c.Stars == now.Stars && (now.Text == "" || now.Text == c.Text)
	})
}

// keepFeedback keeps what the desk knows and the file does not say. Stars or words
// that are others than before are a change by the buyer; those that it had before such
// a change are an older file's, and stay as they are unless that is accepted. It
// reports whether the file is older.
func (j *importJob) keepFeedback(f *data.Feedback, before data.Feedback) (older bool) {
	now := *f
	if older = wasOnce(&now, &before); older && !j.request.AcceptOlder {
		now.Stars, now.Text = before.Stars, before.Text
	}
	*f = before
	f.OrderID, f.OrderNumber = now.OrderID, now.OrderNumber
	if now.Stars != f.Stars || now.Text != f.Text && now.Text != "" && f.Text != "" {
		*f = f.Revised(now.Stars, cmp.Or(now.Text, f.Text), data.Instant(j.desk.now()))
	}
	f.Text, f.BuyerHandle, f.Language = cmp.Or(now.Text, f.Text), cmp.Or(now.BuyerHandle, f.BuyerHandle), cmp.Or(now.Language, f.Language)
	f.Product = cmp.Or(f.Product, now.Product) // a person's choice stays
	if !now.LeftAt.IsZero() {
		f.LeftAt = now.LeftAt
	}
	if now.Reply != "" {
		f.Reply = now.Reply
		if !now.RepliedAt.IsZero() {
			f.RepliedAt = now.RepliedAt
		}
		f.MoveOn(data.FeedbackReplied, data.FeedbackNew)
	}
	if now.Translated.Text != "" {
		f.Translated = now.Translated
	}
	if len(now.Details) > 0 {
		f.Details = now.Details
	}
	if !now.RemovedAt.IsZero() && f.RemovedAt.IsZero() {
		f.RemovedAt, f.State = now.RemovedAt, data.FeedbackRemoved
	}
	return older
}

// sameFeedback compares what a file can say; times as moments, whatever their
// zone.
func sameFeedback(a, b data.Feedback) bool {
	return a.OrderID == b.OrderID && a.OrderNumber == b.OrderNumber && a.BuyerHandle == b.BuyerHandle &&
		a.Stars == b.Stars && a.Text == b.Text && a.Language == b.Language && a.State == b.State &&
		a.LeftAt.Equal(b.LeftAt) && a.Reply == b.Reply && a.RepliedAt.Equal(b.RepliedAt) &&
		maps.Equal(a.Details, b.Details) && a.Translated == b.Translated && a.Product == b.Product && a.RemovedAt.Equal(b.RemovedAt)
}
