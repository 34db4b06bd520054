// Command console is what Windows calls casebinder.com: a terminal and a script take it
// before Casebinder.exe, which opens without a console window and for which neither of
// them waits. It is as large as a picture.
//
// Its one rule: it passes on and adds nothing: arguments, input, output, the console's
// keys and the exit code are those of Casebinder.exe.
package main

import (
	"errors"
	"os"
	"os/signal"
	"path/filepath"
)

// program is the file beside this one that does the work.
const program = "Casebinder.exe"

// exitFailed is what a command ends with that failed, as the README says.
const exitFailed = 1

func main() { os.Exit(run(os.Args[1:])) }

func run(args []string) int {
	code, err := pass(args)
	if err != nil {
		os.Stderr.WriteString("casebinder: " + err.Error() + "\n")
		return exitFailed
	}
	return code
}

// pass starts the program with this one's arguments, input, output and console, waits
// and gives its exit code.
func pass(args []string) (int, error) {
	self, err := os.Executable()
	if err != nil {
		return 0, err
	}
	// Ctrl+C reaches the program by itself; this one waits for what it makes of it.
	signal.Notify(make(chan os.Signal, 1), os.Interrupt)
	path := filepath.Join(filepath.Dir(self), program)
	process, err := os.StartProcess(path, append([]string{path}, args...), &os.ProcAttr{Files: []*os.File{os.Stdin, os.Stdout, os.Stderr}})
	if err != nil {
		return 0, err
	}
	leave, err := together(process.Pid)
	if err != nil {
		return 0, errors.Join(err, process.Kill())
	}
	defer leave()
	ended, err := process.Wait()
	if err != nil {
		return 0, err
	}
	return ended.ExitCode(), nil
}
