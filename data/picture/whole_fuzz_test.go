package picture

import (
	"bytes"
	"os"
	"testing"
)

// FuzzDecode decodes pictures whole, as a page of a bundle does. Those that say
// that they are large are left to FuzzInspect: their pixels only cost time.
func FuzzDecode(f *testing.F) {
	entries, err := os.ReadDir("testdata")
	if err != nil {
		f.Fatal(err)
	}
	for _, e := range entries {
		if info, err := e.Info(); err == nil && !e.IsDir() && info.Size() < 20_000 {
			f.Add(fixture(f, e.Name()))
		}
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		info, err := Inspect(bytes.NewReader(file))
		if err != nil || info.Width*info.Height > 1<<18 {
			return
		}
		img, _, err := Decode(t.Context(), bytes.NewReader(file))
		if err != nil {
			return
		}
		if b := img.Bounds(); b.Empty() {
			t.Fatalf("a picture of %v", b)
		}
	})
}
