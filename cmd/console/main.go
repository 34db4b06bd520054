//go:build windows

package main

import (
	"errors"
	"os"
	"os/signal"
	"path/filepath"
	"unsafe"

	"golang.org/x/sys/windows"
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

// together lets the program end when this one is ended, as a script does that waits
// no longer.
func together(pid int) (leave func(), err error) {
	job, err := windows.CreateJobObject(nil, nil)
	if err != nil {
		return nil, err
	}
	leave = func() { windows.CloseHandle(job) } //nolint:errcheck // both have ended
	limits := windows.JOBOBJECT_EXTENDED_LIMIT_INFORMATION{
		BasicLimitInformation: windows.JOBOBJECT_BASIC_LIMIT_INFORMATION{LimitFlags: windows.JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE},
	}
	_, err = windows.SetInformationJobObject(job, windows.JobObjectExtendedLimitInformation, uintptr(unsafe.Pointer(&limits)), uint32(unsafe.Sizeof(limits)))
	if err == nil {
		var process windows.Handle
		if process, err = windows.OpenProcess(windows.PROCESS_SET_QUOTA|windows.PROCESS_TERMINATE, false, uint32(pid)); errors.Is(err, windows.ERROR_INVALID_PARAMETER) {
			return leave, nil // it has ended already
		}
		if err == nil {
			err = errors.Join(windows.AssignProcessToJobObject(job, process), windows.CloseHandle(process))
		}
	}
	if errors.Is(err, windows.ERROR_ACCESS_DENIED) {
		return leave, nil // it has ended already, or it is in a job that lets none leave: there it ends with that one
	}
	if err != nil {
		leave()
		return nil, err
	}
	return leave, nil
}
