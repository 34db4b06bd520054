package bag

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"casebinder/data"
)

// A Verdict says in a word how a verification ended.
type Verdict string

// The verdicts. Only Intact is a pass.
const (
	Intact     Verdict = "intact"     // every file is there and what the manifests say
	Incomplete Verdict = "incomplete" // what is there is right, but files must be fetched or could not be checked
	Altered    Verdict = "altered"    // a file was changed, removed or added, or the bag's own records do not fit together
	Unsafe     Verdict = "unsafe"     // it holds what no honest bag holds; it was not read further
	NotABag    Verdict = "not_a_bag"  // no bag, no readable ZIP, or of an unknown version
)

// A Kind says what a finding is about: it is the rule of the finding.
type Kind string

// The kinds of findings.
const (
	KindAltered    Kind = "bag.altered"     // content differs from its checksum
	KindMissing    Kind = "bag.missing"     // listed, but not there
	KindUnlisted   Kind = "bag.unlisted"    // there, but in no manifest
	KindFetch      Kind = "bag.fetch"       // listed, not there, and named in fetch.txt
	KindUnchecked  Kind = "bag.unchecked"   // its checksum algorithm is not known here
	KindUnsafe     Kind = "bag.unsafe"      // link, absolute path, "..", drive letter, device
	KindDuplicate  Kind = "bag.duplicate"   // the same name twice
	KindEncrypted  Kind = "bag.encrypted"   // an encrypted ZIP entry
	KindBomb       Kind = "bag.bomb"        // unfolds to more than is allowed, or overlaps another entry
	KindUnreadable Kind = "bag.unreadable"  // cannot be read or unfolded
	KindMalformed  Kind = "bag.malformed"   // a tag file that breaks BagIt's rules
	KindOxum       Kind = "bag.oxum"        // Payload-Oxum differs from what is there
	KindNameForm   Kind = "bag.name_form"   // the name is written in another way than in the manifest
	KindOutside    Kind = "bag.outside"     // beside the bag's folder in the ZIP
	KindComment    Kind = "bag.comment"     // a comment in the ZIP
	KindNotZip     Kind = "bag.not_zip"     // neither a folder nor a ZIP
	KindTruncated  Kind = "bag.truncated"   // a ZIP that is cut off or damaged
	KindNotABag    Kind = "bag.not_a_bag"   // no bagit.txt
	KindVersion    Kind = "bag.version"     // a version of BagIt that is not known here
	KindBOM        Kind = "bag.bom"         // a byte order mark where none should be
	KindNoManifest Kind = "bag.no_manifest" // a bag without payload manifest
)

// A Report is the result of a verification.
type Report struct {
	OK         bool           `json:"ok"` // Verdict is Intact
	Verdict    Verdict        `json:"verdict"`
	Version    string         `json:"version,omitempty"`  // of BagIt, as bagit.txt says
	Encoding   string         `json:"encoding,omitempty"` // of the tag files
	Algorithms []string       `json:"algorithms"`         // checked, such as "sha256"
	Unchecked  []string       `json:"unchecked,omitempty"`
	Files      int            `json:"files"` // payload files that were found
	Bytes      int64          `json:"bytes"` // of payload that was found
	TagFiles   int            `json:"tag_files"`
	Info       []InfoField    `json:"info,omitempty"` // bag-info.txt
	Findings   []data.Finding `json:"findings"`       // failures first, each group by path; at most maxFindings and a word on the rest

	Tags []string          `json:"-"` // paths of the tag files that were found
	Kept map[string][]byte `json:"-"` // content of the files that VerifyOptions.Keep names

	Payload map[string]PayloadFile `json:"-"` // by path, where VerifyOptions.List asks for it

	untold map[untold]int // findings beyond maxFindings
}

// A PayloadFile is a file below data/ that was found.
type PayloadFile struct {
	Size   int64  // bytes
	SHA256 string // as the manifest says, lower-case hex; "" where none does. A file that is not so is a finding
}

// maxFindings is how many findings are told one by one. A manifest may name a
// million files that are not there.
const maxFindings = 10_000

// Fail adds a failure that somebody found who knows more of the bag than BagIt
// does. Call Conclude when all is added.
func (r *Report) Fail(path string, kind Kind, why data.Text) {
	r.add(path, 0, kind, severity(kind), why)
}

// Warn adds what is worth knowing and no failure, as Fail does.
func (r *Report) Warn(path string, kind Kind, why data.Text) { r.add(path, 0, kind, data.Warning, why) }

// FailAt is Fail at a line or row of a file, counted from 1.
func (r *Report) FailAt(path string, line int, kind Kind, why data.Text) {
	r.add(path, line, kind, severity(kind), why)
}

func (r *Report) fail(path string, kind Kind, why data.Phrase, args ...any) {
	r.Fail(path, kind, why.With(args...))
}

