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
	"The check of replies has no rule “{rule}”.", "Choose one of the rules that are listed.")

// ImportGateWords keeps a shop's own words for a language, as TOML: they are added
// to the built-in ones. It can be undone.
func (d *Desk) ImportGateWords(ctx context.Context, name string, toml []byte) error {
	own, err := gate.DecodeLexicon(name, toml)
	if err != nil {
		return err
	}
	return d.putGate(ctx, gateWordsSetting+own.Language, string(toml))
}

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
	return d.act(ctx, rawSetting("gate.put", data.EntityPolicy, key, text, nil))
}
