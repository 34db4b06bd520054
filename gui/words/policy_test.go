package words_test

import (
	"slices"
	"strings"
	"testing"

	"casebinder/data"
	"casebinder/data/gate"
	"casebinder/data/goods"
	"casebinder/data/health"
	"casebinder/data/importer"
	"casebinder/data/listing"
	"casebinder/data/pack"
	"casebinder/data/packing"
	"casebinder/data/parcel"
	"casebinder/data/path"
	"casebinder/data/payway"
	"casebinder/data/policy"
	"casebinder/data/rating"
	"casebinder/data/risk"
	"casebinder/gui/words"
)

func TestTheWordsOfTheRulesAreThoseOfTheCode(t *testing.T) {
	english := languageFiles(t, words.English)
	for _, phrase := range data.Phrases() {
		if english[phrase.Key] != phrase.English {
			t.Errorf("%s is %q in the language file, %q in the code", phrase.Key, english[phrase.Key], phrase.English)
		}
	}
}

func TestTranslationsOfPacksBelongToAPack(t *testing.T) {
	packs, err := policy.BuiltIn()
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]string{}
	presets, err := importer.BuiltIn()
	if err != nil {
		t.Fatal(err)
	}
	rules, err := gate.BuiltIn()
	if err != nil {
		t.Fatal(err)
	}
	paths, err := path.BuiltIn()
	if err != nil {
		t.Fatal(err)
	}
	books, err := risk.BuiltIn()
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range slices.Concat(policy.Texts(packs), risk.Texts(books), numbers(t), importer.Texts(presets), rules.Sources(), path.Texts(paths), parcel.UploadTexts(), ruleSources(t), shownSources(t), holidayNames(t)) {
		known[text.Key] = text.English
	}
	for _, language := range []string{words.Simplified, words.Traditional} {
		for key, translated := range languageFiles(t, language) {
			if !strings.HasPrefix(key, pack.TextKey) {
				continue
			}
			if _, ok := known[key]; !ok {
				t.Errorf("%s: no pack says %s any more: %q", language, key, translated)
			}
		}
	}
}

// holidayNames are what public holidays are called. A window in Chinese names each in
// Chinese.
func holidayNames(t *testing.T) []data.Text {
	t.Helper()
	all, err := policy.HolidayTexts()
	if err != nil || len(all) < 100 {
		t.Fatalf("%d names, %v", len(all), err)
	}
	return all
}

func TestHolidaysAreNamedInTheWindowsLanguage(t *testing.T) {
	for _, language := range []string{words.Simplified, words.Traditional} {
		said := languageFiles(t, language)
		for _, name := range holidayNames(t) {
			if said[name.Key] == "" || said[name.Key] == name.English {
				t.Errorf("%s has no word for %s (%s)", language, name.English, name.Key)
			}
		}
	}
	use(t, words.Traditional)
	if got := words.Text(policy.HolidayText("Fronleichnam")); got != "基督聖體節" {
		t.Errorf("Fronleichnam is %q", got)
	}
	if got := words.Text(policy.HolidayText("Inventory at the warehouse")); got != "Inventory at the warehouse" {
		t.Errorf("a day of the user's own is %q", got)
	}
	known := map[string]bool{}
	for _, name := range holidayNames(t) {
		known[name.English] = true
	}
	for _, country := range policy.HolidayCountries() {
		for year := 2024; year < 2034; year++ {
			for day, name := range policy.BuiltInHolidays(country, year) {
				if !known[policy.HolidayText(name).English] {
					t.Errorf("%s: %s, %q, has no name in assets/policies/holidays", country, day, name)
				}
			}
		}
	}
}

// numbers are the words of the numbers by which platforms judge an account.
func numbers(t *testing.T) []data.Text {
	t.Helper()
	books, err := health.BuiltIn()
	if err != nil {
		t.Fatal(err)
	}
	return health.Texts(books)
}

// ruleSources are the words in which the rules on packing, listings and goods name
// their sources.
func ruleSources(t *testing.T) []data.Text {
	t.Helper()
	ofPacking, err := packing.Sources()
	if err != nil {
		t.Fatal(err)
	}
	ofListings, err := listing.BuiltIn()
	if err != nil {
		t.Fatal(err)
	}
	ofGoods, err := goods.BuiltIn()
	if err != nil {
		t.Fatal(err)
	}
	ofFeedback, err := rating.Texts()
	if err != nil {
		t.Fatal(err)
	}
	ofPayments, err := payway.Texts()
	if err != nil {
		t.Fatal(err)
	}
	return slices.Concat(ofPayments, ofPacking, ofListings.Sources(), []data.Text{pack.Text(ofGoods.Source)}, ofFeedback)
}

