package store

import (
	"context"
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"casebinder/data"
)

// deskWithOrder is a desk with one shop and one order, id 1.
func deskWithOrder(t *testing.T) *Store {
	t.Helper()
	s := openNew(t)
	importAll(t, s, newShop(t, s, data.EBay, "a"), fullOrder())
	return s
}

func sampleDispute() data.Dispute {
	return data.Dispute{
		UID: "019aaaaa-0000-7000-8000-000000000001", OrderID: 1, Reason: data.ReasonDamaged, Claim: "roto", Amount: usd(500), CaseNumber: "C1",
		Translated: data.Translation{Text: "broken", By: "Lin"},
		OpenedAt:   day(2), StatedDue: day(9), Stage: data.StageNegotiation, Waiting: data.ActorSeller,
		Events: []data.CaseEvent{
			{Kind: data.EventOpened, Actor: data.ActorBuyer, At: day(2), Note: "first words", Amount: usd(500), Due: day(9)},
			{Kind: data.EventRejected, Actor: data.ActorSeller, At: day(3), Note: "no"},
		},
	}
}

func TestDispute(t *testing.T) {
	ctx := context.Background()
	s := deskWithOrder(t)
	want := sampleDispute()
	update(t, s, func(tx *Tx) error { return tx.InsertDispute(&want) })
	got, err := s.Dispute(ctx, want.ID)
	if err != nil || !reflect.DeepEqual(*got, want) {
		t.Errorf("got  %+v\nwant %+v, %v", got, want, err)
	}
	if e := got.Events[0]; e.UID == "" || e.Operator != "tester" || !e.RecordedAt.Equal(testNow) {
		t.Errorf("%+v", e)
	}
	earlier := data.CaseEvent{Kind: data.EventMessage, Actor: data.ActorBuyer, At: day(1), Note: "remembered later 补充说明"}
	update(t, s, func(tx *Tx) error { return tx.AppendEvent(want.ID, &earlier) })
	got, _ = s.Dispute(ctx, want.ID)
	if len(got.Events) != 3 || got.Events[0].UID != earlier.UID {
		t.Errorf("events stand by when they happened: %+v", got.Events)
	}
	if ids, err := s.DisputeIDs(ctx, data.DisputeQuery{Search: "补充说明"}); err != nil || len(ids) != 1 {
		t.Errorf("a note is not found: %v %v", ids, err)
	}
	cache := DisputeCache{
		Stage: data.StagePlatform, Waiting: data.ActorPlatform, Due: day(20), DueRule: "rule",
		Rights: []data.Right{{Rule: "met", Due: day(4), Sure: data.Confirmed}, {Rule: "rule", Due: day(20)}},
	}
	update(t, s, func(tx *Tx) error { return tx.SetDisputeCache(want.ID, cache) })
	if d, err := s.Dispute(ctx, want.ID); err != nil || d.Stage != cache.Stage || d.Waiting != cache.Waiting || !d.Due.Equal(cache.Due) || !reflect.DeepEqual(d.Rights, cache.Rights) {
		t.Errorf("%+v %v", d, err)
	}
	rows, err := s.DisputeFirst(ctx, data.DisputeQuery{OpenOnly: true, Sort: data.DisputeByDue, Ascending: true}, 5)
	if err != nil || len(rows) != 1 || rows[0].OrderNumber != "1001" || rows[0].BuyerName != "Ann Example" || !rows[0].Due.Equal(day(20)) || rows[0].Stage != data.StagePlatform {
		t.Errorf("%+v %v", rows, err)
	}
	undoAndBin(t, s, want.ID)
}

