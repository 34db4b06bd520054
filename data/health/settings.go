package health

import "encoding/json"

// Settings are the readings that a shop chose where sources differ, by name. A
// setting that is not there has the metric's default.
type Settings map[string]any

// over gives these settings over a metric's defaults.
func (s Settings) over(defaults map[string]any) Settings {
	all := make(Settings, len(s)+len(defaults))
	for k, v := range defaults {
		all[k] = v
	}
	for k, v := range s {
		all[k] = v
	}
	return all
}

func (s Settings) word(name, otherwise string) string {
	if w, ok := s[name].(string); ok && w != "" {
		return w
	}
	return otherwise
}

func (s Settings) flag(name string) bool {
	b, _ := s[name].(bool)
	return b
}

// number reads a whole number as TOML and JSON give it.
func (s Settings) number(name string, otherwise int) int {
	switch n := s[name].(type) {
	case int64:
		return int(n)
	case int:
		return n
	case float64:
		return int(n)
	case json.Number:
		if i, err := n.Int64(); err == nil {
			return int(i)
		}
	}
	return otherwise
}
