package reply

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"casebinder/assets"
	"casebinder/data/pack"
	"casebinder/data/tongue"

	"golang.org/x/text/unicode/norm"
)

// intentEntry are the phrases of one intent: a table of intents.toml.
type intentEntry struct {
	ID     string   `toml:"id"`
	Weight float64  `toml:"weight"` // 0 in the file: 1
	EN     []string `toml:"en"`
	ZH     []string `toml:"zh"`
	ES     []string `toml:"es"`
	DE     []string `toml:"de"`
	FR     []string `toml:"fr"`
	RU     []string `toml:"ru"`
	PT     []string `toml:"pt"`
	IT     []string `toml:"it"`
	JA     []string `toml:"ja"`
	KO     []string `toml:"ko"`
	PL     []string `toml:"pl"`
	AR     []string `toml:"ar"`
	NL     []string `toml:"nl"`
	TR     []string `toml:"tr"`
}

func (e *intentEntry) phrases() map[string][]string {
	return map[string][]string{
		"en": e.EN, "zh": e.ZH, "es": e.ES, "de": e.DE, "fr": e.FR, "ru": e.RU, "pt": e.PT, "it": e.IT, "ja": e.JA, "ko": e.KO, "pl": e.PL,
		"ar": e.AR, "nl": e.NL, "tr": e.TR,
	}
}

type intentFile struct {
	Intents []intentEntry `toml:"intent"`
}

const intentsFile = "templates/intents.toml"

var intentKind = pack.Kind[intentFile]{ID: func(*intentFile) string { return "" }, Check: func(f *intentFile, r *pack.Report) {
	seen := map[string]bool{}
	for i := range f.Intents {
		e := &f.Intents[i]
		if !slices.Contains(Intents(), e.ID) || seen[e.ID] {
			r.Fail(pack.At("intent", i, "id"), "“%s” is no intent, or there twice", e.ID)
		}
		seen[e.ID] = true
		if e.Weight < 0 || e.Weight > 1 {
			r.Fail(pack.At("intent", i, "weight"), "a weight is from 0 to 1")
		}
		for lang, list := range e.phrases() {
			for _, phrase := range list {
				if foldIntent(phrase) == "" {
					r.Fail(pack.At("intent", i, lang), "a phrase is empty")
				}
			}
		}
	}
}}

// intentPhrase is one phrase, folded, cut at its stars.
type intentPhrase struct {
	intent string
	lang   string
	phrase string
	parts  []string
	weight float64
}

var intentPhrases = sync.OnceValues(func() ([]intentPhrase, error) {
	text, err := assets.FS.ReadFile(intentsFile)
	if err != nil {
		return nil, err
	}
	file, err := intentKind.Decode(intentsFile, text)
	if err != nil {
		return nil, err
	}
	var list []intentPhrase
	for i := range file.Intents {
		e := &file.Intents[i]
		for lang, phrases := range e.phrases() {
			for _, phrase := range phrases {
				folded := foldIntent(phrase)
				var parts []string
				for part := range strings.SplitSeq(folded, "*") {
					parts = append(parts, strings.TrimSpace(part))
				}
				weight := float64(weigh(folded)) * cmp.Or(e.Weight, 1)
				list = append(list, intentPhrase{e.ID, lang, phrase, parts, weight})
			}
		}
	}
	slices.SortFunc(list, func(a, b intentPhrase) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.phrase, b.phrase))
	})
	return list, nil
})

// weigh is how much a phrase tells: its letters, a character of a script without
// blanks for three.
func weigh(folded string) int {
	n := 0
	for _, r := range folded {
		switch {
		case ownScript(r):
			n += 3
		case unicode.IsLetter(r):
			n++
		}
	}
	return n
}

