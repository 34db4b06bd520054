package health

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"casebinder/data"
)

// MaxFile is the largest file of rows that is read, in bytes.
const MaxFile = 64 << 20

var (
	problemRows = data.DefineProblem("health_rows", data.ErrInvalid,
		"{file}: {reason}.", "Correct this, and try again. README tells the form of such a file.")
	problemMetric = data.DefineProblem("health_metric", data.ErrNotFound,
		"There is no health number “{id}”.", "Run “casebinder health --list” to see which there are.")
)

// UnknownMetric says that there is none of this id.
func UnknownMetric(id string) error { return problemMetric.New("id", id) }

// File is a computation from rows that a file tells, without a desk: to try a
// formula, and to check one by hand.
type File struct {
	ID       string
	Metric   string
	Ask      Ask
	Rows     Rows
	Unused   []string // fields that no formula asks for
	names    map[Kind][]string
	buyerIDs map[string]int64
}

// Name gives the id that a row has in the file.
func (f *File) Name(r Ref) string {
	if names := f.names[r.Kind]; r.ID > 0 && int(r.ID) <= len(names) {
		return names[r.ID-1]
	}
	return ""
}

// ReadFile reads one computation, or a list of them.
func ReadFile(name string, r io.Reader) ([]*File, error) {
	text, err := io.ReadAll(io.LimitReader(r, MaxFile+1))
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	if len(text) > MaxFile {
		return nil, problemRows.New("file", name, "reason", fmt.Sprintf("it is larger than %d MB", MaxFile>>20))
	}
	text = bytes.TrimSpace(text)
	var list []fileForm
	if len(text) > 0 && text[0] == '[' {
		err = json.Unmarshal(text, &list)
	} else {
		list = make([]fileForm, 1)
		err = json.Unmarshal(text, &list[0])
	}
	if err != nil {
		return nil, problemRows.New("file", name, "reason", err.Error())
	}
	files := make([]*File, len(list))
	for i := range list {
		if files[i], err = list[i].file(); err != nil {
			return nil, problemRows.New("file", name, "reason", strings.TrimSpace(list[i].ID+" "+err.Error()))
		}
	}
	return files, nil
}

type fileForm struct {
	ID       string         `json:"id"`
	Metric   string         `json:"metric"`
	AsOf     time.Time      `json:"as_of"`
	Zone     string         `json:"zone"`
	Region   string         `json:"region"`
	Settings map[string]any `json:"settings"`
	Rows     struct {
		Orders    []fields `json:"orders"`
		Disputes  []fields `json:"disputes"`
		Feedback  []fields `json:"feedback"`
		Shipments []fields `json:"shipments"`
		Threads   []fields `json:"threads"`
		CardItems []fields `json:"card_items"`
	} `json:"rows"`
}

func (form *fileForm) file() (*File, error) {
	f := &File{ID: form.ID, Metric: form.Metric, names: map[Kind][]string{}, buyerIDs: map[string]int64{}}
	f.Ask = Ask{AsOf: form.AsOf, Settings: Settings{}, List: true}
	zone, err := time.LoadLocation(form.Zone)
	if err != nil {
		return nil, fmt.Errorf("“%s” is no time zone", form.Zone)
	}
	f.Rows.Zone = zone
	if form.AsOf.IsZero() {
		return nil, fmt.Errorf("as_of, the moment of the number, is missing")
	}
	if form.Region != "" {
		f.Ask.Settings["region"] = form.Region
	}
	for k, v := range form.Settings {
		if k != "window" {
			f.Ask.Settings[k] = v
			continue
		}
		if f.Ask.Span, err = readSpan(v); err != nil {
			return nil, err
		}
	}
	rd := &fileReader{file: f, unused: map[string]bool{}, orders: map[string]int64{}}
	steps := []struct {
		rows []fields
		kind Kind
		read func(*fieldReader, int64)
	}{
		{form.Rows.Orders, KindOrder, rd.order},
		{form.Rows.Disputes, KindDispute, rd.dispute},
		{form.Rows.Feedback, KindFeedback, rd.feedback},
		{form.Rows.Shipments, KindShipment, rd.shipment},
		{form.Rows.Threads, KindThread, rd.thread},
		{form.Rows.CardItems, KindCardItem, rd.card},
	}
	for _, s := range steps {
		for _, row := range s.rows {
			one := &fieldReader{fields: row, zone: zone, used: map[string]bool{}}
			name := one.word("id")
			f.names[s.kind] = append(f.names[s.kind], name)
			id := int64(len(f.names[s.kind]))
			if s.kind == KindOrder {
				rd.orders[name] = id
			}
			s.read(one, id)
			if one.err != nil {
				return nil, fmt.Errorf("%s “%s”: %w", s.kind, name, one.err)
			}
			for k := range row {
				if !one.used[k] {
					rd.unused[string(s.kind)+"."+k] = true
				}
			}
		}
	}
	f.Unused = slices.Sorted(maps.Keys(rd.unused))
	f.Rows.Sort()
	return f, nil
}

