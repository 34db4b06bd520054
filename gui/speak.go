package gui

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

// Languages are those in which the window stands.
func Languages() []string { return words.Languages() }

// Speaker puts a report into a language of the window; with "" into the one in which
// the window would open.
func Speaker(language string) report.Speaker {
	if language == "" {
		language = cmp.Or(os.Getenv("CASEBINDER_LANG"), settled(), string(lang.SystemLocale()))
	}
	setLanguage(language)
	return reports.Speaker{}
}

// settled is the language that was chosen in the settings, read without a window;
// "" where none was.
func settled() string {
	folder, err := settingsFolder()
	if err != nil {
		return ""
	}
	raw, err := os.ReadFile(filepath.Join(folder, "fyne", appID, "preferences.json"))
	if err != nil {
		return "" // nobody changed a setting
	}
	var settings map[string]any
	if err := json.Unmarshal(raw, &settings); err != nil {
		slog.Warn("reading the settings of the window", "error", err)
	}
	language, _ := settings[prefLanguage].(string)
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