// What a text says of another one is read in the chosen language too.
func TestWordsWithinWords(t *testing.T) {
	inner := data.Phrase{Key: "packing.why.word", English: "Fragile by the word “{word}” in its title"}.With("word", "lamp")
	outer := data.Phrase{Key: "packing.lacks.packing", English: "{why}: no photo or video of the packing."}.With("why", inner)
	if got, want := outer.String(), "Fragile by the word “lamp” in its title: no photo or video of the packing."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	use(t, words.Simplified)
	if got, want := words.Text(outer), "标题含“lamp”，属易碎品：没有打包照片或视频。"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Whoever walks a path reads each of its words in the chosen language.
func TestPathsAreTranslatedWhole(t *testing.T) {
	paths, err := path.BuiltIn()
	if err != nil {
		t.Fatal(err)
	}
	for _, language := range []string{words.Simplified, words.Traditional} {
		have := languageFiles(t, language)
		for _, text := range path.Texts(paths) {
			if have[text.Key] == "" {
				t.Errorf("%s has no words for %q", language, text.English)
			}
		}
	}
}

func TestTextOfARule(t *testing.T) {
	say := func(key string, args map[string]string) data.Text {
		for _, p := range data.Phrases() {
			if p.Key == key {
				p.Args = args
				return p
			}
		}
		t.Fatalf("there is no phrase %s", key)
		return data.Text{}
	}
	differs := say("policy.why.differs", map[string]string{"difference": "28h12m46s"})
	wins := say("policy.weigh.win", map[string]string{"amount": ""})
	day := say("policy.why.day", map[string]string{"date": "2026-11-18", "weekday": "Wednesday", "n": "1"})
	passed := say("policy.deadline.passed", map[string]string{
		"deadline": "Accept or reject the claim", "due": "2026-11-18 09:30 UTC", "timeout": "The order is executed as the buyer asked.",
	})
	own := pack.Text("Words of our own")
	for language, want := range map[string][]string{
		words.English: {
			"The two dates differ by 1 d 4 h. The platform's own date wins.", "Contesting and winning costs nothing.", "2026-11-18, Wednesday: day 1",
			"“Accept or reject the claim” was due at 2026-11-18 09:30 UTC. The rule says: The order is executed as the buyer asked.", "Words of our own",
		},
		words.Simplified: {
			"两个日期相差 1 天 4 小时。以平台写明的日期为准。", "抗辩胜诉的成本：无。", "2026-11-18（周三）：第 1 天",
			"“接受或拒绝诉求”已于 2026-11-18 09:30 UTC 到期。规则写明：系统将按买家诉求执行。", "Words of our own",
		},
	} {
		use(t, language)
		for i, text := range []data.Text{differs, wins, day, passed, own} {
			if got := words.Text(text); got != want[i] {
				t.Errorf("%s: got %q, want %q", language, got, want[i])
			}
		}
	}
}

// Every word of the packs and presets that the program carries stands in every
// language of the window.
func TestPacksSpeakEveryLanguage(t *testing.T) {
	packs, err := policy.BuiltIn()
	if err != nil {
		t.Fatal(err)
	}
	presets, err := importer.BuiltIn()
	if err != nil {
		t.Fatal(err)
	}
	rules, err := gate.BuiltIn()
	if err != nil {
		t.Fatal(err)
	}
	for _, language := range []string{words.Simplified, words.Traditional} {
		known := languageFiles(t, language)
		books, err := risk.BuiltIn()
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range slices.Concat(policy.Texts(packs), risk.Texts(books), numbers(t), importer.Texts(presets), rules.Sources(), parcel.UploadTexts(), ruleSources(t)) {
			if strings.TrimSpace(known[text.Key]) == "" {
				t.Errorf("%s lacks %s: %q", language, text.Key, text.English)
			}
		}
	}
}

// Where an order stands is a word of the vocabulary, and what a file says stays as
// it is written there.
func TestAnImportSaysWhereAnOrderStands(t *testing.T) {
	problem := func(code string, args ...any) data.Text {
		i := slices.IndexFunc(data.ProblemKinds(), func(k *data.ProblemKind) bool { return k.Code == code })
		return data.ProblemKinds()[i].New(args...).Finding(data.Warning).Why
	}
	back := problem("import_doubt_back", "number", "#1", "was", "shipped", "is", "to ship")
	refund := problem("import_doubt_back_refund", "number", "#1", "was", "refunded", "is", "to ship", "refunded", "EUR 5.00", "told", "EUR 0.00")
	raw := problem("import_doubt_status", "value", "shipped", "header", "State", "count", 2)
	for language, want := range map[string][]string{
		words.English: {
			"The file takes the order #1 back from “shipped” to “to ship”; it stays as it is.",
			"The file takes the order #1 back from “refunded” with EUR 5.00 refunded to “to ship” with EUR 0.00; it stays as it is.",
			"“shipped” in the column “State” is not a status that the preset knows (rows: 2); nothing was concluded from it.",
		},
		words.Simplified: {
			"文件会把订单 #1 从“已发货”退回到“待发货”；订单保持原样。",
			"文件会把订单 #1 从“已退款”（已退款 EUR 5.00）退回到“待发货”（退款 EUR 0.00）；订单保持原样。", "shipped",
		},
		words.Traditional: {
			"檔案會把訂單 #1 從「已出貨」退回到「待出貨」；訂單維持原樣。",
			"檔案會把訂單 #1 從「已退款」（已退款 EUR 5.00）退回到「待出貨」（退款 EUR 0.00）；訂單維持原樣。", "shipped",
		},
	} {
		use(t, language)
		for i, text := range []data.Text{back, refund} {
			if got := words.Text(text); got != want[i] {
				t.Errorf("%s: got %s, want %s", language, got, want[i])
			}
		}
		if got := words.Text(raw); !strings.Contains(got, want[2]) {
			t.Errorf("%s: %s does not say %s", language, got, want[2])
		}
	}
}
