package gate

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"casebinder/data"
)

// A phrase is a line of testdata: what a rule must find, or must let pass.
type phrase struct {
	Rule     string        `json:"rule"`
	Language string        `json:"language"`
	Platform data.Platform `json:"platform"`
	Text     string        `json:"text"`
	Catch    bool          `json:"catch"`
	Context  struct {
		Thread []struct {
			Direction data.Direction `json:"direction"`
			Text      string         `json:"text"`
		} `json:"thread"`
		State         State    `json:"state"`
		Asked         int      `json:"feedback_requests_before"`
		Buyer         string   `json:"buyer"`
		Order         string   `json:"order"`
		OtherBuyers   []string `json:"other_buyers"`
		OtherOrders   []string `json:"other_orders"`
		BuyerLanguage string   `json:"buyer_language"`
		Written       string   `json:"written"`
		TaskDue       string   `json:"task_due"`
	} `json:"context"`
}

func readPhrases(t testing.TB, name string) []phrase {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var all []phrase
	lines := bufio.NewScanner(bytes.NewReader(text))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		var p phrase
		if err := json.Unmarshal(lines.Bytes(), &p); err != nil {
			t.Fatalf("%s: %v: %s", name, err, lines.Text())
		}
		all = append(all, p)
	}
	return all
}

func (p phrase) context(r *Rules) Context {
	c := Context{
		Language: p.Language, Buyer: p.Context.Buyer, BuyerLanguage: p.Context.BuyerLanguage, Platform: p.Platform, State: p.Context.State, Asked: p.Context.Asked,
	}
	if p.Rule == "wrong_language" {
		c.Language = ""
	}
	if p.Platform == "*" {
		c.Platform = ""
	}
	for _, m := range p.Context.Thread {
		c.Thread = append(c.Thread, Said{Direction: m.Direction, Text: m.Text})
	}
	if p.Context.Order != "" {
		c.Orders = []string{p.Context.Order}
	}
	if len(p.Context.OtherBuyers) > 0 {
		lex := r.lexiconFor(p.Language)
		c.Others.Names = Listed(p.Context.OtherBuyers, lex != nil && lex.Names.Inflected)
	}
	if len(p.Context.OtherOrders) > 0 {
		c.Others.Numbers = func(ask []string) map[string]bool {
			found := map[string]bool{}
			for _, n := range ask {
				found[n] = slices.Contains(p.Context.OtherOrders, n)
			}
			return found
		}
	}
	if p.Context.Written != "" {
		c.Written, _ = time.Parse("2006-01-02T15:04", p.Context.Written)
	}
	return c
}

// judge reports whether a phrase is judged right, and what was found.
func judge(t testing.TB, r *Rules, p phrase) (bool, string) {
	t.Helper()
	out, err := r.Check(p.Text, p.context(r))
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	caught := false
	for _, f := range out.Findings {
		caught = caught || f.Rule == p.Rule
		said = append(said, f.Rule)
	}
	ok := caught == p.Catch
	if ok && p.Catch && p.Context.TaskDue != "" {
		ok = len(out.Promises) > 0 && slices.ContainsFunc(out.Promises, func(one Promise) bool { return one.Due.String() == p.Context.TaskDue })
		if !ok && len(out.Promises) > 0 {
			said = append(said, "due "+out.Promises[0].Due.String())
		}
	}
	return ok, strings.Join(said, " ")
}

// Each language has its own phrases: what must be found, and what must pass.
func TestPhrasesAreJudgedRight(t *testing.T) {
	files, err := filepath.Glob("testdata/*.jsonl")
	if err != nil || len(files) == 0 {
		t.Fatal("there are no phrases", err)
	}
	r := rules(t)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".jsonl"), func(t *testing.T) {
			for _, p := range readPhrases(t, file) {
				if ok, said := judge(t, r, p); !ok {
					t.Errorf("%s: catch %t: %q: found %q", p.Rule, p.Catch, p.Text, said)
				}
			}
		})
	}
}

func rules(t testing.TB) *Rules {
	t.Helper()
	r, err := BuiltIn()
	if err != nil {
		t.Fatal(err)
	}
	return r
}
