package notice

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"

	"casebinder/data/internal/dateword"
)

// stated is what a text says: a day, a time of day, a zone.
type stated struct {
	text           string
	year, day      int
	month          time.Month
	other          string // the second reading of 03/04/2026
	noYear         bool
	weekday        int // -1: none
	clocked        bool
	hour, min, sec int
	zone           *time.Location
	zoneName       string // as it is shown
	region         string // where a zone of half a year, such as EST, is in force
	unknownZone    bool
}

var (
	filler = pattern(`^(?i)(?:[\s(:,"“”'*•>|-]|(?:by|before|on|until|till|at|is|the|date|no later than|bis|zum|spätestens|am|den|avant|au plus tard|jusqu.au|d.ici|le|entro|prima del|fino al|il|antes del?|hasta|a más tardar|el|día|dia|até|vóór|uiterlijk|op|tot|do dnia)(?:[\s:]|$)|于|於|在|为|是|至|到)+`)
	weekRe = pattern(`^(?i)\(?(mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\b\)?\.?,?\s*`)
	// weekZh2 is a weekday behind the day.
	weekZh2   = pattern(`^\s*(?:\((?:星期|周|週)?[一二三四五六日天月火水木金土]\)|(?:星期|周|週)[一二三四五六日天])`)
	isoRe     = pattern(`^(\d{4})([-/.])(\d{1,2})([-/.])(\d{1,2})(?:[T ]|\b)`)
	zhRe      = pattern(`^(?:(\d{4})\s*[年년]\s*)?(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日号號일]`)
	ordinalRe = pattern(`^(?i)[\s.-]*(\d{1,2})(?:st|nd|rd|th)?\b`)
	yearRe    = pattern(`^(?:[.,]?[\s-]+(?:de |del )?|[.,]\s*|-)(\d{4})\b`)
	dayNumRe  = pattern(`^(?i)(\d{1,2})(?:st|nd|rd|th|er|[.º°ª])?[\s.-]*(?:of |de |del |di )?`)
	numRe     = pattern(`^(\d{1,2})([/.-])(\d{1,2})([/.-])(\d{4})\b`)
	clockRe   = pattern(`^(?i)(上午|下午|晚上|午前|午後)?\s*(\d{1,2})(?:[:](\d{2})(?:[:](\d{2}))?|[时時](?:(\d{2})分)?(?:(\d{2})秒)?)(?:\s*([ap])\.?m\b\.?)?(?: ?Uhr\b)?`)
	clockLike = pattern(`^\d{1,2}[:时時]`)
	hourRe    = pattern(`^(?i)(\d{1,2})\s*([ap])\.?m\b\.?`)
	offRe     = pattern(`^(?i)\(?\s*(?:(?:utc|gmt)\s*([+-])(\d{1,2})(?:[:]?(\d{2}))?|([+-])(\d{2}):?(\d{2}))\b\s*\)?`)
	abbrRe    = pattern(`^\(?\s*([A-Z]{1,5})\b\s*\)?`)
)

// zoneWords are zones that are written out; longer ones first.
var zoneWords = []struct{ words, zone string }{
	{"pacific standard time", "America/Los_Angeles"},
	{"pacific daylight time", "America/Los_Angeles"},
	{"us pacific time", "America/Los_Angeles"},
	{"pacific time", "America/Los_Angeles"},
	{"eastern time", "America/New_York"},
	{"china standard time", "Asia/Shanghai"},
	{"beijing time", "Asia/Shanghai"},
	{"singapore time", "Asia/Singapore"},
	{"美国太平洋时间", "America/Los_Angeles"},
	{"太平洋时间", "America/Los_Angeles"},
	{"太平洋時間", "America/Los_Angeles"},
	{"美西时间", "America/Los_Angeles"},
	{"美西時間", "America/Los_Angeles"},
	{"北京时间", "Asia/Shanghai"},
	{"北京時間", "Asia/Shanghai"},
	{"台北時間", "Asia/Taipei"},
	{"台灣時間", "Asia/Taipei"},
}

