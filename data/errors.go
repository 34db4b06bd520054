package data

import (
	"errors"
	"fmt"
	"sort"
	"strings"
)

// Sentinel errors: what kind of trouble it is. Test with errors.Is.
var (
	ErrNotFound = errors.New("not found")
	ErrInvalid  = errors.New("not valid")     // the input cannot be used as it is
	ErrRefused  = errors.New("refused")       // it could be done, but would harm
	ErrConflict = errors.New("conflict")      // it contradicts what is already there
	ErrBusy     = errors.New("in use")        // somebody else holds it
	ErrReadOnly = errors.New("read only")     // the place cannot be written
	ErrFull     = errors.New("no space left") // the disk is full
	ErrDamaged  = errors.New("damaged")       // what is stored is not what was written
	ErrNewer    = errors.New("made by a newer version")
	ErrLimit    = errors.New("over a limit") // too large, too many, too long
)

// A ProblemKind is a kind of trouble that a person can act on. Each is defined
// once, as a package variable, by DefineProblem.
type ProblemKind struct {
	Code string // stable key, lower_snake_case; language files hold its words under "problem.<code>.what" and ".do"
	Is   error  // one of the sentinel errors above
	What string // English: what is wrong and where, with {name} placeholders
	Do   string // English: what to do next, with {name} placeholders

	what, do string // keys of the words
}

var problemKinds = map[string]*ProblemKind{}

// DefineProblem registers a kind of problem. It is for package variables: it
// panics when a code is empty, taken, or lacks its words.
func DefineProblem(code string, is error, what, do string) *ProblemKind {
	if code == "" || is == nil || what == "" || do == "" {
		panic("data: incomplete problem " + code)
	}
	if _, taken := problemKinds[code]; taken {
		panic("data: problem defined twice: " + code)
	}
	k := &ProblemKind{Code: code, Is: is, What: what, Do: do, what: "problem." + code + ".what", do: "problem." + code + ".do"}
	problemKinds[code] = k
	return k
}

// ProblemKinds lists every defined kind by code, so that a test can ask whether
// each language has words for it.
func ProblemKinds() []*ProblemKind {
	all := make([]*ProblemKind, 0, len(problemKinds))
	for _, k := range problemKinds {
		all = append(all, k)
	}
	sort.Slice(all, func(i, j int) bool { return all[i].Code < all[j].Code })
	return all
}

// New makes a problem of this kind. Args are name, value pairs for the
// placeholders; values are printed with fmt.Sprint.
func (k *ProblemKind) New(args ...any) *Problem {
	values, parts := argMap(args)
	return &Problem{Kind: k, Args: values, Parts: parts}
}

// Wrap makes a problem of this kind with the error that caused it. The cause
// is kept for errors.Is and logs; the person reads the words of the kind.
func (k *ProblemKind) Wrap(cause error, args ...any) *Problem {
	p := k.New(args...)
	p.Cause = cause
	return p
}

// argMap gives the values by name, and those that are words themselves once more, so
// that they can be read in another language.
func argMap(args []any) (values map[string]string, parts map[string]Text) {
	if len(args)%2 != 0 {
		panic("data: problem arguments come in pairs")
	}
	values = make(map[string]string, len(args)/2)
	for i := 0; i < len(args); i += 2 {
		name := args[i].(string)
		values[name] = fmt.Sprint(args[i+1])
		if t, ok := args[i+1].(Text); ok && !t.IsZero() {
			if parts == nil {
				parts = map[string]Text{}
			}
			parts[name] = t
		}
	}
	return values, parts
}

// A Problem is an error that says what is wrong, where, and what to do next.
type Problem struct {
	Kind  *ProblemKind
	Args  map[string]string
	Parts map[string]Text // the values that are words themselves; Args holds them in English
	Cause error
}

// Error gives the English words: what is wrong, then what to do.
func (p *Problem) Error() string { return p.What() + " " + p.Do() }

// What says in English what is wrong and where.
func (p *Problem) What() string { return FillWords(p.Kind.What, p.Args) }

// Do says in English what to do next.
func (p *Problem) Do() string { return FillWords(p.Kind.Do, p.Args) }

// Is reports whether the problem is of a sentinel kind.
func (p *Problem) Is(target error) bool { return target == p.Kind.Is }

// Unwrap gives the cause, or nil.
func (p *Problem) Unwrap() error { return p.Cause }

// FillWords replaces each {name} in words by its value in args; a name without
// a value stays as it is, so that the gap is seen.
func FillWords(words string, args map[string]string) string {
	if len(args) == 0 {
		return words
	}
	pairs := make([]string, 0, 2*len(args))
	for name, value := range args {
		pairs = append(pairs, "{"+name+"}", value)
	}
	return strings.NewReplacer(pairs...).Replace(words)
}

// AsProblem finds the first Problem in err's chain.
func AsProblem(err error) (*Problem, bool) {
	var p *Problem
	ok := errors.As(err, &p)
	return p, ok
}
