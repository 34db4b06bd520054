package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"casebinder/data"
)

// Setting gives the JSON value of a setting; nil when it was never set.
func (r *Reader) Setting(ctx context.Context, key string) (json.RawMessage, error) {
	v, err := first(ctx, r, "SELECT value FROM setting WHERE key = ?", []any{key}, scanOne[string])
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return json.RawMessage(v), err
}

// pairs reads keys and JSON values into a map.
func (r *Reader) pairs(ctx context.Context, query string) (map[string]json.RawMessage, error) {
	m := map[string]json.RawMessage{}
	_, err := all(ctx, r, query, nil, func(row scanner) (struct{}, error) {
		var key, value string
		err := row.Scan(&key, &value)
		m[key] = json.RawMessage(value)
		return struct{}{}, err
	})
	return m, err
}

// Settings gives all settings by their keys.
func (r *Reader) Settings(ctx context.Context) (map[string]json.RawMessage, error) {
	return r.pairs(ctx, "SELECT key, value FROM setting")
}

var problemJSON = data.DefineProblem("store_json", data.ErrInvalid,
	"The value of “{key}” is not JSON.",
	"Write it as JSON: texts in quotation marks, numbers without.")

// PutSetting writes a setting; a nil value takes it out.
func (t *Tx) PutSetting(key string, value json.RawMessage) error {
	if value == nil {
		_, err := t.exec("DELETE FROM setting WHERE key = ?", key)
		return err
	}
	if !json.Valid(value) {
		return problemJSON.New("key", key)
	}
	_, err := t.exec("INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", key, string(value))
	return err
}

// PolicyOverrides gives the seller's own figures, by "platform/rule".
func (r *Reader) PolicyOverrides(ctx context.Context) (map[string]json.RawMessage, error) {
	return r.pairs(ctx, "SELECT platform || '/' || rule, value FROM policy_override")
}

// PutPolicyOverride writes the seller's own figure for a rule; a nil value
// takes it out, so that the policy pack counts again.
func (t *Tx) PutPolicyOverride(platform data.Platform, rule string, value json.RawMessage) error {
	if value == nil {
		_, err := t.exec("DELETE FROM policy_override WHERE platform = ? AND rule = ?", string(platform), rule)
		return err
	}
	if !json.Valid(value) {
		return problemJSON.New("key", rule)
	}
	_, err := t.exec("INSERT INTO policy_override (platform, rule, value) VALUES (?, ?, ?) ON CONFLICT (platform, rule) DO UPDATE SET value = excluded.value",
		string(platform), rule, string(value))
	return err
}

// Operators names those who were said to work at this desk, by the alphabet.
func (r *Reader) Operators(ctx context.Context) ([]string, error) {
	return all(ctx, r, "SELECT name FROM operator ORDER BY name", nil, scanOne[string])
}

// PutOperator remembers somebody who works at this desk.
func (t *Tx) PutOperator(name string) error {
	if name == "" {
		return problemIncomplete.New("entity", "operator", "field", "name")
	}
	_, err := t.exec("INSERT INTO operator (name, added_at) VALUES (?, ?) ON CONFLICT (name) DO NOTHING", name, ms(t.now))
	return err
}
