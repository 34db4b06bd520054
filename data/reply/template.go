package reply

import (
	"fmt"
	"sort"
	"strings"
	"sync"
	"unicode/utf8"

	"casebinder/data"

	"github.com/osteele/liquid/expressions"
	"github.com/osteele/liquid/parser"
	"github.com/osteele/liquid/render"
)

// Bounds of a template and of what it gives, in bytes.
const (
	MaxTemplateBytes = 16 << 10
	MaxTextBytes     = 64 << 10
	maxDepth         = 16 // of conditions inside conditions
	maxProblems      = 50 // told of one template; who has more has pasted something else
)

// liquidConfig knows the tags that a reply may use. Loops, assignments, raw
// text and includes are left out on purpose: see the package comment.
func liquidConfig() render.Config {
	config := render.NewConfig()
	config.AddBlock("comment")
	config.AddBlock("if").Clause("else").Clause("elsif")
	config.AddBlock("unless").Clause("else").Clause("elsif")
	config.AddBlock("case").Clause("when").Clause("else")
	for name, filter := range filters {
		config.AddFilter(name, filter)
	}
	return config
}

// A branch is a body and the conditions under which it is taken.
type branch struct {
	tests  []expression // any of them; none: always
	negate bool
	body   []node
}

// A node is one part of a parsed template: exactly one field is set.
type node struct {
	text     string
	output   *expression
	branches []branch
	subject  *expression // of a case; its branches' tests are compared with it
	trim     trimming
}

type trimming int

const (
	trimNone trimming = iota
	trimLeft
	trimRight
)

// An expression is what stands in braces, with the variables that it reads.
type expression struct {
	run       expressions.Expression
	paths     []string
	defaulted bool // it goes through the filter "default"
}

// parsed is a template that may be rendered.
type parsed struct {
	config render.Config
	nodes  []node
	reads  []string // every variable that stands in it
}

// cache holds templates that were parsed and are sound, by their text; past its
// bound it is emptied, which costs a millisecond each time a text is used again.
var cache struct {
	sync.Mutex
	sound map[string]parsed
}

const maxCached = 2000

// parse reads a template, once for each text, and gathers everything that is
// wrong with it.
func parse(body string) (parsed, []*data.Problem) {
	cache.Lock()
	t, ok := cache.sound[body]
	cache.Unlock()
	if ok {
		return t, nil
	}
	t, problems := parseAnew(body)
	if len(problems) == 0 {
		cache.Lock()
		defer cache.Unlock()
		if cache.sound == nil || len(cache.sound) >= maxCached {
			cache.sound = map[string]parsed{}
		}
		cache.sound[body] = t
	}
	return t, problems
}

func parseAnew(body string) (t parsed, problems []*data.Problem) {
	if len(body) > MaxTemplateBytes {
		return t, []*data.Problem{problemTemplateLong.New("size", len(body), "limit", MaxTemplateBytes)}
	}
	if !utf8.ValidString(body) {
		return t, []*data.Problem{problemEncoding.New()}
	}
	if strings.TrimSpace(body) == "" {
		return t, []*data.Problem{problemEmpty.New()}
	}
	body = strings.ReplaceAll(body, "\r\n", "\n")
	if problems = lint(body); len(problems) > 0 {
		return t, problems
	}
	t.config = liquidConfig()
	root, problem := parseTree(t.config, body)
	if problem != nil {
		return t, []*data.Problem{problem}
	}
	b := builder{}
	t.nodes = b.sequence([]parser.ASTNode{root}, 0)
	t.reads = b.reads
	sort.SliceStable(b.problems, func(i, j int) bool { return lineOf(b.problems[i]) < lineOf(b.problems[j]) })
	return t, b.problems
}

func lineOf(p *data.Problem) int {
	var line int
	fmt.Sscan(p.Args["line"], &line) // a problem without a line sorts first
	return line
}

// parseTree runs the library's parser. It panics on some input, such as a
// number of thirty digits; that is a mistake of the template, not of ours.
func parseTree(config render.Config, body string) (root parser.ASTNode, problem *data.Problem) {
	defer func() {
		if r := recover(); r != nil {
			problem = problemSyntax.New("line", 1, "detail", shorten(fmt.Sprint(r)))
		}
	}()
	root, err := config.Parse(body, parser.SourceLoc{LineNo: 1})
	if err != nil {
		detail := err.Error()
		if cause := err.Cause(); cause != nil {
			detail = cause.Error()
		}
		return nil, problemSyntax.New("line", max(err.LineNumber(), 1), "detail", shorten(detail))
	}
	return root, nil
}

// lint finds what the library's parser would let through: half braces that it
// takes as text, comments without an end, and expressions outside of the part
// of Liquid that replies have.
func lint(body string) (problems []*data.Problem) {
	comment := 0 // line where the open comment began
	for _, token := range parser.Scan(body, parser.SourceLoc{LineNo: 1}, nil) {
		line := token.SourceLoc.LineNo
		if len(problems) >= maxProblems {
			return problems[:maxProblems]
		}
		switch {
		case comment > 0:
			if token.Type == parser.TagTokenType && token.Name == "endcomment" {
				comment = 0
			}
		case token.Type == parser.TextTokenType:
			if mark, at := firstBraces(token.Source); mark != "" {
				problems = append(problems, problemBraces.New("line", line+strings.Count(token.Source[:at], "\n"), "text", mark))
			}
		case token.Type == parser.TagTokenType && token.Name == "comment":
			comment = line
		case token.Type == parser.TagTokenType:
			problems = append(problems, lintTag(token)...)
		case token.Type == parser.ObjTokenType:
			_, found := scanExpression(token.Args, line)
			problems = append(problems, found...)
		}
	}
	if comment > 0 {
		problems = append(problems, problemSyntax.New("line", comment, "detail", "the comment has no endcomment"))
	}
	return problems[:min(len(problems), maxProblems)]
}

