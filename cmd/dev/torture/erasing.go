package main

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

var (
	closeDispute = []string{"--desk", "desk", "dispute", "event", "--dispute", "5012345678", "--kind", "withdrawn", "--by", "buyer", "--at", "2025-08-03T10:00:00Z"}
	erase        = []string{"--desk", "desk", "erase", "--order", "12-34567-00001", "--all-files", "--early", "--take"}
)

// namesOfFirst are the personal data of the first order's buyer.
var namesOfFirst = []string{"b1@example.com", "user_1,", "Buyer 1"}

// erasable is a desk with a closed dispute and two files of the order that is erased.
func erasable(ctx context.Context, r *rig) error {
	if err := after(importFirst, openDispute)(ctx, r); err != nil {
		return err
	}
	for name, text := range map[string]string{"scans.txt": "Delivered to Buyer 1\n", "chat.txt": "b1@example.com: where is it?\n"} {
		if err := os.WriteFile(filepath.Join(r.work, name), []byte(text), 0o600); err != nil {
			return err
		}
	}
	for _, args := range [][]string{addScans, addChat, closeDispute} {
		if err := r.must(ctx, args...); err != nil {
			return err
		}
	}
	for _, name := range []string{"first.csv", "more.csv", "scans.txt", "chat.txt"} { // they are the person's own
		if err := os.Remove(filepath.Join(r.work, name)); err != nil {
			return err
		}
	}
	return nil
}

// erasedWhole asks that either nothing was erased or, once the desk was opened again,
// not a byte of it is left in the desk's folder.
func erasedWhole(ctx context.Context, r *rig, done bool) error {
	files, err := r.sound(ctx, "desk")
	if err == nil {
		err = oneOf("files of evidence", files, 0, 2)
	}
	if err != nil {
		return err
	}
	code, said := r.run(ctx, "--desk", "desk", "erase", "--order", "12-34567-00001", "--early")
	gone := strings.Contains(said, "already erased")
	switch {
	case done && !gone:
		return fmt.Errorf("it is not erased (exit code %d): %s", code, said)
	case gone != (files == 0):
		return fmt.Errorf("%d files are left, and the desk says (exit code %d): %s", files, code, said)
	case !gone:
		return r.swept()
	}
	if err := r.nowhere(filepath.Join(r.work, "desk"), namesOfFirst); err != nil {
		return err
	}
	return r.swept()
}

// nowhere asks that texts stand in no file of a folder, nor in a name.
func (r *rig) nowhere(dir string, texts []string) error {
	return filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		for _, text := range texts {
			if bytes.Contains(content, []byte(text)) {
				return fmt.Errorf("%q is still in %s", text, path)
			}
		}
		return err
	})
}
