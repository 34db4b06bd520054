package bag

import (
	"errors"
	"io/fs"

	"casebinder/data"
)

// The problems of writing a bag. What is wrong with a bag that is verified
// stands in the Report.
var (
	ProblemExists = data.DefineProblem("bag_exists", data.ErrConflict,
		"{path} exists already.", "Choose another name or folder, or move the old file away.")
	ProblemFull = data.DefineProblem("bag_no_space", data.ErrFull,
		"The disk is full: {path} could not be written.", "Make room, or choose a folder on another disk, and try again. Nothing half written was left.")
	ProblemReadOnly = data.DefineProblem("bag_read_only", data.ErrReadOnly,
		"{path} cannot be written: the folder is read only.", "Choose a folder that you may write to.")
	ProblemName = data.DefineProblem("bag_unsafe_name", data.ErrInvalid,
		"{name} cannot be the name of a file in a bag: {reason}.", "Rename the file.")
	ProblemChanged = data.DefineProblem("bag_file_changed", data.ErrDamaged,
		"{name} is not the file that was taken in: {reason}.", "Restore it from a backup, or leave it out. Nothing was written.")
	ProblemReadBack = data.DefineProblem("bag_read_back", data.ErrDamaged,
		"{path} was written but reads back differently: {reason}.", "The disk may be failing. Try another disk, and check this one.")
	ProblemNotFound = data.DefineProblem("bag_not_found", data.ErrNotFound,
		"There is no file or folder {path}.", "Check the path.")
)

// WriteProblem gives an error of writing to path its words: full disk, read-only
// folder. Any other error comes back as it is.
func WriteProblem(err error, path string) error {
	switch {
	case err == nil:
		return nil
	case data.IsFull(err):
		return ProblemFull.Wrap(err, "path", path)
	case errors.Is(err, fs.ErrPermission) || data.IsReadOnlyDisk(err):
		return ProblemReadOnly.Wrap(err, "path", path)
	}
	return err
}