func (r *Report) warn(path string, kind Kind, why data.Phrase, args ...any) {
	r.Warn(path, kind, why.With(args...))
}

// failLine adds a failure at a line of a tag file.
func (r *Report) failLine(path string, line int, kind Kind, why data.Phrase, args ...any) {
	r.add(path, line, kind, severity(kind), why.With(args...))
}

func (r *Report) add(path string, line int, kind Kind, s data.Severity, why data.Text) {
	r.take(finding(path, line, kind, s, why))
}

// Add adds a finding as it is, as Fail does.
func (r *Report) Add(f data.Finding) { r.take(f) }

// take keeps a finding, or counts it where there are too many.
func (r *Report) take(found ...data.Finding) {
	for _, f := range found {
		if len(r.Findings) < maxFindings {
			r.Findings = append(r.Findings, f)
			continue
		}
		if r.untold == nil {
			r.untold = map[untold]int{}
		}
		r.untold[untold{Kind(f.Rule), f.Severity}]++
	}
}

// untold is what findings have in common that are only counted.
type untold struct {
	kind     Kind
	severity data.Severity
}

// finding makes a finding about a file, or with an empty path about the bag as
// a whole.
func finding(path string, line int, kind Kind, s data.Severity, why data.Text) data.Finding {
	f := data.Finding{Rule: string(kind), Severity: s, Why: why}
	if path != "" {
		f.Where = append(f.Where, data.Ref{Kind: "file", ID: path})
	}
	if line > 0 {
		f.Where = append(f.Where, data.Ref{Kind: "row", ID: strconv.Itoa(line)})
	}
	do, ok := mends[kind]
	switch {
	case kind == KindComment:
		f.How = doHeed.With()
	case s == data.Warning:
	case ok:
		f.How = do.With()
	default:
		f.How = doAgain.With()
	}
	return f
}

func failureOf(path string, kind Kind, why data.Phrase, args ...any) data.Finding {
	return finding(path, 0, kind, severity(kind), why.With(args...))
}

// severity is that of a failure.
func severity(kind Kind) data.Severity {
	if v := verdictOf(kind); v == Unsafe || v == NotABag {
		return data.Blocking
	}
	return data.Serious
}

// PathOf is the file that a finding of a verification is about; "" is the bag as
// a whole.
func PathOf(f data.Finding) string {
	for _, r := range f.Where {
		if r.Kind == "file" {
			return r.ID
		}
	}
	return ""
}

// IsWarning reports whether a bag can be intact with this finding.
func IsWarning(f data.Finding) bool { return f.Severity.Rank() >= data.Warning.Rank() }

// sound reports whether nothing was found that forbids to read further.
func (r *Report) sound() bool {
	for u := range r.untold {
		if u.severity == data.Blocking {
			return false
		}
	}
	return !slices.ContainsFunc(r.Findings, func(f data.Finding) bool { return f.Severity == data.Blocking })
}

func (r *Report) firstFailure() string {
	for _, f := range r.Findings {
		if !IsWarning(f) {
			return strings.TrimSpace(PathOf(f) + " " + f.Why.String())
		}
	}
	return string(r.Verdict)
}

// Conclude sorts the findings and draws the verdict from them.
func (r *Report) Conclude() {
	for _, u := range slices.SortedFunc(maps.Keys(r.untold), func(a, b untold) int {
		return cmp.Or(cmp.Compare(a.kind, b.kind), cmp.Compare(a.severity, b.severity))
	}) {
		r.Findings = append(r.Findings, finding("", 0, u.kind, u.severity, sayMore.With("n", r.untold[u])))
	}
	r.untold = nil
	slices.SortStableFunc(r.Findings, func(a, b data.Finding) int {
		return cmp.Or(compareBool(IsWarning(a), IsWarning(b)), cmp.Compare(PathOf(a), PathOf(b)), cmp.Compare(a.Rule, b.Rule))
	})
	r.Verdict = Intact
	for _, f := range r.Findings {
		if v := verdictOf(Kind(f.Rule)); !IsWarning(f) && rank[v] > rank[r.Verdict] {
			r.Verdict = v
		}
	}
	r.OK = r.Verdict == Intact
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

var rank = map[Verdict]int{Intact: 0, Incomplete: 1, Altered: 2, Unsafe: 3, NotABag: 4}

// verdictOf is what a failure makes of the bag.
func verdictOf(kind Kind) Verdict {
	switch kind {
	case KindFetch, KindUnchecked:
		return Incomplete
	case KindUnsafe, KindDuplicate, KindEncrypted, KindBomb:
		return Unsafe
	case KindNotABag, KindNotZip, KindTruncated, KindVersion:
		return NotABag
	case KindAltered, KindMissing, KindUnlisted, KindUnreadable, KindMalformed, KindOxum, KindNameForm, KindOutside, KindComment,
		KindBOM, KindNoManifest:
	}
	return Altered
}
