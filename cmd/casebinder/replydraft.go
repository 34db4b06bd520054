package main

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"casebinder/data"
	"casebinder/data/desk"
)

// draftState is a drafted reply, as --json prints it.
type draftState struct {
	Text      string          `json:"text"`
	Template  string          `json:"template"`
	Language  string          `json:"language"`           // of the text
	Wanted    string          `json:"wanted"`             // asked for, or what the buyer reads
	Ground    string          `json:"ground,omitempty"`   // by what the buyer's language is told: person, file, message, others, country
	Sure      bool            `json:"sure"`               // of that language
	Fallback  string          `json:"fallback,omitempty"` // the language in which it stands in place of the wanted one
	Missing   []string        `json:"missing"`            // variables without a value
	Open      []string        `json:"open"`               // variables that may still be given
	Findings  []replyFinding  `json:"findings"`
	Proposals []draftProposal `json:"proposals"` // templates that fit, the best first
	Blocked   bool            `json:"blocked"`   // it must not go out so
	Alarms    []data.Finding  `json:"alarms,omitempty"`
}

type draftProposal struct {
	Template string   `json:"template"`
	Name     string   `json:"name"`
	Why      []string `json:"why"`
}

func replyDraftCommand(c *call) func(context.Context) (*result, error) {
	r := desk.DraftRequest{Extra: map[string]string{}}
	number, find := c.onOrder()
	c.flags.StringVar(&r.Template, "template", "", "`id` of the template; without it the one that fits best")
	c.flags.StringVar(&r.Language, "language", "", "`language` of the reply, such as es; without it what the buyer reads")
	c.flags.StringVar(&r.Wording, "wording", "", "short or warm; without it the plain one")
	c.flags.Func("set", "`NAME=VALUE` of a variable that the order does not know, such as return.until=2026-12-28; may be given several times", func(s string) error {
		name, value, ok := strings.Cut(s, "=")
		if !ok || !knownVariable(name) {
			return fmt.Errorf("%q is no variable of templates with its value", s)
		}
		r.Extra[name] = value
		return nil
	})
	return func(ctx context.Context) (*result, error) {
		if *number == "" || len(c.files) > 0 || !slices.Contains([]string{"", "short", "warm"}, r.Wording) {
			return nil, misused("reply draft needs --order; --wording is short or warm")
		}
		return c.withDesk(ctx, func(d *desk.Desk) (*result, error) {
			order, err := find(ctx, d)
			if err != nil {
				return nil, err
			}
			return draftReply(ctx, d, r, order.ID)
		})
	}
}

func knownVariable(name string) bool {
	return slices.ContainsFunc(desk.TemplateVariables(), func(v desk.TemplateVariable) bool { return v.Name == name })
}

// draftReply drafts the reply on an order and its open dispute, if there is one.
func draftReply(ctx context.Context, d *desk.Desk, r desk.DraftRequest, orderID int64) (*result, error) {
	view, err := d.Order(ctx, orderID)
	if err != nil {
		return nil, err
	}
	r.OrderID, r.DisputeID = orderID, view.OpenDispute()
	about := data.ReplyAbout{OrderID: r.OrderID, DisputeID: r.DisputeID}
	proposals, err := d.ProposeReplies(ctx, about)
	if err != nil {
		return nil, err
	}
	state := &draftState{Findings: []replyFinding{}, Proposals: []draftProposal{}}
	for _, p := range proposals {
		one := draftProposal{Template: p.Template, Name: p.Name, Why: []string{}}
		for _, why := range p.Why {
			one.Why = append(one.Why, why.String())
		}
		state.Proposals = append(state.Proposals, one)
	}
	var chosen strings.Builder
	if r.Template == "" {
		if len(proposals) == 0 {
			return nil, problemNoProposal.New()
		}
		r.Template = proposals[0].Template
		fmt.Fprintf(&chosen, "(%s: %s)\n\n", r.Template, strings.Join(state.Proposals[0].Why, " "))
	}
	draft, err := d.Draft(ctx, r)
	if err != nil {
		return nil, err
	}
	state.take(&draft)
	if err := state.gate(ctx, d, about, &draft); err != nil {
		return nil, err
	}
	return &result{draft: state, words: chosen.String() + state.words()}, nil
}

var problemNoProposal = data.DefineProblem("command_no_proposal", data.ErrNotFound,
	"No template fits where this order stands.", "Name one with --template; template list lists them.")

