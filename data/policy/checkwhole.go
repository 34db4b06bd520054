package policy

import (
	"slices"
	"strings"

	"casebinder/data/pack"
)

// unique fails when two tables of one name share an id, or there are too many.
func (c *checker) unique() {
	p := c.p
	check := func(table string, ids []string) {
		if len(ids) > maxTables {
			c.Fail(pack.At(table, maxTables), "there are more than %d tables “%s”", maxTables, table)
		}
		seen := map[string]bool{}
		for i, id := range ids[:min(len(ids), maxTables)] {
			if seen[id] {
				c.Fail(pack.At(table, i, "id"), "there are two of the name “%s” in “%s”", id, table)
			}
			seen[id] = true
		}
	}
	check("stage", ids(p.Stages, func(s Stage) string { return s.ID }))
	check("deadline", ids(p.Deadlines, func(d Deadline) string { return d.ID }))
	check("item", ids(p.Items, func(i Item) string { return i.ID }))
	check("fee", ids(p.Fees, func(f Fee) string { return f.ID }))
	check("rate", ids(p.Rates, func(r Rate) string { return r.ID }))
	check("fallback", ids(p.Fallbacks, func(f Fallback) string { return f.ID }))
	check("window", ids(p.Windows, func(w Window) string { return w.ID }))
	check("upload", ids(p.Uploads, func(u Upload) string { return u.ID }))
	check("note", ids(p.Notes, func(n Note) string { return n.ID }))
	check("market", ids(p.Markets, func(m Market) string { return m.Is }))
	for _, d := range p.Deadlines {
		check("variant", ids(d.Variants, func(v Variant) string { return v.id() }))
	}
	check("reason", ids(p.Reasons, func(r ReasonWords) string { return string(r.Is) }))
}

func ids[T any](all []T, id func(T) string) []string {
	out := make([]string, len(all))
	for i, one := range all {
		out[i] = id(one)
	}
	return out
}

// cycles fails when stages lead back to themselves: by silence in any case, by
// steps unless they say that they lead back.
func (c *checker) cycles() {
	silent, forward := map[string][]string{}, map[string][]string{}
	for _, s := range c.p.Stages {
		if s.SilenceTo != "" {
			silent[s.ID] = append(silent[s.ID], s.SilenceTo)
			forward[s.ID] = append(forward[s.ID], s.SilenceTo)
		}
		for _, step := range slices.Concat(s.Steps, c.p.Always) {
			if step.To != "" && step.To != s.ID && !step.Back {
				forward[s.ID] = append(forward[s.ID], step.To)
			}
		}
	}
	for i, s := range c.p.Stages {
		at := pack.At("stage", i, "silence_to")
		if round := roundTrip(silent, s.ID); round != nil {
			c.Fail(at, "silence leads round in a cycle of stages: %s", strings.Join(round, " → "))
			return
		}
		if round := roundTrip(forward, s.ID); round != nil {
			c.Fail(pack.At("stage", i, "on"), "the stages lead round in a cycle: %s; a step that is meant to lead back says back = true", strings.Join(round, " → "))
			return
		}
	}
}

// roundTrip finds a way from a stage back to itself.
func roundTrip(edges map[string][]string, start string) []string {
	var walk func(at string, way []string) []string
	seen := map[string]bool{}
	walk = func(at string, way []string) []string {
		way = append(way, at)
		for _, next := range edges[at] {
			if next == start {
				return append(way, start)
			}
			if !seen[next] {
				seen[next] = true
				if round := walk(next, way); round != nil {
					return round
				}
			}
		}
		return nil
	}
	return walk(start, nil)
}
