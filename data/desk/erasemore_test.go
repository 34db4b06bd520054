package desk_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"casebinder/data"
	"casebinder/data/desk"
)

// alarmRules are the rules of what a desk noticed by itself.
func alarmRules(d *desk.Desk) (rules []string) {
	for _, f := range d.Alarms() {
		rules = append(rules, f.Rule)
	}
	return rules
}

// soundDesk asks for a desk of which nothing is wrong, each file read.
func soundDesk(t *testing.T, d *desk.Desk) {
	t.Helper()
	if report, err := d.Check(t.Context(), true, nil); err != nil || !report.Sound || len(report.Findings) > 0 {
		t.Errorf("check: %v %+v", err, report.Findings)
	}
}

// The power goes between the erasure's commit and the deletion of its files: the desk
// opened again deletes them, says so once, and is sound.
func TestACutErasureIsFinished(t *testing.T) {
	d, id, _ := personalDesk(t)
	ctx := t.Context()
	added, err := d.AddOrderEvidence(ctx, id, []desk.EvidenceFile{{Path: write(t, "label.txt", "To: Zenobia Quillwort"), Kind: data.KindOther}}, nil)
	must(t, err)
	plan, err := d.PlanErasure(ctx, desk.ErasureRequest{Orders: []int64{id}, Ground: data.GroundRequest, Files: map[string]string{added.Added[0].UID: desk.FileDelete}})
	must(t, err)
	cut := filepath.Join(t.TempDir(), "cut")
	_, err = d.Erase(ctx, plan, func(_, _ int64, doing string) {
		if doing == "progress.wiping" {
			must(t, os.CopyFS(cut, os.DirFS(d.Dir())))
		}
	})
	must(t, err)
	if len(findPersonal(t, cut)) == 0 {
		t.Fatal("the copy was taken when all was done")
	}
	for _, want := range [][]string{{"erase.finished"}, nil} {
		again, err := desk.Open(ctx, cut, options())
		must(t, err)
		if got := alarmRules(again); !slices.Equal(got, want) {
			t.Errorf("told %q, want %q", got, want)
		}
		soundDesk(t, again)
		must(t, again.Close())
		if found := findPersonal(t, cut); len(found) > 0 {
			t.Errorf("still there: %v", found)
		}
	}
}

// The redacted copy takes its original's place by decision: bundles from before verify,
// those made after show the copy and say in the custody log what became of the original.
func TestTheCopyStandsForItsOriginal(t *testing.T) {
	d, id, _ := personalDesk(t)
	ctx := t.Context()
	dispute, err := d.OpenDispute(ctx, desk.NewDispute{OrderID: id, Reason: data.ReasonNotReceived, OpenedAt: time.Date(2026, 8, 25, 8, 0, 0, 0, time.UTC)})
	must(t, err)
	added, err := d.AddEvidence(ctx, dispute.ID, []desk.EvidenceFile{{Name: "door.png", Bytes: stripes(t, 120, 90, 1), Kind: data.KindDelivery, Note: "Door of Zenobia Quillwort"}}, nil)
	must(t, err)
	original := added.Added[0]
	must(t, d.PutStatement(ctx, dispute.ID, data.Statement{Language: "en", Claims: []data.Claim{{Text: "It was delivered.", Cites: []data.Cite{{Evidence: original.UID}}}}}))
	_, err = d.EditEvidence(ctx, original.ID, desk.EvidenceEdit{Kind: data.KindDelivery, Note: original.Note, CapturedAt: clock.Add(-time.Hour)})
	must(t, err)
	before := exported(t, d, desk.BundleRequest{DisputeID: dispute.ID})
	shown, err := d.MarkPicture(ctx, dispute.ID, original.ID, []data.Edit{{Kind: data.EditBox, X: 10, Y: 10, W: 60, H: 40}})
	must(t, err)
	_, err = d.AppendEvent(ctx, dispute.ID, desk.NewEvent{CaseEvent: data.CaseEvent{Kind: data.EventWithdrawn, Actor: data.ActorBuyer}})
	must(t, err)
	r := desk.ErasureRequest{Orders: []int64{id}, Ground: data.GroundRequest, Early: true, Files: map[string]string{original.UID: desk.FileCopy}}
	done := erased(t, d, r)
	if len(done.Files) != 1 || done.Files[0] != (data.ErasedFile{UID: original.UID, SHA256: original.SHA256, ReplacedBy: shown.UID}) {
		t.Errorf("told %+v", done.Files)
	}
	soundDesk(t, d)
	if c, err := d.Case(ctx, dispute.ID); err != nil || len(c.Evidence) != 2 || c.Evidence[0].ErasedFor != data.GroundRequest {
		t.Errorf("the case: %v %+v", err, c.Evidence)
	}
	if _, err := d.EvidenceCopy(ctx, original.ID); err == nil || !strings.Contains(err.Error(), "was erased on") {
		t.Errorf("a copy of what was erased: %v", err)
	}
	if odd, err := d.CheckAnchor(ctx, before.BagPath, nil); err != nil || len(odd) > 0 {
		t.Errorf("the bundle from before: %v %+v", err, odd)
	}
	after := exported(t, d, desk.BundleRequest{DisputeID: dispute.ID})
	if odd, err := d.CheckAnchor(ctx, after.BagPath, nil); err != nil || len(odd) > 0 {
		t.Errorf("the bundle from after: %v %+v", err, odd)
	}
	bag := inBag(t, after.BagPath)
	custody, copies := "", 0
	for name, content := range bag {
		if strings.HasSuffix(name, "custody.jsonl") {
			custody = string(content)
		}
		if strings.HasSuffix(name, "redacted.png") {
			copies++
		}
		for _, word := range personalBytes {
			if strings.Contains(string(content), word) {
				t.Errorf("%s has %s", name, word)
			}
		}
	}
	if copies != 1 {
		t.Errorf("%d copies are in the bundle", copies)
	}
	for _, want := range []string{`"action":"evidence.erase"`, `"sha256":"` + original.SHA256 + `"`, `"replaced_by":"` + shown.UID + `"`, `"ground":"request"`} {
		if !strings.Contains(custody, want) {
			t.Errorf("the custody log does not say %s:\n%s", want, custody)
		}
	}
}

