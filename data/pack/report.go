package pack

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"casebinder/data"
)

// maxTrouble is how many mistakes are told of one file. Each is looked up in
// the whole file, so a file that is nothing but mistakes is cut short.
const maxTrouble = 20

// A Report gathers what is wrong with a file.
type Report struct {
	file     string
	text     []byte
	troubles []error
}

// Fail tells of a mistake and where it stands.
func (r *Report) Fail(at Place, format string, args ...any) {
	if len(r.troubles) >= maxTrouble {
		return
	}
	reason := fmt.Sprintf(format, args...)
	if len(r.text) == 0 {
		r.troubles = append(r.troubles, Fault(r.file, reason))
		return
	}
	r.troubles = append(r.troubles, problemLine.New("file", r.file, "line", at.line(string(r.text)), "reason", reason))
}

// Fault tells what is wrong with rule data that stands in no file.
func Fault(name, reason string) error {
	return problemContent.New("file", name, "reason", reason)
}

// OK reports whether nothing was wrong so far.
func (r *Report) OK() bool { return len(r.troubles) == 0 }

// Err joins all that is wrong; nil is nothing.
func (r *Report) Err() error { return errors.Join(r.troubles...) }

// Confidence fails when a file claims a confidence that there is not.
func (r *Report) Confidence(at Place, what string, c data.Confidence) {
	if !slices.Contains([]data.Confidence{data.Confirmed, data.ThirdParty, data.Unconfirmed}, c) {
		r.Fail(at, "%s has the confidence “%s”; write confirmed, third-party or unconfirmed", what, c)
	}
}

// Origin fails when a file does not say where a figure comes from, of when that
// is, and how well it is known. What is unconfirmed needs no edition.
func (r *Report) Origin(at Place, what string, o data.Origin) {
	if strings.TrimSpace(o.Source) == "" {
		r.Fail(at, "%s has no source", what)
	}
	r.Confidence(at, what, o.Confidence)
	if o.Edition == "" && (o.Confidence == data.Confirmed || o.Confidence == data.ThirdParty) {
		r.Fail(at, "%s has no edition; write the date of the source, or n.d.", what)
	}
}
