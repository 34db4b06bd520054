package gate

import "casebinder/data"

// Promises tells which days a text promises something for. It is what Check says
// of promises, alone.
func (r *Rules) Promises(text string, c Context) ([]Promise, error) {
	cut, _ := limited(text)
	s, err := r.read(cut, c)
	if err != nil {
		return nil, err
	}
	s.datedPromises()
	return s.promises, nil
}

// datedPromises finds what the shop says it will do, or the buyer will get from
// it, until a day.
func (s *subject) datedPromises() {
	for _, in := range s.sentences {
		if !s.tellsDeed(in) {
			continue
		}
		days := s.dates(in)
		if len(days) == 0 {
			continue
		}
		due := days[0]
		for _, d := range days {
			if d.String() > due.String() {
				due = d
			}
		}
		if due.String() < data.OnDay(s.c.Written).String() {
			continue
		}
		start, end := s.place(in)
		s.promises = append(s.promises, Promise{Due: due, Text: s.words(in), Start: start, End: end})
		s.add("dated_promise", in, "", "due", due.String())
	}
}

// tellsDeed reports whether a sentence tells a deed of the shop's that is to come.
func (s *subject) tellsDeed(in span) bool {
	if s.has(in, "NO_PROMISE") {
		return false
	}
	return s.has(in, "PROMISED")
}

// AsksFeedback reports whether a text asks a buyer for feedback, or to change it.
// The language is BCP 47; "" is told from the text.
func (r *Rules) AsksFeedback(text, language string) (bool, error) {
	cut, _ := limited(text)
	s, err := r.read(cut, Context{Language: language})
	if err != nil {
		return false, err
	}
	for _, in := range s.sentences {
		if s.has(in, "ASK_FEEDBACK", "CHANGE_FEEDBACK") && !s.has(in, "PAST_FEEDBACK") {
			return true, nil
		}
	}
	return false, nil
}
