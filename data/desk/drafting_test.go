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
	"casebinder/data/tongue"
)

// lantern is a desk with the three orders of testdata/kept/ebay.csv.
func lantern(t *testing.T) (*desk.Desk, int64) {
	t.Helper()
	d, err := desk.Open(t.Context(), filepath.Join(t.TempDir(), "desk"), options())
	must(t, err)
	t.Cleanup(func() { must(t, d.Close()) })
	_, err = d.Import(t.Context(), desk.ImportRequest{Path: filepath.Join("testdata", "kept", "ebay.csv"), Shop: data.Shop{Name: "Lantern"}}, nil)
	must(t, err)
	return d, orderID(t, d, "12-34567-00001")
}

func TestBuyersLanguageIsToldAndSaid(t *testing.T) {
	d, order := lantern(t)
	ctx := t.Context()
	wants := func(lang string, ground tongue.Ground) {
		t.Helper()
		if a, err := d.BuyerLanguage(ctx, order); err != nil || a.Language != lang || a.Ground != ground {
			t.Errorf("%+v, want %s by %q, %v", a, lang, ground, err)
		}
	}
	before, err := d.BuyerLanguage(ctx, order)
	must(t, err)
	if before.Ground != tongue.ByCountry {
		t.Errorf("before anything was written: %+v", before)
	}
	_, err = d.AddMessage(ctx, data.Message{OrderID: order, Direction: data.FromBuyer, SentAt: clock, Text: "Где мой заказ? Посылка не пришла."})
	must(t, err)
	wants("ru", tongue.ByMessage)
	must(t, d.SetBuyerLanguage(ctx, order, "PT-br"))
	wants("pt-BR", tongue.ByPerson)
	_, err = d.Undo(ctx)
	must(t, err)
	wants("ru", tongue.ByMessage)
	if err := d.SetBuyerLanguage(ctx, order, "no tongue"); err == nil {
		t.Error("what is no language was taken")
	}
}

func TestDraftSaysWhatItLacks(t *testing.T) {
	d, order := lantern(t)
	ctx := t.Context()
	draft, err := d.Draft(ctx, desk.DraftRequest{Template: "invoice", OrderID: order, Language: "en"})
	must(t, err)
	has := func(rule string) bool {
		return slices.ContainsFunc(draft.Findings, func(f data.Finding) bool { return f.Rule == rule })
	}
	if !has("reply.attach") || draft.Fallback != "" {
		t.Errorf("nothing asks for the invoice: %+v", draft.Findings)
	}
	if draft, err = d.Draft(ctx, desk.DraftRequest{Template: "invoice", OrderID: order, Language: "en", Attached: true}); err != nil || has("reply.attach") {
		t.Errorf("with a file: %+v, %v", draft.Findings, err)
	}
	if draft, err = d.Draft(ctx, desk.DraftRequest{Template: "unpaid_reminder", OrderID: order, Language: "en-GB"}); err != nil || !has("reply.needs") || draft.Fallback != "en" || has("reply.fallback") {
		t.Errorf("a reminder for a paid order: %+v, %v", draft, err)
	}
	if draft, err = d.Draft(ctx, desk.DraftRequest{Template: "address_changed", OrderID: order, Language: "fi"}); err != nil || !has("reply.platform") || !has("reply.fallback") {
		t.Errorf("not for eBay, and not in Finnish: %+v, %v", draft.Findings, err)
	}
}

func TestDraftIsSignedAsTheShopWishes(t *testing.T) {
	d, order := lantern(t)
	ctx := t.Context()
	view, err := d.Order(ctx, order)
	must(t, err)
	must(t, d.SetShopService(ctx, view.Order.Shop.ID, data.Service{Signature: "Your team\nLantern"}))
	draft, err := d.Draft(ctx, desk.DraftRequest{Template: "request_received", OrderID: order, Language: "en"})
	if err != nil || !strings.HasSuffix(draft.Text, "Your team\nLantern") {
		t.Errorf("%v: %s", err, draft.Text)
	}
}

