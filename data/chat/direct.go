package chat

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"casebinder/data"
)

// fold brings a name into the form in which names are compared.
func fold(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '*' || r == '@' {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
}

// isShop reports whether an author is one of the names of the shop, or a person
// of the shop: "Kim (Marlow & Pike)".
func (s *splitter) isShop(author, address string) bool {
	a := fold(author)
	for _, name := range s.hints.ShopNames {
		n := fold(name)
		switch {
		case n == "":
			continue
		case a == n, address != "" && strings.EqualFold(address, name):
			return true
		case utf8.RuneCountInString(n) >= 4 && strings.Contains(a, n), len(n) != utf8.RuneCountInString(n) && utf8.RuneCountInString(n) >= 3 && strings.Contains(a, n):
			return true
		case utf8.RuneCountInString(a) >= 4 && strings.HasPrefix(n, a): // 店:小北 is told as 店 too
			return true
		}
	}
	return false
}

func (s *splitter) isBuyer(author, address string) bool {
	a := fold(author)
	for _, name := range s.hints.BuyerNames {
		n := fold(name)
		if n == "" || a == "" {
			continue
		}
		if a == n || address != "" && strings.EqualFold(address, name) {
			return true
		}
		if utf8.RuneCountInString(a) >= 3 && (strings.HasPrefix(n, a) || utf8.RuneCountInString(n) >= 4 && strings.HasPrefix(a, n)) {
			return true
		}
	}
	return false
}

// isYou, isTheBuyer and isPlatform know words that stand for a name.
func (s *splitter) isYou(author string) bool {
	l := lower(author)
	if s.w.you[l] {
		return true
	}
	if i := strings.IndexAny(l, "(（"); i > 0 { // "nutbolt-works (You)", "You (shop)"
		in := strings.Trim(l[i:], "()（） ")
		return s.w.you[in] || s.w.you[strings.TrimSpace(l[:i])]
	}
	return false
}

func (s *splitter) isTheBuyer(author string) bool {
	l := lower(author)
	if s.w.buyer[l] {
		return true
	}
	if i := strings.IndexAny(l, "(（"); i > 0 {
		return s.w.buyer[strings.Trim(l[i:], "()（） ")]
	}
	return false
}

func (s *splitter) isPlatform(author string) bool {
	l := lower(author)
	if s.w.platform[l] {
		return true
	}
	return strings.TrimSpace(l) == strings.ToLower(string(s.hints.Platform)) && l != ""
}

// known reports whether it is told who an author is.
func (s *splitter) known(author string) bool {
	return s.isShop(author, "") || s.isYou(author) || s.isPlatform(author) || s.isBuyer(author, "") || s.isTheBuyer(author)
}

// direct says who wrote each message.
func (s *splitter) direct(r *reading) {
	shop, buyer := false, false
	defer s.answering(r)
	var others []string // authors of whom nothing is known
	for i := range r.drafts {
		d := &r.drafts[i]
		d.Direction = s.told(d)
		switch d.Direction {
		case data.ToBuyer:
			shop = true
		case data.FromBuyer:
			buyer = true
		case Unsaid:
			if d.Author == "" {
				continue
			}
			if !slices.Contains(others, d.Author) && len(others) < 100 {
				others = append(others, d.Author)
			}
		}
	}
	if len(others) == 0 {
		return
	}
	as := s.assign(others, shop, buyer, r)
	for i := range r.drafts {
		if d := &r.drafts[i]; d.Direction == Unsaid {
			d.Direction = as[d.Author]
		}
	}
}

// told is the direction that the text itself tells.
func (s *splitter) told(d *draft) data.Direction {
	switch {
	case d.flow:
		return System
	case d.label, s.isShop(d.Author, d.Address):
		return data.ToBuyer
	case s.isPlatform(d.Author):
		return data.FromPlatform
	case s.isYou(d.Author):
		return data.ToBuyer
	case s.isBuyer(d.Author, d.Address), s.isTheBuyer(d.Author):
		return data.FromBuyer
	}
	return Unsaid
}

// assign says of unknown authors who they are: where the shop is known, all
// others are buyers; where the buyer is known and one other writes, that is the
// shop. Else the one whose name heads the page, or who writes first, is taken for
// the buyer, and it is said.
func (s *splitter) assign(others []string, shop, buyer bool, r *reading) map[string]data.Direction {
	as := map[string]data.Direction{}
	switch {
	case shop:
		for _, o := range others {
			as[o] = data.FromBuyer
		}
		return as
	case buyer && len(others) == 1:
		as[others[0]] = data.ToBuyer
		return as
	case len(others) == 1 && others[0] != "" && len(s.hints.ShopNames) > 0:
		as[others[0]] = data.FromBuyer // the shop has a name, and this is another
		return as
	}
	first := s.heading(others, r)
	if first == "" {
		first = others[0]
	}
	for _, o := range others {
		as[o] = data.ToBuyer
		if o == first && !buyer {
			as[o] = data.FromBuyer
		}
	}
	if len(others) == 1 {
		as[others[0]] = data.FromBuyer
	}
	s.findings = append(s.findings, foundWho.finding(data.Warning, "names", strings.Join(others[:min(len(others), 10)], ", "), "buyer", first))
	return as
}

// heading finds the author whose name stands alone above the conversation.
func (s *splitter) heading(others []string, r *reading) string {
	if len(r.drafts) == 0 {
		return ""
	}
	end := min(r.drafts[0].First-1, len(s.lines), 40)
	for i := range max(end, 0) {
		for _, o := range others {
			if o != "" && strings.Contains(s.lines[i].plain, o) {
				return o
			}
		}
	}
	return ""
}

// answering gives a message without an author, above those that it quotes, the
// direction from which the newest of them did not come.
func (s *splitter) answering(r *reading) {
	if len(r.drafts) < 2 || r.drafts[0].Direction != Unsaid || r.drafts[0].Author != "" {
		return
	}
	r.drafts[0].Direction = data.ToBuyer
	if r.drafts[1].Direction == data.ToBuyer {
		r.drafts[0].Direction = data.FromBuyer
	}
}
