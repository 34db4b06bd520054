package seal

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"casebinder/data"
)

var custodyAt = time.Date(2026, 3, 4, 5, 6, 7, 890e6, time.UTC)

// sampleEntries are invented.
func sampleEntries() []data.JournalEntry {
	at := func(minutes int) time.Time { return custodyAt.Add(time.Duration(minutes) * time.Minute) }
	sum := strings.Repeat("ab", 32)
	entries := []data.JournalEntry{
		{Seq: 12, At: at(1), Operator: "Lin", Action: "dispute.open", Entity: "dispute", Key: "d-1", After: `{"reason":"not_received","note":"A \u0026 B, \"quoted\""}`, Previous: strings.Repeat("1", 64)},
		{Seq: 15, At: at(2), Operator: "Lin", Action: "evidence.add", Entity: "evidence", Key: "e-1", After: `{"uid":"e-1","sha256":"` + sum + `","name":"照片.jpg","note":"to Ana Gómez, tel. +34 600 000 000"}`, Previous: strings.Repeat("3", 64)},
		{Seq: 16, At: at(3), Operator: "林", Action: "evidence.edit", Entity: "evidence", Key: "e-1", Before: `{"note":"x"}`, After: `{"note":"y","hash":"z"}`, Previous: strings.Repeat("4", 64)},
		{Seq: 20, At: at(4), Operator: "", Action: "case.event", Entity: "dispute", Key: "d-1", After: "not JSON\nof two lines", Previous: strings.Repeat("6", 64)},
	}
	for i := range entries {
		if i == 2 { // the journal's next
			entries[i].Previous = entries[i-1].Hash
		}
		entries[i].Hash = entries[i].Sum()
	}
	return entries
}

func sampleLog(o CustodyOptions) (log, checkpoint []byte) {
	o.At = custodyAt
	log, end := Custody(sampleEntries(), o)
	return log, end.Marshal()
}

func maskAna(s string) string { return strings.ReplaceAll(s, "Ana Gómez", "A… G…") }

func TestCustodyFits(t *testing.T) {
	for name, o := range map[string]CustodyOptions{
		"plain": {}, "masked": {Mask: maskAna}, "by hash alone": {HashOnly: []string{"e-1"}},
	} {
		log, checkpoint := sampleLog(o)
		if err := checkedLog(log, checkpoint); err != nil {
			t.Errorf("%s: %v\n%s", name, err, log)
		}
		again, _ := sampleLog(o)
		if !bytes.Equal(log, again) {
			t.Errorf("%s: two logs of the same entries differ", name)
		}
		rows, err := CustodyRows(log)
		if err != nil || len(rows) != 5 || len(rows[0]) != len(rows[1]) {
			t.Errorf("%s: %d rows, %v", name, len(rows), err)
		}
	}
	empty, end := Custody(nil, CustodyOptions{At: custodyAt})
	if err := checkedLog(empty, end.Marshal()); err != nil || len(empty) != 0 {
		t.Errorf("an empty log: %v", err)
	}
}