func TestSnippetsAreKeptAndUsed(t *testing.T) {
	d, order := lantern(t)
	ctx := t.Context()
	must(t, d.PutSnippet(ctx, desk.Snippet{Name: "hours", Texts: map[string]string{"": "9 to 5", "de": "von 9 bis 17 Uhr", "fr": " "}}))
	own, err := d.PutTemplate(ctx, data.Template{Scenario: "service", Name: "Hours", Variants: []data.Variant{
		{Language: "en", Body: "We are here {{ snippet.hours }}."}, {Language: "de", Body: "Wir sind {{ snippet.hours }} da."},
	}})
	must(t, err)
	for lang, want := range map[string]string{"en": "We are here 9 to 5.", "de": "Wir sind von 9 bis 17 Uhr da."} {
		if draft, err := d.Draft(ctx, desk.DraftRequest{Template: own.UID, OrderID: order, Language: lang}); err != nil || draft.Text != want {
			t.Errorf("%q, %v", draft.Text, err)
		}
	}
	must(t, d.DropSnippet(ctx, "hours"))
	if list, err := d.Snippets(ctx); err != nil || len(list) != 0 {
		t.Errorf("%v, %v", list, err)
	}
	_, err = d.Undo(ctx)
	must(t, err)
	if list, err := d.Snippets(ctx); err != nil || len(list) != 1 || len(list[0].Texts) != 2 {
		t.Errorf("%v, %v", list, err)
	}
	for _, bad := range []desk.Snippet{{Name: "My hours", Texts: map[string]string{"": "x"}}, {Name: "hours", Texts: map[string]string{"": " "}}} {
		if err := d.PutSnippet(ctx, bad); err == nil {
			t.Errorf("%v was taken", bad)
		}
	}
}

func TestUseAndOutcomeOfTemplates(t *testing.T) {
	d, order := lantern(t)
	ctx := t.Context()
	at := clock.Add(-48 * time.Hour)
	for i, m := range []data.Message{
		{Direction: data.ToBuyer, SentAt: at, Text: "It is on its way.", Template: "in_transit", Variant: "in_transit.en"},
		{Direction: data.FromBuyer, SentAt: at.Add(time.Hour), Text: "thank you"},
		{Direction: data.ToBuyer, SentAt: at.Add(2 * time.Hour), Text: "You are welcome.", Template: "thanks_answer", Variant: "thanks_answer.en"},
	} {
		m.OrderID = order
		if _, err := d.AddMessage(ctx, m); err != nil {
			t.Fatal(i, err)
		}
	}
	_, err := d.OpenDispute(ctx, desk.NewDispute{OrderID: order, Reason: data.ReasonNotReceived, OpenedAt: at.Add(90 * time.Minute)})
	must(t, err)
	use, err := d.TemplateUse(ctx)
	must(t, err)
	if len(use) != 2 || use[0].Sent != 1 || use[0].Answered != 1 || use[0].Disputed != 1 || use[1].Answered != 0 || use[1].Disputed != 0 {
		t.Errorf("%+v", use)
	}
	proposed, err := d.ProposeReplies(ctx, data.ReplyAbout{OrderID: order})
	must(t, err)
	if slices.ContainsFunc(proposed, func(p desk.Proposal) bool { return p.Template == "in_transit" }) {
		t.Errorf("a notice that was sent is proposed again: %v", proposed)
	}
}