// undoAndBin restores a dispute from its JSON, and sends it to the bin and back.
func undoAndBin(t *testing.T, s *Store, id int64) {
	t.Helper()
	ctx := context.Background()
	before, err := s.Dispute(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	text, _ := json.Marshal(before)
	edited := *before
	edited.Claim, edited.Amount, edited.StatedDue = "", data.Money{}, edited.BinnedAt
	update(t, s, func(tx *Tx) error { return tx.EditDispute(&edited) })
	var back data.Dispute
	if err := json.Unmarshal(text, &back); err != nil {
		t.Fatal(err)
	}
	back.OrderID = before.OrderID
	update(t, s, func(tx *Tx) error { return tx.EditDispute(&back) })
	after, err := s.Dispute(ctx, id)
	if err != nil || !reflect.DeepEqual(after, before) {
		t.Errorf("restored %+v\nwant %+v", after, before)
	}
	count := func() int {
		ids, err := s.DisputeIDs(ctx, data.DisputeQuery{})
		if err != nil {
			t.Fatal(err)
		}
		return len(ids)
	}
	update(t, s, func(tx *Tx) error { return tx.SetBinned("dispute", id, testNow) })
	if count() != 0 {
		t.Error("it shows in the list from the bin")
	}
	update(t, s, func(tx *Tx) error { return tx.SetBinned("dispute", id, data.Dispute{}.BinnedAt) })
	if count() != 1 {
		t.Error("it did not come back from the bin")
	}
}

func TestDisputeLookups(t *testing.T) {
	ctx := context.Background()
	s := deskWithOrder(t)
	one, two := sampleDispute(), sampleDispute()
	two.UID, two.CaseNumber = "019aaaaa-0000-7000-8000-000000000002", "C2"
	update(t, s, func(tx *Tx) error { return firstError(tx.InsertDispute(&one), tx.InsertDispute(&two)) })
	for key, want := range map[string]error{
		one.UID: nil, strings.ToUpper(two.UID): nil, "019aaaaa-0000": data.ErrConflict, "019aaaa": data.ErrNotFound, "019bbbbb": data.ErrNotFound,
		"": data.ErrNotFound, "019aaaa%": data.ErrNotFound,
	} {
		if _, err := s.DisputeByUID(ctx, key); !errors.Is(err, want) {
			t.Errorf("%q: %v, want %v", key, err, want)
		}
	}
	if ids, err := s.DisputesByCase(ctx, "C2"); err != nil || len(ids) != 1 || ids[0] != two.ID {
		t.Error(ids, err)
	}
	if list, err := s.DisputesOfOrder(ctx, 1); err != nil || len(list) != 2 || len(list[0].Events) != 2 {
		t.Error(list, err)
	}
	err := s.Update(ctx, func(tx *Tx) error { return tx.InsertDispute(&data.Dispute{OrderID: 77, Reason: data.ReasonOther}) })
	if !errors.Is(err, data.ErrNotFound) {
		t.Errorf("an order that is not there: %v", err)
	}
	same := sampleDispute()
	err = s.Update(ctx, func(tx *Tx) error { return tx.InsertDispute(&same) })
	if !errors.Is(err, data.ErrConflict) {
		t.Errorf("the same UID: %v", err)
	}
	err = s.Update(ctx, func(tx *Tx) error { return tx.Delete("order", 1) })
	if !errors.Is(err, data.ErrConflict) {
		t.Errorf("deleting an order with disputes: %v", err)
	}
}

func TestEvidence(t *testing.T) {
	ctx := context.Background()
	s := deskWithOrder(t)
	d := sampleDispute()
	sha := strings.Repeat("ab", 32)
	ofCase := data.Evidence{
		SHA256: sha, Size: 5, MIME: "image/png", Name: "a.png", Kind: data.KindPhoto, Note: "n", CapturedAt: day(1), Captured: data.CapturedExif,
		Place: "p", Device: "d", Source: "file",
	}
	ofOrder := data.Evidence{SHA256: sha, Size: 5, Name: "b.png", OrderID: 1, Source: "drop"}
	update(t, s, func(tx *Tx) error {
		if err := tx.InsertDispute(&d); err != nil {
			return err
		}
		ofCase.DisputeID = d.ID
		return firstError(tx.InsertEvidence(&ofCase), tx.InsertEvidence(&ofOrder))
	})
	if got, err := s.EvidenceByUID(ctx, ofCase.UID); err != nil || !reflect.DeepEqual(got, ofCase) || got.OrderID != 1 || got.AddedBy != "tester" {
		t.Errorf("got %+v\nwant %+v %v", got, ofCase, err)
	}
	if list, err := s.EvidenceOfOrder(ctx, 1); err != nil || len(list) != 2 {
		t.Error(list, err)
	}
	if list, err := s.EvidenceBySHA(ctx, strings.ToUpper(sha)); err != nil || len(list) != 2 {
		t.Error(list, err)
	}
	edited := ofCase
	edited.Note, edited.Kind, edited.AddedBy = "better", data.KindPacking, "somebody"
	update(t, s, func(tx *Tx) error { return tx.EditEvidence(&edited) })
	if got, _ := s.Evidence(ctx, ofCase.ID); got.Note != "better" || got.Kind != data.KindPacking || got.AddedBy != "tester" {
		t.Errorf("%+v", got)
	}
	edited.SHA256 = strings.Repeat("cd", 32)
	if err := s.Update(ctx, func(tx *Tx) error { return tx.EditEvidence(&edited) }); !errors.Is(err, data.ErrRefused) {
		t.Errorf("another file: %v", err)
	}
	update(t, s, func(tx *Tx) error {
		return firstError(tx.PutExhibits(d.ID, []data.Exhibit{{EvidenceUID: ofOrder.UID, Title: "B", Section: data.SectionShipping, Included: true}, {EvidenceUID: ofCase.UID, Proves: "p"}}),
			tx.SetBinned("evidence", ofOrder.ID, testNow))
	})
	if x, err := s.Exhibits(ctx, d.ID); err != nil || len(x) != 2 || x[0].Title != "B" || x[0].Section != data.SectionShipping || !x[0].Included || x[1].Position != 2 || x[1].Included {
		t.Error(x, err)
	}
	if list, err := s.Binned(ctx); err != nil || len(list) != 1 || list[0] != (data.Binned{Entity: "evidence", ID: ofOrder.ID, UID: ofOrder.UID, Name: ofOrder.Name, OrderNumber: fullOrder().Number, At: testNow}) {
		t.Error(list, err)
	}
	rows, err := s.OrderRows(ctx, []int32{1})
	if err != nil || rows[0].Evidence != 1 || rows[0].Disputes != 1 || rows[0].Tracking != "LP1" || rows[0].ItemTitle != "Red shoe" {
		t.Errorf("%+v %v", rows, err)
	}
}

func TestFeedback(t *testing.T) {
	ctx := context.Background()
	s := deskWithOrder(t)
	shop, _ := s.ShopByID(ctx, 1)
	f := data.Feedback{
		UID: "f1", Shop: data.Shop{Platform: data.EBay, Name: "a"}, OrderNumber: "1001", BuyerHandle: "h", Stars: 2, Text: "bad", Language: "en",
		LeftAt: day(5), Reply: "sorry", RepliedAt: day(6), Cause: "late", State: data.FeedbackReplied,
	}
	update(t, s, func(tx *Tx) error { return tx.PutFeedback(&f) })
	again := f
	again.ID, again.Stars, again.State = 0, 5, data.FeedbackRevised
	update(t, s, func(tx *Tx) error { return tx.PutFeedback(&again) })
	got, err := s.FeedbackByUID(ctx, shop.ID, "f1")
	if err != nil || !reflect.DeepEqual(got, again) || got.ID != f.ID || got.OrderID != 1 || got.Shop != shop {
		t.Errorf("got %+v\nwant %+v %v", got, again, err)
	}
	for q, want := range map[data.FeedbackQuery]int{
		{Tone: "positive"}: 1, {Tone: "negative"}: 0, {State: data.FeedbackRevised}: 1, {OrderID: 1}: 1, {ShopID: 9}: 0, {Search: "sorry"}: 1,
		{Sort: data.FeedbackByOrder}: 1, {Sort: data.FeedbackByShop}: 1,
	} {
		ids, err := s.FeedbackIDs(ctx, q)
		rows, err2 := s.FeedbackFirst(ctx, q, 5)
		if err != nil || err2 != nil || len(ids) != want || len(rows) != want {
			t.Errorf("%+v: %d, %d, %v %v", q, len(ids), len(rows), err, err2)
		}
	}
	for _, stars := range []int{0, 6} {
		err := s.Update(ctx, func(tx *Tx) error { return tx.PutFeedback(&data.Feedback{Shop: shop, Stars: stars}) })
		if !errors.Is(err, data.ErrInvalid) {
			t.Errorf("%d stars: %v", stars, err)
		}
	}
}

func TestMessagesTemplatesTasksSettings(t *testing.T) {
	ctx := context.Background()
	s := deskWithOrder(t)
	m := data.Message{
		UID: "m1", OrderID: 1, Direction: data.FromBuyer, Channel: "email", Author: "Ann", SentAt: day(3), Language: "zh", Text: "你好", Translation: "hello", TransLang: "en", Translator: "Lin",
		Source: data.SourcePaste, Precision: data.ToDay, ExternalID: "x1", Edited: true, NoAnswer: true, Template: "t", Variant: "v",
		Passed: []data.PassedFinding{{Rule: "r", Key: "r|k", Severity: data.Blocking, Reason: "because", By: "Lin", At: day(4)}},
	}
	k := data.Task{Title: "call", OrderID: 1, Due: day(9), Operator: "Lin"}
	tpl := data.Template{Scenario: "shipping", Name: "Where is it", Variants: []data.Variant{{Language: "en", Body: "Dear {{ buyer }}"}, {UID: "v2", Language: "zh", Label: "formal", Body: "您好"}}}
	update(t, s, func(tx *Tx) error {
		return firstError(tx.PutMessage(&m), tx.PutTask(&k), tx.PutTemplate(&tpl), tx.PutSetting("language", json.RawMessage(`"zh-CN"`)),
			tx.PutOperator("Wei"), tx.PutOperator("Lin"), tx.PutOperator("Wei"), tx.PutPolicyOverride(data.EBay, "respond", json.RawMessage(`{"days":3}`)))
	})
	if list, err := s.Messages(ctx, 1); err != nil || len(list) != 1 || !reflect.DeepEqual(list[0], m) {
		t.Error(list, err)
	}
	altered := m
	altered.Text = "something else"
	if err := s.Update(ctx, func(tx *Tx) error { return tx.PutMessage(&altered) }); !errors.Is(err, data.ErrConflict) {
		t.Errorf("another text: %v", err)
	}
	m.Translation = "hi"
	k.DoneAt = day(8)
	tpl.Variants = tpl.Variants[1:]
	update(t, s, func(tx *Tx) error { return firstError(tx.PutMessage(&m), tx.PutTask(&k), tx.PutTemplate(&tpl)) })
	if got, err := s.MessageByUID(ctx, "m1"); err != nil || !reflect.DeepEqual(got, m) {
		t.Error(got, err)
	}
	if got, err := s.TaskByUID(ctx, k.UID); err != nil || got != k {
		t.Error(got, err)
	}
	if about, err := s.TasksAbout(ctx, 1); err != nil || len(about) != 1 || about[0] != k {
		t.Error(about, err)
	}
	if got, err := s.TemplateByUID(ctx, tpl.UID); err != nil || !reflect.DeepEqual(got, tpl) {
		t.Error(got, err)
	}
	if list, err := s.Templates(ctx); err != nil || len(list) != 1 || len(list[0].Variants) != 1 {
		t.Error(list, err)
	}
	if v, err := s.Setting(ctx, "language"); err != nil || string(v) != `"zh-CN"` {
		t.Error(string(v), err)
	}
	if v, err := s.Setting(ctx, "never"); err != nil || v != nil {
		t.Error(v, err)
	}
	if err := s.Update(ctx, func(tx *Tx) error { return tx.PutSetting("x", json.RawMessage("{")) }); !errors.Is(err, data.ErrInvalid) {
		t.Error(err)
	}
	update(t, s, func(tx *Tx) error { return tx.PutPolicyOverride(data.EBay, "other", json.RawMessage("1")) })
	update(t, s, func(tx *Tx) error { return tx.PutPolicyOverride(data.EBay, "other", nil) })
	if o, err := s.PolicyOverrides(ctx); err != nil || len(o) != 1 || string(o["ebay/respond"]) != `{"days":3}` {
		t.Error(o, err)
	}
	if o, err := s.Operators(ctx); err != nil || !slices.Equal(o, []string{"Lin", "Wei"}) {
		t.Error(o, err)
	}
}

func TestSubmissionsChecklistFindings(t *testing.T) {
	ctx := context.Background()
	s := deskWithOrder(t)
	d := sampleDispute()
	var one, two data.Submission
	update(t, s, func(tx *Tx) error {
		if err := tx.InsertDispute(&d); err != nil {
			return err
		}
		one = data.Submission{
			DisputeID: d.ID, Profile: "plain", Language: "en", PDFName: "a.pdf", PDFSHA256: "1", BagName: "a.zip", BagSHA256: "2",
			Pages: 3, Exhibits: 2, Bytes: 9, Generation: day(4), Program: "Casebinder 1", Signer: "SHA256:x",
			Mask: []data.MaskKind{data.MaskName, data.MaskPhone}, Changes: []string{"exhibit.added a.jpg"},
		}
		two = data.Submission{DisputeID: d.ID}
		pass := data.Pass{Entity: "dispute", EntityID: d.ID, Key: "gps|evidence:e1", Severity: data.Serious, Reason: "wanted"}
		again := pass
		again.Reason = "still wanted"
		return firstError(tx.InsertSubmission(&one, []SubmissionFile{{"a.pdf", "1", 4}, {"a.zip", "2", 9}}, []byte("input")), tx.InsertSubmission(&two, nil, nil),
			tx.PutChecklist(d.ID, ChecklistState{Item: "tracking", State: "open"}), tx.PutChecklist(d.ID, ChecklistState{Item: "tracking", State: "done", Note: "n"}),
			tx.PutPass(&pass), tx.PutPass(&again))
	})
	list, err := s.Submissions(ctx, d.ID)
	if err != nil || len(list) != 2 || !reflect.DeepEqual(list[0], one) || list[1].Version != 2 || list[0].CreatedBy != "tester" {
		t.Errorf("%+v %v", list, err)
	}
	const files = "SELECT name || ' ' || sha256 || ' ' || size FROM submission_file ORDER BY name"
	if got := shell(t, s.Path(), files); strings.TrimSpace(got) != "a.pdf 1 4\na.zip 2 9" {
		t.Errorf("its files are %q", got)
	}
	if c, err := s.Checklist(ctx, d.ID); err != nil || len(c) != 1 || c[0].State != "done" || c[0].By != "tester" {
		t.Error(c, err)
	}
	if p, err := s.Passes(ctx, "dispute", d.ID); err != nil || len(p) != 1 || p[0].Reason != "still wanted" || p[0].Severity != data.Serious || p[0].By != "tester" {
		t.Error(p, err)
	}
	rows, err := s.DisputeRows(ctx, []int32{int32(d.ID)})
	if err != nil || rows[0].Submissions != 2 {
		t.Error(rows, err)
	}
}

func TestSubmissionIsSentLater(t *testing.T) {
	ctx := context.Background()
	s := deskWithOrder(t)
	d := sampleDispute()
	sub := data.Submission{Profile: "stripe", PDFName: "a.pdf"}
	update(t, s, func(tx *Tx) error {
		err := tx.InsertDispute(&d)
		sub.DisputeID = d.ID
		return firstError(err, tx.InsertSubmission(&sub, nil, []byte{0, 1, 2}))
	})
	if input, err := s.SubmissionInput(ctx, sub.ID); err != nil || string(input) != "\x00\x01\x02" {
		t.Errorf("%q %v", input, err)
	}
	if input, err := s.SubmissionInput(ctx, 99); err != nil || input != nil {
		t.Errorf("%q %v", input, err)
	}
	sub.SentAt, sub.SentBy, sub.SentNote, sub.Receipt = day(9), "Lin", "case 7", "uid-of-receipt"
	changed := sub
	changed.PDFName = "other.pdf"
	update(t, s, func(tx *Tx) error { return tx.PutSent(changed) })
	if got, err := s.Submission(ctx, sub.UID); err != nil || !reflect.DeepEqual(got, sub) {
		t.Errorf("%+v %v", got, err)
	}
	if _, err := s.Submission(ctx, "none"); !errors.Is(err, data.ErrNotFound) {
		t.Error(err)
	}
}

func TestStatementRoundTrip(t *testing.T) {
	ctx := context.Background()
	s := deskWithOrder(t)
	d := sampleDispute()
	update(t, s, func(tx *Tx) error { return tx.InsertDispute(&d) })
	if got, err := s.Statement(ctx, d.ID); err != nil || len(got.Claims) != 0 || got.DisputeID != d.ID {
		t.Errorf("%+v %v", got, err)
	}
	want := data.Statement{
		DisputeID: d.ID, Language: "es", Template: "general/not_received",
		Claims: []data.Claim{
			{Text: "Entregado el 12.", Cites: []data.Cite{{Evidence: "e1", Page: 2}, {Part: data.SectionShipping}}},
			{Text: "Sin cita."},
		},
	}
	update(t, s, func(tx *Tx) error { return tx.PutStatement(&want) })
	if got, err := s.Statement(ctx, d.ID); err != nil || !reflect.DeepEqual(got, want) || got.UpdatedBy != "tester" {
		t.Errorf("%+v %v", got, err)
	}
	update(t, s, func(tx *Tx) error { return tx.PutStatement(&data.Statement{DisputeID: d.ID}) })
	if got, err := s.Statement(ctx, d.ID); err != nil || got.Language != "" {
		t.Errorf("%+v %v", got, err)
	}
}

func TestCopyKnowsItsOriginal(t *testing.T) {
	ctx := context.Background()
	s := deskWithOrder(t)
	original := data.Evidence{SHA256: strings.Repeat("a", 64), Name: "a.jpg", OrderID: 1}
	copied := data.Evidence{SHA256: strings.Repeat("b", 64), Name: "a-redacted.png", OrderID: 1, Edits: []data.Edit{{Kind: data.EditBox, X: 1, Y: 2, W: 3, H: 4}}}
	update(t, s, func(tx *Tx) error {
		err := tx.InsertEvidence(&original)
		copied.CopyOf = original.UID
		return firstError(err, tx.InsertEvidence(&copied))
	})
	edited := copied
	edited.Note, edited.CopyOf, edited.Edits = "n", "", nil
	update(t, s, func(tx *Tx) error { return tx.EditEvidence(&edited) })
	got, err := s.Evidence(ctx, copied.ID)
	if err != nil || got.CopyOf != original.UID || !reflect.DeepEqual(got.Edits, copied.Edits) || got.Note != "n" || !got.Redacted() {
		t.Errorf("%+v %v", got, err)
	}
}

// The next import may give its order the number of one that is gone.
func TestDraftsGoWithTheirOrder(t *testing.T) {
	ctx := context.Background()
	s := openNew(t)
	shop := newShop(t, s, data.EBay, "a")
	order := func(number string) data.Order {
		return data.Order{Shop: shop, Number: number, OrderedAt: day(1), Total: data.Money{Minor: 100, Currency: "USD"}}
	}
	importAll(t, s, shop, order("1"))
	about := data.ReplyAbout{OrderID: 1}
	update(t, s, func(tx *Tx) error { return tx.PutDraft(&data.ReplyDraft{ReplyAbout: about, Text: "Dear Ana"}) })
	update(t, s, func(tx *Tx) error { return tx.Delete("order", 1) })
	importAll(t, s, shop, order("2"))
	if got, err := s.OrderByKey(ctx, shop.ID, "2"); err != nil || got.ID != 1 {
		t.Fatalf("the next order is %v, %v: this shows nothing", got, err)
	}
	if left, err := s.DraftOf(ctx, about); !errors.Is(err, data.ErrNotFound) {
		t.Errorf("another buyer's order finds %+v, %v", left, err)
	}
}
