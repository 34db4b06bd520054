package main

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/watch"
)

// foundItem is a file that waits in a watched folder, as --json prints it.
type foundItem struct {
	File   string            `json:"file"`
	Kind   data.FoundKind    `json:"kind"`
	At     string            `json:"at,omitempty"`     // when a picture was taken
	Order  string            `json:"order"`            // "" where a person is to say which
	Shop   string            `json:"shop,omitempty"`   // of the order
	Orders []data.FoundOrder `json:"orders"`           // to which it may belong, the strongest first
	As     data.Text         `json:"as,omitzero"`      // what an export is
	Target string            `json:"target,omitempty"` // of an export: orders, disputes, feedback, messages, shipments
	Unsure bool              `json:"unsure"`
	Why    []data.Text       `json:"why,omitempty"`
	Taken  string            `json:"taken,omitempty"` // id of the evidence
}

const foundListed = 10_000 // files; of more it is said

func foundCommand(c *call) func(context.Context) (*result, error) {
	take := c.flags.Bool("take", false, "take each picture and video that surely belongs to an order as evidence of its packing")
	return func(ctx context.Context) (*result, error) {
		if len(c.files) > 0 {
			return nil, misused("found takes no arguments; found watch takes a folder")
		}
		return c.withDesk(ctx, func(d *desk.Desk) (*result, error) {
			out := &result{}
			if err := lookAtFolders(ctx, d, out); err != nil {
				return nil, err
			}
			files, err := d.FoundFiles(ctx, foundListed)
			if err != nil {
				return nil, err
			}
			count, err := d.FoundCount(ctx)
			if err != nil {
				return nil, err
			}
			var taken map[string]string
			if *take {
				if taken, err = takeSure(ctx, d, files, out); err != nil {
					return nil, err
				}
			}
			listFound(out, files, taken)
			if more := count.Offered() - len(files); more > 0 {
				out.Notes = append(out.Notes, data.Finding{Rule: "found.more", Severity: data.Info, Why: phraseFoundMore.With("n", more)})
			}
			out.Detail = count
			return out, nil
		})
	}
}

var phraseFoundMore = data.DefinePhrase("found.command.more", "{n} more files wait and are not listed.")

// lookAtFolders looks for new files and reads them. One that is just being written is
// looked at once more, when it may be whole.
func lookAtFolders(ctx context.Context, d *desk.Desk, out *result) error {
	moving, err := d.LookAtFolders(ctx)
	if err == nil && moving > 0 {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(watch.Settle + 50*time.Millisecond):
		}
		moving, err = d.LookAtFolders(ctx)
	}
	if err != nil {
		return err
	}
	if moving > 0 {
		out.Notes = append(out.Notes, data.Finding{Rule: "found.moving", Severity: data.Info, Why: phraseFoundMoving.With("n", moving)})
	}
	folders, err := d.WatchedFolders(ctx)
	if err != nil {
		return err
	}
	for _, f := range folders {
		if f.Missing != nil {
			out.Rejected = append(out.Rejected, data.FindingOf(f.Missing, data.Serious, data.Ref{Kind: "file", ID: f.Path}))
		}
	}
	if len(folders) == 0 {
		out.Notes = append(out.Notes, data.Finding{Rule: "found.none", Severity: data.Info, Why: phraseFoundNone.With()})
	}
	_, err = d.ReadFound(ctx, nil) // what cannot be read says so among the files
	return err
}

var (
	phraseFoundMoving = data.DefinePhrase("found.command.moving", "{n} files are still being written.")
	phraseFoundNone   = data.DefinePhrase("found.command.none", "No folder is watched: name one with found watch.")
)

// takeSure takes what is sure, and gives the evidence of each by its path.
func takeSure(ctx context.Context, d *desk.Desk, files []data.FoundFile, out *result) (map[string]string, error) {
	takes := desk.SureFound(files)
	report, err := d.TakeFound(ctx, takes, nil)
	if err != nil {
		return nil, err
	}
	for _, f := range report.Rejected {
		out.Rejected = append(out.Rejected, data.FindingOf(f.Reason, data.Serious, data.Ref{Kind: "file", ID: f.Name}))
	}
	bySum := map[string]string{}
	for _, e := range report.Added {
		bySum[e.SHA256] = e.UID
	}
	taken := map[string]string{}
	for _, f := range files {
		if uid := bySum[f.SHA256]; uid != "" && f.Guess.Sure {
			taken[f.Path] = uid
		}
	}
	return taken, nil
}

// listFound says each file in a line. Pictures and videos of which a person is to say
// whose they are make exit code 3.
func listFound(out *result, files []data.FoundFile, taken map[string]string) {
	items, words := make([]foundItem, 0, len(files)), strings.Builder{}
	for _, f := range files {
		picture := f.Kind == data.FoundPicture || f.Kind == data.FoundVideo
		item := foundItem{
			File: f.Path, Kind: f.Kind, At: data.JSONTime(f.Guess.At), Orders: append([]data.FoundOrder{}, f.Guess.Orders...), As: f.Guess.Title, Target: f.Guess.Target,
			Unsure: picture && !f.Guess.Sure, Why: f.Guess.Why, Taken: taken[f.Path],
		}
		if f.Guess.Sure && len(f.Guess.Orders) > 0 {
			item.Order, item.Shop = f.Guess.Orders[0].Order, f.Guess.Orders[0].Shop
		}
		out.stands = out.stands || item.Unsure
		items = append(items, item)
		words.WriteString(foundWords(item))
	}
	if taken != nil {
		fmt.Fprintf(&words, "%d taken, %d left\n", len(taken), len(files)-len(taken))
	}
	out.Items, out.words = items, words.String()
}

// foundWords says a file in one line: what it is, whose it is or may be, and why a
// person is to say.
func foundWords(item foundItem) string {
	whose := item.Order
	switch {
	case item.Target != "":
		whose = fmt.Sprintf("%s (%s)", item.As, item.Target)
	case item.Unsure && len(item.Orders) == 0:
		whose = "unsure"
	case item.Unsure:
		var may []string
		for _, o := range item.Orders {
			may = append(may, fmt.Sprintf("%s (%s)", o.Order, o.Ground))
		}
		whose = "unsure: " + strings.Join(may, ", ")
	case whose == "":
		whose = "-"
	}
	if item.Taken != "" {
		whose += " taken"
	}
	words := fmt.Sprintf("%s\t%s\t%s", filepath.Base(item.File), item.Kind, whose)
	for _, w := range item.Why {
		words += "\t" + w.String()
	}
	return words + "\n"
}

func foundWatchCommand(c *call) func(context.Context) (*result, error) {
	present := c.flags.Bool("present", false, "offer what is in the folder already, too")
	return func(ctx context.Context) (*result, error) {
		if len(c.files) != 1 {
			return nil, misused("found watch takes one folder")
		}
		return c.withDesk(ctx, func(d *desk.Desk) (*result, error) {
			path, err := filepath.EvalSymlinks(c.files[0])
			if err == nil {
				path, err = filepath.Abs(path)
			}
			if err != nil {
				path = c.files[0] // WatchFolder says what is wrong with it
			}
			if err := d.WatchFolder(ctx, data.WatchFolder{Path: path, Pictures: true, Exports: true, Mails: true}); err != nil {
				return nil, err
			}
			if *present {
				if _, err := d.OfferPresent(ctx, path); err != nil {
					return nil, err
				}
			}
			return &result{Path: path, words: path + "\n"}, nil
		})
	}
}
