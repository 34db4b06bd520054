package pages

import (
	"bytes"
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"
)

func TestWire(t *testing.T) {
	for _, q := range []request{
		{op: opOpen, doc: 7, path: "/tmp/証拠.pdf"},
		{op: opClose, doc: 7},
		{op: opPicture, doc: 7, page: 4999, width: 5000, height: 7071},
		{op: opText, doc: 1, page: 3},
		{op: opLinks, doc: 1 << 31},
	} {
		var b bytes.Buffer
		if err := q.writeTo(&b); err != nil {
			t.Fatal(err)
		}
		if got, err := readRequest(&b); err != nil || got != q {
			t.Errorf("%+v became %+v, error %v", q, got, err)
		}
	}
	for name, q := range map[string]request{
		"what is not asked":  {op: 'Z'},
		"a vast picture":     {op: opPicture, width: MaxWidth, height: maxHeight},
		"an empty picture":   {op: opPicture, width: 100},
		"a page too far":     {op: opText, page: MaxPages},
		"a path without end": {op: opOpen, path: strings.Repeat("x", maxPath+1)},
	} {
		var b bytes.Buffer
		if err := q.writeTo(&b); err != nil {
			t.Fatal(err)
		}
		if _, err := readRequest(&b); !errors.Is(err, errWire) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func reply(t testing.TB, status byte, body []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := writeReply(&b, status, body); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestReplies(t *testing.T) {
	body, spent, told, err := readReply(bytes.NewReader(reply(t, replyGood|replySpent, []byte("text"))), 4, nil)
	if string(body) != "text" || !spent || told != nil || err != nil {
		t.Errorf("got %q, %t, %v, %v", body, spent, told, err)
	}
	problem := reply(t, replyProblem, reportOf(overLimit(nil, "it is long")))
	if _, _, told, err := readReply(bytes.NewReader(problem), 0, make([]byte, 9)); err != nil || !isKind(told, ProblemLimit) ||
		!strings.Contains(told.Error(), "it is long") {
		t.Errorf("got %v, %v", told, err)
	}
	for name, b := range map[string][]byte{
		"longer than may be": reply(t, replyGood, []byte("texts")),
		"no status":          reply(t, 'x', nil),
		"a long problem":     reply(t, replyProblem, make([]byte, maxReport+1)),
		"cut":                reply(t, replyGood, []byte("text"))[:7],
	} {
		if _, _, _, err := readReply(bytes.NewReader(b), 4, nil); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if _, _, _, err := readReply(bytes.NewReader(reply(t, replyGood, []byte("text"))), 100, make([]byte, 5)); !errors.Is(err, errWire) {
		t.Errorf("pixels that are too few: %v", err)
	}
}

func TestSizesAndLinks(t *testing.T) {
	sizes := []size{{595, 842}, {0.5, 1e6}}
	if got, err := parseSizes(appendSizes(nil, sizes)); err != nil || !reflect.DeepEqual(got, sizes) {
		t.Errorf("got %v, %v", got, err)
	}
	links := []Link{{Rect{0, 0.25, 0.5, 1}, 3}}
	if got, err := parseLinks(appendLinks(nil, links), 3); err != nil || !reflect.DeepEqual(got, links) {
		t.Errorf("got %v, %v", got, err)
	}
	if _, err := parseLinks(appendLinks(nil, links), 2); !errors.Is(err, errWire) {
		t.Errorf("a link to a page that is not there: %v", err)
	}
	for _, s := range []size{{0, 1}, {1, -1}, {1e7, 1}} {
		if _, err := parseSizes(appendSizes(nil, []size{s})); !errors.Is(err, errWire) {
			t.Errorf("size %v: %v", s, err)
		}
	}
}

// FuzzReply has a child that says anything at all.
func FuzzReply(f *testing.F) {
	f.Add(reply(f, replyGood, appendSizes(nil, []size{{595, 842}})), 4)
	f.Add(reply(f, replyGood, appendLinks(nil, []Link{{Rect{0, 0, 1, 1}, 1}})), 20)
	f.Add(reply(f, replyProblem|replySpent, reportOf(damaged(nil, "x"))), 0)
	f.Add([]byte("K\xff\xff\xff\xff"), 1<<20)
	f.Add([]byte("X\x00\x00\x00\x02{]"), 1)
	f.Fuzz(func(t *testing.T, b []byte, limit int) {
		limit = min(max(limit, 0), 1<<20)
		body, _, told, err := readReply(bytes.NewReader(b), limit, nil)
		if len(body) > limit || err != nil && body != nil || told != nil && err != nil {
			t.Errorf("%d bytes of %d, %v, %v", len(body), limit, told, err)
		}
		if sizes, err := parseSizes(b); err == nil && !bytes.Equal(appendSizes(nil, sizes), b) {
			t.Error("sizes changed")
		}
		links, err := parseLinks(b, 9)
		for _, l := range links {
			if err == nil && (l.Page < 1 || l.Page > 9) {
				t.Errorf("a link to page %d", l.Page)
			}
		}
	})
}

// FuzzRequest has a parent that says anything at all.
func FuzzRequest(f *testing.F) {
	for _, q := range []request{{op: opOpen, path: "a.pdf"}, {op: opPicture, page: 1, width: 10, height: 10}} {
		var b bytes.Buffer
		if err := q.writeTo(&b); err != nil {
			f.Fatal(err)
		}
		f.Add(b.Bytes())
	}
	f.Add([]byte("O\xff\xff\xff\xff"))
	f.Fuzz(func(t *testing.T, b []byte) {
		q, err := readRequest(bytes.NewReader(b))
		if err != nil {
			return
		}
		var again bytes.Buffer
		if err := q.writeTo(&again); err != nil || !bytes.HasPrefix(b, again.Bytes()) {
			t.Errorf("%+v is written as %q, read from %q", q, again.Bytes(), b)
		}
		if q.op == opPicture && (q.width*q.height > MaxPixels || q.width*q.height == 0) {
			t.Errorf("%+v", q)
		}
	})
}

// TestMainRefuses calls the child as a person might.
func TestMainRefuses(t *testing.T) {
	for _, args := range [][]string{nil, {"1"}, {"x", ""}, {"-1", ""}, {"1", "", ""}} {
		if Main(args) == 0 {
			t.Errorf("%q was accepted", args)
		}
	}
}

// TestServeRefuses talks to the child's side of the protocol.
func TestServeRefuses(t *testing.T) {
	e := &engine{docs: map[uint32]*document{}}
	for _, q := range []request{{op: opText, doc: 1}, {op: opClose, doc: 1}, {op: opOpen, path: t.TempDir() + "/none"}} {
		if _, err := e.do(q); err == nil {
			t.Errorf("%+v was answered", q)
		}
	}
	if _, err := readRequest(strings.NewReader("")); !errors.Is(err, io.EOF) {
		t.Errorf("got %v", err)
	}
}
