package gate

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Concepts that are seen by their form, and not by words.
var syntheticConcepts = []string{"EMAIL", "URL", "PHONE", "PHONE_PLUS", "HANDLE", "SPOKEN_NUMBER", "BANK_ACCOUNT", "DISGUISED"}

var (
	mailForm = regexp.MustCompile(`[a-z0-9._%+-]+ ?@ ?[a-z0-9-]+(?: ?\. ?[a-z0-9-]+)+`)
	// A disguised address: "name at gmail dot com", "bestlamp [at] x [dot] com".
	mailWords   = regexp.MustCompile(`[a-z0-9._-]+ ?[\[({<]? ?(?:\bat\b|@|arroba|arobase|chiocciola|malpa|собака|klammeraffe|apenstaart(?:je)?|アット(?:マーク)?|골뱅이|앳|艾特|爱特|圈a|小老鼠) ?[\])}>]? ?[a-z0-9-]+ ?[\[({<]? ?(?:\.|\bdot\b|\bpunto\b|\bpoint\b|\bpunkt\b|\bpunt\b|\bponto\b|точка|kropka|ドット|닷|دوت|نقطه|点|點|점) ?[\])}>]? ?[a-z]{2,6}\b`)
	bareAt      = regexp.MustCompile(`[a-z0-9] at [a-z0-9]`)
	mailHosts   = regexp.MustCompile(`gmail|hotmail|yahoo|outlook|icloud|proton|gmx|mail|qq|163|126|web`)
	linkForm    = regexp.MustCompile(`(?:https?://|www ?\.) ?[^\s，。；、！？（）「」]+|[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9-]+)*\.[a-z]{2,8}(?:/[^\s，。；、！？（）「」]*)?`)
	linkWords   = regexp.MustCompile(`[a-z0-9-]{2,} ?[\[({]? ?(?:\bdot\b|\bpunto\b|\bpoint\b|\bpunkt\b|\bponto\b|точка|kropka|ドット|닷|دوت|نقطه|点|點|점|%|。) ?[\])}]? ?(?:com|net|org|shop|store|co|ru|fr|pl|cn|tw|jp|kr|br|io|me|info|biz|app|uk|us|eu|ком|ру|كوم|컴)\b`)
	germanWords = regexp.MustCompile(`[a-z0-9-]{2,} ?[\[({]? ?(?:\bdot\b|\bpunkt\b) ?[\])}]? ?de\b`)
	linkTail    = regexp.MustCompile(`(?:youtube|ютуб|يوتيوب|유튜브|ユーチューブ|google|instagram|facebook|taobao|tmall)[^\s]{0,3} ?(?:닷 ?컴|ドットコム|точка ?ком|دوت ?كوم)`)
	phoneForm   = regexp.MustCompile(`\+? ?\(?\d[\d ().-]{6,22}\d`)
	ibanForm    = regexp.MustCompile(`\b[a-z]{2}\d{2}(?: ?[a-z0-9]{4}){2,7}(?: ?[a-z0-9]{1,3})?\b`)
	spacedDot   = regexp.MustCompile(`[a-z0-9-]{3,} \. ?(?:com|net|org|shop|store|ru|cn|jp|kr)\b|h t ?t ?p ?s? ?: ?/ ?/`)
	handle      = regexp.MustCompile(`[:：@ ]([a-z][a-z0-9]*[_.-]?[a-z0-9_]*[0-9_][a-z0-9_]*)`)
	tokenForm   = regexp.MustCompile(`[￥¥€][a-z0-9]{6,14}[￥¥€]`)
)

// Ends of domains that are no words of a sentence, and those that need a further
// sign, since a blank that was forgotten after a full stop looks like them.
var (
	plainEnds = []string{"com", "net", "org", "shop", "store", "info", "biz", "online", "site", "app", "xyz", "club", "top", "vip", "cn", "tw", "jp", "kr", "br", "ru", "uk", "eu", "pl", "fr", "sa", "ae", "ca", "mx", "co", "io", "cc", "hk", "ly", "gl", "link", "asia", "su", "ua", "nl", "se", "ch", "cz", "tr", "th", "vn", "sg", "ph", "gg", "tv"}
	wordyEnds = []string{"de", "es", "it", "me", "at", "be", "is", "in", "to", "us", "no", "my", "id", "la", "so", "am"}
)

