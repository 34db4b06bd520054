package main

import (
	"errors"
	"unsafe"

	"golang.org/x/sys/windows"
)

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
