package reply

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"sort"
	"strings"
	"time"

	"casebinder/data"

	"github.com/osteele/liquid/expressions"
	"github.com/osteele/liquid/values"
)

// Context is what a template is filled from. Every field may be left empty;
// what is then lacking becomes Draft.Missing.
type Context struct {
	Order     data.Order
	Shop      data.Shop // when zero, Order.Shop
	Dispute   *data.Dispute
	Feedback  *data.Feedback
	Privately bool                         // the letter goes to the buyer, and the feedback lies behind it
	Revision  data.Text                    // why the buyer may be asked now to revise the feedback; zero: not now
	Operator  string                       // who writes
	Signature string                       // how the writer signs; may have several lines
	Now       time.Time                    // for today's date
	Extra     map[string]string            // values that a person typed, by variable; they win over the order's
	Messages  []data.Message               // the newest with this buyer on this order, oldest first
	Said      []string                     // templates of which a message was sent on this order, further back than Messages
	Repeat    bool                         // the buyer bought in this shop before
	Rated     bool                         // the buyer left feedback on the order
	Service   data.Service                 // how the shop serves its buyers
	AnswerBy  time.Time                    // by when an answer is promised; zero: not known
	Rates     []data.Rate                  // of currencies, as the seller entered them
	Snippets  map[string]map[string]string // texts that are inserted by name, by language; "" for all others
}

// Draft is a filled template.
type Draft struct {
	Text    string   // where a value is missing, "⟦its variable⟧" stands, so that the gap is seen
	Missing []string // variables without a value, sorted; while there are any, the text must not be copied
	Open    []string // variables that the template reads in conditions alone and a person may give, sorted
}

// Gap is the mark that stands in a draft for a variable without a value.
func Gap(variable string) string { return "⟦" + variable + "⟧" }

// Check validates a template when it is edited: its problems in the order of
// their lines, at most fifty; none when the template is sound.
func Check(body string) []*data.Problem {
	_, problems := parse(body)
	return problems
}

// Render fills a variant. A variable in a branch that is not taken is never
// missing, nor is one that only stands in a condition or that a default
// replaces. The values of the order are text: braces in them are never run,
// and a text that would show template code is refused. A broken template is a
// *data.Problem with its line.
func Render(variant data.Variant, context Context) (Draft, error) {
	t, problems := parse(variant.Body)
	if len(problems) > 0 {
		return Draft{}, problems[0]
	}
	known := context.values(variant.Language)
	for name, texts := range context.Snippets {
		known["snippet."+name] = plainText(nearest(texts, variant.Language))
	}
	r := renderer{template: t, lang: variant.Language, known: known, bindings: nest(known), missing: map[string]bool{}}
	if err := r.sequence(t.nodes); err != nil {
		return Draft{}, err
	}
	draft := Draft{Text: elided(spaced(tidy(string(r.out)), variant.Language), variant.Language), Missing: sortedKeys(r.missing), Open: t.open(known, r.missing)}
	if draft.Text == "" {
		return Draft{}, problemEmpty.New()
	}
	if mark, at := templateCode(draft.Text); mark != "" {
		return Draft{}, problemLiteral.New("text", shorten(draft.Text[at:]), "name", r.culprit(mark))
	}
	return draft, nil
}

