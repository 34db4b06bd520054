package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"casebinder/data"
	"casebinder/data/gate"
)

// Settings that hold what a shop changes of the gate's rules.
const (
	gateWordsSetting = "gate.words." // + language: a lexicon as TOML
	gateOffSetting   = "gate.off"    // rule -> why it is switched off
)

// gateInForce are the compiled rules, with the settings that they were made of.
type gateInForce struct {
	of    string
	rules *gate.Rules
}

// gateRules are the gate's rules in force. They are compiled when first asked
// for, and again when their settings change.
func (d *Desk) gateRules(ctx context.Context) (*gate.Rules, error) {
	settings, err := d.store.Settings(ctx)
	if err != nil {
		return nil, err
	}
	var keys []string
	for key := range settings {
		if key == gateOffSetting || strings.HasPrefix(key, gateWordsSetting) {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	var of strings.Builder
	for _, key := range keys {
		of.WriteString(key + "=" + string(settings[key]) + "\n")
	}
	d.rulesMu.Lock()
	defer d.rulesMu.Unlock()
	if d.gate.rules != nil && d.gate.of == of.String() {
		return d.gate.rules, nil
	}
	rules, err := readGate(settings, keys)
	if err != nil {
		return nil, err
	}
	d.gate = gateInForce{of: of.String(), rules: rules}
	return rules, nil
}

func readGate(settings map[string]json.RawMessage, keys []string) (*gate.Rules, error) {
	var own []*gate.Lexicon
	off := map[string]string{}
	for _, key := range keys {
		if key == gateOffSetting {
			if err := json.Unmarshal(settings[key], &off); err != nil {
				return nil, fmt.Errorf("reading the setting %s: %w", key, err)
			}
			continue
		}
		var text string
		if err := json.Unmarshal(settings[key], &text); err != nil {
			return nil, fmt.Errorf("reading the setting %s: %w", key, err)
		}
		one, err := gate.DecodeLexicon(key, []byte(text))
		if err != nil {
			return nil, err
		}
		own = append(own, one)
	}
	return gate.New(own, off)
}

// GateRules lists the gate's rules, with why one is switched off.
func (d *Desk) GateRules(ctx context.Context) ([]gate.RuleInfo, error) {
	rules, err := d.gateRules(ctx)
	if err != nil {
		return nil, err
	}
	return rules.List(), nil
}

// SwitchGateRule switches a rule of the gate off, with the reason, or on again
// with no reason. It can be undone.
func (d *Desk) SwitchGateRule(ctx context.Context, rule string, on bool, reason string) error {
	rules, err := d.gateRules(ctx)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(rules.List(), func(one gate.RuleInfo) bool { return one.ID == rule }) {
		return problemGateRule.New("rule", rule)
	}
	if reason = strings.TrimSpace(reason); !on && reason == "" {
		return problemWhy.New()
	}
	off := map[string]string{}
	for one, why := range rules.Off() {
		off[one] = why
	}
	delete(off, rule)
	if !on {
		off[rule] = reason
	}
	return d.putGate(ctx, gateOffSetting, off)
}

var problemGateRule = data.DefineProblem("gate_rule_unknown", data.ErrNotFound,
	"The reply check has no rule “{rule}”.", "Choose one of the rules that are listed.")

// ImportGateWords keeps a shop's own words for a language, as TOML: they are added
// to the built-in ones. What would never count is refused with file, line and
// reason. It can be undone.
func (d *Desk) ImportGateWords(ctx context.Context, name string, toml []byte) (GateWords, error) {
	own, err := gate.OwnLexicon(name, toml)
	if err != nil {
		return GateWords{}, err
	}
	text, err := json.Marshal(string(toml))
	if err != nil {
		return GateWords{}, fmt.Errorf("writing the words of %s: %w", own.Language, err)
	}
	return gateWordsOf(own.Language, text), d.putGate(ctx, gateWordsSetting+own.Language, string(toml))
}

// GateWords are the words of the gate for a language, as a list shows them.
type GateWords struct {
	Language string // BCP 47; "*": what all languages share
	BuiltIn  int    // terms that the program carries
	Added    int    // terms of the shop's own
	Removed  int    // built-in terms that the shop took out
	Patterns int    // patterns of the shop's own
	Own      bool   // the shop has words of its own
	Broken   error  // why the shop's words cannot be read; nil: they can
}

// GateWords lists the gate's languages, the one that all share first, with what a
// shop added to each. Words that cannot be read are listed too, so that they can be
// taken away.
func (d *Desk) GateWords(ctx context.Context) ([]GateWords, error) {
	built, err := gate.BuiltIn()
	if err != nil {
		return nil, err
	}
	settings, err := d.store.Settings(ctx)
	if err != nil {
		return nil, err
	}
	languages := append([]string{"*"}, built.Languages()...)
	for key := range settings {
		if language, ok := strings.CutPrefix(key, gateWordsSetting); ok && !slices.Contains(languages, language) {
			languages = append(languages, language)
		}
	}
	slices.Sort(languages)
	all := make([]GateWords, len(languages))
	for i, language := range languages {
		all[i] = gateWordsOf(language, settings[gateWordsSetting+language])
		if slices.Contains(built.Languages(), language) || language == "*" {
			all[i].BuiltIn = built.Terms(language)
		}
	}
	return all, nil
}

func gateWordsOf(language string, setting json.RawMessage) GateWords {
	one := GateWords{Language: language, Own: setting != nil}
	if setting == nil {
		return one
	}
	var text string
	if one.Broken = json.Unmarshal(setting, &text); one.Broken != nil {
		return one
	}
	own, err := gate.DecodeLexicon(gateWordsSetting+language, []byte(text))
	if one.Broken = err; err != nil {
		return one
	}
	one.Patterns = len(own.When)
	for _, terms := range own.Concepts {
		for _, t := range terms {
			if strings.HasPrefix(t, "-") {
				one.Removed++
			} else {
				one.Added++
			}
		}
	}
	return one
}

// ExportGateWords gives a shop's own words for a language as they were imported,
// else a file from which they can begin.
func (d *Desk) ExportGateWords(ctx context.Context, language string) ([]byte, error) {
	var text string
	own, err := d.Setting(ctx, gateWordsSetting+language, &text)
	if err != nil {
		return nil, err
	}
	if own {
		return []byte(text), nil
	}
	built, err := gate.BuiltIn()
	if err != nil {
		return nil, err
	}
	if language != "*" && !slices.Contains(built.Languages(), language) {
		return nil, problemGateLanguage.New("language", language)
	}
	return built.Start(language), nil
}

var problemGateLanguage = data.DefineProblem("gate_language_unknown", data.ErrNotFound,
	"There are no words of your own for “{language}”.", "Choose one of the languages that are listed.")

// ResetGateWords takes a shop's own words for a language away. It can be undone.
func (d *Desk) ResetGateWords(ctx context.Context, language string) error {
	return d.putGate(ctx, gateWordsSetting+language, nil)
}

func (d *Desk) putGate(ctx context.Context, key string, value any) error {
	var text json.RawMessage
	if value != nil {
		var err error
		if text, err = json.Marshal(value); err != nil {
			return fmt.Errorf("writing the setting %s: %w", key, err)
		}
	}
	return d.act(ctx, rawSetting("gate.put", data.EntityPolicy, key, text, manyOf(data.EntityPolicy)))
}