func TestCheckpointText(t *testing.T) {
	log, checkpoint := sampleLog(CustodyOptions{})
	lines := strings.Split(string(checkpoint), "\n")
	if len(lines) != 5 || lines[0] != "casebinder-custody-1" || lines[1] != "4" || lines[3] != "2026-03-04T05:06:07Z" || !strings.Contains(string(log), lines[2]+"\"}\n") {
		t.Errorf("checkpoint:\n%s", checkpoint)
	}
	end, err := ParseCheckpoint([]byte(string(checkpoint) + "a later version says more\n"))
	if err != nil || end.Count != 4 || end.Hash != lines[2] || !end.At.Equal(custodyAt.Truncate(time.Second)) {
		t.Errorf("%+v %v", end, err)
	}
	if crlf := strings.ReplaceAll(string(checkpoint), "\n", "\r\n"); checkedLog(log, []byte(crlf)) != nil {
		t.Error("a checkpoint that was saved with Windows' line ends is refused")
	}
	for name, bad := range map[string]string{
		"nothing": "", "another origin": strings.Replace(string(checkpoint), "custody-1", "custody-2", 1),
		"no number": strings.Replace(string(checkpoint), "\n4\n", "\nfour\n", 1), "a padded number": strings.Replace(string(checkpoint), "\n4\n", "\n04\n", 1),
		"below zero": strings.Replace(string(checkpoint), "\n4\n", "\n-4\n", 1), "a short hash": strings.Replace(string(checkpoint), lines[2], "ab", 1),
		"upper case": strings.Replace(string(checkpoint), lines[2], strings.Repeat("AB", 32), 1),
		"no time":    strings.Replace(string(checkpoint), "2026", "year", 1), "huge": string(checkpoint) + strings.Repeat("x", 1<<20),
	} {
		if err := checkedLog(log, []byte(bad)); !errors.Is(err, data.ErrDamaged) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// rehash gives a changed line the hash that fits it, as a forger would.
func rehash(line string) string {
	body := line[:len(line)-len(hashField)-sumDigits-len(lineEnd)]
	return rehashRaw(body)
}

func TestTamperingIsFoundAndNamed(t *testing.T) {
	log, checkpoint := sampleLog(CustodyOptions{})
	lines := strings.SplitAfter(string(log), "\n")[:4]
	join := func(l ...string) string { return strings.Join(l, "") }
	change := func(i int, from, to string) []string {
		l := slices.Clone(lines)
		if !strings.Contains(l[i], from) {
			t.Fatalf("line %d has no %s", i+1, from)
		}
		l[i] = strings.Replace(l[i], from, to, 1)
		return l
	}
	forged := func(i int, from, to string) []string {
		l := change(i, from, to)
		l[i] = rehash(l[i])
		return l
	}
	for name, c := range map[string]struct {
		log  string
		line int
	}{
		"a changed name":             {join(change(1, "Lin", "Wei")...), 2},
		"a changed time":             {join(change(0, "05:07:07", "05:07:08")...), 1},
		"a changed name, rehashed":   {join(forged(1, "Lin", "Wei")...), 2},
		"the last changed, rehashed": {join(forged(3, "case.event", "case.other")...), 4},
		"a changed name without the journal's hash, rehashed": {join(func() []string {
			l := forged(1, "Lin", "Wei")
			_, rest, _ := strings.Cut(l[1], `,"journal_previous"`)
			_, rest, _ = strings.Cut(rest, `,"previous"`)
			at := strings.Index(l[1], `,"journal_previous"`)
			l[1] = rehash(l[1][:at] + `,"previous"` + rest)
			return l
		}()...), 3},
		"the journal's place changed, rehashed": {join(forged(1, `"journal_seq":15`, `"journal_seq":11`)...), 2},
		"the journal's chain broken, rehashed":  {join(forged(2, `"journal_previous":"`, `"journal_previous":"0`)...), 3},
		"a field twice, rehashed":               {join(forged(1, `"action":"evidence.add"`, `"action":"evidence.add","Action":"x"`)...), 2},
		"a line taken out":                      {join(lines[0], lines[2], lines[3]), 2},
		"the first taken out":                   {join(lines[1:]...), 1},
		"the last taken out":                    {join(lines[:3]...), 4},
		"two lines changed places":              {join(lines[0], lines[2], lines[1], lines[3]), 2},
		"a line twice":                          {join(lines[0], lines[0], lines[1], lines[2], lines[3]), 2},
		"a line behind":                         {join(append(slices.Clone(lines), lines[3])...), 5},
		"another number, rehashed":              {join(forged(2, `"seq":3`, `"seq":9`)...), 3},
		"a hash of zeros":                       {join(change(0, `"hash":"`, `"hash":"0`)...), 1},
		"upper-case hash":                       {join(lines[0], lines[1], lines[2][:len(lines[2])-70]+strings.ToUpper(lines[2][len(lines[2])-70:]), lines[3]), 3},
		"a space put in":                        {join(change(2, `,"action"`, `, "action"`)...), 3},
		"no line end":                           {strings.TrimSuffix(string(log), "\n"), 4},
		"Windows' line ends":                    {strings.ReplaceAll(string(log), "\n", "\r\n"), 1},
		"a mark at the start":                   {"\ufeff" + string(log), 1},
		"a blank line":                          {join(lines[0], "\n", lines[1], lines[2], lines[3]), 2},
		"text":                                  {"hello\n", 1},
		"not JSON, hashed":                      {rehashRaw(`{"seq":1,,"previous":"` + firstSum + `"`), 1},
		"another type, hashed":                  {rehashRaw(`{"seq":"1","previous":"` + firstSum + `"`), 1},
		"two numbers, hashed":                   {rehashRaw(`{"seq":1,"seq":2,"previous":"` + firstSum + `"`), 1},
		"nothing where four are told":           {"", 1},
	} {
		err := checkedLog([]byte(c.log), checkpoint)
		p, ok := data.AsProblem(err)
		if !ok || !errors.Is(err, data.ErrDamaged) {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if want := fmt.Sprint(c.line); c.line > 0 && p.Args["line"] != want {
			t.Errorf("%s: line %s is named, want %s: %v", name, p.Args["line"], want, err)
		}
		if c.line == 0 && p.Kind != ProblemCheckpoint {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func sum256(s string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(s))) }

func rehashRaw(body string) string { return body + hashField + sum256(body) + lineEnd }

// TestCustodyInAShell runs the lines that the README of a bundle gives.
func TestCustodyInAShell(t *testing.T) {
	log, _ := sampleLog(CustodyOptions{})
	dir := t.TempDir()
	const script = `prev=$(printf %064d 0); n=0
while IFS= read -r line; do
  n=$((n+1)); body=${line%,\"hash\":*}
  hash=$(printf %s "$body" | sha256sum | cut -c 1-64)
  case $line in *",\"previous\":\"$prev\",\"hash\":\"$hash\"}") prev=$hash;; *) echo "LINE $n DOES NOT FIT"; break;; esac
done < custody.jsonl; echo $n $prev`
	for _, shell := range []string{"sh", "bash"} {
		write(t, filepath.Join(dir, "custody.jsonl"), log)
		_, end := Custody(sampleEntries(), CustodyOptions{At: custodyAt})
		if out, ok := run(t, dir, "", shell, "-c", script); !ok || strings.TrimSpace(out) != "4 "+end.Hash {
			t.Errorf("%s: %s, want 4 %s", shell, out, end.Hash)
		}
		write(t, filepath.Join(dir, "custody.jsonl"), bytes.Replace(log, []byte("Lin"), []byte("Wei"), 2))
		if out, _ := run(t, dir, "", shell, "-c", script); !strings.Contains(out, "LINE 1 DOES NOT FIT") {
			t.Errorf("%s: a change goes unseen: %s", shell, out)
		}
	}
}

func lineOf(t *testing.T, log []byte, i int) CustodyLine {
	t.Helper()
	var l CustodyLine
	if err := json.Unmarshal(bytes.Split(log, []byte("\n"))[i], &l); err != nil {
		t.Fatal(err)
	}
	return l
}

func TestEntriesAreKeptByteForByte(t *testing.T) {
	log, _ := sampleLog(CustodyOptions{})
	for i, e := range sampleEntries() {
		l := lineOf(t, log, i)
		after := string(l.After)
		if i == 3 { // what is no JSON stands as a text
			if err := json.Unmarshal(l.After, &after); err != nil {
				t.Fatal(err)
			}
		}
		if l.JournalSeq != e.Seq || l.JournalHash != e.Hash || l.JournalPrevious != e.Previous || l.Operator != e.Operator || string(l.Before) != e.Before || after != e.After {
			t.Errorf("line %d: %+v, want %+v", i+1, l, e)
		}
		if l.At != e.At.Format("2006-01-02T15:04:05.000Z") || len(l.Masked) > 0 {
			t.Errorf("line %d: %+v", i+1, l)
		}
	}
}

func TestMasking(t *testing.T) {
	log, _ := sampleLog(CustodyOptions{Mask: maskAna})
	if bytes.Contains(log, []byte("Gómez")) {
		t.Errorf("the name is still there:\n%s", log)
	}
	first, second, third := lineOf(t, log, 0), lineOf(t, log, 1), lineOf(t, log, 2)
	if fmt.Sprint(second.Masked) != "[after]" || !strings.Contains(string(second.After), `"note":"to A… G…, tel. +34 600 000 000"}`) {
		t.Errorf("line 2: %+v", second)
	}
	if len(first.Masked) > 0 || first.JournalHash == "" || string(first.After) != sampleEntries()[0].After {
		t.Errorf("line 1: %+v", first)
	}
	// From the first masked line on no hash of the journal may stand: who guesses
	// the name could prove it by them, also by that of the next entry.
	if second.JournalHash != "" || second.JournalPrevious != "" || third.JournalHash != "" || third.JournalPrevious != "" || len(third.Masked) > 0 {
		t.Errorf("lines 2 and 3: %+v %+v", second, third)
	}
}

// TestMaskingReadsEscapes masks what JSON writes with escapes, and leaves names
// of fields.
func TestMaskingReadsEscapes(t *testing.T) {
	mask := func(s string) string { return strings.NewReplacer("O'Neil & Söhne", "O…", "note", "x").Replace(s) }
	o := CustodyOptions{Mask: mask}
	for in, want := range map[string]string{
		`{"note":"O'Neil \u0026 S\u00f6hne"}`: `{"note":"O…"}`,
		`{"note" : "a \"note\"", "n":12.50}`:  `{"note" : "a \"x\"", "n":12.50}`,
		`["O'Neil & Söhne",{"k":["note"]}]`:   `["O…",{"k":["x"]}]`,
		`not JSON, a note`:                    `not JSON, a x`,
		`{"a":"\\"}`:                          `{"a":"\\"}`,
		``:                                    ``,
	} {
		if got := o.maskJSON(in); got != want {
			t.Errorf("%s becomes %s, want %s", in, got, want)
		}
	}
}

func TestOriginalsByHashAlone(t *testing.T) {
	log, _ := sampleLog(CustodyOptions{HashOnly: []string{"e-1"}})
	if strings.Contains(string(log), "Ana") || strings.Contains(string(log), "照片") {
		t.Errorf("the original is told of:\n%s", log)
	}
	second, third := lineOf(t, log, 1), lineOf(t, log, 2)
	if string(second.After) != `{"sha256":"`+strings.Repeat("ab", 32)+`"}` || fmt.Sprint(second.Masked) != "[after]" {
		t.Errorf("line 2: %+v", second)
	}
	if string(third.Before) != `{}` || string(third.After) != `{}` || fmt.Sprint(third.Masked) != "[before after]" {
		t.Errorf("line 3: %+v", third)
	}
}

func FuzzCheckCustody(f *testing.F) {
	log, checkpoint := sampleLog(CustodyOptions{})
	f.Add(log, checkpoint)
	f.Add(log[:len(log)/2], checkpoint)
	f.Add([]byte{}, []byte(CustodyOrigin+"\n0\n"+firstSum+"\n2026-01-01T00:00:00Z\n"))
	f.Fuzz(func(t *testing.T, log, checkpoint []byte) {
		err := checkedLog(log, checkpoint)
		if _, ok := data.AsProblem(err); err != nil && !ok {
			t.Errorf("not a problem: %v", err)
		}
		if err != nil {
			return
		}
		end, err := ParseCheckpoint(checkpoint)
		if err != nil || end.Count != int64(bytes.Count(log, []byte("\n"))) {
			t.Errorf("accepted: %d lines of %d, %v", end.Count, bytes.Count(log, []byte("\n")), err)
		}
		if rows, err := CustodyRows(log); err != nil || int64(len(rows)) != end.Count+1 {
			t.Errorf("accepted and not readable: %v", err)
		}
	})
}

func FuzzCustody(f *testing.F) {
	f.Add("Lin", "k", `{"a":"b"}`, "text")
	f.Add("\xff", "\x00\u2028\r\n", `{"a":"<&>"}`, `{"a": 1}`)
	f.Fuzz(func(t *testing.T, operator, key, before, after string) {
		e := data.JournalEntry{Seq: 1, At: custodyAt, Operator: operator, Key: key, Before: before, After: after, Action: "a", Entity: "evidence"}
		for _, o := range []CustodyOptions{{}, {Mask: func(s string) string { return s + "x" }}, {HashOnly: []string{key}}} {
			log, end := Custody([]data.JournalEntry{e, e}, o)
			if err := checkedLog(log, end.Marshal()); err != nil {
				t.Errorf("%v\n%s", err, log)
			}
		}
	})
}

func checkedLog(log, checkpoint []byte) error {
	_, _, err := CheckCustody(log, checkpoint)
	return err
}
