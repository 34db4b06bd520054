// Package words turns keys, times, amounts and problems into the words of the
// chosen language.
//
// Its one rule: every word on the screen stands in assets/lang, once for each
// language. It knows no widget; of the toolkit only its list of own words.
package words

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"runtime"
	"strings"
	"sync/atomic"

	"casebinder/assets"
	"casebinder/data"
)

// The languages of the screen, as BCP 47 tags.
const (
	English     = "en"
	Simplified  = "zh-CN"
	Traditional = "zh-TW"
)

// Languages lists the languages in the order in which a choice shows them.
func Languages() []string { return []string{English, Simplified, Traditional} }

// Title is a language's name in itself.
func Title(language string) string {
	switch language {
	case English:
		return "English"
	case Simplified:
		return "简体中文"
	case Traditional:
		return "繁體中文"
	}
	return language
}

// table holds the words of one language.
type table struct {
	language string
	words    map[string]string
}

var (
	tables  = mustLoad(assets.FS)
	current atomic.Pointer[table]
)

func init() { current.Store(tables[English]) }

// mustLoad reads the embedded language files. They are part of the program: a
// file that cannot be read is a fault of the build, which a test finds.
func mustLoad(files fs.FS) map[string]*table {
	all := map[string]*table{}
	for _, language := range Languages() {
		words, err := load(files, language)
		if err != nil {
			panic(err)
		}
		for key, text := range words {
			words[key] = Keys(text)
		}
		all[language] = &table{language: language, words: words}
	}
	return all
}

// Keys writes the shortcuts in a text as the system does: a Mac has keys of its own for
// Ctrl and Alt.
func Keys(text string) string { return keysOn(runtime.GOOS, text) }

func keysOn(system, text string) string {
	if system != "darwin" || !strings.Contains(text, "+") {
		return text
	}
	return macKeys.Replace(text)
}

var macKeys = strings.NewReplacer("Ctrl+Shift+", "⇧⌘", "Ctrl+", "⌘", "Alt+", "⌥")

// load merges all files of a language: "lang/en.json", "lang/screens.en.json".
// Those of the bundle belong to package bundle.
func load(files fs.FS, language string) (map[string]string, error) {
	names, err := fs.Glob(files, "lang/*"+language+".json")
	if err != nil {
		return nil, fmt.Errorf("listing the words of %s: %w", language, err)
	}
	all := map[string]string{}
	for _, name := range names {
		base := strings.TrimSuffix(path.Base(name), language+".json")
		if strings.HasPrefix(base, "bundle") || (base != "" && !strings.HasSuffix(base, ".")) {
			continue
		}
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, fmt.Errorf("reading %s: %w", name, err)
		}
		one := map[string]string{}
		if err := json.Unmarshal(text, &one); err != nil {
			return nil, fmt.Errorf("reading %s: %w", name, err)
		}
		maps.Copy(all, one)
	}
	return all, nil
}

// Language is the language that is in use.
func Language() string { return current.Load().language }

// Set changes the language; an unknown one is English.
func Set(language string) {
	t, ok := tables[language]
	if !ok {
		t = tables[English]
	}
	current.Store(t)
}

// Nearest is the language of the screen that serves a system's locale best,
// such as "zh_HK.UTF-8".
func Nearest(locale string) string {
	tag := strings.ToLower(strings.ReplaceAll(locale, "_", "-"))
	switch {
	case !strings.HasPrefix(tag, "zh"):
		return English
	case strings.Contains(tag, "hant"), strings.Contains(tag, "-tw"), strings.Contains(tag, "-hk"), strings.Contains(tag, "-mo"):
		return Traditional
	}
	return Simplified
}

// T gives the words of a key in the chosen language. Args are name, value
// pairs for the {placeholders}. A key without words is shown itself, so that
// the gap is seen.
func T(key string, args ...any) string {
	words, ok := lookup(key)
	if !ok {
		return key
	}
	return fill(words, args)
}

// N is T for a count: {n} is the number with its separators, and English takes
// the words of key+".one" for exactly one.
func N(key string, n int, args ...any) string {
	args = append([]any{"n", Number(int64(n))}, args...)
	if n == 1 {
		if words, ok := current.Load().words[key+".one"]; ok {
			return fill(words, args)
		}
	}
	return T(key, args...)
}

// Of gives the word of one value of a vocabulary: Of("reason", "damaged"). A
// value that is not in the vocabulary is shown itself; "" stays "".
func Of[V ~string](vocabulary string, value V) string {
	if value == "" {
		return ""
	}
	if words, ok := lookup(vocabulary + "." + string(value)); ok {
		return words
	}
	return string(value)
}

// Has reports whether the chosen language has words for a key.
func Has(key string) bool {
	_, ok := lookup(key)
	return ok
}

func lookup(key string) (string, bool) {
	words, ok := current.Load().words[key]
	if !ok {
		words, ok = tables[English].words[key]
	}
	return words, ok
}

func fill(words string, args []any) string {
	if len(args) == 0 {
		return words
	}
	values := make(map[string]string, len(args)/2)
	for i := 0; i+1 < len(args); i += 2 {
		values[fmt.Sprint(args[i])] = fmt.Sprint(args[i+1])
	}
	return data.FillWords(words, values)
}

// Problem says what an error is about and what to do next. An error that is no
// data.Problem is said as it is, with what to do with an unknown one.
func Problem(err error) (what, do string) {
	p, ok := data.AsProblem(data.Plain(err))
	if !ok {
		return T("problem.unknown.what", "error", err), T("problem.unknown.do")
	}
	what, do = p.Kind.What, p.Kind.Do
	if t := current.Load(); t.language != English {
		if words, ok := t.words["problem."+p.Kind.Code+".what"]; ok {
			what = words
		}
		if words, ok := t.words["problem."+p.Kind.Code+".do"]; ok {
			do = words
		}
	}
	args := make(map[string]string, len(p.Args))
	for name, value := range p.Args {
		if args[name] = phraseValue(value); isCountry(name) {
			args[name] = Country(value)
		}
	}
	putParts(args, p.Parts)
	return data.FillWords(what, args), data.FillWords(do, args)
}
