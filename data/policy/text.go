package policy

import (
	"fmt"
	"sort"
	"strings"

	"casebinder/data"
)

// Text is something that a person reads: a stable key for the language files,
// the English words with {name} placeholders, and the values for them. Words
// that a user wrote into a pack of their own have a key too; no language file
// holds it, and so the words stay as they were written.
type Text struct {
	Key     string
	English string
	Args    map[string]string
}

// String gives the English words with their values.
func (t Text) String() string { return data.FillWords(t.English, t.Args) }

// IsZero reports whether there is nothing to read.
func (t Text) IsZero() bool { return t.Key == "" && t.English == "" }

// phrase is a Text of the engine's own; every one is in phrases.
type phrase struct{ key, english string }

var phrases []phrase

func define(key, english string) phrase {
	p := phrase{key: "policy." + key, english: english}
	phrases = append(phrases, p)
	return p
}

// with makes a text of the phrase. Args are name, value pairs.
func (p phrase) with(args ...any) Text {
	t := Text{Key: p.key, English: p.english}
	if len(args) > 0 {
		t.Args = make(map[string]string, len(args)/2)
	}
	for i := 0; i+1 < len(args); i += 2 {
		t.Args[args[i].(string)] = fmt.Sprint(args[i+1])
	}
	return t
}

// Phrases lists the words of the engine itself, by key, without values: what a
// language file has to hold.
func Phrases() []Text {
	all := make([]Text, 0, len(phrases))
	for _, p := range phrases {
		all = append(all, p.with())
	}
	sort.Slice(all, func(i, j int) bool { return all[i].Key < all[j].Key })
	return all
}

// Texts lists the words of a pack, by key: what a language file may hold to
// translate it.
func (p *Pack) Texts() []Text {
	var all []Text
	add := func(t Text) {
		if t.English != "" {
			all = append(all, t)
		}
	}
	add(p.Text("title", p.Title))
	add(p.Text("about", p.About))
	for _, s := range p.Stages {
		add(p.Text("stage."+s.ID, s.Title))
		add(p.Text("stage."+s.ID+".silence", s.Silence))
		for _, step := range s.Steps {
			add(p.stepText(s.ID, step))
		}
	}
	for _, step := range p.Always {
		add(p.stepText("always", step))
	}
	for _, d := range p.Deadlines {
		add(p.Text("deadline."+d.ID, d.Title))
		add(p.Text("deadline."+d.ID+".timeout", d.Timeout))
		add(p.Text("deadline."+d.ID+".note", d.Note))
	}
	for _, i := range p.Items {
		add(p.Text("item."+i.ID, i.Title))
		add(p.Text("item."+i.ID+".get", i.Get))
	}
	all = append(all, p.moneyTexts()...)
	sort.Slice(all, func(i, j int) bool { return all[i].Key < all[j].Key })
	return all
}

func (p *Pack) moneyTexts() []Text {
	var all []Text
	add := func(path, english string) {
		if english != "" {
			all = append(all, p.Text(path, english))
		}
	}
	for _, f := range p.Fees {
		add("fee."+f.ID, f.Title)
		add("fee."+f.ID+".waived", f.Waived)
	}
	for _, r := range p.Rates {
		add("rate."+r.ID, r.Title)
		add("rate."+r.ID+".effect", r.Effect)
	}
	for _, f := range p.Fallbacks {
		add("fallback."+f.ID, f.Title)
		add("fallback."+f.ID+".note", f.Note)
	}
	for _, w := range p.Windows {
		add("window."+w.ID, w.Title)
	}
	for _, u := range p.Uploads {
		add("upload."+u.ID+".note", u.Note)
	}
	for _, n := range p.Notes {
		add("note."+n.ID, n.Text)
	}
	return all
}

// Text makes a text of a pack's own words, under the path of its key, such as
// "window.open_until".
func (p *Pack) Text(path, english string) Text {
	return Text{Key: "policy.pack." + p.ID + "." + path, English: english}
}

func (p *Pack) stepText(stage string, s Step) Text {
	by := make([]string, 0, len(s.By))
	for _, actor := range s.By {
		by = append(by, string(actor))
	}
	path := "stage." + stage + ".on." + string(s.Event)
	if len(by) > 0 {
		path += "." + strings.Join(by, "_")
	}
	return p.Text(path, s.Says)
}