// zoneShort are the abbreviations that mean one zone in these mails. CST, IST
// and their like mean several and are left to the recognizer.
var zoneShort = map[string]string{
	"UTC": "UTC", "GMT": "UTC", "Z": "UTC", "PT": "America/Los_Angeles", "ET": "America/New_York",
	"PST": "-08:00", "PDT": "-07:00", "EST": "-05:00", "EDT": "-04:00", "CET": "+01:00", "CEST": "+02:00", "MEZ": "+01:00",
	"MESZ": "+02:00", "BST": "+01:00", "JST": "+09:00", "HKT": "+08:00", "SGT": "+08:00", "AEST": "+10:00", "AEDT": "+11:00",
	"NZST": "+12:00", "NZDT": "+13:00",
}

// halfYear are the zones that hold for a part of the year, and where. People
// write the one of the other part just as well: "EST" in July.
var halfYear = map[string]string{
	"PST": "America/Los_Angeles", "PDT": "America/Los_Angeles", "EST": "America/New_York", "EDT": "America/New_York",
	"CET": "Europe/Berlin", "CEST": "Europe/Berlin", "MEZ": "Europe/Berlin", "MESZ": "Europe/Berlin", "BST": "Europe/London",
	"AEST": "Australia/Sydney", "AEDT": "Australia/Sydney", "NZST": "Pacific/Auckland", "NZDT": "Pacific/Auckland",
}

// scan reads a date at the beginning of a text. ok is false for what is none.
func (d *reader) scan(window string) (stated, bool) {
	collapsed := strings.Join(strings.Fields(window), " ")
	s := stated{weekday: -1}
	rest := collapsed
	skip := func() { rest = rest[len(filler().FindString(rest)):] }
	skip()
	begin := rest
	d.takeZone(&s, &rest, false)
	skip()
	if before := rest; takeClock(&s, &rest) {
		d.takeZone(&s, &rest, true)
		skip()
	} else {
		rest = before
	}
	takeWeekday(&s, &rest)
	skip()
	if !d.takeDay(&s, &rest) {
		return s, false
	}
	rest = rest[len(weekZh2().FindString(rest)):]
	after := rest
	skip()
	if !s.clocked && takeClock(&s, &rest) {
		after = rest
		d.takeZone(&s, &after, true)
	} else if !s.clocked && clockLike().MatchString(rest) {
		return s, false // a time of day that there is not
	} else if s.zone == nil && !s.unknownZone {
		rest = after
		d.takeZone(&s, &after, false)
	}
	s.text = strings.TrimRight(begin[:len(begin)-len(after)], " .,;。")
	return s, true
}

var weekdays = []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

func takeWeekday(s *stated, rest *string) {
	m := weekRe().FindStringSubmatch(*rest)
	if m == nil {
		takeForeignWeekday(rest)
		return
	}
	for i, w := range weekdays {
		if strings.EqualFold(m[1], w) {
			s.weekday = i
		}
	}
	*rest = (*rest)[len(m[0]):]
}

// takeForeignWeekday passes over a weekday in another language: a word with a
// comma or a day's number behind it.
func takeForeignWeekday(rest *string) {
	word := letters(*rest)
	behind := strings.TrimLeft((*rest)[len(word):], ". ,")
	if _, month := dateword.Month(strings.ToLower(word)); word == "" || month || behind == "" || behind[0] < '0' || behind[0] > '9' {
		return
	}
	*rest = behind
}

