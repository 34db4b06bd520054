package importer

import (
	"os"
	"path/filepath"
	"testing"
)

// FuzzPreset reads presets that a person wrote: what is taken is written and
// read again as the same.
func FuzzPreset(f *testing.F) {
	files, err := filepath.Glob(filepath.Join("..", "..", "assets", "presets", "*.toml"))
	if err != nil || len(files) == 0 {
		f.Fatal(len(files), err)
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		preset, err := DecodePreset("own.toml", text)
		if err != nil {
			return
		}
		again, err := EncodePreset(preset)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := DecodePreset("own.toml", again); err != nil {
			t.Fatalf("%v\n%s", err, again)
		}
	})
}
