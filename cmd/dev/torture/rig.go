package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// A base is what all harms have in common.
type base struct {
	program, root, dir string
	seed               uint64
}

// lots is a source of chances that is the same each time.
func (b *base) lots(name string) *rand.Rand {
	var sum uint64
	for _, c := range []byte(name) {
		sum = sum*131 + uint64(c)
	}
	return rand.New(rand.NewPCG(b.seed, sum))
}

// A rig is a folder in which one harm at a time is done.
type rig struct {
	*base
	work string // whose changes are watched
}

func (b *base) rig(i int) *rig {
	return &rig{base: b, work: filepath.Join(b.dir, "w"+strconv.Itoa(i))}
}

// environment keeps the program's own traces below the rig.
func (r *rig) environment() []string {
	return append(os.Environ(), "HOME="+r.dir, "XDG_CACHE_HOME="+filepath.Join(r.dir, "cache"), "TMPDIR="+r.dir)
}

// run runs the program as it is.
func (r *rig) run(ctx context.Context, args ...string) (code int, said string) {
	var out bytes.Buffer
	cmd := exec.CommandContext(ctx, r.program, args...)
	cmd.Dir, cmd.Env, cmd.Stdout, cmd.Stderr = r.work, r.environment(), &out, &out
	err := cmd.Run()
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit):
		return exit.ExitCode(), out.String()
	case err != nil:
		return -2, err.Error()
	}
	return 0, out.String()
}

// must runs the program and expects it to do what it is asked.
func (r *rig) must(ctx context.Context, args ...string) error {
	if code, said := r.run(ctx, args...); code != 0 {
		return fmt.Errorf("casebinder %s: exit code %d: %s", strings.Join(args, " "), code, said)
	}
	return nil
}

// lay puts a copy of a state into the rig's folder.
func (r *rig) lay(state string) error {
	if err := os.RemoveAll(r.work); err != nil {
		return err
	}
	return copyTree(state, r.work)
}

// copyTree copies a folder with its rights.
func copyTree(from, to string) error {
	return filepath.WalkDir(from, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		target := filepath.Join(to, rel)
		if entry.IsDir() {
			return os.MkdirAll(target, info.Mode().Perm())
		}
		return copyOne(path, target, info.Mode().Perm())
	})
}

func copyOne(from, to string, mode fs.FileMode) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, mode)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}

// count asks a desk how many orders it has.
func (r *rig) count(ctx context.Context) (int, error) {
	code, said := r.run(ctx, "--desk", "desk", "--json", "orders", "--limit", "0")
	var answer struct {
		Items  []json.RawMessage `json:"items"`
		Alarms []json.RawMessage `json:"alarms"`
	}
	if err := json.Unmarshal([]byte(said), &answer); err != nil || code != 0 || len(answer.Alarms) > 0 {
		return 0, fmt.Errorf("the desk does not open as it should (exit code %d): %s", code, said)
	}
	return len(answer.Items), nil
}

// sound checks a desk, and gives how many files of evidence it has.
func (r *rig) sound(ctx context.Context, dir string) (files int, err error) {
	code, said := r.run(ctx, "--desk", dir, "--json", "check", "--read-data")
	var answer struct {
		Detail struct {
			Files int `json:"files"`
		} `json:"detail"`
	}
	if err := json.Unmarshal([]byte(said), &answer); err != nil || code != 0 {
		return 0, fmt.Errorf("the desk is not sound (exit code %d): %s", code, said)
	}
	return answer.Detail.Files, nil
}

// leftovers are the names of what must not be left once a desk was opened again.
var leftovers = regexp.MustCompile(`\.part$|\.partial|^\.new-|^\.backup-|^\.casebinder-(write|search)-|^add-`)

// swept looks for temporary files, but for those in a desk that was not finished:
// the next restore or repair beside it takes all of it away.
func (r *rig) swept() error {
	var left []string
	err := filepath.WalkDir(r.work, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && strings.HasPrefix(entry.Name(), unfinished) {
			return fs.SkipDir
		}
		if err == nil && leftovers.MatchString(entry.Name()) {
			left = append(left, path)
		}
		return err
	})
	if err == nil && len(left) > 0 {
		err = fmt.Errorf("left behind: %v", left)
	}
	return err
}

// unfinished is how the names of folders begin in which desks are made.
const unfinished = ".casebinder-restore-"

// finished asks that no desk is left that was not finished.
func (r *rig) finished() error {
	left, err := filepath.Glob(filepath.Join(r.work, unfinished+"*"))
	if err == nil && len(left) > 0 {
		err = fmt.Errorf("left behind: %v", left)
	}
	return err
}

// raw are words of the system that no person should read.
var raw = regexp.MustCompile(`SQL|sqlite|constraint failed|errno|input/output error|no space left on device|permission denied|no such file|panic:|goroutine `)

// isRaw reports whether the program said such words to a person. Lines of its log
// are for those who look after it.
func isRaw(said string) bool {
	for line := range strings.Lines(said) {
		if !strings.Contains(line, " WARN ") && raw.MatchString(line) {
			return true
		}
	}
	return false
}

// oneOf reports whether a number is one of those that are right.
func oneOf(what string, got int, right ...int) error {
	if slices.Contains(right, got) {
		return nil
	}
	return fmt.Errorf("%d %s, and one of %v is right", got, what, right)
}
