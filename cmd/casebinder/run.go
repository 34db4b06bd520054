package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"casebinder/data"
	"casebinder/data/desk"
)

// Exit codes, as the README promises them.
const (
	exitDone    = 0
	exitFailed  = 1
	exitUsage   = 2
	exitPartial = 3 // done, with rows or files left out, with doubts, or in a desk that says it is damaged
)

// command is one word of the program.
type command struct {
	name  string // "import", "dispute open"
	help  string
	setup func(*call) func(context.Context) (*result, error)
}

// call is one invocation of a command.
type call struct {
	flags    *flag.FlagSet
	desk     string
	operator string
	json     bool
	files    []string // arguments that are no flags
	stdout   io.Writer
}

// result is what a command prints. With --json it is one object.
type result struct {
	ID         string         `json:"id,omitempty"`
	Path       string         `json:"path,omitempty"`
	Items      any            `json:"items,omitempty"`
	Rejected   []data.Finding `json:"rejected,omitempty"` // why a row or file was left out
	Doubts     []data.Finding `json:"doubts,omitempty"`   // taken, and not read for certain
	Notes      []data.Finding `json:"notes,omitempty"`    // worth knowing, and no doubt
	Detail     any            `json:"detail,omitempty"`   // counts and the like, by command
	*caseState                // of one dispute
	*dueState                 // to buyers
	reply      *replyState    // printed in the place of all others but Alarms
	draft      *draftState    // so too
	Alarms     []data.Finding `json:"alarms,omitempty"` // what the desk noticed by itself
	words      string         // for people
	failed     bool           // done, and the answer is no: exit code 1
	stands     bool           // done, and something stands against what is asked about: exit code 3
	open       bool           // with --json: the items were printed, and their object is open still
}

// tell puts findings among the doubts or the notes by how bad they are, and gives
// their rules.
func (r *result) tell(findings []data.Finding) (rules []string) {
	for _, f := range findings {
		rules = append(rules, f.Rule)
		if f.Severity.Rank() <= data.Warning.Rank() {
			r.Doubts = append(r.Doubts, f)
		} else {
			r.Notes = append(r.Notes, f)
		}
	}
	return rules
}

// errUsage marks what the caller typed wrongly.
var errUsage = errors.New("wrong usage")

func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	stdout, stderr = &visible{to: stdout}, &visible{to: stderr}
	c := &call{flags: flag.NewFlagSet("casebinder", flag.ContinueOnError)}
	c.common()
	c.flags.SetOutput(io.Discard)
	if err := c.flags.Parse(args); err != nil {
		return usageError(stderr, err)
	}
	words := c.flags.Args()
	if len(words) == 0 {
		return openWindow(ctx, c, stderr)
	}
	switch words[0] {
	case "help":
		fmt.Fprint(stdout, usage)
		return exitDone
	case "version":
		fmt.Fprintln(stdout, version)
		return exitDone
	}
	cmd, rest := find(words)
	if family := familyOf(words[0]); cmd == nil && len(family) > 0 {
		return family.tell(words[1:], stdout, stderr)
	}
	if cmd == nil {
		return usageError(stderr, fmt.Errorf("there is no command “%s”", strings.Join(words[:min(2, len(words))], " ")))
	}
	return c.run(ctx, cmd, rest, stdout, stderr)
}

// find takes the longest command that the words begin with.
func find(words []string) (*command, []string) {
	for n := min(2, len(words)); n > 0; n-- {
		name := strings.Join(words[:n], " ")
		for i := range commands {
			if commands[i].name == name {
				return &commands[i], words[n:]
			}
		}
	}
	return nil, nil
}

// A family is the commands that begin with one word, which is none itself.
type family []*command

func familyOf(word string) (all family) {
	for i := range commands {
		if strings.HasPrefix(commands[i].name, word+" ") {
			all = append(all, &commands[i])
		}
	}
	return all
}