func (s *draftState) take(d *desk.Draft) {
	s.Text, s.Template, s.Language, s.Wanted, s.Fallback = d.Text, d.Template, d.Language, d.Wanted, d.Fallback
	s.Ground, s.Sure = string(d.Told.Ground), d.Told.Sure || d.Told.Language == ""
	s.Missing, s.Open = append([]string{}, d.Missing...), append([]string{}, d.Open...)
	for _, f := range d.Findings {
		s.add(f)
	}
	s.Blocked = s.Blocked || len(d.Missing) > 0
}

func (s *draftState) add(f data.Finding) {
	s.Findings = append(s.Findings, replyFinding{Rule: f.Rule, Severity: f.Severity, Where: placesOf(f), Why: f.Why.String(), How: f.How.String()})
	s.Blocked = s.Blocked || f.Severity == data.Blocking
}

// gate adds what the check of replies says of a text that is whole.
func (s *draftState) gate(ctx context.Context, d *desk.Desk, about data.ReplyAbout, draft *desk.Draft) error {
	if len(draft.Missing) > 0 {
		return nil
	}
	found, err := d.CheckReply(ctx, desk.ReplyCheck{ReplyAbout: about, Language: draft.Language, Text: draft.Text})
	for _, f := range found.Findings {
		if f.Passed == nil {
			s.add(f.Finding)
		}
	}
	return err
}

func (s *draftState) words() string {
	var out strings.Builder
	out.WriteString(s.Text + "\n")
	if len(s.Missing)+len(s.Findings) > 0 {
		out.WriteString("\n")
	}
	for _, name := range s.Missing {
		fmt.Fprintf(&out, "missing\t%s\n", name)
	}
	for _, f := range s.Findings {
		fmt.Fprintf(&out, "%s: %s: %s %s\n", f.Severity, f.Rule, f.Why, f.How)
	}
	return out.String()
}

func templateListCommand(c *call) func(context.Context) (*result, error) {
	return func(ctx context.Context) (*result, error) {
		if len(c.files) > 0 {
			return nil, misused("template list takes no arguments")
		}
		return c.withDesk(ctx, func(d *desk.Desk) (*result, error) {
			rows, languages, err := d.TemplateCoverage(ctx)
			if err != nil {
				return nil, err
			}
			var words strings.Builder
			for _, row := range rows {
				fmt.Fprintf(&words, "%s\t%s\t%s\t", row.Template, row.Scenario, row.Name)
				for _, lang := range languages {
					if labels, ok := row.Texts[lang]; ok {
						fmt.Fprintf(&words, " %s", lang+strings.Repeat("+", len(labels)-1))
					}
				}
				words.WriteString("\n")
			}
			return &result{Items: rows, words: words.String()}, nil
		})
	}
}

func templateExportCommand(c *call) func(context.Context) (*result, error) {
	var out string
	c.flags.StringVar(&out, "out", "", "`file` to write; it must not be there yet. Without it to the standard output")
	return func(ctx context.Context) (*result, error) {
		return c.withDesk(ctx, func(d *desk.Desk) (*result, error) {
			raw, err := d.ExportTemplates(ctx, c.files...)
			if err != nil {
				return nil, err
			}
			if out == "" {
				return &result{Detail: string(raw), words: string(raw)}, nil
			}
			file, err := os.OpenFile(out, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
			if err != nil {
				return nil, fmt.Errorf("writing templates: %w", err)
			}
			_, err = file.Write(raw)
			return &result{Path: out, words: out + "\n"}, cmp.Or(err, file.Close())
		})
	}
}

func templateImportCommand(c *call) func(context.Context) (*result, error) {
	take := c.flags.Bool("take", false, "take what the files hold; without it they are only looked at")
	return func(ctx context.Context) (*result, error) {
		if len(c.files) == 0 {
			return nil, misused("template import needs a file")
		}
		return c.withDesk(ctx, func(d *desk.Desk) (*result, error) {
			out := &result{}
			items := []desk.TemplateFile{}
			for _, name := range c.files {
				raw, err := readFile(name)
				if err != nil {
					return out, fmt.Errorf("reading templates: %w", err)
				}
				read, err := d.ReadTemplates(ctx, filepath.Base(name), raw)
				if err != nil {
					return out, err
				}
				for _, change := range read.Overwritten {
					out.words += fmt.Sprintf("overwrites\t%s\t%s %s\n", change.Template, change.Language, change.Label)
				}
				out.words += fmt.Sprintf("%s: %d added, %d overwritten, %d the same\n", filepath.Base(name), len(read.Added), len(read.Overwritten), read.Same)
				if *take {
					if err := d.TakeTemplates(ctx, read); err != nil {
						return out, err
					}
				}
				items = append(items, read)
				out.Items = items
			}
			return out, nil
		})
	}
}
