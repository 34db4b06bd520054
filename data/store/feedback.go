package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"casebinder/data"
)

const feedbackColumns = "uid, shop_id, order_id, order_number, buyer_handle, stars, text, language, state, left_at, reply, replied_at, cause, binned_at, " +
	"details, translation, translator, given, product, settled_at, revision_at, revised_at, complained_at, complaint_ground, complaint_outcome, removed_at"

var feedbackSelect = "SELECT f.id, s.platform, s.name, s.zone, s.currency, " + prefixed("f", feedbackColumns) +
	" FROM feedback f JOIN shop s ON s.id = f.shop_id WHERE "

func scanFeedback(row scanner) (f data.Feedback, err error) {
	var details string
	err = row.Scan(&f.ID, &f.Shop.Platform, &f.Shop.Name, &f.Shop.Zone, &f.Shop.Currency,
		&f.UID, &f.Shop.ID, rowRef{&f.OrderID}, &f.OrderNumber, &f.BuyerHandle, &f.Stars, &f.Text, &f.Language, &f.State,
		moment{&f.LeftAt}, &f.Reply, moment{&f.RepliedAt}, &f.Cause, moment{&f.BinnedAt},
		&details, &f.Translated.Text, &f.Translated.By, &f.Given, &f.Product, moment{&f.SettledAt}, moment{&f.RevisionAt}, moment{&f.RevisedAt},
		moment{&f.Complained.At}, &f.Complained.Ground, &f.Complained.Outcome, moment{&f.RemovedAt})
	if err == nil && details != "" && json.Unmarshal([]byte(details), &f.Details) != nil {
		return f, fmt.Errorf("feedback %s, detailed ratings: %w", f.UID, data.ErrDamaged)
	}
	return f, err
}

// Feedback gives a feedback, also from the bin.
func (r *Reader) Feedback(ctx context.Context, id int64) (data.Feedback, error) {
	f, err := first(ctx, r, feedbackSelect+"f.id = ?", []any{id}, scanFeedback)
	if err != nil {
		return f, missing(err, "feedback", id)
	}
	f.Changes, err = r.feedbackChanges(ctx, f.ID)
	return f, err
}

// FeedbackByUID gives the feedback with the natural key, also from the bin.
func (r *Reader) FeedbackByUID(ctx context.Context, shopID int64, uid string) (data.Feedback, error) {
	f, err := first(ctx, r, feedbackSelect+"f.shop_id = ? AND f.uid = ?", []any{shopID, uid}, scanFeedback)
	if err != nil {
		return f, missing(err, "feedback", uid)
	}
	f.Changes, err = r.feedbackChanges(ctx, f.ID)
	return f, err
}

func (r *Reader) feedbackChanges(ctx context.Context, id int64) ([]data.FeedbackChange, error) {
	const query = "SELECT at, stars, text FROM feedback_change WHERE feedback_id = ? ORDER BY at, id"
	return all(ctx, r, query, []any{id}, func(row scanner) (c data.FeedbackChange, err error) {
		return c, row.Scan(moment{&c.At}, &c.Stars, &c.Text)
	})
}

// putFeedbackChanges makes the kept changes of a feedback those that it names.
func (t *Tx) putFeedbackChanges(f *data.Feedback) error {
	have, err := t.feedbackChanges(t.ctx, f.ID)
	if err != nil || slices.EqualFunc(have, f.Changes, func(a, b data.FeedbackChange) bool {
		return a.At.Equal(b.At) && a.Stars == b.Stars && a.Text == b.Text
	}) {
		return err
	}
	if _, err := t.exec("DELETE FROM feedback_change WHERE feedback_id = ?", f.ID); err != nil {
		return err
	}
	for _, c := range f.Changes {
		if _, err := t.exec("INSERT INTO feedback_change (feedback_id, at, stars, text) VALUES (?, ?, ?, ?)", f.ID, ms(c.At), c.Stars, c.Text); err != nil {
			return err
		}
	}
	return nil
}

func feedbackText(f *data.Feedback) []string {
	return []string{f.OrderNumber, f.BuyerHandle, f.Text, f.Reply, f.Cause, f.Translated.Text}
}

// PutFeedback writes every field of a feedback: the one with its ID, else the
// one with its shop and UID, else a new one. It sets the ID, a UID when it is
// empty, and the order when the number is that of one order of the shop.
func (t *Tx) PutFeedback(f *data.Feedback) error {
	if err := checkStars(f.Stars); err != nil {
		return err
	}
	if f.Shop.ID == 0 {
		shop, err := t.ShopByKey(t.ctx, f.Shop.Platform, f.Shop.Name)
		if err != nil {
			return err
		}
		f.Shop = shop
	}
	if f.UID == "" {
		f.UID = newUID()
	}
	if f.State == "" {
		f.State = data.FeedbackNew
	}
	if err := t.findFeedback(f); err != nil {
		return err
	}
	details, err := detailsJSON(f)
	if err != nil {
		return err
	}
	values := []any{
		f.UID, f.Shop.ID, ref(f.OrderID), f.OrderNumber, f.BuyerHandle, f.Stars, f.Text, f.Language, string(f.State),
		ms(f.LeftAt), f.Reply, ms(f.RepliedAt), f.Cause, ms(f.BinnedAt),
		details, f.Translated.Text, f.Translated.By, f.Given, f.Product, ms(f.SettledAt), ms(f.RevisionAt), ms(f.RevisedAt),
		ms(f.Complained.At), string(f.Complained.Ground), f.Complained.Outcome, ms(f.RemovedAt),
	}
	fresh := f.ID == 0
	if err := errors.Join(t.touchBuyerOf("feedback", f.ID), t.touchBuyer(f.OrderID)); err != nil {
		return err
	}
	if fresh {
		f.ID, err = t.insert(insertSQL("feedback", feedbackColumns), values...)
	} else {
		err = t.change("feedback", f.UID, updateSQL("feedback", feedbackColumns), append(values, f.ID)...)
	}
	if err != nil {
		return conflicting(err, "feedback")
	}
	if err := t.putFeedbackChanges(f); err != nil {
		return err
	}
	return t.index("feedback_search", f.ID, fresh, feedbackText(f))
}

