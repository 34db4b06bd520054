package main

import (
	"io"
	"os"

	"casebinder/data"
)

// mostText bounds a text that is read whole: bytes. Templates of thousands of
// replies take some 5 MB.
const mostText = 64 << 20

var problemTextFile = data.DefineProblem("command_text_file", data.ErrInvalid,
	"{file} is too long for a text: it has more than {most} MB.", "Look whether it is the right file.")

// openFile opens a file that the user named, unless Windows would take another one
// by that name.
func openFile(name string) (*os.File, error) {
	if err := data.CheckPath(name); err != nil {
		return nil, err
	}
	return os.Open(name)
}

// readFile reads such a file whole.
func readFile(name string) ([]byte, error) {
	file, err := openFile(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, mostText+1))
	if err == nil && len(text) > mostText {
		return nil, problemTextFile.New("file", name, "most", mostText>>20)
	}
	return text, err
}

// unread says what kind of file could not be read; what is already said plainly stays.
func unread(err error, kind *data.ProblemKind, args ...any) error {
	if _, plain := data.AsProblem(err); plain {
		return err
	}
	return kind.Wrap(err, args...)
}
