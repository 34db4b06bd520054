package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"casebinder/data"
	"casebinder/data/desk"
)

func checkCommand(c *call) func(context.Context) (*result, error) {
	var read bool
	c.flags.BoolVar(&read, "read-data", false, "read each file of evidence again, and compare it with its fingerprint")
	return func(ctx context.Context) (*result, error) {
		dir, err := c.knownDir()
		if err != nil {
			return nil, err
		}
		report, err := desk.CheckFolder(ctx, dir, deskOptions(c.operator), read, c.files, nil)
		if err != nil {
			return nil, err
		}
		out := &result{Path: dir, Items: findings(report.Findings), failed: !report.Sound}
		out.Detail = map[string]any{"sound": report.Sound, "read": report.Read, "entries": report.Entries, "files": report.Files, "bytes": report.Bytes}
		var words strings.Builder
		writeFindings(&words, report.Findings)
		verdict := "sound"
		if !report.Sound {
			verdict = "not sound"
		}
		how := "looked for"
		if report.Read {
			how = "read"
		}
		fmt.Fprintf(&words, "%s: %s (%d journal entries, %d files of evidence %s)", dir, verdict, report.Entries, report.Files, how)
		out.words = words.String()
		return out, nil
	}
}

var problemNoDesk = data.DefineProblem("command_no_desk", data.ErrNotFound,
	"There is no desk in {dir}.", "Name its folder with --desk, or begin one there: with an import, the sample, a backup that is restored, or the window.")

// findings are never null in JSON.
func findings(list []data.Finding) []data.Finding { return append([]data.Finding{}, list...) }

func writeFindings(words *strings.Builder, list []data.Finding) {
	for _, f := range list {
		fmt.Fprintf(words, "%s: %s", f.Severity, f.Why)
		for _, ref := range f.Where {
			if ref.Kind == "file" && len(ref.ID) == 64 {
				fmt.Fprintf(words, " [%s]", ref.ID)
			}
		}
		if !f.How.IsZero() {
			fmt.Fprintf(words, " %s", f.How)
		}
		words.WriteByte('\n')
	}
}

func repairCommand(c *call) func(context.Context) (*result, error) {
	var to string
	c.flags.StringVar(&to, "out", "", "new or empty `folder` for the desk that is made of what can be read")
	return func(ctx context.Context) (*result, error) {
		if to == "" || len(c.files) > 0 {
			return nil, misused("repair needs --out")
		}
		dir, err := c.knownDir()
		if err != nil {
			return nil, err
		}
		report, err := desk.Repair(ctx, dir, to, deskOptions(c.operator), nil)
		if err != nil {
			return nil, err
		}
		out := &result{Path: report.Dir, Items: findings(report.Findings)}
		out.Detail = map[string]any{"rows": report.Rows, "entries": report.Entries, "files": report.Files}
		out.Rejected = report.Findings
		out.words = fmt.Sprintf("%s: %d rows, %d journal entries and %d files of evidence were saved", report.Dir, report.Rows, report.Entries, report.Files)
		return out, nil
	}
}

func backupCommand(c *call) func(context.Context) (*result, error) {
	var dir string
	var without bool
	c.flags.StringVar(&dir, "out", "", "`folder` for the backup")
	c.flags.BoolVar(&without, "without-damaged", false, "leave out the files of evidence that are missing or were altered")
	return func(ctx context.Context) (*result, error) {
		if dir == "" || len(c.files) > 0 {
			return nil, misused("backup needs --out")
		}
		return c.withDesk(ctx, func(d *desk.Desk) (*result, error) {
			backup := func() (path string, bad []data.Finding, err error) {
				if without {
					return d.BackupWithout(ctx, dir, nil)
				}
				path, err = d.Backup(ctx, dir, nil)
				return path, nil, err
			}
			path, bad, err := backup()
			if err != nil {
				return nil, err
			}
			out := &result{Path: path, words: path}
			out.Rejected = bad
			return out, nil
		})
	}
}

func keyCommand(c *call) func(context.Context) (*result, error) {
	return func(ctx context.Context) (*result, error) {
		if len(c.files) > 0 {
			return nil, misused("key takes no arguments")
		}
		return c.withDesk(ctx, func(d *desk.Desk) (*result, error) {
			key, err := d.SigningKey(ctx)
			return &result{ID: key.Fingerprint, words: key.Fingerprint + "\n" + key.Public}, err
		})
	}
}

func keyKeepCommand(c *call) func(context.Context) (*result, error) {
	var out, from string
	c.flags.StringVar(&out, "out", "", "new `file` for the encrypted copy")
	passphraseFlag(c, &from)
	return func(ctx context.Context) (*result, error) {
		if out == "" || len(c.files) > 0 {
			return nil, misused("key export needs --out")
		}
		passphrase, err := readPassphrase(ctx, from)
		if err != nil {
			return nil, err
		}
		return c.withDesk(ctx, func(d *desk.Desk) (*result, error) {
			key, err := d.KeepKey(ctx, out, passphrase)
			return &result{ID: key.Fingerprint, Path: out, words: out + "\n" + key.Fingerprint}, err
		})
	}
}

func keyBringCommand(c *call) func(context.Context) (*result, error) {
	var from string
	passphraseFlag(c, &from)
	return func(ctx context.Context) (*result, error) {
		if len(c.files) != 1 {
			return nil, misused("key import needs the file of a copy")
		}
		passphrase, err := readPassphrase(ctx, from)
		if err != nil {
			return nil, err
		}
		return c.withDesk(ctx, func(d *desk.Desk) (*result, error) {
			key, aside, err := d.BringKey(ctx, c.files[0], passphrase)
			words := key.Fingerprint
			if aside != "" {
				words += "\nthe key that the desk had is kept as " + aside
			}
			return &result{ID: key.Fingerprint, Path: aside, words: words}, err
		})
	}
}

func passphraseFlag(c *call, from *string) {
	c.flags.StringVar(from, "passphrase-file", "-", "`file` whose first line is the passphrase; - is the standard input")
}

var problemPassphraseFile = data.DefineProblem("passphrase_unreadable", data.ErrNotFound,
	"The passphrase cannot be read from {file}.", "Write it as the first line of a file, or type it and press Enter.")

// readPassphrase reads the first line of a file.
func readPassphrase(ctx context.Context, name string) (string, error) {
	in := stdin(ctx)
	if name != "-" {
		file, err := openFile(name)
		if err != nil {
			return "", unread(err, problemPassphraseFile, "file", name)
		}
		defer file.Close()
		in = file
	}
	line, err := bufio.NewReader(io.LimitReader(in, 4096)).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) || line == "" {
		return "", problemPassphraseFile.Wrap(err, "file", name)
	}
	return strings.TrimRight(line, "\r\n"), nil
}
