package main

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"casebinder": func() {
			os.Exit(start(os.Args[1:]))
		},
	})
}

// TestScripts runs each command as a user would type it, end to end.
func TestScripts(t *testing.T) {
	codes, err := filepath.Abs(filepath.Join("..", "..", "data", "barcode", "testdata"))
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:   "testdata",
		Setup: func(env *testscript.Env) error { env.Setenv("CODES", codes); return nil }, // pictures of labels
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"append":  appendText,
			"damage":  damage,
			"exits":   exits,
			"field":   field,
			"lines":   lines,
			"reindex": reindex,
			"same":    same,
			"sha256":  printSum,
			"unpack":  unpack,
		},
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
	})
}

// exits runs a command and asks for its exit code: exits 3 casebinder import ...
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND [ARG ...]")
	}
	err := ts.Exec(args[1], args[2:]...)
	code := "0"
	if exit, ok := err.(interface{ ExitCode() int }); ok {
		code = string(rune('0' + exit.ExitCode()))
	} else if err != nil {
		ts.Fatalf("running %s: %v", args[1], err)
	}
	if code != args[0] {
		ts.Fatalf("exit code %s, want %s", code, args[0])
	}
}

// damage writes over a text within a file: damage FILE FROM TO
func damage(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 || len(args[1]) != len(args[2]) {
		ts.Fatalf("usage: damage FILE FROM TO, both of one length")
	}
	was := ts.ReadFile(args[0])
	if !strings.Contains(was, args[1]) {
		ts.Fatalf("%s does not hold %q", args[0], args[1])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Replace(was, args[1], args[2], 1)), 0o600))
}

// printSum sets the environment variable NAME to a file's SHA-256: sha256 NAME FILE
func printSum(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: sha256 NAME FILE")
	}
	sum := sha256.Sum256([]byte(ts.ReadFile(args[1])))
	ts.Setenv(args[0], hex.EncodeToString(sum[:]))
}

// field sets the environment variable NAME to a text in the JSON that the last
// command printed: field NAME path
func field(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: field NAME KEY")
	}
	var object map[string]any
	ts.Check(json.Unmarshal([]byte(ts.ReadFile("stdout")), &object))
	text, ok := object[args[1]].(string)
	if !ok {
		ts.Fatalf("%s is no text: %v", args[1], object[args[1]])
	}
	ts.Setenv(args[0], text)
}

// lines writes a file of so many different lines: lines FILE N
func lines(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: lines FILE N")
	}
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	var text strings.Builder
	for i := range n {
		fmt.Fprintf(&text, "line %d\n", i+1)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text.String()), 0o600))
}

// unpack unfolds a ZIP file: unpack FILE FOLDER
func unpack(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: unpack FILE FOLDER")
	}
	archive, err := zip.OpenReader(ts.MkAbs(args[0]))
	ts.Check(err)
	defer archive.Close()
	ts.Check(os.CopyFS(ts.MkAbs(args[1]), archive))
}

// reindex says in the index of an open bundle that its exhibits have another
// SHA-256, and makes the manifests fit: reindex FOLDER
func reindex(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: reindex FOLDER")
	}
	change := func(name, from, to string) {
		was := ts.ReadFile(filepath.Join(args[0], name))
		is := strings.ReplaceAll(was, from, to)
		if is == was {
			ts.Fatalf("%s has no %s", name, from)
		}
		ts.Check(os.WriteFile(ts.MkAbs(filepath.Join(args[0], name)), []byte(is), 0o600))
	}
	sum := func(name string) string {
		s := sha256.Sum256([]byte(ts.ReadFile(filepath.Join(args[0], name))))
		return hex.EncodeToString(s[:])
	}
	original := sum("data/originals/001-scans.txt")
	for _, table := range []string{"data/index.json", "data/index.csv"} {
		was := sum(table)
		change(table, original, strings.Repeat("ab", sha256.Size))
		before := sum("manifest-sha256.txt")
		change("manifest-sha256.txt", was, sum(table))
		change("tagmanifest-sha256.txt", before, sum("manifest-sha256.txt"))
	}
}

// appendText puts a text behind every file that a pattern finds, and sets FOUND
// to the name of the last: append PATTERN TEXT
func appendText(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: append PATTERN TEXT")
	}
	files, err := filepath.Glob(ts.MkAbs(args[0]))
	ts.Check(err)
	if len(files) == 0 {
		ts.Fatalf("nothing is named %s", args[0])
	}
	for _, name := range files {
		file, err := os.OpenFile(name, os.O_APPEND|os.O_WRONLY, 0)
		ts.Check(err)
		_, err = file.WriteString(args[1])
		ts.Check(err)
		ts.Check(file.Close())
		ts.Setenv("FOUND", filepath.Base(name))
	}
}

// same asks for two equal texts: same TEXT TEXT
func same(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: same TEXT TEXT")
	}
	if (args[0] == args[1]) == neg {
		ts.Fatalf("%s and %s", args[0], args[1])
	}
}
