package chat

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"casebinder/assets"
	"casebinder/data/pack"
)

// wordFile is assets/chat/words.toml.
type wordFile struct {
	You             []string `toml:"you"`
	Sent            []string `toml:"sent"`
	Buyer           []string `toml:"buyer"`
	Platform        []string `toml:"platform"`
	UI              []string `toml:"ui"`
	UIStart         []string `toml:"uistart"`
	Box             []string `toml:"box"`
	Counted         []string `toml:"counted"`
	Attachment      []string `toml:"attachment"`
	Replied         []string `toml:"replied"`
	Today           []string `toml:"today"`
	Yesterday       []string `toml:"yesterday"`
	BeforeYesterday []string `toml:"before_yesterday"`
	Now             []string `toml:"now"`
	Joiners         []string `toml:"joiners"`
	Ago             []string `toml:"ago"`
	Units           []string `toml:"units"`
	AM              []string `toml:"am"`
	PM              []string `toml:"pm"`
	Noon            []string `toml:"noon"`
	System          []string `toml:"system"`
	Acts            []string `toml:"acts"`
	Edited          []string `toml:"edited"`
	Quoting         []string `toml:"quoting"`
	From            []string `toml:"from"`
	SentAt          []string `toml:"sent_at"`
	To              []string `toml:"to"`
	Subject         []string `toml:"subject"`
	Wrote           []string `toml:"wrote"`
	NewMessage      []string `toml:"newmessage"`
	Original        []string `toml:"original"`
}

// words are the same, ready to be looked up.
type words struct {
	you, buyer, platform, ui, now, joiners, units, attachment, ago, counted      map[string]bool
	sent                                                                         map[string]string
	am, pm, noon                                                                 []string
	uiStart, system, acts, edited, quoting, wrote, newMessage, original, replied []string
	days                                                                         map[rune][]dayWord // by their first letter, the longest first
	from, sentAt, to, subject                                                    map[string]bool
}

// vocabulary reads the words once.
var vocabulary = sync.OnceValue(func() *words {
	var f wordFile
	if err := pack.Read(assets.FS, "chat/words.toml", &f); err != nil {
		panic(err) // it is a part of the program, and a test reads it
	}
	w := &words{
		you: set(f.You), buyer: set(f.Buyer), platform: set(f.Platform), ui: set(append(f.UI, f.Box...)),
		days: dayWords(f.Today, f.Yesterday, f.BeforeYesterday), now: set(f.Now), joiners: set(f.Joiners), units: set(f.Units), attachment: set(f.Attachment), ago: set(f.Ago), counted: set(f.Counted), replied: f.Replied,
		am: f.AM, pm: f.PM, noon: f.Noon, uiStart: f.UIStart, system: f.System, acts: f.Acts, edited: f.Edited, quoting: f.Quoting,
		wrote: f.Wrote, newMessage: f.NewMessage, original: f.Original,
		from: set(f.From), sentAt: set(f.SentAt), to: set(f.To), subject: set(f.Subject), sent: map[string]string{},
	}
	for _, s := range f.Sent {
		label, author, _ := strings.Cut(s, " = ")
		w.sent[lower(label)] = author
	}
	return w
})

// dayWords sorts words for today, yesterday and the day before by their first letter.
func dayWords(lists ...[]string) map[rune][]dayWord {
	days := map[rune][]dayWord{}
	for back, list := range lists {
		for _, word := range list {
			r, _ := utf8.DecodeRuneInString(word)
			days[r] = append(days[r], dayWord{strings.ToLower(word), back})
		}
	}
	for _, list := range days {
		slices.SortStableFunc(list, func(a, b dayWord) int { return len(b.word) - len(a.word) })
	}
	return days
}

func set(list []string) map[string]bool {
	m := make(map[string]bool, len(list))
	for _, s := range list {
		m[lower(s)] = true
	}
	return m
}

// isUI reports whether a line is a button or mark of a page.
func (w *words) isUI(plain string) bool {
	if len(plain) == 0 || len(plain) > 120 {
		return false
	}
	l := lower(plain)
	if w.ui[l] || l == "" {
		return true
	}
	for _, start := range w.uiStart {
		if strings.HasPrefix(l, start) && len(l) < 60 {
			return true
		}
	}
	return w.ui[strings.TrimRight(l, "?？ ")] || w.countedUI(l)
}

// countedUI reads marks with a number: "2 images attached", "Images attached (2)".
func (w *words) countedUI(l string) bool {
	bare := strings.TrimFunc(l, func(r rune) bool { return unicode.IsDigit(r) || strings.ContainsRune("() +", r) })
	return len(bare) < len(l) && w.counted[bare]
}

// has reports whether any of the parts is in a text of small letters.
func has(text string, parts []string) bool {
	for _, p := range parts {
		if strings.Contains(text, p) {
			return true
		}
	}
	return false
}

// attached reads a line that names attachments: "Attachments (1): IMG.jpg".
func (w *words) attached(plain string) ([]string, bool) {
	if len(plain) > 400 {
		return nil, false
	}
	i := strings.IndexByte(plain, ':')
	if i < 0 {
		return nil, false
	}
	head := strings.TrimFunc(strings.ToLower(plain[:i]), func(r rune) bool {
		return unicode.IsDigit(r) || strings.ContainsRune("()[] ", r)
	})
	if !w.attachment[head] {
		return nil, false
	}
	var names []string
	for name := range strings.SplitSeq(plain[i+1:], ",") {
		if name = strings.TrimSpace(name); name != "" {
			names = append(names, name)
		}
	}
	if len(names) == 0 || !strings.ContainsRune(names[0], '.') {
		return nil, false
	}
	return names, true
}
