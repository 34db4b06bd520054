package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"casebinder/data"
)

// What can go wrong with a desk's file, in words.
var (
	problemMissing = data.DefineProblem("store_missing", data.ErrNotFound,
		"There is no desk at {path}.",
		"Check the folder, or make a new desk there.")
	problemBusy = data.DefineProblem("store_busy", data.ErrBusy,
		"The desk {path} is being written by another program.",
		"Close the other program and try again.")
	problemFull = data.DefineProblem("store_full", data.ErrFull,
		"There is no space left for the desk {path}. Nothing of this step was written.",
		"Free some space on that disk and try again.")
	problemReadOnly = data.DefineProblem("store_read_only", data.ErrReadOnly,
		"The desk {path} cannot be written.",
		"Allow writing to its folder, or copy the folder to another place and open it there.")
	problemUnfinished = data.DefineProblem("store_unfinished", data.ErrReadOnly,
		"The desk {path} was not closed properly, and its folder cannot be written, so its newest changes cannot be read.",
		"Copy the whole folder to a place that can be written and open it there.")
	problemDamaged = data.DefineProblem("store_damaged", data.ErrDamaged,
		"The desk {path} is damaged: {detail}.",
		"Stop working on it. Keep a copy of the file and restore the newest backup.")
	problemNotDesk = data.DefineProblem("store_not_a_desk", data.ErrInvalid,
		"{path} is not a Casebinder desk.",
		"Choose the folder of a desk, or another name for a new one.")
	problemNewer = data.DefineProblem("store_newer", data.ErrNewer,
		"The desk {path} was made by a newer Casebinder (schema {found}, this one knows {known}).",
		"Update Casebinder and open it again. The file was not changed.")
	problemOlder = data.DefineProblem("store_older_read_only", data.ErrReadOnly,
		"The desk {path} was made by an older Casebinder and cannot be brought up to date, because it was opened for reading only.",
		"Open it once for writing, in a place that can be written.")
	problemCannotOpen = data.DefineProblem("store_cannot_open", data.ErrNotFound,
		"The desk {path} cannot be opened.",
		"Check that the folder exists and that you may read and write it.")
	problemIO = data.DefineProblem("store_io", data.ErrDamaged,
		"The disk failed while the desk {path} was read or written.",
		"Check the disk and its cable or network, make a backup to another disk, and try again.")
	problemFailed = data.DefineProblem("store_failed", data.ErrInvalid,
		"The desk {path} could not do what was asked (the database's code {code}).",
		"Try again. If it happens again, check the desk with “casebinder check”, and report the code.")
	problemNotFound = data.DefineProblem("store_not_found", data.ErrNotFound,
		"There is no {entity} “{key}” in this desk.",
		"Check the spelling, or search for it.")
	problemAmbiguous = data.DefineProblem("store_ambiguous", data.ErrConflict,
		"“{key}” may mean {count} different things ({entity}).",
		"Type more of it.")
	problemConflict = data.DefineProblem("store_conflict", data.ErrConflict,
		"This {entity} is already in the desk, or something else refers to it.",
		"Open the one that is there, or remove what refers to it first.")
	problemIncomplete = data.DefineProblem("store_incomplete", data.ErrInvalid,
		"This {entity} lacks what it needs: {field}.",
		"Fill it in and try again.")
	problemBackup = data.DefineProblem("store_backup", data.ErrDamaged,
		"The backup {path} could not be verified: {detail}. It was not kept.",
		"Check the disk that it was written to and try again.")
	problemBackupExists = data.DefineProblem("store_backup_exists", data.ErrRefused,
		"There is already a file at {path}.",
		"Choose another name for the backup.")
)

// ErrUnrecorded says that a transaction wrote without an entry in the journal:
// a mistake in the program, not of its user.
var ErrUnrecorded = errors.New("store: a transaction wrote without recording it in the journal")

// resultCode gives SQLite's primary result code of an error, 0 when it has none.
func resultCode(err error) int {
	var e *sqlite.Error
	if errors.As(err, &e) {
		return e.Code() & 0xff
	}
	return 0
}

// explain turns SQLite's errors into problems: the one place that does.
func explain(err error, path string) error {
	if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	if _, done := data.AsProblem(err); done {
		return err
	}
	switch resultCode(err) {
	case lib.SQLITE_BUSY, lib.SQLITE_LOCKED:
		return problemBusy.Wrap(err, "path", path)
	case lib.SQLITE_FULL:
		return problemFull.Wrap(err, "path", path)
	case lib.SQLITE_READONLY, lib.SQLITE_PERM:
		return problemReadOnly.Wrap(err, "path", path)
	case lib.SQLITE_CORRUPT:
		return problemDamaged.Wrap(err, "path", path, "detail", "its pages contradict each other")
	case lib.SQLITE_NOTADB:
		return problemNotDesk.Wrap(err, "path", path)
	case lib.SQLITE_CANTOPEN:
		return problemCannotOpen.Wrap(err, "path", path)
	case lib.SQLITE_IOERR:
		return problemIO.Wrap(err, "path", path)
	case lib.SQLITE_INTERRUPT:
		return fmt.Errorf("%w: %w", context.Canceled, err)
	case lib.SQLITE_CONSTRAINT: // the caller knows of what
		return err
	}
	if code := resultCode(err); code != 0 {
		return problemFailed.Wrap(err, "path", path, "code", code)
	}
	return err
}

// missing makes the problem of an entity that is not there out of
// sql.ErrNoRows, and leaves other errors as they are.
func missing(err error, entity string, key any) error {
	if errors.Is(err, sql.ErrNoRows) {
		return problemNotFound.Wrap(err, "entity", entity, "key", key)
	}
	return err
}

// conflicting makes the problem of a broken constraint out of SQLite's error.
func conflicting(err error, entity string) error {
	if resultCode(err) == lib.SQLITE_CONSTRAINT {
		return problemConflict.Wrap(err, "entity", entity)
	}
	return err
}