func sortedKeys(set map[string]bool) []string {
	keys := make([]string, 0, len(set))
	for key := range set {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}

// templateCode finds an opening mark of template code in a finished text.
func templateCode(text string) (mark string, at int) {
	for _, m := range []string{"{{", "{%"} {
		if i := strings.Index(text, m); i >= 0 {
			return m, i
		}
	}
	return "", -1
}

// nest turns "order.number" into the maps that the library looks names up in.
func nest(known map[string]string) map[string]any {
	root := map[string]any{}
	for name, value := range known {
		group, field, dotted := strings.Cut(name, ".")
		if !dotted {
			root[name] = value
			continue
		}
		fields, ok := root[group].(map[string]any)
		if !ok {
			fields = map[string]any{}
			root[group] = fields
		}
		fields[field] = value
	}
	return root
}

// A renderer walks a template once.
type renderer struct {
	template parsed
	lang     string
	known    map[string]string // non-empty values
	bindings map[string]any
	missing  map[string]bool
	out      []byte
	trimNext bool
	valueDot bool // the last thing written is a value's full stop
}

func (r *renderer) sequence(nodes []node) error {
	for _, n := range nodes {
		if err := r.node(n); err != nil {
			return err
		}
		if len(r.out) > MaxTextBytes {
			return problemTextLong.New("size", len(r.out), "limit", MaxTextBytes)
		}
	}
	return nil
}

func (r *renderer) node(n node) error {
	switch {
	case n.trim == trimLeft:
		r.out = []byte(strings.TrimRight(string(r.out), " \t\n"))
	case n.trim == trimRight:
		r.trimNext = true
	case n.output != nil:
		text, err := r.output(*n.output)
		if err != nil {
			return err
		}
		r.trimNext = false
		r.out = append(r.out, text...)
		r.valueDot = strings.HasSuffix(text, ".")
	case n.branches != nil:
		return r.branches(n)
	default:
		text := n.text
		if r.trimNext {
			text = strings.TrimLeft(text, " \t\n")
			r.trimNext = text == ""
		}
		// A value that ends with a full stop ("2025 г.") ends its sentence too.
		if r.valueDot && strings.HasPrefix(text, ".") && !strings.HasPrefix(text, "..") {
			text = text[1:]
		}
		r.valueDot = r.valueDot && text == ""
		r.out = append(r.out, text...)
	}
	return nil
}

// output evaluates a variable. A gap is marked when it, or anything that its
// filters read, has no value.
func (r *renderer) output(e expression) (string, error) {
	value, err := r.evaluate(e)
	if err != nil {
		return "", err
	}
	text := ""
	if value != nil {
		text = strings.TrimSpace(fmt.Sprint(value))
	}
	var gaps []string
	for _, path := range e.paths {
		if r.known[path] == "" {
			gaps = append(gaps, path)
		}
	}
	if e.defaulted && text != "" || len(gaps) == 0 && text != "" {
		if slices.Contains(e.paths, "buyer.salutation") {
			return text, nil // it keeps its name together itself
		}
		return isolated(text, r.lang), nil
	}
	if len(gaps) == 0 {
		return "", problemEmpty.New()
	}
	for _, gap := range gaps {
		r.missing[gap] = true
	}
	return isolated(Gap(gaps[0]), r.lang), nil
}

func (r *renderer) evaluate(e expression) (value any, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = problemSyntax.New("line", 1, "detail", shorten(fmt.Sprint(p)))
		}
	}()
	value, err = e.run.Evaluate(expressions.NewContext(r.bindings, r.template.config.Config.Config))
	if err != nil {
		return nil, problemSyntax.Wrap(errors.New(shorten(err.Error())), "line", 1, "detail", shorten(err.Error()))
	}
	return value, nil
}

func (r *renderer) branches(n node) error {
	var subject any
	if n.subject != nil {
		value, err := r.evaluate(*n.subject)
		if err != nil {
			return err
		}
		subject = value
	}
	for _, b := range n.branches {
		taken := len(b.tests) == 0
		for _, test := range b.tests {
			value, err := r.evaluate(test)
			if err != nil {
				return err
			}
			if n.subject != nil {
				taken = taken || values.Equal(subject, value)
			} else {
				taken = taken || value != nil && value != false
			}
		}
		if taken != b.negate {
			return r.sequence(b.body)
		}
	}
	return nil
}

// culprit names the variable whose value brought template code into the text.
func (r *renderer) culprit(mark string) string {
	for _, v := range variables {
		if strings.Contains(r.known[v.Name], mark) {
			return v.Name
		}
	}
	return variables[0].Name
}

var (
	trailingSpace = regexp.MustCompile(`[ \t]+\n`)
	manyBlank     = regexp.MustCompile(`\n{3,}`)
)

// tidy takes out what conditions leave behind: blanks at line ends and more
// than one empty line in a row.
func tidy(text string) string {
	text = trailingSpace.ReplaceAllString(text, "\n")
	return strings.TrimSpace(manyBlank.ReplaceAllString(text, "\n\n"))
}

// frenchMarks are the marks before which French writes a space, and the quotation
// marks within which it does.
var frenchMarks = regexp.MustCompile(`[ \x{00a0}\x{202f}]+([:;?!»])|(«)[ \x{00a0}\x{202f}]+`)

// spaced puts the narrow spaces of French where no line may break.
func spaced(text, lang string) string {
	if base, _ := baseAndScript(lang); base != "fr" {
		return text
	}
	return frenchMarks.ReplaceAllStringFunc(text, func(m string) string {
		if strings.HasPrefix(m, "«") {
			return "«\u202f"
		}
		return "\u202f" + strings.TrimLeft(m, " \u00a0\u202f")
	})
}

// open lists the variables that the conditions of a template read, that a person
// may give and has not.
func (t parsed) open(known map[string]string, missing map[string]bool) []string {
	found := map[string]bool{}
	for _, name := range t.reads {
		if v, ok := lookup(name); ok && v.Asked && known[name] == "" && !missing[name] {
			found[name] = true
		}
	}
	return sortedKeys(found)
}

// nearest is the text in a language: in the same tag, else in the language, else
// the one for all.
func nearest(texts map[string]string, lang string) string {
	if text, ok := texts[lang]; ok {
		return text
	}
	base, script := baseAndScript(lang)
	for _, tag := range sortedNames(texts) {
		if b, s := baseAndScript(tag); tag != "" && b == base && s == script {
			return texts[tag]
		}
	}
	return texts[""]
}

func sortedNames(texts map[string]string) []string {
	return slices.Sorted(maps.Keys(texts))
}
