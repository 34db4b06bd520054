package seal

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"casebinder/data"
)

const (
	// CustodyOrigin is the first line of a checkpoint: what it belongs to, and the
	// version of the log's format.
	CustodyOrigin = "casebinder-custody-1"

	custodyTime = "2006-01-02T15:04:05.000Z" // UTC, to the millisecond, as the journal keeps it
	sumDigits   = 2 * sha256.Size
)

// firstSum stands before the first line.
var firstSum = strings.Repeat("0", sumDigits)

// A CustodyLine is one line of the custody log: an entry of the desk's journal,
// in the order of its fields. Previous and Hash chain the lines of this log;
// JournalPrevious and JournalHash are those of the journal as a whole.
type CustodyLine struct {
	Seq             int64           `json:"seq"`         // in this log: 1, 2, ... without gaps
	JournalSeq      int64           `json:"journal_seq"` // in the journal, which has other cases too
	At              string          `json:"at"`          // UTC, RFC 3339 with milliseconds
	Operator        string          `json:"operator"`
	Action          string          `json:"action"`
	Entity          string          `json:"entity"`
	Key             string          `json:"key"`
	Before          json.RawMessage `json:"before,omitempty"`
	After           json.RawMessage `json:"after,omitempty"`
	Masked          []string        `json:"masked,omitempty"`           // fields of which something was left out
	JournalPrevious string          `json:"journal_previous,omitempty"` // see CustodyOptions
	JournalHash     string          `json:"journal_hash,omitempty"`
	Previous        string          `json:"previous"` // Hash of the line before; 64 zeros for the first
	Hash            string          `json:"hash"`     // SHA-256 of the line up to and without this field
}

// CustodyOptions say what a custody log leaves out. Where anything is left out,
// a line names the fields, and from that line on the journal's own hashes are
// left out too: whoever can guess a masked value could prove the guess by them.
type CustodyOptions struct {
	At       time.Time           // of the checkpoint
	Mask     func(string) string // applied to every text; nil masks nothing
	HashOnly []string            // UIDs of evidence of which nothing but its SHA-256 may appear
}

// A Checkpoint says how long a custody log is and how it ends.
type Checkpoint struct {
	Count int64     // lines
	Hash  string    // of the last line; 64 zeros for an empty log
	At    time.Time // when it was taken, to the second
}

// Custody makes the custody log of a case: one JSON object on each line, chained
// by hash, with the checkpoint of its end. The same entries and options give
// the same bytes.
//
// The hash of a line is the SHA-256 of its bytes before `,"hash":"`; the field
// before that is "previous". So a shell can check it: see CheckCustody.
func Custody(entries []data.JournalEntry, o CustodyOptions) ([]byte, Checkpoint) {
	var log bytes.Buffer
	end := Checkpoint{Hash: firstSum, At: o.At.UTC().Truncate(time.Second)}
	masked := false
	for _, e := range entries {
		line := o.line(e)
		masked = masked || len(line.Masked) > 0
		if masked {
			line.JournalPrevious, line.JournalHash = "", ""
		}
		end.Count++
		line.Seq, line.Previous = end.Count, end.Hash
		var body []byte
		body, end.Hash = line.body()
		log.Write(body)
		log.WriteString(hashField + end.Hash + lineEnd)
	}
	return log.Bytes(), end
}

const (
	hashField = `,"hash":"`
	lineEnd   = "\"}\n"
)

// line takes an entry over, without what is to be left out.
func (o *CustodyOptions) line(e data.JournalEntry) CustodyLine {
	line := CustodyLine{
		JournalSeq: e.Seq, At: e.At.UTC().Format(custodyTime),
		Operator: o.mask(e.Operator), Action: e.Action, Entity: e.Entity, Key: o.mask(e.Key),
		JournalPrevious: e.Previous, JournalHash: e.Hash,
	}
	before, after := o.maskJSON(e.Before), o.maskJSON(e.After)
	if e.Entity == "evidence" && slices.Contains(o.HashOnly, e.Key) {
		before, after = sumOnly(e.Before), sumOnly(e.After)
	}
	for _, f := range []struct{ name, was, is string }{
		{"operator", e.Operator, line.Operator}, {"key", e.Key, line.Key}, {"before", e.Before, before}, {"after", e.After, after},
	} {
		if f.was != f.is || e.Erased() && f.was != "" && (f.name == "before" || f.name == "after") {
			line.Masked = append(line.Masked, f.name)
		}
	}
	line.Before, line.After = rawJSON(before), rawJSON(after)
	for _, text := range []string{e.Operator, e.Action, e.Entity, e.Key, e.Before, e.After} {
		if !utf8.ValidString(text) { // JSON cannot hold it, and so nobody could recompute the hash
			line.JournalPrevious, line.JournalHash = "", ""
		}
	}
	return line
}

func (o *CustodyOptions) mask(text string) string {
	if o.Mask == nil {
		return text
	}
	return o.Mask(text)
}