// scanForms adds what is seen by its form.
func (s *subject) scanForms() {
	// A rune of three bytes shifts the offsets of a regular expression: they are
	// brought back by counting.
	text := string(s.f.runes)
	runeAt := runeOffsets(text)
	put := func(name string, a, b int) {
		id := s.engine.concept(name)
		s.found[id] = append(s.found[id], span{runeAt[a], runeAt[b]})
	}
	s.addresses(text, runeAt, put)
	for _, m := range phoneForm.FindAllStringIndex(text, 64) {
		s.phone(text, m, put)
	}
	for _, m := range handle.FindAllStringSubmatchIndex(text, 64) {
		put("HANDLE", m[2], m[3])
	}
	for _, m := range ibanForm.FindAllStringIndex(text, 16) {
		if isIBAN(text[m[0]:m[1]]) {
			put("BANK_ACCOUNT", m[0], m[1])
		}
	}
	s.spokenNumbers()
}

// addresses finds mailboxes, and links that are no part of one.
func (s *subject) addresses(text string, runeAt []int, put func(string, int, int)) {
	var mails []span
	for _, m := range slices.Concat(mailForm.FindAllStringIndex(text, 64), spokenMailboxes(text)) {
		put("EMAIL", m[0], m[1])
		mails = append(mails, span{m[0], m[1]})
	}
	for _, form := range []*regexp.Regexp{linkForm, linkWords, germanWords, linkTail, spacedDot, tokenForm} {
		for _, m := range form.FindAllStringIndex(text, 64) {
			word := text[m[0]:m[1]]
			inMail := slices.ContainsFunc(mails, func(one span) bool { return one.overlaps(span{m[0], m[1]}) })
			if inMail || form == linkForm && !s.isLink(word, runeAt[m[0]]) || form == linkWords && s.engine.stop[firstWord(word)] {
				continue
			}
			put("URL", m[0], m[1])
		}
	}
}

// spokenMailboxes finds addresses of mail in words. What is none ("a line at
// lamp.store") may hold the beginning of one ("lamp.store(at)outlook.com").
func spokenMailboxes(text string) [][]int {
	var all [][]int
	for from := 0; len(all) < 64; {
		m := mailWords.FindStringIndex(text[from:])
		if m == nil {
			break
		}
		m = []int{m[0] + from, m[1] + from}
		from = m[1]
		if isMailbox(text, m) {
			all = append(all, m)
		} else if at := bareAt.FindStringIndex(text[m[0]:m[1]]); at != nil {
			from = m[0] + at[1] - 1
		}
	}
	return all
}

// isMailbox tells "lamp at gmail dot com" from "our store at lamp dot shop".
func isMailbox(text string, m []int) bool {
	word := text[m[0]:m[1]]
	return !bareAt.MatchString(word) || mailHosts.MatchString(word) || strings.HasSuffix(text[:m[0]], "to ")
}

// isIBAN checks the two digits of an account's number (ISO 13616): a parcel's
// number looks alike.
func isIBAN(text string) bool {
	text = strings.ReplaceAll(text, " ", "")
	if len(text) < 15 || len(text) > 34 {
		return false
	}
	rest := 0
	for _, r := range text[4:] + text[:4] {
		if r >= 'a' {
			rest = (rest*100 + int(r-'a') + 10) % 97
			continue
		}
		rest = (rest*10 + int(r-'0')) % 97
	}
	return rest == 1
}

// firstWord is what a spoken address names: "no ponto com" names nothing.
func firstWord(text string) string {
	word, _, _ := strings.Cut(text, " ")
	return word
}

func runeOffsets(text string) []int {
	at := make([]int, len(text)+1)
	n := 0
	for i := range text {
		at[i] = n
		n++
	}
	at[len(text)] = n
	for i := 1; i < len(text); i++ {
		if at[i] == 0 {
			at[i] = at[i-1]
		}
	}
	return at
}

// isLink tells an address of the web from a full stop without a blank behind it.
func (s *subject) isLink(text string, at int) bool {
	if strings.HasPrefix(text, "http") || strings.HasPrefix(text, "www") {
		return !s.onPlatform(text)
	}
	host, path, hasPath := strings.Cut(text, "/")
	i := strings.LastIndexByte(host, '.')
	end := host[i+1:]
	name := host[:i]
	longest := 0
	for label := range strings.SplitSeq(name, ".") {
		longest = max(longest, len(label))
	}
	if strings.IndexFunc(name, unicode.IsLetter) < 0 || longest < 2 || s.onPlatform(host) {
		return false
	}
	if s.newSentence(at + utf8.RuneCountInString(host[:i+1])) {
		return false
	}
	if slices.Contains(plainEnds, end) {
		return true
	}
	return slices.Contains(wordyEnds, end) && (hasPath && path != "" || strings.ContainsAny(name, "-.0123456789") || len(name) > 5 && !s.engine.stop[name])
}

