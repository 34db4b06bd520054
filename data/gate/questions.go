package gate

import (
	"maps"
	"slices"
	"strings"

	"casebinder/data"
)

// A quiz is a question or a request of one side.
type quiz struct {
	in    span
	words map[string]bool
	topic map[string]bool
}

// quizzes are the questions and requests of a text.
func (s *subject) quizzes() []quiz {
	var all []quiz
	for _, in := range s.sentences {
		if s.asks(in) {
			all = append(all, quiz{in: in, words: s.content(in), topic: s.topics(in)})
		}
	}
	return all
}

// asks reports whether a sentence is a question, or asks for something to be
// sent or told.
func (s *subject) asks(in span) bool {
	for i := in.end - 1; i >= in.start && i >= in.end-3; i-- {
		if s.f.runes[i] == '?' || s.f.runes[i] == '؟' {
			return true
		}
	}
	return s.has(in, "QUESTION") || s.has(in, "TELL_US", "SEND") && s.has(in, "ASK", "TELL_US", "IMPERATIVE")
}

// content are the words of a sentence that say what it is about: without the
// most frequent ones, each by its first letters; pairs of signs in a script
// without blanks.
func (s *subject) content(in span) map[string]bool {
	out := map[string]bool{}
	for i := in.start; i < in.end; {
		r := s.f.runes[i]
		if !inWord(r) {
			i++
			continue
		}
		if closed(r) {
			if i+1 < in.end && closed(s.f.runes[i+1]) {
				if pair := string(s.f.runes[i : i+2]); !s.engine.stop[pair] && !s.engine.stop[string(r)] && !s.engine.stop[string(s.f.runes[i+1])] {
					out[pair] = true
				}
			}
			i++
			continue
		}
		j := i + 1
		for j < in.end && !s.f.edge(j) {
			j++
		}
		if word := s.engine.bare(s.f.runes[i:j]); !s.engine.stop[string(word)] && len(word) > 1 {
			out[stem(word)] = true
		}
		i = j
	}
	return out
}

// bare is a word without the article that is written onto its front: of the
// clitics those of two letters and more, as one letter may be the word's own.
func (e *engine) bare(word []rune) []rune {
	for n := min(4, len(word)-3); n >= 2; n-- {
		if e.clitics[string(word[:n])] {
			return word[n:]
		}
	}
	return word
}

func stem(word []rune) string {
	if len(word) > 5 {
		return string(word[:5])
	}
	return string(word)
}

// topics are the concepts TOPIC_... that a stretch names.
func (s *subject) topics(in span) map[string]bool {
	out := map[string]bool{}
	v := s.view(in)
	for name, id := range s.engine.ids {
		if strings.HasPrefix(name, "TOPIC_") && v.has(id) {
			out[name] = true
		}
	}
	return out
}

// repeatedQuestion finds a question that the buyer answered already.
func (s *subject) repeatedQuestion() {
	if len(s.c.Thread) == 0 {
		return
	}
	now := s.quizzes()
	if len(now) == 0 {
		return
	}
	for i, m := range s.c.Thread {
		if m.Direction != data.ToBuyer || !answered(s.c.Thread[i+1:]) {
			continue
		}
		before := s.sub(m.Text)
		answer := s.sub(answerOf(s.c.Thread[i+1:]))
		for _, old := range before.quizzes() {
			for _, q := range now {
				if s.sameQuestion(q, old, answer) {
					s.add("repeated_question", q.in, "", "asked", m.Text)
				}
			}
		}
	}
}

func answered(rest []Said) bool {
	return slices.ContainsFunc(rest, func(m Said) bool { return m.Direction == data.FromBuyer })
}

func answerOf(rest []Said) string {
	var all []string
	for _, m := range rest {
		if m.Direction == data.FromBuyer {
			all = append(all, m.Text)
		}
	}
	return strings.Join(all, "\n")
}

// sub reads a message of the thread with the words of this language.
func (s *subject) sub(text string) *subject {
	cut, _ := limited(text)
	one := &subject{rules: s.rules, engine: s.engine, written: []rune(cut), f: fold(cut)}
	one.weights = one.f.weights()
	one.sentences = one.f.sentences()
	one.scan()
	return one
}

// sameQuestion compares what two questions are about. One that takes up a word
// of the answer, or asks after something further, is another.
func (s *subject) sameQuestion(q, old quiz, answer *subject) bool {
	if s.has(q.in, "FURTHER") {
		return false
	}
	alike := len(q.topic) > 0 && equalSets(asked(q.topic), asked(old.topic))
	if s.takesUp(q, old, answer) && !(alike && plainTopic(q.topic)) {
		return false
	}
	if len(q.topic) > 0 && len(old.topic) > 0 {
		return alike || overlap(q.words, old.words) >= 0.6 && len(q.words) > 1
	}
	return overlap(q.words, old.words) >= 0.5
}

