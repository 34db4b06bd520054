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

const usage = `Casebinder keeps orders, disputes, feedback and replies, and binds evidence.

  casebinder [--desk DIR]                      opens the window
  casebinder [--desk DIR] import [--shop NAME] [--platform P] [--preset NAME] [--encoding E] FILE...
  casebinder [--desk DIR] presets              the forms of files that import knows
  casebinder [--desk DIR] orders [--search TEXT] [--limit N]
  casebinder [--desk DIR] buyers [--search TEXT] [--kind KIND] [--limit N]
  casebinder [--desk DIR] carriers [--by carrier|country|month] [--since MONTH]
  casebinder [--desk DIR] report [--kind money,wins,answers,hours,lessons,replies] [--from DAY] [--to DAY]
                                 [--shop NAME] [--currency C] [--language L]
                                 [--out FILE.xlsx|FILE.csv|FILE.pdf]
  casebinder [--desk DIR] rate set [--day DAY] [--sure] CURRENCY TARGET VALUE
  casebinder [--desk DIR] rate list            what one unit of a currency is worth in another, and from when on
  casebinder [--desk DIR] tracking export --form amazon|ebay|paypal|plain --out FILE [--day DAY] [NUMBER...]
  casebinder [--desk DIR] dispute open --order NUMBER --reason REASON [--amount 12.50]
                                       [--opened TIME] [--due TIME|DAY] [--case NUMBER] [--pack ID]
                                       [--claim TEXT] [--translation TEXT] [--translator WHO]
  casebinder [--desk DIR] dispute event --dispute ID --kind KIND [--at TIME] [--note TEXT]
                                        [--by WHO] [--amount 12.50] [--due TIME|DAY]
                                        [--outcome OUTCOME] [--liable WHO]
  casebinder [--desk DIR] dispute ruling --dispute ID [--outcome OUTCOME] [--liable WHO]
  casebinder [--desk DIR] dispute show --dispute ID
  casebinder [--desk DIR] today
  casebinder [--desk DIR] due [--moments]      answers, promises, complaints and notices that are due to buyers
  casebinder [--desk DIR] notice skip --order NUMBER --notice NOTICE [--back]
  casebinder [--desk DIR] message no-answer --message ID [--back]
  casebinder [--desk DIR] notice [--take] [--sure] FILE...
  casebinder [--desk DIR] notice learn FILE.toml...
  casebinder [--desk DIR] message add --order NUMBER --text TEXT [--from buyer|seller|platform]
                                      [--at TIME] [--channel C] [--language L] [--translation TEXT]
  casebinder [--desk DIR] reply draft --order NUMBER [--template ID] [--language L]
                                      [--wording short|warm] [--set NAME=VALUE]
  casebinder [--desk DIR] template list        the templates, and the languages in which they stand
  casebinder [--desk DIR] template export [--out FILE] [ID...]
  casebinder [--desk DIR] template import [--take] FILE.toml...
  casebinder [--desk DIR] reply check --order NUMBER [--language L] FILE|-
  casebinder [--desk DIR] message paste [--order NUMBER] [--zone ZONE] [--mine NAME] [--take] FILE|-
  casebinder [--desk DIR] message list --order NUMBER
  casebinder [--desk DIR] order ship --order NUMBER [--tracking T] [--carrier C] [--at TIME] [NUMBER...]
  casebinder [--desk DIR] order deliver --order NUMBER [--at TIME] [NUMBER...]
  casebinder [--desk DIR] order refund --order NUMBER [--amount AMOUNT] [--currency C] [--at TIME]
  casebinder [--desk DIR] order return --order NUMBER [--step asked|sent|received] [--tracking T] [--at TIME]
  casebinder [--desk DIR] order resend --order NUMBER [--tracking T] [--carrier C] [--at TIME]
  casebinder [--desk DIR] order address --order NUMBER --street S [--city C] [--postcode P] [--country XX] [--name N]
  casebinder [--desk DIR] order cancel --order NUMBER [--by buyer|seller|platform] [--reason R] [--note TEXT] [NUMBER...]
  casebinder [--desk DIR] order confirm-receipt --order NUMBER [--how buyer|timeout] [--at TIME] [NUMBER...]
  casebinder [--desk DIR] order margin --order NUMBER [--goods SUM] [--postage SUM] [--fees SUM]   what the order left after its costs
  casebinder [--desk DIR] shipment add --order NUMBER --tracking T [--carrier C] [--shipped TIME] [--kind resend|return]
  casebinder [--desk DIR] shipment scan --order NUMBER --tracking T --at TIME --text TEXT [--place P]
  casebinder [--desk DIR] shipment paste [--order NUMBER] [--zone ZONE] [--take] FILE|-
  casebinder [--desk DIR] product list|check [SKU...]          what was sold, and what stands against its listings
  casebinder [--desk DIR] product cost [--day DAY] [SKU [SUM]]  what a unit costs; "import --as costs" takes a list
  casebinder [--desk DIR] product snapshot --product SKU FILE  keeps how the listing looked; "product paper --kind ce --until DAY" keeps a certificate
  casebinder payways [COUNTRY]                   how buyers of a country pay, and what that means for disputes
  casebinder [--desk DIR] supplier list | supplier set [--warranty DAYS] [--defects WHO] [--returns WHO] [--contact C] [--notes TEXT] NAME
  casebinder [--desk DIR] supplier claims [--order NUMBER] [--language L] [--take]   faulty goods that a supplier still answers for
  casebinder [--desk DIR] health [--shop NAME] [--metric ID] [--at TIME] [--list] [--rows FILE]   the numbers by which platforms judge the account
  casebinder [--desk DIR] risk [--order NUMBER] [--limit N]   what stands against shipping an order
  casebinder [--desk DIR] feedback [--search TEXT] [--class C] [--state S] [--cause C] [--since DAY] [--given] [--no-order] [--limit N]
  casebinder [--desk DIR] feedback add --order NUMBER|--platform P --shop NAME --stars 1..5 [--text TEXT] [--at TIME] [--given]
  casebinder [--desk DIR] feedback paste [--shop S] [--given] [--take] FILE|-   ratings of a page that was copied as text
  casebinder [--desk DIR] feedback set --did DEED [--at TIME] [--text TEXT] [--stars N] [--ground G] [--outcome O] [--cause C] [--sure] ID
  casebinder [--desk DIR] feedback proof [--note TEXT] ID FILE...   keeps pictures and proofs with a feedback
  casebinder [--desk DIR] feedback bundle --out DIR [--ground G] ID  binds a complaint about it
  casebinder [--desk DIR] feedback summary [--shop NAME]
  casebinder [--desk DIR] evidence add --dispute ID [--kind KIND] [--captured TIME]
                                       [--note TEXT] FILE...
  casebinder [--desk DIR] found [--take]         what waits in watched folders, and whose it seems to be
  casebinder [--desk DIR] found watch [--present] FOLDER
  casebinder [--desk DIR] label [--take] FILE... the codes on the labels in pictures, and their orders
  casebinder [--desk DIR] statement --dispute ID [--language L] [--keep]
  casebinder [--desk DIR] bundle --dispute ID --out DIR [--language en|zh-CN|zh-TW]
                                 [--profile P] [--mask name,phone,...] [--time-stamp]
  casebinder [--desk DIR] paper --kind parcel-list|hand-over|thank-you --size a4|a6|100x150 --out FILE.pdf
                                --order NUMBER... | --day DAY [--language L] [--also L] [--prices] [--address]
                                [--four] [--leaflet FILE] [--keep] [--sure]
  casebinder [--desk DIR] profiles
  casebinder [--desk DIR] rebuild --bundle ID --out DIR
  casebinder [--desk DIR] sent --bundle ID [--at TIME] [--note TEXT]
  casebinder verify [--signer SHA256:...] PATH   a bag, zipped or not
  casebinder [--desk DIR] backup --out DIR [--without-damaged]
  casebinder restore --desk DIR FILE
  casebinder [--desk DIR] check [--read-data] [BUNDLE|BACKUP...]
  casebinder [--desk DIR] repair --out DIR       a new desk of what can be read
  casebinder [--desk DIR] key
  casebinder [--desk DIR] key export --out FILE [--passphrase-file FILE]
  casebinder [--desk DIR] key import [--passphrase-file FILE] FILE
  casebinder [--desk DIR] sample [--language en|zh-CN|zh-TW]   fills an empty desk with invented data
  casebinder version

--json prints one object instead of words. COMMAND --help tells more of a command.
Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done with rows or files left out, doubts, or a grave alarm of the desk.
`

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
