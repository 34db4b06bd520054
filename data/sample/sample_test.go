package sample

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"
)

var now = time.Date(2026, 3, 18, 7, 42, 0, 0, time.UTC)

func TestDesk(t *testing.T) {
	start := time.Now()
	s, err := Desk(now)
	if err != nil {
		t.Fatal(err)
	}
	t.Log(len(s.Orders), len(s.Disputes), len(s.Files), len(s.Messages), len(s.Feedback), time.Since(start))
	for i, f := range s.Files {
		os.WriteFile(filepath.Join("/tmp/samplepics", fmt.Sprintf("%02d-%s", i, f.Name)), f.Bytes, 0o644)
	}
}