// takeDay reads the day in one of the forms.
func (d *reader) takeDay(s *stated, rest *string) bool {
	number := func(t string) int { n, _ := strconv.Atoi(t); return n }
	var m []string
	try := func(re *regexp.Regexp) bool { m = re.FindStringSubmatch(*rest); return m != nil }
	if takeNamed(s, rest) {
		return s.exists()
	}
	switch {
	case try(isoRe()) && m[2] == m[4]:
		s.year, s.month, s.day = number(m[1]), time.Month(number(m[3])), number(m[5])
	case try(zhRe()):
		s.year, s.month, s.day, s.noYear = number(m[1]), time.Month(number(m[2])), number(m[3]), m[1] == ""
	case try(numRe()) && m[2] == m[4]:
		s.year = number(m[5])
		if !d.order(s, number(m[1]), number(m[3]), m[2]) {
			return false
		}
	default:
		return false
	}
	*rest = (*rest)[len(strings.TrimRight(m[0], " T")):]
	*rest = strings.TrimPrefix(*rest, "T")
	return s.exists()
}

// takeNamed reads a day whose month is a word: "Dec. 5, 2026", "5 de diciembre
// de 2026".
func takeNamed(s *stated, rest *string) bool {
	number := func(t string) int { n, _ := strconv.Atoi(t); return n }
	text := *rest
	if word := letters(text); word != "" {
		month, known := dateword.Month(strings.ToLower(word))
		m := ordinalRe().FindStringSubmatch(text[len(word):])
		if !known || m == nil {
			return false
		}
		s.month, s.day = month, number(m[1])
		text = text[len(word)+len(m[0]):]
	} else {
		m := dayNumRe().FindStringSubmatch(text)
		if m == nil {
			return false
		}
		word := letters(text[len(m[0]):])
		month, known := dateword.Month(strings.ToLower(word))
		if !known {
			return false
		}
		s.month, s.day = month, number(m[1])
		text = text[len(m[0])+len(word):]
	}
	s.noYear = true
	if m := yearRe().FindStringSubmatch(text); m != nil {
		s.year, s.noYear = number(m[1]), false
		text = text[len(m[0]):]
	}
	*rest = text
	return true
}

// letters is the run of letters at the beginning of a text.
func letters(text string) string {
	for i, r := range text {
		if !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r) {
			return text[:i]
		}
	}
	return text
}

// exists reports whether there is such a day.
func (s *stated) exists() bool {
	year := s.year
	if s.noYear {
		year = 2024 // a leap year
	}
	return year >= 2000 && year <= 9999 && s.month >= 1 && s.month <= 12 && s.day >= 1 &&
		time.Date(year, s.month, s.day, 0, 0, 0, 0, time.UTC).Day() == s.day
}

// order decides which of two numbers is the day, if that is certain.
func (d *reader) order(s *stated, one, two int, sign string) bool {
	dayFirst := sign == "." || d.site.DayFirst == "yes"
	monthFirst := sign != "." && d.site.DayFirst == "no"
	switch {
	case one > 12 && two > 12:
		return false
	case one > 12:
		dayFirst, monthFirst = true, false
	case two > 12:
		dayFirst, monthFirst = false, true
	case one == two:
		dayFirst = true
	}
	if monthFirst && !dayFirst {
		s.month, s.day = time.Month(one), two
		return true
	}
	s.month, s.day = time.Month(two), one
	if !dayFirst {
		s.other = fmt.Sprintf("%04d-%02d-%02d", s.year, one, two)
	}
	return true
}

// takeClock reads a time of day.
func takeClock(s *stated, rest *string) bool {
	number := func(t string) int { n, _ := strconv.Atoi(t); return n }
	half := ""
	var used int
	if m := clockRe().FindStringSubmatch(*rest); m != nil {
		s.hour, s.min, s.sec = number(m[2]), number(first(m[3], m[5])), number(first(m[4], m[6]))
		half, used = strings.ToLower(m[7]), len(m[0])
		switch m[1] {
		case "上午", "午前":
			half = "a"
		case "下午", "晚上", "午後":
			half = "p"
		}
		if half == "p" && s.hour > 12 { // 下午13:00
			half = ""
		}
	} else if m := hourRe().FindStringSubmatch(*rest); m != nil {
		s.hour, half, used = number(m[1]), strings.ToLower(m[2]), len(m[0])
	} else {
		return false
	}
	if !s.setHalf(half) {
		return false
	}
	s.clocked = true
	*rest = strings.TrimLeft((*rest)[used:], " ,)")
	return true
}