// importAs reads a table in the form of personalOrders.
func importAs(t *testing.T, d *desk.Desk, r desk.ImportRequest, rows string) (rules []string) {
	t.Helper()
	r.Path = write(t, "orders.csv", strings.SplitAfter(personalOrders, "\n")[0]+rows)
	report, err := d.Import(t.Context(), r, nil)
	if err != nil || report.Counts.Rejected > 0 {
		t.Fatal(err, report.Rejected)
	}
	for _, f := range report.Doubts {
		if f.Rule != "import_doubt_status" { // the mapping reads no words of state
			rules = append(rules, f.Rule)
		}
	}
	return rules
}

// The buyer orders again after the erasure: the new order has a name, as of a new
// buyer; an older order that comes only now has none, unless it is still to be sent.
func TestTheBuyerOrdersAgain(t *testing.T) {
	d, id, r := personalDesk(t)
	v, err := d.Order(t.Context(), id)
	must(t, err)
	erased(t, d, desk.ErasureRequest{Buyer: v.Order.Buyer.ID, Ground: data.GroundRequest})
	const who = ";quillwort77;Zenobia Quillwort;zq@quillwort.example;+34612345677;Calle Zafiro 12;Madrid;28013;ES;45.99;"
	for _, c := range []struct{ number, rest, name, rule string }{
		{"812400", "2026-11-25 08:00;completed", "Zenobia Quillwort", "import_doubt_erased_buyer import_order_future"}, // the desk's clock stands at 20 November
		{"812401", "2026-05-01 08:00;completed", "", "import_doubt_erased"},
		{"812402", "2026-11-19 08:00;to ship", "Zenobia Quillwort", "import_doubt_erased_buyer"},
	} {
		rules := importAs(t, d, r, c.number+who+c.rest+"\n")
		if !slices.Equal(rules, strings.Fields(c.rule)) {
			t.Errorf("%s: told %q, want %s", c.number, rules, c.rule)
		}
		v, err := d.Order(t.Context(), orderID(t, d, c.number))
		if o := v.Order; err != nil || o.Buyer.Name != c.name || o.ShipTo.Line1 == "" != (c.name == "") || o.Erased() != (c.name == "") {
			t.Errorf("%s: %v %+v %+v", c.number, err, o.Buyer, o.ShipTo)
		}
	}
	if rules := importAs(t, d, r, "812345"+who+"2026-08-20 08:00;completed\n"); !slices.Equal(rules, []string{"import_doubt_erased"}) {
		t.Errorf("the old file again: told %q", rules)
	}
	if v, err := d.Order(t.Context(), id); err != nil || v.Order.Buyer.Name != "" || !v.Order.Erased() || v.Order.Buyer.ID == 0 {
		t.Errorf("%v %+v", err, v.Order.Buyer)
	}
	soundDesk(t, d)
}

