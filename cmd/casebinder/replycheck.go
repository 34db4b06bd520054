package main

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/gate"
)

// replyState is what the check of a reply says, as --json prints it.
type replyState struct {
	Language string         `json:"language"` // of the text
	Blocked  bool           `json:"blocked"`
	Findings []replyFinding `json:"findings"`
	Promises []replyPromise `json:"promises"`
	NoWords  bool           `json:"no_words,omitempty"` // the rules have no words of this language: names, numbers and signs alone were checked
	Alarms   []data.Finding `json:"alarms,omitempty"`
}

// replyPromise is a day until which the reply promises something; when it is sent,
// it becomes a task.
type replyPromise struct {
	Due   string `json:"due"` // a day
	Text  string `json:"text"`
	Start int    `json:"start"`
	End   int    `json:"end"`
}

type replyFinding struct {
	Rule     string        `json:"rule"`
	Severity data.Severity `json:"severity"`
	Where    []replyPlace  `json:"where"`
	Why      string        `json:"why"`
	How      string        `json:"how"`
	Mend     *replyMend    `json:"mend,omitempty"`
	Passed   string        `json:"passed,omitempty"` // why it was let stand in the draft
}

// replyPlace is a stretch of the text, in characters from 0.
type replyPlace struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Text  string `json:"text"`
}

// replyMend is what a button would do.
type replyMend struct {
	Deed string `json:"deed"`
	Text string `json:"text"` // the reply as it would be; "" where a choice is to be made
}

// maxReply is the longest file that is read, in bytes.
const maxReply = 1 << 20

var problemReplyFile = data.DefineProblem("command_reply_file", data.ErrInvalid,
	"The reply cannot be read from {file}: {reason}.", "Give a text file in UTF-8 of at most 1 MB, or - for the standard input.")

func replyCheckCommand(c *call) func(context.Context) (*result, error) {
	var language string
	number, find := c.onOrder()
	c.flags.StringVar(&language, "language", "", "`language` of the reply, such as de; without it the text tells")
	return func(ctx context.Context) (*result, error) {
		if *number == "" || len(c.files) != 1 {
			return nil, misused("reply check needs --order and the file of the reply, or - for the standard input")
		}
		text, err := readReply(ctx, c.files[0])
		if err != nil {
			return nil, err
		}
		return c.withDesk(ctx, func(d *desk.Desk) (*result, error) {
			order, err := find(ctx, d)
			if err != nil {
				return nil, err
			}
			found, err := d.CheckReply(ctx, desk.ReplyCheck{ReplyAbout: data.ReplyAbout{OrderID: order.ID}, Language: language, Text: text})
			if err != nil {
				return nil, err
			}
			return replyResult(text, &found), nil
		})
	}
}

func readReply(ctx context.Context, name string) (string, error) {
	in := stdin(ctx)
	if name != "-" {
		file, err := openFile(name)
		if err != nil {
			return "", unread(err, problemReplyFile, "file", name, "reason", "it cannot be opened")
		}
		defer file.Close()
		in = file
	}
	text, err := io.ReadAll(io.LimitReader(in, maxReply+1))
	switch {
	case err != nil:
		return "", problemReplyFile.Wrap(err, "file", name, "reason", "reading it failed")
	case len(text) > maxReply:
		return "", problemReplyFile.New("file", name, "reason", "it is too long")
	case strings.ToValidUTF8(string(text), "") != string(text):
		return "", problemReplyFile.New("file", name, "reason", "it is no text in UTF-8")
	case strings.TrimSpace(string(text)) == "":
		return "", problemReplyFile.New("file", name, "reason", "it is empty")
	}
	return strings.TrimPrefix(string(text), "\ufeff"), nil
}

func replyResult(text string, found *desk.ReplyChecked) *result {
	state := &replyState{
		Language: found.Language, Blocked: found.Blocked, NoWords: found.NoWords,
		Findings: []replyFinding{}, Promises: []replyPromise{},
	}
	var words strings.Builder
	for _, f := range found.Findings {
		one := replyFinding{Rule: f.Rule, Severity: f.Severity, Where: placesOf(f.Finding), Why: f.Why.String(), How: f.How.String()}
		if f.Mend.Deed != "" {
			mended, ok := gate.Mend(text, f.Finding)
			if !ok {
				mended = ""
			}
			one.Mend = &replyMend{Deed: f.Mend.Deed, Text: mended}
		}
		if f.Passed != nil {
			one.Passed = f.Passed.Reason
		} else {
			fmt.Fprintf(&words, "%s: %s: %s %s\n", f.Severity, f.Rule, one.Why, one.How)
		}
		state.Findings = append(state.Findings, one)
	}
	for _, p := range found.Promises {
		state.Promises = append(state.Promises, replyPromise{Due: p.Due.String(), Text: p.Text, Start: p.Start, End: p.End})
		fmt.Fprintf(&words, "promise\t%s\t%s\n", p.Due, p.Text)
	}
	if found.NoWords {
		fmt.Fprintf(&words, "The rules have no words of this language (%s): names, numbers and signs alone were checked.\n", orDash(found.Language))
	}
	return &result{reply: state, words: words.String()}
}

func placesOf(f data.Finding) []replyPlace {
	all := []replyPlace{}
	for _, r := range f.Where {
		start, end, ok := strings.Cut(r.ID, "-")
		a, err1 := strconv.Atoi(start)
		b, err2 := strconv.Atoi(end)
		if r.Kind == "text" && ok && err1 == nil && err2 == nil {
			all = append(all, replyPlace{Start: a, End: b, Text: r.Label})
		}
	}
	return all
}