func readSpan(v any) (*Span, error) {
	m, _ := v.(map[string]any)
	from, _ := m["from"].(string)
	to, _ := m["to"].(string)
	var s Span
	var err error
	if s.From, err = time.Parse(time.RFC3339, from); err != nil {
		return nil, fmt.Errorf("window.from is no moment; write as in 2026-06-01T00:00:00+08:00")
	}
	if s.To, err = time.Parse(time.RFC3339, to); err != nil {
		return nil, fmt.Errorf("window.to is no moment; write as in 2026-07-01T00:00:00+08:00")
	}
	if is, _ := m["to_is"].(string); is == "inclusive" {
		s.To = s.To.Add(time.Millisecond)
	}
	return &s, nil
}

// fields are a row as the file writes it.
type fields map[string]any

type fieldReader struct {
	fields
	zone *time.Location // of times that name none
	used map[string]bool
	err  error
}

// otherNames are what fields are called besides.
var otherNames = map[string][]string{
	"canceled_at":          {"cancelled_at"},
	"canceled_by":          {"cancelled_by"},
	"canceled_items":       {"cancelled_items"},
	"confirm_timeout_at":   {"timed_out_at"},
	"fulfilment":           {"fulfillment", "fulfilled_by"},
	"ship_to":              {"country"},
	"tracking_uploaded_at": {"uploaded_at"},
	"validated":            {"tracking_validated"},
	"left_at":              {"at"},
	"first_message_at":     {"first_at"},
}

func (r *fieldReader) get(name string) any {
	r.used[name] = true
	if v, told := r.fields[name]; told {
		return v
	}
	for _, other := range otherNames[name] {
		if v, told := r.fields[other]; told {
			r.used[other] = true
			return v
		}
	}
	return nil
}

// term reads one word of a vocabulary, however it is spelled: “Out of stock”,
// "OUT-OF-STOCK" and "out_of_stock" are one.
func (r *fieldReader) term(name string) string {
	word := strings.ToLower(strings.Join(strings.FieldsFunc(r.word(name), func(c rune) bool { return c == ' ' || c == '-' || c == '_' }), "_"))
	switch word {
	case "cancelled":
		return string(data.StatusCanceled)
	case "unauthorised":
		return string(data.ReasonUnauthorized)
	}
	return word
}

func (r *fieldReader) word(name string) string {
	switch v := r.get(name).(type) {
	case nil:
		return ""
	case string:
		return strings.TrimSpace(v)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	default:
		r.fail(name, "is no word")
		return ""
	}
}

func (r *fieldReader) fail(name, what string) {
	if r.err == nil {
		r.err = fmt.Errorf("%s %s", name, what)
	}
}

func (r *fieldReader) moment(name string) Moment {
	text := r.word(name)
	if text == "" {
		return 0
	}
	for _, form := range momentForms {
		t, err := time.Parse(form, text)
		if err != nil {
			continue
		}
		if strings.Contains(form, "07:00") {
			return At(t)
		}
		at, turn := data.LocalTime(t, r.zone)
		if turn != data.TurnNone {
			r.fail(name, "is no moment: the clocks of its zone were turned then; write its offset, as in 2026-06-01T00:00:00+08:00")
		}
		return At(at)
	}
	r.fail(name, "is no moment; write as in 2026-06-01T00:00:00+08:00")
	return 0
}

// momentForms are the ways of writing a moment; one without a zone is in that of the
// file. A day alone is none: whether its begin or its end is meant is not said.
var momentForms = []string{time.RFC3339Nano, "2006-01-02 15:04:05Z07:00", "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02T15:04", "2006-01-02 15:04"}

func (r *fieldReader) number(name string) int64 {
	v := r.get(name)
	if text, ok := v.(string); ok { // as tables write it
		n, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
		if err != nil {
			r.fail(name, "is no number")
			return 0
		}
		v = n
	}
	switch v := v.(type) {
	case nil:
		return 0
	case float64:
		if v < 0 || v > 1e12 || v != float64(int64(v)) {
			r.fail(name, "is no whole number that counts something")
			return 0
		}
		return int64(v)
	}
	r.fail(name, "is no number")
	return 0
}

// pieces reads how many pieces an order has.
func (r *fieldReader) pieces(name string) int32 {
	n := r.number(name)
	if n > math.MaxInt32 {
		r.fail(name, "are more pieces than an order has")
		return 0
	}
	return int32(n)
}

func (r *fieldReader) flag(name string) (is, told bool) {
	v := r.get(name)
	if v == nil {
		return false, false
	}
	if text, ok := v.(string); ok {
		switch strings.ToLower(strings.TrimSpace(text)) {
		case "":
			return false, false
		case "true", "yes":
			return true, true
		case "false", "no":
			return false, true
		}
	}
	b, ok := v.(bool)
	if !ok {
		r.fail(name, "is neither true nor false")
	}
	return b, ok
}

func (r *fieldReader) answer(name string) Answer {
	switch is, told := r.flag(name); {
	case !told:
		return NoAnswer
	case is:
		return Yes
	default:
		return No
	}
}

func (r *fieldReader) amount(name string, currency string) int64 {
	text := r.word(name)
	if text == "" {
		return -1
	}
	if currency == "" {
		currency = "USD"
	}
	m, err := data.ParseDecimal(text, currency)
	if err != nil {
		r.fail(name, "is no amount")
	}
	return m.Minor
}
