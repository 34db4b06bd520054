package words_test

import (
	"encoding/json"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"sort"
	"strings"
	"testing"
	"time"

	"casebinder/assets"
	"casebinder/data"
	_ "casebinder/data/desk" // so that all kinds of problems are there
	"casebinder/data/pack"
	"casebinder/gui/words"
)

// languageFiles reads the words of a language as the program finds them.
func languageFiles(t *testing.T, language string) map[string]string {
	t.Helper()
	names, err := fs.Glob(assets.FS, "lang/*"+language+".json")
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, name := range names {
		if strings.HasPrefix(path.Base(name), "bundle") {
			continue
		}
		text, err := fs.ReadFile(assets.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		one := map[string]string{}
		if err := json.Unmarshal(text, &one); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for key, word := range one {
			if _, twice := all[key]; twice {
				t.Errorf("%s says %q again", name, key)
			}
			all[key] = word
		}
	}
	return all
}

var placeholder = regexp.MustCompile(`\{[a-z_]+\}`)

func placeholders(text string) []string {
	found := placeholder.FindAllString(text, -1)
	sort.Strings(found)
	return slices.Compact(found)
}

func TestEveryLanguageHasEveryKey(t *testing.T) {
	english := languageFiles(t, words.English)
	for _, language := range []string{words.Simplified, words.Traditional} {
		other := languageFiles(t, language)
		for key, text := range english {
			if strings.HasSuffix(key, ".one") {
				continue // Chinese has no singular of its own
			}
			translated, ok := other[key]
			if !ok || strings.TrimSpace(translated) == "" {
				t.Errorf("%s lacks %s", language, key)
				continue
			}
			if a, b := placeholders(text), placeholders(translated); !slices.Equal(a, b) {
				t.Errorf("%s %s has the placeholders %v, English has %v", language, key, b, a)
			}
		}
		for key := range other {
			if _, ok := english[key]; !ok && !strings.HasPrefix(key, "problem.") && !strings.HasPrefix(key, "template.") && !strings.HasPrefix(key, pack.TextKey) {
				t.Errorf("%s has %s, which English has not", language, key)
			}
		}
	}
}

func TestEveryProblemHasWords(t *testing.T) {
	for _, language := range []string{words.Simplified, words.Traditional} {
		all := languageFiles(t, language)
		for _, kind := range data.ProblemKinds() {
			for part, english := range map[string]string{"what": kind.What, "do": kind.Do} {
				text, ok := all["problem."+kind.Code+"."+part]
				if !ok {
					t.Errorf("%s lacks problem.%s.%s: %s", language, kind.Code, part, english)
					continue
				}
				if a, b := placeholders(english), placeholders(text); !slices.Equal(a, b) {
					t.Errorf("%s problem.%s.%s has the placeholders %v, English has %v", language, kind.Code, part, b, a)
				}
			}
		}
	}
}

func strs[V ~string](values []V) []string {
	all := make([]string, len(values))
	for i, v := range values {
		all[i] = string(v)
	}
	return all
}

func TestEveryValueHasAWord(t *testing.T) {
	vocabularies := map[string][]string{
		"reason": strs(data.Reasons()), "event": strs(data.EventKinds()), "stage": strs(data.Stages()),
		"evidence_kind": strs(data.EvidenceKinds()), "order_status": strs(data.OrderStatuses()),
		"feedback_state": strs(data.FeedbackStates()), "actor": {"buyer", "seller", "platform"},
		"tone": {"positive", "neutral", "negative"}, "theme": {"system", "light", "dark"},
		"urgency": strs([]data.Urgency{data.UrgencyOverdue, data.UrgencyLastDay, data.Urgency72Hours, data.UrgencyWeek, data.UrgencyLater, data.UrgencyNone}),
	}
	for _, language := range words.Languages() {
		all := languageFiles(t, language)
		for vocabulary, values := range vocabularies {
			for _, v := range values {
				if all[vocabulary+"."+v] == "" {
					t.Errorf("%s has no word for %s.%s", language, vocabulary, v)
				}
			}
		}
	}
}

func TestNearest(t *testing.T) {
	for locale, want := range map[string]string{
		"en_US.UTF-8": words.English, "zh_CN.UTF-8": words.Simplified, "zh_TW.UTF-8": words.Traditional, "zh-Hant-HK": words.Traditional,
		"zh-HK": words.Traditional, "zh": words.Simplified, "zh-SG": words.Simplified, "de_DE": words.English, "": words.English, "C": words.English,
	} {
		if got := words.Nearest(locale); got != want {
			t.Errorf("%q: got %s, want %s", locale, got, want)
		}
	}
}

func use(t *testing.T, language string) {
	t.Helper()
	before := words.Language()
	words.Set(language)
	t.Cleanup(func() { words.Set(before) })
}

func TestFormats(t *testing.T) {
	use(t, words.English)
	now := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	for got, want := range map[string]string{
		words.Number(1234567): "1,234,567",
		words.Number(-1000):   "-1,000",
		words.Number(999):     "999",
		words.Money(data.Money{Minor: 123456, Currency: "USD"}):    "USD 1,234.56",
		words.Money(data.Money{Minor: -50, Currency: "EUR"}):       "EUR -0.50",
		words.Money(data.Money{Minor: 1234567, Currency: "JPY"}):   "JPY 1,234,567",
		words.Money(data.Money{}):                                  "",
		words.Left(now.Add(-5*time.Hour), now):                     "overdue 5 h",
		words.Left(now.Add(28*time.Hour+10*time.Minute), now):      "1 d 4 h left",
		words.Left(now.Add(5*24*time.Hour), now):                   "5 d left",
		words.Left(time.Time{}, now):                               "",
		words.Ago(now.Add(-2*time.Hour), now):                      "2 h ago",
		words.Time(now, "Asia/Shanghai", now):                      "21 Nov 20:00",
		words.Time(now.AddDate(-1, 0, 0), "Asia/Shanghai", now):    "21 Nov 2025 20:00",
		words.TimeFull(now, "Asia/Shanghai"):                       "2026-11-21 20:00 Asia/Shanghai (UTC+08:00)",
		words.TimeFull(now.Add(5*time.Second), "Asia/Shanghai"):    "2026-11-21 20:00:05 Asia/Shanghai (UTC+08:00)",
		words.N("status.orders", 1):                                "1 order in all",
		words.N("status.orders", 1200):                             "1,200 orders in all",
		words.T("no.such.key"):                                     "no.such.key",
		words.Of("reason", data.Reason("a platform's own reason")): "a platform's own reason",
		words.Bytes(3_400_000):                                     "3.4 MB",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	words.Set(words.Simplified)
	if got := words.Time(now, "Asia/Shanghai", now); got != "11月21日 20:00" {
		t.Errorf("in Chinese: %q", got)
	}
}

func TestProblemIsTranslatedWithItsValues(t *testing.T) {
	use(t, words.Traditional)
	_, err := data.ParseDecimal("1,5", "USD")
	what, do := words.Problem(err)
	if what != "「1,5」不是有效的金額。" || !strings.Contains(do, "最多 2 位小數") {
		t.Errorf("%q %q", what, do)
	}
}

func TestProblemOfAnUnknownErrorSaysWhatItIs(t *testing.T) {
	use(t, words.English)
	what, do := words.Problem(fs.ErrPermission)
	if what != "Something failed: permission denied" || do == "" {
		t.Errorf("%q %q", what, do)
	}
}

// Countries are words, in each language by its own usage, also where an export names them; what is neither stays.
func TestCountriesAreWords(t *testing.T) {
	t.Cleanup(func() { words.Set(words.English) })
	for language, want := range map[string][]string{
		words.English:     {"United States", "Germany", "South Korea", "Brazil", "Germany", "Atlantis", ""},
		words.Simplified:  {"美国", "德国", "韩国", "巴西", "德国", "Atlantis", ""},
		words.Traditional: {"美國", "德國", "南韓", "巴西", "德國", "Atlantis", ""},
	} {
		words.Set(language)
		for i, code := range []string{"US", "DE", "kr", "BR", "Deutschland", "Atlantis", ""} {
			if got := words.Country(code); got != want[i] {
				t.Errorf("%s: %q is %q, want %q", language, code, got, want[i])
			}
		}
	}
	words.Set(words.Traditional)
	text := data.Text{Key: "order_doubt.address_country", Args: map[string]string{"country_was": "FR", "country_is": "MX"}}
	if got := words.Text(text); got != "新地址在另一個國家：原為法國，現為墨西哥。" {
		t.Error(got)
	}
}
