package chat

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxQuoteLines is over how many lines a mail program breaks a line of quotation.
const maxQuoteLines = 3

// quoteHead reads "On Tue, Nov 3, 2026 at 2:05 PM Paul <paul@mail.example> wrote:",
// also where a mail program broke the line.
func (s *splitter) quoteHead(lines []mailLine, i int) (mailHead, bool) {
	joined, end, ok := quoteLine(lines, i)
	if !ok {
		return mailHead{}, false
	}
	h := mailHead{line: i, body: end + 1, depth: lines[i].depth, quote: true, dated: true}
	v, at, n := s.findWhen(joined)
	if n == 0 {
		return h, false
	}
	h.when = v
	addr, rest := cutAddress(joined[:at] + "\x00" + joined[at+n:])
	if addr == "" && !has(strings.ToLower(joined), s.w.wrote) {
		return h, false
	}
	h.addr, h.author = addr, s.quoteName(rest)
	if h.author == "" {
		h.author = h.addr
	}
	return h, h.author != ""
}

// quoteLine joins the lines from one on to that which ends with a colon, and gives
// the last of them.
func quoteLine(lines []mailLine, i int) (joined string, end int, ok bool) {
	for end = i; end < len(lines) && end < i+maxQuoteLines; end++ {
		if lines[end].depth != lines[i].depth || lines[end].plain == "" {
			break
		}
		joined = strings.TrimSpace(joined + " " + lines[end].plain)
		if strings.HasSuffix(joined, ":") {
			return joined, end, len(joined) >= 12 && len(joined) <= 400
		}
	}
	return "", end, false
}

// cutAddress takes the address in angle brackets out of a line of quotation, and
// leaves a zero byte in its place.
func cutAddress(line string) (addr, rest string) {
	open, shut := strings.LastIndexByte(line, '<'), strings.LastIndexByte(line, '>')
	if open < 0 || shut <= open || !strings.Contains(line[open:shut], "@") {
		return "", line
	}
	addr = strings.TrimPrefix(strings.ToLower(line[open+1:shut]), "mailto:")
	return addr, strings.TrimSuffix(line[:open], "(") + "\x00" + strings.TrimPrefix(line[shut+1:], ")") // Spanish: (<...>)
}

// findWhen finds a date in a line.
func (s *splitter) findWhen(p string) (when, int, int) {
	previous := ' '
	for at, r := range p {
		begins := !unicode.IsDigit(previous) && (unicode.IsDigit(r) || !unicode.IsLetter(previous) || previous > 0x2E80)
		previous = r
		if !begins || r == ' ' {
			continue
		}
		if v, n := s.w.when(p[at:]); n > 0 && v.hasDate && v.weekday == 0 && v.back < 0 {
			return v, at, n
		}
	}
	return when{}, 0, 0
}

// quoteName is what stays of a line of quotation without its time and words.
func (s *splitter) quoteName(rest string) string {
	best := ""
	for piece := range strings.SplitSeq(strings.TrimSuffix(rest, ":"), "\x00") {
		piece = s.withoutWrote(piece)
		for {
			piece = strings.Trim(piece, " ,;:·-–—|\"'")
			first, others, more := strings.Cut(piece, " ")
			if !more || !s.w.joiners[strings.ToLower(first)] {
				break
			}
			piece = others
		}
		if s.w.joiners[strings.ToLower(piece)] || piece == "于" || piece == "於" || strings.EqualFold(piece, "님이") {
			continue
		}
		piece = strings.TrimSuffix(strings.TrimSuffix(piece, "于"), "於")
		if utf8.RuneCountInString(piece) > utf8.RuneCountInString(best) {
			best = piece
		}
	}
	if utf8.RuneCountInString(best) > 80 {
		return ""
	}
	return strings.TrimSpace(best)
}

// withoutWrote takes the longest word for writing out of a piece.
func (s *splitter) withoutWrote(piece string) string {
	low := strings.ToLower(piece)
	if len(low) != len(piece) {
		low = piece
	}
	at, n := -1, 0
	for _, w := range s.w.wrote {
		if i := strings.Index(low, w); i >= 0 && len(w) > n {
			at, n = i, len(w)
		}
	}
	if at < 0 {
		return piece
	}
	return piece[:at] + " " + piece[at+n:]
}
