package notice

import (
	"regexp"
	"sync"
)

// pattern is a regular expression that is compiled when it is first needed: a
// program start should not wait for what most starts never use.
func pattern(source string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(source) })
}