// tell lists the commands of a family to who asks for help, and else which words
// may follow.
func (f family) tell(rest []string, stdout, stderr io.Writer) int {
	if len(rest) > 0 && slices.Contains([]string{"-h", "-help", "--help"}, rest[0]) {
		for _, one := range f {
			fmt.Fprintf(stdout, "casebinder %s\n    %s\n", one.name, one.help)
		}
		return exitDone
	}
	var next []string
	word := ""
	for _, one := range f {
		first, second, _ := strings.Cut(one.name, " ")
		word, next = first, append(next, second)
	}
	return usageError(stderr, fmt.Errorf("behind “%s” one of these words follows: %s", word, strings.Join(next, ", ")))
}

// common declares the flags that stand before or after a command.
func (c *call) common() {
	c.flags.StringVar(&c.desk, "desk", c.desk, "the desk's `folder`; without it the default one of this system")
	c.flags.StringVar(&c.operator, "operator", c.operator, "`name` of who works, for the journal")
	c.flags.BoolVar(&c.json, "json", c.json, "print one JSON object")
}

func (c *call) run(ctx context.Context, cmd *command, args []string, stdout, stderr io.Writer) int {
	c.flags, c.stdout = flag.NewFlagSet(cmd.name, flag.ContinueOnError), stdout
	c.common()
	do := cmd.setup(c)
	c.flags.SetOutput(io.Discard)
	c.flags.Usage = func() {}
	err := c.parse(args)
	if errors.Is(err, flag.ErrHelp) {
		fmt.Fprintf(stdout, "casebinder %s\n\n%s\n\n", cmd.name, cmd.help)
		c.flags.SetOutput(stdout)
		c.flags.PrintDefaults()
		return exitDone
	}
	if err != nil {
		return usageError(stderr, err)
	}
	var out *result
	if err = c.outPlace(); err == nil {
		out, err = do(ctx)
	}
	err = data.Plain(err)
	if errors.Is(err, errUsage) {
		return usageError(stderr, err)
	}
	return c.print(out, err, stdout, stderr)
}

// outPlace is the one rule of --out: a file, or the last folder of its path, is made;
// the folder that it lies in has to be there, so that a mistyped path makes none.
func (c *call) outPlace() error {
	f := c.flags.Lookup("out")
	if f == nil || f.Value.String() == "" {
		return nil
	}
	return desk.CheckPlace(f.Value.String())
}

// parse lets flags stand before, between and after the other arguments; after
// a bare -- everything is an argument.
func (c *call) parse(args []string) error {
	var plain []string
	for i, arg := range args {
		if arg == "--" {
			args, plain = args[:i], args[i+1:]
			break
		}
	}
	for {
		if err := c.flags.Parse(args); err != nil {
			return err
		}
		if c.flags.NArg() == 0 {
			break
		}
		c.files = append(c.files, c.flags.Arg(0))
		args = c.flags.Args()[1:]
	}
	c.files = append(c.files, plain...)
	return nil
}

func usageError(stderr io.Writer, err error) int {
	if errors.Is(err, flag.ErrHelp) {
		fmt.Fprint(stderr, usage)
		return exitDone
	}
	fmt.Fprintf(stderr, "casebinder: %s\nSee “casebinder help”, or a command with --help.\n", strings.TrimSuffix(err.Error(), ": "+errUsage.Error()))
	return exitUsage
}

func misused(format string, args ...any) error {
	return fmt.Errorf(format+": %w", append(args, errUsage)...)
}

// print says how the command ended, and gives the exit code.
func (c *call) print(out *result, err error, stdout, stderr io.Writer) int {
	if out == nil {
		out = &result{}
	}
	if c.json {
		return c.printJSON(out, err, stdout, stderr)
	}
	for _, f := range out.Rejected {
		fmt.Fprintln(stderr, fileWords(f))
	}
	for _, f := range out.Doubts {
		fmt.Fprintln(stderr, "doubt:", fileWords(f))
	}
	for _, f := range out.Notes {
		fmt.Fprintln(stderr, "note:", fileWords(f))
	}
	for _, f := range out.Alarms {
		fmt.Fprintf(stderr, "casebinder: %s: %s %s\n", f.Severity, f.Why, f.How)
	}
	if out.words != "" {
		fmt.Fprintln(stdout, strings.TrimRight(out.words, "\n"))
	}
	if err != nil && !errors.Is(err, context.Canceled) { // who broke it off knows
		fmt.Fprintf(stderr, "casebinder: %s\n", err)
	}
	return code(out, err)
}

