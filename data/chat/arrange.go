package chat

// timeFirst: time, author, text.
func (s *splitter) timeFirst(tokens []token) []post {
	slots := map[int]int{}
	for i, t := range tokens {
		if isTime(t) {
			if a := next(tokens, i+1); a >= 0 && tokens[a].kind == isText {
				slots[i] = a
			}
		}
	}
	names := s.names(tokens, slots)
	var posts []post
	for i := range tokens {
		a, ok := slots[i]
		if !ok || !names[s.lines[tokens[a].line].plain] || len(posts) > 0 && a <= posts[len(posts)-1].author {
			continue
		}
		text := a + 1
		for text < len(tokens) && s.lines[tokens[text].line].plain == s.lines[tokens[a].line].plain {
			text++ // the name of the picture, and the name
		}
		p := post{time: i, author: a, begin: i, text: text}
		if text+1 < len(tokens) && s.isRole(tokens, text) && !isTime(tokens[text+1]) {
			p.role, p.text = s.lines[tokens[text].line].plain, text+1
		}
		posts = append(posts, p)
	}
	return ended(posts, tokens)
}

// nameFirst: author, time, text.
func (s *splitter) nameFirst(tokens []token) []post {
	slots := map[int]int{}
	for i, t := range tokens {
		if isTime(t) {
			if a := s.authorAbove(tokens, i); a >= 0 {
				slots[i] = a
			}
		}
	}
	names := s.names(tokens, slots)
	var posts []post
	for i := range tokens {
		a, ok := slots[i]
		if !ok || !names[s.lines[tokens[a].line].plain] {
			continue
		}
		begin := a
		for begin > 0 && s.lines[tokens[begin-1].line].plain == s.lines[tokens[a].line].plain {
			begin--
		}
		p := post{time: i, author: a, begin: begin, text: i + 1}
		if a+1 < i && s.isRole(tokens, a+1) {
			p.role = s.lines[tokens[a+1].line].plain
		}
		posts = append(posts, p)
	}
	return ended(posts, tokens)
}

// authorAbove is the line above a time that may be a name, or the one above that
// where a role such as "Seller" stands between; -1 where there is none.
func (s *splitter) authorAbove(tokens []token, time int) int {
	a := previous(tokens, time-1)
	if a > 0 && s.isRole(tokens, a) && tokens[a-1].kind == isText && nameLike(s.lines[tokens[a-1].line].plain) {
		a--
	}
	if a < 0 || tokens[a].kind != isText {
		return -1
	}
	return a
}

// isRole reports whether a line is "Seller" or "Buyer", as pages print below names.
func (s *splitter) isRole(tokens []token, at int) bool {
	l := lower(s.lines[tokens[at].line].plain)
	return s.w.you[l] || s.w.buyer[l]
}

// ended says where the text of each post ends: above the next, and above the line
// of a day that stands directly before it.
func ended(posts []post, tokens []token) []post {
	for k := range posts {
		end := len(tokens)
		if k+1 < len(posts) {
			end = posts[k+1].begin
			if tokens[posts[k+1].time].kind == isClock {
				end = aboveDay(tokens, posts[k].text, end)
			}
		}
		posts[k].end = end
	}
	return posts
}

func aboveDay(tokens []token, from, end int) int {
	for i := end - 1; i >= from; i-- {
		if tokens[i].kind == isButton {
			continue
		}
		if tokens[i].kind == isDay {
			return i
		}
		break
	}
	return end
}

// timeLast: author, text, time.
func (s *splitter) timeLast(tokens []token) []post {
	slots := map[int]int{}
	from := 0
	for i, t := range tokens {
		if !isTime(t) {
			continue
		}
		if a := s.opening(tokens, from, i); a >= 0 {
			slots[i] = a
		}
		from = i + 1
	}
	names := s.names(tokens, slots)
	var posts []post
	begin := 0
	for i, t := range tokens {
		if !isTime(t) {
			continue
		}
		a := s.named(tokens, begin, i, names)
		if a < 0 {
			if begin > 0 && s.nobody(tokens, begin, i, names) { // what follows is not lost with it
				begin = i + 1
				s.unnamed++
			}
			continue
		}
		posts = append(posts, post{time: i, author: a, begin: a, text: a + 1, end: i})
		begin = i + 1
	}
	return posts
}

// opening is the first line of text behind a time or a day.
func (s *splitter) opening(tokens []token, from, to int) int {
	for i := to - 1; i >= from; i-- {
		if tokens[i].kind == isDay {
			from = i + 1
			break
		}
	}
	a := next(tokens, from)
	if a < 0 || a >= to || tokens[a].kind != isText {
		return -1
	}
	return a
}

// farthest is how many lines above its time a message may begin.
const farthest = 2000

// named finds the author between two times: where a page stands above the first,
// it is the last name that is followed by text.
func (s *splitter) named(tokens []token, from, to int, names map[string]bool) int {
	found := -1
	from = max(from, to-farthest)
	for i := from; i < to-1; i++ {
		if tokens[i].kind == isText && names[s.lines[tokens[i].line].plain] {
			if found < 0 || from == 0 {
				found = i
			}
			if from > 0 {
				break
			}
		}
	}
	if from > 0 && found >= 0 { // nothing but buttons and days before it
		for i := from; i < found; i++ {
			if tokens[i].kind == isText {
				return -1
			}
		}
	}
	return found
}

// nobody reports whether the text between two times has no author who is known.
func (s *splitter) nobody(tokens []token, from, to int, names map[string]bool) bool {
	text := 0
	for i := max(from, to-farthest); i < to; i++ {
		if tokens[i].kind != isText {
			continue
		}
		if names[s.lines[tokens[i].line].plain] {
			return false
		}
		text++
	}
	return text > 1
}
