package chat

import "strings"

// fill gives a message the text of lines, without what the page prints around it.
// In the last message of a page stands what the page prints below all.
func (s *splitter) fill(d *draft, from, to int, page, last bool) {
	if page {
		from, to = s.bare(d, from, to, last)
	}
	d.Text = s.text(from, to)
	d.Text, d.Edited = s.unedited(d.Text)
}

// bare narrows lines to those of the text: buttons, marks and names of files are
// taken off at both ends. One line stays, whatever it is.
func (s *splitter) bare(d *draft, from, to int, last bool) (int, int) {
	for from < to && (s.lines[from].empty() || s.w.isUI(s.lines[from].plain) && s.more(from+1, to)) {
		from++
	}
	if last {
		to = s.aboveFoot(from, to)
	}
	for to > from+1 {
		l := &s.lines[to-1]
		if l.empty() || s.w.isUI(l.plain) {
			to--
			continue
		}
		names, ok := s.w.attached(l.plain)
		if !ok {
			break
		}
		d.Attachments = append(names, d.Attachments...)
		to--
	}
	return from, to
}

// more reports whether there is a line of text that is no button.
func (s *splitter) more(from, to int) bool {
	for i := from; i < to; i++ {
		if !s.lines[i].empty() && !s.w.isUI(s.lines[i].plain) {
			return true
		}
	}
	return false
}

// footLines is how long the foot of a page may be.
const footLines = 25

// aboveFoot ends the last message above the page's foot: the first of two or more
// lines near the end of which most are buttons.
func (s *splitter) aboveFoot(from, to int) int {
	end := to
	for end > from && s.lines[end-1].empty() {
		end--
	}
	buttons, others := 0, 0
	cut := end
	for i := end - 1; i > from && end-i <= footLines; i-- {
		p := s.lines[i].plain
		switch {
		case p == "":
			continue
		case s.w.isUI(p):
			buttons++
			if others == 0 || others <= buttons && others <= 4 && phrase(p) {
				cut = i
			}
		case len(p) < 30 && strings.Count(p, " ") < 4:
			others++
		default:
			return cut
		}
	}
	return cut
}

// phrase reports whether a button says more than a word that a message may hold
// as well.
func phrase(p string) bool {
	return strings.Contains(p, " ") || len(p) > 12
}
