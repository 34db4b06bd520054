package agenda

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"casebinder/data"
)

var stamp = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// A prop is a content line as this test's own reader sees it.
type prop struct{ path, name, params, value string }

var unescape = strings.NewReplacer(`\\`, `\`, `\n`, "\n", `\N`, "\n", `\;`, ";", `\,`, ",")

// read is a reader of RFC 5545 that knows nothing of the writer: it unfolds,
// checks lengths, line ends and nesting, and undoes the escapes.
func read(t *testing.T, file string) []prop {
	t.Helper()
	if !strings.HasSuffix(file, "\r\n") {
		t.Fatal("the file does not end in CR LF")
	}
	if strings.ContainsAny(strings.ReplaceAll(file, "\r\n", ""), "\r\n") {
		t.Fatal("a CR or LF stands alone")
	}
	var lines []string
	for _, raw := range strings.Split(strings.TrimSuffix(file, "\r\n"), "\r\n") {
		if len(raw) > 75 {
			t.Errorf("a line has %d octets: %q", len(raw), raw)
		}
		if !utf8.ValidString(raw) {
			t.Errorf("a line is cut within a character: %q", raw)
		}
		if strings.HasPrefix(raw, " ") && len(lines) > 0 {
			lines[len(lines)-1] += raw[1:]
			continue
		}
		lines = append(lines, raw)
	}
	form := regexp.MustCompile(`^([A-Z-]+)((?:;[A-Z-]+=[^:;]+)*):(.*)$`)
	var props []prop
	var path []string
	for _, l := range lines {
		m := form.FindStringSubmatch(l)
		if m == nil {
			t.Fatalf("no content line: %q", l)
		}
		switch m[1] {
		case "BEGIN":
			path = append(path, m[3])
		case "END":
			if len(path) == 0 || path[len(path)-1] != m[3] {
				t.Fatalf("END:%s closes nothing", m[3])
			}
			path = path[:len(path)-1]
		default:
			props = append(props, prop{strings.Join(path, "/"), m[1], m[2], unescape.Replace(m[3])})
		}
	}
	if len(path) != 0 {
		t.Fatalf("not closed: %v", path)
	}
	return props
}

func find(props []prop, path, name string) []string {
	var out []string
	for _, p := range props {
		if p.path == path && p.name == name {
			out = append(out, p.value)
		}
	}
	return out
}

func write(t *testing.T, c Calendar) string {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, c, stamp); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestWriteReadsBack(t *testing.T) {
	zone := time.FixedZone("", 8*3600)
	c := Calendar{Name: "截止日期, shop A", Entries: []Entry{{
		UID: "0197-respond@casebinder", Due: time.Date(2026, 3, 14, 7, 59, 59, 0, zone),
		Title:       "Respond to case 5000000001; eBay, \\ INR 📦👨‍👩‍👧",
		Description: "First line, with a comma; a semicolon\r\nSecond: back\\slash and \\n as written\n" + strings.Repeat("纠纷回复", 60),
		Alarms:      []time.Duration{3 * time.Hour, 72 * time.Hour, 0, 24 * time.Hour, 3 * time.Hour},
		Sequence:    2, Updated: stamp.Add(-time.Hour),
	}}}
	props := read(t, write(t, c))
	want := map[string]string{
		"VCALENDAR VERSION": "2.0", "VCALENDAR METHOD": "PUBLISH", "VCALENDAR PRODID": "-//Casebinder//Deadlines//EN",
		"VCALENDAR X-WR-CALNAME":         "截止日期, shop A",
		"VCALENDAR/VEVENT UID":           "0197-respond@casebinder",
		"VCALENDAR/VEVENT DTSTAMP":       "20260301T120000Z",
		"VCALENDAR/VEVENT DTSTART":       "20260313T234459Z",
		"VCALENDAR/VEVENT DTEND":         "20260313T235959Z",
		"VCALENDAR/VEVENT SEQUENCE":      "2",
		"VCALENDAR/VEVENT SUMMARY":       c.Entries[0].Title,
		"VCALENDAR/VEVENT STATUS":        "CONFIRMED",
		"VCALENDAR/VEVENT TRANSP":        "TRANSPARENT",
		"VCALENDAR/VEVENT LAST-MODIFIED": "20260301T110000Z",
		"VCALENDAR/VEVENT DESCRIPTION":   strings.ReplaceAll(c.Entries[0].Description, "\r\n", "\n"),
	}
	for at, value := range want {
		path, name, _ := strings.Cut(at, " ")
		if got := find(props, path, name); len(got) != 1 || got[0] != value {
			t.Errorf("%s = %q, want %q", at, got, value)
		}
	}
	// From the start, which is 15 minutes before the due time; earliest first, none twice.
	got := fmt.Sprint(find(props, "VCALENDAR/VEVENT/VALARM", "TRIGGER"))
	if got != "[-PT71H45M -PT23H45M -PT2H45M PT15M]" {
		t.Errorf("triggers %s", got)
	}
	for _, p := range props {
		if strings.HasPrefix(p.name, "DT") && p.params != "" {
			t.Errorf("%s has parameters %s; a UTC time has none", p.name, p.params)
		}
	}
}

func TestWriteIsDeterministicAndSorted(t *testing.T) {
	a := Entry{UID: "a", Due: stamp.Add(48 * time.Hour), Title: "A"}
	b := Entry{UID: "b", Due: stamp.Add(24 * time.Hour), Title: "B"}
	c := Entry{UID: "c", Due: stamp.Add(24 * time.Hour), Title: "C", Canceled: true, Alarms: []time.Duration{time.Hour}}
	one := write(t, Calendar{Entries: []Entry{a, b, c}})
	if two := write(t, Calendar{Entries: []Entry{c, a, b}}); one != two {
		t.Error("the order of the entries changes the file")
	}
	props := read(t, one)
	if got := fmt.Sprint(find(props, "VCALENDAR/VEVENT", "UID")); got != "[b c a]" {
		t.Errorf("order %s", got)
	}
	if got := fmt.Sprint(find(props, "VCALENDAR/VEVENT", "STATUS")); got != "[CONFIRMED CANCELLED CONFIRMED]" {
		t.Errorf("status %s", got)
	}
	if n := len(find(props, "VCALENDAR/VEVENT/VALARM", "TRIGGER")); n != 0 {
		t.Errorf("a canceled deadline rings %d times", n)
	}
}

func TestWriteCannotBeEscaped(t *testing.T) {
	e := Entry{
		UID: "x", Due: stamp, Title: "a\r\nEND:VEVENT\r\nBEGIN:VEVENT", Description: "\x00b\rEND:VCALENDAR\x07\xff",
	}
	props := read(t, write(t, Calendar{Name: "n\r\nX-EVIL:1", Entries: []Entry{e}}))
	if got := find(props, "VCALENDAR/VEVENT", "SUMMARY"); len(got) != 1 || got[0] != "a END:VEVENT BEGIN:VEVENT" {
		t.Errorf("title %q", got)
	}
	if got := find(props, "VCALENDAR/VEVENT", "DESCRIPTION"); len(got) != 1 || got[0] != "b\nEND:VCALENDAR\uFFFD" {
		t.Errorf("description %q", got)
	}
	if got := find(props, "VCALENDAR", "X-EVIL"); len(got) != 0 {
		t.Error("a name became a property")
	}
}

func TestWriteRefuses(t *testing.T) {
	good := Entry{UID: "a", Due: stamp, Title: "A"}
	change := func(f func(*Entry)) []Entry { e := good; f(&e); return []Entry{e} }
	for name, entries := range map[string][]Entry{
		"no uid":        change(func(e *Entry) { e.UID = "" }),
		"uid of lines":  change(func(e *Entry) { e.UID = "a\r\nb" }),
		"no due":        change(func(e *Entry) { e.Due = time.Time{} }),
		"far due":       change(func(e *Entry) { e.Due = time.Date(10000, 1, 2, 0, 0, 0, 0, time.UTC) }),
		"no title":      change(func(e *Entry) { e.Title = " \n" }),
		"long text":     change(func(e *Entry) { e.Description = strings.Repeat("a", MaxText+1) }),
		"late alarm":    change(func(e *Entry) { e.Alarms = []time.Duration{-time.Minute} }),
		"many alarms":   change(func(e *Entry) { e.Alarms = make([]time.Duration, MaxAlarms+1) }),
		"below version": change(func(e *Entry) { e.Sequence = -1 }),
		"twice":         {good, good},
	} {
		var b bytes.Buffer
		err := Write(&b, Calendar{Entries: entries}, stamp)
		if p, ok := data.AsProblem(err); !ok || p.Kind != problemEntry {
			t.Errorf("%s: %v", name, err)
		}
		if b.Len() != 0 {
			t.Errorf("%s: half a file was written", name)
		}
	}
	err := Write(&bytes.Buffer{}, Calendar{Entries: make([]Entry, MaxEntries+1)}, stamp)
	if !errors.Is(err, data.ErrLimit) {
		t.Errorf("too many: %v", err)
	}
}

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, data.ErrFull }

func TestWriteSaysThatItFailed(t *testing.T) {
	if err := Write(fullDisk{}, Calendar{}, stamp); !errors.Is(err, data.ErrFull) {
		t.Errorf("%v", err)
	}
}

func TestTrigger(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "PT0S", -time.Hour: "-PT1H", 90 * time.Second: "PT1M30S", -(time.Hour + 5*time.Second): "-PT1H0M5S", 15 * time.Minute: "PT15M",
	} {
		if got := trigger(d); got != want {
			t.Errorf("%v: %s, want %s", d, got, want)
		}
	}
}

func FuzzWrite(f *testing.F) {
	f.Add("title", "text")
	f.Add("a,b;c\\d", strings.Repeat("é漢😀 ", 40))
	f.Add("\ufeff\u2028x", "\r\n \r\t<b> <c>"+strings.Repeat("x", 200))
	f.Fuzz(func(t *testing.T, title, description string) {
		var b bytes.Buffer
		e := Entry{UID: "u", Due: stamp, Title: title, Description: description, Alarms: []time.Duration{time.Hour}}
		if err := Write(&b, Calendar{Entries: []Entry{e}}, stamp); err != nil {
			if _, ok := data.AsProblem(err); !ok {
				t.Fatal(err)
			}
			return
		}
		props := read(t, b.String())
		if got := find(props, "VCALENDAR/VEVENT", "SUMMARY"); len(got) != 1 || got[0] != line(title) {
			t.Fatalf("title %q became %q", title, got)
		}
		if want := text(description); want != "" {
			if got := find(props, "VCALENDAR/VEVENT", "DESCRIPTION"); len(got) != 1 || got[0] != want {
				t.Fatalf("description %q became %q", want, got)
			}
		}
	})
}

func said(list []Reminder) string {
	out := []string{}
	for _, r := range list {
		out = append(out, fmt.Sprintf("%s:%d:%dh", strings.TrimPrefix(r.Word, "reminder."), r.Count, r.Hours))
	}
	return strings.Join(out, " ")
}

func TestRemindersSayEachStepOnce(t *testing.T) {
	due := stamp.Add(100 * time.Hour)
	dues := []Due{{Key: "case", At: due}}
	already := map[string]Told{}
	for _, c := range []struct {
		left time.Duration
		want string
	}{
		{80 * time.Hour, ""},
		{72*time.Hour + time.Second, ""},
		{72 * time.Hour, "hours_72:1:72h"},
		{48 * time.Hour, ""},
		{24 * time.Hour, "hours_24:1:24h"},
		{24*time.Hour - time.Minute, ""},
		{2 * time.Hour, "hours_3:1:2h"},
		{time.Second, ""},
		{0, "overdue:1:0h"},
		{-time.Hour, ""},
		{-30 * time.Hour, "overdue_24:1:30h"},
		{-80 * time.Hour, "overdue_72:1:80h"},
		{-900 * time.Hour, ""},
	} {
		got := Reminders(due.Add(-c.left), dues, already)
		if said(got) != c.want {
			t.Errorf("%v left: %q, want %q", c.left, said(got), c.want)
		}
		already = Remember(already, dues, got)
	}
}

func TestRemindersGroupAndSkip(t *testing.T) {
	at := func(h int) time.Time { return stamp.Add(time.Duration(h) * time.Hour) }
	dues := []Due{
		{"a", at(70)},
		{"b", at(30)},
		{"c", at(2)},
		{"d", at(-1)},
		{"e", at(-200)},
		{"f", at(500)},
		{"g", at(1)},
		{"a", at(1)},
		{"", at(1)},
		{"none", time.Time{}},
	}
	already := map[string]Told{"b": {At: at(30), Step: Step72h}, "gone": {At: at(9), Step: Step72h}}
	before := maps.Clone(already)
	got := Reminders(stamp, dues, already)
	if want := "overdue_72:1:200h overdue:1:1h hours_3:2:1h hours_72:1:70h"; said(got) != want {
		t.Errorf("%q, want %q", said(got), want)
	}
	next := Remember(already, dues, got)
	if !maps.Equal(already, before) {
		t.Error("what was told before was changed")
	}
	if _, kept := next["gone"]; kept || next["c"].Step != Step3h || next["b"].Step != Step72h {
		t.Errorf("remembered %v", next)
	}
	if again := Reminders(stamp, dues, next); len(again) != 0 {
		t.Errorf("said twice: %s", said(again))
	}
}

func TestRemindersBeginAnewWhenTheDateMoves(t *testing.T) {
	already := map[string]Told{"a": {At: stamp.Add(time.Hour), Step: Step3h}}
	moved := []Due{{Key: "a", At: stamp.Add(60 * time.Hour)}}
	if got := said(Reminders(stamp, moved, already)); got != "hours_72:1:60h" {
		t.Errorf("%q", got)
	}
}

func TestEveryStepHasItsWord(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range steps {
		if w := s.step.Word(); w == "" || seen[w] {
			t.Errorf("step %d: %q", s.step, w)
		} else {
			seen[w] = true
		}
	}
}
