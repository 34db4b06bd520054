package listing

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"casebinder/data"
)

// clockSpan is a span of hours as pages write it: 9:00-18:00, 9:00 – 18:00.
var clockSpan = regexp.MustCompile(`\b(\d{1,2})[:：.](\d{2})\s*(?:-|–|—|~|～|to|bis|a|à|至|до)\s*(\d{1,2})[:：.](\d{2})`)

// agrees holds hours and time of answer against the shop's own.
func (r *Rules) agrees(l data.Listing, s data.Service) (out []data.Finding) {
	where := []data.Ref{partRef(Service)}
	if s.Hours.Works() {
		for _, m := range clockSpan.FindAllStringSubmatch(l.Service, 8) {
			text := pad(m[1]) + ":" + m[2] + "-" + pad(m[3]) + ":" + m[4]
			said, err := data.ParseWorkDay(text)
			if err != nil || slices.Contains(s.Hours[:], said) {
				continue
			}
			out = append(out, data.Finding{
				Rule: "listing.agrees.hours", Severity: data.Warning, Where: where, How: howAgrees.With(),
				Why: sayHours.With("said", said, "shop", spans(s.Hours)),
			})
		}
	}
	said, ok := r.hours(l.Service)
	if ok && s.ReplyHours > 0 && said != s.ReplyHours {
		out = append(out, data.Finding{
			Rule: "listing.agrees.answer", Severity: data.Warning, Where: where, How: howAgrees.With(), Why: sayAnswer.With("said", said, "shop", s.ReplyHours),
		})
	}
	return out
}

func pad(digits string) string {
	if len(digits) == 1 {
		return "0" + digits
	}
	return digits
}

// spans lists the different hours of a week.
func spans(w data.Week) string {
	var all []string
	for _, d := range w {
		if text := d.String(); text != "" && !slices.Contains(all, text) {
			all = append(all, text)
		}
	}
	return strings.Join(all, ", ")
}

// hours is the first number in a text that a word for hours follows.
func (r *Rules) hours(text string) (int, bool) {
	hits, _ := r.phrases.Find(text)
	written := []rune(text)
	for _, h := range hits {
		if h.Name != "hour" {
			continue
		}
		before := strings.TrimRight(string(written[:h.Start]), " \u00a0-")
		i := len(before)
		for i > 0 && before[i-1] >= '0' && before[i-1] <= '9' {
			i--
		}
		if n, err := strconv.Atoi(before[i:]); err == nil {
			return n, true
		}
	}
	return 0, false
}