// plainTopic reports whether what is asked for can be given but once: a word that
// the answer has too ("I sent it", "it broke below") does not make another
// question of it.
func plainTopic(topics map[string]bool) bool {
	for _, name := range []string{"TOPIC_VIDEO", "TOPIC_PHOTO", "TOPIC_FAULT", "TOPIC_ORDER", "TOPIC_TRACKING", "TOPIC_ADDRESS"} {
		if topics[name] {
			return true
		}
	}
	return false
}

// takesUp reports whether a question holds a word of the answer that the old
// question has not: it asks about the answer.
func (s *subject) takesUp(q, old quiz, answer *subject) bool {
	for w := range answer.content(answer.whole()) {
		if q.words[w] && !old.words[w] {
			return true
		}
	}
	return false
}

// asked are the topics without the fault, where a photo or a video of it is asked
// for: the picture is what is asked.
func asked(topics map[string]bool) map[string]bool {
	if !topics["TOPIC_FAULT"] || !topics["TOPIC_PHOTO"] && !topics["TOPIC_VIDEO"] {
		return topics
	}
	out := maps.Clone(topics)
	delete(out, "TOPIC_FAULT")
	return out
}

func equalSets(a, b map[string]bool) bool {
	if len(a) != len(b) {
		return false
	}
	for k := range a {
		if !b[k] {
			return false
		}
	}
	return true
}

// overlap is the share of the smaller set that the other has too.
func overlap(a, b map[string]bool) float64 {
	small, large := a, b
	if len(small) > len(large) {
		small, large = large, small
	}
	if len(small) == 0 {
		return 0
	}
	n := 0
	for k := range small {
		if large[k] {
			n++
		}
	}
	return float64(n) / float64(len(small))
}

// ignoredQuestion finds a reply that holds nothing but courtesy, where the buyer
// asked something.
func (s *subject) ignoredQuestion() {
	question := s.openQuestion()
	if question == "" || len(s.sentences) == 0 {
		return
	}
	for _, in := range s.sentences {
		if !s.empty(in) {
			return
		}
	}
	s.add("ignored_question", s.whole(), "", "question", strings.TrimSpace(question))
}

// openQuestion is what the buyer asked since the last reply; "" is nothing.
func (s *subject) openQuestion() string {
	var last string
	for _, m := range s.c.Thread {
		switch {
		case m.Direction == data.ToBuyer:
			last = ""
		case m.Direction == data.FromBuyer:
			one := s.sub(m.Text)
			if len(one.quizzes()) > 0 || strings.ContainsAny(m.Text, "?？؟") {
				last = m.Text
			}
		}
	}
	return last
}

// maxEmptyWords is how much may be left of a sentence, beside its courtesy, that
// says nothing.
const maxEmptyWords = 3

// empty reports whether a sentence says nothing that could answer.
func (s *subject) empty(in span) bool {
	if s.has(in, "ANSWER", "NUMBER", "VIDEO") || s.tellsSpan(in) || strings.ContainsFunc(string(s.f.runes[in.start:in.end]), func(r rune) bool { return r >= '0' && r <= '9' }) {
		return false
	}
	courtesy := s.view(in).of(s.engine.concept("COURTESY"))
	left := s.left(in, courtesy)
	if len(courtesy) == 0 {
		return left <= 1
	}
	return left <= maxEmptyWords
}

// tellsSpan reports whether a sentence names a stretch of time in words: "two
// years from the purchase".
func (s *subject) tellsSpan(in span) bool {
	words := s.timeWords(in)
	for i := 1; i < len(words); i++ {
		if words[i-1].kind != wordNumber || between(words[i-1].at, words[i].at) > 1 {
			continue
		}
		switch words[i].kind {
		case wordDay, wordWorkday, wordHour, wordWeek, wordOfMonth, wordYear:
			return words[i-1].value > 1 || words[i].kind >= wordOfMonth
		}
	}
	return false
}

// left counts the words of a sentence that are neither frequent nor courtesy;
// two signs without blanks are a word.
func (s *subject) left(in span, courtesy []span) int {
	weight := 0
	for i := in.start; i < in.end; {
		r := s.f.runes[i]
		if !inWord(r) {
			i++
			continue
		}
		j := i + 1
		for j < in.end && !s.f.edge(j) {
			j++
		}
		covered := slices.ContainsFunc(courtesy, func(c span) bool { return c.overlaps(span{i, j}) })
		if !covered && !s.engine.stop[string(s.f.runes[i:j])] {
			weight += weightOf(r)
		}
		i = j
	}
	return weight / 2
}
