package bag

import (
	"fmt"
	"sort"
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

// A Kind says what a finding is about.
type Kind string

// The kinds of findings.
const (
	KindAltered    Kind = "altered"     // content differs from its checksum
	KindMissing    Kind = "missing"     // listed, but not there
	KindUnlisted   Kind = "unlisted"    // there, but in no manifest
	KindFetch      Kind = "fetch"       // listed, not there, and named in fetch.txt
	KindUnchecked  Kind = "unchecked"   // its checksum algorithm is not known here
	KindUnsafe     Kind = "unsafe"      // link, absolute path, "..", drive letter, device
	KindDuplicate  Kind = "duplicate"   // the same name twice
	KindEncrypted  Kind = "encrypted"   // an encrypted ZIP entry
	KindBomb       Kind = "bomb"        // unfolds to more than is allowed, or overlaps another entry
	KindUnreadable Kind = "unreadable"  // cannot be read or unfolded
	KindMalformed  Kind = "malformed"   // a tag file that breaks BagIt's rules
	KindOxum       Kind = "oxum"        // Payload-Oxum differs from what is there
	KindNameForm   Kind = "name_form"   // the name is written in another way than in the manifest
	KindOutside    Kind = "outside"     // beside the bag's folder in the ZIP
	KindNotZip     Kind = "not_zip"     // neither a folder nor a ZIP
	KindTruncated  Kind = "truncated"   // a ZIP that is cut off or damaged
	KindNotABag    Kind = "not_a_bag"   // no bagit.txt
	KindVersion    Kind = "version"     // a version of BagIt that is not known here
	KindBOM        Kind = "bom"         // a byte order mark where none should be
	KindNoManifest Kind = "no_manifest" // a bag without payload manifest
)

// A Finding is one thing that was noticed. A warning does not stop a bag from
// being intact.
type Finding struct {
	Path    string `json:"path"` // inside of the bag, with forward slashes; "" for the bag as a whole
	Kind    Kind   `json:"kind"`
	Detail  string `json:"detail"` // English
	Warning bool   `json:"warning,omitempty"`
}

// String is one line for people.
func (f Finding) String() string {
	switch {
	case f.Path == "":
		return string(f.Kind) + ": " + f.Detail
	case f.Detail == "":
		return string(f.Kind) + ": " + f.Path
	}
	return string(f.Kind) + ": " + f.Path + ": " + f.Detail
}

// A Report is the result of a verification.
type Report struct {
	OK         bool        `json:"ok"` // Verdict is Intact
	Verdict    Verdict     `json:"verdict"`
	Version    string      `json:"version,omitempty"`  // of BagIt, as bagit.txt says
	Encoding   string      `json:"encoding,omitempty"` // of the tag files
	Algorithms []string    `json:"algorithms"`         // checked, such as "sha256"
	Unchecked  []string    `json:"unchecked,omitempty"`
	Files      int         `json:"files"` // payload files that were found
	Bytes      int64       `json:"bytes"` // of payload that was found
	TagFiles   int         `json:"tag_files"`
	Info       []InfoField `json:"info,omitempty"` // bag-info.txt
	Findings   []Finding   `json:"findings"`       // failures first, each group by path

	Tags []string          `json:"-"` // paths of the tag files that were found
	Kept map[string][]byte `json:"-"` // content of the files that VerifyOptions.Keep names
}

// Fail adds a failure that somebody found who knows more of the bag than BagIt
// does. Call Conclude when all is added.
func (r *Report) Fail(path string, kind Kind, format string, args ...any) {
	r.fail(path, kind, format, args...)
}

// Warn adds what is worth knowing and no failure, as Fail does.
func (r *Report) Warn(path string, kind Kind, format string, args ...any) {
	r.warn(path, kind, format, args...)
}

func (r *Report) fail(path string, kind Kind, format string, args ...any) {
	r.Findings = append(r.Findings, Finding{Path: path, Kind: kind, Detail: fmt.Sprintf(format, args...)})
}

func (r *Report) warn(path string, kind Kind, format string, args ...any) {
	r.Findings = append(r.Findings, Finding{Path: path, Kind: kind, Detail: fmt.Sprintf(format, args...), Warning: true})
}

// sound reports whether nothing was found that forbids to read further.
func (r *Report) sound() bool {
	for _, f := range r.Findings {
		if v := verdictOf(f); v == Unsafe || v == NotABag {
			return false
		}
	}
	return true
}

func (r *Report) firstFailure() string {
	for _, f := range r.Findings {
		if !f.Warning {
			return f.String()
		}
	}
	return string(r.Verdict)
}

// Conclude sorts the findings and draws the verdict from them.
func (r *Report) Conclude() {
	sort.SliceStable(r.Findings, func(i, j int) bool {
		a, b := r.Findings[i], r.Findings[j]
		if a.Warning != b.Warning {
			return b.Warning
		}
		if a.Path != b.Path {
			return a.Path < b.Path
		}
		return a.Kind < b.Kind
	})
	r.Verdict = Intact
	for _, f := range r.Findings {
		if v := verdictOf(f); rank[v] > rank[r.Verdict] {
			r.Verdict = v
		}
	}
	r.OK = r.Verdict == Intact
}

var rank = map[Verdict]int{Intact: 0, Incomplete: 1, Altered: 2, Unsafe: 3, NotABag: 4}

func verdictOf(f Finding) Verdict {
	if f.Warning {
		return Intact
	}
	switch f.Kind {
	case KindFetch, KindUnchecked:
		return Incomplete
	case KindUnsafe, KindDuplicate, KindEncrypted, KindBomb:
		return Unsafe
	case KindNotABag, KindNotZip, KindTruncated, KindVersion:
		return NotABag
	case KindAltered, KindMissing, KindUnlisted, KindUnreadable, KindMalformed, KindOxum, KindNameForm, KindOutside,
		KindBOM, KindNoManifest:
	}
	return Altered
}