func lintTag(token parser.Token) []*data.Problem {
	line := token.SourceLoc.LineNo
	switch token.Name {
	case "if", "elsif", "unless", "case", "when":
		_, problems := scanExpression(token.Args, line)
		return problems
	case "else", "endif", "endunless", "endcase", "endcomment":
		if strings.TrimSpace(token.Args) != "" {
			return []*data.Problem{problemSyntax.New("line", line, "detail", "“"+token.Name+"” takes nothing after it")}
		}
		return nil
	}
	return []*data.Problem{problemTag.New("line", line, "name", shorten(token.Name))}
}

// firstBraces finds the first mark of template code in a text.
func firstBraces(text string) (mark string, at int) {
	at = len(text)
	for _, m := range []string{"{{", "{%", "}}", "%}"} {
		if i := strings.Index(text, m); i >= 0 && i < at {
			mark, at = m, i
		}
	}
	return mark, at
}

// shorten keeps words of a problem readable when a template is hostile.
func shorten(text string) string {
	runes := []rune(strings.Join(strings.Fields(text), " "))
	if len(runes) > 80 {
		return string(runes[:79]) + "…"
	}
	return string(runes)
}

// A builder turns the library's tree into ours, gathering problems.
type builder struct {
	problems []*data.Problem
	reads    []string
}

func (b *builder) fail(line int, detail string) {
	b.problems = append(b.problems, problemSyntax.New("line", line, "detail", shorten(detail)))
}

func (b *builder) sequence(list []parser.ASTNode, depth int) (out []node) {
	for _, n := range list {
		switch n := n.(type) {
		case *parser.ASTSeq:
			out = append(out, b.sequence(n.Children, depth)...)
		case *parser.ASTText:
			out = append(out, node{text: n.Source})
		case *parser.ASTObject:
			e := b.expression(n.Args, n.SourceLoc.LineNo, n.Expr)
			out = append(out, node{output: &e})
		case *parser.ASTTrim:
			trim := trimLeft
			if n.TrimDirection == parser.Right {
				trim = trimRight
			}
			out = append(out, node{trim: trim})
		case *parser.ASTBlock:
			out = append(out, b.block(n, depth+1))
		default:
			// lint has refused every other tag already.
			b.fail(1, fmt.Sprintf("unexpected %T", n))
		}
	}
	return out
}

func (b *builder) block(n *parser.ASTBlock, depth int) node {
	line := n.SourceLoc.LineNo
	if depth > maxDepth {
		b.fail(line, fmt.Sprintf("conditions stand more than %d deep in each other", maxDepth))
		return node{}
	}
	if n.Name == "case" {
		return b.caseBlock(n, depth)
	}
	first := branch{tests: b.condition(n.Args, line), negate: n.Name == "unless", body: b.sequence(n.Body, depth)}
	out := node{branches: []branch{first}}
	for i, clause := range n.Clauses {
		next := branch{body: b.sequence(clause.Body, depth)}
		switch {
		case clause.Name == "elsif":
			next.tests = b.condition(clause.Args, clause.SourceLoc.LineNo)
		case i != len(n.Clauses)-1:
			b.fail(clause.SourceLoc.LineNo, "“else” is not the last branch")
		}
		out.branches = append(out.branches, next)
	}
	return out
}

func (b *builder) caseBlock(n *parser.ASTBlock, depth int) node {
	line := n.SourceLoc.LineNo
	out := node{}
	if tests := b.condition(n.Args, line); len(tests) == 1 {
		out.subject = &tests[0]
	}
	for _, child := range n.Body {
		if text, ok := child.(*parser.ASTText); !ok || strings.TrimSpace(text.Source) != "" {
			b.fail(line, "something stands between “case” and its first “when”")
			break
		}
	}
	for i, clause := range n.Clauses {
		at := clause.SourceLoc.LineNo
		next := branch{body: b.sequence(clause.Body, depth)}
		if clause.Name == "when" {
			next.tests = b.when(clause.Args, at)
		} else if i != len(n.Clauses)-1 {
			b.fail(at, "“else” is not the last branch")
		}
		out.branches = append(out.branches, next)
	}
	return out
}

// condition parses the expression of an if, elsif, unless or case.
func (b *builder) condition(args string, line int) (tests []expression) {
	b.guard(line, func() {
		run, err := expressions.Parse(args)
		if err != nil {
			b.fail(line, err.Error())
			return
		}
		tests = []expression{b.expression(args, line, run)}
	})
	return tests
}

// when parses the values of a when: one or more, with commas.
func (b *builder) when(args string, line int) (tests []expression) {
	b.guard(line, func() {
		statement, err := expressions.ParseStatement(expressions.WhenStatementSelector, args)
		if err != nil {
			b.fail(line, err.Error())
			return
		}
		for _, run := range statement.When.Exprs {
			tests = append(tests, expression{run: run})
		}
	})
	return tests
}

func (b *builder) guard(line int, parse func()) {
	defer func() {
		if r := recover(); r != nil {
			b.fail(line, fmt.Sprint(r))
		}
	}()
	parse()
}

func (b *builder) expression(args string, line int, run expressions.Expression) expression {
	found, problems := scanExpression(args, line)
	b.problems = append(b.problems, problems...)
	b.reads = append(b.reads, found.paths...)
	return expression{run: run, paths: found.paths, defaulted: found.defaulted}
}