func detailsJSON(f *data.Feedback) (string, error) {
	if len(f.Details) == 0 {
		return "", nil
	}
	b, err := json.Marshal(f.Details) // sorts the keys
	if err != nil {
		return "", fmt.Errorf("writing the feedback %s: %w", f.UID, err)
	}
	return string(b), nil
}

func checkStars(stars int) error {
	if stars < 1 || stars > 5 {
		return problemStars.New("stars", stars)
	}
	return nil
}

// findFeedback looks up what a feedback does not know of itself: its row and
// its order.
func (t *Tx) findFeedback(f *data.Feedback) error {
	for _, look := range []struct {
		id    *int64
		query string
		key   string
	}{
		{&f.ID, "SELECT id FROM feedback WHERE shop_id = ? AND uid = ?", f.UID},
		{&f.OrderID, "SELECT id FROM orders WHERE shop_id = ? AND number = ?", f.OrderNumber},
	} {
		if *look.id != 0 || look.key == "" {
			continue
		}
		id, err := first(t.ctx, &t.Reader, look.query, []any{f.Shop.ID, look.key}, scanOne[int64])
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		*look.id = id
	}
	return nil
}

var problemStars = data.DefineProblem("store_stars", data.ErrInvalid,
	"{stars} is not a number of stars.",
	"Give 1, 2, 3, 4 or 5.")

func (r *Reader) feedbackListing(ctx context.Context, q data.FeedbackQuery) (*listing, error) {
	l := &listing{from: "feedback f"}
	l.only("f.binned_at IS NULL")
	if q.ShopID != 0 {
		l.only("f.shop_id = ?", q.ShopID)
	}
	if q.OrderID != 0 {
		l.only("f.order_id = ?", q.OrderID)
	}
	switch q.Tone { // as data.Tone sorts stars
	case "positive":
		l.only("f.stars >= 4")
	case "neutral":
		l.only("f.stars = 3")
	case "negative":
		l.only("f.stars <= 2")
	}
	switch {
	case q.Given:
		l.only("f.given = 1")
	case !q.Both:
		l.only("f.given = 0")
	}
	if q.State != "" {
		l.only("f.state = ?", string(q.State))
	}
	if q.Cause != "" {
		l.only("f.cause = ?", q.Cause)
	}
	if !q.Since.IsZero() {
		l.only("f.left_at >= ?", ms(q.Since))
	}
	if !q.Until.IsZero() {
		l.only("f.left_at < ?", ms(q.Until))
	}
	if q.NoOrder {
		l.only("f.order_id IS NULL")
	}
	for _, t := range terms(q.Search) {
		where, args := "f.id IN (SELECT rowid FROM feedback_search WHERE feedback_search MATCH ?)", []any{t.match}
		for _, run := range t.runs {
			where += " AND instr(f.text || char(10) || f.reply || char(10) || f.cause || char(10) || f.buyer_handle, ?) > 0"
			args = append(args, run)
		}
		l.only(where, args...)
	}
	var err error
	l.segments, err = r.feedbackSegments(ctx, q.Sort, q.Ascending)
	return l, err
}

func (r *Reader) feedbackSegments(ctx context.Context, sort data.FeedbackSort, ascending bool) ([]segmentOf, error) {
	switch sort {
	case data.FeedbackByStars:
		return []segmentOf{{order: by(ascending, "f.stars", "f.left_at", "f.id")}}, nil
	case data.FeedbackByState:
		return []segmentOf{{order: by(ascending, "f.state", "f.left_at", "f.id")}}, nil
	case data.FeedbackByShop:
		return r.byShop(ctx, "f.shop_id", by(ascending, "f.left_at", "f.id"), ascending)
	case data.FeedbackByOrder:
		return emptyLast(ascending, "f.order_number", "f.id"), nil
	}
	return nullsLast(ascending, "f.left_at", "f.id"), nil
}

// FeedbackIDs gives the ids of all feedback of the query, in order.
func (r *Reader) FeedbackIDs(ctx context.Context, q data.FeedbackQuery) ([]int32, error) {
	l, err := r.feedbackListing(ctx, q)
	if err != nil {
		return nil, err
	}
	return l.ids(ctx, r, "f.id", -1)
}

// FeedbackFirst gives the first rows of the query.
func (r *Reader) FeedbackFirst(ctx context.Context, q data.FeedbackQuery, limit int) ([]data.Feedback, error) {
	l, err := r.feedbackListing(ctx, q)
	if err != nil {
		return nil, err
	}
	ids, err := l.ids(ctx, r, "f.id", limit)
	if err != nil {
		return nil, err
	}
	return r.FeedbackRows(ctx, ids)
}

// FeedbackRows gives the feedback with the ids, in the order of the ids.
func (r *Reader) FeedbackRows(ctx context.Context, ids []int32) ([]data.Feedback, error) {
	rows := make([]data.Feedback, 0, len(ids))
	err := chunks(ids, func(marks string, args []any) error {
		some, err := all(ctx, r, feedbackSelect+"f.id IN ("+marks+")", args, scanFeedback)
		rows = append(rows, some...)
		return err
	})
	if err != nil {
		return nil, err
	}
	return inOrder(ids, rows, func(f data.Feedback) int64 { return f.ID }), nil
}