// maskJSON masks each string value of a JSON text as a person would read it,
// and leaves everything else as it stands, byte for byte.
func (o *CustodyOptions) maskJSON(text string) string {
	if o.Mask == nil || text == "" {
		return text
	}
	if !json.Valid([]byte(text)) {
		return o.Mask(text)
	}
	var out strings.Builder
	for i := 0; i < len(text); {
		if text[i] != '"' {
			out.WriteByte(text[i])
			i++
			continue
		}
		end := stringEnd(text, i)
		out.WriteString(o.maskString(text[i:end], strings.HasPrefix(strings.TrimLeft(text[end:], " \t\r\n"), ":")))
		i = end
	}
	return out.String()
}

// stringEnd finds where the JSON string that begins at i ends.
func stringEnd(text string, i int) int {
	for j := i + 1; j < len(text); j++ {
		switch text[j] {
		case '\\':
			j++
		case '"':
			return j + 1
		}
	}
	return len(text)
}

// maskString masks one JSON string, unless it is the name of a field.
func (o *CustodyOptions) maskString(literal string, isName bool) string {
	var text string
	if isName || json.Unmarshal([]byte(literal), &text) != nil {
		return literal
	}
	if masked := o.Mask(text); masked != text {
		return string(encode(masked))
	}
	return literal
}

// ofEvidence is what an entry about evidence tells that hides nothing: which file it
// is and, where it was erased, why and what stands for it.
type ofEvidence struct {
	SHA256     string `json:"sha256,omitempty"`
	ReplacedBy string `json:"replaced_by,omitempty"`
	Ground     string `json:"ground,omitempty"`
}

// evidenceIn reads an evidence's JSON, also one from which personal data was taken.
func evidenceIn(text []byte) (e ofEvidence) {
	var told struct {
		ofEvidence
		Erased ofEvidence `json:"erased"` // what is left of it
	}
	if json.Unmarshal(text, &told) != nil {
		return e
	}
	if e = told.ofEvidence; e.SHA256 == "" {
		e = told.Erased
	}
	if !isSum(e.SHA256) {
		e.SHA256 = ""
	}
	return e
}

// sumOnly leaves of an evidence's JSON its fingerprint alone, and what became of it.
func sumOnly(text string) string {
	if text == "" {
		return ""
	}
	return string(encode(evidenceIn([]byte(text))))
}

// rawJSON is what stands in a line: the JSON itself, or where a line could not
// hold it byte for byte, its text as a string.
func rawJSON(text string) json.RawMessage {
	if text == "" {
		return nil
	}
	var compact bytes.Buffer
	if utf8.ValidString(text) && json.Compact(&compact, []byte(text)) == nil && compact.String() == text {
		return json.RawMessage(text)
	}
	return encode(text)
}

// encode writes JSON without a line end, and with <, > and & as they are.
func encode(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic("seal: " + err.Error()) // only plain structures of text and valid JSON come here
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}

// body is the line without its hash, and the hash.
func (l *CustodyLine) body() ([]byte, string) {
	l.Hash = ""
	body := bytes.TrimSuffix(encode(l), []byte(hashField+`"}`))
	sum := sha256.Sum256(body)
	return body, hex.EncodeToString(sum[:])
}

// Marshal is the checkpoint as a file: four lines, the origin, the number of
// lines, the hash of the last line, the time.
func (c Checkpoint) Marshal() []byte {
	return fmt.Appendf(nil, "%s\n%d\n%s\n%s\n", CustodyOrigin, c.Count, c.Hash, c.At.UTC().Format(time.RFC3339))
}

// ParseCheckpoint reads a checkpoint. Lines beyond the fourth are for later
// versions and are ignored.
func ParseCheckpoint(file []byte) (Checkpoint, error) {
	const maxCheckpoint = 64 << 10
	if len(file) > maxCheckpoint {
		return Checkpoint{}, ProblemCheckpoint.New("reason", sayLong.English)
	}
	lines := strings.Split(strings.ReplaceAll(string(file), "\r\n", "\n"), "\n")
	if len(lines) < 5 || lines[0] != CustodyOrigin {
		return Checkpoint{}, ProblemCheckpoint.New("reason", sayOrigin.English)
	}
	count, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || count < 0 || strconv.FormatInt(count, 10) != lines[1] {
		return Checkpoint{}, ProblemCheckpoint.New("reason", sayCount.English)
	}
	if !isSum(lines[2]) {
		return Checkpoint{}, ProblemCheckpoint.New("reason", sayNoSum.English)
	}
	at, err := time.Parse(time.RFC3339, lines[3])
	if err != nil {
		return Checkpoint{}, ProblemCheckpoint.New("reason", sayTime.English)
	}
	return Checkpoint{Count: count, Hash: lines[2], At: at.UTC()}, nil
}

func isSum(s string) bool {
	return len(s) == sumDigits && strings.Trim(s, "0123456789abcdef") == ""
}