// Orders are erased by themselves, such as by a clock: the buyer stays one with a name,
// whose other orders come in whole.
func TestABuyerOfWhomOneOrderWentStays(t *testing.T) {
	d, id, r := personalDesk(t)
	const who = ";quillwort77;Zenobia Quillwort;zq@quillwort.example;+34612345677;Calle Zafiro 12;Madrid;28013;ES;45.99;"
	erased(t, d, desk.ErasureRequest{Orders: []int64{id}, Ground: data.GroundRetention, Rule: "retention"})
	if rules := importAs(t, d, r, "812403"+who+"2026-11-18 08:00;completed\n"); len(rules) > 0 {
		t.Errorf("told %q", rules)
	}
	v, err := d.Order(t.Context(), orderID(t, d, "812403"))
	if o := v.Order; err != nil || o.Buyer.Name != "Zenobia Quillwort" || o.ShipTo.Line1 == "" || o.Erased() {
		t.Errorf("%v %+v %+v", err, o.Buyer, o.ShipTo)
	}
}

// Names and addresses in several scripts go wherever they stand whole; what others say
// with the same words stays.
func TestNamesOfSeveralScriptsGo(t *testing.T) {
	for _, c := range []struct {
		name, street, text string
		gone, stays        []string
	}{
		{
			"Зинаида Кварцева", "улица Сапфировая, дом 12", "Здравствуйте, это Зинаида Кварцева, улица Сапфировая, дом 12. Передайте Кварцевой Зинаиде. Фонарь сломан.",
			[]string{"Кварцев", "Зинаид", "Сапфиров"},
			[]string{"Фонарь сломан"},
		},
		{
			"欧阳灵犀", "天府大道北段 1288 号 7 栋 302", "你好，我是欧阳灵犀，地址：天府大道北段 1288 号 7 栋 302。灯坏了。",
			[]string{"灵犀", "天府大道北段", "1288"},
			[]string{"灯坏了"},
		},
		{
			"ياقوت الفيروزي", "شارع الزمرد 12", "مرحبا، أنا ياقوت الفيروزي من شارع الزمرد 12. المصباح مكسور.",
			[]string{"ياقوت", "الفيروزي", "الزمرد"},
			[]string{"المصباح مكسور"},
		},
		{
			"水晶 玲奈 🌙", "緑柱石町 3-12-7", "こんにちは、水晶玲奈です。緑柱石町 3-12-7 に届きません。🌙 よろしく",
			[]string{"玲奈", "緑柱石町", "3-12-7"},
			[]string{"こんにちは", "届きません"},
		},
		{
			"Zoe\u0301 Quillworthington", "12 Rue du Zircon", "Bonjour, ici Zoé Quillworthington, 12 rue du Zircon. La lampe est cassée.",
			[]string{"Zoé", "Quillworthington", "ZIRCON", "Zircon"},
			[]string{"lampe est cassée"},
		},
		{
			"Rose Will", "1 Hope Street", "Will you send the rose lamp again? It is my last hope. Yours, Rose Will, 1 Hope Street",
			[]string{"Rose Will", "Hope Street"},
			[]string{"send the rose lamp again", "my last hope"},
		},
	} {
		d, _, r := personalDesk(t)
		importAs(t, d, r, "812500;lamp77x;"+c.name+";lamp77x@example.com;;"+c.street+";Town;;ES;5.00;2026-05-01 08:00;completed\n")
		id := orderID(t, d, "812500")
		m, err := d.AddMessage(t.Context(), data.Message{OrderID: id, Direction: data.FromBuyer, Author: c.name, SentAt: clock, Text: c.text})
		must(t, err)
		erased(t, d, desk.ErasureRequest{Orders: []int64{id}, Ground: data.GroundRequest})
		said, err := d.Messages(t.Context(), id)
		must(t, err)
		at := slices.IndexFunc(said, func(one data.Message) bool { return one.ID == m.ID })
		text := said[at].Text
		for _, word := range c.gone {
			if strings.Contains(text, word) {
				t.Errorf("%s: %q is left in %q", c.name, word, text)
			}
		}
		for _, word := range c.stays {
			if !strings.Contains(text, word) {
				t.Errorf("%s: %q went from %q", c.name, word, text)
			}
		}
		if author := said[at].Author; author == c.name {
			t.Errorf("%s: the author is %q", c.name, author)
		}
		whole, err := os.ReadFile(filepath.Join(d.Dir(), "casebinder.db"))
		must(t, err)
		if strings.Contains(string(whole), c.name) {
			t.Errorf("%s is in the database", c.name)
		}
		soundDesk(t, d)
	}
}

