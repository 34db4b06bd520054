package words

import (
	"encoding/json"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
)

// fyneKeys begin the keys under which the language files hold the toolkit's
// own words: "fyne.Cancel".
const fyneKeys = "fyne."

// ApplyToFyne gives the toolkit its own words in the chosen language. It always
// picks the system's locale, so the words are registered under that name.
func ApplyToFyne() error {
	toolkit := map[string]any{}
	for key, word := range current.Load().words {
		if name, ok := strings.CutPrefix(key, fyneKeys); ok {
			if strings.HasPrefix(name, "file.") {
				toolkit[name] = map[string]string{"other": word}
			} else {
				toolkit[name] = word
			}
		}
	}
	text, err := json.Marshal(toolkit)
	if err != nil {
		return fmt.Errorf("writing the toolkit's words: %w", err)
	}
	name := lang.SystemLocale().LanguageString() + ".json"
	if err := lang.AddTranslations(fyne.NewStaticResource(name, text)); err != nil {
		return fmt.Errorf("registering the toolkit's words: %w", err)
	}
	return nil
}