// CheckCustody checks a custody log against its checkpoint: that each line has
// the hash that it says and follows the one before, and that none is missing
// at the end. Where a line has the journal's own hashes, they must fit as well.
// The error names the first line that does not fit. It gives what was read.
func CheckCustody(log, checkpoint []byte) ([]CustodyLine, Checkpoint, error) {
	end, err := ParseCheckpoint(checkpoint)
	if err != nil {
		return nil, end, err
	}
	lines, last, count := []CustodyLine{}, CustodyLine{Hash: firstSum}, int64(0)
	for line := range bytes.Lines(log) {
		count++
		if last, err = checkLine(line, count, last); err != nil {
			return lines, end, err
		}
		lines = append(lines, last)
	}
	switch {
	case count < end.Count:
		return lines, end, ProblemCustody.New("line", count+1, "reason", sayLines.English)
	case count > end.Count:
		return lines, end, ProblemCustody.New("line", end.Count+1, "reason", sayLines.English)
	case last.Hash != end.Hash:
		return lines, end, ProblemCheckpoint.New("reason", sayLast.English)
	}
	return lines, end, nil
}

// checkLine checks one line, and gives it.
func checkLine(line []byte, number int64, previous CustodyLine) (CustodyLine, error) {
	bad := func(reason data.Phrase) (CustodyLine, error) {
		return CustodyLine{}, ProblemCustody.New("line", number, "reason", reason.English)
	}
	const tail = len(hashField) + sumDigits + len(lineEnd)
	cut := len(line) - tail
	if cut < 0 || !bytes.HasSuffix(line, []byte(lineEnd)) || !bytes.HasPrefix(line[cut:], []byte(hashField)) {
		return bad(sayNoHash)
	}
	body, hash := line[:cut], string(line[cut+len(hashField):cut+len(hashField)+sumDigits])
	if sum := sha256.Sum256(body); hex.EncodeToString(sum[:]) != hash {
		return bad(sayAltered)
	}
	if !bytes.HasSuffix(body, []byte(`,"previous":"`+previous.Hash+`"`)) {
		return bad(sayChain)
	}
	var l CustodyLine
	if err := json.Unmarshal(line, &l); err != nil || RepeatsName(line) {
		return bad(sayFields)
	}
	if l.Seq != number || l.Hash != hash || l.Previous != previous.Hash {
		return bad(sayPlace)
	}
	return l, l.follows(previous)
}

// follows sees to it that the entry is what the journal's own hash says, where
// that is told, and that its place in the journal is not before that of the line
// before. Earlier programs wrote an entry twice where two copies had one original.
func (l *CustodyLine) follows(previous CustodyLine) error {
	bad := func(reason data.Phrase) error { return ProblemCustody.New("line", l.Seq, "reason", reason.English) }
	if l.JournalSeq < previous.JournalSeq && l.Seq > 1 {
		return bad(sayBefore)
	}
	next := l.JournalSeq == previous.JournalSeq+1 && l.JournalPrevious != "" && previous.JournalHash != ""
	if next && l.JournalPrevious != previous.JournalHash {
		return bad(sayBefore)
	}
	if l.JournalHash != "" && !slices.Contains(l.journalSums(), l.JournalHash) {
		return bad(sayJournal)
	}
	return nil
}

// journalSums are the hashes that the journal may have of the entry: JSON text
// that is one string stands in a line as it is, and other text as a string.
func (l *CustodyLine) journalSums() []string {
	at, err := time.Parse(custodyTime, l.At)
	if err != nil {
		return nil
	}
	var sums []string
	for _, before := range journalTexts(l.Before) {
		for _, after := range journalTexts(l.After) {
			e := data.JournalEntry{
				Seq: l.JournalSeq, At: at, Operator: l.Operator, Action: l.Action, Entity: l.Entity, Key: l.Key,
				Before: before, After: after, Previous: l.JournalPrevious,
			}
			sums = append(sums, e.Sum())
		}
	}
	return sums
}

func journalTexts(raw json.RawMessage) []string {
	texts := []string{string(raw)}
	var text string
	if json.Unmarshal(raw, &text) == nil {
		texts = append(texts, text)
	}
	return texts
}

// Evidence gives the fingerprints that a line tells of a piece of evidence. They
// are none where the line is about something else, or they are masked.
func (l *CustodyLine) Evidence() []string {
	if l.Entity != "evidence" {
		return nil
	}
	var sums []string
	for _, raw := range []json.RawMessage{l.Before, l.After} {
		if sum := evidenceIn(raw).SHA256; sum != "" && !slices.Contains(sums, sum) {
			sums = append(sums, sum)
		}
	}
	return sums
}

// CustodyRows is the log as a table with a header, for a spreadsheet.
func CustodyRows(log []byte) ([][]string, error) {
	rows := [][]string{{
		"seq", "journal_seq", "at", "operator", "action", "entity", "key", "before", "after", "masked", "previous_hash", "hash",
	}}
	for line := range bytes.Lines(log) {
		var l CustodyLine
		if err := json.Unmarshal(line, &l); err != nil {
			return nil, ProblemCustody.Wrap(err, "line", len(rows), "reason", "it is not a JSON object with the fields of the log")
		}
		rows = append(rows, []string{
			strconv.FormatInt(l.Seq, 10), strconv.FormatInt(l.JournalSeq, 10), l.At, l.Operator, l.Action, l.Entity, l.Key,
			string(l.Before), string(l.After), strings.Join(l.Masked, " "), l.Previous, l.Hash,
		})
	}
	return rows, nil
}