// newSentence reports whether a word begins with a capital, and goes on in small
// letters: it is no end of a domain.
func (s *subject) newSentence(at int) bool {
	if at+1 >= len(s.f.runes) {
		return false
	}
	a, b := s.f.at[at], s.f.at[at+1]
	return unicode.IsUpper(s.written[a]) && !unicode.IsUpper(s.written[b])
}

// onPlatform reports whether an address is one of the platform's own.
func (s *subject) onPlatform(text string) bool {
	if s.c.Platform == "" {
		return false
	}
	host := strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(text, "https://"), "http://"), "www.")
	host, _, _ = strings.Cut(host, "/")
	for label := range strings.SplitSeq(host, ".") {
		if label == string(s.c.Platform) {
			i := strings.Index(host, label+".")
			return i >= 0 && strings.Count(host[i:], ".") <= 2 && len(host[i:]) <= len(label)+7
		}
	}
	return false
}

// phone tells a phone number from the numbers of orders and parcels.
func (s *subject) phone(text string, m []int, put func(string, int, int)) {
	for text[m[0]] == ' ' {
		m[0]++
	}
	raw := text[m[0]:m[1]]
	digits := onlyDigits(raw)
	if len(digits) < 8 || len(digits) > 15 || s.ownNumber(digits) || touchesLetter(text, m) {
		return
	}
	if looksLikeDate(raw) {
		return
	}
	if strings.HasPrefix(raw, "+") {
		put("PHONE_PLUS", m[0], m[1])
		put("PHONE", m[0], m[1])
		return
	}
	if len(digits) <= 13 || strings.HasPrefix(digits, "00") && len(digits) <= 15 {
		put("PHONE", m[0], m[1])
	}
}

var dateForm = regexp.MustCompile(`^(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{2,4})`)

func looksLikeDate(text string) bool { return dateForm.MatchString(text) }

// touchesLetter reports whether a number is a part of a code: "LP0013...CN".
func touchesLetter(text string, m []int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:m[0]])
	after, _ := utf8.DecodeRuneInString(text[m[1]:])
	return isLatinLetter(before) || isLatinLetter(after)
}

func isLatinLetter(r rune) bool { return r >= 'a' && r <= 'z' }

func onlyDigits(text string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, text)
}

// ownNumber reports whether digits are those of this order or of its parcels.
func (s *subject) ownNumber(digits string) bool {
	return slices.ContainsFunc(s.c.Orders, func(own string) bool { return strings.Contains(onlyDigits(own), digits) })
}

// spokenNumbers finds seven or more digits in words: "zero seven nine one ...".
func (s *subject) spokenNumbers() {
	if len(s.engine.spoken) == 0 {
		return
	}
	start, count, last := -1, 0, 0
	flush := func() {
		if count >= 7 {
			id := s.engine.concept("SPOKEN_NUMBER")
			s.found[id] = append(s.found[id], span{start, last})
		}
		start, count = -1, 0
	}
	for i := 0; i < len(s.f.runes); {
		if !inWord(s.f.runes[i]) {
			i++
			continue
		}
		j := s.spokenDigit(i)
		if j == 0 {
			j = i + 1
			for j < len(s.f.runes) && !s.f.edge(j) {
				j++
			}
			flush()
			i = j
			continue
		}
		if count == 0 {
			start = i
		}
		count++
		last, i = j, j
	}
	flush()
}

// spokenDigit gives the end of a digit in words that begins at i; 0 where there is
// none.
func (s *subject) spokenDigit(i int) int {
	if closed(s.f.runes[i]) {
		for n := 3; n >= 1; n-- {
			if i+n <= len(s.f.runes) {
				if _, ok := s.engine.spoken[string(s.f.runes[i:i+n])]; ok {
					return i + n
				}
			}
		}
		return 0
	}
	j := i + 1
	for j < len(s.f.runes) && !s.f.edge(j) {
		j++
	}
	if _, ok := s.engine.spoken[string(s.f.runes[i:j])]; ok {
		return j
	}
	return 0
}