func code(out *result, err error) int {
	switch {
	case err != nil || out.failed:
		return exitFailed
	case len(out.Rejected)+len(out.Doubts) > 0, out.stands, out.reply != nil && out.reply.Blocked, out.draft != nil && out.draft.Blocked, slices.ContainsFunc(out.Alarms, func(f data.Finding) bool { return f.Severity.Rank() <= data.Serious.Rank() }):
		return exitPartial
	}
	return exitDone
}

func (c *call) printJSON(out *result, err error, stdout, stderr io.Writer) int {
	if out.open {
		if streamErr := closeStream(stdout, out, failureOf(err)); streamErr != nil {
			fmt.Fprintf(stderr, "casebinder: writing the answer: %s\n", streamErr)
			return exitFailed
		}
		return code(out, err)
	}
	var object any = struct {
		*result
		Error *failure `json:"error,omitempty"`
	}{out, failureOf(err)}
	if out.draft != nil {
		out.draft.Alarms = out.Alarms
		object = out.draft
	}
	if out.reply != nil {
		out.reply.Alarms = out.Alarms
		object = out.reply
	}
	encoder := json.NewEncoder(stdout)
	encoder.SetEscapeHTML(false)
	if encodeErr := encoder.Encode(object); encodeErr != nil {
		fmt.Fprintf(stderr, "casebinder: writing the answer: %s\n", encodeErr)
		return exitFailed
	}
	return code(out, err)
}

// failure is an error as --json prints it.
type failure struct {
	Code string `json:"code,omitempty"` // stable, for scripts
	What string `json:"what"`
	Do   string `json:"do,omitempty"`
}

func failureOf(err error) *failure {
	if err == nil {
		return nil
	}
	if problem, ok := data.AsProblem(err); ok {
		return &failure{Code: problem.Kind.Code, What: problem.What(), Do: problem.Do()}
	}
	return &failure{What: err.Error()}
}

// dir is the desk's folder.
func (c *call) dir() (string, error) {
	if c.desk != "" {
		return c.desk, nil
	}
	return desk.DefaultDir()
}

// deskOptions say who works, and how this program reads a PDF in a child process.
func deskOptions(operator string) desk.Options {
	o := desk.Options{Operator: operator, Version: version, CodeDir: desk.CodeDir()}
	if self, err := os.Executable(); err == nil { // without it PDFs are read in this process, within the same limits
		o.Annex, o.Pages, o.Codes = []string{self, annexWord}, []string{self, pagesWord}, []string{self, codesWord}
	}
	return o
}

// withDesk opens the desk, does something with it, and closes it. A folder that holds
// none is refused, so that a mistyped one is never taken for a desk with nothing in it.
func (c *call) withDesk(ctx context.Context, do func(*desk.Desk) (*result, error)) (*result, error) {
	dir, err := c.knownDir()
	if err != nil {
		return nil, err
	}
	return c.inDesk(ctx, dir, do)
}

// knownDir is the desk's folder, which holds one.
func (c *call) knownDir() (string, error) {
	dir, err := c.dir()
	if err == nil && !desk.Known(dir) {
		err = problemNoDesk.New("dir", dir)
	}
	return dir, err
}

// beginDesk is withDesk for what a desk can begin with: it makes one where there is none.
func (c *call) beginDesk(ctx context.Context, do func(*desk.Desk) (*result, error)) (*result, error) {
	dir, err := c.dir()
	if err != nil {
		return nil, err
	}
	return c.inDesk(ctx, dir, do)
}

func (c *call) inDesk(ctx context.Context, dir string, do func(*desk.Desk) (*result, error)) (*result, error) {
	o := deskOptions(c.operator)
	o.Settled = true
	d, err := desk.Open(ctx, dir, o)
	if err != nil {
		return nil, err
	}
	out, err := do(d)
	if out != nil {
		out.Alarms = d.Alarms()
	}
	return out, errors.Join(err, d.Close())
}
