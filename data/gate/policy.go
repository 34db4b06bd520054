package gate

// policyDiffers finds figures of returns and warranty that are not the shop's.
func (s *subject) policyDiffers() {
	p := s.c.Policy
	for _, in := range s.sentences {
		if p.ReturnDays > 0 && s.has(in, "RETURN") && !s.has(in, "SOLUTION_MONEY", "ARRIVE", "PROMISED") {
			if n, ok := s.figure(in, wordDay, wordWeek); ok && n != p.ReturnDays {
				s.add("policy_differs", in, "", "said", n, "shop", p.ReturnDays)
			}
		}
		if p.WarrantyMonths > 0 && s.has(in, "WARRANTY") {
			if n, ok := s.figure(in, wordOfMonth, wordYear); ok && n != p.WarrantyMonths {
				s.add("policy_differs", in, "", "said", n, "shop", p.WarrantyMonths)
			}
		}
		s.whoPays(in)
	}
}

// whoPays finds a sentence that lets the other side pay the way back.
func (s *subject) whoPays(in span) {
	p := s.c.Policy
	if p.ReturnPaidBy == "seller" && s.has(in, "YOU_PAY_RETURN") || p.ReturnPaidBy == "buyer" && s.has(in, "WE_PAY_RETURN") {
		s.add("policy_differs", in, "", "said", s.words(in), "shop", p.ReturnPaidBy)
	}
}

// figure is a number with one of two units, in the smaller one.
func (s *subject) figure(in span, small, large int) (int, bool) {
	words := s.timeWords(in)
	for i, w := range words {
		if w.kind != wordNumber || i+1 >= len(words) || between(w.at, words[i+1].at) > 3 {
			continue
		}
		switch words[i+1].kind {
		case small:
			return w.value, true
		case large:
			return w.value * map[int]int{wordWeek: 7, wordYear: 12}[large], true
		}
	}
	return 0, false
}