// setHalf puts an hour into its half of the day: "a", "p", or "" where none is
// told. No: there is no such time.
func (s *stated) setHalf(half string) bool {
	switch {
	case half != "" && (s.hour < 1 || s.hour > 12):
		return false
	case half == "a" && s.hour == 12:
		s.hour = 0
	case half == "p" && s.hour < 12:
		s.hour += 12
	}
	return s.min <= 59 && s.sec <= 59 && (s.hour < 24 || s.hour == 24 && s.min+s.sec == 0)
}

// takeZone reads a zone. Behind a time of day a short word in capitals is one
// even when nobody knows it; elsewhere it may be anything.
func (d *reader) takeZone(s *stated, rest *string, behindClock bool) {
	text := strings.TrimLeft(*rest, " ")
	if m := offRe().FindStringSubmatch(text); m != nil {
		sign, hours, minutes := first(m[1], m[4]), first(m[2], m[5]), first(m[3], m[6])
		h, _ := strconv.Atoi(hours)
		mm, _ := strconv.Atoi(first(minutes, "0"))
		if h <= 14 && mm < 60 {
			d.setZone(s, fmt.Sprintf("%s%02d:%02d", sign, h, mm))
			*rest = text[len(m[0]):]
			return
		}
	}
	bare := strings.TrimLeft(text, "( ")
	for _, z := range zoneWords {
		if len(bare) >= len(z.words) && strings.EqualFold(bare[:len(z.words)], z.words) {
			d.setZone(s, z.zone)
			*rest = strings.TrimLeft(bare[len(z.words):], ") ")
			return
		}
	}
	m := abbrRe().FindStringSubmatch(text)
	if m == nil {
		return
	}
	zone := d.r.Zones[m[1]]
	if zone == "" {
		zone = zoneShort[m[1]]
	}
	if zone != "" {
		d.setZone(s, zone)
		s.region = halfYear[m[1]]
	} else if behindClock && len(m[1]) >= 2 {
		s.unknownZone = true
	} else {
		return
	}
	*rest = text[len(m[0]):]
}

func (d *reader) setZone(s *stated, zone string) {
	if zone[0] == '+' || zone[0] == '-' {
		t, err := time.Parse("-07:00", zone)
		if err != nil {
			s.unknownZone = true
			return
		}
		_, seconds := t.Zone()
		s.zoneName = "UTC" + zone
		s.zone = time.FixedZone(s.zoneName, seconds)
		return
	}
	loc, err := time.LoadLocation(zone)
	if err != nil {
		s.unknownZone = true
		return
	}
	s.zone, s.zoneName = loc, zone
}

// season takes the earlier reading of a time whose zone is not in force then.
func (d *reader) season(due Due, s stated) dueRead {
	region, err := time.LoadLocation(s.region)
	if s.region == "" || err != nil {
		return dueRead{due: due}
	}
	if local := due.At.In(region); local.Hour() == s.hour%24 && local.Minute() == s.min {
		return dueRead{due: due} // it is in force
	}
	there := time.Date(s.year, s.month, s.day, s.hour, s.min, s.sec, 0, region).UTC()
	if there.Before(due.At) {
		due.At, due.Zone = there, s.region
	}
	return dueRead{due, problemDueSeason.New("text", s.text, "zone", s.region, "at", due.At.Format(time.RFC3339))}
}

// oneInstant reports whether a time of day exists once on that day: not in the
// hour that the clocks skip, nor in the one that they repeat.
func oneInstant(at time.Time, s stated, zone *time.Location) bool {
	if s.hour < 24 && (at.Hour() != s.hour || at.Minute() != s.min) {
		return false
	}
	for _, shift := range []time.Duration{-time.Hour, time.Hour} {
		twin := at.Add(shift).In(zone)
		if twin.Hour() == at.Hour() && twin.Minute() == at.Minute() {
			return false
		}
	}
	return true
}
