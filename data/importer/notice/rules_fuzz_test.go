package notice

import (
	"os"
	"path/filepath"
	"testing"
)

// FuzzRecognizer reads recognizers that a person wrote: what is taken reads a
// mail without harm.
func FuzzRecognizer(f *testing.F) {
	files, err := filepath.Glob(filepath.Join("..", "..", "..", "assets", "notices", "*.toml"))
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
		r, err := Decode("own.toml", text)
		if err != nil {
			return
		}
		_, _ = Paste("Order 12-34567-00001: respond by 4 August 2025, $12.50", NewSet(nil, []*Recognizer{r}), Options{})
	})
}

// FuzzPaste reads what a person pastes of a notice.
func FuzzPaste(f *testing.F) {
	builtIn, err := BuiltIn()
	if err != nil {
		f.Fatal(err)
	}
	set := NewSet(builtIn, nil)
	for _, text := range []string{
		"", "A buyer opened a case. Order number: 12-34567-00001. Respond by Aug 4, 2025.", "买家发起了纠纷，订单号 8123456789012345，请在 2025年8月4日 前响应",
		"From: eBay <ebay@ebay.com>\nSubject: Return request\n\nOrder 12-34567-00001", "\u202eorder\x00\xff 99999999999999999999 31/31/9999",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		found, err := Paste(text, set, Options{})
		if err == nil && found == nil {
			t.Fatal("neither a notice nor a reason")
		}
	})
}
