package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"casebinder/data"
	"casebinder/data/reply"
	"casebinder/data/store"
)

// A Snippet is a short text of the seller's own that is inserted by its name:
// {{ snippet.hours }}.
type Snippet struct {
	Name  string            `json:"name"`  // small letters, digits and low lines
	Texts map[string]string `json:"texts"` // by language (BCP 47); "" is for all that have none of their own
}

const snippetsSetting = "snippets"

var (
	snippetName = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)

	problemSnippetName = data.DefineProblem("snippet_name", data.ErrInvalid,
		"“{name}” cannot be the name of a snippet.", "Use small letters, digits and underscores, beginning with a letter, such as opening_hours.")
	problemSnippetEmpty = data.DefineProblem("snippet_empty", data.ErrInvalid,
		"The snippet “{name}” has no text in any language.", "Write it in one language at least, or delete it.")
)

// Snippets lists the seller's snippets by name.
func (d *Desk) Snippets(ctx context.Context) ([]Snippet, error) {
	var list []Snippet
	_, err := d.Setting(ctx, snippetsSetting, &list)
	return list, err
}

// PutSnippet stores a snippet in the place of the one with its name. It can be
// undone.
func (d *Desk) PutSnippet(ctx context.Context, s Snippet) error {
	if s.Name = strings.TrimSpace(s.Name); !snippetName.MatchString(s.Name) {
		return problemSnippetName.New("name", s.Name)
	}
	s.Texts = maps.Clone(s.Texts)
	maps.DeleteFunc(s.Texts, func(_, text string) bool { return strings.TrimSpace(text) == "" })
	if len(s.Texts) == 0 {
		return problemSnippetEmpty.New("name", s.Name)
	}
	return d.swapSnippets(ctx, "snippet.put", s.Name, func(list []Snippet) []Snippet {
		list = slices.DeleteFunc(list, func(o Snippet) bool { return o.Name == s.Name })
		list = append(list, s)
		slices.SortFunc(list, func(a, b Snippet) int { return strings.Compare(a.Name, b.Name) })
		return list
	})
}

// DropSnippet takes a snippet away. It can be undone.
func (d *Desk) DropSnippet(ctx context.Context, name string) error {
	return d.swapSnippets(ctx, "snippet.drop", name, func(list []Snippet) []Snippet {
		return slices.DeleteFunc(list, func(o Snippet) bool { return o.Name == name })
	})
}

func (d *Desk) swapSnippets(ctx context.Context, action, name string, change func([]Snippet) []Snippet) error {
	before, err := d.Snippets(ctx)
	if err != nil {
		return err
	}
	of := about{action, data.EntityTemplate, "snippet." + name, manyOf(data.EntityTemplate)}
	return d.act(ctx, swap(of, before, change(slices.Clone(before)), func(_ context.Context, tx *store.Tx, list []Snippet) error {
		value, err := json.Marshal(list)
		if err != nil {
			return fmt.Errorf("writing snippets: %w", err)
		}
		return tx.PutSetting(snippetsSetting, value)
	}))
}

// addSnippets gives a reply its snippets.
func (d *Desk) addSnippets(ctx context.Context, from *reply.Context) error {
	list, err := d.Snippets(ctx)
	if err != nil || len(list) == 0 {
		return err
	}
	from.Snippets = map[string]map[string]string{}
	for _, s := range list {
		from.Snippets[s.Name] = s.Texts
	}
	return nil
}