// foldIntent takes capitals and accents away, as people write on a phone.
func foldIntent(text string) string {
	text = strings.Map(func(r rune) rune {
		switch r {
		case '’', 'ʼ', '`':
			return '\''
		case 'ı', 'İ':
			return 'i'
		case 'ł', 'Ł':
			return 'l'
		case 'ى':
			return 'ي'
		case 'ة':
			return 'ه'
		case '\n', '\t', '\u00a0', '\u202f', '\u3000':
			return ' '
		}
		return unicode.ToLower(r)
	}, text)
	var b strings.Builder
	blank := true
	for _, r := range text {
		if r < 0x3000 {
			for _, d := range norm.NFD.String(string(r)) {
				if unicode.Is(unicode.Mn, d) {
					continue
				}
				if d != ' ' || !blank {
					b.WriteRune(d)
				}
				blank = d == ' '
			}
			continue
		}
		b.WriteRune(r)
		blank = false
	}
	return strings.TrimSpace(b.String())
}

// Intent is what a message wants, and the phrase that says so.
type Intent struct {
	ID     string
	Phrase string // of the rules
	weight float64
}

// maxIntentBytes is how much of a message is looked at.
const maxIntentBytes = 4000

// IntentsOf tells what a message wants, what is said most clearly first; none
// where no rule finds anything. Phrases of the message's own language count
// alone where that is sure.
func IntentsOf(text string) []Intent {
	list, err := intentPhrases()
	if err != nil { // a test reads the file: it cannot fail at work
		return nil
	}
	if len(text) > maxIntentBytes {
		text = strings.ToValidUTF8(text[:maxIntentBytes], "")
	}
	lang, sure := tongue.Detect(text)
	own, _, _ := strings.Cut(lang, "-")
	folded := foldIntent(text)
	found := matching(list, folded, func(p intentPhrase) bool { return !sure || p.lang == own })
	if len(found) == 0 && sure {
		found = matching(list, folded, func(p intentPhrase) bool { return p.lang == "en" || p.lang == own })
	}
	// Thanks that end a question, or stand below a long letter, are manners.
	if strings.ContainsAny(text, "?？؟") || utf8.RuneCountInString(text) > 200 {
		found = slices.DeleteFunc(found, func(i Intent) bool { return i.ID == "thanks" })
	}
	return found
}

func matching(list []intentPhrase, folded string, of func(intentPhrase) bool) []Intent {
	var found []Intent
	for _, p := range list {
		known := slices.ContainsFunc(found, func(i Intent) bool { return i.ID == p.intent })
		if !known && of(p) && p.in(folded) {
			found = append(found, Intent{p.intent, p.phrase, p.weight})
		}
	}
	return found
}

// gapMost is how many bytes may stand for a star.
const gapMost = 60

// in reports whether a folded text holds the phrase.
func (p intentPhrase) in(text string) bool {
	for from := 0; ; {
		at := indexWord(text[from:], p.parts[0])
		if at < 0 {
			return false
		}
		at += from
		end, whole := at+len(p.parts[0]), true
		for _, part := range p.parts[1:] {
			next := strings.Index(text[end:], part)
			if next < 0 || next > gapMost {
				whole = false
				break
			}
			end += next + len(part)
		}
		if whole {
			return true
		}
		from = at + max(1, len(p.parts[0]))
		if from >= len(text) {
			return false
		}
	}
}

// indexWord finds a phrase where a word begins; one of four letters or fewer must
// be a whole word. Scripts without blanks have no words.
func indexWord(text, phrase string) int {
	first, _ := utf8.DecodeRuneInString(phrase)
	free := ownScript(first) || unicode.Is(unicode.Thai, first)
	short := !free && utf8.RuneCountInString(phrase) <= 4
	for from := 0; ; {
		i := strings.Index(text[from:], phrase)
		if i < 0 {
			return -1
		}
		i += from
		before, _ := utf8.DecodeLastRuneInString(text[:i])
		after, _ := utf8.DecodeRuneInString(text[i+len(phrase):])
		starts := !unicode.IsLetter(before) || joined(text[:i])
		if free || starts && (!short || !unicode.IsLetter(after)) {
			return i
		}
		from = i + len(phrase)
		if from >= len(text) {
			return -1
		}
	}
}

// joined reports whether a text ends with the "and" or "so" that Arabic writes
// onto the front of the next word.
func joined(before string) bool {
	last, n := utf8.DecodeLastRuneInString(before)
	if last != 'و' && last != 'ف' {
		return false
	}
	left, _ := utf8.DecodeLastRuneInString(before[:len(before)-n])
	return !unicode.IsLetter(left)
}
