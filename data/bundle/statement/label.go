package statement

import (
	"encoding/json"
	"fmt"

	"casebinder/assets"
	"casebinder/data"
)

// Labels gives the words of a key in the bundle's language, with its {name}
// places filled from name, value pairs.
type Labels func(key string, args ...string) string

// LabelsIn gives the labels of form fields in a language of the screen: "en",
// "zh-CN" or "zh-TW". A key without words shows itself.
func LabelsIn(language string) (Labels, error) {
	raw, err := assets.FS.ReadFile("lang/bundle-statement." + language + ".json")
	if err != nil {
		return nil, ProblemLanguage.Wrap(err, "template", "labels", "language", language)
	}
	words := map[string]string{}
	if err := json.Unmarshal(raw, &words); err != nil {
		return nil, fmt.Errorf("reading the labels of %s: %w", language, err)
	}
	return func(key string, args ...string) string {
		label, ok := words[key]
		if !ok {
			return key
		}
		pairs := make(map[string]string, len(args)/2)
		for i := 0; i+1 < len(args); i += 2 {
			pairs[args[i]] = args[i+1]
		}
		return data.FillWords(label, pairs)
	}, nil
}
