package seal

import (
	"bytes"
	"encoding/json"
	"strings"
)

// RepeatsName reports whether a JSON object, or one within it, has a field twice.
// Programs differ in which of the two they take, and some take upper and lower
// case for the same. It is for JSON that was found valid.
func RepeatsName(raw []byte) bool {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var open []map[string]bool // names by nested object; nil for a list
	name := false              // whether a name comes next
	for {
		token, err := d.Token()
		if err != nil {
			return false
		}
		switch token {
		case json.Delim('{'):
			open, name = append(open, map[string]bool{}), true
			continue
		case json.Delim('['):
			open, name = append(open, nil), false
			continue
		case json.Delim('}'), json.Delim(']'):
			open = open[:len(open)-1]
		default:
			if text, ok := token.(string); ok && name {
				seen, folded := open[len(open)-1], strings.ToLower(text)
				if seen[folded] {
					return true
				}
				seen[folded], name = true, false
				continue
			}
		}
		name = len(open) > 0 && open[len(open)-1] != nil
	}
}