// Duty is compared with the limit of the country by the seller's own rates, and told
// once: USD 183.22 are GBP 135.01 where GBP 1 is USD 1.3571.
func TestDutyIsProposedOnceByTheSellersRates(t *testing.T) {
	d, _ := lantern(t)
	ctx := t.Context()
	const row = "109,12-34567-00009,pat_s,Pat Sample,,,1 Sample St,,London,,SW1A 1AA,United Kingdom,,,Pat Sample,,1 Sample St,,London,,SW1A 1AA,United Kingdom,3001,Paper lantern,PL-1,No,1,$183.22,$5.99,$189.21,PayPal,Jul-22-25,Jul-22-25,Jul-25-25,,,7003\n"
	file, err := os.ReadFile(filepath.Join("testdata", "kept", "ebay.csv"))
	must(t, err)
	head, _, _ := strings.Cut(string(file), "\n\n")
	path := filepath.Join(t.TempDir(), "more.csv")
	must(t, os.WriteFile(path, []byte(head+"\n\n"+row), 0o600))
	_, err = d.Import(ctx, desk.ImportRequest{Path: path, Shop: data.Shop{Name: "Lantern"}}, nil)
	must(t, err)
	about := data.ReplyAbout{OrderID: orderID(t, d, "12-34567-00009")}
	why := func() string {
		t.Helper()
		list, err := d.ProposeReplies(ctx, about)
		must(t, err)
		for _, p := range list {
			if p.Template == "duty_in_advance" {
				return p.Why[0].Key
			}
		}
		return ""
	}
	if got := why(); got != "service.duty.no_rate" {
		t.Errorf("without a rate: %q", got)
	}
	_, err = d.SetRate(ctx, data.Rate{Currency: "GBP", Target: "USD", Day: "2025-01-01", Value: "1.3571"}, false) // GBP 135 are USD 183.21
	must(t, err)
	if got := why(); got != "service.duty.over" {
		t.Errorf("above the limit: %q", got)
	}
	_, err = d.SetRate(ctx, data.Rate{Currency: "GBP", Target: "USD", Day: "2025-01-02", Value: "1.3572"}, false) // USD 183.22
	must(t, err)
	if got := why(); got != "" {
		t.Errorf("at the limit: %q", got)
	}
	_, err = d.Undo(ctx)
	must(t, err)
	_, err = d.CopyDraft(ctx, data.ReplyDraft{ReplyAbout: about, Template: "duty_in_advance"}, "en", "A word about import duty.")
	must(t, err)
	_, err = d.SendDraft(ctx, about, "")
	must(t, err)
	if got := why(); got != "" {
		t.Errorf("it was told, and is proposed again: %q", got)
	}
}

// A template that was put into the bin is proposed no more.
func TestABinnedTemplateIsNotProposed(t *testing.T) {
	d, order := lantern(t)
	ctx := t.Context()
	_, err := d.AddMessage(ctx, data.Message{OrderID: order, Direction: data.FromBuyer, SentAt: clock, Text: "it arrived broken"})
	must(t, err)
	before, err := d.ProposeReplies(ctx, data.ReplyAbout{OrderID: order})
	must(t, err)
	if len(before) != 3 || before[0].Template != "damaged" {
		t.Fatalf("%+v", before)
	}
	must(t, d.BinTemplate(ctx, "damaged"))
	after, err := d.ProposeReplies(ctx, data.ReplyAbout{OrderID: order})
	if err != nil || len(after) != 3 || slices.ContainsFunc(after, func(p desk.Proposal) bool { return p.Template == "damaged" }) {
		t.Errorf("%+v, %v", after, err)
	}
}

func TestTemplatesAreTakenInOneStep(t *testing.T) {
	d, _ := lantern(t)
	ctx := t.Context()
	const file = `format = 1
[[template]]
uid = "in_transit"
name = "Where the parcel is"
[[template]]
uid = "mine"
name = "Mine"
scenario = "service"
[[text]]
uid = "in_transit"
language = "en"
body = "It travels."
[[text]]
uid = "mine"
language = "de"
body = "Guten Tag"
`
	read, err := d.ReadTemplates(ctx, "x.toml", []byte(file))
	must(t, err)
	if len(read.Added) != 1 || len(read.Overwritten) != 1 || read.Overwritten[0].Was == "" || read.Overwritten[0].Becomes != "It travels." {
		t.Errorf("%+v", read)
	}
	must(t, d.TakeTemplates(ctx, read))
	rows, languages, err := d.TemplateCoverage(ctx)
	must(t, err)
	if languages[0] != "en" || !slices.ContainsFunc(rows, func(r desk.TemplateCoverage) bool { return r.Template == "mine" && len(r.Texts["de"]) == 1 }) {
		t.Errorf("%v", languages)
	}
	if draft, err := d.Draft(ctx, desk.DraftRequest{Template: "in_transit", Language: "en"}); err != nil || draft.Text != "It travels." {
		t.Errorf("%q, %v", draft.Text, err)
	}
	_, err = d.Undo(ctx)
	must(t, err)
	if draft, err := d.Draft(ctx, desk.DraftRequest{Template: "in_transit", Language: "en"}); err != nil || draft.Text == "It travels." {
		t.Errorf("after Undo: %q, %v", draft.Text, err)
	}
}
