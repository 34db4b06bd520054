package notice

import (
	"fmt"
	"regexp"
	"strings"
	"sync"

	"casebinder/assets"
	"casebinder/data/pack"
)

// common is what all recognizers share: how languages ask for an answer by a
// date, name a reason, and mark what a buyer wrote.
type common struct {
	// Buyer are patterns behind which a buyer's words begin. They go on to the
	// next empty line; where the pattern ends its line, over the paragraph below.
	Buyer []string `toml:"buyer"`
	// Fence is a line, such as a row of dashes with the word "message", behind
	// which a buyer's words begin that go on to the next such row.
	Fence []string `toml:"fence"`

	Fields  []FieldRule  `toml:"field"`
	Reasons []ReasonRule `toml:"reason"`

	buyer *regexp.Regexp // all of Buyer, up to the colon at the end of a label
	fence []*regexp.Regexp
}

// maxShared is how much of a text is searched for what all recognizers share.
// Platforms write short; a date that stands further behind is told as not used.
const maxShared = 16 << 10

var commons = pack.Kind[common]{ID: func(*common) string { return "common" }, Check: (*common).check}

func (v *common) check(report *pack.Report) {
	c := &checker{report: report}
	c.compile("buyer", v.Buyer, false)
	for i, p := range v.Buyer {
		if !strings.HasSuffix(p, ":") {
			c.bad(fmt.Sprintf("buyer.%d", i+1), "it does not end with a colon")
		}
	}
	if report.Err() == nil {
		v.buyer = regexp.MustCompile("(?im:(?:" + blanks(strings.Join(v.Buyer, "|")) + ")$)")
	}
	v.fence = c.compile("fence", v.Fence, false)
	c.fields(v.Fields)
	c.reasons(v.Reasons)
}

// vocabulary is the file that the program carries. A test reads it: it cannot
// fail at work.
var vocabulary = sync.OnceValue(func() *common {
	all, err := commons.Load(assets.FS, "notices/words")
	if err != nil || len(all) != 1 {
		return &common{}
	}
	return all[0]
})
