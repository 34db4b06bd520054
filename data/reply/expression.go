package reply

import (
	"sort"
	"strings"
	"unicode"

	"casebinder/data"
)

// filters are the ones that a reply may use. All give text no longer than
// their input and arguments together.
var filters = map[string]any{
	"append":     func(s, suffix string) string { return s + suffix },
	"prepend":    func(s, prefix string) string { return prefix + s },
	"upcase":     func(s string) string { return strings.ToUpper(s) },
	"downcase":   func(s string) string { return strings.ToLower(s) },
	"strip":      func(s string) string { return strings.TrimSpace(s) },
	"capitalize": capitalize,
	"truncate":   truncate,
	"default":    defaultFilter,
}

func capitalize(s string) string {
	for i, r := range s {
		return s[:i] + string(unicode.ToUpper(r)) + s[i+len(string(r)):]
	}
	return s
}

// truncate keeps at most length characters (50 without one), the last of them
// an ellipsis when something was cut.
func truncate(s string, length func(int) int) string {
	n, runes := length(50), []rune(s)
	if n < 1 || len(runes) <= n {
		return s
	}
	return strings.TrimSpace(string(runes[:n-1])) + "…"
}

func defaultFilter(value, fallback any) any {
	if text, isText := value.(string); value == nil || isText && strings.TrimSpace(text) == "" {
		return fallback
	}
	return value
}

// FilterNames lists the filters that a template may use.
func FilterNames() []string {
	names := make([]string, 0, len(filters))
	for name := range filters {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

// scanned is what an expression reads.
type scanned struct {
	paths     []string // variables, "order.number"
	defaulted bool
}

// keywords of Liquid's expressions; none is a variable.
var keywords = map[string]bool{"and": true, "or": true, "contains": true, "true": true, "false": true, "nil": true}

// scanExpression lists the variables and filters of an expression without
// running it, so that branches not taken are checked too. What it does not
// know (indexes, ranges, assignments) is a problem.
func scanExpression(source string, line int) (found scanned, problems []*data.Problem) {
	fail := func(detail string) {
		problems = append(problems, problemSyntax.New("line", line, "detail", shorten(detail)))
	}
	if strings.TrimSpace(source) == "" {
		fail("a condition or variable is empty")
		return found, problems
	}
	afterPipe := false
	for i := 0; i < len(source); {
		c := source[i]
		switch {
		case c == ' ' || c == '\t' || c == '\n':
			i++
			continue
		case c == '"' || c == '\'':
			end := strings.IndexByte(source[i+1:], c)
			if end < 0 {
				fail("a quotation mark is not closed")
				return found, problems
			}
			i += end + 2
		case isLetter(c):
			name := readPath(source[i:])
			i += len(name)
			if bad := found.take(name, afterPipe, line); bad != nil {
				problems = append(problems, bad)
			}
		case strings.HasPrefix(source[i:], ".."):
			fail("ranges are not used in replies")
			return found, problems
		case strings.IndexByte("|:,.()<>=!-0123456789", c) >= 0:
			i++
		default:
			fail("“" + string([]rune(source[i:])[0]) + "” has no meaning here")
			return found, problems
		}
		afterPipe = c == '|'
	}
	return found, problems
}

// take takes a name that an expression reads, or a filter, which stands behind a
// pipe.
func (s *scanned) take(name string, filter bool, line int) *data.Problem {
	if filter {
		s.defaulted = s.defaulted || name == "default"
		if _, ok := filters[name]; !ok {
			return problemFilter.New("line", line, "name", shorten(name), "filters", strings.Join(FilterNames(), ", "))
		}
		return nil
	}
	if _, ok := lookup(name); ok {
		s.paths = append(s.paths, name)
	} else if !keywords[name] {
		return problemVariable.New("line", line, "name", shorten(name), "suggestion", nearestVariable(name))
	}
	return nil
}

func isLetter(c byte) bool { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_' }

// readPath reads "name" or "name.property.property" at the start of source.
func readPath(source string) string {
	i := 0
	for i < len(source) {
		c := source[i]
		switch {
		case isLetter(c), i > 0 && '0' <= c && c <= '9', i > 0 && (c == '-' || c == '?'):
			i++
		case c == '.' && i+1 < len(source) && isLetter(source[i+1]):
			i++
		default:
			return source[:i]
		}
	}
	return source
}