// What others say of the buyer stays, and is told with its reason.
func TestWhatOthersSayStays(t *testing.T) {
	d, id, _ := personalDesk(t)
	ctx := t.Context()
	other := orderID(t, d, "812346")
	_, err := d.AddMessage(ctx, data.Message{OrderID: other, Direction: data.FromBuyer, Author: "Bertram Oddfellow", SentAt: clock, Text: "My neighbor Zenobia Quillwort has my parcel."})
	must(t, err)
	dispute, err := d.OpenDispute(ctx, desk.NewDispute{OrderID: other, Reason: data.ReasonNotReceived, OpenedAt: clock.Add(-time.Hour), Claim: "Zenobia Quillwort has it."})
	must(t, err)
	r := desk.ErasureRequest{Orders: []int64{id}, Ground: data.GroundRequest}
	plan, err := d.PlanErasure(ctx, r)
	must(t, err)
	for _, want := range []data.ErasureKept{{What: "message", Order: "812346", Reason: "named_elsewhere"}, {What: "dispute", Order: "812346", Reason: "claimed_elsewhere"}} {
		if !slices.Contains(plan.Kept, want) {
			t.Errorf("the plan does not say %+v: %+v", want, plan.Kept)
		}
	}
	erased(t, d, r)
	said, err := d.Messages(ctx, other)
	must(t, err)
	claim, err := d.Dispute(ctx, dispute.ID)
	if err != nil || len(said) != 1 || !strings.Contains(said[0].Text, "Zenobia Quillwort") || claim.Dispute.Claim != "Zenobia Quillwort has it." {
		t.Errorf("another buyer's words changed: %v %+v %+v", err, said, claim.Dispute)
	}
	soundDesk(t, d)
}

// Of a buyer with an order in an open dispute the other orders go; the one in dispute
// stays whole with its messages, files and journal, and so does the account.
func TestAnOpenDisputeKeepsItsOrderAlone(t *testing.T) {
	d, id, r := personalDesk(t)
	ctx := t.Context()
	importAs(t, d, r, "812600;quillwort77;Zenobia Quillwort;zq@quillwort.example;+34612345677;Calle Zafiro 12;Madrid;28013;ES;5.00;2026-05-01 08:00;completed\n")
	second := orderID(t, d, "812600")
	dispute, err := d.OpenDispute(ctx, desk.NewDispute{OrderID: id, Reason: data.ReasonNotReceived, OpenedAt: clock.Add(-time.Hour), Claim: "Nothing came, says Zenobia Quillwort."})
	must(t, err)
	_, err = d.AddEvidence(ctx, dispute.ID, []desk.EvidenceFile{{Path: write(t, "label.txt", "To: Zenobia Quillwort"), Kind: data.KindOther}}, nil)
	must(t, err)
	v, err := d.Order(ctx, id)
	must(t, err)
	done := erased(t, d, desk.ErasureRequest{Buyer: v.Order.Buyer.ID, Ground: data.GroundRequest, All: true})
	if !slices.Equal(done.Orders, []string{"812600"}) || len(done.Files) != 0 {
		t.Errorf("went: %+v", done)
	}
	for _, want := range []data.ErasureKept{{What: "order", Order: "812345", Reason: "open_dispute"}, {What: "buyer", Name: "quillwort77", Reason: "other_orders"}} {
		if !slices.Contains(done.Kept, want) {
			t.Errorf("it is not said that %+v: %+v", want, done.Kept)
		}
	}
	v, err = d.Order(ctx, id)
	must(t, err)
	said, err := d.Messages(ctx, id)
	if o := v.Order; err != nil || o.Buyer.Name != "Zenobia Quillwort" || o.ShipTo.Line1 != "Calle Zafiro 12" || len(said) != 1 || !strings.Contains(said[0].Text, "Zafiro") {
		t.Errorf("the order in dispute lost something: %v %+v %+v %+v", err, o.Buyer, o.ShipTo, said)
	}
	if v, err = d.Order(ctx, second); err != nil || v.Order.Buyer.Name != "" || !v.Order.Erased() {
		t.Errorf("the other order: %v %+v", err, v.Order.Buyer)
	}
	exported(t, d, desk.BundleRequest{DisputeID: dispute.ID})
	soundDesk(t, d)
}
