// Package speak has the commands say what the window says, in its language.
//
// Its one rule: it opens no window and needs none, nor what draws one.
package speak

import (
	"cmp"
	"encoding/json"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"

	"fyne.io/fyne/v2/lang"

	"casebinder/data/report"
	"casebinder/gui/reports"
	"casebinder/gui/words"
)

// AppID is the program's name for the system; FyneApp.toml says the same.
const AppID = "app.casebinder.desk"

// LanguageSetting is where the settings of the window keep the language that was chosen.
const LanguageSetting = "language"

// Languages are those in which the window stands.
func Languages() []string { return words.Languages() }

// Speaker puts a report into a language of the window; with "" into the one in which
// the window would open.
func Speaker(language string) report.Speaker {
	if language == "" {
		language = cmp.Or(os.Getenv("CASEBINDER_LANG"), settled(), string(lang.SystemLocale()))
	}
	SetLanguage(language)
	return reports.Speaker{}
}

// settled is the language that was chosen in the settings, read without a window;
// "" where none was.
func settled() string {
	folder, err := settingsFolder()
	if err != nil {
		return ""
	}
	raw, err := os.ReadFile(filepath.Join(folder, "fyne", AppID, "preferences.json"))
	if err != nil {
		return "" // nobody changed a setting
	}
	var settings map[string]any
	if err := json.Unmarshal(raw, &settings); err != nil {
		slog.Warn("reading the settings of the window", "error", err)
	}
	language, _ := settings[LanguageSetting].(string)
	return language
}

// settingsFolder is where the toolkit keeps the settings of programs.
func settingsFolder() (string, error) {
	if runtime.GOOS == "darwin" {
		home, err := os.UserHomeDir()
		return filepath.Join(home, "Library", "Preferences"), err
	}
	return os.UserConfigDir()
}

// SetLanguage switches all words, the toolkit's own included, to a language or to the
// one nearest to a locale.
func SetLanguage(locale string) {
	language := locale
	if language != words.English && language != words.Simplified && language != words.Traditional {
		language = words.Nearest(locale)
	}
	words.Set(language)
	if err := words.ApplyToFyne(); err != nil {
		slog.Error("translating the words of the toolkit", "error", err)
	}
}
